import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Instance } from './langchain.ts';
import { load } from './packages.ts';
import { proof, settle, useProvider } from './prove.ts';
import { buildSubject } from './subjects.ts';

/** Milliseconds after which a caller gives up. */
const PATIENCE = 120;

proof('race-keeps-place', () => {
  const askThird = async (give: (model: Instance) => Promise<unknown>): Promise<string> => {
    const provider = await useProvider();
    provider.treat(({ prompt }) => ({ hang: prompt === 'slow' }));
    const model = await buildSubject('v1', 'ChatOpenAI', provider.url, { maxConcurrency: 2, maxRetries: 0 });
    await Promise.all([settle(give(model), 2000), settle(give(model), 2000)]);
    const third = await settle(model.invoke('third'), 1000);
    return `${third.is}, ${String(provider.inFlight)} in flight`;
  };

  test('two calls that lost their race hold the two places; the third never starts', async () => {
    const late = async (): Promise<never> => {
      await sleep(PATIENCE);
      throw new Error('late');
    };
    expect(await askThird(async (model) => Promise.race([model.invoke('slow'), late()]))).toBe('pending, 2 in flight');
  });

  test('with a timeout in their config they end, and the third is answered', async () => {
    expect(await askThird(async (model) => model.invoke('slow', { timeout: PATIENCE }))).toBe('resolved, 0 in flight');
  });
});

proof('interval-overlaps', () => {
  test('a call of 500 ms every 50 ms: up to ten are in flight', async () => {
    const provider = await useProvider();
    provider.treat({ delay: 500 });
    const model = await buildSubject('v1', 'ChatOpenAI', provider.url);
    const timer = setInterval(() => void model.invoke('question').catch(() => null), 50);
    await sleep(700);
    clearInterval(timer);
    expect(provider.peak).toBeGreaterThan(5);
    await sleep(600);
  });
});

proof('memory-saver-grows', () => {
  const createAgent = async (url: string, checkpointer: object): Promise<Instance> => {
    const create = (await load('v1', 'langchain'))['createAgent'] as (options: object) => Instance;
    return create({ model: await buildSubject('v1', 'ChatOpenAI', url), tools: [], checkpointer });
  };
  const createSaver = async (): Promise<{ readonly storage: object; readonly writes: object }> => {
    const { MemorySaver } = (await load('v1', '@langchain/langgraph')) as unknown as {
      MemorySaver: new () => { readonly storage: object; readonly writes: object };
    };
    return new MemorySaver();
  };
  const thread = { configurable: { thread_id: 'one' } };

  test('60 turns of 4 KB keep more than twenty times their text', { timeout: 60_000 }, async () => {
    const provider = await useProvider();
    const saver = await createSaver();
    const agent = await createAgent(provider.url, saver);
    const content = 'x'.repeat(4096);
    for (let turn = 0; turn < 60; turn++) await agent.invoke({ messages: [{ role: 'user', content }] }, thread);
    expect(countBytes(saver.storage) + countBytes(saver.writes)).toBeGreaterThan(20 * 60 * content.length);
  });

  test('another one, as in the next process, does not find the thread', async () => {
    const provider = await useProvider();
    const question = { messages: [{ role: 'user', content: 'question' }] };
    const first = await createAgent(provider.url, await createSaver());
    await first.invoke(question, thread);
    const next = await createAgent(provider.url, await createSaver());
    const { messages } = (await next.invoke(question, thread)) as { messages: readonly unknown[] };
    expect(messages).toHaveLength(2);
  });
});

/** The bytes of the buffers that an object holds. */
function countBytes(value: unknown): number {
  if (value instanceof Uint8Array) return value.byteLength;
  if (typeof value !== 'object' || value === null) return 0;
  const values: readonly unknown[] = value instanceof Map ? [...value.values()] : Object.values(value);
  return values.reduce<number>((sum, each) => sum + countBytes(each), 0);
}
