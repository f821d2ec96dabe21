import type { Disk } from './disk.ts';
import { getString, isRecord, type JsonObject, parseJson } from './json.ts';
import { Memo } from './memo.ts';
import { foldersUp, type Paths } from './node.ts';

/** How many members of a workspace are looked at. */
const maxMembers = 1000;

export const denoFiles = ['deno.json', 'deno.jsonc'];

/** What a file of Deno's says of names: targets that are paths, by name or by the beginning of one. */
type ImportMap = ReadonlyMap<string, string>;

/** The import maps of the nearest deno.json, and the members of its workspace. */
export class DenoConfigs {
  readonly #disk: Disk;
  readonly #path: Paths;
  readonly #maps: Memo<ImportMap>;

  constructor(disk: Disk) {
    this.#disk = disk;
    this.#path = disk.path;
    this.#maps = new Memo(disk);
  }

  /** Whether a folder, or one above it, has a deno.json. */
  has(folder: string): boolean {
    return this.#findFile(folder) !== null;
  }

  /** The paths that a name may stand for in a folder; the nearest configuration first. */
  getCandidates(name: string, folder: string): readonly string[] {
    return [...foldersUp(this.#path, folder)].flatMap((each) => {
      const map = this.#maps.get(each, () => this.#readMap(each));
      const key = map.has(name) ? name : [...map.keys()].filter((prefix) => isBelow(name, prefix)).sort(longest)[0];
      const target = key === undefined ? undefined : map.get(key);
      return key === undefined || target === undefined ? [] : [this.#path.join(target, name.slice(key.length))];
    });
  }

  #findFile(folder: string): string | null {
    for (const each of foldersUp(this.#path, folder)) {
      const file = this.#findOwnFile(each);
      if (file !== null) return file;
    }
    return null;
  }

  #findOwnFile(folder: string): string | null {
    return denoFiles.map((name) => this.#path.join(folder, name)).find((file) => this.#disk.isFile(file)) ?? null;
  }

  #readMap(folder: string): ImportMap {
    const config = this.#read(this.#findOwnFile(folder));
    if (!config) return new Map();
    const outside = getString(config['importMap']);
    const imports = outside === null ? null : this.#read(this.#path.join(folder, outside));
    return new Map([
      ...this.#readMembers(folder, config),
      ...this.#readImports(folder, config),
      ...this.#readImports(folder, imports ?? {}),
    ]);
  }

  #readImports(folder: string, { imports }: JsonObject): readonly [string, string][] {
    return toPaths(imports, (target) => this.#path.join(folder, target));
  }

  /** `@acme/llm` of a member that has this name, with what it exports. */
  #readMembers(folder: string, { workspace }: JsonObject): readonly [string, string][] {
    const listed = isRecord(workspace) ? workspace['members'] : workspace;
    const members = Array.isArray(listed) ? listed.slice(0, maxMembers).map(getString) : [];
    return members.flatMap((member) => {
      const own = member === null ? null : this.#path.join(folder, member);
      const config = own === null ? null : this.#read(this.#findOwnFile(own));
      const name = getString(config?.['name']);
      if (own === null || name === null) return [];
      const exports = config?.['exports'];
      return toPaths(typeof exports === 'string' ? { '.': exports } : exports, (target) =>
        this.#path.join(own, target),
      ).map(([key, target]): [string, string] => [name + key.slice(1), target]);
    });
  }

  #read(file: string | null): JsonObject | null {
    return file === null ? null : parseJson(stripComments(this.#disk.readText(file) ?? ''));
  }
}

function toPaths(map: unknown, resolve: (target: string) => string): [string, string][] {
  return Object.entries(isRecord(map) ? map : {}).flatMap(([name, target]): [string, string][] =>
    typeof target === 'string' && /^\.{1,2}\//u.test(target) ? [[name, resolve(target)]] : [],
  );
}

function isBelow(name: string, prefix: string): boolean {
  return prefix.endsWith('/') && name.startsWith(prefix);
}

function longest(left: string, right: string): number {
  return right.length - left.length;
}

/** JSON without comments, and without commas behind the last of something. */
function stripComments(text: string): string {
  const plain = text.replace(
    /("(?:[^"\\]|\\[^])*"?)|\/\/.*|\/\*[^]*?(?:\*\/|$)/gu,
    (_all, string?: string) => string ?? '',
  );
  return plain.replace(/("(?:[^"\\]|\\[^])*"?)|,(?=\s*[}\]])/gu, (_all, string?: string) => string ?? '');
}
