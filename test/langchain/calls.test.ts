import { describe, expect, test } from 'vitest';
import { AST_NODE_TYPES } from '../../src/ast/types.ts';
import { findCall, type LangChainCall } from '../../src/langchain/calls.ts';
import { code } from '../helpers/code.ts';
import { findNodes, parseFile } from '../helpers/file.ts';

function callsOf(source: string): LangChainCall[] {
  const file = parseFile(source);
  return findNodes(file, AST_NODE_TYPES.CallExpression).flatMap((node) => findCall(file, node) ?? []);
}

/** `kind.method`, `!` when remote, `*` for an async iterable, `?` when optional. */
function shown(source: string): string[] {
  return callsOf(source).map(
    (call) =>
      `${call.receiver.kind}.${call.method}${call.remote ? '!' : ''}` +
      `${call.returns === 'asyncIterable' ? '*' : ''}${call.optional ? '?' : ''}`,
  );
}

describe('methods', () => {
  test('models', () => {
    expect(
      shown(code`
        import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
        const model = new ChatOpenAI();
        model.invoke('a');
        model?.stream('a');
        model.invoke?.('a');
        model.batch(['a']);
        model.streamEvents('a', { version: 'v2' });
        model.call(['a']);
        model.ainvoke('a');
        model.getNumTokens('a');
        model.bindTools([]);
        model.lc_serializable.invoke();
        new OpenAIEmbeddings().embedQuery('a');
      `),
    ).toEqual([
      'chatModel.invoke!',
      'chatModel.stream!?',
      'chatModel.invoke!?',
      'chatModel.batch!',
      'chatModel.streamEvents!*',
      'chatModel.call!',
      'chatModel.invoke!',
      'chatModel.getNumTokens',
      'embeddings.embedQuery!',
    ]);
  });

  test('local work is no remote call', () => {
    expect(
      shown(code`
        import { ChatPromptTemplate } from '@langchain/core/prompts';
        import { StringOutputParser } from '@langchain/core/output_parsers';
        import { FakeListChatModel } from '@langchain/core/utils/testing';
        import { RunnableLambda, RunnablePassthrough } from '@langchain/core/runnables';
        import { TextLoader } from '@langchain/classic/document_loaders/fs/text';
        const prompt = ChatPromptTemplate.fromTemplate('{x}');
        prompt.invoke({});
        prompt.pipe(new StringOutputParser()).invoke({});
        new FakeListChatModel({ responses: [] }).invoke('x');
        RunnableLambda.from((x) => x + 1).invoke(1);
        new RunnablePassthrough().invoke(1);
        new TextLoader('x').load();
      `),
    ).toEqual([
      'prompt.invoke',
      'sequence.invoke',
      'chatModel.invoke',
      'runnable.invoke',
      'runnable.invoke',
      'loader.load',
    ]);
  });

  test('a sequence is remote when a step is or may be', () => {
    expect(
      shown(code`
        import { ChatPromptTemplate } from '@langchain/core/prompts';
        import { RunnableLambda, RunnableSequence } from '@langchain/core/runnables';
        import { ChatOpenAI } from '@langchain/openai';
        const prompt = ChatPromptTemplate.fromTemplate('{x}');
        const model = new ChatOpenAI();
        prompt.pipe(model).invoke({});
        prompt.pipe(unknownStep).invoke({});
        RunnableSequence.from([prompt, RunnableLambda.from((x) => x)]).invoke({});
        RunnableSequence.from([prompt, RunnableLambda.from(async (x) => model.invoke(x))]).invoke({});
        model.withStructuredOutput(schema).invoke('x');
      `).filter((each) => each.startsWith('sequence')),
    ).toEqual(['sequence.invoke!', 'sequence.invoke!', 'sequence.invoke', 'sequence.invoke!', 'sequence.invoke!']);
  });

  test('stores, retrievers, graphs, agents, tools, loaders', () => {
    expect(
      shown(code`
        import { MemoryVectorStore } from '@langchain/classic/vectorstores/memory';
        import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
        import { CheerioWebBaseLoader } from '@langchain/community/document_loaders/web/cheerio';
        import { FakeEmbeddings } from '@langchain/core/utils/testing';
        import { StateGraph } from '@langchain/langgraph';
        import { OpenAIEmbeddings, DallEAPIWrapper } from '@langchain/openai';
        import { createDeepAgent } from 'deepagents';
        import { createAgent, tool } from 'langchain';
        createDeepAgent({}).batch([]);
        const embeddings = new OpenAIEmbeddings();
        const store = await PGVectorStore.initialize(embeddings, {});
        store.similaritySearch('q', 4);
        store.asRetriever().invoke('q');
        new MemoryVectorStore(embeddings).similaritySearch('q');
        new MemoryVectorStore(new FakeEmbeddings()).similaritySearch('q');
        await MemoryVectorStore.fromTexts(['a'], [], embeddings);
        new StateGraph(S).addNode('a', f).compile().invoke({});
        const agent = createAgent({ model: 'x' });
        agent.invoke({});
        agent.batch([{}]);
        new DallEAPIWrapper().invoke('x');
        tool(async () => 'x', {}).invoke('x');
        new CheerioWebBaseLoader('https://example.com').load();
      `),
    ).toEqual([
      'vectorStore.initialize!',
      'vectorStore.similaritySearch!',
      'retriever.invoke!',
      'vectorStore.similaritySearch!',
      'vectorStore.similaritySearch',
      'vectorStore.fromTexts!',
      'graph.invoke!',
      'agent.invoke!',
      'tool.invoke!',
      'tool.invoke',
      'loader.load!',
    ]);
  });

  test('the langgraph-sdk client', () => {
    expect(
      shown(code`
        import { Client } from '@langchain/langgraph-sdk';
        const client = new Client({ apiUrl });
        client.runs.wait(thread, 'agent', {});
        client.runs.stream(thread, 'agent', {});
        client.threads.create();
        client.other.create();
      `),
    ).toEqual(['client.runs.wait!', 'client.runs.stream!*', 'client.threads.create!']);
  });

  test.each([
    [
      'the state of a graph',
      code`
        import { StateGraph } from '@langchain/langgraph';
        const graph = new StateGraph(S).addNode('a', f).compile({ checkpointer });
        graph.getState(config);
        graph.updateState(config, { done: true });
        graph.bulkUpdateState(config, updates);
        graph.getStateHistory(config);
      `,
      ['graph.getState!', 'graph.updateState!', 'graph.bulkUpdateState!', 'graph.getStateHistory!*'],
    ],
    [
      'events of a graph, an agent and a model, by their version',
      code`
        import { StateGraph } from '@langchain/langgraph';
        import { ChatOpenAI } from '@langchain/openai';
        import { createAgent } from 'langchain';
        const graph = new StateGraph(S).addNode('a', f).compile();
        const agent = createAgent({ model, tools: [] });
        const model = new ChatOpenAI();
        graph.streamEvents(input, { version: 'v1' });
        graph.streamEvents(input, { version: 'v2' });
        graph.streamEvents(input, { version: 'v3' });
        agent.streamEvents(input, { version: 'v3' });
        model.streamEvents('x', { version: 'v2' });
        model.streamV2('x');
      `,
      [
        'graph.streamEvents!*',
        'graph.streamEvents!*',
        'graph.streamEvents!',
        'agent.streamEvents!',
        'chatModel.streamEvents!*',
        'chatModel.streamV2!*',
      ],
    ],
    [
      'a checkpointer, unless it keeps all in memory',
      code`
        import { MemorySaver } from '@langchain/langgraph';
        import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
        new PostgresSaver(pool).list(config);
        new PostgresSaver(pool).getTuple(config);
        new MemorySaver().list(config);
      `,
      ['checkpointer.list!*', 'checkpointer.getTuple!', 'checkpointer.list*'],
    ],
    [
      'hybrid searches',
      code`
        import { AzureAISearchVectorStore } from '@langchain/community/vectorstores/azure_aisearch';
        import { AzionVectorStore } from '@langchain/community/vectorstores/azion_edgesql';
        import { WeaviateStore } from '@langchain/weaviate';
        const store = new WeaviateStore(embeddings, {});
        store.hybridSearch('q');
        store.generate('q', {});
        new AzureAISearchVectorStore(embeddings, {}).hybridSearchVectorWithScore('q');
        new AzureAISearchVectorStore(embeddings, {}).semanticHybridSearchVectorWithScore('q');
        new AzionVectorStore(embeddings, {}).azionHybridSearch('q', {});
        new AzionVectorStore(embeddings, {}).azionFullTextSearch('q', {});
      `,
      [
        'vectorStore.hybridSearch!',
        'vectorStore.generate!',
        'vectorStore.hybridSearchVectorWithScore!',
        'vectorStore.semanticHybridSearchVectorWithScore!',
        'vectorStore.azionHybridSearch!',
        'vectorStore.azionFullTextSearch!',
      ],
    ],
    [
      'databases of graphs and rows',
      code`
        import { Neo4jGraph } from '@langchain/neo4j';
        import { SqlDatabase } from '@langchain/classic/sql_db';
        const graph = await Neo4jGraph.initialize({});
        graph.query('MATCH (n) RETURN n');
        graph.refreshSchema();
        graph.addGraphDocuments(documents);
        const db = await SqlDatabase.fromDataSourceParams({ appDataSource });
        db.run('SELECT 1');
        db.getTableInfo();
      `,
      [
        'client.initialize',
        'client.query!',
        'client.refreshSchema!',
        'client.addGraphDocuments!',
        'client.fromDataSourceParams',
        'client.run!',
        'client.getTableInfo!',
      ],
    ],
    [
      'transformers that ask a model',
      code`
        import { LLMGraphTransformer } from '@langchain/community/experimental/graph_transformers/llm';
        import { HtmlToTextTransformer } from '@langchain/community/document_transformers/html_to_text';
        import { createMetadataTagger } from '@langchain/classic/document_transformers/openai_functions';
        new LLMGraphTransformer({ llm }).convertToGraphDocuments(documents);
        createMetadataTagger(schema, { llm }).transformDocuments(documents);
        new HtmlToTextTransformer().transformDocuments(documents);
      `,
      [
        'other.convertToGraphDocuments!',
        'documentTransformer.transformDocuments!',
        'documentTransformer.transformDocuments',
      ],
    ],
    [
      'memories that ask a model or a service',
      code`
        import { ZepMemory } from '@langchain/community/memory/zep';
        import { BufferMemory, ConversationSummaryMemory, EntityMemory } from '@langchain/classic/memory';
        const summary = new ConversationSummaryMemory({ llm });
        summary.loadMemoryVariables({});
        summary.saveContext(input, output);
        summary.predictNewSummary(messages, '');
        new EntityMemory({ llm }).saveContext(input, output);
        new ZepMemory({}).loadMemoryVariables({});
        new BufferMemory().saveContext(input, output);
      `,
      [
        'memory.loadMemoryVariables!',
        'memory.saveContext!',
        'memory.predictNewSummary!',
        'memory.saveContext!',
        'memory.loadMemoryVariables!',
        'memory.saveContext',
      ],
    ],
    [
      'MCP servers',
      code`
        import { loadMcpTools, MultiServerMCPClient } from '@langchain/mcp-adapters';
        const client = new MultiServerMCPClient({});
        client.getTools();
        client.initializeConnections();
        client.getClient('files');
        client.readResource('files', uri);
        client.listResources();
        loadMcpTools('files', session);
      `,
      [
        'client.getTools!',
        'client.initializeConnections!',
        'client.getClient!',
        'client.readResource!',
        'client.listResources!',
        'other.loadMcpTools!',
      ],
    ],
    [
      'sandboxes',
      code`
        import { DaytonaSandbox } from '@langchain/daytona';
        const sandbox = await DaytonaSandbox.create({});
        sandbox.execute('npm test');
        sandbox.uploadFiles(files);
      `,
      ['client.create', 'client.execute!', 'client.uploadFiles!'],
    ],
    [
      'chains that classic factories make',
      code`
        import { createRetrievalChain } from '@langchain/classic/chains/retrieval';
        import { createStuffDocumentsChain } from '@langchain/classic/chains/combine_documents';
        import { QAEvalChain } from '@langchain/classic/evaluation';
        import { FakeListChatModel } from '@langchain/core/utils/testing';
        import { ChatPromptTemplate } from '@langchain/core/prompts';
        import { RunnableWithMessageHistory } from '@langchain/core/runnables';
        const prompt = ChatPromptTemplate.fromTemplate('{context}');
        const answer = await createStuffDocumentsChain({ llm, prompt });
        const local = await createStuffDocumentsChain({ llm: new FakeListChatModel({ responses: [] }), prompt });
        const chain = await createRetrievalChain({ retriever, combineDocsChain: answer });
        chain.invoke({ input });
        answer.invoke({ context });
        local.invoke({ context });
        new RunnableWithMessageHistory({ runnable: answer, getMessageHistory }).invoke({ context });
        new RunnableWithMessageHistory({ runnable: prompt, getMessageHistory }).invoke({ context });
        new QAEvalChain({ llm, prompt }).evaluate(examples, predictions);
      `,
      [
        'sequence.createStuffDocumentsChain',
        'sequence.createStuffDocumentsChain',
        'runnable.createRetrievalChain',
        'runnable.invoke!',
        'sequence.invoke!',
        'sequence.invoke',
        'runnable.invoke!',
        'runnable.invoke',
        'chain.evaluate!',
      ],
    ],
    [
      'assistants, remote graphs, computer use, scraping',
      code`
        import { OpenAIAssistantRunnable } from '@langchain/classic/experimental/openai_assistant';
        import { CheerioWebBaseLoader } from '@langchain/community/document_loaders/web/cheerio';
        import { createCua } from '@langchain/langgraph-cua';
        import { RemoteGraph } from '@langchain/langgraph/remote';
        const assistant = await OpenAIAssistantRunnable.createAssistant({ model });
        assistant.invoke({ content });
        new CheerioWebBaseLoader(url).scrape();
        createCua({}).invoke(input);
        new RemoteGraph({ graphId }).getState(config);
      `,
      ['runnable.createAssistant', 'runnable.invoke!', 'loader.scrape!', 'graph.invoke!', 'graph.getState!'],
    ],
    [
      'the newest calls of the SDK of LangGraph',
      code`
        import { Client } from '@langchain/langgraph-sdk';
        const client = new Client({ apiUrl });
        client.threads.prune({});
        client.runs.cancelMany({});
        client.store.putItem(namespace, key, value);
      `,
      ['client.threads.prune!', 'client.runs.cancelMany!', 'client.store.putItem!'],
    ],
  ])('%s', (_name, source, expected) => {
    expect(shown(source)).toEqual(expected);
  });

  test('annotated parameters reach whatever they are given', () => {
    expect(
      shown(code`
        import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
        import type { VectorStore } from '@langchain/core/vectorstores';
        export const f = (llm: BaseChatModel, store: VectorStore) => [llm.invoke('x'), store.similaritySearch('x')];
      `),
    ).toEqual(['chatModel.invoke!', 'vectorStore.similaritySearch!']);
  });

  test('the implementation of a class is not a use of one', () => {
    expect(
      shown(code`
        import { Embeddings } from '@langchain/core/embeddings';
        class Local extends Embeddings {
          async embedQuery(text) { return []; }
          async embedDocuments(texts) { return Promise.all(texts.map((text) => this.embedQuery(text))); }
        }
        new Local({}).embedQuery('x');
      `),
    ).toEqual([]);
  });

  const subclass = (declared: string, use: string): string => code`
    import { ChatOpenAI } from '@langchain/openai';
    import { Embeddings } from '@langchain/core/embeddings';
    import { MemoryVectorStore } from '@langchain/classic/vectorstores/memory';
    import { BaseRetriever } from '@langchain/core/retrievers';
    import { Runnable } from '@langchain/core/runnables';
    import { SimpleChatModel } from '@langchain/core/language_models/chat_models';
    import { StructuredTool } from '@langchain/core/tools';
    import { VectorStore } from '@langchain/core/vectorstores';
    const llm = new ChatOpenAI();
    ${declared}
    ${use}
  `;

  test.each([
    ['its own method', 'class A extends BaseRetriever { _getRelevantDocuments(q) { return llm.invoke(q); } }'],
    [
      'another method of it',
      code`
        class A extends BaseRetriever {
          _getRelevantDocuments(q) { return this.ask(q); }
          ask(q) { return llm.invoke(q); }
        }
      `,
    ],
    [
      'a function of the file',
      'const ask = (q) => llm.invoke(q); class A extends BaseRetriever { _getRelevantDocuments(q) { return ask(q); } }',
    ],
    [
      'a store that is handed in',
      code`
        class A extends BaseRetriever {
          constructor(private readonly store: VectorStore) { super(); }
          async _getRelevantDocuments(q: string) { return await this.store.similaritySearch(q); }
        }
      `,
    ],
    [
      'a method of its base in the file',
      'class B extends BaseRetriever { _getRelevantDocuments(q) { return llm.invoke(q); } } class A extends B {}',
    ],
    ['fetch', "class A extends BaseRetriever { _getRelevantDocuments(q) { return fetch('https://a.io/' + q); } }"],
  ])('a subclass in the file reaches what %s reaches', (_name, declared) => {
    expect(shown(subclass(declared, 'new A().batch(qs);'))).toContain('retriever.batch!');
  });

  test.each([
    ['chatModel.invoke!', "class A extends SimpleChatModel { _call(q) { return fetch('https://a.io/' + q); } }"],
    ['tool.invoke!', 'class A extends StructuredTool { async _call({ q }) { return (await llm.invoke(q)).text; } }'],
    ['runnable.batch!', 'class A extends Runnable { async invoke(q) { return (await llm.invoke(q)).text; } }'],
  ])('a subclass in the file: %s', (expected, declared) => {
    expect(shown(subclass(declared, 'const a = new A(); a.invoke(q); a.batch(qs);'))).toContain(expected);
  });

  test('a store reaches what the embeddings of the file reach', () => {
    const declared = "class A extends Embeddings { embedQuery(q) { return fetch('https://a.io/' + q); } }";
    expect(shown(subclass(declared, 'new MemoryVectorStore(new A({})).similaritySearch(q);'))).toContain(
      'vectorStore.similaritySearch!',
    );
  });

  test.each([
    ['computes', 'class A extends Runnable { async invoke(q: string) { return q.trim().split(" ").map(Number); } }'],
    ['awaits something out of sight', 'class A extends Runnable { async invoke(q: string) { return await ask(q); } }'],
    ['fetches as a tool', "class A extends StructuredTool { _call(q) { return fetch('https://a.io/' + q); } }"],
    [
      'reaches a model in another method',
      'class A extends Runnable { async invoke(q) { return q; } async check(q) { return await llm.invoke(q); } }',
    ],
    ['does nothing', 'class A extends BaseRetriever {}'],
  ])('a subclass in the file that %s is no remote one', (_name, declared) => {
    expect(shown(subclass(declared, 'new A().batch(qs);')).filter((call) => call.includes('batch!'))).toEqual([]);
  });

  test('a parameter of a subclass in the file reaches what it may, unless the subclass computes', () => {
    const uses = 'const f = (a: A, b: B) => [a.batch(qs), b.batch(qs)];';
    const declared = code`
      class A extends Runnable { async invoke(q: string) { return await ask(q); } }
      class B extends Runnable { async invoke(q: string) { return q.trim(); } }
    `;
    expect(shown(subclass(declared, uses))).toEqual(['runnable.batch!', 'runnable.batch']);
  });

  const graph = (body: string): string => code`
    import { Command, END, START, StateGraph } from '@langchain/langgraph';
    import { ask, more, State } from './shared';
    const clean = (state) => ({ question: state.question.trim() });
    ${body}
    graph.invoke({ question: 'x' });
  `;

  test.each([
    ['a chain', "const graph = new StateGraph(State).addNode('clean', clean).addEdge(START, 'clean').compile();"],
    [
      'statements',
      code`
        const builder = new StateGraph(State);
        builder.addNode('clean', async (state) => ({ question: state.question.trim() }));
        const graph = builder.compile();
      `,
    ],
    [
      'a graph in it, edges and commands',
      code`
        const inner = new StateGraph(State).addNode({ clean }).compile();
        const graph = new StateGraph(State)
          .addSequence([['clean', clean], ['inner', inner]])
          .addNode('route', (state) => new Command({ goto: state.question === '' ? END : 'clean' }))
          .addConditionalEdges('inner', (state) => (state.question === '' ? END : 'route'))
          .compile();
      `,
    ],
  ])('a graph that only computes is no remote one: %s', (_name, body) => {
    expect(shown(graph(body)).at(-1)).toBe('graph.invoke');
  });

  test.each([
    ['a node that waits', "const graph = new StateGraph(State).addNode('a', async (s) => await ask(s)).compile();"],
    ['an imported node', "const graph = new StateGraph(State).addNode('a', ask).compile();"],
    ['a node that calls an import', "const graph = new StateGraph(State).addNode('a', (s) => ask(s)).compile();"],
    ['nodes that are spread', 'const graph = new StateGraph(State).addNode({ clean, ...more }).compile();'],
    [
      'a builder that is handed on',
      "const b = new StateGraph(State).addNode('a', clean); more(b); const graph = b.compile();",
    ],
    [
      'an edge out of sight',
      "const graph = new StateGraph(State).addNode('a', clean).addConditionalEdges('a', ask).compile();",
    ],
    ['a checkpointer', "const graph = new StateGraph(State).addNode('a', clean).compile({ checkpointer: more });"],
    ['no nodes', 'const graph = new StateGraph(State).compile();'],
  ])('a graph with %s may be a remote one', (_name, body) => {
    expect(shown(graph(body)).at(-1)).toBe('graph.invoke!');
  });

  test('what is not LangChain’s', () => {
    expect(
      shown(code`
        import { ChatOpenAI } from '@langchain/openai';
        import { LambdaClient } from '@aws-sdk/client-lambda';
        new LambdaClient().invoke({});
        ipcRenderer.invoke('x');
        db.batch([]);
        fn.call(this);
        unknown.stream();
      `),
    ).toEqual([]);
  });
});

describe('functions and statics', () => {
  test('index(), pull(), initChatModel(), createAgent()', () => {
    expect(
      callsOf(code`
        import { pull } from 'langchain/hub';
        import { index } from '@langchain/classic/indexes';
        import { createAgent, initChatModel } from 'langchain';
        index({ docsSource, recordManager, vectorStore });
        pull('x/y');
        initChatModel('x');
        createAgent({});
      `).map((call) => `${call.method}${call.remote ? '!' : ''}`),
    ).toEqual(['index!', 'pull!', 'initChatModel']);
  });
});

describe('arguments', () => {
  test('input and config', () => {
    const calls = callsOf(code`
      import { ChatOpenAI } from '@langchain/openai';
      const model = new ChatOpenAI();
      model.invoke(input, config);
      model.invoke();
      model.invoke(...all);
      model.invoke(input, ...rest);
      model.batch(inputs, { maxConcurrency: 5 });
    `);
    expect(calls.map((call) => [call.input?.type ?? null, call.config?.type ?? null])).toEqual([
      ['Identifier', 'Identifier'],
      [null, null],
      [null, null],
      ['Identifier', null],
      ['Identifier', 'ObjectExpression'],
    ]);
  });
});

describe('values that may be one thing or another', () => {
  test('a method that only one of them has is no call of LangChain', () => {
    expect(
      shown(code`
        import { ChatOpenAI } from '@langchain/openai';
        import { ChatAnthropic } from '@langchain/anthropic';
        import { createAgent } from 'langchain';
        const model = flag ? new ChatOpenAI() : new ChatAnthropic();
        const either = flag ? new ChatOpenAI() : createAgent({ model: 'openai:gpt-4o', tools: [] });
        model.batch(['a']);
        either.invoke('a');
        either.batch(['a']);
      `),
    ).toEqual(['chatModel.batch!', 'chatModel.invoke!']);
  });
});

describe('factories and functions', () => {
  test('what builds a store reaches the network where the store or its embeddings do', () => {
    expect(
      shown(code`
        import { OpenAIEmbeddings } from '@langchain/openai';
        import { PineconeStore } from '@langchain/pinecone';
        import { MemoryVectorStore } from 'langchain/vectorstores/memory';
        import { FakeEmbeddings } from '@langchain/core/utils/testing';
        import { initChatModel } from 'langchain/chat_models/universal';
        import { index } from 'langchain/indexes';
        PineconeStore.fromExistingIndex(new OpenAIEmbeddings(), {});
        MemoryVectorStore.fromTexts(['a'], {}, new OpenAIEmbeddings());
        MemoryVectorStore.fromTexts(['a'], {}, new FakeEmbeddings());
        initChatModel('openai:gpt-4o');
        index({ docsSource: [], recordManager, vectorStore });
      `),
    ).toEqual([
      'vectorStore.fromExistingIndex!',
      'vectorStore.fromTexts!',
      'vectorStore.fromTexts',
      'chatModel.initChatModel',
      'other.index!',
    ]);
  });
});
