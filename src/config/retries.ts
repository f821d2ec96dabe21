import type { TSESTree } from '@typescript-eslint/utils';
import { type Call, getMethodName, isCall } from '../ast/calls.ts';
import { unwrap } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { parseSpecifier } from '../facts/catalog.ts';
import { resolveFunction } from '../flow/calls/functions.ts';
import { type Agent, getMiddleware, getSubagents, type Middleware, readAgent } from '../langchain/agents.ts';
import { findCall, type LangChainCall } from '../langchain/calls.ts';
import { findConstructorOption } from '../langchain/construction.ts';
import { getParts } from '../langchain/parts.ts';
import { findGraph, getAllSteps, readSteps } from '../langchain/steps.ts';
import { getTraits } from '../langchain/traits.ts';
import { type LangChainFile, perFile } from '../trace/file.ts';
import { getNodes } from '../trace/nodes.ts';
import { findOption, type Option } from '../trace/options.ts';
import type { LangChainValue } from '../trace/value.ts';
import {
  type Again,
  type Attempts,
  findAgentModels,
  findCalledModels,
  findModels,
  findStepModels,
  readLibrary,
  readMiddleware,
  readNumber,
  readPolicy,
  readWithRetry,
} from './attempts.ts';

/** Retries of something that the model, or another layer, has already retried. */
export interface RetryLayer extends Again {
  readonly call: Call;
  readonly kind: 'call' | 'configuration' | 'library' | 'middleware' | 'policy' | 'withRetry';
  /** The models below it that are tried more than once, in source order. */
  readonly models: readonly Attempts[];
}

/** Whether a `withRetry` stands between a value and its models. */
export function isRetried(value: LangChainValue): boolean {
  return getParts(value).some(({ builder }) => builder === 'withRetry');
}

/** The requests of one failing call, without the enclosing layer. */
export function countRequests({ again, count }: Attempts): number {
  return again.reduce((product, { attempts }) => product * attempts, count);
}

/**
 * The layers of retries that a call or construction adds to those of its models, if their number of attempts is known.
 */
export function findRetryLayers(file: LangChainFile, node: Call): readonly RetryLayer[] {
  return readLayers(file, node).flatMap((layer) => {
    const models = layer.models.filter((each) => countRequests(each) > 1);
    return layer.attempts > 1 && models.length > 0 ? [{ ...layer, models }] : [];
  });
}

function readLayers(file: LangChainFile, node: Call): readonly RetryLayer[] {
  if (node.type === AST_NODE_TYPES.NewExpression) return readConfiguration(file, node);
  const agent = readAgent(file, node);
  if (agent)
    return agent.takesMiddleware
      ? [agent, ...getSubagents(file, agent)].flatMap((each) => readMiddlewares(file, each))
      : [];
  const layer = readBuilder(file, node) ?? readRetried(file, node) ?? readTask(file, node) ?? readCall(file, node);
  return layer ? [layer] : readPolicies(file, node);
}

function readBuilder(file: LangChainFile, node: TSESTree.CallExpression): RetryLayer | null {
  const again = readWithRetry(file, node);
  const callee = unwrap(node.callee);
  const base = again && callee.type === AST_NODE_TYPES.MemberExpression ? file.resolve(callee.object) : null;
  if (!again || base?.is !== 'yes') return null;
  const models = findModels(file, base.value, findRetriesOfCalls(file, node));
  return { ...again, call: node, kind: 'withRetry', models };
}

/** `maxRetries` in the config of the calls of a value, where all of them have one. */
function findRetriesOfCalls(file: LangChainFile, node: TSESTree.Node): Option {
  const absent: Option = { is: 'absent' };
  if (!file.sourceCode.text.includes('maxRetries')) return absent;
  const options = getCalls(file).flatMap(({ config, receiver }) =>
    getParts(receiver).some((part) => part.node === node)
      ? [config ? findOption(file, config, 'maxRetries') : absent]
      : [],
  );
  return options.every((option) => option.is === 'given') ? (options[0] ?? absent) : absent;
}

const getCalls = perFile((file): readonly LangChainCall[] =>
  getNodes(file).flatMap((node) => (node.type === AST_NODE_TYPES.CallExpression ? (findCall(file, node) ?? []) : [])),
);

function readRetried(file: LangChainFile, node: TSESTree.CallExpression): RetryLayer | null {
  const again = readLibrary(file, node);
  const fn = again && node.arguments[0] && resolveFunction(file, node.arguments[0]);
  return fn ? { ...again, call: node, kind: 'library', models: findCalledModels(file, fn) } : null;
}

/**
 * `configuration.maxRetries` brings back the SDK's own retries, which LangChain switches off. Proof:
 * `retries-multiply`.
 */
function readConfiguration(file: LangChainFile, node: TSESTree.NewExpression): readonly RetryLayer[] {
  const resolution = file.resolve(node);
  if (resolution.is !== 'yes' || resolution.value.node !== node) return [];
  const { value } = resolution;
  if (!getTraits(file, value).timeouts.some(({ option }) => option === 'configuration.timeout')) return [];
  const option = findConstructorOption(file, value, 'configuration.maxRetries');
  const retries = readNumber(file, option);
  if (option.is !== 'given' || retries === null) return [];
  const again = { node: option.property, name: 'configuration.maxRetries', attempts: retries + 1 };
  return [{ ...again, call: node, kind: 'configuration', models: findModels(file, value) }];
}

/** `maxRetries` in a config of ChatAnthropic, which also passes it to its SDK. Proof: `call-retries-squared`. */
function readCall(file: LangChainFile, node: TSESTree.CallExpression): RetryLayer | null {
  const isBuilder = getMethodName(node) === 'withConfig';
  const built = isBuilder ? file.resolve(node) : null;
  const call = isBuilder ? null : findCall(file, node);
  const receiver = built?.is === 'yes' ? built.value.base : (call?.receiver ?? null);
  const config = isBuilder ? node.arguments[0] : call?.config;
  const option = config && receiver ? findOption(file, config, 'maxRetries') : null;
  const retries = option ? readNumber(file, option) : null;
  if (!receiver || option?.is !== 'given' || retries === null) return null;
  const squared = findModels(file, receiver).filter(({ model }) => getTraits(file, model).callRetries === 'squared');
  const count = retries + 1;
  const again = { node: option.property, name: 'maxRetries', attempts: count };
  return { ...again, call: node, kind: 'call', models: squared.map((each) => ({ ...each, again: [], count })) };
}

// ── middleware ───────────────────────────────────────────────────────────────────────────────────────────────────────

function readMiddlewares(file: LangChainFile, agent: Agent): readonly RetryLayer[] {
  return getMiddleware(file, agent).flatMap((middleware) => {
    const again = middleware && makers.has(middleware.name) ? readMiddleware(file, middleware) : null;
    if (!middleware || !again) return [];
    const models =
      middleware.name === 'modelRetryMiddleware'
        ? findAgentModels(file, agent, true)
        : findToolModels(file, agent, middleware);
    return [{ ...again, call: agent.node, kind: 'middleware', models }];
  });
}

const makers: ReadonlySet<string> = new Set(['modelRetryMiddleware', 'toolRetryMiddleware']);

/** The models that the tools of an agent call. Proof: `tool-retry-middleware`. */
function findToolModels(file: LangChainFile, { options }: Agent, { call }: Middleware): readonly Attempts[] {
  const tools = readElements(file, findOption(file, options, 'tools'));
  const chosen = findOption(file, call.arguments[0], 'tools');
  if (chosen.is === 'unknown') return [];
  const isMeant = chosen.is === 'absent' ? () => true : makeFilter(file, readElements(file, chosen));
  return tools.flatMap((tool) => {
    const resolution = file.resolve(tool);
    return resolution.is === 'yes' && isMeant(resolution.value) ? findModels(file, resolution.value) : [];
  });
}

function readElements(file: LangChainFile, option: Option): readonly TSESTree.Node[] {
  const list = option.is === 'given' ? file.trace(option.value) : null;
  return list?.type === 'array' ? list.node.elements.filter((element) => element !== null) : [];
}

/** Whether a tool is among the listed ones, which are names or the tools themselves. */
function makeFilter(file: LangChainFile, listed: readonly TSESTree.Node[]): (tool: LangChainValue) => boolean {
  const names = listed.map((each) => readText(file, each));
  const nodes = listed.map((each) => {
    const resolution = file.resolve(each);
    return resolution.is === 'yes' ? resolution.value.node : null;
  });
  return ({ node }) => nodes.includes(node) || names.includes(readToolName(file, node) ?? '');
}

function readToolName(file: LangChainFile, node: TSESTree.Node): string | null {
  const fields = isCall(node) ? (node.arguments[1] ?? node.arguments[0]) : null;
  const name = findOption(file, fields, 'name');
  return name.is === 'given' ? readText(file, name.value) : null;
}

function readText(file: LangChainFile, node: TSESTree.Node): string | null {
  const trace = file.trace(node);
  const value = trace.type === 'literal' && trace.node.type === AST_NODE_TYPES.Literal ? trace.node.value : null;
  return typeof value === 'string' ? value : null;
}

// ── policies of LangGraph ────────────────────────────────────────────────────────────────────────────────────────────

/** `task({ name: 'ask', retry: { maxAttempts: 3 } }, ask)`. Proof: `graph-policies-retry`. */
function readTask(file: LangChainFile, node: TSESTree.CallExpression): RetryLayer | null {
  const ref = file.findExport(node.callee);
  if (ref?.name !== 'task' || parseSpecifier(ref.source)?.package !== '@langchain/langgraph') return null;
  const [options, run] = node.arguments;
  const again = readPolicy(file, options, 'retry');
  const fn = again && run ? resolveFunction(file, run) : null;
  return again && fn ? { ...again, call: node, kind: 'policy', models: findCalledModels(file, fn) } : null;
}

/** `addNode('ask', ask, { retryPolicy })`, `setNodeDefaults({ retryPolicy })` */
function readPolicies(file: LangChainFile, node: TSESTree.CallExpression): readonly RetryLayer[] {
  const method = getMethodName(node);
  if (method === 'addNode' || method === 'addSequence')
    return readSteps(file, node).flatMap(({ options, run }) => {
      const again = readPolicy(file, options, 'retryPolicy');
      return again ? [{ ...again, call: node, kind: 'policy', models: findStepModels(file, run) }] : [];
    });
  const graph = method === 'setNodeDefaults' ? findGraph(file, node) : null;
  const again = graph ? readPolicy(file, node.arguments[0], 'retryPolicy') : null;
  if (!again) return [];
  const steps = getAllSteps(file).filter(
    (step) => step.graph === graph && findOption(file, step.options, 'retryPolicy').is === 'absent',
  );
  return [{ ...again, call: node, kind: 'policy', models: steps.flatMap(({ run }) => findStepModels(file, run)) }];
}
