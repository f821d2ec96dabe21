/** Writes of other files that no-indexing-in-handler follows. */
import { test } from 'vitest';
import { code } from '../helpers/code.ts';
import { expectReports, removeProjects } from '../helpers/located.ts';

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
