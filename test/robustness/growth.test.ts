/**
 * Programs of one shape at n, 2n, 4n and 8n. What is counted is the steps that all rules take, not the time: a rule
 * that looks at everything again for each thing is seen on any machine.
 */
import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import { expect, test } from 'vitest';
import { getBudget } from '../../src/budget.ts';
import { ALL_RULES, createConfig } from '../contract/linter.ts';
import { SHAPES } from './shapes.ts';

/** Far more than the largest program takes on a slow machine: only work that takes no steps is ever so long. */
const patience = 20_000;

function countSteps(text: string): number {
  const linter = new Linter();
  const config = createConfig({ rules: ALL_RULES, languageOptions: { parser } });
  const messages = linter.verify(text, config, { filename: 'file.ts' });
  expect(messages.filter(({ fatal }) => fatal === true)).toEqual([]);
  return getBudget(linter.getSourceCode().ast).spent;
}

/** What each doubling adds, against what n log n would: constants do not count, and small numbers may differ. */
test.each(SHAPES)('$name: steps grow by n log n at most', { timeout: patience }, ({ n, write }) => {
  const steps = [n, 2 * n, 4 * n, 8 * n].map((size) => countSteps(write(size)));
  const [first = 0, second = 0, third = 0] = steps.slice(1).map((each, index) => each - (steps[index] ?? 0));
  expect(second, steps.join(', ')).toBeLessThan(2.6 * first + 500);
  expect(third, steps.join(', ')).toBeLessThan(2.5 * second + 500);
});
