/** Modules written by hand that are unlike what rules expect. */
import * as parser from '@typescript-eslint/parser';
import type { Linter } from 'eslint';
import { describe, expect, test } from 'vitest';
import { ALL_RULES, lint } from '../contract/linter.ts';
import { check } from './check.ts';
import { ANGLE_BRACKET_SOUP, FOUND, HEAD, JAVASCRIPT_SOUP, JSX_SOUP, TYPESCRIPT_SOUP } from './soup.ts';

const PARSERS: Readonly<Record<string, Linter.LanguageOptions>> = {
  'typescript-eslint': { parser, parserOptions: { ecmaFeatures: { jsx: true } } },
  espree: { ecmaVersion: 'latest', sourceType: 'module', parserOptions: { ecmaFeatures: { jsx: true } } },
};

function expectRobust(text: string, filename: string, languageOptions: Linter.LanguageOptions): void {
  expect(check({ text, filename, languageOptions, settings: {} }).isParsed).toBe(true);
}

describe.each(Object.entries(PARSERS))('what %s parses', (name, languageOptions) => {
  const samples =
    name === 'espree' ? { ...JAVASCRIPT_SOUP, ...JSX_SOUP } : { ...JAVASCRIPT_SOUP, ...JSX_SOUP, ...TYPESCRIPT_SOUP };

  test.each(Object.entries(samples))('%s', (_sample, soup) => {
    for (const filename of ['file.tsx', 'app/api/chat/route.tsx', 'pages/api/chat.tsx', 'app/routes/chat.server.tsx']) {
      expectRobust(HEAD + soup, filename, languageOptions);
    }
  });

  test.each(Object.entries(FOUND))('found: %s', (_title, text) => {
    expectRobust(text, 'src/chat.js', languageOptions);
  });

  test.each([
    ['an empty file', ''],
    ['only a comment', '// @langchain/openai'],
    ['only an import', "import '@langchain/openai'"],
    ['only a require', "require('@langchain/openai')"],
    ['a hashbang and a comment', "#!/usr/bin/env node\n/* import '@langchain/openai' */"],
    [
      'a broken import of everything',
      "import * as a from '@langchain/openai'; import b, { default as c } from 'langchain'; new a(); " +
        'new b(); c(); new a.default.default();',
    ],
    [
      'a specifier that is not a path',
      "import '@langchain/'; import '@langchain'; import 'langchain/'; require('langchain/../x'); " +
        "require(`@langchain/${x}`); import('@langchain/' + x);",
    ],
    ['no file name', `${HEAD}model.batch(xs);`],
  ])('%s', (sample, text) => {
    expectRobust(text, sample === 'no file name' ? '<input>' : 'file.js', languageOptions);
  });

  test('a chain of 300 calls and an expression nested 60 deep', () => {
    const calls = `model${'.pipe(chain)'.repeat(300)}.batch(xs);`;
    const nested = `${'Promise.all(xs.map((x) => ['.repeat(60)}model.invoke(x)${']))'.repeat(60)};`;
    const logical = `(${Array.from({ length: 300 }, (_, index) => `a${index}`).join(' || ')} || model).batch(xs);`;
    expect(
      lint(HEAD + calls + nested + logical, { rules: ALL_RULES, filename: 'file.js', languageOptions }).filter(
        ({ fatal }) => fatal,
      ),
    ).toEqual([]);
  });
});

test('angle-bracket assertions', () => {
  expectRobust(HEAD + ANGLE_BRACKET_SOUP, 'file.ts', { parser });
});
