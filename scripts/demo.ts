// Lints docs/demo/app with the built plugin and prints ESLint's own output, then the diff that `--fix` makes. With
// `--strict` by the strict preset and a budget. Exits with 1 when a rule of the preset found nothing, or when nothing
// was fixed.
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';

const root = fileURLToPath(new URL('..', import.meta.url));
const demo = join(root, 'docs', 'demo');
const isStrict = process.argv.includes('--strict');
const options: ESLint.Options = { cwd: demo, ...(isStrict ? { overrideConfigFile: 'eslint.strict.config.js' } : {}) };

buildIfStale();

console.log(`$ eslint ${isStrict ? '--config eslint.strict.config.js ' : ''}app`);
const results = await new ESLint(options).lintFiles('app');
const formatter = await new ESLint(options).loadFormatter('stylish');
console.log(
  await formatter.format(results.map((result) => ({ ...result, filePath: relative(demo, result.filePath) }))),
);

console.log('$ eslint --fix app   (shown as a diff; no file is changed)\n');
const fixed = await new ESLint({ ...options, fix: true }).lintFiles('app');
const rewritten = showDiff(fixed);

const messages = results.flatMap((result) => result.messages);
const fatal = messages.filter((message) => message.fatal === true);
const expected = await findEnabledRules();
const silent = expected.filter((rule) => messages.every((message) => message.ruleId !== rule));

console.log(
  `\n${messages.length} problems, ${expected.length - silent.length} of ${expected.length} rules found something, ${rewritten} files rewritten by --fix.`,
);
if (silent.length > 0) console.error(`These found nothing: ${silent.join(', ')}.`);
if (fatal.length > 0) console.error('A file of the demo does not parse.');
process.exitCode = expected.length > 0 && silent.length === 0 && fatal.length === 0 && rewritten > 0 ? 0 : 1;

function buildIfStale(): void {
  const output = join(root, 'dist', 'index.js');
  const newest = Math.max(...['src', 'rules'].flatMap((folder) => findModificationTimes(join(root, folder))));
  if (existsSync(output) && statSync(output).mtimeMs >= newest) return;
  const build = spawnSync('npm', ['run', 'build'], {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (build.status !== 0) throw new Error(`npm run build failed.\n${build.stdout}\n${build.stderr}`);
}

function findModificationTimes(folder: string): number[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => statSync(join(folder, name)).mtimeMs);
}

/** The plugin's rules that the demo's configuration switches on. */
async function findEnabledRules(): Promise<string[]> {
  const config = (await new ESLint(options).calculateConfigForFile('app/src/server.ts')) as {
    rules: Record<string, [severity: number, ...options: unknown[]]>;
  };
  return Object.entries(config.rules)
    .filter(([name, [severity]]) => name.startsWith('langchain/') && severity > 0)
    .map(([name]) => name);
}

/** Prints what `--fix` changes, by way of two copies in a temporary folder, and counts the changed files. */
function showDiff(results: readonly ESLint.LintResult[]): number {
  const folder = mkdtempSync(join(tmpdir(), 'langchain-demo-'));
  let count = 0;
  try {
    for (const { filePath, output } of results) {
      if (output === undefined) continue;
      count += 1;
      const name = relative(join(demo, 'app'), filePath);
      write(join(folder, 'a', name), readFileSync(filePath, 'utf8'));
      write(join(folder, 'b', name), output);
    }
    if (count > 0) {
      const options = ['--no-index', '--no-prefix', '--no-ext-diff'];
      const diff = spawnSync('git', ['--no-pager', 'diff', ...options, 'a', 'b'], { cwd: folder, stdio: 'inherit' });
      // `git diff --no-index` exits with 1 when the folders differ.
      if (diff.status !== 1) throw new Error('The diff is made with git, which did not run.', { cause: diff.error });
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return count;
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
