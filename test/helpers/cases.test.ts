import { expect, test } from 'vitest';
import { reports, rewrites, silent } from './cases.ts';
import { code } from './code.ts';

const found = { messageId: 'found', data: { name: 'model' } } as const;

test('a case without a report is its code, with what it is linted under', () => {
  expect(silent('a name', 'const a = 1;\n')).toEqual({ name: 'a name', code: 'const a = 1;\n' });
  expect(silent<[number]>('another', { code: 'const b = 1;\n', filename: 'src/b.js', options: [5] })).toEqual({
    name: 'another',
    code: 'const b = 1;\n',
    filename: 'src/b.js',
    options: [5],
  });
});

test('a mark is where the report stands, and is not linted', () => {
  const testCase = reports(
    'over two lines',
    {
      code: code`
        const a = 1;
        const model = ⟦new ChatOpenAI({
        })⟧;
      `,
      settings: { langchain: {} },
    },
    found,
  );
  expect(testCase).toEqual({
    name: 'over two lines',
    code: code`
      const a = 1;
      const model = new ChatOpenAI({
      });
    `,
    settings: { langchain: {} },
    errors: [{ ...found, line: 2, column: 15, endLine: 3, endColumn: 3 }],
  });
});

test('several marks belong to the expectations in the order in which they open, or by number', () => {
  const columns = (source: string): (number | undefined)[] =>
    reports('several', source, found, found).errors.map(({ column }) => column);
  expect(columns('⟦a(⟦b⟧)⟧;')).toEqual([1, 3]);
  expect(columns('⟦2:a(⟦1:b⟧)⟧;')).toEqual([3, 1]);
  expect(columns('⟦2:⟦1:a⟧⟧;')).toEqual([1, 1]);
});

test('a suggestion is a module, or the one text that it replaces', () => {
  const output = 'first(20, 100);\n';
  const [first, second] = reports(
    'two numbers',
    'first(⟦100⟧, ⟦200⟧);\n',
    { ...found, suggestions: [{ messageId: 'write', data: { k: 20 }, output }] },
    { ...found, suggestions: [{ messageId: 'write', output: ['200', '$&'] }] },
  ).errors;
  expect(first?.suggestions).toEqual([{ messageId: 'write', data: { k: 20 }, output }]);
  expect(second?.suggestions).toEqual([{ messageId: 'write', output: 'first(100, $&);\n' }]);
});

test('a rewrite is the fix, unless a suggestion is named', () => {
  const fixed = rewrites('a fix', 'use(⟦a⟧);', 'use(b);', found);
  expect(fixed).toEqual({ ...reports('a fix', 'use(⟦a⟧);', found), output: 'use(b);' });

  const suggests = { messageId: 'write', data: { name: 'b' } } as const;
  const suggested = rewrites('a suggestion', 'use(⟦a⟧);', 'use(b);', { ...found, suggests });
  expect(suggested).toEqual(
    reports('a suggestion', 'use(⟦a⟧);', { ...found, suggestions: [{ ...suggests, output: 'use(b);' }] }),
  );
});

test.each([
  ['use(a);', '0 marks for 1 reports'],
  ['use(⟦a⟧, ⟦b⟧);', '2 marks for 1 reports'],
  ['use(⟦a);', 'A mark does not end'],
  ['use(a⟧);', 'A mark ends that did not begin'],
  ['use(⟦2:a⟧);', 'The marks are not numbered from 1 up'],
])('marks that do not fit are refused: %s', (source, message) => {
  expect(() => reports('wrong', source, found)).toThrow(message);
});

test('a replacement that is not the only one is refused', () => {
  const suggestions = [{ messageId: 'write', output: ['a', 'b'] }] as const;
  expect(() => reports('twice', '⟦a⟧(a);', { ...found, suggestions })).toThrow('"a" does not occur once');
});
