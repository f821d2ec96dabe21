/** A function that calls its argument until it succeeds. */
interface RetryLibrary {
  readonly sources: readonly string[];
  readonly names: readonly string[];
  /** The option for the number of tries, and whether it includes the first attempt. */
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
