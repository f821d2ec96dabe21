import { compareText, type Crash, type Report, type Site, toOneLine } from './common.ts';
import { getScores, type Judgement } from './judge.ts';

export interface Summary {
  readonly preset: string;
  readonly repositories: number;
  readonly lintedFiles: number;
  readonly unparsed: readonly string[];
  readonly crashes: readonly Crash[];
  readonly enabled: readonly string[];
  readonly notBuilt: readonly string[];
  readonly notInPreset: readonly string[];
  readonly notLaidOut: readonly string[];
}

/** How far the labels go. */
export interface Scope {
  /** The repositories that are not labelled in full, so that a report without a label says nothing. */
  readonly recallOnly: ReadonlySet<string>;
  /** What is said of the reports of a rule that are not labelled, by rule. */
  readonly notes: ReadonlyMap<string, string>;
}

/** All reports in an order that no message decides, each text in a line that begins with `"message":`. */
export function toReportsJson(reports: readonly Report[]): string {
  return `${JSON.stringify(sortByPlace(reports), null, 2)}\n`;
}

function sortByPlace(reports: readonly Report[]): readonly Report[] {
  const compare = (a: Report, b: Report): number =>
    compareText(a.repo, b.repo) ||
    compareText(a.file, b.file) ||
    a.line - b.line ||
    a.column - b.column ||
    compareText(a.rule, b.rule) ||
    compareText(JSON.stringify(a.fix), JSON.stringify(b.fix));
  return [...reports].sort(compare);
}

export function toReportText(summary: Summary, reports: readonly Report[]): string {
  const counts = summary.enabled.map((rule) => [rule, String(reports.filter((each) => each.rule === rule).length)]);
  return [
    ...describe(summary),
    '',
    ...alignColumns([['rule', 'reports'], ...counts]),
    '',
    ...summary.crashes.map(describeCrash),
    ...sortByPlace(reports).map((report) => `${describePlace(report)} ${report.message}`),
  ].join('\n');
}

export function toReportJson(summary: Summary, reports: readonly Report[]): string {
  return JSON.stringify({ ...summary, reports: sortByPlace(reports) }, null, 2);
}

export function toJudgementText(summary: Summary, judgement: Judgement, scope: Scope): string {
  const isScored = ({ repo }: Site): boolean => !scope.recallOnly.has(repo);
  return [
    ...describe(summary),
    '',
    ...alignColumns(getRows(summary, judgement, scope)),
    '',
    ...describeRecallOnly(judgement, scope),
    ...summary.crashes.map(describeCrash),
    ...judgement.missed.map((label) => `missed ${describePlace(label)} ${toOneLine(label.note)}`),
    ...judgement.false
      .filter(({ label }) => isScored(label))
      .map(({ label, report }) => `false ${describePlace(report)} ${report.message} [${toOneLine(label.note)}]`),
    ...judgement.unlabelled.filter(isScored).map((report) => `unlabelled ${describePlace(report)} ${report.message}`),
  ].join('\n');
}

export function toJudgementJson(summary: Summary, judgement: Judgement, { recallOnly }: Scope): string {
  const isScored = ({ repo }: Site): boolean => !recallOnly.has(repo);
  return JSON.stringify(
    {
      ...summary,
      scores: getScores(judgement, recallOnly),
      found: judgement.found,
      missed: judgement.missed,
      false: judgement.false.map((entry) => ({ ...entry, scored: isScored(entry.label) })),
      debatable: judgement.debatable,
      unlabelled: judgement.unlabelled.map((report) => ({ ...report, scored: isScored(report) })),
    },
    null,
    2,
  );
}

function describe({ preset, repositories, lintedFiles, unparsed, crashes, ...lists }: Summary): readonly string[] {
  return [
    `${preset}: ${repositories} repositories, ${lintedFiles} files linted, ${unparsed.length} do not parse, ${crashes.length} crashes`,
    ...describeList('not built', lists.notBuilt),
    ...describeList('not in this preset', lists.notInPreset),
    ...describeList('labelled, but not laid out', lists.notLaidOut),
  ];
}

function describeList(title: string, names: readonly string[]): readonly string[] {
  return names.length === 0 ? [] : [`${title}: ${names.join(', ')}`];
}

function describeRecallOnly(judgement: Judgement, { recallOnly }: Scope): readonly string[] {
  if (recallOnly.size === 0) return [];
  const falseCount = judgement.false.filter(({ label }) => recallOnly.has(label.repo)).length;
  const unlabelledCount = judgement.unlabelled.filter(({ repo }) => recallOnly.has(repo)).length;
  return [
    `Only recall is scored for ${[...recallOnly].join(', ')}; not listed from there: ${falseCount} reports on quiet labels, ${unlabelledCount} unlabelled.`,
    '',
  ];
}

function getRows(summary: Summary, judgement: Judgement, scope: Scope): readonly (readonly string[])[] {
  const scores = getScores(judgement, scope.recallOnly);
  const unlabelled = judgement.unlabelled.filter(({ repo }) => !scope.recallOnly.has(repo));
  return [
    ['rule', 'evidence', 'found', 'missed', 'false', 'debatable', 'unlabelled'],
    ...summary.enabled.flatMap((rule) => {
      const note = scope.notes.get(rule);
      const count = `${unlabelled.filter((report) => report.rule === rule).length}${note ? ` (${note})` : ''}`;
      const rows = scores
        .filter((score) => score.rule === rule)
        .map(({ evidence, found, missed, debatable, ...score }, index) => [
          ...[rule, evidence, String(found), String(missed), String(score.false), debatable.join('/')],
          index === 0 ? count : '',
        ]);
      return rows.length > 0 ? rows : [[rule, '-', '0', '0', '0', '0/0', count]];
    }),
  ];
}

function alignColumns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const align = (cell: string, column: number): string => cell.padEnd(widths[column] ?? 0);
  return rows.map((row) => row.map(align).join('  ').trimEnd());
}

function describePlace({ rule, repo, file, line }: Site): string {
  return `${rule} ${repo} ${file}:${line}`;
}

function describeCrash({ rule, repo, file, error }: Crash): string {
  return `crash ${rule} ${repo} ${file} ${error}`;
}
