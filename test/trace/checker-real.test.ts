/** The declarations that LangChain ships, read by the type checker. */
import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { code } from '../helpers/code.ts';
import { TestProject } from '../helpers/project.ts';
import { getFolder, type Line } from '../proof/packages.ts';

const services = code`
  import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
  import type { EmbeddingsInterface } from '@langchain/core/embeddings';
  import type { Runnable } from '@langchain/core/runnables';
  import type { VectorStore } from '@langchain/core/vectorstores';
  import { AzureChatOpenAI, ChatOpenAI } from '@langchain/openai';
  import { StateGraph, MessagesAnnotation } from '@langchain/langgraph';
  const compile = () =>
    new StateGraph(MessagesAnnotation).addNode('talk', async () => ({})).addEdge('__start__', 'talk').compile();
  export interface Services {
    readonly models: Map<string, BaseChatModel>;
    readonly fast: Map<string, AzureChatOpenAI | ChatOpenAI>;
    readonly chains: Set<Runnable<string, string>>;
    readonly graphs: Map<string, ReturnType<typeof compile>>;
    readonly stores: Map<string, VectorStore>;
    readonly embeddings: Map<string, EmbeddingsInterface>;
    readonly tasks: Map<string, { batch(inputs: string[]): Promise<string[]>; invoke(input: string): Promise<string> }>;
  }
`;

const usage = code`
  import '@langchain/openai';
  import type { Services } from './services.js';
  export async function answer(services: Services, name: string, qs: string[]) {
    const { chains, embeddings, fast, graphs, models, stores, tasks } = services;
    await models.get(name)?.batch(qs);
    await fast.get(name)!.batch(qs);
    for (const chain of [...chains].slice(1)) await chain.batch(qs);
    await graphs.get(name)!.batch(qs.map((q) => ({ messages: [q] })));
    await Promise.all(qs.map((q) => stores.get(name)!.similaritySearch(q)));
    await Promise.all(qs.map((q) => embeddings.get(name)!.embedQuery(q)));
    models.get(name)!.bindTools!([]);
    await tasks.get(name)!.batch(qs);
    await Promise.all(qs.map((q) => tasks.get(name)!.invoke(q)));
  }
`;

describe.each(['v1', 'v0.3'] satisfies Line[])('%s', (line) => {
  let project: TestProject;
  beforeAll(() => {
    project = new TestProject({
      'package.json': '{ "type": "module" }',
      'tsconfig.json':
        '{ "compilerOptions": { "strict": true, "module": "nodenext", "target": "es2022", ' +
        '"skipLibCheck": true, "noEmit": true, "types": [] }, "include": ["src"] }',
      'src/services.ts': services,
      'src/usage.ts': usage,
    });
    symlinkSync(path.join(getFolder(line), 'node_modules'), project.path('node_modules'));
  });
  afterAll(() => {
    project.remove();
  });

  test('models, chains, graphs, stores and embeddings in maps and sets', () => {
    const report = (typed: boolean): readonly string[] =>
      project.report('src/usage.ts', usage, { typed }).map((each) => each.replace(/:.*/u, ''));
    expect(report(true)).toEqual([
      '5 require-max-concurrency',
      '6 require-max-concurrency',
      '7 require-max-concurrency',
      '8 require-max-concurrency',
      '9 no-unbounded-concurrency',
      '10 no-unbounded-concurrency',
      '11 no-discarded-builder',
    ]);
    expect(report(false)).toEqual([]);
  });
});
