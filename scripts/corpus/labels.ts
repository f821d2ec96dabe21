import { existsSync, readFileSync } from 'node:fs';
import { fail, isRecord, type Site } from './common.ts';

/** What a person said of a place: that the rule must report there, must not, or that it does not matter. */
export interface Label extends Site {
  readonly verdict: Verdict;
  /** What a tool needs to see to decide, as `same-file` or `cross-file`. */
  readonly evidence: string;
  readonly note: string;
}

type Verdict = (typeof VERDICTS)[number];

const VERDICTS = ['report', 'debatable', 'quiet'] as const;

export function readLabels(file: string): readonly Label[] {
  if (!existsSync(file)) fail(`There is no labels file ${file}.`);
  const labels: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!Array.isArray(labels)) fail(`${file} is not an array of labels.`);
  return labels.map((label: unknown, index) =>
    isLabel(label) ? label : fail(`${file}: element ${index} is not a label.`),
  );
}

function isLabel(value: unknown): value is Label {
  return (
    isRecord(value) &&
    ['repo', 'file', 'rule', 'evidence', 'note'].every((key) => typeof value[key] === 'string') &&
    typeof value['line'] === 'number' &&
    VERDICTS.some((verdict) => verdict === value['verdict'])
  );
}

/** The order in which labels at the same distance are met. */
export function getRank({ verdict }: Label): number {
  return VERDICTS.indexOf(verdict);
}
