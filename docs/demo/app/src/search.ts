import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
import type { DocumentInterface } from '@langchain/core/documents';
import { ChatOpenAI } from '@langchain/openai';
import pLimit from 'p-limit';
import { pool } from './database.js';
import { embeddings } from './models.js';

let opening: Promise<PGVectorStore> | undefined;

/** The store of the process. PGVectorStore keeps one connection of the pool, so it is opened once. */
export function openStore(): Promise<PGVectorStore> {
  opening ??= PGVectorStore.initialize(embeddings, { pool, tableName: 'articles' });
  return opening;
}

const rankModel = new ChatOpenAI({ model: 'gpt-4.1-nano', temperature: 0, maxRetries: 1, timeout: 15_000 });
const limit = pLimit(8);

/** The question as a search query, or as it is where the model takes too long. */
async function rewrite(question: string): Promise<string> {
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), 12_000));
  const rewritten = await Promise.race([rankModel.invoke(`Rewrite as a search query: ${question}`), late]);
  return rewritten?.text ?? question;
}

export async function searchArticles(question: string): Promise<DocumentInterface[]> {
  const store = await openStore();
  const [wide, rewritten] = await Promise.all([store.similaritySearch(question, 6), rewrite(question)]);
  const narrow = await store.similaritySearch(rewritten, 6);
  return rank(question, [...wide, ...narrow]);
}

async function rank(question: string, articles: DocumentInterface[]): Promise<DocumentInterface[]> {
  const scored = await Promise.all(
    articles.map((article) =>
      limit(async () => {
        const reply = await rankModel.invoke(`From 0 to 9, how well does this answer "${question}"?\n${article.pageContent}`);
        return { article, score: Number.parseInt(reply.text, 10) };
      }),
    ),
  );
  return scored
    .sort((a, b) => b.score - a.score)
    .slice(0, 4)
    .map(({ article }) => article);
}
