import type { TSESTree } from '@typescript-eslint/utils';
import { getKeyName, unwrap } from '../src/ast/nodes.ts';
import { AST_NODE_TYPES } from '../src/ast/types.ts';
import { findLimitUses, type LimitUse } from '../src/config/limit-uses.ts';
import { findInvalidLimit } from '../src/config/limit-values.ts';
import { createRule } from '../src/create-rule.ts';
import type { Edit } from '../src/fix/edit.ts';
import { removeProperty } from '../src/fix/move-option.ts';
import { writeNumber } from '../src/fix/number.ts';
import { offer } from '../src/fix/offer.ts';
import { findConstant } from '../src/trace/constants.ts';
import type { LangChainFile } from '../src/trace/file.ts';
import { foldNumber, isEnvironment, readLimitNumber } from '../src/trace/numbers.ts';
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
        '`maxConcurrency` is no number where `{{value}}` is not set, and {{subject}} {{effect}}. Write `{{instead}}`.',
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

/** What a person may mean who writes a number that is no limit: the limit that the other rules write. */
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

/** Proof: `bedrock-embeddings-deadlock`. */
function findDeadlock(file: LangChainFile, { property, receiver, value }: LimitUse): Problem | null {
  if (receiver.entry?.type !== 'class' || receiver.entry.ref !== '@langchain/aws#BedrockEmbeddings') return null;
  if (readLimitNumber(file, value) === Infinity || isUndefined(file, value)) return null;
  const object = property.parent;
  const edits =
    object.type === AST_NODE_TYPES.ObjectExpression && file.owns(property)
      ? removeProperty(file, object, property)
      : null;
  return { messageId: 'deadlock', shown: receiver.className, instead: '', edits };
}

/** A number of the environment that nobody checks: `Number(process.env.LIMIT)`. */
function findUnset(file: LangChainFile, { value }: LimitUse): Problem | null {
  if (!isEnvironment(file, value)) return null;
  const written = unwrap(value);
  const variable = written.type === AST_NODE_TYPES.Identifier ? file.scopes.findVariable(written) : null;
  const reads = variable?.references.filter((reference) => reference.isRead()) ?? [];
  if (reads.some(({ identifier }) => !isLimitValue(identifier))) return null;
  const init = findConstant(file, written) ?? written;
  const shown = /(?:process|Bun|import\.meta)\.env(?:\.\w+|\[['"]\w+['"]\])/u.exec(file.getText(init))?.[0];
  if (shown === undefined) return null;
  const instead = `Number(${shown} ?? ${String(usualLimit)})`;
  const edits = variable || !file.owns(value) ? null : [{ range: value.range, text: instead }];
  return { messageId: 'environment', shown, instead, edits };
}

/** Where else it is read, somebody may check it. */
function isLimitValue(node: TSESTree.Node): boolean {
  const { parent } = node;
  return parent?.type === AST_NODE_TYPES.Property && parent.value === node && getKeyName(parent) === 'maxConcurrency';
}

function findInvalid(file: LangChainFile, use: LimitUse): Problem | null {
  const invalid = findInvalidLimit(file, use.value);
  if (!invalid) return use.takers.includes('graph') ? findOne(file, use) : null;
  const { is, shown, value } = invalid;
  if (is === 'fraction') {
    const instead = Math.ceil(value);
    return use.isHonoured ? { messageId: 'fraction', shown, instead, edits: write(use, invalid, instead) } : null;
  }
  if (use.takers.includes('queue'))
    return { messageId: 'throws', shown, instead: usualLimit, edits: write(use, invalid, usualLimit) };
  // A graph starts a first step below any limit above 0, and takes a text for its number.
  if (value > 0) return { messageId: 'one', shown, instead: 2, edits: write(use, invalid, 2) };
  return invalid.isText
    ? null
    : { messageId: 'hangs', shown, instead: usualLimit, edits: write(use, invalid, usualLimit) };
}

function findOne(file: LangChainFile, use: LimitUse): Problem | null {
  const number = foldNumber(file, use.value);
  return number?.value === 1 ? { messageId: 'one', shown: '1', instead: 2, edits: write(use, number, 2) } : null;
}

function write(use: LimitUse, number: Parameters<typeof writeNumber>[1], instead: number): readonly Edit[] | null {
  const edit = writeNumber(use, number, instead);
  return edit && [edit];
}
