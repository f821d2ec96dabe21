import * as parser from '@typescript-eslint/parser';
import { Linter, type Rule as ESLintRule } from 'eslint';
import { describe, expect, test } from 'vitest';
import { createRule, type Rule } from '../../src/create-rule.ts';
import { rules } from '../../src/rules.generated.ts';
import { code } from '../helpers/code.ts';

/** The number of listeners that a rule registers for a file. */
function listen(rule: Rule, text: string, settings: Readonly<Record<string, unknown>> = {}): number {
  let listeners = -1;
  const watched = {
    ...rule,
    create(context: Parameters<Rule['create']>[0]) {
      const visitor = rule.create(context);
      listeners = Object.keys(visitor).length;
      return visitor;
    },
  } as unknown as ESLintRule.RuleModule;
  new Linter().verify(
    text,
    {
      files: ['**'],
      plugins: { watched: { rules: { watched } } },
      rules: { 'watched/watched': 'error' },
      languageOptions: { parser },
      settings,
    },
    { filename: 'src/app.ts' },
  );
  return listeners;
}

const OTHER_FILES = [
  ['imports nothing', 'export const n = 1;'],
  [
    'imports something else',
    code`
      import OpenAI from 'openai';
      import pLimit from 'p-limit';
      await Promise.all(xs.map((x) => new OpenAI({ timeout: 20 }).invoke(x)));
    `,
  ],
  [
    'imports packages whose names begin alike',
    code`
      import { ChatOpenAI } from 'langchain-evil';
      import x from '@langchainx/openai';
      await new ChatOpenAI().batch(xs);
    `,
  ],
  ['only speaks of LangChain', "export const hint = 'npm install @langchain/openai langchain deepagents';"],
] as const;

describe.each(Object.entries(rules))('%s', (_name, rule) => {
  test.each(OTHER_FILES)('has no listeners in a file that %s', (_title, text) => {
    expect(listen(rule, text)).toBe(0);
  });
});

describe('a rule that listens to everything', () => {
  const rule = createRule<[], 'found'>({
    name: 'listening-rule',
    meta: {
      type: 'problem',
      docs: { description: 'disallow nothing', recommended: false, category: 'Settings' },
      schema: [],
      messages: { found: 'Found.' },
    },
    create: () => ({ CallExpression: () => undefined }),
  }) as Rule;

  test.each(OTHER_FILES)('has no listeners in a file that %s', (_title, text) => {
    expect(listen(rule, text)).toBe(0);
  });

  test.each([
    ['imports a package', "import { ChatOpenAI } from '@langchain/openai';"],
    ['requires a package', "const { ChatOpenAI } = require('@langchain/openai');"],
    ['imports a package later', "export const load = () => import('langchain/chat_models/universal');"],
    ['imports deepagents', "import { createDeepAgent } from 'deepagents';"],
  ])('has them in a file that %s', (_title, text) => {
    expect(listen(rule, text)).toBeGreaterThan(0);
  });

  test('has them in a file that imports a mapped module', () => {
    const text = "import { createModel } from '@acme/llm';";
    expect(listen(rule, text)).toBe(0);
    expect(listen(rule, text, { langchain: { modules: { '@acme/llm': '@langchain/openai' } } })).toBeGreaterThan(0);
  });
});

test('one rule notes the nodes of a file, the others take them from it', () => {
  const text = "import { ChatOpenAI } from '@langchain/openai';\nawait new ChatOpenAI({ timeout: 20 }).invoke('x');";
  const listeners: number[] = [];
  const watched = Object.fromEntries(
    Object.entries(rules).map(([name, rule]) => [
      name,
      {
        ...rule,
        create(context: Parameters<Rule['create']>[0]) {
          const visitor = rule.create(context);
          listeners.push(Object.keys(visitor).length);
          return visitor;
        },
      },
    ]),
  ) as unknown as Record<string, ESLintRule.RuleModule>;
  const messages = new Linter().verify(
    text,
    {
      files: ['**'],
      plugins: { watched: { rules: watched } },
      rules: Object.fromEntries(Object.keys(rules).map((name) => [`watched/${name}`, 'error'])),
      languageOptions: { parser },
    },
    { filename: 'src/app.ts' },
  );
  expect(messages.map(({ ruleId }) => ruleId)).toContain('watched/no-low-timeout');
  expect(listeners.filter((count) => count > 1)).toHaveLength(1);
});
