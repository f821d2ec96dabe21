import rule from '../../rules/no-client-in-handler.ts';
import { code, locate } from '../helpers/code.ts';
import { type Invalid, StrictRuleTester, type Valid } from '../helpers/rule-tester.ts';
import { importForms, lookalikes } from '../helpers/shape-matrix.ts';

type MessageIds = 'built' | 'cacheLazily' | 'cachePromise' | 'called' | 'moveToModule';
type Options = [
  {
    resources?: readonly ('limitedModels' | 'models' | 'pools' | 'stores')[];
    handlers?: readonly ({ decorator: string } | { module: string; name: string })[];
  },
];

const route = 'app/api/chat/route.ts';

const harm = {
  agent: 'Each leaves its connections open.',
  cache: 'Each starts with an empty cache.',
  connection: 'Connections run out.',
  derived: '`maxConcurrency` limits each alone.',
  driver: 'Connections run out.',
  file: 'Each reopens the database file.',
  http: 'Sockets stay open for 10 seconds.',
  index: 'Each time, the whole index is read from disk.',
  limit: '`maxConcurrency` limits each alone.',
  model: 'Instances share no limit or cache.',
  pool: 'Each opens a pool: connections run out.',
  poolClient: 'Each leaks a connection.',
  sandbox: 'Each leaves a machine running.',
  unsure: 'It stays open if anything before `sandbox.close()` fails.',
  weights: "Each loads the model's weights.",
} as const;

const top = 'Create it once, at module scope';
const promiseAtTop = 'Keep its promise at module scope';
const topInNext = 'Create it once, at module scope or on `globalThis`';
const promiseInNext = 'Keep its promise at module scope or on `globalThis`';
const inConstructor = 'Create it in the constructor';
const inProvider = 'Create it in `onModuleInit`';
const inRequestScope = 'Inject it from a provider with the default scope';
const inService = 'Create it in the constructor';
const inMap = 'Keep one per set of options in a `Map`';
const inWorker = 'In a Worker, connect over HTTP or through Hyperdrive';
const handOver = (option: string): string => `Pass a shared \`${option}\``;

interface Expected {
  /** Where the squiggle stands: `new ChatOpenAI`, or the callee of a factory. */
  readonly at: string;
  readonly occurrence?: number;
  readonly unit?: string;
  readonly harm: (typeof harm)[keyof typeof harm];
  readonly advice?: string;
  /** The text after the suggestion to move it to the top of the module. */
  readonly move?: { readonly name: string; readonly output: string };
  /** The text after the suggestion to make it when it is first needed. */
  readonly lazy?: { readonly name: string; readonly output: string };
}

interface Case extends Pick<Invalid<MessageIds, Options>, 'options'> {
  readonly name: string;
  readonly filename?: string;
  readonly code: string;
  readonly reports: readonly Expected[];
}

function report(
  source: string,
  { advice = top, at, harm: consequence, lazy, move, occurrence = 1, unit = 'request' }: Expected,
): Invalid<MessageIds, Options>['errors'][number] {
  const isNew = at.startsWith('new ');
  const suggestions = [
    ...(move ? [{ messageId: 'moveToModule' as const, data: { name: move.name }, output: move.output }] : []),
    ...(lazy
      ? [
          {
            messageId: lazy.name === 'opening' ? ('cachePromise' as const) : ('cacheLazily' as const),
            data: { name: lazy.name },
            output: lazy.output,
          },
        ]
      : []),
  ];
  return {
    messageId: isNew ? 'built' : 'called',
    data: { name: isNew ? at.slice(4) : at, unit, consequence, advice },
    ...locate(source, at, occurrence),
    ...(suggestions.length > 0 ? { suggestions } : {}),
  };
}

const invalid = ({ code: source, filename = route, reports, ...rest }: Case): Invalid<MessageIds, Options> => ({
  ...rest,
  filename,
  code: source,
  errors: reports.map((expected) => report(source, expected)),
});

const inRoute = ({ filename = route, ...rest }: Valid<Options>): Valid<Options> => ({ filename, ...rest });

// ── the import forms ────────────────────────────────────────────────────────────────────────────────────────────────

const snippet = {
  module: '@langchain/openai',
  names: ['ChatOpenAI'],
  head: "import express from 'express';",
  body: (n: { readonly ChatOpenAI: string }): string => code`
    const app = express();
    app.post('/ask', async (request, response) => {
      const model = new ${n.ChatOpenAI}({ model: 'gpt-4o-mini' });
      response.json(await model.invoke(request.body.question));
    });
  `,
} as const;

const movedSnippet = (n: { readonly ChatOpenAI: string }): string => code`
  const app = express();
  const model = new ${n.ChatOpenAI}({ model: 'gpt-4o-mini' });
  app.post('/ask', async (request, response) => {
    response.json(await model.invoke(request.body.question));
  });
`;

const tester = new StrictRuleTester();

tester.run(rule, {
  valid: lookalikes(snippet),
  invalid: importForms({
    ...snippet,
    expect: ({ names, render, source }) => ({
      errors: [
        report(source, {
          at: `new ${names.ChatOpenAI}`,
          harm: harm.model,
          move: { name: 'model', output: render(movedSnippet) },
        }),
      ],
    }),
  }),
});

// ── what counts ─────────────────────────────────────────────────────────────────────────────────────────────────────

const models: readonly Case[] = [
  {
    name: 'a model of literals and the environment in a route handler',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      import { prompt } from '@/lib/prompt';

      export async function POST(request: Request) {
        const { question } = await request.json();
        // Small and fast.
        const model = new ChatOpenAI({ model: process.env.MODEL ?? 'gpt-4o-mini', temperature: 0 });
        const answer = await prompt.pipe(model).invoke({ question });
        return Response.json(answer);
      }
    `,
    reports: [
      {
        at: 'new ChatOpenAI',
        harm: harm.model,
        move: {
          name: 'model',
          output: code`
            import { ChatOpenAI } from '@langchain/openai';
            import { prompt } from '@/lib/prompt';

            const model = new ChatOpenAI({ model: process.env.MODEL ?? 'gpt-4o-mini', temperature: 0 });
            export async function POST(request: Request) {
              const { question } = await request.json();
              // Small and fast.
              const answer = await prompt.pipe(model).invoke({ question });
              return Response.json(answer);
            }
          `,
        },
      },
    ],
  },
  {
    name: 'models chosen by the request, each made when it is first needed',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      import { ChatAnthropic } from '@langchain/anthropic';

      export async function POST(request: Request) {
        const { provider, question } = await request.json();
        let llm;
        if (provider === 'openai') {
          llm = new ChatOpenAI({ model: 'gpt-4o-mini' });
        } else {
          llm = new ChatAnthropic();
        }
        return Response.json(await llm.invoke(question));
      }
    `,
    reports: [
      {
        at: 'new ChatOpenAI',
        harm: harm.model,
        lazy: {
          name: 'sharedModel',
          output: code`
            import { ChatOpenAI } from '@langchain/openai';
            import { ChatAnthropic } from '@langchain/anthropic';

            let sharedModel: ChatOpenAI | undefined;

            export async function POST(request: Request) {
              const { provider, question } = await request.json();
              let llm;
              if (provider === 'openai') {
                llm = (sharedModel ??= new ChatOpenAI({ model: 'gpt-4o-mini' }));
              } else {
                llm = new ChatAnthropic();
              }
              return Response.json(await llm.invoke(question));
            }
          `,
        },
      },
      {
        at: 'new ChatAnthropic',
        harm: harm.model,
        lazy: {
          name: 'sharedModel',
          output: code`
            import { ChatOpenAI } from '@langchain/openai';
            import { ChatAnthropic } from '@langchain/anthropic';

            let sharedModel: ChatAnthropic | undefined;

            export async function POST(request: Request) {
              const { provider, question } = await request.json();
              let llm;
              if (provider === 'openai') {
                llm = new ChatOpenAI({ model: 'gpt-4o-mini' });
              } else {
                llm = (sharedModel ??= new ChatAnthropic());
              }
              return Response.json(await llm.invoke(question));
            }
          `,
        },
      },
    ],
  },
  {
    name: 'a model behind a check of its key: the key is not known to be there at the top of the module',
    filename: 'src/handler.js',
    code: code`
      const { ChatOpenAI } = require('@langchain/openai');

      exports.handler = async (event) => {
        const apiKey = process.env.OPENAI_API_KEY;
        if (!apiKey) return { statusCode: 500 };
        const answer = await new ChatOpenAI({ apiKey }).invoke(event.body);
        return { statusCode: 200, body: answer.content };
      };
    `,
    reports: [
      {
        at: 'new ChatOpenAI',
        unit: 'event',
        harm: harm.model,
        lazy: {
          name: 'sharedModel',
          output: code`
            const { ChatOpenAI } = require('@langchain/openai');

            let sharedModel;

            exports.handler = async (event) => {
              const apiKey = process.env.OPENAI_API_KEY;
              if (!apiKey) return { statusCode: 500 };
              const answer = await (sharedModel ??= new ChatOpenAI({ apiKey })).invoke(event.body);
              return { statusCode: 200, body: answer.content };
            };
          `,
        },
      },
    ],
  },
  {
    name: 'initChatModel, which is awaited',
    filename: 'src/tools.ts',
    code: code`
      import { tool } from '@langchain/core/tools';
      import { initChatModel } from 'langchain';

      export const classify = tool(
        async ({ text }) => {
          const model = await initChatModel('openai:gpt-4o-mini');
          return model.invoke(text);
        },
        { name: 'classify', schema },
      );
    `,
    reports: [
      {
        at: 'initChatModel',
        occurrence: 2,
        unit: 'tool call',
        harm: harm.model,
        advice: promiseAtTop,
        lazy: {
          name: 'opening',
          output: code`
            import { tool } from '@langchain/core/tools';
            import { initChatModel } from 'langchain';

            let opening: ReturnType<typeof initChatModel> | undefined;

            export const classify = tool(
              async ({ text }) => {
                const model = await (opening ??= initChatModel('openai:gpt-4o-mini').catch((error: unknown) => {
                  opening = undefined;
                  throw error;
                }));
                return model.invoke(text);
              },
              { name: 'classify', schema },
            );
          `,
        },
      },
    ],
  },
  {
    name: 'a limit that each instance has for itself',
    options: [{ resources: ['limitedModels'] }],
    code: code`
      import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
      const limit = 5;
      export async function POST(request: Request) {
        const model = new ChatOpenAI({ maxConcurrency: limit });
        const embeddings = new OpenAIEmbeddings();
        return answer(model, embeddings, request);
      }
    `,
    reports: [
      {
        at: 'new ChatOpenAI',
        harm: harm.limit,
        move: {
          name: 'model',
          output: code`
            import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
            const limit = 5;
            const model = new ChatOpenAI({ maxConcurrency: limit });
            export async function POST(request: Request) {
              const embeddings = new OpenAIEmbeddings();
              return answer(model, embeddings, request);
            }
          `,
        },
      },
    ],
  },
  {
    name: 'a cache of its own',
    options: [{ resources: ['limitedModels'] }],
    code: code`
      import { InMemoryCache } from '@langchain/core/caches';
      import { ChatOpenAI } from '@langchain/openai';
      export async function POST(request: Request) {
        const model = new ChatOpenAI({ cache: new InMemoryCache() });
        return Response.json(await model.invoke(await request.text()));
      }
    `,
    reports: [
      {
        at: 'new ChatOpenAI',
        harm: harm.cache,
        move: {
          name: 'model',
          output: code`
            import { InMemoryCache } from '@langchain/core/caches';
            import { ChatOpenAI } from '@langchain/openai';
            const model = new ChatOpenAI({ cache: new InMemoryCache() });
            export async function POST(request: Request) {
              return Response.json(await model.invoke(await request.text()));
            }
          `,
        },
      },
    ],
  },
  {
    name: 'an agent of its own, and an AWS client over HTTP/1',
    options: [{ resources: ['limitedModels'] }],
    code: code`
      import { NodeHttpHandler } from '@smithy/node-http-handler';
      import { ChatBedrockConverse } from '@langchain/aws';
      import { ChatOpenAI } from '@langchain/openai';
      import { Agent } from 'undici';
      export async function POST(request: Request) {
        const first = await new ChatOpenAI({
          configuration: { fetchOptions: { dispatcher: new Agent() } },
        }).invoke('a');
        const second = await new ChatBedrockConverse({
          region: 'eu-west-1',
          clientOptions: { requestHandler: new NodeHttpHandler() },
        }).invoke('b');
        return Response.json([first, second]);
      }
    `,
    reports: [
      {
        at: 'new ChatOpenAI',
        harm: harm.agent,
        move: {
          name: 'model',
          output: code`
            import { NodeHttpHandler } from '@smithy/node-http-handler';
            import { ChatBedrockConverse } from '@langchain/aws';
            import { ChatOpenAI } from '@langchain/openai';
            import { Agent } from 'undici';
            const model = new ChatOpenAI({
              configuration: { fetchOptions: { dispatcher: new Agent() } },
            });
            export async function POST(request: Request) {
              const first = await model.invoke('a');
              const second = await new ChatBedrockConverse({
                region: 'eu-west-1',
                clientOptions: { requestHandler: new NodeHttpHandler() },
              }).invoke('b');
              return Response.json([first, second]);
            }
          `,
        },
      },
      {
        at: 'new ChatBedrockConverse',
        harm: harm.agent,
        move: {
          name: 'model',
          output: code`
            import { NodeHttpHandler } from '@smithy/node-http-handler';
            import { ChatBedrockConverse } from '@langchain/aws';
            import { ChatOpenAI } from '@langchain/openai';
            import { Agent } from 'undici';
            const model = new ChatBedrockConverse({
              region: 'eu-west-1',
              clientOptions: { requestHandler: new NodeHttpHandler() },
            });
            export async function POST(request: Request) {
              const first = await new ChatOpenAI({
                configuration: { fetchOptions: { dispatcher: new Agent() } },
              }).invoke('a');
              const second = await model.invoke('b');
              return Response.json([first, second]);
            }
          `,
        },
      },
    ],
  },
  {
    name: 'local weights',
    options: [{ resources: ['limitedModels'] }],
    code: code`
      import {
        HuggingFaceTransformersEmbeddings,
      } from '@langchain/community/embeddings/huggingface_transformers';
      export async function POST(request: Request) {
        const embeddings = new HuggingFaceTransformersEmbeddings({ model: 'Xenova/all-MiniLM-L6-v2' });
        return Response.json(await embeddings.embedQuery(await request.text()));
      }
    `,
    reports: [
      {
        at: 'new HuggingFaceTransformersEmbeddings',
        harm: harm.weights,
        move: {
          name: 'embeddings',
          output: code`
            import {
              HuggingFaceTransformersEmbeddings,
            } from '@langchain/community/embeddings/huggingface_transformers';
            const embeddings = new HuggingFaceTransformersEmbeddings({ model: 'Xenova/all-MiniLM-L6-v2' });
            export async function POST(request: Request) {
              return Response.json(await embeddings.embedQuery(await request.text()));
            }
          `,
        },
      },
    ],
  },
  {
    name: 'a ChatOpenAI derived per request from one with a limit',
    options: [{ resources: ['limitedModels'] }],
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      import { tools } from './tools';
      const model = new ChatOpenAI({ maxConcurrency: 5 });
      export async function POST(request: Request) {
        const withTools = model.bindTools(tools);
        return Response.json(await withTools.invoke(await request.text()));
      }
    `,
    reports: [
      {
        at: 'model.bindTools',
        harm: harm.derived,
        move: {
          name: 'withTools',
          output: code`
            import { ChatOpenAI } from '@langchain/openai';
            import { tools } from './tools';
            const model = new ChatOpenAI({ maxConcurrency: 5 });
            const withTools = model.bindTools(tools);
            export async function POST(request: Request) {
              return Response.json(await withTools.invoke(await request.text()));
            }
          `,
        },
      },
    ],
  },
  {
    name: 'a model stays where what is derived from it depends on the request',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      import { toolsOf } from './tools';
      export async function POST(request: Request) {
        const tooled = new ChatOpenAI({ maxConcurrency: 5 }).bindTools(toolsOf(request));
        return Response.json(await tooled.invoke(await request.text()));
      }
    `,
    reports: [{ at: 'new ChatOpenAI', harm: harm.limit }],
  },
  {
    name: 'a model and what is derived from it move together, or each request would still derive another',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      import { z } from 'zod';
      export async function POST(request: Request) {
        const grader = new ChatOpenAI({ maxConcurrency: 5 }).withStructuredOutput(z.object({ score: z.number() }));
        return Response.json(await grader.invoke(await request.text()));
      }
    `,
    reports: [
      {
        at: 'new ChatOpenAI',
        harm: harm.limit,
        move: {
          name: 'grader',
          output: code`
            import { ChatOpenAI } from '@langchain/openai';
            import { z } from 'zod';
            const grader = new ChatOpenAI({ maxConcurrency: 5 }).withStructuredOutput(z.object({ score: z.number() }));
            export async function POST(request: Request) {
              return Response.json(await grader.invoke(await request.text()));
            }
          `,
        },
      },
    ],
  },
];

const pools: readonly Case[] = [
  {
    name: 'PGVectorStore.initialize with a pool of its own; the embeddings in it belong to the report',
    filename: 'src/server.ts',
    code: code`
      import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
      import { OpenAIEmbeddings } from '@langchain/openai';
      import express from 'express';

      const app = express();

      app.post('/search', async (req, res) => {
        const store = await PGVectorStore.initialize(new OpenAIEmbeddings(), {
          postgresConnectionOptions: { connectionString: process.env.DATABASE_URL },
          tableName: 'documents',
        });
        res.json(await store.similaritySearch(req.body.query));
      });
    `,
    reports: [
      {
        at: 'PGVectorStore.initialize',
        harm: harm.pool,
        advice: promiseAtTop,
        lazy: {
          name: 'opening',
          output: code`
            import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
            import { OpenAIEmbeddings } from '@langchain/openai';
            import express from 'express';

            let opening: Promise<PGVectorStore> | undefined;

            const app = express();

            app.post('/search', async (req, res) => {
              const store = await (opening ??= PGVectorStore.initialize(new OpenAIEmbeddings(), {
                postgresConnectionOptions: { connectionString: process.env.DATABASE_URL },
                tableName: 'documents',
              }).catch((error: unknown) => {
                opening = undefined;
                throw error;
              }));
              res.json(await store.similaritySearch(req.body.query));
            });
          `,
        },
      },
    ],
  },
  {
    name: 'PGVectorStore.initialize over a shared pool takes a client out of it',
    code: code`
      import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
      import { embeddings, pool } from '@/lib/clients';
      export async function POST(request: Request) {
        const { query, tenant } = await request.json();
        const store = await PGVectorStore.initialize(embeddings, {
          pool,
          tableName: tenant,
        });
        return Response.json(await store.similaritySearch(query));
      }
    `,
    reports: [{ at: 'PGVectorStore.initialize', harm: harm.poolClient, advice: inMap }],
  },
  {
    name: 'PGVectorStore.fromDocuments opens a pool, whatever the documents',
    code: code`
      import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
      import { embeddings, postgresConnectionOptions } from '@/lib/clients';
      import { split } from '@/lib/split';
      export async function POST(request: Request) {
        const documents = await split(await request.text());
        await PGVectorStore.fromDocuments(documents, embeddings, { postgresConnectionOptions, tableName: 'documents' });
        return Response.json({ ok: true });
      }
    `,
    reports: [
      {
        at: 'PGVectorStore.fromDocuments',
        harm: harm.pool,
        advice: 'Keep one store, and call its `addDocuments()`',
      },
    ],
  },
  {
    name: 'a store with a client of its own, though the collection belongs to the request',
    code: code`
      import { QdrantVectorStore } from '@langchain/qdrant';
      import { embeddings } from '@/lib/clients';
      export async function POST(request: Request) {
        const { query, collectionName } = await request.json();
        const store = await QdrantVectorStore.fromExistingCollection(embeddings, {
          url: process.env.QDRANT_URL,
          collectionName,
        });
        return Response.json(await store.similaritySearch(query));
      }
    `,
    reports: [{ at: 'QdrantVectorStore.fromExistingCollection', harm: harm.http, advice: handOver('client') }],
  },
  {
    name: 'stores with a driver and with a connection of their own',
    options: [{ resources: ['stores'] }],
    filename: 'src/nodes.ts',
    code: code`
      import { Neo4jVectorStore } from '@langchain/community/vectorstores/neo4j_vector';
      import { AzureAISearchVectorStore } from '@langchain/community/vectorstores/azure_aisearch';
      import { StateGraph } from '@langchain/langgraph';
      import { embeddings } from './clients.js';
      import { State } from './state.js';
      const url = process.env.NEO4J_URL;
      async function retrieve(state) {
        const store = await Neo4jVectorStore.fromExistingIndex(embeddings, {
          url,
          username: 'neo4j',
          password: process.env.NEO4J_PASSWORD,
        });
        return { documents: await store.similaritySearch(state.question) };
      }
      async function search(state) {
        const store = new AzureAISearchVectorStore(embeddings, {
          endpoint: process.env.ENDPOINT,
          key: process.env.KEY,
        });
        return { documents: await store.similaritySearch(state.question) };
      }
      export const graph = new StateGraph(State)
        .addNode('retrieve', retrieve)
        .addNode('search', search)
        .compile();
    `,
    reports: [
      {
        at: 'Neo4jVectorStore.fromExistingIndex',
        unit: 'graph step',
        harm: harm.driver,
        advice: promiseAtTop,
        lazy: {
          name: 'opening',
          output: code`
            import { Neo4jVectorStore } from '@langchain/community/vectorstores/neo4j_vector';
            import { AzureAISearchVectorStore } from '@langchain/community/vectorstores/azure_aisearch';
            import { StateGraph } from '@langchain/langgraph';
            import { embeddings } from './clients.js';
            import { State } from './state.js';

            let opening: Promise<Neo4jVectorStore> | undefined;
            const url = process.env.NEO4J_URL;
            async function retrieve(state) {
              const store = await (opening ??= Neo4jVectorStore.fromExistingIndex(embeddings, {
                url,
                username: 'neo4j',
                password: process.env.NEO4J_PASSWORD,
              }).catch((error: unknown) => {
                opening = undefined;
                throw error;
              }));
              return { documents: await store.similaritySearch(state.question) };
            }
            async function search(state) {
              const store = new AzureAISearchVectorStore(embeddings, {
                endpoint: process.env.ENDPOINT,
                key: process.env.KEY,
              });
              return { documents: await store.similaritySearch(state.question) };
            }
            export const graph = new StateGraph(State)
              .addNode('retrieve', retrieve)
              .addNode('search', search)
              .compile();
          `,
        },
      },
      {
        at: 'new AzureAISearchVectorStore',
        unit: 'graph step',
        harm: harm.connection,
        move: {
          name: 'store',
          output: code`
            import { Neo4jVectorStore } from '@langchain/community/vectorstores/neo4j_vector';
            import { AzureAISearchVectorStore } from '@langchain/community/vectorstores/azure_aisearch';
            import { StateGraph } from '@langchain/langgraph';
            import { embeddings } from './clients.js';
            import { State } from './state.js';
            const url = process.env.NEO4J_URL;
            async function retrieve(state) {
              const store = await Neo4jVectorStore.fromExistingIndex(embeddings, {
                url,
                username: 'neo4j',
                password: process.env.NEO4J_PASSWORD,
              });
              return { documents: await store.similaritySearch(state.question) };
            }
            const store = new AzureAISearchVectorStore(embeddings, {
              endpoint: process.env.ENDPOINT,
              key: process.env.KEY,
            });
            async function search(state) {
              return { documents: await store.similaritySearch(state.question) };
            }
            export const graph = new StateGraph(State)
              .addNode('retrieve', retrieve)
              .addNode('search', search)
              .compile();
          `,
        },
      },
    ],
  },
  {
    name: 'an index on disk',
    filename: 'src/getAnswer.js',
    options: [{ resources: ['stores'] }],
    code: code`
      const { HNSWLib } = require('@langchain/community/vectorstores/hnswlib');
      const { OpenAIEmbeddings } = require('@langchain/openai');
      async function getAnswer(req, res) {
        const store = await HNSWLib.load('hnswlib', new OpenAIEmbeddings());
        return res.json(await store.similaritySearch(req.body.question));
      }
      module.exports = { getAnswer };
    `,
    reports: [
      {
        at: 'HNSWLib.load',
        harm: harm.index,
        advice: promiseAtTop,
        lazy: {
          name: 'opening',
          output: code`
            const { HNSWLib } = require('@langchain/community/vectorstores/hnswlib');
            const { OpenAIEmbeddings } = require('@langchain/openai');
            let opening;

            async function getAnswer(req, res) {
              const store = await (opening ??= HNSWLib.load('hnswlib', new OpenAIEmbeddings()).catch((error) => {
                opening = undefined;
                throw error;
              }));
              return res.json(await store.similaritySearch(req.body.question));
            }
            module.exports = { getAnswer };
          `,
        },
      },
    ],
  },
  {
    name: 'a pool that a saver gets',
    code: code`
      import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
      import pg from 'pg';
      import { workflow } from '@/lib/workflow';
      export async function POST(request: Request) {
        const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
        const graph = workflow.compile({ checkpointer: new PostgresSaver(pool) });
        return Response.json(await graph.invoke(await request.json()));
      }
    `,
    reports: [
      {
        at: 'new pg.Pool',
        harm: harm.pool,
        advice: topInNext,
        move: {
          name: 'pool',
          output: code`
            import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
            import pg from 'pg';
            import { workflow } from '@/lib/workflow';
            const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
            export async function POST(request: Request) {
              const graph = workflow.compile({ checkpointer: new PostgresSaver(pool) });
              return Response.json(await graph.invoke(await request.json()));
            }
          `,
        },
      },
    ],
  },
  {
    name: 'a pool and the store that gets it are one report',
    code: code`
      import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
      import { Pool } from 'pg';
      import { embeddings } from '@/lib/clients';
      export async function POST(request: Request) {
        const pool = new Pool({ connectionString: process.env.DATABASE_URL });
        const store = await PGVectorStore.initialize(embeddings, {
          pool,
          tableName: 'documents',
        });
        return Response.json(await store.similaritySearch(await request.text()));
      }
    `,
    reports: [
      {
        at: 'PGVectorStore.initialize',
        harm: harm.poolClient,
        advice: promiseInNext,
        lazy: {
          name: 'opening',
          output: code`
            import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
            import { Pool } from 'pg';
            import { embeddings } from '@/lib/clients';

            let opening: Promise<PGVectorStore> | undefined;
            export async function POST(request: Request) {
              const pool = new Pool({ connectionString: process.env.DATABASE_URL });
              const store = await (opening ??= PGVectorStore.initialize(embeddings, {
                pool,
                tableName: 'documents',
              }).catch((error: unknown) => {
                opening = undefined;
                throw error;
              }));
              return Response.json(await store.similaritySearch(await request.text()));
            }
          `,
        },
      },
    ],
  },
  {
    name: 'a MongoClient whose collection goes to a history that belongs to the session',
    filename: 'src/mongo-history.service.ts',
    code: code`
      import { Injectable } from '@nestjs/common';
      import { MongoDBChatMessageHistory } from '@langchain/mongodb';
      import { MongoClient } from 'mongodb';

      @Injectable()
      export class MongoHistory {
        async open(sessionId: string) {
          const client = new MongoClient(process.env.MONGO_URI || '', { driverInfo: { name: 'langchainjs' } });
          await client.connect();
          const collection = client.db('langchain').collection('memory');
          return new MongoDBChatMessageHistory({ collection, sessionId });
        }
      }
    `,
    reports: [
      {
        at: 'new MongoClient',
        harm: harm.pool,
        advice: inService,
        move: {
          name: 'client',
          output: code`
            import { Injectable } from '@nestjs/common';
            import { MongoDBChatMessageHistory } from '@langchain/mongodb';
            import { MongoClient } from 'mongodb';

            const client = new MongoClient(process.env.MONGO_URI || '', { driverInfo: { name: 'langchainjs' } });
            @Injectable()
            export class MongoHistory {
              async open(sessionId: string) {
                await client.connect();
                const collection = client.db('langchain').collection('memory');
                return new MongoDBChatMessageHistory({ collection, sessionId });
              }
            }
          `,
        },
      },
    ],
  },
  {
    name: 'drivers and connections of other packages, and what opens one by a connection string',
    options: [{ resources: ['pools'] }],
    code: code`
      import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
      import { RedisVectorStore } from '@langchain/redis';
      import { PostgresChatMessageHistory } from '@langchain/community/stores/message/postgres';
      import { createClient } from 'redis';
      import { embeddings } from '@/lib/clients';
      export async function GET(request: Request) {
        const saver = PostgresSaver.fromConnString(process.env.DATABASE_URL!);
        return run(saver, request);
      }
      export async function PUT(request: Request) {
        const redisClient = await createClient({ url: process.env.REDIS_URL })
          .on('error', console.error)
          .connect();
        const store = new RedisVectorStore(embeddings, { redisClient, indexName: 'documents' });
        return Response.json(await store.similaritySearch(await request.text()));
      }
      export async function POST(request: Request) {
        const { sessionId } = await request.json();
        const history = new PostgresChatMessageHistory({
          sessionId,
          poolConfig: { connectionString: process.env.DATABASE_URL },
        });
        return Response.json(await history.getMessages());
      }
    `,
    reports: [
      {
        at: 'PostgresSaver.fromConnString',
        harm: harm.pool,
        advice: topInNext,
        move: {
          name: 'saver',
          output: code`
            import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
            import { RedisVectorStore } from '@langchain/redis';
            import { PostgresChatMessageHistory } from '@langchain/community/stores/message/postgres';
            import { createClient } from 'redis';
            import { embeddings } from '@/lib/clients';
            const saver = PostgresSaver.fromConnString(process.env.DATABASE_URL!);
            export async function GET(request: Request) {
              return run(saver, request);
            }
            export async function PUT(request: Request) {
              const redisClient = await createClient({ url: process.env.REDIS_URL })
                .on('error', console.error)
                .connect();
              const store = new RedisVectorStore(embeddings, { redisClient, indexName: 'documents' });
              return Response.json(await store.similaritySearch(await request.text()));
            }
            export async function POST(request: Request) {
              const { sessionId } = await request.json();
              const history = new PostgresChatMessageHistory({
                sessionId,
                poolConfig: { connectionString: process.env.DATABASE_URL },
              });
              return Response.json(await history.getMessages());
            }
          `,
        },
      },
      {
        at: 'createClient',
        occurrence: 2,
        harm: harm.connection,
        advice: topInNext,
      },
      { at: 'new PostgresChatMessageHistory', harm: harm.pool, advice: handOver('pool') },
    ],
  },
  {
    name: 'a pool in a Worker: its sockets end with the request, so that moving it is no help',
    filename: 'src/worker.ts',
    options: [{ resources: ['pools', 'stores'] }],
    code: code`
      import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
      import { workflow } from './workflow';
      export default {
        async fetch(request: Request) {
          const checkpointer = PostgresSaver.fromConnString('postgres://db/chat');
          return Response.json(await workflow.compile({ checkpointer }).invoke(await request.json()));
        },
      };
    `,
    reports: [{ at: 'PostgresSaver.fromConnString', harm: harm.pool, advice: inWorker }],
  },
];

const reached: readonly Case[] = [
  {
    name: 'a client that is opened after its construction cannot move without that',
    code: code`
      import { createClient } from 'redis';
      import { DataSource } from 'typeorm';
      import { RedisVectorStore } from '@langchain/redis';
      import { SqlDatabase } from 'langchain/sql_db';
      import { embeddings } from './embeddings';
      const url = process.env.REDIS_URL;
      const create = () => createClient({ url });
      export async function POST(request: Request) {
        const client = createClient({ url });
        await client.connect();
        const store = new RedisVectorStore(embeddings, { redisClient: client, indexName: 'docs' });
        return Response.json(await store.similaritySearch(await request.text()));
      }
      export async function PUT(request: Request) {
        const redisClient = await createClient({ url }).on('error', console.error).connect();
        const store = new RedisVectorStore(embeddings, { redisClient, indexName: 'docs' });
        return Response.json(await store.similaritySearch(await request.text()));
      }
      export async function PATCH(request: Request) {
        const redisClient = create();
        await redisClient.connect();
        const store = new RedisVectorStore(embeddings, { redisClient, indexName: 'docs' });
        return Response.json(await store.similaritySearch(await request.text()));
      }
      export async function GET() {
        const appDataSource = new DataSource({ type: 'postgres', url: process.env.PG });
        await appDataSource.initialize();
        const db = await SqlDatabase.fromDataSourceParams({ appDataSource });
        return Response.json(await db.run('SELECT 1'));
      }
    `,
    reports: [
      { at: 'createClient', occurrence: 2, harm: harm.connection, advice: topInNext },
      { at: 'createClient', occurrence: 3, harm: harm.connection, advice: topInNext },
      { at: 'createClient', occurrence: 4, harm: harm.connection, advice: topInNext },
      { at: 'new DataSource', harm: harm.pool, advice: topInNext },
    ],
  },
  {
    name: 'a client that may be opened again moves',
    code: code`
      import { MongoClient } from 'mongodb';
      import { MongoDBSaver } from '@langchain/langgraph-checkpoint-mongodb';
      export async function DELETE(request: Request) {
        const client = new MongoClient(process.env.MONGO);
        await client.connect();
        await new MongoDBSaver({ client }).deleteThread(await request.text());
        return new Response();
      }
    `,
    reports: [
      {
        at: 'new MongoClient',
        harm: harm.pool,
        advice: topInNext,
        move: {
          name: 'client',
          output: code`
            import { MongoClient } from 'mongodb';
            import { MongoDBSaver } from '@langchain/langgraph-checkpoint-mongodb';
            const client = new MongoClient(process.env.MONGO);
            export async function DELETE(request: Request) {
              await client.connect();
              await new MongoDBSaver({ client }).deleteThread(await request.text());
              return new Response();
            }
          `,
        },
      },
    ],
  },
  {
    name: 'what depends on the options of a plugin stays in the plugin',
    filename: 'src/threads.ts',
    code: code`
      import type { FastifyInstance } from 'fastify';
      import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
      import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
      import { Pool } from 'pg';
      import { embeddings } from './embeddings';
      export default async function routes(app: FastifyInstance, options: { pg: string }) {
        app.get('/threads', async (request) => {
          const saver = new PostgresSaver(new Pool({ connectionString: options.pg }));
          return saver.getTuple({ configurable: { thread_id: request.query.id } });
        });
        app.get('/search', async (request) => {
          const store = await PGVectorStore.initialize(embeddings, {
            postgresConnectionOptions: { connectionString: options.pg },
            tableName: 'documents',
          });
          return store.similaritySearch(request.query.q);
        });
      }
    `,
    reports: [
      { at: 'new Pool', harm: harm.pool, advice: 'Create it once, outside the handler' },
      { at: 'PGVectorStore.initialize', harm: harm.pool, advice: 'Keep its promise outside the handler' },
    ],
  },
  {
    name: 'the constructor and the fields of a class that the handler creates an instance of',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
      import { Pool } from 'pg';
      class Answers {
        private llm: ChatOpenAI;
        readonly pool = new Pool({ connectionString: process.env.PG });
        readonly saver = new PostgresSaver(this.pool);
        constructor() {
          this.llm = new ChatOpenAI({ maxConcurrency: 2 });
        }
        ask(question: string) {
          return this.llm.invoke(question);
        }
      }
      export const POST = async (req: Request) => Response.json(await new Answers().ask(await req.text()));
    `,
    reports: [
      {
        at: 'new Pool',
        harm: harm.pool,
        advice: 'Create the `Answers` once, at module scope',
        move: {
          name: 'pool',
          output: code`
            import { ChatOpenAI } from '@langchain/openai';
            import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
            import { Pool } from 'pg';
            const pool = new Pool({ connectionString: process.env.PG });
            class Answers {
              private llm: ChatOpenAI;
              readonly pool = pool;
              readonly saver = new PostgresSaver(this.pool);
              constructor() {
                this.llm = new ChatOpenAI({ maxConcurrency: 2 });
              }
              ask(question: string) {
                return this.llm.invoke(question);
              }
            }
            export const POST = async (req: Request) => Response.json(await new Answers().ask(await req.text()));
          `,
        },
      },
      {
        at: 'new ChatOpenAI',
        harm: harm.limit,
        advice: 'Create the `Answers` once, at module scope',
        move: {
          name: 'model',
          output: code`
            import { ChatOpenAI } from '@langchain/openai';
            import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
            import { Pool } from 'pg';
            const model = new ChatOpenAI({ maxConcurrency: 2 });
            class Answers {
              private llm: ChatOpenAI;
              readonly pool = new Pool({ connectionString: process.env.PG });
              readonly saver = new PostgresSaver(this.pool);
              constructor() {
                this.llm = model;
              }
              ask(question: string) {
                return this.llm.invoke(question);
              }
            }
            export const POST = async (req: Request) => Response.json(await new Answers().ask(await req.text()));
          `,
        },
      },
    ],
  },
  {
    name: 'a factory of the file whose construction is always the same is reported there, once',
    options: [{ resources: ['limitedModels'] }],
    code: code`
      import { ChatOpenAI } from '@langchain/openai';

      export async function GET() {
        return Response.json(await createModel().invoke('Hello'));
      }

      export async function POST(request: Request) {
        return Response.json(await createModel().invoke(await request.text()));
      }

      function createModel() {
        return new ChatOpenAI({ maxConcurrency: 5 });
      }
    `,
    reports: [
      {
        at: 'new ChatOpenAI',
        harm: harm.limit,
        move: {
          name: 'model',
          output: code`
            import { ChatOpenAI } from '@langchain/openai';

            export async function GET() {
              return Response.json(await createModel().invoke('Hello'));
            }

            export async function POST(request: Request) {
              return Response.json(await createModel().invoke(await request.text()));
            }

            const model = new ChatOpenAI({ maxConcurrency: 5 });
            function createModel() {
              return model;
            }
          `,
        },
      },
    ],
  },
  {
    name: 'a factory that depends on its parameter is reported at each call that gives it the same',
    filename: 'src/subgraphs.ts',
    code: code`
      import { StateGraph } from '@langchain/langgraph';
      import { ChatVertexAI } from '@langchain/google-vertexai';
      import { State } from './state.js';

      function createModel(options: { model: string; temperature: number }) {
        return new ChatVertexAI(options);
      }

      export const graph = new StateGraph(State)
        .addNode('categorize', async (state) => createModel({
          model: 'gemini-2.5-flash',
          temperature: 0.2,
        }).invoke(state.items))
        .addNode('translate', async (state) => createModel({
          model: state.model,
          temperature: 0,
        }).invoke(state.items))
        .compile();
    `,
    reports: [
      {
        at: 'createModel',
        occurrence: 2,
        unit: 'graph step',
        harm: harm.model,
        move: {
          name: 'model',
          output: code`
            import { StateGraph } from '@langchain/langgraph';
            import { ChatVertexAI } from '@langchain/google-vertexai';
            import { State } from './state.js';

            function createModel(options: { model: string; temperature: number }) {
              return new ChatVertexAI(options);
            }

            const model = createModel({
              model: 'gemini-2.5-flash',
              temperature: 0.2,
            });
            export const graph = new StateGraph(State)
              .addNode('categorize', async (state) => model.invoke(state.items))
              .addNode('translate', async (state) => createModel({
                model: state.model,
                temperature: 0,
              }).invoke(state.items))
              .compile();
          `,
        },
      },
    ],
  },
  {
    name: 'a helper two calls away, and one in a stream that the handler opens',
    options: [{ resources: ['limitedModels', 'models'] }],
    code: code`
      import { OpenAIEmbeddings, ChatOpenAI } from '@langchain/openai';

      export async function POST(request: Request) {
        const found = await search(await request.text());
        const stream = new ReadableStream({
          async start(controller) {
            controller.enqueue(await summarize(found));
            controller.close();
          },
        });
        return new Response(stream);
      }

      async function search(query: string) {
        return createEmbeddings().embedQuery(query);
      }

      const createEmbeddings = () => new OpenAIEmbeddings({ dimensions: 1536 });

      async function summarize(text: unknown) {
        const model = new ChatOpenAI({ model: 'gpt-4o-mini' });
        return model.invoke(String(text));
      }
    `,
    reports: [
      {
        at: 'new OpenAIEmbeddings',
        harm: harm.model,
        move: {
          name: 'embeddings',
          output: code`
            import { OpenAIEmbeddings, ChatOpenAI } from '@langchain/openai';

            export async function POST(request: Request) {
              const found = await search(await request.text());
              const stream = new ReadableStream({
                async start(controller) {
                  controller.enqueue(await summarize(found));
                  controller.close();
                },
              });
              return new Response(stream);
            }

            async function search(query: string) {
              return createEmbeddings().embedQuery(query);
            }

            const embeddings = new OpenAIEmbeddings({ dimensions: 1536 });
            const createEmbeddings = () => embeddings;

            async function summarize(text: unknown) {
              const model = new ChatOpenAI({ model: 'gpt-4o-mini' });
              return model.invoke(String(text));
            }
          `,
        },
      },
      {
        at: 'new ChatOpenAI',
        harm: harm.model,
        move: {
          name: 'model',
          output: code`
            import { OpenAIEmbeddings, ChatOpenAI } from '@langchain/openai';

            export async function POST(request: Request) {
              const found = await search(await request.text());
              const stream = new ReadableStream({
                async start(controller) {
                  controller.enqueue(await summarize(found));
                  controller.close();
                },
              });
              return new Response(stream);
            }

            async function search(query: string) {
              return createEmbeddings().embedQuery(query);
            }

            const createEmbeddings = () => new OpenAIEmbeddings({ dimensions: 1536 });

            const model = new ChatOpenAI({ model: 'gpt-4o-mini' });
            async function summarize(text: unknown) {
              return model.invoke(String(text));
            }
          `,
        },
      },
    ],
  },
  {
    name: 'Nest: methods of services; what a method returns is reported at its callers',
    filename: 'src/rag.service.ts',
    code: code`
      import { Injectable } from '@nestjs/common';
      import { ConfigService } from '@nestjs/config';
      import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
      import { QdrantVectorStore } from '@langchain/qdrant';

      @Injectable()
      export class RagService {
        constructor(private readonly config: ConfigService) {}

        async ask(question: string) {
          const model = new ChatOpenAI({ apiKey: this.config.get<string>('OPENAI_API_KEY') });
          const store = await this.openStore(this.createEmbeddings());
          return model.invoke([question, ...(await store.similaritySearch(question))]);
        }

        createEmbeddings() {
          return new OpenAIEmbeddings({ apiKey: this.config.get('OPENAI_API_KEY') });
        }

        private async openStore(embeddings: OpenAIEmbeddings) {
          return await QdrantVectorStore.fromExistingCollection(embeddings, {
            url: this.config.getOrThrow('QDRANT_URL'),
            collectionName: 'documents',
          });
        }
      }
    `,
    reports: [
      { at: 'new ChatOpenAI', harm: harm.model, advice: inService },
      { at: 'this.openStore', harm: harm.http, advice: inProvider },
      { at: 'this.createEmbeddings', harm: harm.model, advice: inService },
    ],
  },
  {
    name: 'Nest: the constructor of a service that is made per request, and a job',
    filename: 'src/chat.service.ts',
    code: code`
      import { Injectable, Scope } from '@nestjs/common';
      import { Processor, WorkerHost } from '@nestjs/bullmq';
      import { ChatOpenAI } from '@langchain/openai';

      @Injectable({ scope: Scope.REQUEST })
      export class ChatService {
        private readonly model: ChatOpenAI;
        constructor() {
          this.model = new ChatOpenAI({ model: 'gpt-4o' });
        }
        ask(question: string) {
          return this.model.invoke(question);
        }
      }

      @Processor('summaries')
      export class Summaries extends WorkerHost {
        async process(job) {
          return new ChatOpenAI({ model: 'gpt-4o-mini' }).invoke(job.data.text);
        }
      }
    `,
    reports: [
      {
        at: 'new ChatOpenAI',
        harm: harm.model,
        advice: inRequestScope,
        move: {
          name: 'model',
          output: code`
            import { Injectable, Scope } from '@nestjs/common';
            import { Processor, WorkerHost } from '@nestjs/bullmq';
            import { ChatOpenAI } from '@langchain/openai';

            const model = new ChatOpenAI({ model: 'gpt-4o' });
            @Injectable({ scope: Scope.REQUEST })
            export class ChatService {
              private readonly model: ChatOpenAI;
              constructor() {
                this.model = model;
              }
              ask(question: string) {
                return this.model.invoke(question);
              }
            }

            @Processor('summaries')
            export class Summaries extends WorkerHost {
              async process(job) {
                return new ChatOpenAI({ model: 'gpt-4o-mini' }).invoke(job.data.text);
              }
            }
          `,
        },
      },
      {
        at: 'new ChatOpenAI',
        occurrence: 2,
        unit: 'job',
        harm: harm.model,
        advice: inService,
        move: {
          name: 'model',
          output: code`
            import { Injectable, Scope } from '@nestjs/common';
            import { Processor, WorkerHost } from '@nestjs/bullmq';
            import { ChatOpenAI } from '@langchain/openai';

            @Injectable({ scope: Scope.REQUEST })
            export class ChatService {
              private readonly model: ChatOpenAI;
              constructor() {
                this.model = new ChatOpenAI({ model: 'gpt-4o' });
              }
              ask(question: string) {
                return this.model.invoke(question);
              }
            }

            const model = new ChatOpenAI({ model: 'gpt-4o-mini' });
            @Processor('summaries')
            export class Summaries extends WorkerHost {
              async process(job) {
                return model.invoke(job.data.text);
              }
            }
          `,
        },
      },
    ],
  },
  {
    name: 'the arguments of a construction that depends on the request',
    code: code`
      import { PineconeStore } from '@langchain/pinecone';
      import { OpenAIEmbeddings } from '@langchain/openai';
      import { pineconeIndex } from '@/lib/pinecone';
      export async function POST(request: Request) {
        const { namespace, query } = await request.json();
        const store = await PineconeStore.fromExistingIndex(new OpenAIEmbeddings(), { pineconeIndex, namespace });
        return Response.json(await store.similaritySearch(query));
      }
    `,
    reports: [
      {
        at: 'new OpenAIEmbeddings',
        harm: harm.model,
        move: {
          name: 'embeddings',
          output: code`
            import { PineconeStore } from '@langchain/pinecone';
            import { OpenAIEmbeddings } from '@langchain/openai';
            import { pineconeIndex } from '@/lib/pinecone';
            const embeddings = new OpenAIEmbeddings();
            export async function POST(request: Request) {
              const { namespace, query } = await request.json();
              const store = await PineconeStore.fromExistingIndex(embeddings, { pineconeIndex, namespace });
              return Response.json(await store.similaritySearch(query));
            }
          `,
        },
      },
    ],
  },
  {
    name: 'a constant of the function that registers the handler',
    filename: 'src/app.ts',
    code: code`
      import express from 'express';
      import { ChatOpenAI } from '@langchain/openai';
      export function createApp(port: number) {
        const app = express();
        const apiKey = process.env.OPENAI_API_KEY;
        app.post('/ask', async (req, res) => {
          res.json(
            await new ChatOpenAI({ apiKey, maxConcurrency: 5 }).invoke(req.body.question)
          );
        });
        return app.listen(port);
      }
    `,
    reports: [
      {
        at: 'new ChatOpenAI',
        harm: harm.limit,
        lazy: {
          name: 'sharedModel',
          output: code`
            import express from 'express';
            import { ChatOpenAI } from '@langchain/openai';

            let sharedModel: ChatOpenAI | undefined;
            export function createApp(port: number) {
              const app = express();
              const apiKey = process.env.OPENAI_API_KEY;
              app.post('/ask', async (req, res) => {
                res.json(
                  await (sharedModel ??= new ChatOpenAI({ apiKey, maxConcurrency: 5 })).invoke(req.body.question)
                );
              });
              return app.listen(port);
            }
          `,
        },
      },
    ],
  },
  {
    name: 'a callback that closes over nothing of the request',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      import { log } from '@/lib/log';
      export async function POST(request: Request) {
        const model = new ChatOpenAI({ callbacks: [{ handleLLMEnd: (output) => log(output) }] });
        return Response.json(await model.invoke(await request.text()));
      }
    `,
    reports: [
      {
        at: 'new ChatOpenAI',
        harm: harm.model,
        move: {
          name: 'model',
          output: code`
            import { ChatOpenAI } from '@langchain/openai';
            import { log } from '@/lib/log';
            const model = new ChatOpenAI({ callbacks: [{ handleLLMEnd: (output) => log(output) }] });
            export async function POST(request: Request) {
              return Response.json(await model.invoke(await request.text()));
            }
          `,
        },
      },
    ],
  },
  {
    name: '`??=` on a variable of the request is no cache, and an assignment without a check is none either',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      let latest: ChatOpenAI;
      export async function POST(request: Request) {
        let model: ChatOpenAI | undefined;
        model ??= new ChatOpenAI({ maxConcurrency: 5 });
        latest = model;
        return Response.json(await latest.invoke(await request.text()));
      }
    `,
    reports: [
      {
        at: 'new ChatOpenAI',
        harm: harm.limit,
        move: {
          name: 'chatModel',
          output: code`
            import { ChatOpenAI } from '@langchain/openai';
            let latest: ChatOpenAI;
            const chatModel = new ChatOpenAI({ maxConcurrency: 5 });
            export async function POST(request: Request) {
              let model: ChatOpenAI | undefined;
              model ??= chatModel;
              latest = model;
              return Response.json(await latest.invoke(await request.text()));
            }
          `,
        },
      },
    ],
  },
  {
    name: 'handlers that the options name',
    filename: 'src/jobs.ts',
    options: [{ handlers: [{ module: '@acme/jobs', name: 'defineJob' }, { decorator: 'OnCommand' }] }],
    code: code`
      import { defineJob } from '@acme/jobs';
      import { OnCommand } from '@acme/bus';
      import { ChatOpenAI } from '@langchain/openai';
      export const summarize = defineJob('summarize', async (text: string) => new ChatOpenAI().invoke(text));
      export class Bus {
        @OnCommand('ask')
        async ask(question: string) {
          return new ChatOpenAI().invoke(question);
        }
      }
    `,
    reports: [
      {
        at: 'new ChatOpenAI',
        harm: harm.model,
        move: {
          name: 'model',
          output: code`
            import { defineJob } from '@acme/jobs';
            import { OnCommand } from '@acme/bus';
            import { ChatOpenAI } from '@langchain/openai';
            const model = new ChatOpenAI();
            export const summarize = defineJob('summarize', async (text: string) => model.invoke(text));
            export class Bus {
              @OnCommand('ask')
              async ask(question: string) {
                return new ChatOpenAI().invoke(question);
              }
            }
          `,
        },
      },
      {
        at: 'new ChatOpenAI',
        occurrence: 2,
        harm: harm.model,
        advice: inConstructor,
        move: {
          name: 'model',
          output: code`
            import { defineJob } from '@acme/jobs';
            import { OnCommand } from '@acme/bus';
            import { ChatOpenAI } from '@langchain/openai';
            export const summarize = defineJob('summarize', async (text: string) => new ChatOpenAI().invoke(text));
            const model = new ChatOpenAI();
            export class Bus {
              @OnCommand('ask')
              async ask(question: string) {
                return model.invoke(question);
              }
            }
          `,
        },
      },
    ],
  },
];

// ── what is left alone ──────────────────────────────────────────────────────────────────────────────────────────────

const independentOfRequests: readonly Valid<Options>[] = [
  {
    name: 'the top of the module',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      const model = new ChatOpenAI({ model: 'gpt-4o-mini' });
      export const POST = async (request: Request) => Response.json(await model.invoke(await request.text()));
    `,
  },
  {
    name: 'a script, and a factory that nothing in the file calls',
    filename: 'scripts/ask.ts',
    code: code`
      import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
      export const createEmbeddings = () => new OpenAIEmbeddings();
      async function main() {
        const model = new ChatOpenAI();
        console.log(await model.invoke(process.argv[2] ?? ''));
      }
      main();
    `,
  },
  {
    name: 'an exported POST outside route.*, and a handler of a command line',
    filename: 'src/lib/http.ts',
    code: code`
      import type { Argv } from 'yargs';
      import { ChatOpenAI } from '@langchain/openai';
      export async function POST(path: string) {
        return new ChatOpenAI().invoke(path);
      }
      export const handler = async (argv: { question: string }) => new ChatOpenAI().invoke(argv.question);
    `,
  },
  {
    name: 'the constructor and the lifecycle hooks of a singleton, and the factory of a provider',
    filename: 'src/rag.service.ts',
    code: code`
      import { Injectable, Module, OnModuleInit } from '@nestjs/common';
      import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
      import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';

      @Injectable()
      export class RagService implements OnModuleInit {
        private readonly model: ChatOpenAI;
        private store: PGVectorStore;
        constructor(private readonly config: ConfigService) {
          this.model = new ChatOpenAI({ apiKey: this.config.get('KEY') });
        }
        async onModuleInit() {
          await this.connect();
        }
        ask(question: string) {
          return this.model.invoke(question);
        }
        private async connect() {
          this.store = await PGVectorStore.initialize(new OpenAIEmbeddings(), {
            postgresConnectionOptions: { host: 'db' },
            tableName: 'documents',
          });
        }
      }

      @Module({
        providers: [
          {
            provide: 'embeddings',
            useFactory: (config: ConfigService) => new OpenAIEmbeddings({ apiKey: config.get('KEY') }),
            inject: [ConfigService],
          },
        ],
      })
      export class RagModule {}
    `,
  },
  {
    name: 'a method of a service that returns the client, for callers elsewhere; a timer',
    filename: 'src/models.service.ts',
    code: code`
      import { Injectable } from '@nestjs/common';
      import { Cron } from '@nestjs/schedule';
      import { ChatOpenAI } from '@langchain/openai';
      @Injectable()
      export class ModelsService {
        create() {
          return new ChatOpenAI({ model: 'gpt-4o' });
        }
        async open() {
          const model = new ChatOpenAI({ model: 'gpt-4o-mini' });
          return model;
        }
        @Cron('0 0 * * *')
        async report() {
          await new ChatOpenAI().invoke('Summarize the day.');
        }
      }
    `,
  },
];

const caches: readonly Valid<Options>[] = [
  {
    name: 'lazy caches at the top of the module, in every form',
    code: code`
      import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
      import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
      let model: ChatOpenAI | undefined;
      let embeddings: OpenAIEmbeddings | null = null;
      let store: PGVectorStore | undefined;
      let ready: Promise<PGVectorStore> | undefined;
      let small: ChatOpenAI;
      export async function POST(request: Request) {
        model ??= new ChatOpenAI();
        if (!embeddings) embeddings = new OpenAIEmbeddings();
        if (store === undefined) {
          const own = new OpenAIEmbeddings({ dimensions: 256 });
          store = await PGVectorStore.initialize(own, {
            postgresConnectionOptions: { host: 'db' },
            tableName: 'documents',
          });
        }
        ready = ready ?? PGVectorStore.initialize(embeddings, {
          postgresConnectionOptions: { host: 'db' },
          tableName: 'documents',
        });
        small = small ? small : new ChatOpenAI({ model: 'gpt-4o-mini' });
        return Response.json([model, embeddings, store, await ready, small]);
      }
    `,
  },
  {
    name: 'a getter of the file with an early return, and one that keeps a promise',
    code: code`
      import { initChatModel } from 'langchain';
      import { ChatOpenAI } from '@langchain/openai';
      let cached: ChatOpenAI | undefined;
      let promise: ReturnType<typeof initChatModel> | undefined;
      function getModel() {
        if (cached) return cached;
        const model = new ChatOpenAI({ model: 'gpt-4o-mini' });
        cached = model;
        return model;
      }
      const getOther = () => (promise ??= initChatModel('openai:gpt-4o'));
      const create = () => new ChatOpenAI({ model: 'gpt-4o' });
      let third: ChatOpenAI | undefined;
      export async function POST(request: Request) {
        third ??= create();
        return Response.json([
          await getModel().invoke('a'),
          await (await getOther()).invoke('b'),
          await third.invoke('c'),
        ]);
      }
    `,
  },
  {
    name: 'caches by key',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      const models = new Map<string, ChatOpenAI>();
      const byName: Record<string, ChatOpenAI> = {};
      export async function POST(request: Request) {
        const { name } = await request.json();
        let model = models.get(name);
        if (!model) {
          model = new ChatOpenAI({ model: 'gpt-4o' });
          models.set(name, model);
        }
        if (!models.has('small')) models.set('small', new ChatOpenAI({ model: 'gpt-4o-mini' }));
        byName[name] ||= new ChatOpenAI();
        return Response.json(await model.invoke(name));
      }
    `,
  },
  {
    name: 'fields of a service that are filled on first use, also by a helper',
    filename: 'src/rag.service.ts',
    code: code`
      import { Injectable } from '@nestjs/common';
      import { ChatOpenAI } from '@langchain/openai';
      @Injectable()
      export class RagService {
        private model?: ChatOpenAI;
        private agent?: ChatOpenAI;
        private isReady = false;
        ask(question: string) {
          this.model ??= new ChatOpenAI();
          return this.model.invoke(question);
        }
        async analyze(question: string) {
          if (!this.isReady || !this.agent) await this.connect();
          return this.agent?.invoke(question);
        }
        private async connect() {
          const agent = new ChatOpenAI({ model: 'gpt-4o' });
          this.agent = agent;
          this.isReady = true;
        }
      }
    `,
  },
  {
    name: 'a function that keeps what it is handed a factory for',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      import { once } from 'lodash';
      import { registry } from '@/lib/registry';
      const getModel = once(() => new ChatOpenAI());
      export async function POST(request: Request) {
        const other = registry.getOrCreate('small', () => new ChatOpenAI({ model: 'gpt-4o-mini' }));
        return Response.json([await getModel().invoke('a'), await other.invoke('b')]);
      }
    `,
  },
];

const dependent: readonly Valid<Options>[] = [
  {
    name: 'arguments from the request, directly and through variables and helpers',
    code: code`
      import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
      import { QdrantVectorStore } from '@langchain/qdrant';
      const keyOf = (request: Request) => request.headers.get('x-api-key') ?? '';
      export async function POST(request: Request) {
        const { model, temperature = 0.7, url } = await request.json();
        const apiKey = keyOf(request);
        const options = { apiKey, maxRetries: 2 };
        const embeddings = new OpenAIEmbeddings(options);
        const store = await QdrantVectorStore.fromExistingCollection(embeddings, { url, collectionName: 'documents' });
        return Response.json([
          await new ChatOpenAI({ model, temperature }).invoke('a'),
          await store.similaritySearch('b'),
        ]);
      }
    `,
  },
  {
    name: 'the bindings of a platform',
    filename: 'src/index.ts',
    code: code`
      import { Hono } from 'hono';
      import { OpenAIEmbeddings, ChatOpenAI } from '@langchain/openai';
      import { CloudflareVectorizeStore } from '@langchain/cloudflare';
      const app = new Hono<{ Bindings: Env }>();
      app.post('/chat', async (c) => {
        const embeddings = new OpenAIEmbeddings({ apiKey: c.env.OPENAI_API_KEY });
        const store = new CloudflareVectorizeStore(embeddings, { index: c.env.VECTORIZE_INDEX });
        return c.json(await store.similaritySearch(c.req.query('q') ?? ''));
      });
      export default {
        async fetch(request: Request, env: Env, ctx: ExecutionContext) {
          const model = new ChatOpenAI({ apiKey: env.OPENAI_API_KEY, maxConcurrency: 5 });
          return Response.json(await model.invoke(await request.text()));
        },
      };
    `,
  },
  {
    name: '`this` of a class that is made per request',
    filename: 'src/tenant.service.ts',
    code: code`
      import { Inject, Injectable, Scope } from '@nestjs/common';
      import { REQUEST } from '@nestjs/core';
      import { ChatOpenAI } from '@langchain/openai';
      @Injectable({ scope: Scope.REQUEST })
      export class TenantService {
        constructor(private readonly tenant: Tenant) {}
        ask(question: string) {
          return new ChatOpenAI({ apiKey: this.tenant.apiKey }).invoke(question);
        }
      }
      @Injectable()
      export class OtherService {
        constructor(@Inject(REQUEST) private readonly request: Request) {}
        ask(question: string) {
          return new ChatOpenAI({ apiKey: this.request.headers.get('x-api-key') }).invoke(question);
        }
      }
    `,
  },
  {
    name: 'callbacks that write to the response',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      import { LangChainStream } from 'ai';
      export async function POST(request: Request) {
        const { stream, handlers } = LangChainStream();
        const { writable, readable } = new TransformStream();
        const writer = writable.getWriter();
        const tokens: string[] = [];
        const model = new ChatOpenAI({ streaming: true, callbacks: [handlers] });
        const other = new ChatOpenAI({
          streaming: true,
          callbacks: [{ handleLLMNewToken: async (token) => { await writer.write(token); } }],
        });
        const third = new ChatOpenAI({ callbacks: [{ handleLLMNewToken: (token) => { tokens.push(token); } }] });
        void Promise.all([model.invoke('a'), other.invoke('b'), third.invoke('c')]);
        return new Response(readable);
      }
    `,
  },
  {
    name: 'the result of a call that cannot be seen into',
    code: code`
      import { SupabaseVectorStore } from '@langchain/community/vectorstores/supabase';
      import { ChatOpenAI } from '@langchain/openai';
      import { createClient } from '@/lib/supabase/server';
      import { getServerSideConfig } from '@/lib/config';
      import { embeddings } from '@/lib/clients';
      export async function POST(request: Request) {
        const supabase = await createClient();
        const store = new SupabaseVectorStore(embeddings, { client: supabase, tableName: 'documents' });
        const { model } = getServerSideConfig();
        return Response.json([await store.similaritySearch('x'), await new ChatOpenAI({ model }).invoke('y')]);
      }
    `,
  },
  {
    name: 'a helper that gets everything from the request',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      export async function POST(request: Request) {
        const { key, model } = await request.json();
        return Response.json(await createModel(key, model).invoke('x'));
      }
      function createModel(apiKey: string, model: string) {
        return new ChatOpenAI({ apiKey, model });
      }
    `,
  },
  {
    name: 'a tool made for the request, and one made by a factory of which the callers are unknown',
    code: code`
      import { tool } from '@langchain/core/tools';
      import { ChatOpenAI } from '@langchain/openai';
      export async function POST(request: Request) {
        const { apiKey } = await request.json();
        const ask = tool(
          async ({ question }) => new ChatOpenAI({ apiKey, maxConcurrency: 5 }).invoke(question),
          { name: 'ask' }
        );
        return Response.json(await run([ask]));
      }
      export const createAsk = (apiKey: string) =>
        tool(async ({ question }) => new ChatOpenAI({ apiKey }).invoke(question), { name: 'ask' });
    `,
  },
  {
    name: 'tools of the session in a derived model',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      import { loadTools } from '@/lib/mcp';
      const model = new ChatOpenAI({ maxConcurrency: 5 });
      export async function POST(request: Request) {
        const tools = await loadTools(request);
        return Response.json(await model.bindTools(tools).invoke('x'));
      }
    `,
  },
  {
    name: 'a model that is changed for the request, and a pool that is closed again',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
      import { Pool } from 'pg';
      export async function POST(request: Request) {
        const { temperature } = await request.json();
        const model = new ChatOpenAI({ model: 'gpt-4o' });
        model.temperature = temperature;
        const pool = new Pool({ connectionString: process.env.DATABASE_URL });
        try {
          return Response.json([await new PostgresSaver(pool).getTuple({}), await model.invoke('x')]);
        } finally {
          await pool.end();
        }
      }
    `,
  },
  {
    name: 'a store whose pool belongs to the tenant',
    code: code`
      import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
      import { embeddings } from '@/lib/clients';
      export async function POST(request: Request) {
        const { database } = await request.json();
        const store = await PGVectorStore.initialize(embeddings, {
          postgresConnectionOptions: { host: 'db', database },
          tableName: 'documents',
        });
        return Response.json(await store.similaritySearch('x'));
      }
    `,
  },
];

const noClients: readonly Valid<Options>[] = [
  {
    name: 'prompts, parsers, messages, splitters, tools, in-memory stores and API retrievers',
    code: code`
      import { ChatPromptTemplate } from '@langchain/core/prompts';
      import { StringOutputParser } from '@langchain/core/output_parsers';
      import { HumanMessage } from '@langchain/core/messages';
      import { RecursiveCharacterTextSplitter } from '@langchain/textsplitters';
      import { TavilySearch } from '@langchain/tavily';
      import { ExaRetriever } from '@langchain/exa';
      import { MemoryVectorStore } from 'langchain/vectorstores/memory';
      import { InMemoryChatMessageHistory } from '@langchain/core/chat_history';
      import { MemorySaver } from '@langchain/langgraph';
      import { client, embeddings } from '@/lib/clients';
      export async function POST(request: Request) {
        const prompt = ChatPromptTemplate.fromTemplate('{question}').pipe(new StringOutputParser());
        const splitter = new RecursiveCharacterTextSplitter({ chunkSize: 1000 });
        const store = new MemoryVectorStore(embeddings);
        const tools = [new TavilySearch({ maxResults: 5 })];
        const retriever = new ExaRetriever({ client });
        const parts = [new HumanMessage('x'), new InMemoryChatMessageHistory(), new MemorySaver()];
        return Response.json([prompt, splitter, store, tools, retriever, parts]);
      }
    `,
  },
  {
    name: 'agents and graphs over a model that exists already',
    code: code`
      import { createAgent } from 'langchain';
      import { createReactAgent } from '@langchain/langgraph/prebuilt';
      import { StateGraph } from '@langchain/langgraph';
      import { model, tools, State, node } from '@/lib/agent';
      export async function POST(request: Request) {
        const agent = createAgent({ model, tools });
        const other = createReactAgent({ llm: model, tools });
        const graph = new StateGraph(State).addNode('x', node).compile();
        return Response.json([await agent.invoke('a'), await other.invoke('b'), await graph.invoke('c')]);
      }
    `,
  },
  {
    name: 'stores, savers and histories over a client made elsewhere',
    code: code`
      import { PineconeStore } from '@langchain/pinecone';
      import { SupabaseVectorStore } from '@langchain/community/vectorstores/supabase';
      import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
      import { QdrantVectorStore } from '@langchain/qdrant';
      import { MongoDBAtlasVectorSearch } from '@langchain/mongodb';
      import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
      import { PostgresChatMessageHistory } from '@langchain/community/stores/message/postgres';
      import { client, collection, embeddings, pineconeIndex, pool, qdrant } from '@/lib/clients';
      export async function POST(request: Request) {
        const { sessionId } = await request.json();
        const stores = [
          await PineconeStore.fromExistingIndex(embeddings, { pineconeIndex }),
          new SupabaseVectorStore(embeddings, { client, tableName: 'documents' }),
          new PGVectorStore(embeddings, { pool, tableName: 'documents' }),
          await QdrantVectorStore.fromExistingCollection(embeddings, { client: qdrant, collectionName: 'documents' }),
          new MongoDBAtlasVectorSearch(embeddings, { collection }),
        ];
        const history = new PostgresChatMessageHistory({ sessionId, pool });
        return Response.json([stores, new PostgresSaver(pool), await history.getMessages()]);
      }
    `,
  },
  {
    name: 'SDK clients over HTTP without a pool',
    code: code`
      import { Pinecone } from '@pinecone-database/pinecone';
      import { createClient } from '@supabase/supabase-js';
      import { Client as LangGraph } from '@langchain/langgraph-sdk';
      import { Client as LangSmith } from 'langsmith';
      import { PineconeStore } from '@langchain/pinecone';
      import { embeddings } from '@/lib/clients';
      export async function POST(request: Request) {
        const pineconeIndex = new Pinecone().Index('documents');
        const supabase = createClient(process.env.SUPABASE_URL!, process.env.SUPABASE_KEY!);
        const store = await PineconeStore.fromExistingIndex(embeddings, { pineconeIndex });
        const runs = new LangGraph({ apiUrl: process.env.LANGGRAPH_URL });
        await new LangSmith().createFeedback('run', 'score');
        return Response.json([store, supabase, runs]);
      }
    `,
  },
  {
    name: 'a pool that goes to nothing of LangChain’s',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      import { Document } from '@langchain/core/documents';
      import { Pool } from 'pg';
      const model = new ChatOpenAI();
      export async function POST(request: Request) {
        const pool = new Pool({ connectionString: process.env.DATABASE_URL });
        const { rows } = await pool.query('SELECT * FROM documents');
        const documents = rows.map((row) => new Document({ pageContent: row.text }));
        return Response.json(await model.invoke(documents.map((document) => document.pageContent).join('')));
      }
    `,
  },
  {
    name: 'fromDocuments of a store that opens nothing, fakes, and cached embeddings over shared ones',
    code: code`
      import { PineconeStore } from '@langchain/pinecone';
      import { HNSWLib } from '@langchain/community/vectorstores/hnswlib';
      import { FakeListChatModel } from '@langchain/core/utils/testing';
      import { CacheBackedEmbeddings } from 'langchain/embeddings/cache_backed';
      import { embeddings, pineconeIndex, store } from '@/lib/clients';
      const documents = [{ pageContent: 'x', metadata: {} }];
      export async function POST(request: Request) {
        await PineconeStore.fromDocuments(documents, embeddings, { pineconeIndex });
        await HNSWLib.fromDocuments(documents, embeddings);
        const cached = CacheBackedEmbeddings.fromBytesStore(embeddings, store);
        return Response.json([await new FakeListChatModel({ responses: ['a'] }).invoke('x'), cached]);
      }
    `,
  },
  {
    name: 'a limiter made for the fan-out of one request',
    code: code`
      import pLimit from 'p-limit';
      import { ChatOpenAI } from '@langchain/openai';
      const model = new ChatOpenAI();
      export async function POST(request: Request) {
        const limit = pLimit(5);
        const questions: string[] = await request.json();
        return Response.json(await Promise.all(questions.map((question) => limit(() => model.invoke(question)))));
      }
    `,
  },
  {
    name: 'a ChatOpenAI derived from one without a limit, and a class whose derived models share the queue',
    code: code`
      import { AzureChatOpenAI, ChatOpenAI } from '@langchain/openai';
      import { ChatAnthropic } from '@langchain/anthropic';
      import { tools } from '@/lib/tools';
      const model = new ChatOpenAI();
      const azure = new AzureChatOpenAI({ maxConcurrency: 5 });
      const claude = new ChatAnthropic({ maxConcurrency: 5 });
      export async function POST(request: Request) {
        const derived = [model.bindTools(tools), azure.bindTools(tools), claude.bindTools(tools)];
        return Response.json(await Promise.all(derived.map((each) => each.invoke('x'))));
      }
    `,
  },
];

const byResource: readonly Valid<Options>[] = [
  {
    name: 'only the resources that are asked for: a plain model',
    options: [{ resources: ['pools', 'stores', 'limitedModels'] }],
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      export const POST = async (request: Request) =>
        Response.json(await new ChatOpenAI().invoke(await request.text()));
    `,
  },
  {
    name: 'state that is shared already, or that belongs to the process',
    options: [{ resources: ['limitedModels'] }],
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      import { ChatBedrockConverse } from '@langchain/aws';
      import { ChatOllama } from '@langchain/ollama';
      import { cache, dispatcher, client } from '@/lib/shared';
      export async function POST(request: Request) {
        const models = [
          new ChatOpenAI({ cache: true }),
          new ChatOpenAI({ cache }),
          new ChatOpenAI({ maxConcurrency: Infinity }),
          new ChatOpenAI({ configuration: { fetchOptions: { dispatcher } } }),
          new ChatOllama({ maxConcurrency: 5 }),
          new ChatBedrockConverse({ region: 'eu-west-1', client }),
        ];
        return Response.json(await Promise.all(models.map((model) => model.invoke('x'))));
      }
    `,
  },
  {
    name: 'pools and stores when only models are asked for',
    options: [{ resources: ['models'] }],
    code: code`
      import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
      import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
      import { embeddings, pool } from '@/lib/clients';
      export async function POST(request: Request) {
        const store = await PGVectorStore.initialize(embeddings, {
          pool,
          tableName: 'documents',
        });
        return Response.json([await store.similaritySearch('x'), PostgresSaver.fromConnString('postgres://db')]);
      }
    `,
  },
];

tester.run(rule, {
  valid: [...independentOfRequests, ...caches, ...dependent, ...noClients, ...byResource].map(inRoute),
  invalid: [...models, ...pools, ...reached].map(invalid),
});

// ── sandboxes ───────────────────────────────────────────────────────────────────────────────────────────────────────

const sandboxes = code`
  import { DaytonaSandbox } from '@langchain/daytona';
  import { LangSmithSandbox, createDeepAgent } from 'deepagents';
  import { model } from '@/lib/model';
  import { threads } from '@/lib/threads';
`;

tester.run(rule, {
  valid: [
    {
      name: 'a sandbox that is closed or stopped, or whose id is kept for the next request',
      filename: route,
      code: code`
        ${sandboxes}
        export async function POST(request: Request) {
          const { messages } = await request.json();
          const sandbox = await DaytonaSandbox.create();
          try {
            return Response.json(await createDeepAgent({ model, backend: sandbox }).invoke({ messages }));
          } finally {
            await sandbox.close();
          }
        }
        export async function PUT(request: Request) {
          const sandbox = await LangSmithSandbox.create({ snapshotName: 'node' });
          try {
            return Response.json(await sandbox.execute('ls'));
          } finally {
            await sandbox.stop();
          }
        }
        export async function PATCH(request: Request) {
          const { thread } = await request.json();
          const sandbox = await DaytonaSandbox.create();
          threads.set(thread, sandbox.id);
          return Response.json(await sandbox.execute('ls'));
        }
        export async function GET(request: Request) {
          const sandbox = await DaytonaSandbox.fromId(new URL(request.url).searchParams.get('id') ?? '');
          return Response.json(await sandbox.execute('ls'));
        }
      `,
    },
  ],
  invalid: [
    invalid({
      name: 'a sandbox that nothing closes, or that a failure leaves running',
      code: code`
        ${sandboxes}
        export async function POST(request: Request) {
          const { messages } = await request.json();
          const sandbox = await DaytonaSandbox.create({ language: 'typescript' });
          return Response.json(await createDeepAgent({ model, backend: sandbox }).invoke({ messages }));
        }
        export async function PUT(request: Request) {
          const sandbox = await LangSmithSandbox.create({ snapshotName: 'node' });
          const { output } = await sandbox.execute('npm test');
          await sandbox.close();
          return Response.json({ output });
        }
      `,
      reports: [
        { at: 'DaytonaSandbox.create', harm: harm.sandbox, advice: 'Close it in `finally`' },
        {
          at: 'LangSmithSandbox.create',
          harm: harm.unsure,
          advice: 'Close it in `finally`',
        },
      ],
    }),
  ],
});
