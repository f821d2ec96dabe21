import assert from 'node:assert/strict';
import { Linter } from 'eslint';
import { ALL_RULES, createConfig, lint } from '../contract/linter.ts';
import type { Source } from './generator.ts';

/** What the rules had to say about a text. */
export interface Outcome {
  readonly isParsed: boolean;
  readonly rules: readonly string[];
  readonly fixes: number;
  readonly suggestions: number;
}

/**
 * Lints a text with every rule, which must not throw; applies each fix and suggestion by itself, and all fixes
 * together: what comes out must parse and hold every comment, and a second run must change nothing more.
 */
export function check({ filename, languageOptions, settings, text }: Source): Outcome {
  const options = { rules: ALL_RULES, filename, languageOptions, settings };
  const messages = lint(text, options);
  const isParsed = messages.every(({ fatal }) => !fatal);
  const fixes = messages.flatMap(({ fix }) => (fix ? [fix] : []));
  const suggestions = messages.flatMap((message) => (message.suggestions ?? []).map(({ fix }) => fix));
  for (const rewrite of [...fixes, ...suggestions]) {
    expectIntact(text, text.slice(0, rewrite.range[0]) + rewrite.text + text.slice(rewrite.range[1]), options);
  }
  if (fixes.length > 0) {
    const fixed = fixAll(text, options);
    expectIntact(text, fixed, options);
    assert.equal(fixAll(fixed, options), fixed, 'The fixes do not settle.');
  }
  return {
    isParsed,
    rules: messages.flatMap(({ ruleId }) => ruleId ?? []),
    fixes: fixes.length,
    suggestions: suggestions.length,
  };
}

type Options = Parameters<typeof createConfig>[0] & { readonly filename: string };

function expectIntact(before: string, after: string, options: Options): void {
  const fatal = new Linter()
    .verify(after, { ...createConfig(options), rules: {} }, { filename: options.filename })
    .find((message) => message.fatal);
  assert.equal(fatal, undefined, `Does not parse (${fatal?.message ?? ''}):\n${after}`);
  assert.ok(countNotes(after) >= countNotes(before), `A comment is lost:\n${after}`);
}

/** The comments that the generator writes. */
function countNotes(text: string): number {
  return text.split(/\/\* note \*\/|\/\/ note\n/u).length;
}

function fixAll(text: string, options: Options): string {
  return new Linter().verifyAndFix(text, createConfig(options), { filename: options.filename }).output;
}
