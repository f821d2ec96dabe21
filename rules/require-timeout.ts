import type { TSESTree } from '@typescript-eslint/utils';
import { type Call, findParameterIndex, getMemberRoot } from '../src/ast/calls.ts';
import { getConstructionLocation } from '../src/ast/locations.ts';
import { getKeyName, isFunction, unwrap } from '../src/ast/nodes.ts';
import { AST_NODE_TYPES } from '../src/ast/types.ts';
import { findClientHere } from '../src/clients/client.ts';
import { getAttempts } from '../src/config/attempts.ts';
import { findConfigured } from '../src/config/configured.ts';
import { getDefaultTimeout } from '../src/config/fetch.ts';
import { ignoresDeadline } from '../src/config/ignored-calls.ts';
import { createRule } from '../src/create-rule.ts';
import { misspelledOptions } from '../src/facts/ignored-settings.ts';
import { setConstructorOption, writeOption } from '../src/fix/objects.ts';
import { offer } from '../src/fix/offer.ts';
import { resolveStep } from '../src/flow/calls/functions.ts';
import { getReachedLangChainCalls } from '../src/flow/calls/reached.ts';
import { findHandlers } from '../src/handlers/index.ts';
import { findAgent, findAgentModel, findStringModels, getMiddleware } from '../src/langchain/agents.ts';
import { findCall } from '../src/langchain/calls.ts';
import { findConstructorOption } from '../src/langchain/construction.ts';
import { getParts } from '../src/langchain/parts.ts';
import { getAllSteps } from '../src/langchain/steps.ts';
import { getTraits } from '../src/langchain/traits.ts';
import { type LangChainFile, perFile } from '../src/trace/file.ts';
import { getNodes } from '../src/trace/nodes.ts';
import { findOption, isUndefined, type Option, readObject } from '../src/trace/options.ts';
import { getBase, type LangChainValue } from '../src/trace/value.ts';

type MessageIds = 'addTimeout' | 'never' | 'neverAlone' | 'option' | 'retried' | 'string';
type Options = [];

const INSTEAD = '60_000';

export default createRule<Options, MessageIds>({
  name: 'require-timeout',
  meta: {
    type: 'suggestion',
    docs: { description: 'require a timeout for models', recommended: 'strict', category: 'Timeouts and retries' },
    hasSuggestions: true,
    schema: [],
    messages: {
      option: '`{{name}}` has no timeout: if no answer comes, the caller waits {{wait}}. Write `{{option}}`.',
      retried:
        '`{{name}}` has no timeout: if no answer comes, the caller waits {{attempts}} × {{wait}}. Write `{{option}}`.',
      never:
        '`{{name}}` has no timeout, and no option for one: the caller may wait {{wait}}. Pass `{ timeout: {{instead}} }` to its calls.',
      neverAlone:
        '`{{name}}` has no timeout, not even per call: the caller may wait {{wait}}. Pipe it into a parser; give the chain `{ timeout: {{instead}} }`.',
      string:
        'A model given as a string has no timeout: if no answer comes, the caller waits {{wait}}. Pass `new {{name}}({ {{option}} })`.',
      addTimeout: 'Add `{{option}}`.',
    },
  },
  create(context, _options, file) {
    function check(node: Call): void {
      const client = findClientHere(file, node);
      const model = client?.harm === 'derivedLimit' || client?.harm === 'weights' ? null : client?.value;
      if (!client || !model || (model.kind !== 'chatModel' && model.kind !== 'llm')) return;
      const wait = findWait(file, model);
      if (!wait) return;
      const { attempts, option } = wait;
      const data = {
        name: client.name,
        instead: INSTEAD,
        wait: describeWait(wait),
        attempts: String(attempts),
        option: option === null ? '' : writeOption(option, INSTEAD),
      };
      const edits = option === null ? null : setConstructorOption(file, model, option, INSTEAD);
      context.report({
        loc: getConstructionLocation(node),
        messageId: getMessageId(wait),
        data,
        ...offer<MessageIds>(file, { suggestions: [edits && { messageId: 'addTimeout', data, edits }] }),
      });
    }
    function checkStrings(node: TSESTree.CallExpression): void {
      if (getTimed(file).has(node)) return;
      for (const model of findStringModels(file, node)) {
        const wait = measureWait(file, model);
        const option = wait?.option ?? null;
        if (!wait || option === null) continue;
        const data = {
          name: model.className,
          wait: describeWait({ ...wait, option: null }),
          option: writeOption(option, INSTEAD),
        };
        context.report({ node: file.owns(model.node) ? model.node : node.callee, messageId: 'string', data });
      }
    }
    return {
      CallExpression(node) {
        check(node);
        checkStrings(node);
      },
      NewExpression: check,
    };
  },
});

function getMessageId({ attempts, honoursCallTimeout, option }: Wait): MessageIds {
  if (option !== null) return attempts !== null && attempts > 1 ? 'retried' : 'option';
  return honoursCallTimeout === false ? 'neverAlone' : 'never';
}

/** `5 minutes`; for a class without a timeout option, with the attempts: `7 × 5 minutes`. */
function describeWait({ attempts, option, timeout }: Wait): string {
  if (timeout === Infinity) return 'until the server hangs up';
  const minutes = `${String(Math.floor(timeout / 60_000))} minutes`;
  return option === null && attempts !== null && attempts > 1 ? `${String(attempts)} × ${minutes}` : minutes;
}

/** How long a call of a model without a timeout may wait. */
interface Wait {
  /** Milliseconds of one attempt; Infinity when neither the SDK nor `fetch` ever gives up. */
  readonly timeout: number;
  /** Null when the number is not known. */
  readonly attempts: number | null;
  /** The constructor option that sets the timeout, a dotted path; null when the class has none. */
  readonly option: string | null;
  /** Whether `timeout` and `signal` in a call's config end it; null when that is not known. */
  readonly honoursCallTimeout: boolean | null;
}

/** no-ineffective-config reports a timeout that nothing reads. */
const misspelledTimeouts = misspelledOptions.filter(({ instead }) => instead === 'timeout').map(({ key }) => key);

/** Options that may carry a timeout which is not written here. */
const carriers = [
  'client',
  'createClient',
  'httpClient',
  'fetch',
  'configuration.fetch',
  'configuration.fetchOptions',
  'configuration.httpAgent',
  'clientOptions.fetch',
  'clientOptions.fetchOptions',
  'clientOptions.requestHandler',
];

/** The longest that a provider needs to answer: a class that gives up within this time needs no other timeout. */
const longEnough = 120_000;

/** How long a model waits; null where a timeout is or may be set, and for unknown classes. */
function findWait(file: LangChainFile, model: LangChainValue): Wait | null {
  const { ignoredOptions, timeouts } = getTraits(file, model);
  // Another rule reports a timeout that the class ignores.
  const ignored = ignoredOptions.filter((path) => /timeout$/iu.test(path));
  const paths = new Set([...timeouts.map(({ option }) => option), ...ignored, 'timeout']);
  const written = [...paths, ...misspelledTimeouts];
  if (written.some((path) => mayBeSet(file, findConstructorOption(file, model, path)))) return null;
  if (carriers.some((path) => mayCarryTimeout(file, findConstructorOption(file, model, path)))) return null;
  if (getTimed(file).has(model.node)) return null;
  return measureWait(file, model);
}

function mayBeSet(file: LangChainFile, option: Option): boolean {
  return option.is === 'unknown' || (option.is === 'given' && !isUndefined(file, option.value));
}

/** How long a model without a timeout waits; null for unknown classes and for those that give up by themselves. */
function measureWait(file: LangChainFile, model: LangChainValue): Wait | null {
  const { honoursCallTimeout, timeouts } = getTraits(file, model);
  const timeout = getDefaultTimeout(file, model);
  if (timeout === null || timeout <= longEnough) return null;
  const option = timeouts.find(({ ends, option: path }) => ends === 'attempt' && !path.includes('requestHandler'));
  return {
    timeout,
    attempts: getAttempts(file, model)?.count ?? null,
    option: option?.option ?? null,
    honoursCallTimeout: honoursCallTimeout ?? null,
  };
}

/** A function or object that is in sight and does not mention a timeout carries none. */
function mayCarryTimeout(file: LangChainFile, option: Option): boolean {
  if (option.is !== 'given') return option.is === 'unknown';
  const isInSight = isFunction(unwrap(option.value)) || readObject(file, option.value) !== null;
  return !isInSight || /abort|signal|timeout/iu.test(file.getText(option.value));
}

const timing = ['timeout', 'signal'];

/**
 * Constructions that a call, `withConfig` or an assignment gives a timeout or a signal. A config that cannot be
 * resolved may hold one.
 */
const getTimed = perFile((file): ReadonlySet<TSESTree.Node> => {
  const calls = getNodes(file).filter((node) => node.type === AST_NODE_TYPES.CallExpression);
  const untimed = new Set(calls.flatMap((call) => findUntimed(file, call)));
  const timed = new Set<TSESTree.Node>();
  for (const node of getNodes(file)) {
    const receiver = findTimedReceiver(file, node);
    const isCall = node.type === AST_NODE_TYPES.CallExpression && findCall(file, node) !== null;
    for (const part of receiver ? getParts(receiver) : []) {
      if (!isCall || !untimed.has(part.node)) timed.add(part.node);
      for (const model of [...findInAgent(file, part), ...findInGraph(file, part)]) timed.add(model);
    }
  }
  for (const { options, run } of getAllSteps(file)) {
    if (findOption(file, options, 'timeout').is === 'absent') continue;
    for (const model of findInStep(file, run)) timed.add(model);
  }
  return timed;
});

/** The models that a call runs without a deadline, neither its own nor that of an enclosing run. */
function findUntimed(file: LangChainFile, node: TSESTree.CallExpression): readonly TSESTree.Node[] {
  const call = findCall(file, node);
  if (!call || call.config || node.arguments.some(({ type }) => type === AST_NODE_TYPES.SpreadElement)) return [];
  const parts = getParts(call.receiver);
  const mayBeBound = parts.some(({ builder }) => builder === 'withConfig' || builder === 'bind');
  const isStep = (): boolean =>
    findHandlers(file, node).some(({ handler: { unit } }) => unit === 'chain step' || steps.has(unit));
  return mayBeBound || isStep() ? [] : parts.map((part) => part.node);
}

/** The models that the nodes of a graph call: the deadline of its run ends them. */
function findInGraph(file: LangChainFile, value: LangChainValue): readonly TSESTree.Node[] {
  const graph = value.kind === 'graph' ? getBase(value).node : null;
  return getAllSteps(file).flatMap((step) => (step.graph === graph ? findInStep(file, step.run) : []));
}

function findInStep(file: LangChainFile, run: TSESTree.Node): readonly TSESTree.Node[] {
  const { fn, value } = resolveStep(file, run);
  const called = fn ? getReachedLangChainCalls(file, fn).map(({ call }) => call.receiver) : [];
  return [...called, ...(value ? [value] : [])]
    .flatMap(getParts)
    .flatMap((part) => [part.node, ...findInAgent(file, part)]);
}

/** The models that run in a call of an agent: its own, and those of its middleware. */
function findInAgent(file: LangChainFile, value: LangChainValue): readonly TSESTree.Node[] {
  const agent = findAgent(file, value);
  if (!agent) return [];
  const model = findAgentModel(file, agent);
  const middleware = agent.takesMiddleware ? getMiddleware(file, agent) : [];
  return [
    ...(model ? getParts(model).map(({ node }) => node) : []),
    ...middleware.flatMap((each) => (each ? [each.call, ...each.call.arguments] : [])),
  ];
}

function findTimedReceiver(file: LangChainFile, node: TSESTree.Node): LangChainValue | null {
  if (node.type === AST_NODE_TYPES.AssignmentExpression) return findTimedTarget(file, node.left);
  if (node.type !== AST_NODE_TYPES.CallExpression || node.arguments.length === 0) return null;
  const call = findCall(file, node);
  if (call) {
    return call.config && mayTime(file, call.config) && !isIgnored(file, node) ? call.receiver : null;
  }
  const resolution = file.resolve(node);
  const bound = resolution.is === 'yes' && resolution.value.builder !== null ? resolution.value : null;
  const takesConfig = bound?.builder === 'withConfig' || bound?.builder === 'bind';
  return takesConfig && node.arguments[0] && mayTime(file, node.arguments[0]) && !isIgnored(file, node) ? bound : null;
}

/** Whether the deadline of a call is one that the class ignores, which does not count. */
function isIgnored(file: LangChainFile, node: TSESTree.CallExpression): boolean {
  const configured = findConfigured(file, node);
  return configured !== null && ignoresDeadline(file, configured);
}

/** `model` of `model.timeout = 60_000` */
function findTimedTarget(file: LangChainFile, target: TSESTree.Node): LangChainValue | null {
  if (target.type !== AST_NODE_TYPES.MemberExpression || getKeyName(target) !== 'timeout') return null;
  const resolution = file.resolve(target.object);
  return resolution.is === 'yes' ? resolution.value : null;
}

function mayTime(file: LangChainFile, config: TSESTree.Node): boolean {
  const object = unwrap(config);
  if (isOwnConfig(file, object)) return false;
  if (object.type !== AST_NODE_TYPES.ObjectExpression)
    return timing.some((key) => findOption(file, config, key).is !== 'absent');
  return object.properties.some((property) => {
    if (property.type === AST_NODE_TYPES.SpreadElement) return mayTime(file, property.argument);
    const key = getKeyName(property);
    return key === null || (timing.includes(key) && !isOwnConfig(file, getMemberRoot(property.value)));
  });
}

/** The config parameter of a node or a tool, which has a deadline only if the run has one. */
function isOwnConfig(file: LangChainFile, node: TSESTree.Node): boolean {
  if (node.type !== AST_NODE_TYPES.Identifier) return false;
  const [definition] = file.scopes.findVariable(node)?.defs ?? [];
  if (definition?.type !== 'Parameter' || !isFunction(definition.node)) return false;
  const fn = definition.node;
  return (
    findParameterIndex(fn, definition.name) === 1 &&
    findHandlers(file, node).some(({ handler }) => handler.node === fn && steps.has(handler.unit))
  );
}

const steps: ReadonlySet<string> = new Set(['graph step', 'tool call']);
