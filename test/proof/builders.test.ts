import { loadTool } from './langchain.ts';
import { type Bench, measurePeak, prove } from './prove.ts';
import { FAN_OUT } from './subjects.ts';

const LIMIT = 3;
const CALLS = 8;

prove('derived-queue-own', 'derivedQueue', measureQueue);
prove('derived-queue-shared', 'derivedQueue', measureQueue);
prove('derived-queue-shared-before-0.6', 'derivedQueue', measureQueue);
prove('derived-queue-per-call', 'derivedQueue', measureQueue);

/** A model and the one derived from it are called together: what is in flight tells how many queues there are. */
async function measureQueue({ provider, line, create, input }: Bench): Promise<string> {
  const tools = [await loadTool(line, () => 'found')];
  const schema = { title: 'answer', type: 'object', properties: { id: { type: 'string' } }, required: ['id'] };
  const model = await create({ maxConcurrency: LIMIT });
  const found = new Set<string>();
  for (const derived of [
    model.bindTools(tools),
    model.withStructuredOutput(schema),
    model.withConfig({ tags: ['derived'] }),
  ]) {
    provider.reset();
    provider.treat({ hold: 50, text: '{"id":"1"}', toolCalls: [{ name: 'answer', args: { id: '1' } }] });
    // That the answer is not what the schema asks for is of no interest here.
    await Promise.allSettled(
      Array.from({ length: 2 * CALLS }, (_each, index) => (index % 2 === 0 ? model : derived).invoke(input())),
    );
    found.add(
      provider.peak === LIMIT
        ? 'shared'
        : provider.peak === 2 * LIMIT
          ? 'own'
          : provider.peak === LIMIT + CALLS
            ? 'perCall'
            : `${provider.peak} in flight`,
    );
  }
  return [...found].join(' or ');
}

prove('with-config-limits-batch', 'withConfigLimitsBatch', measureWithConfig);
prove('with-config-ignored-by-batch', 'withConfigLimitsBatch', measureWithConfig);

async function measureWithConfig({ className, provider, create, input }: Bench): Promise<boolean | string> {
  const limited = (await create()).withConfig({ maxConcurrency: LIMIT });
  const inputs = Array.from({ length: CALLS }, (_each, index) => input(`question ${index}`));
  const peak = await measurePeak(provider, 1, () => limited.batch(inputs));
  if (peak === LIMIT) return true;
  // Each run of the graph fans out by itself, under the limit.
  const open = className === 'CompiledStateGraph' ? CALLS * LIMIT : CALLS;
  return peak === open ? false : `${peak} in flight`;
}

prove('agent-has-no-batch', 'hasBatch', measureBatch, { offline: true });
prove('embeddings-have-no-batch', 'hasBatch', measureBatch, { offline: true });
prove('runnable-has-batch', 'hasBatch', measureBatch, { offline: true });

async function measureBatch({ create }: Bench): Promise<boolean> {
  return 'batch' in (await create());
}

prove('router-batch-mixes-routes', 'limitedBatchMixesRoutes', async ({ create }) => {
  const router = await create();
  const inputs = ['a', 'a', 'b', 'b'].map((key, index) => ({ key, input: index.toString() }));
  const [open, limited] = [await router.batch(inputs), await router.batch(inputs, { maxConcurrency: 2 })];
  return open.join() === 'a0,a1,b2,b3' && limited.join() === 'a0,a1,a2,a3';
});

prove('limit-of-one-drops-work', 'limitOfOneDropsWork', async ({ className, provider, create, input }) => {
  const graph = await create();
  if (className === 'ReactAgent') {
    provider.treat(({ index }) =>
      index === 0 ? { toolCalls: ['1', '2', '3'].map((id) => ({ name: 'look_up', args: { id } })) } : {},
    );
    const { messages } = (await graph.invoke(input(), { maxConcurrency: 1 })) as { messages: readonly unknown[] };
    provider.reset();
    const whole = (await graph.invoke(input())) as { messages: readonly unknown[] };
    return whole.messages.length === 6 && messages.length < 6;
  }
  const [whole, limited] = [await graph.invoke(input()), await graph.invoke(input(), { maxConcurrency: 1 })] as {
    results?: readonly unknown[];
  }[];
  return whole?.results?.length === FAN_OUT && (limited?.results?.length ?? 0) < FAN_OUT;
});
