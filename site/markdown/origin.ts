import { existsSync, readFileSync } from 'node:fs';
import type { MarkdownRenderer } from 'vitepress';
import { base, manifest, repository } from '../manifest.ts';

/** Rules that a reader of one asks about as well: they look at the same code from another side. */
const SUBJECTS: readonly (readonly string[])[] = [
  ['no-unbounded-concurrency', 'require-max-concurrency', 'require-client-limit', 'valid-max-concurrency'],
  ['no-unbounded-concurrency', 'concurrency-budget', 'require-pool-limits'],
  ['no-client-in-handler', 'no-client-in-loop', 'require-pool-limits'],
  ['require-timeout', 'no-low-timeout', 'no-abandoned-call', 'no-stacked-retries'],
  ['require-signal-forwarding', 'no-abandoned-call', 'require-timeout'],
  ['no-unawaited-call', 'no-abandoned-call', 'no-overlapping-interval'],
  ['no-blocking-in-handler', 'no-indexing-in-handler', 'no-client-in-handler'],
  ['prefer-cached-embeddings', 'prefer-embed-documents', 'no-indexing-in-handler'],
  ['no-ineffective-config', 'no-discarded-builder', 'valid-max-concurrency'],
  ['no-large-k', 'prefer-cached-embeddings'],
  ['no-in-memory-checkpointer', 'no-client-in-handler'],
];

export function getRelated(rule: string): readonly string[] {
  const related = SUBJECTS.filter((subject) => subject.includes(rule)).flat();
  return [...new Set(related)].filter((each) => each !== rule).sort();
}

/** The version whose part of the changelog is the first to name the rule; null where none does yet. */
export function findSince(rule: string, changelog: string): string | null {
  const sections = changelog.split(/^## /mu).slice(1);
  const first = sections.reverse().find((section) => section.includes(`\`${rule}\``));
  return first === undefined ? null : (/^[\w.-]+/u.exec(first)?.[0] ?? null);
}

/** Of the rule and its tests, below the root of the repository. */
export function findFiles(rule: string): { readonly source: string; readonly tests: string } {
  return { source: `rules/${rule}.ts`, tests: `test/rules/${rule}.test.ts` };
}

/** On the pages of rules, at the end: since when there is one, where it stands, and which ones are about the same. */
export function showOrigin(md: MarkdownRenderer): void {
  md.core.ruler.push('origin', (state) => {
    const { relativePath } = state.env as { readonly relativePath: string };
    const rule = /^rules\/([\w-]+)\.md$/u.exec(relativePath)?.[1];
    if (rule === undefined) return;
    const block = new state.Token('html_block', '', 0);
    block.content = describeOrigin(rule);
    state.tokens.push(block);
  });
}

function describeOrigin(rule: string): string {
  const { source, tests } = findFiles(rule);
  const since = findSince(rule, readFileSync('CHANGELOG.md', 'utf8'));
  const rows = [
    ['Since', since ?? `the version after ${manifest.version}`],
    ['Source', link(source)],
    ['Tests', link(tests)],
    [
      'Related',
      getRelated(rule)
        .map((each) => `<a href="${base}rules/${each}">${each}</a>`)
        .join(', '),
    ],
  ];
  return `<dl class="origin">${rows.map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`).join('')}</dl>\n`;
}

/** Where the repository has no address, its path. */
function link(file: string): string {
  if (!existsSync(file)) throw new Error(`There is no ${file}.`);
  return repository === null ? `<code>${file}</code>` : `<a href="${repository}/blob/main/${file}">${file}</a>`;
}
