import rule from '../../rules/no-ineffective-config.ts';
import type { Cause } from '../../src/config/ineffective-setting.ts';
import type { RewriteId } from '../../src/config/rewrites.ts';
import { code, locate } from '../helpers/code.ts';
import { type Invalid, StrictRuleTester, type Valid } from '../helpers/rule-tester.ts';
import { importForms, lookalikes } from '../helpers/shape-matrix.ts';

type MessageIds = Cause | RewriteId;
type Case = Invalid<MessageIds, []>;
type Replacements = readonly (readonly [string, string])[];

interface Expected {
  /** The text that is underlined. */
  readonly at: string;
  readonly occurrence?: number;
  readonly messageId: MessageIds;
  readonly data?: Readonly<Record<string, string>>;
  /** The suggestion: its message, its data, and what it replaces where. */
  readonly suggests?: readonly [MessageIds, Readonly<Record<string, string>>, Replacements];
}

function replace(source: string, replacements: Replacements): string {
  return replacements.reduce((text, [from, to]) => {
    if (text.split(from).length !== 2) throw new Error(`"${from}" does not occur once in:\n${text}`);
    return text.replace(from, () => to);
  }, source);
}

function invalid(
  name: string,
  source: string,
  expected: readonly Expected[],
  fix: Replacements | null = null,
  more: Partial<Case> = {},
): Case {
  return {
    name,
    code: source,
    ...(fix ? { output: replace(source, fix) } : {}),
    errors: expected.map(({ at, data, messageId, occurrence = 1, suggests }) => ({
      messageId,
      ...(data ? { data } : {}),
      ...locate(source, at, occurrence),
      ...(suggests
        ? { suggestions: [{ messageId: suggests[0], data: suggests[1], output: replace(source, suggests[2]) }] }
        : {}),
    })),
    ...more,
  };
}

const python = (at: string, option: string, instead: string): Expected => ({
  at,
  messageId: 'pythonKey',
  data: { option, instead },
});
const configurable = (at: string, replacements: Replacements | null, key: string, instead = key): Expected => ({
  at,
  messageId: 'configurable',
  data: { key, instead },
  ...(replacements ? { suggests: ['move', { place: 'the top of the config' }, replacements] as const } : {}),
});

const viaBatch = 'Pass it to `batch()`, or limit the calls with p-limit';
const viaConstructor = 'Set it on the model, or pass it to `batch()`';
const viaChain = 'Pass it to `model.pipe(parser).invoke(input, { timeout })`';

const handlers = code`
  callbacks: [
    new CallbackHandler(),
    new ConsoleCallbackHandler(),
    { handleLLMNewToken: console.log },
  ]
`.trimEnd();

const summarize = code`
  import { ChatOpenAI } from '@langchain/openai';
  import { ChatPromptTemplate } from '@langchain/core/prompts';
  import { StringOutputParser } from '@langchain/core/output_parsers';

  const model = new ChatOpenAI({ model: 'gpt-4o-mini' });
  const chain = ChatPromptTemplate.fromTemplate('Summarize: {text}').pipe(model).pipe(new StringOutputParser());
`;

const graphs = code`
  import { Annotation, MessagesAnnotation, StateGraph } from '@langchain/langgraph';
  import { research, write } from './nodes';

  const State = Annotation.Root({ ...MessagesAnnotation.spec, topic: Annotation });
  const graph = new StateGraph(State)
    .addNode('research', research)
    .addNode('write', write)
    .addEdge('research', 'write')
    .compile();
`;

const agents = code`
  import { ChatOpenAI } from '@langchain/openai';
  import { createReactAgent } from '@langchain/langgraph/prebuilt';
  import { tools } from './tools';

  const agent = createReactAgent({ llm: new ChatOpenAI({ model: 'gpt-4o' }), tools });
`;

const classic = code`
  import { ChatOpenAI } from '@langchain/openai';
  import { LLMChain } from 'langchain/chains';
  import { AgentExecutor } from 'langchain/agents';
  import { PromptTemplate } from '@langchain/core/prompts';

  const chain = new LLMChain({ llm: new ChatOpenAI(), prompt: PromptTemplate.fromTemplate('{question}') });
`;

// ── Python's names ───────────────────────────────────────────────────────────────────────────────────────────────────

const pythonKeys: readonly Case[] = [
  invalid(
    'a limit in snake case',
    code`
      ${summarize}
      export const summarizeAll = (texts: string[]) =>
        chain.batch(texts.map((text) => ({ text })), { max_concurrency: 5, tags: ['nightly'] });
    `,
    [python('max_concurrency: 5', 'max_concurrency', 'maxConcurrency')],
    [['max_concurrency: 5', 'maxConcurrency: 5']],
  ),
  invalid(
    'a limit that is no literal',
    code`
      ${summarize}
      export const summarizeAll = (texts: { text: string }[], limit: number) =>
        chain.batch(texts, { max_concurrency: limit });
    `,
    [
      {
        ...python('max_concurrency: limit', 'max_concurrency', 'maxConcurrency'),
        suggests: ['rename', { instead: 'maxConcurrency' }, [['max_concurrency: limit', 'maxConcurrency: limit']]],
      },
    ],
  ),
  invalid(
    'a shorthand',
    code`
      ${summarize}
      export const summarizeAll = (texts: { text: string }[], max_concurrency: number) =>
        chain.batch(texts, { max_concurrency });
    `,
    [
      {
        ...python('max_concurrency', 'max_concurrency', 'maxConcurrency'),
        occurrence: 2,
        suggests: [
          'rename',
          { instead: 'maxConcurrency' },
          [['{ max_concurrency }', '{ maxConcurrency: max_concurrency }']],
        ],
      },
    ],
  ),
  invalid(
    'a recursion limit in a constant',
    agents +
      code`
        const config = { configurable: { thread_id: '1' }, recursion_limit: 50 } as const;

        export async function answer(messages) {
          for await (const chunk of await agent.stream({ messages }, config)) console.log(chunk);
          return agent.invoke({ messages }, { ...config, tags: ['again'] });
        }
      `,
    [python('recursion_limit: 50', 'recursion_limit', 'recursionLimit')],
    [['recursion_limit: 50', 'recursionLimit: 50']],
  ),
  ...['recursion_limit: 10', 'recursion_limit: limit'].map((written) =>
    invalid(
      `a recursion limit that may end runs that went on so far: ${written}`,
      code`
        ${agents}
        export const answer = (messages, limit: number) => agent.invoke({ messages }, { ${written} });
      `,
      [
        {
          ...python(written, 'recursion_limit', 'recursionLimit'),
          suggests: [
            'rename',
            { instead: 'recursionLimit' },
            [[written, written.replace('recursion_limit', 'recursionLimit')]],
          ],
        },
      ],
    ),
  ),
  invalid(
    'the name and the id of a run, bound and in quotes',
    code`
      ${summarize}
      const named = chain.withConfig({ run_name: 'summarize' });
      export const run = (text: string, id: string) => named.invoke({ text }, { 'run_id': id });
    `,
    [python("run_name: 'summarize'", 'run_name', 'runName'), python("'run_id': id", 'run_id', 'runId')],
    [
      ["run_name: 'summarize'", "runName: 'summarize'"],
      ["'run_id': id", 'runId: id'],
    ],
  ),
  invalid(
    'the config that a callback makes for each input',
    code`
      ${summarize}
      export const all = (texts: { text: string; id: string }[]) =>
        chain.batch(texts, texts.map(({ id }) => ({ run_name: id })));
    `,
    [python('run_name: id', 'run_name', 'runName')],
    [['run_name: id', 'runName: id']],
  ),
  invalid(
    'beside a config from elsewhere',
    code`
      ${summarize}
      export const node = (state, config) => chain.batch(state.texts, { ...config, max_concurrency: 3 });
    `,
    [python('max_concurrency: 3', 'max_concurrency', 'maxConcurrency')],
    [['max_concurrency: 3', 'maxConcurrency: 3']],
  ),
  invalid(
    'a config that other code gets as well is left to its author',
    code`
      ${summarize}
      const config = { run_name: 'summarize' };
      log(config);
      export const run = (text: string) => chain.invoke({ text }, config);
    `,
    [python("run_name: 'summarize'", 'run_name', 'runName')],
  ),
  invalid(
    'a limit that would throw under its right name',
    code`
      ${summarize}
      export const run = (texts) => chain.batch(texts, { max_concurrency: 0 });
    `,
    [python('max_concurrency: 0', 'max_concurrency', 'maxConcurrency')],
  ),
  invalid(
    'a limit of 1 on a graph, which would drop work under its right name',
    code`
      ${graphs}
      export const run = (topic) => graph.invoke({ topic }, { max_concurrency: 1 });
    `,
    [python('max_concurrency: 1', 'max_concurrency', 'maxConcurrency')],
  ),
  invalid(
    'a limit of a graph that may be 1',
    code`
      ${graphs}
      export const run = (topic, limit) => graph.invoke({ topic }, { max_concurrency: limit });
    `,
    [
      {
        ...python('max_concurrency: limit', 'max_concurrency', 'maxConcurrency'),
        suggests: ['rename', { instead: 'maxConcurrency' }, [['max_concurrency: limit', 'maxConcurrency: limit']]],
      },
    ],
  ),
  invalid(
    'a limit of a graph',
    code`
      ${graphs}
      export const run = (topic) => graph.invoke({ topic }, { max_concurrency: 4 });
    `,
    [python('max_concurrency: 4', 'max_concurrency', 'maxConcurrency')],
    [['max_concurrency: 4', 'maxConcurrency: 4']],
  ),
];

const pythonMethods: readonly Case[] = [
  invalid(
    'the methods of Python',
    code`
      import { ChatOpenAI } from '@langchain/openai';
      import type { BaseChatModel } from '@langchain/core/language_models/chat_models';

      const model = new ChatOpenAI();

      export async function answer(questions: string[], fallback: BaseChatModel) {
        const first = await model.ainvoke(questions[0]);
        for await (const chunk of await fallback?.astream(first)) console.log(chunk);
        return model['abatch'](questions, { maxConcurrency: 3 });
      }
    `,
    [
      { at: 'ainvoke', messageId: 'pythonMethod', data: { option: 'ainvoke', subject: '`invoke()`' } },
      { at: 'astream', messageId: 'pythonMethod', data: { option: 'astream', subject: '`stream()`' } },
      { at: "'abatch'", messageId: 'pythonMethod', data: { option: 'abatch', subject: '`batch()`' } },
    ],
    [
      ['ainvoke', 'invoke'],
      ['astream', 'stream'],
      ["'abatch'", "'batch'"],
    ],
  ),
];

// ── keys in the wrong place ──────────────────────────────────────────────────────────────────────────────────────────

const misplaced: readonly Case[] = [
  invalid(
    'a stream mode inside configurable',
    agents +
      code`
        export async function* query(input, sessionId) {
          const stream = await agent.stream({ messages: [input] }, {
            configurable: { thread_id: sessionId, streamMode: 'messages' },
            recursionLimit: 5,
          });
          for await (const chunk of stream) yield chunk;
        }
      `,
    [
      configurable(
        "streamMode: 'messages'",
        [
          [", streamMode: 'messages'", ''],
          ['recursionLimit: 5,', "recursionLimit: 5,\n    streamMode: 'messages',"],
        ],
        'streamMode',
      ),
    ],
  ),
  invalid(
    'a value whose comma needs parentheses',
    code`
      ${agents}
      export const ask = (messages, log) =>
        agent.invoke({ messages }, { configurable: { recursionLimit: (log(), 50) } });
    `,
    [
      configurable(
        'recursionLimit: (log(), 50)',
        [['configurable: { recursionLimit: (log(), 50) }', 'recursionLimit: (log(), 50)']],
        'recursionLimit',
      ),
    ],
  ),
  invalid(
    'the only key inside configurable',
    code`
      ${agents}
      export const ask = (messages) => agent.invoke({ messages }, { configurable: { recursionLimit: 50 } });
    `,
    [
      configurable(
        'recursionLimit: 50',
        [['configurable: { recursionLimit: 50 }', 'recursionLimit: 50']],
        'recursionLimit',
      ),
    ],
  ),
  invalid(
    'the limit that the documentation wrote there',
    code`
      ${graphs}
      export const run = (topic) =>
        graph.invoke({ topic }, { configurable: { thread_id: '1', max_concurrency: 10 } });
    `,
    [
      configurable(
        'max_concurrency: 10',
        [["{ thread_id: '1', max_concurrency: 10 }", "{ thread_id: '1' }, maxConcurrency: 10"]],
        'max_concurrency',
        'maxConcurrency',
      ),
    ],
  ),
  invalid(
    'in a constant that only this call gets',
    code`
      ${graphs}
      const config = { configurable: { thread_id: '1', maxConcurrency: 3 } };
      export const run = (topic) => graph.invoke({ topic }, config);
    `,
    [configurable('maxConcurrency: 3', [[', maxConcurrency: 3 } }', ' }, maxConcurrency: 3 }']], 'maxConcurrency')],
  ),
  invalid(
    'in a constant that several calls get: once, for its author to change',
    code`
      ${graphs}
      const config = { configurable: { thread_id: '1', timeout: 60_000 } };
      export const run = async (topic) => [
        await graph.invoke({ topic }, config),
        await graph.invoke({ topic }, config),
      ];
    `,
    [configurable('timeout: 60_000', null, 'timeout')],
  ),
  invalid(
    'a signal, callbacks, tags and a name',
    code`
      ${graphs}
      export const run = (topic, signal) =>
        graph.invoke({ topic }, { configurable: { signal, callbacks: [tracer], tags: ['a'], run_name: 'b' } });
    `,
    [
      {
        ...configurable(
          'signal',
          [
            ['signal, callbacks', 'callbacks'],
            ["run_name: 'b' } }", "run_name: 'b' }, signal }"],
          ],
          'signal',
        ),
        occurrence: 2,
      },
      configurable(
        'callbacks: [tracer]',
        [
          ['callbacks: [tracer], ', ''],
          ["run_name: 'b' } }", "run_name: 'b' }, callbacks: [tracer] }"],
        ],
        'callbacks',
      ),
      configurable(
        "tags: ['a']",
        [
          ["tags: ['a'], ", ''],
          ["run_name: 'b' } }", "run_name: 'b' }, tags: ['a'] }"],
        ],
        'tags',
      ),
      configurable("run_name: 'b'", [[", run_name: 'b' } }", " }, runName: 'b' }"]], 'run_name', 'runName'),
    ],
  ),
  invalid(
    'bound by withConfig',
    code`
      ${summarize}
      export const named = chain.withConfig({ configurable: { runName: 'summarize' } });
    `,
    [
      configurable(
        "runName: 'summarize'",
        [["configurable: { runName: 'summarize' }", "runName: 'summarize'"]],
        'runName',
      ),
    ],
  ),
  invalid(
    'metadata of a chain in which nothing of the program runs',
    code`
      ${summarize}
      export const run = (text, user) => chain.invoke({ text }, { configurable: { metadata: { user } } });
    `,
    [configurable('metadata: { user }', [['configurable: { metadata: { user } }', 'metadata: { user }']], 'metadata')],
  ),
  invalid(
    'a key that the configuration of the graph does not declare',
    code`
      import { Annotation, StateGraph } from '@langchain/langgraph';
      import { answer } from './nodes';
      const Configuration = Annotation.Root({ model: Annotation, timeout: Annotation });
      const graph = new StateGraph(Annotation.Root({ topic: Annotation }), Configuration)
        .addNode('answer', answer)
        .compile();
      export const run = (topic) =>
        graph.invoke({ topic }, { configurable: { timeout: 60_000, streamMode: 'values' } });
    `,
    [
      configurable(
        "streamMode: 'values'",
        [[", streamMode: 'values' } }", " }, streamMode: 'values' }"]],
        'streamMode',
      ),
    ],
  ),
  invalid(
    'a file that reads another key',
    graphs +
      code`
        const user = async (state, config) => ({ topic: config.configurable?.user ?? config.configurable?.thread_id });
        const named = new StateGraph(State).addNode('user', user).compile();
        export const run = (topic) => named.invoke({ topic }, { configurable: { user: 'a', timeout: 60_000 } });
      `,
    [configurable('timeout: 60_000', [[', timeout: 60_000 } }', ' }, timeout: 60_000 }']], 'timeout')],
  ),
  invalid(
    'a key that the file writes, which is no reading of it',
    code`
      ${graphs}
      const config = { configurable: {} };
      config.configurable.timeout = 60_000;
      export const run = (topic) => [
        graph.invoke({ topic }, config),
        graph.invoke({ topic }, { configurable: { timeout: 50_000 } }),
      ];
    `,
    [
      configurable('config.configurable.timeout', null, 'timeout'),
      configurable('timeout: 50_000', [['configurable: { timeout: 50_000 }', 'timeout: 50_000']], 'timeout'),
    ],
  ),
  invalid(
    'keys that are assigned to a config, also by who was handed it',
    code`
      ${graphs}
      export async function run(topic: string, config: RunnableConfig) {
        config.configurable!.recursion_limit = config.configurable!.recursion_limit || 12;
        config.configurable!.user = 'a';
        config.recursionLimit = undefined;
        return graph.invoke({ topic }, config);
      }
      export function stream(topic: string) {
        const options = { configurable: { thread_id: topic } };
        options.run_name = topic;
        return graph.stream({ topic }, options);
      }
    `,
    [
      configurable('config.configurable!.recursion_limit', null, 'recursion_limit', 'recursionLimit'),
      python('options.run_name', 'run_name', 'runName'),
    ],
  ),
  invalid(
    'a model of initChatModel that is not configurable',
    code`
      import { initChatModel } from 'langchain';
      const model = await initChatModel('openai:gpt-4o');
      export const ask = (question) => model.invoke(question, { configurable: { timeout: 60_000 } });
    `,
    [configurable('timeout: 60_000', [['configurable: { timeout: 60_000 }', 'timeout: 60_000']], 'timeout')],
  ),
];

const input = (at: string, option: string, subject: string, replacements: Replacements | null): Expected => ({
  at,
  messageId: 'input',
  data: { option, subject },
  ...(replacements ? { suggests: ['move', { place: 'the config' }, replacements] as const } : {}),
});

const inInput: readonly Case[] = [
  invalid(
    'a signal in the input of a chain',
    code`
      ${summarize}
      export async function POST(request: Request) {
        const { text } = await request.json();
        return Response.json(await chain.invoke({ text, signal: request.signal }));
      }
    `,
    [
      input('signal: request.signal', 'signal', '`chain.invoke()`', [
        ['{ text, signal: request.signal }', '{ text }, { signal: request.signal }'],
      ]),
    ],
  ),
  invalid(
    'a timeout signal and a controller, each visibly a signal',
    summarize +
      code`
        const controller = new AbortController();
        export const first = (text: string) => chain.invoke({ text, signal: AbortSignal.timeout(30_000) });
        export const second = (text: string) => chain.stream({ signal: controller.signal, text });
        export const third = (text: string, signal?: AbortSignal) => chain.invoke({ text, signal });
      `,
    [
      input('signal: AbortSignal.timeout(30_000)', 'signal', '`chain.invoke()`', [
        [', signal: AbortSignal.timeout(30_000) }', ' }, { signal: AbortSignal.timeout(30_000) }'],
      ]),
      input('signal: controller.signal', 'signal', '`chain.stream()`', [
        ['{ signal: controller.signal, text }', '{ text }, { signal: controller.signal }'],
      ]),
      // Under `exactOptionalPropertyTypes`, a config takes no signal that may be undefined.
      { ...input('signal', 'signal', '`chain.invoke()`', null), occurrence: 5 },
    ],
  ),
  invalid(
    'callback handlers',
    code`
      ${summarize}
      import { CallbackHandler } from 'langfuse-langchain';
      import { ConsoleCallbackHandler } from '@langchain/core/tracers/console';
      export const run = (text: string) => chain.invoke({ text, ${handlers} });
    `,
    [
      input(handlers, 'callbacks', '`chain.invoke()`', [
        [', callbacks: [\n  new CallbackHandler()', ' }, { callbacks: [\n  new CallbackHandler()'],
      ]),
    ],
  ),
  invalid(
    'the thread of an agent',
    code`
      ${agents}
      export const ask = (messages, threadId) => agent.invoke({ messages, configurable: { thread_id: threadId } });
    `,
    [
      input('configurable: { thread_id: threadId }', 'configurable', '`agent.invoke()`', [
        ['{ messages, configurable', '{ messages }, { configurable'],
      ]),
    ],
  ),
  invalid(
    'a stream mode and a signal that are no channels of the state',
    code`
      ${graphs}
      export const run = (topic) =>
        graph.stream({ topic, streamMode: 'updates', signal: AbortSignal.timeout(60_000) });
    `,
    [
      input("streamMode: 'updates'", 'streamMode', '`graph.stream()`', [
        ["streamMode: 'updates', ", ''],
        ['(60_000) })', "(60_000) }, { streamMode: 'updates' })"],
      ]),
      input('signal: AbortSignal.timeout(60_000)', 'signal', '`graph.stream()`', [
        [', signal: AbortSignal.timeout(60_000) }', ' }, { signal: AbortSignal.timeout(60_000) }'],
      ]),
    ],
  ),
  invalid(
    'the limit of the steps of an agent, in its input',
    code`
      import { createAgent } from 'langchain';
      const agent = createAgent({ model: 'openai:gpt-4o', tools: [] });
      export const ask = (messages) => agent.invoke({ messages, recursionLimit: 50 });
    `,
    [
      input('recursionLimit: 50', 'recursionLimit', '`agent.invoke()`', [
        [', recursionLimit: 50 }', ' }, { recursionLimit: 50 }'],
      ]),
    ],
  ),
  invalid(
    'a signal in the input of createAgent',
    code`
      import { createAgent } from 'langchain';
      const agent = createAgent({ model: 'openai:gpt-4o', tools: [] });
      export const ask = (messages) => agent.invoke({ messages, signal: AbortSignal.timeout(60_000) }, undefined);
    `,
    [
      input('signal: AbortSignal.timeout(60_000)', 'signal', '`agent.invoke()`', [
        [', signal: AbortSignal.timeout(60_000) }, undefined)', ' }, { signal: AbortSignal.timeout(60_000) })'],
      ]),
    ],
  ),
  invalid(
    'a signal in the input of a graph whose state is a zod object',
    code`
      import { StateGraph } from '@langchain/langgraph';
      import { z } from 'zod';
      const graph = new StateGraph(z.object({ topic: z.string() })).addNode('a', (state) => state).compile();
      const input = { topic: 'tea', signal: AbortSignal.timeout(60_000) };
      export const result = graph.invoke(input);
    `,
    [
      input('signal: AbortSignal.timeout(60_000)', 'signal', '`graph.invoke()`', [
        [', signal: AbortSignal.timeout(60_000) }', ' }'],
        ['graph.invoke(input)', 'graph.invoke(input, { signal: AbortSignal.timeout(60_000) })'],
      ]),
    ],
  ),
];

const chain = (at: string, option: string, subject: string, replacements: Replacements | null): Expected => ({
  at,
  messageId: 'chain',
  data: { option, subject },
  ...(replacements ? { suggests: ['move', { place: 'the input' }, replacements] as const } : {}),
});

const chains: readonly Case[] = [
  invalid(
    'a signal and a timeout in the config of a classic chain',
    code`
      ${classic}
      export const first = (question, signal) => chain.invoke({ question }, { signal });
      export const second = (question) => chain.call({ question }, { timeout: 30_000, tags: ['a'] });
    `,
    [
      {
        ...chain('signal', 'signal', '`chain.invoke()`', [['{ question }, { signal })', '{ question, signal })']]),
        occurrence: 2,
      },
      chain('timeout: 30_000', 'timeout', '`chain.call()`', [
        ["{ question }, { timeout: 30_000, tags: ['a'] }", "{ question, timeout: 30_000 }, { tags: ['a'] }"],
      ]),
    ],
  ),
  invalid(
    'a timeout for the chain of a factory',
    code`
      import { ChatOpenAI } from '@langchain/openai';
      import { RetrievalQAChain } from 'langchain/chains';
      import { retriever } from './store';
      const qa = RetrievalQAChain.fromLLM(new ChatOpenAI(), retriever);
      export const ask = (query) => qa.invoke(query, { timeout: 30_000 });
    `,
    [chain('timeout: 30_000', 'timeout', '`qa.invoke()`', null)],
  ),
];

// ── limits ───────────────────────────────────────────────────────────────────────────────────────────────────────────

const oneCall = (
  at: string,
  subject: string,
  instead: string,
  replacements: Replacements | null,
  className = 'ChatOpenAI',
  option = 'maxConcurrency',
): Expected => ({
  at,
  messageId: 'oneCall',
  data: { option, subject, instead },
  ...(replacements ? { suggests: ['setOnModel', { className }, replacements] as const } : {}),
});

const limits: readonly Case[] = [
  invalid(
    'a limit on each call of a fan-out',
    code`
      import { ChatOpenAI } from '@langchain/openai';
      const model = new ChatOpenAI({ model: 'gpt-4o' });
      export const all = (questions: string[]) =>
        Promise.all(questions.map((question) => model.invoke(question, { maxConcurrency: 5 })));
    `,
    [
      oneCall('maxConcurrency: 5', '`model.invoke()`', viaConstructor, [
        ["{ model: 'gpt-4o' }", "{ model: 'gpt-4o', maxConcurrency: 5 }"],
        ['question, { maxConcurrency: 5 })', 'question)'],
      ]),
    ],
  ),
  invalid(
    'a limit on a chain, which makes one call of each step',
    code`
      ${summarize}
      export const run = (text: string) => chain.invoke({ text }, { maxConcurrency: 5, tags: ['a'] });
    `,
    [
      oneCall('maxConcurrency: 5', '`chain.invoke()`', viaConstructor, [
        ["{ model: 'gpt-4o-mini' }", "{ model: 'gpt-4o-mini', maxConcurrency: 5 }"],
        ["maxConcurrency: 5, tags: ['a']", "tags: ['a']"],
      ]),
    ],
  ),
  invalid(
    'a limit of a single call that is no literal',
    code`
      ${summarize}
      export const run = (text: string, limit: number) => chain.invoke({ text }, { maxConcurrency: limit });
    `,
    [oneCall('maxConcurrency: limit', '`chain.invoke()`', viaConstructor, null)],
  ),
  invalid(
    'a limit in Python’s spelling, where the right one has no effect either',
    code`
      ${summarize}
      export const ask = (question: string) => model.invoke(question, { max_concurrency: 5 });
    `,
    [
      oneCall(
        'max_concurrency: 5',
        '`model.invoke()`',
        viaConstructor,
        [
          ["{ model: 'gpt-4o-mini' }", "{ model: 'gpt-4o-mini', maxConcurrency: 5 }"],
          ['question, { max_concurrency: 5 })', 'question)'],
        ],
        'ChatOpenAI',
        'max_concurrency',
      ),
    ],
  ),
  invalid(
    'a prompt, a parser, a retriever and a sequence of them',
    code`
      import { ChatPromptTemplate } from '@langchain/core/prompts';
      import { StringOutputParser } from '@langchain/core/output_parsers';
      import { RunnableSequence } from '@langchain/core/runnables';
      import { ChatOllama } from '@langchain/ollama';
      import type { VectorStoreRetriever } from '@langchain/core/vectorstores';

      const prompt = ChatPromptTemplate.fromTemplate('{question}');
      const parser = new StringOutputParser();
      const sequence = RunnableSequence.from([prompt, new ChatOllama(), parser]);

      export async function answer(question: string, retriever: VectorStoreRetriever) {
        await prompt.invoke({ question }, { maxConcurrency: 1 });
        await parser.invoke(question, { maxConcurrency: 2 });
        await retriever.invoke(question, { maxConcurrency: 3 });
        return sequence.invoke({ question }, { maxConcurrency: 4 });
      }
    `,
    [
      oneCall('maxConcurrency: 1', '`prompt.invoke()`', 'Limit the calls with `batch()` or p-limit', null),
      oneCall('maxConcurrency: 2', '`parser.invoke()`', 'Limit the calls with `batch()` or p-limit', null),
      oneCall('maxConcurrency: 3', '`retriever.invoke()`', 'Limit the calls with `batch()` or p-limit', null),
      oneCall('maxConcurrency: 4', '`sequence.invoke()`', viaBatch, null),
    ],
  ),
  invalid(
    'embeddings, which take no config',
    code`
      import { OpenAIEmbeddings } from '@langchain/openai';
      const embeddings = new OpenAIEmbeddings();
      export const embed = (texts: string[]) => embeddings.embedDocuments(texts, { maxConcurrency: 5 });
    `,
    [
      oneCall(
        'maxConcurrency: 5',
        '`embeddings.embedDocuments()`',
        'Set it on the constructor',
        [
          ['new OpenAIEmbeddings()', 'new OpenAIEmbeddings({ maxConcurrency: 5 })'],
          ['texts, { maxConcurrency: 5 })', 'texts)'],
        ],
        'OpenAIEmbeddings',
      ),
    ],
  ),
  invalid(
    'one config for several single calls',
    code`
      import { ChatOpenAI } from '@langchain/openai';
      const model = new ChatOpenAI();
      const config = { maxConcurrency: 5 };
      export const ask = async (question) => [
        await model.invoke(question, config),
        await model.stream(question, config),
      ];
    `,
    [oneCall('maxConcurrency: 5', '`model.invoke()`', viaConstructor, null)],
  ),
  invalid(
    'a limit that only a graph would read, on a model with tools in a node',
    code`
      import { ChatOpenAI } from '@langchain/openai';
      import { tools } from './tools';
      const model = new ChatOpenAI().bindTools(tools);
      export const callModel = async (state, config) => ({
        messages: [await model.invoke(state.messages, { ...config, maxConcurrency: 5 })],
      });
    `,
    [
      oneCall('maxConcurrency: 5', '`model.invoke()`', viaConstructor, [
        ['new ChatOpenAI()', 'new ChatOpenAI({ maxConcurrency: 5 })'],
        [', maxConcurrency: 5 }', ' }'],
      ]),
    ],
  ),
  invalid(
    'a limit in a later config of a list',
    code`
      import { ChatOpenAI } from '@langchain/openai';
      const model = new ChatOpenAI();
      export const both = (a, b) => model.batch([a, b], [{ tags: ['a'] }, { tags: ['b'], maxConcurrency: 5 }]);
    `,
    [
      {
        at: 'maxConcurrency: 5',
        messageId: 'laterConfig',
        suggests: [
          'move',
          { place: 'the first config' },
          [
            ["{ tags: ['a'] }", "{ tags: ['a'], maxConcurrency: 5 }"],
            ["['b'], maxConcurrency: 5", "['b']"],
          ],
        ],
      },
    ],
  ),
  invalid(
    'another limit in a later config, in a list that is a constant',
    code`
      import { ChatOpenAI } from '@langchain/openai';
      const model = new ChatOpenAI();
      const configs = [{ maxConcurrency: 5 }, { maxConcurrency: 2 }];
      export const both = (a, b) => model.batch([a, b], configs);
    `,
    [
      {
        at: 'maxConcurrency: 2',
        messageId: 'laterConfig',
        suggests: [
          'move',
          { place: 'the first config' },
          [['{ maxConcurrency: 5 }, { maxConcurrency: 2 }', '{ maxConcurrency: 2 }, {}']],
        ],
      },
    ],
  ),
  invalid(
    'a limit bound to ChatOpenAI before batch',
    code`
      import { ChatOpenAI } from '@langchain/openai';
      const limited = new ChatOpenAI().withConfig({ maxConcurrency: 3 });
      export const all = (questions: string[]) => limited.batch(questions);
    `,
    [
      {
        at: 'maxConcurrency: 3',
        messageId: 'bound',
        data: { subject: '`ChatOpenAI`' },
        suggests: ['passToBatch', {}, [['batch(questions)', 'batch(questions, { maxConcurrency: 3 })']]],
      },
    ],
  ),
  invalid(
    'a limit bound to ChatOpenAI as a step of a chain, with a config of its own for batch',
    code`
      ${summarize}
      const limited = ChatPromptTemplate.fromTemplate('{text}').pipe(model.withConfig({ maxConcurrency: 3 }));
      export const all = (texts) => limited.batch(texts, { tags: ['all'] });
    `,
    [
      {
        at: 'maxConcurrency: 3',
        messageId: 'bound',
        data: { subject: '`ChatOpenAI`' },
        suggests: ['passToBatch', {}, [["{ tags: ['all'] }", "{ tags: ['all'], maxConcurrency: 3 }"]]],
      },
    ],
  ),
  invalid(
    'a limit of initChatModel, which bindTools loses',
    code`
      import { initChatModel } from 'langchain';
      import { tools } from './tools';
      const model = await initChatModel('openai:gpt-4o', { maxConcurrency: 3 });
      export const agent = model.bindTools(tools);
      export const other = model.bindTools([]);
    `,
    [{ at: 'maxConcurrency: 3', messageId: 'perCall', data: { subject: '`bindTools()`' } }],
  ),
];

// ── constructors ─────────────────────────────────────────────────────────────────────────────────────────────────────

const ignored = (
  at: string,
  subject: string,
  option: string,
  instead: string,
  moved: readonly [string, Replacements] | null = null,
  removed: Replacements | null = null,
): Expected => ({
  at,
  messageId: 'ignored',
  data: { subject: `\`${subject}\``, option, instead },
  ...(moved ? { suggests: ['move', { place: `\`${moved[0]}\`` }, moved[1]] as const } : {}),
  ...(removed ? { suggests: ['remove', {}, removed] as const } : {}),
});

const constructors: readonly Case[] = [
  invalid(
    'what ChatOllama ignores',
    code`
      import { ChatOllama } from '@langchain/ollama';
      export const model = new ChatOllama({
        model: 'llama3.2',
        maxConcurrency: 2,
        maxRetries: 3,
        timeout: Number(process.env.LLM_TIMEOUT),
      });
    `,
    [
      ignored('maxConcurrency: 2', 'ChatOllama', 'maxConcurrency', viaBatch),
      ignored('maxRetries: 3', 'ChatOllama', 'maxRetries', 'Repeat failed calls with `withRetry()`', null, [
        ['  maxRetries: 3,\n', ''],
      ]),
      ignored('timeout: Number(process.env.LLM_TIMEOUT)', 'ChatOllama', 'timeout', viaChain),
    ],
  ),
  invalid(
    'what ChatBedrockConverse ignores, at 1.4 of the core',
    code`
      import { ChatBedrockConverse } from '@langchain/aws';
      export const model = new ChatBedrockConverse({
        region: 'eu-west-1',
        maxConcurrency: limit,
        maxRetries: 0,
        timeout: 60_000,
      });
    `,
    [
      ignored('maxConcurrency: limit', 'ChatBedrockConverse', 'maxConcurrency', viaBatch),
      ignored(
        'maxRetries: 0',
        'ChatBedrockConverse',
        'maxRetries',
        'Set `maxAttempts` on the `client` that it is given',
        null,
        [['  maxRetries: 0,\n', '']],
      ),
      ignored(
        'timeout: 60_000',
        'ChatBedrockConverse',
        'timeout',
        'Write `clientOptions: { requestHandler: { requestTimeout } }`',
        [
          'clientOptions.requestHandler.requestTimeout',
          [['timeout: 60_000', 'clientOptions: { requestHandler: { requestTimeout: 60_000 } }']],
        ],
      ),
    ],
    null,
    { settings: { langchain: { version: '1.4.0' } } },
  ),
  invalid(
    'a timeout of ChatMistralAI and of ChatGoogleGenerativeAI',
    code`
      import { ChatMistralAI } from '@langchain/mistralai';
      import { ChatGoogleGenerativeAI } from '@langchain/google-genai';
      export const models = [
        new ChatMistralAI({ timeout: 60_000, maxConcurrency: 3 }),
        new ChatGoogleGenerativeAI({ timeout: 30_000 }),
      ];
    `,
    [
      ignored('timeout: 60_000', 'ChatMistralAI', 'timeout', viaChain),
      ignored('maxConcurrency: 3', 'ChatMistralAI', 'maxConcurrency', viaBatch),
      ignored('timeout: 30_000', 'ChatGoogleGenerativeAI', 'timeout', viaChain),
    ],
  ),
  invalid(
    'a timeout of ChatAnthropic',
    code`
      import { ChatAnthropic } from '@langchain/anthropic';
      export const model = new ChatAnthropic({ model: 'claude-sonnet-4-5', timeout: 60_000 });
    `,
    [
      ignored('timeout: 60_000', 'ChatAnthropic', 'timeout', 'Write `clientOptions: { timeout }`', [
        'clientOptions.timeout',
        [['timeout: 60_000', 'clientOptions: { timeout: 60_000 }']],
      ]),
    ],
  ),
  invalid(
    'a timeout of ChatAnthropic beside other options of its client',
    code`
      import { ChatAnthropic } from '@langchain/anthropic';

      export const model = new ChatAnthropic({
        model: 'claude-sonnet-4-5',
        timeout,
        clientOptions: {
          // Through the company's proxy.
          baseURL: process.env.PROXY,
        },
      });
    `,
    [
      ignored('timeout', 'ChatAnthropic', 'timeout', 'Write `clientOptions: { timeout }`', [
        'clientOptions.timeout',
        [
          ['timeout,\n  clientOptions', 'clientOptions'],
          ['process.env.PROXY,', 'process.env.PROXY,\n    timeout,'],
        ],
      ]),
    ],
  ),
  invalid(
    'a timeout whose comment would be lost',
    code`
      import { ChatAnthropic } from '@langchain/anthropic';
      export const model = new ChatAnthropic({
        timeout: 60_000, // a minute
        clientOptions: { maxRetries: 1 },
      });
    `,
    [ignored('timeout: 60_000', 'ChatAnthropic', 'timeout', 'Write `clientOptions: { timeout }`')],
  ),
  invalid(
    'a timeout of ChatAnthropic beside options from elsewhere',
    code`
      import { ChatAnthropic } from '@langchain/anthropic';
      import { clientOptions, common } from './options';
      export const models = [
        new ChatAnthropic({ timeout: 60_000, clientOptions }),
        new ChatAnthropic({ ...common, timeout: 30_000 }),
      ];
    `,
    [
      ignored('timeout: 60_000', 'ChatAnthropic', 'timeout', 'Write `clientOptions: { timeout }`'),
      ignored('timeout: 30_000', 'ChatAnthropic', 'timeout', 'Write `clientOptions: { timeout }`'),
    ],
  ),
  invalid(
    'options in a constant',
    code`
      import { ChatAnthropic } from '@langchain/anthropic';
      const options = { model: 'claude-sonnet-4-5', timeout: 60_000 };
      export const model = new ChatAnthropic(options);
    `,
    [
      ignored('timeout: 60_000', 'ChatAnthropic', 'timeout', 'Write `clientOptions: { timeout }`', [
        'clientOptions.timeout',
        [['timeout: 60_000', 'clientOptions: { timeout: 60_000 }']],
      ]),
    ],
  ),
  invalid(
    'options that another class honours',
    code`
      import { ChatAnthropic } from '@langchain/anthropic';
      import { ChatOpenAI } from '@langchain/openai';
      const common = { temperature: 0, timeout: 60_000 };
      export const models = {
        claude: new ChatAnthropic({ ...common, model: 'claude-sonnet-4-5' }),
        gpt: new ChatOpenAI({ ...common, model: 'gpt-4o' }),
      };
    `,
    [ignored('timeout: 60_000', 'ChatAnthropic', 'timeout', 'Write `clientOptions: { timeout }`')],
  ),
  invalid(
    'a timeout in the client options of ChatGroq',
    code`
      import { ChatGroq } from '@langchain/groq';
      export const model = new ChatGroq({ model: 'llama-3.3-70b', clientOptions: { timeout: 30_000 } });
    `,
    [
      ignored('timeout: 30_000', 'ChatGroq', 'clientOptions.timeout', 'Write `timeout`', [
        'timeout',
        [['clientOptions: { timeout: 30_000 }', 'timeout: 30_000']],
      ]),
    ],
  ),
  invalid(
    'a timeout for initChatModel, which hands it to the class',
    code`
      import { initChatModel } from 'langchain';
      export const model = await initChatModel('anthropic:claude-sonnet-4-5', { timeout: 60_000 });
    `,
    [
      ignored('timeout: 60_000', 'ChatAnthropic', 'timeout', 'Write `clientOptions: { timeout }`', [
        'clientOptions.timeout',
        [['timeout: 60_000', 'clientOptions: { timeout: 60_000 }']],
      ]),
    ],
  ),
  invalid(
    'retries that are to be off, but are those of the SDK',
    code`
      import { ChatOpenAI } from '@langchain/openai';
      export const first = new ChatOpenAI({ configuration: { maxRetries: 0 } });
      export const second = new ChatOpenAI({
        maxRetries: 2,
        configuration: { baseURL: process.env.BASE_URL, maxRetries: 0 },
      });
    `,
    [
      {
        at: 'maxRetries: 0',
        messageId: 'retries',
        data: { option: 'configuration.maxRetries', subject: '`ChatOpenAI`', instead: 'maxRetries' },
        suggests: ['move', { place: '`maxRetries`' }, [['{ configuration: { maxRetries: 0 } }', '{ maxRetries: 0 }']]],
      },
      {
        at: 'maxRetries: 0',
        occurrence: 2,
        messageId: 'retries',
        data: { option: 'configuration.maxRetries', subject: '`ChatOpenAI`', instead: 'maxRetries' },
        suggests: [
          'move',
          { place: '`maxRetries`' },
          [
            ['maxRetries: 2', 'maxRetries: 0'],
            ['process.env.BASE_URL, maxRetries: 0', 'process.env.BASE_URL'],
          ],
        ],
      },
    ],
  ),
  invalid(
    'a limit of calls that stream',
    code`
      import { ChatOpenAI } from '@langchain/openai';
      export const model = new ChatOpenAI({ model: 'gpt-4o', streaming: true, maxConcurrency: 5 });
    `,
    [
      {
        at: 'maxConcurrency: 5',
        messageId: 'streaming',
        data: { subject: '`ChatOpenAI`' },
        suggests: ['removeStreaming', {}, [['streaming: true, ', '']]],
      },
    ],
  ),
  invalid(
    'a class that ignores its limit is reported for that alone',
    code`
      import { ChatOllama } from '@langchain/ollama';
      export const model = new ChatOllama({ streaming: true, maxConcurrency: 5 });
    `,
    [ignored('maxConcurrency: 5', 'ChatOllama', 'maxConcurrency', viaBatch)],
  ),
];

// ── quiet ────────────────────────────────────────────────────────────────────────────────────────────────────────────

function valid(name: string, source: string, more: Partial<Valid<[]>> = {}): Valid<[]> {
  return { name, code: source, ...more };
}

const quiet: readonly Valid<[]>[] = [
  valid(
    'the keys of a config, where they belong',
    code`
      ${summarize}
      export const run = (texts, signal) =>
        chain.batch(texts, {
          maxConcurrency: 5,
          runName: 'all',
          runId: 'x',
          recursionLimit: 5,
          signal,
          timeout: 60_000,
        });
    `,
  ),
  valid(
    'the client of the LangGraph server, whose keys these are',
    code`
      import { Client } from '@langchain/langgraph-sdk';
      const client = new Client({ apiUrl: process.env.LANGGRAPH_URL });
      export async function run(threadId, input) {
        for await (const event of client.runs.stream(threadId, 'agent', {
          input,
          config: { recursion_limit: 50, configurable: { maxConcurrency: 5 } },
          run_name: 'a',
        })) console.log(event);
        return client.runs.wait(threadId, 'agent', { input, config: { recursion_limit: 50 } });
      }
    `,
  ),
  valid(
    'a server that runs Python',
    code`
      import { RemoteRunnable } from '@langchain/core/runnables/remote';
      import { RemoteGraph } from '@langchain/langgraph/remote';
      const chain = new RemoteRunnable({ url: 'http://localhost/chain' });
      export const run = (input) => chain.invoke(input, { max_concurrency: 5, configurable: { timeout: 5 } });
      export const graph = (input) => new RemoteGraph({ graphId: 'a' }).invoke(input, { recursion_limit: 5 });
    `,
  ),
  valid(
    'snake case that is no config: an input, a tool argument, a state',
    code`
      ${graphs}
      export const run = (topic) =>
        graph.invoke({ topic, max_concurrency: 5, run_id: 'x' }, {
          configurable: { thread_id: '1', run_id: 'x', user_id: 'y' },
        });
    `,
  ),
  valid(
    'both spellings, of which one has its effect',
    code`
      ${summarize}
      export const run = (texts) => chain.batch(texts, { max_concurrency: 5, maxConcurrency: 5 });
    `,
  ),
  valid(
    'keys of configurable that a node of the file reads',
    code`
      ${graphs}
      const node = async (state, config) => ({
        topic: await ask(config.configurable?.timeout, config.configurable['maxConcurrency']),
      });
      export const run = (topic) =>
        new StateGraph(State)
          .addNode('a', node)
          .compile()
          .invoke({ topic }, { configurable: { timeout: 5000, maxConcurrency: 3 } });
    `,
  ),
  valid(
    'keys of configurable that the file takes apart',
    code`
      ${graphs}
      const node = async (state, { configurable }) => {
        const { timeout = 5000 } = configurable ?? {};
        return ask(timeout, configurable.signal);
      };
      export const run = (topic, signal) =>
        new StateGraph(State)
          .addNode('a', node)
          .compile()
          .invoke({ topic }, { configurable: { timeout: 60_000, signal } });
    `,
  ),
  valid(
    'a configurable that is handed to other code',
    code`
      ${graphs}
      const node = async (state, config) => ask(loadSettings(config.configurable));
      export const run = (topic) =>
        new StateGraph(State).addNode('a', node).compile().invoke({ topic }, { configurable: { timeout: 60_000 } });
    `,
  ),
  valid(
    'a key that the configuration of the graph declares',
    code`
      import { Annotation, StateGraph } from '@langchain/langgraph';
      import { node } from './nodes';
      const graph = new StateGraph(Annotation.Root({}), Annotation.Root({ timeout: Annotation }))
        .addNode('a', node)
        .compile();
      export const run = () => graph.invoke({}, { configurable: { timeout: 60_000 } });
    `,
  ),
  valid(
    'a configuration of the graph that is not seen',
    code`
      import { Annotation, StateGraph } from '@langchain/langgraph';
      import { node, Configuration } from './nodes';
      const graph = new StateGraph(Annotation.Root({}), Configuration).addNode('a', node).compile();
      export const run = () => graph.invoke({}, { configurable: { timeout: 60_000 } });
    `,
  ),
  valid(
    'fields of a configurable model',
    code`
      import { initChatModel } from 'langchain';
      const model = await initChatModel(undefined, { configurableFields: ['model', 'timeout', 'maxConcurrency'] });
      export const ask = (question) =>
        model.invoke(question, { configurable: { model: 'gpt-4o', timeout: 60_000, maxConcurrency: 3 } });
    `,
  ),
  valid(
    'fields of a configurable model behind a prompt',
    code`
      import { initChatModel } from 'langchain';
      import { ChatPromptTemplate } from '@langchain/core/prompts';
      const chain = ChatPromptTemplate.fromTemplate('{q}').pipe(
        await initChatModel('gpt-4o', { configurableFields: 'any' })
      );
      export const ask = (q) => chain.invoke({ q }, { configurable: { timeout: 60_000 } });
    `,
  ),
  valid(
    'fields of a configurable model that a graph may call',
    code`
      ${graphs}
      import { initChatModel } from 'langchain';
      export const model = await initChatModel(undefined, { configurableFields: ['timeout'] });
      export const run = (topic) => graph.invoke({ topic }, { configurable: { timeout: 60_000 } });
    `,
  ),
  valid(
    'metadata and the id of a run that nodes in other files may read',
    code`
      ${graphs}
      export const run = (topic) =>
        graph.invoke({ topic }, { configurable: { thread_id: '1', metadata: { a: 1 }, runId: 'x', run_id: 'y' } });
    `,
  ),
  valid(
    'a key inside and beside configurable',
    code`
      ${graphs}
      export const run = (topic) =>
        graph.invoke({ topic }, { recursionLimit: 50, configurable: { recursionLimit: 50 } });
    `,
  ),
  valid(
    'values without a limit',
    code`
      ${summarize}
      export const run = (text) => model.invoke(text, { maxConcurrency: Infinity, max_concurrency: undefined });
    `,
  ),
  valid(
    'a prompt variable of that name',
    code`
      import { ChatPromptTemplate, MessagesPlaceholder } from '@langchain/core/prompts';
      import { ChatOpenAI } from '@langchain/openai';
      const template = 'Explain {signal}';
      const first = ChatPromptTemplate.fromTemplate(template).pipe(new ChatOpenAI());
      const second = ChatPromptTemplate.fromMessages([new MessagesPlaceholder('callbacks')]).pipe(new ChatOpenAI());
      export const run = () => [
        first.invoke({ signal: AbortSignal.timeout(5000) }),
        second.invoke({ callbacks: [new ConsoleCallbackHandler()] }),
      ];
    `,
  ),
  valid(
    'a channel of the state of that name',
    code`
      import { Annotation, StateGraph } from '@langchain/langgraph';
      const graph = new StateGraph(Annotation.Root({ signal: Annotation, streamMode: Annotation }))
        .addNode('a', (state) => state)
        .compile();
      export const run = () => graph.invoke({ signal: AbortSignal.timeout(60_000), streamMode: 'values' });
    `,
  ),
  valid(
    'a state that is not seen',
    code`
      import { StateGraph } from '@langchain/langgraph';
      import { State } from './state';
      const graph = new StateGraph(State).addNode('a', (state) => state).compile();
      export const run = () => graph.invoke({ signal: AbortSignal.timeout(60_000) });
    `,
  ),
  valid(
    'an agent whose middleware adds to the state',
    code`
      import { createAgent } from 'langchain';
      import { middleware } from './middleware';
      export const run = (messages) =>
        createAgent({ model: 'gpt-4o', tools: [], middleware }).invoke({
          messages,
          signal: AbortSignal.timeout(60_000),
        });
    `,
  ),
  valid(
    'values of the input that only have the name',
    code`
      ${summarize}
      export const run = (text, signal) =>
        chain.invoke({
          text,
          signal,
          timeout: 5000,
          callbacks: 'all',
          maxConcurrency: 5,
          configurable: { size: 1 },
        });
    `,
  ),
  valid(
    'lists in the input that hold no handlers, or nobody knows what',
    code`
      ${summarize}
      import { HandlerRegistry } from './handlers';
      export const run = (text, all) => [
        chain.invoke({ text, callbacks: [] }),
        chain.invoke({ text, callbacks: [{ onStart: console.log }] }),
        chain.invoke({ text, callbacks: [new HandlerRegistry()] }),
        chain.invoke({ text, callbacks: [...all] }),
        chain.invoke({ text, callbacks: [{ rehandleError: console.log }, 'x'] }),
      ];
    `,
  ),
  valid(
    'a signal in the input beside a config',
    code`
      ${summarize}
      export const run = (text, controller: AbortController) =>
        chain.invoke({ text, signal: controller.signal }, { signal: controller.signal });
    `,
  ),
  valid(
    'an input that a function takes apart',
    code`
      import { RunnableLambda } from '@langchain/core/runnables';
      const chain = RunnableLambda.from(({ text, signal }) => fetch(
        text,
        { signal }
      )).pipe((response) => response.text());
      export const run = (text) => chain.invoke({ text, signal: AbortSignal.timeout(5000) });
    `,
  ),
  valid(
    'a signal and a timeout in the input of a classic chain',
    code`
      ${classic}
      export const first = (question, controller) => chain.call({ question, signal: controller.signal });
      export const second = (question) => chain.invoke({ question, timeout: 30_000 });
    `,
  ),
  valid(
    'a signal in the input and in the config of an agent executor, which reads both',
    code`
      ${classic}
      const executor = new AgentExecutor({ agent, tools });
      export const first = (input, controller) => executor.invoke({ input, signal: controller.signal });
      export const second = (input, controller) =>
        executor.invoke({ input }, { signal: controller.signal, timeout: 30_000 });
    `,
  ),
  valid(
    'a stream of a classic chain, which ends at the signal',
    code`
      ${classic}
      export const run = (question, signal) => chain.stream({ question }, { signal });
    `,
  ),
  valid(
    'a limit on one run of a graph or an agent',
    code`
      ${graphs}
      import { createAgent } from 'langchain';
      const agent = createAgent({ model: 'gpt-4o', tools: [] });
      export const run = (topic) => [
        graph.invoke({ topic }, { maxConcurrency: 5 }),
        graph.stream({ topic }, { maxConcurrency: 5 }),
        agent.invoke({ messages: [topic] }, { maxConcurrency: 5 }),
      ];
    `,
  ),
  valid(
    'a limit that a step may read',
    code`
      ${summarize}
      import { RunnableLambda } from '@langchain/core/runnables';
      import { next } from './next';
      export const run = (text) => [
        chain.pipe(next).invoke({ text }, { maxConcurrency: 5 }),
        chain.assign({ next }).invoke({ text }, { maxConcurrency: 5 }),
        RunnableLambda.from(next).invoke(text, { maxConcurrency: 5 }),
      ];
    `,
  ),
  valid(
    'a limit that batch gets too',
    code`
      ${summarize}
      const config = { maxConcurrency: 5 };
      export const run = async (texts) => [await model.invoke(texts[0], config), await model.batch(texts, config)];
    `,
  ),
  valid(
    'a config from elsewhere',
    code`
      ${summarize}
      import { config } from './config';
      export const run = (text, given) => [
        model.invoke(text, config),
        chain.invoke({ text }, given),
        chain.invoke({ text }, { ...given }),
      ];
    `,
  ),
  valid(
    'options that the class honours',
    code`
      import { ChatOpenAI } from '@langchain/openai';
      import { ChatAnthropic } from '@langchain/anthropic';
      import { ChatGroq } from '@langchain/groq';
      export const models = [
        new ChatOpenAI({ maxConcurrency: 5, timeout: 60_000, maxRetries: 2 }),
        new ChatAnthropic({ maxConcurrency: 5, maxRetries: 2, clientOptions: { timeout: 60_000 } }),
        new ChatGroq({ timeout: 60_000 }),
      ];
    `,
  ),
  valid(
    'an ignored timeout beside the one that works',
    code`
      import { ChatAnthropic } from '@langchain/anthropic';
      export const model = new ChatAnthropic({ timeout: 60_000, clientOptions: { timeout: 60_000 } });
    `,
  ),
  valid(
    'options without a value',
    code`
      import { ChatOllama } from '@langchain/ollama';
      export const model = new ChatOllama({ maxConcurrency: Infinity, timeout: undefined, maxRetries: 0 });
    `,
  ),
  valid(
    'a limit that throws, which is not ignored',
    code`
      import { ChatOllama } from '@langchain/ollama';
      export const make = () => new ChatOllama({ maxConcurrency: 0 });
    `,
  ),
  valid(
    'options from elsewhere',
    code`
      import { ChatOllama } from '@langchain/ollama';
      import { options } from './options';
      export const make = (fields) => [
        new ChatOllama(options),
        new ChatOllama(fields),
        new ChatOllama({ ...options }),
        new ChatOllama(...fields),
      ];
    `,
  ),
  valid(
    'a class of the file that may read the options itself',
    code`
      import { ChatOllama } from '@langchain/ollama';
      class Patient extends ChatOllama { timeout = 60_000; }
      export const model = new Patient({ timeout: 60_000 });
    `,
  ),
  valid(
    'a timeout of something else',
    code`
      import { ChatOllama } from '@langchain/ollama';
      import { Ollama } from 'ollama';
      export const model = new ChatOllama();
      export const client = new Ollama({ timeout: 5, maxRetries: 3, maxConcurrency: 5 });
    `,
  ),
  valid(
    'older classes of the same name, which were not measured',
    code`
      import { ChatAnthropic } from 'langchain/chat_models/anthropic';
      export const model = new ChatAnthropic({ timeout: 60_000 });
    `,
  ),
  valid(
    'retries that both layers switch off, or that only the SDK is to make',
    code`
      import { ChatOpenAI } from '@langchain/openai';
      export const models = [
        new ChatOpenAI({ maxRetries: 0, configuration: { maxRetries: 0 } }),
        new ChatOpenAI({ configuration: { maxRetries: 2 } }),
        new ChatOpenAI({ maxRetries: 0 }),
      ];
    `,
  ),
  valid(
    'a limit without streams',
    code`
      import { ChatOpenAI } from '@langchain/openai';
      export const make = (streaming) => [
        new ChatOpenAI({ maxConcurrency: 5, streaming: false }),
        new ChatOpenAI({ maxConcurrency: 5, streaming }),
        new ChatOpenAI({ streaming: true }),
      ];
    `,
  ),
  valid(
    'a bound limit that reaches batch',
    code`
      import { ChatAnthropic } from '@langchain/anthropic';
      import { ChatOpenAI } from '@langchain/openai';
      const limited = new ChatOpenAI().withConfig({ maxConcurrency: 3 });
      export const all = (questions) => [
        new ChatAnthropic().withConfig({ maxConcurrency: 3 }).batch(questions),
        limited.batch(questions, { maxConcurrency: 3 }),
        limited.invoke(questions[0]),
      ];
    `,
  ),
  valid(
    'a limit of initChatModel without a builder',
    code`
      import { initChatModel } from 'langchain';
      const model = await initChatModel('openai:gpt-4o', { maxConcurrency: 3 });
      export const ask = (questions) => model.batch(questions);
    `,
  ),
  valid(
    'the first config of a list, or the same limit in each',
    code`
      import { ChatOpenAI } from '@langchain/openai';
      const model = new ChatOpenAI();
      export const all = (a, b) => [
        model.batch([a, b], [{ maxConcurrency: 5 }, {}]),
        model.batch([a, b], [{ maxConcurrency: 5 }, { maxConcurrency: 5 }]),
        model.batch(a, a.map(() => ({ maxConcurrency: 5 }))),
      ];
    `,
  ),
  valid(
    'later configs of a graph, each the limit of its own run',
    code`
      ${graphs}
      export const both = (a, b) => graph.batch([a, b], [{}, { maxConcurrency: 5 }]);
    `,
  ),
  valid(
    'a method that the class has',
    code`
      import { ChatOpenAI } from '@langchain/openai';
      class Logged extends ChatOpenAI {
        async ainvoke(input) { return this.invoke(input); }
        async twice(input) { return [await this.ainvoke(input), await this.ainvoke(input)]; }
      }
      export const run = (input) => new Logged().ainvoke(input);
    `,
  ),
  valid(
    'a method that a type gives the class',
    code`
      import { ChatOpenAI } from '@langchain/openai';
      declare module '@langchain/openai' {
        interface ChatOpenAI { ainvoke(input: string): Promise<string> }
      }
      const model = new ChatOpenAI();
      export const run = async (input: string) => (await model.ainvoke(input)).trim();
    `,
  ),
  valid(
    'a method that the file gives the class',
    code`
      import { ChatOpenAI } from '@langchain/openai';
      ChatOpenAI.prototype.abatch = function (inputs) { return this.batch(inputs, { maxConcurrency: 5 }); };
      export const run = (inputs) => new ChatOpenAI().abatch(inputs);
    `,
  ),
  valid(
    'a method that is only called where it exists',
    code`
      import { ChatOpenAI } from '@langchain/openai';
      const model = new ChatOpenAI();
      export const run = (input) => model.ainvoke?.(input) ?? model.invoke(input);
    `,
  ),
  valid(
    'the same names on something else',
    code`
      import { ChatOpenAI } from '@langchain/openai';
      import { client } from './client';
      export const model = new ChatOpenAI();
      export const run = (input) => [
        client.ainvoke(input),
        client.invoke(input, { max_concurrency: 5, configurable: { timeout: 5 } }),
      ];
    `,
  ),
];

const call = {
  module: '@langchain/openai',
  names: ['ChatOpenAI'],
  body: (n: { readonly ChatOpenAI: string }) => code`
    const model = new ${n.ChatOpenAI}({ maxRetries: 2 });
    const answer = await model.ainvoke('Hello');
  `,
} as const;

const construction = {
  module: '@langchain/ollama',
  names: ['ChatOllama'],
  label: 'constructor',
  body: (n: { readonly ChatOllama: string }) => code`
    const model = new ${n.ChatOllama}({ model: 'llama3.2', maxConcurrency: 2 });
  `,
} as const;

new StrictRuleTester().run<[], MessageIds>(rule, {
  valid: [...quiet, ...lookalikes(call), ...lookalikes(construction)],
  invalid: [
    ...pythonKeys,
    ...pythonMethods,
    ...misplaced,
    ...inInput,
    ...chains,
    ...limits,
    ...constructors,
    invalid(
      'without autofix, a rename is suggested',
      code`
        ${summarize}
        export const all = (texts) => chain.batch(texts, { max_concurrency: 5 });
      `,
      [
        {
          ...python('max_concurrency: 5', 'max_concurrency', 'maxConcurrency'),
          suggests: ['rename', { instead: 'maxConcurrency' }, [['max_concurrency: 5', 'maxConcurrency: 5']]],
        },
      ],
      null,
      { settings: { langchain: { autofix: false } } },
    ),
    ...importForms({
      ...call,
      expect: ({ source, render }) => ({
        errors: [
          {
            messageId: 'pythonMethod' as const,
            data: { option: 'ainvoke', subject: '`invoke()`' },
            ...locate(source, 'ainvoke'),
          },
        ],
        output: render((n) => call.body(n).replace('ainvoke', 'invoke')),
      }),
    }),
    ...importForms({
      ...construction,
      expect: ({ source }) => ({
        errors: [
          {
            messageId: 'ignored' as const,
            data: { subject: '`ChatOllama`', option: 'maxConcurrency', instead: viaBatch },
            ...locate(source, 'maxConcurrency: 2'),
          },
        ],
      }),
    }),
  ],
});
