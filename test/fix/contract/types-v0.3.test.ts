import { describeTypes } from './contract.ts';
import { readModules } from './rewrites.ts';

/** What is rewritten in these has the same types in all versions. */
const SAME = new Set(['modules/handlers.ts', 'modules/limiters.ts', 'modules/timeouts.ts']);

describeTypes(
  'v0.3',
  readModules('modules').filter(({ name }) => !SAME.has(name)),
);
