import { describe, expect, it } from 'vitest';
import { AST_NODE_TYPES } from '../../src/ast/types.ts';
import { findMutation, isMutated, isReassigned } from '../../src/trace/changes.ts';
import { code } from '../helpers/code.ts';
import { findNodes, parseFile } from '../helpers/file.ts';

/** The variable `config` of a module. */
function read(body: string) {
  const file = parseFile(code`
    import '@langchain/openai';
    let config = { tags: ['night'] };
    ${body}
  `);
  const [first] = findNodes(file, AST_NODE_TYPES.VariableDeclarator);
  const variable = first?.id.type === AST_NODE_TYPES.Identifier ? file.scopes.findVariable(first.id) : null;
  if (!variable) throw new Error('There is no variable.');
  return { file, variable };
}

describe('a variable whose value is changed by that name', () => {
  it.each([
    ['a member that is written to', 'config.maxConcurrency = 5;', 'config.maxConcurrency'],
    ['one behind a type', '(config as any).maxConcurrency = 5;', '(config as any).maxConcurrency'],
    ['one further down', 'config.metadata.user = id;', 'config.metadata.user'],
    ['a member that is deleted', 'delete config.tags;', 'config.tags'],
    ['a member that is counted up', 'config.runs++;', 'config.runs'],
    ['a method that changes it', 'config.tags.push(tag);', 'config.tags.push(tag)'],
    ['the target of an assignment', 'Object.assign(config, { tags });', 'Object.assign(config, { tags })'],
  ])('%s', (_name, body, expected) => {
    const { file, variable } = read(body);
    const found = variable.references.flatMap(({ identifier }) => findMutation(identifier) ?? []);
    expect(found.map((node) => file.getText(node))).toEqual([expected]);
    expect(isMutated(variable)).toBe(true);
    expect(isReassigned(variable)).toBe(false);
  });

  it.each([
    ['one that is read', 'use(config.tags, config.tags.map(String));'],
    ['one that others are copied from', 'Object.assign({}, config);'],
    ['a key into something else', 'limits[config] = 5;'],
    ['another value', 'config = {};'],
  ])('not: %s', (_name, body) => {
    expect(isMutated(read(body).variable)).toBe(false);
  });
});

it('a variable that is written to behind its declaration', () => {
  expect(isReassigned(read('config = {};').variable)).toBe(true);
  expect(isReassigned(read('({ config } = next);').variable)).toBe(true);
  expect(isReassigned(read('use(config);').variable)).toBe(false);
});
