/** Four times the code takes about four times the time; were a rule quadratic, it would take sixteen. */
import * as parser from '@typescript-eslint/parser';
import { describe, expect, test } from 'vitest';
import { ALL_RULES, lint } from '../contract/linter.ts';
import { HEAD } from './soup.ts';

const LINES_OF_A_BLOCK = 10;

function writeBlocks(lines: number): string {
  return Array.from({ length: lines / LINES_OF_A_BLOCK }, (_, index) => `
export async function answer${index}(questions: string[]) {
  const prompt${index} = ChatPromptTemplate.fromTemplate('{x}');
  const answers = await Promise.all(questions.map((question) => prompt${index}.pipe(model).invoke({ x: question })));
  for (const question of questions) {
    const client = new ChatOpenAI({ timeout: 30_000, model: 'gpt-4o' });
    answers.push(await client.invoke(question));
  }
  return answer${Math.max(0, index - 1)}(questions).then((others) => [...others, ...answers]);
}`).join('');
}

const SHAPES: Readonly<Record<string, { readonly size: number; readonly write: (size: number) => string }>> = {
  'a file of 20,000 lines': { size: 20_000, write: writeBlocks },
  '5,000 calls one after another on a value': { size: 5_000, write: (size) => `model${'.pipe(chain)'.repeat(size)}.batch(questions);` },
  // At 5,000 the parser's own stack overflows; at a few hundred a trace reaches its greatest depth, from where on a call costs the same.
  "2,000 calls in each other's arguments": { size: 2_000, write: (size) => `${'RunnableSequence.from('.repeat(size)}model${')'.repeat(size)}.batch(questions);` },
};

function measure(text: string): { readonly seconds: number; readonly reports: number } {
  const seconds: number[] = [];
  let reports = 0;
  for (let run = 0; run < 3; run += 1) {
    const started = performance.now();
    const messages = lint(text, { rules: ALL_RULES, filename: 'file.ts', languageOptions: { parser } });
    seconds.push((performance.now() - started) / 1000);
    expect(messages.filter(({ fatal }) => fatal)).toEqual([]);
    reports = messages.length;
  }
  return { seconds: Math.min(...seconds), reports };
}

describe.each(Object.entries(SHAPES))('%s', (_shape, { size, write }) => {
  test('takes at most twelve times as long as a quarter of it', () => {
    const quarter = measure(HEAD + write(size / 4));
    const whole = measure(HEAD + write(size));
    expect(whole.reports).toBeGreaterThan(0);
    expect(whole.seconds / quarter.seconds).toBeLessThan(12);
  });
});
