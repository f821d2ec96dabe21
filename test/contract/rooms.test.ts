import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

/**
 * The rooms of the house, from the top floor down. A file imports from its own room and from the rooms below it, types
 * included.
 */
const ROOMS = [
  'src/cli',
  'src/index.ts',
  'src/rules.generated.ts',
  'src/rule-options.generated.ts',
  'rules',
  'src/presets.ts',
  'src/inventory',
  'src/create-rule.ts',
  'src/adoption.ts',
  'src/faults.ts',
  'src/open-file.ts',
  'src/debug.ts',
  'src/embeddings',
  'src/clients',
  'src/concurrency',
  'src/config',
  'src/messages.ts',
  'src/fix/hoist',
  'src/fix',
  'src/handlers',
  'src/handlers/frameworks',
  'src/flow/promises',
  'src/flow/lists',
  'src/flow/lifetime',
  'src/flow/calls',
  'src/langchain',
  'src/trace',
  'src/settings.ts',
  'src/manifest.ts',
  'src/project',
  'src/facts/packages',
  'src/facts',
  'src/ast',
  'src/memo.ts',
  'src/budget.ts',
];

const root = path.join(import.meta.dirname, '../..');
const files = ['rules', 'src'].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => path.posix.join(folder, file)),
);

function getRoom(file: string): string {
  const folder = path.posix.dirname(file);
  return folder === 'src' ? file : folder;
}

/** The files of the project that a file imports, types included. */
function getImports(file: string): readonly string[] {
  const source = readFileSync(path.join(root, file), 'utf8');
  return [...source.matchAll(/\bfrom '(?<specifier>\.[^']+\.ts)'|\bimport\('(?<type>\.[^']+\.ts)'\)/gu)].map(
    ({ groups }) => path.posix.join(path.posix.dirname(file), groups?.['specifier'] ?? groups?.['type'] ?? ''),
  );
}

test('each file stands in a room of the list, and each room has files', () => {
  expect([...new Set(files.map(getRoom))].sort()).toEqual([...ROOMS].sort());
});

test('imports only go down', () => {
  const up = files.flatMap((file) =>
    getImports(file)
      .filter((imported) => ROOMS.indexOf(getRoom(imported)) < ROOMS.indexOf(getRoom(file)))
      .map((imported) => `${file} imports ${imported}`),
  );
  expect(up).toEqual([]);
});

test('the files of a room import each other without a cycle', () => {
  const cycles: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, way: readonly string[]): void => {
    if (way.includes(file)) cycles.push([...way.slice(way.indexOf(file)), file].join(' → '));
    if (done.has(file)) return;
    done.add(file);
    for (const imported of getImports(file)) visit(imported, [...way, file]);
  };
  for (const file of files) visit(file, []);
  expect(cycles).toEqual([]);
});

test('no file exports what another one defines, but the entry of the package types', () => {
  const passing = files
    .filter((file) => file !== 'src/rules.generated.ts' && file !== 'src/index.ts')
    .filter((file) => /^export [^;=]*\bfrom '/mu.test(readFileSync(path.join(root, file), 'utf8')));
  expect(passing).toEqual([]);
});

test('CONTRIBUTING.md names files and folders that exist', () => {
  const text = readFileSync(path.join(root, 'CONTRIBUTING.md'), 'utf8');
  const named = [...text.matchAll(/`(?<place>(?:docs|scripts|src|test)\/[\w./-]+)`/gu)].map(
    ({ groups }) => groups?.['place'] ?? '',
  );
  const missing = named.filter((place) => !place.includes('no-something') && !existsSync(path.join(root, place)));
  expect(missing).toEqual([]);
});
