import type { TSESTree } from '@typescript-eslint/utils';
import { getEnclosingFunction, getSurroundings } from '../../ast/ancestors.ts';
import { isInCatch } from '../../ast/branches.ts';
import { contains, getKeyName, isFunction, unwrap, wrapped } from '../../ast/nodes.ts';
import { getStatements } from '../../ast/statements.ts';
import { AST_NODE_TYPES } from '../../ast/types.ts';
import { vectorStoreMethods } from '../../facts/methods.ts';
import { findMutation } from '../../trace/changes.ts';
import type { LangChainFile } from '../../trace/file.ts';
import { getPlainText, isAnywhere } from '../../trace/nodes.ts';
import { getWholeValue } from './whole.ts';

const closingMethods = new Set(['close', 'destroy', 'disconnect', 'end', 'kill', 'quit', 'stop']);

/**
 * How an instance is closed, if a failure skips it: `pool.end` of an `await pool.end()` outside any `finally`; null
 * where nothing closes it, and where every path may.
 */
export function findUnsureClose(file: LangChainFile, construction: TSESTree.Node): string | null {
  const closes = getUses(file, construction).flatMap(readClose);
  const isSure = closes.some(
    (close) => isInFinally(close) || getEnclosingFunction(close) !== getEnclosingFunction(construction),
  );
  // One close for success and one for failure.
  const [first] = isSure || closes.some(isInCatch) ? [] : closes;
  return first ? getPlainText(file, first.callee) : null;
}

/**
 * How an instance is closed, if some passes leave before that: `store.end` of `if (hits.length === 0) continue; await
 * store.end();`. Null where nothing closes it, and where every pass does that does not fail.
 */
export function findSkippedClose(file: LangChainFile, construction: TSESTree.Node): string | null {
  const close = findUnsureClose(file, construction);
  const pass = close === null ? null : getSurroundings(construction)?.outer;
  if (!pass) return null;
  const closes = getUses(file, construction).flatMap(readClose);
  const isSkipped = isAnywhere(
    file,
    pass,
    (node) =>
      endsPass(node, pass) &&
      node.range[0] > construction.range[1] &&
      closes.some((each) => node.range[1] < each.range[0]) &&
      !closes.some((each) => isBefore(each, node)),
  );
  return isSkipped ? close : null;
}

/** Whether a statement ends this pass of a loop, or this run of a function, but no more. */
function endsPass(node: TSESTree.Node, pass: TSESTree.Node): boolean {
  if (node.type === AST_NODE_TYPES.ReturnStatement) return getEnclosingFunction(node) === pass;
  if (node.type !== AST_NODE_TYPES.ContinueStatement || node.label) return false;
  return getSurroundings(node)?.outer === pass;
}

/** Whether a call has run wherever a later node is reached. */
function isBefore(call: TSESTree.Node, node: TSESTree.Node): boolean {
  if (call.range[0] > node.range[0]) return false;
  let block: TSESTree.Node | undefined = call;
  while (block && !getStatements(block)) block = block.parent;
  return block !== undefined && contains(block, node);
}

/** The call that closes an instance at this use of it. */
function readClose(identifier: TSESTree.Node): readonly TSESTree.CallExpression[] {
  let member = wrapped(identifier).parent;
  while (member?.type === AST_NODE_TYPES.MemberExpression) {
    const { parent } = wrapped(member);
    if (parent?.type === AST_NODE_TYPES.CallExpression && unwrap(parent.callee) === member)
      return closingMethods.has(getKeyName(member) ?? '') || isDisposed(member) ? [parent] : [];
    member = parent;
  }
  return [];
}

function isInFinally(node: TSESTree.Node): boolean {
  for (
    let inner = node, current = node.parent;
    current && !isFunction(current);
    inner = current, current = current.parent
  )
    if (current.type === AST_NODE_TYPES.TryStatement && current.finalizer === inner) return true;
  return false;
}

/** The uses of the variable that holds an instance. */
export function getUses(file: LangChainFile, construction: TSESTree.Node): readonly TSESTree.Node[] {
  const value = getWholeValue(file, construction);
  const { parent } = value;
  const name =
    parent?.type === AST_NODE_TYPES.VariableDeclarator
      ? parent.id
      : parent?.type === AST_NODE_TYPES.AssignmentExpression && parent.right === value
        ? parent.left
        : null;
  const variable = name?.type === AST_NODE_TYPES.Identifier ? file.scopes.findVariable(name) : null;
  // An instance that outlives the run is closed by the code that keeps it.
  const region = getEnclosingFunction(construction);
  return variable && (!region || contains(region, variable.scope.block))
    ? variable.references.map(({ identifier }) => identifier)
    : [];
}

/**
 * Whether an instance is changed or closed after its construction: `model.temperature = 0`,
 * `model.callbacks.push(tracer)`, `await pool.end()`, `model.client.destroy()`, `await using`; with `isFilled`, adding
 * documents counts too.
 */
export function isChangedOrClosed(file: LangChainFile, construction: TSESTree.Node, isFilled: boolean): boolean {
  const declarator = getWholeValue(file, construction).parent;
  const kind = declarator?.type === AST_NODE_TYPES.VariableDeclarator ? declarator.parent.kind : null;
  if (kind === 'using' || kind === 'await using') return true;
  return getUses(file, construction).some((use) => isChange(use, isFilled));
}

/** Whether every pass of a loop changes an instance or closes it again, so that one for all of them would not do. */
export function belongsToPass(file: LangChainFile, construction: TSESTree.Node, isFilled: boolean): boolean {
  return isChangedOrClosed(file, construction, isFilled) && findSkippedClose(file, construction) === null;
}

/** Whether the id of an instance is stored, to find it again: `threads.set(thread, sandbox.id)` */
export function isNoted(file: LangChainFile, construction: TSESTree.Node): boolean {
  return getUses(file, construction).some((use) => {
    const { parent } = wrapped(use);
    return parent?.type === AST_NODE_TYPES.MemberExpression && getKeyName(parent) === 'id';
  });
}

function isChange(identifier: TSESTree.Node, isFilled: boolean): boolean {
  const object = wrapped(identifier);
  const member = object.parent;
  if (member?.type !== AST_NODE_TYPES.MemberExpression || member.object !== object) return false;
  const { parent } = wrapped(member);
  if (parent?.type === AST_NODE_TYPES.CallExpression && unwrap(parent.callee) === member) {
    const name = getKeyName(member);
    return isDisposed(member) || (name !== null && (closingMethods.has(name) || (isFilled && changesStore(name))));
  }
  return findMutation(identifier) !== null || isPartClosed(member);
}

/** `model[Symbol.dispose]()` */
function isDisposed({ computed, property }: TSESTree.MemberExpression): boolean {
  return (
    computed &&
    property.type === AST_NODE_TYPES.MemberExpression &&
    /^(?:asyncDispose|dispose)$/u.test(getKeyName(property) ?? '')
  );
}

/** `model.client.close()` */
function isPartClosed(part: TSESTree.Node): boolean {
  let member = wrapped(part).parent;
  while (member?.type === AST_NODE_TYPES.MemberExpression) {
    const { parent } = wrapped(member);
    if (parent?.type === AST_NODE_TYPES.CallExpression && unwrap(parent.callee) === member)
      return closingMethods.has(getKeyName(member) ?? '');
    member = parent;
  }
  return false;
}

/** Static methods that create a store are called on its class. */
function changesStore(method: string): boolean {
  const does = vectorStoreMethods.get(method)?.does;
  return does === 'deletes' || does === 'writes';
}
