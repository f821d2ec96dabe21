import { readdirSync } from 'node:fs';
import { basename, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ESLint, type Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { beforeAll, describe, expect, it } from 'vitest';
import plugin from '../../src/index.ts';

const source = fileURLToPath(new URL('../../docs/demo/app/src', import.meta.url));

/** Each report as `rule: line of source`, in the order of the lines. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'agent.ts': [],
  'database.ts': [],
  'evaluate.ts': [],
  'ingest.ts': [
    "no-client-in-loop: const embeddings = new OpenAIEmbeddings({ model: 'text-embedding-3-small', " +
      'maxConcurrency: 4 });',
    "no-client-in-loop: await PGVectorStore.fromDocuments(chunks, embeddings, { pool, tableName: 'articles' });",
    'require-max-concurrency: const abstracts = await abstractChain.batch(articles.map(({ body }) => ({ body })));',
    'no-unbounded-concurrency: const keywords = await Promise.all(pending);',
    'no-unbounded-concurrency: articles.forEach(async ({ url, body }) => {',
  ],
  'models.ts': ['no-low-timeout: timeout: 30,'],
  'report.ts': [
    'require-max-concurrency: const { report } = await graph.invoke({ tickets });',
    'no-overlapping-interval: return setInterval(async () => {',
  ],
  'routes/advice.ts': [],
  'routes/assistant.ts': [
    "no-ineffective-config: const assistantModel = new ChatOpenAI({ model: 'gpt-4.1', maxConcurrency: 10, " +
      'maxRetries: 2, timeout: 30_000 });',
    'no-ineffective-config: modelRetryMiddleware({ maxRetries: 3 }),',
    'no-ineffective-config: modelCallLimitMiddleware({ threadLimit: 20 }),',
    "no-unawaited-call: helper.invoke({ messages: [{ role: 'user', content: ticket.body }] }).then(({ messages }) => {",
    'no-client-in-handler: const mcp = new MultiServerMCPClient({',
    "no-abandoned-call: const { messages } = await Promise.race([reader.invoke({ messages: [{ role: 'user', " +
      'content: body }] }), late]);',
  ],
  // `importArticles()` builds embeddings for each request, beside building them again for each article.
  'routes/articles.ts': ['no-client-in-handler: res.status(201).json({ stored: await importArticles(uploaded) });'],
  'routes/questions.ts': [
    'no-blocking-in-handler: const system = readFileSync(new URL(`../../prompts/${locale}.md`, ' +
      "import.meta.url), 'utf8');",
    'no-client-in-handler: const store = await PGVectorStore.initialize(embeddings, {',
    'no-low-timeout: { timeout: 5_000 },',
    'no-client-in-handler: const model = new ChatOpenAI({',
  ],
  'routes/tickets.ts': [
    'no-unbounded-concurrency: const labels = await Promise.all(',
    'no-unawaited-call: const draft = replyChain.invoke({ subject, body });',
    'no-unawaited-call: store.addDocuments([new Document({ pageContent: ticket.body, ' +
      'metadata: { source: `ticket/${ticket.id}` } })]);',
    'no-client-in-handler: checkpointer: PostgresSaver.fromConnString(process.env.DATABASE_URL ?? ' +
      "'postgres://localhost/desk'),",
  ],
  'search.ts': [
    'no-abandoned-call: const rewritten = await Promise.race([rankModel.invoke(`Rewrite as a search query: ' +
      '${question}`), late]);',
  ],
  'server.ts': [],
  'threads.ts': ['no-unbounded-concurrency: return Promise.all(tickets.map((ticket) => this.summarize(ticket)));'],
  'tools.ts': ["no-blocking-in-handler: return execFileSync('pdftotext', [path, '-']).toString();"],
  'translate.ts': [
    'no-ineffective-config: { configurable: { maxConcurrency: 4 } },',
    'no-discarded-builder: model.bindTools([planDetails]);',
    "valid-max-concurrency: const { messages } = await helper.invoke({ messages: [{ role: 'user', " +
      'content: ticket.body }] }, { maxConcurrency: 1 });',
  ],
  'types.ts': [],
};

/** What the rules that only `strict` has report, with the budget of the demo's strict configuration. */
const STRICT: readonly string[] = [
  'models.ts: concurrency-budget: maxConcurrency: 20,',
  "routes/advice.ts: require-timeout: const adviceModel = new ChatOpenAI({ model: 'gpt-4.1-mini', " +
    'maxConcurrency: 5, maxRetries: 2 });',
  'routes/advice.ts: no-stacked-retries: const patientModel = adviceModel.withRetry({ stopAfterAttempt: 4 });',
  'routes/advice.ts: prefer-cached-embeddings: const cachedEmbeddings = ' +
    'CacheBackedEmbeddings.fromBytesStore(embeddings, new InMemoryStore<Uint8Array>(), ' +
    "{ namespace: 'advice' });",
  'routes/advice.ts: no-indexing-in-handler: await store.addDocuments([new Document({ pageContent: ' +
    'ticket.body, metadata: { source: `ticket/${ticket.id}` } })]);',
  'routes/advice.ts: no-large-k: const articles = await store.similaritySearch(ticket.subject, 50);',
  'routes/advice.ts: require-signal-forwarding: const reply = await patientModel.invoke(`Advise the ' +
    "agent.\\n\\n${articles.map(({ pageContent }) => pageContent).join('\\n\\n')}\\n\\n${ticket.body}`);",
  'routes/advice.ts: prefer-embed-documents: vectors.push(await embeddings.embedQuery(topic));',
  'routes/advice.ts: no-in-memory-checkpointer: const given = new ThreadStore();',
  'routes/assistant.ts: no-in-memory-checkpointer: const remembering = createAgent({ model: carefulModel, ' +
    'tools: [serviceStatus], middleware: [limited], checkpointer: new MemorySaver() });',
  'routes/questions.ts: require-pool-limits: postgresConnectionOptions: { connectionString: ' +
    'process.env.DATABASE_URL },',
  "routes/assistant.ts: require-client-limit: modelFallbackMiddleware(new ChatOpenAI({ model: 'gpt-4.1-mini', " +
    'timeout: 30_000, maxRetries: 0 })),',
  "routes/tickets.ts: require-client-limit: const triageModel = new ChatOpenAI({ model: 'gpt-4.1-nano', " +
    'temperature: 0, maxRetries: 2, timeout: 30_000 });',
  'routes/tickets.ts: require-pool-limits: checkpointer: ' +
    "PostgresSaver.fromConnString(process.env.DATABASE_URL ?? 'postgres://localhost/desk'),",
];

const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.split(sep).join('/'));

async function lintDemo(
  fix: boolean,
  preset: Linter.Config = plugin.configs.recommended,
  settings: Linter.Config['settings'] = {},
): Promise<Map<string, ESLint.LintResult>> {
  const eslint = new ESLint({
    cwd: source,
    fix,
    overrideConfigFile: true,
    overrideConfig: [{ files: ['**/*.ts'], languageOptions: { parser: tseslint.parser }, settings }, preset],
  });
  const results = await eslint.lintFiles(files);
  return new Map(results.map((result) => [relative(source, result.filePath).split(sep).join('/'), result]));
}

/** The rules of a preset that report nothing: each wants a case in docs/demo/app/src and a row above. */
function findMissing(preset: Linter.Config, results: ReadonlyMap<string, ESLint.LintResult>): readonly string[] {
  const reported = new Set([...results.values()].flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId)));
  return Object.keys(preset.rules ?? {}).filter((rule) => !reported.has(rule));
}

describe('the demo application', () => {
  let found: Map<string, ESLint.LintResult>;
  let fixed: Map<string, ESLint.LintResult>;

  beforeAll(async () => {
    found = await lintDemo(false);
    fixed = await lintDemo(true);
  });

  it('has an expectation for each file', () => {
    expect(files.toSorted()).toEqual(Object.keys(EXPECTED).toSorted());
  });

  it.each(Object.entries(EXPECTED))('%s', (name, expected) => {
    const result = found.get(name);
    const lines = (result?.source ?? '').split('\n');
    const reports = result?.messages.map(({ ruleId, message, line }) => {
      const rule = ruleId === null ? message : basename(ruleId);
      return `${rule}: ${lines[line - 1]?.trim() ?? ''}`;
    });
    expect(reports).toEqual(expected);
  });

  it('makes each rule of the preset report', () => {
    expect(findMissing(plugin.configs.recommended, found)).toEqual([]);
  });

  it('makes each rule that strict adds report', async () => {
    const strict = await lintDemo(false, plugin.configs.strict, {
      langchain: { budget: { workers: 8, limit: 100, pools: { pg: 90 } } },
    });
    const reports = [...strict].flatMap(([name, { messages, source }]) =>
      messages
        .filter(({ ruleId }) => ruleId !== null && !(ruleId in (plugin.configs.recommended.rules ?? {})))
        .map(
          ({ line, ruleId }) =>
            `${name}: ${basename(ruleId ?? '')}: ${(source ?? '').split('\n')[line - 1]?.trim() ?? ''}`,
        ),
    );
    expect(reports.toSorted()).toEqual(STRICT.toSorted());
    expect(findMissing(plugin.configs.strict, strict)).toEqual([]);
  });

  it('is rewritten by --fix where that is safe, and nowhere else', () => {
    expect([...fixed].filter(([, { output }]) => output !== undefined).map(([name]) => name)).toEqual([
      'ingest.ts',
      'report.ts',
      'routes/tickets.ts',
    ]);
    expect(fixed.get('ingest.ts')?.output).toContain(
      [
        '  let stored = 0;',
        "  const embeddings = new OpenAIEmbeddings({ model: 'text-embedding-3-small', maxConcurrency: 4 });",
        '  for (const article of articles) {',
      ].join('\n'),
    );
    expect(fixed.get('ingest.ts')?.output).toContain(
      'await abstractChain.batch(articles.map(({ body }) => ({ body })), { maxConcurrency: 5 });',
    );
    expect(fixed.get('report.ts')?.output).toContain('await graph.invoke({ tickets }, { maxConcurrency: 5 });');
    expect(fixed.get('routes/tickets.ts')?.output).toContain(
      'const draft = await replyChain.invoke({ subject, body });',
    );
    expect(fixed.get('routes/tickets.ts')?.output).toMatch(
      /const labels = await triageModel\.batch\([^;]*\{ maxConcurrency: 5 \}/u,
    );
  });

  it('leaves no report behind where it rewrote', () => {
    const remaining = ['ingest.ts', 'routes/tickets.ts'].flatMap(
      (name) => fixed.get(name)?.messages.map(({ ruleId }) => basename(ruleId ?? 'fatal')) ?? [],
    );
    expect(remaining).toEqual([
      'no-client-in-loop',
      'no-unbounded-concurrency',
      'no-unbounded-concurrency',
      'no-unawaited-call',
      'no-client-in-handler',
    ]);
  });
});
