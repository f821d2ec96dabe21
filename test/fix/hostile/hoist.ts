import { code } from '../../helpers/code.ts';
import { type Attack, js } from './attack.ts';

const rule = 'no-client-in-loop';
const question = { rule, expected: 'question', ...js } as const;
const nothing = { rule, expected: 'nothing', ...js } as const;

/** A loop that makes a client per pass of options, behind a statement. */
const withOptions = (head: string, options: string, statement = ''): string => code`
  import { ChatOpenAI } from '@langchain/openai';
  ${head}
  export async function run(docs) {
    for (const doc of docs) {
      ${statement}
      const model = new ChatOpenAI(${options});
      await model.invoke(doc.text);
    }
  }
`;

/** A loop that makes a client per pass, which reads its key from the environment. */
const withEnvironment = (head: string, statement: string): string => code`
  ${head}
  import { ChatOpenAI } from '@langchain/openai';
  export async function run(tenants) {
    for (const tenant of tenants) {
      ${statement}
      const model = new ChatOpenAI({ maxConcurrency: 2 });
      await model.invoke(tenant.question);
    }
  }
`;

/** A loop that makes a client per pass and uses it in a way. */
const withUse = (use: string, head = ''): string => code`
  import { ChatOpenAI } from '@langchain/openai';
  ${head}
  export async function run(docs) {
    for (const doc of docs) {
      const model = new ChatOpenAI({ callbacks: [], tags: [], maxConcurrency: 2 });
      ${use}
      await model.invoke(doc.text);
    }
  }
`;

/** Visibly another one each time: not reported at all. */
const varying: ReadonlySet<string> = new Set([
  'a nested object',
  'a counter',
  'a variable that another function writes',
  'a template of one',
  'a function that is called',
  'an expression that counts',
  'a random number',
  'a date',
  'a computed key',
]);

const options: readonly Attack[] = (
  [
    [
      'a helper writes to them',
      "const settings = { apiKey: '', maxConcurrency: 2 };\nconst next = () => { settings.apiKey += 'x'; };",
      'settings',
      'next();',
    ],
    [
      'a helper counts up',
      'const options = { temperature: 0 };\nfunction warm() { options.temperature += 0.5; }',
      'options',
      'warm();',
    ],
    [
      'an alias',
      'const options = { temperature: 0 };\nconst alias = options;',
      'options',
      'alias.temperature = doc.heat;',
    ],
    [
      'a part of them',
      'const options = { metadata: { id: 0 } };\nconst { metadata } = options;',
      'options',
      'metadata.id = doc.id;',
    ],
    ['a destructuring assignment', "const options = { model: 'gpt-4o' };", 'options', '({ id: options.model } = doc);'],
    ['an array assignment', "const options = { model: 'gpt-4o' };", 'options', '[options.model] = [doc.model];'],
    [
      'a loop head',
      'const options = { temperature: 0 };',
      'options',
      'for (options.temperature of doc.heats) continue;',
    ],
    [
      'a method of an object',
      'const cfg = { temperature: 0, next() { this.temperature += 1; } };',
      'cfg',
      'cfg.next();',
    ],
    [
      'an instance of a class',
      'class Cfg { temperature = 0; next() { this.temperature += 1; } }\nconst cfg = new Cfg();',
      'cfg',
      'cfg.next();',
    ],
    ['a getter', 'let n = 0;\nconst options = { get temperature() { return n++; } };', 'options'],
    ['a getter in the literal', 'let n = 0;', '{ get temperature() { return n++; } }'],
    ['a Proxy', 'let n = 0;\nconst options = new Proxy({}, { get: () => n++ });', 'options'],
    ['an exported object', 'export const options = { temperature: 0 };', 'options'],
    ['an object of another module', "import { options, bump } from './options.js';", 'options', 'bump();'],
    [
      'an array',
      'const stops = [];\nconst addStop = () => { stops.push(String(stops.length)); };',
      '{ stop: stops }',
      'addStop();',
    ],
    [
      'Object.assign',
      "const options = { model: 'a' };\nconst set = (to) => Object.assign(options, to);",
      'options',
      'set(doc);',
    ],
    [
      'Object.defineProperty',
      "const options = { model: 'a' };",
      'options',
      "Object.defineProperty(options, 'model', { value: doc.model });",
    ],
    ['Reflect.set', "const options = { model: 'a' };", 'options', "Reflect.set(options, 'model', doc.model);"],
    [
      'a closure that keeps them',
      "const options = { model: 'a' };\nconst setters = [(to) => { options.model = to; }];",
      'options',
      'setters[0](doc.model);',
    ],
    [
      'an object in another one',
      "const options = { model: 'a' };\nconst all = { options };",
      'options',
      'all.options.model = doc.model;',
    ],
    [
      'an array that holds them',
      "const options = { model: 'a' };\nconst all = [options];",
      'options',
      'all[0].model = doc.model;',
    ],
    [
      'a spread of them',
      "const options = { model: 'a' };\nconst set = (to) => { options.model = to; };",
      '{ ...options }',
      'set(doc.model);',
    ],
    [
      'a nested object',
      'const configuration = { defaultHeaders: {} };',
      '{ configuration }',
      'configuration.defaultHeaders.id = doc.id;',
    ],
    [
      'a prototype',
      "const base = { model: 'a' };\nconst options = { __proto__: base };",
      'options',
      'base.model = doc.model;',
    ],
    [
      'a deletion',
      "const options = { model: 'a' };\nfunction reset() { delete options.model; }",
      'options',
      'reset();',
    ],
    ['a counter', 'let n = 0;\nfunction count() { n++; }', '{ temperature: n }', 'count();'],
    [
      'a variable that another function writes',
      "let key = '';\nfunction rotate() { key += 'x'; }",
      '{ apiKey: key }',
      'rotate();',
    ],
    ['a template of one', "let key = '';\nfunction rotate() { key += 'x'; }", '{ apiKey: `sk-${key}` }', 'rotate();'],
    [
      'a static field',
      "class Keys { static current = ''; static rotate() { Keys.current += 'x'; } }",
      '{ apiKey: Keys.current }',
      'Keys.rotate();',
    ],
    ['a function that is called', 'let n = 0;\nconst heat = () => n++;', '{ temperature: heat() }'],
    ['an expression that counts', 'let n = 0;', '{ temperature: n++ }'],
    ['a random number', '', '{ temperature: Math.random() }'],
    ['a date', '', '{ user: new Date().toISOString() }'],
    ['a computed key', "let key = 'temperature';\nfunction other() { key = 'topP'; }", '{ [key]: 0 }', 'other();'],
    [
      'a live binding of another module',
      "import { apiKey, rotate } from './keys.js';",
      '{ apiKey, maxConcurrency: 2 }',
      'rotate();',
    ],
    ['eval', 'let heat = 0;', "{ apiKey: 'sk-1', temperature: heat }", "eval('heat = doc.heat');"],
  ] as const
).map(([name, head, given, statement]) => ({
  ...(varying.has(name) ? nothing : question),
  finding: name === 'a live binding of another module' ? 'A21' : 'A5',
  name: `options that change: ${name}`,
  code: withOptions(head, given, statement),
}));

/** Visibly another key each time: not reported at all. */
const keyed: ReadonlySet<string> = new Set([
  'destructured',
  'a constant',
  'a constant of the process',
  'a quoted member',
  '??=',
  'a computed name',
]);

const environments: readonly Attack[] = (
  [
    ['env of node:process', "import { env } from 'node:process';", 'env.OPENAI_API_KEY = tenant.key;'],
    ['env of process', "import { env } from 'process';", 'env.OPENAI_API_KEY = tenant.key;'],
    ['the default of node:process', "import proc from 'node:process';", 'proc.env.OPENAI_API_KEY = tenant.key;'],
    ['a namespace', "import * as proc from 'node:process';", 'proc.env.OPENAI_API_KEY = tenant.key;'],
    ['renamed', "import { env as vars } from 'node:process';", 'vars.OPENAI_API_KEY = tenant.key;'],
    ['destructured', 'const { env } = process;', 'env.OPENAI_API_KEY = tenant.key;'],
    ['a constant', 'const env = process.env;', 'env.OPENAI_API_KEY = tenant.key;'],
    ['a constant of the process', 'const p = process;', 'p.env.OPENAI_API_KEY = tenant.key;'],
    [
      'a default of a parameter',
      'const setKey = (key, env = process.env) => { env.OPENAI_API_KEY = key; };',
      'setKey(tenant.key);',
    ],
    ['require', "const { env } = require('process');", 'env.OPENAI_API_KEY = tenant.key;'],
    ['require on the spot', '', "require('node:process').env.OPENAI_API_KEY = tenant.key;"],
    ['a dynamic import', '', "(await import('node:process')).env.OPENAI_API_KEY = tenant.key;"],
    ['getBuiltinModule', '', "process.getBuiltinModule('process').env.OPENAI_API_KEY = tenant.key;"],
    ['a quoted member', '', "process['env'].OPENAI_API_KEY = tenant.key;"],
    ['a computed member', "const name = 'env';", 'process[name].OPENAI_API_KEY = tenant.key;'],
    ['globalThis', '', 'globalThis.process.env.OPENAI_API_KEY = tenant.key;'],
    ['global, quoted', '', "global['process'].env.OPENAI_API_KEY = tenant.key;"],
    ['an alias of globalThis', 'const root = globalThis;', 'root.process.env.OPENAI_API_KEY = tenant.key;'],
    ['an array pattern', '', '[process.env.OPENAI_API_KEY] = [tenant.key];'],
    ['an object pattern', '', '({ key: process.env.OPENAI_API_KEY } = tenant);'],
    ['a pattern with a default', '', "({ key: process.env.OPENAI_API_KEY = '' } = tenant);"],
    ['a rest', '', '[...process.env.KEYS] = tenant.keys;'],
    ['a loop head', '', 'for (process.env.OPENAI_API_KEY of tenant.keys) break;'],
    ['a loop over keys', '', 'for (process.env.OPENAI_API_KEY in tenant.keys) break;'],
    ['Reflect.set', '', "Reflect.set(process.env, 'OPENAI_API_KEY', tenant.key);"],
    ['Reflect.deleteProperty', '', "Reflect.deleteProperty(process.env, 'OPENAI_API_KEY');"],
    ['Object.defineProperty', '', "Object.defineProperty(process.env, 'OPENAI_API_KEY', { value: tenant.key });"],
    ['Object.assign', '', 'Object.assign(process.env, tenant.env);'],
    ['the whole of it', '', 'process.env = { ...process.env, OPENAI_API_KEY: tenant.key };'],
    ['??=', '', 'process.env.OPENAI_API_KEY ??= tenant.key;'],
    ['delete', '', 'delete process.env.OPENAI_API_KEY;'],
    ['a computed name', "const name = 'OPENAI_API_KEY';", 'process.env[name] = tenant.key;'],
    ['vi.stubEnv', "import { vi } from 'vitest';", "vi.stubEnv('OPENAI_API_KEY', tenant.key);"],
    ['jest.replaceProperty', '', "jest.replaceProperty(process, 'env', { OPENAI_API_KEY: tenant.key });"],
    ['process.loadEnvFile', '', 'process.loadEnvFile(tenant.file);'],
    ['loadEnvFile by name', "import { loadEnvFile } from 'node:process';", 'loadEnvFile(tenant.file);'],
    ['dotenv', "import dotenv from 'dotenv';", 'dotenv.config({ path: tenant.file, override: true });'],
    ['dotenv by name', "import { config } from 'dotenv';", 'config({ path: tenant.file, override: true });'],
    ['dotenvx', "import { config } from '@dotenvx/dotenvx';", 'config({ path: tenant.file });'],
    ['dotenv-flow', "import flow from 'dotenv-flow';", 'flow.config({ path: tenant.file });'],
    [
      'a helper with an alias',
      'const env = process.env;\nfunction use(key) { env.OPENAI_API_KEY = key; }',
      'use(tenant.key);',
    ],
    [
      'a helper of a helper',
      'function use(key) { set(key); }\nfunction set(key) { process.env.OPENAI_API_KEY = key; }',
      'use(tenant.key);',
    ],
    ['a function of another file', "import { useKeyOf } from './tenants.js';", 'useKeyOf(tenant.id);'],
    ['a function of a package', "import { activate } from 'some-tenants';", 'activate(tenant.id);'],
    ['it is handed over', "import { load } from './tenants.js';", 'load(process.env);'],
    ['it is handed to an unknown function', '', 'tenant.hooks[0](process.env, tenant.key);'],
    ['a callback of the caller', '', 'tenant.activate();'],
    ['a callback by name', "import { activate } from './tenants.js';", 'tenant.rights.forEach(activate);'],
    ['a listener', '', "tenant.emitter.emit('switch');"],
    [
      'a setter',
      'const keys = { set current(key) { process.env.OPENAI_API_KEY = key; } };',
      'keys.current = tenant.key;',
    ],
    ['a class', 'class Switch { constructor(key) { process.env.OPENAI_API_KEY = key; } }', 'new Switch(tenant.key);'],
    ['a class of another file', "import { Switch } from './switch.js';", 'new Switch(tenant.key);'],
    ['a tag', "import { sh } from './sh.js';", 'sh`export OPENAI_API_KEY=${tenant.key}`;'],
    ['Deno.env', '', "Deno.env.set('OPENAI_API_KEY', tenant.key);"],
    ['Bun.env', '', 'Bun.env.OPENAI_API_KEY = tenant.key;'],
    ['a function made of text', '', "new Function('process', 'process.env.OPENAI_API_KEY = 1')(tenant.process);"],
    ['a module that is loaded', '', 'await import(tenant.module);'],
  ] as const
).map(([name, head, statement]) => ({
  ...(keyed.has(name) ? nothing : question),
  finding: 'A6',
  name: `the environment: ${name}`,
  code: withEnvironment(head, statement),
}));

const classes: readonly Attack[] = [
  {
    ...question,
    finding: 'A7',
    name: 'a class of the file with state',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      class Chatty extends ChatOpenAI {
        history = [];
        async ask(q) { this.history.push(q); return (await this.invoke(this.history.join(' | '))).content; }
      }
      export async function run(users) {
        for (const user of users) {
          const chat = new Chatty({ maxConcurrency: 2 });
          await chat.ask(user.secret);
        }
      }
    `,
  },
  {
    ...question,
    finding: 'A7',
    name: 'a class of the file with a constructor',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      let n = 0;
      class Keyed extends ChatOpenAI { constructor() { super({ apiKey: 'k' + n++ }); } }
      export async function run(docs) {
        for (const doc of docs) {
          const model = new Keyed();
          await model.invoke(doc);
        }
      }
    `,
  },
  {
    ...question,
    finding: 'A7',
    name: 'a class of another file',
    files: {
      'model.mjs':
        "import { ChatOpenAI } from '@langchain/openai';\nexport class Model extends ChatOpenAI { seen = []; }\n",
    },
    code: code`
      import { Model } from './model.mjs';
      export async function run(docs) {
        for (const doc of docs) {
          const model = new Model({ maxConcurrency: 2 });
          await model.invoke(doc);
        }
      }
    `,
  },
  {
    ...question,
    finding: 'A7',
    name: 'a class that is changed',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      let n = 0;
      ChatOpenAI.prototype.invoke = async function () { return (this.id ??= n++); };
      export async function run(docs) {
        for (const doc of docs) {
          const model = new ChatOpenAI({ maxConcurrency: 2 });
          await model.invoke(doc);
        }
      }
    `,
  },
  {
    ...question,
    finding: 'A8',
    name: 'a class that is mocked',
    code: code`
      import { vi } from 'vitest';
      import { ChatOpenAI } from '@langchain/openai';
      vi.mock('@langchain/openai');
      export async function run(docs) {
        for (const doc of docs) {
          const model = new ChatOpenAI({ maxConcurrency: 2 });
          await model.invoke(doc);
        }
      }
    `,
  },
  {
    ...question,
    finding: 'A8',
    name: 'a class that is mocked for one construction',
    code: code`
      import { vi } from 'vitest';
      import { ChatOpenAI } from '@langchain/openai';
      export async function run(docs) {
        for (const doc of docs) {
          vi.mocked(ChatOpenAI).mockImplementationOnce(() => ({ invoke: async () => doc }));
          const model = new ChatOpenAI({ maxConcurrency: 2 });
          await model.invoke(doc);
        }
      }
    `,
  },
  {
    ...question,
    finding: 'A7',
    name: 'a module that is mapped to LangChain',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      import { track } from './track.js';
      const Tracked = track(ChatOpenAI);
      export async function run(docs) {
        for (const doc of docs) {
          const model = new ChatOpenAI({ maxConcurrency: 2 });
          await model.invoke(doc);
        }
      }
      export { Tracked };
    `,
  },
];

const changes: readonly Attack[] = (
  [
    ['its callbacks', 'model.callbacks.push({ handleLLMEnd() { console.log(doc.id); } });'],
    ['its tags', 'model.tags.push(doc.id);'],
    ['its tags, at the head', 'model.tags.unshift(doc.id);'],
    ['its stop words, by index', 'model.stop[0] = doc.end;'],
    ['its middleware', 'model.client.middlewareStack.add(doc.middleware);'],
    ['its client is closed', 'await model.client.close();'],
    ['its client is destroyed', 'try { console.log(doc.id); } finally { model.client.destroy(); }'],
    ['it is disposed of', 'model[Symbol.dispose]();'],
    ['a field', 'model.temperature = doc.heat;'],
    ['a field of a part', 'model.lc_kwargs.user = doc.user;'],
    ['a field through a cast-like call', 'delete model.cache;'],
  ] as const
).map(([name, use]) => ({ ...nothing, finding: 'A8', name: `the instance is changed: ${name}`, code: withUse(use) }));

const uses: readonly Attack[] = (
  [
    ['a handler is added', 'model.addHandler(doc.handler);'],
    ['its queue is listened to', "model.caller.queue.on('idle', () => console.log(doc.id));"],
    ['a method is mocked', 'model.invoke.mockResolvedValueOnce(doc.answer);'],
    ['a part of it is kept', 'const { tags } = model;\ntags.push(doc.id);'],
    ['a part of it is named', 'const list = model.callbacks;\nlist.push(doc.handler);'],
    ['it is named twice', 'const same = model;\nsame.tags.push(doc.id);'],
    ['it is kept in a list', 'kept.push(model);', 'const kept = [];'],
    ['it is kept in a set', 'kept.add(model);', 'const kept = new Set();'],
    ['it is a key', 'kept.set(model, doc);', 'const kept = new WeakMap();'],
    ['it is compared', 'if (model === last) console.log(doc.id);\nlast = model;', 'let last;'],
    ['it is given away', 'doc.prepare(model);'],
    ['its method is named', 'doc.ask = model.invoke.bind(model);'],
    ['it is spread', 'doc.options = { ...model };'],
    ['it is returned by a callback', 'doc.load(() => model);'],
    ['Object.assign', 'Object.assign(model, doc.options);'],
    ['Reflect.set', "Reflect.set(model, 'tags', doc.tags);"],
    ['a member by a computed name', 'model[doc.method](doc.text);'],
  ] as const
).map(([name, use, head]) => ({
  ...question,
  finding: 'A8',
  name: `the instance is used: ${name}`,
  code: withUse(use, head),
}));

const bare: readonly Attack[] = [
  {
    ...nothing,
    finding: 'A1',
    name: 'an object literal before a line that begins with a bracket',
    code: code`
      import { ChatOpenAI } from '@langchain/openai'
      export async function run(docs) {
        for (const doc of docs) {
          const opts = { tags: [doc.id] }
          const model = new ChatOpenAI({ maxConcurrency: 2 })
          ;[doc.a, doc.b].forEach((x) => console.log(x))
          await model.invoke(doc.text, opts)
        }
      }
    `,
    expected: code`
      import { ChatOpenAI } from '@langchain/openai'
      export async function run(docs) {
        const model = new ChatOpenAI({ maxConcurrency: 2 })
        for (const doc of docs) {
          const opts = { tags: [doc.id] }
          ;[doc.a, doc.b].forEach((x) => console.log(x))
          await model.invoke(doc.text, opts)
        }
      }
    `,
    run: ({ run }) =>
      run?.([
        { id: 'a', a: 1, b: 2, text: 'one' },
        { id: 'b', a: 3, b: 4, text: 'two' },
      ]),
  },
  ...(
    [
      ['an object literal', 'const opts = { tags: [doc.id] }', '[doc.a, doc.b].forEach((x) => console.log(x))'],
      ['a function', 'const show = function () { console.log(doc) }', '(async () => { await doc.go() })()'],
      ['a class', 'const Shown = class { }', '(doc.a || doc.b).go()'],
      ['a call', 'doc.go()', '[doc.a].forEach((x) => x())'],
      ['a name', 'const text = doc', '`${text}`.trim()'],
      ['an array', 'const texts = [doc]', '/x/.test(texts[0])'],
      ['an assignment', 'doc.x = { y: 1 }', '+doc.x'],
    ] as const
  ).map(([name, before, after]): Attack => ({
    ...nothing,
    finding: 'A1',
    name: `a declaration between ${name} and ${after.charAt(0)}`,
    code: code`
        import { ChatOpenAI } from '@langchain/openai'
        export async function run(docs) {
          for (const doc of docs) {
            ${before}
            const model = new ChatOpenAI({ maxConcurrency: 2 });
            ${after}
            await model.invoke(doc.text)
          }
        }
      `,
  })),
  {
    ...nothing,
    finding: 'A1',
    name: 'a block before it ends the line',
    code: code`
      import { ChatOpenAI } from '@langchain/openai'
      export async function run(docs) {
        for (const doc of docs) {
          if (doc) { console.log(doc) }
          const model = new ChatOpenAI({ maxConcurrency: 2 })
          ;[doc].forEach((x) => console.log(x))
          await model.invoke(doc)
        }
      }
    `,
    expected: code`
      import { ChatOpenAI } from '@langchain/openai'
      export async function run(docs) {
        const model = new ChatOpenAI({ maxConcurrency: 2 })
        for (const doc of docs) {
          if (doc) { console.log(doc) }
          ;[doc].forEach((x) => console.log(x))
          await model.invoke(doc)
        }
      }
    `,
    run: ({ run }) => run?.(['one', 'two']),
  },
  {
    ...nothing,
    finding: 'A1',
    name: 'the loop is a call on an array',
    code: code`
      import { ChatOpenAI } from '@langchain/openai'
      export async function run(docs) {
        const all = []
        ;[...docs].forEach((doc) => {
          const model = new ChatOpenAI({ maxConcurrency: 2 })
          all.push(model.invoke(doc))
        })
        return (await Promise.all([all[0], all[1]])).length
      }
    `,
    expected: code`
      import { ChatOpenAI } from '@langchain/openai'
      export async function run(docs) {
        const all = []
        ;const model = new ChatOpenAI({ maxConcurrency: 2 });
        [...docs].forEach((doc) => {
          all.push(model.invoke(doc))
        })
        return (await Promise.all([all[0], all[1]])).length
      }
    `,
    run: ({ run }) => run?.(['one', 'two']),
  },
];

const names: readonly Attack[] = [
  {
    ...nothing,
    finding: 'A17',
    name: 'the parameter of a catch',
    code: code`
      import { OpenAIEmbeddings } from '@langchain/openai';
      export async function f(docs) {
        try { docs.go(); } catch (e) {
          for (const d of docs) { const e = new OpenAIEmbeddings(); await e.embedQuery(d); }
        }
      }
    `,
  },
  {
    ...nothing,
    finding: 'A17',
    name: 'a destructured parameter of a catch',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      export async function f(docs) {
        try { docs.go(); } catch ({ model }) {
          for (const d of docs) { const model = new ChatOpenAI(); await model.invoke(d); }
        }
      }
    `,
  },
  {
    ...nothing,
    finding: 'A17',
    name: 'a var in another block',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      export async function f(docs, a) {
        if (a) {
          for (const d of docs) { const model = new ChatOpenAI(); await model.invoke(d); }
          for (const d of docs) { var model = d; }
        }
      }
    `,
  },
  {
    ...nothing,
    finding: 'A17',
    name: 'a var in the head of a loop',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      export async function f(docs, a) {
        {
          for (const d of docs) { const model = new ChatOpenAI(); await model.invoke(d); }
          for (var model of a) console.log(model);
        }
      }
    `,
  },
];

const comments: readonly Attack[] = [
  {
    finding: 'A18',
    name: '@ts-expect-error above another comment',
    rule,
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      export async function f(docs: string[]) {
        for (const d of docs) {
          // @ts-expect-error not in the types yet
          // see #123
          const model = new ChatOpenAI({ maxConcurrency: 2, nope: 1 });
          await model.invoke(d);
        }
      }
    `,
    expected: 'nothing',
  },
  {
    finding: 'A18',
    name: '@ts-expect-error above a blank line',
    rule,
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      export async function f(docs: string[]) {
        for (const d of docs) {
          // @ts-expect-error not in the types yet

          const model = new ChatOpenAI({ maxConcurrency: 2, nope: 1 });
          await model.invoke(d);
        }
      }
    `,
    expected: 'nothing',
  },
  {
    finding: 'A18',
    name: '@ts-expect-error right above moves along',
    rule,
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      export async function f(docs: string[]) {
        for (const d of docs) {
          // @ts-expect-error not in the types yet
          const model = new ChatOpenAI({ maxConcurrency: 2, nope: 1 });
          await model.invoke(d);
        }
      }
    `,
    expected: code`
      import { ChatOpenAI } from '@langchain/openai';
      export async function f(docs: string[]) {
        // @ts-expect-error not in the types yet
        const model = new ChatOpenAI({ maxConcurrency: 2, nope: 1 });
        for (const d of docs) {
          await model.invoke(d);
        }
      }
    `,
  },
  {
    finding: 'A18',
    name: 'a block of eslint-disable',
    rule,
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      export async function f(docs: string[]) {
        for (const d of docs) {
          /* eslint-disable no-magic-numbers */
          const model = new ChatOpenAI({ maxConcurrency: 2 });
          /* eslint-enable no-magic-numbers */
          await model.invoke(d);
        }
      }
    `,
    expected: 'nothing',
  },
  {
    ...nothing,
    finding: 'A18',
    name: 'a type in a comment above another one',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      export async function f(docs) {
        for (const d of docs) {
          /** @type {import('@langchain/core/language_models/chat_models').BaseChatModel} */
          // the small one
          const model = new ChatOpenAI({ maxConcurrency: 2 });
          await model.invoke(d);
        }
      }
    `,
  },
  {
    ...nothing,
    finding: 'A18',
    name: 'a type in a comment moves along',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      export async function f(docs) {
        for (const d of docs) {
          /** @type {import('@langchain/core/language_models/chat_models').BaseChatModel} */
          const model = new ChatOpenAI({ maxConcurrency: 2 });
          await model.invoke(d);
        }
      }
    `,
    expected: code`
      import { ChatOpenAI } from '@langchain/openai';
      export async function f(docs) {
        /** @type {import('@langchain/core/language_models/chat_models').BaseChatModel} */
        const model = new ChatOpenAI({ maxConcurrency: 2 });
        for (const d of docs) {
          await model.invoke(d);
        }
      }
    `,
  },
  {
    finding: 'A18',
    name: '@ts-expect-error above an expression that would become a constant',
    rule,
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      export async function f(docs: string[]) {
        for (const d of docs) {
          // @ts-expect-error not in the types yet
          await new ChatOpenAI({ maxConcurrency: 2, nope: 1 }).invoke(d);
        }
      }
    `,
    expected: 'nothing',
  },
  {
    ...nothing,
    finding: 'A18',
    name: 'a comment for the whole file stays at its head',
    code: code`
      // @ts-nocheck
      for (const doc of process.argv) {
        const model = new ChatOpenAI({ maxConcurrency: 2 });
        await model.invoke(doc);
      }
      import { ChatOpenAI } from '@langchain/openai';
    `,
    expected: code`
      // @ts-nocheck
      const model = new ChatOpenAI({ maxConcurrency: 2 });
      for (const doc of process.argv) {
        await model.invoke(doc);
      }
      import { ChatOpenAI } from '@langchain/openai';
    `,
  },
  {
    ...nothing,
    finding: 'A24',
    name: 'a shebang',
    code: code`
      #!/usr/bin/env node
      for (const doc of process.argv) {
        const model = new ChatOpenAI({ maxConcurrency: 2 });
        await model.invoke(doc);
      }
      import { ChatOpenAI } from '@langchain/openai';
    `,
    expected: code`
      #!/usr/bin/env node
      const model = new ChatOpenAI({ maxConcurrency: 2 });
      for (const doc of process.argv) {
        await model.invoke(doc);
      }
      import { ChatOpenAI } from '@langchain/openai';
    `,
  },
];

const texts: readonly Attack[] = [
  {
    ...nothing,
    finding: 'A23',
    name: 'a string that goes on in the next line',
    code: [
      "import { ChatOpenAI } from '@langchain/openai'",
      'export async function run(docs) {',
      '  for (const doc of docs) {',
      "    const model = new ChatOpenAI({ user: 'a\\",
      "      b', maxConcurrency: 2 })",
      '    await model.invoke(doc)',
      '  }',
      '}',
      '',
    ].join('\n'),
    expected: [
      "import { ChatOpenAI } from '@langchain/openai'",
      'export async function run(docs) {',
      "  const model = new ChatOpenAI({ user: 'a\\",
      "      b', maxConcurrency: 2 })",
      '  for (const doc of docs) {',
      '    await model.invoke(doc)',
      '  }',
      '}',
      '',
    ].join('\n'),
    run: ({ run }) => run?.(['one', 'two']),
  },
  {
    ...nothing,
    finding: 'A23',
    name: 'a template of several lines',
    code: [
      "import { ChatOpenAI } from '@langchain/openai'",
      'export async function run(docs) {',
      '  for (const doc of docs) {',
      '    const model = new ChatOpenAI({',
      '      user: `a',
      '      b`,',
      '    })',
      '    await model.invoke(doc)',
      '  }',
      '}',
      '',
    ].join('\n'),
    expected: [
      "import { ChatOpenAI } from '@langchain/openai'",
      'export async function run(docs) {',
      '  const model = new ChatOpenAI({',
      '      user: `a',
      '      b`,',
      '    })',
      '  for (const doc of docs) {',
      '    await model.invoke(doc)',
      '  }',
      '}',
      '',
    ].join('\n'),
  },
  ...(
    [
      ['CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
      ['a byte order mark', (text: string) => `\uFEFF${text}`],
      ['tabs', (text: string) => text.replaceAll('  ', '\t')],
    ] as const
  ).map(([name, write]): Attack => ({
    ...nothing,
    finding: 'A27',
    name,
    code: write(
      code`
        import { ChatOpenAI } from '@langchain/openai';
        export async function run(docs) {
          for (const doc of docs) {
            const model = new ChatOpenAI({
              maxConcurrency: 2,
            });
            await model.invoke(doc);
          }
        }
      `,
    ),
    expected: write(
      code`
        import { ChatOpenAI } from '@langchain/openai';
        export async function run(docs) {
          const model = new ChatOpenAI({
            maxConcurrency: 2,
          });
          for (const doc of docs) {
            await model.invoke(doc);
          }
        }
      `,
    ),
  })),
];

const kept: readonly Attack[] = (
  [
    ['literals', '', "{ model: 'gpt-4o-mini', temperature: 0, stop: ['.'] }", ''],
    ['a constant', "const model_ = 'gpt-4o-mini';", '{ model: model_, maxRetries: 0 }', ''],
    ['a constant object that LangChain alone gets', "const options = { model: 'gpt-4o-mini' };", 'options', ''],
    [
      'the environment by name',
      '',
      '{ apiKey: process.env.OPENAI_API_KEY }',
      'console.log(doc.length, process.argv.length);',
    ],
    ['a helper that can be seen', 'const log = (text) => console.log(text.trim());', '{ maxRetries: 0 }', 'log(doc);'],
    [
      'an unknown call beside a key',
      "import { activate } from 'node:events';",
      "{ apiKey: 'sk-1' }",
      'doc.activate?.();',
    ],
  ] as const
).map(([name, head, given, statement]) => ({
  ...nothing,
  finding: 'kept',
  name: `a fix stays one: ${name}`,
  code: code`
    import { ChatOpenAI } from '@langchain/openai';
    ${head}
    export async function run(docs) {
      for (const doc of docs) {
        ${statement}
        const model = new ChatOpenAI(${given});
        await model.invoke(doc);
      }
    }
  `,
  expected: code`
    import { ChatOpenAI } from '@langchain/openai';
    ${head}
    export async function run(docs) {
      const model = new ChatOpenAI(${given});
      for (const doc of docs) {
        ${statement}
        await model.invoke(doc);
      }
    }
  `,
  run: ({ run }) => run?.(['one', 'two']),
}));

/** Code that the move could break, and what is made of it. */
const further: readonly Attack[] = (
  [
    [
      'A5',
      'a limit that no queue takes',
      'for (const d of docs) { const model = new ChatOpenAI({ maxConcurrency: 0 }); await model.invoke(d); }',
      'question',
    ],
    [
      'A5',
      'a cache of its own',
      'for (const d of docs) { const model = new ChatOpenAI({ cache: new Map() as never }); await model.invoke(d); }',
      'question',
    ],
    [
      'A17',
      'a type of the loop',
      code`
        for (const d of docs) {
          type Asked = ChatOpenAI;
          const model: Asked = new ChatOpenAI({ maxConcurrency: 2 });
          await model.invoke(d);
        }
      `,
      'nothing',
    ],
    [
      'A17',
      'a type argument of the loop',
      code`
        for (const d of docs) {
          interface Own extends ChatOpenAICallOptions {
            id?: number;
          }
          const model = new ChatOpenAI<Own>({ maxConcurrency: 2 });
          await model.invoke(d);
        }
      `,
      'nothing',
    ],
    [
      'A17',
      'the type of the item',
      code`
        for (const d of docs) {
          const model = new ChatOpenAI({ maxConcurrency: 2 }) as ChatOpenAI & { doc?: typeof d };
          await model.invoke(d);
        }
      `,
      'nothing',
    ],
    [
      'A17',
      'a type parameter',
      code`
        docs.map(async <T extends ChatOpenAICallOptions>(d: string) => {
          const model = new ChatOpenAI<T>({ maxConcurrency: 2 });
          return await model.invoke(d);
        });
      `,
      'nothing',
    ],
    [
      'A17',
      'an interface of the name',
      code`
        interface model { id: number }
        const ids: model[] = [];
        for (const d of docs) { const model = new ChatOpenAI({ maxConcurrency: 2 }); await model.invoke(d); }
        console.log(ids);
      `,
      'nothing',
    ],
    [
      'A17',
      'a global of the name',
      code`
        await fetch(docs[0]!);
        for (const d of docs) { const fetch = new ChatOpenAI({ maxConcurrency: 2 }); await fetch.invoke(d); }
      `,
      'nothing',
    ],
    [
      'A17',
      'an item of the name',
      code`
        for (const model of docs) {
          for (const d of model) {
            const model = new ChatOpenAI({ maxConcurrency: 2 });
            await model.invoke(d);
          }
        }
      `,
      'nothing',
    ],
    [
      'A17',
      'a counter of the name',
      code`
        for (let model = 0; model < 3; model++) {
          const model = new ChatOpenAI({ maxConcurrency: 2 });
          await model.invoke(docs[0]!);
        }
      `,
      'nothing',
    ],
    [
      'A17',
      'cases of one switch',
      code`
        switch (docs.length) {
          case 1:
            for (const d of docs) {
              const model = new ChatOpenAI({ maxConcurrency: 2 });
              await model.invoke(d);
            }
            break;
          default:
            for (const d of docs) {
              const model = new ChatOpenAI({ maxConcurrency: 2 });
              await model.invoke(d);
            }
        }
      `,
      'nothing',
    ],
    [
      'A8',
      'a part that is changed',
      code`
        for (const d of docs) {
          const model = new ChatOpenAI({ maxConcurrency: 2 });
          (model.modelKwargs ??= {}).user = d;
          await model.invoke(d);
        }
      `,
      'nothing',
    ],
    [
      'A8',
      'a member that is deleted',
      code`
        for (const d of docs) {
          const model = new ChatOpenAI({ maxConcurrency: 2 });
          delete (model as any).stop;
          await model.invoke(d);
        }
      `,
      'nothing',
    ],
    [
      'A8',
      'a part under another name',
      code`
        for (const d of docs) {
          const model = new ChatOpenAI({ maxConcurrency: 2 });
          const { caller } = model as any;
          caller.retries = d.length;
          await model.invoke(d);
        }
      `,
      'question',
    ],
    [
      'A8',
      'a set of instances',
      code`
        const seen = new Set<unknown>();
        for (const d of docs) {
          const model = new ChatOpenAI({ maxConcurrency: 2 });
          seen.add(model);
          await model.invoke(d);
        }
      `,
      'question',
    ],
    [
      'A12',
      'it is let go',
      'for (const d of docs) { using model = new ChatOpenAI({ maxConcurrency: 2 }) as any; await model.invoke(d); }',
      'nothing',
    ],
    [
      'A17',
      'one of several declarations',
      code`
        for (const d of docs) {
          const a = d.trim(),
            model = new ChatOpenAI({ maxConcurrency: 2 }),
            b = a;
          await model.invoke(b);
        }
      `,
      'question',
    ],
  ] as const
).map(([finding, name, body, expected]) => ({
  finding,
  name: `a loop with ${name}`,
  rule,
  expected,
  code: code`
    import { ChatOpenAI, type ChatOpenAICallOptions } from '@langchain/openai';
    export async function run(docs: string[], options: ChatOpenAICallOptions = {}) {
      ${body}
      return options;
    }
  `,
}));

export const hoisting: readonly Attack[] = [
  ...further,
  ...options,
  ...environments,
  ...classes,
  ...changes,
  ...uses,
  ...bare,
  ...names,
  ...comments,
  ...texts,
  ...kept,
];
