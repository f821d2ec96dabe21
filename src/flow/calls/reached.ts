import type { Call } from '../../ast/calls.ts';
import type { FunctionNode } from '../../ast/nodes.ts';
import { findCall, type LangChainCall } from '../../langchain/calls.ts';
import { type LangChainFile, perFile } from '../../trace/file.ts';
import { findCalledAnywhere } from './anywhere.ts';
import { type Callee, findCallees, findCreated, getOwnCalls } from './call-graph.ts';
import { mayLeadTo } from './other-file.ts';

/** A call that runs when a function does, with the calls that lead to it from there, outermost first. */
export interface ReachedCall {
  readonly node: Call;
  readonly via: readonly Call[];
}

interface ReachedLangChainCall extends ReachedCall {
  readonly call: LangChainCall;
}

/** How deep calls are followed through other files. */
const maxDepth = 8;
/** How many functions one call may lead to. */
const maxFunctions = 200;

const getKnown = perFile(() => new WeakMap<Callee, readonly ReachedCall[]>());
const getKnownAnywhere = perFile(() => new WeakMap<Callee, readonly ReachedCall[]>());

/**
 * The calls that run when `callee` does: its own, and those of the functions that it calls and of the classes that it
 * creates instances of, in this file and others. Nearest first.
 */
export function getReachedCalls(file: LangChainFile, callee: Callee): readonly ReachedCall[] {
  return getReached(file, callee, getKnown(file.of(callee)), findCallees);
}

/** The same, also in files from which LangChain is out of reach, if they may block the event loop. */
export function getReachedCallsAnywhere(file: LangChainFile, callee: Callee): readonly ReachedCall[] {
  return getReached(file, callee, getKnownAnywhere(file.of(callee)), findCalleesAnywhere);
}

function getReached(
  file: LangChainFile,
  callee: Callee,
  known: WeakMap<Callee, readonly ReachedCall[]>,
  find: typeof findCallees,
): readonly ReachedCall[] {
  let reached = known.get(callee);
  if (!reached) {
    reached = collect(file, getOwnCalls(file, callee), new Set([callee]), find);
    known.set(callee, reached);
  }
  return reached;
}

/** The LangChain calls among them. */
export function getReachedLangChainCalls(file: LangChainFile, fn: FunctionNode): readonly ReachedLangChainCall[] {
  return getReachedCalls(file, fn).flatMap((reached) => {
    const call = findCall(file, reached.node);
    return call ? [{ ...reached, call }] : [];
  });
}

/** These calls, and those that run with them. */
export function getCallsReachedFrom(file: LangChainFile, calls: readonly Call[]): readonly ReachedCall[] {
  return collect(file, calls, new Set(), findCallees);
}

function findCalleesAnywhere(file: LangChainFile, node: Call): readonly FunctionNode[] {
  const functions = findCallees(file, node);
  if (functions.length > 0) return functions;
  const owner = file.of(node);
  const fn = mayLeadTo(owner, node, 'blocking') ? findCalledAnywhere(owner, node, 'blocking') : null;
  return fn ? [fn] : [];
}

function collect(
  file: LangChainFile,
  start: readonly Call[],
  visited: Set<Callee>,
  find: typeof findCallees,
): readonly ReachedCall[] {
  const reached: ReachedCall[] = [];
  const pending: { readonly calls: readonly Call[]; readonly via: readonly Call[] }[] = [{ calls: start, via: [] }];
  for (let next = pending.shift(); next; next = pending.shift()) {
    const { calls, via } = next;
    for (const node of calls) {
      reached.push({ node, via });
      if (via.length >= maxDepth || visited.size >= maxFunctions) continue;
      const created = findCreated(file, node);
      for (const called of [...find(file, node), ...(created ? [created] : [])]) {
        if (visited.has(called)) continue;
        visited.add(called);
        pending.push({ calls: getOwnCalls(file, called), via: [...via, node] });
      }
    }
  }
  return reached;
}
