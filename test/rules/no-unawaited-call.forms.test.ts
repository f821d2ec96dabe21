import rule from '../../rules/no-unawaited-call.ts';
import { reports, rewrites, silent } from '../helpers/cases.ts';
import { code } from '../helpers/code.ts';
import { StrictRuleTester } from '../helpers/rule-tester.ts';

const tester = new StrictRuleTester();

// ── modules used more than once ─────────────────────────────────────────────────────────────────────────────────────

/** Routes of Express: `body` is what the module goes on with. */
const service = (body: string): string => code`
  import express from 'express';
  import { ChatOpenAI } from '@langchain/openai';

  const model = new ChatOpenAI({ model: 'gpt-4.1-mini' });
  const app = express();

  ${body}
`;

/** With a helper that makes the call and passes on its failure. */
const helped = (body: string): string =>
  service(code`
    async function summarize(text) {
      const summary = await model.invoke('Summarize: ' + text);
      await notify(summary.text);
    }

    ${body}
  `);

/** With a helper of the file that returns a model. */
const built = (body: string): string => code`
  import { createAgent, initChatModel } from 'langchain';
  import { ChatOpenAI } from '@langchain/openai';

  ${body}
`;

const parsed = (body: string): string =>
  service(code`
    import { JsonOutputParser } from '@langchain/core/output_parsers';
    import { clean } from './clean';

    export async function ask(q) {
      const parser = new JsonOutputParser();
      ${body}
    }
  `);

const handled = (text: string): readonly [string, string] => [text, text.replace(/;$/u, '.catch(console.error);')];
const call = 'model.invoke';
const json = 'as JSON it is `{}`';

tester.run(rule, {
  valid: [
    silent(
      'the promise of a model is kept, and awaited where it is used',
      built(code`
        async function getModel() { return await initChatModel('openai:gpt-4o'); }
        const pending = getModel();
        export async function go(q) { const m = await pending; return (await m.invoke(q)).text; }
      `),
    ),
    silent(
      'a parser of the file that awaits its input',
      service(code`
      import { BaseOutputParser } from '@langchain/core/output_parsers';
      class Patient extends BaseOutputParser { async parse(answer) { return (await answer).text; } }
      export async function ask(q) { return await new Patient().parse(model.invoke(q)); }
    `),
    ),
    // Whoever gets the failure.
    silent(
      'then with catch behind it',
      service(code`
        app.post('/ask', (req, res, next) => {
          model.invoke(req.body.q).then((reply) => res.json(reply)).catch(next);
        });
      `),
    ),
    silent(
      'then with two callbacks in the executor of a promise',
      service(code`
        export const ask = (q) => new Promise((resolve, reject) => { model.invoke(q).then(resolve, reject); });
      `),
    ),
    silent(
      'then on a variable whose failure is handled beside it',
      service(code`
        export function ask(q, show) {
          const pending = model.invoke(q).then(show);
          pending.catch(console.error);
        }
      `),
    ),
    silent('a helper that is awaited', helped("app.post('/a', async (req) => { await summarize(req.body); });")),
    silent(
      'a helper whose failure is handled',
      helped('export const go = (t) => { summarize(t).catch(console.error); };'),
    ),
    silent('a helper with void', helped('export const go = (t) => { void summarize(t); };')),
    silent(
      'a helper that handles its failure',
      service(code`
        async function warmUp() {
          try {
            await model.invoke('ping');
          } catch (error) {
            console.error(error);
          }
        }
        warmUp();
      `),
    ),
    silent(
      'a helper that calls no model',
      service(code`
        async function track(text) { await fetch('https://track.example.com', { method: 'POST', body: text }); }
        export function go(text) { track(text); }
      `),
    ),
    silent(
      'a script that handles the failure of its main function',
      service(code`
        async function main() { console.log((await model.invoke('ping')).text); }
        main().catch((error) => { console.error(error); process.exit(1); });
      `),
    ),
    silent(
      'an async function that is called on the spot, with a try',
      service(code`
        (async () => {
          try { console.log((await model.invoke('ping')).text); } catch (error) { console.error(error); }
        })();
      `),
    ),
    silent(
      'the promise of a model, kept for later',
      code`
        import { initChatModel } from 'langchain';
        let opening;
        export const getModel = () => (opening ??= initChatModel('openai:gpt-4.1'));
        export const ask = async (q) => (await getModel()).invoke(q);
      `,
    ),
    silent(
      'what Elysia derives for its routes',
      code`
        import { Elysia } from 'elysia';
        import { ChatOpenAI } from '@langchain/openai';
        const model = new ChatOpenAI();
        new Elysia()
          .derive(() => ({ greeting: model.invoke('Say hello') }))
          .get('/', async ({ greeting }) => (await greeting).text);
      `,
    ),
    silent(
      'a service of Nest that starts a call for its caller',
      code`
        import { Injectable } from '@nestjs/common';
        import { ChatOpenAI } from '@langchain/openai';
        @Injectable()
        export class Drafts {
          private readonly model = new ChatOpenAI();
          start(q: string) { return { id: q, draft: this.model.invoke(q) }; }
        }
      `,
    ),
  ],

  invalid: [
    // In a loop, `.catch()` would leave a fan-out.
    rewrites(
      'a helper in a loop',
      helped('export async function go(texts) { for (const text of texts) { ⟦summarize⟧(text); } }'),
      helped('export async function go(texts) { for (const text of texts) { await summarize(text); } }'),
      { messageId: 'perItem', data: { call }, suggests: { messageId: 'await' } },
    ),
    reports(
      'an async function that is called on the spot in a callback of forEach',
      service('export const go = (qs) => { qs.forEach((q) => { (⟦async () => ⟧{ await model.invoke(q); })(); }); };'),
      { messageId: 'perItem', data: { call } },
    ),
    reports(
      'a loop over a short list',
      service("export async function warmUp() { for (const q of ['a', 'b']) { ⟦model.invoke⟧(q); } }"),
      {
        messageId: 'floating',
        data: { call },
        suggestions: [
          { messageId: 'await', output: ['{ model.invoke(q); }', '{ await model.invoke(q); }'] },
          { messageId: 'catch', output: ['{ model.invoke(q); }', '{ model.invoke(q).catch(console.error); }'] },
        ],
      },
    ),

    // What a helper of the file builds.
    ...(
      [
        ['of a factory', "async function getModel() { return await initChatModel('openai:gpt-4o'); }", 'getModel'],
        ['of a factory, as an arrow function', "const getModel = () => initChatModel('openai:gpt-4o');", 'getModel'],
        ['of a class', 'async function getModel() { return new ChatOpenAI({ model: "gpt-4o" }); }', 'getModel'],
      ] as const
    ).map(([name, declared, helper]) =>
      rewrites(
        `the promise of a model, ${name}, is used as the model`,
        built(`${declared}\nexport async function go(q) { const m = ⟦${helper}⟧(); return (await m.invoke(q)).text; }`),
        built(
          `${declared}\nexport async function go(q) { const m = await ${helper}(); return (await m.invoke(q)).text; }`,
        ),
        { messageId: 'value', data: { call: helper, holder: '`m`', consequence: 'a promise has no `invoke`' } },
      ),
    ),
    rewrites(
      'the promise of a model, of a method of the class',
      built(code`
        export class Answers {
          private async getModel() { return await initChatModel('openai:gpt-4o'); }
          async run(q) { return ⟦this.getModel⟧().invoke(q); }
        }
      `),
      built(code`
        export class Answers {
          private async getModel() { return await initChatModel('openai:gpt-4o'); }
          async run(q) { return (await this.getModel()).invoke(q); }
        }
      `),
      {
        messageId: 'value',
        data: { call: 'this.getModel', holder: 'it', consequence: 'a promise has no `invoke`' },
      },
    ),
    rewrites(
      'the promise of a model is given to an agent',
      built(code`
        async function getModel() { return await initChatModel('openai:gpt-4o'); }
        export async function make(tools) { return createAgent({ model: ⟦getModel⟧(), tools }); }
      `),
      built(code`
        async function getModel() { return await initChatModel('openai:gpt-4o'); }
        export async function make(tools) { return createAgent({ model: await getModel(), tools }); }
      `),
      { messageId: 'value', data: { call: 'getModel', holder: 'it', consequence: 'the call receives a promise' } },
    ),

    // Parsers.
    ...['invoke', 'parse'].map((method) =>
      rewrites(
        `the promise of an answer is given to a parser's ${method}`,
        parsed(`return await parser.${method}(⟦model.invoke⟧(q));`),
        parsed(`return await parser.${method}(await model.invoke(q));`),
        { messageId: 'value', data: { call, holder: 'it', consequence: 'the call receives a promise' } },
      ),
    ),
    rewrites(
      'the promise of an answer is given to a sequence that begins with a parser',
      parsed('const answer = ⟦model.invoke⟧(q); return await parser.pipe(clean).invoke(answer);'),
      parsed('const answer = await model.invoke(q); return await parser.pipe(clean).invoke(answer);'),
      { messageId: 'value', data: { call, holder: '`answer`', consequence: 'the call receives a promise' } },
    ),

    // Functions that are not async.
    rewrites(
      'sent as JSON by a route that is not async',
      service("app.post('/a', (req, res) => { const reply = ⟦model.invoke⟧(req.body.q); res.json(reply); });"),
      service(
        "app.post('/a', async (req, res) => { const reply = await model.invoke(req.body.q); res.json(reply); });",
      ),
      {
        messageId: 'valueSync',
        data: { call, holder: '`reply`', consequence: json },
        suggests: { messageId: 'async' },
      },
    ),
    rewrites(
      'sent as JSON directly',
      service("app.post('/a', (req, res) => { res.json({ reply: ⟦model.invoke⟧(req.body.q) }); });"),
      service("app.post('/a', async (req, res) => { res.json({ reply: await model.invoke(req.body.q) }); });"),
      { messageId: 'valueSync', data: { call, holder: 'it', consequence: json }, suggests: { messageId: 'async' } },
    ),
    rewrites(
      'a function with a return type',
      service('export function ask(q: string): string { return ⟦model.invoke⟧(q).text; }'),
      service('export async function ask(q: string): Promise<string> { return (await model.invoke(q)).text; }'),
      {
        messageId: 'valueSync',
        data: { call, holder: 'it', consequence: 'a promise has no `text`' },
        suggests: { messageId: 'async' },
      },
    ),
    rewrites(
      'an export of CommonJS',
      service('exports.ask = (q) => { console.log(⟦model.invoke⟧(q)); };'),
      service('exports.ask = async (q) => { console.log(await model.invoke(q)); };'),
      {
        messageId: 'valueSync',
        data: { call, holder: 'it', consequence: 'it logs `Promise { <pending> }`' },
        suggests: { messageId: 'async' },
      },
    ),
    rewrites(
      'a method of a component, which its template calls',
      service(code`
        export default {
          methods: { ask() { const { text } = ⟦model.invoke⟧(this.q); this.reply = text; } },
        };
      `),
      service(code`
        export default {
          methods: { async ask() { const { text } = await model.invoke(this.q); this.reply = text; } },
        };
      `),
      {
        messageId: 'valueSync',
        data: { call, holder: 'it', consequence: 'a promise has nothing to destructure' },
        suggests: { messageId: 'async' },
      },
    ),
    rewrites(
      'a method',
      service('export class Answers { ask(q: string) { const { text } = ⟦model.invoke⟧(q); return text; } }'),
      service('export class Answers { async ask(q: string) { const { text } = await model.invoke(q); return text; } }'),
      {
        messageId: 'valueSync',
        data: { call, holder: 'it', consequence: 'a promise has nothing to destructure' },
        suggests: { messageId: 'async' },
      },
    ),
    rewrites(
      'a function that others await',
      service(code`
        const ask = (q) => { const reply = ⟦model.invoke⟧(q); return reply.text; };
        export const answer = async (q) => ({ text: await ask(q) });
      `),
      service(code`
        const ask = async (q) => { const reply = await model.invoke(q); return reply.text; };
        export const answer = async (q) => ({ text: await ask(q) });
      `),
      {
        messageId: 'valueSync',
        data: { call, holder: '`reply`', consequence: 'a promise has no `text`' },
        suggests: { messageId: 'async' },
      },
    ),
    reports(
      'a function whose callers need the value at once, a getter, a callback of a list',
      service(code`
        const ask = (q) => ⟦model.invoke⟧(q).text;
        export const shout = (q) => ask(q).toUpperCase();
        export class Greeting { get text() { return ⟦model.invoke⟧('Say hello').text; } }
        export const answer = (questions) => questions.map((q) => ⟦model.invoke⟧(q).text);
      `),
      ...['', '', ''].map(() => ({
        messageId: 'valueSync' as const,
        data: { call, holder: 'it', consequence: 'a promise has no `text`' },
      })),
    ),
    reports(
      'a statement in a route that is not async',
      service("app.post('/a', (req, res) => { ⟦model.invoke⟧(req.body.q); res.sendStatus(202); });"),
      {
        messageId: 'floatingSync',
        data: { call },
        suggestions: [
          {
            messageId: 'async',
            output: service(
              "app.post('/a', async (req, res) => { await model.invoke(req.body.q); res.sendStatus(202); });",
            ),
          },
          { messageId: 'catch', output: handled('model.invoke(req.body.q);') },
        ],
      },
    ),
    reports(
      'a statement in a listener, and in the executor of a promise',
      service(code`
        app.get('/a', async (req, res) => {
          req.on('close', () => { ⟦model.invoke⟧('closed'); });
          await new Promise((resolve) => { ⟦model.invoke⟧(req.query.q, { callbacks: [{ handleLLMEnd: resolve }] }); });
        });
      `),
      {
        messageId: 'floatingSync',
        data: { call },
        suggestions: [
          {
            messageId: 'async',
            output: ["() => { model.invoke('closed');", "async () => { await model.invoke('closed');"],
          },
          { messageId: 'catch', output: handled("model.invoke('closed');") },
        ],
      },
      {
        messageId: 'floatingSync',
        data: { call },
        suggestions: [
          {
            messageId: 'catch',
            output: ['handleLLMEnd: resolve }] });', 'handleLLMEnd: resolve }] }).catch(console.error);'],
          },
        ],
      },
    ),
    ...[
      { name: 'the top level of CommonJS', filename: 'src/warm.cjs', before: '' },
      { name: 'the top level of a .cts file', filename: 'src/warm.cts', before: '' },
      { name: 'a namespace', filename: 'src/warm.ts', before: 'namespace Warm { ' },
      { name: 'a static block', filename: 'src/warm.ts', before: 'class Warm { static { ' },
    ].map(({ before, filename, name }) =>
      reports(
        `a statement that cannot wait: ${name}`,
        {
          filename,
          code: code`
            const { ChatOpenAI } = require('@langchain/openai');
            ${before}new ⟦ChatOpenAI⟧().invoke('ping');${before.replace(/[^{]/gu, '').replaceAll('{', ' }')}
          `.replace('new ⟦ChatOpenAI⟧().invoke', '⟦new ChatOpenAI().invoke⟧'),
        },
        {
          messageId: 'floatingSync',
          data: { call: 'new ChatOpenAI().invoke' },
          suggestions: [{ messageId: 'catch', output: ["invoke('ping');", "invoke('ping').catch(console.error);"] }],
        },
      ),
    ),
    ...[
      { name: 'a static block', member: 'static { ⟦model.invoke⟧(topic); }' },
      { name: 'the initialiser of a field', member: 'isWarm = (⟦model.invoke⟧(topic), true);' },
    ].map(({ member, name }) =>
      reports(
        `no function around it lets it wait: ${name}`,
        service(code`
          app.on('mount', (topic) => {
            class Warm { ${member} }
            track(Warm);
          });
        `),
        {
          messageId: 'floatingSync',
          data: { call },
          suggestions: [
            { messageId: 'catch', output: ['model.invoke(topic)', 'model.invoke(topic).catch(console.error)'] },
          ],
        },
      ),
    ),

    // A chain that nobody gets the failure of.
    reports(
      'then with one callback',
      service(code`
        app.post('/ask', (req, res) => {
          ⟦model.invoke⟧(req.body.q).then((reply) => res.json(reply.text));
        });
      `),
      {
        messageId: 'chained',
        data: { call },
        suggestions: [
          {
            messageId: 'async',
            output: service(code`
              app.post('/ask', async (req, res) => {
                await model.invoke(req.body.q).then((reply) => res.json(reply.text));
              });
            `),
          },
          { messageId: 'catch', output: handled('model.invoke(req.body.q).then((reply) => res.json(reply.text));') },
        ],
      },
    ),
    reports(
      'finally in a try that does not wait',
      service(code`
        export async function ask(q, stop) {
          try {
            ⟦model.invoke⟧(q).finally(stop);
          } catch (error) {
            console.error(error);
          }
        }
      `),
      {
        messageId: 'chained',
        data: { call },
        suggestions: [
          { messageId: 'await', output: ['model.invoke(q)', 'await model.invoke(q)'] },
          { messageId: 'catch', output: handled('model.invoke(q).finally(stop);') },
        ],
      },
    ),
    rewrites(
      'the result of then, sent as JSON',
      service(code`
        app.post('/ask', async (req, res) => {
          const text = ⟦model.invoke⟧(req.body.q).then((reply) => reply.text);
          res.json({ text });
        });
      `),
      service(code`
        app.post('/ask', async (req, res) => {
          const text = await model.invoke(req.body.q).then((reply) => reply.text);
          res.json({ text });
        });
      `),
      { messageId: 'value', data: { call, holder: '`text`', consequence: json } },
    ),

    // The call hides one function down.
    reports(
      'a helper that is dropped in a route',
      helped("app.post('/a', async (req, res) => { ⟦summarize⟧(req.body); res.sendStatus(202); });"),
      {
        messageId: 'helper',
        data: { call, helper: 'summarize' },
        suggestions: [
          { messageId: 'await', output: ['{ summarize(req', '{ await summarize(req'] },
          { messageId: 'catch', output: handled('summarize(req.body);') },
        ],
      },
    ),
    reports(
      'a method that is dropped',
      service(code`
        export class Notes {
          private async tag(text: string) { return (await model.invoke(text)).text; }
          async add(text: string) { ⟦this.tag⟧(text); await save(text); }
        }
      `),
      {
        messageId: 'helper',
        data: { call, helper: 'this.tag' },
        suggestions: [
          { messageId: 'await', output: ['{ this.tag', '{ await this.tag'] },
          { messageId: 'catch', output: handled('this.tag(text);') },
        ],
      },
    ),
    reports(
      'an async function that is called on the spot',
      service(code`
        export function warmUp() {
          (⟦async () => ⟧{ await model.invoke('ping'); })();
        }
      `),
      {
        messageId: 'iife',
        data: { call },
        suggestions: [
          {
            messageId: 'async',
            output: service(code`
              export async function warmUp() {
                await (async () => { await model.invoke('ping'); })();
              }
            `),
          },
          { messageId: 'catch', output: handled("(async () => { await model.invoke('ping'); })();") },
        ],
      },
    ),
    reports(
      'void before a helper in a serverless handler',
      {
        filename: 'app/api/notes/route.ts',
        code: helped(code`
          export async function POST(request) {
            void ⟦summarize⟧(await request.text());
            return Response.json({ ok: true });
          }
        `),
      },
      {
        messageId: 'void',
        data: { call, unit: 'request', background: '`waitUntil()` or `after()`' },
        suggestions: [{ messageId: 'await', output: ['void summarize', 'await summarize'] }],
      },
    ),
    reports(
      'the main function of a script',
      service(code`
        async function main() { console.log((await model.invoke('ping')).text); }
        ⟦main⟧();
      `),
      {
        messageId: 'helper',
        data: { call, helper: 'main' },
        suggestions: [
          { messageId: 'await', output: ['}\nmain();', '}\nawait main();'] },
          { messageId: 'catch', output: handled('main();') },
        ],
      },
    ),
    rewrites(
      'the promise of a helper as its value',
      helped("app.post('/a', async (req, res) => { res.json({ done: ⟦summarize⟧(req.body) }); });"),
      helped("app.post('/a', async (req, res) => { res.json({ done: await summarize(req.body) }); });"),
      { messageId: 'value', data: { call: 'summarize', holder: 'it', consequence: json } },
    ),

    // What is promised is a model, tools, a run.
    reports(
      'initChatModel handed to createAgent at the top of a module',
      code`
        import { createAgent, initChatModel } from 'langchain';
        export const agent = createAgent({ model: ⟦initChatModel⟧('openai:gpt-4.1'), tools: [] });
      `,
      {
        messageId: 'value',
        data: { call: 'initChatModel', holder: 'it', consequence: 'the call receives a promise' },
        suggestions: [{ messageId: 'await', output: ['model: init', 'model: await init'] }],
      },
    ),
    rewrites(
      'the tools of an MCP client',
      code`
        import { MultiServerMCPClient } from '@langchain/mcp-adapters';
        import { createAgent } from 'langchain';
        const mcp = new MultiServerMCPClient({ mcpServers: {} });
        export async function build() {
          const tools = ⟦mcp.getTools⟧();
          return createAgent({ model: 'openai:gpt-4.1', tools });
        }
      `,
      code`
        import { MultiServerMCPClient } from '@langchain/mcp-adapters';
        import { createAgent } from 'langchain';
        const mcp = new MultiServerMCPClient({ mcpServers: {} });
        export async function build() {
          const tools = await mcp.getTools();
          return createAgent({ model: 'openai:gpt-4.1', tools });
        }
      `,
      {
        messageId: 'value',
        data: { call: 'mcp.getTools', holder: '`tools`', consequence: 'the call receives a promise' },
      },
    ),
    rewrites(
      'a prompt of the hub in a pipe',
      code`
        import { pull } from 'langchain/hub';
        import { ChatOpenAI } from '@langchain/openai';
        export async function build() {
          const prompt = ⟦pull⟧('acme/support');
          return prompt.pipe(new ChatOpenAI());
        }
      `,
      code`
        import { pull } from 'langchain/hub';
        import { ChatOpenAI } from '@langchain/openai';
        export async function build() {
          const prompt = await pull('acme/support');
          return prompt.pipe(new ChatOpenAI());
        }
      `,
      {
        messageId: 'value',
        data: { call: 'pull', holder: '`prompt`', consequence: 'a promise has no `pipe`' },
      },
    ),
    rewrites(
      'a run of streamEvents v3',
      code`
        import { createAgent } from 'langchain';
        const agent = createAgent({ model: 'openai:gpt-4.1', tools: [] });
        export async function show(messages) {
          for await (const event of ⟦agent.streamEvents⟧({ messages }, { version: 'v3' })) console.log(event);
        }
      `,
      code`
        import { createAgent } from 'langchain';
        const agent = createAgent({ model: 'openai:gpt-4.1', tools: [] });
        export async function show(messages) {
          for await (const event of await agent.streamEvents({ messages }, { version: 'v3' })) console.log(event);
        }
      `,
      {
        messageId: 'value',
        data: { call: 'agent.streamEvents', holder: 'it', consequence: 'a promise cannot be iterated' },
      },
    ),

    // Frameworks that send what a handler returns.
    rewrites(
      'returned inside an object by a route of Nest',
      code`
        import { Body, Controller, Post } from '@nestjs/common';
        import { ChatOpenAI } from '@langchain/openai';
        @Controller('drafts')
        export class Drafts {
          private readonly model = new ChatOpenAI();
          @Post() async write(@Body() body: { q: string }) { return { draft: ⟦this.model.invoke⟧(body.q) }; }
        }
      `,
      code`
        import { Body, Controller, Post } from '@nestjs/common';
        import { ChatOpenAI } from '@langchain/openai';
        @Controller('drafts')
        export class Drafts {
          private readonly model = new ChatOpenAI();
          @Post() async write(@Body() body: { q: string }) { return { draft: await this.model.invoke(body.q) }; }
        }
      `,
      { messageId: 'value', data: { call: 'this.model.invoke', holder: 'it', consequence: json } },
    ),
    rewrites(
      'returned inside an object by routes of Fastify and Elysia',
      code`
        import Fastify from 'fastify';
        import { Elysia } from 'elysia';
        import { ChatOpenAI } from '@langchain/openai';
        const model = new ChatOpenAI();
        Fastify().route({ method: 'GET', url: '/', handler: async () => ({ reply: ⟦model.invoke⟧('a') }) });
        new Elysia().post('/', async ({ body }) => { const reply = ⟦model.invoke⟧(body); return { reply }; });
      `,
      code`
        import Fastify from 'fastify';
        import { Elysia } from 'elysia';
        import { ChatOpenAI } from '@langchain/openai';
        const model = new ChatOpenAI();
        Fastify().route({ method: 'GET', url: '/', handler: async () => ({ reply: await model.invoke('a') }) });
        new Elysia().post('/', async ({ body }) => { const reply = await model.invoke(body); return { reply }; });
      `,
      { messageId: 'value', data: { call, holder: 'it', consequence: json } },
      { messageId: 'value', data: { call, holder: '`reply`', consequence: json } },
    ),
    rewrites(
      'returned inside an object by a handler of Nuxt',
      {
        filename: 'server/api/ask.get.ts',
        code: code`
          import { ChatOpenAI } from '@langchain/openai';
          const model = new ChatOpenAI();
          export default defineEventHandler((event) => ({ reply: ⟦model.invoke⟧(getQuery(event).q) }));
        `,
      },
      code`
        import { ChatOpenAI } from '@langchain/openai';
        const model = new ChatOpenAI();
        export default defineEventHandler(async (event) => ({ reply: await model.invoke(getQuery(event).q) }));
      `,
      { messageId: 'valueSync', data: { call, holder: 'it', consequence: json }, suggests: { messageId: 'async' } },
    ),
  ],
});
