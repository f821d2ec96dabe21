import type { TSESTree } from '@typescript-eslint/utils';
import { getThisClass } from '../ast/ancestors.ts';
import { type ClassMember, findClassMember } from '../ast/class-members.ts';
import { findThisComponent, getComponentMembers } from '../ast/components.ts';
import { type ClassNode, getKeyName, isFunction, unwrap } from '../ast/nodes.ts';
import { getMemberWrites, getPlainProperties } from '../ast/properties.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { mergeTraces, traceAssigned } from './alternatives.ts';
import { elementOfType, holdToType, memberOfType, traceTyped } from './annotations.ts';
import { traceHeldMember } from './held.ts';
import type { Tracer } from './tracer.ts';
import { awaited, describe, holdPart, notDefined, optional } from './traces.ts';
import type { Trace } from './value.ts';

export function traceMember(tracer: Tracer, node: TSESTree.MemberExpression): Trace {
  const name = getKeyName(node);
  const object = unwrap(node.object);
  if (object.type === AST_NODE_TYPES.Super) return { type: 'unknown', reason: 'is a member of `super`' };
  if (object.type === AST_NODE_TYPES.ThisExpression) {
    const classNode = getThisClass(object);
    const member =
      name === null
        ? null
        : classNode
          ? memberOfClass(tracer, classNode, name, false)
          : memberOfComponent(tracer, object, name);
    return member ?? { type: 'unknown', reason: 'is a member of an unknown `this`' };
  }
  const source = tracer.trace(object);
  if (name === null) return traceComputed(tracer, source, object);
  const member = memberOf(tracer, source, name);
  if (source.type !== 'object') return member;
  const merged = mergeWrites(tracer, member, object, name);
  return holdPart(merged, source, (type) => memberOf(tracer, type, name));
}

/** `pool[i]`, `models[request.model]`: one of all that the list or the record holds. */
function traceComputed(tracer: Tracer, source: Trace, object: TSESTree.Node): Trace {
  if (source.type === 'array') return elementOf(tracer, source, object);
  const values = source.type === 'object' && !isWritten(tracer, object) && getPlainProperties(source.node);
  return values
    ? tracer.tracePart(source.node, 'of any name', () =>
        mergeTraces([...values.values()].map(({ value }) => tracer.trace(value))),
      )
    : { type: 'unknown', reason: 'is a member whose name is computed' };
}

function isWritten(tracer: Tracer, object: TSESTree.Node): boolean {
  const variable = tracer.scopes.findVariable(object);
  return !variable || getMemberWrites(variable).size > 0;
}

export function memberOf(tracer: Tracer, source: Trace, name: string): Trace {
  return holdPart(seeMember(tracer, source, name), source, (type) => memberOf(tracer, type, name));
}

function seeMember(tracer: Tracer, source: Trace, name: string): Trace {
  switch (source.type) {
    case 'export':
      return { type: 'export', export: tracer.imports.getMember(source.export, name) };
    case 'module':
      return (
        (source.node === tracer.program ? tracer : tracer.links?.findOwner(source.node))?.traceExported(name) ?? {
          type: 'unknown',
          reason: 'is not exported there',
        }
      );
    case 'global':
      return { type: 'global', name: `${source.name}.${name}` };
    case 'object':
      return tracer.tracePart(source.node, name, () => memberOfObject(tracer, source.node, name));
    case 'array':
      return /^\d+$/u.test(name) ? elementAt(tracer, source, Number(name)) : notDefined;
    case 'class':
      return memberOfClass(tracer, source.node, name, true);
    case 'localInstance':
      return memberOfClass(tracer, source.classNode, name, false);
    case 'instance':
      return traceHeldMember(tracer, source, name) ?? notSeen(source);
    case 'langchain':
      return source.value.classNode && !source.promised
        ? memberOfClass(tracer, source.value.classNode, name, false)
        : { type: 'unknown', reason: 'is a member of a LangChain value' };
    case 'typed':
      return source.promised ? notDefined : memberOfType(tracer, source.node, name);
    case 'union':
      return mergeTraces(source.of.map((each) => memberOf(tracer, each, name)));
    default:
      return notSeen(source);
  }
}

function notSeen(source: Trace): Trace {
  return { type: 'unknown', reason: `is a member of something that ${describe(source)}` };
}

function memberOfObject(tracer: Tracer, object: TSESTree.ObjectExpression, name: string): Trace {
  const plain = getPlainProperties(object);
  if (plain) {
    const property = plain.get(name);
    return property ? tracer.trace(property.value) : notDefined;
  }
  for (const property of object.properties.toReversed()) {
    if (property.type === AST_NODE_TYPES.SpreadElement) {
      const spread = memberOf(tracer, tracer.trace(property.argument), name);
      if (spread !== notDefined) return spread;
      continue;
    }
    const key = getKeyName(property);
    if (key === null) return { type: 'unknown', reason: 'is a property of an object with computed keys' };
    if (key !== name) continue;
    if (property.kind === 'get') return isFunction(property.value) ? tracer.traceReturn(property.value) : notDefined;
    if (property.kind === 'set') continue;
    return tracer.trace(property.value);
  }
  return notDefined;
}

/** `clients.model = new ChatOpenAI()`: what the property of a literal object is written with elsewhere. */
function mergeWrites(tracer: Tracer, initial: Trace, object: TSESTree.Node, name: string): Trace {
  const variable = tracer.scopes.findVariable(object);
  const values: Trace[] = initial === notDefined ? [] : [initial];
  for (const assignment of (variable && getMemberWrites(variable).get(name)) ?? [])
    values.push(traceAssigned(tracer, assignment, false));
  return values.length === 0 ? notDefined : mergeTraces(values);
}

function memberOfClass(tracer: Tracer, classNode: ClassNode, name: string, isStatic: boolean): Trace {
  const member = ancestry(tracer, classNode)
    .classes.map((each) => findClassMember(tracer.visitorKeys, each, name, isStatic))
    .find((each) => each !== undefined);
  if (!member) return { type: 'unknown', reason: 'is a member that the class does not declare' };
  return tracer.traceClassMember(member);
}

function memberOfComponent(tracer: Tracer, node: TSESTree.ThisExpression, name: string): Trace | null {
  const component = findThisComponent(node);
  const member = component && getComponentMembers(component, tracer.visitorKeys).get(name);
  return member ? tracer.traceClassMember(member) : null;
}

export function computeClassMember(tracer: Tracer, member: ClassMember): Trace {
  if (member.method) return { type: 'function', node: member.method };
  if (member.getter) return tracer.traceReturn(member.getter);
  const [signature, ...others] = member.signatures;
  if (signature && others.length === 0) return { type: 'typed', node: signature, promised: false };
  const written =
    member.values.length > 0 ? mergeTraces(member.values.map((value) => tracer.trace(value))) : notDefined;
  const annotation = traceTyped(tracer, written, member.type);
  if (!annotation) return holdToType(tracer, written, member.type);
  return member.optional ? optional(annotation) : annotation;
}

/** The classes of the file from `classNode` up, and what the last of them extends. */
export function ancestry(
  tracer: Tracer,
  classNode: ClassNode,
): { readonly classes: readonly ClassNode[]; readonly root: Trace | null } {
  const classes = [classNode];
  for (let current = classNode; current.superClass;) {
    const parent = tracer.trace(current.superClass);
    if (parent.type !== 'class' || classes.includes(parent.node)) return { classes, root: parent };
    classes.push(parent.node);
    current = parent.node;
  }
  return { classes, root: null };
}

export function elementAt(tracer: Tracer, array: Extract<Trace, { type: 'array' }>, index: number): Trace {
  const before = array.node.elements.slice(0, index + 1);
  const element = before[index];
  if (!element || before.some((each) => each?.type === AST_NODE_TYPES.SpreadElement)) return notDefined;
  const trace = tracer.trace(element);
  return array.settled ? awaited(trace) : trace;
}

/** What every element is. */
export function elementOf(tracer: Tracer, source: Trace, node: TSESTree.Node): Trace {
  return holdPart(seeElement(tracer, source, node), source, (type) => elementOf(tracer, type, node));
}

function seeElement(tracer: Tracer, source: Trace, node: TSESTree.Node): Trace {
  if (source.type === 'typed') return source.promised ? notDefined : elementOfType(tracer, source.node);
  if (source.type === 'array')
    return tracer.tracePart(source.node, source.settled ? '[] settled' : '[]', () => elementOfArray(tracer, source));
  if (source.type === 'union') return mergeTraces(source.of.map((each) => elementOf(tracer, each, node)));
  const call = unwrap(node);
  if (source.type === 'unknown' && call.type === AST_NODE_TYPES.CallExpression && call.arguments[0]) {
    const callee = tracer.trace(call.callee);
    if (callee.type !== 'global' || callee.name !== 'Object.values') return notDefined;
    const object = tracer.trace(call.arguments[0]);
    if (object.type !== 'object') return notDefined;
    const values = object.node.properties.map((property): Trace =>
      property.type === AST_NODE_TYPES.Property ? tracer.trace(property.value) : notDefined,
    );
    return values.length === 0 ? notDefined : mergeTraces(values);
  }
  return notDefined;
}

function elementOfArray(tracer: Tracer, { node, settled }: Extract<Trace, { type: 'array' }>): Trace {
  const elements = node.elements.map((element): Trace => {
    if (!element) return notDefined;
    return element.type === AST_NODE_TYPES.SpreadElement
      ? elementOf(tracer, tracer.trace(element.argument), element.argument)
      : tracer.trace(element);
  });
  return elements.length === 0 ? notDefined : mergeTraces(settled ? elements.map(awaited) : elements);
}
