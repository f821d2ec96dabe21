import { afterAll, expect, test } from 'vitest';
import { code } from '../helpers/code.ts';
import { TestProject } from '../helpers/project.ts';

/** What rules report of handlers whose parts stand in several files, or that frameworks run in their own way. */

const project = new TestProject({
  'package.json': '{ "dependencies": { "@langchain/openai": "1" } }',
  'src/llm.service.ts': code`
    import { Injectable } from '@nestjs/common';
    import { ChatOpenAI } from '@langchain/openai';
    @Injectable()
    export class LlmService {
      private readonly model = new ChatOpenAI();
      complete(text: string) { return this.model.invoke(text); }
    }
    const service = new LlmService();
    export const complete = (text: string) => service.complete(text);
  `,
  'src/shared.ts': code`
    import { ChatOpenAI } from '@langchain/openai';
    export const model = new ChatOpenAI();
  `,
  'src/templates.ts': code`
    import { readFileSync } from 'node:fs';
    export const load = (name: string) => readFileSync(name, 'utf8');
  `,
  'src/settings.ts': code`
    import { readFileSync, writeFileSync } from 'node:fs';
    import { complete } from './llm.service';
    export function dump() { writeFileSync('.env', 'A=1'); }
    export async function digest(file: string) { return complete(readFileSync(file, 'utf8')); }
    const makers: Record<string, () => { search(q: string): Promise<string> }> = { a: () => ({ search: complete }) };
    export function pickStore() { return makers[process.env.STORE ?? 'a']!(); }
  `,
  'src/server/answer.tsx': code`
    import { ChatOpenAI } from '@langchain/openai';
    export async function Answer({ question }: { question: string }) {
      const model = new ChatOpenAI({ maxConcurrency: 3 });
      return <p>{(await model.invoke(question)).text}</p>;
    }
  `,
  'src/server/chat.ts': code`
    import { ChatOpenAI } from '@langchain/openai';
    export async function POST(request: Request) {
      const model = new ChatOpenAI({ maxConcurrency: 3 });
      return Response.json(await model.invoke(await request.text()));
    }
  `,
});
afterAll(() => project.remove());

/** The rules that report, by line. */
function find(file: string, text: string): readonly string[] {
  return project.report(file, text).map((report) => report.slice(0, report.indexOf(':')));
}

test('blocking calls of a controller, in a file that does not name LangChain', () => {
  expect(
    find(
      'src/chat.controller.ts',
      code`
        import { Body, Controller, Get, Post } from '@nestjs/common';
        import { readFileSync } from 'fs';
        import { LlmService } from './llm.service';
        @Controller('chat')
        export class ChatController {
          constructor(private readonly llm: LlmService) {}
          @Post() async ask(@Body() body: { q: string }) {
            return this.llm.complete(readFileSync('tpl.txt', 'utf8') + body.q);
          }
          @Get() health() {
            return readFileSync('version.txt', 'utf8');
          }
        }
      `,
    ),
  ).toEqual(['8 no-blocking-in-handler']);
});

test('blocking calls of a route and of a helper beside LangChain', () => {
  expect(
    find(
      'src/routes.ts',
      code`
        import express from 'express';
        import { execSync } from 'node:child_process';
        import { complete } from './llm.service';
        import { load } from './templates';
        const app = express();
        app.post('/a', async (req, res) => { res.json(await complete(execSync('pdftotext -').toString())); });
        app.post('/b', async (req, res) => { res.json(await complete(load(req.body.name))); });
        app.get('/c', (req, res) => { res.send(execSync('uptime').toString()); });
      `,
    ),
  ).toEqual(['6 no-blocking-in-handler', '7 no-blocking-in-handler']);
});

test('blocking calls of routes that call into a file which leads to LangChain', () => {
  expect(
    find(
      'src/settings.routes.ts',
      code`
        import express from 'express';
        import { digest, dump, pickStore } from './settings';
        import { load } from './templates';
        const app = express();
        app.post('/dump', (req, res) => { dump(); res.sendStatus(204); });
        app.post('/digest', async (req, res) => { res.json(await digest(req.body.file)); });
        app.post('/search', async (req, res) => {
          const store = pickStore();
          res.json(await store.search(load(req.body.name)));
        });
      `,
    ),
  ).toEqual(['6 no-blocking-in-handler', '9 no-blocking-in-handler']);
});

test('all that another file exports, handed on by a route file', () => {
  const found = ['1 no-client-in-handler'];
  expect(find('app/api/chat/route.ts', "export * from '../../../src/server/chat';")).toEqual(found);
  expect(find('app/api/chat/index.ts', "export * from '../../../src/server/chat';")).toEqual([]);
  expect(find('app/api/chat/route.ts', "export * as chat from '../../../src/server/chat';")).toEqual([]);
});

test('a component of another file that a page renders for a request', () => {
  const page = (start: string): string => code`
    import { Answer } from '../../src/server/answer';
    export default async function Page({ searchParams }) {
      ${start}
      return <main><Answer question="Why?" /></main>;
    }
  `;
  expect(find('app/ask/page.tsx', page('const { q } = await searchParams;'))).toEqual(['4 no-client-in-handler']);
  expect(find('app/ask/list.tsx', page('const { q } = await searchParams;'))).toEqual([]);
});

test('the activities of Temporal', () => {
  const activities = code`
    import { ChatOpenAI } from '@langchain/openai';
    export async function summarize(text: string) {
      const model = new ChatOpenAI({ maxConcurrency: 3 });
      return model.invoke(text);
    }
  `;
  expect(find('src/activities.ts', activities)).toEqual([]);
  project.write({
    'worker/package.json': '{ "dependencies": { "@langchain/openai": "1", "@temporalio/worker": "1" } }',
  });
  expect(find('worker/src/activities.ts', activities)).toEqual(['3 no-client-in-handler']);
  expect(find('worker/src/activities/chat.ts', activities)).toEqual(['3 no-client-in-handler']);
  expect(find('worker/src/summaries.ts', activities)).toEqual([]);
});

test('a handler that a route file exports again', () => {
  expect(find('app/api/chat/route.ts', "export { POST } from '../../../src/server/chat';")).toEqual([
    '1 no-client-in-handler',
  ]);
  expect(
    find(
      'app/api/other/route.ts',
      code`
        import { POST } from '../../../src/server/chat';
        export { POST };
      `,
    ),
  ).toEqual(['2 no-client-in-handler']);
});

test('a service of Nest that is made for each request', () => {
  const service = (scope: string): string => code`
    import { Injectable, Scope } from '@nestjs/common';
    import { ChatOpenAI } from '@langchain/openai';
    @Injectable(${scope})
    export class Chat {
      private readonly llm = new ChatOpenAI({ maxConcurrency: 3 });
      ask(question: string) { return this.llm.invoke(question); }
    }
  `;
  expect(find('src/chat.ts', service('{ scope: Scope.REQUEST }'))).toEqual(['5 no-client-in-handler']);
  expect(find('src/chat.ts', service(''))).toEqual([]);
});

test('a pool of a recurring job, but not its model', () => {
  expect(
    find(
      'src/jobs.ts',
      code`
        import cron from 'node-cron';
        import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
        import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
        const embeddings = new OpenAIEmbeddings();
        cron.schedule('0 0 * * *', async () => {
          const model = new ChatOpenAI({ maxConcurrency: 3 });
          const store = await PGVectorStore.initialize(embeddings, { postgresConnectionOptions: {}, tableName: 'd' });
          await model.invoke(String((await store.similaritySearch('news', 4)).length));
        });
      `,
    ),
  ).toEqual(['7 no-client-in-handler']);
});

test('a history that is opened for each call', () => {
  expect(
    find(
      'src/history.ts',
      code`
        import { RunnableWithMessageHistory } from '@langchain/core/runnables';
        import { RedisChatMessageHistory } from '@langchain/redis';
        import { ChatOpenAI } from '@langchain/openai';
        export const chat = new RunnableWithMessageHistory({
          runnable: new ChatOpenAI(),
          getMessageHistory: (sessionId) =>
            new RedisChatMessageHistory({ sessionId, config: { url: process.env.REDIS_URL } }),
        });
      `,
    ),
  ).toEqual(['7 no-client-in-handler']);
});

test('a page of Next.js that reads its search parameters', () => {
  expect(
    find(
      'app/search/page.tsx',
      code`
        import { readFileSync } from 'node:fs';
        import { ChatOpenAI } from '@langchain/openai';
        export default async function Page({ searchParams }: { searchParams: Promise<{ q: string }> }) {
          const { q } = await searchParams;
          const text = readFileSync('./a.md', 'utf8');
          const llm = new ChatOpenAI({ model: 'gpt-4o', maxConcurrency: 4 });
          return (await llm.invoke(text + q)).text;
        }
      `,
    ),
  ).toEqual(['5 no-blocking-in-handler', '6 no-client-in-handler']);
});

test('synchronous calls of Deno and Bun, and which files may be read once', () => {
  const messages = project
    .report(
      'src/deno.ts',
      code`
        import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
        import { ChatOpenAI } from 'npm:@langchain/openai';
        const model = new ChatOpenAI();
        Deno.serve(async (request) => {
          const system = Deno.readTextFileSync('./system.md');
          const out = Bun.spawnSync(['uptime']);
          const names = readdirSync('./prompts');
          const count = readFileSync('./count.json', 'utf8');
          writeFileSync('./count.json', count + 1);
          const one = readFileSync(new URL('./one.md', import.meta.url), 'utf8');
          Deno.statSync('./x');
          return new Response((await model.invoke(system + out + names + one)).text);
        });
      `,
      { rules: { 'langchain/no-blocking-in-handler': 'error' } },
    )
    .map((report) => `${report.split(' ')[0] ?? ''} ${report.includes('once at module scope') ? 'once' : 'blocks'}`);
  expect(messages).toEqual(['5 once', '6 blocks', '7 blocks', '8 blocks', '9 blocks', '10 once']);
});

test('what returns an object is a handler, and no object of handlers', () => {
  expect(
    find(
      'server/api/ask.ts',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        export default defineEventHandler(async (event) => {
          const model = new ChatOpenAI({ maxConcurrency: 3 });
          return { answer: (await model.invoke(event.path)).text };
        });
      `,
    ),
  ).toEqual(['3 no-client-in-handler']);
});

test('a blocking call beside a model that another file exports', () => {
  expect(
    find(
      'src/bot.ts',
      code`
        import { Telegraf } from 'telegraf';
        import { execSync } from 'node:child_process';
        import { model } from './shared';
        const bot = new Telegraf('token');
        bot.command('version', (ctx) => ctx.reply(execSync('git describe').toString()));
        bot.command('haiku', async (ctx) => ctx.reply((await model.invoke('A haiku')).text));
      `,
    ),
  ).toEqual(['5 no-blocking-in-handler']);
});
