import type { TSESTree } from '@typescript-eslint/utils';
import type { Call } from '../src/ast/calls.ts';
import { getConstructionLocation } from '../src/ast/locations.ts';
import { wrapped } from '../src/ast/nodes.ts';
import { AST_NODE_TYPES } from '../src/ast/types.ts';
import { findPoolBudget } from '../src/clients/pool-budgets.ts';
import { addPoolOptions, describePoolOptions } from '../src/clients/pool-options.ts';
import { findPool, findPoolLimit, type Pool } from '../src/clients/pools.ts';
import { getShare } from '../src/config/shares.ts';
import { createRule } from '../src/create-rule.ts';
import type { Edit } from '../src/fix/edit.ts';
import { offer } from '../src/fix/offer.ts';
import type { LangChainFile } from '../src/trace/file.ts';
import { readLimitNumber } from '../src/trace/numbers.ts';
import type { Option } from '../src/trace/options.ts';

type MessageIds = 'add' | 'noOptions' | 'size' | 'wait';
type Options = [];

export default createRule<Options, MessageIds>({
  name: 'require-pool-limits',
  meta: {
    type: 'problem',
    docs: {
      description:
        'require a maximum size and a wait timeout for the connection pools of stores, checkpointers and chat histories',
      recommended: 'strict',
      category: 'Clients',
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      wait: '`{{name}}` sets no {{missing}}: once its {{busy}} in use, calls wait forever. Add `{{added}}`.',
      size: "`{{name}}` sets no {{missing}}: a process opens up to {{size}} connections{{then}}. Set it to its share of the database's limit.",
      noOptions: '`{{name}}()` has no limits: past {{connections}}, calls wait forever. {{instead}}.',
      add: 'Add `{{added}}`.',
    },
  },
  create(context, _options, file) {
    const reported = new Set<TSESTree.Node>();
    function check(node: Call): void {
      const pool = findPool(file, node);
      // One options object may be given to several constructors.
      const problem = pool && !reported.has(pool.at ?? node) ? findProblem(file, pool) : null;
      if (!pool || !problem) return;
      reported.add(pool.at ?? node);
      const { data, edits, messageId } = problem;
      context.report({
        ...(pool.at ? { node: pool.at } : { loc: getConstructionLocation(node) }),
        messageId,
        data,
        ...offer(file, { suggestions: [edits && { messageId: 'add', data: { added: data['added'] ?? '' }, edits }] }),
      });
    }
    return { CallExpression: check, NewExpression: check };
  },
});

interface Problem {
  readonly messageId: 'noOptions' | 'size' | 'wait';
  readonly data: Readonly<Record<string, string>>;
  readonly edits: readonly Edit[] | null;
}

/** The wait timeout that suggestions write: shorter than a request may take, long enough to open a connection. */
const usualWait = '10_000';

function findProblem(file: LangChainFile, pool: Pool): Problem | null {
  const { instead, limits, name } = pool;
  if (limits.overHttp || (instead !== null && isUsedOnce(pool.node))) return null;
  const size = findPoolLimit(file, pool, limits.size);
  const wait = findPoolLimit(file, pool, limits.wait);
  // An option that cannot be resolved may be set.
  if (size.is === 'unknown' || wait.is === 'unknown') return null;
  const connections = size.is === 'absent' ? limits.defaultSize : readLimitNumber(file, size.value);
  // Unlimited, and explicitly so.
  if (connections === 0 || connections === Infinity) return null;
  const needsSize = size.is === 'absent';
  const needsWait = limits.defaultWait === Infinity && limits.wait.length > 0 && !isWait(file, wait);
  if (!needsSize && !needsWait) return null;
  if (instead !== null)
    return { messageId: 'noOptions', data: { name, connections: countConnections(connections), instead }, edits: null };
  const added = {
    ...(needsSize ? { [limits.size[0] ?? '']: String(getSize(file, pool)) } : {}),
    ...(needsWait ? { [limits.wait[0] ?? '']: usualWait } : {}),
  };
  const [missing = '', ...others] = Object.keys(added);
  const data = {
    name,
    missing: others.length > 0 ? 'limits' : `\`${missing}\``,
    added: describePoolOptions(added),
  };
  const edits = addPoolOptions(file, pool, added);
  if (needsWait) return { messageId: 'wait', data: { ...data, busy: describeBusy(connections) }, edits };
  return {
    messageId: 'size',
    data: { ...data, size: String(connections), then: describeWait(limits.defaultWait, wait) },
    edits,
  };
}

/** The driver's own default, which a person may then lower, within the budget of the pool. */
function getSize({ settings: { budget } }: LangChainFile, pool: Pool): number {
  const { defaultSize } = pool.limits;
  const entry = budget && findPoolBudget(budget, pool);
  return entry ? Math.min(defaultSize, getShare(entry.limit, budget.workers, 1)) : defaultSize;
}

/** `await PostgresSaver.fromConnString(url).setup()` */
function isUsedOnce(node: TSESTree.Node): boolean {
  const value = wrapped(node);
  if (value.parent?.type === AST_NODE_TYPES.AwaitExpression) return isUsedOnce(value.parent);
  return value.parent?.type === AST_NODE_TYPES.MemberExpression && value.parent.object === value;
}

/** 0 disables it. */
function isWait(file: LangChainFile, wait: Option): boolean {
  if (wait.is !== 'given') return false;
  const limit = readLimitNumber(file, wait.value);
  return limit !== 0 && limit !== Infinity;
}

function describeBusy(connections: number | null): string {
  return `${countConnections(connections)} ${connections === 1 ? 'is' : 'are'}`;
}

function countConnections(connections: number | null): string {
  if (connections === null) return 'connections';
  return connections === 1 ? 'one connection' : `${String(connections)} connections`;
}

function describeWait(defaultWait: number, wait: Option): string {
  if (wait.is === 'given') return '';
  return defaultWait === Infinity
    ? ', then calls wait forever'
    : `, then calls fail after ${String(defaultWait / 1000)} s`;
}
