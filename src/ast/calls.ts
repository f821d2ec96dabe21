import type { TSESTree } from '@typescript-eslint/utils';
import { contains, type FunctionNode, getKeyName, unwrap } from './nodes.ts';
import { AST_NODE_TYPES } from './types.ts';

export function isCall(node: TSESTree.Node): node is Call {
  return node.type === AST_NODE_TYPES.CallExpression || node.type === AST_NODE_TYPES.NewExpression;
}

/** Whether one construction stands in the arguments of another. */
export function isArgumentOf(outer: Call, node: TSESTree.Node): boolean {
  return outer.arguments.some((argument) => contains(argument, node));
}

export type Call = TSESTree.CallExpression | TSESTree.NewExpression;

/** The root of a member chain: `request` of `request.body.docs`. */
export function getMemberRoot(node: TSESTree.Node): TSESTree.Node {
  let root = unwrap(node);
  while (root.type === AST_NODE_TYPES.MemberExpression) root = unwrap(root.object);
  return root;
}

/** The root of a chain of members and calls: `app` of `app.route('/ask').get`. */
export function getRoot(node: TSESTree.Node): TSESTree.Node {
  let root = unwrap(node);
  while (root.type === AST_NODE_TYPES.MemberExpression || root.type === AST_NODE_TYPES.CallExpression)
    root = unwrap(root.type === AST_NODE_TYPES.MemberExpression ? root.object : root.callee);
  return root;
}

/** The name of the called method: `invoke` of `model.invoke(…)`; null for a function, and for a computed key. */
export function getMethodName(call: Call): string | null {
  const callee = unwrap(call.callee);
  return callee.type === AST_NODE_TYPES.MemberExpression ? getKeyName(callee) : null;
}

/** Whether a node calls a method of this name: `docs.forEach(…)`. */
export function isMethodCall(node: TSESTree.Node | undefined, name: string): node is TSESTree.CallExpression {
  return node?.type === AST_NODE_TYPES.CallExpression && getMethodName(node) === name;
}

/** The argument at an index; null after a spread. */
export function getArgument(call: Call, index: number): TSESTree.CallExpressionArgument | null {
  const before = call.arguments.slice(0, index + 1);
  return before.some(({ type }) => type === AST_NODE_TYPES.SpreadElement) ? null : (before[index] ?? null);
}

/** `invoke` of `invoke` and of `model.invoke`; null for anything else. */
export function getLastName(node: TSESTree.Node): string | null {
  const value = unwrap(node);
  if (value.type === AST_NODE_TYPES.MemberExpression) return getKeyName(value);
  return value.type === AST_NODE_TYPES.Identifier ? value.name : null;
}

/** The index of the parameter that contains a node; -1 for a node outside the parameters. */
export function findParameterIndex({ params }: FunctionNode, node: TSESTree.Node): number {
  return params.findIndex((parameter) => contains(parameter, node));
}

/** `./model` of `require('./model')` and `await import('./model')`. */
export function findRequired(node: TSESTree.Node | null): string | null {
  const value = node && unwrap(node);
  const call = value?.type === AST_NODE_TYPES.AwaitExpression ? unwrap(value.argument) : value;
  const source =
    call?.type === AST_NODE_TYPES.ImportExpression
      ? call.source
      : call?.type === AST_NODE_TYPES.CallExpression &&
          call.callee.type === AST_NODE_TYPES.Identifier &&
          call.callee.name === 'require'
        ? call.arguments[0]
        : null;
  return source?.type === AST_NODE_TYPES.Literal && typeof source.value === 'string' ? source.value : null;
}
