import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { leftOut } from './left-out.ts';
import { judgeCurrency, judgeLeftOut, type Pin } from './pins.ts';

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
  const read = readDependencies();
  const latest = askLatest({ ...read, ...listLeftOut() });
  const { failures, news } = judgeCurrency(listPins(read, latest, askDeprecated(read)));
  for (const line of [...news, ...judgeLeftOut(leftOut, latest)]) console.log(`${line}.`);
  for (const line of failures) console.error(line);
  if (failures.length > 0) process.exitCode = 1;
  else console.log('The catalogue is read from current versions.');
} finally {
  rmSync(folder, { recursive: true });
}

function readDependencies(): Manifest['dependencies'] {
  return (JSON.parse(readFileSync(MANIFEST, 'utf8')) as Manifest).dependencies;
}

function listLeftOut(): Manifest['dependencies'] {
  return Object.fromEntries(Object.entries(leftOut).map(([name, { version }]) => [name, version]));
}

function askLatest(dependencies: Manifest['dependencies']): ReadonlyMap<string, string> {
  writeManifest(dependencies);
  // It ends with 1 where something is outdated: nothing is installed here, so everything is.
  const outdated = JSON.parse(npm(['outdated', '--json'], [0, 1])) as Outdated;
  return new Map(Object.entries(outdated).map(([name, { latest }]) => [name, latest]));
}

/** Why npm warns of some of these versions, and of what they need. */
function askDeprecated(dependencies: Manifest['dependencies']): ReadonlyMap<string, string> {
  writeManifest(dependencies);
  npm(['install', '--package-lock-only', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund'], [0]);
  const { packages } = JSON.parse(readFileSync(path.join(folder, 'package-lock.json'), 'utf8')) as Lock;
  return new Map(
    Object.entries(packages).flatMap(([place, { deprecated }]) =>
      deprecated === undefined ? [] : [[place.replace(/^node_modules\//u, ''), deprecated]],
    ),
  );
}

function writeManifest(dependencies: Manifest['dependencies']): void {
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
}

function listPins(
  dependencies: Manifest['dependencies'],
  latest: ReadonlyMap<string, string>,
  deprecated: ReadonlyMap<string, string>,
): readonly Pin[] {
  return Object.entries(dependencies)
    .filter(([name]) => LANGCHAIN.test(name))
    .map(([name, version]) => ({
      name,
      version,
      latest: latest.get(name) ?? version,
      deprecated: deprecated.get(name) ?? null,
    }));
}

function npm(parameters: readonly string[], expected: readonly number[]): string {
  const { status, stderr, stdout } = spawnSync('npm', parameters, { cwd: folder, encoding: 'utf8' });
  if (status === null || !expected.includes(status)) throw new Error(`npm ${parameters.join(' ')} failed:\n${stderr}`);
  return stdout;
}
