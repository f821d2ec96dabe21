import type { TSESTree } from '@typescript-eslint/utils';
import { getKeyName } from '../../ast/nodes.ts';
import { AST_NODE_TYPES } from '../../ast/types.ts';
import { parseSpecifier } from '../../facts/catalog.ts';
import type { LangChainFile } from '../../trace/file.ts';
import type { Keys } from './schemas.ts';
import type { Size } from './size-arithmetic.ts';

/** Types of what one answer of a model asked for. */
const dispatchTypes = new Set(['AgentAction', 'ToolCall']);

export interface TypeSources {
  readonly file: LangChainFile;
  /** The size of the list at a path in what a schema describes. */
  readonly ofSchema: (schema: TSESTree.Node, path: Keys) => Size;
}

/** The size that a written type gives to the list at a path: a tuple, `ToolCall[]`, `z.infer<typeof schema>`. */
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
  const definition = sources.file.scopes.findVariable(type.typeName)?.defs[0]?.node;
  if (!definition || sources.visited.has(definition)) return null;
  sources.visited.add(definition);
  if (definition.type === AST_NODE_TYPES.TSTypeAliasDeclaration)
    return getSize(sources, definition.typeAnnotation, path);
  return definition.type === AST_NODE_TYPES.TSInterfaceDeclaration ? getSize(sources, definition, path) : null;
}

/** `ToolCall[]`: what one message asked for. */
function getElementSize(sources: Sources, type: TSESTree.Node): Size {
  if (type.type !== AST_NODE_TYPES.TSTypeReference || type.typeName.type !== AST_NODE_TYPES.Identifier) return null;
  const variable = sources.file.scopes.findVariable(type.typeName);
  const ref = variable && sources.file.imports.findExport(variable);
  return ref && dispatchTypes.has(ref.name) && parseSpecifier(ref.source) ? 'unseen' : null;
}
