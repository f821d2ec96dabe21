import type { TSESTree } from '@typescript-eslint/utils';
import { getEnclosingFunction } from '../ast/ancestors.ts';
import { type Call, getMemberRoot, getMethodName } from '../ast/calls.ts';
import { getKeyName, unwrap, wrapped } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { modelBuilders } from '../facts/builders.ts';
import {
  type Connection,
  connections,
  fileDatabases,
  findOpener,
  type Opens,
  type Pooling,
} from '../facts/connections.ts';
import { toRef } from '../facts/homes.ts';
import { isNoted } from '../flow/lifetime/closing.ts';
import { findConstructorOption, getConstruction, getOptionsArgument } from '../langchain/construction.ts';
import { getHeritage, getTraits } from '../langchain/traits.ts';
import { getVersion } from '../langchain/version.ts';
import { type LangChainFile, perFile, perKey } from '../trace/file.ts';
import { mayNameExport } from '../trace/imports.ts';
import { isImportBinding } from '../trace/nodes.ts';
import { findOption, isUndefined, type Option } from '../trace/options.ts';
import type { LangChainValue } from '../trace/value.ts';
import { findRecipients } from './recipients.ts';

/**
 * `limitedModels`: models with state that must be shared to work, or with local weights; `models`: the other network
 * models.
 */
export type Resource = 'limitedModels' | 'models' | 'pools' | 'stores';

/** What is lost or left behind when it is rebuilt over and over. */
export type Harm =
  | Opens
  | 'agent' // a cache object per instance
  | 'cache' // a queue per derived model, in addition to the base's limit
  | 'derivedLimit' // an index on disk, loaded again
  | 'index' // a `maxConcurrency` per instance
  | 'limit' // no limit or cache can apply across instances
  | 'model' // no limit or cache can hold across instances
  | 'weights'; // a local model, loaded again

/** The construction of a value that owns a queue, a pool, a connection or a loaded index. */
export interface Client {
  readonly node: Call;
  readonly resource: Resource;
  readonly harm: Harm;
  /** As the code names it: `ChatOpenAI`, `Pool`, `PGVectorStore.initialize`, `model.bindTools`. */
  readonly name: string;
  /**
   * The arguments that decide whether it could be shared: the pool's options of a store that opens one, otherwise every
   * argument.
   */
  readonly decisive: readonly TSESTree.Node[];
  /** The option that takes an existing pool or client; with it, the construction opens nothing itself. */
  readonly sharedThrough: string | null;
  /** Where the pool that it opens takes its limits; null when it opens none, or an unknown one. */
  readonly pool: Pooling | null;
  /** Null for a pool or driver of another package. */
  readonly value: LangChainValue | null;
}

const getFound = perFile(() => new WeakMap<TSESTree.Node, Client | null>());

/**
 * What a call or `new` of the file builds, when that is a client. Reads no other file, except for a class that is
 * imported from one.
 */
export function findClientHere(file: LangChainFile, node: Call): Client | null {
  const client = findClient(file.alone, node);
  if (client || file.alone === file) return client;
  const root = getMemberRoot(node.callee);
  const mayBeClass =
    root.type === AST_NODE_TYPES.Identifier && /^[A-Z]/u.test(root.name) && isImportBinding(file, root);
  return mayBeClass ? findClient(file, node) : null;
}

/**
 * What a call or `new` builds, when that is a client; null for anything else. Pools and drivers of other packages count
 * when they are passed to LangChain.
 */
export function findClient(file: LangChainFile, node: Call): Client | null {
  const owner = file.of(node);
  const found = getFound(owner);
  let client = found.get(node);
  if (client === undefined) {
    client = readClient(owner, node);
    found.set(node, client);
  }
  return client;
}

function readClient(file: LangChainFile, node: Call): Client | null {
  if (!mayBuild(file, node)) return null;
  const trace = file.trace(node);
  if (trace.type === 'instance' && trace.node === node) return readOpener(file, node);
  if (trace.type !== 'langchain' || trace.value.node !== node) return null;
  const { value } = trace;
  if (value.origin === 'builder') return readDerived(file, node, value);
  switch (value.kind) {
    case 'chatModel':
    case 'embeddings':
    case 'llm':
      return readModel(file, node, value);
    default:
      return readConnection(file, node, value) ?? readIndex(file, node, value);
  }
}

/**
 * A cheap check whether a call may build a client: an export is called or constructed, a class of the file is
 * constructed, or a model is derived.
 */
function mayBuild(file: LangChainFile, node: Call): boolean {
  const callee = unwrap(node.callee);
  if (modelBuilders.has(getMethodName(node) ?? '')) return true;
  return (
    mayNameExport(file.scopes, callee) ||
    (node.type === AST_NODE_TYPES.NewExpression && file.trace(callee).type === 'class')
  );
}

/** The name of the class or function, as written. */
function getName(file: LangChainFile, node: Call): string {
  return file.getText(unwrap(node.callee)).replace(/\s+/gu, '');
}

// ── models ──────────────────────────────────────────────────────────────────────────────────────────────────────────

function readModel(file: LangChainFile, node: Call, value: LangChainValue): Client | null {
  const { entry } = value;
  if (entry?.type === 'class' && entry.loads === 'weights')
    return createClient(file, node, { resource: 'limitedModels', harm: 'weights', value });
  if (entry?.net !== 'network') return null;
  const harm = findState(file, node, value);
  return createClient(
    file,
    node,
    harm ? { resource: 'limitedModels', harm, value } : { resource: 'models', harm: 'model', value },
  );
}

/** A client without a pool for which every argument is decisive, apart from what `parts` override. */
function createClient(
  file: LangChainFile,
  node: Call,
  parts: Pick<Client, 'resource' | 'harm' | 'value'> & Partial<Pick<Client, 'decisive' | 'sharedThrough' | 'pool'>>,
): Client {
  return { node, name: getName(file, node), decisive: node.arguments, sharedThrough: null, pool: null, ...parts };
}

/** Options that take an agent in one version or another, for files whose version is unknown. */
const agentOptions = [
  'httpAgent',
  'httpsAgent',
  'configuration.httpAgent',
  'configuration.fetchOptions',
  'clientOptions.httpAgent',
  'clientOptions.fetchOptions',
  'clientOptions.requestHandler',
];

/** The state that the construction gives the instance and that would need to be shared. */
function findState(file: LangChainFile, node: Call, value: LangChainValue): Harm | null {
  const { perInstanceOptions } = getTraits(file, value);
  for (const path of getVersion(file) === null ? [...perInstanceOptions, ...agentOptions] : perInstanceOptions) {
    const option = findConstructorOption(file, value, path);
    if (option.is !== 'given') continue;
    const harm = getStateHarm(file, node, path, option.value);
    if (harm) return harm;
  }
  return null;
}

function getStateHarm(file: LangChainFile, node: Call, path: string, value: TSESTree.Node): Harm | null {
  if (isUndefined(file, value)) return null;
  if (path === 'maxConcurrency') return isUnlimited(file, value) ? null : 'limit';
  // An object created elsewhere is shared by all instances; `cache: true` is the cache of the process.
  if (!isMadeBeside(file, node, value)) return null;
  if (path === 'cache') return 'cache';
  if (path.endsWith('.fetchOptions'))
    return ['dispatcher', 'agent'].some((name) => isOptionMadeBeside(file, node, findOption(file, value, name)))
      ? 'agent'
      : null;
  return /[aA]gent$/u.test(path) || holdsHttp1Handler(file, value) ? 'agent' : null;
}

function isUnlimited(file: LangChainFile, value: TSESTree.Node): boolean {
  const trace = file.trace(value);
  return trace.type === 'global' && (trace.name === 'Infinity' || trace.name === 'Number.POSITIVE_INFINITY');
}

function isOptionMadeBeside(file: LangChainFile, node: Call, option: Option): boolean {
  return option.is === 'given' && isMadeBeside(file, node, option.value);
}

/** Whether a value is created in the same function as the construction. */
function isMadeBeside(file: LangChainFile, node: Call, value: TSESTree.Node): boolean {
  const region = getEnclosingFunction(node);
  const names = new Set<TSESTree.Node>();
  let expression = unwrap(value);
  while (expression.type === AST_NODE_TYPES.Identifier && !names.has(expression)) {
    names.add(expression);
    const definition = file.scopes.findVariable(expression)?.defs[0];
    if (definition?.type !== 'Variable' || !definition.node.init) return false;
    if (getEnclosingFunction(definition.node) !== region) return false;
    expression = unwrap(definition.node.init);
  }
  return (
    expression.type === AST_NODE_TYPES.CallExpression ||
    expression.type === AST_NODE_TYPES.NewExpression ||
    expression.type === AST_NODE_TYPES.ObjectExpression
  );
}

/**
 * `new NodeHttpHandler()` of the AWS SDK, by itself or as the `requestHandler` of a client: HTTP/1, with sockets of its
 * own. HTTP/2, the default, opens a session per request anyway.
 */
const holdsHttp1Handler = perKey({ onCycle: false, tooDeep: false }, readsHttp1Handler);

function readsHttp1Handler(file: LangChainFile, value: TSESTree.Node): boolean {
  const trace = file.trace(value);
  if (trace.type !== 'instance') return false;
  if (trace.of.name === 'NodeHttpHandler') return true;
  if (trace.node.type !== AST_NODE_TYPES.NewExpression) return false;
  const options = trace.node.arguments[0];
  const handler = options ? findOption(file, options, 'requestHandler') : null;
  return handler?.is === 'given' && holdsHttp1Handler(file, handler.value);
}

/** `model.bindTools(tools)` where `model` has a `maxConcurrency` and each derived model gets a queue of its own. */
function readDerived(file: LangChainFile, node: Call, value: LangChainValue): Client | null {
  const { base, builder } = value;
  if (!base || builder === null || !modelBuilders.has(builder)) return null;
  if (getTraits(file, base).derivedQueue !== 'own') return null;
  const limit = findConstructorOption(file, base, 'maxConcurrency');
  if (limit.is !== 'given' || isUndefined(file, limit.value) || isUnlimited(file, limit.value)) return null;
  const callee = unwrap(node.callee);
  const receiver = callee.type === AST_NODE_TYPES.MemberExpression ? [callee.object] : [];
  const decisive = [...receiver, ...node.arguments];
  return createClient(file, node, { resource: 'limitedModels', harm: 'derivedLimit', value, decisive });
}

/** The construction that a derived model's base comes from: rebuilding it and its derived models is one defect. */
export function getBaseConstruction({ harm, value }: Client): TSESTree.Node | null {
  return harm === 'derivedLimit' && value ? (getConstruction(value)?.node ?? null) : null;
}

// ── pools, drivers and indexes of LangChain's classes ───────────────────────────────────────────────────────────────

function readConnection(file: LangChainFile, node: Call, value: LangChainValue): Client | null {
  const connection = findConnection(node, value);
  if (!connection || isInMemory(file, node) || (connection.opens === 'sandbox' && isNoted(file, node))) return null;
  const options = getOptionsArgument(value);
  if (options === 'unknown') return null;
  const read = (name: string): Option => (options ? findOption(file, options, name) : { is: 'absent' });
  const given = connection.given.map(read);
  if (given.some((option) => option.is !== 'absent')) return null;
  const deciding = connection.options.map(read);
  return createClient(file, node, {
    resource: value.kind === 'vectorStore' ? 'stores' : 'pools',
    harm: connection.opens === 'poolClient' && read('pool').is === 'absent' ? 'pool' : connection.opens,
    // Options that cannot be resolved (`import { config } …`) are decisive as a whole.
    decisive:
      connection.options.length === 0 || deciding.some((option) => option.is === 'unknown')
        ? node.arguments
        : deciding.flatMap((option) => (option.is === 'given' ? [option.value] : [])),
    sharedThrough: connection.given[0] ?? null,
    pool: connection.pool ?? null,
    value,
  });
}

function findConnection(node: Call, value: LangChainValue): Connection | null {
  if (value.origin !== 'new' && value.origin !== 'static' && value.origin !== 'heritage') return null;
  const factory = value.origin === 'static' ? getFactoryName(node) : null;
  for (const ref of getHeritage(value)) {
    const rows = connections.filter(({ classes }) => classes.some((name) => toRef(name) === ref));
    if (rows.length > 0)
      return rows.find(({ statics }) => statics === null || (factory !== null && statics.includes(factory))) ?? null;
  }
  return null;
}

function getFactoryName(node: Call): string | null {
  return getMethodName(node);
}

/** `SqliteSaver.fromConnString(':memory:')` */
function isInMemory(file: LangChainFile, node: Call): boolean {
  const location = node.arguments[0] && file.trace(node.arguments[0]);
  return (
    location?.type === 'literal' && location.node.type === AST_NODE_TYPES.Literal && location.node.value === ':memory:'
  );
}

/** `HNSWLib.load(directory, embeddings)` */
function readIndex(file: LangChainFile, node: Call, value: LangChainValue): Client | null {
  if (value.origin !== 'static' || value.entry?.type !== 'class' || value.entry.loads !== 'index') return null;
  if (getFactoryName(node)?.startsWith('load') !== true) return null;
  return createClient(file, node, { resource: 'stores', harm: 'index', value, decisive: node.arguments.slice(0, 1) });
}

// ── pools and drivers of other packages ─────────────────────────────────────────────────────────────────────────────

function readOpener(file: LangChainFile, node: Call): Client | null {
  const opened = findOpened(file, node);
  return opened && findRecipients(file, node).length > 0 ? opened : null;
}

/** What a call or `new` of another package opens, whoever receives it. */
export function findOpened(file: LangChainFile, node: Call): Client | null {
  const trace = file.trace(node);
  const opener = trace.type === 'instance' ? findOpener(trace.of) : null;
  if (!opener || isInMemory(file, node)) return null;
  return createClient(file, node, {
    resource: 'pools',
    harm: opensFile(file, node) ? 'file' : opener.opens,
    value: null,
    decisive: [...node.arguments, ...(opener.opens === 'mcp' ? findConnectArguments(file, node) : [])],
    pool: opener.pool ?? null,
  });
}

/** `new DataSource({ type: 'sqlite' })` */
function opensFile(file: LangChainFile, node: Call): boolean {
  const type = findOption(file, node.arguments[0], 'type');
  const trace = type.is === 'given' ? file.trace(type.value) : null;
  return (
    trace?.type === 'literal' &&
    trace.node.type === AST_NODE_TYPES.Literal &&
    fileDatabases.has(String(trace.node.value))
  );
}

/** What an MCP client connects to, which may carry a token of the request: `client.connect(transport)`. */
function findConnectArguments(file: LangChainFile, node: Call): readonly TSESTree.Node[] {
  const declarator = wrapped(node).parent;
  if (declarator?.type !== AST_NODE_TYPES.VariableDeclarator || declarator.id.type !== AST_NODE_TYPES.Identifier)
    return [];
  return (file.scopes.findVariable(declarator.id)?.references ?? []).flatMap(({ identifier }) => {
    const member = wrapped(identifier).parent;
    const call = member?.type === AST_NODE_TYPES.MemberExpression ? wrapped(member).parent : undefined;
    const isConnect =
      member?.type === AST_NODE_TYPES.MemberExpression &&
      call?.type === AST_NODE_TYPES.CallExpression &&
      unwrap(call.callee) === member &&
      getKeyName(member) === 'connect';
    return isConnect ? call.arguments : [];
  });
}
