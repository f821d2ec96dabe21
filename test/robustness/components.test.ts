/** Vue, Svelte and Astro with their real parsers: no rule throws, and what is offered parses. */
import { describe, expect, test } from 'vitest';
import { ALL_RULES, lint } from '../contract/linter.ts';
import { check } from './check.ts';
import { frameworks } from './components.ts';
import { FOUND, HEAD, JAVASCRIPT_SOUP } from './soup.ts';

/** Names that the samples declare. */
const NAMES = ['model', 'embeddings', 'chain', 'app'];

describe.each(Object.entries(frameworks))('%s', (_name, { components, filename, languageOptions, write }) => {
  const reported = new Set<string>();

  test.each(Object.entries(components))('%s', (_title, text) => {
    const { isParsed, rules } = check({ text, filename, languageOptions, settings: {} });
    expect(isParsed).toBe(true);
    for (const rule of rules) reported.add(rule);
  });

  test('the components have reports', () => {
    expect([...reported]).toEqual(
      expect.arrayContaining(
        ['no-client-in-loop', 'no-low-timeout', 'no-unbounded-concurrency', 'require-timeout'].map(
          (rule) => `langchain/${rule}`,
        ),
      ),
    );
  });

  test.each(Object.entries({ ...JAVASCRIPT_SOUP, ...FOUND }))('markup around: %s', (_title, sample) => {
    const script = sample.includes('import {') ? sample : HEAD + sample;
    const messages = lint(write(script, NAMES), { rules: ALL_RULES, filename, languageOptions });
    expect(messages.filter(({ fatal }) => fatal)).toEqual([]);
  });
});
