import rule from '../../rules/require-max-concurrency.ts';
import { code, locate } from '../helpers/code.ts';
import { type Invalid, StrictRuleTester, type Valid } from '../helpers/rule-tester.ts';
import { importForms, lookalikes, VALUE_ONLY_FORMS } from '../helpers/shape-matrix.ts';

type MessageIds = 'addLimit' | 'addLimitBesideTimeout' | 'batch' | 'send';
type Options = [{ maxConcurrency: number; maxLiteral: number }];

interface Expected {
  readonly messageId?: 'batch' | 'send';
  readonly receiver: string;
  readonly method?: string;
  readonly inputs: string;
  readonly limit?: string;
  /** The method's name, with what stands around it to find it by: `chain.batch(texts` for the first such call. */
  readonly at: string;
  readonly suggestion?: readonly ['addLimit' | 'addLimitBesideTimeout', string];
}

function reported(
  source: string,
  { messageId = 'batch', receiver, method = 'batch', inputs, limit = '5', at, suggestion }: Expected,
): Invalid<MessageIds, Options>['errors'][number] {
  const around = locate(source, at);
  const column = around.column + at.indexOf(method);
  return {
    messageId,
    data: { receiver, method, inputs, limit },
    line: around.line,
    column,
    endLine: around.line,
    endColumn: column + method.length,
    ...(suggestion ? { suggestions: [{ messageId: suggestion[0], data: { limit }, output: suggestion[1] }] } : {}),
  };
}

function valid(name: string, source: string, options?: Partial<Options[0]>): Valid<Options> {
  return { name, code: source, ...(options ? { options: [options] } : {}) };
}

interface Case {
  readonly name: string;
  readonly before: string;
  /** The text after the fix; null when the report is only suggested. */
  readonly after: string | null;
  readonly errors: readonly Expected[];
  readonly options?: Partial<Options[0]>;
}

function invalid({ name, before, after, errors, options }: Case): Invalid<MessageIds, Options> {
  return {
    name,
    code: before,
    output: after,
    errors: errors.map((error) => reported(before, error)),
    ...(options ? { options: [options] } : {}),
  };
}

const translate = (n: { readonly ChatOpenAI: string }, config: string): string => code`
  const model = new ${n.ChatOpenAI}({ model: 'gpt-4o-mini' });

  async function translateAll(texts) {
    const replies = await model.batch(texts.map((text) => 'Translate: ' + text)${config});
    return replies.map((reply) => reply.content);
  }
`;

const chain = code`
  import { ChatOpenAI } from '@langchain/openai';
  import { ChatPromptTemplate } from '@langchain/core/prompts';
  import { StringOutputParser } from '@langchain/core/output_parsers';
  const chain = ChatPromptTemplate.fromTemplate('Sum up {text}').pipe(new ChatOpenAI()).pipe(new StringOutputParser());
`;

const fanOut = code`
  import { StateGraph, Annotation, Send } from '@langchain/langgraph';
  import { classify, answer } from './nodes';
  const State = Annotation.Root({ topics: Annotation<string[]>, answers: Annotation<string[]> });
  const workflow = new StateGraph(State)
    .addNode('classify', classify)
    .addNode('answer', answer)
    .addEdge('__start__', 'classify')
    .addConditionalEdges('classify', (state) => state.topics.map((topic) => new Send('answer', { topic })));
`;

/** The code with a call added, and the same with another one. */
function after(head: string, before: string, fixed: string): { readonly before: string; readonly after: string } {
  const write = (last: string): string => code`
    ${head}
    ${last}
  `;
  return { before: write(before), after: write(fixed) };
}

new StrictRuleTester().run<Options, MessageIds>(rule, {
  valid: [
    ...lookalikes({ module: '@langchain/openai', names: ['ChatOpenAI'], body: (n) => translate(n, '') }),

    valid(
      'a limit in the config, here or bound',
      code`
        ${chain}
        export async function sumUp(texts: { text: string }[]) {
          await chain.batch(texts, { maxConcurrency: 4 });
          await chain.batch(texts, { tags: ['nightly'], maxConcurrency: Number(process.env.LIMIT) });
          await chain.withConfig({ maxConcurrency: 4 }).batch(texts);
          await chain.withRetry().withConfig({ runName: 'sum', maxConcurrency: 4 }).withListeners({}).batch(texts);
        }
      `,
    ),
    valid(
      'a limit in the deprecated third argument',
      code`
        ${chain}
        export const sumUp = (texts: { text: string }[]) =>
          chain.batch(texts, {}, { maxConcurrency: 4, returnExceptions: true });
        export const sumUpToo = (texts: { text: string }[]) => chain.batch(texts, undefined, { maxConcurrency: 4 });
      `,
    ),
    valid(
      'a limit bound to a step',
      code`
        import { ChatGroq } from '@langchain/groq';
        import { ChatPromptTemplate } from '@langchain/core/prompts';
        const model = new ChatGroq({ model: 'llama-3.3-70b' }).withConfig({ maxConcurrency: 3 });
        const chain = ChatPromptTemplate.fromTemplate('Sum up {text}').pipe(model);
        export const sumUp = (texts: { text: string }[]) => chain.batch(texts);
      `,
    ),
    valid(
      'a limit in the first config of a list',
      code`
        ${chain}
        export const sumUp = (texts: { text: string }[]) =>
          chain.batch(texts, texts.map((text, index) => ({ runName: text.text, maxConcurrency: 4 })));
        export const two = (texts: { text: string }[]) =>
          chain.batch(texts, [{ maxConcurrency: 4 }, { tags: ['second'] }]);
      `,
    ),
    valid(
      'a config in a variable, from a function, or spread',
      code`
        ${chain}
        const limits = { maxConcurrency: 4 };
        export async function sumUp(texts: { text: string }[], config, getConfig) {
          await chain.batch(texts, config);
          await chain.batch(texts, limits);
          await chain.batch(texts, getConfig());
          await chain.batch(texts, { ...config, tags: ['nightly'] });
          await chain.batch(texts, { ...limits });
          await chain.batch(texts, texts.map(getConfig));
          await chain.withConfig(config).batch(texts);
          await chain.batch(texts, {}, config);
        }
        export const forward = (...args) => chain.batch(...args);
      `,
    ),
    valid(
      'a limit where it has no effect is reported as such, not as missing',
      code`
        ${chain}
        const model = new ChatOpenAI().withConfig({ maxConcurrency: 4 });
        export async function sumUp(texts: { text: string }[]) {
          await chain.batch(texts, { max_concurrency: 4 });
          await chain.batch(texts, { configurable: { maxConcurrency: 4 } });
          await chain.batch(texts, { configurable: { max_concurrency: 4 } });
          await chain.batch(texts, [{ tags: ['first'] }, { maxConcurrency: 4 }]);
          await model.batch(texts.map(({ text }) => text));
        }
      `,
    ),
    valid(
      'a few inputs that are written out',
      code`
        ${chain}
        const questions = [{ text: 'a' }, { text: 'b' }, { text: 'c' }];
        export async function sumUp(long: string) {
          await chain.batch([{ text: 'bears' }, { text: 'cats' }]);
          await chain.batch(questions);
          await chain.batch(questions.map(({ text }) => ({ text: long + text })));
          await chain.batch(Object.values({ first: { text: 'a' }, second: { text: 'b' } }));
        }
      `,
    ),
    valid(
      'inputs that something cuts short',
      code`
        ${chain}
        import chunk from 'lodash/chunk';
        export async function sumUp(texts: { text: string }[], limit: number) {
          await chain.batch(texts.slice(0, 5));
          await chain.batch(texts.slice(0, limit));
          for (let start = 0; start < texts.length; start += 5) await chain.batch(texts.slice(start, start + 5));
          for (const some of chunk(texts, 5)) await chain.batch(some);
        }
      `,
    ),
    valid(
      'as many inputs as the option allows',
      code`
        ${chain}
        export const numbers = await chain.batch([{ text: '1' }, { text: '2' }, { text: '3' }]);
      `,
      { maxLiteral: 3 },
    ),
    valid(
      'a model that limits itself, alone and in a chain',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        import { ChatPromptTemplate } from '@langchain/core/prompts';
        const fields = { model: 'gpt-4o', maxConcurrency: 5 };
        const model = new ChatOpenAI(fields);
        const chain = ChatPromptTemplate.fromTemplate('Sum up {text}').pipe(model);
        export class Service {
          private readonly llm = new ChatOpenAI({ maxConcurrency: 2 });
          run(texts: string[]) {
            return this.llm.bindTools([]).batch(texts);
          }
        }
        export async function sumUp(texts: { text: string }[], given) {
          await model.batch(texts.map(({ text }) => text));
          await chain.batch(texts);
          await model.withStructuredOutput({ title: 'Answer' }).batch(texts.map(({ text }) => text));
          await model.withRetry().batch(texts.map(({ text }) => text));
          await new ChatOpenAI(given).batch(texts.map(({ text }) => text));
        }
      `,
    ),
    valid(
      'a constructor limit that the class ignores is another matter',
      code`
        import { ChatOllama } from '@langchain/ollama';
        const llama = new ChatOllama({ model: 'llama3.1', maxConcurrency: 2 });
        export const all = (texts: string[]) => llama.batch(texts);
      `,
    ),
    valid(
      'a function whose every remote call is limited',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        import { RunnableLambda } from '@langchain/core/runnables';
        const model = new ChatOpenAI({ maxConcurrency: 3 });
        const twice = RunnableLambda.from(async (text: string) => [
          await model.invoke(text),
          await model.invoke('again: ' + text),
        ]);
        export const all = (texts: string[]) => twice.batch(texts);
      `,
    ),
    valid(
      'a classic chain over a limited model',
      code`
        import { OpenAI } from '@langchain/openai';
        import { LLMChain } from 'langchain/chains';
        import { PromptTemplate } from '@langchain/core/prompts';
        const chain = new LLMChain({
          llm: new OpenAI({ maxConcurrency: 3 }),
          prompt: PromptTemplate.fromTemplate('{text}'),
        });
        export const all = (texts: { text: string }[]) => chain.batch(texts);
      `,
    ),
    valid(
      'a store in memory, over embeddings with a small limit by default',
      code`
        import { OpenAIEmbeddings } from '@langchain/openai';
        import { MemoryVectorStore } from 'langchain/vectorstores/memory';
        const store = new MemoryVectorStore(new OpenAIEmbeddings());
        export const find = (questions: string[]) => store.asRetriever().batch(questions);
      `,
    ),
    valid(
      'what stays in the process: prompts, parsers, functions, fakes',
      code`
        import { ChatPromptTemplate } from '@langchain/core/prompts';
        import { StringOutputParser } from '@langchain/core/output_parsers';
        import { RunnableLambda, RunnablePassthrough } from '@langchain/core/runnables';
        import { FakeListChatModel } from '@langchain/core/utils/testing';
        const prompt = ChatPromptTemplate.fromTemplate('{text}');
        export async function local(texts: { text: string }[]) {
          await prompt.batch(texts);
          await prompt.pipe(new FakeListChatModel({ responses: ['a'] })).pipe(new StringOutputParser()).batch(texts);
          await RunnableLambda.from((text: string) => text.length).batch(texts.map(({ text }) => text));
          await new RunnablePassthrough().batch(texts);
        }
      `,
    ),
    valid(
      'a router, whose batch mixes up routes under a limit, also as a step',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        import { RouterRunnable, RunnableSequence } from '@langchain/core/runnables';
        const router = new RouterRunnable({ runnables: { a: new ChatOpenAI(), b: new ChatOpenAI() } });
        export const all = (inputs: { key: string; input: string }[]) => router.batch(inputs);
        export const inChain = (inputs: { key: string; input: string }[]) =>
          RunnableSequence.from([(input) => input, router]).batch(inputs);
      `,
    ),
    valid(
      'batch of a LangGraph store',
      code`
        import { InMemoryStore, BaseStore } from '@langchain/langgraph';
        import { PostgresStore } from '@langchain/langgraph-checkpoint-postgres/store';
        export class Memories {
          constructor(private readonly store: BaseStore) {}
          read(operations) {
            return this.store.batch(operations);
          }
        }
        export const all = (operations) => new InMemoryStore().batch(operations);
        export const stored = (operations) => PostgresStore.fromConnString(process.env.DATABASE_URL).batch(operations);
      `,
    ),
    valid(
      'the implementation of a runnable',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        export class Traced extends ChatOpenAI {
          async batch(inputs, options, batchOptions) {
            console.time('batch');
            const results = await super.batch(inputs, options, batchOptions);
            console.timeEnd('batch');
            return results;
          }
          async all(inputs) {
            return super.batch(inputs);
          }
          async many(inputs) {
            return this.batch(inputs);
          }
        }
        export const run = (inputs) => new Traced().batch(inputs);
      `,
    ),
    valid(
      'the agent of createAgent, which has no batch',
      code`
        import { createAgent } from 'langchain';
        const agent = createAgent({ model: 'openai:gpt-4o', tools: [] });
        export const all = (inputs) => agent.batch(inputs);
      `,
    ),
    valid(
      'batch of a database, and of a queue',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        import { db } from './db';
        import { Firestore } from '@google-cloud/firestore';
        export const model = new ChatOpenAI();
        export const write = (statements) => db.batch(statements);
        export const batch = new Firestore().batch();
      `,
    ),
    valid(
      'no inputs',
      code`
        ${chain}
        export const nothing = () => chain.batch();
      `,
    ),

    valid(
      'a graph that is called with a limit',
      code`
        ${fanOut}
        export const run = (topics) => workflow.compile().invoke({ topics }, { maxConcurrency: 4 });
      `,
    ),
    valid(
      'a graph that is called with a config in a variable, or has its limit bound',
      code`
        ${fanOut}
        const app = workflow.compile().withConfig({ maxConcurrency: 4 });
        export const run = (topics, config) => [
          app.invoke({ topics }),
          workflow.compile().stream({ topics }, config),
        ];
      `,
    ),
    valid(
      'a graph that sends one task, or a fixed few',
      code`
        import { StateGraph, Annotation, Send } from '@langchain/langgraph';
        import { plan, write } from './nodes';
        const State = Annotation.Root({ topic: Annotation<string> });
        const graph = new StateGraph(State)
          .addNode('plan', plan)
          .addNode('write', write)
          .addConditionalEdges('plan', (state) => new Send('write', state))
          .addConditionalEdges('write', (state) => [
            new Send('plan', state),
            new Send('write', state),
          ])
          .addConditionalEdges('plan', (state) => ['intro', 'body', 'end'].map((part) => new Send(
            'write',
            { ...state, part }
          )))
          .compile();
        export const run = (topic: string) => graph.invoke({ topic });
      `,
    ),
    valid(
      'a graph without sends: what runs at once is written out',
      code`
        import { StateGraph, MessagesAnnotation } from '@langchain/langgraph';
        import { plan } from './nodes';
        const graph = new StateGraph(MessagesAnnotation).addNode('plan', plan).addEdge('__start__', 'plan').compile();
        export const run = (messages) => graph.invoke({ messages });
        export const names = (topics) => topics.map((topic) => new Date(topic));
      `,
    ),
    valid(
      'another graph of a file with a fan-out, and an agent',
      code`
        ${fanOut}
        import { createReactAgent } from '@langchain/langgraph/prebuilt';
        const single = new StateGraph(State).addNode('classify', classify).addEdge('__start__', 'classify').compile();
        const agent = createReactAgent({ llm: 'gpt-4o', tools: [] });
        export const run = (topics) => Promise.all([single.invoke({ topics }), agent.invoke({ messages: [] })]);
      `,
    ),
    valid(
      'a Send that is not LangGraph’s',
      code`
        import { StateGraph, MessagesAnnotation } from '@langchain/langgraph';
        import { Send } from './mail';
        const graph = new StateGraph(MessagesAnnotation)
          .addConditionalEdges('__start__', (state) => state.messages.map((message) => new Send('mail', message)))
          .compile();
        export const run = (messages) => graph.invoke({ messages });
      `,
    ),
    valid(
      'sends that no conditional edge returns',
      code`
        import { StateGraph, MessagesAnnotation, Send } from '@langchain/langgraph';
        export const toSends = (topics: string[]) => topics.map((topic) => new Send('answer', { topic }));
        const graph = new StateGraph(MessagesAnnotation).addNode('plan', async () => ({})).compile();
        export const run = (messages) => graph.invoke({ messages });
      `,
    ),
  ],

  invalid: [
    ...importForms({
      module: '@langchain/openai',
      names: ['ChatOpenAI'],
      body: (n) => translate(n, ''),
      expect: ({ source, render }) => ({
        errors: [reported(source, { receiver: 'model', inputs: 'texts', at: 'model.batch' })],
        output: render((n) => translate(n, ', { maxConcurrency: 5 }')),
      }),
    }),
    ...importForms({
      label: 'annotated',
      module: '@langchain/core/runnables',
      names: ['Runnable'],
      except: [...VALUE_ONLY_FORMS],
      body: (n) => code`
        export const all = (chain: ${n.Runnable}, texts: string[]) =>
          chain.batch(texts);
      `,
      expect: ({ source, render }) => ({
        errors: [reported(source, { receiver: 'chain', inputs: 'texts', at: 'chain.batch' })],
        output: render(
          (n) =>
            code`
              export const all = (chain: ${n.Runnable}, texts: string[]) =>
                chain.batch(texts, { maxConcurrency: 5 });
            `,
        ),
      }),
    }),

    invalid({
      name: 'a chain without a config',
      ...after(
        chain,
        'export const all = (texts) => chain.batch(texts);',
        'export const all = (texts) => chain.batch(texts, { maxConcurrency: 5 });',
      ),
      errors: [{ receiver: 'chain', inputs: 'texts', at: 'chain.batch' }],
    }),
    invalid({
      name: 'a config without a limit',
      ...after(
        chain,
        code`
          export const all = (texts, handler) =>
            chain.batch(texts, { callbacks: [handler], runName: 'sum' });
        `,
        code`
          export const all = (texts, handler) =>
            chain.batch(texts, { callbacks: [handler], runName: 'sum', maxConcurrency: 5 });
        `,
      ),
      errors: [{ receiver: 'chain', inputs: 'texts', at: 'chain.batch' }],
    }),
    invalid({
      name: 'a config over several lines, with comments',
      ...after(
        chain,
        code`
          export const all = (texts, handler) => chain.batch(
            texts,
            {
              callbacks: [handler], // tracing
              // shown in the dashboard
              runName: 'sum',
            },
          );
        `,
        code`
          export const all = (texts, handler) => chain.batch(
            texts,
            {
              callbacks: [handler], // tracing
              // shown in the dashboard
              runName: 'sum',
              maxConcurrency: 5,
            },
          );
        `,
      ),
      errors: [{ receiver: 'chain', inputs: 'texts', at: 'chain.batch' }],
    }),
    invalid({
      name: 'an empty config, and undefined before batch options',
      ...after(
        chain,
        code`
          export const all = (texts) => [
            chain.batch(texts, {}),
            chain.batch(texts, undefined, { returnExceptions: true }),
          ];
        `,
        code`
          export const all = (texts) => [
            chain.batch(texts, { maxConcurrency: 5 }),
            chain.batch(texts, { maxConcurrency: 5 }, { returnExceptions: true }),
          ];
        `,
      ),
      errors: [
        { receiver: 'chain', inputs: 'texts', at: 'chain.batch(texts, {' },
        { receiver: 'chain', inputs: 'texts', at: 'chain.batch(texts, u' },
      ],
    }),
    invalid({
      name: 'a spread config that is seen to have no limit',
      ...after(
        chain,
        code`
          const base = { tags: ['nightly'] };
          export const all = (texts) => chain.batch(texts, { ...base });
        `,
        code`
          const base = { tags: ['nightly'] };
          export const all = (texts) => chain.batch(texts, { ...base, maxConcurrency: 5 });
        `,
      ),
      errors: [{ receiver: 'chain', inputs: 'texts', at: 'chain.batch' }],
    }),
    invalid({
      name: 'the number of the option',
      ...after(
        chain,
        'export const all = (texts) => chain.batch(texts);',
        'export const all = (texts) => chain.batch(texts, { maxConcurrency: 12 });',
      ),
      errors: [{ receiver: 'chain', inputs: 'texts', limit: '12', at: 'chain.batch' }],
      options: { maxConcurrency: 12 },
    }),
    invalid({
      name: 'more inputs than the option allows',
      ...after(
        chain,
        "export const all = await chain.batch([{ text: 'a' }, { text: 'b' }]);",
        code`
          export const all = await chain.batch([{ text: 'a' }, { text: 'b' }], { maxConcurrency: 5 });
        `,
      ),
      errors: [{ receiver: 'chain', inputs: "[{ text: 'a' }, { text: 'b' }]", at: 'chain.batch' }],
      options: { maxLiteral: 1 },
    }),
    invalid({
      name: 'a list that is pushed to, and one that a spread makes longer',
      ...after(
        chain,
        code`
          export async function all(rows, more) {
            const texts = [];
            for (const row of rows) texts.push({ text: row.body });
            await chain.batch(texts);
            await chain.batch([{ text: 'first' }, ...more]);
          }
        `,
        code`
          export async function all(rows, more) {
            const texts = [];
            for (const row of rows) texts.push({ text: row.body });
            await chain.batch(texts, { maxConcurrency: 5 });
            await chain.batch([{ text: 'first' }, ...more], { maxConcurrency: 5 });
          }
        `,
      ),
      errors: [
        { receiver: 'chain', inputs: 'texts', at: 'chain.batch(texts' },
        { receiver: 'chain', inputs: "[{ text: 'first' }, ...more]", at: 'chain.batch([' },
      ],
    }),
    invalid({
      name: 'abatch, which is Python’s name',
      ...after(
        chain,
        'export const all = (texts) => chain.abatch(texts);',
        'export const all = (texts) => chain.abatch(texts, { maxConcurrency: 5 });',
      ),
      errors: [{ receiver: 'chain', method: 'abatch', inputs: 'texts', at: 'chain.abatch' }],
    }),
    invalid({
      name: 'an optional call',
      ...after(
        chain,
        code`
          export const all = (llm: ChatOpenAI | undefined, texts: string[]) =>
            llm?.batch(texts);
        `,
        code`
          export const all = (llm: ChatOpenAI | undefined, texts: string[]) =>
            llm?.batch(texts, { maxConcurrency: 5 });
        `,
      ),
      errors: [{ receiver: 'llm', inputs: 'texts', at: 'llm?.batch' }],
    }),
    invalid({
      name: 'a timeout in the config is used up by waiting',
      before: code`
        ${chain}
        export const all = (texts) => chain.batch(texts, { timeout: 60_000 });
      `,
      after: null,
      errors: [
        {
          receiver: 'chain',
          inputs: 'texts',
          at: 'chain.batch',
          suggestion: [
            'addLimitBesideTimeout',
            code`
              ${chain}
              export const all = (texts) => chain.batch(texts, { timeout: 60_000, maxConcurrency: 5 });
            `,
          ],
        },
      ],
    }),
    invalid({
      name: 'a timeout in a signal, and one that is bound',
      before: code`
        ${chain}
        export const all = (texts) =>
          chain.withConfig({ timeout: 60_000 }).batch(texts);
        export const some = (texts) =>
          chain.batch(texts, { signal: AbortSignal.timeout(60_000) });
      `,
      after: null,
      errors: [
        {
          receiver: 'chain.withConfig({ timeout: 60_000 })',
          inputs: 'texts',
          at: ').batch',
          suggestion: [
            'addLimitBesideTimeout',
            code`
              ${chain}
              export const all = (texts) =>
                chain.withConfig({ timeout: 60_000 }).batch(texts, { maxConcurrency: 5 });
              export const some = (texts) =>
                chain.batch(texts, { signal: AbortSignal.timeout(60_000) });
            `,
          ],
        },
        {
          receiver: 'chain',
          inputs: 'texts',
          at: 'chain.batch',
          suggestion: [
            'addLimitBesideTimeout',
            code`
              ${chain}
              export const all = (texts) =>
                chain.withConfig({ timeout: 60_000 }).batch(texts);
              export const some = (texts) =>
                chain.batch(texts, { signal: AbortSignal.timeout(60_000), maxConcurrency: 5 });
            `,
          ],
        },
      ],
    }),
    invalid({
      name: 'a list of configs: the first one sets the limit',
      before: code`
        ${chain}
        export const all = (texts) => chain.batch(texts, [{ tags: ['first'] }, {}]);
        export const each = (texts) =>
          chain.batch(texts, texts.map((text) => ({ runName: text.title })));
      `,
      after: null,
      errors: [
        {
          receiver: 'chain',
          inputs: 'texts',
          at: 'all = (texts) => chain.batch',
          suggestion: [
            'addLimit',
            code`
              ${chain}
              export const all = (texts) => chain.batch(texts, [{ tags: ['first'], maxConcurrency: 5 }, {}]);
              export const each = (texts) =>
                chain.batch(texts, texts.map((text) => ({ runName: text.title })));
            `,
          ],
        },
        {
          receiver: 'chain',
          inputs: 'texts',
          at: 'chain.batch(texts, texts',
          suggestion: [
            'addLimit',
            code`
              ${chain}
              export const all = (texts) => chain.batch(texts, [{ tags: ['first'] }, {}]);
              export const each = (texts) =>
                chain.batch(texts, texts.map((text) => ({ runName: text.title, maxConcurrency: 5 })));
            `,
          ],
        },
      ],
    }),
    invalid({
      name: 'Infinity is no limit, and was written on purpose',
      before: code`
        ${chain}
        export const all = (texts) => chain.batch(texts, { maxConcurrency: Infinity });
      `,
      after: null,
      errors: [
        {
          receiver: 'chain',
          inputs: 'texts',
          at: 'chain.batch',
          suggestion: [
            'addLimit',
            code`
              ${chain}
              export const all = (texts) => chain.batch(texts, { maxConcurrency: 5 });
            `,
          ],
        },
      ],
    }),
    invalid({
      name: 'a limit of one step does not limit the other',
      before: code`
        import { ChatOpenAI } from '@langchain/openai';
        import { ChatAnthropic } from '@langchain/anthropic';
        const chain = new ChatOpenAI({ maxConcurrency: 5 }).pipe(new ChatAnthropic());
        const open = new ChatOpenAI({ maxConcurrency: Infinity });
        export const all = (texts: string[]) => chain.batch(texts);
        export const more = (texts: string[]) => open.batch(texts);
      `,
      after: code`
        import { ChatOpenAI } from '@langchain/openai';
        import { ChatAnthropic } from '@langchain/anthropic';
        const chain = new ChatOpenAI({ maxConcurrency: 5 }).pipe(new ChatAnthropic());
        const open = new ChatOpenAI({ maxConcurrency: Infinity });
        export const all = (texts: string[]) => chain.batch(texts, { maxConcurrency: 5 });
        export const more = (texts: string[]) => open.batch(texts, { maxConcurrency: 5 });
      `,
      errors: [
        { receiver: 'chain', inputs: 'texts', at: 'chain.batch' },
        { receiver: 'open', inputs: 'texts', at: 'open.batch' },
      ],
    }),
    invalid({
      name: 'models, retrievers, tools and functions that reach the network',
      before: code`
        import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
        import { PineconeStore } from '@langchain/pinecone';
        import { RunnableLambda } from '@langchain/core/runnables';
        import { TavilySearch } from '@langchain/tavily';
        import { index } from './pinecone';
        const model = new ChatOpenAI();
        const store = await PineconeStore.fromExistingIndex(new OpenAIEmbeddings(), { pineconeIndex: index });
        const rate = RunnableLambda.from(async (text: string) => (await model.invoke('Rate: ' + text)).content);
        const search = new TavilySearch();
        export class Pipeline {
          constructor(private readonly llm: ChatOpenAI) {}
          async run(texts: string[]) {
            await this.llm.batch(texts);
            await store.asRetriever(4).batch(texts);
            await rate.batch(texts);
            await search.batch(texts);
          }
        }
      `,
      after: code`
        import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
        import { PineconeStore } from '@langchain/pinecone';
        import { RunnableLambda } from '@langchain/core/runnables';
        import { TavilySearch } from '@langchain/tavily';
        import { index } from './pinecone';
        const model = new ChatOpenAI();
        const store = await PineconeStore.fromExistingIndex(new OpenAIEmbeddings(), { pineconeIndex: index });
        const rate = RunnableLambda.from(async (text: string) => (await model.invoke('Rate: ' + text)).content);
        const search = new TavilySearch();
        export class Pipeline {
          constructor(private readonly llm: ChatOpenAI) {}
          async run(texts: string[]) {
            await this.llm.batch(texts, { maxConcurrency: 5 });
            await store.asRetriever(4).batch(texts, { maxConcurrency: 5 });
            await rate.batch(texts, { maxConcurrency: 5 });
            await search.batch(texts, { maxConcurrency: 5 });
          }
        }
      `,
      errors: [
        { receiver: 'this.llm', inputs: 'texts', at: 'this.llm.batch' },
        { receiver: 'store.asRetriever(4)', inputs: 'texts', at: '.asRetriever(4).batch' },
        { receiver: 'rate', inputs: 'texts', at: 'rate.batch' },
        { receiver: 'search', inputs: 'texts', at: 'search.batch' },
      ],
    }),
    invalid({
      name: 'a classic chain',
      before: code`
        import { OpenAI } from 'langchain/llms/openai';
        import { LLMChain } from 'langchain/chains';
        import { PromptTemplate } from 'langchain/prompts';
        const chain = new LLMChain({
          llm: new OpenAI({ temperature: 0 }),
          prompt: PromptTemplate.fromTemplate('{text}'),
        });
        export const all = (texts: { text: string }[]) => chain.batch(texts);
      `,
      after: code`
        import { OpenAI } from 'langchain/llms/openai';
        import { LLMChain } from 'langchain/chains';
        import { PromptTemplate } from 'langchain/prompts';
        const chain = new LLMChain({
          llm: new OpenAI({ temperature: 0 }),
          prompt: PromptTemplate.fromTemplate('{text}'),
        });
        export const all = (texts: { text: string }[]) => chain.batch(texts, { maxConcurrency: 5 });
      `,
      errors: [{ receiver: 'chain', inputs: 'texts', at: 'chain.batch' }],
    }),
    invalid({
      name: 'batch of a graph',
      ...after(
        fanOut,
        'const app = workflow.compile();\nexport const all = (runs) => app.batch(runs);',
        code`
          const app = workflow.compile();
          export const all = (runs) => app.batch(runs, { maxConcurrency: 5 });
        `,
      ),
      errors: [{ receiver: 'app', inputs: 'runs', at: 'app.batch' }],
    }),
    invalid({
      name: 'a limit of 1 by option is 2 on a graph, which drops work under 1, also where a graph may be a step',
      ...after(
        code`
          ${fanOut}
          import { own } from './steps';
          const app = workflow.compile();
          const chained = app.pipe((state) => state.answers);
          const other = app.pipe(own);
        `,
        code`
          export const all = (runs) => [
            app.batch(runs),
            chained.batch(runs),
            other.batch(runs),
            workflow.compile().invoke(runs[0]),
          ];
        `,
        code`
          export const all = (runs) => [
            app.batch(runs, { maxConcurrency: 2 }),
            chained.batch(runs, { maxConcurrency: 2 }),
            other.batch(runs, { maxConcurrency: 2 }),
            workflow.compile().invoke(runs[0], { maxConcurrency: 2 }),
          ];
        `,
      ),
      errors: [
        { receiver: 'app', inputs: 'runs', limit: '2', at: 'app.batch' },
        { receiver: 'chained', inputs: 'runs', limit: '2', at: 'chained.batch' },
        { receiver: 'other', inputs: 'runs', limit: '2', at: 'other.batch' },
        {
          messageId: 'send',
          receiver: 'workflow.compile()',
          method: 'invoke',
          inputs: 'state.topics',
          limit: '2',
          at: 'compile().invoke',
        },
      ],
      options: { maxConcurrency: 1 },
    }),
    invalid({
      name: 'a limit of 1 by option on a model',
      before: code`
        import { ChatOpenAI } from '@langchain/openai';
        export const all = (texts: string[]) => new ChatOpenAI().batch(texts);
      `,
      after: code`
        import { ChatOpenAI } from '@langchain/openai';
        export const all = (texts: string[]) => new ChatOpenAI().batch(texts, { maxConcurrency: 1 });
      `,
      errors: [{ receiver: 'new ChatOpenAI()', inputs: 'texts', limit: '1', at: ').batch' }],
      options: { maxConcurrency: 1 },
    }),

    {
      ...invalid({
        name: 'within the budget of one process',
        before: code`
          import { ChatOpenAI } from '@langchain/openai';
          export const all = (texts: string[]) => new ChatOpenAI().batch(texts);
        `,
        after: code`
          import { ChatOpenAI } from '@langchain/openai';
          export const all = (texts: string[]) => new ChatOpenAI().batch(texts, { maxConcurrency: 2 });
        `,
        errors: [{ receiver: 'new ChatOpenAI()', inputs: 'texts', limit: '2', at: ').batch' }],
      }),
      settings: { langchain: { budget: { workers: 8, limit: 20 } } },
    },

    invalid({
      name: 'invoke and stream of a graph that sends a task for each element',
      ...after(
        code`
          ${fanOut}
          const app = workflow.compile();
        `,
        code`
          export const run = async (topics) => [
            await app.invoke({ topics }),
            await app.stream({ topics }, { streamMode: 'updates' }),
          ];
        `,
        code`
          export const run = async (topics) => [
            await app.invoke({ topics }, { maxConcurrency: 5 }),
            await app.stream({ topics }, { streamMode: 'updates', maxConcurrency: 5 }),
          ];
        `,
      ),
      errors: [
        { messageId: 'send', receiver: 'app', method: 'invoke', inputs: 'state.topics', at: 'app.invoke' },
        { messageId: 'send', receiver: 'app', method: 'stream', inputs: 'state.topics', at: 'app.stream' },
      ],
    }),
    invalid({
      name: 'a route that is a function of its own, with a helper, in a graph that a function builds',
      before: code`
        import { StateGraph, Annotation, Send } from '@langchain/langgraph';
        import { classify, answer } from './nodes';
        const State = Annotation.Root({ topics: Annotation<string[]> });
        function toSends(topics: string[]) {
          const sends = [];
          for (const topic of topics) sends.push(new Send('answer', { topic }));
          return sends;
        }
        function route(state: typeof State.State) {
          if (state.topics === undefined) return '__end__';
          return toSends(state.topics);
        }
        function build() {
          const builder = new StateGraph(State);
          builder.addNode('classify', classify);
          builder.addNode('answer', answer);
          builder.addConditionalEdges('classify', route, ['answer']);
          return builder.compile();
        }
        export async function run(topics: string[]) {
          const graph = build();
          return graph.invoke({ topics });
        }
      `,
      after: code`
        import { StateGraph, Annotation, Send } from '@langchain/langgraph';
        import { classify, answer } from './nodes';
        const State = Annotation.Root({ topics: Annotation<string[]> });
        function toSends(topics: string[]) {
          const sends = [];
          for (const topic of topics) sends.push(new Send('answer', { topic }));
          return sends;
        }
        function route(state: typeof State.State) {
          if (state.topics === undefined) return '__end__';
          return toSends(state.topics);
        }
        function build() {
          const builder = new StateGraph(State);
          builder.addNode('classify', classify);
          builder.addNode('answer', answer);
          builder.addConditionalEdges('classify', route, ['answer']);
          return builder.compile();
        }
        export async function run(topics: string[]) {
          const graph = build();
          return graph.invoke({ topics }, { maxConcurrency: 5 });
        }
      `,
      errors: [{ messageId: 'send', receiver: 'graph', method: 'invoke', inputs: 'topics', at: 'graph.invoke' }],
    }),
    invalid({
      name: 'a conditional entry point, and an edge in the form of an object',
      before: code`
        import { StateGraph, MessagesAnnotation, Send } from '@langchain/langgraph';
        const first = new StateGraph(MessagesAnnotation)
          .setConditionalEntryPoint((state) => state.messages.flatMap((message) => [new Send('work', message)]))
          .compile();
        const second = new StateGraph(MessagesAnnotation)
          .addConditionalEdges({
            source: '__start__',
            path: (state) => state.messages.map((message) => new Send('work', message)),
          })
          .compile();
        export const run = (messages) => [
          first.invoke({ messages }),
          second.invoke({ messages }),
        ];
      `,
      after: code`
        import { StateGraph, MessagesAnnotation, Send } from '@langchain/langgraph';
        const first = new StateGraph(MessagesAnnotation)
          .setConditionalEntryPoint((state) => state.messages.flatMap((message) => [new Send('work', message)]))
          .compile();
        const second = new StateGraph(MessagesAnnotation)
          .addConditionalEdges({
            source: '__start__',
            path: (state) => state.messages.map((message) => new Send('work', message)),
          })
          .compile();
        export const run = (messages) => [
          first.invoke({ messages }, { maxConcurrency: 5 }),
          second.invoke({ messages }, { maxConcurrency: 5 }),
        ];
      `,
      errors: [
        { messageId: 'send', receiver: 'first', method: 'invoke', inputs: 'state.messages', at: 'first.invoke' },
        { messageId: 'send', receiver: 'second', method: 'invoke', inputs: 'state.messages', at: 'second.invoke' },
      ],
    }),
    invalid({
      name: 'a graph with a timeout for the whole run',
      before: code`
        ${fanOut}
        export const run = (topics) =>
          workflow.compile().invoke({ topics }, { timeout: 60_000 });
      `,
      after: null,
      errors: [
        {
          messageId: 'send',
          receiver: 'workflow.compile()',
          method: 'invoke',
          inputs: 'state.topics',
          at: 'compile().invoke',
          suggestion: [
            'addLimitBesideTimeout',
            code`
              ${fanOut}
              export const run = (topics) =>
                workflow.compile().invoke({ topics }, { timeout: 60_000, maxConcurrency: 5 });
            `,
          ],
        },
      ],
    }),
    {
      name: 'with autofix off the limit is suggested',
      code: code`
        ${chain}
        export const all = (texts) => chain.batch(texts);
      `,
      settings: { langchain: { autofix: false } },
      errors: [
        reported(
          code`
            ${chain}
            export const all = (texts) => chain.batch(texts);
          `,
          {
            receiver: 'chain',
            inputs: 'texts',
            at: 'chain.batch',
            suggestion: [
              'addLimit',
              code`
                ${chain}
                export const all = (texts) => chain.batch(texts, { maxConcurrency: 5 });
              `,
            ],
          },
        ),
      ],
    },
  ],
});
