import { getConnectingClasses } from './catalog.ts';
import type { ExportRef } from './export-ref.ts';
import type { ClassName } from './homes.ts';

/** What a construction opens and does not close. */
export type Opens =
  | 'connection'
  | 'driver'
  | 'file' // of a database in the file system
  | 'http' // sockets of an HTTP client, which close by themselves: 50 clients left 50, gone 10 seconds later
  | 'mcp' // a child process or a session with a server
  | 'pool'
  | 'poolClient'
  | 'sandbox'; // a machine that runs until it is closed, or has been idle for a long time

/**
 * How the driver of a database limits a pool. Where an option has several names, the usual one comes first; nested
 * options are dotted.
 */
export interface PoolLimits {
  /** The names of the package and the database. */
  readonly names: readonly string[];
  /** Options for the maximum number of connections in a pool. */
  readonly size: readonly string[];
  readonly defaultSize: number;
  /** Options for the wait timeout of a connection, in milliseconds; empty where the driver has none. */
  readonly wait: readonly string[];
  /** Milliseconds that a call waits by default; Infinity: forever. */
  readonly defaultWait: number;
  /** Whether the connection string may contain the options too. */
  readonly inUrl?: true;
  /** The pool connects to a service over HTTP, which accepts more connections than a database. */
  readonly overHttp?: true;
  readonly proof: string;
}

/**
 * Read in pg-pool 3.14, mongodb 6.22, neo4j-driver 6.3, mariadb 3.5, mysql2 3.24, TypeORM 1.1 and the Qdrant client
 * 1.18.
 */
const limits = {
  pg: {
    names: ['pg', 'postgres'],
    size: ['max', 'poolSize'],
    defaultSize: 10,
    wait: ['connectionTimeoutMillis'],
    defaultWait: Infinity,
    proof: 'pg-pool-waits-for-ever',
  },
  mongodb: {
    names: ['mongodb'],
    size: ['maxPoolSize'],
    defaultSize: 100,
    wait: ['waitQueueTimeoutMS'],
    defaultWait: Infinity,
    inUrl: true,
    proof: 'mongodb-pool-waits-for-ever',
  },
  neo4j: {
    names: ['neo4j-driver', 'neo4j'],
    size: ['maxConnectionPoolSize'],
    defaultSize: 100,
    wait: ['connectionAcquisitionTimeout'],
    defaultWait: 60_000,
    proof: 'neo4j-pool-fails-after-a-minute',
  },
  mariadb: {
    names: ['mariadb'],
    size: ['connectionLimit'],
    defaultSize: 10,
    wait: ['acquireTimeout'],
    defaultWait: 10_000,
    proof: 'mariadb-pool-fails-after-ten-seconds',
  },
  // `queueLimit` limits how many calls wait; no option limits how long.
  mysql: {
    names: ['mysql2', 'mysql'],
    size: ['connectionLimit'],
    defaultSize: 10,
    wait: [],
    defaultWait: Infinity,
    proof: 'mysql-pool-waits-for-ever',
  },
  typeormPostgres: {
    names: ['typeorm', 'postgres'],
    size: ['extra.max', 'poolSize'],
    defaultSize: 10,
    wait: ['extra.connectionTimeoutMillis', 'connectTimeoutMS'],
    defaultWait: Infinity,
    proof: 'typeorm-hands-on-pool-options',
  },
  typeormMysql: {
    names: ['typeorm', 'mysql'],
    size: ['extra.connectionLimit', 'poolSize'],
    defaultSize: 10,
    wait: [],
    defaultWait: Infinity,
    proof: 'typeorm-hands-on-pool-options',
  },
  qdrant: {
    names: ['@qdrant/js-client-rest', 'qdrant'],
    size: ['maxConnections'],
    defaultSize: 25,
    wait: ['timeout'],
    defaultWait: 300_000,
    overHttp: true,
    proof: 'qdrant-default-connections',
  },
} as const satisfies Readonly<Record<string, PoolLimits>>;

/** Where a construction takes the limits of the pool that it opens. */
export interface Pooling {
  /** The driver; `typeorm`: it depends on the `type` among the options. */
  readonly driver: keyof typeof limits | 'typeorm';
  /** The option or the argument that holds the options of the pool; null where there is none. */
  readonly options: number | string | null;
  /** For a pool that takes no options: the construction to write instead. */
  readonly instead?: string;
}

/** The limits of a pool; null for a database without a pool (SQLite), and for an unknown `type`. */
export function getPoolLimits({ driver }: Pooling, type: string | null): PoolLimits | null {
  if (driver !== 'typeorm') return limits[driver];
  return type === 'postgres'
    ? limits.typeormPostgres
    : type === 'mysql' || type === 'mariadb'
      ? limits.typeormMysql
      : null;
}

/** A LangChain class that opens its own pool, driver or connection. */
export interface Connection {
  readonly classes: readonly ClassName[];
  readonly opens: Opens;
  /** Options for where and how it connects; empty when every argument matters. */
  readonly options: readonly string[];
  /** Options that pass it an existing pool or client: with one of them, it opens nothing. */
  readonly given: readonly string[];
  /** The static factories that open a connection; null for the constructor and all of them. */
  readonly statics: readonly string[] | null;
  readonly pool?: Pooling;
}

const any = { options: [], given: [], statics: null } as const;

/** Read in `@langchain/community` 0.3 and 1.1, and the packages of the stores and checkpointers of the same time. */
export const connections: readonly Connection[] = [
  // Each `initialize()` keeps a client checked out of the pool: `this.client = await this.pool.connect()`. `fromTexts`
  // and the others call it.
  {
    classes: ['PGVectorStore'],
    opens: 'poolClient',
    options: ['postgresConnectionOptions', 'pool'],
    given: [],
    statics: ['initialize', 'fromDocuments', 'fromTexts'],
    pool: { driver: 'pg', options: 'postgresConnectionOptions' },
  },
  {
    ...any,
    classes: ['PGVectorStore'],
    opens: 'pool',
    options: ['postgresConnectionOptions'],
    given: ['pool'],
    pool: { driver: 'pg', options: 'postgresConnectionOptions' },
  },
  // Of its connection options, only host, port, database, user and password reach the pool.
  { ...any, classes: ['@langchain/community#AnalyticDBVectorStore'], opens: 'pool', options: ['connectionOptions'] },
  {
    ...any,
    classes: ['@langchain/community#VercelPostgres'],
    opens: 'pool',
    options: ['postgresConnectionOptions'],
    given: ['pool', 'client'],
    pool: { driver: 'pg', options: 'postgresConnectionOptions' },
  },
  {
    ...any,
    classes: ['@langchain/community#MariaDBStore'],
    opens: 'pool',
    options: ['connectionOptions'],
    given: ['pool'],
    pool: { driver: 'mariadb', options: 'connectionOptions' },
  },
  {
    ...any,
    classes: ['@langchain/community#SingleStoreVectorStore'],
    opens: 'pool',
    options: ['connectionOptions', 'connectionURI', 'host', 'port', 'user', 'password', 'database'],
    pool: { driver: 'mysql', options: 'connectionOptions' },
  },
  {
    ...any,
    classes: ['@langchain/community#TypeORMVectorStore'],
    opens: 'pool',
    options: ['postgresConnectionOptions'],
    pool: { driver: 'typeorm', options: 'postgresConnectionOptions' },
  },
  {
    ...any,
    classes: [
      '@langchain/azure-cosmosdb#AzureCosmosDBMongoDBVectorStore',
      '@langchain/community#AzureCosmosDBVectorStore',
    ],
    opens: 'pool',
    options: ['connectionString'],
    given: ['client'],
  },
  {
    ...any,
    classes: ['@langchain/community#Neo4jVectorStore', '@langchain/neo4j#Neo4jVectorStore'],
    opens: 'driver',
    options: ['url', 'username', 'password'],
  },
  {
    ...any,
    classes: ['@langchain/community#Milvus'],
    opens: 'driver',
    options: ['url', 'username', 'password', 'ssl', 'clientConfig'],
  },
  { ...any, classes: ['@langchain/community#CassandraStore'], opens: 'driver' },
  {
    ...any,
    classes: ['@langchain/community#ClickHouseStore', '@langchain/community#MyScaleStore'],
    opens: 'pool',
    options: ['host', 'port', 'protocol', 'username', 'password'],
  },
  {
    ...any,
    classes: ['@langchain/community#AstraDBVectorStore'],
    opens: 'connection',
    options: ['token', 'endpoint', 'namespace'],
  },
  {
    ...any,
    classes: ['@langchain/community#AzureAISearchVectorStore'],
    opens: 'connection',
    options: ['endpoint', 'key', 'credentials'],
    given: ['client'],
  },
  // Its own undici dispatcher with up to 25 connections, which close 10 seconds after their last request.
  {
    ...any,
    classes: ['@langchain/community#QdrantVectorStore', '@langchain/qdrant#QdrantVectorStore'],
    opens: 'http',
    options: ['url', 'apiKey'],
    given: ['client'],
  },

  {
    ...any,
    classes: ['PostgresSaver'],
    opens: 'pool',
    statics: ['fromConnString'],
    pool: {
      driver: 'pg',
      options: null,
      instead: 'Write `new PostgresSaver(new Pool({ max, connectionTimeoutMillis }))`',
    },
  },
  {
    ...any,
    classes: ['PostgresStore'],
    opens: 'pool',
    statics: ['fromConnString'],
    pool: {
      driver: 'pg',
      options: null,
      instead: 'Give `new PostgresStore()` limits in `connectionOptions`',
    },
  },
  {
    ...any,
    classes: ['PostgresStore'],
    opens: 'pool',
    options: ['connectionOptions'],
    pool: { driver: 'pg', options: 'connectionOptions' },
  },
  {
    ...any,
    classes: ['@langchain/langgraph-checkpoint-mongodb#MongoDBStore'],
    opens: 'pool',
    statics: ['fromConnString'],
    pool: {
      driver: 'mongodb',
      options: null,
      instead: 'Give `new MongoDBStore()` a `client` with limits',
    },
  },
  {
    ...any,
    classes: ['@langchain/langgraph-checkpoint-redis#RedisSaver'],
    opens: 'connection',
    statics: ['fromCluster', 'fromUrl'],
  },
  {
    ...any,
    classes: ['@langchain/langgraph-checkpoint-redis#ShallowRedisSaver'],
    opens: 'connection',
    statics: ['fromUrl'],
  },
  {
    ...any,
    classes: ['@langchain/langgraph-checkpoint-redis#RedisStore'],
    opens: 'connection',
    statics: ['fromCluster', 'fromConnString'],
  },
  {
    ...any,
    classes: ['@langchain/langgraph-checkpoint-sqlite#SqliteSaver'],
    opens: 'file',
    statics: ['fromConnString'],
  },
  {
    ...any,
    classes: ['PostgresChatMessageHistory', '@langchain/community#AuroraDsqlChatMessageHistory'],
    opens: 'pool',
    options: ['poolConfig'],
    given: ['pool'],
    pool: { driver: 'pg', options: 'poolConfig' },
  },
  {
    ...any,
    classes: ['@langchain/community#RedisChatMessageHistory', '@langchain/redis#RedisChatMessageHistory'],
    opens: 'connection',
    options: ['config', 'url'],
    given: ['client'],
  },
  {
    ...any,
    classes: ['@langchain/azure-cosmosdb#AzureCosmosDBMongoChatMessageHistory'],
    opens: 'pool',
    options: ['connectionString'],
    given: ['client'],
  },
  {
    ...any,
    classes: ['@langchain/community#Neo4jChatMessageHistory', '@langchain/neo4j#Neo4jChatMessageHistory'],
    opens: 'driver',
    options: ['url', 'username', 'password'],
  },
  {
    ...any,
    classes: [
      '@langchain/community#Neo4jGraph',
      '@langchain/neo4j#Neo4jGraph',
      '@langchain/community#MemgraphGraph',
      '@langchain/neo4j#MemgraphGraph',
    ],
    opens: 'driver',
  },
  {
    ...any,
    classes: ['@langchain/community#CassandraChatMessageHistory', '@langchain/community#CassandraKVStore'],
    opens: 'driver',
  },
  {
    ...any,
    classes: ['PostgresRecordManager'],
    opens: 'pool',
    options: ['postgresConnectionOptions'],
    given: ['pool'],
    pool: { driver: 'pg', options: 'postgresConnectionOptions' },
  },
  {
    ...any,
    // 5 requests left 5 processes behind. Proof: `mcp-client-keeps-process`.
    classes: ['@langchain/mcp-adapters#MultiServerMCPClient'],
    opens: 'mcp',
  },
  {
    ...any,
    classes: ['@langchain/daytona#DaytonaSandbox', 'deepagents#LangSmithSandbox'],
    opens: 'sandbox',
    statics: ['create'],
  },
  {
    ...any,
    classes: ['@langchain/community#SQLiteRecordManager'],
    opens: 'file',
    options: ['localPath', 'connectionString'],
  },
];

/** TypeORM's names for file databases. */
export const fileDatabases: ReadonlySet<string> = new Set(['better-sqlite3', 'sqlite', 'sqljs']);

/** A function or class of another package that opens its own pool, driver or connection. */
interface Opener {
  readonly sources: readonly string[];
  readonly names: readonly string[];
  readonly opens: Opens;
  readonly pool?: Pooling;
}

const openers: readonly Opener[] = [
  {
    sources: ['pg', '@neondatabase/serverless', 'pg-pool'],
    names: ['Pool', 'native.Pool', 'default'],
    opens: 'pool',
    pool: { driver: 'pg', options: 0 },
  },
  { sources: ['pg'], names: ['Client'], opens: 'connection' },
  { sources: ['@vercel/postgres'], names: ['createPool'], opens: 'pool', pool: { driver: 'pg', options: 0 } },
  {
    sources: ['mysql', 'mysql2', 'mysql2/promise'],
    names: ['createPool'],
    opens: 'pool',
    pool: { driver: 'mysql', options: 0 },
  },
  { sources: ['mariadb'], names: ['createPool'], opens: 'pool', pool: { driver: 'mariadb', options: 0 } },
  {
    sources: ['mongodb'],
    names: ['MongoClient', 'MongoClient.connect'],
    opens: 'pool',
    pool: { driver: 'mongodb', options: 1 },
  },
  { sources: ['typeorm'], names: ['DataSource'], opens: 'pool', pool: { driver: 'typeorm', options: 0 } },
  { sources: ['redis', '@redis/client'], names: ['createClient', 'createCluster'], opens: 'connection' },
  { sources: ['ioredis'], names: ['default', 'Redis', 'Cluster', 'Redis.Cluster'], opens: 'connection' },
  {
    sources: ['neo4j-driver', 'neo4j-driver-lite'],
    names: ['driver'],
    opens: 'driver',
    pool: { driver: 'neo4j', options: 2 },
  },
  { sources: ['cassandra-driver'], names: ['Client'], opens: 'driver' },
  { sources: ['@clickhouse/client'], names: ['createClient'], opens: 'pool' },
  { sources: ['@zilliz/milvus2-sdk-node'], names: ['MilvusClient'], opens: 'driver' },
  {
    sources: ['@qdrant/js-client-rest'],
    names: ['QdrantClient'],
    opens: 'http',
    pool: { driver: 'qdrant', options: 0 },
  },
  {
    sources: [
      '@modelcontextprotocol/sdk/client',
      '@modelcontextprotocol/sdk/client/index',
      '@modelcontextprotocol/client',
    ],
    names: ['Client'],
    opens: 'mcp',
  },
  { sources: ['better-sqlite3'], names: ['default'], opens: 'file' },
];

const connecting: ReadonlySet<string> = new Set(
  [
    'initChatModel',
    ...connections.flatMap(({ classes }) => classes.map((name) => name.slice(name.indexOf('#') + 1))),
    ...openers.flatMap(({ names }) => names.flatMap((name) => name.split('.'))),
  ].filter((name) => name !== 'default'),
);

/**
 * A cheap check whether a text that uses LangChain names anything that opens a connection or reaches a service: a file
 * without such a name builds no client.
 */
export function namesClient(text: string): boolean {
  const classes = getConnectingClasses();
  for (const [name] of text.matchAll(/\b(?:[A-Z]\w*|create\w+|driver|initChatModel)\b/gu))
    if (classes.has(name) || connecting.has(name)) return true;
  return false;
}

/** The connection that a function or class of a database package opens; null for any other export. */
export function findOpener({ source, name }: ExportRef): Opener | null {
  return (
    openers.find(({ names, sources }) => sources.includes(source.replace(/\.js$/u, '')) && names.includes(name)) ?? null
  );
}
