import { getEnclosingFunction } from '../ast/ancestors.ts';
import { isInBranch, isInCatch } from '../ast/branches.ts';
import type { Call } from '../ast/calls.ts';
import type { FunctionNode } from '../ast/nodes.ts';
import { findCalledAround } from '../flow/calls/call-graph.ts';
import { getReachedCalls } from '../flow/calls/reached.ts';
import { isMadeOnce } from '../flow/lifetime/cached.ts';
import { isChangedOrClosed } from '../flow/lifetime/closing.ts';
import { dependOnThrough } from '../flow/lifetime/dependence.ts';
import type { Level } from '../flow/lifetime/given.ts';
import type { LangChainFile } from '../trace/file.ts';
import { type Client, findClient } from './client.ts';
import { isClientKept } from './kept-client.ts';

/** A client that a function of another file rebuilds each time it runs. */
interface BuiltClient {
  readonly client: Client;
  /** Whether it depends on the function's arguments. */
  readonly dependsOnArguments: boolean;
}

/**
 * The clients that a function rebuilds on every call. Left out: those it keeps, those that replace a failed one, one of
 * several alternatives, and those whose arguments cannot be resolved.
 */
export function findBuiltClients(file: LangChainFile, run: Call, fn: FunctionNode): readonly BuiltClient[] {
  /** Functions that build a client of which something varies. */
  const varying = new Set<FunctionNode | null>();
  const built = getReachedCalls(file, fn).flatMap(({ node, via }) => {
    const client = findClient(file, node);
    if (!client) return [];
    const { harm } = client;
    if (harm === 'derivedLimit' || isChangedOrClosed(file.of(node), node, harm === 'index')) return [];
    const way = [...via, node];
    const functions = [fn, ...via.map((call, index) => findCalledAround(file, call, way[index + 1] ?? node))];
    const levels = way.flatMap((each, index): readonly Level[] => {
      const region = functions[index];
      return region ? [{ fn: region, node: each }] : [];
    });
    const isKeptOnTheWay =
      levels.length < way.length ||
      levels.some(({ node: each }) => isInCatch(each) || isMadeOnce(file.of(each), each)) ||
      isClientKept(file, levels);
    if (isKeptOnTheWay) return [];
    // Apart from the arguments, nothing may vary.
    const isKnown = dependOnThrough(file, client.decisive, [], [run, ...via]) === 'no';
    const dependsOnArguments = !isKnown || dependOnThrough(file, client.decisive, [fn], via) !== 'no';
    if (dependsOnArguments) varying.add(getEnclosingFunction(node));
    return isKnown ? [{ client, dependsOnArguments }] : [];
  });
  // Where one of several clients depends on the item, the choice between them does too.
  return built.filter(
    ({ client, dependsOnArguments }) =>
      dependsOnArguments || !isInBranch(client.node) || !varying.has(getEnclosingFunction(client.node)),
  );
}
