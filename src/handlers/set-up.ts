import type { TSESTree } from '@typescript-eslint/utils';
import { getEnclosingFunction } from '../ast/ancestors.ts';
import { isCall } from '../ast/calls.ts';
import { type FunctionNode, wrapped } from '../ast/nodes.ts';
import { findReturns } from '../ast/returns.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { getCallSites, isPrivate } from '../flow/calls/call-graph.ts';
import { resolveFunction } from '../flow/calls/functions.ts';
import type { LangChainFile } from '../trace/file.ts';
import type { Handler } from './handler.ts';
import { findHandlers, getHandlers } from './index.ts';

/** Frameworks whose handlers are registered before the first request or job. A Hono app may be made per request. */
const registersAhead = new Set([
  'Agenda',
  'Bull',
  'BullMQ',
  'Express',
  'Fastify',
  'H3',
  'HTTP',
  'Koa',
  'Oak',
  'gRPC',
  'hapi',
  'pg-boss',
]);

/** Parameters that belong to one request, or to a platform that hands its bindings out per request. */
const requestNames = /^(?:c|context|ctx|env|event|req|request|session)$/u;

/**
 * The functions around a handler that run before any request: the innermost that registers it with a server, returns it
 * as the handler of a route, or is called by the module alone, and those around that one.
 */
export function getSetUp(file: LangChainFile, handler: Handler): ReadonlySet<FunctionNode> {
  const owner = file.of(handler.node);
  const setUp = new Set<FunctionNode>();
  for (let fn = getEnclosingFunction(handler.node); fn; fn = getEnclosingFunction(fn))
    if (setUp.size > 0 || runsAhead(owner, handler, fn)) setUp.add(fn);
  return setUp;
}

function runsAhead(file: LangChainFile, handler: Handler, fn: FunctionNode): boolean {
  if (isCalledAhead(file, fn, new Set())) return true;
  if (!registersAhead.has(handler.framework) || takesRequest(fn) || isReached(file, fn)) return false;
  return registers(fn, handler) || returnsHandler(file, fn, handler);
}

function takesRequest({ params }: FunctionNode): boolean {
  return params.some((parameter) => parameter.type === AST_NODE_TYPES.Identifier && requestNames.test(parameter.name));
}

/** Whether a handler contains or calls a function, or is one. */
function isReached(file: LangChainFile, fn: FunctionNode): boolean {
  const places = [fn, ...getCallSites(file, fn).map(({ call }) => call)];
  return getHandlers(file).has(fn) || places.some((node) => findHandlers(file, node).length > 0);
}

/** `async function routes(app, options) { app.get('/ask', handler); }` */
function registers(fn: FunctionNode, { reference }: Handler): boolean {
  return isHandedOver(wrapped(reference)) && getEnclosingFunction(reference) === fn;
}

/** Whether an expression is an argument of a call, or a property of one. */
function isHandedOver(node: TSESTree.Node): boolean {
  const { parent } = node;
  if (parent?.type === AST_NODE_TYPES.Property || parent?.type === AST_NODE_TYPES.ObjectExpression)
    return isHandedOver(parent);
  return parent !== undefined && isCall(parent) && parent.callee !== node;
}

/** `const ask = (model) => async (req, res) => …`, as opposed to a callback, which may run per request. */
function returnsHandler(file: LangChainFile, fn: FunctionNode, { node }: Handler): boolean {
  return (
    !isHandedOver(wrapped(fn)) &&
    findReturns(fn, file.sourceCode.visitorKeys).some((value) => resolveFunction(file, value) === node)
  );
}

/** Whether every call of a function stands at the top of the module, or in a function of which the same is true. */
function isCalledAhead(file: LangChainFile, fn: FunctionNode, visited: Set<FunctionNode>): boolean {
  if (visited.has(fn)) return false;
  visited.add(fn);
  const sites = getCallSites(file, fn);
  return (
    sites.length > 0 &&
    isPrivate(file, fn) &&
    sites.every(({ argument, call }) => {
      const caller = getEnclosingFunction(call);
      return argument === null && (caller === null || isCalledAhead(file, caller, visited));
    })
  );
}
