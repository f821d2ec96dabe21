/**
 * The code on the rules' pages does what the page says. A fenced block of JavaScript or TypeScript belongs to the nearest heading above
 * it; a heading that begins with "Wrong" or "Right" labels its blocks, and `wrong` or `right` after the fence's language does so
 * anywhere. A wrong block gets a report of the page's rule; a right block gets none from it, nor from any rule of `recommended`.
 * Other blocks only have to parse. A first line `// app/api/chat/route.ts` names the file; an `eslint` comment sets options.
 */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import plugin from '../../src/index.ts';
import { lint } from './linter.ts';

const LANGUAGES = new Set(['ts', 'tsx', 'js', 'jsx', 'mjs', 'cjs', 'typescript', 'javascript']);

/** As on the page of concurrency-budget, the only rule that reads it. */
const settings = { langchain: { budget: { workers: 8, limit: 50, pools: { pg: 100 } } } };

interface Block {
  readonly label: 'right' | 'wrong' | null;
  readonly line: number;
  readonly filename: string;
  readonly text: string;
}

describe.each(Object.keys(plugin.rules))('docs/rules/%s.md', (name) => {
  const id = `${plugin.meta.namespace}/${name}`;
  const page = new URL(`../../docs/rules/${name}.md`, import.meta.url);
  const blocks = readBlocks(existsSync(page) ? readFileSync(page, 'utf8') : '');

  test('shows something wrong and something right', () => {
    const labels = new Set(blocks.map(({ label }) => label));
    expect(labels).toContain('wrong');
    expect(labels).toContain('right');
  });

  test.each(blocks.map((block) => [`${block.label ?? 'unlabelled'} block at line ${block.line}`, block] as const))('%s', (_title, block) => {
    const others = block.label === 'wrong' ? {} : (plugin.configs.recommended.rules ?? {});
    const messages = lint(block.text, { rules: { ...others, [id]: 'error' }, filename: block.filename, settings });
    const reports = messages.map(({ line, ruleId, message }) => `${line}: ${ruleId ?? 'parser'}: ${message}`);
    expect(messages.filter(({ fatal }) => fatal)).toEqual([]);
    if (block.label === 'wrong') expect(messages.map(({ ruleId }) => ruleId)).toContain(id);
    if (block.label === 'right') expect(reports).toEqual([]);
  });
});

function readBlocks(markdown: string): Block[] {
  const blocks: Block[] = [];
  let heading: Block['label'] = null;
  let open: { fence: string; language: string; label: Block['label']; line: number; text: string[] } | null = null;
  for (const [index, line] of markdown.split('\n').entries()) {
    if (open !== null) {
      if (line.trim() !== open.fence) {
        open.text.push(line);
        continue;
      }
      if (LANGUAGES.has(open.language)) {
        const named = /^\/\/ ([\w@$()[\].+/-]+\.[cm]?[jt]sx?)$/u.exec(open.text[0] ?? '')?.[1];
        const filename = named ?? (open.language.endsWith('x') ? 'example.tsx' : 'example.ts');
        blocks.push({ label: open.label, line: open.line, filename, text: open.text.join('\n') });
      }
      open = null;
      continue;
    }
    const fence = /^(?<fence>`{3,})(?<language>\w*)(?<info>.*)$/u.exec(line)?.groups;
    if (fence) {
      const info = /\b(?:right|wrong)\b/u.exec(fence['info'] ?? '')?.[0] as 'right' | 'wrong' | undefined;
      open = { fence: fence['fence'] ?? '', language: fence['language'] ?? '', label: info ?? heading, line: index + 1, text: [] };
      continue;
    }
    const title = /^#{1,6}\s+(?<title>.*)$/u.exec(line)?.groups?.['title'];
    if (title !== undefined) heading = /^wrong\b/iu.test(title) ? 'wrong' : /^right\b/iu.test(title) ? 'right' : null;
  }
  return blocks;
}
