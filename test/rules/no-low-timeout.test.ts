import rule from '../../rules/no-low-timeout.ts';
import { code, locate, type Location } from '../helpers/code.ts';
import { type Invalid, StrictRuleTester, type Valid } from '../helpers/rule-tester.ts';
import { importForms, lookalikes, VALUE_ONLY_FORMS } from '../helpers/shape-matrix.ts';

type ReportId = 'milliseconds' | 'seconds' | 'stream' | 'streamSeconds' | 'tooLow';
type SuggestionId = 'divide' | 'multiply' | 'raise' | 'scaleDown' | 'scaleUp';
type MessageIds = ReportId | SuggestionId;
type Options = [{ minimum: number; minimumForEmbeddings: number }];

interface Expected {
  /** The text that is underlined. */
  readonly at: string;
  readonly occurrence?: number;
  readonly messageId: ReportId;
  readonly option?: string;
  readonly subject: string;
  readonly value: number;
  readonly instead: string;
  /** Message of a suggestion and the replacement that makes it: [from, to]. */
  readonly suggestions: readonly (readonly [SuggestionId, string, string, string])[];
}

function reported(
  source: string,
  { at, occurrence = 1, messageId, option = 'timeout', subject, value, instead, suggestions }: Expected,
): Invalid<MessageIds, Options>['errors'][number] & Location {
  return {
    messageId,
    data: { option, subject, value, instead },
    ...locate(source, at, occurrence),
    suggestions: suggestions.map(([suggestion, written, from, to]) => ({
      messageId: suggestion,
      ...describe(suggestion, written, value),
      output: replaceNear(source, at, occurrence, from, to),
    })),
  };
}

/** The data of a suggestion, where its message has any. */
function describe(suggestion: SuggestionId, instead: string, value: number): { data?: Record<string, unknown> } {
  switch (suggestion) {
    case 'divide':
    case 'multiply':
      return {};
    case 'raise':
      return { data: { instead } };
    case 'scaleDown':
    case 'scaleUp':
      return { data: { instead, value } };
  }
}

/** Replaces `from` in the reported text, or, for a value that stands elsewhere, its only occurrence. */
function replaceNear(source: string, at: string, occurrence: number, from: string, to: string): string {
  let start = -1;
  for (let found = 0; found < occurrence; found++) start = source.indexOf(at, start + 1);
  const inside = at.indexOf(from);
  const position = inside === -1 ? source.indexOf(from) : start + inside;
  return source.slice(0, position) + to + source.slice(position + from.length);
}

function invalid(
  name: string,
  source: string,
  errors: readonly Expected[],
  options?: Partial<Options[0]>,
): Invalid<MessageIds, Options> {
  return {
    name,
    code: source,
    errors: errors.map((error) => reported(source, error)),
    ...(options ? { options: [options] } : {}),
  };
}

function valid(name: string, source: string, options?: Partial<Options[0]>): Valid<Options> {
  return { name, code: source, ...(options ? { options: [options] } : {}) };
}

const twentySeconds = (subject: string, option = 'timeout', at = 'timeout: 20'): Expected => ({
  at,
  messageId: 'seconds',
  option,
  subject,
  value: 20,
  instead: '20_000',
  suggestions: [
    ['scaleUp', '20_000', '20', '20_000'],
    ['raise', '10_000', '20', '10_000'],
  ],
});

const fiveSeconds = (subject: string, option: string, at: string, from = '5000'): Expected => ({
  at,
  messageId: 'tooLow',
  option,
  subject,
  value: 5000,
  instead: '10_000',
  suggestions: [['raise', '10_000', from, '10_000']],
});

const assistant = (n: { readonly ChatOpenAI: string }, timeout: string): string => code`
  const model = new ${n.ChatOpenAI}({
    model: 'gpt-4o-mini',
    timeout: ${timeout},
  });

  async function answer(question) {
    const reply = await model.invoke(question);
    return reply.content;
  }
`;

const bedrock = code`
  import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
  import { NodeHttpHandler } from '@smithy/node-http-handler';
  import { ChatBedrockConverse } from '@langchain/aws';
  const requestHandler = new NodeHttpHandler({ connectionTimeout: 2000, requestTimeout: 20 });
  export const a = new ChatBedrockConverse({ region: 'eu-central-1', clientOptions: { requestHandler } });
  export const b = new ChatBedrockConverse({
    client: new BedrockRuntimeClient({ requestHandler: { requestTimeout: 5_000 } }),
  });
  export const c = new ChatBedrockConverse({ region: 'eu-central-1', streamIdleTimeout: 5000 });
`;

new StrictRuleTester().run<Options, MessageIds>(rule, {
  valid: [
    ...lookalikes({ module: '@langchain/openai', names: ['ChatOpenAI'], body: (n) => assistant(n, '20') }),

    valid(
      'a timeout of a minute',
      code`
        import { AzureChatOpenAI, AzureOpenAIEmbeddings } from '@langchain/openai';
        export const llm = new AzureChatOpenAI({
          azureOpenAIApiDeploymentName: process.env.DEPLOYMENT,
          timeout: 60000,
        });
        export const embeddings = new AzureOpenAIEmbeddings({ timeout: 60_000, maxRetries: 2 });
      `,
    ),
    valid(
      'exactly the minimum',
      code`
        import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
        export const model = new ChatOpenAI({ timeout: 10_000 });
        export const embeddings = new OpenAIEmbeddings({ timeout: 3000 });
      `,
    ),
    valid(
      '0, which is not a time',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        export const model = new ChatOpenAI({ timeout: 0 });
        export const ask = (question: string) => model.invoke(question, { timeout: -1 });
      `,
    ),
    valid(
      'a timeout that the class ignores is another matter',
      code`
        import { ChatAnthropic } from '@langchain/anthropic';
        import { ChatGoogleGenerativeAI } from '@langchain/google-genai';
        import { ChatOllama } from '@langchain/ollama';
        import { ChatMistralAI } from '@langchain/mistralai';
        import { ChatBedrockConverse } from '@langchain/aws';
        export const claude = new ChatAnthropic({ model: 'claude-sonnet-4-5', timeout: 20 });
        export const gemini = new ChatGoogleGenerativeAI({ model: 'gemini-2.5-flash', timeout: 20 });
        export const llama = new ChatOllama({ model: 'llama3.1', timeout: 20 });
        export const mistral = new ChatMistralAI({ model: 'mistral-large-latest', timeout: 20 });
        export const bedrock = new ChatBedrockConverse({
          model: 'anthropic.claude',
          region: 'eu-central-1',
          timeout: 20,
        });
      `,
    ),
    valid(
      'initChatModel with a provider that ignores it, or one that cannot be told',
      code`
        import { initChatModel } from 'langchain';
        export const claude = await initChatModel('anthropic:claude-sonnet-4-5', { timeout: 20 });
        export const any = await initChatModel(process.env.MODEL, { timeout: 20 });
      `,
    ),
    valid(
      'a number that cannot be read',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        import { config } from './config';
        export function create(timeout: number, fields: { timeout?: number }, attempt: number) {
          const byAttempt = 500 * attempt;
          return [
            new ChatOpenAI({ timeout }),
            new ChatOpenAI({ timeout: fields.timeout ?? 500 }),
            new ChatOpenAI({ timeout: config.timeout }),
            new ChatOpenAI({ timeout: byAttempt }),
            new ChatOpenAI({ timeout: Number(process.env.TIMEOUT) }),
          ];
        }
      `,
    ),
    valid(
      'a default that what is spread behind it may replace',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        export const create = (fields) => new ChatOpenAI({ timeout: 20, ...fields });
      `,
    ),
    valid(
      'options that are changed before use',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        const fields = { timeout: 500 };
        fields.timeout = 60_000;
        export const model = new ChatOpenAI(fields);
      `,
    ),
    valid(
      'the timeout of an MCP server, of Playwright, of fetch, of a sandbox, of a tool of one’s own',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        import { MultiServerMCPClient } from '@langchain/mcp-adapters';
        import { PlaywrightWebBaseLoader } from '@langchain/community/document_loaders/web/playwright';
        import { tool } from '@langchain/core/tools';
        import { chromium } from 'playwright';
        import { Sandbox } from '@daytonaio/sdk';

        export const mcp = new MultiServerMCPClient({
          mcpServers: { files: { command: 'npx', args: [], timeout: 30 } },
          defaultToolTimeout: 50,
        });
        export const loader = new PlaywrightWebBaseLoader('https://docs.acme.dev', { gotoOptions: { timeout: 500 } });
        export const model = new ChatOpenAI();

        export const browse = tool(
          async ({ url }) => {
            const page = await (await chromium.launch({ timeout: 900 })).newPage();
            await page.goto(url, { timeout: 500 });
            const response = await fetch(url, { signal: AbortSignal.timeout(800) });
            return response.text();
          },
          { name: 'browse', description: 'Opens a page' },
        );

        export class SlowTool {
          timeout = 20;
          async run(command: string) {
            const sandbox = await Sandbox.create({ timeout: 30 });
            const timer = setTimeout(() => sandbox.stop(), this.timeout);
            await sandbox.exec(command, { timeout: 5 });
            clearTimeout(timer);
          }
        }
      `,
    ),
    valid(
      'an abort signal that is given to something else',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        const model = new ChatOpenAI();
        const signal = AbortSignal.timeout(500);
        const page = await fetch('https://acme.dev', { signal });
        export const summary = await model.invoke(await page.text(), { signal: AbortSignal.timeout(30_000) });
      `,
    ),
    valid(
      'a deadline that the class ignores: one report of no-ineffective-config',
      code`
        import { ChatGoogleGenerativeAI } from '@langchain/google-genai';
        import { ChatOllama } from '@langchain/ollama';
        import { tools } from './tools';
        const gemini = new ChatGoogleGenerativeAI({ model: 'gemini-2.5-flash' });
        const bound = new ChatOllama({ model: 'llama3.2' }).withConfig({ timeout: 20 });
        export const ask = (text: string) => gemini.invoke(text, { timeout: 30 });
        export const act = (text: string) => gemini.bindTools(tools).invoke(text, { timeout: 5000 });
        export const all = (texts: string[]) => gemini.batch(texts, { signal: AbortSignal.timeout(30) });
        export const say = (text: string) => bound.invoke(text);
      `,
    ),
    valid(
      'an AbortSignal of the file’s own',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        import { AbortSignal } from './ticks';
        export const ask = (question: string) => new ChatOpenAI().invoke(question, { signal: AbortSignal.timeout(20) });
      `,
    ),
    valid(
      'invoke of a prompt, a parser, or something that is not LangChain’s',
      code`
        import { ChatPromptTemplate } from '@langchain/core/prompts';
        import { LambdaClient } from './lambda';
        const lambda = new LambdaClient();
        const prompt = ChatPromptTemplate.fromTemplate('Translate {text}');
        export const ask = async (text: string) => {
          await lambda.invoke({ FunctionName: 'translate' }, { timeout: 20 });
          return prompt.invoke({ text }, { timeout: 100 });
        };
      `,
    ),
    valid(
      'a tool, which may be quick: only seconds are told from milliseconds',
      code`
        import { TavilySearch } from '@langchain/tavily';
        const search = new TavilySearch({ maxResults: 3 });
        export const find = (query: string) => search.invoke({ query }, { timeout: 2000 });
      `,
    ),
    valid(
      'a web loader: only seconds are told from milliseconds',
      code`
        import { CheerioWebBaseLoader } from '@langchain/community/document_loaders/web/cheerio';
        import { RecursiveUrlLoader } from '@langchain/community/document_loaders/web/recursive_url';
        export const page = new CheerioWebBaseLoader('https://docs.acme.dev', { timeout: 2000 });
        export const site = new RecursiveUrlLoader('https://docs.acme.dev', { maxDepth: 2, timeout: 1000 });
      `,
    ),
    valid(
      'retrieval takes less time than an answer',
      code`
        import { OpenAIEmbeddings } from '@langchain/openai';
        import { PineconeStore } from '@langchain/pinecone';
        import { index } from './pinecone';
        const store = await PineconeStore.fromExistingIndex(new OpenAIEmbeddings(), { pineconeIndex: index });
        const retriever = store.asRetriever({ k: 6 });
        export const find = (question: string) => retriever.invoke(question, { timeout: 5000 });
      `,
    ),
    valid(
      'RemoteRunnable with its default of a minute',
      code`
        import { RemoteRunnable } from '@langchain/core/runnables/remote';
        export const chat = new RemoteRunnable({ url: 'https://chat.acme.dev/chat', options: { timeout: 60000 } });
      `,
    ),
    valid(
      'Weaviate and a call of Qdrant count in seconds',
      code`
        import weaviate from 'weaviate-client';
        import { QdrantClient } from '@qdrant/js-client-rest';
        import { WeaviateStore } from '@langchain/weaviate';
        import { QdrantVectorStore } from '@langchain/qdrant';
        const client = await weaviate.connectToLocal({ timeout: { init: 2, query: 30, insert: 120 } });
        const qdrant = new QdrantClient({ url: process.env.QDRANT_URL, timeout: 5000 });
        export const hits = await qdrant.search('docs', { vector: [], limit: 5, timeout: 10 });
      `,
    ),
    valid(
      'a step of a graph with time enough',
      code`
        import { StateGraph, MessagesAnnotation } from '@langchain/langgraph';
        import { plan } from './nodes';
        const graph = new StateGraph(MessagesAnnotation)
          .addNode('plan', plan, { timeout: 60_000 })
          .addEdge('__start__', 'plan')
          .compile();
        graph.stepTimeout = 120_000;
        export { graph };
      `,
    ),
    valid(
      'a property of that name elsewhere',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        export const model = new ChatOpenAI({ metadata: { timeout: 20 }, modelKwargs: { timeout: 30 } });
        export const job = { timeout: 20, model };
        job.timeout = 5;
        process.env.timeout = '3';
      `,
    ),
    valid(
      'lower minimums by option',
      assistant({ ChatOpenAI: 'ChatOpenAI' }, '2500').replace(
        /^/u,
        "import { ChatOpenAI } from '@langchain/openai';\n",
      ),
      { minimum: 2000 },
    ),
    valid(
      'a lower minimum for embeddings by option',
      code`
        import { OpenAIEmbeddings } from '@langchain/openai';
        export const embeddings = new OpenAIEmbeddings({ timeout: 900 });
      `,
      { minimumForEmbeddings: 500 },
    ),
    valid(
      'an option of compile, which LangGraph does not read',
      code`
        import { StateGraph, MessagesAnnotation } from '@langchain/langgraph';
        export const graph = new StateGraph(MessagesAnnotation).compile({ stepTimeout: 500 });
      `,
    ),
    valid(
      'one branch of a choice that is no default of an environment variable',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        export const model = new ChatOpenAI({ timeout: process.env.NODE_ENV === 'test' ? 500 : 60_000 });
      `,
    ),
  ],

  invalid: [
    ...importForms({
      module: '@langchain/openai',
      names: ['ChatOpenAI'],
      body: (n) => assistant(n, '20'),
      expect: ({ source }) => ({ errors: [reported(source, twentySeconds('`ChatOpenAI`'))] }),
    }),
    ...importForms({
      label: 'annotated',
      module: '@langchain/openai',
      names: ['ChatOpenAI'],
      except: [...VALUE_ONLY_FORMS],
      body: (n) => code`
        export const ask = (llm: ${n.ChatOpenAI}, text: string) => llm.invoke(text, { timeout: 20 });
      `,
      expect: ({ source }) => ({ errors: [reported(source, twentySeconds('`llm`'))] }),
    }),

    invalid(
      'seconds in every place where ChatOpenAI takes a timeout',
      code`
        import { ChatOpenAI, OpenAI } from '@langchain/openai';
        export const chat = new ChatOpenAI({
          model: 'gpt-4o',
          configuration: { baseURL: process.env.PROXY, timeout: 20 },
        });
        export const completion = new OpenAI({ timeout: 20, maxRetries: 1 });
      `,
      [twentySeconds('`ChatOpenAI`', 'configuration.timeout'), { ...twentySeconds('`OpenAI`'), occurrence: 2 }],
    ),
    invalid(
      'classes that take it elsewhere',
      code`
        import { ChatAnthropic } from '@langchain/anthropic';
        import { ChatGroq } from '@langchain/groq';
        import { ChatXAI } from '@langchain/xai';
        export const claude = new ChatAnthropic({ model: 'claude-sonnet-4-5', clientOptions: { timeout: 20 } });
        export const groq = new ChatGroq({ model: 'llama-3.3-70b', timeout: 20 });
        export const grok = new ChatXAI({ timeout: 20 });
      `,
      [
        twentySeconds('`ChatAnthropic`', 'clientOptions.timeout'),
        { ...twentySeconds('`ChatGroq`'), occurrence: 2 },
        { ...twentySeconds('`ChatXAI`'), occurrence: 3 },
      ],
    ),
    {
      ...invalid('Bedrock, whose timeout is the request handler’s, and its pause between chunks', bedrock, [
        twentySeconds('`ChatBedrockConverse`', 'clientOptions.requestHandler.requestTimeout', 'requestTimeout: 20'),
        fiveSeconds('`ChatBedrockConverse`', 'client.requestHandler.requestTimeout', 'requestTimeout: 5_000', '5_000'),
        fiveSeconds('`ChatBedrockConverse`', 'streamIdleTimeout', 'streamIdleTimeout: 5000'),
      ]),
      settings: { langchain: { version: '1.4.0' } },
    },
    {
      ...invalid('Bedrock before 1.0, which took the client alone', bedrock, [
        fiveSeconds('`ChatBedrockConverse`', 'client.requestHandler.requestTimeout', 'requestTimeout: 5_000', '5_000'),
      ]),
      settings: { langchain: { version: '0.3.80' } },
    },
    invalid(
      'bind of 0.x, an object for the config, a field of the class, a static one',
      code`
        import { ChatOpenAI } from 'langchain/chat_models/openai';
        import { PromptTemplate } from 'langchain/prompts';
        export const bound = PromptTemplate.fromTemplate('{text}').pipe(new ChatOpenAI().bind({ timeout: 20 }));
        const config = { tags: ['ui'], timeout: 5000 };
        export class Chat {
          static readonly TIMEOUT = 5000;
          private readonly limits = { answer: 5 * 1000 };
          private readonly model = new ChatOpenAI();
          ask(question: string) {
            return this.model.invoke(question, config);
          }
          rate(answer: string) {
            return this.model.invoke(answer, { timeout: this.limits.answer });
          }
          retry(question: string) {
            return this.model.invoke(question, { timeout: Chat.TIMEOUT });
          }
        }
      `,
      [
        twentySeconds('`new ChatOpenAI()`'),
        fiveSeconds('`this.model`', 'timeout', 'timeout: 5000'),
        fiveSeconds('`this.model`', 'timeout', 'timeout: this.limits.answer', 'this.limits.answer'),
        fiveSeconds('`this.model`', 'timeout', 'timeout: Chat.TIMEOUT', 'Chat.TIMEOUT'),
      ],
    ),
    invalid(
      'initChatModel with a provider that reads it',
      code`
        import { initChatModel } from 'langchain/chat_models/universal';
        export async function create() {
          const model = await initChatModel('gpt-4o', { modelProvider: 'openai', temperature: 0, timeout: 20 });
          return model.bindTools([]);
        }
      `,
      [twentySeconds('`initChatModel`')],
    ),
    invalid(
      'a time that is too low for a model',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        export class AnswerService {
          private readonly llm = new ChatOpenAI({ model: 'gpt-4o', timeout: 5000 });
        }
      `,
      [fiveSeconds('`ChatOpenAI`', 'timeout', 'timeout: 5000')],
    ),
    invalid(
      'folded: a product, a separator, a constant, a member of a constant object',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        const TIMEOUT_MS = 5000;
        const limits = { chat: 5_000 };
        export const a = new ChatOpenAI({ timeout: 5 * 1000 });
        export const b = new ChatOpenAI({ timeout: 5_000 });
        export const c = new ChatOpenAI({ timeout: TIMEOUT_MS });
        export const d = new ChatOpenAI({ timeout: limits.chat });
      `,
      [
        fiveSeconds('`ChatOpenAI`', 'timeout', 'timeout: 5 * 1000', '5 * 1000'),
        fiveSeconds('`ChatOpenAI`', 'timeout', 'timeout: 5_000', '5_000'),
        fiveSeconds('`ChatOpenAI`', 'timeout', 'timeout: TIMEOUT_MS', '5000'),
        fiveSeconds('`ChatOpenAI`', 'timeout', 'timeout: limits.chat', 'limits.chat'),
      ],
    ),
    invalid(
      'a constant with other uses is not changed',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        const timeout = 30;
        export const model = new ChatOpenAI({ timeout });
        setTimeout(() => console.log('slow'), timeout);
      `,
      [
        {
          at: 'timeout',
          occurrence: 2,
          messageId: 'seconds',
          subject: '`ChatOpenAI`',
          value: 30,
          instead: '30_000',
          suggestions: [
            ['scaleUp', '30_000', 'timeout', 'timeout: timeout * 1000'],
            ['raise', '10_000', 'timeout', 'timeout: 10_000'],
          ],
        },
      ],
    ),
    invalid(
      'the default of an environment variable, with which the variable may be in seconds',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        export const model = new ChatOpenAI({ timeout: Number(process.env.LLM_TIMEOUT ?? 20) });
      `,
      [
        {
          ...twentySeconds('`ChatOpenAI`', 'timeout', 'timeout: Number(process.env.LLM_TIMEOUT ?? 20)'),
          suggestions: [
            ['multiply', '', 'Number(process.env.LLM_TIMEOUT ?? 20)', 'Number(process.env.LLM_TIMEOUT ?? 20) * 1000'],
            ['raise', '10_000', '20)', '10_000)'],
          ],
        },
      ],
    ),
    invalid(
      'the default of an environment variable, as text',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        export const model = new ChatOpenAI({ timeout: parseInt(process.env.LLM_TIMEOUT || '5000', 10) });
      `,
      [
        {
          ...fiveSeconds('`ChatOpenAI`', 'timeout', "timeout: parseInt(process.env.LLM_TIMEOUT || '5000', 10)"),
          suggestions: [['raise', '10_000', "'5000'", "'10000'"]],
        },
      ],
    ),
    invalid(
      'the default of an environment variable that is computed has no suggestion that would drop the variable',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        export const model = new ChatOpenAI({ timeout: Number(process.env.LLM_TIMEOUT ?? 5 * 1000) });
      `,
      [
        {
          ...fiveSeconds('`ChatOpenAI`', 'timeout', 'timeout: Number(process.env.LLM_TIMEOUT ?? 5 * 1000)'),
          suggestions: [],
        },
      ],
    ),
    invalid(
      'seconds that would still be too low are only raised',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        export const model = new ChatOpenAI({ timeout: 5 });
      `,
      [
        {
          at: 'timeout: 5',
          messageId: 'seconds',
          subject: '`ChatOpenAI`',
          value: 5,
          instead: '10_000',
          suggestions: [['raise', '10_000', '5', '10_000']],
        },
      ],
    ),
    invalid(
      'between 600 and 1000 it is no number of seconds that anybody waits',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        export const model = new ChatOpenAI({ timeout: 800 });
      `,
      [
        {
          at: 'timeout: 800',
          messageId: 'seconds',
          subject: '`ChatOpenAI`',
          value: 800,
          instead: '10_000',
          suggestions: [['raise', '10_000', '800', '10_000']],
        },
      ],
    ),
    invalid(
      'ten seconds are the minimum: one suggestion',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        export const model = new ChatOpenAI({ timeout: 10 });
      `,
      [
        {
          at: 'timeout: 10',
          messageId: 'seconds',
          subject: '`ChatOpenAI`',
          value: 10,
          instead: '10_000',
          suggestions: [['scaleUp', '10_000', '10', '10_000']],
        },
      ],
    ),
    invalid(
      'embeddings have a minimum of their own',
      code`
        import { OpenAIEmbeddings } from '@langchain/openai';
        export const embeddings = new OpenAIEmbeddings({ model: 'text-embedding-3-small', timeout: 1000 });
      `,
      [
        {
          at: 'timeout: 1000',
          messageId: 'tooLow',
          subject: '`OpenAIEmbeddings`',
          value: 1000,
          instead: '3000',
          suggestions: [['raise', '3000', '1000', '3000']],
        },
      ],
    ),
    invalid(
      'raised minimums by option',
      code`
        import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
        export const model = new ChatOpenAI({ timeout: 20_000 });
        export const embeddings = new OpenAIEmbeddings({ timeout: 4000 });
      `,
      [
        {
          at: 'timeout: 20_000',
          messageId: 'tooLow',
          subject: '`ChatOpenAI`',
          value: 20_000,
          instead: '30_000',
          suggestions: [['raise', '30_000', '20_000', '30_000']],
        },
        {
          at: 'timeout: 4000',
          messageId: 'tooLow',
          subject: '`OpenAIEmbeddings`',
          value: 4000,
          instead: '5000',
          suggestions: [['raise', '5000', '4000', '5000']],
        },
      ],
      { minimum: 30_000, minimumForEmbeddings: 5000 },
    ),
    invalid(
      'one options object for two models is reported once',
      code`
        import { ChatOpenAI, AzureChatOpenAI } from '@langchain/openai';
        const shared = { temperature: 0, timeout: 5000 };
        export const fast = new ChatOpenAI({ ...shared, model: 'gpt-4o-mini' });
        export const fallback = new AzureChatOpenAI(shared);
      `,
      [fiveSeconds('`ChatOpenAI`', 'timeout', 'timeout: 5000')],
    ),
    invalid(
      'a class that extends a model',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        export class TeamModel extends ChatOpenAI {
          constructor() {
            super({ model: 'gpt-4o', timeout: 20 });
          }
        }
      `,
      [twentySeconds('`ChatOpenAI`')],
    ),

    invalid(
      'the config of a call: invoke, stream, batch, and each config of a list',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        import { ChatPromptTemplate } from '@langchain/core/prompts';
        const chain = ChatPromptTemplate.fromTemplate('Sum up {text}').pipe(new ChatOpenAI());
        export async function sumUp(text: string, others: { text: string }[]) {
          await chain.invoke({ text }, { timeout: 5000 });
          await chain.stream({ text }, { tags: ['ui'], timeout: 5_000 });
          await chain.batch(others, { maxConcurrency: 5, timeout: 5e3 });
          await chain.batch(others, [{ maxConcurrency: 5, timeout: 2500 * 2 }, {}]);
        }
      `,
      [
        fiveSeconds('`chain`', 'timeout', 'timeout: 5000'),
        { ...fiveSeconds('`chain`', 'timeout', 'timeout: 5_000', '5_000'), messageId: 'stream' },
        fiveSeconds('`chain`', 'timeout', 'timeout: 5e3', '5e3'),
        fiveSeconds('`chain`', 'timeout', 'timeout: 2500 * 2', '2500 * 2'),
      ],
    ),
    invalid(
      'a signal with a timeout: inline, in a constant, beside another one',
      code`
        import { createReactAgent } from '@langchain/langgraph/prebuilt';
        import { ChatOpenAI } from '@langchain/openai';
        const agent = createReactAgent({ llm: new ChatOpenAI(), tools: [] });
        export async function run(input, request: Request) {
          const signal = AbortSignal.timeout(6000);
          await agent.invoke(input, { signal });
          await agent.stream(input, { signal: AbortSignal.timeout(3000) });
          await agent.invoke(input, {
            signal: AbortSignal.any([
              request.signal,
              AbortSignal.timeout(7000),
            ]),
          });
        }
      `,
      [
        {
          at: 'signal',
          occurrence: 2,
          messageId: 'tooLow',
          option: 'AbortSignal.timeout',
          subject: '`agent`',
          value: 6000,
          instead: '10_000',
          suggestions: [['raise', '10_000', '6000', '10_000']],
        },
        {
          at: 'signal: AbortSignal.timeout(3000)',
          messageId: 'stream',
          option: 'AbortSignal.timeout',
          subject: '`agent`',
          value: 3000,
          instead: '10_000',
          suggestions: [['raise', '10_000', '3000', '10_000']],
        },
        {
          at: 'AbortSignal.timeout(7000)',
          messageId: 'tooLow',
          option: 'AbortSignal.timeout',
          subject: '`agent`',
          value: 7000,
          instead: '10_000',
          suggestions: [['raise', '10_000', '7000', '10_000']],
        },
      ],
    ),
    invalid(
      'seconds of a stream: of a class that ends it then, though not its other calls',
      code`
        import { ChatOllama } from '@langchain/ollama';
        const model = new ChatOllama({ model: 'llama3.2' });
        export const tell = (text: string) => model.stream(text, { timeout: 20 });
      `,
      [{ ...twentySeconds('`model`'), messageId: 'streamSeconds' }],
    ),
    invalid(
      'no more seconds than fetch waits, where it does not wait longer',
      code`
        import { ChatGroq } from '@langchain/groq';
        import { ChatOpenAI } from '@langchain/openai';
        const agent = new Agent({ headersTimeout: 900_000, bodyTimeout: 900_000 });
        export const slow = new ChatOpenAI({ timeout: 400 });
        export const free = new ChatOpenAI({ timeout: 401, configuration: { fetchOptions: { dispatcher: agent } } });
        export const ask = (text: string) => slow.invoke(text, { timeout: 402 });
      `,
      [
        {
          at: 'timeout: 400',
          messageId: 'seconds',
          subject: '`ChatOpenAI`',
          value: 400,
          instead: '10_000',
          suggestions: [['raise', '10_000', '400', '10_000']],
        },
        {
          at: 'timeout: 401',
          messageId: 'seconds',
          subject: '`ChatOpenAI`',
          value: 401,
          instead: '10_000',
          suggestions: [
            ['scaleUp', '401_000', '401', '401_000'],
            ['raise', '10_000', '401', '10_000'],
          ],
        },
        {
          at: 'timeout: 402',
          messageId: 'seconds',
          subject: '`slow`',
          value: 402,
          instead: '10_000',
          suggestions: [['raise', '10_000', '402', '10_000']],
        },
      ],
    ),
    invalid(
      'withConfig',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        export const hurried = new ChatOpenAI().withConfig({ runName: 'hurried', timeout: 20 });
      `,
      [twentySeconds('`new ChatOpenAI()`')],
    ),
    invalid(
      'methods of 0.x',
      code`
        import { ChatOpenAI } from 'langchain/chat_models/openai';
        import { HumanChatMessage } from 'langchain/schema';
        const chat = new ChatOpenAI({ temperature: 1 });
        export const reply = await chat.call([new HumanChatMessage('What is a good name?')], { timeout: 20 });
      `,
      [twentySeconds('`chat`')],
    ),
    invalid(
      'a retriever in a chain of calls',
      code`
        import { OpenAIEmbeddings } from '@langchain/openai';
        import { PineconeStore } from '@langchain/pinecone';
        import { index } from './pinecone';
        const store = await PineconeStore.fromExistingIndex(new OpenAIEmbeddings(), { pineconeIndex: index });
        export const find = (question: string) => store.asRetriever().invoke(question, { timeout: 1500 });
      `,
      [
        {
          at: 'timeout: 1500',
          messageId: 'tooLow',
          subject: '`store.asRetriever()`',
          value: 1500,
          instead: '3000',
          suggestions: [['raise', '3000', '1500', '3000']],
        },
      ],
    ),
    invalid(
      'a tool with seconds',
      code`
        import { TavilySearch } from '@langchain/tavily';
        const search = new TavilySearch({ maxResults: 3 });
        export const find = (query: string) => search.invoke({ query }, { timeout: 15 });
      `,
      [
        {
          at: 'timeout: 15',
          messageId: 'seconds',
          subject: '`search`',
          value: 15,
          instead: '15_000',
          suggestions: [['scaleUp', '15_000', '15', '15_000']],
        },
      ],
    ),
    invalid(
      'RemoteRunnable',
      code`
        import { RemoteRunnable } from '@langchain/core/runnables/remote';
        export const chat = new RemoteRunnable({ url: 'https://chat.acme.dev/chat', options: { timeout: 20 } });
      `,
      [twentySeconds('`RemoteRunnable`', 'options.timeout')],
    ),
    invalid(
      'web loaders with seconds, copied from Python',
      code`
        import { RecursiveUrlLoader } from '@langchain/community/document_loaders/web/recursive_url';
        import { CheerioWebBaseLoader } from '@langchain/community/document_loaders/web/cheerio';
        import { SitemapLoader } from '@langchain/community/document_loaders/web/sitemap';
        export const api = new RecursiveUrlLoader('https://api.acme.dev', { maxDepth: 8, timeout: 600 });
        export const page = new CheerioWebBaseLoader('https://docs.acme.dev', { timeout: 10 });
        export const all = new SitemapLoader('https://docs.acme.dev', { timeout: 30 });
      `,
      [
        {
          at: 'timeout: 600',
          messageId: 'seconds',
          subject: '`RecursiveUrlLoader`',
          value: 600,
          instead: '600_000',
          suggestions: [['scaleUp', '600_000', '600', '600_000']],
        },
        {
          at: 'timeout: 10',
          messageId: 'seconds',
          subject: '`CheerioWebBaseLoader`',
          value: 10,
          instead: '10_000',
          suggestions: [['scaleUp', '10_000', '10', '10_000']],
        },
        {
          at: 'timeout: 30',
          messageId: 'seconds',
          subject: '`SitemapLoader`',
          value: 30,
          instead: '30_000',
          suggestions: [['scaleUp', '30_000', '30', '30_000']],
        },
      ],
    ),

    invalid(
      'a web loader from where langchain 0.x had it',
      code`
        import { RecursiveUrlLoader } from 'langchain/document_loaders/web/recursive_url';
        export const api = new RecursiveUrlLoader('https://api.acme.dev', { maxDepth: 8, timeout: 600 });
      `,
      [
        {
          at: 'timeout: 600',
          messageId: 'seconds',
          subject: '`RecursiveUrlLoader`',
          value: 600,
          instead: '600_000',
          suggestions: [['scaleUp', '600_000', '600', '600_000']],
        },
      ],
    ),

    invalid(
      'LangGraph: the step timeout of a compiled graph',
      code`
        import { StateGraph, MessagesAnnotation } from '@langchain/langgraph';
        import { plan } from './nodes';
        const graph = new StateGraph(MessagesAnnotation).addNode('plan', plan).addEdge('__start__', 'plan').compile();
        graph.stepTimeout = 500;
        export { graph };
      `,
      [
        {
          at: 'graph.stepTimeout',
          messageId: 'seconds',
          option: 'stepTimeout',
          subject: '`graph`',
          value: 500,
          instead: '10_000',
          suggestions: [
            ['scaleUp', '500_000', '500', '500_000'],
            ['raise', '10_000', '500', '10_000'],
          ],
        },
      ],
    ),
    invalid(
      'LangGraph: nodes, tasks and sends',
      code`
        import { StateGraph, Send, MessagesAnnotation, entrypoint, task } from '@langchain/langgraph';
        import { plan, write } from './nodes';
        const builder = new StateGraph(MessagesAnnotation)
          .addNode('plan', plan, { timeout: 5000 })
          .addNode('write', write, { timeout: { runTimeout: 5_000, idleTimeout: 30_000 } });
        builder.addConditionalEdges('plan', () => [new Send('write', {}, { timeout: 5e3 })]);
        const draft = task({ name: 'draft', timeout: 5 * 1000 }, async (topic: string) => topic);
        export const flow = entrypoint({ name: 'flow', timeout: 2.5e3 * 2 }, async (topic: string) => draft(topic));
      `,
      [
        fiveSeconds('the graph step', 'timeout', 'timeout: 5000'),
        fiveSeconds('the graph step', 'runTimeout', 'runTimeout: 5_000', '5_000'),
        fiveSeconds('the graph step', 'timeout', 'timeout: 5e3', '5e3'),
        fiveSeconds('the task', 'timeout', 'timeout: 5 * 1000', '5 * 1000'),
        fiveSeconds('the entrypoint', 'timeout', 'timeout: 2.5e3 * 2', '2.5e3 * 2'),
      ],
    ),
    invalid(
      'an assignment to a model',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        const model = new ChatOpenAI();
        model.timeout = 20;
        export { model };
      `,
      [
        {
          ...twentySeconds('`model`'),
          at: 'model.timeout',
          suggestions: [
            ['scaleUp', '20_000', '20', '20_000'],
            ['raise', '10_000', '20', '10_000'],
          ],
        },
      ],
    ),

    invalid(
      'the default of an environment variable in milliseconds where Qdrant counts in seconds',
      code`
        import { QdrantClient } from '@qdrant/js-client-rest';
        import { QdrantVectorStore } from '@langchain/qdrant';
        const qdrant = new QdrantClient({ url: process.env.QDRANT_URL });
        const timeout = Number(process.env.QDRANT_TIMEOUT ?? 15_000);
        export const hits = await qdrant.search('docs', { vector: [], timeout: timeout });
      `,
      [
        {
          at: 'timeout: timeout',
          messageId: 'milliseconds',
          subject: '`QdrantClient`',
          value: 15_000,
          instead: '15',
          suggestions: [['divide', '', 'timeout: timeout', 'timeout: timeout / 1000']],
        },
      ],
    ),

    invalid(
      'milliseconds where Weaviate and Qdrant count in seconds',
      code`
        import weaviate from 'weaviate-client';
        import { QdrantClient } from '@qdrant/js-client-rest';
        import { WeaviateStore } from '@langchain/weaviate';
        const client = await weaviate.connectToWeaviateCloud(process.env.WEAVIATE_URL, {
          timeout: { init: 2, query: 30000 },
        });
        const qdrant = new QdrantClient({ url: process.env.QDRANT_URL });
        export const hits = await qdrant.search('docs', { vector: [], timeout: 15_000 });
      `,
      [
        {
          at: 'query: 30000',
          messageId: 'milliseconds',
          option: 'timeout.query',
          subject: '`connectToWeaviateCloud`',
          value: 30_000,
          instead: '30',
          suggestions: [['scaleDown', '30', '30000', '30']],
        },
        {
          at: 'timeout: 15_000',
          messageId: 'milliseconds',
          subject: '`QdrantClient`',
          value: 15_000,
          instead: '15',
          suggestions: [['scaleDown', '15', '15_000', '15']],
        },
      ],
    ),
    invalid(
      'the client of Qdrant counts in milliseconds',
      code`
        import { QdrantClient } from '@qdrant/js-client-rest';
        import { QdrantVectorStore } from '@langchain/qdrant';
        export const qdrant = new QdrantClient({ url: process.env.QDRANT_URL, timeout: 30 });
      `,
      [
        {
          at: 'timeout: 30',
          messageId: 'seconds',
          subject: '`QdrantClient`',
          value: 30,
          instead: '30_000',
          suggestions: [['scaleUp', '30_000', '30', '30_000']],
        },
      ],
    ),
    invalid(
      'a comment beside the number stays',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        export const model = new ChatOpenAI({
          // the gateway gives up after a minute
          timeout: 20, // seconds
        });
      `,
      [twentySeconds('`ChatOpenAI`')],
    ),
    invalid(
      'a comment in the number takes the suggestion away',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        export const model = new ChatOpenAI({ timeout: 5 /* seconds */ * 1000 });
      `,
      [{ ...fiveSeconds('`ChatOpenAI`', 'timeout', 'timeout: 5 /* seconds */ * 1000'), suggestions: [] }],
    ),
  ],
});
