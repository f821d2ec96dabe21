import { describe, expect, it } from 'vitest';
import { AST_NODE_TYPES } from '../../src/ast/types.ts';
import { type FanOutOptions, findFanOut } from '../../src/concurrency/fan-out.ts';
import { code } from '../helpers/code.ts';
import { findNodes, parseFile } from '../helpers/file.ts';

const HEAD = code`
  import { ChatOpenAI } from '@langchain/openai';
  import { save } from './store';
  const model = new ChatOpenAI({ model: 'gpt-4o-mini' });
  const capped = new ChatOpenAI({ maxConcurrency: 5 });
`;

/** Each fan-out of a module: `combinator Promise.all(docs): model.invoke`. */
function fanOutsOf(text: string, options: Partial<FanOutOptions> = {}): string[] {
  const file = parseFile(HEAD + text);
  const textOf = (node: { range: [number, number] } | null): string =>
    node ? file.sourceCode.text.slice(...node.range) : '?';
  return findNodes(file, AST_NODE_TYPES.CallExpression).flatMap((call) => {
    const fanOut = findFanOut(file, call, { maxLiteral: 10, limiters: [], ...options });
    if (!fanOut) return [];
    const { kind, list, node, start } = fanOut;
    const limit = start.limit === 'none' ? '' : `, ${start.limit}`;
    return [`${kind} ${textOf(node.callee)}(${textOf(list)}): ${textOf(start.call.node.callee)}${limit}`];
  });
}

describe('what a combinator waits for', () => {
  it.each([
    ['map', 'Promise.all(docs.map((doc) => model.invoke(doc)));', 'docs'],
    ['globalThis', 'globalThis.Promise.all(docs.map((doc) => model.invoke(doc)));', 'docs'],
    ['Array.from', 'Promise.all(Array.from(docs, (doc) => model.invoke(doc)));', 'docs'],
    [
      'Array.from of a map',
      code`
        Promise.all(Array.from(docs.map((doc) => model.invoke(doc))));
      `,
      'docs',
    ],
    ['an optional list', 'Promise.all(docs?.map((doc) => model.invoke(doc)) ?? []);', 'docs'],
    [
      'two maps, the first of which calls',
      code`
        Promise.all(docs.map((doc) => model.invoke(doc)).map((answer) => answer.catch(() => null)));
      `,
      'docs',
    ],
    [
      'entries',
      code`
        Promise.all([...docs.entries()].map(([i, doc]) => model.invoke(doc)));
      `,
      '[...docs.entries()]',
    ],
    [
      'a call among others',
      code`
        Promise.all(docs.map(async (doc) => {
          await save(doc);
          const { content } = await model.invoke(doc);
          await save(content);
        }));
      `,
      'docs',
    ],
    [
      'a call under a condition',
      code`
        Promise.all(docs.map((doc) => (doc ? model.invoke(doc) : null)));
      `,
      'docs',
    ],
    [
      'a call in a try',
      code`
        Promise.all(docs.map(async (doc) => { try { return await model.invoke(doc); } catch { return null; } }));
      `,
      'docs',
    ],
    [
      'a call in a Promise',
      code`
        Promise.all(docs.map((doc) => new Promise((resolve) => { model.invoke(doc).then(resolve); })));
      `,
      'docs',
    ],
    [
      'a call in a nested map',
      code`
        Promise.all(docs.map(async (doc) => { for (const page of doc.pages) await model.invoke(page); }));
      `,
      'docs',
    ],
    [
      'a call on the spot',
      code`
        Promise.all(docs.map((doc) => (async () => model.invoke(doc))()));
      `,
      'docs',
    ],
    ['a promise that another function is given', 'Promise.all(docs.map((doc) => save(model.invoke(doc))));', 'docs'],
    [
      'a lodash map',
      code`
        import _ from 'lodash';
        Promise.all(_.map(docs, (doc) => model.invoke(doc)));
      `,
      'docs',
    ],
    [
      'a Map of promises',
      code`
        const all = new Map();
        for (const doc of docs) all.set(doc.id, model.invoke(doc));
        Promise.all(all.values());
      `,
      'docs',
    ],
    [
      'a list pushed with spread',
      'const all = []; all.push(...docs.map((doc) => model.invoke(doc))); Promise.all(all);',
      'docs',
    ],
    [
      'a list in two loops',
      code`
        const all = [];
        for (const task of ['a', 'b']) for (const doc of docs) all.push(model.invoke(task + doc));
        Promise.all(all);
      `,
      'docs',
    ],
    [
      'a while loop',
      code`
        const all = [];
        while (docs.length > 0) all.push(model.invoke(docs.pop()));
        Promise.all(all);
      `,
      '?',
    ],
    [
      'a for…in loop',
      'const all = []; for (const key in given) all.push(model.invoke(key)); Promise.all(all);',
      'given',
    ],
    [
      'functions in a list',
      code`
        const tasks = [];
        for (const doc of docs) tasks.push(() => model.invoke(doc));
        Promise.all(tasks.map((task) => task()));
      `,
      'docs',
    ],
  ])('%s', (_name, text, list) => {
    expect(fanOutsOf(text)).toEqual([
      `combinator ${text.includes('globalThis') ? 'globalThis.' : ''}Promise.all(${list}): model.invoke`,
    ]);
  });

  it.each([
    [
      'models of a parameter',
      code`
        import { BaseChatModel } from '@langchain/core/language_models/chat_models';
        const askAll = (models: BaseChatModel[], q: string) => Promise.all(models.map((each) => each.invoke(q)));
      `,
    ],
    [
      'retrievers of a field',
      code`
        import { BaseRetriever } from '@langchain/core/retrievers';
        class Ensemble {
          constructor(private readonly retrievers: BaseRetriever[]) {}
          get(query: string) {
            return Promise.all(this.retrievers.map(async (retriever) => retriever.invoke(query)));
          }
        }
      `,
    ],
    [
      'experts with a model',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        const askAll = (experts: { model: ChatOpenAI }[], q: string) =>
          Promise.all(experts.map(({ model: expert }) => expert.invoke(q)));
      `,
    ],
    [
      'models that a helper asks',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        async function ask(expert: ChatOpenAI, q: string) {
          return (await expert.invoke(q)).content;
        }
        const askAll = (models: ChatOpenAI[], q: string) => Promise.all(models.map((each) => ask(each, q)));
      `,
    ],
    [
      'models in a loop',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        async function askAll(models: ChatOpenAI[], q: string) {
          const answers = [];
          for (const each of models) answers.push(each.invoke(q));
          return Promise.all(answers);
        }
      `,
    ],
  ])('is short where its elements receive the call: %s', (_name, text) => {
    expect(fanOutsOf(text)).toEqual([]);
  });

  it('is limited by a model that many sequences are built around', () => {
    const sequences = Array.from({ length: 16 }, (_, i) => `const chain${i + 1} = parser.pipe(chain${i});`).join('\n');
    const text = code`
      import { StringOutputParser } from '@langchain/core/output_parsers';
      import { ChatOpenAI } from '@langchain/openai';
      const parser = new StringOutputParser();
      const chain0 = parser.pipe(new ChatOpenAI({ maxConcurrency: 3 }));
      ${sequences}
      const nested = parser.pipe(chain16);
      const all = () => Promise.all(docs.map((doc) => nested.invoke(doc)));
    `;
    expect(fanOutsOf(text)).toEqual([]);
  });

  it('is long where another model receives the call', () => {
    const text = code`
      import { BaseChatModel } from '@langchain/core/language_models/chat_models';
      const judgeAll = (judge: BaseChatModel, docs: string[]) => Promise.all(docs.map((doc) => judge.invoke(doc)));
    `;
    expect(fanOutsOf(text)).toEqual(['combinator Promise.all(docs): judge.invoke']);
  });

  it.each([
    ['nothing', 'Promise.all();'],
    ['an unknown list', 'Promise.all(pending);'],
    ['an imported function', 'Promise.all(docs.map(save));'],
    [
      'a function that is only made',
      'Promise.all(docs.map((doc) => { const later = () => model.invoke(doc); return later; }));',
    ],
    [
      'a call in a class that is only made',
      'Promise.all(docs.map((doc) => class { run() { return model.invoke(doc); } }));',
    ],
    ['a method of another object called map', 'Promise.all(store.map.get(docs));'],
    [
      'a Promise of its own',
      'class Promise { static all(list) {} } Promise.all(docs.map((doc) => model.invoke(doc)));',
    ],
    [
      'a thing that was awaited before',
      code`
        const all = [];
        for (const doc of docs) all.push(await model.invoke(doc));
        Promise.all(all);
      `,
    ],
    [
      'a loop that waits for a part',
      code`
        const all = [];
        for (const doc of docs) { all.push(model.invoke(doc)); if (all.length % 5 === 0) await Promise.all(all); }
        Promise.all(all);
      `,
    ],
  ])('quiet: %s', (_name, text) => {
    expect(fanOutsOf(text)).toEqual([]);
  });

  it('is found once, at the combinator that waits', () => {
    expect(
      fanOutsOf(code`
        async function summarize(doc) {
          const parts = doc.pages.map((page) => model.invoke(page));
          return Promise.race(parts);
        }
        const pending = docs.map(summarize);
        Promise.allSettled(pending);
      `),
    ).toEqual([
      'combinator Promise.race(doc.pages): model.invoke',
      'combinator Promise.allSettled(docs): model.invoke',
    ]);
  });
});

describe('functions on the way', () => {
  it.each([
    [
      'a method',
      code`
        class S {
          run(doc) { return model.invoke(doc); }
          all(docs) { return Promise.all(docs.map((doc) => this.run(doc))); }
        }
      `,
    ],
    [
      'a method handed over',
      code`
        class S {
          run(doc) { return model.invoke(doc); }
          all(docs) { return Promise.all(docs.map(this.run)); }
        }
      `,
    ],
    [
      'a field that holds an arrow function',
      code`
        class S { run = (doc) => model.invoke(doc); all(docs) { return Promise.all(docs.map(this.run)); } }
      `,
    ],
    [
      'a method of another class of the file',
      code`
        class A { run(doc) { return model.invoke(doc); } }
        const a = new A();
        const all = (docs) => Promise.all(docs.map((doc) => a.run(doc)));
      `,
    ],
    [
      'an object of functions',
      code`
        const steps = { run: async (doc) => model.invoke(doc) };
        const all = (docs) => Promise.all(docs.map((doc) => steps.run(doc)));
      `,
    ],
    [
      'three functions deep',
      code`
        const a = (x) => b(x);
        const b = (x) => c(x);
        const c = (x) => model.invoke(x);
        const all = (docs) => Promise.all(docs.map(a));
      `,
    ],
    [
      'recursion',
      code`
        const ask = async (x, tries = 3) => {
          try { return await model.invoke(x); } catch { return ask(x, tries - 1); }
        };
        const all = (docs) => Promise.all(docs.map((doc) => ask(doc)));
      `,
    ],
    [
      'functions that call each other',
      code`
        const a = (x) => (x ? b(x) : model.invoke(x));
        const b = (x) => a(x);
        const all = (docs) => Promise.all(docs.map(b));
      `,
    ],
    [
      'a wrapper that is given the function',
      code`
        const time = async (run) => {
          const start = Date.now();
          const result = await run();
          console.log(Date.now() - start);
          return result;
        };
        const all = (docs) => Promise.all(docs.map((doc) => time(() => model.invoke(doc))));
      `,
    ],
    [
      'a wrapper in a wrapper',
      code`
        const outer = (run) => inner(run);
        const inner = (run) => run();
        const all = (docs) => Promise.all(docs.map((doc) => outer(() => model.invoke(doc))));
      `,
    ],
    [
      'a function made by a wrapper',
      code`
        const logged = (run) => async (x) => { console.log(x); return run(x); };
        const ask = logged((x) => model.invoke(x));
        const all = (docs) => Promise.all(docs.map((doc) => ask(doc)));
      `,
    ],
    [
      'a helper that is given the function',
      code`
        const each = (docs, run) => Promise.all(docs.map((doc) => run(doc)));
        each(given, (doc) => model.invoke(doc));
      `,
    ],
    [
      'a helper that hands it on',
      code`
        const each = (docs, run) => Promise.all(docs.map(run));
        each(given, (doc) => model.invoke(doc));
      `,
    ],
  ])('%s', (_name, text) => {
    expect(fanOutsOf(text)).toEqual(['combinator Promise.all(docs): model.invoke']);
  });
});

describe('what limits on the way', () => {
  it.each([
    [
      'a turn of a semaphore',
      code`
        import { Sema } from 'async-sema';
        const s = new Sema(3);
        const run = async (doc) => { await s.acquire(); const a = await model.invoke(doc); s.release(); return a; };
        Promise.all(docs.map(run));
      `,
    ],
    [
      'a turn that a function of the file makes wait',
      code`
        const waiting = [];
        const turn = () => new Promise((go) => { waiting.push(go); });
        Promise.all(docs.map(async (doc) => {
          await turn();
          return model.invoke(doc);
        }));
      `,
    ],
    [
      'a turn by a class of the file',
      code`
        class Slots {
          #free = 5;
          #waiting = [];
          acquire() {
            if (this.#free-- > 0) return Promise.resolve();
            return new Promise((go) => { this.#waiting.push(go); });
          }
        }
        const slots = new Slots();
        Promise.all(docs.map(async (doc) => {
          await slots.acquire();
          return model.invoke(doc);
        }));
      `,
    ],
    [
      'a busy wait over a field',
      code`
        class S {
          active = 0;
          all(docs) {
            return Promise.all(docs.map(async (doc) => {
              while (this.active > 4) await pause();
              this.active++;
              return model.invoke(doc);
            }));
          }
        }
      `,
    ],
    [
      'a busy wait in a wrapper',
      code`
        let active = 0;
        const slot = async (run) => { while (active > 4) await pause(); active++; return run(); };
        Promise.all(docs.map((doc) => slot(() => model.invoke(doc))));
      `,
    ],
    [
      'something acquired and released',
      code`
        Promise.all(docs.map(async (doc) => {
          const done = await pool.take();
          try { return await model.invoke(doc); } finally { done(); }
        }));
      `,
    ],
    [
      'a wait of another module',
      code`
        import { turn } from './rate';
        Promise.all(docs.map(async (doc) => {
          await turn();
          return model.invoke(doc);
        }));
      `,
    ],
    [
      'a wrapper made of a limiter',
      code`
        import pLimit from 'p-limit';
        const limit = pLimit(3);
        const run = (doc) => limit(() => model.invoke(doc));
        Promise.all(docs.map(run));
      `,
    ],
    [
      'a limiter that a wrapper uses',
      code`
        import pLimit from 'p-limit';
        const limit = pLimit(3);
        const gently = (run) => limit(run);
        Promise.all(docs.map((doc) => gently(() => model.invoke(doc))));
      `,
    ],
    [
      'a loop that acquires',
      code`
        import { Semaphore } from 'async-mutex';
        const s = new Semaphore(3);
        const all = [];
        for (const doc of docs) { await s.acquire(); all.push(model.invoke(doc)); }
        Promise.all(all);
      `,
    ],
  ])('quiet: %s', (_name, text) => {
    expect(fanOutsOf(text)).toEqual([]);
  });

  it.each([
    [
      'a pause is no turn',
      code`
        const pause = () => new Promise((go) => setTimeout(go, 100));
        Promise.all(docs.map(async (doc) => {
          await pause();
          return model.invoke(doc);
        }));
      `,
    ],
    [
      'a turn that comes after',
      code`
        import { Sema } from 'async-sema';
        const s = new Sema(3);
        Promise.all(docs.map(async (doc) => {
          const a = await model.invoke(doc);
          await s.acquire();
          return a;
        }));
      `,
    ],
    [
      'a connection that is closed',
      code`
        Promise.all(docs.map(async (doc) => {
          const page = await browser.open(doc);
          try { return await model.invoke(page); } finally { await page.close(); }
        }));
      `,
    ],
    [
      'a result that is waited for',
      code`
        Promise.all(docs.map(async (doc) => {
          const text = await save(doc);
          return model.invoke(text);
        }));
      `,
    ],
    [
      'a loop over a count of its own',
      code`
        Promise.all(docs.map(async (doc) => {
          let left = 3;
          while (left > 0) { await pause(); left--; }
          return model.invoke(doc);
        }));
      `,
    ],
  ])('found: %s', (_name, text) => {
    expect(fanOutsOf(text)).toEqual(['combinator Promise.all(docs): model.invoke']);
  });
});

describe('receivers', () => {
  it.each([
    ['a cap', 'Promise.all(docs.map((doc) => capped.invoke(doc)));', []],
    [
      'a cap and a stream',
      'Promise.all(docs.map((doc) => capped.stream(doc)));',
      ['combinator Promise.all(docs): capped.stream, stream'],
    ],
    [
      'a cap per element',
      'Promise.all(docs.map((doc) => new ChatOpenAI({ maxConcurrency: 5 }).invoke(doc)));',
      ['combinator Promise.all(docs): new ChatOpenAI({ maxConcurrency: 5 }).invoke, perItem'],
    ],
    [
      'a cap per element of a loop',
      code`
        const all = [];
        for (const doc of docs) { const own = new ChatOpenAI({ maxConcurrency: 5 }); all.push(own.invoke(doc)); }
        Promise.all(all);
      `,
      ['combinator Promise.all(docs): own.invoke, perItem'],
    ],
    [
      'a cap in a cache',
      code`
        const models = new Map();
        const get = (name) => {
          if (!models.has(name)) models.set(name, new ChatOpenAI({ maxConcurrency: 5 }));
          return models.get(name);
        };
        Promise.all(docs.map((doc) => get(doc).invoke(doc)));
      `,
      [],
    ],
    [
      'a cap and another call without one',
      code`
        Promise.all(docs.map(async (doc) => { await capped.invoke(doc); return model.invoke(doc); }));
      `,
      ['combinator Promise.all(docs): model.invoke'],
    ],
    [
      'a field that is set once',
      code`
        class S {
          init() { this.llm = new ChatOpenAI({ maxConcurrency: 5 }); }
          all(docs) { return Promise.all(docs.map((doc) => this.llm.invoke(doc))); }
        }
      `,
      [],
    ],
    [
      'a cap on one of two',
      'const either = c ? capped : model; Promise.all(docs.map((doc) => either.invoke(doc)));',
      ['combinator Promise.all(docs): either.invoke'],
    ],
  ])('%s', (_name, text, expected) => {
    expect(fanOutsOf(text)).toEqual(expected);
  });

  it('can take a construction for limited', () => {
    const text = `${HEAD}Promise.all(docs.map((doc) => model.invoke(doc)));`;
    const file = parseFile(text);
    const [construction] = findNodes(file, AST_NODE_TYPES.NewExpression);
    const [call] = findNodes(file, AST_NODE_TYPES.CallExpression);
    if (!construction || !call) throw new Error('The module has neither.');
    expect(findFanOut(file, call, { maxLiteral: 10, limiters: [], assumed: construction })).toBeNull();
  });
});

describe('other fan-outs', () => {
  it.each([
    [
      'forEach, async',
      'docs.forEach(async (doc) => { await model.invoke(doc); });',
      ['forEach docs.forEach(docs): model.invoke'],
    ],
    [
      'forEach, the promise itself',
      'docs.forEach((doc) => model.invoke(doc));',
      ['forEach docs.forEach(docs): model.invoke'],
    ],
    [
      'forEach, limited',
      'docs.forEach(async (doc) => { await capped.invoke(doc); });',
      ['forEach docs.forEach(docs): capped.invoke'],
    ],
    ['forEach, a statement', 'docs.forEach((doc) => { model.invoke(doc); });', []],
    [
      'forEach of a store',
      code`
        class Store { forEach(run) {} }
        new Store().forEach(async (doc) => { await model.invoke(doc); });
      `,
      [],
    ],
    [
      'collected and left',
      code`
        const all = [];
        for (const doc of docs) all.push(model.invoke(doc));
        console.log(all.length);
      `,
      ['collected all.push(docs): model.invoke'],
    ],
    [
      'collected and returned',
      code`
        const start = (docs) => {
          const all = [];
          for (const doc of docs) all.push(model.invoke(doc));
          return all;
        };
      `,
      [],
    ],
    [
      'collected and awaited one by one',
      code`
        const all = [];
        for (const doc of docs) all.push(model.invoke(doc));
        for (const one of all) await one;
      `,
      ['stored all.push(docs): model.invoke'],
    ],
    [
      'p-map',
      code`
        import pMap from 'p-map';
        pMap(docs, (doc) => model.invoke(doc));
      `,
      ['mapper pMap(docs): model.invoke'],
    ],
    [
      'p-map over a short list',
      code`
        import pMap from 'p-map';
        pMap(['a', 'b'], (doc) => model.invoke(doc));
      `,
      [],
    ],
    [
      'p-map in a callback, which limits each call of it alone',
      code`
        import pMap from 'p-map';
        Promise.all(docs.map((doc) => pMap(doc.pages, (page) => model.invoke(page), { concurrency: 2 })));
      `,
      ['combinator Promise.all(docs): model.invoke'],
    ],
    [
      'mergeMap',
      code`
        import { from, mergeMap } from 'rxjs';
        from(docs).pipe(mergeMap((doc) => model.invoke(doc)));
      `,
      ['mapper mergeMap(docs): model.invoke'],
    ],
    [
      'a queue without a limit, in a function that a loop calls',
      code`
        import PQueue from 'p-queue';
        const queue = new PQueue();
        const add = (doc) => queue.add(() => model.invoke(doc));
        for (const doc of docs) add(doc);
      `,
      ['limiter PQueue(docs): model.invoke'],
    ],
    [
      'a queue without a limit, used once',
      code`
        import PQueue from 'p-queue';
        const queue = new PQueue();
        queue.add(() => model.invoke(doc));
      `,
      [],
    ],
    [
      'a queue without a limit, over a short list',
      code`
        import PQueue from 'p-queue';
        const queue = new PQueue();
        for (const doc of ['a', 'b']) queue.add(() => model.invoke(doc));
      `,
      [],
    ],
    [
      'a queue without a limit, for a limited model',
      code`
        import PQueue from 'p-queue';
        const queue = new PQueue();
        for (const doc of docs) queue.add(() => capped.invoke(doc));
      `,
      [],
    ],
  ])('%s', (_name, text, expected) => {
    expect(fanOutsOf(text)).toEqual(expected);
  });
});

it('takes longer lists for short where it is told so', () => {
  const text = 'Promise.all(docs.slice(0, 50).map((doc) => model.invoke(doc)));';
  expect(fanOutsOf(text)).toHaveLength(1);
  expect(fanOutsOf(text, { maxLiteral: 50 })).toHaveLength(0);
});
