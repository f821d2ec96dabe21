import { MultiServerMCPClient } from '@langchain/mcp-adapters';
import { MemorySaver } from '@langchain/langgraph';
import { ChatOpenAI } from '@langchain/openai';
import { Router } from 'express';
import { createAgent, createMiddleware, modelCallLimitMiddleware, modelFallbackMiddleware, modelRetryMiddleware } from 'langchain';
import pLimit from 'p-limit';
import { planDetails, serviceStatus } from '../tools.js';
import { ticketSchema } from '../types.js';

export const assistant = Router();

const assistantModel = new ChatOpenAI({ model: 'gpt-4.1', maxConcurrency: 10, maxRetries: 2, timeout: 30_000 });

const helper = createAgent({
  model: assistantModel,
  tools: [planDetails],
  middleware: [
    modelFallbackMiddleware(new ChatOpenAI({ model: 'gpt-4.1-mini', timeout: 30_000, maxRetries: 0 })),
    modelRetryMiddleware({ maxRetries: 3 }),
    modelCallLimitMiddleware({ threadLimit: 20 }),
  ],
});

assistant.post('/', (req, res) => {
  const ticket = ticketSchema.parse(req.body);
  helper.invoke({ messages: [{ role: 'user', content: ticket.body }] }).then(({ messages }) => {
    res.json({ advice: messages.at(-1)?.text });
  });
});

assistant.post('/files', async (req, res) => {
  const { body } = ticketSchema.parse(req.body);
  const mcp = new MultiServerMCPClient({
    mcpServers: { files: { transport: 'stdio', command: 'npx', args: ['-y', '@modelcontextprotocol/server-filesystem', '/srv'] } },
  });
  const reader = createAgent({ model: assistantModel, tools: await mcp.getTools() });
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('The assistant timed out')), 30_000);
  });
  const { messages } = await Promise.race([reader.invoke({ messages: [{ role: 'user', content: body }] }), late]);
  res.json({ advice: messages.at(-1)?.text });
});

// The same with one limit for all requests, the retry outside the fallback, and no retries of the models themselves.
const limit = pLimit(10);
const limited = createMiddleware({ name: 'limited', wrapModelCall: (request, handler) => limit(() => handler(request)) });
const carefulModel = new ChatOpenAI({ model: 'gpt-4.1', maxRetries: 0, timeout: 30_000 });
const careful = createAgent({
  model: carefulModel,
  tools: [planDetails, serviceStatus],
  middleware: [
    modelRetryMiddleware({ maxRetries: 2, onFailure: 'error' }),
    modelFallbackMiddleware(new ChatOpenAI({ model: 'gpt-4.1-mini', maxRetries: 0, timeout: 30_000 })),
    modelCallLimitMiddleware({ runLimit: 8 }),
    limited,
  ],
});
const remembering = createAgent({ model: carefulModel, tools: [serviceStatus], middleware: [limited], checkpointer: new MemorySaver() });

assistant.post('/careful', async (req, res) => {
  const { body } = ticketSchema.parse(req.body);
  const gone = new AbortController();
  res.on('close', () => gone.abort());
  const { messages } = await careful.invoke({ messages: [{ role: 'user', content: body }] }, { signal: gone.signal, timeout: 60_000 });
  res.json({ advice: messages.at(-1)?.text });
});

assistant.post('/threads/:thread', async (req, res) => {
  const { body } = ticketSchema.parse(req.body);
  const { messages } = await remembering.invoke(
    { messages: [{ role: 'user', content: body }] },
    { configurable: { thread_id: req.params.thread }, timeout: 60_000 },
  );
  res.json({ advice: messages.at(-1)?.text });
});
