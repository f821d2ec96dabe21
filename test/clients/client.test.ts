import { describe, expect, it } from 'vitest';
import { AST_NODE_TYPES } from '../../src/ast/types.ts';
import { findClient } from '../../src/clients/client.ts';
import { findRecipients } from '../../src/clients/recipients.ts';
import { findExport } from '../../src/facts/catalog.ts';
import { connections } from '../../src/facts/connections.ts';
import { toRef } from '../../src/facts/homes.ts';
import { code } from '../helpers/code.ts';
import { findMarked, findNodes, parseFile } from '../helpers/file.ts';

const imports = code`
  import { AzureChatOpenAI, ChatOpenAI, OpenAI, OpenAIEmbeddings } from '@langchain/openai';
  import { ChatAnthropic } from '@langchain/anthropic';
  import { ChatOllama } from '@langchain/ollama';
  import { ChatBedrockConverse } from '@langchain/aws';
  import { initChatModel, createAgent } from 'langchain';
  import { FakeListChatModel } from '@langchain/core/utils/testing';
  import { LlamaCppEmbeddings } from '@langchain/community/embeddings/llama_cpp';
  import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
  import { VercelPostgres } from '@langchain/community/vectorstores/vercel_postgres';
  import { MariaDBStore } from '@langchain/community/vectorstores/mariadb';
  import { TypeORMVectorStore } from '@langchain/community/vectorstores/typeorm';
  import { FaissStore } from '@langchain/community/vectorstores/faiss';
  import { Chroma } from '@langchain/community/vectorstores/chroma';
  import { QdrantVectorStore } from '@langchain/qdrant';
  import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
  import { PostgresStore } from '@langchain/langgraph-checkpoint-postgres/store';
  import { RedisSaver } from '@langchain/langgraph-checkpoint-redis';
  import { ShallowRedisSaver } from '@langchain/langgraph-checkpoint-redis/shallow';
  import { SqliteSaver } from '@langchain/langgraph-checkpoint-sqlite';
  import { PostgresRecordManager } from '@langchain/community/indexes/postgres';
  import { RedisChatMessageHistory } from '@langchain/redis';
  import { MongoDBAtlasVectorSearch } from '@langchain/mongodb';
  import { SqlDatabase } from 'langchain/sql_db';
  import { Neo4jGraph } from '@langchain/community/graphs/neo4j_graph';
  import { NodeHttpHandler } from '@smithy/node-http-handler';
  import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
  import { Agent } from 'undici';
  import { Pool } from 'pg';
  import { MongoClient } from 'mongodb';
  import { DataSource } from 'typeorm';
  import { createClient } from 'redis';
  import neo4j from 'neo4j-driver';
  import Redis from 'ioredis';
  import { cache, config, embeddings, pool, tools } from './shared.js';
`;

/** What each `$(…)` builds: its resource and harm, or null. */
function classify(body: string, version?: string): (string | null)[] {
  const file = parseFile(
    `${imports}\nasync function run(given) {\n${body}\n}`,
    version === undefined ? {} : { settings: { langchain: { version } } },
  );
  return findMarked(file).map((marked) => {
    const node = marked.type === AST_NODE_TYPES.AwaitExpression ? marked.argument : marked;
    if (node.type !== AST_NODE_TYPES.CallExpression && node.type !== AST_NODE_TYPES.NewExpression)
      throw new Error('Mark a call or a construction.');
    const client = findClient(file, node);
    return client && `${client.resource}: ${client.harm}`;
  });
}

describe('models', () => {
  it('plain network models, by class and by factory', () => {
    expect(
      classify(
        code`
          $(new ChatOpenAI());
          $(new OpenAI('x'));
          $(new OpenAIEmbeddings());
          $(new ChatAnthropic(given));
          $(await initChatModel('openai:gpt-4o'));
          $(new ChatOllama());
        `,
      ),
    ).toEqual(Array.from({ length: 6 }, () => 'models: model'));
  });

  it('models with a state of their own', () => {
    expect(
      classify(code`
        $(new ChatOpenAI({ maxConcurrency: 5 }));
        $(new OpenAIEmbeddings({ maxConcurrency: given }));
        $(new ChatAnthropic({ cache: new Map() }));
        $(await initChatModel('openai:gpt-4o', { maxConcurrency: 5 }));
        const dispatcher = new Agent();
        $(new ChatOpenAI({ configuration: { fetchOptions: { dispatcher } } }));
        $(new ChatBedrockConverse({ client: new BedrockRuntimeClient({ requestHandler: new NodeHttpHandler() }) }));
        $(new LlamaCppEmbeddings({ modelPath: 'x' }));
      `),
    ).toEqual([
      'limitedModels: limit',
      'limitedModels: limit',
      'limitedModels: cache',
      'limitedModels: limit',
      'limitedModels: agent',
      'limitedModels: agent',
      'limitedModels: weights',
    ]);
  });

  it('state that is shared, without effect, or of the process', () => {
    expect(
      classify(code`
        $(new ChatOpenAI({ maxConcurrency: undefined }));
        $(new ChatOpenAI({ maxConcurrency: Infinity }));
        $(new ChatOllama({ maxConcurrency: 5 }));
        $(new ChatOpenAI({ cache: true }));
        $(new ChatOpenAI({ cache }));
        $(new ChatOpenAI({ configuration: { fetch: (url) => fetch(url) } }));
        $(new ChatBedrockConverse({ client: new BedrockRuntimeClient({ region: 'x' }) }));
        $(new ChatOpenAI(config));
      `),
    ).toEqual(Array.from({ length: 8 }, () => 'models: model'));
  });

  it('an agent counts where the version takes it, and where the version is unknown', () => {
    const body = '$(new ChatOpenAI({ configuration: { httpAgent: new Agent() } }));';
    expect([classify(body), classify(body, '0.3.0'), classify(body, '1.4.0')]).toEqual([
      ['limitedModels: agent'],
      ['limitedModels: agent'],
      ['models: model'],
    ]);
  });

  it('models derived from one with a limit, where each gets a queue of its own', () => {
    expect(
      classify(code`
        const limited = new ChatOpenAI({ maxConcurrency: 5 });
        $(limited.bindTools(tools)); $(limited.withStructuredOutput(given)); $(limited.withConfig({ tags: [] }));
        $(limited.withRetry()); $(limited.pipe(given)); $(new ChatOpenAI().bindTools(tools));
        $(new AzureChatOpenAI({ maxConcurrency: 5 }).bindTools(tools));
        $(new ChatAnthropic({ maxConcurrency: 5 }).bindTools(tools));
      `),
    ).toEqual([
      'limitedModels: derivedLimit',
      'limitedModels: derivedLimit',
      'limitedModels: derivedLimit',
      null,
      null,
      null,
      null,
      null,
    ]);
  });

  it('what is no client', () => {
    expect(
      classify(
        code`
          $(new FakeListChatModel({ responses: [] }));
          $(createAgent({ model: given }));
          $(new Map());
          $(given());
          $(new Unknown());
        `,
      ),
    ).toEqual([null, null, null, null, null]);
  });
});

describe('stores, savers and histories', () => {
  it('open a pool, a driver or a connection', () => {
    expect(
      classify(code`
        $(new PGVectorStore(embeddings, { postgresConnectionOptions: config.pg }));
        $(await PGVectorStore.initialize(embeddings, { postgresConnectionOptions: {} }));
        $(await PGVectorStore.initialize(embeddings, { pool }));
        $(await PGVectorStore.fromDocuments(given, embeddings, { pool }));
        $(await VercelPostgres.initialize(embeddings));
        $(await MariaDBStore.initialize(embeddings, { connectionOptions: {} }));
        $(await TypeORMVectorStore.fromDataSource(embeddings, { postgresConnectionOptions: {} }));
        $(await QdrantVectorStore.fromTexts([], [], embeddings, { url: 'x' }));
        $(await FaissStore.load('folder', embeddings));
      `),
    ).toEqual([
      'stores: pool',
      'stores: pool',
      'stores: poolClient',
      'stores: poolClient',
      'stores: pool',
      'stores: pool',
      'stores: pool',
      'stores: http',
      'stores: index',
    ]);
    expect(
      classify(code`
        $(PostgresSaver.fromConnString('x'));
        $(PostgresStore.fromConnString('x'));
        $(new PostgresStore({ connectionOptions: 'x' }));
        $(await RedisSaver.fromUrl('x'));
        $(await ShallowRedisSaver.fromUrl('x'));
        $(SqliteSaver.fromConnString('./checkpoints.db'));
        $(new PostgresRecordManager('docs', { postgresConnectionOptions: {} }));
        $(new RedisChatMessageHistory({ sessionId: given, config: { url: 'x' } }));
        $(await Neo4jGraph.initialize({ url: 'x' }));
      `),
    ).toEqual([
      'pools: pool',
      'pools: pool',
      'pools: pool',
      'pools: connection',
      'pools: connection',
      'pools: file',
      'pools: pool',
      'pools: connection',
      'pools: driver',
    ]);
  });

  it('over a pool or client made elsewhere, in memory, over HTTP, or with options that cannot be seen', () => {
    expect(
      classify(code`
        $(new PGVectorStore(embeddings, { pool }));
        $(new PGVectorStore(embeddings, config));
        $(await VercelPostgres.initialize(embeddings, { ...config }));
        $(await QdrantVectorStore.fromExistingCollection(embeddings, { client: given }));
        $(new PostgresSaver(pool));
        $(new PostgresRecordManager('docs', { pool }));
        $(new RedisChatMessageHistory({ sessionId: given, client: given }));
        $(SqliteSaver.fromConnString(':memory:'));
        $(new Chroma(embeddings, { url: 'x' }));
        $(new MongoDBAtlasVectorSearch(embeddings, { collection: given }));
        $(await FaissStore.fromDocuments(given, embeddings));
      `),
    ).toEqual(Array.from({ length: 11 }, () => null));
  });

  it('the classes and factories of the table exist', () => {
    for (const { classes, statics } of connections) {
      for (const name of classes) {
        const [home = '', exported = ''] = toRef(name).split('#');
        const entry = findExport({ package: home, subpath: '' }, exported);
        expect(entry?.type, name).toBe('class');
        const factories = entry?.type === 'class' ? [...entry.statics.keys()] : [];
        for (const factory of statics ?? []) expect(factories, name).toContain(factory);
      }
    }
  });
});

describe('pools and drivers of other packages', () => {
  /** To how many constructions of LangChain each pool or driver goes. */
  const recipients = (body: string): number[] => {
    const file = parseFile(
      code`
        ${imports}
        async function run(given) {
        ${body}
        }
        function save(target) { return new PostgresSaver(target); }
      `,
    );
    const calls = [...findNodes(file, AST_NODE_TYPES.NewExpression), ...findNodes(file, AST_NODE_TYPES.CallExpression)];
    return calls
      .filter((call) => findClient(file, call)?.value === null)
      .map((call) => findRecipients(file, call).length);
  };

  it.each([
    [
      'through a variable, to two',
      code`
        const own = new Pool();
        new PostgresSaver(own);
        new PostgresRecordManager('a', { pool: own });
      `,
      [2],
    ],
    [
      'through what is made from it',
      code`
        const client = new MongoClient('x');
        await client.connect();
        const collection = client.db('a').collection('b');
        new MongoDBAtlasVectorSearch(embeddings, { collection });
      `,
      [1],
    ],
    [
      'through a chain that ends in the same connection',
      code`
        const client = await createClient({ url: 'x' }).on('error', given).connect();
        new RedisChatMessageHistory({ sessionId: given, client });
      `,
      [1],
    ],
    ['through a function of the file', 'save(new Pool());', [1]],
    [
      'from a function of the file',
      code`
        const open = () => new Pool();
        new PostgresSaver(open());
        function close() { return new Pool(); }
        new PostgresSaver(close());
      `,
      [1, 1],
    ],
    [
      'as an option of another name',
      code`
        const source = new DataSource({ type: 'postgres' });
        await SqlDatabase.fromDataSourceParams({ appDataSource: source });
      `,
      [1],
    ],
    [
      'through an assignment',
      code`
        let redis;
        redis = new Redis('x');
        new RedisChatMessageHistory({ sessionId: given, client: redis });
      `,
      [1],
    ],
    [
      'through an options object',
      'const options = { pool: new Pool() }; await PGVectorStore.initialize(embeddings, options);',
      [1],
    ],
  ])('count when they go to LangChain: %s', (_name, body, expected) => {
    expect(recipients(body)).toEqual(expected);
  });

  it.each([
    [
      'the rows of a query',
      code`
        const own = new Pool();
        const { rows } = await own.query("x");
        new PostgresSaver(rows);
      `,
    ],
    [
      'something else',
      code`
        const own = new Pool();
        given(own);
        const driver = neo4j.driver("x");
        driver.session();
      `,
    ],
    ['a pool that nothing takes', 'await new Pool().query("x");'],
  ])('do not count otherwise: %s', (_name, body) => {
    expect(recipients(body)).toEqual([]);
  });
});
