import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { isClass, isFunction } from '../../ast/nodes.ts';
import { getStatements, isListed } from '../../ast/statements.ts';
import { AST_NODE_TYPES } from '../../ast/types.ts';
import type { LangChainFile } from '../../trace/file.ts';

/** The statement of a list that a value goes above, and the scope it is then declared in. */
export interface Place {
  readonly statement: TSESTree.Node;
  readonly scope: TSESLint.Scope.Scope;
}

export function findPlace(file: LangChainFile, above: TSESTree.Node): Place | null {
  for (let statement = above; statement.parent; statement = statement.parent) {
    const { parent } = statement;
    // What a function without a block returns has no place for a statement, and one in `case` is seen by all cases.
    if (isFunction(parent) || isClass(parent) || parent.type === AST_NODE_TYPES.SwitchCase) return null;
    if (getStatements(parent)) {
      // In the markup of a component, what stands in the list is no statement.
      const scope = isListed(statement) ? getScope(file, parent) : null;
      return scope && { statement, scope };
    }
  }
  return null;
}

/** The scope that a declaration in this list of statements belongs to. */
function getScope({ sourceCode }: LangChainFile, list: TSESTree.Node): TSESLint.Scope.Scope | null {
  for (let current: TSESTree.Node | undefined = list; current; current = current.parent) {
    // Of a module, the scope of its variables rather than the global one; of a named function, that of its body.
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
