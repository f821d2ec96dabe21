import type { TSESTree } from '@typescript-eslint/utils';
import { getEnclosingFunction } from '../ast/ancestors.ts';
import { contains, type FunctionNode, isFunction, unwrap, wrapped } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { walk } from '../ast/walk.ts';
import { findLostLimit, mayLimitAgent } from '../config/agent-limits.ts';
import { hasIneffectiveLimit } from '../config/ineffective.ts';
import { isLimit } from '../config/limits.ts';
import { modelBuilders } from '../facts/builders.ts';
import { getOwnCalls } from '../flow/calls/call-graph.ts';
import { resolveFunction, resolveStep } from '../flow/calls/functions.ts';
import { findLimiterOfCall } from '../flow/calls/limiters.ts';
import { getReachedCalls, getReachedLangChainCalls } from '../flow/calls/reached.ts';
import { findAgent, findAgentModel } from '../langchain/agents.ts';
import { findCall, findEmbeddings, isRemote, type LangChainCall } from '../langchain/calls.ts';
import { findConstructorOption, getConstruction } from '../langchain/construction.ts';
import { getParts } from '../langchain/parts.ts';
import { getAllSteps } from '../langchain/steps.ts';
import { getTraits } from '../langchain/traits.ts';
import { findWork } from '../langchain/work.ts';
import { Answers } from '../memo.ts';
import { type LangChainFile, perKey } from '../trace/file.ts';
import { findOption, isUndefined } from '../trace/options.ts';
import type { LangChainValue } from '../trace/value.ts';
import { isTurn } from './turns.ts';

/**
 * Whether a value itself limits how many of its calls are in flight, through a constructor `maxConcurrency` or a small
 * default. `perItem`: it would, but each element has its own instance, and so its own limit. `stream`: it does, but not
 * for a stream, which holds its slot only until it opens.
 */
export type EffectiveLimit = 'limited' | 'none' | 'perItem' | 'stream';

/**
 * The effective limit of a call that runs once per element, as part of these functions or loops.
 * @param assumed A construction that is taken to set a limit.
 */
export function getEffectiveLimit(
  file: LangChainFile,
  call: LangChainCall,
  runs: readonly TSESTree.Node[],
  assumed: TSESTree.Node | null,
): EffectiveLimit {
  const { receiver } = call;
  // no-ineffective-config reports a limit in the wrong place.
  if (hasIneffectiveLimit(file, call.node)) return 'limited';
  // The langgraph-sdk client limits itself to four calls in flight, runs excepted. Proof: `sdk-client-limits-calls`.
  if (call.receiver.kind === 'client' && call.method.includes('.') && !call.method.startsWith('runs.'))
    return 'limited';
  const limits = new EffectiveLimits(file, runs, assumed);
  const limit = weakest([receiver, ...receiver.alternatives].map((value) => limits.of(value)));
  return limit === 'limited' && streams.has(call.method) && hasModel(file, receiver) ? 'stream' : limit;
}

/** Whether a value limits its own calls, whatever makes them. */
export function isLimited(file: LangChainFile, value: LangChainValue): boolean {
  const limits = new EffectiveLimits(file, [], null);
  return [value, ...value.alternatives].every((each) => limits.of(each) === 'limited');
}

/** Whether a node of a graph calls only models that limit their calls. */
export function isLimitedStep(file: LangChainFile, run: TSESTree.Node): boolean {
  return new EffectiveLimits(file, [], null).ofStep(file, run) === 'limited';
}

const streams = new Set(['stream', 'streamEvents', 'streamLog', 'transform']);

const order: readonly EffectiveLimit[] = ['none', 'perItem', 'stream', 'limited'];

function weakest(limits: readonly EffectiveLimit[]): EffectiveLimit {
  return order.find((limit) => limits.includes(limit)) ?? 'none';
}

class EffectiveLimits {
  readonly #file: LangChainFile;
  readonly #runs: readonly TSESTree.Node[];
  readonly #assumed: TSESTree.Node | null;
  readonly #limits = new Answers<LangChainValue, EffectiveLimit>({ onCycle: 'none', tooDeep: 'none' });

  constructor(file: LangChainFile, runs: readonly TSESTree.Node[], assumed: TSESTree.Node | null) {
    this.#file = file;
    this.#runs = runs;
    this.#assumed = assumed;
  }

  of(value: LangChainValue): EffectiveLimit {
    return this.#limits.find(value, () => this.#compute(value));
  }

  #compute(value: LangChainValue): EffectiveLimit {
    if (value.steps)
      return this.#ofSteps(
        value,
        value.steps.flatMap((step) => (step.is === 'yes' ? [step.value] : [])),
      );
    if (value.builder !== null) return value.base ? this.#ofDerived(value, value.base) : 'none';
    if (this.#isWorkLimited(value)) return 'limited';
    switch (value.kind) {
      case 'stateGraph':
        return this.#ofGraph(value);
      case 'chatModel':
      case 'embeddings':
      case 'llm':
        return this.#ofModel(value);
      case 'vectorStore': {
        const embeddings = value.entry?.net === 'network' ? null : findEmbeddings(this.#file, value);
        return embeddings ? this.of(embeddings) : 'none';
      }
      case 'chain':
      case 'documentCompressor':
      case 'retriever':
        return value.entry?.net === 'network' ? 'none' : this.#ofParts(value.node);
      case 'agent':
      case 'graph':
        return this.#ofAgent(value);
      case 'runnable':
      case 'tool':
        return value.entry?.net === 'network' ? 'none' : this.#ofFunction(value);
      default:
        return 'none';
    }
  }

  #ofSteps(value: LangChainValue, steps: readonly LangChainValue[]): EffectiveLimit {
    const limit = weakest(steps.filter((step) => isRemote(this.#file, step)).map((step) => this.of(step)));
    return limit === 'limited' && value.builder === 'withStructuredOutput' && value.base
      ? this.#ofDerived(value, value.base)
      : limit;
  }

  #ofDerived(value: LangChainValue, base: LangChainValue): EffectiveLimit {
    const limit = this.of(base);
    const buildsModel = value.builder !== null && modelBuilders.has(value.builder);
    if (limit !== 'limited' || !buildsModel || getTraits(this.#file, base).derivedQueue !== 'own') return limit;
    return isMadePerRun(this.#file, value.node, this.#runs) ? 'perItem' : limit;
  }

  #ofModel(value: LangChainValue): EffectiveLimit {
    if (value.node !== this.#assumed && !isLimitSet(this.#file, value) && !isLimitedByDefault(this.#file, value))
      return 'none';
    return isMadePerRun(this.#file, value.node, this.#runs) ? 'perItem' : 'limited';
  }

  /** The limit of an agent's model, where it applies to the agent's steps, or a limiter in its middleware. */
  #ofAgent(value: LangChainValue): EffectiveLimit {
    const agent = findAgent(this.#file, value);
    if (!agent) return 'none';
    if (agent.takesMiddleware && mayLimitAgent(this.#file, agent)) return 'limited';
    const model = findAgentModel(this.#file, agent);
    return model ? weakest([model, ...model.alternatives].map((each) => this.#ofAgentModel(each))) : 'none';
  }

  #ofAgentModel(model: LangChainValue): EffectiveLimit {
    // Reported where the limit is written.
    if (getParts(model).some(({ node }) => findLostLimit(this.#file, node) !== null)) return 'limited';
    return getTraits(this.#file, model).limitsAgents === false ? 'none' : this.of(model);
  }

  /** The limit of the models that the nodes of a graph call, when all of them can be resolved. */
  #ofGraph({ node }: LangChainValue): EffectiveLimit {
    const file = this.#file.of(node);
    const steps = getAllSteps(file).filter(({ graph }) => graph === node);
    return weakest(steps.map(({ run }) => this.ofStep(file, run)));
  }

  ofStep(file: LangChainFile, run: TSESTree.Node): EffectiveLimit {
    const { fn, value } = resolveStep(file, run);
    if (!fn) return value ? this.of(value) : 'none';
    const calls = getReachedLangChainCalls(file, fn).map(({ call }) => call);
    return weakest(
      calls
        .filter(({ remote }) => remote)
        .map(({ method, receiver }) => (streams.has(method) ? 'stream' : this.of(receiver))),
    );
  }

  /** The parts of a chain or retriever, when every part that reaches the network is limited. */
  #ofParts(node: TSESTree.Node): EffectiveLimit {
    if (node.type !== AST_NODE_TYPES.NewExpression && node.type !== AST_NODE_TYPES.CallExpression) return 'none';
    const parts = node.arguments
      .flatMap((argument) => this.#getParts(argument))
      .filter((part) => isRemote(this.#file, part));
    return weakest(parts.map((part) => this.of(part)));
  }

  #getParts(argument: TSESTree.Node): readonly LangChainValue[] {
    const resolution = this.#file.resolve(argument);
    if (resolution.is === 'yes') return [resolution.value, ...resolution.value.alternatives];
    const object = unwrap(argument);
    if (object.type !== AST_NODE_TYPES.ObjectExpression) return [];
    return object.properties.flatMap((property) =>
      property.type === AST_NODE_TYPES.Property ? this.#getParts(property.value) : [],
    );
  }

  /** Whether the methods of a class of the project make only limited calls. */
  #isWorkLimited(value: LangChainValue): boolean {
    const work = findWork(this.#file, value);
    if (work.some((fn) => waitsItsTurn(this.#file, fn))) return true;
    const calls = work.flatMap((fn) => getReachedLangChainCalls(this.#file, fn)).filter(({ call }) => call.remote);
    return calls.length > 0 && weakest(calls.map(({ call }) => this.of(call.receiver))) === 'limited';
  }

  /** A RunnableLambda or a tool: the calls in its function. */
  #ofFunction({ node }: LangChainValue): EffectiveLimit {
    const fn = findFunction(this.#file, node);
    if (!fn) return 'none';
    if (waitsItsTurn(this.#file, fn)) return 'limited';
    const calls = getOwnCalls(this.#file, fn).map((inner) => findCall(this.#file, inner));
    return weakest(calls.flatMap((call) => (call?.remote === true ? [this.of(call.receiver)] : [])));
  }
}

/** Whether a function sends its calls through a limiter, which all runs of it share. */
function waitsItsTurn(file: LangChainFile, fn: FunctionNode): boolean {
  return getReachedCalls(file, fn).some(({ node }) => {
    const { parent } = wrapped(node);
    if (findLimiterOfCall(file, node, [])?.limits === true) return true;
    return parent?.type === AST_NODE_TYPES.AwaitExpression && isTurn(file, parent, []);
  });
}

function findFunction(file: LangChainFile, node: TSESTree.Node): FunctionNode | null {
  if (node.type !== AST_NODE_TYPES.NewExpression && node.type !== AST_NODE_TYPES.CallExpression) return null;
  const [argument] = node.arguments;
  if (!argument) return null;
  const func = findOption(file, argument, 'func');
  return resolveFunction(file, func.is === 'given' ? func.value : argument);
}

/** Whether the constructor is given a `maxConcurrency`; one that cannot be read is assumed to be valid. */
function isLimitSet(file: LangChainFile, value: LangChainValue): boolean {
  if (value.origin === 'annotation' || value.origin === 'this') return false;
  const option = findConstructorOption(file, value, 'maxConcurrency');
  if (option.is !== 'unknown' || !value.classNode) return isLimit(file, option);
  return findSuperArguments(file, value.classNode).some((argument) =>
    isLimit(file, findOption(file, argument, 'maxConcurrency')),
  );
}

/** The arguments that a class of the file passes to LangChain's constructor. */
function findSuperArguments(file: LangChainFile, classNode: TSESTree.Node): readonly TSESTree.Node[] {
  const found: TSESTree.Node[] = [];
  walk(classNode, file.sourceCode.visitorKeys, (node) => {
    if (node.type === AST_NODE_TYPES.CallExpression && node.callee.type === AST_NODE_TYPES.Super)
      found.push(...node.arguments);
    return true;
  });
  return found;
}

function isLimitedByDefault(file: LangChainFile, value: LangChainValue): boolean {
  const limit = getTraits(file, value).defaultMaxConcurrency;
  if (limit === undefined || limit === Infinity) return false;
  // `new OpenAIEmbeddings({ maxConcurrency: Infinity })`
  const construction = getConstruction(value);
  const option = construction && findConstructorOption(file, construction, 'maxConcurrency');
  return option?.is !== 'given' || isUndefined(file, option.value);
}

/** Whether it is or contains a model whose answers stream. */
const hasModel = perKey({ onCycle: false, tooDeep: false }, readsModel);

function readsModel(file: LangChainFile, value: LangChainValue): boolean {
  if (value.steps)
    return value.steps.some((step) => step.is === 'yes' && step.value !== value && hasModel(file, step.value));
  // no-ineffective-config reports an ignored limit, for streams too.
  if (value.kind === 'chatModel' || value.kind === 'llm') return getTraits(file, value).honoursMaxConcurrency !== false;
  return value.builder !== null && value.base !== null && hasModel(file, value.base);
}

/**
 * Whether the code that runs once per element creates the value: it does so itself or in a function that it calls, and
 * not to fill a cache.
 */
function isMadePerRun(file: LangChainFile, node: TSESTree.Node, runs: readonly TSESTree.Node[]): boolean {
  if (isKept(file, node)) return false;
  if (runs.some((run) => contains(run, node))) return true;
  const maker = getEnclosingFunction(node);
  if (!maker) return false;
  return runs.some(
    (run) => isFunction(run) && getOwnCalls(file, run).some((call) => resolveFunction(file, call.callee) === maker),
  );
}

/**
 * `model ??= new ChatOpenAI()` with an outer variable, `this.model = new ChatOpenAI()`, `models.set(name, new
 * ChatOpenAI())`.
 */
function isKept(file: LangChainFile, node: TSESTree.Node): boolean {
  const maker = getEnclosingFunction(node);
  for (
    let inner = node, current = node.parent;
    current && current !== maker;
    inner = current, current = current.parent
  ) {
    if (current.type === AST_NODE_TYPES.AssignmentExpression && current.right === inner) {
      if (current.left.type === AST_NODE_TYPES.MemberExpression) return true;
      const variable = file.scopes.findVariable(current.left);
      return variable !== null && maker !== null && !contains(maker, variable.scope.block);
    }
    if (current.type === AST_NODE_TYPES.CallExpression && current.arguments.some((argument) => argument === inner)) {
      const callee = unwrap(current.callee);
      if (
        callee.type === AST_NODE_TYPES.MemberExpression &&
        callee.property.type === AST_NODE_TYPES.Identifier &&
        callee.property.name === 'set'
      )
        return true;
    }
  }
  return false;
}
