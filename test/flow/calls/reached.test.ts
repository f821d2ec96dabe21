import { describe, expect, it } from 'vitest';
import { AST_NODE_TYPES } from '../../../src/ast/types.ts';
import { resolveStep } from '../../../src/flow/calls/functions.ts';
import { getReachedLangChainCalls } from '../../../src/flow/calls/reached.ts';
import { code } from '../../helpers/code.ts';
import { findMarked, findNodes, parseFile } from '../../helpers/file.ts';

const HEAD = code`
  import { ChatOpenAI } from '@langchain/openai';
  import { answer } from './nodes';
  const model = new ChatOpenAI({ model: 'gpt-4o-mini' });
  const ask = async (state) => model.invoke(state.text);
  const step = chosen ?? answer;
`;

describe('what a node of a graph runs', () => {
  it.each([
    ['a function', '(state) => ask(state)', { fn: true, className: null }],
    ['the name of one', 'ask', { fn: true, className: null }],
    ['a value of LangChain', 'model', { fn: false, className: 'ChatOpenAI' }],
    ['something of a file that is not read', 'answer', { fn: false, className: null }],
    ['one of several', 'step', { fn: false, className: null }],
  ])('%s', (_name, run, expected) => {
    const file = parseFile(`${HEAD}$(${run});`);
    const [marked] = findMarked(file);
    if (!marked) throw new Error('Nothing is marked.');
    const { fn, value } = resolveStep(file, marked);
    expect({ fn: fn !== null, className: value?.className ?? null }).toEqual(expected);
  });
});

describe('the calls of LangChain that run when a function does', () => {
  it.each([
    ['its own', '() => model.invoke("Hello")', ['model.invoke']],
    ['those of what it calls', '() => ask({ text: "Hello" })', ['model.invoke']],
    ['none of a function that it only makes', '() => ({ later: () => model.invoke("Hello") })', []],
    ['none of others', '() => fetch(url)', []],
  ])('%s', (_name, text, expected) => {
    const file = parseFile(`${HEAD}const run = ${text};`);
    const fn = findNodes(file, AST_NODE_TYPES.ArrowFunctionExpression)[1];
    if (!fn) throw new Error('There is no function.');
    const calls = getReachedLangChainCalls(file, fn).map(({ call }) => file.getText(call.node.callee));
    expect(calls).toEqual(expected);
  });
});
