/** Template tag: strips the common indentation and the surrounding blank lines of a code sample. */
export function code(strings: TemplateStringsArray, ...values: readonly string[]): string {
  const raw = strings.reduce((text, part, index) => text + (values[index - 1] ?? '') + part);
  const lines = raw
    .replace(/^\n/u, '')
    .replace(/\n[\t ]*$/u, '\n')
    .split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length);
  const indent = Math.min(...indents);
  return lines.map((line) => line.slice(indent)).join('\n');
}

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
  const begin = positionAt(source, start);
  const end = positionAt(source, start + snippet.length);
  return { line: begin.line, column: begin.column, endLine: end.line, endColumn: end.column };
}

function positionAt(source: string, offset: number): { line: number; column: number } {
  const before = source.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
