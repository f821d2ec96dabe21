import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { getEnclosingFunction } from '../ast/ancestors.ts';
import { isInBranch } from '../ast/branches.ts';
import { isFunction, unwrap, type FunctionNode } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { perFile, type LangChainFile } from '../file.ts';
import { isCached, isChangedOrClosed } from './caches.ts';
import { findCalled, getOwnCalls, resolveFunction, type Call } from './call-graph.ts';
import { findClient, type Client, type Harm } from './clients.ts';
import { dependOnThrough } from './dependence.ts';
import { findHandlers, getHandlers, getHandlersElsewhere, type ExtraHandler, type HandlerSite } from './handlers/index.ts';
import { isKept } from './lifetime.ts';
import type { Mark } from '../project/project.ts';
import { getNodes } from '../visited.ts';

/** A call that runs when a function does, with the calls that lead to it from there, outermost first. */
export interface ReachedCall {
  readonly node: Call;
  readonly path: readonly Call[];
}

/** How deep calls are followed into other files. */
const maxDepth = 8;
/** How many functions one call may lead to. */
const maxFunctions = 200;

const getKnown = perFile(() => new WeakMap<FunctionNode, readonly ReachedCall[]>());

/** The calls that run when `fn` does: its own, and those of the functions that it calls, in this file and others. Nearest first. */
export function getReachedCalls(file: LangChainFile, fn: FunctionNode): readonly ReachedCall[] {
  const known = getKnown(file.of(fn));
  let reached = known.get(fn);
  if (!reached) {
    reached = collect(file, fn);
    known.set(fn, reached);
  }
  return reached;
}

function collect(file: LangChainFile, start: FunctionNode): readonly ReachedCall[] {
  const reached: ReachedCall[] = [];
  const visited = new Set([start]);
  const pending: { readonly fn: FunctionNode; readonly path: readonly Call[] }[] = [{ fn: start, path: [] }];
  for (let next = pending.shift(); next; next = pending.shift()) {
    const { fn, path } = next;
    for (const node of getOwnCalls(file, fn)) {
      reached.push({ node, path });
      const called = path.length < maxDepth && visited.size < maxFunctions ? findCalled(file, node) : null;
      if (!called || visited.has(called)) continue;
      visited.add(called);
      pending.push({ fn: called, path: [...path, node] });
    }
  }
  return reached;
}

/** A client that a function of another file builds anew each time it runs. */
export interface BuiltClient {
  readonly client: Client;
  readonly harm: Exclude<Harm, 'derivedLimit'>;
  /** Whether it is made of what the function is called with. */
  readonly dependsOnArguments: boolean;
}

/**
 * The clients that a function builds anew each time a call runs it: not those that it keeps, nor those that replace what failed, nor those of
 * which one is chosen, nor those made of what cannot be seen.
 */
export function findBuiltClients(file: LangChainFile, run: Call, fn: FunctionNode): readonly BuiltClient[] {
  const built = getReachedCalls(file, fn).flatMap(({ node, path }) => {
    const client = findClient(file, node);
    if (!client) return [];
    const { harm } = client;
    if (harm === 'derivedLimit' || isChangedOrClosed(file.of(node), node, harm === 'index')) return [];
    const way = [...path, node];
    const functions = [fn, ...path.map((call) => findCalled(file, call))];
    const isKeptOnTheWay = way.some((each, index) => {
      const region = functions[index];
      return !region || isInCatch(each) || isCached(file.of(each), each) || isKept(file, each, region, functions.slice(index + 1).filter((inner) => inner !== null));
    });
    // Besides the arguments, nothing may vary.
    if (isKeptOnTheWay || dependOnThrough(file, client.decisive, [], [run, ...path]) !== 'no') return [];
    return [{ client, harm, dependsOnArguments: dependOnThrough(file, client.decisive, [fn], path) !== 'no' }];
  });
  return built.filter(({ client, dependsOnArguments }) => {
    if (dependsOnArguments || !isInBranch(client.node)) return true;
    return !built.some((other) => other.dependsOnArguments && getEnclosingFunction(other.client.node) === getEnclosingFunction(client.node));
  });
}

/** Whether a node is reached only when something has failed. */
export function isInCatch(node: TSESTree.Node): boolean {
  for (let current = node.parent; current && !isFunction(current); current = current.parent) if (current.type === AST_NODE_TYPES.CatchClause) return true;
  return false;
}

/** The function of another file that a call of this one runs, where files from there on lead to a mark; null for any other call. */
export function findOutgoing(file: LangChainFile, node: Call, mark: Mark): FunctionNode | null {
  if (!mayLeadTo(file, node, mark)) return null;
  const fn = findCalled(file, node);
  if (fn) return file.owns(fn) ? null : fn;
  // A file from which LangChain is out of reach.
  const imported = mark === 'client' ? null : file.findImported(unwrap(node.callee), mark);
  return imported && resolveFunction(file, imported);
}

/** Whether a call may run a function of another file that leads to a mark, told by where its callee's first name comes from: most do not. */
export function mayLeadTo(file: LangChainFile, node: Call, mark: Mark): boolean {
  return mayNameIn(file, unwrap(node.callee), mark, maxAliases);
}

/** How many variables a name may come through. */
const maxAliases = 4;

function mayNameIn(file: LangChainFile, expression: TSESTree.Node, mark: Mark, aliases: number): boolean {
  let root = expression;
  while (root.type === AST_NODE_TYPES.MemberExpression || root.type === AST_NODE_TYPES.CallExpression || root.type === AST_NODE_TYPES.NewExpression || root.type === AST_NODE_TYPES.AwaitExpression) {
    root = unwrap(root.type === AST_NODE_TYPES.MemberExpression ? root.object : root.type === AST_NODE_TYPES.AwaitExpression ? root.argument : root.callee);
  }
  if (root.type === AST_NODE_TYPES.ThisExpression) return true;
  const variable = root.type === AST_NODE_TYPES.Identifier && aliases > 0 ? file.scopes.findVariable(root) : null;
  const definition = variable?.defs[0];
  switch (definition?.type) {
    case 'ImportBinding': {
      const imported = file.imports.findExport(variable as TSESLint.Scope.Variable);
      return imported !== null && file.leadsTo(imported.source, mark);
    }
    case 'Parameter':
      return mayBeTypedBy(file, definition.name, mark);
    case 'Variable': {
      const specifier = getRequired(definition.node.init);
      if (specifier !== null) return file.leadsTo(specifier, mark);
      return mayBeTypedBy(file, definition.name, mark) || (definition.node.init !== null && mayNameIn(file, unwrap(definition.node.init), mark, aliases - 1));
    }
    default:
      return false;
  }
}

/** `./model` of `require('./model')` and `await import('./model')`. */
function getRequired(node: TSESTree.Node | null): string | null {
  const value = node && unwrap(node);
  const call = value?.type === AST_NODE_TYPES.AwaitExpression ? unwrap(value.argument) : value;
  const source = call?.type === AST_NODE_TYPES.ImportExpression ? call.source : call?.type === AST_NODE_TYPES.CallExpression && call.callee.type === AST_NODE_TYPES.Identifier && call.callee.name === 'require' ? call.arguments[0] : null;
  return source?.type === AST_NODE_TYPES.Literal && typeof source.value === 'string' ? source.value : null;
}

/** `service: AnswerService` of an imported class. */
function mayBeTypedBy(file: LangChainFile, name: TSESTree.Node, mark: Mark): boolean {
  const type = name.type === AST_NODE_TYPES.Identifier ? name.typeAnnotation?.typeAnnotation : undefined;
  if (type?.type !== AST_NODE_TYPES.TSTypeReference || type.typeName.type !== AST_NODE_TYPES.Identifier) return false;
  const variable = file.scopes.findVariable(type.typeName);
  const imported = variable && file.imports.findExport(variable);
  return imported !== null && file.leadsTo(imported.source, mark);
}

// ── from handlers ───────────────────────────────────────────────────────────────────────────────────────────────────

/** A way from the handlers of a file into another one. */
export interface Entry {
  readonly fn: FunctionNode;
  /** What leads there: a call in the handler, or the name by which a handler of another file is registered. */
  readonly from: TSESTree.Node;
  /** Null where the handler itself stands in the other file. */
  readonly call: Call | null;
  /** The handlers that take it, with the calls that lead to it, itself included. */
  readonly sites: readonly HandlerSite[];
}

/** @param mark What the other files must lead to. */
export function getEntries(file: LangChainFile, extra: readonly ExtraHandler[], mark: Mark): readonly Entry[] {
  const calls = getHandlers(file, extra).size === 0 ? [] : getNodes(file).flatMap((node): readonly Entry[] => {
    if (node.type !== AST_NODE_TYPES.CallExpression && node.type !== AST_NODE_TYPES.NewExpression) return [];
    const sites = mayLeadTo(file, node, mark) ? findHandlers(file, node, extra) : [];
    const fn = sites.length === 0 ? null : findOutgoing(file, node, mark);
    return fn ? [{ fn, from: node, call: node, sites: sites.map(({ handler, path }) => ({ handler, path: [...path, node] })) }] : [];
  });
  return [...calls, ...getHandlersElsewhere(file, extra, (node) => mayNameIn(file, unwrap(node), mark, maxAliases)).map((handler): Entry => ({ fn: handler.node, from: handler.reference, call: null, sites: [{ handler, path: [] }] }))];
}
