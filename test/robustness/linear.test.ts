/** Four times the code takes about four times the time; were a rule quadratic, it would take sixteen. */
import * as parser from '@typescript-eslint/parser';
import { ESLint } from 'eslint';
import { describe, expect, test } from 'vitest';
import { ALL_RULES, createConfig } from '../contract/linter.ts';
import { HEAD } from './soup.ts';

const LINES_OF_A_BLOCK = 10;
const runs = 2;

function writeBlocks(lines: number): string {
  return Array.from(
    { length: lines / LINES_OF_A_BLOCK },
    (_, index) => `
export async function answer${index}(questions: string[]) {
  const prompt${index} = ChatPromptTemplate.fromTemplate('{x}');
  const answers = await Promise.all(questions.map((question) => prompt${index}.pipe(model).invoke({ x: question })));
  for (const question of questions) {
    const client = new ChatOpenAI({ timeout: 30_000, model: 'gpt-4o' });
    answers.push(await client.invoke(question));
  }
  return answer${Math.max(0, index - 1)}(questions).then((others) => [...others, ...answers]);
}`,
  ).join('');
}

const SHAPES: Readonly<Record<string, { readonly size: number; readonly write: (size: number) => string }>> = {
  'a file of 10,000 lines': { size: 10_000, write: writeBlocks },
  // At 5,000 the parser's own stack overflows now and then.
  '4,000 calls one after another on a value': {
    size: 4_000,
    write: (size) => `model${'.pipe(chain)'.repeat(size)}.batch(questions);`,
  },
  // At 5,000 the parser's own stack overflows; at a few hundred a trace reaches its greatest depth, from where on a
  // call costs the same.
  "2,000 calls in each other's arguments": {
    size: 2_000,
    write: (size) => `${'RunnableSequence.from('.repeat(size)}model${')'.repeat(size)}.batch(questions);`,
  },
};

/**
 * The time of the rules alone, in milliseconds, the least of several runs: the parser and ESLint's own walk are not
 * ours to keep linear.
 */
async function measure(text: string): Promise<{ readonly time: number; readonly reports: number }> {
  const eslint = new ESLint({
    overrideConfigFile: true,
    overrideConfig: createConfig({ rules: ALL_RULES, languageOptions: { parser } }),
    stats: true,
  });
  const times: number[] = [];
  let reports = 0;
  for (let run = 0; run < runs; run += 1) {
    const [result] = await eslint.lintText(text, { filePath: 'file.ts' });
    expect(result?.fatalErrorCount).toBe(0);
    reports = result?.messages.length ?? 0;
    times.push(Object.values(result?.stats?.times.passes[0]?.rules ?? {}).reduce((sum, { total }) => sum + total, 0));
  }
  return { time: Math.min(...times), reports };
}

// A busy machine may spoil one comparison; a quadratic rule fails each of them.
describe.each(Object.entries(SHAPES))('%s', { retry: 2, timeout: 180_000 }, (_shape, { size, write }) => {
  test('takes at most twelve times as long as a quarter of it', async () => {
    const quarter = await measure(HEAD + write(size / 4));
    const whole = await measure(HEAD + write(size));
    expect(quarter.time).toBeGreaterThan(0);
    expect(whole.reports).toBeGreaterThan(0);
    expect(whole.time / quarter.time).toBeLessThan(12);
  });
});
