import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import { foldNumber } from '../../src/trace/numbers.ts';
import { code } from '../helpers/code.ts';
import { findMarked, parseFile } from '../helpers/file.ts';

const gate = "import { ChatOpenAI } from '@langchain/openai';\n";

function fold(expression: string, before = ''): { value: number; literal: string | null; isDefault: boolean } | null {
  const file = parseFile(`${gate}${before}\n$(${expression});`);
  const [node] = findMarked(file);
  assert.ok(node);
  const folded = foldNumber(file, node);
  return folded && { ...folded, literal: folded.literal && file.sourceCode.getText(folded.literal) };
}

describe('foldNumber', () => {
  const values: readonly (readonly [string, number, string?])[] = [
    ['20', 20],
    ['30_000', 30_000],
    ['1e4', 10_000],
    ['5 * 1000', 5000],
    ['2 * 60 * 1000', 120_000],
    ['60_000 / 2 + 1', 30_001],
    ['10 ** 3', 1000],
    ['-5', -5],
    ['(20 as number)', 20],
    ['20!', 20],
    ['Number("20")', 20],
    ["parseInt('5000', 10)", 5000],
    ['+"20"', 20],
    ['TIMEOUT', 20, 'const TIMEOUT = 20;'],
    ['TIMEOUT', 30_000, 'const SECOND = 1000; const TIMEOUT = 30 * SECOND;'],
    ['TIMEOUT', 20, 'let TIMEOUT = 20;'],
    ['limits.chat', 5000, 'const limits = { chat: 5 * 1000 } as const;'],
    ['limits.chat.first', 7, 'const limits = { chat: { first: 7 } };'],
    ['Number(process.env.TIMEOUT ?? 20)', 20],
    ["Number(process.env.TIMEOUT ?? '20')", 20],
    ["parseInt(process.env.TIMEOUT || '20', 10)", 20],
    ['Number(process.env.TIMEOUT) || 20', 20],
    ['+(process.env["TIMEOUT"] ?? 20)', 20],
    ['Number(import.meta.env.TIMEOUT ?? 20)', 20],
    ['Number(Deno.env.get("TIMEOUT") ?? 20)', 20],
    ['process.env.TIMEOUT ? Number(process.env.TIMEOUT) : 20', 20],
    ['Number(fromEnv ?? 20)', 20, 'const fromEnv = process.env.TIMEOUT;'],
    ['Number(TIMEOUT)', 20, "const { TIMEOUT = '20' } = process.env;"],
    ['Math.max(5, Number(process.env.TIMEOUT ?? 20))', 20],
    ['Math.min(5, 20)', 5],
    ['Limits.Timeout', 20, 'enum Limits { Timeout = 20 }'],
    ["Limits['call timeout']", 20, "enum Limits { 'call timeout' = 20 }"],
    ['Limits.timeout', 20_000, 'class Limits { static readonly timeout = 20 * 1000; }'],
  ];
  for (const [expression, value, before] of values) {
    it(`${expression}${before === undefined ? '' : ` (${before})`} is ${String(value)}`, () => {
      assert.equal(fold(expression, before)?.value, value);
    });
  }

  const unknown: readonly (readonly [string, string?])[] = [
    ['timeout'],
    ['options.timeout', 'declare const options: { timeout: number };'],
    ['options.timeout ?? 20', 'declare const options: { timeout?: number };'],
    ['TIMEOUT', 'let TIMEOUT = 20; TIMEOUT = 60_000;'],
    ['TIMEOUT', 'var TIMEOUT = 20; var TIMEOUT = 60_000;'],
    ['limits.chat', 'const limits = { chat: 5 }; limits.chat = 60_000;'],
    ['TIMEOUT', 'let { TIMEOUT = 20 } = process.env; TIMEOUT = 60_000;'],
    ['TIMEOUT', 'const { TIMEOUT = 20 } = options;'],
    ['Math.random()'],
    ['Math.max(...limits)'],
    ['a', 'const a = b; const b = a;'],
    ['process.env.TIMEOUT'],
    ['Number(process.env.TIMEOUT)'],
    ['Number("")'],
    ['Number("soon")'],
    ['process.env.NODE_ENV === "test" ? 500 : 60_000'],
    ['seconds * 1000'],
    ['"20"'],
    ['20n'],
    ['5 | 8'],
    ['ms("20s")', "import ms from 'ms';"],
    ['Number(process.env.TIMEOUT ?? 20)', 'function Number(text) { return 60_000; }'],
    ['wait(20)', 'const wait = (timeout = 20) => timeout;'],
  ];
  for (const [expression, before] of unknown) {
    it(`${expression}${before === undefined ? '' : ` (${before})`} cannot be read`, () => {
      assert.equal(fold(expression, before), null);
    });
  }

  it('reads a field of the class', () => {
    const file = parseFile(
      code`
        ${gate}
        class Service {
          private readonly timeout = 20;
          private wait = 5;
          ask() { $(this.timeout, this.wait); }
          set(n: number) { this.wait = n; }
        }
      `,
    );
    assert.deepEqual(
      findMarked(file).map((node) => foldNumber(file, node)?.value),
      [20, undefined],
    );
  });

  it('gives the literal that alone makes up the value', () => {
    assert.equal(fold('20')?.literal, '20');
    assert.equal(fold('TIMEOUT', 'const TIMEOUT = 20;')?.literal, '20');
    assert.equal(fold("Number(process.env.TIMEOUT ?? '20')")?.literal, "'20'");
  });

  it('gives no literal where another value is made of it too', () => {
    assert.equal(fold('5 * 1000')?.literal, null);
    assert.equal(fold('-5')?.literal, null);
    assert.equal(fold('TIMEOUT', 'const TIMEOUT = 20; setTimeout(stop, TIMEOUT);')?.literal, null);
    assert.equal(fold('TIMEOUT', 'export const TIMEOUT = 20;')?.literal, null);
    assert.equal(fold('limits.chat', 'const limits = { chat: 20 };')?.literal, null);
  });

  it('tells the default of an environment variable from a value', () => {
    assert.equal(fold('Number(process.env.TIMEOUT ?? 20)')?.isDefault, true);
    assert.equal(fold('Number(process.env.TIMEOUT ?? 20) * 1000')?.isDefault, true);
    assert.equal(fold('20')?.isDefault, false);
  });
});
