import type { TSESTree } from '@typescript-eslint/utils';
import { getLastName } from '../ast/calls.ts';
import { type FunctionNode, unwrap } from '../ast/nodes.ts';
import { findReturns } from '../ast/returns.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { runnableKinds } from '../facts/builders.ts';
import type { LangChainCall } from '../langchain/calls.ts';
import type { LangChainFile } from '../trace/file.ts';
import { isExport } from '../trace/imports.ts';

/**
 * Whether a node is part of work that a platform finishes after the response: `waitUntil(promise)`, `after(async () =>
 * { … })`.
 */
export function isBackgroundWork(file: LangChainFile, node: TSESTree.Node): boolean {
  for (let inner = node, current = node.parent; current; inner = current, current = current.parent) {
    if (current.type === AST_NODE_TYPES.CallExpression && current.callee !== inner && keepsRunning(file, current))
      return true;
  }
  return false;
}

function keepsRunning(file: LangChainFile, call: TSESTree.CallExpression): boolean {
  const callee = unwrap(call.callee);
  if (getLastName(callee) === 'waitUntil') return true;
  const trace = file.trace(callee);
  return (
    trace.type === 'export' &&
    isExport(trace.export, ['@vercel/functions', 'next/server'], ['after', 'unstable_after', 'waitUntil'])
  );
}

/**
 * Whether a function returns a stream that the call writes to through callbacks: `LangChainStream()` and its handlers,
 * or a `TransformStream` and `handleLLMNewToken`. If awaited, the call would wait for a reader that arrives only with
 * the response.
 */
export function feedsReturnedStream(file: LangChainFile, { node, receiver }: LangChainCall, fn: FunctionNode): boolean {
  if (!runnableKinds.has(receiver.kind) && receiver.kind !== 'agent' && receiver.kind !== 'chain') return false;
  const { sourceCode } = file;
  if (!/callback|handlers|handleLLM/iu.test(sourceCode.getText(fn))) return false;
  return findReturns(fn, sourceCode.visitorKeys).some(
    (value) => value.range[0] > node.range[1] && /stream|readable/iu.test(sourceCode.getText(value)),
  );
}
