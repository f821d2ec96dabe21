import type { TSESTree } from '@typescript-eslint/utils';
import { getKeyName, isFalse } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { misspelledOptions, signalOptions } from '../facts/ignored-settings.ts';
import type { Traits } from '../facts/traits.ts';
import { getOptionsArgument } from '../langchain/construction.ts';
import { findWorkingOption, getAdvice } from '../langchain/ignores.ts';
import { findModelClass } from '../langchain/model-class.ts';
import { getTraits } from '../langchain/traits.ts';
import type { LangChainFile } from '../trace/file.ts';
import { mayNameExport } from '../trace/imports.ts';
import { findOption, readObject } from '../trace/options.ts';
import type { LangChainValue } from '../trace/value.ts';
import { getFetchAdvice, isBeyondFetch, talksThroughFetch } from './fetch.ts';
import { type Cause, differs, findSet, type Given, type Ineffective } from './ineffective-setting.ts';
import { streamMethods } from './streaming.ts';
import { findUses } from './uses.ts';

/** Options of a model's constructor that no model has, or that `fetch` overrides. */
export function findIgnoredOptions(
  file: LangChainFile,
  node: TSESTree.CallExpression | TSESTree.NewExpression,
): readonly Ineffective[] {
  const model = findModel(file, node);
  const options = model && getOptionsArgument(model);
  if (!model || options === null || options === 'unknown' || !readObject(file, options)) return [];
  const traits = getTraits(file, model);
  const subject = `\`${findModelClass(file, model)?.name ?? model.className}\``;
  const describe = (cause: Cause, path: string, { property, value }: Given, instead: string): Ineffective => {
    return { cause, node: property, option: path, subject, instead, at: node, object: options, value, receiver: model };
  };
  return [
    ...misspelledOptions.flatMap(({ instead, key }) => {
      const option = isAsked(model, instead) ? findSet(file, options, key) : null;
      return option && !isGiven(file, options, traits, instead, option)
        ? [describe('misspelled', key, option, getInstead(instead, traits))]
        : [];
    }),
    ...signalOptions.flatMap(({ option: path }) => {
      const option = findSet(file, options, path);
      return option ? [describe('signal', path, option, 'signal')] : [];
    }),
    ...findStreamedCache(file, model, options).map((option) => describe('streamedCache', 'cache', option, 'cache')),
    ...findLongTimeouts(file, model, options).map(([path, option]) =>
      describe('fetch', path, option, getFetchAdvice(file, model)),
    ),
  ];
}

/** A model or embeddings of a class that has been measured. */
function findModel(file: LangChainFile, node: TSESTree.CallExpression | TSESTree.NewExpression): LangChainValue | null {
  if (!mayNameExport(file.scopes, node.callee)) return null;
  const trace = file.trace(node);
  if (trace.type !== 'langchain' || trace.value.node !== node || trace.value.builder !== null) return null;
  const { value } = trace;
  const isModel = value.kind === 'chatModel' || value.kind === 'embeddings' || value.kind === 'llm';
  return isModel && value.origin !== 'heritage' && getTraits(file, value).defaultRetries !== undefined ? value : null;
}

/** Only embeddings send their texts in batches. */
function isAsked({ kind }: LangChainValue, instead: string): boolean {
  return instead !== 'batchSize' || kind === 'embeddings';
}

/** Whether the option that works is, or may be, set to the same value. */
function isGiven(file: LangChainFile, options: TSESTree.Node, traits: Traits, instead: string, dead: Given): boolean {
  const working = findWorkingOption(instead, traits);
  return [instead, ...(working === null ? [] : [working])].some((path) => {
    const live = findOption(file, options, path);
    return live.is === 'given' ? !differs(file, dead.value, live.value) : live.is === 'unknown';
  });
}

/** The option that works, or advice where the class has none. */
function getInstead(option: string, traits: Traits): string {
  const isIgnored =
    traits.ignoredOptions.includes(option) || (option === 'maxConcurrency' && traits.honoursMaxConcurrency === false);
  const isMissing = option === 'timeout' && !traits.timeouts.some((each) => each.option === option);
  return isIgnored || isMissing ? getAdvice(option, traits) : `Write \`${option}\``;
}

function findLongTimeouts(
  file: LangChainFile,
  model: LangChainValue,
  options: TSESTree.Node,
): readonly (readonly [string, Given])[] {
  const paths = getTraits(file, model).timeouts.filter(({ ends, unit }) => ends === 'attempt' && unit === 'ms');
  return paths.flatMap(({ option: path }) => {
    const option = findSet(file, options, path);
    const isLong = option !== null && isBeyondFetch(file, option.value);
    return isLong && talksThroughFetch(file, model) ? [[path, option] as const] : [];
  });
}

/** The cache of a model that is only ever streamed. Proof: `cache-skips-streams`. */
function findStreamedCache(file: LangChainFile, model: LangChainValue, options: TSESTree.Node): readonly Given[] {
  const cache = findSet(file, options, 'cache');
  if (!cache || model.kind === 'embeddings' || isFalse(cache.value)) return [];
  const uses = findUses(file, model.node) ?? [];
  return uses.length > 0 && uses.every(isStreamed) ? [cache] : [];
}

function isStreamed(use: TSESTree.Node): boolean {
  const member = use.parent;
  return (
    member?.type === AST_NODE_TYPES.MemberExpression &&
    member.object === use &&
    streamMethods.has(getKeyName(member) ?? '') &&
    member.parent.type === AST_NODE_TYPES.CallExpression &&
    member.parent.callee === member
  );
}
