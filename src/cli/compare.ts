import { readFileSync } from 'node:fs';
import type { CallRecord, ClientRecord, EntryRecord } from '../inventory/records.ts';
import type { Inventory, Totals } from './totals.ts';
import { UsageError } from './usage.ts';
import { describeBound, describePlace, describeTime } from './words.ts';

/** @throws {UsageError} When the file is no inventory of this version. */
export function readInventory(file: string): Inventory {
  let read: unknown;
  try {
    read = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`${file} cannot be read as JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const version = typeof read === 'object' && read !== null ? (read as { inventory?: unknown }).inventory : undefined;
  if (version !== 1)
    throw new UsageError(`${file} is not a version 1 inventory. Create one with \`inventory --json\`.`);
  return read as Inventory;
}

/** The changes between two inventories, as a comment on a pull request. */
export function writeComparison(before: Inventory, after: Inventory): string {
  const lines = [
    ...compare(before.entries, after.entries, nameEntry, describeEntry, () => null),
    ...compare(getCalls(before), getCalls(after), ({ key }) => key, describeCall, describeChange),
    ...compare(
      getClients(before),
      getClients(after),
      ({ key }) => key,
      describeClient,
      () => null,
    ),
  ];
  const totals = compareTotals(before.totals, after.totals);
  if (lines.length === 0 && totals.length === 0) return 'The load of the application has not changed.\n';
  return ['## What this adds to the load', '', ...totals, ...(totals.length > 0 ? [''] : []), ...lines, ''].join('\n');
}

const labels: Readonly<Record<keyof Totals, string>> = {
  bounded: 'Calls in flight under limits',
  unbounded: 'Calls limited only by the number of requests',
  unknown: 'Calls with an unknown bound',
  connections: 'Connections of shared clients',
  rebuilt: 'Pools, stores and MCP clients built in each run',
  processes: 'Child processes of shared MCP clients',
  attempts: 'Requests for one call that keeps failing',
};

function compareTotals(before: Totals, after: Totals): readonly string[] {
  const changed = (Object.keys(labels) as (keyof Totals)[]).filter((key) => before[key] !== after[key]);
  if (changed.length === 0) return [];
  return [
    '| In one process | before | after |',
    '| --- | --- | --- |',
    ...changed.map((key) => `| ${labels[key]} | ${before[key]} | ${after[key]} |`),
  ];
}

function compare<Item>(
  before: readonly Item[],
  after: readonly Item[],
  getKey: (item: Item) => string,
  describe: (item: Item) => string,
  describeDifference: (before: Item, after: Item) => string | null,
): readonly string[] {
  const old = new Map(before.map((item) => [getKey(item), item]));
  const now = new Map(after.map((item) => [getKey(item), item]));
  const added = [...now].flatMap(([key, item]) => {
    const known = old.get(key);
    if (known === undefined) return [`- added: ${describe(item)}`];
    const difference = describeDifference(known, item);
    return difference === null ? [] : [`- changed: ${describe(item)}, ${difference}`];
  });
  return [...added, ...[...old].flatMap(([key, item]) => (now.has(key) ? [] : [`- removed: ${describe(item)}`]))];
}

interface Keyed {
  readonly key: string;
  readonly entry: string;
}

function nameEntry({ at, name }: EntryRecord): string {
  return `${at.file} ${name}`;
}

function describeEntry({ at, name, unit }: EntryRecord): string {
  return `entry point ${name}, once per ${unit} (${describePlace(at)})`;
}

/** Line numbers change, so the n-th call of a name in an entry point is matched with the n-th. */
function getCalls({ entries }: Inventory): readonly (CallRecord & Keyed)[] {
  return entries.flatMap((entry) => withKeys(entry, entry.calls, ({ call }) => call));
}

function getClients({ clients, entries }: Inventory): readonly (ClientRecord & Keyed)[] {
  const shared = clients.map((client, index) => ({
    ...client,
    entry: 'the process',
    key: `${client.at.file} ${client.name} ${clients.slice(0, index).filter(({ at, name }) => at.file === client.at.file && name === client.name).length}`,
  }));
  return [...shared, ...entries.flatMap((entry) => withKeys(entry, entry.clients, ({ name }) => name))];
}

function withKeys<Item>(
  entry: EntryRecord,
  items: readonly Item[],
  getName: (item: Item) => string,
): readonly (Item & Keyed)[] {
  const counts = new Map<string, number>();
  return items.map((item) => {
    const name = getName(item);
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    return { ...item, entry: entry.name, key: `${nameEntry(entry)} ${name} ${count}` };
  });
}

function describeCall({ at, call, entry, run, process }: CallRecord & Keyed): string {
  return `\`${call}\` in ${entry} (${describePlace(at)}): in flight ${describeBound(run)} in one run, ${describeBound(process)} in all`;
}

function describeChange(before: CallRecord, after: CallRecord): string | null {
  const was = [
    [before.run.count, after.run.count, `${describeBound(before.run)} in one run`],
    [before.process.count, after.process.count, `${describeBound(before.process)} in all`],
    [before.attempts, after.attempts, `${before.attempts ?? 'unknown'} requests when it fails`],
    [before.wait, after.wait, `a longest wait of ${describeTime(before.wait)}`],
    [before.signal, after.signal, `signal ${before.signal}`],
  ] as const;
  const changed = was.filter(([old, now]) => old !== now).map(([, , text]) => text);
  return changed.length === 0 ? null : `before ${changed.join(', ')}`;
}

function describeClient({ at, connections, entry, name }: ClientRecord & Keyed): string {
  return `\`${name}\` built by ${entry} (${describePlace(at)})${connections === null ? '' : `, ${connections} connections`}`;
}
