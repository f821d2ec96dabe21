import type { ExportRef } from '../export-ref.ts';

/** An export that the user's configuration names as a limiter. */
export interface ExportName {
  /** The specifier as written in imports: `p-limit`, `./limits.js`. */
  readonly module: string;
  readonly name: string;
}

/** Where a limit is set: the argument itself, or one of its properties. */
export interface LimitPlace {
  readonly argument: number;
  /** Any of these properties; none: the argument is the number. */
  readonly keys: readonly string[];
}

export interface Row {
  readonly sources: readonly string[];
  readonly names: readonly string[];
  /** Any of these places; none: the limit cannot be set. */
  readonly limit: readonly LimitPlace[];
  /** Whether it limits when no limit is set. */
  readonly limitsByDefault: boolean;
}

/** A function that runs a callback for each element of a list, or each function of a list. */
interface MapperRow extends Row {
  /** The index of the list; `piped`: `source.pipe(operator(callback))`. */
  readonly list: number | 'piped';
  /** The index of the callback; null: the list holds the functions. */
  readonly callback: number | null;
  /** The limit to write: `{ concurrency: 5 }`. Null when there is no option for it. */
  readonly option: string | null;
  /** One element after the other. */
  readonly sequential: boolean;
}

const at = (argument: number, ...keys: readonly string[]): readonly LimitPlace[] => [{ argument, keys }];

/**
 * Calls go through the objects that these create: `const limit = pLimit(5)`, `new PQueue({ concurrency: 5 })`, `new
 * Mutex()`.
 */
export const limiterRows: readonly Row[] = [
  {
    sources: ['p-limit', '@esm2cjs/p-limit', '@common.js/p-limit'],
    names: ['default'],
    limit: at(0),
    limitsByDefault: true,
  },
  {
    sources: ['p-queue', 'p-queue-compat', '@esm2cjs/p-queue', '@common.js/p-queue'],
    names: ['default', 'PQueue'],
    limit: at(0, 'concurrency', 'intervalCap'),
    limitsByDefault: false,
  },
  { sources: ['p-throttle'], names: ['default'], limit: at(0, 'limit'), limitsByDefault: true },
  { sources: ['p-ratelimit'], names: ['pRateLimit'], limit: at(0, 'concurrency', 'rate'), limitsByDefault: false },
  {
    sources: ['bottleneck'],
    names: ['default', 'Group'],
    limit: at(0, 'maxConcurrent', 'minTime', 'reservoir'),
    limitsByDefault: false,
  },
  { sources: ['promise-queue'], names: ['default'], limit: at(0), limitsByDefault: false },
  { sources: ['queue'], names: ['default'], limit: at(0, 'concurrency'), limitsByDefault: false },
  { sources: ['fastq'], names: ['default', 'promise'], limit: at(1), limitsByDefault: true },
  { sources: ['async-sema'], names: ['Sema', 'RateLimit'], limit: at(0), limitsByDefault: true },
  {
    sources: ['async-mutex', 'await-semaphore', 'es-toolkit', 'semaphore-promise'],
    names: ['Semaphore'],
    limit: at(0),
    limitsByDefault: true,
  },
  {
    sources: ['async-mutex', 'await-semaphore', 'es-toolkit'],
    names: ['Mutex', 'withTimeout'],
    limit: [],
    limitsByDefault: true,
  },
  {
    sources: ['promise-limit', 'throat', '@shopify/semaphore', 'semaphore', 'semaphore-async-await', 'throttled-queue'],
    names: ['default', 'Lock', 'Semaphore'],
    limit: at(0),
    limitsByDefault: true,
  },
  {
    sources: ['async-lock', 'await-lock', 'limiter', 'rate-limiter-flexible'],
    names: ['default', 'RateLimiter', 'TokenBucket', 'RateLimiterQueue'],
    limit: [],
    limitsByDefault: true,
  },
  { sources: ['cockatiel'], names: ['bulkhead'], limit: at(0), limitsByDefault: true },
  {
    sources: ['@langchain/core/utils/async_caller'],
    names: ['AsyncCaller'],
    limit: at(0, 'maxConcurrency'),
    limitsByDefault: false,
  },
];

const asyncSources = ['async', 'async-es', 'neo-async'];
const asyncNames = [
  'concat',
  'detect',
  'each',
  'eachOf',
  'every',
  'filter',
  'flatMap',
  'forEach',
  'forEachOf',
  'groupBy',
  'map',
  'mapValues',
  'reject',
  'some',
  'sortBy',
];

function asyncRows(suffix: string): Pick<MapperRow, 'names' | 'sources'>[] {
  const names = asyncNames.map((name) => `${name}${suffix}`);
  return [
    { sources: asyncSources, names },
    ...names.map((name) => ({ sources: asyncSources.map((source) => `${source}/${name}`), names: ['default'] })),
  ];
}

const mapperDefaults = {
  list: 0,
  callback: 1,
  limit: [],
  limitsByDefault: true,
  option: null,
  sequential: false,
} as const;

/** These run the calls themselves: `pMap(xs, callback, { concurrency: 5 })`. */
export const mapperRows: readonly MapperRow[] = [
  {
    ...mapperDefaults,
    sources: ['p-map', 'p-filter', 'p-props', 'p-locate', '@esm2cjs/p-map', '@common.js/p-map'],
    names: ['default', 'pMapIterable', 'pFilterIterable'],
    limit: at(2, 'concurrency'),
    limitsByDefault: false,
    option: 'concurrency',
  },
  {
    ...mapperDefaults,
    sources: ['p-all', 'p-settle'],
    names: ['default'],
    callback: null,
    limit: at(1, 'concurrency'),
    limitsByDefault: false,
    option: 'concurrency',
  },
  { ...mapperDefaults, sources: ['p-each-series', 'p-map-series', 'p-reduce'], names: ['default'], sequential: true },
  {
    ...mapperDefaults,
    sources: ['bluebird'],
    names: ['map', 'filter'],
    limit: at(2, 'concurrency'),
    limitsByDefault: false,
    option: 'concurrency',
  },
  { ...mapperDefaults, sources: ['bluebird'], names: ['each', 'mapSeries', 'reduce'], sequential: true },
  ...asyncRows('').map((row) => ({ ...mapperDefaults, ...row, limitsByDefault: false })),
  ...asyncRows('Limit').map((row) => ({ ...mapperDefaults, ...row, callback: 2, limit: at(1) })),
  ...asyncRows('Series').map((row) => ({ ...mapperDefaults, ...row, sequential: true })),
  { ...mapperDefaults, sources: asyncSources, names: ['parallel'], callback: null, limitsByDefault: false },
  { ...mapperDefaults, sources: asyncSources, names: ['parallelLimit'], callback: null, limit: at(1) },
  { ...mapperDefaults, sources: asyncSources, names: ['series'], callback: null, sequential: true },
  {
    ...mapperDefaults,
    sources: ['rxjs', 'rxjs/operators'],
    names: ['mergeMap', 'flatMap'],
    list: 'piped',
    callback: 0,
    limit: [...at(1), ...at(2)],
    limitsByDefault: false,
  },
  {
    ...mapperDefaults,
    sources: ['rxjs', 'rxjs/operators'],
    names: ['concatMap'],
    list: 'piped',
    callback: 0,
    sequential: true,
  },
  { ...mapperDefaults, sources: ['radash'], names: ['parallel'], list: 1, callback: 2, limit: at(0) },
  { ...mapperDefaults, sources: ['radash'], names: ['map', 'reduce'], sequential: true },
  { ...mapperDefaults, sources: ['tiny-async-pool'], names: ['default'], list: 1, callback: 2, limit: at(0) },
];

export const mapperRowsBySource = new Map<string, MapperRow[]>();

/** Functions that split a list into lists of a given size. */
export const chunkers: readonly Pick<Row, 'names' | 'sources'>[] = [
  {
    sources: [
      'lodash',
      'lodash-es',
      'lodash/fp',
      'underscore',
      'es-toolkit',
      'es-toolkit/compat',
      'es-toolkit/array',
      'remeda',
      'effect/Array',
      '@std/collections',
      '@std/collections/chunk',
    ],
    names: ['chunk', 'default.chunk'],
  },
  {
    sources: ['lodash/chunk', 'lodash-es/chunk', 'lodash.chunk', 'chunk', 'just-split', 'it-batch', 'lodash/fp/chunk'],
    names: ['default'],
  },
  { sources: ['ramda', 'rambda'], names: ['splitEvery'] },
  { sources: ['radash'], names: ['cluster'] },
  { sources: ['streaming-iterables'], names: ['batch'] },
];

/** Functions that take the first or last elements of a list, with the index of their number. */
export const takers: readonly (Pick<Row, 'names' | 'sources'> & { readonly argument: number })[] = [
  {
    sources: ['lodash', 'lodash-es', 'es-toolkit', 'es-toolkit/compat', 'remeda', 'underscore'],
    names: ['take', 'takeRight', 'sampleSize', 'first'],
    argument: 1,
  },
  {
    sources: [
      'lodash/take',
      'lodash/takeRight',
      'lodash/sampleSize',
      'lodash-es/take',
      'lodash-es/takeRight',
      'lodash-es/sampleSize',
    ],
    names: ['default'],
    argument: 1,
  },
  { sources: ['ramda', 'rambda'], names: ['take', 'takeLast'], argument: 0 },
];

export const allSources: ReadonlySet<string> = new Set(
  [...limiterRows, ...mapperRows].flatMap(({ sources }) => sources),
);

export function matches({ names, sources }: Pick<Row, 'names' | 'sources'>, ref: ExportRef): boolean {
  return (
    sources.includes(ref.source) && (names.includes(ref.name) || names.includes(ref.name.replace(/^default\./u, '')))
  );
}
