import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Linter } from 'eslint';
import { vi } from 'vitest';
import type { Rule } from '../../../src/create-rule.ts';
import type { Cases } from '../../helpers/rule-tester.ts';
import type { Source } from './rewrites.ts';

const folder = path.join(import.meta.dirname, '../../rules');

/** Further forms of import change no type, or have none. */
const IMPORT_FORM = /import form: (?!named$|namespace$)/u;

/** The invalid cases of the rule tests, as modules to lint with the options of the case. */
export async function collectRuleCases(): Promise<readonly Source[]> {
  const sources: Source[] = [];
  vi.doMock('../../helpers/rule-tester.ts', () => ({
    StrictRuleTester: class {
      run(rule: Rule, { invalid }: Cases<string, readonly unknown[]>): void {
        for (const { code, filename, languageOptions, name, options = [], settings } of invalid) {
          if (IMPORT_FORM.test(name)) continue;
          sources.push({
            name: `${rule.name}: ${name}`,
            filename: filename ?? (languageOptions?.parserOptions?.ecmaFeatures?.jsx === true ? 'react.tsx' : 'file.ts'),
            text: code,
            rules: { [`langchain/${rule.name}`]: ['error', ...(options as readonly unknown[])] },
            ...(settings ? { settings } : {}),
            ...(languageOptions ? { languageOptions: languageOptions as Linter.LanguageOptions } : {}),
          });
        }
      }
    },
  }));
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.test.ts'))) await import(path.join(folder, file));
  vi.doUnmock('../../helpers/rule-tester.ts');
  return sources;
}
