/** The programs that parsers are tested with, each with LangChain in front. */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as parser from '@typescript-eslint/parser';
import type { Linter } from 'eslint';
import { describe, expect, test } from 'vitest';
import { ALL_RULES, lint } from '../contract/linter.ts';

const ROOT = path.dirname(createRequire(import.meta.url).resolve('test262-parser-tests/package.json'));

/** `a` and `b` are what the programs call their values, so they stand for LangChain's. */
const HEADS = {
  module: {
    apart: "import { ChatOpenAI } from '@langchain/openai';\n",
    involved:
      "import { ChatOpenAI, ChatOpenAI as b } from '@langchain/openai';\nvar a = new ChatOpenAI({ timeout: 20 });\n",
  },
  script: {
    apart: "const { ChatOpenAI } = require('@langchain/openai');\n",
    involved:
      "var { ChatOpenAI, ChatOpenAI: b } = require('@langchain/openai');\nvar a = new ChatOpenAI({ timeout: 20 });\n",
  },
};

const PARSERS: Readonly<Record<string, Linter.LanguageOptions>> = {
  espree: { ecmaVersion: 'latest' },
  'typescript-eslint': { parser },
};

/** The share of the folder's programs that parse with LangChain in front; others redeclare its names or are to fail. */
function lintAll(
  folder: string,
  head: keyof (typeof HEADS)['module'],
  languageOptions: Linter.LanguageOptions,
): number {
  const files = readdirSync(path.join(ROOT, folder));
  const parsed = files.filter((file) => {
    const sourceType = file.endsWith('.module.js') ? 'module' : 'script';
    const text = HEADS[sourceType][head] + readFileSync(path.join(ROOT, folder, file), 'utf8');
    try {
      return lint(text, {
        rules: ALL_RULES,
        filename: file,
        languageOptions: { ...languageOptions, sourceType },
      }).every(({ fatal }) => !fatal);
    } catch (error) {
      throw new Error(`${folder}/${file}:\n${text}`, { cause: error });
    }
  });
  return parsed.length / files.length;
}

describe.each(Object.entries(PARSERS))('%s', (_name, languageOptions) => {
  test.each([
    // typescript-eslint does not parse the HTML-like comments and sloppy functions of Annex B.
    ['pass', 'apart', 0.97],
    ['pass-explicit', 'involved', 0.9],
    ['early', 'involved', 0],
    ['fail', 'involved', 0],
  ] as const)('no rule throws on a program of %s, with LangChain %s', (folder, head, share) => {
    expect(lintAll(folder, head, languageOptions)).toBeGreaterThanOrEqual(share);
  });
});
