import type { TSESTree } from '@typescript-eslint/utils';
import { getArgument } from '../ast/calls.ts';
import { findProperty, type FunctionNode, getKeyName, isFunction, unwrap } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { walk } from '../ast/walk.ts';
import { runnableKinds } from '../facts/builders.ts';
import { findExport, parseSpecifier } from '../facts/catalog.ts';
import {
  allMethods,
  clientParts,
  configArgument,
  iterables,
  pythonNames,
  remoteFunctions,
  remoteMethods,
  runnableMethods,
} from '../facts/methods.ts';
import { type LangChainFile, perKey } from '../trace/file.ts';
import { findOption } from '../trace/options.ts';
import { createValue, type LangChainValue, type Resolution } from '../trace/value.ts';
import { findRuns } from './steps.ts';
import { findWork, isComputation, isDoneIn, isFetch } from './work.ts';

export interface LangChainCall {
  readonly node: TSESTree.CallExpression;
  /**
   * The method, with Python's names mapped to their counterparts: `ainvoke` is `invoke`, `abatch` is `batch`, `astream`
   * is `stream`.
   */
  readonly method: string;
  readonly written: string;
  /**
   * For a static call (`PineconeStore.fromDocuments()`) and a function (`index()`): its result, with origin `static` or
   * `factory`.
   */
  readonly receiver: LangChainValue;
  /** `model` of `model.invoke(x)`; the callee of a function. */
  readonly receiverNode: TSESTree.Node;
  /** The first argument; null when absent or after a spread. */
  readonly input: TSESTree.Node | null;
  /** The runnable config, if the method takes one; null when absent or after a spread. */
  readonly config: TSESTree.Node | null;
  readonly returns: 'asyncIterable' | 'promise';
  /** `model?.invoke(x)`, `model.invoke?.(x)`. */
  readonly optional: boolean;
  /** Whether it can reach a network service. */
  readonly remote: boolean;
}

const calls = new WeakMap<LangChainFile, Map<TSESTree.Node, LangChainCall | null>>();

/**
 * An asynchronous call on a LangChain value: a method, an async static, `index()`. Null for anything else, including
 * unknown receivers.
 */
export function findCall(file: LangChainFile, node: TSESTree.Node): LangChainCall | null {
  const call = unwrap(node);
  if (call.type !== AST_NODE_TYPES.CallExpression) return null;
  const owner = file.of(call);
  let known = calls.get(owner);
  if (!known) {
    known = new Map();
    calls.set(owner, known);
  }
  let found = known.get(call);
  if (found === undefined) {
    // A function that calls itself: the inner call is ignored while the outer one is judged.
    known.set(call, null);
    found = readMethodCall(owner, call) ?? readExportCall(owner, call);
    known.set(call, found);
  }
  return found;
}

function readMethodCall(file: LangChainFile, node: TSESTree.CallExpression): LangChainCall | null {
  const callee = unwrap(node.callee);
  if (callee.type !== AST_NODE_TYPES.MemberExpression) return null;
  const written = getKeyName(callee);
  if (written === null) return null;
  const ofClient = readClientCall(file, node, callee, written);
  if (ofClient) return ofClient;
  if (!allMethods.has(written)) return null;
  const method = pythonNames.get(written) ?? written;
  const resolution = file.resolve(callee.object);
  if (resolution.is !== 'yes') return null;
  const receiver = resolution.value;
  const declared = getReturn(receiver, method);
  if (!declared) return null;
  const given = readArguments(node, method);
  const returns = method === 'streamEvents' && isRun(file, receiver, given.config) ? 'promise' : declared;
  return {
    node,
    method,
    written,
    receiver,
    receiverNode: callee.object,
    ...given,
    returns,
    optional: callee.optional || node.optional,
    remote: (remoteMethods[receiver.kind]?.includes(method) ?? false) && isRemote(file, receiver),
  };
}

/** `streamEvents(input, { version: 'v3' })` of a graph or agent returns the promise of a run. */
function isRun(file: LangChainFile, { kind }: LangChainValue, config: TSESTree.Node | null): boolean {
  if (config === null || (kind !== 'agent' && kind !== 'graph')) return false;
  const version = findOption(file, config, 'version');
  const text = version.is === 'given' ? unwrap(version.value) : null;
  return text?.type === AST_NODE_TYPES.Literal && text.value === 'v3';
}

function readClientCall(
  file: LangChainFile,
  node: TSESTree.CallExpression,
  callee: TSESTree.MemberExpression,
  method: string,
): LangChainCall | null {
  const part = unwrap(callee.object);
  if (part.type !== AST_NODE_TYPES.MemberExpression) return null;
  const partName = getKeyName(part);
  if (partName === null || !clientParts.has(partName)) return null;
  const client = file.resolve(part.object);
  if (client.is !== 'yes' || client.value.entry?.type !== 'class') return null;
  const returns = client.value.entry.asyncMethods.get(`${partName}.${method}`);
  if (!returns) return null;
  return {
    node,
    method: `${partName}.${method}`,
    written: method,
    receiver: client.value,
    receiverNode: part.object,
    input: null,
    config: null,
    returns,
    optional: callee.optional || node.optional || part.optional,
    remote: true,
  };
}

/** `PineconeStore.fromDocuments()`, `index()`, `pull()`, `initChatModel()`. */
function readExportCall(file: LangChainFile, node: TSESTree.CallExpression): LangChainCall | null {
  const ref = file.findExport(node.callee);
  const module = ref && parseSpecifier(ref.source);
  if (!module) return null;
  const [name = '', member] = ref.name.split('.');
  const entry = findExport(module, name);
  const isAsync =
    entry?.type === 'class'
      ? member !== undefined && entry.statics.get(member) === 'async'
      : entry?.type === 'function' && entry.async && member === undefined;
  if (!entry || !isAsync) return null;
  const result = file.trace(node);
  const made = result.type === 'langchain' ? result.value : null;
  const method = member ?? name;
  const receiver = made ?? createValue({ entry, className: name, module, origin: 'factory', node, certain: true });
  const isRemoteCall =
    entry.type === 'function'
      ? remoteFunctions.has(name)
      : (remoteMethods[entry.kind]?.includes(method) ?? false) && isRemote(file, receiver);
  return {
    node,
    method,
    written: method,
    receiver,
    receiverNode: node.callee,
    ...readArguments(node, method),
    returns: 'promise',
    optional: node.optional,
    remote: isRemoteCall,
  };
}

function readArguments(node: TSESTree.CallExpression, method: string): Pick<LangChainCall, 'config' | 'input'> {
  const index = configArgument.get(method);
  return { input: getArgument(node, 0), config: index === undefined ? null : getArgument(node, index) };
}

/** What a method of a value returns if it is asynchronous; null if it is not, or the file defines it. */
function getReturn(value: LangChainValue, method: string): LangChainCall['returns'] | null {
  if (hasOwnMethod(value, method)) return null;
  if ([value, ...value.alternatives].some((each) => getDeclaredReturn(each, method) === null)) return null;
  return getDeclaredReturn(value, method);
}

function getDeclaredReturn(value: LangChainValue, method: string): LangChainCall['returns'] | null {
  // `createAgent`'s ReactAgent has no `batch`: the class decides, where it is known.
  const entry = value.entry?.type === 'function' ? value.entry.returns : value.entry;
  if (entry?.type === 'class' && entry.asyncMethods.size > 0) return entry.asyncMethods.get(method) ?? null;
  const isKnown =
    remoteMethods[value.kind]?.includes(method) ?? (runnableKinds.has(value.kind) && runnableMethods.includes(method));
  if (!isKnown) return null;
  return iterables.has(method) ? 'asyncIterable' : 'promise';
}

function hasOwnMethod(value: LangChainValue, method: string): boolean {
  return (
    value.classNode?.body.body.some(
      (element) => element.type === AST_NODE_TYPES.MethodDefinition && getKeyName(element) === method,
    ) ?? false
  );
}

// ── what reaches the network ─────────────────────────────────────────────────────────────────────────────────────────

type Remoteness = 'maybe' | 'no' | 'yes';

/**
 * Whether calls on this value can reach a network service. For a sequence it is enough that a step may; anything else
 * must certainly do so.
 */
export function isRemote(file: LangChainFile, value: LangChainValue): boolean {
  return [value, ...value.alternatives].some((each) => getRemoteness(file, each) === 'yes');
}

/** Cached per value: each sequence around `chain.pipe(chain)` asks about the same steps again. */
const getRemoteness = perKey<LangChainValue, Remoteness>({ onCycle: 'no', tooDeep: 'maybe' }, readRemoteness);

function readRemoteness(file: LangChainFile, value: LangChainValue): Remoteness {
  return readWorkRemoteness(file, value) ?? readValueRemoteness(file, value);
}

/** A class of the project is what its methods do; null where they do not tell. */
function readWorkRemoteness(file: LangChainFile, value: LangChainValue): Remoteness | null {
  const work = findWork(file, value);
  if (work.length === 0) return null;
  const isSent = (node: TSESTree.CallExpression): boolean =>
    findCall(file, node)?.remote === true || (serviceKinds.has(value.kind) && isFetch(file, node));
  if (work.some((fn) => isDoneIn(file, fn, isSent))) return 'yes';
  return work.every((fn) => isComputation(file, fn)) ? 'no' : null;
}

/** Kinds that ask a service, whatever they ask it through; a tool may do anything. */
const serviceKinds: ReadonlySet<string> = new Set(['chatModel', 'embeddings', 'llm', 'retriever']);

function readValueRemoteness(file: LangChainFile, value: LangChainValue): Remoteness {
  if (value.builder !== null && value.kind !== 'sequence' && value.base && value.kind !== 'graph')
    return getRemoteness(file, value.base);
  if (value.steps) {
    const nodes = readStepNodes(value);
    const isLocal = value.steps.every((step, index) => getStepRemoteness(file, step, nodes[index]) === 'no');
    return isLocal ? 'no' : 'yes';
  }
  switch (value.kind) {
    case 'prompt':
    case 'parser':
    case 'message':
    case 'textSplitter':
    case 'document':
    case 'callback':
      return 'no';
    case 'agent':
    case 'chain':
    case 'client':
      return 'yes';
    case 'graph':
      return getGraphRemoteness(file, value);
    case 'runnable':
    case 'router':
    case 'sequence':
      return getRunnableRemoteness(file, value);
    case 'memory':
      // These memories call a model to write a summary or find entities; the others only store their input.
      return value.entry?.net === 'network' || /Summary|VectorStore|Entity/u.test(value.className) ? 'yes' : 'no';
    case 'tool':
      return getToolRemoteness(file, value);
    default:
      return getClassRemoteness(file, value);
  }
}

/** @param node The step as written, if it is: a function in sight is judged by its calls. */
function getStepRemoteness(file: LangChainFile, step: Resolution, node?: TSESTree.Node | null): Remoteness {
  if (step.is === 'yes') return getRemoteness(file, step.value);
  const trace = node ? file.trace(node) : null;
  return trace?.type === 'function' ? getFunctionRemoteness(file, trace.node) : 'maybe';
}

/** The steps of a sequence as they are written: `clean`, `prompt` of `RunnableSequence.from([clean]).pipe(prompt)`. */
function readStepNodes(value: LangChainValue): readonly (TSESTree.Node | null)[] {
  const piped: (TSESTree.Node | null)[] = [];
  let first = value;
  for (; first.builder === 'pipe' && first.base; first = first.base)
    piped.push(first.node.type === AST_NODE_TYPES.CallExpression ? (first.node.arguments[0] ?? null) : null);
  const list = first.node.type === AST_NODE_TYPES.CallExpression ? first.node.arguments[0] : undefined;
  const written = first.builder === null && first.steps && list ? unwrap(list) : null;
  const listed = written?.type === AST_NODE_TYPES.ArrayExpression ? written.elements : [null];
  const nodes = [...listed, ...piped.toReversed()];
  return nodes.length === value.steps?.length ? nodes : [];
}

function getClassRemoteness(file: LangChainFile, value: LangChainValue): Remoteness {
  const net = value.entry?.net;
  // The implementation of a class is not a use of it, and how a subclass uses an abstract one is up to the
  // subclass.
  if (value.origin === 'this') return net === 'network' ? 'yes' : 'maybe';
  switch (net) {
    case 'network':
      return 'yes';
    case 'abstract':
      return value.origin === 'annotation' ? 'yes' : 'maybe';
    case 'delegates':
      return value.kind === 'vectorStore' || value.kind === 'embeddings' ? getInnerRemoteness(file, value) : 'yes';
    case 'local':
      return value.kind === 'vectorStore' ? getInnerRemoteness(file, value) : 'no';
    case undefined:
      return 'maybe';
    default:
      return 'no';
  }
}

/** A graph is what its nodes are, as far as all of them are in sight. */
function getGraphRemoteness(file: LangChainFile, value: LangChainValue): Remoteness {
  const runs = findRuns(file, value);
  return runs?.every((run) => isLocalRun(file, run)) === true ? 'no' : 'yes';
}

function isLocalRun(file: LangChainFile, run: TSESTree.Node): boolean {
  const trace = file.trace(run);
  if (trace.type === 'function') return isComputation(file, trace.node);
  return trace.type === 'langchain' && !trace.promised && getRemoteness(file, trace.value) === 'no';
}

/** A store in memory reaches the network through its embeddings. */
function getInnerRemoteness(file: LangChainFile, value: LangChainValue): Remoteness {
  const embeddings = findEmbeddings(file, value);
  return embeddings ? getRemoteness(file, embeddings) : 'maybe';
}

/** The embeddings that a store is built with, or that another embeddings class wraps. */
export function findEmbeddings(file: LangChainFile, value: LangChainValue): LangChainValue | null {
  const { node } = value;
  if (node.type !== AST_NODE_TYPES.NewExpression && node.type !== AST_NODE_TYPES.CallExpression) return null;
  for (const argument of node.arguments) {
    const resolution = file.resolve(argument);
    if (resolution.is === 'yes' && resolution.value.kind === 'embeddings') return resolution.value;
  }
  return null;
}

function getRunnableRemoteness(file: LangChainFile, value: LangChainValue): Remoteness {
  switch (value.className) {
    case 'RunnablePassthrough':
      return 'no';
    case 'RemoteRunnable':
    case 'RemoteGraph':
      return 'yes';
    case 'RunnableLambda':
      return getFunctionRemoteness(file, findFunctionArgument(file, value.node));
    case 'RouterRunnable':
    case 'RunnableMap':
    case 'RunnableParallel':
      return getMapRemoteness(file, value.node);
    default:
      if (value.origin === 'annotation') return 'yes';
      return value.entry?.net === 'network' ? getClassRemoteness(file, value) : getMadeRemoteness(file, value);
  }
}

/** `createRetrievalChain({ retriever, combineDocsChain })` works through its arguments. */
function getMadeRemoteness(file: LangChainFile, { className, entry, node }: LangChainValue): Remoteness {
  if (node.type !== AST_NODE_TYPES.NewExpression && node.type !== AST_NODE_TYPES.CallExpression) return 'maybe';
  const [options] = node.arguments;
  const given = options && file.trace(options);
  if (given?.type !== 'object') return 'maybe';
  if (className === 'RunnableWithMessageHistory') {
    const wrapped = findProperty(given.node, 'runnable');
    return wrapped ? getStepRemoteness(file, file.resolve(wrapped.value), wrapped.value) : 'maybe';
  }
  if (entry?.type !== 'function' || entry.net !== 'delegates') return 'maybe';
  const isLocal = given.node.properties.every(
    (property) =>
      property.type === AST_NODE_TYPES.Property && getStepRemoteness(file, file.resolve(property.value)) === 'no',
  );
  return isLocal ? 'no' : 'yes';
}

function getToolRemoteness(file: LangChainFile, value: LangChainValue): Remoteness {
  if (value.entry?.net === 'network') return 'yes';
  return getFunctionRemoteness(file, findFunctionArgument(file, value.node));
}

/**
 * The function of `RunnableLambda.from(fn)`, `new RunnableLambda({ func })`, `tool(fn, …)`, `new DynamicTool({ func
 * })`.
 */
export function findFunctionArgument(file: LangChainFile, node: TSESTree.Node): FunctionNode | null {
  if (node.type !== AST_NODE_TYPES.NewExpression && node.type !== AST_NODE_TYPES.CallExpression) return null;
  const argument = node.arguments[0];
  if (!argument) return null;
  const given = file.trace(argument);
  if (given.type === 'function') return given.node;
  const property = given.type === 'object' ? findProperty(given.node, 'func') : null;
  const fn = property && file.trace(property.value);
  return fn?.type === 'function' ? fn.node : null;
}

/** A function reaches the network when one of its calls does; one that awaits nothing certainly does not. */
function getFunctionRemoteness(file: LangChainFile, fn: FunctionNode | null): Remoteness {
  if (!fn) return 'maybe';
  let remote: Remoteness = fn.async ? 'maybe' : 'no';
  walk(fn.body, file.sourceCode.visitorKeys, (node) => {
    if (node.type === AST_NODE_TYPES.CallExpression && findCall(file, node)?.remote) remote = 'yes';
    else if (
      remote === 'no' &&
      node.type === AST_NODE_TYPES.CallExpression &&
      isFunction(findLocalFunction(file, node))
    )
      remote = 'maybe';
    return remote !== 'yes';
  });
  return remote;
}

function findLocalFunction(file: LangChainFile, node: TSESTree.CallExpression): FunctionNode | null {
  const callee = file.trace(node.callee);
  return callee.type === 'function' ? callee.node : null;
}

function getMapRemoteness(file: LangChainFile, node: TSESTree.Node): Remoteness {
  if (node.type !== AST_NODE_TYPES.NewExpression && node.type !== AST_NODE_TYPES.CallExpression) return 'maybe';
  const argument = node.arguments[0];
  const given = argument && file.trace(argument);
  if (given?.type !== 'object') return 'maybe';
  const steps = findProperty(given.node, 'steps') ?? findProperty(given.node, 'runnables');
  const map = steps ? file.trace(steps.value) : given;
  if (map.type !== 'object') return 'maybe';
  const reaches = map.node.properties.map((property) =>
    property.type === AST_NODE_TYPES.Property ? getStepRemoteness(file, file.resolve(property.value)) : 'maybe',
  );
  if (reaches.includes('yes')) return 'yes';
  return reaches.every((remote) => remote === 'no') ? 'no' : 'maybe';
}
