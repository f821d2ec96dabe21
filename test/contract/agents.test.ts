/** What limits the model calls of an agent, for every rule that speaks of limits. */
import { expect, test } from 'vitest';
import plugin from '../../src/index.ts';
import { code } from '../helpers/code.ts';
import { lint } from './linter.ts';

const agents = code`
  import { createAgent, createMiddleware, initChatModel } from 'langchain';
  import { createReactAgent } from '@langchain/langgraph/prebuilt';
  import { ChatAnthropic } from '@langchain/anthropic';
  import { ChatGroq } from '@langchain/groq';
  import { AzureChatOpenAI, ChatOpenAI } from '@langchain/openai';
  import pLimit from 'p-limit';
  import PQueue from 'p-queue';
  import { Semaphore } from 'async-mutex';
  import { search } from './tools';
  import { throttled } from './middleware';
  const limit = pLimit(5);
  const ask = (content: string) => ({ messages: [{ role: 'user', content }] });
`;

function getReports(module: string, preset: 'recommended' | 'strict' = 'recommended'): readonly (string | null)[] {
  return lint(module, { rules: plugin.configs[preset].rules ?? {} }).map(({ ruleId }) => ruleId);
}

const fanOut =
  'export const all = (questions: string[]) => Promise.all(questions.map((each) => agent.invoke(ask(each))));';

test.each([
  ['ChatAnthropic', 'const agent = createAgent({ model: new ChatAnthropic({ maxConcurrency: 5 }), tools: [search] });'],
  ['ChatGroq', 'const agent = createReactAgent({ llm: new ChatGroq({ maxConcurrency: 5 }), tools: [search] });'],
  [
    'AzureChatOpenAI in a constant',
    code`
      const model = new AzureChatOpenAI({ maxConcurrency: 5 });
      const agent = createAgent({ model, tools: [search] }).withConfig({ tags: ['night'] });
    `,
  ],
])('the limit of %s holds for a fan-out over its agent', (_name, agent) => {
  expect(
    getReports(code`
    ${agents}
    ${agent}
    ${fanOut}
  `),
  ).toEqual([]);
});

test.each([
  ['p-limit', 'wrapModelCall: (request, handler) => limit(() => handler(request)),'],
  ['p-limit with the handler handed over', 'wrapModelCall: (request, handler) => limit(handler, request),'],
  [
    'p-queue',
    code`
      wrapModelCall: async (request, handler) => {
        const queue = getQueue();
        return lane.add(async () => {
          const response = await handler(request);
          return response;
        });
      },
    `,
  ],
  [
    'a semaphore',
    code`
      wrapModelCall: async (request, handler) => {
        const [, release] = await semaphore.acquire();
        try {
          return await handler(request);
        } finally {
          release();
        }
      },
    `,
  ],
  ['a method', 'wrapModelCall(request, handler) { return limit(() => handler(request)); },'],
])('a limiter in wrapModelCall bounds a fan-out over the agent: %s', (_name, hook) => {
  expect(
    getReports(code`
      ${agents}
      const lane = new PQueue({ concurrency: 5 });
      const semaphore = new Semaphore(5);
      const limited = createMiddleware({ name: 'Limited', ${hook} });
      const agent = createAgent({ model: 'openai:gpt-4.1', tools: [search], middleware: [limited] });
      ${fanOut}
    `),
  ).toEqual([]);
});

test('middleware that is not seen may limit', () => {
  expect(
    getReports(code`
      ${agents}
      const agent = createAgent({ model: 'openai:gpt-4.1', tools: [search], middleware: [throttled] });
      ${fanOut}
    `),
  ).toEqual([]);
});

test.each([
  ['no limit', 'const agent = createAgent({ model: new ChatAnthropic({}), tools: [search] });'],
  [
    'the limit of a ChatOpenAI that is exported',
    code`
      export const model = new ChatOpenAI({ maxConcurrency: 5 });
      const agent = createAgent({ model, tools: [search] });
    `,
  ],
  [
    'middleware that limits nothing',
    code`
      const log = createMiddleware({ name: 'Log', wrapModelCall: (request, handler) => handler(request) });
      const agent = createAgent({ model: 'openai:gpt-4.1', tools: [search], middleware: [log] });
    `,
  ],
  [
    'a limiter without a limit',
    code`
      const endless = pLimit(Infinity);
      const log = createMiddleware({ name: 'L', wrapModelCall: (request, handler) => endless(() => handler(request)) });
      const agent = createAgent({ model: 'openai:gpt-4.1', tools: [search], middleware: [log] });
    `,
  ],
])('a fan-out over an agent is reported with %s', (_name, agent) => {
  expect(
    getReports(code`
      ${agents}
      ${agent}
      ${fanOut}
    `),
  ).toEqual(['langchain/no-unbounded-concurrency']);
});

test.each([
  ['ChatOpenAI', 'new ChatOpenAI({ maxConcurrency: 5, timeout: 60_000 })'],
  ['initChatModel', "await initChatModel('openai:gpt-4.1', { maxConcurrency: 5, timeout: 60_000 })"],
])('the lost limit of %s is one report, of no-ineffective-config, in every preset', (_name, model) => {
  const module = code`
    ${agents}
    const agent = createAgent({ model: ${model}, tools: [search] });
    ${fanOut}
    export async function POST(request: Request) {
      const { question } = await request.json();
      return Response.json(await agent.invoke(ask(question), { signal: request.signal }));
    }
  `;
  expect(getReports(module)).toEqual(['langchain/no-ineffective-config']);
  expect(getReports(module, 'strict')).toEqual(['langchain/no-ineffective-config']);
});
