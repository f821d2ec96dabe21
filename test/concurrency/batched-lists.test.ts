import { afterAll, expect, test } from 'vitest';
import { code } from '../helpers/code.ts';
import { TestProject } from '../helpers/project.ts';

/**
 * Whether `batch` gets a list without asking: what a list is, is told by its type, by what TypeScript would object to,
 * and in JavaScript by how it is used.
 */

const project = new TestProject();
afterAll(() => project.remove());

/** What is written for the fan-out of a function, and how: by a fix, or by a suggestion. */
function findRewrite(file: string, text: string): string | undefined {
  const [report] = project.lint(file, text, { rules: { 'langchain/no-unbounded-concurrency': 'error' } });
  const suggestion = report?.suggestions?.find(({ messageId }) => messageId === 'useBatch');
  const [how, edit] = report?.fix ? ['fix', report.fix] : ['suggestion', suggestion?.fix];
  return edit && `${how}: ${edit.text.replace('model.batch(', '').replace(', { maxConcurrency: 5 })', '')}`;
}

/** A function of these parameters, with a statement in front of its calls. */
function write(parameters: string, statement: string, list = 'docs'): string {
  return code`
    import { ChatOpenAI } from '@langchain/openai';
    const model = new ChatOpenAI({ model: 'gpt-4.1-mini' });
    export async function run(${parameters}) {
      ${statement}
      return await Promise.all(${list}.map((doc) => model.invoke(doc.text)));
    }
  `;
}

const mapped = 'docs.map((doc) => doc.text)';
const from = 'Array.from(docs, (doc) => doc.text)';

test.each([
  ['the result of a call', '', 'const docs = await getDocs();', `fix: ${from}`],
  ['a value without a type', 'docs', '', `fix: ${from}`],
  ['an array or nothing', 'docs: Doc[] | undefined', 'if (!docs) return [];', `fix: ${mapped}`],
  ['a type of another module', 'docs: Docs', 'console.log(docs.length);', `suggestion: ${from}`],
  ['a type of another module, by a constant', 'given: Docs', 'const docs = given;', `suggestion: ${from}`],
  ['a type that is asserted', '', 'const docs = (await load()) as Docs;', `suggestion: ${from}`],
  [
    'a type that a function promises',
    '',
    'const docs = await load();\nasync function load(): Promise<Docs> {}',
    `suggestion: ${from}`,
  ],
  ['any', 'docs: any', '', `suggestion: ${from}`],
  // `Array.from` would make `unknown` of its elements.
  [
    'a part of an answer',
    'url',
    'const { docs } = await (await fetch(url)).json();',
    'suggestion: [...docs].map((doc) => doc.text)',
  ],
  ['a part of a request', 'request', 'const docs = request.body.docs;', 'suggestion: [...docs].map((doc) => doc.text)'],
])('TypeScript: %s', (_, parameters, statement, rewrite) => {
  expect(findRewrite('run.ts', write(parameters, statement))).toBe(rewrite);
});

test('TypeScript: a part of a value', () => {
  expect(findRewrite('run.ts', write('state: State', '', 'state.docs'))).toBe(
    'fix: Array.from(state.docs, (doc) => doc.text)',
  );
});

test.each([
  ['its length', 'docs', 'console.log(docs.length);'],
  ['an element', 'docs', 'if (!docs[0]) return [];'],
  ['an element by a variable', 'docs, i', 'console.log(docs[i]);'],
  ['push', 'docs, extra', 'docs.push(extra);'],
  ['a spread', 'docs, seen', 'seen.push(...docs);'],
  ['a check before it', 'docs', "if (!Array.isArray(docs)) throw new TypeError('docs');"],
  ['one check of two', 'docs, url', 'if (!url || !Array.isArray(docs)) return [];'],
  ['a choice', 'given', 'const docs = Array.isArray(given) ? given : [given];'],
  ['a default', '{ docs = [] }', ''],
  ['a default of what is taken', 'request', 'const { docs = [] } = request.body;'],
])('JavaScript: what shows an array: %s', (_, parameters, statement) => {
  expect(findRewrite('run.js', write(parameters, statement))).toBe(`fix: ${mapped}`);
});

test.each([
  ['a parameter', 'docs', ''],
  ['what is fetched', 'channel', 'const docs = await channel.messages.fetch({ limit: 50 });'],
  ['a check that it has not passed', 'docs', 'if (Array.isArray(docs)) return [];'],
  ['a check on another way', 'docs, strict', 'if (strict) { if (!Array.isArray(docs)) return []; }'],
  ['a check that decides nothing', 'docs', "if (!Array.isArray(docs)) console.warn('docs');"],
  ['its size', 'docs', 'console.log(docs.size);'],
  ['the length of something else', 'docs, other', 'console.log(other.length);'],
  ['another value later', 'docs', 'docs = docs.values();\nconsole.log(docs.length);'],
])('JavaScript: what shows none: %s', (_, parameters, statement) => {
  expect(findRewrite('run.js', write(parameters, statement))).toBe(`suggestion: ${from}`);
});

test('JavaScript: a part of a request that was checked', () => {
  const checked = write('request', 'if (!Array.isArray(request.body.docs)) return [];', 'request.body.docs');
  expect(findRewrite('run.js', checked)).toBe('fix: request.body.docs.map((doc) => doc.text)');
});

test('JavaScript: a field', () => {
  const text = code`
    import { ChatOpenAI } from '@langchain/openai';
    const model = new ChatOpenAI({ model: 'gpt-4.1-mini' });
    export class Tagger {
      docs = [];
      async run() { return await Promise.all(this.docs.map((doc) => model.invoke(doc.text))); }
    }
  `;
  expect(findRewrite('run.js', text)).toBe('fix: this.docs.map((doc) => doc.text)');
});

test.each([
  ['@param {string[]} docs', `fix: ${mapped}`],
  ['@param {Array<{ text: string }>} docs The documents.', `fix: ${mapped}`],
  ['@param {?Doc[]} [docs]', `fix: ${mapped}`],
  ["@param {import('discord.js').Collection<string, Message>} docs", `suggestion: ${from}`],
  ['@param {string[]} others', `suggestion: ${from}`],
])('JavaScript: a comment: %s', (comment, rewrite) => {
  const text = write('docs', '').replace('export async', `/**\n * Sums up.\n * ${comment}\n */\nexport async`);
  expect(findRewrite('run.js', text)).toBe(rewrite);
});
