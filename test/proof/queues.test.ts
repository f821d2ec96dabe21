import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { Constructor } from './langchain.ts';
import { load } from './packages.ts';
import { proof, settle } from './prove.ts';

proof('bedrock-embeddings-deadlock', () => {
  test.each([
    [{ maxConcurrency: 1 }, 1, 'pending'],
    [{}, 3, 'resolved'],
  ])('BedrockEmbeddings with %j, %d searches at once: %s', async (options, searches, expected) => {
    const { BedrockEmbeddings } = (await load('v1', '@langchain/aws')) as unknown as { BedrockEmbeddings: Constructor };
    const body = new TextEncoder().encode(JSON.stringify({ embedding: [1] }));
    const client = { send: async () => sleep(50, { body }) };
    const embeddings = new BedrockEmbeddings({ client, region: 'us-east-1', ...options });
    const all = Promise.all(Array.from({ length: searches }, async () => embeddings.embedQuery('question')));
    expect((await settle(all, 1000)).is).toBe(expected);
  });
});

interface SdkClient {
  readonly threads: { create(): Promise<unknown> };
  readonly runs: { wait(thread: string, assistant: string, payload: object): Promise<unknown> };
}

proof('sdk-client-limits-calls', () => {
  test('the client of langgraph-sdk has four calls in flight', async () => {
    let [active, peak] = [0, 0];
    const server = createServer((_request, response) => {
      peak = Math.max(peak, ++active);
      setTimeout(() => {
        active--;
        response.setHeader('content-type', 'application/json').end('{}');
      }, 200);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const { Client } = (await load('v1', '@langchain/langgraph-sdk')) as unknown as {
      readonly Client: new (options: object) => SdkClient;
    };
    const client = new Client({ apiUrl: `http://127.0.0.1:${String(port)}` });
    await Promise.all(Array.from({ length: 9 }, async () => settle(client.threads.create(), 5000)));
    expect(peak).toBe(4);
  });
});

proof('signal-ends-waiting-for-run', () => {
  test('a signal closes the connection of runs.wait() of langgraph-sdk, which no race does', async () => {
    let [open, closed] = [0, 0];
    const server = createServer((_request, response) => {
      open++;
      response.on('close', () => closed++);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    onTestFinished(() => server.close().closeAllConnections());
    const { port } = server.address() as AddressInfo;
    const { Client } = (await load('v1', '@langchain/langgraph-sdk')) as unknown as {
      readonly Client: new (options: object) => SdkClient;
    };
    const { runs } = new Client({ apiUrl: `http://127.0.0.1:${String(port)}`, timeoutMs: 200 });
    const raced = settle(runs.wait('thread', 'agent', { input: {} }), 600);
    expect([(await raced).is, open, closed]).toEqual(['pending', 1, 0]);
    const { is } = await settle(runs.wait('thread', 'agent', { input: {}, signal: AbortSignal.timeout(200) }), 3000);
    expect(is).toBe('rejected');
    await expect.poll(() => [open, closed]).toEqual([2, 1]);
  });
});
