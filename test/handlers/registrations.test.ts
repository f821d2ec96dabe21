import * as typescriptParser from '@typescript-eslint/parser';
import { afterAll, expect, test } from 'vitest';
import { AST_NODE_TYPES } from '../../src/ast/types.ts';
import { getCallRows } from '../../src/handlers/frameworks.ts';
import type { CallRow } from '../../src/handlers/frameworks/row.ts';
import { collectRegistration } from '../../src/handlers/registrations.ts';
import { code } from '../helpers/code.ts';
import { findNodes, parseFile } from '../helpers/file.ts';
import { TestProject } from '../helpers/project.ts';

const project = new TestProject({
  'src/app.ts': code`
    import { createBot } from 'bots';
    export const bot = createBot();
    export const cache = new Map();
  `,
});

afterAll(() => project.remove());

const LANGCHAIN = "import { ChatOpenAI } from '@langchain/openai';";

/** The names that a framework of these calls takes for handlers: `name, unit`. */
function register(calls: readonly CallRow[], text: string): readonly string[] {
  const file = parseFile(`${LANGCHAIN}\n${text}`, {
    filename: project.path('src/routes.ts'),
    languageOptions: { parser: typescriptParser, parserOptions: {} },
  });
  const found: string[] = [];
  const rows = getCallRows([{ name: 'Bots', unit: 'message', calls }]);
  for (const type of [AST_NODE_TYPES.CallExpression, AST_NODE_TYPES.NewExpression] as const)
    for (const node of findNodes(file, type))
      collectRegistration(
        { file: file.alone, project: file },
        node,
        {
          add: (handler, { blockingOnly, serverless, unit }) => {
            const more = [blockingOnly === true && 'blocking only', serverless === true && 'serverless'];
            if (handler?.type === AST_NODE_TYPES.Identifier)
              found.push([file.getText(handler), unit, ...more.filter(Boolean)].join(', '));
          },
        },
        rows,
      );
  return found;
}

const sources = /^bots$/u;

test('by an export, a constructor, a global and a chain of methods', () => {
  expect(
    register(
      [
        { form: 'function', sources, names: /^(?:handle|jobs\.handle)$/u },
        { form: 'new', sources, names: /^Worker$/u, unit: 'job' },
        { form: 'global', names: /^Bots\.serve$/u, unit: 'request', serverless: true },
        { form: 'method', sources, names: /^on$/u, blockingOnly: true },
      ],
      code`
        import bots, { createBot, handle, Worker } from 'bots';
        handle(exported);
        bots.jobs.handle(member);
        globalThis.Bots.serve(global);
        createBot().with(options).on('message', chained);
        handle.on('message', ofExport);
        other.on('message', ofOther);
        new Worker('name', built);
        Worker('name', called);
      `,
    ),
  ).toEqual([
    'exported, message',
    'member, message',
    'global, request, serverless',
    'chained, message, blocking only',
    'ofExport, message, blocking only',
    'built, job',
  ]);
});

test('by the argument that holds it', () => {
  const method = { form: 'method', sources, names: /^on$/u } as const;
  const text = code`
    import { bot } from 'bots';
    bot.on(first, second, { handler: inside });
    bot.on('message', only);
  `;
  expect(register([{ ...method, argument: 0 }], text)).toEqual(['first, message']);
  expect(register([{ ...method, argument: 1 }], text)).toEqual(['second, message', 'only, message']);
  expect(register([{ ...method, argument: -1, keys: /^handler$/u }], text)).toEqual([
    'inside, message',
    'only, message',
  ]);
  expect(register([{ ...method, keys: /^handler$/u, keysOnly: true }], text)).toEqual(['inside, message']);
  expect(register([{ ...method, argument: 5 }], text)).toEqual([]);
});

test('by what the first argument says', () => {
  const method = { form: 'method', sources, names: /^on$/u } as const;
  const text = code`
    import { bot, Events } from 'bots';
    bot.on('message', message);
    bot.on(\`message \${kind}\`, template);
    bot.on(Events.Ready, ready);
    bot.on('ready', again);
    bot.on(1, number);
  `;
  expect(register([{ ...method, argument: 1, first: /^message/u }], text)).toEqual([
    'message, message',
    'template, message',
  ]);
  expect(register([{ ...method, argument: 1, except: /^ready$/iu }], text)).toEqual([
    'message, message',
    'template, message',
    'number, message',
  ]);
});

test('by properties, as far in as the row says', () => {
  const serve = { form: 'global', names: /^serve$/u, keys: /^fetch$|^routes\.[^.]+(?:\.(?:GET|POST))?$/u } as const;
  const text = code`
    serve({
      fetch: fallback,
      error: failed,
      routes: { '/ask': ask, '/chat': { GET: list, POST: (chat), use: middleware }, ...more },
    });
  `;
  expect(register([serve], text)).toEqual(['fallback, message']);
  expect(register([{ ...serve, depth: 2 }], text)).toEqual(['fallback, message', 'ask, message']);
  expect(register([{ ...serve, depth: 3 }], text)).toEqual([
    'fallback, message',
    'ask, message',
    'list, message',
    'chat, message',
  ]);
});

test('by a receiver that another module of the application exports', () => {
  const method = { form: 'method', sources, names: /^on$/u, argument: 1 } as const;
  const text = code`
    import { bot, cache } from './app';
    bot.on('message', shared);
    bot.command('start').on('message', chained);
    cache.on('message', ofMap);
  `;
  expect(register([method], text)).toEqual([]);
  expect(register([{ ...method, shared: true }], text)).toEqual(['shared, message', 'chained, message']);
});

test('by a receiver that is not seen, by its name, and by any', () => {
  const method = { form: 'method', names: /^on$/u, argument: 1 } as const;
  const text = code`
    import { bot } from './app';
    import { socket } from 'sockets';
    bot.on('message', ofModule);
    socket.on('message', ofPackage);
    export function register(app, adminProcedure) {
      app.on('message', ofParameter);
      router.adminProcedure.input(schema).on('message', ofName);
    }
    new Map().on('message', ofMap);
  `;
  expect(register([{ ...method, receivers: 'unseen' }], text)).toEqual(['ofModule, message', 'ofParameter, message']);
  expect(register([{ ...method, receivers: /Procedure$/u }], text)).toEqual(['ofName, message']);
  expect(register([{ ...method, receivers: 'any' }], text)).toHaveLength(5);
});
