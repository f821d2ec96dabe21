import rule from '../../rules/prefer-embed-documents.ts';
import { code, locate } from '../helpers/code.ts';
import { type Invalid, StrictRuleTester, type Valid } from '../helpers/rule-tester.ts';
import { importForms, lookalikes } from '../helpers/shape-matrix.ts';

type MessageIds = 'document' | 'query' | 'useEmbedDocuments';

interface Expected {
  readonly embeddings?: string;
  readonly rate: string;
  /** The text of the suggestion's `await Promise.all(…)` and what takes its place. */
  readonly suggestion?: readonly [string, string];
  readonly occurrence?: number;
  readonly filename?: string;
}

function report(
  messageId: 'document' | 'query',
  name: string,
  source: string,
  { embeddings = 'embeddings', rate, suggestion, occurrence = 1, filename }: Expected,
): Invalid<MessageIds, []> {
  const method = messageId === 'query' ? 'embedQuery' : 'embedDocuments';
  const { line, column, endLine, endColumn } = locate(source, `${embeddings}.${method}`, occurrence);
  const suggestions = suggestion
    ? [
        {
          messageId: 'useEmbedDocuments' as const,
          data: { embeddings },
          output: source.replace(suggestion[0], () => suggestion[1]),
        },
      ]
    : [];
  return {
    name,
    code: source,
    ...(filename === undefined ? {} : { filename }),
    errors: [
      {
        messageId,
        data: { embeddings, rate },
        line,
        column: column + embeddings.length + 1,
        endLine,
        endColumn,
        suggestions,
      },
    ],
  };
}

const query = (name: string, source: string, expected: Expected): Invalid<MessageIds, []> =>
  report('query', name, source, expected);
const document = (name: string, source: string, expected: Expected): Invalid<MessageIds, []> =>
  report('document', name, source, expected);

function valid(name: string, source: string, filename?: string): Valid<[]> {
  return { name, code: source, ...(filename === undefined ? {} : { filename }) };
}

const openai = code`
  import { OpenAIEmbeddings } from '@langchain/openai';
  const embeddings = new OpenAIEmbeddings({ model: 'text-embedding-3-small' });
`;

const snippet = {
  module: '@langchain/openai',
  names: ['OpenAIEmbeddings'],
  body: (n: { readonly OpenAIEmbeddings: string }) => code`
    const embeddings = new ${n.OpenAIEmbeddings}();
    const vectors = [];
    for (const text of texts) {
      vectors.push(await embeddings.embedQuery(text));
    }
  `,
} as const;

new StrictRuleTester().run(rule, {
  valid: [
    ...lookalikes(snippet),
    valid(
      'the implementation of a store',
      code`
        import { BaseStore, type Operation } from '@langchain/langgraph';
        import type { Embeddings } from '@langchain/core/embeddings';
        import { db } from './db';
        export class SqlStore extends BaseStore {
          constructor(private readonly embeddings: Embeddings) { super(); }
          async batch(operations: Operation[]) {
            for (const operation of operations) {
              const [vector] = await this.embeddings.embedDocuments([JSON.stringify(operation)]);
              await db.put(operation, vector);
            }
            return [];
          }
        }
      `,
    ),
    valid(
      'all texts in one call',
      code`
        ${openai}
        export const embedAll = (docs: { text: string }[]) =>
          embeddings.embedDocuments(docs.map((doc) => doc.text));
      `,
    ),
    valid(
      'one query per request',
      code`
        import express from 'express';
        ${openai}
        const app = express();
        app.post('/search', async (req, res) => {
          const vector = await embeddings.embedQuery(req.body.query);
          res.json(await index.query({ vector, topK: 4 }));
        });
      `,
    ),
    valid(
      'a single text that is no item',
      code`
        ${openai}
        export const search = async (query: string) => {
          const [vector] = await embeddings.embedDocuments([query]);
          return vector;
        };
      `,
    ),
    valid(
      'two texts written one by one',
      code`
        ${openai}
        export const compare = (a: string, b: string) =>
          Promise.all([embeddings.embedQuery(a), embeddings.embedQuery(b)]);
      `,
    ),
    valid(
      'lists of texts, batch by batch',
      code`
        ${openai}
        export async function index(texts: string[]) {
          for (let start = 0; start < texts.length; start += 100) {
            await save(await embeddings.embedDocuments(texts.slice(start, start + 100)));
          }
          for (const batch of batches) {
            await save(await embeddings.embedDocuments(batch));
            await save(await embeddings.embedDocuments([...batch.titles]));
            await save(await embeddings.embedDocuments([batch.title, batch.body]));
          }
        }
      `,
    ),
    valid(
      'an embeddings class of its own',
      code`
        import { Embeddings } from '@langchain/core/embeddings';
        import { OpenAIEmbeddings } from '@langchain/openai';

        export class PrefixedEmbeddings extends Embeddings {
          private readonly inner = new OpenAIEmbeddings();

          async embedDocuments(texts: string[]): Promise<number[][]> {
            return Promise.all(texts.map((text) => this.embedQuery(text)));
          }

          async embedQuery(text: string): Promise<number[]> {
            return this.inner.embedQuery('query: ' + text);
          }

          async embedPassages(texts: string[]): Promise<number[][]> {
            return Promise.all(texts.map((text) => this.inner.embedQuery('passage: ' + text)));
          }
        }
      `,
    ),
    valid(
      'a class that implements the interface',
      code`
        import { OpenAIEmbeddings } from '@langchain/openai';
        import type { EmbeddingsInterface } from '@langchain/core/embeddings';

        export class Throttled implements EmbeddingsInterface {
          #inner = new OpenAIEmbeddings();
          embedQuery(text: string) {
            return this.#inner.embedQuery(text);
          }
          async embedDocuments(texts: string[]) {
            const vectors = [];
            for (const text of texts) vectors.push(await this.#inner.embedQuery(text));
            return vectors;
          }
        }
      `,
    ),
    valid(
      'an object that serves as embeddings',
      code`
        ${openai}
        export const slow = {
          embedQuery: (text: string) => embeddings.embedQuery(text),
          embedDocuments: async (texts: string[]) => Promise.all(texts.map((text) => embeddings.embedQuery(text))),
        };
      `,
    ),
    valid(
      'models that are compared',
      code`
        import { OpenAIEmbeddings } from '@langchain/openai';
        import { CohereEmbeddings } from '@langchain/cohere';
        import type { Embeddings } from '@langchain/core/embeddings';

        const candidates = [new OpenAIEmbeddings(), new CohereEmbeddings({ model: 'embed-english-v3.0' })];
        const time = async (model: Embeddings, text: string) => model.embedQuery(text);

        export async function compare(text: string, names: string[]) {
          const vectors = await Promise.all(candidates.map((candidate) => candidate.embedQuery(text)));
          const times = await Promise.all(candidates.map((candidate) => time(candidate, text)));
          for (const name of names) {
            const model = new OpenAIEmbeddings({ model: name });
            console.log(name, await model.embedQuery(\`\${name}: \${text}\`));
          }
          return { times, vectors };
        }
      `,
    ),
    valid(
      'retries',
      code`
        ${openai}
        export async function embed(text: string) {
          for (let attempt = 1; attempt <= 3; attempt++) {
            try {
              return await embeddings.embedQuery(text);
            } catch {
              await sleep(attempt * 500);
            }
          }
          throw new Error('No vector.');
        }
        export async function embedLater(text: string) {
          for (const delay of [0, 500, 2000]) {
            await sleep(delay);
            const vector = await embeddings.embedQuery(text).catch(() => null);
            if (vector) return vector;
          }
          return null;
        }
      `,
    ),
    valid(
      'a chat in the terminal',
      code`
        import readline from 'node:readline/promises';
        ${openai}
        const rl = readline.createInterface({ input: process.stdin, output: process.stdout });
        while (true) {
          const question = await rl.question('> ');
          console.log(await store.similaritySearchVectorWithScore(await embeddings.embedQuery(question), 4));
        }
      `,
    ),
    valid(
      'answers that are asked for one by one',
      code`
        import readline from 'node:readline/promises';
        ${openai}
        export async function interview(rl: readline.Interface, questions: string[]) {
          for (const question of questions) {
            const answer = await rl.question(question);
            await save(question, await embeddings.embedQuery(answer));
          }
        }
      `,
    ),
    valid(
      'a stream, a queue and a generator',
      code`
        ${openai}
        export async function consume(
          rows: AsyncIterable<{ text: string }>,
          queue: string[],
          textStream: ReadableStream<string>
        ) {
          for await (const row of rows) await save(await embeddings.embedQuery(row.text));
          while (queue.length > 0) await save(await embeddings.embedQuery(queue.shift()!));
          await textStream.map((text) => embeddings.embedQuery(text));
        }
        export async function* embedLazily(texts: string[]) {
          for (const text of texts) yield await embeddings.embedQuery(text);
        }
      `,
    ),
    valid(
      'the events of an emitter and of a Subject',
      code`
        import { Subject, mergeMap } from 'rxjs';
        ${openai}
        const messages = new Subject<string>();
        export const vectors = messages.pipe(mergeMap((message) => embeddings.embedQuery(message), 2));
        emitter.on('message', async (message) => save(await embeddings.embedQuery(message)));
      `,
    ),
    valid(
      'a query that the pass before has written',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        ${openai}
        const model = new ChatOpenAI({ model: 'gpt-4o-mini' });
        export async function hop(question: string) {
          let query = question;
          for (let hop = 0; hop < 3; hop++) {
            const found = await search(await embeddings.embedQuery(\`\${hop} \${query}\`));
            query = String((await model.invoke(found)).content);
          }
        }
      `,
    ),
    valid(
      'a text that grows from pass to pass',
      code`
        ${openai}
        export class Session {
          private summary = '';
          async replay(turns: { text: string }[]) {
            const window: string[] = [];
            for (const turn of turns) {
              const vector = await embeddings.embedQuery([...window, turn.text].join(' '));
              window.push(await answer(vector));
              await embeddings.embedQuery(this.summary + turn.text);
              this.summary += turn.text;
            }
            return turns.reduce(
              async (before, turn) => merge(await embeddings.embedQuery((await before) + turn.text)),
              Promise.resolve('')
            );
          }
        }
      `,
    ),
    valid(
      'a list that the loop adds to',
      code`
        ${openai}
        export async function crawl(start: Page) {
          const pages = [start];
          for (const page of pages) {
            await save(page, await embeddings.embedQuery(page.text));
            pages.push(...(await findLinked(page)));
          }
        }
      `,
    ),
    valid(
      'a search that stops at the first hit',
      code`
        ${openai}
        export async function findSimilar(docs: { text: string }[], target: number[]) {
          for (const doc of docs) {
            const vector = await embeddings.embedQuery(doc.text);
            if (cosine(vector, target) > 0.9) return doc;
          }
          return null;
        }
      `,
    ),
    valid(
      'one by one where together has failed or is not offered',
      code`
        import type { Embeddings } from '@langchain/core/embeddings';
        export async function embedSafely(embeddings: Embeddings, texts: string[]) {
          try {
            return await embeddings.embedDocuments(texts);
          } catch {
            return Promise.allSettled(texts.map((text) => embeddings.embedQuery(text)));
          }
        }
        export async function embedSlowly(embeddings: Embeddings, texts: string[]) {
          if (typeof embeddings.embedDocuments !== 'function') {
            for (const text of texts) await save(await embeddings.embedQuery(text));
          }
          return (await embeddings.embedDocuments?.(texts)) ?? (await Promise.all(
            texts.map((text) => embeddings.embedQuery(text))
          ));
        }
      `,
    ),
    valid(
      'classes that embed documents one by one themselves',
      code`
        import { BedrockEmbeddings } from '@langchain/aws';
        import { VertexAIEmbeddings } from '@langchain/google-vertexai';
        import { OllamaEmbeddings } from '@langchain/community/embeddings/ollama';
        import { TogetherAIEmbeddings } from '@langchain/community/embeddings/togetherai';

        const titan = new BedrockEmbeddings({ region: 'us-east-1' });
        const vertex = new VertexAIEmbeddings();
        const ollama = new OllamaEmbeddings();
        const together = new TogetherAIEmbeddings();
        export async function embed(texts: string[]) {
          for (const text of texts) {
            await Promise.all([
              titan.embedQuery(text),
              vertex.embedQuery(text),
              ollama.embedQuery(text),
              together.embedDocuments([text]),
            ]);
          }
        }
      `,
    ),
    valid(
      'embeddings in this process and fakes',
      code`
        import { HuggingFaceTransformersEmbeddings } from '@langchain/community/embeddings/huggingface_transformers';
        import { FakeEmbeddings } from '@langchain/core/utils/testing';
        const local = new HuggingFaceTransformersEmbeddings();
        const fake = new FakeEmbeddings();
        export const embed = (texts: string[]) =>
          Promise.all(texts.flatMap((text) => [local.embedQuery(text), fake.embedQuery(text)]));
      `,
    ),
    valid(
      'embeddings that cannot be seen',
      code`
        import { HumanMessage } from '@langchain/core/messages';
        import { getEmbeddings } from './models';
        const embeddings = getEmbeddings();
        export const embed = (texts: string[]) => Promise.all(texts.map((text) => embeddings.embedQuery(text)));
      `,
    ),
    valid(
      'embeddings that belong to the item',
      code`
        ${openai}
        export async function embedTenants(tenants: Tenant[]) {
          for (const tenant of tenants) {
            const own = new OpenAIEmbeddings({ apiKey: tenant.key });
            await save(tenant, await own.embedQuery(tenant.description));
          }
        }
      `,
    ),
    valid(
      'the same text on each pass',
      code`
        ${openai}
        export async function warmUp(times: number[]) {
          for (const time of times) await at(time, await embeddings.embedQuery('ping'));
        }
      `,
    ),
  ],
  invalid: [
    query(
      'texts of a typed array, all at once',
      code`
        ${openai}
        export async function embedAll(texts: string[]): Promise<number[][]> {
          return await Promise.all(texts.map((text) => embeddings.embedQuery(text)));
        }
      `,
      {
        rate: 'for each element of `texts`',
        suggestion: [
          'Promise.all(texts.map((text) => embeddings.embedQuery(text)))',
          'embeddings.embedDocuments(texts)',
        ],
      },
    ),
    query(
      'a readonly list',
      code`
        ${openai}
        export const embedAll = (texts: readonly string[]) =>
          Promise.all(texts.map(async (text) => await embeddings.embedQuery(text)));
      `,
      {
        rate: 'for each element of `texts`',
        suggestion: [
          'Promise.all(texts.map(async (text) => await embeddings.embedQuery(text)))',
          'embeddings.embedDocuments([...texts])',
        ],
      },
    ),
    query(
      'a field of each document',
      code`
        ${openai}
        import type { Document } from '@langchain/core/documents';
        export async function embedAll(docs: Document[]) {
          const vectors = await Promise.all(docs.map((doc) => embeddings.embedQuery(doc.pageContent)));
          return vectors;
        }
      `,
      {
        rate: 'for each element of `docs`',
        suggestion: [
          'Promise.all(docs.map((doc) => embeddings.embedQuery(doc.pageContent)))',
          'embeddings.embedDocuments(docs.map((doc) => doc.pageContent))',
        ],
      },
    ),
    query(
      'a list of an unknown type in JavaScript',
      code`
        const { OpenAIEmbeddings } = require('@langchain/openai');
        const embeddings = new OpenAIEmbeddings();
        exports.embedAll = (rows) => Promise.all(rows.map((row, index) => embeddings.embedQuery(index + row.text)));
      `,
      {
        rate: 'for each element of `rows`',
        filename: 'embed.js',
        suggestion: [
          'Promise.all(rows.map((row, index) => embeddings.embedQuery(index + row.text)))',
          'embeddings.embedDocuments(Array.from(rows, (row, index) => index + row.text))',
        ],
      },
    ),
    query(
      'Array.from over a Set',
      code`
        ${openai}
        export const embedAll = (names: Set<string>) =>
          Promise.all(Array.from(names, (name) => embeddings.embedQuery(name)));
      `,
      {
        rate: 'for each element of `names`',
        suggestion: [
          'Promise.all(Array.from(names, (name) => embeddings.embedQuery(name)))',
          'embeddings.embedDocuments(Array.from(names))',
        ],
      },
    ),
    query(
      'a comment that a rewrite would lose',
      code`
        ${openai}
        export const embedAll = (texts: string[]) =>
          Promise.all(
            // Queries of last week.
            texts.map((text) => embeddings.embedQuery(text)),
          );
      `,
      { rate: 'for each element of `texts`' },
    ),
    query(
      'a callback that does more',
      code`
        ${openai}
        export async function index(docs: { id: string; text: string }[]) {
          const points = await Promise.all(
            docs.map(async (doc) => {
              const vector = await embeddings.embedQuery(doc.text);
              return { id: doc.id, vector };
            }),
          );
          await qdrant.upsert('docs', { points });
        }
      `,
      { rate: 'for each element of `docs`' },
    ),
    query(
      'a loop with await',
      code`
        ${openai}
        export async function index(files: string[]) {
          for (const file of files) {
            const text = await readFile(file, 'utf8');
            const vector = await embeddings.embedQuery(text);
            await table.add([{ file, vector }]);
          }
        }
      `,
      { rate: 'for each element of `files`' },
    ),
    query(
      'a loop that writes to the elements',
      code`
        ${openai}
        export async function fill(docs: Doc[]) {
          for (let i = 0; i < docs.length; i++) {
            if (docs[i].vector) continue;
            docs[i].vector = await embeddings.embedQuery(docs[i].text);
            await sleep(100);
          }
        }
      `,
      { rate: 'for each element of `docs`' },
    ),
    query(
      'a loop that gives up on an error',
      code`
        ${openai}
        export async function index(rows: Map<string, string>) {
          for (const [id, text] of rows) {
            try {
              await save(id, await embeddings.embedQuery(text));
            } catch (error) {
              console.error(error);
              return;
            }
          }
        }
      `,
      { rate: 'for each element of `rows`' },
    ),
    query(
      'retries around each item',
      code`
        ${openai}
        async function retry<T>(run: () => Promise<T>) {
          for (let attempt = 0; attempt < 3; attempt++) {
            try {
              return await run();
            } catch {}
          }
        }
        export async function embedAll(texts: string[]) {
          const vectors = [];
          for (const text of texts) vectors.push(await retry(() => embeddings.embedQuery(text)));
          return vectors;
        }
      `,
      { rate: 'for each element of `texts`' },
    ),
    query(
      'forEach',
      code`
        ${openai}
        export const index = (docs: Doc[]) => docs.forEach(async (doc) => {
          await save(doc, await embeddings.embedQuery(doc.text));
        });
      `,
      { rate: 'for each element of `docs`' },
    ),
    query(
      'reduce, when only the item is embedded',
      code`
        ${openai}
        export const embedAll = (texts: string[]) =>
          texts.reduce(
            async (before, text) => [...(await before), await embeddings.embedQuery(text)],
            Promise.resolve([] as number[][])
          );
      `,
      { rate: 'for each element of `texts`' },
    ),
    query(
      'p-map',
      code`
        import pMap from 'p-map';
        ${openai}
        export const embedAll = (chunks: string[]) =>
          pMap(chunks, (chunk) => embeddings.embedQuery(chunk), { concurrency: 4 });
      `,
      { rate: 'for each element of `chunks`' },
    ),
    query(
      'p-limit',
      code`
        import pLimit from 'p-limit';
        ${openai}
        const limit = pLimit(5);
        export const embedAll = (chunks: string[]) =>
          Promise.all(chunks.map((chunk) => limit(() => embeddings.embedQuery(chunk))));
      `,
      { rate: 'for each element of `chunks`' },
    ),
    query(
      'mergeMap over a list',
      code`
        import { from, mergeMap, toArray } from 'rxjs';
        ${openai}
        export const embedAll = (chunks: string[]) =>
          from(chunks).pipe(mergeMap((chunk) => embeddings.embedQuery(chunk), 4), toArray());
      `,
      { rate: 'for each element of `chunks`' },
    ),
    query(
      'a chunk loop around the fan-out',
      code`
        ${openai}
        export async function embedAll(docs: { text: string }[]) {
          for (let start = 0; start < docs.length; start += 10) {
            const part = docs.slice(start, start + 10);
            await save(await Promise.all(part.map(({ text }) => embeddings.embedQuery(text))));
          }
        }
      `,
      {
        rate: 'for each element of `part`',
        suggestion: [
          'Promise.all(part.map(({ text }) => embeddings.embedQuery(text)))',
          'embeddings.embedDocuments(part.map(({ text }) => text))',
        ],
      },
    ),
    query(
      'pages of a stream, row by row',
      code`
        ${openai}
        export async function index(pages: AsyncIterable<{ rows: string[] }>) {
          for await (const page of pages) {
            for (const row of page.rows) await save(await embeddings.embedQuery(row));
          }
        }
      `,
      { rate: 'for each element of `page.rows`' },
    ),
    query(
      'a helper that a callback calls',
      code`
        ${openai}
        async function embedChunk(chunk: string) {
          const text = chunk.replaceAll('\\n', ' ');
          return { chunk, vector: await embeddings.embedQuery(text) };
        }
        export const index = (chunks: string[]) => Promise.all(chunks.map((chunk) => embedChunk(chunk)));
      `,
      { rate: 'for each element of `chunks`' },
    ),
    query(
      'a helper that is handed over',
      code`
        ${openai}
        const embedChunk = async (chunk: string) => ({ chunk, vector: await embeddings.embedQuery(chunk) });
        export const index = (chunks: string[]) => Promise.all(chunks.map(embedChunk));
      `,
      { rate: 'for each element of `chunks`' },
    ),
    query(
      'embeddings that a function is given',
      code`
        import type { EmbeddingsInterface } from '@langchain/core/embeddings';
        const embedOne = (embeddings: EmbeddingsInterface, text: string) => embeddings.embedQuery(text);
        export async function embedAll(embeddings: EmbeddingsInterface, texts: string[]) {
          const vectors = [];
          for (const text of texts) vectors.push(await embedOne(embeddings, text));
          return vectors;
        }
      `,
      { rate: 'for each element of `texts`' },
    ),
    query(
      'a Nest service',
      code`
        import { Injectable } from '@nestjs/common';
        import { MistralAIEmbeddings } from '@langchain/mistralai';

        @Injectable()
        export class TaggingService {
          constructor(private readonly embeddings: MistralAIEmbeddings) {}

          async tag(notes: { body: string }[]) {
            const vectors = await Promise.all(notes.map((note) => this.embeddings.embedQuery(note.body)));
            return this.cluster(vectors);
          }
        }
      `,
      {
        embeddings: 'this.embeddings',
        rate: 'for each element of `notes`',
        suggestion: [
          'Promise.all(notes.map((note) => this.embeddings.embedQuery(note.body)))',
          'this.embeddings.embedDocuments(notes.map((note) => note.body))',
        ],
      },
    ),
    query(
      'a graph node that searches with several queries',
      code`
        import { Annotation, StateGraph } from '@langchain/langgraph';
        import { OpenAIEmbeddings } from '@langchain/openai';
        const embedder = new OpenAIEmbeddings();
        const State = Annotation.Root({ queries: Annotation<string[]>(), hits: Annotation<string[]>() });
        async function retrieve(state: typeof State.State) {
          const hits = await Promise.all(state.queries.map(async (query) => search(await embedder.embedQuery(query))));
          return { hits: hits.flat() };
        }
        export const graph = new StateGraph(State)
          .addNode('retrieve', retrieve)
          .addEdge('__start__', 'retrieve')
          .compile();
      `,
      { embeddings: 'embedder', rate: 'for each element of `state.queries`' },
    ),
    query(
      'one of two classes',
      code`
        import { BedrockEmbeddings } from '@langchain/aws';
        import { OllamaEmbeddings } from '@langchain/ollama';
        const embeddings = process.env.LOCAL ? new OllamaEmbeddings() : new BedrockEmbeddings();
        for (const row of rows) row.vector = await embeddings.embedQuery(row.text);
      `,
      { rate: 'for each element of `rows`' },
    ),
    query(
      'embeddings that are built anew for each item',
      code`
        import { OpenAIEmbeddings } from '@langchain/openai';
        export async function index(docs: Doc[]) {
          for (const doc of docs) {
            const embeddings = new OpenAIEmbeddings({ model: 'text-embedding-3-small' });
            doc.vector = await embeddings.embedQuery(doc.text);
          }
        }
      `,
      { rate: 'for each element of `docs`' },
    ),
    document(
      'a list of one',
      code`
        import { OpenAIEmbeddings } from 'langchain/embeddings/openai';
        const embeddings = new OpenAIEmbeddings({ maxConcurrency: 5 });
        const points = [];
        for (const memory of memories) {
          const [vector] = await embeddings.embedDocuments([memory.pageContent]);
          points.push({ id: memory.metadata.id, vector });
        }
      `,
      { rate: 'for each element of `memories`' },
    ),
    document(
      'lists of one, all at once',
      code`
        ${openai}
        export const embedAll = async (texts: string[]) =>
          (await Promise.all(texts.map((text) => embeddings.embedDocuments([text])))).flat();
      `,
      { rate: 'for each element of `texts`' },
    ),
    query(
      'a cache before the embeddings, which keeps documents only',
      code`
        import { CacheBackedEmbeddings } from '@langchain/classic/embeddings/cache_backed';
        ${openai}
        const cached = CacheBackedEmbeddings.fromBytesStore(embeddings, bytes, { namespace: 'small' });
        for (const text of texts) await save(await cached.embedQuery(text));
      `,
      { embeddings: 'cached', rate: 'for each element of `texts`' },
    ),
    ...importForms({
      ...snippet,
      expect: ({ source }) => ({
        errors: [
          {
            messageId: 'query' as const,
            data: { embeddings: 'embeddings', rate: 'for each element of `texts`' },
            ...locate(source, 'embedQuery'),
          },
        ],
      }),
    }),
  ],
});
