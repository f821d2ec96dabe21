import type { CallRecord, ClientRecord, EntryRecord, Place, UntracedRecord } from '../inventory/records.ts';
import type { Gathered } from './gather.ts';

/** What a project can have in flight. Serialised as JSON; `inventory` is the version of its format. */
export interface Inventory {
  readonly inventory: 1;
  readonly entries: readonly EntryRecord[];
  /** Clients built once per process. */
  readonly clients: readonly ClientRecord[];
  /** Remote calls that no known entry point reaches. */
  readonly unreached: readonly CallRecord[];
  readonly untraced: readonly UntracedRecord[];
  readonly skipped: Gathered['skipped'];
  readonly files: number;
  readonly totals: Totals;
  readonly deployment: Deployment | null;
}

export interface Totals {
  /** Calls in flight in one process under a limit, summed over all entry points. */
  readonly bounded: number;
  /** Calls limited only by the number of requests. */
  readonly unbounded: number;
  /** Calls whose bound is unknown. */
  readonly unknown: number;
  /** Connections of the clients that one process builds once. */
  readonly connections: number;
  /** Pools, stores and MCP clients that entry points rebuild in each run. */
  readonly rebuilt: number;
  /** Child processes of the clients that one process builds once. */
  readonly processes: number;
  /** The most requests that one call makes when it keeps failing. */
  readonly attempts: number;
}

interface Deployment {
  readonly workers: number;
  readonly limit: number;
  /** Calls in flight in all processes; null when they are unlimited. */
  readonly inFlight: number | null;
  readonly connections: number;
  readonly isOver: boolean;
}

export function getKey({ column, file, line }: Place): string {
  return `${file}:${line}:${column}`;
}

export function build({ budget, files, records, skipped }: Gathered): Inventory {
  // A handler of another file is found twice: where it is registered, and where its signature shows what it is.
  const called = new Set(records.flatMap((record) => record.called.map(getKey)));
  const presumed = records.flatMap((record) => record.presumed).filter(({ at }) => !called.has(getKey(at)));
  const entries = getUnique([...records.flatMap((record) => record.entries), ...presumed]);
  const built = new Set(entries.flatMap((entry) => entry.clients.map(({ at }) => getKey(at))));
  const clients = getUnique(records.flatMap((record) => record.clients)).filter(({ at }) => !built.has(getKey(at)));
  const reached = new Set(entries.flatMap(({ calls }) => calls.map(({ at }) => getKey(at))));
  const unreached = getUnique(records.flatMap((record) => record.calls)).filter(({ at }) => !reached.has(getKey(at)));
  const totals = getTotals(entries, clients);
  return {
    inventory: 1,
    entries,
    clients,
    unreached,
    untraced: records.flatMap((record) => record.untraced),
    skipped,
    files,
    totals,
    deployment: budget && {
      workers: budget.workers,
      limit: budget.limit,
      ...multiply(totals, budget.workers),
      isOver: totals.unbounded > 0 || totals.bounded * budget.workers > budget.limit,
    },
  };
}

function multiply(
  { bounded, connections, unbounded }: Totals,
  workers: number,
): Pick<Deployment, 'connections' | 'inFlight'> {
  return { inFlight: unbounded > 0 ? null : bounded * workers, connections: connections * workers };
}

function getUnique<Item extends { readonly at: Place }>(items: readonly Item[]): readonly Item[] {
  const byPlace = new Map<string, Item>();
  for (const item of items) if (!byPlace.has(getKey(item.at))) byPlace.set(getKey(item.at), item);
  return [...byPlace.values()];
}

function getTotals(entries: readonly EntryRecord[], clients: readonly ClientRecord[]): Totals {
  const calls = getUnique(entries.flatMap((entry) => entry.calls));
  return {
    bounded: sumBounds(entries),
    unbounded: calls.filter(({ process }) => process.count === 'unbounded').length,
    unknown: calls.filter(({ process }) => process.count === 'unknown').length,
    connections: sum(clients.map(({ connections }) => (typeof connections === 'number' ? connections : 0))),
    rebuilt: getUnique(entries.flatMap((entry) => entry.clients)).filter(
      ({ resource }) => resource === 'pools' || resource === 'stores',
    ).length,
    processes: sum(clients.map(({ processes }) => (typeof processes === 'number' ? processes : 0))),
    attempts: Math.max(0, ...calls.map(({ attempts }) => attempts ?? 0)),
  };
}

/** One limit bounds all calls that share it together. */
function sumBounds(entries: readonly EntryRecord[]): number {
  const limits = new Map<string, number>();
  for (const { calls } of entries)
    for (const { at, process } of calls)
      if (typeof process.count === 'number') limits.set(getKey(process.at ?? at), process.count);
  return sum([...limits.values()]);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
