/**
 * Compares reports with labels.
 *
 * A report meets a label of the same rule and file within one line: the nearest pair first, and at equal distance
 * `report` before `debatable` before `quiet`. A `report` label is met by one report; a second one is unlabelled.
 * `quiet` and `debatable` labels take every report on their line, and those beside it whose line has no label.
 *
 * A client that is built in a helper is reported where a handler in another file calls that helper: a label with the
 * evidence `cross-file` that no report meets in its own file is met by a report that starts at a call leading to it, or
 * at its name where it is registered. One report may meet several of these, besides a label on its own line.
 */
import { findCallsTo } from './callers.ts';
import { compareSites, getDistinct, type Report, type Repository, type Site } from './common.ts';
import { getRank, type Label } from './labels.ts';

export interface Judgement {
  readonly found: readonly Met[];
  readonly missed: readonly Label[];
  /** Reports where a label says `quiet`. */
  readonly false: readonly Met[];
  readonly debatable: readonly { readonly label: Label; readonly reports: readonly Report[] }[];
  readonly unlabelled: readonly Report[];
}

interface Met {
  readonly label: Label;
  readonly report: Report;
}

/** How a rule does on the labels of one kind of evidence. */
export interface Score {
  readonly rule: string;
  readonly evidence: string;
  readonly found: number;
  readonly missed: number;
  readonly false: number;
  /** Debatable labels with a report, of all debatable labels. Not scored. */
  readonly debatable: readonly [reported: number, all: number];
}

type ReportsByLabel = ReadonlyMap<Label, readonly Report[]>;

const LINE_TOLERANCE = 1;
/** The rules that report at a call in place of what it leads to. */
const RULES_AT_CALLS = ['no-blocking-in-handler', 'no-client-in-handler'];

export function judge(labels: readonly Label[], reports: readonly Report[], repository: Repository): Judgement {
  const nearby = matchNearby(labels, reports);
  const others = labels.filter((label) => !nearby.has(label) && isMetAtCalls(label));
  const met: ReportsByLabel = new Map([...nearby, ...matchAtCalls(others, reports, repository)]);
  const labelled = new Set([...met.values()].flat());
  const withReports = labels.map((label) => ({ label, reports: met.get(label) ?? [] }));
  const is = (verdict: Label['verdict']) => withReports.filter(({ label }) => label.verdict === verdict);
  return {
    found: is('report').flatMap(({ label, reports: [report] }) => (report ? [{ label, report }] : [])),
    missed: is('report').flatMap((each) => (each.reports.length === 0 ? [each.label] : [])),
    false: is('quiet').flatMap((each) => each.reports.map((report) => ({ label: each.label, report }))),
    debatable: is('debatable'),
    unlabelled: reports.filter((report) => !labelled.has(report)),
  };
}

function matchNearby(labels: readonly Label[], reports: readonly Report[]): ReportsByLabel {
  const labelledLines = new Set(labels.map(getLineKey));
  const taken = new Set<Report>();
  const met = new Map<Label, readonly Report[]>();
  for (const { label, report, distance } of findPairs(labels, reports)) {
    const own = met.get(label) ?? [];
    const isBesideAnother = distance > 0 && labelledLines.has(getLineKey(report));
    if (taken.has(report) || (label.verdict === 'report' ? own.length > 0 : isBesideAnother)) continue;
    taken.add(report);
    met.set(label, [...own, report]);
  }
  return met;
}

/** Labels and reports that may belong together, those that are nearest first. */
function findPairs(
  labels: readonly Label[],
  reports: readonly Report[],
): readonly (Met & { readonly distance: number })[] {
  return labels
    .flatMap((label) =>
      reports
        .filter(({ file, rule }) => file === label.file && rule === label.rule)
        .map((report) => ({ label, report, distance: Math.abs(label.line - report.line) })),
    )
    .filter(({ distance }) => distance <= LINE_TOLERANCE)
    .sort((a, b) => a.distance - b.distance || getRank(a.label) - getRank(b.label));
}

function isMetAtCalls({ rule, evidence, verdict }: Label): boolean {
  return RULES_AT_CALLS.includes(rule) && evidence === 'cross-file' && verdict !== 'quiet';
}

function matchAtCalls(labels: readonly Label[], reports: readonly Report[], repository: Repository): ReportsByLabel {
  const met = labels.map((label) => {
    const candidates = reports.filter(({ rule }) => rule === label.rule);
    const calls = candidates.length === 0 ? [] : findCallsTo(repository, label);
    const starts = new Set(calls.map(getStartKey));
    return [label, candidates.filter((report) => starts.has(getStartKey(report)))] as const;
  });
  return new Map(met.filter(([, own]) => own.length > 0));
}

function getLineKey({ file, rule, line }: Site): string {
  return `${rule} ${file}:${line}`;
}

function getStartKey({ file, line, column }: Pick<Report, 'column' | 'file' | 'line'>): string {
  return `${file}:${line}:${column}`;
}

export function mergeJudgements(judgements: readonly Judgement[]): Judgement {
  const byLabel = (a: { readonly label: Label }, b: { readonly label: Label }): number =>
    compareSites(a.label, b.label);
  return {
    found: judgements.flatMap(({ found }) => found).sort(byLabel),
    missed: judgements.flatMap(({ missed }) => missed).sort(compareSites),
    false: judgements.flatMap((each) => each.false).sort(byLabel),
    debatable: judgements.flatMap(({ debatable }) => debatable).sort(byLabel),
    unlabelled: judgements.flatMap(({ unlabelled }) => unlabelled).sort(compareSites),
  };
}

/** Without the false reports of repositories for which only recall counts. */
export function getScores(judgement: Judgement, recallOnly: ReadonlySet<string>): readonly Score[] {
  const falseLabels = judgement.false.map(({ label }) => label).filter(({ repo }) => !recallOnly.has(repo));
  const foundLabels = judgement.found.map(({ label }) => label);
  const debatableLabels = judgement.debatable.map(({ label }) => label);
  const labels = [...foundLabels, ...judgement.missed, ...falseLabels, ...debatableLabels];
  return getDistinct(labels.map(getScoreKey)).map((key) => {
    const [rule = '', evidence = ''] = key.split(' ');
    const count = (each: readonly Label[]): number => each.filter((label) => getScoreKey(label) === key).length;
    const reported = judgement.debatable.filter(({ reports }) => reports.length > 0).map(({ label }) => label);
    return {
      rule,
      evidence,
      found: count(foundLabels),
      missed: count(judgement.missed),
      false: count(falseLabels),
      debatable: [count(reported), count(debatableLabels)],
    };
  });
}

function getScoreKey({ rule, evidence }: Label): string {
  return `${rule} ${evidence}`;
}
