import rule from '../../rules/concurrency-budget.ts';
import { code, locate } from '../helpers/code.ts';
import { StrictRuleTester, type Invalid, type Valid } from '../helpers/rule-tester.ts';
import { importForms, lookalikes } from '../helpers/shape-matrix.ts';

type MessageIds = 'calls' | 'connections' | 'tooMany' | 'write';
type Expected = Invalid<MessageIds, []>['errors'][number];
interface Budget {
  readonly workers: number;
  readonly limit: number;
  readonly pools?: Readonly<Record<string, number>>;
}

const BUDGET: Budget = { workers: 8, limit: 50 };

interface Case {
  readonly messageId?: 'calls' | 'connections' | 'tooMany';
  readonly value: number;
  readonly limit?: number;
  readonly name?: string;
  readonly least?: number;
  /** The option. */
  readonly at: string;
  readonly occurrence?: number;
  readonly output?: string;
}

function error(source: string, { workers }: Budget, { messageId = 'calls', value, limit = 50, name = 'calls', least = 1, at, occurrence = 1, output }: Case): Expected {
  const instead = Math.floor(limit / workers);
  const data = { workers, value, product: workers * value, limit, instead, name, least };
  return { messageId, data, ...locate(source, at, occurrence), ...(output === undefined ? {} : { suggestions: [{ messageId: 'write', data: { instead }, output }] }) };
}

function valid(name: string, source: string, budget: Budget | null = BUDGET): Valid<[]> {
  return { name, code: source, ...(budget ? { settings: { langchain: { budget } } } : {}) };
}

function invalid(name: string, source: string, expected: readonly Case[], budget = BUDGET): Invalid<MessageIds, []> {
  return { name, code: source, settings: { langchain: { budget } }, errors: expected.map((each) => error(source, budget, each)) };
}

/** One number that is too high, with what the suggestion makes of it. */
function suggested(name: string, source: string, at: string, after: string, more: Partial<Case> & { readonly value: number }, budget = BUDGET): Invalid<MessageIds, []> {
  return invalid(name, source, [{ at, output: source.replace(at, after), ...more }], budget);
}

const openai = "import { ChatOpenAI } from '@langchain/openai';\n";
const model = (n: { readonly ChatOpenAI: string }, limit: string): string => code`
  const model = new ${n.ChatOpenAI}({ model: 'gpt-4o', maxConcurrency: ${limit} });
  async function answer(question) {
    return model.invoke(question);
  }
`;

/** The settings of a case, with the budget beside what an import form needs. */
function withBudget<Each extends { readonly settings?: Readonly<Record<string, unknown>> }>(each: Each): Each {
  const langchain = (each.settings?.['langchain'] ?? {});
  return { ...each, settings: { langchain: { ...langchain, budget: BUDGET } } };
}

new StrictRuleTester().run<[], MessageIds>(rule, {
  valid: [
    ...lookalikes({ module: '@langchain/openai', names: ['ChatOpenAI'], body: (n) => model(n, '20') }).map(withBudget),

    valid('without a budget it says nothing', `${openai}export const model = new ChatOpenAI({ maxConcurrency: 5000 });\n`, null),
    valid('within the budget', `${openai}export const model = new ChatOpenAI({ maxConcurrency: 6 });\nexport const all = (qs: string[]) => model.batch(qs, { maxConcurrency: 6 });\n`),
    valid('exactly the budget', `${openai}export const model = new ChatOpenAI({ maxConcurrency: 5 });\n`, { workers: 10, limit: 50 }),
    valid('a number that cannot be seen', `${openai}import { config } from './config';\nexport const a = new ChatOpenAI({ maxConcurrency: config.limit });\nexport const b = new ChatOpenAI({ ...config });\nexport const c = (limit: number) => new ChatOpenAI({ maxConcurrency: limit });\n`),
    valid('no limit at all is for other rules', `${openai}export const a = new ChatOpenAI();\nexport const b = new ChatOpenAI({ maxConcurrency: Infinity });\nexport const all = (qs: string[]) => a.batch(qs);\n`),
    valid('a limit that the class ignores', "import { ChatOllama } from '@langchain/ollama';\nexport const model = new ChatOllama({ maxConcurrency: 100 });\n"),
    valid('a limit of a call that has none', `${openai}const model = new ChatOpenAI();\nexport const answer = (q: string) => model.invoke(q, { maxConcurrency: 100 });\n`),
    valid('an invalid number is for another rule', `${openai}export const model = new ChatOpenAI({ maxConcurrency: 0 });\n`),
    valid('another option of that name', `${openai}import { createQueue } from './queue';\nexport const queue = createQueue({ maxConcurrency: 100 });\nexport const model = new ChatOpenAI();\n`),
    valid(
      'pools with a budget of their own',
      code`
        import { Pool } from 'pg';
        import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
        const pool = new Pool({ max: 10 });
        export const saver = new PostgresSaver(pool);
      `,
      { workers: 8, limit: 50, pools: { pg: 100 } },
    ),
    valid(
      'a pool that the budget does not name',
      code`
        import { Pool } from 'pg';
        import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
        const pool = new Pool({ max: 100 });
        export const saver = new PostgresSaver(pool);
      `,
      { workers: 8, limit: 50, pools: { mongodb: 100 } },
    ),
    valid(
      'a pool that LangChain does not get, and one without a size',
      code`
        import { Pool } from 'pg';
        import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
        export const orders = new Pool({ max: 500 });
        const pool = new Pool({ connectionString: process.env.DATABASE_URL });
        export const saver = new PostgresSaver(pool);
      `,
    ),
  ],
  invalid: [
    ...importForms({
      module: '@langchain/openai',
      names: ['ChatOpenAI'],
      body: (n) => model(n, '20'),
      expect: ({ render, source }) => ({ errors: [error(source, BUDGET, { value: 20, at: 'maxConcurrency: 20', output: render((n) => model(n, '6')) })] }),
    }).map(withBudget),

    suggested('a batch', `${openai}const model = new ChatOpenAI();\nexport const all = (qs: string[]) => model.batch(qs, { maxConcurrency: 25 });\n`, 'maxConcurrency: 25', 'maxConcurrency: 6', { value: 25 }),
    suggested('a chain’s batch', `${openai}import { ChatPromptTemplate } from '@langchain/core/prompts';\nconst chain = ChatPromptTemplate.fromTemplate('{q}').pipe(new ChatOpenAI());\nexport const all = (qs: { q: string }[]) => chain.batch(qs, { tags: ['nightly'], maxConcurrency: 2 * 10 });\n`, 'maxConcurrency: 2 * 10', 'maxConcurrency: 6', { value: 20 }),
    suggested('withConfig', `import { ChatAnthropic } from '@langchain/anthropic';\nexport const model = new ChatAnthropic().withConfig({ maxConcurrency: 10 });\n`, 'maxConcurrency: 10', 'maxConcurrency: 6', { value: 10 }),
    suggested(
      'a graph’s run',
      code`
        import { StateGraph, MessagesAnnotation } from '@langchain/langgraph';
        import { talk } from './nodes';
        const graph = new StateGraph(MessagesAnnotation).addNode('talk', talk).addEdge('__start__', 'talk').compile();
        export const run = (messages: string[]) => graph.invoke({ messages }, { maxConcurrency: 12 });
      `,
      'maxConcurrency: 12',
      'maxConcurrency: 6',
      { value: 12, least: 2 },
    ),
    invalid(
      'a graph that would be left with 1',
      code`
        import { StateGraph, MessagesAnnotation } from '@langchain/langgraph';
        import { talk } from './nodes';
        const graph = new StateGraph(MessagesAnnotation).addNode('talk', talk).addEdge('__start__', 'talk').compile();
        export const run = (messages: string[]) => graph.invoke({ messages }, { maxConcurrency: 12 });
      `,
      [{ messageId: 'tooMany', value: 12, limit: 50, least: 2, at: 'maxConcurrency: 12' }],
      { workers: 40, limit: 50 },
    ),
    suggested('a constant', `${openai}const LIMIT = 30;\nexport const model = new ChatOpenAI({ maxConcurrency: LIMIT });\n`, 'maxConcurrency: LIMIT', 'maxConcurrency: LIMIT', { value: 30, output: `${openai}const LIMIT = 6;\nexport const model = new ChatOpenAI({ maxConcurrency: LIMIT });\n` }),
    suggested(
      'the default of an environment variable',
      `${openai}export const model = new ChatOpenAI({ maxConcurrency: Number(process.env.LIMIT ?? 20) });\n`,
      'maxConcurrency: Number(process.env.LIMIT ?? 20)',
      'maxConcurrency: Number(process.env.LIMIT ?? 6)',
      { value: 20 },
    ),
    suggested('embeddings', "import { OpenAIEmbeddings } from '@langchain/openai';\nexport const embeddings = new OpenAIEmbeddings({ maxConcurrency: 20 });\n", 'maxConcurrency: 20', 'maxConcurrency: 6', { value: 20 }),
    invalid('more workers than the budget', `${openai}export const model = new ChatOpenAI({ maxConcurrency: 2 });\n`, [{ messageId: 'tooMany', value: 2, limit: 50, at: 'maxConcurrency: 2' }], { workers: 60, limit: 50 }),
    suggested(
      'a pool, by its driver',
      "import { Pool } from 'pg';\nimport { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';\nexport const saver = new PostgresSaver(new Pool({ max: 20, connectionTimeoutMillis: 5_000 }));\n",
      'max: 20',
      'max: 12',
      { messageId: 'connections', value: 20, limit: 100, name: '`pg`' },
      { workers: 8, limit: 50, pools: { pg: 100 } },
    ),
    suggested(
      'a pool, by its variable',
      code`
        import { Pool } from 'pg';
        import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
        import { embeddings } from './models';
        const ragPool = new Pool({ max: 20 });
        export const store = await PGVectorStore.initialize(embeddings, { pool: ragPool, tableName: 'docs' });
      `,
      'max: 20',
      'max: 5',
      { messageId: 'connections', value: 20, limit: 40, name: '`ragPool`' },
      { workers: 8, limit: 500, pools: { ragPool: 40, pg: 400 } },
    ),
    suggested(
      'a pool without a budget of its own',
      "import { MongoClient } from 'mongodb';\nimport { MongoDBAtlasVectorSearch } from '@langchain/mongodb';\nimport { embeddings } from './models';\nconst client = new MongoClient(process.env.MONGODB_URI!, { maxPoolSize: 50 });\nexport const store = new MongoDBAtlasVectorSearch(embeddings, { collection: client.db('a').collection('b') });\n",
      'maxPoolSize: 50',
      'maxPoolSize: 6',
      { messageId: 'connections', value: 50, name: '`mongodb`' },
    ),
    suggested(
      'the pool that a store opens',
      "import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';\nimport { embeddings } from './models';\nexport const store = await PGVectorStore.initialize(embeddings, { postgresConnectionOptions: { host: 'db', max: 30 }, tableName: 'docs' });\n",
      'max: 30',
      'max: 12',
      { messageId: 'connections', value: 30, limit: 100, name: '`pg`' },
      { workers: 8, limit: 50, pools: { pg: 100 } },
    ),
    suggested('a shorthand', `${openai}const maxConcurrency = 10 * 4;\nexport const model = new ChatOpenAI({ maxConcurrency });\n`, '{ maxConcurrency }', '{ maxConcurrency: 6 }', { value: 40, at: 'maxConcurrency', occurrence: 2 }),
    invalid(
      'each limit for itself, a shared object once',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        const config = { maxConcurrency: 40 };
        const model = new ChatOpenAI({ maxConcurrency: 20 });
        export const one = (qs: string[]) => model.batch(qs, config);
        export const two = (qs: string[]) => model.batch(qs, config);
      `,
      [
        {
          value: 40,
          at: 'maxConcurrency: 40',
          output: code`
            import { ChatOpenAI } from '@langchain/openai';
            const config = { maxConcurrency: 6 };
            const model = new ChatOpenAI({ maxConcurrency: 20 });
            export const one = (qs: string[]) => model.batch(qs, config);
            export const two = (qs: string[]) => model.batch(qs, config);
          `,
        },
        {
          value: 20,
          at: 'maxConcurrency: 20',
          output: code`
            import { ChatOpenAI } from '@langchain/openai';
            const config = { maxConcurrency: 40 };
            const model = new ChatOpenAI({ maxConcurrency: 6 });
            export const one = (qs: string[]) => model.batch(qs, config);
            export const two = (qs: string[]) => model.batch(qs, config);
          `,
        },
      ],
    ),
  ],
});
