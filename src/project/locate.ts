import { createPathsMatcher, getTsconfig, parseTsconfig, type TsConfigResult } from 'get-tsconfig';
import { type PathConditions, type PathConditionsMap, resolveExports, resolveImports } from 'resolve-pkg-maps';
import { type FileSystem, foldersUp, isFile, isRecord, type Paths, readJson } from './node.ts';
import { type WorkspacePackage, Workspaces } from './workspaces.ts';

const extensions = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];
/** What TypeScript looks for first when an import names the output. */
const sourcesOf: ReadonlyMap<string, readonly string[]> = new Map([
  ['.js', ['.ts', '.tsx']],
  ['.jsx', ['.tsx']],
  ['.mjs', ['.mts']],
  ['.cjs', ['.cts']],
]);
const asset =
  /\.(?:avif|css|gif|graphql|html|ico|jpe?g|json|less|md|mdx|node|png|s[ac]ss|svelte|svg|txt|vue|wasm|webp|ya?ml)(?:\?.*)?$/u;

const conditions = ['source', 'development', 'import', 'require', 'node', 'default'];
const outputFolder = /^\.?\/?(?:build|dist|esm|lib|out)\//u;

/** Inside an installed package. */
const inPackages = /[/\\]node_modules[/\\]/u;

type Matcher = (specifier: string) => readonly string[];

/**
 * Finds the source files of a project by the specifiers under which they are imported. What stands in `node_modules` is
 * no part of it.
 */
export class Locator {
  readonly #fs: FileSystem;
  readonly #path: Paths;
  readonly #workspaces: Workspaces;
  /**
   * By folder and specifier; a name by the folder that configures it. A file that is not there yet may come: what a
   * relative path does not find is looked for again.
   */
  readonly #found = new Map<string, string | null>();
  readonly #configured = new Map<string, string>();
  readonly #matchers = new Map<string, readonly Matcher[]>();
  readonly #manifests = new Map<string, WorkspacePackage | null>();
  readonly #langChain = new Map<string, boolean>();

  constructor(fs: FileSystem, path: Paths) {
    this.#fs = fs;
    this.#path = path;
    this.#workspaces = new Workspaces(fs, path);
  }

  /** The source file that a specifier names in a file of this folder; null for a package and for what is not found. */
  find(specifier: string, folder: string): string | null {
    const isRelative = /^\.{1,2}(?:\/|$)/u.test(specifier);
    const from = isRelative ? folder : this.#getConfigured(folder);
    const key = `${from}\0${specifier}`;
    const known = this.#found.get(key);
    if (known !== undefined) return known;
    const found = isRelative ? this.#probe(this.#path.resolve(folder, specifier)) : this.#findNamed(specifier, from);
    const file = found !== null && inPackages.test(found) ? null : found;
    if (!isRelative || file !== null) this.#found.set(key, file);
    return file;
  }

  /** Forgets that a file was found: it is gone. */
  forget(file: string): void {
    for (const [key, found] of this.#found) if (found === file) this.#found.delete(key);
  }

  /**
   * Whether LangChain may be in reach of a file of this folder: a package.json above it or of its monorepo names it, or
   * there is none.
   */
  mayUseLangChain(folder: string): boolean {
    let may = this.#langChain.get(folder);
    if (may === undefined) {
      const manifest = this.#getManifest(folder);
      may =
        manifest === null || this.#isNamed(folder) || [...this.#workspaces.getPackages(folder).values()].some(names);
      this.#langChain.set(folder, may);
    }
    return may;
  }

  #isNamed(folder: string): boolean {
    for (let own = this.#getManifest(folder); own; own = this.#getManifest(this.#path.dirname(own.folder))) {
      if (names(own)) return true;
      if (this.#path.dirname(own.folder) === own.folder) return false;
    }
    return false;
  }

  /** The nearest folder above that may say how names are resolved: a package's, or one with a tsconfig.json. */
  #getConfigured(folder: string): string {
    let configured = this.#configured.get(folder);
    if (configured === undefined) {
      const above = this.#path.dirname(folder);
      const isOwn =
        above === folder ||
        ['package.json', 'tsconfig.json', 'jsconfig.json'].some((name) =>
          isFile(this.#fs, this.#path.join(folder, name)),
        );
      configured = isOwn ? folder : this.#getConfigured(above);
      this.#configured.set(folder, configured);
    }
    return configured;
  }

  // ── relative paths ───────────────────────────────────────────────────────────────────────────────────────────────

  #probe(path: string): string | null {
    if (asset.test(path)) return null;
    return this.#probeFile(path) ?? this.#probeFile(this.#path.join(path, 'index'));
  }

  #probeFile(path: string): string | null {
    const extension = this.#path.extname(path);
    if (extensions.includes(extension)) {
      const stem = path.slice(0, -extension.length);
      const named = [...(sourcesOf.get(extension) ?? []).map((source) => stem + source), path].find((file) =>
        isFile(this.#fs, file),
      );
      if (named !== undefined) return named;
    }
    return extensions.map((each) => path + each).find((file) => isFile(this.#fs, file)) ?? null;
  }

  // ── names ────────────────────────────────────────────────────────────────────────────────────────────────────────

  #findNamed(specifier: string, folder: string): string | null {
    if (specifier.startsWith('#')) {
      const internal = this.#findInternal(specifier, folder);
      if (internal !== null) return internal;
    }
    for (const match of this.#getMatchers(folder)) {
      for (const candidate of match(specifier)) {
        const file = this.#probe(candidate);
        if (file !== null) return file;
      }
    }
    return this.#findInPackage(specifier, folder);
  }

  /** `#lib/model` of the `imports` in package.json. */
  #findInternal(specifier: string, folder: string): string | null {
    const own = this.#getManifest(folder);
    const imports = own?.manifest['imports'];
    if (!own || !isRecord(imports)) return null;
    return this.#firstSource(
      own,
      attempt(() => resolveImports(imports as PathConditionsMap, specifier, conditions)),
    );
  }

  /** The `paths` and `baseUrl` of the nearest tsconfig.json or jsconfig.json and of the configs that it references. */
  #getMatchers(folder: string): readonly Matcher[] {
    let matchers = this.#matchers.get(folder);
    if (!matchers) {
      const config = readConfig(folder, 'tsconfig.json') ?? readConfig(folder, 'jsconfig.json');
      const referenced = (config?.config.references ?? []).flatMap(({ path }) =>
        config ? (this.#readReference(config.path, path) ?? []) : [],
      );
      matchers = [...(config ? [config] : []), ...referenced].flatMap(
        (each) => attempt(() => createPathsMatcher(each)) ?? [],
      );
      this.#matchers.set(folder, matchers);
    }
    return matchers;
  }

  #readReference(config: string, reference: string): TsConfigResult | null {
    const target = this.#path.resolve(this.#path.dirname(config), reference);
    const path = target.endsWith('.json') ? target : this.#path.join(target, 'tsconfig.json');
    return attempt(() => ({ path, config: parseTsconfig(path) }));
  }

  // ── packages of the project ──────────────────────────────────────────────────────────────────────────────────────

  #findInPackage(specifier: string, folder: string): string | null {
    const [, name = '', subpath = ''] = /^((?:@[^/]+\/)?[^/@.][^/]*)(?:\/(.+))?$/u.exec(specifier) ?? [];
    const found = name === '' ? null : this.#findPackage(name, folder);
    return found && this.#findEntry(found, subpath);
  }

  #findPackage(name: string, folder: string): WorkspacePackage | null {
    const own = this.#getManifest(folder);
    if (own?.manifest['name'] === name) return own;
    for (const each of foldersUp(this.#path, folder)) {
      const installed = this.#path.join(each, 'node_modules', name);
      if (!isFile(this.#fs, this.#path.join(installed, 'package.json'))) continue;
      const real = attempt(() => this.#fs.realpathSync(installed));
      return real === null || inPackages.test(real) ? null : this.#readManifest(real);
    }
    return this.#workspaces.getPackages(folder).get(name) ?? null;
  }

  #findEntry(found: WorkspacePackage, subpath: string): string | null {
    const { exports } = found.manifest;
    const fields = subpath === '' ? ['source', 'module', 'main', 'types'].map((field) => found.manifest[field]) : [];
    const targets = [
      ...(exports === undefined || exports === null
        ? []
        : [conditions, ['types']].flatMap(
            (each) => attempt(() => resolveExports(exports as PathConditions, subpath, each)) ?? [],
          )),
      ...fields.filter((field) => typeof field === 'string'),
      ...(subpath === '' ? ['src/index', 'index'] : [`src/${subpath}`, subpath]),
    ];
    return this.#firstSource(found, targets);
  }

  /** The first of these targets of a package that is there, as source rather than as what it is built to. */
  #firstSource({ folder }: WorkspacePackage, targets: readonly string[] | null): string | null {
    for (const target of targets ?? []) {
      const plain = target.replace(/\.d\.([cm]?)ts$/u, '.$1js');
      const sources = outputFolder.test(plain) ? [plain.replace(outputFolder, 'src/'), plain] : [plain];
      for (const source of sources) {
        const file = this.#probe(this.#path.join(folder, source));
        if (file !== null) return file;
      }
    }
    return null;
  }

  /** The package that a folder belongs to. */
  #getManifest(folder: string): WorkspacePackage | null {
    let found = this.#manifests.get(folder);
    if (found === undefined) {
      const above = this.#path.dirname(folder);
      found = this.#readManifest(folder) ?? (above === folder ? null : this.#getManifest(above));
      this.#manifests.set(folder, found);
    }
    return found;
  }

  #readManifest(folder: string): WorkspacePackage | null {
    const manifest = readJson(this.#fs, this.#path.join(folder, 'package.json'));
    return manifest && { folder, manifest };
  }
}

function readConfig(folder: string, name: string): TsConfigResult | null {
  return attempt(() => getTsconfig(folder, name));
}

/** What a library gives; null where it throws, for a configuration that it cannot read. */
function attempt<Result>(run: () => Result): Result | null {
  try {
    return run();
  } catch {
    return null;
  }
}

/** Whether a manifest names a package of LangChain. */
function names({ manifest }: WorkspacePackage): boolean {
  return /"(?:@langchain\/|langchain|deepagents)/u.test(JSON.stringify(manifest));
}
