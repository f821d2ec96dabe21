import { defineConfig } from 'vitest/config';

const exclude = ['**/node_modules/**', 'test/**/fixtures/**'];
/**
 * What runs LangChain replaces `fetch` and other globals, which clients keep; what collects the cases of the rules'
 * tests loads them without running them; what lints whole projects lets the disk be watched in many places; adopted
 * suggestions make rules fixable for the process; and how often a file is read depends on what else is kept.
 */
const apart = [
  'test/{proof,demo,oxlint,projects}/**/*.test.ts',
  'test/fix/contract/**/*.test.ts',
  'test/adoption.test.ts',
  'test/project/cost.test.ts',
];

export default defineConfig({
  test: {
    pool: 'threads',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      { extends: true, test: { name: 'apart', include: apart, exclude } },
      // Loading the parser and TypeScript anew takes each file three seconds.
      {
        extends: true,
        test: { name: 'together', include: ['test/**/*.test.ts'], exclude: [...exclude, ...apart], isolate: false },
      },
    ],
  },
});
