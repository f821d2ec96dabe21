import { defineConfig } from 'vitest/config';

/** The tests that a mutant must survive: those of the source itself, without proofs, packages and long runs. */
export default defineConfig({
  test: {
    include: [
      'test/{clients,concurrency,config,embeddings,facts,flow,handlers,langchain,project,rules,trace}/**/*.test.ts',
      'test/fix/{*,hoist/*}.test.ts',
      'test/settings.test.ts',
      'test/debug.test.ts',
    ],
    exclude: ['**/node_modules/**', 'test/**/fixtures/**', 'test/project/cost.test.ts'],
    pool: 'threads',
    maxWorkers: 1,
    testTimeout: 60_000,
  },
});
