import type { Traits } from './traits.ts';

/** A key that has no effect in its place. */
interface IneffectiveKey {
  readonly key: string;
  /** The test that proves it. */
  readonly proof: string;
}

/** Keys of a runnable config in Python's spelling. */
export const pythonKeys: readonly (IneffectiveKey & { readonly instead: string })[] = [
  { key: 'max_concurrency', instead: 'maxConcurrency', proof: 'python-config-key-ignored' },
  { key: 'recursion_limit', instead: 'recursionLimit', proof: 'python-config-key-ignored' },
  { key: 'run_id', instead: 'runId', proof: 'python-config-key-ignored' },
  { key: 'run_name', instead: 'runName', proof: 'python-config-key-ignored' },
];

/** A key of a runnable config that is written inside `configurable`. */
interface ConfigurableKey extends IneffectiveKey {
  readonly instead: string;
  /** Whether programs use the name for their own data, which a node or tool in another file may read. */
  readonly isOwnData: boolean;
}

export const configurableKeys: readonly ConfigurableKey[] = [
  ...['callbacks', 'maxConcurrency', 'recursionLimit', 'runName', 'signal', 'streamMode', 'tags', 'timeout'].map(
    (key) => ({ key, instead: key, isOwnData: false, proof: 'configurable-key-ignored' }),
  ),
  // The LangGraph server itself puts the run's id there.
  ...['metadata', 'runId'].map((key) => ({ key, instead: key, isOwnData: true, proof: 'configurable-key-ignored' })),
  ...pythonKeys.map(({ key, instead }) => ({
    key,
    instead,
    isOwnData: key === 'run_id',
    proof: 'configurable-key-ignored',
  })),
];

/** What the value must visibly be for the key to count as one of the config, and not as an input of that name. */
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
  /** The receivers of the call that ignore the key. */
  readonly ignoredBy: IgnoredBy;
  readonly cause: 'chain' | 'mapReduce' | 'oneCall' | 'toolNode';
}

/**
 * `chain`: a classic chain; `mapReduce`: a chain that makes a call for each document; `oneCall`: a value that makes one
 * call whatever it contains.
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
    methods: ['invoke', 'withConfig'],
    ignoredBy: 'toolNode',
    cause: 'toolNode',
    proof: 'tool-node-ignores-timeout',
  },
  // In 1.x, the signal ends streams.
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

/** Keys of a call's config that only some model classes read. */
export const modelKeys: readonly (IneffectiveKey & {
  readonly methods: readonly string[];
  readonly cause: 'callRetries' | 'callTimeout';
})[] = [
  ...['timeout', 'signal'].map((key) => ({
    key,
    methods: ['batch', 'invoke', 'withConfig'],
    cause: 'callTimeout' as const,
    proof: 'chain-ends-with-ignoring-model',
  })),
  {
    key: 'maxRetries',
    methods: ['batch', 'invoke', 'stream', 'withConfig'],
    cause: 'callRetries',
    proof: 'call-retries-ignored',
  },
];

/** `maxConcurrency` in any config of a list except the first. */
export const laterConfig: IneffectiveKey = { key: 'maxConcurrency', proof: 'batch-reads-first-config' };

/** A constructor option. Options that a class ignores for every value are traits of the class. */
interface ConstructorOption {
  /** Dotted path. */
  readonly option: string;
  /** The only value that has no effect; null for any. */
  readonly value: number | null;
  /** An option that removes the effect when it is `true`; null for none. */
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
    // A class that reads its timeout from `configuration` passes it to the SDK, and retries around the SDK.
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

/** Names of options that no model has, with the intended name. */
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

/** Options that may replace Node's `fetch`, or its limits. */
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

/** `ainvoke`, `abatch` and `astream`, which `findCall` reads as their counterparts. */
export const pythonMethods: { readonly names: readonly string[]; readonly proof: string } = {
  names: ['abatch', 'ainvoke', 'astream'],
  proof: 'python-methods-missing',
};
