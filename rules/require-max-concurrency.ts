import type { TSESTree } from '@typescript-eslint/utils';
import { findProperty, getKeyName, unwrap } from '../src/ast/nodes.ts';
import { AST_NODE_TYPES } from '../src/ast/types.ts';
import { getEffectiveLimit, isLimited } from '../src/concurrency/effective-limit.ts';
import { findSentList } from '../src/concurrency/sends.ts';
import { findUnlimitedConfig, isLimitedByConfig } from '../src/config/limits.ts';
import { fitCalls } from '../src/config/shares.ts';
import { hasDeadline } from '../src/config/timeouts.ts';
import { createRule } from '../src/create-rule.ts';
import { runnableKinds } from '../src/facts/builders.ts';
import type { Edit } from '../src/fix/edit.ts';
import { addToArgument, setConstructorOption, setProperty } from '../src/fix/objects.ts';
import { offer } from '../src/fix/offer.ts';
import { isShortList } from '../src/flow/lists/bounds.ts';
import { findCall, findEmbeddings, type LangChainCall } from '../src/langchain/calls.ts';
import { getConstruction } from '../src/langchain/construction.ts';
import { getParts } from '../src/langchain/parts.ts';
import { embedsOneByOne } from '../src/langchain/per-text.ts';
import { getTraits } from '../src/langchain/traits.ts';
import { quote } from '../src/messages.ts';
import type { LangChainFile } from '../src/trace/file.ts';
import type { LangChainValue } from '../src/trace/value.ts';

type MessageIds =
  'addLimit' | 'addLimitBesideTimeout' | 'batch' | 'embed' | 'embedInParts' | 'limitEmbeddings' | 'send';
type Options = [{ readonly maxConcurrency: number; readonly maxLiteral: number }];

export default createRule<Options, MessageIds>({
  name: 'require-max-concurrency',
  meta: {
    type: 'problem',
    docs: {
      description: 'require `maxConcurrency` where one call starts many',
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
              'The limit that fixes write. On a graph, which drops work under a limit of 1, it is at least 2.',
          },
          maxLiteral: {
            type: 'integer',
            minimum: 0,
            description: 'How many inputs may be written out without a limit.',
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ maxConcurrency: 5, maxLiteral: 10 }],
    messages: {
      batch:
        '`{{receiver}}.{{method}}()` starts a call for each of `{{inputs}}` at once; long lists time out. Add `{ maxConcurrency: {{limit}} }`.',
      send: '`{{receiver}}.{{method}}()` starts a task for each of `{{inputs}}` at once, through `Send`. Add `{ maxConcurrency: {{limit}} }`.',
      embed:
        '`{{receiver}}.{{method}}()` sends a request for every text of `{{inputs}}` at once. Set `maxConcurrency: {{limit}}` on the `{{embeddings}}`.',
      embedInParts:
        '`{{receiver}}.{{method}}()` sends a request for every text of `{{inputs}}` at once. Split the list into chunks of {{limit}}, embedded one after another.',
      limitEmbeddings: 'Set `maxConcurrency: {{limit}}` on the {{embeddings}}.',
      addLimit: 'Add `maxConcurrency: {{limit}}`.',
      addLimitBesideTimeout:
        'Add `maxConcurrency: {{limit}}`; the timeout then also runs while a call waits for its turn.',
    },
  },
  create(context, [options], file) {
    const fitting = fitCalls(file, options.maxConcurrency);
    return {
      CallExpression(node) {
        const callee = unwrap(node.callee);
        if (callee.type !== AST_NODE_TYPES.MemberExpression || !methods.has(getKeyName(callee) ?? '')) return;
        const call = findCall(file, node);
        const embedding = call && findEmbedding(file, call, options.maxLiteral);
        if (embedding) {
          const { embeddings, inputs } = embedding;
          const data = { limit: String(fitting), embeddings: embeddings.className };
          const edits = hangsWithLimit(embeddings)
            ? null
            : setConstructorOption(file, embeddings, 'maxConcurrency', data.limit);
          context.report({
            node: callee.property,
            messageId: hangsWithLimit(embeddings) ? 'embedInParts' : 'embed',
            data: { ...data, receiver: quote(file, callee.object), method: call.written, inputs },
            ...offer(file, { suggestions: [edits && { messageId: 'limitEmbeddings', data, edits }] }),
          });
          return;
        }
        const problem = call && findProblem(file, call, options.maxLiteral);
        if (!problem) return;
        // Null where a config limits it, or cannot be resolved.
        const config = findUnlimitedConfig(file, call);
        if (!config || isLimitedByConfig(file, call.receiver)) return;
        const limit = getLimit(file, call.receiver, fitting);
        const waits = hasDeadline(file, call);
        const data = { limit: String(limit) };
        // A narrower type may not take a config.
        const edits = call.receiver.narrowed
          ? null
          : config.constant
            ? addBeside(config.constant, data.limit)
            : config.object
              ? setProperty(file, config.object, 'maxConcurrency', data.limit)
              : addToArgument(file, node, 1, 'maxConcurrency', data.limit);
        context.report({
          node: callee.property,
          messageId: problem.messageId,
          data: { ...data, receiver: quote(file, call.receiverNode), method: call.written, inputs: problem.inputs },
          ...offer(file, {
            rewrite: edits && { messageId: waits ? 'addLimitBesideTimeout' : 'addLimit', data, edits },
            unless: {
              'the timeout would run while a call waits for its turn': waits,
              'the config is a constant': config.constant !== null,
              'the limit belongs in the first config of a list': config.isList,
              'somebody wrote that there is no limit':
                config.object !== null && findProperty(config.object, 'maxConcurrency') !== null,
            },
          }),
        });
      },
    };
  },
});

const methods: ReadonlySet<string> = new Set([
  ...['abatch', 'ainvoke', 'astream', 'batch', 'invoke', 'stream', 'streamEvents'],
  ...['addDocuments', 'embedDocuments', 'fromDocuments', 'fromTexts'],
]);

interface Problem {
  readonly messageId: 'batch' | 'send';
  readonly inputs: string;
}

/** What a call starts many of, where only its config could limit it. */
function findProblem(file: LangChainFile, call: LangChainCall, maxLiteral: number): Problem | null {
  // Inside the implementation of a model or runnable, the limit is up to the caller.
  if (!call.remote || call.receiver.origin === 'this' || call.receiverNode.type === AST_NODE_TYPES.Super) return null;
  return call.method === 'batch' ? findBatch(file, call, maxLiteral) : findSend(file, call, maxLiteral);
}

function findBatch(file: LangChainFile, call: LangChainCall, maxLiteral: number): Problem | null {
  const { input, receiver } = call;
  // `batch` of a LangGraph store takes operations, and has no config.
  if (!runnableKinds.has(receiver.kind) && receiver.kind !== 'agent') return null;
  if (!input || isShortList(file, input, maxLiteral)) return null;
  // Under a limit, a router uses the wrong route for some inputs.
  if (getParts(receiver).some((part) => getTraits(file, part).limitedBatchMixesRoutes === true)) return null;
  return getEffectiveLimit(file, call, [], null) === 'none'
    ? { messageId: 'batch', inputs: quote(file, getList(input)) }
    : null;
}

function findSend(file: LangChainFile, { receiver }: LangChainCall, maxLiteral: number): Problem | null {
  if (receiver.kind !== 'graph' && receiver.kind !== 'agent') return null;
  const sent = findSentList(file, receiver, maxLiteral);
  return sent && { messageId: 'send', inputs: sent.list ? quote(file, sent.list) : 'a list' };
}

// ── embeddings that send one request for each text ──────────────────────────────────────────────────────────────────

interface Embedding {
  readonly embeddings: LangChainValue;
  readonly inputs: string;
}

/** Embeddings without a limit that receive a list of unknown length, directly or through a store. */
function findEmbedding(file: LangChainFile, call: LangChainCall, maxLiteral: number): Embedding | null {
  const { input, method, receiver } = call;
  if (!/^(?:addDocuments|embedDocuments|fromDocuments|fromTexts)$/u.test(method) || receiver.origin === 'this')
    return null;
  const value = receiver.kind === 'embeddings' ? receiver : findEmbeddings(file, receiver);
  const embeddings = value && embedsOneByOne(value) ? getConstruction(value) : null;
  if (embeddings?.origin !== 'new' || isLimited(file, embeddings)) return null;
  if (!input || isShortList(file, input, maxLiteral)) return null;
  return { embeddings, inputs: quote(file, getList(input)) };
}

/** Its `embedQuery()` holds a place in the queue while waiting for a second one. */
function hangsWithLimit({ className }: LangChainValue): boolean {
  return className === 'BedrockEmbeddings';
}

/** `{ ...config, maxConcurrency: 5 }`: other code may use the constant. */
function addBeside({ range }: TSESTree.Identifier, limit: string): readonly Edit[] {
  return [
    { range: [range[0], range[0]], text: '{ ...' },
    { range: [range[1], range[1]], text: `, maxConcurrency: ${limit} }` },
  ];
}

/** With a limit of 1, a graph drops work that runs in parallel, even if it is only a step. */
function getLimit(file: LangChainFile, receiver: LangChainValue, limit: number): number {
  const isSafe = getParts(receiver).every(
    (part) =>
      getTraits(file, part).limitOfOneDropsWork !== true && (part.steps ?? []).every((step) => step.is === 'yes'),
  );
  return isSafe ? limit : Math.max(2, limit);
}

/** `texts` of `texts.map((text) => ({ text }))` */
function getList(node: TSESTree.Node): TSESTree.Node {
  const call = unwrap(node);
  if (
    call.type !== AST_NODE_TYPES.CallExpression ||
    call.callee.type !== AST_NODE_TYPES.MemberExpression ||
    getKeyName(call.callee) !== 'map'
  )
    return node;
  return getList(call.callee.object);
}
