/** The result of a function; null where it throws, as libraries do for input that they cannot read. */
export function attempt<Result>(run: () => Result): Result | null {
  try {
    return run();
  } catch {
    return null;
  }
}
