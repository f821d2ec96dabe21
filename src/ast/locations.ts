import type { TSESTree } from '@typescript-eslint/utils';
import { getReportedCallee } from './callee.ts';
import type { Call } from './calls.ts';
import { AST_NODE_TYPES } from './types.ts';

/** Where a report on a call stands: `new X` without its arguments, the callee of a function. */
export function getCallLocation(node: Call): TSESTree.SourceLocation {
  return node.type === AST_NODE_TYPES.NewExpression ? getConstructionLocation(node) : getReportedCallee(node).loc;
}

/** Where a report on a construction stands: `new X` without its arguments, the callee of a factory. */
export function getConstructionLocation(
  node: TSESTree.CallExpression | TSESTree.NewExpression,
): TSESTree.SourceLocation {
  return node.type === AST_NODE_TYPES.NewExpression
    ? { start: node.loc.start, end: node.callee.loc.end }
    : node.callee.loc;
}
