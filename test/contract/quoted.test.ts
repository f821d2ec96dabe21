/** What messages quote of the code: the value without its types, and no more than names it. */
import { expect, test } from 'vitest';
import { code } from '../helpers/code.ts';
import { ALL_RULES, lint } from './linter.ts';

const head = code`
  import { ChatOpenAI } from '@langchain/openai';
  const llm = new ChatOpenAI({ model: 'gpt-4o', timeout: 60_000 });
`;

test.each([
  ['await Promise.all((texts as string[]).map((text) => llm.invoke(text)));', 'texts'],
  ['await Promise.all(texts!.map((text) => llm.invoke(text)));', 'texts'],
  ['await Promise.all((<string[]>texts).map((text) => llm.invoke(text)));', 'texts'],
  ['await Promise.all((texts as string[]).filter(Boolean).map((text) => llm.invoke(text)));', 'texts.filter(Boolean)'],
  ['await (texts as string[]).map(async (text) => llm.invoke(text));', 'texts.map'],
  ['(texts as string[]).forEach(async (text) => { await llm.invoke(text); });', 'texts'],
  ['await (llm as ChatOpenAI).batch(texts as string[]);', 'llm.batch()'],
  ['await (llm satisfies ChatOpenAI).batch(texts as string[]);', 'texts'],
  ['(llm as ChatOpenAI).invoke(String(texts));', 'llm.invoke()'],
  [
    code`
      await Promise.all(
        ['a', ...(texts as string[])].map((text) =>
          llm.withConfig({ tags: [text, 'translation', 'night'] }).invoke(text),
        ),
      );
    `,
    'llm.withConfig(…).invoke()',
  ],
])('%s', (statement, quoted) => {
  const messages = lint(`${head}export async function run(texts: any) {\n  ${statement}\n}\n`, {
    filename: 'run.ts',
    rules: ALL_RULES,
  }).map(({ message }) => message);
  expect(messages.join('\n')).toContain(`\`${quoted}\``);
  expect(messages.filter((message) => / as |satisfies|<string/u.test(message))).toEqual([]);
});
