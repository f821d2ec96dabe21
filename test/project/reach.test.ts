import { describe, expect, test } from 'vitest';
import { Reach } from '../../src/project/reach.ts';
import { type Marks, summarise } from '../../src/project/summary.ts';

/** Files named `./x`, by their texts. Which were read is kept, and how often. */
function createReach(texts: Readonly<Record<string, string>>): {
  reach: Reach;
  read: Set<string>;
  countReads: () => number;
} {
  const read = new Set<string>();
  let reads = 0;
  const mark = (text: string): Marks => ({
    blocking: false,
    client: false,
    deadline: false,
    langchain: text.includes('@langchain/'),
  });
  const files = {
    read: (file: string) => {
      read.add(file);
      reads++;
      const text = texts[file];
      return text === undefined ? null : { has: mark(text), summary: summarise(text) };
    },
    readDeclarations: () => null,
    find: (specifier: string) => (specifier in texts ? specifier : null),
    mark: ({ specifier }: { specifier: string }) => mark(specifier),
  };
  return { reach: new Reach(files, 'langchain'), read, countReads: () => reads };
}

const model = "import { ChatOpenAI } from '@langchain/openai';\nexport const model = new ChatOpenAI();\n";

describe('a barrel', () => {
  const { reach, read } = createReach({
    './index': "export * from './button';\nexport * from './model';\nexport { card as Card } from './card';\n",
    './button': 'export const Button = () => null;\n',
    './card': 'export const card = () => null;\n',
    './model': model,
  });

  test.each([
    ['Card', false],
    ['Button', false],
    ['model', true],
    ['unheard', false],
    [null, true],
  ])('%s leads to LangChain: %s', (name, expected) => {
    expect(reach.has({ file: './index', name })).toBe(expected);
  });

  test('leads to nothing else for a name that it hands on', () => {
    read.clear();
    reach.clear();
    reach.has({ file: './index', name: 'Card' });
    expect([...read]).toEqual(['./index', './card']);
  });
});

test('a barrel of hundreds of files that is asked for all their names looks at each of them a few times', () => {
  const count = 400;
  const names = Array.from({ length: count }, (_, index) => `part${String(index)}`);
  const { countReads, reach } = createReach({
    './index': ["export * from './model';", ...names.map((name) => `export * from './${name}';`)].join('\n'),
    './model': model,
    ...Object.fromEntries(names.map((name) => [`./${name}`, `export const ${name} = () => null;\n`])),
  });
  for (const name of names) expect(reach.has({ file: './index', name })).toBe(false);
  expect(reach.has({ file: './index', name: 'model' })).toBe(true);
  expect(countReads()).toBeLessThan(6 * count);
});

test.each([
  [
    'an import that the code uses',
    { './a': "import { b } from './b';\nexport const a = () => b();\n", './b': model.replace('model', 'b') },
    true,
  ],
  [
    'an import of another name',
    {
      './a': "import { c } from './b';\nexport const a = () => c();\n",
      './b': `${model}export { c } from './c';\n`,
      './c': 'export const c = 1;\n',
    },
    false,
  ],
  [
    'an import and an export of it',
    { './a': "import { model } from './b';\nexport { model as a };\n", './b': model },
    true,
  ],
  [
    'a namespace',
    { './a': "import * as all from './b';\nexport const a = all;\n", './b': "export * from './c';\n", './c': model },
    true,
  ],
  ['an export of a package', { './a': "export { ChatOpenAI as a } from '@langchain/openai';\n" }, true],
  ['all exports of a package', { './a': "export * from '@langchain/openai';\n" }, true],
  ['require()', { './a': "exports.a = require('./b');\n", './b': model }, true],
  [
    'destructured exports',
    { './a': "import { model } from './b';\nexport const { a } = model;\n", './b': model },
    true,
  ],
  [
    'files that import one another',
    {
      './a': "export * from './b';\n",
      './b': "export * from './a';\nexport * from './c';\n",
      './c': "export * from './b';\n",
    },
    false,
  ],
  ['a file that is not there', {}, false],
])('%s', (_name, texts, expected) => {
  expect(createReach(texts).reach.has({ file: './a', name: 'a' })).toBe(expected);
});

test('what was found on the way is known', () => {
  const { reach, read } = createReach({
    './a': "import { b } from './b';\nexport const a = b;\n",
    './b': "import { model } from './c';\nexport const b = model;\n",
    './c': model,
  });
  expect(reach.has({ file: './a', name: 'a' })).toBe(true);
  read.clear();
  expect(reach.has({ file: './b', name: 'b' })).toBe(true);
  expect(read.size).toBe(0);
});
