/**
 * Programs at random, in every dialect. A failure prints the seed and the smallest program; `npm run soak` looks for
 * more.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rules } from '../../src/rules.generated.ts';
import { check, type Outcome } from './check.ts';
import { dialects, programs, writeProgram } from './generator.ts';
import { type Form, grammar } from './grammar.ts';

const numRuns = 50;
/** A slow machine only takes longer, in milliseconds. */
const patience = 300_000;

const outcomes: Outcome[] = [];
const used = new Set<Form>();

describe.each(dialects.map((dialect) => [dialect.name, dialect] as const))('%s', (_name, dialect) => {
  test(
    'no rule throws, what is offered parses, fixes settle',
    () => {
      fc.assert(
        fc.property(programs, (program) => {
          outcomes.push(check(writeProgram(program, dialect, used)));
        }),
        { numRuns, seed: 20_261_127 },
      );
    },
    patience,
  );
});

describe('the programs are worth their time', () => {
  const share = (isSo: (outcome: Outcome) => boolean): number => outcomes.filter(isSo).length / outcomes.length;

  test('nearly all of them parse', () => {
    expect(share(({ isParsed }) => isParsed)).toBeGreaterThan(0.9);
  });

  test('many have reports, suggestions and fixes', () => {
    expect(share(({ rules: reported }) => reported.length > 0)).toBeGreaterThan(0.6);
    expect(share(({ suggestions }) => suggestions > 0)).toBeGreaterThan(0.5);
    expect(share(({ fixes }) => fixes > 0)).toBeGreaterThan(0.2);
  });

  test.each(Object.keys(rules))('%s reports something', (name) => {
    expect(outcomes.filter(({ rules: reported }) => reported.includes(`langchain/${name}`)).length).toBeGreaterThan(0);
  });

  test('nearly every form is in one of them', () => {
    const forms = Object.values(grammar).flatMap((kind) => [...kind.leaves, ...kind.forms]);
    expect(forms.filter((each) => used.has(each)).length / forms.length).toBeGreaterThan(0.9);
  });
});
