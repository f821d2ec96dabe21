import path from 'node:path';
import type { MarkdownRenderer } from 'vitepress';
import { repository } from '../manifest.ts';

/** Links out of the documentation lead to the repository; where it has no address, they are plain text. */
export function linkPages(md: MarkdownRenderer): void {
  md.core.ruler.push('links-out', ({ env, tokens }) => {
    const page = (env as { readonly relativePath: string }).relativePath;
    for (const { children } of tokens) {
      let isPlain = false;
      for (const token of children ?? []) {
        if (token.type === 'link_open') {
          const file = findOutside(page, String(token.attrGet('href')));
          isPlain = file !== null && repository === null;
          if (file !== null && repository !== null) token.attrSet('href', `${repository}/blob/main/${file}`);
        }
        if (!isPlain || !token.type.startsWith('link_')) continue;
        token.attrs = token.attrs?.filter(([name]) => name !== 'href') ?? null;
        token.tag = 'span';
        token.type = token.type.replace('link', 'span');
      }
    }
  });
}

/** The path, from the root of the repository, of a file that is no page of the site. */
function findOutside(page: string, href: string): string | null {
  if (!/^(?:\.\.?\/|[\w-]+\/|[\w-]+\.md)/u.test(href)) return null;
  const target = path.posix.join('docs', path.posix.dirname(page), href.replace(/#.*$/u, ''));
  const isPage = /^docs\/(?:rules\/)?[\w-]+\.md$/u.test(target) || page === 'playground.md' || page === 'index.md';
  return isPage ? null : target;
}
