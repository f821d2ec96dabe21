import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { isClass, isFunction } from '../../ast/nodes.ts';
import { getStatements, isListed } from '../../ast/statements.ts';
import { AST_NODE_TYPES } from '../../ast/types.ts';
import type { LangChainFile } from '../../trace/file.ts';

/** The listed statement that a value is moved above, and the scope of the new declaration. */
export interface Place {
  readonly statement: TSESTree.Node;
  readonly scope: TSESLint.Scope.Scope;
}

export function findPlace(file: LangChainFile, above: TSESTree.Node): Place | null {
  for (let statement = above; statement.parent; statement = statement.parent) {
    const { parent } = statement;
    // A function without a block has no place for a statement, and a declaration in `case` is in scope for all cases.
    if (isFunction(parent) || isClass(parent) || parent.type === AST_NODE_TYPES.SwitchCase) return null;
    if (getStatements(parent)) {
      // In the markup of a component, the listed nodes are no statements.
      const scope = isListed(statement) ? getScope(file, parent) : null;
      return scope && { statement, scope };
    }
  }
  return null;
}

/** The scope of a declaration in this list of statements. */
function getScope({ sourceCode }: LangChainFile, list: TSESTree.Node): TSESLint.Scope.Scope | null {
  for (let current: TSESTree.Node | undefined = list; current; current = current.parent) {
    // For a module, the module scope rather than the global one; for a named function, the scope of its body.
    const scope = sourceCode.scopeManager?.acquire(
      current,
      current.type === AST_NODE_TYPES.Program || isFunction(current),
    );
    if (scope) return scope;
  }
  return null;
}

export function isScopeWithin(inner: TSESLint.Scope.Scope, outer: TSESLint.Scope.Scope): boolean {
  for (let current: TSESLint.Scope.Scope | null = inner; current; current = current.upper) {
    if (current === outer) return true;
  }
  return false;
}
