// Written from the folder rules/ by `npm run generate`.
import type { Rule } from './create-rule.ts';
import noBlockingInHandler from '../rules/no-blocking-in-handler.ts';
import noClientInHandler from '../rules/no-client-in-handler.ts';
import noClientInLoop from '../rules/no-client-in-loop.ts';
import noDiscardedBuilder from '../rules/no-discarded-builder.ts';
import noIneffectiveConfig from '../rules/no-ineffective-config.ts';
import noLowTimeout from '../rules/no-low-timeout.ts';
import noUnawaitedCall from '../rules/no-unawaited-call.ts';
import noUnboundedConcurrency from '../rules/no-unbounded-concurrency.ts';
import preferCachedEmbeddings from '../rules/prefer-cached-embeddings.ts';
import preferEmbedDocuments from '../rules/prefer-embed-documents.ts';
import requireMaxConcurrency from '../rules/require-max-concurrency.ts';
import validMaxConcurrency from '../rules/valid-max-concurrency.ts';

export const rules: Readonly<Record<string, Rule>> = {
  'no-blocking-in-handler': noBlockingInHandler,
  'no-client-in-handler': noClientInHandler,
  'no-client-in-loop': noClientInLoop,
  'no-discarded-builder': noDiscardedBuilder,
  'no-ineffective-config': noIneffectiveConfig,
  'no-low-timeout': noLowTimeout,
  'no-unawaited-call': noUnawaitedCall,
  'no-unbounded-concurrency': noUnboundedConcurrency,
  'prefer-cached-embeddings': preferCachedEmbeddings,
  'prefer-embed-documents': preferEmbedDocuments,
  'require-max-concurrency': requireMaxConcurrency,
  'valid-max-concurrency': validMaxConcurrency,
};
