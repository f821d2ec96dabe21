import { describe, expect, test } from 'vitest';
import { createRule, type Rule } from '../../src/create-rule.ts';
import { code, locate } from './code.ts';
import { assertRewrites, type Invalid } from './rule-tester.ts';

type Rewrite = (argument: string) => string;

/** Reports each `new ChatOpenAI(argument)` and rewrites it, by fix or by suggestion. */
function createRewritingRule(how: 'fix' | 'suggest', rewrite: Rewrite): Rule<[], 'found' | 'rewrite'> {
  return createRule<[], 'found' | 'rewrite'>({
    name: 'rewriting-rule',
    meta: {
      type: 'problem',
      docs: { description: 'disallow what these tests need', recommended: false, category: 'Settings' },
      fixable: 'code',
      hasSuggestions: true,
      schema: [],
      messages: { found: 'Found.', rewrite: 'Rewrite.' },
    },
    create: (context) => ({
      NewExpression(node) {
        const text = rewrite(context.sourceCode.getText(node).slice('new ChatOpenAI('.length, -1));
        if (how === 'fix') context.report({ node, messageId: 'found', fix: (fixer) => fixer.replaceText(node, text) });
        else
          context.report({
            node,
            messageId: 'found',
            suggest: [{ messageId: 'rewrite', fix: (fixer) => fixer.replaceText(node, text) }],
          });
      },
    }),
  });
}

const testCase: Invalid<'found' | 'rewrite', []> = {
  name: 'a construction',
  code: code`
    import { ChatOpenAI } from '@langchain/openai';
    const model = new ChatOpenAI(/* of the tenant */ options);
  `,
  errors: [{ messageId: 'found' }],
};

describe.each(['fix', 'suggest'] as const)('a %s', (how) => {
  const check = (rewrite: Rewrite) => () => assertRewrites(createRewritingRule(how, rewrite), testCase);

  test('that parses, keeps the comment and clears its report is accepted', () => {
    expect(check((argument) => `createModel(${argument})`)).not.toThrow();
  });

  test('that does not parse is refused', () => {
    expect(check((argument) => `createModel(${argument}`)).toThrow(/Does not parse/u);
  });

  test('that loses a comment is refused', () => {
    expect(check(() => 'createModel(options)')).toThrow('The comment "of the tenant" is lost');
  });

  test('that leaves its report standing is refused', () => {
    expect(check((argument) => `new ChatOpenAI(${argument}, true)`)).toThrow(/The report stays/u);
  });
});

test('a location is 1-based and ends after the snippet', () => {
  const source = 'const a = 1;\nconst b = a;\n';
  expect(locate(source, 'const', 2)).toEqual({ line: 2, column: 1, endLine: 2, endColumn: 6 });
  expect(locate(source, '1;\nconst')).toEqual({ line: 1, column: 11, endLine: 2, endColumn: 6 });
  expect(() => locate(source, 'const', 3)).toThrow('"const" occurs 2 times, not 3');
});

test('a code sample loses its common indentation', () => {
  expect(code`
    if (a) {
      ${'b'}();
    }
  `).toBe('if (a) {\n  b();\n}\n');
});

test('a value of a code sample stands as it is, and its line break ends the line', () => {
  const head = 'import { a } from "a";\n';
  expect(code`
    ${head}
    if (a) {
      ${'b();\n  c()'};
    }
  `).toBe('import { a } from "a";\nif (a) {\n  b();\n  c();\n}\n');
});
