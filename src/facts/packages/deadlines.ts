/** A function that abandons a promise after a time without cancelling the call behind it. */
interface DeadlineRow {
  readonly sources: readonly string[];
  readonly names: readonly string[];
  /** The argument with the time in milliseconds: itself, or one of its properties. */
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

/**
 * Words that every such call contains: `Promise.race`, a timer, or one of these packages; an escape sequence may hide
 * any of them.
 */
const words = /\brace\b|setTimeout|p-timeout|promise-timeout|es-toolkit|@std\/async|bluebird|rxjs|\\[ux]/u;

/**
 * Whether code in this text may itself abandon a promise after a time.
 * @param modules Specifiers that stand for others.
 */
export function mayGiveUp(text: string, modules: Readonly<Record<string, string>>): boolean {
  return words.test(text) || Object.values(modules).some((each) => words.test(each));
}

/**
 * Packages whose objects take a time limit: `Bluebird.resolve(promise).timeout(5000)`,
 * `from(promise).pipe(timeout(5000))`.
 */
export const chainedDeadlines = {
  promises: { sources: ['bluebird'], makers: ['attempt', 'cast', 'resolve', 'try'], method: 'timeout' },
  observables: {
    sources: ['rxjs', 'rxjs/operators'],
    makers: ['defer', 'from'],
    operators: ['timeout', 'timeoutWith'],
    /** Options of the operator. */
    keys: ['first', 'each'],
  },
} as const;

/** Functions that return a promise for a later time; their first argument is the delay. */
export const sleepers: readonly { readonly sources: readonly string[]; readonly names: readonly string[] }[] = [
  { sources: ['timers/promises'], names: ['setTimeout', 'default.setTimeout', 'scheduler.wait'] },
  { sources: ['delay', 'sleep-promise'], names: ['default', 'delay'] },
  { sources: ['@std/async', '@std/async/delay', 'es-toolkit', 'es-toolkit/promise'], names: ['delay'] },
  { sources: ['bluebird'], names: ['delay', 'default.delay'] },
  { sources: ['radash'], names: ['sleep'] },
];
