import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { getThisClass } from '../ast/ancestors.ts';
import { getMethodName } from '../ast/calls.ts';
import { getKeyName, isNullishType, unwrap } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { arrayMethods } from '../facts/array-methods.ts';
import { resolveFunction } from '../flow/calls/functions.ts';
import { isPrimitive } from '../flow/lifetime/fixed.ts';
import { isReassigned } from '../trace/changes.ts';
import type { LangChainFile } from '../trace/file.ts';
import { looksLikeArray } from './array-signs.ts';

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

/** Whether an expression can be read again with the same value and without effects. */
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

/** `other`: visibly another type with a `map`. */
type ListType = 'array' | 'other' | 'readonly' | 'unknown';

/** How many constants or types may refer to one another; ends `const a = b; const b = a`. */
const maxConstants = 20;

/** Whether an expression is visibly an array, and a mutable one. */
export function getListType(file: LangChainFile, node: TSESTree.Node, depth = maxConstants): ListType {
  if (depth === 0) return 'unknown';
  if (node.type === AST_NODE_TYPES.TSAsExpression || node.type === AST_NODE_TYPES.TSSatisfiesExpression)
    return readType(file, node.typeAnnotation) ?? 'unknown';
  const expression = node.type === AST_NODE_TYPES.AwaitExpression ? unwrap(node.argument) : node;
  switch (expression.type) {
    case AST_NODE_TYPES.ArrayExpression:
      return 'array';
    case AST_NODE_TYPES.CallExpression:
      return getResultType(file, expression, depth);
    case AST_NODE_TYPES.Identifier: {
      const variable = file.scopes.findVariable(expression);
      return orByUse(file, expression, variable ? getVariableType(file, variable, depth - 1) : 'unknown');
    }
    case AST_NODE_TYPES.MemberExpression: {
      const type = getFieldType(file, expression);
      return orByUse(file, expression, type === 'unknown' ? getTracedType(file, expression) : type);
    }
    case AST_NODE_TYPES.NewExpression: {
      const trace = file.trace(expression.callee);
      return trace.type === 'global' && trace.name === 'Array' ? 'array' : 'unknown';
    }
    case AST_NODE_TYPES.LogicalExpression:
      return combine(file, [expression.left, expression.right], depth);
    case AST_NODE_TYPES.ConditionalExpression:
      return combine(file, [expression.consequent, expression.alternate], depth);
    default:
      return 'unknown';
  }
}

/** A value that is used as an array is one, though it may be readonly. */
function orByUse(file: LangChainFile, list: TSESTree.Node, type: ListType): ListType {
  return type === 'unknown' && !hasHiddenType(file, list) && looksLikeArray(file, list) ? 'readonly' : type;
}

/**
 * Whether the type of a list is not visible here: `docs: Docs` of another module, `docs: any`, or a list that is no
 * name, part or result of something.
 */
export function hasHiddenType(file: LangChainFile, list: TSESTree.Node): boolean {
  const source = findSource(file, list);
  switch (source.type) {
    case AST_NODE_TYPES.CallExpression:
      return resolveFunction(file, source.callee)?.returnType !== undefined;
    case AST_NODE_TYPES.Identifier: {
      const name = file.scopes.findVariable(source)?.defs[0]?.name;
      return name?.type === AST_NODE_TYPES.Identifier && name.typeAnnotation !== undefined;
    }
    case AST_NODE_TYPES.MemberExpression:
      return findField(source)?.typeAnnotation !== undefined;
    case AST_NODE_TYPES.LogicalExpression:
      return [source.left, source.right].some((each) => !isArray(getListType(file, each)) && hasHiddenType(file, each));
    default:
      return true;
  }
}

/** Whether a list visibly has the type `any`: `await response.json()`, a part of `request.body` or `response.data`. */
export function isAny(file: LangChainFile, list: TSESTree.Node): boolean {
  const source = findSource(file, list);
  if (source.type === AST_NODE_TYPES.CallExpression) {
    const name = getMethodName(source);
    return name === 'json' || (name === 'parse' && file.trace(source.callee).type === 'global');
  }
  if (source.type === AST_NODE_TYPES.MemberExpression)
    return /^(?:body|data)$/u.test(getKeyName(source) ?? '') || isAny(file, source.object);
  const definition = file.scopes.findVariable(source)?.defs[0];
  const isPart = definition?.type === 'Variable' && definition.node.id !== definition.name;
  return isPart && definition.node.init !== null && isAny(file, definition.node.init);
}

/** The origin of a list through constants and `await`, with the type that is asserted for it. */
function findSource(file: LangChainFile, list: TSESTree.Node, depth = maxConstants): TSESTree.Node {
  const expression = list.type === AST_NODE_TYPES.AwaitExpression ? list.argument : list;
  const definition = file.scopes.findVariable(expression)?.defs[0];
  if (depth === 0 || definition?.type !== 'Variable' || definition.node.id !== definition.name) return expression;
  const { id, init } = definition.node;
  return init && !('typeAnnotation' in id && id.typeAnnotation) ? findSource(file, init, depth - 1) : expression;
}

/** `given ?? []` */
function combine(file: LangChainFile, nodes: readonly TSESTree.Node[], depth: number): ListType {
  const types = new Set(nodes.map((each) => getListType(file, unwrapChain(each), depth - 1)));
  if (types.has('other') || types.has('unknown')) return 'unknown';
  return types.has('readonly') ? 'readonly' : 'array';
}

/** `request?.docs` */
function unwrapChain(node: TSESTree.Node): TSESTree.Node {
  return node.type === AST_NODE_TYPES.ChainExpression ? node.expression : node;
}

/** By the written type of a member or of its object, which may be readonly: `docs` of `{ docs }: State`. */
function getTracedType(file: LangChainFile, node: TSESTree.Node): ListType {
  const trace = file.trace(node);
  if (trace.type === 'localInstance') return trace.classNode.superClass ? 'unknown' : 'other';
  if (trace.type !== 'typed' || trace.promised) return 'unknown';
  switch (trace.node.type) {
    case AST_NODE_TYPES.TSArrayType:
    case AST_NODE_TYPES.TSTupleType:
    case AST_NODE_TYPES.TSTypeReference:
      return 'readonly';
    default:
      return 'other';
  }
}

function getResultType(file: LangChainFile, call: TSESTree.CallExpression, depth: number): ListType {
  const trace = file.trace(call.callee);
  if (trace.type === 'global' && arrayFunctions.has(trace.name)) return 'array';
  const callee = unwrap(call.callee);
  if (callee.type === AST_NODE_TYPES.MemberExpression && !callee.optional) {
    const name = getKeyName(callee) ?? '';
    if (returnsList(file, call, name)) return 'array';
    if (name === 'split') return isPrimitive(file, callee.object) ? 'array' : 'unknown';
    const returns = arrayMethods.get(name)?.returns;
    if (returns === 'array' || returns === 'same') return toCopy(getListType(file, callee.object, depth - 1));
  }
  const fn = resolveFunction(file, callee);
  return (fn?.returnType && readType(file, fn.returnType.typeAnnotation)) ?? 'unknown';
}

/** LangChain methods that return lists. */
const listMethods: ReadonlySet<string> = new Set([
  'batch',
  'createDocuments',
  'embedDocuments',
  'load',
  'loadAndSplit',
  'similaritySearch',
  'similaritySearchWithScore',
  'splitDocuments',
  'splitText',
]);

/** `await loader.load()`, `await retriever.invoke(question)` */
function returnsList(file: LangChainFile, call: TSESTree.CallExpression, name: string): boolean {
  const callee = unwrap(call.callee);
  if (callee.type !== AST_NODE_TYPES.MemberExpression || (name !== 'invoke' && !listMethods.has(name))) return false;
  const receiver = file.resolve(callee.object);
  if (receiver.is !== 'yes' || receiver.value.classNode || receiver.value.narrowed) return false;
  return name !== 'invoke' || receiver.value.kind === 'retriever';
}

/** The type of the copy that `filter` and the like return. */
function toCopy(type: ListType): ListType {
  return type === 'readonly' ? 'array' : type;
}

function getVariableType(file: LangChainFile, variable: TSESLint.Scope.Variable, depth: number): ListType {
  const [definition] = variable.defs;
  if (variable.defs.length !== 1 || (definition?.type !== 'Variable' && definition?.type !== 'Parameter'))
    return 'unknown';
  const { name } = definition;
  if (name.type === AST_NODE_TYPES.Identifier && name.typeAnnotation) {
    const type = name.optional ? null : readType(file, name.typeAnnotation.typeAnnotation);
    // A copy of it would have no holes.
    const hasHoles = type === 'readonly' && definition.type === 'Variable' && mayHaveHoles(file, definition.node.init);
    return hasHoles ? 'unknown' : (type ?? 'unknown');
  }
  if (definition.type === 'Parameter' || definition.node.id !== name || !definition.node.init)
    return isRest(name) ? 'array' : getTracedType(file, name);
  if (isReassigned(variable)) return 'unknown';
  return getListType(file, definition.node.init, depth);
}

/** `new Array(5)`, `['a', , 'b']` */
function mayHaveHoles(file: LangChainFile, init: TSESTree.Node | null): boolean {
  const value = init && unwrap(init);
  if (value?.type === AST_NODE_TYPES.ArrayExpression) return value.elements.includes(null);
  if (value?.type !== AST_NODE_TYPES.CallExpression && value?.type !== AST_NODE_TYPES.NewExpression) return false;
  const trace = file.trace(value.callee);
  return trace.type === 'global' && trace.name === 'Array';
}

/** `...docs` */
function isRest({ parent }: TSESTree.Node): boolean {
  return parent?.type === AST_NODE_TYPES.RestElement && parent.parent.type !== AST_NODE_TYPES.ObjectPattern;
}

/** `this.docs`, by its declaration. */
function getFieldType(file: LangChainFile, node: TSESTree.MemberExpression): ListType {
  const field = findField(node);
  if (!field || field.optional) return 'unknown';
  if (!field.typeAnnotation && field.value) return isArray(getListType(file, field.value)) ? 'readonly' : 'unknown';
  return (field.typeAnnotation && readType(file, field.typeAnnotation.typeAnnotation)) ?? 'unknown';
}

function isArray(type: ListType): boolean {
  return type === 'array' || type === 'readonly';
}

function findField(node: TSESTree.MemberExpression): TSESTree.PropertyDefinition | null {
  const name = getKeyName(node);
  const classNode = node.object.type === AST_NODE_TYPES.ThisExpression ? getThisClass(node.object) : null;
  for (const member of classNode?.body.body ?? [])
    if (member.type === AST_NODE_TYPES.PropertyDefinition && getKeyName(member) === name) return member;
  return null;
}

function readType(file: LangChainFile, type: TSESTree.TypeNode, depth = maxConstants): ListType | null {
  if (depth === 0) return null;
  switch (type.type) {
    case AST_NODE_TYPES.TSArrayType:
    case AST_NODE_TYPES.TSTupleType:
      return 'array';
    case AST_NODE_TYPES.TSTypeOperator:
      return type.operator === 'readonly' ? 'readonly' : null;
    case AST_NODE_TYPES.TSTypeLiteral:
      return 'other';
    case AST_NODE_TYPES.TSUnionType:
      return readUnion(file, type, depth - 1);
    case AST_NODE_TYPES.TSTypeReference: {
      if (type.typeName.type !== AST_NODE_TYPES.Identifier) return null;
      const [argument] = type.typeArguments?.params ?? [];
      const definition = file.scopes.findVariable(type.typeName)?.defs[0]?.node;
      if (definition) return readDefinition(file, definition, depth - 1);
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
        default:
          return null;
      }
    }
    default:
      return null;
  }
}

/** `string[] | readonly string[]`, `string[] | undefined`, which has a `map` only where it is defined. */
function readUnion(file: LangChainFile, { types }: TSESTree.TSUnionType, depth: number): ListType | null {
  const given = types.filter((each) => !isNullishType(each));
  const read = new Set(given.map((each) => readType(file, each, depth)));
  if (read.size === 0 || [...read].some((each) => each !== 'array' && each !== 'readonly')) return null;
  return read.has('readonly') ? 'readonly' : 'array';
}

function readDefinition(file: LangChainFile, definition: TSESTree.Node, depth: number): ListType | null {
  switch (definition.type) {
    case AST_NODE_TYPES.ClassDeclaration:
      return definition.superClass ? null : 'other';
    case AST_NODE_TYPES.TSInterfaceDeclaration:
      return definition.extends.length > 0 ? null : 'other';
    case AST_NODE_TYPES.TSTypeAliasDeclaration:
      return definition.typeParameters ? null : readType(file, definition.typeAnnotation, depth);
    default:
      return null;
  }
}

/** The source of the element type of a list: `string` of `docs: readonly string[]`; null without a written type. */
export function getElementTypeText(file: LangChainFile, list: TSESTree.Node): string | null {
  const variable = file.scopes.findVariable(list);
  const name = variable?.defs[0]?.name;
  let type = name?.type === AST_NODE_TYPES.Identifier ? name.typeAnnotation?.typeAnnotation : undefined;
  if (type?.type === AST_NODE_TYPES.TSTypeOperator) type = type.typeAnnotation;
  if (type?.type === AST_NODE_TYPES.TSArrayType) return file.sourceCode.getText(type.elementType);
  const element = type?.type === AST_NODE_TYPES.TSTypeReference ? type.typeArguments?.params[0] : undefined;
  return element ? file.sourceCode.getText(element) : null;
}

export function hasType(parameter: TSESTree.Parameter): boolean {
  const target = parameter.type === AST_NODE_TYPES.AssignmentPattern ? parameter.left : parameter;
  return 'typeAnnotation' in target && Boolean(target.typeAnnotation);
}

/** Whether `typeof` can name an expression. */
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
