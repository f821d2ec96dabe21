import type { TSESTree } from '@typescript-eslint/utils';
import { type FunctionNode, getKeyName, unwrap, wrapped } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { resolveFunction } from '../flow/calls/functions.ts';
import { findLimiterAround, findLimiterOfCall } from '../flow/calls/limiters.ts';
import { type Agent, getMiddleware, type Middleware, readAgent } from '../langchain/agents.ts';
import { getOptionsArgument } from '../langchain/construction.ts';
import { getTraits } from '../langchain/traits.ts';
import type { LangChainFile } from '../trace/file.ts';
import { isInOwnCode } from '../trace/nodes.ts';
import { findOption, type Option } from '../trace/options.ts';
import type { LangChainValue } from '../trace/value.ts';
import { isLimit } from './limits.ts';
import { findUses } from './uses.ts';

// ── models that serve agents only ────────────────────────────────────────────────────────────────────────────────────

/** A `maxConcurrency` that agents ignore, on a model that is used only by agents. */
interface LostLimit {
  readonly option: Extract<Option, { is: 'given' }>;
  readonly object: TSESTree.Node;
  readonly model: LangChainValue;
  readonly agents: readonly Agent[];
}

/** How many builders may stand between a model and an agent. */
const maxDepth = 6;

/**
 * The limit of a construction or of `withConfig()`, where each step of the agents that receive the model derives
 * another model with its own queue; null where it has or may have an effect.
 */
export function findLostLimit(file: LangChainFile, node: TSESTree.Node): LostLimit | null {
  const trace = file.trace(node);
  const model = trace.type === 'langchain' && trace.value.node === node ? trace.value : null;
  if (model?.kind !== 'chatModel' || getTraits(file, model).limitsAgents !== false) return null;
  const object = findOptions(model);
  const option = object && findOption(file, object, 'maxConcurrency');
  if (!object || option?.is !== 'given' || !isLimit(file, option)) return null;
  const agents = findAgents(file, node, maxDepth);
  // A limiter in the middleware is what the report would suggest.
  return agents && !agents.every((agent) => agent.takesMiddleware && mayLimitAgent(file, agent))
    ? { option, object, model, agents }
    : null;
}

/** How to limit the model calls of agents: a sentence without its full stop. */
export function getAgentAdvice(agents: readonly Agent[]): string {
  return agents.every(({ takesMiddleware }) => takesMiddleware)
    ? 'In `wrapModelCall`, call `handler(request)` through p-limit'
    : 'Call the agent through p-limit';
}

function findOptions(model: LangChainValue): TSESTree.Node | null {
  if (model.builder === 'withConfig' && model.node.type === AST_NODE_TYPES.CallExpression)
    return model.node.arguments[0] ?? null;
  const options = model.builder === null ? getOptionsArgument(model) : null;
  return options === 'unknown' ? null : options;
}

/** The agents that receive a value, when nothing else does; null when something else may. */
function findAgents(file: LangChainFile, value: TSESTree.Node, depth: number): readonly Agent[] | null {
  return depth === 0 ? null : findAll(file, value, (use) => readUse(file, use, depth));
}

function readUse(file: LangChainFile, use: TSESTree.Node, depth: number): readonly Agent[] | null {
  const { parent } = use;
  switch (parent?.type) {
    case AST_NODE_TYPES.Property:
      return parent.value === use ? findAgentsOfOption(file, parent) : null;
    case AST_NODE_TYPES.MemberExpression:
      return parent.object === use && keepsLimit.has(getKeyName(parent) ?? '') && isCalled(parent)
        ? findAgents(file, parent.parent, depth - 1)
        : null;
    case AST_NODE_TYPES.CallExpression:
      return findAgentOfFallback(file, parent);
    default:
      return null;
  }
}

/** Proof: `agents-not-limited-by-bound-model`. */
const keepsLimit: ReadonlySet<string> = new Set(['bindTools', 'withConfig']);

/** `middleware: [modelFallbackMiddleware(model)]`. Proof: `agents-not-limited-by-fallback`. */
function findAgentOfFallback(file: LangChainFile, call: TSESTree.CallExpression): readonly Agent[] | null {
  const list = wrapped(call).parent;
  const property = list?.type === AST_NODE_TYPES.ArrayExpression ? wrapped(list).parent : null;
  if (file.findExport(call.callee)?.name !== 'modelFallbackMiddleware') return null;
  if (property?.type !== AST_NODE_TYPES.Property || getKeyName(property) !== 'middleware') return null;
  const options = wrapped(property.parent);
  const agent = options.parent && readAgent(file, options.parent);
  return agent?.options === options ? [agent] : null;
}

function isCalled(callee: TSESTree.MemberExpression): boolean {
  return callee.parent.type === AST_NODE_TYPES.CallExpression && callee.parent.callee === callee;
}

/** `model: …` in the options of an agent or of a subagent of a deep agent; both may be constants. */
function findAgentsOfOption(file: LangChainFile, property: TSESTree.Property): readonly Agent[] | null {
  const key = getKeyName(property);
  return findAll(file, property.parent, (use) => {
    const { parent } = use;
    if (parent?.type === AST_NODE_TYPES.ArrayExpression)
      return key === 'model' ? findSubagents(file, parent, property.parent) : null;
    const agent = parent && readAgent(file, parent);
    return agent?.options === use && agent.modelOption === key ? [agent] : null;
  });
}

/** `subagents: [{ model }]`. Proof: `subagents-not-limited-by-model`. */
function findSubagents(file: LangChainFile, list: TSESTree.Node, options: TSESTree.Node): readonly Agent[] | null {
  return findAll(file, list, ({ parent }) =>
    parent?.type === AST_NODE_TYPES.Property && getKeyName(parent) === 'subagents'
      ? findAll(file, parent.parent, (use) => {
          const agent = use.parent && readAgent(file, use.parent);
          return agent?.options === use ? [{ ...agent, options, modelOption: 'model' }] : null;
        })
      : null,
  );
}

/** The results for all uses of a value; null when one of them is none of these uses, or is out of sight. */
function findAll(
  file: LangChainFile,
  value: TSESTree.Node,
  find: (use: TSESTree.Node) => readonly Agent[] | null,
): readonly Agent[] | null {
  const found = (findUses(file, value) ?? []).map(find);
  return found.length > 0 && found.every((agents) => agents !== null) ? found.flat() : null;
}

// ── limiters in middleware ───────────────────────────────────────────────────────────────────────────────────────────

/**
 * Whether a middleware of an agent limits its model calls, `wrapModelCall: (request, handler) => limit(() =>
 * handler(request))`, or may do so because it cannot be resolved. Proof: `agents-limited-by-middleware`.
 */
export function mayLimitAgent(file: LangChainFile, agent: Agent): boolean {
  return getMiddleware(file, agent).some((middleware) => middleware === null || mayLimitCalls(file, middleware));
}

function mayLimitCalls(file: LangChainFile, { call, name }: Middleware): boolean {
  // The middleware of `langchain` limits nothing.
  if (name !== 'createMiddleware') return !name.endsWith('Middleware');
  const option = findOption(file, call.arguments[0], 'wrapModelCall');
  if (option.is !== 'given') return option.is === 'unknown';
  const fn = resolveFunction(file, option.value);
  return fn === null || limitsHandler(file.of(fn), fn);
}

/** Whether a `wrapModelCall` calls its handler through a limiter, or passes it to code that is out of sight. */
function limitsHandler(file: LangChainFile, fn: FunctionNode): boolean {
  const handler = fn.params[1];
  const variable = handler?.type === AST_NODE_TYPES.Identifier ? file.scopes.findVariable(handler) : null;
  if (!variable) return handler !== undefined;
  return awaitsTurn(file, fn) || variable.references.some(({ identifier }) => isHandedOn(file, identifier, fn));
}

/** `await semaphore.acquire()` */
function awaitsTurn(file: LangChainFile, fn: FunctionNode): boolean {
  return isInOwnCode(file, fn.body, (node) => {
    const awaited = node.type === AST_NODE_TYPES.AwaitExpression ? unwrap(node.argument) : null;
    return awaited?.type === AST_NODE_TYPES.CallExpression && findLimiterOfCall(file, awaited, [])?.limits === true;
  });
}

/** Whether a call that takes the node as an argument limits the function it receives, or cannot be resolved. */
function isHandedOn(file: LangChainFile, node: TSESTree.Node, within: TSESTree.Node): boolean {
  for (let inner = node, outer = node.parent; outer && outer !== within; inner = outer, outer = outer.parent) {
    if (outer.type !== AST_NODE_TYPES.CallExpression || outer.callee === inner) continue;
    const limiter = findLimiterOfCall(file, outer, []);
    if (limiter) return limiter.limits;
    const trace = file.trace(outer.callee);
    if (trace.type === 'export' || trace.type === 'unknown') return true;
  }
  return false;
}

/** Whether code runs through a limiter: `limit(() => model.invoke(question))`. */
export function isInLimiter(file: LangChainFile, node: TSESTree.Node): boolean {
  return findLimiterAround(file, node) !== null;
}
