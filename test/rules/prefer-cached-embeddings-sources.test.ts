/** Where the texts come from: folders, parsers and databases. */
import rule from '../../rules/prefer-cached-embeddings.ts';
import { reports, silent } from '../helpers/cases.ts';
import { code } from '../helpers/code.ts';
import { StrictRuleTester } from '../helpers/rule-tester.ts';

const filename = 'app/api/ask/route.ts';

const imports = code`
  import fs from 'node:fs/promises';
  import path from 'node:path';
  import { Document } from '@langchain/core/documents';
  import { MemoryVectorStore } from '@langchain/classic/vectorstores/memory';
  import { OpenAIEmbeddings } from '@langchain/openai';
  import { eq } from 'drizzle-orm';
  import pdf from 'pdf-parse';
  import mammoth from 'mammoth';
  import faq from './faq.json';
  import { articles } from './schema';
  import { db, prisma, sql, client, Article, auth } from './db';
  const embeddings = new OpenAIEmbeddings();
`;

/** A route that makes `docs` of something. */
function route(before: string, call = 'MemoryVectorStore.fromDocuments(docs, embeddings)'): string {
  return code`
    ${imports}
    export async function POST(request: Request) {
      const { lang, question, user } = await request.json();
      ${before}
      const store = await ${call};
      return Response.json(await store.similaritySearch(question, 4));
    }
  `;
}

const marked = '⟦MemoryVectorStore.fromDocuments⟧(docs, embeddings)';

const fixed: Readonly<Record<string, string>> = {
  'the files of a folder': code`
    const names = await fs.readdir('docs');
    const texts = await Promise.all(names.map((name) => fs.readFile(path.join('docs', name), 'utf8')));
    const docs = texts.map((pageContent) => ({ pageContent, metadata: {} }));
  `,
  'a folder in a loop, with what is left out by its name': code`
    const docs: Document[] = [];
    for (const name of await fs.readdir('docs')) {
      if (!name.endsWith('.pdf')) continue;
      const { text } = await pdf(await fs.readFile(path.join('docs', name)));
      if (path.extname(name) === '.pdf') docs.push(new Document({ pageContent: text, metadata: { name } }));
    }
  `,
  'a list that a callback fills': code`
    const docs: Document[] = [];
    faq.forEach((entry) => docs.push(new Document({ pageContent: entry.answer })));
  `,
  'a parser that gets the file in an object': code`
    const buffer = await fs.readFile('contract.docx');
    const { value } = await mammoth.extractRawText({ buffer });
    const docs = [new Document({ pageContent: value })];
  `,
  'rows of a database': code`
    const { rows } = await db.query('SELECT body FROM faq');
    const docs = rows.map((row) => new Document({ pageContent: row.body }));
  `,
  'rows that a builder of queries chooses': code`
    const rows = await db.select().from(articles).where(eq(articles.published, true));
    const docs = rows.map((row) => new Document({ pageContent: row.body }));
  `,
  'documents of an ORM': code`
    const all = await prisma.article.findMany({ where: { published: true }, orderBy: { id: 'asc' } });
    const docs = all.map((each) => new Document({ pageContent: each.body }));
  `,
  'documents of a collection': code`
    const shop = client.db('shop');
    const docs = await shop.collection('faq').find({}).toArray();
  `,
  'documents of a model': code`
    const docs = await Article.find({ published: true });
  `,
  'a query in a tagged template': code`
    const { rows } = await sql\`SELECT body FROM faq\`;
    const docs = rows.map((row) => new Document({ pageContent: row.body }));
  `,
};

const chosen: Readonly<Record<string, string>> = {
  'a folder of the request': code`
    const names = await fs.readdir(path.join('docs', lang));
    const docs = await Promise.all(names.map(async (name) => ({ pageContent: await fs.readFile(name, 'utf8') })));
  `,
  'files of a folder that the request chooses': code`
    const docs = [];
    for (const name of await fs.readdir('docs')) {
      if (!name.startsWith(lang)) continue;
      docs.push({ pageContent: await fs.readFile(name, 'utf8') });
    }
  `,
  'a text of the request beside fixed ones': code`
    const docs = faq.map((entry) => ({ pageContent: entry.answer }));
    docs.push({ pageContent: question });
  `,
  'a list that is filled for some requests': code`
    const docs = [];
    if (user.isNew) docs.push({ pageContent: 'Welcome' });
    question.split(' ').forEach((word) => docs.push({ pageContent: 'Hello' }));
  `,
  'a parser that gets something else': code`
    const { text } = await pdf('https://example.com/terms.pdf');
    const docs = [{ pageContent: text }];
  `,
  'rows of the user': code`
    const { rows } = await db.query('SELECT body FROM notes WHERE owner = $1', [user]);
    const docs = rows.map((row) => new Document({ pageContent: row.body }));
  `,
  'rows that a query of the request chooses': code`
    const rows = await db.select().from(articles).where(eq(articles.language, lang));
    const docs = rows.map((row) => new Document({ pageContent: row.body }));
  `,
  'rows of a session': code`
    const docs = await prisma.note.findMany({ where: { owner: auth() } });
  `,
  'rows that are filtered by the request': code`
    const all = await prisma.article.findMany();
    const docs = all.filter((each) => each.language === lang);
  `,
  'a tagged template with a value of the request': code`
    const docs = await sql\`SELECT body FROM faq WHERE language = \${lang}\`;
  `,
  'a database of the request': code`
    const docs = await user.db.article.findMany();
  `,
  'what a function of another module finds': code`
    const docs = await client.find('faq');
  `,
};

new StrictRuleTester().run<[], 'store' | 'texts' | 'uncachedQuery'>(rule, {
  valid: [
    ...Object.entries(chosen).map(([name, before]) => silent(name, { code: route(before), filename })),
    silent('rows whose vectors are kept elsewhere', {
      filename,
      code: code`
        ${imports}
        export async function POST(request: Request) {
          const rows = await prisma.article.findMany();
          return Response.json(await embeddings.embedDocuments(rows.map((row) => row.body)));
        }
      `,
    }),
    silent('an index that is saved where none is there', {
      filename,
      code: code`
        import { existsSync } from 'node:fs';
        import { HNSWLib } from '@langchain/community/vectorstores/hnswlib';
        ${imports}
        async function open() {
          if (existsSync('index')) return HNSWLib.load('index', embeddings);
          const store = await HNSWLib.fromTexts(['We open at 9.'], [{}], embeddings);
          await store.save('index');
          return store;
        }
        export async function POST(request: Request) {
          const store = await open();
          return Response.json(await store.similaritySearch(await request.text(), 4));
        }
      `,
    }),
  ],
  invalid: [
    ...Object.entries(fixed).map(([name, before]) =>
      reports<'store'>(
        name,
        { code: route(before, marked), filename },
        {
          messageId: 'store',
          data: { name: 'MemoryVectorStore.fromDocuments', unit: 'request' },
        },
      ),
    ),
    reports<'store'>(
      'an index that is saved again each time',
      {
        filename,
        code: code`
          import { HNSWLib } from '@langchain/community/vectorstores/hnswlib';
          ${imports}
          export async function POST(request: Request) {
            const store = await ⟦HNSWLib.fromTexts⟧(['We open at 9.'], [{}], embeddings);
            await store.save('index');
            return Response.json(await store.similaritySearch(await request.text(), 4));
          }
        `,
      },
      { messageId: 'store', data: { name: 'HNSWLib.fromTexts', unit: 'request' } },
    ),
    reports<'store'>(
      'fields of a service',
      code`
        import { Injectable } from '@nestjs/common';
        ${imports}
        @Injectable()
        export class FaqService {
          private readonly faq = ['When do you open?'];
          constructor(private readonly entryRepository: Repository<Entry>) {}
          async ask(question: string) {
            const own = await ⟦MemoryVectorStore.fromTexts⟧(this.faq, [], embeddings);
            const rows = await this.entryRepository.find();
            const all = await ⟦MemoryVectorStore.fromTexts⟧(rows.map((row) => row.text), [], embeddings);
            return [await own.similaritySearch(question), await all.similaritySearch(question)];
          }
        }
      `,
      ...[1, 2].map(() => ({
        messageId: 'store' as const,
        data: { name: 'MemoryVectorStore.fromTexts', unit: 'request' },
      })),
    ),
  ],
});
