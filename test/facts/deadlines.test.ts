import { expect, test } from 'vitest';
import { deadlineRows, mayGiveUp } from '../../src/facts/packages/deadlines.ts';

test.each(deadlineRows.flatMap(({ sources }) => sources))(
  'a file that imports from %s may give up on a promise',
  (source) => {
    expect(mayGiveUp(`import { helper } from '${source}';`, {})).toBe(true);
  },
);

test('so may one that imports what stands for such a package, and no other', () => {
  const text = "import { helper } from '@acme/helpers';";
  expect(mayGiveUp(text, { '@acme/helpers': 'p-timeout' })).toBe(true);
  expect(mayGiveUp(text, {})).toBe(false);
});
