import type { TSESTree } from '@typescript-eslint/utils';
import { getThisClass } from '../ast/ancestors.ts';
import { findClassMember } from '../ast/class-members.ts';
import { type ClassNode, getKeyName, isNullishType, unwrap } from '../ast/nodes.ts';
import { getSignatures } from '../ast/properties.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { resolveFunction } from '../flow/calls/functions.ts';
import type { LangChainFile } from '../trace/file.ts';

/** Whether `for … of` yields keys with their values, where `forEach` passes the value alone: a `Map` and its like. */
export type Pairs = 'certain' | 'none' | 'possible';

const pairClasses: ReadonlySet<string> = new Set(['FormData', 'Headers', 'Map', 'ReadonlyMap', 'URLSearchParams']);

/** How many constants or types may refer to one another. */
const maxDepth = 10;

export function findPairs(file: LangChainFile, list: TSESTree.Node, depth = maxDepth): Pairs {
  if (depth === 0) return 'none';
  if (list.type === AST_NODE_TYPES.TSAsExpression) return ofType(file, list.typeAnnotation, depth);
  const expression = unwrap(list);
  switch (expression.type) {
    case AST_NODE_TYPES.AwaitExpression:
      return findPairs(file, expression.argument, depth - 1);
    case AST_NODE_TYPES.CallExpression: {
      const type = resolveFunction(file, expression.callee)?.returnType?.typeAnnotation;
      return type ? ofType(file, type, depth) : 'none';
    }
    case AST_NODE_TYPES.ConditionalExpression:
      return combine([expression.consequent, expression.alternate].map((each) => findPairs(file, each, depth - 1)));
    case AST_NODE_TYPES.LogicalExpression:
      return combine([expression.left, expression.right].map((each) => findPairs(file, each, depth - 1)));
    case AST_NODE_TYPES.MemberExpression:
      return ofMember(file, expression, depth);
    case AST_NODE_TYPES.NewExpression:
      return ofClass(file, expression.callee);
    case AST_NODE_TYPES.Identifier:
      return ofVariable(file, expression, depth);
    default:
      return 'none';
  }
}

function combine(pairs: readonly Pairs[]): Pairs {
  if (pairs.every((each) => each === 'none')) return 'none';
  return pairs.every((each) => each === 'certain') ? 'certain' : 'possible';
}

function ofVariable(file: LangChainFile, identifier: TSESTree.Identifier, depth: number): Pairs {
  const definition = file.scopes.findVariable(identifier)?.defs[0];
  const name = definition?.name;
  if (name?.type !== AST_NODE_TYPES.Identifier) return 'none';
  if (name.typeAnnotation) return ofType(file, name.typeAnnotation.typeAnnotation, depth);
  if (definition?.type === 'Variable' && definition.node.id === name)
    return definition.node.init ? findPairs(file, definition.node.init, depth - 1) : 'none';
  const property = name.parent;
  const pattern = property.type === AST_NODE_TYPES.Property ? property.parent : null;
  const type = pattern?.type === AST_NODE_TYPES.ObjectPattern ? pattern.typeAnnotation?.typeAnnotation : undefined;
  const key = property.type === AST_NODE_TYPES.Property ? getKeyName(property) : null;
  return type && key !== null ? ofTypeMember(file, type, key, depth) : 'none';
}

function ofMember(file: LangChainFile, node: TSESTree.MemberExpression, depth: number): Pairs {
  const key = getKeyName(node);
  if (key === null) return 'none';
  const object = unwrap(node.object);
  if (object.type === AST_NODE_TYPES.ThisExpression) {
    const classNode = getThisClass(object);
    return classNode ? ofField(file, classNode, key, depth) : 'none';
  }
  const trace = file.trace(object);
  if (trace.type === 'localInstance') return ofField(file, trace.classNode, key, depth);
  return trace.type === 'typed' ? ofTypeMember(file, trace.node, key, depth) : 'none';
}

function ofField(file: LangChainFile, classNode: ClassNode, key: string, depth: number): Pairs {
  const member = findClassMember(file.sourceCode.visitorKeys, classNode, key, false);
  if (member?.type) return ofType(file, member.type, depth);
  return combine((member?.values ?? []).map((value) => findPairs(file, value, depth - 1)));
}

/** `new Map()`, and a class of the file that extends `Map` and may iterate over something else. */
function ofClass(file: LangChainFile, callee: TSESTree.Node): Pairs {
  const trace = file.trace(callee);
  if (trace.type === 'global') return pairClasses.has(trace.name) ? 'certain' : 'none';
  const base = trace.type === 'class' ? trace.node.superClass : null;
  return base && ofClass(file, base) !== 'none' ? 'possible' : 'none';
}

function ofType(file: LangChainFile, type: TSESTree.TypeNode, depth: number): Pairs {
  switch (type.type) {
    case AST_NODE_TYPES.TSIntersectionType:
    case AST_NODE_TYPES.TSUnionType:
      return combine(type.types.filter((each) => !isNullishType(each)).map((each) => ofType(file, each, depth - 1)));
    case AST_NODE_TYPES.TSTypeReference:
      return ofReference(file, type, depth);
    default:
      return 'none';
  }
}

function ofReference(file: LangChainFile, type: TSESTree.TSTypeReference, depth: number): Pairs {
  const { typeArguments, typeName } = type;
  if (depth === 0 || typeName.type !== AST_NODE_TYPES.Identifier) return 'none';
  const definition = file.scopes.findVariable(typeName)?.defs[0]?.node;
  const [argument] = typeArguments?.params ?? [];
  switch (definition?.type) {
    case AST_NODE_TYPES.ClassDeclaration:
      return definition.superClass && ofClass(file, definition.superClass) !== 'none' ? 'possible' : 'none';
    case AST_NODE_TYPES.TSInterfaceDeclaration:
      return definition.extends.some(({ expression }) => ofClass(file, expression) !== 'none') ? 'possible' : 'none';
    case AST_NODE_TYPES.TSTypeAliasDeclaration:
      return ofType(file, definition.typeAnnotation, depth - 1);
    case undefined:
      if (pairClasses.has(typeName.name)) return 'certain';
      return argument && typeName.name === 'Promise' ? ofType(file, argument, depth - 1) : 'none';
    default:
      return 'none';
  }
}

/** `pages` of `{ pages: Map<string, string> }` */
function ofTypeMember(file: LangChainFile, type: TSESTree.Node, key: string, depth: number): Pairs {
  if (depth === 0) return 'none';
  if (type.type === AST_NODE_TYPES.TSTypeReference && type.typeName.type === AST_NODE_TYPES.Identifier) {
    const definition = file.scopes.findVariable(type.typeName)?.defs[0]?.node;
    if (definition?.type === AST_NODE_TYPES.TSInterfaceDeclaration) return ofTypeMember(file, definition, key, depth);
    return definition?.type === AST_NODE_TYPES.TSTypeAliasDeclaration
      ? ofTypeMember(file, definition.typeAnnotation, key, depth - 1)
      : 'none';
  }
  const members =
    type.type === AST_NODE_TYPES.TSInterfaceDeclaration
      ? type.body.body
      : type.type === AST_NODE_TYPES.TSTypeLiteral
        ? type.members
        : [];
  const [member] = getSignatures(members).get(key) ?? [];
  const annotation = member?.type === AST_NODE_TYPES.TSPropertySignature ? member.typeAnnotation : undefined;
  return annotation ? ofType(file, annotation.typeAnnotation, depth) : 'none';
}
