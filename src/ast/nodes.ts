import type { TSESTree } from '@typescript-eslint/utils';
import { takeStep } from '../budget.ts';
import { AST_NODE_TYPES } from './types.ts';

export type FunctionNode =
  TSESTree.ArrowFunctionExpression | TSESTree.FunctionDeclaration | TSESTree.FunctionExpression;
export type ClassNode = TSESTree.ClassDeclaration | TSESTree.ClassExpression;
export type LoopNode =
  | TSESTree.DoWhileStatement
  | TSESTree.ForInStatement
  | TSESTree.ForOfStatement
  | TSESTree.ForStatement
  | TSESTree.WhileStatement;

export function isFunction(node: TSESTree.Node | null | undefined): node is FunctionNode {
  return (
    node?.type === AST_NODE_TYPES.ArrowFunctionExpression ||
    node?.type === AST_NODE_TYPES.FunctionDeclaration ||
    node?.type === AST_NODE_TYPES.FunctionExpression
  );
}

export function isClass(node: TSESTree.Node | null | undefined): node is ClassNode {
  return node?.type === AST_NODE_TYPES.ClassDeclaration || node?.type === AST_NODE_TYPES.ClassExpression;
}

export function isLoop(node: TSESTree.Node | null | undefined): node is LoopNode {
  return (
    node?.type === AST_NODE_TYPES.ForOfStatement ||
    node?.type === AST_NODE_TYPES.ForStatement ||
    node?.type === AST_NODE_TYPES.ForInStatement ||
    node?.type === AST_NODE_TYPES.WhileStatement ||
    node?.type === AST_NODE_TYPES.DoWhileStatement
  );
}

/** `undefined` as a name, `null`, `void 0` */
export function isNullish(node: TSESTree.Node): boolean {
  const value = unwrap(node);
  if (value.type === AST_NODE_TYPES.UnaryExpression) return value.operator === 'void';
  return value.type === AST_NODE_TYPES.Identifier
    ? value.name === 'undefined'
    : value.type === AST_NODE_TYPES.Literal && value.raw === 'null';
}

/** `null` or `undefined` as a type. */
export function isNullishType({ type }: TSESTree.TypeNode): boolean {
  return type === AST_NODE_TYPES.TSNullKeyword || type === AST_NODE_TYPES.TSUndefinedKeyword;
}

/**
 * Strips syntax that does not change the value: `as`, `satisfies`, `!`, `<T>x`, `f<T>`, the wrapper of an optional
 * chain, and `(0, x)`.
 */
export function unwrap(node: TSESTree.Node): TSESTree.Node {
  let current = node;
  // Every walk from one expression to another unwraps it first, so counting here bounds them all.
  takeStep();
  for (;;) {
    switch (current.type) {
      case AST_NODE_TYPES.ChainExpression:
      case AST_NODE_TYPES.TSAsExpression:
      case AST_NODE_TYPES.TSInstantiationExpression:
      case AST_NODE_TYPES.TSNonNullExpression:
      case AST_NODE_TYPES.TSSatisfiesExpression:
      case AST_NODE_TYPES.TSTypeAssertion:
        current = current.expression;
        break;
      case AST_NODE_TYPES.SequenceExpression: {
        const last = current.expressions.at(-1);
        if (last === undefined) return current;
        current = last;
        break;
      }
      default:
        return current;
    }
  }
}

/** The literal `false`. */
export function isFalse(node: TSESTree.Node): boolean {
  const value = unwrap(node);
  return value.type === AST_NODE_TYPES.Literal && value.value === false;
}

/** The outermost node that stands for the same value: the inverse of {@link unwrap}, without sequences. */
export function wrapped(node: TSESTree.Node): TSESTree.Node {
  let current = node;
  for (;;) {
    const parent = current.parent;
    if (
      parent?.type === AST_NODE_TYPES.ChainExpression ||
      parent?.type === AST_NODE_TYPES.TSAsExpression ||
      parent?.type === AST_NODE_TYPES.TSInstantiationExpression ||
      parent?.type === AST_NODE_TYPES.TSNonNullExpression ||
      parent?.type === AST_NODE_TYPES.TSSatisfiesExpression ||
      parent?.type === AST_NODE_TYPES.TSTypeAssertion
    ) {
      current = parent;
    } else {
      return current;
    }
  }
}

/** The key's name when it can be read from the source (`a.b`, `a['b']`, `{ b: 1 }`, `{ 'b': 1 }`, `#b`), else null. */
export function getKeyName(
  node:
    | TSESTree.AccessorProperty
    | TSESTree.MemberExpression
    | TSESTree.MethodDefinition
    | TSESTree.Property
    | TSESTree.PropertyDefinition
    | TSESTree.TSAbstractAccessorProperty
    | TSESTree.TSAbstractMethodDefinition
    | TSESTree.TSAbstractPropertyDefinition
    | TSESTree.TSMethodSignature
    | TSESTree.TSPropertySignature,
): string | null {
  const key = node.type === AST_NODE_TYPES.MemberExpression ? node.property : node.key;
  if (!node.computed) {
    if (key.type === AST_NODE_TYPES.Identifier) return key.name;
    if (key.type === AST_NODE_TYPES.PrivateIdentifier) return `#${key.name}`;
  }
  if (key.type === AST_NODE_TYPES.Literal)
    return typeof key.value === 'string' || typeof key.value === 'number' ? String(key.value) : null;
  if (key.type === AST_NODE_TYPES.TemplateLiteral && key.expressions.length === 0)
    return key.quasis[0]?.value.cooked ?? null;
  return null;
}

/** The last property of that name in an object literal; a spread after it may override it. */
export function findProperty(object: TSESTree.ObjectExpression, name: string): TSESTree.Property | null {
  return (
    object.properties.findLast(
      (property): property is TSESTree.Property =>
        property.type === AST_NODE_TYPES.Property && getKeyName(property) === name,
    ) ?? null
  );
}

/** Whether an object may have keys that cannot be read: a spread or a computed key. */
export function hasUnreadableKeys(object: TSESTree.ObjectExpression): boolean {
  return object.properties.some(
    (property) => property.type === AST_NODE_TYPES.SpreadElement || getKeyName(property) === null,
  );
}

export function getEnclosingClass(node: TSESTree.Node): ClassNode | null {
  for (let current = node.parent; current; current = current.parent) {
    if (isClass(current)) return current;
  }
  return null;
}

/** Whether `outer` is `inner` or an ancestor of it, or has the same range in the same file. */
export function contains(outer: TSESTree.Node, inner: TSESTree.Node): boolean {
  return (
    outer.range[0] <= inner.range[0] && inner.range[1] <= outer.range[1] && getProgram(outer) === getProgram(inner)
  );
}

const programs = new WeakMap<TSESTree.Node, TSESTree.Program | null>();
/** Results are cached only from this many parents on: climbing a few is faster. */
const longWay = 32;

/** The root of the file that contains a node; null for a node that was detached from its tree. */
export function getProgram(node: TSESTree.Node): TSESTree.Program | null {
  const passed: TSESTree.Node[] = [];
  let found: TSESTree.Program | null | undefined;
  let inner = node;
  for (let climbed = 1; found === undefined; climbed++) {
    if (inner.type === AST_NODE_TYPES.Program) found = inner;
    else if ((inner.parent as TSESTree.Node | undefined) === undefined) found = null;
    else {
      if (climbed % longWay === 0) {
        found = programs.get(inner);
        passed.push(inner);
      }
      inner = inner.parent;
    }
  }
  for (const each of passed) programs.set(each, found);
  return found;
}

/** The decorators of a node; espree does not parse any and omits the property. */
export function getDecorators(node: {
  readonly decorators?: readonly TSESTree.Decorator[];
}): readonly TSESTree.Decorator[] {
  return node.decorators ?? [];
}

/** Whether a class implements interfaces; espree omits the property. */
export function hasInterfaces(node: { readonly implements?: readonly TSESTree.Node[] }): boolean {
  return (node.implements ?? []).length > 0;
}

/** In a list in source order, the index of the first node that begins at or after an offset. */
export function findStart(nodes: readonly TSESTree.Node[], offset: number): number {
  let [low, high] = [0, nodes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((nodes[middle]?.range[0] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
