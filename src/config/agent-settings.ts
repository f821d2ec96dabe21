import type { TSESTree } from '@typescript-eslint/utils';
import { getKeyName, isFalse, unwrap } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { parseSpecifier } from '../facts/catalog.ts';
import { type Agent, findAgent, getMiddleware, getSubagents, type Middleware, readAgent } from '../langchain/agents.ts';
import { findCall } from '../langchain/calls.ts';
import { type LangChainFile, perFile } from '../trace/file.ts';
import { getNodes } from '../trace/nodes.ts';
import { foldNumber } from '../trace/numbers.ts';
import { findOption, isUndefined } from '../trace/options.ts';
import { getBase, type LangChainValue } from '../trace/value.ts';
import { type Cause, findSet, type Given, type Ineffective } from './ineffective-setting.ts';

/** Settings of agents, graphs and tasks that have an effect only with another setting, or in another order. */
export function findInAgentsAndGraphs(file: LangChainFile, node: TSESTree.CallExpression): readonly Ineffective[] {
  const agent = readAgent(file, node);
  if (agent) return agent.takesMiddleware ? findInMiddleware(file, agent) : [];
  return findPolicies(file, node);
}

// ── middleware ───────────────────────────────────────────────────────────────────────────────────────────────────────

function findInMiddleware(file: LangChainFile, agent: Agent): readonly Ineffective[] {
  const middleware = getMiddleware(file, agent);
  const receiver = file.resolve(agent.node);
  if (receiver.is !== 'yes') return [];
  return [
    ...[middleware, ...getSubagents(file, agent).map((each) => getMiddleware(file, each))].flatMap((each) =>
      findDeadFallback(file, each, receiver.value),
    ),
    ...(forgetsThreads(file, agent) ? findThreadLimits(file, middleware, receiver.value) : []),
  ];
}

/** A retry inside a fallback returns an answer to it instead of the failure. Proof: `retry-behind-fallback-answers`. */
function findDeadFallback(
  file: LangChainFile,
  middleware: readonly (Middleware | null)[],
  receiver: LangChainValue,
): readonly Ineffective[] {
  const first = middleware.findIndex((each) => each?.name === 'modelFallbackMiddleware');
  if (first === -1) return [];
  return middleware.slice(first + 1).flatMap((each) => {
    if (each?.name !== 'modelRetryMiddleware') return [];
    const [options] = each.call.arguments;
    const onFailure = findOption(file, options, 'onFailure');
    const answers = onFailure.is === 'absent' || (onFailure.is === 'given' && mayAnswer(file, onFailure.value));
    return answers
      ? [describe('fallback', each.call.callee, 'onFailure', each.call, options ?? null, null, receiver)]
      : [];
  });
}

/** `'return_message'`, its older name `'continue'`, and a function that words the answer. */
function mayAnswer(file: LangChainFile, node: TSESTree.Node): boolean {
  if (isUndefined(file, node)) return true;
  const trace = file.trace(node);
  if (trace.type === 'function') return true;
  return trace.type === 'literal' && trace.node.type === AST_NODE_TYPES.Literal
    ? trace.node.value === 'continue' || trace.node.value === 'return_message'
    : false;
}

const callLimits: ReadonlySet<string> = new Set(['modelCallLimitMiddleware', 'toolCallLimitMiddleware']);

/** Proof: `thread-limit-needs-checkpointer`. */
function findThreadLimits(
  file: LangChainFile,
  middleware: readonly (Middleware | null)[],
  receiver: LangChainValue,
): readonly Ineffective[] {
  return middleware.flatMap((each) => {
    const [options] = each && callLimits.has(each.name) ? each.call.arguments : [];
    const option = options && findSet(file, options, 'threadLimit');
    return option && each
      ? [describe('threadLimit', option.property, 'threadLimit', each.call, options, option, receiver)]
      : [];
  });
}

/** Whether an agent that this file runs has no checkpointer; LangGraph's server would provide one. */
function forgetsThreads(file: LangChainFile, { node, options }: Agent): boolean {
  const checkpointer = findOption(file, options, 'checkpointer');
  const isMissing =
    checkpointer.is === 'absent' ||
    (checkpointer.is === 'given' && (isUndefined(file, checkpointer.value) || isFalse(checkpointer.value)));
  return isMissing && getRun(file).has(node);
}

/** The agents that the file runs. */
const getRun = perFile((file): ReadonlySet<TSESTree.Node> => {
  const run = new Set<TSESTree.Node>();
  for (const node of getNodes(file)) {
    const call = node.type === AST_NODE_TYPES.CallExpression ? findCall(file, node) : null;
    const agent = call?.remote === true ? findAgent(file, call.receiver) : null;
    if (agent) run.add(agent.node);
  }
  return run;
});

// ── policies of graphs ───────────────────────────────────────────────────────────────────────────────────────────────

/** The index of the options of a step. */
const methods: Readonly<Record<string, number>> = { addNode: 2, setNodeDefaults: 0 };

/** Proof: `cache-policy-needs-cache`, `cache-policy-ttl-in-seconds`. */
function findPolicies(file: LangChainFile, node: TSESTree.CallExpression): readonly Ineffective[] {
  const place = findPlace(file, node);
  const options = place && node.arguments[place.argument];
  const policy = options ? findSet(file, options, 'cachePolicy') : null;
  if (!place || !policy || isFalse(policy.value)) return [];
  const { receiver, subject } = place;
  const found =
    subject === null ? [] : [describe('cachePolicy', policy.property, subject, node, null, policy, receiver)];
  const ttl = findSet(file, policy.value, 'ttl');
  const seconds = ttl && readMilliseconds(file, ttl.value);
  return ttl && seconds !== null
    ? [...found, { ...describe('ttl', ttl.property, 'ttl', node, null, ttl, receiver), instead: String(seconds) }]
    : found;
}

interface Place {
  readonly argument: number;
  /** The part that lacks a cache; null where there may be one. */
  readonly subject: string | null;
  readonly receiver: LangChainValue | null;
}

function findPlace(file: LangChainFile, node: TSESTree.CallExpression): Place | null {
  const callee = unwrap(node.callee);
  if (callee.type === AST_NODE_TYPES.MemberExpression) {
    const argument = methods[getKeyName(callee) ?? ''];
    const graph = argument === undefined ? null : file.resolve(callee.object);
    if (argument === undefined || graph?.is !== 'yes' || graph.value.kind !== 'stateGraph') return null;
    const root = getBase(graph.value);
    const caches = getCompiled(file).get(root.node) ?? [];
    return { argument, subject: caches.length > 0 && !caches.includes(true) ? 'compile' : null, receiver: graph.value };
  }
  if (!isFunctional(file, node, 'task')) return null;
  const caches = getEntrypoints(file);
  return { argument: 0, subject: caches.length > 0 && !caches.includes(true) ? 'entrypoint' : null, receiver: null };
}

function isFunctional(file: LangChainFile, node: TSESTree.CallExpression, name: string): boolean {
  const ref = file.findExport(node.callee);
  return ref?.name === name && parseSpecifier(ref.source)?.package === '@langchain/langgraph';
}

/** For each graph that the file compiles, whether it has, or may have, a `cache`. */
const getCompiled = perFile((file): ReadonlyMap<TSESTree.Node, readonly boolean[]> => {
  const compiled = new Map<TSESTree.Node, readonly boolean[]>();
  for (const node of getNodes(file)) {
    if (node.type !== AST_NODE_TYPES.CallExpression) continue;
    const callee = unwrap(node.callee);
    if (callee.type !== AST_NODE_TYPES.MemberExpression || getKeyName(callee) !== 'compile') continue;
    const graph = file.resolve(callee.object);
    if (graph.is !== 'yes' || graph.value.kind !== 'stateGraph') continue;
    const root = getBase(graph.value).node;
    compiled.set(root, [...(compiled.get(root) ?? []), mayCache(file, node)]);
  }
  return compiled;
});

const getEntrypoints = perFile((file): readonly boolean[] =>
  getNodes(file).flatMap((node) =>
    node.type === AST_NODE_TYPES.CallExpression && isFunctional(file, node, 'entrypoint') ? [mayCache(file, node)] : [],
  ),
);

function mayCache(file: LangChainFile, { arguments: [options] }: TSESTree.CallExpression): boolean {
  if (!options || file.trace(options).type === 'literal') return false;
  const cache = findOption(file, options, 'cache');
  return cache.is === 'given' ? !isUndefined(file, cache.value) : cache.is === 'unknown';
}

const SECOND = 1000;
const HOUR = 3600;
/** Round thousands from here on were meant in milliseconds. */
const least = 60_000;

/** The number in seconds where it was meant in milliseconds; null where it may well be in seconds. */
function readMilliseconds(file: LangChainFile, node: TSESTree.Node): number | null {
  const number = foldNumber(file, node);
  if (!number || number.isDefault || number.value % SECOND !== 0 || number.value < SECOND) return null;
  const isRound = number.value >= least && number.value % HOUR !== 0;
  return isRound || hasFactor(node) ? number.value / SECOND : null;
}

/** `60 * 1000` */
function hasFactor(node: TSESTree.Node): boolean {
  const expression = unwrap(node);
  if (expression.type === AST_NODE_TYPES.Literal) return false;
  return (
    expression.type === AST_NODE_TYPES.BinaryExpression &&
    expression.operator === '*' &&
    [expression.left, expression.right].some((side) => isThousand(side) || hasFactor(side))
  );
}

function isThousand(node: TSESTree.Node): boolean {
  const value = unwrap(node);
  return value.type === AST_NODE_TYPES.Literal && value.value === SECOND;
}

function describe(
  cause: Cause,
  node: TSESTree.Node,
  option: string,
  at: TSESTree.CallExpression,
  object: TSESTree.Node | null,
  given: Given | null,
  receiver: LangChainValue | null,
): Ineffective {
  return {
    cause,
    node,
    option,
    subject: `\`${option}()\``,
    instead: '',
    at,
    object,
    value: given?.value ?? null,
    receiver,
  };
}
