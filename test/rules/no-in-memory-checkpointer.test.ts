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

const project = new TestProject({
  'package.json': '{ "dependencies": { "langchain": "1" } }',
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
    '4 no-in-memory-checkpointer: `agent.invoke()` keeps each thread in a `MemorySaver` (`src/agent.ts:4`): ' +
      'it grows with every turn, and no other process sees it. Use `PostgresSaver` or similar.',
  ]);
});
