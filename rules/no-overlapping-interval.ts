import type { TSESTree } from '@typescript-eslint/utils';
import { type Call, getMemberRoot } from '../src/ast/calls.ts';
import { getCallLocation } from '../src/ast/locations.ts';
import { contains, type FunctionNode, isFunction, unwrap } from '../src/ast/nodes.ts';
import { isListed } from '../src/ast/statements.ts';
import { AST_NODE_TYPES } from '../src/ast/types.ts';
import { createRule } from '../src/create-rule.ts';
import { offer, type Rewrite } from '../src/fix/offer.ts';
import { findCalled } from '../src/flow/calls/call-graph.ts';
import { findLimiterOfCall } from '../src/flow/calls/limiters.ts';
import { getReachedLangChainCalls } from '../src/flow/calls/reached.ts';
import { findSchedule, type Schedule } from '../src/flow/calls/schedules.ts';
import { describeEntry, describeFile, nameCall, quote } from '../src/messages.ts';
import type { LangChainFile } from '../src/trace/file.ts';
import { isAnywhere } from '../src/trace/nodes.ts';
import { readLimitNumber } from '../src/trace/numbers.ts';
import { findOption } from '../src/trace/options.ts';

type MessageIds = 'loop' | 'option' | 'overlaps' | 'skip';
type Options = [];

/** Seconds. A call of a model seldom takes longer. */
const seldom = 600;

export default createRule<Options, MessageIds>({
  name: 'no-overlapping-interval',
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow intervals and cron jobs that start calls before the previous ones have finished',
      recommended: true,
      category: 'Concurrency',
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      overlaps: '`{{timer}}` starts {{call}} every {{every}}: slow runs pile up. Start the next when one ends.',
      skip: '`{{timer}}` starts {{call}} every {{every}}: slow runs pile up. Skip a run while one is going.',
      option: '`{{timer}}` starts {{call}} every {{every}}: slow runs pile up. Set `{{option}}: true`.',
      loop: 'Start the timer again after each run.',
    },
  },
  create(context, _options, file) {
    function check(node: Call): void {
      const schedule = findSchedule(file, node);
      const call = schedule && schedule.every < seldom ? findUnguarded(file, schedule.run) : null;
      if (!schedule || call === null) return;
      const edits = writeLoop(file, node, schedule);
      context.report({
        loc: getCallLocation(node),
        messageId: getMessageId(node, schedule),
        data: {
          timer: node.parent.type === AST_NODE_TYPES.Decorator ? `@${nameCall(file, node)}` : nameCall(file, node),
          call,
          every: describeRate(schedule.every),
          option: schedule.option ?? '',
        },
        ...offer<MessageIds>(file, { suggestions: [edits && { messageId: 'loop', edits }] }),
      });
    }
    return { CallExpression: check, NewExpression: check };
  },
});

function getMessageId(node: Call, { option }: Schedule): MessageIds {
  if (option !== null) return 'option';
  return isInterval(node) ? 'overlaps' : 'skip';
}

function isInterval(node: Call): boolean {
  return node.parent.type !== AST_NODE_TYPES.Decorator && /setInterval|every/iu.test(getName(node));
}

function getName({ callee }: Call): string {
  const expression = unwrap(callee);
  if (expression.type === AST_NODE_TYPES.Identifier) return expression.name;
  return expression.type === AST_NODE_TYPES.MemberExpression && expression.property.type === AST_NODE_TYPES.Identifier
    ? expression.property.name
    : '';
}

function describeRate(seconds: number): string {
  if (seconds < 1) return `${String(seconds * 1000)} ms`;
  return seconds < 60 ? `${String(seconds)} s` : `${String(Math.round(seconds / 6) / 10)} min`;
}

// ── what is started ─────────────────────────────────────────────────────────────────────────────────────────────────

/** The first remote call that a run leads to without a guard against overlap, as a message names it. */
function findUnguarded(file: LangChainFile, run: FunctionNode): string | null {
  for (const { call, node, via } of getReachedLangChainCalls(file, run)) {
    if (!call.remote) continue;
    const functions = [run, ...via.map((each) => findCalled(file, each))];
    const isHeldBack = [...via, node].some((each, index) => {
      const fn = functions[index];
      return fn !== null && fn !== undefined && isGuarded(file.of(fn), fn, each);
    });
    if (isHeldBack) continue;
    const name = `\`${quote(file, call.receiverNode)}.${call.written}()\``;
    const [outer = node] = via;
    return file.owns(node) ? name : `${describeEntry(file, outer)} (calls ${name} in \`${describeFile(file, node)}\`)`;
  }
  return null;
}

/** Whether a call runs only while no other run of its function is active. */
function isGuarded(file: LangChainFile, fn: FunctionNode, node: Call): boolean {
  const before = file.sourceCode.text.slice(fn.body.range[0], node.range[0]);
  if (
    /\b(?:lock|mutex|semaphore)|[a-z_](?:Lock|Mutex|Semaphore)|_(?:lock|mutex)|runExclusive|clearInterval/u.test(before)
  )
    return true;
  let inner: TSESTree.Node = node;
  for (
    let outer = node.parent as TSESTree.Node | undefined;
    outer && inner !== fn;
    inner = outer, outer = outer.parent
  ) {
    if (isGuard(file, fn, outer, inner)) return true;
  }
  return false;
}

function isGuard(file: LangChainFile, fn: FunctionNode, outer: TSESTree.Node, inner: TSESTree.Node): boolean {
  switch (outer.type) {
    case AST_NODE_TYPES.CallExpression:
      return outer.callee !== inner && isLimiterOfOne(file, outer);
    // `running ??= poll().finally(…)`
    case AST_NODE_TYPES.AssignmentExpression:
      return outer.operator !== '=' && outer.right === inner && isOutside(file, fn, outer.left);
    case AST_NODE_TYPES.IfStatement:
      return outer.test !== inner && readsFlag(file, fn, outer.test);
    case AST_NODE_TYPES.LogicalExpression:
      return outer.right === inner && readsFlag(file, fn, outer.left);
    case AST_NODE_TYPES.BlockStatement:
      return outer.body.some((statement) => leavesByFlag(file, fn, statement, inner));
    default:
      return false;
  }
}

/** `if (running) return;` above the call. */
function leavesByFlag(file: LangChainFile, fn: FunctionNode, statement: TSESTree.Node, call: TSESTree.Node): boolean {
  if (statement.type !== AST_NODE_TYPES.IfStatement || statement.range[1] > call.range[0]) return false;
  const body =
    statement.consequent.type === AST_NODE_TYPES.BlockStatement
      ? statement.consequent.body.at(-1)
      : statement.consequent;
  return body?.type === AST_NODE_TYPES.ReturnStatement && readsFlag(file, fn, statement.test);
}

/** Whether a condition reads outer state that the function itself writes. */
function readsFlag(file: LangChainFile, fn: FunctionNode, test: TSESTree.Node): boolean {
  return isAnywhere(file, test, (node) => {
    if (node.type !== AST_NODE_TYPES.Identifier && node.type !== AST_NODE_TYPES.MemberExpression) return false;
    return isOutside(file, fn, node) && isWrittenIn(file, fn, file.getText(node));
  });
}

function isOutside(file: LangChainFile, fn: FunctionNode, node: TSESTree.Node): boolean {
  const root = getMemberRoot(node);
  if (root.type !== AST_NODE_TYPES.Identifier) return root.type === AST_NODE_TYPES.ThisExpression;
  const definition = file.scopes.findVariable(root)?.defs[0];
  return definition !== undefined && !contains(fn, definition.name);
}

/** `running = true`, `active++`, `busy.add(id)`, `state.set(…)` */
function isWrittenIn(file: LangChainFile, fn: FunctionNode, text: string): boolean {
  return isAnywhere(file, fn.body, (node) => {
    if (node.type === AST_NODE_TYPES.AssignmentExpression) return file.getText(node.left) === text;
    if (node.type === AST_NODE_TYPES.UpdateExpression) return file.getText(node.argument) === text;
    return (
      node.type === AST_NODE_TYPES.CallExpression &&
      /\.(?:add|delete|set)$/u.test(file.getText(node.callee)) &&
      text.startsWith(file.getText(node.callee).replace(/\.(?:add|delete|set)$/u, ''))
    );
  });
}

/** A limiter that lets one call through at a time, or whose number cannot be read. */
function isLimiterOfOne(file: LangChainFile, call: TSESTree.CallExpression): boolean {
  const limiter = findLimiterOfCall(file, call, []);
  if (!limiter?.limits) return false;
  const [argument] = limiter.construction?.arguments ?? [];
  const option = limiter.option === null || !argument ? null : findOption(file, argument, limiter.option);
  const limit = option?.is === 'given' ? option.value : option === null ? argument : undefined;
  const number = limit ? readLimitNumber(file, limit) : null;
  return number === null || number <= 1;
}

// ── the suggestion ──────────────────────────────────────────────────────────────────────────────────────────────────

/** Name of the function that schedules itself. */
const name = 'runAgain';

/** A loop in place of an interval that nothing clears, and whose function can certainly be awaited. */
function writeLoop(file: LangChainFile, node: Call, { run }: Schedule): Rewrite<MessageIds>['edits'] | null {
  const statement = node.parent;
  const [callback, delay] = node.arguments;
  if (statement.type !== AST_NODE_TYPES.ExpressionStatement || !isListed(statement) || !isInterval(node)) return null;
  if (!callback || !delay || node.arguments.length !== 2 || !file.owns(run)) return null;
  if (!run.async || run.params.length > 0) return null;
  const expression = unwrap(callback);
  const text = file.getText(expression);
  // The lines of a multi-line template must not be reindented.
  const isMovable =
    !text.includes('`') && (expression.type !== AST_NODE_TYPES.FunctionExpression || !/\bthis\b/u.test(text));
  if (!isMovable || file.sourceCode.text.includes(name)) return null;
  const indent = ' '.repeat(statement.loc.start.column);
  const called = isFunction(expression) ? `(${text.replaceAll('\n', '\n    ')})()` : `${text}()`;
  const again = `setTimeout(${name}, ${file.getText(delay)});`;
  const lines = [
    `const ${name} = async () => {`,
    '  try {',
    `    await ${called};`,
    '  } finally {',
    `    ${again}`,
    '  }',
    '};',
    again,
  ];
  return [{ range: statement.range, text: lines.join(`\n${indent}`) }];
}
