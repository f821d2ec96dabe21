import type { TSESTree } from '@typescript-eslint/utils';
import { getMethodName } from '../ast/calls.ts';
import { unwrap, wrapped } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { modelKeys } from '../facts/ignored-settings.ts';
import { findConstructorOption } from '../langchain/construction.ts';
import { findModelClass } from '../langchain/model-class.ts';
import { getTraits } from '../langchain/traits.ts';
import type { LangChainFile } from '../trace/file.ts';
import { foldNumber } from '../trace/numbers.ts';
import type { LangChainValue } from '../trace/value.ts';
import { type Configured, isOnlyUsedBy } from './configured.ts';
import { getFetchAdvice, isBeyondFetch, talksThroughFetch } from './fetch.ts';
import { type Cause, describeCall, findSet, type Given, type Ineffective } from './ineffective-setting.ts';
import { findUses } from './uses.ts';

/** The keys of a call's config that the class of the model does not read, or that exceed the patience of `fetch`. */
export function findIgnoredCallKeys(
  file: LangChainFile,
  configured: Configured,
  config: TSESTree.Node,
): readonly Ineffective[] {
  const found = modelKeys.flatMap(({ cause, key, methods }) => {
    const option = methods.includes(configured.method) ? findSet(file, config, key) : null;
    const ignores = (other: Configured): boolean =>
      methods.includes(other.method) &&
      (cause === 'callTimeout' ? ignoresDeadline(file, other) : isIgnored(file, other.receiver, cause));
    if (!option || !ignores(configured)) return [];
    const object = option.property.parent;
    // The other calls that share the config may need it.
    return object.type === AST_NODE_TYPES.ObjectExpression && isOnlyUsedBy(file, object, ignores)
      ? [describe(file, configured, config, option, cause, key, getAdvice(file, configured.receiver, cause))]
      : [];
  });
  return [...found, ...findLongTimeout(file, configured, config)];
}

/** Whether all models behind a value are of classes that ignore a key; false where one is unknown. */
export function ignoresTimeout(file: LangChainFile, value: LangChainValue): boolean {
  return isIgnored(file, value, 'callTimeout');
}

function isIgnored(file: LangChainFile, value: LangChainValue, cause: Cause): boolean {
  const each = [value, ...value.alternatives];
  return cause === 'callTimeout'
    ? each.every((one) => runsOn(file, findLastStep(one)))
    : each.every((one) => takesNoRetries(file, one));
}

/**
 * Whether a call continues after the `timeout` or `signal` of its config; for `withConfig()`, all calls of the result.
 */
export function ignoresDeadline(file: LangChainFile, { method, node, receiver }: Configured): boolean {
  const takes = method === 'withConfig' || runs.has(method);
  return takes && ignoresTimeout(file, receiver) && (method !== 'withConfig' || isOnlyRun(file, node, maxBuilders));
}

/** The methods that wait for the whole answer: a stream ends at its deadline. */
const runs: ReadonlySet<string> = new Set(['batch', 'invoke']);
/** Builders that pass the config on to their base; `withRetry` itself ends the call. */
const bindings: ReadonlySet<string> = new Set(['bind', 'bindTools', 'withConfig', 'withListeners']);
/** How many builders may stand between a value and its call. */
const maxBuilders = 5;

/** Whether a value, alone or as a step of a sequence, has calls in sight and is not streamed. */
function isOnlyRun(file: LangChainFile, value: TSESTree.Node, depth: number): boolean {
  const uses = depth === 0 ? null : findUses(file, value);
  return uses !== null && uses.length > 0 && uses.every((use) => isRun(file, use, depth));
}

function isRun(file: LangChainFile, use: TSESTree.Node, depth: number): boolean {
  const call = findCallOf(use);
  const method = call && getMethodName(call);
  if (!call || method === null) return false;
  const isReceiver = use.parent?.type === AST_NODE_TYPES.MemberExpression;
  if (isReceiver && runs.has(method)) return true;
  const isBuilder = method === 'pipe' || (isReceiver ? bindings.has(method) : isSequence(file, call));
  return isBuilder && isOnlyRun(file, call, depth - 1);
}

/** The call of `use.invoke(…)`, `prompt.pipe(use)` and `RunnableSequence.from([prompt, use])`. */
function findCallOf(use: TSESTree.Node): TSESTree.CallExpression | null {
  const { parent } = use;
  const inner = parent?.type === AST_NODE_TYPES.ArrayExpression ? wrapped(parent) : use;
  const outer = inner.parent;
  if (outer?.type === AST_NODE_TYPES.CallExpression) return outer.callee === inner ? null : outer;
  if (outer?.type !== AST_NODE_TYPES.MemberExpression || outer.object !== inner || inner !== use) return null;
  const called = wrapped(outer).parent;
  return called?.type === AST_NODE_TYPES.CallExpression && unwrap(called.callee) === outer ? called : null;
}

function isSequence(file: LangChainFile, call: TSESTree.CallExpression): boolean {
  const result = file.resolve(call);
  return result.is === 'yes' && result.value.kind === 'sequence' && result.value.builder === null;
}

/** The model that a call ends with: itself, or the last step of a sequence literal. */
function findLastStep(value: LangChainValue): LangChainValue | null {
  if (value.builder !== null && bindings.has(value.builder))
    return value.base?.alternatives.length === 0 ? findLastStep(value.base) : null;
  if (value.kind === 'chatModel' || value.kind === 'llm') return value.builder === null ? value : null;
  const last = value.builder === 'pipe' || value.builder === null ? value.steps?.at(-1) : undefined;
  return last?.is === 'yes' && last.value !== value && last.value.alternatives.length === 0
    ? findLastStep(last.value)
    : null;
}

function runsOn(file: LangChainFile, model: LangChainValue | null): boolean {
  if (!model || model.origin === 'annotation' || model.origin === 'this' || model.classNode) return false;
  const { honoursCallTimeout, honoursCallTimeoutOnce } = getTraits(file, model);
  if (honoursCallTimeout !== false) return false;
  if (honoursCallTimeoutOnce !== true) return true;
  const retries = findConstructorOption(file, model, 'maxRetries');
  if (retries.is !== 'given') return retries.is === 'absent';
  const number = foldNumber(file, retries.value);
  return number !== null && number.value > 0;
}

function takesNoRetries(file: LangChainFile, value: LangChainValue): boolean {
  const models = getModels(value);
  return (
    models !== null && models.length > 0 && models.every((each) => getTraits(file, each).callRetries === 'ignored')
  );
}

const localKinds: ReadonlySet<string> = new Set(['parser', 'prompt']);

/** The models of a value, without those that builders may add; null where a step is unknown. */
function getModels(value: LangChainValue): readonly LangChainValue[] | null {
  if (value.steps) {
    const models = value.steps.map((step) =>
      step.is === 'yes' && step.value !== value ? getModels(step.value) : null,
    );
    return models.every((each) => each !== null) ? models.flat() : null;
  }
  if (value.kind === 'chatModel' || value.kind === 'llm') return [value];
  return localKinds.has(value.kind) ? [] : null;
}

function getAdvice(file: LangChainFile, receiver: LangChainValue, cause: Cause): string {
  if (cause === 'callRetries') return 'Set it in the constructor';
  const model = findLastStep(receiver);
  return model && getTraits(file, model).honoursCallTimeoutOnce === true
    ? 'Set `maxRetries: 0` on the model, or pipe it into a parser'
    : 'Pipe the model into a parser, and pass it to the chain';
}

/** `model.invoke(input, { timeout: 600_000 })`, even as `AbortSignal.timeout(600_000)`. */
function findLongTimeout(file: LangChainFile, configured: Configured, config: TSESTree.Node): readonly Ineffective[] {
  const { method, receiver } = configured;
  const model = receiver.kind === 'chatModel' && receiver.alternatives.length === 0 ? receiver : null;
  if (!model || (method !== 'invoke' && method !== 'batch') || isIgnored(file, receiver, 'callTimeout')) return [];
  if (getTraits(file, model).honoursCallTimeout !== true || !talksThroughFetch(file, model)) return [];
  return ['timeout', 'signal'].flatMap((key) => {
    const option = findSet(file, config, key);
    const time = option && (key === 'signal' ? findSignalTime(file, option.value) : option.value);
    return option && time && isBeyondFetch(file, time)
      ? [describe(file, configured, config, option, 'fetch', key, getFetchAdvice(file, model))]
      : [];
  });
}

/** `AbortSignal.timeout(600_000)` */
function findSignalTime(file: LangChainFile, signal: TSESTree.Node): TSESTree.Node | null {
  if (signal.type !== AST_NODE_TYPES.CallExpression) return null;
  const callee = file.trace(signal.callee);
  return callee.type === 'global' && callee.name === 'AbortSignal.timeout' ? (signal.arguments[0] ?? null) : null;
}

function describe(
  file: LangChainFile,
  { method, node, receiver, receiverNode }: Configured,
  config: TSESTree.Node,
  { property, value }: Given,
  cause: Cause,
  option: string,
  instead: string,
): Ineffective {
  const model = findLastStep(receiver) ?? receiver;
  const name = findModelClass(file, model)?.name ?? model.className;
  const subject = model.kind === 'chatModel' ? `\`${name}\`` : describeCall(file, receiverNode, method);
  return { cause, node: property, option, subject, instead, at: node, object: config, value, receiver };
}
