import { afterAll, beforeAll, expect, test } from 'vitest';
import { createProject, type Fixed, type Project, type Run } from './end-to-end/run.ts';

const SUMMARIES = Array.from({ length: 200 }, (_each, index) => `echo Summarize in one sentence: review ${index}`);

let project: Project;
let unfixed: Run;
let fix: Fixed;
let fixed: Run;

beforeAll(async () => {
  project = createProject();
  unfixed = await project.run();
  fix = await project.fix();
  fixed = await project.run();
});
afterAll(() => project.remove());

test('the program sends all 200 calls at once and fails with the error of the guide', () => {
  expect(unfixed).toMatchObject({
    exitCode: 1,
    output: [],
    errors: expect.stringContaining('Request timed out.') as string,
  });
  // The first are answered before the last have arrived.
  expect(unfixed.peak).toBeGreaterThan(100);
  expect(unfixed.failures).toBeGreaterThan(10);
});

test('eslint --fix with the recommended preset rewrites it, and leaves nothing to report', () => {
  expect(fix.messages.map(({ ruleId }) => ruleId)).toEqual(['langchain/no-unbounded-concurrency']);
  expect(fix.after).not.toBe(fix.before);
  expect(fix.after).toContain('.batch(');
  expect(fix.remaining).toEqual([]);
});

test('the fixed program finishes all 200, in order, with five in flight', () => {
  expect(fixed).toMatchObject({ exitCode: 0, output: SUMMARIES, errors: '', peak: 5, failures: 0 });
});
