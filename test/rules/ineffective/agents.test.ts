import rule from '../../../rules/no-ineffective-config.ts';
import type { Cause } from '../../../src/config/ineffective-setting.ts';
import type { RewriteId } from '../../../src/config/rewrites.ts';
import { type Expected, reports, silent } from '../../helpers/cases.ts';
import { code } from '../../helpers/code.ts';
import { StrictRuleTester } from '../../helpers/rule-tester.ts';

type MessageIds = Cause | RewriteId;

const inMiddleware = 'In `wrapModelCall`, call `handler(request)` through p-limit';
const aroundAgent = 'Call the agent through p-limit';

function lost(instead = inMiddleware, subject = 'ChatOpenAI'): Expected<MessageIds> {
  return { messageId: 'agents', data: { subject: `\`${subject}\``, instead } };
}

const imports = code`
  import { createAgent, createMiddleware, initChatModel, modelFallbackMiddleware } from 'langchain';
  import { createReactAgent } from '@langchain/langgraph/prebuilt';
  import { createDeepAgent } from 'deepagents';
  import { ChatAnthropic } from '@langchain/anthropic';
  import { AzureChatOpenAI, ChatOpenAI } from '@langchain/openai';
  import pLimit from 'p-limit';
  import { search } from './tools';
`;

new StrictRuleTester().run<[], MessageIds>(rule, {
  valid: [
    silent(
      'classes of which the limit holds in agents',
      code`
        ${imports}
        const model = new ChatAnthropic({ model: 'claude-sonnet-4-5', maxConcurrency: 5 });
        export const agent = createAgent({ model, tools: [search] });
        export const azure = createAgent({ model: new AzureChatOpenAI({ maxConcurrency: 5 }), tools: [search] });
      `,
    ),
    silent(
      'a model that others may use too: exported, called, given to a summary',
      code`
        ${imports}
        import { summarizationMiddleware } from 'langchain';
        export const shared = new ChatOpenAI({ model: 'gpt-4o', maxConcurrency: 5 });
        export const first = createAgent({ model: shared, tools: [search] });

        const called = new ChatOpenAI({ model: 'gpt-4o', maxConcurrency: 5 });
        export const second = createAgent({ model: called, tools: [search] });
        export const title = (text: string) => called.invoke(\`A title for: \${text}\`);

        const summing = new ChatOpenAI({ model: 'gpt-4o', maxConcurrency: 5 });
        export const third = createAgent({
          model: summing,
          tools: [search],
          middleware: [summarizationMiddleware({ model: summing, trigger: { tokens: 4000 } })],
        });

        const listed = new ChatOpenAI({ model: 'gpt-4o', maxConcurrency: 5 });
        export const fourth = createAgent({ model: listed, tools: [search] });
        export { listed };
      `,
    ),
    silent(
      'the model of what a deep agent hands work to, limited in its own middleware, or listed for others too',
      code`
        ${imports}
        const limit = pLimit(5);
        const limited = createMiddleware({
          name: 'Limited',
          wrapModelCall: async (request, handler) => limit(() => handler(request)),
        });
        const reader = new ChatOpenAI({ model: 'gpt-4.1-mini', maxConcurrency: 5 });
        export const first = createDeepAgent({
          model: new ChatOpenAI({ model: 'gpt-4.1' }),
          subagents: [{ name: 'reader', description: 'Reads', model: reader, middleware: [limited] }],
        });
        export const experts = [{ name: 'critic', description: 'Judge', model: new ChatOpenAI({ maxConcurrency: 5 }) }];
        export const second = createDeepAgent({ model: new ChatOpenAI({ model: 'gpt-4.1' }), subagents: experts });
        const other = [{ model: new ChatOpenAI({ maxConcurrency: 5 }) }];
        export const third = createAgent({ model: new ChatOpenAI({ model: 'gpt-4.1' }), experts: other, tools: [] });
      `,
    ),
    silent(
      'a limiter in the middleware does what the report would ask for',
      code`
        ${imports}
        const limit = pLimit(5);
        const limited = createMiddleware({
          name: 'Limited',
          wrapModelCall: async (request, handler) => limit(() => handler(request)),
        });
        export const agent = createAgent({
          model: new ChatOpenAI({ model: 'gpt-4o', maxConcurrency: 5 }),
          tools: [search],
          middleware: [limited],
        });
      `,
    ),
    silent(
      'no limit, no agent, and an agent of another package',
      code`
        ${imports}
        import { createAgent as createOther } from './agents';
        export const unlimited = createAgent({ model: new ChatOpenAI({ model: 'gpt-4o' }), tools: [search] });
        export const endless = createAgent({ model: new ChatOpenAI({ maxConcurrency: Infinity }), tools: [search] });
        export const other = createOther({ model: new ChatOpenAI({ maxConcurrency: 5 }), tools: [search] });
        export const unused = [new ChatOpenAI({ model: 'gpt-4o', maxConcurrency: 5 })];
      `,
    ),
    silent('before @langchain/openai 0.6 the derived models shared a queue', {
      code: code`
          ${imports}
          export const agent = createReactAgent({ llm: new ChatOpenAI({ maxConcurrency: 5 }), tools: [search] });
        `,
      settings: { langchain: { version: '0.3.57' } },
    }),
  ],
  invalid: [
    reports<MessageIds>(
      'in place, and with other options around it',
      code`
        ${imports}
        export const agent = createAgent({
          model: new ChatOpenAI({ model: 'gpt-4.1', timeout: 30_000, ⟦maxConcurrency: 20⟧ }),
          tools: [search],
        });
      `,
      lost(),
    ),
    reports<MessageIds>(
      'in a constant that two agents share',
      code`
        ${imports}
        const model = new ChatOpenAI({ model: 'gpt-4.1', ⟦maxConcurrency: Number(process.env.LIMIT ?? 4)⟧ });
        export const writer = createAgent({ model, tools: [search], systemPrompt: 'You write.' });
        export const critic = createAgent({ model: model as never, tools: [search], systemPrompt: 'You judge.' });
      `,
      lost(),
    ),
    reports<MessageIds>(
      'the model of what a deep agent hands work to, in place and through constants',
      code`
        ${imports}
        export const first = createDeepAgent({
          model: new ChatOpenAI({ model: 'gpt-4.1' }),
          subagents: [{ name: 'critic', description: 'Judges', model: new ChatOpenAI({ ⟦maxConcurrency: 5⟧ }) }],
        });
        const reader = new ChatOpenAI({ model: 'gpt-4.1-mini', ⟦maxConcurrency: 4⟧ });
        const researcher = { name: 'researcher', description: 'Looks things up', systemPrompt: 'Look.', model: reader };
        const subagents = [researcher];
        export const second = createDeepAgent({ model: new ChatOpenAI({ model: 'gpt-4.1' }), subagents });
      `,
      lost(),
      lost(),
    ),
    reports<MessageIds>(
      'each factory of agents',
      code`
        ${imports}
        const llm = new ChatOpenAI({ model: 'gpt-4.1', ⟦maxConcurrency: 4⟧ });
        export const react = createReactAgent({ llm, tools: [search] });
        export const deep = createDeepAgent({
          model: new ChatOpenAI({ model: 'gpt-4.1', ⟦maxConcurrency: 4⟧ }),
          tools: [search],
        });
      `,
      lost(aroundAgent),
      lost(),
    ),
    reports<MessageIds>(
      'a model of initChatModel',
      code`
        ${imports}
        const model = await initChatModel('openai:gpt-4.1', { ⟦maxConcurrency: 4⟧, temperature: 0 });
        export const agent = createAgent({ model, tools: [search] });
        export const other = createAgent({
          model: await initChatModel('gpt-4o', { ⟦maxConcurrency: 4⟧ }),
          tools: [search],
        });
      `,
      lost(),
      lost(),
    ),
    reports<MessageIds>(
      'through withConfig, and the limit in it',
      code`
        ${imports}
        const base = new ChatOpenAI({ model: 'gpt-4.1', ⟦maxConcurrency: 4⟧ });
        export const tagged = createAgent({ model: base.withConfig({ tags: ['agent'] }), tools: [search] });
        export const bound = createAgent({
          model: new ChatOpenAI({ model: 'gpt-4.1' }).withConfig({ ⟦maxConcurrency: 4⟧ }),
          tools: [search],
        });
      `,
      lost(),
      lost(),
    ),
    reports<MessageIds>(
      'with the tools bound to it already',
      code`
        ${imports}
        const llm = new ChatOpenAI({ model: 'gpt-4.1', ⟦maxConcurrency: 4⟧ }).bindTools([search]);
        export const agent = createReactAgent({ llm, tools: [search] });
      `,
      lost(aroundAgent),
    ),
    reports<MessageIds>(
      'as the fallback of an agent',
      code`
        ${imports}
        export const agent = createAgent({
          model: 'openai:gpt-4.1',
          tools: [search],
          middleware: [modelFallbackMiddleware(new ChatOpenAI({ model: 'gpt-4.1-mini', ⟦maxConcurrency: 20⟧ }))],
        });
      `,
      lost(),
    ),
    reports<MessageIds>(
      'through a function, a field and a constant of options',
      code`
        ${imports}
        function getModel() {
          return new ChatOpenAI({ model: 'gpt-4.1', ⟦maxConcurrency: 4⟧ });
        }
        export const first = createAgent({ model: getModel(), tools: [search] });

        export class Desk {
          private readonly model = new ChatOpenAI({ model: 'gpt-4.1', ⟦maxConcurrency: 4⟧ });
          readonly agent = createAgent({ model: this.model, tools: [search] });
        }

        export class Office {
          #model;
          constructor() {
            this.#model = new ChatOpenAI({ model: 'gpt-4.1', ⟦maxConcurrency: 4⟧ });
            this.agent = createAgent({ model: this.#model, tools: [search] });
          }
        }

        const options = { model: new ChatOpenAI({ model: 'gpt-4.1', ⟦maxConcurrency: 4⟧ }), tools: [search] };
        export const last = createAgent(options);
      `,
      lost(),
      lost(),
      lost(),
      lost(),
    ),
    reports<MessageIds>(
      'beside middleware that limits nothing',
      code`
        ${imports}
        const log = createMiddleware({
          name: 'Log',
          wrapModelCall: async (request, handler) => {
            const response = await handler(request);
            console.log(response);
            return response;
          },
        });
        const endless = pLimit(Infinity);
        const open = createMiddleware({
          name: 'Open',
          wrapModelCall: (request, handler) => endless(() => handler(request)),
        });
        export const agent = createAgent({
          model: new ChatOpenAI({ model: 'gpt-4.1', ⟦maxConcurrency: 4⟧ }),
          tools: [search],
          middleware: [log, open],
        });
      `,
      lost(),
    ),
  ],
});
