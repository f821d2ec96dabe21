/**
 * Lints checkouts of repositories, or code of your own, with the built plugin, and prints the reports. Where there are
 * labels, places that a person has judged, it compares the reports with them.
 *
 *     npm run corpus -- DIR [--preset recommended|strict|all] [--rule NAME]... [--repo SUBSTRING] [--every-file]
 *                           [--plugin FILE] [--json] [--reports FILE]
 *                           [--labels FILE [--recall-only OWNER/NAME]... [--labelled-in-part RULE]...]
 *
 * `DIR` holds one folder per repository, named `<owner>__<name>`; without such a folder it is one repository itself.
 * The parser is that of typescript-eslint without types; a repository's own ESLint configuration and its directive
 * comments are not read. Linted are the source files that mention `langchain` or `deepagents`, those that import one of
 * these by the look of the specifier, and those that carry a label; with `--every-file` all source files.
 *
 * `--reports` writes all reports as JSON, labelled or not, sorted by place. To compare two builds, run it with the
 * `--plugin` of each, then `cmp before.json after.json`, or, apart from the texts of messages,
 * `diff -I '^ *"message": ' before.json after.json`.
 *
 * `--labels` is a JSON file, an array of `{ repo, file, line, rule, verdict, evidence, note }`: judge.ts says how they
 * are met. `--recall-only` names a repository that is not labelled in full: what is reported there without a label, or
 * against one, is not listed. `--labelled-in-part` names such a rule.
 *
 * Exit code: 0, or 1 when a rule threw, or 2 when the arguments or inputs are wrong.
 */
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { compareText, fail, getDistinct, type Report } from './common.ts';
import { judge, type Judgement, mergeJudgements } from './judge.ts';
import { readLabels } from './labels.ts';
import { findCheckouts, findLangChainFiles, getRules, lint, type Linted, loadPlugin, readRepository } from './lint.ts';
import {
  type Scope,
  type Summary,
  toJudgementJson,
  toJudgementText,
  toReportJson,
  toReportsJson,
  toReportText,
} from './print.ts';

interface Run extends Linted {
  readonly name: string;
  readonly lintedFiles: number;
  readonly judgement: Judgement;
}

const PRESETS = ['recommended', 'strict', 'all'];

const { values: options, positionals } = readArguments();
const directory = readDirectory();
const plugin = await loadPlugin(options.plugin);
const rules = getRules(plugin, options.preset, options.rule);
const allLabels = (options.labels === undefined ? [] : readLabels(options.labels)).filter(
  ({ rule, repo }) => (options.rule.length === 0 || options.rule.includes(rule)) && repo.includes(options.repo),
);
const labels = allLabels.filter(({ rule }) => rules.has(rule));

const runs: Run[] = [];
for (const { name, root } of findCheckouts(directory).filter((checkout) => checkout.name.includes(options.repo)))
  runs.push(await run(name, root));
if (runs.length === 0) fail(`${directory} holds no repository with "${options.repo}" in its name.`);

const reports = runs.flatMap((each) => each.reports);
const summary = summarize();
if (options.reports !== undefined) writeFileSync(options.reports, toReportsJson(reports));
console.log(options.labels === undefined ? printReports(reports) : printJudgement());
process.exitCode = summary.crashes.length === 0 ? 0 : 1;

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        labels: { type: 'string' },
        'recall-only': { type: 'string', multiple: true, default: [] },
        'labelled-in-part': { type: 'string', multiple: true, default: [] },
        plugin: { type: 'string', default: path.join(import.meta.dirname, '../../build/index.js') },
        preset: { type: 'string', default: 'strict' },
        rule: { type: 'string', multiple: true, default: [] },
        repo: { type: 'string', default: '' },
        'every-file': { type: 'boolean', default: false },
        reports: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

function readDirectory(): string {
  const [first, ...others] = positionals;
  if (first === undefined || others.length > 0) fail('Name one folder.');
  if (!existsSync(first)) fail(`There is no folder ${first}.`);
  if (!PRESETS.includes(options.preset)) fail(`--preset is one of ${PRESETS.join(', ')}, not "${options.preset}".`);
  return path.resolve(first);
}

async function run(name: string, root: string): Promise<Run> {
  const own = labels.filter(({ repo }) => repo === name);
  const labelled = getDistinct(own.map(({ file }) => file));
  const repository = readRepository(name, root, labelled);
  const chosen = new Set([...labelled, ...findLangChainFiles(repository)]);
  const files = [...repository.sources.keys()].filter((file) => options['every-file'] || chosen.has(file));
  const linted = await lint(repository, files, plugin, rules);
  return { ...linted, name, lintedFiles: files.length, judgement: judge(own, linted.reports, repository) };
}

function summarize(): Summary {
  const names = new Set(runs.map(({ name }) => name));
  const asked = getDistinct([...allLabels.map(({ rule }) => rule), ...options.rule]);
  return {
    preset: options.preset,
    repositories: runs.length,
    lintedFiles: runs.reduce((total, { lintedFiles }) => total + lintedFiles, 0),
    unparsed: runs.flatMap(({ unparsed }) => unparsed).sort(),
    crashes: runs
      .flatMap(({ crashes }) => crashes)
      .sort((a, b) => compareText(`${a.rule} ${a.repo} ${a.file}`, `${b.rule} ${b.repo} ${b.file}`)),
    enabled: [...rules.keys()].sort(),
    notBuilt: asked.filter((rule) => !(rule in plugin.rules)),
    notInPreset: asked.filter((rule) => rule in plugin.rules && !rules.has(rule)),
    notLaidOut: getDistinct(labels.map(({ repo }) => repo)).filter((repo) => !names.has(repo)),
  };
}

function printReports(all: readonly Report[]): string {
  return options.json ? toReportJson(summary, all) : toReportText(summary, all);
}

function printJudgement(): string {
  const judgement = mergeJudgements(runs.map((each) => each.judgement));
  return options.json
    ? toJudgementJson(summary, judgement, getScope())
    : toJudgementText(summary, judgement, getScope());
}

function getScope(): Scope {
  const labelled = new Set(allLabels.map(({ rule }) => rule));
  return {
    recallOnly: new Set(options['recall-only']),
    notes: new Map([
      ...summary.enabled.filter((rule) => !labelled.has(rule)).map((rule) => [rule, 'not labelled'] as const),
      ...options['labelled-in-part'].map((rule) => [rule, 'labelled in part'] as const),
    ]),
  };
}
