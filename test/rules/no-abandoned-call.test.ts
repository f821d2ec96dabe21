import { afterAll, expect, test } from 'vitest';
import rule from '../../rules/no-abandoned-call.ts';
import { reports, rewrites, silent } from '../helpers/cases.ts';
import { code } from '../helpers/code.ts';
import { TestProject } from '../helpers/project.ts';
import { StrictRuleTester } from '../helpers/rule-tester.ts';
import { importForms, lookalikes } from '../helpers/shape-matrix.ts';

const forms = { module: '@langchain/openai', names: ['ChatOpenAI'] } as const;

const race = (model: string, callee: string): string => code`
  const model = ${model};
  const timer = () => new Promise((_, reject) => setTimeout(reject, 20000));
  await ${callee}([model.invoke('Hello'), timer()]);
`;

const abandoned = (call: string, delay: string) =>
  ({ messageId: 'abandoned', data: { call, delay, caller: '' } }) as const;

const pass = (call: string, delay: string) => ({ messageId: 'pass', data: { call, delay, caller: '' } }) as const;

/** A report of `model.invoke(name)`, which is not given the 15 seconds that the race waits. */
const passing = (name: string) => ({
  ...abandoned('model.invoke', '15_000'),
  suggestions: [
    {
      ...pass('model.invoke', '15_000'),
      output: [`model.invoke(${name})`, `model.invoke(${name}, { timeout: 15_000 })`] as const,
    },
  ],
});

new StrictRuleTester().run(rule, {
  valid: [
    ...lookalikes({ ...forms, body: (n) => race(`new ${n.ChatOpenAI}()`, 'Promise.race') }),

    silent(
      'a deadline at the call, or a signal that the timer aborts',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        const model = new ChatOpenAI();
        const rejectAfter = (ms) => new Promise((_, reject) => setTimeout(() => reject(new Error('late')), ms));
        export const timed = (q) => Promise.race([model.invoke(q, { timeout: 10_000 }), rejectAfter(11_000)]);
        export async function aborted(q) {
          const controller = new AbortController();
          const timer = new Promise((_, reject) => {
            setTimeout(() => { controller.abort(); reject(new Error('late')); }, 10_000);
          });
          return Promise.race([model.invoke(q, { signal: controller.signal }), timer]);
        }
        export const bound = (q) =>
          Promise.race([model.withConfig({ timeout: 10_000 }).invoke(q), rejectAfter(11_000)]);
        export const given = (q, config) => Promise.race([model.invoke(q, config), rejectAfter(11_000)]);
      `,
    ),
    silent(
      'a run on a server of LangGraph that gets a signal or options from elsewhere, or that nothing waits for',
      code`
        import { Client } from '@langchain/langgraph-sdk';
        const client = new Client();
        const late = (ms: number) => new Promise<never>((_, reject) => setTimeout(() => reject(new Error('late')), ms));
        export async function answer(thread: string, question: string) {
          const signal = AbortSignal.timeout(20_000);
          return Promise.race([client.runs.wait(thread, 'agent', { input: { question }, signal }), late(21_000)]);
        }
        export const given = async (thread: string, payload: object) =>
          Promise.race([client.runs.wait(thread, 'agent', payload), late(20_000)]);
        export const start = async (thread: string) => Promise.race([client.runs.create(thread, 'agent'), late(5_000)]);
        export const read = async (thread: string) => Promise.race([client.threads.getState(thread), late(5_000)]);
      `,
    ),
    silent(
      'a time to wait for something else, or for a call that has the signal',
      code`
        import Bluebird from 'bluebird';
        import { from, timeout } from 'rxjs';
        import { ChatOpenAI } from '@langchain/openai';
        const model = new ChatOpenAI();
        export const page = (url) => from(fetch(url)).pipe(timeout(15_000));
        export const signalled = (q, signal) => Bluebird.resolve(model.invoke(q, { signal })).timeout(15_000);
        export const timed = (q) => from(model.invoke(q, { timeout: 15_000 })).pipe(timeout(16_000));
        export const unknown = (q) => later(model.invoke(q)).timeout(15_000);
        export const untimed = (q) => from(model.invoke(q)).pipe(retry(2));
      `,
    ),
    silent(
      'a function that waits before it asks, which is no timer',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        const model = new ChatOpenAI();
        const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
        async function hedge(q) {
          await sleep(2000);
          return model.invoke(q);
        }
        export const fastest = (q) => Promise.race([model.invoke(q), hedge(q)]);
      `,
    ),
    silent(
      'the fastest of several answers',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        import { ChatAnthropic } from '@langchain/anthropic';
        const gpt = new ChatOpenAI();
        const claude = new ChatAnthropic();
        export const fastest = (q) => Promise.race([gpt.invoke(q), claude.invoke(q)]);
        export const any = (q) => Promise.any([gpt.invoke(q), claude.invoke(q)]);
      `,
    ),
    silent(
      'a call that takes no signal, and a runnable that stays here',
      code`
        import { PineconeStore } from '@langchain/pinecone';
        import { OpenAIEmbeddings } from '@langchain/openai';
        import { PromptTemplate } from '@langchain/core/prompts';
        import pTimeout from 'p-timeout';
        const embeddings = new OpenAIEmbeddings();
        const store = new PineconeStore(embeddings, { pineconeIndex });
        const prompt = PromptTemplate.fromTemplate('{q}');
        const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
        export const search = (q) => Promise.race([store.similaritySearch(q, 4), sleep(5000)]);
        export const embed = (q) => pTimeout(embeddings.embedQuery(q), { milliseconds: 5000 });
        export const write = (q) => Promise.race([prompt.invoke({ q }), sleep(5000)]);
      `,
    ),
    silent(
      'a deadline that the class ignores',
      code`
        import { ChatOllama } from '@langchain/ollama';
        import { ChatGoogleGenerativeAI } from '@langchain/google-genai';
        import { setTimeout as sleep } from 'node:timers/promises';
        const local = new ChatOllama({ model: 'llama3' });
        const gemini = new ChatGoogleGenerativeAI({ model: 'gemini-2.5-flash' });
        export const ask = (q) => Promise.race([local.invoke(q, { timeout: 10_000 }), sleep(11_000)]);
        export const other = (q) => Promise.race([gemini.invoke(q), sleep(11_000)]);
      `,
    ),
    silent(
      'a race without a timer that can be seen, and a timer without a race',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        import { timeoutAfter } from '@acme/promises';
        const model = new ChatOpenAI();
        export const unknown = (q) => Promise.race([model.invoke(q), timeoutAfter(5000)]);
        export const cancelled = (q, gone) => Promise.race([model.invoke(q), gone]);
        export async function paused(q) {
          await new Promise((resolve) => setTimeout(resolve, 1000));
          return model.invoke(q);
        }
        export const chunks = async (q) => {
          const stream = await model.stream(q, { timeout: 60_000 });
          const iterator = stream[Symbol.asyncIterator]();
          return Promise.race([iterator.next(), new Promise((resolve) => setTimeout(resolve, 5000))]);
        };
      `,
    ),
    silent(
      'a promise that is awaited, returned or handed on after the race',
      code`
        import { after } from 'next/server';
        import { setTimeout as sleep } from 'node:timers/promises';
        import { ChatOpenAI } from '@langchain/openai';
        const model = new ChatOpenAI();
        const late = () => sleep(5_000).then(() => 'slow' as const);
        export async function noted(q: string) {
          const pending = model.invoke(q);
          if ((await Promise.race([pending, late()])) === 'slow') notify('Still thinking…');
          return (await pending).text;
        }
        export async function pinged(q: string, res: Response) {
          const answer = model.invoke(q);
          while ((await Promise.race([answer, late()])) === 'slow') res.write(': ping\\n\\n');
          res.json((await answer).content);
        }
        export async function saved(q: string) {
          const pending = model.invoke(q);
          after(async () => save(await pending));
          return Promise.race([pending, late()]);
        }
        export async function caught(q: string) {
          const pending = model.invoke(q);
          try {
            return await Promise.race([pending, sleep(5_000).then(() => { throw new Error('late'); })]);
          } catch {
            after(() => pending.then((answer) => save(answer)));
            return 'You will get an e-mail.';
          }
        }
        export async function chained(q: string) {
          const pending = model.invoke(q);
          const parsed = pending.then(parse);
          const first = await Promise.race([parsed, late()]);
          if (first === 'slow') jobs.set(q, pending);
          return first;
        }
        const within = <T>(promise: Promise<T>, ms: number) => Promise.race([promise, sleep(ms)]);
        export async function helped(q: string) {
          const pending = model.invoke(q);
          return (await within(pending, 5_000)) ?? (await escalate(pending));
        }
      `,
    ),
    silent(
      'a library of the same name, and a helper that hands its signal on',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        import pTimeout from './timeouts';
        const model = new ChatOpenAI();
        async function ask(q, ms) {
          const signal = AbortSignal.timeout(ms);
          return model.invoke(q, { signal });
        }
        export const own = (q) => pTimeout(model.invoke(q), 5000);
        export const helped = (q) =>
          Promise.race([ask(q, 5000), new Promise((_, reject) => setTimeout(reject, 6000))]);
      `,
    ),
  ],
  invalid: [
    reports(
      'longer than fetch waits for the class',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        const model = new ChatOpenAI();
        const rejectAfter = (ms) => new Promise((_, reject) => setTimeout(() => reject(new Error('late')), ms));
        export const ask = (q) => ⟦Promise.race⟧([model.invoke(q), rejectAfter(400_000)]);
      `,
      {
        ...abandoned('model.invoke', '300_000'),
        suggestions: [
          {
            ...pass('model.invoke', '300_000'),
            output: ['model.invoke(q)', 'model.invoke(q, { timeout: 300_000 })'],
          },
        ],
      },
    ),
    ...importForms({ ...forms, body: (n) => race(`new ${n.ChatOpenAI}()`, '⟦Promise.race⟧') }).map(
      ({ name, ...module }) =>
        reports(name, module, {
          ...abandoned('model.invoke', '20000'),
          suggestions: [
            {
              ...pass('model.invoke', '20000'),
              output: ["model.invoke('Hello')", "model.invoke('Hello', { timeout: 20000 })"],
            },
          ],
        }),
    ),

    rewrites(
      'a timer of a helper, below what no-low-timeout asks for',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        const model = new ChatOpenAI({ model: 'gpt-4.1-mini', maxConcurrency: 10 });
        function rejectAfter(ms: number): Promise<never> {
          return new Promise((_, reject) => {
            setTimeout(() => reject(new Error('LLM timed out')), ms);
          });
        }
        export async function classify(text: string): Promise<string> {
          const answer = await ⟦Promise.race⟧([
            model.invoke(\`Classify: \${text}\`),
            rejectAfter(8_000),
          ]);
          return String(answer.content);
        }
      `,
      code`
        import { ChatOpenAI } from '@langchain/openai';
        const model = new ChatOpenAI({ model: 'gpt-4.1-mini', maxConcurrency: 10 });
        function rejectAfter(ms: number): Promise<never> {
          return new Promise((_, reject) => {
            setTimeout(() => reject(new Error('LLM timed out')), ms);
          });
        }
        export async function classify(text: string): Promise<string> {
          const answer = await Promise.race([
            model.invoke(\`Classify: \${text}\`, { timeout: 10_000 }),
            rejectAfter(8_000),
          ]);
          return String(answer.content);
        }
      `,
      { ...abandoned('model.invoke', '10_000'), suggests: pass('model.invoke', '10_000') },
    ),
    reports(
      'a promise whose failure alone is handled, and one that is raced again or returned on another way',
      code`
        import { setTimeout as sleep } from 'node:timers/promises';
        import { ChatOpenAI } from '@langchain/openai';
        const model = new ChatOpenAI();
        export async function handled(question: string) {
          const pending = model.invoke(question);
          pending.catch(() => undefined);
          const answer = await ⟦Promise.race⟧([pending, sleep(15_000)]);
          void pending.finally(() => console.log('done'));
          return answer;
        }
        export async function again(prompt: string) {
          const pending = model.invoke(prompt);
          await ⟦Promise.race⟧([pending, sleep(15_000)]);
          return ⟦Promise.race⟧([pending, sleep(15_000)]);
        }
        export async function either(text: string, isUrgent: boolean) {
          const pending = model.invoke(text);
          if (isUrgent) return ⟦Promise.race⟧([pending, sleep(15_000)]);
          return pending;
        }
      `,
      passing('question'),
      passing('prompt'),
      passing('prompt'),
      passing('text'),
    ),
    rewrites(
      'p-timeout, with its options, around a chain with a config',
      code`
        import pTimeout from 'p-timeout';
        import { ChatPromptTemplate } from '@langchain/core/prompts';
        import { ChatOpenAI } from '@langchain/openai';
        const chain = ChatPromptTemplate.fromTemplate('{q}').pipe(new ChatOpenAI());
        export const ask = (q: string) =>
          ⟦pTimeout⟧(chain.invoke({ q }, { tags: ['ask'] }), { milliseconds: 30_000 });
      `,
      code`
        import pTimeout from 'p-timeout';
        import { ChatPromptTemplate } from '@langchain/core/prompts';
        import { ChatOpenAI } from '@langchain/openai';
        const chain = ChatPromptTemplate.fromTemplate('{q}').pipe(new ChatOpenAI());
        export const ask = (q: string) =>
          pTimeout(chain.invoke({ q }, { tags: ['ask'], timeout: 30_000 }), { milliseconds: 30_000 });
      `,
      { ...abandoned('chain.invoke', '30_000'), suggests: pass('chain.invoke', '30_000') },
    ),
    rewrites(
      'a constant, and a call kept in a variable',
      code`
        import { createAgent } from 'langchain';
        import { ChatOpenAI } from '@langchain/openai';
        import { setTimeout as sleep } from 'node:timers/promises';
        const LIMIT = 45_000;
        const agent = createAgent({ model: new ChatOpenAI(), tools: [] });
        export async function ask(messages) {
          const run = agent.invoke({ messages });
          return ⟦Promise.race⟧([run, sleep(LIMIT).then(() => null)]);
        }
      `,
      code`
        import { createAgent } from 'langchain';
        import { ChatOpenAI } from '@langchain/openai';
        import { setTimeout as sleep } from 'node:timers/promises';
        const LIMIT = 45_000;
        const agent = createAgent({ model: new ChatOpenAI(), tools: [] });
        export async function ask(messages) {
          const run = agent.invoke({ messages }, { timeout: LIMIT });
          return Promise.race([run, sleep(LIMIT).then(() => null)]);
        }
      `,
      { ...abandoned('agent.invoke', 'LIMIT'), suggests: pass('agent.invoke', 'LIMIT') },
    ),
    rewrites(
      'a helper that races what it is handed',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        const model = new ChatOpenAI();
        async function withTimeout<T>(promise: Promise<T>, ms: number): Promise<T> {
          let timer: NodeJS.Timeout | undefined;
          const late = new Promise<never>((_, reject) => {
            timer = setTimeout(() => reject(new Error('Timed out')), ms);
          });
          try {
            return await ⟦Promise.race⟧([promise, late]);
          } finally {
            clearTimeout(timer);
          }
        }
        export const ask = (q: string) => withTimeout(model.invoke(q), 15_000);
      `,
      code`
        import { ChatOpenAI } from '@langchain/openai';
        const model = new ChatOpenAI();
        async function withTimeout<T>(promise: Promise<T>, ms: number): Promise<T> {
          let timer: NodeJS.Timeout | undefined;
          const late = new Promise<never>((_, reject) => {
            timer = setTimeout(() => reject(new Error('Timed out')), ms);
          });
          try {
            return await Promise.race([promise, late]);
          } finally {
            clearTimeout(timer);
          }
        }
        export const ask = (q: string) => withTimeout(model.invoke(q, { timeout: 15_000 }), 15_000);
      `,
      { ...abandoned('model.invoke', '15_000'), suggests: pass('model.invoke', '15_000') },
    ),
    rewrites(
      'a helper that races the function it is handed',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        class Answers {
          private readonly model = new ChatOpenAI();
          ask(q: string) {
            return this.within(() => this.model.invoke(q), 20_000);
          }
          private within<T>(run: () => Promise<T>, ms: number) {
            const late = new Promise<never>((_, reject) => setTimeout(reject, ms, new Error('late')));
            return ⟦Promise.race⟧([late, run()]);
          }
        }
      `,
      code`
        import { ChatOpenAI } from '@langchain/openai';
        class Answers {
          private readonly model = new ChatOpenAI();
          ask(q: string) {
            return this.within(() => this.model.invoke(q, { timeout: 20_000 }), 20_000);
          }
          private within<T>(run: () => Promise<T>, ms: number) {
            const late = new Promise<never>((_, reject) => setTimeout(reject, ms, new Error('late')));
            return Promise.race([late, run()]);
          }
        }
      `,
      { ...abandoned('this.model.invoke', '20_000'), suggests: pass('this.model.invoke', '20_000') },
    ),
    reports(
      'a call of a helper, of an async function called on the spot, and through a limiter',
      code`
        import pLimit from 'p-limit';
        import { ChatOpenAI } from '@langchain/openai';
        const model = new ChatOpenAI();
        const limit = pLimit(5);
        const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
        async function summarize(text) {
          const { content } = await model.invoke(\`Summarize: \${text}\`);
          return content;
        }
        export const helped = (text) => ⟦Promise.race⟧([summarize(text), sleep(5000)]);
        export const inline = (q) => ⟦Promise.race⟧([(async () => (await model.invoke(q)).content)(), sleep(ms())]);
        export const queued = (q) => ⟦Promise.race⟧([limit(() => model.invoke(q)), sleep(ms())]);
      `,
      { messageId: 'abandonedBy', data: { call: 'model.invoke', caller: 'summarize', delay: '10_000' } },
      abandoned('model.invoke', 'ms'),
      abandoned('model.invoke', 'ms'),
    ),
    reports(
      'Bluebird and RxJS, which are given a time to wait',
      code`
        import Bluebird from 'bluebird';
        import { defer, firstValueFrom, from, map } from 'rxjs';
        import { timeout } from 'rxjs/operators';
        import { ChatOpenAI } from '@langchain/openai';
        const model = new ChatOpenAI();
        export const resolved = (a) => ⟦Bluebird.resolve(model.invoke(a)).then(read).timeout⟧(15_000);
        export const tried = (b) => ⟦Bluebird.try(() => model.invoke(b)).timeout⟧(15_000, 'too slow');
        export const piped = (c) => firstValueFrom(⟦from(model.invoke(c)).pipe⟧(timeout(15_000), map(read)));
        export const deferred = (d) => ⟦defer(() => model.invoke(d)).pipe(map(read)).pipe⟧(timeout({ each: 15_000 }));
      `,
      ...['a', 'b', 'c', 'd'].map((name) => passing(name)),
    ),
    reports(
      'a timer of an async function, and a promise that awaits the call',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        const model = new ChatOpenAI();
        const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
        export const inline = (a) =>
          ⟦Promise.race⟧([model.invoke(a), (async () => { await sleep(15_000); throw new Error('late'); })()]);
        async function giveUp(ms) {
          await sleep(ms);
          throw new Error('late');
        }
        export const named = (q) => ⟦Promise.race⟧([model.invoke(q), giveUp(15_000)]);
        export const executor = (c) =>
          ⟦new Promise⟧(async (resolve, reject) => {
            setTimeout(() => reject(new Error('late')), 15_000);
            resolve(await model.invoke(c));
          });
      `,
      passing('a'),
      abandoned('model.invoke', 'ms'),
      passing('c'),
    ),
    reports(
      'several calls that are waited for together',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        const model = new ChatOpenAI();
        const late = () => new Promise((_, reject) => setTimeout(reject, ms()));
        export const two = (a, b) => ⟦Promise.race⟧([Promise.all([model.invoke(a), model.invoke(b)]), late()]);
        export const all = (qs) => ⟦Promise.race⟧([Promise.all(qs.slice(0, 3).map((q) => model.invoke(q))), late()]);
      `,
      abandoned('model.invoke', 'ms'),
      abandoned('model.invoke', 'ms'),
    ),
    reports(
      'a promise that a timer settles',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        const model = new ChatOpenAI();
        export function ask(q) {
          return ⟦new Promise⟧((resolve, reject) => {
            const timer = setTimeout(() => reject(new Error('late')), 30_000);
            model.invoke(q).then((answer) => { clearTimeout(timer); resolve(answer); }, reject);
          });
        }
      `,
      {
        ...abandoned('model.invoke', '30_000'),
        suggestions: [
          { ...pass('model.invoke', '30_000'), output: ['model.invoke(q)', 'model.invoke(q, { timeout: 30_000 })'] },
        ],
      },
    ),
    reports(
      'a stream, whose timeout would be a deadline for the whole answer, a batch, and a classic chain',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        import { LLMChain } from '@langchain/classic/chains';
        import { deadline } from 'jsr:@std/async';
        import { timeout } from 'promise-timeout';
        import { withTimeout } from 'es-toolkit';
        const model = new ChatOpenAI();
        const chain = new LLMChain({ llm: model, prompt });
        export const stream = (q) => ⟦deadline⟧(model.stream(q), 30_000);
        export const batch = (qs) => ⟦timeout⟧(model.batch(qs, { maxConcurrency: 5 }), 30_000);
        export const classic = (q) => ⟦withTimeout⟧(() => chain.invoke({ q }), 30_000);
      `,
      { messageId: 'abandonedStream', data: { call: 'model.stream', delay: '30_000', caller: '' } },
      abandoned('model.batch', '30_000'),
      { messageId: 'abandonedInput', data: { call: 'chain.invoke', delay: '30_000', caller: '' } },
    ),
    reports(
      'a run on a server of LangGraph, which takes a signal beside its input',
      code`
        import { Client } from '@langchain/langgraph-sdk';
        import pTimeout from 'p-timeout';
        const client = new Client({ apiUrl: process.env.LANGGRAPH_URL, timeoutMs: 60_000 });
        const late = (ms: number) => new Promise<never>((_, reject) => setTimeout(() => reject(new Error('late')), ms));
        export const answer = async (thread: string, question: string) =>
          ⟦Promise.race⟧([client.runs.wait(thread, 'agent', { input: { question } }), late(20_000)]);
        export const finish = async (thread: string, run: string) =>
          ⟦pTimeout⟧(client.runs.join(thread, run), { milliseconds: 20_000 });
      `,
      { messageId: 'abandonedRun', data: { call: 'client.runs.wait', delay: '20_000', caller: '' } },
      { messageId: 'abandonedRun', data: { call: 'client.runs.join', delay: '20_000', caller: '' } },
    ),
  ],
});

const project = new TestProject({
  'package.json': '{ "dependencies": { "@langchain/openai": "1" } }',
  'src/timeouts.ts': code`
    export function withTimeout<T>(promise: Promise<T>, ms: number): Promise<T> {
      return Promise.race([
        promise,
        new Promise<never>((_, reject) => setTimeout(() => reject(new Error('late')), ms)),
      ]);
    }
    export const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  `,
  'src/answers.ts': code`
    import { ChatOpenAI } from '@langchain/openai';
    const model = new ChatOpenAI();
    export const answer = (q: string) => model.invoke(q);
  `,
});
afterAll(() => project.remove());

test('helpers of other files', () => {
  const rules = { 'langchain/no-abandoned-call': 'error' } as const;
  expect(
    project.report(
      'src/ask.ts',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        import { answer } from './answers';
        import { sleep, withTimeout } from './timeouts';
        const model = new ChatOpenAI();
        export const a = (q: string) => withTimeout(model.invoke(q), 30_000);
        export const b = (q: string) => Promise.race([model.invoke(q), sleep(30_000)]);
        export const c = (q: string) => withTimeout(answer(q), 30_000);
        export const d = (q: string) => withTimeout(model.invoke(q, { timeout: 30_000 }), 31_000);
      `,
      { rules },
    ),
  ).toEqual([
    '5 no-abandoned-call: `model.invoke()` keeps running after this timeout: it is billed ' +
      'and holds its place in the queue. Pass `{ timeout: 30_000 }` as its config.',
    '6 no-abandoned-call: `model.invoke()` keeps running after this timeout: it is billed ' +
      'and holds its place in the queue. Pass `{ timeout: 30_000 }` as its config.',
    '7 no-abandoned-call: `answer()` keeps running after this timeout: its `model.invoke()` is billed ' +
      'and holds its place in the queue. Pass a `timeout` on to it.',
  ]);
});

test.each([
  ['an escape in a name', 'Promise.r\\u0061ce([promise, sleep()])'],
  ['an escape in a key', "Promise['\\x72ace']([promise, sleep()])"],
])('a race that is spelled with %s', (_name, call) => {
  const text = code`
    import { ChatOpenAI } from '@langchain/openai';
    import { sleep } from './timeouts';
    const promise = new ChatOpenAI().invoke('Hello');
    await ${call};
  `;
  expect(project.lint('src/ask.ts', text, { rules: { 'langchain/no-abandoned-call': 'error' } })).toHaveLength(1);
});
