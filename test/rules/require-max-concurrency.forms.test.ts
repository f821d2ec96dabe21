import rule from '../../rules/require-max-concurrency.ts';
import { reports, rewrites, silent } from '../helpers/cases.ts';
import { code } from '../helpers/code.ts';
import { StrictRuleTester } from '../helpers/rule-tester.ts';

const tester = new StrictRuleTester();

const LIMIT = { limit: '5' };

/** A graph whose node `research` calls a model; `body` builds and runs it. */
const graph = (body: string): string => code`
  import { Annotation, Command, Send, START, StateGraph } from '@langchain/langgraph';
  import { ChatOpenAI } from '@langchain/openai';

  const model = new ChatOpenAI({ model: 'gpt-4.1-mini' });
  const State = Annotation.Root({ questions: Annotation });
  const research = async (state) => ({ answer: await model.invoke(state.question) });
  ${body}
`;

const embedding = (made: string, body: string): string => code`
  import { BedrockEmbeddings } from '@langchain/aws';
  import { TogetherAIEmbeddings } from '@langchain/community/embeddings/togetherai';
  import { PineconeStore } from '@langchain/pinecone';
  import { OpenAIEmbeddings } from '@langchain/openai';

  const embeddings = new ${made};
  const store = new PineconeStore(embeddings, { pineconeIndex });
  ${body}
`;

const send = (method: string): { messageId: 'send'; data: Record<string, string> } => ({
  messageId: 'send',
  data: { receiver: 'graph', method, inputs: 'state.questions', limit: '5' },
});

tester.run(rule, {
  valid: [
    silent(
      'a sequence of functions that can be seen into and a prompt',
      code`
        import { PromptTemplate } from '@langchain/core/prompts';
        import { RunnableSequence } from '@langchain/core/runnables';
        const prompt = PromptTemplate.fromTemplate('{x}');
        export const fill = (xs: string[]) => RunnableSequence.from([(x: string) => ({ x }), prompt]).batch(xs);
        export const trim = (xs: string[]) => prompt.pipe((value) => value.toString().trim()).batch(xs);
      `,
    ),
    silent(
      'a constant with a limit, and one that a limit is written to',
      graph(code`
        const limited = { maxConcurrency: 3 };
        const later = { tags: ['night'] };
        later.maxConcurrency = 3;
        const cast = { tags: ['night'] };
        (cast as RunnableConfig).maxConcurrency = 3;
        const merged = { tags: ['night'] };
        Object.assign(merged, defaults);
        export const run = (inputs) => [
          model.batch(inputs, limited),
          model.batch(inputs, later),
          model.batch(inputs, cast),
          model.batch(inputs, merged),
        ];
      `),
    ),
    silent(
      'a config that the caller gives',
      graph('export const run = (inputs, config) => model.batch(inputs, config);'),
    ),
    silent(
      'a Command for a short list',
      graph(code`
        const fan = (state) =>
          new Command({ goto: state.questions.slice(0, 3).map((question) => new Send('research', { question })) });
        const graph = new StateGraph(State)
          .addNode('fan', fan)
          .addNode('research', research)
          .addEdge(START, 'fan')
          .compile();
        export const run = (input) => graph.invoke(input);
      `),
    ),
    silent(
      'tasks whose model has a limit, in a list of nodes too',
      graph(code`
        const limited = new ChatOpenAI({ model: 'gpt-4.1-mini', maxConcurrency: 4 });
        const ask = async (state) => ({ answer: await limited.invoke(state.question) });
        const fan = (state) => state.questions.map((question) => new Send('ask', { question }));
        const graph = new StateGraph(State).addNode('ask', ask).addConditionalEdges(START, fan).compile();
        export const run = (input) => graph.invoke(input);
        const split = (state) => state.questions.map((question) => new Send('again', { question }));
        const listed = new StateGraph(State).addNode([['again', ask]]).addConditionalEdges(START, split).compile();
        export const runListed = (input) => listed.invoke(input);
      `),
    ),
    silent(
      'embeddings that send the texts together',
      embedding('OpenAIEmbeddings()', 'export const add = (docs) => store.addDocuments(docs);'),
    ),
    silent(
      'embeddings with a limit',
      embedding(
        'TogetherAIEmbeddings({ maxConcurrency: 5 })',
        'export const add = (docs) => store.addDocuments(docs);',
      ),
    ),
    silent(
      'parts of a list',
      embedding(
        'BedrockEmbeddings({})',
        code`
          export async function add(docs) {
            for (let i = 0; i < docs.length; i += 10) await store.addDocuments(docs.slice(i, i + 10));
          }
        `,
      ),
    ),
  ],

  invalid: [
    ...(
      [
        ['a retriever', 'BaseRetriever', '_getRelevantDocuments', 'const api = new Api();', 'api'],
        ['a runnable that is made there', 'Runnable', 'invoke', '', 'new Api()'],
      ] as const
    ).map(([name, base, method, made, receiver]) => {
      const batch = (config: string): string => code`
        import { BaseRetriever } from '@langchain/core/retrievers';
        import { Runnable } from '@langchain/core/runnables';
        import { ChatOpenAI } from '@langchain/openai';
        const model = new ChatOpenAI({ model: 'gpt-4.1-mini' });
        class Api extends ${base} {
          lc_namespace = ['api'];
          async ${method}(q: string) { return [(await model.invoke(q)).text]; }
        }
        ${made}
        export const run = (qs: string[]) => ${receiver}.${config};
      `;
      return rewrites(`${name} of the file`, batch('⟦batch⟧(qs)'), batch('batch(qs, { maxConcurrency: 5 })'), {
        messageId: 'batch',
        data: { ...LIMIT, receiver, method: 'batch', inputs: 'qs' },
      });
    }),
    reports(
      'a constant without a limit',
      graph(code`
        const config = { tags: ['night'], metadata: {} };
        config.tags.push('batch');
        config.metadata.started = Date.now();
        export const run = (inputs) => model.⟦batch⟧(inputs, config);
      `),
      {
        messageId: 'batch',
        data: { receiver: 'model', method: 'batch', inputs: 'inputs', limit: '5' },
        suggestions: [
          {
            messageId: 'addLimit',
            data: LIMIT,
            output: ['batch(inputs, config)', 'batch(inputs, { ...config, maxConcurrency: 5 })'],
          },
        ],
      },
    ),
    rewrites(
      'tasks that stream from a model with a limit, which holds no place for a stream',
      graph(code`
        const limited = new ChatOpenAI({ model: 'gpt-4.1-mini', maxConcurrency: 4 });
        const ask = async (state) => ({ answer: await limited.stream(state.question) });
        const fan = (state) => state.questions.map((question) => new Send('ask', { question }));
        const graph = new StateGraph(State).addNode({ ask }).addConditionalEdges(START, fan).compile();
        export const run = (input) => graph.⟦invoke⟧(input);
      `),
      graph(code`
        const limited = new ChatOpenAI({ model: 'gpt-4.1-mini', maxConcurrency: 4 });
        const ask = async (state) => ({ answer: await limited.stream(state.question) });
        const fan = (state) => state.questions.map((question) => new Send('ask', { question }));
        const graph = new StateGraph(State).addNode({ ask }).addConditionalEdges(START, fan).compile();
        export const run = (input) => graph.invoke(input, { maxConcurrency: 5 });
      `),
      send('invoke'),
    ),
    rewrites(
      'streamEvents of a graph with a Send for each element',
      graph(code`
        const fan = (state) => state.questions.map((question) => new Send('research', { question }));
        const graph = new StateGraph(State).addNode('research', research).addConditionalEdges(START, fan).compile();
        export const run = (input) => graph.⟦streamEvents⟧(input, { version: 'v2' });
      `),
      graph(code`
        const fan = (state) => state.questions.map((question) => new Send('research', { question }));
        const graph = new StateGraph(State).addNode('research', research).addConditionalEdges(START, fan).compile();
        export const run = (input) => graph.streamEvents(input, { version: 'v2', maxConcurrency: 5 });
      `),
      send('streamEvents'),
    ),
    ...(
      [
        ["addNode('fan', fan)", 'return new Command({ goto: state.questions.map(toSend) });'],
        ['addNode({ fan })', 'const goto = state.questions.map(toSend); return new Command({ goto });'],
        [
          "addSequence([['fan', fan]])",
          code`
            const goto = [];
            for (const question of state.questions) goto.push(new Send('research', { question }));
            return new Command({ goto });
          `,
        ],
      ] as const
    ).map(([added, body]) => {
      const source = (run: string): string =>
        graph(code`
          const toSend = (question) => new Send('research', { question });
          async function fan(state) { ${body} }
          const graph = new StateGraph(State).${added}.addNode('research', research).addEdge(START, 'fan').compile();
          export const run = (input) => graph.${run};
        `);
      return rewrites(
        `a Command with a Send for each element: ${added}`,
        source('⟦invoke⟧(input)'),
        source('invoke(input, { maxConcurrency: 5 })'),
        send('invoke'),
      );
    }),
    reports(
      'BedrockEmbeddings, which hang with a limit',
      embedding(
        'BedrockEmbeddings({})',
        code`
          export const add = (docs) => store.⟦addDocuments⟧(docs);
          export const open = (docs) => PineconeStore.⟦fromDocuments⟧(docs, embeddings, { pineconeIndex });
          export const embed = (texts) => embeddings.⟦embedDocuments⟧(texts);
        `,
      ),
      ...(
        [
          ['store', 'addDocuments', 'docs'],
          ['PineconeStore', 'fromDocuments', 'docs'],
          ['embeddings', 'embedDocuments', 'texts'],
        ] as const
      ).map(([receiver, method, inputs]) => ({
        messageId: 'embedInParts' as const,
        data: { receiver, method, inputs, limit: '5', embeddings: 'BedrockEmbeddings' },
      })),
    ),
    reports(
      'other embeddings that send one request for each text',
      embedding('TogetherAIEmbeddings({})', 'export const add = (docs) => store.⟦addDocuments⟧(docs);'),
      {
        messageId: 'embed',
        data: {
          receiver: 'store',
          method: 'addDocuments',
          inputs: 'docs',
          limit: '5',
          embeddings: 'TogetherAIEmbeddings',
        },
        suggestions: [
          {
            messageId: 'limitEmbeddings',
            data: { limit: '5', embeddings: 'TogetherAIEmbeddings' },
            output: ['TogetherAIEmbeddings({})', 'TogetherAIEmbeddings({ maxConcurrency: 5 })'],
          },
        ],
      },
    ),
  ],
});
