import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const root = path.join(import.meta.dirname, '../..');

/** Every id that a fact, a row of the behaviour page or a comment names, with the files that do. */
const named = collect(
  [...list('src'), ...list('rules'), 'scripts/behaviour/statements.ts'],
  /\bproof: '([\w.-]+)'|\bProof: `([\w.-]+)`/gu,
);

/** Every id that a proof is written for. */
const proved = collect(
  list('test/proof').filter((file) => file.endsWith('.test.ts')),
  /^(?:proof|prove)\(\s*'([\w.-]+)'/gmu,
);

describe('facts and proofs', () => {
  test('there are some', () => {
    expect(named.size).toBeGreaterThan(50);
  });

  test('every fact has its proof', () => {
    expect([...named].filter(([id]) => !proved.has(id)).map(([id, files]) => `${id} in ${files.join(', ')}`)).toEqual(
      [],
    );
  });

  test('no fact has two', () => {
    expect(
      [...proved].filter(([, files]) => files.length > 1).map(([id, files]) => `${id} in ${files.join(', ')}`),
    ).toEqual([]);
  });

  test('every proof is of a fact', () => {
    expect([...proved].filter(([id]) => !named.has(id)).map(([id, files]) => `${id} in ${files.join(', ')}`)).toEqual(
      [],
    );
  });
});

function list(folder: string): readonly string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.includes('node_modules'))
    .map((file) => path.join(folder, file));
}

function collect(files: readonly string[], pattern: RegExp): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const file of files) {
    for (const [, first, second] of readFileSync(path.join(root, file), 'utf8').matchAll(pattern)) {
      const id = first ?? second ?? '';
      found.set(id, [...(found.get(id) ?? []), file]);
    }
  }
  return found;
}
