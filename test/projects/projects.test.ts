/** Whole projects, linted with `recommended`: what stands in them to be found is found, and nothing else. */
import { beforeAll, describe, expect, test } from 'vitest';
import { lintProjects, type Outcome, projects } from './lint.ts';

/** What the plugin cannot know yet. */
const KNOWN_MISSES: Readonly<Record<string, readonly string[]>> = {
  // The options that are spread behind the limit may hold another one.
  plain: ['plain/server.js:25 no-client-in-handler'],
};

let outcomes: ReadonlyMap<string, Outcome>;

beforeAll(async () => {
  outcomes = await lintProjects();
  console.table(
    Object.fromEntries(
      [...outcomes].map(([project, { expected, extra, missed }]) => [
        project,
        {
          expected: expected.length,
          found: expected.length - missed.length,
          missed: missed.length,
          false: extra.length,
        },
      ]),
    ),
  );
});

const get = (project: string): Outcome => outcomes.get(project) ?? { expected: [], extra: [], missed: [], reports: [] };

describe.each(projects)('%s', (project) => {
  test('what is marked is found', () => {
    const { expected, missed } = get(project);
    expect(expected.length).toBeGreaterThan(4);
    expect(missed.map(({ file, line, rule }) => `${file}:${String(line)} ${rule}`)).toEqual(
      KNOWN_MISSES[project] ?? [],
    );
  });

  test('nothing else is reported', () => {
    expect(get(project).extra.map(({ file, line, message }) => `${file}:${String(line)} ${message}`)).toEqual([]);
  });
});

test('97 of 100 are found', () => {
  const all = [...outcomes.values()];
  const expected = all.flatMap((each) => each.expected).length;
  expect(expected).toBeGreaterThan(150);
  expect(all.flatMap((each) => each.missed).length / expected).toBeLessThan(0.03);
});

test('fewer than 5 of 100 reports have neither a fix nor a suggestion', () => {
  const all = [...outcomes.values()].flatMap(({ reports }) => reports);
  expect(all.filter(({ isOffered }) => !isOffered).length / all.length).toBeLessThan(0.05);
});
