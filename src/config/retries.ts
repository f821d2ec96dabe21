import type { TSESTree } from '@typescript-eslint/utils';
import type { Call } from '../ast/calls.ts';
import { type FunctionNode, getKeyName, unwrap } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { libraries } from '../facts/packages/retries.ts';
import { findCalled, getOwnCalls } from '../flow/calls/call-graph.ts';
import { resolveFunction } from '../flow/calls/functions.ts';
import { findCall } from '../langchain/calls.ts';
import { findConstructorOption } from '../langchain/construction.ts';
import { getParts } from '../langchain/parts.ts';
import { getTraits } from '../langchain/traits.ts';
import type { LangChainFile } from '../trace/file.ts';
import { isExport } from '../trace/imports.ts';
import { foldNumber } from '../trace/numbers.ts';
import { findOption, type Option } from '../trace/options.ts';
import type { LangChainValue } from '../trace/value.ts';

/** How often a model tries a call that fails. */
export interface Attempts {
  /** The construction. */
  readonly model: LangChainValue;
  /** At least 1. */
  readonly count: number;
  /** Whether the constructor says nothing about it. */
  readonly isDefault: boolean;
  /** Whether the constructor's `maxRetries` has an effect. */
  readonly isSettable: boolean;
}

/** What tries again what the model has tried already. */
export interface RetryLayer {
  readonly call: Call;
  /** Where it is written: the member name `withRetry`, the callee `pRetry`, the option `configuration.maxRetries`. */
  readonly node: TSESTree.Node;
  readonly kind: 'configuration' | 'library' | 'withRetry';
  /** As the code names it: `withRetry()`, `pRetry()`, `configuration.maxRetries`. */
  readonly name: string;
  /** At least 2. */
  readonly attempts: number;
  /** The models below it that try more than once, in source order. */
  readonly models: readonly Attempts[];
}

/** The attempts of a construction; null when they are not known. */
export function getAttempts(file: LangChainFile, model: LangChainValue): Attempts | null {
  const { defaultRetries, ignoredOptions } = getTraits(file, model);
  const isSettable = !ignoredOptions.includes('maxRetries');
  const option = isSettable ? findConstructorOption(file, model, 'maxRetries') : absent;
  const retries = option.is === 'absent' ? (defaultRetries ?? null) : readNumber(file, option);
  return retries === null || retries < 0
    ? null
    : { model, count: retries + 1, isDefault: option.is === 'absent', isSettable };
}

const absent: Option = { is: 'absent' };

function readNumber(file: LangChainFile, option: Option): number | null {
  return option.is === 'given' ? (foldNumber(file, option.value)?.value ?? null) : null;
}

/** The models and embeddings that a value is made of, as far as they are constructed in sight. */
export function findModels(file: LangChainFile, value: LangChainValue): readonly Attempts[] {
  const parts = getParts(value);
  const given = parts.map((part) => findCallRetries(file, part)).find((option) => option.is !== 'absent');
  return parts
    .filter(
      ({ builder, kind, origin }) =>
        builder === null &&
        origin !== 'annotation' &&
        origin !== 'this' &&
        (kind === 'chatModel' || kind === 'llm' || kind === 'embeddings'),
    )
    .flatMap((model) => (given ? getCallAttempts(file, model, given) : getAttempts(file, model)) ?? []);
}

/** `withConfig({ maxRetries: 0 })` */
function findCallRetries(file: LangChainFile, { builder, node }: LangChainValue): Option {
  return builder === 'withConfig' && node.type === AST_NODE_TYPES.CallExpression
    ? findOption(file, node.arguments[0], 'maxRetries')
    : absent;
}

/** The attempts under the `maxRetries` of a config; null where nobody knows what the class makes of it. */
function getCallAttempts(file: LangChainFile, model: LangChainValue, option: Option): Attempts | null {
  const { callRetries } = getTraits(file, model);
  if (callRetries === 'ignored') return getAttempts(file, model);
  const retries = callRetries === undefined ? null : readNumber(file, option);
  if (retries === null || retries < 0) return null;
  const count = callRetries === 'squared' ? (retries + 1) ** 2 : retries + 1;
  return { model, count, isDefault: false, isSettable: false };
}

/** Whether a `withRetry` stands between a value and its models. */
export function isRetried(value: LangChainValue): boolean {
  return getParts(value).some(({ builder }) => builder === 'withRetry');
}

/**
 * The layer of retries that a call or construction adds to what its models do by themselves; null when it adds none, or
 * when it cannot be told how many.
 */
export function findRetryLayer(file: LangChainFile, node: Call): RetryLayer | null {
  const layer =
    node.type === AST_NODE_TYPES.CallExpression
      ? (readWithRetry(file, node) ?? readLibrary(file, node))
      : readConfiguration(file, node);
  if (!layer || !(layer.attempts > 1)) return null;
  const models = layer.models.filter(({ count }) => count > 1);
  return models.length > 0 ? { ...layer, models } : null;
}

/** `stopAfterAttempt` of `withRetry()` when it is not given. Proof: `retries-multiply`. */
const defaultStop = 3;

function readWithRetry(file: LangChainFile, node: TSESTree.CallExpression): RetryLayer | null {
  const callee = unwrap(node.callee);
  if (callee.type !== AST_NODE_TYPES.MemberExpression || getKeyName(callee) !== 'withRetry') return null;
  const base = file.resolve(callee.object);
  if (base.is !== 'yes') return null;
  const option = findOption(file, node.arguments[0], 'stopAfterAttempt');
  const attempts = option.is === 'absent' ? defaultStop : readNumber(file, option);
  return attempts === null
    ? null
    : {
        call: node,
        node: callee.property,
        kind: 'withRetry',
        name: 'withRetry()',
        attempts,
        models: findModels(file, base.value),
      };
}

/**
 * The SDK's own retries, which LangChain switches off, come back with `configuration.maxRetries`. Proof:
 * `retries-multiply`.
 */
function readConfiguration(file: LangChainFile, node: TSESTree.NewExpression): RetryLayer | null {
  const resolution = file.resolve(node);
  if (resolution.is !== 'yes' || resolution.value.node !== node) return null;
  const { value } = resolution;
  if (!getTraits(file, value).timeouts.some(({ option }) => option === 'configuration.timeout')) return null;
  const option = findConstructorOption(file, value, 'configuration.maxRetries');
  const retries = readNumber(file, option);
  if (option.is !== 'given' || retries === null) return null;
  return {
    call: node,
    node: option.property,
    kind: 'configuration',
    name: 'configuration.maxRetries',
    attempts: retries + 1,
    models: findModels(file, value),
  };
}

function readLibrary(file: LangChainFile, node: TSESTree.CallExpression): RetryLayer | null {
  const ref = file.findExport(node.callee);
  const library = ref && libraries.find(({ names, sources }) => isExport(ref, sources, names));
  const fn = library && node.arguments[0] && resolveFunction(file, node.arguments[0]);
  if (!fn) return null;
  const option = findOption(file, node.arguments[1], library.option);
  const given = readNumber(file, option);
  const attempts =
    option.is === 'absent' ? library.defaultAttempts : given === null ? null : given + (library.countsFirst ? 0 : 1);
  if (attempts === null) return null;
  const models = findCalledModels(file, fn, new Set());
  return { call: node, node: node.callee, kind: 'library', name: `${file.getText(node.callee)}()`, attempts, models };
}

/** How many functions one may lead to. */
const maxFunctions = 50;

/** The models whose calls run when a function runs, through functions of the file. */
function findCalledModels(file: LangChainFile, fn: FunctionNode, visited: Set<FunctionNode>): readonly Attempts[] {
  if (visited.has(fn) || visited.size >= maxFunctions) return [];
  visited.add(fn);
  return getOwnCalls(file, fn).flatMap((node) => {
    const call = findCall(file, node);
    if (call) return call.remote && !isRetried(call.receiver) ? findModels(file, call.receiver) : [];
    const called = findCalled(file, node);
    return called && file.owns(called) ? findCalledModels(file, called, visited) : [];
  });
}
