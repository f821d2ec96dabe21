import type { TSESTree } from '@typescript-eslint/utils';
import { type Call, findParameterIndex } from '../src/ast/calls.ts';
import { getCallLocation } from '../src/ast/locations.ts';
import { contains, type FunctionNode, getKeyName, isFunction, unwrap } from '../src/ast/nodes.ts';
import { AST_NODE_TYPES } from '../src/ast/types.ts';
import { endsBefore } from '../src/config/fetch.ts';
import { lacksDeadline, lacksSignalOfRun } from '../src/config/signals.ts';
import { leastTimes } from '../src/config/timeouts.ts';
import { createRule } from '../src/create-rule.ts';
import { fetchPatience } from '../src/facts/ignored-settings.ts';
import { promiseMethods } from '../src/facts/methods.ts';
import { formatNumber } from '../src/fix/number.ts';
import { addToArgument } from '../src/fix/objects.ts';
import { offer, type Rewrite } from '../src/fix/offer.ts';
import { getCallSites } from '../src/flow/calls/call-graph.ts';
import { findLimiterOfCall } from '../src/flow/calls/limiters.ts';
import { getReachedLangChainCalls } from '../src/flow/calls/reached.ts';
import { isAwaitedAfter } from '../src/flow/promises/later.ts';
import { findFunction, findRace, mayRace, type Race } from '../src/flow/promises/races.ts';
import { findCall, type LangChainCall } from '../src/langchain/calls.ts';
import { isClassicChain } from '../src/langchain/ignores.ts';
import { nameCall, quote } from '../src/messages.ts';
import { findConstant } from '../src/trace/constants.ts';
import type { LangChainFile } from '../src/trace/file.ts';
import { foldNumber } from '../src/trace/numbers.ts';

type MessageIds = 'abandoned' | 'abandonedBy' | 'abandonedInput' | 'abandonedRun' | 'abandonedStream' | 'pass';
type Options = [];

export default createRule<Options, MessageIds>({
  name: 'no-abandoned-call',
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow timeouts that give up on a call without ending it',
      recommended: true,
      category: 'Timeouts and retries',
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      abandoned:
        '`{{call}}()` keeps running after this timeout: it is billed and holds its place in the queue. Pass `{ timeout: {{delay}} }` as its config.',
      abandonedBy:
        '`{{caller}}()` keeps running after this timeout: its `{{call}}()` is billed and holds its place in the queue. Pass a `timeout` on to it.',
      abandonedInput:
        '`{{call}}()` keeps running after this timeout: it is billed and holds its place in the queue. Pass a `signal` in its input.',
      abandonedRun:
        '`{{call}}()` keeps running after this timeout: the run is billed and keeps its connection. Pass a `signal` beside its input, and abort it on timeout.',
      abandonedStream:
        '`{{call}}()` keeps running after this timeout: it is billed and holds its place in the queue. Pass a `signal`, and abort it on timeout.',
      pass: 'Pass `{ timeout: {{delay}} }` to `{{call}}()`.',
    },
  },
  create(context, _options, file) {
    if (!mayRace(file)) return {};
    function check(node: Call): void {
      const race = findRace(file, node);
      const given = race?.promises.filter((promise) => !isAwaitedAfter(file, promise, node)) ?? [];
      const started = given.flatMap((promise) => findStarted(file, promise, maxSteps));
      const abandoned = started.find(({ call }) => lacksDeadline(file, call) || lacksSignalOfRun(file, call));
      if (!race || !abandoned) return;
      const { call, caller } = abandoned;
      const delay = getDelay(file, race, abandoned);
      const data = {
        call: nameMethod(file, call),
        caller: caller === null ? '' : nameCall(file, caller),
        delay: delay ?? 'ms',
      };
      const edits = delay === null || caller !== null ? null : addTimeout(file, call, delay);
      context.report({
        loc: getCallLocation(node),
        messageId: getMessageId(abandoned),
        data,
        ...offer(file, { suggestions: [edits && { messageId: 'pass', data, edits }] }),
      });
    }
    return { CallExpression: check, NewExpression: check };
  },
});

/** How far variables, helpers and callbacks are followed. */
const maxSteps = 6;

/** A call that a promise comes from. */
interface Started {
  readonly call: LangChainCall;
  /** The call of a helper that makes it; null for a call in the race itself. */
  readonly caller: TSESTree.CallExpression | null;
  /** The call that passes it to the function with the race; null where that function makes it. */
  readonly giver: Call | null;
}

/** `model.invoke`, `client.runs.wait` */
function nameMethod(file: LangChainFile, { node, receiver, receiverNode, written }: LangChainCall): string {
  return receiver.kind === 'client' ? quote(file, node.callee) : `${quote(file, receiverNode)}.${written}`;
}

function getMessageId({ call, caller }: Started): MessageIds {
  if (isClassicChain(call.receiver)) return 'abandonedInput';
  if (call.receiver.kind === 'client') return 'abandonedRun';
  // A `timeout` would cut off an answer that is still streaming.
  if (call.method.startsWith('stream')) return 'abandonedStream';
  return caller === null ? 'abandoned' : 'abandonedBy';
}

/** The LangChain calls that a promise, or a function that returns one, comes from. */
function findStarted(file: LangChainFile, node: TSESTree.Node, steps: number): readonly Started[] {
  const expression = unwrap(node);
  if (steps === 0) return [];
  if (isFunction(expression)) return findMade(file, expression, null);
  switch (expression.type) {
    case AST_NODE_TYPES.CallExpression:
      return findStartedByCall(file, expression, steps);
    case AST_NODE_TYPES.ConditionalExpression:
      return [expression.consequent, expression.alternate].flatMap((each) => findStarted(file, each, steps - 1));
    case AST_NODE_TYPES.Identifier: {
      const value = findConstant(file, expression);
      return value
        ? findStarted(file, value, steps - 1)
        : findGiven(file, expression, (given) => findStarted(file, given, steps - 1));
    }
    default:
      return [];
  }
}

function findStartedByCall(file: LangChainFile, node: TSESTree.CallExpression, steps: number): readonly Started[] {
  const call = findCall(file, node);
  if (call) return call.returns === 'promise' ? [{ call, caller: null, giver: null }] : [];
  const callee = unwrap(node.callee);
  // `limit(() => model.invoke(text))`
  if (findLimiterOfCall(file, node, []))
    return node.arguments.flatMap((argument) =>
      isFunction(unwrap(argument)) ? findStarted(file, argument, steps - 1) : [],
    );
  const joined = readJoined(file, node);
  if (joined) return joined.flatMap((each) => findStarted(file, each, steps - 1));
  const fn = findFunction(file, callee);
  if (fn) return findMade(file, fn, isFunction(callee) ? null : node);
  if (callee.type === AST_NODE_TYPES.Identifier)
    return findGiven(file, callee, (given) => findStartedByFunction(file, given, steps - 1));
  const isChained = callee.type === AST_NODE_TYPES.MemberExpression && promiseMethods.has(getKeyName(callee) ?? '');
  return isChained ? findStarted(file, callee.object, steps - 1) : [];
}

/** What `Promise.all([a, b])` and `Promise.all(xs.map(callback))` wait for; null for any other call. */
function readJoined(file: LangChainFile, node: TSESTree.CallExpression): readonly TSESTree.Node[] | null {
  const [list] = node.arguments;
  const trace = file.trace(node.callee);
  if (!list || trace.type !== 'global' || !/^Promise\.all(?:Settled)?$/u.test(trace.name)) return null;
  const array = file.trace(list);
  if (array.type === 'array') return array.node.elements.filter((element) => element !== null);
  const mapped = unwrap(list);
  return mapped.type === AST_NODE_TYPES.CallExpression
    ? mapped.arguments.filter((each) => isFunction(unwrap(each)))
    : [];
}

/** The calls inside a function that is passed as an argument and called by the race. */
function findStartedByFunction(file: LangChainFile, node: TSESTree.Node, steps: number): readonly Started[] {
  const fn = findFunction(file, node);
  return fn && steps > 0 ? findMade(file, fn, null) : [];
}

/** The calls that a function makes. A helper that mentions a signal may abort them. */
function findMade(file: LangChainFile, fn: FunctionNode, caller: Started['caller']): readonly Started[] {
  if (caller && /signal|abort/iu.test(file.getText(fn))) return [];
  return getReachedLangChainCalls(file, fn).flatMap(({ call, via }) =>
    call.returns === 'promise' && via.length === 0 ? [{ call, caller, giver: null }] : [],
  );
}

/** The calls behind the arguments that the file passes in for a parameter. */
function findGiven(
  file: LangChainFile,
  node: TSESTree.Identifier,
  find: (given: TSESTree.Node) => readonly Started[],
): readonly Started[] {
  const parameter = findParameter(file, node);
  if (!parameter) return [];
  return getCallSites(file, parameter.fn).flatMap(({ argument, call }) => {
    const given = argument === null ? call.arguments[parameter.index] : undefined;
    return given && !isAwaitedAfter(file, given, call)
      ? find(given).map((started) => ({ ...started, giver: started.giver ?? call }))
      : [];
  });
}

function findParameter(
  file: LangChainFile,
  node: TSESTree.Identifier,
): { readonly fn: FunctionNode; readonly index: number } | null {
  const definition = file.scopes.findVariable(node)?.defs[0];
  if (definition?.type !== 'Parameter' || !isFunction(definition.node)) return null;
  return { fn: definition.node, index: findParameterIndex(definition.node, definition.name) };
}

// ── the suggestion ──────────────────────────────────────────────────────────────────────────────────────────────────

/** The time limit of the race as it can be written at the call; null where no name for it is in scope there. */
function getDelay(file: LangChainFile, { delay }: Race, { call: { node, receiver }, giver }: Started): string | null {
  const given = delay && giver ? findGivenDelay(file, delay, giver) : delay;
  if (!given) return null;
  const number = foldNumber(file, given);
  // no-low-timeout reports anything shorter, and no-ineffective-config anything longer than `fetch` waits.
  if (number && number.value < leastTimes.model) return formatNumber(leastTimes.model);
  if (number && endsBefore(file, receiver, number.value)) return formatNumber(fetchPatience.value);
  if (unwrap(given).type === AST_NODE_TYPES.Literal || isInScope(file, given, node)) return file.getText(given);
  return number && formatNumber(number.value);
}

/** `8000` of `withTimeout(promise, 8000)`, where the function waits for its second parameter. */
function findGivenDelay(file: LangChainFile, delay: TSESTree.Node, giver: Call): TSESTree.Node | null {
  const name = unwrap(delay);
  const parameter = name.type === AST_NODE_TYPES.Identifier ? findParameter(file, name) : null;
  return parameter ? (giver.arguments[parameter.index] ?? null) : delay;
}

function isInScope(file: LangChainFile, delay: TSESTree.Node, place: TSESTree.Node): boolean {
  const name = unwrap(delay);
  const variable = file.scopes.findVariable(name);
  return variable !== null && contains(variable.scope.block, place);
}

function addTimeout(
  file: LangChainFile,
  { method, node, receiver }: LangChainCall,
  delay: string,
): Rewrite<MessageIds>['edits'] | null {
  if (isClassicChain(receiver) || method !== 'invoke' || !file.owns(node)) return null;
  return addToArgument(file, node, 1, 'timeout', delay);
}
