/**
 * Under oxlint the built plugin reports and fixes what it does under ESLint: every case of the rule tests, through
 * oxlint's command line.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import { afterAll, describe, expect, test } from 'vitest';
import type { LangChainPlugin } from '../../src/index.ts';
import { collectRuleCases, type RuleCase } from '../helpers/rule-cases.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const built = join(root, 'dist/index.js');
if (!existsSync(built)) throw new Error('dist is missing: run `npm run build` first.');
const { default: plugin } = (await import(pathToFileURL(built).href)) as { default: LangChainPlugin };

const folder = mkdtempSync(join(tmpdir(), 'langchain-oxlint-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Placed extends RuleCase {
  /** Relative to `folder`. */
  readonly file: string;
}

interface Diagnostic {
  readonly message: string;
  readonly code?: string;
  readonly filename: string;
  readonly labels: readonly { readonly span: { readonly offset: number; readonly length: number } }[];
}

/** None of oxlint's own rules. */
const config = { jsPlugins: [built], plugins: [], categories: { correctness: 'off' } };
const cases = place(await collectRuleCases());
const reported = new Map<string, string[]>();
for (const { filename, code = 'parser', message, labels } of lint(['.'])) {
  const { offset, length } = labels[0]?.span ?? { offset: 0, length: 0 };
  const file = filename.replaceAll('\\', '/');
  reported.set(file, [
    ...(reported.get(file) ?? []),
    `${code.replace(/^(\w+)\((.+)\)$/u, '$1/$2')} ${String(offset)}+${String(length)}: ${message}`,
  ]);
}
fixAll();

const names = [...new Set(cases.map(({ name }) => name.split(':')[0] ?? ''))];

describe.each(names)('%s', (rule) => {
  const own = cases.filter(({ name }) => name.startsWith(`${rule}:`));
  const linted = own.map((one) => ({ one, messages: new Linter({ cwd: folder }).verify(one.text, ...how(one)) }));

  test('the same reports', () => {
    expect(own.length).toBeGreaterThan(10);
    const expected = linted.map(({ one, messages }) => ({ name: one.name, reports: describeAll(one, messages) }));
    expect(own.map(({ name, file }) => ({ name, reports: (reported.get(file) ?? []).sort() }))).toEqual(expected);
    expect(expected.some(({ reports }) => reports.length > 0)).toBe(true);
  });

  test('the same fixes', () => {
    const expected = linted.map(({ one, messages }) => ({
      name: one.name,
      text: messages.some(({ fix }) => fix)
        ? new Linter({ cwd: folder }).verifyAndFix(one.text, ...how(one)).output
        : one.text,
    }));
    expect(own.map(({ name, file }) => ({ name, text: readFileSync(join(folder, file), 'utf8') }))).toEqual(expected);
  });
});

/** Each case gets a folder; those with the same settings lie in one, which has their configuration. */
function place(all: readonly RuleCase[]): readonly Placed[] {
  const bySettings = new Map<string, Map<string, Linter.RulesRecord>>();
  const placed = all.map((one, index) => {
    const settings = JSON.stringify(one.settings ?? {});
    const rules = bySettings.get(settings) ?? new Map<string, Linter.RulesRecord>();
    bySettings.set(settings, rules);
    const group = `settings-${String([...bySettings.keys()].indexOf(settings))}`;
    const options = JSON.stringify(one.rules);
    let path = [...rules].find(([, other]) => JSON.stringify(other) === options)?.[0];
    if (path === undefined) {
      path = `options-${String(rules.size)}`;
      rules.set(path, one.rules);
    }
    const file = `${group}/${path}/${String(index)}/${one.filename.replace(/^\/+/u, '')}`;
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), one.text);
    return { ...one, file };
  });
  [...bySettings].forEach(([settings, rules], index) => {
    const overrides = [...rules].map(([path, record]) => ({ files: [`${path}/**`], rules: record }));
    writeFileSync(
      join(folder, `settings-${String(index)}/.oxlintrc.json`),
      JSON.stringify({ ...config, settings: JSON.parse(settings) as unknown, overrides }),
    );
  });
  return placed;
}

function lint(paths: readonly string[], ...flags: readonly string[]): readonly Diagnostic[] {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/oxlint/bin/oxlint'), '--format', 'json', '--no-ignore', ...flags, ...paths],
    { cwd: folder, encoding: 'utf8', maxBuffer: 1e9 },
  );
  if (!stdout.trimStart().startsWith('{')) throw new Error(`oxlint failed: ${stdout}${stderr}`);
  return (JSON.parse(stdout) as { readonly diagnostics: readonly Diagnostic[] }).diagnostics;
}

/** One run makes the fixes that do not overlap, as one pass of ESLint does; the next looks at what has changed. */
function fixAll(): void {
  let texts = new Map(cases.map(({ file, text }) => [file, text]));
  for (let pass = 0; pass < 10 && texts.size > 0; pass++) {
    lint(pass === 0 ? ['.'] : [...texts.keys()], '--fix');
    texts = new Map(
      [...texts]
        .map(([file, before]) => ({ file, before, after: readFileSync(join(folder, file), 'utf8') }))
        .filter(({ before, after }) => before !== after)
        .map(({ file, after }) => [file, after]),
    );
  }
}

function how({ file, rules, settings = {}, languageOptions }: Placed): [Linter.Config, { filename: string }] {
  const config: Linter.Config = {
    files: ['**'],
    plugins: { langchain: plugin },
    rules,
    settings,
    languageOptions: { parser, ...languageOptions },
  };
  return [config, { filename: join(folder, file) }];
}

/** As oxlint gives them: offsets and lengths in bytes of UTF-8. */
function describeAll({ text }: Placed, messages: readonly Linter.LintMessage[]): readonly string[] {
  const lines = text.split('\n');
  const byteOffset = (line: number, column: number): number =>
    Buffer.byteLength([...lines.slice(0, line - 1), (lines[line - 1] ?? '').slice(0, column - 1)].join('\n'));
  return messages
    .map(({ ruleId, line, column, endLine, endColumn, message }) => {
      const start = byteOffset(line, column);
      return (
        `${ruleId ?? 'parser'} ` +
        `${String(start)}+${String(byteOffset(endLine ?? line, endColumn ?? column) - start)}: ${message}`
      );
    })
    .sort();
}
