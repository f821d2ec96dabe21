import assert from 'node:assert/strict';
import type { TSESLint } from '@typescript-eslint/utils';
import { describe, it } from 'vitest';
import { AST_NODE_TYPES } from '../../src/ast/types.ts';
import type { Edit } from '../../src/fix/edit.ts';
import { addToArgument, setProperty } from '../../src/fix/objects.ts';
import { type Offer, offer } from '../../src/fix/offer.ts';
import type { LangChainFile } from '../../src/trace/file.ts';
import { findNodes, parseFile } from '../helpers/file.ts';

const gate = "import { ChatOpenAI } from '@langchain/openai';\n";

type Messages = 'limit' | 'other';

function edit(file: LangChainFile, from: string, to: string): Edit {
  const start = file.sourceCode.text.indexOf(from);
  assert.notEqual(start, -1, from);
  return { range: [start, start + from.length], text: to };
}

function rewriting(file: LangChainFile, from: string, to: string): NonNullable<Offer<Messages>['rewrite']> {
  return { messageId: 'limit', data: { limit: '5' }, edits: [edit(file, from, to)] };
}

/** The text after a fix, as ESLint would apply it. */
function run(file: LangChainFile, fix: TSESLint.ReportFixFunction | null | undefined): string {
  assert.ok(fix);
  const fixer = { replaceTextRange: (range: readonly [number, number], text: string) => ({ range, text }) };
  const fixes = fix(fixer as unknown as TSESLint.RuleFixer) as unknown as {
    range: readonly [number, number];
    text: string;
  }[];
  return apply(file, fixes);
}

function apply(file: LangChainFile, edits: readonly Edit[]): string {
  return edits
    .toSorted((a, b) => b.range[0] - a.range[0])
    .reduce((text, { range, text: by }) => text.slice(0, range[0]) + by + text.slice(range[1]), file.sourceCode.text);
}

describe('offer', () => {
  it('fixes when nothing speaks against it', () => {
    const file = parseFile(`${gate}await model.batch(inputs);`);
    const offered = offer(file, {
      rewrite: rewriting(file, 'batch(inputs)', 'batch(inputs, { maxConcurrency: 5 })'),
      unless: { 'the config has a timeout': false },
    });
    assert.equal(run(file, offered.fix), `${gate}await model.batch(inputs, { maxConcurrency: 5 });`);
    assert.ok(!('suggest' in offered));
  });

  it('suggests when one reason holds', () => {
    const file = parseFile(`${gate}await model.batch(inputs);`);
    const offered = offer(file, {
      rewrite: rewriting(file, 'batch(inputs)', 'batch(inputs, {})'),
      unless: { 'the list is readonly': false, 'the config has a timeout': true },
    });
    assert.ok(!('fix' in offered));
    assert.deepEqual(
      offered.suggest?.map(({ messageId, data }) => ({ messageId, data })),
      [{ messageId: 'limit', data: { limit: '5' } }],
    );
    assert.equal(run(file, offered.suggest[0]?.fix), `${gate}await model.batch(inputs, {});`);
  });

  it('offers further suggestions beside a fix, and after a rewrite that is only suggested', () => {
    const file = parseFile(`${gate}await model.batch(inputs);`);
    const suggestions = [{ messageId: 'other' as const, edits: [edit(file, 'inputs', 'inputs.slice(0, 10)')] }, null];
    const rewrite = rewriting(file, 'batch(inputs)', 'batch(inputs, {})');
    const fixed = offer<Messages>(file, { rewrite, suggestions });
    assert.ok(fixed.fix);
    assert.deepEqual(
      fixed.suggest?.map(({ messageId }) => messageId),
      ['other'],
    );
    const suggested = offer<Messages>(file, { rewrite, unless: { 'it is a union': true }, suggestions });
    assert.deepEqual(
      suggested.suggest?.map(({ messageId }) => messageId),
      ['limit', 'other'],
    );
  });

  it('offers nothing for no rewrite', () => {
    const file = parseFile(gate);
    assert.deepEqual(offer(file, {}), {});
    assert.deepEqual(offer(file, { rewrite: null, suggestions: [null] }), {});
    assert.deepEqual(offer(file, { rewrite: { messageId: 'limit', edits: [] } }), {});
  });

  it('suggests in place of fixing when the setting says so', () => {
    const file = parseFile(`${gate}await model.batch(inputs);`, { settings: { langchain: { autofix: false } } });
    const offered = offer(file, { rewrite: rewriting(file, 'inputs', 'inputs, {}') });
    assert.ok(!('fix' in offered));
    assert.equal(offered.suggest?.length, 1);
  });

  it('never fixes a number that somebody may be typing', () => {
    const file = parseFile(`${gate}const model = new ChatOpenAI({ timeout: 20 });`);
    const offered = offer(file, { rewrite: rewriting(file, '20', '20_000') });
    assert.ok(!('fix' in offered));
    assert.equal(offered.suggest?.length, 1);
  });

  describe('comments', () => {
    it('in a replaced range that does not come back take the offer away', () => {
      const file = parseFile(`${gate}await Promise.all(inputs.map((input) => /* one each */ model.invoke(input)));`);
      const from = 'Promise.all(inputs.map((input) => /* one each */ model.invoke(input)))';
      assert.deepEqual(offer(file, { rewrite: rewriting(file, from, 'model.batch(inputs)') }), {});
    });

    it('that the new text keeps are no reason', () => {
      const file = parseFile(`${gate}await run(/* all of them */ inputs);`);
      assert.ok(
        offer(file, {
          rewrite: rewriting(file, 'run(/* all of them */ inputs)', 'model.batch(/* all of them */ inputs)'),
        }).fix,
      );
    });

    it('of the same text count one by one', () => {
      const file = parseFile(`${gate}await run(/* x */ inputs, /* x */ config);`);
      assert.deepEqual(
        offer(file, { rewrite: rewriting(file, 'run(/* x */ inputs, /* x */ config)', 'model.batch(/* x */ inputs)') }),
        {},
      );
    });

    it('beside the range and around an insertion are no reason', () => {
      const file = parseFile(`${gate}// all of them\nawait model.batch(inputs /* texts */); // slow`);
      const position = file.sourceCode.text.indexOf('inputs') + 'inputs'.length;
      assert.ok(
        offer(file, { rewrite: { messageId: 'limit', edits: [{ range: [position, position], text: ', {}' }] } }).fix,
      );
    });

    it('may move from one edit to another', () => {
      const file = parseFile(`${gate}for (const x of xs) {\n  // one per item\n  const model = new ChatOpenAI();\n}`);
      const declaration = '  // one per item\n  const model = new ChatOpenAI();\n';
      const start = file.sourceCode.text.indexOf('for (');
      const edits = [
        { range: [start, start] as const, text: '// one per item\nconst model = new ChatOpenAI();\n' },
        edit(file, declaration, ''),
      ];
      assert.ok(offer(file, { rewrite: { messageId: 'limit', edits } }).fix);
    });
  });
});

/** `batch(…)` with the limit added, or null. */
function limited(call: string): string | null {
  const file = parseFile(`${gate}${call};`);
  const node = findNodes(file, AST_NODE_TYPES.CallExpression).find(
    ({ callee }) => callee.type === AST_NODE_TYPES.MemberExpression,
  );
  assert.ok(node);
  const edits = addToArgument(file, node, 1, 'maxConcurrency', '5');
  return edits && apply(file, edits).slice(gate.length, -1);
}

describe('adding a property to an argument', () => {
  const cases: readonly (readonly [string, string, string | null])[] = [
    ['a missing argument', 'm.batch(xs)', 'm.batch(xs, { maxConcurrency: 5 })'],
    ['behind a trailing comma', 'm.batch(xs,)', 'm.batch(xs, { maxConcurrency: 5 },)'],
    ['behind parentheses', 'm.batch((a, xs))', 'm.batch((a, xs), { maxConcurrency: 5 })'],
    ['behind a callback', 'm.batch(xs.map((x) => ({ x })))', 'm.batch(xs.map((x) => ({ x })), { maxConcurrency: 5 })'],
    ['behind a comment', 'm.batch(xs /* texts */)', 'm.batch(xs, { maxConcurrency: 5 } /* texts */)'],
    ['with type arguments', 'm.batch<string>(xs)', 'm.batch<string>(xs, { maxConcurrency: 5 })'],
    [
      'in place of undefined',
      'm.batch(xs, undefined, { returnExceptions: true })',
      'm.batch(xs, { maxConcurrency: 5 }, { returnExceptions: true })',
    ],
    ['in place of null', 'm.batch(xs, null)', 'm.batch(xs, { maxConcurrency: 5 })'],
    ['in an empty object', 'm.batch(xs, {})', 'm.batch(xs, { maxConcurrency: 5 })'],
    [
      'in an object that holds only a comment',
      'm.batch(xs, { /* later */ })',
      'm.batch(xs, { maxConcurrency: 5, /* later */ })',
    ],
    [
      'behind other properties',
      'm.batch(xs, { tags, runName: "a" })',
      'm.batch(xs, { tags, runName: "a", maxConcurrency: 5 })',
    ],
    ['before a trailing comma', 'm.batch(xs, { tags, })', 'm.batch(xs, { tags, maxConcurrency: 5, })'],
    [
      'on a line of its own',
      'm.batch(xs, {\n  tags, // for tracing\n})',
      'm.batch(xs, {\n  tags, // for tracing\n  maxConcurrency: 5,\n})',
    ],
    [
      'on a line of its own, without a trailing comma',
      'm.batch(xs, {\n  tags // for tracing\n})',
      'm.batch(xs, {\n  tags, // for tracing\n  maxConcurrency: 5\n})',
    ],
    [
      'before a comment on a line of its own',
      'm.batch(xs, {\n  tags,\n  // no more\n})',
      'm.batch(xs, {\n  tags,\n  maxConcurrency: 5,\n  // no more\n})',
    ],
    ['in an object with a type', 'm.batch(xs, { tags } as const)', 'm.batch(xs, { tags, maxConcurrency: 5 } as const)'],
    [
      'in place of the value that is there',
      'm.batch(xs, { maxConcurrency: Infinity })',
      'm.batch(xs, { maxConcurrency: 5 })',
    ],
    ['in place of a shorthand', 'm.batch(xs, { maxConcurrency })', 'm.batch(xs, { maxConcurrency: 5 })'],
    ['not behind a spread argument', 'm.batch(...xs)', null],
    ['not in a variable', 'm.batch(xs, config)', null],
    ['not in an object whose keys cannot be seen', 'm.batch(xs, { ...config })', null],
    ['not where an argument before it is missing', 'm.batch()', null],
  ];
  for (const [name, before, after] of cases) {
    it(name, () => {
      assert.equal(limited(before), after);
    });
  }

  it('overrides what a spread object of the file sets, and leaves that object alone', () => {
    const file = parseFile(`${gate}const base = { maxConcurrency: Infinity };\nm.batch(xs, { ...base });`);
    const object = findNodes(file, AST_NODE_TYPES.ObjectExpression)[1];
    assert.ok(object);
    const edits = setProperty(file, object, 'maxConcurrency', '5');
    assert.ok(edits);
    assert.equal(
      apply(file, edits).slice(gate.length),
      'const base = { maxConcurrency: Infinity };\nm.batch(xs, { ...base, maxConcurrency: 5 });',
    );
  });
});
