import type { TSESTree } from '@typescript-eslint/utils';
import { type FunctionNode, isFunction } from '../../ast/nodes.ts';
import { AST_NODE_TYPES } from '../../ast/types.ts';
import { type LangChainFile, perFile } from '../../trace/file.ts';
import { isInOwnCode } from '../../trace/nodes.ts';
import { findInlineRun } from './callbacks.ts';

/** The function or module that runs a node and may await promises. */
export interface AsyncContext {
  /** Null for the top level of an ES module. */
  readonly fn: FunctionNode | null;
  /**
   * Whether `await` may be written at the node: not in a parameter's default, nor in a callback that is not itself
   * async.
   */
  readonly canAwait: boolean;
}

/**
 * The async function, or the ES module, that runs a node, directly or through callbacks of array methods; null in code
 * that cannot await.
 */
export function findAsyncContext(file: LangChainFile, node: TSESTree.Node): AsyncContext | null {
  let canAwait = true;
  for (let inner = node, current = node.parent; current; inner = current, current = current.parent) {
    if (current.type === AST_NODE_TYPES.Program) return isModule(file) ? { fn: null, canAwait } : null;
    if (hasOwnRun(current, inner)) return null;
    if (!isFunction(current)) continue;
    if (current.params.some((parameter) => parameter === inner)) canAwait = false;
    if (current.async) return { fn: current, canAwait };
    if (findInlineRun(file, current)?.use.times !== 'perItem') return null;
    canAwait = false;
  }
  return null;
}

/**
 * The function around a node, if `await` could be written at the node once the function is `async`: not in a
 * parameter's default, nor in code that runs separately.
 */
export function findAwaitable(node: TSESTree.Node): FunctionNode | null {
  for (let inner = node, current = node.parent; current; inner = current, current = current.parent) {
    if (hasOwnRun(current, inner)) return null;
    if (isFunction(current)) return current.params.some((parameter) => parameter === inner) ? null : current;
  }
  return null;
}

/** Code that runs separately and cannot await: the initialiser of a field, a static block, a namespace. */
function hasOwnRun(node: TSESTree.Node, inner: TSESTree.Node): boolean {
  switch (node.type) {
    case AST_NODE_TYPES.AccessorProperty:
    case AST_NODE_TYPES.PropertyDefinition:
      return node.value === inner;
    case AST_NODE_TYPES.StaticBlock:
    case AST_NODE_TYPES.TSModuleBlock:
      return true;
    default:
      return false;
  }
}

/**
 * Parsers treat every potential module as one; a file certainly is one if it imports, exports or awaits at its top
 * level, or its name says so.
 */
const isModule = perFile((file): boolean => {
  if (/\.c[jt]s$/u.test(file.filename)) return false;
  if (/\.m[jt]s$/u.test(file.filename)) return true;
  if (file.program.sourceType !== 'module') return false;
  return file.program.body.some((statement) => isModuleSyntax(statement)) || awaitsAtTop(file);
});

function isModuleSyntax(statement: TSESTree.Node): boolean {
  switch (statement.type) {
    case AST_NODE_TYPES.ExportAllDeclaration:
    case AST_NODE_TYPES.ExportDefaultDeclaration:
    case AST_NODE_TYPES.ExportNamedDeclaration:
    case AST_NODE_TYPES.ImportDeclaration:
      return true;
    default:
      return false;
  }
}

function awaitsAtTop(file: LangChainFile): boolean {
  return isInOwnCode(
    file,
    file.program,
    (node) =>
      node.type === AST_NODE_TYPES.AwaitExpression || (node.type === AST_NODE_TYPES.ForOfStatement && node.await),
  );
}
