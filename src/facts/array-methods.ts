/** A method of arrays, or of iterators, sets, streams and the like that have the same. */
interface ArrayMethod {
  /** Its first argument runs once per element. */
  readonly callbackRuns?: 'perItem';
  /** Parameters of that callback hold an element: the first, or the second beside what was gathered so far. */
  readonly element?: 'first' | 'second';
  /** The result has as many elements as the list, or fewer. */
  readonly keepsLength?: true;
  /** For the sizes of lists within the list: the result holds its elements. */
  readonly keepsElements?: true;
  /** For what an element is: the result holds the elements, or is one of them. */
  readonly traces?: 'all' | 'one';
  /** For promises in flight: the result holds the same promises. */
  readonly keepsPromises?: true;
  /** What is returned; `same`: an array of an array, an iterator of an iterator. */
  readonly returns?: 'array' | 'iterator' | 'same';
  /** It changes the list; `adds`: by elements that it is given. */
  readonly mutates?: 'adds' | 'otherwise';
}

/**
 * Where `keepsElements`, `traces` and `keepsPromises` differ, one question knows a method that the next does not; a
 * method that is nowhere true for an array stands here for iterators or texts (`drop`, `take`, `matchAll`, `split`).
 */
export const arrayMethods: ReadonlyMap<string, ArrayMethod> = new Map<string, ArrayMethod>([
  ['at', { traces: 'one' }],
  ['concat', { keepsElements: true, traces: 'all', returns: 'array' }],
  ['copyWithin', { mutates: 'otherwise' }],
  ['drop', { returns: 'iterator' }],
  ['entries', { keepsLength: true, keepsPromises: true, returns: 'iterator' }],
  ['every', { callbackRuns: 'perItem', element: 'first' }],
  ['fill', { keepsLength: true, mutates: 'otherwise' }],
  [
    'filter',
    {
      callbackRuns: 'perItem',
      element: 'first',
      keepsLength: true,
      keepsElements: true,
      traces: 'all',
      keepsPromises: true,
      returns: 'same',
    },
  ],
  ['find', { callbackRuns: 'perItem', element: 'first', traces: 'one' }],
  ['findIndex', { callbackRuns: 'perItem', element: 'first' }],
  ['findLast', { callbackRuns: 'perItem', element: 'first', traces: 'one' }],
  ['findLastIndex', { callbackRuns: 'perItem' }],
  ['flat', { traces: 'all', keepsPromises: true, returns: 'array' }],
  ['flatMap', { callbackRuns: 'perItem', element: 'first', returns: 'same' }],
  ['forEach', { callbackRuns: 'perItem', element: 'first' }],
  ['keys', { keepsLength: true, returns: 'iterator' }],
  ['map', { callbackRuns: 'perItem', element: 'first', keepsLength: true, returns: 'same' }],
  ['matchAll', { returns: 'iterator' }],
  ['pop', { traces: 'one', mutates: 'otherwise' }],
  ['push', { mutates: 'adds' }],
  ['reduce', { callbackRuns: 'perItem', element: 'second' }],
  ['reduceRight', { callbackRuns: 'perItem', element: 'second' }],
  ['reverse', { keepsLength: true, keepsElements: true, traces: 'all', keepsPromises: true, mutates: 'otherwise' }],
  ['shift', { traces: 'one', mutates: 'otherwise' }],
  ['slice', { keepsElements: true, traces: 'all', keepsPromises: true, returns: 'array' }],
  ['some', { callbackRuns: 'perItem', element: 'first' }],
  ['sort', { keepsLength: true, keepsElements: true, traces: 'all', keepsPromises: true, mutates: 'otherwise' }],
  ['splice', { keepsElements: true, returns: 'array', mutates: 'adds' }],
  ['split', { returns: 'array' }],
  ['take', { returns: 'iterator' }],
  ['toReversed', { keepsLength: true, keepsElements: true, traces: 'all', keepsPromises: true, returns: 'array' }],
  ['toSorted', { keepsLength: true, keepsElements: true, traces: 'all', keepsPromises: true, returns: 'array' }],
  ['toSpliced', { keepsElements: true, returns: 'array' }],
  ['unshift', { mutates: 'adds' }],
  ['values', { keepsLength: true, keepsElements: true, keepsPromises: true, returns: 'iterator' }],
  ['with', { keepsLength: true, returns: 'array' }],
]);
