/** Code blocks of Markdown, linted as its documentation says, with the processor of `@eslint/markdown`. */
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import markdown from '@eslint/markdown';
import * as parser from '@typescript-eslint/parser';
import { ESLint } from 'eslint';
import { afterAll, expect, test } from 'vitest';
import plugin from '../../src/index.ts';
import { code } from '../helpers/code.ts';

const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'langchain-markdown-')));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const guide = code`
  # Notes

  \`\`\`ts
  import { ChatOpenAI } from '@langchain/openai';

  const model = new ChatOpenAI({ model: 'gpt-4o-mini' });
  export const run = (docs: string[]) => Promise.all(docs.map((doc) => model.invoke(doc)));
  \`\`\`

  - In a list, and in JavaScript:

    \`\`\`js
    const { ChatOpenAI } = require('@langchain/openai');
    const model = new ChatOpenAI({ timeout: 20 });
    \`\`\`
`;

test('blocks are reported at their lines, and fixed in place', async () => {
  writeFileSync(path.join(folder, 'guide.md'), guide);
  const eslint = new ESLint({
    cwd: folder,
    fix: true,
    overrideConfigFile: true,
    overrideConfig: [
      ...markdown.configs.processor,
      { files: ['**/*.md/*.ts'], languageOptions: { parser } },
      plugin.configs.recommended,
    ],
  });
  const [result] = await eslint.lintFiles(['guide.md']);
  expect(result?.messages.map(({ line, ruleId }) => `${String(line)} ${ruleId ?? ''}`)).toEqual([
    '14 langchain/no-low-timeout',
  ]);
  expect(result?.output).toBe(
    guide.replace('Promise.all(docs.map((doc) => model.invoke(doc)))', 'model.batch(docs, { maxConcurrency: 5 })'),
  );
});
