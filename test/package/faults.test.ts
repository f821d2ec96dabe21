/**
 * What becomes of a fault of ours: in the published build the file goes on without the rule. `npm run build` comes
 * first.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { code } from '../helpers/code.ts';
import { PackedProject, root } from '../helpers/packed-project.ts';

/** A parser whose trees throw at what only the plugin reads, as a fault of a rule would. */
const parser = code`
  import * as parser from '@typescript-eslint/parser';

  const fail = () => {
    throw new TypeError('A fault of the test');
  };

  export function parseForESLint(text, options) {
    const result = parser.parseForESLint(text, options);
    if (text.includes('fails in create'))
      Object.defineProperty(result, 'services', { value: { get program() { return fail(); } } });
    for (const { declarations = [] } of result.ast.body) {
      for (const { id } of declarations)
        if (id.name === 'broken') Object.defineProperty(id, 'typeAnnotation', { get: fail });
    }
    return { ...result, visitorKeys: { ...result.visitorKeys, Identifier: [] } };
  }
`;

const files = {
  'src/create.js': code`
    // fails in create
    import { ChatOpenAI } from '@langchain/openai';
    let unused = 1;
    export const model = new ChatOpenAI({ timeout: 20 });
  `,
  'src/listener.js': code`
    import { ChatOpenAI } from '@langchain/openai';
    const unused = 1;
    const broken = new ChatOpenAI({ timeout: 20 });
    export const answer = async (question) => {
      broken.invoke(question);
    };
  `,
  'src/sound.js': code`
    import { ChatOpenAI } from '@langchain/openai';
    export const model = new ChatOpenAI({ timeout: 20 });
  `,
};

let project: PackedProject;

beforeAll(() => {
  project = new PackedProject(['eslint', '@typescript-eslint/parser']);
  project.write('parser.js', parser);
  for (const [file, text] of Object.entries(files)) project.write(file, text);
});

afterAll(() => {
  project.remove();
});

interface Run {
  readonly status: number | null;
  readonly stderr: string;
  /** File, rule and line of each report. */
  readonly reports: readonly string[];
}

function run(plugin: string, rules: readonly string[], ...paths: readonly string[]): Run {
  project.write(
    'eslint.config.js',
    code`
      import * as parser from './parser.js';
      import langchain from ${JSON.stringify(plugin)};
      export default [
        {
          languageOptions: { parser },
          plugins: { langchain },
          rules: ${JSON.stringify(Object.fromEntries(rules.map((rule) => [rule, 'error'])))},
        },
      ];
    `,
  );
  const { status, stderr, stdout } = spawnSync(
    process.execPath,
    ['node_modules/eslint/bin/eslint.js', '--format', 'json', ...paths],
    { cwd: project.folder, encoding: 'utf8' },
  );
  const results = (stdout === '' ? [] : JSON.parse(stdout)) as readonly {
    readonly filePath: string;
    readonly messages: readonly { readonly ruleId: string; readonly line: number }[];
  }[];
  return {
    status,
    stderr,
    reports: results.flatMap(({ filePath, messages }) =>
      messages.map(({ ruleId, line }) => `${filePath.slice(project.folder.length + 1)}:${line} ${ruleId}`),
    ),
  };
}

const published = 'eslint-plugin-langchain';
const rule = 'langchain/no-low-timeout';
const other = 'langchain/no-unawaited-call';

describe('the published build', () => {
  test.each([
    ['src/create.js', ['src/create.js:3 no-unused-vars']],
    // What was reported before the fault stays.
    ['src/listener.js', ['src/listener.js:2 no-unused-vars', 'src/listener.js:3 langchain/no-low-timeout']],
  ])('goes on without a rule that throws: %s', (file, expected) => {
    const { reports, status, stderr } = run(published, ['no-unused-vars', rule], file, 'src/sound.js');
    expect(reports).toEqual([...expected, 'src/sound.js:2 langchain/no-low-timeout']);
    expect(status).toBe(1);
    expect(stderr.split('\n').filter((line) => !line.startsWith('    at '))).toEqual([
      `eslint-plugin-langchain ${project.version}: rule langchain/no-low-timeout failed on ` +
        `${join(project.folder, file)} and was skipped for this file. This is a bug in the plugin; ` +
        'the other rules still run.',
      'TypeError: A fault of the test',
      expect.stringMatching(/^Please report it/u),
      '',
    ]);
  });

  test('shows a fault once for each rule and file, whatever --fix repeats', () => {
    const { reports, stderr } = run(published, ['prefer-const', rule, other], '--fix-dry-run', 'src/create.js');
    expect(reports).toEqual([]);
    expect(stderr.match(/(?<=: )rule \S+ failed on \S+/gu)).toEqual([
      `rule langchain/no-low-timeout failed on ${join(project.folder, 'src/create.js')}`,
      `rule langchain/no-unawaited-call failed on ${join(project.folder, 'src/create.js')}`,
    ]);
  });

  test('shows ten faults, and says that it shows no more', () => {
    for (let index = 0; index < 15; index++) project.write(`many/${index}.js`, files['src/listener.js']);
    const { reports, stderr } = run(published, ['no-unused-vars', rule], 'many');
    expect(stderr.match(/ failed on /gu)).toHaveLength(10);
    expect(stderr).toMatch(/further faults are not shown\.\n$/u);
    expect(reports.filter((report) => report.endsWith('no-unused-vars'))).toHaveLength(15);
  });

  test('does not hide a mistake in the settings', () => {
    project.write(
      'settings.config.js',
      code`
        import langchain from 'eslint-plugin-langchain';
        export default [langchain.configs.recommended, { settings: { langchain: { autofix: 'no' } } }];
      `,
    );
    const { status, stderr } = spawnSync(
      process.execPath,
      ['node_modules/eslint/bin/eslint.js', '--config', 'settings.config.js', 'src/sound.js'],
      { cwd: project.folder, encoding: 'utf8' },
    );
    expect(stderr).toContain(
      'settings.langchain.autofix must be true, false or an object with `suggestions`, but is "no".',
    );
    expect(status).toBe(2);
  });
});

test.each([
  ['src/create.js', "TypeError: Error while loading rule 'langchain/no-low-timeout': A fault of the test"],
  ['src/listener.js', 'TypeError: A fault of the test'],
])('the build for tests ends the run: %s', (file, expected) => {
  const { status, stderr } = run(pathToFileURL(join(root, 'build/index.js')).href, [rule], file);
  expect(stderr).toContain(expected);
  expect(status).toBe(2);
});
