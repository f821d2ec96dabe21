import type { ClassRef } from './catalog.ts';
import { type ClassName, toRef } from './homes.ts';
import { isInRange, type VersionRange } from './version-range.ts';

/**
 * The queue of a model derived by `bindTools`, `withStructuredOutput` or `withConfig`: the base's, its own, or a new
 * one for each call.
 */
type DerivedQueue = 'own' | 'perCall' | 'shared';

/**
 * What each further instance leaves open: its own pool or driver, a client that is checked out of a pool and never
 * released, sockets.
 */
export type Leak = 'driver' | 'pool' | 'poolClient' | 'sockets';

export type CallRetries = 'honoured' | 'ignored' | 'squared';

/** A constructor option for a timeout. */
export interface TimeoutOption {
  /** Dotted path in the constructor's options: `configuration.timeout`. */
  readonly option: string;
  readonly unit: 'ms' | 's';
  /**
   * `attempt`: one HTTP request, restarted by each retry; `idle`: the time until the next chunk; `connection`: opening
   * a connection.
   */
  readonly ends: 'attempt' | 'connection' | 'idle';
}

/** The constructor throws when none of the options is given and none of the variables is set. */
export interface Requirement {
  readonly options: readonly string[];
  /** Environment variables. */
  readonly env: readonly string[];
}

/** The measured behaviour of a class at run time. `undefined`: unknown. */
export interface Traits {
  /**
   * Whether a constructor `maxConcurrency` limits the calls of one instance in flight. A stream holds its slot only
   * until it opens.
   */
  readonly honoursMaxConcurrency: boolean | undefined;
  /** Calls of one instance in flight without a `maxConcurrency`; Infinity when they are unlimited. */
  readonly defaultMaxConcurrency: number | undefined;
  readonly derivedQueue: DerivedQueue | undefined;
  /**
   * Whether a constructor `maxConcurrency` limits the model calls of agents with the model: each step of an agent calls
   * `bindTools`.
   */
  readonly limitsAgents: boolean | undefined;
  /** Whether `withConfig({ maxConcurrency })` limits a later `batch`. */
  readonly withConfigLimitsBatch: boolean | undefined;
  /** False for a class without the method. */
  readonly hasBatch: boolean | undefined;
  /** Whether `batch` with a limit below the number of inputs uses the wrong runnable for some of them. */
  readonly limitedBatchMixesRoutes: boolean | undefined;
  /** Whether a limit of 1 drops work that runs in parallel. */
  readonly limitOfOneDropsWork: boolean | undefined;
  readonly timeouts: readonly TimeoutOption[];
  /** Constructor options without effect, as dotted paths. */
  readonly ignoredOptions: readonly string[];
  /** Milliseconds that the underlying SDK waits for a response by default; Infinity when it has no timeout. */
  readonly defaultTimeout: number | undefined;
  /** Whether `timeout` or `signal` in the config of a call ends it while the server hangs. */
  readonly honoursCallTimeout: boolean | undefined;
  /** The same with `maxRetries: 0`: some classes end the request, and then retry it. */
  readonly honoursCallTimeoutOnce: boolean | undefined;
  /** Whether it uses Node's `fetch`, which gives up after 300 seconds without headers. */
  readonly endsWithFetch: boolean | undefined;
  /** The constructor option for `fetch` options such as a dispatcher: a dotted path. */
  readonly fetchOptions: string | undefined;
  /** The default number of retries of a failed call. */
  readonly defaultRetries: number | undefined;
  /**
   * The effect of `maxRetries` in the config of a call: that many retries, none, or, where the SDK receives it too, n +
   * 1 attempts of n + 1 requests each.
   */
  readonly callRetries: CallRetries | undefined;
  /** null: the constructor does not throw for a missing key. */
  readonly requires: Requirement | null | undefined;
  readonly leak: Leak | null | undefined;
  /**
   * Constructor options that apply per instance, as dotted paths: a limit, a cache object, an agent with its own
   * sockets.
   */
  readonly perInstanceOptions: readonly string[];
}

interface Fact<Value> extends VersionRange {
  readonly value: Value;
  /** Classes and their subclasses; the row of the nearest class applies. */
  readonly classes: readonly ClassName[];
  /** The test that proves it. */
  readonly proof: string;
}

type Facts = { readonly [Name in keyof Traits]: readonly Fact<Exclude<Traits[Name], undefined>>[] };

const OPENAI = ['BaseChatOpenAI', 'OpenAI', 'OpenAIEmbeddings'] as const;

/** The measured behaviour, one row per value. Ranges are of `@langchain/core`; a row without one applies since 0.1. */
export const facts: Facts = {
  honoursMaxConcurrency: [
    {
      value: true,
      classes: [
        'BaseChatOpenAI',
        'ChatOpenAI',
        'AzureChatOpenAI',
        'ChatAnthropic',
        'ChatAnthropicMessages',
        'ChatGoogle',
        'ChatGoogleGenerativeAI',
        'ChatGroq',
        'ChatXAI',
        'ChatXAIResponses',
        'ChatDeepSeek',
        'ChatCerebras',
        'ChatOpenRouter',
        'ChatVertexAI',
      ],
      proof: 'constructor-limit-honoured',
    },
    {
      value: true,
      classes: [
        'OpenAI',
        'Ollama',
        'OpenAIEmbeddings',
        'OllamaEmbeddings',
        'MistralAIEmbeddings',
        'GoogleGenerativeAIEmbeddings',
      ],
      proof: 'constructor-limit-honoured',
    },
    // Ollama and Bedrock call their SDK without the queue; Mistral builds a queue per call, as do the LLM classes of
    // Mistral and Watsonx.
    {
      value: false,
      classes: [
        'ChatOllama',
        'ChatBedrockConverse',
        'ChatMistralAI',
        'ChatPerplexity',
        '@langchain/community#ChatOllama',
        '@langchain/community#Ollama',
      ],
      proof: 'constructor-limit-ignored',
    },
    { value: false, classes: ['MistralAI', 'ChatWatsonx', 'WatsonxLLM'], proof: 'constructor-limit-fresh-queue' },
  ],
  defaultMaxConcurrency: [
    { value: 2, classes: ['OpenAIEmbeddings'], proof: 'embeddings-default-limit' },
    { value: 1, classes: ['OllamaEmbeddings'], proof: 'embeddings-default-limit' },
    {
      value: Infinity,
      classes: [
        'BaseChatOpenAI',
        'ChatOpenAI',
        'ChatAnthropic',
        'ChatAnthropicMessages',
        'ChatGoogle',
        'ChatGoogleGenerativeAI',
        'ChatGroq',
        'ChatCerebras',
      ],
      proof: 'no-default-limit',
    },
    {
      value: Infinity,
      classes: [
        'ChatOllama',
        'ChatBedrockConverse',
        'ChatMistralAI',
        'ChatWatsonx',
        'ChatOpenRouter',
        'ChatVertexAI',
        'ChatXAIResponses',
        'ChatPerplexity',
        '@langchain/community#ChatOllama',
      ],
      proof: 'no-default-limit',
    },
    {
      value: Infinity,
      classes: ['OpenAI', 'Ollama', 'MistralAI', 'MistralAIEmbeddings', 'GoogleGenerativeAIEmbeddings'],
      proof: 'no-default-limit',
    },
  ],
  derivedQueue: [
    // @langchain/openai 0.6 and later build `new ChatOpenAI(this.fields)`; before that, `bind` kept the instance.
    { value: 'own', classes: ['ChatOpenAI'], since: '0.3.58', proof: 'derived-queue-own' },
    { value: 'shared', classes: ['ChatOpenAI'], before: '0.3.58', proof: 'derived-queue-shared-before-0.6' },
    {
      value: 'shared',
      classes: [
        'AzureChatOpenAI',
        'ChatAnthropic',
        'ChatAnthropicMessages',
        'ChatGoogle',
        'ChatGoogleGenerativeAI',
        'ChatGroq',
        'ChatXAI',
        'ChatDeepSeek',
        'ChatOpenRouter',
        'ChatVertexAI',
      ],
      proof: 'derived-queue-shared',
    },
    { value: 'perCall', classes: ['ConfigurableModel'], proof: 'derived-queue-per-call' },
  ],
  limitsAgents: [
    { value: false, classes: ['ChatOpenAI'], since: '0.3.58', proof: 'agents-not-limited-by-model' },
    { value: true, classes: ['ChatOpenAI'], before: '0.3.58', proof: 'agents-limited-by-model' },
    { value: false, classes: ['ConfigurableModel'], proof: 'agents-not-limited-by-model' },
    {
      value: true,
      classes: ['AzureChatOpenAI', 'ChatAnthropic', 'ChatGoogleGenerativeAI', 'ChatGroq', 'ChatDeepSeek'],
      proof: 'agents-limited-by-model',
    },
  ],
  withConfigLimitsBatch: [
    { value: false, classes: ['ChatOpenAI'], since: '0.3.58', proof: 'with-config-ignored-by-batch' },
    // It limits the calls within each run of the graph, not the number of runs.
    { value: false, classes: ['CompiledStateGraph'], proof: 'with-config-ignored-by-batch' },
    {
      value: true,
      classes: [
        'ChatAnthropic',
        'ChatAnthropicMessages',
        'ChatGoogleGenerativeAI',
        'ChatGroq',
        'ChatOllama',
        'ChatMistralAI',
        'ChatBedrockConverse',
        'ConfigurableModel',
        'RunnableSequence',
        'RunnableLambda',
      ],
      proof: 'with-config-limits-batch',
    },
  ],
  hasBatch: [
    { value: false, classes: ['ReactAgent'], proof: 'agent-has-no-batch' },
    { value: false, classes: ['Embeddings', 'VectorStore'], proof: 'embeddings-have-no-batch' },
    { value: true, classes: ['Runnable'], proof: 'runnable-has-batch' },
  ],
  limitedBatchMixesRoutes: [{ value: true, classes: ['RouterRunnable'], proof: 'router-batch-mixes-routes' }],
  limitOfOneDropsWork: [
    { value: true, classes: ['CompiledGraph', 'CompiledStateGraph', 'ReactAgent'], proof: 'limit-of-one-drops-work' },
  ],
  timeouts: [
    {
      value: [
        { option: 'timeout', unit: 'ms', ends: 'attempt' },
        { option: 'configuration.timeout', unit: 'ms', ends: 'attempt' },
      ],
      classes: ['BaseChatOpenAI', 'OpenAI', 'ChatOpenAI'],
      proof: 'timeout-openai',
    },
    // Embeddings override the timeout of `configuration`; ChatXAI replaces `configuration`.
    {
      value: [{ option: 'timeout', unit: 'ms', ends: 'attempt' }],
      classes: ['OpenAIEmbeddings', 'ChatXAI'],
      proof: 'timeout-openai',
    },
    {
      value: [{ option: 'clientOptions.timeout', unit: 'ms', ends: 'attempt' }],
      classes: ['ChatAnthropic', 'ChatAnthropicMessages'],
      proof: 'timeout-anthropic',
    },
    { value: [{ option: 'timeout', unit: 'ms', ends: 'attempt' }], classes: ['ChatGroq'], proof: 'timeout-groq' },
    {
      value: [{ option: 'timeout', unit: 'ms', ends: 'attempt' }],
      classes: ['ChatCerebras'],
      proof: 'timeout-cerebras',
    },
    {
      value: [
        { option: 'streamIdleTimeout', unit: 'ms', ends: 'idle' },
        { option: 'clientOptions.requestHandler.requestTimeout', unit: 'ms', ends: 'attempt' },
        { option: 'client.requestHandler.requestTimeout', unit: 'ms', ends: 'attempt' },
      ],
      classes: ['ChatBedrockConverse'],
      since: '1.0.0',
      proof: 'timeout-bedrock',
    },
    {
      value: [{ option: 'client.requestHandler.requestTimeout', unit: 'ms', ends: 'attempt' }],
      classes: ['ChatBedrockConverse'],
      before: '1.0.0',
      proof: 'timeout-bedrock',
    },
    {
      value: [{ option: 'timeout', unit: 'ms', ends: 'attempt' }],
      classes: ['CheerioWebBaseLoader', 'HTMLWebBaseLoader', 'RecursiveUrlLoader'],
      proof: 'timeout-web-loaders',
    },
    {
      value: [{ option: 'options.timeout', unit: 'ms', ends: 'attempt' }],
      classes: ['RemoteRunnable'],
      proof: 'timeout-remote-runnable',
    },
  ],
  ignoredOptions: [
    {
      value: ['configuration.timeout'],
      classes: ['OpenAIEmbeddings', 'ChatXAI'],
      proof: 'constructor-timeout-ignored',
    },
    { value: ['timeout'], classes: ['ChatAnthropic', 'ChatAnthropicMessages'], proof: 'constructor-timeout-ignored' },
    {
      value: ['timeout'],
      classes: ['ChatGoogle', 'ChatOpenRouter', 'ChatVertexAI', 'ChatXAIResponses'],
      proof: 'constructor-timeout-ignored',
    },
    {
      value: ['timeout', 'maxConcurrency', 'maxRetries'],
      classes: ['ChatPerplexity'],
      proof: 'constructor-timeout-ignored',
    },
    {
      value: ['timeout', 'maxConcurrency'],
      classes: ['@langchain/community#ChatOllama'],
      proof: 'constructor-timeout-ignored',
    },
    { value: ['clientOptions.timeout'], classes: ['ChatGroq'], proof: 'constructor-timeout-ignored' },
    {
      value: ['timeout', 'clientOptions.timeout'],
      classes: ['ChatGoogleGenerativeAI'],
      proof: 'constructor-timeout-ignored',
    },
    {
      value: ['timeout', 'clientOptions.timeout', 'maxConcurrency'],
      classes: ['ChatMistralAI'],
      proof: 'constructor-timeout-ignored',
    },
    {
      value: ['timeout', 'clientOptions.timeout', 'maxConcurrency', 'maxRetries'],
      classes: ['ChatOllama'],
      proof: 'constructor-timeout-ignored',
    },
    {
      value: ['timeout', 'maxConcurrency', 'maxRetries'],
      classes: ['ChatBedrockConverse'],
      proof: 'constructor-timeout-ignored',
    },
  ],
  defaultTimeout: [
    { value: 600_000, classes: [...OPENAI, 'ChatOpenAI'], proof: 'default-timeout' },
    { value: 600_000, classes: ['ChatAnthropic', 'ChatAnthropicMessages'], proof: 'default-timeout' },
    { value: 60_000, classes: ['ChatGroq', 'ChatCerebras'], proof: 'default-timeout' },
    {
      value: Infinity,
      classes: [
        'ChatGoogle',
        'ChatGoogleGenerativeAI',
        'ChatOllama',
        'ChatBedrockConverse',
        'ChatOpenRouter',
        'ChatVertexAI',
        'ChatXAIResponses',
        '@langchain/community#ChatOllama',
        '@langchain/community#Ollama',
        'Ollama',
      ],
      proof: 'no-default-timeout',
    },
    // @langchain/mistralai 1.1 and later pin an SDK that gives up by itself; for an unknown version, neither is
    // assumed.
    { value: Infinity, classes: ['ChatMistralAI', 'MistralAI'], before: '0.3.58', proof: 'no-default-timeout' },
    { value: 30_000, classes: ['ChatMistralAI', 'MistralAI'], since: '1.0.0', proof: 'default-timeout' },
  ],
  honoursCallTimeout: [
    {
      value: true,
      classes: [
        'BaseChatOpenAI',
        'OpenAI',
        'ChatOpenAI',
        'ChatAnthropic',
        'ChatAnthropicMessages',
        'ChatBedrockConverse',
        'ChatGoogle',
        'ChatOpenRouter',
        'ChatVertexAI',
        '@langchain/community#ChatOllama',
        '@langchain/community#Ollama',
        'MistralAI',
      ],
      proof: 'call-timeout-honoured',
    },
    {
      value: false,
      classes: [
        'ChatGoogleGenerativeAI',
        'ChatOllama',
        'ChatMistralAI',
        'ChatGroq',
        'ChatCerebras',
        'ChatXAIResponses',
        'ChatPerplexity',
        'Ollama',
      ],
      proof: 'call-timeout-ignored',
    },
  ],
  honoursCallTimeoutOnce: [
    { value: true, classes: ['ChatGroq'], proof: 'call-timeout-without-retries' },
    {
      value: false,
      classes: [
        'ChatGoogleGenerativeAI',
        'ChatOllama',
        'ChatMistralAI',
        'ChatCerebras',
        'ChatXAIResponses',
        'ChatPerplexity',
      ],
      proof: 'call-timeout-ignored-without-retries',
    },
  ],
  endsWithFetch: [
    {
      value: true,
      classes: [
        'ChatOpenAI',
        'AzureChatOpenAI',
        'BaseChatOpenAI',
        'OpenAI',
        'ChatXAI',
        'ChatDeepSeek',
        'ChatAnthropic',
      ],
      since: '0.3.58',
      proof: 'fetch-ends-without-headers',
    },
    { value: true, classes: ['ChatGroq'], since: '1.0.0', proof: 'fetch-ends-without-headers' },
    {
      value: true,
      classes: [
        'ChatOllama',
        'ChatGoogleGenerativeAI',
        'ChatGoogle',
        'ChatMistralAI',
        'ChatOpenRouter',
        '@langchain/community#ChatOllama',
      ],
      proof: 'fetch-ends-without-headers',
    },
  ],
  fetchOptions: [
    {
      value: 'configuration.fetchOptions',
      classes: ['ChatOpenAI', 'AzureChatOpenAI', 'ChatDeepSeek'],
      since: '0.3.58',
      proof: 'fetch-options-passed-on',
    },
    {
      value: 'clientOptions.fetchOptions',
      classes: ['ChatAnthropic'],
      since: '0.3.58',
      proof: 'fetch-options-passed-on',
    },
  ],
  defaultRetries: [
    {
      value: 6,
      classes: [
        ...OPENAI,
        'ChatOpenAI',
        'ChatAnthropic',
        'ChatAnthropicMessages',
        'ChatGoogle',
        'ChatGoogleGenerativeAI',
        'ChatGroq',
        'ChatMistralAI',
        'ChatCerebras',
        'ChatOpenRouter',
        'ChatVertexAI',
        'ChatXAIResponses',
      ],
      proof: 'default-retries',
    },
    {
      value: 6,
      classes: ['Ollama', 'MistralAI', 'OllamaEmbeddings', 'MistralAIEmbeddings', 'GoogleGenerativeAIEmbeddings'],
      proof: 'default-retries',
    },
    { value: 0, classes: ['ChatOllama', '@langchain/community#ChatOllama'], proof: 'default-retries' },
    { value: 2, classes: ['ChatBedrockConverse', 'ChatPerplexity'], proof: 'default-retries' },
  ],
  callRetries: [
    {
      value: 'honoured',
      classes: ['ChatOpenAI', 'BaseChatOpenAI', 'AzureChatOpenAI', 'ChatGoogle', 'ChatXAI', 'ChatDeepSeek'],
      since: '1.4.0',
      proof: 'call-retries-honoured',
    },
    { value: 'squared', classes: ['ChatAnthropic'], since: '1.4.0', proof: 'call-retries-squared' },
    {
      value: 'ignored',
      classes: [
        'ChatGroq',
        'ChatGoogleGenerativeAI',
        'ChatMistralAI',
        'ChatXAIResponses',
        'ChatOpenRouter',
        'ChatVertexAI',
      ],
      proof: 'call-retries-ignored',
    },
  ],
  requires: [
    {
      value: null,
      classes: ['ChatOpenAI', 'OpenAI', 'OpenAIEmbeddings', 'ChatOllama', 'Ollama', 'OllamaEmbeddings'],
      proof: 'constructor-needs-no-key',
    },
    {
      value: { options: ['anthropicApiKey', 'apiKey', 'createClient'], env: ['ANTHROPIC_API_KEY'] },
      classes: ['ChatAnthropic', 'ChatAnthropicMessages'],
      proof: 'constructor-needs-key',
    },
    {
      value: { options: ['apiKey'], env: ['GOOGLE_API_KEY', 'GEMINI_API_KEY'] },
      classes: ['ChatGoogleGenerativeAI'],
      since: '1.0.0',
      proof: 'constructor-needs-key',
    },
    {
      value: { options: ['apiKey'], env: ['GOOGLE_API_KEY'] },
      classes: ['ChatGoogleGenerativeAI'],
      before: '1.0.0',
      proof: 'constructor-needs-key',
    },
    {
      value: { options: ['apiKey'], env: ['GOOGLE_API_KEY'] },
      classes: ['GoogleGenerativeAIEmbeddings'],
      proof: 'constructor-needs-key',
    },
    { value: { options: ['apiKey'], env: ['GROQ_API_KEY'] }, classes: ['ChatGroq'], proof: 'constructor-needs-key' },
    {
      value: { options: ['apiKey'], env: ['MISTRAL_API_KEY'] },
      classes: ['ChatMistralAI', 'MistralAI', 'MistralAIEmbeddings'],
      proof: 'constructor-needs-key',
    },
    {
      value: { options: ['apiKey'], env: ['COHERE_API_KEY'] },
      classes: ['ChatCohere', 'Cohere', 'CohereEmbeddings'],
      proof: 'constructor-needs-key',
    },
    { value: { options: ['apiKey'], env: ['XAI_API_KEY'] }, classes: ['ChatXAI'], proof: 'constructor-needs-key' },
    {
      value: { options: ['apiKey'], env: ['DEEPSEEK_API_KEY'] },
      classes: ['ChatDeepSeek'],
      proof: 'constructor-needs-key',
    },
    {
      value: {
        options: ['apiKey', 'openAIApiKey', 'azureOpenAIApiKey', 'azureADTokenProvider'],
        env: ['AZURE_OPENAI_API_KEY', 'OPENAI_API_KEY'],
      },
      classes: ['AzureChatOpenAI', 'AzureOpenAI'],
      proof: 'constructor-needs-key',
    },
    // It needs a region rather than a key.
    {
      value: { options: ['region'], env: ['AWS_DEFAULT_REGION'] },
      classes: ['ChatBedrockConverse'],
      proof: 'constructor-needs-region',
    },
  ],
  leak: [
    { value: 'poolClient', classes: ['PGVectorStore'], proof: 'pgvector-keeps-pool-client' },
    {
      value: 'pool',
      classes: ['PostgresSaver', 'PostgresStore', 'PostgresChatMessageHistory', 'PostgresRecordManager'],
      proof: 'postgres-opens-pool',
    },
    {
      value: null,
      classes: [
        'ChatOpenAI',
        'AzureChatOpenAI',
        'ChatAnthropic',
        'ChatAnthropicMessages',
        'ChatGoogleGenerativeAI',
        'ChatOllama',
        'ChatGroq',
        'ChatMistralAI',
      ],
      proof: 'fetch-models-share-connections',
    },
  ],
  perInstanceOptions: [
    // The SDKs moved from node-fetch, which takes an `httpAgent`, to Node's fetch, which takes a `dispatcher` in
    // `fetchOptions`.
    {
      value: ['maxConcurrency', 'cache', 'configuration.fetchOptions'],
      classes: ['BaseChatOpenAI', 'OpenAI', 'ChatOpenAI'],
      since: '0.3.58',
      proof: 'state-per-instance',
    },
    {
      value: ['maxConcurrency', 'configuration.fetchOptions'],
      classes: ['OpenAIEmbeddings'],
      since: '0.3.58',
      proof: 'state-per-instance',
    },
    {
      value: ['maxConcurrency', 'cache', 'configuration.httpAgent'],
      classes: ['BaseChatOpenAI', 'OpenAI', 'ChatOpenAI'],
      before: '0.3.58',
      proof: 'state-per-instance',
    },
    {
      value: ['maxConcurrency', 'configuration.httpAgent'],
      classes: ['OpenAIEmbeddings'],
      before: '0.3.58',
      proof: 'state-per-instance',
    },
    { value: ['maxConcurrency', 'cache'], classes: ['ChatXAI'], proof: 'state-per-instance' },
    {
      value: ['maxConcurrency', 'cache', 'clientOptions.fetchOptions'],
      classes: ['ChatAnthropic', 'ChatAnthropicMessages'],
      since: '0.3.58',
      proof: 'state-per-instance',
    },
    {
      value: ['maxConcurrency', 'cache', 'clientOptions.httpAgent'],
      classes: ['ChatAnthropic', 'ChatAnthropicMessages'],
      before: '0.3.58',
      proof: 'state-per-instance',
    },
    { value: ['maxConcurrency', 'cache'], classes: ['ChatGroq'], since: '1.0.0', proof: 'state-per-instance' },
    {
      value: ['maxConcurrency', 'cache', 'httpAgent'],
      classes: ['ChatGroq'],
      before: '1.0.0',
      proof: 'state-per-instance',
    },
    {
      value: ['cache', 'client', 'clientOptions.requestHandler'],
      classes: ['ChatBedrockConverse'],
      since: '1.0.0',
      proof: 'bedrock-http1-leaks-sockets',
    },
    {
      value: ['cache', 'client'],
      classes: ['ChatBedrockConverse'],
      before: '1.0.0',
      proof: 'bedrock-http1-leaks-sockets',
    },
    {
      value: ['cache'],
      classes: [
        'ChatOllama',
        'ChatMistralAI',
        'ChatPerplexity',
        '@langchain/community#ChatOllama',
        '@langchain/community#Ollama',
        'MistralAI',
        'ChatWatsonx',
        'WatsonxLLM',
      ],
      proof: 'state-per-instance',
    },
    { value: ['maxConcurrency', 'cache'], classes: ['BaseChatModel', 'BaseLLM'], proof: 'state-per-instance' },
    { value: ['maxConcurrency'], classes: ['Embeddings'], proof: 'state-per-instance' },
  ],
};

/** Traits of an unknown class. */
const unknownTraits: Traits = {
  honoursMaxConcurrency: undefined,
  defaultMaxConcurrency: undefined,
  derivedQueue: undefined,
  limitsAgents: undefined,
  withConfigLimitsBatch: undefined,
  hasBatch: undefined,
  limitedBatchMixesRoutes: undefined,
  limitOfOneDropsWork: undefined,
  timeouts: [],
  ignoredOptions: [],
  defaultTimeout: undefined,
  honoursCallTimeout: undefined,
  honoursCallTimeoutOnce: undefined,
  endsWithFetch: undefined,
  fetchOptions: undefined,
  defaultRetries: undefined,
  callRetries: undefined,
  requires: undefined,
  leak: undefined,
  perInstanceOptions: [],
};

/** By version and classes; a project has few of both. */
const known = new Map<string, Traits>();
const maxKnown = 1000;

/** The behaviour of a class, given the class and its bases, nearest first, and the version of `@langchain/core`. */
export function readTraits(classes: readonly ClassRef[], version: string | null): Traits {
  const key = [version ?? '', ...classes].join(' ');
  let traits = known.get(key);
  if (!traits) {
    traits = findTraits(classes, version);
    if (known.size >= maxKnown) known.clear();
    known.set(key, traits);
  }
  return traits;
}

function findTraits(classes: readonly ClassRef[], version: string | null): Traits {
  return combine((name) => {
    const fact = findFact(facts[name] as readonly Fact<Traits[typeof name]>[], classes, version);
    return fact ? fact.value : unknownTraits[name];
  });
}

/** The row that applies: that of the nearest class with a row for the version. */
export function findFact<Row extends VersionRange & { readonly classes: readonly ClassName[] }>(
  rows: readonly Row[],
  classes: readonly ClassRef[],
  version: string | null,
): Row | undefined {
  const inRange = rows.filter((row) => isInRange(version, row));
  for (const ref of classes) {
    const found = inRange.find((row) => row.classes.some((name) => toRef(name) === ref));
    if (found) return found;
  }
  return undefined;
}

export function inCommon(left: Traits, right: Traits): Traits {
  return combine((name) => (left[name] === right[name] ? left[name] : unknownTraits[name]));
}

function combine(read: <Name extends keyof Traits>(name: Name) => Traits[Name]): Traits {
  return {
    honoursMaxConcurrency: read('honoursMaxConcurrency'),
    defaultMaxConcurrency: read('defaultMaxConcurrency'),
    derivedQueue: read('derivedQueue'),
    limitsAgents: read('limitsAgents'),
    withConfigLimitsBatch: read('withConfigLimitsBatch'),
    hasBatch: read('hasBatch'),
    limitedBatchMixesRoutes: read('limitedBatchMixesRoutes'),
    limitOfOneDropsWork: read('limitOfOneDropsWork'),
    timeouts: read('timeouts'),
    ignoredOptions: read('ignoredOptions'),
    defaultTimeout: read('defaultTimeout'),
    honoursCallTimeout: read('honoursCallTimeout'),
    honoursCallTimeoutOnce: read('honoursCallTimeoutOnce'),
    endsWithFetch: read('endsWithFetch'),
    fetchOptions: read('fetchOptions'),
    defaultRetries: read('defaultRetries'),
    callRetries: read('callRetries'),
    requires: read('requires'),
    leak: read('leak'),
    perInstanceOptions: read('perInstanceOptions'),
  };
}
