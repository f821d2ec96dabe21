/**
 * Advice that works where it stands: who does what a message says, or takes what it suggests, gets no report of any rule.
 * One row for each form of advice; what a row does not follow itself is in its message's suggestion.
 */
import { Linter } from 'eslint';
import { describe, expect, test } from 'vitest';
import plugin from '../../src/index.ts';
import { code } from '../helpers/code.ts';
import { createConfig } from './linter.ts';

const strict = plugin.configs.strict.rules ?? {};

/** Without a row: a budget needs settings, and the advice of the others leads into another file or program. */
const MISSING: readonly string[] = [
  'concurrency-budget',
  'no-in-memory-checkpointer',
  'no-indexing-in-handler',
  'no-overlapping-interval',
];

interface Row {
  readonly rule: string;
  readonly messageId: string;
  readonly filename?: string;
  readonly before: string;
  /** What the message says, followed. */
  readonly after: string;
}

const route = 'app/api/ask/route.ts';
const openai = "import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';";
const made = "const model = new ChatOpenAI({ model: 'gpt-4o', timeout: 60_000, maxRetries: 2, maxConcurrency: 5 });";
const options = "{ postgresConnectionOptions: { max: 10, connectionTimeoutMillis: 10_000 }, tableName: 'docs' }";
const pgvector = "import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';";
const limited = "new ChatOpenAI({ model: 'gpt-4o', timeout: 60_000, maxRetries: 2, maxConcurrency: 5 })";
const asked = 'Response.json((await model.invoke(await request.text())).content)';
const opened = 'PGVectorStore.initialize(embeddings, options)';
const nest = code`
  import { Injectable } from '@nestjs/common';
  ${pgvector}
  ${openai}
  const embeddings = new OpenAIEmbeddings();
  const options = ${options};
`;

const rows: Readonly<Record<string, Row>> = {
  'a model at module scope': {
    rule: 'no-client-in-handler',
    messageId: 'built',
    filename: route,
    before: `${openai}\nexport async function POST(request: Request) {\n  const model = ${limited};\n  return ${asked};\n}\n`,
    after: `${openai}\nconst model = ${limited};\nexport async function POST(request: Request) {\n  return ${asked};\n}\n`,
  },
  'a store whose promise is kept': {
    rule: 'no-client-in-handler',
    messageId: 'called',
    filename: route,
    before: code`
      ${pgvector}
      import { embeddings } from './embeddings';
      const options = ${options};
      export async function POST(request: Request) {
        const store = await ${opened};
        return Response.json(await store.similaritySearch(await request.text(), 4));
      }
    `,
    after: code`
      ${pgvector}
      import { embeddings } from './embeddings';
      const options = ${options};
      const shared = globalThis as { opening?: Promise<PGVectorStore> | undefined };
      export async function POST(request: Request) {
        const store = await (shared.opening ??= ${opened}.catch((error: unknown) => {
          shared.opening = undefined;
          throw error;
        }));
        return Response.json(await store.similaritySearch(await request.text(), 4));
      }
    `,
  },
  'a store of a service in onModuleInit': {
    rule: 'no-client-in-handler',
    messageId: 'called',
    filename: 'src/search.service.ts',
    before: code`
      ${nest}
      @Injectable()
      export class SearchService {
        async search(query: string) {
          const store = await ${opened};
          return store.similaritySearch(query, 4);
        }
      }
    `,
    after: code`
      ${nest}
      @Injectable()
      export class SearchService {
        private store!: PGVectorStore;
        async onModuleInit() { this.store = await ${opened}; }
        search(query: string) { return this.store.similaritySearch(query, 4); }
      }
    `,
  },
  'a store of a tool in a field that holds the promise': {
    rule: 'no-client-in-handler',
    messageId: 'called',
    filename: 'src/search.tool.ts',
    before: code`
      import { StructuredTool } from '@langchain/core/tools';
      ${pgvector}
      import { embeddings } from './embeddings';
      const options = ${options};
      export class Search extends StructuredTool {
        async _call({ query }: { query: string }) {
          const store = await ${opened};
          return JSON.stringify(await store.similaritySearch(query, 4));
        }
      }
    `,
    after: code`
      import { StructuredTool } from '@langchain/core/tools';
      ${pgvector}
      import { embeddings } from './embeddings';
      const options = ${options};
      export class Search extends StructuredTool {
        private opening: Promise<PGVectorStore> | undefined;
        async _call({ query }: { query: string }) {
          const store = await (this.opening ??= ${opened});
          return JSON.stringify(await store.similaritySearch(query, 4));
        }
      }
    `,
  },
  'a client of a service in its constructor': {
    rule: 'no-client-in-handler',
    messageId: 'built',
    filename: 'src/ask.service.ts',
    before: code`
      ${nest}
      @Injectable()
      export class AskService {
        ask(question: string) { return ${limited}.invoke(question); }
      }
    `,
    after: code`
      ${nest}
      @Injectable()
      export class AskService {
        private readonly model: ChatOpenAI;
        constructor() { this.model = ${limited}; }
        ask(question: string) { return this.model.invoke(question); }
      }
    `,
  },
  'a pool that is closed in finally': {
    rule: 'no-client-in-handler',
    messageId: 'built',
    filename: route,
    before: code`
      import { Pool } from 'pg';
      import { PostgresChatMessageHistory } from '@langchain/community/stores/message/postgres';
      export async function POST(request: Request) {
        const pool = new Pool({ max: 2, connectionTimeoutMillis: 10_000 });
        const messages = await new PostgresChatMessageHistory({ pool, sessionId: request.url }).getMessages();
        await pool.end();
        return Response.json(messages);
      }
    `,
    after: code`
      import { Pool } from 'pg';
      import { PostgresChatMessageHistory } from '@langchain/community/stores/message/postgres';
      export async function POST(request: Request) {
        const pool = new Pool({ max: 2, connectionTimeoutMillis: 10_000 });
        try {
          return Response.json(await new PostgresChatMessageHistory({ pool, sessionId: request.url }).getMessages());
        } finally {
          await pool.end();
        }
      }
    `,
  },
  'a history over a shared client': {
    rule: 'no-client-in-handler',
    messageId: 'built',
    filename: route,
    before: code`
      import { RedisChatMessageHistory } from '@langchain/redis';
      export async function POST(request: Request) {
        const history = new RedisChatMessageHistory({ sessionId: request.url, url: process.env.REDIS_URL });
        return Response.json(await history.getMessages());
      }
    `,
    after: code`
      import { createClient } from 'redis';
      import { RedisChatMessageHistory } from '@langchain/redis';
      const client = createClient({ url: process.env.REDIS_URL });
      export async function POST(request: Request) {
        const history = new RedisChatMessageHistory({ sessionId: request.url, client });
        return Response.json(await history.getMessages());
      }
    `,
  },
  'a client above the loop': {
    rule: 'no-client-in-loop',
    messageId: 'again',
    before: `${openai}\nexport async function run(texts: string[]) {\n  for (const text of texts) {\n    const model = ${limited};\n    await model.invoke(text);\n  }\n}\n`,
    after: `${openai}\nexport async function run(texts: string[]) {\n  const model = ${limited};\n  for (const text of texts) {\n    await model.invoke(text);\n  }\n}\n`,
  },
  'a client of a loop in a handler at module scope': {
    rule: 'no-client-in-loop',
    messageId: 'again',
    filename: route,
    before: `${openai}\nexport async function POST(request: Request) {\n  for (const text of await request.json()) {\n    const model = ${limited};\n    await model.invoke(text);\n  }\n}\n`,
    after: `${openai}\nconst model = ${limited};\nexport async function POST(request: Request) {\n  for (const text of await request.json()) {\n    await model.invoke(text);\n  }\n}\n`,
  },
  'a static above the loop': {
    rule: 'no-client-in-loop',
    messageId: 'called',
    before: code`
      import { HNSWLib } from '@langchain/community/vectorstores/hnswlib';
      import { embeddings } from './embeddings';
      export async function run(texts: string[]) {
        for (const text of texts) {
          const store = await HNSWLib.load('index', embeddings);
          await store.similaritySearch(text, 4);
        }
      }
    `,
    after: code`
      import { HNSWLib } from '@langchain/community/vectorstores/hnswlib';
      import { embeddings } from './embeddings';
      export async function run(texts: string[]) {
        const store = await HNSWLib.load('index', embeddings);
        for (const text of texts) await store.similaritySearch(text, 4);
      }
    `,
  },
  'a derived model above the loop': {
    rule: 'no-client-in-loop',
    messageId: 'derived',
    before: `${openai}\nimport { tools } from './tools';\n${made}\nexport async function run(texts: string[]) {\n  for (const text of texts) {\n    const bound = model.bindTools(tools);\n    await bound.invoke(text);\n  }\n}\n`,
    after: `${openai}\nimport { tools } from './tools';\n${made}\nexport async function run(texts: string[]) {\n  const bound = model.bindTools(tools);\n  for (const text of texts) await bound.invoke(text);\n}\n`,
  },
  'a limiter above the call': {
    rule: 'no-client-in-loop',
    messageId: 'limiter',
    before: `${openai}\nimport pLimit from 'p-limit';\n${made}\nexport const run = (texts: string[]) => Promise.all(texts.map((text) => pLimit(5)(() => model.invoke(text))));\n`,
    after: `${openai}\nimport pLimit from 'p-limit';\n${made}\nconst limit = pLimit(5);\nexport const run = (texts: string[]) => Promise.all(texts.map((text) => limit(() => model.invoke(text))));\n`,
  },
  'limits of a pool': {
    rule: 'require-pool-limits',
    messageId: 'wait',
    before: `import { Pool } from 'pg';\nimport { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';\nexport const saver = new PostgresSaver(new Pool());\n`,
    after: `import { Pool } from 'pg';\nimport { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';\nexport const saver = new PostgresSaver(new Pool({ max: 10, connectionTimeoutMillis: 10_000 }));\n`,
  },
  'a saver over a pool': {
    rule: 'require-pool-limits',
    messageId: 'noOptions',
    before: `import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';\nexport const saver = PostgresSaver.fromConnString('postgres://x');\n`,
    after: `import { Pool } from 'pg';\nimport { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';\nconst max = 10;\nconst connectionTimeoutMillis = 10_000;\nexport const saver = new PostgresSaver(new Pool({ max, connectionTimeoutMillis }));\n`,
  },
  'a size of a driver': {
    rule: 'require-pool-limits',
    messageId: 'size',
    before: `import mysql from 'mysql2/promise';\nimport { SingleStoreVectorStore } from '@langchain/community/vectorstores/singlestore';\nimport { embeddings } from './embeddings';\nexport const store = new SingleStoreVectorStore(embeddings, { connectionOptions: { host: 'db' } });\n`,
    after: `import { SingleStoreVectorStore } from '@langchain/community/vectorstores/singlestore';\nimport { embeddings } from './embeddings';\nexport const store = new SingleStoreVectorStore(embeddings, { connectionOptions: { host: 'db', connectionLimit: 10 } });\n`,
  },
  'a limited batch': {
    rule: 'require-max-concurrency',
    messageId: 'batch',
    before: `${openai}\nconst model = new ChatOpenAI({ model: 'gpt-4o', timeout: 60_000 });\nexport const run = (texts: string[]) => model.batch(texts);\n`,
    after: `${openai}\nconst model = new ChatOpenAI({ model: 'gpt-4o', timeout: 60_000 });\nexport const run = (texts: string[]) => model.batch(texts, { maxConcurrency: 5 });\n`,
  },
  'a batch instead of a fan-out': {
    rule: 'no-unbounded-concurrency',
    messageId: 'unbounded',
    before: `${openai}\nconst model = new ChatOpenAI({ model: 'gpt-4o', timeout: 60_000 });\nexport const run = (texts: string[]) => Promise.all(texts.map((text) => model.invoke(text)));\n`,
    after: `${openai}\nconst model = new ChatOpenAI({ model: 'gpt-4o', timeout: 60_000 });\nexport const run = (texts: string[]) => model.batch(texts, { maxConcurrency: 5 });\n`,
  },
  'all texts in one call': {
    rule: 'prefer-embed-documents',
    messageId: 'query',
    before: `${openai}\nconst embeddings = new OpenAIEmbeddings();\nexport async function run(texts: string[]) {\n  const vectors = [];\n  for (const text of texts) vectors.push(await embeddings.embedQuery(text));\n  return vectors;\n}\n`,
    after: `${openai}\nconst embeddings = new OpenAIEmbeddings();\nexport const run = (texts: string[]) => embeddings.embedDocuments(texts);\n`,
  },
  'plain embeddings for queries': {
    rule: 'prefer-cached-embeddings',
    messageId: 'uncachedQuery',
    before: `${openai}\nimport { CacheBackedEmbeddings } from 'langchain/embeddings/cache_backed';\nimport { kept } from './kept';\nconst embeddings = CacheBackedEmbeddings.fromBytesStore(new OpenAIEmbeddings(), kept);\nexport const run = (text: string) => embeddings.embedQuery(text);\n`,
    after: `${openai}\nconst embeddings = new OpenAIEmbeddings();\nexport const run = (text: string) => embeddings.embedQuery(text);\n`,
  },
  'an awaited call': {
    rule: 'no-unawaited-call',
    messageId: 'floating',
    filename: route,
    before: `${openai}\n${made}\nexport async function POST(request: Request) {\n  model.invoke(await request.text());\n  return Response.json('done');\n}\n`,
    after: `${openai}\n${made}\nexport async function POST(request: Request) {\n  await model.invoke(await request.text());\n  return Response.json('done');\n}\n`,
  },
  'a file that is read without blocking': {
    rule: 'no-blocking-in-handler',
    messageId: 'constant',
    filename: route,
    before: `${openai}\nimport { readFileSync } from 'node:fs';\n${made}\nexport async function POST(request: Request) {\n  return Response.json(await model.invoke(readFileSync('prompt.md', 'utf8')));\n}\n`,
    after: `${openai}\nimport { readFile } from 'node:fs/promises';\n${made}\nexport async function POST(request: Request) {\n  return Response.json(await model.invoke(await readFile('prompt.md', 'utf8')));\n}\n`,
  },
  'a timeout in milliseconds': {
    rule: 'no-low-timeout',
    messageId: 'seconds',
    before: `${openai}\nexport const model = new ChatOpenAI({ model: 'gpt-4o', timeout: 30 });\n`,
    after: `${openai}\nexport const model = new ChatOpenAI({ model: 'gpt-4o', timeout: 30_000 });\n`,
  },
  'a timeout': {
    rule: 'require-timeout',
    messageId: 'retried',
    before: `${openai}\nexport const model = new ChatOpenAI({ model: 'gpt-4o' });\n`,
    after: `${openai}\nexport const model = new ChatOpenAI({ model: 'gpt-4o', timeout: 60_000 });\n`,
  },
  'a limit of a shared model': {
    rule: 'require-client-limit',
    messageId: 'unlimited',
    filename: route,
    before: `${openai}\nconst model = new ChatOpenAI({ model: 'gpt-4o', timeout: 60_000 });\nexport async function POST(request: Request) {\n  return ${asked};\n}\n`,
    after: `${openai}\n${made}\nexport async function POST(request: Request) {\n  return ${asked};\n}\n`,
  },
  'a builder whose result is kept': {
    rule: 'no-discarded-builder',
    messageId: 'discarded',
    before: `${openai}\nimport { tools } from './tools';\n${made}\nmodel.bindTools(tools);\nexport const run = (text: string) => model.invoke(text);\n`,
    after: `${openai}\nimport { tools } from './tools';\n${made}\nconst bound = model.bindTools(tools);\nexport const run = (text: string) => bound.invoke(text);\n`,
  },
  'a key in the spelling of JavaScript': {
    rule: 'no-ineffective-config',
    messageId: 'pythonKey',
    before: `${openai}\n${made}\nexport const run = (texts: string[]) => model.batch(texts, { maxConcurrency: 5, run_name: 'a' });\n`,
    after: `${openai}\n${made}\nexport const run = (texts: string[]) => model.batch(texts, { maxConcurrency: 5, runName: 'a' });\n`,
  },
  'a limit that does not throw': {
    rule: 'valid-max-concurrency',
    messageId: 'throws',
    before: `${openai}\nexport const model = new ChatOpenAI({ model: 'gpt-4o', timeout: 60_000, maxConcurrency: 0 });\n`,
    after: `${openai}\nexport const model = new ChatOpenAI({ model: 'gpt-4o', timeout: 60_000, maxConcurrency: 5 });\n`,
  },
  'a primary without retries': {
    rule: 'no-stacked-retries',
    messageId: 'fallback',
    before: `${openai}\nconst backup = new ChatOpenAI({ model: 'gpt-4o', timeout: 60_000 });\nexport const model = new ChatOpenAI({ model: 'gpt-4.1', timeout: 60_000 }).withFallbacks([backup]);\n`,
    after: `${openai}\nconst backup = new ChatOpenAI({ model: 'gpt-4o', timeout: 60_000 });\nexport const model = new ChatOpenAI({ model: 'gpt-4.1', timeout: 60_000, maxRetries: 0 }).withFallbacks([backup]);\n`,
  },
  'a signal that is handed on': {
    rule: 'require-signal-forwarding',
    messageId: 'missing',
    filename: route,
    before: `${openai}\n${made}\nexport async function POST(request: Request) {\n  request.signal.addEventListener('abort', () => console.log('gone'));\n  return ${asked};\n}\n`,
    after: `${openai}\n${made}\nexport async function POST(request: Request) {\n  const answer = await model.invoke(await request.text(), { signal: request.signal });\n  return Response.json(answer.content);\n}\n`,
  },
  'a deadline of the call itself': {
    rule: 'no-abandoned-call',
    messageId: 'abandoned',
    before: `${openai}\n${made}\nexport const run = (text: string) =>\n  Promise.race([model.invoke(text), new Promise((_, reject) => setTimeout(reject, 20_000))]);\n`,
    after: `${openai}\n${made}\nexport const run = (text: string) => model.invoke(text, { timeout: 20_000 });\n`,
  },
  'fewer documents': {
    rule: 'no-large-k',
    messageId: 'k',
    before: `${pgvector}\nexport const run = (store: PGVectorStore, text: string) => store.similaritySearch(text, 50);\n`,
    after: `${pgvector}\nexport const run = (store: PGVectorStore, text: string) => store.similaritySearch(text, 20);\n`,
  },
};

function lint(text: string, filename: string): readonly Linter.LintMessage[] {
  return new Linter().verify(text, createConfig({ rules: strict }), { filename });
}

function name({ messageId = '', ruleId }: Linter.LintMessage): string {
  return `${ruleId?.replace('langchain/', '') ?? 'error'} ${messageId}`;
}

describe.each(Object.entries(rows))('%s', (_form, { after, before, filename = 'src/run.ts', messageId, rule }) => {
  test('is advised, and clears the report when it is followed', () => {
    expect(lint(before, filename).map(name)).toContain(`${rule} ${messageId}`);
    expect(lint(after, filename).map(name)).toEqual([]);
  });

  test('raises no report of any rule where a suggestion writes it', () => {
    const messages = lint(before, filename);
    const own = messages.filter((message) => name(message) === `${rule} ${messageId}`);
    for (const { fix, suggestions = [] } of own)
      for (const edit of [...suggestions.map((each) => each.fix), ...(fix ? [fix] : [])]) {
        const written = before.slice(0, edit.range[0]) + edit.text + before.slice(edit.range[1]);
        const others = messages.map(name);
        expect(
          lint(written, filename)
            .map(name)
            .filter((each) => !others.includes(each)),
        ).toEqual([]);
        expect(lint(written, filename).map(name)).not.toContain(`${rule} ${messageId}`);
      }
  });
});

test('each rule has a row, but for those that are named above', () => {
  const covered = new Set(Object.values(rows).map(({ rule }) => rule));
  const missing = Object.keys(strict)
    .map((rule) => rule.replace('langchain/', ''))
    .filter((rule) => !covered.has(rule));
  expect(missing).toEqual(MISSING);
});
