import path from 'node:path';
import { createReader } from '../inventory/read.ts';
import type { FileRecord } from '../inventory/records.ts';
import { type Budget, getSettings, type Settings } from '../settings.ts';
import { type Engine, findConfig, getPatterns, ignores, loadEngine, readConfig } from './engine.ts';
import { UsageError } from './usage.ts';

/** The records of a project, with paths relative to its folder. */
export interface Gathered {
  readonly records: readonly FileRecord[];
  readonly files: number;
  /** Files that could not be read, each with the reason. */
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
  readonly budget: Budget | null;
}

const tests = { ignores: ['**/*.{test,spec}.*', '**/__tests__/**'] };

/** Reads the files of a project as the rules do. */
export async function gather(cwd: string, paths: readonly string[]): Promise<Gathered> {
  const engine = await loadEngine(cwd);
  const records: FileRecord[] = [];
  const skipped: { file: string; reason: string }[] = [];
  const relate = (file: string): string => path.relative(cwd, file).split(path.sep).join('/');
  const reader = createReader((filename, record) => {
    if (record) records.push(relateRecord(record, relate));
    else skipped.push({ file: relate(filename), reason: 'takes more steps than one file is allowed' });
    if (process.stderr.isTTY) process.stderr.write(`\r${records.length} files that use LangChain`);
  });
  const langchain = await findSettings(engine, cwd, paths);
  const { budget } = readSettings(langchain);
  const eslint = new engine.ESLint({
    cwd,
    errorOnUnmatchedPattern: false,
    allowInlineConfig: false,
    overrideConfigFile: true,
    overrideConfig: [
      ignores,
      tests,
      ...engine.languages,
      {
        files: engine.extensions.map((extension) => `**/*.${extension}`),
        plugins: { inventory: { rules: { read: reader as never } } },
        rules: { 'inventory/read': 'error' },
        settings: { langchain },
        linterOptions: { reportUnusedDisableDirectives: 'off' },
      },
    ],
  });
  const results = await eslint.lintFiles(getPatterns(cwd, paths));
  if (process.stderr.isTTY) process.stderr.write('\r\u001B[K');
  for (const { filePath, messages } of results)
    for (const { fatal, message } of messages)
      if (fatal === true) skipped.push({ file: relate(filePath), reason: message });
  return { records, files: results.length, skipped, budget };
}

/** `settings.langchain` of the project's own configuration. */
async function findSettings(engine: Engine, cwd: string, paths: readonly string[]): Promise<object> {
  if (findConfig(cwd) === null) return {};
  const file = path.join(cwd, paths.find((each) => path.extname(each) !== '') ?? 'index.js');
  const config = (await readConfig(engine, cwd, file)) as
    { readonly settings?: { readonly langchain?: object } } | undefined;
  return config?.settings?.langchain ?? {};
}

/** @throws {UsageError} When they are malformed; the message names the key. */
function readSettings(langchain: object): Settings {
  try {
    return getSettings({ settings: { langchain } });
  } catch (error) {
    throw error instanceof TypeError ? new UsageError(error.message) : error;
  }
}

/** The same record with each `file` relative to the project's folder. */
function relateRecord<Part>(part: Part, relate: (file: string) => string): Part {
  if (Array.isArray(part)) return part.map((each: unknown) => relateRecord(each, relate)) as Part;
  if (typeof part !== 'object' || part === null) return part;
  const related = Object.entries(part).map(([key, value]: [string, unknown]) => [
    key,
    key === 'file' && typeof value === 'string' ? relate(value) : relateRecord(value, relate),
  ]);
  return Object.fromEntries(related) as Part;
}
