import { sankey, sankeyLinkHorizontal } from 'd3-sankey';
import type { CallRecord, Count, EntryRecord, Place } from '../inventory/records.ts';
import { getKey, type Inventory } from './totals.ts';

/** A box in the diagram. */
export interface Box {
  readonly id: string;
  readonly column: 'call' | 'client' | 'entry';
  readonly label: string;
  readonly detail: string;
  readonly at: Place | null;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A ribbon between two boxes; its width is the number of calls in flight. */
export interface Ribbon {
  readonly from: string;
  readonly to: string;
  readonly path: string;
  readonly width: number;
  readonly bound: 'bounded' | 'unbounded' | 'unknown';
  readonly title: string;
}

export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly ribbons: readonly Ribbon[];
}

interface Node {
  readonly id: string;
  readonly column: Box['column'];
  readonly label: string;
  readonly detail: string;
  readonly at: Place | null;
}

interface Link {
  readonly source: string;
  readonly target: string;
  readonly value: number;
  readonly bound: Ribbon['bound'];
  readonly title: string;
}

const WIDTH = 1200;
/** Calls without a number are drawn as wide as this many. */
const UNNUMBERED = 8;
/** Wider ribbons would cover the others. */
const WIDEST = 20;

/**
 * Entry points on the left, calls in the middle, the services that answer them on the right; null when there is nothing
 * to draw.
 */
export function draw({ entries }: Inventory): Picture | null {
  const nodes = new Map<string, Node>();
  const links: Link[] = [];
  for (const entry of entries) {
    if (entry.calls.length === 0 && entry.clients.length === 0) continue;
    const start = addEntry(nodes, entry);
    for (const call of entry.calls) {
      const middle = addCall(nodes, entry, call);
      links.push(createLink(start, middle, call.run.count, `${entry.name} → ${call.call}`));
      for (const name of call.classes)
        links.push(createLink(middle, addClass(nodes, name), call.process.count, `${call.call} → ${name}`));
    }
    for (const client of entry.clients) {
      const target = addNode(nodes, {
        id: `client ${getKey(client.at)}`,
        column: 'client',
        label: client.name,
        detail: 'built in each run',
        at: client.at,
      });
      links.push(createLink(start, target, 'unbounded', `${entry.name} builds ${client.name} in each run`));
    }
  }
  return links.length === 0 ? null : layOut([...nodes.values()], links);
}

function addEntry(nodes: Map<string, Node>, { at, framework, name, unit }: EntryRecord): string {
  return addNode(nodes, {
    id: `entry ${getKey(at)}`,
    column: 'entry',
    label: name,
    detail: `${framework ?? 'script'}, once per ${unit}`,
    at,
  });
}

/** A call that two entry points reach is drawn once for each: their runs are counted separately. */
function addCall(nodes: Map<string, Node>, entry: EntryRecord, { at, call, process }: CallRecord): string {
  return addNode(nodes, {
    id: `call ${getKey(entry.at)} ${getKey(at)}`,
    column: 'call',
    label: call,
    detail: typeof process.count === 'number' ? `at most ${process.count} in a process` : process.count,
    at,
  });
}

function addClass(nodes: Map<string, Node>, name: string): string {
  return addNode(nodes, { id: `class ${name}`, column: 'client', label: name, detail: '', at: null });
}

function addNode(nodes: Map<string, Node>, node: Node): string {
  if (!nodes.has(node.id)) nodes.set(node.id, node);
  return node.id;
}

function createLink(source: string, target: string, count: Count, title: string): Link {
  return {
    source,
    target,
    value: typeof count === 'number' ? Math.min(Math.max(count, 1), WIDEST) : UNNUMBERED,
    bound: typeof count === 'number' ? 'bounded' : count,
    title: `${title}: ${count}`,
  };
}

function layOut(nodes: readonly Node[], links: readonly Link[]): Picture {
  const rows = Math.max(...(['entry', 'call', 'client'] as const).map((column) => count(nodes, column)));
  const height = Math.max(320, rows * 34);
  const graph = sankey<Node, Link>()
    .nodeId(({ id }) => id)
    .nodeWidth(10)
    .nodePadding(14)
    .nodeAlign(({ column }) => ['entry', 'call', 'client'].indexOf(column))
    .extent([
      [10, 30],
      [WIDTH - 220, height - 10],
    ])({ nodes: nodes.map((node) => ({ ...node })), links: links.map((link) => ({ ...link })) });
  const path = sankeyLinkHorizontal<Node, Link>();
  return {
    width: WIDTH,
    height,
    boxes: graph.nodes.map((node) => {
      const { at, column, detail, id, label, x0 = 0, x1 = 0, y0 = 0, y1 = 0 } = node;
      return { id, column, label, detail, at, x: x0, y: y0, width: x1 - x0, height: Math.max(2, y1 - y0) };
    }),
    ribbons: graph.links.map((link) => ({
      from: (link.source as Node).id,
      to: (link.target as Node).id,
      path: path(link) ?? '',
      width: Math.max(1, link.width ?? 1),
      bound: link.bound,
      title: link.title,
    })),
  };
}

function count(nodes: readonly Node[], column: Box['column']): number {
  return nodes.filter((node) => node.column === column).length;
}
