import rule from '../../../rules/no-ineffective-config.ts';
import type { Cause } from '../../../src/config/ineffective-setting.ts';
import type { RewriteId } from '../../../src/config/rewrites.ts';
import { type Expected, reports, silent } from '../../helpers/cases.ts';
import { code } from '../../helpers/code.ts';
import { StrictRuleTester } from '../../helpers/rule-tester.ts';

type MessageIds = Cause | RewriteId;
type Report = Expected<MessageIds>;

const agents = code`
  import {
    createAgent,
    modelCallLimitMiddleware,
    modelFallbackMiddleware,
    modelRetryMiddleware,
    toolCallLimitMiddleware,
  } from 'langchain';
  import { createDeepAgent } from 'deepagents';
  import { MemorySaver } from '@langchain/langgraph';
  import { search } from './tools';
`;

const graphs = code`
  import { Annotation, entrypoint, InMemoryCache, StateGraph, task } from '@langchain/langgraph';
  const State = Annotation.Root({ question: Annotation<string>, answer: Annotation<string> });
  const look = async (state: typeof State.State) => ({ answer: state.question });
`;

const chains = code`
  import { loadQAMapReduceChain, loadSummarizationChain, MapReduceDocumentsChain } from '@langchain/classic/chains';
  import { ToolNode } from '@langchain/langgraph/prebuilt';
  import { ChatOllama } from '@langchain/ollama';
  import { ChatOpenAI } from '@langchain/openai';
  import { documents, question, tools } from './data';
  const model = new ChatOpenAI({ model: 'gpt-4o', timeout: 60_000 });
`;

const failAloud = "onFailure: 'error'";

function deadFallback(output: readonly [string, string]): Report {
  return { messageId: 'fallback', suggestions: [{ messageId: 'rename', data: { instead: failAloud }, output }] };
}

const oneRun: Report = { messageId: 'threadLimit' };

function uncached(subject = '`compile()`'): Report {
  return { messageId: 'cachePolicy', data: { subject } };
}

function inSeconds(seconds: string, output: readonly [string, string] | null): Report {
  return {
    messageId: 'ttl',
    data: { instead: seconds },
    ...(output ? { suggestions: [{ messageId: 'rename', data: { instead: `ttl: ${seconds}` }, output }] } : {}),
  };
}

const ofModel = 'Set it in the constructor of the model';

function startsAll(subject: string, instead = ofModel): Report {
  return { messageId: 'mapReduce', data: { option: 'maxConcurrency', subject: `\`${subject}\``, instead } };
}

new StrictRuleTester().run<[], MessageIds>(rule, {
  valid: [
    silent(
      'a retry before the fallback, one that passes the failure on, and one that may',
      code`
        ${agents}
        import { onFailure, options, others } from './options';
        export const first = createAgent({
          model: 'openai:gpt-4.1',
          tools: [search],
          middleware: [modelRetryMiddleware({ maxRetries: 2 }), modelFallbackMiddleware('anthropic:claude-sonnet-4-5')],
        });
        export const second = createAgent({
          model: 'openai:gpt-4.1',
          tools: [search],
          middleware: [modelFallbackMiddleware('openai:gpt-4.1-mini'), modelRetryMiddleware({ onFailure: 'error' })],
        });
        export const third = createAgent({
          model: 'openai:gpt-4.1',
          tools: [search],
          middleware: [modelFallbackMiddleware('openai:gpt-4.1-mini'), modelRetryMiddleware({ ...options })],
        });
        export const fourth = createAgent({
          model: 'openai:gpt-4.1',
          tools: [search],
          middleware: [modelFallbackMiddleware('openai:gpt-4.1-mini'), modelRetryMiddleware({ onFailure }), ...others],
        });
        export const alone = createAgent({
          model: 'openai:gpt-4.1',
          tools: [search],
          middleware: [modelRetryMiddleware()],
        });
      `,
    ),
    silent(
      'a limit per thread with a checkpointer, of an agent that another file or the server runs, and one per run',
      code`
        ${agents}
        import { checkpointer, options } from './options';
        const limits = [modelCallLimitMiddleware({ threadLimit: 10, runLimit: 5 })];
        const kept = createAgent({ model: 'openai:gpt-4.1', tools: [search], checkpointer, middleware: limits });
        const spread = createAgent({ model: 'openai:gpt-4.1', tools: [search], ...options, middleware: limits });
        const perRun = createAgent({
          model: 'openai:gpt-4.1',
          tools: [search],
          middleware: [modelCallLimitMiddleware({ runLimit: 5 })],
        });
        export const agent = createAgent({ model: 'openai:gpt-4.1', tools: [search], middleware: limits });
        export const ask = async (messages: string[]) =>
          [await kept.invoke({ messages }), await spread.invoke({ messages }), await perRun.invoke({ messages })];
      `,
    ),
    silent(
      'policies of graphs and tasks with a cache, or that others compile',
      code`
        ${graphs}
        import { cache, options } from './cache';
        export const cached = new StateGraph(State)
          .addNode('look', look, { cachePolicy: { ttl: 3600 } })
          .addEdge('__start__', 'look')
          .compile({ cache: new InMemoryCache() });
        export const builder = new StateGraph(State).addNode('look', look, { cachePolicy: { ttl: 120 } });
        const other = new StateGraph(State).addNode('look', look, { cachePolicy: { ttl: 86_400 } });
        export const unknown = other.compile(options);
        export const off = new StateGraph(State).addNode('look', look, { cachePolicy: false }).compile();
        const search = task({ name: 'search', cachePolicy: { ttl: 300 } }, async (text: string) => text);
        export const flow = entrypoint({ name: 'flow', cache }, async (text: string) => search(text));
      `,
    ),
    silent(
      'times in seconds: whole hours, less than a minute of milliseconds, no number',
      code`
        ${graphs}
        import { cache, ttl } from './cache';
        export const graph = new StateGraph(State)
          .addNode('day', look, { cachePolicy: { ttl: 86_400 } })
          .addNode('hours', look, { cachePolicy: { ttl: 1000 * 3600 / 1000 } })
          .addNode('week', look, { cachePolicy: { ttl: 7 * 24 * 60 * 60 } })
          .addNode('long', look, { cachePolicy: { ttl: 50_000 } })
          .addNode('given', look, { cachePolicy: { ttl } })
          .compile({ cache });
        export const policy = { ttl: 60 * 1000 };
      `,
    ),
    silent(
      'a limit on the model, on chains of another kind, and of another type',
      code`
        ${chains}
        import { type } from './data';
        const limited = new ChatOpenAI({ model: 'gpt-4o', maxConcurrency: 5, timeout: 60_000 });
        export const summary = loadSummarizationChain(limited, { type: 'map_reduce' }).invoke({
          input_documents: documents,
        });
        export const stuffed = loadSummarizationChain(model, { type: 'stuff' }).invoke({}, { maxConcurrency: 5 });
        export const given = loadSummarizationChain(model, { type }).invoke({}, { maxConcurrency: 5 });
        export const results = new ToolNode(tools).invoke({ messages: [] }, { signal: AbortSignal.timeout(5000) });
      `,
    ),
    silent(
      'a cache of a model that also answers at once, that others use, and none',
      code`
        ${chains}
        const both = new ChatOpenAI({ model: 'gpt-4o', cache: true });
        export const title = (text: string) => both.invoke(text);
        export const tell = (text: string) => both.stream(text);
        export const shared = new ChatOpenAI({ model: 'gpt-4o', cache: true });
        export const say = (text: string) => shared.stream(text);
        const off = new ChatOpenAI({ model: 'gpt-4o', cache: false });
        export const speak = (text: string) => off.stream(text);
        const piped = new ChatOpenAI({ model: 'gpt-4o', cache: true });
        export const chain = piped.pipe((message) => message.content);
      `,
    ),
  ],
  invalid: [
    reports<MessageIds>(
      'a retry behind the fallback',
      code`
        ${agents}
        export const agent = createAgent({
          model: 'openai:gpt-4.1',
          tools: [search],
          middleware: [
            modelFallbackMiddleware('openai:gpt-4.1-mini'),
            ⟦modelRetryMiddleware⟧({ maxRetries: 5, initialDelayMs: 1_000 }),
          ],
        });
      `,
      deadFallback([
        '{ maxRetries: 5, initialDelayMs: 1_000 }',
        "{ maxRetries: 5, initialDelayMs: 1_000, onFailure: 'error' }",
      ]),
    ),
    reports<MessageIds>(
      'in constants, with others between them, and of a deep agent',
      code`
        ${agents}
        import { log } from './middleware';
        const fallback = modelFallbackMiddleware('openai:gpt-4.1-mini');
        const retry = ⟦modelRetryMiddleware⟧();
        const middleware = [fallback, log, retry];
        export const agent = createAgent({ model: 'openai:gpt-4.1', tools: [search], middleware });
        export const deep = createDeepAgent({
          model: 'openai:gpt-4.1',
          middleware: [fallback, ⟦modelRetryMiddleware⟧({ onFailure: 'continue' })],
        });
      `,
      deadFallback(['modelRetryMiddleware();', "modelRetryMiddleware({ onFailure: 'error' });"]),
      deadFallback(["onFailure: 'continue'", "onFailure: 'error'"]),
    ),
    reports<MessageIds>(
      'in lists that are spread, and returned by a function',
      code`
        ${agents}
        const fallbacks = [modelFallbackMiddleware('openai:gpt-4.1-mini')];
        const retries = [⟦modelRetryMiddleware⟧()];
        export const agent = createAgent({ model: 'openai:gpt-4.1', middleware: [...fallbacks, ...retries] });
        const resilience = () => [...fallbacks, ⟦modelRetryMiddleware⟧({ onFailure: 'continue' })];
        export const deep = createDeepAgent({ model: 'openai:gpt-4.1', middleware: resilience() });
      `,
      deadFallback(['modelRetryMiddleware()]', "modelRetryMiddleware({ onFailure: 'error' })]"]),
      deadFallback(["onFailure: 'continue'", "onFailure: 'error'"]),
    ),
    reports<MessageIds>(
      'in the middleware of what a deep agent hands work to',
      code`
        ${agents}
        const researcher = {
          name: 'researcher',
          description: 'Looks things up',
          systemPrompt: 'Look it up.',
          middleware: [modelFallbackMiddleware('openai:gpt-4.1-mini'), ⟦modelRetryMiddleware⟧()],
        };
        export const deep = createDeepAgent({ model: 'openai:gpt-4.1', subagents: [researcher] });
      `,
      deadFallback(['modelRetryMiddleware()]', "modelRetryMiddleware({ onFailure: 'error' })]"]),
    ),
    reports<MessageIds>(
      'a retry that words its answer itself',
      code`
        ${agents}
        export const agent = createAgent({
          model: 'openai:gpt-4.1',
          tools: [search],
          middleware: [
            modelFallbackMiddleware('openai:gpt-4.1-mini'),
            ⟦modelRetryMiddleware⟧({ onFailure: (error) => \`Sorry: \${error.message}\` }),
          ],
        });
      `,
      deadFallback(['onFailure: (error) => `Sorry: ${error.message}`', "onFailure: 'error'"]),
    ),
    reports<MessageIds>(
      'a limit per thread of an agent that remembers none',
      code`
        ${agents}
        const agent = createAgent({
          model: 'openai:gpt-4.1',
          tools: [search],
          middleware: [
            modelCallLimitMiddleware({ ⟦threadLimit: 10⟧, runLimit: 5 }),
            toolCallLimitMiddleware({ toolName: 'search', ⟦threadLimit: 3⟧ }),
          ],
        });
        export async function POST(request: Request) {
          const { messages, thread } = await request.json();
          const config = { configurable: { thread_id: thread }, signal: request.signal };
          return Response.json(await agent.invoke({ messages }, config));
        }
      `,
      oneRun,
      oneRun,
    ),
    reports<MessageIds>(
      'a policy without a cache: of a node, of the defaults, of a task',
      code`
        ${graphs}
        export const graph = new StateGraph(State)
          .addNode('look', look, { ⟦cachePolicy: { ttl: 120 }⟧ })
          .addEdge('__start__', 'look')
          .compile({ name: 'look' });
        const builder = new StateGraph(State);
        builder.addNode('look', look, { ⟦cachePolicy: true⟧ });
        builder.addEdge('__start__', 'look');
        export const second = builder.compile();
        const search = task({ name: 'search', ⟦cachePolicy: { ttl: 300 }⟧ }, async (text: string) => text);
        export const flow = entrypoint('flow', async (text: string) => search(text));
      `,
      uncached(),
      uncached(),
      uncached('`entrypoint()`'),
    ),
    reports<MessageIds>(
      'a ttl in milliseconds',
      code`
        ${graphs}
        import { cache } from './cache';
        const FIVE_MINUTES = 300_000;
        export const graph = new StateGraph(State)
          .addNode('minute', look, { cachePolicy: { ⟦ttl: 60_000⟧ } })
          .addNode('hour', look, { cachePolicy: { ⟦ttl: 60 * 60 * 1000⟧ } })
          .addNode('five', look, { cachePolicy: { ⟦ttl: FIVE_MINUTES⟧ } })
          .addNode('second', look, { cachePolicy: { ⟦ttl: 5 * 1000⟧, keyFunc: String } })
          .compile({ cache });
      `,
      inSeconds('60', ['ttl: 60_000', 'ttl: 60']),
      inSeconds('3600', ['ttl: 60 * 60 * 1000', 'ttl: 3600']),
      inSeconds('300', null),
      inSeconds('5', ['ttl: 5 * 1000', 'ttl: 5']),
    ),
    reports<MessageIds>(
      'a limit in the config of a map_reduce chain',
      code`
        ${chains}
        const chain = loadSummarizationChain(model, { type: 'map_reduce' });
        export const topics = chain.invoke({ input_documents: documents }, { ⟦maxConcurrency: 5⟧ });
        const byDefault = loadSummarizationChain(model);
        export const called = byDefault.call({ input_documents: documents }, { ⟦maxConcurrency: 5⟧ });
        const answers = loadQAMapReduceChain(model);
        export const answer = answers.invoke({ input_documents: documents, question }, { ⟦maxConcurrency: 5⟧ });
        const local = loadSummarizationChain(new ChatOllama({ model: 'llama3.2' }), { type: 'map_reduce' });
        export const localTopics = local.invoke({ input_documents: documents }, { ⟦maxConcurrency: 5⟧ });
      `,
      startsAll('chain.invoke()'),
      startsAll('byDefault.call()'),
      startsAll('answers.invoke()'),
      startsAll('local.invoke()', 'Run the documents in chunks, one after another'),
    ),
    reports<MessageIds>(
      'a timeout of a ToolNode',
      code`
        ${chains}
        const node = new ToolNode(tools);
        export const results = (messages: never[]) => node.invoke({ messages }, { ⟦timeout: 10_000⟧ });
      `,
      { messageId: 'toolNode', data: { option: 'timeout', subject: '`node.invoke()`' } },
    ),
    reports<MessageIds>(
      'a cache of a model that is only streamed',
      code`
        ${chains}
        const chat = new ChatOpenAI({ model: 'gpt-4o', ⟦cache: true⟧ });
        export async function* tell(text: string, signal: AbortSignal) {
          for await (const chunk of await chat.stream(text, { signal })) yield chunk.content;
        }
        export class Teller {
          private readonly model = new ChatOpenAI({ model: 'gpt-4o', ⟦cache: true⟧ });
          events = (text: string) => this.model.streamEvents(text, { version: 'v2' });
        }
      `,
      { messageId: 'streamedCache', data: { subject: '`ChatOpenAI`' } },
      { messageId: 'streamedCache', data: { subject: '`ChatOpenAI`' } },
    ),
  ],
});
