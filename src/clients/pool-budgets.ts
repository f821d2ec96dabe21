import type { Budget } from '../settings.ts';
import type { Pool } from './pools.ts';

/** What `settings.langchain.budget` allows a pool. */
interface PoolBudget {
  readonly limit: number;
  /** The name under which the budget has it. */
  readonly pool: string;
}

/** A budget that names no pools has one limit for all of them. */
export function findPoolBudget({ limit, pools }: Budget, { names }: Pool): PoolBudget | null {
  if (!pools) return { limit, pool: names.at(-1) ?? '' };
  for (const pool of names) {
    const named = pools[pool];
    if (named !== undefined) return { limit: named, pool };
  }
  return null;
}
