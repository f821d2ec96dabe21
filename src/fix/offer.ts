import type { TSESLint } from '@typescript-eslint/utils';
import type { LangChainFile } from '../trace/file.ts';
import { changesExpectedError } from './directives.ts';
import type { Edit } from './edit.ts';
import { joinsLines } from './joins.ts';

/** A change of the code, with the message that offers it as a suggestion. */
export interface Rewrite<MessageIds extends string> {
  readonly messageId: MessageIds;
  readonly data?: Readonly<Record<string, unknown>>;
  /** They must not overlap. */
  readonly edits: readonly Edit[];
}

export interface Offer<MessageIds extends string> {
  /** The change that may be made without confirmation; null when there is none. */
  readonly rewrite?: Rewrite<MessageIds> | null;
  /** Reasons to ask first, by description: when one holds, the rewrite becomes a suggestion. */
  readonly unless?: Readonly<Record<string, boolean>>;
  /** Changes that are only ever suggestions; null entries are left out. */
  readonly suggestions?: readonly (Rewrite<MessageIds> | null)[];
}

export type Offered<MessageIds extends string> = Pick<TSESLint.ReportDescriptor<MessageIds>, 'fix' | 'suggest'>;

/**
 * The fix and suggestions of a report: `context.report({ node, messageId, ...offer(file, { rewrite, unless: { 'the
 * config has a timeout': … } }) })`.
 *
 * A rewrite that would lose a comment, run two lines together or leave a `@ts-expect-error` without its error is not
 * offered at all. It is a suggestion, not a fix, when a reason of `unless` holds, when `settings.langchain.autofix` is
 * false, and when it replaces a number, which the user may still be typing.
 */
export function offer<MessageIds extends string>(
  file: LangChainFile,
  { rewrite, unless = {}, suggestions = [] }: Offer<MessageIds>,
): Offered<MessageIds> {
  const kept = [rewrite, ...suggestions].map((each) =>
    each && each.edits.length > 0 && isIntact(file, each.edits) ? withLineBreaks(file, each) : null,
  );
  const [first = null, ...others] = kept;
  const isFix =
    first !== null &&
    file.settings.autofix !== false &&
    !Object.values(unless).includes(true) &&
    !replacesNumber(file, first.edits);
  const suggest = [isFix ? null : first, ...others].filter((each) => each !== null);
  return {
    ...(isFix ? { fix: apply(first.edits) } : {}),
    ...(suggest.length > 0
      ? {
          suggest: suggest.map(({ messageId, data, edits }) => ({
            messageId,
            ...(data ? { data } : {}),
            fix: apply(edits),
          })),
        }
      : {}),
  };
}

function apply(edits: readonly Edit[]): TSESLint.ReportFixFunction {
  return (fixer) => edits.map(({ range, text }) => fixer.replaceTextRange([range[0], range[1]], text));
}

function isIntact(file: LangChainFile, edits: readonly Edit[]): boolean {
  return !losesComment(file, edits) && !joinsLines(file, edits) && !changesExpectedError(file, edits);
}

/** With CRLF line breaks if the file uses them throughout. */
function withLineBreaks<MessageIds extends string>(
  { sourceCode: { text } }: LangChainFile,
  rewrite: Rewrite<MessageIds>,
): Rewrite<MessageIds> {
  if (!text.includes('\r\n') || /(?<!\r)\n/u.test(text)) return rewrite;
  return { ...rewrite, edits: rewrite.edits.map((edit) => ({ ...edit, text: edit.text.replace(/\r?\n/gu, '\r\n') })) };
}

/** Whether a replaced range contains a comment that none of the new texts does. */
function losesComment({ sourceCode }: LangChainFile, edits: readonly Edit[]): boolean {
  let written = edits.map(({ text }) => text).join('\n');
  return sourceCode.getAllComments().some((comment) => {
    const isReplaced = edits.some(({ range }) => range[0] < comment.range[1] && comment.range[0] < range[1]);
    if (!isReplaced) return false;
    const text = sourceCode.text.slice(comment.range[0], comment.range[1]);
    if (!written.includes(text)) return true;
    // Two comments with the same text must be written twice.
    written = written.replace(text, () => '');
    return false;
  });
}

function replacesNumber({ sourceCode }: LangChainFile, edits: readonly Edit[]): boolean {
  return edits.some(({ range }) => /^\s*[\d.][\w.]*\s*$/u.test(sourceCode.text.slice(range[0], range[1])));
}
