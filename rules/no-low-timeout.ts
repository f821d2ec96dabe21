import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '../src/ast/types.ts';
import { findConfigured } from '../src/config/configured.ts';
import { endsBefore } from '../src/config/fetch.ts';
import { ignoresDeadline } from '../src/config/ignored-calls.ts';
import { findTimeouts, leastTimes, type Timeout } from '../src/config/timeouts.ts';
import { createRule } from '../src/create-rule.ts';
import type { Edit } from '../src/fix/edit.ts';
import { formatNumber } from '../src/fix/number.ts';
import { offer, type Rewrite } from '../src/fix/offer.ts';
import type { LangChainFile } from '../src/trace/file.ts';
import { type FoldedNumber, foldNumber } from '../src/trace/numbers.ts';

type ReportId = 'milliseconds' | 'seconds' | 'stream' | 'streamSeconds' | 'tooLow';
type MessageIds = ReportId | 'divide' | 'multiply' | 'raise' | 'scaleDown' | 'scaleUp';
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
    defaultOptions: [{ minimum: leastTimes.model, minimumForEmbeddings: leastTimes.embeddings }],
    messages: {
      seconds:
        '`{{option}}` of {{value}} is {{value}} milliseconds, not seconds, so every call of {{subject}} fails. Write `{{instead}}`.',
      tooLow:
        '`{{option}}` of {{value}} ms is too low for {{subject}}: under load, it ends calls that would succeed. Write at least `{{instead}}`.',
      milliseconds:
        '`{{option}}` of {{value}} is {{value}} seconds for {{subject}}, not milliseconds, so it never fires. Write `{{instead}}`.',
      stream:
        '`{{option}}` of {{value}} ms is the deadline of the whole answer: it cuts off longer streams of {{subject}}. Write at least `{{instead}}`.',
      streamSeconds:
        '`{{option}}` of {{value}} is {{value}} ms, not seconds, for the whole answer, so every stream of {{subject}} fails. Write `{{instead}}`.',
      scaleUp: 'Write `{{instead}}`: {{value}} seconds in milliseconds.',
      scaleDown: 'Write `{{instead}}`: {{value}} milliseconds in seconds.',
      multiply: 'Multiply it by 1000: the variable holds seconds.',
      divide: 'Divide it by 1000: the variable holds milliseconds.',
      raise: 'Raise it to `{{instead}}`.',
    },
  },
  create(context, [options], file) {
    if (!/(?<!set|clear)timeout/iu.test(context.sourceCode.text)) return {};
    const reported = new Set<TSESTree.Node>();

    function check(node: TSESTree.Node): void {
      const timeouts = findTimeouts(file, node);
      if (timeouts.length === 0 || isIgnored(file, node)) return;
      for (const timeout of timeouts) {
        // One options object may be given to several constructors.
        if (reported.has(timeout.node)) continue;
        const number = foldNumber(file, timeout.value);
        const problem = number && findProblem(file, timeout, number.value, options);
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

/** Whether a call or `withConfig()` ignores its deadline: no-ineffective-config reports it. */
function isIgnored(file: LangChainFile, node: TSESTree.Node): boolean {
  const configured = node.type === AST_NODE_TYPES.CallExpression ? findConfigured(file, node) : null;
  return configured !== null && ignoresDeadline(file, configured);
}

interface Change {
  readonly messageId: 'raise' | 'scaleDown' | 'scaleUp';
  readonly instead: number;
}

interface Problem {
  readonly messageId: ReportId;
  readonly instead: number;
  readonly changes: readonly Change[];
}

/**
 * A number of milliseconds below this was probably meant in seconds, and a number of seconds from here on in
 * milliseconds.
 */
const unitThreshold = 1000;

function findProblem(
  file: LangChainFile,
  { ofStream, receiver, unit, work }: Timeout,
  value: number,
  options: Options[0],
): Problem | null {
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
  const isMeant = value >= 1 && value <= 600 && scaled >= floor;
  const scale: Change | null =
    isMeant && !(receiver && endsBefore(file, receiver, scaled)) ? { messageId: 'scaleUp', instead: scaled } : null;
  const raise: Change | null =
    minimum === null || minimum === scale?.instead ? null : { messageId: 'raise', instead: minimum };
  return {
    messageId: getReportId(value < unitThreshold, ofStream),
    // 500 ms may well be intended; up to 120 the number was probably meant in seconds.
    instead: scale && (value <= 120 || minimum === null) ? scale.instead : floor,
    changes: [scale, raise].filter((change) => change !== null),
  };
}

function getReportId(isInSeconds: boolean, ofStream: boolean): ReportId {
  if (isInSeconds) return ofStream ? 'streamSeconds' : 'seconds';
  return ofStream ? 'stream' : 'tooLow';
}

function getRewrite(
  file: LangChainFile,
  timeout: Timeout,
  number: FoldedNumber,
  { messageId, instead }: Change,
): Rewrite<MessageIds> | null {
  const data = { instead: formatNumber(instead), value: number.value };
  if (messageId === 'raise') {
    const edit = getRaise(timeout, number, instead);
    return edit && { messageId, data, edits: [edit] };
  }
  const { isDefault, literal } = number;
  const isUp = messageId === 'scaleUp';
  const inCode = scale(file, timeout, isUp ? '*' : '/');
  // The environment variable has the unit of its default, so both are scaled.
  if (isDefault) return { messageId: isUp ? 'multiply' : 'divide', edits: [inCode] };
  return { messageId, data, edits: [literal ? writeLiteral(literal, instead) : inCode] };
}

function getRaise(timeout: Timeout, { literal, isDefault }: FoldedNumber, instead: number): Edit | null {
  if (literal) return writeLiteral(literal, instead);
  // A computed default: replacing it would drop the environment variable.
  return isDefault ? null : writeValue(timeout, formatNumber(instead));
}

function scale(file: LangChainFile, timeout: Timeout, operator: '*' | '/'): Edit {
  const { value } = timeout;
  const isOperand =
    value.type === AST_NODE_TYPES.Identifier ||
    value.type === AST_NODE_TYPES.MemberExpression ||
    value.type === AST_NODE_TYPES.CallExpression;
  const text = file.getText(value);
  return writeValue(timeout, `${isOperand ? text : `(${text})`} ${operator} 1000`);
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
