import type { TSESTree } from '@typescript-eslint/utils';
import type { Call } from '../../ast/calls.ts';
import type { FunctionNode } from '../../ast/nodes.ts';
import { type LangChainFile, perFile } from '../../trace/file.ts';
import { getCallSites } from './call-graph.ts';
import { type CallbackUse, type CallSite, climb, findCallbackUse, type PerItem, toPerItem } from './callbacks.ts';

/**
 * The per-item positions that a node stands in, innermost first. A function is left only where it is run as part of
 * what surrounds it:
 * an inline callback, or a named function whose single use is that of a callback (`xs.map(summarize)`).
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

/** A per-item position from which a node is reached. */
interface PerItemSite {
  readonly perItem: PerItem;
  /**
   * The direct calls of functions of this file that lead from the position to the node, outermost first; empty when it
   * stands in the position itself.
   */
  readonly via: readonly Call[];
}

/** How many functions may lead to a node, and how many calls one after the other. */
const maxFunctions = 200;
const maxCalls = 30;

/**
 * The per-item positions whose run reaches a node: it stands in one, or in a function of this file that is called or
 * handed over in one. Nearest first.
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

/** What varies from one item to the next, as `dependsOn` takes it. */
export function getRoots({ callback, items, node }: PerItem): readonly TSESTree.Node[] {
  return callback ? [callback] : [node, ...items];
}
