import type { LangChainFile } from '../trace/file.ts';

/** The largest number for one process that keeps all of them within a budget; at least `least`. */
export function getShare(limit: number, workers: number, least: number): number {
  return Math.max(least, Math.floor(limit / workers));
}

/** A limit of calls that a rewrite writes, within `settings.langchain.budget`. */
export function fitCalls({ settings: { budget } }: LangChainFile, limit: number, least = 1): number {
  return budget ? Math.min(limit, getShare(budget.limit, budget.workers, least)) : limit;
}
