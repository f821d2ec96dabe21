import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { type ClassRef, findExport, parseSpecifier } from '../../src/facts/catalog.ts';
import { type ClassName, toRef } from '../../src/facts/homes.ts';
import { facts, findFact, readTraits, type Traits } from '../../src/facts/traits.ts';
import type { Instance } from './langchain.ts';
import { getVersion, type Line, lines } from './packages.ts';
import { type Provider, startProvider } from './server/provider.ts';
import { buildSubject, getName, getPackage, hasSubject, subjectNames, subjects } from './subjects.ts';

/** One class of one release line, about to be measured. */
export interface Bench<Value = unknown> {
  readonly className: ClassName;
  readonly line: Line;
  /** A provider of this test's own. */
  readonly provider: Provider;
  /** What the row says. The measurement may look at it to know what to try, never to decide what came out. */
  readonly expected: Value;
  /** What the class is invoked with for a prompt. */
  readonly input: (prompt?: string) => unknown;
  /**
   * An instance that talks to the provider. `options` go over those of the subject, nested objects are merged;
   * `undefined` takes one out.
   */
  readonly create: (options?: Readonly<Record<string, unknown>>) => Promise<Instance>;
  /** One call in the way of the class: `invoke`, `embedQuery` or `load`. */
  readonly call: (instance: Instance, prompt?: string, config?: object) => Promise<unknown>;
}

interface Row<Value> {
  readonly value: Value;
  readonly classes: readonly ClassName[];
  readonly proof: string;
  readonly since?: string;
  readonly before?: string;
}

/** Milliseconds. A proof that hangs has failed. */
const PATIENCE = 15_000;

/** Classes that read the provider's address from the environment: one at a time. */
const BY_ENVIRONMENT: ReadonlySet<ClassName> = new Set(['ChatBedrockConverse', 'ChatCerebras']);

type WhenFinished = (close: () => Promise<void>) => void;

/** A proof of something that is no row of `traits.ts`. Its id is the name of the group, so that a failure names it. */
export function proof(id: string, tests: () => Promise<void> | void): void {
  describe(id, tests);
}

/**
 * The proof of the rows of one trait: for every class that a row names or covers through its bases, and every release
 * line in the row's range, what `measure` finds is what the row says. Measurements that only wait may run at the same
 * time; those that make no request also take the classes that cannot be made to talk to the provider; what they run on
 * beside it goes into the name.
 */
export function prove<Name extends keyof Traits>(
  id: string,
  trait: Name,
  measure: (bench: Bench<Exclude<Traits[Name], undefined>>) => unknown,
  {
    concurrent = false,
    offline = false,
    on = '',
  }: { readonly concurrent?: boolean; readonly offline?: boolean; readonly on?: string } = {},
): void {
  describe(id, async () => {
    const rows = facts[trait] as readonly Row<Exclude<Traits[Name], undefined>>[];
    for (const row of rows.filter((candidate) => candidate.proof === id)) {
      const shown = `${trait} is ${show(row.value)}${on && ` on ${on}`}`;
      const run = new Set<ClassRef>();
      for (const line of lines) {
        const version = getVersion(line, '@langchain/core');
        for (const className of subjectNames) {
          const refs = getRefs(className);
          if (findFact(rows, refs, version) !== row || !(await hasSubject(line, className))) continue;
          if (!offline && subjects[className]?.offline?.includes(line)) continue;
          for (const ref of refs) run.add(ref);
          test(
            `${className} ${describeVersion(line, className)}: ${shown}`,
            { timeout: PATIENCE, concurrent: concurrent && !BY_ENVIRONMENT.has(className) },
            async ({ onTestFinished }) => {
              const bench = await setUp(line, className, row.value, onTestFinished);
              expect(
                await measure(bench),
                `row of ${row.classes.join(', ')} in facts.${trait} of src/facts/traits.ts`,
              ).toEqual(row.value);
            },
          );
        }
      }
      test(`every class of the row has been run: ${row.classes.join(', ')}: ${shown}`, () => {
        expect(row.classes.filter((className) => !run.has(toRef(className)))).toEqual([]);
      });
    }
  });
}

/**
 * The same for facts that follow from traits: every class whose traits say that it is concerned, on every release line.
 */
export async function eachSubject(
  isConcerned: (traits: Traits, className: ClassName) => boolean,
  check: (bench: Bench) => Promise<void>,
): Promise<void> {
  for (const line of lines) {
    for (const className of subjectNames) {
      const traits = readTraits(getRefs(className), getVersion(line, '@langchain/core'));
      if (subjects[className]?.offline?.includes(line) || !isConcerned(traits, className)) continue;
      if (!(await hasSubject(line, className))) continue;
      test(`${className} ${describeVersion(line, className)}`, { timeout: PATIENCE }, async () =>
        check(await setUp(line, className, undefined, onTestFinished)),
      );
    }
  }
}

/** A class, the one whose behaviour it has, and its bases, nearest first. */
function getRefs(className: ClassName): readonly ClassRef[] {
  const subject = subjects[className];
  const module = parseSpecifier(subject?.module ?? '');
  const entry = module ? findExport(module, getName(className)) : undefined;
  return [
    toRef(className),
    ...(subject?.provider === undefined ? [] : getRefs(subject.provider)),
    ...(entry?.type === 'class' ? entry.bases : []),
  ];
}

async function setUp<Value>(
  line: Line,
  className: ClassName,
  expected: Value,
  whenFinished: WhenFinished,
): Promise<Bench<Value>> {
  const provider = await useProvider(whenFinished);
  const subject = subjects[className];
  return {
    className,
    line,
    provider,
    expected,
    input: (prompt = 'hello') => subject?.input?.(prompt) ?? prompt,
    create: (options) => buildSubject(line, className, provider.url, options),
    call: (instance, prompt = 'hello', config?) => {
      if (subject?.call === 'embedQuery') return instance.embedQuery(prompt);
      return subject?.call === 'load' ? instance.load() : instance.invoke(subject?.input?.(prompt) ?? prompt, config);
    },
  };
}

/** A provider that is closed at the end of the running test. */
export async function useProvider(whenFinished: WhenFinished = onTestFinished): Promise<Provider> {
  const provider = await startProvider();
  whenFinished(() => provider.close());
  return provider;
}

export type Outcome =
  | { readonly is: 'resolved'; readonly value: unknown }
  | { readonly is: 'rejected'; readonly error: Error }
  | { readonly is: 'pending' };

/** How a promise stands after at most so many milliseconds. */
export async function settle(promise: Promise<unknown>, within: number): Promise<Outcome> {
  const outcome = promise.then(
    (value): Outcome => ({ is: 'resolved', value }),
    (error: unknown): Outcome => ({ is: 'rejected', error: error instanceof Error ? error : new Error(String(error)) }),
  );
  const timer = new AbortController();
  const late = sleep(within, { is: 'pending' } as const, { signal: timer.signal }).catch((): Outcome => ({
    is: 'pending',
  }));
  const first = await Promise.race([outcome, late]);
  timer.abort();
  return first;
}

/** The most requests in flight while `count` calls are started at once. */
export async function measurePeak(
  provider: Provider,
  count: number,
  call: (index: number) => Promise<unknown>,
): Promise<number> {
  provider.treat({ hold: 50 });
  await Promise.all(Array.from({ length: count }, (_each, index) => call(index)));
  return provider.peak;
}

/** Requests that one call makes while the provider answers each with 500, with the clock hurried over the back-off. */
export async function countAttempts(
  { provider, create, call }: Bench,
  options: Readonly<Record<string, unknown>>,
): Promise<number> {
  delete process.env['AWS_MAX_ATTEMPTS'];
  provider.reset();
  provider.treat({ status: 500 });
  // Hurried, the timeout of an SDK would end requests that take a moment.
  const model = await create({ timeout: 3_600_000, ...options });
  hurry(1000);
  await settle(call(model), 10_000);
  return provider.requests.length;
}

const timers = { setTimeout: globalThis.setTimeout, ofSignals: AbortSignal.timeout.bind(AbortSignal) };

/**
 * Makes long waits short for the running test: timers and `AbortSignal.timeout` of 500 ms and more run `factor` times
 * as fast. Code under proof is the same, only its clock is not. Returns the milliseconds that were asked for.
 */
export function hurry(factor: number): readonly number[] {
  const asked: number[] = [];
  const shorten = (delay: number): number => {
    if (delay >= 500) asked.push(delay);
    return delay >= 500 ? delay / factor : delay;
  };
  const hurried = (handler: (...args: unknown[]) => void, delay = 0, ...args: unknown[]): NodeJS.Timeout =>
    timers.setTimeout(handler, shorten(delay), ...args);
  globalThis.setTimeout = Object.assign(hurried, timers.setTimeout);
  AbortSignal.timeout = (delay) => timers.ofSignals(Math.ceil(shorten(delay)));
  return asked;
}

afterEach(() => {
  globalThis.setTimeout = timers.setTimeout;
  AbortSignal.timeout = timers.ofSignals;
});

function describeVersion(line: Line, className: ClassName): string {
  const subject = subjects[className];
  const name = subject ? getPackage(subject) : '';
  return `of ${name} ${getVersion(line, name) ?? ''} (core ${getVersion(line, '@langchain/core') ?? ''})`;
}

function show(value: unknown): string {
  return typeof value === 'number' ? value.toString() : JSON.stringify(value);
}
