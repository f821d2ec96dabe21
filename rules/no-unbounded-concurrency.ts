import type { TSESTree } from '@typescript-eslint/utils';
import { getLastName } from '../src/ast/calls.ts';
import { isFunction, unwrap } from '../src/ast/nodes.ts';
import { AST_NODE_TYPES } from '../src/ast/types.ts';
import { type FanOut, type FanOutOptions, findFanOut } from '../src/concurrency/fan-out.ts';
import { findBatchRewrite } from '../src/concurrency/rewrite-batch.ts';
import { findChunkRewrite, findFilterRewrite } from '../src/concurrency/rewrite-chunks.ts';
import { findLambdaRewrite } from '../src/concurrency/rewrite-lambda.ts';
import {
  findLimiterLimit,
  findLimiterRewrite,
  findMapperLimit,
  findModelLimit,
  getSafeLimit,
} from '../src/concurrency/rewrite-limit.ts';
import { awaitStored, findAwaitRewrite, findLoopRewrite, findPushRewrite } from '../src/concurrency/rewrite-loop.ts';
import { fitCalls } from '../src/config/shares.ts';
import { createRule } from '../src/create-rule.ts';
import { type Offer, offer, type Rewrite } from '../src/fix/offer.ts';
import { resolveFunction } from '../src/flow/calls/functions.ts';
import type { LangChainCall } from '../src/langchain/calls.ts';
import { isInStore } from '../src/langchain/implementations.ts';
import { quote } from '../src/messages.ts';
import type { LangChainFile } from '../src/trace/file.ts';

type MessageIds =
  | 'addConcurrency'
  | 'awaitEach'
  | 'cappedPerElement'
  | 'cappedStream'
  | 'collected'
  | 'every'
  | 'filter'
  | 'limitModel'
  | 'lost'
  | 'mapAwaited'
  | 'mapLost'
  | 'started'
  | 'unbounded'
  | 'unlimitedLimiter'
  | 'unlimitedMapper'
  | 'useBatch'
  | 'useChunks'
  | 'useLambda'
  | 'useLimiter'
  | 'useLoop';
type Options = [
  { readonly limiters: FanOutOptions['limiters']; readonly maxConcurrency: number; readonly maxLiteral: number },
];

export default createRule<Options, MessageIds>({
  name: 'no-unbounded-concurrency',
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow starting a remote call for every element of a list at once',
      recommended: true,
      category: 'Concurrency',
    },
    fixable: 'code',
    hasSuggestions: true,
    schema: [
      {
        type: 'object',
        properties: {
          maxConcurrency: {
            type: 'integer',
            minimum: 1,
            description:
              'The limit that fixes and suggestions write. On a graph, which drops work under a limit of 1, it is at least 2.',
          },
          maxLiteral: {
            type: 'integer',
            minimum: 0,
            description: 'How many elements a list of known length may have.',
          },
          limiters: {
            type: 'array',
            description: 'Your own exports that limit concurrency: calls that go through them are not reported.',
            items: {
              type: 'object',
              properties: {
                module: { type: 'string', description: 'The specifier, as in the import.' },
                name: { type: 'string', description: 'The export; `default` for the default export.' },
              },
              required: ['module', 'name'],
              additionalProperties: false,
            },
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ maxConcurrency: 5, maxLiteral: 10, limiters: [] }],
    messages: {
      unbounded:
        '`{{combinator}}` starts `{{call}}` for each of {{list}} at once; long lists time out. Use {{advice}}.',
      cappedPerElement:
        '`{{combinator}}` starts `{{call}}` for each of {{list}} at once, each with its own client and limit. Build the client once, outside.',
      cappedStream:
        '`{{combinator}}` starts `{{call}}` for each of {{list}} at once: `maxConcurrency` does not limit open streams. Use {{advice}}.',
      collected:
        'The loop starts `{{call}}` for each of {{list}} at once, and nothing awaits `{{combinator}}`. Use {{advice}}.',
      every:
        '`every` is always true (a promise is truthy) and starts `{{call}}` for each of {{list}} at once. Use `for (… of …)` with `await`.',
      filter:
        '`filter` keeps every element (a promise is truthy) and starts `{{call}}` for each of {{list}} at once. Use `for (… of …)` with `await`.',
      mapAwaited:
        'Awaiting an array waits for nothing, and `{{combinator}}` starts `{{call}}` for every element at once. Use {{advice}}.',
      mapLost:
        '`map` over {{list}} loses the promises of `{{call}}`: one failure ends the process. Use `for (… of …)` with `await`, or a limiter.',
      started:
        '`{{call}}` starts for each of {{list}} at once: nothing waits for it. Use `await` in a loop, or a limiter such as p-limit.',
      lost: '`forEach` over {{list}} loses the promises of `{{call}}`: one failure ends the process. Use `for (… of …)` with `await`, or a limiter.',
      unlimitedMapper:
        '`{{combinator}}` has no limit here and starts `{{call}}` for each of {{list}} at once. Give it {{advice}}.',
      unlimitedLimiter:
        '`{{combinator}}` has no limit here: `{{call}}` starts for each of {{list}} at once. Give it {{advice}}.',
      useBatch: 'Use `{{receiver}}.batch()` with `maxConcurrency: {{limit}}`.',
      awaitEach: 'Wait for each call before the next one starts.',
      useChunks: 'Start {{limit}} at a time.',
      useLoop: 'Use a loop that waits for each call.',
      useLambda: 'Use `RunnableLambda.from()` and `batch()` with `maxConcurrency: {{limit}}`.',
      useLimiter: 'Run each call through p-limit.',
      limitModel: 'Set `maxConcurrency: {{limit}}` on the {{model}}, for all its calls.',
      addConcurrency: 'Add the limit {{limit}}.',
    },
  },
  create(context, [given], file) {
    const options = { ...given, maxConcurrency: fitCalls(file, given.maxConcurrency) };
    const reported = new Set<TSESTree.Node>();
    return {
      CallExpression(node) {
        if (!mayFanOut(node)) return;
        const fanOut = findFanOut(file, node, options);
        // A limiter is reported once, wherever calls go through it.
        if (!fanOut || reported.has(fanOut.node) || isInStore(file, node)) return;
        reported.add(fanOut.node);
        const rewrites = findRewrites(file, fanOut, options);
        context.report({
          node: getTarget(fanOut),
          messageId: getMessage(fanOut),
          data: {
            combinator: quote(file, fanOut.kind === 'collected' ? getObject(fanOut.node) : unwrap(fanOut.node.callee)),
            call: describeCall(file, fanOut.start.call),
            list: fanOut.list ? `\`${quote(file, fanOut.list)}\`` : 'a list',
            advice: getAdvice(file, fanOut, options, rewrites),
          },
          ...offer(file, rewrites),
        });
      },
    };
  },
});

/** A cheap check: most calls of a file can be none of these. */
function mayFanOut({ arguments: args, callee }: TSESTree.CallExpression): boolean {
  return (args.length > 0 || isFunction(callee)) && callee.type !== AST_NODE_TYPES.Super;
}

function getMessage({ kind, node, start }: FanOut): MessageIds {
  switch (kind) {
    case 'every':
    case 'filter':
    case 'mapAwaited':
    case 'started':
      return kind;
    case 'forEach':
      return /map$/iu.test(getLastName(node.callee) ?? '') ? 'mapLost' : 'lost';
    case 'limiter':
      return 'unlimitedLimiter';
    case 'mapper':
      return 'unlimitedMapper';
    default:
      if (start.limit === 'perItem') return 'cappedPerElement';
      if (start.limit === 'stream') return 'cappedStream';
      return kind === 'collected' ? 'collected' : 'unbounded';
  }
}

const ofListMethod: ReadonlySet<FanOut['kind']> = new Set([
  'collected',
  'every',
  'filter',
  'forEach',
  'mapAwaited',
  'stored',
]);

/** The callee; for a method of the list its name alone, as the list may be long. */
function getTarget({ kind, node }: FanOut): TSESTree.Node {
  const callee = unwrap(node.callee);
  return ofListMethod.has(kind) && callee.type === AST_NODE_TYPES.MemberExpression ? callee.property : node.callee;
}

function getObject({ callee }: FanOut['node']): TSESTree.Node {
  const expression = unwrap(callee);
  return expression.type === AST_NODE_TYPES.MemberExpression ? expression.object : expression;
}

/** `model.invoke()`, `client.runs.wait()`, `PineconeStore.fromTexts()` */
function describeCall(file: LangChainFile, { method, node, receiverNode, written }: LangChainCall): string {
  if (receiverNode === node.callee) return `${quote(file, receiverNode)}()`;
  return `${quote(file, receiverNode)}.${method.includes('.') ? method : written}()`;
}

function findRewrites(file: LangChainFile, fanOut: FanOut, options: Options[0]): Offer<MessageIds> {
  const { call } = fanOut.start;
  const { maxConcurrency } = options;
  const suggest = (
    messageId: MessageIds,
    edits: Rewrite<MessageIds>['edits'] | null,
    data: Rewrite<MessageIds>['data'] = {},
  ): Rewrite<MessageIds> | null => edits && { messageId, data: { limit: String(maxConcurrency), ...data }, edits };
  switch (fanOut.kind) {
    case 'limiter':
      return { suggestions: [suggest('addConcurrency', findLimiterLimit(file, fanOut.limiter, maxConcurrency))] };
    case 'mapper':
      return { suggestions: [suggest('addConcurrency', findMapperLimit(file, fanOut.mapper, maxConcurrency))] };
    case 'every':
      return {};
    case 'filter':
      return { suggestions: [suggest('useChunks', findFilterRewrite(file, fanOut, maxConcurrency))] };
    case 'forEach':
      return { suggestions: [suggest('useLoop', findLoopRewrite(file, fanOut))] };
    case 'started':
      return { suggestions: [suggest('awaitEach', findAwaitRewrite(file, fanOut))] };
    default: {
      const batch = findBatchRewrite(file, fanOut, maxConcurrency);
      const isExact = batch !== null && (fanOut.kind === 'stored' || !Object.values(batch.unless).includes(true));
      const model = findModelLimit(file, fanOut, options, maxConcurrency);
      const lambda = isExact ? null : findLambdaRewrite(file, fanOut, maxConcurrency);
      const suggestions = [
        suggest('useLambda', awaitStored(file, fanOut, lambda)),
        suggest('useLimiter', findLimiterRewrite(file, fanOut, maxConcurrency)),
        suggest('limitModel', model?.edits ?? null, { model: model?.className }),
      ];
      const hasNone = !batch && suggestions.every((each) => each === null);
      return {
        rewrite: suggest('useBatch', awaitStored(file, fanOut, batch?.edits ?? null), {
          receiver: quote(file, call.receiverNode),
          limit: String(getSafeLimit(file, call.receiver, maxConcurrency)),
        }),
        unless: { ...batch?.unless, 'the promises were not waited for together': fanOut.kind !== 'combinator' },
        suggestions: [
          ...suggestions,
          suggest('useChunks', hasNone ? findChunkRewrite(file, fanOut, maxConcurrency) : null),
          suggest('awaitEach', hasNone ? findPushRewrite(file, fanOut) : null),
        ],
      };
    }
  }
}

/** The limited form that fits the code. */
function getAdvice(
  file: LangChainFile,
  fanOut: FanOut,
  { maxConcurrency }: Options[0],
  { rewrite, suggestions = [] }: Offer<MessageIds>,
): string {
  const { call } = fanOut.start;
  const limit = `{ maxConcurrency: ${String(getSafeLimit(file, call.receiver, maxConcurrency))} }`;
  if (fanOut.kind === 'mapper')
    return fanOut.mapper.option
      ? `\`{ ${fanOut.mapper.option.name}: ${String(maxConcurrency)} }\``
      : `a limit such as ${String(maxConcurrency)}`;
  if (fanOut.kind === 'limiter')
    return fanOut.limiter.option
      ? `\`{ ${fanOut.limiter.option}: ${String(maxConcurrency)} }\``
      : `a limit such as ${String(maxConcurrency)}`;
  if (call.method === 'stream' || call.returns === 'asyncIterable')
    return 'p-limit or similar around each whole stream';
  if (rewrite) return `\`${quote(file, call.receiverNode)}.batch(…, ${limit})\``;
  if (suggestions.some((suggestion) => suggestion?.messageId === 'useLimiter'))
    return '`limit(() => …)` of p-limit around each call';
  // `batch` returns what `Promise.all` returns; the other combinators have no counterpart.
  const isAll = fanOut.kind !== 'combinator' || getLastName(fanOut.node.callee) === 'all';
  if (isAll && !takesIndex(file, fanOut)) return `\`RunnableLambda.from(…).batch(…, ${limit})\``;
  return 'p-limit or similar around each call';
}

/** Whether the callback takes more than the element: a lambda would get the config of its run instead. */
function takesIndex(file: LangChainFile, { map }: FanOut): boolean {
  const params = (map && resolveFunction(file, map.callback))?.params ?? [];
  return params.length > 1 || params[0]?.type === AST_NODE_TYPES.RestElement;
}
