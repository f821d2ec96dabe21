import { afterAll, describe, expect, test } from 'vitest';
import plugin from '../../src/index.ts';
import { code } from '../helpers/code.ts';
import { TestProject } from '../helpers/project.ts';

/** Classes of packages other than LangChain's: those of `settings.langchain.classes`, and those that are known. */

const rules = Object.fromEntries(
  Object.keys(plugin.configs.strict.rules ?? {}).map((name) => [name, 'error' as const]),
);
const settings = { classes: { AcmeChat: 'BaseChatModel', AcmeGpt: 'ChatOpenAI', AcmeVectors: 'VectorStore' } };

const project = new TestProject({
  'package.json': '{ "name": "app", "dependencies": { "@acme/llm": "1.0.0" } }',
  'src/model.ts': code`
    import { AcmeChat } from '@acme/llm';
    export const model = new AcmeChat({ deployment: 'main' });
  `,
});
afterAll(() => {
  project.remove();
});

/** `3 no-unawaited-call` */
function listReports(
  file: string,
  source: string,
  given: Readonly<Record<string, unknown>> = settings,
): readonly string[] {
  return project
    .lint(file, source, { rules, settings: given })
    .map(({ line, ruleId }) => `${String(line)} ${ruleId?.replace('langchain/', '') ?? 'error'}`);
}

describe('a class of the setting', () => {
  test('is a model to every rule', () => {
    const source = code`
      import { AcmeChat } from '@acme/llm';
      const model = new AcmeChat({ deployment: 'main' });
      export const each = (texts: string[]) => Promise.all(texts.map((text) => model.invoke(text)));
      export const all = (texts: string[]) => model.batch(texts);
      export function warmUp() {
        model.invoke('hello');
      }
      export async function ask(text: string) {
        const { content } = model.invoke(text);
        return content;
      }
      export const hurry = (text: string) =>
        Promise.race([model.invoke(text), new Promise((_resolve, reject) => setTimeout(reject, 20_000))]);
      export function prepare() {
        model.bindTools([]);
      }
      export async function rebuild(texts: string[]) {
        for (const text of texts) await new AcmeChat({ deployment: 'main' }).invoke(text);
      }
    `;
    expect(listReports('src/rules.ts', source)).toEqual([
      '3 no-unbounded-concurrency',
      '4 require-max-concurrency',
      '6 no-unawaited-call',
      '9 no-unawaited-call',
      '13 no-abandoned-call',
      '15 no-discarded-builder',
      '18 no-client-in-loop',
    ]);
    expect(listReports('src/rules.ts', source, {})).toEqual([]);
  });

  test('is one in each form of an import, and as a type', () => {
    const source = code`
      import { AcmeChat as Chat } from '@acme/llm';
      import * as acme from '@acme/llm';
      import type { AcmeVectors } from '@acme/llm/vectors';
      const { AcmeChat: Third } = require('@acme/llm');
      export function warmUp(given: Chat, vectors: AcmeVectors, named: acme.AcmeChat) {
        new Chat({}).invoke('hello');
        new acme.AcmeChat({}).invoke('hello');
        new Third({}).invoke('hello');
        given.invoke('hello');
        named.invoke('hello');
        vectors.similaritySearch('hello');
      }
    `;
    expect(listReports('src/imports.ts', source)).toEqual(
      [6, 7, 8, 9, 10, 11].map((line) => `${String(line)} no-unawaited-call`),
    );
  });

  test('behaves as the class that it stands for', () => {
    const source = code`
      import { AcmeGpt } from '@acme/llm';
      export const model = new AcmeGpt({ timeout: 20 });
    `;
    expect(listReports('src/timeouts.ts', source)).toEqual(['2 no-low-timeout']);
  });

  test('is no reason to hoist by a fix: what its constructor does is unknown', () => {
    const source = code`
      import { AcmeGpt } from '@acme/llm';
      export async function ask(texts: string[]) {
        const answers = [];
        for (const text of texts) {
          const model = new AcmeGpt({ timeout: 60_000 });
          answers.push(await model.invoke(text));
        }
        return answers;
      }
    `;
    const [report] = project.lint('src/hoist.ts', source, {
      rules: { 'langchain/no-client-in-loop': 'error' },
      settings,
    });
    expect(report?.fix).toBeUndefined();
    expect(report?.suggestions).toHaveLength(1);
  });

  test('is seen from another file, though package.json names no package of LangChain', () => {
    const source = code`
      import { model } from './model.js';
      export const each = (texts: string[]) => Promise.all(texts.map((text) => model.invoke(text)));
    `;
    expect(listReports('src/each.ts', source)).toEqual(['2 no-unbounded-concurrency']);
    expect(listReports('src/each.ts', source, {})).toEqual([]);
  });

  test('is none where a file of the project has the name', () => {
    const source = code`
      import { AcmeChat } from './own-chat.js';
      export const each = (texts: string[]) => new AcmeChat({}).batch(texts);
    `;
    expect(listReports('src/own.ts', source)).toEqual([]);
  });
});

describe('the classes of other packages that are known', () => {
  test.each([
    ['@sap-ai-sdk/langchain', 'AzureOpenAiChatClient', 'batch(texts)', 'require-max-concurrency'],
    ['@sap-ai-sdk/langchain', 'OrchestrationClient', 'batch(texts)', 'require-max-concurrency'],
    ['langchain-gigachat', 'GigaChat', 'batch(texts)', 'require-max-concurrency'],
    ['langchain-gigachat/chat_models', 'GigaChat', 'batch(texts)', 'require-max-concurrency'],
  ])('%s: %s is a chat model', (source, name, call, rule) => {
    const module = code`
      import { ${name} } from '${source}';
      export const all = (texts: string[]) => new ${name}({}).${call};
    `;
    expect(listReports('src/known.ts', module, {})).toEqual([`2 ${rule}`]);
  });

  test.each([
    ['@sap-ai-sdk/langchain', 'AzureOpenAiEmbeddingClient', "embedQuery('hello')"],
    ['langchain-gigachat/embeddings', 'GigaChatEmbeddings', "embedQuery('hello')"],
    ['@cassina/langgraphjs-checkpoint-firestore', 'FirestoreSaver', 'getTuple(config)'],
    ['@rwai/langgraphjs-checkpoint-dynamodb', 'DynamoDBSaver', 'getTuple(config)'],
    ['@skroyc/langgraph-supabase-checkpointer', 'SupabaseSaver', 'getTuple(config)'],
  ])('%s: %s is remote', (source, name, call) => {
    const module = code`
      import { ${name} } from '${source}';
      export function drop(config: object) {
        new ${name}({}).${call};
      }
    `;
    expect(listReports('src/known.ts', module, {})).toEqual(['3 no-unawaited-call']);
  });

  test('another export of theirs is not', () => {
    const module = code`
      import { OrchestrationMessage } from '@sap-ai-sdk/langchain';
      export const all = (texts: string[]) => new OrchestrationMessage({}).batch(texts);
    `;
    expect(listReports('src/known.ts', module, {})).toEqual([]);
  });
});
