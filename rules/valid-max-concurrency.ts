import type { TSESTree } from '@typescript-eslint/utils';
import { findLimitUses, type LimitUse } from '../src/config/limit-uses.ts';
import { findInvalidLimit } from '../src/config/limit-values.ts';
import { createRule } from '../src/create-rule.ts';
import type { Edit } from '../src/fix/edit.ts';
import { writeNumber } from '../src/fix/number.ts';
import { offer } from '../src/fix/offer.ts';
import type { LangChainFile } from '../src/trace/file.ts';
import { foldNumber } from '../src/trace/numbers.ts';

type MessageIds = 'fraction' | 'hangs' | 'one' | 'throws' | 'write';
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
      fraction: '`maxConcurrency` of {{value}} lets {{instead}} calls of {{subject}} run at once. Write `{{instead}}`.',
      one: '`maxConcurrency` of {{value}} makes {{subject}} silently drop the work that would run in parallel (langgraphjs#2656). Write `{{instead}}` or more.',
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
        const { edit, messageId, shown } = problem;
        const instead = String(problem.instead);
        context.report({
          node: use.property,
          messageId,
          data: { instead, subject: use.subject, value: shown },
          ...offer(file, { suggestions: [edit && { messageId: 'write', data: { instead }, edits: [edit] }] }),
        });
      }
    }
    return { CallExpression: check, NewExpression: check };
  },
});

/** What a person may mean who writes a number that is no limit: the limit that the other rules write. */
const usualLimit = 5;

interface Problem {
  readonly messageId: Exclude<MessageIds, 'write'>;
  readonly shown: string;
  readonly instead: number;
  readonly edit: Edit | null;
}

function findProblem(file: LangChainFile, use: LimitUse): Problem | null {
  const invalid = findInvalidLimit(file, use.value);
  if (!invalid) return use.takers.includes('graph') ? findOne(file, use) : null;
  const { is, shown, value } = invalid;
  if (is === 'fraction') {
    const instead = Math.ceil(value);
    return use.isHonoured ? { messageId: 'fraction', shown, instead, edit: writeNumber(use, invalid, instead) } : null;
  }
  if (use.takers.includes('queue'))
    return { messageId: 'throws', shown, instead: usualLimit, edit: writeNumber(use, invalid, usualLimit) };
  // A graph starts a first step below any limit above 0, and takes a text for its number.
  if (value > 0) return { messageId: 'one', shown, instead: 2, edit: writeNumber(use, invalid, 2) };
  return invalid.isText
    ? null
    : { messageId: 'hangs', shown, instead: usualLimit, edit: writeNumber(use, invalid, usualLimit) };
}

function findOne(file: LangChainFile, use: LimitUse): Problem | null {
  const number = foldNumber(file, use.value);
  return number?.value === 1 ? { messageId: 'one', shown: '1', instead: 2, edit: writeNumber(use, number, 2) } : null;
}
