/**
 * `npm run matrix [-- NAME]`: the packed plugin in fresh projects with the oldest and newest versions of what it runs
 * on. Each project is installed from the registry, linted, fixed, and its configuration type-checked without
 * `skipLibCheck`; prints a table and fails when one row does.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pack } from './pack.ts';

interface Row {
  readonly name: string;
  readonly packages: Readonly<Record<string, string>>;
  readonly config: Config;
  /** Version of Node; that of this process where left out. */
  readonly node?: string;
  /** What installs it, npm where left out: the commands of the README. */
  readonly install?: Installer;
}

type Installer = keyof typeof INSTALLERS;

/** Each with the package that brings it, and what it installs a manifest with. */
const INSTALLERS = {
  npm: ['npm', 'install', '--ignore-scripts', '--no-audit', '--no-fund'],
  'npm --legacy-peer-deps': ['npm', 'install', '--legacy-peer-deps', '--ignore-scripts', '--no-audit', '--no-fund'],
  pnpm: ['npx', '--yes', 'pnpm@10', 'install', '--ignore-scripts', '--no-frozen-lockfile'],
  yarn: ['npx', '--yes', 'yarn@1', 'install', '--ignore-scripts', '--non-interactive'],
} as const;

type Config = keyof typeof CONFIGS;

const CONFIGS = {
  object: {
    file: 'eslint.config.js',
    source: 'js',
    text: "import langchain from 'eslint-plugin-langchain';\nexport default [langchain.configs.recommended];\n",
  },
  extends: {
    file: 'eslint.config.js',
    source: 'js',
    text: "import { defineConfig } from 'eslint/config';\nimport langchain from 'eslint-plugin-langchain';\nexport default defineConfig([{ plugins: { langchain }, extends: ['langchain/recommended'] }]);\n",
  },
  commonjs: {
    file: 'eslint.config.cjs',
    source: 'js',
    text: "const langchain = require('eslint-plugin-langchain');\nmodule.exports = [langchain.configs.recommended];\n",
  },
  parser: {
    file: 'eslint.config.js',
    source: 'ts',
    text: "import parser from '@typescript-eslint/parser';\nimport langchain from 'eslint-plugin-langchain';\nexport default [{ files: ['**/*.ts'], languageOptions: { parser } }, langchain.configs.recommended];\n",
  },
  readme: {
    file: 'eslint.config.js',
    source: 'ts',
    text: "import langchain from 'eslint-plugin-langchain';\nimport tseslint from 'typescript-eslint';\n\nexport default [{ files: ['**/*.ts', '**/*.tsx'], languageOptions: { parser: tseslint.parser } }, langchain.configs.recommended];\n",
  },
  typescript: {
    file: 'eslint.config.ts',
    source: 'ts',
    text: "import parser from '@typescript-eslint/parser';\nimport langchain from 'eslint-plugin-langchain';\nexport default [{ files: ['**/*.ts'], languageOptions: { parser } }, langchain.configs.recommended];\n",
  },
} as const;

const TYPES = { '@types/node': '20' };

const ROWS: readonly Row[] = [
  { name: 'eslint-9.15', packages: { eslint: '9.15.0', typescript: '5.4', ...TYPES }, config: 'object' },
  { name: 'eslint-9.22', packages: { eslint: '9.22.0', typescript: '5.9', ...TYPES }, config: 'extends' },
  { name: 'eslint-9', packages: { eslint: '9', typescript: '6.0', ...TYPES }, config: 'extends' },
  { name: 'eslint-10', packages: { eslint: '10', typescript: '6.0', ...TYPES }, config: 'extends' },
  {
    name: 'parser-8.0',
    packages: { eslint: '9.15.0', '@typescript-eslint/parser': '8.0.0', typescript: '5.4', ...TYPES },
    config: 'parser',
  },
  {
    name: 'parser-newest',
    packages: { eslint: '10', '@typescript-eslint/parser': '8', typescript: '6.0', ...TYPES },
    config: 'parser',
  },
  { name: 'typescript-7', packages: { eslint: '10', typescript: '7', ...TYPES }, config: 'extends' },
  {
    name: 'config-ts',
    packages: { eslint: '10', '@typescript-eslint/parser': '8', typescript: '6.0', jiti: '2', ...TYPES },
    config: 'typescript',
  },
  { name: 'config-cjs', packages: { eslint: '10', typescript: '6.0', ...TYPES }, config: 'commonjs' },
  {
    name: 'node-20.19',
    node: '20.19.0',
    packages: { eslint: '10', '@typescript-eslint/parser': '8', typescript: '6.0', ...TYPES },
    config: 'parser',
  },
  {
    name: 'node-20.19-cjs',
    node: '20.19.0',
    packages: { eslint: '9', typescript: '6.0', ...TYPES },
    config: 'commonjs',
  },
  {
    name: 'node-22',
    node: '22',
    packages: { eslint: '10', '@typescript-eslint/parser': '8', typescript: '6.0', ...TYPES },
    config: 'parser',
  },
  // TypeScript 6, as the README installs it, by each package manager.
  ...(['npm', 'npm --legacy-peer-deps', 'pnpm', 'yarn'] as const).map((install): Row => ({
    name: `readme-${install.replace(/\W+/gu, '-')}`,
    install,
    packages: { eslint: 'latest', 'typescript-eslint': 'latest', typescript: '6', ...TYPES },
    config: 'readme',
  })),
  {
    name: 'readme-typescript-7',
    packages: {
      eslint: 'latest',
      'typescript-eslint': 'latest',
      typescript: 'npm:@typescript/typescript6',
      ...TYPES,
    },
    config: 'readme',
  },
  {
    name: 'node-24',
    node: '24',
    packages: { eslint: '10', '@typescript-eslint/parser': '8', typescript: '6.0', ...TYPES },
    config: 'parser',
  },
];

const SOURCE = `import { ChatOpenAI } from '@langchain/openai';

const model = new ChatOpenAI({ model: 'gpt-4o-mini', timeout: 20 });

export async function tagAll(page) {
  return Promise.all(page.split('\\n').map((line) => model.invoke(line)));
}
`;
const FIXED = SOURCE.replace(
  String.raw`Promise.all(page.split('\n').map((line) => model.invoke(line)))`,
  String.raw`model.batch(page.split('\n'), { maxConcurrency: 5 })`,
);

const base = fileURLToPath(new URL('../.cache/matrix/', import.meta.url));
const [only] = process.argv.slice(2);
mkdirSync(base, { recursive: true });
const { filename } = pack(base);

let failed = 0;
console.log('| Row | Installed | Reports | Fix | Types of the configuration |\n| --- | --- | --- | --- | --- |');
for (const row of ROWS.filter(({ name }) => only === undefined || name === only)) {
  const results = check(row);
  if (results.some((result) => result.startsWith('FAILED'))) failed += 1;
  console.log(`| ${[row.name, ...results].join(' | ')} |`);
}
console.log(`\n${String(failed)} rows failed.`);
process.exitCode = failed === 0 ? 0 : 1;

function check({ name, packages, config, install = 'npm', node }: Row): readonly string[] {
  const folder = join(base, name);
  rmSync(folder, { recursive: true, force: true });
  const { file, source, text } = CONFIGS[config];
  const write = (path: string, content: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  };
  const module = `src/tags.${source}`;
  const [code, fixed] =
    source === 'ts'
      ? ([SOURCE, FIXED].map((text) => text.replace('(page)', '(page: string)')) as [string, string])
      : [SOURCE, FIXED];
  write(
    'package.json',
    JSON.stringify({
      private: true,
      type: 'module',
      devDependencies: { ...packages, 'eslint-plugin-langchain': `file:../${filename}` },
    }),
  );
  write(module, code);
  write(file, text);
  const [installer, ...installerArguments] = INSTALLERS[install];
  const installation = spawnSync(installer, installerArguments, { cwd: folder, encoding: 'utf8' });
  if (installation.status !== 0) return [`FAILED: ${lastLine(installation.stderr)}`, '', '', ''];
  const run = (script: string, ...args: readonly string[]): { status: number | null; output: string } => {
    const command = node === undefined ? [process.execPath] : ['npx', '--yes', '--package', `node@${node}`, 'node'];
    const { status, stdout, stderr } = spawnSync(command[0] ?? '', [...command.slice(1), script, ...args], {
      cwd: folder,
      encoding: 'utf8',
    });
    return { status, output: stdout === '' ? stderr : stdout };
  };
  const version = (dependency: string): string =>
    (
      JSON.parse(readFileSync(join(folder, 'node_modules', dependency, 'package.json'), 'utf8')) as {
        readonly version: string;
      }
    ).version;
  const installed = [
    ...Object.keys(packages)
      .filter((key) => !key.startsWith('@types/'))
      .map((key) => `${key} ${version(key)}`),
    `node ${node === undefined ? process.version.slice(1) : lastLine(run('-p', 'process.versions.node').output)}`,
  ];
  const lint = run('node_modules/eslint/bin/eslint.js', '--format', 'json', module);
  const reports = lint.output.startsWith('[')
    ? (JSON.parse(lint.output) as [{ readonly messages: readonly { readonly ruleId: string }[] }])[0].messages.map(
        ({ ruleId }) => ruleId,
      )
    : [];
  const isReported = reports.join() === 'langchain/no-low-timeout,langchain/no-unbounded-concurrency';
  run('node_modules/eslint/bin/eslint.js', '--fix', module);
  const isFixed = readFileSync(join(folder, module), 'utf8') === fixed;
  write(
    'config.ts',
    "import type { Linter } from 'eslint';\nimport langchain, { type LangChainPlugin } from 'eslint-plugin-langchain';\n\nexport const plugin: LangChainPlugin = langchain;\nexport const config: Linter.Config[] = [langchain.configs.recommended, { plugins: { langchain } }];\n",
  );
  write(
    'tsconfig.json',
    JSON.stringify({
      compilerOptions: {
        target: 'es2022',
        module: 'nodenext',
        strict: true,
        exactOptionalPropertyTypes: true,
        noEmit: true,
        skipLibCheck: false,
        types: ['node'],
      },
      files: ['config.ts'],
    }),
  );
  const compiler = ['tsc', 'tsc6'].find((name) => existsSync(join(folder, 'node_modules/typescript/bin', name)));
  const types = run(`node_modules/typescript/bin/${compiler ?? 'tsc'}`, '-p', '.');
  return [
    installed.join(', '),
    isReported ? 'as expected' : `FAILED: ${reports.join() || lastLine(lint.output)}`,
    isFixed ? 'as expected' : 'FAILED',
    types.status === 0 ? 'no errors' : `FAILED: ${types.output.split('\n')[0] ?? ''}`,
  ];
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
