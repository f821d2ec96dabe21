import type { TSESTree } from '@typescript-eslint/utils';
import { type ClassNode, type FunctionNode, isClass, isFunction, isLoop, type LoopNode } from './nodes.ts';
import { AST_NODE_TYPES } from './types.ts';

/** A function, loop or field that decides when, and how often, the code in it runs. */
interface Surroundings {
  readonly outer: FunctionNode | LoopNode | TSESTree.PropertyDefinition;
  /** The child of `outer` that holds the code. */
  readonly inner: TSESTree.Node;
}

const surroundings = new WeakMap<TSESTree.Node, Surroundings | null>();

/**
 * The nearest function, loop or field around a node. Cached for every node on the way: long call
 * chains nest deeply.
 */
export function getSurroundings(node: TSESTree.Node): Surroundings | null {
  const passed: TSESTree.Node[] = [];
  let found: Surroundings | null | undefined;
  for (let inner = node; found === undefined;) {
    found = surroundings.get(inner);
    if (found !== undefined) break;
    passed.push(inner);
    const outer = inner.parent;
    if (!outer) found = null;
    else if (isFunction(outer) || isLoop(outer) || outer.type === AST_NODE_TYPES.PropertyDefinition)
      found = { outer, inner };
    else inner = outer;
  }
  for (const each of passed) surroundings.set(each, found);
  return found;
}

export function getEnclosingFunction(node: TSESTree.Node): FunctionNode | null {
  for (let around = getSurroundings(node); around; around = getSurroundings(around.outer)) {
    if (isFunction(around.outer)) return around.outer;
  }
  return null;
}

const thisClasses = new WeakMap<TSESTree.Node, ClassNode | null>();

/**
 * The class whose instance a `this` at this place is. Arrow functions are looked through, other functions bind their
 * own `this`.
 */
export function getThisClass(node: TSESTree.Node): ClassNode | null {
  const passed: TSESTree.Node[] = [];
  let found: ClassNode | null | undefined;
  for (let inner = node; found === undefined;) {
    found = thisClasses.get(inner);
    if (found !== undefined) break;
    passed.push(inner);
    const outer = inner.parent;
    if (!outer || bindsThis(outer)) found = null;
    else if (isClass(outer)) found = outer.body === inner ? outer : null;
    else inner = outer;
  }
  for (const each of passed) thisClasses.set(each, found);
  return found;
}

/** Whether it is a function that binds its own `this` and is no method. */
function bindsThis(node: TSESTree.Node): boolean {
  if (node.type === AST_NODE_TYPES.FunctionDeclaration) return true;
  return node.type === AST_NODE_TYPES.FunctionExpression && node.parent.type !== AST_NODE_TYPES.MethodDefinition;
}

const moduleStatements = new WeakMap<TSESTree.Node, TSESTree.Node>();

/** The top-level statement that contains a node: code hoisted above it is in module scope. */
export function getModuleStatement(node: TSESTree.Node): TSESTree.Node {
  const passed: TSESTree.Node[] = [];
  let statement = node;
  for (;;) {
    const known = moduleStatements.get(statement);
    if (known) {
      statement = known;
      break;
    }
    passed.push(statement);
    if (!statement.parent || statement.parent.type === AST_NODE_TYPES.Program) break;
    statement = statement.parent;
  }
  for (const each of passed) moduleStatements.set(each, statement);
  return statement;
}
