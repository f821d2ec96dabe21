import type { TSESTree } from '@typescript-eslint/utils';
import { getMethodName } from '../../ast/calls.ts';
import { getKeyName, isNullish, unwrap, wrapped } from '../../ast/nodes.ts';
import { AST_NODE_TYPES } from '../../ast/types.ts';
import { promiseMethods } from '../../facts/methods.ts';

/** Whether a call of `then` and its like passes the failure of the promise to a callback. */
export function handlesFailure(call: TSESTree.CallExpression): boolean {
  const index = promiseMethods.get(getMethodName(call) ?? '') ?? null;
  if (index === null) return false;
  const handler = call.arguments[index];
  const isSpread = call.arguments.some(({ type }) => type === AST_NODE_TYPES.SpreadElement);
  return isSpread || (handler !== undefined && !isNullish(handler));
}

/** `then` and its like after a call. */
interface Chain {
  readonly call: TSESTree.CallExpression;
  readonly isHandled: boolean;
}

/** The outermost of `then` and its like that are called on the result of a call; null for none. */
export function findChain(node: TSESTree.CallExpression): Chain | null {
  let chain: Chain = { call: node, isHandled: false };
  for (let next = findLink(node); next; next = findLink(next.call))
    chain = { call: next.call, isHandled: chain.isHandled || next.isHandled };
  return chain.call === node ? null : chain;
}

function findLink(node: TSESTree.CallExpression): Chain | null {
  const expression = wrapped(node);
  const member = expression.parent;
  if (member?.type !== AST_NODE_TYPES.MemberExpression || member.object !== expression) return null;
  const call = wrapped(member).parent;
  const key = getKeyName(member);
  if (call?.type !== AST_NODE_TYPES.CallExpression || unwrap(call.callee) !== member || key === null) return null;
  return promiseMethods.has(key) ? { call, isHandled: handlesFailure(call) } : null;
}

/** The root of a chain of `then` and its like: `call()` of `call().then(show).catch(report)`. */
export function getChainRoot(node: TSESTree.Node): TSESTree.Node {
  let root = unwrap(node);
  for (;;) {
    const callee = root.type === AST_NODE_TYPES.CallExpression ? unwrap(root.callee) : null;
    if (callee?.type !== AST_NODE_TYPES.MemberExpression || !promiseMethods.has(getKeyName(callee) ?? '')) return root;
    root = unwrap(callee.object);
  }
}
