/** What changes on the disk while an editor runs is seen at the next lint. */
import { renameSync, rmSync, symlinkSync, unlinkSync, utimesSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { getVersion } from '../../src/langchain/version.ts';
import { code } from '../helpers/code.ts';
import { parseFile } from '../helpers/file.ts';
import { TestProject } from '../helpers/project.ts';

let project: TestProject;

let now = performance.now();

beforeEach(() => {
  vi.spyOn(performance, 'now').mockImplementation(() => now);
});

afterEach(() => {
  vi.restoreAllMocks();
  project.remove();
});

const manifest = '{ "dependencies": { "@langchain/openai": "1.0.0", "express": "5.0.0" } }';
const perCall = code`
  import { ChatOpenAI } from '@langchain/openai';
  export const getModel = () => new ChatOpenAI({ maxConcurrency: 5 });
`;
const shared = code`
  import { ChatOpenAI } from '@langchain/openai';
  const model = new ChatOpenAI({ maxConcurrency: 5 });
  export const getModel = () => model;
`;

/** The number of reports on a route that calls an imported factory: one when the factory is known to build a client. */
function lint(specifier: string): number {
  const text = code`
    import { Router } from 'express';
    import { getModel } from '${specifier}';

    export const router = Router().post('/questions', async (req, res) => {
      const answer = await getModel().invoke(req.body.question);
      res.json(answer.content);
    });
  `;
  return project.lint('src/routes.ts', text, { rules: { 'langchain/no-client-in-handler': 'error' } }).length;
}

/** Nobody edits twice within the time for which the disk is taken to be unchanged. */
function wait(): void {
  now += 1000;
}

type Files = Readonly<Record<string, string>>;

describe('becomes known:', () => {
  test.each<[string, string, Files, Files]>([
    ['a file that is created', './m', {}, { 'src/m.ts': perCall }],
    ['a folder that is created', './m', {}, { 'src/m/index.ts': perCall }],
    ['a file in place of a folder', './m', { 'src/m/index.ts': shared }, { 'src/m.ts': perCall }],
    ['the source of an output', './m.js', { 'src/m.js': shared }, { 'src/m.ts': perCall }],
    ['a file that is repaired', './m', { 'src/m.ts': 'export const getModel = ;' }, { 'src/m.ts': perCall }],
    ['a file behind another', './m', { 'src/m.ts': "export * from './n';\n" }, { 'src/n.ts': perCall }],
    [
      'a file behind several',
      './m',
      { 'src/m.ts': "export * from './n';\n", 'src/n.ts': "export { getModel } from './o';\n" },
      { 'src/o.ts': perCall },
    ],
    [
      'a file behind an alias',
      '@/m',
      { 'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }' },
      { 'src/m.ts': perCall },
    ],
    [
      'an alias that is turned to another folder',
      '@/m',
      {
        'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }',
        'src/m.ts': shared,
        'lib/m.ts': perCall,
      },
      { 'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./lib/*"] } } }' },
    ],
    [
      'an alias of a configuration that is extended',
      '@/m',
      {
        'tsconfig.json': '{ "extends": "./tsconfig.base.json" }',
        'tsconfig.base.json': '{}',
        'src/m.ts': perCall,
      },
      { 'tsconfig.base.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }' },
    ],
    [
      'a configuration that is created where another extends it',
      '@/m',
      { 'tsconfig.json': '{ "extends": "./.svelte-kit/tsconfig.json" }', 'src/m.ts': perCall },
      { '.svelte-kit/tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["../src/*"] } } }' },
    ],
    [
      'an alias that is added',
      '@/m',
      { 'tsconfig.json': '{}', 'src/m.ts': perCall },
      { 'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }' },
    ],
    [
      'a tsconfig.json that is created',
      '@/m',
      { 'src/m.ts': perCall },
      { 'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }' },
    ],
    [
      'a tsconfig.json that is repaired',
      '@/m',
      { 'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*"', 'src/m.ts': perCall },
      { 'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }' },
    ],
    [
      'imports of package.json that are added',
      '#m',
      { 'src/m.ts': perCall },
      { 'package.json': manifest.replace('{', '{ "imports": { "#m": "./src/m.ts" },') },
    ],
    [
      'a package that is added to a workspace',
      '@acme/ai',
      { 'package.json': manifest.replace('{', '{ "workspaces": ["packages/*"],') },
      { 'packages/ai/package.json': '{ "name": "@acme/ai" }', 'packages/ai/src/index.ts': perCall },
    ],
    [
      'a workspace that is added',
      '@acme/ai',
      { 'packages/ai/package.json': '{ "name": "@acme/ai" }', 'packages/ai/src/index.ts': perCall },
      { 'pnpm-workspace.yaml': 'packages:\n  - packages/*\n' },
    ],
    [
      'LangChain that is installed',
      './m',
      { 'package.json': '{ "dependencies": { "express": "5.0.0" } }', 'src/m.ts': perCall },
      { 'package.json': manifest },
    ],
    [
      'LangChain that a package of the workspace installs',
      './m',
      {
        'package.json': '{ "workspaces": ["packages/*"] }',
        'packages/ai/package.json': '{ "name": "@acme/ai" }',
        'src/m.ts': perCall,
      },
      { 'packages/ai/package.json': '{ "name": "@acme/ai", "dependencies": { "@langchain/openai": "1.0.0" } }' },
    ],
  ])('%s', (_name, specifier, before, after) => {
    project = new TestProject({ 'package.json': manifest, ...before });
    expect(lint(specifier)).toBe(0);
    wait();
    expect(lint(specifier)).toBe(0);
    project.write(after);
    wait();
    expect(lint(specifier)).toBe(1);
  });
});

describe('is forgotten:', () => {
  test.each<[string, string, Files, string]>([
    ['a file that is deleted', './m', { 'src/m.ts': perCall }, 'src/m.ts'],
    ['a file behind another', './m', { 'src/m.ts': "export * from './n';\n", 'src/n.ts': perCall }, 'src/n.ts'],
    [
      'an alias with its tsconfig.json',
      '@/m',
      { 'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }', 'src/m.ts': perCall },
      'tsconfig.json',
    ],
    [
      'a package that leaves a workspace',
      '@acme/ai',
      {
        'package.json': manifest.replace('{', '{ "workspaces": ["packages/*"],'),
        'packages/ai/package.json': '{ "name": "@acme/ai" }',
        'packages/ai/src/index.ts': perCall,
      },
      'packages/ai/package.json',
    ],
  ])('%s, until it returns', (_name, specifier, files, removed) => {
    const all: Files = { 'package.json': manifest, ...files };
    project = new TestProject(all);
    expect(lint(specifier)).toBe(1);
    rmSync(project.path(removed));
    wait();
    expect(lint(specifier)).toBe(0);
    project.write({ [removed]: all[removed] ?? '' });
    wait();
    expect(lint(specifier)).toBe(1);
  });
});

describe('at once, without waiting:', () => {
  test.each<[string, string, Files, Files, number]>([
    ['a file that is created', './m', {}, { 'src/m.ts': perCall }, 1],
    ['a file that changes', './m', { 'src/m.ts': perCall }, { 'src/m.ts': shared }, 0],
    ['a file that breaks', './m', { 'src/m.ts': perCall }, { 'src/m.ts': 'export const getModel = ;' }, 0],
    ['a file in place of a folder', './m', { 'src/m/index.ts': shared }, { 'src/m.ts': perCall }, 1],
    ['the source of an output', './m.js', { 'src/m.js': shared }, { 'src/m.ts': perCall }, 1],
    [
      'a file behind an alias',
      '@/m',
      {
        'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }',
        'src/m.ts': perCall,
      },
      { 'src/m.ts': shared },
      0,
    ],
  ])('%s that is imported itself', (_name, specifier, before, after, reports) => {
    project = new TestProject({ 'package.json': manifest, ...before });
    expect(lint(specifier)).toBe(1 - reports);
    project.write(after);
    expect(lint(specifier)).toBe(reports);
  });

  test('a link that is turned to another file', () => {
    project = new TestProject({ 'package.json': manifest, 'src/one.ts': perCall, 'src/two.ts': shared });
    symlinkSync('one.ts', project.path('src/m.ts'));
    expect(lint('./m')).toBe(1);
    unlinkSync(project.path('src/m.ts'));
    symlinkSync('two.ts', project.path('src/m.ts'));
    expect(lint('./m')).toBe(0);
  });

  test('a file of the same size and time', () => {
    const time = new Date(2024, 1, 1);
    const other = perCall.replace('const', 'const other = null; export const');
    const same = other.replace('other = null', 'none  = null').replace('getModel', 'getOther');
    project = new TestProject({ 'package.json': manifest, 'src/m.ts': other, 'src/n.ts': same });
    for (const file of ['src/m.ts', 'src/n.ts']) utimesSync(project.path(file), time, time);
    expect(lint('./m')).toBe(1);
    renameSync(project.path('src/n.ts'), project.path('src/m.ts'));
    expect(lint('./m')).toBe(0);
  });
});

test('the version of LangChain that is installed', () => {
  const installed = (version: string): Files => ({
    'node_modules/@langchain/core/package.json': `{ "version": "${version}" }`,
  });
  project = new TestProject({ 'package.json': manifest, ...installed('0.3.80') });
  const filename = project.path('src/app.ts');
  const read = (): string | null => getVersion(parseFile("import '@langchain/openai';\n", { filename }));
  expect(read()).toBe('0.3.80');
  project.write(installed('1.4.0'));
  wait();
  expect(read()).toBe('1.4.0');
  rmSync(project.path('node_modules'), { recursive: true });
  wait();
  expect(read()).toBeNull();
});
