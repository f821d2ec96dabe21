import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../helpers/packed-project.ts';

/** Each line that docs/inventory.md shows of the demo application is one that the command prints. */
test('the page shows what the command says about the demo', () => {
  const page = readFileSync(join(root, 'docs/inventory.md'), 'utf8');
  const [, shown = ''] = /<!-- begin inventory of docs\/demo -->(.+)<!-- end/su.exec(page) ?? [];
  const { stdout } = spawnSync(process.execPath, [join(root, 'dist/cli.js'), 'inventory', 'app'], {
    cwd: join(root, 'docs/demo'),
    encoding: 'utf8',
  });
  const printed = new Set(stdout.split('\n').map((line) => line.replaceAll(/[-\s|]+/gu, ' ')));
  const lines = shown.split('\n').filter((line) => line !== '');
  expect(lines.length).toBeGreaterThan(15);
  expect(lines.filter((line) => !printed.has(line.replaceAll(/[-\s|]+/gu, ' ')))).toEqual([]);
});

/** The worked budget of the guide counts with the demo's numbers. */
test('the guide shows the totals of the demo', () => {
  const page = readFileSync(join(root, 'docs/inventory.md'), 'utf8');
  const guide = readFileSync(join(root, 'docs/guide.md'), 'utf8');
  const [, shown = ''] = /Of the demo's inventory[^\n]+\n[^\n]+\n(.+?)\n\n/su.exec(guide) ?? [];
  const rows = shown.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
  expect(rows).toHaveLength(5);
  for (const [, name = '', number = ''] of rows)
    expect(page.toLowerCase()).toContain(`| ${name} | ${number} |`.toLowerCase());
});
