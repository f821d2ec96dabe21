import type { TSESTree } from '@typescript-eslint/utils';
import { getKeyName, isNullish, unwrap, wrapped } from '../ast/nodes.ts';
import { getMemberWrites } from '../ast/properties.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { Answers, type Part, Parts } from '../memo.ts';
import { type LangChainFile, perFile } from './file.ts';

/** An option of an options object. `unknown`: it may be there, in a part that cannot be read. */
export type Option =
  | { readonly is: 'absent' }
  | { readonly is: 'given'; readonly property: TSESTree.Property; readonly value: TSESTree.Node }
  | { readonly is: 'unknown' };

const absent: Option = { is: 'absent' };
export const unknown: Option = { is: 'unknown' };

/**
 * The option at a dotted path (`configuration.timeout`) of an options object: a literal, a constant that holds one, or
 * one that is spread into it.
 */
export function findOption(file: LangChainFile, object: TSESTree.Node | null | undefined, path: string): Option {
  if (!object || isUndefined(file, object)) return absent;
  const { options, parts } = getKnownOptions(file);
  return options.find(parts.get(object, path), () => computeOption(file, object, path));
}

const getKnownOptions = perFile(() => ({
  options: new Answers<Part, Option>({ onCycle: unknown, tooDeep: unknown }),
  parts: new Parts<TSESTree.Node>(),
}));

function computeOption(file: LangChainFile, object: TSESTree.Node, path: string): Option {
  const alternatives = getAlternatives(object);
  if (alternatives)
    return alternatives.every((each) => findOption(file, each, path).is === 'absent') ? absent : unknown;
  const literal = readObject(file, object);
  if (!literal) return unknown;
  const [key = '', ...rest] = path.split('.');
  const option = findOwn(file, literal, key, path);
  if (option.is === 'absent' && isDefault(file, object, literal)) return unknown;
  if (option.is !== 'given' || rest.length === 0) return option;
  return findOption(file, option.value, rest.join('.'));
}

/** The objects of `c ? { … } : {}` and of `c && { … }`. */
function getAlternatives(node: TSESTree.Node): readonly TSESTree.Node[] | null {
  const expression = unwrap(node);
  if (expression.type === AST_NODE_TYPES.ConditionalExpression) return [expression.consequent, expression.alternate];
  return expression.type === AST_NODE_TYPES.LogicalExpression && expression.operator === '&&'
    ? [expression.right]
    : null;
}

/** Whether an object only stands for one that a caller leaves out: `(options = {}) => new Pool(options)`. */
function isDefault(file: LangChainFile, object: TSESTree.Node, literal: TSESTree.ObjectExpression): boolean {
  const expression = unwrap(object);
  if (expression === literal) return false;
  const isParameter =
    expression.type === AST_NODE_TYPES.Identifier &&
    file.scopes.findVariable(expression)?.defs[0]?.type === 'Parameter';
  return isParameter || wrapped(literal).parent?.type === AST_NODE_TYPES.AssignmentPattern;
}

function findOwn(file: LangChainFile, object: TSESTree.ObjectExpression, key: string, path: string): Option {
  for (const property of object.properties.toReversed()) {
    if (property.type === AST_NODE_TYPES.SpreadElement) {
      const spread = findOption(file, property.argument, key);
      // `...(c ? { configuration: { baseURL } } : {})` says nothing about `configuration.timeout`.
      if (
        spread.is === 'absent' ||
        (spread.is === 'unknown' && path !== key && findOption(file, property.argument, path).is === 'absent')
      )
        continue;
      return spread;
    }
    const name = getKeyName(property);
    if (name === null || name === '__proto__' || (name === key && property.kind !== 'init')) return unknown;
    if (name === key) return { is: 'given', property, value: property.value };
  }
  return absent;
}

/**
 * The object literal that an expression holds; null when it cannot be resolved, or when the constant that holds it is
 * written to.
 */
export function readObject(file: LangChainFile, node: TSESTree.Node): TSESTree.ObjectExpression | null {
  const expression = unwrap(node);
  if (expression.type === AST_NODE_TYPES.ObjectExpression) return expression;
  if (hasMemberWrites(file, expression)) return null;
  const trace = file.trace(expression);
  return trace.type === 'object' ? trace.node : null;
}

/** `options.timeout = 60_000` */
function hasMemberWrites(file: LangChainFile, node: TSESTree.Node): boolean {
  if (node.type !== AST_NODE_TYPES.Identifier) return false;
  const variable = file.scopes.findVariable(node);
  return variable !== null && getMemberWrites(variable).size > 0;
}

/** `undefined`, `null`, `void 0` */
export function isUndefined(file: LangChainFile, node: TSESTree.Node): boolean {
  if (!isNullish(node)) return false;
  const value = unwrap(node);
  return value.type !== AST_NODE_TYPES.Identifier || (file.scopes.findVariable(value)?.defs.length ?? 0) === 0;
}
