/**
 * Template tag: strips the common indentation and the surrounding blank lines of a code sample. A value stands as it
 * is; one that ends in a line break ends its line.
 */
export function code(strings: TemplateStringsArray, ...values: readonly (number | string)[]): string {
  const lines = strings
    .join(VALUE)
    .replace(/^\n/u, '')
    .replace(/\n[\t ]*$/u, '\n')
    .split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length);
  const indent = Math.min(...indents);
  const rest = [...values];
  return lines
    .map((line) => line.slice(indent))
    .join('\n')
    .replaceAll(VALUE_AND_BREAK, (found) => {
      const value = String(rest.shift() ?? '');
      return value.endsWith('\n') ? value : found.replace(VALUE, () => value);
    });
}

const VALUE = '\0';
const VALUE_AND_BREAK = /\0\n?/gu;

export interface Location {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/**
 * Where `snippet` stands in `source`: 1-based, as ESLint reports it.
 * @param occurrence 1 for the first occurrence.
 * @throws {Error} When the snippet does not occur that often.
 */
export function locate(source: string, snippet: string, occurrence = 1): Location {
  let start = -1;
  for (let found = 0; found < occurrence; found++) {
    start = source.indexOf(snippet, start + 1);
    if (start === -1)
      throw new Error(`"${snippet}" occurs ${String(found)} times, not ${String(occurrence)}, in:\n${source}`);
  }
  return getLocation(source, start, start + snippet.length);
}

/** The place between two offsets. */
export function getLocation(source: string, start: number, end: number): Location {
  const { line, column } = positionAt(source, start);
  const { line: endLine, column: endColumn } = positionAt(source, end);
  return { line, column, endLine, endColumn };
}

function positionAt(source: string, offset: number): { line: number; column: number } {
  const before = source.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
