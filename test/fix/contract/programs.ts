import { code } from '../../helpers/code.ts';
import type { Received, Treatment } from '../../proof/server/provider.ts';
import type { Exports, Measurement } from './runner.ts';

/** A program that a rule rewrites, run as it is and rewritten. */
export interface Program {
  readonly name: string;
  readonly rule: string;
  /** The suggestion that is applied; a fix has none. */
  readonly suggestion?: string;
  readonly filename?: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly code: string;
  /** Calls what the program exports. */
  readonly run: (program: Exports) => unknown;
  readonly treatment?: Treatment | ((request: Received) => Treatment);
  /** Whether the rewrite mends what the program gives, so that only `effect` compares. */
  readonly mends?: true;
  /** Whether no call of it can fail by itself. */
  readonly cannotFail?: true;
  /** What the rewrite promised. */
  readonly effect: (measured: { readonly before: Measurement; readonly after: Measurement }) => boolean;
}

/** More than the limits, so that a run without one can be told. */
export const questions: readonly string[] = Array.from({ length: 8 }, (_each, index) => `question ${index}`);

/** The one that fails, where one does. */
export const FAILING = 'question 3';

/** One call with all questions. */
export const ask = ({ run }: Exports): unknown => run?.([...questions]);

/** On a busy machine, some of those that start together may be answered before the last one arrives. */
const isLimited: Program['effect'] = ({ before, after }) => before.peak > 6 && after.peak <= 5;

/** It is done before the answers to 'one' and 'two', and then after them. */
const waits: Program['effect'] = ({ before, after }) =>
  before.console[0] === 'done' && after.console.join() === 'echo one,echo two,done';

const isBuiltOnce =
  (className: string): Program['effect'] =>
  ({ before, after }) =>
    before.built[className] === questions.length && after.built[className] === 1;

/** What the program gives before (null for an error) and after. */
function gives(first: number | string | null, second: number | string): Program['effect'] {
  return ({ before, after }) =>
    ('values' in before.outcome ? before.outcome.values === first : first === null) &&
    'values' in after.outcome &&
    after.outcome.values === second;
}

/** What the program prints before and after. */
function prints(first: readonly string[], second: readonly string[]): Program['effect'] {
  return ({ before, after }) => before.console.join() === first.join() && after.console.join() === second.join();
}

/** All of a time, `times` each: as many users. */
const atOnce =
  (...names: readonly string[]) =>
  (program: Exports): unknown =>
    Promise.all(questions.map((question, index) => program[names[index % names.length] ?? '']?.(question)));

export const programs: readonly Program[] = [
  // ── no-unbounded-concurrency ──────────────────────────────────────────────────────────────────────────────────────
  {
    name: 'the calls of a chat model over texts',
    rule: 'no-unbounded-concurrency',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';

      const model = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 });

      export async function run(texts: string[]) {
        return Promise.all(texts.map((text) => model.invoke(text)));
      }
    `,
    run: ask,
    effect: isLimited,
  },
  {
    name: 'calls that nobody waits for, one for each text',
    rule: 'no-unbounded-concurrency',
    suggestion: 'useLoop',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';

      const model = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 });

      export async function run(texts: string[]) {
        texts.forEach(async (text) => {
          const reply = await model.invoke(text);
          console.log(reply.text);
        });
        console.log('done');
      }
    `,
    run: ({ run }) => run?.(['one', 'two']),
    mends: true,
    effect: waits,
  },
  {
    name: 'a chain in each pass of a loop that does not wait',
    rule: 'no-unbounded-concurrency',
    suggestion: 'awaitEach',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';

      const model = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 });

      export async function run(texts: string[]) {
        for (const text of texts) {
          model.invoke(text).then((reply) => console.log(reply.text)).catch(console.error);
        }
        console.log('done');
      }
    `,
    run: ({ run }) => run?.(['one', 'two']),
    mends: true,
    effect: waits,
  },
  {
    name: 'the calls of a model that is handed in, a few at a time',
    rule: 'no-unbounded-concurrency',
    suggestion: 'useChunks',
    code: code`
      import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
      import { ChatOpenAI } from '@langchain/openai';

      class Writer {
        constructor(private readonly model: BaseChatModel) {}

        async answer(texts: readonly string[]) {
          const replies = await Promise.allSettled(
            texts.map(async (text) => {
              const reply = await this.model.invoke(text);
              return reply.text; // the text alone
            }),
          );
          return replies.map((reply) => (reply.status === 'fulfilled' ? reply.value : 'none'));
        }
      }

      const writers = new Map([['one', new Writer(new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 }))]]);

      export const run = (texts: readonly string[]) => writers.get('one')?.answer(texts);
    `,
    run: ask,
    cannotFail: true,
    effect: isLimited,
  },
  {
    name: 'calls that a loop collects, one by one',
    rule: 'no-unbounded-concurrency',
    suggestion: 'awaitEach',
    code: code`
      import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
      import { ChatOpenAI } from '@langchain/openai';

      class Writer {
        constructor(private readonly model: BaseChatModel) {}

        async answer(texts: readonly string[]) {
          const calls = [];
          for (const text of texts) calls.push(this.model.invoke(text));
          const replies = await Promise.all(calls);
          return replies.map((reply) => reply.text);
        }
      }

      const writers = new Map([['one', new Writer(new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 }))]]);

      export const run = (texts: readonly string[]) => writers.get('one')?.answer(texts);
    `,
    run: ask,
    effect: isLimited,
  },
  {
    name: 'a filter whose verdicts are promises, a few at a time',
    rule: 'no-unbounded-concurrency',
    suggestion: 'useChunks',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';

      const model = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 });

      export async function run(texts: readonly string[]) {
        const kept = texts.filter(async (text) => {
          const reply = await model.invoke(text);
          return reply.text.endsWith('3'); // the third
        });
        return kept.length;
      }
    `,
    run: ask,
    mends: true,
    // The calls of the first run go on when it is done.
    effect: gives(questions.length, 1),
  },
  {
    name: 'the calls of a chain whose promises are awaited one by one',
    rule: 'no-unbounded-concurrency',
    suggestion: 'useBatch',
    code: code`
      import { StringOutputParser } from '@langchain/core/output_parsers';
      import { ChatOpenAI } from '@langchain/openai';

      const chain = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 }).pipe(new StringOutputParser());

      export async function run(texts: string[]) {
        const calls = texts.map((text: string) => chain.invoke(text));
        const replies: string[] = [];
        for (const call of calls) replies.push(await call);
        return replies;
      }
    `,
    run: ask,
    // The promises behind one that fails are left without a handler.
    cannotFail: true,
    effect: isLimited,
  },
  {
    name: 'the calls of a chat model over what is made of readonly documents',
    rule: 'no-unbounded-concurrency',
    code: code`
      import { HumanMessage, SystemMessage } from '@langchain/core/messages';
      import { ChatOpenAI } from '@langchain/openai';

      const model = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 });

      async function summarize(docs: readonly { readonly text: string }[]) {
        const replies = await Promise.all(
          docs.map(
            async ({ text }) =>
              await model.invoke([new SystemMessage('Summarize.'), new HumanMessage(text)], { tags: ['nightly'] }),
          ),
        );
        return replies.map((reply) => reply.text);
      }

      export const run = (texts: readonly string[]) => summarize(texts.map((text) => ({ text })));
    `,
    run: ask,
    effect: isLimited,
  },
  {
    name: 'the calls of a chat model over a Set',
    rule: 'no-unbounded-concurrency',
    suggestion: 'useBatch',
    code: code`
      import { ChatAnthropic } from '@langchain/anthropic';

      const model = new ChatAnthropic({ model: 'claude-sonnet-4-5', maxRetries: 0 });

      async function ask(texts: ReadonlySet<string>) {
        return Promise.all(Array.from(texts, (text) => model.invoke(text)));
      }

      export const run = (texts: readonly string[]) => ask(new Set(texts));
    `,
    run: ask,
    effect: isLimited,
  },
  {
    name: 'the calls of a model with tools',
    rule: 'no-unbounded-concurrency',
    code: code`
      import { ChatAnthropic } from '@langchain/anthropic';
      import { tool } from '@langchain/core/tools';
      import { z } from 'zod';

      const lookUp = tool(({ sku }: { sku: string }) => sku, {
        name: 'look_up',
        description: 'Looks up a product.',
        schema: z.object({ sku: z.string() }),
      });
      const model = new ChatAnthropic({ model: 'claude-sonnet-4-5', maxRetries: 0 }).bindTools([lookUp]);

      export async function run(texts: readonly string[]) {
        const replies = await Promise.all(texts.map((text) => model.invoke(text)));
        return replies.map(({ text, tool_calls: calls }) => ({ text, calls }));
      }
    `,
    run: ask,
    effect: isLimited,
  },
  {
    name: 'the calls of an llm',
    rule: 'no-unbounded-concurrency',
    code: code`
      import { OpenAI } from '@langchain/openai';

      const llm = new OpenAI({ model: 'gpt-3.5-turbo-instruct', maxRetries: 0 });

      export const run = (prompts: readonly string[]): Promise<string[]> =>
        Promise.all(prompts.map((prompt) => llm.invoke(prompt, { stop: ['.'] })));
    `,
    run: ask,
    effect: isLimited,
  },
  {
    name: 'the calls of a model that ignores a limit of its own',
    rule: 'no-unbounded-concurrency',
    code: code`
      import { ChatOllama } from '@langchain/ollama';

      const model = new ChatOllama({ model: 'llama3.2', baseUrl: process.env.PROVIDER_URL ?? '' });

      export const run = (texts: readonly string[]) => Promise.all(texts.map((text) => model.invoke(text)));
    `,
    run: ask,
    effect: isLimited,
  },
  {
    name: 'the calls of a model that initChatModel made',
    rule: 'no-unbounded-concurrency',
    code: code`
      import { initChatModel } from 'langchain';

      export async function run(texts: readonly string[]) {
        const model = await initChatModel('openai:gpt-4o-mini', { maxRetries: 0 });
        return Promise.all(texts.map((text) => model.invoke(text)));
      }
    `,
    run: ask,
    effect: isLimited,
  },
  {
    name: 'the calls of a retriever',
    rule: 'no-unbounded-concurrency',
    code: code`
      import { MemoryVectorStore } from '@langchain/classic/vectorstores/memory';
      import { MistralAIEmbeddings } from '@langchain/mistralai';

      const embeddings = new MistralAIEmbeddings({ serverURL: process.env.PROVIDER_URL ?? '', maxRetries: 0 });
      const retriever = new MemoryVectorStore(embeddings).asRetriever({ k: 2 });

      export const run = (texts: readonly string[]) => Promise.all(texts.map((text) => retriever.invoke(text)));
    `,
    run: ask,
    effect: isLimited,
  },
  {
    name: 'the runs of a graph',
    rule: 'no-unbounded-concurrency',
    code: code`
      import { Annotation, END, START, StateGraph } from '@langchain/langgraph';
      import { ChatOpenAI } from '@langchain/openai';

      const State = Annotation.Root({ question: Annotation<string>(), answer: Annotation<string>() });
      const model = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 });
      const graph = new StateGraph(State)
        .addNode('reply', async (state: typeof State.State) => ({ answer: (await model.invoke(state.question)).text }))
        .addEdge(START, 'reply')
        .addEdge('reply', END)
        .compile();

      export async function run(texts: readonly string[]) {
        const states = await Promise.all(texts.map((question) => graph.invoke({ question }, { recursionLimit: 10 })));
        return states.map(({ answer }) => answer);
      }
    `,
    run: ask,
    effect: isLimited,
  },
  {
    // What a state holds is not written as a type; TypeScript would refuse what is no list.
    name: 'the calls of a model in a node of a graph',
    rule: 'no-unbounded-concurrency',
    code: code`
      import { Annotation, END, START, StateGraph } from '@langchain/langgraph';
      import { ChatOpenAI } from '@langchain/openai';

      const State = Annotation.Root({
        texts: Annotation<readonly string[]>(),
        answers: Annotation<readonly string[]>(),
      });
      const model = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 });
      const graph = new StateGraph(State)
        .addNode('reply', async (state: typeof State.State) => {
          const replies = await Promise.all(state.texts.map((text) => model.invoke(text)));
          return { answers: replies.map((reply) => reply.text) };
        })
        .addEdge(START, 'reply')
        .addEdge('reply', END)
        .compile();

      export const run = async (texts: readonly string[]) => (await graph.invoke({ texts })).answers;
    `,
    run: ask,
    effect: isLimited,
  },
  {
    name: 'the runs of a graph that fans out itself, where the configured limit is 1',
    rule: 'no-unbounded-concurrency',
    options: { maxConcurrency: 1 },
    code: code`
      import { Annotation, END, Send, START, StateGraph } from '@langchain/langgraph';
      import { ChatOpenAI } from '@langchain/openai';

      const State = Annotation.Root({
        question: Annotation<string>(),
        answers: Annotation<string[]>({ reducer: (left, right) => [...left, ...right], default: () => [] }),
      });
      const model = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 });
      const graph = new StateGraph(State)
        .addNode('reply', async (state: typeof State.State) => ({
          answers: [(await model.invoke(state.question)).text],
        }))
        .addConditionalEdges(START, ({ question }) => ['short', 'long'].map(() => new Send('reply', { question })), [
          'reply',
        ])
        .addEdge('reply', END)
        .compile();

      export async function run(texts: readonly string[]) {
        const states = await Promise.all(texts.map((question) => graph.invoke({ question })));
        return states.map(({ answers }) => answers);
      }
    `,
    run: ask,
    effect: ({ before, after }) => before.peak > 10 && after.peak <= 4,
  },
  {
    name: 'the runs of a prebuilt agent, which is a graph',
    rule: 'no-unbounded-concurrency',
    code: code`
      import { HumanMessage } from '@langchain/core/messages';
      import { createReactAgent } from '@langchain/langgraph/prebuilt';
      import { ChatOpenAI } from '@langchain/openai';

      const agent = createReactAgent({ llm: new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 }), tools: [] });

      export async function run(texts: readonly string[]) {
        const states = await Promise.all(texts.map((text) => agent.invoke({ messages: [new HumanMessage(text)] })));
        return states.map(({ messages }) => messages.map(({ text }) => text));
      }
    `,
    run: ask,
    effect: isLimited,
  },
  {
    name: 'the calls of a chain, in steps',
    rule: 'no-unbounded-concurrency',
    suggestion: 'useBatch',
    code: code`
      import { StringOutputParser } from '@langchain/core/output_parsers';
      import { PromptTemplate } from '@langchain/core/prompts';
      import { ChatOpenAI } from '@langchain/openai';

      const chain = PromptTemplate.fromTemplate('{text}')
        .pipe(new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 }))
        .pipe(new StringOutputParser());

      export const run = (texts: readonly string[]): Promise<string[]> =>
        Promise.all(texts.map((text) => chain.invoke({ text })));
    `,
    run: ask,
    effect: isLimited,
  },
  {
    name: 'the calls of a chain, each by itself',
    rule: 'no-unbounded-concurrency',
    suggestion: 'useLambda',
    code: code`
      import { PromptTemplate } from '@langchain/core/prompts';
      import { ChatOpenAI } from '@langchain/openai';

      const model = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 });
      const chain = PromptTemplate.fromTemplate('{text}').pipe(model);

      export async function run(texts: readonly string[]) {
        return Promise.all(
          texts.map(async (text) => {
            const draft = await chain.invoke({ text });
            const reply = await model.invoke([draft, ['human', text]]);
            return { text, reply: reply.text };
          }),
        );
      }
    `,
    run: ask,
    effect: isLimited,
  },
  {
    name: 'the calls of a model with retries',
    rule: 'no-unbounded-concurrency',
    suggestion: 'useBatch',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';

      const model = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 }).withRetry({ stopAfterAttempt: 1 });

      export const run = (texts: readonly string[]) => Promise.all(texts.map((text) => model.invoke(text)));
    `,
    run: ask,
    effect: isLimited,
  },
  {
    name: 'the calls of a model with structured output',
    rule: 'no-unbounded-concurrency',
    suggestion: 'useBatch',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      import { z } from 'zod';

      const model = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 }).withStructuredOutput(
        z.object({ title: z.string() }),
        { method: 'jsonMode' },
      );

      export const run = (texts: readonly string[]) => Promise.all(texts.map((text) => model.invoke(text)));
    `,
    run: ask,
    treatment: ({ prompt }) => ({ text: JSON.stringify({ title: prompt }) }),
    effect: isLimited,
  },
  {
    name: 'the calls of an agent, which has no batch',
    rule: 'no-unbounded-concurrency',
    suggestion: 'useLambda',
    code: code`
      import { createAgent } from 'langchain';
      import { ChatOpenAI } from '@langchain/openai';

      const agent = createAgent({ model: new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 }), tools: [] });

      export async function run(texts: readonly string[]) {
        const states = await Promise.all(
          texts.map((content) => agent.invoke({ messages: [{ role: 'user', content }] })),
        );
        return states.map(({ messages }) => messages.at(-1)?.text);
      }
    `,
    run: ask,
    effect: isLimited,
  },
  {
    name: 'the calls through a function of the file',
    rule: 'no-unbounded-concurrency',
    suggestion: 'useLambda',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';

      const model = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 });

      async function summarize(text: string): Promise<string> {
        return (await model.invoke(text)).text;
      }

      export const run = (texts: readonly string[]) => Promise.all(texts.map(summarize));
    `,
    run: ask,
    effect: isLimited,
  },
  {
    name: 'the calls through a limiter that the file imports',
    rule: 'no-unbounded-concurrency',
    suggestion: 'useLimiter',
    code: code`
      import pLimit from 'p-limit';
      import { ChatOpenAI } from '@langchain/openai';

      const model = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 });

      export async function run(texts: readonly string[]) {
        return Promise.all(
          texts.map(async (text) => {
            const reply = await model.invoke(text);
            return reply.text;
          }),
        );
      }

      export const limiter = () => pLimit(2);
    `,
    run: ask,
    effect: isLimited,
  },
  {
    name: 'a limit on the model',
    rule: 'no-unbounded-concurrency',
    suggestion: 'limitModel',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';

      const model = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 });

      export async function run(texts: readonly string[]) {
        return Promise.allSettled(texts.map((text) => model.invoke(text)));
      }
    `,
    run: ask,
    effect: isLimited,
  },
  {
    name: 'a limit on the model that is built by its name',
    rule: 'no-unbounded-concurrency',
    suggestion: 'limitModel',
    code: code`
      import { ChatAnthropic } from '@langchain/anthropic';

      const model = new ChatAnthropic('claude-sonnet-4-5');

      export const run = (texts: readonly string[]) => Promise.all(texts.map((text) => model.invoke(text)));
    `,
    run: ask,
    effect: isLimited,
  },
  {
    name: 'a limiter without a limit',
    rule: 'no-unbounded-concurrency',
    suggestion: 'addConcurrency',
    code: code`
      import PQueue from 'p-queue';
      import { ChatOpenAI } from '@langchain/openai';

      const model = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 });
      const queue = new PQueue();

      export const run = (texts: readonly string[]) =>
        Promise.all(texts.map((text) => queue.add(() => model.invoke(text))));
    `,
    run: ask,
    effect: isLimited,
  },
  {
    name: 'a mapper without a limit',
    rule: 'no-unbounded-concurrency',
    suggestion: 'addConcurrency',
    code: code`
      import { from, lastValueFrom, mergeMap, toArray } from 'rxjs';
      import { ChatOpenAI } from '@langchain/openai';

      const model = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 });

      // In the order in which the replies come in.
      export async function run(texts: readonly string[]) {
        const replies = await lastValueFrom(from(texts).pipe(mergeMap((text) => model.invoke(text)), toArray()));
        return replies.map((reply) => reply.text).sort();
      }
    `,
    run: ask,
    effect: isLimited,
  },

  // ── require-max-concurrency ───────────────────────────────────────────────────────────────────────────────────────
  {
    name: 'a batch without a config',
    rule: 'require-max-concurrency',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';

      const model = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 });

      export const run = (texts: string[]) => model.batch(texts);
    `,
    run: ask,
    effect: isLimited,
  },
  {
    name: 'a batch of a chain with a config',
    rule: 'require-max-concurrency',
    code: code`
      import { PromptTemplate } from '@langchain/core/prompts';
      import { ChatAnthropic } from '@langchain/anthropic';

      const chain = PromptTemplate.fromTemplate('{text}').pipe(
        new ChatAnthropic({ model: 'claude-sonnet-4-5', maxRetries: 0 }),
      );

      export const run = (texts: readonly string[]) =>
        chain.batch(texts.map((text) => ({ text })), { tags: ['nightly'] });
    `,
    run: ask,
    effect: isLimited,
  },
  {
    name: 'a batch that returns what failed',
    rule: 'require-max-concurrency',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';

      const model = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 });

      export const run = (texts: string[]) => model.batch(texts, undefined, { returnExceptions: true });
    `,
    run: ask,
    effect: isLimited,
  },
  {
    name: 'a batch of a graph, where the configured limit is 1',
    rule: 'require-max-concurrency',
    options: { maxConcurrency: 1 },
    code: code`
      import { Annotation, END, Send, START, StateGraph } from '@langchain/langgraph';
      import { ChatOpenAI } from '@langchain/openai';

      const State = Annotation.Root({
        question: Annotation<string>(),
        answers: Annotation<string[]>({ reducer: (left, right) => [...left, ...right], default: () => [] }),
      });
      const model = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 });
      const graph = new StateGraph(State)
        .addNode('reply', async (state: typeof State.State) => ({
          answers: [(await model.invoke(state.question)).text],
        }))
        .addConditionalEdges(START, ({ question }) => ['short', 'long'].map(() => new Send('reply', { question })), [
          'reply',
        ])
        .addEdge('reply', END)
        .compile();

      export const run = (texts: readonly string[]) => graph.batch(texts.map((question) => ({ question })));
    `,
    run: ask,
    effect: ({ before, after }) => before.peak > 10 && after.peak <= 4,
  },
  {
    name: 'a run of a graph that fans out to as many tasks as there are texts',
    rule: 'require-max-concurrency',
    code: code`
      import { Annotation, END, Send, START, StateGraph } from '@langchain/langgraph';
      import { ChatOpenAI } from '@langchain/openai';

      const State = Annotation.Root({
        texts: Annotation<readonly string[]>(),
        text: Annotation<string>(),
        answers: Annotation<string[]>({ reducer: (left, right) => [...left, ...right], default: () => [] }),
      });
      const model = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 });
      const graph = new StateGraph(State)
        .addNode('reply', async (state: typeof State.State) => ({ answers: [(await model.invoke(state.text)).text] }))
        .addConditionalEdges(START, ({ texts }) => texts.map((text) => new Send('reply', { text })), ['reply'])
        .addEdge('reply', END)
        .compile();

      export const run = async (texts: readonly string[]) => (await graph.invoke({ texts })).answers;
    `,
    run: ask,
    effect: isLimited,
  },
  {
    name: 'a batch with a config per input',
    rule: 'require-max-concurrency',
    suggestion: 'addLimit',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';

      const model = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 });

      export const run = (texts: string[]) =>
        model.batch(texts, [{ tags: ['first'] }, {}, {}, {}, {}, {}, {}, { tags: ['last'] }]);
    `,
    run: ({ run }) => run?.([...questions]),
    effect: isLimited,
  },
  {
    name: 'a batch with a timeout that leaves enough time',
    rule: 'require-max-concurrency',
    suggestion: 'addLimitBesideTimeout',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';

      const model = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 });

      export const run = (texts: string[]) => model.batch(texts, { timeout: 60_000 });
    `,
    run: ask,
    effect: isLimited,
  },

  // ── no-client-in-loop ─────────────────────────────────────────────────────────────────────────────────────────────
  {
    name: 'a limited model built in a callback',
    rule: 'no-client-in-loop',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';

      export async function run(texts: readonly string[]) {
        return Promise.all(
          texts.map(async (text) => {
            const model = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0, maxConcurrency: 5 });
            const reply = await model.invoke(text);
            return reply.text;
          }),
        );
      }
    `,
    run: ask,
    effect: (measured) => isLimited(measured) && isBuiltOnce('ChatOpenAI')(measured),
  },
  {
    name: 'a model built in a loop',
    rule: 'no-client-in-loop',
    code: code`
      import { ChatAnthropic } from '@langchain/anthropic';

      export async function run(texts: readonly string[]) {
        const replies: string[] = [];
        for (const text of texts) {
          const model = new ChatAnthropic({ model: 'claude-sonnet-4-5', apiKey: 'key', maxRetries: 0 });
          replies.push((await model.invoke(text)).text);
        }
        return replies;
      }
    `,
    run: ask,
    treatment: { delay: 0, hold: 0 },
    effect: isBuiltOnce('ChatAnthropic'),
  },
  {
    name: 'a model with tools derived in a callback',
    rule: 'no-client-in-loop',
    code: code`
      import { tool } from '@langchain/core/tools';
      import { ChatOpenAI } from '@langchain/openai';
      import { z } from 'zod';

      const lookUp = tool(({ sku }: { sku: string }) => sku, {
        name: 'look_up',
        description: 'Looks up a product.',
        schema: z.object({ sku: z.string() }),
      });
      const model = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0, maxConcurrency: 5 });

      export async function run(texts: readonly string[]) {
        return Promise.all(
          texts.map(async (text) => {
            const withTools = model.bindTools([lookUp]);
            return withTools.invoke(text);
          }),
        );
      }
    `,
    run: ask,
    effect: isLimited,
  },
  {
    name: 'a model that is an argument, in a loop',
    rule: 'no-client-in-loop',
    suggestion: 'move',
    code: code`
      import { PromptTemplate } from '@langchain/core/prompts';
      import { ChatOpenAI } from '@langchain/openai';

      export async function run(texts: readonly string[]) {
        const replies: string[] = [];
        for (const text of texts) {
          const chain = PromptTemplate.fromTemplate('{text}').pipe(
            new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 }),
          );
          replies.push((await chain.invoke({ text })).text);
        }
        return replies;
      }
    `,
    run: ask,
    treatment: { delay: 0, hold: 0 },
    effect: isBuiltOnce('ChatOpenAI'),
  },

  // ── no-client-in-handler ──────────────────────────────────────────────────────────────────────────────────────────
  {
    name: 'a limited model built per request',
    rule: 'no-client-in-handler',
    suggestion: 'moveToModule',
    filename: 'app/api/ask/route.ts',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';

      export async function GET(question: string) {
        const model = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0, maxConcurrency: 5 });
        const reply = await model.invoke(question);
        return reply.text;
      }
    `,
    run: atOnce('GET'),
    effect: isLimited,
  },
  {
    name: 'a limited model built per request, in a branch',
    rule: 'no-client-in-handler',
    suggestion: 'cacheLazily',
    filename: 'app/api/ask/route.ts',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';

      export async function GET(question: string) {
        if (question !== '') {
          const model = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0, maxConcurrency: 5 });
          const reply = await model.invoke(question);
          return reply.text;
        }
        return '';
      }
    `,
    run: atOnce('GET'),
    effect: isLimited,
  },

  // ── no-unawaited-call ─────────────────────────────────────────────────────────────────────────────────────────────
  {
    name: 'a promise in a text',
    rule: 'no-unawaited-call',
    code: code`
      import { StringOutputParser } from '@langchain/core/output_parsers';
      import { ChatOpenAI } from '@langchain/openai';

      const chain = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 }).pipe(new StringOutputParser());

      export async function run() {
        const reply = chain.invoke('question');
        return \`Answer: \${reply}\`;
      }
    `,
    run: ({ run }) => run?.(),
    mends: true,
    effect: gives('Answer: [object Promise]', 'Answer: echo question'),
  },
  {
    name: 'a promise in a text, in a function that does not wait',
    rule: 'no-unawaited-call',
    suggestion: 'async',
    code: code`
      import { StringOutputParser } from '@langchain/core/output_parsers';
      import { ChatOpenAI } from '@langchain/openai';

      const chain = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 }).pipe(new StringOutputParser());

      export function run() {
        const reply = chain.invoke('question');
        return \`Answer: \${reply}\`;
      }
    `,
    run: ({ run }) => run?.(),
    mends: true,
    effect: gives('Answer: [object Promise]', 'Answer: echo question'),
  },
  {
    name: 'a promise as JSON',
    rule: 'no-unawaited-call',
    code: code`
      import { StringOutputParser } from '@langchain/core/output_parsers';
      import { ChatOpenAI } from '@langchain/openai';

      const chain = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 }).pipe(new StringOutputParser());

      export async function run() {
        return JSON.stringify({ reply: chain.invoke('question') });
      }
    `,
    run: ({ run }) => run?.(),
    mends: true,
    effect: gives('{"reply":{}}', '{"reply":"echo question"}'),
  },
  {
    name: 'a call that nobody waits for',
    rule: 'no-unawaited-call',
    suggestion: 'await',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';

      const model = new ChatOpenAI({
        model: 'gpt-4o-mini',
        maxRetries: 0,
        callbacks: [{ handleLLMEnd: () => console.log('answered') }],
      });

      export async function run() {
        model.invoke('question');
        console.log('done');
      }
    `,
    run: ({ run }) => run?.(),
    mends: true,
    effect: prints(['done', 'answered'], ['answered', 'done']),
  },
  {
    name: 'a last call that nobody waits for',
    rule: 'no-unawaited-call',
    suggestion: 'return',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';

      const model = new ChatOpenAI({
        model: 'gpt-4o-mini',
        maxRetries: 0,
        callbacks: [{ handleLLMEnd: () => console.log('answered') }],
      });

      async function warmUp() {
        model.invoke('question');
      }

      export async function run() {
        await warmUp();
        console.log('done');
      }
    `,
    run: ({ run }) => run?.(),
    mends: true,
    effect: prints(['done', 'answered'], ['answered', 'done']),
  },
  {
    name: 'a call whose error nobody sees',
    rule: 'no-unawaited-call',
    suggestion: 'catch',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';

      const model = new ChatOpenAI({
        model: 'gpt-4o-mini',
        maxRetries: 0,
        callbacks: [{ handleLLMEnd: () => console.log('answered') }],
      });

      export async function run() {
        model.invoke('question');
        console.log('done');
      }
    `,
    run: ({ run }) => run?.(),
    mends: true,
    effect: prints(['done', 'answered'], ['done', 'answered']),
  },

  // ── no-blocking-in-handler ────────────────────────────────────────────────────────────────────────────────────────
  {
    name: 'a file read by a function that the handler calls',
    rule: 'no-blocking-in-handler',
    suggestion: 'promise',
    filename: 'app/api/ask/route.ts',
    code: code`
      import { readFileSync } from 'node:fs';
      import { ChatOpenAI } from '@langchain/openai';

      const model = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 });

      function load(file: string): string {
        return readFileSync(file, 'utf8');
      }

      export async function GET(file: string) {
        const prompt = load(file).slice(0, 1);
        console.log('read');
        return (await model.invoke(prompt)).text;
      }

      export const next = () => console.log('next request');
    `,
    run: ({ GET, next }) => {
      const reply = GET?.('package.json');
      next?.();
      return reply;
    },
    cannotFail: true,
    effect: prints(['read', 'next request'], ['next request', 'read']),
  },
  {
    name: 'a file read while another request waits',
    rule: 'no-blocking-in-handler',
    suggestion: 'promise',
    filename: 'app/api/ask/route.ts',
    code: code`
      import { readFileSync } from 'node:fs';
      import { ChatOpenAI } from '@langchain/openai';

      const model = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 });

      export async function GET(file: string) {
        const prompt = readFileSync(file, 'utf8').slice(0, 1);
        console.log('read');
        return (await model.invoke(prompt)).text;
      }

      export const next = () => console.log('next request');
    `,
    run: ({ GET, next }) => {
      const reply = GET?.('package.json');
      next?.();
      return reply;
    },
    cannotFail: true,
    effect: prints(['read', 'next request'], ['next request', 'read']),
  },

  // ── no-low-timeout ────────────────────────────────────────────────────────────────────────────────────────────────
  {
    name: 'seconds where milliseconds are meant',
    rule: 'no-low-timeout',
    suggestion: 'scaleUp',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';

      const model = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0, timeout: 20 });

      export const run = async () => (await model.invoke('question')).text;
    `,
    run: ({ run }) => run?.(),
    treatment: { delay: 200 },
    mends: true,
    effect: ({ before, after }) =>
      JSON.stringify(before.outcome).includes('TimeoutError') && gives(null, 'echo question')({ before, after }),
  },
  {
    name: 'seconds in the default of an environment variable',
    rule: 'no-low-timeout',
    suggestion: 'multiply',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';

      const timeout = Number(process.env['LLM_TIMEOUT'] ?? 20);
      const model = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0, timeout });

      export const run = async () => (await model.invoke('question')).text;
    `,
    run: ({ run }) => run?.(),
    treatment: { delay: 200 },
    mends: true,
    effect: ({ before, after }) =>
      JSON.stringify(before.outcome).includes('TimeoutError') && gives(null, 'echo question')({ before, after }),
  },
  {
    name: 'a timeout that no model answers within',
    rule: 'no-low-timeout',
    suggestion: 'raise',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';

      const model = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0, timeout: Number('20') });

      export const run = async () => (await model.invoke('question')).text;
    `,
    run: ({ run }) => run?.(),
    treatment: { delay: 200 },
    mends: true,
    effect: ({ before, after }) =>
      JSON.stringify(before.outcome).includes('TimeoutError') && gives(null, 'echo question')({ before, after }),
  },

  // ── no-ineffective-config ─────────────────────────────────────────────────────────────────────────────────────────
  {
    name: 'a method that exists in Python only',
    rule: 'no-ineffective-config',
    filename: 'program.js',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';

      const model = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 });

      export const run = async () => (await model.ainvoke('question')).text;
    `,
    run: ({ run }) => run?.(),
    mends: true,
    effect: gives(null, 'echo question'),
  },
  {
    name: 'a limit in the spelling of Python',
    rule: 'no-ineffective-config',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';

      const model = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 });
      const config = { max_concurrency: 5, tags: ['nightly'] };

      export const run = (texts: string[]) => model.batch(texts, config);
    `,
    run: ask,
    effect: isLimited,
  },
  {
    name: 'the limit of a graph in the spelling of Python',
    rule: 'no-ineffective-config',
    suggestion: 'rename',
    code: code`
      import { Annotation, END, START, StateGraph } from '@langchain/langgraph';
      import { ChatOpenAI } from '@langchain/openai';

      const State = Annotation.Root({ question: Annotation<string>(), answer: Annotation<string>() });
      const model = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 });
      const graph = new StateGraph(State)
        .addNode('reply', async (state: typeof State.State) => ({ answer: (await model.invoke(state.question)).text }))
        .addEdge(START, 'reply')
        .addEdge('reply', END)
        .compile();

      export function run(texts: readonly string[], limit: number) {
        const config = { max_concurrency: limit, tags: ['nightly'] };
        return graph.batch(texts.map((question) => ({ question })), config);
      }
    `,
    run: ({ run }) => run?.([...questions], 5),
    effect: isLimited,
  },
  {
    name: 'a limit in configurable',
    rule: 'no-ineffective-config',
    suggestion: 'move',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';

      const model = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 });

      export const run = (texts: string[]) => model.batch(texts, { configurable: { maxConcurrency: 5 } });
    `,
    run: ask,
    effect: isLimited,
  },
  {
    name: 'a limit in the second config',
    rule: 'no-ineffective-config',
    suggestion: 'move',
    code: code`
      import { ChatAnthropic } from '@langchain/anthropic';

      const model = new ChatAnthropic({ model: 'claude-sonnet-4-5', maxRetries: 0 });

      export const run = (texts: string[]) =>
        model.batch(texts, [{ tags: ['first'] }, { maxConcurrency: 5 }, {}, {}, {}, {}, {}, {}]);
    `,
    run: ({ run }) => run?.([...questions]),
    effect: isLimited,
  },
  {
    name: 'a limit bound to a model that ignores it',
    rule: 'no-ineffective-config',
    suggestion: 'passToBatch',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';

      const model = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 });

      export const run = (texts: string[]) => model.withConfig({ maxConcurrency: 5 }).batch(texts);
    `,
    run: ask,
    effect: isLimited,
  },
  {
    name: 'a limit in the config of each call',
    rule: 'no-ineffective-config',
    suggestion: 'setOnModel',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';

      const model = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 });

      export const run = (texts: readonly string[]) =>
        Promise.all(texts.map((text) => model.invoke(text, { maxConcurrency: 5 })));
    `,
    run: ask,
    effect: isLimited,
  },
  {
    name: 'a limit beside streaming',
    rule: 'no-ineffective-config',
    suggestion: 'removeStreaming',
    code: code`
      import { ChatAnthropic } from '@langchain/anthropic';

      const model = new ChatAnthropic({
        model: 'claude-sonnet-4-5',
        maxRetries: 0,
        maxConcurrency: 5,
        streaming: true,
      });

      export const run = (texts: readonly string[]) => Promise.all(texts.map((text) => model.invoke(text)));
    `,
    run: ask,
    effect: ({ before, after }) => before.streamed === questions.length && after.streamed === 0 && after.peak <= 5,
  },

  // ── valid-max-concurrency ─────────────────────────────────────────────────────────────────────────────────────────
  {
    name: 'a limit that throws',
    rule: 'valid-max-concurrency',
    suggestion: 'write',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';

      const model = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 });

      export const run = async (texts: string[]) => (await model.batch(texts, { maxConcurrency: 0 })).length;
    `,
    run: ask,
    mends: true,
    effect: ({ before, after }) => gives(null, questions.length)({ before, after }) && after.peak <= 5,
  },
  {
    name: 'a limit under which a graph drops work',
    rule: 'valid-max-concurrency',
    suggestion: 'write',
    code: code`
      import { Annotation, END, Send, START, StateGraph } from '@langchain/langgraph';
      import { ChatOpenAI } from '@langchain/openai';

      const State = Annotation.Root({
        texts: Annotation<readonly string[]>(),
        text: Annotation<string>(),
        answers: Annotation<string[]>({ reducer: (left, right) => [...left, ...right], default: () => [] }),
      });
      const model = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 });
      const graph = new StateGraph(State)
        .addNode('reply', async (state: typeof State.State) => ({ answers: [(await model.invoke(state.text)).text] }))
        .addConditionalEdges(START, ({ texts }) => texts.map((text) => new Send('reply', { text })), ['reply'])
        .addEdge('reply', END)
        .compile();

      export const run = async (texts: readonly string[]) =>
        (await graph.invoke({ texts }, { maxConcurrency: 1 })).answers.length;
    `,
    run: ({ run }) => run?.(questions),
    mends: true,
    effect: ({ before, after }) => gives(0, questions.length)({ before, after }) && after.peak <= 2,
  },

  // ── no-discarded-builder ──────────────────────────────────────────────────────────────────────────────────────────
  {
    name: 'a config that the model never gets',
    rule: 'no-discarded-builder',
    suggestion: 'assign',
    code: code`
      import type { Runnable } from '@langchain/core/runnables';
      import { ChatOpenAI } from '@langchain/openai';

      export async function run() {
        let model: Runnable = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 });
        model.withConfig({ callbacks: [{ handleLLMEnd: () => console.log('answered') }] });
        await model.invoke('question');
        console.log('done');
      }
    `,
    run: ({ run }) => run?.(),
    mends: true,
    effect: prints(['done'], ['answered', 'done']),
  },

  // ── concurrency-budget ────────────────────────────────────────────────────────────────────────────────────────────
  {
    name: 'a share of the budget',
    rule: 'concurrency-budget',
    suggestion: 'write',
    settings: { langchain: { budget: { workers: 8, limit: 40 } } },
    code: code`
      import { ChatOpenAI } from '@langchain/openai';

      const model = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0, maxConcurrency: 20 });

      export const run = (texts: readonly string[]) =>
        Promise.all(texts.map(async (text) => (await model.invoke(text)).text));
    `,
    run: ask,
    effect: isLimited,
  },

  // ── prefer-embed-documents ────────────────────────────────────────────────────────────────────────────────────────
  {
    name: 'texts that are embedded one by one',
    rule: 'prefer-embed-documents',
    suggestion: 'useEmbedDocuments',
    code: code`
      import { OpenAIEmbeddings } from '@langchain/openai';

      const embeddings = new OpenAIEmbeddings({ maxRetries: 0 });

      export async function run(texts: readonly string[]) {
        return await Promise.all(texts.map((text) => embeddings.embedQuery(\`passage: \${text}\`)));
      }
    `,
    run: ask,
    effect: ({ before, after }) => before.prompts.length === questions.length && after.prompts.length === 1,
  },
];

/** Rewrites that no program runs, and why. */
export const notRun: Readonly<Record<string, string>> = {
  'no-client-in-handler: cachePromise': 'The stores that have to be awaited want a database or a folder on disk.',
  'no-ineffective-config: remove': 'Attempts with the option and without it are counted in test/proof/retries.test.ts.',
  'no-abandoned-call: pass':
    'A race with a timeout in the config of its call and one without are run in test/proof/processes.test.ts.',
  'no-large-k: write': 'A search gives back fewer documents, which is what it is for.',
  'no-overlapping-interval: loop':
    'It runs without end. Calls of an interval are counted in test/proof/processes.test.ts.',
  'no-stacked-retries: drop': 'Attempts with and without each layer are counted in test/proof/calls.test.ts.',
  'no-stacked-retries: noRetries': 'Attempts with and without each layer are counted in test/proof/calls.test.ts.',
  'no-stacked-retries: removeOption': 'Attempts with and without each layer are counted in test/proof/calls.test.ts.',
  'require-client-limit: add':
    'What a limit of the constructor does is run for each class in test/proof/limits.test.ts.',
  'require-signal-forwarding: add': 'A call with the signal and one without are run in test/proof/calls.test.ts.',
  'require-timeout: addTimeout': 'Where a timeout works is run for each class in test/proof/timeouts.test.ts.',
  'require-pool-limits: add':
    'What a pool does with these limits and without them is run against servers in test/proof/pools.test.ts.',
  'no-low-timeout: divide':
    'The options in seconds belong to databases, whose clients would have to be answered for half a minute.',
  'no-low-timeout: scaleDown':
    'The options in seconds belong to databases, whose clients would have to be answered for half a minute.',
};
