import type { TSESTree } from '@typescript-eslint/utils';
import { getMethodName } from '../ast/calls.ts';
import { type FunctionNode, isFunction, unwrap } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { takeStep } from '../budget.ts';
import { defaultAttempts, switchesRetriesOff } from '../facts/agents.ts';
import { libraries } from '../facts/packages/retries.ts';
import { isInRange } from '../facts/version-range.ts';
import { resolveStep } from '../flow/calls/functions.ts';
import { getReachedLangChainCalls } from '../flow/calls/reached.ts';
import { isFailureHandled } from '../flow/promises/escapes.ts';
import {
  type Agent,
  findAgentModel,
  findModelsOfMiddleware,
  findStringModel,
  getMiddleware,
  type Middleware,
  readAgent,
} from '../langchain/agents.ts';
import { findFunctionArgument } from '../langchain/calls.ts';
import { findConstructorOption } from '../langchain/construction.ts';
import { isNamedModel } from '../langchain/model-class.ts';
import { getAllSteps } from '../langchain/steps.ts';
import { getTraits } from '../langchain/traits.ts';
import { getVersion } from '../langchain/version.ts';
import { isReassigned } from '../trace/changes.ts';
import { type LangChainFile, perKey } from '../trace/file.ts';
import { isExport } from '../trace/imports.ts';
import { foldNumber } from '../trace/numbers.ts';
import { findOption, isUndefined, type Option } from '../trace/options.ts';
import type { LangChainValue } from '../trace/value.ts';

/** How often a model tries a failing call. */
export interface Attempts {
  /** The construction, or the string that names the model. */
  readonly model: LangChainValue;
  /** At least 1. */
  readonly count: number;
  /** Whether the constructor does not set it. */
  readonly isDefault: boolean;
  /** Whether the constructor's `maxRetries` has an effect. */
  readonly isSettable: boolean;
  /** The retries around it, outermost first. */
  readonly again: readonly Again[];
}

/** A retry around something: it runs until it succeeds, at most so many times. */
export interface Again {
  /** Where the retry is written. */
  readonly node: TSESTree.Node;
  /** As the code names it: `withRetry()`, `retryPolicy`. */
  readonly name: string;
  readonly attempts: number;
}

// ── models ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The attempts of a construction; null when they are not known. */
export function getAttempts(file: LangChainFile, model: LangChainValue): Attempts | null {
  const { defaultRetries, ignoredOptions } = getTraits(file, model);
  const isSettable = !ignoredOptions.includes('maxRetries') && !isNamedModel(model);
  const option = isSettable ? findConstructorOption(file, model, 'maxRetries') : absent;
  const retries = option.is === 'absent' ? (defaultRetries ?? null) : readNumber(file, option);
  return retries === null || retries < 0
    ? null
    : { model, count: retries + 1, isDefault: option.is === 'absent', isSettable, again: [] };
}

const absent: Option = { is: 'absent' };

/** A number literal, or one that is the default of a parameter or of a destructured name. */
export function readNumber(file: LangChainFile, option: Option): number | null {
  if (option.is !== 'given') return null;
  return (foldNumber(file, option.value) ?? foldDefault(file, option.value))?.value ?? null;
}

/** `(question, attempts = 3) => …`, `const { retries = 3 } = options` */
function foldDefault(file: LangChainFile, node: TSESTree.Node): ReturnType<typeof foldNumber> {
  const expression = unwrap(node);
  const variable = file.scopes.findVariable(expression);
  const [definition, ...others] = variable?.defs ?? [];
  const pattern = definition?.name.parent;
  if (!variable || others.length > 0 || pattern?.type !== AST_NODE_TYPES.AssignmentPattern) return null;
  return pattern.left === definition?.name && !isReassigned(variable) ? foldNumber(file, pattern.right) : null;
}

/** The attempts under the `maxRetries` of a config; null where it is unknown how the class treats it. */
function getCallAttempts(file: LangChainFile, model: LangChainValue, option: Option): Attempts | null {
  const { callRetries } = getTraits(file, model);
  if (callRetries === 'ignored') return getAttempts(file, model);
  const retries = callRetries === undefined ? null : readNumber(file, option);
  if (retries === null || retries < 0) return null;
  const isSquared = callRetries === 'squared' && option.is === 'given';
  return {
    model,
    count: isSquared ? (retries + 1) ** 2 : retries + 1,
    isDefault: false,
    isSettable: false,
    // Counted already, and not reported as a layer around another one.
    again: isSquared ? [{ node: option.property, name: 'maxRetries', attempts: 1 }] : [],
  };
}

// ── what a value runs ────────────────────────────────────────────────────────────────────────────────────────────────

/** The state of a walk from a value to its models. */
interface Way {
  readonly again: readonly Again[];
  /** `maxRetries` of the config of the call, or of a `withConfig()`. */
  readonly given: Option;
  readonly visited: Set<LangChainValue>;
}

/**
 * The models and embeddings that a value is made of, or that its functions call, where their construction is in sight.
 */
export function findModels(file: LangChainFile, value: LangChainValue, given: Option = absent): readonly Attempts[] {
  return collect(file, value, { again: [], given, visited: new Set() });
}

/** Walks down builders iteratively: there may be very many. */
function collect(file: LangChainFile, start: LangChainValue, way: Way): readonly Attempts[] {
  const found: Attempts[] = [];
  const others: Attempts[] = [];
  let here: Way | null = way;
  for (let value = start; here && !here.visited.has(value); value = value.base) {
    here.visited.add(value);
    takeStep();
    for (const each of value.alternatives) others.push(...collect(file, each, here));
    if (!value.base || value.builder === 'pipe') {
      found.push(...collectParts(file, value, here));
      break;
    }
    here = passBuilder(file, value, here);
  }
  return [...found, ...others];
}

/** The retries that a builder adds on the way to its base; null where they cannot be determined. */
function passBuilder(file: LangChainFile, { builder, node }: LangChainValue, way: Way): Way | null {
  if (node.type !== AST_NODE_TYPES.CallExpression) return builder === 'withRetry' ? null : way;
  if (builder === 'withConfig' && way.given.is === 'absent')
    return { ...way, given: findOption(file, node.arguments[0], 'maxRetries') };
  if (builder !== 'withRetry') return way;
  const again = readWithRetry(file, node);
  return again && { ...way, again: [...way.again, again] };
}

function collectParts(file: LangChainFile, value: LangChainValue, way: Way): readonly Attempts[] {
  const { node, steps } = value;
  if (steps) return steps.flatMap((step) => (step.is === 'yes' ? collect(file, step.value, way) : []));
  const agent = readAgent(file.of(node), node);
  if (agent) return collectAgent(file, agent, way);
  if (value.kind === 'stateGraph') return prepend(way.again, findGraphModels(file.of(node), node));
  return isModel(value) ? readModel(file, value, way) : collectFunction(file, value, way);
}

function isModel({ kind, origin }: LangChainValue): boolean {
  return (
    origin !== 'annotation' && origin !== 'this' && (kind === 'chatModel' || kind === 'llm' || kind === 'embeddings')
  );
}

function readModel(file: LangChainFile, model: LangChainValue, { again, given }: Way): readonly Attempts[] {
  const attempts = given.is === 'absent' ? getAttempts(file, model) : getCallAttempts(file, model, given);
  return attempts ? [{ ...attempts, again: [...again, ...attempts.again] }] : [];
}

/** `RunnableLambda.from(async (question) => model.invoke(question))`, and the function of a tool. */
function collectFunction(
  file: LangChainFile,
  { className, kind, node }: LangChainValue,
  way: Way,
): readonly Attempts[] {
  const fn = className === 'RunnableLambda' || kind === 'tool' ? findFunctionArgument(file, node) : null;
  return fn ? prepend(way.again, findCalledModels(file, fn)) : [];
}

function prepend(again: readonly Again[], models: readonly Attempts[]): readonly Attempts[] {
  return models.map((each) => ({ ...each, again: [...again, ...each.again] }));
}

// ── agents ───────────────────────────────────────────────────────────────────────────────────────────────────────────

function collectAgent(file: LangChainFile, agent: Agent, way: Way): readonly Attempts[] {
  const middleware = agent.takesMiddleware ? getMiddleware(file, agent) : [];
  // An unknown middleware may do anything.
  if (middleware.includes(null)) return [];
  const retry = middleware.find((each) => each?.name === 'modelRetryMiddleware');
  if (!retry) return prepend(way.again, findAgentModels(file, agent, false));
  const again = readMiddleware(file, retry);
  // A retry that answers a failure with a text hides it from everything around the agent.
  if (!again || !passesFailureOn(file, retry)) return [];
  return prepend([...way.again, again], findAgentModels(file, agent, true));
}

/** `modelRetryMiddleware({ onFailure: 'error' })`. Proof: `retry-behind-fallback-answers`. */
function passesFailureOn(file: LangChainFile, { call }: Middleware): boolean {
  const option = findOption(file, call.arguments[0], 'onFailure');
  const value = option.is === 'given' ? file.trace(option.value) : null;
  return value?.type === 'literal' && value.node.type === AST_NODE_TYPES.Literal && value.node.value === 'error';
}

/** `modelRetryMiddleware({ maxRetries: 2 })`, `toolRetryMiddleware()` */
export function readMiddleware(file: LangChainFile, { call, name }: Middleware): Again | null {
  const [options] = call.arguments;
  // Its filter may exclude the failures that the model itself does not retry.
  if (options && isChosen(file, findOption(file, options, 'retryOn'))) return null;
  const attempts = readAttempts(file, options, 'maxRetries', 1, defaultAttempts.middleware);
  return attempts === null ? null : { node: call.callee, name: `${name}()`, attempts };
}

/** The models of an agent; with `modelRetryMiddleware` only those that still retry by themselves. */
export function findAgentModels(file: LangChainFile, agent: Agent, isRetried: boolean): readonly Attempts[] {
  const model = findAgentModel(file, agent) ?? findStringModel(file, agent);
  const all = [...(model ? [model] : []), ...(agent.takesMiddleware ? findFallbacks(file, agent) : [])];
  const models = all.flatMap((each) => findModels(file, each));
  if (!isRetried || keepsRetries(file)) return models;
  return models.flatMap((each) => {
    const { callRetries } = getTraits(file, each.model);
    if (callRetries === 'ignored') return [each];
    return callRetries === undefined ? [] : [{ ...each, count: 1 }];
  });
}

/** The models of the fallbacks that can run: after a retry that returns an answer, no failure reaches them. */
function findFallbacks(file: LangChainFile, agent: Agent): readonly LangChainValue[] {
  const middleware = getMiddleware(file, agent);
  return middleware.flatMap((each, index) => {
    if (each?.name !== 'modelFallbackMiddleware') return [];
    const inner = middleware.slice(index + 1).find((other) => other?.name === 'modelRetryMiddleware');
    return inner && !passesFailureOn(file, inner) ? [] : findModelsOfMiddleware(file, each);
  });
}

function keepsRetries(file: LangChainFile): boolean {
  const version = getVersion(file, 'langchain');
  return version !== null && isInRange(version, { before: switchesRetriesOff });
}

// ── what tries again ─────────────────────────────────────────────────────────────────────────────────────────────────

/** The default of `stopAfterAttempt` in `withRetry()`. Proof: `retries-multiply`. */
const defaultStop = 3;

/** `model.withRetry({ stopAfterAttempt: 3 })` */
export function readWithRetry(file: LangChainFile, node: TSESTree.CallExpression): Again | null {
  const callee = unwrap(node.callee);
  if (callee.type !== AST_NODE_TYPES.MemberExpression || getMethodName(node) !== 'withRetry') return null;
  const attempts = readAttempts(file, node.arguments[0], 'stopAfterAttempt', 0, defaultStop);
  return attempts === null ? null : { node: callee.property, name: 'withRetry()', attempts };
}

/** `pRetry(() => model.invoke(question), { retries: 5 })` */
export function readLibrary(file: LangChainFile, node: TSESTree.CallExpression): Again | null {
  const ref = file.findExport(node.callee);
  const library = ref && libraries.find(({ names, sources }) => isExport(ref, sources, names));
  if (!library) return null;
  const { countsFirst, defaultAttempts: usual, option } = library;
  const attempts = readAttempts(file, node.arguments[1], option, countsFirst ? 0 : 1, usual);
  return attempts === null ? null : { node: node.callee, name: `${file.getText(node.callee)}()`, attempts };
}

/** `retryPolicy: { maxAttempts: 3 }` of a node, `retry` of a task. */
export function readPolicy(file: LangChainFile, options: TSESTree.Node | undefined, key: string): Again | null {
  const option = findOption(file, options, key);
  if (option.is !== 'given' || file.trace(option.value).type !== 'object') return null;
  if (isChosen(file, findOption(file, option.value, 'retryOn'))) return null;
  const attempts = readAttempts(file, option.value, 'maxAttempts', 0, defaultAttempts.policy);
  return attempts === null ? null : { node: option.property, name: key, attempts };
}

/** Whether an option may decide which failures are retried. */
function isChosen(file: LangChainFile, option: Option): boolean {
  return option.is === 'given' ? !isUndefined(file, option.value) : option.is === 'unknown';
}

function readAttempts(
  file: LangChainFile,
  options: TSESTree.Node | undefined,
  name: string,
  first: number,
  usual: number,
): number | null {
  const option = findOption(file, options, name);
  if (option.is === 'absent' || (option.is === 'given' && isUndefined(file, option.value))) return usual;
  const number = readNumber(file, option);
  return number === null ? null : number + first;
}

// ── graphs ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The models that the nodes of a `new StateGraph()` call. */
const findGraphModels = perKey<TSESTree.Node, readonly Attempts[]>({ onCycle: [], tooDeep: [] }, (file, graph) =>
  getAllSteps(file).flatMap((step) => {
    if (step.graph !== graph) return [];
    if (findOption(file, step.options, 'retryPolicy').is === 'absent') return findStepModels(file, step.run);
    const policy = readPolicy(file, step.options, 'retryPolicy');
    return policy ? prepend([policy], findStepModels(file, step.run)) : [];
  }),
);

/** The models of a node: a function, or a runnable. */
export function findStepModels(file: LangChainFile, run: TSESTree.Node): readonly Attempts[] {
  const { fn, value } = resolveStep(file, run);
  if (fn) return findCalledModels(file, fn);
  return value ? findModels(file, value) : [];
}

// ── what a function runs ─────────────────────────────────────────────────────────────────────────────────────────────

/** The models that a function calls and whose failures it lets through. */
export function findCalledModels(file: LangChainFile, fn: FunctionNode): readonly Attempts[] {
  return getReachedLangChainCalls(file, fn).flatMap(({ call, node, via }) => {
    const again = call.remote ? findAround(file, fn, [...via, node]) : null;
    if (!again) return [];
    const given = call.config ? findOption(file.of(node), call.config, 'maxRetries') : absent;
    return prepend(again, findModels(file, call.receiver, given));
  });
}

/** The retries around a call, outermost first; null where its failure is handled in between. */
function findAround(file: LangChainFile, fn: FunctionNode, calls: readonly TSESTree.Node[]): readonly Again[] | null {
  const found = calls.map((call) => climb(file.of(call), fn, call));
  return found.every((each) => each !== null) ? found.flat() : null;
}

function climb(file: LangChainFile, fn: FunctionNode, call: TSESTree.Node): readonly Again[] | null {
  const found: Again[] = [];
  for (let inner = call, { parent } = call; parent && inner !== fn; inner = parent, { parent } = parent) {
    if (isFailureHandled(file, parent, inner)) return null;
    if (!isFunction(inner)) continue;
    // A function that is no callback is the one that was called.
    if (parent.type !== AST_NODE_TYPES.CallExpression) break;
    const again = parent.arguments[0] === inner ? readLibrary(file, parent) : null;
    if (again) found.unshift(again);
  }
  return found;
}
