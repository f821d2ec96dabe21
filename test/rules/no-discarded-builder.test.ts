import rule from '../../rules/no-discarded-builder.ts';
import { code, locate } from '../helpers/code.ts';
import { type Invalid, StrictRuleTester, type Valid } from '../helpers/rule-tester.ts';
import { importForms, lookalikes } from '../helpers/shape-matrix.ts';

type MessageIds = 'assign' | 'discarded';
type Case = Invalid<MessageIds, []>;

interface Expected {
  readonly builder: string;
  readonly occurrence?: number;
  readonly kind?: string;
  readonly receiver: string;
  /** The variable that the suggestion assigns to, the statement and what it becomes. */
  readonly assign?: readonly [string, string, string];
}

function invalid(name: string, source: string, expected: readonly Expected[], filename?: string): Case {
  return {
    name,
    code: source,
    ...(filename === undefined ? {} : { filename }),
    errors: expected.map(({ assign, builder, kind = 'model', occurrence = 1, receiver }) => ({
      messageId: 'discarded',
      data: { builder, kind, receiver },
      ...locate(source, builder, occurrence),
      ...(assign
        ? {
            suggestions: [
              {
                messageId: 'assign' as const,
                data: { name: assign[0] },
                output: replaceOnce(source, assign[1], assign[2]),
              },
            ],
          }
        : {}),
    })),
  };
}

function replaceOnce(source: string, from: string, to: string): string {
  if (source.split(from).length !== 2) throw new Error(`"${from}" does not occur once in:\n${source}`);
  return source.replace(from, () => to);
}

function valid(name: string, source: string): Valid<[]> {
  return { name, code: source };
}

const models = code`
  import { ChatOpenAI } from '@langchain/openai';
  import { ChatPromptTemplate } from '@langchain/core/prompts';
  import { tools } from './tools';

  const model = new ChatOpenAI({ model: 'gpt-4o' });
  const prompt = ChatPromptTemplate.fromTemplate('{tone}: {question}');
`;

const statements: readonly Case[] = [
  invalid(
    'tools that the model never gets',
    code`
      ${models}
      model.bindTools(tools);
      export const ask = (question) => model.invoke(question);
    `,
    [{ builder: 'bindTools', receiver: '`model`' }],
  ),
  invalid(
    'a field of a class',
    code`
      import { ChatAnthropic } from '@langchain/anthropic';
      import { tools } from './tools';

      export class Assistant {
        private readonly model = new ChatAnthropic({ model: 'claude-sonnet-4-5' });

        constructor() {
          this.model.bindTools(tools);
        }

        ask(question: string) {
          return this.model.invoke(question);
        }
      }
    `,
    [{ builder: 'bindTools', receiver: '`this.model`' }],
  ),
  invalid(
    'a parameter',
    code`
      import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
      export function prepare(llm: BaseChatModel, signal: AbortSignal) {
        llm.withConfig({ signal });
        return llm;
      }
    `,
    [{ builder: 'withConfig', receiver: '`llm`' }],
  ),
  invalid(
    'a chain',
    code`
      ${models}
      const chain = prompt.pipe(model);
      chain.withConfig({ timeout: 60_000 });
      export default chain;
    `,
    [{ builder: 'withConfig', kind: 'chain', receiver: '`chain`' }],
  ),
  invalid(
    'pipe and assign on a prompt and a chain',
    code`
      ${models}
      prompt.pipe(model);
      export const chain = prompt.pipe(model);
      chain.assign({ question: (input) => input.question });
      chain.pick('question');
    `,
    [
      { builder: 'pipe', kind: 'chain', receiver: '`prompt`' },
      { builder: 'assign', kind: 'chain', receiver: '`chain`' },
      { builder: 'pick', kind: 'chain', receiver: '`chain`' },
    ],
  ),
  invalid(
    'retries, fallbacks, listeners and a schema',
    code`
      ${models}
      model.withRetry({ stopAfterAttempt: 2 });
      model.withFallbacks([backup]);
      model.withListeners({ onEnd: console.log });
      model.withStructuredOutput(schema);
    `,
    [
      { builder: 'withRetry', receiver: '`model`' },
      { builder: 'withFallbacks', receiver: '`model`' },
      { builder: 'withListeners', receiver: '`model`' },
      { builder: 'withStructuredOutput', kind: 'chain', receiver: '`model`' },
    ],
  ),
  invalid(
    'the last of several builders',
    code`
      ${models}
      model.bindTools(tools).withConfig({ tags: ['agent'] });
    `,
    [{ builder: 'withConfig', receiver: 'the old one' }],
  ),
  invalid(
    'a prompt, awaited or not',
    code`
      ${models}
      await prompt.partial({ tone: 'kind' });
      prompt.partial({ tone: 'curt' });
    `,
    [
      { builder: 'partial', kind: 'prompt', receiver: '`prompt`' },
      { builder: 'partial', occurrence: 2, kind: 'prompt', receiver: '`prompt`' },
    ],
  ),
  invalid(
    'awaited for nothing',
    code`
      ${models}
      export async function prepare() {
        await model.bindTools(tools);
        return model;
      }
    `,
    [{ builder: 'bindTools', receiver: '`model`' }],
  ),
  invalid(
    'a retriever',
    code`
      import { MemoryVectorStore } from 'langchain/vectorstores/memory';
      import { OpenAIEmbeddings } from '@langchain/openai';
      const store = new MemoryVectorStore(new OpenAIEmbeddings());
      store.asRetriever(10);
    `,
    [{ builder: 'asRetriever', kind: 'retriever', receiver: '`store`' }],
  ),
  invalid(
    'under a condition',
    code`
      ${models}
      export function prepare(withTools: boolean) {
        withTools && model.bindTools(tools);
        withTools ? model.withRetry() : undefined;
        if (withTools) model.bindTools(tools);
      }
    `,
    [
      { builder: 'bindTools', receiver: '`model`' },
      { builder: 'withRetry', receiver: '`model`' },
      { builder: 'bindTools', occurrence: 2, receiver: '`model`' },
    ],
  ),
  invalid(
    'optional calls, void and a sequence of expressions',
    code`
      ${models}
      model?.bindTools?.(tools);
      void model.withRetry();
      export const first = (model.withConfig({}), model);
    `,
    [
      { builder: 'bindTools', receiver: '`model`' },
      { builder: 'withRetry', receiver: '`model`' },
      { builder: 'withConfig', receiver: '`model`' },
    ],
  ),
  invalid(
    'an assertion around the method',
    code`
      ${models}
      (model.bindTools!)(tools);
      (model as ChatOpenAI).withRetry();
    `,
    [
      { builder: 'bindTools', receiver: '`model`' },
      { builder: 'withRetry', receiver: '`model`' },
    ],
  ),
  invalid(
    'in a callback of forEach',
    code`
      ${models}
      tools.forEach((tool) => model.bindTools([tool]));
      tools.forEach((tool) => {
        model.withConfig({ tags: [tool.name] });
      });
    `,
    [
      { builder: 'bindTools', receiver: '`model`' },
      { builder: 'withConfig', receiver: '`model`' },
    ],
  ),
  invalid(
    'the model of initChatModel',
    code`
      import { initChatModel } from 'langchain';
      import { tools } from './tools';
      const model = await initChatModel('openai:gpt-4o');
      model.bindTools(tools);
    `,
    [{ builder: 'bindTools', receiver: '`model`' }],
  ),
];

const assignable: readonly Case[] = [
  invalid(
    'a let that holds any Runnable',
    code`
      import { ChatOpenAI } from '@langchain/openai';
      import type { Runnable } from '@langchain/core/runnables';
      import { tools } from './tools';
      let model: Runnable = new ChatOpenAI();
      model.withRetry();
      export const ask = (question) => model.invoke(question);
    `,
    [
      {
        builder: 'withRetry',
        receiver: '`model`',
        assign: ['model', 'model.withRetry();', 'model = model.withRetry();'],
      },
    ],
  ),
  invalid(
    'a let of any type, through several builders',
    code`
      import { ChatOpenAI } from '@langchain/openai';
      import { tools } from './tools';
      let model: any = new ChatOpenAI();
      model.bindTools(tools).withRetry();
      export const ask = (question) => model.invoke(question);
    `,
    [
      {
        builder: 'withRetry',
        receiver: 'the old one',
        assign: ['model', 'model.bindTools(tools)', 'model = model.bindTools(tools)'],
      },
    ],
  ),
  invalid(
    'a let in JavaScript',
    code`
      import { ChatOpenAI } from '@langchain/openai';
      import { tools } from './tools.js';
      let model = new ChatOpenAI();
      if (tools.length > 0) {
        model.bindTools(tools); // the tools of the user
      }
      export const ask = (question) => model.invoke(question);
    `,
    [
      {
        builder: 'bindTools',
        receiver: '`model`',
        assign: ['model', 'model.bindTools(tools);', 'model = model.bindTools(tools);'],
      },
    ],
    'src/model.js',
  ),
  invalid(
    'a prompt in JavaScript, awaited',
    code`
      import { ChatPromptTemplate } from '@langchain/core/prompts';
      let prompt = ChatPromptTemplate.fromTemplate('{tone}: {question}');
      await prompt.partial({ tone: 'kind' });
      prompt.partial({ tone: 'curt' });
      export default prompt;
    `,
    [
      {
        builder: 'partial',
        kind: 'prompt',
        receiver: '`prompt`',
        assign: ['prompt', 'await prompt', 'prompt = await prompt'],
      },
      { builder: 'partial', occurrence: 2, kind: 'prompt', receiver: '`prompt`' },
    ],
    'src/prompt.mjs',
  ),
  invalid(
    'a graph and an agent, whose withConfig gives the same type',
    code`
      import { StateGraph } from '@langchain/langgraph';
      import { createAgent } from 'langchain';
      import { State, node } from './nodes';
      let graph = new StateGraph(State).addNode('a', node).compile();
      let agent = createAgent({ model: 'openai:gpt-4o', tools: [] });
      graph.withConfig({ recursionLimit: 50 });
      agent.withConfig({ recursionLimit: 50 });
      export { agent, graph };
    `,
    [
      {
        builder: 'withConfig',
        kind: 'graph',
        receiver: '`graph`',
        assign: ['graph', 'graph.withConfig', 'graph = graph.withConfig'],
      },
      {
        builder: 'withConfig',
        occurrence: 2,
        kind: 'agent',
        receiver: '`agent`',
        assign: ['agent', 'agent.withConfig', 'agent = agent.withConfig'],
      },
    ],
  ),
  invalid(
    'a let whose type the result does not have',
    code`
      import { ChatOpenAI } from '@langchain/openai';
      import type { Runnable } from '@langchain/core/runnables';
      import { tools } from './tools';
      let model = new ChatOpenAI();
      let typed: Runnable<string, string> = model;
      model.bindTools(tools);
      typed.pipe(parse);
      export const ask = (question) => model.invoke(question);
    `,
    [
      { builder: 'bindTools', receiver: '`model`' },
      { builder: 'pipe', kind: 'chain', receiver: '`typed`' },
    ],
  ),
  invalid(
    'a let that may hold nothing',
    code`
      import { ChatOpenAI } from '@langchain/openai';
      import { tools } from './tools.js';
      let model = process.env.KEY ? new ChatOpenAI() : undefined;
      model?.bindTools(tools);
    `,
    [{ builder: 'bindTools', receiver: '`model`' }],
    'src/model.js',
  ),
];

const quiet: readonly Valid<[]>[] = [
  valid(
    'what is kept, returned, passed on or used at once',
    code`
      ${models}
      const bound = model.bindTools(tools);
      let chain;
      chain = prompt.pipe(bound);
      export const make = () => model.withRetry();
      export function build() {
        register(model.withConfig({ tags: ['a'] }));
        return model.withFallbacks([bound]);
      }
      await model.bindTools(tools).invoke('Hello');
      export const all = tools.map((tool) => model.bindTools([tool]));
    `,
  ),
  valid(
    'assigned back',
    code`
      import { ChatOpenAI } from '@langchain/openai';
      let model: any = new ChatOpenAI();
      model = model.bindTools([]);
      model &&= model.withRetry();
      export default model;
    `,
  ),
  valid(
    'a condition, a property, a template',
    code`
      ${models}
      if (model.bindTools(tools)) console.log(\`\${prompt.pipe(model)}\`, { chain: prompt.pipe(model) });
      model.bindTools(tools) || fail();
    `,
  ),
  valid(
    'the builder of a graph, which is changed, and compile, which validates it',
    code`
      import { StateGraph } from '@langchain/langgraph';
      import { State, node } from './nodes';
      const workflow = new StateGraph(State);
      workflow.addNode('a', node);
      workflow.addEdge('__start__', 'a').addConditionalEdges('a', () => 'b');
      workflow.compile();
    `,
  ),
  valid(
    'pipe and assign of something else',
    code`
      ${models}
      import { createReadStream } from 'node:fs';
      export const send = (stream, response) => {
        createReadStream('a').pipe(response);
        stream.pipe(response);
        Object.assign(model, { verbose: true });
        location.assign('/');
      };
    `,
  ),
  valid(
    'a stream of a model',
    code`
      ${models}
      export const send = async (response) => {
        const stream = await model.stream('Hello');
        stream.pipeThrough(new TextEncoderStream()).pipeTo(response);
      };
    `,
  ),
  valid(
    'a method of a class of the file, which may change it',
    code`
      import { ChatOpenAI } from '@langchain/openai';
      import { tools } from './tools';
      class Model extends ChatOpenAI {
        bindTools(tools) { this.tools = tools; return this; }
      }
      const model = new Model();
      model.bindTools(tools);
      export default model;
    `,
  ),
  valid(
    'methods that are no builders',
    code`
      ${models}
      const history = [];
      await model.invoke('Hello');
      model.getNumTokens('Hello');
      history.push(model);
    `,
  ),
  valid(
    'a receiver that is not known',
    code`
      ${models}
      import { agent } from './agent';
      agent.withConfig({ tags: [] });
      agent.bindTools(tools);
      export const use = (given) => { given.bindTools(tools); };
    `,
  ),
  valid(
    'a callback whose result somebody may use',
    code`
      ${models}
      onReady(() => model.bindTools(tools));
      export const list = tools.flatMap((tool) => model.bindTools([tool]));
    `,
  ),
];

const snippet = {
  module: '@langchain/openai',
  names: ['ChatOpenAI'],
  body: (n: { readonly ChatOpenAI: string }) => code`
    const model = new ${n.ChatOpenAI}();
    model.bindTools([]);
  `,
} as const;

new StrictRuleTester().run<[], MessageIds>(rule, {
  valid: [...quiet, ...lookalikes(snippet)],
  invalid: [
    ...statements,
    ...assignable,
    ...importForms({
      ...snippet,
      expect: ({ source }) => ({
        errors: [
          {
            messageId: 'discarded' as const,
            data: { builder: 'bindTools', kind: 'model', receiver: '`model`' },
            ...locate(source, 'bindTools'),
          },
        ],
      }),
    }),
  ],
});
