import type { TSESTree } from '@typescript-eslint/utils';
import { unwrap } from './nodes.ts';
import { AST_NODE_TYPES } from './types.ts';

/** What a report on a call underlines: the callee, or only its last name where the callee spans several lines. */
export function getReportedCallee({ callee }: TSESTree.CallExpression): TSESTree.Node {
  const member = unwrap(callee);
  return member.type === AST_NODE_TYPES.MemberExpression && callee.loc.start.line !== callee.loc.end.line
    ? member.property
    : callee;
}
