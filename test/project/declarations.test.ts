import { describe, expect, test } from 'vitest';
import { type Declarations, findUsed, readDeclarations } from '../../src/project/declarations.ts';
import type { Marks } from '../../src/project/summary.ts';
import { code } from '../helpers/code.ts';

function mark(text: string): Marks {
  return { blocking: text.includes('Sync'), client: false, deadline: false, langchain: text.includes('langchain') };
}

function read(text: string, mayHoldJsx = false): Declarations {
  const declarations = readDeclarations(text, mayHoldJsx, mark);
  if (!declarations) throw new Error(`The declarations cannot be told apart:\n${text}`);
  return declarations;
}

/** What is declared, without imports and statements. */
function getNames(text: string, mayHoldJsx = false): readonly string[] {
  const { all, imports } = read(text, mayHoldJsx);
  return all.flatMap(({ names }) => names).filter((name) => !imports.has(name));
}

function getImports(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...read(text).imports].map(([local, { name, specifier }]) => [local, `${name ?? '*'} of ${specifier}`]),
  );
}

function getExports(text: string): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(read(text).exports);
}

function getModules(text: string): readonly string[] {
  return read(text).all.flatMap(({ modules }) =>
    modules.map(({ name, specifier }) => `${name ?? '*'} of ${specifier}`),
  );
}

describe('imports', () => {
  test.each([
    ["import a from './a';", { a: 'default of ./a' }],
    ["import * as a from './a';", { a: '* of ./a' }],
    ["import a, * as b from './a';", { a: 'default of ./a', b: '* of ./a' }],
    [
      "import a, { b, c as d, type E, type F as G } from './a';",
      {
        a: 'default of ./a',
        b: 'b of ./a',
        d: 'c of ./a',
        E: 'E of ./a',
        G: 'F of ./a',
      },
    ],
    [
      "import { default as a, 'b c' as d, type, type as e } from './a';",
      {
        a: 'default of ./a',
        d: 'b c of ./a',
        type: 'type of ./a',
        e: 'type of ./a',
      },
    ],
    ["import type A from './a';", { A: 'default of ./a' }],
    ["import type { A } from './a';", { A: 'A of ./a' }],
    ["import type from './a';", { type: 'default of ./a' }],
    ["import './a';", {}],
    ["import a = require('./a');", { a: '* of ./a' }],
    ["import a from './a.json' with { type: 'json' };", { a: 'default of ./a.json' }],
    ["const { a, b: c, 'd e': f } = require('./a');", { a: 'a of ./a', c: 'b of ./a', f: 'd e of ./a' }],
    ["const a = require('./a').b;", { a: 'b of ./a' }],
    ["const a = await import('./a');", { a: '* of ./a' }],
    ["const a = import('./a');", {}],
    ["const { a = 1 } = require('./a');", {}],
    ["export const a = require('./a');", {}],
    ['const a = require(b);', {}],
  ])('%s', (text, expected) => {
    expect(getImports(text)).toEqual(expected);
  });
});

describe('exports', () => {
  test.each([
    ['export { a, b as c, type D, e as default };', { a: ['a'], c: ['b'], D: ['D'], default: ['e'] }],
    ['export type { A, B as C };', { A: ['A'], C: ['B'] }],
    ["export { a } from './a';\nexport * from './b';\nexport * as c from './c';\nexport type * from './d';", {}],
    ['export const a = 1, b = 2;', { a: ['a'], b: ['b'] }],
    [
      'export const { a, b: [c] } = d, e: Map<F, G> = h;',
      {
        a: ['a'],
        b: ['b'],
        c: ['c'],
        e: ['e'],
      },
    ],
    ['export declare abstract class A {}', { A: ['A'] }],
    ['export const enum A { a }', { A: ['A'] }],
    ['export async function* a() {}', { a: ['a'] }],
    ['export import a = b.c;', { a: ['a'] }],
    ['export default function a() {}', { default: ['a'] }],
    ['export default class extends A {}', { default: ['*default'] }],
    ['export default a;', { default: ['a'] }],
    ['export default async () => a;', { default: ['*default'] }],
    ['@A()\nexport class B {}', { B: ['B'] }],
    ['export @A() class B {}', { B: ['B'] }],
    ['export default @A class B {}', { default: ['B'] }],
    ['export = a;', { '*': ['a'] }],
    ['export as namespace A;', {}],
    ['module.exports = { a, b: c, d() {}, e: true };', { '*': ['**'], a: ['a'], b: ['c'] }],
    ['exports = module.exports = a;', { '*': ['a', 'a'] }],
    ['exports.a = true;', { a: ['*a'] }],
    ['exports.a = module.exports.b = c;', { a: ['c'], b: ['c'] }],
    ["Object.defineProperty(exports, 'a', { get() {} });", { a: ['*a'] }],
  ])('%s', (text, expected) => {
    expect(getExports(text)).toEqual(expected);
  });
});

describe('declarations', () => {
  test.each([
    ['let a, b = 1; var { c, ...d } = e; const [f, , g] = h;', ['a', 'b', 'c', 'd', 'f', 'g']],
    ['const a: Record<string, B> = {};\nconst b: [string, { c: D }][] = [];', ['a', 'b']],
    ['const a: Record<\n  string,\n  { c: D; e: F }\n> = {};', ['a']],
    ['using a = b();\nawait using c = d();\nusing(e);', ['a', 'c']],
    ['function a(b: string): void;\nfunction a() {}', ['a', 'a']],
    ['declare function a(): void\ndeclare const b: string\ndeclare global {}\ndeclare module "c" {}', ['a', 'b']],
    ['enum A {}\nnamespace B.C {}\nmodule D {}\ntype E = F;\ninterface G {}', ['A', 'B', 'D', 'E', 'G']],
    ['type = 1;\nmodule.a = 2;\nasync(3);\nnamespace;', []],
    [
      'const a = b as const\nconst c = d.default\nconst e = f!\nconst g = h as I<J>\nconst k = l',
      ['a', 'c', 'e', 'g', 'k'],
    ],
    ['function a() { b(); c(); }\nclass D { e; f() {} }\ninterface G { h; }', ['a', 'D', 'G']],
    ['const A: B<{\n  c: D;\n}> = ({ c }) => {\n  e(c);\n};', ['A']],
    ['const a = Symbol.for("b")\nconst c = new D()\nwhile (c) d()\ndo c()\nwhile (d)', ['a', 'c']],
    ['type A = () => void\ntype B = C', ['A', 'B']],
    ['class A{}@B class C{}function d(){}', ['A', 'C', 'd']],
    ['if (a) { var b = 1, { c } = d; } else { function e() {} }\nfor (var f of g) h();', ['b', 'c', 'e', 'f']],
    ['const a = `${`${b}` + {}}`\nconst c = /[`"\'(]/u\nconst d = e / f / g', ['a', 'c', 'd']],
    ['#!/usr/bin/env node\n"use client"\nconst a = 1 // {\nconst b = /* ( */ 2', ['a', 'b']],
    ['const f = <T,>(x: T) => x;\nconst g = 1;', ['f', 'g']],
  ])('%s', (text, expected) => {
    expect(getNames(text)).toEqual(expected);
    expect(getNames(text.replaceAll('\n', '\r\n'))).toEqual(expected);
  });

  test('of elements', () => {
    const text = code`
      const A = () => <B
        c={d}
        e={f}
      />
      const g = <>it's {'}'} (</>
      register(A)
    `;
    expect(getNames(text, true)).toEqual(['A', 'g']);
    expect(read(text, true).all.map(({ uses }) => uses)).toEqual([['A'], [], ['A']]);
  });

  test.each([
    ['function a() {', false],
    ['}', false],
    ['const a = `${b`;', false],
    ["const a = 'b\n';", false],
    ['/* const a = 1;', false],
    ['const a = b! / 2; // )/', false],
    ['const a = (b)! / c / (d);', false],
    ['<script>let a = {</script>', false],
    ['const f = <T,>(x: T) => x;\nconst a = 1;', true],
    ['const f = <T,>(x: T) => { return x; }', true],
    ['function g() { const f = <T,>(x: T) => x; }\nconst a = 1;', true],
  ])('that cannot be told apart: %s', (text, mayHoldJsx) => {
    expect(readDeclarations(text, mayHoldJsx, mark)).toBeNull();
  });

  test('that divide or negate', () => {
    expect(getNames('const a = !/[)]/.test(b);\nconst c = () => { return !/[(]/.test(d); };')).toEqual(['a', 'c']);
  });
});

describe('code', () => {
  test('what it uses and changes', () => {
    const { all } = read(code`
      import { model, tools as list } from './a';
      const models: Record<string, string> = {};
      class Chat {}
      function ask(chat: Chat = model): Chat['kind'] {
        models.gpt = list?.first;
        list.push(model.name);
        other.model.models();
        return { model: Chat.create() };
      }
    `);
    expect(all.map(({ changes, names, uses }) => ({ changes, names, uses })).slice(0, 3)).toEqual([
      { names: ['models'], uses: [], changes: [] },
      { names: ['Chat'], uses: ['Chat'], changes: [] },
      {
        names: ['ask'],
        uses: ['ask', 'Chat', 'model', 'models.gpt', 'list.first', 'list.push', 'model.name', 'Chat.create'],
        changes: ['models', 'list'],
      },
    ]);
  });

  test.each([
    ['a = 1;', ['a']],
    ['a.b.c ??= 1;', ['a']],
    ['a[b].c = 1;', ['a']],
    ['a!.b = 1;', ['a']],
    ['a.b.push(1);', ['a']],
    ['a?.[0].push(1);', ['a']],
    ['Object.assign(a, b.c);', ['a']],
    ['Object.assign(Chat, a.b);', ['Chat']],
    ['[a, b.c] = d;', ['a', 'b']],
    ['({ d: a, ...b } = c);', ['a', 'b']],
    ['const { a } = b;', []],
    ['b[a] = 1;', ['b']],
    ['a === b;', []],
    ['a[b];', []],
    ['a.c(d);', ['a']],
    ['c(a, b.c, d, b);', ['a', 'b']],
    ['c(a.d);', []],
    ['Chat.create(a.d); c(Chat);', []],
    ['Chat.model = 1;', ['Chat']],
    ['Chat.add(1);', ['Chat']],
    ['const c: Chat = d; const e: Chat["f"] = d;', []],
    ['(c) => a;', []],
    ['exports.a.b = 1;', ['exports.a']],
    ['module.exports.a = 1;', ['exports.a']],
  ])('changes of %s', (text, expected) => {
    const { all } = read(`let a, b;\nclass Chat {}\nfunction run() { ${text} }`);
    expect(all.at(-1)?.changes).toEqual(expected);
  });

  test.each([
    ["require('./a');", ['* of ./a']],
    ["require('./a').b();", ['b of ./a']],
    ['f(import(`./a`));', ['* of ./a']],
    ["f(import('./a').then((a) => a.b));", ['* of ./a']],
    ["type A = import('./a').B;", ['B of ./a']],
    ["const a = (await import('./a')).b;", ['* of ./a']],
    ["function f() { const { a, b: c } = require('./a'); }", ['a of ./a', 'b of ./a']],
    ["function f() { const { a, ...b } = await import('./a'); }", ['a of ./a', '* of ./a']],
    ["function f() { const {} = require('./a'); }", ['* of ./a']],
    ["function f() { const a: { b: C; d: E } = require('./a'); }", ['* of ./a']],
    ["function f() { ({ a } = require('./a')); }", ['a of ./a']],
    ["function f() { const { a } = import('./a'); }", ['* of ./a']],
    ["import('./a', { with: {} });", ['* of ./a']],
    ['require(a); import(`./${b}`); c.require("./d");', []],
  ])('modules of %s', (text, expected) => {
    expect(getModules(text)).toEqual(expected);
  });

  test('of members', () => {
    const [all] = read(code`
      const all: Kind = {
        a: langchain,
        async b() {},
        get c() { return this.a; },
        set c(value) { readSync(); },
        'd e': 1,
        async: 2,
        f,
        ...g,
        h: 3,
        [i]: 4,
      };
    `).all;
    expect([...(all?.members ?? [])].map(([name, { has, uses }]) => [name, has.langchain, has.blocking, uses])).toEqual(
      [
        ['a', true, false, []],
        ['b', false, false, []],
        ['c', false, true, ['this.a']],
        ['d e', false, false, []],
        ['async', false, false, []],
        ['f', false, false, []],
        ['h', false, false, []],
      ],
    );
    expect(all?.has).toEqual(mark(''));
  });
});

test('what a file uses', () => {
  const used = findUsed(
    read(code`
      import { a, b, c, d } from './a';
      import * as all from './b';
      export { a };
      export const use = { b: () => all.e(), f: () => require('./g').h };
      c.run();
    `),
  );
  expect(used.map(({ name, specifier }) => `${name ?? '*'} of ${specifier}`).toSorted()).toEqual([
    'a of ./a',
    'b of ./a',
    'c.run of ./a',
    'e of ./b',
    'h of ./g',
  ]);
});
