import rule from '../../rules/no-stacked-retries.ts';
import { type Expected, reports, silent } from '../helpers/cases.ts';
import { code } from '../helpers/code.ts';
import { StrictRuleTester } from '../helpers/rule-tester.ts';

type MessageIds = 'drop' | 'noRetries' | 'squared' | 'stacked' | 'stackedTimeout';
type Report = Expected<MessageIds>;

interface Layer {
  readonly layer: string;
  readonly outer: number;
  readonly between?: string;
  readonly inner?: number | string;
  readonly product?: number;
  readonly model?: string;
  readonly advice?: string;
  readonly suggestions?: Report['suggestions'];
}

const ON_MODEL = 'Set `maxRetries: 0` on the model';

function stacked({
  layer,
  outer,
  between = '',
  inner = 7,
  product = outer * Number(inner),
  model = 'ChatOpenAI',
  advice = layer.endsWith('Middleware()') ? ON_MODEL : `${ON_MODEL}, or drop \`${layer}\``,
  suggestions = [
    { messageId: 'noRetries', data: { model }, output: ["{ model: 'gpt-4o' }", "{ model: 'gpt-4o', maxRetries: 0 }"] },
  ],
}: Layer): Report {
  const data = { layer, outer, between, all: between === '' ? 'both' : 'all', inner, product, model, wait: '', advice };
  const texts = Object.fromEntries(Object.entries(data).map(([key, value]) => [key, String(value)]));
  return { messageId: 'stacked', data: texts, ...(suggestions.length > 0 ? { suggestions } : {}) };
}

const graph = code`
  import { Annotation, START, StateGraph } from '@langchain/langgraph';
  import { ChatOpenAI } from '@langchain/openai';
  const State = Annotation.Root({ question: Annotation<string>, answer: Annotation<string> });
`;

const agents = code`
  import { createAgent, modelFallbackMiddleware, modelRetryMiddleware, tool, toolRetryMiddleware } from 'langchain';
  import { ChatOpenAI } from '@langchain/openai';
  import { z } from 'zod';
`;

const schema = 'schema: z.object({ q: z.string() })';

new StrictRuleTester().run<[], MessageIds>(rule, {
  valid: [
    silent(
      'a policy over a model that gives up at once, of one attempt, for failures of the project’s own, and of no model',
      code`
        ${graph}
        const calm = new ChatOpenAI({ model: 'gpt-4o', maxRetries: 0 });
        const model = new ChatOpenAI({ model: 'gpt-4o' });
        const ask = async (state: typeof State.State) => ({ answer: (await model.invoke(state.question)).text });
        export const app = new StateGraph(State)
          .addNode('calm', async (state) => ({ answer: (await calm.invoke(state.question)).text }), { retryPolicy: {} })
          .addNode('once', ask, { retryPolicy: { maxAttempts: 1 } })
          .addNode('parse', ask, { retryPolicy: { retryOn: (error) => error instanceof SyntaxError } })
          .addNode('load', async (state) => ({ answer: await load(state.question) }), {
            retryPolicy: { maxAttempts: 5 },
          })
          .addNode('plain', ask)
          .addEdge(START, 'calm')
          .compile();
        async function load(id: string) {
          return (await fetch('/orders/' + id)).text();
        }
      `,
    ),
    silent(
      'a step that handles the failure itself',
      code`
        ${graph}
        const model = new ChatOpenAI({ model: 'gpt-4o' });
        async function ask(state: typeof State.State) {
          try {
            return { answer: await write(state.question) };
          } catch (error) {
            console.error(error);
            return { answer: 'Sorry.' };
          }
        }
        const write = async (question: string) => (await model.invoke(question)).text;
        const guess = async (state: typeof State.State) => ({
          answer: await model.invoke(state.question).then((reply) => reply.text).catch(() => 'no idea'),
        });
        export const app = new StateGraph(State)
          .addNode('ask', ask, { retryPolicy: { maxAttempts: 3 } })
          .addNode('guess', guess, { retryPolicy: { maxAttempts: 3 } })
          .addEdge(START, 'ask')
          .compile();
      `,
    ),
    silent(
      'modelRetryMiddleware over a class whose calls it tells not to retry, and over a middleware that is not seen',
      code`
        ${agents}
        import { ChatGroq } from '@langchain/groq';
        import { audit } from './middleware';
        export const agent = createAgent({
          model: new ChatOpenAI({ model: 'gpt-4o' }),
          middleware: [modelRetryMiddleware({ maxRetries: 4 })],
        });
        export const once = createAgent({
          model: new ChatGroq({ model: 'llama-3.3-70b-versatile' }),
          middleware: [modelRetryMiddleware({ maxRetries: 0 })],
        });
        export const chosen = createAgent({
          model: new ChatGroq({ model: 'llama-3.3-70b-versatile' }),
          middleware: [modelRetryMiddleware({ retryOn: [SyntaxError] }), audit],
        });
      `,
    ),
    silent(
      'lists of middleware that are chosen, added to or not seen, and a fallback that never runs',
      code`
        ${agents}
        import { ChatGroq } from '@langchain/groq';
        import { resilience } from './middleware';
        const groq = new ChatGroq({ model: 'llama-3.3-70b-versatile' });
        const retry = modelRetryMiddleware();
        export const chosen = createAgent({
          model: groq,
          middleware: [...(process.env.RETRY === 'on' ? [retry] : []), process.env.RETRY && retry],
        });
        export const imported = createAgent({ model: groq, middleware: [...resilience] });
        const middleware = [];
        middleware.push(retry);
        export const added = createAgent({ model: groq, middleware });
        export const dead = createAgent({
          model: new ChatOpenAI({ model: 'gpt-4o', maxRetries: 0 }),
          middleware: [modelFallbackMiddleware(groq), modelRetryMiddleware({ maxRetries: 2 })],
        });
      `,
    ),
    silent(
      'p-retry around graphs whose nodes call no model, answer the failure, or have a policy that is not seen',
      code`
        ${graph}
        import pRetry from 'p-retry';
        import { policy } from './policies';
        const model = new ChatOpenAI({ model: 'gpt-4o' });
        const load = new StateGraph(State)
          .addNode('load', async (state) => ({ answer: await (await fetch('/orders/' + state.question)).text() }))
          .addEdge(START, 'load')
          .compile();
        const guess = new StateGraph(State)
          .addNode('guess', async (state) => ({
            answer: await model.invoke(state.question).then((reply) => reply.text).catch(() => 'no idea'),
          }))
          .addNode('ask', async (state) => ({ answer: (await model.invoke(state.question)).text }), {
            retryPolicy: policy,
          })
          .addEdge(START, 'guess')
          .compile();
        export const loadAgain = (question: string) => pRetry(() => load.invoke({ question }), { retries: 3 });
        export const guessAgain = (question: string) => pRetry(() => guess.invoke({ question }), { retries: 3 });
      `,
    ),
    silent(
      'toolRetryMiddleware over tools that call no model',
      code`
        ${agents}
        const expert = new ChatOpenAI({ model: 'gpt-4o' });
        const ask = tool(async ({ q }) => (await expert.invoke(q)).text, { name: 'ask', ${schema} });
        const search = tool(async ({ q }) => (await fetch('/search?q=' + q)).text(), { name: 'search', ${schema} });
        const model = new ChatOpenAI({ model: 'gpt-4o-mini' });
        export const byName = createAgent({
          model,
          tools: [ask, search],
          middleware: [toolRetryMiddleware({ tools: ['search'] })],
        });
        export const byTool = createAgent({ model, tools: [search], middleware: [toolRetryMiddleware()] });
      `,
    ),
    silent(
      'a default that is none',
      code`
        ${graph}
        export function build({ retries = 0 }: { readonly retries?: number }) {
          return new ChatOpenAI({ model: 'gpt-4o', maxRetries: retries }).withRetry();
        }
        export function rebuild(retries = 2) {
          retries = Number.parseInt('0');
          return new ChatOpenAI({ model: 'gpt-4o', maxRetries: retries }).withRetry();
        }
      `,
    ),
    silent(
      'p-retry around an agent that answers a failure',
      code`
        ${agents}
        import pRetry from 'p-retry';
        const agent = createAgent({
          model: new ChatOpenAI({ model: 'gpt-4o', maxRetries: 0 }),
          tools: [],
          middleware: [modelRetryMiddleware({ maxRetries: 2 })],
        });
        export const run = (messages) => pRetry(() => agent.invoke({ messages }), { retries: 4 });
      `,
    ),
    silent('calls of a retried model that switch its own retries off', {
      code: code`
        import { ChatOpenAI } from '@langchain/openai';
        const model = new ChatOpenAI({ model: 'gpt-4o' }).withRetry({ stopAfterAttempt: 3 });
        export const ask = (question: string) => model.invoke(question, { maxRetries: 0 });
      `,
      settings: { langchain: { version: '1.4.0' } },
    }),
    silent('a call that switches the retries off', {
      code: code`
        import pRetry from 'p-retry';
        import { ChatOpenAI } from '@langchain/openai';
        const model = new ChatOpenAI({ model: 'gpt-4o' });
        export const ask = (question: string) =>
          pRetry(() => model.invoke(question, { maxRetries: 0 }), { retries: 4 });
      `,
      settings: { langchain: { version: { core: '1.4.0' } } },
    }),
  ],
  invalid: [
    reports<MessageIds>(
      'the policy of a node',
      code`
        ${graph}
        const model = new ChatOpenAI({ model: 'gpt-4o' });
        export const app = new StateGraph(State)
          .addNode('ask', async (state) => ({ answer: (await model.invoke(state.question)).text }), {
            ⟦retryPolicy: { maxAttempts: 5, initialInterval: 500 }⟧,
          })
          .addEdge(START, 'ask')
          .compile();
      `,
      stacked({ layer: 'retryPolicy', outer: 5 }),
    ),
    reports<MessageIds>(
      'a policy makes three attempts by default, of a function that stands apart and in a list of nodes',
      code`
        ${graph}
        const model = new ChatOpenAI({ model: 'gpt-4o' });
        const builder = new StateGraph(State);
        builder.addNode([['ask', ask, { ⟦retryPolicy: {}⟧ }]]);
        builder.addEdge(START, 'ask');
        export const app = builder.compile();
        async function ask(state: typeof State.State) {
          return { answer: await write(state.question) };
        }
        async function write(question: string) {
          const { text } = await model.invoke(question);
          return text;
        }
      `,
      stacked({ layer: 'retryPolicy', outer: 3 }),
    ),
    reports<MessageIds>(
      'the policy of all nodes that have none',
      code`
        ${graph}
        const model = new ChatOpenAI({ model: 'gpt-4o' });
        const calm = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 });
        export const app = new StateGraph(State)
          .setNodeDefaults({ ⟦retryPolicy: { maxAttempts: 3 }⟧ })
          .addNode('calm', async (state) => ({ answer: (await calm.invoke(state.question)).text }))
          .addNode({
            ask: async (state: typeof State.State) => ({ answer: (await model.invoke(state.question)).text }),
          })
          .addEdge(START, 'calm')
          .compile();
      `,
      stacked({ layer: 'retryPolicy', outer: 3 }),
    ),
    reports<MessageIds>(
      'a policy over withRetry over a model is one report, at the policy',
      code`
        ${graph}
        const model = new ChatOpenAI({ model: 'gpt-4o' }).withRetry({ stopAfterAttempt: 3 });
        export const app = new StateGraph(State)
          .addNode('ask', async (state) => ({ answer: (await model.invoke(state.question)).text }), {
            ⟦retryPolicy: { maxAttempts: 3 }⟧,
          })
          .addEdge(START, 'ask')
          .compile();
      `,
      stacked({
        layer: 'retryPolicy',
        outer: 3,
        between: ', `withRetry()`',
        inner: '3 × 7',
        product: 63,
        advice: 'Keep one of them',
        suggestions: [],
      }),
    ),
    reports<MessageIds>(
      'p-retry around withRetry around a model that gives up at once',
      code`
        import pRetry from 'p-retry';
        import { ChatOpenAI } from '@langchain/openai';
        const model = new ChatOpenAI({ model: 'gpt-4o', maxRetries: 0 }).withRetry();
        export const ask = (question: string) => ⟦pRetry⟧(() => model.invoke(question), { retries: 4 });
      `,
      stacked({
        layer: 'pRetry()',
        outer: 5,
        inner: 3,
        model: 'withRetry()',
        advice: 'Keep one of them',
        suggestions: [],
      }),
    ),
    reports<MessageIds>(
      'an agent as a node, and under p-retry',
      code`
        ${agents}
        import pRetry from 'p-retry';
        import { MessagesAnnotation, StateGraph } from '@langchain/langgraph';
        const writer = createAgent({ model: new ChatOpenAI({ model: 'gpt-4o' }), tools: [] });
        const critic = createAgent({ model: 'openai:gpt-4o-mini', tools: [] });
        export const app = new StateGraph(MessagesAnnotation)
          .addNode('writer', writer, { ⟦retryPolicy: { maxAttempts: 2 }⟧ })
          .addEdge('__start__', 'writer')
          .compile();
        export const judge = async (text: string) =>
          ⟦pRetry⟧(async () => critic.invoke({ messages: [{ role: 'user', content: text }] }), { retries: 2 });
      `,
      stacked({ layer: 'retryPolicy', outer: 2 }),
      stacked({
        layer: 'pRetry()',
        outer: 3,
        model: 'openai:gpt-4o-mini',
        advice: 'Pass `new ChatOpenAI({ maxRetries: 0 })`',
        suggestions: [],
      }),
    ),
    reports<MessageIds>(
      'a compiled graph under p-retry, under withRetry and as a node of another one',
      code`
        ${graph}
        import { createAgent } from 'langchain';
        import pRetry from 'p-retry';
        const model = new ChatOpenAI({ model: 'gpt-4o' });
        const answer = async (state: typeof State.State) => ({ answer: (await model.invoke(state.question)).text });
        const inner = new StateGraph(State).addNode('answer', answer).addEdge(START, 'answer').compile();
        export const run = (question: string) => ⟦pRetry⟧(() => inner.invoke({ question }), { retries: 3 });
        const critic = new ChatOpenAI({ model: 'gpt-4o-mini' });
        const judged = new StateGraph(State)
          .addNode('judge', async (state) => ({ answer: (await critic.invoke(state.question)).text }))
          .addEdge(START, 'judge')
          .compile();
        export const steady = judged.⟦withRetry⟧({ stopAfterAttempt: 2 });
        const writer = createAgent({ model: 'openai:o4-mini', tools: [] });
        const writing = new StateGraph(State).addNode('write', writer).addEdge(START, 'write').compile();
        export const outer = new StateGraph(State)
          .addNode('writing', writing, { ⟦retryPolicy: {}⟧ })
          .addEdge(START, 'writing')
          .compile();
      `,
      stacked({ layer: 'pRetry()', outer: 4 }),
      stacked({
        layer: 'withRetry()',
        outer: 2,
        suggestions: [
          {
            messageId: 'noRetries',
            data: { model: 'ChatOpenAI' },
            output: ["{ model: 'gpt-4o-mini' }", "{ model: 'gpt-4o-mini', maxRetries: 0 }"],
          },
          { messageId: 'drop', output: ['.withRetry({ stopAfterAttempt: 2 })', ''] },
        ],
      }),
      stacked({
        layer: 'retryPolicy',
        outer: 3,
        model: 'openai:o4-mini',
        advice: 'Pass `new ChatOpenAI({ maxRetries: 0 })`',
        suggestions: [],
      }),
    ),
    reports<MessageIds>(
      'p-retry around a graph whose node has a policy is one report, at p-retry',
      code`
        ${graph}
        import pRetry from 'p-retry';
        const model = new ChatOpenAI({ model: 'gpt-4o' });
        const app = new StateGraph(State)
          .addNode('ask', async (state) => ({ answer: (await model.invoke(state.question)).text }), { retryPolicy: {} })
          .addNode('again', async (state) => app.invoke(state))
          .addEdge(START, 'ask')
          .compile();
        export const run = (question: string) => ⟦pRetry⟧(() => app.invoke({ question }), { retries: 1 });
      `,
      stacked({
        layer: 'pRetry()',
        outer: 2,
        between: ', `retryPolicy`',
        inner: '3 × 7',
        product: 42,
        advice: 'Keep one of them',
        suggestions: [],
      }),
    ),
    reports<MessageIds>(
      'the retry of a task',
      code`
        import { entrypoint, task } from '@langchain/langgraph';
        import { ChatOpenAI } from '@langchain/openai';
        const model = new ChatOpenAI({ model: 'gpt-4o' });
        const sumUp = task({ name: 'sumUp', ⟦retry: { maxAttempts: 3 }⟧ }, async (text: string) => {
          const { content } = await model.invoke('Sum up: ' + text);
          return content;
        });
        const title = task('title', async (text: string) => model.invoke('A title for: ' + text));
        export const flow = entrypoint('flow', async (text: string) => [await sumUp(text), await title(text)]);
      `,
      stacked({ layer: 'retry', outer: 3 }),
    ),
    reports<MessageIds>(
      'modelRetryMiddleware over a class that takes no retries of a call',
      code`
        import { createAgent, modelRetryMiddleware } from 'langchain';
        import { ChatGroq } from '@langchain/groq';
        const retry = ⟦1:modelRetryMiddleware⟧({ maxRetries: 4, onFailure: 'error' });
        export const agent = createAgent({ model: new ChatGroq({ model: 'gpt-4o' }), tools: [], middleware: [retry] });
        export const named = createAgent({ model: 'groq:llama', tools: [], middleware: [⟦2:modelRetryMiddleware⟧()] });
      `,
      stacked({ layer: 'modelRetryMiddleware()', outer: 5, model: 'ChatGroq' }),
      stacked({
        layer: 'modelRetryMiddleware()',
        outer: 3,
        model: 'groq:llama',
        advice: 'Pass `new ChatGroq({ maxRetries: 0 })`',
        suggestions: [],
      }),
    ),
    reports<MessageIds>(
      'a middleware of a list that is spread, of a function, and over the model of a fallback',
      code`
        ${agents}
        import { ChatGroq } from '@langchain/groq';
        const groq = new ChatGroq({ model: 'gpt-4o' });
        const shared = [⟦modelRetryMiddleware⟧({ maxRetries: 1 })];
        export const spread = createAgent({ model: groq, tools: [], middleware: [...shared] });
        const retry = (retries = 2) => ⟦modelRetryMiddleware⟧({ maxRetries: retries, onFailure: 'error' });
        export const made = createAgent({ model: 'groq:llama', tools: [], middleware: [retry()] });
        export const backed = createAgent({
          model: new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 }),
          tools: [],
          middleware: [
            ⟦modelRetryMiddleware⟧({ maxRetries: 3, onFailure: 'error' }),
            modelFallbackMiddleware('groq:gemma'),
          ],
        });
      `,
      stacked({ layer: 'modelRetryMiddleware()', outer: 2, model: 'ChatGroq' }),
      stacked({
        layer: 'modelRetryMiddleware()',
        outer: 3,
        model: 'groq:llama',
        advice: 'Pass `new ChatGroq({ maxRetries: 0 })`',
        suggestions: [],
      }),
      stacked({
        layer: 'modelRetryMiddleware()',
        outer: 4,
        model: 'groq:gemma',
        advice: 'Pass `new ChatGroq({ maxRetries: 0 })`',
        suggestions: [],
      }),
    ),
    reports<MessageIds>(
      'modelRetryMiddleware over any class, before it switched the retries off',
      {
        code: code`
          ${agents}
          export const agent = createAgent({
            model: new ChatOpenAI({ model: 'gpt-4o' }),
            tools: [],
            middleware: [⟦modelRetryMiddleware⟧({ maxRetries: 2 })],
          });
        `,
        settings: { langchain: { version: { langchain: '1.5.8' } } },
      },
      stacked({ layer: 'modelRetryMiddleware()', outer: 3 }),
    ),
    reports<MessageIds>(
      'toolRetryMiddleware over a tool that calls a model',
      code`
        ${agents}
        const expert = new ChatOpenAI({ model: 'gpt-4o' });
        const ask = tool(async ({ q }) => (await expert.invoke(q)).text, { name: 'ask', ${schema} });
        const model = new ChatOpenAI({ model: 'gpt-4o-mini' });
        export const agent = createAgent({
          model,
          tools: [ask],
          middleware: [⟦toolRetryMiddleware⟧({ maxRetries: 1, tools: ['ask'] })],
        });
      `,
      stacked({ layer: 'toolRetryMiddleware()', outer: 2 }),
    ),
    reports<MessageIds>(
      'the default of a parameter, and of a destructured name',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        export function build(attempts = 4, { retries = 2 } = {}) {
          return new ChatOpenAI({ model: 'gpt-4o', maxRetries: retries }).⟦withRetry⟧({ stopAfterAttempt: attempts });
        }
      `,
      stacked({
        layer: 'withRetry()',
        outer: 4,
        inner: 3,
        suggestions: [
          { messageId: 'noRetries', data: { model: 'ChatOpenAI' }, output: ['maxRetries: retries', 'maxRetries: 0'] },
          { messageId: 'drop', output: ['.withRetry({ stopAfterAttempt: attempts })', ''] },
        ],
      }),
    ),
    reports<MessageIds>(
      'retries of a call that ChatAnthropic squares',
      {
        code: code`
          import { ChatAnthropic } from '@langchain/anthropic';
          const claude = new ChatAnthropic({ model: 'claude-sonnet-4-5' });
          export const ask = async (question: string) => claude.invoke(question, { ⟦maxRetries: 2⟧ });
        `,
        settings: { langchain: { version: { core: '1.4.0' } } },
      },
      {
        messageId: 'squared',
        data: {
          layer: 'maxRetries',
          outer: '3',
          between: '',
          all: 'both',
          inner: '3',
          product: '9',
          model: 'ChatAnthropic',
          wait: '',
          advice: 'Set it in the constructor',
        },
      },
    ),
    reports<MessageIds>(
      'modelRetryMiddleware of what a deep agent hands work to',
      code`
        ${agents}
        import { createDeepAgent } from 'deepagents';
        import { ChatGroq } from '@langchain/groq';
        const calm = new ChatOpenAI({ model: 'gpt-4o', maxRetries: 0 });
        export const deep = createDeepAgent({
          model: calm,
          subagents: [
            {
              name: 'reader',
              description: 'Reads',
              systemPrompt: 'Read it.',
              model: new ChatGroq({ model: 'gpt-4o' }),
              middleware: [⟦modelRetryMiddleware⟧({ maxRetries: 2, onFailure: 'error' })],
            },
            {
              name: 'writer',
              description: 'Writes',
              systemPrompt: 'Write.',
              model: calm,
              middleware: [modelRetryMiddleware()],
            },
          ],
        });
      `,
      stacked({ layer: 'modelRetryMiddleware()', outer: 3, model: 'ChatGroq' }),
    ),
  ],
});
