import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { takeStep } from '../budget.ts';
import { AST_NODE_TYPES } from './types.ts';

interface Tables {
  readonly variables: ReadonlyMap<TSESTree.Node, TSESLint.Scope.Variable>;
  readonly references: ReadonlyMap<TSESTree.Node, TSESLint.Scope.Reference>;
}

/**
 * Identifier → variable, for every reference and definition of a file, built on first use in one pass over its scopes.
 */
export class Scopes {
  readonly #scopeManager: TSESLint.Scope.ScopeManager | null;
  readonly #findOther: (node: TSESTree.Node) => Scopes | null;

  /** @param findOther Returns the scopes of the file that contains a node, when that is another one. */
  constructor(scopeManager: TSESLint.Scope.ScopeManager | null, findOther: (node: TSESTree.Node) => Scopes | null) {
    this.#scopeManager = scopeManager;
    this.#findOther = findOther;
  }

  /** The variable that an identifier refers to or defines; null for an unresolved global, and for any other node. */
  findVariable(node: TSESTree.Node): TSESLint.Scope.Variable | null {
    if (node.type !== AST_NODE_TYPES.Identifier && node.type !== AST_NODE_TYPES.JSXIdentifier) return null;
    takeStep();
    return this.#getTables().variables.get(node) ?? this.#findOther(node)?.findVariable(node) ?? null;
  }

  findReference(identifier: TSESTree.Node): TSESLint.Scope.Reference | null {
    return (
      this.#getTables().references.get(identifier) ?? this.#findOther(identifier)?.findReference(identifier) ?? null
    );
  }

  #getTables(): Tables {
    return this.#scopeManager ? getTables(this.#scopeManager) : none;
  }
}

const none: Tables = { variables: new Map(), references: new Map() };
/** By the list of scopes: under oxlint, the scope manager is the same object for all files. */
const known = new WeakMap<readonly TSESLint.Scope.Scope[], Tables>();

function getTables({ scopes }: TSESLint.Scope.ScopeManager): Tables {
  let tables = known.get(scopes);
  if (!tables) {
    tables = readScopes(scopes);
    known.set(scopes, tables);
  }
  return tables;
}

function readScopes(scopes: readonly TSESLint.Scope.Scope[]): Tables {
  const variables = new Map<TSESTree.Node, TSESLint.Scope.Variable>();
  const references = new Map<TSESTree.Node, TSESLint.Scope.Reference>();
  for (const scope of scopes) {
    for (const variable of scope.variables) {
      for (const identifier of variable.identifiers) {
        // A class name is defined twice, outside the class and inside it: other code refers to the outer one.
        if (!variables.has(identifier)) variables.set(identifier, variable);
      }
    }
    for (const reference of scope.references) {
      references.set(reference.identifier, reference);
      if (reference.resolved) variables.set(reference.identifier, reference.resolved);
    }
  }
  return { variables, references };
}
