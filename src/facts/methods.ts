import type { Kind } from './catalog.ts';

interface VectorStoreMethod {
  readonly does: 'deletes' | 'opens' | 'searches' | 'writes';
  readonly embeds?: 'documents' | 'query';
  /** Where the number of documents is passed, as the argument itself or as its `k`. */
  readonly size?: { readonly argument: number; readonly form: 'either' | 'number' | 'options' };
  /** It does not reach the network itself. */
  readonly isLocal?: true;
}

/** The methods of promises, and the index of the argument that receives the failure. */
export const promiseMethods: ReadonlyMap<string, number | null> = new Map([
  ['catch', 0],
  ['finally', null],
  ['then', 1],
]);

/** The methods and static methods of vector stores. */
export const vectorStoreMethods: ReadonlyMap<string, VectorStoreMethod> = new Map<string, VectorStoreMethod>([
  ['addDocuments', { does: 'writes', embeds: 'documents' }],
  ['addVectors', { does: 'writes' }],
  ['azionFullTextSearch', { does: 'searches' }],
  ['azionHybridSearch', { does: 'searches', embeds: 'query' }],
  ['asRetriever', { does: 'searches', embeds: 'query', size: { argument: 0, form: 'either' }, isLocal: true }],
  ['delete', { does: 'deletes' }],
  ['fromDocuments', { does: 'writes', embeds: 'documents' }],
  ['fromExistingCollection', { does: 'opens' }],
  ['fromExistingGraph', { does: 'opens' }],
  ['fromExistingIndex', { does: 'opens' }],
  ['fromTexts', { does: 'writes', embeds: 'documents' }],
  ['generate', { does: 'searches' }],
  ['hybridSearch', { does: 'searches', embeds: 'query' }],
  ['hybridSearchVectorWithScore', { does: 'searches' }],
  ['initialize', { does: 'opens' }],
  ['load', { does: 'opens', isLocal: true }],
  ['maxMarginalRelevanceSearch', { does: 'searches', embeds: 'query', size: { argument: 1, form: 'options' } }],
  ['semanticHybridSearchVectorWithScore', { does: 'searches' }],
  ['similaritySearch', { does: 'searches', embeds: 'query', size: { argument: 1, form: 'number' } }],
  ['similaritySearchVectorWithScore', { does: 'searches', size: { argument: 1, form: 'number' } }],
  ['similaritySearchWithScore', { does: 'searches', embeds: 'query', size: { argument: 1, form: 'number' } }],
]);

/** The default `k` of a search and of `asRetriever()`. */
export const defaultDocuments = 4;

/** Python's names of methods that do not exist in JavaScript. */
export const pythonNames: ReadonlyMap<string, string> = new Map([
  ['abatch', 'batch'],
  ['ainvoke', 'invoke'],
  ['astream', 'stream'],
]);

export const runnableMethods = ['batch', 'invoke', 'stream', 'streamEvents', 'streamLog', 'transform'];
/** Methods of 0.x that classes of 1.x no longer have; all return promises. */
const modelMethods = [
  ...runnableMethods,
  'call',
  'callPrompt',
  'generate',
  'generatePrompt',
  'predict',
  'predictMessages',
  'streamV2',
];
export const iterables = new Set([
  'getStateHistory',
  'lazyLoad',
  'list',
  'streamEvents',
  'streamLog',
  'streamV2',
  'transform',
  'yieldKeys',
]);

/** The methods that can reach the network, by kind; a kind that is not here has none. */
export const remoteMethods: Partial<Readonly<Record<Kind, readonly string[]>>> = {
  agent: [...runnableMethods, 'call', 'run'],
  cache: ['lookup', 'update'],
  chain: [...runnableMethods, 'apply', 'call', 'evaluate', 'generate', 'predict', 'run'],
  chatHistory: [
    'addAIChatMessage',
    'addAIMessage',
    'addMessage',
    'addMessages',
    'addUserMessage',
    'clear',
    'getMessages',
  ],
  chatModel: modelMethods,
  checkpointer: ['deleteThread', 'get', 'getTuple', 'list', 'put', 'putWrites', 'setup'],
  // Of an MCP client, a database, a sandbox.
  client: [
    'addGraphDocuments',
    'downloadFiles',
    'execute',
    'getClient',
    'getTableInfo',
    'getTools',
    'initializeConnections',
    'listResourceTemplates',
    'listResources',
    'query',
    'readResource',
    'refreshSchema',
    'run',
    'uploadFiles',
  ],
  documentCompressor: ['compressDocuments', 'rerank'],
  documentTransformer: [...runnableMethods, 'transformDocuments'],
  embeddings: ['embedDocuments', 'embedQuery'],
  graph: [...runnableMethods, 'bulkUpdateState', 'getState', 'getStateHistory', 'updateState'],
  llm: modelMethods,
  loader: ['lazyLoad', 'load', 'loadAndSplit', 'scrape'],
  memory: ['loadMemoryVariables', 'predictNewSummary', 'prune', 'saveContext'],
  other: ['convertToGraphDocuments'],
  recordManager: ['createSchema', 'deleteKeys', 'exists', 'getTime', 'listKeys', 'update'],
  retriever: [...runnableMethods, 'addDocuments', 'getRelevantDocuments'],
  router: runnableMethods,
  runnable: runnableMethods,
  sequence: runnableMethods,
  store: ['batch', 'delete', 'get', 'listNamespaces', 'mdelete', 'mget', 'mset', 'put', 'search'],
  tool: [...runnableMethods, 'call'],
  vectorStore: [...vectorStoreMethods].flatMap(([name, { isLocal }]) => (isLocal ? [] : [name])),
};

/** The parts of the langgraph-sdk client, whose calls are one level deeper: `client.runs.wait()`. */
export const clientParts = new Set(['assistants', 'crons', 'runs', 'store', 'threads']);

/** Functions that reach the network themselves. */
export const remoteFunctions = new Set(['index', 'loadMcpTools', 'pull', 'push']);

/** The methods that take a runnable config, with the index of that argument. `batch` takes one or a list. */
export const configArgument: ReadonlyMap<string, number> = new Map([
  ['batch', 1],
  ['call', 1],
  ['generate', 1],
  ['getRelevantDocuments', 1],
  ['invoke', 1],
  ['predict', 1],
  ['run', 1],
  ['stream', 1],
  ['streamEvents', 1],
  ['streamLog', 1],
]);

/** LangChain method names that many other objects have too: maps, databases, HTTP clients. */
export const commonNames: ReadonlySet<string> = new Set([
  ...['apply', 'batch', 'call', 'clear', 'delete', 'download', 'evaluate', 'execute', 'exists', 'format', 'generate'],
  ...['get', 'getState', 'getTime', 'initialize', 'list', 'load', 'lookup', 'parse', 'put', 'query', 'run', 'save'],
  ...['scrape', 'search', 'setup', 'stream', 'transform', 'update', 'updateState'],
]);

/** Whether LangChain has an asynchronous method of that name. */
export function isCallName(name: string): boolean {
  return allMethods.has(name);
}

export const allMethods: ReadonlySet<string> = new Set([
  ...pythonNames.keys(),
  ...iterables,
  ...Object.values(remoteMethods).flat(),
  ...[
    'format',
    'formatMessages',
    'formatPromptValue',
    'getNumTokens',
    'getState',
    'loadMemoryVariables',
    'saveContext',
  ],
  ...[
    'createDocuments',
    'splitDocuments',
    'splitText',
    'transformDocuments',
    'updateState',
    'bulkUpdateState',
    'save',
    'parse',
  ],
]);
