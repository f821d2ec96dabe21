/** The plugin as people get it: built, packed, and unpacked into an empty project. `npm run build` comes first. */
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { code } from '../helpers/code.ts';
import { PackedProject, root } from '../helpers/packed-project.ts';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: object;
  readonly optionalDependencies?: object;
  readonly peerDependencies: object;
}

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
let project: PackedProject;
/** A project that has nothing but the plugin. */
let bare: PackedProject;
let packed: readonly string[];

beforeAll(() => {
  project = new PackedProject(['eslint', '@eslint/core', 'typescript', '@typescript-eslint/parser', '@types/node']);
  bare = new PackedProject([]);
  packed = project.packed;
});

afterAll(() => {
  project.remove();
  bare.remove();
});

/** Runs a module's text in a folder and reads the JSON it prints. */
function evaluate({ folder }: PackedProject, text: string, ...flags: readonly string[]): unknown {
  return JSON.parse(
    execFileSync(process.execPath, [...flags, '--input-type=module', '--eval', text], {
      cwd: folder,
      encoding: 'utf8',
    }),
  );
}

describe('the tarball', () => {
  test('holds what is needed and nothing else', () => {
    expect(packed).toEqual(
      expect.arrayContaining([
        'LICENSE',
        'README.md',
        'dist/LICENSE-get-tsconfig.txt',
        'dist/LICENSE-js-tokens.txt',
        'dist/LICENSE-typescript-eslint.txt',
        'dist/index.d.ts',
        'dist/index.js',
        'package.json',
      ]),
    );
    const known = [
      /^dist\/.+\.(?:js|d\.c?ts)$/u,
      /^dist\/LICENSE-[\w-]+\.txt$/u,
      /^dist\/oxlint\/\w+\.json$/u,
      /^docs\/(?:rules\/)?[\w-]+\.md$/u,
      /^(?:LICENSE|(?:README|CHANGELOG|CONTRIBUTING|SECURITY)\.md|package\.json)$/u,
    ];
    expect(packed.filter((file) => !known.some((pattern) => pattern.test(file)))).toEqual([]);
  });

  test('has a page for every rule', () => {
    const names = evaluate(
      bare,
      `import plugin from '${manifest.name}'; console.log(JSON.stringify(Object.keys(plugin.rules)))`,
    ) as string[];
    expect(names.length).toBeGreaterThan(0);
    expect(packed).toEqual(expect.arrayContaining(names.map((name) => `docs/rules/${name}.md`)));
  });

  test('installs nothing else', () => {
    expect(manifest.dependencies).toBeUndefined();
    expect(manifest.optionalDependencies).toBeUndefined();
    expect(Object.keys(manifest.peerDependencies)).toEqual(['eslint']);
  });

  test.each([
    ['the plugin', ['dist/index.js', 'dist/plugin.js'], 770_000],
    ['what the command adds', ['dist/cli.js'], 100_000],
  ] as const)('stays small: %s', (_part, files, most) => {
    expect(packed).toEqual(expect.arrayContaining([...files]));
    expect(files.reduce((sum, file) => sum + statSync(join(root, file)).size, 0)).toBeLessThan(most);
  });

  test('has no other JavaScript', () => {
    expect(packed.filter((file) => file.endsWith('.js')).sort()).toEqual([
      'dist/cli.js',
      'dist/index.js',
      'dist/plugin.js',
    ]);
  });
});

describe('the manifest', () => {
  test('is what npm and bundlers expect', { timeout: 120_000 }, () => {
    const { stdout, status } = spawnSync('npx', ['--no-install', 'publint', '--strict', project.tarball], {
      cwd: root,
      encoding: 'utf8',
    });
    expect([status, stdout]).toEqual([0, expect.stringContaining('All good!')]);
  });

  test('gives its types to each way of importing ESM', { timeout: 120_000 }, () => {
    const { stdout, status } = spawnSync(
      'npx',
      [
        '--no-install',
        'attw',
        project.tarball,
        '--profile',
        'esm-only',
        '--format',
        'ascii',
        '--no-color',
        '--no-emoji',
      ],
      { cwd: root, encoding: 'utf8' },
    );
    expect([status, stdout]).toEqual([0, expect.stringContaining('node16 (from ESM): OK (ESM)')]);
  });
});

describe('importing the plugin', () => {
  test('loads no other module, where there is no other module', () => {
    const text = `
      import { register } from 'node:module';
      import { MessageChannel } from 'node:worker_threads';
      const { port1, port2 } = new MessageChannel();
      const urls = [];
      port1.on('message', (url) => urls.push(url));
      register('data:text/javascript,' + encodeURIComponent(\`
        let port;
        export const initialize = (data) => { port = data.port; };
        export const load = (url, context, next) => { port.postMessage(url); return next(url, context); };
      \`), { data: { port: port2 }, transferList: [port2] });
      await import('${manifest.name}');
      await new Promise((resolve) => setTimeout(resolve, 50));
      port1.close();
      const { createRequire } = await import('node:module');
      console.log(JSON.stringify([...urls, ...Object.keys(createRequire(import.meta.url).cache)]));
    `;
    const loaded = evaluate(bare, text, '--no-warnings') as string[];
    expect(loaded.some((url) => url.endsWith(`/${manifest.name}/dist/index.js`))).toBe(true);
    expect(loaded.filter((url) => !url.includes(`/${manifest.name}/dist/`))).toEqual(
      ['node:module'].filter((url) => loaded.includes(url)),
    );
  });

  test('works in a worker that has no process and nothing of Node, as in a browser', () => {
    const found = evaluate(
      project,
      code`
        import { Linter } from 'eslint/universal';
        delete globalThis.process;
        const { default: langchain } = await import('${manifest.name}');
        const messages = new Linter({ cwd: '/' }).verify(${JSON.stringify(SOURCE)}, [langchain.configs.recommended], {
          filename: '/summarize.js',
        });
        console.log(JSON.stringify([typeof process, ...messages.map(({ ruleId, message }) => ruleId ?? message)]));
      `,
    );
    expect(found).toEqual(['undefined', 'langchain/no-low-timeout', 'langchain/no-unbounded-concurrency']);
  });

  test('names no other module in its code', () => {
    const code = packed.filter((file) => file.endsWith('.js')).map((file) => readFileSync(join(root, file), 'utf8'));
    const specifiers = code.flatMap((text) =>
      [...text.matchAll(/^(?:import|export)\b[^;'"]*?\bfrom\s*["']([^"']+)["']/gmu)].map((match) => match[1] ?? ''),
    );
    expect(specifiers.filter((specifier) => !specifier.startsWith('./'))).toEqual([]);
  });

  test('gives the plugin under its name, version and namespace', () => {
    const meta = evaluate(bare, `import plugin from '${manifest.name}'; console.log(JSON.stringify(plugin.meta))`);
    expect(meta).toEqual({ name: 'eslint-plugin-langchain', version: manifest.version, namespace: 'langchain' });
  });

  test('finds its package.json', () => {
    const version = evaluate(
      bare,
      code`
        import json from '${manifest.name}/package.json' with { type: 'json' };
        console.log(JSON.stringify(json.version));
      `,
      '--no-warnings',
    );
    expect(version).toBe(manifest.version);
  });

  test('takes little time', () => {
    const time = (text: string): number => {
      const runs = Array.from(
        { length: 5 },
        () => evaluate(bare, `const t = performance.now(); ${text}; console.log(performance.now() - t)`) as number,
      );
      return runs.sort((a, b) => a - b)[2] ?? Infinity;
    };
    const empty = time("await import('data:text/javascript,')");
    const plugin = time(`await import('${manifest.name}')`);
    console.log(
      `import of the built plugin: ${plugin.toFixed(1)} ms; of an empty module: ${empty.toFixed(1)} ms (median of 5)`,
    );
    expect(plugin).toBeLessThan(500);
  });
});

const RESOLUTIONS = ['nodenext', 'bundler'] as const;

/** What TypeScript says of the project's `eslint.config.ts`. */
function checkTypes(resolution: (typeof RESOLUTIONS)[number], options: object = {}): string {
  const compilerOptions = {
    target: 'es2022',
    module: resolution === 'bundler' ? 'esnext' : 'nodenext',
    moduleResolution: resolution,
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    skipLibCheck: false,
    types: ['node'],
    ...options,
  };
  project.write('tsconfig.json', JSON.stringify({ compilerOptions, files: ['eslint.config.ts'] }));
  return spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', '.'], {
    cwd: project.folder,
    encoding: 'utf8',
  }).stdout;
}

const SOURCE = `
import { ChatOpenAI } from '@langchain/openai';

const model = new ChatOpenAI({ model: 'gpt-4o-mini', timeout: 20 });

export async function summarizeAll(texts) {
  return Promise.all(texts.map((text) => model.invoke(text)));
}
`;

describe('in a project', () => {
  test.each([
    [
      'a preset as an object',
      "import langchain from 'eslint-plugin-langchain';\nexport default [langchain.configs.recommended];\n",
    ],
    [
      'a preset by its name',
      code`
        import { defineConfig } from 'eslint/config';
        import langchain from 'eslint-plugin-langchain';
        export default defineConfig([{ plugins: { langchain }, extends: ['langchain/recommended'] }]);
      `,
    ],
    [
      'single rules',
      code`
        import langchain from 'eslint-plugin-langchain';
        export default [
          {
            plugins: { langchain },
            rules: { 'langchain/no-unbounded-concurrency': 'error', 'langchain/no-low-timeout': 'error' },
          },
        ];
      `,
    ],
  ])('ESLint reports with %s', (_how, config) => {
    project.write('src/summarize.js', SOURCE);
    project.write('eslint.config.js', config);
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['node_modules/eslint/bin/eslint.js', '--format', 'json', 'src'],
      {
        cwd: project.folder,
        encoding: 'utf8',
      },
    );
    expect(stderr).toBe('');
    const [result] = JSON.parse(stdout) as [
      { readonly messages: readonly { readonly ruleId: string; readonly line: number }[] },
    ];
    expect(result.messages.map(({ ruleId, line }) => [ruleId, line])).toEqual([
      ['langchain/no-low-timeout', 4],
      ['langchain/no-unbounded-concurrency', 7],
    ]);
    expect(status).toBe(1);
  });

  test('a wrong option is refused by ESLint with its name', () => {
    project.write('src/summarize.js', SOURCE);
    project.write(
      'eslint.config.js',
      code`
        import langchain from 'eslint-plugin-langchain';
        export default [
          { plugins: { langchain }, rules: { 'langchain/no-low-timeout': ['error', { minimumMs: 5000 }] } },
        ];
      `,
    );
    const { status, stderr } = spawnSync(process.execPath, ['node_modules/eslint/bin/eslint.js', 'src'], {
      cwd: project.folder,
      encoding: 'utf8',
    });
    expect(stderr).toContain('Key "langchain/no-low-timeout"');
    expect(stderr).toContain('Unexpected property "minimumMs"');
    expect(status).toBe(2);
  });

  test('an eslint.config.ts type-checks', { timeout: 240_000 }, () => {
    project.write(
      'eslint.config.ts',
      `import { defineConfig } from 'eslint/config';
import type { Linter } from 'eslint';
import langchain, { type LangChainPlugin } from 'eslint-plugin-langchain';

export default defineConfig([
  langchain.configs.recommended,
  { plugins: { langchain }, extends: ['langchain/strict'] },
  { extends: [langchain.configs.all], rules: { 'langchain/no-low-timeout': ['error', { minimum: 5000 }] } },
]);
export const flat: Linter.Config[] = [langchain.configs.strict];
export const plugin: LangChainPlugin = langchain;
export const version: string = langchain.meta.version;
`,
    );
    for (const resolution of RESOLUTIONS) expect(checkTypes(resolution)).toBe('');
  });

  test('an eslint.config.ts has its options checked when it asks for it', { timeout: 240_000 }, () => {
    project.write(
      'eslint.config.ts',
      code`
        import { defineConfig } from 'eslint/config';
        import type { Linter } from 'eslint';
        import langchain, { type LangChainSettings, type RuleOptions } from 'eslint-plugin-langchain';
        import type {} from 'eslint-plugin-langchain/typed-config';

        // What is right, and what is not ours.
        export default defineConfig([
          { plugins: { langchain }, extends: ['langchain/strict'] },
          { rules: { 'langchain/no-low-timeout': ['error', { minimum: 5000 }], 'langchain/require-timeout': 'off' } },
          { rules: { 'langchain/no-client-in-handler': ['warn', { handlers: [{ decorator: 'Cron' }] }] } },
          { rules: { 'other/rule': ['error', 5] }, settings: { react: { version: 'detect' } } },
          { settings: { langchain: { budget: { workers: 4, limit: 40 }, classes: { AcmeChat: 'BaseChatModel' } } } },
        ]);
        export const computed: Linter.RulesRecord = Object.fromEntries(
          ['langchain/require-timeout'].map((rule): [string, Linter.RuleEntry] => [rule, ['error']]),
        );
        export const rules = { 'langchain/no-large-k': ['error', { maximum: 20 }] } satisfies RuleOptions;
        export const settings: LangChainSettings = { autofix: { suggestions: ['no-low-timeout'] }, version: '1.4.0' };

        export const wrong = defineConfig([
          // @ts-expect-error -- a number
          { rules: { 'langchain/no-low-timeout': ['error', { minimum: 'x' }] } },
          // @ts-expect-error -- no such option
          { rules: { 'langchain/no-low-timeout': ['error', { minimun: 5000 }] } },
          // @ts-expect-error -- no options at all
          { rules: { 'langchain/require-timeout': ['error', { minimum: 5000 }] } },
          // @ts-expect-error -- one of four
          { rules: { 'langchain/no-client-in-handler': ['error', { resources: ['pool'] }] } },
          // @ts-expect-error -- no such severity
          { rules: { 'langchain/no-low-timeout': 'warning' } },
          // @ts-expect-error -- no such setting
          { settings: { langchain: { budgets: { workers: 4, limit: 40 } } } },
          // @ts-expect-error -- one key is missing
          { settings: { langchain: { budget: { workers: 4 } } } },
        ]);
        // @ts-expect-error -- a number
        export const wrongRules = { 'langchain/no-large-k': ['error', { maximum: '20' }] } satisfies RuleOptions;
      `,
    );
    expect(checkTypes('nodenext')).toBe('');
    // What most projects have.
    expect(checkTypes('bundler', { exactOptionalPropertyTypes: false, skipLibCheck: true })).toBe('');
  });
});
