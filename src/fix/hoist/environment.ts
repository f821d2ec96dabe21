import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '../../ast/types.ts';
import { resolveFunction } from '../../flow/calls/functions.ts';
import type { LangChainFile } from '../../trace/file.ts';
import { isAnywhere } from '../../trace/nodes.ts';

const environmentWrites = new WeakMap<TSESTree.Node, boolean>();

export function isEnvironmentWritten(file: LangChainFile, statement: TSESTree.Node): boolean {
  let isWritten = environmentWrites.get(statement);
  if (isWritten === undefined) {
    isWritten = writesEnvironment(file, statement);
    environmentWrites.set(statement, isWritten);
  }
  return isWritten;
}

function writesEnvironment(file: LangChainFile, region: TSESTree.Node, seen = new Set<TSESTree.Node>()): boolean {
  const isEnvironment = (node: TSESTree.Node): boolean => /^process\.env\b/u.test(file.sourceCode.getText(node));
  return isAnywhere(file, region, (node) => {
    switch (node.type) {
      case AST_NODE_TYPES.AssignmentExpression:
        return isEnvironment(node.left);
      case AST_NODE_TYPES.UnaryExpression:
        return node.operator === 'delete' && isEnvironment(node.argument);
      case AST_NODE_TYPES.CallExpression: {
        const trace = file.trace(node.callee);
        if (trace.type === 'export') return trace.export.source === 'dotenv';
        if (
          trace.type === 'global' &&
          trace.name === 'Object.assign' &&
          node.arguments[0] !== undefined &&
          isEnvironment(node.arguments[0])
        )
          return true;
        const fn = resolveFunction(file, node.callee);
        if (!fn || seen.has(fn)) return false;
        seen.add(fn);
        return writesEnvironment(file, fn, seen);
      }
      default:
        return false;
    }
  });
}
