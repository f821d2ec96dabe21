/**
 * The maximum number of elements in a list. `unseen`: it is limited, but the number cannot be read; null: no limit is
 * in sight.
 */
export type Size = number | 'unseen' | null;

// ── arithmetic ───────────────────────────────────────────────────────────────────────────────────────────────────────

export function most(sizes: readonly Size[]): Size {
  let largest: Size = 0;
  for (const size of sizes) {
    if (size === null) return null;
    if (size === 'unseen' || largest === 'unseen') largest = 'unseen';
    else largest = Math.max(largest, size);
  }
  return largest;
}

export function least(sizes: readonly Size[]): Size {
  const numbers = sizes.filter((size) => typeof size === 'number');
  if (numbers.length > 0) return Math.min(...numbers);
  return sizes.includes('unseen') ? 'unseen' : null;
}

export function sum(sizes: readonly Size[]): Size {
  const largest = most(sizes);
  return typeof largest === 'number'
    ? sizes.reduce<number>((total, size) => total + (typeof size === 'number' ? size : 0), 0)
    : largest;
}

export function times(left: Size, right: Size): Size {
  const largest = most([left, right]);
  return typeof left === 'number' && typeof right === 'number' ? left * right : largest;
}
