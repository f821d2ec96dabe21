import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { getKeyName, unwrap } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { mutatingMethods } from '../facts/pure.ts';

/** The writes after the declaration. */
export function getWrites({ references }: TSESLint.Scope.Variable): readonly TSESLint.Scope.Reference[] {
  return references.filter((reference) => reference.isWrite() && reference.init !== true);
}

export function isReassigned(variable: TSESLint.Scope.Variable): boolean {
  return getWrites(variable).length > 0;
}

const mutations = new WeakMap<TSESLint.Scope.Variable, readonly TSESLint.Scope.Reference[]>();

/** Where the value of a variable is changed by that name. */
export function getMutations(variable: TSESLint.Scope.Variable): readonly TSESLint.Scope.Reference[] {
  let known = mutations.get(variable);
  if (!known) {
    known = variable.references.filter(({ identifier }) => findMutation(identifier) !== null);
    mutations.set(variable, known);
  }
  return known;
}

export function isMutated(variable: TSESLint.Scope.Variable): boolean {
  return getMutations(variable).length > 0;
}

/**
 * The change of a value through this name: the member that is written to (`x.a` of `x.a = …`), or the call
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
