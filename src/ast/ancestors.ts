import type { TSESTree } from '@typescript-eslint/utils';
import {
  type ClassNode,
  type FunctionNode,
  getEnclosingClass,
  isClass,
  isFunction,
  isLoop,
  type LoopNode,
} from './nodes.ts';
import { AST_NODE_TYPES } from './types.ts';

/** A function, loop or field that decides when, and how often, the code in it runs. */
interface Surroundings {
  readonly outer: FunctionNode | LoopNode | TSESTree.PropertyDefinition;
  /** The child of `outer` that holds the code. */
  readonly inner: TSESTree.Node;
}

/** How far is climbed without a look at what is known: nearly always far enough, and cheaper than the look. */
const plainSteps = 32;

/**
 * Climbs from a node until a pair of a node and its parent has an answer. On a long way it is kept: call chains nest
 * deeply.
 * @param decide Undefined to climb on; not at the root.
 */
function climb<Answer>(
  decide: (inner: TSESTree.Node, outer: TSESTree.Node | undefined) => Answer | undefined,
): (node: TSESTree.Node) => Answer {
  const known = new WeakMap<TSESTree.Node, Answer>();
  return (node) => {
    const passed: TSESTree.Node[] = [];
    let answer: Answer | undefined;
    for (let inner: TSESTree.Node | undefined = node, steps = 0; inner && answer === undefined; steps++) {
      if (steps > plainSteps) {
        answer = known.get(inner);
        passed.push(inner);
      }
      answer ??= decide(inner, inner.parent);
      inner = inner.parent;
    }
    for (const each of passed) known.set(each, answer as Answer);
    return answer as Answer;
  };
}

/** The nearest function, loop or field around a node. */
export const getSurroundings = climb<Surroundings | null>((inner, outer) => {
  if (!outer) return null;
  const isBoundary = isFunction(outer) || isLoop(outer) || outer.type === AST_NODE_TYPES.PropertyDefinition;
  return isBoundary ? { outer, inner } : undefined;
});

export function getEnclosingFunction(node: TSESTree.Node): FunctionNode | null {
  for (let around = getSurroundings(node); around; around = getSurroundings(around.outer)) {
    if (isFunction(around.outer)) return around.outer;
  }
  return null;
}

/**
 * The class whose instance a `this` at this place is. Arrow functions are looked through, other functions bind their
 * own `this`.
 */
export const getThisClass = climb<ClassNode | null>((inner, outer) => {
  if (!outer || bindsThis(outer)) return null;
  if (!isClass(outer)) return undefined;
  return outer.body === inner ? outer : null;
});

/** The class of which each new instance evaluates a node, as the initialiser of a field or a part of one. */
export function getFieldOwner(node: TSESTree.Node): ClassNode | null {
  for (let around = getSurroundings(node); around; around = getSurroundings(around.outer)) {
    const { inner, outer } = around;
    if (outer.type === AST_NODE_TYPES.PropertyDefinition)
      return outer.value === inner && !outer.static ? getEnclosingClass(outer) : null;
  }
  return null;
}

/** Whether it is a function that binds its own `this` and is no method. */
function bindsThis(node: TSESTree.Node): boolean {
  if (node.type === AST_NODE_TYPES.FunctionDeclaration) return true;
  return node.type === AST_NODE_TYPES.FunctionExpression && node.parent.type !== AST_NODE_TYPES.MethodDefinition;
}

/** The top-level statement that contains a node: code hoisted above it is in module scope. */
export const getModuleStatement = climb((inner, outer) =>
  !outer || outer.type === AST_NODE_TYPES.Program ? inner : undefined,
);
