import type { TSESTree } from '@typescript-eslint/utils';
import { getEnclosingFunction } from '../../ast/ancestors.ts';
import type { Call } from '../../ast/calls.ts';
import { contains, getKeyName, isFunction, isNullish, unwrap, wrapped } from '../../ast/nodes.ts';
import { AST_NODE_TYPES } from '../../ast/types.ts';
import { promiseMethods } from '../../facts/methods.ts';
import { findConstant } from '../../trace/constants.ts';
import type { LangChainFile } from '../../trace/file.ts';
import { findRace } from './races.ts';

/** How far variables and chains are followed. */
const maxSteps = 6;

/**
 * Whether the code still waits for a promise that it has raced: `const reply = model.invoke(q); await
 * Promise.race([reply, timer]); return await reply;`.
 */
export function isAwaitedAfter(file: LangChainFile, promise: TSESTree.Node, race: Call, steps = maxSteps): boolean {
  if (steps === 0) return false;
  const expression = unwrap(promise);
  if (expression.type === AST_NODE_TYPES.CallExpression) {
    const callee = unwrap(expression.callee);
    const isChained = callee.type === AST_NODE_TYPES.MemberExpression && promiseMethods.has(getKeyName(callee) ?? '');
    return isChained && isAwaitedAfter(file, callee.object, race, steps - 1);
  }
  const variable = expression.type === AST_NODE_TYPES.Identifier ? file.scopes.findVariable(expression) : null;
  const reads = variable?.references.filter((reference) => reference.isRead()) ?? [];
  if (reads.some(({ identifier }) => !contains(race, identifier) && isTaken(file, identifier, race))) return true;
  const value = variable && findConstant(file, expression);
  return value !== null && isAwaitedAfter(file, value, race, steps - 1);
}

/** Whether a read awaits the promise, hands it on or uses its result. */
function isTaken(file: LangChainFile, read: TSESTree.Node, race: Call): boolean {
  const expression = wrapped(read);
  const { parent } = expression;
  switch (parent?.type) {
    case AST_NODE_TYPES.AwaitExpression:
    case AST_NODE_TYPES.ReturnStatement:
    case AST_NODE_TYPES.ArrowFunctionExpression:
    case AST_NODE_TYPES.YieldExpression:
      return runsAfter(race, read);
    case AST_NODE_TYPES.ArrayExpression:
    case AST_NODE_TYPES.ConditionalExpression:
    case AST_NODE_TYPES.LogicalExpression:
    case AST_NODE_TYPES.ObjectExpression:
    case AST_NODE_TYPES.Property:
      return isTaken(file, parent, race);
    case AST_NODE_TYPES.AssignmentExpression:
      return parent.right === expression && runsAfter(race, read);
    case AST_NODE_TYPES.MemberExpression: {
      const call = wrapped(parent).parent;
      return call?.type === AST_NODE_TYPES.CallExpression && (usesResult(call) || isTaken(file, call, race));
    }
    case AST_NODE_TYPES.CallExpression:
    case AST_NODE_TYPES.NewExpression:
      return parent.callee !== expression && runsAfter(race, read) && !isRace(file, parent);
    default:
      return false;
  }
}

/** `Promise.race([reply, gone])` waits no longer than the other one. */
function isRace(file: LangChainFile, call: Call): boolean {
  const callee = unwrap(call.callee);
  const isNamed = callee.type === AST_NODE_TYPES.MemberExpression && getKeyName(callee) === 'race';
  return isNamed || findRace(file, call) !== null;
}

/** `reply.then((answer) => save(answer))`; `reply.then(() => clearTimeout(timer))` has no use for it. */
function usesResult({ arguments: [callback], callee }: TSESTree.CallExpression): boolean {
  if (!callback || isNullish(callback) || callee.type !== AST_NODE_TYPES.MemberExpression) return false;
  const fn = unwrap(callback);
  return getKeyName(callee) === 'then' && (!isFunction(fn) || fn.params.length > 0);
}

function runsAfter(race: Call, read: TSESTree.Node): boolean {
  if (getEnclosingFunction(read) !== getEnclosingFunction(race)) return true;
  return race.range[1] <= read.range[0] && (!isReturnedBefore(race, read) || isInHandlerOf(race, read));
}

function isReturnedBefore(race: TSESTree.Node, read: TSESTree.Node): boolean {
  for (let current = race.parent; current && !isFunction(current); current = current.parent)
    if (current.type === AST_NODE_TYPES.ReturnStatement) return !contains(current, read);
  return false;
}

/** `try { return await race; } catch { … }` */
function isInHandlerOf(race: TSESTree.Node, read: TSESTree.Node): boolean {
  for (let current = read.parent; current && !isFunction(current); current = current.parent)
    if (current.type === AST_NODE_TYPES.TryStatement && contains(current.block, race)) return true;
  return false;
}
