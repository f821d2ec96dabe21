import { afterAll, expect, test } from 'vitest';
import plugin from '../../src/index.ts';
import { code } from '../helpers/code.ts';
import { TestProject } from '../helpers/project.ts';

/** Ten modules as applications of LangChain 1.x are written: seven with a mistake, three that are right. */

const strict = Object.fromEntries(
  Object.keys(plugin.configs.strict.rules ?? {}).map((name) => [name, 'error' as const]),
);

const project = new TestProject({
  'package.json': JSON.stringify({
    type: 'module',
    dependencies: { '@langchain/core': '^1.4.0', langchain: '^1.5.0' },
  }),
  'src/ranking.ts': code`
    import { initChatModel } from 'langchain';
    import { z } from 'zod';

    const judge = (await initChatModel('openai:gpt-4.1-mini', { timeout: 30_000 })).withStructuredOutput(
      z.object({ rank: z.number() }),
    );

    export async function rankCandidate(letter: string): Promise<number> {
      const { rank } = await judge.invoke([['human', letter]]);
      return rank;
    }
  `,
  'src/desk.ts': code`
    export const desk = { pull: async (): Promise<{ id: string; body: string } | null> => null };
    export const answer = async (id: string, text: string): Promise<void> => void [id, text];
  `,
  'src/knowledge.ts': code`
    import { OpenAIEmbeddings } from '@langchain/openai';
    import { PineconeStore } from '@langchain/pinecone';
    import { Pinecone } from '@pinecone-database/pinecone';

    const store = await PineconeStore.fromExistingIndex(new OpenAIEmbeddings({ timeout: 30_000 }), {
      pineconeIndex: new Pinecone().index('handbook'),
    });
    export const retriever = store.asRetriever(3);
  `,
  'src/lookup.ts': code`
    import { tool } from 'langchain';
    import { z } from 'zod';

    export const lookup = tool(async ({ term }) => \`nothing about \${term}\`, {
      name: 'lookup',
      description: 'Looks a term up',
      schema: z.object({ term: z.string() }),
    });
  `,
});
afterAll(() => {
  project.remove();
});

function matching(patterns: readonly RegExp[]): readonly unknown[] {
  return patterns.map((pattern) => expect.stringMatching(pattern) as unknown);
}

const bad: readonly (readonly [mistake: string, file: string, source: string, expected: readonly RegExp[]])[] = [
  [
    'a node that writes all planned chapters at once',
    'src/book.ts',
    code`
      import { Annotation, StateGraph } from '@langchain/langgraph';
      import { ChatAnthropic } from '@langchain/anthropic';
      import { z } from 'zod';

      const Book = Annotation.Root({
        subject: Annotation<string>,
        chapters: Annotation<string[]>,
        text: Annotation<string>,
      });
      const author = new ChatAnthropic({ model: 'claude-sonnet-4-6' });
      const editor = author.withStructuredOutput(z.object({ chapters: z.array(z.string()) }));

      const outline = async (book: typeof Book.State) => editor.invoke(\`Outline a book on \${book.subject}\`);

      const draft = async (book: typeof Book.State) => {
        const texts = await Promise.all(
          book.chapters.map(async (chapter) => {
            const message = await author.invoke([{ role: 'user', content: \`Write the chapter \${chapter}\` }]);
            return [chapter, message.text].join('\\n');
          }),
        );
        return { text: texts.join('\\n') };
      };

      export const graph = new StateGraph(Book)
        .addNode('outline', outline)
        .addNode('draft', draft)
        .addEdge('__start__', 'outline')
        .addEdge('outline', 'draft')
        .addEdge('draft', '__end__')
        .compile();
    `,
    [/^16 no-unbounded-concurrency: .*`author\.invoke\(\)` for each of `book\.chapters`/u],
  ],
  [
    'an MCP client for each request',
    'src/app/api/files/route.ts',
    code`
      import { MultiServerMCPClient } from '@langchain/mcp-adapters';
      import { ChatOpenAI } from '@langchain/openai';
      import { createAgent } from 'langchain';

      const model = new ChatOpenAI({ model: 'gpt-4.1', timeout: 30_000 });

      export async function POST(request: Request) {
        const { text } = (await request.json()) as { text: string };
        const mcp = new MultiServerMCPClient({
          mcpServers: { disk: { transport: 'stdio', command: 'npx', args: ['-y', 'server-filesystem', '/srv'] } },
        });
        const agent = createAgent({ model, tools: await mcp.getTools() });
        const { messages } = await agent.invoke(
          { messages: [{ role: 'user', content: text }] },
          { signal: request.signal },
        );
        return Response.json(messages.at(-1)?.content);
      }
    `,
    [/^9 no-client-in-handler: .*`MultiServerMCPClient`.*child process or a session/u],
  ],
  [
    'an interval that does not wait',
    'src/desk-agent.ts',
    code`
      import { StringOutputParser } from '@langchain/core/output_parsers';
      import { ChatPromptTemplate } from '@langchain/core/prompts';
      import { ChatOpenAI } from '@langchain/openai';
      import { answer, desk } from './desk.js';

      const reply = ChatPromptTemplate.fromTemplate('Reply to:\\n{body}')
        .pipe(new ChatOpenAI({ model: 'gpt-4.1-mini', timeout: 60_000, maxConcurrency: 8 }))
        .pipe(new StringOutputParser());

      export const start = () =>
        setInterval(async () => {
          const next = await desk.pull();
          if (next) await answer(next.id, await reply.invoke({ body: next.body }));
        }, 4_000);
    `,
    [/^11 no-overlapping-interval: .*`reply\.invoke\(\)` every 4 s/u],
  ],
  [
    'a race that leaves its call running',
    'src/sort.ts',
    code`
      import { ChatOpenAI } from '@langchain/openai';

      const model = new ChatOpenAI({ model: 'gpt-4.1-mini', maxConcurrency: 8 });

      const after = (ms: number): Promise<never> =>
        new Promise((_resolve, reject) => setTimeout(() => reject(new Error('too slow')), ms));

      export async function sort(mail: string): Promise<string> {
        try {
          const message = await Promise.race([model.invoke(\`Sort this mail: \${mail}\`), after(6_000)]);
          return message.text;
        } catch {
          return 'other';
        }
      }
    `,
    [/^10 no-abandoned-call: .*`model\.invoke\(\)` keeps running/u],
  ],
  [
    'a retry that keeps the fallback from running',
    'src/support.ts',
    code`
      import { ChatGroq } from '@langchain/groq';
      import { createAgent, modelFallbackMiddleware, modelRetryMiddleware } from 'langchain';
      import { lookup } from './lookup.js';

      export const support = createAgent({
        model: new ChatGroq({ model: 'llama-3.3-70b-versatile', timeout: 30_000 }),
        tools: [lookup],
        middleware: [
          modelFallbackMiddleware(new ChatGroq({ model: 'llama-3.1-8b-instant', timeout: 30_000 })),
          modelRetryMiddleware({ maxRetries: 4, initialDelayMs: 500 }),
        ],
      });
    `,
    [/^10 no-ineffective-config: .*fallback before it never runs/u],
  ],
  [
    'a then without a catch',
    'src/handbook.ts',
    code`
      import { createStuffDocumentsChain } from '@langchain/classic/chains/combine_documents';
      import { createRetrievalChain } from '@langchain/classic/chains/retrieval';
      import { ChatPromptTemplate } from '@langchain/core/prompts';
      import { ChatOpenAI } from '@langchain/openai';
      import express from 'express';
      import { retriever } from './knowledge.js';

      const combineDocsChain = await createStuffDocumentsChain({
        llm: new ChatOpenAI({ model: 'gpt-4.1-mini', timeout: 30_000, maxConcurrency: 8 }),
        prompt: ChatPromptTemplate.fromTemplate('{context}\\n\\n{input}'),
      });
      const handbook = await createRetrievalChain({ retriever, combineDocsChain });

      express()
        .post('/handbook', (req, res) => {
          handbook.invoke({ input: req.body.text }).then((found) => {
            res.json({ text: found.answer });
          });
        })
        .listen(8080);
    `,
    [/^16 no-unawaited-call: `handbook\.invoke\(\)`/u],
  ],
  [
    'a run for each row of a cursor, made in another file',
    'src/candidates.ts',
    code`
      import { MongoClient } from 'mongodb';
      import { rankCandidate } from './ranking.js';

      const mongo = new MongoClient(process.env.MONGO_URL ?? '');
      const candidates = mongo.db('hr').collection<{ name: string; letter: string }>('candidates');

      export async function rankAll() {
        const ranks = new Map<string, Promise<number>>();
        for await (const candidate of candidates.find({ rank: null })) {
          ranks.set(candidate.name, rankCandidate(candidate.letter));
        }
        return Promise.allSettled(ranks.values());
      }
    `,
    [/^12 no-unbounded-concurrency: /u],
  ],
];

test.each(bad)('recommended reports %s, and nothing else', (_mistake, file, source, expected) => {
  const reports = project.report(file, source);
  expect(reports).toEqual(matching(expected));
});

const good: readonly (readonly [practice: string, file: string, source: string, inStrict: readonly RegExp[]])[] = [
  [
    'a queue around each call',
    'src/translate.ts',
    code`
      import { ChatGoogleGenerativeAI } from '@langchain/google-genai';
      import PQueue from 'p-queue';

      const model = new ChatGoogleGenerativeAI({ model: 'gemini-2.5-flash' });
      const queue = new PQueue({ concurrency: 3, intervalCap: 15, interval: 60_000 });

      export async function translate(lines: string[], language: string) {
        const done = await Promise.all(
          lines.map((line) => queue.add(() => model.invoke(\`\${language}: \${line}\`), { throwOnTimeout: true })),
        );
        return done.map((message) => message?.text);
      }
    `,
    [/^4 require-timeout: /u],
  ],
  [
    'an agent that all requests share, with the limit in a middleware',
    'src/app/api/chat/route.ts',
    code`
      import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
      import { ChatOpenAI } from '@langchain/openai';
      import { createAgent, createMiddleware } from 'langchain';
      import { after } from 'next/server';
      import pLimit from 'p-limit';
      import { Pool } from 'pg';
      import { lookup } from '../../../lookup.js';

      const limit = pLimit(40);
      const limited = createMiddleware({
        name: 'limited',
        wrapModelCall: (request, handler) => limit(() => handler(request)),
      });
      const model = new ChatOpenAI({ model: 'gpt-4.1', timeout: 30_000, maxRetries: 2 });
      let agent: ReturnType<typeof open> | undefined;

      async function open() {
        const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 10, connectionTimeoutMillis: 10_000 });
        const checkpointer = new PostgresSaver(pool);
        await checkpointer.setup();
        return createAgent({ model, tools: [lookup], checkpointer, middleware: [limited] });
      }

      export async function POST(request: Request) {
        const { thread, text } = (await request.json()) as { thread: string; text: string };
        const opened = await (agent ??= open());
        const stream = await opened.stream(
          { messages: [{ role: 'user', content: text }] },
          { configurable: { thread_id: thread }, streamMode: 'messages', signal: request.signal },
        );
        after(() => console.log('streamed', thread));
        return new Response(ReadableStream.from(stream));
      }
    `,
    [],
  ],
  [
    'workers that take one page after the other',
    'src/pages.ts',
    code`
      import { ChatPromptTemplate } from '@langchain/core/prompts';
      import { ChatMistralAI } from '@langchain/mistralai';

      const shorten = ChatPromptTemplate.fromTemplate('Shorten:\\n{page}').pipe(
        new ChatMistralAI({ model: 'mistral-small-latest' }),
      );

      export async function shortenAll(pages: readonly string[]): Promise<string[]> {
        const short: string[] = [];
        let taken = 0;
        const work = async () => {
          while (taken < pages.length) {
            const at = taken++;
            short[at] = (await shorten.invoke({ page: pages[at] ?? '' })).text;
          }
        };
        await Promise.all(Array.from({ length: 4 }, work));
        return short;
      }
    `,
    // ChatMistralAI ends a call after 30 seconds by itself.
    [],
  ],
];

test.each(good)('recommended leaves %s alone', (_practice, file, source) => {
  expect(project.report(file, source)).toEqual([]);
});

test.each(good)('strict asks %s for a timeout at most', (_practice, file, source, expected) => {
  const reports = project.report(file, source, { rules: strict });
  expect(reports).toEqual(matching(expected));
});
