import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { drawChart, files } from '../../scripts/proof-chart.ts';

/** `npm run demo:proof -- --record` writes both. */
test('the chart of the README and the front page is drawn from the record', () => {
  const record = JSON.parse(readFileSync(files.record, 'utf8')) as Parameters<typeof drawChart>[0];
  expect(readFileSync(files.chart, 'utf8')).toBe(drawChart(record));
  expect(record.before.failures).toBeGreaterThan(0);
  expect(record.after).toMatchObject({ failures: 0, done: record.calls });
});
