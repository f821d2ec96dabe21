import { code } from '../../helpers/code.ts';
import { type Attack, js } from './attack.ts';

const rule = 'no-unbounded-concurrency';

/** A model that all of a module share, and a function that asks it about each of a list. */
const withHead = (head: string, body: string): string => code`
  import { ChatOpenAI } from '@langchain/openai';
  ${head}
  ${body}
`;

const MODEL = 'const model = new ChatOpenAI({ timeout: 60_000 });';
const RUN = 'export const run = (docs: string[]) => Promise.all(docs.map((doc) => model.invoke(doc)));';

// ── the type of the receiver ────────────────────────────────────────────────────────────────────────────────────────

const ASKER = code`
  import type { AIMessageChunk } from '@langchain/core/messages';
  interface Asker { invoke(x: string): Promise<AIMessageChunk> }
`;

/** A name, what declares the receiver, and how it is called. */
const narrowed: readonly (readonly [name: string, head: string, body?: string])[] = [
  ['an interface', 'const model: Asker = new ChatOpenAI({ timeout: 60_000 });'],
  ['a let', 'let model: Asker;\nmodel = new ChatOpenAI({ timeout: 60_000 });'],
  [
    'an alias of a type literal',
    code`
      type Ask = { invoke(x: string): Promise<AIMessageChunk> };
      const model: Ask = new ChatOpenAI({ timeout: 60_000 });
    `,
  ],
  ['Pick', "const model: Pick<ChatOpenAI, 'invoke'> = new ChatOpenAI({ timeout: 60_000 });"],
  ['Omit', "const model: Omit<ChatOpenAI, 'batch'> = new ChatOpenAI({ timeout: 60_000 });"],
  [
    'an alias of Pick',
    "type Ask = Pick<ChatOpenAI, 'invoke'>;\nconst model: Ask = new ChatOpenAI({ timeout: 60_000 });",
  ],
  ['an assertion', 'const model = new ChatOpenAI({ timeout: 60_000 }) as Asker;'],
  ['an assertion in angle brackets', 'const model = <Asker>new ChatOpenAI({ timeout: 60_000 });'],
  [
    'a double assertion',
    'const model = new ChatOpenAI({ timeout: 60_000 }) as unknown as { invoke(x: string): Promise<AIMessageChunk> };',
  ],
  [
    'a named assertion of a named value',
    'const chat = new ChatOpenAI({ timeout: 60_000 });\nconst model = chat as Asker;',
  ],
  ['a named value', 'const chat = new ChatOpenAI({ timeout: 60_000 });\nconst model: Asker = chat;'],
  ['an alias of the port', 'const chat: Asker = new ChatOpenAI({ timeout: 60_000 });\nconst model = chat;'],
  [
    'a choice',
    'const chat = new ChatOpenAI({ timeout: 60_000 });\nconst model = Math.random() > 0.5 ? chat : (chat as Asker);',
  ],
  ['any', 'const model: any = new ChatOpenAI({ timeout: 60_000 });'],
  [
    'a generic function',
    code`
      const make = <T extends Asker>(): T => new ChatOpenAI({ timeout: 60_000 }) as unknown as T;
      const model = make<Asker>();
    `,
  ],
  ['a factory', 'function make(): Asker { return new ChatOpenAI({ timeout: 60_000 }); }\nconst model = make();'],
  ['an arrow factory', 'const make = (): Asker => new ChatOpenAI({ timeout: 60_000 });\nconst model = make();'],
  [
    'a factory by its type',
    'const make: () => Asker = () => new ChatOpenAI({ timeout: 60_000 });\nconst model = make();',
  ],
  [
    'a factory with overloads',
    'function make(): Asker;\nfunction make() { return new ChatOpenAI({ timeout: 60_000 }); }\nconst model = make();',
  ],
  [
    'an async factory',
    code`
      async function make(): Promise<Asker> { return new ChatOpenAI({ timeout: 60_000 }); }
      const model = await make();
    `,
  ],
  [
    'a method',
    code`
      class Models { make(): Asker { return new ChatOpenAI({ timeout: 60_000 }); } }
      const model = new Models().make();
    `,
  ],
  [
    'a static field',
    'class Models { static model: Asker = new ChatOpenAI({ timeout: 60_000 }); }',
    'export const run = (docs: string[]) => Promise.all(docs.map((doc) => Models.model.invoke(doc)));',
  ],
  [
    'an object',
    'const clients: { model: Asker } = { model: new ChatOpenAI({ timeout: 60_000 }) };',
    'export const run = (docs: string[]) => Promise.all(docs.map((doc) => clients.model.invoke(doc)));',
  ],
  [
    'an object of an interface',
    'interface Clients { model: Asker }\nconst clients: Clients = { model: new ChatOpenAI({ timeout: 60_000 }) };',
    'export const run = (docs: string[]) => Promise.all(docs.map((doc) => clients.model.invoke(doc)));',
  ],
  [
    'a record',
    'const clients: Record<string, Asker> = { model: new ChatOpenAI({ timeout: 60_000 }) };',
    'export const run = (docs: string[]) => Promise.all(docs.map((doc) => clients.model!.invoke(doc)));',
  ],
  [
    'an assertion on a property',
    'const clients = { model: new ChatOpenAI({ timeout: 60_000 }) as Asker };',
    'export const run = (docs: string[]) => Promise.all(docs.map((doc) => clients.model.invoke(doc)));',
  ],
  [
    'an object that is asserted',
    'const clients = { model: new ChatOpenAI({ timeout: 60_000 }) } as { model: Asker };',
    'export const run = (docs: string[]) => Promise.all(docs.map((doc) => clients.model.invoke(doc)));',
  ],
  ['a part of a typed object', 'const { model }: { model: Asker } = { model: new ChatOpenAI({ timeout: 60_000 }) };'],
  ['a tuple', 'const [model]: [Asker] = [new ChatOpenAI({ timeout: 60_000 })];'],
  [
    'an element',
    'const models: Asker[] = [new ChatOpenAI({ timeout: 60_000 })];',
    'export const run = (docs: string[]) => Promise.all(docs.map((doc) => models[0]!.invoke(doc)));',
  ],
  [
    'a default',
    '',
    code`
      export const run = (docs: string[], model: Pick<ChatOpenAI, "invoke"> = new ChatOpenAI({ timeout: 60_000 })) =>
        Promise.all(docs.map((doc) => model.invoke(doc)));
    `,
  ],
  [
    'a default of an option',
    'type Options = Partial<Pick<{ model: Asker }, "model">>;',
    code`
      export const run = (docs: string[], { model = new ChatOpenAI({ timeout: 60_000 }) }: Options = {}) =>
        Promise.all(docs.map((doc) => model.invoke(doc)));
    `,
  ],
  [
    'what is given or made',
    'type Ask = Pick<ChatOpenAI, "invoke">;',
    code`
      export const run = (docs: string[], given?: Ask) => {
        const model = given ?? new ChatOpenAI({ timeout: 60_000 });
        return Promise.all(docs.map((doc) => model.invoke(doc)));
      };
    `,
  ],
  [
    'a field',
    '',
    code`
    export class Service {
      private readonly model: Asker = new ChatOpenAI({ timeout: 60_000 });
      run(docs: string[]) { return Promise.all(docs.map((doc) => this.model.invoke(doc))); }
    }
  `,
  ],
  [
    'a private field',
    '',
    code`
    export class Service {
      readonly #model: Asker = new ChatOpenAI({ timeout: 60_000 });
      run(docs: string[]) { return Promise.all(docs.map((doc) => this.#model.invoke(doc))); }
    }
  `,
  ],
  [
    'a field that the constructor sets',
    '',
    code`
    export class Service {
      readonly model: Asker;
      constructor() { this.model = new ChatOpenAI({ timeout: 60_000 }); }
      run(docs: string[]) { return Promise.all(docs.map((doc) => this.model.invoke(doc))); }
    }
  `,
  ],
  [
    'a field of a base class',
    'abstract class Base { protected readonly model: Asker = new ChatOpenAI({ timeout: 60_000 }); }',
    code`
    export class Service extends Base {
      run(docs: string[]) { return Promise.all(docs.map((doc) => this.model.invoke(doc))); }
    }
  `,
  ],
  [
    'a getter',
    '',
    code`
    export class Service {
      readonly #model = new ChatOpenAI({ timeout: 60_000 });
      get model(): Asker { return this.#model; }
      run(docs: string[]) { return Promise.all(docs.map((doc) => this.model.invoke(doc))); }
    }
  `,
  ],
  [
    'an interface that extends the class',
    code`
      interface Mine extends ChatOpenAI { batch(xs: [string]): Promise<never> }
      const model = new ChatOpenAI({ timeout: 60_000 }) as unknown as Mine;
    `,
  ],
];

/** Beside the port, in another file. */
const elsewhere: readonly (readonly [name: string, file: string, head: string])[] = [
  [
    'a constant',
    'export const model: Asker = new ChatOpenAI({ timeout: 60_000 });',
    "import { model } from './models';",
  ],
  [
    'a default export',
    'const model: Asker = new ChatOpenAI({ timeout: 60_000 });\nexport default model;',
    "import model from './models';",
  ],
  [
    'a factory',
    'export function make(): Asker { return new ChatOpenAI({ timeout: 60_000 }); }',
    "import { make } from './models';\nconst model = make();",
  ],
  [
    'a class',
    'export class Models { model: Asker = new ChatOpenAI({ timeout: 60_000 }); }',
    "import { Models } from './models';\nconst { model } = new Models();",
  ],
  [
    'a namespace',
    'export const model: Asker = new ChatOpenAI({ timeout: 60_000 });',
    "import * as models from './models';\nconst { model } = models;",
  ],
];

const types: readonly Attack[] = [
  ...narrowed.map(([name, head, body = RUN]): Attack => ({
    finding: 'A4',
    name: `a receiver of a narrower type: ${name}`,
    rule,
    expected: 'no useBatch',
    code: withHead(`${ASKER}${head}`, body),
  })),
  ...elsewhere.map(([name, file, head]): Attack => ({
    finding: 'A4',
    name: `a receiver of a narrower type, of another file: ${name}`,
    rule,
    expected: 'no useBatch',
    files: { 'models.ts': `import { ChatOpenAI } from '@langchain/openai';\n${ASKER}${file}\n` },
    code: `${head}\n${RUN}\n`,
  })),
  ...(
    [
      [
        'its own batch',
        'class Mine extends ChatOpenAI { override async batch(xs: any[]): Promise<any[]> { return xs; } }',
      ],
      [
        'a field of that name',
        'class Mine extends ChatOpenAI { override batch = async (xs: any[]): Promise<any[]> => xs; }',
      ],
      [
        'a batch of its base',
        code`
          class Base extends ChatOpenAI { override async batch(xs: any[]): Promise<any[]> { return xs; } }
          class Mine extends Base {}
        `,
      ],
    ] as const
  ).map(([name, head]): Attack => ({
    finding: 'A25',
    name: `a class with ${name}`,
    rule,
    expected: 'no useBatch',
    code: withHead(`${head}\nconst model = new Mine({ timeout: 60_000 });`, RUN),
  })),
];

// ── when the receiver is read ───────────────────────────────────────────────────────────────────────────────────────

const order: readonly Attack[] = (
  [
    [
      'A9',
      'a field that the list sets',
      code`
      export class Service {
        private model?: ChatOpenAI;
        constructor(private readonly db: { all(): Promise<string[]> }) {}
        private async load(): Promise<string[]> {
          this.model ??= new ChatOpenAI({ timeout: 60_000 });
          return await this.db.all();
        }
        async run() {
          return await Promise.all((await this.load()).map((doc) => this.model!.invoke(doc)));
        }
      }
    `,
    ],
    [
      'A9',
      'a field that is set before',
      code`
      export class Service {
        private model?: ChatOpenAI;
        start() { this.model = new ChatOpenAI({ timeout: 60_000 }); }
        async run(docs: string[]) { return await Promise.all(docs.map((doc) => this.model!.invoke(doc))); }
      }
    `,
    ],
    [
      'A9',
      'a variable that the list sets',
      code`
      let model: ChatOpenAI | undefined;
      function load(docs: string[]): string[] { model = new ChatOpenAI({ timeout: 60_000 }); return docs; }
      export const run = async (docs: string[]) => await Promise.all(load(docs).map((doc) => model!.invoke(doc)));
    `,
    ],
    [
      'A9',
      'a variable without a value',
      code`
      let model: ChatOpenAI;
      export const start = () => { model = new ChatOpenAI({ timeout: 60_000 }); };
      export const run = async (docs: string[]) => await Promise.all(docs.map((doc) => model.invoke(doc)));
    `,
    ],
    [
      'A9',
      'a property that the list sets',
      code`
      const clients = { model: new ChatOpenAI({ timeout: 60_000 }) };
      function load(docs: string[]): string[] { clients.model = new ChatOpenAI({ timeout: 5_000 }); return docs; }
      export const run = async (docs: string[]) =>
        await Promise.all(load(docs).map((doc) => clients.model.invoke(doc)));
    `,
    ],
    [
      'A9',
      'a field that an input sets',
      code`
      export class Service {
        model = new ChatOpenAI({ timeout: 60_000 });
        #turn(doc: string): string { Object.assign(this, { model: new ChatOpenAI({ timeout: 5_000 }) }); return doc; }
        async run(docs: string[]) { return await Promise.all(docs.map((doc) => this.model.invoke(this.#turn(doc)))); }
      }
    `,
    ],
    [
      'A9',
      'a var',
      code`
      var model = new ChatOpenAI({ timeout: 60_000 });
      export const run = async (docs: string[]) => await Promise.all(docs.map((doc) => model.invoke(doc)));
    `,
    ],
    [
      'A10',
      'a getter that rotates keys',
      code`
      export class Service {
        #turn = 0;
        readonly keys = ['k0', 'k1', 'k2'];
        get model() { return new ChatOpenAI({ apiKey: this.keys[this.#turn++ % 3]!, timeout: 60_000 }); }
        async run(docs: string[]) { return await Promise.all(docs.map((doc) => this.model.invoke(doc))); }
      }
    `,
    ],
    [
      'A10',
      'a getter of an object',
      code`
      const clients = { get model() { return new ChatOpenAI({ timeout: 60_000 }); } };
      export const run = async (docs: string[]) => await Promise.all(docs.map((doc) => clients.model.invoke(doc)));
    `,
    ],
    [
      'A10',
      'a static getter',
      code`
      class Clients { static get model() { return new ChatOpenAI({ timeout: 60_000 }); } }
      export const run = async (docs: string[]) => await Promise.all(docs.map((doc) => Clients.model.invoke(doc)));
    `,
    ],
    [
      'A10',
      'a getter of another instance',
      code`
      class Clients { get model() { return new ChatOpenAI({ timeout: 60_000 }); } }
      const clients = new Clients();
      export const run = async (docs: string[]) => await Promise.all(docs.map((doc) => clients.model.invoke(doc)));
    `,
    ],
    [
      'A10',
      'a decorated field',
      code`
      declare const Inject: () => (target: unknown, key: unknown) => any;
      export class Service {
        @Inject() private readonly model = new ChatOpenAI({ timeout: 60_000 });
        async run(docs: string[]) { return await Promise.all(docs.map((doc) => this.model.invoke(doc))); }
      }
    `,
    ],
    [
      'A10',
      'a getter that overrides a field',
      code`
      export class Service {
        model = new ChatOpenAI({ timeout: 60_000 });
        get client() { return this.model; }
        async run(docs: string[]) { return await Promise.all(docs.map((doc) => this.client.invoke(doc))); }
      }
    `,
    ],
  ] as const
).map(([finding, name, body]) => ({ finding, name, rule, expected: 'no fix', code: withHead('', body) }));

// ── the callback ────────────────────────────────────────────────────────────────────────────────────────────────────

const callbacks: readonly Attack[] = (
  [
    ['A11', 'a return type', 'docs.map((doc): Promise<BaseMessage> => model.invoke(doc))'],
    ['A11', 'a return type of any', 'docs.map((doc): Promise<any> => model.invoke(doc))'],
    [
      'A11',
      'a return type of an async function',
      'docs.map(async (doc): Promise<BaseMessage> => await model.invoke(doc))',
    ],
    [
      'A11',
      'a return type of its own',
      'docs.map((doc): Promise<{ content: unknown; extra?: number }> => model.invoke(doc))',
    ],
    [
      'A11',
      'a return type of a function expression',
      'docs.map(function (doc): Promise<BaseMessage> { return model.invoke(doc); })',
    ],
    ['A11', 'an asserted result', 'docs.map((doc) => model.invoke(doc) as Promise<any>)'],
    ['A11', 'an asserted callback', 'docs.map(((doc) => model.invoke(doc)) as (doc: string) => Promise<any>)'],
    ['A11', 'type arguments of map', 'docs.map<Promise<BaseMessage>>((doc) => model.invoke(doc))'],
    ['A22', 'a name that is used', 'docs.map(function ask(doc) { return model.invoke(ask.name + doc); })'],
    ['A22', 'a name', 'docs.map(function ask(doc) { return model.invoke(doc); })'],
    ['A22', 'an async name', 'docs.map(async function ask(doc) { return await model.invoke(ask.name + doc); })'],
    ['A22', 'new.target', 'docs.map(function (doc) { return model.invoke(String(new.target) + doc); })'],
    ['A22', 'arguments', 'docs.map(function (doc) { return model.invoke(doc + arguments.length); })'],
    ['A22', 'this', 'docs.map(function (doc) { return model.invoke(doc + String(this)); })'],
    [
      'A25',
      'a parameter of the name this',
      'docs.map(function (this: void, doc: string) { return model.invoke(doc); })',
    ],
  ] as const
).map(([finding, name, list]) => ({
  finding,
  name: `a callback with ${name}`,
  rule,
  expected: 'no useBatch',
  code: withHead(
    `import type { BaseMessage } from '@langchain/core/messages';\n${MODEL}`,
    `export async function run(docs: string[]) { return await Promise.all(${list}); }`,
  ),
}));

const typed: readonly Attack[] = [
  {
    finding: 'A11',
    name: 'a parameter of another type than the list',
    rule,
    expected: withHead(
      MODEL,
      code`
        export const run = async (docs: unknown[]) =>
          await model.batch(docs.map((doc: any) => doc), { maxConcurrency: 5 });
      `,
    ),
    code: withHead(
      MODEL,
      code`
        export const run = async (docs: unknown[]) =>
          await Promise.all(docs.map((doc: any) => model.invoke(doc)));
      `,
    ),
  },
  {
    finding: 'A11',
    name: 'a parameter of the type of the list',
    rule,
    expected: withHead(
      MODEL,
      'export const run = (docs: readonly string[]) => model.batch([...docs], { maxConcurrency: 5 });',
    ),
    code: withHead(
      MODEL,
      'export const run = (docs: readonly string[]) => Promise.all(docs.map((doc: string) => model.invoke(doc)));',
    ),
  },
];

// ── the inputs ──────────────────────────────────────────────────────────────────────────────────────────────────────

const inputs: readonly Attack[] = (
  [
    [
      'a history, not awaited',
      'const drafts = Promise.all(docs.map(() => model.invoke(history)));\n  history.push(q);\n  return await drafts;',
    ],
    ['a history, awaited', 'return await Promise.all(docs.map(() => model.invoke(history)));'],
    ['a history in an object', 'return await Promise.all(docs.map(() => model.invoke({ messages: history })));'],
    [
      'a history in a choice',
      'return await Promise.all(docs.map((doc) => model.invoke(doc.length > 0 ? history : doc)));',
    ],
    ['a part of a history', 'return await Promise.all(docs.map(() => model.invoke(history.messages)));'],
    [
      'an element that is changed',
      code`
        const drafts = Promise.all(threads.map((thread) => model.invoke(thread)));
        threads[0].push(q);
        return await drafts;
      `,
    ],
    [
      'a part of an element that is changed',
      code`
        const drafts = Promise.all(threads.map((thread) => model.invoke(thread.messages)));
        threads[0].messages.push(q);
        return await drafts;
      `,
    ],
    [
      'what a function returns, not awaited',
      code`
        const drafts = Promise.all(docs.map((doc) => model.invoke(prepare(doc))));
        prepare.last.push(q);
        return await drafts;
      `,
    ],
    ['returned at once', 'return Promise.all(threads.map((thread) => model.invoke(thread)));'],
    ['a field', 'return await Promise.all(docs.map(() => model.invoke(this.history)));'],
  ] as const
).map(([name, body]) => ({
  finding: 'A12',
  name: `an input that waits: ${name}`,
  rule,
  expected: 'question',
  ...js,
  code: withHead(
    MODEL,
    code`
      export async function run(history, q, prepare, threads_, ...docs) {
        const threads = [...threads_];
        ${body}
      }
    `,
  ),
}));

const inputsKept: readonly Attack[] = (
  [
    ['a text, not awaited', '(docs: string[])', 'docs.map((doc) => model.invoke(doc))', 'docs'],
    [
      'a template, not awaited',
      '(docs: { text: string }[])',
      'docs.map((doc) => model.invoke(`Sum up ${doc.text}`))',
      'docs.map((doc) => `Sum up ${doc.text}`)',
    ],
    [
      'a message of a text, not awaited',
      '(docs: string[])',
      "docs.map((doc) => model.invoke([['human', doc]]))",
      "docs.map((doc) => [['human', doc]])",
    ],
  ] as const
).map(([name, parameters, list, written]) => ({
  finding: 'kept',
  name: `a fix stays one: ${name}`,
  rule,
  expected: withHead(MODEL, `export const run = ${parameters} => model.batch(${written}, { maxConcurrency: 5 });`),
  code: withHead(MODEL, `export const run = ${parameters} => Promise.all(${list});`),
}));

// ── the list ────────────────────────────────────────────────────────────────────────────────────────────────────────

const ITEM = 'doc';
const lists: readonly Attack[] = (
  [
    ['a collection of discord.js', 'await message.channel.messages.fetch({ limit: 50 })'],
    ['a parameter', 'given'],
    ['a member', 'given.docs'],
    ['a filter of anything', 'given.filter(Boolean)'],
    ['a slice of anything', 'given.find().slice(0, 5)'],
    ['a split of anything', "given.split('x')"],
    ['a concat of anything', 'given.concat(given)'],
    ['a flat of anything', 'given.flat()'],
    ['a map of anything', 'given.map((each) => each.text)'],
    ['a filter of a map', 'given.map((each) => each.text).filter(Boolean)'],
    ['a sorted copy of anything', 'given.toSorted()'],
    ['what a function returns', 'given.load()'],
    ['an instance', 'new given.List()'],
    ['keys of anything', 'given.keys().filter(Boolean)'],
  ] as const
).map(([name, list]) => ({
  finding: 'A13',
  name: `a list that may be no array: ${name}`,
  rule,
  expected: 'no fix',
  ...js,
  code: withHead(
    MODEL,
    code`
      export async function run(given, message) {
        return await Promise.all((${list}).map((${ITEM}) => model.invoke(${ITEM}.content)));
      }
    `,
  ),
}));

const holes: readonly Attack[] = (
  [
    ['a literal', "['a', , 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l']"],
    ['a constructor', 'new Array(30)'],
    ['a function', 'Array(30)'],
  ] as const
).map(([name, list]) => ({
  finding: 'A13',
  name: `holes, which a copy has not: ${name}`,
  rule,
  expected: 'no fix',
  code: withHead(
    MODEL,
    code`
      const docs: readonly string[] = ${list};
      export const run = async () => await Promise.all(docs.map((doc) => model.invoke(doc)));
    `,
  ),
}));

const otherLists: readonly Attack[] = (
  [
    ['a type with a map alone', 'interface Docs { map<T>(f: (doc: string) => T): Iterable<T> }', 'Docs'],
    ['a type literal', '', '{ map<T>(f: (doc: string) => T): T[] }'],
    ['a class', 'declare class Docs { map<T>(f: (doc: string) => T): T[] }', 'Docs'],
    ['an alias', 'type Docs = { map<T>(f: (doc: string) => T): T[] };', 'Docs'],
    ['a generic of the file', 'interface Array<T> { map<U>(f: (doc: T) => U): Iterable<U> }', 'Array<string>'],
  ] as const
).map(([name, head, type]) => ({
  finding: 'A13',
  name: `a list that is no array: ${name}`,
  rule,
  expected: 'no useBatch',
  code: withHead(
    `${head}\n${MODEL}`,
    `export const run = async (docs: ${type}) => await Promise.all(docs.map((doc) => model.invoke(doc)));`,
  ),
}));

// ── a list, a batch or a config that other code changes ─────────────────────────────────────────────────────────────

const QUEUE = code`
  ${MODEL}
  const queue: string[] = [];
  export const add = (doc: string) => { queue.push(doc); };
`;
const THREADS = code`
  ${MODEL}
  const threads: [string, string][][] = [];
  export const add = (text: string) => { threads.push([['human', text]]); };
`;

const changed: readonly Attack[] = [
  ...(
    [
      [
        'an emptied one',
        'const all = LIST;\n  queue.length = 0;\n  return (await all).length;',
        'model.batch([...queue], { maxConcurrency: 5 })',
      ],
      [
        'one that is spliced',
        'const all = LIST;\n  queue.splice(0, 1);\n  return (await all).length;',
        'model.batch([...queue], { maxConcurrency: 5 })',
      ],
      ['one that others fill', 'return (await LIST).length;', 'model.batch([...queue], { maxConcurrency: 5 })'],
    ] as const
  ).map(([name, body, list]): Attack => ({
    finding: 'A12',
    name: `a list that is changed is copied: ${name}`,
    rule,
    code: withHead(
      QUEUE,
      code`
        export async function drain() {
          ${body.replace('LIST', 'Promise.all(queue.map((doc) => model.invoke(doc)))')}
        }
      `,
    ),
    expected: withHead(QUEUE, `export async function drain() {\n  ${body.replace('LIST', list)}\n}`),
    run: async ({ add, drain }) => {
      for (const text of ['one', 'two', 'three']) add?.(text);
      return await drain?.();
    },
  })),
  {
    finding: 'A12',
    name: 'a list that the function alone fills is handed over as it is',
    rule,
    code: withHead(
      MODEL,
      code`
        export async function run(docs: string[]) {
          const all: string[] = [];
          for (const doc of docs) all.push(doc.trim());
          return await Promise.all(all.map((doc) => model.invoke(doc)));
        }
      `,
    ),
    expected: withHead(
      MODEL,
      code`
        export async function run(docs: string[]) {
          const all: string[] = [];
          for (const doc of docs) all.push(doc.trim());
          return await model.batch(all, { maxConcurrency: 5 });
        }
      `,
    ),
  },
  ...(
    [
      [
        'elements of a list that others change',
        THREADS,
        'export const run = async () => await Promise.all(threads.map((thread) => model.invoke(thread)));',
      ],
      [
        'elements of a field that the class changes',
        MODEL,
        code`
        export class Chats {
          readonly threads: [string, string][][] = [];
          add(text: string) { this.threads[0]?.push(['human', text]); }
          async run() { return await Promise.all(this.threads.map((thread) => model.invoke(thread))); }
        }
      `,
      ],
      [
        'a config with tags that are added to',
        code`
          ${MODEL}
          const tags = ['a'];
          export const tag = (name: string) => { tags.push(name); };
        `,
        'export const run = (docs: string[]) => Promise.all(docs.map((doc) => model.invoke(doc, { tags })));',
      ],
    ] as const
  ).map(([name, head, body]): Attack => ({
    finding: 'A12',
    name: `what waits is changed: ${name}`,
    rule,
    expected: 'question',
    code: withHead(head, body),
  })),
  ...(
    [
      ['assigned', "model.batch = async () => { throw new Error('not here'); };"],
      ['spied on', "import { vi } from 'vitest';\nvi.spyOn(model, 'batch').mockRejectedValue(new Error('no'));"],
      ['of the prototype', 'ChatOpenAI.prototype.batch = async function () { return []; };'],
      [
        'defined',
        "Object.defineProperty(model, 'batch', { value: async (docs: string[]) => docs.map((doc) => doc.length) });",
      ],
      ['by its key', "model['batch'] = async () => [];"],
    ] as const
  ).map(([name, head]): Attack => ({
    finding: 'A25',
    name: `another batch: ${name}`,
    rule,
    expected: 'no fix',
    code: withHead(`${MODEL}\n${head}`, RUN),
  })),
  {
    finding: 'A9',
    name: 'a field below the one that is made of it',
    rule,
    expected: 'no useBatch',
    code: withHead(
      '',
      code`
      export class Warm {
        readonly seeds: string[] = [];
        readonly replies = Promise.all(this.seeds.map((seed) => this.model.invoke(seed)));
        readonly model = new ChatOpenAI({ timeout: 60_000 });
      }
    `,
    ),
  },
  ...(
    [
      ['a conditional list', '(docs.length > 3 ? docs : more)', '[...(docs.length > 3 ? docs : more)]'],
      ['a tuple', '(pair satisfies [string, string])', null],
      ['a list that stands behind a comma', '(console.log(docs.length), docs)', null],
    ] as const
  ).map(([name, list, written]): Attack => ({
    finding: 'A13',
    name: `the list is ${name}`,
    rule,
    code: withHead(
      MODEL,
      code`
        export const run = async (docs: string[], more: readonly string[], pair: [string, string]) =>
          await Promise.all(${list}.map((doc) => model.invoke(doc)));
      `,
    ),
    expected:
      written === null
        ? 'no fix'
        : withHead(
            MODEL,
            code`
              export const run = async (docs: string[], more: readonly string[], pair: [string, string]) =>
                await model.batch(${written}, { maxConcurrency: 5 });
            `,
          ),
  })),
];

// ── the line ────────────────────────────────────────────────────────────────────────────────────────────────────────

const lines: readonly Attack[] = (
  [
    ['a call', 'const done = log', '(model).invoke(doc)', 'then((replies) => done(replies.length))'],
    ['a function', 'const done = function () { log(1) }', '(model).invoke(doc)', 'then(() => done())'],
    ['an object', 'const done = { log }', '(model).invoke(doc)', 'then((replies) => done.log(replies.length))'],
    ['an assertion', 'const done = log', '(model as ChatOpenAI).invoke(doc)', 'finally(() => done(0))'],
    ['a class', 'const Done = class {}', '(model).invoke(doc)', 'then(() => new Done())'],
  ] as const
).map(([name, before, call, after]) => ({
  finding: 'A3',
  name: `a parenthesis in a line behind ${name}`,
  rule,
  expected: 'no useBatch',
  code: code`
    import { ChatOpenAI } from '@langchain/openai'
    const model = new ChatOpenAI({ timeout: 60_000 })
    export function run(docs: string[], log: (count: number) => void) {
      ${before}
      Promise.all(docs.map((doc) => ${call})).${after}
    }
  `,
}));

export const batching: readonly Attack[] = [
  ...changed,
  ...lines,
  ...types,
  ...order,
  ...callbacks,
  ...typed,
  ...inputs,
  ...inputsKept,
  ...lists,
  ...holes,
  ...otherLists,
];
