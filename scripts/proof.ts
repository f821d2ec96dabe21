/**
 * `npm run proof`: installs the LangChain packages that the proofs run on, where they are not there yet, and runs the
 * proofs. `--install` stops after the first half.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { installPackages } from './packages.ts';

const root = path.join(import.meta.dirname, '..');

for (const folder of [
  'scripts/catalog/packages/v1',
  'scripts/catalog/packages/v0.3',
  'test/proof/packages/v0.3-early',
  'test/proof/packages/v1-early',
  'test/proof/packages/drivers',
])
  installPackages(path.join(root, folder));

if (!process.argv.includes('--install')) {
  const { status } = spawnSync('npx', ['vitest', 'run', 'test/proof', ...process.argv.slice(2)], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  process.exitCode = status ?? 1;
}
