import type { TSESTree } from '@typescript-eslint/utils';
import { getReportedCallee } from '../src/ast/callee.ts';
import { getKeyName, unwrap } from '../src/ast/nodes.ts';
import { AST_NODE_TYPES } from '../src/ast/types.ts';
import { createRule } from '../src/create-rule.ts';
import { awaitCall, awaitVoid, catchErrors, returnCall } from '../src/fix/await.ts';
import type { Edit } from '../src/fix/edit.ts';
import { offer, type Rewrite } from '../src/fix/offer.ts';
import { type AsyncContext, findAsyncContext } from '../src/flow/calls/async-context.ts';
import { findUses, type Use } from '../src/flow/promises/uses.ts';
import { feedsReturnedStream, isBackgroundWork } from '../src/handlers/background.ts';
import type { Handler } from '../src/handlers/handler.ts';
import { findHandlers } from '../src/handlers/index.ts';
import { findCall, type LangChainCall } from '../src/langchain/calls.ts';
import type { LangChainFile } from '../src/trace/file.ts';

type MessageIds = 'await' | 'catch' | 'feed' | 'floating' | 'return' | 'unused' | 'value' | 'void';
type Misused = Extract<Use, { kind: 'value' }>;

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
        '`{{call}}()` is not awaited. If it fails, the unhandled rejection ends the process. Write `await {{call}}(…)`, or handle errors with `.catch(…)`.',
      unused:
        '`{{holder}}` holds the promise of `{{call}}()`, and nothing awaits it. If it fails, the process ends. Write `await {{call}}(…)`, or add `.catch(…)`.',
      feed: 'Errors of `{{call}}()`, which feeds the returned stream, are unhandled: a failure ends the process. Add `.catch(…)`; `await` would delay the stream.',
      value:
        '`{{call}}()` returns a promise, and {{holder}} is used as if it were the result: {{consequence}}. Write `await {{call}}(…)`.',
      void: '`void` lets the {{unit}} end before `{{call}}()` is done, and the platform then stops the process. Write `await`, or hand the promise to {{background}}.',
      await: 'Write `await`.',
      return: 'Return the promise.',
      catch: 'Handle its errors with `.catch()`.',
    },
  },
  create(context, _options, file) {
    return {
      CallExpression(node) {
        // What most calls look like: no question of LangChain's.
        if (node.parent.type === AST_NODE_TYPES.AwaitExpression || node.parent.type === AST_NODE_TYPES.ReturnStatement)
          return;
        const call = findCall(file, node);
        if (!call?.remote || call.returns !== 'promise') return;
        const problem = findProblem(file, call, findUses(file, node));
        if (!problem) return;
        context.report({
          node: getReportedCallee(node),
          messageId: problem.messageId,
          data: { call: getName(file, node), ...problem.data },
          ...offer(file, problem),
        });
      },
    };
  },
});

interface Problem {
  readonly messageId: 'feed' | 'floating' | 'unused' | 'value' | 'void';
  readonly data: Readonly<Record<string, string>>;
  readonly rewrite?: Rewrite<MessageIds> | null;
  readonly unless?: Readonly<Record<string, boolean>>;
  readonly suggestions?: readonly (Rewrite<MessageIds> | null)[];
}

function findProblem(file: LangChainFile, call: LangChainCall, uses: readonly Use[]): Problem | null {
  const [first] = uses;
  if (!first) return null;
  if (first.kind === 'void') return findVoid(file, first.node);
  const context = findAsyncContext(file, call.node);
  // A function that is not async may leave its promises to callbacks.
  if (!context) return null;
  const dropped = uses.find(({ kind }) => kind === 'dropped');
  if (dropped) return findDropped(file, call, context, dropped.node);
  const misused = uses.find(
    (use): use is Misused => use.kind === 'value' && (isAlwaysWrong(use) || uses.every(({ kind }) => kind === 'value')),
  );
  return misused ? toMisused(file, call, context, misused, uses) : null;
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

function findDropped(
  file: LangChainFile,
  call: LangChainCall,
  { canAwait, fn }: AsyncContext,
  node: TSESTree.Node,
): Problem | null {
  const { node: callNode } = call;
  // A `forEach` loses the promises of its callback either way, which is no-unbounded-concurrency's.
  if (fn && isForEachCallback(fn)) return null;
  const handled = toRewrite('catch', catchErrors(callNode));
  if (fn && feedsReturnedStream(file, call, fn)) return { messageId: 'feed', data: {}, suggestions: [handled] };
  const awaited = toRewrite('await', canAwait ? awaitCall(file, callNode) : null);
  if (node.type === AST_NODE_TYPES.Identifier)
    return { messageId: 'unused', data: { holder: node.name }, suggestions: [awaited, handled] };
  return {
    messageId: 'floating',
    data: {},
    suggestions: [awaited, toRewrite('return', returnCall(file, callNode)), handled],
  };
}

function isForEachCallback({ parent }: TSESTree.Node): boolean {
  if (parent?.type !== AST_NODE_TYPES.CallExpression) return false;
  const callee = unwrap(parent.callee);
  return callee.type === AST_NODE_TYPES.MemberExpression && getKeyName(callee) === 'forEach';
}

// ── a promise that is used as if it were the result ─────────────────────────────────────────────────────────────────

/** Where something awaits the promise, logging it or asking whether it is there may be meant. */
function isAlwaysWrong({ how }: Misused): boolean {
  return how !== 'condition' && how !== 'log';
}

function toMisused(
  file: LangChainFile,
  { node }: LangChainCall,
  { canAwait, fn }: AsyncContext,
  misused: Misused,
  uses: readonly Use[],
): Problem {
  return {
    messageId: 'value',
    data: { holder: getHolder(misused.node), consequence: getConsequence(misused) },
    rewrite: toRewrite('await', canAwait ? awaitCall(file, node) : null),
    unless: {
      'a module that awaits cannot be compiled to CommonJS': fn === null,
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

function toRewrite(messageId: 'await' | 'catch' | 'return', edits: readonly Edit[] | null): Rewrite<MessageIds> | null {
  return edits && { messageId, edits };
}

function getName({ sourceCode }: LangChainFile, { callee }: TSESTree.CallExpression): string {
  const text = sourceCode.getText(callee).replace(/\s+/gu, ' ');
  const member = unwrap(callee);
  return text.length > 40 && member.type === AST_NODE_TYPES.MemberExpression
    ? `….${sourceCode.getText(member.property)}`
    : text;
}
