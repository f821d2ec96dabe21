import type { TSESTree } from '@typescript-eslint/utils';
import type { Call } from '../../ast/calls.ts';
import type { FunctionNode } from '../../ast/nodes.ts';
import { type LangChainFile, perFile } from '../../trace/file.ts';
import { getCallSites } from './call-graph.ts';
import { type CallbackUse, type CallSite, climb, findCallbackUse, type PerItem, toPerItem } from './callbacks.ts';

/**
 * The per-item code around a node, innermost first. A function is left only where it runs as part of the code around
 * it:
 * an inline callback, or a named function whose single use is as a callback (`xs.map(summarize)`).
 */
export function getPerItems(file: LangChainFile, node: TSESTree.Node): readonly PerItem[] {
  const byNode = getKnownPerItems(file);
  let perItems = byNode.get(node);
  if (!perItems) {
    perItems = findPerItems(file, node);
    byNode.set(node, perItems);
  }
  return perItems;
}

const getKnownPerItems = perFile(() => new WeakMap<TSESTree.Node, readonly PerItem[]>());

function findPerItems(file: LangChainFile, node: TSESTree.Node): readonly PerItem[] {
  const perItems: PerItem[] = [];
  const visited = new Set<FunctionNode>();
  let from = node;
  for (;;) {
    const way = climb(file, from);
    perItems.push(...way.perItems);
    if (!way.top || visited.has(way.top)) return perItems;
    visited.add(way.top);
    const [site, ...otherSites] = getCallSites(file, way.top);
    const use = site && otherSites.length === 0 ? findHandedUse(file, site) : null;
    if (!use || !site) return perItems;
    if (use.times === 'perItem') perItems.push(toPerItem(site.call, way.top, use));
    from = site.call;
  }
}

/** Per-item code from which a node is reached. */
interface PerItemSite {
  readonly perItem: PerItem;
  /**
   * The direct calls of functions of this file that lead from the per-item code to the node, outermost first; empty
   * when the node is in that code itself.
   */
  readonly via: readonly Call[];
}

/** How many functions may lead to a node, and how many calls in sequence. */
const maxFunctions = 200;
const maxCalls = 30;

/**
 * The per-item code that reaches a node: it contains the node, or calls or passes on a function of this file that does.
 * Nearest first.
 */
export function findPerItemSites(file: LangChainFile, node: TSESTree.Node): readonly PerItemSite[] {
  const found: PerItemSite[] = [];
  const visited = new Set<FunctionNode>();
  const pending: { readonly from: TSESTree.Node; readonly via: readonly Call[] }[] = [{ from: node, via: [] }];
  for (let next = pending.shift(); next; next = pending.shift()) {
    const { from, via } = next;
    const { perItems, top } = climb(file, from);
    found.push(...perItems.map((perItem) => ({ perItem, via })));
    if (!top || visited.has(top) || visited.size >= maxFunctions || via.length >= maxCalls) continue;
    visited.add(top);
    for (const site of getCallSites(file, top)) {
      const use = findHandedUse(file, site);
      if (use?.times === 'perItem') found.push({ perItem: toPerItem(site.call, top, use), via });
      if (use) pending.push({ from: site.call, via });
      else if (site.argument === null) pending.push({ from: site.call, via: [site.call, ...via] });
    }
  }
  return found;
}

function findHandedUse(file: LangChainFile, site: CallSite): CallbackUse | null {
  return site.argument === null ? null : findCallbackUse(file, site.call, site.argument);
}

/** The parts that vary from one item to the next, as `dependsOn` takes them. */
export function getRoots({ callback, items, node }: PerItem): readonly TSESTree.Node[] {
  return callback ? [callback] : [node, ...items];
}
