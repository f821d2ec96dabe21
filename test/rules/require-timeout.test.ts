import rule from '../../rules/require-timeout.ts';
import { code, locate } from '../helpers/code.ts';
import { type Invalid, StrictRuleTester, type Valid } from '../helpers/rule-tester.ts';
import { importForms, lookalikes } from '../helpers/shape-matrix.ts';

type MessageIds = 'addTimeout' | 'never' | 'neverAlone' | 'option' | 'retried';

interface Expected {
  readonly messageId: MessageIds;
  readonly name: string;
  /** `new ChatOpenAI` or the callee. */
  readonly at: string;
  readonly occurrence?: number;
  readonly option?: string;
  readonly attempts?: string;
  /** The text after the suggestion. */
  readonly output?: string;
}

function error(
  source: string,
  { messageId, name, at, occurrence = 1, option = '', attempts = '7', output }: Expected,
): Invalid<MessageIds, []>['errors'][number] {
  const wait = option === '' ? 'Infinity minutes' : '10 minutes';
  const data = { name, instead: '60_000', wait, attempts, option };
  return {
    messageId,
    data,
    ...locate(source, at, occurrence),
    ...(output === undefined ? {} : { suggestions: [{ messageId: 'addTimeout', data, output }] }),
  };
}

function valid(name: string, source: string): Valid<[]> {
  return { name, code: source };
}

function invalid(name: string, source: string, ...expected: readonly Expected[]): Invalid<MessageIds, []> {
  return { name, code: source, errors: expected.map((each) => error(source, each)) };
}

const retried = (name: string, more: Partial<Expected> = {}): Expected => ({
  messageId: 'retried',
  name,
  at: `new ${name}`,
  option: 'timeout: 60_000',
  ...more,
});
const never = (name: string, more: Partial<Expected> = {}): Expected => ({
  messageId: 'never',
  name,
  at: `new ${name}`,
  ...more,
});
const alone = (name: string, more: Partial<Expected> = {}): Expected => ({
  ...never(name, more),
  messageId: 'neverAlone',
});

/** One construction, with what the suggestion makes of it. */
function suggested(
  name: string,
  head: string,
  before: string,
  after: string,
  expected: Expected,
): Invalid<MessageIds, []> {
  return invalid(name, `${head}${before}\n`, { ...expected, output: `${head}${after}\n` });
}

const openai = "import { ChatOpenAI } from '@langchain/openai';\n";
const anthropic = "import { ChatAnthropic } from '@langchain/anthropic';\n";

const chat = (n: { readonly ChatOpenAI: string }, options: string): string => code`
  const model = new ${n.ChatOpenAI}({ model: 'gpt-4o'${options} });
  async function answer(question) {
    const reply = await model.invoke(question);
    return reply.content;
  }
`;

new StrictRuleTester().run<[], MessageIds>(rule, {
  valid: [
    ...lookalikes({ module: '@langchain/openai', names: ['ChatOpenAI'], body: (n) => chat(n, '') }),

    valid(
      'a timeout where the class reads it',
      `${openai}${anthropic}export const model = new ChatOpenAI({ timeout: 30_000 });\nexport const claude = new ChatAnthropic({ clientOptions: { timeout: 30_000 } });\n`,
    ),
    valid(
      'a timeout of the configuration',
      `${openai}export const model = new ChatOpenAI({ configuration: { baseURL: process.env.BASE_URL, timeout: 30_000 } });\n`,
    ),
    valid(
      'a timeout that is computed',
      `${openai}import { config } from './config';\nexport const model = new ChatOpenAI({ timeout: config.llm.timeoutMs });\n`,
    ),
    valid(
      'a timeout in a constant of options',
      `${openai}const LLM_CONFIG = { temperature: 0, timeout: 60000, maxRetries: 3 };\nexport const model = new ChatOpenAI({ ...LLM_CONFIG, streaming: true });\n`,
    ),
    valid(
      'options from elsewhere',
      `${openai}import { LLM_CONFIG } from './config';\nexport const a = new ChatOpenAI(LLM_CONFIG);\nexport const b = new ChatOpenAI({ ...LLM_CONFIG, model: 'gpt-4o' });\nexport const create = (fields) => new ChatOpenAI(fields);\n`,
    ),
    valid(
      'a spread that may bring one',
      code`
        ${openai}
        export function createModel(isSlow: boolean) {
          return new ChatOpenAI({ model: 'gpt-4o', ...(isSlow ? { timeout: 120_000 } : {}) });
        }
      `,
    ),
    valid(
      'a timeout that the class ignores is no-ineffective-config’s',
      `${anthropic}export const claude = new ChatAnthropic({ model: 'claude-sonnet-4-5', timeout: 30_000 });\nimport { ChatOllama } from '@langchain/ollama';\nexport const local = new ChatOllama({ timeout: 30_000 });\n`,
    ),
    valid(
      'an SDK that gives up after a minute by itself',
      "import { ChatGroq } from '@langchain/groq';\nexport const groq = new ChatGroq({ model: 'llama-3.3-70b-versatile' });\n",
    ),
    valid(
      'a signal given to each call',
      code`
        import { ChatGoogleGenerativeAI } from '@langchain/google-genai';
        import { StringOutputParser } from '@langchain/core/output_parsers';
        const model = new ChatGoogleGenerativeAI({ model: 'gemini-2.0-flash' });
        const chain = model.pipe(new StringOutputParser());
        export const answer = (question: string) => chain.invoke(question, { signal: AbortSignal.timeout(60_000) });
      `,
    ),
    valid(
      'a timeout bound with withConfig',
      code`
        ${openai}
        const model = new ChatOpenAI({ model: 'gpt-4o' }).withConfig({ timeout: 45_000 });
        export const answer = (question: string) => model.invoke(question);
      `,
    ),
    valid(
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
    valid(
      'a client or handler that may have its own',
      code`
        import { ChatBedrockConverse } from '@langchain/aws';
        import { NodeHttpHandler } from '@smithy/node-http-handler';
        import { bedrock } from './aws';
        export const a = new ChatBedrockConverse({ client: bedrock });
        export const b = new ChatBedrockConverse({ clientOptions: { requestHandler: new NodeHttpHandler({ requestTimeout: 60_000 }) } });
      `,
    ),
    valid(
      'a fetch that sets a time',
      code`
        ${openai}
        export const model = new ChatOpenAI({
          configuration: { fetch: (url, init) => fetch(url, { ...init, signal: AbortSignal.timeout(60_000) }) },
        });
      `,
    ),
    valid(
      'embeddings, prompts, parsers',
      "import { OpenAIEmbeddings } from '@langchain/openai';\nimport { StringOutputParser } from '@langchain/core/output_parsers';\nexport const embeddings = new OpenAIEmbeddings();\nexport const parser = new StringOutputParser();\n",
    ),
    valid(
      'fakes and local weights',
      "import { FakeListChatModel } from '@langchain/core/utils/testing';\nimport { ChatLlamaCpp } from '@langchain/community/chat_models/llama_cpp';\nexport const fake = new FakeListChatModel({ responses: ['a'] });\nexport const local = await ChatLlamaCpp.initialize({ modelPath: 'model.gguf' });\n",
    ),
    valid(
      'a class that is not measured',
      "import { ChatBaiduQianfan } from '@langchain/baidu-qianfan';\nexport const model = new ChatBaiduQianfan();\n",
    ),
    valid(
      'a class of the file with a constructor of its own',
      `${openai}class Gateway extends ChatOpenAI {\n  constructor(key: string) {\n    super({ apiKey: key, timeout: 30_000 });\n  }\n}\nexport const model = new Gateway('key');\n`,
    ),
    valid(
      'the SDK of OpenAI',
      `${openai}import OpenAI from 'openai';\nexport const client = new OpenAI();\nexport type { ChatOpenAI };\n`,
    ),
  ],
  invalid: [
    ...importForms({
      module: '@langchain/openai',
      names: ['ChatOpenAI'],
      body: (n) => chat(n, ''),
      expect: ({ names, render, source }) => ({
        errors: [
          error(source, {
            messageId: 'retried',
            name: names.ChatOpenAI,
            at: `new ${names.ChatOpenAI}`,
            option: 'timeout: 60_000',
            output: render((n) => chat(n, ', timeout: 60_000')),
          }),
        ],
      }),
    }),

    suggested(
      'no options at all',
      openai,
      'export const model = new ChatOpenAI();',
      'export const model = new ChatOpenAI({ timeout: 60_000 });',
      retried('ChatOpenAI'),
    ),
    suggested(
      'a model by its name alone',
      openai,
      "export const model = new ChatOpenAI('gpt-4o');",
      "export const model = new ChatOpenAI('gpt-4o', { timeout: 60_000 });",
      retried('ChatOpenAI'),
    ),
    suggested(
      'retries in sight',
      openai,
      'export const model = new ChatOpenAI({ maxRetries: 2 });',
      'export const model = new ChatOpenAI({ maxRetries: 2, timeout: 60_000 });',
      retried('ChatOpenAI', { attempts: '3' }),
    ),
    suggested(
      'no retries',
      openai,
      'export const model = new ChatOpenAI({ maxRetries: 0 });',
      'export const model = new ChatOpenAI({ maxRetries: 0, timeout: 60_000 });',
      { messageId: 'option', name: 'ChatOpenAI', at: 'new ChatOpenAI', option: 'timeout: 60_000', attempts: '1' },
    ),
    suggested(
      'a number of retries that cannot be seen',
      openai,
      'export const create = (maxRetries: number) => new ChatOpenAI({ maxRetries });',
      'export const create = (maxRetries: number) => new ChatOpenAI({ maxRetries, timeout: 60_000 });',
      { messageId: 'option', name: 'ChatOpenAI', at: 'new ChatOpenAI', option: 'timeout: 60_000', attempts: 'null' },
    ),
    suggested(
      'Anthropic, whose client takes it',
      anthropic,
      "export const claude = new ChatAnthropic({\n  model: 'claude-sonnet-4-5',\n  maxTokens: 1024,\n});",
      "export const claude = new ChatAnthropic({\n  model: 'claude-sonnet-4-5',\n  maxTokens: 1024,\n  clientOptions: { timeout: 60_000 },\n});",
      retried('ChatAnthropic', { option: 'clientOptions: { timeout: 60_000 }' }),
    ),
    suggested(
      'Anthropic with other options of its client',
      anthropic,
      "export const claude = new ChatAnthropic({ clientOptions: { defaultHeaders: { 'x-team': 'search' } } });",
      "export const claude = new ChatAnthropic({ clientOptions: { defaultHeaders: { 'x-team': 'search' }, timeout: 60_000 } });",
      retried('ChatAnthropic', { option: 'clientOptions: { timeout: 60_000 }' }),
    ),
    suggested(
      'Azure',
      "import { AzureChatOpenAI } from '@langchain/openai';\n",
      'export const model = new AzureChatOpenAI({ azureOpenAIApiDeploymentName: process.env.DEPLOYMENT });',
      'export const model = new AzureChatOpenAI({ azureOpenAIApiDeploymentName: process.env.DEPLOYMENT, timeout: 60_000 });',
      retried('AzureChatOpenAI'),
    ),
    suggested(
      'a completion model',
      "import { OpenAI } from 'langchain/llms/openai';\n",
      'export const llm = new OpenAI({ temperature: 0 });',
      'export const llm = new OpenAI({ temperature: 0, timeout: 60_000 });',
      retried('OpenAI'),
    ),
    suggested(
      'the model that initChatModel makes',
      "import { initChatModel } from 'langchain/chat_models/universal';\n",
      "export const model = await initChatModel('openai:gpt-4o');",
      "export const model = await initChatModel('openai:gpt-4o', { timeout: 60_000 });",
      retried('initChatModel', { at: 'initChatModel', occurrence: 2 }),
    ),
    suggested(
      'a class of the file without a constructor',
      openai,
      "class Gateway extends ChatOpenAI {\n  override lc_namespace = ['acme'];\n}\nexport const model = new Gateway({ model: 'gpt-4o' });",
      "class Gateway extends ChatOpenAI {\n  override lc_namespace = ['acme'];\n}\nexport const model = new Gateway({ model: 'gpt-4o', timeout: 60_000 });",
      retried('Gateway'),
    ),
    suggested(
      'a conditional spread that brings none',
      openai,
      'export const model = new ChatOpenAI({ ...(process.env.BASE ? { configuration: { baseURL: process.env.BASE } } : {}), ...(process.env.KEY && { apiKey: process.env.KEY }) });',
      'export const model = new ChatOpenAI({ ...(process.env.BASE ? { configuration: { baseURL: process.env.BASE } } : {}), ...(process.env.KEY && { apiKey: process.env.KEY }), timeout: 60_000 });',
      retried('ChatOpenAI'),
    ),
    suggested(
      'a fetch without a time',
      openai,
      'export const model = new ChatOpenAI({ configuration: { fetch: async (url, init) => fetch(await sign(url), init) } });',
      'export const model = new ChatOpenAI({ configuration: { fetch: async (url, init) => fetch(await sign(url), init) }, timeout: 60_000 });',
      retried('ChatOpenAI'),
    ),
    invalid(
      'a Nest service',
      code`
        import { Injectable } from '@nestjs/common';
        import { ConfigService } from '@nestjs/config';
        import { ChatGoogleGenerativeAI } from '@langchain/google-genai';
        @Injectable()
        export class CriticService {
          private readonly model: ChatGoogleGenerativeAI;
          constructor(private readonly config: ConfigService) {
            this.model = new ChatGoogleGenerativeAI({ apiKey: this.config.get('GOOGLE_API_KEY'), model: 'gemini-2.0-flash' });
          }
          async review(text: string) {
            return this.model.invoke(text);
          }
        }
      `,
      alone('ChatGoogleGenerativeAI'),
    ),
    invalid(
      'classes without an option: some heed the call’s timeout, others only in a chain',
      code`
        import { ChatBedrockConverse } from '@langchain/aws';
        import { ChatMistralAI } from '@langchain/mistralai';
        import { ChatOllama, Ollama } from '@langchain/ollama';
        export const a = new ChatBedrockConverse({ model: 'amazon.nova-pro-v1:0', region: 'eu-central-1' });
        export const b = new ChatMistralAI({ model: 'mistral-large-latest' });
        export const c = new ChatOllama({ model: 'llama3.2', baseUrl: process.env.OLLAMA_URL });
        export const d = new Ollama({ model: 'llama3.2' });
      `,
      never('ChatBedrockConverse', { attempts: '3' }),
      alone('ChatMistralAI'),
      alone('ChatOllama', { attempts: '1' }),
      alone('Ollama'),
    ),
    invalid(
      'a Next.js route that streams',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        import { PromptTemplate } from '@langchain/core/prompts';
        import { HttpResponseOutputParser } from 'langchain/output_parsers';
        export async function POST(req: Request) {
          const { input } = await req.json();
          const chain = PromptTemplate.fromTemplate('{input}').pipe(new ChatOpenAI({ streaming: true })).pipe(new HttpResponseOutputParser());
          return new Response(await chain.stream({ input }));
        }
      `,
      {
        ...retried('ChatOpenAI'),
        output: code`
          import { ChatOpenAI } from '@langchain/openai';
          import { PromptTemplate } from '@langchain/core/prompts';
          import { HttpResponseOutputParser } from 'langchain/output_parsers';
          export async function POST(req: Request) {
            const { input } = await req.json();
            const chain = PromptTemplate.fromTemplate('{input}').pipe(new ChatOpenAI({ streaming: true, timeout: 60_000 })).pipe(new HttpResponseOutputParser());
            return new Response(await chain.stream({ input }));
          }
        `,
      },
    ),
    invalid(
      'a timeout of another model’s call',
      code`
        import { ChatOllama } from '@langchain/ollama';
        const draft = new ChatOllama({ model: 'llama3.2' });
        const judge = new ChatOllama({ model: 'qwen3' });
        export async function answer(question: string) {
          const text = await draft.invoke(question, { signal: AbortSignal.timeout(60_000) });
          return judge.invoke(text.content as string);
        }
      `,
      alone('ChatOllama', { occurrence: 2, attempts: '1' }),
    ),
    invalid(
      'an agent’s model',
      code`
        import { createAgent } from 'langchain';
        import { ChatAnthropic } from '@langchain/anthropic';
        import { tools } from './tools';
        export const agent = createAgent({ model: new ChatAnthropic(), tools });
      `,
      {
        ...retried('ChatAnthropic', { option: 'clientOptions: { timeout: 60_000 }' }),
        output: code`
          import { createAgent } from 'langchain';
          import { ChatAnthropic } from '@langchain/anthropic';
          import { tools } from './tools';
          export const agent = createAgent({ model: new ChatAnthropic({ clientOptions: { timeout: 60_000 } }), tools });
        `,
      },
    ),
  ],
});
