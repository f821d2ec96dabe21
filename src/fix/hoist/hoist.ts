import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { getThisClass } from '../../ast/ancestors.ts';
import { contains, isClass, isFunction, wrapped } from '../../ast/nodes.ts';
import { getInnermostScope, getInnerNames, getOuterNames } from '../../ast/scope-names.ts';
import { isListed } from '../../ast/statements.ts';
import { AST_NODE_TYPES } from '../../ast/types.ts';
import { isReassigned } from '../../trace/changes.ts';
import type { LangChainFile } from '../../trace/file.ts';
import { isAnywhere } from '../../trace/nodes.ts';
import type { Edit } from '../edit.ts';
import { isEnvironmentFixed, isOfFixedValues, isOfOwnClass, isOnlyCalled } from './certain.ts';
import { isConditional, isNarrowed, mayRunBefore, mayWait, waits } from './conditions.ts';
import { findPlace, isScopeWithin, type Place } from './place.ts';
import { extract, moveDeclaration } from './text.ts';

/** A value moved above the code that repeats it. */
export interface Hoist {
  /** The constant that holds it. */
  readonly name: string;
  readonly edits: readonly Edit[];
  /** Reasons why the move may change behaviour, for `offer`. */
  readonly unless: Readonly<Record<string, boolean>>;
}

/**
 * Moves the declaration of a value to just above the statement that contains `above`; a value without its own
 * declaration becomes a constant with the first free name of `names`. Null where there is no such place, where a name
 * would mean something else there, where an operand is not available yet, and where `await` is not allowed.
 */
export function hoist(
  file: LangChainFile,
  value: TSESTree.Node,
  above: TSESTree.Node,
  names: readonly string[],
): Hoist | null {
  const place = findPlace(file, above);
  const expression = getAwaited(wrapped(value));
  const declaration = findDeclaration(file, expression);
  const moved: TSESTree.Node = declaration?.node ?? expression;
  if (!place || !contains(place.statement, moved) || place.statement === moved) return null;
  const isAwaited = waits(file, moved);
  if (isAwaited && !mayWait(file, moved, place)) return null;
  if (
    !isVisible(file, moved, place) ||
    !keepsThis(file, moved, place) ||
    isNarrowed(file, moved, place) ||
    mayRunBefore(file, place)
  )
    return null;
  const name = declaration
    ? declaration.name
    : names.find((candidate) => isFree(candidate, expression, null, place, file));
  if (name === undefined || (declaration && !isFree(name, declaration.node, declaration.variable, place, file)))
    return null;
  const edits = declaration ? moveDeclaration(file, declaration.node, place) : extract(file, expression, name, place);
  return (
    edits && {
      name,
      edits: declaration && hasNamesake(declaration.variable, place.scope) ? [getAnchor(place), ...edits] : edits,
      unless: {
        'it is not declared by itself': declaration?.node.kind !== 'const',
        'it is awaited': isAwaited,
        'it stands in a branch': isConditional(moved, place),
        'its class may do something else each time': !isOfOwnClass(file, value),
        'what it is made of may change': !isOfFixedValues(file, value),
        'the environment may be written': !isEnvironmentFixed(file, moved, place),
        'it may be changed, or told from another': declaration !== null && !isOnlyCalled(file, declaration.variable),
      },
    }
  );
}

function getAwaited(value: TSESTree.Node): TSESTree.Node {
  return value.parent?.type === AST_NODE_TYPES.AwaitExpression ? wrapped(value.parent) : value;
}

interface Declaration {
  readonly node: TSESTree.VariableDeclaration;
  readonly name: string;
  readonly variable: TSESLint.Scope.Variable;
}

/** The declaration that consists of a name and this value, if the name is never reassigned. */
function findDeclaration(file: LangChainFile, value: TSESTree.Node): Declaration | null {
  const declarator = value.parent;
  if (declarator?.type !== AST_NODE_TYPES.VariableDeclarator || declarator.id.type !== AST_NODE_TYPES.Identifier)
    return null;
  const node = declarator.parent;
  const variable = file.scopes.findVariable(declarator.id);
  if (!variable || node.kind === 'var' || node.declarations.length !== 1 || !isInList(node)) return null;
  if (isReassigned(variable)) return null;
  return { node, name: declarator.id.name, variable };
}

/** A declaration in `case` is in scope for all cases. */
function isInList(node: TSESTree.Node): boolean {
  return isListed(node) && node.parent?.type !== AST_NODE_TYPES.SwitchCase;
}

/** Whether all operands of a value mean the same above, and have their values there. */
function isVisible(file: LangChainFile, moved: TSESTree.Node, { scope, statement }: Place): boolean {
  return !isAnywhere(file, moved, (node) => {
    const reference = node.type === AST_NODE_TYPES.Identifier ? file.scopes.findReference(node) : null;
    const variable = reference?.resolved;
    if (!variable || reference.init === true || contains(moved, variable.scope.block)) return false;
    if (!isScopeWithin(scope, variable.scope)) return true;
    const definition = variable.defs[0];
    const isLater =
      (definition?.type === 'Variable' || definition?.type === 'ClassName') &&
      definition.name.range[0] >= statement.range[0];
    return isLater && variable.scope.variableScope === scope.variableScope;
  });
}

/** Whether `this`, `arguments` and `yield` mean the same above. */
function keepsThis(file: LangChainFile, moved: TSESTree.Node, { statement }: Place): boolean {
  if (
    isAnywhere(
      file,
      moved,
      (node) =>
        node.type === AST_NODE_TYPES.YieldExpression ||
        (node.type === AST_NODE_TYPES.Identifier && node.name === 'arguments'),
    )
  )
    return false;
  if (!isAnywhere(file, moved, ({ type }) => type === AST_NODE_TYPES.ThisExpression || type === AST_NODE_TYPES.Super))
    return true;
  for (let current = moved.parent; current && current !== statement; current = current.parent) {
    if (isClass(current) || (isFunction(current) && current.type !== AST_NODE_TYPES.ArrowFunctionExpression))
      return false;
  }
  return getThisClass(statement) === getThisClass(moved) && !isClass(statement);
}

/**
 * Whether a name can be declared at the place for all uses below: it is neither declared nor used with another meaning
 * there or between there and the value.
 */
function isFree(
  name: string,
  node: TSESTree.Node,
  own: TSESLint.Scope.Variable | null,
  { scope }: Place,
  file: LangChainFile,
): boolean {
  if (isDeclaredIn(scope, name) || isInMarkup(file, scope, name)) return false;
  let inner = own?.scope ?? getInnermostScope(file.sourceCode, node);
  if (own) inner = inner?.upper ?? null;
  for (let current = inner; current && current !== scope; current = current.upper) {
    if (current.set.has(name)) return false;
  }
  return !getOuterNames(scope).has(name);
}

/**
 * Whether a name is declared in a scope, or so that a constant of the scope may not have it: as the parameter of its
 * `catch`, or by a `var` further in.
 */
function isDeclaredIn(scope: TSESLint.Scope.Scope, name: string): boolean {
  if (scope.set.has(name)) return true;
  const { block } = scope;
  if (block.parent?.type === AST_NODE_TYPES.CatchClause && scope.upper?.set.has(name) === true) return true;
  for (let outer = scope.upper; outer; outer = outer.upper) {
    const variable = outer.set.get(name);
    if (variable) return variable.defs.some((definition) => contains(block, definition.name));
  }
  return false;
}

/** Whether the template of a Vue component uses a name that the `<script setup>` would now declare. */
function isInMarkup(
  { filename, sourceCode: { ast, text } }: LangChainFile,
  { block }: TSESLint.Scope.Scope,
  name: string,
): boolean {
  if (block !== ast || !filename.endsWith('.vue')) return false;
  const markup = text.slice(0, ast.range[0]) + text.slice(ast.range[1]);
  return new RegExp(`(?<![\\w$:@-])${name.replaceAll('$', '\\$')}(?![\\w$-])`, 'u').test(markup);
}

/** Whether another declaration of the same name may be moved to the same place. */
function hasNamesake(own: TSESLint.Scope.Variable, scope: TSESLint.Scope.Scope): boolean {
  return (getInnerNames(scope).get(own.name) ?? 0) > 1;
}

/** Makes the fixes of namesakes overlap, so that `eslint --fix` applies one of them and then checks again. */
function getAnchor({ scope }: Place): Edit {
  const [start] = scope.block.range;
  return { range: [start, start], text: '' };
}
