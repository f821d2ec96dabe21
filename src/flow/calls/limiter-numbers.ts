import type { TSESTree } from '@typescript-eslint/utils';
import type { Call } from '../../ast/calls.ts';
import type { LangChainFile } from '../../trace/file.ts';
import { findOption, readObject } from '../../trace/options.ts';
import type { Limiter, Mapper } from './limiters.ts';

/** The number of calls in flight in the options of a limiter or mapper. */
export interface LimiterNumber {
  readonly construction: Call;
  /** Null where the number is an argument itself. */
  readonly property: TSESTree.Property | null;
  readonly value: TSESTree.Node;
}

/** `20` of `pLimit(20)`, `pLimit({ concurrency: 20 })`; null for a limiter created elsewhere, and for a rate. */
export function findLimiterNumber(
  file: LangChainFile,
  { construction, limits, option }: Limiter,
): LimiterNumber | null {
  const [argument] = construction?.arguments ?? [];
  return limits && construction && argument ? read(file, construction, argument, option) : null;
}

/** `20` of `pMap(texts, embed, { concurrency: 20 })`, `mergeMap(embed, 20)` */
export function findMapperNumber(file: LangChainFile, mapper: Mapper): LimiterNumber | null {
  if (!mapper.limits || mapper.sequential) return null;
  const argument = mapper.call.arguments[mapper.option?.argument ?? mapper.limitArgument ?? -1];
  return argument ? read(file, mapper.call, argument, mapper.option?.name ?? null) : null;
}

/** Options for the number of calls in flight; other options set how many start within a time. */
const concurrencies: ReadonlySet<string> = new Set(['concurrency', 'maxConcurrent']);

function read(
  file: LangChainFile,
  construction: Call,
  argument: TSESTree.Node,
  name: string | null,
): LimiterNumber | null {
  const isObject = readObject(file, argument) !== null;
  if (name === null && !isObject)
    return isRate(file, construction) ? null : { construction, property: null, value: argument };
  // `pLimit({ concurrency: 20 })`
  const key = name ?? 'concurrency';
  const option = concurrencies.has(key) ? findOption(file, argument, key) : null;
  return option?.is === 'given' ? { construction, property: option.property, value: option.value } : null;
}

/** Whether a number limits the calls per time. */
function isRate(file: LangChainFile, { callee }: Call): boolean {
  const ref = file.findExport(callee);
  return ref?.name === 'RateLimit' || ref?.source === 'throttled-queue';
}
