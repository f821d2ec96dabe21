import rule from '../../rules/require-timeout.ts';
import { type Expected, reports, rewrites, type Rewriting, silent } from '../helpers/cases.ts';
import { code } from '../helpers/code.ts';
import { StrictRuleTester } from '../helpers/rule-tester.ts';
import { importForms, lookalikes } from '../helpers/shape-matrix.ts';

type MessageIds = 'addTimeout' | 'never' | 'neverAlone' | 'option' | 'retried' | 'string';
type Report = Expected<MessageIds> & Rewriting<MessageIds>;

interface Option {
  readonly option?: string;
  readonly attempts?: string;
  readonly wait?: string;
}

/** A class with an option for a timeout, and retries. */
function retried(
  name: string,
  { option = 'timeout: 60_000', attempts = '7', wait = '5 minutes' }: Option = {},
): Report {
  const data = { name, instead: '60_000', wait, attempts, option };
  return { messageId: 'retried', data, suggests: { messageId: 'addTimeout', data } };
}

/** The same where the number of attempts is one, or not known. */
function option(name: string, attempts: string): Report {
  return { ...retried(name, { attempts }), messageId: 'option' };
}

function never(name: string, attempts = '7', wait = '7 × 5 minutes'): Report {
  return { messageId: 'never', data: { name, instead: '60_000', wait, attempts, option: '' } };
}

function neverAlone(name: string, attempts?: string, wait?: string): Report {
  return { ...never(name, attempts, wait), messageId: 'neverAlone' };
}

function named(name: string, option: string): Report {
  return { messageId: 'string', data: { name, wait: '7 × 5 minutes', option } };
}

function alone(name: string): Expected<MessageIds> {
  const { data, messageId } = retried(name);
  return data ? { messageId, data } : { messageId };
}

function offered(output: readonly [string, string]): NonNullable<Expected<MessageIds>['suggestions']>[number] {
  return { messageId: 'addTimeout', data: { option: 'timeout: 60_000' }, output };
}

const chat = (model: string): string => code`
  const model = ${model};
  async function answer(question) {
    const reply = await model.invoke(question);
    return reply.content;
  }
`;

new StrictRuleTester().run<[], MessageIds>(rule, {
  valid: [
    ...lookalikes({
      module: '@langchain/openai',
      names: ['ChatOpenAI'],
      body: (n) => chat(`new ${n.ChatOpenAI}({ model: 'gpt-4o' })`),
    }),

    silent(
      'a timeout under a name that nothing reads: one report of no-ineffective-config',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        export const slow = new ChatOpenAI({ model: 'gpt-4.1-mini', request_timeout: 60 });
        export const fast = new ChatOpenAI({ model: 'gpt-4.1-mini', timeoutMs: 5_000 });
      `,
    ),
    silent(
      'a timeout that is assigned',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        export function build(seconds: number): ChatOpenAI {
          const model = new ChatOpenAI({ model: 'gpt-4.1-mini' });
          model.timeout = seconds * 1000;
          return model;
        }
      `,
    ),
    silent(
      'strings of which a call of the agent has a deadline, and one whose class gives up by itself',
      code`
        import { createAgent, modelFallbackMiddleware } from 'langchain';
        const agent = createAgent({
          model: 'openai:gpt-4o',
          tools: [],
          middleware: [modelFallbackMiddleware('anthropic:claude-sonnet-4-5')],
        });
        export const answer = (messages) => agent.invoke({ messages }, { timeout: 60_000 });
        export const quick = createAgent({ model: 'groq:llama-3.3-70b-versatile', tools: [] });
        export const chosen = createAgent({ model: process.env.MODEL ?? 'openai:gpt-4o', tools: [] });
        export const build = ({ model = 'openai:gpt-4o' } = {}) => createAgent({ model, tools: [] });
      `,
    ),
    silent(
      'models of a graph that is run with a deadline, and of a node that has one',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        import { MessagesAnnotation, START, StateGraph } from '@langchain/langgraph';
        const draft = new ChatOpenAI({ model: 'gpt-4o' });
        const graph = new StateGraph(MessagesAnnotation)
          .addNode('draft', async ({ messages }, config) => ({ messages: [await draft.invoke(messages, config)] }))
          .addEdge(START, 'draft')
          .compile();
        export const run = (messages) => graph.invoke({ messages }, { signal: AbortSignal.timeout(90_000) });
        const judge = new ChatOpenAI({ model: 'gpt-4o' });
        export const judged = new StateGraph(MessagesAnnotation)
          .addNode('judge', async ({ messages }) => ({ messages: [await judge.invoke(messages)] }), { timeout: 60_000 })
          .addEdge(START, 'judge')
          .compile();
        const editor = new ChatOpenAI({ model: 'gpt-4o' });
        export const edited = new StateGraph(MessagesAnnotation)
          .addNode('edit', async ({ messages }, config) => ({
            messages: [await editor.invoke(messages, { ...config, timeout: 60_000 })],
          }))
          .addEdge(START, 'edit')
          .compile();
      `,
    ),
    silent(
      'a model whose agent is called with a deadline',
      code`
        import { createAgent } from 'langchain';
        import { ChatOpenAI } from '@langchain/openai';
        const agent = createAgent({ model: new ChatOpenAI({ model: 'gpt-4o' }), tools: [] });
        export const answer = (messages) => agent.invoke({ messages }, { signal: AbortSignal.timeout(60_000) });
      `,
    ),
    silent(
      'a timeout where the class reads it',
      code`
        import { ChatAnthropic } from '@langchain/anthropic';
        import { ChatOpenAI } from '@langchain/openai';
        export const model = new ChatOpenAI({ timeout: 30_000 });
        export const claude = new ChatAnthropic({ clientOptions: { timeout: 30_000 } });
      `,
    ),
    silent(
      'a timeout of the configuration',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        export const model = new ChatOpenAI({ configuration: { baseURL: process.env.BASE_URL, timeout: 30_000 } });
      `,
    ),
    silent(
      'a timeout that is computed',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        import { config } from './config';
        export const model = new ChatOpenAI({ timeout: config.llm.timeoutMs });
      `,
    ),
    silent(
      'a timeout in a constant of options',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        const LLM_CONFIG = { temperature: 0, timeout: 60000, maxRetries: 3 };
        export const model = new ChatOpenAI({ ...LLM_CONFIG, streaming: true });
      `,
    ),
    silent(
      'options from elsewhere',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        import { LLM_CONFIG } from './config';
        export const a = new ChatOpenAI(LLM_CONFIG);
        export const b = new ChatOpenAI({ ...LLM_CONFIG, model: 'gpt-4o' });
        export const create = (fields) => new ChatOpenAI(fields);
      `,
    ),
    silent(
      'a spread that may bring one',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        export function createModel(isSlow: boolean) {
          return new ChatOpenAI({ model: 'gpt-4o', ...(isSlow ? { timeout: 120_000 } : {}) });
        }
      `,
    ),
    silent(
      'a timeout that the class ignores is no-ineffective-config’s',
      code`
        import { ChatAnthropic } from '@langchain/anthropic';
        import { ChatOllama } from '@langchain/ollama';
        export const claude = new ChatAnthropic({ model: 'claude-sonnet-4-5', timeout: 30_000 });
        export const local = new ChatOllama({ timeout: 30_000 });
      `,
    ),
    silent(
      'an SDK that gives up after a minute by itself, or half of one',
      code`
        import { ChatGroq } from '@langchain/groq';
        import { ChatMistralAI } from '@langchain/mistralai';
        export const groq = new ChatGroq({ model: 'llama-3.3-70b-versatile' });
        export const mistral = new ChatMistralAI({ model: 'mistral-large-latest' });
      `,
    ),
    silent(
      'calls without a config in steps, which take over the deadline of the run',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        import { RunnableLambda } from '@langchain/core/runnables';
        import { Annotation, StateGraph } from '@langchain/langgraph';
        const State = Annotation.Root({ question: Annotation<string>, answer: Annotation<string> });
        const model = new ChatOpenAI({ model: 'gpt-4o' });
        const ask = async ({ question }: typeof State.State) => ({ answer: (await model.invoke(question)).text });
        const graph = new StateGraph(State).addNode('ask', ask).addEdge('__start__', 'ask').compile();
        export const run = (question: string) => graph.invoke({ question }, { timeout: 60_000 });
        export const title = (text: string) => model.invoke(text, { timeout: 20_000 });
        export const clean = RunnableLambda.from(async (text: string) => model.invoke(text));
      `,
    ),
    silent(
      'a deadline that is bound, and calls that say nothing of it',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        const model = new ChatOpenAI({ model: 'gpt-4o' }).withConfig({ timeout: 30_000 });
        export const ask = (question: string) => model.invoke(question);
      `,
    ),
    silent(
      'a signal given to each call',
      code`
        import { ChatGoogleGenerativeAI } from '@langchain/google-genai';
        import { StringOutputParser } from '@langchain/core/output_parsers';
        const model = new ChatGoogleGenerativeAI({ model: 'gemini-2.0-flash' });
        const chain = model.pipe(new StringOutputParser());
        export const answer = (question: string) => chain.invoke(question, { signal: AbortSignal.timeout(60_000) });
      `,
    ),
    silent(
      'a timeout bound with withConfig',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        const model = new ChatOpenAI({ model: 'gpt-4o' }).withConfig({ timeout: 45_000 });
        export const answer = (question: string) => model.invoke(question);
      `,
    ),
    silent(
      'a config that is passed on',
      code`
        import { ChatBedrockConverse } from '@langchain/aws';
        import type { RunnableConfig } from '@langchain/core/runnables';
        const model = new ChatBedrockConverse({ model: 'anthropic.claude-3-5-sonnet', region: 'eu-central-1' });
        export async function callModel({ messages }: { messages: string[] }, config: RunnableConfig) {
          return { messages: [await model.invoke(messages, config)] };
        }
      `,
    ),
    silent(
      'a client or handler that may have its own',
      code`
        import { ChatBedrockConverse } from '@langchain/aws';
        import { NodeHttpHandler } from '@smithy/node-http-handler';
        import { bedrock } from './aws';
        export const a = new ChatBedrockConverse({ client: bedrock });
        export const b = new ChatBedrockConverse({
          clientOptions: { requestHandler: new NodeHttpHandler({ requestTimeout: 60_000 }) },
        });
      `,
    ),
    silent(
      'a fetch that sets a time',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        export const model = new ChatOpenAI({
          configuration: { fetch: (url, init) => fetch(url, { ...init, signal: AbortSignal.timeout(60_000) }) },
        });
      `,
    ),
    silent(
      'embeddings, prompts, parsers',
      code`
        import { OpenAIEmbeddings } from '@langchain/openai';
        import { StringOutputParser } from '@langchain/core/output_parsers';
        export const embeddings = new OpenAIEmbeddings();
        export const parser = new StringOutputParser();
      `,
    ),
    silent(
      'fakes and local weights',
      code`
        import { FakeListChatModel } from '@langchain/core/utils/testing';
        import { ChatLlamaCpp } from '@langchain/community/chat_models/llama_cpp';
        export const fake = new FakeListChatModel({ responses: ['a'] });
        export const local = await ChatLlamaCpp.initialize({ modelPath: 'model.gguf' });
      `,
    ),
    silent(
      'a class that is not measured',
      code`
        import { ChatBaiduQianfan } from '@langchain/baidu-qianfan';
        export const model = new ChatBaiduQianfan();
      `,
    ),
    silent(
      'a class of the file with a constructor of its own',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        class Gateway extends ChatOpenAI {
          constructor(key: string) {
            super({ apiKey: key, timeout: 30_000 });
          }
        }
        export const model = new Gateway('key');
      `,
    ),
    silent(
      'the SDK of OpenAI',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        import OpenAI from 'openai';
        export const client = new OpenAI();
        export type { ChatOpenAI };
      `,
    ),
  ],
  invalid: [
    reports(
      'a deadline that only one of the calls has, and one that is undefined',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        import { ChatPromptTemplate } from '@langchain/core/prompts';
        const prompt = ChatPromptTemplate.fromTemplate('Summarise {text}');
        const model = ⟦new ChatOpenAI⟧({ model: 'gpt-4o' });
        const chain = prompt.pipe(model);
        export const title = (text: string) => model.invoke(text, { timeout: 20_000 });
        export const summarise = (text: string) => chain.invoke({ text });
        export const other = ⟦new ChatOpenAI⟧({ model: 'gpt-4o', timeout: undefined });
      `,
      {
        ...alone('ChatOpenAI'),
        suggestions: [
          offered(["{ model: 'gpt-4o' });\nconst chain", "{ model: 'gpt-4o', timeout: 60_000 });\nconst chain"]),
        ],
      },
      { ...alone('ChatOpenAI'), suggestions: [offered(['timeout: undefined', 'timeout: 60_000'])] },
    ),
    reports(
      'a provider that is written, and a model that is not',
      code`
        import { initChatModel } from 'langchain';
        export const load = (name: string) => ⟦initChatModel⟧(\`openai:\${name}\`, { temperature: 0 });
      `,
      {
        ...alone('initChatModel'),
        suggestions: [offered(['temperature: 0', 'temperature: 0, timeout: 60_000'])],
      },
    ),
    ...importForms({
      module: '@langchain/openai',
      names: ['ChatOpenAI'],
      body: (n) => chat(`⟦new ${n.ChatOpenAI}⟧({ model: 'gpt-4o' })`),
      expect: ({ names, render }) => ({
        report: retried(names.ChatOpenAI),
        after: render((n) => chat(`new ${n.ChatOpenAI}({ model: 'gpt-4o', timeout: 60_000 })`)),
      }),
    }).map(({ name, after, report, ...module }) => rewrites(name, module, after, report)),

    rewrites(
      'no options at all',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        export const model = ⟦new ChatOpenAI⟧();
      `,
      code`
        import { ChatOpenAI } from '@langchain/openai';
        export const model = new ChatOpenAI({ timeout: 60_000 });
      `,
      retried('ChatOpenAI'),
    ),
    rewrites(
      'a model by its name alone',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        export const model = ⟦new ChatOpenAI⟧('gpt-4o');
      `,
      code`
        import { ChatOpenAI } from '@langchain/openai';
        export const model = new ChatOpenAI('gpt-4o', { timeout: 60_000 });
      `,
      retried('ChatOpenAI'),
    ),
    rewrites(
      'retries in sight',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        export const model = ⟦new ChatOpenAI⟧({ maxRetries: 2 });
      `,
      code`
        import { ChatOpenAI } from '@langchain/openai';
        export const model = new ChatOpenAI({ maxRetries: 2, timeout: 60_000 });
      `,
      retried('ChatOpenAI', { attempts: '3' }),
    ),
    rewrites(
      'no retries',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        export const model = ⟦new ChatOpenAI⟧({ maxRetries: 0 });
      `,
      code`
        import { ChatOpenAI } from '@langchain/openai';
        export const model = new ChatOpenAI({ maxRetries: 0, timeout: 60_000 });
      `,
      option('ChatOpenAI', '1'),
    ),
    rewrites(
      'a number of retries that cannot be seen',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        export const create = (maxRetries: number) => ⟦new ChatOpenAI⟧({ maxRetries });
      `,
      code`
        import { ChatOpenAI } from '@langchain/openai';
        export const create = (maxRetries: number) => new ChatOpenAI({ maxRetries, timeout: 60_000 });
      `,
      option('ChatOpenAI', 'null'),
    ),
    rewrites(
      'Anthropic, whose client takes it',
      code`
        import { ChatAnthropic } from '@langchain/anthropic';
        export const claude = ⟦new ChatAnthropic⟧({
          model: 'claude-sonnet-4-5',
          maxTokens: 1024,
        });
      `,
      code`
        import { ChatAnthropic } from '@langchain/anthropic';
        export const claude = new ChatAnthropic({
          model: 'claude-sonnet-4-5',
          maxTokens: 1024,
          clientOptions: { timeout: 60_000 },
        });
      `,
      retried('ChatAnthropic', { option: 'clientOptions: { timeout: 60_000 }' }),
    ),
    rewrites(
      'Anthropic with other options of its client',
      code`
        import { ChatAnthropic } from '@langchain/anthropic';
        export const claude = ⟦new ChatAnthropic⟧({
          clientOptions: { defaultHeaders: { 'x-team': 'search' } },
        });
      `,
      code`
        import { ChatAnthropic } from '@langchain/anthropic';
        export const claude = new ChatAnthropic({
          clientOptions: { defaultHeaders: { 'x-team': 'search' }, timeout: 60_000 },
        });
      `,
      retried('ChatAnthropic', { option: 'clientOptions: { timeout: 60_000 }' }),
    ),
    rewrites(
      'Azure',
      code`
        import { AzureChatOpenAI } from '@langchain/openai';
        export const model = ⟦new AzureChatOpenAI⟧({
          azureOpenAIApiDeploymentName: process.env.DEPLOYMENT,
        });
      `,
      code`
        import { AzureChatOpenAI } from '@langchain/openai';
        export const model = new AzureChatOpenAI({
          azureOpenAIApiDeploymentName: process.env.DEPLOYMENT,
          timeout: 60_000,
        });
      `,
      retried('AzureChatOpenAI'),
    ),
    rewrites(
      'a completion model',
      code`
        import { OpenAI } from 'langchain/llms/openai';
        export const llm = ⟦new OpenAI⟧({ temperature: 0 });
      `,
      code`
        import { OpenAI } from 'langchain/llms/openai';
        export const llm = new OpenAI({ temperature: 0, timeout: 60_000 });
      `,
      retried('OpenAI'),
    ),
    rewrites(
      'the model that initChatModel makes',
      code`
        import { initChatModel } from 'langchain/chat_models/universal';
        export const model = await ⟦initChatModel⟧('openai:gpt-4o');
      `,
      code`
        import { initChatModel } from 'langchain/chat_models/universal';
        export const model = await initChatModel('openai:gpt-4o', { timeout: 60_000 });
      `,
      retried('initChatModel'),
    ),
    rewrites(
      'a class of the file without a constructor',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        class Gateway extends ChatOpenAI {
          override lc_namespace = ['acme'];
        }
        export const model = ⟦new Gateway⟧({ model: 'gpt-4o' });
      `,
      code`
        import { ChatOpenAI } from '@langchain/openai';
        class Gateway extends ChatOpenAI {
          override lc_namespace = ['acme'];
        }
        export const model = new Gateway({ model: 'gpt-4o', timeout: 60_000 });
      `,
      retried('Gateway'),
    ),
    rewrites(
      'a conditional spread that brings none',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        export const model = ⟦new ChatOpenAI⟧({
          ...(process.env.BASE ? { configuration: { baseURL: process.env.BASE } } : {}),
          ...(process.env.KEY && { apiKey: process.env.KEY }),
        });
      `,
      code`
        import { ChatOpenAI } from '@langchain/openai';
        export const model = new ChatOpenAI({
          ...(process.env.BASE ? { configuration: { baseURL: process.env.BASE } } : {}),
          ...(process.env.KEY && { apiKey: process.env.KEY }),
          timeout: 60_000,
        });
      `,
      retried('ChatOpenAI'),
    ),
    rewrites(
      'a fetch without a time',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        export const model = ⟦new ChatOpenAI⟧({
          configuration: { fetch: async (url, init) => fetch(await sign(url), init) },
        });
      `,
      code`
        import { ChatOpenAI } from '@langchain/openai';
        export const model = new ChatOpenAI({
          configuration: { fetch: async (url, init) => fetch(await sign(url), init) },
          timeout: 60_000,
        });
      `,
      retried('ChatOpenAI', { wait: '10 minutes' }),
    ),
    reports(
      'a Nest service',
      code`
        import { Injectable } from '@nestjs/common';
        import { ConfigService } from '@nestjs/config';
        import { ChatGoogleGenerativeAI } from '@langchain/google-genai';
        @Injectable()
        export class CriticService {
          private readonly model: ChatGoogleGenerativeAI;
          constructor(private readonly config: ConfigService) {
            const apiKey = this.config.get('GOOGLE_API_KEY');
            this.model = ⟦new ChatGoogleGenerativeAI⟧({ apiKey, model: 'gemini-2.0-flash' });
          }
          async review(text: string) {
            return this.model.invoke(text);
          }
        }
      `,
      neverAlone('ChatGoogleGenerativeAI'),
    ),
    reports(
      'classes without an option: some heed the call’s timeout, others only in a chain',
      code`
        import { ChatBedrockConverse } from '@langchain/aws';
        import { ChatOllama, Ollama } from '@langchain/ollama';
        export const a = ⟦new ChatBedrockConverse⟧({ model: 'amazon.nova-pro-v1:0', region: 'eu-central-1' });
        export const c = ⟦new ChatOllama⟧({ model: 'llama3.2', baseUrl: process.env.OLLAMA_URL });
        export const d = ⟦new Ollama⟧({ model: 'llama3.2' });
      `,
      never('ChatBedrockConverse', '3', 'until the server hangs up'),
      neverAlone('ChatOllama', '1', '5 minutes'),
      neverAlone('Ollama', '7', 'until the server hangs up'),
    ),
    rewrites(
      'a Next.js route that streams',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        import { PromptTemplate } from '@langchain/core/prompts';
        import { HttpResponseOutputParser } from 'langchain/output_parsers';
        export async function POST(req: Request) {
          const { input } = await req.json();
          const chain = PromptTemplate.fromTemplate('{input}')
            .pipe(⟦new ChatOpenAI⟧({ streaming: true }))
            .pipe(new HttpResponseOutputParser());
          return new Response(await chain.stream({ input }));
        }
      `,
      code`
        import { ChatOpenAI } from '@langchain/openai';
        import { PromptTemplate } from '@langchain/core/prompts';
        import { HttpResponseOutputParser } from 'langchain/output_parsers';
        export async function POST(req: Request) {
          const { input } = await req.json();
          const chain = PromptTemplate.fromTemplate('{input}')
            .pipe(new ChatOpenAI({ streaming: true, timeout: 60_000 }))
            .pipe(new HttpResponseOutputParser());
          return new Response(await chain.stream({ input }));
        }
      `,
      retried('ChatOpenAI'),
    ),
    reports(
      'a timeout that the class does not heed: on bound tools, in a sequence from a list, bound itself',
      code`
        import { ChatPromptTemplate } from '@langchain/core/prompts';
        import { RunnableSequence } from '@langchain/core/runnables';
        import { ChatOllama } from '@langchain/ollama';
        import { tools } from './tools.js';
        const prompt = ChatPromptTemplate.fromTemplate('Sum up: {text}');
        const agent = ⟦new ChatOllama⟧({ model: 'qwen3' }).bindTools(tools);
        export const act = (text: string) => agent.invoke(text, { timeout: 30_000 });
        const chain = RunnableSequence.from([prompt, ⟦new ChatOllama⟧({ model: 'qwen3' })]);
        export const sumUp = (text: string) => chain.invoke({ text }, { timeout: 30_000 });
        const bound = ⟦new ChatOllama⟧({ model: 'qwen3' }).withConfig({ timeout: 30_000 });
        export const ask = (text: string) => bound.invoke(text);
        const told = new ChatOllama({ model: 'qwen3' }).withConfig({ timeout: 30_000 });
        export const tell = (text: string) => told.stream(text);
        const retrying = new ChatOllama({ model: 'qwen3' }).withRetry();
        export const retry = (text: string) => retrying.invoke(text, { timeout: 30_000 });
      `,
      neverAlone('ChatOllama', '1', '5 minutes'),
      neverAlone('ChatOllama', '1', '5 minutes'),
      neverAlone('ChatOllama', '1', '5 minutes'),
    ),
    reports(
      'a timeout of another model’s call, and one that the class does not heed',
      code`
        import { ChatGoogle } from '@langchain/google';
        import { ChatOllama } from '@langchain/ollama';
        const draft = new ChatGoogle({ model: 'gemini-2.5-flash' });
        const judge = ⟦new ChatOllama⟧({ model: 'qwen3' });
        const critic = ⟦new ChatOllama⟧({ model: 'qwen3' });
        export const criticise = (text: string) => critic.invoke(text, { timeout: 30_000 });
        export async function answer(question: string) {
          const text = await draft.invoke(question, { signal: AbortSignal.timeout(60_000) });
          return judge.invoke(text.content as string);
        }
      `,
      neverAlone('ChatOllama', '1', '5 minutes'),
      neverAlone('ChatOllama', '1', '5 minutes'),
    ),
    rewrites(
      'an agent’s model',
      code`
        import { createAgent } from 'langchain';
        import { ChatAnthropic } from '@langchain/anthropic';
        import { tools } from './tools';
        export const agent = createAgent({ model: ⟦new ChatAnthropic⟧(), tools });
      `,
      code`
        import { createAgent } from 'langchain';
        import { ChatAnthropic } from '@langchain/anthropic';
        import { tools } from './tools';
        export const agent = createAgent({ model: new ChatAnthropic({ clientOptions: { timeout: 60_000 } }), tools });
      `,
      retried('ChatAnthropic', { option: 'clientOptions: { timeout: 60_000 }' }),
    ),
    reports(
      'the config of a node, which has no deadline by itself',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        import { MessagesAnnotation, START, StateGraph } from '@langchain/langgraph';
        const draft = ⟦new ChatOpenAI⟧({ model: 'gpt-4o', maxConcurrency: 5 });
        const edit = ⟦new ChatOpenAI⟧({ model: 'gpt-4o', maxConcurrency: 6 });
        export const graph = new StateGraph(MessagesAnnotation)
          .addNode('draft', async ({ messages }, config) => ({ messages: [await draft.invoke(messages, config)] }))
          .addNode('edit', async ({ messages }, config) => ({
            messages: [await edit.invoke(messages, { ...config, signal: config.signal, tags: ['edit'] })],
          }))
          .addEdge(START, 'draft')
          .addEdge('draft', 'edit')
          .compile();
      `,
      {
        ...alone('ChatOpenAI'),
        suggestions: [offered(['maxConcurrency: 5', 'maxConcurrency: 5, timeout: 60_000'])],
      },
      {
        ...alone('ChatOpenAI'),
        suggestions: [offered(['maxConcurrency: 6', 'maxConcurrency: 6, timeout: 60_000'])],
      },
    ),
    reports(
      'strings, which take no timeout',
      code`
        import { createAgent, modelFallbackMiddleware, summarizationMiddleware } from 'langchain';
        const MODEL = 'openai:gpt-4o';
        export const agent = createAgent({
          model: ⟦'gpt-4o-mini'⟧,
          tools: [],
          middleware: [
            modelFallbackMiddleware(⟦'anthropic:claude-sonnet-4-5'⟧),
            summarizationMiddleware({ model: ⟦'openai:gpt-4o-mini'⟧, trigger: { tokens: 4000 } }),
          ],
        });
        export const other = createAgent({ model: ⟦MODEL⟧, tools: [] });
      `,
      named('ChatOpenAI', 'timeout: 60_000'),
      named('ChatAnthropic', 'clientOptions: { timeout: 60_000 }'),
      named('ChatOpenAI', 'timeout: 60_000'),
      named('ChatOpenAI', 'timeout: 60_000'),
    ),
  ],
});
