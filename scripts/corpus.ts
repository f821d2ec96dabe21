/**
 * Lints checkouts of public repositories with the built plugin and compares the reports with a file of labels.
 *
 *     npm run corpus -- DIR [--labels FILE] [--preset recommended|strict|all] [--rule NAME]... [--repo SUBSTRING]
 *                           [--plugin FILE] [--every-file] [--json]
 *
 * `DIR` holds one folder per repository, named `<owner>__<name>`. Each repository is linted with the parser of
 * typescript-eslint without types; its own ESLint configuration and its directive comments are not read. Linted are the
 * source files that mention `langchain` or `deepagents`, those that import one of these by the look of the specifier,
 * and those that carry a label; with `--every-file` all source files.
 *
 * A report meets a label of the same rule and file within one line: the nearest pair first, and at equal distance
 * `report` before `debatable` before `quiet`. A `report` label is met by one report; a second one is unlabelled.
 * `quiet` and `debatable` labels take every report on their line, and those beside it that have no label on their own.
 *
 * A client that is built in a helper and reported where a handler in another file calls that helper: a
 * `no-client-in-handler` or `no-blocking-in-handler` label with the evidence `cross-file` that no report meets in its
 * own file is met by a report that starts at a call leading to it, or at its name where it is registered. Such calls
 * are found from the label outwards: the named functions around the labelled line, their callers in the same file, and
 * the callers in files that import that file (by relative path, path alias or re-export), four files deep. One report
 * may meet several of these labels, besides a label on its own line.
 *
 * Exit code: 0, or 1 when a rule threw, or 2 when the arguments or inputs are wrong.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, posix, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import * as parser from '@typescript-eslint/parser';
import { AST_NODE_TYPES, type TSESTree } from '@typescript-eslint/utils';
import { ESLint, type Linter, type Rule } from 'eslint';

type Verdict = 'report' | 'quiet' | 'debatable';

interface Label {
  readonly repo: string;
  /** Path inside the repository, with `/`. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly rule: string;
  readonly verdict: Verdict;
  readonly evidence: string;
  readonly note: string;
}

interface Report {
  readonly repo: string;
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 0-based. */
  readonly column: number;
  readonly rule: string;
  readonly message: string;
}

interface Crash {
  readonly rule: string;
  readonly repo: string;
  readonly file: string;
  /** The error and the first line of its stack. */
  readonly error: string;
}

interface Plugin {
  readonly namespace: string;
  readonly rules: Readonly<Record<string, Rule.RuleModule>>;
  readonly configs: Readonly<Record<string, Linter.Config>>;
}

interface Repository {
  readonly name: string;
  readonly root: string;
  /** Source text by path inside the repository. */
  readonly sources: ReadonlyMap<string, string>;
  readonly parsed: Map<string, ParsedFile>;
}

interface Judgement {
  readonly found: { readonly label: Label; readonly report: Report }[];
  readonly missed: Label[];
  readonly quietReported: { readonly label: Label; readonly report: Report }[];
  readonly debatable: { readonly label: Label; readonly reports: readonly Report[] }[];
  readonly unlabelled: Report[];
}

const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)));

const presets = ['recommended', 'strict', 'all'];
const sourceFile = /(?<!\.min|\.d)\.[cm]?[jt]sx?$/u;
const skippedFolders = new Set(['.git', '.next', 'build', 'dist', 'node_modules', 'vendor']);
const mention = /langchain|deepagents/u;
/** Only recall is scored here: their code was not labelled in full. */
const recallOnly = new Set([
  'CopilotKit/CopilotKit',
  'danny-avila/agents',
  'langchain-ai/deepagentsjs',
  'langchain-ai/langchainjs',
]);
const partlyLabelled = new Map([
  ['require-timeout', 'labelled in part'],
  ['require-signal-forwarding', 'not labelled'],
  ['concurrency-budget', 'not labelled'],
]);
const maxFilesBetween = 4;
const lineTolerance = 1;

class InputError extends Error {}

async function main(): Promise<number> {
  const options = readArguments();
  const plugin = await loadPlugin(options.plugin);
  const preset = plugin.configs[options.preset];
  if (preset === undefined) throw new InputError(`${options.plugin} has no preset "${options.preset}".`);

  const isWanted = (rule: string): boolean => options.rules.length === 0 || options.rules.includes(rule);
  const enabled = new Map(
    Object.entries(preset.rules ?? {})
      .map(([id, entry]) => [id.slice(id.lastIndexOf('/') + 1), entry] as const)
      .filter(([rule, entry]) => isWanted(rule) && entry !== undefined && entry !== 'off'),
  );

  const allLabels = readLabels(options.labels).filter(
    (label) => isWanted(label.rule) && label.repo.includes(options.repo),
  );
  const labels = allLabels.filter((label) => enabled.has(label.rule));

  const judgements: Judgement[] = [];
  const crashes: Crash[] = [];
  const unparsed: string[] = [];
  const laidOut = new Set<string>();
  let lintedFiles = 0;
  for (const folder of repositoryFolders(options.directory, options.repo)) {
    const name = folder.replace('__', '/');
    const own = labels.filter((label) => label.repo === name);
    const repository = readRepository(join(options.directory, folder), name, own);
    const labelled = new Set(own.map((label) => label.file));
    const mentioned = [...repository.sources].filter(([, text]) => mention.test(text)).map(([file]) => file);
    const stems = new Set(mentioned.map(stemOf));
    const files = [...repository.sources].filter(
      ([file, text]) => options.everyFile || labelled.has(file) || mention.test(text) || importsStem(text, stems),
    );
    const result = await lint(repository, files, plugin, enabled);
    judgements.push(judge(own, result.reports, repository));
    crashes.push(...result.crashes);
    unparsed.push(...result.unparsed);
    laidOut.add(name);
    lintedFiles += files.length;
  }
  if (laidOut.size === 0) throw new InputError(`${options.directory} holds no matching <owner>__<name> folder.`);

  const judgement = merge(judgements);
  const summary: Summary = {
    preset: options.preset,
    repositories: laidOut.size,
    lintedFiles,
    unparsed: unparsed.sort(),
    crashes: crashes.sort((a, b) => compareText(crashLine(a), crashLine(b))),
    enabled: [...enabled.keys()].sort(),
    notBuilt: distinct(allLabels.map((label) => label.rule).concat(options.rules)).filter(
      (rule) => !(rule in plugin.rules),
    ),
    notInPreset: distinct(allLabels.map((label) => label.rule).concat(options.rules)).filter(
      (rule) => rule in plugin.rules && !enabled.has(rule),
    ),
    notLaidOut: distinct(labels.map((label) => label.repo)).filter((repo) => !laidOut.has(repo)),
  };
  console.log(options.json ? toJson(summary, judgement) : toText(summary, judgement));
  return crashes.length === 0 ? 0 : 1;
}

interface Options {
  readonly directory: string;
  readonly labels: string;
  readonly plugin: string;
  readonly preset: string;
  readonly rules: readonly string[];
  readonly repo: string;
  readonly everyFile: boolean;
  readonly json: boolean;
}

function readArguments(): Options {
  const { values, positionals } = parseArguments();
  const [directory] = positionals;
  if (directory === undefined || positionals.length > 1) throw new InputError('Give one folder of checkouts.');
  if (!existsSync(directory)) throw new InputError(`There is no folder ${directory}.`);
  if (!presets.includes(values.preset)) {
    throw new InputError(`--preset is one of ${presets.join(', ')}, not "${values.preset}".`);
  }
  return {
    directory: resolve(directory),
    labels: values.labels ?? join(projectRoot, '../shared/corpus/labels.json'),
    plugin: values.plugin ?? join(projectRoot, 'dist/index.js'),
    preset: values.preset,
    rules: values.rule,
    repo: values.repo,
    everyFile: values['every-file'],
    json: values.json,
  };
}

function parseArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        labels: { type: 'string' },
        plugin: { type: 'string' },
        preset: { type: 'string', default: 'strict' },
        rule: { type: 'string', multiple: true, default: [] },
        repo: { type: 'string', default: '' },
        'every-file': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new InputError(messageOf(error));
  }
}

async function loadPlugin(path: string): Promise<Plugin> {
  if (!existsSync(path)) throw new InputError(`There is no plugin at ${path}. Run "npm run build" first.`);
  const module: unknown = await import(pathToFileURL(resolve(path)).href);
  const plugin = isRecord(module) && isRecord(module.default) ? module.default : undefined;
  if (plugin === undefined || !isRecord(plugin.rules) || !isRecord(plugin.configs)) {
    throw new InputError(`${path} has no default export with "rules" and "configs".`);
  }
  const meta = isRecord(plugin.meta) ? plugin.meta : {};
  return {
    namespace: typeof meta.namespace === 'string' ? meta.namespace : 'langchain',
    rules: plugin.rules as Plugin['rules'],
    configs: plugin.configs as Plugin['configs'],
  };
}

function readLabels(path: string): Label[] {
  if (!existsSync(path)) throw new InputError(`There is no labels file ${path}.`);
  const labels: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (!Array.isArray(labels)) throw new InputError(`${path} is not an array of labels.`);
  return labels.map((label: unknown, index) => {
    if (!isLabel(label)) throw new InputError(`${path}: element ${String(index)} is not a label.`);
    return label;
  });
}

function isLabel(value: unknown): value is Label {
  return (
    isRecord(value) &&
    ['repo', 'file', 'rule', 'evidence', 'note'].every((key) => typeof value[key] === 'string') &&
    typeof value.line === 'number' &&
    ['report', 'quiet', 'debatable'].includes(String(value.verdict))
  );
}

function repositoryFolders(directory: string, substring: string): string[] {
  return readdirSync(directory)
    .filter((name) => name.includes('__') && name.replace('__', '/').includes(substring))
    .filter((name) => statSync(join(directory, name)).isDirectory())
    .sort(compareText);
}

function readRepository(root: string, name: string, labels: readonly Label[]): Repository {
  const labelled = labels.map((label) => label.file).filter((file) => existsSync(join(root, file)));
  const files = distinct([...sourceFiles(root, ''), ...labelled]);
  return {
    name,
    root,
    sources: new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')])),
    parsed: new Map(),
  };
}

/** The last part of the specifier by which a file is imported. */
function stemOf(file: string): string {
  return (
    withoutExtension(file)
      .replace(/\/index$/u, '')
      .split('/')
      .at(-1) ?? ''
  );
}

function importsStem(text: string, stems: ReadonlySet<string>): boolean {
  const specifiers = [...text.matchAll(/(?:\bfrom|\bimport|\brequire)\s*\(?\s*['"]([.@~#][^'"\n]*)['"]/gu)];
  return specifiers.some((match) => stems.has(stemOf(match[1] ?? '')));
}

function* sourceFiles(root: string, folder: string): Generator<string> {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory() && !skippedFolders.has(entry.name)) yield* sourceFiles(root, path);
    else if (entry.isFile() && sourceFile.test(entry.name)) yield path;
  }
}

async function lint(
  repository: Repository,
  files: readonly (readonly [file: string, text: string])[],
  plugin: Plugin,
  enabled: ReadonlyMap<string, Linter.RuleEntry | undefined>,
): Promise<{ reports: Report[]; crashes: Crash[]; unparsed: string[] }> {
  const reports: Report[] = [];
  const crashes: Crash[] = [];
  const unparsed: string[] = [];
  const onCrash = (rule: string, file: string, error: unknown): void => {
    crashes.push({
      rule,
      repo: repository.name,
      file: relative(repository.root, file).replaceAll(sep, '/'),
      error: describeError(error),
    });
  };
  const guarded = Object.fromEntries(
    Object.entries(plugin.rules).map(([name, rule]) => [name, guard(name, rule, onCrash)]),
  );
  const eslint = new ESLint({
    cwd: repository.root,
    overrideConfigFile: true,
    ignore: false,
    overrideConfig: [
      {
        files: ['**/*.{js,mjs,cjs,ts,mts,cts,tsx,jsx}'],
        languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } },
        linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' },
        plugins: { [plugin.namespace]: { rules: guarded } },
        rules: Object.fromEntries([...enabled].map(([rule, entry]) => [`${plugin.namespace}/${rule}`, entry])),
      },
    ],
  });
  for (const [file, text] of files) {
    const [result] = await eslint.lintText(text, { filePath: join(repository.root, file) });
    const messages = result?.messages ?? [];
    if (messages.some((message) => message.fatal)) {
      unparsed.push(`${repository.name} ${file}`);
      continue;
    }
    for (const { ruleId, line, column, message } of messages) {
      if (ruleId === null) continue;
      const rule = ruleId.slice(ruleId.lastIndexOf('/') + 1);
      reports.push({ repo: repository.name, file, line, column: column - 1, rule, message: oneLine(message) });
    }
  }
  return { reports, crashes, unparsed };
}

/** The rule with its errors handed to `onCrash`; after its first error in a file it listens no further there. */
function guard(
  name: string,
  rule: Rule.RuleModule,
  onCrash: (rule: string, file: string, error: unknown) => void,
): Rule.RuleModule {
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
      return Object.fromEntries(
        Object.entries(listeners).map(([selector, listener]) => [
          selector,
          (...nodes: unknown[]) => {
            if (typeof listener === 'function') attempt((): unknown => Reflect.apply(listener, undefined, nodes));
          },
        ]),
      );
    },
  };
}

function judge(labels: readonly Label[], reports: readonly Report[], repository: Repository): Judgement {
  const reportsBySite = new Map<string, Report[]>();
  for (const report of reports) {
    reportsBySite.set(siteKey(report), [...(reportsBySite.get(siteKey(report)) ?? []), report]);
  }
  const order: Record<Verdict, number> = { report: 0, debatable: 1, quiet: 2 };
  const pairs = labels
    .flatMap((label) =>
      (reportsBySite.get(siteKey(label)) ?? []).map((report) => ({
        label,
        report,
        distance: Math.abs(label.line - report.line),
      })),
    )
    .filter(({ distance }) => distance <= lineTolerance)
    .sort((a, b) => a.distance - b.distance || order[a.label.verdict] - order[b.label.verdict]);

  const labelledSites = new Set(labels.map(lineKey));
  const labelOf = new Map<Report, Label>();
  const reportsOf = new Map<Label, Report[]>();
  for (const { label, report, distance } of pairs) {
    const isBesideAnother = distance > 0 && labelledSites.has(lineKey(report));
    if (label.verdict !== 'report' && isBesideAnother) continue;
    const taken = reportsOf.get(label) ?? [];
    if (labelOf.has(report) || (label.verdict === 'report' && taken.length > 0)) continue;
    labelOf.set(report, label);
    reportsOf.set(label, [...taken, report]);
  }

  const metElsewhere = new Set<Report>();
  for (const label of labels) {
    if (reportsOf.has(label) || !mayBeMetAtCall(label)) continue;
    const candidates = reports.filter(({ rule }) => rule === label.rule);
    if (candidates.length === 0) continue;
    const calls = new Set(findCallsTo(repository, label).map(positionKey));
    const met = candidates.filter((report) => calls.has(positionKey(report)));
    if (met.length === 0) continue;
    reportsOf.set(label, met);
    for (const report of met) metElsewhere.add(report);
  }

  const judgement: Judgement = {
    found: [],
    missed: [],
    quietReported: [],
    debatable: [],
    unlabelled: reports.filter((report) => !labelOf.has(report) && !metElsewhere.has(report)),
  };
  for (const label of labels) {
    const met = reportsOf.get(label) ?? [];
    if (label.verdict === 'debatable') {
      judgement.debatable.push({ label, reports: met });
    } else if (label.verdict === 'quiet') {
      judgement.quietReported.push(...met.map((report) => ({ label, report })));
    } else {
      const [report] = met;
      if (report === undefined) judgement.missed.push(label);
      else judgement.found.push({ label, report });
    }
  }
  return judgement;
}

function merge(judgements: readonly Judgement[]): Judgement {
  const byLabel = (a: { readonly label: Label }, b: { readonly label: Label }): number =>
    compareSites(a.label, b.label);
  return {
    found: judgements.flatMap(({ found }) => found).sort(byLabel),
    missed: judgements.flatMap(({ missed }) => missed).sort(compareSites),
    quietReported: judgements.flatMap(({ quietReported }) => quietReported).sort(byLabel),
    debatable: judgements.flatMap(({ debatable }) => debatable).sort(byLabel),
    unlabelled: judgements.flatMap(({ unlabelled }) => unlabelled).sort(compareSites),
  };
}

function siteKey({ file, rule }: Label | Report): string {
  return `${rule} ${file}`;
}

function lineKey(site: Label | Report): string {
  return `${siteKey(site)}:${site.line}`;
}

function positionKey({ file, line, column }: CallSite | Report): string {
  return `${file}:${String(line)}:${String(column)}`;
}

function mayBeMetAtCall(label: Label): boolean {
  return (
    ['no-blocking-in-handler', 'no-client-in-handler'].includes(label.rule) &&
    label.evidence === 'cross-file' &&
    label.verdict !== 'quiet'
  );
}

/** Where a report on a call may start. */
interface CallSite {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

interface ParsedFile {
  readonly functions: readonly NamedFunction[];
  readonly calls: readonly NamedCall[];
  readonly imports: readonly ImportedName[];
}

interface NamedFunction {
  readonly name: string;
  readonly isDefaultExport: boolean;
  readonly start: number;
  readonly end: number;
}

interface NamedCall {
  readonly name: string;
  readonly isMember: boolean;
  /** The constant that holds the result. */
  readonly result: string | undefined;
  /** The starts of the call and of its callee's name. */
  readonly starts: readonly TSESTree.Position[];
}

interface ImportedName {
  readonly specifier: string;
  /** The name in the other module; `*` for all of them. */
  readonly imported: string;
  /** The name in this module; for a re-export the name that it is exported by. */
  readonly local: string;
  readonly isReExport: boolean;
}

/** The calls through which the labelled line is reached, those in the same file included. */
function findCallsTo(repository: Repository, label: Label): CallSite[] {
  const sites: CallSite[] = [];
  const start = parseSource(repository, label.file);
  const seen = new Map<string, Set<string>>();
  let frontier = new Map<string, Set<string>>([[label.file, namesAround(start.functions, label.line)]]);
  for (let depth = 0; depth <= maxFilesBetween && frontier.size > 0; depth += 1) {
    const next = new Map<string, Set<string>>();
    for (const [file, names] of frontier) {
      addCallersInFile(repository, file, names, sites);
      const known = seen.get(file) ?? new Set();
      const fresh = new Set([...names].filter((name) => !known.has(name)));
      seen.set(file, new Set([...known, ...fresh]));
      if (fresh.size === 0) continue;
      for (const importer of importersOf(repository, file)) {
        const reached = namesReachedIn(repository, importer, file, fresh, sites);
        if (reached.size > 0) next.set(importer, new Set([...(next.get(importer) ?? []), ...reached]));
      }
    }
    frontier = next;
  }
  return sites;
}

/** Adds to `names` the functions of the file that call one of them, and to `sites` those calls. */
function addCallersInFile(repository: Repository, file: string, names: Set<string>, sites: CallSite[]): void {
  const { calls, functions } = parseSource(repository, file);
  let previous = -1;
  while (previous !== names.size) {
    previous = names.size;
    for (const call of calls) {
      if (!names.has(call.name)) continue;
      addCall(call, file, functions, names, sites);
    }
  }
}

/** The names by which `names` of `target` are called or re-exported in `importer`, with the calls added to `sites`. */
function namesReachedIn(
  repository: Repository,
  importer: string,
  target: string,
  names: ReadonlySet<string>,
  sites: CallSite[],
): Set<string> {
  const { calls, functions, imports } = parseSource(repository, importer);
  const reached = new Set<string>();
  const locals = new Set<string>();
  for (const entry of imports) {
    if (!leadsTo(importer, entry.specifier, target)) continue;
    const isNamed = names.has(entry.imported);
    if (!entry.isReExport) {
      if (isNamed) locals.add(entry.local);
    } else if (entry.imported === '*') {
      for (const name of names) reached.add(name);
    } else if (isNamed) {
      reached.add(entry.local);
    }
  }
  for (const call of calls) {
    if ((call.isMember ? names : locals).has(call.name)) addCall(call, importer, functions, reached, sites);
  }
  return reached;
}

function addCall(
  call: NamedCall,
  file: string,
  functions: readonly NamedFunction[],
  names: Set<string>,
  sites: CallSite[],
): void {
  for (const { line, column } of call.starts) {
    sites.push({ file, line, column });
    for (const name of namesAround(functions, line)) names.add(name);
  }
  if (call.result !== undefined) names.add(call.result);
}

function namesAround(functions: readonly NamedFunction[], line: number): Set<string> {
  return new Set(
    functions
      .filter(({ start, end }) => start <= line && line <= end)
      .flatMap(({ name, isDefaultExport }) => (isDefaultExport ? [name, 'default'] : [name])),
  );
}

function importersOf(repository: Repository, target: string): string[] {
  const segment =
    withoutExtension(target)
      .replace(/\/index$/u, '')
      .split('/')
      .at(-1) ?? target;
  return [...repository.sources]
    .filter(([file, text]) => file !== target && text.includes(segment))
    .map(([file]) => file)
    .filter((file) => parseSource(repository, file).imports.some(({ specifier }) => leadsTo(file, specifier, target)));
}

function leadsTo(importer: string, specifier: string, target: string): boolean {
  const wanted = [withoutExtension(target), withoutExtension(target).replace(/\/index$/u, '')];
  if (specifier.startsWith('.')) {
    const path = posix.join(posix.dirname(importer), specifier).replace(/\/$/u, '');
    return wanted.includes(path) || wanted.includes(withoutExtension(path));
  }
  const alias = /^(?:[@~$#][\w-]*\/|src\/)(?<rest>.+)$/u.exec(specifier)?.groups?.rest;
  if (alias === undefined) return false;
  return wanted.some((path) => `/${path}`.endsWith(`/${withoutExtension(alias)}`));
}

function withoutExtension(path: string): string {
  return path.replace(/\.[cm]?[jt]sx?$/u, '');
}

function parseSource(repository: Repository, file: string): ParsedFile {
  const known = repository.parsed.get(file);
  if (known !== undefined) return known;
  const parsed = summarize(repository.sources.get(file) ?? '', join(repository.root, file));
  repository.parsed.set(file, parsed);
  return parsed;
}

function summarize(text: string, path: string): ParsedFile {
  const functions: NamedFunction[] = [];
  const calls: NamedCall[] = [];
  const imports: ImportedName[] = [];
  for (const node of walk(text, path)) {
    switch (node.type) {
      case AST_NODE_TYPES.FunctionDeclaration:
      case AST_NODE_TYPES.FunctionExpression:
      case AST_NODE_TYPES.ArrowFunctionExpression: {
        const isDefaultExport = node.parent.type === AST_NODE_TYPES.ExportDefaultDeclaration;
        const name = functionName(node) ?? (isDefaultExport ? 'default' : undefined);
        if (name !== undefined) {
          functions.push({ name, isDefaultExport, start: node.loc.start.line, end: node.loc.end.line });
        }
        break;
      }
      case AST_NODE_TYPES.CallExpression:
      case AST_NODE_TYPES.NewExpression: {
        const { callee, parent } = node;
        const declared = parent.type === AST_NODE_TYPES.VariableDeclarator ? parent.id : undefined;
        const required = node.arguments[0];
        if (isRequire(callee) && required?.type === AST_NODE_TYPES.Literal && declared !== undefined) {
          imports.push(...requiredNames(String(required.value), declared));
        }
        if (callee.type === AST_NODE_TYPES.Identifier) {
          calls.push({ name: callee.name, isMember: false, result: undefined, starts: [node.loc.start] });
        } else if (
          callee.type === AST_NODE_TYPES.MemberExpression &&
          callee.property.type === AST_NODE_TYPES.Identifier &&
          !callee.computed
        ) {
          calls.push({
            name: callee.property.name,
            isMember: true,
            result: undefined,
            starts: [node.loc.start, callee.property.loc.start],
          });
        }
        for (const argument of node.arguments) {
          if (argument.type === AST_NODE_TYPES.Identifier) {
            const result = declared?.type === AST_NODE_TYPES.Identifier ? declared.name : undefined;
            calls.push({ name: argument.name, isMember: false, result, starts: [argument.loc.start] });
          }
        }
        break;
      }
      case AST_NODE_TYPES.ImportDeclaration: {
        const specifier = node.source.value;
        for (const entry of node.specifiers) {
          imports.push({ specifier, imported: importedName(entry), local: entry.local.name, isReExport: false });
        }
        break;
      }
      case AST_NODE_TYPES.ExportAllDeclaration: {
        imports.push({ specifier: node.source.value, imported: '*', local: '*', isReExport: true });
        break;
      }
      case AST_NODE_TYPES.ExportNamedDeclaration: {
        if (node.source === null) break;
        for (const entry of node.specifiers) {
          imports.push({
            specifier: node.source.value,
            imported: moduleName(entry.local),
            local: moduleName(entry.exported),
            isReExport: true,
          });
        }
        break;
      }
      default:
    }
  }
  return { functions, calls, imports };
}

function isRequire(callee: TSESTree.Node): boolean {
  return callee.type === AST_NODE_TYPES.Identifier && callee.name === 'require';
}

/**
 * `const getAnswer = require('./answer')` may name any export; `const { getAnswer } = require('./answer')` names one.
 */
function requiredNames(specifier: string, target: TSESTree.Node): ImportedName[] {
  if (target.type === AST_NODE_TYPES.Identifier) {
    return [target.name, 'default'].map((imported) => ({ specifier, imported, local: target.name, isReExport: false }));
  }
  if (target.type !== AST_NODE_TYPES.ObjectPattern) return [];
  return target.properties.flatMap((property) => {
    if (property.type !== AST_NODE_TYPES.Property || property.value.type !== AST_NODE_TYPES.Identifier) return [];
    const imported = keyName(property.key);
    return imported === undefined ? [] : [{ specifier, imported, local: property.value.name, isReExport: false }];
  });
}

function functionName(
  node: TSESTree.ArrowFunctionExpression | TSESTree.FunctionDeclaration | TSESTree.FunctionExpression,
): string | undefined {
  if (node.id !== null) return node.id.name;
  const { parent } = node;
  switch (parent.type) {
    case AST_NODE_TYPES.VariableDeclarator:
      return parent.id.type === AST_NODE_TYPES.Identifier ? parent.id.name : undefined;
    case AST_NODE_TYPES.MethodDefinition:
      return parent.kind === 'constructor' ? parent.parent.parent.id?.name : keyName(parent.key);
    case AST_NODE_TYPES.PropertyDefinition:
    case AST_NODE_TYPES.Property:
      return parent.value === node ? keyName(parent.key) : undefined;
    case AST_NODE_TYPES.AssignmentExpression:
      return parent.left.type === AST_NODE_TYPES.MemberExpression ? keyName(parent.left.property) : undefined;
    default:
      return undefined;
  }
}

function keyName(key: TSESTree.Node): string | undefined {
  return key.type === AST_NODE_TYPES.Identifier ? key.name : undefined;
}

function importedName(entry: TSESTree.ImportClause): string {
  if (entry.type === AST_NODE_TYPES.ImportDefaultSpecifier) return 'default';
  if (entry.type === AST_NODE_TYPES.ImportNamespaceSpecifier) return '*';
  return moduleName(entry.imported);
}

function moduleName(name: TSESTree.Identifier | TSESTree.StringLiteral): string {
  return name.type === AST_NODE_TYPES.Identifier ? name.name : name.value;
}

/** Every node of the file with its `parent` set, or none where it does not parse. */
function* walk(text: string, path: string): Generator<TSESTree.Node> {
  let result;
  try {
    result = parser.parseForESLint(text, { filePath: path, range: true, loc: true });
  } catch {
    return;
  }
  const pending: TSESTree.Node[] = [result.ast];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    yield node;
    for (const key of result.visitorKeys[node.type] ?? []) {
      const value: unknown = Reflect.get(node, key);
      for (const child of Array.isArray(value) ? (value as unknown[]) : [value]) {
        if (!isNode(child)) continue;
        child.parent = node;
        pending.push(child);
      }
    }
  }
}

function isNode(value: unknown): value is TSESTree.Node {
  return isRecord(value) && typeof value.type === 'string';
}

interface Summary {
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

interface Score {
  readonly rule: string;
  readonly evidence: string;
  readonly found: number;
  readonly missed: number;
  readonly false: number;
  /** Debatable labels with a report, of all debatable labels. Not scored. */
  readonly debatable: readonly [reported: number, all: number];
}

function isScored(site: Label | Report): boolean {
  return !recallOnly.has(site.repo);
}

function scores(judgement: Judgement): Score[] {
  const falseReports = judgement.quietReported.filter(({ label }) => isScored(label));
  const labels = [
    ...judgement.found.map(({ label }) => label),
    ...judgement.missed,
    ...falseReports.map(({ label }) => label),
    ...judgement.debatable.map(({ label }) => label),
  ];
  return distinct(labels.map(({ rule, evidence }) => `${rule} ${evidence}`)).map((key) => {
    const [rule = '', evidence = ''] = key.split(' ');
    const isCounted = (label: Label): boolean => label.rule === rule && label.evidence === evidence;
    const debatable = judgement.debatable.filter(({ label }) => isCounted(label));
    return {
      rule,
      evidence,
      found: judgement.found.filter(({ label }) => isCounted(label)).length,
      missed: judgement.missed.filter(isCounted).length,
      false: falseReports.filter(({ label }) => isCounted(label)).length,
      debatable: [debatable.filter(({ reports }) => reports.length > 0).length, debatable.length],
    };
  });
}

function toText(summary: Summary, judgement: Judgement): string {
  const unscored = {
    false: judgement.quietReported.filter(({ label }) => !isScored(label)).length,
    unlabelled: judgement.unlabelled.filter((report) => !isScored(report)).length,
  };
  return [
    `${summary.preset}: ${String(summary.repositories)} repositories, ${String(summary.lintedFiles)} files linted, ` +
      `${String(summary.unparsed.length)} do not parse, ${String(summary.crashes.length)} crashes`,
    ...listed('not built', summary.notBuilt),
    ...listed('not in this preset', summary.notInPreset),
    ...listed('labelled, but not laid out', summary.notLaidOut),
    '',
    ...table(summary, judgement),
    '',
    `Only recall is scored for ${[...recallOnly].join(', ')}; not listed from there: ` +
      `${String(unscored.false)} reports on quiet labels, ${String(unscored.unlabelled)} unlabelled.`,
    '',
    ...summary.crashes.map(crashLine),
    ...judgement.missed.map((label) => `missed ${place(label)} ${oneLine(label.note)}`),
    ...judgement.quietReported
      .filter(({ label }) => isScored(label))
      .map(({ label, report }) => `false ${place(report)} ${report.message} [${oneLine(label.note)}]`),
    ...judgement.unlabelled.filter(isScored).map((report) => `unlabelled ${place(report)} ${report.message}`),
  ].join('\n');
}

function table(summary: Summary, judgement: Judgement): string[] {
  const all = scores(judgement);
  const rows = [['rule', 'evidence', 'found', 'missed', 'false', 'debatable', 'unlabelled']];
  for (const rule of summary.enabled) {
    const own = all.filter((score) => score.rule === rule);
    const unlabelled = judgement.unlabelled.filter((report) => report.rule === rule && isScored(report)).length;
    const note = partlyLabelled.get(rule);
    const reports = note === undefined ? String(unlabelled) : `${String(unlabelled)} (${note})`;
    if (own.length === 0) rows.push([rule, '-', '0', '0', '0', '0/0', reports]);
    for (const [index, score] of own.entries()) {
      rows.push([
        rule,
        score.evidence,
        String(score.found),
        String(score.missed),
        String(score.false),
        score.debatable.join('/'),
        index === 0 ? reports : '',
      ]);
    }
  }
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function toJson(summary: Summary, judgement: Judgement): string {
  return JSON.stringify(
    {
      ...summary,
      scores: scores(judgement),
      found: judgement.found,
      missed: judgement.missed,
      false: judgement.quietReported.map((entry) => ({ ...entry, scored: isScored(entry.label) })),
      debatable: judgement.debatable,
      unlabelled: judgement.unlabelled.map((report) => ({ ...report, scored: isScored(report) })),
    },
    null,
    2,
  );
}

function listed(title: string, names: readonly string[]): string[] {
  return names.length === 0 ? [] : [`${title}: ${names.join(', ')}`];
}

function place({ rule, repo, file, line }: Label | Report): string {
  return `${rule} ${repo} ${file}:${String(line)}`;
}

function crashLine({ rule, repo, file, error }: Crash): string {
  return `crash ${rule} ${repo} ${file} ${error}`;
}

function describeError(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const frame = stack.split('\n').find((line) => /^\s+at /u.test(line)) ?? '';
  return oneLine(`${messageOf(error)} ${frame.replaceAll(`${pathToFileURL(projectRoot).href}/`, '')}`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim();
}

function compareSites(a: Label | Report, b: Label | Report): number {
  return compareText(a.rule, b.rule) || compareText(a.repo, b.repo) || compareText(a.file, b.file) || a.line - b.line;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].sort(compareText);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
