import { getConnectingClasses } from './catalog.ts';
import type { ExportRef } from './value.ts';

/** What a construction opens and does not close by itself. */
export type Opens = 'connection' | 'driver' | 'pool' | 'poolClient';

/** How the size of a pool is set, and how long a caller waits for a connection when all are in use. */
export interface PoolOptions {
  /** What opens it, as `budget.pools` names it. */
  readonly driver: 'mariadb' | 'mongodb' | 'mysql2' | 'neo4j' | 'pg';
  /** Options of the number of connections, dotted paths; the first is the one to write. */
  readonly size: readonly string[];
  /** Options of the longest wait; the first is the one to write. */
  readonly wait: readonly string[];
  readonly defaultSize: number;
  /** Milliseconds; Infinity when a caller waits without end. */
  readonly defaultWait: number;
  /** As which argument a constructor of the driver takes its options. */
  readonly argument: number;
}

/** Read in pg 8, mongodb 6, neo4j-driver 5, mariadb 3, mysql2 3 and typeorm 0.3. Proof: `pool-defaults`. */
const pg: PoolOptions = { driver: 'pg', size: ['max', 'poolSize'], wait: ['connectionTimeoutMillis'], defaultSize: 10, defaultWait: Infinity, argument: 0 };
const mongodb: PoolOptions = { driver: 'mongodb', size: ['maxPoolSize'], wait: ['waitQueueTimeoutMS'], defaultSize: 100, defaultWait: Infinity, argument: 1 };
const neo4j: PoolOptions = { driver: 'neo4j', size: ['maxConnectionPoolSize'], wait: ['connectionAcquisitionTimeout'], defaultSize: 100, defaultWait: 60_000, argument: 2 };
const mariadb: PoolOptions = { driver: 'mariadb', size: ['connectionLimit'], wait: ['acquireTimeout'], defaultSize: 10, defaultWait: 10_000, argument: 0 };
const mysql2: PoolOptions = { driver: 'mysql2', size: ['connectionLimit'], wait: ['queueLimit'], defaultSize: 10, defaultWait: Infinity, argument: 0 };
/** TypeORM over PostgreSQL hands these on to pg. */
const typeorm: PoolOptions = { ...pg, size: ['poolSize', 'extra.max'], wait: ['connectTimeoutMS', 'extra.connectionTimeoutMillis'] };

/** A class of LangChain that opens a pool, a driver or a connection of its own. */
export interface Connection {
  readonly classes: readonly string[];
  readonly opens: Opens;
  /** Options that say where and how it connects; empty when every argument does. */
  readonly options: readonly string[];
  /** Options that hand it a pool or client made elsewhere: then it opens nothing. */
  readonly given: readonly string[];
  /** The static factories that open one; null for the constructor and all of them. */
  readonly statics: readonly string[] | null;
  /** The pool that it opens, and the option that holds the pool's own; for a factory that takes none, how else it is given them. */
  readonly pool?: { readonly options: PoolOptions } & ({ readonly option: string } | { readonly option: null; readonly instead: (limits: string) => string });
}

const any = { options: [], given: [], statics: null } as const;

/** Read in `@langchain/community` 0.3 and 1.1, and the packages of the stores and checkpointers of the same time. */
export const connections: readonly Connection[] = [
  // Each `initialize()` keeps a client of the pool: `this.client = await this.pool.connect()`. `fromTexts` and the others call it.
  {
    classes: ['PGVectorStore'],
    opens: 'poolClient',
    options: ['postgresConnectionOptions', 'pool'],
    given: [],
    statics: ['initialize', 'fromDocuments', 'fromTexts'],
    pool: { option: 'postgresConnectionOptions', options: pg },
  },
  { ...any, classes: ['PGVectorStore'], opens: 'pool', options: ['postgresConnectionOptions'], given: ['pool'], pool: { option: 'postgresConnectionOptions', options: pg } },
  { ...any, classes: ['AnalyticDBVectorStore'], opens: 'pool', options: ['connectionOptions'], pool: { option: 'connectionOptions', options: pg } },
  { ...any, classes: ['VercelPostgres'], opens: 'pool', options: ['postgresConnectionOptions'], given: ['pool', 'client'], pool: { option: 'postgresConnectionOptions', options: pg } },
  { ...any, classes: ['MariaDBStore'], opens: 'pool', options: ['connectionOptions'], given: ['pool'], pool: { option: 'connectionOptions', options: mariadb } },
  { ...any, classes: ['SingleStoreVectorStore'], opens: 'pool', options: ['connectionOptions', 'connectionURI', 'host', 'port', 'user', 'password', 'database'] },
  { ...any, classes: ['TypeORMVectorStore'], opens: 'pool', options: ['postgresConnectionOptions'], pool: { option: 'postgresConnectionOptions', options: typeorm } },
  { ...any, classes: ['AzureCosmosDBMongoDBVectorStore', 'AzureCosmosDBVectorStore'], opens: 'pool', options: ['connectionString'], given: ['client'] },
  { ...any, classes: ['Neo4jVectorStore'], opens: 'driver', options: ['url', 'username', 'password'] },
  { ...any, classes: ['Milvus'], opens: 'driver', options: ['url', 'username', 'password', 'ssl', 'clientConfig'] },
  { ...any, classes: ['CassandraStore'], opens: 'driver' },
  { ...any, classes: ['ClickHouseStore', 'MyScaleStore'], opens: 'pool', options: ['host', 'port', 'protocol', 'username', 'password'] },
  { ...any, classes: ['AstraDBVectorStore'], opens: 'connection', options: ['token', 'endpoint', 'namespace'] },
  { ...any, classes: ['AzureAISearchVectorStore'], opens: 'connection', options: ['endpoint', 'key', 'credentials'], given: ['client'] },
  // An undici dispatcher of its own, up to 25 connections.
  { ...any, classes: ['QdrantVectorStore'], opens: 'pool', options: ['url', 'apiKey'], given: ['client'] },

  { ...any, classes: ['PostgresSaver'], opens: 'pool', statics: ['fromConnString'], pool: { option: null, options: pg, instead: (limits) => `new PostgresSaver(new Pool({ connectionString, ${limits} }))` } },
  { ...any, classes: ['PostgresStore'], opens: 'pool', statics: ['fromConnString'], pool: { option: null, options: pg, instead: (limits) => `new PostgresStore({ connectionOptions: { connectionString, ${limits} } })` } },
  { ...any, classes: ['PostgresStore'], opens: 'pool', options: ['connectionOptions'], pool: { option: 'connectionOptions', options: pg } },
  { ...any, classes: ['MongoDBStore'], opens: 'pool', statics: ['fromConnString'] },
  { ...any, classes: ['RedisSaver'], opens: 'connection', statics: ['fromCluster', 'fromUrl'] },
  { ...any, classes: ['RedisStore'], opens: 'connection', statics: ['fromCluster', 'fromConnString'] },
  { ...any, classes: ['SqliteSaver'], opens: 'connection', statics: ['fromConnString'] },
  { ...any, classes: ['PostgresChatMessageHistory', 'AuroraDsqlChatMessageHistory'], opens: 'pool', options: ['poolConfig'], given: ['pool'], pool: { option: 'poolConfig', options: pg } },
  { ...any, classes: ['RedisChatMessageHistory'], opens: 'connection', options: ['config', 'url'], given: ['client'] },
  { ...any, classes: ['AzureCosmosDBMongoChatMessageHistory'], opens: 'pool', options: ['connectionString'], given: ['client'] },
  { ...any, classes: ['Neo4jChatMessageHistory'], opens: 'driver', options: ['url', 'username', 'password'] },
  { ...any, classes: ['Neo4jGraph', 'MemgraphGraph'], opens: 'driver' },
  { ...any, classes: ['CassandraChatMessageHistory', 'CassandraKVStore'], opens: 'driver' },
  { ...any, classes: ['PostgresRecordManager'], opens: 'pool', options: ['postgresConnectionOptions'], given: ['pool'], pool: { option: 'postgresConnectionOptions', options: pg } },
  { ...any, classes: ['SQLiteRecordManager'], opens: 'connection', options: ['localPath', 'connectionString'] },
];

/** A function or class of another package that opens a pool, a driver or a connection. */
export interface Opener {
  readonly sources: readonly string[];
  readonly names: readonly string[];
  readonly opens: Opens;
  readonly pool?: PoolOptions;
}

const openers: readonly Opener[] = [
  { sources: ['pg', '@neondatabase/serverless', 'pg-pool'], names: ['Pool', 'native.Pool', 'default'], opens: 'pool', pool: pg },
  { sources: ['pg'], names: ['Client'], opens: 'connection' },
  { sources: ['@vercel/postgres'], names: ['createPool'], opens: 'pool', pool: pg },
  { sources: ['mysql2', 'mysql2/promise'], names: ['createPool'], opens: 'pool', pool: mysql2 },
  { sources: ['mariadb'], names: ['createPool'], opens: 'pool', pool: mariadb },
  { sources: ['mysql'], names: ['createPool'], opens: 'pool' },
  { sources: ['mongodb'], names: ['MongoClient'], opens: 'pool', pool: mongodb },
  { sources: ['typeorm'], names: ['DataSource'], opens: 'pool', pool: typeorm },
  { sources: ['redis', '@redis/client'], names: ['createClient', 'createCluster'], opens: 'connection' },
  { sources: ['ioredis'], names: ['default', 'Redis', 'Cluster', 'Redis.Cluster'], opens: 'connection' },
  { sources: ['neo4j-driver', 'neo4j-driver-lite'], names: ['driver'], opens: 'driver', pool: neo4j },
  { sources: ['cassandra-driver'], names: ['Client'], opens: 'driver' },
  { sources: ['@clickhouse/client'], names: ['createClient'], opens: 'pool' },
  { sources: ['@zilliz/milvus2-sdk-node'], names: ['MilvusClient'], opens: 'driver' },
  { sources: ['@qdrant/js-client-rest'], names: ['QdrantClient'], opens: 'pool' },
  { sources: ['better-sqlite3'], names: ['default'], opens: 'connection' },
];

const connecting: ReadonlySet<string> = new Set(['initChatModel', ...connections.flatMap(({ classes }) => classes), ...openers.flatMap(({ names }) => names.flatMap((name) => name.split('.')))].filter((name) => name !== 'default'));

/** Whether a text that uses LangChain names anything that opens a connection or reaches a service: a file without it builds no client. */
export function namesClient(text: string): boolean {
  const classes = getConnectingClasses();
  for (const [name] of text.matchAll(/\b(?:[A-Z]\w*|create\w+|driver|initChatModel)\b/gu)) if (classes.has(name) || connecting.has(name)) return true;
  return false;
}

/** What a function or class of a database package opens; null for any other export. */
export function findOpener({ source, name }: ExportRef): Opener | null {
  return openers.find((opener) => opener.sources.includes(source) && opener.names.includes(name)) ?? null;
}
