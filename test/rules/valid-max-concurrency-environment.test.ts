import rule from '../../rules/valid-max-concurrency.ts';
import { type Expected, reports, silent } from '../helpers/cases.ts';
import { code } from '../helpers/code.ts';
import { StrictRuleTester } from '../helpers/rule-tester.ts';

type MessageIds = 'deadlock' | 'environment' | 'remove' | 'write';

const imports = code`
  import { BedrockEmbeddings } from '@langchain/aws';
  import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
  import { Annotation, StateGraph } from '@langchain/langgraph';
  const graph = new StateGraph(Annotation.Root({ topics: Annotation })).compile();
`;

const instead = 'Number(process.env.LIMIT ?? 5)';

function unset(subject: string, effect: 'hangs' | 'throws', written: string | null): Expected<MessageIds> {
  return {
    messageId: 'environment',
    data: { effect, instead, subject: `\`${subject}\``, value: 'process.env.LIMIT' },
    ...(written === null
      ? {}
      : {
          suggestions: [
            {
              messageId: 'write',
              data: { instead },
              output: [`maxConcurrency: ${written}`, `maxConcurrency: ${instead}`],
            },
          ],
        }),
  };
}

function deadlock(before: string, after: string): Expected<MessageIds> {
  return {
    messageId: 'deadlock',
    data: { value: 'BedrockEmbeddings' },
    suggestions: [{ messageId: 'remove', output: [before, after] }],
  };
}

new StrictRuleTester().run<[], MessageIds>(rule, {
  valid: [
    silent(
      'a default, and a number that is checked',
      code`
        ${imports}
        const limit = Number(process.env.LIMIT);
        if (!Number.isInteger(limit)) throw new Error('LIMIT must be a number');
        const other = parseInt(process.env.OTHER!, 10);
        export const models = [
          new ChatOpenAI({ maxConcurrency: Number(process.env.LIMIT ?? 5) }),
          new ChatOpenAI({ maxConcurrency: Number(process.env.LIMIT) || 5 }),
          new ChatOpenAI({ maxConcurrency: process.env.LIMIT ? Number(process.env.LIMIT) : 5 }),
          new ChatOpenAI({ maxConcurrency: limit }),
          new ChatOpenAI({ maxConcurrency: other > 0 ? other : 5 }),
        ];
      `,
    ),
    ...[
      'if (!process.env.LIMIT) throw new Error("LIMIT is not set");',
      'assert(process.env.LIMIT);',
      'z.object({ LIMIT: z.coerce.number().int() }).parse(process.env);',
      'for (const name of ["LIMIT", "KEY"]) if (!process.env[name]) throw new Error(name);',
      'if (process.env.LIMIT === undefined) process.exit(1);',
      'if (!process.env.LIMIT) fail("LIMIT is not set");',
      'if (!process.env.KEY || !process.env.LIMIT) throw new Error("incomplete");',
      'process.env.LIMIT || fail("LIMIT is not set");',
      'process.env.LIMIT ??= "5";',
      'const env = z.object({ LIMIT: z.string() }).parse({ LIMIT: process.env.LIMIT });',
      'const env = schema.parse({ ...process.env });',
      'const isMissing = !process.env.LIMIT;',
      'if (!(Number(process.env.LIMIT) > 0)) throw new Error("LIMIT");',
      'if (Number.isNaN(Number(process.env.LIMIT))) throw new Error("LIMIT");',
    ].map((check) =>
      silent(
        `a variable that is checked: ${check}`,
        code`
          ${imports}
          ${check}
          export const model = new ChatOpenAI({ maxConcurrency: Number(process.env.LIMIT) });
        `,
      ),
    ),
    silent(
      'a property that the file checks, itself or with the whole object',
      code`
        ${imports}
        import { assertSettings } from './settings';
        const settings = { limit: Number(process.env.LIMIT) };
        if (!(settings.limit > 0)) throw new Error('LIMIT must be a number');
        const others = { limit: Number(process.env.OTHER) };
        assertSettings(others);
        export const models = [settings.limit, others.limit].map(() => [
          new ChatOpenAI({ maxConcurrency: settings.limit }),
          new ChatOpenAI({ maxConcurrency: others.limit }),
        ]);
      `,
    ),
    silent(
      'other embeddings, and BedrockEmbeddings without a limit',
      code`
        ${imports}
        export const embeddings = [
          new OpenAIEmbeddings({ maxConcurrency: 5 }),
          new BedrockEmbeddings({ region: 'eu-central-1' }),
          new BedrockEmbeddings({ maxConcurrency: undefined }),
        ];
      `,
    ),
  ],
  invalid: [
    ...[
      'console.log("limit", process.env.LIMIT);',
      'console.log(`limit: ${process.env.LIMIT}`, process.env);',
      'logger.info({ limit: process.env.LIMIT }, "starting");',
      'const pool = process.env.LIMIT ?? 5;',
      'const pool = Number(process.env.LIMIT || "5");',
      'const size = process.env.LIMIT ? "custom" : "default";',
      'if (!process.env.LIMIT) console.warn("no limit");',
      'const worker = spawn("node", ["worker.js"], { env: { ...process.env } });',
    ].map((mention) =>
      reports<MessageIds>(
        `a variable that is only mentioned: ${mention}`,
        code`
          ${imports}
          ${mention}
          export const model = new ChatOpenAI({ ⟦maxConcurrency: Number(process.env.LIMIT)⟧ });
        `,
        unset('ChatOpenAI', 'throws', 'Number(process.env.LIMIT)'),
      ),
    ),
    reports<MessageIds>(
      'within the budget of one process',
      {
        code: code`
          ${imports}
          export const model = new ChatOpenAI({ ⟦maxConcurrency: Number(process.env.LIMIT)⟧ });
        `,
        settings: { langchain: { budget: { workers: 8, limit: 20 } } },
      },
      {
        messageId: 'environment',
        data: {
          effect: 'throws',
          instead: 'Number(process.env.LIMIT ?? 2)',
          subject: '`ChatOpenAI`',
          value: 'process.env.LIMIT',
        },
        suggestions: [
          {
            messageId: 'write',
            data: { instead: 'Number(process.env.LIMIT ?? 2)' },
            output: ['Number(process.env.LIMIT)', 'Number(process.env.LIMIT ?? 2)'],
          },
        ],
      },
    ),
    reports<MessageIds>(
      'a number that is only shown',
      code`
        ${imports}
        const limit = Number(process.env.LIMIT);
        console.log('limit', limit, \`\${limit}\`);
        export const model = new ChatOpenAI({ ⟦maxConcurrency: limit⟧ });
      `,
      unset('ChatOpenAI', 'throws', null),
    ),
    reports(
      'a property of an object of settings',
      code`
        ${imports}
        const settings = { limit: Number(process.env.LIMIT), port: 3000 };
        console.log(settings.port);
        export const run = (topics: string[]) => graph.invoke({ topics }, { ⟦maxConcurrency: settings.limit⟧ });
      `,
      unset('graph.invoke()', 'hangs', null),
    ),
    reports<MessageIds>(
      'through constants, fields, destructuring, and the functions of Math',
      code`
        ${imports}
        const { LIMIT } = process.env;
        const text = process.env.LIMIT as string;
        const limit = Number.parseInt(text, 10);
        class Service {
          private readonly limit = Number(process.env.LIMIT);
          readonly model = new ChatOpenAI({ ⟦maxConcurrency: this.limit⟧ });
        }
        export const models = [
          new ChatOpenAI({ ⟦maxConcurrency: Number(LIMIT)⟧ }),
          new ChatOpenAI({ ⟦maxConcurrency: limit⟧ }),
          new ChatOpenAI({ ⟦maxConcurrency: Math.max(1, Number(process.env.LIMIT))⟧ }),
          new Service().model,
        ];
      `,
      ...Array.from({ length: 4 }, () => unset('ChatOpenAI', 'throws', null)),
    ),
    reports<MessageIds>(
      'a number of the environment without a default',
      code`
        ${imports}
        export const models = [
          new ChatOpenAI({ ⟦maxConcurrency: Number(process.env.LIMIT)⟧ }),
          new ChatOpenAI({ ⟦maxConcurrency: parseInt(process.env.LIMIT!, 10)⟧ }),
          new ChatOpenAI({ ⟦maxConcurrency: +process.env.LIMIT!⟧ }),
          new ChatOpenAI({ ⟦maxConcurrency: process.env.LIMIT as never⟧ }),
        ];
      `,
      unset('ChatOpenAI', 'throws', 'Number(process.env.LIMIT)'),
      unset('ChatOpenAI', 'throws', 'parseInt(process.env.LIMIT!, 10)'),
      unset('ChatOpenAI', 'throws', '+process.env.LIMIT!'),
      unset('ChatOpenAI', 'throws', 'process.env.LIMIT as never'),
    ),
    reports<MessageIds>(
      'in a constant, and on a graph',
      code`
        ${imports}
        const LIMIT = Number(process.env.LIMIT);
        export const model = new ChatOpenAI({ ⟦maxConcurrency: LIMIT⟧ });
        export const run = (topics: string[]) =>
          graph.invoke({ topics }, { ⟦maxConcurrency: Number(process.env.LIMIT)⟧ });
      `,
      unset('ChatOpenAI', 'throws', null),
      {
        ...unset('graph.invoke()', 'hangs', null),
        suggestions: [
          {
            messageId: 'write',
            data: { instead },
            output: ['{ maxConcurrency: Number(process.env.LIMIT) }', `{ maxConcurrency: ${instead} }`],
          },
        ],
      },
    ),
    reports<MessageIds>(
      'any limit of BedrockEmbeddings',
      code`
        ${imports}
        import { BedrockEmbeddings as FormerEmbeddings } from '@langchain/community/embeddings/bedrock';
        export const embeddings = new BedrockEmbeddings({ region: 'eu-central-1', ⟦maxConcurrency: 4⟧ });
        const options = { ⟦maxConcurrency: 1⟧, region: 'us-east-1' };
        export const others = new BedrockEmbeddings(options);
        export const former = new FormerEmbeddings({ region: 'eu-central-1', ⟦maxConcurrency: 2⟧ });
      `,
      deadlock("{ region: 'eu-central-1', maxConcurrency: 4 }", "{ region: 'eu-central-1' }"),
      deadlock("{ maxConcurrency: 1, region: 'us-east-1' }", "{ region: 'us-east-1' }"),
      deadlock("{ region: 'eu-central-1', maxConcurrency: 2 }", "{ region: 'eu-central-1' }"),
    ),
  ],
});
