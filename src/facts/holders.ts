/**
 * What a call of a user-interface library stands for: what it is given, or what a function that it is given returns.
 */
export interface Holder {
  readonly holds: 'result' | 'value';
  /** The member that is read for it; null where the call itself stands for it. */
  readonly member: string | null;
}

interface Row extends Holder {
  readonly names: readonly string[];
  readonly sources: RegExp;
  /** Whether it is there without an import: Nuxt imports by itself, and runes belong to Svelte's compiler. */
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

/** The export of this name, or without a source the global. */
export function findHolder(source: string | null, name: string): Holder | null {
  return (
    rows.find(
      ({ isGlobal, names, sources }) => names.includes(name) && (source === null ? isGlobal : sources.test(source)),
    ) ?? null
  );
}
