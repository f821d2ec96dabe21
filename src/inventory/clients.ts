import type { TSESTree } from '@typescript-eslint/utils';
import { getEnclosingFunction } from '../ast/ancestors.ts';
import { type Call, isCall } from '../ast/calls.ts';
import { isConstructor } from '../ast/class-members.ts';
import { unwrap } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { type Client, findClient, findOpened } from '../clients/client.ts';
import { findPoolLimit, readPool } from '../clients/pools.ts';
import { findBuilding } from '../clients/rebuilds.ts';
import type { ReachedCall } from '../flow/calls/reached.ts';
import { isKept } from '../flow/lifetime/kept.ts';
import type { Handler } from '../handlers/handler.ts';
import type { LangChainFile } from '../trace/file.ts';
import { getNodes } from '../trace/nodes.ts';
import { readLimitNumber } from '../trace/numbers.ts';
import { findOption, readObject } from '../trace/options.ts';
import { getPlace } from './place.ts';
import type { ClientRecord } from './records.ts';

/** The clients that each run of a handler builds, needlessly or because they depend on the request. */
export function readBuilt(
  file: LangChainFile,
  handler: Handler,
  reached: readonly ReachedCall[],
): readonly ClientRecord[] {
  return reached.flatMap(({ node, via }) => {
    const client = findCounted(file, node);
    return client && findBuilding(file, client, { handler, via }) ? [readClient(file, client)] : [];
  });
}

/**
 * The clients that the module builds when it is loaded, or a service when it is created, and those that are built once
 * and kept.
 */
export function readShared(file: LangChainFile): readonly ClientRecord[] {
  return getNodes(file).flatMap((node) => {
    if (!isCall(node)) return [];
    const client = findCounted(file, node);
    return [...(client ? [client] : []), ...findHanded(file, node)]
      .filter((each) => isMadeOnce(file.of(each.node), each.node))
      .map((each) => readClient(file, each));
  });
}

function findCounted(file: LangChainFile, node: Call): Client | null {
  const client = findClient(file, node);
  return client?.harm === 'derivedLimit' ? null : client;
}

/** The pools of other files that a LangChain construction receives: `new PostgresSaver(pool)`, `{ pool }`. */
function findHanded(file: LangChainFile, node: Call): readonly Client[] {
  if (file.trace(node).type !== 'langchain') return [];
  return node.arguments.flatMap(getValues).flatMap((value) => {
    const exported = file.findImportedNode(value);
    const trace = exported && file.of(exported).trace(exported);
    return trace?.type === 'instance' && isCall(trace.node) ? (findOpened(file.of(trace.node), trace.node) ?? []) : [];
  });
}

function getValues(argument: TSESTree.Node): readonly TSESTree.Node[] {
  const given = unwrap(argument);
  if (given.type !== AST_NODE_TYPES.ObjectExpression) return [given];
  return given.properties.flatMap((each) => (each.type === AST_NODE_TYPES.Property ? [unwrap(each.value)] : []));
}

/** Whether a module or the constructor of a service builds it, or a function keeps it. */
export function isMadeOnce(file: LangChainFile, node: TSESTree.Node): boolean {
  const fn = getEnclosingFunction(node);
  return !fn || isConstructor(fn) || isKept(file, node, fn);
}

function readClient(file: LangChainFile, client: Client): ClientRecord {
  const { harm, name, node, resource } = client;
  const owner = file.of(node);
  return {
    name,
    at: getPlace(file, node),
    resource,
    connections: harm === 'mcp' || harm === 'file' || harm === 'sandbox' ? null : countConnections(owner, client),
    processes: harm === 'mcp' ? countProcesses(owner, node) : 0,
  };
}

function countConnections(file: LangChainFile, client: Client): ClientRecord['connections'] {
  const { resource } = client;
  if (resource !== 'pools' && resource !== 'stores') return null;
  const pool = readPool(file, client);
  if (!pool) return resource === 'pools' ? 'unknown' : null;
  const size = findPoolLimit(file, pool, pool.limits.size);
  if (size.is === 'absent') return pool.limits.defaultSize;
  return size.is === 'given' ? (readLimitNumber(file, size.value) ?? 'unknown') : 'unknown';
}

/** `{ mcpServers: { files: { command: 'npx' } } }`: one process for each server that a command starts. */
function countProcesses(file: LangChainFile, node: Call): ClientRecord['processes'] {
  const options = node.arguments[0];
  const named = findOption(file, options, 'mcpServers');
  const servers = readObject(file, named.is === 'given' ? named.value : (options ?? node));
  if (!servers || named.is === 'unknown') return 'unknown';
  const commands = servers.properties.map((each) =>
    each.type === AST_NODE_TYPES.Property ? findOption(file, each.value, 'command').is : 'unknown',
  );
  return commands.includes('unknown') ? 'unknown' : commands.filter((is) => is === 'given').length;
}
