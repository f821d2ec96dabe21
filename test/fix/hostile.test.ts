import { afterAll, describe, expect, test } from 'vitest';
import { TestProject } from '../helpers/project.ts';
import { useProvider } from '../proof/prove.ts';
import { findRewrites, type Rewrite, type Source } from './contract/rewrites.ts';
import { measure } from './contract/runner.ts';
import type { Attack } from './hostile/attack.ts';
import { attacks } from './hostile/index.ts';

const projects: TestProject[] = [];
afterAll(() => {
  for (const project of projects) project.remove();
});

function toSource({ code, filename = 'attack.ts', files, name, typed }: Attack): Source {
  if (!files && typed !== true) return { name, filename, text: code };
  const project = new TestProject({ ...files, [filename]: code });
  projects.push(project);
  return { name, filename: project.path(filename), text: code };
}

const found = new Map<Attack, readonly Rewrite[]>();

function getRewrites(attack: Attack): readonly Rewrite[] {
  let rewrites = found.get(attack);
  if (!rewrites) {
    rewrites = findRewrites(toSource(attack));
    found.set(attack, rewrites);
  }
  return rewrites;
}

describe.each(attacks.map((attack) => [`${attack.finding}, ${attack.name}`, attack] as const))(
  '%s',
  (_title, attack) => {
    const { code, expected, rule, run } = attack;
    const own = getRewrites(attack).filter((rewrite) => rewrite.rule === rule);
    const fix = own.find(({ kind }) => kind === 'fix');

    const without = /^no (\w+)$/u.exec(expected)?.[1];
    if (without === 'fix') {
      test('it is not fixed', () => {
        expect(fix?.text).toBeUndefined();
      });
    } else if (without !== undefined) {
      test(`it is neither fixed nor offered: ${without}`, () => {
        expect(fix?.text).toBeUndefined();
        expect(own.filter(({ messageId }) => messageId === without).map(({ text }) => text)).toEqual([]);
      });
    } else if (expected === 'nothing') {
      test('nothing is offered', () => {
        expect(own.map(({ text }) => text)).toEqual([]);
      });
    } else if (expected === 'question') {
      test('it is asked about', () => {
        expect(fix?.text).toBeUndefined();
        expect(own.length).toBeGreaterThan(0);
      });
    } else {
      test('it is fixed', () => {
        expect(fix?.text).toBe(expected);
      });
    }

    if (run && fix) {
      test('it does the same', async () => {
        const provider = await useProvider();
        const before = await measure('v1', provider, code, run, {});
        const after = await measure('v1', provider, fix.text, run, {});
        expect(before.outcome).toHaveProperty('values');
        expect(after.outcome).toEqual(before.outcome);
        expect(after.prompts.toSorted()).toEqual(before.prompts.toSorted());
        expect(after.console).toEqual(before.console);
      });
    }
  },
);
