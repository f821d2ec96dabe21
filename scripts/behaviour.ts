/**
 * Writes docs/langchain-behaviour.md from the facts that the rules rest on and where each is proved; with `--check`,
 * fails when the page is not what would be written. That the facts hold is for `npm run proof` to show, which `npm run
 * behaviour` runs first.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { findExport, parseSpecifier } from '../src/facts/catalog.ts';
import {
  callKeys,
  configurableKeys,
  constructorOptions,
  inputKeys,
  laterConfig,
  pythonKeys,
  pythonMethods,
} from '../src/facts/ignored-settings.ts';
import { facts, readTraits, type Traits } from '../src/facts/traits.ts';
import { isInRange } from '../src/facts/version-range.ts';

const root = path.join(import.meta.dirname, '..');
const TARGET = path.join(root, 'docs/langchain-behaviour.md');

/** The release lines, the newest first, with the manifest of each. */
const LINES = [
  { name: '1.x', manifest: 'scripts/catalog/packages/v1/package.json' },
  { name: '0.3', manifest: 'scripts/catalog/packages/v0.3/package.json' },
  { name: 'early 0.3', manifest: 'test/proof/packages/v0.3-early/package.json' },
].map(({ name, manifest }) => ({ name, versions: readVersions(manifest) }));

type Line = (typeof LINES)[number];

const MODELS: readonly (readonly [className: string, module: string])[] = [
  ['ChatOpenAI', '@langchain/openai'],
  ['AzureChatOpenAI', '@langchain/openai'],
  ['OpenAI', '@langchain/openai'],
  ['ChatAnthropic', '@langchain/anthropic'],
  ['ChatGoogleGenerativeAI', '@langchain/google-genai'],
  ['ChatGoogle', '@langchain/google'],
  ['ChatGroq', '@langchain/groq'],
  ['ChatMistralAI', '@langchain/mistralai'],
  ['ChatOllama', '@langchain/ollama'],
  ['ChatBedrockConverse', '@langchain/aws'],
  ['ChatXAI', '@langchain/xai'],
  ['ChatDeepSeek', '@langchain/deepseek'],
  ['ChatCerebras', '@langchain/cerebras'],
  ['ChatWatsonx', '@langchain/community/chat_models/ibm'],
  ['MistralAI', '@langchain/mistralai'],
  ['OpenAIEmbeddings', '@langchain/openai'],
  ['OllamaEmbeddings', '@langchain/ollama'],
];

const STORES: readonly (readonly [className: string, module: string])[] = [
  ['PGVectorStore', '@langchain/community/vectorstores/pgvector'],
  ['PostgresSaver', '@langchain/langgraph-checkpoint-postgres'],
  ['PostgresStore', '@langchain/langgraph-checkpoint-postgres/store'],
  ['PostgresChatMessageHistory', '@langchain/community/stores/message/postgres'],
  ['PostgresRecordManager', '@langchain/community/indexes/postgres'],
];

/** What holds for no class in particular. */
const STATEMENTS: readonly {
  readonly title: string;
  readonly rows: readonly { readonly text: string; readonly proof: string }[];
}[] = [
  {
    title: 'Batches',
    rows: [
      {
        text: '`batch(inputs)` starts all inputs at once. `batch(inputs, { maxConcurrency: n })` keeps n in flight; `Infinity` is no limit.',
        proof: 'batch-is-open',
      },
      { text: 'The results stand in the order of the inputs, as with `Promise.all`.', proof: 'batch-keeps-order' },
      { text: '`maxConcurrency` of 0, below 0 or NaN throws a TypeError; 1.5 is 2.', proof: 'batch-limit-invalid' },
      {
        text: 'The third argument, `batch(inputs, config, { maxConcurrency })`, limits where the config does not.',
        proof: 'batch-limit-third-argument',
      },
      {
        text: 'The first failure rejects the batch. What is queued still runs, and `batch` itself repeats nothing.',
        proof: 'batch-failure-runs-rest',
      },
      {
        text: 'A sequence finishes each step for all inputs before the next step begins. `RunnableLambda.from(fn).batch()` keeps the flow of each input.',
        proof: 'batch-sequence-barrier',
      },
      {
        text: '`timeout` in the config of a batch counts from its start, for inputs that wait as well.',
        proof: 'batch-timeout-is-deadline',
      },
      {
        text: 'With `returnExceptions`, errors stand among the results as they are, and a sequence hands them to its next step as input.',
        proof: 'batch-return-exceptions',
      },
      {
        text: '`withFallbacks()` runs the whole batch again on the fallback when one input fails, and refuses `returnExceptions`.',
        proof: 'fallbacks-rerun-batch',
      },
      {
        text: 'Limits multiply: a `RunnableMap` of three branches under a limit of two has six calls in flight, a `RunnableEach` limits each of its arrays by itself.',
        proof: 'nested-batch-limits-multiply',
      },
      {
        text: 'A `RouterRunnable` under a limit below the number of inputs sends some of them down the wrong route.',
        proof: 'router-batch-mixes-routes',
      },
      { text: 'An agent of `createAgent` has no `batch`.', proof: 'agent-has-no-batch' },
    ],
  },
  {
    title: 'Timeouts',
    rows: [
      {
        text: 'The timeout of the constructor ends a call of ChatOpenAI with a `TimeoutError`, "Request timed out.", one of ChatGroq with an `APIConnectionTimeoutError`. The timeout of a call ends it with an `AbortError`, "Request was aborted.", in a chain of 1.x with a `TimeoutError`, "The operation was aborted due to timeout".',
        proof: 'timeout-errors',
      },
      {
        text: 'Each retry has the time of the constructor anew: a call takes up to (`maxRetries` + 1) × `timeout`, and the waits between.',
        proof: 'timeouts-are-retried',
      },
      {
        text: 'Where a model does not see the timeout of a call, a chain with a step after the model gives up in its place. The request goes on.',
        proof: 'call-timeout-ends-chain-only',
      },
      { text: '`timeout: 0` in a config throws.', proof: 'call-timeout-invalid' },
      {
        text: '`stepTimeout` of a graph ends a step after so many milliseconds, with the error "Abort".',
        proof: 'graph-step-timeout',
      },
      {
        text: '`timeout` of a node, of a task, of an entrypoint or of a `Send` is in milliseconds, as a number or as `{ runTimeout, idleTimeout }` (1.x).',
        proof: 'graph-node-timeout',
      },
      { text: 'The timeouts of the Weaviate client are in seconds.', proof: 'weaviate-timeout-seconds' },
      {
        text: 'The timeout of the Qdrant client is in milliseconds, that of a search in seconds.',
        proof: 'qdrant-timeouts',
      },
    ],
  },
  {
    title: 'Retries',
    rows: [
      {
        text: '`withRetry()` multiplies the retries of the model; `configuration.maxRetries` comes on top of `maxRetries`.',
        proof: 'retries-multiply',
      },
      {
        text: '1.x repeats a 429 only when `Retry-After` says when, up to a minute; 0.3 repeats every 429.',
        proof: 'rate-limit-retries',
      },
    ],
  },
  {
    title: 'Graphs and agents',
    rows: [
      {
        text: '`maxConcurrency` limits the tasks that run at once in a step, on `invoke`, `stream` and `withConfig`; on `batch` it limits the runs too, so that n × n tasks are in flight.',
        proof: 'graph-limit-on-invoke',
      },
      {
        text: '`maxConcurrency: 1` drops work without an error: not all tasks of a step run, and not all tool calls of a message.',
        proof: 'limit-of-one-drops-work',
      },
      {
        text: '`Promise.all` in a node, the tasks of an `entrypoint` and the tool calls of `createReactAgent` are not limited.',
        proof: 'graph-promise-all-unlimited',
      },
      { text: '`maxConcurrency` limits the tool calls of `createAgent`.', proof: 'agent-limit-on-invoke' },
    ],
  },
  {
    title: 'Caches and embeddings',
    rows: [
      { text: 'Streams never use the cache of a model.', proof: 'cache-skips-streams' },
      { text: 'Equal calls that are in flight at once are a request each.', proof: 'cache-no-stampede-protection' },
      {
        text: '`cache: true` is one cache for the process; a cache object is the cache of its instance.',
        proof: 'cache-true-is-process-wide',
      },
      {
        text: '`embedDocuments` with 50 texts is one request, 50 times `embedQuery` are 50.',
        proof: 'embed-documents-is-one-request',
      },
      {
        text: '`embedDocuments` of Bedrock, Vertex AI, Together AI and Zhipu AI, and of the Ollama class of @langchain/community, makes a request for each text.',
        proof: 'embed-documents-per-text',
      },
      {
        text: '`embedDocuments` of `GoogleGenerativeAIEmbeddings` answers with empty vectors where `embedQuery` rejects.',
        proof: 'google-embed-documents-hides-errors',
      },
      { text: '`CacheBackedEmbeddings` keeps documents, never queries.', proof: 'cached-embeddings-skip-queries' },
      {
        text: 'Each `MemoryVectorStore` embeds its texts anew, unless `CacheBackedEmbeddings` has them.',
        proof: 'stores-embed-again',
      },
    ],
  },
  {
    title: 'Connections and the process',
    rows: [
      { text: 'Nothing caps connections: 100 calls at once are 100 connections.', proof: 'nothing-caps-connections' },
      {
        text: 'A `Pool` of pg has 10 clients. When all are out, the next waits without end, unless `connectionTimeoutMillis` is set.',
        proof: 'pg-pool-waits-for-ever',
      },
      {
        text: 'A `MongoClient` has 100 connections. When all are out, the next call waits without end, unless `waitQueueTimeoutMS` is set, in the options or the connection string.',
        proof: 'mongodb-pool-waits-for-ever',
      },
      {
        text: 'A pool of mysql2 has 10 connections. When all are out, the next call waits without end; `queueLimit` turns away those who come when so many wait.',
        proof: 'mysql-pool-waits-for-ever',
      },
      {
        text: 'A pool of mariadb has 10 connections; who finds none gets an error after 10 seconds (`acquireTimeout`).',
        proof: 'mariadb-pool-fails-after-ten-seconds',
      },
      {
        text: 'A driver of Neo4j has 100 connections; who finds none gets an error after 60 seconds (`connectionAcquisitionTimeout`).',
        proof: 'neo4j-pool-fails-after-a-minute',
      },
      {
        text: 'TypeORM hands `poolSize` and `connectTimeoutMS` on to pg, and everything in `extra`.',
        proof: 'typeorm-hands-on-pool-options',
      },
      { text: 'A client of Qdrant has 25 requests in flight (`maxConnections`).', proof: 'qdrant-default-connections' },
      {
        text: 'A call that nobody awaits and that fails ends Node with exit code 1.',
        proof: 'unawaited-call-ends-process',
      },
      {
        text: 'Ten calls of a chain in flight under one `AbortSignal`, or eleven tasks in a step of a graph, bring a `MaxListenersExceededWarning` (1.x).',
        proof: 'max-listeners-warning',
      },
    ],
  },
];

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
  '- **Timeout**: where the constructor takes one, and what it bounds.',
  '- **SDK**: how long the SDK waits by itself.',
  '- **Call**: whether `timeout` or `signal` in the config ends a call while the provider hangs.',
  '- **Retries**: of a call that fails with a 500, when nothing is set.',
  '- **Instances**: what each instance has to itself, if it is given.',
  '',
  ...printTable(
    ['Class', 'Limit', 'Without one', 'Derived', 'Timeout', 'SDK', 'Call', 'Retries', 'Instances'],
    MODELS.map(([className, module]) => [
      `\`${className}\``,
      cell(className, module, 'honoursMaxConcurrency', (value) => (value ? 'honoured' : '**ignored**')),
      cell(className, module, 'defaultMaxConcurrency', (value) => (value === Infinity ? 'all' : String(value))),
      cell(
        className,
        module,
        'derivedQueue',
        (value) => ({ own: '**its own**', perCall: '**one per call**', shared: 'shared' })[value],
      ),
      cell(className, module, 'timeouts', (value) =>
        value
          .map(({ option: option, unit, ends }) => `\`${option}\` (${unit}, per ${ends === 'idle' ? 'chunk' : ends})`)
          .join(', '),
      ),
      cell(className, module, 'defaultTimeout', (value) => (value === Infinity ? 'without end' : `${value / 1000} s`)),
      cell(className, module, 'honoursCallTimeout', (value) => (value ? 'yes' : '**no**')),
      cell(className, module, 'defaultRetries', String),
      cell(className, module, 'perInstanceOptions', (value) => value.map((option) => `\`${option}\``).join(', ')),
    ]),
  ),
  '',
  'A model of `initChatModel()` behaves as the class behind it, except that `bindTools()` makes a queue for each call.',
  `(${link(findRow(['ConfigurableModel'], 'derivedQueue', LINES[0])?.proof)}) A model whose connections come from \`fetch\` shares them with all others of the process. (${link(findRow(['ChatOpenAI'], 'leak', LINES[0])?.proof)})`,
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
    STORES.map(([className, module]) => [
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
        `config of ${code(methods)}${cause === 'chain' ? ' of a classic chain, which reads it from the input' : ' of a model, a prompt, a parser, a retriever, embeddings, or a sequence of these'}`,
        link(proof),
      ]),
      [`\`${laterConfig.key}\``, 'config of a `batch`, in any but the first of an array', link(laterConfig.proof)],
      [code(pythonMethods.names), 'methods of Python, which do not exist', link(pythonMethods.proof)],
    ],
  ),
  ...STATEMENTS.flatMap(({ title, rows }) => [
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
  const names = getNames(className, module);
  const found = new Map<string, string[]>();
  for (const line of LINES.filter(({ versions }) => getPackage(module) in versions)) {
    const value = readTraits(names, line.versions['@langchain/core'] ?? null)[name];
    const row = findRow(names, name, line);
    if (value === undefined || !row) continue;
    const shown = link(row.proof, show(value as Exclude<Traits[Name], undefined>));
    found.set(shown, [...(found.get(shown) ?? []), line.name]);
  }
  return [...found].map(([shown, on]) => (found.size === 1 ? shown : `${shown} in ${on.join(' and ')}`)).join('; ');
}

function findRow(
  names: readonly string[],
  name: keyof Traits,
  line: Line | undefined,
): { readonly proof: string } | undefined {
  const rows = facts[name].filter((row) => isInRange(line?.versions['@langchain/core'] ?? null, row));
  const nearest = names.find((each) => rows.some(({ classes }) => classes.includes(each)));
  return nearest === undefined ? undefined : rows.find(({ classes }) => classes.includes(nearest));
}

function getNames(className: string, specifier: string): readonly string[] {
  const module = parseSpecifier(specifier);
  const entry = module ? findExport(module, className) : undefined;
  return [className, ...(entry?.type === 'class' ? entry.bases : [])];
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
