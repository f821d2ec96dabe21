import type { TSESTree } from '@typescript-eslint/utils';
import { getKeyName, unwrap, wrapped } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import type { LangChainFile } from '../trace/file.ts';
import { isUndefined } from '../trace/options.ts';

interface Assigned {
  /** The target of the assignment. */
  readonly property: TSESTree.MemberExpression;
  readonly value: TSESTree.Expression;
}

/** A key that is assigned to the config in a variable: `config.configurable.timeout = 60_000`. */
export function findAssigned(file: LangChainFile, config: TSESTree.Node, path: string): Assigned | null {
  const name = unwrap(config);
  const variable = file.scopes.findVariable(name);
  for (const { identifier } of variable?.references ?? []) {
    const assigned = readAssigned(identifier, path.split('.'));
    if (assigned && !isUndefined(file, assigned.value)) return assigned;
  }
  return null;
}

function readAssigned(object: TSESTree.Node, [key, ...rest]: readonly string[]): Assigned | null {
  const node = wrapped(object);
  const member = node.parent;
  if (member?.type !== AST_NODE_TYPES.MemberExpression || member.object !== node || getKeyName(member) !== key)
    return null;
  if (rest.length > 0) return readAssigned(member, rest);
  const { parent } = member;
  return parent.type === AST_NODE_TYPES.AssignmentExpression && parent.left === member
    ? { property: member, value: parent.right }
    : null;
}
