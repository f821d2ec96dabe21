import type { TSESTree } from '@typescript-eslint/utils';
import { type ExportBinding, getExportName } from '../ast/exports.ts';
import { getKeyName, isClass } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { findExport, parseSpecifier } from '../facts/catalog.ts';
import type { ExportRef } from '../facts/export-ref.ts';
import type { Mark } from '../project/summary.ts';
import { mergeTraces } from './alternatives.ts';
import { traceExportType, traceInterface, traceNamedType } from './annotations.ts';
import { isWholeModule } from './imports.ts';
import { memberOf } from './members.ts';
import type { NamedType, Tracer } from './tracer.ts';
import { known } from './traces.ts';
import type { Trace } from './value.ts';

/** What the whole file stands for: `import * as x`, `require()`. */
export function traceModule(tracer: Tracer): Trace {
  const { named, whole } = tracer.exports;
  return whole.length > 0 && named.size === 0
    ? mergeTraces(whole.map((node) => tracer.trace(node)))
    : { type: 'module', node: tracer.program };
}

/** What the file exports under a name; null when it exports nothing of the kind. */
export function traceExported(tracer: Tracer, name: string): Trace | null {
  return followExport(
    tracer,
    name,
    (node) => tracer.trace(node),
    (linked, inner) => (inner === null ? linked.traceModule() : linked.traceExported(inner)),
    (ref) => ({ type: 'export', export: ref }),
  );
}

/** The value that is promised by a type which the file exports under a name. */
export function traceExportedType(tracer: Tracer, name: string, type: NamedType): Trace | null {
  return followExport(
    tracer,
    name,
    (node) => traceTypeNode(tracer, node, type),
    (linked, inner) => (inner === null ? null : linked.traceExportedType(inner, type)),
    (ref) => traceExportType(ref, type),
  );
}

function traceTypeNode(tracer: Tracer, node: TSESTree.Node, type: NamedType): Trace | null {
  if (node.type === AST_NODE_TYPES.Identifier)
    return traceNamedType(tracer, tracer.scopes.findVariable(node), null, type);
  if (node.type === AST_NODE_TYPES.TSInterfaceDeclaration) return traceInterface(tracer, node);
  return isClass(node) ? tracer.instanceOf(node, type, 'annotation') : null;
}

function followExport(
  tracer: Tracer,
  name: string,
  own: (node: TSESTree.Node) => Trace | null,
  elsewhere: (linked: Tracer, name: string | null) => Trace | null,
  outside: (ref: ExportRef) => Trace | null,
): Trace | null {
  const { all, named, whole } = tracer.exports;
  const binding = named.get(name);
  if (binding) return 'node' in binding ? own(binding.node) : followBinding(tracer, binding, elsewhere, outside);
  if (whole.length > 0) {
    const value = mergeTraces(whole.map((node) => tracer.trace(node)));
    const member = name === 'default' ? value : memberOf(tracer, value, name);
    return known(member) ? member : null;
  }
  if (name === 'default') return null;
  for (const source of all) {
    const module = parseSpecifier(tracer.imports.getSource(source));
    const found =
      module && !findExport(module, name) ? null : followBinding(tracer, { source, name }, elsewhere, outside);
    if (found) return found;
  }
  return null;
}

function followBinding(
  tracer: Tracer,
  { name, source }: Extract<ExportBinding, { source: string }>,
  elsewhere: (linked: Tracer, name: string | null) => Trace | null,
  outside: (ref: ExportRef) => Trace | null,
): Trace | null {
  const ref: ExportRef = { source: tracer.imports.getSource(source), name: name ?? 'default' };
  if (parseSpecifier(ref.source)) return outside(ref);
  const linked = tracer.links?.find(ref.source, name);
  return linked ? elsewhere(linked, name) : null;
}

/**
 * The node of another file that an imported name stands for, whether or not LangChain is in reach; null for packages,
 * and for what is not found.
 */
export function findImportedNode(tracer: Tracer, node: TSESTree.Node, mark?: Mark): TSESTree.Node | null {
  if (node.type === AST_NODE_TYPES.ExportAllDeclaration)
    return tracer.links?.findAny(node.source.value, null, mark)?.program ?? null;
  // What a module passes on is named by a specifier of its own.
  if (node.type === AST_NODE_TYPES.ExportSpecifier) {
    const { source } = node.parent;
    const name = getExportName(node.local);
    const linked = source && tracer.links?.findAny(source.value, name, mark);
    return linked ? linked.findExported(name, mark) : null;
  }
  const isMember = node.type === AST_NODE_TYPES.MemberExpression;
  const identifier = isMember ? node.object : node;
  const variable = tracer.scopes.findVariable(identifier);
  const imported = variable && tracer.imports.findExport(variable);
  const isNamespace = variable !== null && imported !== null && isWholeModule(variable);
  const name = isMember && isNamespace ? getKeyName(node) : isMember || isNamespace ? null : imported?.name;
  const linked = imported && name ? tracer.links?.findAny(imported.source, name, mark) : null;
  return linked && name ? linked.findExported(name, mark) : null;
}

/** The same by the export's own name: `bot.api` of a module is found as its `bot`. */
export function findExportedNode(
  { links }: Tracer,
  { name, source }: ExportRef,
  mark: Mark | undefined,
): TSESTree.Node | null {
  const [first = name] = name.split('.', 1);
  return links?.findAny(source, first, mark)?.findExported(first, mark) ?? null;
}

export function findExported(tracer: Tracer, name: string, mark: Mark | undefined): TSESTree.Node | null {
  const { all, named, whole } = tracer.exports;
  const binding = named.get(name);
  if (binding && 'node' in binding) return binding.node;
  if (binding?.name === null) return null;
  const [assigned, ...others] = whole;
  if (!binding && assigned) return others.length === 0 ? findAssigned(tracer, assigned, name) : null;
  for (const source of binding ? [binding.source] : all) {
    const inner = binding?.name ?? name;
    const found = tracer.links?.findAny(source, inner, mark)?.findExported(inner, mark);
    if (found) return found;
  }
  return null;
}

/** `bot` of `module.exports = { bot }`; the whole for the default export. */
function findAssigned(tracer: Tracer, assigned: TSESTree.Node, name: string): TSESTree.Node | null {
  if (name === 'default') return assigned;
  const object = tracer.trace(assigned);
  if (object.type !== 'object') return null;
  for (const property of object.node.properties)
    if (property.type === AST_NODE_TYPES.Property && getKeyName(property) === name) return property.value;
  return null;
}
