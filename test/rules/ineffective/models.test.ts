import rule from '../../../rules/no-ineffective-config.ts';
import type { Cause } from '../../../src/config/ineffective-setting.ts';
import type { RewriteId } from '../../../src/config/rewrites.ts';
import { type Expected, reports, silent } from '../../helpers/cases.ts';
import { code } from '../../helpers/code.ts';
import { StrictRuleTester } from '../../helpers/rule-tester.ts';

type MessageIds = Cause | RewriteId;
type Report = Expected<MessageIds>;

const intoParser = 'Pipe the model into a parser, and pass it to the chain';
const withoutRetries = 'Set `maxRetries: 0` on the model, or pipe it into a parser';

function runsOn(subject: string, option = 'timeout', instead = intoParser): Report {
  return { messageId: 'callTimeout', data: { subject: `\`${subject}\``, option, instead } };
}

function keepsRetries(subject: string): Report {
  const data = { subject: `\`${subject}\``, option: 'maxRetries', instead: 'Set it in the constructor' };
  return { messageId: 'callRetries', data };
}

function misspelled(
  option: string,
  instead: string,
  replacement: readonly [string, string] | null,
  subject = 'ChatOpenAI',
): Report {
  const name = /`(?<name>\w+)`/u.exec(instead)?.groups?.['name'] ?? '';
  // Python's option counts seconds.
  const seconds = replacement?.[1].endsWith('60_000') === true ? replacement[1] : null;
  return {
    messageId: 'misspelled',
    data: { option, instead, subject: `\`${subject}\`` },
    ...(replacement
      ? { suggestions: [{ messageId: 'rename', data: { instead: seconds ?? name }, output: replacement }] }
      : {}),
  };
}

function signal(option: string, subject: string): Report {
  return { messageId: 'signal', data: { option, subject: `\`${subject}\`` } };
}

const viaConfiguration = 'Set `configuration.fetchOptions.dispatcher` to `new Agent({ headersTimeout })`';
const viaClientOptions = 'Set `clientOptions.fetchOptions.dispatcher` to `new Agent({ headersTimeout })`';
const viaGlobal = 'Stream, or set an undici dispatcher with a longer `headersTimeout`';

function hangsUp(subject: string, instead: string): Report {
  return { messageId: 'fetch', data: { subject: `\`${subject}\``, instead } };
}

const imports = code`
  import { initChatModel } from 'langchain';
  import { ChatAnthropic } from '@langchain/anthropic';
  import { ChatGoogle } from '@langchain/google';
  import { ChatGoogleGenerativeAI } from '@langchain/google-genai';
  import { ChatGroq } from '@langchain/groq';
  import { ChatMistralAI } from '@langchain/mistralai';
  import { ChatOllama } from '@langchain/ollama';
  import { ChatOllama as OldOllama } from '@langchain/community/chat_models/ollama';
  import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
  import { ChatOpenRouter } from '@langchain/openrouter';
  import { ChatPromptTemplate } from '@langchain/core/prompts';
  import { StringOutputParser } from '@langchain/core/output_parsers';
  const prompt = ChatPromptTemplate.fromTemplate('Sum up: {text}');
`;

new StrictRuleTester().run<[], MessageIds>(rule, {
  valid: [
    silent(
      'a deadline that the class heeds, and one of a chain that goes on behind the model',
      code`
        ${imports}
        const model = new ChatOpenAI({ model: 'gpt-4o' });
        const gemini = new ChatGoogleGenerativeAI({ model: 'gemini-2.5-flash' });
        const chain = prompt.pipe(gemini).pipe(new StringOutputParser());
        export const ask = (text: string) => model.invoke(text, { timeout: 30_000 });
        export const sumUp = (text: string) => chain.invoke({ text }, { timeout: 30_000 });
        export const old = (text: string) => new OldOllama({ model: 'llama3.2' }).invoke(text, { timeout: 30_000 });
        export const extract = (text: string, schema: object) =>
          gemini.withStructuredOutput(schema).invoke(text, { timeout: 30_000 });
      `,
    ),
    silent(
      '`withRetry` ends a call at its deadline; a bound one may end the streams of another file, or does so here',
      code`
        ${imports}
        const gemini = new ChatGoogleGenerativeAI({ model: 'gemini-2.5-flash' });
        const local = new ChatOllama({ model: 'llama3.2' });
        export const ask = (text: string) => gemini.withRetry().invoke(text, { timeout: 30_000 });
        export const sumUp = (text: string) => prompt.pipe(local).withRetry().invoke({ text }, { timeout: 30_000 });
        export const bound = gemini.withConfig({ timeout: 30_000 });
        const told = local.withConfig({ timeout: 30_000 });
        export const tell = (text: string) => told.stream(text);
        export const say = (text: string) => told.invoke(text);
        const chain = prompt.pipe(gemini).pipe(new StringOutputParser()).withConfig({ timeout: 30_000 });
        export const both = (text: string) => chain.invoke({ text });
        const gpt = new ChatOpenAI({ model: 'gpt-4o' }).withConfig({ timeout: 30_000 });
        export const reply = (text: string) => gpt.invoke(text);
        export const given = (model: ChatOllama, tools: []) => model.bindTools(tools).invoke('hi', { timeout: 30_000 });
      `,
    ),
    silent(
      'ChatGroq without retries ends its request, and streams end at their signal',
      code`
        ${imports}
        const groq = new ChatGroq({ model: 'llama-3.3-70b-versatile', maxRetries: 0 });
        export const ask = (text: string) => groq.invoke(text, { timeout: 10_000 });
        const gemini = new ChatGoogleGenerativeAI({ model: 'gemini-2.5-flash' });
        export const stream = (text: string, signal: AbortSignal) => gemini.stream(text, { signal });
      `,
    ),
    silent(
      'a deadline that another call needs too, and models that may be another',
      code`
        ${imports}
        const config = { timeout: 30_000 };
        const gemini = new ChatGoogleGenerativeAI({ model: 'gemini-2.5-flash' });
        const gpt = new ChatOpenAI({ model: 'gpt-4o' });
        export const both = (text: string) => [gemini.invoke(text, config), gpt.invoke(text, config)];
        const either = process.env.FAST ? gemini : gpt;
        export const one = (text: string) => either.invoke(text, { timeout: 30_000 });
        export const given = (model: ChatGoogleGenerativeAI) => model.invoke('ping', { timeout: 30_000 });
      `,
    ),
    silent(
      'retries of a call where the class heeds them, or is not known',
      code`
        ${imports}
        const model = new ChatOpenAI({ model: 'gpt-4o' });
        const chain = prompt.pipe(new ChatOpenAI({ model: 'gpt-4o' }));
        export const fast = (text: string) => model.invoke(text, { maxRetries: 0 });
        export const once = model.withConfig({ maxRetries: 0 });
        export const sumUp = (text: string) => chain.invoke({ text }, { maxRetries: 0 });
      `,
    ),
    silent(
      'names that stand beside the right one, in other objects, and in classes that nobody has measured',
      code`
        ${imports}
        import { ChatBaiduQianfan } from '@langchain/baidu-qianfan';
        export const models = [
          new ChatOpenAI({ timeout: 60_000, timeoutMs: 60_000, maxRetries: 2, max_retries: 2 }),
          new ChatOpenAI({ modelKwargs: { max_retries: 2, request_timeout: 60 } }),
          new ChatBaiduQianfan({ max_retries: 2 }),
        ];
        export const policy = { max_retries: 2, requestTimeout: 60_000, signal: AbortSignal.timeout(5) };
      `,
    ),
    silent(
      'no more than 300 seconds, no number, and a dispatcher that waits longer',
      code`
        ${imports}
        import { Agent } from 'undici';
        const dispatcher = new Agent({ headersTimeout: 900_000, bodyTimeout: 900_000 });
        export const models = [
          new ChatOpenAI({ timeout: 300_000 }),
          new ChatOpenAI({ timeout: Number(process.env.TIMEOUT) }),
          new ChatOpenAI({ timeout: 900_000, configuration: { fetchOptions: { dispatcher } } }),
          new ChatAnthropic({ clientOptions: { timeout: 900_000, fetchOptions: { dispatcher } } }),
          new ChatOpenAI({ timeout: 900_000, configuration: { fetch: (url, init) => fetch(url, init) } }),
        ];
        const chain = prompt.pipe(new ChatOpenAI({ timeout: 60_000 })).pipe(new ChatOpenAI({ timeout: 60_000 }));
        export const both = (text: string) => chain.invoke({ text }, { timeout: 900_000 });
      `,
    ),
    ...[
      "import { setGlobalDispatcher, Agent } from 'undici';\nsetGlobalDispatcher(new Agent({ headersTimeout: 0 }));",
      'Bun.serve({ port: 3000 });',
      'Deno.serve(() => new Response());',
    ].map((line) =>
      silent(
        `another dispatcher or runtime: ${line.split('\n').at(-1) ?? ''}`,
        code`
          ${imports}
          ${line}
          export const model = new ChatOpenAI({ timeout: 900_000 });
        `,
      ),
    ),
    silent('before the SDKs talked through the fetch of Node', {
      code: code`
          ${imports}
          export const model = new ChatOpenAI({ timeout: 900_000 });
        `,
      settings: { langchain: { version: '0.3.50' } },
    }),
  ],
  invalid: [
    reports<MessageIds>(
      'a deadline that the class does not heed',
      code`
        ${imports}
        const gemini = new ChatGoogleGenerativeAI({ model: 'gemini-2.5-flash', maxRetries: 1 });
        const local = new ChatOllama({ model: 'llama3.2' });
        export const total = (invoice: string) => gemini.invoke(invoice, { ⟦timeout: 30_000⟧ });
        export const all = (invoices: string[]) => gemini.batch(invoices, { maxConcurrency: 5, ⟦timeout: 30_000⟧ });
        export const cancel = (text: string, signal: AbortSignal) => local.invoke(text, { ⟦signal⟧ });
        export const sumUp = (text: string) => prompt.pipe(local).invoke({ text }, { ⟦timeout: 30_000⟧ });
        export const mistral = (text: string) =>
          new ChatMistralAI({ model: 'mistral-small' }).invoke(text, { ⟦signal: AbortSignal.timeout(30_000)⟧ });
      `,
      runsOn('ChatGoogleGenerativeAI'),
      runsOn('ChatGoogleGenerativeAI'),
      runsOn('ChatOllama', 'signal'),
      runsOn('ChatOllama'),
      runsOn('ChatMistralAI', 'signal'),
    ),
    reports<MessageIds>(
      'a model with bound tools, in a sequence from a list, and a deadline that is bound itself',
      code`
        ${imports}
        import { RunnableSequence } from '@langchain/core/runnables';
        import { tools } from './tools.js';
        const gemini = new ChatGoogleGenerativeAI({ model: 'gemini-2.5-flash' });
        const local = new ChatOllama({ model: 'llama3.2' });
        const agent = gemini.bindTools(tools);
        export const act = (text: string) => agent.invoke(text, { ⟦timeout: 30_000⟧ });
        const planner = prompt.pipe(gemini.bindTools(tools));
        export const plan = (text: string) => planner.invoke({ text }, { ⟦timeout: 30_000⟧ });
        const chain = RunnableSequence.from([prompt, local]);
        export const sumUp = (text: string) => chain.invoke({ text }, { ⟦timeout: 30_000⟧ });
        const bound = local.withConfig({ tags: ['eu'], ⟦timeout: 30_000⟧ });
        export const ask = (text: string) => bound.invoke(text);
        const last = prompt.pipe(gemini.withConfig({ ⟦timeout: 30_000⟧ })).pipe(new StringOutputParser());
        export const all = (texts: string[]) => last.batch(texts.map((text) => ({ text })), { maxConcurrency: 5 });
        const listed = RunnableSequence.from([prompt, local.withConfig({ ⟦signal: AbortSignal.timeout(30_000)⟧ })]);
        export const list = (text: string) => listed.invoke({ text });
        const whole = prompt.pipe(local).withConfig({ ⟦timeout: 30_000⟧ });
        export const one = async (text: string) => await whole.invoke({ text });
      `,
      runsOn('ChatGoogleGenerativeAI'),
      runsOn('ChatGoogleGenerativeAI'),
      runsOn('ChatOllama'),
      runsOn('ChatOllama'),
      runsOn('ChatGoogleGenerativeAI'),
      runsOn('ChatOllama', 'signal'),
      runsOn('ChatOllama'),
    ),
    reports<MessageIds>(
      'the older ChatOllama of community, which heeds a deadline but no limit',
      code`
        import { ChatOllama } from '@langchain/community/chat_models/ollama';
        const model = new ChatOllama({ model: 'llama3.2', ⟦maxConcurrency: 2⟧ });
        export const ask = (text: string) => model.invoke(text, { timeout: 30_000 });
      `,
      {
        messageId: 'ignored',
        data: {
          subject: '`ChatOllama`',
          option: 'maxConcurrency',
          instead: 'Pass it to `batch()`, or limit the calls with p-limit',
        },
      },
    ),
    reports<MessageIds>(
      'ChatGroq retries what it has ended; a model of initChatModel is that of its provider',
      code`
        ${imports}
        const groq = new ChatGroq({ model: 'llama-3.3-70b-versatile' });
        export const ask = (text: string) => groq.invoke(text, { ⟦timeout: 10_000⟧ });
        const model = await initChatModel('ollama:llama3.2');
        export const say = (text: string) => model.invoke(text, { ⟦timeout: 10_000⟧ });
      `,
      runsOn('ChatGroq', 'timeout', withoutRetries),
      runsOn('ChatOllama'),
    ),
    reports<MessageIds>(
      'a constant config that only such calls get',
      code`
        ${imports}
        const config = { ⟦timeout: 30_000⟧ };
        const gemini = new ChatGoogleGenerativeAI({ model: 'gemini-2.5-flash' });
        export const first = (text: string) => gemini.invoke(text, config);
        export const second = (text: string) => gemini.invoke(text, config);
      `,
      runsOn('ChatGoogleGenerativeAI'),
    ),
    reports<MessageIds>(
      'retries of a call on the classes that have them from the constructor',
      code`
        ${imports}
        const groq = new ChatGroq({ model: 'llama-3.3-70b-versatile', timeout: 20_000 });
        export const ask = (text: string) => groq.invoke(text, { ⟦maxRetries: 0⟧ });
        export const once = new ChatMistralAI({ model: 'mistral-small' }).withConfig({ ⟦maxRetries: 0⟧ });
        const chain = prompt.pipe(new ChatOpenRouter({ model: 'openai/gpt-4o' })).pipe(new StringOutputParser());
        export const sumUp = (text: string) => chain.invoke({ text }, { ⟦maxRetries: 1⟧ });
      `,
      keepsRetries('ChatGroq'),
      keepsRetries('ChatMistralAI'),
      { ...keepsRetries('ChatOpenRouter'), data: { ...keepsRetries('').data, subject: '`chain.invoke()`' } },
    ),
    reports<MessageIds>(
      'names of Python, and near misses',
      code`
        ${imports}
        export const models = [
          new ChatOpenAI({ model: 'gpt-4o', ⟦max_retries: 2⟧ }),
          new ChatOpenAI({ model: 'gpt-4o', ⟦request_timeout: 60⟧ }),
          new ChatOpenAI({ model: 'gpt-4o', ⟦timeoutMs: 45_000⟧ }),
          new ChatOpenAI({ model: 'gpt-4o', ⟦max_concurrency: 8⟧ }),
          new ChatAnthropic({ model: 'claude-sonnet-4-5', ⟦requestTimeout: 60_000⟧ }),
          new ChatOllama({ model: 'llama3.2', ⟦max_concurrency: 2⟧ }),
        ];
        export const embeddings = new OpenAIEmbeddings({ ⟦chunk_size: 100⟧ });
        export const named = await initChatModel('openai:gpt-4o-mini', { temperature: 0, ⟦max_retries: 3⟧ });
      `,
      misspelled('max_retries', 'Write `maxRetries`', ['max_retries: 2', 'maxRetries: 2']),
      misspelled('request_timeout', 'Write `timeout`', ['request_timeout: 60', 'timeout: 60_000']),
      misspelled('timeoutMs', 'Write `timeout`', ['timeoutMs: 45_000', 'timeout: 45_000']),
      misspelled('max_concurrency', 'Write `maxConcurrency`', ['max_concurrency: 8', 'maxConcurrency: 8']),
      misspelled('requestTimeout', 'Write `clientOptions: { timeout }`', null, 'ChatAnthropic'),
      misspelled('max_concurrency', 'Pass it to `batch()`, or limit the calls with p-limit', null, 'ChatOllama'),
      misspelled('chunk_size', 'Write `batchSize`', ['chunk_size: 100', 'batchSize: 100'], 'OpenAIEmbeddings'),
      misspelled('max_retries', 'Write `maxRetries`', ['max_retries: 3', 'maxRetries: 3']),
    ),
    reports<MessageIds>(
      'a signal in a constructor',
      code`
        ${imports}
        const controller = new AbortController();
        export const model = new ChatOpenAI({ model: 'gpt-4o', ⟦signal: controller.signal⟧ });
        export const nested = new ChatOpenAI({ configuration: { ⟦signal: AbortSignal.timeout(5000)⟧ } });
        export const claude = new ChatAnthropic({ clientOptions: { ⟦signal: controller.signal⟧ } });
      `,
      signal('signal', 'ChatOpenAI'),
      signal('configuration.signal', 'ChatOpenAI'),
      signal('clientOptions.signal', 'ChatAnthropic'),
    ),
    reports<MessageIds>(
      'more time than fetch takes',
      code`
        ${imports}
        const TEN_MINUTES = 10 * 60 * 1000;
        export const models = [
          new ChatOpenAI({ model: 'o3', ⟦timeout: TEN_MINUTES⟧ }),
          new ChatOpenAI({ model: 'o3', configuration: { ⟦timeout: 900_000⟧ } }),
          new ChatAnthropic({ model: 'claude-opus-4-5', clientOptions: { ⟦timeout: 600_000⟧ } }),
        ];
      `,
      hangsUp('ChatOpenAI', viaConfiguration),
      hangsUp('ChatOpenAI', viaConfiguration),
      hangsUp('ChatAnthropic', viaClientOptions),
    ),
    reports<MessageIds>(
      'more time for one call than fetch takes',
      code`
        ${imports}
        const model = new ChatOpenAI({ model: 'o3' });
        const gemini = new ChatGoogle({ model: 'gemini-2.5-pro' });
        export const think = (text: string) => model.invoke(text, { ⟦timeout: 600_000⟧ });
        export const ponder = (text: string) => gemini.invoke(text, { ⟦signal: AbortSignal.timeout(600_000)⟧ });
      `,
      hangsUp('ChatOpenAI', viaConfiguration),
      hangsUp('ChatGoogle', viaGlobal),
    ),
  ],
});
