import { expect, test } from 'vitest';
import { code } from '../helpers/code.ts';
import { ALL_RULES, lint } from './linter.ts';

/** What steers a terminal, or turns the direction of its text. */
const controls = ['\u001B[2J', '\u0007', '\u0008', '\u007F', '\u009B31m', '\u202E', '\u2066', '\u200F', '\u2029'];

const write = (text: string): readonly string[] => [
  `const docs = s['${text}'];\nexport const run = () => Promise.all(s['${text}'].map((doc) => model.invoke(doc)));\n`,
  `export const run = () => clients['${text}'].batch(docs) ?? model.batch(docs['${text}']);\n`,
  `export const run = (docs) => model.batch(docs, { max_concurrency: '${text}' });\n`,
  `export const run = (docs) => model.batch(docs, { maxConcurrency: '${text}' });\n`,
  code`
    export const run = (docs) => {
      for (const doc of docs['${text}']) new ChatOpenAI({ maxConcurrency: 1 }).invoke(doc);
    };
  `,
  `export const run = async (q) => { const { content } = model.invoke(q['${text}']); return content; };\n`,
];

test.each(controls)('a control character of the source is written out in messages: %j', (control) => {
  const messages = write(control).flatMap((body) =>
    lint(`import { ChatOpenAI } from '@langchain/openai';\nconst model = new ChatOpenAI();\n${body}`, {
      rules: ALL_RULES,
    }).flatMap(({ message, suggestions = [] }) => [message, ...suggestions.map(({ desc }) => desc)]),
  );
  expect(messages.length).toBeGreaterThan(0);
  expect(
    messages.filter((message) => /[\p{Cc}\p{Zl}\p{Zp}\u200E\u200F\u202A-\u202E\u2066-\u2069]/u.test(message)),
  ).toEqual([]);
});
