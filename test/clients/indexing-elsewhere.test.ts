/** Writes of other files that no-indexing-in-handler follows. */
import { expect, test } from 'vitest';
import { code } from '../helpers/code.ts';
import { expectReports, removeProjects } from '../helpers/located.ts';
import { TestProject } from '../helpers/project.ts';

const rule = 'no-indexing-in-handler';

removeProjects();

const add = (guard: string): string => code`
  import type { PineconeStore } from '@langchain/pinecone';
  export async function add(store: PineconeStore, text: string) {
    ${guard}
    await store.addDocuments([{ pageContent: text, metadata: {} }]);
  }
`;

const route = (body: string): string => code`
  import { PineconeStore } from '@langchain/pinecone';
  import { embeddings, index } from './index';
  import { add } from '../../../add';
  const store = await PineconeStore.fromExistingIndex(embeddings, { pineconeIndex: index });
  export async function POST(request: Request) {
    const text = await request.text();
    ${body}
  }
`;

const chat = code`
  import express from 'express';
  import { PineconeStore } from '@langchain/pinecone';
  import { embeddings, index } from './index';
  const store = await PineconeStore.fromExistingIndex(embeddings, { pineconeIndex: index });
  export const app = express().post('/chat', async (req, res) => {
    await store.addDocuments([{ pageContent: req.body.text, metadata: {} }]);
    res.json(await store.similaritySearch(req.body.text, 4));
  });
`;

const answer = 'return Response.json(await store.similaritySearch(text, 4));';

test('a function that writes, in a handler that answers', () => {
  expectReports(rule, {
    'add.ts': add(''),
    'app/api/ask/route.ts': route(`await ⟦add⟧(store, text);\n${answer}`),
  });
});

test('is quiet where the handler reads nothing, the write is guarded, or nobody waits', () => {
  expectReports(rule, {
    'add.ts': add(''),
    'app/api/note/route.ts': route('await add(store, text);\nreturn Response.json("noted");'),
  });
  expectReports(rule, {
    'add.ts': add('if (await exists(text)) return;'),
    'app/api/ask/route.ts': route(`await add(store, text);\n${answer}`),
  });
  expectReports(rule, {
    'add.ts': add(''),
    'app/api/ingest/route.ts': route(`await add(store, text);\n${answer}`),
  });
});

const knowledge = (body: string): string => code`
  import { index as indexDocuments } from '@langchain/core/indexing';
  import { OpenAIEmbeddings } from '@langchain/openai';
  import { PineconeStore } from '@langchain/pinecone';
  import { MemoryVectorStore } from 'langchain/vectorstores/memory';
  import { loadHandbook, pineconeIndex, recordManager } from './data';
  const embeddings = new OpenAIEmbeddings();
  let kept: PineconeStore | undefined;
  export async function answer(q: string) {
    ${body}
    return store.similaritySearch(q, 4);
  }
`;

const asking = (call: string): string => code`
  import express from 'express';
  import { answer } from '../lib/kb';
  const app = express();
  app.post('/ask', async (req, res) => res.json(await ${call}(req.body.question)));
`;

test.each([
  [
    'documents',
    'const store = await PineconeStore.fromDocuments(await loadHandbook(), embeddings, { pineconeIndex });',
  ],
  [
    'texts',
    "const store = await PineconeStore.fromTexts(['Refunds take a week.'], {}, embeddings, { pineconeIndex });",
  ],
  [
    'documents by a record manager',
    `const store = await PineconeStore.fromExistingIndex(embeddings, { pineconeIndex });
    await indexDocuments({ docsSource: await loadHandbook(), recordManager, vectorStore: store });`,
  ],
])('a function that builds a store of %s and searches it', (_name, body) => {
  expectReports(rule, { 'src/lib/kb.ts': knowledge(body), 'src/routes/ask.ts': asking('⟦answer⟧') });
});

test.each([
  ['in memory', 'const store = await MemoryVectorStore.fromDocuments(split(q), embeddings);'],
  ['that is opened', 'const store = await PineconeStore.fromExistingIndex(embeddings, { pineconeIndex });'],
  [
    'that is kept',
    `kept ??= await PineconeStore.fromDocuments(await loadHandbook(), embeddings, { pineconeIndex });
    const store = kept;`,
  ],
])('is quiet for a store %s', (_name, body) => {
  expectReports(rule, { 'src/lib/kb.ts': knowledge(body), 'src/routes/ask.ts': asking('answer') });
});

const manifest = '{ "dependencies": { "@langchain/core": "^1.0.0", "express": "^5.0.0" } }';

test.each([
  ['counts within its package', 'demo/src/ingest/routes.ts', []],
  ['counts in the name of the file', 'demo/ingest.ts', []],
  ['does not count above the package', 'sync-root/a.ts', ['addDocuments']],
  ['does not count above its sources', 'my-training/src/a.ts', ['addDocuments']],
  ['does not count in the name of a folder around several packages', 'import/apps/api/src/a.ts', ['addDocuments']],
])('the path of a handler %s', (_name, file, expected) => {
  const folder = file
    .split('/')
    .slice(0, file.startsWith('import/') ? 3 : 1)
    .join('/');
  const project = new TestProject({ [`${folder}/package.json`]: manifest });
  try {
    const found = project.lint(file, chat, { rules: { [`langchain/${rule}`]: 'error' } });
    expect(
      found.map(({ column, endColumn, line }) => chat.split('\n')[line - 1]?.slice(column - 1, (endColumn ?? 0) - 1)),
    ).toEqual(expected);
  } finally {
    project.remove();
  }
});

test('without other files, the path is the name of the file and its folder', () => {
  const project = new TestProject({ 'sync-root/package.json': manifest });
  const options = { rules: { [`langchain/${rule}`]: 'error' as const }, settings: { crossFile: false } };
  expect(project.lint('sync-root/src/a.ts', chat, options)).toHaveLength(1);
  expect(project.lint('sync-root/src/ingest/a.ts', chat, options)).toEqual([]);
  project.remove();
});
