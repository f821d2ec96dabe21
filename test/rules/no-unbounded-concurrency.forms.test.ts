import rule from '../../rules/no-unbounded-concurrency.ts';
import { reports, silent } from '../helpers/cases.ts';
import { code } from '../helpers/code.ts';
import { StrictRuleTester } from '../helpers/rule-tester.ts';

const tester = new StrictRuleTester();

const withModel = (body: string): string => code`
  import { ChatOpenAI } from '@langchain/openai';
  const model = new ChatOpenAI({ model: 'gpt-4.1-mini' });
  ${body}
`;

/** A model from elsewhere, on which no limit can be set. */
const withGiven = (body: string): string => code`
  import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
  import { show } from './show';
  export async function run(model: BaseChatModel, texts: string[]) {
    ${body}
  }
`;

/** A retriever of the file that asks a model. */
const retriever = (answer: string, body: string): string => code`
  import { ChatOpenAI } from '@langchain/openai';
  import { BaseRetriever } from '@langchain/core/retrievers';
  import { Sema } from 'async-sema';
  import pLimit from 'p-limit';
  const limit = pLimit(3);
  const turns = new Sema(3);
  const limited = new ChatOpenAI({ model: 'gpt-4.1-mini', maxConcurrency: 4 });
  const model = new ChatOpenAI({ model: 'gpt-4.1-mini' });
  class Hyde extends BaseRetriever {
    lc_namespace = ['hyde'];
    async _getRelevantDocuments(q: string) {
      const reply = ${answer};
      return [{ pageContent: String(reply), metadata: {} }];
    }
    private async ask(q: string) {
      await turns.acquire();
      try {
        return await model.invoke(q);
      } finally {
        turns.release();
      }
    }
  }
  const retriever = new Hyde();
  export async function run(texts: string[]) {
    ${body}
  }
`;
const fill = (after: string): string =>
  after
    .replaceAll('\n', '\n  ')
    .replace('{chunks}', 'for (let start = 0; start < texts.length; start += 5)')
    .replace('{all}', 'await Promise.allSettled(texts.slice(start, start + 5).map((text) => model.invoke(text)))');

/** `texts.filter(async (text) => …)`, a few at a time. */
const asked = (name: string, verdict: string, after: string): string =>
  code`
    const ${name} = [];
    for (let start = 0; start < texts.length; start += 5) {
      const part = texts.slice(start, start + 5);
      const verdicts = await Promise.all(part.map(async (text) => ${verdict}));
      ${name}.push(...part.filter((_, index) => verdicts[index]));
    }
    ${after}
  `
    .trimEnd()
    .replaceAll('\n', '\n  ');

const LIMIT = { limit: '5' };
const call = 'model.invoke()';
const list = '`docs`';
const limited: readonly [string, string] = ["'gpt-4.1-mini' }", "'gpt-4.1-mini', maxConcurrency: 5 }"];
const limitModel = { messageId: 'limitModel', data: { ...LIMIT, model: 'ChatOpenAI' }, output: limited } as const;
const started = { messageId: 'started', data: { call, list } } as const;
const lambda = '`RunnableLambda.from(…).batch(…, { maxConcurrency: 5 })`';
const timed = '(doc: (typeof docs)[number]) => model.invoke(doc, { timeout: 30_000 })';
const batch = '`model.batch(…, { maxConcurrency: 5 })`';
const limiter = 'p-limit or similar around each call';

tester.run(rule, {
  valid: [
    silent(
      'filter of modern-async, which waits for its callback',
      withModel(code`
        import { filter } from 'modern-async';
        export const run = (docs) => filter(docs, async (doc) => (await model.invoke(doc)).text === 'yes', 3);
      `),
    ),
    ...(
      [
        ['a limiter', 'await limit(() => model.invoke(q))'],
        ['a semaphore', 'await this.ask(q)'],
        ['a model with a limit', 'await limited.invoke(q)'],
      ] as const
    ).map(([name, answer]) =>
      silent(
        `a retriever of the file that goes through ${name}`,
        retriever(answer, 'return Promise.all(texts.map((text) => retriever.invoke(text)));'),
      ),
    ),
    silent(
      'a lambda that goes through a limiter',
      code`
        import { RunnableLambda } from '@langchain/core/runnables';
        import { ChatOpenAI } from '@langchain/openai';
        import pLimit from 'p-limit';
        const limit = pLimit(3);
        const model = new ChatOpenAI({ model: 'gpt-4.1-mini' });
        const ask = RunnableLambda.from((text: string) => limit(() => model.invoke(text)));
        export const run = (texts: string[]) => Promise.all(texts.map((text) => ask.invoke(text)));
      `,
    ),
    silent(
      'a retriever of the file that only computes',
      retriever(
        "[{ pageContent: q.split(' ').join('-') }][0]",
        'return Promise.all(texts.map((text) => retriever.invoke(text)));',
      ),
    ),
    silent(
      'a graph whose nodes only compute',
      code`
        import { StateGraph } from '@langchain/langgraph';
        import { State } from './state';
        const graph = new StateGraph(State)
          .addNode('clean', (state) => ({ text: state.text.trim() }))
          .addEdge('__start__', 'clean')
          .compile();
        export const run = (texts: string[]) => Promise.all(texts.map((text) => graph.invoke({ text })));
      `,
    ),
    silent(
      'the implementation of a store, and what its batch calls',
      code`
        import { BaseStore, type Operation, type PutOperation } from '@langchain/langgraph';
        import type { Embeddings } from '@langchain/core/embeddings';
        import { db } from './db';
        export class SqlStore extends BaseStore {
          constructor(private readonly embeddings: Embeddings) { super(); }
          async batch(operations: Operation[]) {
            return Promise.all(operations.map(async (op) => ('value' in op ? this.write(op) : null)));
          }
          private async write(op: PutOperation) {
            const [vector] = await this.embeddings.embedDocuments([JSON.stringify(op.value)]);
            await db.put(op.namespace, vector);
          }
        }
      `,
    ),
    silent(
      'a graph, alone and as a node of another one, whose model has a limit',
      code`
        import { ChatAnthropic } from '@langchain/anthropic';
        import { Annotation, START, StateGraph } from '@langchain/langgraph';
        const State = Annotation.Root({ title: Annotation<string>, text: Annotation<string> });
        const model = new ChatAnthropic({ model: 'claude-sonnet-4-5', maxConcurrency: 4 });
        const write = async (state: typeof State.State) => ({ text: (await model.invoke(state.title)).text });
        const section = new StateGraph(State).addNode('write', write).addEdge(START, 'write').compile();
        const outer = new StateGraph(State).addNode('section', section).addEdge(START, 'section').compile();
        export const all = (titles: string[]) => Promise.all(titles.map((title) => section.invoke({ title })));
        export const again = (titles: string[]) => Promise.all(titles.map((title) => outer.invoke({ title })));
      `,
    ),
    silent(
      'a mapper of Array.fromAsync, which waits for each',
      withModel('export const run = (docs) => Array.fromAsync(docs, (doc) => model.invoke(doc));'),
    ),
    silent(
      'a generator that waits for each',
      withModel(code`
        async function* replies(docs) { for (const doc of docs) yield await model.invoke(doc); }
        export async function run(docs) { for await (const reply of replies(docs)) console.log(reply.text); }
      `),
    ),
    silent(
      'a reducer that waits for what came before',
      withModel(code`
        export const run = (docs) =>
          docs.reduce(async (done, doc) => [...(await done), await model.invoke(doc)], Promise.resolve([]));
      `),
    ),
    silent(
      'a chain in a loop over a short list',
      withModel(code`
        export function run() {
          for (const doc of ['a', 'b']) model.invoke(doc).then(console.log).catch(console.error);
        }
      `),
    ),
    silent(
      'a chain per message of a queue',
      withModel(code`
        export async function run(queue) {
          for await (const doc of queue) model.invoke(doc).then(console.log).catch(console.error);
        }
      `),
    ),
    silent(
      'a call that is left alone in a loop, which is no-unawaited-call’s',
      withModel('export function run(docs) { for (const doc of docs) { model.invoke(doc); } }'),
    ),
    silent(
      'a filter that does not wait',
      withModel('export const run = (docs) => docs.filter((doc) => doc.length > model.name.length);'),
    ),
    silent(
      'a method of the file that is named as the list’s',
      withModel(code`
        const map = async (docs, run) => { for (const doc of docs) await run(doc); };
        export async function summarize(docs) { await map(docs, async (doc) => { await model.invoke(doc); }); }
      `),
    ),
  ],

  invalid: [
    reports(
      'map that nothing is done with',
      withModel(code`
        export async function run(docs) {
          docs.⟦map⟧(async (doc) => { await model.invoke(doc); });
        }
      `),
      {
        messageId: 'mapLost',
        data: { call, list },
        suggestions: [
          {
            messageId: 'useLoop',
            data: LIMIT,
            output: [
              'docs.map(async (doc) => { await model.invoke(doc); });',
              'for (const doc of docs) { await model.invoke(doc); }',
            ],
          },
        ],
      },
    ),
    reports(
      'map that is awaited as it stands',
      withModel(code`
        export async function run(docs) {
          const replies = await docs.⟦map⟧((doc) => model.invoke(doc));
          return replies.length;
        }
      `),
      {
        messageId: 'mapAwaited',
        data: { call, combinator: 'docs.map', advice: '`model.batch(…, { maxConcurrency: 5 })`' },
        suggestions: [
          {
            messageId: 'useBatch',
            data: { ...LIMIT, receiver: 'model' },
            output: ['docs.map((doc) => model.invoke(doc))', 'model.batch([...docs], { maxConcurrency: 5 })'],
          },
        ],
      },
    ),
    reports(
      'filter with an async callback',
      withModel("export const run = (docs) => docs.⟦filter⟧(async (doc) => (await model.invoke(doc)).text === 'yes');"),
      { messageId: 'filter', data: { call, list } },
    ),
    reports(
      'filter with an async callback, in a function that can wait',
      withGiven("return texts.⟦filter⟧(async (text) => (await model.invoke(text)).text.startsWith('yes'));"),
      {
        messageId: 'filter',
        data: { call, list: '`texts`' },
        suggestions: [
          {
            messageId: 'useChunks',
            data: LIMIT,
            output: withGiven(asked('results', "(await model.invoke(text)).text.startsWith('yes')", 'return results;')),
          },
        ],
      },
    ),
    reports(
      'filter of a list in parentheses',
      withGiven('return (texts as string[]).⟦filter⟧(async (text) => isGood(await model.invoke(text)));'),
      {
        messageId: 'filter',
        data: { call, list: '`texts`' },
        suggestions: [
          {
            messageId: 'useChunks',
            data: LIMIT,
            output: withGiven(
              asked('results', 'isGood(await model.invoke(text))', 'return results;')
                .replace('texts.length', '(texts as string[]).length')
                .replace('texts.slice', '(texts as string[]).slice'),
            ),
          },
        ],
      },
    ),
    reports(
      'calls for each element of a list in parentheses',
      withGiven('return await ⟦Promise.allSettled⟧((texts as string[]).map((text) => model.invoke(text)));'),
      {
        messageId: 'unbounded',
        data: { combinator: 'Promise.allSettled', call, list: '`texts`', advice: limiter },
        suggestions: [
          {
            messageId: 'useChunks',
            data: LIMIT,
            output: withGiven(
              fill('const results = [];\n{chunks}\n  results.push(...({all}));\nreturn results;')
                .replace('texts.length', '(texts as string[]).length')
                .replace('texts.slice', '(texts as string[]).slice'),
            ),
          },
        ],
      },
    ),
    reports(
      'filter with an async callback that is awaited, and whose result has a name',
      withGiven(
        'const kept = await texts.⟦filter⟧(async (text) => isGood(await model.invoke(text))); show(kept.length);',
      ),
      {
        messageId: 'filter',
        data: { call, list: '`texts`' },
        suggestions: [
          {
            messageId: 'useChunks',
            data: LIMIT,
            output: withGiven(
              asked('kept', 'isGood(await model.invoke(text))', '// shown').replace(
                '}\n  // shown',
                '} show(kept.length);',
              ),
            ),
          },
        ],
      },
    ),
    ...(
      [
        ['takes the index', 'return texts.⟦filter⟧(async (text, index) => isGood(await model.invoke(text), index));'],
        [
          'stands behind other work',
          'show(start(), texts.⟦filter⟧(async (text) => isGood(await model.invoke(text))));',
        ],
        ['is a statement', 'texts.⟦filter⟧(async (text) => isGood(await model.invoke(text)));'],
      ] as const
    ).map(([name, body]) =>
      reports(`filter with an async callback that ${name}`, withGiven(body), {
        messageId: 'filter',
        data: { call, list: '`texts`' },
      }),
    ),
    reports(
      'a push in forEach, whose list is awaited below',
      code`
        import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
        export async function run(model: BaseChatModel, texts: string[]) {
          const replies = [];
          texts.forEach((text) => replies.push(model.invoke(text))); // in turn
          return ⟦Promise.all⟧(replies);
        }
      `,
      {
        messageId: 'unbounded',
        data: { combinator: 'Promise.all', call, list: '`texts`', advice: lambda },
        suggestions: [
          {
            messageId: 'awaitEach',
            data: LIMIT,
            output: [
              'texts.forEach((text) => replies.push(model.invoke(text)));',
              'for (const text of texts) replies.push(await model.invoke(text));',
            ],
          },
        ],
      },
    ),
    reports(
      'forEach of lodash',
      code`
        import _ from 'lodash';
        import { ChatOpenAI } from '@langchain/openai';
        const model = new ChatOpenAI({ model: 'gpt-4.1-mini' });
        export async function run(docs) { _.⟦forEach⟧(docs, async (doc) => { await model.invoke(doc); }); }
      `,
      {
        messageId: 'lost',
        data: { call, list },
        suggestions: [
          {
            messageId: 'useLoop',
            data: LIMIT,
            output: [
              '_.forEach(docs, async (doc) => { await model.invoke(doc); });',
              'for (const doc of docs) { await model.invoke(doc); }',
            ],
          },
        ],
      },
    ),
    ...(
      [
        ['a list that may be missing', 'texts?: string[]', 'texts', '?.', 'texts ?? []'],
        ['a part of what may be missing', 'page?: { texts: string[] }', 'page?.texts', '.', 'page?.texts ?? []'],
        [
          'one of two lists that may be missing',
          'a?: string[], b?: string[]',
          '(a || b)',
          '?.',
          '(a || b) ?? []',
          'a || b',
        ],
        ['a Map', 'pages: Map<string, string>', 'pages', '.', 'pages.values()'],
        ['a Map that may be missing', 'pages?: ReadonlyMap<string, string>', 'pages', '?.', 'pages?.values() ?? []'],
        ['a Map in a part', '{ pages }: { pages: Map<string, string> }', 'pages', '.', 'pages.values()'],
        ['a Set', 'texts: Set<string>', 'texts', '.', 'texts'],
      ] as const
    ).map(([name, parameters, object, dot, iterated, quoted = object]) =>
      reports(
        `forEach of ${name}`,
        withModel(code`
          export async function run(${parameters}) {
            ${object}${dot}⟦forEach⟧(async (text) => { await model.invoke(text); });
          }
        `),
        {
          messageId: 'lost',
          data: { call, list: `\`${quoted}\`` },
          suggestions: [
            {
              messageId: 'useLoop',
              data: LIMIT,
              output: [
                `${object}${dot}forEach(async (text) => { await model.invoke(text); });`,
                `for (const text of ${iterated}) { await model.invoke(text); }`,
              ],
            },
          ],
        },
      ),
    ),
    ...(
      [
        ['a Map of a class', 'pages = new Map<string, string>();', 'this.pages', 'this.pages.values()'],
        ['a Map or a list', 'constructor(readonly pages: Map<string, string> | string[]) {}', 'this.pages', null],
      ] as const
    ).map(([name, member, object, iterated]) =>
      reports(
        `forEach of ${name}`,
        withModel(code`
          export class Reader {
            ${member}
            async run() { ${object}.⟦forEach⟧(async (text) => { await model.invoke(text); }); }
          }
        `),
        {
          messageId: 'lost',
          data: { call, list: `\`${object}\`` },
          ...(iterated !== null && {
            suggestions: [
              {
                messageId: 'useLoop',
                data: LIMIT,
                output: [
                  `${object}.forEach(async (text) => { await model.invoke(text); });`,
                  `for (const text of ${iterated}) { await model.invoke(text); }`,
                ],
              },
            ],
          }),
        },
      ),
    ),
    reports(
      'forEach of a class that extends Map',
      withModel(code`
        class Pages extends Map<string, string> {}
        export async function run(pages: Pages) { pages.⟦forEach⟧(async (text) => { await model.invoke(text); }); }
      `),
      { messageId: 'lost', data: { call, list: '`pages`' } },
    ),
    ...(
      [
        ['uses its index', 'async (text, i) => ({ i, reply: await model.invoke(text) })'],
        ['takes all arguments', 'async (...args) => ({ reply: await model.invoke(args[0]), i: args[1] })'],
      ] as const
    ).map(([name, callback]) =>
      reports(`a callback that ${name}, without p-limit`, withGiven(`return ⟦Promise.all⟧(texts.map(${callback}));`), {
        messageId: 'unbounded',
        data: { combinator: 'Promise.all', call, list: '`texts`', advice: limiter },
      }),
    ),
    ...(
      [
        ['every', "docs.⟦every⟧(async (doc) => (await model.invoke(doc)).text === 'yes')"],
        ['every of lodash', "_.⟦every⟧(docs, async (doc) => (await model.invoke(doc)).text === 'yes')"],
      ] as const
    ).map(([name, checked]) =>
      reports(
        `${name} with an async callback`,
        code`
          import _ from 'lodash';
          import { ChatOpenAI } from '@langchain/openai';
          const model = new ChatOpenAI({ model: 'gpt-4.1-mini' });
          export const run = (docs) => ${checked};
        `,
        { messageId: 'every', data: { call, list } },
      ),
    ),
    ...['every', 'filter'].map((name) =>
      reports(
        `${name} of async, which waits for its callback`,
        code`
          import * as async from 'async';
          import { ChatOpenAI } from '@langchain/openai';
          const model = new ChatOpenAI({ model: 'gpt-4.1-mini' });
          export const run = (docs) => ⟦async.${name}⟧(docs, async (doc) => (await model.invoke(doc)).text === 'yes');
        `,
        {
          messageId: 'unlimitedMapper',
          data: { combinator: `async.${name}`, call, list, advice: 'a limit such as 5' },
        },
      ),
    ),
    reports(
      'forEach whose async callback does not wait either',
      withModel('export const run = (docs) => { docs.⟦forEach⟧(async (doc) => { model.invoke(doc); }); };'),
      { messageId: 'lost', data: { call, list } },
    ),
    reports(
      'forEach with a chain whose failure nobody gets',
      withModel(code`
        export async function run(docs) { docs.⟦forEach⟧((doc) => model.invoke(doc).then(console.log)); }
      `),
      {
        messageId: 'lost',
        data: { call, list },
        suggestions: [
          {
            messageId: 'useLoop',
            data: LIMIT,
            output: [
              'docs.forEach((doc) => model.invoke(doc).then(console.log));',
              'for (const doc of docs) await model.invoke(doc).then(console.log);',
            ],
          },
        ],
      },
    ),
    reports(
      'a chain in a loop',
      withModel(code`
        export function run(docs) {
          for (const doc of docs) {
            ⟦model.invoke⟧(doc).then(console.log).catch(console.error);
          }
        }
      `),
      {
        ...started,
        suggestions: [
          {
            messageId: 'awaitEach',
            data: LIMIT,
            output: withModel(code`
              export async function run(docs) {
                for (const doc of docs) {
                  await model.invoke(doc).then(console.log).catch(console.error);
                }
              }
            `),
          },
        ],
      },
    ),
    reports(
      'a helper with a chain in a loop, and a chain in forEach',
      withModel(code`
        const summarize = async (doc) => (await model.invoke(doc)).text;
        export async function run(docs) {
          for (const doc of docs) ⟦summarize⟧(doc).catch(console.error);
          docs.forEach((doc) => { ⟦summarize⟧(doc).catch(console.error); });
        }
      `),
      {
        ...started,
        suggestions: [{ messageId: 'awaitEach', data: LIMIT, output: [') summarize(doc)', ') await summarize(doc)'] }],
      },
      started,
    ),
    ...(
      [
        ['for await over a map', 'for await (const reply of docs.⟦map⟧((doc) => model.invoke(doc))) show(reply);'],
        [
          'promises that are awaited one by one',
          'const calls = docs.⟦map⟧((doc) => model.invoke(doc)); for (const one of calls) show(await one);',
        ],
      ] as const
    ).map(([name, body]) =>
      reports(name, withModel(`export async function run(docs) { ${body} }`), {
        messageId: 'unbounded',
        data: { combinator: 'docs.map', call, list, advice: batch },
        suggestions: [
          {
            messageId: 'useBatch',
            data: { ...LIMIT, receiver: 'model' },
            output: ['docs.map((doc) => model.invoke(doc))', 'await model.batch([...docs], { maxConcurrency: 5 })'],
          },
          limitModel,
        ],
      }),
    ),
    ...(
      [
        ['by their index, over its keys', 'for (const i of calls.keys()) show(await calls[i]);'],
        ['one by one, and shown as promises', 'for (const one of calls) show(await one, one);'],
      ] as const
    ).map(([name, body]) =>
      reports(
        `promises that are awaited ${name}`,
        withModel(`export async function run(docs) { const calls = docs.⟦map⟧((doc) => model.invoke(doc)); ${body} }`),
        {
          messageId: 'unbounded',
          data: { combinator: 'docs.map', call, list, advice: lambda },
          suggestions: [limitModel],
        },
      ),
    ),
    // The deadline of a call runs while it waits in the queue of the model, and would be one for all of a batch.
    reports(
      'calls with a deadline each',
      withModel(code`
        export const run = (docs) => ⟦Promise.all⟧(docs.map((doc) => model.invoke(doc, { timeout: 30_000 })));
      `),
      {
        messageId: 'unbounded',
        data: { combinator: 'Promise.all', call, list, advice: lambda },
        suggestions: [
          {
            messageId: 'useLambda',
            data: LIMIT,
            output: code`
              import { ChatOpenAI } from '@langchain/openai';
              import { RunnableLambda } from '@langchain/core/runnables';
              const model = new ChatOpenAI({ model: 'gpt-4.1-mini' });
              export const run = (docs) => RunnableLambda.from(${timed}).batch([...docs], { maxConcurrency: 5 });
            `,
          },
        ],
      },
    ),
    reports(
      'promises that a loop collects and that are awaited one by one',
      withModel(code`
        export async function run(docs) {
          const calls = [];
          for (const doc of docs) calls.⟦push⟧(model.invoke(doc));
          for (const one of calls) show(await one);
        }
      `),
      {
        messageId: 'unbounded',
        data: { combinator: 'calls.push', call, list, advice: lambda },
        suggestions: [limitModel],
      },
    ),
    reports(
      'Array.fromAsync over promises',
      withModel('export const run = (docs) => ⟦Array.fromAsync⟧(docs.map((doc) => model.invoke(doc)));'),
      {
        messageId: 'unbounded',
        data: { combinator: 'Array.fromAsync', call, list, advice: limiter },
        suggestions: [limitModel],
      },
    ),
    reports(
      'a generator of promises',
      withModel(code`
        function* calls(docs) { for (const doc of docs) yield model.invoke(doc); }
        export const run = (docs) => ⟦Promise.all⟧(calls(docs));
      `),
      {
        messageId: 'unbounded',
        data: {
          combinator: 'Promise.all',
          call,
          list,
          advice: lambda,
        },
        suggestions: [limitModel],
      },
    ),
    reports(
      'a reducer that makes its call before it waits',
      withModel(code`
        export const run = (docs) =>
          docs.⟦reduce⟧(async (done, doc) => {
            const reply = await model.invoke(doc);
            return [...(await done), reply];
          }, Promise.resolve([]));
      `),
      {
        messageId: 'unbounded',
        data: { combinator: 'docs.reduce', call, list, advice: lambda },
        suggestions: [limitModel],
      },
    ),
    // Nothing but the loop can be bounded where the model comes from elsewhere.
    ...(
      [
        [
          'calls whose results are declared',
          'const replies = await ⟦Promise.allSettled⟧(texts.map((text) => model.invoke(text))); return replies.length;',
          'const replies = [];\n{chunks}\n  replies.push(...({all})); return replies.length;',
        ],
        [
          'calls whose results an inner function reads, for which the list must have its type',
          'const replies = await ⟦Promise.allSettled⟧(texts.map((text) => model.invoke(text))); return () => replies;',
          'const results = [];\n{chunks}\n  results.push(...({all}));\nconst replies = results; return () => replies;',
        ],
        [
          'calls whose results are dropped',
          'await ⟦Promise.allSettled⟧(texts.map((text) => model.invoke(text)));',
          '{chunks} {all};',
        ],
        [
          'calls whose results are passed on',
          'show(await ⟦Promise.allSettled⟧(texts.map((text) => model.invoke(text))));',
          'const results = [];\n{chunks}\n  results.push(...({all}));\nshow(results);',
        ],
      ] as const
    ).map(([name, body, after]) =>
      reports(name, withGiven(body), {
        messageId: 'unbounded',
        data: { combinator: 'Promise.allSettled', call, list: '`texts`', advice: limiter },
        suggestions: [{ messageId: 'useChunks', data: LIMIT, output: withGiven(fill(after)) }],
      }),
    ),
    ...(
      [
        [
          'results of a type that is written',
          'const replies: Reply[] = await ⟦Promise.allSettled⟧(texts.map((text) => model.invoke(text))); show(start);',
        ],
        [
          'results behind what comes before them',
          'show(next(), await ⟦Promise.allSettled⟧(texts.map((text) => model.invoke(text))));',
        ],
        [
          'a callback that uses the index',
          'await ⟦Promise.allSettled⟧(texts.map((text, index) => model.invoke(text + index)));',
        ],
        ['the fastest answer', 'await ⟦Promise.any⟧(texts.map((text) => model.invoke(text)));'],
      ] as const
    ).map(([name, body]) =>
      reports(`nothing for ${name}`, withGiven(body), {
        messageId: 'unbounded',
        data: {
          combinator: body.includes('any') ? 'Promise.any' : 'Promise.allSettled',
          call,
          list: '`texts`',
          advice: limiter,
        },
      }),
    ),
    reports(
      'calls that a loop collects, of a model from elsewhere',
      withGiven(
        'const calls = []; for (const text of texts) calls.push(model.invoke(text)); await ⟦Promise.all⟧(calls);',
      ),
      {
        messageId: 'unbounded',
        data: { combinator: 'Promise.all', call, list: '`texts`', advice: lambda },
        suggestions: [{ messageId: 'awaitEach', data: LIMIT, output: ['push(model', 'push(await model'] }],
      },
    ),
    ...(
      [
        ['are typed as promises', 'const calls: Promise<unknown>[] = [];', 'await ⟦Promise.all⟧(calls);', 'all'],
        ['may fail each by itself', 'const calls = [];', 'await ⟦Promise.allSettled⟧(calls);', 'allSettled'],
        ['are shown as promises', 'const calls = [];', 'show(calls); await ⟦Promise.all⟧(calls);', 'all'],
      ] as const
    ).map(([name, declared, body, combinator]) =>
      reports(
        `nothing for calls that a loop collects and that ${name}`,
        withGiven(`${declared} for (const text of texts) calls.push(model.invoke(text)); ${body}`),
        {
          messageId: 'unbounded',
          data: {
            combinator: `Promise.${combinator}`,
            call,
            list: '`texts`',
            advice: combinator === 'all' ? lambda : limiter,
          },
        },
      ),
    ),
  ],
});
