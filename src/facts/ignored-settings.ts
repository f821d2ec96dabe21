import type { Traits } from './traits.ts';

/** A key that has no effect where it is written. */
interface IneffectiveKey {
  readonly key: string;
  /** The test that executes it. */
  readonly proof: string;
}

/** Python's spelling of keys of a runnable config. */
export const pythonKeys: readonly (IneffectiveKey & { readonly instead: string })[] = [
  { key: 'max_concurrency', instead: 'maxConcurrency', proof: 'python-config-key-ignored' },
  { key: 'recursion_limit', instead: 'recursionLimit', proof: 'python-config-key-ignored' },
  { key: 'run_id', instead: 'runId', proof: 'python-config-key-ignored' },
  { key: 'run_name', instead: 'runName', proof: 'python-config-key-ignored' },
];

/** A key of a runnable config that is written inside `configurable`. */
interface ConfigurableKey extends IneffectiveKey {
  readonly instead: string;
  /** Whether programs use the name for data of their own, which a node or tool in another file may read. */
  readonly isOwnData: boolean;
}

export const configurableKeys: readonly ConfigurableKey[] = [
  ...['callbacks', 'maxConcurrency', 'recursionLimit', 'runName', 'signal', 'streamMode', 'tags', 'timeout'].map(
    (key) => ({ key, instead: key, isOwnData: false, proof: 'configurable-key-ignored' }),
  ),
  // The LangGraph server puts the run's id there itself.
  ...['metadata', 'runId'].map((key) => ({ key, instead: key, isOwnData: true, proof: 'configurable-key-ignored' })),
  ...pythonKeys.map(({ key, instead }) => ({
    key,
    instead,
    isOwnData: key === 'run_id',
    proof: 'configurable-key-ignored',
  })),
];

/** What a value must visibly be, to be taken for the config's and not for an input of that name. */
export type Nature = 'handlers' | 'number' | 'signal' | 'streamMode' | 'thread';

/** Keys of a runnable config that are written in the input. */
export const inputKeys: readonly (IneffectiveKey & { readonly nature: Nature })[] = [
  { key: 'callbacks', nature: 'handlers', proof: 'input-key-ignored' },
  { key: 'configurable', nature: 'thread', proof: 'input-key-ignored' },
  { key: 'recursionLimit', nature: 'number', proof: 'input-key-ignored' },
  { key: 'signal', nature: 'signal', proof: 'input-key-ignored' },
  { key: 'streamMode', nature: 'streamMode', proof: 'input-key-ignored' },
];

/** Keys of the config of one call. */
interface CallKey extends IneffectiveKey {
  readonly methods: readonly string[];
  /** What the call is made on, when it ignores the key. */
  readonly ignoredBy: IgnoredBy;
  readonly cause: 'chain' | 'mapReduce' | 'oneCall' | 'toolNode';
}

/**
 * `chain`: a classic chain; `mapReduce`: one that makes a call for each document; `oneCall`: what makes one call
 * whatever it contains.
 */
export type IgnoredBy = 'chain' | 'embeddings' | 'mapReduce' | 'oneCall' | 'toolNode';

export const callKeys: readonly CallKey[] = [
  {
    key: 'maxConcurrency',
    methods: ['invoke', 'stream', 'streamEvents', 'streamLog'],
    ignoredBy: 'oneCall',
    cause: 'oneCall',
    proof: 'limit-of-one-call-ignored',
  },
  {
    key: 'maxConcurrency',
    methods: ['embedDocuments', 'embedQuery'],
    ignoredBy: 'embeddings',
    cause: 'oneCall',
    proof: 'limit-of-one-call-ignored',
  },
  {
    key: 'maxConcurrency',
    methods: ['call', 'invoke', 'stream'],
    ignoredBy: 'mapReduce',
    cause: 'mapReduce',
    proof: 'map-reduce-ignores-limit',
  },
  {
    key: 'timeout',
    methods: ['invoke'],
    ignoredBy: 'toolNode',
    cause: 'toolNode',
    proof: 'tool-node-ignores-timeout',
  },
  // Streams end at the signal in 1.x.
  {
    key: 'signal',
    methods: ['batch', 'call', 'invoke'],
    ignoredBy: 'chain',
    cause: 'chain',
    proof: 'chain-reads-signal-from-input',
  },
  {
    key: 'timeout',
    methods: ['batch', 'call', 'invoke'],
    ignoredBy: 'chain',
    cause: 'chain',
    proof: 'chain-reads-signal-from-input',
  },
];

/** What a call's config is not read for, where the class of the model decides. */
export const modelKeys: readonly (IneffectiveKey & {
  readonly methods: readonly string[];
  readonly cause: 'callRetries' | 'callTimeout';
})[] = [
  { key: 'timeout', methods: ['batch', 'invoke'], cause: 'callTimeout', proof: 'chain-ends-with-ignoring-model' },
  { key: 'signal', methods: ['batch', 'invoke'], cause: 'callTimeout', proof: 'chain-ends-with-ignoring-model' },
  {
    key: 'maxRetries',
    methods: ['batch', 'invoke', 'stream', 'withConfig'],
    cause: 'callRetries',
    proof: 'call-retries-ignored',
  },
];

/** `maxConcurrency` in any config of a list but the first. */
export const laterConfig: IneffectiveKey = { key: 'maxConcurrency', proof: 'batch-reads-first-config' };

/** An option of a constructor. What a class ignores whatever the value is a trait of it. */
interface ConstructorOption {
  /** Dotted path. */
  readonly option: string;
  /** The only value that does not do what it says; null for any. */
  readonly value: number | null;
  /** The option, with the value `true`, that takes the effect away; null for none. */
  readonly beside: string | null;
  readonly ignores: (traits: Traits) => boolean;
  readonly cause: 'retries' | 'streaming';
  readonly proof: string;
}

export const constructorOptions: readonly ConstructorOption[] = [
  {
    option: 'configuration.maxRetries',
    value: 0,
    beside: null,
    // Whoever reads its timeout from `configuration` hands that to the SDK, and retries around it.
    ignores: ({ timeouts }) => timeouts.some(({ option }) => option === 'configuration.timeout'),
    cause: 'retries',
    proof: 'configuration-retries-not-off',
  },
  {
    option: 'maxConcurrency',
    value: null,
    beside: 'streaming',
    ignores: ({ honoursMaxConcurrency }) => honoursMaxConcurrency === true,
    cause: 'streaming',
    proof: 'streaming-frees-place',
  },
];

/** Names of options that no model has, and the one that is meant. */
export const misspelledOptions: readonly (IneffectiveKey & { readonly instead: string })[] = [
  ...['request_timeout', 'requestTimeout', 'timeoutMs', 'timeout_ms', 'timeOut', 'default_request_timeout'].map(
    (key) => ({ key, instead: 'timeout' }),
  ),
  ...['max_retries', 'maxRetry', 'max_retry', 'numRetries', 'retries'].map((key) => ({ key, instead: 'maxRetries' })),
  ...['max_concurrency', 'max_concurrent_requests', 'maxConcurrent', 'maxConcurrentRequests'].map((key) => ({
    key,
    instead: 'maxConcurrency',
  })),
  { key: 'chunk_size', instead: 'batchSize' },
].map((row) => ({ ...row, proof: 'misspelled-option-ignored' }));

/** Options of a call, or of `fetch`, that a constructor does not read. */
export const signalOptions: readonly { readonly option: string; readonly proof: string }[] = [
  'signal',
  'configuration.signal',
  'clientOptions.signal',
].map((option) => ({ option, proof: 'constructor-signal-ignored' }));

/** Milliseconds after which Node's `fetch` gives up on a response without headers. */
export const fetchPatience = { value: 300_000, proof: 'fetch-ends-without-headers' };

/** Options through which a model may talk past Node's `fetch`, or with other limits. */
export const fetchCarriers: readonly string[] = [
  'client',
  'clientOptions.fetch',
  'clientOptions.fetchOptions',
  'clientOptions.httpAgent',
  'configuration.fetch',
  'configuration.fetchOptions',
  'configuration.httpAgent',
  'createClient',
  'fetch',
  'httpAgent',
  'httpClient',
];

/** `ainvoke`, `abatch` and `astream`, which `findCall` reads as what they mean. */
export const pythonMethods: { readonly names: readonly string[]; readonly proof: string } = {
  names: ['abatch', 'ainvoke', 'astream'],
  proof: 'python-methods-missing',
};
