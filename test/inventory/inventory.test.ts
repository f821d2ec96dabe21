import { afterEach, describe, expect, it } from 'vitest';
import { gather } from '../../src/cli/gather.ts';
import { build, type Inventory } from '../../src/cli/totals.ts';
import type { CallRecord, EntryRecord } from '../../src/inventory/records.ts';
import { code } from '../helpers/code.ts';
import { createFolder, removeFolder } from '../helpers/folder.ts';

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) removeFolder(folder);
});

async function take(files: Readonly<Record<string, string>>): Promise<Inventory> {
  const folder = createFolder(files);
  folders.push(folder);
  return build(await gather(folder, []));
}

function findEntry({ entries }: Inventory, name: string): EntryRecord {
  const entry = entries.find((each) => each.name === name);
  expect(entry, `${name} of ${entries.map((each) => each.name).join(', ')}`).toBeDefined();
  return entry as EntryRecord;
}

function findCall(inventory: Inventory, entry: string, call: string): CallRecord {
  const found = findEntry(inventory, entry).calls.find((each) => each.call === call);
  expect(found, call).toBeDefined();
  return found as CallRecord;
}

const express = `
import express from 'express';
import pLimit from 'p-limit';
import pMap from 'p-map';
import { ChatAnthropic } from '@langchain/anthropic';
import { ChatOpenAI } from '@langchain/openai';

const app = express();
const open = new ChatOpenAI({ timeout: 30_000, maxRetries: 2 });
const limited = new ChatOpenAI({ maxConcurrency: 8, timeout: 20_000, maxRetries: 0 });
const claude = new ChatAnthropic();
const limit = pLimit(3);
const byObject = pLimit({ concurrency: 7 });
`;

describe('what bounds the calls of one run', () => {
  const cases: readonly (readonly [string, string, CallRecord['run']['count'], CallRecord['run']['by']])[] = [
    ['a single call', `res.json(await open.invoke(req.body.text));`, 1, 'one'],
    [
      'a fan-out over what the request holds',
      `res.json(await Promise.all(req.body.texts.map((text) => open.invoke(text))));`,
      'unbounded',
      'none',
    ],
    [
      'a list that is written out',
      `res.json(await Promise.all(['de', 'en', 'fr'].map((language) => open.invoke(language))));`,
      3,
      'list',
    ],
    [
      'a limiter',
      `res.json(await Promise.all(req.body.texts.map((text) => limit(() => open.invoke(text)))));`,
      3,
      'limiter',
    ],
    [
      'a fan-out over a model whose limit all share',
      `res.json(await Promise.all(req.body.texts.map((text) => limited.invoke(text))));`,
      8,
      'constructor',
    ],
    [
      'a limiter that takes an object',
      `res.json(await Promise.all(req.body.texts.map((text) => byObject(() => open.invoke(text)))));`,
      7,
      'limiter',
    ],
    [
      'a mapper',
      `res.json(await pMap(req.body.texts, (text) => open.invoke(text), { concurrency: 4 }));`,
      4,
      'limiter',
    ],
    ['a loop that waits', `for (const text of req.body.texts) res.write((await open.invoke(text)).text);`, 1, 'one'],
    ['a batch with a limit', `res.json(await open.batch(req.body.texts, { maxConcurrency: 6 }));`, 6, 'option'],
    ['a batch without one', `res.json(await open.batch(req.body.texts));`, 'unbounded', 'none'],
    ['a batch of a written list', `res.json(await open.batch(['a', 'b']));`, 2, 'list'],
    [
      'a batch whose limit comes from elsewhere',
      `res.json(await open.batch(req.body.texts, req.app.locals.config));`,
      'unknown',
      'unknown',
    ],
  ];

  it.each(cases)('%s', async (_name, statement, count, by) => {
    const inventory = await take({ 'app.js': `${express}app.post('/ask', async (req, res) => { ${statement} });` });
    const [call] = findEntry(inventory, "app.post('/ask')").calls;
    expect(call?.run).toMatchObject({ count, by });
  });
});

describe('what bounds the calls of all runs', () => {
  it('nothing, where each request calls a model without a limit', async () => {
    const inventory = await take({
      'app.js': `${express}app.post('/ask', async (req, res) => { res.json(await open.invoke(req.body.text)); });`,
    });
    expect(findCall(inventory, "app.post('/ask')", 'open.invoke').process).toEqual({
      count: 'unbounded',
      by: 'none',
      at: null,
    });
    expect(inventory.totals).toMatchObject({ bounded: 0, unbounded: 1 });
  });

  it('the limit of a model that all share, counted once for all its calls', async () => {
    const inventory = await take({
      'app.js': `${express}
app.post('/ask', async (req, res) => { res.json(await limited.invoke(req.body.text)); });
app.post('/sum', async (req, res) => { res.json(await limited.invoke(req.body.text)); });`,
    });
    const { process } = findCall(inventory, "app.post('/sum')", 'limited.invoke');
    expect(process).toMatchObject({ count: 8, by: 'constructor', at: { file: 'app.js', line: 10 } });
    expect(inventory.totals).toMatchObject({ bounded: 8, unbounded: 0 });
  });

  it('not the limit of a model that each request builds', async () => {
    const inventory = await take({
      'app.js': `${express}
app.post('/ask', async (req, res) => {
  const model = new ChatOpenAI({ maxConcurrency: 4 });
  res.json(await model.invoke(req.body.text));
});`,
    });
    expect(findCall(inventory, "app.post('/ask')", 'model.invoke').process.count).toBe('unbounded');
  });

  it.each([
    ['openai', 'ChatOpenAI', 'unbounded'],
    ['anthropic', 'ChatAnthropic', 6],
  ] as const)('in an agent the limit of its model where that holds there: %s', async (name, model, count) => {
    const inventory = await take({
      'app.js': `
import express from 'express';
import { createAgent } from 'langchain';
import { ${model} } from '@langchain/${name}';
const agent = createAgent({ model: new ${model}({ maxConcurrency: 6 }), tools: [] });
express().post('/ask', async (req, res) => { res.json(await agent.invoke({ messages: req.body.messages })); });`,
    });
    expect(findCall(inventory, "post('/ask')", 'agent.invoke').process.count).toBe(count);
  });

  it('no limit for an agent whose model is a string', async () => {
    const inventory = await take({
      'app.js': `
import express from 'express';
import { createAgent } from 'langchain';
const agent = createAgent({ model: 'openai:gpt-4o-mini', tools: [] });
express().post('/ask', async (req, res) => { res.json(await agent.invoke({ messages: req.body.messages })); });`,
    });
    const call = findCall(inventory, "post('/ask')", 'agent.invoke');
    expect(call).toMatchObject({ classes: ['ChatOpenAI'], process: { count: 'unbounded' } });
  });

  it('a limiter that the module makes', async () => {
    const inventory = await take({
      'app.js': code`
        ${express}app.post('/ask', async (req, res) => {
          res.json(await limit(() => open.invoke(req.body.text)));
        });
      `,
    });
    expect(findCall(inventory, "app.post('/ask')", 'open.invoke').process).toMatchObject({ count: 3, by: 'limiter' });
  });
});

describe('limits that stand elsewhere', () => {
  it('a limiter around a call of another file', async () => {
    const inventory = await take({
      'rank.js': `
import pLimit from 'p-limit';
import { ChatOpenAI } from '@langchain/openai';
const model = new ChatOpenAI({ maxRetries: 1 });
const limit = pLimit(8);
export const rank = async (texts) => Promise.all(texts.map((text) => limit(async () => model.invoke(text))));`,
      'app.js': `
import express from 'express';
import { rank } from './rank.js';
express().post('/rank', async (req, res) => { res.json(await rank(req.body.texts)); });`,
    });
    expect(findCall(inventory, "post('/rank')", 'model.invoke')).toMatchObject({
      run: { count: 8, by: 'limiter' },
      process: { count: 8, by: 'limiter', at: { file: 'rank.js', line: 5 } },
    });
  });

  it.each([
    ['{ tickets: req.body }', 'unbounded', 'none'],
    ['{ tickets: req.body }, { maxConcurrency: 6 }', 6, 'option'],
  ] as const)('the tasks that a graph sends, for %s', async (given, count, by) => {
    const inventory = await take({
      'app.js': `
import express from 'express';
import { Send, StateGraph, START } from '@langchain/langgraph';
import { ChatOpenAI } from '@langchain/openai';
const model = new ChatOpenAI();
const graph = new StateGraph(State)
  .addNode('read', async ({ ticket }) => ({ findings: [await model.invoke(ticket.body)] }))
  .addConditionalEdges(START, ({ tickets }) => tickets.map((ticket) => new Send('read', { ticket })))
  .compile();
express().post('/report', async (req, res) => { res.json(await graph.invoke(${given})); });`,
    });
    expect(findCall(inventory, "post('/report')", 'graph.invoke').run).toMatchObject({ count, by });
  });

  it('the embeddings of a store, for a search; opening one that is kept happens once', async () => {
    const inventory = await take({
      'app.js': `
import express from 'express';
import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
import { OpenAIEmbeddings } from '@langchain/openai';
const embeddings = new OpenAIEmbeddings({ maxConcurrency: 3, maxRetries: 1, timeout: 10_000 });
let store;
express().post('/search', async (req, res) => {
  store ??= await PGVectorStore.initialize(embeddings, { tableName: 'docs' });
  res.json(await store.similaritySearch(req.body.text));
});`,
    });
    expect(findCall(inventory, "post('/search')", 'store.similaritySearch')).toMatchObject({
      process: { count: 3, by: 'constructor' },
      attempts: 2,
      timeout: 10_000,
    });
    expect(findCall(inventory, "post('/search')", 'PGVectorStore.initialize').process.count).toBe(1);
  });

  it('none for streams: they hold their place only until they open', async () => {
    const inventory = await take({
      'app.js': `${express}
app.post('/stream', async (req, res) => {
  for await (const chunk of await limited.stream(req.body.text)) res.write(chunk.text);
});`,
    });
    expect(findCall(inventory, "app.post('/stream')", 'limited.stream').process.count).toBe('unbounded');
  });

  it('unknown for a model that is handed over: it may have a limit', async () => {
    const inventory = await take({
      'app.ts': `
import express from 'express';
import type { ChatOpenAI } from '@langchain/openai';
export function register(app: express.Express, model: ChatOpenAI) {
  app.post('/ask', async (req, res) => { res.json(await model.invoke(req.body.text)); });
}`,
    });
    expect(findCall(inventory, "app.post('/ask')", 'model.invoke').process.count).toBe('unknown');
  });
});

describe('how long a call takes at worst', () => {
  it('takes the slowest of the models that a call may go to', async () => {
    const inventory = await take({
      'app.js': code`
        ${express}
        const quick = new ChatOpenAI({ timeout: 5000, maxRetries: 2 });
        app.post('/ask', async (req, res) => {
          const model = req.body.quick ? quick : open;
          res.json(await model.invoke(req.body.text));
        });
      `,
    });
    expect(findCall(inventory, "app.post('/ask')", 'model.invoke')).toMatchObject({ attempts: 3, timeout: 30_000 });
  });

  it('counts attempts, their timeouts and the pauses between them', async () => {
    const inventory = await take({
      'app.js': `${express}app.post('/ask', async (req, res) => { res.json(await open.invoke(req.body.text)); });`,
    });
    // 3 × 30 s, and pauses of up to 2 and 4 s.
    expect(findCall(inventory, "app.post('/ask')", 'open.invoke')).toMatchObject({
      attempts: 3,
      timeout: 30_000,
      wait: 96_000,
    });
  });

  it('is the deadline of the call, where there is one', async () => {
    const inventory = await take({
      'app.js': code`
        ${express}app.post('/ask', async (req, res) => {
          res.json(await open.invoke(req.body.text, { timeout: 45_000 }));
        });
      `,
    });
    expect(findCall(inventory, "app.post('/ask')", 'open.invoke').wait).toBe(45_000);
  });

  it('multiplies the attempts of withRetry', async () => {
    const inventory = await take({
      'app.js': `${express}const patient = open.withRetry({ stopAfterAttempt: 4 });
app.post('/ask', async (req, res) => { res.json(await patient.invoke(req.body.text)); });`,
    });
    expect(findCall(inventory, "app.post('/ask')", 'patient.invoke').attempts).toBe(12);
  });
});

describe('signals', () => {
  it.each([
    ['missing', `open.invoke(req.body.text)`],
    ['passed', `open.invoke(req.body.text, { signal: req.signal })`],
  ] as const)('%s', async (signal, call) => {
    const inventory = await take({
      'app.js': `${express}app.post('/ask', async (req, res) => { res.json(await ${call}); });`,
    });
    expect(findCall(inventory, "app.post('/ask')", 'open.invoke').signal).toBe(signal);
  });
});

describe('clients', () => {
  it('counts the connections of a pool that the module makes, and names what each run builds', async () => {
    const inventory = await take({
      'app.js': `
import express from 'express';
import pg from 'pg';
import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
import { OpenAIEmbeddings } from '@langchain/openai';

const pool = new pg.Pool({ max: 25 });
export const saver = new PostgresSaver(pool);
const app = express();
app.post('/search', async (req, res) => {
  const store = await PGVectorStore.initialize(new OpenAIEmbeddings(), {
    postgresConnectionOptions: { max: 5 },
    tableName: 'docs',
  });
  res.json(await store.similaritySearch(req.body.text));
});`,
    });
    expect(inventory.clients).toContainEqual(expect.objectContaining({ name: 'pg.Pool', connections: 25 }));
    expect(inventory.totals).toMatchObject({ connections: 25, rebuilt: 1 });
    expect(findEntry(inventory, "app.post('/search')").clients).toContainEqual(
      expect.objectContaining({ name: 'PGVectorStore.initialize', connections: 5 }),
    );
  });

  it('counts a pool of another file once, however often it is handed over', async () => {
    const inventory = await take({
      'database.js': `
import pg from 'pg';
export const pool = new pg.Pool({ max: 12 });`,
      'saver.js': `
import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
import { pool } from './database.js';
export const saver = new PostgresSaver(pool);`,
      'store.js': `
import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
import { OpenAIEmbeddings } from '@langchain/openai';
import { pool } from './database.js';
export const store = await PGVectorStore.initialize(new OpenAIEmbeddings(), { pool, tableName: 'docs' });`,
    });
    expect(inventory.totals.connections).toBe(12);
    expect(inventory.clients.filter(({ connections }) => connections !== null)).toMatchObject([
      { name: 'pg.Pool', at: { file: 'database.js', line: 3 } },
    ]);
  });

  it('counts no process for an MCP server that is reached over HTTP', async () => {
    const inventory = await take({
      'tools.js': `
import { MultiServerMCPClient } from '@langchain/mcp-adapters';
const client = new MultiServerMCPClient({
  files: { command: 'npx', args: ['files'] },
  mail: { url: 'https://mcp.example/mail' },
});
export const tools = await client.getTools();`,
    });
    expect(inventory.totals.processes).toBe(1);
    expect(inventory.clients).toMatchObject([{ processes: 1, connections: null }]);
  });

  it('counts the child process of an MCP client', async () => {
    const inventory = await take({
      'tools.js': `
import { MultiServerMCPClient } from '@langchain/mcp-adapters';
const client = new MultiServerMCPClient({ mcpServers: { files: { command: 'npx', args: ['files'] } } });
export const tools = await client.getTools();`,
    });
    expect(inventory.totals.processes).toBe(1);
  });
});

describe('entry points', () => {
  it('follows calls into other files', async () => {
    const inventory = await take({
      'model.js': `
import { ChatOpenAI } from '@langchain/openai';
const model = new ChatOpenAI();
export async function summarize(texts) {
  return await Promise.all(texts.map((text) => model.invoke(text)));
}`,
      'app.js': `
import express from 'express';
import { summarize } from './model.js';
express().post('/sum', async (req, res) => { res.json(await summarize(req.body.texts)); });`,
    });
    const [call] = findEntry(inventory, "post('/sum')").calls;
    expect(call).toMatchObject({
      call: 'model.invoke',
      at: { file: 'model.js', line: 5 },
      run: { count: 'unbounded' },
    });
    expect(inventory.unreached).toEqual([]);
  });

  it('takes what a module runs for a script, whose bound is that of its one run', async () => {
    const inventory = await take({
      'report.js': `
import { ChatOpenAI } from '@langchain/openai';
const model = new ChatOpenAI();
async function main() {
  console.log(await model.invoke('hello'));
}
await main();`,
    });
    expect(findEntry(inventory, 'report.js')).toMatchObject({ kind: 'script', calls: [{ process: { count: 1 } }] });
  });

  it('names what runs on a timer', async () => {
    const inventory = await take({
      'job.js': `
import cron from 'node-cron';
import { ChatOpenAI } from '@langchain/openai';
const model = new ChatOpenAI();
cron.schedule('0 3 * * *', async () => { await model.invoke('report'); });`,
    });
    expect(findEntry(inventory, "cron.schedule('0 3 * * *')")).toMatchObject({ kind: 'job' });
  });

  it('lists calls that nothing was seen to reach', async () => {
    const inventory = await take({
      'model.js': `
import { ChatOpenAI } from '@langchain/openai';
const model = new ChatOpenAI();
export const ask = (text) => model.invoke(text);`,
    });
    expect(inventory.entries).toEqual([]);
    expect(inventory.unreached).toMatchObject([{ call: 'model.invoke', at: { file: 'model.js', line: 4 } }]);
  });

  it('lists calls that cannot be traced, and files that do not parse', async () => {
    const inventory = await take({
      'app.js': `
import { ChatOpenAI } from '@langchain/openai';
export const ask = (models, text) => models[text].invoke(text);
export const model = new ChatOpenAI();`,
      'broken.js': 'const = 1;',
    });
    expect(inventory.untraced).toMatchObject([{ call: 'models[text].invoke', at: { file: 'app.js', line: 3 } }]);
    expect(inventory.skipped).toEqual([
      { file: 'broken.js', reason: expect.stringContaining('Unexpected token') as string },
    ]);
  });
});

describe('what is no call of LangChain', () => {
  it('maps, databases, dates', async () => {
    const inventory = await take({
      'app.js': `
import { ChatOpenAI } from '@langchain/openai';
import { openDatabase } from 'database';
export const model = new ChatOpenAI();
const replies = new Map();
const db = openDatabase();
export const find = (text) => replies.get(text) ?? db.prepare('SELECT 1').get() ?? new Date().getTime();`,
    });
    expect(inventory.untraced).toEqual([]);
  });

  it('a method of a service that its controller calls is no entry point of the process', async () => {
    const inventory = await take({
      'chat.service.ts': `
import { Injectable } from '@nestjs/common';
import { ChatOpenAI } from '@langchain/openai';
@Injectable()
export class ChatService {
  private readonly model = new ChatOpenAI({ maxConcurrency: 4 });
  async answer(text: string) { return this.model.invoke(text); }
}`,
      'chat.controller.ts': `
import { Body, Controller, Post } from '@nestjs/common';
import { ChatService } from './chat.service';
@Controller('chat')
export class ChatController {
  constructor(private readonly chats: ChatService) {}
  @Post()
  async ask(@Body() text: string) { return this.chats.answer(text); }
}`,
    });
    expect(inventory.entries.map(({ name }) => name)).toEqual(['ask']);
    expect(findCall(inventory, 'ask', 'this.model.invoke').process).toMatchObject({ count: 4 });
  });
});

describe('the budget', () => {
  const limited = `${express}app.post('/ask', async (req, res) => { res.json(await limited.invoke(req.body.text)); });`;
  const config = (limit: number): string =>
    `export default [{ settings: { langchain: { budget: { workers: 4, limit: ${limit} } } } }];`;

  it.each([
    [32, false],
    [31, true],
  ] as const)('4 workers of 8 calls against %i', async (limit, isOver) => {
    const inventory = await take({ 'app.js': limited, 'eslint.config.js': config(limit) });
    expect(inventory.deployment).toMatchObject({ workers: 4, inFlight: 32, isOver });
  });

  it('is exceeded by a call that nothing bounds', async () => {
    const inventory = await take({
      'app.js': `${express}app.post('/ask', async (req, res) => { res.json(await claude.invoke(req.body.text)); });`,
      'eslint.config.js': config(1000),
    });
    expect(inventory.deployment).toMatchObject({ inFlight: null, isOver: true });
  });
});
