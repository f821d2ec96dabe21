import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

/** Identifier → variable, for every reference and definition of a file, built in one pass over its scopes. */
export class Scopes {
  readonly #variables = new Map<TSESTree.Node, TSESLint.Scope.Variable>();
  readonly #references = new Map<TSESTree.Node, TSESLint.Scope.Reference>();
  readonly #findOther: (node: TSESTree.Node) => Scopes | null;

  /** @param findOther The scopes of the file that a node stands in, when that is another one. */
  constructor(scopeManager: TSESLint.Scope.ScopeManager | null, findOther: (node: TSESTree.Node) => Scopes | null) {
    this.#findOther = findOther;
    for (const scope of scopeManager?.scopes ?? []) {
      for (const variable of scope.variables) {
        for (const identifier of variable.identifiers) {
          // A class name is defined twice, outside the class and inside it: the outer one is what others refer to.
          if (!this.#variables.has(identifier)) this.#variables.set(identifier, variable);
        }
      }
      for (const reference of scope.references) {
        this.#references.set(reference.identifier, reference);
        if (reference.resolved) this.#variables.set(reference.identifier, reference.resolved);
      }
    }
  }

  /** The variable that an identifier refers to or defines; null for an unresolved global. */
  findVariable(identifier: TSESTree.Identifier | TSESTree.JSXIdentifier): TSESLint.Scope.Variable | null {
    return this.#variables.get(identifier) ?? this.#findOther(identifier)?.findVariable(identifier) ?? null;
  }

  findReference(identifier: TSESTree.Node): TSESLint.Scope.Reference | null {
    return this.#references.get(identifier) ?? this.#findOther(identifier)?.findReference(identifier) ?? null;
  }
}
