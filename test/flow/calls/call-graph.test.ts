import { describe, expect, it } from 'vitest';
import type { FunctionNode } from '../../../src/ast/nodes.ts';
import { isFunction } from '../../../src/ast/nodes.ts';
import { AST_NODE_TYPES } from '../../../src/ast/types.ts';
import { walk } from '../../../src/ast/walk.ts';
import { getCallSites, getOwnCalls } from '../../../src/flow/calls/call-graph.ts';
import { resolveFunction } from '../../../src/flow/calls/functions.ts';
import type { LangChainFile } from '../../../src/trace/file.ts';
import { code } from '../../helpers/code.ts';
import { findMarked, parseFile } from '../../helpers/file.ts';

const IMPORT = "import { ChatOpenAI } from '@langchain/openai';\n";

function parse(text: string): LangChainFile {
  return parseFile(IMPORT + text);
}

function textOf(file: LangChainFile, node: { range: [number, number] } | null): string | null {
  return node && file.sourceCode.text.slice(...node.range).replaceAll(/\s+/gu, ' ');
}

/** The function whose body begins with the string `'here'`. */
function findHere(file: LangChainFile): FunctionNode {
  const found: FunctionNode[] = [];
  walk(file.program, file.sourceCode.visitorKeys, (node) => {
    if (!isFunction(node) || node.body.type !== AST_NODE_TYPES.BlockStatement) return true;
    const first = node.body.body[0];
    if (first?.type === AST_NODE_TYPES.ExpressionStatement && first.directive === 'here') found.push(node);
    return true;
  });
  const [fn] = found;
  if (!fn) throw new Error("No function begins with 'here'.");
  return fn;
}

function resolvesToHere(text: string): boolean {
  const file = parse(text);
  const [marked] = findMarked(file);
  if (!marked) throw new Error('Nothing is marked.');
  return resolveFunction(file, marked) === findHere(file);
}

/** `summarize(doc)` for a call, `docs.map(summarize)#0` for a function handed over as argument 0. */
function sitesOf(text: string): string[] {
  const file = parse(text);
  return getCallSites(file, findHere(file)).map(
    ({ call, argument }) => `${textOf(file, call) ?? ''}${argument === null ? '' : `#${String(argument)}`}`,
  );
}

function ownCallsOf(text: string): (string | null)[] {
  const file = parse(text);
  return getOwnCalls(file, findHere(file)).map((call) => textOf(file, call.callee));
}

describe('resolveFunction', () => {
  it.each([
    ['a declaration', "function summarize() { 'here'; } $(summarize);"],
    ['a declaration used before it stands', "$(summarize); function summarize() { 'here'; }"],
    ['a constant', "const summarize = async (doc) => { 'here'; }; $(summarize);"],
    ['an alias', "const summarize = () => { 'here'; }; const alias = summarize; $(alias);"],
    ['an inline function', "$(async () => { 'here'; });"],
    ['a function as any', "const summarize = () => { 'here'; }; $(summarize as any);"],
    ['a let that is written once', "let summarize; summarize = () => { 'here'; }; $(summarize);"],
    ['this.method', "class Service { summarize() { 'here'; } run() { $(this.summarize); } }"],
    ['this.#method', "class Service { #summarize() { 'here'; } run() { $(this.#summarize); } }"],
    [
      'this.method in an arrow function',
      "class Service { summarize() { 'here'; } run() { docs.map((doc) => $(this.summarize)); } }",
    ],
    [
      'an arrow function in a field',
      code`
        class Service { summarize = () => { 'here'; }; run() { $(this.summarize); } }
      `,
    ],
    ['a static method', "class Service { static summarize() { 'here'; } } $(Service.summarize);"],
    [
      'a method of an instance',
      code`
        class Service { summarize() { 'here'; } }
        const service = new Service();
        $(service.summarize);
      `,
    ],
    [
      'an inherited method',
      code`
        class Base { summarize() { 'here'; } }
        class Service extends Base { run() { $(this.summarize); } }
      `,
    ],
    ['a method of an object', "const service = { summarize() { 'here'; } }; $(service.summarize);"],
    [
      'a property of an object',
      "const service = { tools: { summarize: () => { 'here'; } } }; $(service.tools.summarize);",
    ],
    ['a destructured method', "const { summarize } = { summarize() { 'here'; } }; $(summarize);"],
    ['bind', "class Service { summarize() { 'here'; } run() { $(this.summarize.bind(this)); } }"],
    [
      'a bound constant',
      code`
        function summarize() { 'here'; }
        const bound = summarize.bind(null, model);
        $(bound);
      `,
    ],
    [
      'traceable',
      code`
        import { traceable } from 'langsmith/traceable';
        $(traceable(async () => { 'here'; }, { name: 'x' }));
      `,
    ],
    [
      'a traceable constant',
      code`
        import { traceable } from 'langsmith/traceable';
        const run = traceable(async () => { 'here'; });
        $(run);
      `,
    ],
    [
      'a task of LangGraph',
      code`
        import { task } from '@langchain/langgraph';
        const run = task('run', async () => { 'here'; });
        $(run);
      `,
    ],
    [
      'express-async-handler',
      code`
        import asyncHandler from 'express-async-handler';
        $(asyncHandler(async (req, res) => { 'here'; }));
      `,
    ],
    [
      'a wrapper of the file',
      code`
        const safe = (fn) => (req, res, next) => Promise.resolve(fn(req, res, next)).catch(next);
        $(safe(async (req, res) => { 'here'; }));
      `,
    ],
    [
      'a wrapper declared as a function',
      code`
        function safe(fn) { return async function (...args) { try { return await fn(...args); } catch {} }; }
        const run = safe(() => { 'here'; });
        $(run);
      `,
    ],
    [
      'wrapper around wrapper',
      code`
        import { traceable } from 'langsmith/traceable';
        const safe = (fn) => (x) => fn.call(null, x);
        $(safe(traceable(() => { 'here'; })));
      `,
    ],
    [
      'what a factory of the file returns',
      "function makeHandler() { return async () => { 'here'; }; } $(makeHandler());",
    ],
  ])('%s', (_, text) => {
    expect(resolvesToHere(text)).toBe(true);
  });

  it.each([
    ['a parameter', "function run(fn) { $(fn); } run(() => { 'here'; });"],
    [
      'a shadowed name',
      code`
        function summarize() { 'here'; }
        function run(summarize) { $(summarize); }
      `,
    ],
    [
      'a let with two values',
      code`
        let summarize = () => { 'here'; };
        summarize = other;
        $(summarize);
      `,
    ],
    [
      'an imported function',
      code`
        import { summarize } from './x.js';
        function own() { 'here'; }
        $(summarize);
      `,
    ],
    [
      'a wrapper of another package',
      code`
        import { wrap } from 'somewhere';
        $(wrap(() => { 'here'; }));
      `,
    ],
    ['the result of a call', "function summarize() { 'here'; } $(summarize());"],
    [
      'a wrapper that drops its argument',
      code`
        const never = (fn) => () => 0;
        $(never(() => { 'here'; }));
      `,
    ],
    [
      'traceable of another package',
      code`
        import { traceable } from './tracing.js';
        $(traceable(() => { 'here'; }));
      `,
    ],
    ['a literal', "function own() { 'here'; } $('own');"],
  ])('not through %s', (_, text) => {
    expect(resolvesToHere(text)).toBe(false);
  });

  it('ends at names that are defined by themselves', () => {
    const file = parse(
      code`
        import { traceable } from 'langsmith/traceable';
        const run = traceable(run);
        const a = (fn) => b(fn);
        const b = (fn) => a(fn);
        $(run, a(b));
      `,
    );
    for (const marked of findMarked(file)) expect(resolveFunction(file, marked)).toBeNull();
  });
});

describe('getCallSites', () => {
  it.each([
    [
      'calls, in source order',
      "async function ask(x) { 'here'; } await ask(1); const y = ask(2);",
      ['ask(1)', 'ask(2)'],
    ],
    ['a callback', "const ask = async (x) => { 'here'; }; docs.map(ask);", ['docs.map(ask)#0']],
    [
      'a callback further back',
      "import pMap from 'p-map'; const ask = async (x) => { 'here'; }; pMap(docs, ask);",
      ['pMap(docs, ask)#1'],
    ],
    [
      'a method',
      "class Service { ask() { 'here'; } run() { this.ask(); docs.map(this.ask.bind(this)); } }",
      ['this.ask()', 'docs.map(this.ask.bind(this))#0'],
    ],
    [
      'call and apply',
      "function ask() { 'here'; } ask.call(null, 1); ask.apply(null, [1]);",
      ['ask.call(null, 1)', 'ask.apply(null, [1])'],
    ],
    ['an optional call', "const ask = () => { 'here'; }; ask?.(1);", ['ask?.(1)']],
    ['on the spot', "(async () => { 'here'; })();", ["(async () => { 'here'; })()"]],
    ['a constructor', "class Job { constructor() { 'here'; } } new Job(1);", ['new Job(1)']],
    [
      'a wrapped function',
      code`
        import { traceable } from 'langsmith/traceable';
        const ask = traceable(async (x) => { 'here'; });
        await ask(1);
        docs.map(ask);
      `,
      ['ask(1)', 'docs.map(ask)#0'],
    ],
    [
      'a stream',
      "new ReadableStream({ async start(controller) { 'here'; } });",
      ["new ReadableStream({ async start(controller) { 'here'; } })#0"],
    ],
    ['nothing for an export', "export async function ask() { 'here'; }", []],
    ['nothing for a value that is kept', "const ask = () => { 'here'; }; const table = { ask };", []],
    [
      'through the object that keeps it',
      "const ask = () => { 'here'; }; const table = { ask }; table.ask(1);",
      ['table.ask(1)'],
    ],
    ['nothing for another function of the name', "function ask() { 'here'; } function run(ask) { ask(); }", []],
  ])('%s', (_, text, sites) => {
    expect(sitesOf(text)).toEqual(sites);
  });
});

describe('getOwnCalls', () => {
  it.each([
    ['calls and constructions, in source order', "async function run() { 'here'; a(b()); new C(); }", ['a', 'b', 'C']],
    ['callbacks of array methods', "function run() { 'here'; docs.map((doc) => a(doc)); }", ['docs.map', 'a']],
    [
      'callbacks of promise methods',
      "function run() { 'here'; return a().then((x) => b(x)).catch(() => c()); }",
      ['a().then((x) => b(x)).catch', 'a().then', 'a', 'b', 'c'],
    ],
    ['functions called on the spot', "function run() { 'here'; (() => { a(); })(); }", ['() => { a(); }', 'a']],
    [
      'callbacks in callbacks',
      "function run() { 'here'; docs.map((doc) => doc.pages.map((page) => a(page))); }",
      ['docs.map', 'doc.pages.map', 'a'],
    ],
    ['the default of a parameter', "function run(x = a()) { 'here'; }", ['a']],
    ['a static field of a class', "function run() { 'here'; class X { static x = a(); } }", ['a']],
    [
      'arguments of a function of the file that runs them',
      "const retry = (fn) => fn(); function run() { 'here'; retry(() => a()); }",
      ['retry', 'a'],
    ],
  ])('%s', (_, text, calls) => {
    expect(ownCallsOf(text)).toEqual(calls);
  });

  it.each([
    [
      'a function that is defined there',
      code`
        function run() { 'here'; const later = () => a(); return later; }
      `,
    ],
    [
      'a function that is called by name: its calls are its own',
      "function run() { 'here'; } const other = () => { a(); };",
    ],
    [
      'a method of a class that is defined there',
      code`
        function run() { 'here'; class X { x = a(); m() { a(); } } }
      `,
    ],
    ['a listener', "function run() { 'here'; return { onEnd: () => a() }; }"],
  ])('not those of %s', (_, text) => {
    expect(ownCallsOf(text)).toEqual([]);
  });

  it('leaves out what is handed to something unknown', () => {
    const text = code`
      function run() {
        'here';
        app.get('/x', () => a());
        const job = () => b();
        register(job);
      }
    `;
    expect(ownCallsOf(text)).toEqual(['app.get', 'register']);
  });
});
