/**
 * Lints published packages that use LangChain, unpacked from their tarballs and not installed, and keeps what a
 * person said of each report.
 *
 * `packages.json` pins name, version and integrity. `expected/<name>.json` holds the reports of a package: `true`, or
 * `debatable` with the reason `why`. A report that nobody has judged is `unread`, and fails the test.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import plugin from '../../src/index.ts';

export interface RulingPackage {
  readonly name: string;
  readonly version: string;
  /** Of the tarball, as npm states it. */
  readonly integrity: string;
  /** The folder to lint, of several builds of the same source. */
  readonly folder?: string;
}

export interface Ruling {
  readonly file: string;
  readonly line: number;
  readonly rule: string;
  readonly message: string;
  readonly verdict: 'debatable' | 'true' | 'unread';
  /** Why it is debatable. */
  readonly why?: string;
}

const folder = import.meta.dirname;
const cache = path.join(folder, '../../.cache/ruling');

export const packages = JSON.parse(
  readFileSync(path.join(folder, 'packages.json'), 'utf8'),
) as readonly RulingPackage[];

function slug({ name }: RulingPackage): string {
  return name.replace('@', '').replace('/', '__');
}

/** Where a package is unpacked: not below a `node_modules`, so that it counts as a project. */
function getFolder(each: RulingPackage): string {
  return path.join(cache, `${slug(each)}-${each.version}`);
}

/**
 * Fetches and unpacks a package that is not there yet.
 * @throws {Error} When it cannot be fetched, or is not the one that is pinned.
 */
export function install(each: RulingPackage): void {
  const target = getFolder(each);
  if (existsSync(path.join(target, 'package.json'))) return;
  mkdirSync(target, { recursive: true });
  const packed = spawnSync('npm', ['pack', `${each.name}@${each.version}`, '--json', '--pack-destination', cache], {
    encoding: 'utf8',
  });
  if (packed.status !== 0) throw new Error(`npm pack ${each.name}@${each.version} failed: ${packed.stderr}`);
  const [{ filename }] = JSON.parse(packed.stdout) as [{ readonly filename: string }];
  const tarball = path.join(cache, filename);
  const integrity = `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`;
  if (integrity !== each.integrity)
    throw new Error(`${each.name}@${each.version} is not the pinned package: its integrity is ${integrity}.`);
  const unpacked = spawnSync('tar', ['-xzf', tarball, '-C', target, '--strip-components=1'], { encoding: 'utf8' });
  if (unpacked.status !== 0) throw new Error(`tar failed on ${filename}: ${unpacked.stderr}`);
  rmSync(tarball);
}

/** The reports on a package, by file and line. */
export function lint(each: RulingPackage): readonly Omit<Ruling, 'verdict' | 'why'>[] {
  const root = getFolder(each);
  const linter = new Linter({ cwd: root });
  return listSources(path.join(root, each.folder ?? '.')).flatMap((file) => {
    const messages = linter.verify(
      readFileSync(file, 'utf8'),
      [
        {
          files: ['**/*.{js,mjs,cjs,ts,mts,cts,tsx,jsx}'],
          languageOptions: { parser },
          linterOptions: { noInlineConfig: true },
          plugins: { langchain: plugin },
          rules: plugin.configs.all.rules as Linter.RulesRecord,
        },
      ],
      { filename: file },
    );
    // ESLint also says that it leaves the package's own directives alone.
    return messages
      .filter(({ fatal, ruleId }) => fatal === true || ruleId !== null)
      .map(({ line, message, ruleId }) => ({
        file: path.relative(root, file).replaceAll(path.sep, '/'),
        line,
        rule: ruleId?.replace('langchain/', '') ?? 'error',
        message,
      }));
  });
}

/** Files larger than this are bundles that nobody reads, in bytes. */
const maxSize = 400_000;

function listSources(root: string): readonly string[] {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' });
  const modules = new Set(files.filter((file) => file.endsWith('.js')).map((file) => path.dirname(file)));
  return (
    files
      // Of the two builds of one source the module is read.
      .filter((file) => !(file.endsWith('.cjs') && modules.has(path.dirname(file))))
      .filter((file) => /(?<!\.d|\.min)\.[cm]?[jt]sx?$/u.test(file) && !/(?:^|[/\\])node_modules[/\\]/u.test(file))
      .map((file) => path.join(root, file))
      .filter((file) => statSync(file).size < maxSize && /langchain|deepagents/u.test(readFileSync(file, 'utf8')))
      .sort()
  );
}

function getExpectedFile(each: RulingPackage): string {
  return path.join(folder, 'expected', `${slug(each)}.json`);
}

export function readExpected(each: RulingPackage): readonly Ruling[] {
  const file = getExpectedFile(each);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as readonly Ruling[]) : [];
}

export function writeExpected(each: RulingPackage, rulings: readonly Ruling[]): void {
  writeFileSync(getExpectedFile(each), `${JSON.stringify(rulings, null, 2)}\n`);
}

/** The reports with the verdicts that were given to the same ones; the line may have moved. */
export function keepVerdicts(
  reports: readonly Omit<Ruling, 'verdict' | 'why'>[],
  expected: readonly Ruling[],
): readonly Ruling[] {
  return reports.map((report) => {
    const same = expected.filter(
      ({ file, message, rule }) => file === report.file && message === report.message && rule === report.rule,
    );
    const known = same.find(({ line }) => line === report.line) ?? same[0];
    if (!known) return { ...report, verdict: 'unread' };
    return known.why === undefined
      ? { ...report, verdict: known.verdict }
      : { ...report, verdict: known.verdict, why: known.why };
  });
}
