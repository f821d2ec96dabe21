import type { TSESTree } from '@typescript-eslint/utils';
import { findClassMember } from '../ast/class-members.ts';
import { type ClassNode, type FunctionNode, getKeyName, unwrap } from '../ast/nodes.ts';
import { findReturns } from '../ast/returns.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { arrayMethods } from '../facts/array-methods.ts';
import { findBuilder } from '../facts/builders.ts';
import { type ClassEntry, findExport, parseSpecifier } from '../facts/catalog.ts';
import type { ExportRef } from '../facts/export-ref.ts';
import { mergeTraces } from './alternatives.ts';
import { holdToType, returnOfType, traceTyped } from './annotations.ts';
import { traceHolder } from './held.ts';
import { ancestry, elementAt, elementOf } from './members.ts';
import type { Tracer } from './tracer.ts';
import { describe, holdPart, known, notDefined, promise, traceValue } from './traces.ts';
import type { LangChainValue, Resolution, Trace } from './value.ts';

/** Compiled CommonJS wraps `require()` in these; what they return stands for the module. */
const interopHelper =
  /^(?:__importStar|__importDefault|__toESM|_interopRequireWildcard|_interopRequireDefault|_interop_require_wildcard|_interop_require_default)$/u;

export function traceCall(tracer: Tracer, node: TSESTree.CallExpression): Trace {
  const callee = unwrap(node.callee);
  if (callee.type === AST_NODE_TYPES.MemberExpression) {
    const called = traceMethodCall(tracer, node, callee);
    if (called) return called;
  }
  return traceCalled(tracer, tracer.trace(callee), node, callee);
}

/** The result of a call whose callee is traced. */
function traceCalled(tracer: Tracer, target: Trace, node: TSESTree.CallExpression, callee: TSESTree.Node): Trace {
  const first = node.arguments[0];
  switch (target.type) {
    case 'union':
      return mergeTraces(target.of.map((each) => traceCalled(tracer, each, node, callee)));
    case 'export':
      if (isInterop(target.export.name) && first) return tracer.trace(first);
      return (
        traceHolder(tracer, target.export.source, target.export.name, node) ??
        traceExportCall(tracer, target.export, node)
      );
    case 'function':
      if (target.node.id && isInterop(target.node.id.name) && first) return tracer.trace(first);
      return holdPart(traceReturn(tracer, target.node), target, (type) =>
        type.type === 'typed' ? returnOfType(tracer, type.node) : notDefined,
      );
    case 'global':
      if (target.name === 'require' && first?.type === AST_NODE_TYPES.Literal && typeof first.value === 'string')
        return wholeModule(tracer, first.value);
      if (isInterop(target.name) && first) return tracer.trace(first);
      if (target.name === 'Promise.all' && first) {
        const array = tracer.trace(first);
        if (array.type === 'array') return { ...array, settled: true };
      }
      return (
        traceHolder(tracer, null, target.name, node) ?? {
          type: 'unknown',
          reason: `is the result of \`${target.name}()\``,
        }
      );
    case 'typed':
      return returnOfType(tracer, target.node);
    case 'instance':
      return { type: 'unknown', reason: 'is the result of a function of another package' };
    case 'unknown':
      // `var __importStar = (this && this.__importStar) || …` of compiled CommonJS.
      return callee.type === AST_NODE_TYPES.Identifier && isInterop(callee.name) && first
        ? tracer.trace(first)
        : { type: 'unknown', reason: 'is the result of an unknown function' };
    default:
      return { type: 'unknown', reason: `is the result of something that ${describe(target)}` };
  }
}

/** A call of a method of a value; null when the callee is to be traced as a whole. */
function traceMethodCall(
  tracer: Tracer,
  node: TSESTree.CallExpression,
  callee: TSESTree.MemberExpression,
): Trace | null {
  const name = getKeyName(callee);
  const object = unwrap(callee.object);
  if (object.type === AST_NODE_TYPES.Super) return { type: 'unknown', reason: 'is the result of a method of `super`' };
  if (name === null) return null;
  const receiver = tracer.trace(callee.object);
  if (receiver.type === 'langchain') {
    const own = receiver.value.classNode && findClassMember(tracer.visitorKeys, receiver.value.classNode, name, false);
    if (!own) return traceBuilder(tracer, receiver, name, node);
  }
  if (receiver.type === 'array') {
    const traces = arrayMethods.get(name)?.traces;
    if (traces === 'all') return receiver;
    if (traces === 'one') {
      const index = node.arguments[0];
      if (
        name === 'at' &&
        index?.type === AST_NODE_TYPES.Literal &&
        typeof index.value === 'number' &&
        index.value >= 0
      )
        return elementAt(tracer, receiver, index.value);
      return elementOf(tracer, receiver, callee.object);
    }
  }
  if (receiver.type === 'function' && name === 'bind') return receiver;
  if (receiver.type === 'function' && name === 'call') return traceReturn(tracer, receiver.node);
  return null;
}

function traceBuilder(
  tracer: Tracer,
  receiver: Extract<Trace, { type: 'langchain' }>,
  name: string,
  node: TSESTree.CallExpression,
): Trace {
  const { value, promised } = receiver;
  const builder = promised ? null : findBuilder(value.kind, name);
  if (!builder) return { type: 'unknown', reason: `is the result of \`${name}()\` of a LangChain value` };
  const argument = node.arguments[0];
  const build = (base: LangChainValue): LangChainValue => ({
    ...base,
    kind: builder.kind ?? base.kind,
    className: builder.className ?? base.className,
    entry: builder.className === null ? base.entry : undefined,
    origin: 'builder',
    node,
    base,
    builder: name,
    steps: builder.sequence
      ? [
          ...(base.steps ?? [{ is: 'yes', value: base } as const]),
          ...(name === 'pipe' && argument ? [tracer.resolve(argument)] : []),
        ]
      : base.steps,
    classNode: null,
    alternatives: [],
    optional: false,
  });
  return {
    type: 'langchain',
    value: { ...build(value), alternatives: value.alternatives.map(build) },
    promised: builder.promised,
  };
}

export function traceNew(tracer: Tracer, node: TSESTree.NewExpression): Trace {
  const target = tracer.trace(node.callee);
  if (target.type === 'class') return instanceOf(tracer, target.node, node, 'heritage');
  if (target.type !== 'export')
    return { type: 'unknown', reason: `is an instance of something that ${describe(target)}` };
  const module = parseSpecifier(target.export.source);
  if (!module) return { type: 'instance', of: target.export, node };
  const entry = findExport(module, target.export.name);
  if (entry?.type !== 'class')
    return { type: 'unknown', reason: `is an instance of \`${target.export.name}\`, which is not in the catalogue` };
  // Only a class that stands for another one by its name can be constructed although it is abstract.
  const constructed = entry.net === 'abstract' ? { ...entry, net: 'network' as const, abstract: false } : entry;
  return traceValue({ entry: constructed, module, origin: 'new', node, certain: true });
}

/** `new X()` or `this` of a class of the file: LangChain's when the class extends one of LangChain's. */
export function instanceOf(
  tracer: Tracer,
  classNode: ClassNode,
  node: TSESTree.Node,
  origin: 'heritage' | 'this' | 'annotation',
): Trace {
  const { root } = ancestry(tracer, classNode);
  if (root?.type === 'export') {
    const module = parseSpecifier(root.export.source);
    const entry = module ? findExport(module, root.export.name) : undefined;
    if (module && entry?.type === 'class') return traceValue({ entry, module, origin, node, classNode });
  }
  return { type: 'localInstance', classNode, node };
}

function traceExportCall(tracer: Tracer, ref: ExportRef, node: TSESTree.CallExpression): Trace {
  const module = parseSpecifier(ref.source);
  if (!module) return { type: 'instance', of: ref, node };
  const [name = '', member, ...deeper] = ref.name.split('.');
  const entry = findExport(module, name);
  if (!entry || deeper.length > 0)
    return { type: 'unknown', reason: `is the result of \`${ref.name}()\`, which is not in the catalogue` };
  if (entry.type === 'function') {
    if (member !== undefined || entry.kind === 'other') return { type: 'instance', of: ref, node };
    return promise(traceValue({ entry, module, origin: 'factory', node, certain: true }), entry.async);
  }
  const factory = member === undefined ? undefined : entry.statics.get(member);
  if (factory === undefined) return { type: 'unknown', reason: `is the result of \`${ref.name}()\`` };
  return promise(
    traceValue({
      entry,
      module,
      origin: 'static',
      node,
      certain: true,
      steps: member === 'from' ? stepsOf(tracer, entry, node) : null,
    }),
    factory === 'async',
  );
}

/** The steps of `RunnableSequence.from([prompt, model])`. */
function stepsOf(tracer: Tracer, entry: ClassEntry, node: TSESTree.CallExpression): readonly Resolution[] | null {
  const list = node.arguments[0];
  if (entry.kind !== 'sequence' || !list) return null;
  const array = tracer.trace(list);
  if (array.type !== 'array') return [{ is: 'unknown', reason: 'is a step of a list that is not written here' }];
  return array.node.elements.flatMap((element): readonly Resolution[] =>
    element
      ? [
          element.type === AST_NODE_TYPES.SpreadElement
            ? { is: 'unknown', reason: 'is spread into the steps' }
            : tracer.resolve(element),
        ]
      : [],
  );
}

export function wholeModule(tracer: Tracer, specifier: string): Trace {
  const source = tracer.imports.getSource(specifier);
  return tracer.links?.find(source, null)?.traceModule() ?? { type: 'export', export: { source, name: 'default' } };
}

/** The result of a call of the function: every `return` agrees, or the return type is written. */
export function traceReturn(tracer: Tracer, fn: FunctionNode): Trace {
  if (fn.generator) return { type: 'unknown', reason: 'is the result of a generator' };
  const returned = mergeTraces(findReturns(fn, tracer.visitorKeys).map((value) => tracer.trace(value)));
  const annotation = traceTyped(tracer, returned, fn.returnType?.typeAnnotation);
  if (annotation) return annotation;
  const held = holdToType(tracer, returned, fn.returnType?.typeAnnotation);
  return known(returned) && fn.async ? promise(held, true) : held;
}

function isInterop(name: string): boolean {
  return interopHelper.test(name);
}
