import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { insertPicture } from '../../scripts/readme-picture.ts';

const readme = readFileSync('README.md', 'utf8');

test('the README opens with the picture', () => {
  expect(readme.indexOf('docs/images/squiggles.png')).toBeGreaterThan(0);
  expect(readme.indexOf('docs/images/squiggles.png')).toBeLessThan(readme.indexOf('## '));
});

test('a site with an address is led to, with and without a slash at its end', () => {
  for (const homepage of ['https://acme.dev/lint', 'https://acme.dev/lint/']) {
    const text = insertPicture(readme, homepage);
    expect(text).toContain('](https://acme.dev/lint/playground)');
    expect(text).not.toContain('//playground');
  }
});

test('without an address there is no link to a playground, and nothing else changes', () => {
  const text = insertPicture(insertPicture(readme, 'https://acme.dev/lint'), undefined);
  expect(text).not.toContain('/playground');
  expect(text).toContain('![Promise.all over');
  expect(insertPicture(text, undefined)).toBe(text);
  expect(text.slice(text.indexOf('<!-- end picture -->'))).toBe(readme.slice(readme.indexOf('<!-- end picture -->')));
});
