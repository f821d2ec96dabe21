import { code } from '../helpers/code.ts';

/** A way in which a project may have many files, of which `main.ts` is linted. */
export interface Web {
  readonly name: string;
  /** The least number of files that is tried; eight times as many is the most. */
  readonly n: number;
  readonly write: (size: number) => Readonly<Record<string, string>>;
}

type Files = ReturnType<Web['write']>;

const numbersTo = (size: number): readonly number[] => Array.from({ length: size }, (_, index) => index + 1);

/** One file for each number from 1. */
function writeEach(size: number, write: (index: number) => string): Files {
  return Object.fromEntries(numbersTo(size).map((index) => [`f${index}.ts`, write(index)]));
}

const MANIFEST: Files = { 'package.json': '{ "dependencies": { "@langchain/openai": "^1.0.0" } }' };
const IMPORT = "import { ChatOpenAI } from '@langchain/openai';\n";

/** A handler that makes calls, in a file that imports. */
function handle(imports: string, call: string): Files {
  return {
    ...MANIFEST,
    'main.ts': `import express from 'express';
${imports}
const app = express();
app.post('/ask', async (req, res) => {
  for (const text of req.body.texts) res.write(await ${call});
  res.json(await Promise.all(req.body.texts.map((text) => ${call})));
});
`,
  };
}

const named = (size: number): string => `import { ask } from './f${size}';`;

const webs: Readonly<Record<string, (size: number) => Files>> = {
  'functions that call one another': (size) => ({
    ...handle(`import { ask${size} } from './f${size}';`, `ask${size}(text)`),
    ...writeEach(size, (i) =>
      i === 1
        ? `${IMPORT}export const ask1 = async (x: string) => await new ChatOpenAI().invoke(x);`
        : code`
          ${IMPORT}import { ask${i - 1} } from './f${i - 1}';
          export const ask${i} = async (x: string) => [await ask${i - 1}(x), await ask${i - 1}(x)];
        `,
    ),
  }),
  'functions that call one another in a ring': (size) => ({
    ...handle("import { ask1 } from './f1';", 'ask1(text)'),
    ...writeEach(
      size,
      (i) => `${IMPORT}import { ask${(i % size) + 1} } from './f${(i % size) + 1}';
export async function ask${i}(x: string) {
  await ask${(i % size) + 1}(x);
  return await new ChatOpenAI({ maxConcurrency: 1 }).invoke(x);
}`,
    ),
  }),
  'models that are handed on': (size) => ({
    ...handle(`import { model } from './f${size}';`, 'model.invoke(text)'),
    ...writeEach(size, (i) =>
      i === 1
        ? `${IMPORT}export const model = new ChatOpenAI();`
        : code`
          ${IMPORT}import { model as base } from './f${i - 1}';
          export const model = base.withConfig({ tags: ['${i}'] });
        `,
    ),
  }),
  'classes that extend one another': (size) => ({
    ...handle(`import { S${size} } from './f${size}';\nconst service = new S${size}();`, 'service.ask(text)'),
    ...writeEach(size, (i) =>
      i === 1
        ? `${IMPORT}export class S1 { model = new ChatOpenAI(); ask(x: string) { return this.model.invoke(x); } }`
        : code`
          ${IMPORT}import { S${i - 1} } from './f${i - 1}';
          export class S${i} extends S${i - 1} { ask(x: string) { return super.ask(x); } }
        `,
    ),
  }),
  'types that hold one another': (size) => ({
    ...handle(`import type { T${size} } from './f${size}';\ndeclare const held: T${size};`, 'held.model.invoke(text)'),
    ...writeEach(size, (i) =>
      i === 1
        ? `${IMPORT}export interface T1 { model: ChatOpenAI }`
        : code`
          ${IMPORT}import type { T${i - 1} } from './f${i - 1}';
          export type T${i} = T${i - 1} & { other${i}: T${i - 1} };
        `,
    ),
  }),
  'barrels of barrels': (size) => ({
    ...handle(named(size), 'ask(text)'),
    ...writeEach(size, (i) =>
      i === 1
        ? `${IMPORT}export const ask = async (x: string) => await new ChatOpenAI().invoke(x);`
        : `export * from './f${i - 1}';\nexport const other${i} = ${i};`,
    ),
  }),
  'barrels of two barrels': (size) => ({
    ...handle(named(size), 'ask(text)'),
    ...writeEach(size, (i) =>
      i < 3
        ? `${IMPORT}export const ${i === 1 ? 'ask' : 'other'} = async (x: string) => await new ChatOpenAI().invoke(x);`
        : `export * from './f${i - 2}';\nexport * from './f${i - 1}';`,
    ),
  }),
  'a barrel of all': (size) => ({
    ...handle("import { ask1 } from './all';", 'ask1(text)'),
    'all.ts': numbersTo(size)
      .map((i) => `export * from './f${i}';`)
      .join('\n'),
    ...writeEach(
      size,
      (i) =>
        `${IMPORT}export const ask${i} = async (x: string) => await new ChatOpenAI({ temperature: ${i} }).invoke(x);`,
    ),
  }),
  're-exports in a ring': (size) => ({
    ...handle("import { ask } from './f1';", 'ask(text)'),
    ...writeEach(
      size,
      (i) =>
        code`
          ${IMPORT}export * from './f${(i % size) + 1}';
          export * from './f${((i + 2) % size) + 1}';
          export * from './f${((i + 4) % size) + 1}';
        `,
    ),
  }),
  're-exports by name in a ring': (size) => ({
    ...handle("import { ask1 } from './f1';", 'ask1(text)'),
    ...writeEach(size, (i) => `${IMPORT}export { ask${(i % size) + 1} as ask${i} } from './f${(i % size) + 1}';`),
  }),
  imports: (size) => ({
    ...handle(
      numbersTo(size)
        .map((i) => `import { ask${i} } from './f${i}';`)
        .join('\n'),
      `Promise.all([${numbersTo(size)
        .map((i) => `ask${i}(text)`)
        .join(', ')}])`,
    ),
    ...writeEach(
      size,
      (i) =>
        `${IMPORT}export const ask${i} = async (x: string) => await new ChatOpenAI({ temperature: ${i} }).invoke(x);`,
    ),
  }),
};

export const WEBS: readonly Web[] = Object.entries(webs).map(([name, write]) => ({
  name: `files, ${name}`,
  n: 6,
  write,
}));
