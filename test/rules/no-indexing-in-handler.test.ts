import rule from '../../rules/no-indexing-in-handler.ts';
import { reports } from '../helpers/cases.ts';
import { code, locate } from '../helpers/code.ts';
import { type Invalid, StrictRuleTester, type Valid } from '../helpers/rule-tester.ts';
import { importForms, lookalikes } from '../helpers/shape-matrix.ts';

type MessageIds = 'added' | 'addedApart' | 'built';
type Expected = Invalid<MessageIds, []>['errors'][number];

interface Case {
  /** As the message names it. */
  readonly call: string;
  readonly unit?: string;
  /** For a store that is built: what to write instead. */
  readonly instead?: string;
  readonly occurrence?: number;
}

function error(source: string, { call, instead, occurrence = 1, unit = 'request' }: Case): Expected {
  const around = locate(source, `${call}(`, occurrence);
  // On the callee of what builds a store, on the name of a method else.
  const column =
    instead === undefined && call.includes('.') ? around.column + call.lastIndexOf('.') + 1 : around.column;
  return {
    messageId: instead === undefined ? 'added' : 'built',
    data: { call, unit, instead: instead ?? '' },
    line: around.line,
    column,
    endLine: around.line,
    endColumn: around.column + call.length,
  };
}

function valid(name: string, source: string, filename?: string): Valid<[]> {
  return { name, code: source, ...(filename === undefined ? {} : { filename }) };
}

function invalid(name: string, source: string, expected: Case, filename?: string): Invalid<MessageIds, []> {
  return { name, code: source, ...(filename === undefined ? {} : { filename }), errors: [error(source, expected)] };
}

const route = 'app/api/chat/route.ts';
const head = code`
  import { PineconeStore } from '@langchain/pinecone';
  import { ChatOpenAI } from '@langchain/openai';
  import express from 'express';
  import { chain, embeddings, loadFaq, pineconeIndex } from './clients';
  const app = express();
  const model = new ChatOpenAI();
`;

const answer = (n: { readonly PineconeStore: string }): string => code`
  const app = express();
  app.post('/chat', async (req, res) => {
    const docs = await loadFaq();
    const store = await ${n.PineconeStore}.fromDocuments(docs, embeddings, { pineconeIndex });
    const found = await store.similaritySearch(req.body.question, 4);
    res.json(found);
  });
`;

/** A handler of Express on this path. */
const on = (path: string, body: string): string => code`
  ${head}
  app.post('${path}', async (req, res) => {
  ${body}
  });
`;

const build = code`
  const store = await PineconeStore.fromDocuments(await loadFaq(), embeddings, { pineconeIndex });
`;
const search = code`
  const found = await store.similaritySearch(req.body.question, 4);
  res.json(found);
`;

/** A function that writes and answers. */
const writing = code`
  const store = new PineconeStore(embeddings, { pineconeIndex });
  async function write() {
    await store.addDocuments(await loadFaq());
    return model.invoke('Sum up');
  }
`;

new StrictRuleTester().run<[], MessageIds>(rule, {
  valid: [
    valid(
      'void in a serverless handler, which no-unawaited-call reports',
      code`
        ${head}
        const store = new PineconeStore(embeddings, { pineconeIndex });
        export async function POST(request: Request) {
          const question = await request.text();
          const answer = await model.invoke(question);
          void store.addDocuments([{ pageContent: question, metadata: {} }]);
          return Response.json(answer.text);
        }
      `,
      route,
    ),
    ...lookalikes({
      module: '@langchain/pinecone',
      names: ['PineconeStore'],
      head: code`
        import express from 'express';
        import { embeddings, loadFaq, pineconeIndex } from './clients';
      `,
      body: answer,
    }),

    valid(
      'a handler that opens the index',
      on(
        '/chat',
        code`
          const store = await PineconeStore.fromExistingIndex(embeddings, { pineconeIndex });
          ${search}
        `,
      ),
    ),
    valid('a handler that only writes', on('/documents', `${build}\nres.json({ ok: true, store });`)),
    ...['/ingest', '/api/upload', '/train-bot', '/seed', '/sync', '/reindex', '/embed', '/rag/store', '/import'].map(
      (path) => valid(`a route that takes documents in: ${path}`, on(path, `${build}\n${search}`)),
    ),
    valid(
      'a file that takes documents in',
      code`
        ${head}
        export async function POST(req: Request) {
          ${build}
          const reply = await model.invoke(await req.text());
          return Response.json([store, reply]);
        }
      `,
      'app/api/ingest/route.ts',
    ),
    valid(
      'a handler whose name says so',
      code`
        ${head}
        async function uploadDocuments(req, res) {
          ${build}
          const reply = await model.invoke('Sum up');
          res.json([store, reply]);
        }
        app.post('/documents', uploadDocuments);
      `,
    ),
    ...(
      [
        [
          'a procedure of tRPC',
          `import { initTRPC } from '@trpc/server';
          const t = initTRPC.create();`,
          (fn) => `export const docs = t.router({ ingestDocs: t.procedure.mutation(${fn}) });`,
        ],
        [
          'a server action',
          `import { createSafeActionClient } from 'next-safe-action';
          const action = createSafeActionClient();`,
          (fn) => `export const uploadDocs = action.action(${fn});`,
        ],
        [
          'a function of Inngest',
          `import { Inngest } from 'inngest';
          const inngest = new Inngest({ id: 'app' });`,
          (fn) => `export const docs = inngest.createFunction({ id: 'ingest-docs' }, { event: 'docs/new' }, ${fn});`,
        ],
        [
          'a route of Fastify',
          `import Fastify from 'fastify';
          const api = Fastify();`,
          (fn) => `api.route({ method: 'POST', url: '/index', handler: ${fn} });`,
        ],
        [
          'the prefix of a plugin of Fastify',
          `import Fastify from 'fastify';
          const api = Fastify();`,
          (fn) => `api.register(async (docs) => { docs.post('/', ${fn}); }, { prefix: '/ingest' });`,
        ],
        [
          'the route before the method',
          `import { Router } from 'express';`,
          (fn) => `export const docs = Router().route('/ingest').post(${fn});`,
        ],
        [
          'a template',
          `import { Router } from 'express';
          const version = 'v1';`,
          (fn) => `export const docs = Router().post(\`/\${version}/ingest\`, ${fn});`,
        ],
      ] satisfies readonly [string, string, (fn: string) => string][]
    ).map(([name, setup, register]) =>
      valid(`${name} that says so`, `${head}${setup}\n${register('async () => write()')}\n${writing}`),
    ),
    valid(
      'a method whose decorator says so',
      code`
        import { Body, Controller, Post } from '@nestjs/common';
        import { PineconeStore } from '@langchain/pinecone';
        import { embeddings, model, pineconeIndex } from './clients';
        @Controller('documents')
        export class Documents {
          @Post('index')
          async create(@Body() docs) {
            await PineconeStore.fromDocuments(docs, embeddings, { pineconeIndex });
            return model.invoke('Sum up');
          }
        }
      `,
    ),
    valid(
      'a store in memory over what this request brought',
      code`
        import { MemoryVectorStore } from 'langchain/vectorstores/memory';
        import { OpenAIEmbeddings } from '@langchain/openai';
        import { HNSWLib } from '@langchain/community/vectorstores/hnswlib';
        import { split } from './text';
        const embeddings = new OpenAIEmbeddings();
        export async function POST(req: Request) {
          const { page, question } = await req.json();
          const store = await MemoryVectorStore.fromDocuments(split(page), embeddings);
          const local = await HNSWLib.fromTexts(split(page), {}, embeddings);
          return Response.json([await store.similaritySearch(question), await local.similaritySearch(question)]);
        }
      `,
      route,
    ),
    valid(
      'where a look says that nothing is there',
      on(
        '/chat',
        code`
          const store = await PineconeStore.fromExistingIndex(embeddings, { pineconeIndex });
          const stats = await pineconeIndex.describeIndexStats();
          if (stats.totalRecordCount === 0) {
            await store.addDocuments(await loadFaq());
          }
          ${search}
        `,
      ),
    ),
    valid(
      'a store that is built once',
      code`
        ${head}
        let store: PineconeStore | undefined;
        app.post('/chat', async (req, res) => {
          store ??= await PineconeStore.fromDocuments(await loadFaq(), embeddings, { pineconeIndex });
          ${search}
        });
      `,
    ),
    valid(
      'behind a function that keeps what it built',
      code`
        ${head}
        let store: PineconeStore | undefined;
        async function getStore() {
          if (!store) {
            store = await PineconeStore.fromDocuments(await loadFaq(), embeddings, { pineconeIndex });
          }
          return store;
        }
        app.post('/chat', async (req, res) => {
          const store = await getStore();
          ${search}
        });
      `,
    ),
    valid(
      'after the response',
      code`
        ${head}
        import { after } from 'next/server';
        const store = await PineconeStore.fromExistingIndex(embeddings, { pineconeIndex });
        export async function POST(req: Request) {
          const question = await req.text();
          const reply = await model.invoke(question);
          after(async () => {
            await store.addDocuments([{ pageContent: question, metadata: {} }]);
          });
          return Response.json(reply);
        }
      `,
      route,
    ),
    valid(
      'one that is left running is no-unawaited-call’s',
      on(
        '/chat',
        code`
          const store = await PineconeStore.fromExistingIndex(embeddings, { pineconeIndex });
          store.addDocuments(req.body.documents);
          const found = await store.similaritySearch(req.body.question, 4);
          res.json(found);
        `,
      ),
    ),
    valid(
      'a branch for writing that returns',
      on(
        '/rag',
        code`
          const store = await PineconeStore.fromExistingIndex(embeddings, { pineconeIndex });
          if (req.body.mode === 'write') {
            await store.addDocuments(req.body.documents);
            return res.json({ ok: true });
          }
          const found = await store.similaritySearch(req.body.question, 4);
          res.json(found);
        `,
      ),
    ),
    valid(
      'a script',
      `${head}${build}\nconst found = await store.similaritySearch('refunds', 4);\nconsole.log(found);\n`,
    ),
    valid(
      'a job',
      code`
        ${head}
        import { Worker } from 'bullmq';
        new Worker('documents', async (job) => {
          const summary = await model.invoke(job.data.text);
          await PineconeStore.fromTexts([String(summary.content)], {}, embeddings, { pineconeIndex });
        });
      `,
    ),
    valid(
      'a graph step that only archives, and a tool that remembers',
      code`
        ${head}
        import { tool } from '@langchain/core/tools';
        import { MessagesAnnotation, StateGraph } from '@langchain/langgraph';
        const store = await PineconeStore.fromExistingIndex(embeddings, { pineconeIndex });
        export const graph = new StateGraph(MessagesAnnotation)
          .addNode('archive', async ({ messages }) => {
            await store.addDocuments(messages.map((message) => ({ pageContent: message.text, metadata: {} })));
            return {};
          })
          .addEdge('__start__', 'archive')
          .compile();
        export const remember = tool(
          async ({ fact }) => {
            await store.addDocuments([{ pageContent: fact, metadata: {} }]);
            const similar = await store.similaritySearch(fact, 1);
            return JSON.stringify(similar);
          },
          { name: 'save_memory_import', description: 'Remembers a fact.' },
        );
      `,
    ),
    valid(
      'LlamaIndex',
      code`
        import { VectorStoreIndex } from 'llamaindex';
        import { ChatOpenAI } from '@langchain/openai';
        const model = new ChatOpenAI();
        export async function POST(req: Request) {
          const index = await VectorStoreIndex.fromDocuments([]);
          return Response.json([index, await model.invoke(await req.text())]);
        }
      `,
      route,
    ),
    valid(
      'the history of a chat',
      code`
        import { RedisChatMessageHistory } from '@langchain/redis';
        import { ChatOpenAI } from '@langchain/openai';
        const model = new ChatOpenAI();
        export async function POST(req: Request) {
          const history = new RedisChatMessageHistory({ sessionId: 'a' });
          const reply = await model.invoke(await req.text());
          await history.addMessage(reply);
          return Response.json(reply);
        }
      `,
      route,
    ),
  ],
  invalid: [
    ...(
      [
        ['a sibling', (fn) => `app.use(${fn}).post('/ingest', importAll);`],
        ['a prefix of others', (fn) => `app.register(importAll, { prefix: '/ingest' });\napp.post('/chat', ${fn});`],
        ['a table of handlers', (fn) => `export const seed = { chat: wrap(${fn}) };\napp.post('/chat', seed.chat);`],
      ] satisfies readonly [string, (fn: string) => string][]
    ).map(([name, register]) =>
      reports<MessageIds>(
        `a name that is not the handler's: ${name}`,
        code`
          ${head}
          ${register('async (req, res) => { res.json(await write()); }')}
          ${writing.replace('addDocuments', '⟦addDocuments⟧')}
        `,
        { messageId: 'added', data: { call: 'store.addDocuments', unit: 'request', instead: '' } },
      ),
    ),
    reports(
      'void on a server that runs on, and an imported store with a written type',
      code`
        ${head}
        import { shared } from './store';
        const store: PineconeStore = shared;
        app.post('/chat', async (req, res) => {
          const answer = await model.invoke(req.body.text);
          void store.⟦addDocuments⟧([{ pageContent: req.body.text, metadata: {} }]);
          res.json(answer.text);
        });
      `,
      { messageId: 'addedApart', data: { call: 'store.addDocuments', unit: 'request', instead: '' } },
    ),
    ...[
      ['void', 'void store.⟦addDocuments⟧(req.body.documents);'],
      ['a handler of its failure', 'store.⟦addDocuments⟧(req.body.documents).catch(console.error);'],
      ['a variable that nobody waits for', 'const writing = store.⟦addDocuments⟧(req.body.documents);'],
    ].map(([name = '', write = '']) =>
      reports<MessageIds>(
        `a write that the answer does not wait for: ${name}`,
        code`
          ${head}
          app.post('/chat', async (req, res) => {
            const store = await PineconeStore.fromExistingIndex(embeddings, { pineconeIndex });
            ${write}
            res.json(await store.similaritySearch(req.body.question, 4));
          });
        `,
        { messageId: 'addedApart', data: { call: 'store.addDocuments', unit: 'request', instead: '' } },
      ),
    ),
    ...[
      ['in a variable', 'const writing = store.⟦addDocuments⟧(req.body.documents);', 'await writing;'],
      ['beside others', 'await Promise.all([store.⟦addDocuments⟧(req.body.documents), log(req)]);', ''],
      ['with a handler', 'await store.⟦addDocuments⟧(req.body.documents).catch(console.error);', ''],
    ].map(([name = '', write = '', after = '']) =>
      reports<MessageIds>(
        `a write that the answer waits for: ${name}`,
        code`
          ${head}
          app.post('/chat', async (req, res) => {
            const store = await PineconeStore.fromExistingIndex(embeddings, { pineconeIndex });
            ${write}
            ${after}
            res.json(await store.similaritySearch(req.body.question, 4));
          });
        `,
        { messageId: 'added', data: { call: 'store.addDocuments', unit: 'request', instead: '' } },
      ),
    ),
    ...importForms({
      module: '@langchain/pinecone',
      names: ['PineconeStore'],
      head: code`
        import express from 'express';
        import { embeddings, loadFaq, pineconeIndex } from './clients';
      `,
      body: answer,
      expect: ({ names, source }) => ({
        errors: [
          error(source, { call: `${names.PineconeStore}.fromDocuments`, instead: 'PineconeStore.fromExistingIndex()' }),
        ],
      }),
    }),

    invalid(
      'an answer by a chain',
      on(
        '/chat',
        code`
          ${build}
          const context = store.asRetriever();
          const reply = await model.invoke(req.body.question);
          res.json([context, reply]);
        `,
      ),
      { call: 'PineconeStore.fromDocuments', instead: 'PineconeStore.fromExistingIndex()' },
    ),
    invalid(
      'fromTexts in a Next.js route',
      code`
        ${head}
        export async function POST(req: Request) {
          const store = await PineconeStore.fromTexts(['Refunds take a week.'], {}, embeddings, { pineconeIndex });
          const docs = await store.asRetriever().invoke(await req.text());
          return Response.json(docs);
        }
      `,
      { call: 'PineconeStore.fromTexts', instead: 'PineconeStore.fromExistingIndex()' },
      route,
    ),
    invalid(
      'a collection of Qdrant',
      code`
        import { QdrantVectorStore } from '@langchain/qdrant';
        import { ChatOpenAI } from '@langchain/openai';
        import { docs, embeddings } from './clients';
        const model = new ChatOpenAI();
        export const handler = async (event: { question: string }) => {
          const store = await QdrantVectorStore.fromDocuments(docs, embeddings, {
            url: process.env.QDRANT_URL,
            collectionName: 'faq',
          });
          const found = await store.similaritySearch(event.question);
          const reply = await model.invoke(JSON.stringify(found));
          return { statusCode: 200, body: reply.content };
        };
      `,
      { call: 'QdrantVectorStore.fromDocuments', unit: 'event', instead: 'QdrantVectorStore.fromExistingCollection()' },
    ),
    invalid(
      'addDocuments before the search',
      on(
        '/chat',
        code`
          const store = await PineconeStore.fromExistingIndex(embeddings, { pineconeIndex });
          await store.addDocuments(await loadFaq());
          ${search}
        `,
      ),
      { call: 'store.addDocuments' },
    ),
    invalid(
      'addVectors',
      on(
        '/chat',
        code`
          const store = await PineconeStore.fromExistingIndex(embeddings, { pineconeIndex });
          const vectors = await embeddings.embedDocuments(['a']);
          await store.addVectors(vectors, [{ pageContent: 'a', metadata: {} }]);
          ${search}
        `,
      ),
      { call: 'store.addVectors' },
    ),
    invalid(
      'what was asked, written after the answer',
      on(
        '/chat',
        code`
          const store = await PineconeStore.fromExistingIndex(embeddings, { pineconeIndex });
          const reply = await model.invoke(req.body.question);
          await store.addDocuments([{ pageContent: req.body.question, metadata: {} }]);
          res.json(reply);
        `,
      ),
      { call: 'store.addDocuments' },
    ),
    invalid(
      'a store in memory that all requests share',
      code`
        import { MemoryVectorStore } from 'langchain/vectorstores/memory';
        import { OpenAIEmbeddings } from '@langchain/openai';
        import { faq } from './faq';
        const store = new MemoryVectorStore(new OpenAIEmbeddings());
        export async function POST(req: Request) {
          await store.addDocuments(faq);
          return Response.json(await store.similaritySearch(await req.text()));
        }
      `,
      { call: 'store.addDocuments' },
      route,
    ),
    invalid(
      'index() of LangChain',
      code`
        import { index } from 'langchain/indexes';
        ${head}
        import { recordManager, vectorStore } from './stores';
        app.post('/chat', async (req, res) => {
          const result = await index({
            docsSource: await loadFaq(),
            recordManager,
            vectorStore,
            options: { cleanup: 'full' },
          });
          const reply = await model.invoke(req.body.question);
          res.json([result, reply]);
        });
      `,
      { call: 'index' },
    ),
    invalid(
      'a Nest service',
      code`
        import { Injectable } from '@nestjs/common';
        import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
        import { ChatOpenAI } from '@langchain/openai';
        import { embeddings, pool, readHandbook } from './clients';
        @Injectable()
        export class Answers {
          private readonly model = new ChatOpenAI();
          async answer(question: string) {
            const store = await PGVectorStore.fromDocuments(await readHandbook(), embeddings, {
              pool,
              tableName: 'handbook',
            });
            const docs = await store.similaritySearch(question);
            const { content } = await this.model.invoke(JSON.stringify(docs));
            return content;
          }
        }
      `,
      { call: 'PGVectorStore.fromDocuments', instead: 'PGVectorStore.initialize()' },
    ),
    invalid(
      'a function of the file in between',
      code`
        ${head}
        async function openStore() {
          return PineconeStore.fromDocuments(await loadFaq(), embeddings, { pineconeIndex });
        }
        app.post('/chat', async (req, res) => {
          const store = await openStore();
          ${search}
        });
      `,
      { call: 'PineconeStore.fromDocuments', instead: 'PineconeStore.fromExistingIndex()' },
    ),
    invalid(
      'a tool that indexes before it searches',
      code`
        ${head}
        import { tool } from '@langchain/core/tools';
        const store = await PineconeStore.fromExistingIndex(embeddings, { pineconeIndex });
        export const searchHandbook = tool(
          async ({ query }) => {
            await store.addDocuments(await loadFaq());
            return JSON.stringify(await store.similaritySearch(query));
          },
          { name: 'search_handbook', description: 'Searches the handbook.' },
        );
      `,
      { call: 'store.addDocuments', unit: 'tool call' },
    ),
    invalid(
      'a branch that does not return',
      on(
        '/chat',
        code`
          const store = await PineconeStore.fromExistingIndex(embeddings, { pineconeIndex });
          if (req.body.documents) {
            await store.addDocuments(req.body.documents);
          }
          ${search}
        `,
      ),
      { call: 'store.addDocuments' },
    ),
    invalid(
      'a store that is a parameter of the class',
      code`
        import { Controller, Get, Query } from '@nestjs/common';
        import { QdrantVectorStore } from '@langchain/qdrant';
        import { readHandbook } from './clients';
        @Controller('answers')
        export class Answers {
          constructor(private readonly store: QdrantVectorStore) {}
          @Get()
          async find(@Query('q') question: string) {
            await this.store.addDocuments(await readHandbook());
            return this.store.similaritySearch(question);
          }
        }
      `,
      { call: 'this.store.addDocuments' },
    ),
  ],
});
