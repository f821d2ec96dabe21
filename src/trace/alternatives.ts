import type { TSESTree } from '@typescript-eslint/utils';
import type { Tracer } from './tracer.ts';
import { cycle, isNullish, isUndetermined, narrowed, notDefined, optional, tooMany, uncertain } from './traces.ts';
import type { LangChainValue, Trace } from './value.ts';

/** How many values an expression may have: far more than a `switch` has providers. */
const maxAlternatives = 100;

/**
 * One value for the several that an expression may hold: it is LangChain's only if all values that are not nullish are.
 */
export function mergeTraces(traces: readonly Trace[]): Trace {
  const real = getDifferent(traces.filter((trace) => trace !== cycle && !isNullish(trace)));
  const mayBeNullish = traces.some(isNullish);
  const [first, ...rest] = real;
  if (!first) return traces[0] ?? notDefined;
  if (rest.length === 0) return mayBeNullish ? optional(first) : first;
  const unknown = real.find(isUndetermined);
  if (unknown) return unknown;
  if (
    first.type === 'langchain' &&
    rest.every((trace) => trace.type === 'langchain' && trace.promised === first.promised)
  ) {
    const byNode = new Map<TSESTree.Node, LangChainValue>();
    for (const { value } of real.filter((trace) => trace.type === 'langchain')) {
      for (const each of [value, ...value.alternatives]) if (!byNode.has(each.node)) byNode.set(each.node, each);
    }
    if (byNode.size > maxAlternatives) return tooMany;
    const alternatives = [...byNode.values()].slice(1).map((each) => ({ ...each, alternatives: [] }));
    const value: LangChainValue = {
      ...first.value,
      certain: first.value.certain && alternatives.length === 0,
      narrowed: real.some((trace) => trace.type === 'langchain' && trace.value.narrowed),
      alternatives,
    };
    return { ...first, value: mayBeNullish ? { ...value, optional: true } : value };
  }
  return real.length > maxAlternatives ? tooMany : { type: 'union', of: real };
}

/** Each once, and those of unions: one that is made of itself twice is as large as it was. */
function getDifferent(traces: readonly Trace[]): readonly Trace[] {
  return [...new Set(traces.flatMap((trace) => (trace.type === 'union' ? trace.of : [trace])))];
}

export function traceLogical(tracer: Tracer, node: TSESTree.LogicalExpression): Trace {
  const right = tracer.trace(node.right);
  if (node.operator === '&&') return optional(right);
  const left = tracer.trace(node.left);
  // `given ?? new ChatOpenAI()`: what stands for a missing value is of the value's own kind.
  if (isUndetermined(left) && right.type === 'langchain') return left === cycle ? right : narrowed(uncertain(right));
  if (isUndetermined(right) && left.type === 'langchain') return narrowed(uncertain(left));
  return mergeTraces([left, right]);
}

/** The value of an assignment; `whole: false` for what the target holds afterwards through this assignment alone. */
export function traceAssigned(tracer: Tracer, node: TSESTree.AssignmentExpression, whole = true): Trace {
  switch (node.operator) {
    case '=':
      return tracer.trace(node.right);
    case '??=':
    case '||=': {
      const right = tracer.trace(node.right);
      if (!whole || right.type === 'langchain') return right;
      return mergeTraces([tracer.trace(node.left), right]);
    }
    default:
      return { type: 'unknown', reason: `is assigned by \`${node.operator}\`` };
  }
}
