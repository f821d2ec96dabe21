import type { Disk } from './disk.ts';
import { Memo } from './memo.ts';
import { foldersUp, type Paths } from './node.ts';
import type { Package, Packages } from './packages.ts';

/** How many folders the patterns of one project may lead through: far above the packages of large ones. */
const maxFolders = 10_000;

/**
 * The packages of a monorepo by name, as its root lists them: `workspaces` of package.json, `packages` of
 * pnpm-workspace.yaml.
 */
export class Workspaces {
  readonly #disk: Disk;
  readonly #path: Paths;
  readonly #packages: Packages;
  readonly #roots: Memo<ReadonlyMap<string, Package> | null>;

  constructor(disk: Disk, packages: Packages) {
    this.#disk = disk;
    this.#path = disk.path;
    this.#packages = packages;
    this.#roots = new Memo(disk);
  }

  /** The packages of the nearest root above a folder; empty outside a monorepo. */
  getPackages(folder: string): ReadonlyMap<string, Package> {
    for (const root of foldersUp(this.#path, folder)) {
      const packages = this.#roots.get(root, () => this.#readRoot(root));
      if (packages) return packages;
    }
    return new Map();
  }

  /** Null where a folder lists no workspaces. */
  #readRoot(root: string): ReadonlyMap<string, Package> | null {
    const patterns = this.#packages.find(root)?.workspaces ?? this.#readPnpm(root);
    return patterns.length > 0 ? this.#expand(root, patterns) : null;
  }

  #readPnpm(root: string): readonly string[] {
    const file = this.#path.join(root, 'pnpm-workspace.yaml');
    return this.#disk.isFile(file) ? readPnpmPatterns(this.#disk.readText(file) ?? '') : [];
  }

  #expand(root: string, patterns: readonly string[]): ReadonlyMap<string, Package> {
    const packages = new Map<string, Package>();
    for (const folder of this.#findFolders(root, patterns)) {
      const found = this.#packages.find(folder);
      if (found?.name !== undefined && found.name !== null && !packages.has(found.name))
        packages.set(found.name, found);
    }
    return packages;
  }

  /** The folders below a root that patterns of names, `*` and `**` match. */
  #findFolders(root: string, patterns: readonly string[]): ReadonlySet<string> {
    const found = new Set<string>();
    const visited = new Set<string>();
    const pending: Step[] = patterns
      .flatMap(readPattern)
      .map((parts) => ({ folder: root, parts }))
      .reverse();
    for (let step = pending.pop(); step && visited.size < maxFolders; step = pending.pop()) {
      const key = `${step.folder}\0${step.parts.join('/')}`;
      if (visited.has(key)) continue;
      visited.add(key);
      if (step.parts.length === 0) found.add(step.folder);
      else pending.push(...this.#enter(step.folder, step.parts).reverse());
    }
    return found;
  }

  #enter(folder: string, parts: readonly string[]): Step[] {
    const [part = '', ...rest] = parts;
    if (!part.includes('*')) return [{ folder: this.#path.join(folder, part), parts: rest }];
    const inner = this.#disk
      .getFolders(folder)
      .filter((name) => name !== 'node_modules' && !name.startsWith('.') && matches(part, name))
      .map((name) => this.#path.join(folder, name));
    if (part !== '**') return inner.map((each) => ({ folder: each, parts: rest }));
    return [{ folder, parts: rest }, ...inner.map((each) => ({ folder: each, parts }))];
  }
}

interface Step {
  readonly folder: string;
  readonly parts: readonly string[];
}

/** The names of a pattern; none for one that excludes, and for one that leads out of the root. */
function readPattern(pattern: string): readonly (readonly string[])[] {
  const parts = pattern
    .split('/')
    .filter((part, index, all) => part !== '' && part !== '.' && !(part === '**' && all[index - 1] === '**'));
  return pattern.startsWith('!') || pattern.startsWith('/') || parts.includes('..') ? [] : [parts];
}

/** Whether a name has the form of a pattern in which `*` stands for anything. */
function matches(pattern: string, name: string): boolean {
  const [first = '', ...others] = pattern.split('*');
  const last = others.pop() ?? '';
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const part of others) {
    const found = name.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}

/** The list `packages:` of a pnpm-workspace.yaml, one item per line or in brackets. */
function readPnpmPatterns(text: string): readonly string[] {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.startsWith('packages:'));
  const inline = lines[start]?.slice('packages:'.length).trim() ?? '';
  const items = inline.startsWith('[') ? inline.slice(1).split(']', 1).join('').split(',') : readList(lines, start + 1);
  return items.map(readItem).filter(Boolean);
}

/** The items that follow a key, each on a line of its own. */
function readList(lines: readonly string[], start: number): readonly string[] {
  const items: string[] = [];
  for (const line of lines.slice(start).map((each) => each.trim())) {
    if (line.startsWith('-')) items.push(line.slice(1));
    else if (line !== '' && !line.startsWith('#')) break;
  }
  return items;
}

/** A plain or quoted text, without the comment after it. */
function readItem(text: string): string {
  const item = text.trim();
  const quote = item.startsWith("'") || item.startsWith('"') ? item.charAt(0) : null;
  return quote === null ? (item.split(' #', 1)[0] ?? '').trim() : (item.slice(1).split(quote, 1)[0] ?? '');
}
