/** `settings.langchain.autofix.suggestions`: the first suggestion of the named rules is their fix. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import { describe, expect, test } from 'vitest';
import { ALL_RULES, createConfig, lint } from './contract/linter.ts';
import { code } from './helpers/code.ts';
import { FOUND, HEAD, JAVASCRIPT_SOUP } from './robustness/soup.ts';

const adopting = (...suggestions: readonly string[]): object => ({ langchain: { autofix: { suggestions } } });

function fix(text: string, rules: readonly string[], ...adopted: readonly string[]): string {
  const enabled = Object.fromEntries(rules.map((rule) => [`langchain/${rule}`, 'error' as const]));
  const config = createConfig({ rules: enabled, settings: { ...adopting(...adopted) } });
  const { fixed, messages, output } = new Linter().verifyAndFix(text, config, { filename: 'src/app.ts' });
  expect(messages.filter(({ fatal }) => fatal)).toEqual([]);
  return fixed ? output : text;
}

const timeouts = code`
  import { ChatOpenAI } from '@langchain/openai';

  const draft = new ChatOpenAI({ model: 'gpt-4o-mini', timeout: 20 });
  const final = new ChatOpenAI({ model: 'gpt-4o', timeout: 45 });
`;

describe('the named rules', () => {
  test('fix what they else suggest', () => {
    expect(fix(timeouts, ['no-low-timeout'], 'no-low-timeout')).toBe(code`
      import { ChatOpenAI } from '@langchain/openai';

      const draft = new ChatOpenAI({ model: 'gpt-4o-mini', timeout: 20_000 });
      const final = new ChatOpenAI({ model: 'gpt-4o', timeout: 45_000 });
    `);
  });

  test('keep their other suggestions', () => {
    const [message] = lint(timeouts, {
      rules: { 'langchain/no-low-timeout': 'error' },
      settings: { ...adopting('no-low-timeout') },
    });
    expect(message?.fix?.text).toBe('20_000');
    expect(message?.suggestions?.map(({ desc }) => desc)).toEqual(['Raise it to `10_000`.']);
  });

  test('leave the others as they are', () => {
    expect(fix(timeouts, ['no-low-timeout'], 'require-timeout')).toBe(timeouts);
    expect(fix(timeouts, ['no-low-timeout'])).toBe(timeouts);
  });

  test('leave what would lose a comment', () => {
    const commented = code`
      import { ChatOpenAI } from '@langchain/openai';

      const draft = new ChatOpenAI({ timeout: /* seconds? */ 20 });
    `;
    const blocking = code`
      import express from 'express';
      import { readFileSync } from 'node:fs';
      import { ChatOpenAI } from '@langchain/openai';

      const model = new ChatOpenAI();
      express().post('/ask', async (req, res) => {
        const template = readFileSync(/* small */ req.body.name, 'utf8');
        res.send((await model.invoke(template)).text);
      });
    `;
    for (const text of [commented, blocking]) {
      const fixed = fix(text, ['no-low-timeout', 'no-blocking-in-handler'], 'no-low-timeout', 'no-blocking-in-handler');
      for (const comment of text.match(/\/\*.*?\*\//gu) ?? []) expect(fixed).toContain(comment);
    }
  });

  test('declare each name once', () => {
    const handlers = code`
      import express from 'express';
      import { ChatOpenAI } from '@langchain/openai';

      const app = express();
      app.post('/ask', async (req, res) => {
        const model = new ChatOpenAI({ maxConcurrency: 4 });
        res.json(await model.invoke(req.body.question));
      });
      app.post('/sum', async (req, res) => {
        const model = new ChatOpenAI({ maxConcurrency: 8 });
        res.json(await model.invoke(req.body.text));
      });
    `;
    const fixed = fix(handlers, ['no-client-in-handler'], 'no-client-in-handler');
    expect(() => parser.parseForESLint(fixed, { sourceType: 'module' })).not.toThrow();
    expect(fixed.match(/maxConcurrency/gu)).toHaveLength(2);
    expect(lint(fixed, { rules: { 'langchain/no-client-in-handler': 'error' } }).length).toBeLessThan(2);
  });
});

/** Rules that have no suggestion. */
const SILENT = ['no-in-memory-checkpointer', 'no-indexing-in-handler', 'prefer-cached-embeddings'];
const names = Object.keys(ALL_RULES).map((rule) => rule.replace('langchain/', ''));
const suggesting = names.filter((rule) => !SILENT.includes(rule));

describe('with all rules that have suggestions', () => {
  const folder = path.join(import.meta.dirname, '../docs/demo/app/src');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

  test.each(files)('the demo still parses: %s', (file) => {
    const text = readFileSync(path.join(folder, file), 'utf8');
    const fixed = fix(text, names, ...suggesting);
    for (const comment of text.match(/\/\/ .*|\/\*.*?\*\//gu) ?? []) expect(fixed).toContain(comment);
  });

  test.each(Object.entries({ ...JAVASCRIPT_SOUP, ...FOUND }))(
    'what attacks rules still parses: %s',
    (_title, sample) => {
      fix(sample.includes('import {') ? sample : HEAD + sample, names, ...suggesting);
    },
  );
});

describe('a name', () => {
  const run = (name: string) => () =>
    lint(timeouts, { rules: ALL_RULES, settings: { ...adopting('no-low-timeout', name) } });

  test.each([
    ['that no rule has', 'no-low-timeouts'],
    ['with the namespace', 'langchain/no-low-timeout'],
    ['of a rule without suggestions', 'no-in-memory-checkpointer'],
    ['that every object has', 'constructor'],
  ])('%s is refused', (_title, name) => {
    expect(run(name)).toThrow(
      `settings.langchain.autofix.suggestions names "${name}", which is not a rule with suggestions. ` +
        'Rules with suggestions: concurrency-budget, no-abandoned-call,',
    );
  });
});
