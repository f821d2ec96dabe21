import { AST_NODE_TYPES } from '../ast/types.ts';
import { createValue, type GivenValue, type Trace } from './value.ts';

type Unknown = Extract<Trace, { type: 'unknown' }>;

export const cycle: Unknown = { type: 'unknown', reason: 'is defined in terms of itself' };
export const tooDeep: Unknown = { type: 'unknown', reason: 'is too many steps away' };
export const tooMany: Unknown = { type: 'unknown', reason: 'may be one of too many values' };
export const notDefined: Unknown = { type: 'unknown', reason: 'has no definition that can be found' };

export function traceValue(given: GivenValue): Extract<Trace, { type: 'langchain' }> {
  return { type: 'langchain', promised: false, value: createValue(given) };
}

export function known(trace: Trace): boolean {
  return trace.type !== 'unknown' && !isNullish(trace);
}

/** Whether it may be anything. */
export function isUndetermined(trace: Trace): boolean {
  return trace.type === 'unknown' || (trace.type === 'global' && !isNullish(trace));
}

export function isNullish(trace: Trace): boolean {
  if (trace.type === 'global') return trace.name === 'undefined';
  return (
    trace.type === 'literal' &&
    trace.node.type === AST_NODE_TYPES.Literal &&
    trace.node.value === null &&
    trace.node.raw === 'null'
  );
}

export function promise(trace: Trace, promised: boolean): Trace {
  if (!promised || (trace.type !== 'langchain' && trace.type !== 'typed')) return trace;
  return { ...trace, promised };
}

export function awaited(trace: Trace): Trace {
  return trace.type === 'langchain' || trace.type === 'typed' ? { ...trace, promised: false } : trace;
}

export function optional(trace: Trace): Trace {
  return trace.type === 'langchain' ? { ...trace, value: { ...trace.value, optional: true } } : trace;
}

export function uncertain(trace: Trace): Trace {
  return trace.type === 'langchain' ? { ...trace, value: { ...trace.value, certain: false } } : trace;
}

export function narrowed(trace: Trace): Trace {
  return trace.type === 'langchain' ? { ...trace, value: { ...trace.value, narrowed: true } } : trace;
}

/** A value in sight, restricted to its written type. */
export function holdTo(trace: Trace, type: Trace | null): Trace {
  switch (trace.type) {
    case 'langchain': {
      const isNarrowed = type?.type !== 'langchain' || type.value.narrowed;
      return { ...trace, value: { ...trace.value, narrowed: isNarrowed } };
    }
    case 'array':
    case 'function':
    case 'localInstance':
    case 'object':
      return { ...trace, heldTo: type ?? notDefined };
    default:
      return trace;
  }
}

/** A part of a value, restricted to the same part of the whole's written type. */
export function holdPart(part: Trace, whole: Trace, find: (type: Trace) => Trace): Trace {
  return 'heldTo' in whole ? holdTo(part, find(whole.heldTo)) : part;
}

export function describe(trace: Trace): string {
  switch (trace.type) {
    case 'export':
      return `is the export \`${trace.export.name}\` of \`${trace.export.source}\``;
    case 'global':
      return `is the global \`${trace.name}\``;
    case 'instance':
      return `comes from \`${trace.of.source}\``;
    case 'unknown':
      return trace.reason;
    case 'langchain':
      return 'is a LangChain value';
    default:
      return `is a local ${trace.type}`;
  }
}
