import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as current from '../../src/facts/catalog.generated.ts';
import { installPackages } from '../packages.ts';
import { encode, expand, print } from './encode.ts';
import { mergeLines } from './merge.ts';
import { readLine } from './read.ts';

/**
 * The release lines, the newest first; `packages/<line>/package.json` pins what is read (to raise a version, run `npm
 * install` there, then `npm run catalog`).
 */
const LINES = ['v1', 'v0.3', 'v0.0'];
const TARGET = path.join(import.meta.dirname, '../../src/facts/catalog.generated.ts');
const SHOWN_DIFFERENCES = 80;

for (const line of LINES) installPackages(folderOf(line));

const catalog = mergeLines(LINES.map((line) => readLine(folderOf(line))));
if (catalog.unreviewed.length > 0)
  fail('Say in scripts/catalog/network.ts whether these reach the network:', catalog.unreviewed);
if (catalog.unused.length > 0) fail('No class has these names of scripts/catalog/network.ts:', catalog.unused);

const tables = encode(catalog);
const source = print(tables, ['Written by `npm run catalog` from:', ...LINES.map(describeLine)]);
if (!process.argv.includes('--check')) {
  writeFileSync(TARGET, source);
  console.log(`${path.relative(process.cwd(), TARGET)}: ${(source.length / 1000).toFixed(1)} kB`);
} else if (source !== readFileSync(TARGET, 'utf8')) {
  fail('The catalogue is stale; run `npm run catalog` and review the difference.', listDifferences());
} else {
  console.log('The catalogue is up to date.');
}

function listDifferences(): string[] {
  const before = new Set(expand(current));
  const after = new Set(expand(tables));
  const differences = [
    ...[...before].filter((line) => !after.has(line)).map((line) => `- ${line}`),
    ...[...after].filter((line) => !before.has(line)).map((line) => `+ ${line}`),
  ];
  if (differences.length === 0) return ['Only versions, order or layout differ.'];
  const more = differences.length - SHOWN_DIFFERENCES;
  return more > 0 ? [...differences.slice(0, SHOWN_DIFFERENCES), `and ${more.toString()} more`] : differences;
}

function describeLine(line: string): string {
  const manifest = JSON.parse(readFileSync(path.join(folderOf(line), 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  return Object.entries(manifest.dependencies)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
}

function folderOf(line: string): string {
  return path.join(import.meta.dirname, 'packages', line);
}

function fail(message: string, details: readonly string[] = []): never {
  console.error([message, ...details.map((detail) => `  ${detail}`)].join('\n'));
  process.exit(1);
}
