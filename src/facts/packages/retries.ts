/** A function that calls the one it is handed until it succeeds. */
interface RetryLibrary {
  readonly sources: readonly string[];
  readonly names: readonly string[];
  /** The option that says how often, and whether it counts the first attempt too. */
  readonly option: string;
  readonly countsFirst: boolean;
  readonly defaultAttempts: number;
}

/** Of p-retry, async-retry and exponential-backoff. Proof: `retry-libraries`. */
export const libraries: readonly RetryLibrary[] = [
  {
    sources: ['p-retry', 'async-retry'],
    names: ['default'],
    option: 'retries',
    countsFirst: false,
    defaultAttempts: 11,
  },
  {
    sources: ['exponential-backoff'],
    names: ['backOff'],
    option: 'numOfAttempts',
    countsFirst: true,
    defaultAttempts: 10,
  },
];
