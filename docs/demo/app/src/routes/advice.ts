import { Document } from '@langchain/core/documents';
import { InMemoryStore } from '@langchain/core/stores';
import { CacheBackedEmbeddings } from '@langchain/classic/embeddings/cache_backed';
import { InMemoryStore as ThreadStore } from '@langchain/langgraph';
import { ChatOpenAI } from '@langchain/openai';
import { Router } from 'express';
import { z } from 'zod';
import { embeddings } from '../models.js';
import { openStore } from '../search.js';
import { ticketSchema } from '../types.js';

export const advice = Router();

const adviceModel = new ChatOpenAI({ model: 'gpt-4.1-mini', maxConcurrency: 5, maxRetries: 2 });
const patientModel = adviceModel.withRetry({ stopAfterAttempt: 4 });

const cachedEmbeddings = CacheBackedEmbeddings.fromBytesStore(embeddings, new InMemoryStore<Uint8Array>(), { namespace: 'advice' });

const given = new ThreadStore();

advice.post('/', async (req, res) => {
  const ticket = ticketSchema.parse(req.body);
  const gone = new AbortController();
  res.on('close', () => gone.abort());

  const store = await openStore();
  await store.addDocuments([new Document({ pageContent: ticket.body, metadata: { source: `ticket/${ticket.id}` } })]);
  const articles = await store.similaritySearch(ticket.subject, 50);

  const reply = await patientModel.invoke(`Advise the agent.\n\n${articles.map(({ pageContent }) => pageContent).join('\n\n')}\n\n${ticket.body}`);
  await given.put(['advice'], ticket.id, { text: reply.text });
  res.json({ advice: reply.text });
});

advice.post('/similar', async (req, res) => {
  const { subject } = ticketSchema.parse(req.body);
  const store = await openStore();
  const found = await store.similaritySearchVectorWithScore(await cachedEmbeddings.embedQuery(subject), 6);
  res.json(found.map(([article]) => article.metadata['source']));
});

advice.post('/topics', async (req, res) => {
  const topics = z.array(z.string()).parse(req.body);
  const vectors: number[][] = [];
  for (const topic of topics) {
    vectors.push(await embeddings.embedQuery(topic));
  }
  res.json(vectors);
});
