import type { Call } from '../../ast/calls.ts';
import type { FunctionNode } from '../../ast/nodes.ts';
import { type LangChainFile, perFile } from '../../trace/file.ts';
import { findCallees, getOwnCalls } from './call-graph.ts';

/** A call that runs when a function does, with the calls that lead to it from there, outermost first. */
interface ReachedCall {
  readonly node: Call;
  readonly via: readonly Call[];
}

/** How deep calls are followed into other files. */
const maxDepth = 8;
/** How many functions one call may lead to. */
const maxFunctions = 200;

const getKnown = perFile(() => new WeakMap<FunctionNode, readonly ReachedCall[]>());

/**
 * The calls that run when `fn` does: its own, and those of the functions that it calls, in this file and others.
 * Nearest first.
 */
export function getReachedCalls(file: LangChainFile, fn: FunctionNode): readonly ReachedCall[] {
  const known = getKnown(file.of(fn));
  let reached = known.get(fn);
  if (!reached) {
    reached = collect(file, fn);
    known.set(fn, reached);
  }
  return reached;
}

function collect(file: LangChainFile, start: FunctionNode): readonly ReachedCall[] {
  const reached: ReachedCall[] = [];
  const visited = new Set([start]);
  const pending: { readonly fn: FunctionNode; readonly via: readonly Call[] }[] = [{ fn: start, via: [] }];
  for (let next = pending.shift(); next; next = pending.shift()) {
    const { fn, via } = next;
    for (const node of getOwnCalls(file, fn)) {
      reached.push({ node, via });
      if (via.length >= maxDepth || visited.size >= maxFunctions) continue;
      for (const called of findCallees(file, node)) {
        if (visited.has(called)) continue;
        visited.add(called);
        pending.push({ fn: called, via: [...via, node] });
      }
    }
  }
  return reached;
}
