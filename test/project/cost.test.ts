/** How often other files are parsed: times vary, counts do not. */
import * as typescriptParser from '@typescript-eslint/parser';
import type { Linter } from 'eslint';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { code } from '../helpers/code.ts';
import { TestProject } from '../helpers/project.ts';

const parsed: string[] = [];
/** Counts by file name; the linted file is parsed by ESLint. */
const parser: Linter.Parser = {
  parseForESLint(text, options) {
    const { filePath = '' } = options as { readonly filePath?: string };
    parsed.push(filePath.replaceAll('\\', '/').split('/').at(-1) ?? '');
    return typescriptParser.parseForESLint(text, options as never) as never;
  },
};

let project: TestProject;

let now = performance.now();

beforeEach(() => {
  parsed.length = 0;
  // The first lint sees that the projects of other tests are gone, the next ones take the disk to be unchanged.
  now += 1000;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
});

afterEach(() => {
  vi.restoreAllMocks();
  project.remove();
});

const model = code`
  import { ChatOpenAI } from '@langchain/openai';
  export const model = new ChatOpenAI({ model: 'gpt-4.1-mini' });
  export const getModel = () => new ChatOpenAI({ model: 'gpt-4.1-mini' });
`;
const manifest = '{ "dependencies": { "@langchain/openai": "1.0.0" } }';

function lint(file: string, text: string): readonly string[] {
  const from = parsed.length;
  project.lint(file, text, { parser });
  return parsed.slice(from);
}

describe('no other file is parsed', () => {
  const routes = code`
    import { Router } from 'express';
    import { getModel } from './model';
    export const router = Router().post('/questions', async (req, res) => res.json(await getModel().invoke(req.body)));
  `;

  test('in a project without LangChain', () => {
    project = new TestProject({ 'package.json': '{}', 'src/model.ts': model });
    expect(lint('src/routes.ts', routes)).toEqual(['routes.ts']);
  });

  test('where LangChain is out of reach', () => {
    project = new TestProject({
      'package.json': manifest,
      'src/model.ts': "export * from './nothing';\n",
      'src/nothing.ts': 'export const getModel = () => null;\n',
    });
    expect(lint('src/routes.ts', routes)).toEqual(['routes.ts']);
  });

  test('where a barrel leads there by another name', () => {
    project = new TestProject({
      'package.json': manifest,
      'src/index.ts': "export * from './format';\nexport * from './model';\n",
      'src/format.ts': 'export const format = (text: string) => text.trim();\n',
      'src/model.ts': model,
    });
    const text = code`
      import { Router } from 'express';
      import { format } from './index';
      export const router = Router().post('/questions', async (req, res) => res.json(format(req.body)));
    `;
    expect(lint('src/routes.ts', text)).toEqual(['routes.ts']);
  });

  test('for a helper that cannot give up on the call it is handed', () => {
    project = new TestProject({
      'package.json': manifest,
      'src/print.ts': 'export const print = async (answer: Promise<unknown>) => console.log(await answer);\n',
    });
    const text = code`
      import { ChatOpenAI } from '@langchain/openai';
      import { print } from './print';
      const model = new ChatOpenAI({ model: 'gpt-4.1-mini' });
      export const ask = async (question: string) => await print(model.invoke(question));
    `;
    expect(lint('src/ask.ts', text)).toEqual(['ask.ts']);
  });

  test('where no call depends on it', () => {
    project = new TestProject({ 'package.json': manifest, 'src/model.ts': model });
    const text = code`
      import { getModel, model } from './model';
      export const answer = (question: string) => model.name + getModel().name + question.trim();
    `;
    expect(lint('src/answer.ts', text)).toEqual(['answer.ts']);
  });

  test('for the imports of a file that uses LangChain itself and has no handler', () => {
    project = new TestProject({ 'package.json': manifest, 'src/model.ts': model });
    const text = code`
      import { StringOutputParser } from '@langchain/core/output_parsers';
      import { getModel } from './model';
      export const chain = getModel().pipe(new StringOutputParser());
    `;
    expect(lint('src/chain.ts', text)).toEqual(['chain.ts']);
  });
});

test('another file is parsed once for all that import it, and not again when it has been linted', () => {
  project = new TestProject({ 'package.json': manifest, 'src/model.ts': model });
  const text = code`
    import { model } from './model';
    await model.batch(questions);
  `;
  expect(lint('src/one.ts', text)).toEqual(['one.ts', 'model.ts']);
  expect(lint('src/two.ts', text)).toEqual(['two.ts']);
  project.write({ 'src/other.ts': model });
  expect(lint('src/other.ts', model)).toEqual(['other.ts']);
  expect(lint('src/three.ts', text.replace("model'", "other'"))).toEqual(['three.ts']);
});

test('another file is not parsed again when something comes and goes beside it', () => {
  project = new TestProject({ 'package.json': manifest, 'src/model.ts': model });
  const text = code`
    import { model } from './model';
    await model.batch(questions);
  `;
  expect(lint('src/one.ts', text)).toEqual(['one.ts', 'model.ts']);
  project.write({ 'notes.md': '', 'src/notes.md': '', 'dist/one.js': '' });
  now += 1000;
  expect(lint('src/two.ts', text)).toEqual(['two.ts']);
});

test('at most 200 other files are parsed for one, and `debug` says so', () => {
  const numbers = Array.from({ length: 205 }, (_, index) => String(index));
  project = new TestProject({
    'package.json': manifest,
    ...Object.fromEntries(numbers.map((each) => [`src/model${each}.ts`, model])),
  });
  const text = [
    ...numbers.map((each) => `import { model as model${each} } from './model${each}';\n`),
    ...numbers.map((each) => `await model${each}.batch(questions);\n`),
  ].join('');
  const shown = vi.spyOn(console, 'error').mockReturnValue();
  const reports = project.lint('src/app.ts', text, { parser, settings: { debug: true } });
  expect(parsed).toHaveLength(201);
  expect(reports.filter(({ ruleId }) => ruleId === 'langchain/require-max-concurrency')).toHaveLength(200);
  expect(shown.mock.calls.flat().filter((line) => String(line).includes('leads to more than'))).toEqual([
    `${project.path('src/app.ts')} leads to more than 200 other files, or 1000000 characters. The rest are not read.`,
  ]);
});
