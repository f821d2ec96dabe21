import type { TSESTree } from '@typescript-eslint/utils';
import { contains, unwrap } from '../src/ast/nodes.ts';
import { AST_NODE_TYPES } from '../src/ast/types.ts';
import { getVariableName, mayCheckNumber, mayCheckVariable } from '../src/config/environment-checks.ts';
import { findLimitUses, type LimitUse } from '../src/config/limit-uses.ts';
import { findInvalidLimit } from '../src/config/limit-values.ts';
import { fitCalls } from '../src/config/shares.ts';
import { createRule } from '../src/create-rule.ts';
import type { Edit } from '../src/fix/edit.ts';
import { removeProperty } from '../src/fix/move-option.ts';
import { writeNumber } from '../src/fix/number.ts';
import { offer } from '../src/fix/offer.ts';
import { findEnvironment } from '../src/trace/environment.ts';
import type { LangChainFile } from '../src/trace/file.ts';
import { foldNumber, readLimitNumber } from '../src/trace/numbers.ts';
import { isUndefined } from '../src/trace/options.ts';

type MessageIds = 'deadlock' | 'environment' | 'fraction' | 'hangs' | 'one' | 'remove' | 'throws' | 'write';
type Options = [];

export default createRule<Options, MessageIds>({
  name: 'valid-max-concurrency',
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow values of `maxConcurrency` that throw, hang, or make a graph drop work',
      recommended: true,
      category: 'Concurrency',
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      throws:
        '`maxConcurrency` of {{value}} makes {{subject}} throw. Write how many calls may be in flight, such as `{{instead}}`, or leave it out.',
      hangs:
        '`maxConcurrency` of {{value}} makes {{subject}} hang: no step of the graph ever starts. Write how many may run at once, such as `{{instead}}`, or leave it out.',
      deadlock:
        '`maxConcurrency` makes `{{value}}` hang: `embedQuery` waits inside its queue for a second place in it. Remove it.',
      environment:
        '`maxConcurrency` is not a number where `{{value}}` is not set, and {{subject}} {{effect}}. Write `{{instead}}`.',
      fraction: '`maxConcurrency` of {{value}} lets {{instead}} calls of {{subject}} run at once. Write `{{instead}}`.',
      one: '`maxConcurrency` of {{value}} makes {{subject}} silently drop the work that would run in parallel (langgraphjs#2656). Write `{{instead}}` or more.',
      remove: 'Remove `maxConcurrency`.',
      write: 'Write `{{instead}}`.',
    },
  },
  create(context, _options, file) {
    if (!context.sourceCode.text.includes('maxConcurrency')) return {};
    const reported = new Set<TSESTree.Node>();

    function check(node: TSESTree.CallExpression | TSESTree.NewExpression): void {
      for (const use of findLimitUses(file, node)) {
        // One options object may be given to several calls.
        const problem = reported.has(use.property) ? null : findProblem(file, use);
        if (!problem) continue;
        reported.add(use.property);
        const { edits, messageId, shown } = problem;
        const instead = String(problem.instead);
        context.report({
          node: use.property,
          messageId,
          data: { effect: getEffect(use), instead, subject: use.subject, value: shown },
          ...offer<MessageIds>(file, {
            suggestions: [
              edits && { messageId: messageId === 'deadlock' ? 'remove' : 'write', data: { instead }, edits },
            ],
          }),
        });
      }
    }
    return { CallExpression: check, NewExpression: check };
  },
});

/** The replacement for a number that is no limit: the one that the other rules write. */
const usualLimit = 5;

interface Problem {
  readonly messageId: Exclude<MessageIds, 'remove' | 'write'>;
  readonly shown: string;
  readonly instead: number | string;
  readonly edits: readonly Edit[] | null;
}

function getEffect({ takers }: LimitUse): string {
  return takers.includes('queue') ? 'throws' : 'hangs';
}

function findProblem(file: LangChainFile, use: LimitUse): Problem | null {
  return findDeadlock(file, use) ?? findUnset(file, use) ?? findInvalid(file, use);
}

/**
 * Classes whose `embedQuery()` holds a place in the queue while waiting for a second one; the two have the same code.
 */
const deadlocking: ReadonlySet<string> = new Set([
  '@langchain/aws#BedrockEmbeddings',
  '@langchain/community#BedrockEmbeddings',
]);

/** Proof: `bedrock-embeddings-deadlock`. */
function findDeadlock(file: LangChainFile, { property, receiver, value }: LimitUse): Problem | null {
  if (receiver.entry?.type !== 'class' || !deadlocking.has(receiver.entry.ref)) return null;
  if (readLimitNumber(file, value) === Infinity || isUndefined(file, value)) return null;
  const object = property.parent;
  const edits =
    object.type === AST_NODE_TYPES.ObjectExpression && file.owns(property)
      ? removeProperty(file, object, property)
      : null;
  return { messageId: 'deadlock', shown: receiver.className, instead: '', edits };
}

/** An unvalidated number of the environment: `Number(process.env.LIMIT)`. */
function findUnset(file: LangChainFile, use: LimitUse): Problem | null {
  const { value } = use;
  const read = findEnvironment(file, value);
  if (!read) return null;
  if (mayCheckNumber(file, unwrap(value)) || mayCheckVariable(file, read)) return null;
  const shown = getText(file, read);
  const instead = `Number(${shown} ?? ${String(fit(file, use, usualLimit))})`;
  const isWhole = !/\bMath\b/u.test(file.getText(value)) && file.owns(value) && contains(value, read);
  const edits = isWhole ? [{ range: value.range, text: instead }] : null;
  return { messageId: 'environment', shown, instead, edits };
}

function getText(file: LangChainFile, read: TSESTree.Node): string {
  return read.type === AST_NODE_TYPES.Property ? `process.env.${getVariableName(read) ?? ''}` : file.getText(read);
}

function findInvalid(file: LangChainFile, use: LimitUse): Problem | null {
  const invalid = findInvalidLimit(file, use.value);
  if (!invalid) return use.takers.includes('graph') ? findOne(file, use) : null;
  const { is, shown, value } = invalid;
  if (is === 'fraction') {
    const instead = Math.ceil(value);
    const edits = fit(file, use, instead) === instead ? write(use, invalid, instead) : null;
    return use.isHonoured ? { messageId: 'fraction', shown, instead, edits } : null;
  }
  const usual = fit(file, use, usualLimit);
  if (use.takers.includes('queue'))
    return { messageId: 'throws', shown, instead: usual, edits: write(use, invalid, usual) };
  // A graph starts its first step under any limit above 0, and accepts numeric strings.
  if (value > 0) return { messageId: 'one', shown, instead: 2, edits: write(use, invalid, 2) };
  return invalid.isText ? null : { messageId: 'hangs', shown, instead: usual, edits: write(use, invalid, usual) };
}

/** Under a limit of 1, a graph drops work. */
function fit(file: LangChainFile, { takers }: LimitUse, limit: number): number {
  return fitCalls(file, limit, takers.includes('graph') ? 2 : 1);
}

function findOne(file: LangChainFile, use: LimitUse): Problem | null {
  const number = foldNumber(file, use.value);
  return number?.value === 1 ? { messageId: 'one', shown: '1', instead: 2, edits: write(use, number, 2) } : null;
}

function write(use: LimitUse, number: Parameters<typeof writeNumber>[1], instead: number): readonly Edit[] | null {
  const edit = writeNumber(use, number, instead);
  return edit && [edit];
}
