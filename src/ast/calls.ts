import type { TSESTree } from '@typescript-eslint/utils';
import { contains, unwrap } from './nodes.ts';
import { AST_NODE_TYPES } from './types.ts';

export function isCall(node: TSESTree.Node): node is Call {
  return node.type === AST_NODE_TYPES.CallExpression || node.type === AST_NODE_TYPES.NewExpression;
}

/** Whether one construction stands in the arguments of another. */
export function isArgumentOf(outer: Call, node: TSESTree.Node): boolean {
  return outer.arguments.some((argument) => contains(argument, node));
}

export type Call = TSESTree.CallExpression | TSESTree.NewExpression;

/** What a chain of members begins with: `request` of `request.body.docs`. */
export function getMemberRoot(node: TSESTree.Node): TSESTree.Node {
  let root = unwrap(node);
  while (root.type === AST_NODE_TYPES.MemberExpression) root = unwrap(root.object);
  return root;
}

/** What a chain of members and calls begins with: `app` of `app.route('/ask').get`. */
export function getRoot(node: TSESTree.Node): TSESTree.Node {
  let root = unwrap(node);
  while (root.type === AST_NODE_TYPES.MemberExpression || root.type === AST_NODE_TYPES.CallExpression)
    root = unwrap(root.type === AST_NODE_TYPES.MemberExpression ? root.object : root.callee);
  return root;
}
