import type { TSESTree } from '@typescript-eslint/utils';
import type { LangChainFile } from '../trace/file.ts';
import type { Edit } from './edit.ts';

/** Comments that are instructions to tools for the code after them. */
const directive =
  /^[\s*!]*(?:@ts-(?:expect-error|ignore)|eslint-|oxlint-|biome-ignore|deno-lint-ignore|tslint:|prettier-ignore|c8 |istanbul |v8 |@(?:satisfies|type)\b|[#@]__)/u;
/** Comments that are instructions to tools for the whole file, or for the rest of it. */
const ofFile =
  /^[\s*!/]*(?:@(?:ts-(?:no)?check|flow|jest-environment|jsx|license|preserve|vitest-environment)|<|(?:es|ox)lint-(?:disable|enable)(?!-)|eslint(?:-env)? |exported |globals? |biome-ignore-(?:all|start)|deno-lint-ignore-file|# source)/u;

const ofNextLine =
  /^[\s*]*(?:@ts-|(?:es|ox)lint-disable-next-line|biome-ignore|deno-lint-ignore|tslint:disable-next-line|prettier-ignore|(?:c8|istanbul|v8) ignore next|@(?:satisfies|type)\b)/u;

const expecting = /^[\s*]*@ts-expect-error/u;

export function isOfNextLine({ value }: TSESTree.Comment): boolean {
  return ofNextLine.test(value);
}

export function isOfLine({ value }: TSESTree.Comment): boolean {
  return /^\s*\w+-disable-line\b/u.test(value);
}

/** Whether a comment is an instruction to a tool for the code after it, and not a remark. */
export function isDirective({ value }: TSESTree.Comment): boolean {
  return directive.test(value);
}

/**
 * Whether a comment belongs to the file rather than to the statement below it: a shebang, `@ts-check`,
 * `eslint-disable`.
 */
export function isOfFile({ type, value }: TSESTree.Comment): boolean {
  // ESLint gives a shebang its own type.
  return !['Block', 'Line'].includes(type) || value.startsWith('!') || ofFile.test(value);
}

/**
 * Whether edits change a line whose error a `@ts-expect-error` above expects: once the error is gone, the comment
 * itself is an error. An edit that includes the comment does not count.
 */
export function changesExpectedError({ sourceCode }: LangChainFile, edits: readonly Edit[]): boolean {
  return sourceCode.getAllComments().some((comment) => {
    if (!expecting.test(comment.value)) return false;
    if (edits.some(({ range }) => range[0] <= comment.range[0] && comment.range[1] <= range[1])) return false;
    const next = sourceCode.getTokenAfter(comment);
    if (!next) return false;
    const start = sourceCode.text.lastIndexOf('\n', next.range[0]) + 1;
    const line = sourceCode.lines[next.loc.start.line - 1] ?? '';
    return edits.some(
      ({ range }) =>
        range[0] <= start + line.length && (start < range[1] || (start === range[0] && start === range[1])),
    );
  });
}

/** Whether there is a `@ts-expect-error` above the line of a node. */
export function isErrorExpected({ sourceCode }: LangChainFile, { loc }: TSESTree.Node): boolean {
  return sourceCode
    .getAllComments()
    .some(
      (comment) =>
        expecting.test(comment.value) && sourceCode.getTokenAfter(comment)?.loc.start.line === loc.start.line,
    );
}
