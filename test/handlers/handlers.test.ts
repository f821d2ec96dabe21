import { describe, expect, it } from 'vitest';
import { findHandlers, getHandlers } from '../../src/handlers/index.ts';
import { code } from '../helpers/code.ts';
import { findMarked, parseFile } from '../helpers/file.ts';
import { gate, reach, testCases } from '../helpers/handler-cases.ts';

const express = 'Express: request';
const next = 'Next.js: request';
const nest = 'NestJS: request';
const step = 'LangGraph: graph step';
const toolCall = 'LangChain: tool call';
const lambda = 'AWS Lambda: event';
const worker = 'Cloudflare Workers: request';

describe('web servers', () => {
  testCases([
    {
      name: 'Express: routes, middleware, a router, a route chain, and an array of handlers',
      code: code`
        import express, { Router } from 'express';
        const app = express();
        const router = Router();
        app.use(async (request, response, next) => { $(1); next(); });
        app.post('/ask', authenticate, async (request, response) => { $(2); });
        router.route('/chat').get((request, response) => { $(3); });
        express.Router().put('/x', [guard, async (q, s) => { $(4); }]);
        app.listen(3000, () => { $(5); });
      `,
      runs: [express, express, express, express, []],
    },
    {
      name: 'Express: a handler by name, declared further down, and one behind wrappers',
      code: code`
        import express from 'express';
        import asyncHandler from 'express-async-handler';
        import { catchErrors } from './errors.js';
        const app = express();
        app.post('/ask', asyncHandler(ask));
        app.get('/status', catchErrors(withTimeout(status)));
        async function ask(q, s) { $(1); }
        const status = async (q, s) => { $(2); };
      `,
      runs: [express, express],
    },
    {
      name: 'Express: the methods of a controller of the file',
      code: code`
        import { Router } from 'express';
        class ChatController {
          ask = async (q, s) => { $(1); };
          async history(q, s) { $(2); }
          async unused(q, s) { $(3); }
        }
        const controller = new ChatController();
        const router = Router();
        router.post('/ask', controller.ask);
        router.get('/history', controller.history.bind(controller));
      `,
      runs: [express, express, []],
    },
    {
      name: 'Express: an application that is a parameter, with its type',
      code: code`
        import type { Express } from 'express';
        export function register(app: Express, dependencies) {
          $(1);
          app.get('/ask', async (q, s) => { $(2); });
        }
      `,
      runs: [[], express],
    },
    {
      name: 'Express through require',
      filename: 'src/server.js',
      code: code`
        const express = require('express');
        const app = express();
        app.post('/ask', async function (q, s) { $(1); });
        module.exports = app;
      `,
      runs: [express],
    },
    {
      name: 'an object of another package with the same methods',
      code: code`
        import axios from 'axios';
        import { app } from 'electron';
        axios.get('/ask', async (response) => { $(1); });
        app.on('ready', async () => { $(2); });
        new Map().get('/ask', () => { $(3); });
      `,
      runs: [[], [], []],
    },
    {
      name: 'routes of an application from a parameter or another module of the application',
      filename: 'src/routes.js',
      code: code`
        import axios from 'axios';
        import { http } from 'msw';
        import { router } from './router.js';
        export default async function plugin(app, options) {
          app.post('/ask', { schema }, async (request) => { $(1); });
          app.get(\`/\${options.prefix}\`, { handler: async () => { $(2); } });
          app.group('/v1', (group) => group.get('/x', () => { $(3); }));
          app.on('close', () => { $(4); });
          app.get('ask', () => { $(5); });
        }
        router.get('/y', (context) => { $(6); });
        axios.get('/z', () => { $(7); });
        http.get('/z', () => { $(8); });
      `,
      runs: ['HTTP: request', 'HTTP: request', 'HTTP: request', [], [], 'HTTP: request', [], []],
    },
    {
      name: 'Koa, by its router and its middleware',
      code: code`
        import Koa from 'koa';
        import Router from '@koa/router';
        const app = new Koa();
        const router = new Router();
        app.use(async (ctx, next) => { $(1); });
        router.post('/ask', async (ctx) => { $(2); });
      `,
      runs: ['Koa: request', 'Koa: request'],
    },
    {
      name: 'Fastify: a handler that returns an object',
      code: code`
        import Fastify from 'fastify';
        const fastify = Fastify({ logger: true });
        fastify.get('/a', async () => ({ handler: $(1) }));
        fastify.post('/b', answer);
        async function answer(request) {
          $(2);
          return { text: 'done' };
        }
      `,
      runs: ['Fastify: request', 'Fastify: request'],
    },
    {
      name: 'Fastify: shorthand, options, full declaration, hooks; not the plugin and not onReady',
      code: code`
        import Fastify from 'fastify';
        const fastify = Fastify({ logger: true });
        fastify.get('/a', async (request, reply) => { $(1); });
        fastify.post('/b', { preHandler: async () => { $(2); }, handler: async () => { $(3); } });
        fastify.route({ method: 'POST', url: '/c', handler: async () => { $(4); } });
        fastify.addHook('onRequest', async () => { $(5); });
        fastify.addHook('onReady', async () => { $(6); });
        fastify.register(async (instance) => { $(7); });
      `,
      runs: [
        'Fastify: request',
        'Fastify: request',
        'Fastify: request',
        'Fastify: request',
        'Fastify: request',
        [],
        [],
      ],
    },
    {
      name: 'Fastify: the typed instance of a plugin',
      code: code`
        import type { FastifyInstance } from 'fastify';
        export default async function routes(app: FastifyInstance) {
          $(1);
          app.withTypeProvider().post('/ask', async (request) => { $(2); });
        }
      `,
      runs: [[], 'Fastify: request'],
    },
    {
      name: 'Hono: a chain of routes, onError, and a middleware of the factory',
      code: code`
        import { Hono } from 'hono';
        import { createMiddleware } from 'hono/factory';
        const app = new Hono().get('/a', (c) => { $(1); }).post('/b', async (c) => { $(2); });
        app.onError((error, c) => { $(3); });
        export const limit = createMiddleware(async (c, next) => { $(4); });
        export default app;
      `,
      runs: ['Hono: request', 'Hono: request', 'Hono: request', 'Hono: request'],
    },
    {
      name: 'Elysia: a chain of routes and a socket',
      code: code`
        import { Elysia } from 'elysia';
        new Elysia()
          .get('/a', () => { $(1); })
          .post('/b', async ({ body }) => { $(2); }, { beforeHandle: () => { $(3); } })
          .ws('/c', { message(ws, text) { $(4); } })
          .listen(3000);
      `,
      runs: ['Elysia: request', 'Elysia: request', 'Elysia: request', 'Elysia: request'],
    },
    {
      name: 'Nuxt: defineEventHandler as a global, imported, and as an object',
      filename: 'server/api/ask.post.ts',
      code: code`
        import { eventHandler } from 'h3';
        export default defineEventHandler(async (event) => { $(1); });
        export const second = eventHandler(async (event) => { $(2); });
        export const third = defineEventHandler({ onRequest: [], handler: async (event) => { $(3); } });
      `,
      runs: ['Nuxt: request', 'Nuxt: request', 'Nuxt: request'],
    },
    {
      name: 'the server of Node',
      code: code`
        import { createServer } from 'node:http';
        import * as https from 'https';
        createServer(async (incoming, outgoing) => { $(1); }).listen(80, () => { $(2); });
        https.createServer({ key, cert }, (incoming, outgoing) => { $(3); });
      `,
      runs: ['Node: request', [], 'Node: request'],
    },
    {
      name: 'Deno.serve, Bun.serve, and serve of the standard library',
      code: code`
        import { serve } from 'https://deno.land/std@0.168.0/http/server.ts';
        serve(async (request) => { $(1); });
        Deno.serve(async (request) => { $(2); });
        Deno.serve({ port: 80 }, async (request) => { $(3); });
        Bun.serve({ port: 3000, async fetch(request) { $(4); } });
      `,
      runs: ['Supabase: request', 'Deno: request', 'Deno: request', 'Bun: request'],
    },
  ]);

  it('knows what stops after the response, and where sockets do not outlive a request', () => {
    const flags = (source: string, filename = 'src/app.ts'): unknown =>
      [...getHandlers(parseFile(gate + source, { filename })).values()].map(({ cloudflare, serverless }) => ({
        cloudflare,
        serverless,
      }));
    expect(flags("Deno.serve(async () => new Response('x'));", 'supabase/functions/ask/index.ts')).toEqual([
      { cloudflare: false, serverless: true },
    ]);
    expect(flags("Deno.serve(async () => new Response('x'));")).toEqual([{ cloudflare: false, serverless: false }]);
    expect(flags('export default { async fetch(request, env) { return answer(env); } };')).toEqual([
      { cloudflare: true, serverless: true },
    ]);
    expect(
      flags(
        code`
          import { Hono } from 'hono';
          const app = new Hono<{ Bindings: Env }>();
          app.get('/', (c) => c.text(c.env.KEY));
        `,
      ),
    ).toEqual([{ cloudflare: true, serverless: true }]);
    expect(
      flags(code`
        import { Hono } from 'hono';
        const app = new Hono();
        app.get('/', (c) => c.text('x'));
      `),
    ).toEqual([{ cloudflare: false, serverless: false }]);
    expect(flags('export const handler = async (event) => event;')).toEqual([{ cloudflare: false, serverless: true }]);
  });
});

describe('handlers by export and file name', () => {
  testCases([
    {
      name: 'Next.js route handlers, in every way to export them',
      filename: 'src/app/api/chat/route.ts',
      code: code`
        import { withAuth } from '@/lib/auth';
        export async function GET(r) { $(1); }
        export const POST = async (r) => { $(2); };
        export const PUT = withAuth(async (r) => { $(3); });
        async function handle(r) { $(4); }
        export const PATCH = handle;
        export { handle as DELETE };
        export const runtime = 'nodejs';
        export async function helper(r) { $(5); }
      `,
      runs: [next, next, next, next, []],
    },
    {
      name: 'an exported POST outside route.*',
      filename: 'src/lib/chat.ts',
      code: 'export async function POST(input) { $(1); }',
      runs: [[]],
    },
    {
      name: 'pages/api: the default export, by declaration, by name and wrapped',
      filename: 'pages/api/chat.ts',
      code: code`
        async function ask(q, s) { $(1); }
        export default withSession(ask);
      `,
      runs: [next],
    },
    {
      name: 'pages/api in a src folder, written in CommonJS, on Windows',
      filename: 'C:\\app\\src\\pages\\api\\chat.js',
      code: 'module.exports = async function (q, s) { $(1); };',
      runs: [next],
    },
    {
      name: 'a page is not a route of the API',
      filename: 'pages/chat.tsx',
      code: code`
        export default function Page() { $(1); return null; }
        export async function getServerSideProps() { $(2); }
      `,
      runs: [[], next],
    },
    {
      name: 'server actions: a file of them, and one in a component',
      filename: 'app/actions.ts',
      code: code`
        'use server';
        export async function ask(question: string) { $(1); }
        async function helper() { $(2); }
      `,
      runs: [next, []],
    },
    {
      name: 'a server action inside a component',
      filename: 'app/page.tsx',
      code: code`
        export default function Page() {
          async function ask(data: FormData) { 'use server'; $(1); }
          $(2);
          return null;
        }
      `,
      runs: [next, []],
    },
    {
      name: 'SvelteKit endpoints and page loads',
      filename: 'src/routes/ask/+server.ts',
      code: code`
        export const POST = async ({ request }) => { $(1); };
        export const helper = async () => { $(2); };
      `,
      runs: ['SvelteKit: request', []],
    },
    {
      name: 'SvelteKit load and form actions',
      filename: 'src/routes/ask/+page.server.ts',
      code: code`
        export const load = async () => { $(1); };
        export const actions = { default: async ({ request }) => { $(2); }, async clear() { $(3); } };
      `,
      runs: ['SvelteKit: request', 'SvelteKit: request', 'SvelteKit: request'],
    },
    {
      name: 'Remix: loader and action in a routes folder',
      filename: 'app/routes/chat.tsx',
      code: code`
        export async function loader() { $(1); }
        export const action = async () => { $(2); };
      `,
      runs: ['React Router: request', 'React Router: request'],
    },
    {
      name: 'React Router: by import',
      filename: 'src/chat.ts',
      code: code`
        import { data } from 'react-router';
        export async function action({ request }) { $(1); }
      `,
      runs: ['React Router: request'],
    },
    {
      name: 'a loader and an action of something else',
      filename: 'src/documents.ts',
      code: code`
        export async function loader(path) { $(1); }
        export const action = async () => { $(2); };
      `,
      runs: [[], []],
    },
    {
      name: 'AWS Lambda: exported and wrapped',
      filename: 'src/handler.ts',
      code: code`
        import middy from '@middy/core';
        const base = async (event) => { $(1); };
        export const handler = middy(base).use(cors());
      `,
      runs: [lambda],
    },
    {
      name: 'AWS Lambda: exports.handler, and a streaming handler',
      filename: 'index.js',
      code: code`
        exports.handler = async (event) => { $(1); };
        module.exports.lambdaHandler = awslambda.streamifyResponse(async (event, stream) => { $(2); });
      `,
      runs: [lambda, lambda],
    },
    {
      name: 'a handler of a command line',
      filename: 'src/commands/ask.ts',
      code: code`
        import type { Argv } from 'yargs';
        export const command = 'ask <question>';
        export const handler = async (argv) => { $(1); };
      `,
      runs: [[]],
    },
    {
      name: 'a command of yargs without an import of it',
      filename: 'src/commands/ask.js',
      code: "exports.command = 'ask';\nexports.handler = async (argv) => { $(1); };",
      runs: [[]],
    },
    {
      name: 'Azure Functions: http with options, and a trigger with a function',
      code: code`
        import { app } from '@azure/functions';
        app.http('ask', { methods: ['POST'], handler: async (request, context) => { $(1); } });
        app.timer('nightly', { schedule: '0 0 * * *', handler });
        async function handler() { $(2); }
      `,
      runs: ['Azure Functions: request', 'Azure Functions: request'],
    },
    {
      name: 'Cloudflare: the fetch of a Worker, as a constant, and its other events',
      code: code`
        const routes = {
          async fetch(request, env, ctx) { $(1); },
          async queue(batch, env) { $(2); },
        };
        export default routes satisfies ExportedHandler<Env>;
      `,
      runs: [worker, 'Cloudflare Workers: event'],
    },
    {
      name: 'Cloudflare: fetch handed over by name, and a listener',
      code: code`
        export default { fetch: answer };
        async function answer(request, env) { $(1); }
        addEventListener('fetch', (event) => { $(2); });
        addEventListener('message', (event) => { $(3); });
      `,
      runs: [worker, worker, []],
    },
    {
      name: 'Cloudflare Pages functions',
      filename: 'functions/api/ask.ts',
      code: 'export const onRequestPost = async (context) => { $(1); };',
      runs: [worker],
    },
    {
      name: 'Google Cloud and Firebase',
      code: code`
        import * as functions from 'firebase-functions';
        import { onCall } from 'firebase-functions/v2/https';
        import { http } from '@google-cloud/functions-framework';
        export const ask = functions.https.onRequest(async (q, s) => { $(1); });
        export const added = functions.firestore.document('docs/{id}').onCreate(async (snapshot) => { $(2); });
        export const chat = onCall({ memory: '1GiB' }, async (q) => { $(3); });
        http('ask', async (q, s) => { $(4); });
      `,
      runs: ['Firebase: request', 'Firebase: event', 'Firebase: request', 'Google Cloud Functions: request'],
    },
  ]);
});

describe('NestJS', () => {
  testCases([
    {
      name: 'the methods of services and controllers; not the constructor, lifecycle hooks and what only these call',
      code: code`
        import { Injectable, OnModuleInit } from '@nestjs/common';
        @Injectable()
        export class RagService implements OnModuleInit {
          constructor(private readonly config: ConfigService) { $(1); this.connect(); }
          async onModuleInit() { $(2); await this.load(); }
          async ask(question: string) { $(3); return this.retrieve(question); }
          private async load() { $(4); }
          #connect() { $(5); }
          private connect() { $(6); this.#connect(); }
          private async retrieve(question: string) { $(7); }
          static forRoot() { $(8); }
        }
      `,
      runs: [[], [], nest, [], [], [], nest, []],
    },
    {
      name: 'a private method that a hook and a request call',
      code: code`
        import { Injectable } from '@nestjs/common';
        @Injectable()
        export class Store {
          onModuleInit() { this.open(); }
          search() { return this.open(); }
          private open() { $(1); }
        }
      `,
      runs: [nest],
    },
    {
      name: 'controllers, resolvers, processors and gateways',
      code: code`
        import { Controller, Post } from '@nestjs/common';
        import { Resolver, Query } from '@nestjs/graphql';
        import { Processor, WorkerHost } from '@nestjs/bullmq';
        import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
        @Controller('chat') class Chat { @Post() async ask() { $(1); } }
        @Resolver() class Answers { @Query(() => String) async answer() { $(2); } }
        @Processor('embeddings') class Embed extends WorkerHost { async process(job) { $(3); } }
        @WebSocketGateway() class Live { @SubscribeMessage('ask') async ask() { $(4); } }
      `,
      runs: [nest, nest, 'NestJS: job', 'NestJS: event'],
    },
    {
      name: 'the same decorators of another framework, a class of a module, and a command',
      code: code`
        import { Injectable } from '@angular/core';
        import { Module } from '@nestjs/common';
        import { Command, CommandRunner } from 'nest-commander';
        @Injectable() class Chat { async ask() { $(1); } }
        @Module({ providers: [{ provide: 'model', useFactory: () => { $(2); } }] }) class App { configure() { $(3); } }
        @Command({ name: 'ask' }) class Ask extends CommandRunner { async run() { $(4); } }
      `,
      runs: [[], [], [], []],
    },
  ]);

  it('a timer is a recurring job', () => {
    const file = parseFile(
      gate +
        code`
          import { Injectable } from '@nestjs/common';
          import { Cron, Timeout } from '@nestjs/schedule';
          @Injectable()
          class Reports {
            @Cron('0 0 * * *') async nightly() { $(1); await this.build(); }
            @Timeout(1000) async warmUp() { $(2); }
            private async build() { $(3); }
          }
        `,
    );
    expect(findMarked(file).map((node) => findHandlers(file, node).map(({ handler }) => handler.recurring))).toEqual([
      [true],
      [],
      [true],
    ]);
  });

  it('`this` of a class scoped to the request', () => {
    const scopes = (source: string): boolean[] =>
      [
        ...getHandlers(
          parseFile(
            code`
              ${gate}
              import { Inject, Injectable, Scope } from '@nestjs/common';
              import { REQUEST } from '@nestjs/core';
              ${source}
            `,
          ),
        ).values(),
      ].map(({ requestScopedThis }) => requestScopedThis);
    expect(scopes('@Injectable() class A { ask() {} }')).toEqual([false]);
    expect(scopes('@Injectable({ scope: Scope.REQUEST }) class A { ask() {} }')).toEqual([true]);
    // Its constructor runs once per request too.
    expect(
      scopes(code`
        @Injectable() class A { constructor(@Inject(REQUEST) private request) {} ask() {} }
      `),
    ).toEqual([true, true]);
    expect(scopes('@Injectable({ scope: Scope.TRANSIENT }) class A { ask() {} }')).toEqual([false]);
  });

  testCases([
    {
      name: 'decorated methods of routing-controllers and TypeGraphQL',
      code: code`
        import { Post, JsonController } from 'routing-controllers';
        import { Query, Resolver } from 'type-graphql';
        @JsonController() class Chat { @Post('/ask') async ask() { $(1); } async helper() { $(2); } }
        @Resolver() class Answers { @Query(() => String) async answer() { $(3); } }
      `,
      runs: ['routing-controllers: request', [], 'TypeGraphQL: request'],
    },
  ]);
});

describe('APIs, queues, sockets and bots', () => {
  testCases([
    {
      name: 'tRPC procedures, imported and of the file',
      code: code`
        import { initTRPC } from '@trpc/server';
        import { publicProcedure, router } from '../trpc';
        const t = initTRPC.create();
        export const chat = router({
          ask: publicProcedure.input(schema).mutation(async ({ input }) => { $(1); }),
          list: t.procedure.query(async () => { $(2); }),
        });
        db.table('x').query(async () => { $(3); });
      `,
      runs: ['tRPC: request', 'tRPC: request', []],
    },
    {
      name: 'GraphQL resolvers, and an object with a key of the same name',
      code: code`
        export const resolvers = {
          Query: { answer: async (_, args) => { $(1); }, history },
          Mutation: { ask: { resolve: async () => { $(2); } } },
        };
        async function history() { $(3); }
        const labels = { Query: { build: () => { $(4); } } };
      `,
      runs: ['GraphQL: request', 'GraphQL: request', 'GraphQL: request', []],
    },
    {
      name: 'a schema built in code',
      code: code`
        import { GraphQLObjectType } from 'graphql';
        new GraphQLObjectType({ name: 'Query', fields: { answer: { type, resolve: async () => { $(1); } } } });
      `,
      runs: ['GraphQL: request'],
    },
    {
      name: 'BullMQ and Bull',
      code: code`
        import { Worker, Queue } from 'bullmq';
        import Bull from 'bull';
        new Worker('summaries', async (j) => { $(1); }, { connection });
        const worker = new Worker('embeddings', embed);
        async function embed(j) { $(2); }
        worker.on('completed', () => { $(3); });
        new Bull('mails').process('send', 5, async (j) => { $(4); });
      `,
      runs: ['BullMQ: job', 'BullMQ: job', [], 'Bull: job'],
    },
    {
      name: 'Kafka, with the consumer in sight and handed in',
      code: code`
        import { Kafka } from 'kafkajs';
        const consumer = new Kafka({ brokers }).consumer({ groupId: 'x' });
        await consumer.run({ eachMessage: async ({ message }) => { $(1); } });
        export const start = (given) => given.run({ eachBatch: async ({ batch }) => { $(2); } });
      `,
      runs: ['Kafka: message', 'Kafka: message'],
    },
    {
      name: 'Socket.IO and ws: the connection and its events',
      code: code`
        import { Server } from 'socket.io';
        import { WebSocketServer } from 'ws';
        const io = new Server(httpServer);
        io.of('/chat').on('connection', (socket) => {
          socket.on('ask', async (question) => { $(1); });
        });
        const wss = new WebSocketServer({ port: 80 });
        wss.on('connection', (ws) => { $(2); ws.on('message', async (data) => { $(3); }); });
        emitter.on('message', () => { $(4); });
      `,
      runs: ['Socket.IO: event', 'ws: message', 'ws: message', []],
    },
    {
      name: 'bots',
      code: code`
        import { Bot } from 'grammy';
        import { Telegraf } from 'telegraf';
        import { Client, Events } from 'discord.js';
        import bolt from '@slack/bolt';
        import TelegramBot from 'node-telegram-bot-api';
        new Bot(token).command('ask', async (ctx) => { $(1); });
        new Telegraf(token).on('text', async (ctx) => { $(2); });
        const client = new Client({ intents });
        client.on('messageCreate', async (message) => { $(3); });
        client.on(Events.ClientReady, () => { $(4); });
        client.once('ready', () => { $(5); });
        const app = new bolt.App({ token });
        app.message('hello', async ({ say }) => { $(6); });
        app.event('app_mention', mention);
        async function mention({ event }) { $(7); }
        new TelegramBot(token).onText(/ask (.+)/, async (message) => { $(8); });
      `,
      runs: [
        'grammY: message',
        'Telegraf: message',
        'discord.js: message',
        [],
        [],
        'Slack: message',
        'Slack: message',
        'Telegram: message',
      ],
    },
    {
      name: 'a bot as a class that extends the framework’s',
      code: code`
        import { TeamsActivityHandler } from 'botbuilder';
        export class Bot extends TeamsActivityHandler {
          constructor() { super(); $(1); this.onMessage(async (context, next) => { $(2); await next(); }); }
        }
      `,
      runs: [[], 'Bot Framework: message'],
    },
    {
      name: 'tools of an MCP server',
      code: code`
        import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
        const server = new McpServer({ name: 'docs', version: '1' });
        server.tool('search', schema, async ({ query }) => { $(1); });
        server.registerTool('ask', { inputSchema }, async ({ question }) => { $(2); });
      `,
      runs: ['MCP: tool call', 'MCP: tool call'],
    },
  ]);
});

describe('LangChain and LangGraph', () => {
  testCases([
    {
      name: 'tool(), DynamicTool, DynamicStructuredTool and createMiddleware',
      code: code`
        import { tool, DynamicTool, DynamicStructuredTool } from '@langchain/core/tools';
        import { createMiddleware, dynamicSystemPromptMiddleware } from 'langchain';
        export const search = tool(async ({ query }) => { $(1); }, { name: 'search', schema });
        new DynamicTool({ name: 'a', description: 'b', func: async (input) => { $(2); } });
        new DynamicStructuredTool({ name: 'a', description: 'b', schema, async func(input) { $(3); } });
        createMiddleware({
          name: 'log',
          beforeModel: (state) => { $(4); },
          afterModel: { hook: async (state) => { $(5); }, canJumpTo: ['end'] },
          wrapModelCall: async (request, handler) => { $(6); },
        });
        dynamicSystemPromptMiddleware((state) => { $(7); return 'Answer briefly.'; });
      `,
      runs: [toolCall, toolCall, toolCall, step, step, step, step],
    },
    {
      name: 'tool() of another package, and of this file',
      code: code`
        import { tool } from 'ai';
        export const search = tool(async ({ query }) => { $(1); });
      `,
      runs: [[]],
    },
    {
      name: '_call of a class that extends Tool or StructuredTool, also through a class of the file',
      code: code`
        import { StructuredTool, Tool } from '@langchain/core/tools';
        class Search extends StructuredTool { constructor() { super(); $(1); } async _call(input) { $(2); } }
        class Base extends Tool {}
        class Ask extends Base { _call = async (input) => { $(3); }; }
        class Other { async _call() { $(4); } }
      `,
      runs: [[], toolCall, toolCall, []],
    },
    {
      name: 'nodes of a graph: by name, inline, wrapped, from a factory, in a sequence; and a router',
      code: code`
        import { RunnableLambda } from '@langchain/core/runnables';
        import { StateGraph } from '@langchain/langgraph';
        import { State } from './state.js';
        const research = async (state) => { $(1); };
        function write(state) { $(2); }
        const makeNode = (prompt: string) => async (state) => { $(3); };
        const graph = new StateGraph(State)
          .addNode('research', research)
          .addNode('write', new RunnableLambda({ func: write }))
          .addNode('edit', makeNode('edit'))
          .addNode('check', RunnableLambda.from(async (state) => { $(4); }))
          .addSequence([['publish', async () => { $(5); }]])
          .addConditionalEdges('check', (state) => { $(6); return 'write'; });
        const compiled = graph.compile();
        graph.addNode('agent', (() => { $(7); return createAgent(); })());
      `,
      runs: [step, step, step, step, step, step, []],
    },
    {
      name: 'nodes of a graph: as an object, and of a builder that is a parameter',
      code: code`
        import { StateGraph } from '@langchain/langgraph';
        new StateGraph(State).addNode({ plan: async () => { $(1); }, act });
        async function act(state) { $(2); }
        export const extend = (graph: StateGraph<unknown>) => graph.addNode('late', async () => { $(3); });
        network.addNode('x', () => { $(4); });
      `,
      runs: [step, step, step, []],
    },
    {
      name: 'entrypoint and task of the functional API',
      code: code`
        import { entrypoint, task } from '@langchain/langgraph';
        const summarize = task('summarize', async (text) => { $(1); });
        export const flow = entrypoint({ name: 'flow', checkpointer }, async (input) => { $(2); });
      `,
      runs: [step, step],
    },
  ]);
});

describe('handlers by signature', () => {
  testCases([
    {
      name: 'a function annotated as a handler',
      code: code`
        import type { RequestHandler } from 'express';
        import type { APIGatewayProxyHandlerV2, Handler } from 'aws-lambda';
        import { type GraphNode } from '@langchain/langgraph';
        export const ask: RequestHandler = async (q, s) => { $(1); };
        export const onSend: APIGatewayProxyHandlerV2 = async (event) => { $(2); };
        export const main: Handler<Input, Output> = async (event) => { $(3); };
        export const plan: GraphNode<typeof State> = async (state) => { $(4); };
        export const late = (async (q, s) => { $(5); }) satisfies RequestHandler;
        const other: Handler2 = async () => { $(6); };
      `,
      runs: [express, lambda, lambda, step, express, []],
    },
    {
      name: '(req, res) that answers, registered elsewhere',
      filename: 'src/controllers/chat.js',
      code: code`
        exports.ask = async (req, res) => { $(1); res.status(200).json({}); };
        async function stream(req, res, next) { $(2); for await (const chunk of chunks) res.write(chunk); res.end(); }
        export const failed = (error, req, res, next) => { $(3); res.sendStatus(500); };
        const parse = (req, res) => { $(4); return res.length; };
        const fetched = async (request, response) => { $(5); return response.json(); };
        const compare = (request, response) => { $(6); return request === response; };
        export const asked = async ({ body }, res) => { $(7); res.send(body); };
      `,
      runs: [express, express, express, [], express, [], express],
    },
    {
      name: 'a parameter of a framework’s type',
      code: code`
        import { NextRequest } from 'next/server';
        import type { NextApiRequest, NextApiResponse } from 'next';
        import type { APIGatewayProxyEventV2 } from 'aws-lambda';
        import type { Request as Incoming } from 'express';
        import type { Context } from 'hono';
        import type { Context as KoaContext } from 'koa';
        import { Job } from 'bullmq';
        import type { LangGraphRunnableConfig } from '@langchain/langgraph';
        import type { FastifyRequest } from 'fastify';
        export async function a(request: NextRequest) { $(1); }
        export default async (q: NextApiRequest, s: NextApiResponse) => { $(2); };
        export const c = async (event: APIGatewayProxyEventV2) => { $(3); };
        export const d = async (q: Incoming) => { $(4); };
        export const e = async (c: Context) => { $(5); };
        export const f = async (c: KoaContext) => { $(6); };
        export const g = async (job: Job<{ url: string }>) => { $(7); };
        export const h = async (state: Plain, config: LangGraphRunnableConfig) => { $(8); };
        export const i = async ({ body }: FastifyRequest) => { $(9); };
      `,
      runs: [next, next, lambda, express, 'Hono: request', 'Koa: request', 'BullMQ: job', step, 'Fastify: request'],
    },
    {
      name: 'types of the same names from elsewhere',
      code: code`
        import type { Context, Job } from './types';
        import type { RunnableConfig } from '@langchain/core/runnables';
        export const a = async (c: Context) => { $(1); };
        export const b = async (job: Job) => { $(2); };
        export const d = async (request: Request) => { $(3); };
        export const e = async (input: string, config: RunnableConfig) => { $(4); };
      `,
      runs: [[], [], [], []],
    },
    {
      name: 'the state of a graph, written out, destructured and as an alias',
      code: code`
        import { Annotation, MessagesAnnotation } from '@langchain/langgraph';
        const GraphState = Annotation.Root({});
        type Current = typeof GraphState.State;
        type Extended = Current & { question: string };
        export async function a(state: typeof GraphState.State) { $(1); }
        export async function b({ messages }: typeof MessagesAnnotation.State) { $(2); }
        export async function c(state: Current) { $(3); }
        export async function d(state: Extended) { $(4); }
        export async function e(state: typeof GraphState) { $(5); }
      `,
      runs: [step, step, step, step, []],
    },
    {
      name: 'a type alias that refers to itself',
      code: code`
        type Loop = Loop2;
        type Loop2 = Loop;
        export const a = async (x: Loop) => { $(1); };
      `,
      runs: [[]],
    },
  ]);
});

describe('what a handler reaches', () => {
  testCases([
    {
      name: 'callbacks that run as part of it',
      filename: 'app/api/chat/route.ts',
      code: code`
        import { after } from 'next/server';
        export async function POST(request) {
          const stream = new ReadableStream({ async start(controller) { $(1); }, pull: () => { $(2); } });
          await Promise.all(items.map(async (item) => { $(3); }));
          (async () => { $(4); })();
          after(async () => { $(5); });
          await new Promise((resolve) => { $(6); });
          model.invoke(x).then(() => { $(7); });
          setTimeout(() => { $(8); }, 100);
          return new Response(stream);
        }
      `,
      runs: [next, next, next, next, next, next, next, next],
    },
    {
      name: 'functions that it calls, through others and as callbacks',
      filename: 'app/api/chat/route.ts',
      code: code`
        export async function POST(request) {
          const results = await search(query);
          const local = () => { $(1); };
          local();
          items.map(summarize);
          return new Response();
        }
        const search = async (query) => { const store = await open(); return store; };
        function open() { $(2); }
        function summarize(item) { $(3); }
        function unused() { $(4); }
        async function recurse() { $(5); await recurse(); }
      `,
      runs: [next, next, next, [], []],
    },
    {
      name: 'a function that is only made there, and one whose result is kept',
      filename: 'app/api/chat/route.ts',
      code: code`
        import { unstable_cache } from 'next/cache';
        export async function POST(request) {
          const later = () => { $(1); };
          const models = await unstable_cache(async () => { $(2); })();
          const store = await cache.getOrCreate('store', async () => { $(3); });
          return () => { $(4); };
        }
      `,
      runs: [[], [], [], []],
    },
    {
      name: 'the methods of an object, of this, and of an instance made in it',
      filename: 'app/api/chat/route.ts',
      code: code`
        class Chat {
          constructor() { $(1); }
          ask() { return this.#answer(); }
          #answer() { $(2); }
          field = $(3);
        }
        const helpers = { open: () => { $(4); } };
        export async function POST(request) {
          helpers.open();
          return new Chat().ask();
        }
      `,
      runs: [next, next, next, next],
    },
    {
      name: 'two handlers and the top of the module',
      filename: 'app/api/chat/route.ts',
      code: code`
        const model = create();
        export async function GET() { create(); }
        export async function POST() { create(); }
        function create() { $(1); }
      `,
      runs: [[next, next]],
    },
  ]);

  it('names the calls on the way, outermost first', () => {
    const file = parseFile(
      gate +
        code`
          export async function POST(request) { return search(request.url); }
          async function search(query) { const a = open('a'); return open('b'); }
          function open(name) { return $(name); }
        `,
      { filename: 'app/api/chat/route.ts' },
    );
    const [marked] = findMarked(file);
    const sites = marked ? findHandlers(file, marked) : [];
    expect(sites.map(({ via }) => via.map((call) => file.sourceCode.getText(call)))).toEqual([
      ['search(request.url)', "open('a')"],
      ['search(request.url)', "open('b')"],
    ]);
  });

  it('handlers that the user names: a function of a package, and a decorator', () => {
    const source = code`
      import { defineRoute } from '@acme/http';
      import defineJob from '@acme/jobs';
      import { OnCommand } from '@acme/bus';
      export const ask = defineRoute({ path: '/ask' }, async (input) => { $(1); });
      defineJob(run);
      async function run() { $(2); }
      class Bus { @OnCommand('ask') async ask() { $(3); } async other() { $(4); } }
    `;
    expect(reach({ code: source })).toEqual([[], [], [], []]);
    const extra = [
      { module: '@acme/http', name: 'defineRoute' },
      { module: '@acme/jobs', name: 'default' },
      { decorator: 'OnCommand' },
    ];
    expect(reach({ code: source }, extra)).toEqual([
      ['@acme/http: request'],
      ['@acme/jobs: request'],
      ['custom: request'],
      [],
    ]);
  });
});
