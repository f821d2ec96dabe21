import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '../../ast/types.ts';
import type { LangChainFile } from '../../trace/file.ts';
import { isDirective, isOfFile, isOfLine, isOfNextLine } from '../directives.ts';
import type { Edit } from '../edit.ts';
import { continuesLine } from '../joins.ts';
import { getIndent } from '../text.ts';
import type { Place } from './place.ts';

// ── how it is written ───────────────────────────────────────────────────────────────────────────────────────────────

export function moveDeclaration(
  file: LangChainFile,
  declaration: TSESTree.VariableDeclaration,
  place: Place,
): readonly Edit[] | null {
  const { text } = file.sourceCode;
  const directiveStart = getDirectiveStart(file, declaration);
  if (directiveStart === null) return null;
  const last = getEnd(file, declaration);
  const end = getTrailingCommentEnd(file, last) ?? last;
  const moved = reindent(file, declaration, directiveStart, last, place);
  return [
    insertAbove(file, place, moved, text.slice(last, end)),
    { range: getLines(text, directiveStart, end), text: '' },
  ];
}

/** Where a declaration ends: a semicolon at the start of the next line belongs to that line. */
function getEnd({ sourceCode }: LangChainFile, declaration: TSESTree.Node): number {
  const last = sourceCode.getLastToken(declaration);
  const before = last?.value === ';' ? sourceCode.getTokenBefore(last) : null;
  return last && before && before.loc.end.line < last.loc.start.line ? before.range[1] : declaration.range[1];
}

export function extract(
  file: LangChainFile,
  expression: TSESTree.Node,
  name: string,
  place: Place,
): readonly Edit[] | null {
  const { sourceCode } = file;
  if (isInstructed(file, expression)) return null;
  const [start, end] = getParenthesized(file, expression);
  const value = reindent(file, expression, expression.range[0], expression.range[1], place);
  // `return(await load()).search()`
  const gap = start < expression.range[0] && /[\w$]$/u.test(sourceCode.text.slice(0, start)) ? ' ' : '';
  return [insertAbove(file, place, `const ${name} = ${value};`), { range: [start, end], text: gap + name }];
}

/** The range of an expression with its parentheses; `(await load()).search()` becomes `store.search()`. */
function getParenthesized({ sourceCode }: LangChainFile, expression: TSESTree.Node): readonly [number, number] {
  const before = sourceCode.getTokenBefore(expression);
  const after = sourceCode.getTokenAfter(expression);
  return before?.value === '(' && after?.value === ')' && !ownsParentheses(expression)
    ? [before.range[0], after.range[1]]
    : expression.range;
}

/** Whether the syntax around an expression has its own parentheses: `load(…)`, `while (…)`. */
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

/** @param comment The comment after the declaration on its line. */
function insertAbove(file: LangChainFile, { statement }: Place, declaration: string, comment = ''): Edit {
  const { sourceCode } = file;
  const start = getAttachedStart(file, statement);
  const lineStart = sourceCode.text.lastIndexOf('\n', start - 1) + 1;
  const head = sourceCode.text.slice(lineStart, start);
  // A `;` at the start of a line ends the statement before.
  const isFirstOnLine = /^\s*;?$/u.test(head);
  const newLine = sourceCode.text.includes('\r\n') ? '\r\n' : '\n';
  const gap = isFirstOnLine ? `${newLine}${getIndent(head)}` : comment.includes('//') ? newLine : ' ';
  const first = sourceCode.getFirstToken(statement);
  const isEnded = declaration.endsWith(';') || (gap !== ' ' && !(first && continuesLine(first.value)));
  return { range: [start, start], text: `${declaration}${isEnded ? '' : ';'}${comment}${gap}` };
}

/** Where a statement begins, including its decorators and the comments directly above it. */
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
    if (!isOwnLine || comment.loc.end.line !== line - 1 || isOfFile(comment)) break;
    line = comment.loc.start.line;
    [start] = comment.range;
  }
  return start;
}

/**
 * Where a moved declaration begins: with the comment right above if that is an instruction for it, not a remark. Null
 * where it has other instructions.
 */
function getDirectiveStart({ sourceCode }: LangChainFile, declaration: TSESTree.Node): number | null {
  const before = sourceCode.getTokenBefore(declaration);
  const directives = sourceCode
    .getCommentsBefore(declaration)
    .filter(
      (comment) => isDirective(comment) && !(isOfLine(comment) && comment.loc.start.line === before?.loc.end.line),
    );
  const [directive, ...others] = directives;
  if (!directive) return declaration.range[0];
  const distance = declaration.loc.start.line - directive.loc.end.line;
  const isOwn = others.length === 0 && isOfNextLine(directive) && distance <= 1 && isLast(sourceCode, directive);
  return isOwn ? directive.range[0] : null;
}

function isLast({ text }: Readonly<TSESLint.SourceCode>, { range }: TSESTree.Comment): boolean {
  return !/^\s*\//u.test(text.slice(range[1]));
}

/** Whether a comment is an instruction for the line on which an expression begins. */
function isInstructed({ sourceCode }: LangChainFile, { loc }: TSESTree.Node): boolean {
  return sourceCode.getAllComments().some((comment) => {
    if (!isDirective(comment)) return false;
    return [comment.loc.end.line, sourceCode.getTokenAfter(comment)?.loc.start.line].includes(loc.start.line);
  });
}

function getTrailingCommentEnd({ sourceCode }: LangChainFile, end: number): number | null {
  const comment = sourceCode.getAllComments().find(({ range }) => end <= range[0]);
  if (!comment || sourceCode.text.slice(end, comment.range[0]).trim() !== '') return null;
  if (sourceCode.text.slice(end, comment.range[0]).includes('\n')) return null;
  const rest = (sourceCode.lines[comment.loc.end.line - 1] ?? '').slice(comment.loc.end.column);
  return rest.trim() === '' ? comment.range[1] : null;
}

/**
 * The range to remove: whole lines where they contain nothing else, and a blank line after them that would be left at
 * the start of a block.
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

/** The text of a node, or from a comment above it on, with its further lines indented for the new place. */
function reindent(
  { sourceCode }: LangChainFile,
  node: TSESTree.Node,
  start: number,
  end: number,
  { statement }: Place,
): string {
  const text = sourceCode.text.slice(start, end);
  // The lines of a multi-line template or string belong to its value.
  if (sourceCode.getTokens(node).some(({ loc }) => loc.start.line < loc.end.line)) return text;
  const from = getIndent(sourceCode.lines[node.loc.start.line - 1]);
  const to = getIndent(sourceCode.lines[statement.loc.start.line - 1]);
  return text
    .split('\n')
    .map((line, index) => (index > 0 && line.startsWith(from) ? to + line.slice(from.length) : line))
    .join('\n');
}
