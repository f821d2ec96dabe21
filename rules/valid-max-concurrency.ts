import type { TSESTree } from '@typescript-eslint/utils';
import { contains, getKeyName, unwrap, wrapped } from '../src/ast/nodes.ts';
import { AST_NODE_TYPES } from '../src/ast/types.ts';
import { walk } from '../src/ast/walk.ts';
import { findLimitUses, type LimitUse } from '../src/config/limit-uses.ts';
import { findInvalidLimit } from '../src/config/limit-values.ts';
import { createRule } from '../src/create-rule.ts';
import type { Edit } from '../src/fix/edit.ts';
import { removeProperty } from '../src/fix/move-option.ts';
import { writeNumber } from '../src/fix/number.ts';
import { offer } from '../src/fix/offer.ts';
import { findEnvironment, isEnvironmentObject, isNumberFunction } from '../src/trace/environment.ts';
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
function findUnset(file: LangChainFile, { value }: LimitUse): Problem | null {
  const read = findEnvironment(file, value);
  if (!read) return null;
  if (isReadElsewhere(file, unwrap(value)) || isChecked(file, read)) return null;
  const shown = getText(file, read);
  const instead = `Number(${shown} ?? ${String(usualLimit)})`;
  const isWhole = !/\bMath\b/u.test(file.getText(value)) && file.owns(value) && contains(value, read);
  const edits = isWhole ? [{ range: value.range, text: instead }] : null;
  return { messageId: 'environment', shown, instead, edits };
}

function getText(file: LangChainFile, read: TSESTree.Node): string {
  return read.type === AST_NODE_TYPES.Property ? `process.env.${getVariableName(read) ?? ''}` : file.getText(read);
}

/** Whether `limit` or `settings.limit` is read elsewhere too, where it may be validated. */
function isReadElsewhere(file: LangChainFile, value: TSESTree.Node): boolean {
  const member = value.type === AST_NODE_TYPES.MemberExpression ? value : null;
  const name = member?.object ?? value;
  const variable = file.scopes.findVariable(name);
  const reads = variable?.references.filter((reference) => reference.isRead()) ?? [];
  return reads.some(({ identifier: { parent }, identifier }) => {
    if (!member) return !isLimitValue(identifier);
    if (parent.type !== AST_NODE_TYPES.MemberExpression) return true;
    const key = getKeyName(parent);
    return key === null || (key === getKeyName(member) && !isLimitValue(parent));
  });
}

function isLimitValue(node: TSESTree.Node): boolean {
  const { parent } = node;
  return parent?.type === AST_NODE_TYPES.Property && parent.value === node && getKeyName(parent) === 'maxConcurrency';
}

/** Whether the file checks, or may check, that the environment variable is set. */
function isChecked(file: LangChainFile, read: TSESTree.Node): boolean {
  const name = getVariableName(read);
  let isFound = false;
  walk(file.program, file.sourceCode.visitorKeys, (node) => {
    isFound ||= node !== read && isCheck(file, node, name);
    return !isFound;
  });
  return isFound;
}

function getVariableName(read: TSESTree.Node): string | null {
  if (read.type === AST_NODE_TYPES.MemberExpression || read.type === AST_NODE_TYPES.Property) return getKeyName(read);
  const name = read.type === AST_NODE_TYPES.CallExpression ? read.arguments[0] : undefined;
  return name?.type === AST_NODE_TYPES.Literal ? String(name.value) : null;
}

/** `if (!process.env.LIMIT) throw …`, `schema.parse(process.env)`, `process.env[name]` in a loop over names. */
function isCheck(file: LangChainFile, node: TSESTree.Node, name: string | null): boolean {
  if (node.type !== AST_NODE_TYPES.MemberExpression) return false;
  const { parent } = wrapped(node);
  if (isEnvironmentObject(file, node)) return parent?.type === AST_NODE_TYPES.CallExpression;
  if (!isEnvironmentObject(file, node.object)) return false;
  const key = getKeyName(node);
  return key === null || (key === name && parent !== undefined && isTest(file, parent));
}

function isTest(file: LangChainFile, parent: TSESTree.Node): boolean {
  switch (parent.type) {
    case AST_NODE_TYPES.BinaryExpression:
    case AST_NODE_TYPES.ConditionalExpression:
    case AST_NODE_TYPES.IfStatement:
    case AST_NODE_TYPES.LogicalExpression:
      return true;
    case AST_NODE_TYPES.UnaryExpression:
      return parent.operator === '!' || parent.operator === 'typeof';
    case AST_NODE_TYPES.CallExpression:
      return !isNumberFunction(file, parent.callee);
    default:
      return false;
  }
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
  // A graph starts its first step under any limit above 0, and accepts numeric strings.
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
