import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Pack {
  readonly filename: string;
  readonly version: string;
  readonly files: readonly { readonly path: string }[];
}

/**
 * Packs the built plugin into a folder, as `npm publish` would.
 * @throws {Error} When it has not been built.
 */
export function pack(folder: string): Pack {
  const root = fileURLToPath(new URL('../', import.meta.url));
  if (!existsSync(join(root, 'dist/index.js'))) throw new Error('dist is missing: run `npm run build` first.');
  const [packed] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
      cwd: root,
      encoding: 'utf8',
    }),
  ) as [Pack];
  return packed;
}
