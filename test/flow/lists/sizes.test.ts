import { describe, expect, it } from 'vitest';
import { getPerItems } from '../../../src/flow/calls/per-item.ts';
import type { Size } from '../../../src/flow/lists/size-arithmetic.ts';
import { getSizes } from '../../../src/flow/lists/sizes.ts';
import { code } from '../../helpers/code.ts';
import { findMarked, parseFile } from '../../helpers/file.ts';

const HEAD = code`
  import '@langchain/openai';
  import { limit } from './settings';
`;

/**
 * Sizes are three-valued: a number at most, `unseen` where somebody else decides, null for a list as long as it likes.
 */
function ask(text: string, answer: (sizes: ReturnType<typeof getSizes>, node: never) => Size): Size[] {
  const file = parseFile(HEAD + text);
  return findMarked(file).map((node) => answer(getSizes(file), node as never));
}

describe('the most that a number can be', () => {
  it.each<[string, string, Size[]]>([
    [
      'written numbers',
      code`
        const max = 4;
        $(10);
        $(max);
        $(Infinity);
      `,
      [10, 4, null],
    ],
    [
      'a length is as large as its list',
      code`
        const names = ['a', 'b', 'c'];
        $(names.length);
        $(new Set(names).size);
        $(rows.length);
      `,
      [3, 3, null],
    ],
    [
      'the smaller of two',
      code`
        $(Math.min(rows.length, 5));
        $(Math.min(limit, 5));
        $(Math.max(3, 5));
      `,
      [5, 5, 5],
    ],
    [
      'numbers from elsewhere',
      code`
        $(limit);
        $(request.count);
        $(count());
      `,
      ['unseen', 'unseen', 'unseen'],
    ],
  ])('%s', (_name, text, expected) => {
    expect(ask(text, (sizes, node) => sizes.ofNumber(node))).toEqual(expected);
  });
});

describe('the size at a path', () => {
  it.each<[string, string, readonly string[], Size[]]>([
    [
      'of an object',
      code`
        const plan = { steps: ['a', 'b'], rows };
        $(plan);
      `,
      ['steps'],
      [2],
    ],
    [
      'of each element',
      code`
        $([{ tags: ['a'] }, { tags: ['a', 'b', 'c'] }]);
      `,
      ['*', 'tags'],
      [3],
    ],
    [
      'of what a query returned',
      code`
        $({ rows: await db.query(sql) });
      `,
      ['rows'],
      [null],
    ],
    [
      'of what one answer of a model asked for',
      code`
        $(answer);
      `,
      ['tool_calls'],
      ['unseen'],
    ],
  ])('%s', (_name, text, path, expected) => {
    expect(ask(text, (sizes, node) => sizes.of(node, path))).toEqual(expected);
  });
});

describe('how often a loop runs', () => {
  it.each<[string, string, Size]>([
    ['over a written list', "for (const name of ['a', 'b']) $(name);", 2],
    ['up to a number', 'for (let i = 0; i < 3; i++) $(i);', 3],
    ['up to a number and with it', 'for (let i = 0; i <= 3; i++) $(i);', 4],
    ['up to the smaller of two', 'for (let i = 0; i < rows.length && i < 7; i++) $(i);', 7],
    ['up to a number from elsewhere', 'for (let i = 0; i < limit; i++) $(i);', 'unseen'],
    ['over rows', 'for (const row of rows) $(row);', null],
    ['over keys', 'for (const key in { a: 1, b: 2 }) $(key);', 2],
    ['until something happens', 'while (isOpen()) $(1);', null],
    ['without a test', 'for (;;) $(1);', null],
  ])('%s', (_name, text, expected) => {
    const file = parseFile(HEAD + text);
    const [marked] = findMarked(file);
    const [perItem] = marked ? getPerItems(file, marked) : [];
    if (!perItem) throw new Error('Nothing runs per item.');
    expect(getSizes(file).ofPerItem(perItem)).toBe(expected);
  });
});
