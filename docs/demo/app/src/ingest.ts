import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
import { StringOutputParser } from '@langchain/core/output_parsers';
import { ChatPromptTemplate } from '@langchain/core/prompts';
import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
import { RecursiveCharacterTextSplitter } from '@langchain/textsplitters';
import { pool } from './database.js';
import { openStore } from './search.js';
import type { Article } from './types.js';

const indexModel = new ChatOpenAI({ model: 'gpt-4.1-nano', temperature: 0, maxRetries: 2, timeout: 30_000 });

const abstractChain = ChatPromptTemplate.fromTemplate('Two sentences for a search index:\n{body}')
  .pipe(indexModel)
  .pipe(new StringOutputParser());

export async function importArticles(articles: Article[]): Promise<number> {
  let stored = 0;
  for (const article of articles) {
    const embeddings = new OpenAIEmbeddings({ model: 'text-embedding-3-small', maxConcurrency: 4 });
    const splitter = new RecursiveCharacterTextSplitter({ chunkSize: 800, chunkOverlap: 80 });
    const chunks = await splitter.createDocuments([article.body], [{ source: article.url }]);
    await PGVectorStore.fromDocuments(chunks, embeddings, { pool, tableName: 'articles' });
    stored += chunks.length;
  }
  return stored;
}

export async function describeArticles(articles: Article[]) {
  const abstracts = await abstractChain.batch(articles.map(({ body }) => ({ body })));

  const pending = [];
  for (const { title } of articles) {
    pending.push(indexModel.invoke(`Five keywords for an article called "${title}", separated by commas`));
  }
  const keywords = await Promise.all(pending);

  return articles.map(({ url }, i) => ({ url, abstract: abstracts[i], keywords: keywords[i]?.text.split(', ') }));
}

export async function removeStale(urls: string[]): Promise<void> {
  const store = await openStore();
  for (const source of urls) {
    await store.delete({ filter: { source } });
  }
}

export function refreshAbstracts(articles: Article[]): void {
  articles.forEach(async ({ url, body }) => {
    const abstract = await abstractChain.invoke({ body });
    await pool.query('UPDATE abstracts SET text = $2 WHERE url = $1', [url, abstract]);
  });
}

const PAGE = 5;

export async function translateArticles(articles: Article[], language: string): Promise<string[]> {
  const translations: string[] = [];
  for (let i = 0; i < articles.length; i += PAGE) {
    const page = await Promise.all(
      articles.slice(i, i + PAGE).map(({ body }) => indexModel.invoke(`Translate to ${language}:\n${body}`)),
    );
    translations.push(...page.map(({ text }) => text));
  }
  return translations;
}
