import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ESLint, type Linter } from 'eslint';
import { getFolder } from '../packages.ts';
import { serveAtMost } from '../server/capacity.ts';
import { startProvider } from '../server/provider.ts';

const root = path.join(import.meta.dirname, '../../..');

/** Milliseconds. The provider needs 200 / 10 × 60 for all that come at once: twice as long as a call may take. */
const TIMEOUT = 600;
const WORK = 60;

export interface Run {
  readonly exitCode: number | null;
  readonly output: readonly string[];
  readonly errors: string;
  /** The most requests that the provider had in flight. */
  readonly peak: number;
  /** Requests that the program gave up or the provider dropped. */
  readonly failures: number;
  readonly milliseconds: number;
  /** Requests in flight, a sample every so many milliseconds from the first request on. */
  readonly inFlight: readonly number[];
}

/** Milliseconds between two samples. */
export const SAMPLED = 25;

export interface Fixed {
  readonly before: string;
  readonly after: string;
  readonly messages: readonly Linter.LintMessage[];
  /** What is left after the fix. */
  readonly remaining: readonly Linter.LintMessage[];
}

export interface Project {
  /** Starts the program against a provider that serves ten at once. */
  run(): Promise<Run>;
  /** `eslint --fix` with nothing but the recommended preset of the built plugin. */
  fix(): Promise<Fixed>;
  remove(): void;
}

/**
 * A folder with the program in it and LangChain installed.
 * @param pace How many times as long the provider takes, and the program waits: for a machine that is busy.
 */
export function createProject(pace = 1): Project {
  const folder = mkdtempSync(path.join(tmpdir(), 'proof-end-to-end-'));
  const file = path.join(folder, 'program.js');
  copyFileSync(path.join(import.meta.dirname, 'program.js'), file);
  symlinkSync(path.join(getFolder('v1'), 'node_modules'), path.join(folder, 'node_modules'));
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  return {
    run: async () => runProgram(file, pace),
    fix: async () => fixProgram(folder, file),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function runProgram(file: string, pace: number): Promise<Run> {
  const provider = await startProvider();
  const timeout = TIMEOUT * pace;
  const capacity = serveAtMost({ capacity: 10, work: WORK * pace, patience: timeout * 1.5 });
  provider.treat(capacity.treat);
  const started = performance.now();
  const inFlight: number[] = [];
  const sampler = setInterval(() => {
    if (provider.requests.length > 0) inFlight.push(provider.inFlight);
  }, SAMPLED);
  const env = {
    ...process.env,
    MODEL_URL: `${provider.url}/v1`,
    MODEL_TIMEOUT: timeout.toString(),
    OPENAI_API_KEY: 'key',
  };
  const child = spawn(process.execPath, [file], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [output, errors, exitCode] = await Promise.all([
    readAll(child.stdout),
    readAll(child.stderr),
    new Promise<number | null>((resolve) => child.once('close', resolve)),
  ]);
  const milliseconds = performance.now() - started;
  clearInterval(sampler);
  const failures = Math.max(provider.aborted, capacity.dropped);
  await provider.close();
  return {
    exitCode,
    output: output.split('\n').filter((line) => line !== ''),
    errors,
    peak: provider.peak,
    failures,
    milliseconds,
    inFlight,
  };
}

async function readAll(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += chunk.toString();
  return text;
}

async function fixProgram(folder: string, file: string): Promise<Fixed> {
  const before = readFileSync(file, 'utf8');
  const plugin = await buildPlugin(path.join(folder, 'plugin'));
  const overrideConfig = [plugin.configs.recommended];
  const found = await new ESLint({ cwd: folder, overrideConfigFile: true, overrideConfig }).lintFiles(file);
  const fixed = await new ESLint({ cwd: folder, overrideConfigFile: true, overrideConfig, fix: true }).lintFiles(file);
  await ESLint.outputFixes(fixed);
  return {
    before,
    after: readFileSync(file, 'utf8'),
    messages: found.flatMap(({ messages }) => messages),
    remaining: fixed.flatMap(({ messages }) => messages),
  };
}

/** A build of this project's own: `dist` may be missing, stale, or about to be built by somebody else. */
async function buildPlugin(target: string): Promise<{ readonly configs: { readonly recommended: Linter.Config } }> {
  const built = spawnSync('npx', ['tsdown', '--out-dir', target, '--no-dts'], { cwd: root, encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`The plugin cannot be built.\n${built.stdout}${built.stderr}`);
  const { default: plugin } = (await import(pathToFileURL(path.join(target, 'index.js')).href)) as {
    default: { configs: { recommended: Linter.Config } };
  };
  return plugin;
}
