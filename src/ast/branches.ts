import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from './nodes.ts';
import { AST_NODE_TYPES } from './types.ts';

/** Whether a node is evaluated only in some runs of its function, because it stands in a branch. */
export function isInBranch(node: TSESTree.Node): boolean {
  for (
    let inner = node, current = node.parent;
    current && !isFunction(current);
    inner = current, current = current.parent
  ) {
    switch (current.type) {
      case AST_NODE_TYPES.CatchClause:
      case AST_NODE_TYPES.SwitchCase:
        return true;
      case AST_NODE_TYPES.ConditionalExpression:
      case AST_NODE_TYPES.IfStatement:
        if (current.test !== inner) return true;
        break;
      case AST_NODE_TYPES.LogicalExpression:
        if (current.right === inner) return true;
        break;
      default:
    }
  }
  return false;
}

/** Whether a node is reached only when something has failed. */
export function isInCatch(node: TSESTree.Node): boolean {
  for (let current = node.parent; current && !isFunction(current); current = current.parent)
    if (current.type === AST_NODE_TYPES.CatchClause) return true;
  return false;
}
