/**
 * Programs of one shape at n, 2n, 4n and 8n. What is counted is the steps that all rules take, not the time: a rule
 * that looks at everything again for each thing is seen on any machine.
 */
import { expect, test } from 'vitest';
import { GROWING } from './steps.ts';

/** Far more than the largest program takes on a slow machine: only work that takes no steps is ever so long. */
const patience = 20_000;

/** What each doubling adds, against what n log n would: constants do not count, and small numbers may differ. */
test.each(GROWING)('$name: steps grow by n log n at most', { timeout: patience }, ({ count, sizes }) => {
  const steps = sizes.map(count);
  const [first = 0, second = 0, third = 0] = steps.slice(1).map((each, index) => each - (steps[index] ?? 0));
  expect(second, steps.join(', ')).toBeLessThan(2.6 * first + 500);
  expect(third, steps.join(', ')).toBeLessThan(2.5 * second + 500);
});
