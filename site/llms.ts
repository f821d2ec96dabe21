import { readFileSync } from 'node:fs';
import { base, manifest } from './manifest.ts';

/** Of `llms.txt`: what a model reads of the site, page by page. */
export function createLlmsText(pages: readonly string[]): string {
  const origin = manifest.homepage === undefined ? '' : new URL(manifest.homepage).origin;
  const list = pages.map((page) => {
    const title = /^# (.+)$/mu.exec(readFileSync(`docs/${page}.md`, 'utf8'))?.[1] ?? page;
    return `- [${title}](${origin}${base}${page})`;
  });
  return [`# ${manifest.name}`, '', `> ${manifest.description}`, '', ...list, ''].join('\n');
}
