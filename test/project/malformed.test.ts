/**
 * Manifests that are no manifests, as they stand in an editor for a moment, read as absent; nothing hangs or throws.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { code } from '../helpers/code.ts';
import { TestProject } from '../helpers/project.ts';

let project: TestProject;

afterEach(() => {
  project.remove();
});

const manifest = '{ "dependencies": { "@langchain/openai": "1.0.0", "express": "5.0.0" } }';
const model = code`
  import { ChatOpenAI } from '@langchain/openai';
  export const getModel = () => new ChatOpenAI({ maxConcurrency: 5 });
`;
/** Names of each sort, so that all that resolves names is asked. */
const names = ['@/model', '@acme/ai', '@acme/ai/model', '#model', 'react', '$lib/model', '~/model', 'src/model'];

/** The reports on routes that call an imported factory. */
function lint(specifiers: readonly string[]): readonly (string | null)[] {
  const routes = specifiers.map(
    (specifier, index) => code`
      import { getModel as getModel${String(index)} } from '${specifier}';
      router.post('/${String(index)}', async (req, res) => res.json(await getModel${String(index)}().invoke(req.body)));
    `,
  );
  const text = code`
    import { Router } from 'express';
    const router = Router();
    ${routes.join('')}
  `;
  const rules = { 'langchain/no-client-in-handler': 'error' } as const;
  return project.lint('src/routes.ts', text, { rules }).map(({ ruleId }) => ruleId);
}

/** Whole files. */
const texts = [
  '',
  ' ',
  '[]',
  'null',
  'true',
  '5',
  '"x"',
  '{',
  '{ "compilerOptions": {',
  '{ "compilerOptions": { "paths": { "@/*"',
  '// nothing',
  '/* nothing',
  '{ "name": "x" "y" }',
  '{}}',
  '\uFEFF',
  '\0',
  '\uFFFD\u0001',
  '['.repeat(100_000),
  '{"a":'.repeat(50_000),
  `{ "exports": ${'{ "import": '.repeat(20_000)}"x"${' }'.repeat(20_000)} }`,
];

/** Values of a key that has another form. */
const values = [
  'null',
  'true',
  '5',
  '"x"',
  '""',
  '"."',
  '".."',
  '"/"',
  '"*"',
  '"./a"',
  '"\\u0000"',
  '[]',
  '[[]]',
  '[null]',
  '[5]',
  '[{}]',
  '["./a"]',
  '["", ".", "..", "/", "*"]',
  '["!x", "../**", "/**", "***", "**/../**"]',
  '[{ "path": 5 }, { "path": null }, { "path": "" }, { "path": "." }, { "path": "./a" }]',
  '{ "path": "." }',
  '{}',
  '{ "": "" }',
  '{ "@/*": "./src/*" }',
  '{ "@/*": [5, null, {}, []] }',
  '{ "@/*": { "0": "./src/*" } }',
  '{ "*": ["*"] }',
  '{ "packages": 5 }',
  '{ "packages": [5, null] }',
  '{ "packages": { "0": "a" } }',
  '{ "#model": 5, "#*": null }',
  '{ "#model": { "1": "./src/model.ts" } }',
  '{ ".": 5, "./*": [[]], "x": 1 }',
  '{ "__proto__": { "x": 1 }, "constructor": 5 }',
];

describe.each(['tsconfig.json', 'jsconfig.json'])('%s', (file) => {
  test.each(texts.map((text) => [text.slice(0, 40), text]))('that reads %j', (_name, text) => {
    project = new TestProject({ 'package.json': manifest, [file]: text, 'src/model.ts': model });
    expect(lint(['./model', ...names])).toEqual(['langchain/no-client-in-handler']);
  });

  test.each(values)('whose keys are all %s', (value) => {
    const options = `"baseUrl": ${value}, "paths": ${value}`;
    const text = `{ "extends": ${value}, "references": ${value}, "compilerOptions": { ${options} } }`;
    project = new TestProject({ 'package.json': manifest, [file]: text, 'src/model.ts': model });
    expect(lint(['./model', ...names])).toContain('langchain/no-client-in-handler');
    project.write({ [file]: `{ "compilerOptions": ${value} }` });
    expect(lint(['./model', ...names])).toContain('langchain/no-client-in-handler');
  });
});

describe('package.json', () => {
  test.each(texts.map((text) => [text.slice(0, 40), text]))('that reads %j', (_name, text) => {
    project = new TestProject({ 'package.json': text, 'src/model.ts': model });
    expect(lint(['./model', ...names])).not.toContain(null);
  });

  test.each(values)('whose keys are all %s', (value) => {
    const keys = ['name', 'exports', 'imports', 'main', 'types', 'source', 'workspaces', 'devDependencies'];
    const text = manifest.replace('{', `{ ${keys.map((key) => `"${key}": ${value}, `).join('')}`);
    project = new TestProject({ 'package.json': text, 'src/model.ts': model });
    expect(lint(['./model', ...names])).toContain('langchain/no-client-in-handler');
  });

  test.each(values)('of a package of the workspace, whose keys are all %s', (value) => {
    const keys = ['exports', 'imports', 'main', 'types', 'source', 'workspaces', 'dependencies'];
    project = new TestProject({
      'package.json': manifest.replace('{', '{ "workspaces": ["packages/*"],'),
      'packages/ai/package.json': `{ ${keys.map((key) => `"${key}": ${value}, `).join('')} "name": "@acme/ai" }`,
      'packages/ai/src/index.ts': model,
    });
    expect(lint(names)).toContain('langchain/no-client-in-handler');
  });
});

describe('pnpm-workspace.yaml', () => {
  test.each([
    ...texts.map((text) => text.slice(0, 40)),
    'packages:',
    'packages: 5',
    'packages: {}',
    'packages: [',
    'packages: ["packages/*',
    'packages:\n  -\n  - ""\n  - "packages/*\n',
    'packages:\n\t- x\n- !y\n  - ..\n  - /\n',
    'packages: &all\n  <<: *none\n',
    '- packages/*\n',
  ])('that reads %j', (text) => {
    project = new TestProject({ 'package.json': manifest, 'pnpm-workspace.yaml': text, 'src/model.ts': model });
    expect(lint(['./model', ...names])).toEqual(['langchain/no-client-in-handler']);
  });

  test.each([
    ['one per line', "packages:\n  # all\n  - 'packages/*' # of them\n\n  - tools\n"],
    ['without indentation, with Windows’ ends of lines', 'packages:\r\n- "packages/*"\r\n'],
    ['in brackets', "packages: ['packages/*', tools]\n"],
  ])('lists packages %s', (_name, text) => {
    project = new TestProject({
      'package.json': manifest,
      'pnpm-workspace.yaml': text,
      'packages/ai/package.json': '{ "name": "@acme/ai" }',
      'packages/ai/src/index.ts': model,
    });
    expect(lint(['@acme/ai'])).toEqual(['langchain/no-client-in-handler']);
  });
});

/** Every file that is looked at for its own sake, and the text with which it leads to the model. */
const readFiles: readonly (readonly [string, string])[] = [
  ['package.json', '{ "name": "@acme/ai" }'],
  ['tsconfig.json', '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }'],
  ['tsconfig.base.json', '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }'],
  ['jsconfig.json', '{}'],
  ['deno.json', '{}'],
  ['pnpm-workspace.yaml', 'packages: [packages/*]\n'],
  ['packages/ai/package.json', '{ "name": "@acme/ai" }'],
  ['node_modules/react/package.json', '{}'],
  ['node_modules/@langchain/core/package.json', '{}'],
  ['src/model.ts', model],
];

describe.skipIf(process.platform === 'win32')('is not read:', () => {
  test.each(
    readFiles.flatMap(([file]) =>
      ['a pipe', '/dev/zero', '/dev/tty', '/proc/kmsg', '/proc/self/pagemap', '/proc/self/mem', '/'].map((what) => [
        file,
        what,
      ]),
    ),
  )('%s that is or leads to %s', (file, what) => {
    project = new TestProject({
      'package.json': manifest.replace('{', '{ "workspaces": ["packages/*"],'),
      'tsconfig.json': '{ "extends": "./tsconfig.base.json" }',
      'src/model.ts': model,
      'packages/ai/package.json': '{ "name": "@acme/ai" }',
    });
    rmSync(project.path(file), { force: true });
    mkdirSync(dirname(project.path(file)), { recursive: true });
    if (what === 'a pipe') execFileSync('mkfifo', [project.path(file)]);
    else symlinkSync(what, project.path(file));
    const reports = lint(['./model', ...names]);
    expect(reports).toEqual(file === 'src/model.ts' ? [] : ['langchain/no-client-in-handler']);
  });

  test.each(readFiles)('%s of more than a megabyte', (file, text) => {
    project = new TestProject({ 'package.json': manifest, 'src/model.ts': model, [file]: text });
    writeFileSync(project.path(file), `${text}${' '.repeat(1_000_001)}`);
    const reports = lint(['./model', '@/model', '@acme/ai']);
    expect(reports).toEqual(file === 'src/model.ts' ? [] : ['langchain/no-client-in-handler']);
  });
});

describe('takes no time:', () => {
  test('patterns of workspaces that match in many ways', () => {
    const nested = Array.from({ length: 12 }, (_, index) => 'a'.repeat(120) + String(index));
    project = new TestProject({
      'package.json': manifest.replace('{', `{ "workspaces": ["${'*a'.repeat(30)}b", "${'**/'.repeat(20)}x"],`),
      'src/model.ts': model,
      ...Object.fromEntries(
        nested.map((_, index) => [
          `${nested
            .slice(0, index + 1)
            .join('/')
            .slice(0, 3000)}/x/a`,
          '',
        ]),
      ),
    });
    expect(lint(['./model', '@acme/ai'])).toEqual(['langchain/no-client-in-handler']);
  });

  test('patterns that lead out of the root, and lists of targets without end', () => {
    const targets = JSON.stringify(Array.from({ length: 20_000 }, (_, index) => `./nowhere${String(index)}/*`));
    project = new TestProject({
      'package.json': manifest.replace('{', '{ "workspaces": ["../../../../**", "/**", "./packages/../../**"],'),
      'tsconfig.json': `{ "compilerOptions": { "paths": { "*": ${targets} } } }`,
      'src/model.ts': model,
    });
    const many = Array.from({ length: 50 }, (_, index) => `@acme/${String(index)}`);
    expect(lint(['./model', ...many])).toEqual(['langchain/no-client-in-handler']);
  });

  test('configurations that each extend two others', () => {
    const layers = Array.from({ length: 40 }, (_, layer) => [layer, layer + 1] as const);
    project = new TestProject({
      'package.json': manifest,
      'tsconfig.json': '{ "extends": ["./a0.json", "./b0.json"] }',
      'src/model.ts': model,
      ...Object.fromEntries(
        layers.flatMap(([layer, next]) =>
          ['a', 'b'].map((side) => [
            `${side}${String(layer)}.json`,
            `{ "extends": ["./a${String(next)}.json", "./b${String(next)}.json"] }`,
          ]),
        ),
      ),
      'a40.json': '{}',
      'b40.json': '{}',
    });
    expect(lint(['./model', '@/model'])).toEqual(['langchain/no-client-in-handler']);
  });

  test.each([
    ['blanks in pnpm-workspace.yaml', 'pnpm-workspace.yaml', `packages:\n  - a${' '.repeat(200_000)}b\n`],
    ['empty lines in pnpm-workspace.yaml', 'pnpm-workspace.yaml', `packages:\n${'\n'.repeat(200_000)}x`],
    ['strings without end in tsconfig.json', 'tsconfig.json', `{ ${'"\\'.repeat(200_000)}`],
    ['comments without end in tsconfig.json', 'tsconfig.json', `{ ${'/* '.repeat(200_000)}`],
    ['commas and blanks in tsconfig.json', 'tsconfig.json', `{ ${', '.repeat(100_000)}${' '.repeat(200_000)}`],
    ['exports of an imported file', 'src/other.ts', 'exports a b c d '.repeat(50_000)],
    ['imports of an imported file', 'src/other.ts', `import${' '.repeat(400_000)}`],
    ['imports without a source', 'src/other.ts', 'import { a '.repeat(50_000)],
    ['exports without a source', 'src/other.ts', 'export { a '.repeat(50_000)],
  ])('%s', (_name, file, text) => {
    project = new TestProject({ 'package.json': manifest, 'src/model.ts': model, [file]: text });
    expect(lint(['./model', './other', '@acme/ai'])).toEqual(['langchain/no-client-in-handler']);
  });
});
