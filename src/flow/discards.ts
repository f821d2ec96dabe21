import type { TSESTree } from '@typescript-eslint/utils';
import { getKeyName, unwrap, wrapped } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';

/** Whether nothing gets the value of an expression: a statement, `void x`, all but the last of `x, y`, what a callback of `forEach` returns. */
export function isDiscarded(node: TSESTree.Node): boolean {
  const inner = wrapped(node);
  const { parent } = inner;
  switch (parent?.type) {
    case AST_NODE_TYPES.ExpressionStatement:
      return true;
    case AST_NODE_TYPES.UnaryExpression:
      return parent.operator === 'void';
    case AST_NODE_TYPES.AwaitExpression:
      return isDiscarded(parent);
    case AST_NODE_TYPES.LogicalExpression:
      return parent.right === inner && isDiscarded(parent);
    case AST_NODE_TYPES.ConditionalExpression:
      return parent.test !== inner && isDiscarded(parent);
    case AST_NODE_TYPES.SequenceExpression:
      return parent.expressions.at(-1) !== inner || isDiscarded(parent);
    case AST_NODE_TYPES.ArrowFunctionExpression:
      return parent.body === inner && isCallbackOfForEach(parent);
    case AST_NODE_TYPES.ForStatement:
      return parent.init === inner || parent.update === inner;
    default:
      return false;
  }
}

function isCallbackOfForEach(callback: TSESTree.ArrowFunctionExpression): boolean {
  const call = callback.parent;
  if (call.type !== AST_NODE_TYPES.CallExpression || call.arguments[0] !== callback) return false;
  const callee = unwrap(call.callee);
  return callee.type === AST_NODE_TYPES.MemberExpression && getKeyName(callee) === 'forEach';
}
