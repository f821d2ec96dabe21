import rule from '../../rules/prefer-cached-embeddings.ts';
import { code, locate } from '../helpers/code.ts';
import { type Invalid, StrictRuleTester, type Valid } from '../helpers/rule-tester.ts';
import { importForms, lookalikes } from '../helpers/shape-matrix.ts';

type MessageIds = 'query' | 'store' | 'texts' | 'uncachedQuery';

function valid(name: string, source: string, filename = 'file.ts'): Valid<[]> {
  return { name, code: source, filename };
}

/** @param at The underlined text. */
function again(
  name: string,
  source: string,
  messageId: 'query' | 'store' | 'texts',
  at: string,
  call: string,
  unit = 'request',
  filename = 'file.ts',
): Invalid<MessageIds, []> {
  return { name, code: source, filename, errors: [{ messageId, data: { name: call, unit }, ...locate(source, at) }] };
}

function uncached(
  name: string,
  source: string,
  call: string,
  { at = 'CacheBackedEmbeddings.fromBytesStore', filename = 'file.ts' } = {},
): Invalid<MessageIds, []> {
  return {
    name,
    code: source,
    filename,
    errors: [{ messageId: 'uncachedQuery', data: { query: call }, ...locate(source, at) }],
  };
}

const imports = code`
  import { OpenAIEmbeddings } from '@langchain/openai';
  import { CacheBackedEmbeddings } from '@langchain/classic/embeddings/cache_backed';
  import { InMemoryStore } from '@langchain/core/stores';
  import { MemoryVectorStore } from '@langchain/classic/vectorstores/memory';
  const embeddings = new OpenAIEmbeddings({ model: 'text-embedding-3-small' });
`;

const cacheSnippet = {
  module: '@langchain/classic/embeddings/cache_backed',
  names: ['CacheBackedEmbeddings'],
  label: 'cache',
  head: "import { OpenAIEmbeddings } from '@langchain/openai';",
  body: (n: { readonly CacheBackedEmbeddings: string }) => code`
    const cached = ${n.CacheBackedEmbeddings}.fromBytesStore(new OpenAIEmbeddings(), bytes, { namespace: 'small' });
    const vector = await cached.embedQuery('How late is it?');
  `,
} as const;

const storeSnippet = {
  module: '@langchain/classic/vectorstores/memory',
  names: ['MemoryVectorStore'],
  label: 'store',
  head: "import express from 'express';\nimport { OpenAIEmbeddings } from '@langchain/openai';",
  body: (n: { readonly MemoryVectorStore: string }) => code`
    const app = express();
    app.post('/ask', async (req, res) => {
      const store = await ${n.MemoryVectorStore}.fromTexts(
        ['We open at 9.', 'We close at 5.'],
        [{}, {}],
        new OpenAIEmbeddings()
      );
      res.json(await store.similaritySearch(req.body.question, 1));
    });
  `,
} as const;

new StrictRuleTester().run(rule, {
  valid: [
    ...lookalikes(cacheSnippet),
    ...lookalikes(storeSnippet),

    // ── the same texts ──
    valid(
      'a store that is built once, at the top of the module',
      code`
        ${imports}
        const store = await MemoryVectorStore.fromTexts(['We open at 9.', 'We close at 5.'], [{}, {}], embeddings);
        export async function POST(request: Request) {
          const { question } = await request.json();
          return Response.json(await store.similaritySearch(question, 1));
        }
      `,
      'app/api/ask/route.ts',
    ),
    valid(
      'a cache before the embeddings',
      code`
        ${imports}
        const FAQ = ['We open at 9.', 'We close at 5.'];
        const cached = CacheBackedEmbeddings.fromBytesStore(embeddings, new InMemoryStore(), { namespace: 'small' });
        export async function POST(request: Request) {
          const store = await MemoryVectorStore.fromTexts(FAQ, FAQ.map(() => ({})), cached);
          const filled = new MemoryVectorStore(cached);
          await filled.addDocuments([{ pageContent: 'We open at 9.', metadata: {} }]);
          await cached.embedDocuments(FAQ);
          const { question } = await request.json();
          return Response.json(await store.similaritySearch(question, 1));
        }
      `,
      'app/api/ask/route.ts',
    ),
    valid(
      'a store that is kept',
      code`
        ${imports}
        const FAQ = ['We open at 9.', 'We close at 5.'];
        let store: MemoryVectorStore | undefined;
        const stores = new Map<string, MemoryVectorStore>();
        let promise: Promise<MemoryVectorStore> | undefined;
        const getStore = () => (promise ??= MemoryVectorStore.fromTexts(FAQ, [], embeddings));
        export async function GET() {
          store ??= await MemoryVectorStore.fromTexts(FAQ, [], embeddings);
          return Response.json(await (await getStore()).similaritySearch('open', 1));
        }
        export async function POST(request: Request) {
          if (!store) {
            store = await MemoryVectorStore.fromTexts(FAQ, [], embeddings);
          }
          let own = stores.get('faq');
          if (!own) {
            own = await MemoryVectorStore.fromTexts(FAQ, [], embeddings);
            stores.set('faq', own);
          }
          return Response.json(await own.similaritySearch('open', 1));
        }
      `,
      'app/api/ask/route.ts',
    ),
    valid(
      'what a framework keeps',
      code`
        import { unstable_cache } from 'next/cache';
        ${imports}
        const FAQ = ['We open at 9.', 'We close at 5.'];
        const getVectors = unstable_cache(async () => embeddings.embedDocuments(FAQ), ['faq']);
        export async function GET() {
          return Response.json(await getVectors());
        }
      `,
      'app/api/vectors/route.ts',
    ),
    valid(
      'documents of the request',
      code`
        import express from 'express';
        import { PDFLoader } from '@langchain/community/document_loaders/fs/pdf';
        ${imports}
        const RULES = ['Be polite.', 'Be brief.'];
        const app = express();
        app.post('/ask', async (req, res) => {
          const store = await MemoryVectorStore.fromTexts(req.body.texts, [], embeddings);
          const mixed = await MemoryVectorStore.fromTexts([...RULES, req.body.text], [], embeddings);
          const chosen = await embeddings.embedDocuments(RULES.filter((rule) => rule.startsWith(req.query.prefix)));
          const pdf = await MemoryVectorStore.fromDocuments(await new PDFLoader(req.file.path).load(), embeddings);
          const dated = await embeddings.embedDocuments([\`It is \${new Date().toISOString()}.\`, 'Ask again later.']);
          res.json({ store, mixed, chosen, pdf, dated });
        });
      `,
    ),
    valid(
      'documents of the web and of another module',
      code`
        import express from 'express';
        import { CheerioWebBaseLoader } from '@langchain/community/document_loaders/web/cheerio';
        import { loadArticles } from './articles';
        ${imports}
        const app = express();
        app.get('/ask', async (req, res) => {
          const pages = await MemoryVectorStore.fromDocuments(
            await new CheerioWebBaseLoader('https://example.com/faq').load(),
            embeddings
          );
          const articles = await MemoryVectorStore.fromDocuments(await loadArticles(), embeddings);
          res.json([pages, articles]);
        });
      `,
    ),
    valid(
      'a file that the handler has written',
      code`
        import { writeFile } from 'node:fs/promises';
        import { TextLoader } from '@langchain/classic/document_loaders/fs/text';
        ${imports}
        export async function POST(request: Request) {
          await writeFile('data/current.txt', await request.text());
          const docs = await new TextLoader('data/current.txt').load();
          const store = await MemoryVectorStore.fromDocuments(docs, embeddings);
          return Response.json(await store.similaritySearch('summary', 2));
        }
      `,
      'app/api/ask/route.ts',
    ),
    valid(
      'a list that is filled at run time',
      code`
        import express from 'express';
        ${imports}
        const notes: string[] = [];
        const app = express();
        app.post('/note', (req, res) => {
          notes.push(req.body.note);
          res.end();
        });
        app.get('/ask', async (req, res) => res.json(await embeddings.embedDocuments(notes)));
      `,
    ),
    valid(
      'handlers that are there to index',
      code`
        import express from 'express';
        import { TextLoader } from '@langchain/classic/document_loaders/fs/text';
        ${imports}
        const app = express();
        app.post('/ingest', async (req, res) => {
          const docs = await new TextLoader('data/handbook.txt').load();
          await table.insert(await embeddings.embedDocuments(docs.map((doc) => doc.pageContent)));
          res.end();
        });
        async function seedFaq(req, res) {
          await table.insert(await embeddings.embedDocuments(['We open at 9.', 'We close at 5.']));
          res.end();
        }
        app.post('/faq', seedFaq);
      `,
    ),
    valid(
      'an index that goes to disk or to a variable of the module',
      code`
        import express from 'express';
        import { HNSWLib } from '@langchain/community/vectorstores/hnswlib';
        ${imports}
        const app = express();
        let current;
        app.post('/refresh', async (req, res) => {
          const store = await HNSWLib.fromTexts(['We open at 9.'], [{}], embeddings);
          await store.save('data/index');
          current = await MemoryVectorStore.fromTexts(['We open at 9.'], [{}], embeddings);
          res.end();
        });
      `,
    ),
    valid(
      'remote stores and stores that outlive the handler, which no-indexing-in-handler is about',
      code`
        import express from 'express';
        import { PineconeStore } from '@langchain/pinecone';
        import { LanceDB } from '@langchain/community/vectorstores/lancedb';
        ${imports}
        const shared = new MemoryVectorStore(embeddings);
        const app = express();
        app.post('/ask', async (req, res) => {
          await PineconeStore.fromTexts(['We open at 9.'], [{}], embeddings, { pineconeIndex });
          await LanceDB.fromTexts(['We open at 9.'], [{}], embeddings, { table });
          await shared.addDocuments([{ pageContent: 'We open at 9.', metadata: {} }]);
          res.json(await shared.similaritySearch(req.body.question));
        });
      `,
    ),
    valid(
      'a record manager knows what is there',
      code`
        import { index } from '@langchain/core/indexing';
        import { TextLoader } from '@langchain/classic/document_loaders/fs/text';
        ${imports}
        export async function GET() {
          await index({
            docsSource: await new TextLoader('data/faq.txt').load(),
            recordManager,
            vectorStore,
            options: { cleanup: 'full' },
          });
          return new Response();
        }
      `,
      'app/api/faq/route.ts',
    ),
    valid(
      'scripts and lifecycle hooks',
      code`
        import { Injectable } from '@nestjs/common';
        ${imports}
        const KINDS = ['refund', 'order', 'complaint'];
        async function main() {
          console.log(await embeddings.embedDocuments(KINDS));
        }
        await main();

        @Injectable()
        export class RouterService {
          private vectors: number[][] = [];
          async onModuleInit() {
            this.vectors = await embeddings.embedDocuments(KINDS);
          }
        }
      `,
    ),
    valid(
      'embeddings that make no request',
      code`
        import { FakeEmbeddings } from '@langchain/core/utils/testing';
        ${imports}
        export async function GET() {
          return Response.json(await MemoryVectorStore.fromTexts(['We open at 9.'], [{}], new FakeEmbeddings()));
        }
      `,
      'app/api/faq/route.ts',
    ),

    // ── caches that serve queries ──
    valid(
      'a cache that documents go through',
      code`
        import { PineconeStore } from '@langchain/pinecone';
        ${imports}
        const cached = CacheBackedEmbeddings.fromBytesStore(embeddings, new InMemoryStore(), { namespace: 'small' });
        const store = await PineconeStore.fromExistingIndex(cached, { pineconeIndex });
        export const add = (docs) => store.addDocuments(docs);
        export const search = (query: string) => store.similaritySearch(query, 4);
      `,
    ),
    valid(
      'a cache for documents per request',
      code`
        import { SupabaseVectorStore } from '@langchain/community/vectorstores/supabase';
        ${imports}
        export async function GET() {
          const cached = CacheBackedEmbeddings.fromBytesStore(embeddings, new InMemoryStore(), { namespace: 'csv' });
          const store = new SupabaseVectorStore(cached, { client, tableName: 'documents' });
          await store.addDocuments(await loadChunks());
          return new Response();
        }
      `,
      'app/api/csv/route.ts',
    ),
    valid(
      'caches that go out of sight',
      code`
        import { PineconeStore } from '@langchain/pinecone';
        import { createChain } from './chain';
        ${imports}
        export const exported = CacheBackedEmbeddings.fromBytesStore(
          embeddings,
          new InMemoryStore(),
          { namespace: 'a' }
        );
        export const ask = (query: string) => exported.embedQuery(query);

        const handedOn = CacheBackedEmbeddings.fromBytesStore(embeddings, new InMemoryStore(), { namespace: 'b' });
        export const chain = createChain(handedOn, await handedOn.embedQuery('probe'));

        export function getStore() {
          return new PineconeStore(
            CacheBackedEmbeddings.fromBytesStore(embeddings, new InMemoryStore(), { namespace: 'c' }),
            { pineconeIndex }
          );
        }
        export const search = (query: string) => getStore().similaritySearch(query, 4);

        const inOptions = CacheBackedEmbeddings.fromBytesStore(embeddings, new InMemoryStore(), { namespace: 'd' });
        export const options = { embeddings: inOptions };
        await inOptions.embedQuery('probe');
      `,
    ),
    valid(
      'a cache that nothing is asked of yet',
      code`
        ${imports}
        const cached = CacheBackedEmbeddings.fromBytesStore(embeddings, new InMemoryStore(), { namespace: 'small' });
        console.log('ready');
      `,
    ),
    valid(
      'queries of a list, which prefer-embed-documents is about',
      code`
        ${imports}
        const cached = CacheBackedEmbeddings.fromBytesStore(embeddings, new InMemoryStore(), { namespace: 'small' });
        export async function label(texts: string[]) {
          for (const text of texts) await save(text, await cached.embedQuery(text));
        }
      `,
    ),
    valid(
      'a public field, which other classes may use',
      code`
        ${imports}
        export class Search {
          readonly embeddings = CacheBackedEmbeddings.fromBytesStore(
            embeddings,
            new InMemoryStore(),
            { namespace: 'small' }
          );
          find(query: string) {
            return this.embeddings.embedQuery(query);
          }
        }
      `,
    ),
  ],
  invalid: [
    again(
      'a query that is always the same, beside one of the request',
      code`
        ${imports}
        import { Hono } from 'hono';
        const tone = 'friendly and short';
        export const app = new Hono().post('/tone', async (c) => {
          const [anchor, vector] = [await embeddings.embedQuery(tone), await embeddings.embedQuery(await c.req.text())];
          return c.json({ anchor, vector });
        });
      `,
      'query',
      'embedQuery',
      'embeddings.embedQuery',
    ),
    // ── the same texts ──
    ...importForms({
      ...storeSnippet,
      expect: ({ names, source }) => {
        const name = `${names.MemoryVectorStore}.fromTexts`;
        return {
          errors: [
            {
              messageId: 'store' as const,
              data: { name: /^[\w.]+$/u.test(name) ? name : 'this call', unit: 'request' },
              ...locate(source, name),
            },
          ],
        };
      },
    }),
    again(
      'a file that the route loads, splits and embeds',
      code`
        import path from 'node:path';
        import { TextLoader } from '@langchain/classic/document_loaders/fs/text';
        import { RecursiveCharacterTextSplitter } from '@langchain/textsplitters';
        ${imports}
        export async function POST(request: Request) {
          const { question } = await request.json();
          const loader = new TextLoader(path.join(process.cwd(), 'data', 'handbook.txt'));
          const docs = await loader.load();
          const splitter = new RecursiveCharacterTextSplitter({ chunkSize: 500 });
          const chunks = await splitter.splitDocuments(docs);
          const store = await MemoryVectorStore.fromDocuments(chunks, embeddings);
          const retriever = store.asRetriever();
          return Response.json(await retriever.invoke(question));
        }
      `,
      'store',
      'MemoryVectorStore.fromDocuments',
      'MemoryVectorStore.fromDocuments',
      'request',
      'app/api/ask/route.ts',
    ),
    again(
      'a file that a helper reads',
      code`
        import express from 'express';
        import { readFile } from 'node:fs/promises';
        import { Document } from '@langchain/core/documents';
        ${imports}
        async function buildStore(file: string) {
          const text = await readFile(file, 'utf8');
          const docs = text.split('\\n\\n').map((pageContent) => new Document({ pageContent }));
          return MemoryVectorStore.fromDocuments(docs, embeddings);
        }
        const app = express();
        app.post('/ask', async (req, res) => {
          const store = await buildStore('data/faq.md');
          res.json(await store.similaritySearch(req.body.question, 3));
        });
      `,
      'store',
      'MemoryVectorStore.fromDocuments',
      'MemoryVectorStore.fromDocuments',
    ),
    again(
      'a directory',
      code`
        import Fastify from 'fastify';
        import { FaissStore } from '@langchain/community/vectorstores/faiss';
        import { DirectoryLoader } from '@langchain/classic/document_loaders/fs/directory';
        import { PDFLoader } from '@langchain/community/document_loaders/fs/pdf';
        ${imports}
        const fastify = Fastify();
        fastify.get('/manuals', async (request) => {
          const docs = await new DirectoryLoader('./manuals', { '.pdf': (path) => new PDFLoader(path) }).load();
          const store = await FaissStore.fromDocuments(docs, embeddings);
          return store.similaritySearch(request.query.q, 4);
        });
      `,
      'store',
      'FaissStore.fromDocuments',
      'FaissStore.fromDocuments',
    ),
    again(
      'a tool with a file that is read synchronously',
      code`
        import fs from 'node:fs';
        import path from 'node:path';
        import { tool } from '@langchain/core/tools';
        import { HNSWLib } from '@langchain/community/vectorstores/hnswlib';
        import { RecursiveCharacterTextSplitter } from '@langchain/textsplitters';
        import { z } from 'zod';
        ${imports}
        export const lookUp = tool(
          async ({ question }) => {
            const text = fs.readFileSync(path.join(__dirname, 'policy.md'), 'utf8');
            const docs = await new RecursiveCharacterTextSplitter().createDocuments([text]);
            let store;
            try {
              store = await HNSWLib.fromDocuments(docs, embeddings);
            } catch {
              return 'Nothing found.';
            }
            return JSON.stringify(await store.similaritySearch(question));
          },
          { name: 'look_up_policy', schema: z.object({ question: z.string() }) },
        );
      `,
      'store',
      'HNSWLib.fromDocuments',
      'HNSWLib.fromDocuments',
      'tool call',
    ),
    again(
      'documents added to a store of the request',
      code`
        import { Document } from '@langchain/core/documents';
        ${imports}
        const FAQ = [{ question: 'When do you open?', answer: 'At 9.' }];
        export default async function handler(req, res) {
          const store = new MemoryVectorStore(embeddings);
          await store.addDocuments(
            FAQ.map(({ answer, question }) => new Document({ pageContent: question, metadata: { answer } }))
          );
          res.json(await store.similaritySearch(req.query.q, 1));
        }
      `,
      'store',
      'addDocuments',
      'store.addDocuments',
      'request',
      'pages/api/faq.ts',
    ),
    again(
      'labels of a classifier in a Nest service',
      code`
        import { Injectable } from '@nestjs/common';
        import { OpenAIEmbeddings } from '@langchain/openai';

        const KINDS = ['refund', 'order', 'complaint'] as const;

        @Injectable()
        export class RouterService {
          private readonly embeddings = new OpenAIEmbeddings();

          async route(question: string) {
            const kinds = await this.embeddings.embedDocuments([...KINDS]);
            return nearest(kinds, await this.embeddings.embedQuery(question));
          }
        }
      `,
      'texts',
      'embedDocuments',
      'this.embeddings.embedDocuments',
    ),
    again(
      'a graph node',
      code`
        import { Annotation, StateGraph } from '@langchain/langgraph';
        import { OpenAIEmbeddings } from '@langchain/openai';
        const embeddings = new OpenAIEmbeddings();
        const State = Annotation.Root({ question: Annotation<string>(), topic: Annotation<string>() });
        const TOPICS = { billing: 'Invoices and payments', shipping: 'Parcels and delivery' };
        const graph = new StateGraph(State).addNode('classify', async (state) => {
          const topics = await embeddings.embedDocuments(Object.values(TOPICS));
          return { topic: closest(topics, await embeddings.embedQuery(state.question)) };
        });
      `,
      'texts',
      'embedDocuments',
      'embeddings.embedDocuments',
      'graph step',
    ),
    again(
      'a JSON file that is imported, in JavaScript',
      code`
        const { OpenAIEmbeddings } = require('@langchain/openai');
        import faq from '../../data/faq.json';
        const embeddings = new OpenAIEmbeddings();
        export default async function handler(req, res) {
          const vectors = await embeddings.embedDocuments(faq.map((entry) => entry.question));
          res.json(best(vectors, await embeddings.embedQuery(req.query.q)));
        }
      `,
      'texts',
      'embedDocuments',
      'embeddings.embedDocuments',
      'request',
      'pages/api/faq.js',
    ),
    again(
      'a store in a server action',
      code`
        'use server';
        ${imports}
        export async function findProduct(query: string) {
          const store = await MemoryVectorStore.fromTexts(
            ['Bicycle', 'Tent', 'Stove'],
            [{ id: 1 }, { id: 2 }, { id: 3 }],
            new OpenAIEmbeddings()
          );
          const [product] = await store.similaritySearch(query, 1);
          return product;
        }
      `,
      'store',
      'MemoryVectorStore.fromTexts',
      'MemoryVectorStore.fromTexts',
    ),

    // ── caches that serve queries ──
    ...importForms({
      ...cacheSnippet,
      expect: ({ names, source }) => ({
        errors: [
          {
            messageId: 'uncachedQuery' as const,
            data: { query: 'cached.embedQuery' },
            ...locate(source, `${names.CacheBackedEmbeddings}.fromBytesStore`),
          },
        ],
      }),
    }),
    uncached(
      'a cache of the module, for the queries of requests',
      code`
        import express from 'express';
        ${imports}
        const cached = CacheBackedEmbeddings.fromBytesStore(embeddings, new InMemoryStore(), { namespace: 'queries' });
        const app = express();
        app.post('/search', async (req, res) => {
          const vector = await cached.embedQuery(req.body.query);
          res.json(await index.query({ vector, topK: 4 }));
        });
      `,
      'cached.embedQuery',
    ),
    uncached(
      'a cache per request, before a store that is there',
      code`
        import { SupabaseVectorStore } from '@langchain/community/vectorstores/supabase';
        ${imports}
        async function createStore() {
          const cacheStore = new InMemoryStore();
          const cached = CacheBackedEmbeddings.fromBytesStore(embeddings, cacheStore, { namespace: 'search' });
          return new SupabaseVectorStore(cached, {
            client: supabase,
            tableName: 'documents',
            queryName: 'match_documents',
          });
        }
        async function search(query: string) {
          const store = await createStore();
          return store.similaritySearchWithScore(query, 5);
        }
        export async function POST(request: Request) {
          const { query } = await request.json();
          return Response.json(await search(query));
        }
      `,
      'store.similaritySearchWithScore',
      { filename: 'app/api/search/route.ts' },
    ),
    uncached(
      'a retriever over an index that is there',
      code`
        import { PineconeStore } from '@langchain/pinecone';
        ${imports}
        const cached = CacheBackedEmbeddings.fromBytesStore(embeddings, new InMemoryStore(), { namespace: 'small' });
        const store = await PineconeStore.fromExistingIndex(cached, { pineconeIndex });
        export const retriever = store.asRetriever({ k: 4 });
      `,
      'store.asRetriever',
    ),
    uncached(
      'by its constructor, in a private field',
      code`
        import { Injectable } from '@nestjs/common';
        ${imports}
        @Injectable()
        export class SearchService {
          private readonly cached = new CacheBackedEmbeddings({
            underlyingEmbeddings: embeddings,
            documentEmbeddingStore,
          });

          async find(query: string) {
            const vector = await this.cached.embedQuery(query);
            return this.repository.nearest(vector);
          }
        }
      `,
      'this.cached.embedQuery',
      { at: 'new CacheBackedEmbeddings' },
    ),
    uncached(
      'a field that the constructor assigns, in a private store',
      code`
        import { QdrantVectorStore } from '@langchain/qdrant';
        ${imports}
        export class Search {
          #store: QdrantVectorStore;
          constructor(client) {
            const cached = CacheBackedEmbeddings.fromBytesStore(
              embeddings,
              new InMemoryStore(),
              { namespace: 'small' }
            );
            this.#store = new QdrantVectorStore(cached, { client, collectionName: 'docs' });
          }
          find(query: string) {
            return this.#store.maxMarginalRelevanceSearch(query, { k: 4 });
          }
        }
      `,
      'this.#store.maxMarginalRelevanceSearch',
    ),
    uncached(
      'a function of the file that is given it',
      code`
        ${imports}
        const rank = async (model, query) => order(await model.embedQuery(query));
        const cached = CacheBackedEmbeddings.fromBytesStore(embeddings, new InMemoryStore(), { namespace: 'small' });
        export const find = (query: string) => rank(cached, query);
      `,
      'model.embedQuery',
    ),
  ],
});
