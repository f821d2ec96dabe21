import { describe, expect, test } from 'vitest';
import { AST_NODE_TYPES } from '../../../src/ast/types.ts';
import { findUses } from '../../../src/flow/promises/uses.ts';
import { findCall } from '../../../src/langchain/calls.ts';
import { code } from '../../helpers/code.ts';
import { findNodes, parseFile } from '../../helpers/file.ts';

const head = code`
  import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
  import { ChatPromptTemplate } from '@langchain/core/prompts';
  import { HumanMessage } from '@langchain/core/messages';
  import { Document } from '@langchain/core/documents';
  import { PineconeStore } from '@langchain/pinecone';
  import { CheerioWebBaseLoader } from '@langchain/community/document_loaders/web/cheerio';
  import { RecursiveCharacterTextSplitter } from '@langchain/textsplitters';
  import { StateGraph } from '@langchain/langgraph';
  import { writeFile } from 'node:fs/promises';
  import { json } from '@remix-run/node';
  import { render } from './render.js';

  const model = new ChatOpenAI();
  const embeddings = new OpenAIEmbeddings();
  const store = new PineconeStore(embeddings, {});
  const loader = new CheerioWebBaseLoader('https://example.com');
  const splitter = new RecursiveCharacterTextSplitter();
  const prompt = ChatPromptTemplate.fromTemplate('{context}: {question}');
  const chain = prompt.pipe(model);
  const graph = new StateGraph(State).addNode('answer', answer).compile();
`;

/**
 * How the first remote call of the code, or the one behind the mark, is used: the kind, or what it is misused for, with
 * the text of the place.
 */
function usesOf(source: string, filename = 'src/app.ts'): string[] {
  const file = parseFile(`${head}\n${source}`, { filename });
  const mark = file.sourceCode.text.indexOf('/*$*/') + '/*$*/'.length;
  const call = findNodes(file, AST_NODE_TYPES.CallExpression)
    .map((node) => findCall(file, node))
    .find((found) => found?.remote === true && (!source.includes('/*$*/') || found.node.range[0] === mark));
  if (!call) throw new Error('No remote call.');
  return findUses(file, call.node).map((use) => {
    const text = file.sourceCode.getText(use.node).replace(/\s+/gu, ' ');
    return `${use.kind === 'value' ? use.how : use.kind}: ${text}`;
  });
}

describe('where the call stands', () => {
  test.each([
    ['a statement', 'model.invoke(q);', 'dropped: model.invoke(q)'],
    ['a statement with an assertion', 'model.invoke(q) as unknown;', 'dropped: model.invoke(q) as unknown'],
    ['a branch of a statement', 'if (q) ready && model.invoke(q);', 'dropped: ready && model.invoke(q)'],
    ['an earlier part of a sequence', 'const n = (model.invoke(q), 1);', 'dropped: model.invoke(q)'],
    ['the update of a loop', 'for (;; model.invoke(q)) stop();', 'dropped: model.invoke(q)'],
    ['void', 'void model.invoke(q);', 'void: void model.invoke(q)'],
    ['await', 'await model.invoke(q);', 'promise: model.invoke(q)'],
    ['return', 'async function f() { return model.invoke(q); }', 'promise: model.invoke(q)'],
    ['the value of an arrow function', 'const f = () => model.invoke(q);', 'promise: model.invoke(q)'],
    ['returned in an object', 'async function f() { return { answer: model.invoke(q) }; }', 'promise: model.invoke(q)'],
    ['then', 'model.invoke(q).then(show);', 'dropped: model.invoke(q).then(show)'],
    ['then with both callbacks', 'model.invoke(q).then(show, report);', 'promise: model.invoke(q).then(show, report)'],
    ['then that is awaited', 'await model.invoke(q).then(show);', 'promise: model.invoke(q).then(show)'],
    ['catch', "model.invoke(q)['catch'](show);", "promise: model.invoke(q)['catch'](show)"],
    [
      'catch behind then',
      'model.invoke(q).then(show).catch(report);',
      'promise: model.invoke(q).then(show).catch(report)',
    ],
    ['finally', 'model.invoke(q).finally(stop);', 'dropped: model.invoke(q).finally(stop)'],
    ['the result of then', 'show(`${model.invoke(q).then(read)}`);', 'text: model.invoke(q).then(read)'],
    ['a method of the promise that is not called', 'show(model.invoke(q).then);', 'promise: model.invoke(q)'],
    ['a combinator', 'await Promise.all([model.invoke(q)]);', 'promise: model.invoke(q)'],
    ['pushed', 'pending.push(model.invoke(q));', 'promise: model.invoke(q)'],
    ['a property', 'this.answer = model.invoke(q);', 'promise: model.invoke(q)'],
    ['a field', 'class A { answer = model.invoke(q); }', 'promise: model.invoke(q)'],
    ['an unknown function', 'render(model.invoke(q));', 'promise: model.invoke(q)'],
    ['yield', 'async function* f() { yield model.invoke(q); }', 'promise: model.invoke(q)'],
    ['thrown', 'throw model.invoke(q);', 'promise: model.invoke(q)'],
    ['a tagged template', 'sql`${model.invoke(q)}`;', 'promise: model.invoke(q)'],
    ['a test for null', 'if (model.invoke(q) === null) stop();', 'promise: model.invoke(q)'],
    ['a member', 'show(model.invoke(q).content);', 'member: model.invoke(q).content'],
    ['a member that is awaited', 'await model.invoke(q).content;', 'member: model.invoke(q).content'],
    ['an optional member', 'show(model.invoke(q)?.content);', 'member: model.invoke(q)?.content'],
    ['an element', 'show(store.similaritySearch(q)[0]);', 'member: store.similaritySearch(q)[0]'],
    ['a computed element', 'show(store.similaritySearch(q)[i]);', 'member: store.similaritySearch(q)[i]'],
    ['called', 'model.invoke(q)();', 'member: model.invoke(q)'],
    ['a key', 'answers[model.invoke(q)];', 'text: model.invoke(q)'],
    ['a template', 'show(`Answer: ${model.invoke(q)}`);', 'text: model.invoke(q)'],
    ['a concatenation', "show('Answer: ' + model.invoke(q));", 'text: model.invoke(q)'],
    ['appended', 'answer += model.invoke(q);', 'text: model.invoke(q)'],
    ['String()', 'String(model.invoke(q));', 'text: model.invoke(q)'],
    ['JSON.parse()', 'JSON.parse(chain.invoke(q));', 'text: chain.invoke(q)'],
    ['a Response', 'new Response(chain.stream(q));', 'text: chain.stream(q)'],
    ['a file', "await writeFile('answer.txt', chain.invoke(q));", 'text: chain.invoke(q)'],
    ['JSON.stringify()', 'JSON.stringify(model.invoke(q), null, 2);', 'json: model.invoke(q)'],
    ['an object as JSON', 'JSON.stringify({ data: [{ answer: model.invoke(q) }] });', 'json: model.invoke(q)'],
    ['Response.json()', 'Response.json({ answer: model.invoke(q) });', 'json: model.invoke(q)'],
    ['json() of a framework', 'json({ answer: model.invoke(q) });', 'json: model.invoke(q)'],
    ['console', "console.log('answer', model.invoke(q));", 'log: model.invoke(q)'],
    ['an object that is logged', 'console.dir({ answer: model.invoke(q) });', 'log: model.invoke(q)'],
    ['a spread object', 'show({ ...model.invoke(q) });', 'spread: model.invoke(q)'],
    ['Object.keys()', 'Object.keys(model.invoke(q));', 'spread: model.invoke(q)'],
    ['a spread array', 'show([...store.similaritySearch(q)]);', 'iterated: store.similaritySearch(q)'],
    ['spread arguments', 'show(...store.similaritySearch(q));', 'iterated: store.similaritySearch(q)'],
    ['for…of', 'for (const doc of store.similaritySearch(q)) show(doc);', 'iterated: store.similaritySearch(q)'],
    ['for await…of', 'for await (const chunk of model.stream(q)) show(chunk);', 'iterated: model.stream(q)'],
    ['yield*', 'async function* f() { yield* model.stream(q); }', 'iterated: model.stream(q)'],
    ['new Set()', 'new Set(embeddings.embedQuery(q));', 'iterated: embeddings.embedQuery(q)'],
    ['object destructuring', 'const { content } = model.invoke(q);', 'destructured: model.invoke(q)'],
    ['array destructuring', 'const [first] = store.similaritySearch(q);', 'destructured: store.similaritySearch(q)'],
    ['destructuring assignment', '({ content } = model.invoke(q));', 'destructured: model.invoke(q)'],
    ['if', 'if (model.invoke(q)) show();', 'condition: model.invoke(q)'],
    ['not', 'show(!model.invoke(q));', 'condition: model.invoke(q)'],
    ['and', 'show(model.invoke(q) && q);', 'condition: model.invoke(q)'],
    ['the test of a conditional', 'show(model.invoke(q) ? 1 : 2);', 'condition: model.invoke(q)'],
    ['Boolean()', 'Boolean(model.invoke(q));', 'condition: model.invoke(q)'],
    ['a comparison with a literal', "if (chain.invoke(q) === 'yes') show();", 'operator: chain.invoke(q)'],
    ['an order', 'if (chain.invoke(q) > 0.5) show();', 'operator: chain.invoke(q)'],
    ['switch', "switch (chain.invoke(q)) { case 'yes': show(); }", 'operator: chain.invoke(q)'],
    ['the input of a splitter', 'splitter.splitDocuments(loader.load());', 'input: loader.load()'],
    [
      'the vector of a search',
      'await store.similaritySearchVectorWithScore(/*$*/embeddings.embedQuery(q), 4);',
      'input: embeddings.embedQuery(q)',
    ],
    [
      'a variable of a prompt',
      'await chain.invoke({ question, context: /*$*/store.similaritySearch(q) });',
      'input: store.similaritySearch(q)',
    ],
    [
      'the text of a message',
      'await model.invoke([new HumanMessage(/*$*/chain.invoke(q))]);',
      'input: chain.invoke(q)',
    ],
    [
      'the text of a document',
      'await store.addDocuments([new Document({ pageContent: /*$*/chain.invoke(q) })]);',
      'input: chain.invoke(q)',
    ],
    [
      'the input of a graph, whose nodes may await it',
      'await graph.invoke({ docs: /*$*/store.similaritySearch(q) });',
      'promise: store.similaritySearch(q)',
    ],
    [
      'the config of a call',
      'await model.invoke(question, { metadata: /*$*/store.similaritySearch(q) });',
      'promise: store.similaritySearch(q)',
    ],
  ])('%s', (_name, source, expected) => {
    expect(usesOf(source)).toEqual([expected]);
  });

  test('a JSX prop may be a promise, spread props may not', () => {
    expect(usesOf('const page = <Answer text={model.invoke(q)} />;', 'src/page.tsx')).toEqual([
      'promise: model.invoke(q)',
    ]);
    expect(usesOf('const page = <Answer {...model.invoke(q)} />;', 'src/page.tsx')).toEqual([
      'spread: model.invoke(q)',
    ]);
  });
});

describe('variables', () => {
  test.each([
    ['never read', 'const reply = model.invoke(q);', ['dropped: reply']],
    ['never read, on purpose', 'const _reply = model.invoke(q);', ['promise: _reply']],
    ['exported', 'export const reply = model.invoke(q);', ['promise: reply']],
    ['exported by name', 'const reply = model.invoke(q); export { reply };', ['promise: reply']],
    ['awaited', 'const reply = model.invoke(q); show(await reply);', ['promise: reply']],
    [
      'read twice',
      'const reply = model.invoke(q); show(reply.content); console.log(reply);',
      ['member: reply.content', 'log: reply'],
    ],
    [
      'logged, then awaited',
      'const reply = model.invoke(q); console.log(reply); await reply;',
      ['log: reply', 'promise: reply'],
    ],
    ['assigned later', 'let reply; reply = model.invoke(q); show(`${reply}`);', ['text: reply']],
    [
      'handed on to another variable',
      'const reply = model.invoke(q); const copy = reply; show(copy.content);',
      ['member: copy.content'],
    ],
    [
      'read in a closure',
      'const reply = model.invoke(q); const show = () => reply.content;',
      ['member: reply.content'],
    ],
    [
      'one of two branches',
      code`
        const reply = cached ?? model.invoke(q);
        show(reply.content);
      `,
      ['member: reply.content'],
    ],
    [
      'a condition on what may be missing',
      'const reply = cached ? null : model.invoke(q); if (reply) await reply;',
      ['promise: reply', 'promise: reply'],
    ],
    [
      'a condition on an optional call',
      'const reply = store?.similaritySearch(q); if (reply) await reply;',
      ['promise: reply', 'promise: reply'],
    ],
    [
      'a condition on a variable without a first value',
      'let reply; if (q) reply = model.invoke(q); if (reply) await reply;',
      ['promise: reply', 'promise: reply'],
    ],
    [
      'a condition on a variable of such a type',
      'let reply: Promise<unknown> | undefined = model.invoke(q); if (reply) await reply;',
      ['promise: reply', 'promise: reply'],
    ],
    ['a condition', 'const reply = model.invoke(q); if (reply) show();', ['condition: reply']],
    [
      'overwritten by its result',
      'let reply = model.invoke(q); reply = await reply; show(reply.content);',
      ['promise: reply'],
    ],
    [
      'overwritten in another branch',
      code`
        let reply;
        if (q) { reply = /*$*/model.invoke(q); } else { reply = await model.invoke(p); }
        show(reply.content);
      `,
      ['member: reply.content'],
    ],
    [
      'read before it is written',
      "let reply = ''; show(reply.length); reply = model.invoke(q); return reply;".replace(
        'return reply;',
        'await reply;',
      ),
      ['promise: reply'],
    ],
    [
      'compared with a class',
      'const reply = model.invoke(q); if (reply instanceof Promise) stop(); show(reply.content);',
      ['promise: reply'],
    ],
    [
      'asked for its type',
      "const reply = model.invoke(q); if (typeof reply === 'string') show(reply.length);",
      ['promise: reply'],
    ],
    [
      'asked for a member',
      "const reply = model.invoke(q); if ('then' in reply) stop(); show(reply.content);",
      ['promise: reply'],
    ],
    [
      'given a member',
      code`
        const reply = model.invoke(q);
        reply.cancel = stop;
        reply.cancel();
      `,
      ['promise: reply'],
    ],
    [
      'named in a type',
      'const reply = model.invoke(q); type Reply = Awaited<typeof reply>; await reply;',
      ['promise: reply'],
    ],
    ['collected', 'const a = model.invoke(q); await Promise.all([a, other]);', ['promise: a']],
    [
      'kept in an object',
      code`
        const jobs = { answer: model.invoke(q) };
        await jobs.answer;
      `,
      ['promise: model.invoke(q)'],
    ],
    [
      'an object that becomes JSON',
      'const body = { answer: model.invoke(q) }; JSON.stringify(body);',
      ['json: model.invoke(q)'],
    ],
    [
      'an object whose promise is awaited before',
      code`
        const body = { answer: model.invoke(q) };
        body.answer = await body.answer;
        JSON.stringify(body);
      `,
      ['promise: model.invoke(q)'],
    ],
    [
      'an object that is exported',
      'export const body = { answer: model.invoke(q) }; console.log(body);',
      ['promise: model.invoke(q)'],
    ],
    [
      'the default of a parameter',
      'function show(reply = model.invoke(q)) { return reply.content; }',
      ['member: reply.content'],
    ],
    [
      'the default in a pattern',
      'const { reply = model.invoke(q) } = options; show(reply.content);',
      ['member: reply.content'],
    ],
    ['defined by itself', 'let a = model.invoke(q); let b = a; a = b;', []],
  ])('%s', (_name, source, expected) => {
    expect(usesOf(source)).toEqual(expected);
  });
});

test('a long chain of aliases ends somewhere', () => {
  const aliases = Array.from({ length: 3000 }, (_, index) => `const a${index + 1} = a${index};`).join('\n');
  expect(
    usesOf(code`
      const a0 = model.invoke(q);
      ${aliases}
    `),
  ).toEqual(['promise: a50']);
});

describe('functions of the file that get it', () => {
  test.each([
    [
      'as a value',
      code`
        function show(reply) { return reply.content; }
        show(model.invoke(q));
      `,
      ['member: reply.content'],
    ],
    [
      'as a value, by method',
      'class A { show(reply) { return `${reply}`; } run() { this.show(model.invoke(q)); } }',
      ['text: reply'],
    ],
    [
      'destructured',
      'const show = ({ content }) => content; show(model.invoke(q));',
      ['destructured: model.invoke(q)'],
    ],
    [
      'awaited',
      'async function show(reply) { return (await reply).content; } show(model.invoke(q));',
      ['promise: model.invoke(q)'],
    ],
    [
      'awaited unless it is a value',
      code`
        async function show(reply) { if (reply.content) return reply.content; return await reply; }
        show(model.invoke(q));
      `,
      ['promise: model.invoke(q)'],
    ],
    ['not read', 'function show(reply) {} show(model.invoke(q));', ['promise: model.invoke(q)']],
    [
      'as the rest',
      'function show(...replies) { return replies.length; } show(model.invoke(q));',
      ['promise: model.invoke(q)'],
    ],
    [
      'behind spread arguments',
      'function show(a, reply) { return reply.content; } show(...xs, model.invoke(q));',
      ['promise: model.invoke(q)'],
    ],
    [
      'by a function that calls itself',
      'function show(reply) { return show(reply); } show(model.invoke(q));',
      ['promise: model.invoke(q)'],
    ],
  ])('%s', (_name, source, expected) => {
    expect(usesOf(source)).toEqual(expected);
  });
});

describe('responses', () => {
  const inHandler = (statement: string): string =>
    `app.post('/', async (req, res) => { const draft = chain.invoke(q); ${statement} });`;

  test.each([
    ['res.json()', 'res.json(draft);', ['json: draft']],
    ['res.json() of an object', 'res.json({ id: 1, draft });', ['json: draft']],
    ['res.status().send()', 'res.status(200).send({ draft });', ['json: draft']],
    ['res.write()', 'res.write(draft);', ['text: draft']],
    ['res.end()', 'res.end(draft);', ['text: draft']],
    ['NextResponse.json()', 'return NextResponse.json({ draft });', ['json: draft']],
    ['an object of a stream writer, which may take promises', 'res.write({ draft });', ['promise: draft']],
    ['send() of something that the handler was not given', 'queue.send(draft);', ['promise: draft']],
    ['a second argument', "res.send('x', draft);", ['promise: draft']],
  ])('%s', (_name, statement, expected) => {
    expect(usesOf(inHandler(statement))).toEqual(expected);
  });

  test('the body of Koa', () => {
    expect(usesOf('router.get("/", async (ctx) => { ctx.body = chain.invoke(q); });')).toEqual([
      'json: chain.invoke(q)',
    ]);
    expect(
      usesOf(code`
        router.get("/", async (ctx) => { ctx.response.body = { draft: chain.invoke(q) }; });
      `),
    ).toEqual(['json: chain.invoke(q)']);
    expect(usesOf('const ctx = {}; ctx.body = chain.invoke(q);')).toEqual(['promise: chain.invoke(q)']);
  });
});
