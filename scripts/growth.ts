/**
 * `npm run growth [-- FILE]`: the steps of each shape at n, 2n, 4n and 8n, as a Markdown table, or as JSON in a file.
 */
import { writeFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { GROWING } from '../test/robustness/steps.ts';

const [file] = process.argv.slice(2);
const rows = GROWING.map(({ count, name, sizes }) => {
  const start = performance.now();
  const steps = sizes.map(count);
  return { shape: name, n: sizes[0] ?? 0, steps, milliseconds: Math.round(performance.now() - start) };
});

if (file === undefined) {
  console.log('| shape | n | steps at n | 2n | 4n | 8n |\n| --- | ---: | ---: | ---: | ---: | ---: |');
  for (const { n, shape, steps } of rows) console.log(`| ${[shape, n, ...steps].join(' | ')} |`);
} else {
  writeFileSync(file, `${JSON.stringify(rows, null, 2)}\n`);
}
