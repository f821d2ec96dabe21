/** The provider and the database that the proofs run against: whether they speak what the real clients speak. */
import { connect as connectHttp2 } from 'node:http2';
import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { ClassName } from '../../src/facts/homes.ts';
import { getText, type Instance } from './langchain.ts';
import { load } from './packages.ts';
import { settle, useProvider } from './prove.ts';
import { serveAtMost } from './server/capacity.ts';
import { startStandIn } from './server/postgres.ts';
import { buildSubject } from './subjects.ts';

const FORMATS: readonly (readonly [className: ClassName, format: string])[] = [
  ['ChatOpenAI', 'openai-chat'],
  ['OpenAI', 'openai-completions'],
  ['ChatAnthropic', 'anthropic-messages'],
  ['ChatGoogleGenerativeAI', 'gemini'],
  ['ChatGoogle', 'gemini'],
  ['ChatOllama', 'ollama-chat'],
  ['Ollama', 'ollama-generate'],
  ['ChatMistralAI', 'openai-chat'],
  ['ChatGroq', 'openai-chat'],
  ['ChatBedrockConverse', 'bedrock-converse'],
  ['ChatWatsonx', 'watsonx'],
];

describe('formats', () => {
  test.each(FORMATS)('%s: an answer', async (className, format) => {
    const provider = await useProvider();
    const model = await buildSubject('v1', className, provider.url);
    expect(getText(await model.invoke('question'))).toBe('echo question');
    expect(provider.requests).toMatchObject([{ format, prompt: 'question' }]);
  });

  test.each(FORMATS.filter(([className]) => className !== 'ChatWatsonx'))('%s: a stream', async (className, format) => {
    const provider = await useProvider();
    const model = await buildSubject('v1', className, provider.url);
    expect(await readStream(model)).toBe('echo question');
    expect(provider.requests).toMatchObject([{ format, isStreamed: true }]);
  });

  test('the Responses API: an answer and a stream', async () => {
    const provider = await useProvider();
    const model = await buildSubject('v1', 'ChatOpenAI', provider.url, { useResponsesApi: true });
    expect((await model.invoke('question')) as object).toMatchObject({ text: 'echo question' });
    expect(await readStream(model)).toBe('echo question');
    expect(provider.requests.map(({ format }) => format)).toEqual(['openai-responses', 'openai-responses']);
  });

  test.each([
    ['OpenAIEmbeddings', 'openai-embeddings'],
    ['GoogleGenerativeAIEmbeddings', 'gemini-embed'],
    ['OllamaEmbeddings', 'ollama-embed'],
    ['MistralAIEmbeddings', 'openai-embeddings'],
  ] as const)('%s: a vector for each text', async (className, format) => {
    const provider = await useProvider();
    const embeddings = await buildSubject('v1', className, provider.url);
    expect([await embeddings.embedQuery('text'), await embeddings.embedDocuments(['one', 'two'])]).toEqual([
      [0.25, 0.5, 0.125],
      [
        [0.25, 0.5, 0.125],
        [0.25, 0.5, 0.125],
      ],
    ]);
    expect(provider.requests.every((request) => request.format === format)).toBe(true);
  });

  test.each([
    'ChatOpenAI',
    'ChatAnthropic',
    'ChatGoogleGenerativeAI',
    'ChatOllama',
    'ChatMistralAI',
    'ChatGroq',
    'ChatBedrockConverse',
  ] as const)('%s: a tool call', async (className) => {
    const provider = await useProvider();
    provider.treat({ toolCalls: [{ name: 'look_up', args: { id: '1' } }] });
    const model = await buildSubject('v1', className, provider.url);
    expect((await model.invoke('question')) as object).toMatchObject({
      tool_calls: [{ name: 'look_up', args: { id: '1' } }],
    });
  });
});

describe('treatments', () => {
  test('an error with its headers', async () => {
    const provider = await useProvider();
    provider.treat({ status: 429, headers: { 'retry-after': '7' } });
    const response = await fetch(`${provider.url}/v1/chat/completions`, { method: 'POST', body: '{}' });
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '7']);
  });

  test('a closed socket', async () => {
    const provider = await useProvider();
    provider.treat({ close: true });
    await expect(fetch(`${provider.url}/page.html`)).rejects.toThrow('fetch failed');
  });

  test('a client that goes away is counted', async () => {
    const provider = await useProvider();
    provider.treat({ hang: true });
    const client = new AbortController();
    const answer = settle(fetch(`${provider.url}/page.html`, { signal: client.signal }), 5000);
    await expect.poll(() => provider.inFlight).toBe(1);
    client.abort();
    expect((await answer).is).toBe('rejected');
    await expect.poll(() => [provider.aborted, provider.inFlight]).toEqual([1, 0]);
  });

  test('a client that goes away while it sends is no request', async () => {
    const provider = await useProvider();
    const { port } = new URL(provider.url);
    const http1 = connect(Number(port), '127.0.0.1', () =>
      http1.write('POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\n{'),
    );
    const http2 = connectHttp2(provider.url);
    const half = http2.request({ ':method': 'POST', ':path': '/v1/chat/completions' });
    half.write('{');
    await expect.poll(() => provider.connections).toBe(2);
    // Time to begin reading.
    await setTimeout(50);
    http1.destroy();
    half.on('error', () => undefined).destroy();
    http2.destroy();
    await expect.poll(() => provider.open).toBe(0);
    expect([provider.requests, provider.inFlight]).toEqual([[], 0]);
  });

  test('a capacity of two: the others wait, and what waits too long is dropped', async () => {
    const provider = await useProvider();
    const capacity = serveAtMost({ capacity: 2, work: 100, patience: 150 });
    provider.treat(capacity.treat);
    const outcomes = await Promise.all(
      Array.from({ length: 6 }, async () => settle(fetch(`${provider.url}/page.html`), 2000)),
    );
    expect(outcomes.filter(({ is }) => is === 'resolved')).toHaveLength(4);
    expect([provider.peak, capacity.dropped]).toEqual([6, 2]);
  });
});

test('the stand-in for PostgreSQL answers plain and prepared queries', async () => {
  const database = startStandIn();
  const door = await database.open();
  const { Pool } = (await load('v1', 'pg')) as unknown as {
    Pool: new (options: object) => {
      query(text: string, values?: readonly unknown[]): Promise<{ rows: unknown[] }>;
      end(): Promise<void>;
    };
  };
  const pool = new Pool({ connectionString: door.connectionString, max: 1 });
  expect((await pool.query('SELECT 1')).rows).toEqual([]);
  expect((await pool.query('SELECT $1', ['one'])).rows).toEqual([]);
  expect(door.open).toBe(1);
  await pool.end();
  await door.close();
});

async function readStream(model: Instance): Promise<string> {
  let text = '';
  for await (const chunk of await model.stream('question'))
    text += typeof chunk === 'string' ? chunk : (chunk as { text: string }).text;
  return text;
}
