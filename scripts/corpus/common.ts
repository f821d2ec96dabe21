/** What is read: a checkout of a repository, or any folder. */
export interface Repository {
  readonly name: string;
  readonly root: string;
  /** Source text by path inside the repository. */
  readonly sources: ReadonlyMap<string, string>;
}

/** What a label and a report have in common. */
export interface Site {
  readonly repo: string;
  /** Path inside the repository, with `/`. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly rule: string;
}

export interface Report extends Site {
  /** 0-based. */
  readonly column: number;
  readonly message: string;
  readonly endLine: number | null;
  readonly endColumn: number | null;
  readonly fix: Edit | null;
  readonly suggestions: readonly { readonly message: string; readonly fix: Edit }[];
}

export interface Edit {
  readonly range: readonly [start: number, end: number];
  readonly text: string;
}

export interface Crash {
  readonly rule: string;
  readonly repo: string;
  readonly file: string;
  /** The error and the first line of its stack. */
  readonly error: string;
}

/** Ends the process with the exit code for wrong arguments and inputs. */
export function fail(message: string): never {
  console.error(message);
  process.exit(2);
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

export function compareSites(a: Site, b: Site): number {
  return compareText(a.rule, b.rule) || compareText(a.repo, b.repo) || compareText(a.file, b.file) || a.line - b.line;
}

export function getDistinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort(compareText);
}

/** A text on one line, as a list of reports shows it. */
export function toOneLine(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim();
}

export function withoutExtension(file: string): string {
  return file.replace(/\.[cm]?[jt]sx?$/u, '');
}

/** The last part of the specifier by which a file is imported. */
export function getStem(file: string): string {
  return (
    withoutExtension(file)
      .replace(/\/index$/u, '')
      .split('/')
      .at(-1) ?? ''
  );
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
