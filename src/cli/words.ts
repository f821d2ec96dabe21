import type { Bound, CallRecord, Count, Place } from '../inventory/records.ts';

export function describePlace({ file, line }: Place): string {
  return `${file}:${line}`;
}

function describeCount(count: Count): string {
  return typeof count === 'number' ? String(count) : count;
}

const sources: Readonly<Record<Bound['by'], string>> = {
  constructor: '`maxConcurrency` of the model',
  limiter: 'a limiter',
  list: 'the length of a list',
  none: '',
  one: '',
  option: '`maxConcurrency` of the call',
  unknown: '',
};

/** `5, by a limiter (src/model.ts:12)` */
export function describeBound({ at, by, count, reason }: Bound): string {
  const source = sources[by];
  if (reason !== undefined) return `${describeCount(count)} (${reason})`;
  if (source === '') return describeCount(count);
  return `${describeCount(count)}, by ${source}${at ? ` (${describePlace(at)})` : ''}`;
}

/** Milliseconds in the most readable unit. */
export function describeTime(time: CallRecord['wait']): string {
  if (time === null) return 'unknown';
  if (time === 'endless') return 'until the server hangs up';
  const seconds = Math.round(time / 1000);
  if (seconds < 1) return `${time} ms`;
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
