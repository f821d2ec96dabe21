import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const LONGEST = 120;

/** A regular expression, or a text for people, that fills its line: neither is easier to read in pieces. */
const ALONE = /^\s*(?:(?:return|[\w']+:) )?(?:'.*'|".*"|`.*`|\/.*\/\w+)[,;]?$/u;

test(`no line is longer than ${LONGEST} columns, but a text or a regular expression that fills it`, () => {
  const files = execFileSync('git', ['ls-files', '*.ts', '*.mts', '*.js'], { encoding: 'utf8' }).trim().split('\n');
  const long = files.filter(isWritten).flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line, index) => (line.length <= LONGEST || isExcused(file, line) ? [] : [`${file}:${index + 1}`])),
  );
  expect(long).toEqual([]);
});

/** Fixtures and the demo are input: what is expected of a line stands behind it. */
function isWritten(file: string): boolean {
  return !/\.generated\.|\/fixtures\/|^docs\//u.test(file);
}

/** In tests the texts are code and expectations, which are broken like any other. */
function isExcused(file: string, line: string): boolean {
  return !file.startsWith('test/') && ALONE.test(line);
}
