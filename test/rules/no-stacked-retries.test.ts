import rule from '../../rules/no-stacked-retries.ts';
import { code, locate } from '../helpers/code.ts';
import { type Invalid, StrictRuleTester, type Valid } from '../helpers/rule-tester.ts';
import { importForms, lookalikes } from '../helpers/shape-matrix.ts';

type MessageIds = 'drop' | 'fallback' | 'noRetries' | 'removeOption' | 'stacked' | 'stackedTimeout';
type Expected = Invalid<MessageIds, []>['errors'][number];

interface Stacked {
  readonly layer?: string;
  readonly outer?: number;
  readonly inner?: number;
  readonly model?: string;
  readonly timeout?: string;
  readonly wait?: string;
  readonly advice?: string;
  /** Where it is reported, with what stands around it: `model.withRetry`. */
  readonly at?: string;
  readonly occurrence?: number;
  /** The texts after each suggestion, by its message. */
  readonly suggestions?: readonly (readonly [MessageIds, string])[];
}

const BOTH = 'Set `maxRetries: 0` on the model, or drop';

function stacked(
  source: string,
  {
    layer = 'withRetry()',
    outer = 3,
    inner = 7,
    model = 'ChatOpenAI',
    timeout = '',
    wait = '',
    advice = `${BOTH} \`${layer}\``,
    at = 'withRetry',
    occurrence = 1,
    suggestions = [],
  }: Stacked = {},
): Expected {
  return {
    messageId: timeout === '' ? 'stacked' : 'stackedTimeout',
    data: {
      layer,
      outer: String(outer),
      between: '',
      all: 'both',
      inner: String(inner),
      product: String(outer * inner),
      model,
      wait,
      advice,
    },
    ...locate(source, at, occurrence),
    ...suggest(model, suggestions),
  };
}

function fallback(
  source: string,
  {
    model = 'ChatOpenAI',
    occurrence = 1,
    suggestions = [],
  }: Pick<Stacked, 'model' | 'occurrence' | 'suggestions'> = {},
): Expected {
  return {
    messageId: 'fallback',
    data: { model, inner: '7' },
    ...locate(source, 'withFallbacks', occurrence),
    ...suggest(model, suggestions),
  };
}

function suggest(
  model: string,
  suggestions: readonly (readonly [MessageIds, string])[],
): Pick<Expected, 'suggestions'> {
  if (suggestions.length === 0) return {};
  return {
    suggestions: suggestions.map(([messageId, output]) => ({
      messageId,
      ...(messageId === 'noRetries' ? { data: { model } } : {}),
      output,
    })),
  };
}

function valid(name: string, source: string): Valid<[]> {
  return { name, code: source };
}

function invalid(
  name: string,
  source: string,
  ...expect: readonly ((source: string) => Expected)[]
): Invalid<MessageIds, []> {
  return { name, code: source, errors: expect.map((each) => each(source)) };
}

const openai = "import { ChatOpenAI } from '@langchain/openai';\n";

const chat = (n: { readonly ChatOpenAI: string }, options: string, retry: string): string => code`
  const model = new ${n.ChatOpenAI}(${options})${retry};
  async function answer(question) {
    return model.invoke(question);
  }
`;

/** A module of two lines, with what each suggestion makes of the second. */
function line(
  name: string,
  head: string,
  before: string,
  after: readonly (readonly [MessageIds, string])[],
  more: Stacked = {},
): Invalid<MessageIds, []> {
  const write = (last: string): string => code`
    ${head}
    ${last}
  `;
  return invalid(name, write(before), () =>
    stacked(write(before), { ...more, suggestions: after.map(([id, text]) => [id, write(text)] as const) }),
  );
}

new StrictRuleTester().run<[], MessageIds>(rule, {
  valid: [
    ...lookalikes({ module: '@langchain/openai', names: ['ChatOpenAI'], body: (n) => chat(n, '', '.withRetry()') }),

    valid(
      'a model that does not retry',
      code`
        ${openai}
        export const model = new ChatOpenAI({ maxRetries: 0 }).withRetry({ stopAfterAttempt: 4 });
      `,
    ),
    valid(
      'one attempt',
      code`
        ${openai}
        export const model = new ChatOpenAI().withRetry({ stopAfterAttempt: 1 });
      `,
    ),
    valid(
      'a class whose calls are not retried',
      code`
        import { ChatOllama } from '@langchain/ollama';
        export const model = new ChatOllama({ model: 'llama3.2' }).withRetry();
      `,
    ),
    valid(
      'a number of attempts that cannot be seen',
      code`
        ${openai}
        import { config } from './config';
        export const a = new ChatOpenAI().withRetry({ stopAfterAttempt: config.attempts });
        export const b = new ChatOpenAI().withRetry(config.retry);
        export const c = new ChatOpenAI({ maxRetries: config.retries }).withRetry();
      `,
    ),
    valid(
      'options that cannot be seen',
      code`
        ${openai}
        import { config } from './config';
        export const model = new ChatOpenAI({ ...config }).withRetry();
      `,
    ),
    valid(
      'a model that is a parameter',
      code`
        import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
        export const withPatience = (model: BaseChatModel) => model.withRetry({ stopAfterAttempt: 2 });
      `,
    ),
    valid(
      'a step of the project’s own',
      code`
        import { RunnableLambda } from '@langchain/core/runnables';
        import { ChatPromptTemplate } from '@langchain/core/prompts';
        const fetchOrder = RunnableLambda.from(async (id: string) => (await fetch('/orders/' + id)).json()).withRetry(
          { stopAfterAttempt: 5 }
        );
        export const chain = ChatPromptTemplate.fromTemplate('{order}').withRetry();
        export const order = (id: string) => fetchOrder.invoke(id);
      `,
    ),
    valid(
      'fallbacks behind a model that gives up at once',
      code`
        ${openai}
        const model = new ChatOpenAI({ maxRetries: 0 });
        export const robust = model.withFallbacks([new ChatOpenAI({ model: 'gpt-4o-mini' })]);
      `,
    ),
    valid(
      'fallbacks behind retries that somebody chose',
      code`
        ${openai}
        const model = new ChatOpenAI({ maxRetries: 2 });
        export const robust = model.withFallbacks({ fallbacks: [new ChatOpenAI({ model: 'gpt-4o-mini' })] });
      `,
    ),
    valid(
      'fallbacks behind something that is no model',
      code`
        import { RunnablePassthrough } from '@langchain/core/runnables';
        import { ChatOllama } from '@langchain/ollama';
        import { backup } from './models';
        export const a = RunnablePassthrough.assign({ q: (x) => x }).withFallbacks([backup]);
        export const b = new ChatOllama().withFallbacks([backup]);
      `,
    ),
    valid(
      'the SDK’s retries without LangChain’s',
      code`
        ${openai}
        export const model = new ChatOpenAI({ maxRetries: 0, configuration: { maxRetries: 3 } });
      `,
    ),
    valid(
      'an option that the class does not read',
      code`
        import { ChatAnthropic } from '@langchain/anthropic';
        export const model = new ChatAnthropic({ configuration: { maxRetries: 3 } });
      `,
    ),
    valid(
      'p-retry around something else',
      code`
        import pRetry from 'p-retry';
        import { ChatOpenAI } from '@langchain/openai';
        const model = new ChatOpenAI();
        export async function answer(id: string) {
          const order = await pRetry(() => fetch('/orders/' + id), { retries: 5 });
          return model.invoke(await order.text());
        }
      `,
    ),
    valid(
      'p-retry around a model that gives up at once, and without retries',
      code`
        import pRetry from 'p-retry';
        import { ChatOpenAI } from '@langchain/openai';
        const model = new ChatOpenAI({ maxRetries: 0 });
        const patient = new ChatOpenAI();
        export const a = (question: string) => pRetry(() => model.invoke(question), { retries: 5 });
        export const b = (question: string) => pRetry(() => patient.invoke(question), { retries: 0 });
      `,
    ),
    valid(
      'a method of that name of something else',
      code`
        ${openai}
        import { client } from './http';
        export const retrying = client.withRetry({ stopAfterAttempt: 5 });
        export const model = new ChatOpenAI();
      `,
    ),
  ],
  invalid: [
    ...importForms({
      module: '@langchain/openai',
      names: ['ChatOpenAI'],
      body: (n) => chat(n, '', '.withRetry()'),
      expect: ({ names, render, source }) => ({
        errors: [
          stacked(source, {
            model: names.ChatOpenAI,
            suggestions: [
              ['noRetries', render((n) => chat(n, '{ maxRetries: 0 }', '.withRetry()'))],
              ['drop', render((n) => chat(n, '', ''))],
            ],
          }),
        ],
      }),
    }),

    line(
      'attempts in sight',
      openai,
      'export const model = new ChatOpenAI({ maxRetries: 2 }).withRetry({ stopAfterAttempt: 5 });',
      [
        ['noRetries', 'export const model = new ChatOpenAI({ maxRetries: 0 }).withRetry({ stopAfterAttempt: 5 });'],
        ['drop', 'export const model = new ChatOpenAI({ maxRetries: 2 });'],
      ],
      { outer: 5, inner: 3 },
    ),
    line(
      'with a timeout, the longest wait',
      openai,
      'export const model = new ChatOpenAI({ timeout: 60_000 }).withRetry();',
      [
        ['noRetries', 'export const model = new ChatOpenAI({ timeout: 60_000, maxRetries: 0 }).withRetry();'],
        ['drop', 'export const model = new ChatOpenAI({ timeout: 60_000 });'],
      ],
      { timeout: '60000', wait: '21 minutes' },
    ),
    line('on a model in parentheses', openai, 'export const model = (new ChatOpenAI()).withRetry();', [
      ['noRetries', 'export const model = (new ChatOpenAI({ maxRetries: 0 })).withRetry();'],
      ['drop', 'export const model = (new ChatOpenAI());'],
    ]),
    line(
      'with a short timeout',
      openai,
      'export const model = new ChatOpenAI({ maxRetries: 1, timeout: 10_000 }).withRetry({ stopAfterAttempt: 2 });',
      [
        [
          'noRetries',
          'export const model = new ChatOpenAI({ maxRetries: 0, timeout: 10_000 }).withRetry({ stopAfterAttempt: 2 });',
        ],
        ['drop', 'export const model = new ChatOpenAI({ maxRetries: 1, timeout: 10_000 });'],
      ],
      { outer: 2, inner: 2, timeout: '10000', wait: '40 seconds' },
    ),
    line(
      'Bedrock, whose own attempts cannot be set there',
      "import { ChatBedrockConverse } from '@langchain/aws';\n",
      "export const model = new ChatBedrockConverse({ region: 'eu-central-1' }).withRetry();",
      [['drop', "export const model = new ChatBedrockConverse({ region: 'eu-central-1' });"]],
      { inner: 3, model: 'ChatBedrockConverse', advice: 'Drop `withRetry()`' },
    ),
    line(
      'the SDK’s retries beside LangChain’s',
      openai,
      'export const model = new ChatOpenAI({ configuration: { baseURL: process.env.BASE, maxRetries: 2 } });',
      [['removeOption', 'export const model = new ChatOpenAI({ configuration: { baseURL: process.env.BASE } });']],
      {
        layer: 'configuration.maxRetries',
        outer: 3,
        at: 'maxRetries: 2',
        advice: 'Remove it, and set `maxRetries` beside `configuration`',
      },
    ),
    line(
      'fallbacks with retries are one defect',
      openai,
      code`
        export const model = new ChatOpenAI()
          .withRetry()
          .withFallbacks([new ChatOpenAI({ model: 'gpt-4o-mini' })]);
      `,
      [
        [
          'noRetries',
          code`
            export const model = new ChatOpenAI({ maxRetries: 0 })
              .withRetry()
              .withFallbacks([new ChatOpenAI({ model: 'gpt-4o-mini' })]);
          `,
        ],
        [
          'drop',
          code`
            export const model = new ChatOpenAI()
              .withFallbacks([new ChatOpenAI({ model: 'gpt-4o-mini' })]);
          `,
        ],
      ],
    ),
    invalid(
      'fallbacks behind the default retries',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        import { ChatAnthropic } from '@langchain/anthropic';
        const primary = new ChatOpenAI({ model: 'gpt-4o' });
        const backup = new ChatAnthropic({ model: 'claude-sonnet-4-5' });
        export const model = primary.withFallbacks([backup]);
      `,
      (source) =>
        fallback(source, {
          suggestions: [['noRetries', source.replace("{ model: 'gpt-4o' }", "{ model: 'gpt-4o', maxRetries: 0 }")]],
        }),
    ),
    invalid(
      'fallbacks behind a chain',
      code`
        import { ChatGroq } from '@langchain/groq';
        import { ChatPromptTemplate } from '@langchain/core/prompts';
        import { cheaper } from './chains';
        export const chain = ChatPromptTemplate.fromTemplate('Sum up: {text}')
          .pipe(new ChatGroq({ model: 'llama-3.3-70b-versatile' }))
          .withFallbacks({ fallbacks: [cheaper] });
      `,
      (source) =>
        fallback(source, {
          model: 'ChatGroq',
          suggestions: [['noRetries', source.replace("versatile' }", "versatile', maxRetries: 0 }")]],
        }),
    ),
    invalid(
      'a chain with two models is reported once',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        import { ChatPromptTemplate } from '@langchain/core/prompts';
        const draft = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 1 });
        const judge = new ChatOpenAI({ model: 'gpt-4o' });
        export const chain = ChatPromptTemplate.fromTemplate('{q}')
          .pipe(draft)
          .pipe(judge)
          .withRetry({ stopAfterAttempt: 2 });
      `,
      (source) =>
        stacked(source, {
          outer: 2,
          inner: 2,
          suggestions: [
            ['noRetries', source.replace('maxRetries: 1', 'maxRetries: 0')],
            ['drop', source.replace(/\n *\.withRetry\(\{ stopAfterAttempt: 2 \}\)/u, '')],
          ],
        }),
    ),
    invalid(
      'a model with tools, in a graph',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        import { StateGraph, MessagesAnnotation } from '@langchain/langgraph';
        import { tools } from './tools';
        const model = new ChatOpenAI({ model: 'gpt-4o' }).bindTools(tools).withRetry({ stopAfterAttempt: 3 });
        export const graph = new StateGraph(MessagesAnnotation)
          .addNode('agent', async ({ messages }) => ({ messages: [await model.invoke(messages)] }))
          .addEdge('__start__', 'agent')
          .compile();
      `,
      (source) =>
        stacked(source, {
          suggestions: [
            ['noRetries', source.replace("{ model: 'gpt-4o' }", "{ model: 'gpt-4o', maxRetries: 0 }")],
            ['drop', source.replace('.withRetry({ stopAfterAttempt: 3 })', '')],
          ],
        }),
    ),
    invalid(
      'twice over the same model is reported once',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        const model = new ChatOpenAI({ model: 'gpt-4o' });
        export const strict = model.withStructuredOutput({ type: 'object' }).withRetry();
        export const free = model.withRetry();
      `,
      (source) =>
        stacked(source, {
          suggestions: [['noRetries', source.replace("{ model: 'gpt-4o' }", "{ model: 'gpt-4o', maxRetries: 0 }")]],
        }),
    ),
    invalid(
      'p-retry around a call',
      code`
        import pRetry from 'p-retry';
        import { ChatOpenAI } from '@langchain/openai';
        const model = new ChatOpenAI({ model: 'gpt-4o' });
        export async function answer(question: string) {
          const reply = await pRetry(() => model.invoke(question), { retries: 4 });
          return reply.content;
        }
      `,
      (source) =>
        stacked(source, {
          layer: 'pRetry()',
          outer: 5,
          at: 'pRetry',
          occurrence: 2,
          suggestions: [['noRetries', source.replace("{ model: 'gpt-4o' }", "{ model: 'gpt-4o', maxRetries: 0 }")]],
        }),
    ),
    invalid(
      'p-retry around a function that calls it',
      code`
        import pRetry from 'p-retry';
        import { ChatAnthropic } from '@langchain/anthropic';
        export class Summaries {
          private readonly model = new ChatAnthropic({ model: 'claude-sonnet-4-5' });
          async summarize(text: string) {
            return pRetry(async () => this.ask(text));
          }
          private async ask(text: string) {
            const { content } = await this.model.invoke('Sum up: ' + text);
            return content;
          }
        }
      `,
      (source) =>
        stacked(source, {
          layer: 'pRetry()',
          outer: 11,
          model: 'ChatAnthropic',
          at: 'pRetry',
          occurrence: 2,
          suggestions: [
            [
              'noRetries',
              source.replace("{ model: 'claude-sonnet-4-5' }", "{ model: 'claude-sonnet-4-5', maxRetries: 0 }"),
            ],
          ],
        }),
    ),
    invalid(
      'async-retry and exponential-backoff, around embeddings too',
      code`
        import retry from 'async-retry';
        import { backOff } from 'exponential-backoff';
        import { OpenAIEmbeddings } from '@langchain/openai';
        import { ChatOpenAI } from '@langchain/openai';
        const embeddings = new OpenAIEmbeddings();
        const model = new ChatOpenAI();
        export const embed = (texts: string[]) =>
          retry(async (bail) => embeddings.embedDocuments(texts), { retries: 3 });
        export const answer = (question: string) => backOff(() => model.invoke(question), { numOfAttempts: 4 });
      `,
      (source) =>
        stacked(source, {
          layer: 'retry()',
          outer: 4,
          model: 'OpenAIEmbeddings',
          at: 'retry',
          occurrence: 3,
          suggestions: [
            ['noRetries', source.replace('new OpenAIEmbeddings()', 'new OpenAIEmbeddings({ maxRetries: 0 })')],
          ],
        }),
      (source) =>
        stacked(source, {
          layer: 'backOff()',
          outer: 4,
          at: 'backOff',
          occurrence: 2,
          suggestions: [['noRetries', source.replace('new ChatOpenAI()', 'new ChatOpenAI({ maxRetries: 0 })')]],
        }),
    ),
    invalid(
      'a choice of two models',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        import { ChatAnthropic } from '@langchain/anthropic';
        const model = process.env.CLAUDE ? new ChatAnthropic() : new ChatOpenAI();
        export const patient = model.withRetry({ stopAfterAttempt: 2 });
      `,
      (source) =>
        stacked(source, {
          outer: 2,
          model: 'ChatAnthropic',
          suggestions: [
            ['noRetries', source.replace('new ChatAnthropic()', 'new ChatAnthropic({ maxRetries: 0 })')],
            ['drop', source.replace('.withRetry({ stopAfterAttempt: 2 })', '')],
          ],
        }),
    ),
  ],
});
