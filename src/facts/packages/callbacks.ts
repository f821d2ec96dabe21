import type { ExportRef } from '../export-ref.ts';

/** A function of a package that runs a callback once per item. */
interface Row {
  readonly sources: readonly string[];
  /** Exports; `#name` for a method of the object that the package creates. */
  readonly names: ReadonlySet<string>;
  /** The index of the callback. */
  readonly callback: number;
  /** The index of the items; null when no argument holds them. */
  readonly iterated: number | null;
}

const namesOf = (...names: readonly string[]): ReadonlySet<string> => new Set(names);

const lodash = ['lodash', 'lodash-es', 'underscore'];
const lodashNames = [
  ...[
    'each',
    'eachRight',
    'every',
    'filter',
    'find',
    'findIndex',
    'findKey',
    'findLast',
    'flatMap',
    'forEach',
    'forEachRight',
    'forIn',
    'forOwn',
  ],
  ...[
    'groupBy',
    'keyBy',
    'map',
    'mapKeys',
    'mapValues',
    'partition',
    'reduce',
    'reduceRight',
    'reject',
    'some',
    'sortBy',
    'times',
  ],
];

/** Functions that limit the calls in flight are in `limiters.ts`. */
const rows: readonly Row[] = [
  { sources: ['@supercharge/promise-pool'], names: namesOf('#process'), callback: 0, iterated: null },
  { sources: ['async'], names: namesOf('priorityQueue', 'queue'), callback: 0, iterated: null },
  { sources: ['async'], names: namesOf('times', 'timesSeries'), callback: 1, iterated: 0 },
  {
    sources: ['async'],
    names: namesOf('foldl', 'foldr', 'inject', 'reduce', 'reduceRight', 'timesLimit'),
    callback: 2,
    iterated: 0,
  },
  { sources: lodash, names: namesOf(...lodashNames), callback: 1, iterated: 0 },
  {
    sources: lodash.flatMap((source) => lodashNames.map((name) => `${source}/${name}`)),
    names: namesOf('default'),
    callback: 1,
    iterated: 0,
  },
  {
    sources: ['modern-async'],
    names: namesOf(
      'asyncFilter',
      'asyncForEach',
      'asyncForEachLimit',
      'asyncMap',
      'asyncMapLimit',
      'filter',
      'forEach',
      'forEachLimit',
      'map',
      'mapLimit',
    ),
    callback: 1,
    iterated: 0,
  },
  { sources: ['p-every', 'p-times'], names: namesOf('default'), callback: 1, iterated: 0 },
  { sources: ['p-limit'], names: namesOf('#map'), callback: 1, iterated: 0 },
  { sources: ['ramda'], names: namesOf('chain', 'filter', 'forEach', 'map', 'reject'), callback: 0, iterated: 1 },
  {
    sources: ['remeda', 'es-toolkit', 'es-toolkit/compat'],
    names: namesOf('filter', 'flatMap', 'forEach', 'map'),
    callback: 1,
    iterated: 0,
  },
  {
    sources: ['rxjs', 'rxjs/operators'],
    names: namesOf('exhaustMap', 'expand', 'filter', 'map', 'mergeScan', 'reduce', 'scan', 'switchMap', 'tap'),
    callback: 0,
    iterated: null,
  },
];

/** Packages whose functions, and the methods of their results, run a function argument once per call. */
const runners = new Set([
  '@opentelemetry/api',
  '@sentry/nextjs',
  '@sentry/node',
  'async-retry',
  'async_hooks',
  'exponential-backoff',
  'next/server',
  'p-retry',
  'p-timeout',
  'promise-retry',
  'ts-retry-promise',
]);

const keepers = /^#?(?:add(?:Event)?Listener|bind|off|on|once|subscribe|wrap\w*)$/u;

/**
 * The row of an export that runs the function at this argument once per item. `#name` stands for a method of the object
 * that the package creates.
 */
export function findLibraryCallback(ref: ExportRef, argument: number): Row | null {
  const name = ref.name.replace(/^default\./u, '');
  return (
    rows.find((row) => row.callback === argument && row.sources.includes(ref.source) && row.names.has(name)) ?? null
  );
}

/** Whether a function of this package runs its function arguments once per call. */
export function runsWhatItGets({ name, source }: ExportRef): boolean {
  return (runners.has(source) && !isKeeper(name)) || (source === 'rxjs' && name === 'defer');
}

/** Whether a function of this name stores its argument, or returns it wrapped, where others of its package run it. */
export function isKeeper(name: string): boolean {
  return keepers.test(name);
}
