import type { TSESTree } from '@typescript-eslint/utils';
import { getEnclosingFunction } from '../../ast/ancestors.ts';
import type { Call } from '../../ast/calls.ts';
import { type FunctionNode, isFunction, unwrap } from '../../ast/nodes.ts';
import { findReturns } from '../../ast/returns.ts';
import { AST_NODE_TYPES } from '../../ast/types.ts';
import type { ExportRef } from '../../facts/export-ref.ts';
import { wrappers } from '../../facts/packages/wrappers.ts';
import { type LangChainFile, perKey } from '../../trace/file.ts';
import { isExport } from '../../trace/imports.ts';
import type { LangChainValue, Trace } from '../../trace/value.ts';

/**
 * The function of this file that a callee or callback expression names: an identifier, `this.method`, `object.method`,
 * a method of a local class's instance, an inline function; `bind` and wrappers that run it unchanged are looked
 * through. Null when it cannot be resolved.
 */
export function resolveFunction(file: LangChainFile, node: TSESTree.Node): FunctionNode | null {
  const expression = unwrap(node);
  return isFunction(expression) ? expression : findNamed(file, expression);
}

/** The function or the LangChain value that a node of a graph runs. Both are null where it cannot be resolved. */
export function resolveStep(
  file: LangChainFile,
  run: TSESTree.Node,
): { readonly fn: FunctionNode | null; readonly value: LangChainValue | null } {
  const fn = resolveFunction(file, run);
  const resolution = fn ? null : file.resolve(run);
  return { fn, value: resolution?.is === 'yes' ? resolution.value : null };
}

/** `const run = traceable(run)` names no function. */
const findNamed = perKey<TSESTree.Node, FunctionNode | null>({ onCycle: null, tooDeep: null }, resolve);

function resolve(file: LangChainFile, expression: TSESTree.Node): FunctionNode | null {
  switch (expression.type) {
    case AST_NODE_TYPES.CallExpression:
      return resolveWrapped(file, expression) ?? getTracedFunction(file, file.trace(expression));
    case AST_NODE_TYPES.Identifier: {
      const initial = findConstantCall(file, expression);
      const wrapped = initial && resolveWrapped(file, initial);
      return wrapped ?? getTracedFunction(file, file.trace(expression));
    }
    case AST_NODE_TYPES.MemberExpression:
      return getTracedFunction(file, file.trace(expression));
    default:
      return null;
  }
}

function getTracedFunction(file: LangChainFile, trace: Trace): FunctionNode | null {
  if (trace.type === 'function') return trace.node;
  if (trace.type !== 'instance' || trace.node.type !== AST_NODE_TYPES.CallExpression) return null;
  return resolveWrapped(file, trace.node);
}

/** `const run = traceable(fn)`: the call whose result a constant holds. */
function findConstantCall(file: LangChainFile, identifier: TSESTree.Identifier): TSESTree.CallExpression | null {
  const definition = file.scopes.findVariable(identifier)?.defs[0];
  if (definition?.type !== 'Variable' || definition.parent.kind !== 'const') return null;
  const { id, init } = definition.node;
  if (id.type !== AST_NODE_TYPES.Identifier || !init) return null;
  const value = unwrap(init);
  return value.type === AST_NODE_TYPES.CallExpression ? value : null;
}

function resolveWrapped(file: LangChainFile, call: TSESTree.CallExpression): FunctionNode | null {
  const callee = unwrap(call.callee);
  if (
    callee.type === AST_NODE_TYPES.MemberExpression &&
    callee.property.type === AST_NODE_TYPES.Identifier &&
    callee.property.name === 'bind'
  ) {
    return resolveFunction(file, callee.object);
  }
  const index = call.arguments.findIndex((_, index) => isWrapper(file, call, index));
  const argument = call.arguments[index];
  return argument ? resolveFunction(file, argument) : null;
}

/**
 * Whether a call returns the function passed to it at this argument, wrapped: `traceable(fn)`, `catchAsync(fn)` of this
 * file.
 */
export function isWrapper(file: LangChainFile, call: Call, argument: number): boolean {
  if (call.type !== AST_NODE_TYPES.CallExpression) return false;
  const trace = file.trace(call.callee);
  if (trace.type === 'export') return isExportedWrapper(trace.export, argument);
  const fn = resolveFunction(file, call.callee);
  return fn !== null && returnsCallerOf(file, fn, argument);
}

function isExportedWrapper(ref: ExportRef, argument: number): boolean {
  return wrappers.some((wrapper) => wrapper.argument === argument && isExport(ref, wrapper.sources, wrapper.names));
}

/**
 * Whether a function returns a function that calls the given parameter: `(fn) => (req, res, next) => fn(req, res,
 * next).catch(next)`.
 */
function returnsCallerOf(file: LangChainFile, fn: FunctionNode, index: number): boolean {
  const returned = findReturns(fn, file.sourceCode.visitorKeys)
    .map((value) => unwrap(value))
    .filter((value) => isFunction(value));
  if (returned.length === 0) return false;
  return findParameterReferences(file, fn, index).some((reference) => {
    if (!isCalled(reference)) return false;
    for (
      let current = getEnclosingFunction(reference);
      current && current !== fn;
      current = getEnclosingFunction(current)
    ) {
      if (returned.includes(current)) return true;
    }
    return false;
  });
}

function isCalled(reference: TSESTree.Node): boolean {
  const { parent } = reference;
  if (
    parent?.type === AST_NODE_TYPES.MemberExpression &&
    parent.object === reference &&
    parent.parent.type === AST_NODE_TYPES.CallExpression
  ) {
    return (
      parent.property.type === AST_NODE_TYPES.Identifier &&
      (parent.property.name === 'call' || parent.property.name === 'apply')
    );
  }
  return parent?.type === AST_NODE_TYPES.CallExpression && parent.callee === reference;
}

/** Where a parameter is read, in source order; empty for a destructured or rest parameter. */
export function findParameterReferences(
  file: LangChainFile,
  fn: FunctionNode,
  index: number,
): readonly TSESTree.Node[] {
  const parameter = fn.params[index];
  const pattern = parameter?.type === AST_NODE_TYPES.AssignmentPattern ? parameter.left : parameter;
  if (pattern?.type !== AST_NODE_TYPES.Identifier) return [];
  const references = file.scopes.findVariable(pattern)?.references ?? [];
  return references.filter((reference) => reference.isRead()).map((reference) => reference.identifier);
}
