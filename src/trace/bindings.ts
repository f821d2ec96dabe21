import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { type FunctionNode, getKeyName, isClass, isFunction, unwrap } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { arrayMethods } from '../facts/array-methods.ts';
import type { ExportRef } from '../facts/export-ref.ts';
import { mergeTraces } from './alternatives.ts';
import { holdToType, traceTyped } from './annotations.ts';
import { isReassigned } from './changes.ts';
import { isWholeModule } from './imports.ts';
import { elementOf, memberOf } from './members.ts';
import type { Tracer } from './tracer.ts';
import { awaited, holdTo, known, narrowed, notDefined, optional, uncertain } from './traces.ts';
import type { Trace } from './value.ts';

const notPassed: Trace = { type: 'unknown', reason: 'is a parameter without a LangChain type' };

export function traceIdentifier(tracer: Tracer, node: TSESTree.Identifier): Trace {
  const variable = tracer.scopes.findVariable(node);
  if (!variable || variable.defs.length === 0) return { type: 'global', name: node.name };
  return tracer.traceVariable(variable);
}

export function computeVariable(tracer: Tracer, variable: TSESLint.Scope.Variable): Trace {
  const imported = tracer.imports.findExport(variable);
  if (imported)
    return tracer.imports.isTypeOnly(variable)
      ? { type: 'unknown', reason: 'is imported as a type only' }
      : traceImport(tracer, variable, imported);
  const definition = variable.defs.find((candidate) => candidate.node.type !== AST_NODE_TYPES.TSDeclareFunction);
  switch (definition?.type) {
    case 'ClassName':
      return isClass(definition.node) ? { type: 'class', node: definition.node } : notDefined;
    case 'FunctionName':
      return isFunction(definition.node) && !isReassigned(variable)
        ? holdOverloaded(variable, { type: 'function', node: definition.node })
        : notDefined;
    case 'Parameter':
      return traceParameter(tracer, variable, definition.node, definition.name);
    case 'Variable':
      return traceDeclared(tracer, variable, definition.node, definition.name);
    case undefined:
      return traceSignatures(variable);
    default:
      return notDefined;
  }
}

/** `declare function getModel(): BaseChatModel;` */
function traceSignatures({ defs: [first, ...others] }: TSESLint.Scope.Variable): Trace {
  return first?.node.type === AST_NODE_TYPES.TSDeclareFunction && others.length === 0
    ? { type: 'typed', node: first.node, promised: false }
    : notDefined;
}

/** Callers of a function with overloads see these alone. */
function holdOverloaded({ defs }: TSESLint.Scope.Variable, trace: Trace): Trace {
  return defs.length > 1 ? holdTo(trace, null) : trace;
}

function traceImport(tracer: Tracer, variable: TSESLint.Scope.Variable, ref: ExportRef): Trace {
  const isWhole = isWholeModule(variable);
  const linked = tracer.links?.find(ref.source, isWhole ? null : ref.name);
  if (!linked) return { type: 'export', export: ref };
  const trace = isWhole ? linked.traceModule() : linked.traceExported(ref.name);
  // What cannot be told there is an import of some module here.
  return trace && trace.type !== 'unknown' ? trace : { type: 'export', export: ref };
}

function traceDeclared(
  tracer: Tracer,
  variable: TSESLint.Scope.Variable,
  declarator: TSESTree.VariableDeclarator,
  name: TSESTree.Identifier,
): Trace {
  const written = traceWrites(tracer, variable, declarator, name);
  const type = name.typeAnnotation?.typeAnnotation;
  return traceTyped(tracer, written, type) ?? holdToType(tracer, written, type);
}

/** What every write of the variable agrees on. */
function traceWrites(
  tracer: Tracer,
  variable: TSESLint.Scope.Variable,
  declarator: TSESTree.VariableDeclarator,
  name: TSESTree.Identifier,
): Trace {
  const writes = variable.references.filter((reference) => reference.isWrite());
  const later = writes.filter((reference) => !reference.init).map((reference) => traceWrite(tracer, reference));
  const isInitialised = later.length < writes.length || writes.length === 0;
  return mergeTraces(isInitialised ? [traceInitial(tracer, declarator, name), ...later] : later);
}

function traceInitial(tracer: Tracer, declarator: TSESTree.VariableDeclarator, name: TSESTree.Identifier): Trace {
  const loop = declarator.parent.parent;
  if (loop.type === AST_NODE_TYPES.ForOfStatement && loop.left === declarator.parent) {
    const element = elementOf(tracer, tracer.trace(loop.right), loop.right);
    return traceBinding(tracer, declarator.id, name, loop.await ? awaited(element) : element);
  }
  if (!declarator.init) return notDefined;
  return traceBinding(tracer, declarator.id, name, tracer.trace(declarator.init));
}

function traceWrite(tracer: Tracer, reference: TSESLint.Scope.Reference): Trace {
  const { parent } = reference.identifier;
  if (parent.type === AST_NODE_TYPES.AssignmentExpression && parent.left === reference.identifier)
    return tracer.trace(parent);
  const assignment = findAssignment(reference.identifier);
  if (!assignment || reference.identifier.type !== AST_NODE_TYPES.Identifier)
    return { type: 'unknown', reason: 'is written in a form that cannot be read' };
  return traceBinding(tracer, assignment.left, reference.identifier, tracer.trace(assignment.right));
}

function traceParameter(
  tracer: Tracer,
  variable: TSESLint.Scope.Variable,
  fn: TSESTree.Node,
  name: TSESTree.Node,
): Trace {
  if (!isFunction(fn) || name.type !== AST_NODE_TYPES.Identifier) return notDefined;
  const index = fn.params.findIndex(
    (parameter) => parameter.range[0] <= name.range[0] && name.range[1] <= parameter.range[1],
  );
  const parameter = fn.params[index];
  if (!parameter) return notDefined;
  const initial = traceBinding(tracer, parameter, name, index === 0 ? traceElementArgument(tracer, fn) : notPassed);
  const writes = variable.references.filter((reference) => reference.isWrite() && !isDefaultOf(reference, parameter));
  return mergeTraces([initial, ...writes.map((reference) => traceWrite(tracer, reference))]);
}

/** `[a, b].map((model) => …)`: the first parameter of the callback is an element. */
function traceElementArgument(tracer: Tracer, fn: FunctionNode): Trace {
  const call = fn.parent;
  if (call.type !== AST_NODE_TYPES.CallExpression || call.arguments[0] !== fn) return notPassed;
  const callee = unwrap(call.callee);
  if (
    callee.type !== AST_NODE_TYPES.MemberExpression ||
    arrayMethods.get(getKeyName(callee) ?? '')?.element !== 'first'
  )
    return notPassed;
  return elementOf(tracer, tracer.trace(callee.object), callee.object);
}

/** The value of `name` when `pattern` is bound to `source`. */
function traceBinding(tracer: Tracer, pattern: TSESTree.Node, name: TSESTree.Identifier, source: Trace): Trace {
  switch (pattern.type) {
    case AST_NODE_TYPES.Identifier: {
      if (pattern !== name) return notDefined;
      const annotation =
        !known(source) && pattern.typeAnnotation ? tracer.traceType(pattern.typeAnnotation.typeAnnotation) : null;
      if (annotation) return pattern.optional ? optional(annotation) : annotation;
      return holdToType(tracer, source, pattern.typeAnnotation?.typeAnnotation);
    }
    case AST_NODE_TYPES.TSParameterProperty:
      return traceBinding(tracer, pattern.parameter, name, source);
    case AST_NODE_TYPES.AssignmentPattern: {
      const given = traceBinding(tracer, pattern.left, name, source);
      if (known(given)) return given;
      return uncertain(traceBinding(tracer, pattern.left, name, tracer.trace(pattern.right)));
    }
    case AST_NODE_TYPES.ObjectPattern: {
      const whole =
        !known(source) && pattern.typeAnnotation ? tracer.traceType(pattern.typeAnnotation.typeAnnotation) : null;
      const given = whole ?? holdToType(tracer, source, pattern.typeAnnotation?.typeAnnotation);
      for (const property of pattern.properties) {
        if (property.range[0] > name.range[0] || name.range[1] > property.range[1]) continue;
        if (property.type === AST_NODE_TYPES.RestElement) return given;
        const key = getKeyName(property);
        const value = key === null ? notDefined : memberOf(tracer, given, key);
        const bound = traceBinding(tracer, property.value, name, value);
        // Of a type that tells nothing here: `({ model = new ChatOpenAI() }: Options)`.
        return pattern.typeAnnotation && !known(value) ? narrowed(bound) : bound;
      }
      return notDefined;
    }
    case AST_NODE_TYPES.ArrayPattern: {
      const whole =
        !known(source) && pattern.typeAnnotation ? tracer.traceType(pattern.typeAnnotation.typeAnnotation) : null;
      const index = pattern.elements.findIndex(
        (element) => element && element.range[0] <= name.range[0] && name.range[1] <= element.range[1],
      );
      const element = pattern.elements[index];
      if (!element || element.type === AST_NODE_TYPES.RestElement) return notDefined;
      const given = whole ?? holdToType(tracer, source, pattern.typeAnnotation?.typeAnnotation);
      return traceBinding(tracer, element, name, memberOf(tracer, given, String(index)));
    }
    default:
      return notDefined;
  }
}

/** Whether the write is the parameter's own default (`(llm = new ChatOpenAI())`). */
function isDefaultOf(reference: TSESLint.Scope.Reference, parameter: TSESTree.Node): boolean {
  return parameter.range[0] <= reference.identifier.range[0] && reference.identifier.range[1] <= parameter.range[1];
}

/** The destructuring assignment that writes an identifier: `[a, { b }] = …`. */
function findAssignment(identifier: TSESTree.Node): TSESTree.AssignmentExpression | null {
  for (let current = identifier.parent; current; current = current.parent) {
    switch (current.type) {
      case AST_NODE_TYPES.ArrayPattern:
      case AST_NODE_TYPES.AssignmentPattern:
      case AST_NODE_TYPES.ObjectPattern:
      case AST_NODE_TYPES.Property:
        continue;
      case AST_NODE_TYPES.AssignmentExpression:
        return current;
      default:
        return null;
    }
  }
  return null;
}
