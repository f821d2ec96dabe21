import type { TSESTree } from '@typescript-eslint/utils';
import { getEnclosingFunction, getFieldOwner, getSurroundings, getThisClass } from '../ast/ancestors.ts';
import { isInBranch, isInCatch } from '../ast/branches.ts';
import { type Call, getMemberRoot, isArgumentOf, isCall } from '../ast/calls.ts';
import { type FunctionNode, getEnclosingClass, getKeyName, isFunction, unwrap } from '../ast/nodes.ts';
import { findReturns } from '../ast/returns.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { type Callee, getCallSites } from '../flow/calls/call-graph.ts';
import { getReachedCalls } from '../flow/calls/reached.ts';
import { findUnsureClose, isChangedOrClosed } from '../flow/lifetime/closing.ts';
import { dependOnThrough, getFreshClasses } from '../flow/lifetime/dependence.ts';
import { findLevels, isReplaced, type Level } from '../flow/lifetime/given.ts';
import { getWholeValue } from '../flow/lifetime/whole.ts';
import { getHandlerEntries } from '../handlers/entries.ts';
import type { ExtraHandler, Handler } from '../handlers/handler.ts';
import { findHandlers, getHandlers, type HandlerSite } from '../handlers/index.ts';
import { getSetUp } from '../handlers/set-up.ts';
import { type LangChainFile, perFile } from '../trace/file.ts';
import { type Client, findClient, getBaseConstruction } from './client.ts';
import { findGravest } from './harms.ts';
import { isClientKept } from './kept-client.ts';
import { findRecipients } from './recipients.ts';
import { writesKey } from './written-keys.ts';

/** A client that is rebuilt in each run of a handler although it could be shared. */
export interface Rebuild {
  readonly client: Client;
  /** The construction, or the call of a factory of this file that passes it the same arguments each time. */
  readonly node: Call;
  readonly handler: Handler;
  /**
   * Whether it is the same in every run; false for a store whose pool could be shared while its other options belong to
   * the request.
   */
  readonly isStatic: boolean;
  /** Whether it depends on a function around the handler, which runs before any request. */
  readonly isOfSetUp: boolean;
}

/** Which clients count, and which further functions are handlers. */
export interface RebuildOptions {
  readonly extra: readonly ExtraHandler[];
  counts(client: Client): boolean;
}

/**
 * The rebuilds of a client: one per construction or factory call. Of nested constructions the outermost that could be
 * shared counts, and of a pool and the store that receives it, the store.
 */
export function findRebuilds(file: LangChainFile, client: Client, options: RebuildOptions): readonly Rebuild[] {
  const own = findOwnRebuilds(file, client, options);
  return own.length > 0 &&
    getLarger(file, client).some((larger) => options.counts(larger) && isMovable(file, larger, options))
    ? []
    : own;
}

// ── in other files ──────────────────────────────────────────────────────────────────────────────────────────────────

/** A client that another file rebuilds in each run of a handler of this one. */
interface RebuildElsewhere {
  readonly rebuild: Rebuild;
  /** The node of this file that leads there: a call in the handler, or the name by which the handler is registered. */
  readonly from: TSESTree.Node;
}

/**
 * The clients that functions of other files build, where a handler here calls these functions or they are registered as
 * handlers here, and where the other files do not report them. One for each way there.
 */
export function findRebuildsElsewhere(file: LangChainFile, options: RebuildOptions): readonly RebuildElsewhere[] {
  if (!file.importsMark('client')) return [];
  return getHandlerEntries(file, options.extra, 'client').flatMap(({ call, callee, from, sites: direct }) => {
    const sites = call ? direct.flatMap((site) => withCallers(file, site, call, options.extra)) : direct;
    const rebuild = findGravest(findReachedRebuilds(file, callee, sites, options), ({ client }) => client);
    return rebuild ? [{ rebuild, from: file.owns(rebuild.node) ? rebuild.node : from }] : [];
  });
}

function findReachedRebuilds(
  file: LangChainFile,
  callee: Callee,
  sites: readonly HandlerSite[],
  options: RebuildOptions,
): readonly Rebuild[] {
  const rebuilds = new Map<Call, Rebuild>();
  const others = new Set<FunctionNode | null>();
  for (const { node, via } of getReachedCalls(file, callee)) {
    const client = file.owns(node) ? null : findClient(file, node);
    if (!client || !options.counts(client) || belongsToRequest(file.of(node), client)) continue;
    const rebuild = sites.map((site) => findRebuildAlong(file, client, site, via)).find((each) => each !== null);
    if (rebuild && !isReportedThere(file, client, via, options)) rebuilds.set(node, rebuild);
    else others.add(getEnclosingFunction(node));
  }
  return [...rebuilds.values()].filter(({ client }) => {
    // Which of several clients is built depends on the request.
    if (isInBranch(client.node) && others.has(getEnclosingFunction(client.node))) return false;
    return !getLarger(file.of(client.node), client).some((larger) => rebuilds.get(larger.node)?.isStatic === true);
  });
}

/** The rebuild that the calls in `via` lead to from a handler; none where it replaces a failed client. */
function findRebuildAlong(
  file: LangChainFile,
  client: Client,
  { handler, via: before }: HandlerSite,
  via: readonly Call[],
): Rebuild | null {
  if (!countsIn(handler, client) || [...via, client.node].some(isInCatch)) return null;
  return findRebuild(file, client, { handler, via: [...before, ...via] });
}

/** One model per run of a timer costs nothing; a pool or a store leaks there as anywhere. */
function countsIn({ blockingOnly, recurring }: Handler, { resource }: Client): boolean {
  return !blockingOnly && !(recurring && (resource === 'models' || resource === 'limitedModels'));
}

/** Whether a file on the way has its own handler that leads to the client, and so reports it. */
function isReportedThere(file: LangChainFile, client: Client, via: readonly Call[], options: RebuildOptions): boolean {
  return [...via, client.node].some((node, index, way) => {
    const owner = file.of(node);
    const sites = findHandlers(owner, node, options.extra).flatMap((site) =>
      withCallers(owner, site, node, options.extra),
    );
    return sites.some(
      ({ handler, via: before }) =>
        findRebuildAlong(owner, client, { handler, via: before }, way.slice(index, -1)) !== null,
    );
  });
}

// ── in this file ────────────────────────────────────────────────────────────────────────────────────────────────────

/** The clients that contain a client as a part. */
function getLarger(file: LangChainFile, client: Client): readonly Client[] {
  const calls: Call[] = client.value === null ? [...findRecipients(file, client.node)] : [];
  for (
    let current: TSESTree.Node | undefined = client.node.parent;
    current && !isFunction(current);
    current = current.parent
  ) {
    if (isCall(current) && isArgumentOf(current, client.node)) calls.push(current);
  }
  const base = getBaseConstruction(client);
  if (base && isCall(base)) calls.push(base);
  return calls.flatMap((call) => findClient(file, call) ?? []);
}

function isMovable(file: LangChainFile, client: Client, options: RebuildOptions): boolean {
  return findOwnRebuilds(file, client, options).some(({ isStatic }) => isStatic);
}

/** Whether a client is changed after its construction, or closed again whatever happens. */
function belongsToRequest(file: LangChainFile, { harm, node }: Client): boolean {
  return isChangedOrClosed(file, node, harm === 'index') && findUnsureClose(file, node) === null;
}

const getKnown = perFile(() => new WeakMap<RebuildOptions, Map<Call, readonly Rebuild[]>>());

function findOwnRebuilds(file: LangChainFile, client: Client, options: RebuildOptions): readonly Rebuild[] {
  const byOptions = getKnown(file);
  const known = byOptions.get(options) ?? new Map<Call, readonly Rebuild[]>();
  byOptions.set(options, known);
  let rebuilds = known.get(client.node);
  if (!rebuilds) {
    rebuilds = options.counts(client) ? computeRebuilds(file, client, options) : [];
    known.set(client.node, rebuilds);
  }
  return rebuilds;
}

function computeRebuilds(file: LangChainFile, client: Client, { extra }: RebuildOptions): readonly Rebuild[] {
  const rebuilds = new Map<Call, Rebuild>();
  const ofField = findRebuildOfField(file, client, extra);
  if (ofField) return [ofField];
  if (belongsToRequest(file, client)) return [];
  const sites = findHandlers(file, client.node, extra).flatMap((site) => withCallers(file, site, client.node, extra));
  for (const site of sites) {
    if (!countsIn(site.handler, client)) continue;
    const rebuild = findRebuild(file, client, site);
    if (rebuild && !rebuilds.has(rebuild.node)) rebuilds.set(rebuild.node, rebuild);
  }
  return [...rebuilds.values()];
}

/** A field of a class that is instantiated for each request. */
function findRebuildOfField(file: LangChainFile, client: Client, extra: readonly ExtraHandler[]): Rebuild | null {
  const around = getSurroundings(client.node);
  if (around?.outer.type !== AST_NODE_TYPES.PropertyDefinition || around.outer.static) return null;
  const owner = getThisClass(client.node);
  if (!owner) return null;
  const handler = [...getHandlers(file, extra).values()].find(
    ({ node, requestScopedThis }) => requestScopedThis && getEnclosingClass(node) === owner,
  );
  return handler && dependOnThrough(file, client.node.arguments, [owner], []) === 'no'
    ? { client, node: client.node, handler, isStatic: true, isOfSetUp: false }
    : null;
}

/**
 * The functions that lead from a handler to a client which each of its runs builds, needlessly or not; null where the
 * client is kept or passed in.
 */
export function findBuilding(
  file: LangChainFile,
  client: Client,
  { handler, via }: HandlerSite,
): readonly Level[] | null {
  const levels = findLevels(file, handler.node, via, client.node);
  if (!levels || isReplaced(file, levels) || isClientKept(file, levels)) return null;
  return levels.some(({ fn, node }) => fn && setsUpService(file, fn, node)) ? null : levels;
}

function findRebuild(file: LangChainFile, client: Client, site: HandlerSite): Rebuild | null {
  const always = findRebuildFor(file, client, site, null);
  const setUp = always ? null : getSetUp(file, site.handler);
  return setUp && setUp.size > 0 ? findRebuildFor(file, client, site, setUp) : always;
}

/** @param setUp The functions whose parameters and variables count as the same in every run; null for none. */
function findRebuildFor(
  file: LangChainFile,
  client: Client,
  site: HandlerSite,
  setUp: ReadonlySet<FunctionNode> | null,
): Rebuild | null {
  const levels = findBuilding(file, client, site);
  if (!levels || levels.some(({ fn }) => fn && writesKey(file, fn))) return null;
  const { handler, via } = site;
  const perRequest = handler.requestScopedThis ? getEnclosingClass(handler.node) : null;
  const perRun = [...(perRequest ? [perRequest] : []), ...getFreshClasses(file, via)];
  for (const [index, { fn, node }] of [...levels.entries()].toReversed()) {
    if (fn && isFactoryOfService(handler, fn, node, file)) continue;
    const around: readonly TSESTree.Node[] = [
      ...(fn ? getFunctionsAround(fn) : getClassAround(node)),
      ...getFunctionsAround(handler.node),
    ];
    const roots = [...around.filter((each) => !isFunction(each) || !setUp?.has(each)), ...perRun];
    const inner = via.slice(index);
    if (dependOnThrough(file, client.decisive, roots, inner) !== 'no') continue;
    const isStatic = dependOnThrough(file, client.node.arguments, roots, inner) === 'no';
    return { client, node, handler, isStatic, isOfSetUp: setUp !== null };
  }
  return null;
}

/**
 * Whether a method of a service that its constructor or a lifecycle hook calls sets a field: `this.store = await …`.
 */
function setsUpService(file: LangChainFile, fn: FunctionNode, node: Call): boolean {
  const { parent } = getWholeValue(file, node);
  const isField =
    parent?.type === AST_NODE_TYPES.AssignmentExpression &&
    getMemberRoot(parent.left).type === AST_NODE_TYPES.ThisExpression;
  return isField && getCallSites(file.of(fn), fn).some(({ call }) => isSetUp(getEnclosingFunction(call), fn));
}

function isSetUp(caller: FunctionNode | null, fn: FunctionNode): boolean {
  if (!caller) return false;
  const method = caller.parent;
  if (method.type !== AST_NODE_TYPES.MethodDefinition || getEnclosingClass(caller) !== getEnclosingClass(fn))
    return false;
  return method.kind === 'constructor' || /^on(?:ApplicationBootstrap|Module)/u.test(getKeyName(method) ?? '');
}

/**
 * A function and those around it: the inner one alone does not show whether `createTools(key)` is called once or per
 * request.
 */
function getFunctionsAround(fn: FunctionNode): readonly FunctionNode[] {
  const functions: FunctionNode[] = [];
  for (let current: FunctionNode | null = fn; current; current = getEnclosingFunction(current)) functions.push(current);
  return functions;
}

/** The class whose field a node initialises, and the functions around it. */
function getClassAround(node: TSESTree.Node): readonly TSESTree.Node[] {
  const owner = getFieldOwner(node);
  const around = getEnclosingFunction(node);
  return [...(owner ? [owner] : []), ...(around ? getFunctionsAround(around) : [])];
}

/** A method of a Nest service that returns what it builds: its callers decide how often it runs. */
function isFactoryOfService(handler: Handler, fn: FunctionNode, node: TSESTree.Node, file: LangChainFile): boolean {
  const isMethod =
    fn.parent.type === AST_NODE_TYPES.MethodDefinition || fn.parent.type === AST_NODE_TYPES.PropertyDefinition;
  return (
    handler.framework === 'NestJS' &&
    isMethod &&
    findReturns(fn, file.sourceCode.visitorKeys).some((value) => returns(file, value, node))
  );
}

function returns(file: LangChainFile, value: TSESTree.Node, node: TSESTree.Node): boolean {
  // The loop adds every expression that the value may come from.
  const values = new Set([unwrap(value)]);
  for (const each of values) for (const next of getValues(file, each)) values.add(unwrap(next));
  return values.has(node);
}

function getValues(file: LangChainFile, expression: TSESTree.Node): readonly TSESTree.Node[] {
  switch (expression.type) {
    case AST_NODE_TYPES.AwaitExpression:
      return [expression.argument];
    case AST_NODE_TYPES.ConditionalExpression:
      return [expression.consequent, expression.alternate];
    case AST_NODE_TYPES.Identifier: {
      const definition = file.scopes.findVariable(expression)?.defs[0];
      return definition?.type === 'Variable' && definition.node.init ? [definition.node.init] : [];
    }
    default:
      return [];
  }
}

/** How far a chain of factories is followed. */
const maxFactories = 5;

/** For a factory of a Nest service, the handlers of this file that call it. */
function withCallers(
  file: LangChainFile,
  site: HandlerSite,
  construction: Call,
  extra: readonly ExtraHandler[],
  depth = maxFactories,
): readonly HandlerSite[] {
  const { handler, via } = site;
  if (depth === 0 || !isFactoryOfService(handler, handler.node, via[0] ?? construction, file)) return [site];
  return getCallSites(file, handler.node).flatMap(({ argument, call }) =>
    argument === null
      ? findHandlers(file, call, extra).flatMap((outer) =>
          withCallers(
            file,
            { handler: outer.handler, via: [...outer.via, call, ...via] },
            construction,
            extra,
            depth - 1,
          ),
        )
      : [],
  );
}
