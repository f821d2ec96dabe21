import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { findForOf } from '../../ast/loops.ts';
import { isFunction, unwrap } from '../../ast/nodes.ts';
import { AST_NODE_TYPES } from '../../ast/types.ts';
import type { Cut } from '../../memo.ts';
import { isMutated, isReassigned } from '../../trace/changes.ts';
import { type LangChainFile, perKey } from '../../trace/file.ts';
import { isUndefined } from '../../trace/options.ts';

const notSeen: Cut<boolean> = { onCycle: false, tooDeep: false };

/** Whether an expression is visibly a string, a number or another primitive, whatever its value. */
export function isPrimitive(file: LangChainFile, node: TSESTree.Node): boolean {
  return isPrimitiveValue(file, unwrap(node));
}

const isPrimitiveValue = perKey(notSeen, readsPrimitive);

function readsPrimitive(file: LangChainFile, value: TSESTree.Node): boolean {
  switch (value.type) {
    case AST_NODE_TYPES.Literal:
      return !('regex' in value);
    case AST_NODE_TYPES.BinaryExpression:
    case AST_NODE_TYPES.TemplateLiteral:
    case AST_NODE_TYPES.UnaryExpression:
      return true;
    case AST_NODE_TYPES.LogicalExpression:
      return [value.left, value.right].every((each) => isPrimitive(file, each));
    case AST_NODE_TYPES.ConditionalExpression:
      return [value.consequent, value.alternate].every((each) => isPrimitive(file, each));
    case AST_NODE_TYPES.CallExpression: {
      const callee = file.trace(value.callee);
      return callee.type === 'global' && primitiveFunctions.has(callee.name);
    }
    case AST_NODE_TYPES.MemberExpression:
      return isEnvironmentRead(file, value);
    case AST_NODE_TYPES.Identifier: {
      if (isUndefined(file, value)) return true;
      const variable = file.scopes.findVariable(value);
      return variable !== null && isPrimitiveVariable(file, variable);
    }
    default:
      return false;
  }
}

const primitiveFunctions: ReadonlySet<string> = new Set([
  'Boolean',
  'JSON.stringify',
  'Number',
  'Number.parseFloat',
  'Number.parseInt',
  'String',
  'encodeURIComponent',
  'parseFloat',
  'parseInt',
]);

/** `process.env.X`, also written `process.env['X']`. */
export function isEnvironmentRead(file: LangChainFile, node: TSESTree.Node): boolean {
  const trace = file.trace(node);
  return trace.type === 'global' && /^process\.env\.[^.]+$/u.test(trace.name);
}

function isPrimitiveVariable(file: LangChainFile, variable: TSESLint.Scope.Variable): boolean {
  const [definition, ...others] = variable.defs;
  if (!definition || others.length > 0) return false;
  const { name } = definition;
  const type = name.type === AST_NODE_TYPES.Identifier ? name.typeAnnotation?.typeAnnotation : undefined;
  if (type) return isPrimitiveType(file, type);
  if (definition.type !== 'Variable' || definition.node.id !== name || !isNeverWritten(variable)) return false;
  const loop = findForOf(definition.node);
  if (loop) return hasPrimitiveElements(file, loop.right);
  return definition.node.init !== null && isPrimitive(file, definition.node.init);
}

/** Whether a list is visibly one of primitives: `texts` of `(texts: readonly string[])`, `['a', 'b']`. */
export function hasPrimitiveElements(file: LangChainFile, list: TSESTree.Node): boolean {
  return holdsPrimitives(file, unwrap(list));
}

const holdsPrimitives = perKey(notSeen, readsPrimitives);

function readsPrimitives(file: LangChainFile, value: TSESTree.Node): boolean {
  if (value.type === AST_NODE_TYPES.ArrayExpression)
    return value.elements.every((element) => element !== null && isPrimitive(file, element));
  const variable = file.scopes.findVariable(value);
  const definition = variable?.defs[0];
  if (!variable || !definition) return false;
  const { name } = definition;
  const type = name.type === AST_NODE_TYPES.Identifier ? name.typeAnnotation?.typeAnnotation : undefined;
  if (type) return isListOfPrimitives(file, type);
  if (definition.type !== 'Variable' || definition.node.id !== name || !definition.node.init) return false;
  // A list that is inferred from one element may still receive others: `const xs = []; xs.push({})`.
  return isNeverWritten(variable) && !isMutated(variable) && hasPrimitiveElements(file, definition.node.init);
}

/** `string[]`, `readonly ('a' | 'b')[]`, `ReadonlyArray<string>`, `Set<string>` */
export function isListOfPrimitives(file: LangChainFile, type: TSESTree.Node): boolean {
  switch (type.type) {
    case AST_NODE_TYPES.TSArrayType:
      return isPrimitiveType(file, type.elementType);
    case AST_NODE_TYPES.TSTypeOperator:
      return type.typeAnnotation !== undefined && isListOfPrimitives(file, type.typeAnnotation);
    case AST_NODE_TYPES.TSTypeReference: {
      const [element, ...others] = type.typeArguments?.params ?? [];
      const isList = type.typeName.type === AST_NODE_TYPES.Identifier && listTypes.has(type.typeName.name);
      return isList && element !== undefined && others.length === 0 && isPrimitiveType(file, element);
    }
    default:
      return false;
  }
}

const listTypes: ReadonlySet<string> = new Set(['Array', 'Iterable', 'ReadonlyArray', 'ReadonlySet', 'Set']);

/** `string`, `'a' | 'b'`, `number | undefined`, and aliases of these in the file. */
const isPrimitiveType = perKey(notSeen, namesPrimitive);

function namesPrimitive(file: LangChainFile, type: TSESTree.TypeNode): boolean {
  switch (type.type) {
    case AST_NODE_TYPES.TSBigIntKeyword:
    case AST_NODE_TYPES.TSBooleanKeyword:
    case AST_NODE_TYPES.TSLiteralType:
    case AST_NODE_TYPES.TSNullKeyword:
    case AST_NODE_TYPES.TSNumberKeyword:
    case AST_NODE_TYPES.TSStringKeyword:
    case AST_NODE_TYPES.TSTemplateLiteralType:
    case AST_NODE_TYPES.TSUndefinedKeyword:
      return true;
    case AST_NODE_TYPES.TSUnionType:
      return type.types.every((each) => isPrimitiveType(file, each));
    case AST_NODE_TYPES.TSTypeReference: {
      const name = file.scopes.findVariable(type.typeName);
      const definition = name?.defs[0]?.node;
      return (
        definition?.type === AST_NODE_TYPES.TSTypeAliasDeclaration &&
        !definition.typeParameters &&
        isPrimitiveType(file, definition.typeAnnotation)
      );
    }
    default:
      return false;
  }
}

/** Whether a variable keeps its initial value, or a parameter its argument. */
export function isNeverWritten(variable: TSESLint.Scope.Variable): boolean {
  const [definition, ...others] = variable.defs;
  if (!definition || others.length > 0) return false;
  if (isReassigned(variable)) return false;
  if (definition.type === 'Parameter') return !usesArguments(variable.scope);
  if (definition.type !== 'Variable') return false;
  return definition.node.init !== null || (definition.parent.kind === 'const' && findForOf(definition.node) !== null);
}

/** In sloppy code `arguments[0] = x` writes to the first parameter. */
function usesArguments(scope: TSESLint.Scope.Scope): boolean {
  return isFunction(scope.block) && (scope.set.get('arguments')?.references.length ?? 0) > 0;
}

/**
 * Whether an expression is a primitive that is the same each time: a literal, or a binding of a primitive that is never
 * reassigned, in this file or in the one that exports it.
 */
export function isFixed(file: LangChainFile, node: TSESTree.Node): boolean {
  const value = unwrap(node);
  switch (value.type) {
    case AST_NODE_TYPES.Literal:
      return !('regex' in value);
    case AST_NODE_TYPES.TemplateLiteral:
      return value.expressions.every((each) => isFixed(file, each));
    case AST_NODE_TYPES.UnaryExpression:
      return value.operator !== 'delete' && isFixed(file, value.argument);
    case AST_NODE_TYPES.Identifier:
      return isUndefined(file, value) || isFixedBinding(file, value);
    default:
      return false;
  }
}

function isFixedBinding(file: LangChainFile, node: TSESTree.Identifier): boolean {
  const variable = file.scopes.findVariable(node);
  if (!variable) return false;
  if (variable.defs[0]?.type !== 'ImportBinding') return isNeverWritten(variable) && isPrimitive(file, node);
  const exported = file.findImportedNode(node);
  if (exported?.type !== AST_NODE_TYPES.Identifier) return false;
  const owner = file.of(exported);
  const origin = owner === file ? null : owner.scopes.findVariable(exported);
  return origin !== null && isNeverWritten(origin) && isPrimitive(owner, exported);
}
