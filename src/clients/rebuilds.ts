import type { TSESTree } from '@typescript-eslint/utils';
import { getEnclosingFunction } from '../ast/ancestors.ts';
import { isInBranch, isInCatch } from '../ast/branches.ts';
import { type Call, isArgumentOf } from '../ast/calls.ts';
import { type FunctionNode, getEnclosingClass, isFunction, unwrap } from '../ast/nodes.ts';
import { findReturns } from '../ast/returns.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { findCalledAround, getCallSites } from '../flow/calls/call-graph.ts';
import { getReachedCalls } from '../flow/calls/reached.ts';
import { isChangedOrClosed } from '../flow/lifetime/closing.ts';
import { dependOnThrough } from '../flow/lifetime/dependence.ts';
import { isReplaced, type Level } from '../flow/lifetime/given.ts';
import { getHandlerEntries } from '../handlers/entries.ts';
import type { ExtraHandler, Handler } from '../handlers/handler.ts';
import { findHandlers, type HandlerSite } from '../handlers/index.ts';
import { type LangChainFile, perFile } from '../trace/file.ts';
import { type Client, findClient, getBaseConstruction } from './client.ts';
import { isClientKept } from './kept-client.ts';
import { findRecipients } from './recipients.ts';

/** A client that is built again in each run of a handler although it could be shared. */
export interface Rebuild {
  readonly client: Client;
  /**
   * What builds it: the construction, or the call of a factory of this file that gives it the same arguments each time.
   */
  readonly node: Call;
  readonly handler: Handler;
  /**
   * Whether nothing in it varies; false for a store whose pool could be shared while its other options belong to the
   * request.
   */
  readonly isStatic: boolean;
}

/** Which clients count, and what else is a handler. */
export interface RebuildOptions {
  readonly extra: readonly ExtraHandler[];
  counts(client: Client): boolean;
}

/**
 * Where a client is built again and again: one per construction or factory call. Of nested constructions the outermost
 * that could be shared counts, and of a pool and the store that it is handed to, the store.
 */
export function findRebuilds(file: LangChainFile, client: Client, options: RebuildOptions): readonly Rebuild[] {
  const own = findOwnRebuilds(file, client, options);
  return own.length > 0 &&
    getLarger(file, client).some((larger) => options.counts(larger) && isMovable(file, larger, options))
    ? []
    : own;
}

// ── in other files ──────────────────────────────────────────────────────────────────────────────────────────────────

/** A client that another file builds again in each run of a handler of this one. */
interface RebuildElsewhere {
  readonly rebuild: Rebuild;
  /** What leads there from this file: a call in the handler, or the name by which the handler is registered. */
  readonly from: TSESTree.Node;
}

/**
 * Where functions of other files, which a handler calls or which are registered as handlers here, build clients that
 * they do not report themselves. One for each way there.
 */
export function findRebuildsElsewhere(file: LangChainFile, options: RebuildOptions): readonly RebuildElsewhere[] {
  if (!file.importsMark('client')) return [];
  return getHandlerEntries(file, options.extra, 'client').flatMap(({ call, fn, from, sites: direct }) => {
    const sites = call ? direct.flatMap((site) => withCallers(file, site, call, options.extra)) : direct;
    const [rebuild] = findReachedRebuilds(file, fn, sites, options);
    return rebuild ? [{ rebuild, from: file.owns(rebuild.node) ? rebuild.node : from }] : [];
  });
}

function findReachedRebuilds(
  file: LangChainFile,
  fn: FunctionNode,
  sites: readonly HandlerSite[],
  options: RebuildOptions,
): readonly Rebuild[] {
  const rebuilds = new Map<Call, Rebuild>();
  const others = new Set<FunctionNode | null>();
  for (const { node, via } of getReachedCalls(file, fn)) {
    const client = file.owns(node) ? null : findClient(file, node);
    if (!client || !options.counts(client) || isChangedOrClosed(file.of(node), node, client.harm === 'index')) continue;
    const rebuild = sites.map((site) => findRebuildAlong(file, client, site, via)).find((each) => each !== null);
    if (rebuild && !isReportedThere(file, client, via, options)) rebuilds.set(node, rebuild);
    else others.add(getEnclosingFunction(node));
  }
  return [...rebuilds.values()].filter(({ client }) => {
    // Which one is built depends on the request where others built beside it do.
    if (isInBranch(client.node) && others.has(getEnclosingFunction(client.node))) return false;
    return !getLarger(file.of(client.node), client).some((larger) => rebuilds.get(larger.node)?.isStatic === true);
  });
}

/** A rebuild that the calls in `via` lead to, from a site on; none where it replaces what failed. */
function findRebuildAlong(
  file: LangChainFile,
  client: Client,
  { handler, via: before }: HandlerSite,
  via: readonly Call[],
): Rebuild | null {
  if (!countsIn(handler, client) || [...via, client.node].some(isInCatch)) return null;
  return findRebuild(file, client, { handler, via: [...before, ...via] });
}

/** A model per run of a timer costs nothing; a pool or a store leaks there as anywhere. */
function countsIn({ blockingOnly, recurring }: Handler, { resource }: Client): boolean {
  return !blockingOnly && !(recurring && (resource === 'models' || resource === 'limitedModels'));
}

/** Whether a file on the way has a handler of its own that leads to the client, and so the report. */
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

/** What holds a client as a part. */
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

function isCall(node: TSESTree.Node): node is Call {
  return node.type === AST_NODE_TYPES.CallExpression || node.type === AST_NODE_TYPES.NewExpression;
}

function isMovable(file: LangChainFile, client: Client, options: RebuildOptions): boolean {
  return findOwnRebuilds(file, client, options).some(({ isStatic }) => isStatic);
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
  // One that is changed or closed again belongs to its request.
  if (isChangedOrClosed(file, client.node, client.harm === 'index')) return [];
  const sites = findHandlers(file, client.node, extra).flatMap((site) => withCallers(file, site, client.node, extra));
  for (const site of sites) {
    if (!countsIn(site.handler, client)) continue;
    const rebuild = findRebuild(file, client, site);
    if (rebuild && !rebuilds.has(rebuild.node)) rebuilds.set(rebuild.node, rebuild);
  }
  return [...rebuilds.values()];
}

function getLevels(file: LangChainFile, { handler, via }: HandlerSite, construction: Call): readonly Level[] | null {
  const nodes = [...via, construction];
  const functions = [
    handler.node,
    ...via.map((call, index) => findCalledAround(file, call, nodes[index + 1] ?? construction)),
  ];
  const levels = nodes.flatMap((node, index): readonly Level[] => {
    const fn = functions[index];
    return fn ? [{ fn, node }] : [];
  });
  return levels.length === nodes.length ? levels : null;
}

function findRebuild(file: LangChainFile, client: Client, site: HandlerSite): Rebuild | null {
  const levels = getLevels(file, site, client.node);
  if (!levels || isReplaced(file, levels) || isClientKept(file, levels)) return null;
  const { handler, via } = site;
  const perRequest = handler.requestScopedThis ? getEnclosingClass(handler.node) : null;
  for (const [index, { fn, node }] of [...levels.entries()].toReversed()) {
    if (isFactoryOfService(handler, fn, node, file)) continue;
    const roots: readonly TSESTree.Node[] = [
      ...getFunctionsAround(fn),
      ...getFunctionsAround(handler.node),
      ...(perRequest ? [perRequest] : []),
    ];
    const inner = via.slice(index);
    if (dependOnThrough(file, client.decisive, roots, inner) !== 'no') continue;
    return { client, node, handler, isStatic: dependOnThrough(file, client.node.arguments, roots, inner) === 'no' };
  }
  return null;
}

/** A function and those it stands in: whether `createTools(key)` is called once or per request cannot be seen in it. */
function getFunctionsAround(fn: FunctionNode): readonly FunctionNode[] {
  const functions: FunctionNode[] = [];
  for (let current: FunctionNode | null = fn; current; current = getEnclosingFunction(current)) functions.push(current);
  return functions;
}

/** A method of a Nest service that returns what it builds: its callers decide how often that is. */
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
  const expression = unwrap(value);
  switch (expression.type) {
    case AST_NODE_TYPES.AwaitExpression:
      return returns(file, expression.argument, node);
    case AST_NODE_TYPES.ConditionalExpression:
      return returns(file, expression.consequent, node) || returns(file, expression.alternate, node);
    case AST_NODE_TYPES.Identifier: {
      const definition = file.scopes.findVariable(expression)?.defs[0];
      return (
        definition?.type === 'Variable' && definition.node.init !== null && returns(file, definition.node.init, node)
      );
    }
    default:
      return expression === node;
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
