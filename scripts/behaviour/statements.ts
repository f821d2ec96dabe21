/** What docs/langchain-behaviour.md says that no fact of `src/facts` holds, each statement with its proof. */
interface Statement {
  readonly text: string;
  /** The id of a proof in test/proof. */
  readonly proof: string;
}

interface Chapter {
  readonly title: string;
  readonly rows: readonly Statement[];
}

type ImportedClass = readonly [className: string, module: string];

/** The classes that the page has a row for, with the module that a program imports each from. */
export const models: readonly ImportedClass[] = [
  ['ChatOpenAI', '@langchain/openai'],
  ['AzureChatOpenAI', '@langchain/openai'],
  ['OpenAI', '@langchain/openai'],
  ['ChatAnthropic', '@langchain/anthropic'],
  ['ChatGoogleGenerativeAI', '@langchain/google-genai'],
  ['ChatGoogle', '@langchain/google'],
  ['ChatGroq', '@langchain/groq'],
  ['ChatMistralAI', '@langchain/mistralai'],
  ['ChatOllama', '@langchain/ollama'],
  ['ChatBedrockConverse', '@langchain/aws'],
  ['ChatXAI', '@langchain/xai'],
  ['ChatXAIResponses', '@langchain/xai'],
  ['ChatDeepSeek', '@langchain/deepseek'],
  ['ChatOpenRouter', '@langchain/openrouter'],
  ['ChatVertexAI', '@langchain/google-vertexai'],
  ['ChatCerebras', '@langchain/cerebras'],
  ['ChatWatsonx', '@langchain/community/chat_models/ibm'],
  ['MistralAI', '@langchain/mistralai'],
  ['OpenAIEmbeddings', '@langchain/openai'],
  ['OllamaEmbeddings', '@langchain/ollama'],
];

export const stores: readonly ImportedClass[] = [
  ['PGVectorStore', '@langchain/community/vectorstores/pgvector'],
  ['PostgresSaver', '@langchain/langgraph-checkpoint-postgres'],
  ['PostgresStore', '@langchain/langgraph-checkpoint-postgres/store'],
  ['PostgresChatMessageHistory', '@langchain/community/stores/message/postgres'],
  ['PostgresRecordManager', '@langchain/community/indexes/postgres'],
];

/** What holds for no class in particular. */
export const statements: readonly Chapter[] = [
  {
    title: 'Batches',
    rows: [
      {
        text: '`batch(inputs)` starts all inputs at once. `batch(inputs, { maxConcurrency: n })` keeps n in flight; `Infinity` is no limit.',
        proof: 'batch-is-open',
      },
      { text: 'The results stand in the order of the inputs, as with `Promise.all`.', proof: 'batch-keeps-order' },
      { text: '`maxConcurrency` of 0, below 0 or NaN throws a TypeError; 1.5 is 2.', proof: 'batch-limit-invalid' },
      {
        text: 'The third argument, `batch(inputs, config, { maxConcurrency })`, limits where the config does not.',
        proof: 'batch-limit-third-argument',
      },
      {
        text: 'The first failure rejects the batch. What is queued still runs, and `batch` itself repeats nothing.',
        proof: 'batch-failure-runs-rest',
      },
      {
        text: 'A sequence finishes each step for all inputs before the next step begins. `RunnableLambda.from(fn).batch()` keeps the flow of each input.',
        proof: 'batch-sequence-barrier',
      },
      {
        text: '`timeout` in the config of a batch counts from its start, for inputs that wait as well.',
        proof: 'batch-timeout-is-deadline',
      },
      {
        text: 'With `returnExceptions`, errors stand among the results as they are, and a sequence hands them to its next step as input.',
        proof: 'batch-return-exceptions',
      },
      {
        text: '`withFallbacks()` runs the whole batch again on the fallback when one input fails, and refuses `returnExceptions`.',
        proof: 'fallbacks-rerun-batch',
      },
      {
        text: 'Limits multiply: a `RunnableMap` of three branches under a limit of two has six calls in flight, a `RunnableEach` limits each of its arrays by itself.',
        proof: 'nested-batch-limits-multiply',
      },
      {
        text: 'A `RouterRunnable` under a limit below the number of inputs sends some of them down the wrong route.',
        proof: 'router-batch-mixes-routes',
      },
      { text: 'An agent of `createAgent` has no `batch`.', proof: 'agent-has-no-batch' },
    ],
  },
  {
    title: 'Timeouts',
    rows: [
      {
        text: 'Node’s `fetch` gives up on a response without headers after 300 seconds, whatever the timeout of the model is; a dispatcher with another `headersTimeout` changes that,',
        proof: 'fetch-ends-without-headers',
      },
      {
        text: 'for the whole process or, where the class passes `fetchOptions` on, for one model.',
        proof: 'fetch-options-passed-on',
      },
      {
        text: 'ChatGroq ends a request at the deadline of the call, and retries it: with `maxRetries: 0` the call ends too.',
        proof: 'call-timeout-without-retries',
      },
      {
        text: 'The timeout of the constructor ends a call of ChatOpenAI with a `TimeoutError`, "Request timed out.", one of ChatGroq with an `APIConnectionTimeoutError`. The timeout of a call ends it with an `AbortError`, "Request was aborted.", in a chain of 1.x with a `TimeoutError`, "The operation was aborted due to timeout".',
        proof: 'timeout-errors',
      },
      {
        text: 'Each retry has the full time of the constructor: a call takes up to (`maxRetries` + 1) × `timeout`, and the waits between.',
        proof: 'timeouts-are-retried',
      },
      {
        text: '`streaming: true` makes a stream of `invoke()`. The timeout of the constructor then counts until the stream opens: an answer that stops half way is ended by the timeout of the call only.',
        proof: 'streaming-outlives-timeout',
      },
      {
        text: 'On ChatOpenAI without the Responses API, AzureChatOpenAI, ChatDeepSeek and ChatXAI it also counts tokens after each answer, with a tokenizer from tiktoken.pages.dev. Where that host is out of reach, each call asks 14 times and waits two minutes and more, which no timeout ends (1.x).',
        proof: 'streaming-counts-tokens',
      },
      {
        text: 'Where a model does not see the timeout of a call, a chain with a step after the model gives up in its place. The request goes on.',
        proof: 'call-timeout-ends-chain-only',
      },
      { text: '`timeout: 0` in a config throws.', proof: 'call-timeout-invalid' },
      {
        text: '`stepTimeout` of a graph ends a step after so many milliseconds, with the error "Abort".',
        proof: 'graph-step-timeout',
      },
      {
        text: '`timeout` of a node, of a task, of an entrypoint or of a `Send` is in milliseconds, as a number or as `{ runTimeout, idleTimeout }` (1.x).',
        proof: 'graph-node-timeout',
      },
      { text: 'The timeouts of the Weaviate client are in seconds.', proof: 'weaviate-timeout-seconds' },
      {
        text: 'The timeout of the Qdrant client is in milliseconds, that of a search in seconds.',
        proof: 'qdrant-timeouts',
      },
    ],
  },
  {
    title: 'Retries',
    rows: [
      {
        text: '`withRetry()` multiplies the retries of the model; `configuration.maxRetries` comes on top of `maxRetries`.',
        proof: 'retries-multiply',
      },
      {
        text: '1.x repeats a 429 only when `Retry-After` says when, up to a minute; 0.3 repeats every 429.',
        proof: 'rate-limit-retries',
      },
      {
        text: 'Both wait as long as `Retry-After` says: a model up to a minute, `modelRetryMiddleware()` half an hour if told so, whatever its `maxDelayMs` is.',
        proof: 'retry-after-is-waited',
      },
      {
        text: 'Around a model with the default retries, a `retryPolicy` of a node makes 3 × 7 = 21 requests of one failing call; so do the one of `setNodeDefaults()` and the `retry` of a task. Around `withRetry()` they are 63.',
        proof: 'graph-policies-retry',
      },
      {
        text: '`modelRetryMiddleware()` makes three attempts. Over ChatOpenAI, AzureChatOpenAI, ChatAnthropic, ChatDeepSeek and ChatXAI these are three requests; over ChatGroq, ChatGoogleGenerativeAI, ChatMistralAI and ChatOpenRouter, which ignore `maxRetries` in a call, 21.',
        proof: 'model-retry-middleware',
      },
      { text: 'Before langchain 1.5.9 they are 21 over ChatOpenAI too.', proof: 'model-retry-middleware-early' },
      {
        text: '`toolRetryMiddleware()` runs a tool three times: one that calls a model makes 21 requests.',
        proof: 'tool-retry-middleware',
      },
      { text: 'An agent with a string for a model makes seven attempts,', proof: 'string-models-retry' },
      { text: 'and nothing limits how many of its calls are in flight.', proof: 'string-models-unlimited' },
    ],
  },
  {
    title: 'Graphs and agents',
    rows: [
      {
        text: "`modelRetryMiddleware()` behind `modelFallbackMiddleware()` answers a failure with a text, and the fallback never runs; with `onFailure: 'error'` it does.",
        proof: 'retry-behind-fallback-answers',
      },
      {
        text: 'In the other order the fallback runs after the first failure; where both fail, both are asked again in each attempt.',
        proof: 'retry-before-fallback-works',
      },
      {
        text: '`threadLimit` of a call-limit middleware counts one run only, unless the agent has a checkpointer.',
        proof: 'thread-limit-needs-checkpointer',
      },
      {
        text: '`runLimit` counts each run, with a checkpointer and without. `modelCallLimitMiddleware()` without options limits nothing.',
        proof: 'run-limit-counts-each-run',
      },
      {
        text: 'A run that `modelCallLimitMiddleware` ended at its `runLimit` keeps its count in the checkpointer (langchain 1.5.14): the thread calls no model any more.',
        proof: 'run-limit-closes-thread',
      },
      {
        text: '`cachePolicy` of a node does nothing until the graph has a `cache`.',
        proof: 'cache-policy-needs-cache',
      },
      { text: 'Its `ttl` counts seconds.', proof: 'cache-policy-ttl-in-seconds' },
      {
        text: '`maxConcurrency` limits the tasks that run at once in a step, on `invoke`, `stream` and `withConfig`; on `batch` it limits the runs too, so that n × n tasks are in flight.',
        proof: 'graph-limit-on-invoke',
      },
      {
        text: '`maxConcurrency: 1` drops work without an error: not all tasks of a step run, and not all tool calls of a message.',
        proof: 'limit-of-one-drops-work',
      },
      {
        text: '`Promise.all` in a node, the tasks of an `entrypoint` and the tool calls of `createReactAgent` are not limited.',
        proof: 'graph-promise-all-unlimited',
      },
      { text: '`maxConcurrency` limits the tool calls of `createAgent`.', proof: 'agent-limit-on-invoke' },
      {
        text: 'A limiter in a middleware, `wrapModelCall: (request, handler) => limit(() => handler(request))`, limits the model calls of all runs of an agent, over ChatOpenAI too.',
        proof: 'agents-limited-by-middleware',
      },
      {
        text: 'A ChatOpenAI that has its tools already loses its limit in `createReactAgent` too,',
        proof: 'agents-not-limited-by-bound-model',
      },
      { text: 'and so does one that is given to `modelFallbackMiddleware`.', proof: 'agents-not-limited-by-fallback' },
      {
        text: 'Nor does the limit of the model of a subagent of `createDeepAgent` hold.',
        proof: 'subagents-not-limited-by-model',
      },
      {
        text: '`createAgent` and `createReactAgent` end a loop of tool calls after 25 steps, which are 13 calls of the model. `createDeepAgent` goes on, unless `recursionLimit` is given.',
        proof: 'agents-end-at-recursion-limit',
      },
      {
        text: "`streamEvents()` of an agent is an async iterable with `version: 'v1'` and `'v2'`; with `'v3'` it is a promise of one.",
        proof: 'stream-events-v3-is-a-promise',
      },
    ],
  },
  {
    title: 'Caches and embeddings',
    rows: [
      {
        text: '`embedQuery()` of BedrockEmbeddings takes a place in its queue and waits inside for a second one: with `maxConcurrency: 1` it never ends.',
        proof: 'bedrock-embeddings-deadlock',
      },
      {
        text: 'The `Client` of langgraph-sdk has four calls in flight when nothing is set.',
        proof: 'sdk-client-limits-calls',
      },
      { text: 'Streams never use the cache of a model.', proof: 'cache-skips-streams' },
      { text: 'Equal calls that are in flight at once are a request each.', proof: 'cache-no-stampede-protection' },
      {
        text: '`cache: true` is one cache for the process; a cache object is the cache of its instance.',
        proof: 'cache-true-is-process-wide',
      },
      {
        text: '`embedDocuments` with 50 texts is one request, 50 times `embedQuery` are 50.',
        proof: 'embed-documents-is-one-request',
      },
      {
        text: '`embedDocuments` of Bedrock, Vertex AI, Together AI and Zhipu AI, and of the Ollama class of @langchain/community, makes a request for each text.',
        proof: 'embed-documents-per-text',
      },
      {
        text: '`embedDocuments` of `GoogleGenerativeAIEmbeddings` answers with empty vectors where `embedQuery` rejects.',
        proof: 'google-embed-documents-hides-errors',
      },
      { text: '`CacheBackedEmbeddings` keeps documents, never queries.', proof: 'cached-embeddings-skip-queries' },
      {
        text: 'Each `MemoryVectorStore` embeds its texts again, unless `CacheBackedEmbeddings` has them.',
        proof: 'stores-embed-again',
      },
    ],
  },
  {
    title: 'Connections and the process',
    rows: [
      { text: 'Nothing caps connections: 100 calls at once are 100 connections.', proof: 'nothing-caps-connections' },
      {
        text: 'A `Pool` of pg has 10 clients. When all are out, the next waits without end, unless `connectionTimeoutMillis` is set.',
        proof: 'pg-pool-waits-for-ever',
      },
      {
        text: 'A `MongoClient` has 100 connections. When all are out, the next call waits without end, unless `waitQueueTimeoutMS` is set, in the options or the connection string.',
        proof: 'mongodb-pool-waits-for-ever',
      },
      {
        text: 'A pool of mysql2 has 10 connections. When all are out, the next call waits without end; `queueLimit` turns away those who come when so many wait.',
        proof: 'mysql-pool-waits-for-ever',
      },
      {
        text: 'A pool of mariadb has 10 connections; who finds none gets an error after 10 seconds (`acquireTimeout`).',
        proof: 'mariadb-pool-fails-after-ten-seconds',
      },
      {
        text: 'A driver of Neo4j has 100 connections; who finds none gets an error after 60 seconds (`connectionAcquisitionTimeout`).',
        proof: 'neo4j-pool-fails-after-a-minute',
      },
      {
        text: 'TypeORM hands `poolSize` and `connectTimeoutMS` on to pg, and everything in `extra`.',
        proof: 'typeorm-hands-on-pool-options',
      },
      { text: 'A client of Qdrant has 25 requests in flight (`maxConnections`).', proof: 'qdrant-default-connections' },
      {
        text: 'Each `MultiServerMCPClient` over stdio has a child process, which stays until `close()`.',
        proof: 'mcp-client-keeps-process',
      },
      {
        text: 'A call that nobody awaits and that fails ends Node with exit code 1.',
        proof: 'unawaited-call-ends-process',
      },
      {
        text: 'A call that lost a `Promise.race` against a timer goes on and keeps its place in the queue of the model; with `{ timeout }` in its config it leaves it.',
        proof: 'race-keeps-place',
      },
      {
        text: 'A `runs.wait()` of langgraph-sdk that lost a race keeps its connection, whatever `timeoutMs` the client has; a `signal` beside its input closes it.',
        proof: 'signal-ends-waiting-for-run',
      },
      {
        text: '`setInterval` starts a run whether or not the last one is done: of calls of 500 ms every 50 ms, ten are in flight.',
        proof: 'interval-overlaps',
      },
      {
        text: '`MemorySaver` keeps a state for every step of every turn: 60 turns of 4 KB take more than twenty times their text. Another one, as in the next process, does not find the thread.',
        proof: 'memory-saver-grows',
      },
      {
        text: 'Ten calls of a chain in flight under one `AbortSignal`, or eleven tasks in a step of a graph, bring a `MaxListenersExceededWarning` (1.x).',
        proof: 'max-listeners-warning',
      },
    ],
  },
];
