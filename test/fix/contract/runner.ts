import { builtinModules, createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { compileFunction } from 'node:vm';
import ts from 'typescript';
import { findFile, type Line, load } from '../../proof/packages.ts';
import type { Provider, Received, Treatment } from '../../proof/server/provider.ts';

export type Exports = Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;

/** What a run of a program came to. */
export interface Measurement {
  /** Of messages, documents and errors what a program can tell them by. */
  readonly outcome: { readonly values: unknown } | { readonly error: string };
  /** The most requests that were in flight at once. */
  readonly peak: number;
  /** What the provider was asked, in the order in which it was asked. */
  readonly prompts: readonly string[];
  /** How many answers were streamed. */
  readonly streamed: number;
  /** How often each class was constructed by the program. */
  readonly built: Readonly<Record<string, number>>;
  readonly console: readonly string[];
}

const requireHere = createRequire(import.meta.url);

/**
 * Runs a module's text against the provider, with the packages of a release line. What it looks up in the environment
 * is there.
 */
export async function measure(
  line: Line,
  provider: Provider,
  text: string,
  run: (program: Exports) => unknown,
  treatment: Treatment | ((request: Received) => Treatment),
): Promise<Measurement> {
  const built: Record<string, number> = {};
  const printed: string[] = [];
  const restore = setEnvironment(provider.url);
  provider.reset();
  provider.treat(treatment);
  try {
    let outcome: Measurement['outcome'];
    try {
      const program = await loadProgram(line, text, built, printed);
      outcome = { values: describe(await run(program)) };
    } catch (error) {
      outcome = { error: describeError(error) };
    }
    // What nobody waits for is a part of the run too.
    for (let quiet = 0; quiet < 2; quiet = provider.inFlight === 0 ? quiet + 1 : 0) await sleep(5);
    return {
      outcome,
      peak: provider.peak,
      prompts: provider.requests.map(({ prompt }) => prompt),
      streamed: provider.requests.filter(({ isStreamed }) => isStreamed).length,
      built,
      console: printed,
    };
  } finally {
    restore();
  }
}

function setEnvironment(url: string): () => void {
  const before = { ...process.env };
  Object.assign(process.env, {
    ANTHROPIC_API_KEY: 'key',
    ANTHROPIC_BASE_URL: url,
    MISTRAL_API_KEY: 'key',
    OPENAI_API_KEY: 'key',
    OPENAI_BASE_URL: `${url}/v1`,
    PROVIDER_URL: url,
  });
  return () => {
    for (const name of Object.keys(process.env)) if (!(name in before)) Reflect.deleteProperty(process.env, name);
    Object.assign(process.env, before);
  };
}

async function loadProgram(
  line: Line,
  text: string,
  built: Record<string, number>,
  printed: string[],
): Promise<Exports> {
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS, esModuleInterop: true },
  });
  const modules = new Map<string, unknown>();
  for (const { fileName: specifier } of ts.preProcessFile(outputText, true, true).importedFiles)
    modules.set(specifier, await loadModule(line, specifier, built));
  const module: { exports: Exports } = { exports: {} };
  const print = (...args: readonly unknown[]): void => void printed.push(args.map(String).join(' '));
  const program = compileFunction(outputText, ['exports', 'module', 'require', 'console']) as (
    ...args: readonly unknown[]
  ) => void;
  program(module.exports, module, (specifier: string) => modules.get(specifier), {
    ...console,
    log: print,
    error: print,
  });
  return module.exports;
}

async function loadModule(line: Line, specifier: string, built: Record<string, number>): Promise<unknown> {
  if (builtinModules.includes(specifier.replace(/^node:/u, ''))) return requireHere(specifier);
  // Not one of LangChain's packages: the tests have it from what they are run with.
  if (findFile(line, specifier) === null && !specifier.includes('langchain')) return requireHere(specifier);
  const module = await load(line, specifier);
  const counted = Object.entries(module).map(([name, value]) => [
    name,
    isClass(value) ? count(value, name, built) : value,
  ]);
  return { ...Object.fromEntries(counted), __esModule: true };
}

function isClass(value: unknown): value is new (...args: readonly unknown[]) => object {
  return typeof value === 'function' && /^class\b/u.test(Function.prototype.toString.call(value));
}

function count(
  value: new (...args: readonly unknown[]) => object,
  name: string,
  built: Record<string, number>,
): unknown {
  return new Proxy(value, {
    construct: (target, args, newTarget) => {
      built[name] = (built[name] ?? 0) + 1;
      return Reflect.construct(target, args, newTarget) as object;
    },
  });
}

function describe(value: unknown): unknown {
  if (value instanceof Error) return describeError(value);
  if (value instanceof Map) return { map: [...value].map(describe) };
  if (Array.isArray(value)) return Array.from(value as readonly unknown[], describe);
  if (typeof value !== 'object' || value === null) return value;
  if ('pageContent' in value) return { document: value.pageContent };
  if ('text' in value && 'response_metadata' in value) return { message: value.text };
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, describe(each)]));
}

function describeError(error: unknown): string {
  return error instanceof Error ? `${error.constructor.name} (${error.name}): ${error.message}` : String(error);
}
