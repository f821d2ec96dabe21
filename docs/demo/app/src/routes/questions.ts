import { readFileSync } from 'node:fs';
import { InMemoryCache } from '@langchain/core/caches';
import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
import { StringOutputParser } from '@langchain/core/output_parsers';
import { ChatPromptTemplate } from '@langchain/core/prompts';
import { ChatOpenAI } from '@langchain/openai';
import { Router } from 'express';
import { z } from 'zod';
import { answerModel, embeddings } from '../models.js';
import { searchArticles } from '../search.js';

export const questions = Router();

const questionSchema = z.object({ question: z.string(), locale: z.enum(['en', 'de']).default('en') });

const tone = readFileSync(new URL('../../prompts/tone.md', import.meta.url), 'utf8');

questions.post('/', async (req, res) => {
  const { question, locale } = questionSchema.parse(req.body);
  const system = readFileSync(new URL(`../../prompts/${locale}.md`, import.meta.url), 'utf8');

  const store = await PGVectorStore.initialize(embeddings, {
    postgresConnectionOptions: { connectionString: process.env.DATABASE_URL },
    tableName: 'articles',
  });
  const articles = await store.similaritySearch(question, 6);

  const chain = ChatPromptTemplate.fromMessages([
    ['system', `${system}\n${tone}`],
    ['human', '{question}'],
  ])
    .pipe(answerModel)
    .pipe(new StringOutputParser());
  const answer = await chain.invoke(
    { question, articles: articles.map(({ pageContent }) => pageContent).join('\n\n') },
    { timeout: 5_000 },
  );

  res.json({ answer, sources: articles.map(({ metadata }) => metadata['source']) });
});

questions.post('/suggestions', async (req, res) => {
  const { question } = questionSchema.parse(req.body);
  const model = new ChatOpenAI({
    model: 'gpt-4.1-nano',
    cache: new InMemoryCache(),
    maxConcurrency: 5,
    timeout: 20_000,
  });
  const reply = await model.invoke(`Three follow-up questions, one per line, to: ${question}`);
  res.json({ suggestions: reply.text.split('\n') });
});

questions.post('/stream', async (req, res) => {
  const { question } = questionSchema.parse(req.body);
  const gone = new AbortController();
  res.on('close', () => gone.abort());

  const articles = await searchArticles(question);
  const stream = await answerModel.stream(
    [
      ['system', tone],
      ['human', `${articles.map(({ pageContent }) => pageContent).join('\n\n')}\n\n${question}`],
    ],
    { signal: gone.signal },
  );
  res.type('text/plain');
  for await (const chunk of stream) {
    res.write(chunk.text);
  }
  res.end();
});

questions.post('/own-key', async (req, res) => {
  const { question } = questionSchema.parse(req.body);
  const model = new ChatOpenAI({
    model: 'gpt-4.1-mini',
    apiKey: z.string().parse(req.header('x-openai-key')),
    maxRetries: 0,
    timeout: 60_000,
  });
  const reply = await model.invoke(question);
  res.json({ answer: reply.text });
});
