/** Which clients no-client-in-handler finds, by where their arguments and the clients themselves come from. */
import { describe, expect, test } from 'vitest';
import { code } from '../helpers/code.ts';
import { expectReports, removeProjects } from '../helpers/located.ts';
import { TestProject } from '../helpers/project.ts';

const rule = 'no-client-in-handler';
const route = 'app/api/chat/route.ts';

removeProjects();

/** A route handler whose body this is, with what stands above it. */
const inRoute = (body: string, above = ''): string => code`
  import type { NextRequest } from 'next/server';
  import { ChatOpenAI } from '@langchain/openai';
  const setting = process.env.MODEL ?? 'gpt-4o';
  ${above}
  export async function POST(request: NextRequest) {
    ${body}
    return Response.json('done');
  }
`;

describe('arguments that are the same each time', () => {
  test.each([
    ['a test of a regular expression', "/^o\\d/.test(setting) ? 'a' : 'b'"],
    ['what a regular expression finds', "/x(.)/.exec(setting)?.[1] ?? 'a'"],
    ['a regular expression that is built', "new RegExp('^o').test(setting) ? 'a' : 'b'"],
    ['a search in a text', "setting.search(/x/) > 1 ? 'a' : 'b'"],
    ['methods of texts', 'setting.charAt(1) + setting.lastIndexOf("a") + setting.toLocaleLowerCase()'],
    ['functions of Number', "Number.isNaN(Number(setting)) || isNaN(1) ? 'a' : 'b'"],
    ['functions of Array and Object', "Array.isArray(setting) || Object.hasOwn(process.env, 'X') ? 'a' : 'b'"],
    ['functions of Buffer', "Buffer.from(setting, 'base64').toString() + atob(setting)"],
    ['the last part of a text', "setting.split('/').pop()"],
    ['methods with callbacks', "['a', 'b'].map((x) => x + '!').find((x) => x.startsWith(setting))"],
    ['a callback of the file', "[' a'].map(trim).sort().join('')", 'const trim = (text: string) => text.trim();'],
    ['a sum', 'String([1, 2].reduce((sum, each) => sum + each, 0))'],
    ['callbacks that are functions of JavaScript', "['a'].every(Boolean) ? 'a' : 'b'"],
  ])('%s', (_name, value, above = '') => {
    expectReports(rule, { [route]: inRoute(`⟦new ChatOpenAI⟧({ maxConcurrency: 3, model: ${value} });`, above) });
  });

  test('an object that a function of the file fills', () => {
    expectReports(rule, {
      [route]: inRoute(
        '⟦new ChatOpenAI⟧({ maxConcurrency: 3, configuration: { defaultHeaders: headers() } });',
        code`
          function headers() {
            const all: Record<string, string> = {};
            if (process.env.TEAM) all.team = process.env.TEAM;
            for (const name of ['a', 'b']) all[name] = 'on';
            return all;
          }
        `,
      ),
    });
  });

  test('an object that the handler fills', () => {
    expectReports(rule, {
      [route]: inRoute(code`
        const stop: string[] = [];
        if (process.env.STOP) stop.push(process.env.STOP);
        ⟦new ChatOpenAI⟧({ maxConcurrency: 3, stop });
      `),
    });
  });
});

describe('arguments that depend on the request', () => {
  test.each([
    ['through a regular expression', "/^o/.test(request.url) ? 'a' : 'b'"],
    ['through a callback', "['a'].map((x) => x + request.url).join('')"],
    [
      'through a callback of the file',
      "[request.url].map(trim).join('')",
      'const trim = (text: string) => text.trim();',
    ],
    ['a time', 'String(Date.now())'],
    ['a random choice', "['a', 'b'].find(() => Math.random() > 0.5)"],
    ['a search of a service', "(await index.search('model')).name", "import { index } from './search';"],
    ['a query', '(await users.find({ id: 1 })).model', "import { users } from './users';"],
    ['a command', "await db.exec('select 1')", "import { db } from './db';"],
    ['a function of another package', "['a'].map(choose).join('')", "import { choose } from 'choose';"],
  ])('%s', (_name, value, above = '') => {
    expectReports(rule, { [route]: inRoute(`new ChatOpenAI({ maxConcurrency: 3, model: ${value} });`, above) });
  });

  test.each([
    ['filled by a function', 'const all = fill(request);'],
    ['filled under a condition', "const all: string[] = []; if (request.url) all.push('a');"],
    ['filled by a function that gets both', 'const all: string[] = []; add(all, request);'],
    ['filled in a callback', 'const all: string[] = []; [request.url].forEach((url) => all.push(url));'],
    ['set in a branch', "let all; if (request.url) all = ['a'];"],
  ])('a list %s', (_name, before) => {
    expectReports(rule, {
      [route]: inRoute(
        `${before} new ChatOpenAI({ maxConcurrency: 3, stop: all });`,
        code`
          function fill(request: NextRequest) { const all: string[] = []; all.push(request.url); return all; }
          function add(all: string[], request: NextRequest) { all.push(request.url); }
        `,
      ),
    });
  });
});

describe('arguments of a function around the handler', () => {
  const head = code`
    import express, { type Express, type Request, type Response } from 'express';
    import { ChatOpenAI } from '@langchain/openai';
    import { tool } from '@langchain/core/tools';
    import { StateGraph } from '@langchain/langgraph';
    import { app, State } from './app';
  `;
  const built = '⟦new ChatOpenAI⟧({ model, maxConcurrency: 2 })';
  const made = 'new ChatOpenAI({ model, maxConcurrency: 2 })';
  const answer = (model: string): string => `res.json((await ${model}.invoke(req.body.question)).text);`;
  const askWith = (model: string): string =>
    `const askWith = (model: string) => async (req: Request, res: Response) => { ${answer(model)} };`;
  const graphOf = (model: string): string => code`
    function buildGraph(model: string) {
      return new StateGraph(State).addNode('a', async (state) => ({ a: await ${model}.invoke(state.q) })).compile();
    }
  `;

  test.each([
    [
      'that registers it',
      `export const register = (to: Express, model) => to.post('/a', async (req, res) => { ${answer(built)} });`,
    ],
    [
      'that registers it in a callback',
      code`
        export default (to: Express, { model, paths }) => {
          for (const path of paths) to.post(path, async (req, res) => { ${answer(built)} });
        };
      `,
    ],
    [
      'that has read it before',
      code`
        export async function register(to: Express) {
          const { model } = await readSettings();
          to.post('/a', async (req, res) => { ${answer(built)} });
        }
      `,
    ],
    ['that returns it', `${askWith(built)}\napp.post('/a', askWith('gpt-4o'));`],
    ['that returns it for other files', `export ${askWith(built)}`],
    ['that the module calls', `${graphOf(built)}\nexport const graph = buildGraph('gpt-4o');`],
    [
      'that the module calls in its main function',
      `${graphOf(built)}\nasync function main() { await buildGraph('gpt-4o').invoke({}); }\nmain();`,
    ],
  ])('%s are the same each time', (_name, text) => {
    expectReports(rule, { 'app.ts': `${head}\n${text}` });
  });

  test.each([
    ['in a handler', `app.post('/a', (req, res) => { res.json(buildGraph(req.body.model)); });\n${graphOf(made)}`],
    ['in a handler, too', `app.post('/a', (req, res) => askWith(req.body.model)(req, res));\n${askWith(made)}`],
    ['by other files', `export ${graphOf(made)}`],
    [
      'by a callback of a handler',
      code`
        app.post('/a', (req, res) => {
          const inner = express();
          const { model } = req.body;
          inner.post('/b', async (_req, res) => { ${answer(made)} });
        });
      `,
    ],
    ['by a wrapper', `withTenant(({ model }) => async (req: Request, res: Response) => { ${answer(made)} });`],
    [
      'with the bindings of a platform',
      code`
        export const create = (env) => {
          const model = env.MODEL;
          app.post('/a', async (req, res) => { ${answer(made)} });
        };
      `,
    ],
  ])('that may run once per request, %s, are not', (_name, text) => {
    expectReports(rule, { 'app.ts': `${head}\n${text}` });
  });
});

describe('a callee that is one of several', () => {
  const ask = (name: string): string => code`
    import { ChatOpenAI } from '@langchain/openai';
    export default async function ${name}(q) {
      return (await new ChatOpenAI({ maxConcurrency: 2 }).invoke(q)).content;
    }
  `;

  test.each([
    ['by a condition', "const ask = process.env.LOCAL === '1' ? askA : askB;", '⟦ask⟧(q)'],
    ['on the spot', '', '(⟦q.local ? askA : askB⟧)(q)'],
    ['from a table', 'const table = { a: askA, b: askB };', '⟦table[q.kind]⟧(q)'],
  ])('from other files: %s', (_name, before, call) => {
    expectReports(rule, {
      'a.js': ask('askA'),
      'b.js': ask('askB'),
      'index.js': code`
        import { app } from '@azure/functions';
        import askA from './a.js';
        import askB from './b.js';
        async function handle(request) {
          const q = await request.json();
          ${before}
          return { body: await ${call} };
        }
        app.http('ask', { handler: handle });
      `,
    });
  });

  test('of the same file', () => {
    expectReports(rule, {
      [route]: inRoute(
        "const ask = request.url ? askA : askB; await ask('x');",
        code`
          const askA = (q: string) => ⟦new ChatOpenAI⟧({ maxConcurrency: 2 }).invoke(q);
          const askB = (q: string) => ⟦new ChatOpenAI⟧({ maxConcurrency: 3 }).invoke(q);
        `,
      ),
    });
  });
});

const makers = [
  ['a default', 'export const make = (llm = new ChatOpenAI({ maxConcurrency: 3 })) => llm;', 'make(shared)', 'make()'],
  ['`??`', 'export const make = (llm?) => llm ?? new ChatOpenAI({ maxConcurrency: 3 });', 'make(shared)', 'make()'],
  [
    '`||` in a variable',
    'export const make = (llm?) => { const model = llm || new ChatOpenAI({ maxConcurrency: 3 }); return model; };',
    'make(shared)',
    'make(undefined)',
  ],
  [
    'an early return',
    'export const make = (o) => { if (o.llm) return o.llm; return new ChatOpenAI({ maxConcurrency: 3 }); };',
    'make({ llm: shared })',
    'make({})',
  ],
  [
    'a check',
    'export const make = (llm?) => { if (!llm) llm = new ChatOpenAI({ maxConcurrency: 3 }); return llm; };',
    'make(shared)',
    'make(null)',
  ],
  [
    'a destructuring default',
    'export const make = ({ llm = new ChatOpenAI({ maxConcurrency: 3 }) } = {}) => llm;',
    'make({ llm: shared })',
    'make()',
  ],
  [
    'a constructor',
    'export class Maker { constructor(o?) { this.llm = o?.llm ?? new ChatOpenAI({ maxConcurrency: 3 }); } }',
    'new Maker({ llm: shared })',
    'new Maker()',
  ],
  [
    'a parameter property',
    'export class Maker { constructor(private llm = new ChatOpenAI({ maxConcurrency: 3 })) {} }',
    'new Maker(shared)',
    'new Maker()',
  ],
  [
    'a wrapper that hands it on',
    code`
      const inner = (llm?) => llm ?? new ChatOpenAI({ maxConcurrency: 3 });
      export const make = (o = {}) => inner(o.llm);
    `,
    'make({ llm: shared })',
    'make()',
  ],
] as const;

describe('a default that the caller replaces', () => {
  const imports = "import { ChatOpenAI } from '@langchain/openai';";

  test.each(makers)('%s', (_name, maker, given) => {
    const shared = 'const shared = new ChatOpenAI({ maxConcurrency: 3 });';
    expectReports(rule, { [route]: inRoute(`${given};`, `${shared}\n${maker}`) });
    expectReports(rule, {
      'maker.ts': `${imports}\n${maker}`,
      [route]: inRoute(`${given};`, `import { make, Maker } from '../../../maker';\n${shared}`),
    });
  });

  test.each(makers)('%s that it leaves out', (_name, maker, _given, missing) => {
    const built = maker.replace('new ChatOpenAI', '⟦new ChatOpenAI⟧');
    expectReports(rule, { [route]: inRoute(`${missing};`, built) });
    const at = missing.startsWith('new') ? missing.replace('new Maker', '⟦new Maker⟧') : `⟦make⟧${missing.slice(4)}`;
    expectReports(rule, {
      'maker.ts': `${imports}\n${maker}`,
      [route]: inRoute(`${at};`, "import { make, Maker } from '../../../maker';"),
    });
  });
});

describe('a cache', () => {
  const above = code`
    import { redis } from './redis';
    const kept = new Map();
    let model: ChatOpenAI | undefined;
    let ready = false;
    let chain: unknown;
  `;

  test.each([
    [
      'in a store',
      code`
        const q = request.url;
        if (await redis.get(q)) return Response.json(1);
        const made = ⟦new ChatOpenAI⟧({ maxConcurrency: 3 });
        await redis.set(q, JSON.stringify(await made.invoke(q)));
      `,
    ],
    [
      'in a variable that goes to a store',
      code`
        const q = request.url;
        let a = await redis.get(q);
        if (!a) {
          a = (await ⟦new ChatOpenAI⟧({ maxConcurrency: 3 }).invoke(q)).content;
          await redis.set(q, a);
        }
      `,
    ],
    [
      'in a map',
      code`
        const q = request.url;
        if (!kept.has(q)) {
          const made = ⟦new ChatOpenAI⟧({ maxConcurrency: 3 });
          kept.set(q, await made.invoke(q));
        }
      `,
    ],
    ['as an element', 'const q = request.url; kept[q] ??= await ⟦new ChatOpenAI⟧({ maxConcurrency: 3 }).invoke(q);'],
    [
      'that notes what was answered',
      code`
        const q = request.url;
        if (kept.has(q)) return Response.json(1);
        kept.set(q, true);
        await ⟦new ChatOpenAI⟧({ maxConcurrency: 3 }).invoke(q);
      `,
    ],
  ])('of answers %s keeps no client', (_name, body) => {
    expectReports(rule, { [route]: inRoute(body, above) });
  });

  test.each([
    [
      'in a variable',
      "if (!model) { const made = new ChatOpenAI({ maxConcurrency: 3 }); model = made; } await model.invoke('x');",
    ],
    ['in a map', "if (!kept.has('a')) kept.set('a', new ChatOpenAI({ maxConcurrency: 3 }));"],
    [
      'through a variable',
      "let a = kept.get('a'); if (!a) { a = new ChatOpenAI({ maxConcurrency: 3 }); kept.set('a', a); }",
    ],
    [
      'in what closes over it',
      'if (!chain) { const made = new ChatOpenAI({ maxConcurrency: 3 }); chain = { ask: (q) => made.invoke(q) }; }',
    ],
    ['with a flag', 'if (!ready) { model = new ChatOpenAI({ maxConcurrency: 3 }); ready = true; }'],
    ['by a function', 'if (!model) setUp();'],
  ])('of the client %s is quiet', (_name, body) => {
    expectReports(rule, {
      [route]: inRoute(body, `${above}\nfunction setUp() { model = new ChatOpenAI({ maxConcurrency: 3 }); }`),
    });
  });
});

describe('a client that is closed', () => {
  const above = code`
    import { MongoClient } from 'mongodb';
    import { MongoDBAtlasVectorSearch } from '@langchain/mongodb';
    import { embeddings } from './embeddings';
    const search = (client: MongoClient) =>
      new MongoDBAtlasVectorSearch(embeddings, { collection: client.db().collection('a') }).similaritySearch('x');
  `;

  test('on the good path only is reported', () => {
    expectReports(rule, {
      [route]: inRoute(
        'const client = ⟦new MongoClient⟧(process.env.URL!); await search(client); await client.close();',
        above,
      ),
    });
  });

  test.each([
    [
      'in finally',
      'const client = new MongoClient(url); try { await search(client); } finally { await client.close(); }',
    ],
    ['by the language', 'await using client = new MongoClient(url); await search(client);'],
    [
      'in a listener',
      "const client = new MongoClient(url); request.on('close', () => client.close()); await search(client);",
    ],
    [
      'whether or not it fails',
      code`
        const client = new MongoClient(url);
        try {
          await search(client);
          await client.close();
        } catch {
          await client.close();
        }
      `,
    ],
    [
      'in finally, declared before',
      'let client; try { client = new MongoClient(url); await search(client); } finally { await client?.close(); }',
    ],
  ])('%s is quiet', (_name, body) => {
    expectReports(rule, { [route]: inRoute(body, `${above}\nconst url = 'mongodb://x';`) });
  });
});

describe('a field of a class that the handler creates instances of', () => {
  const repo = (pool: string, more = ''): string => code`
    import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
    import { OpenAIEmbeddings } from '@langchain/openai';
    import { Pool } from 'pg';
    export class Repo {
      ${more}
      pool = ${pool};
      store = new PGVectorStore(new OpenAIEmbeddings(), { pool: this.pool, tableName: 'docs' });
    }
  `;
  const pool = 'new Pool({ connectionString: process.env.PG })';
  const search = 'await repo.store.similaritySearch(request.url);';
  const pools = { resources: ['pools', 'stores'] };

  test.each([
    ['without a constructor', pool, '', 'new Repo()'],
    ['beside a constructor', pool, 'constructor(private readonly name: string) {}', 'new Repo(request.url)'],
    ['in a function that is run at once', `(() => ${pool})()`, '', 'new Repo()'],
  ])('%s', (_name, value, more, made) => {
    expectReports(
      rule,
      {
        [route]: inRoute(
          `const repo = ${made}; ${search}`,
          repo(value.replace('new Pool', '⟦new Pool⟧'), more).replace('export ', ''),
        ),
      },
      pools,
    );
    expectReports(
      rule,
      {
        'repo.ts': repo(value, more),
        [route]: inRoute(
          `const repo = ${made.replace('new Repo', '⟦new Repo⟧')}; ${search}`,
          "import { Repo } from '../../../repo';",
        ),
      },
      pools,
    );
  });

  test('that a function between them creates', () => {
    expectReports(
      rule,
      {
        'repo.ts': repo(pool),
        'answers.ts': "import { Repo } from './repo';\nexport const open = () => new Repo();",
        [route]: inRoute(`const repo = ⟦open⟧(); ${search}`, "import { open } from '../../../answers';"),
      },
      pools,
    );
  });

  test.each([
    ['made of what the instance is given', pool.replace('process.env.PG', 'this.url'), 'new Repo(request.url)', ''],
    ['of an instance that is kept', pool, '(kept ??= new Repo(setting))', 'let kept: Repo | undefined;'],
    ['of an instance of the module', pool, 'shared', 'const shared = new Repo(setting);'],
    ['that is static', pool, 'new Repo(setting)', ''],
  ])('%s is quiet', (name, value, made, above) => {
    const text = repo(value, 'constructor(private readonly url: string) {}').replace(
      'pool =',
      name === 'that is static' ? 'static shared =' : 'pool =',
    );
    const body = `const repo = ${made}; ${search}`;
    expectReports(rule, { [route]: inRoute(body, `${text.replace('export ', '')}\n${above}`) }, pools);
    expectReports(
      rule,
      { 'repo.ts': text, [route]: inRoute(body, `import { Repo } from '../../../repo';\n${above}`) },
      pools,
    );
  });
});

test.each([
  ['its constructor', 'new Repo(request.url).saver'],
  ['a method', 'new Repo(request.url).open()'],
  ['a method of a variable', 'repo.open()'],
])('what an instance of another file is given belongs to the request: %s', (_name, made) => {
  expectReports(rule, {
    'repo.ts': code`
      import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
      import { Pool } from 'pg';
      export class Repo {
        saver?: PostgresSaver;
        constructor(private readonly url: string) {
          if (url) this.saver = new PostgresSaver(new Pool({ connectionString: this.url }));
        }
        open() {
          return new PostgresSaver(new Pool({ connectionString: this.url }));
        }
      }
    `,
    [route]: inRoute(
      `const repo = new Repo(request.url); await ${made}?.getTuple({});`,
      "import { Repo } from '../../../repo';",
    ),
  });
});

describe('a field of a class that a loop creates instances of', () => {
  const loop = 'no-client-in-loop';
  const answers = (model: string): string => code`
    import { ChatOpenAI } from '@langchain/openai';
    export class Answers {
      model = ${model};
      constructor(private readonly name: string) {}
      run() { return this.model.invoke('x'); }
    }
  `;
  const model = 'new ChatOpenAI({ maxConcurrency: 2 })';
  const built = model.replace('new ChatOpenAI', '⟦new ChatOpenAI⟧');

  test.each([
    ['a loop', (made: string) => `for (const name of names) await ${made}(name).run();`],
    ['a callback', (made: string) => `await Promise.all(names.map((name) => ${made}(name).run()));`],
    [
      'a function that a loop calls',
      (made: string) => `const run = (name) => ${made}(name).run();\nfor (const name of names) await run(name);`,
    ],
  ])('%s', (_name, run) => {
    expectReports(loop, { 'all.ts': `${answers(built)}\n${run('new Answers')}` });
  });

  test('in another file', () => {
    expectReports(loop, {
      'answers.ts': answers(model),
      'all.ts': "import { Answers } from './answers';\nfor (const name of names) await ⟦new Answers⟧(name).run();",
    });
  });

  test.each([
    ['made of what the instance is given', model.replace('2', '2, model: this.name'), 'new Answers(name)'],
    ['of an instance that is kept', model, '(kept ??= new Answers(first))'],
  ])('%s is quiet', (_name, value, made) => {
    const run = `let kept;\nfor (const name of names) await ${made}.run();`;
    expectReports(loop, { 'all.ts': `${answers(value)}\n${run}` });
    expectReports(loop, { 'answers.ts': answers(value), 'all.ts': `import { Answers } from './answers';\n${run}` });
  });
});

test('a loop offers no move of a client that is opened in it', () => {
  const project = new TestProject();
  const text = code`
    import { createClient } from 'redis';
    import { RedisVectorStore } from '@langchain/redis';
    import { embeddings } from './embeddings';
    export async function search(texts: string[]) {
      for (const text of texts) {
        const redisClient = createClient({ url: 'redis://db' });
        await redisClient.connect();
        await new RedisVectorStore(embeddings, { redisClient, indexName: 'docs' }).similaritySearch(text);
      }
    }
  `;
  const reports = project.lint('search.ts', text, { rules: { 'langchain/no-client-in-loop': 'error' } });
  project.remove();
  expect(reports.map(({ fix, line, suggestions }) => [line, fix, suggestions ?? []])).toEqual([[6, undefined, []]]);
});

test('a loop in a handler builds outside it what depends on a function around the handler', () => {
  const project = new TestProject();
  const text = code`
    import type { Express } from 'express';
    import { ChatOpenAI } from '@langchain/openai';
    export const register = (app: Express, model: string) =>
      app.post('/all', async (req, res) => {
        const answers = [];
        for (const text of req.body.texts)
          answers.push(await new ChatOpenAI({ model, maxConcurrency: 2 }).invoke(text));
        res.json(answers);
      });
  `;
  const reports = project.lint('routes.ts', text);
  project.remove();
  expect(reports.map(({ fix, message, suggestions }) => [message, fix, suggestions ?? []])).toEqual([
    [
      '`ChatOpenAI` is rebuilt for each element of `req.body.texts`. `maxConcurrency` limits each alone. ' +
        'Build it once, outside the handler.',
      undefined,
      [],
    ],
  ]);
});

describe('a client that a loop closes', () => {
  const loop = 'no-client-in-loop';
  const head = code`
    import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
    import { embeddings } from './embeddings';
    const options = { postgresConnectionOptions: { host: 'db' }, tableName: 'docs' };
  `;
  const made = 'const store = await PGVectorStore.initialize(embeddings, options);';
  const found = "const hits = await store.similaritySearch('x');";
  const built = made.replace('PGVectorStore.initialize', '⟦PGVectorStore.initialize⟧');

  test.each([
    [
      'a pass that goes on with the next one',
      `for (const name of names) { ${built} ${found} if (!hits.length) continue; await store.end(); }`,
    ],
    [
      'a callback that returns',
      `await pMap(names, async (name) => { ${built} ${found} if (!hits.length) return; await store.end(); });`,
    ],
  ])('but for %s, is reported, and not moved', (_name, run) => {
    const text = `${head}\nimport pMap from 'p-map';\n${run}`;
    expectReports(loop, { 'all.ts': text });
    const project = new TestProject();
    const reports = project.lint('all.ts', text.replaceAll(/[⟦⟧]/gu, ''), {
      rules: { 'langchain/no-client-in-loop': 'error' },
    });
    project.remove();
    expect(reports.map(({ fix, suggestions }) => fix ?? suggestions ?? null)).toEqual([null]);
    expect(reports[0]?.message).toContain('It stays open where `store.end()` is skipped. Call it once, above ');
  });

  test.each([
    ['on every path', `if (!hits.length) { await store.end(); continue; } await store.end();`],
    ['in finally', `try { if (!hits.length) continue; } finally { await store.end(); }`],
    ['after an inner loop', `for (const hit of hits) { if (!hit.id) continue; } await store.end();`],
    ['unless the loop ends', `if (!hits.length) break; await store.end();`],
    ['before the pass goes on', `await store.end(); if (!hits.length) continue; console.log(hits);`],
  ])('%s is quiet', (_name, rest) => {
    expectReports(loop, { 'all.ts': `${head}\nfor (const name of names) { ${made} ${found} ${rest} }` });
  });
});

describe('clients of MCP', () => {
  const above = code`
    import { loadMcpTools, MultiServerMCPClient } from '@langchain/mcp-adapters';
    import { Client } from '@modelcontextprotocol/sdk/client/index.js';
    import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
    const server = { transport: 'stdio', command: 'npx', args: ['files'] } as const;
  `;

  test.each([
    ['a client of several servers', 'await ⟦new MultiServerMCPClient⟧({ mcpServers: { server } }).getTools();'],
    [
      'a client whose tools are loaded',
      "const client = ⟦new Client⟧({ name: 'a', version: '1' }); await loadMcpTools('a', client);",
    ],
    [
      'with a token of the request',
      code`
        await new MultiServerMCPClient({
          mcpServers: { a: { url: 'x', headers: { Authorization: request.headers.get('a')! } } },
        }).getTools();
      `,
    ],
    [
      'over a transport of the request',
      code`
        const transport = new StreamableHTTPClientTransport(new URL(request.url));
        const client = new Client({ name: 'a', version: '1' });
        await client.connect(transport);
        await loadMcpTools('a', client);
      `,
    ],
    [
      'that is closed',
      code`
        const client = new MultiServerMCPClient({ mcpServers: { server } });
        try {
          await client.getTools();
        } finally {
          await client.close();
        }
      `,
    ],
  ])('%s', (_name, body) => {
    expectReports(rule, { [route]: inRoute(body, above) });
  });
});

test('what a client of MCP hands out, kept for all requests, keeps the client', () => {
  const above = code`
    import { MultiServerMCPClient } from '@langchain/mcp-adapters';
    let tools;
    const open = () =>
      (tools ??= new MultiServerMCPClient({ mcpServers: {} }).getTools().then((all) => all.slice(0, 9)));
    async function load() {
      if (!tools) {
        const client = new MultiServerMCPClient({ mcpServers: {} });
        tools = await client.getTools();
      }
      return tools;
    }
  `;
  expectReports(rule, { [route]: inRoute('await open(); await load();', above) });
  expectReports(rule, {
    [route]: inRoute(
      'seen ??= (await ⟦new MultiServerMCPClient⟧({ mcpServers: {} }).readResource("a", "b")).length;',
      above,
    ),
  });
});

test('one factory is reported once', () => {
  expectReports(rule, {
    'model.ts': code`
      import { ChatOpenAI } from '@langchain/openai';
      export const buildModel = () => new ChatOpenAI({ maxConcurrency: 3 });
    `,
    'tools.ts': code`
      import { tool } from '@langchain/core/tools';
      import { buildModel } from './model';
      export const a = tool(async (q: string) => (await ⟦buildModel⟧().invoke(q)).content, { name: 'a' });
      export const b = tool(async (q: string) => (await buildModel().invoke(q)).content, { name: 'b' });
    `,
  });
});

test('a field and the constructor of a service that Nest makes for each request', () => {
  expectReports(rule, {
    'ask.service.ts': code`
      import { Injectable, Scope } from '@nestjs/common';
      import { ChatOpenAI } from '@langchain/openai';
      @Injectable({ scope: Scope.REQUEST })
      export class AskService {
        private readonly model = ⟦new ChatOpenAI⟧({ maxConcurrency: 3 });
        private readonly other: ChatOpenAI;
        constructor() { this.other = ⟦new ChatOpenAI⟧({ maxConcurrency: 3 }); }
        ask(q: string) { return this.model.invoke(q); }
      }
    `,
  });
});

test('what a service sets up by itself is quiet', () => {
  expectReports(rule, {
    'search.service.ts': code`
      import { Injectable, type OnModuleInit } from '@nestjs/common';
      import { QdrantVectorStore } from '@langchain/qdrant';
      import { ChatOpenAI } from '@langchain/openai';
      @Injectable()
      export class SearchService implements OnModuleInit {
        private store!: QdrantVectorStore;
        private model!: ChatOpenAI;
        constructor(private readonly embeddings: Embeddings) { this.initializeModel(); }
        async onModuleInit() { await this.useEmbeddings(this.embeddings); }
        async useEmbeddings(embeddings: Embeddings) {
          this.store = await QdrantVectorStore.fromExistingCollection(embeddings, { url: process.env.QDRANT_URL });
        }
        initializeModel() { this.model = new ChatOpenAI({ model: process.env.MODEL }); }
        search(query: string) { return this.store.similaritySearch(query, 4); }
      }
    `,
  });
});

test('what React keeps lives for one request', () => {
  expectReports(rule, {
    'lib/store.ts': code`
      import { cache } from 'react';
      import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
      export const getStore = cache(() => PGVectorStore.initialize(embeddings, { postgresConnectionOptions: {} }));
    `,
    [route]: inRoute('await ⟦getStore⟧();', "import { getStore } from '../../../lib/store';"),
  });
});

test('a request that brings the key is quiet', () => {
  expectReports(rule, {
    [route]: inRoute(
      "process.env.OPENAI_API_KEY = request.headers.get('key')!; new ChatOpenAI({ maxConcurrency: 3 });",
    ),
  });
});

test('a client in a loop of a handler is reported once, and belongs to the module', () => {
  const files = (mark: (code: string) => string): Record<string, string> => ({
    [route]: inRoute(`for (const q of ['a', 'b']) await ${mark('new ChatOpenAI')}({ maxConcurrency: 3 }).invoke(q);`),
  });
  expectReports(
    rule,
    files((each) => each),
  );
  expectReports(
    'no-client-in-loop',
    files((each) => `⟦${each}⟧`),
  );
});
