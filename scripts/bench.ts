/**
 * `npm run bench -- DIR`: what the built plugin's `recommended` preset costs on the JavaScript and TypeScript files
 * under DIR, measured with ESLint's own statistics beside core's `no-unused-vars`, and how long importing the plugin
 * takes. Nothing is gated.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as parser from '@typescript-eslint/parser';
import { ESLint } from 'eslint';
import type { LangChainPlugin } from '../src/index.ts';

const RUNS = 3;
const IMPORT_RUNS = 15;
const REFERENCE_RULE = 'no-unused-vars';

const [directory] = process.argv.slice(2);
const built = resolve('dist/index.js');
if (directory === undefined || !existsSync(directory)) {
  console.error('usage: npm run bench -- DIR');
  process.exit(1);
}
if (!existsSync(built)) {
  console.error('dist/index.js is missing: run `npm run build` first.');
  process.exit(1);
}

const { default: plugin } = (await import(pathToFileURL(built).href)) as { default: LangChainPlugin };
const prefix = `${plugin.meta.namespace}/`;

interface Cost {
  files: number;
  /** All in milliseconds. */
  total: number;
  parse: number;
  readonly rules: Map<string, number>;
}

const runs: { readonly langchain: Cost; readonly other: Cost }[] = [];
for (let run = 0; run < RUNS; run++) runs.push(await lint(directory));

printFiles(
  'Files that use LangChain',
  runs.map(({ langchain }) => langchain),
);
printFiles(
  'Other files',
  runs.map(({ other }) => other),
);
printImport();

async function lint(folder: string): Promise<{ langchain: Cost; other: Cost }> {
  const eslint = new ESLint({
    cwd: resolve(folder),
    overrideConfigFile: true,
    allowInlineConfig: false,
    errorOnUnmatchedPattern: false,
    stats: true,
    overrideConfig: [
      {
        ignores: [
          '**/node_modules/**',
          '**/dist/**',
          '**/build/**',
          '**/.next/**',
          '**/vendor/**',
          '**/*.min.js',
          '**/*.d.ts',
        ],
      },
      {
        files: ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'],
        languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } },
        plugins: plugin.configs.recommended.plugins ?? {},
        rules: { ...plugin.configs.recommended.rules, [REFERENCE_RULE]: 'error' },
      },
    ],
  });
  const costs = { langchain: newCost(), other: newCost() };
  for (const { filePath, stats, fatalErrorCount } of await eslint.lintFiles('.')) {
    if (stats === undefined || fatalErrorCount > 0) continue;
    const cost = /langchain|deepagents/u.test(readFileSync(filePath, 'utf8')) ? costs.langchain : costs.other;
    cost.files++;
    for (const pass of stats.times.passes) {
      cost.total += pass.total;
      cost.parse += pass.parse?.total ?? 0;
      for (const [name, { total }] of Object.entries(pass.rules ?? {}))
        cost.rules.set(name, (cost.rules.get(name) ?? 0) + total);
    }
  }
  return costs;
}

function newCost(): Cost {
  return { files: 0, total: 0, parse: 0, rules: new Map() };
}

function printFiles(title: string, costs: readonly Cost[]): void {
  const files = costs[0]?.files ?? 0;
  console.log(`\n${title}: ${files}`);
  if (files === 0) return;
  const ownOf = ({ rules }: Cost): number =>
    sum([...rules].filter(([name]) => name.startsWith(prefix)).map(([, time]) => time));
  const referenceOf = ({ rules }: Cost): number => rules.get(REFERENCE_RULE) ?? 0;
  const own = median(costs.map(ownOf));
  print(
    'lint in all',
    `${ms(median(costs.map(({ total }) => total)))}, of which parsing ${ms(median(costs.map(({ parse }) => parse)))}`,
  );
  print('the preset', `${ms(own)}, ${ms(own / files)} a file`);
  print('share of the lint time', `${(median(costs.map((cost) => ownOf(cost) / cost.total)) * 100).toFixed(2)} %`);
  print(
    `ratio to ${REFERENCE_RULE}`,
    `${median(costs.map((cost) => ownOf(cost) / referenceOf(cost))).toFixed(2)} (${ms(median(costs.map(referenceOf)))})`,
  );
  const names = [...(costs[0]?.rules.keys() ?? [])].filter((name) => name.startsWith(prefix));
  const byRule = names.map((name) => ({ name, time: median(costs.map(({ rules }) => rules.get(name) ?? 0)) }));
  for (const { name, time } of byRule.sort((a, b) => b.time - a.time)) print(`  ${name}`, ms(time));
  console.log('  The first rule that asks for a shared fact of the file pays for it.');
}

function printImport(): void {
  const time = (specifier: string): number => {
    const text = `const t = performance.now(); await import(${JSON.stringify(specifier)}); console.log(performance.now() - t)`;
    return median(
      Array.from({ length: IMPORT_RUNS }, () =>
        Number(execFileSync(process.execPath, ['--input-type=module', '--eval', text], { encoding: 'utf8' })),
      ),
    );
  };
  console.log(`\nImport, median of ${IMPORT_RUNS} processes`);
  print('the built plugin', ms(time(pathToFileURL(built).href)));
  print('an empty module', ms(time('data:text/javascript,')));
}

function print(label: string, value: string): void {
  console.log(`  ${label.padEnd(40)} ${value}`);
}

function ms(time: number): string {
  return `${time.toFixed(time < 10 ? 2 : 0)} ms`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
