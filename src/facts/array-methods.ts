/** The methods of arrays and the like that run their first argument once per element. */
export const elementMethods = new Set([
  'every',
  'filter',
  'find',
  'findIndex',
  'findLast',
  'findLastIndex',
  'flatMap',
  'forEach',
  'map',
  'reduce',
  'reduceRight',
  'some',
]);

/** Methods whose result has as many elements as the list, or fewer. */
export const keepsSize = new Set([
  'entries',
  'fill',
  'filter',
  'keys',
  'map',
  'reverse',
  'sort',
  'toReversed',
  'toSorted',
  'values',
  'with',
]);

/** Methods whose result holds the elements of the list. */
export const keepsElements = new Set([
  'concat',
  'filter',
  'reverse',
  'slice',
  'sort',
  'splice',
  'toReversed',
  'toSorted',
  'toSpliced',
  'values',
]);
