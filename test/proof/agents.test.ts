import pLimit from 'p-limit';
import { expect, test } from 'vitest';
import { type Instance, loadTool } from './langchain.ts';
import { type Line, load } from './packages.ts';
import { proof, prove, useProvider } from './prove.ts';
import type { Provider } from './server/provider.ts';
import { buildSubject } from './subjects.ts';

/** Runs that are started at once, and the limit of the model's constructor. */
const RUNS = 9;
const LIMIT = 3;

const question = { messages: [{ role: 'user', content: 'question' }] };

type Factory = (options: object) => Instance;

/** Where each release line has which factories of agents, and how each names its model. */
const factories: readonly {
  readonly name: string;
  readonly module: string;
  readonly model: 'llm' | 'model';
  readonly lines: readonly Line[];
}[] = [
  { name: 'createAgent', module: 'langchain', model: 'model', lines: ['v1'] },
  { name: 'createDeepAgent', module: 'deepagents', model: 'model', lines: ['v1'] },
  {
    name: 'createReactAgent',
    module: '@langchain/langgraph/prebuilt',
    model: 'llm',
    lines: ['v1', 'v0.3', 'v0.3-early'],
  },
];

async function loadFactory(line: Line, module: string, name: string): Promise<Factory> {
  return (await load(line, module))[name] as Factory;
}

/** The most requests in flight while an agent is run so often at once. */
async function measurePeak(provider: Provider, agent: Instance): Promise<number> {
  provider.reset();
  provider.treat({ hold: 400 });
  await Promise.all(Array.from({ length: RUNS }, async () => agent.invoke(question)));
  return provider.peak;
}

async function measureLimit(line: Line, provider: Provider, model: Instance): Promise<boolean | string> {
  const found: [string, number][] = [];
  for (const factory of factories.filter(({ lines }) => lines.includes(line))) {
    const create = await loadFactory(line, factory.module, factory.name);
    const tools = [await loadTool(line, () => 'found')];
    found.push([factory.name, await measurePeak(provider, create({ [factory.model]: model, tools }))]);
  }
  if (found.every(([, peak]) => peak === LIMIT)) return true;
  return found.every(([, peak]) => peak === RUNS) ? false : JSON.stringify(found);
}

prove('agents-limited-by-model', 'limitsAgents', async ({ line, provider, create }) =>
  measureLimit(line, provider, await create({ maxConcurrency: LIMIT })),
);
prove('agents-not-limited-by-model', 'limitsAgents', async ({ line, provider, create }) =>
  measureLimit(line, provider, await create({ maxConcurrency: LIMIT })),
);

proof('agents-limited-by-middleware', () => {
  test('a limiter in wrapModelCall holds for all runs of an agent', async () => {
    const provider = await useProvider();
    const createAgent = await loadFactory('v1', 'langchain', 'createAgent');
    const createMiddleware = (await load('v1', 'langchain'))['createMiddleware'] as (options: object) => object;
    const limit = pLimit(LIMIT);
    const agent = createAgent({
      model: await buildSubject('v1', 'ChatOpenAI', provider.url),
      tools: [],
      middleware: [
        createMiddleware({
          name: 'limit',
          wrapModelCall: async (request: unknown, handler: (request: unknown) => Promise<unknown>) =>
            limit(async () => handler(request)),
        }),
      ],
    });
    expect(await measurePeak(provider, agent)).toBe(LIMIT);
  });
});

proof('agents-not-limited-by-bound-model', () => {
  test('nor does the limit of a model hold that is given with its tools', async () => {
    const provider = await useProvider();
    const tools = [await loadTool('v1', () => 'found')];
    const model = await buildSubject('v1', 'ChatOpenAI', provider.url, { maxConcurrency: LIMIT });
    const createReactAgent = await loadFactory('v1', '@langchain/langgraph/prebuilt', 'createReactAgent');
    expect(await measurePeak(provider, createReactAgent({ llm: model.bindTools(tools), tools }))).toBe(RUNS);
  });
});

proof('agents-not-limited-by-fallback', () => {
  test('nor does the limit of a model of modelFallbackMiddleware hold', async () => {
    const provider = await useProvider();
    const failing = await useProvider();
    failing.treat({ status: 500 });
    const createAgent = await loadFactory('v1', 'langchain', 'createAgent');
    const fallback = (await load('v1', 'langchain'))['modelFallbackMiddleware'] as (model: Instance) => object;
    const agent = createAgent({
      model: await buildSubject('v1', 'ChatOpenAI', failing.url, { maxRetries: 0 }),
      tools: [],
      middleware: [fallback(await buildSubject('v1', 'ChatOpenAI', provider.url, { maxConcurrency: LIMIT }))],
    });
    expect(await measurePeak(provider, agent)).toBe(RUNS);
  });
});

proof('subagents-not-limited-by-model', () => {
  test('nor does the limit of the model of a subagent hold', async () => {
    const provider = await useProvider();
    const main = await useProvider();
    const task = { name: 'task', args: { description: 'look', subagent_type: 'researcher' } };
    // Only what the subagent answered ends a run.
    main.treat(({ body }) => (JSON.stringify(body).includes('"role":"tool"') ? {} : { toolCalls: [task] }));
    const createDeepAgent = await loadFactory('v1', 'deepagents', 'createDeepAgent');
    const agent = createDeepAgent({
      model: await buildSubject('v1', 'ChatOpenAI', main.url),
      tools: [],
      subagents: [
        {
          name: 'researcher',
          description: 'Looks things up.',
          systemPrompt: 'Look it up.',
          model: await buildSubject('v1', 'ChatOpenAI', provider.url, { maxConcurrency: LIMIT }),
        },
      ],
    });
    expect(await measurePeak(provider, agent)).toBe(RUNS);
  });
});
