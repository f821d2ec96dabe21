import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { isClass, isNullishType } from '../ast/nodes.ts';
import { getSignatures } from '../ast/properties.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { findExport, parseSpecifier } from '../facts/catalog.ts';
import type { ExportRef } from '../facts/export-ref.ts';
import { findInterface } from '../facts/interfaces.ts';
import { mergeTraces } from './alternatives.ts';
import type { NamedType, Tracer } from './tracer.ts';
import { awaited, holdTo, known, narrowed, notDefined, optional, promise, traceValue } from './traces.ts';
import type { Trace } from './value.ts';

/**
 * What a written type says of a value that is not known or one of several, a global, an import, or the result of what
 * cannot be seen; null when it adds nothing.
 */
export function traceTyped(tracer: Tracer, value: Trace, type: TSESTree.TypeNode | null | undefined): Trace | null {
  if (!type || (known(value) && !typable.has(value.type))) return null;
  const annotation = tracer.traceType(type);
  return known(value) && annotation?.type !== 'langchain' ? null : annotation;
}

const typable: ReadonlySet<Trace['type']> = new Set(['export', 'global', 'instance', 'union']);

/** A known value, restricted to its type: `const model: Asker = new ChatOpenAI()` has no `batch`. */
export function holdToType(tracer: Tracer, value: Trace, type: TSESTree.TypeNode | null | undefined): Trace {
  return type && known(value) ? holdTo(value, tracer.traceType(type)) : value;
}

export function traceAsserted(tracer: Tracer, node: TSESTree.TSAsExpression | TSESTree.TSTypeAssertion): Trace {
  const inner = tracer.trace(node.expression);
  const { typeAnnotation } = node;
  return (
    traceTyped(tracer, inner, typeAnnotation) ??
    (isConst(typeAnnotation) ? inner : holdToType(tracer, inner, typeAnnotation))
  );
}

/** `as const` */
function isConst(type: TSESTree.TypeNode): boolean {
  return (
    type.type === AST_NODE_TYPES.TSTypeReference &&
    type.typeName.type === AST_NODE_TYPES.Identifier &&
    type.typeName.name === 'const'
  );
}

export function computeType(tracer: Tracer, type: TSESTree.TypeNode): Trace | null {
  switch (type.type) {
    case AST_NODE_TYPES.TSTypeReference:
      return traceTypeReference(tracer, type);
    case AST_NODE_TYPES.TSImportType: {
      const { qualifier, source } = type;
      if (qualifier?.type !== AST_NODE_TYPES.Identifier || typeof source.value !== 'string') return null;
      const ref: ExportRef = { source: tracer.imports.getSource(source.value), name: qualifier.name };
      return traceImportedType(tracer, ref, type);
    }
    case AST_NODE_TYPES.TSUnionType: {
      const members = type.types.filter((member) => !isEmpty(member));
      const traces = members.map((member) => tracer.traceType(member));
      if (traces.length === 0 || traces.includes(null)) return null;
      const merged = mergeTraces(traces.filter((trace) => trace !== null));
      return members.length < type.types.length ? optional(merged) : merged;
    }
    case AST_NODE_TYPES.TSIntersectionType:
      return type.types.map((member) => tracer.traceType(member)).find((trace) => trace?.type === 'langchain') ?? null;
    case AST_NODE_TYPES.TSArrayType:
    case AST_NODE_TYPES.TSFunctionType:
    case AST_NODE_TYPES.TSTupleType:
    case AST_NODE_TYPES.TSTypeLiteral:
      return { type: 'typed', node: type, promised: false };
    case AST_NODE_TYPES.TSTypeOperator:
      return type.operator === 'readonly' && type.typeAnnotation ? tracer.traceType(type.typeAnnotation) : null;
    case AST_NODE_TYPES.TSTypeQuery: {
      const { exprName } = type;
      if (exprName.type === AST_NODE_TYPES.TSImportType) return null;
      const ref = exportOfTypeName(tracer, exprName);
      if (ref)
        return tracer.links?.find(ref.source, ref.name)?.traceExported(ref.name) ?? { type: 'export', export: ref };
      return exprName.type === AST_NODE_TYPES.Identifier ? tracer.trace(exprName) : null;
    }
    default:
      return null;
  }
}

function traceTypeReference(tracer: Tracer, type: TSESTree.TSTypeReference): Trace | null {
  const ref = exportOfTypeName(tracer, type.typeName);
  if (ref) return traceImportedType(tracer, ref, type);
  if (type.typeName.type !== AST_NODE_TYPES.Identifier) return null;
  return traceNamedType(tracer, tracer.scopes.findVariable(type.typeName), type.typeName.name, type);
}

/** What the definition of a type promises; a type without one is one of TypeScript's. */
export function traceNamedType(
  tracer: Tracer,
  variable: TSESLint.Scope.Variable | null,
  name: string | null,
  type: NamedType,
): Trace | null {
  const imported = variable && name === null ? tracer.imports.findExport(variable) : null;
  if (imported) return traceImportedType(tracer, imported, type);
  const definition = variable?.defs[0]?.node;
  if (isClass(definition)) return tracer.instanceOf(definition, type, 'annotation');
  switch (definition?.type) {
    case AST_NODE_TYPES.TSTypeAliasDeclaration:
      return tracer.traceType(definition.typeAnnotation);
    case AST_NODE_TYPES.TSInterfaceDeclaration:
      return traceInterface(tracer, definition);
    case AST_NODE_TYPES.TSTypeParameter:
      return definition.constraint ? tracer.traceType(definition.constraint) : null;
    case undefined: {
      const argument = type.typeArguments?.params[0];
      return argument && name !== null && type.type === AST_NODE_TYPES.TSTypeReference
        ? traceBuiltInType(tracer, name, argument, type)
        : null;
    }
    default:
      return null;
  }
}

function traceBuiltInType(
  tracer: Tracer,
  name: string,
  argument: TSESTree.TypeNode,
  type: TSESTree.TSTypeReference,
): Trace | null {
  switch (name) {
    case 'Promise':
    case 'PromiseLike': {
      const trace = tracer.traceType(argument);
      return trace && promise(trace, true);
    }
    case 'Awaited': {
      const trace = tracer.traceType(argument);
      return trace && awaited(trace);
    }
    case 'NonNullable':
    case 'Partial':
    case 'Readonly':
    case 'Required':
      return tracer.traceType(argument);
    case 'InstanceType': {
      const trace = tracer.traceType(argument);
      if (trace?.type === 'export') return traceExportType(trace.export, type);
      return trace?.type === 'class' ? tracer.instanceOf(trace.node, type, 'annotation') : null;
    }
    case 'ReturnType': {
      const trace = tracer.traceType(argument);
      return trace?.type === 'function' ? tracer.traceReturn(trace.node) : null;
    }
    case 'Array':
    case 'ReadonlyArray':
      return { type: 'typed', node: type, promised: false };
    default:
      return null;
  }
}

export function traceInterface(tracer: Tracer, node: TSESTree.TSInterfaceDeclaration): Trace {
  for (const heritage of node.extends) {
    const parent = tracer.trace(heritage.expression);
    if (parent.type !== 'export') continue;
    const trace = traceExportType(parent.export, heritage);
    // What it declares itself may be of another type than the class's.
    if (trace?.type === 'langchain') return node.body.body.length > 0 ? narrowed(trace) : trace;
  }
  return { type: 'typed', node, promised: false };
}

function exportOfTypeName(tracer: Tracer, name: TSESTree.EntityName): ExportRef | null {
  if (name.type === AST_NODE_TYPES.ThisExpression) return null;
  if (name.type === AST_NODE_TYPES.Identifier) {
    const variable = tracer.scopes.findVariable(name);
    return variable && tracer.imports.findExport(variable);
  }
  const left = exportOfTypeName(tracer, name.left);
  return left && tracer.imports.getMember(left, name.right.name);
}

/** A value annotated with an imported type. */
function traceImportedType(tracer: Tracer, ref: ExportRef, type: NamedType): Trace | null {
  const linked = tracer.links?.find(ref.source, ref.name);
  return (linked ? linked.traceExportedType(ref.name, type) : null) ?? traceExportType(ref, type);
}

/** A value annotated with a type that a package exports. */
export function traceExportType(ref: ExportRef, node: TSESTree.Node): Trace | null {
  const module = parseSpecifier(ref.source);
  if (!module) return { type: 'instance', of: ref, node };
  const entry = findExport(module, ref.name) ?? findInterface(ref.name);
  if (entry?.type !== 'class') return { type: 'instance', of: ref, node };
  return traceValue({ entry, module, origin: 'annotation', node });
}

export function memberOfType(tracer: Tracer, node: TSESTree.Node, name: string): Trace {
  const members =
    node.type === AST_NODE_TYPES.TSInterfaceDeclaration
      ? node.body.body
      : node.type === AST_NODE_TYPES.TSTypeLiteral
        ? node.members
        : [];
  const named = getSignatures(members).get(name) ?? [];
  for (const member of named) {
    // Which one of several is called is decided by the arguments.
    if (member.type === AST_NODE_TYPES.TSMethodSignature && member.kind === 'method' && named.length === 1)
      return { type: 'typed', node: member, promised: false };
    if (member.type === AST_NODE_TYPES.TSMethodSignature || !member.typeAnnotation) continue;
    const trace = tracer.traceType(member.typeAnnotation.typeAnnotation);
    if (trace) return member.optional ? optional(trace) : trace;
  }
  if (node.type === AST_NODE_TYPES.TSTupleType) {
    const element = node.elementTypes[Number(name)];
    return (element && tracer.traceType(element)) ?? notDefined;
  }
  return notDefined;
}

export function elementOfType(tracer: Tracer, node: TSESTree.Node): Trace {
  if (node.type === AST_NODE_TYPES.TSArrayType) return tracer.traceType(node.elementType) ?? notDefined;
  const argument = node.type === AST_NODE_TYPES.TSTypeReference ? node.typeArguments?.params[0] : undefined;
  return (argument && tracer.traceType(argument)) ?? notDefined;
}

export function returnOfType(tracer: Tracer, node: TSESTree.Node): Trace {
  switch (node.type) {
    case AST_NODE_TYPES.TSDeclareFunction:
    case AST_NODE_TYPES.TSEmptyBodyFunctionExpression:
    case AST_NODE_TYPES.TSFunctionType:
    case AST_NODE_TYPES.TSMethodSignature:
      return (node.returnType && tracer.traceType(node.returnType.typeAnnotation)) ?? notDefined;
    default:
      return notDefined;
  }
}

function isEmpty(type: TSESTree.TypeNode): boolean {
  return isNullishType(type) || type.type === AST_NODE_TYPES.TSVoidKeyword;
}
