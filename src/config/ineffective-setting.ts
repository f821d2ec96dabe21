import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { nameExpression } from '../messages.ts';
import type { LangChainFile } from '../trace/file.ts';
import { foldNumber } from '../trace/numbers.ts';
import { findOption, isUndefined, type Option } from '../trace/options.ts';
import type { LangChainValue } from '../trace/value.ts';

/** Why a setting has no effect. */
export type Cause =
  | 'agents' // on a model from which each step of an agent derives another
  | 'bound' // `ChatOpenAI.withConfig()` before `batch()`
  | 'cachePolicy' // of a graph or task without a cache
  | 'callRetries' // of a call whose class does not take any
  | 'callTimeout' // of a call that continues after it
  | 'chain' // in the config of a classic chain
  | 'configurable'
  | 'ignored' // by the class
  | 'input'
  | 'fallback' // that no failure reaches, because a retry answers first
  | 'fetch' // a time longer than Node's fetch waits
  | 'laterConfig' // not in the first config of a list
  | 'mapReduce' // in the config of a chain that starts all its documents at once
  | 'misspelled' // an option with another name
  | 'oneCall' // a limit on a single call
  | 'perCall' // the model of `initChatModel()` that a builder rebuilds
  | 'pythonKey'
  | 'pythonMethod'
  | 'retries' // of the SDK, switched off by LangChain
  | 'signal' // in a constructor
  | 'streamedCache' // of a model that is only streamed
  | 'streaming' // next to a limit
  | 'threadLimit' // of an agent without a checkpointer
  | 'toolNode'
  | 'ttl'; // in milliseconds

/** A setting without effect in its place. */
export interface Ineffective {
  readonly cause: Cause;
  /** The property, or the name of the method. */
  readonly node: TSESTree.Node;
  /** The setting as written, dotted: `configurable.maxConcurrency`, `ainvoke`. */
  readonly option: string;
  /** The call or class that ignores it, in words for messages: "`chain.invoke()`", "`ChatOllama`". */
  readonly subject: string;
  /** The name that works; for `ignored` and `oneCall`, a sentence without its full stop. */
  readonly instead: string;
  /** The call that takes the config, or the construction. */
  readonly at: TSESTree.CallExpression | TSESTree.NewExpression;
  /** The object that contains the setting, from which `option` leads to it; null for a method. */
  readonly object: TSESTree.Node | null;
  readonly value: TSESTree.Node | null;
  /** Null for a task. */
  readonly receiver: LangChainValue | null;
}

export type Given = Extract<Option, { is: 'given' }>;

/** An option that has a value. */
export function findSet(file: LangChainFile, object: TSESTree.Node, path: string): Given | null {
  const option = findOption(file, object, path);
  return option.is === 'given' && !isUndefined(file, option.value) ? option : null;
}

/** Whether a setting visibly has another value than the one that works. */
export function differs(file: LangChainFile, dead: TSESTree.Node, live: TSESTree.Node): boolean {
  const values = [dead, live].map((node) => readValue(file, node));
  const [one, other] = values;
  return one !== null && other !== null && one !== other;
}

function readValue(file: LangChainFile, node: TSESTree.Node): TSESTree.Literal['value'] {
  const number = foldNumber(file, node);
  if (number) return number.isDefault ? null : number.value;
  const trace = file.trace(node);
  return trace.type === 'literal' && trace.node.type === AST_NODE_TYPES.Literal ? trace.node.value : null;
}

export function describeCall(file: LangChainFile, receiver: TSESTree.Node, method: string): string {
  const name = nameExpression(file, receiver);
  return name === null ? 'this call' : `\`${name}.${method}()\``;
}
