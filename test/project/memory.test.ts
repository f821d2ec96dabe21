/** What is kept from one linted file to the next: trees that can be freed are freed. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as typescriptParser from '@typescript-eslint/parser';
import type { Linter } from 'eslint';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { code } from '../helpers/code.ts';
import { TestProject } from '../helpers/project.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

let trees: WeakRef<object>[] = [];
const parser: Linter.Parser = {
  parseForESLint(text, options) {
    const result = typescriptParser.parseForESLint(text, options as never);
    trees.push(new WeakRef(result.ast));
    return result as never;
  },
};

let project: TestProject;

beforeEach(() => {
  trees = [];
});

afterEach(() => {
  project.remove();
});

/** References made in the same job keep what they refer to. */
async function countTrees(): Promise<number> {
  await new Promise((resolve) => {
    setTimeout(resolve);
  });
  collectGarbage();
  return trees.filter((tree) => tree.deref() !== undefined).length;
}

const manifest = '{ "dependencies": { "@langchain/openai": "1.0.0" } }';
const padding = `${'// A line of forty characters of comments.\n'.repeat(4000)}\n`;
const model = code`
  import { ChatOpenAI } from '@langchain/openai';
  export const model = new ChatOpenAI({ model: 'gpt-4.1-mini' });
  ${padding}
`;

test('of many linted files, no tree but the last is kept', async () => {
  project = new TestProject({ 'package.json': manifest });
  for (let index = 0; index < 30; index++) project.lint(`src/model${String(index)}.ts`, model, { parser });
  expect(trees).toHaveLength(30);
  expect(await countTrees()).toBeLessThanOrEqual(2);
});

test('of many imported files, the trees of as many as fit are kept', async () => {
  const models = Array.from({ length: 60 }, (_, index): [string, string] => [`src/model${String(index)}.ts`, model]);
  project = new TestProject({ 'package.json': manifest, ...Object.fromEntries(models) });
  for (let index = 0; index < 60; index++) {
    const text = code`
      import { model } from './model${String(index)}';
      await model.batch(questions);
    `;
    project.lint(`src/batch${String(index)}.ts`, text, { parser });
  }
  expect(trees).toHaveLength(120);
  expect(await countTrees()).toBeLessThanOrEqual(30);
  expect(await countTrees()).toBeGreaterThanOrEqual(20);
});

/** A question is asked in the next file, and there in the one after it. */
const inCircle = (index: number, count: number): string => code`
  import { ChatOpenAI } from '@langchain/openai';
  import { ask${String((index + 1) % count)} as askNext } from './ask${String((index + 1) % count)}';
  const askElsewhere = async (question: string) => (await askNext([question]))[0];
  export async function ask${String(index)}(questions: string[]) {
    const answers: string[] = [];
    for (const question of questions) {
      const model = new ChatOpenAI({ temperature: ${String(index)} });
      answers.push(String((await model.invoke(await askElsewhere(question))).content));
    }
    return answers;
  }
  ${padding}
`;

test('of files that import one another in a circle, no more than of others', async () => {
  const count = 100;
  const files = Array.from({ length: count }, (_, index): [string, string] => [
    `src/ask${String(index)}.ts`,
    inCircle(index, count),
  ]);
  project = new TestProject({ 'package.json': manifest, ...Object.fromEntries(files) });
  for (const [file, text] of files) project.lint(file, text, { parser });
  expect(trees.length).toBeGreaterThan(2 * count - 20);
  expect(await countTrees()).toBeLessThanOrEqual(30);
});

test('of what rests on a file that was left out, nothing', () => {
  const count = 210;
  const files = Array.from({ length: count }, (_, index): [string, string] => [
    `src/model${String(index)}.ts`,
    model.replace(padding, ''),
  ]);
  const first = model.replace('model', 'first').replace(padding, '');
  const last = `${first}export { model as last } from './model${String(count - 1)}';\n`;
  project = new TestProject({ 'package.json': manifest, 'src/last.ts': last, ...Object.fromEntries(files) });
  const calls = files
    .map((_, index) => {
      const name = `model${String(index)}`;
      return `import { model as ${name} } from './${name}';\nawait ${name}.batch(questions);\n`;
    })
    .join('');
  const use = "import { first, last } from './last';\nawait first.batch(questions);\n";
  const reported = project
    .report('src/all.ts', `${use}${calls}await last.batch(questions);\n`)
    .map((report) => Number(/^\d+/u.exec(report)?.[0]));
  expect(reported.length).toBeGreaterThan(100);
  expect(reported).not.toContain(2 * count + 3);
  expect(project.report('src/one.ts', `${use}await last.batch(questions);\n`)).toHaveLength(2);
});

test('an edited file leaves no tree of the version before', async () => {
  project = new TestProject({ 'package.json': manifest, 'src/model.ts': model });
  const text = code`
    import { model } from './model';
    await model.batch(questions);
  `;
  for (let index = 0; index < 20; index++) {
    project.lint('src/batch.ts', `${text}// ${String(index)}\n`, { parser });
    project.write({ 'src/model.ts': `${model}// ${'x'.repeat(index)}\n` });
  }
  expect(trees.length).toBeGreaterThanOrEqual(40);
  expect(await countTrees()).toBeLessThanOrEqual(4);
});

test('other settings for each file leave no more than the same would', async () => {
  project = new TestProject({ 'package.json': manifest, 'src/model.ts': model });
  const text = code`
    import { model } from './model';
    await model.batch(questions);
    ${padding}
  `;
  for (let workers = 1; workers <= 50; workers++) {
    const settings = { budget: { workers, limit: 100 } };
    project.lint('src/batch.ts', text, { parser, settings });
  }
  expect(trees).toHaveLength(51);
  expect(await countTrees()).toBeLessThanOrEqual(40);
});
