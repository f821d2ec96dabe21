import type { TSESTree } from '@typescript-eslint/utils';
import { getPlainProperties } from '../ast/properties.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { findHolder, type Holder } from '../facts/holders.ts';
import type { Tracer } from './tracer.ts';
import type { Trace } from './value.ts';

/**
 * What a call of a user-interface library stands for: `useMemo(() => new ChatOpenAI(), [])`, `$derived(model)`; null
 * for other calls.
 */
export function traceHolder(
  tracer: Tracer,
  source: string | null,
  name: string,
  node: TSESTree.CallExpression,
): Trace | null {
  const holder = findHolder(source, name);
  if (!holder) return null;
  return holder.member === null
    ? traceHeld(tracer, holder, node)
    : { type: 'instance', of: { source: source ?? '#imports', name }, node };
}

/** `chain.value` of `const chain = computed(() => prompt.pipe(model))`; null for other members. */
export function traceHeldMember(
  tracer: Tracer,
  { node, of: { name: called, source } }: Extract<Trace, { type: 'instance' }>,
  name: string,
): Trace | null {
  const holder = node.type === AST_NODE_TYPES.CallExpression ? findHolder(source, called) : null;
  return holder?.member === name && node.type === AST_NODE_TYPES.CallExpression
    ? traceHeld(tracer, holder, node)
    : null;
}

function traceHeld(tracer: Tracer, { holds }: Holder, node: TSESTree.CallExpression): Trace | null {
  const [first] = node.arguments;
  const given = first ? tracer.trace(first) : null;
  if (!given || holds === 'value') return given;
  if (given.type === 'function') return tracer.traceReturn(given.node);
  // `computed({ get() { … }, set(value) { … } })`
  const getter = given.type === 'object' ? getPlainProperties(given.node)?.get('get') : null;
  const read = getter ? tracer.trace(getter.value) : null;
  return read?.type === 'function' ? tracer.traceReturn(read.node) : null;
}
