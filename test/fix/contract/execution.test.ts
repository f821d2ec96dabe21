import { describe, expect, test } from 'vitest';
import { useProvider } from '../../proof/prove.ts';
import type { Received, Treatment } from '../../proof/server/provider.ts';
import { ask, FAILING, type Program, programs } from './programs.ts';
import { findRewrites, type Source } from './rewrites.ts';
import { measure, type Measurement } from './runner.ts';

/** Milliseconds without a request after which what is in flight is answered. */
const QUIET = 40;

describe.each(programs.map((program) => [getTitle(program), program] as const))('%s', (_title, program) => {
  const [applied = '', ...others] = findApplied(program);

  test('is offered once', () => {
    expect(applied).not.toBe('');
    expect(others).toEqual([]);
  });

  test(program.mends === true ? 'mends it' : 'keeps values and order, and does what was promised', async () => {
    // The later a request comes, the earlier it is answered.
    const { before, after } = await runBoth(program, applied, (request) => ({
      delay: Math.max(0, 40 - 5 * request.index),
      hold: QUIET,
      ...treat(program, request),
    }));
    if (program.mends !== true) {
      expect(before.outcome).toHaveProperty('values');
      expect(after.outcome).toEqual(before.outcome);
      expect(getTexts(after)).toEqual(getTexts(before));
    }
    expect(program.effect({ before, after }), `${show(before)}, then ${show(after)}`).toBe(true);
  });

  if (program.run === ask) {
    test('gives the same for no questions', async () => {
      const { before, after } = await runBoth({ ...program, run: ({ run }) => run?.([]) }, applied, () => ({}));
      expect(before.outcome).toHaveProperty('values');
      expect(after.outcome).toEqual(before.outcome);
    });
  }

  if (program.mends === true || program.cannotFail === true) return;
  test('fails alike when one call fails', async () => {
    const { before, after } = await runBoth(program, applied, (request) =>
      request.prompt.includes(FAILING) ? { status: 400 } : treat(program, request),
    );
    expect(JSON.stringify(before.outcome)).toContain('Error');
    expect(after.outcome).toEqual(before.outcome);
  });
});

test('the error that `.catch()` handles is printed', async () => {
  const program = programs.find(({ suggestion }) => suggestion === 'catch');
  if (!program) throw new Error('No program has the suggestion.');
  const [applied = ''] = findApplied(program);
  const { outcome, console } = await measure('v1', await useProvider(), applied, program.run, { status: 400 });
  expect(outcome).toEqual({ values: undefined });
  expect(console.join('\n')).toMatch(/^done\n.*400/u);
});

function getTitle({ name, rule, suggestion = 'fix' }: Program): string {
  return `${rule}, ${suggestion}: ${name}`;
}

/** What the provider was asked, however many texts went into one request. */
function getTexts({ prompts }: Measurement): readonly string[] {
  return prompts.flatMap((prompt) => prompt.split('\n')).toSorted();
}

function treat({ treatment = {} }: Program, request: Received): Treatment {
  return typeof treatment === 'function' ? treatment(request) : treatment;
}

async function runBoth(
  program: Program,
  applied: string,
  treatment: (request: Received) => Treatment,
): Promise<{ readonly before: Measurement; readonly after: Measurement }> {
  const provider = await useProvider();
  const before = await measure('v1', provider, program.code, program.run, treatment);
  return { before, after: await measure('v1', provider, applied, program.run, treatment) };
}

function findApplied({
  code,
  filename = 'program.ts',
  options,
  rule,
  settings,
  suggestion,
}: Program): readonly string[] {
  const source: Source = {
    name: rule,
    filename,
    text: code,
    rules: { [`langchain/${rule}`]: options ? ['error', options] : 'error' },
    ...(settings ? { settings } : {}),
  };
  return findRewrites(source)
    .filter(
      (rewrite) =>
        rewrite.messageId === (suggestion ?? null) &&
        rewrite.kind === (suggestion === undefined ? 'fix' : 'suggestion'),
    )
    .map(({ text }) => text);
}

function show({ built, outcome, peak }: Measurement): string {
  return `${peak} in flight, built ${JSON.stringify(built)}, ${JSON.stringify(outcome).slice(0, 400)}`;
}
