import type { TSESTree } from '@typescript-eslint/utils';
import { getEnclosingFunction } from '../../ast/ancestors.ts';
import { type Call, getArgument, getMethodName } from '../../ast/calls.ts';
import { unwrap } from '../../ast/nodes.ts';
import { AST_NODE_TYPES } from '../../ast/types.ts';
import type { ExportRef } from '../../facts/export-ref.ts';
import { promiseMethods } from '../../facts/methods.ts';
import {
  allSources,
  chunkers,
  type ExportName,
  limiterRows,
  type LimitPlace,
  mapperRows,
  mapperRowsBySource,
  matches,
  type Row,
  takers,
} from '../../facts/packages/limiters.ts';
import { type LangChainFile, perFile } from '../../trace/file.ts';
import { readLimitNumber } from '../../trace/numbers.ts';
import { findOption, isUndefined, readObject } from '../../trace/options.ts';

for (const row of mapperRows) {
  for (const source of row.sources) mapperRowsBySource.set(source, [...(mapperRowsBySource.get(source) ?? []), row]);
}

/** Whether a file may import one of the packages above: most do not, and then no call needs a closer look. */
const namesLimiter = perFile(({ imports }) => imports.mayImport(allSources));

/** An object that limits how many of the calls through it are in flight. */
export interface Limiter {
  /** Where it is created; null when it comes from elsewhere. */
  readonly construction: Call | null;
  /** False for `pLimit(Infinity)` and `new PQueue()`. */
  readonly limits: boolean;
  /** The option of its first argument with the limit; null when that argument is the number. */
  readonly option: string | null;
}

const none: readonly ExportName[] = [];

const unseen: Limiter = { construction: null, limits: true, option: null };

/** The limiter that a value holds: `limit` of `const limit = pLimit(5)`, a field `queue: PQueue`. */
export function findLimiter(file: LangChainFile, node: TSESTree.Node, extra: readonly ExportName[]): Limiter | null {
  const trace = file.trace(node);
  if (trace.type === 'export') return isExtra(trace.export, extra) ? unseen : null;
  const made = trace.type === 'instance' ? { ref: trace.of, node: trace.node } : readLangChainInstance(file, node);
  if (!made) return null;
  if (isExtra(made.ref, extra)) return unseen;
  const row = limiterRows.find((candidate) => matches(candidate, made.ref));
  if (!row) return null;
  if (made.node.type !== AST_NODE_TYPES.CallExpression && made.node.type !== AST_NODE_TYPES.NewExpression)
    return unseen;
  return { construction: made.node, limits: limits(file, made.node, row), option: row.limit[0]?.keys[0] ?? null };
}

/** An instance of a LangChain class that is not a LangChain value (AsyncCaller). */
function readLangChainInstance(
  file: LangChainFile,
  node: TSESTree.Node,
): { readonly ref: ExportRef; readonly node: TSESTree.Node } | null {
  const trace = file.trace(node);
  if (trace.type !== 'langchain' || trace.promised) return null;
  const { className, module, node: construction } = trace.value;
  return {
    ref: { source: module.subpath === '' ? module.package : `${module.package}/${module.subpath}`, name: className },
    node: construction,
  };
}

/** The limiter that a call goes through: of `limit(fn)`, `queue.add(fn)`, `group.key('a').schedule(fn)`. */
export function findLimiterOfCall(file: LangChainFile, call: Call, extra: readonly ExportName[]): Limiter | null {
  if (extra.length === 0 && !namesLimiter(file.of(call))) return null;
  const callee = unwrap(call.callee);
  // In `limit(fn).then(next)`, `next` runs outside the limiter.
  if (promiseMethods.has(getMethodName(call) ?? '')) return null;
  return findLimiterOfChain(file, callee, extra);
}

/** The limiter that code runs through: `limit(() => model.invoke(question))`. */
export function findLimiterAround(file: LangChainFile, node: TSESTree.Node): Limiter | null {
  for (let fn = getEnclosingFunction(node); fn; fn = getEnclosingFunction(fn)) {
    const { parent } = fn;
    const isArgument = parent.type === AST_NODE_TYPES.CallExpression && parent.callee !== fn;
    const limiter = isArgument ? findLimiterOfCall(file, parent, []) : null;
    if (limiter?.limits) return limiter;
  }
  return null;
}

const getKnownLimiters = perFile(() => new WeakMap<readonly ExportName[], WeakMap<TSESTree.Node, Limiter | null>>());

/** The limiter at the root of a chain of calls and members; each link is checked once. */
function findLimiterOfChain(file: LangChainFile, callee: TSESTree.Node, extra: readonly ExportName[]): Limiter | null {
  const key = extra.length === 0 ? none : extra;
  const knownLimiters = getKnownLimiters(file.of(callee));
  const known = knownLimiters.get(key) ?? new WeakMap<TSESTree.Node, Limiter | null>();
  knownLimiters.set(key, known);
  const passed: TSESTree.Node[] = [];
  let current = callee;
  let found: Limiter | null | undefined;
  while ((found = known.get(current)) === undefined) {
    passed.push(current);
    found = findLimiter(file, current, extra);
    if (found) break;
    if (current.type === AST_NODE_TYPES.MemberExpression) current = unwrap(current.object);
    else if (current.type === AST_NODE_TYPES.CallExpression) current = unwrap(current.callee);
    else break;
  }
  for (const each of passed) known.set(each, found);
  return found;
}

function isExtra(ref: ExportRef, extra: readonly ExportName[]): boolean {
  return extra.some(
    ({ module, name }) => module === ref.source && (name === ref.name || ref.name.startsWith(`${name}.`)),
  );
}

/** A call that runs a callback for each element of a list. */
export interface Mapper {
  readonly call: TSESTree.CallExpression;
  /** Null when it is out of sight. */
  readonly list: TSESTree.Node | null;
  /** Null: the elements of the list are functions. */
  readonly callback: TSESTree.Node | null;
  readonly limits: boolean;
  readonly sequential: boolean;
  /** The option with the limit, and the index of its options object; null when no option sets it. */
  readonly option: { readonly name: string; readonly argument: number } | null;
  /** The argument that is the limit itself. */
  readonly limitArgument: number | null;
}

export function findMapper(file: LangChainFile, call: TSESTree.CallExpression): Mapper | null {
  if (!namesLimiter(file)) return null;
  const ref = file.findExport(call.callee);
  const row = ref && mapperRowsBySource.get(ref.source)?.find((candidate) => matches(candidate, ref));
  if (!row) return null;
  const [place] = row.limit;
  return {
    call,
    list: row.list === 'piped' ? findPiped(file, call) : getArgument(call, row.list),
    callback: row.callback === null ? null : getArgument(call, row.callback),
    limits: row.sequential || limits(file, call, row),
    sequential: row.sequential,
    option: row.option !== null && place ? { name: row.option, argument: place.argument } : null,
    limitArgument: place?.keys.length === 0 ? place.argument : null,
  };
}

/** The source of an operator: `from(xs)` of `from(xs).pipe(filter(isNew), mergeMap(callback))`. */
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

/** Whether a call splits a list into chunks: `chunk(docs, 5)` of lodash. */
export function isChunker(file: LangChainFile, call: TSESTree.CallExpression): boolean {
  const ref = file.findExport(call.callee);
  return ref !== null && chunkers.some((row) => matches(row, ref));
}

/** The number of elements that a call takes from a list: `5` of `take(docs, 5)`. */
export function findTaken(file: LangChainFile, call: TSESTree.CallExpression): TSESTree.Node | null {
  const trace = file.trace(call.callee);
  const row = trace.type === 'export' ? takers.find((candidate) => matches(candidate, trace.export)) : undefined;
  return row ? getArgument(call, row.argument) : null;
}

/** Whether a limit is set; one that cannot be read is assumed to be valid. */
function limits(file: LangChainFile, call: Call, { limit, limitsByDefault }: Row): boolean {
  const answers = limit.map((place) => readLimit(file, call, place));
  if (answers.includes('limit')) return true;
  return limitsByDefault && !answers.includes('infinite');
}

function readLimit(
  file: LangChainFile,
  call: Call,
  { argument: index, keys }: LimitPlace,
): 'absent' | 'infinite' | 'limit' {
  const before = call.arguments.slice(0, index + 1);
  if (before.some((argument) => argument.type === AST_NODE_TYPES.SpreadElement)) return 'limit';
  const argument = before[index];
  if (!argument || isUndefined(file, argument)) return 'absent';
  if (keys.length === 0 && readObject(file, argument) === null)
    return isInfinite(file, argument) ? 'infinite' : 'limit';
  // p-limit takes the number or, from version 7 on, an object with it.
  const options = (keys.length === 0 ? ['concurrency'] : keys).map((key) => findOption(file, argument, key));
  if (
    options.some(
      (option) =>
        option.is === 'unknown' ||
        (option.is === 'given' && !isUndefined(file, option.value) && !isInfinite(file, option.value)),
    )
  )
    return 'limit';
  return options.every((option) => option.is === 'absent') ? 'absent' : 'infinite';
}

function isInfinite(file: LangChainFile, node: TSESTree.Node): boolean {
  return readLimitNumber(file, node) === Infinity;
}
