/** Names that refer to themselves and to one another, as they stand in an editor for a moment: no rule throws. */
import * as parser from '@typescript-eslint/parser';
import type { Linter } from 'eslint';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ALL_RULES, lint } from '../contract/linter.ts';
import { cyclicPrograms, eachLine, javascript, typescript } from './cycles.ts';

const dialects: Readonly<Record<string, readonly [typeof javascript, string, Linter.LanguageOptions]>> = {
  espree: [javascript, 'src/app.js', { ecmaVersion: 'latest', sourceType: 'module' }],
  'typescript-eslint': [[...javascript, ...typescript], 'src/app.ts', { parser }],
};

const numRuns = 300;
/** A slow machine only takes longer, in milliseconds. */
const patience = 300_000;

describe.each(Object.entries(dialects))('%s', (_name, [lines, filename, languageOptions]) => {
  const parses = (text: string): boolean =>
    lint(text, { rules: ALL_RULES, filename, languageOptions }).every(({ fatal }) => !fatal);

  test('each line by itself and with its neighbour', { timeout: patience }, () => {
    const programs = eachLine(lines);
    expect(programs.filter(parses).length / programs.length).toBeGreaterThan(0.8);
  });

  test('many lines at random', { timeout: patience }, () => {
    const parsed: boolean[] = [];
    fc.assert(
      fc.property(cyclicPrograms(lines), (text) => {
        parsed.push(parses(text));
      }),
      { numRuns, seed: 20_261_129 },
    );
    expect(parsed.filter(Boolean).length / parsed.length).toBeGreaterThan(0.6);
  });
});
