import { describe, expect, it } from 'vitest';
import { isRetryLoop } from '../../../src/ast/loops.ts';
import { isLoop } from '../../../src/ast/nodes.ts';
import type { PerItem } from '../../../src/flow/calls/callbacks.ts';
import { findPerItemSites, getPerItems } from '../../../src/flow/calls/per-item.ts';
import type { LangChainFile } from '../../../src/trace/file.ts';
import { code } from '../../helpers/code.ts';
import { findMarked, parseFile } from '../../helpers/file.ts';

const IMPORT = "import { ChatOpenAI } from '@langchain/openai';\n";

function parse(text: string): LangChainFile {
  return parseFile(IMPORT + text);
}

function firstLine(file: LangChainFile, node: { range: [number, number] }): string {
  return file.sourceCode.text.slice(...node.range).split('\n')[0] ?? '';
}

/** `callback xs (doc, i)`, `loop docs (const doc)` … */
function describePosition(file: LangChainFile, { kind, iterated, items }: PerItem): string {
  const text = (node: { range: [number, number] }): string => file.sourceCode.text.slice(...node.range);
  return `${kind} ${iterated ? text(iterated) : '?'} (${items.map(text).join(', ')})`;
}

/** The positions of the single `$(…)` of a module, innermost first. */
function positionsOf(text: string): string[] {
  const file = parse(text);
  const [marked] = findMarked(file);
  if (!marked) throw new Error('Nothing is marked.');
  return getPerItems(file, marked).map((position) => describePosition(file, position));
}

/** The per-item positions that reach the single `$(…)`, with the calls that lead to it. */
function sitesOf(text: string): string[] {
  const file = parse(text);
  const [marked] = findMarked(file);
  if (!marked) throw new Error('Nothing is marked.');
  return findPerItemSites(file, marked).map(({ perItem, via }) =>
    [describePosition(file, perItem), ...via.map((call) => firstLine(file, call))].join(' > '),
  );
}

describe('loops', () => {
  it.each([
    ['the body of for…of', 'for (const doc of docs) { $(doc); }', ['loop docs (doc)']],
    [
      'destructured items',
      'for (const [id, { text }] of docs.entries()) $(text);',
      ['loop docs.entries() ([id, { text }])'],
    ],
    ['for await…of', 'for await (const chunk of stream) { $(chunk); }', ['loop stream (chunk)']],
    ['an outer variable as the item', 'let doc; for (doc of docs) $(doc);', ['loop docs (doc)']],
    ['for…in', 'for (const key in table) $(key);', ['loop table (key)']],
    ['a counting loop', 'for (let i = 0; i < docs.length; i++) { $(docs[i]); }', ['loop docs (i)']],
    ['a counting loop over an unknown number', 'for (let i = 0; i < count; i++) $(i);', ['loop ? (i)']],
    ['the test of a for', 'for (let i = 0; $(i); i++) {}', ['loop ? (i)']],
    ['the update of a for', 'for (let i = 0; i < 3; $(i++)) {}', ['loop ? (i)']],
    ['while', 'while (queue.length > 0) { $(queue.pop()); }', ['loop ? ()']],
    [
      'while with an assignment in its test',
      'let row; while ((row = await cursor.next()) !== null) { $(row); }',
      ['loop ? (row)'],
    ],
    ['do…while', 'do { $(1); } while (more);', ['loop ? ()']],
    ['the test of a while', 'while ($(1)) {}', ['loop ? ()']],
    ['a default in the head of for…of', 'for (const { text = $(1) } of docs) {}', ['loop docs ({ text = $(1) })']],
    [
      'nested loops',
      'for (const doc of docs) for (const page of doc.pages) $(page);',
      ['loop doc.pages (page)', 'loop docs (doc)'],
    ],
    [
      'labels, conditions and try',
      'outer: for (const doc of docs) { if (doc) { try { $(doc); } catch { continue outer; } } }',
      ['loop docs (doc)'],
    ],
  ])('%s', (_, text, positions) => {
    expect(positionsOf(text)).toEqual(positions);
  });

  it.each([
    ['the init of a for', 'for (let i = $(0); i < 3; i++) {}'],
    ['the right side of for…of', 'for (const doc of $(docs)) {}'],
    ['the right side of for…in', 'for (const key in $(table)) {}'],
    ['behind a loop', 'for (const doc of docs) {} $(1);'],
    [
      'a function that is only defined in a loop',
      'for (const doc of docs) { handlers.push(async () => { $(doc); }); }',
    ],
    [
      'a method of a class made in a loop',
      'for (const doc of docs) { class Job { run() { $(doc); } } jobs.push(new Job()); }',
    ],
    [
      'a route registered in a loop',
      'for (const path of paths) app.get(path, async (req, res) => { res.json($(req)); });',
    ],
    [
      'a listener registered in a loop',
      code`
        for (const socket of sockets) socket.on('message', (data) => { $(data); });
      `,
    ],
    [
      'the field of a class in a loop',
      code`
        for (const doc of docs) { classes.push(class { model = $(1); }); }
      `,
    ],
  ])('not %s', (_, text) => {
    expect(positionsOf(text)).toEqual([]);
  });
});

describe('callbacks', () => {
  it.each(['every', 'filter', 'find', 'findIndex', 'findLast', 'flatMap', 'forEach', 'map', 'reduceRight', 'some'])(
    'xs.%s(cb)',
    (method) => {
      expect(positionsOf(`docs.${method}((doc) => $(doc));`)).toEqual(['callback docs (doc)']);
    },
  );

  it.each([
    ['reduce with a start value', 'docs.reduce(async (sum, doc) => { $(doc); }, 0);', ['callback docs (sum, doc)']],
    ['an async callback', 'await Promise.all(docs.map(async (doc) => { $(doc); }));', ['callback docs (doc)']],
    ['a function expression', 'docs.map(function (doc, i) { return $(doc); });', ['callback docs (doc, i)']],
    ['an optional chain', 'docs?.map((doc) => $(doc));', ['callback docs (doc)']],
    ['a computed name', "docs['map']((doc) => $(doc));", ['callback docs (doc)']],
    [
      'a chain',
      'docs.filter(Boolean).slice(0, 10).map((doc) => $(doc));',
      ['callback docs.filter(Boolean).slice(0, 10) (doc)'],
    ],
    ['Array.from', 'Array.from(docs, (doc) => $(doc));', ['callback docs (doc)']],
    ['Array.from with a length', 'Array.from({ length: 20 }, (_, i) => $(i));', ['callback { length: 20 } (_, i)']],
    ['Array.fromAsync', 'await Array.fromAsync(stream, (doc) => $(doc));', ['callback stream (doc)']],
    [
      'callbacks in callbacks',
      'docs.map((doc) => doc.pages.map((page) => $(page)));',
      ['callback doc.pages (page)', 'callback docs (doc)'],
    ],
    [
      'a callback in a loop',
      'for (const batch of batches) batch.map((doc) => $(doc));',
      ['callback batch (doc)', 'loop batches (batch)'],
    ],
    [
      'an array imported from the project',
      "import { docs } from './docs.js'; docs.map((doc) => $(doc));",
      ['callback docs (doc)'],
    ],
    [
      'an array imported from a package',
      "import { docs } from '@acme/docs'; docs.map((doc) => $(doc));",
      ['callback docs (doc)'],
    ],
    [
      'a default export of the project',
      "import docs from '../docs.json'; docs.map((doc) => $(doc));",
      ['callback docs (doc)'],
    ],
    ['Map and Set', 'const seen = new Set(docs); seen.forEach((doc) => $(doc));', ['callback seen (doc)']],
  ])('%s', (_, text, positions) => {
    expect(positionsOf(text)).toEqual(positions);
  });

  it.each([
    [
      'p-map',
      "import pMap from 'p-map'; await pMap(docs, async (doc) => $(doc), { concurrency: 5 });",
      ['callback docs (doc)'],
    ],
    [
      'p-map by require',
      code`
        const pMap = require('p-map');
        pMap(docs, (doc) => $(doc));
      `,
      ['callback docs (doc)'],
    ],
    [
      'p-map-series',
      "import pMapSeries from 'p-map-series'; pMapSeries(docs, (doc) => $(doc));",
      ['callback docs (doc)'],
    ],
    [
      'async.map',
      code`
        import async from 'async';
        await async.map(docs, async (doc) => $(doc));
      `,
      ['callback docs (doc)'],
    ],
    [
      'async.mapLimit',
      "import * as async from 'async'; await async.mapLimit(docs, 5, async (doc) => $(doc));",
      ['callback docs (doc)'],
    ],
    [
      'eachLimit by name',
      "import { eachLimit } from 'async'; await eachLimit(docs, 5, async (doc) => $(doc));",
      ['callback docs (doc)'],
    ],
    [
      'async.eachSeries',
      "import async from 'async'; await async.eachSeries(docs, async (doc) => $(doc));",
      ['callback docs (doc)'],
    ],
    [
      'async.queue',
      "import async from 'async'; const q = async.queue(async (task) => $(task), 5);",
      ['callback ? (task)'],
    ],
    [
      'Bluebird.map',
      "import Bluebird from 'bluebird'; Bluebird.map(docs, (doc) => $(doc), { concurrency: 3 });",
      ['callback docs (doc)'],
    ],
    [
      'Bluebird under the name Promise',
      "import Promise from 'bluebird'; Promise.mapSeries(docs, (doc) => $(doc));",
      ['callback docs (doc)'],
    ],
    [
      'RxJS mergeMap',
      "import { from, mergeMap } from 'rxjs'; from(docs).pipe(mergeMap((doc) => $(doc), 5));",
      ['callback docs (doc)'],
    ],
    [
      'RxJS concatMap behind another operator',
      code`
        import { from } from 'rxjs';
        import { concatMap, filter } from 'rxjs/operators';
        from(docs).pipe(filter(Boolean), concatMap((doc) => $(doc)));
      `,
      ['callback docs (doc)'],
    ],
    [
      'RxJS over an unknown source',
      "import { mergeMap } from 'rxjs'; docs$.pipe(mergeMap((doc) => $(doc)));",
      ['callback ? (doc)'],
    ],
    ['lodash', "import _ from 'lodash'; _.map(docs, (doc) => $(doc));", ['callback docs (doc)']],
    ['a lodash method package', "import map from 'lodash/map'; map(docs, (doc) => $(doc));", ['callback docs (doc)']],
    [
      'limit.map of p-limit',
      "import pLimit from 'p-limit'; const limit = pLimit(5); limit.map(docs, (doc) => $(doc));",
      ['callback docs (doc)'],
    ],
    [
      'promise-pool',
      code`
        import { PromisePool } from '@supercharge/promise-pool';
        await PromisePool.withConcurrency(5).for(docs).process(async (doc) => $(doc));
      `,
      ['callback ? (doc)'],
    ],
    [
      'tiny-async-pool',
      "import asyncPool from 'tiny-async-pool'; await asyncPool(5, docs, async (doc) => $(doc));",
      ['callback docs (doc)'],
    ],
  ])('%s', (_, text, positions) => {
    expect(positionsOf(text)).toEqual(positions);
  });

  it.each([
    ['the executor of a promise', 'for (const doc of docs) new Promise((resolve) => $(doc));', ['loop docs (doc)']],
    [
      'the executor of a promise of Bluebird',
      "import Promise from 'bluebird'; for (const doc of docs) new Promise((resolve) => $(doc));",
      ['loop docs (doc)'],
    ],
    ['a second function that a promise is given', 'for (const doc of docs) new Promise(run, () => $(doc));', []],
    [
      'a second function that a promise of Bluebird is given',
      "import Promise from 'bluebird'; for (const doc of docs) new Promise(run, () => $(doc));",
      [],
    ],
    [
      'what a class of another package is given',
      "import { Emitter } from 'emitter'; for (const doc of docs) new Emitter(() => $(doc));",
      [],
    ],
    [
      'what a global class is given',
      code`
        for (const doc of docs) new MutationObserver(() => $(doc));
      `,
      [],
    ],
    [
      'a third function of p-map',
      "import pMap from 'p-map'; for (const doc of docs) pMap([doc], run, () => $(doc));",
      [],
    ],
    [
      'lodash over spread arguments',
      "import _ from 'lodash'; _.reduce(...given, (doc) => $(doc));",
      ['callback ? (doc)'],
    ],
    [
      'lodash with the items behind a spread',
      "import _ from 'lodash'; for (const doc of docs) _.map(...doc, (page) => $(page));",
      ['callback ? (page)', 'loop docs (doc)'],
    ],
    [
      'Array.from with another function',
      code`
        for (const doc of docs) Array.from(doc, run, () => $(doc));
      `,
      [],
    ],
  ])('%s', (_, text, positions) => {
    expect(positionsOf(text)).toEqual(positions);
  });

  it.each([
    ['a method of the same name with the callback elsewhere', 'docs.map(options, (doc) => $(doc));'],
    ['map of a local module namespace', "import * as R from 'purify-ts'; R.map((doc) => $(doc));"],
    ['map of a class', "import { Effect } from 'effect'; Effect.map((doc) => $(doc));"],
    ['a LangChain value', 'new ChatOpenAI().map((doc) => $(doc));'],
    ['pMap of another package', "import pMap from './p-map.js'; pMap(docs, (doc) => $(doc));"],
    [
      'mergeMap of another package',
      "import { mergeMap } from './operators.js'; docs$.pipe(mergeMap((doc) => $(doc)));",
    ],
    ['an argument of the mapped array', '$(docs).map((doc) => doc);'],
    [
      'a local class with a map of its own',
      code`
        class Option { map(fn) { this.fn = fn; } }
        const option = new Option();
        option.map((doc) => $(doc));
      `,
    ],
  ])('not %s', (_, text) => {
    expect(positionsOf(text)).toEqual([]);
  });
});

describe('functions that run as part of what surrounds them', () => {
  it.each([
    ['then', 'for (const doc of docs) load(doc).then((text) => $(text), (error) => fail(error));'],
    [
      'the second argument of then',
      code`
        for (const doc of docs) load(doc).then(null, (error) => $(error));
      `,
    ],
    ['catch', 'for (const doc of docs) load(doc).catch((error) => $(error));'],
    ['finally', 'for (const doc of docs) load(doc).finally(() => $(doc));'],
    ['new Promise', 'for (const doc of docs) await new Promise((resolve) => { $(doc); });'],
    [
      'a function called on the spot',
      code`
        for (const doc of docs) promises.push((async () => { $(doc); })());
      `,
    ],
    [
      'a function called through call',
      code`
        for (const doc of docs) (function () { $(doc); }).call(null);
      `,
    ],
    ['setTimeout', 'for (const doc of docs) setTimeout(() => $(doc), 100);'],
    [
      'a limiter',
      code`
        import pLimit from 'p-limit';
        const limit = pLimit(5);
        for (const doc of docs) jobs.push(limit(() => $(doc)));
      `,
    ],
    [
      'a queue',
      code`
        import PQueue from 'p-queue';
        const queue = new PQueue();
        for (const doc of docs) queue.add(async () => $(doc));
      `,
    ],
    [
      'p-retry',
      code`
        import pRetry from 'p-retry';
        for (const doc of docs) await pRetry(() => $(doc), { retries: 3 });
      `,
    ],
    [
      'a stream',
      code`
        for (const doc of docs) send(new ReadableStream({ async start(controller) { $(doc); } }));
      `,
    ],
    [
      'a wrapper called on the spot',
      code`
        import { traceable } from 'langsmith/traceable';
        for (const doc of docs) await traceable(async () => $(doc))();
      `,
    ],
    [
      'a retry function of the file',
      code`
        async function retry(fn) { for (let i = 0; i < 3; i++) { try { return await fn(); } catch {} } }
        for (const doc of docs) await retry(() => $(doc));
      `,
    ],
    [
      'a timing function of the file',
      code`
        const timed = async (label, fn) => { const result = await fn(); return result; };
        for (const doc of docs) await timed("x", async () => $(doc));
      `,
    ],
    [
      'a method of the file',
      code`
        class Runner { async run(fn) { return fn(); } }
        const runner = new Runner();
        for (const doc of docs) await runner.run(async () => $(doc));
      `,
    ],
    [
      'a function of the file that hands it on',
      code`
        const outer = (fn) => inner(fn);
        const inner = (fn) => fn();
        for (const doc of docs) outer(() => $(doc));
      `,
    ],
  ])('%s', (_, text) => {
    expect(positionsOf(text)).toEqual(['loop docs (doc)']);
  });

  it('a function of the file that runs its parameter per item', () => {
    const text = code`
      async function inBatches(items, size, work) {
        for (let i = 0; i < items.length; i += size) {
          await Promise.all(items.slice(i, i + size).map((item) => work(item)));
        }
      }
      await inBatches(docs, 5, async (doc) => $(doc));
    `;
    expect(positionsOf(text)).toEqual(['callback ? (doc)']);
  });

  it('names the items of a function of the file that maps over its parameter', () => {
    expect(
      positionsOf(code`
        const each = (xs, fn) => xs.map(fn);
        each(docs, (doc) => $(doc));
      `),
    ).toEqual(['callback docs (doc)']);
    expect(
      positionsOf(code`
        async function each(xs, fn) { for (const x of xs) await fn(x); }
        each(docs, (doc) => $(doc));
      `),
    ).toEqual(['callback docs (doc)']);
  });

  it('a function of the file that keeps its parameter does not run it', () => {
    expect(
      positionsOf(
        code`
          const jobs = [];
          const later = (fn) => { jobs.push(fn); };
          for (const doc of docs) later(() => $(doc));
        `,
      ),
    ).toEqual([]);
    expect(
      positionsOf(code`
        const later = (fn) => () => fn();
        for (const doc of docs) later(() => $(doc));
      `),
    ).toEqual([]);
  });

  it('a function that only runs itself ends', () => {
    expect(
      positionsOf(code`
        const spin = (fn) => spin(fn);
        for (const doc of docs) spin(() => $(doc));
      `),
    ).toEqual([]);
  });
});

describe('named callbacks', () => {
  it.each([
    [
      'a function',
      code`
        async function summarize(doc) { return $(doc); }
        await Promise.all(docs.map(summarize));
      `,
    ],
    ['a constant', 'const summarize = async (doc) => $(doc); docs.map(summarize);'],
    [
      'a method',
      code`
        class Service {
          async all(docs) { return docs.map(this.summarize); }
          async summarize(doc) { return $(doc); }
        }
      `,
    ],
    [
      'a bound method',
      code`
        class Service {
          async all(docs) { return docs.map(this.summarize.bind(this)); }
          async summarize(doc) { return $(doc); }
        }
      `,
    ],
    [
      'a field that holds an arrow function',
      code`
        class Service { summarize = async (doc) => $(doc); all(docs) { return docs.map(this.summarize); } }
      `,
    ],
    [
      'a method of an object',
      code`
        const service = { summarize: async (doc) => $(doc) };
        docs.map(service.summarize);
      `,
    ],
    [
      'a wrapped function',
      code`
        import { traceable } from 'langsmith/traceable';
        const summarize = traceable(async (doc) => $(doc));
        docs.map(summarize);
      `,
    ],
    [
      'a function wrapped by the file',
      code`
        const logged = (fn) => async (...args) => fn(...args);
        docs.map(logged(async (doc) => $(doc)));
      `,
    ],
  ])('%s', (_, text) => {
    expect(positionsOf(text)).toEqual(['callback docs (doc)']);
  });

  it('of a function that is called elsewhere too, the positions are not its own', () => {
    expect(
      positionsOf(code`
        const summarize = async (doc) => $(doc);
        docs.map(summarize);
        await summarize(first);
      `),
    ).toEqual([]);
  });

  it('a function that is called by name in a loop is not a callback', () => {
    expect(
      positionsOf(code`
        const summarize = async (doc) => $(doc);
        for (const doc of docs) await summarize(doc);
      `),
    ).toEqual([]);
  });
});

describe('findPerItemSites', () => {
  it('follows calls of functions of the file', () => {
    const text = code`
      const build = () => $(1);
      const summarize = async (doc) => build().invoke(doc);
      for (const doc of docs) await summarize(doc);
    `;
    expect(sitesOf(text)).toEqual(['loop docs (doc) > summarize(doc) > build()']);
  });

  it('follows methods of the class', () => {
    const text = code`
      class Service {
        model() { return $(1); }
        async run(docs) { await Promise.all(docs.map((doc) => this.model().invoke(doc))); }
      }
    `;
    expect(sitesOf(text)).toEqual(['callback docs (doc) > this.model()']);
  });

  it('follows constructors', () => {
    expect(
      sitesOf(code`
        class Job { constructor() { this.model = $(1); } }
        for (const doc of docs) new Job(doc);
      `),
    ).toEqual(['loop docs (doc) > new Job(doc)']);
  });

  it('finds every position, the nearest first', () => {
    const text = code`
      async function summarize(doc) { return $(doc); }
      for (const doc of docs) await summarize(doc);
      await Promise.all(more.map(summarize));
      await summarize(first);
    `;
    expect(sitesOf(text)).toEqual(['callback more (doc)', 'loop docs (doc) > summarize(doc)']);
  });

  it('counts the position of the node itself', () => {
    expect(sitesOf('docs.map((doc) => $(doc));')).toEqual(['callback docs (doc)']);
  });

  it('ends at functions that call one another', () => {
    expect(
      sitesOf(code`
        function a(x) { return x ? b($(x)) : 0; }
        function b(x) { return a(x - 1); }
        a(3);
      `),
    ).toEqual([]);
    expect(
      sitesOf(code`
        function walk(node) { $(node); node.children.forEach(walk); }
        walk(root);
      `),
    ).toEqual(['callback node.children (node)']);
  });

  it('does not follow a function that is handed to something unknown', () => {
    expect(
      sitesOf(code`
        const onDone = () => $(1);
        for (const doc of docs) doc.addListener('done', onDone);
      `),
    ).toEqual([]);
  });
});

describe('isRetryLoop', () => {
  function retries(text: string): boolean {
    const file = parse(text);
    const [marked] = findMarked(file);
    let loop = marked?.parent;
    while (loop && !isLoop(loop)) loop = loop.parent;
    if (!isLoop(loop) || !marked) throw new Error('Nothing is marked in a loop.');
    return isRetryLoop(loop, marked);
  }

  it.each([
    [
      'return behind it',
      code`
        async function load() {
          while (true) { try { const store = await $(1); return store; } catch { await sleep(1000); } }
        }
      `,
    ],
    [
      'returned on the spot',
      code`
        async function load() {
          for (let i = 0; i < 3; i++) {
            try { return await $(1); } catch (error) { last = error; }
          }
        }
      `,
    ],
    [
      'break behind it',
      code`
        for (let i = 0; i < 3; i++) {
          try { store = await $(1); break; } catch (error) { if (i === 2) throw error; }
        }
      `,
    ],
    ['break of a label', 'retry: while (true) { try { await $(1); break retry; } catch {} }'],
    [
      'a flag',
      code`
        let done = false;
        let tries = 0;
        while (!done && tries < 3) { try { await $(1); done = true; } catch { tries++; } }
      `,
    ],
    [
      'a missing value',
      code`
        let store;
        do { try { store = await $(1); } catch { await sleep(1000); } } while (!store);
      `,
    ],
    [
      'a value compared with null',
      code`
        let store = null;
        while (store === null) { store = await $(1); }
      `,
    ],
    [
      'a condition in a try',
      code`
        async function ask() {
          for (let i = 0; i < 3; i++) {
            try {
              const model = $(1);
              const answer = await model.invoke(q);
              if (isValid(answer)) return answer;
            } catch {}
          }
        }
      `,
    ],
    [
      'a condition behind the try',
      'while (true) { try { answer = await $(1); } catch { continue; } if (answer.ok) break; }',
    ],
    [
      'fallbacks, the first that works',
      code`
        async function ask() {
          for (const name of names) { try { return await $(name); } catch {} }
        }
      `,
    ],
    [
      'a callback in the tried part',
      code`
        while (true) {
          try {
            await Promise.all(docs.map(async (doc) => { const model = $(1); return model.invoke(doc); }));
            break;
          } catch {}
        }
      `,
    ],
    [
      'either branch leaves',
      code`
        async function ask() {
          while (true) { const a = await $(1); if (a.ok) { return a; } else { return null; } }
        }
      `,
    ],
  ])('%s', (_, text) => {
    expect(retries(text)).toBe(true);
  });

  it.each([
    [
      'a loop over items',
      code`
        for (const doc of docs) { const model = $(1); await model.invoke(doc); }
      `,
    ],
    [
      'a loop over items that swallows errors',
      code`
        for (const doc of docs) {
          try { const model = $(1); await model.invoke(doc); } catch (error) { log(error); }
        }
      `,
    ],
    [
      'a search through items',
      code`
        async function find() {
          for (const doc of docs) {
            try { const a = await $(doc); if (a.ok) return a; } catch {}
          }
        }
      `,
    ],
    [
      'a loop that drains a queue',
      code`
        while (true) { const job = await queue.take(); if (!job) break; await $(job); }
      `,
    ],
    [
      'an agent loop',
      code`
        while (true) {
          const answer = await $(1).invoke(messages);
          if (answer.tool_calls.length === 0) break;
          messages.push(answer);
        }
      `,
    ],
    [
      'break of an inner loop',
      code`
        for (const doc of docs) {
          for (const page of doc.pages) { if (page.last) break; }
          await $(doc);
        }
      `,
    ],
    [
      'break of a switch',
      code`
        for (const doc of docs) {
          switch (doc.kind) { case 1: await $(doc); break; }
        }
      `,
    ],
    [
      'return of a nested function',
      code`
        for (const doc of docs) { doc.run(() => { $(doc); return 1; }); }
      `,
    ],
    ['continue behind it', 'for (const doc of docs) { await $(doc); continue; }'],
  ])('not %s', (_, text) => {
    expect(retries(text)).toBe(false);
  });
});
