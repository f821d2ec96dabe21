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

export const awaiting: readonly Attack[] = [...typed, ...unused, ...kept];
