/** A project with the packed plugin in `node_modules`, as `npm install` puts it there. `npm run build` comes first. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pack } from '../../scripts/pack.ts';

export const root = fileURLToPath(new URL('../../', import.meta.url));

export class PackedProject {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'langchain-plugin-')));
  readonly tarball: string;
  /** The files of the tarball. */
  readonly packed: readonly string[];
  readonly version: string;

  /** @param dependencies Packages of this repository that the project has too. */
  constructor(dependencies: readonly string[]) {
    const { files, filename, version } = pack(this.folder);
    this.tarball = join(this.folder, filename);
    this.packed = files.map(({ path }) => path);
    this.version = version;
    const installed = join(this.folder, 'node_modules/eslint-plugin-langchain');
    mkdirSync(installed, { recursive: true });
    execFileSync('tar', ['-xzf', this.tarball, '-C', installed, '--strip-components=1']);
    this.write('package.json', '{ "private": true, "type": "module" }');
    for (const dependency of dependencies) {
      const link = join(this.folder, 'node_modules', dependency);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(join(root, 'node_modules', dependency), link);
    }
  }

  write(file: string, text: string): void {
    mkdirSync(dirname(join(this.folder, file)), { recursive: true });
    writeFileSync(join(this.folder, file), text);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
