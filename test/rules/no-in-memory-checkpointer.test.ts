import { afterAll, expect, test } from 'vitest';
import rule from '../../rules/no-in-memory-checkpointer.ts';
import { reports, silent } from '../helpers/cases.ts';
import { code } from '../helpers/code.ts';
import { TestProject } from '../helpers/project.ts';
import { StrictRuleTester } from '../helpers/rule-tester.ts';
import { importForms, lookalikes } from '../helpers/shape-matrix.ts';

const forms = { module: '@langchain/langgraph', names: ['MemorySaver', 'StateGraph'] } as const;

const server = (saver: string, StateGraph: string): string => code`
  const graph = new ${StateGraph}(State).addNode('answer', answer).compile({ checkpointer: ${saver} });
  const ask = async (req, res) => {
    res.json(await graph.invoke(req.body, { configurable: { thread_id: req.body.thread } }));
  };
`;

const data = (name: string, caller: string, what = 'thread', durable = 'PostgresSaver') => ({
  name,
  what,
  durable,
  unit: 'request',
  caller: `\`${caller}()\``,
  place: '',
});

new StrictRuleTester().run(rule, {
  valid: [
    ...lookalikes({ ...forms, body: (n) => server(`new ${n.MemorySaver}()`, n.StateGraph) }),

    silent('a durable one', {
      filename: 'app/api/chat/route.ts',
      code: code`
        import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
        import { createAgent } from 'langchain';
        import { pool } from '@/lib/pool';
        const agent = createAgent({ model, tools: [], checkpointer: new PostgresSaver(pool) });
        export async function POST(req) {
          const { thread, messages } = await req.json();
          return Response.json(await agent.invoke({ messages }, { configurable: { thread_id: thread } }));
        }
      `,
    }),
    silent('one of two, by the environment', {
      filename: 'app/api/chat/route.ts',
      code: code`
        import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
        import { MemorySaver } from '@langchain/langgraph';
        import { createAgent } from 'langchain';
        const checkpointer =
          process.env.NODE_ENV === 'production'
            ? PostgresSaver.fromConnString(process.env.DATABASE_URL)
            : new MemorySaver();
        const agent = createAgent({ model, tools: [], checkpointer });
        let saver;
        if (process.env.DATABASE_URL) saver = PostgresSaver.fromConnString(process.env.DATABASE_URL);
        else saver = new MemorySaver();
        const other = createAgent({ model, tools: [], checkpointer: saver });
        export const build = (given = new MemorySaver()) => createAgent({ model, tools: [], checkpointer: given });
        export async function POST(req) {
          const messages = await req.json();
          await other.invoke({ messages }, { configurable: { thread_id: messages[0].thread } });
          return Response.json(await agent.invoke({ messages }, { configurable: { thread_id: messages[0].thread } }));
        }
      `,
    }),
    silent('a durable one in place of a default, and a default that may be replaced', {
      filename: 'app/api/chat/route.ts',
      code: code`
        import { MemorySaver, StateGraph } from '@langchain/langgraph';
        import { saver } from '@/lib/database';
        const buildGraph = (checkpointer = new MemorySaver()) =>
          new StateGraph(State).addNode('answer', answer).compile({ checkpointer });
        const graph = buildGraph(saver);
        export async function POST(req) {
          const { thread, ...input } = await req.json();
          return Response.json(await graph.invoke(input, { configurable: { thread_id: thread } }));
        }
      `,
    }),
    silent('a script', {
      filename: 'src/chat.ts',
      code: code`
        import { MemorySaver } from '@langchain/langgraph';
        import { createAgent } from 'langchain';
        import readline from 'node:readline/promises';
        const agent = createAgent({ model, tools: [], checkpointer: new MemorySaver() });
        const terminal = readline.createInterface({ input: process.stdin });
        for await (const content of terminal)
          await agent.invoke({ messages: [{ role: 'user', content }] }, { configurable: { thread_id: '1' } });
      `,
    }),
    silent('a test of a server', {
      filename: 'test/server.test.ts',
      code: code`
        import { MemorySaver, StateGraph } from '@langchain/langgraph';
        ${server('new MemorySaver()', 'StateGraph')}
      `,
    }),
    silent('one for a single run, under a thread of its own', {
      filename: 'app/api/chat/route.ts',
      code: code`
        import { randomUUID } from 'node:crypto';
        import { MemorySaver } from '@langchain/langgraph';
        import { createAgent } from 'langchain';
        export async function POST(req) {
          const agent = createAgent({ model, tools: [], checkpointer: new MemorySaver() });
          const messages = await req.json();
          const config = { configurable: { thread_id: randomUUID() } };
          await agent.invoke({ messages }, config);
          return Response.json(await agent.invoke({ messages }, { configurable: { thread_id: 'one' } }));
        }
      `,
    }),
    silent('a cache of bytes, and a history that is filled from the request', {
      filename: 'app/api/chat/route.ts',
      code: code`
        import { InMemoryStore } from '@langchain/core/stores';
        import { InMemoryChatMessageHistory } from '@langchain/core/chat_history';
        const store = new InMemoryStore();
        export async function POST(req) {
          const history = new InMemoryChatMessageHistory();
          await history.addMessages(await req.json());
          await store.mset([['a', 'b']]);
          return Response.json(await history.getMessages());
        }
      `,
    }),
  ],
  invalid: [
    ...importForms({ ...forms, body: (n) => server(`⟦new ${n.MemorySaver}⟧()`, n.StateGraph) }).map(
      ({ name, ...module }) => reports(name, module, { messageId: 'kept', data: data('MemorySaver', 'graph.invoke') }),
    ),

    reports(
      'the saver and the store of an agent',
      {
        filename: 'app/api/chat/route.ts',
        code: code`
          import { InMemoryStore, MemorySaver } from '@langchain/langgraph';
          import { createAgent } from 'langchain';
          const checkpointer = ⟦new MemorySaver⟧();
          const store = ⟦new InMemoryStore⟧();
          const agent = createAgent({ model, tools: [], checkpointer, store });
          export async function POST(req) {
            const { thread, messages } = await req.json();
            const config = { configurable: { thread_id: thread } };
            await agent.getState(config);
            return Response.json(await agent.invoke({ messages }, config));
          }
        `,
      },
      { messageId: 'kept', data: data('MemorySaver', 'agent.getState') },
      { messageId: 'kept', data: data('InMemoryStore', 'agent.getState', 'item', 'PostgresStore') },
    ),
    reports(
      'the default of a parameter',
      {
        filename: 'app/api/chat/route.ts',
        code: code`
          import { MemorySaver, StateGraph } from '@langchain/langgraph';
          function buildGraph(checkpointer = ⟦new MemorySaver⟧()) {
            return new StateGraph(State).addNode('answer', answer).compile({ checkpointer });
          }
          const graph = buildGraph();
          export async function POST(req) {
            const { thread, ...input } = await req.json();
            return Response.json(await graph.invoke(input, { configurable: { thread_id: thread } }));
          }
        `,
      },
      { messageId: 'kept', data: data('MemorySaver', 'graph.invoke') },
    ),
    reports(
      'the history of a chain',
      {
        filename: 'app/api/chat/route.ts',
        code: code`
          import { ConversationChain } from 'langchain/chains';
          import { BufferMemory, ChatMessageHistory } from 'langchain/memory';
          import { ChatOpenAI } from '@langchain/openai';
          const memory = new BufferMemory({ chatHistory: ⟦new ChatMessageHistory⟧() });
          const chain = new ConversationChain({ llm: new ChatOpenAI(), memory });
          export async function POST(req) {
            return Response.json(await chain.invoke({ input: await req.text() }));
          }
        `,
      },
      {
        messageId: 'kept',
        data: data('ChatMessageHistory', 'chain.invoke', 'history', 'PostgresChatMessageHistory'),
      },
    ),
    reports(
      'createReactAgent, in a service of Nest',
      {
        filename: 'src/chat.service.ts',
        code: code`
          import { Injectable } from '@nestjs/common';
          import { MemorySaver } from '@langchain/langgraph';
          import { createReactAgent } from '@langchain/langgraph/prebuilt';
          @Injectable()
          export class ChatService {
            private readonly agent = createReactAgent({ llm, tools: [], checkpointSaver: ⟦new MemorySaver⟧() });
            ask(thread: string, messages: string[]) {
              return this.agent.invoke({ messages }, { configurable: { thread_id: thread } });
            }
          }
        `,
      },
      { messageId: 'kept', data: data('MemorySaver', 'this.agent.invoke') },
    ),
    reports(
      'a store that the handler reads, and histories of sessions',
      {
        filename: 'app/api/chat/route.ts',
        code: code`
          import { InMemoryChatMessageHistory } from '@langchain/core/chat_history';
          import { RunnableWithMessageHistory } from '@langchain/core/runnables';
          import { InMemoryStore } from '@langchain/langgraph';
          import { ChatOpenAI } from '@langchain/openai';
          const facts = ⟦new InMemoryStore⟧();
          const histories: Record<string, InMemoryChatMessageHistory> = {};
          const chat = new RunnableWithMessageHistory({
            runnable: new ChatOpenAI(),
            getMessageHistory: (id) => (histories[id] ??= ⟦new InMemoryChatMessageHistory⟧()),
          });
          export async function POST(req) {
            const { session, text } = await req.json();
            await facts.put(['facts', session], 'last', { text });
            return Response.json(await chat.invoke({ text }, { configurable: { sessionId: session } }));
          }
        `,
      },
      { messageId: 'kept', data: data('InMemoryStore', 'facts.put', 'item', 'PostgresStore') },
      {
        messageId: 'kept',
        data: data('InMemoryChatMessageHistory', 'chat.invoke', 'history', 'PostgresChatMessageHistory'),
      },
    ),
    reports(
      'a history under its older name',
      {
        filename: 'app/api/chat/route.ts',
        code: code`
          import { ChatMessageHistory } from 'langchain/stores/message/in_memory';
          const history = ⟦new ChatMessageHistory⟧();
          export async function POST(req) {
            await history.addUserMessage(await req.text());
            return Response.json(await history.getMessages());
          }
        `,
      },
      {
        messageId: 'kept',
        data: data('ChatMessageHistory', 'history.addUserMessage', 'history', 'PostgresChatMessageHistory'),
      },
    ),
    reports(
      'one for each request, under a thread that the request names',
      {
        filename: 'app/api/chat/route.ts',
        code: code`
          import { MemorySaver } from '@langchain/langgraph';
          import { createAgent } from 'langchain';
          export async function POST(req) {
            const { thread, messages } = await req.json();
            const agent = createAgent({ model, tools: [], checkpointer: ⟦new MemorySaver⟧() });
            return Response.json(await agent.invoke({ messages }, { configurable: { thread_id: thread } }));
          }
        `,
      },
      { messageId: 'fresh', data: data('MemorySaver', 'agent.invoke') },
    ),
    reports(
      'one that is created with the first request',
      {
        filename: 'app/api/chat/route.ts',
        code: code`
          import { MemorySaver } from '@langchain/langgraph';
          import { createAgent } from 'langchain';
          let saver: MemorySaver | undefined;
          export async function POST(req) {
            const { thread, messages } = await req.json();
            const agent = createAgent({ model, tools: [], checkpointer: (saver ??= ⟦new MemorySaver⟧()) });
            return Response.json(await agent.invoke({ messages }, { configurable: { thread_id: thread } }));
          }
        `,
      },
      { messageId: 'kept', data: data('MemorySaver', 'agent.invoke') },
    ),
  ],
});

const memory = code`
  import { MemorySaver, StateGraph } from '@langchain/langgraph';
  import { createAgent } from 'langchain';
  import { randomUUID } from 'node:crypto';
  import { saver } from './database';
  const model = 'openai:gpt-4.1-mini';

  const agent = createAgent({ model, tools: [], checkpointer: new MemorySaver() });
  export async function chat(messages: string, id: string) {
    return (await agent.invoke({ messages }, { configurable: { thread_id: id } })).messages.at(-1)?.text;
  }

  const build = () => createAgent({ model, tools: [], checkpointer: new MemorySaver() });
  const built = build();
  export const viaBuilt = async (messages: string, id: string) =>
    built.invoke({ messages }, { configurable: { thread_id: id } });

  export class Chat {
    readonly #agent = createAgent({ model, tools: [], checkpointer: new MemorySaver() });
    ask(messages: string, id: string) {
      return this.#agent.invoke({ messages }, { configurable: { thread_id: id } });
    }
  }
  export const shared = new Chat();

  export async function once(messages: string) {
    const own = createAgent({ model, tools: [], checkpointer: new MemorySaver() });
    return own.invoke({ messages }, { configurable: { thread_id: randomUUID() } });
  }
  export const durable = async (messages: string, id: string) =>
    createAgent({ model, tools: [], checkpointer: saver }).invoke({ messages }, { configurable: { thread_id: id } });
`;

const project = new TestProject({
  'package.json': '{ "dependencies": { "langchain": "1" } }',
  'src/graph.ts': memory,
  'src/agent.ts': code`
    import { MemorySaver } from '@langchain/langgraph';
    import { createAgent } from 'langchain';
    import { ChatOpenAI } from '@langchain/openai';
    export const agent = createAgent({ model: new ChatOpenAI(), tools: [], checkpointer: new MemorySaver() });
  `,
});
afterAll(() => project.remove());

test('an agent of another file', () => {
  expect(
    project.report(
      'src/server.ts',
      code`
        import express from 'express';
        import { agent } from './agent';
        express().post('/ask', async (req, res) => {
          res.json(await agent.invoke(req.body, { configurable: { thread_id: req.body.thread } }));
        });
      `,
      { rules: { 'langchain/no-in-memory-checkpointer': 'error' } },
    ),
  ).toEqual([
    '4 no-in-memory-checkpointer: `agent.invoke()` keeps each thread in memory (`src/agent.ts:4`): ' +
      'it only grows, and no other process sees it. Use `PostgresSaver`.',
  ]);
});

const ask = (setup: string, call: string): string => code`
  ${setup}
  export async function POST(req: Request) {
    const { thread, messages } = await req.json();
    return Response.json(await ${call}(messages, thread));
  }
`;

const lint = (file: string, text: string): readonly string[] =>
  project.report(file, text, { rules: { 'langchain/no-in-memory-checkpointer': 'error' } });

test.each([
  ['a function', "import { chat } from '../../../src/graph';", 'chat', 7],
  ['a function whose agent a factory makes', "import { viaBuilt } from '../../../src/graph';", 'viaBuilt', 12],
  ['a method of an instance', "import { shared } from '../../../src/graph';", 'shared.ask', 18],
  ['a method of a class', "import { Chat } from '../../../src/graph';\nconst chat = new Chat();", 'chat.ask', 18],
])('%s of another file that keeps threads', (_name, setup, call, line) => {
  const [report, ...others] = lint('app/api/chat/route.ts', ask(setup, call));
  expect(report).toContain(`\`${call}()\``);
  expect(report).toContain(`(\`src/graph.ts:${String(line)}\`)`);
  expect(others).toEqual([]);
});

test.each([
  ['an agent for one run', "import { once } from '../../../src/graph';", 'once'],
  ['a durable saver', "import { durable } from '../../../src/graph';", 'durable'],
  ['an instance for one run', "import { Chat } from '../../../src/graph';", 'new Chat().ask'],
])('%s of another file is quiet', (_name, setup, call) => {
  expect(lint('app/api/chat/route.ts', ask(setup, call))).toEqual([]);
});
