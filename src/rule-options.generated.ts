// Written from the schemas of the rules by `npm run generate`.
import type { Linter } from 'eslint'
export interface RuleOptions {
  /**
   * require limits that keep all processes together within `settings.langchain.budget`
   */
  'langchain/concurrency-budget'?: Linter.RuleEntry<[]>
  /**
   * disallow timeouts that give up on a call without ending it
   */
  'langchain/no-abandoned-call'?: Linter.RuleEntry<[]>
  /**
   * disallow blocking calls in request handlers, tools and graph nodes
   */
  'langchain/no-blocking-in-handler'?: Linter.RuleEntry<LangchainNoBlockingInHandler>
  /**
   * disallow rebuilding clients for each request, job, tool call or graph step
   */
  'langchain/no-client-in-handler'?: Linter.RuleEntry<LangchainNoClientInHandler>
  /**
   * disallow rebuilding the same client for each item of a loop
   */
  'langchain/no-client-in-loop'?: Linter.RuleEntry<[]>
  /**
   * disallow discarding the result of `bindTools`, `withConfig` and other builders
   */
  'langchain/no-discarded-builder'?: Linter.RuleEntry<[]>
  /**
   * disallow in-memory checkpointers, stores and chat histories in handlers
   */
  'langchain/no-in-memory-checkpointer'?: Linter.RuleEntry<[]>
  /**
   * disallow embedding and writing documents in requests that wait for an answer
   */
  'langchain/no-indexing-in-handler'?: Linter.RuleEntry<[]>
  /**
   * disallow settings that LangChain ignores where they are written
   */
  'langchain/no-ineffective-config'?: Linter.RuleEntry<[]>
  /**
   * disallow searches that return too many documents
   */
  'langchain/no-large-k'?: Linter.RuleEntry<LangchainNoLargeK>
  /**
   * disallow timeouts that are too low for a model call or written in the wrong unit
   */
  'langchain/no-low-timeout'?: Linter.RuleEntry<LangchainNoLowTimeout>
  /**
   * disallow intervals and cron jobs that start calls before the previous ones have finished
   */
  'langchain/no-overlapping-interval'?: Linter.RuleEntry<[]>
  /**
   * disallow retries around calls that already retry
   */
  'langchain/no-stacked-retries'?: Linter.RuleEntry<[]>
  /**
   * disallow remote calls that are not awaited
   */
  'langchain/no-unawaited-call'?: Linter.RuleEntry<[]>
  /**
   * disallow starting a remote call for every element of a list at once
   */
  'langchain/no-unbounded-concurrency'?: Linter.RuleEntry<LangchainNoUnboundedConcurrency>
  /**
   * disallow embedding the same texts in every request, and embedding caches that cache nothing
   */
  'langchain/prefer-cached-embeddings'?: Linter.RuleEntry<[]>
  /**
   * require a single `embedDocuments()` call instead of embedding the texts of a list one by one
   */
  'langchain/prefer-embed-documents'?: Linter.RuleEntry<[]>
  /**
   * require `maxConcurrency` on models that all requests share
   */
  'langchain/require-client-limit'?: Linter.RuleEntry<LangchainRequireClientLimit>
  /**
   * require `maxConcurrency` where one call starts many
   */
  'langchain/require-max-concurrency'?: Linter.RuleEntry<LangchainRequireMaxConcurrency>
  /**
   * require a maximum size and a wait timeout for the connection pools of stores, checkpointers and chat histories
   */
  'langchain/require-pool-limits'?: Linter.RuleEntry<[]>
  /**
   * require handlers to pass on the signal of their request to the model
   */
  'langchain/require-signal-forwarding'?: Linter.RuleEntry<[]>
  /**
   * require a timeout for models
   */
  'langchain/require-timeout'?: Linter.RuleEntry<[]>
  /**
   * disallow values of `maxConcurrency` that throw, hang, or make a graph drop work
   */
  'langchain/valid-max-concurrency'?: Linter.RuleEntry<[]>
}
/* ======= Declarations ======= */
// ----- langchain/no-blocking-in-handler -----
type LangchainNoBlockingInHandler = []|[{
  methods?: string[]
  allow?: string[]
}]
// ----- langchain/no-client-in-handler -----
type LangchainNoClientInHandler = []|[{
  resources?: ("pools" | "stores" | "limitedModels" | "models")[]
  handlers?: ({
    module: string
    name: string
  } | {
    decorator: string
  })[]
}]
// ----- langchain/no-large-k -----
type LangchainNoLargeK = []|[{
  maximum?: number
  maximumFetchK?: number
}]
// ----- langchain/no-low-timeout -----
type LangchainNoLowTimeout = []|[{
  minimum?: number
  minimumForEmbeddings?: number
}]
// ----- langchain/no-unbounded-concurrency -----
type LangchainNoUnboundedConcurrency = []|[{
  maxConcurrency?: number
  maxLiteral?: number
  limiters?: {
    module: string
    name: string
  }[]
}]
// ----- langchain/require-client-limit -----
type LangchainRequireClientLimit = []|[{
  maxConcurrency?: number
}]
// ----- langchain/require-max-concurrency -----
type LangchainRequireMaxConcurrency = []|[{
  maxConcurrency?: number
  maxLiteral?: number
}]