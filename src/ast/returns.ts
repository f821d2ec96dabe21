import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { type FunctionNode, isFunction } from './nodes.ts';
import { AST_NODE_TYPES } from './types.ts';
import { walk } from './walk.ts';

const returns = new WeakMap<FunctionNode, readonly TSESTree.Expression[]>();

/** The expressions that a function returns, in source order. */
export function findReturns(
  fn: FunctionNode,
  visitorKeys: TSESLint.SourceCode.VisitorKeys,
): readonly TSESTree.Expression[] {
  if (fn.body.type !== AST_NODE_TYPES.BlockStatement) return [fn.body];
  let found = returns.get(fn);
  if (!found) {
    const values: TSESTree.Expression[] = [];
    walk(fn.body, visitorKeys, (node) => {
      if (node.type === AST_NODE_TYPES.ReturnStatement && node.argument) values.push(node.argument);
      return !isFunction(node);
    });
    found = values;
    returns.set(fn, found);
  }
  return found;
}

/** The values that a generator yields one by one, in source order. */
export function findYields(fn: FunctionNode, visitorKeys: TSESLint.SourceCode.VisitorKeys): readonly TSESTree.Node[] {
  const values: TSESTree.Node[] = [];
  walk(fn.body, visitorKeys, (node) => {
    if (node.type === AST_NODE_TYPES.YieldExpression && node.argument && !node.delegate) values.push(node.argument);
    return !isFunction(node);
  });
  return values;
}
