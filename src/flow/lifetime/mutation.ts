import { getEnclosingFunction } from '../../ast/ancestors.ts';
import { type ClassNode, contains, type FunctionNode, getKeyName, unwrap } from '../../ast/nodes.ts';
import { AST_NODE_TYPES } from '../../ast/types.ts';
import { findMutation } from '../../trace/changes.ts';
import { type LangChainFile, perNode } from '../../trace/file.ts';
import { isAnywhere } from '../../trace/nodes.ts';

/** Whether a function changes the value of an outer variable: `function add(x) { cache.push(x); }`. */
export const mutatesOuter = perNode((file, fn: FunctionNode): boolean =>
  isAnywhere(file, fn, (node) => {
    const variable =
      node.type === AST_NODE_TYPES.Identifier && findMutation(node) ? file.scopes.findVariable(node) : null;
    return variable !== null && !contains(fn, variable.scope.block);
  }),
);

/** Whether a method reassigns the field, other than in the constructor, in a lifecycle hook, or by a lazy `??=`. */
export function isFieldReassigned(file: LangChainFile, classNode: ClassNode, field: string): boolean {
  return isAnywhere(file, classNode.body, (node) => {
    if (node.type !== AST_NODE_TYPES.AssignmentExpression || node.operator === '??=') return false;
    const target = unwrap(node.left);
    if (
      target.type !== AST_NODE_TYPES.MemberExpression ||
      target.object.type !== AST_NODE_TYPES.ThisExpression ||
      getKeyName(target) !== field
    )
      return false;
    const method = getEnclosingFunction(node)?.parent;
    const name = method?.type === AST_NODE_TYPES.MethodDefinition ? getKeyName(method) : null;
    return name === null || !/^(?:constructor$|on[A-Z]|before[A-Z]|init)/u.test(name);
  });
}
