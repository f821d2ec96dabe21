import { describe, expect, it } from 'vitest';
import { getEnclosingFunction } from '../../../src/ast/ancestors.ts';
import { type FunctionNode, getEnclosingClass, isFunction, isLoop } from '../../../src/ast/nodes.ts';
import { AST_NODE_TYPES } from '../../../src/ast/types.ts';
import { dependOnThrough, dependsOn } from '../../../src/flow/lifetime/dependence.ts';
import { findHandlers } from '../../../src/handlers/index.ts';
import { code } from '../../helpers/code.ts';
import { findMarked, findNodes, parseFile } from '../../helpers/file.ts';

const gate = code`
  import { ChatOpenAI, initChatModel } from '@langchain/openai';
  import { initChatModel as init } from 'langchain';
`;

/** What each `$(…)` in the functions of a module depends on, with the function around it as the root. */
function inFunction(source: string): string[] {
  const file = parseFile(gate + source);
  return findMarked(file).map((node) => {
    let fn: FunctionNode | null = getEnclosingFunction(node);
    // The outermost function around the mark, as a handler is.
    for (let outer = fn; outer; outer = getEnclosingFunction(outer)) fn = outer;
    return dependsOn(file, node, fn ? [fn] : []);
  });
}

/** The same with the loop around it. */
function inLoop(source: string): string[] {
  const file = parseFile(gate + source);
  return findMarked(file).map((node) => {
    const loop = findNodes(file, AST_NODE_TYPES.ForOfStatement).find(
      (each) => each.range[0] < node.range[0] && node.range[1] < each.range[1],
    );
    if (!loop || !isLoop(loop)) throw new Error('The mark stands in no loop.');
    return dependsOn(file, node, [loop, loop.left]);
  });
}

describe('the same for every request', () => {
  it.each([
    [
      'literals and what is made of them',
      "$('a'); $(`a`); $({ a: [1, -2, null, undefined] }); $(`${'a'}b`); $('a' + 'b'); $(/x/u);",
    ],
    [
      'the environment',
      code`
        $(process.env.KEY);
        $(process.env['KEY'] ?? 'x');
        $(import.meta.env.KEY);
        $(Deno.env.get('KEY'));
        $(Number(process.env.N));
        $(process.env.LIST?.split(',').join(' ').trim());
      `,
    ],
    [
      'constants of the file, of the function and through objects',
      code`
        const key = process.env.KEY;
        const options = { key, retries: 2 };
        const { retries } = options;
        $(key);
        $(options.key);
        $(retries);
        $(MODEL);
        $({ ...shared, key });
      `,
    ],
    ['imports', '$(config.model); $(config); $(settings.models[0]);'],
    [
      'reads of a configuration by a literal',
      "$(config.get('KEY')); $(env.get('KEY')); $(this.configService.getOrThrow('KEY'));",
    ],
    ['a variable that is set once where it is declared', "let key; key = 'a'; $(key); $(late); $(chosen);"],
    [
      'functions of the file',
      code`
        $(getName());
        $(getKey('KEY'));
        $(withDefault());
        $(withDefault('b'));
        $((() => 'x')());
        $(keyOf({ a: 1 }));
      `,
    ],
    [
      'functions that close over nothing of the request',
      code`
        const url = 'a';
        $(() => fetch(url));
        $({ async fetch(input, init) { return fetch(input, init); } });
        $(function named() { return named; });
      `,
    ],
    [
      'values of LangChain',
      code`
        $(new ChatOpenAI({ model: 'x' }));
        $(ChatPromptTemplate.fromTemplate('x').pipe(new ChatOpenAI()));
        $(await init('x'));
      `,
    ],
    [
      'constructions of packages',
      code`
        $(new Agent({ keepAlive: true }));
        $(new URL('x'));
        $(z.object({ a: z.string().describe('x') }));
        $(getBearerTokenProvider(new DefaultAzureCredential(), 'scope'));
      `,
    ],
    [
      'conditions on the environment',
      code`
        $(process.env.FAST ? 'a' : 'b');
        $(isProduction() ? 'a' : 'b');
      `,
    ],
  ])('%s', (_name, body) => {
    const source = code`
      import { config, settings } from './config.js';
      import { z } from 'zod';
      import { Agent } from 'node:https';
      import { ChatPromptTemplate } from '@langchain/core/prompts';
      import { DefaultAzureCredential, getBearerTokenProvider } from '@azure/identity';
      const MODEL = 'gpt-4o';
      const shared = { a: 1 };
      let late;
      late = 'a';
      let chosen = 'a';
      if (process.env.X) chosen = 'b';
      const getName = () => 'x';
      function getKey(name) { return process.env[name]; }
      function withDefault(name = 'a') { return name; }
      const keyOf = ({ a }) => a;
      const isProduction = () => { if (process.env.NODE_ENV === 'production') return true; return false; };
      class Service {
        constructor(configService) { this.configService = configService; }
        async ask(request) { ${body} }
      }
    `;
    const answers = inFunction(source);
    expect(answers.length).toBeGreaterThan(0);
    expect(answers).toEqual(answers.map(() => 'no'));
  });
});

describe('another one for each request', () => {
  it.each([
    [
      'parameters, in every form',
      "$(request); $(request.headers.get('x')); $(body.key); $(fast); $(rest[0]); $(arguments[0]);",
    ],
    [
      'what is made of them',
      code`
        const { key } = request;
        const options = { key, retries: 2 };
        const list = [...rest];
        $(key);
        $(options);
        $(list);
        $(\`\${key}\`);
        $(key ?? 'x');
        $(request ? 'a' : 'b');
        $(!key);
      `,
    ],
    [
      'what is passed on',
      code`
        $(getKey(request));
        $(identity(request));
        $(new ChatOpenAI({ apiKey: request.key }));
        $(await load(request));
        $(request.text());
        $(ChatPromptTemplate.fromTemplate(request.x));
      `,
    ],
    [
      'functions that close over them',
      code`
        const { key } = request;
        $(() => key);
        $({ callbacks: [{ handleLLMNewToken: (token) => request.write(token) }] });
      `,
    ],
    ['a variable with one such write', "let key = 'a'; if (fast) key = request.key; $(key);"],
  ])('%s', (_name, body) => {
    const source = code`
      import { ChatPromptTemplate } from '@langchain/core/prompts';
      import { load } from './load.js';
      function getKey({ headers }) { return headers.key; }
      const identity = (value) => value;
      async function handle(request, { body }, fast = false, ...rest) { ${body} }
    `;
    const answers = inFunction(source);
    expect(answers.length).toBeGreaterThan(0);
    expect(answers).toEqual(answers.map(() => 'yes'));
  });

  it('`this` of a class that is made per request', () => {
    const file = parseFile(code`
      ${gate}
      class Service { ask() { $(this.request.key); $(this); $(process.env.KEY); } }
    `);
    const answers = findMarked(file).map((node) => {
      const roots = [getEnclosingFunction(node), getEnclosingClass(node)].filter((root) => root !== null);
      return dependsOn(file, node, roots);
    });
    expect(answers).toEqual(['yes', 'yes', 'no']);
  });
});

describe('what cannot be seen', () => {
  it.each([
    [
      'results of imported and unknown functions',
      code`
        $(await createClient());
        $(cookies().get('x'));
        $(config.load());
        $(headers['x']());
        $(getServerSideConfig().key);
      `,
    ],
    ['reads of something that is no configuration', "$(session.get('user')); $(cache.get('x'));"],
    [
      'constructions of the application, and of things that have a state',
      code`
        $(new Handler());
        $(new Local());
        $(new AbortController().signal);
        $(new TransformStream());
      `,
    ],
    [
      'time and chance',
      code`
        $(Date.now());
        $(Math.random());
        $(crypto.randomUUID());
        $(AbortSignal.timeout(100));
        $(new Date());
      `,
    ],
    ['an outer variable that a function writes', '$(current); $(counter);'],
    [
      'a local variable that several writes set',
      "let name = 'a'; if (Date.now()) name = 'b'; $(name); let count = 0; count += x(); $(count);",
    ],
    [
      'an object that is changed',
      code`
        const options = { a: 1 };
        options.b = x();
        $(options);
        const list = [];
        list.push(x());
        $(list);
        const counted = [];
        [1].forEach((each) => counted.push(each));
        $(counted);
        const merged = {};
        Object.assign(merged, x());
        $(merged);
      `,
    ],
    [
      'parameters of functions in it, and errors',
      'items.map((item) => { $(item); }); try { f(); } catch (error) { $(error); }',
    ],
    [
      'functions that close over an object of one request',
      code`
        const tokens = [];
        $((token) => tokens.push(token));
        const writer = open();
        $(() => writer.write('x'));
      `,
    ],
    [
      'a generator, `await` of the unknown, an assignment',
      "$(generate()); let x; $((x = 'a')); $(await import(name())); $(tagged`a`);",
    ],
    ['a field that a method sets', '$(this.current); $(this.make());'],
  ])('%s', (_name, body) => {
    const source = code`
      import { createClient, cookies, config, getServerSideConfig, Handler, items, session, cache } from './app.js';
      class Local {}
      let current;
      let counter = 0;
      export const count = () => { current = 'x'; counter++; };
      function* generate() { yield 'a'; return 'b'; }
      class Service {
        set(value) { this.current = value; }
        make() { return config.load(); }
        async ask(request) { ${body} }
      }
    `;
    const answers = inFunction(source);
    expect(answers.length).toBeGreaterThan(0);
    expect(answers).toEqual(answers.map(() => 'unknown'));
  });

  it('a field that the constructor, a lifecycle hook or a lazy assignment sets is the same', () => {
    expect(
      inFunction(code`
        class Service {
          key = 'a';
          constructor() { this.model = 'x'; }
          onModuleInit() { this.store = open(); }
          get url() { return process.env.URL; }
          ask() { this.lazy ??= open(); $(this.key); $(this.model); $(this.store); $(this.lazy); $(this.url); }
        }
      `),
    ).toEqual(['no', 'no', 'no', 'no', 'no']);
  });

  it('an instance that is made in the function itself', () => {
    const file = parseFile(
      code`
        ${gate}
        class Job { constructor(key) { this.key = key; } run() { $(this.key); } }
        export function handle(request) { return new Job(request.key).run(); }
      `,
    );
    const [marked] = findMarked(file);
    const [run, handle] = [
      findNodes(file, AST_NODE_TYPES.FunctionExpression)[1],
      findNodes(file, AST_NODE_TYPES.FunctionDeclaration)[0],
    ];
    expect(marked && run && handle && dependsOn(file, marked, [run, handle])).toBe('unknown');
  });
});

describe('per item of a loop', () => {
  it('what the loop binds and what is made of it varies, what stands outside does not', () => {
    expect(
      inLoop(code`
        export async function run(documents, model) {
          const temperature = 0;
          let round = 0;
          for (const { text, id } of documents) {
            const key = 'a';
            const upper = text.toUpperCase();
            round += 1;
            $(text); $(upper); $(documents); $(model); $(temperature); $(key); $(round);
          }
        }
      `),
    ).toEqual(['yes', 'yes', 'no', 'no', 'no', 'no', 'unknown']);
  });

  it('a name that is bound again in between', () => {
    expect(
      inLoop(code`
        for (const item of items) { for (const inner of [1]) { $(item); } const run = (item) => { $(item); }; }
      `),
    ).toEqual(['yes', 'unknown']);
  });
});

describe('through calls', () => {
  /** The dependence of each `$(…)` on the parameters of the handler that reaches it. */
  function throughCalls(source: string): string[] {
    const file = parseFile(gate + source, { filename: 'app/api/chat/route.ts' });
    return findMarked(file).flatMap((node) =>
      findHandlers(file, node).map(({ handler, via }) => dependOnThrough(file, [node], [handler.node], via)),
    );
  }

  it('a parameter stands for what the call gives it', () => {
    expect(
      throughCalls(code`
        export async function POST(request) {
          create('a', request);
          create(request, 'a');
          create(...request.list);
          nested({ name: 'a' });
        }
        function create(name, other = 'x') { $(name); }
        function nested(options) { create(options.name); }
      `),
    ).toEqual(['no', 'yes', 'yes', 'no']);
  });

  it('defaults, rest parameters and destructuring', () => {
    expect(
      throughCalls(code`
        export async function POST(request) { create(); rest('a', request); pick({ key: request.key }); }
        function create(name = 'a') { $(name); }
        function rest(first, ...others) { $(others); $(first); }
        function pick({ key }) { $(key); }
      `),
    ).toEqual(['no', 'yes', 'no', 'yes']);
  });

  it('ends where functions call one another', () => {
    expect(
      inFunction(code`
        const a = () => b();
        const b = () => a();
        function handle(request) { $(a()); }
      `),
    ).toEqual(['no']);
    expect(
      inFunction(code`
        function handle(request) { const a = b; const b = a; $(a); }
      `),
    ).toEqual(['no']);
  });

  it('takes any expression', () => {
    const file = parseFile(
      code`
        ${gate}
        function handle() {
          $(class {});
          $(new.target);
          $(super_);
          $(<T,>(x: T) => x);
          $(x as any);
          $(y!);
          $(z satisfies string);
          $(<any>w);
          $((a, b));
          $(delete a.b);
        }
      `,
      { filename: 'src/app.ts' },
    );
    const [fn] = findNodes(file, AST_NODE_TYPES.FunctionDeclaration);
    expect(isFunction(fn)).toBe(true);
    expect(findMarked(file).map((node) => dependsOn(file, node, fn ? [fn] : []))).toEqual([
      'unknown',
      'unknown',
      'no',
      'no',
      'no',
      'no',
      'no',
      'no',
      'no',
      'no',
    ]);
  });
});
