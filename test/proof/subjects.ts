import type { ClassName } from '../../src/facts/homes.ts';
import {
  type Constructor,
  type Instance,
  loadEmbeddings,
  loadGraph,
  loadPrompt,
  loadRunnables,
  loadTool,
} from './langchain.ts';
import { findFile, getVersion, type Line, lines, load } from './packages.ts';

/** A class under proof: where it is, and what it is built with to talk to the provider at `url`. */
export interface Subject {
  readonly module: string;
  /** The export that makes it, where that is not a class of the same name. */
  readonly by?: string;
  /** Other packages of the line that it does not work without. */
  readonly needs?: readonly string[];
  readonly options?: (url: string) => Readonly<Record<string, unknown>>;
  /** Arguments before the options. */
  readonly leading?: (url: string) => readonly unknown[];
  /** In place of `new`. */
  readonly build?: (context: BuildContext) => Promise<unknown>;
  /** The class behind it, whose behaviour it has. */
  readonly provider?: ClassName;
  /** Lines on which it cannot be made to talk to the provider: for proofs that make no request. */
  readonly offline?: readonly Line[];
  /** Embeddings are called by `embedQuery`, loaders by `load`, all others by `invoke`. */
  readonly call?: 'embedQuery' | 'invoke' | 'load';
  /** What it is invoked with, given the prompt. */
  readonly input?: (prompt: string) => unknown;
}

interface BuildContext {
  readonly url: string;
  readonly line: Line;
  readonly options: Readonly<Record<string, unknown>>;
  /** Another subject, built with these options. */
  readonly build: (className: ClassName, options?: Readonly<Record<string, unknown>>) => Promise<Instance>;
}

// Said once per copy of the SDK, on Node 20.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

const openai = { apiKey: 'key', model: 'gpt-4o-mini' };

const watsonx = {
  model: 'ibm/granite',
  projectId: 'project',
  version: '2024-05-31',
  watsonxAIAuthType: 'bearertoken',
  watsonxAIBearerToken: 'token',
};

export const subjects: Readonly<Partial<Record<ClassName, Subject>>> = {
  ChatOpenAI: {
    module: '@langchain/openai',
    options: (url) => ({ ...openai, configuration: { baseURL: `${url}/v1` } }),
  },
  BaseChatOpenAI: {
    module: '@langchain/openai',
    by: 'ChatOpenAICompletions',
    options: (url) => ({ ...openai, configuration: { baseURL: `${url}/v1` } }),
  },
  AzureChatOpenAI: {
    module: '@langchain/openai',
    options: (url) => ({
      model: 'gpt-4o-mini',
      azureOpenAIApiKey: 'key',
      azureOpenAIApiDeploymentName: 'deployment',
      azureOpenAIApiVersion: '2024-10-21',
      azureOpenAIBasePath: `${url}/openai/deployments`,
    }),
  },
  AzureOpenAI: {
    module: '@langchain/openai',
    options: (url) => ({
      model: 'gpt-3.5-turbo-instruct',
      azureOpenAIApiKey: 'key',
      azureOpenAIApiDeploymentName: 'deployment',
      azureOpenAIApiVersion: '2024-10-21',
      azureOpenAIBasePath: `${url}/openai/deployments`,
    }),
  },
  OpenAI: {
    module: '@langchain/openai',
    options: (url) => ({ apiKey: 'key', model: 'gpt-3.5-turbo-instruct', configuration: { baseURL: `${url}/v1` } }),
  },
  OpenAIEmbeddings: {
    module: '@langchain/openai',
    options: (url) => ({ apiKey: 'key', configuration: { baseURL: `${url}/v1` } }),
    call: 'embedQuery',
  },
  ChatXAI: { module: '@langchain/xai', options: (url) => ({ apiKey: 'key', baseURL: `${url}/v1` }) },
  ChatXAIResponses: {
    module: '@langchain/xai',
    options: (url) => ({ apiKey: 'key', model: 'grok-4', baseURL: `${url}/v1` }),
  },
  ChatOpenRouter: {
    module: '@langchain/openrouter',
    options: (url) => ({ apiKey: 'key', model: 'openai/gpt-4o-mini', baseURL: `${url}/v1` }),
  },
  ChatVertexAI: {
    module: '@langchain/google-vertexai',
    options: () => ({ apiKey: 'key', model: 'gemini-2.5-flash' }),
    build: buildVertexAI,
  },
  ChatPerplexity: {
    module: '@langchain/community/chat_models/perplexity',
    needs: ['openai'],
    options: () => ({ apiKey: 'key', model: 'sonar' }),
    build: buildPerplexity,
  },
  '@langchain/community#ChatOllama': {
    module: '@langchain/community/chat_models/ollama',
    options: (url) => ({ model: 'llama3.2', baseUrl: url }),
  },
  '@langchain/community#Ollama': {
    module: '@langchain/community/llms/ollama',
    options: (url) => ({ model: 'llama3.2', baseUrl: url }),
  },
  ChatDeepSeek: {
    module: '@langchain/deepseek',
    options: (url) => ({ apiKey: 'key', model: 'deepseek-chat', configuration: { baseURL: `${url}/v1` } }),
  },
  ChatCerebras: { module: '@langchain/cerebras', options: () => ({ apiKey: 'key', model: 'llama3.1-8b' }) },
  ChatAnthropic: {
    module: '@langchain/anthropic',
    options: (url) => ({ apiKey: 'key', model: 'claude-sonnet-4-5', anthropicApiUrl: url }),
  },
  ChatAnthropicMessages: {
    module: '@langchain/anthropic',
    options: (url) => ({ apiKey: 'key', model: 'claude-sonnet-4-5', anthropicApiUrl: url }),
  },
  ChatGoogleGenerativeAI: {
    module: '@langchain/google-genai',
    options: (url) => ({ apiKey: 'key', model: 'gemini-2.5-flash', baseUrl: url }),
  },
  GoogleGenerativeAIEmbeddings: {
    module: '@langchain/google-genai',
    offline: ['v0.3-early'],
    options: (url) => ({ apiKey: 'key', baseUrl: url }),
    call: 'embedQuery',
  },
  ChatGoogle: {
    module: '@langchain/google',
    options: (url) => ({ apiKey: 'key', model: 'gemini-2.5-flash', platformType: 'gai', endpoint: url }),
  },
  ChatOllama: { module: '@langchain/ollama', options: (url) => ({ model: 'llama3.2', baseUrl: url }) },
  Ollama: { module: '@langchain/ollama', options: (url) => ({ model: 'llama3.2', baseUrl: url }) },
  OllamaEmbeddings: { module: '@langchain/ollama', options: (url) => ({ baseUrl: url }), call: 'embedQuery' },
  ChatMistralAI: {
    module: '@langchain/mistralai',
    options: (url) => ({ apiKey: 'key', model: 'mistral-large-latest', serverURL: url }),
  },
  MistralAI: {
    module: '@langchain/mistralai',
    options: (url) => ({ apiKey: 'key', model: 'codestral-latest', serverURL: url }),
  },
  MistralAIEmbeddings: {
    module: '@langchain/mistralai',
    options: (url) => ({ apiKey: 'key', serverURL: url }),
    call: 'embedQuery',
  },
  ChatGroq: {
    module: '@langchain/groq',
    options: (url) => ({ apiKey: 'key', model: 'llama-3.3-70b-versatile', baseUrl: url }),
  },
  ChatBedrockConverse: {
    module: '@langchain/aws',
    options: () => ({
      region: 'us-east-1',
      model: 'anthropic.claude-3-5-sonnet-20240620-v1:0',
      credentials: { accessKeyId: 'id', secretAccessKey: 'secret' },
    }),
  },
  ChatCohere: {
    module: '@langchain/cohere',
    offline: lines,
    options: () => ({ apiKey: 'key', model: 'command-r-plus' }),
  },
  Cohere: { module: '@langchain/cohere', offline: lines, options: () => ({ apiKey: 'key' }) },
  CohereEmbeddings: {
    module: '@langchain/cohere',
    offline: lines,
    options: () => ({ apiKey: 'key', model: 'embed-english-v3.0' }),
    call: 'embedQuery',
  },
  CheerioWebBaseLoader: {
    module: '@langchain/community/document_loaders/web/cheerio',
    needs: ['cheerio'],
    leading: (url) => [`${url}/page.html`],
    call: 'load',
  },
  HTMLWebBaseLoader: {
    module: '@langchain/community/document_loaders/web/html',
    leading: (url) => [`${url}/page.html`],
    call: 'load',
  },
  // It refuses to load from 127.0.0.1.
  RecursiveUrlLoader: {
    module: '@langchain/community/document_loaders/web/recursive_url',
    needs: ['jsdom'],
    leading: (url) => [nameHost(`${url}/page.html`)],
    call: 'load',
  },
  ChatWatsonx: {
    module: '@langchain/community/chat_models/ibm',
    needs: ['@ibm-cloud/watsonx-ai'],
    options: (url) => ({ ...watsonx, serviceUrl: url }),
  },
  WatsonxLLM: {
    module: '@langchain/community/llms/ibm',
    needs: ['@ibm-cloud/watsonx-ai'],
    options: (url) => ({ ...watsonx, serviceUrl: url }),
  },
  RemoteRunnable: { module: '@langchain/core/runnables/remote', build: buildRemoteRunnable },
  ConfigurableModel: {
    module: 'langchain',
    by: 'initChatModel',
    needs: ['@langchain/openai'],
    provider: 'ChatOpenAI',
    options: (url) => ({ apiKey: 'key', configuration: { baseURL: `${url}/v1` } }),
    build: buildConfigurableModel,
  },
  RunnableLambda: { module: '@langchain/core/runnables', build: buildLambda },
  RunnableSequence: {
    module: '@langchain/core/runnables',
    needs: ['@langchain/openai'],
    build: buildSequence,
    input: (prompt) => ({ text: prompt }),
  },
  RouterRunnable: {
    module: '@langchain/core/runnables',
    build: buildRouter,
    input: (prompt) => ({ key: 'a', input: prompt }),
  },
  CompiledStateGraph: {
    module: '@langchain/langgraph',
    by: 'StateGraph',
    build: buildGraph,
    input: (prompt) => ({ prompt }),
  },
  '@langchain/langgraph#Pregel': { module: '@langchain/langgraph', by: 'entrypoint', build: buildEntrypoint },
  ReactAgent: {
    module: 'langchain',
    by: 'createAgent',
    needs: ['@langchain/openai'],
    build: buildAgent,
    input: (prompt) => ({ messages: [{ role: 'user', content: prompt }] }),
  },
  PGVectorStore: { module: '@langchain/community/vectorstores/pgvector', needs: ['pg'], build: buildPGVectorStore },
  PostgresChatMessageHistory: { module: '@langchain/community/stores/message/postgres', needs: ['pg'] },
  PostgresRecordManager: { module: '@langchain/community/indexes/postgres', needs: ['pg'] },
  PostgresSaver: { module: '@langchain/langgraph-checkpoint-postgres' },
  PostgresStore: { module: '@langchain/langgraph-checkpoint-postgres/store' },
  Embeddings: { module: '@langchain/core/utils/testing', by: 'FakeEmbeddings', offline: lines },
  VectorStore: {
    module: '@langchain/core/utils/testing',
    by: 'FakeEmbeddings',
    offline: lines,
    needs: ['@langchain/classic'],
    build: buildMemoryStore,
  },
};

export const subjectNames = Object.keys(subjects) as ClassName[];

/** `Ollama` of `@langchain/community#Ollama` */
export function getName(className: ClassName): string {
  return className.slice(className.indexOf('#') + 1);
}

/** The number of tasks that the graphs under proof fan out to. */
export const FAN_OUT = 7;

/** The AWS SDK's own client, which ChatBedrockConverse takes as `client`. */
export async function createBedrockClient(
  line: Line,
  url: string,
  options: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const { BedrockRuntimeClient } = (await load(line, '@aws-sdk/client-bedrock-runtime')) as unknown as {
    BedrockRuntimeClient: Constructor;
  };
  return new BedrockRuntimeClient({
    region: 'us-east-1',
    endpoint: url,
    credentials: { accessKeyId: 'id', secretAccessKey: 'secret' },
    ...options,
  });
}

async function buildRemoteRunnable({ url, line, options }: BuildContext): Promise<unknown> {
  return new (await findClass(line, 'RemoteRunnable'))({ url, ...options });
}

async function buildConfigurableModel({ line, options }: BuildContext): Promise<unknown> {
  const { initChatModel } = (await load(line, 'langchain')) as unknown as {
    readonly initChatModel: (model: string, options: object) => Promise<Instance>;
  };
  return initChatModel('openai:gpt-4o-mini', options);
}

/** It talks to Google's address, whatever it is told; with a key it needs no account. */
async function buildVertexAI({ url, line, options }: BuildContext): Promise<unknown> {
  const model = new (await findClass(line, 'ChatVertexAI'))(options) as unknown as Readonly<
    Record<
      'connection' | 'streamedConnection',
      { readonly client: { _fetch: (target: string, init: RequestInit) => Promise<Response> } }
    >
  >;
  for (const { client } of [model.connection, model.streamedConnection])
    client._fetch = async (target, init) => fetch(target.replace(/^https:\/\/[^/]+/u, url), init);
  return model;
}

/** Its SDK's client takes another address afterwards. */
async function buildPerplexity({ url, line, options }: BuildContext): Promise<unknown> {
  const model = new (await findClass(line, 'ChatPerplexity'))(options) as unknown as {
    readonly client: { baseURL: string };
  };
  model.client.baseURL = `${url}/v1`;
  return model;
}

async function buildLambda({ url, line }: BuildContext): Promise<unknown> {
  const { RunnableLambda } = await loadRunnables(line);
  return RunnableLambda.from(() => ping(url));
}

async function buildSequence({ line, build, options }: BuildContext): Promise<unknown> {
  const prompt = await loadPrompt(line, '{text}');
  return prompt.pipe(await build('ChatOpenAI', options));
}

async function buildRouter({ line }: BuildContext): Promise<unknown> {
  const { RouterRunnable, RunnableLambda } = await loadRunnables(line);
  const route = (name: string): Instance => RunnableLambda.from((input: string) => `${name}${input}`);
  return new RouterRunnable({ runnables: { a: route('a'), b: route('b') } });
}

/** Splits up into FAN_OUT tasks, each of which makes a request; `results` has one entry per task. */
async function buildGraph({ url, line }: BuildContext): Promise<unknown> {
  const { Annotation, END, Send, START, StateGraph } = await loadGraph(line);
  const State = Annotation.Root({
    prompt: Annotation(),
    results: Annotation({
      reducer: (left: readonly string[], right: readonly string[]) => [...left, ...right],
      default: () => [],
    }),
  });
  return new StateGraph(State)
    .addNode('plan', () => ({}))
    .addNode('work', async () => ({ results: [await ping(url)] }))
    .addEdge(START, 'plan')
    .addConditionalEdges('plan', () => Array.from({ length: FAN_OUT }, (_each, index) => new Send('work', { index })), [
      'work',
    ])
    .addEdge('work', END)
    .compile();
}

/** The same as a function: tasks started together. */
async function buildEntrypoint({ url, line }: BuildContext): Promise<unknown> {
  const { entrypoint, task } = await loadGraph(line);
  const work = task('work', () => ping(url));
  return entrypoint('flow', async () => ({
    results: await Promise.all(Array.from({ length: FAN_OUT }, (_each, index) => work(index))),
  }));
}

/** Its tool makes a request. */
async function buildAgent({ url, line, build, options }: BuildContext): Promise<unknown> {
  const { createAgent } = (await load(line, 'langchain')) as unknown as {
    readonly createAgent: (options: object) => unknown;
  };
  return createAgent({ model: await build('ChatOpenAI'), tools: [await loadTool(line, () => ping(url))], ...options });
}

/** Its pool connects when it is used. */
async function buildPGVectorStore({ line }: BuildContext): Promise<unknown> {
  return new (await findClass(line, 'PGVectorStore'))(await loadEmbeddings(line), {
    postgresConnectionOptions: {},
    tableName: 'documents',
  });
}

async function buildMemoryStore({ line }: BuildContext): Promise<unknown> {
  const { MemoryVectorStore } = (await load(line, '@langchain/classic/vectorstores/memory')) as unknown as {
    MemoryVectorStore: Constructor;
  };
  return new MemoryVectorStore(await loadEmbeddings(line));
}

/** A request that is no model's. */
async function ping(url: string): Promise<string> {
  return (await fetch(`${url}/ping.html`)).text();
}

const DISPATCHER = Symbol.for('undici.globalDispatcher.1');

/** An Agent of the undici that `fetch` is made of: the one from npm need not fit the Node that runs this. */
export function createDispatcher(options: object): unknown {
  const current = (globalThis as { [DISPATCHER]?: object })[DISPATCHER];
  if (!current) throw new Error('fetch has no dispatcher yet.');
  return new (current.constructor as new (options: object) => unknown)(options);
}

type LookUp = (error: null, addresses: readonly { address: string; family: number }[]) => void;

/** The same address by a name, which `fetch` resolves to this machine from now on. */
function nameHost(url: string): string {
  const lookup = (_host: string, _options: object, done: LookUp): void =>
    done(null, [{ address: '127.0.0.1', family: 4 }]);
  Object.assign(globalThis, { [DISPATCHER]: createDispatcher({ connect: { lookup } }) });
  return url.replace('127.0.0.1', 'pages.example');
}

/** Whether a release line has a class. */
export async function hasSubject(line: Line, className: ClassName): Promise<boolean> {
  const subject = subjects[className];
  if (
    !subject ||
    findFile(line, subject.module) === null ||
    subject.needs?.some((name) => getVersion(line, name) === null)
  )
    return false;
  return typeof (await load(line, subject.module))[subject.by ?? getName(className)] === 'function';
}

/** The package that a subject's class comes from. */
export function getPackage({ module }: Subject): string {
  return module
    .split('/')
    .slice(0, module.startsWith('@') ? 2 : 1)
    .join('/');
}

async function findClass(line: Line, className: ClassName): Promise<Constructor> {
  const subject = subjects[className];
  if (!subject) throw new Error(`test/proof/subjects.ts does not say how to build ${className}.`);
  const found = (await load(line, subject.module))[subject.by ?? getName(className)];
  if (typeof found !== 'function')
    throw new Error(`${subject.module} exports no ${subject.by ?? getName(className)} on ${line}.`);
  return found as Constructor;
}

/**
 * Builds an instance that talks to the provider at `url`. `over` goes over the subject's options, nested objects are
 * merged; `undefined` takes one out.
 */
export async function buildSubject(
  line: Line,
  className: ClassName,
  url: string,
  over: Readonly<Record<string, unknown>> = {},
): Promise<Instance> {
  const subject = subjects[className];
  if (!subject) throw new Error(`test/proof/subjects.ts does not say how to build ${className}.`);
  // These take another address from the environment only.
  process.env['AWS_ENDPOINT_URL'] = url;
  process.env['CEREBRAS_BASE_URL'] = url;
  const options = merge(subject.options?.(url) ?? {}, over);
  if (subject.build)
    return (await subject.build({
      url,
      line,
      options,
      build: (name, given) => buildSubject(line, name, url, given),
    })) as Instance;
  const Class = await findClass(line, className);
  return new Class(...(subject.leading?.(url) ?? []), options);
}

/** Lays `over` on `base`; plain objects are merged, `undefined` takes the key out. */
export function merge(
  base: Readonly<Record<string, unknown>>,
  over: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const result: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const current = result[key];
    if (value === undefined) Reflect.deleteProperty(result, key);
    else result[key] = isPlain(value) && isPlain(current) ? merge(current, value) : value;
  }
  return result;
}

/** An options object with one value at a dotted path. */
export function at(path: string, value: unknown): Record<string, unknown> {
  return path.split('.').reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as Record<string, unknown>;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
