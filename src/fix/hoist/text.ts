import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '../../ast/types.ts';
import type { LangChainFile } from '../../trace/file.ts';
import type { Edit } from '../offer.ts';
import type { Place } from './place.ts';

// ── how it is written ───────────────────────────────────────────────────────────────────────────────────────────────

export function moveDeclaration(
  file: LangChainFile,
  declaration: TSESTree.VariableDeclaration,
  place: Place,
): readonly Edit[] | null {
  const { sourceCode } = file;
  const { text } = sourceCode;
  const before = sourceCode.getTokenBefore(declaration);
  const after = sourceCode.getTokenAfter(declaration);
  // Without it, the lines before and behind it would run together.
  if (before && after && !/^[;{}]$/u.test(before.value) && startsExpression(after.value)) return null;

  const start = getDirectiveStart(file, declaration) ?? declaration.range[0];
  const end = getTrailingCommentEnd(file, declaration) ?? declaration.range[1];
  const moved = reindent(file, declaration, text.slice(start, declaration.range[1]), place);
  return [
    insertAbove(file, place, moved, text.slice(declaration.range[1], end)),
    { range: getLines(text, start, end), text: '' },
  ];
}

export function extract(file: LangChainFile, expression: TSESTree.Node, name: string, place: Place): readonly Edit[] {
  const { sourceCode } = file;
  const [start, end] = getParenthesized(file, expression);
  const value = sourceCode.text.slice(expression.range[0], expression.range[1]);
  return [
    insertAbove(file, place, `const ${name} = ${reindent(file, expression, value, place)};`),
    { range: [start, end], text: name },
  ];
}

/** Where the parentheses around an expression begin and end; `(await load()).search()` becomes `store.search()`. */
function getParenthesized({ sourceCode }: LangChainFile, expression: TSESTree.Node): readonly [number, number] {
  const before = sourceCode.getTokenBefore(expression);
  const after = sourceCode.getTokenAfter(expression);
  return before?.value === '(' && after?.value === ')' && !ownsParentheses(expression)
    ? [before.range[0], after.range[1]]
    : expression.range;
}

/** Whether what an expression stands in is written with parentheses of its own: `load(…)`, `while (…)`. */
function ownsParentheses(expression: TSESTree.Node): boolean {
  const { parent } = expression;
  switch (parent?.type) {
    case AST_NODE_TYPES.CallExpression:
    case AST_NODE_TYPES.NewExpression:
      return parent.callee !== expression;
    case AST_NODE_TYPES.DoWhileStatement:
    case AST_NODE_TYPES.IfStatement:
    case AST_NODE_TYPES.ImportExpression:
    case AST_NODE_TYPES.SwitchStatement:
    case AST_NODE_TYPES.WhileStatement:
    case AST_NODE_TYPES.WithStatement:
      return true;
    default:
      return false;
  }
}

/** @param comment What follows the declaration on its line. */
function insertAbove(file: LangChainFile, { statement }: Place, declaration: string, comment = ''): Edit {
  const { sourceCode } = file;
  const start = getAttachedStart(file, statement);
  const lineStart = sourceCode.text.lastIndexOf('\n', start - 1) + 1;
  const head = sourceCode.text.slice(lineStart, start);
  // `;` at the head of a line ends the statement before.
  const isFirstOnLine = /^\s*;?$/u.test(head);
  const newLine = sourceCode.text.includes('\r\n') ? '\r\n' : '\n';
  const gap = isFirstOnLine ? `${newLine}${indentOf(head)}` : comment.includes('//') ? newLine : ' ';
  const first = sourceCode.getFirstToken(statement);
  const isEnded = declaration.endsWith(';') || (gap !== ' ' && !(first && startsExpression(first.value)));
  return { range: [start, start], text: `${declaration}${isEnded ? '' : ';'}${comment}${gap}` };
}

/** Where a statement begins, with its decorators and the comments that stand directly above it. */
function getAttachedStart({ sourceCode }: LangChainFile, statement: TSESTree.Node): number {
  const declared = 'declaration' in statement && statement.declaration ? statement.declaration : statement;
  const decorators: readonly TSESTree.Node[] = 'decorators' in declared ? declared.decorators : [];
  const first = [statement, ...decorators].reduce((earliest, node) =>
    node.range[0] < earliest.range[0] ? node : earliest,
  );
  let { line } = first.loc.start;
  let [start] = first.range;
  for (const comment of sourceCode.getCommentsBefore(first).toReversed()) {
    const isOwnLine =
      (sourceCode.lines[comment.loc.start.line - 1] ?? '').slice(0, comment.loc.start.column).trim() === '';
    if (!isOwnLine || comment.loc.end.line !== line - 1) break;
    line = comment.loc.start.line;
    [start] = comment.range;
  }
  return start;
}

/** A comment above that is an instruction for the line, not a remark, moves with it. */
function getDirectiveStart({ sourceCode }: LangChainFile, declaration: TSESTree.Node): number | null {
  const comment = sourceCode.getCommentsBefore(declaration).at(-1);
  if (comment?.loc.end.line !== declaration.loc.start.line - 1) return null;
  return /^\s*(?:@ts-|eslint-disable-next-line|oxlint-disable-next-line|biome-ignore)/u.test(comment.value)
    ? comment.range[0]
    : null;
}

function getTrailingCommentEnd({ sourceCode }: LangChainFile, declaration: TSESTree.Node): number | null {
  const comment = sourceCode.getCommentsAfter(declaration)[0];
  if (comment?.loc.start.line !== declaration.loc.end.line) return null;
  const rest = (sourceCode.lines[comment.loc.end.line - 1] ?? '').slice(comment.loc.end.column);
  return rest.trim() === '' ? comment.range[1] : null;
}

/**
 * The range to remove: whole lines where nothing else stands on them, with a blank line behind that would be left at
 * the head of a block.
 */
function getLines(text: string, start: number, end: number): readonly [number, number] {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = text.indexOf('\n', end);
  if (text.slice(lineStart, start).trim() !== '') return [start, text.slice(end).startsWith(' ') ? end + 1 : end];
  if (lineEnd === -1 || text.slice(end, lineEnd).trim() !== '')
    return [start, text.slice(end).startsWith(' ') ? end + 1 : end];
  const lineBefore = text.slice(Math.max(0, text.lastIndexOf('\n', lineStart - 2)), lineStart);
  const isHead = /(?:\{|\n[\t ]*)\r?\n$/u.test(lineBefore);
  const blank = isHead ? /^[\t ]*\r?\n/u.exec(text.slice(lineEnd + 1)) : null;
  return [lineStart, lineEnd + 1 + (blank?.[0].length ?? 0)];
}

/** Gives the lines behind the first one the indentation of the place. */
function reindent({ sourceCode }: LangChainFile, node: TSESTree.Node, text: string, { statement }: Place): string {
  const from = indentOf(sourceCode.lines[node.loc.start.line - 1]);
  const to = indentOf(sourceCode.lines[statement.loc.start.line - 1]);
  // The lines of a template belong to its value.
  if (text.includes('`')) return text;
  return text
    .split('\n')
    .map((line, index) => (index > 0 && line.startsWith(from) ? to + line.slice(from.length) : line))
    .join('\n');
}

function indentOf(line = ''): string {
  return /^\s*/u.exec(line)?.[0] ?? '';
}

/** Whether a token would continue an expression before it. */
function startsExpression(token: string): boolean {
  return /^[([`/+-]/u.test(token);
}
