/* eslint-disable simple-import-sort/imports -- The disk stands before the plugin looks for it while it loads. */
import { ROOT, writeFiles } from './disk.ts';
import langchain from 'eslint-plugin-langchain';
import { Linter } from 'eslint/universal';
import { parseForESLint } from './parser.ts';
import type { Configuration, Files, Problem, RuleInfo } from './protocol.ts';

const SCRIPT = /\.[cm]?[jt]sx?$/u;
/** A fix in one file may let another be fixed. */
const MAX_ROUNDS = 5;
/** Longer than the plugin takes a disk to be unchanged. */
const DISK_TRUST = 300;

const linter = new Linter({ cwd: ROOT });

/** What is wrong in each file, by its path. */
export function lint(files: Files, configuration: Configuration): Readonly<Record<string, readonly Problem[]>> {
  writeFiles(files);
  const config = createConfig(configuration);
  return Object.fromEntries(
    getScripts(files).map(([file, text]) => [
      file,
      linter.verify(text, config, { filename: `${ROOT}/${file}` }).map((message) => createProblem(message, text)),
    ]),
  );
}

/** The files as `eslint --fix` leaves them. */
export async function fix(files: Files, configuration: Configuration): Promise<Files> {
  const config = createConfig(configuration);
  let current = files;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    writeFiles(current);
    const fixed = getScripts(current).map(
      ([file, text]) => [file, linter.verifyAndFix(text, config, { filename: `${ROOT}/${file}` }).output] as const,
    );
    if (fixed.every(([file, output]) => current[file] === output)) break;
    current = { ...current, ...Object.fromEntries(fixed) };
    await new Promise((resolve) => setTimeout(resolve, DISK_TRUST));
  }
  return current;
}

export function getRules(): readonly RuleInfo[] {
  return Object.entries(langchain.rules).map(([name, { meta }]) => ({
    name: `langchain/${name}`,
    description: meta?.docs?.description ?? '',
    defaults: meta?.defaultOptions ?? [],
  }));
}

/** Lets the engine compile what the first run of every page needs. */
export function warmUp(): void {
  const text = "import { ChatOpenAI } from '@langchain/openai';\nawait new ChatOpenAI().batch(['a'], {});\n";
  lint({ 'warm-up.ts': text }, { preset: 'all', rules: {}, settings: {} });
}

function getScripts(files: Files): readonly (readonly [string, string])[] {
  return Object.entries(files).filter(([file]) => SCRIPT.test(file));
}

function createConfig({ preset, rules, settings }: Configuration): Linter.Config[] {
  return [
    {
      ...langchain.configs[preset],
      files: ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'],
      languageOptions: {
        parser: { meta: { name: 'playground', version: '1' }, parseForESLint },
        parserOptions: { ecmaFeatures: { jsx: true } },
      },
      linterOptions: { reportUnusedDisableDirectives: 'off' },
    },
    { rules, settings },
  ] as Linter.Config[];
}

function createProblem(message: Linter.LintMessage, text: string): Problem {
  const { endColumn, endLine, line, ruleId, severity } = message;
  // The parser counts the columns of its errors from 0.
  const column = message.fatal === true ? message.column + 1 : message.column;
  const from = getOffset(text, line, column);
  return {
    from,
    to: Math.max(from, getOffset(text, endLine ?? line, endColumn ?? column + 1)),
    line: Math.max(1, line),
    column: Math.max(1, column),
    rule: ruleId,
    isError: severity === 2,
    text: message.message,
    url: getUrl(ruleId),
    fixes: [
      ...(message.fix ? [{ title: null, ...message.fix }] : []),
      ...(message.suggestions ?? []).map(({ desc, fix: change }) => ({ title: desc, ...change })),
    ],
  };
}

function getUrl(rule: string | null): string | null {
  return langchain.rules[rule?.replace('langchain/', '') ?? '']?.meta?.docs?.url ?? null;
}

/** Of a line and a column that count from 1. */
function getOffset(text: string, line: number, column: number): number {
  let start = 0;
  for (let current = 1; current < line; current++) {
    const end = text.indexOf('\n', start);
    if (end < 0) return text.length;
    start = end + 1;
  }
  return Math.min(text.length, start + Math.max(0, column - 1));
}
