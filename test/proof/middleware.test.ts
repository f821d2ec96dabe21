import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { getText, type Instance, loadGraph, loadTool } from './langchain.ts';
import { load } from './packages.ts';
import { proof, settle, useProvider } from './prove.ts';
import { buildSubject } from './subjects.ts';

type Make = (options?: unknown) => Instance;

const question = { messages: [{ role: 'user', content: 'question' }] };

async function loadMaker(module: string, name: string): Promise<Make> {
  return (await load('v1', module))[name] as Make;
}

proof('retry-behind-fallback-answers', () => {
  test.each([
    ['answers by default: the fallback never runs', {}, 0],
    ["passes the failure on with onFailure: 'error'", { onFailure: 'error' }, 1],
  ])('modelRetryMiddleware behind modelFallbackMiddleware %s', async (_name, options, expected) => {
    const [primary, backup] = [await useProvider(), await useProvider()];
    primary.treat({ status: 500 });
    const createAgent = await loadMaker('langchain', 'createAgent');
    const retry = await loadMaker('langchain', 'modelRetryMiddleware');
    const fallback = await loadMaker('langchain', 'modelFallbackMiddleware');
    const agent = createAgent({
      model: await buildSubject('v1', 'ChatOpenAI', primary.url, { maxRetries: 0 }),
      tools: [],
      middleware: [
        fallback(await buildSubject('v1', 'ChatOpenAI', backup.url, { maxRetries: 0 })),
        retry({ maxRetries: 1, initialDelayMs: 1, jitter: false, ...options }),
      ],
    });
    const { messages } = (await agent.invoke(question)) as { readonly messages: readonly unknown[] };
    expect([primary.requests.length, backup.requests.length]).toEqual([2, expected]);
    expect(getText(messages.at(-1)).startsWith('Model call failed')).toBe(expected === 0);
  });
});

proof('thread-limit-needs-checkpointer', () => {
  test.each([
    ['without a checkpointer it counts one run only', false, 3],
    ['with one it counts the thread', true, 1],
  ])('threadLimit of modelCallLimitMiddleware: %s', async (_name, remembers, expected) => {
    const provider = await useProvider();
    const { MemorySaver } = await loadGraph('v1');
    const createAgent = await loadMaker('langchain', 'createAgent');
    const limit = await loadMaker('langchain', 'modelCallLimitMiddleware');
    const agent = createAgent({
      model: await buildSubject('v1', 'ChatOpenAI', provider.url),
      tools: [],
      middleware: [limit({ threadLimit: 1 })],
      ...(remembers ? { checkpointer: new MemorySaver() } : {}),
    });
    for (let run = 0; run < 3; run++) await agent.invoke(question, { configurable: { thread_id: 'thread' } });
    expect(provider.requests.length).toBe(expected);
  });
});

/** How often a step with a policy runs in two calls of its graph, so many milliseconds apart. */
async function countSteps(policy: object, withCache: boolean, pause = 0): Promise<number> {
  const { Annotation, START, StateGraph } = await loadGraph('v1');
  const { InMemoryCache } = (await load('v1', '@langchain/langgraph-checkpoint')) as unknown as {
    readonly InMemoryCache: new () => object;
  };
  let steps = 0;
  const graph = new StateGraph(Annotation.Root({ question: Annotation() }))
    .addNode('step', () => ({ question: String(++steps) }), { cachePolicy: policy })
    .addEdge(START, 'step')
    .compile(withCache ? { cache: new InMemoryCache() } : {});
  await graph.invoke({ question: 'why' });
  await sleep(pause);
  await graph.invoke({ question: 'why' });
  return steps;
}

proof('cache-policy-needs-cache', () => {
  test('a cachePolicy does nothing until the graph has a cache', async () => {
    expect([await countSteps({ ttl: 60 }, false), await countSteps({ ttl: 60 }, true)]).toEqual([2, 1]);
  });
});

proof('cache-policy-ttl-in-seconds', () => {
  test('its ttl counts seconds', async () => {
    expect([await countSteps({ ttl: 1 }, true, 300), await countSteps({ ttl: 1 }, true, 1200)]).toEqual([1, 2]);
  });
});

proof('map-reduce-ignores-limit', () => {
  test('a map_reduce chain starts all its documents, whatever its config says', async () => {
    const provider = await useProvider();
    const { loadSummarizationChain } = (await load('v1', '@langchain/classic/chains')) as unknown as {
      readonly loadSummarizationChain: (model: Instance, options: object) => Instance;
    };
    const model = await buildSubject('v1', 'ChatOpenAI', provider.url);
    // In place of a tokenizer that it would download: too much for one call at first, and little afterwards.
    let asked = 0;
    Object.assign(model, { getNumTokens: async () => Promise.resolve(asked++ === 0 ? 10_000 : 1) });
    const chain = loadSummarizationChain(model, { type: 'map_reduce' });
    const documents = Array.from({ length: 6 }, (_each, index) => ({
      pageContent: `page ${String(index)}`,
      metadata: {},
    }));
    provider.treat({ hold: 300 });
    await chain.invoke({ input_documents: documents }, { maxConcurrency: 2 });
    expect(provider.peak).toBe(6);
  });
});

proof('tool-node-ignores-timeout', () => {
  test('a timeout in the config of ToolNode ends no tool', async () => {
    const { ToolNode } = (await load('v1', '@langchain/langgraph/prebuilt')) as unknown as {
      readonly ToolNode: new (tools: readonly object[]) => Instance;
    };
    const slow = await loadTool('v1', async () => sleep(600, 'done'));
    const { AIMessage } = (await load('v1', '@langchain/core/messages')) as unknown as {
      readonly AIMessage: new (fields: object) => object;
    };
    const call = new AIMessage({ content: '', tool_calls: [{ name: 'look_up', args: { query: 'x' }, id: '1' }] });
    const outcome = await settle(new ToolNode([slow]).invoke({ messages: [call] }, { timeout: 100 }), 2000);
    expect(outcome.is).toBe('resolved');
  });
});
