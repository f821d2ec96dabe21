import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import plugin from '../../../src/index.ts';
import { rules } from '../../../src/rules.generated.ts';

/** A module to lint, with what it is linted with. */
export interface Source {
  readonly name: string;
  readonly filename: string;
  readonly text: string;
  /** Default: every rule, with its defaults. */
  readonly rules?: Linter.RulesRecord;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly languageOptions?: Linter.LanguageOptions;
}

/** The module after one fix or suggestion, or after all fixes. */
export interface Rewrite {
  readonly rule: string;
  readonly kind: 'all fixes' | 'fix' | 'suggestion';
  /** Of the suggestion; a fix has none. */
  readonly messageId: string | null;
  /** For messages of a failing test. */
  readonly description: string;
  readonly text: string;
}

export const fixtures = path.join(import.meta.dirname, 'fixtures');

/** The modules of a folder of fixtures, without those of its subfolders. */
export function readModules(folder: string): readonly Source[] {
  return readdirSync(path.join(fixtures, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.d.ts'))
    .map(({ name }) => ({
      name: path.posix.join(folder, name),
      filename: name,
      text: readFileSync(path.join(fixtures, folder, name), 'utf8'),
    }));
}

/** Every rule of `recommended`, with its defaults. */
const RECOMMENDED: Linter.RulesRecord = Object.fromEntries(
  Object.entries(rules).flatMap(([name, { meta }]) =>
    meta.docs.recommended === true ? [[`langchain/${name}`, 'error']] : [],
  ),
);

function getConfig({ rules: configured = RECOMMENDED, languageOptions, settings }: Source): Linter.Config {
  return {
    files: ['**'],
    plugins: { langchain: plugin },
    rules: configured,
    settings: settings ?? {},
    languageOptions: { parser, ...languageOptions },
  };
}

function createLinter({ filename }: Source): Linter {
  return new Linter(path.isAbsolute(filename) ? { cwd: path.parse(filename).root } : {});
}

function lint(source: Source): readonly Linter.LintMessage[] {
  return createLinter(source).verify(source.text, getConfig(source), { filename: source.filename });
}

/** What `eslint --fix` makes of it. */
export function fixAll(source: Source): string {
  return createLinter(source).verifyAndFix(source.text, getConfig(source), { filename: source.filename }).output;
}

/** Each fix and each suggestion by itself, and all fixes together; what several of them give is there once. */
export function findRewrites(source: Source): readonly Rewrite[] {
  const rewrites: Rewrite[] = [];
  for (const { fix, line, ruleId, suggestions = [] } of lint(source)) {
    const rule = ruleId?.replace('langchain/', '') ?? '';
    const where = `${rule}, line ${String(line)}`;
    if (fix)
      rewrites.push({
        rule,
        kind: 'fix',
        messageId: null,
        description: `fix of ${where}`,
        text: apply(source.text, fix),
      });
    for (const { desc, fix: edit, messageId } of suggestions) {
      rewrites.push({
        rule,
        kind: 'suggestion',
        messageId: messageId ?? null,
        description: `suggestion of ${where}: ${desc}`,
        text: apply(source.text, edit),
      });
    }
  }
  if (rewrites.filter(({ kind }) => kind === 'fix').length > 1)
    rewrites.push({ rule: '', kind: 'all fixes', messageId: null, description: 'all fixes', text: fixAll(source) });
  return rewrites.filter(({ text }, index) => rewrites.findIndex((other) => other.text === text) === index);
}

function apply(
  text: string,
  { range, text: replacement }: { readonly range: readonly [number, number]; readonly text: string },
): string {
  // Positions do not count a byte order mark.
  const head = text.startsWith('\uFEFF') ? 1 : 0;
  return text.slice(0, range[0] + head) + replacement + text.slice(range[1] + head);
}
