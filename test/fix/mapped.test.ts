import { describe, expect, it } from 'vitest';
import { type FunctionNode, isFunction } from '../../src/ast/nodes.ts';
import { AST_NODE_TYPES } from '../../src/ast/types.ts';
import { findResult, isPlainFunction, isSuspended, readMappedAll, usesBindings } from '../../src/fix/mapped.ts';
import type { LangChainFile } from '../../src/trace/file.ts';
import { code } from '../helpers/code.ts';
import { findMarked, findNodes, parseFile } from '../helpers/file.ts';

/** A module, and its first callback. */
function parse(text: string): { file: LangChainFile; callback: FunctionNode } {
  const file = parseFile(`import '@langchain/openai';\n${text}`);
  const callback =
    findNodes(file, AST_NODE_TYPES.ArrowFunctionExpression)[0] ?? findNodes(file, AST_NODE_TYPES.FunctionExpression)[0];
  if (!callback) throw new Error('There is no callback.');
  return { file, callback };
}

/** The list that the first call waits for each element of, as `batch` could take it; null where it cannot. */
function listOf(text: string): string | null {
  const { callback, file } = parse(text);
  const [node] = findNodes(file, AST_NODE_TYPES.CallExpression);
  const call = callback.parent;
  if (!node || call.type !== AST_NODE_TYPES.CallExpression) throw new Error('Nothing is mapped.');
  const mapped = readMappedAll(file, { kind: 'combinator', node, map: { call, callback } });
  return mapped && `${file.getText(mapped.list)}${mapped.isFrom ? ' (Array.from)' : ''}`;
}

describe('a list whose elements are all waited for', () => {
  it.each([
    ['map', 'Promise.all(docs.map((doc) => ask(doc)));', 'docs'],
    ['Array.from', 'Promise.all(Array.from(docs, (doc) => ask(doc)));', 'docs (Array.from)'],
    ['a list that is made', 'Promise.all(docs.filter(Boolean).map((doc) => ask(doc)));', 'docs.filter(Boolean)'],
  ])('%s', (_name, text, expected) => {
    expect(listOf(text)).toBe(expected);
  });

  it.each([
    ['another combinator', 'Promise.allSettled(docs.map((doc) => ask(doc)));'],
    ['a `Promise` of the file', 'const Promise = load(); Promise.all(docs.map((doc) => ask(doc)));'],
    ['an optional list', 'Promise.all(docs?.map((doc) => ask(doc)));'],
    ['an optional map', 'Promise.all(docs.map?.((doc) => ask(doc)));'],
    ['another method', 'Promise.all(docs.flatMap((doc) => ask(doc)));'],
    ['a `this` for the callback', 'Promise.all(docs.map((doc) => ask(doc), service));'],
    ['a type for the result', 'Promise.all<string>(docs.map((doc) => ask(doc)));'],
    ['others beside it', 'Promise.all(docs.map((doc) => ask(doc)), 1);'],
  ])('not: %s', (_name, text) => {
    const { file } = parse(text);
    expect(findNodes(file, AST_NODE_TYPES.CallExpression).length).toBeGreaterThan(0);
    expect(listOf(text)).toBeNull();
  });
});

describe('what a callback does and nothing else', () => {
  it.each<[string, string, string | null]>([
    ['an expression', 'docs.map((doc) => ask(doc));', 'ask(doc)'],
    ['an awaited one', 'docs.map(async (doc) => await ask(doc));', 'ask(doc)'],
    ['a block that returns', 'docs.map(async (doc) => { return ask(doc); });', 'ask(doc)'],
    ['more than one statement', 'docs.map(async (doc) => { log(doc); return ask(doc); });', null],
    ['nothing', 'docs.map((doc) => {});', null],
  ])('%s', (_name, text, expected) => {
    const { callback, file } = parse(text);
    const result = findResult(callback);
    expect(result && file.getText(result)).toBe(expected);
  });
});

describe('a function that an arrow function can stand for', () => {
  it.each([
    ['an arrow function', 'docs.map((doc, index) => ask(doc, index));', true],
    ['a function', 'docs.map(function (doc) { return ask(doc); });', true],
    ['one with a `this`', 'docs.map(function (doc) { return this.ask(doc); });', false],
    ['one with `arguments`', 'docs.map(function () { return ask(arguments[0]); });', false],
    ['a generator', 'docs.map(function* (doc) { yield doc; });', false],
    ['one with rest parameters', 'docs.map((...all) => ask(all));', false],
    ['one that takes the list', 'docs.map((doc, index, all) => ask(all));', false],
  ])('%s', (_name, text, expected) => {
    const { callback, file } = parse(text);
    expect(isPlainFunction(file, callback)).toBe(expected);
  });
});

describe('what cannot be moved into a function', () => {
  it.each([
    ['an `await`', 'docs.map(async (doc) => $({ text: await load(doc) }));', true],
    ['an `await` of a function within', 'docs.map((doc) => $(queue(async () => await load(doc))));', false],
    ['a function', 'docs.map((doc) => $(async () => await load(doc)));', false],
    ['neither', 'docs.map((doc) => $(doc.text));', false],
  ])('%s', (_name, text, expected) => {
    const { file } = parse(text);
    expect(findMarked(file).map((node) => isSuspended(file, node))).toEqual([expected]);
  });
});

it('sees what a callback binds, and what it does not', () => {
  const { callback, file } = parse(code`
    docs.map((doc) => {
      const text = doc.text;
      return [$(doc.text), $(text), $(docs.length), $((text) => 1)];
    });
  `);
  expect(isFunction(callback)).toBe(true);
  expect(findMarked(file).map((node) => usesBindings(file, node, callback))).toEqual([true, true, false, true]);
});
