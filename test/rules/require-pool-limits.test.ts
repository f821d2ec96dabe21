import rule from '../../rules/require-pool-limits.ts';
import { reports } from '../helpers/cases.ts';
import { code, locate } from '../helpers/code.ts';
import { type Invalid, StrictRuleTester, type Valid } from '../helpers/rule-tester.ts';
import { importForms, lookalikes } from '../helpers/shape-matrix.ts';

type MessageIds = 'add' | 'noOptions' | 'size' | 'wait';
type TestError = Invalid<MessageIds, []>['errors'][number];

interface Suggestion {
  readonly added: string;
  /** What the suggestion replaces by what; null for a report without one. */
  readonly edit: readonly [from: string, to: string] | null;
}

const tenDefault = '10 connections are';
const hundredDefault = '100 connections are';
const both = 'max: 10, connectionTimeoutMillis: 10_000';
const bothOfMongo = 'maxPoolSize: 100, waitQueueTimeoutMS: 10_000';

/** At what is underlined, and with what the message says. */
interface Waits extends Suggestion {
  readonly at: string;
  readonly occurrence?: number;
  readonly name?: string;
  readonly missing?: string;
  readonly busy?: string;
}

function suggestions(source: string, { added, edit }: Suggestion): Pick<TestError, 'suggestions'> {
  if (!edit) return {};
  const [from, to] = edit;
  if (source.split(from).length !== 2) throw new Error(`"${from}" does not occur once in:\n${source}`);
  return { suggestions: [{ messageId: 'add', data: { added }, output: source.replace(from, () => to) }] };
}

function waits(
  source: string,
  { added, at, busy = tenDefault, edit, missing = 'limits', name = at, occurrence = 1 }: Waits,
): TestError {
  return {
    messageId: 'wait',
    data: { name, missing, busy, added },
    ...locate(source, at, occurrence),
    ...suggestions(source, { added, edit }),
  };
}

function size(
  source: string,
  {
    added,
    at,
    edit,
    missing,
    name = at,
    size: connections,
    then,
  }: Suggestion & { at: string; name?: string; missing: string; size: string; then: string },
): TestError {
  return {
    messageId: 'size',
    data: { name, missing, added, size: connections, then },
    ...locate(source, at),
    ...suggestions(source, { added, edit }),
  };
}

function noOptions(source: string, at: string, instead: string, connections = '10 connections'): TestError {
  return { messageId: 'noOptions', data: { name: at, connections, instead }, ...locate(source, at) };
}

const mongo = (at: string, edit: Suggestion['edit'], name = 'MongoClient'): Waits => ({
  at,
  name,
  missing: 'limits',
  busy: hundredDefault,
  added: bothOfMongo,
  edit,
});

interface Case {
  readonly name: string;
  readonly filename?: string;
  readonly code: string;
  readonly reports: (source: string) => readonly TestError[];
}

const invalid = ({ code: source, reports, ...rest }: Case): Invalid<MessageIds, []> => ({
  ...rest,
  code: source,
  errors: reports(source),
});

// ── the import forms ────────────────────────────────────────────────────────────────────────────────────────────────

const snippet = {
  module: '@langchain/langgraph-checkpoint-postgres',
  names: ['PostgresSaver'],
  head: "import pg from 'pg';",
  body: (n: { readonly PostgresSaver: string }): string => code`
    const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
    const checkpointer = new ${n.PostgresSaver}(pool);
  `,
} as const;

const pools = {
  module: 'pg',
  names: ['Pool'],
  label: 'pg',
  head: "import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';",
  body: (n: { readonly Pool: string }): string => code`
    const pool = new ${n.Pool}({ connectionString: process.env.DATABASE_URL });
    const checkpointer = new PostgresSaver(pool);
  `,
} as const;

const options = '{ connectionString: process.env.DATABASE_URL }';
const inShape = ({ source, name }: { source: string; name: string }): readonly TestError[] => [
  waits(source, {
    at: options,
    name,
    added: both,
    edit: [options, `{ connectionString: process.env.DATABASE_URL, ${both} }`],
  }),
];

// ── pools of other packages ─────────────────────────────────────────────────────────────────────────────────────────

const handedOver: readonly Case[] = [
  {
    name: 'the checkpointer of an agent, with the pool in a service',
    code: code`
      import { createAgent } from 'langchain';
      import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
      import { Pool } from 'pg';
      import { tools } from './tools';

      export class CheckpointService {
        readonly pool: Pool;
        readonly saver: PostgresSaver;

        constructor() {
          this.pool = new Pool({
            host: process.env.DATABASE_HOST,
            port: Number(process.env.DATABASE_PORT),
          });
          this.saver = new PostgresSaver(this.pool);
        }

        createAgent() {
          return createAgent({ model: 'openai:gpt-4o', tools, checkpointer: this.saver });
        }

        async close() {
          await this.pool.end();
        }
      }
    `,
    reports: (source) => [
      waits(source, {
        at: source.slice(source.indexOf('{\n      host'), source.indexOf(');\n    this.saver')),
        name: 'Pool',
        added: both,
        edit: [
          'Number(process.env.DATABASE_PORT),\n',
          'Number(process.env.DATABASE_PORT),\n      max: 10,\n      connectionTimeoutMillis: 10_000,\n',
        ],
      }),
    ],
  },
  {
    name: 'a field of a Nest service',
    code: code`
      import { Injectable } from '@nestjs/common';
      import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
      import { OpenAIEmbeddings } from '@langchain/openai';
      import * as pg from 'pg';

      @Injectable()
      export class DocumentsService {
        private readonly pool = new pg.Pool();
        private store?: PGVectorStore;

        async onModuleInit() {
          this.store = await PGVectorStore.initialize(new OpenAIEmbeddings(), {
            pool: this.pool,
            tableName: 'documents',
          });
        }
      }
    `,
    reports: (source) => [
      waits(source, {
        at: 'new pg.Pool',
        name: 'pg.Pool',
        added: both,
        edit: ['new pg.Pool()', `new pg.Pool({ ${both} })`],
      }),
    ],
  },
  {
    name: 'options in a constant: both are written there',
    code: code`
      import { PostgresChatMessageHistory } from '@langchain/community/stores/message/postgres';
      import pg from 'pg';

      const { DATABASE_HOST, DATABASE_USER } = process.env;
      const poolConfig = {
        host: DATABASE_HOST,
        user: DATABASE_USER
      };
      const pool = new pg.Pool(poolConfig);

      export const getHistory = (sessionId: string) => new PostgresChatMessageHistory({ sessionId, pool });
    `,
    reports: (source) => [
      waits(source, {
        at: 'poolConfig',
        occurrence: 2,
        name: 'pg.Pool',
        added: both,
        edit: ['user: DATABASE_USER', 'user: DATABASE_USER,\n  max: 10,\n  connectionTimeoutMillis: 10_000'],
      }),
    ],
  },
  {
    name: 'a size and no end of the wait',
    code: code`
      import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
      import { Pool } from '@neondatabase/serverless';

      const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 20 });
      export const checkpointer = new PostgresSaver(pool);
      const single = new Pool({ max: 1, connectionTimeoutMillis: 0 });
      export const other = new PostgresSaver(single);
      const sized = new Pool({ max: Number(process.env.POOL_SIZE ?? 5) });
      export const third = new PostgresSaver(sized);
    `,
    reports: (source) => [
      waits(source, {
        at: '{ connectionString: process.env.DATABASE_URL, max: 20 }',
        name: 'Pool',
        missing: '`connectionTimeoutMillis`',
        busy: '20 connections are',
        added: 'connectionTimeoutMillis: 10_000',
        edit: ['max: 20 }', 'max: 20, connectionTimeoutMillis: 10_000 }'],
      }),
      waits(source, {
        at: '{ max: 1, connectionTimeoutMillis: 0 }',
        name: 'Pool',
        missing: '`connectionTimeoutMillis`',
        busy: 'one connection is',
        added: 'connectionTimeoutMillis: 10_000',
        edit: ['connectionTimeoutMillis: 0', 'connectionTimeoutMillis: 10_000'],
      }),
      waits(source, {
        at: '{ max: Number(process.env.POOL_SIZE ?? 5) }',
        name: 'Pool',
        missing: '`connectionTimeoutMillis`',
        busy: 'connections are',
        added: 'connectionTimeoutMillis: 10_000',
        edit: ['POOL_SIZE ?? 5) }', 'POOL_SIZE ?? 5), connectionTimeoutMillis: 10_000 }'],
      }),
    ],
  },
  {
    name: 'an end of the wait and no size',
    code: code`
      import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
      import Pool from 'pg-pool';

      export const checkpointer = new PostgresSaver(new Pool({ connectionTimeoutMillis: 5000 }));
    `,
    reports: (source) => [
      size(source, {
        at: '{ connectionTimeoutMillis: 5000 }',
        name: 'Pool',
        missing: '`max`',
        size: '10',
        then: '',
        added: 'max: 10',
        edit: ['{ connectionTimeoutMillis: 5000 }', '{ connectionTimeoutMillis: 5000, max: 10 }'],
      }),
    ],
  },
  {
    name: 'a MongoClient whose collection a store searches',
    code: code`
      import { MongoDBAtlasVectorSearch } from '@langchain/mongodb';
      import { Embeddings } from '@langchain/core/embeddings';
      import { MongoClient } from 'mongodb';

      export async function loadStore(embeddings: Embeddings) {
        const client = new MongoClient(process.env.MONGODB_ATLAS_URI ?? '');
        await client.connect();
        const collection = client.db('chat').collection('documents');
        return new MongoDBAtlasVectorSearch(embeddings, { collection, indexName: 'vector_index' });
      }
    `,
    reports: (source) => [
      waits(
        source,
        mongo('new MongoClient', ["MONGODB_ATLAS_URI ?? '')", `MONGODB_ATLAS_URI ?? '', { ${bothOfMongo} })`]),
      ),
    ],
  },
  {
    name: 'a MongoClient with other options, behind a dynamic import',
    code: code`
      import { MongoClient } from 'mongodb';

      export const provider = {
        provide: 'HISTORY',
        useFactory: async (config) => {
          const { MongoDBChatMessageHistory } = await import('@langchain/mongodb');
          const client = new MongoClient(config.get('MONGO_URI'), { driverInfo: { name: 'langchainjs' } });
          await client.connect();
          return new MongoDBChatMessageHistory({
            collection: client.db('langchain').collection('memory'),
            sessionId: 'main',
          });
        },
      };
    `,
    reports: (source) => [
      waits(
        source,
        mongo("{ driverInfo: { name: 'langchainjs' } }", [
          "{ name: 'langchainjs' } }",
          `{ name: 'langchainjs' }, ${bothOfMongo} }`,
        ]),
      ),
    ],
  },
  {
    name: 'a MongoClient made by connect(), in CommonJS',
    filename: 'file.js',
    code: code`
      const { MongoClient } = require('mongodb');
      const { MongoDBSaver } = require('@langchain/langgraph-checkpoint-mongodb');

      let client;
      async function getCheckpointer() {
        client ??= await MongoClient.connect(process.env.MONGODB_URI);
        return new MongoDBSaver({ client });
      }
      module.exports = { getCheckpointer };
    `,
    reports: (source) => [
      waits(
        source,
        mongo('MongoClient.connect', ['MONGODB_URI)', `MONGODB_URI, { ${bothOfMongo} })`], 'MongoClient.connect'),
      ),
    ],
  },
  {
    name: 'a connection string with one of the options',
    code: code`
      import { MongoDBSaver } from '@langchain/langgraph-checkpoint-mongodb';
      import { MongoClient } from 'mongodb';

      const client = new MongoClient('mongodb://localhost:27017/chat?retryWrites=true');
      export const checkpointer = new MongoDBSaver({ client });
    `,
    reports: (source) => [
      waits(source, mongo('new MongoClient', ["retryWrites=true')", `retryWrites=true', { ${bothOfMongo} })`])),
    ],
  },
  {
    name: 'a driver of Neo4j, which gives up after a minute',
    code: code`
      import neo4j from 'neo4j-driver';
      import { Neo4jVectorStore } from '@langchain/neo4j';
      import { embeddings } from './models';

      const driver = neo4j.driver(process.env.NEO4J_URI!, neo4j.auth.basic('neo4j', process.env.NEO4J_PASSWORD!));
      export const store = await Neo4jVectorStore.fromExistingIndex(embeddings, { driver, indexName: 'documents' });
    `,
    reports: (source) => [
      size(source, {
        at: 'neo4j.driver',
        missing: '`maxConnectionPoolSize`',
        size: '100',
        then: ', then calls fail after 60 s',
        added: 'maxConnectionPoolSize: 100',
        edit: ['NEO4J_PASSWORD!));', 'NEO4J_PASSWORD!), { maxConnectionPoolSize: 100 });'],
      }),
    ],
  },
  {
    name: 'a pool of mariadb, which gives up after ten seconds',
    code: code`
      import * as mariadb from 'mariadb';
      import { MariaDBStore } from '@langchain/community/vectorstores/mariadb';
      import { embeddings } from './models';

      const pool = mariadb.createPool({ host: 'localhost', user: 'app' });
      export const store = await MariaDBStore.initialize(embeddings, { pool, distanceStrategy: 'EUCLIDEAN' });
    `,
    reports: (source) => [
      size(source, {
        at: "{ host: 'localhost', user: 'app' }",
        name: 'mariadb.createPool',
        missing: '`connectionLimit`',
        size: '10',
        then: ', then calls fail after 10 s',
        added: 'connectionLimit: 10',
        edit: ["user: 'app' }", "user: 'app', connectionLimit: 10 }"],
      }),
    ],
  },
  {
    name: 'a DataSource of TypeORM: into `extra`',
    code: code`
      import { SqlDatabase } from '@langchain/classic/sql_db';
      import { DataSource } from 'typeorm';

      const appDataSource = new DataSource({ type: 'postgres', url: process.env.DATABASE_URL });
      export const db = await SqlDatabase.fromDataSourceParams({ appDataSource });
    `,
    reports: (source) => [
      waits(source, {
        at: "{ type: 'postgres', url: process.env.DATABASE_URL }",
        name: 'DataSource',
        missing: 'limits',
        added: `extra: { ${both} }`,
        edit: ['url: process.env.DATABASE_URL }', `url: process.env.DATABASE_URL, extra: { ${both} } }`],
      }),
    ],
  },
  {
    name: 'a DataSource of TypeORM with something else in `extra`, and one of MySQL',
    code: code`
      import { SqlDatabase } from 'langchain/sql_db';
      import { DataSource } from 'typeorm';

      const first = new DataSource({ type: 'postgres', poolSize: 5, extra: { statement_timeout: 3000 } });
      const second = new DataSource({ type: 'mysql', extra: { connectTimeout: 3000 } });
      export const connect = async () => [
        await SqlDatabase.fromDataSourceParams({ appDataSource: first }),
        await SqlDatabase.fromDataSourceParams({ appDataSource: second }),
      ];
    `,
    reports: (source) => [
      waits(source, {
        at: "{ type: 'postgres', poolSize: 5, extra: { statement_timeout: 3000 } }",
        name: 'DataSource',
        missing: '`extra.connectionTimeoutMillis`',
        busy: '5 connections are',
        added: 'extra: { connectionTimeoutMillis: 10_000 }',
        edit: ['statement_timeout: 3000 }', 'statement_timeout: 3000, connectionTimeoutMillis: 10_000 }'],
      }),
      size(source, {
        at: "{ type: 'mysql', extra: { connectTimeout: 3000 } }",
        name: 'DataSource',
        missing: '`extra.connectionLimit`',
        size: '10',
        then: ', then calls wait forever',
        added: 'extra: { connectionLimit: 10 }',
        edit: ['connectTimeout: 3000 }', 'connectTimeout: 3000, connectionLimit: 10 }'],
      }),
    ],
  },
  {
    name: 'a pool that a function of the file makes, and another hands on',
    code: code`
      import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
      import { Pool } from 'pg';
      import { embeddings } from './models';

      function connect() {
        return new Pool({});
      }
      const createStore = (pool: Pool) => PGVectorStore.initialize(embeddings, { pool, tableName: 'documents' });
      const shared = connect();
      export const store = await createStore(shared);
    `,
    reports: (source) => [waits(source, { at: '{}', name: 'Pool', added: both, edit: ['{}', `{ ${both} }`] })],
  },
  {
    name: 'pools that a class keeps in a static field and takes as a parameter, and one that a singleton fills in',
    code: code`
      import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
      import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
      import { Pool } from 'pg';
      import { embeddings } from './models';

      class Documents {
        private static pool = new Pool({ host: 'documents' });
        static open() {
          return PGVectorStore.initialize(embeddings, { pool: Documents.pool, tableName: 'documents' });
        }
      }

      class Checkpoints {
        constructor(private readonly pool: Pool = new Pool({ host: 'checkpoints' })) {}
        readonly saver = new PostgresSaver(this.pool);
      }

      let shared: Pool | undefined;
      function getPool() {
        if (!shared) shared = new Pool({ host: 'shared' });
        return shared;
      }
      export const all = [
        Documents.open(),
        new Checkpoints(),
        new Checkpoints(new Pool({ host: 'other' })),
        new PostgresSaver(getPool()),
      ];
    `,
    reports: (source) =>
      ['documents', 'checkpoints', 'shared', 'other'].map((host) =>
        waits(source, {
          at: `{ host: '${host}' }`,
          name: 'Pool',
          added: both,
          edit: [`{ host: '${host}' }`, `{ host: '${host}', ${both} }`],
        }),
      ),
  },
  {
    name: 'one pool that goes to a saver and a history: once',
    code: code`
      import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
      import { PostgresChatMessageHistory } from '@langchain/community/stores/message/postgres';
      import { Pool } from 'pg';

      const pool = new Pool({ /* from PGHOST and the others */ });
      export const checkpointer = new PostgresSaver(pool);
      export const getHistory = (sessionId: string) => new PostgresChatMessageHistory({ pool, sessionId });
    `,
    reports: (source) => [
      waits(source, {
        at: '{ /* from PGHOST and the others */ }',
        name: 'Pool',
        added: both,
        edit: ['{ /* from PGHOST', `{ ${both}, /* from PGHOST`],
      }),
    ],
  },
  {
    name: 'a pool without parentheses, and one made of what an environment variable decides, without a suggestion',
    code: code`
      import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
      import { Pool } from 'pg';

      export const first = new PostgresSaver(new Pool);
      const config = process.env.DATABASE_URL ? { connectionString: process.env.DATABASE_URL } : { host: 'localhost' };
      export const second = new PostgresSaver(new Pool(config));
    `,
    reports: (source) => [
      waits(source, { at: 'new Pool', name: 'Pool', added: both, edit: ['new Pool)', `new Pool({ ${both} }))`] }),
      waits(source, { at: 'config', occurrence: 2, name: 'Pool', added: both, edit: null }),
    ],
  },
];

// ── pools that LangChain's classes open ─────────────────────────────────────────────────────────────────────────────

const opened: readonly Case[] = [
  {
    name: 'postgresConnectionOptions of a vector store',
    code: code`
      import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
      import { OpenAIEmbeddings } from '@langchain/openai';

      export const store = await PGVectorStore.initialize(new OpenAIEmbeddings(), {
        postgresConnectionOptions: { connectionString: process.env.DATABASE_URL },
        tableName: 'documents',
      });
    `,
    reports: (source) => [
      waits(source, {
        at: 'postgresConnectionOptions',
        added: both,
        edit: ['connectionString: process.env.DATABASE_URL }', `connectionString: process.env.DATABASE_URL, ${both} }`],
      }),
    ],
  },
  {
    name: 'postgresConnectionOptions of @langchain/pgvector, documents first',
    code: code`
      import { PGVectorStore } from '@langchain/pgvector';
      import { embeddings } from './models';

      export const load = (documents, connection) =>
        PGVectorStore.fromDocuments(documents, embeddings, {
          postgresConnectionOptions: { host: 'db', max: 5 },
          tableName: 'documents',
        });
    `,
    reports: (source) => [
      waits(source, {
        at: 'postgresConnectionOptions',
        missing: '`connectionTimeoutMillis`',
        busy: '5 connections are',
        added: 'connectionTimeoutMillis: 10_000',
        edit: ['max: 5 }', 'max: 5, connectionTimeoutMillis: 10_000 }'],
      }),
    ],
  },
  {
    name: 'a config in a constant that two functions give to a store: once',
    code: code`
      import { PGVectorStore, type PGVectorStoreArgs } from '@langchain/community/vectorstores/pgvector';
      import { embeddings } from './models';

      const config: PGVectorStoreArgs = { postgresConnectionOptions: { host: 'db' }, tableName: 'documents' };
      export const open = () => PGVectorStore.initialize(embeddings, config);
      export const read = () => new PGVectorStore(embeddings, config);
    `,
    reports: (source) => [
      waits(source, {
        at: 'postgresConnectionOptions',
        added: both,
        edit: ["{ host: 'db' }", `{ host: 'db', ${both} }`],
      }),
    ],
  },
  {
    name: 'poolConfig of a history, for each session',
    code: code`
      import { PostgresChatMessageHistory } from '@langchain/community/stores/message/postgres';
      import { RunnableWithMessageHistory } from '@langchain/core/runnables';
      import { chain } from './chain';

      const poolConfig = { host: '127.0.0.1', database: 'chat' };
      export const withHistory = new RunnableWithMessageHistory({
        runnable: chain,
        getMessageHistory: (sessionId) => new PostgresChatMessageHistory({ sessionId, poolConfig }),
      });
    `,
    reports: (source) => [
      waits(source, {
        at: 'poolConfig',
        occurrence: 2,
        added: both,
        edit: ["database: 'chat' }", `database: 'chat', ${both} }`],
      }),
    ],
  },
  {
    name: 'a record manager whose database is told by the environment',
    code: code`
      import { PostgresRecordManager } from '@langchain/community/indexes/postgres';

      const connectionOptions = process.env.RECORD_MANAGER_DB_URL
        ? { connectionString: process.env.RECORD_MANAGER_DB_URL }
        : { host: process.env.DATABASE_HOST, port: Number(process.env.DATABASE_PORT) };
      export const recordManager = new PostgresRecordManager('weaviate/documents', {
        postgresConnectionOptions: connectionOptions,
      });
    `,
    reports: (source) => [waits(source, { at: 'postgresConnectionOptions', added: both, edit: null })],
  },
  {
    name: 'connection options of other stores',
    code: code`
      import { MariaDBStore } from '@langchain/community/vectorstores/mariadb';
      import { SingleStoreVectorStore } from '@langchain/community/vectorstores/singlestore';
      import { TypeORMVectorStore } from '@langchain/community/vectorstores/typeorm';
      import { embeddings } from './models';

      export const first = await MariaDBStore.initialize(embeddings, { connectionOptions: { host: 'maria' } });
      export const second = new SingleStoreVectorStore(embeddings, { connectionOptions: { host: 'single' } });
      export const third = await TypeORMVectorStore.fromDataSource(embeddings, {
        postgresConnectionOptions: { type: 'postgres', host: 'orm' },
      });
    `,
    reports: (source) => [
      size(source, {
        at: 'connectionOptions',
        missing: '`connectionLimit`',
        size: '10',
        then: ', then calls fail after 10 s',
        added: 'connectionLimit: 10',
        edit: ["{ host: 'maria' }", "{ host: 'maria', connectionLimit: 10 }"],
      }),
      {
        ...size(source, {
          at: 'connectionOptions',
          missing: '`connectionLimit`',
          size: '10',
          then: ', then calls wait forever',
          added: 'connectionLimit: 10',
          edit: ["{ host: 'single' }", "{ host: 'single', connectionLimit: 10 }"],
        }),
        ...locate(source, 'connectionOptions', 2),
      },
      waits(source, {
        at: 'postgresConnectionOptions',
        missing: 'limits',
        added: `extra: { ${both} }`,
        edit: ["host: 'orm' }", `host: 'orm', extra: { ${both} } }`],
      }),
    ],
  },
  {
    name: 'a store of LangGraph, with options and with a connection string',
    code: code`
      import { PostgresStore } from '@langchain/langgraph-checkpoint-postgres/store';

      export const first = new PostgresStore({ connectionOptions: { connectionString: process.env.DATABASE_URL } });
      export const second = new PostgresStore({ connectionOptions: process.env.DATABASE_URL! });
    `,
    reports: (source) => [
      waits(source, {
        at: 'connectionOptions',
        added: both,
        edit: ['connectionString: process.env.DATABASE_URL }', `connectionString: process.env.DATABASE_URL, ${both} }`],
      }),
      waits(source, { at: 'connectionOptions', occurrence: 2, added: both, edit: null }),
    ],
  },
  {
    name: 'fromConnString, which takes no options for the pool',
    code: code`
      import { MemorySaver } from '@langchain/langgraph';
      import { MongoDBStore } from '@langchain/langgraph-checkpoint-mongodb';
      import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
      import { PostgresStore } from '@langchain/langgraph-checkpoint-postgres/store';

      const url = process.env.DATABASE_URL;
      export const checkpointer = url ? PostgresSaver.fromConnString(url, { schema: 'graph' }) : new MemorySaver();
      export const store = PostgresStore.fromConnString(process.env.DATABASE_URL!);
      export const documents = await MongoDBStore.fromConnString(process.env.MONGODB_URI!, { dbName: 'chat' });
    `,
    reports: (source) => [
      noOptions(
        source,
        'PostgresSaver.fromConnString',
        'Write `new PostgresSaver(new Pool({ max, connectionTimeoutMillis }))`',
      ),
      noOptions(source, 'PostgresStore.fromConnString', 'Give `new PostgresStore()` limits in `connectionOptions`'),
      noOptions(
        source,
        'MongoDBStore.fromConnString',
        'Give `new MongoDBStore()` a `client` with limits',
        '100 connections',
      ),
    ],
  },
];

// ── what is left alone ──────────────────────────────────────────────────────────────────────────────────────────────

const quiet: readonly Valid<[]>[] = [
  {
    name: 'a pool with both limits, by each of their names',
    code: code`
      import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
      import { MongoDBSaver } from '@langchain/langgraph-checkpoint-mongodb';
      import { SqlDatabase } from 'langchain/sql_db';
      import { MongoClient } from 'mongodb';
      import { Pool } from 'pg';
      import { DataSource } from 'typeorm';

      const settings = { max: 20, connectionTimeoutMillis: 5_000 };
      export const first = new PostgresSaver(
        new Pool({ connectionString: process.env.DATABASE_URL, max: 10, connectionTimeoutMillis: 5000 })
      );
      export const second = new PostgresSaver(
        new Pool({ poolSize: 4, connectionTimeoutMillis: Number(process.env.POOL_WAIT ?? 0) })
      );
      export const third = new PostgresSaver(new Pool({ ...settings, host: 'db' }));
      export const fourth = new MongoDBSaver({
        client: new MongoClient(process.env.MONGODB_URI, { maxPoolSize: 50, waitQueueTimeoutMS: 2000 }),
      });
      export const fifth = new MongoDBSaver({
        client: new MongoClient('mongodb://localhost/chat?maxPoolSize=50&waitQueueTimeoutMS=2000'),
      });
      export const connect = () =>
        SqlDatabase.fromDataSourceParams({
          appDataSource: new DataSource({ type: 'postgres', poolSize: 5, connectTimeoutMS: 3000 }),
        });
    `,
  },
  {
    name: 'a size, where the driver gives up by itself or cannot',
    code: code`
      import neo4j from 'neo4j-driver';
      import { createPool } from 'mariadb';
      import { Neo4jGraph } from '@langchain/neo4j';
      import { MariaDBStore } from '@langchain/community/vectorstores/mariadb';
      import { SingleStoreVectorStore } from '@langchain/community/vectorstores/singlestore';
      import { embeddings, token } from './models';

      const driver = neo4j.driver('bolt://db', token, { maxConnectionPoolSize: 20 });
      export const graph = new Neo4jGraph({ driver });
      export const maria = await MariaDBStore.initialize(embeddings, {
        pool: createPool({ host: 'db', connectionLimit: 5 }),
      });
      export const single = new SingleStoreVectorStore(embeddings, {
        connectionOptions: { host: 'db', connectionLimit: 5 },
      });
    `,
  },
  {
    name: 'options that cannot be seen',
    code: code`
      import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
      import { PostgresStore } from '@langchain/langgraph-checkpoint-postgres/store';
      import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
      import { MongoDBSaver } from '@langchain/langgraph-checkpoint-mongodb';
      import { MongoClient } from 'mongodb';
      import { Pool, type PoolConfig } from 'pg';
      import { config, mongoOptions } from './config';
      import { embeddings } from './models';

      const name = 'max';
      const mutable = { host: 'db' };
      mutable.max = 5;
      export const savers = (given: PoolConfig, others = {}) => [
        new PostgresSaver(new Pool(config.database)),
        new PostgresSaver(new Pool({ ...config.database })),
        new PostgresSaver(new Pool({ max: 10, ...config.database })),
        new PostgresSaver(new Pool({ host: 'db', [name]: 5 })),
        new PostgresSaver(new Pool(given)),
        new PostgresSaver(new Pool(others)),
        new PostgresSaver(new Pool({ host: 'db', ...others })),
        new PostgresSaver(new Pool(mutable)),
        new PostgresSaver(new Pool(...config.database)),
        new MongoDBSaver({ client: new MongoClient(process.env.MONGODB_URI, mongoOptions) }),
      ];
      export const store = new PGVectorStore(embeddings, {
        postgresConnectionOptions: config.database,
        tableName: 'documents',
      });
      export const spread = new PGVectorStore(embeddings, { ...config.store });
      export const text = new PostgresStore({ connectionOptions: config.url });
    `,
  },
  {
    name: 'a pool that does not reach LangChain',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      import { tool } from '@langchain/core/tools';
      import { MongoClient } from 'mongodb';
      import { Pool } from 'pg';
      import { z } from 'zod';

      const pool = new Pool({ connectionString: process.env.DATABASE_URL });
      const client = new MongoClient(process.env.MONGODB_URI);
      export const model = new ChatOpenAI({ model: 'gpt-4o' });
      export const findUser = tool(async ({ id }) => (await pool.query(
        'SELECT * FROM users WHERE id = $1',
        [id]
      )).rows, {
        name: 'find_user',
        schema: z.object({ id: z.string() }),
      });
      export const posts = client.db('blog').collection('posts');
    `,
  },
  {
    name: 'a pool that is made elsewhere',
    code: code`
      import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
      import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
      import type { Pool } from 'pg';
      import { createPool, pool } from './database';
      import { embeddings } from './models';

      export const checkpointer = new PostgresSaver(pool);
      export const own = new PostgresSaver(createPool());
      export const open = (given: Pool) =>
        PGVectorStore.initialize(embeddings, { pool: given, tableName: 'documents' });
    `,
  },
  {
    name: 'a pool that is handed to a store which has options as well',
    code: code`
      import { PostgresRecordManager } from '@langchain/community/indexes/postgres';
      import { pool } from './database';

      export const manager = new PostgresRecordManager('documents', {
        pool,
        postgresConnectionOptions: { host: 'db' },
      });
    `,
  },
  {
    name: 'Redis, SQLite and one connection of pg',
    code: code`
      import { RedisVectorStore } from '@langchain/redis';
      import { RedisChatMessageHistory } from '@langchain/community/stores/message/ioredis';
      import { SqliteSaver } from '@langchain/langgraph-checkpoint-sqlite';
      import { RedisSaver } from '@langchain/langgraph-checkpoint-redis';
      import { SqlDatabase } from 'langchain/sql_db';
      import { Redis } from 'ioredis';
      import { createClient } from 'redis';
      import { DataSource } from 'typeorm';
      import { embeddings } from './models';

      const redisClient = createClient({ url: process.env.REDIS_URL });
      export const store = new RedisVectorStore(embeddings, { redisClient, indexName: 'documents' });
      export const history = new RedisChatMessageHistory({ sessionId: 'main', client: new Redis() });
      export const saver = SqliteSaver.fromConnString('./checkpoints.db');
      export const other = await RedisSaver.fromUrl(process.env.REDIS_URL);
      export const db = await SqlDatabase.fromDataSourceParams({
        appDataSource: new DataSource({ type: 'sqlite', database: 'Chinook.db' }),
      });
    `,
  },
  {
    name: 'a DataSource whose database is not told',
    code: code`
      import { SqlDatabase } from 'langchain/sql_db';
      import { DataSource } from 'typeorm';

      export const connect = async (type) =>
        SqlDatabase.fromDataSourceParams({ appDataSource: new DataSource({ type, database: 'main' }) });
    `,
  },
  {
    name: 'clients without a pool of database connections',
    code: code`
      import { QdrantVectorStore } from '@langchain/qdrant';
      import { PineconeStore } from '@langchain/pinecone';
      import { PrismaVectorStore } from '@langchain/community/vectorstores/prisma';
      import { Pinecone } from '@pinecone-database/pinecone';
      import { PrismaClient } from '@prisma/client';
      import { QdrantClient } from '@qdrant/js-client-rest';
      import { embeddings } from './models';

      const pinecone = new Pinecone();
      export const first = new QdrantVectorStore(embeddings, {
        client: new QdrantClient({ url: process.env.QDRANT_URL }),
      });
      export const second = await PineconeStore.fromExistingIndex(embeddings, {
        pineconeIndex: pinecone.Index('documents'),
      });
      export const third = PrismaVectorStore.withModel(new PrismaClient()).create(
        embeddings,
        { tableName: 'Document' }
      );
    `,
  },
  {
    name: 'options that the class does not hand on to its pool',
    code: code`
      import { AnalyticDBVectorStore } from '@langchain/community/vectorstores/analyticdb';
      import { embeddings } from './models';
      export const store = new AnalyticDBVectorStore(embeddings, { connectionOptions: { host: 'db', user: 'app' } });
    `,
  },
  {
    name: 'no bound at all, on purpose',
    code: code`
      import { MongoDBSaver } from '@langchain/langgraph-checkpoint-mongodb';
      import { MongoClient } from 'mongodb';
      export const checkpointer = new MongoDBSaver({
        client: new MongoClient(process.env.MONGODB_URI, { maxPoolSize: 0 }),
      });
    `,
  },
  {
    name: 'a saver that sets up its tables and is gone, and one whose connection string has the limits',
    code: code`
      import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
      import { MongoDBStore } from '@langchain/langgraph-checkpoint-mongodb';

      await PostgresSaver.fromConnString(process.env.DATABASE_URL!).setup();
      export const store = await MongoDBStore.fromConnString(
        \`mongodb://\${process.env.MONGO_HOST}/chat?maxPoolSize=50&waitQueueTimeoutMS=2000\`
      );
      export const other = await MongoDBStore.fromConnString(
        'mongodb://localhost/chat?' + 'maxPoolSize=50&waitQueueTimeoutMS=2000'
      );
    `,
  },
  {
    name: 'another package’s Pool, and another Pool of the same name',
    code: code`
      import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
      import { Pool } from 'undici';
      import { MongoClient } from './mongo';
      import { MongoDBSaver } from '@langchain/langgraph-checkpoint-mongodb';

      class LocalPool {}
      export const first = new PostgresSaver(new Pool('http://localhost:5432'));
      export const second = new PostgresSaver(new LocalPool());
      export const third = new MongoDBSaver({ client: new MongoClient('mongodb://localhost') });
    `,
  },
];

new StrictRuleTester().run(rule, {
  valid: [...lookalikes(snippet), ...quiet],
  invalid: [
    ...importForms({ ...snippet, expect: ({ source }) => ({ errors: inShape({ source, name: 'pg.Pool' }) }) }),
    ...importForms({
      ...pools,
      except: ['mapped barrel'],
      expect: ({ names, source }) => ({ errors: inShape({ source, name: names.Pool }) }),
    }),
    ...[...handedOver, ...opened].map(invalid),
    reports(
      'within the budget of one process',
      {
        code: code`
          import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
          import { Pool } from 'pg';
          export const saver = new PostgresSaver(new Pool(⟦{ connectionString: process.env.DATABASE_URL }⟧));
        `,
        settings: { langchain: { budget: { workers: 4, limit: 20 } } },
      },
      {
        messageId: 'wait',
        data: {
          name: 'Pool',
          missing: 'limits',
          busy: tenDefault,
          added: 'max: 5, connectionTimeoutMillis: 10_000',
        },
        suggestions: [
          {
            messageId: 'add',
            data: { added: 'max: 5, connectionTimeoutMillis: 10_000' },
            output: ['DATABASE_URL }', 'DATABASE_URL, max: 5, connectionTimeoutMillis: 10_000 }'],
          },
        ],
      },
    ),
  ],
});
