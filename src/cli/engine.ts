import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ESLint, Linter } from 'eslint';
import { UsageError } from './usage.ts';

/** The project's own ESLint, with the parsers installed next to it. */
export interface Engine {
  readonly ESLint: typeof ESLint;
  /** Configurations that set the parser of each language. */
  readonly languages: readonly Linter.Config[];
  /** Extensions that can be parsed. */
  readonly extensions: readonly string[];
}

/** @throws {UsageError} When the project has no ESLint, or one without flat configuration. */
export async function loadEngine(cwd: string): Promise<Engine> {
  const load = createLoader(cwd);
  const eslint = (await load('eslint')) as { readonly ESLint: typeof ESLint } | null;
  if (!eslint) throw new UsageError('ESLint is not installed here. Run `npm install --save-dev eslint`.');
  const { version } = eslint.ESLint;
  if (Number.parseInt(version, 10) < 9)
    throw new UsageError(`ESLint ${version} is installed here. 9.15 or later is needed.`);
  const typescript = await loadTypeScript(load);
  const languages: Linter.Config[] = [];
  const extensions = ['js', 'mjs', 'cjs', 'jsx'];
  const jsx = { ecmaFeatures: { jsx: true } };
  languages.push({ files: ['**/*.{js,mjs,cjs,jsx}'], languageOptions: { parserOptions: jsx } });
  if (typescript) {
    extensions.push('ts', 'mts', 'cts', 'tsx');
    languages.push({ files: ['**/*.{ts,mts,cts,tsx}'], languageOptions: { parser: typescript, parserOptions: jsx } });
  }
  for (const extension of ['vue', 'svelte', 'astro']) {
    const parser = (await load(`${extension}-eslint-parser`)) as Linter.Parser | null;
    if (!parser) continue;
    extensions.push(extension);
    const parserOptions = typescript ? { parser: typescript } : {};
    languages.push({ files: [`**/*.${extension}`], languageOptions: { parser, parserOptions } });
  }
  return { ESLint: eslint.ESLint, languages, extensions };
}

/** The configuration that the project's own ESLint uses for a file. */
export async function readConfig(engine: Engine, cwd: string, file: string): Promise<unknown> {
  try {
    return await new engine.ESLint({ cwd }).calculateConfigForFile(file);
  } catch (error) {
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n', 1);
    throw new UsageError(`${findConfig(cwd) ?? 'The configuration of ESLint'} cannot be loaded: ${reason}`);
  }
}

type Load = (name: string) => Promise<unknown>;

/** Loads packages as the project would; null where one is missing. */
function createLoader(cwd: string): Load {
  const { resolve } = createRequire(path.join(cwd, 'package.json'));
  return async (name) => {
    let location;
    try {
      location = resolve(name);
    } catch {
      return null;
    }
    const loaded = (await import(pathToFileURL(location).href)) as Record<string, unknown>;
    return loaded['default'] ?? loaded;
  };
}

async function loadTypeScript(load: Load): Promise<Linter.Parser | null> {
  const parser = await load('@typescript-eslint/parser');
  if (parser) return parser as Linter.Parser;
  const whole = (await load('typescript-eslint')) as { readonly parser?: Linter.Parser } | null;
  return whole?.parser ?? null;
}

const configNames = ['js', 'mjs', 'cjs', 'ts', 'mts', 'cts'].map((extension) => `eslint.config.${extension}`);

/** The configuration file that ESLint would use, in the folder or above it; null when there is none. */
export function findConfig(cwd: string): string | null {
  for (let folder = cwd; ; folder = path.dirname(folder)) {
    const name = configNames.find((each) => existsSync(path.join(folder, each)));
    if (name !== undefined) return path.join(folder, name);
    if (path.dirname(folder) === folder) return null;
  }
}

/** Build output and installed packages. */
export const ignores: Linter.Config = {
  ignores: [
    '**/node_modules/**',
    '**/{dist,build,out,coverage,vendor,.next,.nuxt,.output,.svelte-kit,.astro,.vercel,.turbo,.cache}/**',
    '**/*.min.js',
    '**/*.d.{ts,mts,cts}',
  ],
};

/**
 * The patterns to lint; the whole folder when no path is given.
 * @throws {UsageError} For a path that does not exist and is no pattern.
 */
export function getPatterns(cwd: string, paths: readonly string[]): string[] {
  const missing = paths.find((each) => !/[*?{[(!]/u.test(each) && !existsSync(path.resolve(cwd, each)));
  if (missing !== undefined) throw new UsageError(`There is no file or folder \`${missing}\`.`);
  return paths.length > 0 ? [...paths] : ['.'];
}
