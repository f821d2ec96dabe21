/**
 * `npm run bench -- DIR [BUILD…]`: what the `recommended` preset costs on the files under DIR, and on projects written
 * for the purpose, as tables for docs/performance.md. Of the builds that are named (`dist/index.js` when none is) each
 * has its own lines, measured in turns. Times are CPU times, the least of several runs. Nothing is gated.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { measureEditor } from './editor.ts';
import { getBarrel, getService, write } from './growth.ts';
import { measureOxlint } from './oxlint.ts';
import { installPeers, peers } from './peers.ts';
import { getLeast, run, type Share, summarise } from './run.ts';
import type { Company, FileCost, FileKind, Result } from './task.ts';

const runs = 3;
const imports = 15;
const pages = [150, 300, 600];
const lines = [250, 500, 1000, 2000, 4000];
/** With the module that each of them imports: 3,000 files. */
const manyPages = 1500;

const companies: readonly Company[] = [
  'alone',
  'alone, crossFile: false',
  'beside js + ts-eslint',
  'beside type-checked',
  'beside peers',
];
const kinds: readonly FileKind[] = ['imports it', 'reaches it', 'neither'];

const [directory, ...given] = process.argv.slice(2);
const builds = (given.length > 0 ? given : ['dist/index.js']).map((path) => resolve(path));
if (directory === undefined || !existsSync(directory)) {
  console.error('usage: npm run bench -- DIR [BUILD…]');
  process.exit(1);
}
for (const build of builds) {
  if (existsSync(build)) continue;
  console.error(`${build} is missing: run \`npm run build\` first.`);
  process.exit(1);
}

installPeers();
printRow(['build', 'company', 'files', 'count', 'ms a file', '× no-unused-vars', 'of lint time']);
printRow(['---', '---', '---', '---:', '---:', '---:', '---:']);
for (const company of companies) await printCompany(company, resolve(directory));
printOxlint(resolve(directory));
await printBarrels();
await printLengths();
await printEditor();
printImport();

async function printCompany(company: Company, folder: string): Promise<void> {
  const results = await lint(folder, company, runs);
  for (const [build, each] of results) {
    const costs = getLeast(each);
    printShare(build, company, 'all', summarise(costs, null));
    if (company === 'alone') for (const kind of kinds) printShare(build, company, kind, summarise(costs, kind));
    if (company === 'beside js + ts-eslint') printDearest(costs);
    if (company === 'beside peers')
      for (const peer of peers) printShare(`(${peer})`, company, 'all', summarise(costs, null, peer));
  }
}

/** Each build lints the folder so many times, in turns. */
async function lint(folder: string, company: Company, times: number): Promise<ReadonlyMap<string, readonly Result[]>> {
  const results = new Map<string, Result[]>(builds.map((build) => [build, []]));
  for (let time = 0; time < times; time++) {
    for (const build of builds) results.get(build)?.push(await run({ folder, plugin: build, company }));
  }
  return results;
}

function printShare(build: string, company: Company, files: string, share: Share): void {
  const { own, reference, total } = share;
  printRow([
    getName(build),
    company,
    files,
    String(share.files),
    (own / share.files).toFixed(3),
    (own / reference).toFixed(2),
    `${((own / total) * 100).toFixed(1)} %`,
  ]);
}

/** The rules of other plugins that cost most, for comparison. */
function printDearest(costs: readonly FileCost[]): void {
  const times = new Map<string, number>();
  for (const { rules } of costs)
    for (const [name, time] of Object.entries(rules)) times.set(name, (times.get(name) ?? 0) + time);
  const dearest = [...times].sort(([, one], [, other]) => other - one).slice(0, 8);
  console.log(`\n${dearest.map(([name, time]) => `${name} ${time.toFixed(0)} ms`).join(', ')}\n`);
}

function printOxlint(folder: string): void {
  const plain = measureOxlint(folder, null);
  console.log('\n| oxlint | CPU time |');
  printRow(['---', '---:']);
  printRow(['its own preset', ms(plain)]);
  for (const build of builds) printRow([`${getName(build)} adds`, ms(measureOxlint(folder, build) - plain)]);
}

async function printBarrels(): Promise<void> {
  console.log(
    '\n| build | pages behind a barrel | ms, default | ms, crossFile: false | ratio | MB | MB, crossFile: false |',
  );
  printRow(['---', '---:', '---:', '---:', '---:', '---:', '---:']);
  for (const count of [...pages, manyPages]) {
    const folder = write(getBarrel(count));
    const byDefault = await lint(folder, 'alone', 2);
    const without = await lint(folder, 'alone, crossFile: false', 2);
    for (const build of builds) printBarrel(build, count, byDefault.get(build) ?? [], without.get(build) ?? []);
    rmSync(folder, { recursive: true });
  }
}

function printBarrel(build: string, count: number, byDefault: readonly Result[], without: readonly Result[]): void {
  const [time, plain] = [byDefault, without].map((each) => Math.min(...each.map(({ cpu }) => cpu)));
  const [memory, least] = [byDefault, without].map((each) => Math.min(...each.map((result) => result.memory)));
  printRow([
    getName(build),
    String(count),
    (time ?? 0).toFixed(0),
    (plain ?? 0).toFixed(0),
    ((time ?? 0) / (plain ?? 1)).toFixed(2),
    (memory ?? 0).toFixed(0),
    (least ?? 0).toFixed(0),
  ]);
}

async function printLengths(): Promise<void> {
  console.log('\n| build | lines of a service with ten helpers | ms | ms for 100 lines | × no-unused-vars |');
  printRow(['---', '---:', '---:', '---:', '---:']);
  for (const length of lines) {
    const folder = write(getService(length));
    for (const [build, results] of await lint(folder, 'alone', runs)) {
      const costs = getLeast(results.map(({ files, ...rest }) => ({ ...rest, files: pick(files, 'src/service.ts') })));
      const { own, reference } = summarise(costs, null);
      const per100 = (own / length) * 100;
      printRow([getName(build), String(length), own.toFixed(0), per100.toFixed(1), (own / reference).toFixed(1)]);
    }
    rmSync(folder, { recursive: true });
  }
}

function pick(files: Result['files'], name: string): Result['files'] {
  return Object.fromEntries(Object.entries(files).filter(([file]) => file === name));
}

async function printEditor(): Promise<void> {
  const without = await measureEditor(false);
  const withPlugin = await measureEditor(true);
  console.log('\n| language server, 500 lines, ten imported files | first squiggle | after an edit |');
  printRow(['---', '---:', '---:']);
  printRow(['parser and no-unused-vars', ms(without.first), ms(without.edit)]);
  printRow(['with `recommended` of dist/', ms(withPlugin.first), ms(withPlugin.edit)]);
  printRow(['added by it', ms(withPlugin.first - without.first), ms(withPlugin.edit - without.edit)]);
}

function printImport(): void {
  console.log('\n| import | CPU time |');
  printRow(['---', '---:']);
  for (const build of builds) printRow([getName(build), ms(measureImport(pathToFileURL(build).href))]);
  printRow(['an empty module', ms(measureImport('data:text/javascript,'))]);
}

function measureImport(specifier: string): number {
  const text = `const t = process.cpuUsage(); await import(${JSON.stringify(specifier)});
    const { user, system } = process.cpuUsage(t); console.log((user + system) / 1000)`;
  return Math.min(
    ...Array.from({ length: imports }, () =>
      Number(execFileSync(process.execPath, ['--input-type=module', '--eval', text], { encoding: 'utf8' })),
    ),
  );
}

function printRow(cells: readonly string[]): void {
  console.log(`| ${cells.join(' | ')} |`);
}

/** `old/index.js` of `/builds/old/index.js`. */
function getName(build: string): string {
  return build.split(/[/\\]/u).slice(-2).join('/');
}

function ms(time: number): string {
  return `${time.toFixed(0)} ms`;
}
