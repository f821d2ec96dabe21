import type { EventEmitter } from 'node:events';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Leak } from '../../src/facts/traits.ts';
import { loadEmbeddings } from './langchain.ts';
import { type Line, load } from './packages.ts';
import { type Bench, hurry, proof, prove, settle, useProvider } from './prove.ts';
import { type Held, openMongo, openMysql, openNeo4j } from './server/databases.ts';
import { type Door, type Postgres, postgresName, startPostgres, startStandIn } from './server/postgres.ts';

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

/**
 * Several instances are built and used: how many connections they hold afterwards, and whether a shared pool gets its
 * clients back.
 */
async function measureLeak({ className, line }: Bench<Leak | null>): Promise<Leak | null> {
  const door = await openDoor();
  if (className === 'PGVectorStore') {
    const pool = await createPool(line, { connectionString: door.connectionString, max: INSTANCES });
    for (let index = 0; index < INSTANCES; index++) await initializeStore(line, { pool });
    const next = await settle(initializeStore(line, { pool }), 500);
    return pool.totalCount - pool.idleCount === INSTANCES && next.is === 'pending' ? 'poolClient' : null;
  }
  const stores: Store[] = [];
  for (let index = 0; index < INSTANCES; index++)
    stores.push(await createStore(line, className, door.connectionString));
  onTestFinished(async () => {
    for (const store of stores) await store.end();
  });
  for (const store of stores) await store.use();
  return door.open >= INSTANCES ? 'pool' : null;
}

proof('pg-pool-waits-for-ever', () => {
  test(`ten clients, then a wait without end on ${postgresName}`, async () => {
    const door = await openDoor();
    const pool = await createPool('v1', { connectionString: door.connectionString });
    for (let index = 0; index < 10; index++) await pool.connect();
    expect(door.open).toBe(10);
    expect(await settle(pool.connect(), 500)).toEqual({ is: 'pending' });
    expect(pool.waitingCount).toBe(1);
  });

  test(
    'the tenth PGVectorStore.initialize() waits, for the client that it checks out and then for the one that ' +
      'looks at the table',
    async () => {
      const door = await startStandIn().open();
      onTestFinished(() => door.close());
      const pool = await createPool('v1', { connectionString: door.connectionString });
      for (let index = 0; index < 9; index++) await initializeStore('v1', { pool, skipInitializationCheck: false });
      expect(await settle(initializeStore('v1', { pool, skipInitializationCheck: false }), 500)).toEqual({
        is: 'pending',
      });
      expect(pool.waitingCount).toBe(1);
    },
  );

  test(`an error in its place with connectionTimeoutMillis on ${postgresName}`, async () => {
    const door = await openDoor();
    const pool = await createPool('v1', {
      connectionString: door.connectionString,
      max: 1,
      connectionTimeoutMillis: 100,
    });
    await pool.connect();
    await expect(pool.connect()).rejects.toThrow('timeout exceeded when trying to connect');
  });
});

// ── other drivers ────────────────────────────────────────────────────────────────────────────────────────────────────

interface MongoClient {
  db(): { collection(name: string): { findOne(): Promise<unknown> } };
  close(): Promise<void>;
}

/** The first query that comes to an end: one that waited, as no other is answered. */
async function settleFirst(queries: readonly Promise<unknown>[]): Promise<unknown> {
  for (const query of queries) query.catch(() => undefined);
  return Promise.race(queries);
}

/** So many queries, none of which is answered, on a client with these options. */
async function queryMongo(
  count: number,
  options: object,
): Promise<{ readonly door: Held; readonly first: Promise<unknown> }> {
  const { MongoClient } = (await load('v1', 'mongodb')) as unknown as {
    MongoClient: new (uri: string, options: object) => MongoClient;
  };
  const door = await useDoor(openMongo());
  const client = new MongoClient(`mongodb://127.0.0.1:${String(door.port)}/proof`, options);
  onTestFinished(() => client.close());
  const queries = Array.from({ length: count }, async () => client.db().collection('documents').findOne());
  return { door, first: settleFirst(queries) };
}

proof('mongodb-pool-waits-for-ever', () => {
  test('a hundred connections by default, then a wait without end', async () => {
    const { door, first } = await queryMongo(101, {});
    await expect.poll(() => door.queries, { timeout: 10_000 }).toBe(100);
    expect(await settle(first, 1000)).toEqual({ is: 'pending' });
    expect(door.queries).toBe(100);
  });

  test('an error in its place with waitQueueTimeoutMS', async () => {
    const { door, first } = await queryMongo(3, { maxPoolSize: 2, waitQueueTimeoutMS: 300 });
    await expect(first).rejects.toThrow('Timed out while checking out a connection from connection pool');
    expect(door.queries).toBe(2);
  });

  test('both options in the connection string', async () => {
    const { MongoClient } = (await load('v1', 'mongodb')) as unknown as {
      MongoClient: new (uri: string) => { readonly options: object };
    };
    expect(new MongoClient('mongodb://127.0.0.1/proof?maxPoolSize=7&waitQueueTimeoutMS=900').options).toMatchObject({
      maxPoolSize: 7,
      waitQueueTimeoutMS: 900,
    });
  });
});

proof('neo4j-pool-fails-after-a-minute', () => {
  interface Driver {
    session(): { run(query: string): Promise<unknown> };
    close(): Promise<void>;
  }
  const query = async (
    count: number,
    options: object,
  ): Promise<{ readonly door: Held; readonly first: Promise<unknown> }> => {
    const { default: neo4j } = (await load('v1', 'neo4j-driver')) as unknown as {
      default: {
        driver(url: string, auth: object, options: object): Driver;
        auth: { basic(user: string, password: string): object };
      };
    };
    const door = await useDoor(openNeo4j());
    const driver = neo4j.driver(`bolt://127.0.0.1:${String(door.port)}`, neo4j.auth.basic('user', 'password'), options);
    onTestFinished(() => {
      driver.close().catch(() => undefined);
    });
    const queries = Array.from({ length: count }, async () => driver.session().run('RETURN 1'));
    return { door, first: settleFirst(queries) };
  };

  test('a hundred connections, and an error after a minute by default', async () => {
    const waits = hurry(100);
    const { door, first } = await query(101, {});
    await expect(first).rejects.toThrow('Connection acquisition timed out in 60000 ms.');
    expect(door.queries).toBe(100);
    expect(waits).toContain(60_000);
  });

  test('other limits', async () => {
    const { door, first } = await query(3, { maxConnectionPoolSize: 2, connectionAcquisitionTimeout: 300 });
    await expect(first).rejects.toThrow('Connection acquisition timed out in 300 ms.');
    expect(door.open).toBe(2);
  });
});

interface SqlPool {
  getConnection(): Promise<unknown>;
  end(): Promise<void>;
}

/** A pool of `mysql2/promise` or mariadb, with so many connections checked out. */
async function createSqlPool(
  name: string,
  count: number,
  options: object,
): Promise<{ readonly door: Held; readonly pool: SqlPool }> {
  const { createPool: create } = (await load('drivers', name)) as unknown as {
    readonly createPool: (options: object) => SqlPool;
  };
  const door = await useDoor(openMysql());
  const pool = create({ host: '127.0.0.1', port: door.port, user: 'proof', ...options });
  for (let index = 0; index < count; index++) await pool.getConnection();
  return { door, pool };
}

proof('mysql-pool-waits-for-ever', () => {
  test('ten connections, then a wait without end', async () => {
    const { door, pool } = await createSqlPool('mysql2/promise', 10, {});
    expect(await settle(pool.getConnection(), 1000)).toEqual({ is: 'pending' });
    expect(door.open).toBe(10);
  });

  test('`queueLimit` turns away only who comes when so many wait', async () => {
    const { pool } = await createSqlPool('mysql2/promise', 2, { connectionLimit: 2, queueLimit: 1 });
    const waiting = pool.getConnection();
    await expect(pool.getConnection()).rejects.toThrow('Queue limit reached.');
    expect(await settle(waiting, 500)).toEqual({ is: 'pending' });
  });
});

proof('mariadb-pool-fails-after-ten-seconds', () => {
  test('ten connections, and an error after ten seconds by default', { timeout: 30_000 }, async () => {
    const { door, pool } = await createSqlPool('mariadb', 10, {});
    const started = performance.now();
    await expect(pool.getConnection()).rejects.toThrow('failed to retrieve a connection from pool');
    expect(performance.now() - started).toBeGreaterThan(9900);
    expect(door.open).toBe(10);
  });

  test('other limits', async () => {
    const { door, pool } = await createSqlPool('mariadb', 2, { connectionLimit: 2, acquireTimeout: 500 });
    await expect(pool.getConnection()).rejects.toThrow('failed to retrieve a connection from pool');
    expect(door.open).toBe(2);
  });
});

proof('typeorm-hands-on-pool-options', () => {
  /** What TypeORM makes a pool with, whether or not the database then is what it expects. */
  const read = async (
    type: string,
    driver: (create: (options: object) => unknown) => object,
    options: object,
  ): Promise<object> => {
    const { DataSource } = (await load('drivers', 'typeorm')) as unknown as {
      DataSource: new (options: object) => { initialize(): Promise<unknown> };
    };
    let made: object = {};
    const create = (given: object): never => {
      made = given;
      throw new Error('It knows enough.');
    };
    await new DataSource({ type, driver: driver(create), ...options }).initialize().catch(() => undefined);
    return made;
  };
  const postgres = (create: (options: object) => unknown): object => ({
    Pool: function (options: object) {
      create(options);
    },
  });
  const mysql = (create: (options: object) => unknown): object => ({ createPool: create });

  test('postgres: `poolSize` and `connectTimeoutMS`, or those of pg in `extra`', async () => {
    expect(await read('postgres', postgres, { poolSize: 3, connectTimeoutMS: 700 })).toMatchObject({
      max: 3,
      connectionTimeoutMillis: 700,
    });
    expect(await read('postgres', postgres, { extra: { max: 4, connectionTimeoutMillis: 800 } })).toMatchObject({
      max: 4,
      connectionTimeoutMillis: 800,
    });
    expect(await read('postgres', postgres, {})).toMatchObject({ max: undefined, connectionTimeoutMillis: undefined });
  });

  test.each(['mysql', 'mariadb'])('%s: `poolSize`, or `connectionLimit` in `extra`', async (type) => {
    expect(await read(type, mysql, { poolSize: 3 })).toMatchObject({ connectionLimit: 3 });
    expect(await read(type, mysql, { extra: { connectionLimit: 4 } })).toMatchObject({ connectionLimit: 4 });
    expect(await read(type, mysql, {})).toMatchObject({ connectionLimit: undefined });
  });
});

proof('qdrant-default-connections', () => {
  test.each([
    [25, {}],
    [3, { maxConnections: 3 }],
  ])('%i requests in flight with %j', async (peak, options) => {
    const { QdrantClient } = (await load('v1', '@qdrant/js-client-rest')) as unknown as {
      QdrantClient: new (options: object) => { getCollections(): Promise<unknown> };
    };
    const provider = await useProvider();
    provider.treat({ hold: 200 });
    const client = new QdrantClient({ url: provider.url, checkCompatibility: false, ...options });
    await Promise.allSettled(Array.from({ length: 40 }, async () => client.getCollections()));
    expect(provider.peak).toBe(peak);
  });
});

async function useDoor(opening: Promise<Held>): Promise<Held> {
  const door = await opening;
  onTestFinished(() => door.close());
  return door;
}

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
  const { PGVectorStore } = (await load(line, '@langchain/community/vectorstores/pgvector')) as unknown as {
    PGVectorStore: { initialize(embeddings: object, options: object): Promise<unknown> };
  };
  return PGVectorStore.initialize(await loadEmbeddings(line), {
    tableName: 'documents',
    skipInitializationCheck: true,
    ...options,
  });
}

async function createStore(line: Line, className: string, connectionString: string): Promise<Store> {
  switch (className) {
    case 'PostgresSaver': {
      const { PostgresSaver } = (await load(line, '@langchain/langgraph-checkpoint-postgres')) as unknown as {
        PostgresSaver: { fromConnString(text: string): { setup(): Promise<void>; end(): Promise<void> } };
      };
      const saver = PostgresSaver.fromConnString(connectionString);
      return { use: async () => saver.setup(), end: async () => saver.end() };
    }
    case 'PostgresStore': {
      const { PostgresStore } = (await load(line, '@langchain/langgraph-checkpoint-postgres/store')) as unknown as {
        PostgresStore: { fromConnString(text: string): { setup(): Promise<void>; stop(): Promise<void> } };
      };
      const store = PostgresStore.fromConnString(connectionString);
      return { use: async () => store.setup(), end: async () => store.stop() };
    }
    case 'PostgresChatMessageHistory': {
      const { PostgresChatMessageHistory } = (await load(
        line,
        '@langchain/community/stores/message/postgres',
      )) as unknown as {
        PostgresChatMessageHistory: new (options: object) => {
          getMessages(): Promise<unknown[]>;
          end(): Promise<void>;
        };
      };
      const history = new PostgresChatMessageHistory({ sessionId: 'session', poolConfig: { connectionString } });
      return { use: async () => history.getMessages(), end: async () => history.end() };
    }
    case 'PostgresRecordManager': {
      const { PostgresRecordManager } = (await load(line, '@langchain/community/indexes/postgres')) as unknown as {
        PostgresRecordManager: new (
          namespace: string,
          options: object,
        ) => { createSchema(): Promise<void>; end(): Promise<void> };
      };
      const manager = new PostgresRecordManager('documents', { postgresConnectionOptions: { connectionString } });
      return { use: async () => manager.createSchema(), end: async () => manager.end() };
    }
    default:
      throw new Error(`How is ${className} built on a database?`);
  }
}
