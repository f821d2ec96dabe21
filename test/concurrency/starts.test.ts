import { describe, expect, it } from 'vitest';
import { AST_NODE_TYPES } from '../../src/ast/types.ts';
import { Starts } from '../../src/concurrency/starts.ts';
import { code } from '../helpers/code.ts';
import { findMarked, findNodes, parseFile } from '../helpers/file.ts';

const HEAD = code`
  import { ChatOpenAI } from '@langchain/openai';
  import pLimit from 'p-limit';
  import { Semaphore } from 'async-mutex';
  import { ask, save } from './service';
  const model = new ChatOpenAI({ model: 'gpt-4o-mini' });
  const capped = new ChatOpenAI({ maxConcurrency: 5 });
  const limit = pLimit(5);
  const open = pLimit(Infinity);
  const semaphore = new Semaphore(2);
`;

/**
 * What the function in `$(…)` starts that nothing limits: the callee, and what becomes of a limit; null for nothing.
 */
function startOf(text: string, all = false): string | null {
  const file = parseFile(HEAD + text);
  const [marked] = findMarked(file);
  if (!marked) throw new Error('Nothing is marked.');
  const start = new Starts(file, { limiters: [], all }).ofFunction(marked);
  return start && `${file.getText(start.call.node.callee)} ${start.limit}${start.limiter ? ' through a limiter' : ''}`;
}

describe('a function that starts a call without a limit', () => {
  it.each([
    ['itself', '$((doc) => model.invoke(doc));', 'model.invoke none'],
    ['after others', '$(async (doc) => { await save(doc); return model.invoke(doc); });', 'model.invoke none'],
    [
      'in a function that it calls',
      code`
        const summarize = async (doc) => (await model.invoke(doc)).content;
        $((doc) => summarize(doc));
      `,
      'model.invoke none',
    ],
    [
      'by its name',
      code`
        async function summarize(doc) { return model.invoke(doc); }
        $(summarize);
      `,
      'model.invoke none',
    ],
    [
      'in a function that it is given',
      code`
        const retried = (work) => work();
        $((doc) => retried(() => model.invoke(doc)));
      `,
      'model.invoke none',
    ],
    [
      'with a model that has a limit for each element',
      '$((doc) => new ChatOpenAI({ maxConcurrency: 5 }).invoke(doc));',
      'new ChatOpenAI({ maxConcurrency: 5 }).invoke perItem',
    ],
    ['as a stream of a model with a limit', '$((doc) => capped.stream(doc));', 'capped.stream stream'],
    [
      'through a limiter without a limit',
      '$((doc) => open(() => model.invoke(doc)));',
      'model.invoke none through a limiter',
    ],
  ])('%s', (_name, text, expected) => {
    expect(startOf(text)).toBe(expected);
  });
});

describe('a function that starts nothing, or nothing without a limit', () => {
  it.each([
    ['a model with a limit', '$((doc) => capped.invoke(doc));'],
    ['a limiter', '$((doc) => limit(() => model.invoke(doc)));'],
    [
      'its turn is waited for',
      code`
        $(async (doc) => {
          const [, release] = await semaphore.acquire();
          try { return await model.invoke(doc); } finally { release(); }
        });
      `,
    ],
    ['a function of another file without its text', '$((doc) => ask(doc));'],
    ['a function that is only made', '$((doc) => ({ run: () => model.invoke(doc) }));'],
    ['no call of LangChain', '$((doc) => save(doc));'],
    [
      'functions that call each other in a circle',
      code`
        const first = (doc) => second(doc);
        const second = (doc) => first(doc);
        $(first);
      `,
    ],
  ])('%s', (_name, text) => {
    expect(startOf(text)).toBeNull();
  });
});

it('finds calls with a limit too when it is asked for all', () => {
  expect(startOf('$((doc) => limit(() => model.invoke(doc)));', true)).toMatch(/^model\.invoke /u);
});

describe('an expression in a loop', () => {
  it.each([
    ['is not waited for', 'for (const doc of docs) $(pending.push(model.invoke(doc)));', true],
    ['is waited for', 'for (const doc of docs) $(answers.push(await model.invoke(doc)));', false],
  ])('%s', (_name, text, expected) => {
    const file = parseFile(HEAD + text);
    const [marked] = findMarked(file);
    const loops = findNodes(file, AST_NODE_TYPES.ForOfStatement);
    const start = marked && new Starts(file, { limiters: [] }).ofExpression(marked, loops);
    expect(start !== null).toBe(expected);
  });
});
