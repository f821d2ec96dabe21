import type { TSESTree } from '@typescript-eslint/utils';
import type { FunctionNode } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { resolveFunction } from '../flow/calls/functions.ts';
import type { LangChainFile } from '../trace/file.ts';

/** `Answer` of `<Answer />`, not `div`. */
export function isComponentName(name: TSESTree.Node): name is TSESTree.JSXIdentifier {
  return name.type === AST_NODE_TYPES.JSXIdentifier && /^[A-Z]/u.test(name.name);
}

/** The function that an element renders; null where it cannot be resolved. */
export function findComponent(file: LangChainFile, node: TSESTree.Node): FunctionNode | null {
  return node.type === AST_NODE_TYPES.JSXOpeningElement && isComponentName(node.name)
    ? resolveComponent(file, node.name)
    : null;
}

/** Resolved by the definition of the name, because the tracer does not read elements. */
export function resolveComponent(file: LangChainFile, name: TSESTree.JSXIdentifier): FunctionNode | null {
  const defined = file.scopes.findVariable(name)?.defs[0]?.name;
  return defined ? resolveFunction(file, defined) : null;
}
