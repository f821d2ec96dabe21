import type { TSESTree } from '@typescript-eslint/utils';
import { findStatementAt, getStatements, isClosed } from '../ast/statements.ts';
import type { LangChainFile } from '../trace/file.ts';
import type { Edit } from './edit.ts';

/** Tokens that continue the line before them, unless a semicolon ends it. */
const continuing = /^(?:[%&(*,./:<=>?[^`|]|\+(?!\+)|-(?!-))/u;

export function continuesLine(text: string): boolean {
  return continuing.test(text);
}

/**
 * Whether a statement would run together with the one before it: after the edits it begins with a parenthesis, a
 * bracket or the like, and no semicolon separates them.
 */
export function joinsLines(file: LangChainFile, edits: readonly Edit[]): boolean {
  return edits.some((edit) => {
    const start = skipBlank(file, edit.range[0]);
    const statement = start <= edit.range[1] ? findStatementAt(file.sourceCode, start) : null;
    const before = statement && findBefore(statement);
    return before !== null && !isClosed(file.sourceCode, before) && continuesLine(readAfter(file, edits, edit));
  });
}

function findBefore(statement: TSESTree.Node): TSESTree.Node | null {
  const list = statement.parent ? getStatements(statement.parent) : null;
  return list?.[list.indexOf(statement) - 1] ?? null;
}

/** The text at the place of an edit after all edits, from its first token on. */
function readAfter(file: LangChainFile, edits: readonly Edit[], edit: Edit): string {
  const own = withoutBlank(edit.text);
  if (own !== '') return own;
  const next = skipBlank(file, edit.range[1]);
  const following = edits.find((other) => other !== edit && edit.range[1] <= other.range[0] && other.range[0] <= next);
  return following ? readAfter(file, edits, following) : file.sourceCode.text.slice(next, next + 2);
}

const blank = /^(?:\s|\/\/[^\n\r]*|\/\*[\s\S]*?\*\/)*/u;

function withoutBlank(text: string): string {
  return text.replace(blank, '');
}

/** The offset of the first token at or after an offset between tokens. */
function skipBlank({ sourceCode }: LangChainFile, offset: number): number {
  return offset + (blank.exec(sourceCode.text.slice(offset))?.[0].length ?? 0);
}
