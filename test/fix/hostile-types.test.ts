import { describe, expect, test } from 'vitest';
import { findRewrites, type Source } from './contract/rewrites.ts';
import { checkTypes } from './contract/types.ts';
import { attacks } from './hostile/index.ts';

/** The modules of one file that are TypeScript. */
const sources: readonly Source[] = attacks
  .filter(({ filename, files }) => filename === undefined && !files)
  .map(({ code, finding, name }) => ({ name: `${finding}, ${name}`, filename: 'attack.ts', text: code }));

const rewritten = sources.map((source, index) => ({
  source,
  file: `hostile/${String(index)}/input.ts`,
  rewrites: findRewrites(source).map((rewrite, position) => ({
    rewrite,
    file: `hostile/${String(index)}/${String(position)}.ts`,
  })),
}));

const findErrors = checkTypes(
  'v1',
  new Map(
    rewritten.flatMap(({ file, rewrites, source }) => [
      [file, source.text] as const,
      ...rewrites.map((each) => [each.file, each.rewrite.text] as const),
    ]),
  ),
);

describe('no fix and no suggestion adds a type error to hostile code', () => {
  test.each(rewritten.filter(({ rewrites }) => rewrites.length > 0).map((each) => [each.source.name, each] as const))(
    '%s',
    (_name, { file, rewrites }) => {
      const known = new Set(findErrors(file));
      const added = rewrites.flatMap((each) =>
        findErrors(each.file)
          .filter((error) => !known.has(error))
          .map((error) => `${error}\n${each.rewrite.description} gives\n${each.rewrite.text}`),
      );
      expect(added).toEqual([]);
    },
  );
});
