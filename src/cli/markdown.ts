import type { CallRecord, ClientRecord, EntryRecord } from '../inventory/records.ts';
import type { Inventory } from './totals.ts';
import { describeBound, describePlace, describeTime } from './words.ts';

/** The inventory as a Markdown page. */
export function writeMarkdown(inventory: Inventory): string {
  const { clients, entries, skipped, unreached, untraced } = inventory;
  const used = entries.filter((entry) => entry.calls.length > 0 || entry.clients.length > 0);
  return [
    '# What one process can have in flight',
    '',
    ...writeTotals(inventory),
    '',
    '## Entry points',
    '',
    ...used.flatMap(writeEntry),
    ...(used.length === 0 ? ['None calls LangChain over the network.', ''] : []),
    ...section('Built once per process', clients.map(writeClient)),
    ...section('Calls that no known entry point reaches', unreached.map(writeLoose)),
    ...section(
      'Calls that could not be traced',
      untraced.map(({ at, call, reason }) => `- ${describePlace(at)} \`${call}()\`: ${reason}`),
    ),
    ...section(
      'Files that were not read',
      skipped.map(({ file, reason }) => `- ${file}: ${reason}`),
    ),
  ].join('\n');
}

function writeTotals({ deployment, entries, files, totals, unreached, untraced }: Inventory): readonly string[] {
  const { attempts, bounded, connections, processes, rebuilt, unbounded, unknown } = totals;
  const traced = entries.flatMap(({ calls }) => calls).length + unreached.length;
  const all = traced + untraced.length;
  return [
    `${files} files read, ${entries.length} entry points.`,
    '',
    '| In one process | |',
    '| --- | --- |',
    `| Calls in flight under limits | at most ${bounded} |`,
    `| Calls limited only by the number of requests | ${unbounded} |`,
    `| Calls with an unknown bound | ${unknown} |`,
    `| Connections of shared clients | ${connections} |`,
    `| Pools, stores and MCP clients built in each run | ${rebuilt} |`,
    `| Child processes of shared MCP clients | ${processes} |`,
    `| Requests for one call that keeps failing | at most ${attempts} |`,
    `| Calls that could not be traced | ${untraced.length} of ${all} |`,
    ...(deployment
      ? [
          '',
          `In ${deployment.workers} processes: ${deployment.inFlight ?? 'unlimited'} calls in flight, of the ${deployment.limit} that the provider accepts, and ${deployment.connections} connections. ${deployment.isOver ? '**Over budget.**' : 'Within budget.'}`,
        ]
      : []),
  ];
}

function writeEntry({ at, calls, clients, framework, name, unit }: EntryRecord): readonly string[] {
  return [
    `### ${name} (${framework ?? 'script'}, once per ${unit}) ${describePlace(at)}`,
    '',
    ...(calls.length > 0
      ? [
          '| Call | Class | One run | All runs | Requests when it fails | Longest wait | Signal |',
          '| --- | --- | --- | --- | --- | --- | --- |',
          ...calls.map(writeCall),
          '',
        ]
      : []),
    ...clients.map((client) => `Each run builds: ${writeClient(client).slice(2)}`),
    ...(clients.length > 0 ? [''] : []),
  ];
}

function writeCall(record: CallRecord): string {
  const cells = [
    `\`${record.call}\` ${describePlace(record.at)}`,
    record.classes.map((name) => `\`${name}\``).join(', '),
    describeBound(record.run),
    describeBound(record.process),
    String(record.attempts ?? 'unknown'),
    describeTime(record.wait),
    record.signal,
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function writeClient({ at, connections, name, processes }: ClientRecord): string {
  const what = [
    ...(connections === null
      ? []
      : [`${connections === 'unknown' ? 'an unknown number of' : connections} connections`]),
    ...(processes === 0
      ? []
      : [
          processes === 1
            ? 'a child process'
            : `${processes === 'unknown' ? 'an unknown number of' : processes} child processes`,
        ]),
  ];
  return `- \`${name}\` ${describePlace(at)}${what.length > 0 ? `: ${what.join(', ')}` : ''}`;
}

function writeLoose({ at, call, classes, run }: CallRecord): string {
  return `- \`${call}\` ${describePlace(at)}: ${classes.join(', ')}, ${describeBound(run)} at a time in one run`;
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`## ${title}`, '', ...lines, ''];
}
