/** Projects as people write them, linted as in use: with ESLint, from the disk, with the parsers of their files. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as typescript from '@typescript-eslint/parser';
import * as astro from 'astro-eslint-parser';
import { ESLint, type Linter } from 'eslint';
import * as svelte from 'svelte-eslint-parser';
import * as vue from 'vue-eslint-parser';
import plugin from '../../src/index.ts';

const fixtures = path.join(import.meta.dirname, 'fixtures');
const extensions = 'js,mjs,cjs,jsx,ts,mts,cts,tsx,vue,svelte,astro';
const inner = { parser: typescript, sourceType: 'module', ecmaFeatures: { jsx: true } };

/** Each with what its own documentation says; plain JavaScript with ESLint's own parser. */
const PARSERS: readonly Linter.Config[] = [
  { files: ['**/*.{ts,mts,cts,tsx}'], languageOptions: { parser: typescript } },
  { files: ['**/*.vue'], languageOptions: { parser: vue, parserOptions: inner } },
  { files: ['**/*.svelte'], languageOptions: { parser: svelte, parserOptions: inner } },
  { files: ['**/*.astro'], languageOptions: { parser: astro, parserOptions: inner } },
  { files: ['plain/**/*.js'], languageOptions: { sourceType: 'commonjs' } },
];

export const projects = readdirSync(fixtures);

interface Place {
  readonly file: string;
  readonly line: number;
  readonly rule: string;
}

interface Report extends Place {
  readonly message: string;
  /** Whether it has a fix or a suggestion. */
  readonly isOffered: boolean;
}

export interface Outcome {
  readonly expected: readonly Place[];
  readonly missed: readonly Place[];
  readonly reports: readonly Report[];
  /** Reports that nobody expects. */
  readonly extra: readonly Report[];
}

/** `// ! no-low-timeout`, `<!-- ! no-low-timeout, require-timeout -->` */
const mark = / *(?:\/\/|<!--) ! (?<rules>[a-z-]+(?:, [a-z-]+)*)(?: -->)?$/u;

/**
 * Lints the projects in a copy without their marks, which would be comments that no fix may lose.
 * @throws {Error} When a file does not parse.
 */
export async function lintProjects(): Promise<ReadonlyMap<string, Outcome>> {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'langchain-projects-')));
  try {
    cpSync(fixtures, folder, { recursive: true });
    const expected = takeMarks(folder);
    const eslint = new ESLint({
      cwd: folder,
      overrideConfigFile: true,
      overrideConfig: [...PARSERS, { files: [`**/*.{${extensions}}`], ...plugin.configs.recommended }],
    });
    const results = await eslint.lintFiles([`**/*.{${extensions}}`]);
    const reports = results.flatMap(({ filePath, messages }) =>
      messages.map((message) => toReport(path.relative(folder, filePath), message)),
    );
    return new Map(projects.map((project) => [project, judge(project, expected, reports)]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function takeMarks(folder: string): readonly Place[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => extensions.split(',').includes(path.extname(file).slice(1)))
    .flatMap((file) => {
      const lines = readFileSync(path.join(folder, file), 'utf8').split('\n');
      writeFileSync(path.join(folder, file), lines.map((line) => line.replace(mark, '')).join('\n'));
      return lines.flatMap((line, index) =>
        (mark.exec(line)?.groups?.['rules']?.split(', ') ?? []).map((rule) => ({ file, line: index + 1, rule })),
      );
    });
}

function toReport(file: string, { fix, line, message, ruleId, suggestions }: Linter.LintMessage): Report {
  if (ruleId === null) throw new Error(`${file}:${String(line)}: ${message}`);
  const isOffered = fix !== undefined || (suggestions ?? []).length > 0;
  return { file, line, rule: ruleId.replace('langchain/', ''), message, isOffered };
}

function judge(project: string, places: readonly Place[], all: readonly Report[]): Outcome {
  const isOwn = ({ file }: Place): boolean => file.startsWith(project + path.sep);
  const expected = places.filter(isOwn);
  const reports = all.filter(isOwn);
  const isAt = (one: Place) => (other: Place) =>
    one.file === other.file && one.line === other.line && one.rule === other.rule;
  return {
    expected,
    reports,
    missed: expected.filter((place) => !reports.some(isAt(place))),
    extra: reports.filter((report) => !expected.some(isAt(report))),
  };
}
