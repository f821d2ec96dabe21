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
    `${models}model.bindTools(tools);\nexport const ask = (question) => model.invoke(question);\n`,
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
    `import type { BaseChatModel } from '@langchain/core/language_models/chat_models';\nexport function prepare(llm: BaseChatModel, signal: AbortSignal) {\n  llm.withConfig({ signal });\n  return llm;\n}\n`,
    [{ builder: 'withConfig', receiver: '`llm`' }],
  ),
  invalid(
    'a chain',
    `${models}const chain = prompt.pipe(model);\nchain.withConfig({ timeout: 60_000 });\nexport default chain;\n`,
    [{ builder: 'withConfig', kind: 'chain', receiver: '`chain`' }],
  ),
  invalid(
    'pipe and assign on a prompt and a chain',
    `${models}prompt.pipe(model);\nexport const chain = prompt.pipe(model);\nchain.assign({ question: (input) => input.question });\nchain.pick('question');\n`,
    [
      { builder: 'pipe', kind: 'chain', receiver: '`prompt`' },
      { builder: 'assign', kind: 'chain', receiver: '`chain`' },
      { builder: 'pick', kind: 'chain', receiver: '`chain`' },
    ],
  ),
  invalid(
    'retries, fallbacks, listeners and a schema',
    `${models}model.withRetry({ stopAfterAttempt: 2 });\nmodel.withFallbacks([backup]);\nmodel.withListeners({ onEnd: console.log });\nmodel.withStructuredOutput(schema);\n`,
    [
      { builder: 'withRetry', receiver: '`model`' },
      { builder: 'withFallbacks', receiver: '`model`' },
      { builder: 'withListeners', receiver: '`model`' },
      { builder: 'withStructuredOutput', kind: 'chain', receiver: '`model`' },
    ],
  ),
  invalid('the last of several builders', `${models}model.bindTools(tools).withConfig({ tags: ['agent'] });\n`, [
    { builder: 'withConfig', receiver: 'the old one' },
  ]),
  invalid(
    'a prompt, awaited or not',
    `${models}await prompt.partial({ tone: 'kind' });\nprompt.partial({ tone: 'curt' });\n`,
    [
      { builder: 'partial', kind: 'prompt', receiver: '`prompt`' },
      { builder: 'partial', occurrence: 2, kind: 'prompt', receiver: '`prompt`' },
    ],
  ),
  invalid(
    'awaited for nothing',
    `${models}export async function prepare() {\n  await model.bindTools(tools);\n  return model;\n}\n`,
    [{ builder: 'bindTools', receiver: '`model`' }],
  ),
  invalid(
    'a retriever',
    `import { MemoryVectorStore } from 'langchain/vectorstores/memory';\nimport { OpenAIEmbeddings } from '@langchain/openai';\nconst store = new MemoryVectorStore(new OpenAIEmbeddings());\nstore.asRetriever(10);\n`,
    [{ builder: 'asRetriever', kind: 'retriever', receiver: '`store`' }],
  ),
  invalid(
    'under a condition',
    `${models}export function prepare(withTools: boolean) {\n  withTools && model.bindTools(tools);\n  withTools ? model.withRetry() : undefined;\n  if (withTools) model.bindTools(tools);\n}\n`,
    [
      { builder: 'bindTools', receiver: '`model`' },
      { builder: 'withRetry', receiver: '`model`' },
      { builder: 'bindTools', occurrence: 2, receiver: '`model`' },
    ],
  ),
  invalid(
    'optional calls, void and a sequence of expressions',
    `${models}model?.bindTools?.(tools);\nvoid model.withRetry();\nexport const first = (model.withConfig({}), model);\n`,
    [
      { builder: 'bindTools', receiver: '`model`' },
      { builder: 'withRetry', receiver: '`model`' },
      { builder: 'withConfig', receiver: '`model`' },
    ],
  ),
  invalid(
    'an assertion around the method',
    `${models}(model.bindTools!)(tools);\n(model as ChatOpenAI).withRetry();\n`,
    [
      { builder: 'bindTools', receiver: '`model`' },
      { builder: 'withRetry', receiver: '`model`' },
    ],
  ),
  invalid(
    'in a callback of forEach',
    `${models}tools.forEach((tool) => model.bindTools([tool]));\ntools.forEach((tool) => {\n  model.withConfig({ tags: [tool.name] });\n});\n`,
    [
      { builder: 'bindTools', receiver: '`model`' },
      { builder: 'withConfig', receiver: '`model`' },
    ],
  ),
  invalid(
    'the model of initChatModel',
    `import { initChatModel } from 'langchain';\nimport { tools } from './tools';\nconst model = await initChatModel('openai:gpt-4o');\nmodel.bindTools(tools);\n`,
    [{ builder: 'bindTools', receiver: '`model`' }],
  ),
];

const assignable: readonly Case[] = [
  invalid(
    'a let that holds any Runnable',
    `import { ChatOpenAI } from '@langchain/openai';\nimport type { Runnable } from '@langchain/core/runnables';\nimport { tools } from './tools';\nlet model: Runnable = new ChatOpenAI();\nmodel.withRetry();\nexport const ask = (question) => model.invoke(question);\n`,
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
    `import { ChatOpenAI } from '@langchain/openai';\nimport { tools } from './tools';\nlet model: any = new ChatOpenAI();\nmodel.bindTools(tools).withRetry();\nexport const ask = (question) => model.invoke(question);\n`,
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
    `import { ChatOpenAI } from '@langchain/openai';\nimport { tools } from './tools.js';\nlet model = new ChatOpenAI();\nif (tools.length > 0) {\n  model.bindTools(tools); // the tools of the user\n}\nexport const ask = (question) => model.invoke(question);\n`,
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
    `import { ChatPromptTemplate } from '@langchain/core/prompts';\nlet prompt = ChatPromptTemplate.fromTemplate('{tone}: {question}');\nawait prompt.partial({ tone: 'kind' });\nprompt.partial({ tone: 'curt' });\nexport default prompt;\n`,
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
    `import { StateGraph } from '@langchain/langgraph';\nimport { createAgent } from 'langchain';\nimport { State, node } from './nodes';\nlet graph = new StateGraph(State).addNode('a', node).compile();\nlet agent = createAgent({ model: 'openai:gpt-4o', tools: [] });\ngraph.withConfig({ recursionLimit: 50 });\nagent.withConfig({ recursionLimit: 50 });\nexport { agent, graph };\n`,
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
    `import { ChatOpenAI } from '@langchain/openai';\nimport type { Runnable } from '@langchain/core/runnables';\nimport { tools } from './tools';\nlet model = new ChatOpenAI();\nlet typed: Runnable<string, string> = model;\nmodel.bindTools(tools);\ntyped.pipe(parse);\nexport const ask = (question) => model.invoke(question);\n`,
    [
      { builder: 'bindTools', receiver: '`model`' },
      { builder: 'pipe', kind: 'chain', receiver: '`typed`' },
    ],
  ),
  invalid(
    'a let that may hold nothing',
    `import { ChatOpenAI } from '@langchain/openai';\nimport { tools } from './tools.js';\nlet model = process.env.KEY ? new ChatOpenAI() : undefined;\nmodel?.bindTools(tools);\n`,
    [{ builder: 'bindTools', receiver: '`model`' }],
    'src/model.js',
  ),
];

const quiet: readonly Valid<[]>[] = [
  valid(
    'what is kept, returned, passed on or used at once',
    `${models}const bound = model.bindTools(tools);\nlet chain;\nchain = prompt.pipe(bound);\nexport const make = () => model.withRetry();\nexport function build() {\n  register(model.withConfig({ tags: ['a'] }));\n  return model.withFallbacks([bound]);\n}\nawait model.bindTools(tools).invoke('Hello');\nexport const all = tools.map((tool) => model.bindTools([tool]));\n`,
  ),
  valid(
    'assigned back',
    `import { ChatOpenAI } from '@langchain/openai';\nlet model: any = new ChatOpenAI();\nmodel = model.bindTools([]);\nmodel &&= model.withRetry();\nexport default model;\n`,
  ),
  valid(
    'a condition, a property, a template',
    `${models}if (model.bindTools(tools)) console.log(\`\${prompt.pipe(model)}\`, { chain: prompt.pipe(model) });\nmodel.bindTools(tools) || fail();\n`,
  ),
  valid(
    'the builder of a graph, which is changed, and compile, which validates it',
    `import { StateGraph } from '@langchain/langgraph';\nimport { State, node } from './nodes';\nconst workflow = new StateGraph(State);\nworkflow.addNode('a', node);\nworkflow.addEdge('__start__', 'a').addConditionalEdges('a', () => 'b');\nworkflow.compile();\n`,
  ),
  valid(
    'pipe and assign of something else',
    `${models}import { createReadStream } from 'node:fs';\nexport const send = (stream, response) => {\n  createReadStream('a').pipe(response);\n  stream.pipe(response);\n  Object.assign(model, { verbose: true });\n  location.assign('/');\n};\n`,
  ),
  valid(
    'a stream of a model',
    `${models}export const send = async (response) => {\n  const stream = await model.stream('Hello');\n  stream.pipeThrough(new TextEncoderStream()).pipeTo(response);\n};\n`,
  ),
  valid(
    'a method of a class of the file, which may change it',
    `import { ChatOpenAI } from '@langchain/openai';\nimport { tools } from './tools';\nclass Model extends ChatOpenAI {\n  bindTools(tools) { this.tools = tools; return this; }\n}\nconst model = new Model();\nmodel.bindTools(tools);\nexport default model;\n`,
  ),
  valid(
    'methods that are no builders',
    `${models}const history = [];\nawait model.invoke('Hello');\nmodel.getNumTokens('Hello');\nhistory.push(model);\n`,
  ),
  valid(
    'a receiver that is not known',
    `${models}import { agent } from './agent';\nagent.withConfig({ tags: [] });\nagent.bindTools(tools);\nexport const use = (given) => { given.bindTools(tools); };\n`,
  ),
  valid(
    'a callback whose result somebody may use',
    `${models}onReady(() => model.bindTools(tools));\nexport const list = tools.flatMap((tool) => model.bindTools([tool]));\n`,
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
