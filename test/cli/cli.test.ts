/** The command as it is built. `npm run build` comes first. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { code } from '../helpers/code.ts';
import { createFolder, removeFolder } from '../helpers/folder.ts';
import { root } from '../helpers/packed-project.ts';

// Each test starts processes that load ESLint.
vi.setConfig({ testTimeout: 180_000 });

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) removeFolder(folder);
});

function create(files: Readonly<Record<string, string>>): string {
  const folder = createFolder(files);
  folders.push(folder);
  return folder;
}

function run(folder: string, ...args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [join(root, 'dist/cli.js'), ...args], { cwd: folder, encoding: 'utf8' });
}

const app = `import express from 'express';
import { ChatOpenAI } from '@langchain/openai';
const model = new ChatOpenAI({ maxConcurrency: 5, timeout: 60_000 });
const app = express();
app.post('/ask', async (req, res) => {
  res.json(await model.invoke(req.body.text));
});
`;
const unbounded = `${app}const open = new ChatOpenAI({ timeout: 60_000 });
app.post('/all', async (req, res) => {
  res.json(await Promise.all(req.body.texts.map((text) => open.invoke(text))));
});
`;

interface Result {
  readonly filePath: string;
  readonly messages: readonly { readonly line: number; readonly ruleId: string }[];
}

type Host = readonly [name: string, files: Readonly<Record<string, string>>, places: readonly string[]];

const HOSTS: readonly Host[] = [
  [
    'Bun',
    {
      'package.json': '{ "type": "module", "dependencies": { "@langchain/openai": "^1.2.0" } }',
      'models.js': code`
        import { ChatOpenAI } from '@langchain/openai';
        export const createModel = () => new ChatOpenAI({ model: 'gpt-4o-mini', maxConcurrency: 4 });
      `,
      'serve.js': code`
        import { Database } from 'bun:sqlite';
        import { createModel } from './models.js';

        const db = new Database('letters.sqlite');
        const shared = createModel();

        Bun.serve({
          routes: {
            '/letters/:id': async (request) => {
              const { body } = db.query('select body from letters where id = ?').get(request.params.id);
              return new Response((await createModel().invoke(body)).text);
            },
            '/commit': {
              POST: async () => {
                Bun.spawnSync(['git', 'commit', '-am', 'letters']);
                return new Response((await shared.invoke('Name a commit.')).text);
              },
            },
          },
        });
      `,
    },
    ['serve.js:11 langchain/no-client-in-handler', 'serve.js:15 langchain/no-blocking-in-handler'],
  ],
  [
    'Deno',
    {
      'package.json': '{ "type": "module", "devDependencies": { "eslint": "^10.0.0" } }',
      'deno.json': '{ "imports": { "@langchain/openai": "jsr:@langchain/openai@1", "ai/": "./lib/" } }',
      'lib/models.js': code`
        import { ChatOpenAI } from 'npm:@langchain/openai@^1.2.0';
        export const createModel = () => new ChatOpenAI({ model: 'gpt-4o-mini', maxConcurrency: 4 });
      `,
      'main.js': code`
        import { createModel } from 'ai/models.js';
        import { ChatOpenAI } from 'https://esm.sh/v135/@langchain/openai@1.2.0?target=denonext';

        const model = new ChatOpenAI({ model: 'gpt-4o', timeout: 60 });

        Deno.serve(async (request) => {
          const tone = Deno.readTextFileSync('tone.md');
          return new Response((await createModel().invoke(tone + (await request.text()))).text);
        });

        Deno.cron('digest', '0 6 * * *', async () => {
          const digest = model.invoke('Write the digest of the day.');
          await Deno.writeTextFile('digest.md', digest.text);
        });
      `,
    },
    [
      'main.js:4 langchain/no-low-timeout',
      'main.js:7 langchain/no-blocking-in-handler',
      'main.js:8 langchain/no-client-in-handler',
      'main.js:12 langchain/no-unawaited-call',
    ],
  ],
];

describe('how it is called', () => {
  it('shows how, and its version', () => {
    const folder = create({});
    expect(run(folder, '--help')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('inventory [paths]') as string,
    });
    expect(run(folder, '--version').stdout).toMatch(/^\d+\.\d+\.\d+\n$/u);
  });

  it.each([
    [[], 'Usage: eslint-plugin-langchain <command>'],
    [['lint'], 'Unknown command `lint`.'],
    [['inventory', '--loud'], "Unknown option '--loud'"],
    [['check', '--html'], '`check` takes no `--html`.'],
    [['inventory', '--html', '--json'], 'Choose one of'],
    [['inventory', 'nowhere'], 'There is no file or folder `nowhere`.'],
    [['inventory', '--compare', 'nowhere.json'], 'nowhere.json cannot be read as JSON'],
    [['inventory', '--fail-over-budget'], 'needs `settings.langchain.budget`'],
  ] as const)('%j ends with 2', (args, message) => {
    const { status, stderr } = run(create({ 'app.js': app }), ...args);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
    expect(status).toBe(2);
  });

  it.each(['check', 'inventory'])("%s says that the project's configuration cannot be loaded", (command) => {
    const folder = create({ 'app.js': app, 'eslint.config.js': "throw new Error('no such preset');" });
    expect(run(folder, command)).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^.+eslint\.config\.js cannot be loaded: no such preset\n$/u) as string,
    });
  });

  it('says that there is no such formatter', () => {
    const { status, stderr } = run(create({ 'app.js': app }), 'check', '--format', 'loud');
    expect(stderr).toBe('ESLint has no formatter `loud`, and none is installed under that name.\n');
    expect(status).toBe(2);
  });

  it('says that ESLint is missing', () => {
    const folder = mkdtempSync(join(tmpdir(), 'no-eslint-'));
    folders.push(folder);
    expect(run(folder, 'check')).toMatchObject({
      status: 2,
      stderr: 'ESLint is not installed here. Run `npm install --save-dev eslint`.\n',
    });
  });
});

describe('check', () => {
  // Above the folder stands this project's own configuration.
  it("lints by the project's own configuration", () => {
    const folder = create({ 'app.js': unbounded });
    expect(run(folder, 'check')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('No reports about') as string,
    });
  });

  it('reports, and counts by rule', () => {
    const config = code`
      import langchain from '${join(root, 'dist/index.js')}';
      export default [langchain.configs.recommended];
    `;
    const { status, stdout } = run(create({ 'app.js': unbounded, 'eslint.config.js': config }), 'check');
    expect(stdout).toMatch(/1 {2}langchain\/no-unbounded-concurrency {2}.+app\.js:10/u);
    expect(status).toBe(1);
  });

  it.each(HOSTS)('reports in a service of %s', (_host, files, places) => {
    const config = code`
      import langchain from '${join(root, 'dist/index.js')}';
      export default [langchain.configs.recommended];
    `;
    const { status, stdout } = run(create({ ...files, 'eslint.config.js': config }), 'check', '--format', 'json');
    const results = JSON.parse(stdout) as readonly Result[];
    expect(
      results.flatMap(({ filePath, messages }) =>
        messages.map(({ line, ruleId }) => `${basename(filePath)}:${String(line)} ${ruleId}`),
      ),
    ).toEqual(places);
    expect(status).toBe(1);
  });

  it('passes the format on', () => {
    const { stdout } = run(create({ 'app.js': app }), 'check', '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject([{ errorCount: 0 }, { errorCount: 0 }]);
  });

  it('ends with 1 where a file does not parse', () => {
    expect(run(create({ 'app.js': 'const = 1;' }), 'check').status).toBe(1);
  });

  it('needs no configuration', () => {
    const folder = mkdtempSync(join(tmpdir(), 'bare-'));
    folders.push(folder);
    writeFileSync(join(folder, 'package.json'), '{}');
    writeFileSync(join(folder, 'app.js'), unbounded);
    const eslint = join(root, 'node_modules');
    const linked = spawnSync('ln', ['-s', eslint, join(folder, 'node_modules')]);
    expect(linked.status).toBe(0);
    const { status, stdout } = run(folder, 'check');
    expect(stdout).toContain('linted by the recommended rules');
    expect(stdout).toContain('langchain/no-unbounded-concurrency');
    expect(status).toBe(1);
  });
});

describe('inventory', () => {
  it('is Markdown unless asked for otherwise', () => {
    const { status, stdout } = run(create({ 'app.js': app }), 'inventory');
    expect(stdout).toContain("### app.post('/ask') (Express, once per request) app.js:5");
    expect(stdout).toContain('| Calls in flight under limits | at most 5 |');
    expect(status).toBe(0);
  });

  it('says that nothing uses LangChain', () => {
    expect(run(create({ 'app.js': 'export {};' }), 'inventory')).toMatchObject({
      status: 0,
      stderr: expect.stringContaining('No file here uses LangChain.') as string,
    });
  });

  it('lists a file that does not parse, and goes on', () => {
    const { status, stdout } = run(create({ 'app.js': app, 'broken.js': 'const = 1;' }), 'inventory');
    expect(stdout).toContain('- broken.js: ');
    expect(status).toBe(0);
  });

  it('is a page that loads nothing', () => {
    const { stdout } = run(create({ 'app.js': unbounded }), 'inventory', '--html');
    expect(stdout).toMatch(/^<!doctype html>/u);
    expect(stdout).toContain("default-src 'none'");
    expect(stdout).not.toMatch(/(?:src|href)="(?!vscode:)/u);
    expect(stdout).toContain('class="ribbon unbounded"');
    expect(stdout).toMatch(/href="vscode:\/\/file\/.+\/app\.js:10:/u);
  });

  it('writes what a name holds as text', () => {
    const code = app.replace('/ask', '/<b>&');
    const { stdout } = run(create({ 'app.js': code }), 'inventory', '--html');
    expect(stdout).toContain('/&lt;b&gt;&amp;');
    expect(stdout).not.toContain('<b>&');
  });

  it('tells what has changed since another one', () => {
    const folder = create({ 'app.js': app });
    const before = join(folder, 'before.json');
    writeFileSync(before, run(folder, 'inventory', '--json').stdout);
    expect(run(folder, 'inventory', '--compare', 'before.json').stdout).toContain('has not changed');
    // Lines that move are no change.
    writeFileSync(join(folder, 'app.js'), `\n\n${unbounded}`);
    const { stdout } = run(folder, 'inventory', '--compare', 'before.json');
    expect(stdout).toContain('| Calls limited only by the number of requests | 0 | 1 |');
    expect(stdout).toContain("- added: entry point app.post('/all'), once per request");
    expect(stdout).toContain('- added: `open.invoke` in app.post');
    expect(stdout).not.toContain('removed');
    expect(stdout).not.toContain("'/ask'");
  });

  it('tells that a limit has changed', () => {
    const folder = create({ 'app.js': app });
    writeFileSync(join(folder, 'before.json'), run(folder, 'inventory', '--json').stdout);
    writeFileSync(join(folder, 'app.js'), app.replace('maxConcurrency: 5', 'maxConcurrency: 50'));
    const { stdout } = run(folder, 'inventory', '--compare', 'before.json');
    expect(stdout).toMatch(/- changed: `model\.invoke` .+ 50, .+ before 5, by `maxConcurrency` of the model/u);
  });

  it('refuses an inventory of another form', () => {
    const folder = create({ 'app.js': app, 'before.json': '{ "inventory": 2 }' });
    expect(run(folder, 'inventory', '--compare', 'before.json')).toMatchObject({
      status: 2,
      stderr: 'before.json is not a version 1 inventory. Create one with `inventory --json`.\n',
    });
  });

  it.each(['[]', 'null', '{ "inventory": "1" }', '{}'])('refuses %s as an inventory', (text) => {
    expect(run(create({ 'before.json': text }), 'inventory', '--compare', 'before.json')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('is not a version 1 inventory') as string,
    });
  });

  it.each(['mjs', 'cjs'])('takes the settings of eslint.config.%s', (extension) => {
    const folder = create({ 'app.js': app });
    const settings = '[{ settings: { langchain: { budget: { workers: 3, limit: 50 } } } }]';
    rmSync(join(folder, 'eslint.config.js'));
    writeFileSync(
      join(folder, `eslint.config.${extension}`),
      `${extension === 'cjs' ? 'module.exports =' : 'export default'} ${settings};`,
    );
    expect(run(folder, 'inventory').stdout).toContain('In 3 processes: 15 calls in flight, of the 50');
  });

  it.each([
    [5, 0],
    [4, 1],
  ])('against a budget of %i ends with %i', (limit, expected) => {
    const config = `export default [{ settings: { langchain: { budget: { workers: 1, limit: ${limit} } } } }];`;
    const folder = create({ 'app.js': app, 'eslint.config.js': config });
    expect(run(folder, 'inventory', '--fail-over-budget').status).toBe(expected);
  });

  it('names a setting that is wrong', () => {
    const config = `export default [{ settings: { langchain: { budget: { workers: 0, limit: 1 } } } }];`;
    const { status, stderr } = run(create({ 'app.js': app, 'eslint.config.js': config }), 'inventory');
    expect(stderr).toMatch(/^settings\.langchain\.budget\.workers .+\n$/u);
    expect(status).toBe(2);
  });
});

describe('init', () => {
  const bare = (manifest: object, files: readonly string[] = []): string => {
    const folder = mkdtempSync(join(tmpdir(), 'init-'));
    folders.push(folder);
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
    for (const file of files) writeFileSync(join(folder, file), '');
    return folder;
  };

  it('shows what it would write, and what to install', () => {
    const folder = bare({ type: 'module', devDependencies: { typescript: '~6.0.3', vue: '3' } }, ['pnpm-lock.yaml']);
    const { status, stdout } = run(folder, 'init');
    expect(stdout).toContain('+++ eslint.config.js');
    expect(stdout).toContain(
      "+  { files: ['**/*.vue'], languageOptions: { parser: vueParser, parserOptions: { parser: tseslint.parser } } },",
    );
    expect(stdout).toContain('pnpm add -D eslint eslint-plugin-langchain typescript-eslint vue-eslint-parser');
    expect(stdout).toContain('--suppress-all');
    expect(status).toBe(0);
  });

  it('writes a configuration that ESLint takes', () => {
    const folder = bare({ devDependencies: { typescript: '6' } });
    expect(run(folder, 'init', '--write').status).toBe(0);
    expect(readFileSync(join(folder, 'eslint.config.mjs'), 'utf8'))
      .toBe(`import langchain from 'eslint-plugin-langchain';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig([
  { files: ['**/*.{ts,tsx,mts,cts}'], languageOptions: { parser: tseslint.parser } },
  langchain.configs.recommended,
]);
`);
  });

  it.each([
    ['JavaScript', { express: '5' }, 'eslint.config.mjs'],
    ['NestJS', { '@nestjs/core': '11', typescript: '~6.0.3' }, 'eslint.config.mjs'],
    ['Next.js', { next: '16', typescript: '~6.0.3' }, 'eslint.config.mjs'],
    ['Nuxt', { nuxt: '4', typescript: '~6.0.3' }, 'eslint.config.mjs'],
    ['Svelte', { svelte: '5', typescript: '7.0.2' }, 'eslint.config.mjs'],
    ['Astro', { astro: '5' }, 'eslint.config.mjs'],
  ])('%s: written once, and left alone the second time', (_name, dependencies, file) => {
    const folder = bare({ dependencies });
    expect(run(folder, 'init', '--write')).toMatchObject({ status: 0, stderr: '' });
    writeFileSync(join(folder, file), `${readFileSync(join(folder, file), 'utf8')}// own\n`);
    const own = readFileSync(join(folder, file), 'utf8');
    const { status, stdout } = run(folder, 'init', '--write');
    expect(stdout).toContain(`${file} already exists.`);
    expect(readFileSync(join(folder, file), 'utf8')).toBe(own);
    expect(status).toBe(0);
  });

  it('overwrites nothing', () => {
    const folder = create({});
    const { stdout } = run(folder, 'init', '--write');
    expect(stdout).toContain('eslint.config.js already exists.');
    expect(readFileSync(join(folder, 'eslint.config.js'), 'utf8')).toBe('export default [{}];');
  });

  it('needs a manifest', () => {
    const folder = mkdtempSync(join(tmpdir(), 'init-'));
    folders.push(folder);
    expect(run(folder, 'init')).toMatchObject({ status: 2, stderr: 'There is no package.json here.\n' });
  });
});
