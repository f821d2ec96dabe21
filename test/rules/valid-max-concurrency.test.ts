import rule from '../../rules/valid-max-concurrency.ts';
import { code, locate } from '../helpers/code.ts';
import { type Invalid, StrictRuleTester, type Valid } from '../helpers/rule-tester.ts';
import { importForms, lookalikes } from '../helpers/shape-matrix.ts';

type MessageIds = 'deadlock' | 'environment' | 'fraction' | 'hangs' | 'one' | 'remove' | 'throws' | 'write';

interface Expected {
  /** The text that is underlined. */
  readonly at: string;
  readonly occurrence?: number;
  readonly messageId: Exclude<MessageIds, 'remove' | 'write'>;
  readonly value: string;
  readonly subject: string;
  readonly instead: string;
  /** What the suggestion replaces by what; null for a report without one. */
  readonly suggests: readonly [string, string] | null;
}

function invalid(name: string, source: string, expected: readonly Expected[]): Invalid<MessageIds, []> {
  return {
    name,
    code: source,
    errors: expected.map(({ at, instead, messageId, occurrence = 1, subject, suggests, value }) => ({
      messageId,
      data: { instead, subject, value },
      ...locate(source, at, occurrence),
      ...(suggests
        ? { suggestions: [{ messageId: 'write' as const, data: { instead }, output: replaceOnce(source, suggests) }] }
        : {}),
    })),
  };
}

function replaceOnce(source: string, [from, to]: readonly [string, string]): string {
  if (source.split(from).length !== 2) throw new Error(`"${from}" does not occur once in:\n${source}`);
  return source.replace(from, () => to);
}

function valid(name: string, source: string): Valid<[]> {
  return { name, code: source };
}

const throws = (
  at: string,
  subject: string,
  value: string,
  suggests: Expected['suggests'] = [at, 'maxConcurrency: 5'],
): Expected => ({ at, messageId: 'throws', value, subject: `\`${subject}\``, instead: '5', suggests });
const hangs = (at: string, subject: string, value: string): Expected => ({
  at,
  messageId: 'hangs',
  value,
  subject: `\`${subject}\``,
  instead: '5',
  suggests: [at, 'maxConcurrency: 5'],
});
const one = (at: string, subject: string, suggests: Expected['suggests'] = [at, at.replace(/1$/u, '2')]): Expected => ({
  at,
  messageId: 'one',
  value: '1',
  subject: `\`${subject}\``,
  instead: '2',
  suggests,
});

const models = code`
  import { ChatOpenAI } from '@langchain/openai';
  import { ChatAnthropic } from '@langchain/anthropic';
  import { ChatPromptTemplate } from '@langchain/core/prompts';

  const model = new ChatOpenAI({ model: 'gpt-4o-mini' });
  const claude = new ChatAnthropic({ model: 'claude-sonnet-4-5' });
  const chain = ChatPromptTemplate.fromTemplate('Summarize: {text}').pipe(model);
`;

const graphs = code`
  import { MessagesAnnotation, Send, StateGraph } from '@langchain/langgraph';
  import { callModel, review } from './nodes';

  const graph = new StateGraph(MessagesAnnotation)
    .addNode('model', callModel)
    .addNode('review', review)
    .addConditionalEdges('model', (state) => state.messages.map((message) => new Send('review', { message })))
    .compile();
`;

const constructors = [
  invalid(
    'limits that throw when the model is made',
    code`
      import { AzureChatOpenAI, ChatOpenAI, OpenAI, OpenAIEmbeddings } from '@langchain/openai';
      import { ChatOllama } from '@langchain/ollama';

      export const createModels = () => [
        new ChatOpenAI({ model: 'gpt-4o', maxConcurrency: 0 }),
        new AzureChatOpenAI({ maxConcurrency: -1 }),
        new ChatOllama({ maxConcurrency: NaN }),
        new OpenAIEmbeddings({ maxConcurrency: Number.NaN }),
        new OpenAI({ maxConcurrency: 0.5 }),
        new OpenAIEmbeddings({ maxConcurrency: '5' }),
      ];
    `,
    [
      throws('maxConcurrency: 0', 'ChatOpenAI', '0', [
        "{ model: 'gpt-4o', maxConcurrency: 0 }",
        "{ model: 'gpt-4o', maxConcurrency: 5 }",
      ]),
      throws('maxConcurrency: -1', 'AzureChatOpenAI', '-1'),
      throws('maxConcurrency: NaN', 'ChatOllama', 'NaN'),
      throws('maxConcurrency: Number.NaN', 'OpenAIEmbeddings', 'NaN'),
      throws('maxConcurrency: 0.5', 'OpenAI', '0.5'),
      throws("maxConcurrency: '5'", 'OpenAIEmbeddings', "'5'"),
    ],
  ),
  invalid(
    'constants: one of its own, one with other uses, one that is computed',
    code`
      import { ChatOpenAI } from '@langchain/openai';
      const LIMIT = 0;
      const SHARED = -2;
      console.log(SHARED);
      export const first = new ChatOpenAI({ maxConcurrency: LIMIT });
      export const second = new ChatOpenAI({ maxConcurrency: SHARED });
      export const third = new ChatOpenAI({ maxConcurrency: 10 / 4 });
    `,
    [
      throws('maxConcurrency: LIMIT', 'ChatOpenAI', '0', ['LIMIT = 0', 'LIMIT = 5']),
      throws('maxConcurrency: SHARED', 'ChatOpenAI', '-2'),
      {
        at: 'maxConcurrency: 10 / 4',
        messageId: 'fraction',
        value: '2.5',
        subject: '`ChatOpenAI`',
        instead: '3',
        suggests: ['10 / 4', '3'],
      },
    ],
  ),
  invalid(
    'a shorthand',
    code`
      import { ChatOpenAI } from '@langchain/openai';
      export function make() {
        const maxConcurrency = -1;
        return new ChatOpenAI({ model: 'gpt-4o', maxConcurrency });
      }
    `,
    [
      {
        ...throws('maxConcurrency', 'ChatOpenAI', '-1', ['maxConcurrency });', 'maxConcurrency: 5 });']),
        occurrence: 2,
      },
    ],
  ),
  invalid(
    'the default of an environment variable',
    code`
      import { ChatOpenAI } from '@langchain/openai';
      export const model = new ChatOpenAI({ maxConcurrency: Number(process.env.MAX_CONCURRENCY ?? 0) });
    `,
    [throws('maxConcurrency: Number(process.env.MAX_CONCURRENCY ?? 0)', 'ChatOpenAI', '0', ['?? 0', '?? 5'])],
  ),
  invalid(
    'a fraction',
    code`
      import { ChatOpenAI } from '@langchain/openai';
      export const model = new ChatOpenAI({ maxConcurrency: 2.5 });
    `,
    [
      {
        at: 'maxConcurrency: 2.5',
        messageId: 'fraction',
        value: '2.5',
        subject: '`ChatOpenAI`',
        instead: '3',
        suggests: ['2.5', '3'],
      },
    ],
  ),
  invalid(
    'options in a constant that two models get: once',
    code`
      import { ChatOpenAI } from '@langchain/openai';
      const options = { maxConcurrency: 0 };
      export const make = () => [new ChatOpenAI(options), new ChatOpenAI({ ...options, model: 'gpt-4o' })];
    `,
    [throws('maxConcurrency: 0', 'ChatOpenAI', '0')],
  ),
  invalid(
    'initChatModel, a store and a loader',
    code`
      import { initChatModel } from 'langchain';
      import { PineconeStore } from '@langchain/pinecone';
      import { GithubRepoLoader } from '@langchain/community/document_loaders/web/github';
      export const make = (embeddings, pineconeIndex) => [
        initChatModel('openai:gpt-4o', { maxConcurrency: 0 }),
        new PineconeStore(embeddings, { pineconeIndex, maxConcurrency: -1 }),
        new GithubRepoLoader('https://github.com/acme/docs', { maxConcurrency: -5 }),
      ];
    `,
    [
      throws('maxConcurrency: 0', 'initChatModel()', '0'),
      throws('maxConcurrency: -1', 'PineconeStore', '-1'),
      throws('maxConcurrency: -5', 'GithubRepoLoader', '-5'),
    ],
  ),
];

const batches = [
  invalid(
    'a batch that throws',
    code`
      ${models}
      export const all = (texts) =>
        chain.batch(texts.map((text) => ({ text })), { maxConcurrency: 0, tags: ['nightly'] });
    `,
    [throws('maxConcurrency: 0', 'chain.batch()', '0')],
  ),
  invalid(
    'the deprecated third argument',
    code`
      ${models}
      export const all = (texts) => model.batch(texts, {}, { maxConcurrency: -1 });
    `,
    [throws('maxConcurrency: -1', 'model.batch()', '-1')],
  ),
  invalid(
    'the first config of a list',
    code`
      ${models}
      export const both = (a, b) => model.batch([a, b], [{ maxConcurrency: 0 }, {}]);
    `,
    [throws('maxConcurrency: 0', 'model.batch()', '0')],
  ),
  invalid(
    'the config that a callback makes',
    code`
      ${models}
      export const all = (texts) => model.batch(texts, texts.map((text) => ({ runName: text, maxConcurrency: 0 })));
    `,
    [throws('maxConcurrency: 0', 'model.batch()', '0')],
  ),
  invalid(
    'a limit that withConfig binds for batch',
    code`
      ${models}
      export const limited = claude.withConfig({ maxConcurrency: 0 });
    `,
    [throws('maxConcurrency: 0', 'batch()', '0')],
  ),
  invalid(
    'a fraction, which counts as the next number',
    code`
      ${models}
      const config = { maxConcurrency: 1.5 } as const;
      export const all = (texts) => chain.batch(texts, config);
    `,
    [
      {
        at: 'maxConcurrency: 1.5',
        messageId: 'fraction',
        value: '1.5',
        subject: '`chain.batch()`',
        instead: '2',
        suggests: ['1.5', '2'],
      },
    ],
  ),
  invalid(
    'RunnableEach, whose invoke is a batch',
    code`
      ${models}
      import { RunnableEach } from '@langchain/core/runnables';
      const each = new RunnableEach({ bound: chain });
      export const all = (texts) => each.invoke(texts, { maxConcurrency: 0 });
    `,
    [throws('maxConcurrency: 0', 'each.invoke()', '0')],
  ),
];

const ofGraphs = [
  invalid(
    'a limit of 1 drops what would run in parallel',
    graphs +
      code`
        export async function run(messages) {
          for await (const chunk of await graph.stream({ messages }, {
            streamMode: 'values',
            maxConcurrency: 1,
          })) console.log(chunk);
        }
      `,
    [one('maxConcurrency: 1', 'graph.stream()')],
  ),
  invalid(
    'agents of every kind',
    code`
      import { createAgent } from 'langchain';
      import { createDeepAgent } from 'deepagents';
      import { createReactAgent } from '@langchain/langgraph/prebuilt';
      import { llm, tools } from './tools';
      const agent = createAgent({ model: llm, tools });
      const react = createReactAgent({ llm, tools });
      const deep = createDeepAgent({ model: llm, tools });
      export const first = (messages) => agent.invoke({ messages }, { maxConcurrency: 1 });
      export const second = (messages) => react.streamEvents({ messages }, { version: 'v2', maxConcurrency: 1 });
      export const third = (messages) => deep.invoke({ messages }, { maxConcurrency: 1 });
    `,
    [
      one('maxConcurrency: 1', 'agent.invoke()', [
        'agent.invoke({ messages }, { maxConcurrency: 1',
        'agent.invoke({ messages }, { maxConcurrency: 2',
      ]),
      {
        ...one('maxConcurrency: 1', 'react.streamEvents()', ["'v2', maxConcurrency: 1", "'v2', maxConcurrency: 2"]),
        occurrence: 2,
      },
      {
        ...one('maxConcurrency: 1', 'deep.invoke()', [
          'deep.invoke({ messages }, { maxConcurrency: 1',
          'deep.invoke({ messages }, { maxConcurrency: 2',
        ]),
        occurrence: 3,
      },
    ],
  ),
  invalid(
    'bound by withConfig, and for a graph that is a parameter',
    code`
      import type { CompiledStateGraph } from '@langchain/langgraph';
      export const serial = (graph: CompiledStateGraph) => graph.withConfig({ maxConcurrency: 1 });
    `,
    [one('maxConcurrency: 1', 'graph')],
  ),
  invalid(
    'each run of a batch',
    code`
      ${graphs}
      export const all = (inputs) => graph.batch(inputs, { maxConcurrency: 1 });
    `,
    [one('maxConcurrency: 1', 'graph.batch()')],
  ),
  invalid(
    'a later config of a batch, which is that of its own run',
    code`
      ${graphs}
      export const both = (a, b) => graph.batch([a, b], [{ maxConcurrency: 2 }, { maxConcurrency: 1 }]);
    `,
    [one('maxConcurrency: 1', 'graph.batch()')],
  ),
  invalid(
    'a graph as a step of a sequence',
    code`
      ${graphs}
      import { RunnableLambda } from '@langchain/core/runnables';
      const chain = RunnableLambda.from((messages) => ({ messages })).pipe(graph);
      export const run = (messages) => chain.invoke(messages, { maxConcurrency: 1 });
    `,
    [one('maxConcurrency: 1', 'chain.invoke()')],
  ),
  invalid(
    'the default of an environment variable on a graph',
    code`
      ${graphs}
      export const run = (messages) =>
        graph.invoke({ messages }, { maxConcurrency: Number(process.env.MAX_CONCURRENCY || 1) });
    `,
    [one('maxConcurrency: Number(process.env.MAX_CONCURRENCY || 1)', 'graph.invoke()', ['|| 1', '|| 2'])],
  ),
  invalid(
    'beside a config from elsewhere',
    code`
      ${graphs}
      export const node = (state, config) => graph.invoke(state, { ...config, maxConcurrency: 1 });
    `,
    [one('maxConcurrency: 1', 'graph.invoke()')],
  ),
  invalid(
    'a graph that never starts',
    code`
      ${graphs}
      export const run = (messages) => [
        graph.invoke({ messages }, { maxConcurrency: 0 }),
        graph.stream({ messages }, { maxConcurrency: -1 }),
      ];
    `,
    [hangs('maxConcurrency: 0', 'graph.invoke()', '0'), hangs('maxConcurrency: -1', 'graph.stream()', '-1')],
  ),
  invalid(
    'a batch of graphs throws before any of them starts',
    code`
      ${graphs}
      export const all = (inputs) => graph.batch(inputs, { maxConcurrency: 0 });
    `,
    [throws('maxConcurrency: 0', 'graph.batch()', '0')],
  ),
  invalid(
    'fractions',
    code`
      ${graphs}
      export const run = (messages) => [
        graph.invoke({ messages }, { maxConcurrency: 0.5 }),
        graph.invoke({ messages }, { maxConcurrency: 1.5 }),
      ];
    `,
    [
      {
        at: 'maxConcurrency: 0.5',
        messageId: 'one',
        value: '0.5',
        subject: '`graph.invoke()`',
        instead: '2',
        suggests: ['0.5', '2'],
      },
      {
        at: 'maxConcurrency: 1.5',
        messageId: 'fraction',
        value: '1.5',
        subject: '`graph.invoke()`',
        instead: '2',
        suggests: ['1.5', '2'],
      },
    ],
  ),
];

const quiet = [
  valid(
    'whole numbers from 1 up',
    code`
      ${models}
      import { OpenAIEmbeddings } from '@langchain/openai';
      export const embeddings = new OpenAIEmbeddings({ maxConcurrency: 1 });
      export const all = (texts) => [
        chain.batch(texts, { maxConcurrency: 1 }),
        model.batch(texts, { maxConcurrency: 10 }),
        claude.withConfig({ maxConcurrency: 1 }),
      ];
    `,
  ),
  valid(
    'Infinity, undefined and null, which are no limit',
    code`
      import { ChatOpenAI } from '@langchain/openai';
      export const models = [
        new ChatOpenAI({ maxConcurrency: Infinity }),
        new ChatOpenAI({ maxConcurrency: undefined }),
        new ChatOpenAI({ maxConcurrency: null }),
        new ChatOpenAI({ maxConcurrency: Number.POSITIVE_INFINITY }),
      ];
    `,
  ),
  valid(
    'numbers that cannot be seen',
    code`
      ${models}
      import { limit, options } from './limits';
      export const all = (texts, given) => [
        model.batch(texts, { maxConcurrency: limit }),
        model.batch(texts, { maxConcurrency: given - 1 }),
        model.batch(texts, options),
        new ChatOpenAI(options),
        new ChatOpenAI({ maxConcurrency: Number(process.env.LIMIT ?? fallback) }),
      ];
    `,
  ),
  valid(
    'a graph with a limit of 2',
    code`
      ${graphs}
      export const run = (messages) => graph.invoke({ messages }, { maxConcurrency: 2 });
    `,
  ),
  valid(
    'the third argument of a batch of graphs, which limits the runs and not what is in them',
    code`
      ${graphs}
      export const all = (inputs) => graph.batch(inputs, {}, { maxConcurrency: 1 });
    `,
  ),
  valid(
    'an agent executor, which runs no graph',
    code`
      import { AgentExecutor } from 'langchain/agents';
      import { agent, tools } from './agent';
      export const run = (input) => new AgentExecutor({ agent, tools }).invoke({ input }, { maxConcurrency: 1 });
    `,
  ),
  valid(
    'a limit of a single call, which nothing reads',
    code`
      ${models}
      export const ask = (text) => [
        model.invoke(text, { maxConcurrency: 0 }),
        chain.stream({ text }, { maxConcurrency: -1 }),
      ];
    `,
  ),
  valid(
    'a bound limit that does not reach batch',
    code`
      ${models}
      export const all = (texts) => model.withConfig({ maxConcurrency: 0 }).batch(texts);
    `,
  ),
  valid(
    'a later config, which nothing reads',
    code`
      ${models}
      export const both = (a, b) => model.batch([a, b], [{ maxConcurrency: 2 }, { maxConcurrency: 0 }]);
    `,
  ),
  valid(
    'a fraction for a class that ignores its limit',
    code`
      import { ChatOllama } from '@langchain/ollama';
      export const model = new ChatOllama({ maxConcurrency: 1.5 });
    `,
  ),
  valid(
    'a text for a graph, which reads the number in it',
    code`
      ${graphs}
      export const run = (messages) => graph.invoke({ messages }, { maxConcurrency: '5' });
    `,
  ),
  valid(
    'the operations of a LangGraph store',
    code`
      import { InMemoryStore } from '@langchain/langgraph';
      const store = new InMemoryStore();
      export const run = (operations) => store.batch(operations, { maxConcurrency: 0 });
    `,
  ),
  valid(
    'what the server of a remote graph makes of it',
    code`
      import { RemoteGraph } from '@langchain/langgraph/remote';
      const remote = new RemoteGraph({ graphId: 'agent' });
      export const run = (input) => remote.invoke(input, { maxConcurrency: 1 });
    `,
  ),
  valid(
    'the same name on something else',
    code`
      import { ChatOpenAI } from '@langchain/openai';
      import { Eval } from 'braintrust';
      export const model = new ChatOpenAI();
      Eval('answers', { task: (input) => model.invoke(input), maxConcurrency: 0 });
    `,
  ),
  valid(
    'a receiver that is not known',
    code`
      import { ChatOpenAI } from '@langchain/openai';
      import { pool } from './pool';
      export const model = new ChatOpenAI();
      export const run = (inputs) => pool.batch(inputs, { maxConcurrency: 0 });
    `,
  ),
];

const construction = {
  module: '@langchain/openai',
  names: ['ChatOpenAI'],
  body: (n: { readonly ChatOpenAI: string }) => code`
    const model = new ${n.ChatOpenAI}({ model: 'gpt-4o', maxConcurrency: 0 });
  `,
} as const;

const agent = {
  module: 'langchain',
  names: ['createAgent'],
  label: 'agent',
  body: (n: { readonly createAgent: string }) => code`
    const agent = ${n.createAgent}({ model: 'openai:gpt-4o', tools: [] });
    const answer = await agent.invoke({ messages: [] }, { maxConcurrency: 1 });
  `,
} as const;

new StrictRuleTester().run<[], MessageIds>(rule, {
  valid: [...quiet, ...lookalikes(construction), ...lookalikes(agent)],
  invalid: [
    ...constructors,
    ...batches,
    ...ofGraphs,
    ...importForms({
      ...construction,
      expect: ({ source, render }) => ({
        errors: [
          {
            messageId: 'throws' as const,
            data: { instead: '5', subject: '`ChatOpenAI`', value: '0' },
            ...locate(source, 'maxConcurrency: 0'),
            suggestions: [
              {
                messageId: 'write' as const,
                data: { instead: '5' },
                output: render((n) => construction.body(n).replace('maxConcurrency: 0', 'maxConcurrency: 5')),
              },
            ],
          },
        ],
      }),
    }),
    ...importForms({
      ...agent,
      expect: ({ source, render }) => ({
        errors: [
          {
            messageId: 'one' as const,
            data: { instead: '2', subject: '`agent.invoke()`', value: '1' },
            ...locate(source, 'maxConcurrency: 1'),
            suggestions: [
              {
                messageId: 'write' as const,
                data: { instead: '2' },
                output: render((n) => agent.body(n).replace('maxConcurrency: 1', 'maxConcurrency: 2')),
              },
            ],
          },
        ],
      }),
    }),
  ],
});
