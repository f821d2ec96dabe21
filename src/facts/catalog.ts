import { CLASSES, FUNCTIONS, METHODS, MODULES, PACKAGES } from './catalog.generated.ts';

/** In the order of their codes in the generated tables. */
export const KINDS = [
  'other',
  'agent',
  'cache',
  'callback',
  'chain',
  'chatHistory',
  'chatModel',
  'checkpointer',
  'client',
  'document',
  'documentCompressor',
  'documentTransformer',
  'embeddings',
  'graph',
  'llm',
  'loader',
  'memory',
  'message',
  'parser',
  'prompt',
  'recordManager',
  'retriever',
  'router',
  'runnable',
  'sequence',
  'stateGraph',
  'store',
  'textSplitter',
  'tool',
  'vectorStore',
] as const;

/**
 * The kind of a value. `agent`: `createAgent`, `createDeepAgent`, AgentExecutor and the classic agents it runs;
 * `graph`: a compiled one; `stateGraph`: its builder; `chain`: the classic ones (LLMChain); `llm`: also a value that
 * may be either kind of model (BaseLanguageModel); `client`: a connection or SDK without its own kind; `router`:
 * RouterRunnable.
 */
export type Kind = (typeof KINDS)[number];

/** In the order of their codes in the generated tables. */
export const NETS = ['none', 'abstract', 'delegates', 'local', 'network'] as const;

/**
 * Whether its methods reach a service. `network`: through its own client or one passed to it; `delegates`: through
 * models, stores, embeddings or functions that it wraps; `local`: work in this process (a model's weights, an index,
 * files); `none`: next to no work; `abstract`: depends on the subclass.
 */
export type Net = (typeof NETS)[number];

/** The data that a local class loads before it can work. */
export const LOADS = [null, 'index', 'weights'] as const;
export type Loads = (typeof LOADS)[number];

/** `@langchain/openai` and ``; `@langchain/community` and `vectorstores/pgvector`. */
export interface ModuleId {
  readonly package: string;
  readonly subpath: string;
}

/** A class by the package that declares it and its name: `@langchain/openai#ChatOpenAI`. */
export type ClassRef = `${string}#${string}`;

/** A class or an interface. */
export interface ClassEntry {
  readonly type: 'class';
  /** The declared name; an export may have another one (`ChatBedrock` is BedrockChat). */
  readonly name: string;
  /**
   * The package that declares it, and its name: `@langchain/openai#ChatOpenAI`. Classes that @langchain/classic has
   * taken over belong to `langchain`. A class of the same name in another package is another class.
   */
  readonly ref: ClassRef;
  readonly kind: Kind;
  readonly net: Net;
  readonly loads: Loads;
  readonly abstract: boolean;
  readonly runnable: boolean;
  /** Its LangChain base classes, nearest first. */
  readonly bases: readonly ClassRef[];
  /** Public methods by return type, including inherited ones; those of a client's parts are dotted (`runs.wait`). */
  readonly asyncMethods: ReadonlyMap<string, 'asyncIterable' | 'promise'>;
  /** Static methods that return an instance, including inherited ones; `async`: they return a promise of one. */
  readonly statics: ReadonlyMap<string, 'async' | 'sync'>;
}

export interface FunctionEntry {
  readonly type: 'function';
  readonly name: string;
  /** Kind of the returned value, of the resolved one for an async function; `other` when it is none of these. */
  readonly kind: Kind;
  readonly async: boolean;
  /** The returned class, if it is a single one. */
  readonly returns: ClassEntry | null;
  /** Of the returned value; of the function itself when it returns no LangChain value (`index()` delegates). */
  readonly net: Net;
}

type CatalogEntry = ClassEntry | FunctionEntry;

/** The exports of a module: names to entries, decoded on demand. */
type ModuleTable = ReadonlyMap<string, () => CatalogEntry>;

const SPECIFIER = /^(langchain|deepagents|@langchain\/[^/]+)(?:\/(.+))?$/;

/**
 * The LangChain module of an import specifier; null for any other. Build output counts as its source:
 * `langchain/dist/llms/openai.js` is `langchain/llms/openai`.
 */
export function parseSpecifier(specifier: string): ModuleId | null {
  const [, name, subpath = ''] = SPECIFIER.exec(specifier) ?? [];
  if (name === undefined) return null;
  const source = subpath
    .replace(/^dist(?:\/|$)/, '')
    .replace(/\.[cm]?js$/, '')
    .replace(/(?:^|\/)index$/, '')
    .replace(/\/$/, '');
  return { package: name, subpath: source };
}

/**
 * The export of that name. For a module that is missing from the catalogue (a retired package, a deep path), the export
 * of that name in other modules, the same package first, if they agree on its kind.
 */
export function findExport(module: ModuleId, name: string): CatalogEntry | undefined {
  const tables = readPackage(module.package);
  const own = tables.get(module.subpath)?.get(name)?.();
  if (own) return findMoved(module, own);
  const inPackage = agreed([...tables.values()].flatMap((table) => table.get(name) ?? []));
  if (inPackage || tables.has(module.subpath)) return inPackage;
  const elsewhere = agreed(
    Object.keys(MODULES).flatMap((other) => [...readPackage(other).values()].flatMap((table) => table.get(name) ?? [])),
  );
  return elsewhere?.type === 'class' ? declareIn(module, elsewhere) : elsewhere;
}

/**
 * Classes that `langchain` 0.x declared and `@langchain/community` took over unchanged, under the same path: they count
 * as the same class.
 */
function findMoved({ package: from, subpath }: ModuleId, entry: CatalogEntry): CatalogEntry {
  if (from !== 'langchain' || entry.type !== 'class' || !entry.ref.startsWith('langchain#')) return entry;
  const moved = readPackage('@langchain/community').get(subpath)?.get(entry.name)?.();
  return moved?.type === 'class' && moved.kind === entry.kind
    ? { ...entry, ref: moved.ref, bases: moved.bases }
    : entry;
}

/** The package that has a class of that name, preferably @langchain/core. */
export function findPackageOfClass(name: string): string | null {
  return (
    ['@langchain/core', ...Object.keys(MODULES)].find((each) =>
      [...readPackage(each).values()].some((table) => table.get(name)?.().type === 'class'),
    ) ?? null
  );
}

/** Packages that took over the classes of another, under which these were read. */
const heirs: Readonly<Record<string, string>> = { '@langchain/pgvector': '@langchain/community' };

/**
 * A class of the same name in another package: it has the same kind, but is a different class, outside the family of
 * the one that was read.
 */
function declareIn(module: ModuleId, entry: ClassEntry): ClassEntry {
  if (Object.hasOwn(heirs, module.package) && entry.ref.startsWith(`${heirs[module.package] ?? ''}#`)) return entry;
  return {
    ...entry,
    ref: `${module.package}#${entry.name}`,
    bases: entry.bases.filter((base) => base.startsWith('@langchain/core#')),
  };
}

/** The first of the entries, if all have the same type and kind. */
function agreed(candidates: readonly (() => CatalogEntry)[]): CatalogEntry | undefined {
  const [first, ...rest] = candidates.map((decode) => decode());
  return first && rest.every((entry) => entry.type === first.type && entry.kind === first.kind) ? first : undefined;
}

const packages = new Map<string, ReadonlyMap<string, ModuleTable>>();

function readPackage(name: string): ReadonlyMap<string, ModuleTable> {
  const known = packages.get(name);
  if (known) return known;
  const modules = new Map<string, ModuleTable>();
  for (const line of Object.hasOwn(MODULES, name) ? (MODULES[name] ?? '').split('\n') : []) {
    const [subpath = '', classes = '', functions = ''] = line.split(' ');
    modules.set(
      subpath,
      new Map([...readRefs(classes, classLines(), readClass), ...readRefs(functions, functionLines(), readFunction)]),
    );
  }
  packages.set(name, modules);
  return modules;
}

/** `3f,2a=ChatBedrock`: index in base 36, and the exported name where it differs from the declared one. */
function readRefs(
  refs: string,
  lines: readonly string[],
  read: (index: number) => CatalogEntry,
): [string, () => CatalogEntry][] {
  return splitList(refs).map((ref) => {
    const [code = '', alias] = ref.split('=');
    const index = parseInt(code, 36);
    return [alias ?? (lines[index] ?? '').split(' ', 1)[0] ?? '', () => read(index)];
  });
}

const classLines = lazy(() => CLASSES.split('\n'));
const functionLines = lazy(() => FUNCTIONS.split('\n'));
const methodNames = lazy(() => METHODS.split(' '));
const packageNames = lazy(() => PACKAGES.split(' '));

const readClass = cached(decodeClass);
const readFunction = cached(decodeFunction);

/**
 * `ChatOpenAI 640w 2b 1,2* 3`: name, codes (the rest is the package), base, async methods (`*`: async iterable),
 * statics (`*`: async).
 */
function decodeClass(index: number): ClassEntry {
  const [name = '', codes = '', base = '', methods = '', statics = ''] = (classLines()[index] ?? '').split(' ');
  const parent = base === '' ? null : readClass(parseInt(base, 36));
  const flags = codeAt(codes, 2);
  return {
    type: 'class',
    name,
    ref: `${packageNames()[parseInt(codes.slice(3), 36)] ?? ''}#${name}`,
    kind: KINDS[codeAt(codes, 0)] ?? 'other',
    net: NETS[codeAt(codes, 1)] ?? 'none',
    loads: LOADS[flags >> 2] ?? null,
    abstract: (flags & 1) !== 0,
    runnable: (flags & 2) !== 0,
    bases: parent ? [parent.ref, ...parent.bases] : [],
    asyncMethods: new Map([
      ...(parent?.asyncMethods ?? []),
      ...readMethods(methods, 'promise' as const, 'asyncIterable' as const),
    ]),
    statics: new Map([...(parent?.statics ?? []), ...readMethods(statics, 'sync' as const, 'async' as const)]),
  };
}

/** The names of the classes that reach a service themselves, or that load weights or an index. */
export const getConnectingClasses = lazy(
  () =>
    new Set(
      classLines().flatMap((line) => {
        const [name = '', codes = ''] = line.split(' ');
        const flags = codeAt(codes, 2);
        return (flags & 1) === 0 && (NETS[codeAt(codes, 1)] === 'network' || flags >> 2 > 0) ? [name] : [];
      }),
    ),
);

/** `createAgent 1203 2b`: name, codes, returned class. */
function decodeFunction(index: number): FunctionEntry {
  const [name = '', codes = '', returned = ''] = (functionLines()[index] ?? '').split(' ');
  return {
    type: 'function',
    name,
    kind: KINDS[codeAt(codes, 0)] ?? 'other',
    net: NETS[codeAt(codes, 1)] ?? 'none',
    async: codes.charAt(2) === '1',
    returns: returned === '' ? null : readClass(parseInt(returned, 36)),
  };
}

function readMethods<T>(refs: string, plain: T, starred: T): [string, T][] {
  return splitList(refs).map((ref) => [methodNames()[parseInt(ref, 36)] ?? '', ref.endsWith('*') ? starred : plain]);
}

function codeAt(codes: string, position: number): number {
  return parseInt(codes.charAt(position), 36);
}

function splitList(list: string): string[] {
  return list === '' ? [] : list.split(',');
}

function lazy<T extends object>(compute: () => T): () => T {
  let value: T | undefined;
  return () => (value ??= compute());
}

function cached<T>(decode: (index: number) => T): (index: number) => T {
  const values = new Map<number, T>();
  return (index) => {
    let value = values.get(index);
    if (value === undefined) {
      value = decode(index);
      values.set(index, value);
    }
    return value;
  };
}
