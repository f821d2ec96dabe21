import { existsSync } from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { describe, expect, test } from 'vitest';
import { FURTHER_PLACES, PLACEHOLDERS, writeFiles } from '../../scripts/new-rule/templates.ts';

const root = path.join(import.meta.dirname, '../..');
const files = Object.entries(writeFiles('no-something'));

describe('the files of a new rule', () => {
  test.each(files)('%s is formatted', async (file, text) => {
    const filepath = path.join(root, file);
    expect(text).toBe(await format(text, { ...(await resolveConfig(filepath)), filepath }));
  });

  test('the texts that a contract does not take for a rule’s are in the rule', () => {
    const [, rule] = files[0] ?? ['', ''];
    expect(PLACEHOLDERS.filter((placeholder) => !rule.includes(placeholder))).toEqual([]);
  });
});

test('the further places of a rule exist', () => {
  expect(FURTHER_PLACES.filter((place) => !existsSync(path.join(root, place.path)))).toEqual([]);
});
