/**
 * Shows what the page's rule reports beside each block that is wrong: a block of plain text, written from the run. With
 * `--check`, fails when one is not what would be written.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { lint } from '../test/contract/linter.ts';
import { type Block, readBlocks, settings } from './doc-blocks.ts';

const folder = new URL('../docs/rules/', import.meta.url);
const isCheck = process.argv.includes('--check');

for (const page of readdirSync(folder)) {
  const file = new URL(page, folder);
  const current = readFileSync(file, 'utf8');
  const text = writeReports(current, page.slice(0, -'.md'.length));
  if (text === current) continue;
  if (isCheck) {
    console.error(`docs/rules/${page} shows other reports than the rule makes: run \`npm run docs\`.`);
    process.exitCode = 1;
  } else {
    writeFileSync(file, text);
  }
}

function writeReports(markdown: string, rule: string): string {
  const lines = markdown.split('\n');
  // From the last one up, so that the lines of the others stay.
  for (const block of readBlocks(markdown).reverse()) {
    if (block.label !== 'wrong') continue;
    const end = block.line + block.text.split('\n').length + 1;
    const isShown = lines[end] === '' && lines[end + 1] === '```text';
    const after = isShown ? lines.indexOf('```', end + 2) + 1 : end;
    lines.splice(end, after - end, '', '```text', ...report(block, rule), '```');
  }
  return lines.join('\n');
}

function report({ filename, text }: Block, rule: string): readonly string[] {
  return lint(text, { rules: { [`langchain/${rule}`]: 'error' }, filename, settings }).map(
    ({ line, column, message }) => `${String(line)}:${String(column)}  ${message}`,
  );
}
