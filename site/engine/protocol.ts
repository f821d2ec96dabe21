/** What the page and the worker tell each other. */

/** The texts of the files by their paths. */
export type Files = Readonly<Record<string, string>>;

export const PRESETS = ['recommended', 'strict', 'all'] as const;

export interface Configuration {
  readonly preset: (typeof PRESETS)[number];
  /** As in `eslint.config.js`. */
  readonly rules: Readonly<Record<string, unknown>>;
  readonly settings: Readonly<Record<string, unknown>>;
}

export interface Change {
  /** Null for what `--fix` does; the words of a suggestion. */
  readonly title: string | null;
  readonly range: readonly [number, number];
  readonly text: string;
}

export interface Problem {
  readonly from: number;
  readonly to: number;
  readonly line: number;
  readonly column: number;
  /** Null for a syntax error. */
  readonly rule: string | null;
  readonly isError: boolean;
  readonly text: string;
  /** Of the rule's page. */
  readonly url: string | null;
  readonly fixes: readonly Change[];
}

export interface Request {
  readonly id: number;
  readonly task: 'fix' | 'lint';
  readonly files: Files;
  readonly configuration: Configuration;
}

/** A rule as the page offers it. */
export interface RuleInfo {
  readonly name: string;
  readonly description: string;
  /** Its options where none are set. */
  readonly defaults: readonly unknown[];
}

export type Answer = { readonly id: number } & (
  | { readonly rules: readonly RuleInfo[] }
  | { readonly isSuperseded: true }
  | { readonly problems: Readonly<Record<string, readonly Problem[]>>; readonly milliseconds: number }
  | { readonly files: Files }
  | { readonly error: string }
);
