import { getEnclosingFunction } from '../ast/ancestors.ts';
import { isInBranch, isInCatch } from '../ast/branches.ts';
import type { Call } from '../ast/calls.ts';
import { type FunctionNode, isFunction } from '../ast/nodes.ts';
import type { Callee } from '../flow/calls/call-graph.ts';
import { findOutgoing, mayLeadTo } from '../flow/calls/other-file.ts';
import { findPerItemSites } from '../flow/calls/per-item.ts';
import { getReachedCalls } from '../flow/calls/reached.ts';
import { isMadeOnce } from '../flow/lifetime/cached.ts';
import { belongsToPass } from '../flow/lifetime/closing.ts';
import { dependOnThrough } from '../flow/lifetime/dependence.ts';
import { findLevels } from '../flow/lifetime/given.ts';
import type { LangChainFile } from '../trace/file.ts';
import { type Client, findClient } from './client.ts';
import { findGravest } from './harms.ts';
import { isClientKept } from './kept-client.ts';
import { findRepetitions, type Repetition } from './repetitions.ts';

/** A client that a function of another file rebuilds each time it runs. */
interface BuiltClient {
  readonly client: Client;
  /** Whether it depends on the function's arguments. */
  readonly dependsOnArguments: boolean;
}

/**
 * The gravest client that another file rebuilds for each item although one would do, where a call of this file leads
 * there.
 */
export function findRepeatedElsewhere(
  file: LangChainFile,
  call: Call,
): { readonly client: Client; readonly repetition: Repetition } | null {
  const isPerItem =
    file.importsMark('client') && mayLeadTo(file, call, 'client') && findPerItemSites(file, call).length > 0;
  const callees = isPerItem ? findOutgoing(file, call, 'client') : [];
  const built = callees.flatMap((callee) => findBuiltClients(file, call, callee));
  const again = built.flatMap(({ client, dependsOnArguments }) => {
    const [repetition] = findRepetitions(file, call, dependsOnArguments ? call.arguments : []);
    return repetition ? [{ client, repetition }] : [];
  });
  return findGravest(again, ({ client }) => client);
}

/**
 * The clients that a function, or each instance of a class, rebuilds on every call. Left out: those it keeps, those
 * that replace a failed one, one of several alternatives, and those whose arguments cannot be resolved.
 */
function findBuiltClients(file: LangChainFile, run: Call, callee: Callee): readonly BuiltClient[] {
  /** Functions that build a client of which something varies. */
  const varying = new Set<FunctionNode | null>();
  const built = getReachedCalls(file, callee).flatMap(({ node, via }) => {
    const client = findClient(file, node);
    if (!client) return [];
    const { harm } = client;
    if (harm === 'derivedLimit' || belongsToPass(file.of(node), node, harm === 'index')) return [];
    const levels = findLevels(file, isFunction(callee) ? callee : null, via, node);
    const isKeptOnTheWay =
      !levels ||
      levels.some(({ node: each }) => isInCatch(each) || isMadeOnce(file.of(each), each)) ||
      isClientKept(file, levels);
    if (isKeptOnTheWay) return [];
    // Apart from the arguments, nothing may vary.
    const isKnown = dependOnThrough(file, client.decisive, [], [run, ...via]) === 'no';
    const dependsOnArguments = !isKnown || dependOnThrough(file, client.decisive, [callee], via) !== 'no';
    if (dependsOnArguments) varying.add(getEnclosingFunction(node));
    return isKnown ? [{ client, dependsOnArguments }] : [];
  });
  // Where one of several clients depends on the item, the choice between them does too.
  return built.filter(
    ({ client, dependsOnArguments }) =>
      dependsOnArguments || !isInBranch(client.node) || !varying.has(getEnclosingFunction(client.node)),
  );
}
