import { type Line, load } from './packages.ts';

/** What the proofs call on a LangChain object; which of these it has is for the proof to know. */
export interface Instance {
  invoke(input: unknown, config?: object): Promise<unknown>;
  stream(input: unknown, config?: object): Promise<AsyncIterable<unknown>>;
  batch(inputs: readonly unknown[], config?: object | readonly object[], options?: object): Promise<unknown[]>;
  withConfig(config: object): Instance;
  withRetry(options?: object): Instance;
  withFallbacks(options: object): Instance;
  bindTools(tools: readonly object[]): Instance;
  withStructuredOutput(schema: object, options?: object): Instance;
  pipe(next: unknown): Instance;
  embedQuery(text: string): Promise<number[]>;
  embedDocuments(texts: readonly string[]): Promise<number[][]>;
  load(): Promise<unknown[]>;
}

export type Constructor = new (...args: readonly unknown[]) => Instance;

export interface Runnables {
  readonly RunnableLambda: { from(run: (input: never, config: object) => unknown): Instance };
  readonly RunnableMap: { from(steps: object): Instance };
  readonly RunnableEach: new (fields: { bound: Instance }) => Instance;
  readonly RouterRunnable: new (fields: { runnables: Readonly<Record<string, Instance>> }) => Instance;
}

export interface LangGraph {
  readonly START: string;
  readonly END: string;
  readonly Annotation: ((field?: object) => unknown) & { Root(fields: object): unknown };
  readonly StateGraph: new (state: unknown) => StateGraph;
  readonly Send: new (node: string, args: unknown, options?: object) => unknown;
  readonly MemorySaver: new () => unknown;
  readonly entrypoint: (options: object | string, run: (input: never) => Promise<unknown>) => Instance;
  readonly task: (
    options: object | string,
    run: (input: never) => Promise<unknown>,
  ) => (input: unknown) => Promise<unknown>;
}

export interface StateGraph {
  addNode(name: string, run: (state: never, config: never) => unknown, options?: object): this;
  addEdge(from: string, to: string): this;
  addConditionalEdges(from: string, route: (state: never) => unknown, targets?: readonly string[]): this;
  setNodeDefaults(options: object): this;
  compile(options?: object): Instance & { stepTimeout?: number };
}

/** The text of a message, a string, or whatever a model said. */
export function getText(message: unknown): string {
  if (typeof message === 'string') return message;
  const content = (message as { content?: unknown } | undefined)?.content;
  return typeof content === 'string' ? content : JSON.stringify(content ?? message);
}

export async function loadRunnables(line: Line): Promise<Runnables> {
  return (await load(line, '@langchain/core/runnables')) as unknown as Runnables;
}

export async function loadGraph(line: Line): Promise<LangGraph> {
  return (await load(line, '@langchain/langgraph')) as unknown as LangGraph;
}

export async function loadPrompt(line: Line, template: string): Promise<Instance> {
  const { ChatPromptTemplate } = (await load(line, '@langchain/core/prompts')) as unknown as {
    ChatPromptTemplate: { fromTemplate(template: string): Instance };
  };
  return ChatPromptTemplate.fromTemplate(template);
}

export async function loadParser(line: Line): Promise<Instance> {
  const { StringOutputParser } = (await load(line, '@langchain/core/output_parsers')) as unknown as {
    StringOutputParser: new () => Instance;
  };
  return new StringOutputParser();
}

/** `tool(run, { name, description, schema })` */
export async function loadTool(line: Line, run: (input: never) => unknown, name = 'look_up'): Promise<object> {
  const { tool } = (await load(line, '@langchain/core/tools')) as unknown as {
    readonly tool: (run: (input: never) => unknown, fields: object) => object;
  };
  return tool(run, {
    name,
    description: 'Looks something up.',
    schema: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
  });
}

/** Embeddings that make no request. */
export async function loadEmbeddings(line: Line): Promise<object> {
  const { FakeEmbeddings } = (await load(line, '@langchain/core/utils/testing')) as unknown as {
    FakeEmbeddings: new () => object;
  };
  return new FakeEmbeddings();
}

/** A retriever over a vector store in memory. */
export async function loadRetriever(line: Line, embeddings: unknown): Promise<Instance> {
  const { VectorStoreRetriever } = (await load(line, '@langchain/core/vectorstores')) as unknown as {
    VectorStoreRetriever: new (fields: object) => Instance;
  };
  const store = {
    embeddings,
    similaritySearch: async (query: string) => (embeddings as Instance).embedQuery(query).then(() => []),
    _vectorstoreType: () => 'proof',
  };
  return new VectorStoreRetriever({ vectorStore: store });
}
