import type { TSESTree } from '@typescript-eslint/utils';
import type { Call } from '../src/ast/calls.ts';
import { getKeyName } from '../src/ast/nodes.ts';
import { findPool, findPoolLimit, type Pool } from '../src/clients/pools.ts';
import { isLimited } from '../src/concurrency/effective-limit.ts';
import { findIneffective } from '../src/config/ineffective.ts';
import { findLimitUses, type LimitUse } from '../src/config/limit-uses.ts';
import { createRule } from '../src/create-rule.ts';
import type { Kind } from '../src/facts/catalog.ts';
import { writeNumber } from '../src/fix/number.ts';
import { offer } from '../src/fix/offer.ts';
import { getSize } from '../src/flow/lists/bounds.ts';
import { findCall, isRemote } from '../src/langchain/calls.ts';
import { getParts } from '../src/langchain/parts.ts';
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
      description: 'require limits that all processes together can keep within `settings.langchain.budget`',
      recommended: 'strict',
      category: 'Concurrency',
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      calls:
        '{{workers}} × {{value}} calls in flight = {{product}}, over your budget of {{limit}}. Write at most `{{option}}: {{fits}}`.',
      connections:
        '{{workers}} × {{value}} connections = {{product}}, over your budget of {{limit}} for `{{pool}}`. Write at most `{{option}}: {{fits}}`.',
      fewer:
        '{{workers}} × {{value}} = {{product}}, over your budget of {{limit}}; even `{{option}}: {{fits}}` exceeds it. Write that, and raise the budget or run fewer workers.',
      write: 'Write `{{option}}: {{fits}}`.',
    },
  },
  create(context, _options, file) {
    const { budget } = file.settings;
    if (!budget) return {};
    const workers = budget.workers === 1 ? '1 worker' : `${String(budget.workers)} workers`;
    const reported = new Set<TSESTree.Node>();

    const check = (node: Call): void => {
      for (const share of [...findCallLimits(file, budget, node), ...findPoolSizes(file, budget, node)]) {
        const { fits, limit, messageId, number, pool, property } = share;
        // One options object may be given to several constructors.
        if (number.value <= fits || reported.has(property)) continue;
        reported.add(property);
        const data = { option: getKeyName(property), fits: String(fits) };
        const edit = writeNumber(share, number, fits);
        context.report({
          node: property,
          messageId: fits * budget.workers > limit ? 'fewer' : messageId,
          data: { ...data, limit, pool, product: budget.workers * number.value, value: number.value, workers },
          ...offer(file, { suggestions: [edit && { messageId: 'write', data, edits: [edit] }] }),
        });
      }
    };
    return { CallExpression: check, NewExpression: check };
  },
});

/** What one process may have in flight. */
interface Share {
  readonly messageId: 'calls' | 'connections';
  readonly property: TSESTree.Property;
  readonly value: TSESTree.Node;
  readonly number: FoldedNumber;
  /** What all processes together may have. */
  readonly limit: number;
  /** The most of one process that keeps to it. */
  readonly fits: number;
  /** The entry of `budget.pools`. */
  readonly pool: string;
}

function findCallLimits(file: LangChainFile, { limit, workers }: Budget, node: Call): readonly Share[] {
  return findLimitUses(file, node).flatMap((use) => {
    const number = readNumber(file, use.value);
    // A limit of 1 makes a graph drop work.
    const fits = getFit(limit, workers, use.takers.includes('graph') ? 2 : 1);
    if (!number || number.value <= fits || !isInEffect(file, node, use, fits)) return [];
    return [{ messageId: 'calls', property: use.property, value: use.value, number, limit, fits, pool: '' }];
  });
}

const modelKinds: ReadonlySet<Kind> = new Set<Kind>(['chatModel', 'embeddings', 'llm']);
/**
 * What runs models. A retriever's embeddings have a limit of their own, and what it searches is not the model
 * provider's.
 */
const runningKinds: ReadonlySet<Kind> = new Set<Kind>(['agent', 'chain', 'chatModel', 'graph', 'llm', 'runnable']);

/** Whether so many calls of a model may be in flight. */
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

function findPoolSizes(file: LangChainFile, budget: Budget, node: Call): readonly Share[] {
  const pool = findPool(file, node);
  const entry = pool && findEntry(budget, pool);
  const size = entry && findPoolLimit(file, pool, pool.limits.size);
  const number = size?.is === 'given' ? readNumber(file, size.value) : null;
  if (!entry || size?.is !== 'given' || !number) return [];
  return [
    {
      messageId: 'connections',
      property: size.property,
      value: size.value,
      number,
      fits: getFit(entry.limit, budget.workers, 1),
      ...entry,
    },
  ];
}

/** What the budget says of a pool. Without names in it, there is one limit for all. */
function findEntry({ limit, pools }: Budget, { names }: Pool): Pick<Share, 'limit' | 'pool'> | null {
  if (!pools) return { limit, pool: names.at(-1) ?? '' };
  for (const pool of names) {
    const named = pools[pool];
    if (named !== undefined) return { limit: named, pool };
  }
  return null;
}

/** What an environment variable may change is not known. */
function readNumber(file: LangChainFile, node: TSESTree.Node): FoldedNumber | null {
  const number = foldNumber(file, node);
  return number && Number.isInteger(number.value) && !number.isDefault ? number : null;
}

function getFit(limit: number, workers: number, minimum: number): number {
  return Math.max(minimum, Math.floor(limit / workers));
}
