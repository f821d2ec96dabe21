import { parse } from '@typescript-eslint/parser';
import { describe, expect, test } from 'vitest';
import { findRewrites } from './contract/rewrites.ts';
import { attacks } from './hostile/index.ts';

/** How the same code stands in other files. */
const hosts: readonly (readonly [name: string, write: (text: string) => string])[] = [
  ['CRLF', (text) => text.replaceAll(/\r?\n/gu, '\r\n')],
  ['a byte order mark', (text) => `\uFEFF${text.replace(/^\uFEFF/u, '')}`],
  ['a shebang', (text) => (text.startsWith('#!') ? text : `#!/usr/bin/env node\n${text}`)],
];

const plain = attacks.filter(({ code, files }) => !files && !/^\uFEFF|^#!|\r/u.test(code));
const rewrite = (filename: string, text: string): readonly string[] =>
  findRewrites({ name: 'attack', filename, text }).map((each) => each.text);

describe.each(hosts)('in a file with %s', (_host, write) => {
  test.each(plain.map((attack) => [`${attack.finding}, ${attack.name}`, attack] as const))(
    '%s: the rewrites are the same',
    (_name, { code, filename = 'attack.ts' }) => {
      expect(rewrite(filename, write(code))).toEqual(rewrite(filename, code).map(write));
    },
  );
});

describe('without semicolons', () => {
  test.each(plain.map((attack) => [`${attack.finding}, ${attack.name}`, attack] as const))(
    '%s: the rewrites parse',
    (_name, { code, filename = 'attack.ts' }) => {
      for (const text of rewrite(filename, code.replaceAll(/;$/gmu, '')))
        expect(() => parse(text, { sourceType: 'module' })).not.toThrow();
    },
  );
});
