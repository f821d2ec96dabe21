import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { type Instance, loadGraph, type StateGraph } from './langchain.ts';
import { type Line, lines, load } from './packages.ts';
import { proof, settle, useProvider } from './prove.ts';
import { buildSubject, FAN_OUT } from './subjects.ts';

function onEach(tests: (line: Line) => void): void {
  describe.each(lines)('%s', tests);
}

proof('graph-limit-on-invoke', () => {
  onEach((line) => {
    const measure = async (run: (graph: Instance) => Promise<unknown>): Promise<number> => {
      const provider = await useProvider();
      provider.treat({ hold: 40 });
      await run(await buildSubject(line, 'CompiledStateGraph', provider.url));
      return provider.peak;
    };

    test('without a limit all tasks of a step run at once', async () => {
      expect(await measure(async (graph) => graph.invoke({}))).toBe(FAN_OUT);
    });

    test('maxConcurrency limits the tasks of a step', async () => {
      expect(await measure(async (graph) => graph.invoke({}, { maxConcurrency: 2 }))).toBe(2);
    });

    test('so does withConfig', async () => {
      expect(await measure(async (graph) => graph.withConfig({ maxConcurrency: 2 }).invoke({}))).toBe(2);
    });

    test('in a stream as well', async () => {
      expect(
        await measure(async (graph) => {
          for await (const _update of await graph.stream({}, { maxConcurrency: 2 })) continue;
        }),
      ).toBe(2);
    });

    test('max_concurrency in configurable does not', async () => {
      expect(await measure(async (graph) => graph.invoke({}, { configurable: { max_concurrency: 2 } }))).toBe(FAN_OUT);
    });

    test('batch limits the runs and the tasks of each run', async () => {
      expect(await measure(async (graph) => graph.batch([{}, {}, {}], { maxConcurrency: 2 }))).toBe(4);
    });
  });
});

proof('graph-promise-all-unlimited', () => {
  onEach((line) => {
    test('Promise.all in a node is not limited', async () => {
      const provider = await useProvider();
      provider.treat({ hold: 40 });
      const { Annotation, START, StateGraph } = await loadGraph(line);
      const graph = new StateGraph(Annotation.Root({ done: Annotation() }))
        .addNode('work', async () => ({
          done: (await Promise.all(Array.from({ length: FAN_OUT }, async () => fetch(`${provider.url}/ping.html`))))
            .length,
        }))
        .addEdge(START, 'work')
        .compile();
      await graph.invoke({}, { maxConcurrency: 2 });
      expect(provider.peak).toBe(FAN_OUT);
    });

    test('nor are the tasks of an entrypoint', async () => {
      const provider = await useProvider();
      provider.treat({ hold: 40 });
      const flow = await buildSubject(line, '@langchain/langgraph#Pregel', provider.url);
      await flow.invoke('question', { maxConcurrency: 2 });
      expect(provider.peak).toBe(FAN_OUT);
    });

    test('nor the tool calls of createReactAgent', async () => {
      const provider = await useProvider();
      const { createReactAgent } = (await load(line, '@langchain/langgraph/prebuilt')) as unknown as {
        readonly createReactAgent: (options: object) => Instance;
      };
      const { tool } = (await load(line, '@langchain/core/tools')) as unknown as {
        readonly tool: (run: () => unknown, fields: object) => object;
      };
      let inFlight = 0;
      let peak = 0;
      const lookUp = tool(
        async () => {
          inFlight += 1;
          peak = Math.max(peak, inFlight);
          await sleep(50);
          inFlight -= 1;
          return 'found';
        },
        {
          name: 'look_up',
          description: 'Looks something up.',
          schema: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
        },
      );
      provider.treat(({ index }) =>
        index === 0 ? { toolCalls: ['1', '2', '3', '4'].map((id) => ({ name: 'look_up', args: { id } })) } : {},
      );
      const agent = createReactAgent({ llm: await buildSubject(line, 'ChatOpenAI', provider.url), tools: [lookUp] });
      await agent.invoke({ messages: [{ role: 'user', content: 'question' }] }, { maxConcurrency: 2 });
      expect(peak).toBe(4);
    });
  });
});

proof('agent-limit-on-invoke', () => {
  test('maxConcurrency limits the tool calls of createAgent', async () => {
    const provider = await useProvider();
    provider.treat(({ index }) =>
      index === 0 ? { toolCalls: ['1', '2', '3', '4'].map((id) => ({ name: 'look_up', args: { id } })) } : { hold: 40 },
    );
    const agent = await buildSubject('v1', 'ReactAgent', provider.url);
    await agent.invoke({ messages: [{ role: 'user', content: 'question' }] }, { maxConcurrency: 2 });
    expect(provider.peak).toBe(2);
    expect(provider.requests).toHaveLength(6);
  });
});

const HANG = 30_000;

proof('graph-node-timeout', () => {
  const build = async (change: (graph: StateGraph) => StateGraph, options?: object): Promise<Instance> => {
    const { Annotation, START, StateGraph: Graph } = await loadGraph('v1');
    const graph = new Graph(Annotation.Root({ done: Annotation() }))
      .addNode('work', async () => sleep(HANG, {}, { ref: false }), options)
      .addEdge(START, 'work');
    return change(graph).compile();
  };
  const run = async (flow: Instance): Promise<unknown> => {
    const outcome = await settle(flow.invoke({}), 5000);
    return outcome.is === 'rejected' ? outcome.error.name : outcome.is;
  };
  const same = (graph: StateGraph): StateGraph => graph;

  test('addNode takes a number of milliseconds', async () => {
    expect(await run(await build(same, { timeout: 100 }))).toBe('NodeTimeoutError');
  });

  test.each(['runTimeout', 'idleTimeout'])('addNode takes %s in a policy', async (key) => {
    expect(await run(await build(same, { timeout: { [key]: 100 } }))).toBe('NodeTimeoutError');
  });

  test('setNodeDefaults takes it for all nodes', async () => {
    expect(await run(await build((graph) => graph.setNodeDefaults({ timeout: 100 })))).toBe('NodeTimeoutError');
  });

  test('Send takes it for one run of a node', async () => {
    const { Annotation, Send, START, StateGraph: Graph } = await loadGraph('v1');
    const graph = new Graph(Annotation.Root({ done: Annotation() }))
      .addNode('work', async () => sleep(HANG, {}, { ref: false }))
      .addConditionalEdges(START, () => [new Send('work', {}, { timeout: 100 })], ['work'])
      .compile();
    expect(await run(graph)).toBe('NodeTimeoutError');
  });

  test('task and entrypoint take it', async () => {
    const { entrypoint, task } = await loadGraph('v1');
    const work = task({ name: 'work', timeout: 100 }, async () => sleep(HANG, 'done', { ref: false }));
    expect(await run(entrypoint('flow', async () => work('question')))).toBe('NodeTimeoutError');
    expect(await run(entrypoint({ name: 'flow', timeout: 100 }, async () => sleep(HANG, 'done', { ref: false })))).toBe(
      'NodeTimeoutError',
    );
  });
});

proof('step-hands-on-signal', () => {
  onEach((line) => {
    test('a call without a config ends with the run of its step', async () => {
      const provider = await useProvider();
      provider.treat({ hang: true });
      const model = await buildSubject(line, 'ChatOpenAI', provider.url);
      const { Annotation, START, StateGraph: Graph } = await loadGraph(line);
      const asked: ReturnType<typeof settle>[] = [];
      const graph = new Graph(Annotation.Root({ done: Annotation() }))
        .addNode('ask', async () => {
          asked.push(settle(model.invoke('question'), 5000));
          return { done: await asked[0] };
        })
        .addEdge(START, 'ask')
        .compile();
      await settle(graph.invoke({}, { signal: AbortSignal.timeout(300) }), 5000);
      expect((await asked[0])?.is).toBe('rejected');
    });
  });
});

proof('graph-step-timeout', () => {
  onEach((line) => {
    const build = async (): Promise<Instance & { stepTimeout?: number }> => {
      const { Annotation, START, StateGraph: Graph } = await loadGraph(line);
      return new Graph(Annotation.Root({ done: Annotation() }))
        .addNode('work', async () => sleep(HANG, {}, { ref: false }))
        .addEdge(START, 'work')
        .compile();
    };

    test('stepTimeout ends a step after so many milliseconds', async () => {
      const graph = await build();
      graph.stepTimeout = 100;
      const outcome = await settle(graph.invoke({}), 5000);
      expect(outcome.is === 'rejected' && outcome.error.message).toBe('Abort');
    });

    // On a loaded machine a run of 0.3 has been seen to outlive its timeout, once.
    test('timeout in the config ends the run', { retry: 2 }, async () => {
      const outcome = await settle((await build()).invoke({}, { timeout: 100 }), 5000);
      expect(outcome.is === 'rejected' && outcome.error.name).toBe(line === 'v1' ? 'TimeoutError' : 'Error');
    });
  });
});
