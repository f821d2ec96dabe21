import rule from '../../rules/concurrency-budget.ts';
import { reports, silent } from '../helpers/cases.ts';
import { code, locate } from '../helpers/code.ts';
import { type Invalid, StrictRuleTester, type Valid } from '../helpers/rule-tester.ts';
import { importForms, lookalikes } from '../helpers/shape-matrix.ts';

type MessageIds = 'calls' | 'connections' | 'fewer' | 'write';

interface Budget {
  readonly workers: number;
  readonly limit: number;
  readonly pools?: Readonly<Record<string, number>>;
}

/** Eight workers, fifty calls: six each. */
const usual: Budget = { workers: 8, limit: 50, pools: { pg: 100 } };

interface Expected {
  /** The text that is underlined. */
  readonly at: string;
  readonly messageId?: Exclude<MessageIds, 'write'>;
  readonly value: number;
  readonly fits: number;
  readonly limit?: number;
  readonly option?: string;
  readonly pool?: string;
  readonly occurrence?: number;
  /** What the suggestion replaces by what; null for a report without one. */
  readonly suggests: readonly [string, string] | null;
}

function report(
  source: string,
  { workers }: Budget,
  {
    at,
    fits,
    limit = 50,
    messageId = 'calls',
    occurrence = 1,
    option = 'maxConcurrency',
    pool = '',
    suggests,
    value,
  }: Expected,
): Invalid<MessageIds, []>['errors'][number] {
  const data = { form: `${option}: ${String(fits)}` };
  return {
    messageId,
    data: {
      ...data,
      limit,
      pool,
      product: workers * value,
      value,
      workers: workers === 1 ? '1 worker' : `${String(workers)} workers`,
    },
    ...locate(source, at, occurrence),
    ...(suggests ? { suggestions: [{ messageId: 'write', data, output: replaceOnce(source, suggests) }] } : {}),
  };
}

function replaceOnce(source: string, [from, to]: readonly [string, string]): string {
  if (source.split(from).length !== 2) throw new Error(`"${from}" does not occur once in:\n${source}`);
  return source.replace(from, () => to);
}

const withBudget = (budget: Budget | null): { settings: Readonly<Record<string, unknown>> } => ({
  settings: { langchain: budget ? { budget } : {} },
});

function invalid(name: string, source: string, expected: readonly Expected[], budget = usual): Invalid<MessageIds, []> {
  return { name, code: source, ...withBudget(budget), errors: expected.map((each) => report(source, budget, each)) };
}

function valid(name: string, source: string, budget: Budget | null = usual): Valid<[]> {
  return { name, code: source, ...withBudget(budget) };
}

const twenty = (at = 'maxConcurrency: 20', suggests: Expected['suggests'] = [at, 'maxConcurrency: 6']): Expected => ({
  at,
  value: 20,
  fits: 6,
  suggests,
});
const connections = (
  at: string,
  value: number,
  fits: number,
  suggests: Expected['suggests'],
  more: Partial<Expected> = {},
): Expected => ({
  at,
  messageId: 'connections',
  value,
  fits,
  limit: 100,
  option: 'max',
  pool: 'pg',
  suggests,
  ...more,
});

const snippet = {
  module: '@langchain/openai',
  names: ['ChatOpenAI'],
  body: (n: { readonly ChatOpenAI: string }): string => code`
    const model = new ${n.ChatOpenAI}({ model: 'gpt-4o', maxConcurrency: 20 });
    const ask = (question) => model.invoke(question);
  `,
} as const;

const graphs = code`
  import { MessagesAnnotation, StateGraph } from '@langchain/langgraph';
  import { callModel, review } from './nodes';

  const graph = new StateGraph(MessagesAnnotation)
    .addNode('model', callModel)
    .addNode('review', review)
    .addEdge('__start__', 'model')
    .compile();
`;

const calls = [
  invalid(
    'pools without any named',
    code`
      import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
      import { Pool } from 'pg';
      export const saver = new PostgresSaver(new Pool({ max: 200 }));
    `,
    [connections('max: 200', 200, 6, ['max: 200', 'max: 6'], { limit: 50, pool: 'postgres' })],
    { workers: 8, limit: 50 },
  ),
  invalid(
    'models, embeddings and a factory',
    code`
      import { initChatModel } from 'langchain';
      import { ChatAnthropic } from '@langchain/anthropic';
      import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';

      export const gpt = new ChatOpenAI({ model: 'gpt-4o', maxConcurrency: 10 });
      export const claude = new ChatAnthropic({ maxConcurrency: 7 });
      export const embeddings = new OpenAIEmbeddings({ maxConcurrency: 12 });
      export const any = await initChatModel('openai:gpt-4o', { maxConcurrency: 30 });
    `,
    [
      { at: 'maxConcurrency: 10', value: 10, fits: 6, suggests: ['maxConcurrency: 10', 'maxConcurrency: 6'] },
      { at: 'maxConcurrency: 7', value: 7, fits: 6, suggests: ['maxConcurrency: 7', 'maxConcurrency: 6'] },
      { at: 'maxConcurrency: 12', value: 12, fits: 6, suggests: ['maxConcurrency: 12', 'maxConcurrency: 6'] },
      { at: 'maxConcurrency: 30', value: 30, fits: 6, suggests: ['maxConcurrency: 30', 'maxConcurrency: 6'] },
    ],
  ),
  invalid(
    'batches in a Nest service',
    code`
      import { Injectable } from '@nestjs/common';
      import { ChatPromptTemplate } from '@langchain/core/prompts';
      import { ChatOpenAI } from '@langchain/openai';

      @Injectable()
      export class SummaryService {
        private readonly chain = ChatPromptTemplate.fromTemplate('Summarize: {text}').pipe(new ChatOpenAI());

        async summarize(texts: string[]) {
          return this.chain.batch(texts.map((text) => ({ text })), { maxConcurrency: 20, tags: ['summary'] });
        }

        async summarizeInOrder(texts: string[]) {
          return this.chain.withConfig({ runName: 'summary', maxConcurrency: 25 }).batch(
            texts.map((text) => ({ text }))
          );
        }

        async summarizeSome(texts: string[]) {
          return this.chain.batch(texts.map((text) => ({ text })), {}, { maxConcurrency: 9 });
        }
      }
    `,
    [
      twenty(),
      { at: 'maxConcurrency: 25', value: 25, fits: 6, suggests: ['maxConcurrency: 25', 'maxConcurrency: 6'] },
      { at: 'maxConcurrency: 9', value: 9, fits: 6, suggests: ['maxConcurrency: 9', 'maxConcurrency: 6'] },
    ],
  ),
  invalid(
    'a batch of a JavaScript module, on a function that calls a model',
    code`
      const { RunnableLambda } = require('@langchain/core/runnables');
      const { ChatOpenAI } = require('@langchain/openai');
      const model = new ChatOpenAI();
      const answer = RunnableLambda.from(async (question) => (await model.invoke(question)).content);
      exports.answer = (questions) => answer.batch(questions, { maxConcurrency: 20 });
    `,
    [twenty()],
  ),
  invalid(
    'a graph, on which a limit of 1 drops work',
    code`
      ${graphs}
      export const run = (inputs) => graph.batch(inputs, { maxConcurrency: 20 });
      export const one = (input) => graph.invoke(input, { maxConcurrency: 4 });
    `,
    [
      { ...twenty('maxConcurrency: 20', ['maxConcurrency: 20', 'maxConcurrency: 2']), fits: 2, limit: 20 },
      { at: 'maxConcurrency: 4', value: 4, fits: 2, limit: 20, suggests: ['maxConcurrency: 4', 'maxConcurrency: 2'] },
    ],
    { workers: 10, limit: 20 },
  ),
  invalid(
    'constants, arithmetic and a constant that serves others too',
    code`
      import { ChatOpenAI } from '@langchain/openai';

      const LIMIT = 16;
      const shared = { limits: { calls: 18 } };
      export const first = new ChatOpenAI({ maxConcurrency: LIMIT });
      export const second = new ChatOpenAI({ maxConcurrency: 4 * 5 });
      export const third = new ChatOpenAI({ maxConcurrency: shared.limits.calls });
    `,
    [
      { at: 'maxConcurrency: LIMIT', value: 16, fits: 6, suggests: ['LIMIT = 16', 'LIMIT = 6'] },
      { at: 'maxConcurrency: 4 * 5', value: 20, fits: 6, suggests: ['4 * 5', '6'] },
      { at: 'maxConcurrency: shared.limits.calls', value: 18, fits: 6, suggests: ['shared.limits.calls', '6'] },
    ],
  ),
  invalid(
    'a shorthand',
    code`
      import { ChatOpenAI } from '@langchain/openai';
      export function make() {
        const maxConcurrency = 20;
        return [new ChatOpenAI({ maxConcurrency }), maxConcurrency];
      }
    `,
    [{ ...twenty('maxConcurrency', ['{ maxConcurrency })', '{ maxConcurrency: 6 })']), occurrence: 2 }],
  ),
  invalid(
    'options that two models get: once',
    code`
      import { ChatOpenAI } from '@langchain/openai';
      const options = { maxConcurrency: 20 };
      export const make = () => [new ChatOpenAI(options), new ChatOpenAI({ ...options, model: 'gpt-4o' })];
    `,
    [twenty()],
  ),
  invalid(
    'more workers than the budget has calls',
    code`
      import { ChatOpenAI } from '@langchain/openai';
      export const model = new ChatOpenAI({ maxConcurrency: 20 });
    `,
    [
      {
        ...twenty('maxConcurrency: 20', ['maxConcurrency: 20', 'maxConcurrency: 1']),
        messageId: 'fewer',
        fits: 1,
        limit: 5,
      },
    ],
    { workers: 8, limit: 5 },
  ),
  invalid(
    'a list that is longer than what fits',
    code`
      import { ChatOpenAI } from '@langchain/openai';
      const model = new ChatOpenAI();
      export const all = () => model.batch(['a', 'b', 'c'], { maxConcurrency: 3 });
    `,
    [{ at: 'maxConcurrency: 3', value: 3, fits: 2, limit: 2, suggests: ['maxConcurrency: 3', 'maxConcurrency: 2'] }],
    { workers: 1, limit: 2 },
  ),
];

const pools = [
  invalid(
    'a pool, by its package, its database, its class and what holds it',
    code`
      import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
      import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
      import { Pool } from 'pg';
      import { embeddings } from './models';

      const pool = new Pool({ max: 20, connectionTimeoutMillis: 5000 });
      export const first = new PostgresSaver(pool);
      const checkpoints = new Pool({ max: 21, connectionTimeoutMillis: 5000 });
      export const second = new PostgresSaver(checkpoints);
      export const third = await PGVectorStore.initialize(embeddings, {
        postgresConnectionOptions: { max: 22, connectionTimeoutMillis: 5000 },
        tableName: 'documents',
      });
    `,
    [
      connections('max: 20', 20, 12, ['max: 20', 'max: 12']),
      connections('max: 21', 21, 5, ['max: 21', 'max: 5'], { limit: 40, pool: 'checkpoints' }),
      connections('max: 22', 22, 3, ['max: 22', 'max: 3'], { limit: 30, pool: 'PGVectorStore' }),
    ],
    { workers: 8, limit: 50, pools: { pg: 100, checkpoints: 40, PGVectorStore: 30 } },
  ),
  invalid(
    'other drivers, and a pool in a field',
    code`
      import { MongoDBSaver } from '@langchain/langgraph-checkpoint-mongodb';
      import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
      import { QdrantVectorStore } from '@langchain/qdrant';
      import { QdrantClient } from '@qdrant/js-client-rest';
      import { MongoClient } from 'mongodb';
      import pg from 'pg';
      import { embeddings } from './models';

      export class Stores {
        private chatPool = new pg.Pool({ poolSize: 30 });
        readonly saver = new PostgresSaver(this.chatPool);
        readonly documents = new MongoDBSaver({
          client: new MongoClient(process.env.MONGODB_URI, { maxPoolSize: 100 }),
        });
        readonly vectors = new QdrantVectorStore(embeddings, {
          client: new QdrantClient({ url: 'http://qdrant:6333', maxConnections: 60 }),
        });
      }
    `,
    [
      connections('poolSize: 30', 30, 10, ['poolSize: 30', 'poolSize: 10'], {
        option: 'poolSize',
        limit: 40,
        pool: 'chatPool',
      }),
      connections('maxPoolSize: 100', 100, 50, ['maxPoolSize: 100', 'maxPoolSize: 50'], {
        option: 'maxPoolSize',
        limit: 200,
        pool: 'mongodb',
      }),
      connections('maxConnections: 60', 60, 50, ['maxConnections: 60', 'maxConnections: 50'], {
        option: 'maxConnections',
        limit: 200,
        pool: 'qdrant',
      }),
    ],
    { workers: 4, limit: 400, pools: { mongodb: 200, qdrant: 200, chatPool: 40, postgres: 100 } },
  ),
  invalid(
    'more workers than the database has connections',
    code`
      import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
      import { Pool } from 'pg';
      export const saver = new PostgresSaver(new Pool({ max: 2 }));
    `,
    [connections('max: 2', 2, 1, ['max: 2', 'max: 1'], { messageId: 'fewer', limit: 3, pool: 'postgres' })],
    { workers: 8, limit: 50, pools: { postgres: 3 } },
  ),
];

const quiet = [
  valid(
    'nothing without a budget',
    code`
      import { ChatOpenAI } from '@langchain/openai';
      export const model = new ChatOpenAI({ maxConcurrency: 2000 });
    `,
    null,
  ),
  valid(
    'limits that keep to the budget',
    code`
      import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
      import { ChatOpenAI } from '@langchain/openai';
      import { Pool } from 'pg';

      const model = new ChatOpenAI({ maxConcurrency: 6 });
      export const answer = (questions: string[]) => model.batch(questions, { maxConcurrency: 5 });
      export const saver = new PostgresSaver(new Pool({ max: 12 }));
    `,
  ),
  valid(
    'pools that the budget does not name',
    code`
      import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
      import { Pool } from 'pg';
      export const saver = new PostgresSaver(new Pool({ max: 200 }));
    `,
    { workers: 8, limit: 50, pools: { mongodb: 10 } },
  ),
  valid(
    'a pool that is not LangChain’s, beside a model',
    code`
      import { ChatOpenAI } from '@langchain/openai';
      import { Pool } from 'pg';
      export const pool = new Pool({ max: 200 });
      export const model = new ChatOpenAI();
    `,
  ),
  valid(
    'sizes that are not written',
    code`
      import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
      import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
      import { Pool } from 'pg';
      import { embeddings, settings } from './models';

      export const first = new PostgresSaver(new Pool());
      export const second = new PostgresSaver(new Pool({ max: settings.poolSize }));
      export const third = new PostgresSaver(new Pool({ ...settings.pool }));
      export const fourth = PostgresSaver.fromConnString(settings.url);
      export const fifth = new PGVectorStore(embeddings, { pool: settings.shared, tableName: 'documents' });
    `,
    { workers: 80, limit: 50, pools: { pg: 100 } },
  ),
  valid(
    'limits that are not written',
    code`
      import { ChatOpenAI } from '@langchain/openai';
      import { limit } from './settings';

      export const open = new ChatOpenAI({ model: 'gpt-4o' });
      export const imported = new ChatOpenAI({ maxConcurrency: limit });
      export const told = new ChatOpenAI({ maxConcurrency: Number(process.env.MAX_CONCURRENCY ?? 20) });
      export const unlimited = new ChatOpenAI({ maxConcurrency: Infinity });
      export const make = (maxConcurrency: number) => new ChatOpenAI({ maxConcurrency });
    `,
  ),
  valid(
    'limits that have no effect, which no-ineffective-config reports',
    code`
      import { ChatMistralAI } from '@langchain/mistralai';
      import { ChatOllama } from '@langchain/ollama';
      import { ChatOpenAI } from '@langchain/openai';

      const model = new ChatOpenAI();
      export const local = new ChatOllama({ maxConcurrency: 20 });
      export const mistral = new ChatMistralAI({ maxConcurrency: 20 });
      export const ask = (question: string) => model.invoke(question, { maxConcurrency: 20 });
      export const all = (questions: string[]) => model.withConfig({ maxConcurrency: 20 }).batch(questions);
      export const streamed = new ChatOpenAI({ streaming: true, maxConcurrency: 20 });
    `,
  ),
  valid(
    'a batch that the model itself limits further',
    code`
      import { ChatOpenAI } from '@langchain/openai';
      const model = new ChatOpenAI({ maxConcurrency: 5 });
      export const all = (questions: string[]) => model.batch(questions, { maxConcurrency: 20 });
    `,
  ),
  valid(
    'a config that is bound to a chain whose model limits it further',
    code`
      import { ChatPromptTemplate } from '@langchain/core/prompts';
      import { ChatOpenAI } from '@langchain/openai';
      export const chain = ChatPromptTemplate.fromTemplate('{q}')
        .pipe(new ChatOpenAI({ maxConcurrency: 5 }))
        .withConfig({ maxConcurrency: 20 });
    `,
  ),
  valid(
    'a retriever, whose embeddings have a limit of two',
    code`
      import { OpenAIEmbeddings } from '@langchain/openai';
      import { PineconeStore } from '@langchain/pinecone';
      import { pineconeIndex } from './pinecone';
      const retriever = new PineconeStore(new OpenAIEmbeddings(), { pineconeIndex }).asRetriever();
      export const search = (questions: string[]) => retriever.batch(questions, { maxConcurrency: 20 });
    `,
  ),
  valid(
    'fewer inputs than the limit',
    code`
      import { ChatOpenAI } from '@langchain/openai';
      const model = new ChatOpenAI();
      export const both = (a: string, b: string) => model.batch([a, b], { maxConcurrency: 20 });
    `,
  ),
  valid(
    'a step that calls no model',
    code`
      import { ChatPromptTemplate } from '@langchain/core/prompts';
      const prompt = ChatPromptTemplate.fromTemplate('{q}');
      export const all = (qs) => prompt.batch(qs, { maxConcurrency: 20 });
    `,
  ),
  valid(
    'uploads of a vector store, which are no calls of a model',
    code`
      import { PineconeStore } from '@langchain/pinecone';
      import { embeddings, pineconeIndex } from './models';
      export const store = new PineconeStore(embeddings, { pineconeIndex, maxConcurrency: 20 });
    `,
  ),
  valid(
    'a value that is no whole number, which valid-max-concurrency reports',
    code`
      import { ChatOpenAI } from '@langchain/openai';
      export const model = new ChatOpenAI({ maxConcurrency: 20.5 });
    `,
  ),
  valid(
    'one call, and more workers than the budget has',
    code`
      import { ChatOpenAI } from '@langchain/openai';
      export const model = new ChatOpenAI({ maxConcurrency: 1 });
    `,
    { workers: 8, limit: 5 },
  ),
  valid(
    'two tasks of a graph, below which none may go',
    code`
      ${graphs}
      export const run = (input) => graph.invoke(input, { maxConcurrency: 2 });
    `,
    { workers: 8, limit: 5 },
  ),
  valid(
    'what is called maxConcurrency elsewhere',
    code`
      import { ChatOpenAI } from '@langchain/openai';
      import { crawl } from './crawler';
      export const model = new ChatOpenAI();
      export const pages = crawl({ maxConcurrency: 100 });
    `,
  ),
];

const budgeted = (source: string): { code: string; settings: Readonly<Record<string, unknown>> } => ({
  code: source,
  ...withBudget(usual),
});

const through = (form: string, output: readonly [string, string]): Parameters<typeof reports<MessageIds>>[2] => ({
  messageId: 'calls',
  data: { form, limit: 50, pool: '', product: 160, value: 20, workers: '8 workers' },
  suggestions: [{ messageId: 'write', data: { form }, output }],
});

const limiters = [
  reports<MessageIds>(
    'limiters around calls',
    budgeted(code`
      import pLimit from 'p-limit';
      import PQueue from 'p-queue';
      import pMap from 'p-map';
      import { ChatOpenAI } from '@langchain/openai';
      const limit = pLimit(⟦20⟧);
      const queue = new PQueue({ ⟦concurrency: 20⟧, intervalCap: 100, interval: 60_000 });
      const model = new ChatOpenAI({ model: 'gpt-4o' });
      const sumUp = async (text: string) => (await model.invoke('Sum up: ' + text)).text;
      export const one = (text: string) => limit(() => model.invoke(text));
      export const two = (text: string) => queue.add(() => sumUp(text));
      export const all = (texts: string[]) => pMap(texts, sumUp, { /* each */ ⟦concurrency: 20⟧ });
    `),
    through('pLimit(6)', ['pLimit(20)', 'pLimit(6)']),
    through('concurrency: 6', ['concurrency: 20, intervalCap', 'concurrency: 6, intervalCap']),
    through('concurrency: 6', ['/* each */ concurrency: 20', '/* each */ concurrency: 6']),
  ),
  reports<MessageIds>(
    'a limiter with options, and a semaphore',
    budgeted(code`
      import pLimit from 'p-limit';
      import { Sema } from 'async-sema';
      import { ChatOpenAI } from '@langchain/openai';
      const limit = pLimit({ ⟦concurrency: 20⟧ });
      const sema = new Sema(⟦20⟧);
      const model = new ChatOpenAI({ model: 'gpt-4o' });
      const ask = async (question: string) => (await model.invoke(question)).text;
      export const all = (questions: string[]) => Promise.all(questions.map((question) => limit(ask, question)));
      export async function one(question: string) {
        await sema.acquire();
        try {
          return await model.invoke(question);
        } finally {
          sema.release();
        }
      }
    `),
    through('concurrency: 6', ['concurrency: 20', 'concurrency: 6']),
    through('Sema(6)', ['Sema(20)', 'Sema(6)']),
  ),
  reports<MessageIds>(
    'a limiter in a middleware',
    budgeted(code`
      import pLimit from 'p-limit';
      import { createMiddleware } from 'langchain';
      const limit = pLimit(⟦20⟧);
      export const limited = createMiddleware({
        name: 'Limit',
        wrapModelCall: (request, handler) => limit(() => handler(request)),
      });
    `),
    through('pLimit(6)', ['pLimit(20)', 'pLimit(6)']),
  ),
];

const quietLimiters = [
  silent(
    'limiters around something else, around a model with a limit, and of calls in a time',
    budgeted(code`
      import pLimit from 'p-limit';
      import pThrottle from 'p-throttle';
      import { createAgent } from 'langchain';
      import { ChatAnthropic } from '@langchain/anthropic';
      import { ChatOpenAI } from '@langchain/openai';
      const limit = pLimit(20);
      const limited = new ChatOpenAI({ model: 'gpt-4o', maxConcurrency: 5 });
      const agent = createAgent({ model: new ChatAnthropic({ model: 'claude', maxConcurrency: 5 }), tools: [] });
      const model = new ChatOpenAI({ model: 'gpt-4o' });
      const throttle = pThrottle({ limit: 100, interval: 60_000 });
      export const load = (url: string) => limit(() => fetch(url));
      export const ask = (text: string) => limit(() => limited.invoke(text));
      export const run = (messages) => limit(() => agent.invoke({ messages }));
      export const slow = throttle((text: string) => model.invoke(text));
    `),
  ),
  silent(
    'limiters that keep to the budget, and those of which the number is not seen',
    budgeted(code`
      import pLimit from 'p-limit';
      import { ChatOpenAI } from '@langchain/openai';
      const model = new ChatOpenAI({ model: 'gpt-4o' });
      const few = pLimit(6);
      const some = pLimit(Number(process.env.LIMIT ?? 20));
      export const a = (text: string) => few(() => model.invoke(text));
      export const b = (text: string) => some(() => model.invoke(text));
    `),
  ),
];

new StrictRuleTester().run(rule, {
  valid: [...lookalikes(snippet).map((each) => ({ ...each, ...withBudget(usual) })), ...quiet, ...quietLimiters],
  invalid: [
    ...importForms({
      ...snippet,
      expect: ({ source }) => ({ errors: [report(source, usual, twenty())] }),
    }).map(({ settings, ...each }) => ({
      ...each,
      settings: { langchain: { ...(settings?.['langchain'] as object | undefined), budget: usual } },
    })),
    ...calls,
    ...limiters,
    ...pools,
  ],
});
