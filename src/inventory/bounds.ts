import type { TSESTree } from '@typescript-eslint/utils';
import { getEnclosingFunction } from '../ast/ancestors.ts';
import { type Call, isCall } from '../ast/calls.ts';
import { isFunction, wrapped } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { getEffectiveLimit, isLimited } from '../concurrency/effective-limit.ts';
import { findFanOut } from '../concurrency/fan-out.ts';
import { findSentList } from '../concurrency/sends.ts';
import { mayLimitAgent } from '../config/agent-limits.ts';
import { hasIneffectiveLimit } from '../config/ineffective.ts';
import { findLimitUses } from '../config/limit-uses.ts';
import { findUnlimitedConfig } from '../config/limits.ts';
import type { PerItem } from '../flow/calls/callbacks.ts';
import { findLimiterNumber, findMapperNumber } from '../flow/calls/limiter-numbers.ts';
import { findLimiterAround, findMapper, type Limiter } from '../flow/calls/limiters.ts';
import { getPerItems } from '../flow/calls/per-item.ts';
import type { ReachedCall } from '../flow/calls/reached.ts';
import { isKept } from '../flow/lifetime/kept.ts';
import { getPerItemSize, getSize } from '../flow/lists/bounds.ts';
import type { Size } from '../flow/lists/size-arithmetic.ts';
import { type Agent, findAgent, findAgentModel, findStringModel } from '../langchain/agents.ts';
import type { LangChainCall } from '../langchain/calls.ts';
import { getConstruction } from '../langchain/construction.ts';
import { getParts } from '../langchain/parts.ts';
import { getTraits } from '../langchain/traits.ts';
import { type LangChainFile, perNode } from '../trace/file.ts';
import { readLimitNumber } from '../trace/numbers.ts';
import type { LangChainValue } from '../trace/value.ts';
import { isMadeOnce } from './clients.ts';
import { getPlace } from './place.ts';
import type { Bound, Count } from './records.ts';

const one: Bound = { count: 1, by: 'one', at: null };
const unbounded: Bound = { count: 'unbounded', by: 'none', at: null };
const unknown: Bound = { count: 'unknown', by: 'unknown', at: null };

function because(reason: string): Bound {
  return { ...unknown, reason };
}

/** The calls that a call starts for each element of a list, without a limit. List literals are counted separately. */
const findUnlimited = perNode((file, node: TSESTree.CallExpression) =>
  findFanOut(file, node, { maxLiteral: 0, limiters: [] }),
);

/**
 * The calls that are started for each element of a list without a limit, with the call that starts them.
 * @param reached The calls of one run.
 */
export function findUnboundedStarts(
  file: LangChainFile,
  reached: readonly ReachedCall[],
): ReadonlyMap<TSESTree.Node, TSESTree.Node> {
  const starts = new Map<TSESTree.Node, TSESTree.Node>();
  for (const { node } of reached) {
    const fanOut = node.type === AST_NODE_TYPES.CallExpression ? findUnlimited(file.of(node), node) : null;
    if (fanOut) starts.set(fanOut.start.call.node, fanOut.node);
  }
  return starts;
}

/** The bounds of a call, whichever entry point reaches it. */
export interface OwnBounds {
  /** The calls in flight within one call. */
  readonly run: Bound;
  /** The bound that all runs share; null where neither the call nor its model has one. */
  readonly shared: Bound | null;
}

/** @param model The value that handles the call. */
export function getOwnBounds(file: LangChainFile, call: LangChainCall, model: LangChainValue): OwnBounds {
  return { run: getCallBound(file, call), shared: findSharedBound(file, call, model) };
}

function getCallBound(file: LangChainFile, call: LangChainCall): Bound {
  if (call.method === 'batch') return getBatchBound(file, call);
  const { kind } = call.receiver;
  if ((kind === 'graph' || kind === 'agent') && findSentList(file.of(call.receiver.node), call.receiver, 0))
    return findOptionBound(file, call) ?? because('its config comes from elsewhere');
  return one;
}

/** How many calls one run has in flight. */
export function getRunBound(
  file: LangChainFile,
  { node: call, run: own }: OwnBounds & { readonly node: Call },
  via: readonly Call[],
  starts: ReadonlyMap<TSESTree.Node, TSESTree.Node>,
): Bound {
  const way = [...via, call];
  const limiter = way.map((node) => findLimiterAround(file.of(node), node)).find((found) => found !== null);
  if (limiter) return own.by === 'one' ? readLimiter(file, limiter) : unknown;
  const around = way.flatMap((node) =>
    getPerItems(file.of(node), node).map((perItem) => getPerItemBound(file.of(node), perItem, node)),
  );
  const bound = [own, ...around].reduce(multiply, one);
  const start = starts.get(call);
  // A list literal has a number of elements, though nothing limits it.
  return start && typeof bound.count !== 'number'
    ? { count: 'unbounded', by: 'none', at: getPlace(file, start) }
    : bound;
}

/** `model.batch(docs, { maxConcurrency: 5 })` */
function getBatchBound(file: LangChainFile, call: LangChainCall): Bound {
  const option = findOptionBound(file, call);
  if (typeof option?.count === 'number') return option;
  const size = call.input ? toCount(getSize(file, call.input)) : 'unknown';
  if (typeof size === 'number') return { count: size, by: 'list', at: null };
  if (isLimited(file, call.receiver)) return getConstructorBound(file, call.receiver) ?? unknown;
  return option ?? because('its config comes from elsewhere');
}

/** `{ maxConcurrency: 5 }` in the config of a call; null where it may or may not have one. */
function findOptionBound(file: LangChainFile, call: LangChainCall): Bound | null {
  const [use] = findLimitUses(file, call.node);
  if (use) return { count: toCount(readLimitNumber(file, use.value)), by: 'option', at: getPlace(file, use.property) };
  const isUnlimited = findUnlimitedConfig(file, call) !== null || hasIneffectiveLimit(file, call.node);
  return isUnlimited ? { count: 'unbounded', by: 'none', at: getPlace(file, call.node) } : null;
}

/** How often per-item code runs at a time. */
function getPerItemBound(file: LangChainFile, perItem: PerItem, node: TSESTree.Node): Bound {
  if (perItem.kind === 'loop' && isAwaitedWithin(perItem.node, node)) return one;
  const mapper = perItem.node.type === AST_NODE_TYPES.CallExpression ? findMapper(file, perItem.node) : null;
  if (mapper?.sequential) return one;
  const limit = mapper && findMapperNumber(file, mapper);
  if (limit)
    return { count: toCount(readLimitNumber(file, limit.value)), by: 'limiter', at: getPlace(file, limit.value) };
  return { count: toCount(getPerItemSize(file, perItem)), by: 'list', at: null };
}

/** Whether a loop awaits the call that a node starts. */
function isAwaitedWithin(loop: TSESTree.Node, node: TSESTree.Node): boolean {
  for (let current = wrapped(node).parent; current && current !== loop; current = current.parent) {
    if (current.type === AST_NODE_TYPES.AwaitExpression || current.type === AST_NODE_TYPES.ForOfStatement) return true;
    if (isFunction(current)) return false;
  }
  return false;
}

/** How many calls all runs in a process have in flight. */
export function getProcessBound(
  file: LangChainFile,
  { node: call, shared }: OwnBounds & { readonly node: Call },
  via: readonly Call[],
  run: Bound,
): Bound {
  const limiter = [...via, call]
    .map((node) => findLimiterAround(file.of(node), node))
    .find((found) => found?.construction && isMadeOnce(file, found.construction));
  if (limiter) return readLimiter(file, limiter);
  if (shared) return shared;
  return run.count === 'unknown' ? unknown : unbounded;
}

function findSharedBound(file: LangChainFile, call: LangChainCall, model: LangChainValue): Bound | null {
  const { node } = call;
  const fn = getEnclosingFunction(node);
  // `store ??= await PGVectorStore.initialize(…)`
  if (fn && isKept(file, node, fn)) return one;
  const agent = findAgent(file, model);
  if (agent) return getAgentBound(file, agent);
  // A stream holds its place in the queue only until it opens.
  if (getEffectiveLimit(file, call, [], null) === 'stream') return unbounded;
  if (isLimited(file, model)) return getConstructorBound(file, model) ?? unknown;
  return isMadeInSight(model) ? null : because('its model is made elsewhere');
}

const modelKinds = new Set(['chatModel', 'embeddings', 'llm']);

/** Whether the models of a value are constructed in code that can be read: a parameter may be a model with a limit. */
function isMadeInSight(value: LangChainValue): boolean {
  return getParts(value).every((part) => !modelKinds.has(part.kind) || getConstruction(part) !== null);
}

/** A run has no more calls in flight than the process allows. */
export function narrow(run: Bound, process: Bound): Bound {
  if (typeof process.count !== 'number') return run;
  return typeof run.count === 'number' && run.count <= process.count ? run : process;
}

/**
 * The bound of an agent's model calls: its model, where its limit applies in agents, or possibly a limiter in its
 * middleware.
 */
function getAgentBound(file: LangChainFile, agent: Agent): Bound {
  const model = findAgentModel(file, agent) ?? findStringModel(file, agent);
  if (!model) return because('its model is made elsewhere');
  if (agent.takesMiddleware && mayLimitAgent(file, agent)) return because('a middleware may limit it');
  if (getTraits(file, model).limitsAgents === false) return unbounded;
  return getConstructorBound(file, model) ?? unbounded;
}

/** `new ChatOpenAI({ maxConcurrency: 10 })`; if each run builds the model, its queue bounds that run alone. */
function getConstructorBound(file: LangChainFile, receiver: LangChainValue): Bound | null {
  const bounds = getParts(receiver).flatMap((part): readonly Bound[] => {
    if (getConstruction(part) !== part || !isCall(part.node)) return [];
    const [use] = findLimitUses(file, part.node);
    const byDefault = getTraits(file, part).defaultMaxConcurrency;
    if (!use && byDefault === undefined) return [];
    if (!isMadeOnce(file, part.node)) return [unbounded];
    return [
      use
        ? { count: toCount(readLimitNumber(file, use.value)), by: 'constructor', at: getPlace(file, use.property) }
        : { count: toCount(byDefault ?? null), by: 'constructor', at: getPlace(file, part.node) },
    ];
  });
  return bounds[0] ?? null;
}

function readLimiter(file: LangChainFile, limiter: Limiter): Bound {
  const { construction } = limiter;
  if (!construction) return because('its limiter is made elsewhere');
  const owner = file.of(construction);
  const number = findLimiterNumber(owner, limiter);
  return {
    count: toCount(number && readLimitNumber(owner, number.value)),
    by: 'limiter',
    at: getPlace(file, construction),
  };
}

function toCount(size: Size): Count {
  return size === Infinity ? 'unbounded' : typeof size === 'number' ? size : 'unknown';
}

function multiply(a: Bound, b: Bound): Bound {
  if (typeof a.count === 'number' && typeof b.count === 'number')
    return { ...(b.by === 'one' ? a : b), count: a.count * b.count };
  // An unbounded call remains so, however often it runs.
  const [worst] = [a, b].filter(({ count }) => count === 'unbounded');
  return worst ?? unknown;
}
