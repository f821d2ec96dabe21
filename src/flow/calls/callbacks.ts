import type { TSESTree } from '@typescript-eslint/utils';
import { getSurroundings } from '../../ast/ancestors.ts';
import { type Call, getArgument } from '../../ast/calls.ts';
import { getIterated, getLoopBindings, isRetryLoop, runsPerPass } from '../../ast/loops.ts';
import { type FunctionNode, getKeyName, isFunction, isLoop, type LoopNode, unwrap, wrapped } from '../../ast/nodes.ts';
import { AST_NODE_TYPES } from '../../ast/types.ts';
import { arrayMethods } from '../../facts/array-methods.ts';
import type { ExportRef } from '../../facts/export-ref.ts';
import { findLibraryCallback, isKeeper, runsWhatItGets } from '../../facts/packages/callbacks.ts';
import { type LangChainFile, perFile } from '../../trace/file.ts';
import type { Trace } from '../../trace/value.ts';
import { findParameterReferences, isWrapper, resolveFunction } from './functions.ts';
import { findLimiterOfCall, findMapper } from './limiters.ts';

/** A place where a function is called or passed on. */
export interface CallSite {
  readonly call: Call;
  /** Null: called directly; otherwise the index of the argument. */
  readonly argument: number | null;
  /** The callee or argument expression that names the function. */
  readonly reference: TSESTree.Node;
}

/** How often each run of a call runs the function that is passed to it. */
export interface CallbackUse {
  readonly times: 'once' | 'perItem';
  /** The list for whose elements it runs; null when that is out of sight, and for `once`. */
  readonly iterated: TSESTree.Node | null;
}

/** Code that runs once per element or pass. */
export interface PerItem {
  readonly kind: 'callback' | 'loop';
  /** The loop, or the call that runs the callback: `xs.map(cb)`, `pMap(xs, cb)`, `Array.from(xs, cb)`. */
  readonly node: Call | LoopNode;
  readonly callback: FunctionNode | null;
  /** `xs`, if it is in sight. */
  readonly iterated: TSESTree.Node | null;
  /** The patterns bound per item: the loop's variables, or the callback's parameters. */
  readonly items: readonly TSESTree.Node[];
}

const promiseMethods: ReadonlyMap<string, number> = new Map([
  ['catch', 1],
  ['finally', 1],
  ['then', 2],
]);

/** Global functions that run their first argument once, now or later. */
const runners = new Set([
  'Promise.try',
  'process.nextTick',
  'queueMicrotask',
  'requestAnimationFrame',
  'setImmediate',
  'setTimeout',
]);

/** Global functions of the form `f(xs, callback)`. */
const iterators = new Set(['Array.from', 'Array.fromAsync', 'Map.groupBy', 'Object.groupBy']);

const streamClasses = new Set(['ReadableStream', 'TransformStream', 'WritableStream']);

const once: CallbackUse = { times: 'once', iterated: null };

/**
 * How a call runs the function passed to it at this argument; null when it is not known to run it as part of the call.
 */
export function findCallbackUse(file: LangChainFile, call: Call, argument: number): CallbackUse | null {
  const own = resolveFunction(file, call.callee) ?? findOfProject(file, call);
  if (own) return findLocalUse(file, own, call, argument);
  const trace = file.trace(call.callee);
  if (trace.type === 'global')
    return (
      findGlobalUse(trace.name.replace(/^(?:globalThis|self|window)\./u, ''), call, argument) ??
      findMethodUse(file, call, argument)
    );
  if (trace.type === 'export')
    return findExportUse(file, trace.export, call, argument) ?? findMethodUse(file, call, argument);
  return findMethodUse(file, call, argument);
}

/** A function of another file from which LangChain is out of reach. */
function findOfProject(file: LangChainFile, { callee }: Call): FunctionNode | null {
  const node = file.findImportedNode(unwrap(callee));
  return node && resolveFunction(file, node);
}

function findGlobalUse(name: string, call: Call, argument: number): CallbackUse | null {
  if (call.type === AST_NODE_TYPES.NewExpression)
    return (name === 'Promise' || streamClasses.has(name)) && argument === 0 ? once : null;
  if (iterators.has(name)) return argument === 1 ? { times: 'perItem', iterated: getArgument(call, 0) } : null;
  return runners.has(name) && argument === 0 ? once : null;
}

function findExportUse(file: LangChainFile, ref: ExportRef, call: Call, argument: number): CallbackUse | null {
  if (call.type === AST_NODE_TYPES.NewExpression) return ref.source === 'bluebird' && argument === 0 ? once : null;
  const mapper = findMapper(file, call);
  if (mapper)
    return mapper.callback !== null && mapper.callback === call.arguments[argument]
      ? { times: 'perItem', iterated: mapper.list }
      : null;
  const row = findLibraryCallback(ref, argument);
  if (row) return { times: 'perItem', iterated: getList(call, row.iterated) };
  return runsWhatItGets(ref) ? once : null;
}

function getList(call: Call, argument: number | null): TSESTree.Node | null {
  return argument === null ? null : getArgument(call, argument);
}

function findMethodUse(file: LangChainFile, call: Call, argument: number): CallbackUse | null {
  if (call.type !== AST_NODE_TYPES.CallExpression) return null;
  const callee = unwrap(call.callee);
  const name = callee.type === AST_NODE_TYPES.MemberExpression ? getKeyName(callee) : '';
  if (name === null) return null;
  if (argument < (promiseMethods.get(name) ?? 0)) return once;
  if (callee.type === AST_NODE_TYPES.MemberExpression) {
    const receiver = file.trace(callee.object);
    if (argument === 0 && arrayMethods.get(name)?.callbackRuns === 'perItem')
      return isNoCollection(receiver) ? null : { times: 'perItem', iterated: callee.object };
    // `limit.map(xs, fn)`, `storage.run(context, fn)`
    const source =
      receiver.type === 'instance'
        ? receiver.of
        : receiver.type === 'unknown'
          ? findRootExport(file, callee.object)
          : null;
    const method = source && { source: source.source, name: `#${name}` };
    const row = method && findLibraryCallback(method, argument);
    if (row) return { times: 'perItem', iterated: getList(call, row.iterated) };
    if (method && runsWhatItGets(method)) return once;
  }
  // `limit(fn)`, `queue.add(fn)`
  return !isKeeper(name) && findLimiterOfCall(file, call, []) ? once : null;
}

/** The root of a chain of calls: `PromisePool.withConcurrency(5).for(xs)`. */
function findRootExport(file: LangChainFile, node: TSESTree.Node): ExportRef | null {
  let current = unwrap(node);
  while (current.type === AST_NODE_TYPES.CallExpression || current.type === AST_NODE_TYPES.MemberExpression) {
    current = unwrap(current.type === AST_NODE_TYPES.CallExpression ? current.callee : current.object);
    const trace = file.trace(current);
    if (trace.type === 'export') return trace.export;
    if (trace.type === 'instance') return trace.of;
  }
  return null;
}

/**
 * `chain.map()` of LangChain, `R.map(fn, xs)`, `Effect.map(fn)`: the namespace of another package, or a class or
 * namespace in it, is no collection.
 */
function isNoCollection(receiver: Trace): boolean {
  if (receiver.type === 'langchain' || receiver.type === 'class') return true;
  if (receiver.type !== 'export') return false;
  const isOwn = /^(?:[./#]|[@~]\/)/u.test(receiver.export.source);
  return !isOwn && (receiver.export.name === 'default' || /^[A-Z][a-z]/u.test(receiver.export.name));
}

// ── functions of the file that run a parameter ──────────────────────────────────────────────────────────────────────

interface ParameterRun {
  readonly times: CallbackUse['times'];
  /** The parameter with the elements that it runs once for. */
  readonly iterated: number | null;
}

const getParameterRuns = perFile(() => new WeakMap<FunctionNode, Map<number, ParameterRun | null>>());

function findLocalUse(file: LangChainFile, fn: FunctionNode, call: Call, argument: number): CallbackUse | null {
  const run = getParameterRun(file, fn, argument);
  return run && { times: run.times, iterated: getList(call, run.iterated) };
}

/**
 * How a function of the file runs a function that it receives as a parameter: `retry(fn)` once, `inParallel(xs, fn)`
 * per item.
 */
function getParameterRun(file: LangChainFile, fn: FunctionNode, index: number): ParameterRun | null {
  const parameterRuns = getParameterRuns(file.of(fn));
  let runs = parameterRuns.get(fn);
  if (!runs) {
    runs = new Map();
    parameterRuns.set(fn, runs);
  }
  const known = runs.get(index);
  if (known !== undefined) return known;
  // A function that passes its parameter to itself adds nothing.
  runs.set(index, null);
  const run = computeParameterRun(file, fn, index);
  runs.set(index, run);
  return run;
}

function computeParameterRun(file: LangChainFile, fn: FunctionNode, index: number): ParameterRun | null {
  let found: ParameterRun | null = null;
  for (const reference of findParameterReferences(file, fn, index)) {
    const site = findSite(file, reference);
    if (!site) continue;
    const use = site.argument === null ? once : findCallbackUse(file, site.call, site.argument);
    if (!use) continue;
    const way = climb(file, site.call, fn);
    if (way.top !== fn) continue;
    const perItem = way.perItems.find(({ node }) => !isLoop(node) || !isRetryLoop(node, site.call));
    if (use.times === 'once' && !perItem) {
      found ??= { times: 'once', iterated: null };
      continue;
    }
    const iterated = use.times === 'perItem' ? use.iterated : (perItem?.iterated ?? null);
    return { times: 'perItem', iterated: iterated && findReferencedParameter(file, fn, iterated) };
  }
  return found;
}

function findReferencedParameter(file: LangChainFile, fn: FunctionNode, node: TSESTree.Node): number | null {
  const index = fn.params.findIndex((_, position) =>
    findParameterReferences(file, fn, position).includes(unwrap(node)),
  );
  return index === -1 ? null : index;
}

// ── from a function outwards ────────────────────────────────────────────────────────────────────────────────────────

/**
 * The call that runs the function which an expression names, or that receives it; `bind` and wrappers are looked
 * through.
 */
export function findSite(file: LangChainFile, reference: TSESTree.Node): CallSite | null {
  let expression = wrapped(reference);
  for (;;) {
    const { parent } = expression;
    switch (parent?.type) {
      case AST_NODE_TYPES.CallExpression:
      case AST_NODE_TYPES.NewExpression: {
        if (parent.callee === expression) return { call: parent, argument: null, reference };
        const argument = parent.arguments.findIndex((each) => each === expression);
        if (argument === -1) return null;
        if (!isWrapper(file, parent, argument)) return { call: parent, argument, reference };
        expression = wrapped(parent);
        break;
      }
      case AST_NODE_TYPES.MemberExpression: {
        const call = wrapped(parent).parent;
        if (
          parent.object !== expression ||
          call?.type !== AST_NODE_TYPES.CallExpression ||
          unwrap(call.callee) !== parent
        )
          return null;
        const name = getKeyName(parent);
        if (name === 'call' || name === 'apply') return { call, argument: null, reference };
        if (name !== 'bind') return null;
        expression = wrapped(call);
        break;
      }
      case AST_NODE_TYPES.Property:
        return findStreamSite(file, parent, expression);
      default:
        return null;
    }
  }
}

/** `new ReadableStream({ async start(controller) { … } })` */
function findStreamSite(file: LangChainFile, property: TSESTree.Property, reference: TSESTree.Node): CallSite | null {
  const object = property.parent;
  const call = object.parent;
  if (property.value !== reference || object.type !== AST_NODE_TYPES.ObjectExpression) return null;
  if (call.type !== AST_NODE_TYPES.NewExpression || call.arguments[0] !== object) return null;
  const trace = file.trace(call.callee);
  const name =
    trace.type === 'global'
      ? trace.name
      : trace.type === 'export' && trace.export.source === 'stream/web'
        ? trace.export.name
        : '';
  return streamClasses.has(name) ? { call, argument: 0, reference } : null;
}

/** How the surrounding expression runs an inline function; null when it is kept, or passed to unknown code. */
export function findInlineRun(
  file: LangChainFile,
  fn: FunctionNode,
): { readonly site: CallSite; readonly use: CallbackUse } | null {
  if (fn.type === AST_NODE_TYPES.FunctionDeclaration) return null;
  const site = findSite(file, fn);
  if (!site) return null;
  const use = site.argument === null ? once : findCallbackUse(file, site.call, site.argument);
  return use && { site, use };
}

interface Way {
  /** The per-item code on the way, innermost first. */
  readonly perItems: readonly PerItem[];
  /**
   * The function where the way ends: it is `until`, or no code in sight runs it as part of its surroundings. Null at
   * the top of the module or class.
   */
  readonly top: FunctionNode | null;
}

/** The way outwards from a node, through the inline functions that run as part of the code around them. */
export function climb(file: LangChainFile, node: TSESTree.Node, until: FunctionNode | null = null): Way {
  const perItems: PerItem[] = [];
  let around = getSurroundings(node);
  while (around) {
    const { inner, outer } = around;
    if (outer === until) return { perItems, top: until };
    let next: TSESTree.Node = outer;
    if (isFunction(outer)) {
      const run = findInlineRun(file, outer);
      if (!run) return { perItems, top: outer };
      if (run.use.times === 'perItem') perItems.push(toPerItem(run.site.call, outer, run.use));
      next = run.site.call;
    } else if (isLoop(outer)) {
      if (runsPerPass(outer, inner))
        perItems.push({
          kind: 'loop',
          node: outer,
          callback: null,
          iterated: getIterated(outer),
          items: getLoopBindings(outer),
        });
    } else if (outer.value === inner && !outer.static) {
      // The initialiser of a field runs when an instance is created.
      return { perItems, top: null };
    }
    around = getSurroundings(next);
  }
  return { perItems, top: null };
}

export function toPerItem(call: Call, callback: FunctionNode, use: CallbackUse): PerItem {
  return { kind: 'callback', node: call, callback, iterated: use.iterated, items: callback.params };
}
