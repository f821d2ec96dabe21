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

proof('retry-before-fallback-works', () => {
  interface Case {
    readonly backupFails: boolean;
    readonly onFailure?: string;
    readonly requests: readonly number[];
    readonly ends: string;
  }

  test.each<[string, Case]>([
    ['asks each once where the fallback answers', { backupFails: false, requests: [1, 1], ends: 'echo question' }],
    [
      'repeats both where both fail',
      { backupFails: true, requests: [2, 2], ends: 'Model call failed after 2 attempts' },
    ],
    [
      "fails then with onFailure: 'error'",
      { backupFails: true, onFailure: 'error', requests: [2, 2], ends: 'rejected' },
    ],
  ])(
    'modelRetryMiddleware before modelFallbackMiddleware %s',
    async (_name, { backupFails, requests, ends, ...options }) => {
      const [primary, backup] = [await useProvider(), await useProvider()];
      primary.treat({ status: 500 });
      if (backupFails) backup.treat({ status: 500 });
      const createAgent = await loadMaker('langchain', 'createAgent');
      const retry = await loadMaker('langchain', 'modelRetryMiddleware');
      const fallback = await loadMaker('langchain', 'modelFallbackMiddleware');
      const agent = createAgent({
        model: await buildSubject('v1', 'ChatOpenAI', primary.url, { maxRetries: 0 }),
        tools: [],
        middleware: [
          retry({ maxRetries: 1, initialDelayMs: 1, jitter: false, ...options }),
          fallback(await buildSubject('v1', 'ChatOpenAI', backup.url, { maxRetries: 0 })),
        ],
      });
      const outcome = await settle(agent.invoke(question), 5000);
      expect([primary.requests.length, backup.requests.length]).toEqual(requests);
      const { messages } = (outcome.is === 'resolved' ? outcome.value : {}) as {
        readonly messages?: readonly unknown[];
      };
      expect(messages ? getText(messages.at(-1)) : outcome.is).toContain(ends);
    },
  );
});

/**
 * The calls of the model, and the runs of its tool, in each of three runs of a thread. The model asks for the tool
 * twice in each.
 */
async function countThread(
  maker: string,
  options: object | undefined,
  remembers: boolean,
): Promise<readonly (readonly [models: number, tools: number])[]> {
  const provider = await useProvider();
  const { MemorySaver } = await loadGraph('v1');
  const createAgent = await loadMaker('langchain', 'createAgent');
  const limit = await loadMaker('langchain', maker);
  let found = 0;
  const agent = createAgent({
    model: await buildSubject('v1', 'ChatOpenAI', provider.url),
    tools: [await loadTool('v1', () => `found ${String(++found)}`)],
    middleware: [limit(options)],
    ...(remembers ? { checkpointer: new MemorySaver() } : {}),
  });
  const counted: [number, number][] = [];
  for (let run = 0; run < 3; run++) {
    found = 0;
    provider.reset();
    provider.treat(({ index }) => (index < 2 ? { toolCalls: [{ name: 'look_up', args: { id: '1' } }] } : {}));
    await agent.invoke(question, { configurable: { thread_id: 'thread' } });
    counted.push([provider.requests.length, found]);
  }
  return counted;
}

function times<Value>(count: number, value: Value): Value[] {
  return Array.from({ length: count }, () => value);
}

proof('thread-limit-needs-checkpointer', () => {
  test.each([
    ['modelCallLimitMiddleware', 'without a checkpointer', false, times(3, [2, 2])],
    ['modelCallLimitMiddleware', 'with one', true, [[2, 2], ...times(2, [0, 0])]],
    ['toolCallLimitMiddleware', 'without a checkpointer', false, times(3, [3, 2])],
    ['toolCallLimitMiddleware', 'with one', true, [[3, 2], ...times(2, [1, 0])]],
  ])('threadLimit of %s, %s', async (maker, _name, remembers, expected) => {
    expect(await countThread(maker, { threadLimit: 2 }, remembers)).toEqual(expected);
  });
});

proof('run-limit-counts-each-run', () => {
  test.each([
    ['modelCallLimitMiddleware', 3, 'without a checkpointer', false, [3, 2]],
    ['modelCallLimitMiddleware', 3, 'with one', true, [3, 2]],
    ['toolCallLimitMiddleware', 1, 'without a checkpointer', false, [2, 1]],
    ['toolCallLimitMiddleware', 1, 'with one', true, [2, 1]],
  ])('runLimit of %s of %d, %s', async (maker, runLimit, _name, remembers, expected) => {
    expect(await countThread(maker, { runLimit }, remembers)).toEqual(times(3, expected));
  });

  test('without limits, modelCallLimitMiddleware limits nothing', async () => {
    expect(await countThread('modelCallLimitMiddleware', undefined, false)).toEqual(times(3, [3, 2]));
  });
});

proof('run-limit-closes-thread', () => {
  test.each([
    ['without a checkpointer the next run begins again', false, times(3, [2, 2])],
    ['with one the thread calls no model any more', true, [[2, 2], ...times(2, [0, 0])]],
  ])('a run that modelCallLimitMiddleware ended: %s', async (_name, remembers, expected) => {
    expect(await countThread('modelCallLimitMiddleware', { runLimit: 2 }, remembers)).toEqual(expected);
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

proof('agents-end-at-recursion-limit', () => {
  /** The model calls of an agent whose model asks for a tool again and again, 30 times in all. */
  const countCalls = async (module: string, name: string, config: object = {}): Promise<string> => {
    const provider = await useProvider();
    provider.treat(({ index }) => (index < 30 ? { toolCalls: [{ name: 'look_up', args: { query: 'x' } }] } : {}));
    const create = await loadMaker(module, name);
    const model = await buildSubject('v1', 'ChatOpenAI', provider.url);
    const tools = [await loadTool('v1', async () => Promise.resolve('found'))];
    const agent = create(name === 'createReactAgent' ? { llm: model, tools } : { model, tools });
    const outcome = await settle(agent.invoke(question, config), 10_000);
    return `${outcome.is} after ${String(provider.requests.length)}`;
  };

  test.each([
    ['createAgent ends after 25 steps', 'langchain', 'createAgent', {}, 'rejected after 13'],
    ['createReactAgent does too', '@langchain/langgraph/prebuilt', 'createReactAgent', {}, 'rejected after 13'],
    ['createDeepAgent goes on', 'deepagents', 'createDeepAgent', {}, 'resolved after 31'],
    ['unless a limit is given', 'deepagents', 'createDeepAgent', { recursionLimit: 20 }, 'rejected after 9'],
  ])('%s', { timeout: 30_000 }, async (_name, module, maker, config, expected) => {
    expect(await countCalls(module, maker, config)).toBe(expected);
  });
});

proof('stream-events-v3-is-a-promise', () => {
  test.each([
    ['v1', 'an iterable'],
    ['v2', 'an iterable'],
    ['v3', 'a promise'],
  ])('streamEvents of an agent, %s: %s', async (version, expected) => {
    const provider = await useProvider();
    const createAgent = await loadMaker('langchain', 'createAgent');
    const agent = createAgent({ model: await buildSubject('v1', 'ChatOpenAI', provider.url), tools: [] });
    const streamed = agent as unknown as { streamEvents(input: object, options: object): object };
    const events = streamed.streamEvents(question, { version });
    const kind = events instanceof Promise ? 'a promise' : Symbol.asyncIterator in events ? 'an iterable' : '';
    expect(kind).toBe(expected);
    const run: unknown = await Promise.resolve(events);
    for await (const _event of run as AsyncIterable<unknown>);
  });
});

proof('mcp-client-keeps-process', () => {
  /** A server that says hello and has no tools. */
  const server = [
    "require('readline').createInterface({ input: process.stdin }).on('line', (line) => {",
    '  const { id, method, params } = JSON.parse(line);',
    '  if (id === undefined) return;',
    "  const serverInfo = { name: 'a', version: '1' };",
    '  const hello = { protocolVersion: params?.protocolVersion, capabilities: { tools: {} }, serverInfo };',
    "  const result = method === 'initialize' ? hello : method === 'tools/list' ? { tools: [] } : {};",
    "  process.stdout.write(JSON.stringify({ jsonrpc: '2.0', id, result }) + '\\n');",
    '});',
  ].join('\n');

  interface Client {
    getTools(): Promise<readonly unknown[]>;
    close(): Promise<void>;
  }

  test('each leaves a child process, until it is closed', { timeout: 30_000 }, async () => {
    const { MultiServerMCPClient } = (await load('v1', '@langchain/mcp-adapters')) as unknown as {
      readonly MultiServerMCPClient: new (options: object) => Client;
    };
    const before = countChildren();
    const clients = Array.from(
      { length: 3 },
      () =>
        new MultiServerMCPClient({
          mcpServers: { files: { transport: 'stdio', command: process.execPath, args: ['-e', server] } },
        }),
    );
    await Promise.all(clients.map(async (client) => client.getTools()));
    expect(countChildren() - before).toBe(3);
    await Promise.all(clients.map(async (client) => client.close()));
    await expect.poll(() => countChildren() - before, { timeout: 5000 }).toBe(0);
  });
});

function countChildren(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'ProcessWrap').length;
}
