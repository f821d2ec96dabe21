/**
 * Advice that works where it stands: code that follows a message, or takes its suggestion, gets no report of any rule.
 * One row for each form of advice; what a row does not follow itself is in its message's suggestion.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Linter } from 'eslint';
import { describe, expect, test } from 'vitest';
import plugin from '../../src/index.ts';
import { code } from '../helpers/code.ts';
import { createConfig } from './linter.ts';

const strict = plugin.configs.strict.rules ?? {};

interface Row {
  readonly rule: string;
  readonly messageId: string;
  readonly filename?: string;
  /** Of `concurrency-budget`, in no preset: on where it is set. */
  readonly budget?: { readonly workers: number; readonly limit: number };
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
const limitedPool = code`
  import { Pool } from 'pg';
  const pool = new Pool({ max: 10, connectionTimeoutMillis: 10_000 });
`;
const pinecone = code`
  import { PineconeStore } from '@langchain/pinecone';
  import { embeddings, pineconeIndex } from './clients';
`;
const remembering = code`
  ${pinecone}
  ${openai}
  ${made}
  const store = new PineconeStore(embeddings, { pineconeIndex });
`;
const cron = `import cron from 'node-cron';\n${openai}\n${made}`;
const agentRoute = (saver: string): string => code`
  import { createAgent } from 'langchain';
  import { model } from './model';
  const agent = createAgent({ model, tools: [], checkpointer: ${saver} });
  export async function POST(request: Request) {
    const { thread, messages } = await request.json();
    return Response.json(await agent.invoke({ messages }, { configurable: { thread_id: thread } }));
  }
`;
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
    before: code`
      ${openai}
      export async function POST(request: Request) {
        const model = ${limited};
        return ${asked};
      }
    `,
    after: code`
      ${openai}
      const model = ${limited};
      export async function POST(request: Request) {
        return ${asked};
      }
    `,
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
    before: code`
      ${openai}
      export async function run(texts: string[]) {
        for (const text of texts) {
          const model = ${limited};
          await model.invoke(text);
        }
      }
    `,
    after: code`
      ${openai}
      export async function run(texts: string[]) {
        const model = ${limited};
        for (const text of texts) {
          await model.invoke(text);
        }
      }
    `,
  },
  'a client of a loop in a handler at module scope': {
    rule: 'no-client-in-loop',
    messageId: 'again',
    filename: route,
    before: code`
      ${openai}
      export async function POST(request: Request) {
        for (const text of await request.json()) {
          const model = ${limited};
          await model.invoke(text);
        }
      }
    `,
    after: code`
      ${openai}
      const model = ${limited};
      export async function POST(request: Request) {
        for (const text of await request.json()) {
          await model.invoke(text);
        }
      }
    `,
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
    before: code`
      ${openai}
      import { tools } from './tools';
      ${made}
      export async function run(texts: string[]) {
        for (const text of texts) {
          const bound = model.bindTools(tools);
          await bound.invoke(text);
        }
      }
    `,
    after: code`
      ${openai}
      import { tools } from './tools';
      ${made}
      export async function run(texts: string[]) {
        const bound = model.bindTools(tools);
        for (const text of texts) await bound.invoke(text);
      }
    `,
  },
  'a limiter above the call': {
    rule: 'no-client-in-loop',
    messageId: 'limiter',
    before: code`
      ${openai}
      import pLimit from 'p-limit';
      ${made}
      export const run = (texts: string[]) => Promise.all(texts.map((text) => pLimit(5)(() => model.invoke(text))));
    `,
    after: code`
      ${openai}
      import pLimit from 'p-limit';
      ${made}
      const limit = pLimit(5);
      export const run = (texts: string[]) => Promise.all(texts.map((text) => limit(() => model.invoke(text))));
    `,
  },
  'limits of a pool': {
    rule: 'require-pool-limits',
    messageId: 'wait',
    before: code`
      import { Pool } from 'pg';
      import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
      export const saver = new PostgresSaver(new Pool());
    `,
    after: code`
      import { Pool } from 'pg';
      import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
      export const saver = new PostgresSaver(new Pool({ max: 10, connectionTimeoutMillis: 10_000 }));
    `,
  },
  'a saver over a pool': {
    rule: 'require-pool-limits',
    messageId: 'noOptions',
    before: code`
      import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
      export const saver = PostgresSaver.fromConnString('postgres://x');
    `,
    after: code`
      import { Pool } from 'pg';
      import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
      const max = 10;
      const connectionTimeoutMillis = 10_000;
      export const saver = new PostgresSaver(new Pool({ max, connectionTimeoutMillis }));
    `,
  },
  'a size of a driver': {
    rule: 'require-pool-limits',
    messageId: 'size',
    before: code`
      import mysql from 'mysql2/promise';
      import { SingleStoreVectorStore } from '@langchain/community/vectorstores/singlestore';
      import { embeddings } from './embeddings';
      export const store = new SingleStoreVectorStore(embeddings, { connectionOptions: { host: 'db' } });
    `,
    after: code`
      import { SingleStoreVectorStore } from '@langchain/community/vectorstores/singlestore';
      import { embeddings } from './embeddings';
      export const store = new SingleStoreVectorStore(embeddings, {
        connectionOptions: { host: 'db', connectionLimit: 10 },
      });
    `,
  },
  'a limited batch': {
    rule: 'require-max-concurrency',
    messageId: 'batch',
    before: code`
      ${openai}
      const model = new ChatOpenAI({ model: 'gpt-4o', timeout: 60_000 });
      export const run = (texts: string[]) => model.batch(texts);
    `,
    after: code`
      ${openai}
      const model = new ChatOpenAI({ model: 'gpt-4o', timeout: 60_000 });
      export const run = (texts: string[]) => model.batch(texts, { maxConcurrency: 5 });
    `,
  },
  'a batch instead of a fan-out': {
    rule: 'no-unbounded-concurrency',
    messageId: 'unbounded',
    before: code`
      ${openai}
      const model = new ChatOpenAI({ model: 'gpt-4o', timeout: 60_000 });
      export const run = (texts: string[]) => Promise.all(texts.map((text) => model.invoke(text)));
    `,
    after: code`
      ${openai}
      const model = new ChatOpenAI({ model: 'gpt-4o', timeout: 60_000 });
      export const run = (texts: string[]) => model.batch(texts, { maxConcurrency: 5 });
    `,
  },
  'all texts in one call': {
    rule: 'prefer-embed-documents',
    messageId: 'query',
    before: code`
      ${openai}
      const embeddings = new OpenAIEmbeddings();
      export async function run(texts: string[]) {
        const vectors = [];
        for (const text of texts) vectors.push(await embeddings.embedQuery(text));
        return vectors;
      }
    `,
    after: code`
      ${openai}
      const embeddings = new OpenAIEmbeddings();
      export const run = (texts: string[]) => embeddings.embedDocuments(texts);
    `,
  },
  'plain embeddings for queries': {
    rule: 'prefer-cached-embeddings',
    messageId: 'uncachedQuery',
    before: code`
      ${openai}
      import { CacheBackedEmbeddings } from 'langchain/embeddings/cache_backed';
      import { kept } from './kept';
      const embeddings = CacheBackedEmbeddings.fromBytesStore(new OpenAIEmbeddings(), kept);
      export const run = (text: string) => embeddings.embedQuery(text);
    `,
    after: code`
      ${openai}
      const embeddings = new OpenAIEmbeddings();
      export const run = (text: string) => embeddings.embedQuery(text);
    `,
  },
  'an awaited call': {
    rule: 'no-unawaited-call',
    messageId: 'floating',
    filename: route,
    before: code`
      ${openai}
      ${made}
      export async function POST(request: Request) {
        model.invoke(await request.text());
        return Response.json('done');
      }
    `,
    after: code`
      ${openai}
      ${made}
      export async function POST(request: Request) {
        await model.invoke(await request.text());
        return Response.json('done');
      }
    `,
  },
  'a file that is read without blocking': {
    rule: 'no-blocking-in-handler',
    messageId: 'constant',
    filename: route,
    before: code`
      ${openai}
      import { readFileSync } from 'node:fs';
      ${made}
      export async function POST(request: Request) {
        return Response.json(await model.invoke(readFileSync('prompt.md', 'utf8')));
      }
    `,
    after: code`
      ${openai}
      import { readFile } from 'node:fs/promises';
      ${made}
      export async function POST(request: Request) {
        return Response.json(await model.invoke(await readFile('prompt.md', 'utf8')));
      }
    `,
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
    before: code`
      ${openai}
      const model = new ChatOpenAI({ model: 'gpt-4o', timeout: 60_000 });
      export async function POST(request: Request) {
        return ${asked};
      }
    `,
    after: `${openai}\n${made}\nexport async function POST(request: Request) {\n  return ${asked};\n}\n`,
  },
  'a builder whose result is kept': {
    rule: 'no-discarded-builder',
    messageId: 'discarded',
    before: code`
      ${openai}
      import { tools } from './tools';
      ${made}
      model.bindTools(tools);
      export const run = (text: string) => model.invoke(text);
    `,
    after: code`
      ${openai}
      import { tools } from './tools';
      ${made}
      const bound = model.bindTools(tools);
      export const run = (text: string) => bound.invoke(text);
    `,
  },
  'a key in the spelling of JavaScript': {
    rule: 'no-ineffective-config',
    messageId: 'pythonKey',
    before: code`
      ${openai}
      ${made}
      export const run = (texts: string[]) => model.batch(texts, { maxConcurrency: 5, run_name: 'a' });
    `,
    after: code`
      ${openai}
      ${made}
      export const run = (texts: string[]) => model.batch(texts, { maxConcurrency: 5, runName: 'a' });
    `,
  },
  'a limit that does not throw': {
    rule: 'valid-max-concurrency',
    messageId: 'throws',
    before: code`
      ${openai}
      export const model = new ChatOpenAI({ model: 'gpt-4o', timeout: 60_000, maxConcurrency: 0 });
    `,
    after: `${openai}\nexport const model = new ChatOpenAI({ model: 'gpt-4o', timeout: 60_000, maxConcurrency: 5 });\n`,
  },
  'a primary without retries': {
    rule: 'no-stacked-retries',
    messageId: 'fallback',
    before: code`
      ${openai}
      const backup = new ChatOpenAI({ model: 'gpt-4o', timeout: 60_000 });
      export const model = new ChatOpenAI({ model: 'gpt-4.1', timeout: 60_000 }).withFallbacks([backup]);
    `,
    after: code`
      ${openai}
      const backup = new ChatOpenAI({ model: 'gpt-4o', timeout: 60_000 });
      export const model = new ChatOpenAI({ model: 'gpt-4.1', timeout: 60_000, maxRetries: 0 }).withFallbacks([backup]);
    `,
  },
  'a signal that is handed on': {
    rule: 'require-signal-forwarding',
    messageId: 'missing',
    filename: route,
    before: code`
      ${openai}
      ${made}
      export async function POST(request: Request) {
        request.signal.addEventListener('abort', () => console.log('gone'));
        return ${asked};
      }
    `,
    after: code`
      ${openai}
      ${made}
      export async function POST(request: Request) {
        const answer = await model.invoke(await request.text(), { signal: request.signal });
        return Response.json(answer.content);
      }
    `,
  },
  'a deadline of the call itself': {
    rule: 'no-abandoned-call',
    messageId: 'abandoned',
    before: code`
      ${openai}
      ${made}
      export const run = (text: string) =>
        Promise.race([model.invoke(text), new Promise((_, reject) => setTimeout(reject, 20_000))]);
    `,
    after: `${openai}\n${made}\nexport const run = (text: string) => model.invoke(text, { timeout: 20_000 });\n`,
  },
  'a share of the budget': {
    rule: 'concurrency-budget',
    messageId: 'calls',
    budget: { workers: 8, limit: 50 },
    before: `${openai}\nexport ${made.replace('maxConcurrency: 5', 'maxConcurrency: 20')}\n`,
    after: `${openai}\nexport ${made.replace('maxConcurrency: 5', 'maxConcurrency: 6')}\n`,
  },
  'threads in a database': {
    rule: 'no-in-memory-checkpointer',
    messageId: 'kept',
    filename: route,
    before: code`
      import { MemorySaver } from '@langchain/langgraph';
      ${agentRoute('new MemorySaver()')}
    `,
    after: code`
      import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
      ${limitedPool}
      ${agentRoute('new PostgresSaver(pool)')}
    `,
  },
  'a saver at the top of the module': {
    rule: 'no-in-memory-checkpointer',
    messageId: 'fresh',
    filename: route,
    before: code`
      import { MemorySaver, StateGraph } from '@langchain/langgraph';
      import { answer, State } from './answer';
      const builder = new StateGraph(State).addNode('answer', answer).addEdge('__start__', 'answer');
      export async function POST(request: Request) {
        const { thread, messages } = await request.json();
        const graph = builder.compile({ checkpointer: new MemorySaver() });
        return Response.json(await graph.invoke({ messages }, { configurable: { thread_id: thread } }));
      }
    `,
    after: code`
      import { StateGraph } from '@langchain/langgraph';
      import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
      import { answer, State } from './answer';
      ${limitedPool}
      const builder = new StateGraph(State).addNode('answer', answer).addEdge('__start__', 'answer');
      const graph = builder.compile({ checkpointer: new PostgresSaver(pool) });
      export async function POST(request: Request) {
        const { thread, messages } = await request.json();
        return Response.json(await graph.invoke({ messages }, { configurable: { thread_id: thread } }));
      }
    `,
  },
  'an index that a job has written': {
    rule: 'no-indexing-in-handler',
    messageId: 'built',
    filename: route,
    before: code`
      ${pinecone}
      import { loadManual } from './manual';
      export async function POST(request: Request) {
        const store = await PineconeStore.fromDocuments(await loadManual(), embeddings, { pineconeIndex });
        return Response.json(await store.similaritySearch(await request.text(), 4));
      }
    `,
    after: code`
      ${pinecone}
      export async function POST(request: Request) {
        const store = await PineconeStore.fromExistingIndex(embeddings, { pineconeIndex });
        return Response.json(await store.similaritySearch(await request.text(), 4));
      }
    `,
  },
  'a write after the response': {
    rule: 'no-indexing-in-handler',
    messageId: 'added',
    filename: route,
    before: code`
      ${remembering}
      export async function POST(request: Request) {
        const question = await request.text();
        const answer = await model.invoke(question);
        await store.addDocuments([{ pageContent: question, metadata: {} }]);
        return Response.json(answer.content);
      }
    `,
    after: code`
      ${remembering}
      import { after } from 'next/server';
      export async function POST(request: Request) {
        const question = await request.text();
        const answer = await model.invoke(question);
        after(() => store.addDocuments([{ pageContent: question, metadata: {} }]));
        return Response.json(answer.content);
      }
    `,
  },
  'a write in a route of its own': {
    rule: 'no-indexing-in-handler',
    messageId: 'addedApart',
    filename: 'src/server.ts',
    before: code`
      ${remembering}
      import express from 'express';
      const app = express();
      app.post('/chat', async (req, res) => {
        const answer = await model.invoke(req.body.question);
        store.addDocuments([{ pageContent: req.body.question, metadata: {} }]).catch(console.error);
        res.json(answer.content);
      });
    `,
    after: code`
      ${remembering}
      import express from 'express';
      const app = express();
      app.post('/chat', async (req, res) => {
        const answer = await model.invoke(req.body.question);
        res.json(answer.content);
      });
      app.post('/remember', async (req, res) => {
        await store.addDocuments([{ pageContent: req.body.question, metadata: {} }]);
        res.sendStatus(201);
      });
    `,
  },
  'a run that waits for the last one': {
    rule: 'no-overlapping-interval',
    messageId: 'overlaps',
    before: `${openai}\n${made}\nsetInterval(async () => {\n  await model.invoke('news?');\n}, 5_000);\n`,
    after: code`
      ${openai}
      ${made}
      for (;;) {
        await model.invoke('news?');
        await new Promise((resolve) => setTimeout(resolve, 5_000));
      }
    `,
  },
  'a job that its library holds back': {
    rule: 'no-overlapping-interval',
    messageId: 'option',
    before: `${cron}\ncron.schedule('* * * * *', async () => {\n  await model.invoke('news?');\n});\n`,
    after: code`
      ${cron}
      cron.schedule('* * * * *', async () => {
        await model.invoke('news?');
      }, { noOverlap: true });
    `,
  },
  'a run that is skipped': {
    rule: 'no-overlapping-interval',
    messageId: 'skip',
    filename: 'src/news.service.ts',
    before: code`
      ${nest}
      import { Interval } from '@nestjs/schedule';
      @Injectable()
      export class NewsService {
        private readonly model = ${limited};
        @Interval(5_000) async run() { await this.model.invoke('news?'); }
      }
    `,
    after: code`
      ${nest}
      import { Interval } from '@nestjs/schedule';
      @Injectable()
      export class NewsService {
        private readonly model = ${limited};
        private running = false;
        @Interval(5_000) async run() {
          if (this.running) return;
          this.running = true;
          try {
            await this.model.invoke('news?');
          } finally {
            this.running = false;
          }
        }
      }
    `,
  },
  'fewer documents': {
    rule: 'no-large-k',
    messageId: 'k',
    before: code`
      ${pgvector}
      export const run = (store: PGVectorStore, text: string) => store.similaritySearch(text, 50);
    `,
    after: code`
      ${pgvector}
      export const run = (store: PGVectorStore, text: string) => store.similaritySearch(text, 20);
    `,
  },
};

type Lint = (text: string) => readonly Linter.LintMessage[];

function lintAs({ budget, filename = 'src/run.ts' }: Row): Lint {
  const rules = budget ? { ...strict, 'langchain/concurrency-budget': 'error' as const } : strict;
  const config = createConfig({ rules, ...(budget ? { settings: { langchain: { budget } } } : {}) });
  return (text) => new Linter().verify(text, config, { filename });
}

function name({ messageId = '', ruleId }: Linter.LintMessage): string {
  return `${ruleId?.replace('langchain/', '') ?? 'error'} ${messageId}`;
}

describe.each(Object.entries(rows))('%s', (_form, row) => {
  const { after, before, messageId, rule } = row;
  const lint = lintAs(row);
  test('is advised, and clears the report when it is followed', () => {
    expect(lint(before).map(name)).toContain(`${rule} ${messageId}`);
    expect(lint(after).map(name)).toEqual([]);
  });

  test('raises no report of any rule where a suggestion writes it', () => {
    const messages = lint(before);
    const own = messages.filter((message) => name(message) === `${rule} ${messageId}`);
    for (const { fix, suggestions = [] } of own)
      for (const edit of [...suggestions.map((each) => each.fix), ...(fix ? [fix] : [])]) {
        const written = before.slice(0, edit.range[0]) + edit.text + before.slice(edit.range[1]);
        const others = messages.map(name);
        expect(
          lint(written)
            .map(name)
            .filter((each) => !others.includes(each)),
        ).toEqual([]);
        expect(lint(written).map(name)).not.toContain(`${rule} ${messageId}`);
      }
  });
});

describe('runs that take longer than their interval', () => {
  /** The most runs that are on at once. */
  async function measure(start: (run: () => Promise<void>, signal: AbortSignal) => void): Promise<number> {
    const stop = new AbortController();
    let [running, peak] = [0, 0];
    start(async () => {
      peak = Math.max(peak, ++running);
      await sleep(60);
      running--;
    }, stop.signal);
    await sleep(300);
    stop.abort();
    return peak;
  }

  test('pile up where nothing waits', async () => {
    const peak = await measure((run, signal) => {
      const timer = setInterval(() => void run(), 10);
      signal.addEventListener('abort', () => {
        clearInterval(timer);
      });
    });
    expect(peak).toBeGreaterThan(2);
  });

  test('do not where the next one waits for the last', async () => {
    const peak = await measure((run, signal) => {
      const repeat = async (): Promise<void> => {
        while (!signal.aborted) {
          await run();
          await sleep(10);
        }
      };
      void repeat();
    });
    expect(peak).toBe(1);
  });

  test('do not where a run is skipped while one goes on', async () => {
    let isRunning = false;
    const peak = await measure((run, signal) => {
      const timer = setInterval(() => {
        if (isRunning) return;
        isRunning = true;
        void run().finally(() => (isRunning = false));
      }, 10);
      signal.addEventListener('abort', () => {
        clearInterval(timer);
      });
    });
    expect(peak).toBe(1);
  });
});

test('each rule has a row', () => {
  const covered = new Set(Object.values(rows).map(({ rule }) => rule));
  const missing = Object.keys(strict)
    .map((rule) => rule.replace('langchain/', ''))
    .filter((rule) => !covered.has(rule));
  expect(missing).toEqual([]);
});
