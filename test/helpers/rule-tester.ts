import assert from 'node:assert/strict';
import { isAbsolute, parse } from 'node:path';
import * as parser from '@typescript-eslint/parser';
import {
  type InvalidTestCase,
  RuleTester,
  type RuleTesterConfig,
  type ValidTestCase,
} from '@typescript-eslint/rule-tester';
import type { Rule as ESLintRule } from 'eslint';
import { Linter } from 'eslint';
import * as vitest from 'vitest';
import type { Rule } from '../../src/create-rule.ts';

RuleTester.afterAll = vitest.afterAll;
RuleTester.describe = vitest.describe;
RuleTester.it = vitest.it;
RuleTester.itOnly = vitest.it.only;

interface Named<Options extends readonly unknown[]> {
  /** What the case shows. */
  readonly name: string;
  /** The options as a user writes them: those left out have their defaults. */
  readonly options?: { readonly [Index in keyof Options]?: Partial<Options[Index]> };
}

export type Valid<Options extends readonly unknown[]> = Named<Options> &
  Omit<ValidTestCase<readonly unknown[]>, 'name' | 'options'>;
export type Invalid<MessageIds extends string, Options extends readonly unknown[]> = Named<Options> &
  Omit<InvalidTestCase<MessageIds, readonly unknown[]>, 'name' | 'options'>;

export interface Cases<MessageIds extends string, Options extends readonly unknown[]> {
  readonly valid: readonly Valid<Options>[];
  readonly invalid: readonly Invalid<MessageIds, Options>[];
}

/**
 * The RuleTester of this project. A case is TypeScript (`file.ts`) parsed without type information unless it sets
 * `filename` or `languageOptions`; errors state all four location fields (see `locate`) and their `data`; names are
 * unique. For each invalid case that is rewritten, a second test holds the fixes and suggestions to the contract in
 * `assertRewrites`.
 */
export class StrictRuleTester {
  readonly #tester: RuleTester;

  constructor(config: RuleTesterConfig = {}) {
    this.#tester = new RuleTester(config);
  }

  run<Options extends readonly unknown[], MessageIds extends string>(
    rule: Rule<Options, MessageIds>,
    cases: Cases<MessageIds, Options>,
  ): void {
    assertNamed([...cases.valid, ...cases.invalid]);
    this.#tester.run<MessageIds, readonly unknown[]>(rule.name, rule, {
      assertionOptions: { requireData: true, requireLocation: true },
      valid: cases.valid,
      invalid: cases.invalid,
    });
    const rewritten = cases.invalid.filter(
      ({ errors, output }) =>
        (output !== undefined && output !== null) || errors.some(({ suggestions }) => (suggestions?.length ?? 0) > 0),
    );
    if (rewritten.length === 0) return;
    vitest.describe(`${rule.name}: rewrites`, () => {
      for (const testCase of rewritten) {
        vitest.it(testCase.name, () => {
          assertRewrites(rule, testCase);
        });
      }
    });
  }
}

function assertNamed(cases: readonly { readonly name: string }[]): void {
  const names = new Set<string>();
  for (const { name } of cases) {
    assert.notEqual(name, '', 'A test case needs a name.');
    assert.ok(!names.has(name), `Two test cases are named "${name}".`);
    names.add(name);
  }
}

/**
 * What each fix and each suggestion, applied alone, must hold: the result parses, no comment is lost, and the report
 * that offered it is gone (the same message text is reported less often than before). All fixes together reach a text
 * that they no longer change.
 */
export function assertRewrites<Options extends readonly unknown[], MessageIds extends string>(
  rule: Rule<Options, MessageIds>,
  testCase: Invalid<MessageIds, Options>,
): void {
  const filename =
    testCase.filename ??
    (testCase.languageOptions?.parserOptions?.ecmaFeatures?.jsx === true ? 'react.tsx' : 'file.ts');
  const linter = new Linter(isAbsolute(filename) ? { cwd: parse(filename).root } : {});
  const config: Linter.Config = {
    files: ['**'],
    plugins: { rule: { rules: { [rule.name]: rule as unknown as ESLintRule.RuleModule } } },
    rules: { [`rule/${rule.name}`]: ['error', ...((testCase.options ?? []) as readonly unknown[])] },
    languageOptions: { parser, ...(testCase.languageOptions as Linter.LanguageOptions | undefined) },
    settings: testCase.settings ?? {},
  };
  const lint = (text: string): Linter.LintMessage[] => linter.verify(text, config, { filename });
  const comments = (text: string): string[] => {
    lint(text);
    return linter
      .getSourceCode()
      .getAllComments()
      .map(({ value }) => value.trim());
  };

  const source = testCase.code;
  const messages = lint(source);
  const commentsBefore = comments(source);
  for (const message of messages) {
    const offers = [
      ...(message.fix ? [{ what: 'the fix', fix: message.fix }] : []),
      ...(message.suggestions ?? []).map(({ desc, fix }) => ({ what: `the suggestion "${desc}"`, fix })),
    ];
    for (const { what, fix } of offers) {
      const rewritten = source.slice(0, fix.range[0]) + fix.text + source.slice(fix.range[1]);
      const context = `${what} of "${message.message}" gives:\n${rewritten}`;
      const after = lint(rewritten);
      const fatal = after.find((other) => other.fatal);
      assert.equal(fatal, undefined, `Does not parse (${fatal?.message ?? ''}): ${context}`);
      const kept = comments(rewritten);
      for (const comment of commentsBefore) {
        const index = kept.indexOf(comment);
        assert.notEqual(index, -1, `The comment "${comment}" is lost: ${context}`);
        kept.splice(index, 1);
      }
      const count = (all: readonly Linter.LintMessage[]): number =>
        all.filter((other) => other.message === message.message).length;
      assert.ok(count(after) < count(messages), `The report stays: ${context}`);
    }
  }
  const fixed = linter.verifyAndFix(source, config, { filename }).output;
  const again = linter.verifyAndFix(fixed, config, { filename });
  assert.equal(again.output, fixed, 'The fixes do not settle.');
}
