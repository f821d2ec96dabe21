import type { TSESTree } from '@typescript-eslint/utils';
import { type Call, getMemberRoot, getMethodName } from '../ast/calls.ts';
import { type FunctionNode, getKeyName, isFunction, unwrap, wrapped } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { awaitCall } from '../fix/await.ts';
import type { Edit } from '../fix/edit.ts';
import { allowAwait } from '../fix/make-async.ts';
import { usesOwnContext, writeOperand } from '../fix/mapped.ts';
import { findPairs } from '../fix/pairs.ts';
import { getArgumentText } from '../fix/text.ts';
import type { LangChainFile } from '../trace/file.ts';
import { isInOwnCode } from '../trace/nodes.ts';
import type { FanOut } from './fan-out.ts';

/** `await model.invoke(doc).then(show);` in the loop. */
export function findAwaitRewrite(file: LangChainFile, { added }: FanOut): readonly Edit[] | null {
  return added?.type === AST_NODE_TYPES.CallExpression ? findAwait(file, added) : null;
}

function findAwait(file: LangChainFile, call: TSESTree.CallExpression): readonly Edit[] | null {
  const allowed = allowAwait(file, call);
  const awaited = allowed && awaitCall(file, call);
  return awaited && [...allowed, ...awaited];
}

/** `replies.push(await model.invoke(doc));`, where `Promise.all(replies)` or `await` is the only reader of the list. */
export function findPushRewrite(file: LangChainFile, { added, kind, node }: FanOut): readonly Edit[] | null {
  const push = added?.parent;
  if (added?.type !== AST_NODE_TYPES.CallExpression || push?.type !== AST_NODE_TYPES.CallExpression) return null;
  const list = getMethodName(push) === 'push' ? getMemberRoot(push.callee) : null;
  const isWaited = kind === 'stored' || (kind === 'combinator' && getMethodName(node) === 'all');
  if (!isWaited || list?.type !== AST_NODE_TYPES.Identifier || !mayHoldResults(file, list)) return null;
  return findAwait(file, added) ?? loopOverPush(file, added, push);
}

/** `for (const doc of docs) replies.push(await model.invoke(doc));` of `docs.forEach((doc) => replies.push(…));` */
function loopOverPush(
  file: LangChainFile,
  added: TSESTree.CallExpression,
  push: TSESTree.CallExpression,
): readonly Edit[] | null {
  const fn = push.parent;
  const each = fn.type === AST_NODE_TYPES.ArrowFunctionExpression && fn.body === push ? fn.parent : null;
  if (each?.type !== AST_NODE_TYPES.CallExpression || getMethodName(each) !== 'forEach' || each.arguments.length > 1)
    return null;
  const { callee } = each;
  const list = callee.type === AST_NODE_TYPES.MemberExpression ? callee.object : null;
  const head = list && isFunction(fn) ? findHead(file, each, fn, list) : null;
  const { text } = file.sourceCode;
  if (!head) return null;
  const body = `${text.slice(push.range[0], added.range[0])}await ${text.slice(added.range[0], push.range[1])}`;
  return [...head.allowed, { range: head.range, text: `${head.text} ${body};` }];
}

/** `for (const reply of await model.batch(docs))`, for a list of promises that are awaited one by one. */
export function awaitStored(
  file: LangChainFile,
  { kind, node }: FanOut,
  edits: readonly Edit[] | null,
): readonly Edit[] | null {
  if (kind !== 'stored' || !edits) return edits;
  const { parent } = wrapped(node);
  const isFree =
    parent?.type === AST_NODE_TYPES.ForOfStatement ||
    (parent?.type === AST_NODE_TYPES.VariableDeclarator && mayHoldResults(file, parent.id));
  const allowed = isFree ? allowAwait(file, node) : null;
  const isWhole = ({ range }: Edit): boolean => range[0] === node.range[0] && range[1] === node.range[1];
  return (
    allowed && [...allowed, ...edits.map((edit) => (isWhole(edit) ? { ...edit, text: `await ${edit.text}` } : edit))]
  );
}

/**
 * Whether a list of promises may hold results instead: no type declares it as one of promises, and every read awaits
 * it.
 */
function mayHoldResults(file: LangChainFile, name: TSESTree.Node): boolean {
  const variable = file.scopes.findVariable(name);
  const [definition] = variable?.defs ?? [];
  if (!variable || definition?.type !== 'Variable' || definition.node.id.typeAnnotation) return false;
  const { init } = definition.node;
  if (!init || ('typeAnnotation' in init && 'expression' in init) || ('typeArguments' in init && init.typeArguments))
    return false;
  return variable.references.every((each) => each.init === true || takesResults(file, wrapped(each.identifier)));
}

function takesResults(file: LangChainFile, list: TSESTree.Node): boolean {
  const { parent } = list;
  switch (parent?.type) {
    case AST_NODE_TYPES.CallExpression:
      return getMethodName(parent) === 'all' && parent.arguments[0] === list;
    case AST_NODE_TYPES.ForOfStatement: {
      const item = parent.left.type === AST_NODE_TYPES.VariableDeclaration ? parent.left.declarations[0].id : null;
      const variable = item?.type === AST_NODE_TYPES.Identifier ? file.scopes.findVariable(item) : null;
      return (
        parent.await ||
        (variable?.references.every((each) => each.init === true || isAwaited(each.identifier)) ?? false)
      );
    }
    case AST_NODE_TYPES.MemberExpression:
      return parent.computed ? isAwaited(parent) : /^(?:length|push)$/u.test(getKeyName(parent) ?? '');
    default:
      return false;
  }
}

function isAwaited(node: TSESTree.Node): boolean {
  return wrapped(node).parent?.type === AST_NODE_TYPES.AwaitExpression;
}

/** `docs.forEach(async (doc) => { … });` as `for (const doc of docs) { … }`. */
export function findLoopRewrite(file: LangChainFile, { list, map, node, start }: FanOut): readonly Edit[] | null {
  const fn = map?.callback;
  // The loop would not wait for it either.
  if (wrapped(start.call.node).parent?.type === AST_NODE_TYPES.ExpressionStatement) return null;
  const body = list && isFunction(fn) ? writeBody(file, fn) : null;
  const head = list && isFunction(fn) && body !== null ? findHead(file, node, fn, list) : null;
  return head && [...head.allowed, { range: head.range, text: `${head.text} ${body ?? ''}` }];
}

interface Head {
  readonly text: string;
  /** The range of the statement that the loop replaces. */
  readonly range: Readonly<TSESTree.Range>;
  readonly allowed: readonly Edit[];
}

/** `for (const doc of docs)`, for a callback of `docs.forEach(…)`; null where a loop could not await. */
function findHead(file: LangChainFile, node: Call, fn: FunctionNode, list: TSESTree.Node): Head | null {
  const statement = wrapped(node).parent;
  const [item] = fn.params;
  if (!item || statement?.type !== AST_NODE_TYPES.ExpressionStatement || !isPlain(file, fn)) return null;
  const iterated = writeIterated(file, node, list);
  const allowed = iterated === null ? null : allowAwait(file, node);
  const text = `for (const ${file.sourceCode.getText(item)} of ${iterated ?? ''})`;
  return allowed && { text, range: statement.range, allowed };
}

/** `docs ?? []` of `docs?.forEach(…)`, `pages.values()` of a `Map`; null where it may be a `Map`. */
function writeIterated(file: LangChainFile, node: Call, list: TSESTree.Node): string | null {
  const pairs = findPairs(file, list);
  if (pairs === 'possible') return null;
  const isOptional = node.parent.type === AST_NODE_TYPES.ChainExpression;
  const text = isOptional || pairs === 'certain' ? writeOperand(file, list) : getArgumentText(file, list);
  const values = pairs === 'certain' ? `${text}${isMethodOptional(node) ? '?' : ''}.values()` : text;
  return isOptional ? `${values} ?? []` : values;
}

/** Whether `?.` stands right before the name of the method. */
function isMethodOptional({ callee }: Call): boolean {
  return callee.type === AST_NODE_TYPES.MemberExpression && callee.optional;
}

/** Whether a callback takes only the element, as a pattern that a loop can bind, and never returns early. */
function isPlain(file: LangChainFile, fn: FunctionNode): boolean {
  const [item, ...others] = fn.params;
  if (!item || others.length > 0 || fn.generator || fn.typeParameters) return false;
  if (item.type === AST_NODE_TYPES.AssignmentPattern || item.type === AST_NODE_TYPES.RestElement) return false;
  if ('typeAnnotation' in item && item.typeAnnotation) return false;
  return fn.type === AST_NODE_TYPES.ArrowFunctionExpression || !usesOwnContext(file, fn);
}

function writeBody(file: LangChainFile, fn: FunctionNode): string | null {
  const { sourceCode } = file;
  if (fn.body.type !== AST_NODE_TYPES.BlockStatement) {
    const value = unwrap(fn.body);
    const waits = value.type === AST_NODE_TYPES.AwaitExpression;
    return `${waits ? '' : 'await '}${sourceCode.getText(fn.body)};`;
  }
  // In a function that is not async, each statement would need its own `await`.
  const returnsEarly = isInOwnCode(file, fn.body, ({ type }) => type === AST_NODE_TYPES.ReturnStatement);
  return fn.async && !returnsEarly ? sourceCode.getText(fn.body) : null;
}
