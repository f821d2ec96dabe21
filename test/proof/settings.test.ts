import { describe, expect, test } from 'vitest';
import {
  callKeys,
  configurableKeys,
  constructorOptions,
  inputKeys,
  pythonKeys,
  pythonMethods,
} from '../../src/facts/ignored-settings.ts';
import { type Instance, loadGraph, loadParser, loadPrompt, loadRetriever } from './langchain.ts';
import { type Line, lines, load } from './packages.ts';
import { countAttempts, eachSubject, proof, settle, useProvider } from './prove.ts';
import { buildSubject } from './subjects.ts';

const SET = 120;
const WAIT = 800;
const CALLS = 6;

function onEach(tests: (line: Line) => void): void {
  describe.each(lines)('%s', tests);
}

// ── keys of a runnable config, where they are read and where they are not ────────────────────────────────────────────

/** What a call is given: the input, and the config. */
type Arguments = readonly [input: Readonly<Record<string, unknown>>, config: object];

/** Puts settings somewhere. */
type Place = (settings: Readonly<Record<string, unknown>>) => Arguments;

const inConfig: Place = (settings) => [{ question: 'question' }, settings];
const inConfigurable: Place = (settings) => [{ question: 'question' }, { configurable: settings }];
const inInput: Place = (settings) => [{ question: 'question', ...settings }, {}];

/** For each key of a config: whether it has its effect on a call, given where it stands and under which name. */
const effects: Readonly<Record<string, (line: Line, place: Place, key: string) => Promise<boolean>>> = {
  maxConcurrency: async (line, place, key) => {
    const provider = await useProvider();
    provider.treat({ hold: 40 });
    const chain = await createChain(line, provider.url);
    const [input, config] = place({ [key]: 2 });
    await chain.batch(
      Array.from({ length: CALLS }, () => input),
      config,
    );
    return provider.peak === 2;
  },
  recursionLimit: async (line, place, key) => {
    const { Annotation, START, StateGraph } = await loadGraph(line);
    const graph = new StateGraph(
      Annotation.Root({
        question: Annotation(),
        count: Annotation({ reducer: (left: number, right: number) => left + right, default: () => 0 }),
      }),
    )
      .addNode('step', () => ({ count: 1 }))
      .addEdge(START, 'step')
      .addConditionalEdges('step', ({ count }: { count: number }) => (count < 6 ? 'step' : '__end__'))
      .compile();
    const outcome = await settle(graph.invoke(...place({ [key]: 3 })), 5000);
    return outcome.is === 'rejected' && outcome.error.name === 'GraphRecursionError';
  },
  runName: async (line, place, key) => (await trace(line, place({ [key]: 'named' }))).name === 'named',
  runId: async (line, place, key) => {
    const id = '0193fdb2-0000-7000-8000-000000000000';
    return (await trace(line, place({ [key]: id }))).runId === id;
  },
  tags: async (line, place, key) => (await trace(line, place({ [key]: ['tagged'] }))).tags.includes('tagged'),
  metadata: async (line, place, key) => 'noted' in (await trace(line, place({ [key]: { noted: 'yes' } }))).metadata,
  callbacks: async (line, place, key) => {
    let calls = 0;
    const [input, config] = place({ [key]: [{ handleChainStart: () => (calls += 1) }] });
    const provider = await useProvider();
    await (await createChain(line, provider.url)).invoke(input, config);
    return calls > 0;
  },
  signal: async (line, place, key) => endsCall(line, place({ [key]: AbortSignal.timeout(SET) })),
  timeout: async (line, place, key) => endsCall(line, place({ [key]: SET })),
  streamMode: async (line, place, key) => {
    const { Annotation, START, StateGraph } = await loadGraph(line);
    const graph = new StateGraph(Annotation.Root({ question: Annotation(), answer: Annotation() }))
      .addNode('step', () => ({ answer: 'answer' }))
      .addEdge(START, 'step')
      .compile();
    const chunks: unknown[] = [];
    for await (const chunk of await graph.stream(...place({ [key]: 'values' }))) chunks.push(chunk);
    return JSON.stringify(chunks.at(-1)) === JSON.stringify({ question: 'question', answer: 'answer' });
  },
  configurable: async (line, place, key) => {
    const { Annotation, MemorySaver, START, StateGraph } = await loadGraph(line);
    const graph = new StateGraph(Annotation.Root({ question: Annotation() }))
      .addNode('step', () => ({}))
      .addEdge(START, 'step')
      .compile({ checkpointer: new MemorySaver() });
    return (await settle(graph.invoke(...place({ [key]: { thread_id: 'thread' } })), 5000)).is === 'resolved';
  },
};

/** Prompt, model and parser: the form in which every provider's call ends at a signal. */
async function createChain(line: Line, url: string): Promise<Instance> {
  return (await loadPrompt(line, '{question}'))
    .pipe(await buildSubject(line, 'ChatOpenAI', url, { maxRetries: 0 }))
    .pipe(await loadParser(line));
}

async function endsCall(line: Line, given: Arguments): Promise<boolean> {
  const provider = await useProvider();
  provider.treat({ hang: true });
  return (await settle((await createChain(line, provider.url)).invoke(...given), WAIT)).is === 'rejected';
}

interface Trace {
  readonly name: string | undefined;
  readonly runId: string;
  readonly tags: readonly string[];
  readonly metadata: object;
}

/** What a callback handler, handed over where it works, is told of the run. */
async function trace(line: Line, [input, config]: Arguments): Promise<Trace> {
  const provider = await useProvider();
  const traces: Trace[] = [];
  const handler = {
    handleChainStart: (
      _chain: unknown,
      _inputs: unknown,
      runId: string,
      _parent: unknown,
      tags: readonly string[] = [],
      metadata: object = {},
      _type?: unknown,
      name?: string,
    ) => {
      traces.push({ name, runId, tags, metadata });
    },
  };
  await (await createChain(line, provider.url)).invoke(input, { ...config, callbacks: [handler] });
  const [first] = traces;
  if (!first) throw new Error('The handler was not called.');
  return first;
}

async function hasEffect(line: Line, place: Place, written: string, key: string): Promise<boolean> {
  const effect = effects[key];
  if (!effect) throw new Error(`How would ${key} show?`);
  return effect(line, place, written);
}

proof('python-config-key-ignored', () => {
  onEach((line) => {
    test.each(pythonKeys)('$key is ignored, $instead is not', async ({ key, instead }) => {
      expect(await hasEffect(line, inConfig, instead, instead)).toBe(true);
      expect(await hasEffect(line, inConfig, key, instead)).toBe(false);
    });
  });
});

proof('configurable-key-ignored', () => {
  onEach((line) => {
    test.each(configurableKeys)('$key inside configurable is ignored', async ({ key, instead }) => {
      expect(await hasEffect(line, inConfig, instead, instead)).toBe(true);
      expect(await hasEffect(line, inConfigurable, key, instead)).toBe(false);
    });
  });
});

proof('input-key-ignored', () => {
  onEach((line) => {
    test.each(inputKeys)('$key in the input is ignored', async ({ key }) => {
      expect(await hasEffect(line, inConfig, key, key)).toBe(true);
      expect(await hasEffect(line, inInput, key, key)).toBe(false);
    });
  });
});

// ── settings of one call ─────────────────────────────────────────────────────────────────────────────────────────────

proof('limit-of-one-call-ignored', () => {
  const limited = callKeys.filter(({ proof: id }) => id === 'limit-of-one-call-ignored');

  onEach((line) => {
    test.each(limited.flatMap(({ methods }) => methods).filter((method) => !method.startsWith('embed')))(
      '%s of a model and of a chain',
      async (method) => {
        const provider = await useProvider();
        provider.treat({ hold: 40 });
        const chain = (await loadPrompt(line, '{question}')).pipe(await buildSubject(line, 'ChatOpenAI', provider.url));
        for (const [runnable, input] of [
          [await buildSubject(line, 'ChatOpenAI', provider.url), 'question'] as const,
          [chain, { question: 'question' }] as const,
        ]) {
          provider.reset();
          await Promise.all(
            Array.from({ length: CALLS }, async () => call(runnable, method, input, { maxConcurrency: 2 })),
          );
          expect(provider.peak).toBe(CALLS);
        }
      },
    );

    test('the branches of a map', async () => {
      const provider = await useProvider();
      provider.treat({ hold: 40 });
      const model = await buildSubject(line, 'ChatOpenAI', provider.url);
      const { RunnableMap } = (await load(line, '@langchain/core/runnables')) as unknown as {
        RunnableMap: { from(steps: object): Instance };
      };
      await RunnableMap.from({ one: model, two: model, three: model }).invoke('question', { maxConcurrency: 1 });
      expect(provider.peak).toBe(3);
    });

    test('a retriever, whose embeddings have a limit of their own', async () => {
      const provider = await useProvider();
      provider.treat({ hold: 40 });
      const retriever = await loadRetriever(
        line,
        await buildSubject(line, 'OpenAIEmbeddings', provider.url, { maxConcurrency: 4 }),
      );
      await Promise.all(Array.from({ length: CALLS }, async () => retriever.invoke('question', { maxConcurrency: 2 })));
      expect(provider.peak).toBe(4);
    });

    test.each(['embedDocuments', 'embedQuery'])('%s, which takes no config', async (method) => {
      const provider = await useProvider();
      provider.treat({ hold: 40 });
      const embeddings = await buildSubject(line, 'OpenAIEmbeddings', provider.url, { maxConcurrency: 4 });
      await Promise.all(
        Array.from({ length: CALLS }, async () =>
          call(embeddings, method, method === 'embedQuery' ? 'text' : ['text'], { maxConcurrency: 2 }),
        ),
      );
      expect(provider.peak).toBe(4);
    });
  });
});

/** Calls a method and reads to the end what it streams. */
async function call(instance: Instance, method: string, input: unknown, config: object): Promise<void> {
  const methods = instance as unknown as Readonly<
    Record<string, (input: unknown, config: object, options?: object) => unknown>
  >;
  const result = await methods[method]?.(input, method === 'streamEvents' ? { ...config, version: 'v2' } : config);
  if (typeof result !== 'object' || result === null || !(Symbol.asyncIterator in result)) return;
  for await (const _chunk of result as AsyncIterable<unknown>) continue;
}

proof('chain-reads-signal-from-input', () => {
  const inQuestion: Place = (settings) => [{ question: 'question', ...settings }, {}];
  const rows = callKeys
    .filter(({ proof: id }) => id === 'chain-reads-signal-from-input')
    .flatMap(({ key, methods }) => methods.map((method) => ({ key, method })));

  test.each(rows)('$method: $key in the input ends it, in the config it does not', async ({ key, method }) => {
    const value = (): unknown => (key === 'signal' ? AbortSignal.timeout(SET) : SET);
    expect(await endsChain(method, inQuestion({ [key]: value() }))).toBe(true);
    expect(await endsChain(method, inConfig({ [key]: value() }))).toBe(false);
  });

  async function endsChain(method: string, [input, config]: Arguments): Promise<boolean> {
    const provider = await useProvider();
    provider.treat({ hang: true });
    const { LLMChain } = (await load('v1', '@langchain/classic/chains')) as unknown as {
      LLMChain: new (fields: object) => Instance;
    };
    const chain = new LLMChain({
      llm: await buildSubject('v1', 'ChatOpenAI', provider.url, { maxRetries: 0 }),
      prompt: await loadPrompt('v1', '{question}'),
    });
    return (await settle(call(chain, method, method === 'batch' ? [input] : input, config), WAIT)).is === 'rejected';
  }
});

proof('python-methods-missing', () => {
  onEach((line) => {
    test.each(pythonMethods.names)('%s', async (name) => {
      for (const instance of [
        await buildSubject(line, 'ChatOpenAI', 'http://127.0.0.1'),
        await loadPrompt(line, '{question}'),
        await buildSubject(line, 'CompiledStateGraph', 'http://127.0.0.1'),
      ]) {
        expect(name in instance).toBe(false);
      }
    });
  });
});

// ── settings of a constructor ────────────────────────────────────────────────────────────────────────────────────────

proof('configuration-retries-not-off', async () => {
  const [option] = constructorOptions.filter(({ proof: id }) => id === 'configuration-retries-not-off');
  await eachSubject(
    (traits) => option?.ignores(traits) === true,
    async (bench) => {
      expect(await countAttempts(bench, { configuration: { maxRetries: 0 } })).toBe(await countAttempts(bench, {}));
    },
  );
});

proof('streaming-frees-place', async () => {
  const [option] = constructorOptions.filter(({ proof: id }) => id === 'streaming-frees-place');
  await eachSubject(
    (traits, className) => option?.ignores(traits) === true && !className.endsWith('Embeddings'),
    async ({ provider, create, call: invoke }) => {
      provider.treat({ stall: true });
      const model = await create({ maxConcurrency: 1, streaming: true, maxRetries: 0 });
      for (let index = 0; index < 3; index++) void settle(invoke(model), 1);
      await expect.poll(() => provider.inFlight).toBe(3);
    },
  );

  onEach((line) => {
    test('a stream that is not read holds no place', async () => {
      const provider = await useProvider();
      provider.treat({ stall: true });
      const model = await buildSubject(line, 'ChatOpenAI', provider.url, { maxConcurrency: 1, maxRetries: 0 });
      const open = async (): Promise<unknown> => (await model.stream('question'))[Symbol.asyncIterator]().next();
      await Promise.all([open(), open(), open()]);
      expect(provider.inFlight).toBe(3);
    });
  });
});
