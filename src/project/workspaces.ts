import { type FileSystem, foldersUp, isRecord, type Paths, readJson, readText } from './node.ts';

/** A package of the project itself. */
export interface WorkspacePackage {
  readonly folder: string;
  readonly manifest: Readonly<Record<string, unknown>>;
}

/**
 * The packages of a monorepo by name, as its root lists them: `workspaces` of package.json, `packages` of
 * pnpm-workspace.yaml.
 */
export class Workspaces {
  readonly #fs: FileSystem;
  readonly #path: Paths;
  readonly #roots = new Map<string, ReadonlyMap<string, WorkspacePackage> | null>();

  constructor(fs: FileSystem, path: Paths) {
    this.#fs = fs;
    this.#path = path;
  }

  /** The packages of the nearest root above a folder; empty outside a monorepo. */
  getPackages(folder: string): ReadonlyMap<string, WorkspacePackage> {
    for (const root of foldersUp(this.#path, folder)) {
      let packages = this.#roots.get(root);
      if (packages === undefined) {
        const patterns = this.#readPatterns(root);
        packages = patterns.length > 0 ? this.#expand(root, patterns) : null;
        this.#roots.set(root, packages);
      }
      if (packages) return packages;
    }
    return new Map();
  }

  #readPatterns(root: string): readonly string[] {
    const workspaces = readJson(this.#fs, this.#path.join(root, 'package.json'))?.['workspaces'];
    const listed = isRecord(workspaces) ? workspaces['packages'] : workspaces;
    if (Array.isArray(listed)) return listed.filter((pattern) => typeof pattern === 'string');
    const yaml = readText(this.#fs, this.#path.join(root, 'pnpm-workspace.yaml'));
    const list = yaml === null ? null : /^packages:[^\S\n]*\n((?:[^\S\n]*(?:-.*|#.*)?\n?)*)/mu.exec(`${yaml}\n`);
    return [...(list?.[1] ?? '').matchAll(/^\s*-\s*(['"]?)([^'"#\n]+?)\1\s*(?:#.*)?$/gmu)].map(
      (match) => match[2] ?? '',
    );
  }

  #expand(root: string, patterns: readonly string[]): ReadonlyMap<string, WorkspacePackage> {
    const packages = new Map<string, WorkspacePackage>();
    for (const pattern of patterns) {
      if (pattern.startsWith('!')) continue;
      for (const folder of this.#match(
        root,
        pattern.split('/').filter((part) => part !== '' && part !== '.'),
      )) {
        const manifest = readJson(this.#fs, this.#path.join(folder, 'package.json'));
        const name = manifest?.['name'];
        if (manifest && typeof name === 'string' && !packages.has(name)) packages.set(name, { folder, manifest });
      }
    }
    return packages;
  }

  /** The folders that a pattern of names, `*` and `**` matches. */
  #match(folder: string, [part, ...rest]: readonly string[]): readonly string[] {
    if (part === undefined) return [folder];
    if (!part.includes('*')) return this.#match(this.#path.join(folder, part), rest);
    const name = new RegExp(`^${part.replace(/[.+?^${}()|[\]\\]/gu, '\\$&').replace(/\*+/gu, '.*')}$`, 'u');
    const inner = this.#listFolders(folder)
      .filter((each) => name.test(each))
      .map((each) => this.#path.join(folder, each));
    if (part !== '**') return inner.flatMap((each) => this.#match(each, rest));
    return [...this.#match(folder, rest), ...inner.flatMap((each) => this.#match(each, [part, ...rest]))];
  }

  #listFolders(folder: string): readonly string[] {
    try {
      const entries = this.#fs.readdirSync(folder, { withFileTypes: true });
      return entries
        .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules' && !entry.name.startsWith('.'))
        .map(({ name }) => name);
    } catch {
      return [];
    }
  }
}
