import { Router } from 'express';
import { z } from 'zod';
import { describeArticles, importArticles, refreshAbstracts, removeStale } from '../ingest.js';

export const articles = Router();

const articleSchema = z.object({ url: z.url(), title: z.string(), body: z.string() });

articles.post('/', async (req, res) => {
  const uploaded = z.array(articleSchema).parse(req.body);
  res.status(201).json({ stored: await importArticles(uploaded) });
});

articles.post('/abstracts', async (req, res) => {
  res.json(await describeArticles(z.array(articleSchema).parse(req.body)));
});

articles.put('/abstracts', (req, res) => {
  refreshAbstracts(z.array(articleSchema).parse(req.body));
  res.sendStatus(202);
});

articles.delete('/', async (req, res) => {
  await removeStale(z.array(z.url()).parse(req.body));
  res.sendStatus(204);
});
