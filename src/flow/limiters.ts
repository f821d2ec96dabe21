import type { TSESTree } from '@typescript-eslint/utils';
import { getKeyName, unwrap } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { perFile, type LangChainFile } from '../file.ts';
import { findOption, isUndefined, readObject } from '../langchain/options.ts';
import type { ExportRef } from '../langchain/value.ts';
import type { Call } from './functions.ts';
import { readLimitNumber } from './limits.ts';

/** An export that the user's configuration names as a limiter. */
export interface ExportName {
  /** The specifier as written in imports: `p-limit`, `./limits.js`. */
  readonly module: string;
  readonly name: string;
}

/** Where a limit is written: the argument itself, or one of its properties. */
interface LimitPosition {
  readonly argument: number;
  /** Any of these limits; none: the argument is the number. */
  readonly keys: readonly string[];
}

interface Row {
  readonly sources: readonly string[];
  readonly names: readonly string[];
  /** Any of these positions; none: nothing is written. */
  readonly limit: readonly LimitPosition[];
  /** Whether it limits where no limit is written. */
  readonly limitsByDefault: boolean;
}

/** A function that runs a callback for each element of a list, or each function of a list. */
interface MapperRow extends Row {
  /** The argument with the list; `piped`: `source.pipe(operator(callback))`. */
  readonly list: number | 'piped';
  /** The argument with the callback; null: the list holds the functions. */
  readonly callback: number | null;
  /** What to write for a limit: `{ concurrency: 5 }`. Null when there is no option to add. */
  readonly option: string | null;
  /** One element after the other. */
  readonly sequential: boolean;
}

const at = (argument: number, ...keys: readonly string[]): readonly LimitPosition[] => [{ argument, keys }];

/** Calls go through what these make: `const limit = pLimit(5)`, `new PQueue({ concurrency: 5 })`, `new Mutex()`. */
const gateRows: readonly Row[] = [
  { sources: ['p-limit', '@esm2cjs/p-limit', '@common.js/p-limit'], names: ['default'], limit: at(0), limitsByDefault: true },
  {
    sources: ['p-queue', 'p-queue-compat', '@esm2cjs/p-queue', '@common.js/p-queue'],
    names: ['default', 'PQueue'],
    limit: at(0, 'concurrency', 'intervalCap'),
    limitsByDefault: false,
  },
  { sources: ['p-throttle'], names: ['default'], limit: at(0, 'limit'), limitsByDefault: true },
  { sources: ['p-ratelimit'], names: ['pRateLimit'], limit: at(0, 'concurrency', 'rate'), limitsByDefault: false },
  { sources: ['bottleneck'], names: ['default', 'Group'], limit: at(0, 'maxConcurrent', 'minTime', 'reservoir'), limitsByDefault: false },
  { sources: ['promise-queue'], names: ['default'], limit: at(0), limitsByDefault: false },
  { sources: ['queue'], names: ['default'], limit: at(0, 'concurrency'), limitsByDefault: false },
  { sources: ['fastq'], names: ['default', 'promise'], limit: at(1), limitsByDefault: true },
  { sources: ['async-sema'], names: ['Sema', 'RateLimit'], limit: at(0), limitsByDefault: true },
  { sources: ['async-mutex', 'await-semaphore', 'es-toolkit', 'semaphore-promise'], names: ['Semaphore'], limit: at(0), limitsByDefault: true },
  { sources: ['async-mutex', 'await-semaphore', 'es-toolkit'], names: ['Mutex', 'withTimeout'], limit: [], limitsByDefault: true },
  { sources: ['promise-limit', 'throat', '@shopify/semaphore', 'semaphore', 'semaphore-async-await', 'throttled-queue'], names: ['default', 'Lock', 'Semaphore'], limit: at(0), limitsByDefault: true },
  { sources: ['async-lock', 'await-lock', 'limiter', 'rate-limiter-flexible'], names: ['default', 'RateLimiter', 'TokenBucket', 'RateLimiterQueue'], limit: [], limitsByDefault: true },
  { sources: ['cockatiel'], names: ['bulkhead'], limit: at(0), limitsByDefault: true },
  { sources: ['@langchain/core/utils/async_caller'], names: ['AsyncCaller'], limit: at(0, 'maxConcurrency'), limitsByDefault: false },
];

const asyncSources = ['async', 'async-es', 'neo-async'];
const asyncNames = ['concat', 'detect', 'each', 'eachOf', 'every', 'filter', 'flatMap', 'forEach', 'forEachOf', 'groupBy', 'map', 'mapValues', 'reject', 'some', 'sortBy'];

function asyncRows(suffix: string): Pick<MapperRow, 'names' | 'sources'>[] {
  const names = asyncNames.map((name) => `${name}${suffix}`);
  return [
    { sources: asyncSources, names },
    ...names.map((name) => ({ sources: asyncSources.map((source) => `${source}/${name}`), names: ['default'] })),
  ];
}

const mapperDefaults = { list: 0, callback: 1, limit: [], limitsByDefault: true, option: null, sequential: false } as const;

/** These run the calls themselves: `pMap(xs, callback, { concurrency: 5 })`. */
const mapperRows: readonly MapperRow[] = [
  {
    ...mapperDefaults,
    sources: ['p-map', 'p-filter', 'p-props', 'p-locate', '@esm2cjs/p-map', '@common.js/p-map'],
    names: ['default', 'pMapIterable', 'pFilterIterable'],
    limit: at(2, 'concurrency'),
    limitsByDefault: false,
    option: 'concurrency',
  },
  { ...mapperDefaults, sources: ['p-all', 'p-settle'], names: ['default'], callback: null, limit: at(1, 'concurrency'), limitsByDefault: false, option: 'concurrency' },
  { ...mapperDefaults, sources: ['p-each-series', 'p-map-series', 'p-reduce'], names: ['default'], sequential: true },
  { ...mapperDefaults, sources: ['bluebird'], names: ['map', 'filter'], limit: at(2, 'concurrency'), limitsByDefault: false, option: 'concurrency' },
  { ...mapperDefaults, sources: ['bluebird'], names: ['each', 'mapSeries', 'reduce'], sequential: true },
  ...asyncRows('').map((row) => ({ ...mapperDefaults, ...row, limitsByDefault: false })),
  ...asyncRows('Limit').map((row) => ({ ...mapperDefaults, ...row, callback: 2, limit: at(1) })),
  ...asyncRows('Series').map((row) => ({ ...mapperDefaults, ...row, sequential: true })),
  { ...mapperDefaults, sources: asyncSources, names: ['parallel'], callback: null, limitsByDefault: false },
  { ...mapperDefaults, sources: asyncSources, names: ['parallelLimit'], callback: null, limit: at(1) },
  { ...mapperDefaults, sources: asyncSources, names: ['series'], callback: null, sequential: true },
  { ...mapperDefaults, sources: ['rxjs', 'rxjs/operators'], names: ['mergeMap', 'flatMap'], list: 'piped', callback: 0, limit: [...at(1), ...at(2)], limitsByDefault: false },
  { ...mapperDefaults, sources: ['rxjs', 'rxjs/operators'], names: ['concatMap'], list: 'piped', callback: 0, sequential: true },
  { ...mapperDefaults, sources: ['radash'], names: ['parallel'], list: 1, callback: 2, limit: at(0) },
  { ...mapperDefaults, sources: ['radash'], names: ['map', 'reduce'], sequential: true },
  { ...mapperDefaults, sources: ['tiny-async-pool'], names: ['default'], list: 1, callback: 2, limit: at(0) },
];

const mapperRowsBySource = new Map<string, MapperRow[]>();
for (const row of mapperRows) {
  for (const source of row.sources) mapperRowsBySource.set(source, [...(mapperRowsBySource.get(source) ?? []), row]);
}

/** Functions that cut a list into lists of a given size. */
const chunkers: readonly Pick<Row, 'names' | 'sources'>[] = [
  { sources: ['lodash', 'lodash-es', 'lodash/fp', 'underscore', 'es-toolkit', 'es-toolkit/compat', 'es-toolkit/array', 'remeda', 'effect/Array', '@std/collections', '@std/collections/chunk'], names: ['chunk', 'default.chunk'] },
  { sources: ['lodash/chunk', 'lodash-es/chunk', 'lodash.chunk', 'chunk', 'just-split', 'it-batch', 'lodash/fp/chunk'], names: ['default'] },
  { sources: ['ramda', 'rambda'], names: ['splitEvery'] },
  { sources: ['radash'], names: ['cluster'] },
  { sources: ['streaming-iterables'], names: ['batch'] },
];

/** Functions that take the first or last elements of a list: the argument with their number. */
const takers: readonly (Pick<Row, 'names' | 'sources'> & { readonly argument: number })[] = [
  { sources: ['lodash', 'lodash-es', 'es-toolkit', 'es-toolkit/compat', 'remeda', 'underscore'], names: ['take', 'takeRight', 'sampleSize', 'first'], argument: 1 },
  { sources: ['lodash/take', 'lodash/takeRight', 'lodash/sampleSize', 'lodash-es/take', 'lodash-es/takeRight', 'lodash-es/sampleSize'], names: ['default'], argument: 1 },
  { sources: ['ramda', 'rambda'], names: ['take', 'takeLast'], argument: 0 },
];

const allSources: ReadonlySet<string> = new Set([...gateRows, ...mapperRows].flatMap(({ sources }) => sources));

/** Whether a file may import one of the packages above: most do not, and then no call needs a closer look. */
const namesLimiter = perFile(({ imports }) => imports.mayImport(allSources));

function matches({ names, sources }: Pick<Row, 'names' | 'sources'>, ref: ExportRef): boolean {
  return sources.includes(ref.source) && (names.includes(ref.name) || names.includes(ref.name.replace(/^default\./u, '')));
}

/** What calls go through, so that only so many are in flight. */
export interface Gate {
  /** Where it is made; null when it comes from elsewhere. */
  readonly construction: Call | null;
  /** False for `pLimit(Infinity)` and `new PQueue()`. */
  readonly limits: boolean;
  /** The option of its first argument that limits it; null when that is the number. */
  readonly option: string | null;
}

const none: readonly ExportName[] = [];

const unseen: Gate = { construction: null, limits: true, option: null };

/** The limiter that a value is: `limit` of `const limit = pLimit(5)`, a field `queue: PQueue`. */
export function findGate(file: LangChainFile, node: TSESTree.Node, extra: readonly ExportName[]): Gate | null {
  const trace = file.trace(node);
  if (trace.type === 'export') return isExtra(trace.export, extra) ? unseen : null;
  const made = trace.type === 'instance' ? { ref: trace.of, node: trace.node } : readLangChainInstance(file, node);
  if (!made) return null;
  if (isExtra(made.ref, extra)) return unseen;
  const row = gateRows.find((candidate) => matches(candidate, made.ref));
  if (!row) return null;
  if (made.node.type !== AST_NODE_TYPES.CallExpression && made.node.type !== AST_NODE_TYPES.NewExpression) return unseen;
  return { construction: made.node, limits: limits(file, made.node, row), option: row.limit[0]?.keys[0] ?? null };
}

/** An instance of a class of LangChain's that is no value of it (AsyncCaller). */
function readLangChainInstance(file: LangChainFile, node: TSESTree.Node): { readonly ref: ExportRef; readonly node: TSESTree.Node } | null {
  const trace = file.trace(node);
  if (trace.type !== 'langchain' || trace.promised) return null;
  const { className, module, node: construction } = trace.value;
  return { ref: { source: module.subpath === '' ? module.package : `${module.package}/${module.subpath}`, name: className }, node: construction };
}

const promiseMethods = new Set(['catch', 'finally', 'then']);

/** The limiter that a call goes through: of `limit(fn)`, `queue.add(fn)`, `group.key('a').schedule(fn)`. */
export function findGateOfCall(file: LangChainFile, call: Call, extra: readonly ExportName[]): Gate | null {
  if (extra.length === 0 && !namesLimiter(file)) return null;
  const callee = unwrap(call.callee);
  // What follows in `limit(fn).then(next)` goes through nothing.
  if (callee.type === AST_NODE_TYPES.MemberExpression && promiseMethods.has(getKeyName(callee) ?? '')) return null;
  return findGateOfChain(file, callee, extra);
}

const gates = new WeakMap<readonly ExportName[], WeakMap<TSESTree.Node, Gate | null>>();

/** The limiter that a chain of calls and members starts from; each link is looked at once. */
function findGateOfChain(file: LangChainFile, callee: TSESTree.Node, extra: readonly ExportName[]): Gate | null {
  const key = extra.length === 0 ? none : extra;
  const known = gates.get(key) ?? new WeakMap<TSESTree.Node, Gate | null>();
  gates.set(key, known);
  const passed: TSESTree.Node[] = [];
  let current = callee;
  let found: Gate | null | undefined;
  while ((found = known.get(current)) === undefined) {
    passed.push(current);
    found = findGate(file, current, extra);
    if (found) break;
    if (current.type === AST_NODE_TYPES.MemberExpression) current = unwrap(current.object);
    else if (current.type === AST_NODE_TYPES.CallExpression) current = unwrap(current.callee);
    else break;
  }
  for (const each of passed) known.set(each, found);
  return found;
}

function isExtra(ref: ExportRef, extra: readonly ExportName[]): boolean {
  return extra.some(({ module, name }) => module === ref.source && (name === ref.name || ref.name.startsWith(`${name}.`)));
}

/** A call that runs a callback for each element of a list. */
export interface Mapper {
  readonly call: TSESTree.CallExpression;
  /** Null when it is not seen. */
  readonly list: TSESTree.Node | null;
  /** Null: the elements of the list are functions. */
  readonly callback: TSESTree.Node | null;
  readonly limits: boolean;
  readonly sequential: boolean;
  /** The option that limits it, and the position of its options object; null when it is not set through one. */
  readonly option: { readonly name: string; readonly argument: number } | null;
  /** The argument that is the limit itself. */
  readonly limitArgument: number | null;
}

export function findMapper(file: LangChainFile, call: TSESTree.CallExpression): Mapper | null {
  if (!namesLimiter(file)) return null;
  const ref = file.traceExport(call.callee);
  const row = ref && mapperRowsBySource.get(ref.source)?.find((candidate) => matches(candidate, ref));
  if (!row) return null;
  const [position] = row.limit;
  return {
    call,
    list: row.list === 'piped' ? findPiped(file, call) : getArgument(call, row.list),
    callback: row.callback === null ? null : getArgument(call, row.callback),
    limits: row.sequential || limits(file, call, row),
    sequential: row.sequential,
    option: row.option !== null && position ? { name: row.option, argument: position.argument } : null,
    limitArgument: position?.keys.length === 0 ? position.argument : null,
  };
}

/** What flows into an operator: `from(xs).pipe(filter(isNew), mergeMap(callback))`: `from(xs)`. */
function findPiped(file: LangChainFile, call: TSESTree.CallExpression): TSESTree.Node | null {
  const pipe = call.parent;
  if (pipe.type !== AST_NODE_TYPES.CallExpression || pipe.callee.type !== AST_NODE_TYPES.MemberExpression) return null;
  const source = unwrap(pipe.callee.object);
  if (source.type !== AST_NODE_TYPES.CallExpression) return null;
  const trace = file.trace(source.callee);
  if (trace.type !== 'export' || !trace.export.source.startsWith('rxjs')) return null;
  return trace.export.name === 'from' ? getArgument(source, 0) : source;
}

/** Whether a call of `of(a, b)` of RxJS lists its elements. */
export function isListedSource(file: LangChainFile, node: TSESTree.Node): node is TSESTree.CallExpression {
  if (node.type !== AST_NODE_TYPES.CallExpression) return false;
  const trace = file.trace(node.callee);
  return trace.type === 'export' && trace.export.source === 'rxjs' && trace.export.name === 'of';
}

/** Whether a call cuts a list into chunks: `chunk(docs, 5)` of lodash. */
export function isChunker(file: LangChainFile, call: TSESTree.CallExpression): boolean {
  const ref = file.traceExport(call.callee);
  return ref !== null && chunkers.some((row) => matches(row, ref));
}

/** The number of elements that a call takes out of a list: `5` of `take(docs, 5)`. */
export function findTaken(file: LangChainFile, call: TSESTree.CallExpression): TSESTree.Node | null {
  const trace = file.trace(call.callee);
  const row = trace.type === 'export' ? takers.find((candidate) => matches(candidate, trace.export)) : undefined;
  return row ? getArgument(call, row.argument) : null;
}

/** Whether a limit is written; one whose number cannot be read is taken for fine. */
function limits(file: LangChainFile, call: Call, { limit, limitsByDefault }: Row): boolean {
  const answers = limit.map((position) => readLimit(file, call, position));
  if (answers.includes('limit')) return true;
  return limitsByDefault && !answers.includes('infinite');
}

function readLimit(file: LangChainFile, call: Call, { argument: index, keys }: LimitPosition): 'absent' | 'infinite' | 'limit' {
  const before = call.arguments.slice(0, index + 1);
  if (before.some((argument) => argument.type === AST_NODE_TYPES.SpreadElement)) return 'limit';
  const argument = before[index];
  if (!argument || isUndefined(file, argument)) return 'absent';
  if (keys.length === 0 && readObject(file, argument) === null) return isInfinite(file, argument) ? 'infinite' : 'limit';
  // p-limit takes the number and, from 7 on, an object with it.
  const options = (keys.length === 0 ? ['concurrency'] : keys).map((key) => findOption(file, argument, key));
  if (options.some((option) => option.is === 'unknown' || (option.is === 'given' && !isUndefined(file, option.value) && !isInfinite(file, option.value)))) return 'limit';
  return options.every((option) => option.is === 'absent') ? 'absent' : 'infinite';
}

function isInfinite(file: LangChainFile, node: TSESTree.Node): boolean {
  return readLimitNumber(file, node) === Infinity;
}

function getArgument(call: Call, index: number): TSESTree.Node | null {
  const before = call.arguments.slice(0, index + 1);
  return before.some((argument) => argument.type === AST_NODE_TYPES.SpreadElement) ? null : (before[index] ?? null);
}
