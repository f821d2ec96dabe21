import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { findFiles, findSince, getRelated } from '../../site/markdown/origin.ts';
import { rules } from '../../src/rules.generated.ts';

const names = Object.keys(rules);

describe('what the page of a rule says of its origin', () => {
  test.each(names)('%s: files that exist, and other rules', (name) => {
    const { source, tests } = findFiles(name);
    expect([existsSync(source), existsSync(tests)]).toEqual([true, true]);
    const related = getRelated(name);
    expect(related.length).toBeGreaterThan(0);
    expect(related.filter((each) => each === name || !names.includes(each))).toEqual([]);
  });

  test('the first version counts, not the last', () => {
    const text = '# Changelog\n\n## 0.2.0\n\n- `a-rule` and `b-rule`\n\n## 0.1.0\n\n- `a-rule`\n';
    expect([findSince('a-rule', text), findSince('b-rule', text), findSince('c-rule', text)]).toEqual([
      '0.1.0',
      '0.2.0',
      null,
    ]);
  });
});
