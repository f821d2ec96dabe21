/** A method of arrays, or of iterators, sets, streams and the like with the same name. */
interface ArrayMethod {
  /** Its first argument runs once per element. */
  readonly callbackRuns?: 'perItem';
  /** Which parameter of that callback holds an element: the first, or the second after the accumulator. */
  readonly element?: 'first' | 'second';
  /** The result has as many elements as the list, or fewer. */
  readonly keepsLength?: true;
  /** For the sizes of nested lists: the result holds the elements of the list. */
  readonly keepsElements?: true;
  /** For tracing an element: the result holds the elements, or is one of them. */
  readonly traces?: 'all' | 'one';
  /** For promises in flight: the result holds the same promises. */
  readonly keepsPromises?: true;
  /** The returned type; `same`: an array for an array, an iterator for an iterator. */
  readonly returns?: 'array' | 'iterator' | 'same';
  /** It changes the list; `adds`: by adding its arguments. */
  readonly mutates?: 'adds' | 'otherwise';
}

/**
 * `keepsElements`, `traces` and `keepsPromises` differ where one question knows a method that another does not. Methods
 * that arrays do not have are listed for iterators or strings (`drop`, `take`, `matchAll`, `split`).
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
