import { expect, test } from 'vitest';
import { load } from './packages.ts';
import { proof, settle, useProvider } from './prove.ts';

const WAIT = 800;

proof('weaviate-timeout-seconds', () => {
  const run = async (query: number): Promise<string> => {
    const provider = await useProvider();
    const { default: weaviate } = (await load('v1', 'weaviate-client')) as unknown as {
      default: { connectToCustom(options: object): Promise<{ getMeta(): Promise<unknown> }> };
    };
    const { hostname, port } = new URL(provider.url);
    const address = {
      httpHost: hostname,
      httpPort: Number(port),
      httpSecure: false,
      grpcHost: hostname,
      grpcPort: Number(port),
      grpcSecure: false,
    };
    const client = await weaviate.connectToCustom({ ...address, skipInitChecks: true, timeout: { query } });
    provider.treat({ hang: true });
    return (await settle(client.getMeta(), WAIT)).is;
  };

  test('0.2 is a fifth of a second, 60 is a minute', async () => {
    expect(await run(0.2)).toBe('rejected');
    expect(await run(60)).toBe('pending');
  });
});

proof('qdrant-timeouts', () => {
  test('the client counts in milliseconds', async () => {
    const provider = await useProvider();
    provider.treat({ hang: true });
    const { QdrantClient } = (await load('v1', '@qdrant/js-client-rest')) as unknown as {
      QdrantClient: new (options: object) => { getCollections(): Promise<unknown> };
    };
    const create = (timeout: number): Promise<unknown> =>
      new QdrantClient({ url: provider.url, checkCompatibility: false, timeout }).getCollections();
    expect((await settle(create(100), WAIT)).is).toBe('rejected');
    expect((await settle(create(60_000), WAIT)).is).toBe('pending');
  });

  test('a search hands its timeout to the server, which counts in seconds', async () => {
    const provider = await useProvider();
    const { QdrantClient } = (await load('v1', '@qdrant/js-client-rest')) as unknown as {
      QdrantClient: new (options: object) => { search(name: string, options: object): Promise<unknown> };
    };
    await new QdrantClient({ url: provider.url, checkCompatibility: false }).search('documents', {
      vector: [1],
      timeout: 30,
    });
    expect(provider.requests[0]?.path).toContain('timeout=30');
  });
});
