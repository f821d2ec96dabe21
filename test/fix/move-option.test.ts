import type { TSESTree } from '@typescript-eslint/utils';
import { describe, expect, test } from 'vitest';
import { AST_NODE_TYPES } from '../../src/ast/types.ts';
import type { Edit } from '../../src/fix/edit.ts';
import { moveOption, moveToArgument, removeFromArgument, removeProperty } from '../../src/fix/move-option.ts';
import type { LangChainFile } from '../../src/trace/file.ts';
import { findMarked, findNodes, parseFile } from '../helpers/file.ts';

const head = "import '@langchain/openai';\n";

function apply(source: string, edits: readonly Edit[] | null): string | null {
  if (!edits) return null;
  return [...edits]
    .sort((a, b) => b.range[0] - a.range[0])
    .reduce((text, { range, text: written }) => text.slice(0, range[0]) + written + text.slice(range[1]), source);
}

/** Rewrites the object in `$(…)`. */
function rewrite(
  object: string,
  edit: (file: LangChainFile, node: TSESTree.Node) => readonly Edit[] | null,
): string | null {
  const source = `${head}$(${object});`;
  const file = parseFile(source);
  const [node] = findMarked(file);
  if (!node) throw new Error('Nothing is marked.');
  return apply(source, edit(file, node))?.slice(head.length + '$('.length, -');'.length) ?? null;
}

describe('moveOption', () => {
  test.each([
    [
      'into a new object',
      '{ model: 1, timeout: 5, a: 2 }',
      'timeout',
      'clientOptions.timeout',
      '{ model: 1, clientOptions: { timeout: 5 }, a: 2 }',
    ],
    ['two levels down', '{ timeout: 5 }', 'timeout', 'a.b.timeout', '{ a: { b: { timeout: 5 } } }'],
    [
      'into an object that is there',
      '{ timeout: 5, clientOptions: { a: 1 } }',
      'timeout',
      'clientOptions.timeout',
      '{ clientOptions: { a: 1, timeout: 5 } }',
    ],
    [
      'into an empty object',
      '{ clientOptions: {}, timeout: 5 }',
      'timeout',
      'clientOptions.timeout',
      '{ clientOptions: { timeout: 5 } }',
    ],
    [
      'out of an object that holds more',
      '{ configurable: { a: 1, tags: [] }, b: 2 }',
      'configurable.tags',
      'tags',
      '{ configurable: { a: 1 }, b: 2, tags: [] }',
    ],
    [
      'out of an object that holds nothing else',
      '{ configurable: { tags: [] }, b: 2 }',
      'configurable.tags',
      'tags',
      '{ tags: [], b: 2 }',
    ],
    [
      'to another name',
      '{ configurable: { a: 1, run_name: x } }',
      'configurable.run_name',
      'runName',
      '{ configurable: { a: 1 }, runName: x }',
    ],
    [
      'over a value that is there',
      '{ maxRetries: 2, configuration: { maxRetries: 0 } }',
      'configuration.maxRetries',
      'maxRetries',
      '{ maxRetries: 0 }',
    ],
    [
      'a shorthand',
      '{ configurable: { signal, a } }',
      'configurable.signal',
      'signal',
      '{ configurable: { a }, signal }',
    ],
    ['a shorthand that stays alone', '{ configurable: { signal } }', 'configurable.signal', 'signal', '{ signal }'],
  ])('%s', (_name, object, from, to, expected) => {
    expect(rewrite(object, (file, node) => moveOption(file, node, from, to))).toBe(expected);
  });

  test.each([
    ['an option that is not there', '{ a: 1 }', 'timeout', 'b.timeout'],
    ['an object that is not written', 'options', 'timeout', 'b.timeout'],
    ['a target that is not written', '{ timeout: 5, clientOptions: options }', 'timeout', 'clientOptions.timeout'],
    ['a method', '{ configurable: { callbacks() {} } }', 'configurable.callbacks', 'callbacks'],
    [
      'a target with a spread that may hold the option',
      '{ configurable: { a, tags: [] }, ...given }',
      'configurable.tags',
      'tags',
    ],
  ])('is not made for %s', (_name, object, from, to) => {
    expect(rewrite(object, (file, node) => moveOption(file, node, from, to))).toBeNull();
  });
});

test.each([
  ['the first', '{ a: 1, b: 2 }', 'a', '{ b: 2 }'],
  ['the last', '{ a: 1, b: 2 }', 'b', '{ a: 1 }'],
  ['the last, before a trailing comma', '{\n  a: 1,\n  b: 2,\n}', 'b', '{\n  a: 1,\n}'],
  ['one on a line of its own', '{\n  a: 1,\n  b: 2,\n}', 'a', '{\n  b: 2,\n}'],
  ['the only one', '{ a: 1, }', 'a', '{}'],
  ['the only one, beside a comment', '{ /* why */ a: 1, }', 'a', '{ /* why */  }'],
])('removes a property: %s', (_name, object, key, expected) => {
  const result = rewrite(object, (file, node) => {
    if (node.type !== AST_NODE_TYPES.ObjectExpression) throw new Error('No object.');
    const property = node.properties.find((each) => file.sourceCode.getText(each).startsWith(key));
    return property ? removeProperty(file, node, property) : null;
  });
  expect(result).toBe(expected);
});

describe('arguments', () => {
  function rewriteCall(
    call: string,
    edit: (file: LangChainFile, call: TSESTree.CallExpression, property: TSESTree.Property) => readonly Edit[] | null,
  ): string | null {
    const source = `${head}${call};`;
    const file = parseFile(source);
    const [node] = findNodes(file, AST_NODE_TYPES.CallExpression);
    const property = findNodes(file, AST_NODE_TYPES.Property).find((each) =>
      file.sourceCode.getText(each).startsWith('it'),
    );
    if (!node || !property) throw new Error('Nothing to move.');
    return apply(source, edit(file, node, property))?.slice(head.length, -1) ?? null;
  }

  test.each([
    ['run(a, { it: 1 })', 'run(a)'],
    ['run(a, { it: 1 } as Config)', 'run(a)'],
    ['run(a, { it: 1, b: 2 })', 'run(a, { b: 2 })'],
  ])('the last argument goes with its only property: %s', (call, expected) => {
    expect(rewriteCall(call, removeFromArgument)).toBe(expected);
  });

  test.each([
    ['run({ a, it: 1 })', 1, 'run({ a }, { it: 1 })'],
    ['run({ a, it: 1 }, undefined)', 1, 'run({ a }, { it: 1 })'],
    ['run({ a, it: 1 }, { b: 2 })', 1, 'run({ a }, { b: 2, it: 1 })'],
    ['run({ a }, { it: 1 })', 0, 'run({ a, it: 1 })'],
    ['run({ a }, { it: 1, b: 2 })', 0, 'run({ a, it: 1 }, { b: 2 })'],
  ])('from one argument to another: %s', (call, position, expected) => {
    const result = rewriteCall(call, (file, node, property) =>
      moveToArgument(file, node, property.parent, property, position, 'it'),
    );
    expect(result).toBe(expected);
  });
});
