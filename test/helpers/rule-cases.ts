import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Linter } from 'eslint';
import { vi } from 'vitest';
import type { Rule } from '../../src/create-rule.ts';
import type { Cases } from './rule-tester.ts';

/** A case of a rule's tests, as a module to lint. */
export interface RuleCase {
  /** `rule: name of the case`. */
  readonly name: string;
  readonly filename: string;
  readonly text: string;
  /** The rule, with the options of the case. */
  readonly rules: Linter.RulesRecord;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly languageOptions?: Linter.LanguageOptions;
  readonly isValid: boolean;
}

const folder = path.join(import.meta.dirname, '../rules');

/**
 * The cases of all rule tests, which are not run.
 * @throws {Error} When a test gives none: it was loaded before, and is not evaluated anew.
 */
export async function collectRuleCases(): Promise<readonly RuleCase[]> {
  const collected: RuleCase[] = [];
  vi.doMock('./rule-tester.ts', () => ({
    StrictRuleTester: class {
      run(rule: Rule, { valid, invalid }: Cases<string, readonly unknown[]>): void {
        const all = [
          ...valid.map((one) => ({ ...one, isValid: true })),
          ...invalid.map((one) => ({ ...one, isValid: false })),
        ];
        for (const { code, filename, isValid, languageOptions, name, options = [], settings } of all) {
          collected.push({
            name: `${rule.name}: ${name}`,
            filename:
              filename ?? (languageOptions?.parserOptions?.ecmaFeatures?.jsx === true ? 'react.tsx' : 'file.ts'),
            text: code,
            rules: { [`langchain/${rule.name}`]: ['error', ...(options as readonly unknown[])] },
            ...(settings ? { settings } : {}),
            ...(languageOptions ? { languageOptions: languageOptions as Linter.LanguageOptions } : {}),
            isValid,
          });
        }
      }
    },
  }));
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.test.ts'))) {
    const before = collected.length;
    await import(path.join(folder, file));
    if (collected.length === before) throw new Error(`No cases in ${file}.`);
  }
  vi.doUnmock('./rule-tester.ts');
  return collected;
}
