import type { TSESTree } from '@typescript-eslint/utils';
import { unwrap } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import type { LangChainFile } from '../file.ts';
import { foldNumber } from './numbers.ts';

const infinities: ReadonlySet<string> = new Set(['Infinity', 'Number.MAX_SAFE_INTEGER', 'Number.MAX_VALUE', 'Number.POSITIVE_INFINITY']);

/** The number that a limit is. What is no limit in effect (`Infinity`, `Number.MAX_SAFE_INTEGER`) is Infinity; null when it cannot be read. */
export function readLimitNumber(file: LangChainFile, node: TSESTree.Node): number | null {
  const trace = file.trace(node);
  if (trace.type === 'global' && infinities.has(trace.name)) return Infinity;
  const folded = foldNumber(file, node);
  return folded && !folded.isDefault ? folded.value : null;
}

/** What a `const` is initialised with. */
export function findConstant(file: LangChainFile, node: TSESTree.Node): TSESTree.Expression | null {
  const identifier = unwrap(node);
  if (identifier.type !== AST_NODE_TYPES.Identifier) return null;
  const definition = file.scopes.findVariable(identifier)?.defs[0];
  if (definition?.type !== 'Variable' || definition.parent.kind !== 'const') return null;
  return definition.node.id.type === AST_NODE_TYPES.Identifier ? definition.node.init : null;
}
