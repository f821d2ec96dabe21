import { type PathConditions, type PathConditionsMap, resolveExports, resolveImports } from 'resolve-pkg-maps';
import { attempt } from './attempt.ts';
import { DenoConfigs, denoFiles } from './deno.ts';
import type { Disk } from './disk.ts';
import { Memo } from './memo.ts';
import { foldersUp, type Paths } from './node.ts';
import { type Package, Packages } from './packages.ts';
import { Tsconfigs } from './tsconfig.ts';
import { Workspaces } from './workspaces.ts';

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

/** Of a target that several are named for, so many are tried. */
const maxTargets = 20;

/** Where an alias of a framework leads while the configuration that it generates is not there. */
const frameworkAliases: readonly FrameworkAlias[] = [
  { dependency: '@sveltejs/kit', prefix: '$lib', folders: ['src/lib'] },
  // The sources of Nuxt 4 are in `app`, those of Nuxt 3 in the root.
  { dependency: 'nuxt', prefix: '~~', folders: ['.'] },
  { dependency: 'nuxt', prefix: '@@', folders: ['.'] },
  { dependency: 'nuxt', prefix: '~', folders: ['app', '.', 'src'] },
  { dependency: 'nuxt', prefix: '@', folders: ['app', '.', 'src'] },
];

interface FrameworkAlias {
  readonly dependency: string;
  readonly prefix: string;
  readonly folders: readonly string[];
}

/**
 * Finds the source files of a project by the specifiers under which they are imported. What stands in `node_modules` is
 * no part of it.
 */
export class Locator {
  readonly #disk: Disk;
  readonly #path: Paths;
  readonly #packages: Packages;
  readonly #tsconfigs: Tsconfigs;
  readonly #deno: DenoConfigs;
  readonly #workspaces: Workspaces;
  /** By folder and specifier; a name by the folder that configures it. */
  readonly #found: Memo<string | null>;
  readonly #configured: Memo<string>;
  readonly #nearest: Memo<Package | null>;
  readonly #langChain: Memo<boolean>;

  constructor(disk: Disk) {
    this.#disk = disk;
    this.#path = disk.path;
    this.#packages = new Packages(disk);
    this.#tsconfigs = new Tsconfigs(disk);
    this.#deno = new DenoConfigs(disk);
    this.#workspaces = new Workspaces(disk, this.#packages);
    this.#found = new Memo(disk);
    this.#configured = new Memo(disk);
    this.#nearest = new Memo(disk);
    this.#langChain = new Memo(disk);
  }

  /** The source file that a specifier names in a file of this folder; null for a package and for what is not found. */
  find(specifier: string, folder: string): string | null {
    const from = isRelative(specifier) ? folder : this.#getConfigured(folder);
    return this.#found.get(`${from}\0${specifier}`, () => {
      const relative = this.getPath(specifier, folder);
      const file = relative === null ? this.#findNamed(specifier, from) : this.#probe(relative);
      return file !== null && inPackages.test(file) ? null : file;
    });
  }

  /** Whether the package of this folder has another one beside it when it runs. */
  dependsOn(name: string, folder: string): boolean {
    return this.#getPackage(folder)?.installed.has(name) ?? false;
  }

  /** Whether Node runs the files of this folder: the project does not tell of Deno or Bun. */
  runsOnNode(folder: string): boolean {
    const dependencies = this.#getPackage(folder)?.dependencies;
    return !this.#deno.has(folder) && !['@types/bun', 'bun-types'].some((types) => dependencies?.has(types) === true);
  }

  /** The path that a relative specifier stands for; null for a name. */
  getPath(specifier: string, folder: string): string | null {
    return isRelative(specifier) ? this.#path.resolve(folder, specifier) : null;
  }

  /**
   * Whether LangChain may be in reach of a file of this folder: a package.json above it or of its monorepo names it,
   * there is none, or it is Deno's, whose files import packages that nothing else names.
   */
  mayUseLangChain(folder: string): boolean {
    return this.#langChain.get(folder, () => {
      const nearest = this.#getPackage(folder);
      return (
        nearest === null ||
        this.#deno.has(folder) ||
        this.#isNamed(nearest) ||
        nearest.linked.some((each) => this.#packages.find(each)?.namesLangChain === true) ||
        [...this.#workspaces.getPackages(folder).values()].some(({ namesLangChain }) => namesLangChain)
      );
    });
  }

  #isNamed(nearest: Package): boolean {
    if (nearest.namesLangChain) return true;
    const above = this.#path.dirname(nearest.folder);
    const outer = above === nearest.folder ? null : this.#getPackage(above);
    return outer !== null && this.#isNamed(outer);
  }

  /** The nearest folder above that may say how names are resolved: a package's, or one with a tsconfig.json. */
  #getConfigured(folder: string): string {
    return this.#configured.get(folder, () => {
      const above = this.#path.dirname(folder);
      const isOwn =
        above === folder ||
        ['package.json', 'tsconfig.json', 'jsconfig.json', ...denoFiles].some((name) =>
          this.#disk.isFile(this.#path.join(folder, name)),
        );
      return isOwn ? folder : this.#getConfigured(above);
    });
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
        this.#disk.isFile(file),
      );
      if (named !== undefined) return named;
    }
    return extensions.map((each) => path + each).find((file) => this.#disk.isFile(file)) ?? null;
  }

  /** The first of these paths that leads to a file. */
  #probeAll(paths: readonly string[]): string | null {
    for (const path of paths) {
      const file = this.#probe(path);
      if (file !== null) return file;
    }
    return null;
  }

  // ── names ────────────────────────────────────────────────────────────────────────────────────────────────────────

  #findNamed(specifier: string, folder: string): string | null {
    return (
      this.#findInternal(specifier, folder) ??
      this.#probeAll(this.#tsconfigs.getCandidates(specifier, folder)) ??
      this.#probeAll(this.#deno.getCandidates(specifier, folder)) ??
      this.#probeAll(this.#getFrameworkCandidates(specifier, folder)) ??
      this.#findInPackage(specifier, folder)
    );
  }

  /** `#lib/model` of the `imports` in package.json. */
  #findInternal(specifier: string, folder: string): string | null {
    const own = specifier.startsWith('#') ? this.#getPackage(folder) : null;
    const imports = own?.imports;
    if (!own || !imports) return null;
    return this.#findSource(
      own,
      attempt(() => resolveImports(imports as PathConditionsMap, specifier, conditions)) ?? [],
    );
  }

  /** `$lib/model` of SvelteKit, `~/model` of Nuxt. */
  #getFrameworkCandidates(specifier: string, folder: string): readonly string[] {
    const own = this.#getPackage(folder);
    return frameworkAliases
      .filter(({ dependency, prefix }) => own?.dependencies.has(dependency) === true && isBelow(specifier, prefix))
      .flatMap(({ folders, prefix }) =>
        folders.map((each) => this.#path.join(own?.folder ?? '', each, specifier.slice(prefix.length))),
      );
  }

  // ── packages of the project ──────────────────────────────────────────────────────────────────────────────────────

  #findInPackage(specifier: string, folder: string): string | null {
    const [, name = '', subpath = ''] = /^((?:@[^/]+\/)?[^/@.][^/]*)(?:\/(.+))?$/u.exec(specifier) ?? [];
    const found = name === '' ? null : this.#findPackage(name, folder);
    return found && this.#findEntry(found, subpath);
  }

  #findPackage(name: string, folder: string): Package | null {
    const own = this.#getPackage(folder);
    if (own?.name === name) return own;
    const names = ['node_modules', ...name.split('/')];
    for (const each of foldersUp(this.#path, folder)) {
      const kind = this.#disk.getKind(each, names);
      if (kind === 'folder') return null;
      const installed = this.#path.join(each, ...names);
      if (kind !== 'link' || !this.#disk.isFile(this.#path.join(installed, 'package.json'))) continue;
      const real = this.#disk.getRealPath(installed);
      return real === null || inPackages.test(real) ? null : this.#packages.find(real);
    }
    return this.#workspaces.getPackages(folder).get(name) ?? null;
  }

  #findEntry(found: Package, subpath: string): string | null {
    const exports = found.exports as PathConditions;
    const exported = [conditions, ['types']].flatMap(
      (each) => attempt(() => resolveExports(exports, subpath, each)) ?? [],
    );
    return this.#findSource(found, [
      ...exported.slice(0, maxTargets),
      ...(subpath === '' ? [...found.entries, 'src/index', 'index'] : [`src/${subpath}`, subpath]),
    ]);
  }

  /** The first of these targets of a package that is there, as source rather than as what it is built to. */
  #findSource({ folder }: Package, targets: readonly string[]): string | null {
    return this.#probeAll(
      targets
        .map((target) => target.replace(/\.d\.([cm]?)ts$/u, '.$1js'))
        .flatMap((plain) => (outputFolder.test(plain) ? [plain.replace(outputFolder, 'src/'), plain] : [plain]))
        .map((source) => this.#path.join(folder, source)),
    );
  }

  /** The package that a folder belongs to. */
  #getPackage(folder: string): Package | null {
    return this.#nearest.get(folder, () => {
      const above = this.#path.dirname(folder);
      return this.#packages.find(folder) ?? (above === folder ? null : this.#getPackage(above));
    });
  }
}

export function isRelative(specifier: string): boolean {
  return /^\.{1,2}(?:\/|$)/u.test(specifier);
}

function isBelow(specifier: string, prefix: string): boolean {
  return specifier === prefix || specifier.startsWith(`${prefix}/`);
}
