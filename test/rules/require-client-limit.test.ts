import rule from '../../rules/require-client-limit.ts';
import { type Expected as Report, reports, silent } from '../helpers/cases.ts';
import { code, locate } from '../helpers/code.ts';
import { type Invalid, StrictRuleTester, type Valid } from '../helpers/rule-tester.ts';
import { importForms, lookalikes } from '../helpers/shape-matrix.ts';

type MessageIds = 'add' | 'agent' | 'perCall' | 'streamed' | 'unlimited';
type Options = [{ readonly maxConcurrency: number }];
type Expected = Invalid<MessageIds, Options>['errors'][number];

interface Case {
  readonly name?: string;
  readonly unit?: string;
  readonly limit?: string;
  readonly at?: string;
  readonly occurrence?: number;
  readonly output?: string;
}

function error(
  source: string,
  { name = 'ChatOpenAI', unit = 'request', limit = '10', at = `new ${name}`, occurrence = 1, output }: Case,
): Expected {
  return {
    messageId: 'unlimited',
    data: { name, unit, limit },
    ...locate(source, at, occurrence),
    ...(output === undefined ? {} : { suggestions: [{ messageId: 'add', data: { limit }, output }] }),
  };
}

function valid(name: string, source: string, filename?: string): Valid<Options> {
  return { name, code: source, ...(filename === undefined ? {} : { filename }) };
}

/** One construction, with the arguments before and after the suggestion. */
function invalid(
  name: string,
  source: string,
  before: string,
  after: string,
  more: Case & { readonly filename?: string; readonly options?: Partial<Options[0]> } = {},
): Invalid<MessageIds, Options> {
  const { filename, options, ...expected } = more;
  return {
    name,
    code: source,
    ...(filename === undefined ? {} : { filename }),
    ...(options ? { options: [options] } : {}),
    errors: [error(source, { output: source.replace(before, after), ...expected })],
  };
}

/** A model that is given as a string, which has no place for a limit. */
function passInstead(name: string, className: string): Report<MessageIds> {
  const instead = `Pass \`new ${className}({ maxConcurrency: 10 })\``;
  return { messageId: 'agent', data: { name, unit: 'request', instead } };
}

const express = code`
  import express from 'express';
  export const app = express();
`;
const openai = "import { ChatOpenAI } from '@langchain/openai';\n";

const route = (n: { readonly ChatOpenAI: string }, options: string): string => code`
  const app = express();
  const model = new ${n.ChatOpenAI}(${options});
  app.post('/answers', async (req, res) => {
    const reply = await model.invoke(req.body.question);
    res.json({ answer: reply.content });
  });
`;

new StrictRuleTester().run<Options, MessageIds>(rule, {
  valid: [
    silent<Options>(
      'a string of which the agent has a limiter, or whose class has no limit, or which serves one event at a time',
      code`
        ${express}
        import pLimit from 'p-limit';
        import { createAgent, createMiddleware } from 'langchain';
        const limit = pLimit(10);
        const limited = createMiddleware({
          name: 'Limit',
          wrapModelCall: (request, handler) => limit(() => handler(request)),
        });
        const agent = createAgent({ model: 'openai:gpt-4o', tools: [], middleware: [limited] });
        const local = createAgent({ model: 'ollama:llama3.2', tools: [] });
        const script = createAgent({ model: 'openai:gpt-4o', tools: [] });
        app.post('/chat', async (req, res) => res.json(await agent.invoke({ messages: req.body.messages })));
        app.post('/local', async (req, res) => res.json(await local.invoke({ messages: req.body.messages })));
        export const answer = (messages) => script.invoke({ messages });
      `,
    ),
    silent<Options>(
      'a limiter in the middleware of the agent',
      code`
        ${express}
        import pLimit from 'p-limit';
        import { createAgent, createMiddleware } from 'langchain';
        import { ChatOpenAI } from '@langchain/openai';
        import { tools } from './tools';
        const limit = pLimit(10);
        const limited = createMiddleware({
          name: 'Limit',
          wrapModelCall: (request, handler) => limit(() => handler(request)),
        });
        const agent = createAgent({ model: new ChatOpenAI({ model: 'gpt-4o' }), tools, middleware: [limited] });
        app.post('/chat', async (req, res) => res.json(await agent.invoke({ messages: req.body.messages })));
      `,
    ),
    silent<Options>(
      'a limit that the agents do not heed is another rule’s report',
      code`
        ${express}
        import { createAgent } from 'langchain';
        import { ChatOpenAI } from '@langchain/openai';
        import { tools } from './tools';
        const agent = createAgent({ model: new ChatOpenAI({ model: 'gpt-4o', maxConcurrency: 10 }), tools });
        app.post('/chat', async (req, res) => res.json(await agent.invoke({ messages: req.body.messages })));
      `,
    ),
    ...lookalikes({
      module: '@langchain/openai',
      names: ['ChatOpenAI'],
      head: "import express from 'express';",
      body: (n) => route(n, ''),
    }),

    valid(
      'a limit',
      code`
        ${openai}${express}
        const model = new ChatOpenAI({ maxConcurrency: 20 });
        app.post('/', async (req, res) => res.json(await model.invoke(req.body.q)));
      `,
    ),
    valid(
      'a limit that cannot be seen',
      code`
        ${openai}${express}
        import { config } from './config';
        const a = new ChatOpenAI(config);
        const b = new ChatOpenAI({ maxConcurrency: config.limit });
        app.post('/', async (req, res) => res.json([await a.invoke(req.body.q), await b.invoke(req.body.q)]));
      `,
    ),
    valid(
      'classes that ignore it',
      code`
        ${express}
        import { ChatOllama } from '@langchain/ollama';
        import { ChatMistralAI } from '@langchain/mistralai';
        import { ChatBedrockConverse } from '@langchain/aws';
        const models = [new ChatOllama(), new ChatMistralAI(), new ChatBedrockConverse()] as const;
        const [a, b, c] = models;
        app.post('/', async (req, res) => res.json([
          await a.invoke(req.body.q),
          await b.invoke(req.body.q),
          await c.invoke(req.body.q),
        ]));
      `,
    ),
    valid(
      'a script',
      code`
        ${openai}
        const model = new ChatOpenAI();
        const reply = await model.invoke(process.argv[2] ?? '');
        console.log(reply.content);
      `,
    ),
    valid(
      'a model that no handler calls',
      code`
        ${openai}${express}
        export const model = new ChatOpenAI();
        app.get('/health', (req, res) => res.send('ok'));
      `,
    ),
    valid(
      'a model per request is no-client-in-handler’s',
      code`
        ${openai}${express}
        app.post('/', async (req, res) => {
          const model = new ChatOpenAI();
          res.json(await model.invoke(req.body.q));
        });
      `,
    ),
    valid(
      'calls through a limiter of the module',
      code`
        ${openai}${express}
        import pLimit from 'p-limit';
        const limit = pLimit(10);
        const model = new ChatOpenAI();
        app.post('/', async (req, res) => res.json(await limit(() => model.invoke(req.body.q))));
      `,
    ),
    valid(
      'embeddings, which have a limit of 2',
      code`
        ${express}
        import { OpenAIEmbeddings } from '@langchain/openai';
        const embeddings = new OpenAIEmbeddings();
        app.post('/', async (req, res) => res.json(await embeddings.embedQuery(req.body.q)));
      `,
    ),
    valid(
      'a class that is not measured',
      code`
        ${express}
        import { ChatBaiduQianfan } from '@langchain/baidu-qianfan';
        const model = new ChatBaiduQianfan();
        app.post('/', async (req, res) => res.json(await model.invoke(req.body.q)));
      `,
    ),
    valid(
      'a Lambda function, one event at a time',
      code`
        ${openai}
        const model = new ChatOpenAI();
        export const handler = async (event: { question: string }) => {
          const reply = await model.invoke(event.question);
          return { statusCode: 200, body: JSON.stringify(reply.content) };
        };
      `,
    ),
    valid(
      'a Nest service per request',
      code`
        ${openai}
        import { Injectable, Scope } from '@nestjs/common';
        @Injectable({ scope: Scope.REQUEST })
        export class Answers {
          private readonly model = new ChatOpenAI();
          answer(question: string) {
            return this.model.invoke(question);
          }
        }
      `,
    ),
    valid(
      'a class of which nobody knows how many there are',
      code`
        ${openai}
        export class Answers {
          private readonly model = new ChatOpenAI();
          answer(question: string) {
            return this.model.invoke(question);
          }
        }
      `,
    ),
    valid(
      'a local fake',
      code`
        ${express}
        import { FakeListChatModel } from '@langchain/core/utils/testing';
        const model = new FakeListChatModel({ responses: ['a'] });
        app.post('/', async (req, res) => res.json(await model.invoke(req.body.q)));
      `,
    ),
    valid(
      'a script that runs its own graph',
      code`
        ${openai}
        import { MessagesAnnotation, StateGraph } from '@langchain/langgraph';
        const model = new ChatOpenAI();
        const graph = new StateGraph(MessagesAnnotation)
          .addNode('talk', async ({ messages }) => ({ messages: [await model.invoke(messages)] }))
          .addEdge('__start__', 'talk')
          .compile();
        async function main() {
          const { messages } = await graph.invoke({ messages: ['Hello'] });
          console.log(messages.at(-1)?.content);
        }
        await main();
      `,
    ),
    valid(
      'a timer',
      code`
        ${openai}
        import { Cron } from '@nestjs/schedule';
        import { Injectable } from '@nestjs/common';
        @Injectable()
        export class Digest {
          private readonly model = new ChatOpenAI();
          @Cron('0 0 * * *')
          async send() {
            await this.model.invoke('Write the digest.');
          }
        }
      `,
    ),
    silent<Options>(
      'a fallback and a summary of an agent that a limiter limits, and a string that a caller replaces',
      code`
        ${express}
        import { createAgent, createMiddleware, modelFallbackMiddleware, summarizationMiddleware } from 'langchain';
        import { createDeepAgent } from 'deepagents';
        import { ChatOpenAI } from '@langchain/openai';
        import pLimit from 'p-limit';
        import { tools } from './tools';
        const limit = pLimit(10);
        const limited = createMiddleware({
          name: 'Limited',
          wrapModelCall: (request, handler) => limit(() => handler(request)),
        });
        const model = new ChatOpenAI({ model: 'gpt-4o' });
        const agent = createAgent({
          model,
          tools,
          middleware: [limited, modelFallbackMiddleware('openai:gpt-4o-mini'), summarizationMiddleware({ model })],
        });
        const critic = { name: 'critic', model: 'openai:gpt-4o', middleware: [limited] };
        const deep = createDeepAgent({ model, middleware: [limited], subagents: [critic] });
        export const build = ({ model: name = 'openai:gpt-4o' } = {}) => createAgent({ model: name, tools });
        app.post('/chat', async (req, res) => {
          res.json([await agent.invoke({ messages: req.body.messages }), await deep.invoke(req.body)]);
        });
      `,
    ),
  ],
  invalid: [
    ...importForms({
      module: '@langchain/openai',
      names: ['ChatOpenAI'],
      head: "import express from 'express';",
      body: (n) => route(n, "{ model: 'gpt-4o' }"),
      expect: ({ names, render, source }) => ({
        errors: [
          error(source, {
            name: names.ChatOpenAI,
            output: render((n) => route(n, "{ model: 'gpt-4o', maxConcurrency: 10 }")),
          }),
        ],
      }),
    }),

    invalid(
      'a chain in a Next.js route',
      code`
        ${openai}
        import { ChatPromptTemplate } from '@langchain/core/prompts';
        const chain = ChatPromptTemplate.fromTemplate('{input}').pipe(
          new ChatOpenAI({ model: 'gpt-4o', streaming: false })
        );
        export async function POST(req: Request) {
          const { input } = await req.json();
          const reply = await chain.invoke({ input });
          return Response.json(reply.content);
        }
      `,
      'streaming: false }',
      'streaming: false, maxConcurrency: 10 }',
      { filename: 'app/api/chat/route.ts' },
    ),
    invalid(
      'a field of a Nest service',
      code`
        ${openai}
        import { Injectable } from '@nestjs/common';
        @Injectable()
        export class Answers {
          private readonly model = new ChatOpenAI({ model: 'gpt-4o' });
          async answer(question: string) {
            const { content } = await this.model.invoke(question);
            return content;
          }
        }
      `,
      "{ model: 'gpt-4o' }",
      "{ model: 'gpt-4o', maxConcurrency: 10 }",
    ),
    invalid(
      'a field that the constructor sets',
      code`
        import { ChatAnthropic } from '@langchain/anthropic';
        import { Injectable } from '@nestjs/common';
        import { ConfigService } from '@nestjs/config';
        @Injectable()
        export class Answers {
          private model: ChatAnthropic;
          constructor(config: ConfigService) {
            this.model = new ChatAnthropic({ apiKey: config.get('ANTHROPIC_API_KEY') });
          }
          answer(question: string) {
            return this.model.invoke(question);
          }
        }
      `,
      "config.get('ANTHROPIC_API_KEY') }",
      "config.get('ANTHROPIC_API_KEY'), maxConcurrency: 10 }",
      { name: 'ChatAnthropic' },
    ),
    invalid(
      'a function of the file in between',
      code`
        ${openai}${express}
        const model = new ChatOpenAI({ model: 'gpt-4o-mini' });
        async function classify(text: string) {
          const { content } = await model.invoke('Which team? ' + text);
          return content;
        }
        app.post('/tickets', async (req, res) => {
          res.json({ team: await classify(req.body.text) });
        });
      `,
      "{ model: 'gpt-4o-mini' }",
      "{ model: 'gpt-4o-mini', maxConcurrency: 10 }",
    ),
    invalid(
      'an agent’s model',
      code`
        ${express}
        import { createAgent } from 'langchain';
        import { ChatAnthropic } from '@langchain/anthropic';
        import { tools } from './tools';
        const agent = createAgent({ model: new ChatAnthropic({ model: 'claude-sonnet-4-5' }), tools });
        app.post('/chat', async (req, res) => {
          const { messages } = await agent.invoke({ messages: req.body.messages });
          res.json(messages);
        });
      `,
      "{ model: 'claude-sonnet-4-5' }",
      "{ model: 'claude-sonnet-4-5', maxConcurrency: 10 }",
      { name: 'ChatAnthropic' },
    ),
    invalid(
      'a node of a graph',
      code`
        import { ChatGoogleGenerativeAI } from '@langchain/google-genai';
        import { MessagesAnnotation, StateGraph } from '@langchain/langgraph';
        const model = new ChatGoogleGenerativeAI({ model: 'gemini-2.0-flash' });
        export const graph = new StateGraph(MessagesAnnotation)
          .addNode('talk', async ({ messages }) => ({ messages: [await model.invoke(messages)] }))
          .addEdge('__start__', 'talk')
          .compile();
      `,
      "{ model: 'gemini-2.0-flash' }",
      "{ model: 'gemini-2.0-flash', maxConcurrency: 10 }",
      { name: 'ChatGoogleGenerativeAI', unit: 'graph step' },
    ),
    invalid(
      'a tool',
      code`
        ${openai}
        import { tool } from '@langchain/core/tools';
        import { z } from 'zod';
        const summarizer = new ChatOpenAI({ model: 'gpt-4o-mini' });
        export const summarize = tool(async ({ text }) => (await summarizer.invoke(text)).content, {
          name: 'summarize',
          schema: z.object({ text: z.string() }),
        });
      `,
      "{ model: 'gpt-4o-mini' }",
      "{ model: 'gpt-4o-mini', maxConcurrency: 10 }",
      { unit: 'tool call' },
    ),
    invalid(
      'a BullMQ worker',
      code`
        ${openai}
        import { Worker } from 'bullmq';
        const model = new ChatOpenAI();
        export const worker = new Worker(
          'summaries',
          async (job) => (await model.invoke(job.data.text)).content,
          { concurrency: 50 }
        );
      `,
      'new ChatOpenAI()',
      'new ChatOpenAI({ maxConcurrency: 10 })',
      { unit: 'job' },
    ),
    invalid(
      'a batch with a limit is still one per request',
      code`
        ${openai}${express}
        const model = new ChatOpenAI({ model: 'gpt-4o' });
        app.post('/', async (req, res) => res.json(await model.batch(req.body.questions, { maxConcurrency: 5 })));
      `,
      "{ model: 'gpt-4o' }",
      "{ model: 'gpt-4o', maxConcurrency: 10 }",
    ),
    invalid(
      'a limit of one’s own',
      code`
        ${openai}${express}
        const model = new ChatOpenAI({ model: 'gpt-4o' });
        app.post('/', async (req, res) => res.json(await model.invoke(req.body.q)));
      `,
      "{ model: 'gpt-4o' }",
      "{ model: 'gpt-4o', maxConcurrency: 40 }",
      {
        options: { maxConcurrency: 40 },
        limit: '40',
      },
    ),
    invalid(
      'initChatModel at the top of the module',
      code`
        ${express}
        import { initChatModel } from 'langchain';
        const model = await initChatModel('openai:gpt-4o');
        app.post('/', async (req, res) => res.json(await model.invoke(req.body.q)));
      `,
      "initChatModel('openai:gpt-4o')",
      "initChatModel('openai:gpt-4o', { maxConcurrency: 10 })",
      { name: 'ChatOpenAI', at: 'initChatModel', occurrence: 2 },
    ),
    reports<MessageIds, Options>(
      'the models that agents make of strings',
      code`
        ${express}
        import { createAgent } from 'langchain';
        const gpt = createAgent({ model: ⟦'openai:gpt-4o'⟧, tools: [] });
        const claude = createAgent({ model: ⟦'anthropic:claude-sonnet-4-5'⟧, tools: [] });
        app.post('/gpt', async (req, res) => res.json(await gpt.invoke({ messages: req.body.messages })));
        app.post('/claude', async (req, res) => res.json(await claude.invoke({ messages: req.body.messages })));
      `,
      {
        messageId: 'agent',
        data: {
          name: 'openai:gpt-4o',
          unit: 'request',
          instead: 'In `wrapModelCall`, call `handler(request)` through p-limit',
        },
      },
      {
        messageId: 'agent',
        data: {
          name: 'anthropic:claude-sonnet-4-5',
          unit: 'request',
          instead: 'Pass `new ChatAnthropic({ maxConcurrency: 10 })`',
        },
      },
    ),
    reports<MessageIds, Options>(
      'the model of an agent, which a limit on it would not reach',
      code`
        ${express}
        import { createAgent } from 'langchain';
        import { ChatOpenAI } from '@langchain/openai';
        import { tools } from './tools';
        const model = ⟦new ChatOpenAI⟧({ model: 'gpt-4o', timeout: 60_000 });
        const agent = createAgent({ model, tools });
        app.post('/chat', async (req, res) => res.json(await agent.invoke({ messages: req.body.messages })));
      `,
      {
        messageId: 'agent',
        data: {
          name: 'ChatOpenAI',
          unit: 'request',
          instead: 'In `wrapModelCall`, call `handler(request)` through p-limit',
        },
      },
    ),
    reports<MessageIds, Options>(
      'the model of a ReAct agent, which takes no middleware',
      code`
        ${express}
        import { createReactAgent } from '@langchain/langgraph/prebuilt';
        import { ChatOpenAI } from '@langchain/openai';
        import { tools } from './tools';
        const agent = createReactAgent({ llm: ⟦new ChatOpenAI⟧({ model: 'gpt-4o', timeout: 60_000 }), tools });
        app.post('/chat', async (req, res) => res.json(await agent.invoke({ messages: req.body.messages })));
      `,
      {
        messageId: 'agent',
        data: { name: 'ChatOpenAI', unit: 'request', instead: 'Call the agent through p-limit' },
      },
    ),
    reports<MessageIds, Options>(
      'a model of initChatModel with its tools bound, which keeps no limit',
      code`
        ${express}
        import { initChatModel } from 'langchain';
        import { tools } from './tools';
        const model = await ⟦initChatModel⟧('openai:gpt-4o', { timeout: 60_000 });
        const bound = model.bindTools(tools);
        app.post('/chat', async (req, res) => res.json(await bound.invoke(req.body.messages)));
      `,
      { messageId: 'perCall', data: { name: 'ChatOpenAI', unit: 'request' } },
    ),
    reports<MessageIds, Options>(
      'a model that the handler calls beside its agent: a limit holds for those calls',
      {
        code: code`
          ${express}
          import { createAgent } from 'langchain';
          import { ChatOpenAI } from '@langchain/openai';
          import { tools } from './tools';
          const model = ⟦new ChatOpenAI⟧({ model: 'gpt-4o' });
          const agent = createAgent({ model, tools });
          app.post('/chat', async (req, res) => res.json(await agent.invoke({ messages: req.body.messages })));
          app.post('/title', async (req, res) => res.json(await model.invoke(req.body.text)));
        `,
      },
      {
        messageId: 'unlimited',
        data: { name: 'ChatOpenAI', unit: 'request', limit: '10' },
        suggestions: [
          {
            messageId: 'add',
            data: { limit: '10' },
            output: ["{ model: 'gpt-4o' }", "{ model: 'gpt-4o', maxConcurrency: 10 }"],
          },
        ],
      },
    ),
    reports<MessageIds, Options>(
      'models of middleware and of subagents',
      code`
        ${express}
        import { createAgent, modelFallbackMiddleware, summarizationMiddleware } from 'langchain';
        import { createDeepAgent } from 'deepagents';
        import { ChatAnthropic } from '@langchain/anthropic';
        import { ChatOpenAI } from '@langchain/openai';
        import { tools } from './tools';
        const main = new ChatAnthropic({ model: 'claude-sonnet-4-5', maxConcurrency: 20 });
        const backup = ⟦new ChatOpenAI⟧({ model: 'gpt-4o' });
        const agent = createAgent({
          model: main,
          tools,
          middleware: [
            modelFallbackMiddleware(backup, ⟦'anthropic:claude-haiku-4-5'⟧),
            summarizationMiddleware({ model: ⟦'openai:gpt-4o-mini'⟧, trigger: { tokens: 4000 } }),
          ],
        });
        const critic = { name: 'critic', description: 'Judges', model: ⟦'anthropic:claude-opus-4-5'⟧ };
        const deep = createDeepAgent({ model: main, subagents: [critic] });
        app.post('/chat', async (req, res) => {
          res.json([await agent.invoke({ messages: req.body.messages }), await deep.invoke(req.body)]);
        });
      `,
      {
        messageId: 'agent',
        data: {
          name: 'ChatOpenAI',
          unit: 'request',
          instead: 'In `wrapModelCall`, call `handler(request)` through p-limit',
        },
      },
      passInstead('anthropic:claude-haiku-4-5', 'ChatAnthropic'),
      passInstead('openai:gpt-4o-mini', 'ChatOpenAI'),
      passInstead('anthropic:claude-opus-4-5', 'ChatAnthropic'),
    ),
    reports<MessageIds, Options>(
      'streams, which leave the queue of the model when they open',
      code`
        ${express}
        import { ChatAnthropic } from '@langchain/anthropic';
        import { createReactAgent } from '@langchain/langgraph/prebuilt';
        const told = ⟦new ChatAnthropic⟧({ model: 'claude-haiku-4-5' });
        const streaming = ⟦new ChatAnthropic⟧({ model: 'claude-sonnet-4-5', streaming: true });
        const both = ⟦new ChatAnthropic⟧({ model: 'claude-opus-4-5' });
        const agent = createReactAgent({ llm: ⟦new ChatAnthropic⟧({ streaming: true }), tools: [] });
        app.post('/tell', async (req, res) => {
          for await (const chunk of await told.stream(req.body.text)) res.write(chunk.text);
          for await (const chunk of await both.stream(req.body.text)) res.write(chunk.text);
          res.end();
        });
        app.post('/ask', async (req, res) => res.json(await streaming.invoke(req.body.text)));
        app.post('/both', async (req, res) => res.json(await both.invoke(req.body.text)));
        app.post('/act', async (req, res) => res.json(await agent.invoke({ messages: req.body.messages })));
      `,
      { messageId: 'streamed', data: { name: 'ChatAnthropic', unit: 'request' } },
      { messageId: 'streamed', data: { name: 'ChatAnthropic', unit: 'request' } },
      {
        messageId: 'unlimited',
        data: { name: 'ChatAnthropic', unit: 'request', limit: '10' },
        suggestions: [
          {
            messageId: 'add',
            data: { limit: '10' },
            output: ["{ model: 'claude-opus-4-5' }", "{ model: 'claude-opus-4-5', maxConcurrency: 10 }"],
          },
        ],
      },
      {
        messageId: 'agent',
        data: { name: 'ChatAnthropic', unit: 'request', instead: 'Call the agent through p-limit' },
      },
    ),
    reports<MessageIds, Options>(
      'within the budget of one process',
      {
        code: code`
          ${express}
          import { ChatAnthropic } from '@langchain/anthropic';
          const model = ⟦new ChatAnthropic⟧({ model: 'claude-haiku-4-5' });
          app.post('/ask', async (req, res) => res.json(await model.invoke(req.body.text)));
        `,
        settings: { langchain: { budget: { workers: 4, limit: 20 } } },
      },
      {
        messageId: 'unlimited',
        data: { name: 'ChatAnthropic', unit: 'request', limit: '5' },
        suggestions: [
          {
            messageId: 'add',
            data: { limit: '5' },
            output: ["{ model: 'claude-haiku-4-5' }", "{ model: 'claude-haiku-4-5', maxConcurrency: 5 }"],
          },
        ],
      },
    ),
    reports<MessageIds, Options>(
      'a model of a middleware, which the middleware calls by itself, and a limit that is none',
      code`
        ${express}
        import { createAgent, summarizationMiddleware } from 'langchain';
        import { ChatAnthropic } from '@langchain/anthropic';
        import { tools } from './tools';
        const model = new ChatAnthropic({ model: 'claude-sonnet-4-5', maxConcurrency: 20 });
        const small = ⟦new ChatAnthropic⟧({ model: 'claude-haiku-4-5', maxConcurrency: Infinity });
        const agent = createAgent({ model, tools, middleware: [summarizationMiddleware({ model: small })] });
        app.post('/chat', async (req, res) => res.json(await agent.invoke({ messages: req.body.messages })));
      `,
      {
        messageId: 'unlimited',
        data: { name: 'ChatAnthropic', unit: 'request', limit: '10' },
        suggestions: [
          { messageId: 'add', data: { limit: '10' }, output: ['maxConcurrency: Infinity', 'maxConcurrency: 10'] },
        ],
      },
    ),
  ],
});

const kept = (body: string): string => code`
  ${openai}
  let model: ChatOpenAI | undefined;
  ${body}
`;
const asks = (model: string): string => `
  export const POST = async (req: Request) =>
    Response.json((await ${model}.invoke(await req.text())).text);
`;

new StrictRuleTester().run<Options, MessageIds>(rule, {
  valid: [
    valid(
      'a model that lives as long as the request',
      code`
        ${openai}
        export async function POST(req: Request) {
          let model: ChatOpenAI | undefined;
          const getModel = () => (model ??= new ChatOpenAI({ model: 'gpt-4o' }));
          return Response.json((await getModel().invoke(await req.text())).text);
        }
      `,
      'app/api/chat/route.ts',
    ),
    valid(
      'one model for each key',
      code`
        ${openai}
        const models = new Map<string, ChatOpenAI>();
        export async function POST(req: Request) {
          let model = models.get(req.url);
          if (!model) {
            model = new ChatOpenAI({ model: 'gpt-4o' });
            models.set(req.url, model);
          }
          return Response.json((await model.invoke(await req.text())).text);
        }
      `,
      'app/api/chat/route.ts',
    ),
    valid(
      'a limit of a model that is made when it is first needed',
      kept(`const getModel = () => (model ??= new ChatOpenAI({ maxConcurrency: 5 }));${asks('getModel()')}`),
      'app/api/chat/route.ts',
    ),
  ],
  invalid: (
    [
      ['by a function', 'const getModel = () => (model ??= new ChatOpenAI({}));', 'getModel()'],
      ['under a condition', 'const get = () => { if (!model) model = new ChatOpenAI({}); return model; };', 'get()'],
      [
        'after an early return',
        'const get = () => { if (model) return model; const made = new ChatOpenAI({}); model = made; return made; };',
        'get()',
      ],
      ['by the handler', '', '(model ??= new ChatOpenAI({}))'],
    ] as const
  )
    .map(([name, maker, model]) =>
      invalid(
        `a model of the module that is made when it is first needed, ${name}`,
        kept(`${maker}${asks(model)}`),
        'ChatOpenAI({})',
        'ChatOpenAI({ maxConcurrency: 10 })',
        { filename: 'app/api/chat/route.ts' },
      ),
    )
    .concat(
      invalid(
        'a field of a Nest service that is set when it is first needed',
        code`
        ${openai}
        import { Injectable } from '@nestjs/common';
        @Injectable()
        export class Answers {
          private model?: ChatOpenAI;
          answer(question: string) {
            this.model ??= new ChatOpenAI({});
            return this.model.invoke(question);
          }
        }
      `,
        'ChatOpenAI({})',
        'ChatOpenAI({ maxConcurrency: 10 })',
      ),
    ),
});
