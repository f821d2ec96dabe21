import type { TSESTree } from '@typescript-eslint/utils';
import { createRule } from '../src/create-rule.ts';
import type { LangChainFile } from '../src/file.ts';
import { replaceNumber } from '../src/fix/number.ts';
import { offer } from '../src/fix/offer.ts';
import type { Call } from '../src/flow/call-graph.ts';
import { findLimitUses } from '../src/flow/limit-uses.ts';
import { foldNumber } from '../src/flow/numbers.ts';
import { findPool, type Pool } from '../src/flow/pools.ts';
import type { Budget } from '../src/settings.ts';

type MessageIds = 'calls' | 'connections' | 'tooMany' | 'write';
type Options = [];

export default createRule<Options, MessageIds>({
  name: 'concurrency-budget',
  meta: {
    type: 'suggestion',
    docs: { description: 'disallow limits that all processes together exceed', recommended: 'strict' },
    hasSuggestions: true,
    schema: [],
    messages: {
      calls: '{{workers}} workers × {{value}} in flight = {{product}}, over your budget of {{limit}}. Write at most `{{instead}}`.',
      connections: '{{workers}} workers × {{value}} connections = {{product}}, over your budget of {{limit}} for {{name}}. Write at most `{{instead}}`.',
      tooMany: '{{workers}} workers are more than your budget of {{limit}} for {{name}}, even with {{least}} each. Run fewer, or put a queue in front.',
      write: 'Write `{{instead}}`.',
    },
  },
  create(context, _options, file) {
    const { budget } = file.settings;
    if (!budget) return {};
    const { workers } = budget;
    const reported = new Set<TSESTree.Node>();

    function check(node: Call, all: Budget): void {
      for (const { kind, least, limit, name, property, value } of findUses(file, node, all)) {
        // One options object may be given to several calls.
        const number = reported.has(property) ? null : foldNumber(file, value);
        // `Infinity` is no limit, which other rules are about.
        if (!number || !(number.value >= 1) || number.value === Infinity || workers * number.value <= limit) continue;
        reported.add(property);
        const instead = Math.floor(limit / workers);
        const edit = instead < least ? null : replaceNumber(property, number, instead);
        context.report({
          node: property,
          messageId: instead < least ? 'tooMany' : kind,
          data: { workers, value: number.value, product: workers * number.value, limit, instead, name, least },
          ...offer<MessageIds>(file, { suggestions: [edit && { messageId: 'write', data: { instead }, edits: [edit] }] }),
        });
      }
    }
    return { CallExpression: (node) => check(node, budget), NewExpression: (node) => check(node, budget) };
  },
});

interface Use {
  readonly property: TSESTree.Property;
  readonly value: TSESTree.Node;
  readonly kind: 'calls' | 'connections';
  readonly limit: number;
  readonly name: string;
  /** The least number that works: a graph drops work under a limit of 1. */
  readonly least: number;
}

function findUses(file: LangChainFile, node: Call, budget: Budget): readonly Use[] {
  const calls = findLimitUses(file, node)
    .filter(({ isHonoured }) => isHonoured)
    .map(({ property, takers, value }): Use => ({ property, value, kind: 'calls', limit: budget.limit, name: 'calls', least: takers.includes('graph') ? 2 : 1 }));
  const pool = findPool(file, node);
  const size = pool && 'size' in pool.settings ? pool.settings.size : null;
  const limit = pool && findLimit(budget, pool);
  return size?.is === 'given' && limit ? [...calls, { property: size.property, value: size.value, kind: 'connections', least: 1, ...limit }] : calls;
}

/** What the user calls the pool: by the variable that holds it, or by its driver. Without names, there is one budget for all. */
function findLimit({ limit, pools }: Budget, { options, variable }: Pool): { readonly limit: number; readonly name: string } | null {
  if (!pools) return { limit, name: `\`${options.driver}\`` };
  for (const name of [variable, options.driver]) {
    const named = name === null ? undefined : pools[name];
    if (named !== undefined) return { limit: named, name: `\`${String(name)}\`` };
  }
  return null;
}
