import rule from '../../rules/require-signal-forwarding.ts';
import { code, locate } from '../helpers/code.ts';
import { type Invalid, StrictRuleTester, type Valid } from '../helpers/rule-tester.ts';
import { importForms, lookalikes } from '../helpers/shape-matrix.ts';

type MessageIds = 'add' | 'input' | 'missing' | 'outside';
type Expected = Invalid<MessageIds, []>['errors'][number];

interface Case {
  readonly messageId?: 'input' | 'missing' | 'outside';
  /** `chain.invoke` */
  readonly call: string;
  readonly signal: string;
  readonly occurrence?: number;
  readonly output?: string;
}

/** The squiggle is on the method's name. */
function error(source: string, { call, messageId = 'missing', occurrence = 1, output, signal }: Case): Expected {
  const around = locate(source, `${call}(`, occurrence);
  const method = call.slice(call.lastIndexOf('.') + 1);
  const column = around.column + call.length - method.length;
  return {
    messageId,
    data: { call, signal },
    line: around.line,
    column,
    endLine: around.line,
    endColumn: column + method.length,
    ...(output === undefined ? {} : { suggestions: [{ messageId: 'add', data: { signal }, output }] }),
  };
}

function valid(name: string, source: string, filename?: string): Valid<[]> {
  return { name, code: source, ...(filename === undefined ? {} : { filename }) };
}

/** One call, with its text after the suggestion. */
function invalid(
  name: string,
  source: string,
  before: string,
  after: string,
  expected: Omit<Case, 'output'>,
  filename?: string,
): Invalid<MessageIds, []> {
  return {
    name,
    code: source,
    ...(filename === undefined ? {} : { filename }),
    errors: [error(source, { ...expected, output: source.replace(before, after) })],
  };
}

const route = 'app/api/chat/route.ts';
const model = code`
  import { ChatOpenAI } from '@langchain/openai';
  const model = new ChatOpenAI();
`;
const express = code`
  import express from 'express';
  const app = express();
`;

const answer = (n: { readonly ChatOpenAI: string }, config: string): string => code`
  const app = express();
  const model = new ${n.ChatOpenAI}();
  app.post('/answers', async (req, res) => {
    const controller = new AbortController();
    res.on('close', () => controller.abort());
    const reply = await model.invoke(req.body.question${config});
    res.json({ answer: reply.content });
  });
`;

const later = code`
  ${model}${express}
  app.post('/answers', async (req, res) => {
    const draft = await model.invoke(req.body.question);
    const controller = new AbortController();
    res.on('close', () => controller.abort());
    res.json((await model.invoke(draft.content as string, { signal: controller.signal })).content);
  });
`;

new StrictRuleTester().run<[], MessageIds>(rule, {
  valid: [
    valid(
      'a step of a graph, whose calls take over the signal of the run',
      code`
        ${model}
        import { Annotation, StateGraph, type LangGraphRunnableConfig } from '@langchain/langgraph';
        const State = Annotation.Root({ question: Annotation<string>, answer: Annotation<string> });
        async function ask({ question }: typeof State.State, config: LangGraphRunnableConfig) {
          config.signal?.throwIfAborted();
          return { answer: (await model.invoke(question)).text };
        }
        export const graph = new StateGraph(State).addNode('ask', ask).addEdge('__start__', 'ask').compile();
      `,
    ),
    valid(
      'a controller that is aborted whatever happens',
      code`
        ${model}
        export async function POST(request: Request) {
          const probe = new AbortController();
          probe.abort();
          return Response.json((await model.invoke(await request.text())).text);
        }
      `,
      route,
    ),
    valid(
      'a function of the file that is handed the signal, and passes it on',
      code`
        ${model}
        const ask = async (question: string, signal?: AbortSignal) =>
          (await model.invoke(question, signal ? { signal } : undefined)).text;
        export async function POST(request: Request) {
          return Response.json(await ask(await request.text(), request.signal));
        }
      `,
      route,
    ),
    ...lookalikes({
      module: '@langchain/openai',
      names: ['ChatOpenAI'],
      head: "import express from 'express';",
      body: (n) => answer(n, ''),
    }),

    valid(
      'the signal is passed on',
      code`
        ${model}
        export async function POST(req: Request) {
          const { q } = await req.json();
          const reply = await model.invoke(q, { signal: req.signal });
          return Response.json(reply.content);
        }
      `,
      route,
    ),
    valid(
      'together with a deadline',
      code`
        ${model}
        export async function POST(req: Request) {
          const signal = AbortSignal.any([req.signal, AbortSignal.timeout(60_000)]);
          const reply = await model.invoke(await req.text(), { signal });
          return Response.json(reply.content);
        }
      `,
      route,
    ),
    valid(
      'a handler without any signal',
      code`
        ${model}
        export async function POST(req: Request) {
          const reply = await model.invoke(await req.text());
          return Response.json(reply.content);
        }
      `,
      route,
    ),
    valid(
      'a deadline alone is not the request’s',
      code`
        ${model}
        export async function POST(req: Request) {
          const order = await fetch('https://orders.example', { signal: AbortSignal.timeout(5_000) });
          const reply = await model.invoke(await order.text());
          return Response.json(reply.content);
        }
      `,
      route,
    ),
    valid(
      'a controller for a fetch',
      code`
        ${model}${express}
        app.post('/answers', async (req, res) => {
          const controller = new AbortController();
          const timer = setTimeout(() => controller.abort(), 5_000);
          const order = await fetch('https://orders.example', { signal: controller.signal });
          clearTimeout(timer);
          const reply = await model.invoke(await order.text());
          res.json(reply.content);
        });
      `,
    ),
    valid(
      'a config that may hold it',
      code`
        ${model}
        import type { RunnableConfig } from '@langchain/core/runnables';
        import { MessagesAnnotation, StateGraph } from '@langchain/langgraph';
        async function talk({ messages }: typeof MessagesAnnotation.State, config: RunnableConfig) {
          if (config.signal?.aborted) return { messages: [] };
          const first = await model.invoke(messages, config);
          return { messages: [first, await model.invoke(messages, { ...config, runName: 'second' })] };
        }
        export const graph = new StateGraph(MessagesAnnotation)
          .addNode('talk', talk)
          .addEdge('__start__', 'talk')
          .compile();
      `,
    ),
    valid(
      'a signal bound with withConfig',
      code`
        ${model}${express}
        app.post('/answers', async (req, res) => {
          const controller = new AbortController();
          res.on('close', () => controller.abort());
          const mine = model.withConfig({ signal: controller.signal });
          res.json(await mine.invoke(req.body.question));
        });
      `,
    ),
    valid(
      'background work, which must go on',
      code`
        ${model}
        import { after } from 'next/server';
        export async function POST(req: Request) {
          const reply = await model.invoke(await req.text(), { signal: req.signal });
          after(async () => {
            await model.invoke('Sum up: ' + String(reply.content));
          });
          return Response.json(reply.content);
        }
      `,
      route,
    ),
    valid(
      'a model that ignores it',
      code`
        import { ChatOllama } from '@langchain/ollama';
        const model = new ChatOllama();
        export async function POST(req: Request) {
          req.signal.throwIfAborted();
          const reply = await model.invoke(await req.text());
          return Response.json(reply.content);
        }
      `,
      route,
    ),
    valid(
      'the signal in the input of a classic chain',
      code`
        import { LLMChain } from 'langchain/chains';
        import { llm, prompt } from './models';
        const chain = new LLMChain({ llm, prompt });
        export async function POST(req: Request) {
          return Response.json(await chain.call({ q: await req.text(), signal: req.signal }));
        }
      `,
      route,
    ),
    valid(
      'embeddings and stores, which take none',
      code`
        import { OpenAIEmbeddings } from '@langchain/openai';
        const embeddings = new OpenAIEmbeddings();
        export async function POST(req: Request) {
          req.signal.throwIfAborted();
          return Response.json(await embeddings.embedQuery(await req.text()));
        }
      `,
      route,
    ),
    valid(
      'a signal of something else',
      code`
        ${model}
        export async function POST(req: Request) {
          const process = await import('./process');
          const reply = await model.invoke(await req.text());
          return Response.json([reply.content, process.signal]);
        }
      `,
      route,
    ),
    valid(
      'a controller at the top of the module',
      code`
        ${model}
        const shutdown = new AbortController();
        process.on('SIGTERM', () => shutdown.abort());
        export async function POST(req: Request) {
          return Response.json(await model.invoke(await req.text()));
        }
      `,
      route,
    ),
    valid(
      'a local chain',
      code`
        import { ChatPromptTemplate } from '@langchain/core/prompts';
        const prompt = ChatPromptTemplate.fromTemplate('{q}');
        export async function POST(req: Request) {
          req.signal.throwIfAborted();
          return Response.json(await prompt.invoke({ q: await req.text() }));
        }
      `,
      route,
    ),
  ],
  invalid: [
    ...[
      code`
        ${model}
        const ask = async (question: string) => (await model.invoke(question)).text;
        export async function POST(request: Request) {
          if (request.signal.aborted) return new Response(null, { status: 499 });
          return Response.json(await ask(await request.text()));
        }
        export async function PUT(request: Request) {
          request.signal.throwIfAborted();
          return Response.json(await ask(await request.text()));
        }
      `,
    ].map((source) => ({
      name: 'a function of the file that two handlers call, once',
      filename: route,
      code: source,
      errors: [error(source, { messageId: 'outside', call: 'model.invoke', signal: 'request.signal' })],
    })),
    ...importForms({
      module: '@langchain/openai',
      names: ['ChatOpenAI'],
      head: "import express from 'express';",
      body: (n) => answer(n, ''),
      expect: ({ render, source }) => ({
        errors: [
          error(source, {
            call: 'model.invoke',
            signal: 'controller.signal',
            output: render((n) => answer(n, ', { signal: controller.signal }')),
          }),
        ],
      }),
    }),

    invalid(
      'a Next.js route that checks its signal',
      code`
        ${model}
        export async function POST(req: Request) {
          const question = await req.text();
          if (req.signal.aborted) return new Response(null, { status: 499 });
          const reply = await model.invoke(question, { runName: 'answer' });
          return Response.json(reply.content);
        }
      `,
      "{ runName: 'answer' }",
      "{ runName: 'answer', signal: req.signal }",
      { call: 'model.invoke', signal: 'req.signal' },
      route,
    ),
    invalid(
      'the first of two calls',
      code`
        ${model}
        export async function POST(req: Request) {
          const rephrased = await model.invoke('Rephrase: ' + (await req.text()));
          const stream = await model.stream(rephrased.content as string, { signal: req.signal });
          return new Response(stream as never);
        }
      `,
      "'Rephrase: ' + (await req.text())",
      "'Rephrase: ' + (await req.text()), { signal: req.signal }",
      { call: 'model.invoke', signal: 'req.signal' },
      route,
    ),
    invalid(
      'a destructured signal',
      code`
        ${model}
        import { createRouter } from './router';
        export async function POST({ signal, text }: Request) {
          signal.addEventListener('abort', () => console.log('gone'));
          const reply = await model.invoke(await text());
          return Response.json([reply.content, createRouter]);
        }
      `,
      'model.invoke(await text())',
      'model.invoke(await text(), { signal })',
      { call: 'model.invoke', signal: 'signal' },
      route,
    ),
    invalid(
      'Hono',
      code`
        import { Hono } from 'hono';
        import { ChatAnthropic } from '@langchain/anthropic';
        import { StringOutputParser } from '@langchain/core/output_parsers';
        const chain = new ChatAnthropic().pipe(new StringOutputParser());
        export const app = new Hono().post('/answers', async (c) => {
          c.req.raw.signal.addEventListener('abort', () => console.warn('client left'));
          const answer = await chain.invoke(await c.req.text());
          return c.json({ answer });
        });
      `,
      'chain.invoke(await c.req.text())',
      'chain.invoke(await c.req.text(), { signal: c.req.raw.signal })',
      { call: 'chain.invoke', signal: 'c.req.raw.signal' },
    ),
    invalid(
      'a chain that goes on behind a model which ignores it',
      code`
        import { ChatOllama } from '@langchain/ollama';
        import { StringOutputParser } from '@langchain/core/output_parsers';
        const chain = new ChatOllama().pipe(new StringOutputParser());
        export async function POST(req: Request) {
          req.signal.throwIfAborted();
          return new Response(await chain.invoke(await req.text()));
        }
      `,
      'chain.invoke(await req.text())',
      'chain.invoke(await req.text(), { signal: req.signal })',
      { call: 'chain.invoke', signal: 'req.signal' },
      route,
    ),
    invalid(
      'an agent in an Express route',
      code`
        ${express}
        import { createAgent } from 'langchain';
        import { tools } from './tools';
        const agent = createAgent({ model: 'openai:gpt-4o', tools });
        app.post('/chat', async (req, res) => {
          const gone = new AbortController();
          req.on('close', () => gone.abort());
          const { messages } = await agent.invoke({ messages: req.body.messages }, { recursionLimit: 10 });
          res.json(messages);
        });
      `,
      '{ recursionLimit: 10 }',
      '{ recursionLimit: 10, signal: gone.signal }',
      { call: 'agent.invoke', signal: 'gone.signal' },
    ),
    invalid(
      'a tool that has the signal of its run',
      code`
        ${model}
        import { tool } from '@langchain/core/tools';
        import { z } from 'zod';
        export const summarize = tool(
          async ({ text }, config) => {
            config.signal?.throwIfAborted();
            const { content } = await model.invoke('Sum up: ' + text);
            return content;
          },
          { name: 'summarize', schema: z.object({ text: z.string() }) },
        );
      `,
      "model.invoke('Sum up: ' + text)",
      "model.invoke('Sum up: ' + text, { signal: config.signal })",
      { call: 'model.invoke', signal: 'config.signal' },
    ),
    invalid(
      'a fan-out',
      code`
        ${model}
        export async function POST(req: Request) {
          const questions: string[] = await req.json();
          if (req.signal.aborted) return new Response();
          const replies = await model.batch(questions, { maxConcurrency: 5 });
          return Response.json(replies);
        }
      `,
      '{ maxConcurrency: 5 }',
      '{ maxConcurrency: 5, signal: req.signal }',
      { call: 'model.batch', signal: 'req.signal' },
      route,
    ),
    {
      name: 'a classic chain, which reads it from the input',
      filename: route,
      code: code`
        import { LLMChain } from 'langchain/chains';
        import { llm, prompt } from './models';
        const chain = new LLMChain({ llm, prompt });
        export async function POST(req: Request) {
          req.signal.throwIfAborted();
          return Response.json(await chain.call({ q: await req.text() }));
        }
      `,
      errors: [
        {
          messageId: 'input',
          data: { call: 'chain.call', signal: 'req.signal' },
          line: 6,
          column: 36,
          endLine: 6,
          endColumn: 40,
        },
      ],
    },
    {
      name: 'a controller that is made later: no suggestion',
      code: later,
      errors: [error(later, { call: 'model.invoke', signal: 'controller.signal' })],
    },
    invalid(
      'a loader of React Router',
      code`
        ${model}
        import type { ActionFunctionArgs } from 'react-router';
        export async function action({ request }: ActionFunctionArgs) {
          const form = await request.formData();
          request.signal.addEventListener('abort', () => console.log('left'));
          const reply = await model.invoke(String(form.get('question')));
          return { answer: reply.content };
        }
      `,
      "model.invoke(String(form.get('question')))",
      "model.invoke(String(form.get('question')), { signal: request.signal })",
      { call: 'model.invoke', signal: 'request.signal' },
      'app/routes/answers.tsx',
    ),
  ],
});
