import { expect, onTestFinished, test, vi } from 'vitest';
import type { ClassName } from '../../src/facts/homes.ts';
import { load, type Module } from './packages.ts';
import { hurry, proof, settle, useProvider } from './prove.ts';
import { buildSubject } from './subjects.ts';

/** Hurried, the timeout of an SDK would end requests that take a moment. */
const patient = { streaming: true, timeout: 3_600_000 };

/** What was asked of the host of the tokenizer, which answers so. */
function serveTokenizer(answer: () => Promise<Response>): readonly string[] {
  const asked: string[] = [];
  const { fetch } = globalThis;
  vi.stubGlobal('fetch', async (input: Request | URL | string, init?: RequestInit) => {
    const url = input instanceof Request ? input.url : String(input);
    if (!url.startsWith('https://tiktoken.pages.dev/')) return fetch(input, init);
    asked.push(url);
    return answer();
  });
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  onTestFinished(() => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });
  return asked;
}

const unreachable = async (): Promise<Response> => Promise.reject(new TypeError('fetch failed'));

proof('streaming-counts-tokens', () => {
  const counting: readonly ClassName[] = ['ChatOpenAI', 'AzureChatOpenAI', 'ChatDeepSeek', 'ChatXAI'];
  const others: readonly ClassName[] = ['ChatAnthropic', 'ChatGroq', 'ChatMistralAI', 'ChatGoogleGenerativeAI'];

  test.each(counting)('%s waits two minutes and more for a tokenizer that is out of reach', async (className) => {
    const provider = await useProvider();
    const asked = serveTokenizer(unreachable);
    const model = await buildSubject('v1', className, provider.url, patient);
    const waits = hurry(1000);
    expect((await settle(model.invoke('question'), 10_000)).is).toBe('resolved');
    const pauses = waits.filter((delay) => delay !== patient.timeout);
    expect([asked.length, sum(pauses) > 120_000]).toEqual([14, true]);
    await settle(model.invoke('question'), 10_000);
    expect(asked).toHaveLength(28);
  });

  test.each(others)('%s asks for none', async (className) => {
    const provider = await useProvider();
    const asked = serveTokenizer(unreachable);
    await (await buildSubject('v1', className, provider.url, patient)).invoke('question');
    expect(asked).toEqual([]);
  });

  test.each([
    ['without streaming', { streaming: false }],
    ['over the Responses API', { useResponsesApi: true }],
  ])('nor does ChatOpenAI %s', async (_name, options) => {
    const provider = await useProvider();
    const asked = serveTokenizer(unreachable);
    await (await buildSubject('v1', 'ChatOpenAI', provider.url, { ...patient, ...options })).invoke('question');
    expect(asked).toEqual([]);
  });

  test('no timeout ends the wait', async () => {
    const provider = await useProvider();
    let end = (): void => undefined;
    serveTokenizer(async () => new Promise((_resolve, reject) => (end = () => reject(abort()))));
    const model = await buildSubject('v1', 'ChatOpenAI', provider.url, { ...patient, timeout: 200, maxRetries: 0 });
    const asked = settle(model.invoke('question', { timeout: 200 }), 1500);
    expect((await asked).is).toBe('pending');
    end();
  });

  test('once it is there it is kept, and the tokens of each call are counted on the main thread', async () => {
    const provider = await useProvider();
    const ranks: Module = await load('v1', 'js-tiktoken/ranks/gpt2');
    const asked = serveTokenizer(async () => Promise.resolve(Response.json(ranks['default'])));
    const model = await buildSubject('v1', 'ChatOpenAI', provider.url, patient);
    for (let call = 0; call < 3; call++) await model.invoke('question');
    expect(asked).toHaveLength(1);
    const counter = model as unknown as { getNumTokens(text: string): Promise<number> };
    const started = performance.now();
    await counter.getNumTokens('lorem ipsum dolor '.repeat(10_000));
    const counted = performance.now() - started;
    expect(counted).toBeGreaterThan(50);
  });
});

/** An error that no retry follows. */
function abort(): Error {
  return Object.assign(new Error('gone'), { name: 'AbortError' });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

proof('streaming-outlives-timeout', () => {
  test.each([
    ['of the constructor does not end an answer that stops half way', { timeout: 200 }, {}, 'pending'],
    ['of the call does', {}, { timeout: 200 }, 'rejected'],
  ])('a timeout %s', async (_name, options, config, expected) => {
    const provider = await useProvider();
    provider.treat({ stall: true });
    const model = await buildSubject('v1', 'ChatOpenAI', provider.url, { streaming: true, maxRetries: 0, ...options });
    expect((await settle(model.invoke('question', config), 1500)).is).toBe(expected);
  });
});
