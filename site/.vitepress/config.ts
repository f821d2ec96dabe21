import { createHash } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { defineConfig } from 'vitepress';
import { createLlmsText } from '../llms.ts';
import { base, manifest, repository } from '../manifest.ts';
import { linkPages } from '../markdown/links.ts';
import { showOrigin } from '../markdown/origin.ts';
import { showReports } from '../markdown/reports.ts';

const rules = readdirSync('docs/rules').map((file) => file.replace('.md', ''));

export default defineConfig({
  title: manifest.name,
  description: manifest.description,
  base,
  // No icon: browsers need not ask for one.
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  // The pages stand where they are read without a site: in docs/.
  srcDir: '..',
  srcExclude: ['!(CHANGELOG).md', '!(docs|site|CHANGELOG.md)/**', 'docs/demo/**', 'site/!(pages)/**'],
  rewrites: (page) => page.replace(/^(?:docs|site\/pages)\//u, '').replace('CHANGELOG', 'changelog'),
  outDir: '.vitepress/dist',
  cacheDir: '.vitepress/cache',
  cleanUrls: true,
  metaChunk: true,
  ...(manifest.homepage !== undefined && { sitemap: { hostname: manifest.homepage } }),
  markdown: {
    // Of those that come along, the one whose words all stand out enough.
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    anchor: { slugify: getAnchor },
    config: (md) => {
      linkPages(md);
      showReports(md);
      showOrigin(md);
    },
  },
  themeConfig: {
    nav: [
      { text: 'Guide', link: '/guide' },
      { text: 'Errors', link: '/errors' },
      { text: 'Rules', link: `/rules/${rules[0] ?? ''}`, activeMatch: '/rules/' },
      { text: 'Playground', link: '/playground' },
    ],
    sidebar: [
      {
        text: 'Guide',
        items: [
          { text: 'Guide to load', link: '/guide' },
          { text: 'Errors by their text', link: '/errors' },
          { text: 'Measured behaviour', link: '/langchain-behaviour' },
          { text: 'What fixes do', link: '/fixes' },
          { text: 'What can be in flight', link: '/inventory' },
        ],
      },
      {
        text: 'Set-up',
        items: [
          { text: 'CI', link: '/ci' },
          { text: 'Editors', link: '/editors' },
          { text: 'Vue, Svelte, Astro', link: '/other-files' },
          { text: 'oxlint', link: '/oxlint' },
          { text: 'Coding agents', link: '/agents' },
          { text: 'Changelog', link: '/changelog' },
        ],
      },
      { text: 'Rules', items: rules.map((rule) => ({ text: rule, link: `/rules/${rule}` })) },
    ],
    outline: 'deep',
    search: { provider: 'local' },
    ...(repository !== null && { socialLinks: [{ icon: 'github', link: repository }] }),
  },
  buildEnd: ({ outDir }) => {
    const guides = readdirSync('docs').flatMap((file) => (file.endsWith('.md') ? [file.replace('.md', '')] : []));
    const pages = [...guides, ...rules.map((rule) => `rules/${rule}`)];
    writeFileSync(path.join(outDir, 'llms.txt'), createLlmsText(pages));
  },
  transformHtml: (html) => html.replace('<meta charset="utf-8">', (charset) => `${charset}\n    ${getPolicy(html)}`),
});

/** As on GitHub, where the pages are read too. */
function getAnchor(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');
}

/** Nothing is asked of another host, and no script runs but those that the build wrote. */
function getPolicy(html: string): string {
  const inline = [...html.matchAll(/<script(?:(?! src=)[^>])*>([^<]+)<\/script>/gu)].map(
    ([, script = '']) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  );
  const policy = [
    "default-src 'none'",
    `script-src 'self' ${[...new Set(inline)].join(' ')}`,
    // The highlighter and the editor colour by attributes and style elements.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return `<meta http-equiv="Content-Security-Policy" content="${policy.join('; ')}">`;
}
