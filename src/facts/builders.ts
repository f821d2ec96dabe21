import type { Kind } from './catalog.ts';

/** What a synchronous method of a LangChain value returns. */
interface Builder {
  /** The kind of the result; null keeps the receiver's. */
  readonly kind: Kind | null;
  /** The class of the result; null keeps the receiver's. */
  readonly className: string | null;
  /** The kinds that have the method; null for every Runnable. */
  readonly on: readonly Kind[] | null;
  /** The result holds the receiver as its first step. */
  readonly sequence: boolean;
  /** The result is a promise (`await prompt.partial({ … })`). */
  readonly promised: boolean;
}

const same: Builder = { kind: null, className: null, on: null, sequence: false, promised: false };
const models: readonly Kind[] = ['chatModel', 'llm'];
const graphBuilder: Builder = { ...same, on: ['stateGraph'] };

/**
 * The kinds whose values are Runnables. `agent` is not: the ReactAgent of `createAgent` has no `pipe` and no `batch`.
 */
export const runnableKinds: ReadonlySet<Kind> = new Set<Kind>([
  'chain',
  'chatModel',
  'documentTransformer',
  'graph',
  'llm',
  'parser',
  'prompt',
  'retriever',
  'router',
  'runnable',
  'sequence',
  'textSplitter',
  'tool',
]);

/**
 * The builders of LangChain: synchronous methods that return a LangChain value. `map` and `bind` exist before 1.0 only.
 */
export const builders: ReadonlyMap<string, Builder> = new Map<string, Builder>([
  ['pipe', { ...same, kind: 'sequence', className: 'RunnableSequence', sequence: true }],
  ['withStructuredOutput', { ...same, on: models, kind: 'sequence', className: 'RunnableSequence', sequence: true }],
  ['assign', { ...same, kind: 'sequence', className: 'RunnableSequence', sequence: true }],
  ['pick', { ...same, kind: 'sequence', className: 'RunnableSequence', sequence: true }],
  ['bindTools', { ...same, on: models }],
  ['bind', same],
  ['withConfig', same],
  ['withRetry', same],
  ['withFallbacks', same],
  ['withListeners', same],
  ['map', { ...same, kind: 'runnable', className: 'RunnableEach' }],
  ['asTool', { ...same, kind: 'tool', className: 'RunnableToolLike' }],
  ['partial', { ...same, on: ['prompt'], promised: true }],
  ['asRetriever', { ...same, on: ['vectorStore'], kind: 'retriever', className: 'VectorStoreRetriever' }],
  ['compile', { ...same, on: ['stateGraph'], kind: 'graph', className: 'CompiledStateGraph' }],
  ['addNode', graphBuilder],
  ['addEdge', graphBuilder],
  ['addConditionalEdges', graphBuilder],
  ['addSequence', graphBuilder],
  ['setEntryPoint', graphBuilder],
  ['setFinishPoint', graphBuilder],
  ['setNodeDefaults', graphBuilder],
  ['setConditionalEntryPoint', graphBuilder],
]);

/** The builders that derive a model from another; the derived model may have its own queue. */
export const modelBuilders: ReadonlySet<string> = new Set(['bindTools', 'withConfig', 'withStructuredOutput']);

/** The agent of `createAgent` has only this builder. */
export function findBuilder(kind: Kind, name: string): Builder | null {
  const builder = builders.get(name);
  if (!builder) return null;
  if (builder.on) return builder.on.includes(kind) ? builder : null;
  if (kind === 'agent') return name === 'withConfig' ? builder : null;
  return runnableKinds.has(kind) ? builder : null;
}
