import rule from '../../../rules/no-ineffective-config.ts';
import type { Cause } from '../../../src/config/ineffective-setting.ts';
import type { RewriteId } from '../../../src/config/rewrites.ts';
import { type Expected, reports } from '../../helpers/cases.ts';
import { code } from '../../helpers/code.ts';
import { StrictRuleTester } from '../../helpers/rule-tester.ts';

type MessageIds = Cause | RewriteId;
type Report = Expected<MessageIds>;

const top = 'the top of the config';

/** A key inside `configurable`, with the text that moving it replaces, and by what. */
function configurable(key: string, output: readonly [string, string] | null, place = top): Report {
  return {
    messageId: 'configurable',
    data: { key, instead: key },
    ...(output ? { suggestions: [{ messageId: 'move', data: { place }, output }] } : {}),
  };
}

function ignored(
  subject: string,
  option: string,
  output: readonly [string, string] | null,
  { instead, place }: { readonly instead: string; readonly place: string },
): Report {
  return {
    messageId: 'ignored',
    data: { subject: `\`${subject}\``, option, instead: `Write \`${instead}\`` },
    ...(output ? { suggestions: [{ messageId: 'move', data: { place }, output }] } : {}),
  };
}

function oneCall(subject: string, instead: string): Report {
  return { messageId: 'oneCall', data: { option: 'maxConcurrency', subject: `\`${subject}\``, instead } };
}

const inClientOptions = { instead: 'clientOptions: { timeout }', place: '`clientOptions.timeout`' };
const inTimeout = { instead: 'timeout', place: '`timeout`' };
const toTheEnd = 'Read each stream to its end in p-limit';

const imports = code`
  import { ChatAnthropic } from '@langchain/anthropic';
  import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
  import { createReactAgent } from '@langchain/langgraph/prebuilt';
  const agent = createReactAgent({ llm: new ChatOpenAI({ model: 'gpt-4o' }), tools: [] });
`;

/** A suggestion writes no value that another rule reports in its new place. */
new StrictRuleTester().run<[], MessageIds>(rule, {
  valid: [],
  invalid: [
    reports<MessageIds>(
      'a limit under which a graph drops work, and one that may be no number',
      code`
        ${imports}
        export const run = (messages: [], id: string) => [
          agent.invoke({ messages }, { configurable: { thread_id: id, ⟦maxConcurrency: 1⟧ } }),
          agent.invoke({ messages }, { configurable: { thread_id: id, ⟦maxConcurrency: Number(process.env.N)⟧ } }),
          agent.invoke({ messages }, { configurable: { thread_id: id, ⟦maxConcurrency: 3⟧ } }),
        ];
      `,
      configurable('maxConcurrency', null),
      configurable('maxConcurrency', null),
      configurable('maxConcurrency', [
        'configurable: { thread_id: id, maxConcurrency: 3 }',
        'configurable: { thread_id: id }, maxConcurrency: 3',
      ]),
    ),
    reports<MessageIds>(
      'seconds are written as milliseconds, and other times that are too low are not moved',
      code`
        ${imports}
        export const run = (messages: []) => [
          agent.invoke({ messages }, { configurable: { ⟦timeout: 20⟧ } }),
          agent.invoke({ messages }, { configurable: { ⟦timeout: 2000⟧ } }),
        ];
        export const models = [
          new ChatAnthropic({ model: 'claude-sonnet-4-5', ⟦timeout: 30⟧ }),
          new ChatAnthropic({ model: 'claude-sonnet-4-5', ⟦timeout: 1000⟧ }),
          new OpenAIEmbeddings({ configuration: { ⟦timeout: 1000⟧ } }),
          new OpenAIEmbeddings({ configuration: { ⟦timeout: 4000⟧ } }),
        ];
      `,
      configurable('timeout', ['configurable: { timeout: 20 }', 'timeout: 20_000'], `${top}, as 20_000 milliseconds`),
      configurable('timeout', null),
      ignored('ChatAnthropic', 'timeout', ['timeout: 30', 'clientOptions: { timeout: 30_000 }'], {
        ...inClientOptions,
        place: '`clientOptions.timeout`, as 30_000 milliseconds',
      }),
      ignored('ChatAnthropic', 'timeout', null, inClientOptions),
      ignored('OpenAIEmbeddings', 'configuration.timeout', null, inTimeout),
      ignored(
        'OpenAIEmbeddings',
        'configuration.timeout',
        ['configuration: { timeout: 4000 }', 'timeout: 4000'],
        inTimeout,
      ),
    ),
    reports<MessageIds>(
      'longer than fetch waits',
      code`
        ${imports}
        export const models = [
          new ChatAnthropic({ model: 'claude-sonnet-4-5', ⟦timeout: 600_000⟧ }),
          new ChatOpenAI({ model: 'gpt-4o', ⟦timeoutMs: 400_000⟧ }),
          new ChatOpenAI({ model: 'gpt-4o', ⟦request_timeout: 400⟧ }),
        ];
      `,
      ignored('ChatAnthropic', 'timeout', null, inClientOptions),
      { messageId: 'misspelled', data: { subject: '`ChatOpenAI`', option: 'timeoutMs', instead: 'Write `timeout`' } },
      {
        messageId: 'misspelled',
        data: { subject: '`ChatOpenAI`', option: 'request_timeout', instead: 'Write `timeout`' },
      },
    ),
    reports<MessageIds>(
      'streams, which leave the queue of the model when they open',
      code`
        ${imports}
        const model = new ChatOpenAI({ model: 'gpt-4o' });
        const streaming = new ChatOpenAI({ model: 'gpt-4o', streaming: true });
        export const tell = (text: string) => model.stream(text, { ⟦maxConcurrency: 4⟧ });
        export const events = (text: string) => model.streamEvents(text, { version: 'v2', ⟦maxConcurrency: 4⟧ });
        export const ask = (text: string) => streaming.invoke(text, { ⟦maxConcurrency: 4⟧ });
        export const other = new ChatAnthropic({ model: 'claude-sonnet-4-5', streaming: true, ⟦max_concurrency: 4⟧ });
      `,
      oneCall('model.stream()', toTheEnd),
      oneCall('model.streamEvents()', toTheEnd),
      oneCall('streaming.invoke()', 'Pass it to `batch()`, or limit the calls with p-limit'),
      {
        messageId: 'misspelled',
        data: { subject: '`ChatAnthropic`', option: 'max_concurrency', instead: 'Write `maxConcurrency`' },
      },
    ),
    reports<MessageIds>(
      'a bound limit, which is passed to every batch that it does not reach',
      code`
        ${imports}
        const model = new ChatOpenAI({ model: 'gpt-4o', timeout: 60_000 }).withConfig({ ⟦maxConcurrency: 3⟧ });
        export const some = (texts: string[]) => model.batch(texts);
        export const all = (texts: string[]) => model.batch(texts, { tags: ['b'] });
        export const few = (texts: string[]) => model.batch(texts, { maxConcurrency: 2 });
      `,
      {
        messageId: 'bound',
        data: { subject: '`ChatOpenAI`' },
        suggestions: [
          {
            messageId: 'passToBatch',
            output: [
              "batch(texts);\nexport const all = (texts: string[]) => model.batch(texts, { tags: ['b'] });",
              'batch(texts, { maxConcurrency: 3 });\nexport const all = (texts: string[]) => ' +
                "model.batch(texts, { tags: ['b'], maxConcurrency: 3 });",
            ],
          },
        ],
      },
    ),
    reports<MessageIds>(
      'a bound limit with a config that is written elsewhere',
      code`
        ${imports}
        const config = { tags: ['b'] };
        const model = new ChatOpenAI({ model: 'gpt-4o' }).withConfig({ ⟦maxConcurrency: 3⟧ });
        export const some = (texts: string[]) => model.batch(texts);
        export const all = (texts: string[]) => model.batch(texts, config);
      `,
      { messageId: 'bound', data: { subject: '`ChatOpenAI`' } },
    ),
    reports<MessageIds>(
      'a key beside the one that works, with another value',
      code`
        ${imports}
        export const run = (messages: [], name: string, other: string) => [
          agent.invoke({ messages }, { recursionLimit: 20, ⟦recursion_limit: 50⟧ }),
          agent.invoke({ messages }, { recursionLimit: 20, recursion_limit: 20 }),
          agent.invoke({ messages }, { runName: name, run_name: other }),
          agent.invoke({ messages }, { recursionLimit: 20, configurable: { ⟦recursionLimit: 50⟧ } }),
          agent.invoke({ messages }, { recursionLimit: 50, configurable: { recursionLimit: 50 } }),
          agent.invoke({ messages }, { recursionLimit: 20, configurable: { ⟦recursion_limit: 50⟧ } }),
        ];
        export const models = [
          new ChatOpenAI({ model: 'gpt-4o', maxRetries: 2, ⟦max_retries: 0⟧ }),
          new ChatOpenAI({ model: 'gpt-4o', maxRetries: 2, max_retries: 2 }),
        ];
      `,
      { messageId: 'pythonKey', data: { option: 'recursion_limit', instead: 'recursionLimit' } },
      configurable('recursionLimit', null),
      { messageId: 'configurable', data: { key: 'recursion_limit', instead: 'recursionLimit' } },
      {
        messageId: 'misspelled',
        data: { subject: '`ChatOpenAI`', option: 'max_retries', instead: 'Write `maxRetries`' },
      },
    ),
    reports<MessageIds>(
      'a timeout that is bound to a ToolNode',
      code`
        import { ToolNode } from '@langchain/langgraph/prebuilt';
        import { tools } from './tools';
        const toolNode = new ToolNode(tools);
        export const bound = toolNode.withConfig({ ⟦timeout: 30_000⟧ });
      `,
      { messageId: 'toolNode', data: { option: 'timeout', subject: '`toolNode.withConfig()`' } },
    ),
    reports<MessageIds>(
      'more than the budget allows one process',
      {
        code: code`
          ${imports}
          export const run = (messages: []) => agent.invoke({ messages }, { configurable: { ⟦maxConcurrency: 20⟧ } });
        `,
        settings: { langchain: { budget: { workers: 4, limit: 20 } } },
      },
      configurable('maxConcurrency', null),
    ),
  ],
});
