import type { TSESTree } from '@typescript-eslint/utils';
import { getEnclosingFunction, getSurroundings } from '../src/ast/ancestors.ts';
import type { Call } from '../src/ast/calls.ts';
import { isConstructor } from '../src/ast/class-members.ts';
import { getConstructionLocation } from '../src/ast/locations.ts';
import { getEnclosingClass, unwrap, wrapped } from '../src/ast/nodes.ts';
import { AST_NODE_TYPES } from '../src/ast/types.ts';
import { findClientHere } from '../src/clients/client.ts';
import { getAgentAdvice, isInLimiter, mayLimitAgent } from '../src/config/agent-limits.ts';
import { isLimit } from '../src/config/limits.ts';
import { fitCalls } from '../src/config/shares.ts';
import { streamMethods, streamsAlways } from '../src/config/streaming.ts';
import { createRule } from '../src/create-rule.ts';
import { modelBuilders } from '../src/facts/builders.ts';
import { setConstructorOption } from '../src/fix/objects.ts';
import { offer } from '../src/fix/offer.ts';
import { isMadeOnce } from '../src/flow/lifetime/cached.ts';
import { getWholeValue } from '../src/flow/lifetime/whole.ts';
import type { Handler } from '../src/handlers/handler.ts';
import { findHandlers, getHandlers } from '../src/handlers/index.ts';
import {
  type Agent,
  findAgent,
  findAgentModel,
  findModelsOfMiddleware,
  findStringModel,
  findStringModels,
  getMiddleware,
  getSubagents,
} from '../src/langchain/agents.ts';
import { findCall } from '../src/langchain/calls.ts';
import { findConstructorOption } from '../src/langchain/construction.ts';
import { findModelClass } from '../src/langchain/model-class.ts';
import { getParts } from '../src/langchain/parts.ts';
import { getTraits } from '../src/langchain/traits.ts';
import { type LangChainFile, perFile } from '../src/trace/file.ts';
import { getNodes } from '../src/trace/nodes.ts';
import type { LangChainValue } from '../src/trace/value.ts';

type MessageIds = 'add' | 'agent' | 'perCall' | 'streamed' | 'unlimited';
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
        'Every {{unit}} calls this `{{name}}`, and nothing limits the calls in flight. Add `maxConcurrency: {{limit}}`; further calls then wait.',
      agent: 'Every {{unit}} calls this `{{name}}` in an agent, and nothing limits the calls in flight. {{instead}}.',
      perCall:
        'Every {{unit}} calls this `{{name}}`, and nothing limits the calls in flight. Call it through p-limit: once tools are bound, it has no limit.',
      streamed:
        'Every {{unit}} streams from this `{{name}}`, without a limit. Run each stream to its end in p-limit: `maxConcurrency` does not hold it.',
      add: 'Add `maxConcurrency: {{limit}}`.',
    },
  },
  create(context, [options], file) {
    const limit = String(fitCalls(file, options.maxConcurrency));
    function check(node: Call): void {
      const client = findClientHere(file, node);
      const model = client?.resource === 'models' || client?.resource === 'limitedModels' ? client.value : null;
      if (!client || !model || client.harm === 'derivedLimit' || (model.kind !== 'chatModel' && model.kind !== 'llm'))
        return;
      // A class that ignores the option needs a limit in the code around it.
      if (
        getTraits(file, model).honoursMaxConcurrency !== true ||
        isLimit(file, findConstructorOption(file, model, 'maxConcurrency'))
      )
        return;
      const use = outlivesRequests(file, node) ? getUses(file).get(node) : undefined;
      if (!use) return;
      const messageId = getMessageId(file, model, use);
      const edits = messageId === 'unlimited' ? setConstructorOption(file, model, 'maxConcurrency', limit) : null;
      context.report({
        loc: getConstructionLocation(node),
        messageId,
        data: {
          name: findModelClass(file, model)?.name ?? client.name,
          unit: use.handler.unit,
          limit,
          instead: use.agent ? getAgentAdvice([use.agent]) : '',
        },
        ...offer<MessageIds>(file, { suggestions: [edits && { messageId: 'add', data: { limit }, edits }] }),
      });
    }
    /** `createAgent({ model: 'openai:gpt-4o' })`: a string leaves no place for a limit. */
    function checkStrings(node: TSESTree.CallExpression): void {
      for (const model of findStringModels(file, node)) {
        const { honoursMaxConcurrency, limitsAgents } = getTraits(file, model);
        const use = honoursMaxConcurrency === true && outlivesRequests(file, node) && getUses(file).get(model.node);
        if (!use) continue;
        const form = `Pass \`new ${model.className}({ maxConcurrency: ${limit} })\``;
        context.report({
          node: file.owns(model.node) ? model.node : node.callee,
          messageId: 'agent',
          data: {
            name: file.getText(model.node).slice(1, -1),
            unit: use.handler.unit,
            instead: limitsAgents === true || !use.agent ? form : getAgentAdvice([use.agent]),
          },
        });
      }
    }
    return {
      CallExpression(node) {
        check(node);
        checkStrings(node);
      },
      NewExpression: check,
    };
  },
});

/** A model that a handler calls without any limit. */
interface Use {
  readonly handler: Handler;
  /** The agent that calls it; null where the handler calls it itself. */
  readonly agent: Agent | null;
  /** Whether a builder creates a model with its own queue on each call. */
  readonly isBuiltPerCall: boolean;
  /** Whether a call leaves the queue of the model when its stream opens. */
  readonly isStreamed: boolean;
}

/** Only a class that honours `maxConcurrency` is advised to set it. */
function getMessageId(
  file: LangChainFile,
  model: LangChainValue,
  { agent, isBuiltPerCall, isStreamed }: Use,
): 'agent' | 'perCall' | 'streamed' | 'unlimited' {
  const isAlwaysStreamed = streamsAlways(file, model);
  if (agent && (isAlwaysStreamed || getTraits(file, model).limitsAgents === false)) return 'agent';
  if (isAlwaysStreamed || isStreamed) return 'streamed';
  return isBuiltPerCall ? 'perCall' : 'unlimited';
}

/**
 * Whether one instance serves many requests: it is built at the top of the module, or in a field of a class that Nest
 * instantiates once, or kept in a variable of the module or such a field when it is first needed.
 */
function outlivesRequests(file: LangChainFile, node: Call): boolean {
  const fn = getEnclosingFunction(node);
  const isField = getSurroundings(node)?.outer.type === AST_NODE_TYPES.PropertyDefinition;
  if (!fn && !isField) return true;
  const keepers = isMadeOnce(file, node) ? findKeepers(file, node) : [];
  if (keepers.some((keeper) => isOfModule(file, keeper))) return true;
  const isOfInstance = isField || (fn !== null && isConstructor(fn)) || keepers.some((keeper) => isFieldOfThis(keeper));
  const classNode = getEnclosingClass(node);
  if (!classNode || !isOfInstance) return false;
  return [...getHandlers(file).values()].some(
    (handler) =>
      handler.framework === 'NestJS' && !handler.requestScopedThis && getEnclosingClass(handler.node) === classNode,
  );
}

/** What a value is assigned to: `model` of `model ??= new X()`, and of `const made = new X(); model = made;`. */
function findKeepers(file: LangChainFile, node: Call): readonly TSESTree.Node[] {
  const value = getWholeValue(file, node);
  const { parent } = value;
  const name = parent?.type === AST_NODE_TYPES.VariableDeclarator ? file.scopes.findVariable(parent.id) : null;
  const values = [value, ...(name?.references ?? []).map(({ identifier }) => wrapped(identifier))];
  return values.flatMap(({ parent: outer }) =>
    outer?.type === AST_NODE_TYPES.AssignmentExpression && values.includes(outer.right) ? [unwrap(outer.left)] : [],
  );
}

function isOfModule(file: LangChainFile, keeper: TSESTree.Node): boolean {
  const variable = keeper.type === AST_NODE_TYPES.Identifier ? file.scopes.findVariable(keeper) : null;
  return variable?.scope.block.type === AST_NODE_TYPES.Program;
}

function isFieldOfThis(keeper: TSESTree.Node): boolean {
  return keeper.type === AST_NODE_TYPES.MemberExpression && keeper.object.type === AST_NODE_TYPES.ThisExpression;
}

/** Serverless platforms whose instances serve one event at a time. */
const oneAtATime = new Set(['AWS Lambda', 'Netlify']);

/** The constructions that handlers of the file call, alone or as a part, without a limiter. */
const getUses = perFile((file): ReadonlyMap<TSESTree.Node, Use> => {
  const uses = new Map<TSESTree.Node, Use>();
  for (const node of getNodes(file)) {
    const call = node.type === AST_NODE_TYPES.CallExpression ? findCall(file, node) : null;
    if (!call?.remote) continue;
    const handler = findHandlers(file, node).find((site) => serves(file, site.handler))?.handler;
    if (!handler || isInLimiter(file, node)) continue;
    for (const [model, found] of findModels(file, call.receiver)) {
      const use = { ...found, handler, isStreamed: !found.agent && streamMethods.has(call.method) };
      const known = uses.get(model);
      if (!known || getRank(use) < getRank(known)) uses.set(model, use);
    }
  }
  return uses;
});

/** A limit on the model applies to the handler's own calls, so they take precedence over those of an agent. */
function getRank({ agent, isStreamed }: Use): number {
  if (isStreamed) return 2;
  return agent ? 1 : 0;
}

function serves(file: LangChainFile, { blockingOnly, framework, recurring, unit }: Handler): boolean {
  if (blockingOnly || recurring || oneAtATime.has(framework)) return false;
  return unit === 'request' || unit === 'event' || unit === 'job' || unit === 'message' || !runsByItself(file);
}

/** Whether a script runs its own graph or agent: its steps then belong to one run. */
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

type ModelUse = readonly [model: TSESTree.Node, use: Omit<Use, 'handler' | 'isStreamed'>];

function findModels(file: LangChainFile, value: LangChainValue): readonly ModelUse[] {
  const parts = getParts(value);
  const isBuiltPerCall = parts.some(
    ({ base, builder }) =>
      base !== null &&
      builder !== null &&
      modelBuilders.has(builder) &&
      getTraits(file, base).derivedQueue === 'perCall',
  );
  return parts.flatMap((part): readonly ModelUse[] => {
    const agent = findAgent(file, part);
    if (!agent) return [[part.node, { agent: null, isBuiltPerCall }]];
    return [agent, ...getSubagents(file, agent)].flatMap((each) => findInAgent(file, each));
  });
}

/** The models that an agent calls in its steps, and those that its middleware calls. */
function findInAgent(file: LangChainFile, agent: Agent): readonly ModelUse[] {
  const middleware = agent.takesMiddleware ? getMiddleware(file, agent).filter((each) => each !== null) : [];
  const model = findAgentModel(file, agent) ?? findStringModel(file, agent);
  const steps = listNodes(model ? [model] : []);
  for (const each of middleware)
    if (each.name === 'modelFallbackMiddleware') steps.push(...listNodes(findModelsOfMiddleware(file, each)));
  const beside = listNodes(middleware.flatMap((each) => findModelsOfMiddleware(file, each)));
  const isLimited = agent.takesMiddleware && mayLimitAgent(file, agent);
  return [
    ...(isLimited ? [] : steps).map((node) => [node, { agent, isBuiltPerCall: false }] as const),
    ...beside
      .filter((node) => !steps.includes(node))
      .map((node) => [node, { agent: null, isBuiltPerCall: false }] as const),
  ];
}

function listNodes(models: readonly LangChainValue[]): TSESTree.Node[] {
  return models.flatMap(getParts).map(({ node }) => node);
}
