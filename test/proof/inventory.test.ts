/** What the inventory says of the demo application, against what its provider, its database and its commands count. */
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gather } from '../../src/cli/gather.ts';
import { build, type Inventory } from '../../src/cli/totals.ts';
import type { CallRecord } from '../../src/inventory/records.ts';
import { type Desk, startDesk } from './inventory/desk.ts';
import type { Received, Treatment } from './server/provider.ts';

let inventory: Inventory;

beforeAll(async () => {
  inventory = build(await gather(path.join(import.meta.dirname, '../../docs/demo'), ['app']));
});

function findCall(entry: string, call: string): CallRecord {
  const found = inventory.entries.find(({ name }) => name === entry)?.calls.find((each) => each.call === call);
  if (!found) throw new Error(`The inventory has no ${call} in ${entry}.`);
  return found;
}

const ticket = { id: '7', subject: 'Invoice', body: 'The invoice is wrong.' };
const article = { url: 'https://desk.example/invoice', title: 'Invoice', body: 'What an invoice holds.' };

interface Route {
  readonly entry: string;
  readonly call: string;
  readonly method?: string;
  readonly route: string;
  readonly body: unknown;
  /** The requests to the provider that belong to the call. */
  readonly format: string;
}

const own: Route = {
  entry: "questions.post('/own-key')",
  call: 'model.invoke',
  route: '/questions/own-key',
  body: { question: 'Why?' },
  format: 'openai-chat',
};
const suggestions: Route = { ...own, entry: "questions.post('/suggestions')", route: '/questions/suggestions' };
const answer: Route = { ...own, entry: "questions.post('/')", call: 'chain.invoke', route: '/questions' };
const draft: Route = {
  entry: "tickets.post('/:id/draft')",
  call: 'replyChain.invoke',
  route: '/tickets/7/draft',
  body: ticket,
  format: 'anthropic-messages',
};
const triage: Route = {
  ...draft,
  entry: "tickets.post('/triage')",
  call: 'triageModel.invoke',
  route: '/tickets/triage',
  body: [ticket],
  format: 'openai-chat',
};
const ask: Route = {
  ...triage,
  entry: "tickets.post('/:id/ask')",
  call: 'agent.invoke',
  route: '/tickets/7/ask',
  body: ticket,
};
const thread: Route = {
  ...ask,
  entry: "assistant.post('/threads/:thread')",
  call: 'remembering.invoke',
  route: '/assistant/threads/7',
};
const advice: Route = { ...ask, entry: "advice.post('/')", call: 'patientModel.invoke', route: '/advice' };
const topics: Route = {
  ...ask,
  entry: "advice.post('/topics')",
  call: 'embeddings.embedQuery',
  route: '/advice/topics',
  body: ['invoices'],
  format: 'openai-embeddings',
};
const abstracts: Route = {
  ...ask,
  entry: "articles.post('/abstracts')",
  call: 'abstractChain.batch',
  route: '/articles/abstracts',
  body: [article],
};
const refresh: Route = {
  ...abstracts,
  entry: "articles.put('/abstracts')",
  call: 'abstractChain.invoke',
  method: 'PUT',
};

const isOf = ({ format }: Route, request: Received): boolean => request.format === format;

/** The most requests of a route that were in flight when one more came, with so many users at once. */
async function measurePeak(desk: Desk, route: Route, users: number): Promise<number> {
  const { provider } = desk;
  provider.reset();
  provider.treat((request): Treatment => (isOf(route, request) ? { hold: 400 } : {}));
  await Promise.all(Array.from({ length: users }, () => desk.send(route.method ?? 'POST', route.route, route.body)));
  // The answer may come before the calls that nobody waits for.
  do await sleep(500);
  while (provider.inFlight > 0);
  return Math.max(0, ...provider.requests.filter((request) => isOf(route, request)).map(({ inFlight }) => inFlight));
}

describe('calls in flight', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await startDesk({ hurried: false });
  });
  afterAll(() => desk.close());

  test.each([
    ['the model that answers', answer, 40],
    ['the model that drafts, whose calls nobody waits for', draft, 40],
    ['the model that advises', advice, 20],
    ['the embeddings, by their default', topics, 12],
  ] as const)('as many of all runs as the limit of %s lets through', async (_name, route, users) => {
    const { count } = findCall(route.entry, route.call).process;
    expect(count).toBeTypeOf('number');
    expect(await measurePeak(desk, route, users)).toBe(count);
  });

  test.each([own, suggestions, ask])('as many as there are users: $entry', async (route) => {
    expect(findCall(route.entry, route.call)).toMatchObject({ run: { count: 1 }, process: { count: 'unbounded' } });
    expect(await measurePeak(desk, route, 30)).toBe(30);
  });

  test.each([
    { ...triage, item: ticket },
    { ...abstracts, item: article },
    { ...refresh, item: article },
  ])('as many in one run as the list is long: $entry', async ({ item, ...route }) => {
    expect(findCall(route.entry, route.call).run.count).toBe('unbounded');
    expect(await measurePeak(desk, { ...route, body: Array.from({ length: 30 }, () => item) }, 1)).toBe(30);
  });

  test('the tasks that a graph sends: all of them, or as many as its config says', async () => {
    const [week, month] = inventory.entries.find(({ name }) => name === "app.post('/reports/:period')")?.calls ?? [];
    expect([week?.run.count, month?.run.count]).toEqual(['unbounded', 8]);
    const report = { ...triage, body: Array.from({ length: 30 }, () => ticket) };
    expect(await measurePeak(desk, { ...report, route: '/reports/week' }, 1)).toBe(30);
    expect(await measurePeak(desk, { ...report, route: '/reports/month' }, 1)).toBe(8);
  });
});

describe('requests of one call that keeps failing', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await startDesk({ hurried: true });
  });
  afterAll(() => desk.close());

  test.each([own, suggestions, draft, triage, ask, thread, advice, topics, abstracts, refresh])(
    '$entry',
    async (route) => {
      const { provider } = desk;
      provider.reset();
      provider.treat((request): Treatment => (isOf(route, request) ? { status: 500 } : {}));
      const { attempts } = findCall(route.entry, route.call);
      await desk.send(route.method ?? 'POST', route.route, route.body);
      // What nobody waits for is tried again after the answer.
      for (let last = -1; last !== provider.requests.length;) {
        last = provider.requests.length;
        await sleep(1500);
      }
      expect(provider.requests.filter((request) => isOf(route, request))).toHaveLength(attempts ?? -1);
    },
  );
});

describe('connections and child processes', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await startDesk({ hurried: false });
  });
  afterAll(() => desk.close());

  test('the one pool of the process, however many users', async () => {
    expect(inventory.totals.connections).toBe(10);
    const send = async (): Promise<unknown> =>
      Promise.all(Array.from({ length: 60 }, () => desk.send('GET', '/health', null)));
    // A query is answered at once: on a busy machine, the first users may not meet in the pool.
    for (let round = 0; round < 20 && desk.door.open < inventory.totals.connections; round++) await send();
    await send();
    expect(desk.door.open).toBe(inventory.totals.connections);
  });

  test('a pool more for each run of a handler that builds one', async () => {
    const built = inventory.entries.find(({ name }) => name === answer.entry)?.clients;
    expect(built).toMatchObject([{ name: 'PGVectorStore.initialize', connections: 10 }]);
    const before = desk.door.open;
    for (let user = 0; user < 5; user++) await desk.send('POST', answer.route, answer.body);
    expect(desk.door.open - before).toBeGreaterThanOrEqual(5);
    expect(desk.door.open - before).toBeLessThanOrEqual(50);
  });

  test('a child process for each run of a handler that builds an MCP client, and none that is shared', async () => {
    const entry = inventory.entries.find(({ name }) => name === "assistant.post('/files')");
    expect(entry?.clients).toMatchObject([{ name: 'MultiServerMCPClient', processes: 1 }]);
    expect(inventory.totals.processes).toBe(0);
    void Promise.allSettled([1, 2, 3].map(() => desk.send('POST', '/assistant/files', ticket)));
    for (let attempt = 0; attempt < 100 && desk.started < 3; attempt++) await sleep(100);
    await sleep(500);
    expect(desk.started).toBe(3);
  });
});
