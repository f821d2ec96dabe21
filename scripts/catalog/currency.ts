import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { judgeCurrency, type Pin } from './pins.ts';

/*
 * Whether the newest line is read at versions that npm still recommends. The older lines are read at their last
 * versions, deprecated or not, because applications still run on them.
 */

const MANIFEST = path.join(import.meta.dirname, 'packages/v1/package.json');
const LANGCHAIN = /^(?:@langchain\/.+|langchain|deepagents)$/u;

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
}
interface Lock {
  readonly packages: Readonly<Record<string, { readonly deprecated?: string }>>;
}
type Outdated = Readonly<Record<string, { readonly latest: string }>>;

const folder = mkdtempSync(path.join(tmpdir(), 'langchain-currency-'));
try {
  copyFileSync(MANIFEST, path.join(folder, 'package.json'));
  const { failures, news } = judgeCurrency(readPins());
  for (const line of news) console.log(`${line}.`);
  for (const line of failures) console.error(line);
  if (failures.length > 0) process.exitCode = 1;
  else console.log('The catalogue is read from current versions.');
} finally {
  rmSync(folder, { recursive: true });
}

/** What npm says today of each version that is read. */
function readPins(): readonly Pin[] {
  npm(['install', '--package-lock-only', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund'], [0]);
  const { packages } = JSON.parse(readFileSync(path.join(folder, 'package-lock.json'), 'utf8')) as Lock;
  const { dependencies } = JSON.parse(readFileSync(MANIFEST, 'utf8')) as Manifest;
  // It ends with 1 where something is outdated: nothing is installed here, so everything is.
  const latest = JSON.parse(npm(['outdated', '--json'], [0, 1])) as Outdated;
  return Object.entries(dependencies)
    .filter(([name]) => LANGCHAIN.test(name))
    .map(([name, version]) => ({
      name,
      version,
      latest: latest[name]?.latest ?? version,
      deprecated: packages[`node_modules/${name}`]?.deprecated ?? null,
    }));
}

function npm(parameters: readonly string[], expected: readonly number[]): string {
  const { status, stderr, stdout } = spawnSync('npm', parameters, { cwd: folder, encoding: 'utf8' });
  if (status === null || !expected.includes(status)) throw new Error(`npm ${parameters.join(' ')} failed:\n${stderr}`);
  return stdout;
}
