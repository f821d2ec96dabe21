/** The fenced blocks of JavaScript and TypeScript on a page of the documentation. */

const LANGUAGES = new Set(['ts', 'tsx', 'js', 'jsx', 'mjs', 'cjs', 'typescript', 'javascript']);

/** What the blocks are linted with. Only concurrency-budget, on whose page it stands, reads the budget. */
export const settings = { langchain: { budget: { workers: 8, limit: 50, pools: { pg: 100 } } } };

export interface Block {
  readonly label: 'right' | 'wrong' | null;
  /** Of the opening fence, 1-based. */
  readonly line: number;
  readonly filename: string;
  readonly text: string;
}

/**
 * A block belongs to the nearest heading above it; a heading that begins with "Wrong" or "Right" labels its blocks, and
 * `wrong` or `right` after the fence's language does so anywhere. A first line `// app/api/chat/route.ts` names the
 * file.
 */
export function readBlocks(markdown: string): Block[] {
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
      open = {
        fence: fence['fence'] ?? '',
        language: fence['language'] ?? '',
        label: info ?? heading,
        line: index + 1,
        text: [],
      };
      continue;
    }
    const title = /^#{1,6}\s+(?<title>.*)$/u.exec(line)?.groups?.['title'];
    if (title !== undefined) heading = /^wrong\b/iu.test(title) ? 'wrong' : /^right\b/iu.test(title) ? 'right' : null;
  }
  return blocks;
}
