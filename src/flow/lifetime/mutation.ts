import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { getEnclosingFunction } from '../../ast/ancestors.ts';
import { type ClassNode, contains, type FunctionNode, getKeyName, unwrap } from '../../ast/nodes.ts';
import { AST_NODE_TYPES } from '../../ast/types.ts';
import { mutatingMethods } from '../../facts/pure.ts';
import { type LangChainFile, perNode } from '../../trace/file.ts';
import { isAnywhere } from '../../trace/nodes.ts';

interface Changes {
  /** The writes behind the declaration. */
  readonly written: readonly TSESLint.Scope.Reference[];
  readonly mutated: readonly TSESLint.Scope.Reference[];
}

const changes = new WeakMap<TSESLint.Scope.Variable, Changes>();

export function getChanges(variable: TSESLint.Scope.Variable): Changes {
  let known = changes.get(variable);
  if (!known) {
    known = {
      written: variable.references.filter((reference) => reference.isWrite() && reference.init !== true),
      mutated: variable.references.filter(({ identifier }) => isMutation(identifier)),
    };
    changes.set(variable, known);
  }
  return known;
}

/** `x.a = …`, `x.push(…)`, `Object.assign(x, …)` */
function isMutation(identifier: TSESTree.Node): boolean {
  return findMutation(identifier) !== null;
}

/** Whether a function changes the value of a variable from outside it: `function add(x) { cache.push(x); }`. */
export const mutatesOuter = perNode((file, fn: FunctionNode): boolean =>
  isAnywhere(file, fn, (node) => {
    const variable =
      node.type === AST_NODE_TYPES.Identifier && isMutation(node) ? file.scopes.findVariable(node) : null;
    return variable !== null && !contains(fn, variable.scope.block);
  }),
);

/**
 * What changes a value where it is named so: the member that is written to (`x.a` of `x.a = …`), or the call
 * (`x.push(…)`, `Object.assign(x, …)`).
 */
export function findMutation(identifier: TSESTree.Node): TSESTree.Node | null {
  let node: TSESTree.Node = identifier;
  for (let parent = node.parent; parent; node = parent, parent = parent.parent) {
    switch (parent.type) {
      case AST_NODE_TYPES.MemberExpression:
        if (parent.object !== node) return null;
        break;
      case AST_NODE_TYPES.ChainExpression:
      case AST_NODE_TYPES.TSAsExpression:
      case AST_NODE_TYPES.TSNonNullExpression:
        break;
      case AST_NODE_TYPES.AssignmentExpression:
        return parent.left === node && node !== identifier ? node : null;
      case AST_NODE_TYPES.UpdateExpression:
        return node === identifier ? null : node;
      case AST_NODE_TYPES.UnaryExpression:
        return parent.operator === 'delete' ? node : null;
      case AST_NODE_TYPES.CallExpression: {
        if (parent.callee === node)
          return node.type === AST_NODE_TYPES.MemberExpression && mutatingMethods.has(getKeyName(node) ?? '')
            ? parent
            : null;
        const callee = unwrap(parent.callee);
        return parent.arguments[0] === node &&
          callee.type === AST_NODE_TYPES.MemberExpression &&
          getKeyName(callee) === 'assign'
          ? parent
          : null;
      }
      default:
        return null;
    }
  }
  return null;
}

/** Whether a method assigns the field: other than the constructor, a lifecycle hook, and a lazy `??=`. */
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
