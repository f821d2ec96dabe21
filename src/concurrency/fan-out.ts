import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { getEnclosingFunction } from '../ast/ancestors.ts';
import { type Call, getMethodName } from '../ast/calls.ts';
import { findFirst } from '../ast/first.ts';
import { contains, type FunctionNode, getKeyName, isFunction, unwrap, wrapped } from '../ast/nodes.ts';
import { findReturns, findYields } from '../ast/returns.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { walk } from '../ast/walk.ts';
import { arrayMethods } from '../facts/array-methods.ts';
import { getCallSites } from '../flow/calls/call-graph.ts';
import { findCallbackUse } from '../flow/calls/callbacks.ts';
import { findParameterReferences, resolveFunction } from '../flow/calls/functions.ts';
import { findLimiterOfCall, findMapper, type Limiter, type Mapper } from '../flow/calls/limiters.ts';
import { findPerItemSites } from '../flow/calls/per-item.ts';
import { getSize, isShort, isShortList } from '../flow/lists/bounds.ts';
import { getListUses } from '../flow/lists/list-uses.ts';
import { findChain, getChainRoot } from '../flow/promises/chains.ts';
import type { LangChainFile } from '../trace/file.ts';
import { CollectedPromises, type CollectOptions, type Elements } from './collected.ts';
import { type Start, Starts } from './starts.ts';
import { isWorker } from './turns.ts';

export type FanOutOptions = Omit<CollectOptions, 'all'>;

/** Calls in flight together, one for each element of a list. */
export type FanOut = Elements & {
  /** The reported call. */
  readonly node: Call;
} & (
    | { readonly kind: 'combinator' } // `Promise.all(docs.map(callback))`
    | { readonly kind: 'collected' } // `pending.push(model.invoke(doc))` in a loop, never awaited
    | { readonly kind: 'every' } // `docs.every(async callback)`
    | { readonly kind: 'filter' } // `docs.filter(async callback)`
    | { readonly kind: 'forEach' } // `docs.forEach(async callback)`, `docs.map(async callback);`
    | { readonly kind: 'limiter'; readonly limiter: Limiter } // `pLimit(Infinity)`, `new PQueue()`
    | { readonly kind: 'mapAwaited' } // `await docs.map(async callback)`
    | { readonly kind: 'mapper'; readonly mapper: Mapper } // `pMap(docs, callback)`
    | { readonly kind: 'started' } // `model.invoke(doc).then(show);` in a loop
    | { readonly kind: 'stored' } // `for await (const reply of docs.map(callback))`
  );

const combinators = new Set(['Array.fromAsync', 'Promise.all', 'Promise.allSettled', 'Promise.any', 'Promise.race']);
/** Bluebird has another one. */
const combinatorNames = new Set(['all', 'allSettled', 'any', 'fromAsync', 'race', 'some']);

/** How many lists may lead from one to another. */
const maxDepth = 20;

/**
 * The calls that a call starts for the elements of a list without a limit; null when it starts none, or they are
 * limited.
 */
export function findFanOut(file: LangChainFile, node: TSESTree.CallExpression, options: FanOutOptions): FanOut | null {
  const search = new FanOutSearch(file, options);
  return (
    search.findCombined(node) ??
    search.findLost(node) ??
    search.findMapped(node) ??
    search.findLimited(node) ??
    search.findCollected(node) ??
    search.findStored(node) ??
    search.findReduced(node) ??
    search.findStarted(node)
  );
}

/** Whether a call that is a statement would be such a fan-out if its failure were handled there. */
export function isStartedPerItem(file: LangChainFile, node: TSESTree.CallExpression, options: FanOutOptions): boolean {
  const isStatement = wrapped(node).parent?.type === AST_NODE_TYPES.ExpressionStatement;
  return isStatement && new FanOutSearch(file, options).findStartedPerItem(node) !== null;
}

/** `Promise.all(…)` and its like, including Bluebird's. */
function isCombinator(file: LangChainFile, node: TSESTree.Node): node is TSESTree.CallExpression {
  if (node.type !== AST_NODE_TYPES.CallExpression) return false;
  const callee = unwrap(node.callee);
  const name = getMethodName(node);
  if (name !== null && !combinatorNames.has(name)) return false;
  const trace = file.alone.trace(callee);
  if (trace.type === 'global') return combinators.has(trace.name.replace(/^globalThis\./u, ''));
  return trace.type === 'export' && trace.export.source === 'bluebird' && combinatorNames.has(trace.export.name);
}

class FanOutSearch {
  readonly #file: LangChainFile;
  readonly #options: FanOutOptions;
  readonly #collected: CollectedPromises;
  readonly #visited = new Set<TSESTree.Node | TSESLint.Scope.Variable>();
  #depth = 0;

  constructor(file: LangChainFile, options: FanOutOptions) {
    this.#file = file;
    this.#options = options;
    this.#collected = new CollectedPromises(file, options, (list) => this.#collect(list));
  }

  findCombined(node: TSESTree.CallExpression): FanOut | null {
    const [argument] = node.arguments;
    if (!argument || !isCombinator(this.#file, node)) return null;
    const elements = this.#collect(argument);
    // For `pLimit(Infinity)`, the limiter is reported instead.
    return elements && !elements.start.limiter ? { ...elements, kind: 'combinator', node } : null;
  }

  /** Calls that lose the promises of a callback, however few they are: `forEach`, a `map` whose result is unused. */
  findLost(node: TSESTree.CallExpression): FanOut | null {
    const kind = getLostKind(this.#file, node);
    const given = kind && readCallback(this.#file, node);
    const fn = given && resolveFunction(this.#file, given.callback);
    if (!kind || !given || !fn) return null;
    const start = fn.async
      ? new Starts(this.#file, { limiters: [], all: true }).ofFunction(given.callback)
      : this.#startOfValues(fn);
    return start
      ? { kind, node, list: given.list, map: { call: node, callback: given.callback }, added: null, start }
      : null;
  }

  /**
   * `docs.forEach((doc) => model.invoke(doc))`: the value of the callback, or a statement in it, is the promise itself.
   */
  #startOfValues(fn: FunctionNode): Start | null {
    if (fn.body.type !== AST_NODE_TYPES.BlockStatement) return this.#startOfValue(fn.body);
    return findFirst(fn.body.body, (statement) => {
      if (statement.type === AST_NODE_TYPES.ReturnStatement)
        return statement.argument && this.#startOfValue(statement.argument);
      if (statement.type !== AST_NODE_TYPES.ExpressionStatement) return null;
      const isChained = getChainRoot(statement.expression) !== unwrap(statement.expression);
      return isChained ? this.#startOfValue(statement.expression) : null;
    });
  }

  #startOfValue(body: TSESTree.Node): Start | null {
    const value = getChainRoot(body);
    if (value.type !== AST_NODE_TYPES.CallExpression || findChain(value)?.isHandled === true) return null;
    const callee = unwrap(value.callee);
    // `pending.push(model.invoke(doc))` and `queue.add(…)` keep the promise.
    const fn = resolveFunction(this.#file, callee);
    if (fn) return fn.async ? new Starts(this.#file, { limiters: [], all: true }).ofFunction(callee) : null;
    const start = new Starts(this.#file, { limiters: [], all: true }).ofExpression(value, []);
    return start?.call.node === value ? start : null;
  }

  findMapped(node: TSESTree.CallExpression): FanOut | null {
    const mapper = findMapper(this.#file, node);
    if (!mapper || mapper.limits) return null;
    if (mapper.list && isShortList(this.#file, mapper.list, this.#options.maxLiteral)) return null;
    const elements = mapper.callback
      ? this.#ofCallback(mapper.list, mapper.callback, node)
      : this.#ofTasks(mapper.list);
    return elements ? { ...elements, kind: 'mapper', node, mapper } : null;
  }

  /** A limiter without a limit, where a loop or a callback sends calls through it. */
  findLimited(node: TSESTree.CallExpression): FanOut | null {
    const limiter = findLimiterOfCall(this.#file, node, this.#options.limiters);
    if (!limiter || limiter.limits || !limiter.construction || limiter.construction === node) return null;
    const { construction } = limiter;
    const perItem = findPerItemSites(this.#file, node).find(
      (site) => !this.#collected.isShort(site.perItem, node),
    )?.perItem;
    const start = perItem && findFirst(node.arguments, (argument) => this.#starts().ofFunction(argument));
    if (start)
      return { kind: 'limiter', limiter, node: construction, list: perItem.iterated, map: null, added: null, start };
    // `queue.addAll(docs.map((doc) => () => model.invoke(doc)))`
    const tasks = findFirst(node.arguments, (argument) => this.#ofTasks(argument));
    return tasks && { ...tasks, kind: 'limiter', limiter, node: construction };
  }

  /** `pending.push(model.invoke(doc))` in a loop, where no code in sight awaits `pending`. */
  findCollected(node: TSESTree.CallExpression): FanOut | null {
    const callee = unwrap(node.callee);
    if (
      callee.type !== AST_NODE_TYPES.MemberExpression ||
      getKeyName(callee) !== 'push' ||
      callee.object.type !== AST_NODE_TYPES.Identifier
    )
      return null;
    const variable = this.#file.scopes.findVariable(callee.object);
    if (variable?.defs[0]?.type !== 'Variable') return null;
    const isAwaited = getListUses(variable).isConsumed;
    if (isAwaited && !isAwaitedOneByOne(this.#file, variable)) return null;
    const elements = this.#collected.ofAddition(variable, node, node.arguments);
    return elements && !elements.start.limiter ? { ...elements, kind: isAwaited ? 'stored' : 'collected', node } : null;
  }

  /** `for await (const reply of docs.map(callback))`, and a list of promises that are awaited one by one. */
  findStored(node: TSESTree.CallExpression): FanOut | null {
    if (!isIteratedWaiting(this.#file, node) || !readCallback(this.#file, node)) return null;
    const elements = this.#collect(node);
    return elements && !elements.start.limiter ? { ...elements, kind: 'stored', node } : null;
  }

  /**
   * `docs.reduce(async (done, doc) => { const reply = await model.invoke(doc); return [...(await done), reply]; }, …)`
   */
  findReduced(node: TSESTree.CallExpression): FanOut | null {
    const callee = unwrap(node.callee);
    const [callback] = node.arguments;
    if (
      callee.type !== AST_NODE_TYPES.MemberExpression ||
      !callback ||
      !/^reduce(?:Right)?$/u.test(getKeyName(callee) ?? '')
    )
      return null;
    const fn = resolveFunction(this.#file, callback);
    if (!fn?.async || isShortList(this.#file, callee.object, this.#options.maxLiteral)) return null;
    const start = this.#starts().ofFunction(callback);
    if (!start || start.limiter || !contains(fn, start.call.node)) return null;
    return waitsBefore(this.#file, fn, start.call.node)
      ? null
      : { kind: 'stored', node, list: callee.object, map: null, added: null, start };
  }

  /** `model.invoke(doc).then(show);` in a loop. */
  findStarted(node: TSESTree.CallExpression): FanOut | null {
    const chain = getChainRoot(node) === node ? findChain(node) : null;
    if (!chain || !isLeft(this.#file, chain.call)) return null;
    const started = this.findStartedPerItem(node);
    return started && { kind: 'started', node, ...started, map: null, added: chain.call };
  }

  /** A call that a loop starts for each element of a list and goes on without waiting for it. */
  findStartedPerItem(node: TSESTree.CallExpression): Pick<Elements, 'list' | 'start'> | null {
    const perItem = this.#collected.findLongPerItem(null, node);
    if (!perItem || isConsumer(this.#file, perItem.node)) return null;
    if (perItem.node.type === AST_NODE_TYPES.CallExpression && this.findLost(perItem.node)) return null;
    const start = this.#starts().ofExpression(node, [perItem.node]);
    return start && !start.limiter ? { list: perItem.iterated, start } : null;
  }

  // ── lists of promises ────────────────────────────────────────────────────────────────────────────────────────────

  /** The first elements of a list of promises that start remote calls without a limit. */
  #collect(node: TSESTree.Node): Elements | null {
    const expression = unwrap(node);
    if (this.#depth >= maxDepth || this.#visited.has(expression)) return null;
    this.#visited.add(expression);
    this.#depth++;
    const elements = this.#collectNode(expression);
    this.#depth--;
    return elements;
  }

  #collectNode(node: TSESTree.Node): Elements | null {
    switch (node.type) {
      case AST_NODE_TYPES.ArrayExpression:
        return findFirst(node.elements, (element) =>
          element?.type === AST_NODE_TYPES.SpreadElement ? this.#collect(element.argument) : null,
        );
      case AST_NODE_TYPES.CallExpression:
        return this.#collectCall(node);
      case AST_NODE_TYPES.NewExpression:
        return findFirst(node.arguments, (argument) => this.#collect(argument));
      case AST_NODE_TYPES.ConditionalExpression:
        return this.#collect(node.consequent) ?? this.#collect(node.alternate);
      case AST_NODE_TYPES.LogicalExpression:
        return this.#collect(node.left) ?? this.#collect(node.right);
      case AST_NODE_TYPES.AssignmentExpression:
        return this.#collect(node.right);
      case AST_NODE_TYPES.Identifier: {
        const variable = this.#file.scopes.findVariable(node);
        return variable && this.#collectVariable(variable);
      }
      default:
        return null;
    }
  }

  #collectCall(node: TSESTree.CallExpression): Elements | null {
    const callee = unwrap(node.callee);
    const [first, second] = node.arguments;
    const fn = resolveFunction(this.#file, callee);
    if (fn?.generator === true) return fn.async ? null : this.#ofGenerator(fn);
    if (fn) return findFirst(findReturns(fn, this.#file.sourceCode.visitorKeys), (value) => this.#collect(value));
    const trace = this.#file.trace(callee);
    if (trace.type === 'global') {
      if (trace.name === 'Array.from' && first)
        return second ? (this.#ofMap(first, second, node) ?? this.#collect(first)) : this.#collect(first);
      if (trace.name === 'Object.values' && first) return this.#collect(first);
    }
    if (trace.type === 'export' && first && second && isListMap(trace.export.source, trace.export.name))
      return this.#ofMap(first, second, node);
    if (callee.type !== AST_NODE_TYPES.MemberExpression) return null;
    const name = getKeyName(callee);
    if (name === null || findLimiterOfCall(this.#file, node, this.#options.limiters)) return null;
    if (arrayMethods.get(name)?.keepsPromises) return this.#collect(callee.object);
    switch (name) {
      case 'map':
      case 'flatMap':
        if (!first) return null;
        return this.#ofMap(callee.object, first, node) ?? this.#collectReturned(first) ?? this.#collect(callee.object);
      case 'concat':
        return findFirst([callee.object, ...node.arguments], (part) => this.#collect(part));
      case 'reduce':
      case 'reduceRight':
        return first && second && isList(second) ? this.#ofReducer(callee.object, first) : null;
      default:
        return null;
    }
  }

  /** `function* calls() { for (const doc of docs) yield model.invoke(doc); }` */
  #ofGenerator(fn: FunctionNode): Elements | null {
    return findFirst(findYields(fn, this.#file.sourceCode.visitorKeys), (value) => {
      const perItem = this.#collected.findLongPerItem(null, value);
      const start = perItem && this.#starts().ofExpression(value, [perItem.node]);
      return start && { list: perItem.iterated, map: null, added: value, start };
    });
  }

  /** `models.flatMap((model) => docs.map(callback))` */
  #collectReturned(callback: TSESTree.Node): Elements | null {
    const fn = resolveFunction(this.#file, callback);
    return fn && findFirst(findReturns(fn, this.#file.sourceCode.visitorKeys), (value) => this.#collect(value));
  }

  #ofMap(list: TSESTree.Node, callback: TSESTree.Node, call: TSESTree.CallExpression): Elements | null {
    const size = getSize(this.#file, list);
    if (isShort(size, this.#options.maxLiteral)) return null;
    const fn = size === null ? null : resolveFunction(this.#file, callback);
    return fn && isWorker(this.#file, fn) ? null : this.#ofCallback(list, callback, call);
  }

  #ofCallback(list: TSESTree.Node | null, callback: TSESTree.Node, call: TSESTree.CallExpression): Elements | null {
    const start = this.#starts().ofFunction(callback);
    if (start) return { list, map: { call, callback }, added: null, start };
    return list && this.#callsItem(callback) ? this.#ofTasks(list) : null;
  }

  /**
   * `docs.reduce((pending, doc) => [...pending, model.invoke(doc)], [])`; an `async` reducer runs one call at a time.
   */
  #ofReducer(list: TSESTree.Node, callback: TSESTree.Node): Elements | null {
    const fn = resolveFunction(this.#file, callback);
    if (!fn || fn.async || isShortList(this.#file, list, this.#options.maxLiteral)) return null;
    const start = this.#starts().ofFunction(callback);
    return start && { list, map: null, added: null, start };
  }

  /** `tasks.map((task) => task())` */
  #callsItem(callback: TSESTree.Node): boolean {
    const fn = resolveFunction(this.#file, callback);
    const item = fn?.params[0];
    if (!fn || item?.type !== AST_NODE_TYPES.Identifier) return false;
    const variable = this.#file.scopes.findVariable(item);
    return (
      variable?.references.some(
        ({ identifier }) =>
          identifier.parent.type === AST_NODE_TYPES.CallExpression && identifier.parent.callee === identifier,
      ) ?? false
    );
  }

  /**
   * A list of functions that are all called: `docs.map((doc) => () => model.invoke(doc))`, or a list filled with
   * `push`.
   */
  #ofTasks(list: TSESTree.Node | null): Elements | null {
    if (!list || this.#depth >= maxDepth) return null;
    this.#depth++;
    const elements = this.#findTasks(unwrap(list));
    this.#depth--;
    return elements;
  }

  #findTasks(list: TSESTree.Node): Elements | null {
    if (list.type === AST_NODE_TYPES.CallExpression) {
      const callee = unwrap(list.callee);
      const [callback] = list.arguments;
      if (!callback || callee.type !== AST_NODE_TYPES.MemberExpression || getKeyName(callee) !== 'map') return null;
      const fn = resolveFunction(this.#file, callback);
      if (!fn || isShortList(this.#file, callee.object, this.#options.maxLiteral)) return null;
      const start = findFirst(findReturns(fn, this.#file.sourceCode.visitorKeys), (value) =>
        this.#starts().ofFunction(value),
      );
      return start && { list: callee.object, map: null, added: null, start };
    }
    const variable = this.#file.scopes.findVariable(list);
    if (!variable) return null;
    return findFirst(getListUses(variable).fillings, (filling) => {
      if (filling.type === 'written') return filling.isInitial ? this.#ofTasks(filling.value) : null;
      const { added, node } = filling.addition;
      const perItem = this.#collected.findLongPerItem(variable, node);
      const start = perItem && findFirst(added, (argument) => this.#starts().ofFunction(argument));
      return start && { list: perItem.iterated, map: null, added: null, start };
    });
  }

  #collectVariable(variable: TSESLint.Scope.Variable): Elements | null {
    if (this.#visited.has(variable)) return null;
    this.#visited.add(variable);
    const definition = variable.defs[0];
    if (definition?.type === 'Parameter') return this.#collectGiven(definition.node, definition.name);
    return definition?.type === 'Variable' ? this.#collected.ofVariable(variable, definition.node) : null;
  }

  /** `settle(docs.map(callback))` with `Promise.allSettled(pending)` in `settle(pending)`. */
  #collectGiven(fn: TSESTree.Node, name: TSESTree.Node): Elements | null {
    if (!isFunction(fn)) return null;
    const index = fn.params.findIndex((parameter) => parameter === name);
    if (index === -1) return null;
    return findFirst(getCallSites(this.#file, fn), (site) => {
      const argument = site.argument === null ? site.call.arguments[index] : undefined;
      return argument ? this.#collect(argument) : null;
    });
  }

  #starts(): Starts {
    return new Starts(this.#file, this.#options);
  }
}

function isListMap(source: string, name: string): boolean {
  return (
    /^(?:lodash|lodash-es|underscore|remeda|es-toolkit\/compat)(?:\/|$)/u.test(source) &&
    /^(?:default\.)?(?:map|flatMap)$/u.test(name === 'default' ? (source.split('/')[1] ?? '') : name)
  );
}

function isList(node: TSESTree.Node): boolean {
  const expression = unwrap(node);
  return (
    expression.type === AST_NODE_TYPES.ArrayExpression ||
    expression.type === AST_NODE_TYPES.NewExpression ||
    expression.type === AST_NODE_TYPES.ObjectExpression
  );
}

// ── what becomes of the promises ────────────────────────────────────────────────────────────────────────────────────

interface Given {
  readonly list: TSESTree.Node;
  readonly callback: TSESTree.Node;
}

/** The list and the callback of `docs.map(callback)`, `_.forEach(docs, callback)`, `Array.from(docs, callback)`. */
function readCallback(file: LangChainFile, node: TSESTree.CallExpression): Given | null {
  const callee = unwrap(node.callee);
  const [first, second] = node.arguments;
  if (!first) return null;
  if (second && findCallbackUse(file, node, 1)?.iterated === first) return { list: first, callback: second };
  if (callee.type !== AST_NODE_TYPES.MemberExpression || findCallbackUse(file, node, 0)?.times !== 'perItem')
    return null;
  // The methods of a stream await their callbacks.
  return file.trace(callee.object).type === 'instance' ? null : { list: callee.object, callback: first };
}

/** How a call loses the promises of its callback, judged by its name and by the use of its result. */
function getLostKind(
  file: LangChainFile,
  node: TSESTree.CallExpression,
): 'every' | 'filter' | 'forEach' | 'mapAwaited' | null {
  const callee = unwrap(node.callee);
  const exported = file.findExport(callee);
  // Of async, Bluebird and modern-async, these wait for their callbacks.
  if (exported?.source === 'modern-async' || findMapper(file, node)) return null;
  const name = callee.type === AST_NODE_TYPES.MemberExpression ? getKeyName(callee) : (exported?.name ?? null);
  const { parent } = wrapped(node);
  switch (name) {
    case 'each':
    case 'forEach':
      return 'forEach';
    case 'every':
    case 'filter':
      return name;
    case 'flatMap':
    case 'map':
      if (parent?.type === AST_NODE_TYPES.AwaitExpression) return 'mapAwaited';
      return parent?.type === AST_NODE_TYPES.ExpressionStatement ? 'forEach' : null;
    default:
      return null;
  }
}

/** Whether the result of a chain is unused: a statement, or the value of a `forEach` callback. */
function isLeft(file: LangChainFile, chain: TSESTree.CallExpression): boolean {
  const expression = wrapped(chain);
  const { parent } = expression;
  if (parent?.type === AST_NODE_TYPES.ExpressionStatement) return !isExecutor(getEnclosingFunction(parent));
  const call =
    parent?.type === AST_NODE_TYPES.ArrowFunctionExpression && parent.body === expression ? parent.parent : null;
  return call?.type === AST_NODE_TYPES.CallExpression && getLostKind(file, call) === 'forEach';
}

/** `new Promise((resolve) => { … })`, which other code may await. */
function isExecutor(fn: FunctionNode | null): boolean {
  return fn?.parent.type === AST_NODE_TYPES.NewExpression;
}

/**
 * A loop that waits for its next item: `for await (const job of queue)`, `while (true) { const job = await next(); … }`
 */
function isConsumer({ sourceCode }: LangChainFile, loop: TSESTree.Node): boolean {
  if (loop.type === AST_NODE_TYPES.ForOfStatement) return loop.await;
  if (loop.type !== AST_NODE_TYPES.WhileStatement && loop.type !== AST_NODE_TYPES.DoWhileStatement) return false;
  let waits = false;
  walk(loop, sourceCode.visitorKeys, (node) => {
    waits ||= node.type === AST_NODE_TYPES.AwaitExpression;
    return !waits && !isFunction(node);
  });
  return waits;
}

/** Whether a list of promises is iterated, directly or through a variable, with each one awaited in turn. */
function isIteratedWaiting(file: LangChainFile, node: TSESTree.CallExpression): boolean {
  const expression = wrapped(node);
  if (isWaitingLoop(file, expression)) return true;
  const { parent } = expression;
  if (parent?.type !== AST_NODE_TYPES.VariableDeclarator || parent.id.type !== AST_NODE_TYPES.Identifier) return false;
  const variable = file.scopes.findVariable(parent.id);
  return variable !== null && isAwaitedOneByOne(file, variable);
}

function isAwaitedOneByOne(file: LangChainFile, { references }: TSESLint.Scope.Variable): boolean {
  const reads = references.filter((reference) => reference.isRead()).map(({ identifier }) => identifier);
  return (
    reads.some((read) => isWaitingLoop(file, wrapped(read)) || isAwaitedElement(wrapped(read))) &&
    !reads.some((read) => isCombined(file, read))
  );
}

/** `for await (const reply of pending)`, `for (const call of pending) show(await call)` */
function isWaitingLoop(file: LangChainFile, list: TSESTree.Node): boolean {
  const loop = list.parent;
  if (loop?.type !== AST_NODE_TYPES.ForOfStatement || loop.right !== list) return false;
  if (loop.await) return true;
  const id = loop.left.type === AST_NODE_TYPES.VariableDeclaration ? loop.left.declarations[0].id : null;
  const variable = id?.type === AST_NODE_TYPES.Identifier ? file.scopes.findVariable(id) : null;
  return (
    variable?.references.some(
      ({ identifier }) => wrapped(identifier).parent?.type === AST_NODE_TYPES.AwaitExpression,
    ) ?? false
  );
}

/** `await pending[i]` */
function isAwaitedElement(list: TSESTree.Node): boolean {
  const member = list.parent;
  return (
    member?.type === AST_NODE_TYPES.MemberExpression &&
    member.object === list &&
    member.computed &&
    wrapped(member).parent?.type === AST_NODE_TYPES.AwaitExpression
  );
}

function isCombined(file: LangChainFile, read: TSESTree.Node): boolean {
  for (let current = read.parent; current && !isFunction(current); current = current.parent) {
    if (isCombinator(file, current)) return true;
  }
  return false;
}

/** Whether a reducer awaits its accumulator before it makes a call. */
function waitsBefore(file: LangChainFile, fn: FunctionNode, call: TSESTree.Node): boolean {
  return findParameterReferences(file, fn, 0).some((reference) => {
    const { parent } = wrapped(reference);
    if (reference.range[0] > call.range[0]) return false;
    return parent?.type === AST_NODE_TYPES.AwaitExpression || parent?.type === AST_NODE_TYPES.MemberExpression;
  });
}
