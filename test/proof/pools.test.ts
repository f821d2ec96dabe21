import type { EventEmitter } from 'node:events';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { loadEmbeddings } from './langchain.ts';
import { load, type Line } from './packages.ts';
import { proof, prove, settle, type Bench } from './prove.ts';
import { postgresName, startPostgres, type Door, type Postgres } from './server/postgres.ts';
import type { Leak } from '../../src/langchain/traits.ts';

const INSTANCES = 3;

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(async () => postgres.close());

interface Pool {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
  connect(): Promise<{ release(): void }>;
  query(text: string): Promise<unknown>;
  end(): Promise<void>;
}

/** Something that was built on the database: a first use of it, and how it is closed. */
interface Store {
  use(): Promise<unknown>;
  end(): Promise<unknown>;
}

prove('pgvector-keeps-pool-client', 'leak', measureLeak, { on: postgresName });
prove('postgres-opens-pool', 'leak', measureLeak, { on: postgresName });

/** Several instances are built and used: how many connections they hold afterwards, and whether a shared pool gets its clients back. */
async function measureLeak({ className, line }: Bench<Leak | null>): Promise<Leak | null> {
  const door = await openDoor();
  if (className === 'PGVectorStore') {
    const pool = await createPool(line, { connectionString: door.connectionString, max: INSTANCES });
    for (let index = 0; index < INSTANCES; index++) await initializeStore(line, { pool });
    const next = await settle(initializeStore(line, { pool }), 500);
    return pool.totalCount - pool.idleCount === INSTANCES && next.is === 'pending' ? 'poolClient' : null;
  }
  const stores: Store[] = [];
  for (let index = 0; index < INSTANCES; index++) stores.push(await createStore(line, className, door.connectionString));
  onTestFinished(async () => {
    for (const store of stores) await store.end();
  });
  for (const store of stores) await store.use();
  return door.open >= INSTANCES ? 'pool' : null;
}

proof('pool-defaults', () => {
  test('pg: 10 connections, no longest wait; poolSize is another name', async () => {
    const { default: pg } = (await load('v1', 'pg')) as unknown as { default: { Pool: new (options?: object) => { options: { max: number; connectionTimeoutMillis?: number } } } };
    expect([new pg.Pool().options.max, new pg.Pool().options.connectionTimeoutMillis, new pg.Pool({ poolSize: 3 }).options.max]).toEqual([10, undefined, 3]);
  });

  test('mongodb: 100 connections, no longest wait', async () => {
    const { MongoClient } = (await load('v1', 'mongodb')) as unknown as { MongoClient: new (url: string) => { options: { maxPoolSize: number; waitQueueTimeoutMS: number } } };
    const { options } = new MongoClient('mongodb://127.0.0.1:1');
    expect([options.maxPoolSize, options.waitQueueTimeoutMS]).toEqual([100, 0]);
  });

  test('neo4j-driver: 100 connections, a minute', async () => {
    const { default: neo4j } = (await load('v1', 'neo4j-driver')) as unknown as { default: { driver(url: string): { _config: { maxConnectionPoolSize: number; connectionAcquisitionTimeout: number }; close(): Promise<void> } } };
    const driver = neo4j.driver('bolt://127.0.0.1:1');
    expect([driver._config.maxConnectionPoolSize, driver._config.connectionAcquisitionTimeout]).toEqual([100, 60_000]);
    await driver.close();
  });
});

proof('pg-pool-waits-for-ever', () => {
  test(`ten clients, then a wait without end on ${postgresName}`, async () => {
    const door = await openDoor();
    const pool = await createPool('v1', { connectionString: door.connectionString });
    for (let index = 0; index < 10; index++) await pool.connect();
    expect(door.open).toBe(10);
    expect(await settle(pool.connect(), 500)).toEqual({ is: 'pending' });
    expect(pool.waitingCount).toBe(1);
  });

  test(`an error in its place with connectionTimeoutMillis on ${postgresName}`, async () => {
    const door = await openDoor();
    const pool = await createPool('v1', { connectionString: door.connectionString, max: 1, connectionTimeoutMillis: 100 });
    await pool.connect();
    await expect(pool.connect()).rejects.toThrow('timeout exceeded when trying to connect');
  });
});

async function openDoor(): Promise<Door> {
  const door = await postgres.open();
  onTestFinished(() => door.close());
  return door;
}

async function createPool(line: Line, options: object): Promise<Pool> {
  const { Pool } = (await load(line, 'pg')) as unknown as { Pool: new (options: object) => Pool & EventEmitter };
  const pool = new Pool(options);
  // The end of the test closes the connections under it and under those that were checked out.
  pool.on('error', () => undefined);
  pool.on('connect', (client: EventEmitter) => client.on('error', () => undefined));
  return pool;
}

/** Without the look at the table: pgvector, which it needs, is rarely installed. */
async function initializeStore(line: Line, options: object): Promise<unknown> {
  const { PGVectorStore } = (await load(line, '@langchain/community/vectorstores/pgvector')) as unknown as { PGVectorStore: { initialize(embeddings: object, options: object): Promise<unknown> } };
  return PGVectorStore.initialize(await loadEmbeddings(line), { tableName: 'documents', skipInitializationCheck: true, ...options });
}

async function createStore(line: Line, className: string, connectionString: string): Promise<Store> {
  switch (className) {
    case 'PostgresSaver': {
      const { PostgresSaver } = (await load(line, '@langchain/langgraph-checkpoint-postgres')) as unknown as { PostgresSaver: { fromConnString(text: string): { setup(): Promise<void>; end(): Promise<void> } } };
      const saver = PostgresSaver.fromConnString(connectionString);
      return { use: async () => saver.setup(), end: async () => saver.end() };
    }
    case 'PostgresStore': {
      const { PostgresStore } = (await load(line, '@langchain/langgraph-checkpoint-postgres/store')) as unknown as { PostgresStore: { fromConnString(text: string): { setup(): Promise<void>; stop(): Promise<void> } } };
      const store = PostgresStore.fromConnString(connectionString);
      return { use: async () => store.setup(), end: async () => store.stop() };
    }
    case 'PostgresChatMessageHistory': {
      const { PostgresChatMessageHistory } = (await load(line, '@langchain/community/stores/message/postgres')) as unknown as {
        PostgresChatMessageHistory: new (options: object) => { getMessages(): Promise<unknown[]>; end(): Promise<void> };
      };
      const history = new PostgresChatMessageHistory({ sessionId: 'session', poolConfig: { connectionString } });
      return { use: async () => history.getMessages(), end: async () => history.end() };
    }
    case 'PostgresRecordManager': {
      const { PostgresRecordManager } = (await load(line, '@langchain/community/indexes/postgres')) as unknown as {
        PostgresRecordManager: new (namespace: string, options: object) => { createSchema(): Promise<void>; end(): Promise<void> };
      };
      const manager = new PostgresRecordManager('documents', { postgresConnectionOptions: { connectionString } });
      return { use: async () => manager.createSchema(), end: async () => manager.end() };
    }
    default:
      throw new Error(`How is ${className} built on a database?`);
  }
}
