import type { TSESTree } from '@typescript-eslint/utils';
import { getEnclosingFunction } from '../ast/ancestors.ts';
import { type Call, isCall } from '../ast/calls.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { type Client, findClient } from '../clients/client.ts';
import { findPool, findPoolLimit } from '../clients/pools.ts';
import { findBuilding } from '../clients/rebuilds.ts';
import type { ReachedCall } from '../flow/calls/reached.ts';
import { isKept } from '../flow/lifetime/kept.ts';
import type { Handler } from '../handlers/handler.ts';
import type { LangChainFile } from '../trace/file.ts';
import { getNodes } from '../trace/nodes.ts';
import { readLimitNumber } from '../trace/numbers.ts';
import { getPlace } from './place.ts';
import type { ClientRecord } from './records.ts';

/** What each run of a handler builds, needlessly or because it depends on the request. */
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

/** What the module builds when it is loaded, a service when it is made, and what is built once and kept. */
export function readShared(file: LangChainFile): readonly ClientRecord[] {
  return getNodes(file).flatMap((node) => {
    const client = isCall(node) ? findCounted(file, node) : null;
    return client && isMadeOnce(file, client.node) ? [readClient(file, client)] : [];
  });
}

function findCounted(file: LangChainFile, node: Call): Client | null {
  const client = findClient(file, node);
  return client?.harm === 'derivedLimit' ? null : client;
}

/** Whether a module or the constructor of a service makes it, or a function keeps what it has made. */
export function isMadeOnce(file: LangChainFile, node: TSESTree.Node): boolean {
  const fn = getEnclosingFunction(node);
  if (!fn) return true;
  const { parent } = fn;
  return (parent.type === AST_NODE_TYPES.MethodDefinition && parent.kind === 'constructor') || isKept(file, node, fn);
}

function readClient(file: LangChainFile, client: Client): ClientRecord {
  const { harm, name, node, resource } = client;
  return {
    name,
    at: getPlace(file, node),
    resource,
    connections: countConnections(file.of(node), client),
    isProcess: harm === 'mcp',
  };
}

function countConnections(file: LangChainFile, { node, resource }: Client): ClientRecord['connections'] {
  if (resource !== 'pools' && resource !== 'stores') return null;
  const pool = findPool(file, node);
  if (!pool) return resource === 'pools' ? 'unknown' : null;
  const size = findPoolLimit(file, pool, pool.limits.size);
  if (size.is === 'absent') return pool.limits.defaultSize;
  return size.is === 'given' ? (readLimitNumber(file, size.value) ?? 'unknown') : 'unknown';
}
