import type { Kind, Loads, Net } from '../../src/facts/catalog.ts';
import { KIND_OF_BASE, KIND_OF_CLASS } from './kinds.ts';
import { findFunctionNet, findNet, listUnusedReviews } from './network.ts';
import type { Asynchrony, Declared, DeclaredFunction, ReadLine } from './read.ts';

/** A class as the catalogue holds it: its own methods only, the base has the others. */
export interface CatalogClass {
  readonly key: string;
  readonly name: string;
  readonly kind: Kind;
  readonly net: Net;
  readonly loads: Loads;
  readonly abstract: boolean;
  readonly runnable: boolean;
  readonly base: CatalogClass | null;
  readonly asyncMethods: ReadonlyMap<string, Asynchrony>;
  readonly statics: ReadonlyMap<string, 'async' | 'sync'>;
}

export interface CatalogFunction {
  readonly name: string;
  readonly kind: Kind;
  readonly net: Net;
  readonly async: boolean;
  readonly returns: CatalogClass | null;
}

interface CatalogModule {
  readonly specifier: string;
  readonly classes: ReadonlyMap<string, CatalogClass>;
  readonly functions: ReadonlyMap<string, CatalogFunction>;
}

export interface Catalog {
  readonly modules: readonly CatalogModule[];
  /** Classes that the reviewed table must name and does not. */
  readonly unreviewed: readonly string[];
  /** Names in that table that no class has. */
  readonly unused: readonly string[];
}

/**
 * Kinds whose classes may hold a client: each concrete one is reviewed. For the others the kind decides unless the
 * class is listed.
 */
const REVIEWED_KINDS: ReadonlySet<Kind> = new Set<Kind>([
  'cache',
  'chatHistory',
  'chatModel',
  'checkpointer',
  'client',
  'documentCompressor',
  'embeddings',
  'llm',
  'loader',
  'recordManager',
  'retriever',
  'store',
  'tool',
  'vectorStore',
]);

const WRAPPING_KINDS: ReadonlySet<Kind> = new Set<Kind>([
  'agent',
  'chain',
  'graph',
  'memory',
  'router',
  'runnable',
  'sequence',
  'stateGraph',
]);

/** Kinds whose methods nobody calls as a remote call; their classes are listed without methods. */
const KINDS_WITHOUT_METHODS: ReadonlySet<Kind> = new Set<Kind>(['callback', 'document', 'message', 'other']);

/**
 * One catalogue of several release lines, the newest first: it says what an export is, an older one adds methods and
 * exports.
 */
export function mergeLines(lines: readonly ReadLine[]): Catalog {
  return new Merger(lines).merge();
}

class Merger {
  readonly #lines: readonly ReadLine[];
  /** Each class as the lines declare it, the newest first. */
  readonly #declared = new Map<string, Declared[]>();
  readonly #classes = new Map<string, CatalogClass | null>();
  readonly #unreviewed = new Set<string>();

  constructor(lines: readonly ReadLine[]) {
    this.#lines = lines;
    for (const line of lines) {
      for (const declared of line.declared.values()) {
        const key = canonicalKey(declared.key);
        this.#declared.set(key, [...(this.#declared.get(key) ?? []), declared]);
      }
    }
  }

  merge(): Catalog {
    const specifiers = [...new Set(this.#lines.flatMap((line) => [...line.modules.keys()]))].sort();
    const modules = specifiers.map((specifier) => this.#mergeModule(specifier));
    return {
      modules: modules.filter(({ classes, functions }) => classes.size + functions.size > 0),
      unreviewed: [...this.#unreviewed].sort(),
      unused: listUnusedReviews(this.#classes.keys()),
    };
  }

  #mergeModule(specifier: string): CatalogModule {
    const classes = new Map<string, CatalogClass>();
    const functions = new Map<string, CatalogFunction>();
    for (const line of this.#lines) {
      const module = line.modules.get(specifier);
      for (const [name, key] of module?.classes ?? []) {
        const merged = classes.has(name) || functions.has(name) ? null : this.#mergeClass(key);
        if (merged) classes.set(name, merged);
      }
      for (const [name, declared] of module?.functions ?? []) {
        const merged = classes.has(name) || functions.has(name) ? null : this.#mergeFunction(declared);
        if (merged) functions.set(name, merged);
      }
    }
    return { specifier, classes, functions };
  }

  /** Null for an interface that is none of ours (options, messages on the wire). */
  #mergeClass(declaredKey: string): CatalogClass | null {
    const key = canonicalKey(declaredKey);
    const known = this.#classes.get(key);
    if (known !== undefined) return known;
    this.#classes.set(key, null);
    const merged = this.#newClass(key, this.#declared.get(key) ?? []);
    this.#classes.set(key, merged);
    return merged;
  }

  #newClass(key: string, versions: readonly Declared[]): CatalogClass | null {
    const [newest] = versions;
    if (!newest) return null;
    const kind = this.#kindOf(key) ?? 'other';
    if (newest.isInterface && kind === 'other') return null;
    const { net, loads } = this.#netOf(key, newest, kind);
    const base = newest.bases.map((declared) => this.#mergeClass(declared)).find((merged) => merged !== null) ?? null;
    const inherited = collectInherited(base);
    const hasMethods = net !== 'none' || !KINDS_WITHOUT_METHODS.has(kind);
    return {
      key,
      name: newest.name,
      kind,
      net,
      loads,
      abstract: newest.abstract,
      runnable: this.#heritage(key).some((name) => name === 'Runnable' || name === 'RunnableInterface'),
      base,
      asyncMethods: hasMethods
        ? difference(unite(versions.map((version) => version.asyncMethods)), inherited.asyncMethods)
        : new Map(),
      statics: hasMethods
        ? difference(unite(versions.map((version) => version.statics)), inherited.statics)
        : new Map(),
    };
  }

  /** Names of the class and of all that it extends or implements, breadth first, in its newest version. */
  #heritage(key: string): string[] {
    const keys = [key];
    for (const current of keys) {
      const bases = this.#declared.get(current)?.[0]?.bases ?? [];
      keys.push(...bases.map(canonicalKey).filter((base) => !keys.includes(base)));
    }
    return keys.flatMap((current) => this.#declared.get(current)?.[0]?.name ?? []);
  }

  #kindOf(key: string): Kind | undefined {
    const [name = '', ...bases] = this.#heritage(key);
    const own = KIND_OF_CLASS.get(key) ?? KIND_OF_CLASS.get(name);
    if (own) return own;
    return [name, ...bases].map((base) => KIND_OF_BASE.get(base)).find((kind) => kind !== undefined);
  }

  #netOf(key: string, { name, abstract }: Declared, kind: Kind): { readonly net: Net; readonly loads: Loads } {
    const reviewed = findNet(key, name);
    if (reviewed) return reviewed;
    const wraps = WRAPPING_KINDS.has(kind);
    if (abstract && (wraps || REVIEWED_KINDS.has(kind))) return { net: 'abstract', loads: null };
    if (REVIEWED_KINDS.has(kind)) this.#unreviewed.add(`${key} (${kind})`);
    return { net: wraps ? 'delegates' : 'none', loads: null };
  }

  #mergeFunction(declared: DeclaredFunction): CatalogFunction | null {
    const returned = declared.returns.map((key) => (key === null ? null : this.#mergeClass(key)));
    const kinds = new Set(returned.map((entry) => entry?.kind ?? 'other'));
    const [kind = 'other'] = kinds.size === 1 ? kinds : [];
    if (kind === 'other' && !declared.async) return null;
    const [first] = returned;
    const net = first?.net === 'abstract' ? 'delegates' : (first?.net ?? 'none');
    return {
      name: declared.name,
      kind,
      net: findFunctionNet(declared.name) ?? (kind === 'other' ? 'none' : net),
      async: declared.async,
      returns: returned.length === 1 && kind !== 'other' ? (first ?? null) : null,
    };
  }
}

/** `@langchain/classic` is what `langchain` was before 1.0. */
function canonicalKey(key: string): string {
  return key.replace(/^@langchain\/classic#/, 'langchain#');
}

function collectInherited(base: CatalogClass | null): Pick<CatalogClass, 'asyncMethods' | 'statics'> {
  if (!base) return { asyncMethods: new Map(), statics: new Map() };
  const { asyncMethods, statics } = collectInherited(base.base);
  return {
    asyncMethods: new Map([...asyncMethods, ...base.asyncMethods]),
    statics: new Map([...statics, ...base.statics]),
  };
}

function unite<V>(maps: readonly ReadonlyMap<string, V>[]): Map<string, V> {
  return new Map(maps.toReversed().flatMap((map) => [...map]));
}

function difference<V>(map: ReadonlyMap<string, V>, without: ReadonlyMap<string, V>): Map<string, V> {
  return new Map([...map].filter(([name, value]) => without.get(name) !== value));
}
