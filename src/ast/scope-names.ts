import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

type Scope = TSESLint.Scope.Scope;

/** The innermost scope that the content of a node belongs to. */
export function getInnermostScope(sourceCode: Readonly<TSESLint.SourceCode>, node: TSESTree.Node): Scope | null {
  for (let current: TSESTree.Node | undefined = node; current; current = current.parent) {
    const scope = sourceCode.scopeManager?.acquire(current, true);
    if (scope) return scope;
  }
  return null;
}

const outerNames = new WeakMap<Scope, ReadonlySet<string>>();

/** The names that a scope uses but that are declared outside it, or nowhere. */
export function getOuterNames(scope: Scope): ReadonlySet<string> {
  let names = outerNames.get(scope);
  if (!names) {
    names = new Set(scope.through.map(({ identifier }) => identifier.name));
    outerNames.set(scope, names);
  }
  return names;
}

const innerNames = new WeakMap<Scope, ReadonlyMap<string, number>>();

/** The names that are declared in scopes within a scope, with how many of these declare each. */
export function getInnerNames(scope: Scope): ReadonlyMap<string, number> {
  let names = innerNames.get(scope);
  if (!names) {
    names = countNames(scope);
    innerNames.set(scope, names);
  }
  return names;
}

function countNames(scope: Scope): ReadonlyMap<string, number> {
  const names = new Map<string, number>();
  const pending = [...scope.childScopes];
  for (let inner = pending.pop(); inner; inner = pending.pop()) {
    for (const name of inner.set.keys()) names.set(name, (names.get(name) ?? 0) + 1);
    for (const child of inner.childScopes) pending.push(child);
  }
  return names;
}

/** Whether a name is declared or used anywhere within a scope, or declared around it. */
export function isNameKnown(scope: Scope, name: string): boolean {
  for (let current: Scope | null = scope; current; current = current.upper) {
    if (current.set.has(name)) return true;
  }
  return getInnerNames(scope).has(name) || getOuterNames(scope).has(name);
}
