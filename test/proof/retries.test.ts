import { expect, onTestFinished, test, vi } from 'vitest';
import type { ClassName } from '../../src/facts/homes.ts';
import { type Constructor, type Instance, loadGraph, loadTool } from './langchain.ts';
import { load, type Owner } from './packages.ts';
import { hurry, measurePeak, proof, settle, useProvider } from './prove.ts';
import type { Provider } from './server/provider.ts';
import { buildSubject } from './subjects.ts';

type Make = (options?: unknown) => Instance;

const question = { messages: [{ role: 'user', content: 'question' }] };

/** Hurried, the timeout of an SDK would end requests that take a moment. */
const patient = { timeout: 3_600_000 };

const quick = { initialDelayMs: 1, jitter: false, maxRetries: 2 };

async function loadMaker(owner: Owner, name: string): Promise<Make> {
  return (await load(owner, 'langchain'))[name] as Make;
}

/** A provider that fails, with the clock hurried over the back-off. */
async function useFailingProvider(): Promise<Provider> {
  const provider = await useProvider();
  provider.treat({ status: 500 });
  hurry(1000);
  return provider;
}

/** The requests of one failing run. */
async function countRequests(provider: Provider, runnable: Instance, input: unknown = question): Promise<number> {
  await settle(runnable.invoke(input), 10_000);
  return provider.requests.length;
}

proof('model-retry-middleware', () => {
  const cases: readonly [className: ClassName, requests: number][] = [
    ['ChatOpenAI', 3],
    ['AzureChatOpenAI', 3],
    ['ChatAnthropic', 3],
    ['ChatDeepSeek', 3],
    ['ChatXAI', 3],
    ['ChatGroq', 21],
    ['ChatGoogleGenerativeAI', 21],
    ['ChatMistralAI', 21],
    ['ChatOpenRouter', 21],
  ];
  test.each(cases)('over %s, three attempts are %d requests', async (className, expected) => {
    const provider = await useFailingProvider();
    const createAgent = await loadMaker('v1', 'createAgent');
    const retry = await loadMaker('v1', 'modelRetryMiddleware');
    const model = await buildSubject('v1', className, provider.url, patient);
    expect(await countRequests(provider, createAgent({ model, tools: [], middleware: [retry(quick)] }))).toBe(expected);
  });

  test('makes three attempts by default', async () => {
    const provider = await useFailingProvider();
    const createAgent = await loadMaker('v1', 'createAgent');
    const retry = await loadMaker('v1', 'modelRetryMiddleware');
    const model = await buildSubject('v1', 'ChatOpenAI', provider.url, { maxRetries: 0 });
    expect(await countRequests(provider, createAgent({ model, tools: [], middleware: [retry()] }))).toBe(3);
  });
});

proof('retry-after-is-waited', () => {
  /** The requests of one run that is told to wait, and the pauses that were asked for. */
  const measure = async (wait: string, build: (model: Instance) => Promise<Instance>): Promise<[number, number[]]> => {
    const provider = await useProvider();
    provider.treat({ status: 429, headers: { 'retry-after': wait } });
    const model = await buildSubject('v1', 'ChatOpenAI', provider.url, { ...patient, maxRetries: 2 });
    const runnable = await build(model);
    const asked = hurry(10_000);
    await settle(runnable.invoke(question.messages), 10_000);
    return [provider.requests.length, asked.filter((delay) => delay === Number(wait) * 1000)];
  };

  const retryInMiddleware = async (model: Instance): Promise<Instance> => {
    const createAgent = await loadMaker('v1', 'createAgent');
    const retry = await loadMaker('v1', 'modelRetryMiddleware');
    const agent = createAgent({
      model,
      tools: [],
      middleware: [retry({ maxRetries: 2, initialDelayMs: 1, maxDelayMs: 5000, jitter: false })],
    });
    return { ...agent, invoke: async () => agent.invoke(question) };
  };

  test('by a model, up to a minute', async () => {
    expect(await measure('50', async (model) => Promise.resolve(model))).toEqual([3, [50_000, 50_000]]);
    expect(await measure('1800', async (model) => Promise.resolve(model))).toEqual([1, []]);
  });

  test('by modelRetryMiddleware, however long it is, and whatever maxDelayMs says', async () => {
    expect(await measure('50', retryInMiddleware)).toEqual([3, [50_000, 50_000]]);
    expect(await measure('1800', retryInMiddleware)).toEqual([3, [1_800_000, 1_800_000]]);
  });
});

proof('model-retry-middleware-early', () => {
  test('before langchain 1.5.9 the model retries too, whatever its class', async () => {
    const provider = await useFailingProvider();
    const createAgent = await loadMaker('v1-early', 'createAgent');
    const retry = await loadMaker('v1-early', 'modelRetryMiddleware');
    const ChatOpenAI = (await load('v1-early', '@langchain/openai'))['ChatOpenAI'] as Constructor;
    const model = new ChatOpenAI({ apiKey: 'key', configuration: { baseURL: `${provider.url}/v1` }, ...patient });
    expect(await countRequests(provider, createAgent({ model, tools: [], middleware: [retry(quick)] }))).toBe(21);
  });
});

proof('tool-retry-middleware', () => {
  test.each([
    ['of two retries', quick],
    ['by default', { initialDelayMs: 1, jitter: false }],
  ])('a tool that calls a model, three attempts %s', async (_name, options) => {
    const [outer, inner] = [await useProvider(), await useFailingProvider()];
    outer.treat(({ index }) => (index === 0 ? { toolCalls: [{ name: 'look_up', args: { id: '1' } }] } : {}));
    const createAgent = await loadMaker('v1', 'createAgent');
    const retry = await loadMaker('v1', 'toolRetryMiddleware');
    const expert = await buildSubject('v1', 'ChatOpenAI', inner.url, patient);
    const agent = createAgent({
      model: await buildSubject('v1', 'ChatOpenAI', outer.url),
      tools: [await loadTool('v1', async () => expert.invoke('question'))],
      middleware: [retry(options)],
    });
    await settle(agent.invoke(question), 10_000);
    expect(inner.requests).toHaveLength(21);
  });
});

proof('string-models-retry', () => {
  test('an agent with a string for a model makes seven attempts', async () => {
    const provider = await useFailingProvider();
    vi.stubEnv('OPENAI_API_KEY', 'key');
    vi.stubEnv('OPENAI_BASE_URL', `${provider.url}/v1`);
    onTestFinished(() => void vi.unstubAllEnvs());
    const createAgent = await loadMaker('v1', 'createAgent');
    expect(await countRequests(provider, createAgent({ model: 'openai:gpt-4o-mini', tools: [] }))).toBe(7);
  });
});

proof('string-models-unlimited', () => {
  test('nothing limits the model that an agent makes of a string', async () => {
    const provider = await useProvider();
    vi.stubEnv('OPENAI_API_KEY', 'key');
    vi.stubEnv('OPENAI_BASE_URL', `${provider.url}/v1`);
    onTestFinished(() => void vi.unstubAllEnvs());
    const createAgent = await loadMaker('v1', 'createAgent');
    const agent = createAgent({ model: 'openai:gpt-4o-mini', tools: [] });
    expect(await measurePeak(provider, 20, async () => agent.invoke(question))).toBe(20);
  });
});

proof('graph-policies-retry', () => {
  const step = async (provider: Provider, options: object = {}): Promise<Instance> =>
    buildSubject('v1', 'ChatOpenAI', provider.url, { ...patient, ...options });

  async function build(model: Instance, policy: object | undefined, defaults?: object): Promise<Instance> {
    const { Annotation, START, StateGraph } = await loadGraph('v1');
    const graph = new StateGraph(Annotation.Root({ answer: Annotation() }));
    if (defaults) graph.setNodeDefaults(defaults);
    return graph
      .addNode('ask', async () => ({ answer: await model.invoke('question') }), policy)
      .addEdge(START, 'ask')
      .compile();
  }

  const quickly = { initialInterval: 1, jitter: false, logWarning: false };

  test.each<[string, object | undefined, object | undefined, object, number]>([
    ['a policy of three attempts', { retryPolicy: { ...quickly, maxAttempts: 3 } }, undefined, {}, 21],
    ['a policy makes three by default', { retryPolicy: quickly }, undefined, {}, 21],
    ['a policy over a model that gives up at once', { retryPolicy: quickly }, undefined, { maxRetries: 0 }, 3],
    ['the policy of setNodeDefaults', undefined, { retryPolicy: quickly }, {}, 21],
    [
      'a policy of the node over that of setNodeDefaults',
      { retryPolicy: { ...quickly, maxAttempts: 1 } },
      { retryPolicy: quickly },
      {},
      7,
    ],
  ])('%s', async (_name, policy, defaults, options, expected) => {
    const provider = await useFailingProvider();
    const graph = await build(await step(provider, options), policy, defaults);
    expect(await countRequests(provider, graph, {})).toBe(expected);
  });

  test('a policy over withRetry over a model', async () => {
    const provider = await useFailingProvider();
    const model = (await step(provider)).withRetry({ stopAfterAttempt: 3 });
    expect(await countRequests(provider, await build(model, { retryPolicy: quickly }), {})).toBe(63);
  });

  test('the retry of a task', async () => {
    const provider = await useFailingProvider();
    const { entrypoint, task } = await loadGraph('v1');
    const model = await step(provider);
    const ask = task({ name: 'ask', retry: quickly }, async () => model.invoke('question'));
    expect(
      await countRequests(
        provider,
        entrypoint('flow', async () => ask('')),
        'question',
      ),
    ).toBe(21);
  });
});
