import rule from '../../rules/no-large-k.ts';
import { type Expected, reports, rewrites, type Rewriting, silent } from '../helpers/cases.ts';
import { code } from '../helpers/code.ts';
import { StrictRuleTester } from '../helpers/rule-tester.ts';
import { importForms, lookalikes } from '../helpers/shape-matrix.ts';

type MessageIds = 'fetchK' | 'k' | 'write';
type Options = [{ readonly maximum: number; readonly maximumFetchK: number }];

interface Report {
  readonly name?: string;
  readonly maximum?: number;
}

/** Too many documents, which the suggestion writes lower. */
function k(value: number, { name = 'store.asRetriever', maximum = 20 }: Report = {}): Rewriting<MessageIds> {
  return {
    messageId: 'k',
    data: { maximum, name, value },
    suggests: { messageId: 'write', data: { maximum } },
  };
}

/** Too many candidates to choose from. */
function fetchK(value: number, { maximum = 100, ...report }: Report = {}): Rewriting<MessageIds> {
  return { ...k(value, { maximum, ...report }), messageId: 'fetchK' };
}

/** The same among several reports of a case. */
function offering({ suggests, ...report }: Rewriting<MessageIds>, output: string): Expected<MessageIds> {
  return { ...report, suggestions: suggests ? [{ ...suggests, output }] : [] };
}

const head = code`
  import { PineconeStore } from '@langchain/pinecone';
  import { embeddings, pineconeIndex } from './clients';
  const store = await PineconeStore.fromExistingIndex(embeddings, { pineconeIndex });
`;

const search = (n: { readonly PineconeStore: string }, options: string): string => code`
  const store = new ${n.PineconeStore}(embeddings, { pineconeIndex });
  const retriever = store.asRetriever({ ${options} });
`;

new StrictRuleTester().run<Options, MessageIds>(rule, {
  valid: [
    ...lookalikes({
      module: '@langchain/pinecone',
      names: ['PineconeStore'],
      head: "import { embeddings, pineconeIndex } from './clients';",
      body: (n) => search(n, 'k: 100'),
    }),

    silent(
      'the usual sizes',
      code`
        ${head}
        export const a = store.asRetriever();
        export const b = store.asRetriever(20);
        export const c = store.asRetriever({ k: 4, searchType: 'mmr', searchKwargs: { fetchK: 40 } });
        export const found = (q: string) => store.similaritySearch(q, 10);
      `,
    ),
    silent(
      'sizes that cannot be seen',
      code`
        ${head}
        import { config } from './config';
        export const a = store.asRetriever(config.k);
        export const b = store.asRetriever({ ...config });
        export const found = (q: string, k: number) => store.similaritySearch(q, k);
      `,
    ),
    silent(
      'a size that the environment sets',
      code`
        ${head}
        export const retriever = store.asRetriever({ k: Number(process.env.TOP_K ?? 50) });
      `,
    ),
    silent(
      'a default that the caller may override',
      code`
        ${head}
        export const found = (q: string, { limit = 200 } = {}) => store.similaritySearch(q, limit);
      `,
    ),
    silent('a limit that the options allow', {
      code: code`
        ${head}
        export const retriever = store.asRetriever(50);
      `,
      options: [{ maximum: 50 }],
    }),
    silent(
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
    silent(
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
    silent(
      'the length of a memory',
      code`
        import { BufferWindowMemory } from 'langchain/memory';
        export const memory = new BufferWindowMemory({ k: 50 });
      `,
    ),
    silent(
      'k of something else',
      code`
        ${head}
        import { client } from './chroma';
        export const fused = reciprocalRankFusion([], { k: 60 });
        export const found = () => client.query({ k: 500 });
        function reciprocalRankFusion(lists: string[][], options: { k: number }) {
          return [lists, options];
        }
      `,
    ),
    silent(
      'LlamaIndex',
      code`
        ${head}
        import { VectorStoreIndex } from 'llamaindex';
        const index = await VectorStoreIndex.fromDocuments([]);
        export const retriever = index.asRetriever({ similarityTopK: 100 });
      `,
    ),
    silent(
      'topK of a model',
      code`
        import { ChatGoogleGenerativeAI } from '@langchain/google-genai';
        export const model = new ChatGoogleGenerativeAI({ model: 'gemini-2.0-flash', topK: 64 });
      `,
    ),
    silent(
      'a filter in the first place of a search',
      code`
        ${head}
        export const found = (q: string) => store.similaritySearch(q, undefined, { topic: 'refunds' });
      `,
    ),
  ],
  invalid: [
    rewrites(
      'a retriever that a static of its class makes',
      code`
        import { BM25Retriever } from '@langchain/community/retrievers/bm25';
        import { docs } from './docs';
        export const retriever = BM25Retriever.fromDocuments(docs, { ⟦k: 75⟧ });
      `,
      code`
        import { BM25Retriever } from '@langchain/community/retrievers/bm25';
        import { docs } from './docs';
        export const retriever = BM25Retriever.fromDocuments(docs, { k: 20 });
      `,
      k(75, { name: 'BM25Retriever.fromDocuments' }),
    ),
    ...importForms({
      module: '@langchain/pinecone',
      names: ['PineconeStore'],
      head: "import { embeddings, pineconeIndex } from './clients';",
      body: (n) => search(n, '⟦k: 100⟧'),
      expect: ({ render }) => ({ after: render((n) => search(n, 'k: 20')) }),
    }).map(({ name, after, ...module }) => rewrites(name, module, after, k(100))),

    rewrites(
      'topK of a retriever',
      code`
        import { AmazonKnowledgeBaseRetriever } from '@langchain/aws';
        export const retriever = new AmazonKnowledgeBaseRetriever({ knowledgeBaseId: 'K', ⟦topK: 50⟧ });
      `,
      code`
        import { AmazonKnowledgeBaseRetriever } from '@langchain/aws';
        export const retriever = new AmazonKnowledgeBaseRetriever({ knowledgeBaseId: 'K', topK: 20 });
      `,
      k(50, { name: 'AmazonKnowledgeBaseRetriever' }),
    ),
    rewrites(
      'a number alone',
      code`
        ${head}
        export const retriever = store.asRetriever(⟦100⟧);
      `,
      code`
        ${head}
        export const retriever = store.asRetriever(20);
      `,
      k(100),
    ),
    rewrites(
      'with a filter',
      code`
        ${head}
        export const retriever = store.asRetriever(⟦30⟧, { topic: 'refunds' });
      `,
      code`
        ${head}
        export const retriever = store.asRetriever(20, { topic: 'refunds' });
      `,
      k(30),
    ),
    rewrites(
      'similaritySearch',
      code`
        ${head}
        export const found = (q: string) => store.similaritySearch(q, ⟦50⟧);
      `,
      code`
        ${head}
        export const found = (q: string) => store.similaritySearch(q, 20);
      `,
      k(50, { name: 'store.similaritySearch' }),
    ),
    rewrites(
      'with scores',
      code`
        ${head}
        export const found = (q: string) => store.similaritySearchWithScore(q, ⟦21⟧, { topic: 'refunds' });
      `,
      code`
        ${head}
        export const found = (q: string) => store.similaritySearchWithScore(q, 20, { topic: 'refunds' });
      `,
      k(21, { name: 'store.similaritySearchWithScore' }),
    ),
    rewrites(
      'by a vector',
      code`
        ${head}
        export const found = async (q: string) =>
          store.similaritySearchVectorWithScore(await embeddings.embedQuery(q), ⟦500⟧);
      `,
      code`
        ${head}
        export const found = async (q: string) =>
          store.similaritySearchVectorWithScore(await embeddings.embedQuery(q), 20);
      `,
      k(500, { name: 'store.similaritySearchVectorWithScore' }),
    ),
    reports(
      'arithmetic',
      code`
        ${head}
        export const found = (q: string) => store.similaritySearch(q, ⟦4 * 25⟧);
      `,
      { messageId: 'k', data: { maximum: 20, name: 'store.similaritySearch', value: 100 } },
    ),
    rewrites(
      'a constant',
      code`
        ${head}
        const TOP_K = 40;
        export const found = (q: string) => store.similaritySearch(q, ⟦TOP_K⟧);
      `,
      code`
        ${head}
        const TOP_K = 20;
        export const found = (q: string) => store.similaritySearch(q, TOP_K);
      `,
      k(40, { name: 'store.similaritySearch' }),
    ),
    reports(
      'maximal marginal relevance: both numbers',
      code`
        ${head}
        export const found = (q: string) => store.maxMarginalRelevanceSearch(q, { ⟦k: 25⟧, ⟦fetchK: 500⟧ });
      `,
      offering(
        k(25, { name: 'store.maxMarginalRelevanceSearch' }),
        code`
          ${head}
          export const found = (q: string) => store.maxMarginalRelevanceSearch(q, { k: 20, fetchK: 500 });
        `,
      ),
      offering(
        fetchK(500, { name: 'store.maxMarginalRelevanceSearch' }),
        code`
          ${head}
          export const found = (q: string) => store.maxMarginalRelevanceSearch(q, { k: 25, fetchK: 100 });
        `,
      ),
    ),
    rewrites(
      'what a retriever fetches to choose from',
      code`
        ${head}
        export const retriever = store.asRetriever({ k: 6, searchType: 'mmr', searchKwargs: { ⟦fetchK: 200⟧ } });
      `,
      code`
        ${head}
        export const retriever = store.asRetriever({ k: 6, searchType: 'mmr', searchKwargs: { fetchK: 100 } });
      `,
      fetchK(200),
    ),
    rewrites(
      'the constructor of a retriever',
      code`
        ${head}
        import { VectorStoreRetriever } from '@langchain/core/vectorstores';
        export const retriever = new VectorStoreRetriever({ vectorStore: store, ⟦k: 64⟧ });
      `,
      code`
        ${head}
        import { VectorStoreRetriever } from '@langchain/core/vectorstores';
        export const retriever = new VectorStoreRetriever({ vectorStore: store, k: 20 });
      `,
      k(64, { name: 'VectorStoreRetriever' }),
    ),
    rewrites(
      'a retriever with a threshold',
      code`
        ${head}
        import { ScoreThresholdRetriever } from 'langchain/retrievers/score_threshold';
        export const retriever = ScoreThresholdRetriever.fromVectorStore(store, {
          minSimilarityScore: 0.8,
          ⟦maxK: 100⟧,
          kIncrement: 10,
        });
      `,
      code`
        ${head}
        import { ScoreThresholdRetriever } from 'langchain/retrievers/score_threshold';
        export const retriever = ScoreThresholdRetriever.fromVectorStore(store, {
          minSimilarityScore: 0.8,
          maxK: 20,
          kIncrement: 10,
        });
      `,
      k(100, { name: 'ScoreThresholdRetriever.fromVectorStore' }),
    ),
    rewrites(
      'a retriever of a search service',
      code`
        import { TavilySearchAPIRetriever } from '@langchain/community/retrievers/tavily_search_api';
        export const retriever = new TavilySearchAPIRetriever({ ⟦k: 30⟧ });
      `,
      code`
        import { TavilySearchAPIRetriever } from '@langchain/community/retrievers/tavily_search_api';
        export const retriever = new TavilySearchAPIRetriever({ k: 20 });
      `,
      k(30, { name: 'TavilySearchAPIRetriever' }),
    ),
    rewrites(
      'more than a reranker should get',
      code`
        ${head}
        import { ContextualCompressionRetriever } from 'langchain/retrievers/contextual_compression';
        import { baseCompressor } from './clients';
        export const a = new ContextualCompressionRetriever({
          baseCompressor,
          baseRetriever: store.asRetriever(⟦1000⟧),
        });
      `,
      code`
        ${head}
        import { ContextualCompressionRetriever } from 'langchain/retrievers/contextual_compression';
        import { baseCompressor } from './clients';
        export const a = new ContextualCompressionRetriever({
          baseCompressor,
          baseRetriever: store.asRetriever(100),
        });
      `,
      k(1000, { maximum: 100 }),
    ),
    rewrites(
      'a Nest service',
      code`
        import { Injectable } from '@nestjs/common';
        import { QdrantVectorStore } from '@langchain/qdrant';
        @Injectable()
        export class Search {
          constructor(private readonly store: QdrantVectorStore) {}
          async find(question: string) {
            const docs = await this.store.similaritySearch(question, ⟦75⟧);
            return docs.map((doc) => doc.pageContent).join('\\n');
          }
        }
      `,
      code`
        import { Injectable } from '@nestjs/common';
        import { QdrantVectorStore } from '@langchain/qdrant';
        @Injectable()
        export class Search {
          constructor(private readonly store: QdrantVectorStore) {}
          async find(question: string) {
            const docs = await this.store.similaritySearch(question, 20);
            return docs.map((doc) => doc.pageContent).join('\\n');
          }
        }
      `,
      k(75, { name: 'this.store.similaritySearch' }),
    ),
    rewrites(
      'limits of one’s own',
      {
        code: code`
          ${head}
          export const retriever = store.asRetriever({ ⟦k: 8⟧ });
        `,
        options: [{ maximum: 5 }],
      },
      code`
        ${head}
        export const retriever = store.asRetriever({ k: 5 });
      `,
      k(8, { maximum: 5 }),
    ),
    rewrites(
      'an own limit of what is fetched',
      {
        code: code`
          ${head}
          export const retriever = store.asRetriever({ searchKwargs: { ⟦fetchK: 60⟧ } });
        `,
        options: [{ maximumFetchK: 50 }],
      },
      code`
        ${head}
        export const retriever = store.asRetriever({ searchKwargs: { fetchK: 50 } });
      `,
      fetchK(60, { maximum: 50 }),
    ),
    rewrites(
      'a store in memory',
      code`
        import { MemoryVectorStore } from 'langchain/vectorstores/memory';
        import { embeddings } from './clients';
        const store = new MemoryVectorStore(embeddings);
        export const found = (q: string) => store.similaritySearch(q, ⟦200⟧);
      `,
      code`
        import { MemoryVectorStore } from 'langchain/vectorstores/memory';
        import { embeddings } from './clients';
        const store = new MemoryVectorStore(embeddings);
        export const found = (q: string) => store.similaritySearch(q, 20);
      `,
      k(200, { name: 'store.similaritySearch' }),
    ),
  ],
});
