/**
 * `npm run caches`: the configurations of docs/ci.md for Turborepo and Nx in a fresh workspace, one package of which
 * lints a client that another builds. What is kept must be kept, and must be linted again once the other package
 * changes. Fails when one does not hold.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pack } from './pack.ts';

const folder = fileURLToPath(new URL('../.cache/caches/', import.meta.url));
const page = readFileSync(new URL('../docs/ci.md', import.meta.url), 'utf8');

const TOOLS = [
  {
    name: 'turbo',
    version: '2.11.11',
    file: 'turbo.json',
    key: 'tasks',
    lint: ['run', 'lint'],
    allKept: /Cached:\s+2 cached, 2 total/u,
  },
  {
    name: 'nx',
    version: '24.0.6',
    file: 'nx.json',
    key: 'targetDefaults',
    lint: ['run-many', '--targets', 'lint'],
    allKept: /Cache:\s+2\/2 hit/u,
  },
] as const;

const SHARED =
  "import { ChatOpenAI } from '@langchain/openai';\nconst model = new ChatOpenAI({ maxConcurrency: 5 });\nexport const getModel = () => model;\n";
const PER_REQUEST =
  "import { ChatOpenAI } from '@langchain/openai';\nexport const getModel = () => new ChatOpenAI({ maxConcurrency: 5 });\n";
const HANDLER = `import express from 'express';
import { getModel } from '@acme/llm';

const app = express();
app.get('/', async (req, res) => {
  const answer = await getModel().invoke(req.query.q);
  res.json(answer.content);
});
`;

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const { filename } = pack(folder);
const devDependencies = {
  eslint: '10',
  'eslint-plugin-langchain': `file:./${filename}`,
  ...Object.fromEntries(TOOLS.map(({ name, version }) => [name, version])),
};
const common = { private: true, type: 'module', scripts: { lint: 'eslint .' } };
write(
  'package.json',
  JSON.stringify({
    name: 'workspace',
    private: true,
    type: 'module',
    packageManager: 'npm@11.0.0',
    workspaces: ['packages/*'],
    devDependencies,
  }),
);
write(
  'packages/llm/package.json',
  JSON.stringify({
    name: '@acme/llm',
    version: '1.0.0',
    ...common,
    exports: './index.js',
    dependencies: { '@langchain/openai': '1' },
  }),
);
write(
  'packages/web/package.json',
  JSON.stringify({
    name: '@acme/web',
    version: '1.0.0',
    ...common,
    dependencies: { '@acme/llm': '1.0.0', express: '5' },
  }),
);
write('packages/web/server.js', HANDLER);
write('packages/llm/index.js', SHARED);
write(
  'eslint.config.js',
  "import langchain from 'eslint-plugin-langchain';\nexport default [langchain.configs.recommended];\n",
);
write('.gitignore', 'node_modules\n.turbo\n.nx\n');
for (const { file, key } of TOOLS) write(file, readConfiguration(key));
run('npm', 'install', '--ignore-scripts', '--no-audit', '--no-fund');
run('git', 'init', '--quiet');
run('git', 'add', '.');

let failed = 0;
for (const { allKept, lint, name, version } of TOOLS) {
  const lintAll = (): string => run('npx', name, ...lint);
  write('packages/llm/index.js', SHARED);
  lintAll();
  const isKept = allKept.test(lintAll());
  write('packages/llm/index.js', PER_REQUEST);
  const isSeen = lintAll().includes('langchain/no-client-in-handler');
  if (!isKept || !isSeen) failed += 1;
  console.log(
    `${name} ${version}: ${isKept ? 'keeps the results' : 'FAILED to keep the results'}, ${isSeen ? 'sees the change' : 'FAILED to see the change'}`,
  );
}
process.exitCode = failed === 0 ? 0 : 1;

/** The one block of the page that has a key. */
function readConfiguration(key: string): string {
  const found = [...page.matchAll(/```json\n(?<text>.*?)```/gsu)]
    .map((match) => match.groups?.['text'] ?? '')
    .filter((text) => key in (JSON.parse(text) as object));
  if (found.length !== 1) throw new Error(`docs/ci.md has ${String(found.length)} blocks with "${key}".`);
  return found[0] ?? '';
}

function write(path: string, content: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

function run(command: string, ...args: readonly string[]): string {
  const env = { ...process.env, NX_DAEMON: 'false', NX_NO_CLOUD: 'true', TURBO_TELEMETRY_DISABLED: '1' };
  const { stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: 'utf8', env });
  return stdout + stderr;
}
