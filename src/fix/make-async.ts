import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { getEnclosingFunction } from '../ast/ancestors.ts';
import { getMethodName } from '../ast/calls.ts';
import { type FunctionNode, getDecorators, getKeyName, hasInterfaces, unwrap, wrapped } from '../ast/nodes.ts';
import { findReturns } from '../ast/returns.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { findAsyncContext, findAwaitable } from '../flow/calls/async-context.ts';
import { getCallSites } from '../flow/calls/call-graph.ts';
import { type CallSite, findCallbackUse } from '../flow/calls/callbacks.ts';
import { getHandlers } from '../handlers/index.ts';
import type { LangChainFile } from '../trace/file.ts';
import { awaitCall } from './await.ts';
import type { Edit } from './edit.ts';

/**
 * Makes the function around a call `async` and awaits the call in it; null where the function cannot be async, or its
 * callers need the value at once.
 */
export function awaitInAsync(file: LangChainFile, call: TSESTree.CallExpression): readonly Edit[] | null {
  const edits = makeAsync(file, call);
  const awaited = edits && awaitCall(file, call);
  return awaited && [...edits, ...awaited];
}

/** Lets the function around a node await; null where it cannot. */
function makeAsync(file: LangChainFile, node: TSESTree.Node): readonly Edit[] | null {
  const fn = findAwaitable(node);
  if (!fn || !mayBecomeAsync(file, fn)) return null;
  const type = promiseType(file, fn);
  return type && [{ range: [getStart(fn), getStart(fn)], text: 'async ' }, ...type];
}

/** The edits that allow a node to be replaced by one that awaits; null where nothing can be awaited there. */
export function allowAwait(file: LangChainFile, node: TSESTree.Node): readonly Edit[] | null {
  const context = findAsyncContext(file, node);
  if (!context) return makeAsync(file, node);
  return context.canAwait ? [] : null;
}

/**
 * The same where the value is needed at once: the callers of the function await it too. Null where they are not all in
 * sight.
 */
export function allowAwaitAtOnce(file: LangChainFile, node: TSESTree.Node): readonly Edit[] | null {
  const fn = getEnclosingFunction(node);
  if (!fn || findAsyncContext(file, node) || isServed(file, fn)) return allowAwait(file, node);
  const id = fn.generator || !findAwaitable(node) ? null : findOwnName(fn);
  const sites = id && getSeenCalls(file, fn, id);
  const edits = sites?.map((site) => (waits(site) ? [] : awaitSite(file, site)));
  const type = promiseType(file, fn);
  if (!edits || edits.includes(null) || !type) return null;
  return [{ range: [getStart(fn), getStart(fn)], text: 'async ' }, ...type, ...edits.flatMap((each) => each ?? [])];
}

/** Whether only a framework calls a handler, and awaits it: not so the methods of a service. */
function isServed(file: LangChainFile, fn: FunctionNode): boolean {
  const { parent } = fn;
  const isCalled = parent.type === AST_NODE_TYPES.MethodDefinition && getDecorators(parent).length === 0;
  return (
    getHandlers(file).has(fn) &&
    !isCalled &&
    getCallSites(file, fn).every((site) => site.argument !== null || waits(site))
  );
}

/** The name of a function that is not exported. */
function findOwnName(fn: FunctionNode): TSESTree.Node | null {
  const { parent } = fn;
  if (fn.type === AST_NODE_TYPES.FunctionDeclaration) return parent.type.startsWith('Export') ? null : fn.id;
  return parent.type === AST_NODE_TYPES.VariableDeclarator && !parent.parent.parent.type.startsWith('Export')
    ? parent.id
    : null;
}

/** All calls of a function, if it is only ever called. */
function getSeenCalls(file: LangChainFile, fn: FunctionNode, id: TSESTree.Node): readonly CallSite[] | null {
  const variable = id.type === AST_NODE_TYPES.Identifier && !id.typeAnnotation ? file.scopes.findVariable(id) : null;
  const sites = getCallSites(file, fn);
  const called = new Set<TSESTree.Node>(sites.map(({ reference }) => reference));
  const isSeen =
    variable?.defs.length === 1 &&
    variable.references.every((reference) => reference.init === true || called.has(reference.identifier));
  return isSeen ? sites : null;
}

function awaitSite(file: LangChainFile, { argument, call }: CallSite): readonly Edit[] | null {
  if (argument !== null || call.type !== AST_NODE_TYPES.CallExpression) return null;
  return findAsyncContext(file, call)?.canAwait === true ? awaitCall(file, call) : null;
}

/** The position for `async`. */
function getStart(fn: FunctionNode): number {
  const { parent } = fn;
  const isMethod =
    parent.type === AST_NODE_TYPES.MethodDefinition || (parent.type === AST_NODE_TYPES.Property && parent.method);
  if (!isMethod) return fn.range[0];
  return parent.key.range[0] - (parent.computed ? 1 : 0);
}

/** `string` becomes `Promise<string>`; null for a type that a promise cannot have. */
function promiseType({ sourceCode }: LangChainFile, { returnType }: FunctionNode): readonly Edit[] | null {
  if (!returnType) return [];
  const { typeAnnotation: type } = returnType;
  const text = sourceCode.getText(type);
  if (type.type === AST_NODE_TYPES.TSTypeReference && text.startsWith('Promise<')) return [];
  if (type.type === AST_NODE_TYPES.TSTypePredicate || /\bPromise(?:Like)?</u.test(text)) return null;
  return [
    { range: [type.range[0], type.range[0]], text: 'Promise<' },
    { range: [type.range[1], type.range[1]], text: '>' },
  ];
}

// ── whether its callers can wait ────────────────────────────────────────────────────────────────────────────────────

function mayBecomeAsync(file: LangChainFile, fn: FunctionNode): boolean {
  if (fn.async || fn.generator) return false;
  if (getHandlers(file).has(fn)) return true;
  if (returnsMarkup(file, fn)) return false;
  const expression = wrapped(fn);
  const { parent } = expression;
  switch (parent?.type) {
    case AST_NODE_TYPES.CallExpression:
    case AST_NODE_TYPES.NewExpression:
      return fn.type !== AST_NODE_TYPES.FunctionDeclaration && isFreeCallback(file, fn, parent, expression);
    case AST_NODE_TYPES.JSXExpressionContainer:
      return parent.parent.type === AST_NODE_TYPES.JSXAttribute && /^on[A-Z]/u.test(file.getText(parent.parent.name));
    case AST_NODE_TYPES.Property:
      return isComponentMethod(parent) && returnsNothing(file, fn);
    case AST_NODE_TYPES.AssignmentExpression:
      return /^(?:module\.)?exports\b/u.test(file.getText(parent.left));
    case AST_NODE_TYPES.MethodDefinition:
      return isFreeMethod(parent) && getCallSites(file, fn).every((site) => waits(site));
    case AST_NODE_TYPES.VariableDeclarator:
      return (
        parent.id.type === AST_NODE_TYPES.Identifier && !parent.id.typeAnnotation && isFreeName(file, fn, parent.id)
      );
    case AST_NODE_TYPES.ExportDefaultDeclaration:
      return fn.id ? isFreeName(file, fn, fn.id) : true;
    default:
      return fn.type === AST_NODE_TYPES.FunctionDeclaration && fn.id !== null && isFreeName(file, fn, fn.id);
  }
}

/** `methods: { ask() { … } }` of a Vue component. */
function isComponentMethod({ parent }: TSESTree.Property): boolean {
  return parent.parent.type === AST_NODE_TYPES.Property && getKeyName(parent.parent) === 'methods';
}

function returnsNothing(file: LangChainFile, fn: FunctionNode): boolean {
  return findReturns(fn, file.sourceCode.visitorKeys).length === 0;
}

/** A component: only server components may be `async`. */
function returnsMarkup(file: LangChainFile, fn: FunctionNode): boolean {
  return findReturns(fn, file.sourceCode.visitorKeys).some(({ type }) => type.startsWith('JSX'));
}

/** Methods that ignore or await the result of their callback. */
const listenerMethods = /^(?:add(?:Event)?Listener|catch|finally|on|once|prepend(?:Once)?Listener|then)$/u;
const timers = /^(?:process\.nextTick|queueMicrotask|set(?:Immediate|Interval|Timeout))$/u;

function isFreeCallback(
  file: LangChainFile,
  fn: FunctionNode,
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  expression: TSESTree.Node,
): boolean {
  const index = call.arguments.findIndex((argument) => argument === expression);
  const callee = unwrap(call.callee);
  if (index === -1 || call.type === AST_NODE_TYPES.NewExpression) return false;
  if (listenerMethods.test(getMethodName(call) ?? '')) return true;
  const trace = file.trace(callee);
  if (trace.type === 'global' && timers.test(trace.name.replace(/^(?:globalThis|window)\./u, ''))) return true;
  const use = findCallbackUse(file, call, index);
  // `useEffect` uses the returned value as the clean-up function.
  const isHook = /(?:^|\.)use[A-Z]\w*$/u.test(file.getText(callee));
  return use?.times !== 'perItem' && !isHook && returnsNothing(file, fn);
}

/** Methods that the language calls itself, using their result. */
const implicit: ReadonlySet<string> = new Set(['then', 'toJSON', 'toString', 'valueOf']);

function isFreeMethod(method: TSESTree.MethodDefinition): boolean {
  const owner = method.parent.parent;
  const isOwn = !method.computed && !implicit.has(getKeyName(method) ?? '');
  return (
    isOwn &&
    method.kind === 'method' &&
    getDecorators(method).length === 0 &&
    owner.superClass === null &&
    !hasInterfaces(owner)
  );
}

/** Whether every reference to the function in the file calls it and can await it. */
function isFreeName(file: LangChainFile, fn: FunctionNode, id: TSESTree.Identifier): boolean {
  const variable = file.scopes.findVariable(id);
  if (variable?.defs.length !== 1) return false;
  const sites = getCallSites(file, fn);
  const called = new Set<TSESTree.Node>(sites.map(({ reference }) => reference));
  return (
    sites.every((site) => waits(site)) &&
    variable.references.every(
      (reference) =>
        !isUse(reference) ||
        called.has(reference.identifier) ||
        // The template of a component calls it on an event.
        (reference.identifier === id && returnsNothing(file, fn)),
    )
  );
}

function isUse(reference: TSESLint.Scope.Reference): boolean {
  return reference.isRead() && !reference.isTypeReference && !reference.identifier.parent.type.startsWith('Export');
}

function waits({ argument, call }: CallSite): boolean {
  const { parent } = wrapped(call);
  if (argument !== null || !parent) return false;
  if (parent.type === AST_NODE_TYPES.AwaitExpression) return true;
  return parent.type === AST_NODE_TYPES.ReturnStatement && getEnclosingFunction(parent)?.async === true;
}
