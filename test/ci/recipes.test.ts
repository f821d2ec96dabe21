/** The recipes of docs/ci.md, run in a project that has the packed plugin. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { code } from '../helpers/code.ts';
import { PackedProject } from '../helpers/packed-project.ts';

const LOW = code`
  import { ChatOpenAI } from '@langchain/openai';

  export const model = new ChatOpenAI({ model: 'gpt-4o-mini', timeout: 20 });
`;
const FANNED_OUT = code`
  import { ChatOpenAI } from '@langchain/openai';

  const model = new ChatOpenAI({ model: 'gpt-4o-mini' });

  export const tagAll = (page) => Promise.all(String(page).split('\\n').map((line) => model.invoke(line)));
`;

let project: PackedProject;

beforeAll(() => {
  project = new PackedProject([
    'eslint',
    'typescript',
    '@typescript-eslint/parser',
    '@microsoft/eslint-formatter-sarif',
    'eslint-formatter-gha',
    'lint-staged',
  ]);
  configure('langchain.configs.recommended');
  project.write('src/model.js', LOW);
  project.write('src/tags.js', FANNED_OUT);
});

afterAll(() => project.remove());

function configure(...entries: readonly string[]): void {
  project.write(
    'eslint.config.js',
    `import langchain from 'eslint-plugin-langchain';\nexport default [${entries.join(', ')}];\n`,
  );
}

function eslint(...args: readonly string[]): {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
} {
  return spawnSync(process.execPath, ['node_modules/eslint/bin/eslint.js', ...args], {
    cwd: project.folder,
    encoding: 'utf8',
    env: { ...process.env, GITHUB_ACTIONS: 'true' },
  });
}

test('--max-warnings 0 fails on rules that are set to warn', () => {
  configure('langchain.configs.recommended', "{ rules: { 'langchain/no-low-timeout': 'warn' } }");
  expect(eslint('src/model.js').status).toBe(0);
  expect(eslint('--max-warnings', '0', 'src/model.js').status).toBe(1);
  configure('langchain.configs.recommended');
});

test('suggestions in bulk, for one run, from the configuration that the page shows', () => {
  const page = readFileSync(new URL('../../docs/ci.md', import.meta.url), 'utf8');
  const configuration = /```js\n\/\/ eslint\.bulk\.config\.js\n(?<text>[^]*?)```/u.exec(page)?.groups?.['text'] ?? '';
  project.write('eslint.bulk.config.js', configuration);
  project.write('src/bulk.js', LOW);
  expect(eslint('--fix', 'src/bulk.js').status).toBe(1);
  expect(readFileSync(join(project.folder, 'src/bulk.js'), 'utf8')).toBe(LOW);
  expect(eslint('--fix', '--config', 'eslint.bulk.config.js', 'src/bulk.js')).toMatchObject({ status: 0, stderr: '' });
  expect(readFileSync(join(project.folder, 'src/bulk.js'), 'utf8')).toBe(LOW.replace('timeout: 20', 'timeout: 20_000'));
  rmSync(join(project.folder, 'src/bulk.js'));
});

test('--cache keeps the reports of files that did not change', () => {
  const reports = (): readonly string[] =>
    (
      JSON.parse(eslint('--cache', '--format', 'json', 'src').stdout) as readonly {
        readonly messages: readonly { readonly ruleId: string }[];
      }[]
    ).flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId));
  const expected = ['langchain/no-low-timeout', 'langchain/no-unbounded-concurrency'];
  expect(reports()).toEqual(expected);
  expect(existsSync(join(project.folder, '.eslintcache'))).toBe(true);
  expect(reports()).toEqual(expected);
});

test('--cache misses what changes in another file, unless crossFile is off', () => {
  const handler = code`
    import express from 'express';
    import { getModel } from './factory.js';

    const app = express();
    app.get('/', async (req, res) => {
      const answer = await getModel().invoke(req.query.q);
      res.json(answer.content);
    });
  `;
  const shared = code`
    import { ChatOpenAI } from '@langchain/openai';
    const model = new ChatOpenAI({ maxConcurrency: 5 });
    export const getModel = () => model;
  `;
  const perRequest = code`
    import { ChatOpenAI } from '@langchain/openai';
    export const getModel = () => new ChatOpenAI({ maxConcurrency: 5 });
  `;
  project.write('package.json', '{ "private": true, "type": "module", "dependencies": { "@langchain/openai": "1" } }');
  project.write('app/handler.js', handler);
  project.write('app/factory.js', shared);
  expect(eslint('--cache', 'app').status).toBe(0);
  project.write('app/factory.js', perRequest);
  expect(eslint('--cache', 'app').status).toBe(0);
  expect(eslint('app').stdout).toContain('langchain/no-client-in-handler');
  configure('langchain.configs.recommended', '{ settings: { langchain: { crossFile: false } } }');
  expect(eslint('app').status).toBe(0);
  configure('langchain.configs.recommended');
});

test('--concurrency gives the same reports', () => {
  const one = eslint('--format', 'json', 'src', 'app');
  const two = eslint('--concurrency', '2', '--format', 'json', 'src', 'app');
  expect(JSON.parse(two.stdout)).toEqual(JSON.parse(one.stdout));
  expect(two.status).toBe(1);
});

test('bulk suppressions take an old code base in, rule by rule, and only new code has to comply', () => {
  expect(eslint('--suppress-rule', 'langchain/no-low-timeout', 'src').stdout).not.toContain('no-low-timeout');
  expect(eslint('--suppress-all', 'src').status).toBe(0);
  const suppressions = JSON.parse(readFileSync(join(project.folder, 'eslint-suppressions.json'), 'utf8')) as unknown;
  expect(suppressions).toEqual({
    'src/model.js': { 'langchain/no-low-timeout': { count: 1 } },
    'src/tags.js': { 'langchain/no-unbounded-concurrency': { count: 1 } },
  });
  expect(eslint('src').status).toBe(0);
  project.write('src/new.js', LOW);
  expect(eslint('src').status).toBe(1);
  rmSync(join(project.folder, 'src/new.js'));
  project.write('src/model.js', LOW.replace('20', '20_000'));
  expect(eslint('src').stderr).toContain('There are suppressions left that do not occur anymore');
  expect(eslint('--prune-suppressions', 'src').status).toBe(0);
  project.write('src/model.js', LOW);
  rmSync(join(project.folder, 'eslint-suppressions.json'));
});

test('SARIF for code scanning names the rule, its page and the place', () => {
  const { stdout } = eslint('--format', '@microsoft/eslint-formatter-sarif', 'src/model.js');
  const { runs } = JSON.parse(stdout) as {
    readonly runs: readonly [
      {
        readonly tool: {
          readonly driver: { readonly rules: readonly { readonly id: string; readonly helpUri: string }[] };
        };
        readonly results: readonly {
          readonly ruleId: string;
          readonly locations: readonly [{ readonly physicalLocation: { readonly region: object } }];
        }[];
      },
    ];
  };
  expect(runs[0].tool.driver.rules.map(({ id, helpUri }) => [id, helpUri])).toEqual([
    [
      'langchain/no-low-timeout',
      `https://unpkg.com/eslint-plugin-langchain@${project.version}/docs/rules/no-low-timeout.md`,
    ],
  ]);
  expect(runs[0].results.map(({ ruleId, locations }) => [ruleId, locations[0].physicalLocation.region])).toEqual([
    ['langchain/no-low-timeout', { startLine: 3, startColumn: 61, endLine: 3, endColumn: 72 }],
  ]);
});

test('annotations for GitHub name the file, the place and the rule', () => {
  const { stdout } = eslint('--format', 'gha', 'src/model.js');
  expect(stdout).toMatch(
    /^::error file=.*src\/model\.js,line=3,col=61::`timeout` of 20 is 20 mill.*\(langchain\/no-low-timeout\)$/mu,
  );
});

test('lint-staged fixes what is staged, and stops a commit for the rest', () => {
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.com', ...args], {
      cwd: project.folder,
      encoding: 'utf8',
    });
  git('init', '--quiet');
  project.write('.gitignore', 'node_modules\n.eslintcache\n');
  git('add', '.gitignore', 'package.json', 'eslint.config.js');
  git('commit', '--quiet', '--message', 'start');
  project.write('.lintstagedrc.json', '{ "*.{js,ts,tsx}": "eslint --fix --max-warnings 0" }');
  const stage = (): { status: number | null; stdout: string; stderr: string } =>
    spawnSync(process.execPath, ['node_modules/lint-staged/bin/lint-staged.js'], {
      cwd: project.folder,
      encoding: 'utf8',
      env: {
        ...process.env,
        PATH: `${join(project.folder, 'node_modules/eslint/bin')}:${String(process.env['PATH'])}`,
      },
    });
  git('add', 'src/tags.js');
  const fixed = stage();
  expect([fixed.status, fixed.stderr]).toEqual([0, expect.anything()]);
  expect(git('show', ':src/tags.js')).toContain("model.batch(String(page).split('\\n'), { maxConcurrency: 5 })");
  git('add', 'src/model.js');
  const refused = stage();
  expect(refused.status).toBe(1);
  expect(refused.stdout + refused.stderr).toContain('langchain/no-low-timeout');
});
