/**
 * Writes docs/langchain-behaviour.md from the facts that the rules rest on and where each is proved; with `--check`,
 * fails when the page is not what would be written. That the facts hold is for `npm run proof` to show, which `npm run
 * behaviour` runs first.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type ClassRef, findExport, parseSpecifier } from '../../src/facts/catalog.ts';
import { toRef } from '../../src/facts/homes.ts';
import {
  callKeys,
  configurableKeys,
  constructorOptions,
  inputKeys,
  laterConfig,
  misspelledOptions,
  modelKeys,
  pythonKeys,
  pythonMethods,
  signalOptions,
} from '../../src/facts/ignored-settings.ts';
import { facts, findFact, readTraits, type Traits } from '../../src/facts/traits.ts';
import { models, statements, stores } from './statements.ts';

const root = path.join(import.meta.dirname, '../..');
const TARGET = path.join(root, 'docs/langchain-behaviour.md');

/** The release lines, the newest first, with the manifest of each. */
const LINES = [
  { name: '1.x', manifest: 'scripts/catalog/packages/v1/package.json' },
  { name: '0.3', manifest: 'scripts/catalog/packages/v0.3/package.json' },
  { name: 'early 0.3', manifest: 'test/proof/packages/v0.3-early/package.json' },
].map(({ name, manifest }) => ({ name, versions: readVersions(manifest) }));

type Line = (typeof LINES)[number];

const proofFiles = findProofs();

const text = `${[
  '# How LangChain.js behaves under load',
  '',
  '<!-- Written by `npm run behaviour`. -->',
  '',
  'The rules of this plugin rest on what is written here. Each statement links to the test that executes it with the real packages, against a server on the same machine that speaks the',
  'formats of the providers. Where release lines differ, the line is named. Versions: [see below](#run-on).',
  '',
  '## Models',
  '',
  '- **Limit**: whether `maxConcurrency` in the constructor limits the calls that one instance has in flight.',
  '- **Without one**: the calls in flight when it is not set.',
  '- **Derived**: the queue of what `bindTools()`, `withStructuredOutput()` and `withConfig()` return.',
  '- **Agents**: whether the limit holds for the model calls of `createAgent`, `createReactAgent` and `createDeepAgent`.',
  '- **Timeout**: where the constructor takes one, and what it bounds.',
  '- **SDK**: how long the SDK waits by itself.',
  '- **Call**: whether `timeout` or `signal` in the config ends a call while the provider hangs.',
  '- **Retries**: of a call that fails with a 500, when nothing is set.',
  '- **In a call**: what `maxRetries` in the config of a call does.',
  '- **Instances**: what each instance has to itself, if it is given.',
  '',
  ...printTable(
    [
      'Class',
      'Limit',
      'Without one',
      'Derived',
      'Agents',
      'Timeout',
      'SDK',
      'Call',
      'Retries',
      'In a call',
      'Instances',
    ],
    models.map(([className, module]) => [
      `\`${className}\``,
      cell(className, module, 'honoursMaxConcurrency', (value) => (value ? 'honoured' : '**ignored**')),
      cell(className, module, 'defaultMaxConcurrency', (value) => (value === Infinity ? 'all' : String(value))),
      cell(
        className,
        module,
        'derivedQueue',
        (value) => ({ own: '**its own**', perCall: '**one per call**', shared: 'shared' })[value],
      ),
      cell(className, module, 'limitsAgents', (value) => (value ? 'limited' : '**not limited**')),
      cell(className, module, 'timeouts', (value) =>
        value
          .map(({ option: option, unit, ends }) => `\`${option}\` (${unit}, per ${ends === 'idle' ? 'chunk' : ends})`)
          .join(', '),
      ),
      cell(className, module, 'defaultTimeout', (value) => (value === Infinity ? 'without end' : `${value / 1000} s`)),
      cell(className, module, 'honoursCallTimeout', (value) => (value ? 'yes' : '**no**')),
      cell(className, module, 'defaultRetries', String),
      cell(
        className,
        module,
        'callRetries',
        (value) => ({ honoured: 'honoured', ignored: '**ignored**', squared: '**(n + 1)² attempts**' })[value],
      ),
      cell(className, module, 'perInstanceOptions', (value) => value.map((option) => `\`${option}\``).join(', ')),
    ]),
  ),
  '',
  'A model of `initChatModel()` behaves as the class behind it, except that `bindTools()` makes a queue for each call.',
  `(${link(findRow([toRef('ConfigurableModel')], 'derivedQueue', LINES[0])?.proof)}) A model whose connections come from \`fetch\` shares them with all others of the process. (${link(findRow([toRef('ChatOpenAI')], 'leak', LINES[0])?.proof)})`,
  '',
  '## Constructors that throw without a key',
  '',
  ...printTable(
    ['Class', 'Needs one of', 'Proof'],
    facts.requires
      .filter(({ value, before }) => value !== null && before === undefined)
      .map(({ value, classes, proof }) => [
        code(classes),
        code([...(value?.options ?? []), ...(value?.env ?? [])]),
        link(proof),
      ]),
  ),
  '',
  '## Stores',
  '',
  ...printTable(
    ['Class', 'What another instance leaves open'],
    stores.map(([className, module]) => [
      `\`${className}\``,
      cell(
        className,
        module,
        'leak',
        (value) =>
          ({
            pool: 'a pool of its own',
            poolClient: 'a client of the pool, which `initialize()` never gives back',
            driver: 'a driver',
            sockets: 'sockets',
            none: 'nothing',
          })[value ?? 'none'],
      ),
    ]),
  ),
  '',
  '## Settings without effect',
  '',
  ...printTable(
    ['Setting', 'Where', 'Proof'],
    [
      ...facts.ignoredOptions.map(({ value, classes, proof }) => [
        code(value),
        `constructor of ${code(classes)}`,
        link(proof),
      ]),
      ...constructorOptions.map(({ option, value, beside, proof }) => [
        `\`${option}${value === null ? '' : `: ${value}`}\``,
        beside === null
          ? 'constructor: repeats all the same'
          : `constructor, beside \`${beside}: true\`: a stream holds its place only until it opens`,
        link(proof),
      ]),
      ...facts.withConfigLimitsBatch
        .filter(({ value }) => !value)
        .map(({ classes, proof }) => [
          '`maxConcurrency`',
          `\`withConfig()\` of ${code(classes)}, for a \`batch\` that follows`,
          link(proof),
        ]),
      [code(pythonKeys.map(({ key }) => key)), 'config: the names of Python', links(pythonKeys)],
      [code(configurableKeys.map(({ key }) => key)), 'inside `configurable`', links(configurableKeys)],
      [code(inputKeys.map(({ key }) => key)), 'in the input', links(inputKeys)],
      ...callKeys.map(({ key, methods, cause, proof }) => [
        `\`${key}\``,
        `config of ${code(methods)}${cause === 'chain' ? ' of a classic chain, which reads it from the input' : cause === 'mapReduce' ? ' of a map_reduce chain' : cause === 'toolNode' ? ' of `ToolNode`' : ' of a model, a prompt, a parser, a retriever, embeddings, or a sequence of these'}`,
        link(proof),
      ]),
      ...modelKeys.map(({ key, methods, cause, proof }) => [
        `\`${key}\``,
        `config of ${code(methods)}, on classes that the column ${cause === 'callTimeout' ? 'Call' : 'In a call'} says **no** or **ignored** of, alone or at the end of a sequence`,
        link(proof),
      ]),
      [
        code(misspelledOptions.map(({ key }) => key)),
        'constructor: names of Python, and near misses',
        links(misspelledOptions),
      ],
      [code(signalOptions.map(({ option }) => option)), 'constructor', links(signalOptions)],
      [`\`${laterConfig.key}\``, 'config of a `batch`, in any but the first of an array', link(laterConfig.proof)],
      [code(pythonMethods.names), 'methods of Python, which do not exist', link(pythonMethods.proof)],
    ],
  ),
  ...statements.flatMap(({ title, rows }) => [
    '',
    `## ${title}`,
    '',
    ...rows.map((row) => `- ${row.text} (${link(row.proof)})`),
  ]),
  '',
  '## Run on',
  '',
  ...printTable(
    ['Package', ...LINES.map(({ name }) => name)],
    listUsedPackages().map((name) => [`\`${name}\``, ...LINES.map(({ versions }) => versions[name] ?? '')]),
  ),
].join('\n')}\n`;

const current = readCurrent();
if (!process.argv.includes('--check')) writeFileSync(TARGET, text);
else if (current !== text) {
  console.error('docs/langchain-behaviour.md is stale: run `npm run behaviour`.');
  process.exitCode = 1;
}

/**
 * A trait of a class as a cell: each value with the lines that it holds for, when they differ, linked to its proof.
 * Empty where nothing was measured.
 */
function cell<Name extends keyof Traits>(
  className: string,
  module: string,
  name: Name,
  show: (value: Exclude<Traits[Name], undefined>) => string,
): string {
  const refs = getRefs(className, module);
  const found = new Map<string, string[]>();
  for (const line of LINES.filter(({ versions }) => getPackage(module) in versions)) {
    const value = readTraits(refs, line.versions['@langchain/core'] ?? null)[name];
    const row = findRow(refs, name, line);
    if (value === undefined || !row) continue;
    const shown = link(row.proof, show(value as Exclude<Traits[Name], undefined>));
    found.set(shown, [...(found.get(shown) ?? []), line.name]);
  }
  return [...found].map(([shown, on]) => (found.size === 1 ? shown : `${shown} in ${on.join(' and ')}`)).join('; ');
}

function findRow(
  refs: readonly ClassRef[],
  name: keyof Traits,
  line: Line | undefined,
): { readonly proof: string } | undefined {
  return findFact<(typeof facts)[keyof Traits][number]>(facts[name], refs, line?.versions['@langchain/core'] ?? null);
}

function getRefs(className: string, specifier: string): readonly ClassRef[] {
  const module = parseSpecifier(specifier);
  const entry = module ? findExport(module, className) : undefined;
  return entry?.type === 'class' ? [entry.ref, ...entry.bases] : [];
}

function getPackage(module: string): string {
  return module.split('/').slice(0, 2).join('/');
}

function link(id: string | undefined, shown = 'proof'): string {
  const file = id === undefined ? undefined : proofFiles.get(id);
  if (id === undefined || file === undefined) throw new Error(`No proof of ${id ?? 'nothing'} in test/proof.`);
  return shown === '' ? '' : `[${shown}](../test/proof/${file} "${id}")`;
}

function links(rows: readonly { readonly proof: string }[]): string {
  return [...new Set(rows.map(({ proof }) => proof))].map((id) => link(id)).join(', ');
}

function code(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}

function printTable(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  return [head, head.map(() => ':--'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}

/** The file in test/proof that holds each proof. */
function findProofs(): ReadonlyMap<string, string> {
  const folder = path.join(root, 'test/proof');
  const files = readdirSync(folder).filter((file) => file.endsWith('.test.ts'));
  return new Map(
    files.flatMap((file) =>
      [...readFileSync(path.join(folder, file), 'utf8').matchAll(/^(?:proof|prove)\(\s*'([\w.-]+)'/gmu)].map(
        ([, id = '']) => [id, file] as const,
      ),
    ),
  );
}

/** The packages that the proofs load. */
function listUsedPackages(): readonly string[] {
  const folder = path.join(root, 'test/proof');
  const texts = readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(path.join(folder, file), 'utf8'));
  const installed = [...new Set(LINES.flatMap(({ versions }) => Object.keys(versions)))].sort();
  return installed.filter((name) => texts.some((each) => each.includes(`'${name}'`) || each.includes(`'${name}/`)));
}

function readVersions(manifest: string): Readonly<Record<string, string>> {
  return (JSON.parse(readFileSync(path.join(root, manifest), 'utf8')) as { dependencies: Record<string, string> })
    .dependencies;
}

function readCurrent(): string | null {
  try {
    return readFileSync(TARGET, 'utf8');
  } catch {
    return null;
  }
}
