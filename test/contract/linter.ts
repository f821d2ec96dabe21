import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import plugin from '../../src/index.ts';

export interface LintOptions {
  readonly filename?: string;
  readonly rules: NonNullable<Linter.Config['rules']>;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly languageOptions?: Linter.LanguageOptions;
}

/** The flat config that lints any file name with the plugin as it stands in `src`. */
export function createConfig({ rules, settings, languageOptions }: LintOptions): Linter.Config {
  return {
    files: ['**'],
    plugins: { [plugin.meta.namespace]: plugin },
    rules,
    settings: settings ?? {},
    languageOptions: languageOptions ?? { parser, parserOptions: { ecmaFeatures: { jsx: true } } },
  };
}

/**
 * Lints a text.
 * @throws {Error} What a rule throws; ESLint has added the rule's name and the line. Without the AST that ESLint's
 *   own error carries, which a failing test would print.
 */
export function lint(text: string, options: LintOptions): Linter.LintMessage[] {
  try {
    return new Linter().verify(text, createConfig(options), { filename: options.filename ?? 'file.tsx' });
  } catch (error) {
    throw new Error(
      error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 8).join('\n') : String(error),
    );
  }
}

/** Every rule of the plugin, with its defaults. */
export const ALL_RULES: LintOptions['rules'] = Object.fromEntries(
  Object.keys(plugin.rules).map((name) => [`${plugin.meta.namespace}/${name}`, 'error']),
);
