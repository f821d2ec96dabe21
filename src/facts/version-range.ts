/** Versions of `@langchain/core`: from `since` on, and before `before`. */
export interface VersionRange {
  readonly since?: string;
  readonly before?: string;
}

/**
 * The version that is assumed when it is unknown: the last release of 0.3, whose behaviour 1.x kept except where a row
 * differs.
 */
const assumed = '0.3.80';

export function isInRange(version: string | null, { since, before }: VersionRange): boolean {
  const actual = version ?? assumed;
  return (since === undefined || compare(actual, since) >= 0) && (before === undefined || compare(actual, before) < 0);
}

function compare(left: string, right: string): number {
  const [leftParts, rightParts] = [left, right].map((version) =>
    (version.split('-', 1)[0] ?? '').split('.').map(Number),
  );
  for (let index = 0; index < 3; index++) {
    const difference = (leftParts?.[index] ?? 0) - (rightParts?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
