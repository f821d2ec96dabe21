import { KINDS, LOADS, NETS } from '../../src/facts/catalog.ts';
import type { Catalog, CatalogClass, CatalogFunction } from './merge.ts';

/** The tables as `src/facts/catalog.ts` decodes them. References are indexes in base 36. */
export interface Tables {
  /** Names, separated by spaces. */
  readonly METHODS: string;
  /** Those that declare the classes, separated by spaces. */
  readonly PACKAGES: string;
  /**
   * Lines of: name, codes (kind, net, flags, package), base, async methods (`*`: async iterable), statics (`*`: async).
   */
  readonly CLASSES: string;
  /** Lines of: name, codes (kind, net, async), returned class. */
  readonly FUNCTIONS: string;
  /** By package: lines of subpath, classes, functions; `1a=Name` where the export has another name. */
  readonly MODULES: Readonly<Record<string, string>>;
}

export function encode({ modules }: Catalog): Tables {
  const classes = listClasses(
    modules.flatMap((module) => [
      ...module.classes.values(),
      ...[...module.functions.values()].flatMap((entry) => entry.returns ?? []),
    ]),
  );
  const methods = listMethods(classes);
  const packages = [...new Set(classes.map(getPackage))].sort(compare);
  const classRef = indexer(classes);
  const methodRef = indexer(methods);
  const packageRef = indexer(packages);

  const encodeMethods = <V>(map: ReadonlyMap<string, V>, starred: V): string =>
    sortedEntries(map)
      .map(([name, value]) => methodRef(name) + (value === starred ? '*' : ''))
      .join(',');
  const encodeClass = (entry: CatalogClass): string =>
    row(
      entry.name,
      code(KINDS.indexOf(entry.kind)) +
        code(NETS.indexOf(entry.net)) +
        code((entry.abstract ? 1 : 0) + (entry.runnable ? 2 : 0) + 4 * LOADS.indexOf(entry.loads)) +
        packageRef(getPackage(entry)),
      entry.base ? classRef(entry.base) : '',
      encodeMethods(entry.asyncMethods, 'asyncIterable'),
      encodeMethods(entry.statics, 'async'),
    );
  const encodeFunction = ({ name, kind, net, async, returns }: CatalogFunction): string =>
    row(
      name,
      code(KINDS.indexOf(kind)) + code(NETS.indexOf(net)) + (async ? '1' : '0'),
      returns ? classRef(returns) : '',
    );

  const functions = [
    ...new Set(modules.flatMap((module) => [...module.functions.values()].map(encodeFunction))),
  ].sort();
  const functionRef = indexer(functions);
  const encodeExports = <E extends { readonly name: string }>(
    exported: ReadonlyMap<string, E>,
    ref: (entry: E) => string,
  ): string =>
    sortedEntries(exported)
      .map(([name, entry]) => ref(entry) + (name === entry.name ? '' : `=${name}`))
      .join(',');

  const lines = new Map<string, string[]>();
  for (const module of modules.toSorted((a, b) => compare(a.specifier, b.specifier))) {
    const [, name = '', subpath = ''] = /^((?:@[^/]+\/)?[^/]+)\/?(.*)$/.exec(module.specifier) ?? [];
    const line = row(
      subpath,
      encodeExports(module.classes, classRef),
      encodeExports(module.functions, (entry) => functionRef(encodeFunction(entry))),
    );
    lines.set(name, [...(lines.get(name) ?? []), line]);
  }
  return {
    METHODS: methods.join(' '),
    PACKAGES: packages.join(' '),
    CLASSES: classes.map(encodeClass).join('\n'),
    FUNCTIONS: functions.join('\n'),
    MODULES: Object.fromEntries(sortedEntries(lines).map(([name, ofPackage]) => [name, ofPackage.join('\n')])),
  };
}

/** The source of `src/facts/catalog.generated.ts`; `header` has the lines of its first comment. */
export function print(tables: Tables, header: readonly string[]): string {
  return [
    ...header.map((line) => `// ${line}`),
    '',
    `export const METHODS = ${literal(tables.METHODS)};`,
    '',
    `export const PACKAGES = ${literal(tables.PACKAGES)};`,
    '',
    `export const CLASSES = ${literal(tables.CLASSES)};`,
    '',
    `export const FUNCTIONS = ${literal(tables.FUNCTIONS)};`,
    '',
    'export const MODULES: Readonly<Record<string, string>> = {',
    ...Object.entries(tables.MODULES).map(([name, lines]) => `  '${name}': ${literal(lines)},`),
    '};',
    '',
  ].join('\n');
}

/** One readable line for each class, function and module, without indexes; two catalogues are compared by these. */
export function expand({ METHODS, PACKAGES, CLASSES, FUNCTIONS, MODULES }: Tables): string[] {
  const methods = METHODS.split(' ');
  const packages = PACKAGES.split(' ');
  const classes = CLASSES.split('\n').map((line) => line.split(' '));
  const functions = FUNCTIONS.split('\n').map((line) => line.split(' '));
  const nameOf = (lines: readonly string[][], ref: string): string => lines[parseInt(ref, 36)]?.[0] ?? '?';
  const methodList = (refs = ''): string => refs.replace(/[^,*]+/g, (ref) => methods[parseInt(ref, 36)] ?? '?');
  const exportList = (refs: string | undefined, lines: readonly string[][]): string[] =>
    (refs ?? '').split(',').flatMap((ref) => (ref === '' ? [] : (ref.split('=')[1] ?? nameOf(lines, ref))));
  const codes = (text = ''): string =>
    `${KINDS[parseInt(text.charAt(0), 36)] ?? '?'} ${NETS[parseInt(text.charAt(1), 36)] ?? '?'} ${text.charAt(2)}`;
  return [
    ...classes.map(
      ([name = '', code, base = '', asyncMethods, statics]) =>
        `class ${packages[parseInt(code?.slice(3) ?? '', 36)] ?? '?'}#${name} ${codes(code)} < ${base === '' ? '-' : nameOf(classes, base)} methods ${methodList(asyncMethods)} statics ${methodList(statics)}`,
    ),
    ...functions.map(
      ([name = '', code, returned = '']) =>
        `function ${name} ${codes(code)} ${returned === '' ? '-' : nameOf(classes, returned)}`,
    ),
    ...Object.entries(MODULES).flatMap(([name, lines]) =>
      lines.split('\n').flatMap((line) => {
        const [subpath = '', classRefs, functionRefs] = line.split(' ');
        return [...exportList(classRefs, classes), ...exportList(functionRefs, functions)].map(
          (exported) => `export ${name}/${subpath} ${exported}`,
        );
      }),
    ),
  ];
}

/** The classes and their bases, by name. */
function listClasses(exported: readonly CatalogClass[]): CatalogClass[] {
  const all = new Set(exported);
  for (const entry of all) if (entry.base) all.add(entry.base);
  return [...all].sort((a, b) => compare(a.name, b.name) || compare(a.key, b.key));
}

/** The package that declares a class. */
function getPackage({ key }: CatalogClass): string {
  return key.slice(0, key.indexOf('#'));
}

/** The most frequent first, for the shortest references. */
function listMethods(classes: readonly CatalogClass[]): string[] {
  const counts = new Map<string, number>();
  for (const name of classes.flatMap((entry) => [...entry.asyncMethods.keys(), ...entry.statics.keys()]))
    counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([a, countA], [b, countB]) => countB - countA || compare(a, b)).map(([name]) => name);
}

function indexer<T>(values: readonly T[]): (value: T) => string {
  const indexes = new Map(values.map((value, index) => [value, index.toString(36)]));
  return (value) => {
    const index = indexes.get(value);
    if (index === undefined) throw new Error('A reference to something that is not in the table.');
    return index;
  };
}

function row(...columns: readonly string[]): string {
  return columns.join(' ').trimEnd();
}

function code(index: number): string {
  if (index < 0 || index > 35) throw new RangeError(`${index.toString()} has no one-character code.`);
  return index.toString(36);
}

function literal(text: string): string {
  if (/[`'\\$]/.test(text)) throw new Error(`A name needs escaping: ${text.slice(0, 80)}`);
  return text.includes('\n') ? `\`${text}\`` : `'${text}'`;
}

function sortedEntries<V>(map: ReadonlyMap<string, V>): [string, V][] {
  return [...map].sort(([a], [b]) => compare(a, b));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
