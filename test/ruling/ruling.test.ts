/**
 * What is reported on published packages is what was read and judged. After a change: `npm run ruling -- --update`,
 * then read what is `unread`.
 */
import { describe, expect, test } from 'vitest';
import { keepVerdicts, lint, packages, readExpected } from './ruling.ts';

/** A slow machine only takes longer, in milliseconds. */
const patience = 300_000;

describe.each(packages.map((each) => [each.name, each] as const))('%s', (_name, each) => {
  test(
    'has the reports that were judged',
    () => {
      const expected = readExpected(each);
      const reports = keepVerdicts(lint(each), expected);
      expect(reports).toEqual(expected);
      expect(reports.filter(({ verdict }) => verdict === 'unread')).toEqual([]);
      // A doubt is worth nothing without its reason.
      expect(reports.filter(({ verdict, why }) => verdict === 'debatable' && (why ?? '') === '')).toEqual([]);
    },
    patience,
  );
});

test('some packages have reports', () => {
  expect(packages.filter((each) => readExpected(each).length > 0).length).toBeGreaterThanOrEqual(3);
});
