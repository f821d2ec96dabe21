/**
 * `npm run new -- no-something`: writes a rule, its page, and its test, which fails until the rule reports something.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';

const root = new URL('../', import.meta.url);
const [name] = process.argv.slice(2);

if (name === undefined || !/^[a-z]+(?:-[a-z]+)+$/u.test(name)) {
  console.error('usage: npm run new -- rule-name');
  process.exit(1);
}

const files: Record<string, string> = {
  [`rules/${name}.ts`]: `import { createRule } from '../src/create-rule.ts';

type MessageIds = 'found';
type Options = [];

export default createRule<Options, MessageIds>({
  name: '${name}',
  meta: {
    type: 'problem',
    docs: { description: 'disallow what this rule is about', recommended: false, category: 'Settings' },
    schema: [],
    messages: { found: '\`{{name}}\` does this at run time. Write that instead.' },
  },
  create(context, _options, file) {
    return {
      NewExpression(node) {
        const resolution = file.resolve(node);
        if (resolution.is !== 'yes') return;
        context.report({ node, messageId: 'found', data: { name: resolution.value.className } });
      },
    };
  },
});
`,
  [`test/rules/${name}.test.ts`]: `import rule from '../../rules/${name}.ts';
import { code, locate } from '../helpers/code.ts';
import { StrictRuleTester } from '../helpers/rule-tester.ts';
import { importForms, lookalikes } from '../helpers/shape-matrix.ts';

const snippet = {
  module: '@langchain/openai',
  names: ['ChatOpenAI'],
  body: (n: { readonly ChatOpenAI: string }) => code\`
    const model = new \${n.ChatOpenAI}();
    await model.invoke('Hello');
  \`,
} as const;

const real = code\`
  import { ChatOpenAI } from '@langchain/openai';
  export const model = new ChatOpenAI({ maxRetries: 2 });
\`;

new StrictRuleTester().run(rule, {
  valid: [...lookalikes(snippet)],
  invalid: [
    {
      name: 'a module as people write it',
      code: real,
      errors: [{ messageId: 'found', data: { name: 'what this rule is to find' }, ...locate(real, 'new ChatOpenAI({ maxRetries: 2 })') }],
    },
    ...importForms({
      ...snippet,
      expect: ({ source, names }) => ({
        errors: [{ messageId: 'found', data: { name: 'ChatOpenAI' }, ...locate(source, \`new \${names.ChatOpenAI}()\`) }],
      }),
    }),
  ],
});
`,
  [`docs/rules/${name}.md`]: `# ${name}

<!-- end auto-generated rule header -->

## Why it hurts

## Wrong

\`\`\`ts
\`\`\`

## Right

\`\`\`ts
\`\`\`

## What it cannot see

## When not to use it
`,
};

const present = Object.keys(files).filter((file) => existsSync(new URL(file, root)));
if (present.length > 0) {
  console.error(`Not overwritten, as it exists: ${present.join(', ')}`);
  process.exit(1);
}
for (const [file, text] of Object.entries(files)) {
  writeFileSync(new URL(file, root), text);
  console.log(file);
}
process.exitCode =
  spawnSync('npm', ['run', '--silent', 'generate'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  }).status ?? 1;
