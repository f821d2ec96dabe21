/** What only the type checker can tell, with typed linting of a project whose packages have declarations alone. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { code } from '../helpers/code.ts';
import { TestProject } from '../helpers/project.ts';

const packages = {
  'node_modules/@langchain/core/package.json':
    '{ "name": "@langchain/core", "version": "1.4.0", "exports": { "./*": { "types": "./*.d.ts" } } }',
  'node_modules/@langchain/core/runnables.d.ts': code`
    export interface RunnableConfig {
      maxConcurrency?: number;
      timeout?: number;
      configurable?: Record<string, unknown>;
    }
    export declare abstract class Runnable<In = any, Out = any> {
      invoke(input: In, config?: RunnableConfig): Promise<Out>;
      batch(inputs: In[], config?: RunnableConfig): Promise<Out[]>;
      pipe<Next>(next: Runnable<Out, Next>): Runnable<In, Next>;
      withConfig(config: RunnableConfig): Runnable<In, Out>;
    }
  `,
  'node_modules/@langchain/core/language_models/chat_models.d.ts': code`
    import { Runnable } from '../runnables.js';
    export declare abstract class BaseChatModel extends Runnable<string, { content: string }> {
      bindTools(tools: unknown[]): Runnable<string, { content: string }>
    }
  `,
  'node_modules/@langchain/openai/package.json':
    '{ "name": "@langchain/openai", "version": "1.6.0", "types": "./index.d.ts" }',
  'node_modules/@langchain/openai/index.d.ts': code`
    import { BaseChatModel } from '@langchain/core/language_models/chat_models';
    export declare class ChatOpenAI extends BaseChatModel { constructor(fields?: object) }
  `,
  'node_modules/@langchain/anthropic/package.json':
    '{ "name": "@langchain/anthropic", "version": "1.5.0", "types": "./index.d.ts" }',
  'node_modules/@langchain/anthropic/index.d.ts': code`
    import { BaseChatModel } from '@langchain/core/language_models/chat_models';
    export declare class ChatAnthropic extends BaseChatModel {}
  `,
  // A package of the company's, of which there are declarations only.
  'node_modules/@acme/llm/package.json': '{ "name": "@acme/llm", "version": "1.0.0", "types": "./index.d.ts" }',
  'node_modules/@acme/llm/index.d.ts': code`
    import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
    import type { Runnable } from '@langchain/core/runnables';
    import type { ChatAnthropic } from '@langchain/anthropic';
    import type { ChatOpenAI } from '@langchain/openai';
    export declare function createModel(name: string): ChatOpenAI;
    export declare function loadModel(name: string): Promise<ChatOpenAI>;
    export declare class AcmeModel extends (null as unknown as typeof ChatOpenAI) {}
    export declare class QuietModel extends ChatOpenAIBase {}
    declare abstract class ChatOpenAIBase extends BaseChatModelAlias {}
    type BaseChatModelAliasType = BaseChatModel;
    declare const BaseChatModelAlias: abstract new () => BaseChatModelAliasType;
    export interface Context {
      readonly llm: ChatOpenAI;
      readonly either: ChatOpenAI | ChatAnthropic;
      readonly maybe?: BaseChatModel | null;
      readonly anything: any;
      readonly chain: Runnable<string, string>;
    }
    export declare const context: Context;
    export declare const registry: Record<string, BaseChatModel>;
    export declare const models: Map<string, ChatOpenAI>;
    export declare const mixed: ChatOpenAI | { batch(inputs: string[]): Promise<string[]> };
  `,
  // Names that mean something else.
  'node_modules/batcher/package.json': '{ "name": "batcher", "version": "1.0.0", "types": "./index.d.ts" }',
  'node_modules/batcher/index.d.ts': code`
    export declare class ChatOpenAI {
      batch(inputs: string[]): Promise<string[]>;
      invoke(input: string): Promise<string>;
      withConfig(config: object): ChatOpenAI
    }
    export declare class BaseChatModel { batch(inputs: string[]): Promise<string[]> }
    export declare const model: ChatOpenAI;
    export declare const base: BaseChatModel;
    export declare const shape: {
      invoke(input: string): Promise<string>;
      batch(inputs: string[]): Promise<string[]>;
      pipe(next: unknown): unknown;
    };
  `,
  'tsconfig.json':
    '{ "compilerOptions": { "strict": true, "module": "nodenext", "moduleResolution": "nodenext", ' +
    '"target": "es2022", "skipLibCheck": true, "noEmit": true }, "include": ["src"] }',
  'package.json': '{ "type": "module" }',
};

interface Case {
  readonly name: string;
  readonly text: string;
  readonly reports: readonly string[];
}

const reported: readonly Case[] = [
  {
    name: 'a function of a package that has declarations only',
    text: code`
      import { createModel } from '@acme/llm';
      const model = createModel('fast');
      export const answers = (qs: string[]) => Promise.all(qs.map((q) => model.invoke(q)));
    `,
    reports: ['3 no-unbounded-concurrency'],
  },
  {
    name: 'what a promised function of a package gives',
    text: code`
      import { loadModel } from '@acme/llm';
      const model = await loadModel('fast');
      export const answers = (qs: string[]) => model.batch(qs);
    `,
    reports: ['3 require-max-concurrency'],
  },
  {
    name: 'a destructured context',
    text: code`
      import { context } from '@acme/llm';
      const { llm } = context;
      export const answers = (qs: string[]) => llm.batch(qs);
    `,
    reports: ['3 require-max-concurrency'],
  },
  {
    name: 'a member of a parameter',
    text: code`
      import type { Context } from '@acme/llm';
      export const answers = (ctx: Context, qs: string[]) => ctx.llm.batch(qs);
    `,
    reports: ['2 require-max-concurrency'],
  },
  {
    name: 'a union of two providers, and one that may be missing',
    text: code`
      import type { Context } from '@acme/llm';
      export async function answers(ctx: Context, qs: string[]) {
        await ctx.either.batch(qs);
        await ctx.maybe?.batch(qs);
      }
    `,
    reports: ['3 require-max-concurrency', '4 require-max-concurrency'],
  },
  {
    name: 'elements of records, maps and lists',
    text: code`
      import { models, registry } from '@acme/llm';
      export async function answers(name: string, qs: string[]) {
        await registry[name]!.batch(qs);
        await models.get(name)?.batch(qs);
        for (const [, model] of Object.entries(registry)) await model.batch(qs);
        await [...models.values()][0]!.batch(qs);
      }
    `,
    reports: [
      '3 require-max-concurrency',
      '4 require-max-concurrency',
      '5 require-max-concurrency',
      '6 require-max-concurrency',
    ],
  },
  {
    name: 'a generic by its constraint',
    text: code`
      import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
      export class Answers<Model extends BaseChatModel> {
        readonly #models: readonly Model[];
        constructor(models: readonly Model[]) { this.#models = models; }
        run(qs: string[]) { return this.#models.at(0)!.batch(qs); }
      }
    `,
    reports: ['5 require-max-concurrency'],
  },
  {
    name: 'ReturnType of a function that a type names',
    text: code`
      import type { createModel } from '@acme/llm';
      type Model = ReturnType<typeof createModel>;
      export const answers = (model: Model, qs: string[]) => model.batch(qs);
    `,
    reports: ['3 require-max-concurrency'],
  },
  {
    name: 'a field whose type is inferred',
    text: code`
      import { createModel } from '@acme/llm';
      export class Answers {
        private readonly model = [createModel('a'), createModel('b')].find(Boolean)!;
        run(qs: string[]) { return this.model.batch(qs); }
      }
    `,
    reports: ['4 require-max-concurrency'],
  },
  {
    name: 'a call that nobody awaits',
    text: code`
      import type { Context } from '@acme/llm';
      export async function answer(ctx: Context, q: string) {
        ctx.llm.invoke(q);
      }
    `,
    reports: ['3 no-unawaited-call'],
  },
  {
    name: 'a config',
    text: code`
      import type { Context } from '@acme/llm';
      export async function answer(ctx: Context, q: string) {
        await ctx.llm.invoke(q, { maxConcurrency: 4 });
        await ctx.chain.invoke(q, { timeout: 30 });
        await ctx.chain.batch([q], { maxConcurrency: 0 });
      }
    `,
    reports: ['3 no-ineffective-config', '4 no-low-timeout', '5 valid-max-concurrency'],
  },
  {
    name: 'a builder that is thrown away',
    text: code`
      import type { Context } from '@acme/llm';
      export function prepare(ctx: Context) {
        ctx.llm.bindTools([]);
        ctx.chain.withConfig({ timeout: 60_000 });
      }
    `,
    reports: ['3 no-discarded-builder', '4 no-discarded-builder'],
  },
];

const quiet: readonly Case[] = [
  {
    name: 'classes of the same name of another package',
    text: code`
      import '@langchain/openai';
      import { base, model } from 'batcher';
      export const answers = async (qs: string[]) => [
        await base.batch(qs),
        await model.batch(qs),
        await Promise.all(qs.map((q) => model.invoke(q))),
      ];
    `,
    reports: [],
  },
  {
    name: 'a type of the same shape',
    text: code`
      import '@langchain/openai';
      import { shape } from 'batcher';
      export const answers = (qs: string[]) => shape.batch(qs);
    `,
    reports: [],
  },
  {
    name: 'any',
    text: code`
      import type { Context } from '@acme/llm';
      export const answers = (ctx: Context, qs: string[]) =>
        ctx.anything.batch(qs);
    `,
    reports: [],
  },
  {
    name: 'a union with something else',
    text: code`
      import { mixed } from '@acme/llm';
      export const answers = (qs: string[]) => mixed.batch(qs);
    `,
    reports: [],
  },
  {
    name: 'a fork in the project',
    text: code`
      import '@langchain/openai';
      class ChatOpenAI { async batch(qs: string[]) { return qs; } }
      const models = new Map([['a', new ChatOpenAI()]]);
      export const answers = (qs: string[]) => models.get('a')!.batch(qs);
    `,
    reports: [],
  },
  {
    name: 'a discarded builder of something else',
    text: code`
      import '@langchain/openai';
      import { model } from 'batcher';
      model.withConfig({});
    `,
    reports: [],
  },
];

let project: TestProject;
const all = [...reported, ...quiet];
const fileOf = (each: Case): string => `src/case${String(all.indexOf(each))}.ts`;

beforeAll(() => {
  project = new TestProject({ ...packages, ...Object.fromEntries(all.map((each) => [fileOf(each), each.text])) });
});

afterAll(() => {
  project.remove();
});

function lint(each: Case, typed: boolean): readonly string[] {
  return project.report(fileOf(each), each.text, { typed }).map((report) => report.replace(/:.*/u, ''));
}

describe('reported by type', () => {
  test.each(reported.map((each) => [each.name, each] as const))('%s', (_name, each) => {
    expect(lint(each, true)).toEqual(each.reports);
    expect(lint(each, false)).toEqual([]);
  });
});

describe('left alone', () => {
  test.each(quiet.map((each) => [each.name, each] as const))('%s', (_name, each) => {
    expect(lint(each, true)).toEqual([]);
  });
});
