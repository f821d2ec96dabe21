import { describe, expect, test } from 'vitest';
import { code } from '../../helpers/code.ts';
import { useProvider } from '../../proof/prove.ts';
import type { Received, Treatment } from '../../proof/server/provider.ts';
import { ask, FAILING, questions } from './programs.ts';
import { findRewrites, fixAll, type Rewrite } from './rewrites.ts';
import { type Exports, measure, type Measurement } from './runner.ts';

/** A rewrite as `rule: fix` or `rule: id of the suggestion`. */
const name = ({ kind, messageId, rule }: Rewrite): string =>
  kind === 'all fixes' ? kind : `${rule}: ${messageId ?? 'fix'}`;

const offers = (text: string): readonly string[] => findRewrites({ name: 'trap', filename: 'trap.ts', text }).map(name);

function apply(text: string, offer: string): string {
  const rewrite = findRewrites({ name: 'trap', filename: 'trap.ts', text }).find((each) => name(each) === offer);
  if (!rewrite) throw new Error(`${offer} is not offered, but ${offers(text).join(', ') || 'nothing'}.`);
  return rewrite.text;
}

interface Options {
  readonly run?: (program: Exports) => unknown;
  readonly treatment?: (request: Received) => Treatment;
}

async function runText(
  text: string,
  { run = ask, treatment = () => ({ hold: 40 }) }: Options = {},
): Promise<Measurement> {
  return measure('v1', await useProvider(), text, run, treatment);
}

const failing = (request: Received): Treatment => (request.prompt.includes(FAILING) ? { status: 400 } : {});

const fanOut = 'no-unbounded-concurrency';

describe('a router, which mixes up its routes under a limit', () => {
  const router = code`
    import { RouterRunnable } from '@langchain/core/runnables';
    import { ChatOpenAI } from '@langchain/openai';

    const model = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 });
    const router = new RouterRunnable({
      runnables: { short: model.withConfig({ stop: ['.'] }), long: model.withConfig({ stop: ['!'] }) },
    });
    const keys = ['short', 'long'];

  `;

  test('its calls go through a lambda, never through its batch', async () => {
    const text =
      router +
      code`
        export const run = (texts: string[]) =>
          Promise.all(texts.map((input) => router.invoke({ key: keys[input.length % 2]!, input })));
      `;
    expect(offers(text)).toEqual([`${fanOut}: useLambda`]);
    const [before, after] = [await runText(text), await runText(apply(text, `${fanOut}: useLambda`))];
    expect(after.outcome).toEqual(before.outcome);
    expect(before.outcome).toHaveProperty('values');
    expect(after.peak).toBeLessThanOrEqual(5);
  });

  test.each([
    ['alone', 'router'],
    ['bound', 'router.withConfig({ tags: [] })'],
    ['with retries', 'router.withRetry()'],
    ['as a step', 'RunnableLambda.from((each: { key: string; input: string }) => each).pipe(router)'],
  ])('a batch of it is left alone: %s', (_, receiver) => {
    const text =
      router.replace('RouterRunnable }', 'RouterRunnable, RunnableLambda }') +
      code`
        const chain = ${receiver};
        export const run = (texts: string[]) => chain.batch(texts.map((input) => ({ key: 'short', input })));
      `;
    expect(offers(text)).toEqual([]);
  });

  test('as a branch, where it gets one input at a time, it takes the limit', async () => {
    const text =
      router.replace('RouterRunnable }', 'RouterRunnable, RunnableMap }') +
      code`
        const chain = RunnableMap.from({ routed: router });
        export const run = (texts: string[]) =>
          chain.batch(texts.map((input) => ({ key: keys[input.length % 2]!, input })));
      `;
    expect(offers(text)).toEqual(['require-max-concurrency: fix']);
    const [before, after] = [await runText(text), await runText(apply(text, 'require-max-concurrency: fix'))];
    expect(after.outcome).toEqual(before.outcome);
    expect(after.peak).toBeLessThanOrEqual(5);
  });
});

describe('a config of each item', () => {
  const agent = code`
    import { MemorySaver } from '@langchain/langgraph';
    import { createReactAgent } from '@langchain/langgraph/prebuilt';
    import { ChatOpenAI } from '@langchain/openai';

    const agent = createReactAgent({
      llm: new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 }),
      tools: [],
      checkpointer: new MemorySaver(),
    });

  `;

  test('a thread stays with its item', async () => {
    const text =
      agent +
      code`
      export async function run(texts: string[]) {
        const ask = (text: string) => ({ messages: [{ role: 'user', content: text }] });
        const first = await Promise.all(
          texts.map((text) => agent.invoke(ask(text), { configurable: { thread_id: text } })),
        );
        const states = [...first, await agent.invoke(ask('last'), { configurable: { thread_id: texts[0] } })];
        return states.map(({ messages }) => messages.map((message) => message.text));
      }
    `;
    expect(offers(text)).toEqual([`${fanOut}: useLambda`]);
    const [before, after] = [await runText(text), await runText(apply(text, `${fanOut}: useLambda`))];
    expect(after.outcome).toEqual(before.outcome);
    expect(before.outcome).toHaveProperty('values');
  });

  test.each([
    ['tags', '{ tags: [text] }'],
    ['a timeout', '{ timeout: 60_000 }'],
    ['an id', '{ runId }'],
    ['a signal', '{ signal }'],
    ['the same thread', "{ configurable: { thread_id: 'all' } }"],
    ['a call', '{ metadata: describe() }'],
    ['a spread', '{ ...config }'],
    ['a variable', 'config'],
  ])('is kept out of a batch: %s', (_, config) => {
    expect(
      offers(
        code`
          ${agent}export const run = (texts: string[], config: object, signal: AbortSignal, runId: string) =>
            Promise.all(texts.map((text) => agent.invoke({ messages: text }, ${config})));
        `,
      ),
    ).not.toContain(`${fanOut}: fix`);
  });
});

describe('fallbacks, which run a whole batch again when one item fails', () => {
  const text = code`
    import { ChatAnthropic } from '@langchain/anthropic';
    import { ChatOpenAI } from '@langchain/openai';

    const model = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 }).withFallbacks([
      new ChatAnthropic({ model: 'claude-sonnet-4-5', maxRetries: 0 }),
    ]);

    export const run = (texts: string[]) => Promise.all(texts.map((text) => model.invoke(text)));
  `;
  const treatment = (request: Received): Treatment =>
    request.path.endsWith('/messages') ? { text: `fallback for ${request.prompt}` } : failing(request);

  test('their batch is no fix', () => {
    expect(offers(text)).not.toContain(`${fanOut}: fix`);
  });

  test('a batch would answer the others by the fallback, too', async () => {
    const batched = text.replace(
      'Promise.all(texts.map((text) => model.invoke(text)))',
      'model.batch(texts, { maxConcurrency: 5 })',
    );
    const [before, after] = [await runText(text, { treatment }), await runText(batched, { treatment })];
    expect(JSON.stringify(before.outcome).match(/fallback/gu)).toHaveLength(1);
    expect(JSON.stringify(after.outcome).match(/fallback/gu)).toHaveLength(questions.length);
    expect(offers(text)).not.toContain(`${fanOut}: useBatch`);
  });

  test('a lambda keeps to the item', async () => {
    const [before, after] = [
      await runText(text, { treatment }),
      await runText(apply(text, `${fanOut}: useLambda`), { treatment }),
    ];
    expect(after.outcome).toEqual(before.outcome);
    expect(before.outcome).toHaveProperty('values');
  });
});

describe('receivers that may be several things', () => {
  test('models of two classes have no batch that can be called', async () => {
    const text = code`
      import { ChatAnthropic } from '@langchain/anthropic';
      import { ChatOpenAI } from '@langchain/openai';

      const model = process.env.OPENAI_API_KEY
        ? new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 })
        : new ChatAnthropic({ model: 'claude-sonnet-4-5' });

      export const run = (texts: readonly string[]) => Promise.all(texts.map((text) => model.invoke(text)));
    `;
    expect(offers(text)).toEqual([`${fanOut}: useLambda`]);
    const [before, after] = [await runText(text), await runText(apply(text, `${fanOut}: useLambda`))];
    expect(after.outcome).toEqual(before.outcome);
    expect(after.peak).toBeLessThanOrEqual(5);
  });

  test.each([
    ['a model', 'new ChatOpenAI({ maxRetries: 0 })'],
    ['nothing', 'undefined'],
  ])('a call that may not happen: %s', async (_, given) => {
    const text = code`
      import { ChatOpenAI } from '@langchain/openai';

      const ask = (llm: ChatOpenAI | undefined, texts: readonly string[]) =>
        Promise.all(texts.map((text) => llm?.invoke(text)));

      export const run = (texts: readonly string[]) => ask(${given}, texts);
    `;
    expect(offers(text)).toEqual([`${fanOut}: useLambda`]);
    const [before, after] = [await runText(text), await runText(apply(text, `${fanOut}: useLambda`))];
    expect(after.outcome).toEqual(before.outcome);
    expect(before.outcome).toHaveProperty('values');
  });

  test('a class of the file may have a batch of its own', () => {
    const text = code`
      import { ChatOpenAI } from '@langchain/openai';

      class Cached extends ChatOpenAI {
        override async batch(): Promise<never[]> {
          return [];
        }
      }
      const model = new Cached();

      export const run = (texts: readonly string[]) => Promise.all(texts.map((text) => model.invoke(text)));
    `;
    expect(offers(text)).not.toContain(`${fanOut}: fix`);
  });
});

describe('lists that are no arrays, or no usual ones', () => {
  const model = code`
    import { ChatOpenAI } from '@langchain/openai';

    const model = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 });

  `;

  test.each([
    ['a Set', 'Array.from(new Set(texts), (text) => model.invoke(text))', 'useBatch'],
    [
      'what is array-like',
      'Array.from({ length: texts.length, ...texts } as ArrayLike<string>, (text) => model.invoke(text))',
      'useBatch',
    ],
    ['a generator', 'Array.from(texts.values(), (text) => model.invoke(text))', 'useBatch'],
    [
      'entries of a Map',
      'Array.from(new Map(texts.entries()), ([index, text]) => model.invoke(`${index} ${text}`))',
      'useBatch',
    ],
    ['with the index', 'texts.map((text, index) => model.invoke(`${index} ${text}`))', 'useBatch'],
    ['a spread Set', '[...new Set(texts)].map((text) => model.invoke(text))', 'fix'],
    // What it holds, which may be changed before its turn, cannot be seen.
    ['values of a Map', 'Array.from(new Map(texts.entries()).values()).map((text) => model.invoke(text))', 'useBatch'],
    ['an object', 'Object.values({ ...texts }).map((text) => model.invoke(text))', 'useBatch'],
    ['an object, as texts', 'Object.values({ ...texts }).map((text) => model.invoke(`${text}`))', 'fix'],
    ['a readonly array', '(texts as readonly string[]).map((text) => model.invoke(text))', 'fix'],
    [
      'what is filtered',
      "texts.filter((text) => !text.endsWith('1')).map((text) => model.invoke(`Translate ${text}`))",
      'fix',
    ],
  ])('%s', async (_, list, offer) => {
    const text = `${model}export const run = (texts: string[]) => Promise.all(${list});\n`;
    expect(offers(text).filter((each) => each === `${fanOut}: fix` || each === `${fanOut}: useBatch`)).toEqual([
      `${fanOut}: ${offer}`,
    ]);
    const rewritten = apply(text, `${fanOut}: ${offer}`);
    const [before, after] = [await runText(text), await runText(rewritten)];
    expect(before.outcome).toHaveProperty('values');
    expect(after.outcome).toEqual(before.outcome);
    expect(after.peak).toBeLessThanOrEqual(5);
    expect((await runText(rewritten, { treatment: failing })).outcome).toEqual(
      (await runText(text, { treatment: failing })).outcome,
    );
  });

  test('an array with holes keeps them', async () => {
    const text =
      model +
      code`
      export async function run(texts: string[]) {
        const slots = new Array<string>(20);
        texts.forEach((text, index) => (slots[2 * index] = text));
        return await Promise.all(slots.map((slot) => model.invoke(slot)));
      }
    `;
    const [before, after] = [await runText(text), await runText(apply(text, `${fanOut}: fix`))];
    expect(before.outcome).toHaveProperty('values.length', 20);
    expect(after.outcome).toEqual(before.outcome);
  });

  test('a collection that is iterated by its entries is asked about', async () => {
    const text =
      model +
      code`
      import type { Collection } from 'discord.js';

      export const greet = (members: Collection<string, string>) =>
        Promise.all(members.map((member) => model.invoke(member.trim())));

      export function run(texts: string[]) {
        const members = new Map(texts.map((text) => [text, text]));
        return greet(
          Object.assign(members, {
            map: <Value,>(fn: (text: string) => Value) => Array.from(members.values(), fn),
          }) as unknown as Collection<string, string>,
        );
      }
    `;
    expect(offers(text)).not.toContain(`${fanOut}: fix`);
    const after = await runText(apply(text, `${fanOut}: useBatch`));
    expect((await runText(text)).outcome).toHaveProperty('values');
    expect(after.outcome).toHaveProperty('error');
  });
});

describe('callbacks', () => {
  const model = code`
    import { ChatOpenAI } from '@langchain/openai';

    const model = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 });

  `;

  test.each([
    [
      '`this` of a function',
      code`
        export const run = (texts: string[]) =>
          Promise.all(
            texts.map(
              function (this: { prefix: string }, text) {
                return model.invoke(this.prefix + text);
              },
              { prefix: '> ' },
            ),
          );
      `,
    ],
    [
      '`arguments`',
      code`
        export const run = (texts: string[]) =>
          Promise.all(texts.map(function () { return model.invoke(arguments[0]); }));
      `,
    ],
    [
      'the list itself',
      code`
        export const run = (texts: string[]) =>
          Promise.all(texts.map((text, _index, all) => model.invoke(\`\${text} of \${all.length}\`)));
      `,
    ],
    [
      'something else is awaited',
      code`
        export const run = (texts: string[]) =>
          Promise.all(texts.map(async (text) => model.invoke(await translate(text))));
        const translate = async (text: string) => text;
      `,
    ],
    [
      'more than the call',
      code`
        export const run = (texts: string[]) =>
          Promise.all(texts.map((text) => { console.log(text); return model.invoke(text); }));
      `,
    ],
    [
      'a comment in the way',
      'export const run = (texts: string[]) => Promise.all(texts.map((text) => /* one by one */ model.invoke(text)));',
    ],
    [
      'a comment between',
      code`
        export const run = (texts: string[]) => Promise.all(
          // one by one
          texts.map((text) => model.invoke(text)),
        );
      `,
    ],
  ])('is no batch: %s', (_, text) => {
    expect(
      offers(`${model}${text}\n`).filter((each) => each === `${fanOut}: fix` || each === `${fanOut}: useBatch`),
    ).toEqual([]);
  });

  test('`this` of an arrow function stays', async () => {
    const text =
      model +
      code`
      class Writer {
        constructor(private readonly prefix: string) {}

        write(texts: string[]) {
          return Promise.all(texts.map((text) => model.invoke(this.prefix + text)));
        }
      }

      export const run = (texts: string[]) => new Writer('> ').write(texts);
    `;
    const [before, after] = [await runText(text), await runText(apply(text, `${fanOut}: fix`))];
    expect(JSON.stringify(before.outcome)).toContain('echo > question 0');
    expect(after.outcome).toEqual(before.outcome);
  });

  test('a comment that is kept does not stand in the way', () => {
    const text = code`
      ${model}export const run = (texts: string[]) =>
        Promise.all(texts.map((text) => model.invoke(\`Translate \${text /* as it is */}\`)));
    `;
    expect(apply(text, `${fanOut}: fix`)).toContain('/* as it is */');
  });
});

describe('a construction that is moved above a loop', () => {
  const loop = (construction: string, before = ''): string => code`
    import { ChatAnthropic } from '@langchain/anthropic';
    import { ChatBedrockConverse } from '@langchain/aws';
    import { ChatOllama } from '@langchain/ollama';
    import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';

    export async function run(texts: readonly string[], apiKey?: string) {
      const answers: string[] = [];
      for (const text of texts) {
        ${before}
        const client = new ${construction};
        answers.push(String(await client.${construction.includes('Embeddings') ? 'embedQuery' : 'invoke'}(text)));
      }
      return answers;
    }
  `;
  const keys = ['ANTHROPIC_API_KEY', 'OPENAI_API_KEY', 'AWS_REGION', 'AWS_DEFAULT_REGION', 'AWS_ACCESS_KEY_ID'];
  const withoutKeys = (run: Options['run']): Options => ({
    run: (program) => {
      for (const key of keys) Reflect.deleteProperty(process.env, key);
      return run?.(program);
    },
  });
  const none = withoutKeys(({ run }) => run?.([]));

  test.each([
    "ChatAnthropic({ model: 'claude-sonnet-4-5' })",
    "ChatAnthropic({ model: 'claude-sonnet-4-5', apiKey })",
    "ChatAnthropic({ model: 'claude-sonnet-4-5', apiKey: '' })",
  ])('is asked about where it throws without a key: %s', async (construction) => {
    const text = loop(construction);
    expect(offers(text)).toEqual(['no-client-in-loop: move']);
    expect((await runText(text, none)).outcome).toEqual({ values: [] });
    expect((await runText(apply(text, 'no-client-in-loop: move'), none)).outcome).toHaveProperty('error');
  });

  test.each([
    "ChatAnthropic({ model: 'claude-sonnet-4-5', apiKey: 'key' })",
    "ChatOpenAI({ model: 'gpt-4o-mini' })",
    'OpenAIEmbeddings()',
    "ChatOllama({ model: 'llama3.2' })",
    "ChatBedrockConverse({ model: 'anthropic.claude-3-5-sonnet-20240620-v1:0', region: 'us-east-1' })",
  ])('may stand above a loop that never runs: %s', async (construction) => {
    const text = loop(construction);
    expect(offers(text)).toEqual(['no-client-in-loop: fix']);
    expect((await runText(text, none)).outcome).toEqual({ values: [] });
    expect((await runText(apply(text, 'no-client-in-loop: fix'), none)).outcome).toEqual({ values: [] });
  });

  const tenants = (before: string): string => code`
    ${loop("ChatOpenAI({ model: 'gpt-4o-mini' })", before)}
    function useTenant(key: string) {
      process.env.OPENAI_API_KEY = key;
    }
  `;

  test('is asked about where a function of the file writes the environment', () => {
    expect(offers(tenants('useTenant(text);'))).toEqual(['no-client-in-loop: move']);
  });

  // Each pass has a client for its own key, as the author meant it.
  test('is left alone where the loop itself writes another key each time', () => {
    expect(offers(tenants('process.env.OPENAI_API_KEY = text;'))).toEqual([]);
  });

  test('is asked about where a function may change its options', async () => {
    const text = code`
      import { ChatOpenAI, type ChatOpenAIFields } from '@langchain/openai';

      function adjust(options: ChatOpenAIFields, text: string) {
        options.callbacks = [{ handleLLMEnd: () => console.log(text) }];
      }

      export async function run(texts: readonly string[]) {
        const options: ChatOpenAIFields = { model: 'gpt-4o-mini', maxRetries: 0 };
        for (const text of texts) {
          adjust(options, text);
          const model = new ChatOpenAI(options);
          await model.invoke(text);
        }
      }
    `;
    expect(offers(text)).toEqual(['no-client-in-loop: move']);
    expect((await runText(apply(text, 'no-client-in-loop: move'))).console).not.toEqual((await runText(text)).console);
  });

  test('two of the same name are not moved to the same place', async () => {
    const text = code`
      import { ChatOpenAI } from '@langchain/openai';

      export async function run(texts: readonly string[]) {
        const answers: string[] = [];
        for (const text of texts) {
          const model = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 });
          answers.push((await model.invoke(text)).text);
        }
        for (const text of texts) {
          const model = new ChatOpenAI({ model: 'gpt-4o', maxRetries: 0 });
          answers.push((await model.invoke(\`\${text} again\`)).text);
        }
        return answers;
      }
    `;
    expect(offers(text)).toEqual(['no-client-in-loop: fix', 'no-client-in-loop: fix']);
    const fixed = fixAll({ name: 'trap', filename: 'trap.ts', text });
    const [before, after] = [
      await runText(text, { treatment: () => ({}) }),
      await runText(fixed, { treatment: () => ({}) }),
    ];
    expect(after.outcome).toEqual(before.outcome);
    expect(before.outcome).toHaveProperty('values.length', 2 * questions.length);
  });

  test.each([
    [
      'a parameter',
      code`
        export async function run(texts: string[], model: string) {
          for (const text of texts) {
            const model = new ChatOpenAI();
            await model.invoke(text);
          }
          return model;
        }
      `,
    ],
    [
      'a name that the loop uses, too',
      code`
        const model = 'gpt-4o-mini';
        export async function run(texts: string[]) {
          for (const text of texts) {
            console.log(model);
            {
              const model = new ChatOpenAI();
              await model.invoke(text);
            }
          }
        }
      `,
    ],
    [
      'a variable further down',
      code`
        export async function run(texts: string[]) {
          for (const text of texts) {
            const model = new ChatOpenAI();
            await model.invoke(text);
          }
          const model = 'gpt-4o-mini';
          return model;
        }
      `,
    ],
  ])('is left where its name means something else above: %s', (_, text) => {
    expect(offers(`import { ChatOpenAI } from '@langchain/openai';\n${text}\n`)).toEqual([]);
  });

  test('takes its comments along', () => {
    const fixed = apply(
      code`
        import { ChatOpenAI } from '@langchain/openai';

        export async function run(texts: string[]) {
          // Each text by itself.
          for (const text of texts) {
            const model = new ChatOpenAI({ model: 'gpt-4o-mini' }); // the cheap one
            await model.invoke(text);
          }
        }
      `,
      'no-client-in-loop: fix',
    );
    expect(fixed).toContain(
      "const model = new ChatOpenAI({ model: 'gpt-4o-mini' }); // the cheap one\n  // Each text by itself.\n  for (",
    );
  });
});

test('a limit of the steps that is read for the first time may end a run, so that it is asked about', async () => {
  const text = code`
    import { Annotation, END, START, StateGraph } from '@langchain/langgraph';
    import { ChatOpenAI } from '@langchain/openai';

    const model = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 });
    const State = Annotation.Root({ count: Annotation<number>(), limit: Annotation<number>() });
    const graph = new StateGraph(State)
      .addNode('step', async (state: typeof State.State) => ({
        count: state.count + (await model.invoke('question')).text.length,
      }))
      .addEdge(START, 'step')
      .addConditionalEdges('step', ({ count, limit }) => (count < limit ? 'step' : END))
      .compile();

    const config = { recursion_limit: 3, tags: ['short'] };

    export const run = () => graph.invoke({ count: 0, limit: 100 }, config);
  `;
  expect((await runText(text)).outcome).toHaveProperty('values.count', 104);
  expect((await runText(text.replace('recursion_limit', 'recursionLimit'))).outcome).toHaveProperty('error');
  expect(offers(text)).toEqual(['no-ineffective-config: rename']);
});

test('all fixes together give the same', async () => {
  const text = code`
    import { ChatOpenAI, OpenAI } from '@langchain/openai';

    const llm = new OpenAI({ model: 'gpt-3.5-turbo-instruct', maxRetries: 0 });

    async function summarize(texts: readonly string[]) {
      return Promise.all(
        texts.map((text) => {
          const model = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 });
          return model.invoke(text);
        }),
      );
    }

    export async function run(texts: readonly string[]) {
      const titles = await Promise.all(texts.map((text) => llm.invoke(\`A title for \${text}\`)));
      const summaries = await summarize(titles);
      const replies = await llm.batch(summaries.map((summary) => summary.text));
      return replies.map((reply, index) => ({ reply, title: titles[index] }));
    }
  `;
  const fixed = fixAll({ name: 'trap', filename: 'trap.ts', text });
  const [before, after] = [await runText(text), await runText(fixed)];
  expect(before).toMatchObject({
    built: { ChatOpenAI: questions.length },
    outcome: { values: { length: questions.length } },
  });
  expect(after.outcome).toEqual(before.outcome);
  expect(after.built).toEqual({ ChatOpenAI: 1, OpenAI: 1 });
  expect(before.peak).toBeGreaterThan(6);
  expect(after.peak).toBeLessThanOrEqual(5);
  expect((await runText(fixed, { treatment: failing })).outcome).toEqual(
    (await runText(text, { treatment: failing })).outcome,
  );
});
