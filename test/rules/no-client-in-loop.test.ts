import rule from '../../rules/no-client-in-loop.ts';
import { code, locate } from '../helpers/code.ts';
import { type Invalid, StrictRuleTester, type Valid } from '../helpers/rule-tester.ts';
import { importForms, lookalikes } from '../helpers/shape-matrix.ts';

type MessageIds = 'again' | 'called' | 'derived' | 'limiter' | 'move';

const CONSEQUENCES = {
  agent: 'Each leaves its connections open.',
  cache: 'Each starts with an empty cache.',
  connection: 'Connections run out.',
  derived: '`maxConcurrency` limits each alone.',
  driver: 'Connections run out.',
  http: 'Sockets stay open for 10 seconds.',
  index: 'Each time, the whole index is read from disk.',
  limit: '`maxConcurrency` limits each alone.',
  model: 'Instances share no limit or cache.',
  uncached: 'Instances share no cache.',
  pool: 'Each opens a pool: connections run out.',
  poolClient: 'Each leaks a connection.',
  weights: "Each loads the model's weights.",
};

interface Expected {
  /** What the squiggle covers. */
  readonly at: string;
  readonly occurrence?: number;
  readonly harm: keyof typeof CONSEQUENCES | 'limiter';
  readonly name: string;
  readonly when: string;
  readonly place: string;
  /** The name that the suggestion moves, and the code that it makes. */
  readonly suggests?: readonly [name: string, output: string];
}

function error(
  source: string,
  { at, harm, name, occurrence = 1, place, suggests, when }: Expected,
): Invalid<MessageIds, []>['errors'][number] {
  const made = at.startsWith('new ') ? 'again' : 'called';
  const messageId = harm === 'derived' || harm === 'limiter' ? harm : made;
  return {
    messageId,
    data: {
      name,
      when,
      place,
      ...(harm === 'limiter' ? {} : { consequence: CONSEQUENCES[harm] }),
    },
    ...locate(source, at, occurrence),
    ...(suggests
      ? { suggestions: [{ messageId: 'move', data: { name: suggests[0], place }, output: suggests[1] }] }
      : {}),
  };
}

type Case = Omit<Invalid<MessageIds, []>, 'errors'> & { readonly reports: readonly Expected[] };

function invalid({ reports, ...testCase }: Case): Invalid<MessageIds, []> {
  return { ...testCase, errors: reports.map((expected) => error(testCase.code, expected)) };
}

const DOCS = { when: 'for each element of `docs`', place: 'above `docs.map()`' };
const LOOP = { when: 'for each element of `docs`', place: 'above the loop' };

// ── quiet ───────────────────────────────────────────────────────────────────────────────────────────────────────────

const valid: Valid<[]>[] = [
  {
    name: 'a loop that writes the key which the client reads',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      export async function run(keys: string[]) {
        for (const key of keys) {
          process.env.OPENAI_API_KEY = key;
          const model = new ChatOpenAI();
          await model.invoke('Hello');
        }
      }
    `,
  },
  {
    name: 'built once above the loop',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      const model = new ChatOpenAI({ model: 'gpt-4o-mini' });
      export async function summarizeAll(docs: string[]) {
        const summaries = [];
        for (const doc of docs) summaries.push(await model.invoke(doc));
        return summaries;
      }
    `,
  },
  {
    name: 'models are compared: the argument is the item',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      export async function compare(question: string) {
        const names = ['gpt-4o', 'gpt-4o-mini'];
        return Promise.all(names.map(async (name) => {
          const model = new ChatOpenAI({ model: name });
          return model.invoke(question);
        }));
      }
    `,
  },
  {
    name: 'temperatures are compared in a counting loop',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      export async function compare(question: string) {
        for (let i = 0; i <= 10; i++) {
          const model = new ChatOpenAI({ model: 'gpt-4o', temperature: i / 10 });
          console.log((await model.invoke(question)).content);
        }
      }
    `,
  },
  {
    name: 'an argument comes from the item through a variable',
    code: code`
      import { ChatAnthropic } from '@langchain/anthropic';
      export async function run(jobs: { options: { model: string } }[]) {
        for (const { options } of jobs) {
          const { model: name } = options;
          const settings = { model: name, maxRetries: 2 };
          const model = new ChatAnthropic(settings);
          await model.invoke('Hello');
        }
      }
    `,
  },
  {
    name: 'an argument is spread from the item',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      export const run = (tenants: { llm: object }[]) =>
        Promise.all(tenants.map((tenant) => new ChatOpenAI({ maxRetries: 1, ...tenant.llm }).invoke('Hello')));
    `,
  },
  {
    name: 'the key of each tenant is read by a function that cannot be seen into',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      import { readKey } from './keys.js';
      export async function run(tenants: string[]) {
        for (const tenant of tenants) {
          const model = new ChatOpenAI({ apiKey: await readKey() });
          await model.invoke(tenant);
        }
      }
    `,
  },
  {
    name: 'an argument is a variable that the loop writes',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      export async function heatUp(question: string) {
        let temperature = 0;
        while (temperature < 1) {
          const model = new ChatOpenAI({ temperature });
          await model.invoke(question);
          temperature += 0.1;
        }
      }
    `,
  },
  {
    name: 'an argument is an object that the loop changes',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      const options = { model: 'gpt-4o', user: '' };
      export async function run(users: string[]) {
        for (const user of users) {
          options.user = user;
          await new ChatOpenAI(options).invoke('Hello');
        }
      }
    `,
  },
  {
    name: 'a loader per URL',
    code: code`
      import { CheerioWebBaseLoader } from '@langchain/community/document_loaders/web/cheerio';
      export const load = (urls: string[]) => Promise.all(urls.map((url) => new CheerioWebBaseLoader(url).load()));
    `,
  },
  {
    name: 'a store in memory per document',
    code: code`
      import { MemoryVectorStore } from '@langchain/classic/vectorstores/memory';
      import { OpenAIEmbeddings } from '@langchain/openai';
      const embeddings = new OpenAIEmbeddings();
      export async function search(pages: { chunks: string[] }[], query: string) {
        for (const page of pages) {
          const store = await MemoryVectorStore.fromTexts(page.chunks, [], embeddings);
          console.log(await store.similaritySearch(query, 2));
        }
      }
    `,
  },
  {
    name: 'prompts, parsers, messages and splitters are no clients',
    code: code`
      import { HumanMessage } from '@langchain/core/messages';
      import { StringOutputParser } from '@langchain/core/output_parsers';
      import { ChatPromptTemplate } from '@langchain/core/prompts';
      import { ChatOpenAI } from '@langchain/openai';
      import { RecursiveCharacterTextSplitter } from '@langchain/textsplitters';
      const model = new ChatOpenAI();
      export async function run(docs: string[]) {
        for (const doc of docs) {
          const prompt = ChatPromptTemplate.fromTemplate('Summarize {doc}');
          const splitter = new RecursiveCharacterTextSplitter({ chunkSize: 500 });
          const chain = prompt.pipe(model).pipe(new StringOutputParser());
          await chain.invoke({ doc: await splitter.splitText(doc) });
          await model.invoke([new HumanMessage(doc)]);
        }
      }
    `,
  },
  {
    name: 'an agent over a model that exists already',
    code: code`
      import { createAgent } from 'langchain';
      import { ChatOpenAI } from '@langchain/openai';
      const model = new ChatOpenAI();
      export async function run(questions: string[]) {
        for (const question of questions) {
          const agent = createAgent({ model, tools: [] });
          await agent.invoke({ messages: [question] });
        }
      }
    `,
  },
  {
    name: 'a store over an index made elsewhere',
    code: code`
      import { PineconeStore } from '@langchain/pinecone';
      import { OpenAIEmbeddings } from '@langchain/openai';
      import { pineconeIndex } from './pinecone.js';
      const embeddings = new OpenAIEmbeddings();
      export async function search(queries: string[]) {
        for (const query of queries) {
          const store = await PineconeStore.fromExistingIndex(embeddings, { pineconeIndex });
          await store.similaritySearch(query);
        }
      }
    `,
  },
  {
    name: 'an API retriever is no client',
    code: code`
      import { TavilySearchAPIRetriever } from '@langchain/community/retrievers/tavily_search_api';
      export async function search(queries: string[]) {
        return Promise.all(queries.map((query) => new TavilySearchAPIRetriever({ k: 3 }).invoke(query)));
      }
    `,
  },
  {
    name: 'a pool that is not for LangChain',
    code: code`
      import { Pool } from 'pg';
      import { ChatOpenAI } from '@langchain/openai';
      const model = new ChatOpenAI();
      export async function run(queries: string[]) {
        for (const query of queries) {
          const pool = new Pool();
          await model.invoke((await pool.query(query)).rows[0].text);
        }
      }
    `,
  },
  {
    name: 'a while loop that retries until it works',
    code: code`
      import { AzureCosmosDBMongoDBVectorStore } from '@langchain/azure-cosmosdb';
      import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
      export async function load(docs, embeddings, config) {
        let attempt = 0;
        while (attempt < 5) {
          try {
            const store = await PGVectorStore.fromDocuments(docs, embeddings, config);
            return store;
          } catch (error) {
            attempt++;
            await new Promise((resolve) => setTimeout(resolve, 1000 * attempt));
          }
        }
      }
    `,
  },
  {
    name: 'a counting loop that retries and breaks on success',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      export async function ask(question: string) {
        let answer;
        for (let attempt = 0; attempt < 3; attempt++) {
          try {
            const model = new ChatOpenAI({ model: 'gpt-4o' });
            answer = await model.invoke(question);
            break;
          } catch (error) {
            if (attempt === 2) throw error;
          }
        }
        return answer;
      }
    `,
  },
  {
    name: 'a do…while loop that waits for the connection',
    code: code`
      import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
      export async function connect(embeddings, config) {
        let store;
        do {
          try {
            store = await PGVectorStore.initialize(embeddings, config);
          } catch {
            await new Promise((resolve) => setTimeout(resolve, 500));
          }
        } while (!store);
        return store;
      }
    `,
  },
  {
    name: 'a retry function of the file runs its callback once',
    code: code`
      import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
      async function retry<T>(fn: () => Promise<T>, times = 3): Promise<T> {
        for (let i = 0; ; i++) {
          try {
            return await fn();
          } catch (error) {
            if (i >= times) throw error;
          }
        }
      }
      export const connect = (embeddings, config) => retry(() => PGVectorStore.initialize(embeddings, config));
    `,
  },
  {
    name: 'lazy: ??=',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      let model: ChatOpenAI | undefined;
      export async function run(docs: string[]) {
        for (const doc of docs) {
          model ??= new ChatOpenAI();
          await model.invoke(doc);
        }
      }
    `,
  },
  {
    name: 'lazy: if not there yet',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      class Summarizer {
        private model: ChatOpenAI | null = null;
        private getModel() {
          if (!this.model) {
            this.model = new ChatOpenAI({ maxConcurrency: 5 });
          }
          return this.model;
        }
        async run(docs: string[]) {
          return Promise.all(docs.map((doc) => this.getModel().invoke(doc)));
        }
      }
    `,
  },
  {
    name: 'lazy: returned early when it is there',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      let cached: ChatOpenAI;
      function getModel() {
        if (cached) return cached;
        cached = new ChatOpenAI();
        return cached;
      }
      export const run = (docs: string[]) => docs.map((doc) => getModel().invoke(doc));
    `,
  },
  {
    name: 'a cache per key',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      const models = new Map<string, ChatOpenAI>();
      export async function run(docs: { lang: string; text: string }[]) {
        for (const doc of docs) {
          let model = models.get(doc.lang);
          if (!model) {
            model = new ChatOpenAI({ maxConcurrency: 2 });
            models.set(doc.lang, model);
          }
          await model.invoke(doc.text);
        }
      }
    `,
  },
  {
    name: 'a singleton whose constructor builds it',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      class Llm {
        static instance: Llm;
        readonly model: ChatOpenAI;
        private constructor() {
          this.model = new ChatOpenAI();
        }
        static get() {
          if (!Llm.instance) Llm.instance = new Llm();
          return Llm.instance;
        }
      }
      export const run = (docs: string[]) => docs.map((doc) => Llm.get().model.invoke(doc));
    `,
  },
  {
    name: 'used only where the caller gives none',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      async function summarize(doc: string, given?: ChatOpenAI) {
        const model = given ?? new ChatOpenAI();
        return model.invoke(doc);
      }
      const model = new ChatOpenAI();
      export const run = (docs: string[]) => Promise.all(docs.map((doc) => summarize(doc, model)));
    `,
  },
  {
    name: 'built in a branch only where the caller gives none',
    code: code`
      import { StateGraph } from '@langchain/langgraph';
      import { ChatDeepSeek } from '@langchain/deepseek';
      function buildAgent() {
        const llm = new ChatDeepSeek({ model: 'deepseek-chat' });
        return { llm, graph: new StateGraph(State).addNode('answer', (state) => llm.invoke(state.messages)).compile() };
      }
      async function ask(question: string, instance = null) {
        let agent;
        if (!instance) {
          agent = buildAgent().graph;
        } else {
          agent = instance.graph;
        }
        return agent.invoke({ messages: [question] });
      }
      export async function askAll(questions: string[]) {
        const agent = buildAgent();
        for (const question of questions) await ask(question, agent);
      }
    `,
  },
  {
    name: 'returned early where the caller gives one',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      async function summarize(doc: string, options?: { model?: ChatOpenAI }) {
        if (options?.model) return options.model.invoke(doc);
        const model = new ChatOpenAI();
        return model.invoke(doc);
      }
      export const run = (docs: string[], model: ChatOpenAI) => docs.map((doc) => summarize(doc, { model }));
    `,
  },
  {
    name: 'the default of a parameter that the caller gives',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      const shared = new ChatOpenAI();
      async function summarize(doc: string, model = new ChatOpenAI()) {
        return model.invoke(doc);
      }
      export const run = (docs: string[]) => Promise.all(docs.map((doc) => summarize(doc, shared)));
    `,
  },
  {
    name: 'an instance that the loop changes',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      export async function run(docs: { text: string; temperature: number }[]) {
        for (const doc of docs) {
          const model = new ChatOpenAI();
          model.temperature = doc.temperature;
          await model.invoke(doc.text);
        }
      }
    `,
  },
  {
    name: 'a pool that is closed again',
    code: code`
      import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
      import { Pool } from 'pg';
      export async function migrate(steps: string[]) {
        for (const step of steps) {
          const pool = new Pool({ connectionString: process.env.DATABASE_URL });
          const saver = new PostgresSaver(pool);
          await saver.setup();
          await pool.end();
        }
      }
    `,
  },
  {
    name: 'an index that gets the documents of the item',
    code: code`
      import { HNSWLib } from '@langchain/community/vectorstores/hnswlib';
      import { embeddings } from './embeddings.js';
      export async function extend(batches) {
        for (const batch of batches) {
          const index = await HNSWLib.load('./index', embeddings);
          await index.addDocuments(batch);
          await index.save('./index');
        }
      }
    `,
  },
  {
    name: 'a function that is defined in a loop and runs later',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      export function register(app, paths: string[]) {
        for (const path of paths) {
          app.post(path, async (request, response) => {
            const model = new ChatOpenAI();
            response.json(await model.invoke(request.body.question));
          });
        }
      }
    `,
  },
  {
    name: 'the head of a loop is built once',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      export async function run(docs: string[]) {
        for (let i = 0, model = new ChatOpenAI(); i < docs.length; i++) await model.invoke(docs[i]);
        for await (const chunk of await new ChatOpenAI().stream('Hello')) console.log(chunk);
      }
    `,
  },
  {
    name: 'a factory that builds for its parameter, called for the item',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      const build = (name: string) => new ChatOpenAI({ model: name });
      export const compare = (names: string[], question: string) =>
        Promise.all(names.map((name) => build(name).invoke(question)));
    `,
  },
  {
    name: 'a method that builds from what its instance was made with',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      class Job {
        constructor(private readonly options: { model: string }) {}
        async run() {
          const model = new ChatOpenAI({ model: this.options.model });
          return model.invoke('Hello');
        }
      }
      export const run = (all: { model: string }[]) => Promise.all(all.map((options) => new Job(options).run()));
    `,
  },
  {
    name: 'models derived where the queue is shared, or without a limit',
    code: code`
      import { ChatAnthropic } from '@langchain/anthropic';
      import { ChatOpenAI } from '@langchain/openai';
      import { tools } from './tools.js';
      const claude = new ChatAnthropic({ maxConcurrency: 5 });
      const gpt = new ChatOpenAI({ model: 'gpt-4o' });
      export async function run(docs: string[]) {
        await Promise.all(docs.map((doc) => claude.bindTools(tools).invoke(doc)));
        await Promise.all(docs.map((doc) => gpt.bindTools(tools).invoke(doc)));
      }
    `,
  },
  {
    name: 'a derived model whose tools are those of the item',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      const model = new ChatOpenAI({ maxConcurrency: 5 });
      export const run = (docs) => Promise.all(docs.map((doc) => model.bindTools(doc.tools).invoke(doc.text)));
    `,
  },
  {
    name: 'a limiter for the parts of an item',
    code: code`
      import pLimit from 'p-limit';
      import { ChatOpenAI } from '@langchain/openai';
      const model = new ChatOpenAI();
      export async function run(docs: { chunks: string[] }[]) {
        for (const doc of docs) {
          const limit = pLimit(5);
          await Promise.all(doc.chunks.map((chunk) => limit(() => model.invoke(chunk))));
        }
      }
    `,
  },
  {
    name: 'a limiter that is handed on',
    code: code`
      import PQueue from 'p-queue';
      import { ChatOpenAI } from '@langchain/openai';
      import { ingest } from './ingest.js';
      const model = new ChatOpenAI();
      export async function run(docs: string[]) {
        for (const doc of docs) {
          const queue = new PQueue({ concurrency: 3 });
          await ingest(doc, queue, model);
        }
      }
    `,
  },
  {
    name: 'a limiter for something else',
    code: code`
      import pLimit from 'p-limit';
      import { readFile } from 'node:fs/promises';
      import { ChatOpenAI } from '@langchain/openai';
      const model = new ChatOpenAI();
      export const run = (paths: string[]) => Promise.all(paths.map((path) => pLimit(1)(() => readFile(path))));
      export const ask = (question: string) => model.invoke(question);
    `,
  },
  {
    name: 'a fake model and embeddings in the process',
    code: code`
      import { FakeListChatModel } from '@langchain/core/utils/testing';
      export async function check(cases: string[]) {
        for (const input of cases) {
          const model = new FakeListChatModel({ responses: ['ok'] });
          await model.invoke(input);
        }
      }
    `,
  },
  {
    name: 'an instance of a class of the file',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      class Client {}
      const model = new ChatOpenAI();
      export const run = (docs: string[]) => docs.map((doc) => [new Client(), model.invoke(doc)]);
    `,
  },
  ...lookalikes({
    module: '@langchain/openai',
    names: ['ChatOpenAI'],
    body: (n) => code`
      for (const doc of docs) {
        const model = new ${n.ChatOpenAI}();
        await model.invoke(doc);
      }
    `,
  }),
];

// ── reported ────────────────────────────────────────────────────────────────────────────────────────────────────────

const flood = (n: Readonly<Record<'ChatOpenAI', string>>): string => code`
  export async function summarizeAll(docs) {
    for (const doc of docs) {
      const model = new ${n.ChatOpenAI}({ model: 'gpt-4o-mini' });
      console.log(await model.invoke(doc));
    }
  }
`;
const hoisted = (n: Readonly<Record<'ChatOpenAI', string>>): string => code`
  export async function summarizeAll(docs) {
    const model = new ${n.ChatOpenAI}({ model: 'gpt-4o-mini' });
    for (const doc of docs) {
      console.log(await model.invoke(doc));
    }
  }
`;

const fixed: Case[] = [
  {
    name: 'map: the declaration moves above the statement with the call',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      export async function summarizeAll(docs: string[]) {
        const summaries = await Promise.all(
          docs.map(async (doc) => {
            const model = new ChatOpenAI({ model: 'gpt-4o-mini', temperature: 0 });
            const answer = await model.invoke(doc);
            return answer.content;
          }),
        );
        return summaries;
      }
    `,
    output: code`
      import { ChatOpenAI } from '@langchain/openai';
      export async function summarizeAll(docs: string[]) {
        const model = new ChatOpenAI({ model: 'gpt-4o-mini', temperature: 0 });
        const summaries = await Promise.all(
          docs.map(async (doc) => {
            const answer = await model.invoke(doc);
            return answer.content;
          }),
        );
        return summaries;
      }
    `,
    reports: [{ at: 'new ChatOpenAI', harm: 'model', name: 'ChatOpenAI', ...DOCS }],
  },
  {
    name: 'a limit per instance limits nothing',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      const name = 'gpt-4o';
      export const summarizeAll = async (docs: string[]) => {
        return await Promise.all(docs.map(async (doc) => {
          const model: ChatOpenAI = new ChatOpenAI({
            model: name,
            apiKey: process.env.OPENAI_API_KEY,
            maxConcurrency: 5,
          });

          return model.invoke(doc);
        }));
      };
    `,
    output: code`
      import { ChatOpenAI } from '@langchain/openai';
      const name = 'gpt-4o';
      export const summarizeAll = async (docs: string[]) => {
        const model: ChatOpenAI = new ChatOpenAI({
          model: name,
          apiKey: process.env.OPENAI_API_KEY,
          maxConcurrency: 5,
        });
        return await Promise.all(docs.map(async (doc) => {
          return model.invoke(doc);
        }));
      };
    `,
    reports: [{ at: 'new ChatOpenAI', harm: 'limit', name: 'ChatOpenAI', ...DOCS }],
  },
  {
    name: 'a required key that is given',
    code: code`
      import { ChatAnthropic } from '@langchain/anthropic';
      export async function run(docs: string[], apiKey: string) {
        docs.forEach(async (doc) => {
          const claude = new ChatAnthropic({ apiKey, model: 'claude-sonnet-4-5' });
          console.log(await claude.invoke(doc));
        });
      }
    `,
    output: code`
      import { ChatAnthropic } from '@langchain/anthropic';
      export async function run(docs: string[], apiKey: string) {
        const claude = new ChatAnthropic({ apiKey, model: 'claude-sonnet-4-5' });
        docs.forEach(async (doc) => {
          console.log(await claude.invoke(doc));
        });
      }
    `,
    reports: [
      {
        at: 'new ChatAnthropic',
        harm: 'model',
        name: 'ChatAnthropic',
        when: DOCS.when,
        place: 'above `docs.forEach()`',
      },
    ],
  },
  {
    name: 'behind another statement, and with a comment on its line',
    code: code`
      import { OpenAIEmbeddings } from '@langchain/openai';
      export async function embed(docs: { text: string }[]) {
        const vectors = [];
        // One after the other.
        for (let i = 0; i < docs.length; i++) {
          const text = docs[i].text.trim();
          if (text === '') continue;
          const embeddings = new OpenAIEmbeddings({ model: 'text-embedding-3-small' }); // 1536 dimensions
          vectors.push(await embeddings.embedQuery(text));
        }
        return vectors;
      }
    `,
    output: code`
      import { OpenAIEmbeddings } from '@langchain/openai';
      export async function embed(docs: { text: string }[]) {
        const vectors = [];
        const embeddings = new OpenAIEmbeddings({ model: 'text-embedding-3-small' }); // 1536 dimensions
        // One after the other.
        for (let i = 0; i < docs.length; i++) {
          const text = docs[i].text.trim();
          if (text === '') continue;
          vectors.push(await embeddings.embedQuery(text));
        }
        return vectors;
      }
    `,
    reports: [{ at: 'new OpenAIEmbeddings', harm: 'model', name: 'OpenAIEmbeddings', ...LOOP }],
  },
  {
    name: 'nested loops: above the outermost that it does not depend on',
    code: code`
      import { ChatOllama } from '@langchain/ollama';
      export async function run(books: { name: string; pages: string[] }[]) {
        for (const book of books) {
          for (const page of book.pages) {
            const model = new ChatOllama({ model: 'llama3.2' });
            console.log(book.name, await model.invoke(page));
          }
        }
      }
    `,
    output: code`
      import { ChatOllama } from '@langchain/ollama';
      export async function run(books: { name: string; pages: string[] }[]) {
        const model = new ChatOllama({ model: 'llama3.2' });
        for (const book of books) {
          for (const page of book.pages) {
            console.log(book.name, await model.invoke(page));
          }
        }
      }
    `,
    reports: [
      {
        at: 'new ChatOllama',
        harm: 'uncached',
        name: 'ChatOllama',
        when: 'for each element of `book.pages`',
        place: 'above the loop',
      },
    ],
  },
  {
    name: 'nested loops: within the one that it depends on',
    code: code`
      import { ChatOllama } from '@langchain/ollama';
      export async function compare(names: string[], questions: string[]) {
        for (const name of names) {
          for (const question of questions) {
            const model = new ChatOllama({ model: name });
            console.log(name, await model.invoke(question));
          }
        }
      }
    `,
    output: code`
      import { ChatOllama } from '@langchain/ollama';
      export async function compare(names: string[], questions: string[]) {
        for (const name of names) {
          const model = new ChatOllama({ model: name });
          for (const question of questions) {
            console.log(name, await model.invoke(question));
          }
        }
      }
    `,
    reports: [
      {
        at: 'new ChatOllama',
        harm: 'uncached',
        name: 'ChatOllama',
        when: 'for each element of `questions`',
        place: 'above the loop',
      },
    ],
  },
  {
    name: 'a chain is built on it in the loop',
    code: code`
      import { ChatPromptTemplate } from '@langchain/core/prompts';
      import { ChatOpenAI } from '@langchain/openai';
      const prompt = ChatPromptTemplate.fromTemplate('Summarize: {doc}');
      export async function run(docs: string[]) {
        return Promise.all(docs.map(async (doc) => {
          const llm = new ChatOpenAI();
          const chain = prompt.pipe(llm);
          return chain.invoke({ doc });
        }));
      }
    `,
    output: code`
      import { ChatPromptTemplate } from '@langchain/core/prompts';
      import { ChatOpenAI } from '@langchain/openai';
      const prompt = ChatPromptTemplate.fromTemplate('Summarize: {doc}');
      export async function run(docs: string[]) {
        const llm = new ChatOpenAI();
        return Promise.all(docs.map(async (doc) => {
          const chain = prompt.pipe(llm);
          return chain.invoke({ doc });
        }));
      }
    `,
    reports: [{ at: 'new ChatOpenAI', harm: 'model', name: 'ChatOpenAI', ...DOCS }],
  },
  {
    name: 'with the tools that are bound to it',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      import { tools } from './tools.js';
      export async function run(docs: string[]) {
        for (const doc of docs) {
          const model = new ChatOpenAI({ model: 'gpt-4o' }).bindTools(tools);
          await model.invoke(doc);
        }
      }
    `,
    output: null,
    reports: [
      {
        at: 'new ChatOpenAI',
        harm: 'model',
        name: 'ChatOpenAI',
        ...LOOP,
        suggests: [
          'model',
          code`
            import { ChatOpenAI } from '@langchain/openai';
            import { tools } from './tools.js';
            export async function run(docs: string[]) {
              const model = new ChatOpenAI({ model: 'gpt-4o' }).bindTools(tools);
              for (const doc of docs) {
                await model.invoke(doc);
              }
            }
          `,
        ],
      },
    ],
  },
  {
    name: 'a model derived per item gets a queue of its own',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      import { tools } from './tools.js';
      const model = new ChatOpenAI({ model: 'gpt-4o', maxConcurrency: 5 });
      export async function run(docs: string[]) {
        await Promise.all(docs.map(async (doc) => {
          const withTools = model.bindTools(tools);
          return withTools.invoke(doc);
        }));
      }
    `,
    settings: { langchain: { version: '1.4.0' } },
    output: null,
    reports: [
      {
        at: 'model.bindTools',
        harm: 'derived',
        name: 'model.bindTools',
        ...DOCS,
        suggests: [
          'withTools',
          code`
            import { ChatOpenAI } from '@langchain/openai';
            import { tools } from './tools.js';
            const model = new ChatOpenAI({ model: 'gpt-4o', maxConcurrency: 5 });
            export async function run(docs: string[]) {
              const withTools = model.bindTools(tools);
              await Promise.all(docs.map(async (doc) => {
                return withTools.invoke(doc);
              }));
            }
          `,
        ],
      },
    ],
  },
  {
    name: 'p-map, by its import',
    code: code`
      import pMap from 'p-map';
      import { ChatOpenAI } from '@langchain/openai';
      const results = await pMap(docs, async (doc) => {
        const model = new ChatOpenAI();
        return model.invoke(doc);
      }, { concurrency: 4 });
    `,
    output: code`
      import pMap from 'p-map';
      import { ChatOpenAI } from '@langchain/openai';
      const model = new ChatOpenAI();
      const results = await pMap(docs, async (doc) => {
        return model.invoke(doc);
      }, { concurrency: 4 });
    `,
    reports: [{ at: 'new ChatOpenAI', harm: 'model', name: 'ChatOpenAI', when: DOCS.when, place: 'above `pMap()`' }],
  },
  {
    name: 'Array.from with a length',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      export async function sample(question: string, n: number) {
        const answers = await Promise.all(Array.from({ length: n }, async () => {
          const model = new ChatOpenAI({ temperature: 1 });
          return model.invoke(question);
        }));
        return answers;
      }
    `,
    output: code`
      import { ChatOpenAI } from '@langchain/openai';
      export async function sample(question: string, n: number) {
        const model = new ChatOpenAI({ temperature: 1 });
        const answers = await Promise.all(Array.from({ length: n }, async () => {
          return model.invoke(question);
        }));
        return answers;
      }
    `,
    reports: [
      { at: 'new ChatOpenAI', harm: 'model', name: 'ChatOpenAI', when: 'for each item', place: 'above `Array.from()`' },
    ],
  },
  {
    name: 'a while loop that drains a queue',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      export async function work(queue: string[]) {
        while (queue.length > 0) {
          const model = new ChatOpenAI();
          await model.invoke(queue.pop() ?? '');
        }
      }
    `,
    output: code`
      import { ChatOpenAI } from '@langchain/openai';
      export async function work(queue: string[]) {
        const model = new ChatOpenAI();
        while (queue.length > 0) {
          await model.invoke(queue.pop() ?? '');
        }
      }
    `,
    reports: [
      {
        at: 'new ChatOpenAI',
        harm: 'model',
        name: 'ChatOpenAI',
        when: 'on each pass of the loop',
        place: 'above the loop',
      },
    ],
  },
  {
    name: 'an agent loop is no retry',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      export async function run(messages) {
        while (true) {
          const model = new ChatOpenAI({ model: 'gpt-4o' });
          const answer = await model.invoke(messages);
          messages.push(answer);
          if (answer.tool_calls.length === 0) break;
        }
        return messages;
      }
    `,
    output: code`
      import { ChatOpenAI } from '@langchain/openai';
      export async function run(messages) {
        const model = new ChatOpenAI({ model: 'gpt-4o' });
        while (true) {
          const answer = await model.invoke(messages);
          messages.push(answer);
          if (answer.tool_calls.length === 0) break;
        }
        return messages;
      }
    `,
    reports: [
      {
        at: 'new ChatOpenAI',
        harm: 'model',
        name: 'ChatOpenAI',
        when: 'on each pass of the loop',
        place: 'above the loop',
      },
    ],
  },
  {
    name: 'without semicolons, in front of an array',
    code: code`
      import { ChatOpenAI } from '@langchain/openai'
      const run = async () => {
        console.log('start')
        ;['a', 'b'].forEach(async (doc) => {
          const model = new ChatOpenAI()
          console.log(await model.invoke(doc))
        })
      }
    `,
    output: code`
      import { ChatOpenAI } from '@langchain/openai'
      const run = async () => {
        console.log('start')
        ;const model = new ChatOpenAI();
        ['a', 'b'].forEach(async (doc) => {
          console.log(await model.invoke(doc))
        })
      }
    `,
    reports: [
      { at: 'new ChatOpenAI', harm: 'model', name: 'ChatOpenAI', when: 'for each item', place: 'above the call' },
    ],
  },
  {
    name: 'all on one line',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      for (const doc of docs) { const model = new ChatOpenAI(); await model.invoke(doc); }
    `,
    output: code`
      import { ChatOpenAI } from '@langchain/openai';
      const model = new ChatOpenAI();
      for (const doc of docs) { await model.invoke(doc); }
    `,
    reports: [{ at: 'new ChatOpenAI', harm: 'model', name: 'ChatOpenAI', ...LOOP }],
  },
];

const suggested: Case[] = [
  {
    name: 'the switch that turns fixes into suggestions',
    settings: { langchain: { autofix: false } },
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      for (const doc of docs) {
        const model = new ChatOpenAI();
        await model.invoke(doc);
      }
    `,
    output: null,
    reports: [
      {
        at: 'new ChatOpenAI',
        harm: 'model',
        name: 'ChatOpenAI',
        ...LOOP,
        suggests: [
          'model',
          code`
            import { ChatOpenAI } from '@langchain/openai';
            const model = new ChatOpenAI();
            for (const doc of docs) {
              await model.invoke(doc);
            }
          `,
        ],
      },
    ],
  },
  {
    name: 'a constructor that throws without its key',
    code: code`
      import { ChatAnthropic } from '@langchain/anthropic';
      export async function run(docs: string[]) {
        for (const doc of docs) {
          const claude = new ChatAnthropic({ apiKey: process.env.CLAUDE_KEY });
          await claude.invoke(doc);
        }
      }
    `,
    output: null,
    reports: [
      {
        at: 'new ChatAnthropic',
        harm: 'model',
        name: 'ChatAnthropic',
        ...LOOP,
        suggests: [
          'claude',
          code`
            import { ChatAnthropic } from '@langchain/anthropic';
            export async function run(docs: string[]) {
              const claude = new ChatAnthropic({ apiKey: process.env.CLAUDE_KEY });
              for (const doc of docs) {
                await claude.invoke(doc);
              }
            }
          `,
        ],
      },
    ],
  },
  {
    name: 'in a branch',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      export async function run(docs: string[]) {
        for (const doc of docs) {
          if (doc.length > 1000) {
            const model = new ChatOpenAI({ model: 'gpt-4o' });
            await model.invoke(doc);
          }
        }
      }
    `,
    output: null,
    reports: [
      {
        at: 'new ChatOpenAI',
        harm: 'model',
        name: 'ChatOpenAI',
        ...LOOP,
        suggests: [
          'model',
          code`
            import { ChatOpenAI } from '@langchain/openai';
            export async function run(docs: string[]) {
              const model = new ChatOpenAI({ model: 'gpt-4o' });
              for (const doc of docs) {
                if (doc.length > 1000) {
                  await model.invoke(doc);
                }
              }
            }
          `,
        ],
      },
    ],
  },
  {
    name: 'in a try',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      export async function run(docs: string[]) {
        for (const doc of docs) {
          try {
            const model = new ChatOpenAI();
            await model.invoke(doc);
          } catch (error) {
            console.error(error);
          }
        }
      }
    `,
    output: null,
    reports: [
      {
        at: 'new ChatOpenAI',
        harm: 'model',
        name: 'ChatOpenAI',
        ...LOOP,
        suggests: [
          'model',
          code`
            import { ChatOpenAI } from '@langchain/openai';
            export async function run(docs: string[]) {
              const model = new ChatOpenAI();
              for (const doc of docs) {
                try {
                  await model.invoke(doc);
                } catch (error) {
                  console.error(error);
                }
              }
            }
          `,
        ],
      },
    ],
  },
  {
    name: 'not in a declaration: it becomes a constant',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      export async function run(docs: string[]) {
        return Promise.all(docs.map((doc) => new ChatOpenAI({ temperature: 0 }).invoke(doc)));
      }
    `,
    output: null,
    reports: [
      {
        at: 'new ChatOpenAI',
        harm: 'model',
        name: 'ChatOpenAI',
        ...DOCS,
        suggests: [
          'model',
          code`
            import { ChatOpenAI } from '@langchain/openai';
            export async function run(docs: string[]) {
              const model = new ChatOpenAI({ temperature: 0 });
              return Promise.all(docs.map((doc) => model.invoke(doc)));
            }
          `,
        ],
      },
    ],
  },
  {
    name: 'the usual name is taken',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      export async function run(docs: string[], model: string) {
        for (const doc of docs) await new ChatOpenAI({ model }).invoke(doc);
      }
    `,
    output: null,
    reports: [
      {
        at: 'new ChatOpenAI',
        harm: 'model',
        name: 'ChatOpenAI',
        ...LOOP,
        suggests: [
          'chatModel',
          code`
            import { ChatOpenAI } from '@langchain/openai';
            export async function run(docs: string[], model: string) {
              const chatModel = new ChatOpenAI({ model });
              for (const doc of docs) await chatModel.invoke(doc);
            }
          `,
        ],
      },
    ],
  },
  {
    name: 'kept in a list: the instances may be told apart',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      const models: ChatOpenAI[] = [];
      for (const worker of workers) {
        const model = new ChatOpenAI();
        models.push(model);
      }
    `,
    output: null,
    reports: [
      {
        at: 'new ChatOpenAI',
        harm: 'model',
        name: 'ChatOpenAI',
        when: 'for each element of `workers`',
        place: 'above the loop',
        suggests: [
          'model',
          code`
            import { ChatOpenAI } from '@langchain/openai';
            const models: ChatOpenAI[] = [];
            const model = new ChatOpenAI();
            for (const worker of workers) {
              models.push(model);
            }
          `,
        ],
      },
    ],
  },
  {
    name: 'an argument that is no plain value',
    code: code`
      import { InMemoryCache } from '@langchain/core/caches';
      import { ChatOpenAI } from '@langchain/openai';
      export async function run(docs: string[]) {
        for (const doc of docs) {
          const model = new ChatOpenAI({ cache: new InMemoryCache() });
          await model.invoke(doc);
        }
      }
    `,
    output: null,
    reports: [
      {
        at: 'new ChatOpenAI',
        harm: 'cache',
        name: 'ChatOpenAI',
        ...LOOP,
        suggests: [
          'model',
          code`
            import { InMemoryCache } from '@langchain/core/caches';
            import { ChatOpenAI } from '@langchain/openai';
            export async function run(docs: string[]) {
              const model = new ChatOpenAI({ cache: new InMemoryCache() });
              for (const doc of docs) {
                await model.invoke(doc);
              }
            }
          `,
        ],
      },
    ],
  },
  {
    name: 'a store that is awaited',
    code: code`
      import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
      import { embeddings, config } from './store.js';
      export async function search(queries: string[]) {
        return Promise.all(queries.map(async (query) => {
          const store = await PGVectorStore.initialize(embeddings, config);
          return store.similaritySearch(query, 4);
        }));
      }
    `,
    output: null,
    reports: [
      {
        at: 'PGVectorStore.initialize',
        harm: 'poolClient',
        name: 'PGVectorStore.initialize',
        when: 'for each element of `queries`',
        place: 'above `queries.map()`',
        suggests: [
          'store',
          code`
            import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
            import { embeddings, config } from './store.js';
            export async function search(queries: string[]) {
              const store = await PGVectorStore.initialize(embeddings, config);
              return Promise.all(queries.map(async (query) => {
                return store.similaritySearch(query, 4);
              }));
            }
          `,
        ],
      },
    ],
  },
  {
    name: 'an awaited store that is used on the spot',
    code: code`
      import { HNSWLib } from '@langchain/community/vectorstores/hnswlib';
      import { embeddings } from './embeddings.js';
      export async function search(queries: string[]) {
        for (const query of queries) {
          console.log(await (await HNSWLib.load('./index', embeddings)).similaritySearch(query, 4));
        }
      }
    `,
    output: null,
    reports: [
      {
        at: 'HNSWLib.load',
        harm: 'index',
        name: 'HNSWLib.load',
        when: 'for each element of `queries`',
        place: 'above the loop',
        suggests: [
          'vectorStore',
          code`
            import { HNSWLib } from '@langchain/community/vectorstores/hnswlib';
            import { embeddings } from './embeddings.js';
            export async function search(queries: string[]) {
              const vectorStore = await HNSWLib.load('./index', embeddings);
              for (const query of queries) {
                console.log(await vectorStore.similaritySearch(query, 4));
              }
            }
          `,
        ],
      },
    ],
  },
  {
    name: 'in a function that is handed to map',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      async function summarize(doc: string) {
        const model = new ChatOpenAI({ maxConcurrency: 5 });
        return model.invoke(doc);
      }
      export const summarizeAll = (docs: string[]) => Promise.all(docs.map(summarize));
    `,
    output: null,
    reports: [
      {
        at: 'new ChatOpenAI',
        harm: 'limit',
        name: 'ChatOpenAI',
        when: DOCS.when,
        place: 'outside `summarize()`',
        suggests: [
          'model',
          code`
            import { ChatOpenAI } from '@langchain/openai';
            const model = new ChatOpenAI({ maxConcurrency: 5 });
            async function summarize(doc: string) {
              return model.invoke(doc);
            }
            export const summarizeAll = (docs: string[]) => Promise.all(docs.map(summarize));
          `,
        ],
      },
    ],
  },
  {
    name: 'in an exported function that a loop calls',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';

      /** Tags a document. */
      export const tag = async (doc: string) => {
        const model = new ChatOpenAI({
          model: 'gpt-4o',
          maxConcurrency: 5,
        }).withStructuredOutput({ type: 'object' });
        return model.invoke(doc);
      };

      export async function tagAll(docs: string[]) {
        return Promise.all(docs.map(async (doc) => ({ doc, tags: await tag(doc) })));
      }
    `,
    output: null,
    reports: [
      {
        at: 'new ChatOpenAI',
        harm: 'limit',
        name: 'ChatOpenAI',
        when: DOCS.when,
        place: 'outside `tag()`',
        suggests: [
          'model',
          code`
            import { ChatOpenAI } from '@langchain/openai';

            const model = new ChatOpenAI({
              model: 'gpt-4o',
              maxConcurrency: 5,
            }).withStructuredOutput({ type: 'object' });
            /** Tags a document. */
            export const tag = async (doc: string) => {
              return model.invoke(doc);
            };

            export async function tagAll(docs: string[]) {
              return Promise.all(docs.map(async (doc) => ({ doc, tags: await tag(doc) })));
            }
          `,
        ],
      },
    ],
  },
  {
    name: 'in a method that a method calls per item',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      @Injectable()
      export class SummaryService {
        async summarizeAll(docs: string[]) {
          return Promise.all(docs.map((doc) => this.summarize(doc)));
        }
        private async summarize(doc: string) {
          const model = new ChatOpenAI({ model: 'gpt-4o' });
          return model.invoke(doc);
        }
      }
    `,
    output: null,
    reports: [
      {
        at: 'new ChatOpenAI',
        harm: 'model',
        name: 'ChatOpenAI',
        when: DOCS.when,
        place: 'outside `summarize()`',
        suggests: [
          'model',
          code`
            import { ChatOpenAI } from '@langchain/openai';
            const model = new ChatOpenAI({ model: 'gpt-4o' });
            @Injectable()
            export class SummaryService {
              async summarizeAll(docs: string[]) {
                return Promise.all(docs.map((doc) => this.summarize(doc)));
              }
              private async summarize(doc: string) {
                return model.invoke(doc);
              }
            }
          `,
        ],
      },
    ],
  },
  {
    name: 'a static factory of the file: its new is reported',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      const build = () => new ChatOpenAI({ model: 'gpt-4o', cache: true });
      export async function run(docs: string[]) {
        for (const doc of docs) {
          const model = build();
          await model.invoke(doc);
        }
      }
    `,
    output: null,
    reports: [
      {
        at: 'new ChatOpenAI',
        harm: 'model',
        name: 'ChatOpenAI',
        when: LOOP.when,
        place: 'outside `build()`',
        suggests: [
          'model',
          code`
            import { ChatOpenAI } from '@langchain/openai';
            const model = new ChatOpenAI({ model: 'gpt-4o', cache: true });
            const build = () => model;
            export async function run(docs: string[]) {
              for (const doc of docs) {
                const model = build();
                await model.invoke(doc);
              }
            }
          `,
        ],
      },
    ],
  },
  {
    name: 'a factory with a parameter: its call is reported',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      function build(name: string) {
        return new ChatOpenAI({ model: name });
      }
      export async function run(docs: string[]) {
        for (const doc of docs) {
          const model = build('gpt-4o');
          await model.invoke(doc);
        }
      }
    `,
    output: null,
    reports: [
      {
        at: 'build',
        occurrence: 2,
        harm: 'model',
        name: 'build',
        ...LOOP,
        suggests: [
          'model',
          code`
            import { ChatOpenAI } from '@langchain/openai';
            function build(name: string) {
              return new ChatOpenAI({ model: name });
            }
            export async function run(docs: string[]) {
              const model = build('gpt-4o');
              for (const doc of docs) {
                await model.invoke(doc);
              }
            }
          `,
        ],
      },
    ],
  },
  {
    name: 'a limiter made in the callback that it should limit',
    code: code`
      import pLimit from 'p-limit';
      import { ChatOpenAI } from '@langchain/openai';
      const model = new ChatOpenAI();
      export async function run(docs: string[]) {
        return Promise.all(docs.map((doc) => {
          const limit = pLimit(5);
          return limit(() => model.invoke(doc));
        }));
      }
    `,
    output: null,
    reports: [
      {
        at: 'pLimit',
        occurrence: 2,
        harm: 'limiter',
        name: 'pLimit',
        ...DOCS,
        suggests: [
          'limit',
          code`
            import pLimit from 'p-limit';
            import { ChatOpenAI } from '@langchain/openai';
            const model = new ChatOpenAI();
            export async function run(docs: string[]) {
              const limit = pLimit(5);
              return Promise.all(docs.map((doc) => {
                return limit(() => model.invoke(doc));
              }));
            }
          `,
        ],
      },
    ],
  },
  {
    name: 'a limiter made and used on the spot',
    code: code`
      import pLimit from 'p-limit';
      import { ChatOpenAI } from '@langchain/openai';
      const model = new ChatOpenAI();
      export async function run(docs: string[]) {
        return Promise.all(docs.map((doc) => pLimit(5)(() => model.invoke(doc))));
      }
    `,
    output: null,
    reports: [
      {
        at: 'pLimit',
        occurrence: 2,
        harm: 'limiter',
        name: 'pLimit',
        ...DOCS,
        suggests: [
          'limit',
          code`
            import pLimit from 'p-limit';
            import { ChatOpenAI } from '@langchain/openai';
            const model = new ChatOpenAI();
            export async function run(docs: string[]) {
              const limit = pLimit(5);
              return Promise.all(docs.map((doc) => limit(() => model.invoke(doc))));
            }
          `,
        ],
      },
    ],
  },
];

suggested.push({
  name: 'the tools bound to it are made in the function: the model alone moves',
  code: code`
    import { ChatOpenAI } from '@langchain/openai';
    export const generateTags = async (doc: string) => {
      const schema = { name: 'tags', parameters: { type: 'object' } };
      const model = new ChatOpenAI({ model: 'gpt-4', maxConcurrency: 5 }).bind({ functions: [schema] });
      return model.invoke(doc);
    };
    export const run = (docs: string[]) =>
      Promise.all(docs.map(async (doc) => ({ doc, tags: await generateTags(doc) })));
  `,
  output: null,
  reports: [
    {
      at: 'new ChatOpenAI',
      harm: 'limit',
      name: 'ChatOpenAI',
      when: DOCS.when,
      place: 'outside `generateTags()`',
      suggests: [
        'chatModel',
        code`
          import { ChatOpenAI } from '@langchain/openai';
          const chatModel = new ChatOpenAI({ model: 'gpt-4', maxConcurrency: 5 });
          export const generateTags = async (doc: string) => {
            const schema = { name: 'tags', parameters: { type: 'object' } };
            const model = chatModel.bind({ functions: [schema] });
            return model.invoke(doc);
          };
          export const run = (docs: string[]) =>
            Promise.all(docs.map(async (doc) => ({ doc, tags: await generateTags(doc) })));
        `,
      ],
    },
  ],
});

fixed.push({
  name: 'items that are left out before it',
  code: code`
    import { ChatOpenAI } from '@langchain/openai';
    export const run = async (docs: { isEmpty: boolean; summary?: string; text: string }[]) => {
      await Promise.all(docs.map(async (doc) => {
        if (doc.isEmpty) return;
        if (doc.summary) return doc.summary;
        const model = new ChatOpenAI();
        return model.invoke(doc.text);
      }));
    };
  `,
  output: code`
    import { ChatOpenAI } from '@langchain/openai';
    export const run = async (docs: { isEmpty: boolean; summary?: string; text: string }[]) => {
      const model = new ChatOpenAI();
      await Promise.all(docs.map(async (doc) => {
        if (doc.isEmpty) return;
        if (doc.summary) return doc.summary;
        return model.invoke(doc.text);
      }));
    };
  `,
  reports: [{ at: 'new ChatOpenAI', harm: 'model', name: 'ChatOpenAI', ...DOCS }],
});
suggested.push({
  name: 'a required key that the caller may leave out',
  code: code`
    import { ChatAnthropic } from '@langchain/anthropic';
    export async function run(docs: string[], apiKey?: string) {
      for (const doc of docs) {
        const claude = new ChatAnthropic({ apiKey });
        await claude.invoke(doc);
      }
    }
  `,
  output: null,
  reports: [
    {
      at: 'new ChatAnthropic',
      harm: 'model',
      name: 'ChatAnthropic',
      ...LOOP,
      suggests: [
        'claude',
        code`
          import { ChatAnthropic } from '@langchain/anthropic';
          export async function run(docs: string[], apiKey?: string) {
            const claude = new ChatAnthropic({ apiKey });
            for (const doc of docs) {
              await claude.invoke(doc);
            }
          }
        `,
      ],
    },
  ],
});
suggested.push({
  name: 'only for items without a result',
  code: code`
    import { ChatOpenAI } from '@langchain/openai';
    export const run = async (docs: { summary?: string; text: string }[]) => {
      for (const doc of docs) {
        if (!doc.summary) {
          const model = new ChatOpenAI();
          doc.summary = (await model.invoke(doc.text)).text;
        }
      }
    };
  `,
  output: null,
  reports: [
    {
      at: 'new ChatOpenAI',
      harm: 'model',
      name: 'ChatOpenAI',
      ...LOOP,
      suggests: [
        'model',
        code`
          import { ChatOpenAI } from '@langchain/openai';
          export const run = async (docs: { summary?: string; text: string }[]) => {
            const model = new ChatOpenAI();
            for (const doc of docs) {
              if (!doc.summary) {
                doc.summary = (await model.invoke(doc.text)).text;
              }
            }
          };
        `,
      ],
    },
  ],
});

/** Reported; most with no safe change to offer. */
const reported: Case[] = [
  {
    name: 'a pool per item, through LangChain’s saver: the pool alone is reported',
    code: code`
      import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
      import { Pool } from 'pg';
      export const run = (threads: string[], graph) =>
        Promise.all(threads.map((thread) => graph.compile({ checkpointer: new PostgresSaver(new Pool()) })));
    `,
    output: null,
    reports: [
      {
        at: 'new Pool',
        harm: 'pool',
        name: 'Pool',
        when: 'for each element of `threads`',
        place: 'above `threads.map()`',
      },
    ],
  },
  {
    name: 'a pool and the store that gets it: the store alone is reported',
    code: code`
      import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
      import { Pool } from 'pg';
      import { embeddings } from './embeddings.js';
      export async function search(queries: string[]) {
        for (const query of queries) {
          const pool = new Pool({ max: 5 });
          const store = await PGVectorStore.initialize(embeddings, { pool, tableName: 'docs' });
          console.log(await store.similaritySearch(query));
        }
      }
    `,
    output: null,
    reports: [
      {
        at: 'PGVectorStore.initialize',
        harm: 'poolClient',
        name: 'PGVectorStore.initialize',
        when: 'for each element of `queries`',
        place: 'above the loop',
      },
    ],
  },
  {
    name: 'the key is checked in the loop: above it, the type is another one',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      export async function run(docs: string[], apiKey?: string) {
        for (const doc of docs) {
          if (!apiKey) continue;
          const model = new ChatOpenAI({ apiKey });
          await model.invoke(doc);
        }
      }
    `,
    output: null,
    reports: [{ at: 'new ChatOpenAI', harm: 'model', name: 'ChatOpenAI', ...LOOP }],
  },
  {
    name: 'the name is taken above the loop',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      export async function run(docs: string[], model: string) {
        for (const doc of docs) {
          const model = new ChatOpenAI();
          await model.invoke(doc);
        }
        return model;
      }
    `,
    output: null,
    reports: [{ at: 'new ChatOpenAI', harm: 'model', name: 'ChatOpenAI', ...LOOP }],
  },
  {
    name: 'the outer variable of the name is read above',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      const model = 'gpt-4o';
      export async function run(docs: string[]) {
        console.log(model);
        for (const doc of docs) {
          const model = new ChatOpenAI();
          await model.invoke(doc);
        }
      }
    `,
    output: null,
    reports: [{ at: 'new ChatOpenAI', harm: 'model', name: 'ChatOpenAI', ...LOOP }],
  },
  {
    name: 'a function that is called before its place in the module',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      await main();
      async function main() {
        await Promise.all(['a', 'b'].map(summarize));
      }
      async function summarize(doc: string) {
        const model = new ChatOpenAI();
        return model.invoke(doc);
      }
    `,
    output: null,
    reports: [
      {
        at: 'new ChatOpenAI',
        harm: 'model',
        name: 'ChatOpenAI',
        when: 'for each item',
        place: 'outside `summarize()`',
      },
    ],
  },
  {
    name: 'no place for a statement',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      export const run = (docs: string[]) => docs.map((doc) => new ChatOpenAI().invoke(doc));
    `,
    output: null,
    reports: [{ at: 'new ChatOpenAI', harm: 'model', name: 'ChatOpenAI', ...DOCS }],
  },
  {
    name: 'documents of the item do not excuse a pool per item',
    code: code`
      import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
      import { OpenAIEmbeddings } from '@langchain/openai';
      const embeddings = new OpenAIEmbeddings();
      const config = { postgresConnectionOptions: { connectionString: process.env.DATABASE_URL }, tableName: 'docs' };
      export async function ingest(files: { chunks: string[] }[]) {
        for (const file of files) await PGVectorStore.fromTexts(file.chunks, { file: 1 }, embeddings, config);
        await Promise.all(files.map((file) => PGVectorStore.fromDocuments(file.chunks, embeddings, config)));
      }
    `,
    output: null,
    reports: [
      {
        at: 'PGVectorStore.fromTexts',
        harm: 'pool',
        name: 'PGVectorStore.fromTexts',
        when: 'for each element of `files`',
        place: 'above the loop',
      },
      {
        at: 'PGVectorStore.fromDocuments',
        harm: 'pool',
        name: 'PGVectorStore.fromDocuments',
        when: 'for each element of `files`',
        place: 'above `files.map()`',
      },
    ],
  },
];

reported.push(
  {
    name: 'a bound method as the callback',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      export class Summarizer {
        private name = 'gpt-4o';
        run(docs: string[]) {
          return Promise.all(docs.map(this.summarize.bind(this)));
        }
        async summarize(doc: string) {
          const model = new ChatOpenAI({ model: this.name });
          return model.invoke(doc);
        }
      }
    `,
    output: null,
    reports: [
      { at: 'new ChatOpenAI', harm: 'model', name: 'ChatOpenAI', when: DOCS.when, place: 'outside `summarize()`' },
    ],
  },
  {
    name: 'async, Bluebird and RxJS, by their imports',
    code: code`
      import async from 'async';
      import Bluebird from 'bluebird';
      import { from, mergeMap } from 'rxjs';
      import { ChatOpenAI } from '@langchain/openai';
      export const a = (docs) =>
        async.eachLimit(docs, 5, async (doc) => void (await new ChatOpenAI({ model: 'a' }).invoke(doc)));
      export const b = (docs) =>
        Bluebird.map(docs, (doc) => new ChatOpenAI({ model: 'b' }).invoke(doc), { concurrency: 5 });
      export const c = (docs) => from(docs).pipe(mergeMap((doc) => new ChatOpenAI({ model: 'c' }).invoke(doc), 5));
    `,
    output: null,
    reports: [
      { at: 'new ChatOpenAI', harm: 'model', name: 'ChatOpenAI', when: DOCS.when, place: 'above `async.eachLimit()`' },
      {
        at: 'new ChatOpenAI',
        occurrence: 2,
        harm: 'model',
        name: 'ChatOpenAI',
        when: DOCS.when,
        place: 'above `Bluebird.map()`',
      },
      {
        at: 'new ChatOpenAI',
        occurrence: 3,
        harm: 'model',
        name: 'ChatOpenAI',
        when: DOCS.when,
        place: 'above `mergeMap()`',
      },
    ],
  },
  {
    name: 'what each kind of client costs',
    code: code`
      import { Agent } from 'undici';
      import { Neo4jVectorStore } from '@langchain/community/vectorstores/neo4j_vector';
      import { HuggingFaceTransformersEmbeddings } from '@langchain/community/embeddings/huggingface_transformers';
      import { MongoDBAtlasVectorSearch } from '@langchain/mongodb';
      import { ChatOpenAI } from '@langchain/openai';
      import { RedisChatMessageHistory } from '@langchain/redis';
      import { MongoClient } from 'mongodb';
      import { embeddings, sessionId, uri } from './config.js';
      export const run = (docs) =>
        docs.map((doc) => [
          new ChatOpenAI({
            configuration: { fetchOptions: { dispatcher: new Agent({ connections: 10 }) } },
          }).invoke(doc),
          new HuggingFaceTransformersEmbeddings({ model: 'Xenova/all-MiniLM-L6-v2' }).embedQuery(doc),
          Neo4jVectorStore.fromExistingGraph(embeddings, { url: uri, username: 'neo4j', password: 'test' }),
          new MongoDBAtlasVectorSearch(embeddings, { collection: new MongoClient(uri).db('docs').collection('docs') }),
          new RedisChatMessageHistory({ sessionId, url: uri }).addUserMessage(doc),
        ]);
    `,
    output: null,
    reports: [
      { at: 'new ChatOpenAI', harm: 'agent', name: 'ChatOpenAI', ...DOCS },
      {
        at: 'new HuggingFaceTransformersEmbeddings',
        harm: 'weights',
        name: 'HuggingFaceTransformersEmbeddings',
        ...DOCS,
      },
      { at: 'Neo4jVectorStore.fromExistingGraph', harm: 'driver', name: 'Neo4jVectorStore.fromExistingGraph', ...DOCS },
      { at: 'new MongoClient', harm: 'pool', name: 'MongoClient', ...DOCS },
      { at: 'new RedisChatMessageHistory', harm: 'connection', name: 'RedisChatMessageHistory', ...DOCS },
    ],
  },
  {
    name: 'a checkpointer that opens a pool',
    code: code`
      import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
      import { builder } from './graph.js';
      export const run = (threads: string[]) =>
        threads.map((id) => builder.compile({ checkpointer: PostgresSaver.fromConnString(process.env.DATABASE_URL) }));
    `,
    output: null,
    reports: [
      {
        at: 'PostgresSaver.fromConnString',
        harm: 'pool',
        name: 'PostgresSaver.fromConnString',
        when: 'for each element of `threads`',
        place: 'above `threads.map()`',
      },
    ],
  },
  {
    name: 'initChatModel',
    code: code`
      import { initChatModel } from 'langchain';
      export const run = (docs: string[]) =>
        docs.forEach(async (doc) => console.log(await (await initChatModel('openai:gpt-4o')).invoke(doc)));
    `,
    output: null,
    reports: [
      {
        at: 'initChatModel',
        occurrence: 2,
        harm: 'model',
        name: 'initChatModel',
        when: DOCS.when,
        place: 'above `docs.forEach()`',
      },
    ],
  },
  {
    name: 'a base and what is derived from it: the base alone is reported',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      import { tools } from './tools.js';
      export const run = (docs: string[]) =>
        Promise.all(docs.map(async (doc) => {
          const base = new ChatOpenAI({ maxConcurrency: 5 });
          const model = base.bindTools(tools);
          return model.invoke(doc);
        }));
    `,
    settings: { langchain: { version: '1.4.0' } },
    output: null,
    reports: [{ at: 'new ChatOpenAI', harm: 'limit', name: 'ChatOpenAI', ...DOCS }],
  },
  {
    name: 'of constructions within one another the outermost is reported',
    code: code`
      import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
      import { OpenAIEmbeddings } from '@langchain/openai';
      export const search = (queries: string[]) =>
        Promise.all(queries.map(async (query) => {
          const store = await PGVectorStore.initialize(new OpenAIEmbeddings(), {
            postgresConnectionOptions: { host: 'db' },
          });
          return store.similaritySearch(query);
        }));
    `,
    output: null,
    reports: [
      {
        at: 'PGVectorStore.initialize',
        harm: 'pool',
        name: 'PGVectorStore.initialize',
        when: 'for each element of `queries`',
        place: 'above `queries.map()`',
      },
    ],
  },
  {
    name: 'its parts are, where the outer one depends on the item',
    code: code`
      import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
      import { OpenAIEmbeddings } from '@langchain/openai';
      export const open = (tenants: { database: string }[]) =>
        Promise.all(
          tenants.map((tenant) => PGVectorStore.initialize(new OpenAIEmbeddings(), {
            postgresConnectionOptions: { database: tenant.database },
          }))
        );
    `,
    output: null,
    reports: [
      {
        at: 'new OpenAIEmbeddings',
        harm: 'model',
        name: 'OpenAIEmbeddings',
        when: 'for each element of `tenants`',
        place: 'above `tenants.map()`',
      },
    ],
  },
  {
    name: 'an instance of a subclass of the file',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      class HouseModel extends ChatOpenAI {}
      export const run = (docs: string[]) => docs.map((doc) => new HouseModel({ temperature: 0 }).invoke(doc));
    `,
    output: null,
    reports: [{ at: 'new HouseModel', harm: 'model', name: 'HouseModel', ...DOCS }],
  },
  {
    name: 'the default of a parameter that no caller gives',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      async function summarize(doc: string, model = new ChatOpenAI()) {
        return model.invoke(doc);
      }
      export const run = (docs: string[]) => Promise.all(docs.map((doc) => summarize(doc)));
    `,
    output: null,
    reports: [
      {
        at: 'new ChatOpenAI',
        harm: 'model',
        name: 'ChatOpenAI',
        when: DOCS.when,
        place: 'outside `summarize()`',
        suggests: [
          'chatModel',
          code`
            import { ChatOpenAI } from '@langchain/openai';
            const chatModel = new ChatOpenAI();
            async function summarize(doc: string, model = chatModel) {
              return model.invoke(doc);
            }
            export const run = (docs: string[]) => Promise.all(docs.map((doc) => summarize(doc)));
          `,
        ],
      },
    ],
  },
  {
    name: 'a traced function',
    code: code`
      import { traceable } from 'langsmith/traceable';
      import { ChatOpenAI } from '@langchain/openai';
      export function run(docs: string[]) {
        const summarize = traceable(async (doc: string) => new ChatOpenAI().invoke(doc), { name: 'summarize' });
        return Promise.all(docs.map((doc) => summarize(doc)));
      }
    `,
    output: null,
    reports: [
      {
        at: 'new ChatOpenAI',
        harm: 'model',
        name: 'ChatOpenAI',
        when: DOCS.when,
        place: 'outside the function',
        suggests: [
          'model',
          code`
            import { traceable } from 'langsmith/traceable';
            import { ChatOpenAI } from '@langchain/openai';
            const model = new ChatOpenAI();
            export function run(docs: string[]) {
              const summarize = traceable(async (doc: string) => model.invoke(doc), { name: 'summarize' });
              return Promise.all(docs.map((doc) => summarize(doc)));
            }
          `,
        ],
      },
    ],
  },
  {
    name: 'one for each class of a branch',
    code: code`
      import { ChatAnthropic } from '@langchain/anthropic';
      import { ChatOpenAI } from '@langchain/openai';
      export const run = (docs: string[]) =>
        docs.map((doc) => {
          const model = doc.length > 100_000 ? new ChatAnthropic({
            model: 'claude-sonnet-4-5',
          }) : new ChatOpenAI({ model: 'gpt-4o' });
          return model.invoke(doc);
        });
    `,
    output: null,
    reports: [
      { at: 'new ChatAnthropic', harm: 'model', name: 'ChatAnthropic', ...DOCS },
      { at: 'new ChatOpenAI', harm: 'model', name: 'ChatOpenAI', ...DOCS },
    ],
  },
  {
    name: 'a retry within a loop over items',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      export async function* run(docs: string[]) {
        for (const doc of docs) {
          for (let attempt = 0; attempt < 3; attempt++) {
            try {
              const model = new ChatOpenAI();
              yield await model.invoke(doc);
              break;
            } catch {}
          }
        }
      }
    `,
    output: null,
    reports: [
      {
        at: 'new ChatOpenAI',
        harm: 'model',
        name: 'ChatOpenAI',
        ...LOOP,
        suggests: [
          'model',
          code`
            import { ChatOpenAI } from '@langchain/openai';
            export async function* run(docs: string[]) {
              const model = new ChatOpenAI();
              for (const doc of docs) {
                for (let attempt = 0; attempt < 3; attempt++) {
                  try {
                    yield await model.invoke(doc);
                    break;
                  } catch {}
                }
              }
            }
          `,
        ],
      },
    ],
  },
  {
    name: 'a semaphore that each item has for itself',
    code: code`
      import { Semaphore } from 'async-mutex';
      import { ChatOpenAI } from '@langchain/openai';
      const model = new ChatOpenAI();
      export const run = (docs: string[]) =>
        Promise.all(docs.map(async (doc) => {
          const semaphore = new Semaphore(3);
          const [, release] = await semaphore.acquire();
          try {
            return await model.invoke(doc);
          } finally {
            release();
          }
        }));
    `,
    output: null,
    reports: [{ at: 'new Semaphore', harm: 'limiter', name: 'Semaphore', ...DOCS }],
  },
);

new StrictRuleTester().run(rule, {
  valid,
  invalid: [
    ...[...fixed, ...suggested, ...reported].map(invalid),
    ...importForms({
      module: '@langchain/openai',
      names: ['ChatOpenAI'],
      body: flood,
      expect: ({ form, names, render, source }) => {
        const expected: Expected = { at: `new ${names.ChatOpenAI}`, harm: 'model', name: names.ChatOpenAI, ...LOOP };
        // A module of the project may export a class of its own.
        return form === 'mapped barrel'
          ? { output: null, errors: [error(source, { ...expected, suggests: ['model', render(hoisted)] })] }
          : { output: render(hoisted), errors: [error(source, expected)] };
      },
    }),
  ],
});
