import path from 'node:path';
import type { ESLint } from 'eslint';
import plugin from '../index.ts';
import { findConfig, getPatterns, ignores, loadEngine, readConfig } from './engine.ts';
import { UsageError } from './usage.ts';

interface CheckOptions {
  readonly cwd: string;
  readonly paths: readonly string[];
  readonly format: string;
}

/**
 * Lints by the project's configuration, or with the recommended rules where it has none.
 * @returns 1 when a rule of any plugin reports an error, or when a file does not parse; else 0.
 */
export async function check({ cwd, format, paths }: CheckOptions): Promise<number> {
  const engine = await loadEngine(cwd);
  const config = findConfig(cwd);
  if (config !== null) await readConfig(engine, cwd, path.join(cwd, 'index.js'));
  const eslint = new engine.ESLint({
    cwd,
    errorOnUnmatchedPattern: false,
    ...(config === null
      ? { overrideConfigFile: true, overrideConfig: [ignores, ...engine.languages, plugin.configs.recommended] }
      : {}),
  });
  const results = await eslint.lintFiles(getPatterns(cwd, paths));
  const formatter = await loadFormatter(eslint, format);
  const text = await formatter.format(results);
  if (text !== '') console.log(text);
  if (format === 'stylish') console.log(summarise(results, config));
  return results.some(({ errorCount }) => errorCount > 0) ? 1 : 0;
}

async function loadFormatter(eslint: ESLint, format: string): Promise<ESLint.LoadedFormatter> {
  try {
    return await eslint.loadFormatter(format);
  } catch {
    throw new UsageError(`ESLint has no formatter \`${format}\`, and none is installed under that name.`);
  }
}

/** One line for each of our rules, with the first place that it reports. */
function summarise(results: readonly ESLint.LintResult[], config: string | null): string {
  const byRule = new Map<string, { count: number; readonly first: string }>();
  for (const { filePath, messages } of results)
    for (const { line, ruleId } of messages) {
      if (ruleId?.startsWith('langchain/') !== true) continue;
      const known = byRule.get(ruleId);
      if (known) known.count++;
      else byRule.set(ruleId, { count: 1, first: `${filePath}:${line}` });
    }
  const by = config ?? 'the recommended rules';
  const rules = [...byRule].sort(([, a], [, b]) => b.count - a.count);
  return [
    `${results.length} files linted by ${by}.`,
    ...rules.map(([rule, { count, first }]) => `${String(count).padStart(5)}  ${rule}  ${first}`),
    ...(rules.length === 0 ? ['No reports about LangChain.'] : []),
  ].join('\n');
}
