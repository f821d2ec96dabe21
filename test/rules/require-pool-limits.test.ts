import rule from '../../rules/require-pool-limits.ts';
import { code, locate } from '../helpers/code.ts';
import { StrictRuleTester, type Invalid, type Valid } from '../helpers/rule-tester.ts';
import { importForms, lookalikes } from '../helpers/shape-matrix.ts';

type MessageIds = 'add' | 'connString' | 'size' | 'wait';
type Expected = Invalid<MessageIds, []>['errors'][number];

interface Case {
  readonly messageId?: 'connString' | 'size' | 'wait';
  readonly name?: string;
  readonly missing?: string;
  readonly size?: string;
  readonly instead?: string;
  /** The options object, or the construction without its arguments. */
  readonly at: string;
  readonly occurrence?: number;
  readonly output?: string;
}

const PG = 'max: 10, connectionTimeoutMillis: 10_000';
const MONGO = 'maxPoolSize: 100, waitQueueTimeoutMS: 10_000';

function error(source: string, { messageId = 'wait', name = 'Pool', missing = 'max` and no `connectionTimeoutMillis', size = 'all 10 connections', instead = PG, at, occurrence = 1, output }: Case): Expected {
  const data = { name, missing, size, instead };
  return { messageId, data, ...locate(source, at, occurrence), ...(output === undefined ? {} : { suggestions: [{ messageId: 'add', data: { instead }, output }] }) };
}

function valid(name: string, source: string): Valid<[]> {
  return { name, code: source };
}

function invalid(name: string, source: string, ...expected: readonly Case[]): Invalid<MessageIds, []> {
  return { name, code: source, errors: expected.map((each) => error(source, each)) };
}

/** One options object, and the text that the suggestion makes of it. */
function suggested(name: string, source: string, at: string, after: string, more: Partial<Case> = {}): Invalid<MessageIds, []> {
  return invalid(name, source, { at, output: source.replace(at, after), ...more });
}

const saver = (n: { readonly PostgresSaver: string }, options: string): string => code`
  const pool = new Pool({ connectionString: process.env.DATABASE_URL${options} });
  const checkpointer = new ${n.PostgresSaver}(pool);
`;

new StrictRuleTester().run<[], MessageIds>(rule, {
  valid: [
    ...lookalikes({ module: '@langchain/langgraph-checkpoint-postgres', names: ['PostgresSaver'], head: "import { Pool } from 'pg';", body: (n) => saver(n, '') }),

    valid('both limits', "import { Pool } from 'pg';\nimport { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';\nconst pool = new Pool({ max: 20, connectionTimeoutMillis: 5_000 });\nexport const saver = new PostgresSaver(pool);\n"),
    valid('limits under other names', "import pg from 'pg';\nimport { PostgresChatMessageHistory } from '@langchain/community/stores/message/postgres';\nconst pool = new pg.Pool({ poolSize: 20, connectionTimeoutMillis: Number(process.env.WAIT) });\nexport const history = (sessionId: string) => new PostgresChatMessageHistory({ sessionId, pool });\n"),
    valid('a pool of something else', "import { Pool } from 'pg';\nimport { ChatOpenAI } from '@langchain/openai';\nconst pool = new Pool();\nexport const model = new ChatOpenAI();\nexport const orders = () => pool.query('select * from orders');\n"),
    valid('a pool that is made elsewhere', "import { pool } from './database';\nimport { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';\nexport const saver = new PostgresSaver(pool);\n"),
    valid('options from elsewhere', "import { Pool } from 'pg';\nimport { config } from './config';\nimport { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';\nexport const a = new PostgresSaver(new Pool(config));\nexport const b = new PostgresSaver(new Pool({ ...config.pool, connectionString: process.env.DATABASE_URL }));\n"),
    valid(
      'options of the store from elsewhere',
      code`
        import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
        import { embeddings } from './models';
        import { config } from './config';
        export const a = await PGVectorStore.initialize(embeddings, config);
        export const b = await PGVectorStore.initialize(embeddings, { postgresConnectionOptions: config.postgres, tableName: 'docs' });
      `,
    ),
    valid(
      'MongoDB with limits in its options, and in its address',
      code`
        import { MongoClient } from 'mongodb';
        import { MongoDBAtlasVectorSearch } from '@langchain/mongodb';
        import { embeddings } from './models';
        const a = new MongoClient(process.env.MONGODB_URI ?? '', { maxPoolSize: 20, waitQueueTimeoutMS: 5_000 });
        const b = new MongoClient('mongodb://localhost/?maxPoolSize=20&waitQueueTimeoutMS=5000');
        export const one = new MongoDBAtlasVectorSearch(embeddings, { collection: a.db('rag').collection('docs') });
        export const two = new MongoDBAtlasVectorSearch(embeddings, { collection: b.db('rag').collection('docs') });
      `,
    ),
    valid(
      'Redis clients, which own one socket',
      code`
        import { createClient } from 'redis';
        import Redis from 'ioredis';
        import { RedisVectorStore } from '@langchain/redis';
        import { RedisCache } from '@langchain/community/caches/ioredis';
        import { embeddings } from './models';
        const client = createClient({ url: process.env.REDIS_URL });
        await client.connect();
        export const store = new RedisVectorStore(embeddings, { redisClient: client, indexName: 'docs' });
        export const cache = new RedisCache(new Redis(process.env.REDIS_URL));
      `,
    ),
    valid(
      'Neo4j with a size: its wait is limited by itself',
      code`
        import neo4j from 'neo4j-driver';
        import { Neo4jGraph } from '@langchain/community/graphs/neo4j_graph';
        const driver = neo4j.driver(process.env.NEO4J_URL, neo4j.auth.basic('neo4j', process.env.NEO4J_PASSWORD), { maxConnectionPoolSize: 50 });
        export const graph = new Neo4jGraph({ driver });
      `,
    ),
    valid('TypeORM over another database', "import { DataSource } from 'typeorm';\nimport { SqlDatabase } from '@langchain/classic/sql_db';\nconst appDataSource = new DataSource({ type: 'sqlite', database: 'chinook.db' });\nexport const db = await SqlDatabase.fromDataSourceParams({ appDataSource });\n"),
    valid('TypeORM with limits for PostgreSQL', "import { DataSource } from 'typeorm';\nimport { SqlDatabase } from '@langchain/classic/sql_db';\nconst appDataSource = new DataSource({ type: 'postgres', poolSize: 10, extra: { connectionTimeoutMillis: 5_000 } });\nexport const db = await SqlDatabase.fromDataSourceParams({ appDataSource });\n"),
    valid('an in-memory saver and a SQLite one', "import { MemorySaver } from '@langchain/langgraph';\nimport { SqliteSaver } from '@langchain/langgraph-checkpoint-sqlite';\nexport const a = new MemorySaver();\nexport const b = SqliteSaver.fromConnString('threads.db');\n"),
    valid('a Pool of the project', "import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';\nclass Pool {}\nexport const saver = new PostgresSaver(new Pool() as never);\n"),
  ],
  invalid: [
    ...importForms({
      module: '@langchain/langgraph-checkpoint-postgres',
      names: ['PostgresSaver'],
      head: "import { Pool } from 'pg';",
      body: (n) => saver(n, ''),
      expect: ({ render, source }) => ({
        errors: [error(source, { at: '{ connectionString: process.env.DATABASE_URL }', output: render((n) => saver(n, `, ${PG}`)) })],
      }),
    }),

    suggested(
      'a size without a longest wait',
      "import { Pool } from 'pg';\nimport { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';\nexport const saver = new PostgresSaver(new Pool({ max: 25 }));\n",
      '{ max: 25 }',
      '{ max: 25, connectionTimeoutMillis: 10_000 }',
      { missing: 'connectionTimeoutMillis', size: 'all 25 connections', instead: 'connectionTimeoutMillis: 10_000' },
    ),
    suggested(
      'a size that cannot be seen',
      "import { Pool } from 'pg';\nimport { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';\nexport const saver = new PostgresSaver(new Pool({ max: Number(process.env.POOL) }));\n",
      '{ max: Number(process.env.POOL) }',
      '{ max: Number(process.env.POOL), connectionTimeoutMillis: 10_000 }',
      { missing: 'connectionTimeoutMillis', size: 'all connections', instead: 'connectionTimeoutMillis: 10_000' },
    ),
    suggested(
      'a longest wait without a size',
      "import { Pool } from 'pg';\nimport { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';\nexport const saver = new PostgresSaver(new Pool({ connectionTimeoutMillis: 5_000 }));\n",
      '{ connectionTimeoutMillis: 5_000 }',
      '{ connectionTimeoutMillis: 5_000, max: 10 }',
      { messageId: 'size', missing: 'max', size: '10 connections', instead: 'max: 10' },
    ),
    invalid(
      'no options at all',
      "import pg from 'pg';\nimport { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';\nconst pool = new pg.Pool();\nexport const saver = new PostgresSaver(pool);\n",
      {
        name: 'pg.Pool',
        at: 'new pg.Pool',
        output: "import pg from 'pg';\nimport { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';\nconst pool = new pg.Pool({ max: 10, connectionTimeoutMillis: 10_000 });\nexport const saver = new PostgresSaver(pool);\n",
      },
    ),
    invalid(
      'options in a constant: at the construction, without a suggestion',
      code`
        import pg from 'pg';
        import { PostgresChatMessageHistory } from '@langchain/community/stores/message/postgres';
        const poolConfig = { host: process.env.DB_HOST, port: 5432, user: process.env.DB_USER };
        const pool = new pg.Pool(poolConfig);
        export const getHistory = async (sessionId: string) => new PostgresChatMessageHistory({ sessionId, pool });
      `,
      { name: 'pg.Pool', at: 'new pg.Pool' },
    ),
    suggested(
      'a store that opens its own',
      code`
        import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
        import { OpenAIEmbeddings } from '@langchain/openai';
        export const store = await PGVectorStore.initialize(new OpenAIEmbeddings(), {
          postgresConnectionOptions: {
            host: process.env.PG_HOST,
            database: 'rag',
          },
          tableName: 'docs',
        });
      `,
      "{\n    host: process.env.PG_HOST,\n    database: 'rag',\n  }",
      "{\n    host: process.env.PG_HOST,\n    database: 'rag',\n    max: 10, connectionTimeoutMillis: 10_000,\n  }",
      { name: 'PGVectorStore.initialize' },
    ),
    suggested(
      'a history and a record manager',
      "import { PostgresRecordManager } from '@langchain/community/indexes/postgres';\nexport const records = new PostgresRecordManager('docs', { postgresConnectionOptions: { connectionString: process.env.DATABASE_URL } });\n",
      '{ connectionString: process.env.DATABASE_URL }',
      '{ connectionString: process.env.DATABASE_URL, max: 10, connectionTimeoutMillis: 10_000 }',
      { name: 'PostgresRecordManager' },
    ),
    suggested(
      'the pool of a message history',
      "import { PostgresChatMessageHistory } from '@langchain/community/stores/message/postgres';\nexport const history = new PostgresChatMessageHistory({ sessionId: 'a', poolConfig: { host: 'db' } });\n",
      "{ host: 'db' }",
      "{ host: 'db', max: 10, connectionTimeoutMillis: 10_000 }",
      { name: 'PostgresChatMessageHistory' },
    ),
    invalid(
      'savers and stores from a connection string',
      code`
        import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
        import { PostgresStore } from '@langchain/langgraph-checkpoint-postgres/store';
        export const checkpointer = PostgresSaver.fromConnString(process.env.DATABASE_URL!);
        export const store = PostgresStore.fromConnString(process.env.DATABASE_URL!);
      `,
      { messageId: 'connString', name: 'PostgresSaver.fromConnString', missing: '', at: 'PostgresSaver.fromConnString', instead: `new PostgresSaver(new Pool({ connectionString, ${PG} }))` },
      { messageId: 'connString', name: 'PostgresStore.fromConnString', missing: '', at: 'PostgresStore.fromConnString', instead: `new PostgresStore({ connectionOptions: { connectionString, ${PG} } })` },
    ),
    invalid(
      'MongoDB without options',
      code`
        import { MongoClient } from 'mongodb';
        import { MongoDBAtlasVectorSearch } from '@langchain/mongodb';
        import { embeddings } from './models';
        const client = new MongoClient(process.env.MONGODB_URI || '');
        const collection = client.db('rag').collection('docs');
        export const store = new MongoDBAtlasVectorSearch(embeddings, { collection, indexName: 'vector_index' });
      `,
      {
        name: 'MongoClient',
        missing: 'maxPoolSize` and no `waitQueueTimeoutMS',
        size: 'all 100 connections',
        instead: MONGO,
        at: 'new MongoClient',
        output: code`
          import { MongoClient } from 'mongodb';
          import { MongoDBAtlasVectorSearch } from '@langchain/mongodb';
          import { embeddings } from './models';
          const client = new MongoClient(process.env.MONGODB_URI || '', { maxPoolSize: 100, waitQueueTimeoutMS: 10_000 });
          const collection = client.db('rag').collection('docs');
          export const store = new MongoDBAtlasVectorSearch(embeddings, { collection, indexName: 'vector_index' });
        `,
      },
    ),
    suggested(
      'MongoDB with other options, for a history',
      code`
        import { MongoClient } from 'mongodb';
        import { MongoDBChatMessageHistory } from '@langchain/mongodb';
        const client = new MongoClient(process.env.MONGODB_URI!, { driverInfo: { name: 'langchainjs' } });
        export async function getHistory(sessionId: string) {
          await client.connect();
          return new MongoDBChatMessageHistory({ collection: client.db('chat').collection('memory'), sessionId });
        }
      `,
      "{ driverInfo: { name: 'langchainjs' } }",
      `{ driverInfo: { name: 'langchainjs' }, ${MONGO} }`,
      { name: 'MongoClient', missing: 'maxPoolSize` and no `waitQueueTimeoutMS', size: 'all 100 connections', instead: MONGO },
    ),
    invalid(
      'a Neo4j driver without a size',
      code`
        import neo4j from 'neo4j-driver';
        import { Neo4jGraph } from '@langchain/community/graphs/neo4j_graph';
        const driver = neo4j.driver(process.env.NEO4J_URL, neo4j.auth.basic('neo4j', process.env.NEO4J_PASSWORD));
        export const graph = new Neo4jGraph({ driver });
      `,
      {
        messageId: 'size',
        name: 'neo4j.driver',
        missing: 'maxConnectionPoolSize',
        size: '100 connections',
        instead: 'maxConnectionPoolSize: 100',
        at: 'neo4j.driver',
        output: code`
          import neo4j from 'neo4j-driver';
          import { Neo4jGraph } from '@langchain/community/graphs/neo4j_graph';
          const driver = neo4j.driver(process.env.NEO4J_URL, neo4j.auth.basic('neo4j', process.env.NEO4J_PASSWORD), { maxConnectionPoolSize: 100 });
          export const graph = new Neo4jGraph({ driver });
        `,
      },
    ),
    suggested(
      'TypeORM over PostgreSQL',
      "import { DataSource } from 'typeorm';\nimport { SqlDatabase } from '@langchain/classic/sql_db';\nconst appDataSource = new DataSource({ type: 'postgres', url: process.env.DATABASE_URL });\nexport const db = await SqlDatabase.fromDataSourceParams({ appDataSource });\n",
      "{ type: 'postgres', url: process.env.DATABASE_URL }",
      "{ type: 'postgres', url: process.env.DATABASE_URL, poolSize: 10, connectTimeoutMS: 10_000 }",
      { name: 'DataSource', missing: 'poolSize` and no `connectTimeoutMS', instead: 'poolSize: 10, connectTimeoutMS: 10_000' },
    ),
    suggested(
      'MariaDB, whose wait is limited by itself',
      "import { MariaDBStore } from '@langchain/community/vectorstores/mariadb';\nimport { embeddings } from './models';\nexport const store = await MariaDBStore.initialize(embeddings, { connectionOptions: { host: 'db', user: 'rag' } });\n",
      "{ host: 'db', user: 'rag' }",
      "{ host: 'db', user: 'rag', connectionLimit: 10 }",
      { messageId: 'size', name: 'MariaDBStore.initialize', missing: 'connectionLimit', size: '10 connections', instead: 'connectionLimit: 10' },
    ),
    suggested(
      'a pool in a field of a Nest service',
      code`
        import { Injectable } from '@nestjs/common';
        import { Pool } from 'pg';
        import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
        @Injectable()
        export class Checkpoints {
          private readonly pool = new Pool({ host: 'db' });
          readonly saver = new PostgresSaver(this.pool);
        }
      `,
      "{ host: 'db' }",
      `{ host: 'db', ${PG} }`,
    ),
    suggested(
      'a pool that the constructor sets',
      code`
        const { Pool } = require('pg');
        const { PostgresSaver } = require('@langchain/langgraph-checkpoint-postgres');
        class Checkpoints {
          constructor() {
            this.pool = new Pool({ host: 'db' });
            this.saver = new PostgresSaver(this.pool);
          }
        }
        module.exports = Checkpoints;
      `,
      "{ host: 'db' }",
      `{ host: 'db', ${PG} }`,
    ),
    suggested(
      'a serverless pool, and one pool of two stores',
      code`
        import { Pool } from '@neondatabase/serverless';
        import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
        import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
        import { embeddings } from './models';
        const pool = new Pool({ connectionString: process.env.NEON_URL });
        export const store = await PGVectorStore.initialize(embeddings, { pool, tableName: 'docs' });
        export const saver = new PostgresSaver(pool);
      `,
      '{ connectionString: process.env.NEON_URL }',
      `{ connectionString: process.env.NEON_URL, ${PG} }`,
    ),
  ],
});
