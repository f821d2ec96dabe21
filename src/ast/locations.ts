import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from './types.ts';

/** Where a report on a construction stands: `new X` without its arguments, the callee of a factory. */
export function getConstructionLocation(
  node: TSESTree.CallExpression | TSESTree.NewExpression,
): TSESTree.SourceLocation {
  return node.type === AST_NODE_TYPES.NewExpression
    ? { start: node.loc.start, end: node.callee.loc.end }
    : node.callee.loc;
}
