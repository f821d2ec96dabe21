import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { encode, expand, print } from '../../scripts/catalog/encode.ts';
import { mergeLines } from '../../scripts/catalog/merge.ts';
import { type ReadLine, readLine } from '../../scripts/catalog/read.ts';
import * as generated from '../../src/facts/catalog.generated.ts';
import { type ClassEntry, findExport, type FunctionEntry, parseSpecifier } from '../../src/facts/catalog.ts';

function find(specifier: string, name: string): ClassEntry | FunctionEntry | undefined {
  const module = parseSpecifier(specifier);
  if (!module) throw new Error(`${specifier} is not LangChain's.`);
  return findExport(module, name);
}

function findClass(specifier: string, name: string): ClassEntry {
  const entry = find(specifier, name);
  if (entry?.type !== 'class') throw new Error(`${name} of ${specifier} is no class.`);
  return entry;
}

function findFunction(specifier: string, name: string): FunctionEntry {
  const entry = find(specifier, name);
  if (entry?.type !== 'function') throw new Error(`${name} of ${specifier} is no function.`);
  return entry;
}

describe('parseSpecifier', () => {
  it.each([
    ['langchain', 'langchain', ''],
    ['langchain/chat_models/openai', 'langchain', 'chat_models/openai'],
    ['@langchain/openai', '@langchain/openai', ''],
    ['@langchain/community/vectorstores/pgvector', '@langchain/community', 'vectorstores/pgvector'],
    ['@langchain/community/vectorstores/pgvector.js', '@langchain/community', 'vectorstores/pgvector'],
    ['@langchain/core/dist/runnables/base.cjs', '@langchain/core', 'runnables/base'],
    ['@langchain/core/runnables/index.js', '@langchain/core', 'runnables'],
    ['@langchain/openai/dist/index.js', '@langchain/openai', ''],
    ['@langchain/openai/dist', '@langchain/openai', ''],
    ['@langchain/langgraph/prebuilt/', '@langchain/langgraph', 'prebuilt'],
    ['deepagents', 'deepagents', ''],
    ['@langchain/azure-openai', '@langchain/azure-openai', ''],
  ])('reads %s', (specifier, packageName, subpath) => {
    expect(parseSpecifier(specifier)).toEqual({ package: packageName, subpath });
  });

  it.each([
    'langchain-evil',
    'langchainhub',
    '@langchainx/y',
    '@langchain',
    '@acme/langchain',
    './langchain',
    'langsmith',
    'openai',
    '',
    'deepagents-fork/langchain',
  ])('leaves "%s" alone', (specifier) => {
    expect(parseSpecifier(specifier)).toBeNull();
  });
});

describe('classes', () => {
  it('knows a chat model with what it inherits', () => {
    const entry = findClass('@langchain/openai', 'ChatOpenAI');
    expect(entry).toMatchObject({
      name: 'ChatOpenAI',
      kind: 'chatModel',
      net: 'network',
      loads: null,
      abstract: false,
      runnable: true,
    });
    expect(entry.bases).toEqual([
      '@langchain/openai#BaseChatOpenAI',
      '@langchain/core#BaseChatModel',
      '@langchain/core#BaseLanguageModel',
      '@langchain/core#BaseLangChain',
      '@langchain/core#Runnable',
      '@langchain/core#Serializable',
    ]);
    expect(Object.fromEntries(entry.asyncMethods)).toMatchObject({
      invoke: 'promise',
      batch: 'promise',
      stream: 'promise',
      streamEvents: 'asyncIterable',
      generate: 'promise',
    });
    expect(entry.asyncMethods.has('bindTools')).toBe(false);
    expect(entry.asyncMethods.has('pipe')).toBe(false);
    expect(entry.asyncMethods.has('_generate')).toBe(false);
  });

  it('keeps the methods that older releases had', () => {
    expect(findClass('@langchain/openai', 'ChatOpenAI').asyncMethods.get('predict')).toBe('promise');
    expect(findClass('@langchain/core/retrievers', 'BaseRetriever').asyncMethods.get('getRelevantDocuments')).toBe(
      'promise',
    );
  });

  it('tells an async static factory from a sync one', () => {
    const store = findClass('@langchain/community/vectorstores/pgvector', 'PGVectorStore');
    expect(store).toMatchObject({ kind: 'vectorStore', net: 'network', runnable: false });
    expect(Object.fromEntries(store.statics)).toEqual({
      fromDocuments: 'async',
      fromTexts: 'async',
      initialize: 'async',
    });
    const saver = findClass('@langchain/langgraph-checkpoint-postgres', 'PostgresSaver');
    expect(saver).toMatchObject({ kind: 'checkpointer', net: 'network' });
    expect(saver.statics.get('fromConnString')).toBe('sync');
    expect(findClass('@langchain/langgraph-checkpoint-redis', 'RedisSaver').statics.get('fromUrl')).toBe('async');
    expect(findClass('@langchain/core/prompts', 'ChatPromptTemplate').statics.get('fromMessages')).toBe('sync');
    expect(findClass('@langchain/core/runnables', 'RunnableSequence').statics.get('from')).toBe('sync');
  });

  it.each([
    ['@langchain/core/language_models/chat_models', 'BaseChatModel', 'chatModel', 'abstract'],
    ['@langchain/core/language_models/base', 'BaseLanguageModel', 'llm', 'abstract'],
    ['@langchain/openai', 'OpenAI', 'llm', 'network'],
    ['@langchain/openai', 'OpenAIEmbeddings', 'embeddings', 'network'],
    ['@langchain/classic/embeddings/cache_backed', 'CacheBackedEmbeddings', 'embeddings', 'delegates'],
    ['@langchain/core/embeddings', 'EmbeddingsInterface', 'embeddings', 'abstract'],
    ['@langchain/core/vectorstores', 'VectorStoreRetriever', 'retriever', 'delegates'],
    ['@langchain/classic/vectorstores/memory', 'MemoryVectorStore', 'vectorStore', 'delegates'],
    ['@langchain/community/retrievers/bm25', 'BM25Retriever', 'retriever', 'local'],
    ['@langchain/community/document_loaders/web/cheerio', 'CheerioWebBaseLoader', 'loader', 'network'],
    ['@langchain/community/document_loaders/fs/pdf', 'PDFLoader', 'loader', 'local'],
    ['@langchain/community/document_loaders/fs/unstructured', 'UnstructuredLoader', 'loader', 'network'],
    ['@langchain/redis', 'RedisCache', 'cache', 'network'],
    ['@langchain/core/caches', 'InMemoryCache', 'cache', 'local'],
    ['@langchain/community/stores/message/postgres', 'PostgresChatMessageHistory', 'chatHistory', 'network'],
    ['@langchain/community/indexes/postgres', 'PostgresRecordManager', 'recordManager', 'network'],
    ['@langchain/core/stores', 'InMemoryStore', 'store', 'local'],
    ['@langchain/langgraph-checkpoint-postgres/store', 'PostgresStore', 'store', 'network'],
    ['@langchain/langgraph', 'MemorySaver', 'checkpointer', 'local'],
    ['@langchain/langgraph-checkpoint-sqlite', 'SqliteSaver', 'checkpointer', 'local'],
    ['@langchain/langgraph', 'StateGraph', 'stateGraph', 'delegates'],
    ['@langchain/langgraph', 'CompiledStateGraph', 'graph', 'delegates'],
    ['@langchain/langgraph/remote', 'RemoteGraph', 'graph', 'network'],
    ['@langchain/core/runnables', 'RunnableSequence', 'sequence', 'delegates'],
    ['@langchain/core/runnables', 'RouterRunnable', 'router', 'delegates'],
    ['@langchain/core/runnables/graph', 'Graph', 'other', 'none'],
    ['@langchain/core/prompts', 'ChatPromptTemplate', 'prompt', 'none'],
    ['@langchain/core/output_parsers', 'StringOutputParser', 'parser', 'none'],
    ['@langchain/classic/output_parsers', 'OutputFixingParser', 'parser', 'delegates'],
    ['@langchain/core/messages', 'HumanMessage', 'message', 'none'],
    ['@langchain/core/documents', 'Document', 'document', 'none'],
    ['@langchain/textsplitters', 'RecursiveCharacterTextSplitter', 'textSplitter', 'none'],
    ['@langchain/core/tools', 'DynamicStructuredTool', 'tool', 'delegates'],
    ['@langchain/tavily', 'TavilySearch', 'tool', 'network'],
    ['@langchain/classic/chains', 'LLMChain', 'chain', 'delegates'],
    ['@langchain/classic/agents', 'AgentExecutor', 'agent', 'delegates'],
    ['@langchain/classic/sql_db', 'SqlDatabase', 'client', 'delegates'],
    ['@langchain/mcp-adapters', 'MultiServerMCPClient', 'client', 'network'],
  ])('%s: %s is %s, %s', (specifier, name, kind, net) => {
    expect(findClass(specifier, name)).toMatchObject({ name, kind, net });
  });

  it('marks what loads an index or weights', () => {
    const index = findClass('@langchain/community/vectorstores/hnswlib', 'HNSWLib');
    expect(index).toMatchObject({ net: 'delegates', loads: 'index' });
    expect(index.statics.get('load')).toBe('async');
    expect(index.asyncMethods.get('save')).toBe('promise');
    expect(
      findClass('@langchain/community/embeddings/huggingface_transformers', 'HuggingFaceTransformersEmbeddings'),
    ).toMatchObject({ net: 'local', loads: 'weights' });
    expect(findClass('@langchain/community/chat_models/llama_cpp', 'ChatLlamaCpp')).toMatchObject({
      net: 'local',
      loads: 'weights',
    });
  });

  it("lists the methods of a client's parts", () => {
    const client = findClass('@langchain/langgraph-sdk', 'Client');
    expect(client).toMatchObject({ kind: 'client', net: 'network' });
    expect(client.asyncMethods.get('runs.wait')).toBe('promise');
    expect(client.asyncMethods.get('runs.stream')).toBe('asyncIterable');
    expect(client.asyncMethods.get('threads.create')).toBe('promise');
  });

  it("knows that createAgent's class has no batch", () => {
    const agent = findClass('langchain', 'ReactAgent');
    expect(agent).toMatchObject({ kind: 'agent', runnable: false });
    expect([...agent.asyncMethods.keys()]).toEqual(expect.arrayContaining(['invoke', 'stream']));
    expect(agent.asyncMethods.has('batch')).toBe(false);
  });

  it('gives the declared name of an export that has another one', () => {
    expect(findClass('@langchain/community/chat_models/bedrock', 'ChatBedrock').name).toBe('BedrockChat');
  });
});

describe('functions', () => {
  it.each([
    ['langchain', 'initChatModel', { kind: 'chatModel', async: true, returns: 'ConfigurableModel', net: 'network' }],
    ['langchain', 'createAgent', { kind: 'agent', async: false, returns: 'ReactAgent', net: 'delegates' }],
    ['deepagents', 'createDeepAgent', { kind: 'agent', async: false, returns: 'DeepAgent', net: 'delegates' }],
    [
      '@langchain/langgraph/prebuilt',
      'createReactAgent',
      { kind: 'graph', async: false, returns: 'CompiledStateGraph', net: 'delegates' },
    ],
    [
      'langchain/agents',
      'createReactAgent',
      { kind: 'sequence', async: true, returns: 'AgentRunnableSequence', net: 'delegates' },
    ],
    ['@langchain/langgraph', 'entrypoint', { kind: 'graph', async: false, returns: 'Pregel', net: 'delegates' }],
    [
      '@langchain/langgraph-supervisor',
      'createSupervisor',
      { kind: 'stateGraph', async: false, returns: 'StateGraph', net: 'delegates' },
    ],
    ['langchain/hub', 'pull', { kind: 'runnable', async: true, returns: 'Runnable', net: 'none' }],
    ['@langchain/core/tools', 'tool', { kind: 'tool', async: false, returns: null, net: 'delegates' }],
    ['langchain', 'tool', { kind: 'tool', async: false, returns: null, net: 'delegates' }],
    ['@langchain/core/indexing', 'index', { kind: 'other', async: true, returns: null, net: 'delegates' }],
    [
      'langchain/agents',
      'initializeAgentExecutorWithOptions',
      { kind: 'agent', async: true, returns: 'AgentExecutor', net: 'delegates' },
    ],
    [
      'langchain/chains',
      'loadQAStuffChain',
      { kind: 'chain', async: false, returns: 'StuffDocumentsChain', net: 'delegates' },
    ],
  ])('%s: %s', (specifier, name, expected) => {
    const { returns, ...entry } = findFunction(specifier, name);
    expect({ ...entry, returns: returns?.name ?? null }).toMatchObject({ name, ...expected });
  });

  it('tells a call of the function from one of a class', () => {
    expect(find('@langchain/core/tools', 'tool')?.type).toBe('function');
    expect(find('@langchain/core/tools', 'Tool')?.type).toBe('class');
  });
});

describe('import paths of older releases', () => {
  it.each([
    ['langchain/chat_models/openai', 'ChatOpenAI', 'chatModel'],
    ['langchain/chat_models/anthropic', 'ChatAnthropic', 'chatModel'],
    ['langchain/llms/openai', 'OpenAI', 'llm'],
    ['langchain/embeddings/openai', 'OpenAIEmbeddings', 'embeddings'],
    ['langchain/vectorstores/pinecone', 'PineconeStore', 'vectorStore'],
    ['langchain/vectorstores/memory', 'MemoryVectorStore', 'vectorStore'],
    ['langchain/document_loaders/fs/text', 'TextLoader', 'loader'],
    ['langchain/text_splitter', 'RecursiveCharacterTextSplitter', 'textSplitter'],
    ['langchain/chains', 'ConversationalRetrievalQAChain', 'chain'],
    ['langchain/memory', 'BufferMemory', 'memory'],
    ['langchain/schema/runnable', 'RunnableSequence', 'sequence'],
    ['langchain/schema', 'HumanMessage', 'message'],
  ])('%s: %s is %s', (specifier, name, kind) => {
    expect(findClass(specifier, name)).toMatchObject({ name, kind });
  });
});

describe('modules that the catalogue does not list', () => {
  it('takes the class of that name from elsewhere for a retired package', () => {
    expect(find('@langchain/never-heard-of', 'AzureChatOpenAI')).toMatchObject({
      type: 'class',
      kind: 'chatModel',
      net: 'network',
    });
  });

  it('does so for build output', () => {
    expect(find('langchain/dist/chat_models/openai.js', 'ChatOpenAI')).toMatchObject({ kind: 'chatModel' });
    expect(find('@langchain/community/dist/vectorstores/pgvector/store.js', 'PGVectorStore')).toMatchObject({
      kind: 'vectorStore',
    });
  });

  it('prefers the package itself', () => {
    // The stores of LangGraph and of core share the name; both are stores, with other methods.
    const store = findClass('@langchain/langgraph-checkpoint/dist/store/memory.js', 'InMemoryStore');
    expect(store.asyncMethods.get('search')).toBe('promise');
  });

  it('looks under the other subpaths of a package when the module lacks the name', () => {
    expect(find('langchain/vectorstores', 'HNSWLib')).toMatchObject({ kind: 'vectorStore' });
    expect(find('langchain', 'OpenAI')).toMatchObject({ kind: 'llm' });
    expect(find('@langchain/core', 'RunnableLambda')).toMatchObject({ kind: 'runnable' });
  });

  it('says nothing when the namesakes differ in kind', () => {
    // An LLM and a chat model in @langchain/community.
    expect(find('@langchain/community/llms/arcjet', 'ArcjetRedact')).toMatchObject({ kind: 'llm' });
    expect(find('@langchain/community/experimental/arcjet', 'ArcjetRedact')).toBeUndefined();
  });

  it('says nothing of unknown names', () => {
    expect(find('@langchain/openai', 'ChatOpenAl')).toBeUndefined();
    expect(find('@langchain/openai', 'PGVectorStore')).toBeUndefined();
    expect(find('@langchain/never-heard-of', 'ChatNeverHeardOf')).toBeUndefined();
    expect(find('@langchain/constructor', 'toString')).toBeUndefined();
    expect(findExport({ package: '__proto__', subpath: '' }, 'constructor')).toBeUndefined();
  });
});

describe('the generated file', () => {
  it('stays small', () => {
    const source = readFileSync(path.join(import.meta.dirname, '../../src/facts/catalog.generated.ts'), 'utf8');
    expect(source.length).toBeLessThan(100_000);
  });

  it('has no reference that leads nowhere', () => {
    expect(expand(generated).filter((line) => line.includes('?'))).toEqual([]);
  });
});

describe('the generator', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'catalog-'));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const core = `
    export declare abstract class Runnable<I, O> {
      invoke(input: I): Promise<O>;
      stream(input: I): Promise<AsyncIterable<O>>;
      streamEvents(input: I): AsyncGenerator<string>;
      pipe<N>(next: Runnable<O, N>): Runnable<I, N>;
      private connect(): Promise<void>;
      _call(input: I): Promise<O>;
    }
    export interface RunnableOptions { readonly timeout: number }
    export declare abstract class BaseChatModel extends Runnable<string, string> {
      bindTools?(tools: unknown[]): Runnable<string, string>;
    }
  `;
  const openai = `
    import { BaseChatModel, type Runnable } from '@langchain/core';
    import type { Agent } from 'node:http';
    export declare class ChatOpenAI extends BaseChatModel {
      generate(prompts: string[]): Promise<string[]>;
      static load(path: string): Promise<ChatOpenAI>;
      static local(): ChatOpenAI;
      static version(): string;
    }
    export { ChatOpenAI as OpenAIChatModel };
    export declare function initModel<T extends Runnable<string, string>>(name: string): Promise<T>;
    export declare function createModel(agent: Agent): ChatOpenAI;
    export declare const isModel: (value: unknown) => value is ChatOpenAI;
    export declare function ping(): Promise<boolean>;
  `;
  const older = core.replace('invoke(input: I)', 'call(input: I): Promise<O>;\n      invoke(input: I)');

  function install(line: string, packages: Readonly<Record<string, string>>): ReadLine {
    const root = path.join(folder, line);
    const dependencies = Object.fromEntries(Object.keys(packages).map((name) => [name, '1.0.0']));
    mkdirSync(root, { recursive: true });
    writeFileSync(path.join(root, 'package.json'), JSON.stringify({ dependencies }));
    for (const [name, declarations] of Object.entries(packages)) {
      const at = path.join(root, 'node_modules', name);
      mkdirSync(at, { recursive: true });
      writeFileSync(
        path.join(at, 'package.json'),
        JSON.stringify({ name, exports: { '.': { types: './index.d.ts', default: './index.js' } } }),
      );
      writeFileSync(path.join(at, 'index.d.ts'), declarations);
    }
    return readLine(root);
  }

  const newest = install('new', { '@langchain/core': core, '@langchain/openai': openai });
  const oldest = install('old', { '@langchain/core': older });

  it('reads classes, factories and functions from declarations', () => {
    expect(expand(encode(mergeLines([newest])))).toEqual([
      'class @langchain/core#BaseChatModel chatModel abstract 3 < Runnable methods  statics ',
      'class @langchain/openai#ChatOpenAI chatModel network 2 < BaseChatModel methods generate statics load*,local',
      'class @langchain/core#Runnable runnable abstract 3 < - methods invoke,stream,streamEvents* statics ',
      'function createModel chatModel network 0 ChatOpenAI',
      'function initModel runnable delegates 1 Runnable',
      'function ping other none 1 -',
      'export @langchain/core/ BaseChatModel',
      'export @langchain/core/ Runnable',
      'export @langchain/openai/ ChatOpenAI',
      'export @langchain/openai/ OpenAIChatModel',
      'export @langchain/openai/ createModel',
      'export @langchain/openai/ initModel',
      'export @langchain/openai/ ping',
    ]);
  });

  it('adds what an older release had', () => {
    expect(expand(encode(mergeLines([newest, oldest])))).toContain(
      'class @langchain/core#Runnable runnable abstract 3 < - methods call,invoke,stream,streamEvents* statics ',
    );
  });

  it('writes the same whatever the order of reading', () => {
    const reversed: ReadLine = {
      declared: new Map([...newest.declared].reverse()),
      modules: new Map(
        [...newest.modules]
          .reverse()
          .map(([name, { classes, functions }]) => [
            name,
            { classes: new Map([...classes].reverse()), functions: new Map([...functions].reverse()) },
          ]),
      ),
    };
    expect(print(encode(mergeLines([reversed, oldest])), [])).toBe(print(encode(mergeLines([newest, oldest])), []));
  });

  it('names a class that nobody reviewed', () => {
    const line = install('unreviewed', {
      '@langchain/core': core,
      '@langchain/acme':
        "import { BaseChatModel } from '@langchain/core'; export declare class ChatAcme extends BaseChatModel {}",
    });
    expect(mergeLines([line]).unreviewed).toEqual(['@langchain/acme#ChatAcme (chatModel)']);
    expect(mergeLines([newest]).unreviewed).toEqual([]);
  });
});
