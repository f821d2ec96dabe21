import { describe, expect, it } from 'vitest';
import { AST_NODE_TYPES } from '../../src/ast/types.ts';
import {
  type EffectiveLimit,
  getEffectiveLimit,
  isLimited,
  isLimitedStep,
} from '../../src/concurrency/effective-limit.ts';
import { findCall } from '../../src/langchain/calls.ts';
import { code } from '../helpers/code.ts';
import { findMarked, findNodes, parseFile } from '../helpers/file.ts';

const HEAD = code`
  import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
  import { ChatPromptTemplate } from '@langchain/core/prompts';
  import { RunnableLambda } from '@langchain/core/runnables';
  const prompt = ChatPromptTemplate.fromTemplate('Summarise {doc}');
  const model = new ChatOpenAI({ model: 'gpt-4o-mini' });
  const capped = new ChatOpenAI({ maxConcurrency: 5 });
`;

/** What limits the call in `$(…)`, which runs once per element of the callbacks around it. */
function limitOf(text: string): EffectiveLimit {
  const file = parseFile(HEAD + text);
  const [marked] = findMarked(file);
  const call = marked?.type === AST_NODE_TYPES.CallExpression ? findCall(file, marked) : null;
  if (!call) throw new Error('No call of LangChain is marked.');
  return getEffectiveLimit(file, call, findNodes(file, AST_NODE_TYPES.ArrowFunctionExpression), null);
}

describe('what limits a call', () => {
  it.each<[string, string, EffectiveLimit]>([
    ['a model without a limit', 'docs.map((doc) => $(model.invoke(doc)));', 'none'],
    ['a model with one', 'docs.map((doc) => $(capped.invoke(doc)));', 'limited'],
    ['a limit that is not read', 'const m = new ChatOpenAI(options); docs.map((doc) => $(m.invoke(doc)));', 'limited'],
    ['a limit of `Infinity`', 'const m = new ChatOpenAI({ maxConcurrency: Infinity }); $(m.invoke(doc));', 'none'],
    [
      'a model per element',
      code`
        docs.map((doc) => {
          const own = new ChatOpenAI({ maxConcurrency: 5 });
          return $(own.invoke(doc));
        });
      `,
      'perItem',
    ],
    [
      'a model per element that is kept',
      code`
        let kept;
        docs.map((doc) => {
          kept ??= new ChatOpenAI({ maxConcurrency: 5 });
          return $(kept.invoke(doc));
        });
      `,
      'limited',
    ],
    ['a stream', 'docs.map((doc) => $(capped.stream(doc)));', 'stream'],
    ['a stream without a limit', 'docs.map((doc) => $(model.stream(doc)));', 'none'],
    ['a chain of a model with one', 'docs.map((doc) => $(prompt.pipe(capped).invoke({ doc })));', 'limited'],
    ['a chain of a model without', 'docs.map((doc) => $(prompt.pipe(model).invoke({ doc })));', 'none'],
    [
      'the weaker of two models',
      code`
        const either = isLong ? capped : model;
        docs.map((doc) => $(either.invoke(doc)));
      `,
      'none',
    ],
    [
      'what a lambda calls',
      code`
        const step = RunnableLambda.from(async function (doc) { return capped.invoke(doc); });
        docs.map((doc) => $(step.invoke(doc)));
      `,
      'limited',
    ],
    [
      'what a subclass hands on',
      code`
        class Own extends ChatOpenAI { constructor() { super({ maxConcurrency: 3 }); } }
        const own = new Own();
        docs.map((doc) => $(own.invoke(doc)));
      `,
      'limited',
    ],
  ])('%s', (_name, text, expected) => {
    expect(limitOf(text)).toBe(expected);
  });
});

describe('whether a value limits its calls, whoever makes them', () => {
  it.each([
    ['capped', true],
    ['model', false],
    ['prompt.pipe(capped)', true],
    ['isLong ? capped : model', false],
  ])('%s', (value, expected) => {
    const file = parseFile(`${HEAD}$(${value});`);
    const [marked] = findMarked(file);
    const resolution = marked && file.resolve(marked);
    if (resolution?.is !== 'yes') throw new Error('It is no value of LangChain.');
    expect(isLimited(file, resolution.value)).toBe(expected);
  });
});

describe('whether a node of a graph calls nothing but models with a limit', () => {
  it.each([
    ['a function that calls one', '$(async (state) => capped.invoke(state.text));', true],
    ['a model with one', '$(capped);', true],
    ['a function that calls one without', '$(async (state) => model.invoke(state.text));', false],
    [
      'a function that calls both',
      '$(async (state) => (await capped.invoke(state.text)) ?? model.invoke("?"));',
      false,
    ],
    ['a function that streams', '$(async (state) => capped.stream(state.text));', false],
    ['a function that calls none', '$((state) => ({ text: state.text.trim() }));', false],
    ['what cannot be told', '$(nodes.answer);', false],
  ])('%s', (_name, text, expected) => {
    const file = parseFile(HEAD + text);
    const [marked] = findMarked(file);
    expect(marked && isLimitedStep(file, marked)).toBe(expected);
  });
});
