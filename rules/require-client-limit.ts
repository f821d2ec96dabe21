import type { TSESTree } from '@typescript-eslint/utils';
import { getEnclosingFunction, getSurroundings } from '../src/ast/ancestors.ts';
import type { Call } from '../src/ast/calls.ts';
import { getConstructionLocation } from '../src/ast/locations.ts';
import { getEnclosingClass } from '../src/ast/nodes.ts';
import { AST_NODE_TYPES } from '../src/ast/types.ts';
import { findClientHere } from '../src/clients/client.ts';
import { createRule } from '../src/create-rule.ts';
import { setConstructorOption } from '../src/fix/objects.ts';
import { offer } from '../src/fix/offer.ts';
import { findLimiterOfCall } from '../src/flow/calls/limiters.ts';
import type { Handler } from '../src/handlers/handler.ts';
import { findHandlers, getHandlers } from '../src/handlers/index.ts';
import { findCall } from '../src/langchain/calls.ts';
import { findConstructorOption, getOptionsArgument } from '../src/langchain/construction.ts';
import { getParts } from '../src/langchain/parts.ts';
import { getTraits } from '../src/langchain/traits.ts';
import { type LangChainFile, perFile } from '../src/trace/file.ts';
import { getNodes } from '../src/trace/nodes.ts';
import { findOption } from '../src/trace/options.ts';
import type { LangChainValue } from '../src/trace/value.ts';

type MessageIds = 'add' | 'unlimited';
type Options = [{ readonly maxConcurrency: number }];

export default createRule<Options, MessageIds>({
  name: 'require-client-limit',
  meta: {
    type: 'suggestion',
    docs: {
      description: 'require `maxConcurrency` on models that all requests share',
      recommended: 'strict',
      category: 'Concurrency',
    },
    hasSuggestions: true,
    schema: [
      {
        type: 'object',
        properties: {
          maxConcurrency: { type: 'integer', minimum: 1, description: 'The limit that suggestions write.' },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ maxConcurrency: 10 }],
    messages: {
      unlimited:
        'Every {{unit}} calls this `{{name}}`, and nothing limits how many calls are in flight. Add `maxConcurrency: {{limit}}`; further calls then wait in its queue.',
      add: 'Add `maxConcurrency: {{limit}}`.',
    },
  },
  create(context, [options], file) {
    const limit = String(options.maxConcurrency);
    function check(node: Call): void {
      const client = findClientHere(file, node);
      const model = client?.resource === 'models' || client?.resource === 'limitedModels' ? client.value : null;
      if (!client || !model || client.harm === 'derivedLimit' || (model.kind !== 'chatModel' && model.kind !== 'llm'))
        return;
      // A class that ignores the option needs another limit, which only the code around it can set.
      if (
        getTraits(file, model).honoursMaxConcurrency !== true ||
        findConstructorOption(file, model, 'maxConcurrency').is !== 'absent'
      )
        return;
      const handler = findSharingHandler(file, node);
      if (!handler) return;
      const edits = setConstructorOption(file, model, 'maxConcurrency', limit);
      context.report({
        loc: getConstructionLocation(node),
        messageId: 'unlimited',
        data: { name: client.name, unit: handler.unit, limit },
        ...offer<MessageIds>(file, { suggestions: [edits && { messageId: 'add', data: { limit }, edits }] }),
      });
    }
    return { CallExpression: check, NewExpression: check };
  },
});

/**
 * The handler that calls a model that all its runs share; null for a model that is rebuilt, or that no handler of
 * the file calls without a limiter.
 */
function findSharingHandler(file: LangChainFile, construction: Call): Handler | null {
  if (!outlivesRequests(file, construction)) return null;
  return getUsers(file).get(construction) ?? null;
}

/**
 * Whether what is built here serves many requests: at the top of the module, or in a field of a class of which Nest
 * makes one instance.
 */
function outlivesRequests(file: LangChainFile, node: Call): boolean {
  const fn = getEnclosingFunction(node);
  const isField = getSurroundings(node)?.outer.type === AST_NODE_TYPES.PropertyDefinition;
  if (!fn && !isField) return true;
  const classNode = getEnclosingClass(node);
  const isInConstructor = fn?.parent.type === AST_NODE_TYPES.MethodDefinition && fn.parent.kind === 'constructor';
  if (!classNode || !(isField || isInConstructor)) return false;
  return [...getHandlers(file).values()].some(
    (handler) =>
      handler.framework === 'NestJS' && !handler.requestScopedThis && getEnclosingClass(handler.node) === classNode,
  );
}

/** An instance of a Lambda function serves one event at a time. */
const oneAtATime = new Set(['AWS Lambda', 'Netlify']);

/** The constructions that handlers of the file call, alone or as a part, with one such handler. */
const getUsers = perFile((file): ReadonlyMap<TSESTree.Node, Handler> => {
  const users = new Map<TSESTree.Node, Handler>();
  for (const node of getNodes(file)) {
    const call = node.type === AST_NODE_TYPES.CallExpression ? findCall(file, node) : null;
    if (!call?.remote) continue;
    const handler = findHandlers(file, node).find((site) => serves(file, site.handler))?.handler;
    if (!handler || isInLimiter(file, node)) continue;
    for (const part of withAgents(file, call.receiver)) if (!users.has(part.node)) users.set(part.node, handler);
  }
  return users;
});

function serves(file: LangChainFile, { blockingOnly, framework, recurring, unit }: Handler): boolean {
  if (blockingOnly || recurring || oneAtATime.has(framework)) return false;
  return unit === 'request' || unit === 'event' || unit === 'job' || unit === 'message' || !runsByItself(file);
}

/** A script that runs its own graph or agent: its steps are those of one run. */
const runsByItself = perFile((file) =>
  getNodes(file).some((node) => {
    const call = node.type === AST_NODE_TYPES.CallExpression ? findCall(file, node) : null;
    return (
      call?.remote === true &&
      (call.receiver.kind === 'graph' || call.receiver.kind === 'agent') &&
      findHandlers(file, node).length === 0
    );
  }),
);

function withAgents(file: LangChainFile, value: LangChainValue): readonly LangChainValue[] {
  return getParts(value).flatMap((part) => [part, ...findAgentModel(file, part)]);
}

/** `model` of `createAgent({ model })`, `llm` of `createReactAgent({ llm })`. */
function findAgentModel(file: LangChainFile, value: LangChainValue): readonly LangChainValue[] {
  if (value.kind !== 'agent' && value.kind !== 'graph') return [];
  const options = getOptionsArgument(value);
  return ['model', 'llm'].flatMap((key) => {
    const option = options === 'unknown' ? null : findOption(file, options, key);
    const model = option?.is === 'given' ? file.resolve(option.value) : null;
    return model?.is === 'yes' ? getParts(model.value) : [];
  });
}

/** Whether a call goes through a limiter: `limit(() => model.invoke(question))`. */
function isInLimiter(file: LangChainFile, node: TSESTree.Node): boolean {
  for (let fn = getEnclosingFunction(node); fn; fn = getEnclosingFunction(fn)) {
    const { parent } = fn;
    if (
      parent.type === AST_NODE_TYPES.CallExpression &&
      parent.callee !== fn &&
      findLimiterOfCall(file, parent, [])?.limits === true
    )
      return true;
  }
  return false;
}
