/** Engines that offer less than ESLint does. */
import { symlinkSync } from 'node:fs';
import * as parser from '@typescript-eslint/parser';
import { describe, expect, test } from 'vitest';
import { AST_NODE_TYPES } from '../../src/ast/types.ts';
import { code } from '../helpers/code.ts';
import { findMarked, findNodes, parseFile } from '../helpers/file.ts';
import { TestProject } from '../helpers/project.ts';

const text = code`
  import { StateGraph } from '@langchain/langgraph';
  import { model } from './model';
  $(model);
`;

function trace(languageOptions: Readonly<Record<string, unknown>>): string {
  const project = new TestProject({
    'src/model.ts': code`
      import { ChatOpenAI } from '@langchain/openai';
      export const model = new ChatOpenAI({});
    `,
  });
  try {
    const file = parseFile(text, { filename: project.path('src/app.ts'), languageOptions });
    const [marked] = findMarked(file);
    return marked ? file.trace(marked).type : 'nothing';
  } finally {
    project.remove();
  }
}

describe('another file is read with', () => {
  test.each([
    ['the parser', { parser, parserOptions: {} }],
    ['the parser that the parser of a component file names', { parser: {}, parserOptions: { parser } }],
    ['the parser that it names for TypeScript', { parser: {}, parserOptions: { parser: { js: null, ts: parser } } }],
    [
      'the parser, without the options of a type-checked program',
      { parser, parserOptions: { projectService: true, project: './nowhere.json', tsconfigRootDir: '/nowhere' } },
    ],
  ])('%s', (_name, languageOptions) => {
    expect(trace(languageOptions)).toBe('langchain');
  });
});

describe('the file is judged by itself with', () => {
  test.each<[string, Readonly<Record<string, unknown>>]>([
    ['no parser', {}],
    [
      'a parser that cannot be called',
      { parser: { name: 'parser' }, parserOptions: { parser: '@typescript-eslint/parser' } },
    ],
    [
      'a parser that throws',
      {
        parser: {
          parse: () => {
            throw new SyntaxError('No.');
          },
        },
        parserOptions: {},
      },
    ],
    // As in oxlint.
    [
      'a property that throws',
      Object.defineProperty({}, 'parser', {
        get: () => {
          throw new Error('not supported');
        },
      }),
    ],
  ])('%s', (_name, languageOptions) => {
    expect(trace(languageOptions)).toBe('export');
  });
});

test('a node of another file is answered there, and its text is that file’s', () => {
  const project = new TestProject({
    'src/model.ts': code`
      // A comment that moves what follows.
      import { ChatOpenAI } from '@langchain/openai';
      export const create = (name: string) => new ChatOpenAI({ name });
    `,
  });
  try {
    const file = parseFile(
      code`
        import '@langchain/openai';
        import { create } from './model';
        $(create);
      `,
      {
        filename: project.path('src/app.ts'),
        languageOptions: { parser, parserOptions: {} },
      },
    );
    const [marked] = findMarked(file);
    const traced = marked && file.trace(marked);
    if (!marked || traced?.type !== 'function') throw new Error('It is not traced.');
    expect(file.owns(traced.node)).toBe(false);
    expect(file.of(traced.node).filename).toBe(project.path('src/model.ts'));
    expect(file.getText(traced.node.body)).toBe('new ChatOpenAI({ name })');
    expect(file.trace(traced.node.body).type).toBe('langchain');
    expect(file.alone.trace(marked).type).toBe('export');
    const [own] = findNodes(file, AST_NODE_TYPES.CallExpression);
    expect(own && file.owns(own)).toBe(true);
  } finally {
    project.remove();
  }
});

test('names that no file system takes lead nowhere', () => {
  const names = [
    './' + 'a'.repeat(10_000),
    './a\\0b',
    'x'.repeat(300),
    '@acme/' + 'y'.repeat(300),
    './loop',
    './loop/model',
    './folder.ts',
    './'.repeat(3000),
    '#' + 'z'.repeat(300),
  ];
  const project = new TestProject({
    'package.json': '{ "dependencies": { "@langchain/openai": "1" }, "imports": { "#*": "./src/*" } }',
    'tsconfig.json': '{ "compilerOptions": { "paths": { "x*": ["./src/x*"] } } }',
    'src/folder.ts/model.ts': '',
  });
  symlinkSync('loop', project.path('src/loop'));
  try {
    const importing = names.map(
      (name, index) => code`
        import { model as model${String(index)} } from '${name}';
        $(model${String(index)});
      `,
    );
    const file = parseFile(
      code`
        import '@langchain/openai';
        ${importing.join('')}
      `,
      {
        filename: project.path('src/app.ts'),
        languageOptions: { parser, parserOptions: {} },
      },
    );
    expect(findMarked(file).map((node) => file.trace(node).type)).toEqual(names.map(() => 'export'));
  } finally {
    project.remove();
  }
});
