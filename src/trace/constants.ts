import type { TSESTree } from '@typescript-eslint/utils';
import { unwrap } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import type { LangChainFile } from './file.ts';

/** What a `const` is initialised with. */
export function findConstant(file: LangChainFile, node: TSESTree.Node): TSESTree.Expression | null {
  const identifier = unwrap(node);
  if (identifier.type !== AST_NODE_TYPES.Identifier) return null;
  const definition = file.scopes.findVariable(identifier)?.defs[0];
  if (definition?.type !== 'Variable' || definition.parent.kind !== 'const') return null;
  return definition.node.id.type === AST_NODE_TYPES.Identifier ? definition.node.init : null;
}
