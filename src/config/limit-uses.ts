import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '../ast/types.ts';
import type { Kind } from '../facts/catalog.ts';
import { getOptionsArgument } from '../langchain/construction.ts';
import { isOneCall } from '../langchain/ignores.ts';
import { getParts } from '../langchain/parts.ts';
import { getTraits } from '../langchain/traits.ts';
import { nameExpression } from '../messages.ts';
import type { LangChainFile } from '../trace/file.ts';
import { findOption } from '../trace/options.ts';
import type { LangChainValue } from '../trace/value.ts';
import { type Configured, findConfigured } from './configured.ts';

/**
 * The taker of a limit: a queue, which throws for an invalid one, or a graph, which then waits forever, and which drops
 * work under a limit of 1.
 */
type LimitTaker = 'graph' | 'queue';

/** A `maxConcurrency` where it has an effect. */
export interface LimitUse {
  readonly property: TSESTree.Property;
  readonly value: TSESTree.Node;
  readonly takers: readonly LimitTaker[];
  /** In words for messages: "`ChatOpenAI`", "`chain.batch()`". */
  readonly subject: string;
  /** The value that the limit is set on. */
  readonly receiver: LangChainValue;
  /** Whether the class uses the limit: one that ignores it still validates it. */
  readonly isHonoured: boolean;
}

/** The `maxConcurrency` of a construction or of a call's config. */
export function findLimitUses(
  file: LangChainFile,
  node: TSESTree.CallExpression | TSESTree.NewExpression,
): readonly LimitUse[] {
  const configured = node.type === AST_NODE_TYPES.CallExpression ? findConfigured(file, node) : null;
  return [...findConstructed(file, node), ...(configured ? findInConfig(file, configured) : [])];
}

/** Kinds whose constructor passes its options to a queue. */
const queuedKinds: ReadonlySet<Kind> = new Set<Kind>(['chatModel', 'embeddings', 'llm', 'loader', 'vectorStore']);

function findConstructed(
  file: LangChainFile,
  node: TSESTree.CallExpression | TSESTree.NewExpression,
): readonly LimitUse[] {
  const trace = file.trace(node);
  if (
    trace.type !== 'langchain' ||
    trace.value.node !== node ||
    trace.value.builder !== null ||
    !queuedKinds.has(trace.value.kind)
  )
    return [];
  const { value } = trace;
  const options = getOptionsArgument(value);
  if (options === 'unknown') return [];
  const isHonoured = getTraits(file, value).honoursMaxConcurrency !== false;
  return readLimit(
    file,
    value,
    options,
    ['queue'],
    `\`${value.className === 'ConfigurableModel' ? 'initChatModel()' : value.className}\``,
    isHonoured,
  );
}

function findInConfig(file: LangChainFile, configured: Configured): readonly LimitUse[] {
  const { configs, list, method, node } = configured;
  const takers = getTakers(file, configured);
  if (takers.length === 0) return [];
  const subject = describeSubject(file, configured, takers);
  // A queue is created for the first config of a list; a graph receives that of its input.
  const read = list === 'written' && !takers.includes('graph') ? configs.slice(0, 1) : configs;
  const [first] = configs;
  const third =
    method === 'batch' && findOption(file, first, 'maxConcurrency').is === 'absent' ? node.arguments[2] : undefined;
  return [
    ...read.flatMap((config) => readLimit(file, configured.receiver, config, takers, subject, true)),
    ...readLimit(file, configured.receiver, third, ['queue'], subject, true),
  ];
}

/** The call that throws or fails: not `withConfig()`, but a call of its result. */
function describeSubject(
  file: LangChainFile,
  { method, receiverNode }: Configured,
  takers: readonly LimitTaker[],
): string {
  const name = nameExpression(file, receiverNode);
  if (method !== 'withConfig') return name === null ? 'this call' : `\`${name}.${method}()\``;
  if (takers.includes('queue')) return '`batch()`';
  return name === null ? 'the graph' : `\`${name}\``;
}

function getTakers(file: LangChainFile, { method, receiver }: Configured): readonly LimitTaker[] {
  const graph: readonly LimitTaker[] = hasGraph(file, receiver) ? ['graph'] : [];
  switch (method) {
    case 'batch':
      return receiver.kind === 'store' ? [] : [...graph, 'queue'];
    case 'invoke':
    case 'stream':
    case 'streamEvents':
    case 'streamLog':
      return receiver.className === 'RunnableEach' ? [...graph, 'queue'] : graph;
    case 'withConfig':
      if (graph.length > 0) return graph;
      return isOneCall(receiver) && getTraits(file, receiver).withConfigLimitsBatch === false ? [] : ['queue'];
    default:
      return [];
  }
}

/** Whether a value is a graph, or a sequence that contains one. */
function hasGraph(file: LangChainFile, value: LangChainValue): boolean {
  return getParts(value).some((part) => getTraits(file, part).limitOfOneDropsWork === true);
}

function readLimit(
  file: LangChainFile,
  receiver: LangChainValue,
  object: TSESTree.Node | null | undefined,
  takers: readonly LimitTaker[],
  subject: string,
  isHonoured: boolean,
): readonly LimitUse[] {
  const option = findOption(file, object, 'maxConcurrency');
  return option.is === 'given'
    ? [{ property: option.property, value: option.value, takers, subject, receiver, isHonoured }]
    : [];
}
