import type { TSESTree } from '@typescript-eslint/utils';
import { getEnclosingFunction } from '../src/ast/ancestors.ts';
import { getReportedCallee } from '../src/ast/callee.ts';
import { getKeyName, isFunction, unwrap } from '../src/ast/nodes.ts';
import { AST_NODE_TYPES } from '../src/ast/types.ts';
import { type FanOutOptions, findFanOut, isStartedPerItem } from '../src/concurrency/fan-out.ts';
import { createRule } from '../src/create-rule.ts';
import { awaitCall, awaitVoid, catchErrors, returnCall } from '../src/fix/await.ts';
import type { Edit } from '../src/fix/edit.ts';
import { awaitInAsync } from '../src/fix/make-async.ts';
import { offer, type Rewrite } from '../src/fix/offer.ts';
import { findAsyncContext } from '../src/flow/calls/async-context.ts';
import { resolveFunction } from '../src/flow/calls/functions.ts';
import { findEscapingCall } from '../src/flow/promises/escapes.ts';
import { findUses, type Use } from '../src/flow/promises/uses.ts';
import { feedsReturnedStream, isBackgroundWork } from '../src/handlers/background.ts';
import type { Handler } from '../src/handlers/handler.ts';
import { findHandlers } from '../src/handlers/index.ts';
import { isSerialised } from '../src/handlers/serialised.ts';
import { findCall, type LangChainCall } from '../src/langchain/calls.ts';
import { getPlainText } from '../src/messages.ts';
import type { LangChainFile } from '../src/trace/file.ts';

type MessageIds =
  | 'async'
  | 'await'
  | 'catch'
  | 'chained'
  | 'feed'
  | 'floating'
  | 'floatingSync'
  | 'helper'
  | 'iife'
  | 'perItem'
  | 'return'
  | 'unused'
  | 'value'
  | 'valueSync'
  | 'void';
type Misused = Extract<Use, { kind: 'value' }>;
type Dropped = Extract<Use, { kind: 'dropped' }>;

export default createRule<[], MessageIds>({
  name: 'no-unawaited-call',
  meta: {
    type: 'problem',
    docs: { description: 'disallow remote calls that are not awaited', recommended: true, category: 'Concurrency' },
    fixable: 'code',
    hasSuggestions: true,
    schema: [],
    messages: {
      floating:
        '`{{call}}()` is not awaited. If it fails, the process ends. Write `await {{call}}(…)`, or add `.catch(…)`.',
      floatingSync:
        '`{{call}}()` is not awaited. If it fails, the process ends. Add `.catch(…)`, or await it in an `async` function.',
      chained:
        '`{{call}}()` is not awaited, and nothing handles its failure: it ends the process. Add `.catch(…)`, or write `await`.',
      helper:
        '`{{helper}}()`, which calls `{{call}}()`, is not awaited. If it fails, the process ends. Write `await`, or add `.catch(…)`.',
      iife: 'This function, which calls `{{call}}()`, is not awaited. If it fails, the process ends. Write `await`, or add `.catch(…)`.',
      perItem:
        '`{{call}}()` starts for each element, and nothing awaits it. If it fails, the process ends. Write `await` in a `for (… of …)` loop.',
      unused:
        '`{{holder}}` holds the promise of `{{call}}()`, and nothing awaits it. If it fails, the process ends. Write `await`, or add `.catch(…)`.',
      feed: 'Errors from `{{call}}()`, which feeds the returned stream, are unhandled: a failure ends the process. Add `.catch(…)`; `await` would delay the stream.',
      value:
        '`{{call}}()` returns a promise, and {{holder}} is used as if it were the result: {{consequence}}. Write `await`.',
      valueSync:
        '`{{call}}()` returns a promise, and {{holder}} is used as if it were the result: {{consequence}}. Await it in an `async` function.',
      void: '`void` lets the {{unit}} end before `{{call}}()` does, and the platform may stop it. Write `await`, or hand the promise to {{background}}.',
      async: 'Make the function `async` and write `await`.',
      await: 'Write `await`.',
      return: 'Return the promise.',
      catch: 'Handle its errors with `.catch()`.',
    },
  },
  create(context, _options, file) {
    return {
      CallExpression(node) {
        // Most calls are awaited: skip them before asking about LangChain.
        if (node.parent.type === AST_NODE_TYPES.AwaitExpression || node.parent.type === AST_NODE_TYPES.ReturnStatement)
          return;
        const source = findSource(file, node);
        const problem = source && findProblem(file, source);
        if (!problem) return;
        context.report({
          loc: getLocation(source),
          messageId: problem.messageId,
          data: { call: getName(file, source.call?.node ?? node), ...problem.data },
          ...offer(file, problem),
        });
      },
    };
  },
});

// ── what returns the promise ────────────────────────────────────────────────────────────────────────────────────────

/** A call whose promise must be awaited. */
interface Source {
  readonly node: TSESTree.CallExpression;
  /**
   * `remote`: the call itself; `built`: it returns a model, a store or tools; `helper`: a function of this file that
   * makes a remote call and lets its failure through.
   */
  readonly type: 'built' | 'helper' | 'remote';
  /** The LangChain call; for a helper, the remote one inside it, if there is one. */
  readonly call: LangChainCall | null;
  readonly uses: readonly Use[];
}

function findSource(file: LangChainFile, node: TSESTree.CallExpression): Source | null {
  const call = findCall(file, node);
  const found = call ? ofCall(file, call) : ofHelper(file, node);
  if (!found) return null;
  const uses = findUses(file, node, { isBuilt: found.isBuilt, isSerialised: (fn) => isSerialised(file, fn) });
  return { node, type: found.type, call: found.call, uses };
}

type Found = Pick<Source, 'call' | 'type'> & { readonly isBuilt: boolean };

function ofCall(file: LangChainFile, call: LangChainCall): Found | null {
  const isBuilt = call.method === 'getTools' || call.method === 'loadMcpTools' || isValue(file, call.node);
  if (call.returns !== 'promise' || (!call.remote && !isBuilt)) return null;
  return { call, type: call.remote ? 'remote' : 'built', isBuilt };
}

/**
 * A call of a function of this file, or of an immediately invoked one, that makes a remote call or returns a model, a
 * store or the like.
 */
function ofHelper(file: LangChainFile, node: TSESTree.CallExpression): Found | null {
  const fn = resolveFunction(file.alone, node.callee);
  const call = fn && findEscapingCall(file, fn);
  const isBuilt = fn !== null && isValue(file, node);
  return call || isBuilt ? { call, type: call ? 'helper' : 'built', isBuilt } : null;
}

/** Whether the promise is of a model, a store, a prompt or tools. */
function isValue(file: LangChainFile, node: TSESTree.CallExpression): boolean {
  const trace = file.trace(node);
  return trace.type === 'langchain' && trace.promised;
}

/** The callee; for an immediately invoked function, its head. */
function getLocation({ node }: Source): TSESTree.SourceLocation {
  const fn = unwrap(node.callee);
  return isFunction(fn) ? { start: fn.loc.start, end: fn.body.loc.start } : getReportedCallee(node).loc;
}

// ── what is wrong with it ───────────────────────────────────────────────────────────────────────────────────────────

interface Problem {
  readonly messageId: Exclude<MessageIds, 'async' | 'await' | 'catch' | 'return'>;
  readonly data: Readonly<Record<string, string>>;
  readonly rewrite?: Rewrite<MessageIds> | null;
  readonly unless?: Readonly<Record<string, boolean>>;
  readonly suggestions?: readonly (Rewrite<MessageIds> | null)[];
}

function findProblem(file: LangChainFile, source: Source): Problem | null {
  const { uses } = source;
  const [first] = uses;
  if (!first) return null;
  if (first.kind === 'void') return source.type === 'built' ? null : findVoid(file, first.node);
  const isDropped = (use: Use): use is Dropped => use.kind === 'dropped';
  const dropped = source.type === 'built' ? undefined : uses.find(isDropped);
  if (dropped?.chain === null) return findDropped(file, source, dropped);
  const misused = uses.find(
    (use): use is Misused => use.kind === 'value' && (isAlwaysWrong(use) || uses.every(({ kind }) => kind === 'value')),
  );
  if (misused) return toMisused(file, source, misused);
  return dropped ? findDropped(file, source, dropped) : null;
}

// ── `void call()` in a serverless handler ───────────────────────────────────────────────────────────────────────────

function findVoid(file: LangChainFile, node: TSESTree.UnaryExpression): Problem | null {
  const handler = findHandlers(file, node).find((site) => site.handler.serverless)?.handler;
  if (!handler || isBackgroundWork(file, node)) return null;
  return {
    messageId: 'void',
    data: { unit: handler.unit, background: getBackground(handler) },
    suggestions: [toRewrite('await', findAsyncContext(file, node)?.canAwait === true ? awaitVoid(node) : null)],
  };
}

function getBackground({ cloudflare }: Handler): string {
  return cloudflare ? '`waitUntil()`' : '`waitUntil()` or `after()`';
}

// ── a call that is left as a statement ──────────────────────────────────────────────────────────────────────────────

function findDropped(file: LangChainFile, source: Source, { chain, node }: Dropped): Problem | null {
  const fn = getEnclosingFunction(source.node);
  if (isLost(file, source, chain)) return null;
  const call = chain ?? source.node;
  const isPerItem = isStartedPerItem(file, source.node, fanOuts);
  // In a loop, no-unbounded-concurrency would report what is handled but not awaited.
  const handled = isPerItem ? null : toRewrite('catch', catchErrors(file, call));
  if (fn && source.type === 'remote' && source.call && feedsReturnedStream(file, source.call, fn))
    return { messageId: 'feed', data: {}, suggestions: [handled] };
  const awaited = findAwait(file, call);
  if (node.type === AST_NODE_TYPES.Identifier)
    return { messageId: 'unused', data: { holder: node.name }, suggestions: [awaited, handled] };
  return {
    messageId: isPerItem ? 'perItem' : getFloating(file, source, chain),
    data: { helper: getName(file, source.node) },
    suggestions: [awaited, toRewrite('return', returnCall(file, call)), handled],
  };
}

function getFloating(
  file: LangChainFile,
  { node, type }: Source,
  chain: TSESTree.Node | null,
): 'chained' | 'floating' | 'floatingSync' | 'helper' | 'iife' {
  if (chain) return 'chained';
  if (type === 'helper') return isFunction(unwrap(node.callee)) ? 'iife' : 'helper';
  return findAsyncContext(file, node) ? 'floating' : 'floatingSync';
}

/** The default options of no-unbounded-concurrency. */
const fanOuts: FanOutOptions = { limiters: [], maxLiteral: 10 };

/**
 * Calls that a list starts and abandons are left to no-unbounded-concurrency: `docs.forEach((doc) =>
 * model.invoke(doc).then(show))`, and the same in a loop.
 */
function isLost(file: LangChainFile, { node }: Source, chain: TSESTree.Node | null): boolean {
  if (chain && findFanOut(file, node, fanOuts)?.kind === 'started') return true;
  const fn = getEnclosingFunction(node);
  if (fn?.parent.type !== AST_NODE_TYPES.CallExpression) return false;
  const isPromised = fn.async || chain !== null || fn.body.type !== AST_NODE_TYPES.BlockStatement;
  return isPromised && findFanOut(file, fn.parent, fanOuts)?.kind === 'forEach';
}

// ── a promise that is used as if it were the result ─────────────────────────────────────────────────────────────────

/**
 * False for logging the promise and for testing that it exists: where the code awaits it elsewhere, these may be
 * intended.
 */
function isAlwaysWrong({ how }: Misused): boolean {
  return how !== 'condition' && how !== 'log';
}

function toMisused(file: LangChainFile, { node, uses }: Source, misused: Misused): Problem {
  const call = misused.chain ?? node;
  const context = findAsyncContext(file, node);
  return {
    messageId: context ? 'value' : 'valueSync',
    data: {
      call: getName(file, node),
      holder: getHolder(misused.node),
      consequence: getConsequence(misused),
    },
    rewrite: findAwait(file, call),
    unless: {
      'the function becomes another one': context === null,
      'a module that awaits cannot be compiled to CommonJS': context?.fn === null,
      'another branch would run': uses.some((use) => use.kind === 'value' && use.how === 'condition'),
      'something treats it as a promise': uses.some((use) => use.kind !== 'value'),
    },
  };
}

function getHolder(node: TSESTree.Node): string {
  const holder = unwrap(node.type === AST_NODE_TYPES.MemberExpression ? node.object : node);
  return holder.type === AST_NODE_TYPES.Identifier ? `\`${holder.name}\`` : 'it';
}

function getConsequence({ how, node }: Misused): string {
  switch (how) {
    case 'condition':
      return 'a promise is always truthy';
    case 'destructured':
      return 'a promise has nothing to destructure';
    case 'input':
      return 'the call receives a promise';
    case 'iterated':
      return 'a promise cannot be iterated';
    case 'json':
      return 'as JSON it is `{}`';
    case 'log':
      return 'it logs `Promise { <pending> }`';
    case 'member': {
      const key = node.type === AST_NODE_TYPES.MemberExpression ? getKeyName(node) : null;
      return key === null ? 'a promise has no such member' : `a promise has no \`${key}\``;
    }
    case 'operator':
      return 'the operator receives the promise';
    case 'spread':
      return 'a promise has no properties';
    case 'text':
      return 'as text it is `[object Promise]`';
  }
}

// ── how it is written ───────────────────────────────────────────────────────────────────────────────────────────────

/** `await`, where the code around the call is async or can be made so. */
function findAwait(file: LangChainFile, call: TSESTree.CallExpression): Rewrite<MessageIds> | null {
  const context = findAsyncContext(file, call);
  if (!context) return toRewrite('async', awaitInAsync(file, call));
  return toRewrite('await', context.canAwait ? awaitCall(file, call) : null);
}

function toRewrite(
  messageId: 'async' | 'await' | 'catch' | 'return',
  edits: readonly Edit[] | null,
): Rewrite<MessageIds> | null {
  return edits && { messageId, edits };
}

function getName(file: LangChainFile, { callee }: TSESTree.CallExpression): string {
  const member = unwrap(callee);
  if (isFunction(member)) return 'this function';
  const text = getPlainText(file, callee);
  return text.length > 40 && member.type === AST_NODE_TYPES.MemberExpression
    ? `….${file.getText(member.property)}`
    : text;
}
