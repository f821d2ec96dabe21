import type { TSESTree } from '@typescript-eslint/utils';
import { getKeyName } from '../../ast/nodes.ts';
import { AST_NODE_TYPES } from '../../ast/types.ts';
import { parseSpecifier } from '../../facts/catalog.ts';
import { type LangChainFile, perKey } from '../../trace/file.ts';
import type { Keys } from './schemas.ts';
import { type Size, sum } from './size-arithmetic.ts';

/** Types for the calls that one answer of a model asked for. */
const dispatchTypes = new Set(['AgentAction', 'ToolCall']);

export interface TypeSources {
  readonly file: LangChainFile;
  /** The size of the list at a path in the data that a schema describes. */
  readonly ofSchema: (schema: TSESTree.Node, path: Keys) => Size;
  /** The largest value that a number can have. */
  readonly ofNumber: (node: TSESTree.Node) => Size;
}

/** The size that a written type sets for the list at a path: a tuple, `ToolCall[]`, `z.infer<typeof schema>`. */
export function getTypeSize(sources: TypeSources, type: TSESTree.Node, path: Keys): Size {
  return getSize({ ...sources, visited: new Set() }, type, path);
}

interface Sources extends TypeSources {
  /** Ends `type A = B; type B = A`. */
  readonly visited: Set<TSESTree.Node>;
}

function getSize(sources: Sources, type: TSESTree.Node, path: Keys): Size {
  const [key, ...rest] = path;
  switch (type.type) {
    case AST_NODE_TYPES.TSTypeOperator:
      return type.operator === 'readonly' && type.typeAnnotation ? getSize(sources, type.typeAnnotation, path) : null;
    case AST_NODE_TYPES.TSUnionType: {
      const sizes = type.types.map((member) => getSize(sources, member, path));
      return sizes.find((size) => size !== null) ?? null;
    }
    case AST_NODE_TYPES.TSTupleType:
      return key === undefined && !type.elementTypes.some(({ type: member }) => member === AST_NODE_TYPES.TSRestType)
        ? type.elementTypes.length
        : null;
    case AST_NODE_TYPES.TSArrayType:
      return key === undefined
        ? getElementSize(sources, type.elementType)
        : key === '*'
          ? getSize(sources, type.elementType, rest)
          : null;
    case AST_NODE_TYPES.TSTypeLiteral:
      return getMemberSize(sources, type.members, path);
    case AST_NODE_TYPES.TSInterfaceDeclaration:
      return getMemberSize(sources, type.body.body, path);
    case AST_NODE_TYPES.TSTypeReference:
      return getReferenceSize(sources, type, path);
    default:
      return null;
  }
}

function getMemberSize(sources: Sources, members: readonly TSESTree.TypeElement[], [key, ...rest]: Keys): Size {
  if (key === undefined) return null;
  for (const member of members) {
    if (member.type === AST_NODE_TYPES.TSPropertySignature && getKeyName(member) === key && member.typeAnnotation)
      return getSize(sources, member.typeAnnotation.typeAnnotation, rest);
  }
  return null;
}

function getReferenceSize(sources: Sources, type: TSESTree.TSTypeReference, path: Keys): Size {
  const [key, ...rest] = path;
  const argument = type.typeArguments?.params[0];
  if (type.typeName.type === AST_NODE_TYPES.TSQualifiedName) {
    const { name } = type.typeName.right;
    if ((name !== 'infer' && name !== 'output') || argument?.type !== AST_NODE_TYPES.TSTypeQuery) return null;
    return argument.exprName.type === AST_NODE_TYPES.Identifier ? sources.ofSchema(argument.exprName, path) : null;
  }
  if (type.typeName.type !== AST_NODE_TYPES.Identifier) return null;
  switch (type.typeName.name) {
    case 'Array':
    case 'ReadonlyArray':
    case 'Set':
      if (!argument) return null;
      return key === undefined
        ? getElementSize(sources, argument)
        : key === '*'
          ? getSize(sources, argument, rest)
          : null;
    case 'Awaited':
    case 'Promise':
    case 'Readonly':
      return argument ? getSize(sources, argument, path) : null;
    default:
  }
  const definition = findDeclaration(sources, type.typeName);
  if (!definition || sources.visited.has(definition)) return null;
  sources.visited.add(definition);
  switch (definition.type) {
    case AST_NODE_TYPES.TSTypeAliasDeclaration:
      return getSize(sources, definition.typeAnnotation, path);
    case AST_NODE_TYPES.TSInterfaceDeclaration:
      return getSize(sources, definition, path);
    case AST_NODE_TYPES.ClassDeclaration:
      return getFieldSize(sources, definition, path);
    default:
      return null;
  }
}

/** Where a type is declared, in this file or another of the project. */
function findDeclaration({ file }: Sources, name: TSESTree.Identifier): TSESTree.Node | null {
  const definition = file.scopes.findVariable(name)?.defs[0];
  if (!definition) return null;
  return definition.type === 'ImportBinding' ? file.findImportedNode(name) : definition.node;
}

/** `@ArrayMaxSize(5) questions: string[]` of class-validator */
function getFieldSize(sources: Sources, { body }: TSESTree.ClassDeclaration, [key, ...rest]: Keys): Size {
  for (const member of body.body) {
    if (member.type !== AST_NODE_TYPES.PropertyDefinition || getKeyName(member) !== key) continue;
    const maximum = rest.length === 0 ? findMaximumSize(member.decorators) : null;
    if (maximum) return sources.ofNumber(maximum);
    return member.typeAnnotation ? getSize(sources, member.typeAnnotation.typeAnnotation, rest) : null;
  }
  return null;
}

function findMaximumSize(decorators: readonly TSESTree.Decorator[]): TSESTree.Node | null {
  for (const { expression } of decorators) {
    if (expression.type !== AST_NODE_TYPES.CallExpression || expression.callee.type !== AST_NODE_TYPES.Identifier)
      continue;
    const [maximum] = expression.arguments;
    if (expression.callee.name === 'ArrayMaxSize' && maximum) return maximum;
  }
  return null;
}

/** The number of keys in a value of a type that lists them all: `Record<'de' | 'en', string>`, `{ de: string }`. */
export const getKeyCount = perKey({ onCycle: null, tooDeep: null }, countKeys);

function countKeys(file: LangChainFile, type: TSESTree.TypeNode): Size {
  switch (type.type) {
    case AST_NODE_TYPES.TSTypeLiteral:
      return type.members.every(({ type: member }) => member === AST_NODE_TYPES.TSPropertySignature)
        ? type.members.length
        : null;
    case AST_NODE_TYPES.TSMappedType:
      return countNames(file, type.constraint);
    case AST_NODE_TYPES.TSTypeReference: {
      const name = type.typeName.type === AST_NODE_TYPES.Identifier ? type.typeName : null;
      const [argument] = type.typeArguments?.params ?? [];
      if (!name) return null;
      if (name.name === 'Record') return argument ? countNames(file, argument) : null;
      if (name.name === 'Partial' || name.name === 'Readonly') return argument ? getKeyCount(file, argument) : null;
      const definition = file.scopes.findVariable(name)?.defs[0]?.node;
      return definition?.type === AST_NODE_TYPES.TSTypeAliasDeclaration
        ? getKeyCount(file, definition.typeAnnotation)
        : null;
    }
    default:
      return null;
  }
}

/** The number of names in `'de' | 'en'`, even behind an alias or as an enum. */
const countNames = perKey({ onCycle: null, tooDeep: null }, computeNames);

function computeNames(file: LangChainFile, type: TSESTree.TypeNode): Size {
  switch (type.type) {
    case AST_NODE_TYPES.TSLiteralType:
      return 1;
    case AST_NODE_TYPES.TSUnionType:
      return sum(type.types.map((member) => countNames(file, member)));
    case AST_NODE_TYPES.TSTypeReference: {
      const name = type.typeName.type === AST_NODE_TYPES.Identifier ? type.typeName : null;
      const definition = name && file.scopes.findVariable(name)?.defs[0]?.node;
      if (definition?.type === AST_NODE_TYPES.TSEnumDeclaration) return definition.body.members.length;
      return definition?.type === AST_NODE_TYPES.TSTypeAliasDeclaration &&
        definition.typeAnnotation.type !== AST_NODE_TYPES.TSTypeReference
        ? countNames(file, definition.typeAnnotation)
        : null;
    }
    default:
      return null;
  }
}

/** `ToolCall[]`: the calls that one message asked for. */
function getElementSize(sources: Sources, type: TSESTree.Node): Size {
  if (type.type !== AST_NODE_TYPES.TSTypeReference || type.typeName.type !== AST_NODE_TYPES.Identifier) return null;
  const variable = sources.file.scopes.findVariable(type.typeName);
  const ref = variable && sources.file.imports.findExport(variable);
  return ref && dispatchTypes.has(ref.name) && parseSpecifier(ref.source) ? 'unseen' : null;
}
