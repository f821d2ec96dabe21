import * as typescriptParser from '@typescript-eslint/parser';
import { afterAll, describe } from 'vitest';
import { code } from '../helpers/code.ts';
import { testCases } from '../helpers/handler-cases.ts';
import { TestProject } from '../helpers/project.ts';

/** Each framework as its own documentation writes it. */

const job = 'cron: job';
const tool = 'MCP: tool call';

describe('servers and sites', () => {
  testCases([
    {
      name: 'TanStack Start: server routes, with middleware, and loaders',
      filename: 'src/routes/api/search.ts',
      code: code`
        import { createFileRoute, createRootRoute } from '@tanstack/react-router';
        import { createServerFn, createMiddleware } from '@tanstack/react-start';
        export const Route = createFileRoute('/api/search')({
          server: {
            middleware: [auth],
            handlers: {
              GET: async ({ request }) => { $(1); },
              POST: { middleware: [log], handler: async ({ request }) => { $(2); } },
            },
          },
        });
        export const Page = createFileRoute('/posts')({
          loader: async () => { $(3); },
          component: () => { $(4); },
        });
        export const Root = createRootRoute({ beforeLoad: () => { $(5); } });
        export const ask = createServerFn({ method: 'POST' }).validator(check).handler(async ({ data }) => { $(6); });
        export const log = createMiddleware().server(async ({ next }) => { $(7); return next(); });
      `,
      runs: [
        'TanStack Start: request',
        'TanStack Start: request',
        'TanStack Start: request',
        [],
        'TanStack Start: request',
        'TanStack Start: request',
        'TanStack Start: request',
      ],
    },
    {
      name: 'TanStack Start: the server routes of earlier versions',
      code: code`
        import { createServerFileRoute } from '@tanstack/react-start/server';
        import { createAPIFileRoute } from '@tanstack/react-start/api';
        export const ServerRoute = createServerFileRoute('/api/hello').methods({
          GET: async ({ request }) => { $(1); },
        });
        export const APIRoute = createAPIFileRoute('/hello')({ POST: ({ request, params }) => { $(2); } });
      `,
      runs: ['TanStack Start: request', 'TanStack Start: request'],
    },
    {
      name: 'Bun.serve with routes, methods, a fallback and a socket',
      code: code`
        Bun.serve({
          routes: {
            '/api/status': new Response('OK'),
            '/users/:id': (req) => { $(1); },
            '/api/posts': { GET: () => { $(2); }, POST: async (req) => { $(3); } },
          },
          fetch(req) { $(4); },
          error(error) { $(5); },
          websocket: { async message(ws, message) { $(6); } },
        });
      `,
      runs: ['Bun: request', 'Bun: request', 'Bun: request', 'Bun: request', [], 'Bun: request'],
    },
    {
      name: 'Bun.serve with its options and routes in constants, and serve imported from bun',
      code: code`
        import { serve } from 'bun';
        const routes = { '/ask': { POST: async (req) => { $(1); } } };
        const options = { port: 3000, routes };
        Bun.serve(options);
        serve({ routes: { '/': () => { $(2); } } });
      `,
      runs: ['Bun: request', 'Bun: request'],
    },
    {
      name: 'TanStack Start: handlers made by a function',
      code: code`
        import { createFileRoute } from '@tanstack/react-router';
        export const Route = createFileRoute('/hello')({
          server: {
            handlers: ({ createHandlers }) =>
              createHandlers({
                GET: async ({ request }) => { $(1); },
                POST: { middleware: [log], handler: async ({ request }) => { $(2); } },
              }),
          },
        });
      `,
      runs: ['TanStack Start: request', 'TanStack Start: request'],
    },
    {
      name: 'Fastify: a plugin whose instance is a parameter, and one wrapped by fastify-plugin',
      code: code`
        import fp from 'fastify-plugin';
        export default async function routes(fastify, options) {
          fastify.route({ method: 'POST', url: '/ask', onRequest: check, handler: async (request) => { $(1); } });
          fastify.get('/', async (request, reply) => { $(2); });
        }
        export const chat = fp(async (app) => {
          app.post('/chat', async (request) => { $(3); });
        });
      `,
      runs: ['HTTP: request', 'HTTP: request', 'Fastify: request'],
    },
    {
      name: 'routes that return objects',
      code: code`
        import Fastify from 'fastify';
        import { Elysia } from 'elysia';
        Fastify().get('/', async () => ({ reply: $(1) }));
        new Elysia().post('/', ({ body }) => { const reply = $(2); return { reply }; });
        const ask = async () => ({ handler: () => {}, reply: $(3) });
        Bun.serve({ routes: { '/ask': ask, '/': () => Response.json({ reply: $(4) }) } });
      `,
      runs: ['Fastify: request', 'Elysia: request', 'Bun: request', 'Bun: request'],
    },
    {
      name: 'Astro: an endpoint of JavaScript',
      filename: 'src/pages/api/chat.js',
      code: code`
        export const prerender = false;
        export async function POST({ request }) { $(1); }
        export const getPath = () => { $(2); };
      `,
      runs: ['Astro: request', []],
    },
    {
      name: 'Oak and H3',
      code: code`
        import { Application, Router } from 'jsr:@oak/oak/application';
        import { Router as OakRouter } from 'jsr:@oak/oak';
        import { H3 } from 'h3';
        const router = new OakRouter();
        router.get('/', (ctx) => { $(1); });
        new H3().get('/', (event) => { $(2); });
      `,
      runs: ['Oak: request', 'H3: request'],
    },
    {
      name: 'oRPC: a procedure, a middleware, and a procedure of a contract',
      code: code`
        import { implement, os } from '@orpc/server';
        export const listPlanet = os
          .input(z.object({ limit: z.number() }))
          .handler(async ({ input }) => { $(1); });
        const authed = os.use(async ({ context, next }) => { $(2); return next(); });
        export const createPlanet = authed.input(PlanetSchema).handler(async ({ input, context }) => { $(3); });
        export const find = implement(contract).planet.find.handler(({ input }) => { $(4); });
      `,
      runs: ['oRPC: request', 'oRPC: request', 'oRPC: request', 'oRPC: request'],
    },
    {
      name: 'next-safe-action: an action, in the file of its client and with the client imported',
      filename: 'src/app/greet-action.ts',
      code: code`
        'use server';
        import { createSafeActionClient } from 'next-safe-action';
        import { actionClient } from '@/lib/safe-action';
        export const greet = actionClient
          .inputSchema(inputSchema)
          .action(async ({ parsedInput: { name } }) => { $(1); });
        const client = createSafeActionClient();
        const authed = client.use(async ({ next }) => { $(2); return next({ ctx: {} }); });
        const ask = authed.metadata({ name: 'ask' }).schema(schema).action(async ({ parsedInput }) => { $(3); });
      `,
      runs: ['next-safe-action: request', 'next-safe-action: request', 'next-safe-action: request'],
    },
    {
      name: 'Convex: actions, queries and HTTP actions',
      filename: 'convex/ai.ts',
      code: code`
        'use node';
        import { action, internalAction, httpAction } from './_generated/server';
        export const ask = action({
          args: { question: v.string() },
          returns: v.string(),
          handler: async (ctx, args) => { $(1); },
        });
        export const embed = internalAction({ args: {}, handler: async (ctx) => { $(2); } });
        export const short = action(async (ctx, { question }) => { $(3); });
        http.route({ path: '/ask', method: 'POST', handler: httpAction(async (ctx, request) => { $(4); }) });
      `,
      runs: ['Convex: request', 'Convex: request', 'Convex: request', 'Convex: request'],
    },
    {
      name: 'Encore, Qwik and ts-rest',
      code: code`
        import { api } from 'encore.dev/api';
        import { routeLoader$, server$ } from '@builder.io/qwik-city';
        import { initServer } from '@ts-rest/express';
        export const ask = api({ method: 'POST', path: '/ask' }, async ({ question }) => { $(1); });
        export const useAnswer = routeLoader$(async (requestEvent) => { $(2); });
        const s = initServer();
        const router = s.router(contract, { ask: async ({ body }) => { $(3); } });
      `,
      runs: ['Encore: request', 'Qwik: request', 'ts-rest: request'],
    },
    {
      name: 'functions of the same names from elsewhere',
      code: code`
        import { action } from 'mobx';
        import { schedule } from './schedule';
        import { tool } from './tools';
        import { os } from './platform';
        const rename = action(() => { $(1); });
        schedule('* * * * *', () => { $(2); });
        tool({ execute: () => { $(3); } });
        os.handler(() => { $(4); });
        createFileRoute('/x')({ loader: () => { $(5); } });
      `,
      runs: [[], [], [], [], []],
    },
  ]);
});

const next = 'Next.js: request';

describe('pages of Next.js', () => {
  testCases([
    {
      name: 'searchParams: destructured, of props, and taken from props',
      filename: 'src/app/search/page.tsx',
      code: code`
        export default async function Page({ searchParams }) { const { q } = await searchParams; $(1); }
        export async function generateMetadata(props) { const { q } = await props.searchParams; $(2); return {}; }
        export async function generateStaticParams() { $(3); return []; }
      `,
      runs: [next, next, []],
    },
    {
      name: 'headers() and cookies(), decided for each function',
      filename: 'app/layout.tsx',
      code: code`
        import { cookies } from 'next/headers';
        export default async function Layout({ children }) {
          const theme = (await cookies()).get('theme');
          $(1);
          return answer(theme);
        }
        export async function generateMetadata() { $(2); return { title: 'Desk' }; }
        async function answer(theme) { $(3); }
      `,
      runs: [next, [], next],
    },
    {
      name: 'connection(), in an arrow function',
      filename: 'app/opengraph-image.tsx',
      code: code`
        import { connection } from 'next/server';
        const Image = async () => { await connection(); $(1); };
        export default Image;
      `,
      runs: [next],
    },
    {
      name: 'force-dynamic, for all of the file',
      filename: 'app/(desk)/not-found.tsx',
      code: code`
        export const dynamic = 'force-dynamic';
        export default async function NotFound() { $(1); }
      `,
      runs: [next],
    },
    {
      name: 'pages that may be made when the site is built, or are cached',
      filename: 'app/docs/[slug]/page.tsx',
      code: code`
        import { headers } from 'next/headers';
        export const dynamic = 'force-static';
        export default async function Page({ params }) {
          const { slug } = await params;
          $(1);
          return new URL(slug).searchParams;
        }
        export async function generateMetadata({ searchParams }) { 'use cache'; $(2); }
        async function unused() { await headers(); $(3); }
      `,
      runs: [[], [], []],
    },
    {
      name: 'a file of pages that is cached, and a component of another name',
      filename: 'app/page.tsx',
      code: code`
        'use cache';
        export default async function Page({ searchParams }) { $(1); }
      `,
      runs: [[]],
    },
    {
      name: 'what reads the request for a page, and what a page renders',
      filename: 'app/ask/page.tsx',
      code: code`
        import { headers } from 'next/headers';
        async function getLanguage() { return (await headers()).get('accept-language'); }
        async function Answer({ question }) { $(1); return <Sources question={question} />; }
        const Sources = async ({ question }) => { $(2); return <ul />; };
        function Unused() { $(3); }
        async function Cached() { 'use cache'; $(4); return <p />; }
        export default async function Page() {
          const language = await getLanguage();
          $(5);
          return <main><Answer question={language} /><Cached /></main>;
        }
      `,
      runs: [next, next, [], [], next],
    },
    {
      name: 'what a page renders that may be made when the site is built',
      filename: 'app/about/page.tsx',
      code: code`
        async function Answer() { $(1); return <p />; }
        export default function Page() { return <Answer />; }
      `,
      runs: [[]],
    },
    {
      name: 'a component beside a page',
      filename: 'app/search/results.tsx',
      code: 'export default async function Results({ searchParams }) { $(1); }',
      runs: [[]],
    },
  ]);
});

describe('the api folder of Vercel', () => {
  const api = code`
    export async function POST(request) { $(1); }
    export const GET = (request) => { $(2); };
  `;
  testCases([
    { name: 'at the root', filename: 'api/chat.ts', code: api, runs: ['Vercel: request', 'Vercel: request'] },
    {
      name: 'of an application',
      filename: '/repo/apps/web/api/a/b.ts',
      code: api,
      runs: ['Vercel: request', 'Vercel: request'],
    },
    {
      name: 'a default export that takes a request',
      filename: 'api/chat.ts',
      code: code`
        export const config = { runtime: 'edge' };
        export default async function handler(request: Request) { $(1); }
      `,
      runs: ['Vercel: request'],
    },
    {
      name: 'a service in such a folder',
      filename: 'api/services/chat.ts',
      code: 'export default async function ask(question: string) { $(1); }',
      runs: [[]],
    },
    { name: 'clients of another API', filename: '/repo/src/api/http.ts', code: api, runs: [[], []] },
    { name: 'a module beside a route of Next.js', filename: '/repo/app/api/chat/lib.ts', code: api, runs: [[], []] },
  ]);
});

describe('a class of Nest that is made for each request', () => {
  testCases([
    {
      name: 'its constructor and the initialisers of its fields',
      code: code`
        import { Injectable, Scope } from '@nestjs/common';
        @Injectable({ scope: Scope.REQUEST })
        export class Chat {
          llm = $(1);
          static shared = $(2);
          constructor() { $(3); }
        }
        @Injectable()
        export class Single { llm = $(4); ask() {} }
      `,
      runs: ['NestJS: request', [], 'NestJS: request', []],
    },
    {
      name: 'without a constructor',
      code: code`
        import { Injectable, Scope } from '@nestjs/common';
        @Injectable({ scope: Scope.REQUEST, durable: true })
        export class Chat {
          private readonly llm = $(1);
          ask(question) { $(2); }
        }
      `,
      runs: ['NestJS: request', 'NestJS: request'],
    },
  ]);
});

describe('recurring jobs', () => {
  testCases([
    {
      name: 'node-cron, in both forms of import',
      code: code`
        import cron from 'node-cron';
        import { schedule } from 'node-cron';
        cron.schedule('* * * * *', async () => { $(1); });
        schedule('0 * * * *', report, { timezone: 'Europe/Berlin' });
        async function report() { $(2); }
      `,
      runs: [job, job],
    },
    {
      name: 'cron: the constructor, its options, and from()',
      code: code`
        import { CronJob } from 'cron';
        new CronJob('* * * * * *', async function () { $(1); }, null, true, 'America/Los_Angeles');
        CronJob.from({ cronTime: '0 0 * * *', onTick: async () => { $(2); }, start: true });
        const job = new CronJob({ cronTime: '0 0 * * *', onTick: async function () { $(3); } });
      `,
      runs: [job, job, job],
    },
    {
      name: 'croner, node-schedule and toad-scheduler',
      code: code`
        import { Cron } from 'croner';
        import schedule from 'node-schedule';
        import { ToadScheduler, SimpleIntervalJob, AsyncTask } from 'toad-scheduler';
        new Cron('*/5 * * * * *', { protect: true }, async () => { $(1); });
        schedule.scheduleJob('42 * * * *', function () { $(2); });
        const task = new AsyncTask('simple task', () => { $(3); return db.poll(); }, (error) => { });
        new ToadScheduler().addSimpleIntervalJob(new SimpleIntervalJob({ seconds: 20 }, task));
      `,
      runs: [job, job, job],
    },
    {
      name: 'Deno.cron, and setInterval in its three forms',
      code: code`
        import { setInterval as every } from 'node:timers';
        Deno.cron('sample cron', '*/10 * * * *', async () => { $(1); });
        setInterval(async () => { $(2); }, 60_000);
        globalThis.setInterval(refresh, 60_000);
        every(() => { $(4); }, 1000);
        async function refresh() { $(3); }
        setTimeout(() => { $(5); }, 1000);
      `,
      runs: [job, job, job, job, []],
    },
  ]);
});

describe('queues and events', () => {
  testCases([
    {
      name: 'amqplib: the channel of a connection',
      code: code`
        import amqplib from 'amqplib';
        const conn = await amqplib.connect('amqp://localhost');
        const ch1 = await conn.createChannel();
        await ch1.assertQueue(queue);
        ch1.consume(queue, async (msg) => { $(1); ch1.ack(msg); });
      `,
      runs: ['RabbitMQ: message'],
    },
    {
      name: 'amqplib: callbacks, as in its tutorial, and a channel that is set up later',
      filename: 'worker.js',
      code: code`
        const amqp = require('amqplib/callback_api');
        const promised = require('amqplib');
        amqp.connect('amqp://localhost', (error0, connection) => {
          connection.createChannel((error1, channel) => {
            channel.consume(queue, (msg) => { $(1); }, { noAck: true });
          });
        });
        let channel;
        async function start() {
          const connection = await promised.connect(url);
          channel = await connection.createChannel();
          await channel.consume('tasks', onMessage);
        }
        async function onMessage(msg) { $(2); }
      `,
      runs: ['RabbitMQ: message', 'RabbitMQ: message'],
    },
    {
      name: 'Pub/Sub: a subscription’s messages, not its errors',
      code: code`
        import { PubSub } from '@google-cloud/pubsub';
        const pubSubClient = new PubSub();
        const subscription = pubSubClient.subscription(subscriptionNameOrId, subscriberOptions);
        const messageHandler = async (message) => { $(1); message.ack(); };
        subscription.on('message', messageHandler);
        subscription.on('error', (error) => { $(2); });
      `,
      runs: ['Pub/Sub: message', []],
    },
    {
      name: 'Azure Service Bus and Event Hubs',
      code: code`
        import { ServiceBusClient } from '@azure/service-bus';
        const receiver = new ServiceBusClient(connection).createReceiver('queue');
        receiver.subscribe({
          processMessage: async (message) => { $(1); },
          processError: async (args) => { $(2); },
        });
      `,
      runs: ['Service Bus: message', []],
    },
    {
      name: 'Temporal: activities of a worker, and exported ones',
      code: code`
        import { Worker } from '@temporalio/worker';
        import { heartbeat } from '@temporalio/activity';
        const worker = await Worker.create({
          workflowsPath: require.resolve('./workflows'),
          activities: { async summarize(text) { $(1); } },
          taskQueue: 'docs',
        });
        export async function translate(text) { $(2); heartbeat(); }
        export const createActivities = (db) => {
          $(3);
          return { async answer(question) { $(4); } };
        };
      `,
      runs: ['Temporal: job', 'Temporal: job', [], 'Temporal: job'],
    },
    {
      name: 'Graphile Worker and Trigger.dev',
      code: code`
        import { run } from 'graphile-worker';
        import { schedules, task } from '@trigger.dev/sdk';
        await run({ connectionString, taskList: { hello: async (payload, helpers) => { $(1); } } });
        export const ask = task({ id: 'ask', run: async (payload) => { $(2); } });
        export const nightly = schedules.task({ id: 'nightly', cron: '0 0 * * *', run: async (payload) => { $(3); } });
      `,
      runs: ['Graphile Worker: job', 'Trigger.dev: job', 'Trigger.dev: job'],
    },
    {
      name: 'a socket handed to a named function',
      code: code`
        import { WebSocketServer } from 'ws';
        const wss = new WebSocketServer({ port: 8080 });
        wss.on('listening', () => { $(1); });
        wss.on('connection', connected);
        function connected(ws) {
          ws.on('error', console.error);
          ws.on('message', function message(data) { $(2); });
        }
      `,
      runs: [[], 'ws: message'],
    },
  ]);
});

describe('bots', () => {
  testCases([
    {
      name: 'discord.js: the files of commands and events of its guide, with require',
      filename: 'src/commands/ask.js',
      code: code`
        const { SlashCommandBuilder } = require('discord.js');
        module.exports = {
          data: new SlashCommandBuilder().setName('ask'),
          async execute(interaction) { $(1); },
        };
      `,
      runs: ['discord.js: message'],
    },
    {
      name: 'sockets that are handed to a function of the file, and messages that are assigned a listener',
      code: code`
        import { WebSocketServer } from 'ws';
        export function registerChat(io, socket) {
          socket.on('ask', async (question, reply) => { $(1); });
          socket.on('disconnect', () => { $(2); });
        }
        const server = new WebSocketServer({ port: 8080 });
        server.on('connection', (ws) => { ws.onmessage = async (event) => { $(3); }; });
        Deno.serve((request) => {
          const { socket, response } = Deno.upgradeWebSocket(request);
          socket.onmessage = async (event) => { $(4); };
          socket.onclose = () => { $(5); };
          return response;
        });
      `,
      runs: ['Socket.IO: event', [], 'ws: message', 'ws: message', []],
    },
    {
      name: 'discord.js: the files of commands and of events of its guide',
      filename: 'commands/ask.js',
      code: code`
        const { SlashCommandBuilder, Events } = require('discord.js');
        import { Client } from 'discord.js';
        module.exports = {
          data: new SlashCommandBuilder().setName('ask').setDescription('Asks'),
          async execute(interaction) { $(1); },
        };
        client.login(token);
      `,
      runs: ['discord.js: message'],
    },
    {
      name: 'discord.js: a collector, and a command in TypeScript',
      code: code`
        import { ChatInputCommandInteraction, Client, Events } from 'discord.js';
        const client = new Client({ intents: [] });
        client.on(Events.InteractionCreate, async (interaction) => {
          const collector = interaction.channel.createMessageCollector({ time: 15_000 });
          collector.on('collect', async (m) => { $(1); });
        });
        export const run = async (interaction: ChatInputCommandInteraction) => { $(2); };
        export default { data, execute: async (interaction) => { $(3); } };
      `,
      runs: ['discord.js: message', 'discord.js: message', 'discord.js: message'],
    },
    {
      name: 'Slack: an assistant, and a listener by its type',
      code: code`
        import { App, Assistant, type SlackEventMiddlewareArgs } from '@slack/bolt';
        const assistant = new Assistant({
          threadStarted: async ({ say }) => { $(1); },
          userMessage: async ({ client, message, say }) => { $(2); },
        });
        export const mention = async ({ event, say }: SlackEventMiddlewareArgs<'app_mention'>) => { $(3); };
      `,
      runs: ['Slack: message', 'Slack: message', 'Slack: message'],
    },
    {
      name: 'grammY: a conversation and a composer; Telegraf: a scene',
      code: code`
        import { Composer } from 'grammy';
        import { createConversation } from '@grammyjs/conversations';
        import { Scenes } from 'telegraf';
        const composer = new Composer<MyContext>();
        composer.on('message:text', async (ctx) => { $(1); });
        bot.use(createConversation(hello));
        async function hello(conversation, ctx) { $(2); }
        const wizard = new Scenes.WizardScene('ask', async (ctx) => { $(3); }, async (ctx) => { $(4); });
      `,
      runs: ['grammY: message', 'grammY: message', 'Telegraf: message', 'Telegraf: message'],
    },
  ]);
});

describe('tools', () => {
  testCases([
    {
      name: 'MCP: the server that mcp-handler hands over',
      filename: 'app/api/[transport]/route.ts',
      code: code`
        import { createMcpHandler } from 'mcp-handler';
        const handler = createMcpHandler(
          (server) => {
            server.tool('roll_dice', 'Rolls a dice', { sides: z.number() }, async ({ sides }) => { $(1); });
            server.registerTool('ask', { title: 'Ask' }, async ({ question }) => { $(2); });
          },
          {},
          { basePath: '/api' },
        );
        export { handler as GET, handler as POST };
      `,
      runs: [tool, tool],
    },
    {
      name: 'MCP: a parameter of its type, the low-level server, an agent of Cloudflare',
      code: code`
        import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
        import { Server } from '@modelcontextprotocol/sdk/server/index.js';
        import { McpAgent } from 'agents/mcp';
        export function register(server: McpServer) {
          server.registerTool('ask', { description: 'Asks' }, async ({ question }) => { $(1); });
        }
        const low = new Server({ name: 'docs', version: '1.0.0' }, { capabilities: { tools: {} } });
        low.setRequestHandler(CallToolRequestSchema, async (request) => { $(2); });
        export class MyMCP extends McpAgent {
          server = new McpServer({ name: 'Demo', version: '1.0.0' });
          async init() {
            this.server.tool('add', { a: z.number() }, async ({ a }) => { $(3); });
          }
        }
      `,
      runs: [tool, tool, tool],
    },
    {
      name: 'FastMCP: tools, resources and prompts, also a tool in a constant',
      code: code`
        import { FastMCP } from 'fastmcp';
        const server = new FastMCP({ name: 'My Server', version: '1.0.0' });
        server.addTool({
          name: 'add',
          parameters: z.object({ a: z.number() }),
          execute: async (args) => { $(1); },
        });
        server.addResource({ uri: 'file:///logs', async load() { $(2); } });
        server.addPrompt({ name: 'git-commit', load: async (args) => { $(3); } });
        const ask = { name: 'ask', execute: async ({ question }) => { $(4); } };
        server.addTool(ask);
      `,
      runs: [tool, tool, tool, tool],
    },
    {
      name: 'AI SDK, OpenAI Agents and Mastra',
      code: code`
        import { tool } from 'ai';
        import { tool as agentTool } from '@openai/agents';
        import { createTool } from '@mastra/core/tools';
        export const search = tool({
          description: 'Search the docs',
          inputSchema: z.object({ query: z.string() }),
          execute: async ({ query }) => { $(1); },
        });
        const weather = agentTool({ name: 'weather', execute: async ({ city }) => { $(2); } });
        const docs = createTool({ id: 'docs', execute: async ({ context }) => { $(3); } });
      `,
      runs: ['AI SDK: tool call', 'AI SDK: tool call', 'AI SDK: tool call'],
    },
    {
      name: 'CopilotKit and Genkit',
      code: code`
        import { CopilotRuntime } from '@copilotkit/runtime';
        import { genkit } from 'genkit';
        const runtime = new CopilotRuntime({
          actions: [{ name: 'ask', handler: async ({ question }) => { $(1); } }],
        });
        const ai = genkit({ plugins: [] });
        export const flow = ai.defineFlow({ name: 'flow' }, async (input) => { $(2); });
      `,
      runs: ['CopilotKit: tool call', 'Genkit: request'],
    },
    {
      name: 'getMessageHistory of RunnableWithMessageHistory',
      code: code`
        import { RunnableWithMessageHistory } from '@langchain/core/runnables';
        export const chat = new RunnableWithMessageHistory({
          runnable: chain,
          inputMessagesKey: 'input',
          historyMessagesKey: 'history',
          getMessageHistory: async (sessionId) => { $(1); },
        });
        const getHistory = (sessionId) => { $(2); };
        new RunnableWithMessageHistory({ runnable: chain, getMessageHistory: getHistory });
      `,
      runs: ['LangChain: request', 'LangChain: request'],
    },
  ]);
});

describe('an instance of another file', () => {
  const project = new TestProject({
    'package.json': '{ "dependencies": { "@langchain/openai": "1" } }',
    'src/inngest/client.ts': code`
      import { Inngest } from 'inngest';
      export const inngest = new Inngest({ id: 'my-app' });
    `,
    'src/slack.ts': code`
      import { App } from '@slack/bolt';
      export const slack = new App({ token: process.env.SLACK_BOT_TOKEN });
    `,
    'src/bot.ts': code`
      import { Bot } from 'grammy';
      const bot = new Bot(process.env.BOT_TOKEN ?? '');
      export default bot;
    `,
    'src/telegraf.ts': code`
      import { Telegraf } from 'telegraf';
      export const telegraf = new Telegraf(process.env.BOT_TOKEN ?? '');
    `,
    'src/discord.ts': code`
      import { Client } from 'discord.js';
      export const client = new Client({ intents: [] });
    `,
    'src/io.ts': code`
      import { Server } from 'socket.io';
      export const io = new Server();
    `,
    'src/sockets.ts': code`
      import { WebSocketServer } from 'ws';
      export const wss = new WebSocketServer({ noServer: true });
    `,
    'src/mcp.ts': code`
      import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
      export const server = new McpServer({ name: 'docs', version: '1' });
    `,
    'src/fastmcp.ts': code`
      import { FastMCP } from 'fastmcp';
      export const fast = new FastMCP({ name: 'docs', version: '1.0.0' });
    `,
    'src/base.ts': code`
      import { os } from '@orpc/server';
      export const authed = os.use(auth);
    `,
    'src/state.ts': code`
      import { Annotation } from '@langchain/langgraph';
      const State = Annotation.Root({ question: Annotation<string> });
      export type DeskState = typeof State.State;
    `,
    'src/app.js': code`
      const { App } = require('@slack/bolt');
      module.exports = new App({ token: process.env.SLACK_BOT_TOKEN });
    `,
    'src/clients.js': code`
      const { Bot } = require('grammy');
      const { Server } = require('socket.io');
      const bot = new Bot(process.env.BOT_TOKEN);
      const io = new Server(3000);
      module.exports = { bot, chat: io.of('/chat') };
    `,
    'src/telegraf.js': code`
      const { Telegraf } = require('telegraf');
      exports.telegraf = new Telegraf(process.env.BOT_TOKEN);
    `,
    'src/channel.js': code`
      const amqp = require('amqplib');
      async function connect() {
        const connection = await amqp.connect(process.env.AMQP_URL);
        return connection.createChannel();
      }
      module.exports = { connect };
    `,
    'src/cache.ts': 'export const inngest = new Map();',
    'src/index.ts': "export { inngest } from './inngest/client';\nexport * from './slack';",
  });
  afterAll(() => project.remove());

  const shared = {
    filename: project.path('src/functions.ts'),
    languageOptions: { parser: typescriptParser, parserOptions: {} },
  };

  testCases([
    {
      ...shared,
      name: 'Inngest, Slack and grammY',
      code: code`
        import { inngest } from './inngest/client';
        import { slack } from './slack.js';
        import bot from './bot';
        export const f = inngest.createFunction({ id: 'a' }, { event: 'x' }, async ({ event, step }) => { $(1); });
        slack.message('hello', async ({ say }) => { $(2); });
        bot.on('message:text', async (ctx) => { $(3); });
      `,
      runs: ['Inngest: event', 'Slack: message', 'grammY: message'],
    },
    {
      ...shared,
      name: 'instances that are required',
      code: code`
        const app = require('./app.js');
        const { bot, chat } = require('./clients.js');
        const clients = require('./telegraf.js');
        const { connect } = require('./channel.js');
        app.message('hello', async ({ say }) => { $(1); });
        bot.command('ask', async (ctx) => { $(2); });
        chat.on('connection', (socket) => { socket.on('ask', async (question) => { $(3); }); });
        clients.telegraf.command('ask', async (ctx) => { $(4); });
        async function start() {
          const channel = await connect();
          await channel.consume('docs', async (message) => { $(5); });
        }
      `,
      runs: ['Slack: message', 'grammY: message', 'Socket.IO: event', 'Telegraf: message', 'RabbitMQ: message'],
    },
    {
      ...shared,
      name: 'through a file that passes it on',
      code: code`
        import { inngest, slack } from './index';
        inngest.createFunction({ id: 'a' }, { event: 'x' }, async () => { $(1); });
        slack.command('/ask', async ({ ack }) => { $(2); });
      `,
      runs: ['Inngest: event', 'Slack: message'],
    },
    {
      ...shared,
      name: 'Telegraf, discord.js, Socket.IO and ws',
      code: code`
        import { telegraf } from './telegraf';
        import { client } from './discord';
        import { io } from './io';
        import { wss } from './sockets';
        telegraf.command('ask', async (ctx) => { $(1); });
        client.on('messageCreate', async (message) => { $(2); });
        client.on('ready', () => { $(3); });
        io.on('connection', (socket) => { socket.on('ask', async (question) => { $(4); }); });
        wss.on('connection', (ws) => { ws.on('message', async (data) => { $(5); }); });
      `,
      runs: ['Telegraf: message', 'discord.js: message', [], 'Socket.IO: event', 'ws: message'],
    },
    {
      ...shared,
      name: 'MCP, FastMCP and oRPC',
      code: code`
        import { server } from './mcp';
        import { fast } from './fastmcp';
        import { authed } from './base';
        server.registerTool('ask', { description: 'Asks' }, async ({ question }) => { $(1); });
        fast.addTool({ name: 'ask', execute: async ({ question }) => { $(2); } });
        export const ask = authed.input(schema).handler(async ({ input }) => { $(3); });
      `,
      runs: [tool, tool, 'oRPC: request'],
    },
    {
      ...shared,
      name: 'a state whose type another file exports',
      code: code`
        import type { DeskState } from './state';
        export async function answer(state: DeskState) { $(1); }
        export const read = async ({ question }: DeskState) => { $(2); };
      `,
      runs: ['LangGraph: graph step', 'LangGraph: graph step'],
    },
    {
      ...shared,
      name: 'something else of the same name',
      code: code`
        import { inngest } from './cache';
        inngest.createFunction({ id: 'a' }, {}, async () => { $(1); });
      `,
      runs: [[]],
    },
  ]);
});
