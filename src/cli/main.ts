#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { manifest } from '../manifest.ts';
import { check } from './check.ts';
import { readInventory, writeComparison } from './compare.ts';
import { gather } from './gather.ts';
import { writeHtml } from './html.ts';
import { init } from './init.ts';
import { writeMarkdown } from './markdown.ts';
import { build } from './totals.ts';
import { USAGE, UsageError } from './usage.ts';

const options = {
  compare: { type: 'string' },
  'fail-over-budget': { type: 'boolean' },
  format: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  html: { type: 'boolean' },
  json: { type: 'boolean' },
  markdown: { type: 'boolean' },
  version: { type: 'boolean' },
  write: { type: 'boolean' },
} as const;

type Option = keyof typeof options;

const allowed: Readonly<Record<string, readonly Option[]>> = {
  check: ['format'],
  inventory: ['compare', 'fail-over-budget', 'html', 'json', 'markdown'],
  init: ['write'],
};

async function run(argv: readonly string[]): Promise<number> {
  const { positionals, values } = read(argv);
  if (values.version === true) return print(manifest.version);
  if (values.help === true) return print(USAGE);
  const [command, ...paths] = positionals;
  if (command === undefined) throw new UsageError(USAGE);
  const known = Object.hasOwn(allowed, command) ? allowed[command] : undefined;
  if (!known) throw new UsageError(`Unknown command \`${command}\`.\n\n${USAGE}`);
  const foreign = (Object.keys(values) as Option[]).find((option) => !known.includes(option));
  if (foreign !== undefined) throw new UsageError(`\`${command}\` takes no \`--${foreign}\`.`);
  const cwd = process.cwd();
  if (command === 'check') return check({ cwd, paths, format: values.format ?? 'stylish' });
  if (command === 'init') return init(cwd, { write: values.write === true });
  return takeInventory(cwd, paths, values);
}

type Values = ReturnType<typeof read>['values'];

function read(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}

async function takeInventory(cwd: string, paths: readonly string[], values: Values): Promise<number> {
  const forms = [values.json, values.markdown, values.html].filter((form) => form === true);
  if (forms.length > 1) throw new UsageError('Choose one of `--json`, `--markdown` and `--html`.');
  const before = values.compare === undefined ? null : readInventory(values.compare);
  const gathered = await gather(cwd, paths);
  if (values['fail-over-budget'] === true && !gathered.budget)
    throw new UsageError('`--fail-over-budget` needs `settings.langchain.budget` in the ESLint configuration.');
  const inventory = build(gathered);
  if (gathered.records.length === 0) console.error('No file here uses LangChain.');
  if (before) print(writeComparison(before, inventory));
  else if (values.json === true) print(JSON.stringify(inventory, null, 2));
  else if (values.html === true) print(writeHtml(inventory, cwd));
  else print(writeMarkdown(inventory));
  return values['fail-over-budget'] === true && inventory.deployment?.isOver === true ? 1 : 0;
}

function print(text: string): 0 {
  console.log(text);
  return 0;
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  // A folder that may not be read, a file that no longer exists.
  const isOutside =
    error instanceof Error && ['EACCES', 'EPERM', 'ENOENT'].includes((error as { code?: string }).code ?? '');
  if (!(error instanceof UsageError) && !isOutside) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
