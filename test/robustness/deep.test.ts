/** Ways through a program that are longer than the stack is deep. */
import { afterAll, describe, expect, test } from 'vitest';
import { ALL_RULES, lint } from '../contract/linter.ts';
import { code } from '../helpers/code.ts';
import { TestProject } from '../helpers/project.ts';

const numbersTo = (size: number): readonly number[] => Array.from({ length: size }, (_, index) => index);
const repeat = (size: number, write: (index: number, next: number, other: number) => string): string =>
  numbersTo(size)
    .map((index) => write(index, (index + 1) % size, (index + 7) % size))
    .join('\n');

const HEAD = code`
  import { ChatOpenAI } from '@langchain/openai';
  import express from 'express';
  const app = express();
`;
const ASK = "app.post('/ask', async (req, res) => { res.json(await f0(req.body)); });";

const programs: Readonly<Record<string, string>> = {
  '1,600 functions in a ring, with a client in each': `${repeat(
    1600,
    (i, next, other) =>
      `async function f${i}(x) { await f${next}(x); await f${other}(x); ` +
      'return await new ChatOpenAI({ maxConcurrency: 1 }).invoke(x); }',
  )}\n${ASK}`,
  '1,600 functions that call two others, and loops that call one': `${repeat(
    1600,
    (i, next, other) => `async function f${i}(x) { await f${next}(x); await f${other}(x); }`,
  )}
export async function run(docs) {
  for (const doc of docs) {
    await f0(doc);
    const model = new ChatOpenAI({ maxConcurrency: 1 });
    await model.invoke(doc);
  }
}`,
  '3,000 names of one client': `export async function run(docs) {
  for (const doc of docs) {
    const m0 = new ChatOpenAI({ maxConcurrency: 1 });
    ${repeat(3000, (i) => `const m${i + 1} = m${i};`)}
    await m3000.invoke(doc);
  }
}`,
  '3,000 objects that are spread into one another': `app.post('/ask', async (req, res) => {
  const o0 = { temperature: 0 };
  ${repeat(3000, (i) => `const o${i + 1} = { ...o${i} };`)}
  res.json(await new ChatOpenAI(o3000).invoke(req.body));
});`,
  '3,000 chains of one another': `const c0 = new ChatOpenAI({ maxConcurrency: 1 });
${repeat(3000, (i) => `const c${i + 1} = c${i}.withRetry();`)}
export const run = (docs) => Promise.all(docs.map((doc) => c3000.invoke(doc)));`,
  '1,500 methods that call one another': `class Service {
  ${repeat(
    1500,
    (i, next, other) =>
      `async m${i}(x) { await this.m${next}(x); return Promise.all(x.map((y) => this.m${other}(y))); }`,
  )}
}
app.post('/ask', async (req, res) => { res.json(await new Service().m0(req.body)); });`,
};

describe('long ways do not overflow the stack', { timeout: 60_000 }, () => {
  test.each(Object.entries(programs))('%s', (_name, text) => {
    const messages = lint(HEAD + text, { rules: ALL_RULES, filename: 'file.ts' });
    expect(messages.filter(({ fatal }) => fatal === true)).toEqual([]);
  });
});

describe('1,600 files that hand three others on, in a ring', { timeout: 60_000 }, () => {
  const size = 1600;
  const project = new TestProject({
    'package.json': '{ "dependencies": { "@langchain/openai": "^1.0.0" } }',
    ...Object.fromEntries(
      numbersTo(size).map((i) => [
        `f${i}.ts`,
        code`
          import { ChatOpenAI } from '@langchain/openai';
          ${[1, 5, 11].map((step) => `export * from './f${(i + step) % size}';`).join('\n')}
        `,
      ]),
    ),
  });
  afterAll(() => {
    project.remove();
  });

  test('a name that none of them has', () => {
    const text = `import { ask } from './f0';
export async function run(docs) {
  for (const doc of docs) await ask(doc);
}
`;
    expect(project.lint('main.ts', text)).toEqual([]);
  });
});
