import { code } from '../../helpers/code.ts';
import type { Attack } from './attack.ts';

const rule = 'no-unawaited-call';

const withBody = (head: string, body: string): string => code`
  import { ChatOpenAI } from '@langchain/openai';
  import type { AIMessageChunk } from '@langchain/core/messages';
  const model = new ChatOpenAI({ timeout: 60_000 });
  ${head}
  export async function run(q: string) {
    ${body}
  }
`;

/** Types that say, under any name, that a promise is one. */
const typed: readonly Attack[] = (
  [
    ['ReturnType', '', 'const r: ReturnType<typeof model.invoke> = model.invoke(q);\nconsole.log(r);'],
    ['an alias', 'type Reply = Promise<AIMessageChunk>;', 'const r: Reply = model.invoke(q);\nconsole.log(r);'],
    ['a thenable', '', 'const r: { then: unknown } = model.invoke(q);\nconsole.log(r);'],
    ['PromiseLike', '', 'const r: PromiseLike<unknown> = model.invoke(q);\nconsole.log(r);'],
    ['an interface', 'interface Later { then: unknown }', 'const r: Later = model.invoke(q);\nconsole.log(r);'],
    ['satisfies', '', 'const r = model.invoke(q) satisfies { then: any };\nconsole.log(r);'],
    ['an assertion', 'type Reply = Promise<AIMessageChunk>;', 'const r = model.invoke(q) as Reply;\nconsole.log(r);'],
    ['a later assertion', '', 'const r = model.invoke(q);\nconsole.log(r as Promise<any>);'],
    [
      'a later value',
      '',
      'let r = model.invoke(q);\nconsole.log(r);\nr = Promise.reject(new Error(q));\nconsole.log(r);',
    ],
    ['a let of its own', '', 'let r: ReturnType<typeof model.invoke>;\nr = model.invoke(q);\nconsole.log(r);'],
    ['a parameter', 'function log(r: Promise<unknown>) { console.log(r); }', 'log(model.invoke(q));'],
    [
      'a parameter, by a name',
      'function log(r: Promise<unknown>) { console.log(r); }',
      'const r = model.invoke(q);\nlog(r);',
    ],
    [
      'a parameter of an alias',
      'type Later = Promise<unknown>;\nconst log = (r: Later) => { console.log(r); };',
      'log(model.invoke(q));',
    ],
    [
      'a parameter that is named again',
      'function log(r: Promise<unknown>) { const s = r; console.log(s); }',
      'log(model.invoke(q));',
    ],
    ['another name', '', 'const r = model.invoke(q);\nconst s: Promise<unknown> = r;\nconsole.log(s);'],
  ] as const
).map(([name, head, body]) => ({
  finding: 'A19',
  name: `a promise by its type: ${name}`,
  rule,
  expected: 'nothing',
  code: withBody(head, body),
}));

const unused: readonly Attack[] = (
  [
    ['a let', 'let r: ReturnType<typeof model.invoke>;\nr = model.invoke(q);'],
    ['a constant', 'const r: Promise<AIMessageChunk> = model.invoke(q);'],
    ['an alias', 'type Reply = Promise<AIMessageChunk>;\nconst r: Reply = model.invoke(q);'],
  ] as const
).map(([name, body]) => ({
  finding: 'A25',
  name: `a promise that is not used, by its type: ${name}`,
  rule,
  expected: 'nothing',
  code: withBody('', body),
}));

const kept: readonly Attack[] = (
  [
    ['no type', 'const r = ', 'model.invoke(q);\nconsole.log(r.content);'],
    ['any', 'const r: any = ', 'model.invoke(q);\nconsole.log(r.content);'],
    ['the type of the answer', 'const r: AIMessageChunk = ', 'model.invoke(q);\nconsole.log(r.content);'],
  ] as const
).map(([name, start, end]) => ({
  finding: 'kept',
  name: `a promise by mistake: ${name}`,
  rule,
  expected: withBody('', `${start}await ${end}`),
  code: withBody('', `${start}${end}`),
}));

/** A parenthesis at the head of a line that calls what stands before. */
const lines: readonly Attack[] = (
  [
    ['an object', "const config = { tags: ['x'] }", 'config'],
    ['a function', 'const show = function () {}', '{}'],
    ['a class', 'const Shown = class {}', '{}'],
    ['a call', 'const length = q.trim()', '{}'],
    ['a name', 'const text = q', '{}'],
    ['an arrow function', 'const show = () => {}', '{}'],
  ] as const
).map(([name, before, config]) => ({
  finding: 'A2',
  name: `a line behind ${name}`,
  rule,
  expected: 'nothing',
  code: code`
    import { ChatOpenAI } from '@langchain/openai'
    const model = new ChatOpenAI({ timeout: 60_000 })
    export async function run(q: any) {
      ${before}
      ;(0, q)
      ${before.replace(/\b(?:config|length|show|Shown|text)\b/u, 'again')}
      model.invoke(q, ${config}).content.split('').forEach((line: string) => console.log(line))
    }
  `,
}));

/** What else the line, the place and the function around it are. */
const places: readonly Attack[] = [
  {
    finding: 'A18',
    name: 'a use whose error is expected',
    rule,
    expected: 'nothing',
    code: withBody('', 'const reply = model.invoke(q);\n// @ts-expect-error not awaited\nreturn reply.content;'),
  },
  {
    finding: 'A25',
    name: 'a console that is another one',
    rule,
    expected: 'question',
    code: withBody('const console = { log: (text: string) => text };', 'console.log(q);\nmodel.invoke(q);'),
  },
  {
    finding: 'A25',
    name: 'an iterator',
    rule,
    expected: 'question',
    code: withBody('', 'return { q, *[Symbol.iterator]() { model.invoke(q); } };'),
  },
  ...(['valueOf', 'toString', 'toJSON', 'then', '[Symbol.toPrimitive]', "['ask']"] as const).map((method): Attack => ({
    finding: 'A25',
    name: `a method that the language calls: ${method}`,
    rule,
    expected: 'nothing',
    code: withBody(`export class Reply { ${method}() { return (model.invoke('x') as any).content; } }`, 'return q;'),
  })),
  ...(
    [
      ['a field', 'text = (model.invoke(q) as any).content;'],
      ['a static field', 'static text = (model.invoke("x") as any).content;'],
      ['a static block', 'static { console.log((model.invoke("x") as any).content); }'],
    ] as const
  ).map(([name, element]): Attack => ({
    finding: 'A25',
    name: `in a class in an async function: ${name}`,
    rule,
    expected: 'nothing',
    code: withBody('', `class Answer { ${element} }\nreturn new Answer();`),
  })),
];

export const awaiting: readonly Attack[] = [...typed, ...unused, ...kept, ...lines, ...places];
