import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ALL_RULES, createConfig, lint } from './linter.ts';
import { ANGLE_BRACKET_SOUP, HEAD, JAVASCRIPT_SOUP, JSX_SOUP, TYPESCRIPT_SOUP } from './soup.ts';

const PARSERS: Readonly<Record<string, Linter.LanguageOptions>> = {
  'typescript-eslint': { parser, parserOptions: { ecmaFeatures: { jsx: true } } },
  espree: { ecmaVersion: 'latest', sourceType: 'module', parserOptions: { ecmaFeatures: { jsx: true } } },
};

/** Lints, and applies every fix and suggestion by itself: all of them must leave a text that parses. */
function expectNoCrash(text: string, filename: string, languageOptions: Linter.LanguageOptions): void {
  const options = { rules: ALL_RULES, filename, languageOptions };
  const messages = lint(text, options);
  expect(messages.filter(({ fatal }) => fatal)).toEqual([]);
  for (const { fix, suggestions = [] } of messages) {
    for (const rewrite of [...(fix ? [fix] : []), ...suggestions.map((suggestion) => suggestion.fix)]) {
      const rewritten = text.slice(0, rewrite.range[0]) + rewrite.text + text.slice(rewrite.range[1]);
      const fatal = new Linter().verify(rewritten, { ...createConfig(options), rules: {} }, { filename }).filter((message) => message.fatal);
      expect(fatal, rewritten).toEqual([]);
    }
  }
}

describe.each(Object.entries(PARSERS))('no rule throws on what %s parses', (name, languageOptions) => {
  const samples = name === 'espree' ? { ...JAVASCRIPT_SOUP, ...JSX_SOUP } : { ...JAVASCRIPT_SOUP, ...JSX_SOUP, ...TYPESCRIPT_SOUP };

  test.each(Object.entries(samples))('%s', (_sample, soup) => {
    for (const filename of ['file.tsx', 'app/api/chat/route.tsx', 'pages/api/chat.tsx', 'app/routes/chat.server.tsx']) {
      expectNoCrash(HEAD + soup, filename, languageOptions);
    }
  });

  test.each([
    ['an empty file', ''],
    ['only a comment', '// @langchain/openai'],
    ['only an import', "import '@langchain/openai'"],
    ['only a require', "require('@langchain/openai')"],
    ['a hashbang and a comment', "#!/usr/bin/env node\n/* import '@langchain/openai' */"],
    ['a broken import of everything', "import * as a from '@langchain/openai'; import b, { default as c } from 'langchain'; new a(); new b(); c(); new a.default.default();"],
    ['a specifier that is not a path', "import '@langchain/'; import '@langchain'; import 'langchain/'; require('langchain/../x'); require(`@langchain/${x}`); import('@langchain/' + x);"],
    ['no file name', `${HEAD}model.batch(xs);`],
  ])('%s', (sample, text) => {
    expectNoCrash(text, sample === 'no file name' ? '<input>' : 'file.js', languageOptions);
  });

  test('a file of 10,000 lines', () => {
    const unit = `
async function step_N(xs) {
  const local = new ChatOpenAI({ timeout: N });
  const results = await Promise.all(xs.map((x) => chain.invoke({ x })));
  for (const x of xs) { await local.invoke(x); await helper_N(x); }
  return (await local.batch(xs)).concat(results);
}
const helper_N = (x) => step_N([x]);
app.post('/N', async (req, res) => { res.json(await step_N(req.body)); });
`;
    const text = HEAD + Array.from({ length: 1112 }, (_, index) => unit.replaceAll('N', String(index))).join('');
    expect(text.split('\n').length).toBeGreaterThan(10_000);
    expect(lint(text, { rules: ALL_RULES, filename: 'file.js', languageOptions }).filter(({ fatal }) => fatal)).toEqual([]);
  });

  test('a chain of 300 calls and an expression nested 60 deep', () => {
    const calls = `model${'.pipe(chain)'.repeat(300)}.batch(xs);`;
    const nested = `${'Promise.all(xs.map((x) => ['.repeat(60)}model.invoke(x)${']))'.repeat(60)};`;
    const logical = `(${Array.from({ length: 300 }, (_, index) => `a${index}`).join(' || ')} || model).batch(xs);`;
    expect(lint(HEAD + calls + nested + logical, { rules: ALL_RULES, filename: 'file.js', languageOptions }).filter(({ fatal }) => fatal)).toEqual([]);
  });
});

test('no rule throws on angle-bracket assertions', () => {
  expectNoCrash(HEAD + ANGLE_BRACKET_SOUP, 'file.ts', { parser });
});

const LEAVES = [
  'model.invoke(x)', 'await model.invoke(x)', 'model.batch(xs)', 'new ChatOpenAI({ timeout: 20 })', 'chain.stream(x)', 'embeddings.embedQuery(x)',
  'await PGVectorStore.initialize(embeddings, {})', 'model.bindTools([]).invoke(x)', 'this.llm.invoke(x)', 'x', '[model, ...xs]', '{ model, ...x }', 'pLimit(3)(() => model.invoke(x))',
];

const WRAPPERS: readonly ((inner: string) => string)[] = [
  (inner) => `Promise.all(xs.map(async (x) => (${inner})))`,
  (inner) => `Promise.allSettled(Array.from(xs, (x) => (${inner})))`,
  (inner) => `xs.forEach(async (x) => { (${inner}); })`,
  (inner) => `(async () => { for (const x of xs) { const y = (${inner}); y.batch(y); } })()`,
  (inner) => `(async function f(x = (${inner})) { try { return (${inner}); } catch (e) { await f(e); } })`,
  (inner) => `app.post('/', async (x, res) => { const r = (${inner}); res.json(r.content); })`,
  (inner) => `tool(async (x) => { (${inner}); }, { name: 't' })`,
  (inner) => `(class extends ChatOpenAI { llm = (${inner}); async _call(x) { return (${inner}); } })`,
  (inner) => `((xs) => { const fs = []; while (xs) fs.push(${inner}); return Promise.race(fs); })`,
  (inner) => `(c ? (${inner}) : (x ??= (${inner})))`,
  (inner) => `(${inner})?.pipe?.(model)`,
  (inner) => `({ invoke: async (x) => (${inner}) }).invoke`,
  (inner) => `new StateGraph(x).addNode('n', async (x) => { (${inner}); return x; }).compile()`,
  (inner) => `RunnableSequence.from([model, (x) => (${inner})])`,
];

test('no rule throws on programs composed at random', () => {
  const program = fc
    .array(fc.record({ leaf: fc.constantFrom(...LEAVES), wrappers: fc.array(fc.constantFrom(...WRAPPERS), { maxLength: 4 }) }), { minLength: 1, maxLength: 4 })
    .map((statements) =>
      statements
        .map(({ leaf, wrappers }, index) => `const v${index} = async (x, xs, c) => (${wrappers.reduce((inner, wrap) => wrap(inner), leaf.startsWith('{') ? `(${leaf})` : leaf)});`)
        .join('\n'),
    );
  const languageOptions = PARSERS['typescript-eslint'];
  fc.assert(
    fc.property(program, (text) => {
      expectNoCrash(HEAD + text, 'file.ts', languageOptions ?? {});
    }),
    { numRuns: 150, seed: 20261122 },
  );
});
