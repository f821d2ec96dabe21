import rule from '../../rules/no-unawaited-call.ts';
import { code, locate } from '../helpers/code.ts';
import { type Invalid, StrictRuleTester } from '../helpers/rule-tester.ts';
import { importForms, lookalikes, type Names } from '../helpers/shape-matrix.ts';

type MessageIds = 'await' | 'catch' | 'feed' | 'floating' | 'perItem' | 'return' | 'unused' | 'value' | 'void';
type Reported = Omit<Invalid<MessageIds, []>, 'name'>;

const tester = new StrictRuleTester();

const catchErrors = '.catch(console.error)';

// ── the shape matrix ────────────────────────────────────────────────────────────────────────────────────────────────

const unawaited = (n: Names<'ChatOpenAI'>): string => code`
  const model = new ${n.ChatOpenAI}({ model: 'gpt-4.1-mini' });

  async function summarize(text) {
    const reply = model.invoke(text);
    return reply.content;
  }
`;
const awaited = (n: Names<'ChatOpenAI'>): string => unawaited(n).replace('model.invoke', 'await model.invoke');

const floating = (n: Names<'PineconeStore'>): string => code`
  async function remember(docs) {
    const store = await ${n.PineconeStore}.fromExistingIndex(embeddings, { pineconeIndex });
    store.addDocuments(docs);
    return docs.length;
  }
`;

// ── modules used more than once ─────────────────────────────────────────────────────────────────────────────────────

const answers = (body: string): string => code`
  import { ChatPromptTemplate } from '@langchain/core/prompts';
  import { StringOutputParser } from '@langchain/core/output_parsers';
  import { ChatOpenAI } from '@langchain/openai';
  import { Router } from 'express';

  const chain = ChatPromptTemplate.fromTemplate('Draft a reply to {subject}')
    .pipe(new ChatOpenAI())
    .pipe(new StringOutputParser());
  export const tickets = Router();

  tickets.post('/:id/draft', async (req, res) => {
    ${body}
  });
`;

/** A value misuse in the Express route of `answers`. */
const misuse = (
  before: string,
  after: string | null,
  holder: string,
  consequence: string,
  suggested: string | null = null,
): Reported => {
  const source = answers(before);
  return {
    code: source,
    output: after === null ? null : answers(after),
    errors: [
      {
        messageId: 'value',
        data: { call: 'chain.invoke', holder, consequence },
        ...locate(source, 'chain.invoke'),
        ...(suggested === null ? {} : { suggestions: [{ messageId: 'await', output: answers(suggested) }] }),
      },
    ],
  };
};

const route = 'app/api/threads/route.ts';

const inRoute = (body: string): string => code`
  import { PineconeStore } from '@langchain/pinecone';
  import { after, NextResponse } from 'next/server';
  import { waitUntil } from '@vercel/functions';
  import { embeddings, pineconeIndex } from '@/lib/clients';

  const store = new PineconeStore(embeddings, { pineconeIndex });

  export async function POST(request) {
    const { docs } = await request.json();
    ${body}
    return NextResponse.json({ accepted: docs.length });
  }
`;

const nest = (body: string): string => code`
  import { Injectable } from '@nestjs/common';
  import { ChatAnthropic } from '@langchain/anthropic';
  import type { BaseRetriever } from '@langchain/core/retrievers';

  @Injectable()
  export class Answers {
    constructor(private readonly llm: ChatAnthropic, private readonly retriever: BaseRetriever) {}

    async answer(question: string): Promise<string> {
      ${body}
    }
  }
`;

const streamed = (body: string): string => code`
  import { ChatOpenAI } from '@langchain/openai';
  import { LangChainStream, StreamingTextResponse } from 'ai';

  export async function POST(req) {
    const { messages } = await req.json();
    const { stream, handlers } = LangChainStream();
    const llm = new ChatOpenAI({ streaming: true, callbacks: [handlers] });
    ${body}
    return new StreamingTextResponse(stream);
  }
`;

const statements = (body: string): string => code`
  import { OpenAIEmbeddings } from '@langchain/openai';
  import { PineconeStore } from '@langchain/pinecone';
  import { RedisChatMessageHistory } from '@langchain/redis';
  import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
  import { index as indexDocs } from '@langchain/core/indexing';
  import { pool, pineconeIndex } from './clients.js';

  const store = new PineconeStore(new OpenAIEmbeddings(), { pineconeIndex });
  const history = new RedisChatMessageHistory({ sessionId: 'a' });
  const saver = new PostgresSaver(pool);

  ${body}
`;

/** A bare call in the module of `statements`, with what each suggestion writes. */
const bare = (
  before: string,
  call: string,
  suggested: Partial<Record<'await' | 'catch' | 'return', string>>,
  messageId: 'floating' | 'perItem' = 'floating',
): Reported => {
  const source = statements(before);
  return {
    code: source,
    output: null,
    errors: [
      {
        messageId,
        data: { call },
        ...locate(source, call, source.split(call).length - 1),
        suggestions: (['await', 'return', 'catch'] as const).flatMap((messageId) => {
          const output = suggested[messageId];
          return output === undefined ? [] : [{ messageId, output: statements(output) }];
        }),
      },
    ],
  };
};

tester.run(rule, {
  valid: [
    ...lookalikes({ module: '@langchain/openai', names: ['ChatOpenAI'], body: unawaited }),
    ...lookalikes({ module: '@langchain/pinecone', names: ['PineconeStore'], label: 'statement', body: floating }),

    {
      name: 'awaited',
      code: answers(code`
        const draft = await chain.invoke(req.body);
        res.json({ draft });
      `),
    },
    { name: 'awaited where it is sent', code: answers('res.json({ draft: await chain.invoke(req.body) });') },
    {
      name: 'started first, awaited after another call',
      code: answers(
        code`
          const pending = chain.invoke(req.body);
          const label = await classify(req.body);
          res.json({ label, draft: await pending });
        `,
      ),
    },
    {
      name: 'started and logged, then awaited',
      code: answers(
        code`
          const pending = chain.invoke(req.body);
          console.log(pending);
          res.json({ draft: await pending });
        `,
      ),
    },
    {
      name: 'returned',
      code: nest(code`
        return this.llm.invoke(question).then((reply) => reply.text);
      `),
    },
    {
      name: 'returned by an arrow function',
      code: answers(code`
        const ask = (subject) => chain.invoke({ subject });
        res.json(await ask(req.body.subject));
      `),
    },
    {
      name: 'the async callback of a limited map',
      code: answers(
        code`
          res.json(await pMap(req.body, async (subject) => chain.invoke({ subject }), { concurrency: 2 }));
        `,
      ),
    },
    {
      name: 'then with two callbacks',
      code: answers('chain.invoke(req.body).then((draft) => res.json({ draft }), next);'),
    },
    { name: 'catch', code: answers('chain.invoke(req.body).catch(next); res.sendStatus(202);') },
    {
      name: 'a variable with a catch',
      code: answers(code`
        const pending = chain.invoke(req.body);
        pending.catch(next);
        res.sendStatus(202);
      `),
    },
    {
      name: 'Promise.all',
      code: answers(
        code`
          const [a, b] = await Promise.all([chain.invoke(req.body), chain.invoke(req.query)]);
          res.json({ a, b });
        `,
      ),
    },
    {
      name: 'Promise.race with a timer',
      code: answers(code`
        const draft = await Promise.race([chain.invoke(req.body), timer(30_000)]);
        res.json({ draft });
      `),
    },
    { name: 'Promise.resolve', code: answers('res.json(await Promise.resolve(chain.invoke(req.body)));') },
    {
      name: 'collected and awaited later',
      code: answers(
        code`
          const pending = [];
          for (const body of req.body.slice(0, 3)) pending.push(chain.invoke(body));
          res.json(await Promise.all(pending));
        `,
      ),
    },
    {
      name: 'kept by key and awaited later',
      code: answers(
        code`
          const jobs = { a: chain.invoke(req.body), b: chain.invoke(req.query) };
          res.json({ a: await jobs.a, b: await jobs.b });
        `,
      ),
    },
    {
      name: 'kept in a map',
      code: answers(code`
        jobs.set(req.params.id, chain.invoke(req.body));
        res.sendStatus(202);
      `),
    },
    {
      name: 'kept in a field',
      code: nest('this.pending = this.llm.invoke(question); return (await this.pending).text;'),
    },
    {
      name: 'handed to a function that may await it',
      code: answers('res.json({ draft: await withDeadline(chain.invoke(req.body), 30_000) });'),
    },
    {
      name: 'handed to a function of the file that awaits it',
      code: answers(
        code`
          async function send(draft) { res.json({ draft: await draft }); }
          await send(chain.invoke(req.body));
        `,
      ),
    },
    { name: 'handed to an assertion', code: answers('await expect(chain.invoke(req.body)).rejects.toThrow();') },
    {
      name: 'a condition on a variable that may hold nothing',
      code: answers(
        code`
          const pending = req.query.draft ? chain.invoke(req.body) : undefined;
          const label = await classify(req.body);
          if (pending) res.json({ label, draft: await pending }); else res.json({ label });
        `,
      ),
    },
    {
      name: 'a condition on a variable that is set in a branch',
      code: answers(
        code`
          let pending;
          if (req.query.draft) pending = chain.invoke(req.body);
          if (pending) res.json({ draft: await pending });
        `,
      ),
    },
    {
      name: 'a test whether it is a promise',
      code: answers(code`
        const draft = chain.invoke(req.body);
        res.json(draft instanceof Promise ? await draft : draft);
      `),
    },
    {
      name: 'overwritten by its result',
      code: answers(code`
        let draft = chain.invoke(req.body);
        draft = await draft;
        res.json({ draft });
      `),
    },
    { name: 'void in a process that goes on', code: answers('void chain.invoke(req.body); res.sendStatus(202);') },
    { name: 'void at the top level of a module', code: statements('void saver.setup();') },
    {
      name: 'a variable that says it is dropped',
      code: answers('const _pending = chain.invoke(req.body); res.sendStatus(202);'),
    },
    {
      name: 'a local prompt',
      code: answers(
        code`
          const prompt = ChatPromptTemplate.fromTemplate('{x}');
          const value = prompt.invoke({ x: 1 });
          console.log(value);
        `,
      ),
    },
    {
      name: 'a lambda that does not reach the network',
      code: answers(
        code`
          const { RunnableLambda } = await import('@langchain/core/runnables');
          const twice = RunnableLambda.from((x) => x * 2);
          twice.invoke(2);
        `,
      ),
    },
    {
      name: 'streamEvents, an async iterable',
      code: answers(
        code`
          for await (const event of chain.streamEvents(req.body, { version: 'v2' })) res.write(event.event);
        `,
      ),
    },
    {
      name: 'streamLog in a variable',
      code: answers(
        code`
          const log = chain.streamLog(req.body);
          for await (const patch of log) res.write(JSON.stringify(patch));
          res.end();
        `,
      ),
    },
    {
      name: 'transform',
      code: answers(code`
        const stream = chain.transform(inputs);
        for await (const part of stream) res.write(part);
      `),
    },
    {
      name: 'builders',
      code: answers(
        code`
          const once = chain.withConfig({ runName: 'draft' });
          const named = once.withRetry();
          res.json({ name: named.name });
        `,
      ),
    },
    {
      name: 'streamed by a loader: returned inside an object',
      filename: 'app/routes/answer.tsx',
      code: code`
        import { ChatOpenAI } from '@langchain/openai';
        import { defer } from '@remix-run/node';
        const model = new ChatOpenAI();
        export async function loader({ params }) {
          const answer = model.invoke(params.q);
          return { title: params.q, answer };
        }
        export async function action({ params }) {
          const answer = model.invoke(params.q);
          return defer({ answer });
        }
      `,
    },
    {
      name: 'a JSX prop',
      filename: 'app/page.tsx',
      languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } },
      code: code`
        import { ChatOpenAI } from '@langchain/openai';
        const model = new ChatOpenAI();
        export default async function Page({ q }) {
          const answer = model.invoke(q);
          return <Suspense fallback={null}><Answer reply={answer} other={model.invoke(q)} /></Suspense>;
        }
      `,
    },
    {
      name: 'handed to after',
      filename: route,
      code: inRoute('after(async () => { await store.addDocuments(docs); });'),
    },
    { name: 'void in after', filename: route, code: inRoute('after(() => { void store.addDocuments(docs); });') },
    { name: 'handed to waitUntil', filename: route, code: inRoute('waitUntil(store.addDocuments(docs));') },
    {
      name: 'void in waitUntil of the context',
      filename: route,
      code: inRoute(code`
        request.context.waitUntil((async () => { void store.addDocuments(docs); })());
      `),
    },
    {
      name: 'fed stream with a handled error',
      filename: 'app/api/chat/route.ts',
      code: streamed('llm.invoke(messages).catch(console.error);'),
    },
    {
      name: 'a class with a stream of its own',
      code: code`
        import { BaseChatModel } from '@langchain/core/language_models/chat_models';
        export class Agent extends BaseChatModel {
          async *stream(input: string) { yield input; }
          async invoke(input: string) {
            const events = this.stream(input);
            let last = '';
            for await (const event of events) last = event;
            return last;
          }
        }
      `,
    },
    {
      name: 'the run of a database statement',
      code: code`
        import { Document } from '@langchain/core/documents';
        import Database from 'better-sqlite3';
        const db = new Database('index.db');
        export async function save(docs: Document[]) {
          const insert = db.prepare('INSERT INTO docs VALUES (?)');
          for (const doc of docs) insert.run(doc.pageContent);
        }
      `,
    },
    {
      name: 'a forEach with an async callback is no-unbounded-concurrency’s',
      code: statements(
        code`
          export async function add(pages) { pages.forEach(async (docs) => { store.addDocuments(docs); }); }
        `,
      ),
    },
    {
      name: 'a receiver that cannot be traced',
      code: answers('const docs = search.invoke(req.body); res.json({ docs });'),
    },
  ],

  invalid: [
    ...importForms({
      module: '@langchain/openai',
      names: ['ChatOpenAI'],
      body: unawaited,
      expect: ({ source, render }): Pick<Reported, 'errors' | 'output'> => ({
        output: render(awaited),
        errors: [
          {
            messageId: 'value',
            data: { call: 'model.invoke', holder: '`reply`', consequence: 'a promise has no `content`' },
            ...locate(source, 'model.invoke'),
          },
        ],
      }),
    }),
    ...importForms({
      module: '@langchain/pinecone',
      names: ['PineconeStore'],
      label: 'statement',
      body: floating,
      expect: ({ source, render }): Pick<Reported, 'errors' | 'output'> => ({
        output: null,
        errors: [
          {
            messageId: 'floating',
            data: { call: 'store.addDocuments' },
            ...locate(source, 'store.addDocuments'),
            suggestions: [
              { messageId: 'await', output: render((n) => floating(n).replace('store.add', 'await store.add')) },
              { messageId: 'catch', output: render((n) => floating(n).replace('(docs);', `(docs)${catchErrors};`)) },
            ],
          },
        ],
      }),
    }),

    // A promise that is used as if it were the result.
    {
      name: 'sent as JSON in an object',
      ...misuse(
        'const draft = chain.invoke(req.body);\n    res.json({ id: req.params.id, draft });',
        'const draft = await chain.invoke(req.body);\n    res.json({ id: req.params.id, draft });',
        '`draft`',
        'as JSON it is `{}`',
      ),
    },
    {
      name: 'sent as JSON by itself',
      ...misuse(
        'const draft = chain.invoke(req.body); res.json(draft);',
        'const draft = await chain.invoke(req.body); res.json(draft);',
        '`draft`',
        'as JSON it is `{}`',
      ),
    },
    {
      name: 'sent as JSON directly',
      ...misuse(
        'res.status(201).json({ draft: chain.invoke(req.body) });',
        'res.status(201).json({ draft: await chain.invoke(req.body) });',
        'it',
        'as JSON it is `{}`',
      ),
    },
    {
      name: 'JSON.stringify',
      ...misuse(
        'res.write(JSON.stringify({ draft: chain.invoke(req.body) }));',
        'res.write(JSON.stringify({ draft: await chain.invoke(req.body) }));',
        'it',
        'as JSON it is `{}`',
      ),
    },
    {
      name: 'a template',
      ...misuse(
        'const draft = chain.invoke(req.body); res.send(`<p>${draft}</p>`);',
        'const draft = await chain.invoke(req.body); res.send(`<p>${draft}</p>`);',
        '`draft`',
        'as text it is `[object Promise]`',
      ),
    },
    {
      name: 'a concatenation',
      ...misuse(
        "res.send('Dear customer, ' + chain.invoke(req.body));",
        "res.send('Dear customer, ' + await chain.invoke(req.body));",
        'it',
        'as text it is `[object Promise]`',
      ),
    },
    {
      name: 'logged',
      ...misuse(
        'const draft = chain.invoke(req.body); console.log(draft);',
        'const draft = await chain.invoke(req.body); console.log(draft);',
        '`draft`',
        'it logs `Promise { <pending> }`',
      ),
    },
    {
      name: 'logged directly',
      ...misuse(
        "console.log('draft', chain.invoke(req.body));",
        "console.log('draft', await chain.invoke(req.body));",
        'it',
        'it logs `Promise { <pending> }`',
      ),
    },
    {
      name: 'a member',
      ...misuse(
        'const draft = chain.invoke(req.body); res.send(draft.trim());',
        'const draft = await chain.invoke(req.body); res.send(draft.trim());',
        '`draft`',
        'a promise has no `trim`',
      ),
    },
    {
      name: 'a member of the call',
      ...misuse(
        'res.send(chain.invoke(req.body).trim());',
        'res.send((await chain.invoke(req.body)).trim());',
        'it',
        'a promise has no `trim`',
      ),
    },
    {
      name: 'a member that is awaited instead',
      ...misuse(
        'res.send(await chain.invoke(req.body).content);',
        'res.send(await (await chain.invoke(req.body)).content);',
        'it',
        'a promise has no `content`',
      ),
    },
    {
      name: 'a member of the call in parentheses',
      ...misuse(
        'res.send((chain.invoke(req.body)).trim());',
        'res.send((await chain.invoke(req.body)).trim());',
        'it',
        'a promise has no `trim`',
      ),
    },
    {
      name: 'an optional member',
      ...misuse(
        'res.send(chain.invoke(req.body)?.content);',
        'res.send((await chain.invoke(req.body))?.content);',
        'it',
        'a promise has no `content`',
      ),
    },
    {
      name: 'an element',
      ...misuse(
        'const drafts = chain.invoke(req.body); res.send(drafts[i]);',
        'const drafts = await chain.invoke(req.body); res.send(drafts[i]);',
        '`drafts`',
        'a promise has no such member',
      ),
    },
    {
      name: 'destructured',
      ...misuse(
        'const { draft } = chain.invoke(req.body); res.send(draft);',
        'const { draft } = await chain.invoke(req.body); res.send(draft);',
        'it',
        'a promise has nothing to destructure',
      ),
    },
    {
      name: 'a spread',
      ...misuse(
        'res.json({ ok: true, ...chain.invoke(req.body) });',
        'res.json({ ok: true, ...await chain.invoke(req.body) });',
        'it',
        'a promise has no properties',
      ),
    },
    {
      name: 'a spread array',
      ...misuse(
        'const parts = chain.invoke(req.body); show([...parts]);',
        'const parts = await chain.invoke(req.body); show([...parts]);',
        '`parts`',
        'a promise cannot be iterated',
      ),
    },
    {
      name: 'a comparison',
      ...misuse(
        "if (chain.invoke(req.body) === 'yes') res.sendStatus(204);",
        "if (await chain.invoke(req.body) === 'yes') res.sendStatus(204);",
        'it',
        'the operator receives the promise',
      ),
    },
    {
      name: 'a power',
      ...misuse(
        'res.json(chain.invoke(req.body) ** 2);',
        'res.json((await chain.invoke(req.body)) ** 2);',
        'it',
        'the operator receives the promise',
      ),
    },
    {
      name: 'a tag',
      ...misuse(
        'show(chain.invoke(req.body).tag`x`);',
        'show((await chain.invoke(req.body)).tag`x`);',
        'it',
        'a promise has no `tag`',
      ),
    },
    {
      name: 'assigned before it is used',
      ...misuse(
        'let draft; draft = chain.invoke(req.body); res.json({ draft });',
        'let draft; draft = await chain.invoke(req.body); res.json({ draft });',
        '`draft`',
        'as JSON it is `{}`',
      ),
    },
    {
      name: 'behind a cache',
      ...misuse(
        'const draft = cached ?? chain.invoke(req.body); res.json({ draft });',
        'const draft = cached ?? await chain.invoke(req.body); res.json({ draft });',
        '`draft`',
        'as JSON it is `{}`',
      ),
    },
    {
      name: 'in a function of the file',
      ...misuse(
        'const send = (draft) => res.send(draft.trim()); send(chain.invoke(req.body));',
        'const send = (draft) => res.send(draft.trim()); send(await chain.invoke(req.body));',
        '`draft`',
        'a promise has no `trim`',
      ),
    },
    {
      name: 'in an object that becomes JSON',
      ...misuse(
        'const body = { draft: chain.invoke(req.body) }; res.json(body);',
        'const body = { draft: await chain.invoke(req.body) }; res.json(body);',
        'it',
        'as JSON it is `{}`',
      ),
    },
    {
      name: 'with an assertion',
      ...misuse(
        'const draft = chain.invoke(req.body) as any; res.json(draft.text);',
        'const draft = await chain.invoke(req.body) as any; res.json(draft.text);',
        '`draft`',
        'a promise has no `text`',
      ),
    },
    {
      name: 'with a non-null assertion',
      ...misuse(
        'res.json(chain.invoke(req.body)!.text);',
        'res.json((await chain.invoke(req.body)!).text);',
        'it',
        'a promise has no `text`',
      ),
    },
    {
      name: 'with a comment',
      ...misuse(
        'const draft = /* a string */ chain.invoke(req.body); res.json({ draft });',
        'const draft = /* a string */ await chain.invoke(req.body); res.json({ draft });',
        '`draft`',
        'as JSON it is `{}`',
      ),
    },

    // Not certain enough to rewrite.
    {
      name: 'a condition, which would take the other branch',
      ...misuse(
        code`
          const draft = chain.invoke(req.body);
          if (!draft) return res.sendStatus(404);
          res.sendStatus(200);
        `,
        null,
        '`draft`',
        'a promise is always truthy',
        code`
          const draft = await chain.invoke(req.body);
          if (!draft) return res.sendStatus(404);
          res.sendStatus(200);
        `,
      ),
    },
    {
      name: 'a member, though it is awaited elsewhere',
      ...misuse(
        'const draft = chain.invoke(req.body); await draft; res.send(draft.trim());',
        null,
        '`draft`',
        'a promise has no `trim`',
        'const draft = await chain.invoke(req.body); await draft; res.send(draft.trim());',
      ),
    },
    {
      name: 'a variable that says it holds a promise',
      ...misuse(
        'const draft: Promise<string> = chain.invoke(req.body); res.json({ draft });',
        null,
        '`draft`',
        'as JSON it is `{}`',
      ),
    },
    {
      name: 'a variable declared for a promise',
      ...misuse(
        code`
          let draft: Promise<string> | undefined;
          draft = chain.invoke(req.body);
          res.json({ draft });
        `,
        null,
        '`draft`',
        'as JSON it is `{}`',
      ),
    },
    {
      name: 'an assertion that it is a promise',
      ...misuse(
        'const draft = chain.invoke(req.body) as Promise<string>; res.json({ draft });',
        null,
        '`draft`',
        'as JSON it is `{}`',
      ),
    },
    {
      name: 'the default of a parameter',
      ...misuse(
        code`
          const send = async (draft = chain.invoke(req.body)) => res.send(draft.trim());
          await send();
        `,
        null,
        '`draft`',
        'a promise has no `trim`',
      ),
    },
    {
      name: 'a callback that is not async',
      ...misuse(
        code`
          res.json(req.body.map((subject) => { const draft = chain.invoke({ subject }); return draft.trim(); }));
        `,
        null,
        '`draft`',
        'a promise has no `trim`',
      ),
    },
    {
      name: 'a fix that somebody turned off',
      ...misuse(
        'const draft = chain.invoke(req.body); res.json({ draft });',
        null,
        '`draft`',
        'as JSON it is `{}`',
        'const draft = await chain.invoke(req.body); res.json({ draft });',
      ),
      settings: { langchain: { autofix: false } },
    },

    // Passed on to LangChain.
    {
      name: 'an optional chain that ends early',
      code: nest('return this.llm?.invoke(question).text;'),
      output: null,
      errors: [
        {
          messageId: 'value',
          data: { call: 'this.llm?.invoke', holder: 'it', consequence: 'a promise has no `text`' },
          ...locate(nest('return this.llm?.invoke(question).text;'), 'this.llm?.invoke'),
        },
      ],
    },
    ...[
      {
        name: 'documents that reach a prompt as a promise',
        before: code`
          const docs = this.retriever.invoke(question);
          const reply = await this.llm.invoke([['system', \`Use: \${JSON.stringify(docs)}\`], ['human', question]]);
          return reply.text;
        `,
        find: 'this.retriever.invoke',
        holder: '`docs`',
        consequence: 'as JSON it is `{}`',
      },
      {
        name: 'the reply of one model as the input of the next',
        before: code`
          const draft = this.llm.invoke(question);
          const reply = await new ChatAnthropic().invoke(draft);
          return reply.text;
        `,
        find: 'this.llm.invoke',
        holder: '`draft`',
        consequence: 'the call receives a promise',
      },
      {
        name: 'a stream that is iterated before it is there',
        before: code`
          let text = '';
          for await (const chunk of this.llm.stream(question)) text += chunk.text;
          return text;
        `,
        find: 'this.llm.stream',
        holder: 'it',
        consequence: 'a promise cannot be iterated',
      },
      {
        name: 'a list of documents that is mapped',
        before: code`
          const docs = this.retriever.invoke(question);
          return docs.map((doc) => doc.pageContent).join('');
        `,
        find: 'this.retriever.invoke',
        holder: '`docs`',
        consequence: 'a promise has no `map`',
      },
      {
        name: 'a name of Python',
        before: 'const reply = this.llm.ainvoke(question); return reply.content;',
        find: 'this.llm.ainvoke',
        holder: '`reply`',
        consequence: 'a promise has no `content`',
      },
    ].map(({ name, before, find, holder, consequence }): Invalid<MessageIds, []> => {
      const source = nest(before);
      return {
        name,
        code: source,
        output: nest(before.replace(find, `await ${find}`)),
        errors: [{ messageId: 'value', data: { call: find, holder, consequence }, ...locate(source, find) }],
      };
    }),
    {
      name: 'the result of a chain that is loaded, logged',
      code: code`
        import { loadChain } from '@langchain/classic/chains/load';

        export const run = async () => {
          const chain = await loadChain('lc://chains/hello-world/chain.json');
          const res = chain.invoke({ topic: 'foo' });
          console.log(res);
        };
      `,
      output: code`
        import { loadChain } from '@langchain/classic/chains/load';

        export const run = async () => {
          const chain = await loadChain('lc://chains/hello-world/chain.json');
          const res = await chain.invoke({ topic: 'foo' });
          console.log(res);
        };
      `,
      errors: [
        {
          messageId: 'value',
          data: { call: 'chain.invoke', holder: '`res`', consequence: 'it logs `Promise { <pending> }`' },
          line: 5,
          column: 15,
          endLine: 5,
          endColumn: 27,
        },
      ],
    },
    {
      name: 'a store that is used before it is there',
      code: code`
        const { PGVectorStore } = require('@langchain/community/vectorstores/pgvector');

        async function search(question) {
          const store = PGVectorStore.initialize(embeddings, { pool, tableName: 'docs' });
          return store.similaritySearch(question, 4);
        }
      `,
      output: code`
        const { PGVectorStore } = require('@langchain/community/vectorstores/pgvector');

        async function search(question) {
          const store = await PGVectorStore.initialize(embeddings, { pool, tableName: 'docs' });
          return store.similaritySearch(question, 4);
        }
      `,
      errors: [
        {
          messageId: 'value',
          data: {
            call: 'PGVectorStore.initialize',
            holder: '`store`',
            consequence: 'a promise has no `similaritySearch`',
          },
          line: 4,
          column: 17,
          endLine: 4,
          endColumn: 41,
        },
      ],
    },
    {
      name: 'a call at the end of a long chain is reported at its name',
      code: code`
        import { ChatPromptTemplate } from '@langchain/core/prompts';
        import { ChatOpenAI } from '@langchain/openai';

        export async function title(text: string) {
          const reply = ChatPromptTemplate.fromTemplate('A title for {text}')
            .pipe(new ChatOpenAI({ model: 'gpt-4.1-nano' }))
            .invoke({ text });
          return reply.text;
        }
      `,
      output: code`
        import { ChatPromptTemplate } from '@langchain/core/prompts';
        import { ChatOpenAI } from '@langchain/openai';

        export async function title(text: string) {
          const reply = await ChatPromptTemplate.fromTemplate('A title for {text}')
            .pipe(new ChatOpenAI({ model: 'gpt-4.1-nano' }))
            .invoke({ text });
          return reply.text;
        }
      `,
      errors: [
        {
          messageId: 'value',
          data: { call: '….invoke', holder: '`reply`', consequence: 'a promise has no `text`' },
          line: 7,
          column: 6,
          endLine: 7,
          endColumn: 12,
        },
      ],
    },
    {
      name: 'both branches of a conditional',
      code: code`
        import { ChatOpenAI } from '@langchain/openai';
        const fast = new ChatOpenAI({ model: 'gpt-4.1-nano' });
        const good = new ChatOpenAI({ model: 'gpt-4.1' });
        export const ask = async (q: string, hard: boolean) => {
          const reply = hard ? good.invoke(q) : await fast.invoke(q);
          return reply.text;
        };
      `,
      output: code`
        import { ChatOpenAI } from '@langchain/openai';
        const fast = new ChatOpenAI({ model: 'gpt-4.1-nano' });
        const good = new ChatOpenAI({ model: 'gpt-4.1' });
        export const ask = async (q: string, hard: boolean) => {
          const reply = hard ? await good.invoke(q) : await fast.invoke(q);
          return reply.text;
        };
      `,
      errors: [
        {
          messageId: 'value',
          data: { call: 'good.invoke', holder: '`reply`', consequence: 'a promise has no `text`' },
          line: 5,
          column: 24,
          endLine: 5,
          endColumn: 35,
        },
      ],
    },
    {
      name: 'without semicolons, a statement does not begin with a parenthesis',
      code: code`
        import { ChatOpenAI } from '@langchain/openai'
        const model = new ChatOpenAI()
        export async function warm(q) {
          const input = q
          model.invoke(input).content.trim()
        }
      `,
      output: null,
      errors: [
        {
          messageId: 'value',
          data: { call: 'model.invoke', holder: 'it', consequence: 'a promise has no `content`' },
          line: 5,
          column: 3,
          endLine: 5,
          endColumn: 15,
        },
      ],
    },
    {
      name: 'the top level of a module: a suggestion, as it may be compiled to CommonJS',
      code: statements(code`
        const found = store.similaritySearch("refund");
        console.log(found.length);
      `),
      output: null,
      errors: [
        {
          messageId: 'value',
          data: { call: 'store.similaritySearch', holder: '`found`', consequence: 'a promise has no `length`' },
          ...locate(
            statements(code`
              const found = store.similaritySearch("refund");
              console.log(found.length);
            `),
            'store.similaritySearch',
          ),
          suggestions: [
            {
              messageId: 'await',
              output: statements(code`
                const found = await store.similaritySearch("refund");
                console.log(found.length);
              `),
            },
          ],
        },
      ],
    },

    {
      name: 'a store whose type is written, from a function of another file',
      code: code`
        import type { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
        import { openStore } from './stores.js';

        export async function search(question: string) {
          const store: PGVectorStore = await openStore();
          const docs = store.similaritySearch(question, 4);
          return docs.map((doc) => doc.pageContent);
        }
      `,
      output: code`
        import type { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
        import { openStore } from './stores.js';

        export async function search(question: string) {
          const store: PGVectorStore = await openStore();
          const docs = await store.similaritySearch(question, 4);
          return docs.map((doc) => doc.pageContent);
        }
      `,
      errors: [
        {
          messageId: 'value',
          data: { call: 'store.similaritySearch', holder: '`docs`', consequence: 'a promise has no `map`' },
          line: 6,
          column: 16,
          endLine: 6,
          endColumn: 38,
        },
      ],
    },

    // Left as a statement.
    {
      name: 'at the top level of a file that awaits',
      filename: 'warm.js',
      code: code`
        const { ChatOpenAI } = await import('@langchain/openai');
        new ChatOpenAI().invoke('ping');
      `,
      output: null,
      errors: [
        {
          messageId: 'floating',
          data: { call: 'new ChatOpenAI().invoke' },
          line: 2,
          column: 1,
          endLine: 2,
          endColumn: 24,
          suggestions: [
            {
              messageId: 'await',
              output: code`
                const { ChatOpenAI } = await import('@langchain/openai');
                await new ChatOpenAI().invoke('ping');
              `,
            },
            {
              messageId: 'catch',
              output: code`
                const { ChatOpenAI } = await import('@langchain/openai');
                new ChatOpenAI().invoke('ping').catch(console.error);
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'at the top level of a file whose name says it is a module',
      filename: 'warm.mts',
      code: code`
        const lc: typeof import('@langchain/openai') = globalThis.lc;
        const model: import('@langchain/openai').ChatOpenAI = globalThis.model;
        model.invoke('ping');
      `,
      output: null,
      errors: [
        {
          messageId: 'floating',
          data: { call: 'model.invoke' },
          line: 3,
          column: 1,
          endLine: 3,
          endColumn: 13,
          suggestions: [
            {
              messageId: 'await',
              output: code`
                const lc: typeof import('@langchain/openai') = globalThis.lc;
                const model: import('@langchain/openai').ChatOpenAI = globalThis.model;
                await model.invoke('ping');
              `,
            },
            {
              messageId: 'catch',
              output: code`
                const lc: typeof import('@langchain/openai') = globalThis.lc;
                const model: import('@langchain/openai').ChatOpenAI = globalThis.model;
                model.invoke('ping').catch(console.error);
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'in an exported function',
      ...bare(
        code`
          export async function remember(docs) {
            store.addDocuments(docs);
          }
        `,
        'store.addDocuments',
        {
          await: 'export async function remember(docs) {\n  await store.addDocuments(docs);\n}',
          return: 'export async function remember(docs) {\n  return store.addDocuments(docs);\n}',
          catch: code`
            export async function remember(docs) {
              store.addDocuments(docs).catch(console.error);
            }
          `,
        },
      ),
    },
    {
      name: 'in an arrow function whose result is declared',
      ...bare(
        'export const remember = async (docs): Promise<void> => {\n  store.addDocuments(docs);\n};',
        'store.addDocuments',
        {
          await: code`
            export const remember = async (docs): Promise<void> => {
              await store.addDocuments(docs);
            };
          `,
          catch: code`
            export const remember = async (docs): Promise<void> => {
              store.addDocuments(docs).catch(console.error);
            };
          `,
        },
      ),
    },
    {
      name: 'before other statements',
      ...bare(
        code`
          export async function greet(name) {
            history.addUserMessage(name); // remember
            return name;
          }
        `,
        'history.addUserMessage',
        {
          await: code`
            export async function greet(name) {
              await history.addUserMessage(name); // remember
              return name;
            }
          `,
          catch: code`
            export async function greet(name) {
              history.addUserMessage(name).catch(console.error); // remember
              return name;
            }
          `,
        },
      ),
    },
    {
      name: 'in a try, which does not catch it',
      ...bare(
        code`
          export async function add(docs) {
            try { store.addDocuments(docs); } catch (error) { report(error); }
          }
        `,
        'store.addDocuments',
        {
          await: code`
            export async function add(docs) {
              try { await store.addDocuments(docs); } catch (error) { report(error); }
            }
          `,
          catch: code`
            export async function add(docs) {
              try { store.addDocuments(docs).catch(console.error); } catch (error) { report(error); }
            }
          `,
        },
      ),
    },
    {
      name: 'in a loop',
      ...bare(
        code`
          export async function add(pages) {
            for (const docs of pages) { store.addDocuments(docs); }
          }
        `,
        'store.addDocuments',
        {
          await: code`
            export async function add(pages) {
              for (const docs of pages) { await store.addDocuments(docs); }
            }
          `,
        },
        'perItem',
      ),
    },
    {
      name: 'in a callback of an array method that cannot wait',
      ...bare(
        code`
          export async function add(pages) {
            pages.forEach((docs) => { store.addDocuments(docs); });
          }
        `,
        'store.addDocuments',
        {},
        'perItem',
      ),
    },
    {
      name: 'under a condition',
      ...bare(
        'export async function add(docs) { docs.length > 0 && store.addDocuments(docs); }',
        'store.addDocuments',
        {
          await: code`
            export async function add(docs) { docs.length > 0 && await store.addDocuments(docs); }
          `,
          catch: code`
            export async function add(docs) { docs.length > 0 && store.addDocuments(docs).catch(console.error); }
          `,
        },
      ),
    },
    {
      name: 'the setup of a saver at the top level of a module',
      ...bare('saver.setup();', 'saver.setup', {
        await: 'await saver.setup();',
        catch: 'saver.setup().catch(console.error);',
      }),
    },
    {
      name: 'the index function',
      ...bare(
        code`
          export async function sync(docs, recordManager) {
            indexDocs({ docsSource: docs, recordManager, vectorStore: store });
          }
        `,
        'indexDocs',
        {
          await: code`
            export async function sync(docs, recordManager) {
              await indexDocs({ docsSource: docs, recordManager, vectorStore: store });
            }
          `,
          return: code`
            export async function sync(docs, recordManager) {
              return indexDocs({ docsSource: docs, recordManager, vectorStore: store });
            }
          `,
          catch: code`
            export async function sync(docs, recordManager) {
              indexDocs({ docsSource: docs, recordManager, vectorStore: store }).catch(console.error);
            }
          `,
        },
      ),
    },
    {
      name: 'a static that builds a store',
      ...bare(
        code`
          export async function build(docs, embeddings) {
            PineconeStore.fromDocuments(docs, embeddings, { pineconeIndex });
            return true;
          }
        `,
        'PineconeStore.fromDocuments',
        {
          await: code`
            export async function build(docs, embeddings) {
              await PineconeStore.fromDocuments(docs, embeddings, { pineconeIndex });
              return true;
            }
          `,
          catch: code`
            export async function build(docs, embeddings) {
              PineconeStore.fromDocuments(docs, embeddings, { pineconeIndex }).catch(console.error);
              return true;
            }
          `,
        },
      ),
    },
    {
      name: 'in a method of a class that implements another',
      ...bare(
        code`
          export class Memory implements Store {
            async add(docs) { store.addDocuments(docs); }
          }
        `,
        'store.addDocuments',
        {
          await: code`
            export class Memory implements Store {
              async add(docs) { await store.addDocuments(docs); }
            }
          `,
          catch: code`
            export class Memory implements Store {
              async add(docs) { store.addDocuments(docs).catch(console.error); }
            }
          `,
        },
      ),
    },
    {
      name: 'in a method',
      ...bare(
        code`
          export class Memory { async add(docs) { store.addDocuments(docs); } }
        `,
        'store.addDocuments',
        {
          await: 'export class Memory { async add(docs) { await store.addDocuments(docs); } }',
          return: 'export class Memory { async add(docs) { return store.addDocuments(docs); } }',
          catch: code`
            export class Memory { async add(docs) { store.addDocuments(docs).catch(console.error); } }
          `,
        },
      ),
    },
    {
      name: 'in a graph node, whose result is the new state',
      ...bare(
        code`
          import { StateGraph } from '@langchain/langgraph';
          new StateGraph(State).addNode('remember', async (state) => {
            store.addDocuments(state.docs);
          });
        `,
        'store.addDocuments',
        {
          await: code`
            import { StateGraph } from '@langchain/langgraph';
            new StateGraph(State).addNode('remember', async (state) => {
              await store.addDocuments(state.docs);
            });
          `,
          catch: code`
            import { StateGraph } from '@langchain/langgraph';
            new StateGraph(State).addNode('remember', async (state) => {
              store.addDocuments(state.docs).catch(console.error);
            });
          `,
        },
      ),
    },
    {
      name: 'an optional call',
      ...bare(
        code`
          export async function add(docs, given?: PineconeStore) {
            given?.addDocuments(docs);
            return docs;
          }
        `,
        'given?.addDocuments',
        {
          await: code`
            export async function add(docs, given?: PineconeStore) {
              await given?.addDocuments(docs);
              return docs;
            }
          `,
          catch: code`
            export async function add(docs, given?: PineconeStore) {
              given?.addDocuments(docs).catch(console.error);
              return docs;
            }
          `,
        },
      ),
    },
    {
      name: 'kept in a variable that is never read',
      code: statements(code`
        export async function add(docs) {
          const ids = store.addDocuments(docs);
          return docs.length;
        }
      `),
      output: null,
      errors: [
        {
          messageId: 'unused',
          data: { call: 'store.addDocuments', holder: 'ids' },
          ...locate(
            statements(code`
              export async function add(docs) {
                const ids = store.addDocuments(docs);
            `),
            'store.addDocuments',
          ),
          suggestions: [
            {
              messageId: 'await',
              output: statements(
                code`
                  export async function add(docs) {
                    const ids = await store.addDocuments(docs);
                    return docs.length;
                  }
                `,
              ),
            },
            {
              messageId: 'catch',
              output: statements(
                code`
                  export async function add(docs) {
                    const ids = store.addDocuments(docs).catch(console.error);
                    return docs.length;
                  }
                `,
              ),
            },
          ],
        },
      ],
    },
    {
      name: 'feeding a stream that is returned: await would hold it back',
      filename: 'app/api/chat/route.ts',
      code: streamed('llm.invoke(messages);'),
      output: null,
      errors: [
        {
          messageId: 'feed',
          data: { call: 'llm.invoke' },
          ...locate(streamed('llm.invoke(messages);'), 'llm.invoke'),
          suggestions: [{ messageId: 'catch', output: streamed('llm.invoke(messages).catch(console.error);') }],
        },
      ],
    },
    {
      name: 'feeding the writer of a TransformStream that is returned',
      code: code`
        import { ChatOpenAI } from '@langchain/openai';
        export async function answer(question: string) {
          const { readable, writable } = new TransformStream();
          const writer = writable.getWriter();
          const model = new ChatOpenAI({ streaming: true });
          model.invoke(question, {
            callbacks: [
              { handleLLMNewToken: (token) => writer.write(token), handleLLMEnd: () => writer.close() },
            ],
          });
          return new Response(readable);
        }
      `,
      output: null,
      errors: [
        {
          messageId: 'feed',
          data: { call: 'model.invoke' },
          line: 6,
          column: 3,
          endLine: 6,
          endColumn: 15,
          suggestions: [
            {
              messageId: 'catch',
              output: code`
                import { ChatOpenAI } from '@langchain/openai';
                export async function answer(question: string) {
                  const { readable, writable } = new TransformStream();
                  const writer = writable.getWriter();
                  const model = new ChatOpenAI({ streaming: true });
                  model.invoke(question, {
                    callbacks: [
                      { handleLLMNewToken: (token) => writer.write(token), handleLLMEnd: () => writer.close() },
                    ],
                  }).catch(console.error);
                  return new Response(readable);
                }
              `,
            },
          ],
        },
      ],
    },

    // `void` where the platform stops the process.
    {
      name: 'void in a route of Next.js',
      filename: route,
      code: inRoute('void store.addDocuments(docs);'),
      output: null,
      errors: [
        {
          messageId: 'void',
          data: { call: 'store.addDocuments', unit: 'request', background: '`waitUntil()` or `after()`' },
          ...locate(inRoute('void store.addDocuments(docs);'), 'store.addDocuments'),
          suggestions: [{ messageId: 'await', output: inRoute('await store.addDocuments(docs);') }],
        },
      ],
    },
    {
      name: 'void in a function that a Lambda calls',
      code: statements(
        code`
          async function remember(docs) { void store.addDocuments(docs); }
          export const handler = async (event) => {
            await remember(event.docs);
            return { statusCode: 204 };
          };
        `,
      ),
      output: null,
      errors: [
        {
          messageId: 'void',
          data: { call: 'store.addDocuments', unit: 'event', background: '`waitUntil()` or `after()`' },
          ...locate(
            statements(
              code`
                async function remember(docs) { void store.addDocuments(docs); }
                export const handler = async (event) => {
                  await remember(event.docs);
                  return { statusCode: 204 };
                };
              `,
            ),
            'store.addDocuments',
          ),
          suggestions: [
            {
              messageId: 'await',
              output: statements(
                code`
                  async function remember(docs) { await store.addDocuments(docs); }
                  export const handler = async (event) => {
                    await remember(event.docs);
                    return { statusCode: 204 };
                  };
                `,
              ),
            },
          ],
        },
      ],
    },
    {
      name: 'void in a Worker of Cloudflare, in a callback that cannot wait',
      code: statements(
        code`
          export default {
            async fetch(request) {
              const pages = await request.json();
              pages.forEach((docs) => void store.addDocuments(docs));
              return new Response(null);
            },
          };
        `,
      ),
      output: null,
      errors: [
        {
          messageId: 'void',
          data: { call: 'store.addDocuments', unit: 'request', background: '`waitUntil()`' },
          ...locate(
            statements(
              code`
                export default {
                  async fetch(request) {
                    const pages = await request.json();
                    pages.forEach((docs) => void store.addDocuments(docs));
                    return new Response(null);
                  },
                };
              `,
            ),
            'store.addDocuments',
          ),
        },
      ],
    },
  ],
});
