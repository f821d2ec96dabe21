// Written from the folder rules/ by `npm run generate`.
import type { Rule } from './create-rule.ts';
import concurrencyBudget from '../rules/concurrency-budget.ts';
import noAbandonedCall from '../rules/no-abandoned-call.ts';
import noBlockingInHandler from '../rules/no-blocking-in-handler.ts';
import noClientInHandler from '../rules/no-client-in-handler.ts';
import noClientInLoop from '../rules/no-client-in-loop.ts';
import noDiscardedBuilder from '../rules/no-discarded-builder.ts';
import noInMemoryCheckpointer from '../rules/no-in-memory-checkpointer.ts';
import noIndexingInHandler from '../rules/no-indexing-in-handler.ts';
import noIneffectiveConfig from '../rules/no-ineffective-config.ts';
import noLargeK from '../rules/no-large-k.ts';
import noLowTimeout from '../rules/no-low-timeout.ts';
import noOverlappingInterval from '../rules/no-overlapping-interval.ts';
import noStackedRetries from '../rules/no-stacked-retries.ts';
import noUnawaitedCall from '../rules/no-unawaited-call.ts';
import noUnboundedConcurrency from '../rules/no-unbounded-concurrency.ts';
import preferCachedEmbeddings from '../rules/prefer-cached-embeddings.ts';
import preferEmbedDocuments from '../rules/prefer-embed-documents.ts';
import requireClientLimit from '../rules/require-client-limit.ts';
import requireMaxConcurrency from '../rules/require-max-concurrency.ts';
import requirePoolLimits from '../rules/require-pool-limits.ts';
import requireSignalForwarding from '../rules/require-signal-forwarding.ts';
import requireTimeout from '../rules/require-timeout.ts';
import validMaxConcurrency from '../rules/valid-max-concurrency.ts';

export const rules: Readonly<Record<string, Rule>> = {
  'concurrency-budget': concurrencyBudget,
  'no-abandoned-call': noAbandonedCall,
  'no-blocking-in-handler': noBlockingInHandler,
  'no-client-in-handler': noClientInHandler,
  'no-client-in-loop': noClientInLoop,
  'no-discarded-builder': noDiscardedBuilder,
  'no-in-memory-checkpointer': noInMemoryCheckpointer,
  'no-indexing-in-handler': noIndexingInHandler,
  'no-ineffective-config': noIneffectiveConfig,
  'no-large-k': noLargeK,
  'no-low-timeout': noLowTimeout,
  'no-overlapping-interval': noOverlappingInterval,
  'no-stacked-retries': noStackedRetries,
  'no-unawaited-call': noUnawaitedCall,
  'no-unbounded-concurrency': noUnboundedConcurrency,
  'prefer-cached-embeddings': preferCachedEmbeddings,
  'prefer-embed-documents': preferEmbedDocuments,
  'require-client-limit': requireClientLimit,
  'require-max-concurrency': requireMaxConcurrency,
  'require-pool-limits': requirePoolLimits,
  'require-signal-forwarding': requireSignalForwarding,
  'require-timeout': requireTimeout,
  'valid-max-concurrency': validMaxConcurrency,
};
