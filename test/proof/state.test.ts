import { Agent } from 'node:http';
import type { Instance } from './langchain.ts';
import { type Line, load } from './packages.ts';
import { type Bench, measurePeak, prove } from './prove.ts';
import { at, createBedrockClient, createDispatcher } from './subjects.ts';

const INSTANCES = 5;

/** A pool may open a second connection before the first is free again. */
const OF_ONE_POOL = 2;

prove('state-per-instance', 'perInstanceOptions', measureState);
prove('bedrock-http1-leaks-sockets', 'perInstanceOptions', measureState);

/**
 * Of the options that could carry something shared, those that have an effect, and have it on their own instance only.
 */
async function measureState(bench: Bench<readonly string[]>): Promise<readonly string[]> {
  const candidates: readonly (readonly [string, (bench: Bench, path: string) => Promise<boolean>])[] = [
    ['maxConcurrency', hasOwnQueue],
    ['cache', hasOwnCache],
    ...(bench.className === 'ChatBedrockConverse'
      ? ([
          ['client', opensOwnSockets],
          ['clientOptions.requestHandler', opensOwnSockets],
        ] as const)
      : []),
    ['httpAgent', opensOwnSockets],
    ['configuration.httpAgent', opensOwnSockets],
    ['configuration.fetchOptions', opensOwnSockets],
    ['clientOptions.httpAgent', opensOwnSockets],
    ['clientOptions.fetchOptions', opensOwnSockets],
  ];
  const found: string[] = [];
  for (const [option, isPerInstance] of candidates) {
    bench.provider.reset();
    if (await isPerInstance(bench, option)) found.push(option);
  }
  return [
    ...bench.expected.filter((option) => found.includes(option)),
    ...found.filter((option) => !bench.expected.includes(option)),
  ];
}

/** Two instances, each limited to 2: 4 are in flight. */
async function hasOwnQueue({ provider, create, call }: Bench, option: string): Promise<boolean> {
  const instances = [await create(at(option, 2)), await create(at(option, 2))] as const;
  const one = await measurePeak(provider, 6, () => call(instances[0]));
  provider.reset();
  return one === 2 && (await measurePeak(provider, 12, (index) => call(instances[index % 2 === 0 ? 0 : 1]))) === 4;
}

/** The same question twice is one request on one instance, and one on each of two. */
async function hasOwnCache({ provider, line, create, call }: Bench, option: string): Promise<boolean> {
  const { InMemoryCache } = (await load(line, '@langchain/core/caches')) as unknown as {
    InMemoryCache: new () => object;
  };
  const cached = async (): Promise<Instance> => create(at(option, new InMemoryCache()));
  provider.treat({});
  const [one, other] = [await cached(), await cached()];
  await call(one);
  await call(one);
  const onOne = provider.requests.length;
  await call(other);
  return onOne === 1 && provider.requests.length === 2;
}

/** Some constructors refuse what they do not know. */
async function isBuilt({ create }: Bench, options: Record<string, unknown>): Promise<boolean> {
  try {
    await create(options);
    return true;
  } catch {
    return false;
  }
}

/**
 * Instances built one after the other with an agent or a handler each leave a connection each; one instance needs one.
 */
async function opensOwnSockets(bench: Bench, option: string): Promise<boolean> {
  const { provider, create, call } = bench;
  provider.treat({});
  if (!(await isBuilt(bench, await createCarrier(bench, option)))) return false;
  const shared = await create(await createCarrier(bench, option));
  for (let index = 0; index < INSTANCES; index++) await call(shared);
  const ofOne = provider.connections;
  provider.reset();
  for (let index = 0; index < INSTANCES; index++) await call(await create(await createCarrier(bench, option)));
  return ofOne <= OF_ONE_POOL && provider.connections >= INSTANCES;
}

/** The option with a pool of sockets in it, as somebody would write it. */
async function createCarrier({ line, provider }: Bench, option: string): Promise<Record<string, unknown>> {
  switch (option) {
    case 'client':
      return { client: await createBedrockClient(line, provider.url, { requestHandler: await createHandler(line) }) };
    case 'clientOptions.requestHandler':
      return at(option, await createHandler(line));
    case 'configuration.fetchOptions':
    case 'clientOptions.fetchOptions':
      return at(option, { dispatcher: createDispatcher({}) });
    default:
      return at(option, new Agent({ keepAlive: true }));
  }
}

/** Node's own HTTP/1 handler in place of the SDK's HTTP/2 one. */
async function createHandler(line: Line): Promise<unknown> {
  const { NodeHttpHandler } = (await load(line, '@smithy/node-http-handler')) as unknown as {
    NodeHttpHandler: new (options: object) => unknown;
  };
  return new NodeHttpHandler({ httpAgent: new Agent({ keepAlive: true }) });
}
