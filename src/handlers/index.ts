import type { TSESTree } from '@typescript-eslint/utils';
import { getFieldOwner, getSurroundings } from '../ast/ancestors.ts';
import type { Call } from '../ast/calls.ts';
import { isConstructor } from '../ast/class-members.ts';
import { readExports } from '../ast/exports.ts';
import {
  type ClassNode,
  type FunctionNode,
  getEnclosingClass,
  getKeyName,
  isClass,
  isFunction,
  unwrap,
  wrapped,
} from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { type Callee, getCallSites, getCreations } from '../flow/calls/call-graph.ts';
import { resolveFunction } from '../flow/calls/functions.ts';
import type { LangChainFile } from '../trace/file.ts';
import { isExport } from '../trace/imports.ts';
import { getNodes } from '../trace/nodes.ts';
import { resolveComponent } from './components.ts';
import { collectDecorated } from './decorators.ts';
import { collectExports, isServerAction } from './exports.ts';
import type { Framework } from './frameworks/row.ts';
import { next } from './frameworks/sites.ts';
import type { Collector, ExtraHandler, Handler } from './handler.ts';
import { collectAssigned, collectRegistration, collectResolvers } from './registrations.ts';
import { findSignature } from './signatures.ts';
import { collectLambda, collectLangChain, collectToolClass } from './tools.ts';

/** A handler whose run reaches a node. */
export interface HandlerSite {
  readonly handler: Handler;
  /**
   * The calls of functions of this file that lead from the handler to the node, outermost first; empty when the node is
   * in the handler itself.
   */
  readonly via: readonly Call[];
}

const none: readonly ExtraHandler[] = [];

interface Detected {
  readonly handlers: ReadonlyMap<FunctionNode, Handler>;
  /** Registered by expressions that name no function of this file. */
  readonly elsewhere: readonly {
    readonly node: TSESTree.Node;
    readonly framework: Framework;
    readonly more: Partial<Handler> | undefined;
    readonly exported: RegExp | undefined;
  }[];
}

const known = new WeakMap<LangChainFile, Map<string, Detected>>();

/** The functions of a file that run once per request, event, job, tool call or graph step. */
export function getHandlers(
  file: LangChainFile,
  extra: readonly ExtraHandler[] = none,
): ReadonlyMap<FunctionNode, Handler> {
  return detect(file, extra).handlers;
}

/** The handlers that a file registers but other files define, for the expressions that `isWanted` accepts. */
export function getHandlersOfOtherFiles(
  file: LangChainFile,
  extra: readonly ExtraHandler[],
  isWanted: (node: TSESTree.Node) => boolean,
): readonly Handler[] {
  return detect(file, extra)
    .elsewhere.filter(({ node }) => isWanted(node))
    .flatMap(({ exported, framework, more, node }) =>
      findFunctions(file, node, exported).flatMap((fn) =>
        file.owns(fn) ? [] : [createHandler(fn, framework, { ...more, reference: node })],
      ),
    );
}

function detect(file: LangChainFile, extra: readonly ExtraHandler[]): Detected {
  let byExtra = known.get(file);
  if (!byExtra) {
    byExtra = new Map();
    known.set(file, byExtra);
  }
  const key = JSON.stringify(extra);
  let detected = byExtra.get(key);
  if (!detected) {
    detected = detectHandlers(file.alone, file, extra);
    byExtra.set(key, detected);
  }
  return detected;
}

/** @param project The same file with access to the project, for the few questions that need other files. */
function detectHandlers(file: LangChainFile, project: LangChainFile, extra: readonly ExtraHandler[]): Detected {
  const handlers = new Map<FunctionNode, Handler>();
  const elsewhere: Detected['elsewhere'][number][] = [];
  const collector: Collector = {
    add: (node, framework, more, exported) => {
      if (!node) return;
      const named = findFunctions(file, node);
      if (named.length === 0) elsewhere.push({ node, framework, more, exported });
      for (const fn of named)
        if (!handlers.has(fn)) handlers.set(fn, createHandler(fn, framework, { ...more, reference: node }));
    },
  };
  const functions: FunctionNode[] = [];
  const calls: Call[] = [];
  for (const node of getNodes(file)) {
    if (isFunction(node)) functions.push(node);
    else if (node.type === AST_NODE_TYPES.CallExpression || node.type === AST_NODE_TYPES.NewExpression) {
      calls.push(node);
      collectExtra(file, node, extra, collector);
      collectLangChain(file, node, collector);
      collectRegistration({ file, project }, node, collector);
    } else if (node.type === AST_NODE_TYPES.AssignmentExpression) {
      collectAssigned({ file, project }, node, collector);
    } else if (isClass(node)) {
      collectDecorated(file, node, extra, collector);
      collectToolClass(project, node, collector);
    } else {
      collectResolvers(file, node, collector);
    }
  }
  collectExports(file, collector);
  for (const fn of functions) {
    if (handlers.has(fn)) continue;
    const framework = isServerAction(fn) ? next : findSignature(file, project, fn);
    if (framework) handlers.set(fn, createHandler(fn, framework));
  }
  for (const call of calls) collectLambda(file, call, collector);
  return { handlers, elsewhere };
}

function createHandler(
  node: FunctionNode,
  { name, unit, serverless = false, cloudflare = false, blockingOnly = false, recurring = false }: Framework,
  more: Partial<Handler> = {},
): Handler {
  return {
    node,
    reference: node,
    framework: name,
    unit,
    serverless,
    cloudflare,
    blockingOnly,
    recurring,
    requestScopedThis: false,
    ...more,
  };
}

function collectExtra(file: LangChainFile, node: Call, extra: readonly ExtraHandler[], collector: Collector): void {
  if (extra.length === 0) return;
  const trace = file.trace(node.callee);
  if (trace.type !== 'export') return;
  if (!extra.some((each) => 'module' in each && isExport(trace.export, file.imports.getSource(each.module), each.name)))
    return;
  for (const argument of node.arguments) collector.add(argument, { name: trace.export.source, unit: 'request' });
}

/** How many wrappers a handler may have: `Sentry.wrap(withAuth(catchErrors(fn)))`. */
const maxWrappers = 5;

/**
 * The functions of the file that an expression names, including those passed to functions that cannot be resolved,
 * because these are usually wrappers.
 */
function findFunctions(
  file: LangChainFile,
  node: TSESTree.Node,
  exported?: RegExp,
  depth = maxWrappers,
): readonly FunctionNode[] {
  const expression = unwrap(node);
  const fn =
    expression.type === AST_NODE_TYPES.JSXIdentifier
      ? resolveComponent(file, expression)
      : resolveFunction(file, expression);
  if (fn) return [fn];
  if (expression.type === AST_NODE_TYPES.ExportAllDeclaration) {
    const program = file.findImportedNode(expression);
    return program?.type === AST_NODE_TYPES.Program ? findExportedFunctions(file, program, exported) : [];
  }
  if (expression.type === AST_NODE_TYPES.ExportSpecifier) {
    const passedOn = file.findImportedNode(expression);
    return passedOn ? findFunctions(file, passedOn, exported, depth - 1) : [];
  }
  const module = expression.type === AST_NODE_TYPES.Identifier ? file.trace(expression) : null;
  if (module?.type === 'module') return findExportedFunctions(file, module.node, undefined);
  if (depth === 0) return [];
  const each = (nodes: readonly (TSESTree.Node | null)[]): readonly FunctionNode[] =>
    nodes.flatMap((inner) => (inner ? findFunctions(file, inner, exported, depth - 1) : []));
  switch (expression.type) {
    case AST_NODE_TYPES.ArrayExpression:
      return each(expression.elements);
    case AST_NODE_TYPES.ConditionalExpression:
      return each([expression.consequent, expression.alternate]);
    case AST_NODE_TYPES.LogicalExpression:
      return each([expression.left, expression.right]);
    case AST_NODE_TYPES.Identifier: {
      const definition = file.scopes.findVariable(expression)?.defs[0];
      const init =
        definition?.type === 'Variable' && definition.node.id === definition.name ? definition.node.init : null;
      return init && unwrap(init).type !== AST_NODE_TYPES.Identifier ? each([init]) : [];
    }
    case AST_NODE_TYPES.CallExpression: {
      if (file.trace(expression.callee).type === 'function') return [];
      const callee = unwrap(expression.callee);
      const before = callee.type === AST_NODE_TYPES.MemberExpression ? unwrap(callee.object) : null;
      // `middy(fn).use(…)`
      return each([...expression.arguments, before?.type === AST_NODE_TYPES.CallExpression ? before : null]);
    }
    case AST_NODE_TYPES.NewExpression: {
      // `new RunnableLambda({ func })`
      const [options] = expression.arguments;
      const object = options && file.trace(options);
      if (object?.type !== 'object') return [];
      return each(
        object.node.properties.map((property) =>
          property.type === AST_NODE_TYPES.Property && getKeyName(property) === 'func' ? property.value : null,
        ),
      );
    }
    default:
      return [];
  }
}

/** `import * as activities from './activities'`; `export * from './chat'`, of which only some exports count. */
function findExportedFunctions(
  file: LangChainFile,
  program: TSESTree.Program,
  names: RegExp | undefined,
): readonly FunctionNode[] {
  return [...readExports(program).named].flatMap(([name, binding]) =>
    'node' in binding && names?.test(name) !== false ? (resolveFunction(file, binding.node) ?? []) : [],
  );
}

// ── from a node to the handlers that reach it ───────────────────────────────────────────────────────────────────────

/**
 * The handlers whose run reaches this node: they contain it, directly or in a callback that runs as part of them, or
 * they call a function of the file that does.
 */
export function findHandlers(
  file: LangChainFile,
  node: TSESTree.Node,
  extra: readonly ExtraHandler[] = none,
): readonly HandlerSite[] {
  const handlers = getHandlers(file, extra);
  if (handlers.size === 0) return [];
  const sites: HandlerSite[] = [];
  const pending: Step[] = [{ from: node, via: [], through: [] }];
  for (let steps = 0, next = pending.shift(); next && steps < maxSteps; steps++, next = pending.shift()) {
    const { from, via } = next;
    const fn = getRunner(from);
    const owner = fn ? null : getFieldOwner(from);
    const perRequest = owner && findScopedClass(handlers, owner);
    if (perRequest) sites.push({ handler: perRequest, via });
    else if (owner && !next.through.includes(owner)) {
      const through = [...next.through, owner];
      for (const call of getDistinct(getCreations(file, owner)))
        pending.push({ from: call, via: [call, ...via], through });
    }
    if (!fn || next.through.length > maxThrough || next.through.includes(fn)) continue;
    const handler = handlers.get(fn);
    if (handler) {
      sites.push({ handler, via });
      continue;
    }
    const through = [...next.through, fn];
    for (const call of findRuns(file, fn)) if (!keepsResult(file, call)) pending.push({ from: call, via, through });
    for (const call of getDistinct(findCalls(file, fn))) pending.push({ from: call, via: [call, ...via], through });
  }
  return sites;
}

/** A handler of a class that is instantiated once per request, for the initialisers of its fields. */
function findScopedClass(handlers: ReadonlyMap<FunctionNode, Handler>, classNode: ClassNode): Handler | null {
  return (
    [...handlers.values()].find(
      ({ node: method, requestScopedThis }) => requestScopedThis && getEnclosingClass(method) === classNode,
    ) ?? null
  );
}

interface Step {
  readonly from: TSESTree.Node;
  readonly via: HandlerSite['via'];
  /** The functions and classes that the way from the node has already left; ends recursion. */
  readonly through: readonly Callee[];
}

/** The paths through a file multiply where functions call one another often; the nearest are searched first. */
const maxSteps = 500;
/** How many functions a path may lead through. */
const maxThrough = 30;

/**
 * The calls that run a function as part of the code around it: those that it is passed to, and that of an immediately
 * invoked function.
 */
function findRuns(file: LangChainFile, fn: FunctionNode): ReadonlySet<Call> {
  const outer = findOuterCall(fn);
  const handedTo = getCallSites(file, fn).filter(({ argument }) => argument !== null);
  return new Set([...(outer ? [outer] : []), ...handedTo.map(({ call }) => call)]);
}

function findCalls(file: LangChainFile, fn: FunctionNode): readonly Call[] {
  return getCallSites(file, fn).flatMap(({ argument, call }) =>
    argument === null && unwrap(call.callee) !== fn ? [call] : [],
  );
}

/** Of calls without arguments in one constructor, the first stands for all: the ways through them lead to the same. */
function getDistinct(calls: readonly Call[]): readonly Call[] {
  const constructors = new Set<FunctionNode>();
  return calls.filter((call) => {
    const runner = call.arguments.length === 0 ? getRunner(call) : null;
    if (!runner || !isConstructor(runner)) return true;
    const isFirst = !constructors.has(runner);
    constructors.add(runner);
    return isFirst;
  });
}

/** The function whose run evaluates a node; null at the top of the module, and for the initialiser of a field. */
function getRunner(node: TSESTree.Node): FunctionNode | null {
  for (let around = getSurroundings(node); around; around = getSurroundings(around.outer)) {
    const { inner, outer } = around;
    if (isFunction(outer)) return outer;
    if (outer.type === AST_NODE_TYPES.PropertyDefinition && outer.value === inner) return null;
  }
  return null;
}

/**
 * The call that has an inline function as an argument, directly or in an object: `new ReadableStream({ async start() {
 * … } })`, `after(async () => { … })`.
 */
function findOuterCall(fn: FunctionNode): Call | null {
  for (let node = wrapped(fn); ; node = wrapped(node.parent ?? fn)) {
    const { parent } = node;
    if (parent?.type === AST_NODE_TYPES.CallExpression || parent?.type === AST_NODE_TYPES.NewExpression) return parent;
    const isInObject =
      (parent?.type === AST_NODE_TYPES.Property && parent.value === node) ||
      parent?.type === AST_NODE_TYPES.ObjectExpression;
    if (!isInObject) return null;
  }
}

/** A function that runs its argument once and keeps the result: `cache(fn)`, `getOrCreate(key, () => …)`. */
function keepsResult(file: LangChainFile, call: Call): boolean {
  return /cache|memo|once|lazy|singleton|getOr|computeIfAbsent/iu.test(file.getText(call.callee));
}
