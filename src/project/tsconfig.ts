import { type PathConditions, resolveExports } from 'resolve-pkg-maps';
import { attempt } from './attempt.ts';
import type { Disk } from './disk.ts';
import { getObjects, getString, getStrings, isRecord, type JsonObject, parseJsonWithComments } from './json.ts';
import { Memo } from './memo.ts';
import { foldersUp, type Paths } from './node.ts';

/** What a tsconfig.json or jsconfig.json says of names, with what it extends. */
interface Config {
  readonly baseUrl: string | null;
  readonly paths: PathMap | null;
  /** The files that it references. */
  readonly references: readonly string[];
}

interface PathMap {
  /** Of the configuration that has them: where its targets start, unless there is a `baseUrl`. */
  readonly folder: string;
  readonly targets: ReadonlyMap<string, readonly string[]>;
  /** The patterns with a `*` among them, the longest beginning first. */
  readonly patterns: readonly string[];
}

/** How many configurations one may extend or reference, and how many targets of a name are tried. */
const maxConfigs = 100;
const maxTargets = 20;

const nothing: Config = { baseUrl: null, paths: null, references: [] };

/** The `paths` and `baseUrl` of the nearest tsconfig.json or jsconfig.json and of the configurations it references. */
export class Tsconfigs {
  readonly #disk: Disk;
  readonly #path: Paths;
  readonly #configs: Memo<readonly Config[]>;

  constructor(disk: Disk) {
    this.#disk = disk;
    this.#path = disk.path;
    this.#configs = new Memo(disk);
  }

  /** The paths, with or without an extension, that a name may stand for in a folder; the likeliest first. */
  getCandidates(name: string, folder: string): readonly string[] {
    return this.#configs.get(folder, () => this.#find(folder)).flatMap((config) => this.#expand(config, name));
  }

  #expand({ baseUrl, paths }: Config, name: string): readonly string[] {
    const targets = paths ? getTargets(paths, name) : [];
    return [
      ...targets.map((target) => this.#path.resolve(baseUrl ?? paths?.folder ?? '', target)),
      ...(baseUrl === null ? [] : [this.#path.join(baseUrl, name)]),
    ];
  }

  #find(folder: string): readonly Config[] {
    const files = ['tsconfig.json', 'jsconfig.json'].flatMap((name) =>
      [...foldersUp(this.#path, folder)].map((each) => this.#path.join(each, name)),
    );
    const nearest = files.find((file) => this.#disk.isFile(file));
    if (nearest === undefined) return [];
    const config = this.#read(nearest);
    return [config, ...config.references.map((file) => this.#read(file))];
  }

  #read(file: string): Config {
    return this.#readExtended(file, this.#path.dirname(file), new Set());
  }

  /** @param root The folder of the configuration that extends the others: `${configDir}`. */
  #readExtended(file: string, root: string, visited: Set<string>): Config {
    if (visited.has(file) || visited.size >= maxConfigs || !this.#disk.isFile(file)) return nothing;
    visited.add(file);
    const json = parseJsonWithComments(this.#disk.readText(file) ?? '');
    if (!json) return nothing;
    const folder = this.#path.dirname(file);
    const extended = getList(json['extends']).map((name) => {
      const base = this.#findExtended(name.replaceAll('${configDir}', root), folder);
      return base === null ? nothing : this.#readExtended(base, root, visited);
    });
    return this.#readOwn(json, folder, root, extended);
  }

  #readOwn(json: JsonObject, folder: string, root: string, extended: readonly Config[]): Config {
    const options = isRecord(json['compilerOptions']) ? json['compilerOptions'] : {};
    const baseUrl = getString(options['baseUrl'])?.replaceAll('${configDir}', root);
    return {
      baseUrl:
        baseUrl === undefined
          ? (extended.findLast((each) => each.baseUrl !== null)?.baseUrl ?? null)
          : this.#path.resolve(folder, baseUrl),
      paths: readPaths(options['paths'], folder, root) ?? extended.findLast((each) => each.paths)?.paths ?? null,
      references: getObjects(json['references'])
        .slice(0, maxConfigs)
        .flatMap(({ path }) => (typeof path === 'string' ? [this.#findReferenced(path, folder)] : [])),
    };
  }

  #findReferenced(reference: string, folder: string): string {
    const target = this.#path.resolve(folder, reference);
    return target.endsWith('.json') ? target : this.#path.join(target, 'tsconfig.json');
  }

  /** What `extends` names: a path, or a file of an installed package. */
  #findExtended(name: string, folder: string): string | null {
    if (/^\.{1,2}(?:\/|$)/u.test(name) || this.#path.isAbsolute(name))
      return this.#probe(this.#path.resolve(folder, name));
    for (const each of foldersUp(this.#path, folder)) {
      const found = this.#probeInstalled(this.#path.join(each, 'node_modules'), name);
      if (found !== null) return found;
    }
    return null;
  }

  #probe(path: string): string | null {
    return [path, `${path}.json`].find((file) => this.#disk.isFile(file)) ?? null;
  }

  #probeInstalled(folder: string, name: string): string | null {
    const [, owner = '', subpath = ''] = /^((?:@[^/]+\/)?[^/]+)(?:\/(.+))?$/u.exec(name) ?? [];
    const inner = this.#path.join(folder, owner);
    const manifest = this.#path.join(inner, 'package.json');
    const json = this.#disk.isFile(manifest) ? parseJsonWithComments(this.#disk.readText(manifest) ?? '') : null;
    const exported = attempt(() =>
      resolveExports(json?.['exports'] as PathConditions, subpath, ['require', 'types', 'node', 'default']),
    );
    const targets = [
      ...(exported ?? []).slice(0, maxTargets),
      ...(subpath === '' ? [getString(json?.['tsconfig']) ?? '', 'tsconfig'] : [subpath, `${subpath}/tsconfig`]),
    ];
    return targets.map((target) => this.#probe(this.#path.join(inner, target))).find((file) => file !== null) ?? null;
  }
}

function getList(value: unknown): readonly string[] {
  return typeof value === 'string' ? [value] : getStrings(value);
}

function readPaths(value: unknown, folder: string, root: string): PathMap | null {
  if (!isRecord(value)) return null;
  const targets = new Map(
    Object.entries(value).map(([pattern, list]) => [
      pattern,
      getStrings(list)
        .slice(0, maxTargets)
        .map((target) => target.replaceAll('${configDir}', root)),
    ]),
  );
  const patterns = [...targets.keys()].filter((pattern) => pattern.includes('*'));
  return { folder, targets, patterns: patterns.sort((one, other) => other.indexOf('*') - one.indexOf('*')) };
}

/** The targets of a name, `*` replaced: those of the name itself, else of the pattern that it is most like. */
function getTargets({ patterns, targets }: PathMap, name: string): readonly string[] {
  const own = targets.get(name);
  if (own) return own;
  for (const pattern of patterns) {
    const [before = '', after = ''] = pattern.split('*', 2);
    if (name.length < before.length + after.length || !name.startsWith(before) || !name.endsWith(after)) continue;
    const matched = name.slice(before.length, name.length - after.length);
    return (targets.get(pattern) ?? []).map((target) => target.replace('*', () => matched));
  }
  return [];
}
