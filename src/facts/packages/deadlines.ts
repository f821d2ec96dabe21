/** A function that gives up on a promise after a time, and does not tell what makes it. */
interface DeadlineRow {
  readonly sources: readonly string[];
  readonly names: readonly string[];
  /** The argument that says how long, in milliseconds: itself, or one of its properties. */
  readonly delay: number;
  readonly key: string | null;
}

/** The first argument is the promise, or a function that returns it. Proof: `race-keeps-place`. */
export const deadlineRows: readonly DeadlineRow[] = [
  { sources: ['p-timeout'], names: ['default', 'pTimeout'], delay: 1, key: 'milliseconds' },
  { sources: ['promise-timeout'], names: ['timeout', 'default.timeout'], delay: 1, key: null },
  { sources: ['es-toolkit', 'es-toolkit/promise'], names: ['withTimeout'], delay: 1, key: null },
  { sources: ['@std/async', '@std/async/deadline'], names: ['deadline'], delay: 1, key: null },
];

/** What every such call is written with: `Promise.race`, a timer, or one of these packages; an escape may spell any. */
const words = /\brace\b|setTimeout|p-timeout|promise-timeout|es-toolkit|@std\/async|bluebird|rxjs|\\[ux]/u;

/**
 * Whether a file with this text may give up on a promise after a time, by itself.
 * @param modules Specifiers that stand for others.
 */
export function mayGiveUp(text: string, modules: Readonly<Record<string, string>>): boolean {
  return words.test(text) || Object.values(modules).some((each) => words.test(each));
}

/**
 * Packages whose objects are given a time to wait: `Bluebird.resolve(promise).timeout(5000)`,
 * `from(promise).pipe(timeout(5000))`.
 */
export const chainedDeadlines = {
  promises: { sources: ['bluebird'], makers: ['attempt', 'cast', 'resolve', 'try'], method: 'timeout' },
  observables: {
    sources: ['rxjs', 'rxjs/operators'],
    makers: ['defer', 'from'],
    operators: ['timeout', 'timeoutWith'],
    /** Of the options of the operator. */
    keys: ['first', 'each'],
  },
} as const;

/** Functions that return a promise of a later time: the argument that says how long is the first. */
export const sleepers: readonly { readonly sources: readonly string[]; readonly names: readonly string[] }[] = [
  { sources: ['timers/promises'], names: ['setTimeout', 'default.setTimeout', 'scheduler.wait'] },
  { sources: ['delay', 'sleep-promise'], names: ['default', 'delay'] },
  { sources: ['@std/async', '@std/async/delay', 'es-toolkit', 'es-toolkit/promise'], names: ['delay'] },
  { sources: ['bluebird'], names: ['delay', 'default.delay'] },
  { sources: ['radash'], names: ['sleep'] },
];
