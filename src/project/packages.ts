import type { Disk, FileVersion } from './disk.ts';
import { getString, getStrings, isRecord, type JsonObject, parseJson } from './json.ts';
import type { Paths } from './node.ts';

/** A package of the project itself, as its package.json describes it. What cannot be read there is absent. */
export interface Package {
  readonly folder: string;
  readonly name: string | null;
  /** To be read by who knows their form. */
  readonly exports: unknown;
  readonly imports: JsonObject | null;
  /** Where the package may be entered, as paths. */
  readonly entries: readonly string[];
  /** The patterns of the folders of its workspaces; null where it says nothing of them. */
  readonly workspaces: readonly string[] | null;
  readonly dependencies: ReadonlySet<string>;
  /** Those of them that are there when it runs. */
  readonly installed: ReadonlySet<string>;
  /** The folders of packages that it depends on by their path: `file:../llm`. */
  readonly linked: readonly string[];
  /** Whether a package of LangChain is named anywhere. */
  readonly namesLangChain: boolean;
}

/** Reads the package.json of folders, once per version. */
export class Packages {
  readonly #disk: Disk;
  readonly #path: Paths;
  readonly #known = new WeakMap<FileVersion, Package | null>();

  constructor(disk: Disk) {
    this.#disk = disk;
    this.#path = disk.path;
  }

  /** The package of a folder; null where it has no package.json, or one that is no object. */
  find(folder: string): Package | null {
    const file = this.#path.join(folder, 'package.json');
    const version = this.#disk.isFile(file) ? this.#disk.getVersion(file) : null;
    if (!version) return null;
    let found = this.#known.get(version);
    if (found === undefined) {
      found = readPackage(this.#path, folder, this.#disk.readText(file) ?? '');
      this.#known.set(version, found);
    }
    return found;
  }
}

function readPackage(path: Paths, folder: string, text: string): Package | null {
  const manifest = parseJson(text);
  if (!manifest) return null;
  return {
    folder,
    name: getString(manifest['name']),
    exports: manifest['exports'],
    imports: isRecord(manifest['imports']) ? manifest['imports'] : null,
    entries: ['source', 'module', 'main', 'types'].flatMap((field) => getString(manifest[field]) ?? []),
    workspaces: readWorkspaces(manifest['workspaces']),
    dependencies: new Set(
      ['dependencies', 'devDependencies', 'peerDependencies'].flatMap((field) => getKeys(manifest[field])),
    ),
    installed: new Set(['dependencies', 'peerDependencies'].flatMap((field) => getKeys(manifest[field]))),
    linked: ['dependencies', 'devDependencies', 'peerDependencies']
      .flatMap((field) => getTexts(manifest[field]))
      .flatMap((range) => /^(?:file|link|portal):(.+)$/u.exec(range)?.[1] ?? [])
      .map((target) => path.resolve(folder, target)),
    namesLangChain: /"(?:@langchain\/|@sap-ai-sdk\/langchain|langchain|deepagents)/u.test(text),
  };
}

function readWorkspaces(value: unknown): readonly string[] | null {
  const list = isRecord(value) ? value['packages'] : value;
  return Array.isArray(list) ? getStrings(list) : null;
}

function getTexts(value: unknown): readonly string[] {
  return isRecord(value) ? getStrings(Object.values(value)) : [];
}

function getKeys(value: unknown): readonly string[] {
  return isRecord(value) ? Object.keys(value) : [];
}
