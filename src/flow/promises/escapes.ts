import type { TSESTree } from '@typescript-eslint/utils';
import { contains, type FunctionNode, unwrap } from '../../ast/nodes.ts';
import { findReturns } from '../../ast/returns.ts';
import { AST_NODE_TYPES } from '../../ast/types.ts';
import { findCall, type LangChainCall } from '../../langchain/calls.ts';
import { type LangChainFile, perFile } from '../../trace/file.ts';
import { isInOwnCode } from '../../trace/nodes.ts';
import { getOwnCalls } from '../calls/call-graph.ts';
import { resolveFunction } from '../calls/functions.ts';
import { handlesFailure } from './chains.ts';

const getKnown = perFile(() => new Map<FunctionNode, LangChainCall | null>());

/**
 * The first remote call whose failure rejects the promise that a function of the file returns: the function awaits or
 * returns the call without handling its failure. Null for a function that returns no promise.
 */
export function findEscapingCall(file: LangChainFile, fn: FunctionNode): LangChainCall | null {
  const known = getKnown(file);
  let found = known.get(fn);
  if (found === undefined) {
    // A recursive call adds nothing.
    known.set(fn, null);
    found = fn.generator ? null : search(file, fn);
    known.set(fn, found);
  }
  return found;
}

function search(file: LangChainFile, fn: FunctionNode): LangChainCall | null {
  for (const node of getOwnCalls(file, fn)) {
    if (node.type !== AST_NODE_TYPES.CallExpression || !isPassedOn(file, fn, node)) continue;
    const call = findCall(file, node);
    if (call?.remote === true && call.node === node) return call;
    const called = call ? null : resolveFunction(file.alone, node.callee);
    const inner = called && findEscapingCall(file, called);
    if (inner) return inner;
  }
  return null;
}

/** Whether the function's own promise depends on that of a call. */
function isPassedOn(file: LangChainFile, fn: FunctionNode, call: TSESTree.Node): boolean {
  const returned = findReturns(fn, file.sourceCode.visitorKeys);
  let isAwaited = returned.some((value) => (fn.async ? contains(value, call) : isPromise(value, call)));
  for (let inner = call, { parent } = call; parent && inner !== fn; inner = parent, { parent } = parent) {
    if (isFailureHandled(file, parent, inner)) return false;
    isAwaited ||=
      parent.type === AST_NODE_TYPES.AwaitExpression ||
      (parent.type === AST_NODE_TYPES.ForOfStatement && parent.await && parent.right === inner);
  }
  return isAwaited;
}

/** Whether a value is the promise of a call: `call().then(show)`. */
function isPromise(node: TSESTree.Node, call: TSESTree.Node): boolean {
  const value = unwrap(node);
  if (value === call) return true;
  switch (value.type) {
    case AST_NODE_TYPES.ConditionalExpression:
      return isPromise(value.consequent, call) && isPromise(value.alternate, call);
    case AST_NODE_TYPES.CallExpression: {
      const callee = unwrap(value.callee);
      return callee.type === AST_NODE_TYPES.MemberExpression && isPromise(callee.object, call);
    }
    default:
      return false;
  }
}

/**
 * Whether the code around a call handles its failure: `try { await call() } catch { … }`, `call().catch(report)`,
 * `call().then(show, report)`.
 */
export function isFailureHandled(file: LangChainFile, parent: TSESTree.Node, inner: TSESTree.Node): boolean {
  if (parent.type === AST_NODE_TYPES.TryStatement)
    return parent.block === inner && parent.handler !== null && !throws(file, parent.handler);
  return parent.type === AST_NODE_TYPES.CallExpression && parent.callee === inner && handlesFailure(parent);
}

function throws(file: LangChainFile, handler: TSESTree.CatchClause): boolean {
  return isInOwnCode(file, handler.body, ({ type }) => type === AST_NODE_TYPES.ThrowStatement);
}
