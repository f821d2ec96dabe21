/** Projects that are written to be linted, of any size. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

type Files = Readonly<Record<string, string>>;

/** Writes a project into a folder for temporary files. */
export function write(files: Files): string {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  for (const [file, text] of Object.entries({ ...base, ...files })) {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return folder;
}

const base: Files = {
  'package.json': '{ "type": "module", "dependencies": { "@langchain/openai": "1.0.0", "express": "5.0.0" } }',
};

function each<Item>(count: number, create: (index: number) => Item): readonly Item[] {
  return Array.from({ length: count }, (_, index) => create(index));
}

/** Pages that import from a barrel, which exports a module for each of them and one that uses LangChain. */
export function getBarrel(pages: number): Files {
  return {
    'src/index.ts': [
      "export * from './model';",
      ...each(pages, (n) => `export * from './parts/part${String(n)}';`),
    ].join('\n'),
    'src/model.ts': model,
    ...Object.fromEntries(each(pages, (n) => [`src/parts/part${String(n)}.ts`, getPart(n)])),
    ...Object.fromEntries(each(pages, (n) => [`src/pages/page${String(n)}.tsx`, getPage(n)])),
  };
}

const model = `import { ChatOpenAI } from '@langchain/openai';

const model = new ChatOpenAI({ model: 'gpt-5', timeout: 20_000, maxConcurrency: 5 });
export const ask = (question: string) => model.invoke(question);
`;

function getPart(n: number): string {
  const own = String(n);
  return [
    `import { part${String(n === 0 ? 0 : n - 1)} as before } from '../index';`,
    `export interface Part${own} { readonly id: number; readonly title: string; readonly tags: readonly string[] }`,
    ...each(8, (m) =>
      [
        `export function format${own}_${String(m)}(part: Part${own}): string {`,
        `  const words = part.title.split(' ').map((word) => word.trim()).filter((word) => word.length > ${String(m)});`,
        `  if (words.length === 0) return part.tags.join(', ');`,
        `  return words.map((word, index) => \`\${String(index)} \${word}\`).join(' ');`,
        '}',
      ].join('\n'),
    ),
    `export const part${own} = (title: string): string => (title === '' ? before(title) : title);`,
  ].join('\n');
}

function getPage(n: number): string {
  const own = String(n);
  return [
    "import { useMemo, useState } from 'react';",
    `import { format${own}_1, format${own}_2, part${own} } from '../index';`,
    '',
    `export function Page${own}({ items }: { readonly items: readonly string[] }) {`,
    "  const [query, setQuery] = useState('');",
    '  const found = useMemo(() => items.filter((item) => item.includes(query)), [items, query]);',
    ...each(12, (m) => `  const title${String(m)} = part${own}(format${own}_1(found[${String(m)}]));`),
    '  return (',
    '    <section onClick={() => setQuery(format' + own + '_2(found[0]))}>',
    ...each(12, (m) => `      <p key="${String(m)}">{title${String(m)}}</p>`),
    '    </section>',
    '  );',
    '}',
  ].join('\n');
}

/** A service of so many lines, of which each of its handlers asks a model, with functions of ten other files. */
export function getService(lines: number): Files {
  const handlers = each(Math.ceil(lines / 10), (n) => {
    const [own, helper] = [String(n), String(n % 10)];
    return [
      `router.post('/ask${own}', async (request, response) => {`,
      `  const { question, documents } = request.body as { question: string; documents: string[] };`,
      `  const context = documents.map((each) => clean${helper}(each)).join(' ');`,
      `  const chain = prompt.pipe(model);`,
      `  const answer = await chain.invoke({ context, question }, { timeout: 10_000 });`,
      `  const ranked = await rank${helper}(documents, question);`,
      `  if (ranked.length === 0) response.status(404);`,
      `  response.json({ answer: answer.content, ranked });`,
      '});',
      '',
    ].join('\n');
  });
  return {
    'src/service.ts': [
      "import { ChatPromptTemplate } from '@langchain/core/prompts';",
      "import { ChatOpenAI } from '@langchain/openai';",
      "import { Router } from 'express';",
      ...each(10, (n) => `import { clean${String(n)}, rank${String(n)} } from './helper${String(n)}';`),
      '',
      "const model = new ChatOpenAI({ model: 'gpt-5', timeout: 20_000, maxConcurrency: 5 });",
      "const prompt = ChatPromptTemplate.fromTemplate('{context} {question}');",
      'export const router = Router();',
      ...handlers,
    ].join('\n'),
    ...Object.fromEntries(each(10, (n) => [`src/helper${String(n)}.ts`, getHelper(String(n))])),
  };
}

function getHelper(own: string): string {
  return `import { OpenAIEmbeddings } from '@langchain/openai';

const embeddings = new OpenAIEmbeddings({ timeout: 10_000, maxConcurrency: 5 });
export const clean${own} = (text: string): string => text.trim().replaceAll(/\\s+/gu, ' ');
export async function rank${own}(documents: string[], question: string): Promise<string[]> {
  const [vectors, wanted] = await Promise.all([
    embeddings.embedDocuments(documents),
    embeddings.embedQuery(question),
  ]);
  const scores = vectors.map((vector) => vector.reduce((sum, value, index) => sum + value * (wanted[index] ?? 0), 0));
  return documents.toSorted(
    (one, other) => (scores[documents.indexOf(other)] ?? 0) - (scores[documents.indexOf(one)] ?? 0),
  );
}
`;
}
