/**
 * The code on the pages does what the page says. A wrong block gets a report of the page's rule; a right block gets
 * none from it, nor from any rule of `recommended`. Other blocks only have to parse. An `eslint` comment sets options.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readBlocks, settings } from '../../scripts/doc-blocks.ts';
import plugin from '../../src/index.ts';
import { lint } from './linter.ts';

describe.each(Object.keys(plugin.rules))('docs/rules/%s.md', (name) => {
  const id = `${plugin.meta.namespace}/${name}`;
  const page = new URL(`../../docs/rules/${name}.md`, import.meta.url);
  const text = existsSync(page) ? readFileSync(page, 'utf8') : '';
  const blocks = readBlocks(text);

  test('says something under each heading', () => {
    const empty = [...text.matchAll(/^## (?<heading>.+)\n\s*(?:(?=##? )|$(?![^]))/gmu)];
    expect(empty.map(({ groups }) => groups?.['heading'])).toEqual([]);
  });

  test('shows something wrong and something right', () => {
    const labels = new Set(blocks.map(({ label }) => label));
    expect(labels).toContain('wrong');
    expect(labels).toContain('right');
  });

  test.each(blocks.map((block) => [`${block.label ?? 'unlabelled'} block at line ${block.line}`, block] as const))(
    '%s',
    (_title, block) => {
      const others = block.label === 'wrong' ? {} : (plugin.configs.recommended.rules ?? {});
      const messages = lint(block.text, { rules: { ...others, [id]: 'error' }, filename: block.filename, settings });
      const reports = messages.map(({ line, ruleId, message }) => `${line}: ${ruleId ?? 'parser'}: ${message}`);
      expect(messages.filter(({ fatal }) => fatal)).toEqual([]);
      if (block.label === 'wrong') expect(messages.map(({ ruleId }) => ruleId)).toContain(id);
      if (block.label === 'right') expect(reports).toEqual([]);
    },
  );
});

const others = [
  'README.md',
  ...readdirSync(new URL('../../docs/', import.meta.url))
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
];

const pages = others
  .map((file) => [file, readBlocks(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'))] as const)
  .filter(([, blocks]) => blocks.length > 0);

describe.each(pages)('%s', (_file, blocks) => {
  test.each(blocks.map((block) => [`block at line ${block.line}`, block] as const))(
    '%s',
    (_title, { filename, label, text }) => {
      const messages = lint(text, { rules: plugin.configs.strict.rules ?? {}, filename, settings });
      expect(messages.filter(({ fatal }) => fatal)).toEqual([]);
      if (label === 'wrong') expect(messages.length).toBeGreaterThan(0);
      if (label === 'right') expect(messages).toEqual([]);
    },
  );
});
