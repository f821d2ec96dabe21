/** Reads checkouts, and lints them with a built plugin. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as parser from '@typescript-eslint/parser';
import { ESLint, type Linter, type Rule } from 'eslint';
import {
  compareText,
  type Crash,
  fail,
  getDistinct,
  getStem,
  isRecord,
  type Report,
  type Repository,
  toOneLine,
} from './common.ts';

export interface Plugin {
  readonly namespace: string;
  readonly rules: Readonly<Record<string, Rule.RuleModule>>;
  readonly configs: Readonly<Record<string, Linter.Config>>;
}

/** The rules that run, each with its severity and options. */
export type Rules = ReadonlyMap<string, Linter.RuleEntry>;

export interface Linted {
  readonly reports: readonly Report[];
  readonly crashes: readonly Crash[];
  readonly unparsed: readonly string[];
}

type OnCrash = (rule: string, file: string, error: unknown) => void;

const SOURCE_FILE = /(?<!\.min|\.d)\.[cm]?[jt]sx?$/u;
const CHECKOUT = /^(?<owner>[a-z\d](?:[a-z\d-]|_(?!_))*)__(?<name>.+)$/iu;
const SKIPPED_FOLDERS = new Set(['.git', '.next', 'build', 'dist', 'node_modules', 'vendor']);
const MENTION = /langchain|deepagents/u;

const projectRoot = path.join(import.meta.dirname, '../..');

export async function loadPlugin(file: string): Promise<Plugin> {
  if (!existsSync(file)) fail(`There is no plugin at ${file}. Run \`npm run build\` first.`);
  const module = (await import(pathToFileURL(path.resolve(file)).href)) as { readonly default?: unknown };
  const plugin = module.default;
  if (!isPlugin(plugin)) fail(`${file} has no default export with "rules" and "configs".`);
  return { namespace: plugin.meta?.namespace ?? 'langchain', rules: plugin.rules, configs: plugin.configs };
}

function isPlugin(value: unknown): value is Omit<Plugin, 'namespace'> & { meta?: { namespace?: string } } {
  return isRecord(value) && isRecord(value['rules']) && isRecord(value['configs']);
}

/** The rules of a preset; of these only some, when any are named. */
export function getRules(plugin: Plugin, preset: string, named: readonly string[]): Rules {
  const entries = Object.entries(plugin.configs[preset]?.rules ?? {}).flatMap(([id, entry]) =>
    entry === undefined || entry === 'off' ? [] : [[getRuleName(id), entry] as const],
  );
  return new Map(entries.filter(([rule]) => named.length === 0 || named.includes(rule)));
}

function getRuleName(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}

/** The checkouts in a folder, `<owner>__<name>` each; the folder itself where there are none. */
export function findCheckouts(directory: string): readonly { readonly name: string; readonly root: string }[] {
  const folders = readdirSync(directory).filter((each) => CHECKOUT.test(each));
  const checkouts = folders.map((each) => path.join(directory, each)).filter((each) => statSync(each).isDirectory());
  const roots = checkouts.length === 0 ? [directory] : checkouts.sort(compareText);
  return roots.map((root) => ({ name: path.basename(root).replace(CHECKOUT, '$<owner>/$<name>'), root }));
}

/** A checkout with the text of its source files and of the `labelled` ones. */
export function readRepository(name: string, root: string, labelled: readonly string[]): Repository {
  const present = labelled.filter((file) => existsSync(path.join(root, file)));
  const files = getDistinct([...findSources(root, ''), ...present]);
  return { name, root, sources: new Map(files.map((file) => [file, readFileSync(path.join(root, file), 'utf8')])) };
}

function* findSources(root: string, folder: string): Generator<string> {
  for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
    const file = path.posix.join(folder, entry.name);
    if (entry.isDirectory() && !SKIPPED_FOLDERS.has(entry.name)) yield* findSources(root, file);
    else if (entry.isFile() && SOURCE_FILE.test(entry.name)) yield file;
  }
}

/** The files that mention LangChain, and those that import one of these by the look of the specifier. */
export function findLangChainFiles({ sources }: Repository): readonly string[] {
  const mentioning = [...sources].filter(([, text]) => MENTION.test(text)).map(([file]) => file);
  const stems = new Set(mentioning.map(getStem));
  return [...sources].filter(([, text]) => MENTION.test(text) || importsStem(text, stems)).map(([file]) => file);
}

function importsStem(text: string, stems: ReadonlySet<string>): boolean {
  const specifiers = [...text.matchAll(/(?:\bfrom|\bimport|\brequire)\s*\(?\s*['"]([.@~#][^'"\n]*)['"]/gu)];
  return specifiers.some(([, specifier = '']) => stems.has(getStem(specifier)));
}

export async function lint(
  repository: Repository,
  files: readonly string[],
  plugin: Plugin,
  rules: Rules,
): Promise<Linted> {
  const crashes: Crash[] = [];
  const eslint = createLinter(repository.root, plugin, rules, (rule, filename, error) => {
    const file = path.relative(repository.root, filename).replaceAll(path.sep, '/');
    crashes.push({ rule, repo: repository.name, file, error: toOneLine(describeError(error)) });
  });
  const reports: Report[] = [];
  const unparsed: string[] = [];
  for (const file of files) {
    const filePath = path.join(repository.root, file);
    const [result] = await eslint.lintText(repository.sources.get(file) ?? '', { filePath });
    const messages = result?.messages ?? [];
    if (messages.some(({ fatal }) => fatal)) unparsed.push(`${repository.name} ${file}`);
    else reports.push(...messages.flatMap((message) => readReport(repository, file, message)));
  }
  return { reports, crashes, unparsed };
}

/** The rules on JavaScript and TypeScript without types; a project's own configuration and comments are not read. */
function createLinter(cwd: string, plugin: Plugin, rules: Rules, onCrash: OnCrash): ESLint {
  const guarded = Object.entries(plugin.rules).map(([name, rule]) => [name, guard(name, rule, onCrash)] as const);
  return new ESLint({
    cwd,
    overrideConfigFile: true,
    ignore: false,
    overrideConfig: {
      files: ['**/*.{js,mjs,cjs,ts,mts,cts,tsx,jsx}'],
      languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } },
      linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' },
      plugins: { [plugin.namespace]: { rules: Object.fromEntries(guarded) } },
      rules: Object.fromEntries([...rules].map(([rule, entry]) => [`${plugin.namespace}/${rule}`, entry])),
    },
  });
}

/** The rule with its errors handed to `onCrash`; after its first error in a file it listens no further there. */
function guard(name: string, rule: Rule.RuleModule, onCrash: OnCrash): Rule.RuleModule {
  return {
    ...rule,
    create(context) {
      let hasCrashed = false;
      const attempt = <Result>(run: () => Result): Result | undefined => {
        if (hasCrashed) return undefined;
        try {
          return run();
        } catch (error) {
          hasCrashed = true;
          onCrash(name, context.filename, error);
          return undefined;
        }
      };
      const listeners: Record<string, unknown> = { ...attempt(() => rule.create(context)) };
      const listen = (listener: unknown, nodes: readonly unknown[]): void => {
        if (typeof listener === 'function') attempt((): unknown => Reflect.apply(listener, undefined, nodes));
      };
      return Object.fromEntries(
        Object.entries(listeners).map(([selector, listener]) => [
          selector,
          (...nodes: unknown[]) => listen(listener, nodes),
        ]),
      );
    },
  };
}

function readReport(repository: Repository, file: string, message: Linter.LintMessage): readonly Report[] {
  if (message.ruleId === null) return [];
  const { line, column, endLine = null, endColumn = null, fix = null, suggestions = [] } = message;
  return [
    {
      repo: repository.name,
      file,
      line,
      column: column - 1,
      rule: getRuleName(message.ruleId),
      message: toOneLine(message.message),
      endLine,
      endColumn: endColumn === null ? null : endColumn - 1,
      fix,
      suggestions: suggestions.map((suggestion) => ({ message: suggestion.desc, fix: suggestion.fix })),
    },
  ];
}

function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const frame = error.stack?.split('\n').find((line) => /^\s+at /u.test(line)) ?? '';
  return `${error.name}: ${error.message} ${frame.replaceAll(`${pathToFileURL(projectRoot).href}/`, '')}`;
}
