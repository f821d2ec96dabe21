import { Document } from '@langchain/core/documents';
import type { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
import { StringOutputParser } from '@langchain/core/output_parsers';
import { ChatPromptTemplate } from '@langchain/core/prompts';
import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
import { ChatOpenAI } from '@langchain/openai';
import { Router } from 'express';
import { createAgent } from 'langchain';
import { z } from 'zod';
import { agent } from '../agent.js';
import { answerModel, draftModel } from '../models.js';
import { openStore } from '../search.js';
import { ThreadSummaries } from '../threads.js';
import { planDetails } from '../tools.js';
import { ticketSchema, type Ticket } from '../types.js';

export const tickets = Router();

const summaries = new ThreadSummaries(answerModel);
const triageModel = new ChatOpenAI({ model: 'gpt-4.1-nano', temperature: 0, maxRetries: 2, timeout: 30_000 });

const replyChain = ChatPromptTemplate.fromTemplate('Draft a reply to "{subject}":\n\n{body}')
  .pipe(draftModel)
  .pipe(new StringOutputParser());

async function triage(open: Ticket[]): Promise<string[]> {
  const labels = await Promise.all(
    open.map((ticket) => triageModel.invoke(`Answer billing, bug or other.\n\n${ticket.subject}\n${ticket.body}`)),
  );
  return labels.map(({ text }) => text);
}

tickets.post('/triage', async (req, res) => {
  const open = z.array(ticketSchema).parse(req.body);
  res.json(await triage(open));
});

tickets.post('/board', async (req, res) => {
  res.json(await summaries.forBoard(z.array(ticketSchema).parse(req.body)));
});

tickets.post('/:id/draft', async (req, res) => {
  const { subject, body } = ticketSchema.parse(req.body);
  const draft = replyChain.invoke({ subject, body });
  res.json({ id: req.params.id, draft });
});

tickets.post('/:id/preview', async (req, res) => {
  const { subject, body } = ticketSchema.parse(req.body);
  const pending = replyChain.invoke({ subject, body });
  const label = await triageModel.invoke(`Answer urgent or normal.\n\n${subject}\n${body}`);
  res.json({ id: req.params.id, label: label.text, draft: await pending });
});

tickets.post('/:id/close', async (req, res) => {
  const ticket = ticketSchema.parse(req.body);
  const store: PGVectorStore = await openStore();
  store.addDocuments([new Document({ pageContent: ticket.body, metadata: { source: `ticket/${ticket.id}` } })]);
  res.sendStatus(204);
});

tickets.post('/:id/ask', async (req, res) => {
  const reply = await agent.invoke(
    { messages: [{ role: 'user', content: ticketSchema.parse(req.body).body }] },
    { configurable: { thread_id: req.params.id }, maxConcurrency: 4, signal: AbortSignal.timeout(120_000) },
  );
  res.json({ answer: reply.messages.at(-1)?.text });
});

tickets.post('/:id/plan', async (req, res) => {
  const advisor = createAgent({
    model: answerModel,
    tools: [planDetails],
    checkpointer: PostgresSaver.fromConnString(process.env.DATABASE_URL ?? 'postgres://localhost/desk'),
  });
  const reply = await advisor.invoke(
    { messages: [{ role: 'user', content: ticketSchema.parse(req.body).body }] },
    { configurable: { thread_id: req.params.id } },
  );
  res.json({ advice: reply.messages.at(-1)?.text });
});
