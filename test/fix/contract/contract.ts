import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Line } from '../../proof/packages.ts';
import { notRun, programs } from './programs.ts';
import { findRewrites, type Rewrite, type Source } from './rewrites.ts';
import { checkTypes } from './types.ts';

interface Checked {
  readonly source: Source;
  readonly errors: readonly string[];
  readonly rewrites: readonly { readonly rewrite: Rewrite; readonly errors: readonly string[] }[];
}

/** What a snippet of a rule test may leave out: names, modules, and types of parameters. */
const NOT_FOUND = ['TS2304', 'TS2307', 'TS7016'];
const UNTYPED = ['TS7005', 'TS7006', 'TS7031', 'TS7034'];
/** What follows from a parameter without a type in other places. */
const UNKNOWN = 'TS18046';

/** That no fix and no suggestion gives a module that type-checks an error. */
export function describeTypes(line: Line, modules: readonly Source[], snippets: readonly Source[] = []): void {
  const rewritten = [...modules, ...snippets].map((source) => ({ source, rewrites: findRewrites(source) }));
  const checked = check(line, rewritten);

  describe(`modules with the types of LangChain ${line}`, () => {
    test.each(
      checked.filter(({ source }) => modules.includes(source)).map((each) => [each.source.name, each] as const),
    )('%s', (_name, { errors, rewrites, source }) => {
      expect(errors, 'errors of the module itself').toEqual([]);
      expect(findProblems(source, rewrites)).toEqual([]);
    });
    test('each has something that is rewritten', () => {
      expect(
        rewritten
          .filter(({ rewrites, source }) => modules.includes(source) && rewrites.length === 0)
          .map(({ source }) => source.name),
      ).toEqual([]);
    });
  });

  if (snippets.length === 0) return;
  const known = [...NOT_FOUND, ...UNTYPED];
  const usable = checked.filter(
    ({ errors, source }) => snippets.includes(source) && errors.every((error) => known.includes(getCode(error))),
  );
  describe(`cases of the rule tests with the types of LangChain ${line}`, () => {
    test.each(usable.map((each) => [each.source.name, each] as const))('%s', (_name, { errors, rewrites, source }) => {
      const isUntyped = errors.some((error) => UNTYPED.includes(getCode(error)));
      expect(
        findProblems(
          source,
          rewrites,
          (error) => errors.includes(error) || (isUntyped && [...UNTYPED, UNKNOWN].includes(getCode(error))),
        ),
      ).toEqual([]);
    });
  });

  describe('every rewrite is run, too', () => {
    const offered = new Set(
      rewritten.flatMap(({ rewrites }) =>
        rewrites
          .filter(({ kind }) => kind !== 'all fixes')
          .map(({ messageId, rule }) => `${rule}: ${messageId ?? 'fix'}`),
      ),
    );
    const run = new Set([
      ...programs.map(({ rule, suggestion = 'fix' }) => `${rule}: ${suggestion}`),
      ...Object.keys(notRun),
    ]);
    test.each([...offered].toSorted())('%s', (id) => {
      expect([...run]).toContain(id);
    });
    test('and what is left out is offered', () => {
      expect(Object.keys(notRun).filter((id) => !offered.has(id))).toEqual([]);
    });
  });
}

function findProblems(
  { text }: Source,
  rewrites: Checked['rewrites'],
  isKnown: (error: string) => boolean = () => false,
): readonly string[] {
  return rewrites.flatMap(({ errors, rewrite }) =>
    errors
      .filter((error) => !isKnown(error))
      .map((error) => `${error}\n${rewrite.description} gives\n${getNewLines(text, rewrite.text)}`),
  );
}

function getCode(error: string): string {
  return error.slice(0, error.indexOf(':'));
}

function getNewLines(before: string, after: string): string {
  const known = new Set(before.split('\n'));
  return after
    .split('\n')
    .filter((line) => !known.has(line))
    .join('\n');
}

function check(
  line: Line,
  rewritten: readonly { readonly source: Source; readonly rewrites: readonly Rewrite[] }[],
): readonly Checked[] {
  const texts = new Map<string, string>();
  const named = rewritten
    .filter(({ rewrites, source }) => rewrites.length > 0 && /\.[cm]?tsx?$/u.test(source.filename))
    .map(({ rewrites, source }, index) => {
      const name = (part: number | string): string => `contract/${index}/${part}${path.extname(source.filename)}`;
      const file = name('input');
      texts.set(file, source.text);
      const files = rewrites.map((rewrite, position) => ({ rewrite, file: name(position) }));
      for (const each of files) texts.set(each.file, each.rewrite.text);
      return { source, file, rewrites: files };
    });
  const findErrors = checkTypes(line, texts);
  return named.map(({ file, rewrites, source }) => ({
    source,
    errors: findErrors(file),
    rewrites: rewrites.map((each) => ({ rewrite: each.rewrite, errors: findErrors(each.file) })),
  }));
}
