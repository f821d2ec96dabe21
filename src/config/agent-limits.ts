import type { TSESTree } from '@typescript-eslint/utils';
import { getEnclosingFunction } from '../ast/ancestors.ts';
import { type FunctionNode, getEnclosingClass, getKeyName, isFunction, unwrap, wrapped } from '../ast/nodes.ts';
import { getThisMembers } from '../ast/properties.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { getCallSites, isPrivate } from '../flow/calls/call-graph.ts';
import { resolveFunction } from '../flow/calls/functions.ts';
import { findLimiterOfCall } from '../flow/calls/limiters.ts';
import { type Agent, getMiddleware, type Middleware, readAgent } from '../langchain/agents.ts';
import { getOptionsArgument } from '../langchain/construction.ts';
import { getTraits } from '../langchain/traits.ts';
import type { LangChainFile } from '../trace/file.ts';
import { isInOwnCode } from '../trace/nodes.ts';
import { findOption, type Option } from '../trace/options.ts';
import type { LangChainValue } from '../trace/value.ts';
import { isLimit } from './limits.ts';

// ── models that serve agents only ────────────────────────────────────────────────────────────────────────────────────

/** A `maxConcurrency` that no agent heeds, on a model that serves nothing else. */
interface LostLimit {
  readonly option: Extract<Option, { is: 'given' }>;
  readonly object: TSESTree.Node;
  readonly model: LangChainValue;
  readonly agents: readonly Agent[];
}

/** How many variables, fields and functions may lead a model to an agent. */
const maxDepth = 6;

/**
 * The limit of a construction or of `withConfig()`, where each step of the agents that get the model derives another
 * one with a queue for itself; null where it has an effect, or may.
 */
export function findLostLimit(file: LangChainFile, node: TSESTree.Node): LostLimit | null {
  const trace = file.trace(node);
  const model = trace.type === 'langchain' && trace.value.node === node ? trace.value : null;
  if (model?.kind !== 'chatModel' || getTraits(file, model).limitsAgents !== false) return null;
  const object = findOptions(model);
  const option = object && findOption(file, object, 'maxConcurrency');
  if (!object || option?.is !== 'given' || !isLimit(file, option)) return null;
  const agents = findAgents(file, node, maxDepth);
  // A limiter in the middleware is what the report would ask for.
  return agents && !agents.every((agent) => agent.takesMiddleware && mayLimitAgent(file, agent))
    ? { option, object, model, agents }
    : null;
}

/** How the model calls of agents are limited: a sentence without its full stop. */
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

/** The agents that get a value; null when something else may. */
function findAgents(file: LangChainFile, value: TSESTree.Node, depth: number): readonly Agent[] | null {
  const node = getWhole(value);
  const { parent } = node;
  if (!parent || depth === 0) return null;
  switch (parent.type) {
    case AST_NODE_TYPES.Property:
      return parent.value === node ? findAgentsOfOption(file, parent, depth) : null;
    case AST_NODE_TYPES.VariableDeclarator:
      return parent.init === node ? findAgentsOfVariable(file, parent.id, depth) : null;
    case AST_NODE_TYPES.AssignmentExpression:
      return parent.right === node ? findAgentsOfTarget(file, parent.left, depth) : null;
    case AST_NODE_TYPES.PropertyDefinition:
      return parent.value === node && isPrivateField(parent) ? findAgentsOfField(file, parent, depth) : null;
    case AST_NODE_TYPES.ReturnStatement:
    case AST_NODE_TYPES.ArrowFunctionExpression:
      return findAgentsOfFunction(file, parent, depth);
    case AST_NODE_TYPES.MemberExpression:
      return parent.object === node && keepsLimit.has(getKeyName(parent) ?? '') && isCalled(parent)
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

/** What has the value: `await x`, `x ?? y`, `c ? x : y`, `x as T`. */
function getWhole(value: TSESTree.Node): TSESTree.Node {
  let node = wrapped(value);
  for (;;) {
    const parent: TSESTree.Node | undefined = node.parent;
    const holds =
      parent?.type === AST_NODE_TYPES.AwaitExpression ||
      parent?.type === AST_NODE_TYPES.LogicalExpression ||
      (parent?.type === AST_NODE_TYPES.ConditionalExpression && parent.test !== node);
    if (!parent || !holds) return node;
    node = wrapped(parent);
  }
}

/** `model: …` of the options of an agent, which may stand in a constant. */
function findAgentsOfOption(file: LangChainFile, property: TSESTree.Property, depth: number): readonly Agent[] | null {
  const object = wrapped(property.parent);
  const { parent } = object;
  const key = getKeyName(property);
  const agent = parent && readAgent(file, parent);
  if (agent) return agent.options === object && agent.modelOption === key ? [agent] : null;
  if (parent?.type !== AST_NODE_TYPES.VariableDeclarator || depth === 0) return null;
  return collect(getReads(file, parent.id), (read) => {
    const call = wrapped(read).parent;
    const user = call && readAgent(file, call);
    return user?.modelOption === key && user.options === wrapped(read) ? [user] : null;
  });
}

function findAgentsOfVariable(file: LangChainFile, id: TSESTree.Node, depth: number): readonly Agent[] | null {
  return collect(getReads(file, id), (read) => findAgents(file, read, depth - 1));
}

/** Where a variable of this file is read; null for one that is exported. */
function getReads(file: LangChainFile, id: TSESTree.Node): readonly TSESTree.Node[] | null {
  const variable = id.type === AST_NODE_TYPES.Identifier ? file.scopes.findVariable(id) : null;
  const definition = variable?.defs[0];
  const declaration = definition?.type === 'Variable' ? definition.parent.parent : null;
  if (!variable || declaration?.type === AST_NODE_TYPES.ExportNamedDeclaration) return null;
  return variable.references.filter((reference) => reference.isRead()).map(({ identifier }) => identifier);
}

function findAgentsOfTarget(file: LangChainFile, target: TSESTree.Node, depth: number): readonly Agent[] | null {
  if (target.type === AST_NODE_TYPES.Identifier) return findAgentsOfVariable(file, target, depth);
  if (target.type !== AST_NODE_TYPES.MemberExpression || target.object.type !== AST_NODE_TYPES.ThisExpression)
    return null;
  const name = getKeyName(target);
  const field = getEnclosingClass(target)?.body.body.find(
    (member) => member.type === AST_NODE_TYPES.PropertyDefinition && getKeyName(member) === name,
  );
  return field?.type === AST_NODE_TYPES.PropertyDefinition && isPrivateField(field)
    ? findAgentsOfField(file, field, depth)
    : null;
}

function isPrivateField({ accessibility, key }: TSESTree.PropertyDefinition): boolean {
  return accessibility === 'private' || key.type === AST_NODE_TYPES.PrivateIdentifier;
}

function findAgentsOfField(
  file: LangChainFile,
  field: TSESTree.PropertyDefinition,
  depth: number,
): readonly Agent[] | null {
  const owner = getEnclosingClass(field);
  const members = owner && getThisMembers(owner, file.sourceCode.visitorKeys).get(getKeyName(field));
  const reads = (members ?? []).filter(
    (member) => member.parent.type !== AST_NODE_TYPES.AssignmentExpression || member.parent.left !== member,
  );
  return collect(reads, (read) => findAgents(file, read, depth - 1));
}

function findAgentsOfFunction(file: LangChainFile, returning: TSESTree.Node, depth: number): readonly Agent[] | null {
  const fn = isFunction(returning) ? returning : getEnclosingFunction(returning);
  if (!fn || !isPrivate(file, fn)) return null;
  const sites = getCallSites(file, fn);
  return collect(sites, ({ argument, call }) => (argument === null ? findAgents(file, call, depth - 1) : null));
}

/** All agents of the uses; null when there are none, or when one of them is not an agent's. */
function collect<Use>(
  uses: readonly Use[] | null,
  find: (use: Use) => readonly Agent[] | null,
): readonly Agent[] | null {
  const found = (uses ?? []).map(find);
  return found.length > 0 && found.every((agents) => agents !== null) ? found.flat() : null;
}

// ── limiters in middleware ───────────────────────────────────────────────────────────────────────────────────────────

/**
 * Whether a middleware of an agent limits its model calls, `wrapModelCall: (request, handler) => limit(() =>
 * handler(request))`, or may, because it cannot be seen. Proof: `agents-limited-by-middleware`.
 */
export function mayLimitAgent(file: LangChainFile, agent: Agent): boolean {
  return getMiddleware(file, agent).some((middleware) => middleware === null || mayLimitCalls(file, middleware));
}

function mayLimitCalls(file: LangChainFile, { call, name }: Middleware): boolean {
  // That of `langchain` limits nothing.
  if (name !== 'createMiddleware') return !name.endsWith('Middleware');
  const option = findOption(file, call.arguments[0], 'wrapModelCall');
  if (option.is !== 'given') return option.is === 'unknown';
  const fn = resolveFunction(file, option.value);
  return fn === null || limitsHandler(file, fn);
}

/** Whether a `wrapModelCall` calls its handler through a limiter, or hands it to code that is not seen. */
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

/** Whether a call around a node, in whose arguments it stands, limits what it is handed, or is not seen into. */
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
