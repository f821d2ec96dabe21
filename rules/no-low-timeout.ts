import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '../src/ast/types.ts';
import { findTimeouts, type Timeout } from '../src/config/timeouts.ts';
import { createRule } from '../src/create-rule.ts';
import type { Edit } from '../src/fix/edit.ts';
import { formatNumber } from '../src/fix/number.ts';
import { offer, type Rewrite } from '../src/fix/offer.ts';
import type { LangChainFile } from '../src/trace/file.ts';
import { type FoldedNumber, foldNumber } from '../src/trace/numbers.ts';

type MessageIds = 'milliseconds' | 'raise' | 'scaleDown' | 'scaleUp' | 'seconds' | 'tooLow';
type Options = [{ readonly minimum: number; readonly minimumForEmbeddings: number }];

export default createRule<Options, MessageIds>({
  name: 'no-low-timeout',
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow timeouts that are too low for a model call or written in the wrong unit',
      recommended: true,
      category: 'Timeouts and retries',
    },
    hasSuggestions: true,
    schema: [
      {
        type: 'object',
        properties: {
          minimum: {
            type: 'integer',
            minimum: 1,
            description: 'The lowest timeout for a model call, a chain, an agent or a graph, in milliseconds.',
          },
          minimumForEmbeddings: {
            type: 'integer',
            minimum: 1,
            description: 'The lowest timeout for embeddings and retrievers, in milliseconds.',
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ minimum: 10_000, minimumForEmbeddings: 3000 }],
    messages: {
      seconds:
        '`{{option}}` of {{value}} is {{value}} milliseconds, not seconds, so every call of {{subject}} fails. Write `{{instead}}`.',
      tooLow:
        '`{{option}}` of {{value}} ms is too low for {{subject}}: under load, it ends calls that would succeed. Write at least `{{instead}}`.',
      milliseconds:
        '`{{option}}` of {{value}} is {{value}} seconds for {{subject}}, not milliseconds, so it never fires. Write `{{instead}}`.',
      scaleUp: 'Write `{{instead}}`: {{value}} seconds in milliseconds.',
      scaleDown: 'Write `{{instead}}`: {{value}} milliseconds in seconds.',
      raise: 'Raise it to `{{instead}}`.',
    },
  },
  create(context, [options], file) {
    if (!/(?<!set|clear)timeout/iu.test(context.sourceCode.text)) return {};
    const reported = new Set<TSESTree.Node>();

    function check(node: TSESTree.Node): void {
      for (const timeout of findTimeouts(file, node)) {
        // One options object may be given to several constructors.
        if (reported.has(timeout.node)) continue;
        const number = foldNumber(file, timeout.value);
        const problem = number && findProblem(timeout, number.value, options);
        if (!problem) continue;
        reported.add(timeout.node);
        context.report({
          node: timeout.node,
          messageId: problem.messageId,
          data: {
            option: timeout.option,
            subject: timeout.subject,
            value: number.value,
            instead: formatNumber(problem.instead),
          },
          ...offer(file, { suggestions: problem.changes.map((change) => getRewrite(file, timeout, number, change)) }),
        });
      }
    }
    return { AssignmentExpression: check, CallExpression: check, NewExpression: check };
  },
});

interface Change {
  readonly messageId: 'raise' | 'scaleDown' | 'scaleUp';
  readonly instead: number;
}

interface Problem {
  readonly messageId: 'milliseconds' | 'seconds' | 'tooLow';
  readonly instead: number;
  readonly changes: readonly Change[];
}

/**
 * A number of milliseconds below this was probably meant in seconds, and a number of seconds from here on in
 * milliseconds.
 */
const unitThreshold = 1000;

function findProblem({ unit, work }: Timeout, value: number, options: Options[0]): Problem | null {
  if (!Number.isFinite(value)) return null;
  if (unit === 's')
    return value < unitThreshold
      ? null
      : {
          messageId: 'milliseconds',
          instead: value / 1000,
          changes: [{ messageId: 'scaleDown', instead: value / 1000 }],
        };
  // 0 disables a timeout, or throws.
  if (value <= 0) return null;
  const minimum = work === 'model' ? options.minimum : work === 'embedding' ? options.minimumForEmbeddings : null;
  const floor = minimum ?? unitThreshold;
  if (value >= floor) return null;
  const scaled = value * 1000;
  // Nobody waits longer than ten minutes, so a larger number was not meant in seconds.
  const scale: Change | null =
    value >= 1 && value <= 600 && scaled >= floor ? { messageId: 'scaleUp', instead: scaled } : null;
  const raise: Change | null =
    minimum === null || minimum === scale?.instead ? null : { messageId: 'raise', instead: minimum };
  return {
    messageId: value < unitThreshold ? 'seconds' : 'tooLow',
    // 500 ms may well be intended; up to 120 the number was probably meant in seconds.
    instead: scale && (value <= 120 || minimum === null) ? scale.instead : floor,
    changes: [scale, raise].filter((change) => change !== null),
  };
}

function getRewrite(
  file: LangChainFile,
  timeout: Timeout,
  number: FoldedNumber,
  { messageId, instead }: Change,
): Rewrite<MessageIds> | null {
  const edit =
    messageId === 'raise' ? getRaise(timeout, number, instead) : getScale(file, timeout, number, messageId, instead);
  return edit && { messageId, data: { instead: formatNumber(instead), value: number.value }, edits: [edit] };
}

function getRaise(timeout: Timeout, { literal, isDefault }: FoldedNumber, instead: number): Edit | null {
  if (literal) return writeLiteral(literal, instead);
  // A computed default: replacing it would drop the environment variable.
  return isDefault ? null : writeValue(timeout, formatNumber(instead));
}

function getScale(
  file: LangChainFile,
  timeout: Timeout,
  { literal, isDefault }: FoldedNumber,
  messageId: Change['messageId'],
  instead: number,
): Edit {
  // The environment variable has the unit of its default, so both are scaled.
  if (literal && !isDefault) return writeLiteral(literal, instead);
  const { value } = timeout;
  const isOperand =
    value.type === AST_NODE_TYPES.Identifier ||
    value.type === AST_NODE_TYPES.MemberExpression ||
    value.type === AST_NODE_TYPES.CallExpression;
  const text = file.getText(value);
  return writeValue(timeout, `${isOperand ? text : `(${text})`} ${messageId === 'scaleDown' ? '/' : '*'} 1000`);
}

function writeLiteral(literal: TSESTree.Literal, value: number): Edit {
  return { range: literal.range, text: typeof literal.value === 'string' ? `'${String(value)}'` : formatNumber(value) };
}

function writeValue({ node, value }: Timeout, text: string): Edit {
  const isShorthand = node.type === AST_NODE_TYPES.Property && node.shorthand && node.value === value;
  return isShorthand
    ? { range: node.range, text: `${node.key.type === AST_NODE_TYPES.Identifier ? node.key.name : ''}: ${text}` }
    : { range: value.range, text };
}
