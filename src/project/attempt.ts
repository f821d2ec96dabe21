/** What a function returns; null where it throws, as libraries do on what they cannot read. */
export function attempt<Result>(run: () => Result): Result | null {
  try {
    return run();
  } catch {
    return null;
  }
}
