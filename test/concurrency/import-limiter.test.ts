import { afterEach, expect, test } from 'vitest';
import { code } from '../helpers/code.ts';
import { TestProject } from '../helpers/project.ts';

let project: TestProject;

afterEach(() => {
  project.remove();
});

/** What the suggestion of a limiter makes of a module; null where there is none. */
function limit(manifest: string, source: string): string | null {
  project = new TestProject({ 'package.json': manifest });
  const [report] = project.lint('src/tag.js', source, { rules: { 'langchain/no-unbounded-concurrency': 'error' } });
  const fix = report?.suggestions?.find(({ desc }) => desc === 'Run each call through p-limit.')?.fix;
  return fix ? source.slice(0, fix.range[0]) + fix.text + source.slice(fix.range[1]) : null;
}

const indexed = code`
  import { model } from './model.js';
  import { ChatOpenAI } from "@langchain/openai";

  const fast = new ChatOpenAI({ model: 'gpt-4.1-mini' });

  export async function tag(docs) {
    return Promise.all(docs.map(async (doc, index) => ({ index, tags: (await fast.invoke(doc)).text })));
  }
`;
const depends = '{ "dependencies": { "@langchain/openai": "1.0.0", "p-limit": "7.0.0" } }';

test('a callback that uses its index, in a package that depends on p-limit', () => {
  expect(limit(depends, indexed)).toBe(code`
    import { model } from './model.js';
    import { ChatOpenAI } from "@langchain/openai";
    import pLimit from "p-limit";

    const fast = new ChatOpenAI({ model: 'gpt-4.1-mini' });

    export async function tag(docs) {
      const limit = pLimit(5);
      return Promise.all(docs.map((doc, index) => limit(async () => ({ index, tags: (await fast.invoke(doc)).text }))));
    }
  `);
});

test('a loop that pushes', () => {
  const source = code`
    import { ChatOpenAI } from '@langchain/openai'
    const fast = new ChatOpenAI({ model: 'gpt-4.1-mini' })
    export async function tag(docs) {
      const calls = []
      for (const doc of docs) calls.push(fast.invoke(doc))
      return Promise.all(calls)
    }
  `;
  expect(limit(depends, source)).toBe(code`
    import { ChatOpenAI } from '@langchain/openai'
    import pLimit from 'p-limit'
    const fast = new ChatOpenAI({ model: 'gpt-4.1-mini' })
    export async function tag(docs) {
      const calls = []
      const limit = pLimit(5);
      for (const doc of docs) calls.push(limit(() => fast.invoke(doc)))
      return Promise.all(calls)
    }
  `);
});

test.each([
  ['that does not depend on it', '{ "dependencies": { "@langchain/openai": "1.0.0" } }'],
  ['that needs it for its tools only', '{ "dependencies": {}, "devDependencies": { "p-limit": "7.0.0" } }'],
])('nothing in a package %s', (_name, manifest) => {
  expect(limit(manifest, indexed)).toBe(null);
});

test('nothing where the name is taken', () => {
  expect(limit(depends, `${indexed}\nfunction pLimit() {}\n`)).toBe(null);
});
