import rule from '../../rules/no-unbounded-concurrency.ts';
import { code, locate } from '../helpers/code.ts';
import { type Invalid, StrictRuleTester, type Valid } from '../helpers/rule-tester.ts';
import { importForms, lookalikes, VALUE_ONLY_FORMS } from '../helpers/shape-matrix.ts';

type SuggestionId = 'addConcurrency' | 'limitModel' | 'useBatch' | 'useChunks' | 'useLambda' | 'useLimiter' | 'useLoop';
type ReportId =
  'cappedPerElement' | 'cappedStream' | 'collected' | 'lost' | 'unbounded' | 'unlimitedLimiter' | 'unlimitedMapper';
type Options = [{ limiters: readonly { module: string; name: string }[]; maxConcurrency: number; maxLiteral: number }];
type Errors = Invalid<ReportId | SuggestionId, Options>['errors'];

type Suggestion = readonly [id: SuggestionId, output: string, data: Readonly<Record<string, string>>];

interface Expected {
  readonly messageId?: ReportId;
  /** The squiggle. */
  readonly at?: string;
  readonly occurrence?: number;
  readonly combinator?: string;
  readonly call: string;
  /** As the message has it: `docs` in backticks. */
  readonly list: string;
  readonly advice?: string;
  readonly suggestions?: readonly Suggestion[];
}

function reported(
  source: string,
  {
    messageId = 'unbounded',
    at = 'Promise.all',
    occurrence = 1,
    combinator = at,
    call,
    list,
    advice = lambdaAdvice,
    suggestions = [],
  }: Expected,
): Errors[number] {
  return {
    messageId,
    data: { combinator, call, list, advice },
    ...locate(source, at, occurrence),
    ...(suggestions.length > 0
      ? { suggestions: suggestions.map(([id, output, data]) => ({ messageId: id, data, output })) }
      : {}),
  };
}

const lambdaAdvice = '`RunnableLambda.from(…).batch(…, { maxConcurrency: 5 })`';
const limiterAdvice = '`limit(() => …)` of p-limit around each call';
const streamAdvice = 'p-limit or similar around each whole stream';
const anyLimiterAdvice = 'p-limit or similar around each call';

function valid(name: string, source: string, options?: Partial<Options[0]>): Valid<Options> {
  return { name, code: source, ...(options ? { options: [options] } : {}) };
}

interface Case extends Expected {
  readonly name: string;
  readonly before: string;
  /** The text after the fix. */
  readonly after?: string;
  readonly filename?: string;
  readonly options?: Partial<Options[0]>;
  readonly settings?: Readonly<Record<string, unknown>>;
}

function invalid({
  name,
  before,
  after,
  filename,
  options,
  settings,
  ...expected
}: Case): Invalid<ReportId | SuggestionId, Options> {
  return {
    name,
    code: before,
    output: after ?? null,
    errors: [reported(before, expected)],
    ...(filename === undefined ? {} : { filename }),
    ...(options ? { options: [options] } : {}),
    ...(settings ? { settings } : {}),
  };
}

const LIMIT = { limit: '5' };

/** Replaces one snippet by another. */
function change(source: string, from: string, to: string): string {
  const parts = source.split(from);
  if (parts.length !== 2) throw new Error(`"${from}" occurs ${String(parts.length - 1)} times in:\n${source}`);
  return parts.join(to);
}

/** `maxConcurrency` behind the last option of the construction that begins with `opening`. */
function limitModel(source: string, construction: string, limited: string, className = 'ChatOpenAI'): Suggestion {
  return ['limitModel', change(source, construction, limited), { ...LIMIT, model: className }];
}

function useBatch(source: string, from: string, to: string, receiver: string): Suggestion {
  return ['useBatch', change(source, from, to), { ...LIMIT, receiver }];
}

/** @param last The last import of the file, behind which that of RunnableLambda is put; null where the file has one. */
function useLambda(source: string, from: string, to: string, last: string | null): Suggestion {
  const output = change(source, from, to);
  const imported =
    last === null
      ? output
      : change(output, last, `${last}\nimport { RunnableLambda } from '@langchain/core/runnables';`);
  return ['useLambda', imported, LIMIT];
}

function useLimiter(output: string): Suggestion {
  return ['useLimiter', output, LIMIT];
}

/** What returns all of a list at once, in chunks of it. */
function useChunks(source: string, list: string): Suggestion {
  const output = source.replace(/( *)return (Promise\.\w+\(.*\));/u, (_statement, indent: string, all: string) =>
    [
      'const results = [];',
      `for (let start = 0; start < ${list}.length; start += 5)`,
      `  results.push(...(await ${change(all, `${list}.map`, `${list}.slice(start, start + 5).map`)}));`,
      'return results;',
    ]
      .map((line) => indent + line)
      .join('\n'),
  );
  return ['useChunks', output, LIMIT];
}

// ── shared modules ───────────────────────────────────────────────────────────────────────────────────────────────────

const OPENAI = "import { ChatOpenAI } from '@langchain/openai';";
const NEW_MODEL = "new ChatOpenAI({ model: 'gpt-4o-mini' })";
const LIMITED_MODEL = "new ChatOpenAI({ model: 'gpt-4o-mini', maxConcurrency: 5 })";
const model = code`
  ${OPENAI}
  const model = ${NEW_MODEL};
`;
/** A model that is built elsewhere, so that no limit can be suggested for it. */
const given = "import type { BaseChatModel } from '@langchain/core/language_models/chat_models';\n";

function withModel(body: string): string {
  return `${model}${body}`;
}

const translate = (n: { readonly ChatOpenAI: string }, all: string): string => code`
  const model = new ${n.ChatOpenAI}({ model: 'gpt-4o-mini' });

  async function translateAll(...texts) {
    const replies = await ${all};
    return replies.map((reply) => reply.content);
  }
`;
const translateAtOnce = "Promise.all(texts.map((text) => model.invoke('Translate: ' + text)))";
const translateInBatches = "model.batch(texts.map((text) => 'Translate: ' + text), { maxConcurrency: 5 })";

/** Cases of which each is a whole module behind the same head. */
function quiet(group: string, head: string, bodies: Readonly<Record<string, string>>): Valid<Options>[] {
  return Object.entries(bodies).map(([name, body]) => valid(`${group}: ${name}`, head + body));
}

const valids: Valid<Options>[] = [
  {
    name: 'models that receive the call: their list is written in the program',
    code: code`
      import type { ChatOpenAI } from '@langchain/openai';
      export const vote = (models: ChatOpenAI[], question: string) =>
        Promise.all(models.map((llm) => llm.invoke(question)));
    `,
  },
  {
    name: 'a list whose length is checked before',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      const llm = new ChatOpenAI({ model: 'gpt-4o' });
      const MAX = 8;
      export async function ask(questions: string[]) {
        if (questions.length > MAX) throw new Error('Too many questions.');
        return Promise.all(questions.map((question) => llm.invoke(question)));
      }
    `,
  },
  {
    name: 'a list that a schema caps',
    code: code`
      import { ChatOpenAI } from '@langchain/openai';
      import { z } from 'zod';
      const llm = new ChatOpenAI({ model: 'gpt-4o' });
      const Body = z.object({ questions: z.array(z.string()).max(5) });
      export async function ask(body: unknown) {
        const { questions } = Body.parse(body);
        return Promise.all(questions.map((question) => llm.invoke(question)));
      }
    `,
  },
  ...lookalikes({ module: '@langchain/openai', names: ['ChatOpenAI'], body: (n) => translate(n, translateAtOnce) }),

  ...quiet('not a fan-out', model, {
    'one call after the other': code`
      export async function summarizeAll(docs: string[]) {
        const summaries = [];
        for (const doc of docs) summaries.push(await model.invoke(doc));
        return summaries;
      }
    `,
    'a promise chain': code`
      export const inOrder = (docs: string[]) =>
        docs.reduce((previous, doc) => previous.then(() => model.invoke(doc)), Promise.resolve());
    `,
    'an async reducer, which waits for the one before': code`
      export const inOrder = (docs: string[]) =>
        docs.reduce(async (previous, doc) => {
          const answers = await previous;
          answers.push((await model.invoke(doc)).content);
          return answers;
        }, Promise.resolve([]));
    `,
    'results awaited in the loop, saved together': code`
      import { save } from './store';
      export async function run(docs: string[]) {
        const answers = [];
        for (const doc of docs) answers.push(await model.invoke(doc));
        await Promise.all(answers.map((answer) => save(answer.content)));
      }
    `,
    'a promise kept and awaited in the same pass': code`
      export async function run(docs: string[]) {
        const pending = [];
        for (const doc of docs) {
          const answer = model.invoke(doc);
          pending.push(answer);
          await answer;
        }
        return Promise.all(pending);
      }
    `,
    'functions that are called one after the other': code`
      export async function run(docs: string[]) {
        const tasks = docs.map((doc) => () => model.invoke(doc));
        for (const task of tasks) await task();
      }
    `,
    'definitions in circles': code`
      const list = other;
      const other = list.filter(Boolean);
      const again = (docs: string[]): Promise<unknown>[] => again(again(docs) as never);
      type Circle = Circle;
      export const run = (circle: Circle) => Promise.all([...again(circle), ...list.concat(other)]);
    `,
    'functions that are only made': code`
      export const makeAll = (docs: string[]) => Promise.all(docs.map(async (doc) => () => model.invoke(doc)));
    `,
    'a retry loop': code`
      export async function once(doc: string) {
        const attempts = [];
        for (let attempt = 0; attempt < 3; attempt++) {
          try {
            return await model.invoke(doc);
          } catch (error) {
            attempts.push(error);
          }
        }
        throw new AggregateError(attempts);
      }
    `,
    'a forEach without a call': code`
      export function show(docs: string[]) {
        docs.forEach((doc) => { console.log(doc); });
      }
    `,
    'a batch, which is another rule’s': code`
      export const summarizeAll = (docs: string[]) => model.batch(docs, { maxConcurrency: 5 });
    `,
    'other work beside a model': code`
      export const pages = (urls: string[]) => Promise.all(urls.map((url) => fetch(url)));
    `,
    'text that looks like it': code`
      export const rules = () => model.invoke('Do not write Promise.all(docs.map((doc) => model.invoke(doc)))');
    `,
  }),

  ...quiet('written out', model, {
    'calls one by one': code`
      export const both = (doc: string) => Promise.all([model.invoke('Sum up ' + doc), model.invoke('Tag ' + doc)]);
    `,
    'many calls one by one': code`
      export const many = (doc: string) =>
        Promise.all([
          model.invoke(doc + 1),
          model.invoke(doc + 2),
          model.invoke(doc + 3),
          model.invoke(doc + 4),
          model.invoke(doc + 5),
          model.invoke(doc + 6),
          model.invoke(doc + 7),
          model.invoke(doc + 8),
          model.invoke(doc + 9),
          model.invoke(doc + 10),
          model.invoke(doc + 11),
          model.invoke(doc + 12),
        ]);
    `,
    'a race with a timer': code`
      export const answer = (question: string) =>
        Promise.race([model.invoke(question), new Promise((_, reject) => setTimeout(reject, 30_000))]);
    `,
    'a literal list': code`
      export const inLanguages = (text: string) =>
        Promise.all(['German', 'French', 'Polish'].map((language) => model.invoke(language + ': ' + text)));
    `,
    'ten elements': code`
      export const digits = () =>
        Promise.all([0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) => model.invoke('Spell ' + digit)));
    `,
    'a constant list': code`
      const LANGUAGES = ['German', 'French'] as const;
      export const inLanguages = (text: string) =>
        Promise.all(LANGUAGES.map((language) => model.invoke(language + ': ' + text)));
    `,
    'a list of models, whose calls are made by a helper': code`
      async function ask(name: string, llm: ChatOpenAI, text: string) {
        const answer = await llm.invoke(text);
        return { name, answer };
      }
      export async function compare(text: string) {
        const models = [
          { name: 'mini', instance: model },
          { name: 'large', instance: new ChatOpenAI({ model: 'gpt-4o' }) },
        ];
        const pending = models.map(({ name, instance }) => ask(name, instance, text));
        return Promise.all(pending);
      }
    `,
    'a few pushes without a loop': code`
      export async function run(doc: string, tag: boolean) {
        const pending = [model.invoke('Sum up ' + doc)];
        if (tag) pending.push(model.invoke('Tag ' + doc));
        return Promise.all(pending);
      }
    `,
    'a few pushes by a helper': code`
      export function run(doc: string, title: string) {
        const inputs: string[] = [];
        const add = (input: string) => { inputs.push(input); };
        add('Sum up ' + doc);
        add('Shorten ' + title);
        return Promise.all(inputs.map((input) => model.invoke(input)));
      }
    `,
    'a push in a callback that runs once': code`
      export async function run(doc: Promise<string>) {
        const inputs = ['Say hello.'];
        await doc.then((text) => { inputs.push(text); });
        return Promise.all(inputs.map((input) => model.invoke(input)));
      }
    `,
    'two lists put together': code`
      const base = ['a', 'b'];
      export const run = () => Promise.all([...base, 'c'].concat(['d']).map((text) => model.invoke(text)));
    `,
    'an enum': code`
      enum Language { German = 'de', French = 'fr' }
      export const inLanguages = (text: string) =>
        Promise.all(Object.values(Language).map((language) => model.invoke(language + ': ' + text)));
    `,
    'the entries of a literal object': code`
      const QUESTIONS = { who: 'Who wrote it?', when: 'When was it written?' };
      export const ask = () =>
        Promise.all(Object.entries(QUESTIONS).map(async ([key, question]) => [key, await model.invoke(question)]));
    `,
    'the keys of a literal object in a loop': code`
      export async function ask() {
        const pending = [];
        for (const key in { who: 1, when: 1 }) pending.push(model.invoke(key));
        return Promise.all(pending);
      }
    `,
    'a tuple type': code`
      export const ask = (questions: readonly [string, string, string]) =>
        Promise.all(questions.map((question) => model.invoke(question)));
    `,
    'a short list in a long loop': code`
      export async function run(docs: string[]) {
        for (const doc of docs) {
          const pending = [];
          for (const task of ['sum up', 'tag']) pending.push(model.invoke(task + ' ' + doc));
          await Promise.all(pending);
        }
      }
    `,
    'flatMap of two literal lists': code`
      export const run = () => Promise.all(['a', 'b'].flatMap((a) => ['x', 'y'].map((b) => model.invoke(a + b))));
    `,
    'a counter': code`
      export async function vote(question: string) {
        const votes = [];
        for (let i = 0; i < 5; i++) votes.push(model.invoke(question));
        return Promise.all(votes);
      }
    `,
  }),
  valid(
    'written out: eleven elements with maxLiteral 20',
    withModel(
      code`
        export const digits = () =>
          Promise.all([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((digit) => model.invoke(\`Spell \${digit}\`)));
      `,
    ),
    { maxLiteral: 20 },
  ),

  ...quiet('cut into parts', model, {
    'a chunk loop': code`
      export async function run(docs: string[], size: number) {
        for (let i = 0; i < docs.length; i += size) {
          const part = docs.slice(i, i + size);
          await Promise.all(part.map((doc) => model.invoke(doc)));
        }
      }
    `,
    'a chunk loop of 100': code`
      export async function run(docs: string[]) {
        for (let i = 0; i < docs.length; i += 100)
          await Promise.all(docs.slice(i, i + 100).map((doc) => model.invoke(doc)));
      }
    `,
    'chunk of lodash': code`
      import { chunk } from 'lodash-es';
      export async function run(docs: string[]) {
        for (const part of chunk(docs, 5)) await Promise.all(part.map((doc) => model.invoke(doc)));
      }
    `,
    'chunk of the whole lodash': code`
      import _ from 'lodash';
      export async function run(docs: string[]) {
        const parts = _.chunk(docs, 5);
        for (const part of parts) await Promise.all(part.map(async (doc) => (await model.invoke(doc)).content));
      }
    `,
    'a function of the file that cuts': code`
      function inParts<T>(items: T[], size: number): T[][] {
        const parts: T[][] = [];
        for (let i = 0; i < items.length; i += size) parts.push(items.slice(i, i + size));
        return parts;
      }
      export async function run(docs: string[]) {
        for (const part of inParts(docs, 20)) await Promise.all(part.map((doc) => model.invoke(doc)));
      }
    `,
    'a generator of the file that cuts': code`
      function* inParts<T>(items: T[], size: number) {
        for (let i = 0; i < items.length; i += size) yield items.slice(i, i + size);
      }
      export async function run(docs: string[]) {
        for (const part of inParts(docs, 20)) await Promise.all(part.map((doc) => model.invoke(doc)));
      }
    `,
    'parts from Array.from': code`
      export async function run(docs: string[]) {
        const parts = Array.from({ length: Math.ceil(docs.length / 5) }, (_, i) => docs.slice(i * 5, i * 5 + 5));
        for (const part of parts) await Promise.all(part.map((doc) => model.invoke(doc)));
      }
    `,
    'a helper from another module that is given a size': code`
      import { inParts } from './lists';
      export async function run(docs: string[]) {
        for (const part of inParts(docs, 5)) await Promise.all(part.map((doc) => model.invoke(doc)));
      }
    `,
    splice: code`
      export async function run(docs: string[]) {
        const todo = [...docs];
        while (todo.length > 0) {
          const part = todo.splice(0, 5);
          await Promise.all(part.map((doc) => model.invoke(doc)));
        }
      }
    `,
    'a function that is only given parts': code`
      async function runPart(part: string[]) {
        return Promise.all(part.map((doc) => model.invoke(doc)));
      }
      export async function run(docs: string[]) {
        for (let i = 0; i < docs.length; i += 5) await runPart(docs.slice(i, i + 5));
      }
    `,
    'inputs collected and flushed': code`
      export async function run(docs: AsyncIterable<string>) {
        let part: string[] = [];
        for await (const doc of docs) {
          part.push(doc);
          if (part.length >= 5) {
            await Promise.all(part.map((each) => model.invoke(each)));
            part = [];
          }
        }
        await Promise.all(part.map((each) => model.invoke(each)));
      }
    `,
    'the first few': code`
      export const best = (docs: string[]) => Promise.all(docs.slice(0, 5).map((doc) => model.invoke(doc)));
    `,
    'the last few, filtered': code`
      export const latest = (docs: string[]) =>
        Promise.all(docs.slice(-5).filter(Boolean).map((doc) => model.invoke(doc)));
    `,
    'as many as a number says that cannot be seen': code`
      export const best = (docs: string[], n: number) => {
        const top = docs.toSorted().slice(0, n);
        return Promise.all(top.map((doc) => model.invoke(doc)));
      };
    `,
    'take of lodash': code`
      import take from 'lodash/take';
      export const best = (docs: string[]) => Promise.all(take(docs, 3).map((doc) => model.invoke(doc)));
    `,
    'Array.from with a short length': code`
      export const jokes = () => Promise.all(Array.from({ length: 4 }, () => model.invoke('A joke, please.')));
    `,
    'Array.from with a length that cannot be seen': code`
      export const jokes = (count: number) =>
        Promise.all(Array.from({ length: count }, () => model.invoke('A joke, please.')));
    `,
    'a filled array': code`
      export const jokes = () => Promise.all(new Array(3).fill('A joke, please.').map((text) => model.invoke(text)));
    `,
  }),

  ...quiet('limiter', model, {
    'p-limit': code`
      import pLimit from 'p-limit';
      const limit = pLimit(5);
      export const run = (docs: string[]) => Promise.all(docs.map((doc) => limit(() => model.invoke(doc))));
    `,
    'p-limit with a number from the environment, inside an async callback': code`
      import pLimit from 'p-limit';
      const limit = pLimit(Number(process.env.CONCURRENCY));
      export const run = (docs: string[]) =>
        Promise.all(
          docs.map(async (doc) => {
            const answer = await limit(() => model.invoke(doc));
            return answer.content;
          }),
        );
    `,
    'p-limit with a function and its arguments': code`
      import pLimit from 'p-limit';
      const limit = pLimit({ concurrency: 5 });
      const summarize = async (doc: string) => (await model.invoke(doc)).content;
      export const run = (docs: string[]) => Promise.all(docs.map((doc) => limit(summarize, doc)));
    `,
    'p-limit by require': code`
      const pLimit = require('p-limit');
      const limit = pLimit(5);
      module.exports.run = (docs) => Promise.all(docs.map((doc) => limit(() => model.invoke(doc))));
    `,
    'p-limit around a function that calls the model': code`
      import pLimit from 'p-limit';
      const limit = pLimit(5);
      async function summarize(doc: string) {
        return limit(async () => (await model.invoke(doc)).content);
      }
      export const run = (docs: string[]) => Promise.allSettled(docs.map(summarize));
    `,
    'p-limit in a loop': code`
      import pLimit from 'p-limit';
      export async function run(docs: string[]) {
        const limit = pLimit(5);
        const pending = [];
        for (const doc of docs) pending.push(limit(() => model.invoke(doc)));
        return Promise.all(pending);
      }
    `,
    'p-map with a limit': code`
      import pMap from 'p-map';
      export const run = (docs: string[]) => pMap(docs, (doc) => model.invoke(doc), { concurrency: 5 });
    `,
    'p-map with options from elsewhere': code`
      import pMap, { type Options } from 'p-map';
      export const run = (docs: string[], options: Options) => pMap(docs, (doc) => model.invoke(doc), options);
    `,
    'p-all with a limit': code`
      import pAll from 'p-all';
      export const run = (docs: string[]) => pAll(docs.map((doc) => () => model.invoke(doc)), { concurrency: 3 });
    `,
    'p-queue': code`
      import PQueue from 'p-queue';
      const queue = new PQueue({ concurrency: 4 });
      export const run = (docs: string[]) => Promise.all(docs.map((doc) => queue.add(() => model.invoke(doc))));
    `,
    'p-queue by rate': code`
      import PQueue from 'p-queue';
      const queue = new PQueue({ interval: 1000, intervalCap: 10 });
      export const run = (docs: string[]) => queue.addAll(docs.map((doc) => () => model.invoke(doc)));
    `,
    'p-queue filled by a plain forEach': code`
      import PQueue from 'p-queue';
      export async function run(docs: string[]) {
        const queue = new PQueue({ concurrency: 4 });
        docs.forEach((doc) => queue.add(() => model.invoke(doc)));
        await queue.onIdle();
      }
    `,
    'p-queue in a field, and injected': code`
      import PQueue from 'p-queue';
      export class Summaries {
        private readonly queue = new PQueue({ concurrency: 2 });
        constructor(private readonly shared: PQueue) {}
        all(docs: string[]) {
          return Promise.all(docs.map((doc) => this.queue.add(() => this.shared.add(() => model.invoke(doc)))));
        }
        allShared(docs: string[]) {
          return Promise.all(docs.map((doc) => this.shared.add(() => model.invoke(doc))));
        }
      }
    `,
    'p-throttle': code`
      import pThrottle from 'p-throttle';
      const throttle = pThrottle({ limit: 2, interval: 1000 });
      const summarize = throttle((doc: string) => model.invoke(doc));
      export const run = (docs: string[]) => Promise.all(docs.map((doc) => summarize(doc)));
    `,
    Bottleneck: code`
      import Bottleneck from 'bottleneck';
      const limiter = new Bottleneck({ maxConcurrent: 5, minTime: 100 });
      const wrapped = limiter.wrap((doc: string) => model.invoke(doc));
      export const run = (docs: string[]) => Promise.all(docs.map((doc) => limiter.schedule(() => model.invoke(doc))));
      export const runWrapped = (docs: string[]) => Promise.all(docs.map((doc) => wrapped(doc)));
    `,
    'async with a limit': code`
      import async from 'async';
      import mapLimit from 'async/mapLimit';
      export const run = (docs: string[]) => async.mapLimit(docs, 5, async (doc) => model.invoke(doc));
      export const runToo = (docs: string[]) => mapLimit(docs, 5, async (doc) => model.invoke(doc));
      export const inOrder = (docs: string[]) => async.mapSeries(docs, async (doc) => model.invoke(doc));
    `,
    'Bluebird with a limit, and in series': code`
      import Promise from 'bluebird';
      export const run = (docs: string[]) => Promise.map(docs, (doc) => model.invoke(doc), { concurrency: 5 });
      export const inOrder = (docs: string[]) => Promise.mapSeries(docs, (doc) => model.invoke(doc));
    `,
    'RxJS with a limit, in series, and over a list that is written out': code`
      import { from, of, mergeMap, concatMap } from 'rxjs';
      export const run = (docs: string[]) => from(docs).pipe(mergeMap((doc) => model.invoke(doc), 5));
      export const inOrder = (docs: string[]) => from(docs).pipe(concatMap((doc) => model.invoke(doc)));
      export const both = () => of('a', 'b').pipe(mergeMap((doc) => model.invoke(doc)));
    `,
    'a semaphore that runs the call': code`
      import { Semaphore } from 'async-mutex';
      const semaphore = new Semaphore(5);
      export const run = (docs: string[]) =>
        Promise.all(docs.map((doc) => semaphore.runExclusive(() => model.invoke(doc))));
    `,
    'a semaphore that is acquired': code`
      import { Sema } from 'async-sema';
      const slots = new Sema(5);
      export const run = (docs: string[]) =>
        Promise.all(
          docs.map(async (doc) => {
            await slots.acquire();
            try {
              return await model.invoke(doc);
            } finally {
              slots.release();
            }
          }),
        );
    `,
    'a mutex whose release is kept': code`
      import { Mutex } from 'async-mutex';
      const mutex = new Mutex();
      export const run = (docs: string[]) =>
        Promise.all(
          docs.map(async (doc) => {
            const release = await mutex.acquire();
            try {
              return await model.invoke(doc);
            } finally {
              release();
            }
          }),
        );
    `,
    'await-semaphore, awaited in the loop': code`
      import { Semaphore } from 'await-semaphore';
      const semaphore = new Semaphore(4);
      export async function run(docs: string[]) {
        const pending = [];
        for (const doc of docs) {
          const release = await semaphore.acquire();
          pending.push(model.invoke(doc).finally(release));
        }
        return Promise.all(pending);
      }
    `,
    'something of unknown kind that is acquired and released': code`
      export const run = (docs: string[], slots: { acquire(): Promise<void>; release(): void }) =>
        Promise.all(
          docs.map(async (doc) => {
            await slots.acquire();
            try {
              return await model.invoke(doc);
            } finally {
              slots.release();
            }
          }),
        );
    `,
    'a turn of another module': code`
      import { waitForTurn } from './rate';
      export const run = (docs: string[]) =>
        Promise.all(
          docs.map(async (doc) => {
            await waitForTurn();
            return model.invoke(doc);
          }),
        );
    `,
    'a wrapper of another module, which may limit': code`
      import { limited } from './limits';
      export const run = (docs: string[]) => Promise.all(docs.map((doc) => limited(() => model.invoke(doc))));
    `,
    'a mapper of another module, which may limit': code`
      import { mapLimited } from './limits';
      export const run = (docs: string[]) => mapLimited(docs, (doc) => model.invoke(doc));
    `,
    'a limiter made for each element, which is another rule’s': code`
      import pLimit from 'p-limit';
      export const run = (docs: { pages: string[] }[]) =>
        Promise.all(
          docs.map(async (doc) => {
            const limit = pLimit(5);
            return Promise.all(doc.pages.map((page) => limit(() => model.invoke(page))));
          }),
        );
    `,
    'an AsyncCaller of LangChain': code`
      import { AsyncCaller } from '@langchain/core/utils/async_caller';
      const caller = new AsyncCaller({ maxConcurrency: 5 });
      export const run = (docs: string[]) => Promise.all(docs.map((doc) => caller.call(() => model.invoke(doc))));
    `,
  }),
  valid(
    'limiter: one that the configuration names',
    withModel(code`
      import { rateLimit } from '@acme/limits';
      export const run = (docs: string[]) =>
        Promise.all(
          docs.map(async (doc) => {
            await rateLimit(doc);
            return model.invoke(doc);
          }),
        );
    `),
    { limiters: [{ module: '@acme/limits', name: 'rateLimit' }] },
  ),

  ...quiet('made by hand', model, {
    'a pool under a size check': code`
      export async function run(docs: string[]) {
        const running = new Set<Promise<unknown>>();
        const answers = [];
        for (const doc of docs) {
          const answer = model.invoke(doc).finally(() => running.delete(answer));
          running.add(answer);
          answers.push(answer);
          if (running.size >= 5) await Promise.race(running);
        }
        return Promise.all(answers);
      }
    `,
    'a pool in a helper that is given the function': code`
      async function pool<T>(limit: number, items: string[], run: (item: string) => Promise<T>) {
        const results: Promise<T>[] = [];
        const executing: Promise<unknown>[] = [];
        for (const item of items) {
          const result = Promise.resolve().then(() => run(item));
          results.push(result);
          const slot: Promise<unknown> = result.then(() => executing.splice(executing.indexOf(slot), 1));
          executing.push(slot);
          if (executing.length >= limit) await Promise.race(executing);
        }
        return Promise.all(results);
      }
      export const run = (docs: string[]) => pool(5, docs, (doc) => model.invoke(doc));
    `,
    'promises collected and flushed': code`
      export async function run(docs: string[]) {
        let pending: Promise<unknown>[] = [];
        for (const doc of docs) {
          pending.push(model.invoke(doc));
          if (pending.length === 5) {
            await Promise.all(pending);
            pending = [];
          }
        }
        await Promise.all(pending);
      }
    `,
    'workers that share a queue': code`
      export async function run(docs: string[]) {
        const todo = [...docs];
        const workers = Array.from({ length: 20 }, async () => {
          for (let doc = todo.shift(); doc !== undefined; doc = todo.shift()) await model.invoke(doc);
        });
        await Promise.all(workers);
      }
    `,
    'workers over one iterator, never more than there are documents': code`
      export async function run(docs: string[], concurrency: number) {
        const queue = docs.entries();
        const worker = async () => {
          for (const [, doc] of queue) await model.invoke(doc);
        };
        await Promise.all(Array.from({ length: Math.min(concurrency, docs.length) }, worker));
      }
    `,
    'workers pushed by a counter': code`
      export async function run(docs: string[], concurrency: number) {
        let next = 0;
        async function worker() {
          while (next < docs.length) await model.invoke(docs[next++]!);
        }
        const workers: Promise<void>[] = [];
        for (let i = 0; i < concurrency; i++) workers.push(worker());
        await Promise.all(workers);
      }
    `,
    'a count that is waited for': code`
      let active = 0;
      const pause = () => new Promise((resolve) => setTimeout(resolve, 50));
      export const run = (docs: string[]) =>
        Promise.all(
          docs.map(async (doc) => {
            while (active >= 5) await pause();
            active++;
            try {
              return await model.invoke(doc);
            } finally {
              active--;
            }
          }),
        );
    `,
    'a wrapper of the file that makes calls wait': code`
      let active = 0;
      const waiting: (() => void)[] = [];
      async function withSlot<T>(run: () => Promise<T>): Promise<T> {
        if (active >= 5) await new Promise<void>((resolve) => waiting.push(resolve));
        active++;
        try {
          return await run();
        } finally {
          active--;
          waiting.shift()?.();
        }
      }
      export const run = (docs: string[]) => Promise.all(docs.map((doc) => withSlot(() => model.invoke(doc))));
    `,
    'a queue class of the file': code`
      class Queue {
        private readonly waiting: (() => void)[] = [];
        private active = 0;
        run<T>(task: () => Promise<T>): Promise<T> {
          return new Promise((resolve, reject) => {
            this.waiting.push(() => task().then(resolve, reject).finally(() => this.next()));
            if (this.active++ < 5) this.next();
          });
        }
        private next() {
          this.waiting.shift()?.();
        }
      }
      const queue = new Queue();
      export const run = (docs: string[]) => Promise.all(docs.map((doc) => queue.run(() => model.invoke(doc))));
    `,
  }),

  ...quiet('capped receiver', `${OPENAI}\nimport { ChatPromptTemplate } from '@langchain/core/prompts';\n`, {
    'a constructor limit': code`
      const model = new ChatOpenAI({ model: 'gpt-4o-mini', maxConcurrency: 5 });
      export const run = (docs: string[]) => Promise.all(docs.map((doc) => model.invoke(doc)));
    `,
    'a constructor limit that cannot be read': code`
      const model = new ChatOpenAI({ maxConcurrency: Number(process.env.LLM_CONCURRENCY ?? 5) });
      export const run = (docs: string[]) => Promise.all(docs.map((doc) => model.invoke(doc)));
    `,
    'options from elsewhere': code`
      import { options } from './config';
      const model = new ChatOpenAI(options);
      const other = new ChatOpenAI({ ...options, temperature: 0 });
      export const run = (docs: string[]) =>
        Promise.all(docs.map(async (doc) => [await model.invoke(doc), await other.invoke(doc)]));
    `,
    'a limit below bindTools, withRetry and a chain': code`
      import { StringOutputParser } from '@langchain/core/output_parsers';
      import { tools } from './tools';
      const model = new ChatOpenAI({ maxConcurrency: 5 });
      const bound = model.bindTools(tools).withRetry();
      const chain = ChatPromptTemplate.fromTemplate('{text}').pipe(model).pipe(new StringOutputParser());
      export const run = (docs: string[]) => Promise.all(docs.map((doc) => bound.invoke(doc)));
      export const runChain = (docs: string[]) => Promise.all(docs.map((text) => chain.invoke({ text })));
    `,
    'a bound model per element that shares the queue of its base': code`
      import { ChatAnthropic } from '@langchain/anthropic';
      import { toolsFor } from './tools';
      const model = new ChatAnthropic({ model: 'claude-sonnet-4-5', maxConcurrency: 5 });
      export const run = (docs: string[]) => Promise.all(docs.map((doc) => model.bindTools(toolsFor(doc)).invoke(doc)));
    `,
    'a model that is built once and kept': code`
      let shared: ChatOpenAI | undefined;
      const getModel = () => (shared ??= new ChatOpenAI({ maxConcurrency: 5 }));
      export const run = (docs: string[]) => Promise.all(docs.map((doc) => getModel().invoke(doc)));
    `,
    'a class of the file that sets it': code`
      class LimitedModel extends ChatOpenAI {
        constructor() {
          super({ model: 'gpt-4o-mini', maxConcurrency: 5 });
        }
      }
      const model = new LimitedModel();
      export const run = (docs: string[]) => Promise.all(docs.map((doc) => model.invoke(doc)));
    `,
    'a limit that its class ignores, which is another rule’s': code`
      import { ChatOllama } from '@langchain/ollama';
      const model = new ChatOllama({ model: 'llama3', maxConcurrency: 2 });
      export const run = (docs: string[]) => Promise.all(docs.map((doc) => model.invoke(doc)));
    `,
    'a limit in the config of invoke, which is another rule’s': code`
      const model = new ChatOpenAI();
      export const run = (docs: string[]) => Promise.all(docs.map((doc) => model.invoke(doc, { maxConcurrency: 5 })));
    `,
    'a limited initChatModel': code`
      import { initChatModel } from 'langchain';
      export async function run(docs: string[]) {
        const model = await initChatModel('gpt-4o-mini', { maxConcurrency: 5 });
        return Promise.all(docs.map((doc) => model.invoke(doc)));
      }
    `,
    'promises kept in objects': code`
      export async function rerank(query: string, docs: { id: string; text: string }[]) {
        const model = new ChatOpenAI({ maxConcurrency: 15 });
        const checks = [];
        for (const doc of docs) checks.push({ id: doc.id, rank: model.invoke(query + doc.text) });
        return Promise.all(checks.map((check) => check.rank));
      }
    `,
    'a classic chain over a limited model': code`
      import { LLMChain } from '@langchain/classic/chains';
      const chain = new LLMChain({
        llm: new ChatOpenAI({ maxConcurrency: 5 }),
        prompt: ChatPromptTemplate.fromTemplate('{text}'),
      });
      export const run = (docs: string[]) => Promise.all(docs.map((text) => chain.invoke({ text })));
    `,
    'a lambda over a limited model': code`
      import { RunnableLambda } from '@langchain/core/runnables';
      const model = new ChatOpenAI({ maxConcurrency: 5 });
      const summarize = RunnableLambda.from(async (doc: string) => (await model.invoke(doc)).content);
      export const run = (docs: string[]) => Promise.all(docs.map((doc) => summarize.invoke(doc)));
    `,
    'embeddings with a small default': code`
      import { OpenAIEmbeddings } from '@langchain/openai';
      import { OllamaEmbeddings } from '@langchain/ollama';
      const openai = new OpenAIEmbeddings({ model: 'text-embedding-3-small' });
      const ollama = new OllamaEmbeddings();
      export const run = (texts: string[]) => Promise.all(texts.map((text) => openai.embedQuery(text)));
      export const runLocal = (texts: string[]) => Promise.all(texts.map((text) => ollama.embedQuery(text)));
    `,
    'a store in memory, whose only remote part is embeddings with a small default': code`
      import { OpenAIEmbeddings } from '@langchain/openai';
      import { MemoryVectorStore } from '@langchain/classic/vectorstores/memory';
      const embeddings = new OpenAIEmbeddings();
      export async function search(pages: string[], queries: string[]) {
        const stores = await Promise.all(pages.map((page) => MemoryVectorStore.fromTexts([page], {}, embeddings)));
        const store = new MemoryVectorStore(embeddings);
        const retriever = store.asRetriever();
        return Promise.all(queries.map((query) => retriever.invoke(query)));
      }
    `,
  }),

  ...quiet('local', '', {
    'prompts and parsers': code`
      import { ChatPromptTemplate } from '@langchain/core/prompts';
      import { StringOutputParser } from '@langchain/core/output_parsers';
      const prompt = ChatPromptTemplate.fromTemplate('{text}').pipe(new StringOutputParser());
      export const format = (texts: string[]) => Promise.all(texts.map((text) => prompt.invoke({ text })));
    `,
    'a lambda without a call': code`
      import { RunnableLambda } from '@langchain/core/runnables';
      const count = RunnableLambda.from((text: string) => text.length);
      export const counts = (texts: string[]) => Promise.all(texts.map((text) => count.invoke(text)));
    `,
    'loaders of files': code`
      import { PDFLoader } from '@langchain/community/document_loaders/fs/pdf';
      export const load = (paths: string[]) => Promise.all(paths.map((path) => new PDFLoader(path).load()));
    `,
    'the implementation of an Embeddings class': code`
      import { Embeddings } from '@langchain/core/embeddings';
      import { embed } from './pipeline';
      export class LocalEmbeddings extends Embeddings {
        async embedQuery(text: string) {
          return embed(text);
        }
        async embedDocuments(texts: string[]) {
          return Promise.all(texts.map((text) => this.embedQuery(text)));
        }
      }
    `,
    'a subclass of embeddings that has no embedQuery of its own': code`
      import { CohereEmbeddings } from '@langchain/cohere';
      export class OneByOne extends CohereEmbeddings {
        override async embedDocuments(texts: string[]) {
          return Promise.all(texts.map((text) => this.caller.call(() => this.embedQuery(text))));
        }
      }
    `,
    'the implementation of a model': code`
      import { ChatOpenAI } from '@langchain/openai';
      export class Fan extends ChatOpenAI {
        all(inputs: string[]) {
          return Promise.all(inputs.map((input) => this.invoke(input)));
        }
      }
    `,
  }),

  ...quiet('bounded by what LangChain gives', model, {
    'the tool calls of a message': code`
      import { tools } from './tools';
      import { tool } from '@langchain/core/tools';
      import { z } from 'zod';
      const ask = tool(async ({ question }) => (await model.invoke(question)).content, {
        name: 'ask',
        schema: z.object({ question: z.string() }),
      });
      export async function dispatch(question: string) {
        const message = await model.bindTools([ask]).invoke(question);
        const { tool_calls: calls = [] } = message;
        await Promise.all(calls.map((call) => ask.invoke(call)));
        return Promise.all(
          (message.tool_calls ?? []).filter((call) => call.name === 'ask').map((call) => ask.invoke(call)),
        );
      }
    `,
    'annotated tool calls and agent actions': code`
      import type { AgentAction } from '@langchain/core/agents';
      import type { ToolCall } from '@langchain/core/messages/tool';
      async function run(input: unknown) {
        return (await model.invoke(String(input))).content;
      }
      export const dispatch = (calls: ToolCall[]) => Promise.all(calls.map((call) => run(call.args)));
      export const act = (actions: readonly AgentAction[]) =>
        Promise.all(actions.map(async (action) => run(action.toolInput)));
    `,
    'the documents of a retriever': code`
      import type { BaseRetriever } from '@langchain/core/retrievers';
      export async function compress(retriever: BaseRetriever, question: string) {
        const docs = await retriever.invoke(question);
        return Promise.all(docs.map((doc) => model.invoke(doc.pageContent)));
      }
    `,
    'the documents of a search with a small k': code`
      import { store } from './store';
      import type { VectorStore } from '@langchain/core/vectorstores';
      export async function compress(store: VectorStore, question: string) {
        const found = await store.similaritySearchWithScore(question, 8);
        const texts = found.map(([doc]) => doc.pageContent);
        const four = await store.asRetriever().invoke(question);
        const six = await store.asRetriever({ k: 6 }).invoke(question);
        await Promise.all(four.map((doc) => model.invoke(doc.pageContent)));
        await Promise.all(six.map((doc) => model.invoke(doc.pageContent)));
        return Promise.all(texts.map((text) => model.invoke(text)));
      }
    `,
    'a list that the structured output caps': code`
      import { z } from 'zod';
      import { ChatPromptTemplate } from '@langchain/core/prompts';
      const plan = z.object({ queries: z.array(z.string()).min(1).max(5).describe('Search queries') });
      const planner = ChatPromptTemplate.fromTemplate('{question}').pipe(model.withStructuredOutput(plan));
      export async function research(question: string) {
        const { queries } = await planner.invoke({ question });
        return Promise.all(queries.map((query) => model.invoke(query)));
      }
      export const follow = (made: z.infer<typeof plan>) =>
        Promise.all(made.queries.map((query) => model.invoke(query)));
    `,
    'a list that a JSON schema caps': code`
      const planner = model.withStructuredOutput({
        type: 'object',
        properties: { queries: { type: 'array', items: { type: 'string' }, maxItems: 4 } },
      });
      async function plan(question: string) {
        return planner.invoke(question);
      }
      export async function research(question: string) {
        const planned = await plan(question);
        return Promise.all(planned.queries.map((query) => model.invoke(query)));
      }
    `,
    'a list that the schema of a tool caps': code`
      import { tool } from '@langchain/core/tools';
      import { z } from 'zod';
      export const research = tool(
        async ({ queries }) => {
          const answers = await Promise.all(queries.map((query) => model.invoke(query)));
          return answers.join('\\n');
        },
        { name: 'research', description: 'Looks things up', schema: z.object({ queries: z.array(z.string()).max(5) }) },
      );
    `,
  }),
];

// ── reports ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** A module with the shared model, whose report suggests a limit on it, and a lambda where `lambda` is given. */
function onModel(
  name: string,
  body: string,
  expected: Omit<Expected, 'suggestions'>,
  lambda?: { readonly from: string; readonly to: string; readonly last?: string | null },
): Invalid<ReportId | SuggestionId, Options> {
  const before = withModel(body);
  const suggestions = [
    ...(lambda ? [useLambda(before, lambda.from, lambda.to, lambda.last === undefined ? OPENAI : lambda.last)] : []),
    limitModel(before, NEW_MODEL, LIMITED_MODEL),
  ];
  return invalid({ name, before, ...expected, suggestions });
}

/** A module with the shared model and a fix. */
function fixed(
  name: string,
  body: string,
  fix: readonly [from: string, to: string],
  expected: Omit<Expected, 'advice' | 'suggestions'>,
): Invalid<ReportId | SuggestionId, Options> {
  const before = withModel(body);
  return invalid({
    name,
    before,
    after: change(before, ...fix),
    ...expected,
    advice: '`model.batch(…, { maxConcurrency: 5 })`',
    suggestions: [limitModel(before, NEW_MODEL, LIMITED_MODEL)],
  });
}

const invalids: Invalid<ReportId | SuggestionId, Options>[] = [
  ...importForms({
    module: '@langchain/openai',
    names: ['ChatOpenAI'],
    body: (n) => translate(n, translateAtOnce),
    expect: ({ source, render }) => ({
      output: render((n) => translate(n, translateInBatches)),
      errors: [
        reported(source, {
          call: 'model.invoke()',
          list: '`texts`',
          advice: '`model.batch(…, { maxConcurrency: 5 })`',
          suggestions: [
            [
              'limitModel',
              change(source, "({ model: 'gpt-4o-mini' })", "({ model: 'gpt-4o-mini', maxConcurrency: 5 })"),
              { ...LIMIT, model: 'ChatOpenAI' },
            ],
          ],
        }),
      ],
    }),
  }),
  ...importForms({
    label: 'annotated',
    module: '@langchain/openai',
    names: ['ChatOpenAI'],
    except: VALUE_ONLY_FORMS,
    body: (n) => code`
      class Translator {
        constructor(private readonly llm: ${n.ChatOpenAI}) {}
        all(texts: string[]) {
          return Promise.allSettled(texts.map((text) => this.llm.invoke(text)));
        }
      }
    `,
    expect: ({ source }) => ({
      output: null,
      errors: [
        reported(source, {
          at: 'Promise.allSettled',
          call: 'this.llm.invoke()',
          list: '`texts`',
          advice: anyLimiterAdvice,
          suggestions: [useChunks(change(source, ' all(texts', ' async all(texts'), 'texts')],
        }),
      ],
    }),
  }),

  // ── rewritten to batch ─────────────────────────────────────────────────────────────────────────────────────────────

  fixed(
    'fix: the element itself',
    'export const run = (docs: string[]) => Promise.all(docs.map((doc) => model.invoke(doc)));\n',
    ['Promise.all(docs.map((doc) => model.invoke(doc)))', 'model.batch(docs, { maxConcurrency: 5 })'],
    {
      call: 'model.invoke()',
      list: '`docs`',
    },
  ),
  fixed(
    'fix: a readonly list is copied',
    'export const run = (docs: readonly string[]) => Promise.all(docs.map((doc) => model.invoke(doc)));\n',
    ['Promise.all(docs.map((doc) => model.invoke(doc)))', 'model.batch([...docs], { maxConcurrency: 5 })'],
    { call: 'model.invoke()', list: '`docs`' },
  ),
  fixed(
    'fix: a list that is not visibly an array is copied',
    code`
      export const run = (state: { docs?: string[] }) =>
        Promise.all((state.docs ?? []).map((doc) => model.invoke(doc)));
    `,
    [
      'Promise.all((state.docs ?? []).map((doc) => model.invoke(doc)))',
      'model.batch([...(state.docs ?? [])], { maxConcurrency: 5 })',
    ],
    { call: 'model.invoke()', list: '`state.docs ?? []`' },
  ),
  fixed(
    'fix: the result of an array method is an array',
    code`
      export const run = (text: string) =>
        Promise.all(text.split('\\n').filter(Boolean).map((line) => model.invoke(line)));
    `,
    [
      "Promise.all(text.split('\\n').filter(Boolean).map((line) => model.invoke(line)))",
      "model.batch(text.split('\\n').filter(Boolean), { maxConcurrency: 5 })",
    ],
    { call: 'model.invoke()', list: "`text.split('\\n').filter(Boolean)`" },
  ),
  fixed(
    'fix: a mapped input, with a comment and a destructured parameter',
    code`
      export async function run(docs: { title: string; text: string }[]) {
        const answers = await Promise.all(
          docs.map(async ({ title, text }) => {
            return await model.invoke([
              // The title helps.
              ['system', 'Summarize ' + title],
              ['human', text],
            ]);
          }),
        );
        return answers.map((answer) => answer.content);
      }
    `,
    [
      code`
        Promise.all(
            docs.map(async ({ title, text }) => {
              return await model.invoke([
                // The title helps.
                ['system', 'Summarize ' + title],
                ['human', text],
              ]);
            }),
          );
      `.trimEnd(),
      code`
        model.batch(docs.map(({ title, text }) => [
                // The title helps.
                ['system', 'Summarize ' + title],
                ['human', text],
              ]), { maxConcurrency: 5 });
      `.trimEnd(),
    ],
    { call: 'model.invoke()', list: '`docs`' },
  ),
  fixed(
    'fix: an input that is an object',
    code`
      export const run = (docs: string[]) =>
        Promise.all(docs.map(function (doc: string) { return model.invoke({ text: doc } as never); }));
    `,
    [
      'Promise.all(docs.map(function (doc: string) { return model.invoke({ text: doc } as never); }))',
      'model.batch(docs.map((doc: string) => ({ text: doc } as never)), { maxConcurrency: 5 })',
    ],
    { call: 'model.invoke()', list: '`docs`' },
  ),
  fixed(
    'fix: a constant config is kept',
    code`
      const tags = ['summary'];
      export const run = (docs: string[]) =>
        Promise.all(docs.map((doc) => model.invoke(doc, { tags, metadata: { kind: 'nightly' } })));
    `,
    [
      "Promise.all(docs.map((doc) => model.invoke(doc, { tags, metadata: { kind: 'nightly' } })))",
      "model.batch(docs, { tags, metadata: { kind: 'nightly' }, maxConcurrency: 5 })",
    ],
    { call: 'model.invoke()', list: '`docs`' },
  ),
  fixed(
    'fix: no parameter',
    "export const run = (users: string[]) => Promise.all(users.map(() => model.invoke('A joke, please.')));\n",
    [
      "Promise.all(users.map(() => model.invoke('A joke, please.')))",
      "model.batch(users.map(() => 'A joke, please.'), { maxConcurrency: 5 })",
    ],
    { call: 'model.invoke()', list: '`users`' },
  ),
  fixed(
    'fix: the list is a constant of more than ten elements',
    code`
      const digits = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10'];
      export const run = () => Promise.all(digits.map((digit) => model.invoke(digit)));
    `,
    ['Promise.all(digits.map((digit) => model.invoke(digit)))', 'model.batch(digits, { maxConcurrency: 5 })'],
    { call: 'model.invoke()', list: '`digits`' },
  ),
  invalid({
    name: 'fix: bindTools of a model, with another limit',
    before: code`
      import { ChatAnthropic } from '@langchain/anthropic';
      import { search } from './tools';
      const model = new ChatAnthropic({ model: 'claude-sonnet-4-5' }).bindTools([search]);
      export const run = (docs: string[]) => Promise.all(docs.map((doc) => model.invoke(doc)));
    `,
    after: code`
      import { ChatAnthropic } from '@langchain/anthropic';
      import { search } from './tools';
      const model = new ChatAnthropic({ model: 'claude-sonnet-4-5' }).bindTools([search]);
      export const run = (docs: string[]) => model.batch(docs, { maxConcurrency: 20 });
    `,
    options: { maxConcurrency: 20 },
    call: 'model.invoke()',
    list: '`docs`',
    advice: '`model.batch(…, { maxConcurrency: 20 })`',
    suggestions: [
      [
        'limitModel',
        code`
          import { ChatAnthropic } from '@langchain/anthropic';
          import { search } from './tools';
          const model = new ChatAnthropic({ model: 'claude-sonnet-4-5', maxConcurrency: 20 }).bindTools([search]);
          export const run = (docs: string[]) => Promise.all(docs.map((doc) => model.invoke(doc)));
        `,
        { limit: '20', model: 'ChatAnthropic' },
      ],
    ],
  }),
  invalid({
    name: 'fix: bindTools of a model, within the budget of one process',
    before: code`
      import { ChatAnthropic } from '@langchain/anthropic';
      import { search } from './tools';
      const model = new ChatAnthropic({ model: 'claude-sonnet-4-5' }).bindTools([search]);
      export const run = (docs: string[]) => Promise.all(docs.map((doc) => model.invoke(doc)));
    `,
    after: code`
      import { ChatAnthropic } from '@langchain/anthropic';
      import { search } from './tools';
      const model = new ChatAnthropic({ model: 'claude-sonnet-4-5' }).bindTools([search]);
      export const run = (docs: string[]) => model.batch(docs, { maxConcurrency: 2 });
    `,
    settings: { langchain: { budget: { workers: 8, limit: 20 } } },
    call: 'model.invoke()',
    list: '`docs`',
    advice: '`model.batch(…, { maxConcurrency: 2 })`',
    suggestions: [
      [
        'limitModel',
        code`
          import { ChatAnthropic } from '@langchain/anthropic';
          import { search } from './tools';
          const model = new ChatAnthropic({ model: 'claude-sonnet-4-5', maxConcurrency: 2 }).bindTools([search]);
          export const run = (docs: string[]) => Promise.all(docs.map((doc) => model.invoke(doc)));
        `,
        { limit: '2', model: 'ChatAnthropic' },
      ],
    ],
  }),
  invalid({
    name: 'fix: a compiled graph, with a limit of at least 2',
    before: code`
      import { Annotation, StateGraph } from '@langchain/langgraph';
      import { draft } from './nodes';
      const State = Annotation.Root({ topic: Annotation<string>, text: Annotation<string> });
      const graph = new StateGraph(State).addNode('draft', draft).addEdge('__start__', 'draft').compile();
      export async function run(topics: string[]) {
        return await Promise.all(topics.map((topic) => graph.invoke({ topic }, { recursionLimit: 10 })));
      }
    `,
    after: code`
      import { Annotation, StateGraph } from '@langchain/langgraph';
      import { draft } from './nodes';
      const State = Annotation.Root({ topic: Annotation<string>, text: Annotation<string> });
      const graph = new StateGraph(State).addNode('draft', draft).addEdge('__start__', 'draft').compile();
      export async function run(topics: string[]) {
        return await graph.batch(topics.map((topic) => ({ topic })), { recursionLimit: 10, maxConcurrency: 2 });
      }
    `,
    options: { maxConcurrency: 1 },
    call: 'graph.invoke()',
    list: '`topics`',
    advice: '`graph.batch(…, { maxConcurrency: 2 })`',
  }),
  invalid({
    name: 'fix: a retriever in a field',
    before: code`
      import { PineconeStore } from '@langchain/pinecone';
      import { embeddings, pineconeIndex } from './clients';
      export class Search {
        private readonly retriever = new PineconeStore(embeddings, { pineconeIndex }).asRetriever(4);
        all(queries: string[]) {
          return Promise.all(queries.map((query) => this.retriever.invoke(query)));
        }
      }
    `,
    after: code`
      import { PineconeStore } from '@langchain/pinecone';
      import { embeddings, pineconeIndex } from './clients';
      export class Search {
        private readonly retriever = new PineconeStore(embeddings, { pineconeIndex }).asRetriever(4);
        all(queries: string[]) {
          return this.retriever.batch(queries, { maxConcurrency: 5 });
        }
      }
    `,
    call: 'this.retriever.invoke()',
    list: '`queries`',
    advice: '`this.retriever.batch(…, { maxConcurrency: 5 })`',
  }),
  (() => {
    const before = withModel(
      'export const run = (docs: string[]) => Promise.all(docs.map((doc) => model.invoke(doc)));\n',
    );
    return invalid({
      name: 'fix: only suggested when the settings turn fixes off',
      before,
      settings: { langchain: { autofix: false } },
      call: 'model.invoke()',
      list: '`docs`',
      advice: '`model.batch(…, { maxConcurrency: 5 })`',
      suggestions: [
        useBatch(
          before,
          'Promise.all(docs.map((doc) => model.invoke(doc)))',
          'model.batch(docs, { maxConcurrency: 5 })',
          'model',
        ),
        limitModel(before, NEW_MODEL, LIMITED_MODEL),
      ],
    });
  })(),

  // ── batch is only suggested ────────────────────────────────────────────────────────────────────────────────────────

  (() => {
    const before = withModel(
      'export const run = (state) => Promise.all(state.docs.map((doc) => model.invoke(doc.text)));\n',
    );
    const from = 'Promise.all(state.docs.map((doc) => model.invoke(doc.text)))';
    return invalid({
      name: 'suggestion: a list of unknown type, which may be no array',
      before,
      call: 'model.invoke()',
      list: '`state.docs`',
      advice: '`model.batch(…, { maxConcurrency: 5 })`',
      suggestions: [
        useBatch(
          before,
          from,
          'model.batch(Array.from(state.docs, (doc) => doc.text), { maxConcurrency: 5 })',
          'model',
        ),
        useLambda(
          before,
          from,
          'RunnableLambda.from((doc: (typeof state.docs)[number]) => model.invoke(doc.text))' +
            '.batch([...state.docs], { maxConcurrency: 5 })',
          OPENAI,
        ),
        limitModel(before, NEW_MODEL, LIMITED_MODEL),
      ],
    });
  })(),
  (() => {
    const before = code`
      import { ChatPromptTemplate } from '@langchain/core/prompts';
      ${OPENAI}
      const chain = ChatPromptTemplate.fromTemplate('Sum up {text}').pipe(${NEW_MODEL});
      export const run = (docs: string[]) => Promise.all(docs.map((text) => chain.invoke({ text })));
    `;
    return invalid({
      name: 'suggestion: a sequence, whose steps would wait for one another',
      before,
      call: 'chain.invoke()',
      list: '`docs`',
      advice: '`chain.batch(…, { maxConcurrency: 5 })`',
      suggestions: [
        useBatch(
          before,
          'Promise.all(docs.map((text) => chain.invoke({ text })))',
          'chain.batch(docs.map((text) => ({ text })), { maxConcurrency: 5 })',
          'chain',
        ),
        useLambda(
          before,
          'Promise.all(docs.map((text) => chain.invoke({ text })))',
          'RunnableLambda.from((text: (typeof docs)[number]) => chain.invoke({ text }))' +
            '.batch(docs, { maxConcurrency: 5 })',
          OPENAI,
        ),
        limitModel(before, NEW_MODEL, LIMITED_MODEL),
      ],
    });
  })(),
  (() => {
    const before = code`
      ${given}export const run = (llm: BaseChatModel, docs: string[]) =>
        Promise.all(docs.map((doc) => llm.invoke(doc)));
    `;
    const from = 'Promise.all(docs.map((doc) => llm.invoke(doc)))';
    return invalid({
      name: 'suggestion: a model of a class that cannot be seen',
      before,
      call: 'llm.invoke()',
      list: '`docs`',
      advice: '`llm.batch(…, { maxConcurrency: 5 })`',
      suggestions: [
        useBatch(before, from, 'llm.batch(docs, { maxConcurrency: 5 })', 'llm'),
        useLambda(
          before,
          from,
          'RunnableLambda.from((doc: (typeof docs)[number]) => llm.invoke(doc)).batch(docs, { maxConcurrency: 5 })',
          given.trim(),
        ),
      ],
    });
  })(),
  ...(
    [
      ['withRetry', 'model.withRetry()'],
      ['withConfig', "model.withConfig({ tags: ['nightly'] })"],
      ['withConfig and a limit, which counts for batch alone', 'model.withConfig({ maxConcurrency: 3 })'],
      ['withStructuredOutput', "model.withStructuredOutput({ title: 'summary', type: 'object', properties: {} })"],
    ] as const
  ).map(([name, derived]) => {
    const before = withModel(
      code`
        const derived = ${derived};
        export const run = (docs: string[]) => Promise.all(docs.map((doc) => derived.invoke(doc)));
      `,
    );
    const from = 'Promise.all(docs.map((doc) => derived.invoke(doc)))';
    return invalid({
      name: `suggestion: ${name}`,
      before,
      call: 'derived.invoke()',
      list: '`docs`',
      advice: '`derived.batch(…, { maxConcurrency: 5 })`',
      suggestions: [
        useBatch(before, from, 'derived.batch(docs, { maxConcurrency: 5 })', 'derived'),
        useLambda(
          before,
          from,
          'RunnableLambda.from((doc: (typeof docs)[number]) => derived.invoke(doc)).batch(docs, { maxConcurrency: 5 })',
          OPENAI,
        ),
        limitModel(before, NEW_MODEL, LIMITED_MODEL),
      ],
    });
  }),
  ...(
    [
      ['withFallbacks', 'model.withFallbacks([model])'],
      ['withFallbacks in a sequence', "ChatPromptTemplate.fromTemplate('{text}').pipe(model.withFallbacks([model]))"],
    ] as const
  ).map(([name, derived]) => {
    const before = withModel(
      code`
        const derived = ${derived};
        export const run = (docs: string[]) => Promise.all(docs.map((doc) => derived.invoke(doc)));
      `,
    ).replace(OPENAI, `import { ChatPromptTemplate } from '@langchain/core/prompts';\n${OPENAI}`);
    const from = 'Promise.all(docs.map((doc) => derived.invoke(doc)))';
    return invalid({
      name: `suggestion: ${name}, whose batch runs again as a whole`,
      before,
      call: 'derived.invoke()',
      list: '`docs`',
      advice: '`RunnableLambda.from(…).batch(…, { maxConcurrency: 5 })`',
      suggestions: [
        useLambda(
          before,
          from,
          'RunnableLambda.from((doc: (typeof docs)[number]) => derived.invoke(doc)).batch(docs, { maxConcurrency: 5 })',
          OPENAI,
        ),
        limitModel(before, NEW_MODEL, LIMITED_MODEL),
      ],
    });
  }),
  ...(
    [
      [
        'the index is used',
        'docs: string[]',
        'Promise.all(docs.map((doc, i) => model.invoke(`${i}: ${doc}`)))',
        'docs',
        'model.batch(docs.map((doc, i) => `${i}: ${doc}`), { maxConcurrency: 5 })',
      ],
      [
        'Array.from',
        'docs: Set<string>',
        'Promise.all(Array.from(docs, (doc) => model.invoke(doc)))',
        'docs',
        'model.batch(Array.from(docs), { maxConcurrency: 5 })',
      ],
      [
        'Array.from a list whose comma needs parentheses',
        'log: () => void, docs: Set<string>',
        'Promise.all(Array.from((log(), docs), (doc) => model.invoke(doc)))',
        'docs',
        'model.batch(Array.from((log(), docs)), { maxConcurrency: 5 })',
      ],
    ] as const
  ).map(([name, parameters, from, list, to]) => {
    const before = withModel(`export const run = (${parameters}) => ${from};\n`);
    return invalid({
      name: `suggestion: ${name}`,
      before,
      call: 'model.invoke()',
      list: `\`${list}\``,
      advice: '`model.batch(…, { maxConcurrency: 5 })`',
      suggestions: [useBatch(before, from, to, 'model'), limitModel(before, NEW_MODEL, LIMITED_MODEL)],
    });
  }),
  (() => {
    const before = withModel(
      code`
        export const run = (docs: { text?: string }[]) =>
          Promise.all(docs.map(async (doc) => model.invoke(doc.text!.trim()))).catch(() => []);
      `,
    );
    const from = 'Promise.all(docs.map(async (doc) => model.invoke(doc.text!.trim())))';
    return invalid({
      name: 'suggestion: an input that throws would no longer reject',
      before,
      call: 'model.invoke()',
      list: '`docs`',
      advice: '`model.batch(…, { maxConcurrency: 5 })`',
      suggestions: [
        useBatch(before, from, 'model.batch(docs.map((doc) => doc.text!.trim()), { maxConcurrency: 5 })', 'model'),
        useLambda(
          before,
          from,
          'RunnableLambda.from(async (doc: (typeof docs)[number]) => model.invoke(doc.text!.trim()))' +
            '.batch(docs, { maxConcurrency: 5 })',
          OPENAI,
        ),
        limitModel(before, NEW_MODEL, LIMITED_MODEL),
      ],
    });
  })(),

  // ── batch does not fit ─────────────────────────────────────────────────────────────────────────────────────────────

  onModel(
    'no batch: the callback does more',
    code`
      export async function run(docs: { id: string; text: string }[]) {
        return Promise.all(docs.map(async (doc) => {
          const answer = await model.invoke(doc.text);
          return { id: doc.id, summary: answer.content };
        }));
      }
    `,
    { call: 'model.invoke()', list: '`docs`' },
    {
      from: code`
        Promise.all(docs.map(async (doc) => {
            const answer = await model.invoke(doc.text);
            return { id: doc.id, summary: answer.content };
          }));
      `.trimEnd(),
      to: code`
        RunnableLambda.from(async (doc: (typeof docs)[number]) => {
            const answer = await model.invoke(doc.text);
            return { id: doc.id, summary: answer.content };
          }).batch(docs, { maxConcurrency: 5 });
      `.trimEnd(),
    },
  ),
  onModel(
    'no batch: the answer is changed',
    code`
      export const run = (docs: string[]) =>
        Promise.all(docs.map((doc) => model.invoke(doc).then((answer) => answer.content).catch(() => null)));
    `,
    { call: 'model.invoke()', list: '`docs`' },
    {
      from: 'Promise.all(docs.map((doc) => model.invoke(doc).then((answer) => answer.content).catch(() => null)))',
      to:
        'RunnableLambda.from((doc: (typeof docs)[number]) => model.invoke(doc).then((answer) => ' +
        'answer.content).catch(() => null)).batch(docs, { maxConcurrency: 5 })',
    },
  ),
  onModel(
    'no batch: the config belongs to the element',
    code`
      export const run = (docs: { id: string; text: string }[]) =>
        Promise.all(docs.map((doc) => model.invoke(doc.text, { metadata: { id: doc.id } })));
    `,
    { call: 'model.invoke()', list: '`docs`' },
    {
      from: 'Promise.all(docs.map((doc) => model.invoke(doc.text, { metadata: { id: doc.id } })))',
      to:
        'RunnableLambda.from((doc: (typeof docs)[number]) => ' +
        'model.invoke(doc.text, { metadata: { id: doc.id } })).batch(docs, { maxConcurrency: 5 })',
    },
  ),
  onModel(
    'no batch: the config is built by a call',
    code`
      import { getConfig } from './config';
      export const run = (docs: string[]) => Promise.all(docs.map((doc) => model.invoke(doc, getConfig())));
    `,
    { call: 'model.invoke()', list: '`docs`' },
    {
      from: 'Promise.all(docs.map((doc) => model.invoke(doc, getConfig())))',
      to:
        'RunnableLambda.from((doc: (typeof docs)[number]) => model.invoke(doc, getConfig()))' +
        '.batch(docs, { maxConcurrency: 5 })',
      last: "import { getConfig } from './config';",
    },
  ),
  onModel(
    'no batch: an optional call',
    'export const run = (docs: string[]) => Promise.all(docs.map((doc) => model?.invoke(doc)));\n',
    { call: 'model.invoke()', list: '`docs`' },
    {
      from: 'Promise.all(docs.map((doc) => model?.invoke(doc)))',
      to: 'RunnableLambda.from((doc: (typeof docs)[number]) => model?.invoke(doc)).batch(docs, { maxConcurrency: 5 })',
    },
  ),
  onModel(
    'no batch: the input is awaited',
    code`
      import { read } from './files';
      export const run = (paths: string[]) => Promise.all(paths.map(async (path) => model.invoke(await read(path))));
    `,
    { call: 'model.invoke()', list: '`paths`' },
    {
      from: 'Promise.all(paths.map(async (path) => model.invoke(await read(path))))',
      to:
        'RunnableLambda.from(async (path: (typeof paths)[number]) => model.invoke(await read(path)))' +
        '.batch(paths, { maxConcurrency: 5 })',
      last: "import { read } from './files';",
    },
  ),
  onModel(
    'no batch: a method of Python’s name',
    'export const run = (docs: string[]) => Promise.all(docs.map((doc) => model.ainvoke(doc)));\n',
    { call: 'model.ainvoke()', list: '`docs`' },
    {
      from: 'Promise.all(docs.map((doc) => model.ainvoke(doc)))',
      to: 'RunnableLambda.from((doc: (typeof docs)[number]) => model.ainvoke(doc)).batch(docs, { maxConcurrency: 5 })',
    },
  ),
  invalid({
    name: 'no batch: a stream, which a lambda would consume and which a limit on the model does not hold',
    before: withModel('export const run = (docs: string[]) => Promise.all(docs.map((doc) => model.stream(doc)));\n'),
    call: 'model.stream()',
    list: '`docs`',
    advice: streamAdvice,
  }),
  (() => {
    const before = code`
      import { ChatOpenAI } from '@langchain/openai';
      import { ChatAnthropic } from '@langchain/anthropic';
      const model = process.env.CLAUDE
        ? new ChatAnthropic({ model: 'claude-sonnet-4-5' })
        : new ChatOpenAI({ model: 'gpt-4o-mini' });
      export const run = (docs: string[]) => Promise.all(docs.map((doc) => model.invoke(doc)));
    `;
    return invalid({
      name: 'no batch: one of two classes, whose batch cannot be called',
      before,
      call: 'model.invoke()',
      list: '`docs`',
      suggestions: [
        useLambda(
          before,
          'Promise.all(docs.map((doc) => model.invoke(doc)))',
          'RunnableLambda.from((doc: (typeof docs)[number]) => model.invoke(doc)).batch(docs, { maxConcurrency: 5 })',
          "import { ChatAnthropic } from '@langchain/anthropic';",
        ),
      ],
    });
  })(),
  (() => {
    const before = code`
      import { RouterRunnable, RunnableLambda } from '@langchain/core/runnables';
      import { ChatOpenAI } from '@langchain/openai';
      const router = new RouterRunnable({
        runnables: { short: new ChatOpenAI({ model: 'gpt-4o-mini' }), long: new ChatOpenAI({ model: 'gpt-4o' }) },
      });
      export const run = (docs: string[]) =>
        Promise.all(docs.map((input) => router.invoke({ key: input.length > 999 ? 'long' : 'short', input })));
    `;
    return invalid({
      name: 'no batch: a router, whose batch mixes up routes',
      before,
      call: 'router.invoke()',
      list: '`docs`',
      suggestions: [
        useLambda(
          before,
          "Promise.all(docs.map((input) => router.invoke({ key: input.length > 999 ? 'long' : 'short', input })))",
          'RunnableLambda.from((input: (typeof docs)[number]) => ' +
            "router.invoke({ key: input.length > 999 ? 'long' : 'short', input }))" +
            '.batch(docs, { maxConcurrency: 5 })',
          null,
        ),
      ],
    });
  })(),
  (() => {
    const before = code`
      import { createAgent } from 'langchain';
      import { HumanMessage } from '@langchain/core/messages';
      const agent = createAgent({ model: 'openai:gpt-4o', tools: [] });
      export const run = (questions: string[]) =>
        Promise.all(questions.map((text) => agent.invoke({ messages: [new HumanMessage(text)] })));
    `;
    return invalid({
      name: 'no batch: createAgent, which has none',
      before,
      call: 'agent.invoke()',
      list: '`questions`',
      suggestions: [
        useLambda(
          before,
          'Promise.all(questions.map((text) => agent.invoke({ messages: [new HumanMessage(text)] })))',
          'RunnableLambda.from((text: (typeof questions)[number]) => ' +
            'agent.invoke({ messages: [new HumanMessage(text)] })).batch(questions, { maxConcurrency: 5 })',
          "import { HumanMessage } from '@langchain/core/messages';",
        ),
      ],
    });
  })(),
  (() => {
    const before = code`
      import { createAgent } from 'langchain';
      const agent = createAgent({ model: 'openai:gpt-4o', tools: [] });
      export const run = (questions: string[]) =>
        Promise.all(questions.map((content) => agent.invoke({ messages: [{ role: 'user', content }] })));
    `;
    return invalid({
      name: 'no batch: createAgent, and nothing of @langchain/core is imported yet',
      before,
      call: 'agent.invoke()',
      list: '`questions`',
      suggestions: [
        useLambda(
          before,
          "Promise.all(questions.map((content) => agent.invoke({ messages: [{ role: 'user', content }] })))",
          'RunnableLambda.from((content: (typeof questions)[number]) => ' +
            "agent.invoke({ messages: [{ role: 'user', content }] })).batch(questions, { maxConcurrency: 5 })",
          "import { createAgent } from 'langchain';",
        ),
      ],
    });
  })(),
  (() => {
    const before = code`
      import { createReactAgent } from '@langchain/langgraph/prebuilt';
      import { llm, tools, checkpointer } from './agent';
      const agent = createReactAgent({ llm, tools, checkpointSaver: checkpointer });
      export const run = (jobs: { id: string; text: string }[]) =>
        Promise.all(jobs.map((job) =>
          agent.invoke({ messages: [['user', job.text]] }, { configurable: { thread_id: job.id } })));
    `;
    const call = code`
      Promise.all(jobs.map((job) =>
          agent.invoke({ messages: [['user', job.text]] }, { configurable: { thread_id: job.id } })));
    `;
    const batched = code`
      RunnableLambda.from((job: (typeof jobs)[number]) =>
          agent.invoke({ messages: [['user', job.text]] }, { configurable: { thread_id: job.id } })).batch(jobs, LIMIT);
    `.replace('LIMIT', '{ maxConcurrency: 5 }');
    return invalid({
      name: 'no batch: a thread per element',
      before,
      call: 'agent.invoke()',
      list: '`jobs`',
      suggestions: [useLambda(before, call, batched, "import { llm, tools, checkpointer } from './agent';")],
    });
  })(),
  (() => {
    const before = code`
      import { RouterRunnable } from '@langchain/core/runnables';
      import { ChatOpenAI } from '@langchain/openai';
      const router = new RouterRunnable({ runnables: { only: new ChatOpenAI({ model: 'gpt-4o' }) } });
      export const run = (docs: string[]) => Promise.all(docs.map((input) => router.invoke({ key: 'only', input })));
    `;
    const lambda = change(
      before,
      "Promise.all(docs.map((input) => router.invoke({ key: 'only', input })))",
      "RunnableLambda.from((input: (typeof docs)[number]) => router.invoke({ key: 'only', input }))" +
        '.batch(docs, { maxConcurrency: 5 })',
    );
    return invalid({
      name: 'lambda: imported beside what the file has of its module',
      before,
      call: 'router.invoke()',
      list: '`docs`',
      suggestions: [
        ['useLambda', change(lambda, 'import { RouterRunnable }', 'import { RouterRunnable, RunnableLambda }'), LIMIT],
      ],
    });
  })(),
  onModel(
    'lambda: none where its name means something else',
    code`
      import { RunnableLambda } from './own';
      export const run = (docs: string[]) =>
        Promise.all(docs.map(async (doc) => new RunnableLambda(await model.invoke(doc))));
    `,
    { call: 'model.invoke()', list: '`docs`' },
  ),
  onModel(
    'lambda: none for a function that takes the index',
    code`
      async function summarize(doc: string, index: number) {
        return { index, answer: await model.invoke(doc) };
      }
      export const run = (docs: string[]) => Promise.all(docs.map(summarize));
    `,
    { call: 'model.invoke()', list: '`docs`', advice: anyLimiterAdvice },
  ),
  (() => {
    const before = withModel(
      code`
        export const run = (docs) =>
          Promise.all(docs.map(async (doc) => { const answer = await model.invoke(doc); return answer.content; }));
      `,
    );
    return invalid({
      name: 'lambda: JavaScript needs no type',
      filename: 'src/run.js',
      before,
      call: 'model.invoke()',
      list: '`docs`',
      suggestions: [
        useLambda(
          before,
          'Promise.all(docs.map(async (doc) => { const answer = await model.invoke(doc); return answer.content; }))',
          'RunnableLambda.from(async (doc) => { const answer = await model.invoke(doc); ' +
            'return answer.content; }).batch([...docs], { maxConcurrency: 5 })',
          OPENAI,
        ),
        limitModel(before, NEW_MODEL, LIMITED_MODEL),
      ],
    });
  })(),
  onModel(
    'lambda: none where its parameter cannot be typed',
    code`
      export const run = (docs: Map<string, string>) =>
        Promise.all([...docs].map(async ([id, text]) => ({ id, answer: await model.invoke(text) })));
    `,
    { call: 'model.invoke()', list: '`[...docs]`' },
  ),
  onModel(
    'a rewrite that would lose a comment is not offered',
    code`
      export const run = (docs: string[]) =>
        Promise.all(
          // All of them.
          docs.map((doc) => model.invoke(doc)),
        );
    `,
    { call: 'model.invoke()', list: '`docs`', advice: '`model.batch(…, { maxConcurrency: 5 })`' },
  ),

  // ── lists ──────────────────────────────────────────────────────────────────────────────────────────────────────────

  ...(
    [
      ['a chained filter', 'Promise.all(docs.map((doc) => model.invoke(doc)).filter(Boolean))', 'docs'],
      ['a spread', "Promise.all([model.invoke('a'), ...docs.map((doc) => model.invoke(doc))])", 'docs'],
      ['concat', "Promise.all([model.invoke('a')].concat(docs.map((doc) => model.invoke(doc))))", 'docs'],
      ['flatMap', 'Promise.all(docs.flatMap((doc) => [model.invoke(doc), model.invoke(doc)]))', 'docs'],
      [
        'flatMap of a short list over a long one',
        "Promise.all(['sum up', 'tag'].flatMap((task) => docs.map((doc) => model.invoke(task + doc))))",
        'docs',
      ],
      ['a condition', 'Promise.all(docs.length > 0 ? docs.map((doc) => model.invoke(doc)) : [])', 'docs'],
      [
        'a slice that leaves the most',
        'Promise.all(docs.slice(1).flatMap((doc) => model.invoke(doc)))',
        'docs.slice(1)',
      ],
      [
        'a slice by the length of the list',
        'Promise.all(docs.slice(0, docs.length / 2).flatMap((doc) => model.invoke(doc)))',
        'docs.slice(0, docs.length / 2)',
      ],
      ['a slice of fifty', 'Promise.all(docs.slice(0, 50).flatMap((doc) => model.invoke(doc)))', 'docs.slice(0, 50)'],
      ['a Set', 'Promise.all(new Set(docs.map((doc) => model.invoke(doc))))', 'docs'],
      [
        'functions that are all called',
        'Promise.all(docs.map((doc) => () => model.invoke(doc)).map((task) => task()))',
        'docs',
      ],
      ['a reducer that collects', 'Promise.all(docs.reduce((all, doc) => [...all, model.invoke(doc)], []))', 'docs'],
      [
        'inputs mapped before',
        'Promise.all(docs.map((doc) => doc.trim()).flatMap((doc) => model.invoke(doc)))',
        'docs.map((doc) => doc.trim())',
      ],
    ] as const
  ).map(([name, all, list]) =>
    onModel(`list: ${name}`, `export const run = (docs: string[]) => ${all};\n`, {
      call: 'model.invoke()',
      list: `\`${list}\``,
    }),
  ),
  ...(
    [
      [
        'a length that is the list’s',
        'Array.from({ length: docs.length }, (_, i) => model.invoke(docs[i]!))',
        '{ length: docs.length }',
        'Array.from({ length: docs.length }, (_, i) => docs[i]!)',
      ],
      [
        'fifty of them',
        'Array.from({ length: 50 }, (_, i) => model.invoke(docs[i]!))',
        '{ length: 50 }',
        'Array.from({ length: 50 }, (_, i) => docs[i]!)',
      ],
    ] as const
  ).map(([name, list, shown, inputs]) => {
    const before = withModel(`export const run = (docs: string[]) => Promise.all(${list});\n`);
    return invalid({
      name: `list: ${name}`,
      before,
      call: 'model.invoke()',
      list: `\`${shown}\``,
      advice: '`model.batch(…, { maxConcurrency: 5 })`',
      suggestions: [
        useBatch(before, `Promise.all(${list})`, `model.batch(${inputs}, { maxConcurrency: 5 })`, 'model'),
        limitModel(before, NEW_MODEL, LIMITED_MODEL),
      ],
    });
  }),
  onModel(
    'list: a variable',
    code`
      export async function run(sections: { name: string; text: string }[]) {
        const pending = sections.map(async (section, index) => {
          const answer = await model.invoke(section.text);
          return { index, answer };
        });
        console.log('started');
        const answers = await Promise.all(pending);
        return answers;
      }
    `,
    { call: 'model.invoke()', list: '`sections`', advice: anyLimiterAdvice },
  ),
  onModel(
    'list: pushed in a loop, awaited together',
    code`
      export async function run(docs: string[]) {
        const pending = [];
        for (const doc of docs) {
          if (doc === '') continue;
          pending.push(model.invoke(doc));
        }
        return await Promise.all(pending);
      }
    `,
    { call: 'model.invoke()', list: '`docs`' },
  ),
  onModel(
    'list: pushed in a loop through a variable, by index',
    code`
      export async function run(docs: string[]) {
        const pending: Promise<unknown>[] = [];
        for (let i = 0; i < docs.length; i++) {
          const answer = model.invoke(docs[i]!).then((message) => message.content);
          pending[i] = answer;
        }
        return Promise.allSettled(pending);
      }
    `,
    { at: 'Promise.allSettled', call: 'model.invoke()', list: '`docs`', advice: anyLimiterAdvice },
  ),
  onModel(
    'list: pushed by a plain forEach',
    code`
      export async function run(docs: string[]) {
        const pending: Promise<unknown>[] = [];
        docs.forEach((doc) => pending.push(model.invoke(doc)));
        await Promise.all(pending);
      }
    `,
    { call: 'model.invoke()', list: '`docs`' },
  ),
  onModel(
    'list: collected in an object, a Set and a rewritten list',
    code`
      export async function run(docs: string[]) {
        const byDoc = {};
        for (const doc of docs) byDoc[doc] = model.invoke(doc);
        await Promise.all(Object.values(byDoc));
      }
    `,
    { call: 'model.invoke()', list: '`docs`' },
  ),
  onModel(
    'list: rewritten in a loop',
    code`
      export async function run(docs: string[]) {
        let pending: Promise<unknown>[] = [];
        for (const doc of docs) pending = [...pending, model.invoke(doc)];
        await Promise.all(pending);
      }
    `,
    { call: 'model.invoke()', list: '`docs`' },
  ),
  onModel(
    'list: promises in objects',
    code`
      export async function rerank(query: string, docs: { id: string; text: string }[]) {
        const checks = [];
        for (const doc of docs) checks.push({ id: doc.id, rank: model.invoke(query + doc.text) });
        return Promise.all(checks.map((check) => check.rank));
      }
    `,
    { call: 'model.invoke()', list: '`docs`' },
  ),
  onModel(
    'list: an async function called on the spot',
    code`
      export async function run(docs: string[]) {
        const pending = [];
        for (const doc of docs) {
          pending.push((async () => {
            const answer = await model.invoke(doc);
            return answer.content;
          })());
        }
        await Promise.all(pending);
      }
    `,
    { call: 'model.invoke()', list: '`docs`' },
  ),
  onModel(
    'list: a constant list that something is pushed to',
    code`
      export async function run(docs: string[]) {
        const inputs = ['Say hello.'];
        for (const doc of docs) inputs.push(doc);
        return Promise.any(inputs.map((input) => model.invoke(input)));
      }
    `,
    { at: 'Promise.any', call: 'model.invoke()', list: '`inputs`', advice: anyLimiterAdvice },
  ),
  onModel(
    'list: pushed to by whoever calls a function',
    code`
      const inputs = ['Say hello.'];
      export const add = (input: string) => inputs.push(input);
      export const run = () => Promise.any(inputs.map((input) => model.invoke(input)));
    `,
    { at: 'Promise.any', call: 'model.invoke()', list: '`inputs`', advice: anyLimiterAdvice },
  ),
  onModel(
    'list: pushed to by a method of what is returned',
    code`
      export function collect() {
        const inputs: string[] = [];
        return {
          add(input: string) {
            inputs.push(input);
          },
          run: () => Promise.any(inputs.map((input) => model.invoke(input))),
        };
      }
    `,
    { at: 'Promise.any', call: 'model.invoke()', list: '`inputs`', advice: anyLimiterAdvice },
  ),
  onModel(
    'list: pushed to by a helper, once for each element',
    code`
      export function run(docs: string[]) {
        const inputs: string[] = [];
        const add = (doc: string) => { inputs.push(doc); };
        docs.forEach(add);
        return Promise.any(inputs.map((input) => model.invoke(input)));
      }
    `,
    { at: 'Promise.any', call: 'model.invoke()', list: '`inputs`', advice: anyLimiterAdvice },
  ),
  onModel(
    'list: pushed to by a helper that calls itself',
    code`
      interface Page { text: string; pages: Page[] }
      export function run(first: Page) {
        const texts: string[] = [];
        function visit(page: Page) {
          texts.push(page.text);
          for (const next of page.pages) visit(next);
        }
        visit(first);
        return Promise.any(texts.map((text) => model.invoke(text)));
      }
    `,
    { at: 'Promise.any', call: 'model.invoke()', list: '`texts`', advice: anyLimiterAdvice },
  ),
  onModel(
    'list: parts that are not waited for',
    code`
      export async function run(docs: string[]) {
        const parts = [];
        for (let i = 0; i < docs.length; i += 5) {
          parts.push(Promise.all(docs.slice(i, i + 5).map((doc) => model.invoke(doc))));
        }
        return Promise.race(parts);
      }
    `,
    { at: 'Promise.race', call: 'model.invoke()', list: '`docs`', advice: anyLimiterAdvice },
  ),
  onModel(
    'list: the documents of a search with a large k',
    code`
      import type { VectorStore } from '@langchain/core/vectorstores';
      export async function compress(store: VectorStore, question: string) {
        const found = await store.similaritySearch(question, 50);
        return Promise.race(found.map((doc) => model.invoke(doc.pageContent)));
      }
    `,
    { at: 'Promise.race', call: 'model.invoke()', list: '`found`', advice: anyLimiterAdvice },
  ),
  onModel(
    'list: structured output without a cap',
    code`
      import { z } from 'zod';
      const planner = model.withStructuredOutput(z.object({ queries: z.array(z.string()) }));
      export async function research(question: string) {
        const { queries } = await planner.invoke(question);
        return Promise.allSettled(queries.map((query) => model.invoke(query)));
      }
    `,
    { at: 'Promise.allSettled', call: 'model.invoke()', list: '`queries`', advice: anyLimiterAdvice },
  ),
  onModel(
    'list: from another module',
    code`
      import { questions } from './questions';
      export const run = () => Promise.race(questions.map((question) => model.invoke(question)));
    `,
    { at: 'Promise.race', call: 'model.invoke()', list: '`questions`', advice: anyLimiterAdvice },
  ),
  {
    name: 'nested: both levels start calls without a limit',
    ...(() => {
      const source = `${given}${code`
        export const run = (llm: BaseChatModel, docs: { pages: string[] }[]) =>
          Promise.allSettled(docs.map((doc) => Promise.race(doc.pages.map((page) => llm.invoke(page)))));
      `}`;
      return {
        code: source,
        output: null,
        errors: [
          reported(source, {
            at: 'Promise.allSettled',
            call: 'llm.invoke()',
            list: '`docs`',
            advice: anyLimiterAdvice,
          }),
          reported(source, { at: 'Promise.race', call: 'llm.invoke()', list: '`doc.pages`', advice: anyLimiterAdvice }),
        ],
      };
    })(),
  },

  onModel(
    'combinator: taken off Promise',
    code`
      const { all } = Promise;
      export const run = (docs: string[]) => all(docs.map(async (doc) => (await model.invoke(doc)).content));
    `,
    { at: 'all', occurrence: 2, combinator: 'all', call: 'model.invoke()', list: '`docs`' },
    {
      from: 'all(docs.map(async (doc) => (await model.invoke(doc)).content))',
      to:
        'RunnableLambda.from(async (doc: (typeof docs)[number]) => (await model.invoke(doc)).content)' +
        '.batch(docs, { maxConcurrency: 5 })',
    },
  ),

  // ── functions ──────────────────────────────────────────────────────────────────────────────────────────────────────

  onModel(
    'function: handed over by name',
    code`
      async function summarize(doc: string) {
        const answer = await model.invoke(doc);
        return answer.content;
      }
      export const run = (docs: string[]) => Promise.all(docs.map(summarize));
    `,
    { call: 'model.invoke()', list: '`docs`' },
    {
      from: 'Promise.all(docs.map(summarize))',
      to: 'RunnableLambda.from(summarize).batch(docs, { maxConcurrency: 5 })',
    },
  ),
  onModel(
    'function: called through another',
    code`
      async function complete(prompt: string) {
        return model.invoke(prompt);
      }
      const summarize = async (doc: string) => (await complete('Sum up ' + doc)).content;
      export const run = (docs: string[]) => Promise.allSettled(docs.map((doc) => summarize(doc)));
    `,
    { at: 'Promise.allSettled', call: 'model.invoke()', list: '`docs`', advice: anyLimiterAdvice },
  ),
  (() => {
    const before = `${given}${code`
      export class Clinics {
        constructor(private readonly chatModel: BaseChatModel) {}
        async sync(clinics: { name: string }[]) {
          const known = new Set<string>();
          const fresh = clinics.filter((clinic) => !known.has(clinic.name));
          return Promise.allSettled(fresh.map(this.toDocument.bind(this)));
        }
        private async toDocument(clinic: { name: string }) {
          return { ...clinic, symptoms: await this.describe(clinic.name) };
        }
        private async describe(name: string) {
          const reply = await this.chatModel.invoke(name);
          return reply.content;
        }
      }
    `}`;
    return invalid({
      name: 'function: a method of the class, handed over and called',
      before,
      at: 'Promise.allSettled',
      call: 'this.chatModel.invoke()',
      list: '`fresh`',
      advice: anyLimiterAdvice,
      suggestions: [useChunks(before, 'fresh')],
    });
  })(),
  onModel(
    'function: a retry of the file does not limit',
    code`
      async function retry<T>(run: () => Promise<T>): Promise<T> {
        for (let attempt = 0; ; attempt++) {
          try {
            return await run();
          } catch (error) {
            if (attempt === 3) throw error;
            await new Promise((resolve) => setTimeout(resolve, 1000));
          }
        }
      }
      export const run = (docs: string[]) => Promise.race(docs.map((doc) => retry(() => model.invoke(doc))));
    `,
    { at: 'Promise.race', call: 'model.invoke()', list: '`docs`', advice: anyLimiterAdvice },
  ),
  onModel(
    'function: p-retry and tracing do not limit',
    code`
      import pRetry from 'p-retry';
      import { traceable } from 'langsmith/traceable';
      const summarize = traceable(async (doc: string) => pRetry(() => model.invoke(doc), { retries: 2 }), {
        name: 'summarize',
      });
      export const run = (docs: string[]) => Promise.race(docs.map((doc) => summarize(doc)));
    `,
    { at: 'Promise.race', call: 'model.invoke()', list: '`docs`', advice: anyLimiterAdvice },
  ),
  onModel(
    'function: a helper of the file that maps, reported in the helper',
    code`
      async function inParallel<T>(items: string[], run: (item: string) => Promise<T>) {
        return Promise.race(items.map((item) => run(item)));
      }
      export const run = (docs: string[]) => inParallel(docs, (doc) => model.invoke(doc));
    `,
    { at: 'Promise.race', call: 'model.invoke()', list: '`items`', advice: anyLimiterAdvice },
  ),
  onModel(
    'function: a helper of the file that awaits, reported in the helper',
    code`
      const settle = (pending: Promise<unknown>[]) => Promise.allSettled(pending);
      export const run = (docs: string[]) => settle(docs.map((doc) => model.invoke(doc)));
    `,
    { at: 'Promise.allSettled', call: 'model.invoke()', list: '`docs`', advice: anyLimiterAdvice },
  ),
  onModel(
    'function: one that starts all and returns the promises',
    code`
      const startAll = (docs: string[]) => docs.map((doc) => model.invoke(doc));
      export const run = async (docs: string[]) => Promise.allSettled(startAll(docs));
    `,
    { at: 'Promise.allSettled', call: 'model.invoke()', list: '`docs`', advice: anyLimiterAdvice },
  ),
  invalid({
    name: 'function: the calls of a graph node',
    before: `${given}${code`
      import { StateGraph } from '@langchain/langgraph';
      import { State, llm } from './state';
      async function grade(state: typeof State.State, model: BaseChatModel) {
        const grades = state.documents.map(async (doc) => {
          const { content } = await model.invoke(doc.pageContent);
          return content === 'yes' ? doc : null;
        });
        return { documents: (await Promise.allSettled(grades)).filter(Boolean) };
      }
      export const graph = new StateGraph(State).addNode('grade', (state) => grade(state, llm)).compile();
    `}`,
    at: 'Promise.allSettled',
    call: 'model.invoke()',
    list: '`state.documents`',
    advice: anyLimiterAdvice,
  }),

  // ── receivers ──────────────────────────────────────────────────────────────────────────────────────────────────────

  (() => {
    const before = code`
      import { PineconeStore } from '@langchain/pinecone';
      import { OpenAIEmbeddings } from '@langchain/openai';
      import { pineconeIndex } from './clients';
      export async function search(queries: string[]) {
        const store = await PineconeStore.fromExistingIndex(new OpenAIEmbeddings(), { pineconeIndex });
        return Promise.allSettled(queries.map((query) => store.similaritySearch(query, 4)));
      }
    `;
    return invalid({
      name: 'receiver: a store, which has no batch',
      before,
      at: 'Promise.allSettled',
      call: 'store.similaritySearch()',
      list: '`queries`',
      advice: anyLimiterAdvice,
      suggestions: [useChunks(before, 'queries')],
    });
  })(),
  invalid({
    name: 'receiver: a loader per address',
    before: code`
      import { CheerioWebBaseLoader } from '@langchain/community/document_loaders/web/cheerio';
      export const load = (urls: string[]) =>
        Promise.allSettled(urls.map((url) => new CheerioWebBaseLoader(url).load()));
    `,
    at: 'Promise.allSettled',
    call: 'new CheerioWebBaseLoader(url).load()',
    list: '`urls`',
    advice: anyLimiterAdvice,
  }),
  invalid({
    name: 'receiver: embeddings without a small default, and with the default taken away',
    before: code`
      import { CohereEmbeddings } from '@langchain/cohere';
      const embeddings = new CohereEmbeddings({ model: 'embed-v4.0' });
      export const run = (texts: string[]) => Promise.any(texts.map((text) => embeddings.embedQuery(text)));
    `,
    at: 'Promise.any',
    call: 'embeddings.embedQuery()',
    list: '`texts`',
    advice: anyLimiterAdvice,
  }),
  invalid({
    name: 'receiver: embeddings whose default is taken away',
    before: code`
      import { OpenAIEmbeddings } from '@langchain/openai';
      const embeddings = new OpenAIEmbeddings({ maxConcurrency: Infinity });
      export const run = (texts: string[]) => Promise.any(texts.map((text) => embeddings.embedQuery(text)));
    `,
    at: 'Promise.any',
    call: 'embeddings.embedQuery()',
    list: '`texts`',
    advice: anyLimiterAdvice,
  }),
  invalid({
    name: 'receiver: indexing one document after the other, all at once',
    before: code`
      import { Chroma } from '@langchain/community/vectorstores/chroma';
      import { OpenAIEmbeddings } from '@langchain/openai';
      export const index = (groups: string[][]) =>
        Promise.allSettled(
          groups.map((texts) => Chroma.fromTexts(texts, [], new OpenAIEmbeddings(), { collectionName: 'docs' })),
        );
    `,
    at: 'Promise.allSettled',
    call: 'Chroma.fromTexts()',
    list: '`groups`',
    advice: anyLimiterAdvice,
  }),
  invalid({
    name: 'receiver: runs of the LangGraph SDK',
    before: code`
      import { Client } from '@langchain/langgraph-sdk';
      const client = new Client({ apiUrl: 'http://localhost:2024' });
      export const run = (threads: string[]) =>
        Promise.allSettled(threads.map((thread) => client.runs.wait(thread, 'agent', { input: {} })));
    `,
    at: 'Promise.allSettled',
    call: 'client.runs.wait()',
    list: '`threads`',
    advice: anyLimiterAdvice,
  }),
  invalid({
    name: 'receiver: a batch per group, which limits each group alone',
    before: `${given}${code`
      import { chunk } from 'lodash-es';
      export const run = (llm: BaseChatModel, docs: string[]) =>
        Promise.allSettled(chunk(docs, 20).map((part) => llm.batch(part, { maxConcurrency: 5 })));
    `}`,
    at: 'Promise.allSettled',
    call: 'llm.batch()',
    list: '`chunk(docs, 20)`',
    advice: anyLimiterAdvice,
  }),
  invalid({
    name: 'receiver: a graph whose config limits what one run does',
    before: code`
      import { createReactAgent } from '@langchain/langgraph/prebuilt';
      import { llm, tools } from './agent';
      const agent = createReactAgent({ llm, tools });
      export const run = (inputs: { messages: string[] }[]) =>
        Promise.allSettled(inputs.map((input) => agent.invoke(input, { maxConcurrency: 4 })));
    `,
    at: 'Promise.allSettled',
    call: 'agent.invoke()',
    list: '`inputs`',
    advice: anyLimiterAdvice,
  }),
  onModel(
    'receiver: two calls, of which a limit on one model would limit one',
    code`
      import { PineconeStore } from '@langchain/pinecone';
      export const run = (store: PineconeStore, questions: string[]) =>
        Promise.race(
          questions.map(async (question) => {
            const answer = await model.invoke(question);
            return answer.content;
          }),
        );
    `,
    { at: 'Promise.race', call: 'model.invoke()', list: '`questions`', advice: anyLimiterAdvice },
  ),
  invalid({
    name: 'receiver: a limit on the model would leave the store without one',
    before: withModel(code`
      import type { VectorStore } from '@langchain/core/vectorstores';
      export const run = (store: VectorStore, questions: string[]) =>
        Promise.race(
          questions.map(async (question) => {
            const answer = await model.invoke(question);
            return store.similaritySearch(String(answer.content));
          }),
        );
    `),
    at: 'Promise.race',
    call: 'model.invoke()',
    list: '`questions`',
    advice: anyLimiterAdvice,
  }),

  // ── limits that do not limit ───────────────────────────────────────────────────────────────────────────────────────

  invalid({
    name: 'cap: the model is built for each element',
    before: code`
      ${OPENAI}
      export const run = (docs: string[]) =>
        Promise.race(docs.map((doc) => new ChatOpenAI({ maxConcurrency: 2 }).invoke(doc)));
    `,
    messageId: 'cappedPerElement',
    at: 'Promise.race',
    call: 'new ChatOpenAI({ maxConcurrency: 2 }).invoke()',
    list: '`docs`',
    advice: anyLimiterAdvice,
  }),
  invalid({
    name: 'cap: the model is built in the function that each element calls',
    before: code`
      import { ChatOpenAI } from 'langchain/chat_models/openai';
      export const loadMemories = async (memories: { text: string; tags: string[] }[]) =>
        Promise.allSettled(
          memories.map(async (memory) => {
            memory.tags = await generateTags(memory.text);
            return memory;
          }),
        );
      const generateTags = async (text: string) => {
        const model = new ChatOpenAI({ modelName: 'gpt-4', maxConcurrency: 5 }).bind({ functions: [] });
        const response = await model.invoke(text);
        return String(response.content).split(',');
      };
    `,
    messageId: 'cappedPerElement',
    at: 'Promise.allSettled',
    call: 'model.invoke()',
    list: '`memories`',
    advice: anyLimiterAdvice,
  }),
  invalid({
    name: 'cap: the model comes from a factory that each element calls',
    before: code`
      import { ChatOpenAI } from '@langchain/openai';
      const createModel = () => new ChatOpenAI({ maxConcurrency: 5 });
      export const run = (docs: string[]) => Promise.race(docs.map((doc) => createModel().invoke(doc)));
    `,
    messageId: 'cappedPerElement',
    at: 'Promise.race',
    call: 'createModel().invoke()',
    list: '`docs`',
    advice: anyLimiterAdvice,
  }),
  invalid({
    name: 'cap: ChatOpenAI builds another model, with a queue of its own, for each element',
    before: code`
      import { ChatOpenAI } from '@langchain/openai';
      import { schemaFor } from './schemas';
      const model = new ChatOpenAI({ maxConcurrency: 5 });
      export const run = (docs: string[]) =>
        Promise.race(docs.map((doc) => model.withStructuredOutput(schemaFor(doc)).invoke(doc)));
    `,
    messageId: 'cappedPerElement',
    at: 'Promise.race',
    call: 'model.withStructuredOutput(…).invoke()',
    list: '`docs`',
    advice: anyLimiterAdvice,
  }),
  invalid({
    name: 'cap: a stream holds its slot only until it opens',
    before: code`
      import { ChatOpenAI } from '@langchain/openai';
      const model = new ChatOpenAI({ maxConcurrency: 5 });
      export async function run(docs: string[]) {
        await Promise.all(
          docs.map(async (doc) => {
            for await (const chunk of await model.stream(doc)) process.stdout.write(String(chunk.content));
          }),
        );
      }
    `,
    messageId: 'cappedStream',
    call: 'model.stream()',
    list: '`docs`',
    advice: streamAdvice,
  }),
  invalid({
    name: 'cap: Infinity',
    before: code`
      import { ChatOpenAI } from '@langchain/openai';
      const model = new ChatOpenAI({ maxConcurrency: Infinity });
      export const run = (docs: string[]) => Promise.race(docs.map((doc) => model.invoke(doc)));
    `,
    at: 'Promise.race',
    call: 'model.invoke()',
    list: '`docs`',
    advice: anyLimiterAdvice,
    suggestions: [
      [
        'limitModel',
        code`
          import { ChatOpenAI } from '@langchain/openai';
          const model = new ChatOpenAI({ maxConcurrency: 5 });
          export const run = (docs: string[]) => Promise.race(docs.map((doc) => model.invoke(doc)));
        `,
        { ...LIMIT, model: 'ChatOpenAI' },
      ],
    ],
  }),
  invalid({
    name: 'cap: a model without options',
    before: code`
      import { ChatOpenAI } from '@langchain/openai';
      const model = new ChatOpenAI();
      export const run = (docs: string[]) => Promise.race(docs.map((doc) => model.invoke(doc)));
    `,
    at: 'Promise.race',
    call: 'model.invoke()',
    list: '`docs`',
    advice: anyLimiterAdvice,
    suggestions: [
      [
        'limitModel',
        code`
          import { ChatOpenAI } from '@langchain/openai';
          const model = new ChatOpenAI({ maxConcurrency: 5 });
          export const run = (docs: string[]) => Promise.race(docs.map((doc) => model.invoke(doc)));
        `,
        { ...LIMIT, model: 'ChatOpenAI' },
      ],
    ],
  }),
  invalid({
    name: 'limiter: documents are limited, their pages are not',
    before: `${given}${code`
      import PQueue from 'p-queue';
      const queue = new PQueue({ concurrency: 3 });
      export const run = (llm: BaseChatModel, docs: { pages: string[] }[]) =>
        Promise.allSettled(
          docs.map((doc) => queue.add(async () => Promise.race(doc.pages.map((page) => llm.invoke(page))))),
        );
    `}`,
    at: 'Promise.race',
    call: 'llm.invoke()',
    list: '`doc.pages`',
    advice: anyLimiterAdvice,
  }),
  invalid({
    name: 'limiter: what follows the limited call is not limited',
    before: `${given}${code`
      import pThrottle from 'p-throttle';
      const get = pThrottle({ limit: 2, interval: 1000 })((url: string) => fetch(url));
      export const run = (llm: BaseChatModel, urls: string[]) =>
        Promise.race(urls.map((url) => get(url).then(async (page) => llm.invoke(await page.text()))));
    `}`,
    at: 'Promise.race',
    call: 'llm.invoke()',
    list: '`urls`',
    advice: anyLimiterAdvice,
  }),
  ...(
    [
      [
        'p-map without concurrency',
        "import pMap from 'p-map';",
        'pMap(docs, (doc) => model.invoke(doc))',
        'pMap',
        'pMap(docs, (doc) => model.invoke(doc), { concurrency: 5 })',
        '`{ concurrency: 5 }`',
      ],
      [
        'p-map with other options',
        "import pMap from 'p-map';",
        'pMap(docs, (doc) => model.invoke(doc), { stopOnError: false })',
        'pMap',
        'pMap(docs, (doc) => model.invoke(doc), { stopOnError: false, concurrency: 5 })',
        '`{ concurrency: 5 }`',
      ],
      [
        'p-map with Infinity',
        "import pMap from 'p-map';",
        'pMap(docs, (doc) => model.invoke(doc), { concurrency: Infinity })',
        'pMap',
        'pMap(docs, (doc) => model.invoke(doc), { concurrency: 5 })',
        '`{ concurrency: 5 }`',
      ],
      [
        'p-all without concurrency',
        "import pAll from 'p-all';",
        'pAll(docs.map((doc) => () => model.invoke(doc)))',
        'pAll',
        'pAll(docs.map((doc) => () => model.invoke(doc)), { concurrency: 5 })',
        '`{ concurrency: 5 }`',
      ],
      [
        'Bluebird’s map without concurrency',
        "import Bluebird from 'bluebird';",
        'Bluebird.map(docs, (doc) => model.invoke(doc))',
        'Bluebird.map',
        'Bluebird.map(docs, (doc) => model.invoke(doc), { concurrency: 5 })',
        '`{ concurrency: 5 }`',
      ],
      [
        'mergeMap without its limit',
        "import { from, mergeMap } from 'rxjs';",
        'from(docs).pipe(mergeMap((doc) => model.invoke(doc)))',
        'mergeMap',
        'from(docs).pipe(mergeMap((doc) => model.invoke(doc), 5))',
        'a limit such as 5',
      ],
      [
        'mergeMap without its limit, its function in parentheses',
        "import { from, mergeMap } from 'rxjs';",
        'from(docs).pipe(mergeMap(((doc) => model.invoke(doc))))',
        'mergeMap',
        'from(docs).pipe(mergeMap(((doc) => model.invoke(doc)), 5))',
        'a limit such as 5',
      ],
      [
        'mergeMap over deferred calls',
        "import { defer, from, mergeMap } from 'rxjs';",
        'from(docs).pipe(mergeMap((doc) => defer(() => model.invoke(doc))))',
        'mergeMap',
        'from(docs).pipe(mergeMap((doc) => defer(() => model.invoke(doc)), 5))',
        'a limit such as 5',
      ],
      [
        'mergeMap with Infinity',
        "import { from } from 'rxjs';\nimport { mergeMap } from 'rxjs/operators';",
        'from(docs).pipe(mergeMap((doc) => model.invoke(doc), Infinity))',
        'mergeMap',
        'from(docs).pipe(mergeMap((doc) => model.invoke(doc), 5))',
        'a limit such as 5',
      ],
    ] as const
  ).map(([name, head, call, at, limited, advice]) => {
    const before = withModel(`${head}\nexport const run = (docs: string[]) => ${call};\n`);
    return invalid({
      name: `mapper: ${name}`,
      before,
      messageId: 'unlimitedMapper',
      at,
      // The import names it first.
      occurrence: head.split(at).length,
      call: 'model.invoke()',
      list: '`docs`',
      advice,
      suggestions: [['addConcurrency', change(before, call, limited), LIMIT]],
    });
  }),
  invalid({
    name: 'mapper: async’s map, which has a form with a limit',
    before: withModel(
      code`
        import async from 'async';
        export const run = (docs: string[]) => async.map(docs, async (doc) => model.invoke(doc));
      `,
    ),
    messageId: 'unlimitedMapper',
    at: 'async.map',
    call: 'model.invoke()',
    list: '`docs`',
    advice: 'a limit such as 5',
  }),
  onModel(
    'combinator: Bluebird’s',
    code`
      import Promise from 'bluebird';
      export const run = (docs: string[]) => Promise.all(docs.map((doc) => model.invoke(doc)));
    `,
    {
      call: 'model.invoke()',
      list: '`docs`',
    },
  ),
  ...(
    [
      [
        'pLimit(Infinity)',
        "import pLimit from 'p-limit';",
        'const limit = pLimit(Infinity);',
        'pLimit',
        'const limit = pLimit(5);',
        'Promise.all(docs.map((doc) => limit(() => model.invoke(doc))))',
        'a limit such as 5',
      ],
      [
        'p-queue without concurrency',
        "import PQueue from 'p-queue';",
        'const queue = new PQueue();',
        'PQueue',
        'const queue = new PQueue({ concurrency: 5 });',
        'Promise.all(docs.map((doc) => queue.add(() => model.invoke(doc))))',
        '`{ concurrency: 5 }`',
      ],
      [
        'p-queue with other options',
        "import PQueue from 'p-queue';",
        'const queue = new PQueue({ autoStart: true });',
        'PQueue',
        'const queue = new PQueue({ autoStart: true, concurrency: 5 });',
        'queue.addAll(docs.map((doc) => () => model.invoke(doc)))',
        '`{ concurrency: 5 }`',
      ],
      [
        'Bottleneck without a limit',
        "import Bottleneck from 'bottleneck';",
        'const limiter = new Bottleneck();',
        'Bottleneck',
        'const limiter = new Bottleneck({ maxConcurrent: 5 });',
        'Promise.all(docs.map((doc) => limiter.schedule(() => model.invoke(doc))))',
        '`{ maxConcurrent: 5 }`',
      ],
    ] as const
  ).map(([name, head, made, at, limited, all, advice]) => {
    const before = withModel(`${head}\n${made}\nexport const run = (docs: string[]) => ${all};\n`);
    return invalid({
      name: `limiter: ${name}`,
      before,
      messageId: 'unlimitedLimiter',
      at,
      occurrence: 2,
      call: 'model.invoke()',
      list: '`docs`',
      advice,
      suggestions: [['addConcurrency', change(before, made, limited), LIMIT]],
    });
  }),
  (() => {
    const before = withModel(code`
      import PQueue from 'p-queue';
      export async function run(docs: string[]) {
        const queue = new PQueue();
        for (const doc of docs) {
          void queue.add(() => model.invoke(doc));
          void queue.add(() => model.invoke(doc));
        }
        await queue.onIdle();
      }
    `);
    return invalid({
      name: 'limiter: one report for a queue without a limit, however often it is used',
      before,
      messageId: 'unlimitedLimiter',
      at: 'PQueue',
      occurrence: 2,
      call: 'model.invoke()',
      list: '`docs`',
      advice: '`{ concurrency: 5 }`',
      suggestions: [['addConcurrency', change(before, 'new PQueue()', 'new PQueue({ concurrency: 5 })'), LIMIT]],
    });
  })(),

  // ── promises that nothing awaits ───────────────────────────────────────────────────────────────────────────────────

  ...(
    [
      ['an async callback', 'docs.forEach(async (doc) => ', '{ await model.invoke(doc); }', 'docs'],
      ['a callback that returns the promise', 'docs.forEach((doc) => ', 'model.invoke(doc)', 'docs'],
      ['a short list', "['a', 'b'].forEach(async (doc) => ", '{ console.log(await model.invoke(doc)); }', "['a', 'b']"],
      [
        'a list that is filtered',
        'docs.filter(Boolean).forEach(async (doc) => ',
        '{ await model.invoke(doc); }',
        'docs.filter(Boolean)',
      ],
    ] as const
  ).map(([name, call, body, list]) =>
    invalid({
      name: `forEach: ${name}`,
      before: withModel(`export function run(docs: string[]) {\n  ${call}${body});\n}\n`),
      suggestions: [
        [
          'useLoop',
          withModel(
            code`
              export async function run(docs: string[]) {
                for (const doc of ${list}) ${body.startsWith('{') ? body : `await ${body};`}
              }
            `,
          ),
          LIMIT,
        ],
      ],
      messageId: 'lost',
      at: 'forEach',
      combinator: call.slice(0, call.indexOf('(async')),
      call: 'model.invoke()',
      list: `\`${list}\``,
    }),
  ),
  invalid({
    name: 'forEach: a function by name, behind a limiter and on a limited model',
    before: code`
      import { ChatOpenAI } from '@langchain/openai';
      import pLimit from 'p-limit';
      const limit = pLimit(5);
      const model = new ChatOpenAI({ maxConcurrency: 5 });
      async function summarize(doc: string) {
        await limit(() => model.invoke(doc));
      }
      export const run = (docs: string[]) => docs.forEach(summarize);
    `,
    messageId: 'lost',
    at: 'forEach',
    call: 'model.invoke()',
    list: '`docs`',
  }),
  onModel(
    'collected: pushed in a loop and never awaited',
    code`
      export function warmUp(docs: string[]) {
        const pending: Promise<unknown>[] = [];
        for (const doc of docs) {
          pending.push(model.invoke(doc));
        }
        console.log('warming up');
      }
    `,
    { messageId: 'collected', at: 'push', combinator: 'pending', call: 'model.invoke()', list: '`docs`' },
  ),

  // ── p-limit is at hand ─────────────────────────────────────────────────────────────────────────────────────────────

  ...(
    [
      [
        'an async callback, with a limiter that is made',
        'Promise.all(docs.map(async (doc) => { const answer = await model.invoke(doc); return answer.content; }))',
        'Promise.all(docs.map((doc) => limit(async () => ' +
          '{ const answer = await model.invoke(doc); return answer.content; })))',
        'Promise.all',
      ],
      [
        'a plain callback of allSettled',
        'Promise.allSettled(docs.map((doc) => model.invoke(doc)))',
        'Promise.allSettled(docs.map((doc) => limit(() => model.invoke(doc))))',
        'Promise.allSettled',
      ],
    ] as const
  ).map(([name, all, limited, at]) => {
    const before = `${given}${code`
      import pLimit from 'p-limit';
      export async function run(model: BaseChatModel, docs: readonly string[]) {
        return ${all};
      }
    `}`;
    return invalid({
      name: `p-limit: ${name}`,
      before,
      at,
      call: 'model.invoke()',
      list: '`docs`',
      advice: limiterAdvice,
      suggestions: [
        ...(at === 'Promise.all'
          ? [
              useLambda(
                before,
                all,
                'RunnableLambda.from(async (doc: (typeof docs)[number]) => ' +
                  '{ const answer = await model.invoke(doc); return answer.content; })' +
                  '.batch([...docs], { maxConcurrency: 5 })',
                "import pLimit from 'p-limit';",
              ),
            ]
          : []),
        useLimiter(change(change(before, all, limited), '  return ', '  const limit = pLimit(5);\n  return ')),
      ],
    });
  }),
  (() => {
    const before = `${given}${code`
      import pLimit from 'p-limit';
      const atOnce = pLimit(3);
      async function summarize(model: BaseChatModel, doc: string) {
        return model.invoke(doc);
      }
      export async function run(model: BaseChatModel, groups: string[][]) {
        const pending = [];
        for (const group of groups) {
          for (const doc of group) pending.push(summarize(model, doc));
        }
        return Promise.allSettled(pending);
      }
    `}`;
    return invalid({
      name: 'p-limit: the limiter of the file, around what a loop collects',
      before,
      at: 'Promise.allSettled',
      call: 'model.invoke()',
      list: '`group`',
      advice: limiterAdvice,
      suggestions: [useLimiter(change(before, 'summarize(model, doc))', 'atOnce(() => summarize(model, doc)))'))],
    });
  })(),
  (() => {
    const before = `${given}${code`
      import pLimit from 'p-limit';
      const atOnce = pLimit(3);
      export async function run(model: BaseChatModel, docs: string[]) {
        const pending = [];
        for (const doc of docs) pending.push((console.log(doc), model.invoke(doc)));
        return Promise.allSettled(pending);
      }
    `}`;
    return invalid({
      name: 'p-limit: around an expression with a comma',
      before,
      at: 'Promise.allSettled',
      call: 'model.invoke()',
      list: '`docs`',
      advice: limiterAdvice,
      suggestions: [
        useLimiter(
          change(before, 'console.log(doc), model.invoke(doc)', 'atOnce(() => (console.log(doc), model.invoke(doc)))'),
        ),
      ],
    });
  })(),
  invalid({
    name: 'p-limit: not around an object that holds the promise, as its reader would get none',
    before: `${given}${code`
      import pLimit from 'p-limit';
      const atOnce = pLimit(3);
      export async function run(model: BaseChatModel, docs: string[]) {
        const pending: { doc: string; answer: Promise<unknown> }[] = [];
        for (const doc of docs) pending.push({ doc, answer: model.invoke(doc) });
        return Promise.allSettled(pending.map(({ answer }) => answer));
      }
    `}`,
    at: 'Promise.allSettled',
    call: 'model.invoke()',
    list: '`docs`',
    advice: anyLimiterAdvice,
    suggestions: [],
  }),
  (() => {
    const before = `${given}${code`
      import pLimit from 'p-limit';
      export async function run(model: BaseChatModel, books: { pages: string[] }[]) {
        const summarize = async (page: string) => (await model.invoke(page)).content;
        for (const book of books) {
          console.log(await Promise.allSettled(book.pages.map(summarize)));
        }
      }
    `}`;
    return invalid({
      name: 'p-limit: a limiter that is made before the loop, around a function by name',
      before,
      at: 'Promise.allSettled',
      call: 'model.invoke()',
      list: '`book.pages`',
      advice: limiterAdvice,
      suggestions: [
        useLimiter(
          change(
            change(before, 'book.pages.map(summarize)', 'book.pages.map((item) => limit(() => summarize(item)))'),
            '  for (const book',
            '  const limit = pLimit(5);\n  for (const book',
          ),
        ),
      ],
    });
  })(),
  (() => {
    const before = `${given}${code`
      import pLimit from 'p-limit';
      const limit = pLimit(3);
      async function summarize(model: BaseChatModel, doc: { pages: string[] }) {
        return Promise.allSettled(doc.pages.map((page) => model.invoke(page)));
      }
      export const run = (model: BaseChatModel, docs: { pages: string[] }[]) =>
        Promise.all(docs.map((doc) => limit(() => summarize(model, doc))));
    `}`;
    return invalid({
      name: 'p-limit: no limiter of the file whose slot the code holds already, as it would wait for itself',
      before,
      at: 'Promise.allSettled',
      call: 'model.invoke()',
      list: '`doc.pages`',
      advice: anyLimiterAdvice,
      suggestions: [useChunks(before, 'doc.pages')],
    });
  })(),
];

new StrictRuleTester().run<Options, ReportId | SuggestionId>(rule, { valid: valids, invalid: invalids });
