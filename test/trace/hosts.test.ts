/** Where values come from in components, in Deno and in Bun. */
import { afterEach, describe, expect, test } from 'vitest';
import { code } from '../helpers/code.ts';
import { TestProject } from '../helpers/project.ts';

const projects: TestProject[] = [];

afterEach(() => {
  for (const project of projects.splice(0)) project.remove();
});

/** The rules that report on a file, by line. */
function find(text: string, file = 'src/app.ts', files: Readonly<Record<string, string>> = {}): readonly string[] {
  const project = new TestProject(files);
  projects.push(project);
  return project.report(file, text).map((report) => report.slice(0, report.indexOf(':')));
}

const dependent = { 'package.json': '{ "dependencies": { "@langchain/openai": "1.0.0" } }' };

describe('what libraries of user interfaces hold', () => {
  test.each([
    ['a computed value', "import { computed } from 'vue';", 'computed(() => new ChatOpenAI())', '.value'],
    ['one of Nuxt', '', 'computed(() => new ChatOpenAI())', '.value'],
    [
      'one with a setter',
      "import { computed } from 'vue';",
      'computed({ get: () => new ChatOpenAI(), set() {} })',
      '.value',
    ],
    ['a raw value', "import { markRaw } from 'vue';", 'markRaw(new ChatOpenAI())', ''],
    ['a memo', "import { useMemo } from 'react';", 'useMemo(() => new ChatOpenAI(), [])', ''],
    ['a member of React', "import React from 'react';", 'React.useMemo(() => new ChatOpenAI(), [])', ''],
    ['a rune', '', '$derived(new ChatOpenAI())', ''],
    ['a rune with a function', '', '$derived.by(() => new ChatOpenAI())', ''],
    ['a state', '', '$state(new ChatOpenAI())', ''],
  ])('%s', (_title, line, value, member) => {
    const text = code`
      ${line}
      import { ChatOpenAI } from '@langchain/openai';
      const model = ${value};
      export const all = (xs: string[]) => model${member}.batch(xs);
    `;
    expect(find(text)).toEqual(['4 require-max-concurrency']);
  });

  test.each([
    ['a function of another package', "import { computed } from 'mobx';", 'computed(() => new ChatOpenAI())', '.value'],
    ['the holder itself', "import { computed } from 'vue';", 'computed(() => new ChatOpenAI())', ''],
    [
      'a function of the file',
      'const useMemo = (make: () => unknown) => other(make);',
      'useMemo(() => new ChatOpenAI())',
      '',
    ],
    ['nothing', '', '$derived()', ''],
  ])('not %s', (_title, line, value, member) => {
    const text = code`
      ${line}
      import { ChatOpenAI } from '@langchain/openai';
      const model = ${value};
      export const all = (xs: string[]) => model${member}.batch(xs);
    `;
    expect(find(text)).toEqual([]);
  });
});

describe('`this` of a component', () => {
  const component = (open: string, close: string, body: string): string => code`
    import { defineComponent } from 'vue';
    import { ChatOpenAI } from '@langchain/openai';
    ${open}
      data: () => ({ llm: null, other: new ChatOpenAI(), xs: [] }),
      created() { this.llm = new ChatOpenAI(); },
      computed: {
        tagged() { return this.llm.withConfig({ tags: ['a'] }); },
        both: { get() { return this.llm; }, set(value) { save(value); } },
      },
      methods: { ${body} },
    ${close}
  `;

  test.each([
    ['data', 'all() { return this.other.batch(this.xs); }'],
    ['what a hook writes', 'all() { return this.llm.batch(this.xs); }'],
    ['a computed value', 'all() { return this.tagged.batch(this.xs); }'],
    ['one with a setter', 'all() { return this.both.batch(this.xs); }'],
    ['an arrow function', 'all() { return [1].map(() => this.llm.batch(this.xs)); }'],
  ])('%s', (_title, body) => {
    const expected = ['10 require-max-concurrency'];
    expect(find(component('export default {', '};', body), 'src/app.js')).toEqual(expected);
    expect(find(component('export default defineComponent({', '});', body), 'src/app.js')).toEqual(expected);
  });

  test.each([
    ['a function of its own', 'all() { return run(function () { return this.llm.batch(this.xs); }); }'],
    ['an object in a method', 'all() { return { start() { return this.llm.batch(xs); } }; }'],
    ['a member that is not declared', 'all() { return this.none.batch(this.xs); }'],
  ])('not %s', (_title, body) => {
    expect(find(component('export default {', '};', body), 'src/app.js')).toEqual([]);
  });

  test('not of an object that is none', () => {
    const body = 'all() { return this.llm.batch(this.xs); }';
    expect(find(component('export const options = {', '};', body), 'src/app.js')).toEqual([]);
  });

  test('its methods are functions of the file', () => {
    const text = code`
      import { ChatOpenAI } from '@langchain/openai';
      export default {
        data() { return { llm: new ChatOpenAI(), xs: [] }; },
        methods: {
          ask(x) { return this.llm.invoke(x); },
          all() { return Promise.all(this.xs.map((x) => this.ask(x))); },
        },
      };
    `;
    expect(find(text, 'src/app.js')).toEqual(['6 no-unbounded-concurrency']);
  });
});

describe('a package by the address of its server', () => {
  test.each([
    'npm:@langchain/openai@1',
    'npm:/@langchain/openai@1.2.0',
    'https://esm.sh/@langchain/openai@1.2.0',
    'https://esm.sh/v135/@langchain/openai@1.2.0?target=es2022',
    'https://esm.sh/*@langchain/openai',
    'https://cdn.jsdelivr.net/npm/@langchain/openai@1.2.0/+esm',
    'https://cdn.jsdelivr.net/npm/@langchain/openai/+esm',
    'https://esm.run/@langchain/openai@1',
    'https://cdn.skypack.dev/@langchain/openai',
    'https://unpkg.com/@langchain/openai@1.2.0?module',
  ])('%s', (specifier) => {
    const text = code`
      import { ChatOpenAI } from '${specifier}';
      export const all = (xs: string[]) => new ChatOpenAI().batch(xs);
    `;
    expect(find(text)).toEqual(['2 require-max-concurrency']);
  });

  test('of another server is none', () => {
    const text = code`
      import { ChatOpenAI } from 'https://example.com/@langchain/openai';
      export const all = (xs: string[]) => new ChatOpenAI().batch(xs);
    `;
    expect(find(text)).toEqual([]);
  });
});

const factory = code`
  import { ChatOpenAI } from '@langchain/openai';
  export const getModel = () => new ChatOpenAI({ maxConcurrency: 5 });
`;

const route = (specifier: string): string => code`
  import express from 'express';
  import { getModel } from '${specifier}';
  express().get('/', async (req, res) => res.json(await getModel().invoke(req.query.q)));
`;

describe('the import map of Deno', () => {
  const manifest = { 'package.json': '{ "devDependencies": { "eslint": "10.0.0" } }' };

  test.each<[string, string, Readonly<Record<string, string>>]>([
    ['a name', 'models', { 'deno.json': '{ "imports": { "models": "./lib/models.ts" } }' }],
    ['the beginning of a name', 'lib/models.ts', { 'deno.json': '{ "imports": { "lib/": "./lib/" } }' }],
    [
      'the longest beginning',
      'x/lib/models.ts',
      { 'deno.json': '{ "imports": { "x/": "./other/", "x/lib/": "./lib/" } }' },
    ],
    [
      'comments and commas behind the last',
      'models',
      { 'deno.jsonc': '{ // "a": "b",\n  "imports": { "//": "x", /* own */ "models": "./lib/models.ts", },\n}' },
    ],
    [
      'a file of its own',
      'models',
      { 'deno.json': '{ "importMap": "./map.json" }', 'map.json': '{ "imports": { "models": "./lib/models.ts" } }' },
    ],
    [
      'a member of the workspace',
      '@acme/lib',
      {
        'deno.json': '{ "workspace": ["./lib"] }',
        'lib/deno.json': '{ "name": "@acme/lib", "exports": "./models.ts" }',
      },
    ],
    [
      'an export of a member',
      '@acme/lib/models',
      {
        'deno.json': '{ "workspace": { "members": ["./lib"] } }',
        'lib/deno.json': '{ "name": "@acme/lib", "exports": { "./models": "./models.ts" } }',
      },
    ],
  ])('%s', (_title, specifier, files) => {
    const all = { ...manifest, ...files, 'lib/models.ts': factory };
    expect(find(route(specifier), 'src/app.ts', all)).toEqual(['3 no-client-in-handler']);
  });

  test.each(['{', '[]', '{ "imports": [] }', '{ "imports": { "models": 1 }, "workspace": [1, "x"], "importMap": {} }'])(
    'that is malformed: %s',
    (text) => {
      const all = { ...manifest, 'deno.json': text, 'lib/models.ts': factory };
      expect(find(route('models'), 'src/app.ts', all)).toEqual([]);
    },
  );
});

describe('a package of the project that brings LangChain along', () => {
  test.each(['file:../llm', 'link:../llm', 'portal:../llm'])('%s', (range) => {
    const files = {
      'app/package.json': JSON.stringify({ dependencies: { '@acme/llm': range, express: '5.0.0' } }),
      'llm/package.json': JSON.stringify({ name: '@acme/llm', dependencies: { '@langchain/openai': '1.0.0' } }),
      'llm/models.ts': factory,
    };
    expect(find(route('../../llm/models'), 'app/src/app.ts', files)).toEqual(['3 no-client-in-handler']);
  });
});

test('a type that a package of the project passes on', () => {
  const text = code`
    import type { ChatOpenAI } from './models';
    export const all = (model: ChatOpenAI, xs: string[]) => model.batch(xs);
  `;
  const files = { ...dependent, 'src/models.ts': "export type { ChatOpenAI } from '@langchain/openai';\n" };
  expect(find(text, 'src/app.ts', files)).toEqual(['2 require-max-concurrency']);
});

describe('what Node’s `fetch` does not wait for', () => {
  const slow = code`
    import { ChatOpenAI } from '@langchain/openai';
    export const model = new ChatOpenAI({ timeout: 600_000 });
  `;

  test('is reported on Node', () => {
    expect(find(slow, 'src/app.ts', dependent)).toEqual(['2 no-ineffective-config']);
  });

  test.each<[string, Readonly<Record<string, string>>]>([
    [
      'Bun',
      { 'package.json': '{ "dependencies": { "@langchain/openai": "1" }, "devDependencies": { "@types/bun": "1" } }' },
    ],
    ['Deno', { ...dependent, 'deno.json': '{}' }],
  ])('is not on %s', (_runtime, files) => {
    expect(find(slow, 'src/app.ts', files)).toEqual([]);
  });
});
