import { code } from '../../helpers/code.ts';
import { type Attack, js } from './attack.ts';

const renaming = 'no-ineffective-config';
const limiting = 'require-max-concurrency';

const withModel = (body: string, head = ''): string => code`
  import { ChatOpenAI } from '@langchain/openai';
  const model = new ChatOpenAI({ timeout: 60_000 });
  ${head}
  ${body}
`;

/** Under its right name a queue would refuse it. */
const values: readonly Attack[] = (
  [
    ['an environment variable', 'process.env.MAX_CONCURRENCY'],
    ['a number of one', 'Number(process.env.MAX_CONCURRENCY)'],
    ['a number of one with a default', "Number(process.env.MAX_CONCURRENCY ?? '5')"],
    ['a parsed one', 'parseInt(process.env.MAX_CONCURRENCY, 10)'],
    ['a default of zero', 'options.limit || 0'],
    ['a choice', 'options.fast ? 5 : 0'],
    ['a parameter', 'limit'],
    ['a member', 'options.limit'],
    ['a call', 'getLimit()'],
  ] as const
).map(([name, value]) => ({
  finding: 'A14',
  name: `a limit that may be none: ${name}`,
  rule: renaming,
  expected: 'no fix',
  ...js,
  code: withModel(
    `export const run = (docs, options, limit, getLimit) => model.batch(docs, { max_concurrency: ${value} });`,
  ),
}));

const shapes: readonly Attack[] = [
  {
    finding: 'kept',
    name: 'a fix stays one: a number',
    rule: renaming,
    expected: withModel('export const run = (docs) => model.batch(docs, { maxConcurrency: 5 });'),
    ...js,
    code: withModel('export const run = (docs) => model.batch(docs, { max_concurrency: 5 });'),
  },
];

/** Python's names that somebody gives the value. */
const methods: readonly Attack[] = (
  [
    [
      'a declaration',
      "declare module '@langchain/openai' { interface ChatOpenAI { ainvoke(x: string): Promise<string> } }",
      '(await model.ainvoke(q)).trim()',
    ],
    [
      'an intersection',
      'const own = model as ChatOpenAI & { ainvoke(x: string): Promise<string> };',
      '(await own.ainvoke(q)).trim()',
    ],
    [
      'an assertion on the spot',
      '',
      '(await (model as ChatOpenAI & { ainvoke(x: string): Promise<string> }).ainvoke(q)).trim()',
    ],
    [
      'the prototype',
      '(ChatOpenAI.prototype as any).ainvoke = async (q: string) => q;',
      '(await (model as any).ainvoke(q)).trim()',
    ],
    ['an assignment', '(model as any).ainvoke = async (q: string) => q;', '(await (model as any).ainvoke(q)).trim()'],
    [
      'Object.assign',
      'const own = Object.assign(model, { ainvoke: async (q: string) => q });',
      '(await own.ainvoke(q)).trim()',
    ],
    [
      'Object.defineProperty',
      "Object.defineProperty(model, 'ainvoke', { value: async (q: string) => q });",
      '(await (model as any).ainvoke(q)).trim()',
    ],
    [
      'a class',
      'class Mine extends ChatOpenAI { ainvoke = async (q: string) => q; }\nconst own = new Mine();',
      '(await own.ainvoke(q)).trim()',
    ],
    ['any', 'const own: any = model;', '(await own.ainvoke(q)).trim()'],
  ] as const
).map(([name, head, call]) => ({
  finding: 'A15',
  name: `a method that exists: ${name}`,
  rule: renaming,
  expected: 'nothing',
  code: withModel(`export const run = async (q: string) => ${call};`, head),
}));

/** Types that are written for the literal, and what is given. */
const types = [
  ['an interface', 'interface Cfg { KEY }', 'const cfg: Cfg = { VALUE };', 'cfg as object'],
  ['an alias', 'type Cfg = { KEY };', 'const cfg: Cfg = { VALUE };', 'cfg as object'],
  ['a type literal', '', 'const cfg: { KEY } = { VALUE };', 'cfg as object'],
  ['satisfies', '', '', '{ VALUE } satisfies { KEY }'],
  ['an assertion', 'interface Cfg { KEY }', '', '({ VALUE } as Cfg) as object'],
  ['satisfies with a name', 'interface Cfg { KEY }', 'const cfg = { VALUE } satisfies Cfg;', 'cfg as object'],
  [
    'a type of an object around it',
    'interface All { cfg: { KEY } }',
    'const all: All = { cfg: { VALUE } };',
    'all.cfg as object',
  ],
] as const;

const held: readonly Attack[] = types.flatMap(([name, head, declaration, given]) =>
  (
    [
      ['A20', renaming, 'max_concurrency: number', 'max_concurrency: 5'],
      ['A20', limiting, 'tags: string[]', "tags: ['a']"],
    ] as const
  ).map(([finding, rule, key, value]) => ({
    finding,
    name: `a literal with a type of its own, ${rule}: ${name}`,
    rule,
    // `{ ...cfg, maxConcurrency: 5 }` beside a constant leaves its literal as it is.
    expected: rule === limiting && given === 'cfg as object' ? 'question' : 'nothing',
    code: withModel(
      `export const run = (docs: string[]) => model.batch(docs, ${given.replace('VALUE', value).replace('KEY', key)});`,
      `${head.replace('KEY', key)}\n${declaration.replace('VALUE', value).replace('KEY', key)}`,
    ),
  })),
);

const receivers: readonly Attack[] = [
  {
    finding: 'A4',
    name: 'a batch of a type without a config',
    rule: limiting,
    expected: 'nothing',
    code: withModel(
      'export const run = (docs: string[]) => port.batch(docs);',
      'interface Port { batch(docs: string[]): Promise<unknown[]> }\nconst port: Port = model;',
    ),
  },
  {
    finding: 'A26',
    name: 'a batch of the base class, with types',
    rule: limiting,
    typed: true,
    expected: 'nothing',
    code: withModel(
      code`
        export class Mine extends ChatOpenAI {
          override async batch(xs: any[], tags?: any): Promise<any[]> {
            return super.batch(xs, { tags });
          }
        }
      `,
    ),
  },
];

/** A literal that has more than the key. */
const others: readonly Attack[] = [
  {
    finding: 'A14',
    name: 'the config of a later input',
    rule: renaming,
    expected: 'nothing',
    ...js,
    code: withModel('export const run = (docs) => model.batch(docs, [{ maxConcurrency: 2 }, { max_concurrency: 5 }]);'),
  },
  {
    finding: 'A14',
    name: 'one id for many runs',
    rule: renaming,
    expected: 'question',
    ...js,
    code: withModel("export const run = (docs) => model.batch(docs, { run_id: 'a', maxConcurrency: 2 });"),
  },
  {
    finding: 'A25',
    name: 'a limit among the configurables of one call',
    rule: renaming,
    expected: 'nothing',
    ...js,
    code: withModel('export const run = (q) => model.invoke(q, { configurable: { maxConcurrency: 5 } });'),
  },
  ...(
    [
      ['both names', '{ max_concurrency: 50, maxConcurrency: 3 }'],
      ['a spread behind it', '{ max_concurrency: 50, ...rest }'],
      ['a getter', '{ get max_concurrency() { return 5; } }'],
      ['a computed key', "{ ['max_concurrency']: 5 }"],
    ] as const
  ).map(([name, config]): Attack => ({
    finding: 'A20',
    name: `a key that stands beside ${name}`,
    rule: renaming,
    expected: name === 'a spread behind it' ? 'no fix' : 'nothing',
    ...js,
    code: withModel(`export const run = (docs, rest) => model.batch(docs, ${config});`),
  })),
  ...(
    [
      ['a prototype', '{ __proto__: base }'],
      ['a getter', '{ get maxConcurrency() { return 3; } }'],
      ['a spread', "{ tags: ['a'], ...base }"],
      ['a computed key', '{ [base]: 3 }'],
    ] as const
  ).map(([name, config]): Attack => ({
    finding: 'A20',
    name: `a config that may have its limit by ${name}`,
    rule: limiting,
    expected: 'nothing',
    ...js,
    code: withModel(`export const run = (docs, base) => model.batch(docs, ${config});`),
  })),
  ...(
    [
      ['a trailing comma', '(docs,)', '(docs, { maxConcurrency: 5 },)'],
      ['undefined', '(docs, undefined)', '(docs, { maxConcurrency: 5 })'],
      ['a comment', '(docs /* all */)', '(docs, { maxConcurrency: 5 } /* all */)'],
      [
        'a comment in the config',
        "(docs, { tags: ['a'] /* x */ })",
        "(docs, { tags: ['a'], maxConcurrency: 5 /* x */ })",
      ],
      ['parentheses', '((docs))', '((docs), { maxConcurrency: 5 })'],
      [
        'a third argument',
        '(docs, {}, { returnExceptions: true })',
        '(docs, { maxConcurrency: 5 }, { returnExceptions: true })',
      ],
    ] as const
  ).map(([name, given, written]): Attack => ({
    finding: 'kept',
    name: `a fix stays one beside ${name}`,
    rule: limiting,
    ...js,
    code: withModel(`export const run = (docs) => model.batch${given};`),
    expected: withModel(`export const run = (docs) => model.batch${written};`),
  })),
];

export const setting: readonly Attack[] = [...values, ...shapes, ...methods, ...held, ...receivers, ...others];
