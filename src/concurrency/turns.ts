import type { TSESTree } from '@typescript-eslint/utils';
import { getEnclosingFunction } from '../ast/ancestors.ts';
import { getMethodName } from '../ast/calls.ts';
import { contains, type FunctionNode, isFunction, isLoop, unwrap } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import type { ExportName } from '../facts/packages/limiters.ts';
import { resolveFunction } from '../flow/calls/functions.ts';
import { findLimiterOfCall } from '../flow/calls/limiters.ts';
import { findCall } from '../langchain/calls.ts';
import type { LangChainFile } from '../trace/file.ts';
import { isInOwnCode } from '../trace/nodes.ts';
import { readLimitNumber } from '../trace/numbers.ts';

/**
 * Whether an `await` waits for a turn, so the calls after it in the function are limited: `await semaphore.acquire()`,
 * of a package, of this file, or of anything that is released in a `finally`.
 */
export function isTurn(file: LangChainFile, node: TSESTree.AwaitExpression, extra: readonly ExportName[]): boolean {
  const awaited = unwrap(node.argument);
  if (awaited.type === AST_NODE_TYPES.NewExpression) return isWaitingPromise(file, awaited);
  if (awaited.type !== AST_NODE_TYPES.CallExpression) return false;
  if (awaited.arguments.some((argument) => isFunction(unwrap(argument)))) return false;
  if (findLimiterOfCall(file, awaited, extra)?.limits === true) return true;
  const fn = resolveFunction(file, awaited.callee);
  return fn ? makesWait(file, fn) : isUnknownWait(file, node, awaited) || isReleased(file, node, awaited);
}

/**
 * `await throttle();` and `await this.limiter.take(1);` from another module: an awaited call whose result is unused may
 * be waiting for a turn.
 */
function isUnknownWait(file: LangChainFile, node: TSESTree.AwaitExpression, call: TSESTree.CallExpression): boolean {
  if (
    node.parent.type !== AST_NODE_TYPES.ExpressionStatement ||
    !call.arguments.every((argument) => readLimitNumber(file, argument) !== null)
  )
    return false;
  const callee = unwrap(call.callee);
  const trace = file.trace(callee.type === AST_NODE_TYPES.MemberExpression ? callee.object : callee);
  return trace.type === 'export' || trace.type === 'instance';
}

/**
 * Whether a function is one of several workers that take items from a shared list; then at most as many calls run as
 * there are workers: `async () => { while (todo.length > 0) await model.invoke(todo.pop()); }`
 */
export function isWorker(file: LangChainFile, fn: FunctionNode): boolean {
  const [item] = fn.params;
  const usesItem =
    item !== undefined &&
    (item.type !== AST_NODE_TYPES.Identifier || (file.scopes.findVariable(item)?.references.length ?? 0) > 0);
  return !usesItem && isInOwnCode(file, fn.body, isLoop);
}

/** `while (active >= 5) await sleep(100);` with a counter that other calls share. */
export function isBusyWait(file: LangChainFile, loop: TSESTree.Node): boolean {
  if (loop.type !== AST_NODE_TYPES.WhileStatement) return false;
  const waits = isInOwnCode(file, loop.body, (node) => node.type === AST_NODE_TYPES.AwaitExpression);
  const works = isInOwnCode(
    file,
    loop.body,
    (node) => node.type === AST_NODE_TYPES.CallExpression && findCall(file, node)?.remote === true,
  );
  return waits && !works && readsShared(file, loop.test);
}

function readsShared(file: LangChainFile, test: TSESTree.Node): boolean {
  const owner = getEnclosingFunction(test);
  return isInOwnCode(file, test, (node) => {
    const variable = file.scopes.findVariable(node);
    return (
      node.type === AST_NODE_TYPES.ThisExpression ||
      (variable !== null && owner !== null && !contains(owner, variable.scope.block))
    );
  });
}

/** `new Promise((resolve) => waiting.push(resolve))`: other code ends the wait. */
function isWaitingPromise(file: LangChainFile, node: TSESTree.NewExpression): boolean {
  const trace = file.trace(node.callee);
  const executor = node.arguments[0];
  if (trace.type !== 'global' || trace.name !== 'Promise' || !executor || !isFunction(executor)) return false;
  const [resolve] = executor.params;
  if (resolve?.type !== AST_NODE_TYPES.Identifier) return false;
  return (
    file.scopes.findVariable(resolve)?.references.some(({ identifier }) => {
      const { parent } = identifier;
      if (parent.type === AST_NODE_TYPES.AssignmentExpression) return parent.right === identifier;
      if (parent.type !== AST_NODE_TYPES.CallExpression || parent.callee === identifier) return false;
      return keeping.has(getMethodName(parent) ?? '');
    }) ?? false
  );
}

const keeping = new Set(['add', 'append', 'enqueue', 'push', 'set', 'unshift']);

/** Whether a function of this file makes its caller wait for others: `acquire()`. */
function makesWait(file: LangChainFile, fn: FunctionNode): boolean {
  return isInOwnCode(
    file,
    fn.body,
    (node) => (node.type === AST_NODE_TYPES.NewExpression && isWaitingPromise(file, node)) || isBusyWait(file, node),
  );
}

/** `await slots.acquire(); try { … } finally { slots.release(); }` */
function isReleased(file: LangChainFile, node: TSESTree.AwaitExpression, call: TSESTree.CallExpression): boolean {
  const owner = getEnclosingFunction(node);
  const callee = unwrap(call.callee);
  if (!owner || callee.type !== AST_NODE_TYPES.MemberExpression) return false;
  const receiver = file.getText(callee.object);
  const releases = node.parent.type === AST_NODE_TYPES.VariableDeclarator ? getNames(node.parent.id) : [];
  return isInOwnCode(file, owner.body, (inner) => {
    if (inner.type !== AST_NODE_TYPES.TryStatement || !inner.finalizer || inner.range[1] < node.range[0]) return false;
    return inner.finalizer.body.some((statement) => endsTurn(file, statement, receiver, releases));
  });
}

function endsTurn(
  file: LangChainFile,
  statement: TSESTree.Statement,
  receiver: string,
  releases: readonly string[],
): boolean {
  if (statement.type !== AST_NODE_TYPES.ExpressionStatement) return false;
  const expression = unwrap(statement.expression);
  const call = expression.type === AST_NODE_TYPES.AwaitExpression ? unwrap(expression.argument) : expression;
  if (call.type !== AST_NODE_TYPES.CallExpression) return false;
  const callee = unwrap(call.callee);
  if (callee.type === AST_NODE_TYPES.Identifier) return releases.includes(callee.name);
  return callee.type === AST_NODE_TYPES.MemberExpression && file.getText(callee.object) === receiver;
}

function getNames(pattern: TSESTree.Node): readonly string[] {
  if (pattern.type === AST_NODE_TYPES.Identifier) return [pattern.name];
  return pattern.type === AST_NODE_TYPES.ArrayPattern
    ? pattern.elements.flatMap((element) => (element?.type === AST_NODE_TYPES.Identifier ? [element.name] : []))
    : [];
}

const combinators = new Set(['Promise.all', 'Promise.allSettled', 'Promise.any', 'Promise.race']);

/**
 * Whether a loop occasionally waits for the calls that it has started: `if (running.size >= 5) await
 * Promise.race(running)`.
 */
export function waitsForItsOwn(file: LangChainFile, loop: TSESTree.Node, extra: readonly ExportName[]): boolean {
  return isInOwnCode(file, loop, (node) => {
    if (node.type === AST_NODE_TYPES.AwaitExpression)
      return isTurn(file, node, extra) || isCombinator(file, node.argument);
    return node !== loop && isBusyWait(file, node);
  });
}

function isCombinator(file: LangChainFile, node: TSESTree.Node): boolean {
  const call = unwrap(node);
  if (call.type !== AST_NODE_TYPES.CallExpression) return false;
  const trace = file.trace(call.callee);
  return trace.type === 'global' && combinators.has(trace.name);
}
