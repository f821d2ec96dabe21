/** What a new rule starts from. A contract test tells its texts from those of a finished rule. */
export const PLACEHOLDERS = ['what this rule is about', 'does this at run time'];

/** The files of a rule, by path. */
export function writeFiles(name: string): Readonly<Record<string, string>> {
  return {
    [`rules/${name}.ts`]: writeRule(name),
    [`test/rules/${name}.test.ts`]: writeTest(name),
    [`docs/rules/${name}.md`]: PAGE.replace('NAME', name),
  };
}

/** Where else a finished rule has to go, each where it applies; a test holds that these exist. */
export const FURTHER_PLACES: readonly { readonly path: string; readonly what: string }[] = [
  { path: 'docs/demo/app/src', what: 'a case in the demo, with its row in test/demo/demo.test.ts' },
  { path: 'docs/guide.md', what: 'a link to its page where the guide tells of the failure' },
  { path: 'docs/errors.md', what: 'a link to its page at the errors that it prevents' },
  { path: 'test/contract/advice.test.ts', what: 'a row: its advice, followed, clears the report' },
  { path: 'test/fix/contract/programs.ts', what: 'a program for each fix and suggestion, run before and after it' },
  { path: 'test/robustness/grammar.ts', what: 'a form that it reports, where random programs have none' },
  { path: 'test/proof', what: 'a proof of what it claims about LangChain, where no fact of src/facts has one' },
  { path: '.changeset', what: '`npx changeset` writes the line for the changelog' },
];

function writeRule(name: string): string {
  return `import { createRule } from '../src/create-rule.ts';

type MessageIds = 'found';
type Options = [];

export default createRule<Options, MessageIds>({
  name: '${name}',
  meta: {
    type: 'problem',
    docs: { description: 'disallow what this rule is about', recommended: 'strict', category: 'Settings' },
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
`;
}

function writeTest(name: string): string {
  return `import rule from '../../rules/${name}.ts';
import { reports, silent } from '../helpers/cases.ts';
import { code } from '../helpers/code.ts';
import { StrictRuleTester } from '../helpers/rule-tester.ts';
import { importForms, lookalikes } from '../helpers/shape-matrix.ts';

const forms = { module: '@langchain/openai', names: ['ChatOpenAI'] } as const;

const ask = (model: string): string => code\`
  const model = \${model};
  await model.invoke('Hello');
\`;

new StrictRuleTester().run(rule, {
  valid: [
    ...lookalikes({ ...forms, body: (n) => ask(\`new \${n.ChatOpenAI}()\`) }),

    silent(
      'what must stay quiet',
      code\`
        import { createModel } from './models.ts';
        export const model = createModel({ maxRetries: 2 });
      \`,
    ),
  ],
  invalid: [
    ...importForms({ ...forms, body: (n) => ask(\`⟦new \${n.ChatOpenAI}()⟧\`) }).map(({ name, ...module }) =>
      reports(name, module, { messageId: 'found', data: { name: 'ChatOpenAI' } }),
    ),

    reports(
      'a module as people write it',
      code\`
        import { ChatOpenAI } from '@langchain/openai';
        export const model = ⟦new ChatOpenAI({ maxRetries: 2 })⟧;
      \`,
      { messageId: 'found', data: { name: 'what this rule is to find' } },
    ),
  ],
});
`;
}

const PAGE = `# NAME

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
`;
