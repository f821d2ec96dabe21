import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { rules } from '../../src/rules.generated.ts';

const root = path.join(import.meta.dirname, '../..');
const page = readFileSync(path.join(root, 'docs/fixes.md'), 'utf8');

/** The rules that a section's table names. */
function getRows(heading: string): readonly string[] {
  const section = page.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const named = [...section.matchAll(/^\| ([a-z-]+) +\|/gmu)].flatMap(([, rule]) => rule ?? []);
  return [...new Set(named)].filter((rule) => rule in rules).toSorted();
}

const having = (key: 'fixable' | 'hasSuggestions'): readonly string[] =>
  Object.entries(rules).flatMap(([name, { meta }]) => (meta[key] ? [name] : []));

test('the table of fixes names each rule that has one', () => {
  expect(getRows('Fixes')).toEqual(having('fixable').toSorted());
});

test('the table of suggestions names each rule that has one', () => {
  expect(getRows('Suggestions')).toEqual(having('hasSuggestions').toSorted());
});

test('each test that the page names is there', () => {
  const named = [...page.matchAll(/`(test\/[\w./-]+)`/gu)].flatMap(([, file]) => file ?? []);
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
});

test('each row names a test', () => {
  const rows = page.split('\n').filter((line) => /^\| [a-z]+-/u.test(line));
  expect(rows.filter((row) => !/`test\/[\w./-]+` +\|$/u.test(row))).toEqual([]);
});

test('the README leads to it', () => {
  expect(readFileSync(path.join(root, 'README.md'), 'utf8')).toContain('(docs/fixes.md)');
});
