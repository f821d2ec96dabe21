import { expect, test } from 'vitest';
import { judgeCurrency, judgeLeftOut, type Pin } from '../../scripts/catalog/pins.ts';

const current: Pin = { name: '@langchain/core', version: '1.4.0', latest: '1.4.0', deprecated: null };

test('a version that npm recommends is neither news nor a failure', () => {
  expect(judgeCurrency([current])).toEqual({ failures: [], news: [] });
});

test('a newer version of the same major is news', () => {
  expect(
    judgeCurrency([
      { ...current, latest: '1.5.2' },
      { ...current, name: 'langchain' },
    ]),
  ).toEqual({
    failures: [],
    news: ['@langchain/core is read at 1.4.0, and latest is 1.5.2'],
  });
});

test('a deprecated version fails, with the reason', () => {
  expect(judgeCurrency([{ ...current, deprecated: 'Published by mistake' }]).failures).toEqual([
    '@langchain/core 1.4.0 is deprecated: Published by mistake',
  ]);
});

test.each([
  ['1.4.0', '2.0.0'],
  // As npm had it for langgraph-sdk: 2.0.0 was withdrawn.
  ['2.0.0', '1.15.0'],
  ['0.3.80', '1.4.0'],
  ['0.3.80', '0.4.0'],
  ['10.0.0', '1.0.0'],
])('%s fails where latest is %s', (version, latest) => {
  expect(judgeCurrency([{ ...current, version, latest }])).toEqual({
    failures: [`@langchain/core is read at ${version}, and latest is ${latest}, another major.`],
    news: [`@langchain/core is read at ${version}, and latest is ${latest}`],
  });
});

test('a package that was left out is news once it has another version', () => {
  const packages = {
    '@langchain/quickjs': { version: '0.6.4', reason: 'no request' },
    '@langchain/react': { version: '1.1.0', reason: 'hooks' },
  };
  const latest = new Map([
    ['@langchain/quickjs', '0.7.0'],
    ['@langchain/react', '1.1.0'],
  ]);
  expect(judgeLeftOut(packages, latest)).toEqual([
    '@langchain/quickjs was left out at 0.6.4 (no request), and latest is 0.7.0: look whether that still holds',
  ]);
});
