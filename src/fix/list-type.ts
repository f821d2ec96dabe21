import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { getThisClass } from '../ast/ancestors.ts';
import { getKeyName, unwrap } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { arrayMethods } from '../facts/array-methods.ts';
import { resolveFunction } from '../flow/calls/functions.ts';
import type { LangChainFile } from '../trace/file.ts';

/** `model`, `this.model`, `clients.model` */
export function isPath(node: TSESTree.Node): boolean {
  const expression = unwrap(node);
  switch (expression.type) {
    case AST_NODE_TYPES.Identifier:
    case AST_NODE_TYPES.ThisExpression:
      return true;
    case AST_NODE_TYPES.MemberExpression:
      return !expression.computed && !expression.optional && isPath(expression.object);
    default:
      return false;
  }
}

/** Whether reading an expression again gives the same and does nothing. */
export function isConstant(node: TSESTree.Node): boolean {
  switch (node.type) {
    case AST_NODE_TYPES.ObjectExpression:
      return node.properties.every(
        (property) =>
          property.type === AST_NODE_TYPES.Property &&
          property.kind === 'init' &&
          !property.computed &&
          !property.method &&
          isConstant(property.value),
      );
    case AST_NODE_TYPES.ArrayExpression:
      return node.elements.every((element) => element !== null && isConstant(element));
    case AST_NODE_TYPES.TemplateLiteral:
      return node.expressions.every(isConstant);
    case AST_NODE_TYPES.TSAsExpression:
    case AST_NODE_TYPES.TSNonNullExpression:
    case AST_NODE_TYPES.TSSatisfiesExpression:
      return isConstant(node.expression);
    case AST_NODE_TYPES.UnaryExpression:
      return isConstant(node.argument);
    case AST_NODE_TYPES.Identifier:
    case AST_NODE_TYPES.Literal:
      return true;
    case AST_NODE_TYPES.MemberExpression:
      return isPath(node);
    default:
      return false;
  }
}

// ── the inputs ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** Functions whose result is a new array. */
const arrayFunctions = new Set([
  'Array',
  'Array.from',
  'Array.of',
  'Object.entries',
  'Object.getOwnPropertyNames',
  'Object.keys',
  'Object.values',
  'Promise.all',
]);

type ListType = 'array' | 'readonly' | 'unknown';

/** How many constants or types may lead to one another; ends `const a = b; const b = a`. */
const maxConstants = 20;

/** Whether an expression is visibly an array, and one that may be changed. */
export function getListType(file: LangChainFile, node: TSESTree.Node, depth = maxConstants): ListType {
  if (depth === 0) return 'unknown';
  if (node.type === AST_NODE_TYPES.TSAsExpression || node.type === AST_NODE_TYPES.TSSatisfiesExpression)
    return readType(file, node.typeAnnotation) ?? 'unknown';
  const expression = node.type === AST_NODE_TYPES.AwaitExpression ? unwrap(node.argument) : node;
  switch (expression.type) {
    case AST_NODE_TYPES.ArrayExpression:
      return 'array';
    case AST_NODE_TYPES.CallExpression: {
      const trace = file.trace(expression.callee);
      if (trace.type === 'global' && arrayFunctions.has(trace.name)) return 'array';
      const callee = unwrap(expression.callee);
      const method = callee.type === AST_NODE_TYPES.MemberExpression && !callee.optional ? callee : null;
      const returns = method && arrayMethods.get(getKeyName(method) ?? '')?.returns;
      if (method && (returns === 'array' || returns === 'same') && trace.type !== 'export')
        return isIterator(file, method.object) ? 'unknown' : 'array';
      const fn = resolveFunction(file, callee);
      return (fn?.returnType && readType(file, fn.returnType.typeAnnotation)) ?? 'unknown';
    }
    case AST_NODE_TYPES.Identifier: {
      const variable = file.scopes.findVariable(expression);
      return variable ? getVariableType(file, variable, depth - 1) : 'unknown';
    }
    case AST_NODE_TYPES.MemberExpression:
      return getFieldType(file, expression);
    case AST_NODE_TYPES.NewExpression: {
      const trace = file.trace(expression.callee);
      return trace.type === 'global' && trace.name === 'Array' ? 'array' : 'unknown';
    }
    default:
      return 'unknown';
  }
}

/** `byId.values()`, `byId.values().filter(…)` */
function isIterator(file: LangChainFile, node: TSESTree.Node): boolean {
  const expression = unwrap(node);
  if (expression.type !== AST_NODE_TYPES.CallExpression || file.trace(expression.callee).type === 'global')
    return false;
  const callee = unwrap(expression.callee);
  if (callee.type !== AST_NODE_TYPES.MemberExpression) return false;
  const returns = arrayMethods.get(getKeyName(callee) ?? '')?.returns;
  return returns === 'iterator' || (returns === 'same' && isIterator(file, callee.object));
}

function getVariableType(file: LangChainFile, variable: TSESLint.Scope.Variable, depth: number): ListType {
  const [definition] = variable.defs;
  if (variable.defs.length !== 1 || (definition?.type !== 'Variable' && definition?.type !== 'Parameter'))
    return 'unknown';
  const { name } = definition;
  if (name.type === AST_NODE_TYPES.Identifier && name.typeAnnotation)
    return (name.optional ? null : readType(file, name.typeAnnotation.typeAnnotation)) ?? 'unknown';
  if (definition.type === 'Parameter' || definition.node.id !== name || !definition.node.init) return 'unknown';
  if (variable.references.some((reference) => reference.isWrite() && reference.init !== true)) return 'unknown';
  return getListType(file, definition.node.init, depth);
}

/** `this.docs`, from its declaration. */
function getFieldType(file: LangChainFile, node: TSESTree.MemberExpression): ListType {
  const name = getKeyName(node);
  const classNode = node.object.type === AST_NODE_TYPES.ThisExpression ? getThisClass(node.object) : null;
  for (const member of classNode?.body.body ?? []) {
    if (member.type !== AST_NODE_TYPES.PropertyDefinition || getKeyName(member) !== name || member.optional) continue;
    const type = member.typeAnnotation ? readType(file, member.typeAnnotation.typeAnnotation) : null;
    return type === 'array' && member.readonly ? 'array' : (type ?? 'unknown');
  }
  return 'unknown';
}

function readType(file: LangChainFile, type: TSESTree.TypeNode, depth = maxConstants): ListType | null {
  if (depth === 0) return null;
  switch (type.type) {
    case AST_NODE_TYPES.TSArrayType:
    case AST_NODE_TYPES.TSTupleType:
      return 'array';
    case AST_NODE_TYPES.TSTypeOperator:
      return type.operator === 'readonly' ? 'readonly' : null;
    case AST_NODE_TYPES.TSTypeReference: {
      if (type.typeName.type !== AST_NODE_TYPES.Identifier) return null;
      const [argument] = type.typeArguments?.params ?? [];
      switch (type.typeName.name) {
        case 'Array':
          return 'array';
        case 'ReadonlyArray':
          return 'readonly';
        case 'Promise':
          return argument ? readType(file, argument, depth - 1) : null;
        // `as const`
        case 'const':
          return 'readonly';
        default: {
          const definition = file.scopes.findVariable(type.typeName)?.defs[0]?.node;
          return definition?.type === AST_NODE_TYPES.TSTypeAliasDeclaration && !definition.typeParameters
            ? readType(file, definition.typeAnnotation, depth - 1)
            : null;
        }
      }
    }
    default:
      return null;
  }
}

export function hasType(parameter: TSESTree.Parameter): boolean {
  const target = parameter.type === AST_NODE_TYPES.AssignmentPattern ? parameter.left : parameter;
  return 'typeAnnotation' in target && Boolean(target.typeAnnotation);
}

/** Whether `typeof` can name it. */
export function isTypePath(node: TSESTree.Node): boolean {
  if (node.type === AST_NODE_TYPES.Identifier || node.type === AST_NODE_TYPES.ThisExpression) return true;
  return (
    node.type === AST_NODE_TYPES.MemberExpression &&
    !node.computed &&
    !node.optional &&
    node.property.type === AST_NODE_TYPES.Identifier &&
    isTypePath(node.object)
  );
}
