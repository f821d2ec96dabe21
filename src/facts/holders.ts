/**
 * A call of a user-interface library that stands for a value: its argument, or the result of a function in its
 * arguments.
 */
export interface Holder {
  readonly holds: 'result' | 'value';
  /** The member that reads the value; null where the call itself is the value. */
  readonly member: string | null;
}

interface Row extends Holder {
  readonly names: readonly string[];
  readonly sources: RegExp;
  /**
   * Whether it is available without an import: Nuxt imports it automatically, and runes belong to Svelte's compiler.
   */
  readonly isGlobal: boolean;
}

const vue = /^(?:vue|@vue\/[\w-]+|#imports)$/u;
const react = /^(?:react|preact\/(?:compat|hooks))$/u;
const none = /(?!)/u;

const rows: readonly Row[] = [
  { names: ['computed'], sources: vue, isGlobal: true, holds: 'result', member: 'value' },
  { names: ['markRaw', 'toRaw'], sources: vue, isGlobal: true, holds: 'value', member: null },
  { names: ['useMemo'], sources: react, isGlobal: false, holds: 'result', member: null },
  { names: ['$derived', '$state', '$state.raw'], sources: none, isGlobal: true, holds: 'value', member: null },
  { names: ['$derived.by'], sources: none, isGlobal: true, holds: 'result', member: null },
];

/** The holder that is exported under this name, or the global one if there is no source. */
export function findHolder(source: string | null, name: string): Holder | null {
  return (
    rows.find(
      ({ isGlobal, names, sources }) => names.includes(name) && (source === null ? isGlobal : sources.test(source)),
    ) ?? null
  );
}
