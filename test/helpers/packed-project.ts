/** A project with the packed plugin in `node_modules`, as `npm install` puts it there. `npm run build` comes first. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

export class PackedProject {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'langchain-plugin-')));
  /** The files of the tarball. */
  readonly packed: readonly string[];
  readonly version: string;

  /** @param dependencies Packages of this repository that the project has too. */
  constructor(dependencies: readonly string[]) {
    if (!existsSync(join(root, 'dist/index.js'))) throw new Error('dist is missing: run `npm run build` first.');
    const [pack] = JSON.parse(execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', this.folder], { cwd: root, encoding: 'utf8' })) as [
      { readonly filename: string; readonly version: string; readonly files: readonly { readonly path: string }[] },
    ];
    this.version = pack.version;
    this.packed = pack.files.map(({ path }) => path);
    const installed = join(this.folder, 'node_modules/eslint-plugin-langchain');
    mkdirSync(installed, { recursive: true });
    execFileSync('tar', ['-xzf', join(this.folder, pack.filename), '-C', installed, '--strip-components=1']);
    rmSync(join(this.folder, pack.filename));
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
