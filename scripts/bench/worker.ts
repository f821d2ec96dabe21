/** Lints a folder in a process of its own, which is told what to do by a message and answers with one. */
import { relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as parser from '@typescript-eslint/parser';
import { ESLint, type Linter, type Rule } from 'eslint';
import { builtinRules } from 'eslint/use-at-your-own-risk';
import tseslint from 'typescript-eslint';
import type { LangChainPlugin } from '../../src/index.ts';
import { getPeerConfig } from './peers.ts';
import { type Company, type FileCost, type FileKind, referenceRule, type Result, type Task } from './task.ts';

import './clock.ts';

const ignores = ['**/node_modules/**', '**/dist/**', '**/build/**', '**/.next/**', '**/*.min.js', '**/*.d.ts'];
const files = ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'];
const naming = /['"`](?:@langchain\/|langchain|deepagents)/u;

process.once('message', (task: Task) => {
  void run(task).then((result) => {
    process.send?.(result, () => {
      process.disconnect();
    });
  });
});

async function run({ company, folder, plugin: path }: Task): Promise<Result> {
  const kinds = new Map<string, FileKind>();
  const plugin = path === null ? null : await load(path, kinds);
  const eslint = new ESLint({
    cwd: folder,
    overrideConfigFile: true,
    allowInlineConfig: false,
    errorOnUnmatchedPattern: false,
    stats: true,
    overrideConfig: [{ ignores }, ...(await getPresets(company)), getConfig(company, folder, plugin)],
  });
  const start = performance.now();
  const results = await eslint.lintFiles('.');
  return {
    files: Object.fromEntries(
      results
        .filter(({ fatalErrorCount }) => fatalErrorCount === 0)
        .map((result) => [relative(folder, result.filePath), getCost(result, kinds.get(result.filePath) ?? 'neither')]),
    ),
    cpu: performance.now() - start,
    memory: process.resourceUsage().maxRSS / 1024,
  };
}

async function getPresets(company: Company): Promise<readonly Linter.Config[]> {
  if (company === 'beside peers') return [{ files, ...(await getPeerConfig()) }];
  const typed = company === 'beside type-checked' ? tseslint.configs.recommendedTypeChecked : null;
  const presets = typed ?? (company === 'beside js + ts-eslint' ? tseslint.configs.recommended : []);
  return presets.length === 0 ? [] : ([{ files, rules: getCoreRules() }, ...presets] as readonly Linter.Config[]);
}

/** `js.recommended`, as the rules themselves say. */
function getCoreRules(): Linter.RulesRecord {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- Whatever else names them is another package.
  const recommended = [...builtinRules].filter(([, { meta }]) => meta?.docs?.recommended === true);
  return Object.fromEntries(recommended.map(([name]) => [name, 'error']));
}

function getConfig(company: Company, folder: string, plugin: LangChainPlugin | null): Linter.Config {
  const types = company === 'beside type-checked' ? { projectService: true, tsconfigRootDir: folder } : {};
  return {
    files,
    languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true }, ...types } },
    settings: company === 'alone, crossFile: false' ? { langchain: { crossFile: false } } : {},
    ...(plugin ? { plugins: { langchain: plugin } } : {}),
    rules: { ...plugin?.configs.recommended.rules, [referenceRule]: 'error' },
  };
}

/** The plugin; each of its rules notes the files in which it listens. */
async function load(path: string, kinds: Map<string, FileKind>): Promise<LangChainPlugin> {
  const { default: plugin } = (await import(pathToFileURL(path).href)) as { readonly default: LangChainPlugin };
  const note = ({ filename, sourceCode }: Rule.RuleContext): void => {
    kinds.set(filename, naming.test(sourceCode.text) ? 'imports it' : 'reaches it');
  };
  const rules = Object.entries(plugin.rules).map(([name, rule]): [string, Rule.RuleModule] => [
    name,
    {
      ...(rule as Rule.RuleModule),
      create(context) {
        const listeners = (rule as Rule.RuleModule).create(context);
        if (Object.keys(listeners).length > 0) note(context);
        return listeners;
      },
    },
  ]);
  return { ...plugin, rules: Object.fromEntries(rules) };
}

function getCost({ stats }: ESLint.LintResult, kind: FileKind): FileCost {
  const passes = stats?.times.passes ?? [];
  const rules = passes.flatMap((pass) => Object.entries(pass.rules ?? {}));
  return {
    kind,
    total: passes.reduce((sum, pass) => sum + pass.total, 0),
    rules: Object.fromEntries(rules.map(([name, { total }]) => [name, total])),
  };
}
