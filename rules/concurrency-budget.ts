import type { TSESTree } from '@typescript-eslint/utils';
import { getEnclosingFunction } from '../src/ast/ancestors.ts';
import { type Call, getMethodName } from '../src/ast/calls.ts';
import { getKeyName } from '../src/ast/nodes.ts';
import { AST_NODE_TYPES } from '../src/ast/types.ts';
import { findPoolBudget } from '../src/clients/pool-budgets.ts';
import { findPool, findPoolLimit } from '../src/clients/pools.ts';
import { isLimited } from '../src/concurrency/effective-limit.ts';
import { findIneffective } from '../src/config/ineffective.ts';
import { findLimitUses, type LimitUse } from '../src/config/limit-uses.ts';
import { getShare } from '../src/config/shares.ts';
import { createRule } from '../src/create-rule.ts';
import type { Kind } from '../src/facts/catalog.ts';
import { writeNumber } from '../src/fix/number.ts';
import { offer } from '../src/fix/offer.ts';
import { resolveFunction } from '../src/flow/calls/functions.ts';
import { findLimiterNumber, findMapperNumber } from '../src/flow/calls/limiter-numbers.ts';
import { findLimiterOfCall, findMapper } from '../src/flow/calls/limiters.ts';
import { getReachedCalls } from '../src/flow/calls/reached.ts';
import { getSize } from '../src/flow/lists/bounds.ts';
import { findAgent, findAgentModel } from '../src/langchain/agents.ts';
import { findCall, isRemote } from '../src/langchain/calls.ts';
import { getParts } from '../src/langchain/parts.ts';
import { getTraits } from '../src/langchain/traits.ts';
import { nameCall } from '../src/messages.ts';
import type { Budget } from '../src/settings.ts';
import type { LangChainFile } from '../src/trace/file.ts';
import { type FoldedNumber, foldNumber } from '../src/trace/numbers.ts';

type MessageIds = 'calls' | 'connections' | 'fewer' | 'write';
type Options = [];

export default createRule<Options, MessageIds>({
  name: 'concurrency-budget',
  meta: {
    type: 'problem',
    docs: {
      description: 'require limits that keep all processes together within `settings.langchain.budget`',
      recommended: 'strict',
      category: 'Concurrency',
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      calls:
        '{{workers}} × {{value}} calls in flight = {{product}}, over your budget of {{limit}}. Write at most `{{form}}`.',
      connections:
        '{{workers}} × {{value}} connections = {{product}}, over your budget of {{limit}} for `{{pool}}`. Write at most `{{form}}`.',
      fewer:
        '{{workers}} × {{value}} = {{product}}, over your budget of {{limit}}; even `{{form}}` exceeds it. Write that, and raise the budget or run fewer workers.',
      write: 'Write `{{form}}`.',
    },
  },
  create(context, _options, file) {
    const { budget } = file.settings;
    if (!budget) return {};
    const workers = budget.workers === 1 ? '1 worker' : `${String(budget.workers)} workers`;
    const reported = new Set<TSESTree.Node>();

    const check = (node: Call): void => {
      const shares = [
        ...findCallLimits(file, budget, node),
        ...findLimiters(file, budget, node),
        ...findPoolSizes(file, budget, node),
      ];
      for (const share of shares) {
        const { fits, form, limit, messageId, number, pool, property, value } = share;
        const place = property ?? value;
        // One options object may be given to several constructors.
        if (number.value <= fits || reported.has(place) || !file.owns(place)) continue;
        reported.add(place);
        const data = { form };
        const edit = writeNumber(share, number, fits);
        context.report({
          node: place,
          messageId: fits * budget.workers > limit ? 'fewer' : messageId,
          data: { ...data, limit, pool, product: budget.workers * number.value, value: number.value, workers },
          ...offer(file, { suggestions: [edit && { messageId: 'write', data, edits: [edit] }] }),
        });
      }
    };
    return { CallExpression: check, NewExpression: check };
  },
});

/** A number in the code that takes a share of the budget. */
interface Share {
  readonly messageId: 'calls' | 'connections';
  /** Null where the number is an argument by itself. */
  readonly property: TSESTree.Property | null;
  readonly value: TSESTree.Node;
  readonly number: FoldedNumber;
  /** What to write: `maxConcurrency: 6`, `pLimit(6)`. */
  readonly form: string;
  /** The budget for all processes together. */
  readonly limit: number;
  /** The largest number for one process that stays within the budget. */
  readonly fits: number;
  /** The entry of `budget.pools`. */
  readonly pool: string;
}

function findCallLimits(file: LangChainFile, { limit, workers }: Budget, node: Call): readonly Share[] {
  return findLimitUses(file, node).flatMap((use) => {
    const number = readNumber(file, use.value);
    // A limit of 1 makes a graph drop work.
    const fits = getShare(limit, workers, use.takers.includes('graph') ? 2 : 1);
    if (!number || number.value <= fits || !isInEffect(file, node, use, fits)) return [];
    const { property, value } = use;
    return [{ messageId: 'calls', property, value, number, limit, fits, form: writeForm(property, fits), pool: '' }];
  });
}

function writeForm(property: TSESTree.Property, fits: number): string {
  return `${getKeyName(property) ?? ''}: ${String(fits)}`;
}

const modelKinds: ReadonlySet<Kind> = new Set<Kind>(['chatModel', 'embeddings', 'llm']);
/**
 * The kinds that run models. Retrievers are not among them: their embeddings have a limit of their own, and their
 * searches do not go to the model provider.
 */
const runningKinds: ReadonlySet<Kind> = new Set<Kind>(['agent', 'chain', 'chatModel', 'graph', 'llm', 'runnable']);

/** Whether a limit decides how many calls of a model may be in flight. */
function isInEffect(
  file: LangChainFile,
  node: Call,
  { isHonoured, property, receiver }: LimitUse,
  fits: number,
): boolean {
  if (!isHonoured || findIneffective(file, node).some((ineffective) => ineffective.node === property)) return false;
  if (receiver.node === node) return modelKinds.has(receiver.kind);
  if (!isRemote(file, receiver) || !getParts(receiver).some(({ kind }) => runningKinds.has(kind))) return false;
  // A limit of the model itself is judged where it is written.
  if (isLimited(file, receiver)) return false;
  const call = findCall(file, node);
  const size = call?.method === 'batch' && call.input ? getSize(file, call.input) : null;
  return typeof size !== 'number' || size > fits;
}

// ── limiters ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** `limit(() => model.invoke(question))` of `const limit = pLimit(20)`, `pMap(texts, embed, { concurrency: 20 })` */
function findLimiters(file: LangChainFile, { limit, workers }: Budget, node: Call): readonly Share[] {
  if (node.type !== AST_NODE_TYPES.CallExpression) return [];
  const limiter = findLimiterOfCall(file, node, []);
  const mapper = findMapper(file, node);
  const place = (limiter && findLimiterNumber(file, limiter)) ?? (mapper && findMapperNumber(file, mapper));
  const number = place && readNumber(file, place.value);
  const fits = getShare(limit, workers, 1);
  if (!place || !number || number.value <= fits || !runsModels(file, node)) return [];
  const { property, value } = place;
  const form = property ? writeForm(property, fits) : `${nameCall(file, place.construction)}(${String(fits)})`;
  return [{ messageId: 'calls', property, value, number, limit, fits, form, pool: '' }];
}

/** Whether the calls that go through a limiter run models that have no limit of their own. */
function runsModels(file: LangChainFile, node: TSESTree.CallExpression): boolean {
  // `await semaphore.acquire()`
  const around = getMethodName(node) === 'acquire' ? getEnclosingFunction(node) : null;
  if (around) return getReachedCalls(file, around).some((each) => callsModel(file, each.node));
  return node.arguments.some((argument) => {
    const fn = resolveFunction(file, argument);
    return fn !== null && (isModelCall(node) || getReachedCalls(file, fn).some((each) => callsModel(file, each.node)));
  });
}

function callsModel(file: LangChainFile, node: Call): boolean {
  const own = file.of(node);
  const call = node.type === AST_NODE_TYPES.CallExpression ? findCall(own, node) : null;
  if (!call?.remote || !getParts(call.receiver).some(({ kind }) => runningKinds.has(kind))) return false;
  const agent = findAgent(own, call.receiver);
  const model = agent ? findAgentModel(own, agent) : call.receiver;
  if (!model || (agent && getTraits(own, model).limitsAgents !== true)) return true;
  return !isLimited(own, model);
}

/** `wrapModelCall: (request, handler) => limit(() => handler(request))` */
function isModelCall(node: TSESTree.Node): boolean {
  for (let fn = getEnclosingFunction(node); fn; fn = getEnclosingFunction(fn)) {
    const { parent } = fn;
    if (parent.type === AST_NODE_TYPES.Property && getKeyName(parent) === 'wrapModelCall') return true;
  }
  return false;
}

// ── pools ────────────────────────────────────────────────────────────────────────────────────────────────────────────

function findPoolSizes(file: LangChainFile, budget: Budget, node: Call): readonly Share[] {
  const pool = findPool(file, node);
  const entry = pool && findPoolBudget(budget, pool);
  const size = entry && findPoolLimit(file, pool, pool.limits.size);
  const number = size?.is === 'given' ? readNumber(file, size.value) : null;
  if (!entry || size?.is !== 'given' || !number) return [];
  const fits = getShare(entry.limit, budget.workers, 1);
  const { property, value } = size;
  return [{ messageId: 'connections', property, value, number, fits, form: writeForm(property, fits), ...entry }];
}

/** Null for a default that an environment variable may replace. */
function readNumber(file: LangChainFile, node: TSESTree.Node): FoldedNumber | null {
  const number = foldNumber(file, node);
  return number && Number.isInteger(number.value) && !number.isDefault ? number : null;
}
