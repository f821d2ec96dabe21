import { describe, expect, test } from 'vitest';
import { readDeclarations } from '../../src/project/declarations.ts';
import { DeclaredReach } from '../../src/project/declared-reach.ts';
import { type Marks, summarise } from '../../src/project/summary.ts';
import { code } from '../helpers/code.ts';

function mark(text: string): Marks {
  return { blocking: false, client: false, deadline: false, langchain: text.includes('@langchain/') };
}

/** Files named `./x`, by their texts. `./chat` leads to LangChain by `chat`, `Chat` and default, `./plain` does not. */
function createReach(texts: Readonly<Record<string, string>>, mayHoldJsx: boolean): DeclaredReach {
  const all: Readonly<Record<string, string>> = { './chat': chat, './plain': plain, './chain': chain, ...texts };
  const files = {
    read: (file: string) => {
      const text = all[file];
      return text === undefined ? null : { has: mark(text), summary: summarise(text) };
    },
    readDeclarations: (file: string) => readDeclarations(all[file] ?? '', mayHoldJsx, mark),
    find: (specifier: string) => (specifier in all ? specifier : null),
    mark: ({ specifier }: { specifier: string }) => mark(specifier),
  };
  return new DeclaredReach(files, 'langchain');
}

const chat = code`
  import { ChatOpenAI } from '@langchain/openai';
  export const chat = new ChatOpenAI();
  export class Chat extends ChatOpenAI {}
  export default chat;
  export const name = 'gpt';
`;

const chain = code`
  const { ChatOpenAI } = require('@langchain/openai');
  const ask = () => new ChatOpenAI();
  module.exports = { ask, name: 'gpt', ['say']: 1 };
`;

const plain = 'export const a = 1;\nexport default a;\n';

/** Of the exports, those that are named `ask…` lead to LangChain, and those that are named `not…` do not. */
function expectAsked(text: string, texts: Readonly<Record<string, string>> = {}, mayHoldJsx = false): void {
  const names = [...new Set(text.match(/\b(?:ask|not)\w*/gu))];
  expect(names.some((name) => name.startsWith('ask'))).toBe(true);
  expect(names.some((name) => name.startsWith('not'))).toBe(true);
  const reach = createReach({ './a': text, ...texts }, mayHoldJsx);
  expect(names.filter((name) => reach.has({ file: './a', name }))).toEqual(
    names.filter((name) => name.startsWith('ask')),
  );
}

function has(text: string, name: string | null, mayHoldJsx = false): boolean {
  return createReach({ './a': text }, mayHoldJsx).has({ file: './a', name });
}

describe('imports', () => {
  test.each([
    ["import x from './chat';\nimport y from './plain';", 'x', 'y'],
    ["import * as x from './chat';\nimport * as y from './plain';", 'x.chat', 'x.name'],
    ["import * as x from './chat';\nimport * as y from './plain';", 'x', 'y'],
    ["import x, * as y from './chat';", 'x', 'y.name'],
    ["import { chat, name } from './chat';", 'chat', 'name'],
    ["import { chat as x, name as y } from './chat';", 'x', 'y'],
    ["import { default as x, name } from './chat';", 'x', 'name'],
    ["import x, { name } from './chat';", 'x', 'name'],
    ["import type { Chat } from './chat';\nimport { type name } from './chat';", 'null as Chat | null', 'name'],
    ["import { type Chat as X, type name as Y } from './chat';", 'null as X | null', 'null as Y | null'],
    ["import x = require('./chat');\nimport y = require('./plain');", 'x', 'y'],
    ["import x = require('./chat');", 'x.chat', 'x.name'],
    ["import * as all from './chat';\nimport X = all.Chat;", 'X', '1'],
    ["import * as all from './chat';\nexport import X = all.Chat;", 'X', '1'],
    [
      "import { chat } from './chat' with { type: 'js' };\nimport { a } from './plain' with { type: 'js' };",
      'chat',
      'a',
    ],
    ["const { chat, name: other } = require('./chat');", 'chat', 'other'],
    ["const { chat: x, name } = require('./chat');", 'x', 'name'],
    ["const x = require('./chat').chat;\nconst y = require('./chat').name;", 'x', 'y'],
    ["const x = require('./chat');", 'x.chat', 'x.name'],
    ["let x = require('./plain');\nif (process.env.CHAT) x = require('./chat');", 'x', '1'],
    ["var { a } = require('./plain');\nfunction init() { a = require('./chat'); }", 'a', '1'],
    ["const { ask } = require('./chain');\nconst { name } = require('./plain');", 'ask', 'name'],
    ["const { a = 1, ...rest } = require('./chat');\nconst { b = 1 } = require('./plain');", 'rest', 'b'],
    ["const x = await import('./chat');", 'x.chat', 'x.name'],
    ["const { chat } = await import('./chat');\nconst { name } = await import('./chat');", 'chat', 'name'],
    ["const x = import('./chat');\nconst y = import('./plain');", 'x.then((all) => all.chat)', 'y'],
    ['', "require('./chat').chat", "require('./chat').name"],
    ['', "import('./chat').then(({ chat }) => chat)", "import('./plain').then(({ a }) => a)"],
    ['', "(await import('./chat')).chat", "(await import('./plain')).a"],
    [
      '',
      "async () => { const { chat } = await import('./chat') }",
      "async () => { const { name } = await import('./chat') }",
    ],
    ['', "() => { const a: { chat: X; name: Y } = require('./chat') }", "() => { const { name } = require('./chat') }"],
    ['', "() => { const { name, ...all } = require('./chat') }", '() => {}'],
  ])('%s of %s', (imports, used, other) => {
    expectAsked(`${imports}\nexport const ask = ${used};\nexport const not = ${other};\n`);
  });

  test('that are given a member here', () => {
    expectAsked(code`
      import { models, others } from './plain';
      import { chat } from './chat';
      models.gpt = chat;
      export const ask = () => models.gpt.invoke();
      export const not = () => others.gpt;
    `);
  });
});

describe('exports', () => {
  const top = "import { chat, name } from './chat';\n";

  test.each([
    'const x = chat;\nconst y = name;\nexport { x as ask, y as not };',
    'const x = chat;\nconst y = name;\nexport type { x as ask, y as not };',
    'export { chat as ask, name as not };',
    "export { chat as ask, name as not } from './chat';",
    'export const ask = chat, askToo = name;\nexport const not: Map<string, number> = name, notToo = 1;',
    'export const { ask } = chat;\nexport const { a: { b: not }, ...notToo } = name;',
    'export let ask = chat;\nexport var not = name;',
    'export function ask() { return chat; }\nexport function not() { return name; }',
    'export async function* ask() { yield chat; }\nexport async function not() {}',
    'export class ask { model = chat }\nexport abstract class not { model = name }',
    'export type ask = typeof chat;\nexport type not = typeof name;',
    'export interface ask { chat: typeof chat }\nexport interface not {}',
    'export enum ask { a = chat.length }\nexport const enum not { a = 1 }',
    'export namespace ask { export const a = chat; }\nexport namespace not { export const a = name; }',
    'export declare const ask: typeof chat;\nexport declare function not(): void;',
    'export function ask(a: string): void;\nexport function ask() { chat(); }\nexport function not(): void;',
  ])('%s', (text) => {
    expectAsked(`${top}${text}\n`);
  });

  test.each([
    ['export default function ask() { return chat; }', true],
    ['export default function () { return chat; }', true],
    ['export default async function () { return name; }', false],
    ['export default () => chat;', true],
    ['export default () => name;', false],
    ['export default class Ask { model = chat; }', true],
    ['export default class extends chat {}', true],
    ['export default class { model = name; }', false],
    ['export default abstract class Ask { model = name; }', false],
    ['export default { chat };', true],
    ['export default { name };', false],
    ['const x = chat;\nexport default x;', true],
    ['const x = name;\nexport default x;', false],
    ['export default wrap(chat);', true],
    ['export default wrap(name);', false],
    ['export default chat as Chat;', true],
    ['export { chat as default };', true],
    ['export { name as default };', false],
    ["export { default } from './chat';", true],
    ["export { name as default } from './chat';", false],
    ['export default interface Ask { a: typeof name }', false],
    ['export = chat;', true],
    ['export = name;', false],
  ])('%s', (text, expected) => {
    const file = `${top}${text}\nfunction other() { return ${expected ? 'name' : 'chat'}; }\n`;
    expect(has(file, 'default')).toBe(expected);
    expect(has(file, null)).toBe(true);
  });

  test('that also stand in a comment, of another module', () => {
    expectAsked(code`
      import { chat } from './chat';
      // export { ask } from './plain';
      export const ask = () => chat;
      export const not = 1;
    `);
  });

  test('that are handed on by others', () => {
    expectAsked("export * from './b';\nexport { a as not } from './plain';\n// ask", {
      './b': "import { chat } from './chat';\nexport const ask = chat;\nexport const other = 1;\n",
    });
  });

  test('under an unknown name, or of a file that cannot be told apart', () => {
    expect(has("import { chat } from './chat';\nexports[key] = chat;\n", 'unheard')).toBe(true);
    expect(has("import { chat } from './chat';\nexport const other = (;\n", 'other')).toBe(true);
    expect(has("import { a } from './plain';\nexports[key] = a;\n", 'unheard')).toBe(false);
  });

  test.each(['module.exports = chat;', 'exports.a = chat;', 'exports.a = exports.b = chat;'])(
    'of a module: %s',
    (text) => {
      expect(has(`const { chat } = require('./chat');\n${text}\n`, null)).toBe(true);
      expect(has(`const { chat } = require('./plain');\n${text}\n`, null)).toBe(false);
    },
  );
});

describe('CommonJS', () => {
  const top = "const { chat, name } = require('./chat');\n";

  test.each([
    'const ask = () => chat;\nconst not = () => name;\nmodule.exports = { ask, not };',
    'const x = () => chat;\nconst y = () => name;\nmodule.exports = { ask: x, not: y };',
    'module.exports = { ask() { return chat; }, async not() { return name; }, on: true };',
    "module.exports = { ask: chat.pipe(1), 'not': name };",
    'exports.ask = () => chat;\nexports.not = () => name;',
    'module.exports.ask = chat;\nmodule.exports.not = name;',
    'const Api = { ask: () => chat, not: () => name };\nmodule.exports = Api;',
    'const ask = () => chat;\nconst not = () => name;\nexports = module.exports = { not };\nexports.ask = ask;',
    'exports.ask = exports.not = void 0;\nexports.ask = chat;\nexports.not = name;',
    'const inner = () => chat;\nexports.inner = inner;\nexports.ask = () => (0, exports.inner)();\nexports.not = 1;',
    'module.exports.inner = chat;\nexports.ask = () => module.exports.inner();\nexports.not = () => name;',
    'module.exports = { not: 1, ask: 1, ask: chat };',
  ])('%s', (text) => {
    expectAsked(`${top}${text}\n`);
  });

  test.each([
    'module.exports = { ask: 1 };\nif (name) module.exports = require("./chat");',
    'module.exports = { ask: 1 };\nObject.assign(module.exports, require("./chat"));',
    'module.exports = { ask: 1 };\nmodule.exports[name] = chat;',
    'module.exports = { ask: 1, ...chat };',
    'module.exports = { ask: 1, [name]: chat };',
    'module.exports = { get ask() { return 1; }, set ask(value) { chat(value); } };',
    'exports.ask = 1;\nfunction init() { exports.ask = chat; }',
    'function api() { this.ask = chat; }\nmodule.exports = api;',
    'module.exports = new Api(chat);',
  ])('%s', (text) => {
    expect(has(`${top}${text}\n`, 'ask')).toBe(true);
  });

  test('that is compiled', () => {
    expectAsked(code`
      "use strict";
      Object.defineProperty(exports, "__esModule", { value: true });
      exports.asker = exports.ask = exports.not = void 0;
      const chat_1 = require("./chat");
      const plain_1 = __importDefault(require("./plain"));
      Object.defineProperty(exports, "askToo", { enumerable: true, get: function () { return chat_1.chat; } });
      Object.defineProperty(exports, "notToo", { enumerable: true, get: function () { return chat_1.name; } });
      const ask = async () => (0, chat_1.chat)();
      exports.ask = ask;
      class asker { run() { return (0, exports.ask)(); } }
      exports.asker = asker;
      const not = () => plain_1.default;
      exports.not = not;
    `);
  });

  test('whose default export is all of it elsewhere', () => {
    const text = code`
      Object.defineProperty(exports, "__esModule", { value: true });
      const { chat, name } = require('./chat');
      exports.ask = () => chat;
      exports.not = () => name;
      exports.default = name;
    `;
    expect(has(text, 'default.ask')).toBe(true);
    expect(has(text, 'default.not')).toBe(false);
  });
});

describe('members', () => {
  const workspace = code`
    import { chat, name } from './chat';
    const key = 'asked';
    export const Workspace = {
      model: chat,
      plain: name,
      ask() { return chat.invoke(); },
      async askLater() { return this.ask(); },
      get askNow() { return this.model; },
      askTwice: async function () { return Workspace.ask(); },
      async *askAll() { const { ask } = this; yield ask; },
      'askQuoted': () => chat,
      not() { return this.plain; },
      get notNow() { return name; },
      notTwice: () => Workspace.not(),
      async() { return 1; },
    };
  `;

  test.each([
    ['ask', true],
    ['askLater', true],
    ['askNow', true],
    ['askTwice', true],
    ['askAll', true],
    ['askQuoted', true],
    ['unheard', true],
    ['not', false],
    ['notNow', false],
    ['notTwice', false],
    ['async', false],
  ])('%s: %s', (member, expected) => {
    expect(has(workspace, `Workspace.${member}`)).toBe(expected);
    const used = `import { Workspace } from './b';\nexport const ask = () => Workspace.${member}();\n`;
    const reach = createReach({ './a': used, './b': workspace }, false);
    expect(reach.has({ file: './a', name: 'ask' })).toBe(expected);
  });

  test.each([
    'export const a = { ask: 1, ...chat };',
    'export const a = { ask: 1, [name]: chat };',
    'export const a = { ask: 1, ask: chat };',
    'export const a = { ask: 1 };\na.ask = chat;',
    'export const a = { ask: 1 };\nfunction init() { a[name] = chat; }',
    'export const a = { ask: 1 };\nregister(a, chat);',
    'export const a = wrap({ ask: 1 }, chat);',
    'export const a = { ask: 1 } satisfies Record<string, typeof chat>;',
    'export let a = { ask: 1 };\nfunction init() { a = chat; }',
    'export const { a } = { ask: 1, a: chat };',
    'export class a { static ask() {} static model = chat; }',
  ])('%s', (text) => {
    expect(has(`import { chat, name } from './chat';\n${text}\n`, 'a.ask')).toBe(true);
  });

  test.each([
    'export const a = { ...chat, [name]: chat, not: 1 };',
    'export const a: Record<string, string> = { ask: chat, not: name };',
    'const a = { ask: chat, not: name };\nexport { a };',
  ])('%s', (text) => {
    expect(has(`import { chat, name } from './chat';\n${text}\n`, 'a.not')).toBe(false);
  });

  test('of the default export', () => {
    const text = "import { chat } from './chat';\nexport default { ask: () => chat, not: () => 1 };\n";
    expect(has(text, 'default.ask')).toBe(true);
    expect(has(text, 'default.not')).toBe(false);
  });

  test('of a namespace that is handed on', () => {
    const barrel = "export * as chats from './chat';\nexport * as others from './plain';\n";
    const used = 'export const ask = all.chats.chat;\nexport const not = all.others.a;\n';
    expectAsked(`import * as all from './b';\n${used}`, { './b': barrel });
    expectAsked(`import { chats, others } from './b';\n${used.replaceAll('all.', '')}`, { './b': barrel });
    expect(has("import * as chats from './chat';\nexport { chats };\n", 'chats.name')).toBe(false);
  });
});

describe('changes', () => {
  test.each([
    'models.push(chat);',
    'models.gpt = chat;',
    'models.all.push(chat);',
    "models['gpt'] = chat;",
    'models[key].all = chat;',
    'Object.assign(models, { chat });',
    'Object.defineProperty(models, key, { value: chat });',
    'register(models, chat);',
    'if (key) models.set(key, chat);',
    'for (const each of [chat])\n  models.push(each);',
    '(function () { models.push(chat); })();',
    'function init() { models.push(chat); }',
    'function init() { models.gpt = chat; }',
    'function init() { models[key] = chat; }',
    'function init() { models!.gpt ??= chat; }',
    'function init() { Object.assign(models, { chat }); }',
    'function init() { models = chat; }',
    "function init() { models.register('gpt', chat); }",
    'function init() { fill(models, chat); }',
    'async function init() { [models, other] = await chat(); }',
    'async function init() { ({ models } = await chat()); }',
    'const init = () => { models = chat; };',
    'class Init { run() { models.push(chat); } }',
    'export const Init = { run() { models.push(chat); } };',
  ])('%s', (text) => {
    expectAsked(code`
      import { chat } from './chat';
      const key = 'gpt';
      let models = create();
      let other = 1;
      let others = create();
      ${text}
      others.push(1);
      export const ask = () => models;
      export const not = () => others;
    `);
  });

  test.each([
    'register(asker, chat);',
    'asker.model = chat;',
    'function init() { asker.model = chat; }',
    'function init() { asker.set(chat); }',
  ])('of a class: %s', (text) => {
    expectAsked(code`
      import { chat } from './chat';
      export class asker { static run() { return asker.model; } }
      ${text}
      export class nothing { static run() {} }
      export function askToo(one: nothing = chat, kind: nothing['kind'] = chat) {}
    `);
  });

  test('in a nested block', () => {
    expectAsked(code`
      const { chat } = require('./chat');
      if (process.env.CHAT) { var model = chat, [askToo] = chat; }
      try { var other = require('./plain'); } catch {}
      exports.ask = () => model;
      exports.askToo = askToo;
      exports.not = () => other;
    `);
  });
});

describe('text', () => {
  test('without semicolons', () => {
    expectAsked(code`
      import { chat } from './chat'
      import { a } from './plain'
      const root = document.getElementById('root')!
      const kinds = ['a'] as const
      const last = a.default
      type Kind = Array<string>
      export const ask = () => chat
      export const not = [root, kinds, last]
      export const askNext = chat
        .pipe(a)
      export const notNext = a ?
        1 :
        2
      export function askLast() {
        return chat
      }
      export class notLast {
        a = a
      }
    `);
  });

  test.each([
    'const list = create() as Array<string>',
    'const list = create()!',
    'function list() {}',
    'class list {}',
  ])('without semicolons, a statement behind: %s', (text) => {
    const file = `import { chat } from './chat'\nconst models = new Models()\n${text}\n`;
    const rest = 'export const ask = models\nexport const not = () => 1\n';
    expectAsked(`${file}register(models, chat)\n${rest}`);
    if (text.endsWith('}')) expectAsked(`${file}[chat].forEach((each) => models.use(each))\n${rest}`);
  });

  test('in one line', () => {
    expectAsked(
      "import{chat as c,name as n}from'./chat';const a=()=>c;const b=()=>n;function d(){}" +
        'function e(){return c}class f{g=n}' +
        'const h=new Map;function i(){}h.use(c);export{a as ask,b as not,e as asker,f as nothing,h as askMap}',
    );
  });

  test('with Windows line ends', () => {
    const text = "import { chat, name } from './chat'\nexport const ask = chat\nexport const not = name\n";
    expectAsked(text.replaceAll('\n', '\r\n'));
  });

  test('of other kinds', () => {
    expectAsked(code`
      #!/usr/bin/env node
      'use client';
      import { chat, name } from './chat';
      /* ) chat } */
      // ]
      const text = \`a \${name + \`b \${[name].map((each) => \`\${each} }\`)}\`} {\`;
      const pattern = /[)"'/}]\\/(?:\`)/gu;
      const half = text.length / 2 / pattern.lastIndex;
      @Injectable({ a: 1 })
      export class Ask {
        constructor(@Inject(chat) private readonly chat: string) {}
      }
      @Injectable()
      @Other
      export class Not {
        @Input() name = \`\${name}\`;
      }
      export { Ask as ask, Not as not };
      export const notText = { text, pattern, half };
      export const askText = \`\${\`\${chat}\`}\`;
    `);
  });

  test('with elements', () => {
    expectAsked(
      code`
        import { chat, name } from './chat';
        import { Chat } from './chat';
        const Other = () => <p>It isn't {name} {'{'} "quoted</p>;
        export const not = () => <Other a={name} b="it's" c='"'>don't {name} (or [</Other>;
        export const ask = () => <Other
          a={name}
          chat={chat}
        />
        export const askElement = () => <Chat>can't</Chat>
        export const notElement = () => <><Other /> 'tis</>
      `,
      {},
      true,
    );
  });

  test('with elements, and a type parameter that looks like one: all of it', () => {
    const text = (export_: string): string => `import { chat } from './chat';\n${export_}\nexport const not = 1;`;
    expect(has(text('export const f = <T,>(x: T) => chat(x);'), 'not', true)).toBe(true);
    expect(has(text('export const f = <T extends {}>(x: T) => { return <b>{chat}</b>; }'), 'not', true)).toBe(true);
    expect(has(text('export const f = <T,>(x: T) => chat(x);'), 'not')).toBe(false);
  });
});

describe('files', () => {
  test('that use one another', () => {
    expectAsked("import { b } from './b';\nexport const ask = () => b.ask();\nexport const not = () => b.not();\n", {
      './b': code`
          import { ask, not } from './a';
          import { chat } from './chat';
          export const b = { ask: () => [ask, chat], not: () => not() };
        `,
    });
  });

  test('are asked again when they have changed', () => {
    const texts: Record<string, string> = { './a': 'export const ask = 1;\n' };
    const reach = createReach(texts, false);
    expect(reach.has({ file: './a', name: 'ask' })).toBe(false);
    reach.clear();
    expect(reach.has({ file: './a', name: 'ask' })).toBe(false);
  });

  test('that are not there', () => {
    expect(createReach({}, false).has({ file: './unheard', name: 'ask' })).toBe(false);
  });
});
