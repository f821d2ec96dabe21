/**
 * One defect, one report: a setting that has no effect is no-ineffective-config's, and not reported again for what it
 * fails to do.
 */
import { expect, test } from 'vitest';
import plugin from '../../src/index.ts';
import { code } from '../helpers/code.ts';
import { lint } from './linter.ts';

const models = `
  import { ChatOpenAI } from '@langchain/openai';
  import { ChatAnthropic } from '@langchain/anthropic';
  import { ChatOllama } from '@langchain/ollama';
  import { ChatPromptTemplate } from '@langchain/core/prompts';
  import { LLMChain } from 'langchain/chains';
  const model = new ChatOpenAI({ model: 'gpt-4o' });
  const chain = ChatPromptTemplate.fromTemplate('{q}').pipe(model);
`;

const graphs = `
  import { Annotation, Send, StateGraph } from '@langchain/langgraph';
  import { node } from './nodes';
  const graph = new StateGraph(Annotation.Root({ topics: Annotation }))
    .addNode('a', node)
    .addConditionalEdges('__start__', (state) => state.topics.map((topic) => new Send('a', { topic })))
    .compile();
`;

test.each([
  [
    'a fan-out with a limit on each call',
    code`
      ${models}
      export const all = (qs) => Promise.all(qs.map((q) => model.invoke(q, { maxConcurrency: 5 })));
    `,
  ],
  [
    'a fan-out with a limit in Python’s spelling',
    code`
      ${models}
      export const all = (qs) => Promise.all(qs.map((q) => chain.invoke({ q }, { max_concurrency: 5 })));
    `,
  ],
  [
    'a fan-out with a limit inside configurable',
    code`
      ${models}
      export const all = (qs) =>
        Promise.all(qs.map((q) => chain.invoke({ q }, { configurable: { maxConcurrency: 5 } })));
    `,
  ],
  [
    'a fan-out over a class that ignores its limit',
    code`
      ${models}
      const local = new ChatOllama({ maxConcurrency: 2 });
      export const all = (qs) => Promise.all(qs.map((q) => local.invoke(q)));
    `,
  ],
  [
    'a fan-out over a model that streams beside its limit',
    code`
      ${models}
      const streamed = new ChatOpenAI({ maxConcurrency: 2, streaming: true });
      export const all = (qs) => Promise.all(qs.map((q) => streamed.invoke(q)));
    `,
  ],
  [
    'a fan-out over a model of initChatModel that lost its limit',
    code`
      import { initChatModel } from 'langchain';
      const model = (await initChatModel('openai:gpt-4o', { maxConcurrency: 5 })).bindTools([]);
      export const all = (qs) => Promise.all(qs.map((q) => model.invoke(q)));
    `,
  ],
  [
    'a batch in Python’s spelling',
    code`
      ${models}
      export const all = (qs) => chain.batch(qs, { max_concurrency: 5 });
    `,
  ],
  [
    'a batch with the method of Python',
    code`
      ${models}
      export const all = (qs) => chain.abatch(qs, { maxConcurrency: 5 });
    `,
  ],
  [
    'a batch with a limit inside configurable',
    code`
      ${models}
      export const all = (qs) => chain.batch(qs, { configurable: { max_concurrency: 5 } });
    `,
  ],
  [
    'a batch with a limit in a later config',
    `${models}export const all = (qs) => chain.batch(qs, [{}, { maxConcurrency: 5 }]);`,
  ],
  [
    'a batch behind a limit that withConfig binds',
    code`
      ${models}
      const limited = model.withConfig({ maxConcurrency: 5 });
      export const all = (qs) => limited.batch(qs);
    `,
  ],
  [
    'a batch of a class that ignores its limit',
    code`
      ${models}
      const local = new ChatOllama({ maxConcurrency: 2 });
      export const all = (qs) => local.batch(qs);
    `,
  ],
  [
    'a graph that sends many, with a limit in Python’s spelling',
    `${graphs}export const run = (topics) => graph.invoke({ topics }, { max_concurrency: 5 });`,
  ],
  [
    'a graph that sends many, with a limit inside configurable',
    code`
      ${graphs}
      export const run = (topics) => graph.invoke({ topics }, { configurable: { maxConcurrency: 5 } });
    `,
  ],
  [
    'a low timeout that the class ignores',
    code`
      import { ChatAnthropic } from '@langchain/anthropic';
      export const claude = new ChatAnthropic({ timeout: 20 });
    `,
  ],
  [
    'a low timeout inside configurable',
    `${models}export const ask = (q) => chain.invoke({ q }, { configurable: { timeout: 20 } });`,
  ],
  [
    'a low timeout that a classic chain ignores',
    code`
      ${models}
      const classic = new LLMChain({ llm: model, prompt });
      export const ask = (q) => classic.invoke({ q }, { timeout: 20 });
    `,
  ],
  [
    'a low timeout signal that a classic chain ignores',
    code`
      ${models}
      const classic = new LLMChain({ llm: model, prompt });
      export const ask = (q) => classic.invoke({ q }, { signal: AbortSignal.timeout(20) });
    `,
  ],
  [
    'an invalid limit of a single call',
    code`
      ${models}
      export const ask = (q) => model.invoke(q, { maxConcurrency: 0 });
    `,
  ],
  [
    'a fraction for a class that ignores its limit',
    `${models}export const local = new ChatOllama({ maxConcurrency: 1.5 });`,
  ],
])('%s', (_name, code) => {
  expect(lint(code, { rules: plugin.configs.recommended.rules ?? {} }).map(({ ruleId }) => ruleId)).toEqual([
    'langchain/no-ineffective-config',
  ]);
});

test.each([
  [
    'an invalid limit for a class that would ignore a valid one',
    `${models}export const local = new ChatOllama({ maxConcurrency: 0 });`,
  ],
  [
    'an invalid limit for a batch',
    code`
      ${models}
      export const all = (qs) => chain.batch(qs, { maxConcurrency: 0 });
    `,
  ],
  [
    'a limit of 1 on a graph that sends many',
    `${graphs}export const run = (topics) => graph.invoke({ topics }, { maxConcurrency: 1 });`,
  ],
])('valid-max-concurrency alone: %s', (_name, code) => {
  expect(lint(code, { rules: plugin.configs.recommended.rules ?? {} }).map(({ ruleId }) => ruleId)).toEqual([
    'langchain/valid-max-concurrency',
  ]);
});

const stores = `
  import { OpenAIEmbeddings } from '@langchain/openai';
  import { CacheBackedEmbeddings } from '@langchain/classic/embeddings/cache_backed';
  import { MemoryVectorStore } from '@langchain/classic/vectorstores/memory';
  import { PineconeStore } from '@langchain/pinecone';
  import { bytes, pineconeIndex } from './stores';
  const embeddings = new OpenAIEmbeddings();
  const FAQ = ['We open at 9.', 'We close at 5.'];
`;

test.each([
  [
    'prefer-embed-documents',
    'queries of a list, past a cache',
    `${stores}const cached = CacheBackedEmbeddings.fromBytesStore(embeddings, bytes);
for (const text of texts) await save(await cached.embedQuery(text));`,
  ],
  [
    'prefer-embed-documents',
    'constant texts one by one in a handler',
    code`
      ${stores}
      app.get('/faq', async (req, res) => {
        for (const text of FAQ) res.write(await embeddings.embedDocuments([text]));
      });
    `,
  ],
  [
    'prefer-cached-embeddings',
    'constant texts in a store of the request',
    code`
      ${stores}
      export async function GET() {
        const store = await MemoryVectorStore.fromTexts(FAQ, [], embeddings);
        return Response.json(await store.similaritySearch('open'));
      }
    `,
  ],
  [
    'prefer-cached-embeddings',
    'constant texts added to a store of the request',
    code`
      ${stores}
      export async function GET() {
        const store = new MemoryVectorStore(embeddings);
        await store.addDocuments([{ pageContent: 'Open', metadata: {} }]);
        return Response.json(await store.similaritySearch('open'));
      }
    `,
  ],
  [
    'no-indexing-in-handler',
    'constant texts in a remote store',
    code`
      ${stores}
      export async function GET() {
        const store = await PineconeStore.fromTexts(FAQ, [], embeddings, { pineconeIndex });
        return Response.json(await store.similaritySearch('open'));
      }
    `,
  ],
  [
    'no-indexing-in-handler',
    'constant texts added to a store that requests share',
    code`
      ${stores}
      const store = new MemoryVectorStore(embeddings);
      export async function GET() {
        await store.addDocuments([{ pageContent: 'Open', metadata: {} }]);
        return Response.json(await store.similaritySearch('open'));
      }
    `,
  ],
])('%s alone: %s', (rule, _name, code) => {
  const rules = Object.fromEntries(
    ['no-indexing-in-handler', 'prefer-cached-embeddings', 'prefer-embed-documents'].map((name) => [
      `langchain/${name}`,
      'error' as const,
    ]),
  );
  expect(lint(code, { rules, filename: 'app/api/faq/route.ts' }).map(({ ruleId }) => ruleId)).toEqual([
    `langchain/${rule}`,
  ]);
});
