import type { TSESTree } from '@typescript-eslint/utils';
import { describe, expect, it } from 'vitest';
import { getModuleStatement } from '../../../src/ast/ancestors.ts';
import { contains, isFunction, isLoop } from '../../../src/ast/nodes.ts';
import { AST_NODE_TYPES } from '../../../src/ast/types.ts';
import { type Hoist, hoist } from '../../../src/fix/hoist/hoist.ts';
import { code } from '../../helpers/code.ts';
import { findNodes, parseFile } from '../../helpers/file.ts';

const IMPORT = "import { ChatOpenAI } from '@langchain/openai';\n";

interface Result {
  readonly move: Hoist | null;
  readonly output: string | null;
}

/**
 * Hoists the first `new` or the first call of `make()` above the outermost loop or `map()` around it, or above its
 * statement of the module.
 */
function run(text: string, above: 'loop' | 'module' = 'loop'): Result {
  const file = parseFile(IMPORT + text);
  const values = [
    ...findNodes(file, AST_NODE_TYPES.NewExpression),
    ...findNodes(file, AST_NODE_TYPES.CallExpression).filter(
      ({ callee }) => callee.type === AST_NODE_TYPES.Identifier && callee.name === 'make',
    ),
  ];
  const [value] = values;
  if (!value) throw new Error('Nothing to hoist.');
  const move = hoist(file, value, above === 'loop' ? findOutermost(value) : getModuleStatement(value), [
    'model',
    'chatModel',
  ]);
  if (!move) return { move, output: null };
  let output = file.sourceCode.text;
  for (const { range, text: inserted } of move.edits.toSorted((a, b) => b.range[0] - a.range[0])) {
    output = output.slice(0, range[0]) + inserted + output.slice(range[1]);
  }
  return { move, output: output.slice(IMPORT.length) };
}

function findOutermost(value: TSESTree.Node): TSESTree.Node {
  let outermost: TSESTree.Node | null = null;
  for (let current = value.parent; current; current = current.parent) {
    const isMap =
      current.type === AST_NODE_TYPES.CallExpression &&
      current.arguments.some((argument) => isFunction(argument) && contains(argument, value));
    if (isLoop(current) || isMap) outermost = current;
  }
  if (!outermost) throw new Error('Not in a loop.');
  return outermost;
}

function reasons({ move }: Result): string[] {
  return Object.entries(move?.unless ?? {}).flatMap(([reason, holds]) => (holds ? [reason] : []));
}

describe('the text', () => {
  it.each([
    [
      'lines keep their order within the declaration, with the indentation of the place',
      code`
        async function run() {
          if (ready) {
            for (const doc of docs) {
              const model = new ChatOpenAI({
                model: 'gpt-4o',
              });
              await model.invoke(doc);
            }
          }
        }
      `,
      code`
        async function run() {
          if (ready) {
            const model = new ChatOpenAI({
              model: 'gpt-4o',
            });
            for (const doc of docs) {
              await model.invoke(doc);
            }
          }
        }
      `,
    ],
    [
      'tabs',
      code`
        async function run() {
        \tfor (const doc of docs) {
        \t\tconst model = new ChatOpenAI({
        \t\t\ttemperature: 0,
        \t\t});
        \t\tawait model.invoke(doc);
        \t}
        }
      `,
      code`
        async function run() {
        \tconst model = new ChatOpenAI({
        \t\ttemperature: 0,
        \t});
        \tfor (const doc of docs) {
        \t\tawait model.invoke(doc);
        \t}
        }
      `,
    ],
    [
      'CRLF',
      code`
        for (const doc of docs) {
          const model = new ChatOpenAI();

          await model.invoke(doc);
        }
      `.replaceAll('\n', '\r\n'),
      code`
        const model = new ChatOpenAI();
        for (const doc of docs) {
          await model.invoke(doc);
        }
      `.replaceAll('\n', '\r\n'),
    ],
    [
      'above the comments of the loop, and with a comment on its own line',
      code`
        // All of them.
        /* One by one. */
        for (const doc of docs) {
          // The next one.
          const model = new ChatOpenAI(); // the small one
          await model.invoke(doc);
        }
      `,
      code`
        const model = new ChatOpenAI(); // the small one
        // All of them.
        /* One by one. */
        for (const doc of docs) {
          // The next one.
          await model.invoke(doc);
        }
      `,
    ],
    [
      'a comment that is set apart stays above',
      code`
        // Part one.

        for (const doc of docs) {
          const model = new ChatOpenAI();
          await model.invoke(doc);
        }
      `,
      code`
        // Part one.

        const model = new ChatOpenAI();
        for (const doc of docs) {
          await model.invoke(doc);
        }
      `,
    ],
    [
      'with the instruction for its line',
      code`
        for (const doc of docs) {
          // @ts-expect-error: a newer option
          const model = new ChatOpenAI({ newer: true });
          await model.invoke(doc);
        }
      `,
      code`
        // @ts-expect-error: a newer option
        const model = new ChatOpenAI({ newer: true });
        for (const doc of docs) {
          await model.invoke(doc);
        }
      `,
    ],
    [
      'with the comments in it',
      code`
        for (const doc of docs) {
          const model = new ChatOpenAI({
            // deterministic
            temperature: 0,
          });
          await model.invoke(doc);
        }
      `,
      code`
        const model = new ChatOpenAI({
          // deterministic
          temperature: 0,
        });
        for (const doc of docs) {
          await model.invoke(doc);
        }
      `,
    ],
    [
      'a template keeps its lines',
      code`
        for (const doc of docs) {
          const model = new ChatOpenAI({
            model: \`gpt
            -4o\`,
          });
          await model.invoke(doc);
        }
      `,
      code`
        const model = new ChatOpenAI({
            model: \`gpt
            -4o\`,
          });
        for (const doc of docs) {
          await model.invoke(doc);
        }
      `,
    ],
    [
      'beside other code on the line',
      code`
        for (const doc of docs) { const model = new ChatOpenAI(); await model.invoke(doc); }
      `,
      code`
        const model = new ChatOpenAI();
        for (const doc of docs) { await model.invoke(doc); }
      `,
    ],
    [
      'above a label',
      code`
        outer: for (const doc of docs) {
          const model = new ChatOpenAI();
          if (await model.invoke(doc)) continue outer;
        }
      `,
      code`
        const model = new ChatOpenAI();
        outer: for (const doc of docs) {
          if (await model.invoke(doc)) continue outer;
        }
      `,
    ],
    [
      'in front of brackets, without semicolons',
      code`
        [1, 2].map((doc) => {
          const model = new ChatOpenAI()
          return model.invoke(doc)
        })
      `,
      code`
        const model = new ChatOpenAI();
        [1, 2].map((doc) => {
          return model.invoke(doc)
        })
      `,
    ],
    [
      'in front of brackets, without semicolons, with a remark',
      code`
        [1, 2].map((doc) => {
          const model = new ChatOpenAI() // one for all
          return model.invoke(doc)
        })
      `,
      code`
        const model = new ChatOpenAI(); // one for all
        [1, 2].map((doc) => {
          return model.invoke(doc)
        })
      `,
    ],
    [
      'above a loop that begins behind other code, without semicolons',
      code`
        function run() { for (const doc of docs) {
          const model = new ChatOpenAI()
          model.invoke(doc)
        } }
      `,
      code`
        function run() { const model = new ChatOpenAI(); for (const doc of docs) {
          model.invoke(doc)
        } }
      `,
    ],
    [
      'an expression becomes a constant',
      code`
        const answers = await Promise.all(docs.map((doc) => new ChatOpenAI({
          temperature: 0,
        }).invoke(doc)));
      `,
      code`
        const model = new ChatOpenAI({
          temperature: 0,
        });
        const answers = await Promise.all(docs.map((doc) => model.invoke(doc)));
      `,
    ],
    [
      'an argument',
      code`
        for (const doc of docs) await prompt.pipe(new ChatOpenAI()).invoke(doc);
      `,
      code`
        const model = new ChatOpenAI();
        for (const doc of docs) await prompt.pipe(model).invoke(doc);
      `,
    ],
    [
      'one of several declarations',
      code`
        for (const doc of docs) { const prompt = make2(doc), model = new ChatOpenAI(); await model.invoke(prompt); }
      `,
      code`
        const chatModel = new ChatOpenAI();
        for (const doc of docs) { const prompt = make2(doc), model = chatModel; await model.invoke(prompt); }
      `,
    ],
    [
      'a variable that is written again',
      code`
        for (const doc of docs) { let model = new ChatOpenAI(); if (doc.big) model = big; await model.invoke(doc); }
      `,
      code`
        const chatModel = new ChatOpenAI();
        for (const doc of docs) { let model = chatModel; if (doc.big) model = big; await model.invoke(doc); }
      `,
    ],
    [
      'with what is asserted of it',
      code`
        for (const doc of docs) { const model = new ChatOpenAI() as BaseChatModel; await model.invoke(doc); }
      `,
      code`
        const model = new ChatOpenAI() as BaseChatModel;
        for (const doc of docs) { await model.invoke(doc); }
      `,
    ],
    [
      'in a static block',
      'class Job { static { for (const doc of docs) { const model = new ChatOpenAI(); model.invoke(doc); } } }',
      'class Job { static { const model = new ChatOpenAI(); for (const doc of docs) { model.invoke(doc); } } }',
    ],
  ])('%s', (_, text, output) => {
    expect(run(text).output).toBe(output);
  });

  it('a loop without braces around another', () => {
    expect(
      run(code`
        for (const book of books) for (const page of book) {
          const model = new ChatOpenAI();
          await model.invoke(page);
        }
      `).output,
    ).toBe(code`
      const model = new ChatOpenAI();
      for (const book of books) for (const page of book) {
        await model.invoke(page);
      }
    `);
  });
});

describe('module scope', () => {
  it('goes above the function, its comment and its decorators', () => {
    const text = code`
      /** Answers. */
      export async function POST(request) {
        const model = new ChatOpenAI({ model: 'gpt-4o' });
        return model.invoke(await request.text());
      }
    `;
    expect(run(text, 'module').output).toBe(code`
      const model = new ChatOpenAI({ model: 'gpt-4o' });
      /** Answers. */
      export async function POST(request) {
        return model.invoke(await request.text());
      }
    `);
    expect(
      run(
        code`
          @Injectable()
          export class Service {
            ask(q) {
              const model = new ChatOpenAI();
              return model.invoke(q);
            }
          }
        `,
        'module',
      ).output,
    ).toBe(
      code`
        const model = new ChatOpenAI();
        @Injectable()
        export class Service {
          ask(q) {
            return model.invoke(q);
          }
        }
      `,
    );
  });

  it('not what is made of a parameter, of `this`, or of a constant further down', () => {
    expect(
      run('function ask(name) { const model = new ChatOpenAI({ model: name }); return model; }', 'module').move,
    ).toBeNull();
    expect(
      run('class Service { ask() { const model = new ChatOpenAI({ model: this.name }); return model; } }', 'module')
        .move,
    ).toBeNull();
    expect(
      run(
        "const ask = () => { const model = new ChatOpenAI({ model: NAME }); return model; };\nconst NAME = 'gpt-4o';",
        'module',
      ).move,
    ).toBeNull();
    expect(
      run(
        "const NAME = 'gpt-4o';\nconst ask = () => { const model = new ChatOpenAI({ model: NAME }); return model; };",
        'module',
      ).move,
    ).not.toBeNull();
  });

  it('not above a declared function that runs before the constant has its value', () => {
    const fn = 'async function ask(doc) { const model = new ChatOpenAI(); return model.invoke(doc); }';
    expect(run(`ask('now');\n${fn}`, 'module').move).toBeNull();
    expect(run(`const answers = [1, 2].map(ask);\n${fn}\nfunction other() {}\n`, 'module').move).toBeNull();
    expect(run(`function main() { return ask('later'); }\n${fn}\nmain();`, 'module').move).not.toBeNull();
  });
});

describe('refused', () => {
  it.each([
    [
      'no place for a statement: an arrow function',
      'const all = (docs) => docs.map((doc) => new ChatOpenAI().invoke(doc));',
    ],
    [
      'no place for a statement: a case',
      'switch (kind) { case 1: for (const doc of docs) { const model = new ChatOpenAI(); await model.invoke(doc); } }',
    ],
    [
      'the name is declared in the block',
      'const model = 1; for (const doc of docs) { const model = new ChatOpenAI(); await model.invoke(doc); }',
    ],
    [
      'the name is a parameter of the function',
      'function run(model) { for (const doc of docs) { const model = new ChatOpenAI(); model.invoke(doc); } }',
    ],
    [
      'the name is taken between',
      code`
        for (const model of names) {
          for (const doc of docs) {
            const model = new ChatOpenAI();
            await model.invoke(doc);
          }
        }
      `,
    ],
    [
      'the name means something else beside the loop',
      code`
        import model from './model.js';
        function run() {
          use(model);
          for (const doc of docs) {
            const model = new ChatOpenAI();
            model.invoke(doc);
          }
        }
      `,
    ],
    [
      'the name is a global beside the loop',
      'function run() { use(model); for (const doc of docs) { const model = new ChatOpenAI(); model.invoke(doc); } }',
    ],
    [
      'both names are taken',
      'const model = 1, chatModel = 2; for (const doc of docs) await new ChatOpenAI().invoke(doc);',
    ],
    [
      'made of the item',
      'for (const doc of docs) { const model = new ChatOpenAI({ user: doc.user }); await model.invoke(doc); }',
    ],
    [
      'made of a local',
      code`
        for (const doc of docs) {
          const options = { temperature: 0 };
          const model = new ChatOpenAI(options);
          await model.invoke(doc);
        }
      `,
    ],
    [
      'checked before, with another type above',
      code`
        for (const doc of docs) {
          if (!key) continue;
          const model = new ChatOpenAI({ apiKey: key });
          await model.invoke(doc);
        }
      `,
    ],
    [
      'checked before: the environment',
      code`
        for (const doc of docs) {
          if (!process.env.KEY) break;
          const model = new ChatOpenAI({ apiKey: process.env.KEY });
          await model.invoke(doc);
        }
      `,
    ],
    [
      'await in a function that is not async',
      'function run() { return docs.map(async (doc) => { const store = await make(); return store.search(doc); }); }',
    ],
    [
      'await at the top of a module that does not wait yet',
      'docs.map(async (doc) => { const store = await make(); return store.search(doc); });',
    ],
    [
      'yield',
      'function* run() { for (const doc of docs) { const model = new ChatOpenAI(yield); model.invoke(doc); } }',
    ],
    [
      'this of the callback',
      code`
        function run() {
          docs.forEach(function (doc) {
            const model = new ChatOpenAI({ user: this.user });
            model.invoke(doc);
          });
        }
      `,
    ],
  ])('%s', (_, text) => {
    expect(run(text).move).toBeNull();
  });

  it.each([
    [
      'this through arrow functions',
      code`
        class Service {
          run(docs) {
            return docs.map((doc) => {
              const model = new ChatOpenAI({ user: this.user });
              return model.invoke(doc);
            });
          }
        }
      `,
    ],
    [
      'await in an async function',
      code`
        async function run() {
          return docs.map(async (doc) => {
            const store = await make();
            return store.search(doc);
          });
        }
      `,
    ],
    [
      'await at the top of a module that waits',
      'await Promise.all(docs.map(async (doc) => { const store = await make(); return store.search(doc); }));',
    ],
    [
      'the name in another function',
      code`
        function other(model) {
          return model;
        }
        for (const doc of docs) {
          const model = new ChatOpenAI();
          await model.invoke(doc);
        }
      `,
    ],
    [
      'a check of something of the name of an option',
      code`
        for (const doc of docs) {
          if (!temperature) continue;
          const model = new ChatOpenAI({ temperature: 0 });
          await model.invoke(doc);
        }
      `,
    ],
    [
      'a property of the name',
      code`
        use(options.model);
        for (const doc of docs) {
          const model = new ChatOpenAI({ model: 1 });
          await model.invoke(doc);
        }
      `,
    ],
  ])('not for %s', (_, text) => {
    expect(run(text).move).not.toBeNull();
  });
});

describe('reasons to ask first', () => {
  it.each([
    [
      'nothing',
      code`
        const key = 'x';
        for (const doc of docs) {
          const model = new ChatOpenAI({ apiKey: key, temperature: -1, stop: ['a'], a: { b: null } });
          await model.invoke(doc);
        }
      `,
      [],
    ],
    [
      'the environment is plain',
      'for (const doc of docs) { const model = new ChatOpenAI({ apiKey: process.env.KEY }); await model.invoke(doc); }',
      [],
    ],
    [
      'an argument that is not written again',
      code`
        function run(apiKey) {
          for (const doc of docs) {
            const model = new ChatOpenAI({ apiKey });
            model.invoke(doc);
          }
        }
      `,
      [],
    ],
    [
      'an argument that may be an object',
      'function run(cache) { for (const doc of docs) { const model = new ChatOpenAI({ cache }); model.invoke(doc); } }',
      ['what it is made of may change'],
    ],
    [
      'kept in a list',
      'for (const doc of docs) { const model = new ChatOpenAI(); prompt.push(model); await model.invoke(doc); }',
      ['it may be changed, or told from another'],
    ],
    [
      'let',
      'for (const doc of docs) { let model = new ChatOpenAI(); await model.invoke(doc); }',
      ['it is not declared by itself'],
    ],
    ['an expression', 'for (const doc of docs) await new ChatOpenAI().invoke(doc);', ['it is not declared by itself']],
    [
      'await',
      'async function run() { for (const doc of docs) { const store = await make(); store.search(doc); } }',
      [
        'it is awaited',
        'its class may do something else each time',
        'what it is made of may change',
        'the environment may be written',
        'it may be changed, or told from another',
      ],
    ],
    [
      'if',
      'for (const doc of docs) { if (doc) { const model = new ChatOpenAI(); await model.invoke(doc); } }',
      ['it stands in a branch'],
    ],
    [
      'try',
      'for (const doc of docs) { try { const model = new ChatOpenAI(); await model.invoke(doc); } catch {} }',
      ['it stands in a branch'],
    ],
    [
      'a call',
      'for (const doc of docs) { const model = new ChatOpenAI({ apiKey: getKey() }); await model.invoke(doc); }',
      ['what it is made of may change', 'the environment may be written'],
    ],
    [
      'a spread',
      'for (const doc of docs) { const model = new ChatOpenAI({ ...defaults }); await model.invoke(doc); }',
      ['what it is made of may change'],
    ],
    [
      'a function',
      code`
        for (const doc of docs) {
          const model = new ChatOpenAI({ onFailedAttempt: () => {} });
          await model.invoke(doc);
        }
      `,
      ['what it is made of may change'],
    ],
    [
      'a variable that is written again',
      code`
        let key = 'a';
        key = 'b';
        for (const doc of docs) {
          const model = new ChatOpenAI({ key });
          await model.invoke(doc);
        }
      `,
      ['what it is made of may change'],
    ],
    [
      'a member',
      'for (const doc of docs) { const model = new ChatOpenAI({ key: config.key }); await model.invoke(doc); }',
      ['what it is made of may change'],
    ],
    [
      'process.env is written',
      'for (const doc of docs) { process.env.KEY = doc; const model = new ChatOpenAI(); await model.invoke(doc); }',
      ['the environment may be written'],
    ],
    [
      'process.env is deleted from',
      'for (const doc of docs) { delete process.env.KEY; const model = new ChatOpenAI(); await model.invoke(doc); }',
      ['the environment may be written'],
    ],
    [
      'process.env is assigned to',
      code`
        for (const doc of docs) {
          Object.assign(process.env, doc);
          const model = new ChatOpenAI();
          await model.invoke(doc);
        }
      `,
      ['the environment may be written'],
    ],
    [
      'dotenv is loaded',
      code`
        import dotenv from 'dotenv';
        for (const doc of docs) {
          dotenv.config({ path: doc });
          const model = new ChatOpenAI();
          await model.invoke(doc);
        }
      `,
      ['the environment may be written'],
    ],
    [
      'returned',
      'docs.map((doc) => { const model = new ChatOpenAI(); return model; });',
      ['it may be changed, or told from another'],
    ],
    [
      'given to a function',
      'for (const doc of docs) { const model = new ChatOpenAI(); use(model, doc); }',
      ['the environment may be written', 'it may be changed, or told from another'],
    ],
    [
      'a property of it',
      'for (const doc of docs) { const model = new ChatOpenAI(); model.callbacks; await model.invoke(doc); }',
      ['it may be changed, or told from another'],
    ],
  ])('%s', (_, text, expected) => {
    expect(reasons(run(text))).toEqual(expected);
  });

  it('a chain, list or agent of LangChain’s may hold it', () => {
    const text = code`
      import { ChatPromptTemplate } from '@langchain/core/prompts';
      import { RunnableSequence } from '@langchain/core/runnables';
      import { createAgent } from 'langchain';
      const prompt = ChatPromptTemplate.fromTemplate('{x}');
      for (const doc of docs) {
        const model = new ChatOpenAI();
        await prompt.pipe(model).invoke(doc);
        await RunnableSequence.from([prompt, model]).invoke(doc);
        await createAgent({ model, tools: [] }).invoke(doc);
      }
    `;
    expect(reasons(run(text))).toEqual([]);
  });
});
