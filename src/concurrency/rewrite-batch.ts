import type { TSESTree } from '@typescript-eslint/utils';
import { type FunctionNode, getKeyName, isFunction } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { runnableKinds } from '../facts/builders.ts';
import type { Edit } from '../fix/edit.ts';
import { getListType, hasHiddenType, isAny, isConstant } from '../fix/list-type.ts';
import {
  findResult,
  isInAwait,
  isParameter,
  isPlainFunction,
  isSuspended,
  type MappedAll,
  readMappedAll,
  readReceiver,
  usesBindings,
  writeInputs,
  writeList,
} from '../fix/mapped.ts';
import { getStability, hasMethod, isReplaced, isSetLater } from '../fix/receiver.ts';
import { type Exposure, getExposure, isKnownElsewhere, mayRun } from '../fix/settled.ts';
import { isTypeScript } from '../fix/typescript.ts';
import { isNeverWritten } from '../flow/lifetime/fixed.ts';
import type { LangChainCall } from '../langchain/calls.ts';
import { getParts } from '../langchain/parts.ts';
import { getTraits } from '../langchain/traits.ts';
import { isMutated } from '../trace/changes.ts';
import type { LangChainFile } from '../trace/file.ts';
import { isAnywhere } from '../trace/nodes.ts';
import type { LangChainValue } from '../trace/value.ts';
import type { FanOut } from './fan-out.ts';
import { getSafeLimit } from './rewrite-limit.ts';

/** A rewrite to `batch`, and how it may change behaviour. */
interface BatchRewrite {
  readonly edits: readonly Edit[];
  /** Reasons to suggest the rewrite rather than fix, by their description. */
  readonly unless: Readonly<Record<string, boolean>>;
}

/**
 * `Promise.all(docs.map((doc) => model.invoke(doc.text)))` as `model.batch(docs.map((doc) => doc.text), {
 * maxConcurrency: 5 })`. Null where the callback does more than that call, where the receiver has no `batch` or differs
 * per element, and where the config of a call would mean something else for a batch.
 */
export function findBatchRewrite(file: LangChainFile, fanOut: FanOut, limit: number): BatchRewrite | null {
  const mapped = readMappedAll(file, fanOut);
  if (!mapped || !isFunction(mapped.callback)) return null;
  const { callback, isFrom, list } = mapped;
  const { call } = fanOut.start;
  const result = findResult(callback);
  if (result !== call.node || call.written !== 'invoke' || call.optional || !canBatch(file, call.receiver)) return null;
  const receiver = readReceiver(file, call, callback);
  const config = readConfig(file, call, callback, getSafeLimit(file, call.receiver, limit));
  if (
    receiver === null ||
    config === null ||
    !call.input ||
    isSetLater(call.receiverNode, mapped.node) ||
    !isPlainFunction(file, callback) ||
    isSuspended(file, call.input)
  )
    return null;
  const isInput = isParameter(file, callback, call.input, list);
  const isShared = isKnownElsewhere(file, list, mapped.node);
  const inputs = isInput
    ? writeList(file, list, isFrom, isShared)
    : writeInputs(file, list, callback, call.input, isFrom);
  const text = `${receiver}batch(${inputs}, ${config})`;
  if (text.startsWith('(') && mapped.node.parent.type === AST_NODE_TYPES.ExpressionStatement) return null;
  return {
    edits: [{ range: mapped.node.range, text }],
    unless: {
      'the receiver may be of another class, or of several steps': !isOneStep(call.receiver),
      'the callback uses the index': callback.params.length > 1,
      'nothing shows that the list is an array': isFrom || !isTakenForArray(file, list),
      'the receiver may be another one, or none, where it is read now': !isReadAlike(file, call, mapped),
      'its batch may be another one': isReplaced(file, 'batch'),
      'the config may differ between the calls': !isConfigFixed(file, call),
      'an input may be changed while it waits for its turn': mayChange(
        getExposure(file, { callback, list }, call.input),
        isShared || !isInAwait(mapped.node),
      ),
      'an input that throws would no longer reject': callback.async && !isInput && !isInAwait(mapped.node),
    },
  };
}

/**
 * Whether the list can be assumed to be an array. TypeScript would reject the elements of anything else, unless its
 * type is hidden.
 */
function isTakenForArray(file: LangChainFile, list: TSESTree.Node): boolean {
  return (
    getListType(file, list) !== 'unknown' || (isTypeScript(file) && !hasHiddenType(file, list) && !isAny(file, list))
  );
}

// ── the receiver ─────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * Whether the receiver's `batch` returns a separate answer for each input. Where the receiver may be of several
 * classes, `batch` cannot be called.
 */
function canBatch(file: LangChainFile, receiver: LangChainValue): boolean {
  if (receiver.alternatives.length > 0 || !runnableKinds.has(receiver.kind)) return false;
  if (!hasMethod(file, receiver, 'batch')) return false;
  return getParts(receiver).every((part) => hasPlainBatch(file, part)) && getTraits(file, receiver).hasBatch !== false;
}

/** When one input fails, fallbacks rerun the whole batch: the other inputs get the fallback's answers too. */
function hasPlainBatch(file: LangChainFile, part: LangChainValue): boolean {
  return (
    part.kind !== 'router' &&
    getTraits(file, part).limitedBatchMixesRoutes !== true &&
    part.builder !== 'withFallbacks' &&
    part.className !== 'RunnableWithFallbacks'
  );
}

const oneStepKinds = new Set(['chatModel', 'graph', 'llm', 'retriever']);
/** Builders that do not change how a batch runs. */
const transparentBuilders = new Set([
  'addConditionalEdges',
  'addEdge',
  'addNode',
  'addSequence',
  'asRetriever',
  'bindTools',
  'compile',
  'setConditionalEntryPoint',
  'setEntryPoint',
  'setFinishPoint',
  'setNodeDefaults',
]);

/** Whether it is certainly a single step (a model, retriever or graph), so no input waits for the others. */
function isOneStep(value: LangChainValue): boolean {
  if (!value.certain || value.optional || value.origin === 'heritage' || !oneStepKinds.has(value.kind) || value.steps)
    return false;
  for (let part: LangChainValue | null = value; part; part = part.base) {
    if (part.builder !== null && !transparentBuilders.has(part.builder)) return false;
  }
  return true;
}

/** Whether the receiver, now read once and before the list, is the same that each call read. */
function isReadAlike(
  file: LangChainFile,
  { config, input, receiverNode }: LangChainCall,
  { list }: MappedAll,
): boolean {
  const stability = getStability(file, receiverNode);
  if (stability !== 'alone') return stability === 'always';
  return [list, input, config].every((node) => node === null || !mayRun(file, node));
}

// ── the inputs ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** @param isSeen Whether other code can access the elements before all of them are processed. */
function mayChange(exposure: Exposure, isSeen: boolean): boolean {
  return exposure === 'shared' || (exposure === 'element' && isSeen);
}

// ── the config ───────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * Keys that mean something else for a batch: one deadline for all, the id of the first run only, one thread for all.
 */
const perCallKeys = new Set(['configurable', 'runId', 'signal', 'timeout']);

/** The config of the batch; null unless the calls share the same constant config. */
function readConfig(file: LangChainFile, call: LangChainCall, callback: FunctionNode, limit: number): string | null {
  const [, config, ...others] = call.node.arguments;
  const added = `maxConcurrency: ${String(limit)}`;
  if (others.length > 0 || call.node.typeArguments) return null;
  if (!config) return `{ ${added} }`;
  if (config.type !== AST_NODE_TYPES.ObjectExpression) return null;
  const names = config.properties.map((property) =>
    property.type === AST_NODE_TYPES.Property ? getKeyName(property) : null,
  );
  if (
    names.some((name) => name === null || perCallKeys.has(name)) ||
    !isConstant(config) ||
    usesBindings(file, config, callback)
  )
    return null;
  const kept = config.properties
    .filter((_, index) => names[index] !== 'maxConcurrency')
    .map((property) => file.sourceCode.getText(property));
  return `{ ${[...kept, added].join(', ')} }`;
}

/** Whether the values in a config are the same for each call. */
function isConfigFixed(file: LangChainFile, { config, input }: LangChainCall): boolean {
  if (!config) return true;
  return !isAnywhere(file, config, (node) => {
    if (node.type === AST_NODE_TYPES.MemberExpression) return input !== null && mayRun(file, input);
    const variable = file.scopes.findVariable(node);
    if (variable === null || variable.defs[0]?.type === 'ImportBinding') return false;
    return !isNeverWritten(variable) || isMutated(variable);
  });
}
