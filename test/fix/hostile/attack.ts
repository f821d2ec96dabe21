import type { Exports } from '../contract/runner.ts';

/** Code that a rewrite could break. */
export interface Attack {
  /** In the table of findings. */
  readonly finding: string;
  readonly name: string;
  /** The rule whose rewrites are asked about. */
  readonly rule: string;
  readonly code: string;
  /** Default: TypeScript. */
  readonly filename?: string;
  /** The other files of its project, by their paths. */
  readonly files?: Readonly<Record<string, string>>;
  /** Whether it is linted with type information. */
  readonly typed?: true;
  /**
   * `nothing`: neither a fix nor a suggestion; `question`: suggestions only; `no fix`: suggestions at most; `no
   * useBatch`: the same, and none of that name; otherwise the text after the fix.
   */
  readonly expected: string;
  /** Calls what the program exports: it must do the same before and after the fix. */
  readonly run?: (program: Exports) => unknown;
}

export const js = { filename: 'attack.mjs' } as const;
