import { expect, test } from 'vitest';
import { isDiscarded } from '../../../rules/no-discarded-builder.ts';
import { code } from '../../helpers/code.ts';
import { findMarked, parseFile } from '../../helpers/file.ts';

function isMarkedDiscarded(text: string): boolean {
  const [marked] = findMarked(
    parseFile(code`
      import '@langchain/openai';
      ${text}
    `),
  );
  if (!marked) throw new Error('Nothing is marked.');
  // The call `$(…)` around what is marked.
  return isDiscarded(marked.parent?.type === 'CallExpression' ? marked.parent : marked);
}

test.each([
  ['a statement', '$(1);'],
  ['awaited as a statement', 'await $(1);'],
  ['void', 'void $(1);'],
  ['behind a condition', 'ready && $(1);'],
  ['behind a condition that is void', 'void (ready && $(1));'],
  ['one of two branches', 'ready ? $(1) : later();'],
  ['the other branch', 'ready ? later() : $(1);'],
  ['first of several', 'const x = ($(1), 2);'],
  ['last of several in a statement', 'first(), $(1);'],
  ['what a callback of forEach gives', 'docs.forEach((doc) => $(doc));'],
  ['the start of a for', 'for ($(1); ready; ) work();'],
  ['the update of a for', 'for (; ready; $(1)) work();'],
])('discarded: %s', (_name, text) => {
  expect(isMarkedDiscarded(text)).toBe(true);
});

test.each([
  ['a variable', 'const x = $(1);'],
  ['another operator', 'const x = !$(1);'],
  ['typeof as a statement', 'typeof $(1);'],
  ['the condition itself', '$(1) ? now() : later();'],
  ['the left side of &&', '$(1) && later();'],
  ['a branch whose value is kept', 'const x = ready ? $(1) : later();'],
  ['the right side of && that is kept', 'const x = ready && $(1);'],
  ['last of several that is kept', 'const x = (first(), $(1));'],
  ['what a callback of map gives', 'docs.map((doc) => $(doc));'],
  ['a default of a callback of forEach', 'docs.forEach((doc = $(1)) => doc);'],
  ['the condition of a for', 'for (; $(1); ) work();'],
  ['a returned value', 'function f() { return $(1); }'],
])('kept: %s', (_name, text) => {
  expect(isMarkedDiscarded(text)).toBe(false);
});
