/**
 * `npm run mutate`: mutation testing of what the rules know, which takes hours.
 * `npm run mutate -- --sample N`: only every N-th stretch of 20 lines, the same ones each time.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

const FOLDERS = [
  'src/clients',
  'src/concurrency',
  'src/config',
  'src/embeddings',
  'src/fix',
  'src/flow',
  'src/handlers',
  'src/langchain',
  'src/trace',
  'rules',
];
const STRETCH = 20;

const { values } = parseArgs({ options: { sample: { type: 'string', default: '1' } } });
const every = Number(values.sample);
if (!Number.isInteger(every) || every < 1)
  throw new Error(`--sample takes a whole number from 1 on, not ${values.sample}.`);

const files = FOLDERS.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => path.posix.join(folder, file)),
)
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.generated.ts'))
  .sort();

function listStretches(file: string): string[] {
  const lines = readFileSync(file, 'utf8').split('\n').length;
  return Array.from(
    { length: Math.ceil(lines / STRETCH) },
    (_, index) => `${file}:${index * STRETCH + 1}-${(index + 1) * STRETCH}`,
  );
}

const mutate = every === 1 ? files : files.flatMap(listStretches).filter((_stretch, index) => index % every === 0);
process.exitCode = spawnSync('npx', ['stryker', 'run', '--mutate', mutate.join(',')], { stdio: 'inherit' }).status ?? 1;
