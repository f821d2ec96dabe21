import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import langchain from 'eslint-plugin-langchain';
import type { MarkdownRenderer } from 'vitepress';
import { type Block, readBlocks, settings } from '../../scripts/doc-blocks.ts';
import { base } from '../manifest.ts';
import { encodeState } from './share.ts';

/**
 * On the pages of rules, what is reported stands under the line it belongs to, and each block opens in the playground.
 */
export function showReports(md: MarkdownRenderer): void {
  const render = md.renderer.rules.fence;
  if (!render) return;
  md.renderer.rules.fence = (tokens, index, options, env: { readonly relativePath: string }, self) => {
    const html = render(tokens, index, options, env, self);
    const rule = /^rules\/([\w-]+)\.md$/u.exec(env.relativePath)?.[1];
    if (rule === undefined) return html;
    const isOfBlock = isCode(tokens[index - 1]?.info) && /^\d+:\d+ {2}/u.test(tokens[index]?.content ?? '');
    if (isOfBlock) return '';
    if (!isCode(tokens[index]?.info)) return html;
    const block = findBlock(tokens[index]?.content ?? '');
    return `${insertReports(html, lint(block, rule))}${createLink(block, rule)}`;
  };
}

function isCode(info = ''): boolean {
  return /^(?:[cm]?[jt]sx?|typescript|javascript)\b/u.test(info);
}

function findBlock(text: string): Block {
  const block = readBlocks(`\`\`\`ts\n${text}\`\`\``)[0];
  if (!block) throw new Error(`No block of code: ${text}`);
  return block;
}

function lint({ filename, text }: Block, rule: string): readonly Linter.LintMessage[] {
  const config = {
    files: ['**'],
    plugins: { langchain },
    rules: { [`langchain/${rule}`]: 'error' as const },
    settings,
    languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } },
  };
  return new Linter().verify(text, config, { filename });
}

/** A line of `~~~` and the message, under each line of highlighted code that has a report. */
function insertReports(html: string, messages: readonly Linter.LintMessage[]): string {
  let line = 0;
  return html.replaceAll(/(?<row><span class="line">.*?<\/span>)(?<end>\n|(?=<\/code>))/gu, (whole, row: string) => {
    line++;
    const reports = messages.filter((message) => message.line === line).map((message) => createReport(message));
    // A block ends its line by itself.
    return reports.length === 0 ? whole : `${row}\n${reports.join('')}`;
  });
}

function createReport({ column, endColumn = column + 1, endLine, line, message }: Linter.LintMessage): string {
  const width = endLine === line ? Math.max(1, endColumn - column) : 3;
  const text = `${' '.repeat(column - 1)}${'~'.repeat(width)}`;
  return `<span class="report"><span class="report-mark">${text}</span>\n<span class="report-text">${escape(message)}</span></span>`;
}

function createLink({ filename, text }: Block, rule: string): string {
  const state = {
    files: { [filename]: text },
    active: filename,
    preset: 'recommended' as const,
    configuration: JSON.stringify({ rules: { [`langchain/${rule}`]: 'error' }, settings }, null, 2),
  };

  return `<p class="try"><a href="${base}playground#${encodeState(state)}">Open in the playground</a></p>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('{', '&#123;');
}
