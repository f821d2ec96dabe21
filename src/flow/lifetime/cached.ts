import type { TSESTree } from '@typescript-eslint/utils';
import { contains, getKeyName, isFunction, isNullish, unwrap, wrapped } from '../../ast/nodes.ts';
import { leaves } from '../../ast/statements.ts';
import { AST_NODE_TYPES } from '../../ast/types.ts';
import { type LangChainFile, perNode } from '../../trace/file.ts';
import { getPlainText, isAnywhere } from '../../trace/nodes.ts';
import { getWholeValue } from './whole.ts';

/**
 * Whether a value is created only if there is none yet: `model ??= new X()`, `given ?? new X()`, `if (!model) model =
 * new X()`, `if (cache.has(key)) return cache.get(key)` with `cache.set(key, made)` after it.
 */
export function isMadeOnce(file: LangChainFile, construction: TSESTree.Node): boolean {
  const value = getWholeValue(file, construction);
  if (value.type === AST_NODE_TYPES.LogicalExpression && value.operator !== '&&') return true;
  if (isFallback(file, value)) return true;
  const { parent } = value;
  if (parent?.type === AST_NODE_TYPES.AssignmentExpression && parent.right === value && parent.operator !== '=')
    return true;
  return [...findStores(file, value)].some((store) => isLookedUp(file, value, store));
}

/**
 * `if (given) model = given; else model = new X()`, `given ? given : new X()`, an earlier `if (given) return
 * given.invoke()`: the caller may pass one.
 */
function isFallback(file: LangChainFile, value: TSESTree.Node): boolean {
  const target = findTarget(file, value);
  for (
    let inner = value, current = value.parent;
    current && !isFunction(current);
    inner = current, current = current.parent
  ) {
    switch (current.type) {
      case AST_NODE_TYPES.ConditionalExpression:
      case AST_NODE_TYPES.IfStatement: {
        const other =
          inner === current.consequent ? current.alternate : inner === current.alternate ? current.consequent : null;
        const given = other && findAbsent(current.test, inner === current.consequent);
        if (!given) break;
        const text = getPlainText(file, given);
        if (
          current.type === AST_NODE_TYPES.ConditionalExpression
            ? mentions(file, other, text)
            : assigns(file, other, target, text)
        )
          return true;
        break;
      }
      case AST_NODE_TYPES.BlockStatement:
        if ((findGivenCall(file, current)?.range[0] ?? Infinity) < inner.range[0]) return true;
        break;
      default:
    }
  }
  return false;
}

/** `if (given) return given.invoke();`: the first such statement of a block. */
const findGivenCall = perNode(
  (file, block: TSESTree.BlockStatement): TSESTree.Statement | null =>
    block.body.find((statement) => {
      const given =
        statement.type === AST_NODE_TYPES.IfStatement && leaves(statement.consequent)
          ? findAbsent(statement.test, false)
          : null;
      return (
        given &&
        statement.type === AST_NODE_TYPES.IfStatement &&
        callsOn(file, statement.consequent, getPlainText(file, given))
      );
    }) ?? null,
);

/** The target of an assignment of a value, or of a part of it: `agent` of `agent = build().agent`. */
function findTarget(file: LangChainFile, value: TSESTree.Node): string | null {
  for (let current = value.parent; current; current = current.parent) {
    if (current.type === AST_NODE_TYPES.AssignmentExpression) return getPlainText(file, current.left);
    if (current.type !== AST_NODE_TYPES.MemberExpression && current.type !== AST_NODE_TYPES.AwaitExpression)
      return null;
  }
  return null;
}

function assigns(file: LangChainFile, branch: TSESTree.Node, target: string | null, source: string): boolean {
  return isAnywhere(
    file,
    branch,
    (node) =>
      node.type === AST_NODE_TYPES.AssignmentExpression &&
      getPlainText(file, node.left) === target &&
      mentions(file, node.right, source),
  );
}

function callsOn(file: LangChainFile, branch: TSESTree.Node, object: string): boolean {
  return isAnywhere(file, branch, (node) => {
    const callee = node.type === AST_NODE_TYPES.CallExpression ? unwrap(node.callee) : null;
    return callee?.type === AST_NODE_TYPES.MemberExpression && getPlainText(file, callee.object) === object;
  });
}

/** The variable that is empty where a test is met (`!given`, `given === undefined`), or where it is not (`given`). */
function findAbsent(test: TSESTree.Node, isMet: boolean): TSESTree.Node | null {
  switch (test.type) {
    case AST_NODE_TYPES.UnaryExpression:
      return test.operator === '!' ? findAbsent(test.argument, !isMet) : null;
    case AST_NODE_TYPES.BinaryExpression:
      return isNullish(test.right) && test.operator.startsWith('=') === isMet ? test.left : null;
    case AST_NODE_TYPES.ChainExpression:
      return findAbsent(test.expression, isMet);
    case AST_NODE_TYPES.Identifier:
    case AST_NODE_TYPES.MemberExpression:
      return isMet ? null : test;
    default:
      return null;
  }
}

/**
 * Where a value is stored, as written: `model`, `this.models` of `this.models[name]`, `cache` of `cache.set(key,
 * value)`.
 */
function findStores(file: LangChainFile, value: TSESTree.Node): ReadonlySet<string> {
  const stores = new Set<string>();
  const names = new Set<TSESTree.Node>([value]);
  // The loop adds other names for the value.
  for (const name of names) {
    for (const store of findStoresOf(file, name)) stores.add(store);
    for (const other of findOtherNames(file, name)) names.add(other);
  }
  return stores;
}

function findStoresOf(file: LangChainFile, value: TSESTree.Node): readonly string[] {
  const { parent } = value;
  switch (parent?.type) {
    case AST_NODE_TYPES.AssignmentExpression: {
      if (parent.right !== value) return [];
      const target = unwrap(parent.left);
      return [
        getPlainText(file, target.type === AST_NODE_TYPES.MemberExpression && target.computed ? target.object : target),
      ];
    }
    case AST_NODE_TYPES.CallExpression: {
      const callee = unwrap(parent.callee);
      if (callee.type !== AST_NODE_TYPES.MemberExpression || getKeyName(callee) !== 'set') return [];
      return parent.arguments.some((argument) => argument === value) ? [getPlainText(file, callee.object)] : [];
    }
    default:
      return [];
  }
}

/** The reads of the variable that is declared with a value. */
function findOtherNames(file: LangChainFile, { parent }: TSESTree.Node): readonly TSESTree.Node[] {
  if (parent?.type !== AST_NODE_TYPES.VariableDeclarator || parent.id.type !== AST_NODE_TYPES.Identifier) return [];
  const references = file.scopes.findVariable(parent.id)?.references ?? [];
  return references.filter((reference) => reference.isRead()).map(({ identifier }) => wrapped(identifier));
}

/** Whether a condition around a value, or an earlier one that returns, checks the store. */
function isLookedUp(file: LangChainFile, value: TSESTree.Node, store: string): boolean {
  for (let inner = value, current = value.parent; current; inner = current, current = current.parent) {
    switch (current.type) {
      case AST_NODE_TYPES.ConditionalExpression:
      case AST_NODE_TYPES.IfStatement:
      case AST_NODE_TYPES.WhileStatement:
        if (current.test !== inner && mentions(file, current.test, store)) return true;
        break;
      case AST_NODE_TYPES.LogicalExpression:
        if (current.left !== inner && mentions(file, current.left, store)) return true;
        break;
      case AST_NODE_TYPES.BlockStatement:
        for (const statement of current.body) {
          if (statement === inner) break;
          if (
            statement.type === AST_NODE_TYPES.IfStatement &&
            mentions(file, statement.test, store) &&
            leaves(statement.consequent)
          )
            return true;
        }
        break;
      default:
    }
  }
  return false;
}

/** Whether an expression refers to a store, directly or through a variable that was read from it. */
function mentions(file: LangChainFile, expression: TSESTree.Node, store: string): boolean {
  return isAnywhere(file, expression, (node) => {
    if (node.type !== AST_NODE_TYPES.Identifier && node.type !== AST_NODE_TYPES.MemberExpression) return false;
    if (getPlainText(file, node) === store) return true;
    const definition = file.scopes.findVariable(node)?.defs[0];
    return (
      definition?.type === 'Variable' &&
      definition.node.init !== null &&
      !contains(definition.node.init, expression) &&
      isReadFrom(file, definition.node.init, store)
    );
  });
}

function isReadFrom(file: LangChainFile, init: TSESTree.Node, store: string): boolean {
  const value = unwrap(init);
  const source = value.type === AST_NODE_TYPES.AwaitExpression ? unwrap(value.argument) : value;
  const read = source.type === AST_NODE_TYPES.CallExpression ? unwrap(source.callee) : source;
  return read.type === AST_NODE_TYPES.MemberExpression
    ? getPlainText(file, read.object) === store || getPlainText(file, read) === store
    : getPlainText(file, read) === store;
}
