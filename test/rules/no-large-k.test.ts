import rule from '../../rules/no-large-k.ts';
import { code, locate } from '../helpers/code.ts';
import { type Invalid, StrictRuleTester, type Valid } from '../helpers/rule-tester.ts';
import { importForms, lookalikes } from '../helpers/shape-matrix.ts';

type MessageIds = 'fetchK' | 'k' | 'write';
type Options = [{ readonly maximum: number; readonly maximumFetchK: number }];
type Expected = Invalid<MessageIds, Options>['errors'][number];

interface Case {
  readonly messageId?: 'fetchK' | 'k';
  readonly name?: string;
  readonly value: number;
  readonly maximum?: number;
  readonly at: string;
  readonly occurrence?: number;
  readonly output?: string;
}

function error(
  source: string,
  {
    messageId = 'k',
    name = 'store.asRetriever',
    value,
    maximum = messageId === 'k' ? 20 : 100,
    at,
    occurrence = 1,
    output,
  }: Case,
): Expected {
  return {
    messageId,
    data: { maximum, name, value },
    ...locate(source, at, occurrence),
    ...(output === undefined ? {} : { suggestions: [{ messageId: 'write', data: { maximum }, output }] }),
  };
}

function valid(name: string, source: string, options?: Partial<Options[0]>): Valid<Options> {
  return { name, code: source, ...(options ? { options: [options] } : {}) };
}

function invalid(
  name: string,
  source: string,
  expected: readonly Case[],
  options?: Partial<Options[0]>,
): Invalid<MessageIds, Options> {
  return {
    name,
    code: source,
    errors: expected.map((each) => error(source, each)),
    ...(options ? { options: [options] } : {}),
  };
}

/** One number that is too high, with what the suggestion makes of the text. */
function suggested(
  name: string,
  source: string,
  at: string,
  after: string,
  more: Omit<Case, 'at' | 'output'>,
  options?: Partial<Options[0]>,
): Invalid<MessageIds, Options> {
  return invalid(name, source, [{ at, output: source.replace(at, after), ...more }], options);
}

const head = code`
  import { PineconeStore } from '@langchain/pinecone';
  import { embeddings, pineconeIndex } from './clients';
  const store = await PineconeStore.fromExistingIndex(embeddings, { pineconeIndex });
`;

const search = (n: { readonly PineconeStore: string }, k: string): string => code`
  const store = new ${n.PineconeStore}(embeddings, { pineconeIndex });
  const retriever = store.asRetriever({ k: ${k} });
`;

new StrictRuleTester().run<Options, MessageIds>(rule, {
  valid: [
    ...lookalikes({
      module: '@langchain/pinecone',
      names: ['PineconeStore'],
      head: "import { embeddings, pineconeIndex } from './clients';",
      body: (n) => search(n, '100'),
    }),

    valid(
      'the usual sizes',
      `${head}export const a = store.asRetriever();\nexport const b = store.asRetriever(20);\nexport const c = store.asRetriever({ k: 4, searchType: 'mmr', searchKwargs: { fetchK: 40 } });\nexport const found = (q: string) => store.similaritySearch(q, 10);\n`,
    ),
    valid(
      'sizes that cannot be seen',
      `${head}import { config } from './config';\nexport const a = store.asRetriever(config.k);\nexport const b = store.asRetriever({ ...config });\nexport const found = (q: string, k: number) => store.similaritySearch(q, k);\n`,
    ),
    valid(
      'a size that the environment sets',
      `${head}export const retriever = store.asRetriever({ k: Number(process.env.TOP_K ?? 50) });\n`,
    ),
    valid(
      'a default that the caller may override',
      `${head}export const found = (q: string, { limit = 200 } = {}) => store.similaritySearch(q, limit);\n`,
    ),
    valid('a limit that the options allow', `${head}export const retriever = store.asRetriever(50);\n`, {
      maximum: 50,
    }),
    valid(
      'a retriever whose finds are reranked',
      code`
        ${head}
        import { CohereRerank } from '@langchain/cohere';
        import { ContextualCompressionRetriever } from 'langchain/retrievers/contextual_compression';
        const baseCompressor = new CohereRerank({ topN: 5 });
        export const a = new ContextualCompressionRetriever({ baseCompressor, baseRetriever: store.asRetriever(50) });
        const wide = store.asRetriever({ k: 80 });
        export const b = new ContextualCompressionRetriever({ baseCompressor, baseRetriever: wide });
      `,
    ),
    valid(
      'a search whose finds are reranked',
      code`
        ${head}
        import { reranker } from './clients';
        export async function find(query: string) {
          const candidates = await store.similaritySearch(query, 60);
          const best = await reranker.rerank(candidates, query, { topN: 5 });
          return best;
        }
      `,
    ),
    valid(
      'the length of a memory',
      "import { BufferWindowMemory } from 'langchain/memory';\nexport const memory = new BufferWindowMemory({ k: 50 });\n",
    ),
    valid(
      'k of something else',
      `${head}import { client } from './chroma';\nexport const fused = reciprocalRankFusion([], { k: 60 });\nexport const found = () => client.query({ k: 500 });\nfunction reciprocalRankFusion(lists: string[][], options: { k: number }) {\n  return [lists, options];\n}\n`,
    ),
    valid(
      'LlamaIndex',
      `${head}import { VectorStoreIndex } from 'llamaindex';\nconst index = await VectorStoreIndex.fromDocuments([]);\nexport const retriever = index.asRetriever({ similarityTopK: 100 });\n`,
    ),
    valid(
      'topK of a model',
      "import { ChatGoogleGenerativeAI } from '@langchain/google-genai';\nexport const model = new ChatGoogleGenerativeAI({ model: 'gemini-2.0-flash', topK: 64 });\n",
    ),
    valid(
      'a filter in the first place of a search',
      `${head}export const found = (q: string) => store.similaritySearch(q, undefined, { topic: 'refunds' });\n`,
    ),
  ],
  invalid: [
    ...importForms({
      module: '@langchain/pinecone',
      names: ['PineconeStore'],
      head: "import { embeddings, pineconeIndex } from './clients';",
      body: (n) => search(n, '100'),
      expect: ({ render, source }) => ({
        errors: [error(source, { value: 100, at: 'k: 100', output: render((n) => search(n, '20')) })],
      }),
    }),

    suggested('a number alone', `${head}export const retriever = store.asRetriever(100);\n`, '100', '20', {
      value: 100,
    }),
    suggested(
      'with a filter',
      `${head}export const retriever = store.asRetriever(30, { topic: 'refunds' });\n`,
      '30',
      '20',
      { value: 30 },
    ),
    suggested(
      'similaritySearch',
      `${head}export const found = (q: string) => store.similaritySearch(q, 50);\n`,
      '50',
      '20',
      { value: 50, name: 'store.similaritySearch' },
    ),
    suggested(
      'with scores',
      `${head}export const found = (q: string) => store.similaritySearchWithScore(q, 21, { topic: 'refunds' });\n`,
      '21',
      '20',
      { value: 21, name: 'store.similaritySearchWithScore' },
    ),
    suggested(
      'by a vector',
      `${head}export const found = async (q: string) => store.similaritySearchVectorWithScore(await embeddings.embedQuery(q), 500);\n`,
      '500',
      '20',
      { value: 500, name: 'store.similaritySearchVectorWithScore' },
    ),
    invalid('arithmetic', `${head}export const found = (q: string) => store.similaritySearch(q, 4 * 25);\n`, [
      { value: 100, at: '4 * 25', name: 'store.similaritySearch' },
    ]),
    invalid(
      'a constant',
      `${head}const TOP_K = 40;\nexport const found = (q: string) => store.similaritySearch(q, TOP_K);\n`,
      [
        {
          value: 40,
          at: 'TOP_K',
          occurrence: 2,
          name: 'store.similaritySearch',
          output: `${head}const TOP_K = 20;\nexport const found = (q: string) => store.similaritySearch(q, TOP_K);\n`,
        },
      ],
    ),
    invalid(
      'maximal marginal relevance: both numbers',
      `${head}export const found = (q: string) => store.maxMarginalRelevanceSearch(q, { k: 25, fetchK: 500 });\n`,
      [
        {
          value: 25,
          at: 'k: 25',
          name: 'store.maxMarginalRelevanceSearch',
          output: `${head}export const found = (q: string) => store.maxMarginalRelevanceSearch(q, { k: 20, fetchK: 500 });\n`,
        },
        {
          messageId: 'fetchK',
          value: 500,
          at: 'fetchK: 500',
          name: 'store.maxMarginalRelevanceSearch',
          output: `${head}export const found = (q: string) => store.maxMarginalRelevanceSearch(q, { k: 25, fetchK: 100 });\n`,
        },
      ],
    ),
    suggested(
      'what a retriever fetches to choose from',
      `${head}export const retriever = store.asRetriever({ k: 6, searchType: 'mmr', searchKwargs: { fetchK: 200 } });\n`,
      'fetchK: 200',
      'fetchK: 100',
      { messageId: 'fetchK', value: 200 },
    ),
    suggested(
      'the constructor of a retriever',
      `${head}import { VectorStoreRetriever } from '@langchain/core/vectorstores';\nexport const retriever = new VectorStoreRetriever({ vectorStore: store, k: 64 });\n`,
      'k: 64',
      'k: 20',
      { value: 64, name: 'VectorStoreRetriever' },
    ),
    suggested(
      'a retriever with a threshold',
      `${head}import { ScoreThresholdRetriever } from 'langchain/retrievers/score_threshold';\nexport const retriever = ScoreThresholdRetriever.fromVectorStore(store, { minSimilarityScore: 0.8, maxK: 100, kIncrement: 10 });\n`,
      'maxK: 100',
      'maxK: 20',
      { value: 100, name: 'ScoreThresholdRetriever.fromVectorStore' },
    ),
    suggested(
      'a retriever of a search service',
      "import { TavilySearchAPIRetriever } from '@langchain/community/retrievers/tavily_search_api';\nexport const retriever = new TavilySearchAPIRetriever({ k: 30 });\n",
      'k: 30',
      'k: 20',
      { value: 30, name: 'TavilySearchAPIRetriever' },
    ),
    suggested(
      'more than a reranker should get',
      `${head}import { ContextualCompressionRetriever } from 'langchain/retrievers/contextual_compression';\nimport { baseCompressor } from './clients';\nexport const a = new ContextualCompressionRetriever({ baseCompressor, baseRetriever: store.asRetriever(1000) });\n`,
      '1000',
      '100',
      { value: 1000, maximum: 100 },
    ),
    suggested(
      'a Nest service',
      code`
        import { Injectable } from '@nestjs/common';
        import { QdrantVectorStore } from '@langchain/qdrant';
        @Injectable()
        export class Search {
          constructor(private readonly store: QdrantVectorStore) {}
          async find(question: string) {
            const docs = await this.store.similaritySearch(question, 75);
            return docs.map((doc) => doc.pageContent).join('\\n');
          }
        }
      `,
      '75',
      '20',
      { value: 75, name: 'this.store.similaritySearch' },
    ),
    suggested(
      'limits of one’s own',
      `${head}export const retriever = store.asRetriever({ k: 8 });\n`,
      'k: 8',
      'k: 5',
      { value: 8, maximum: 5 },
      { maximum: 5 },
    ),
    suggested(
      'an own limit of what is fetched',
      `${head}export const retriever = store.asRetriever({ searchKwargs: { fetchK: 60 } });\n`,
      'fetchK: 60',
      'fetchK: 50',
      { messageId: 'fetchK', value: 60, maximum: 50 },
      { maximumFetchK: 50 },
    ),
    suggested(
      'a store in memory',
      "import { MemoryVectorStore } from 'langchain/vectorstores/memory';\nimport { embeddings } from './clients';\nconst store = new MemoryVectorStore(embeddings);\nexport const found = (q: string) => store.similaritySearch(q, 200);\n",
      '200',
      '20',
      { value: 200, name: 'store.similaritySearch' },
    ),
  ],
});
