import { type FileSystem, getBuiltin, getStats, isReadable, type Paths, readText } from './node.ts';

/** A file as it is on disk: a new object after each change. */
export interface FileVersion {
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  readonly modified: number;
  readonly changed: number;
}

interface Folder {
  readonly modified: number;
  /** Changed so shortly before it was listed that the next change may have the same time. */
  readonly isRecent: boolean;
  /** What it holds; null when it cannot be listed. */
  readonly entries: ReadonlyMap<string, EntryKind> | null;
  /** The names that were asked about; null when all were. What else comes and goes there changes no answer. */
  asked: Set<string> | null;
}

/** A link may lead to any of the others. */
type EntryKind = 'file' | 'folder' | 'link';

/** How many milliseconds the disk is assumed to be unchanged. */
const trusted = 250;
/**
 * At most one part in this many of the time is spent on comparing. In an editor, the pauses between lints are long, and
 * the disk changes during them; a run over many files has no pauses, and usually nothing changes.
 */
const share = { afterPause: 50, inRun: 1000 };
/** File systems keep times in steps of up to so many milliseconds. */
const timeStep = 2000;
/** How many characters the names of what is watched may have together: then all is looked up again. */
const maxNames = 20_000_000;

/**
 * A lint run's view of the disk. Every path that was asked about is watched, even if it does not exist: one comparison
 * finds the changes, and `revision` shows that there are some.
 */
export class Disk {
  readonly path: Paths;
  readonly #fs: FileSystem;
  readonly #folders = new Map<string, Folder>();
  readonly #files = new Map<string, FileVersion | null>();
  #names = 0;
  /** When all was compared last, and how long that took. */
  #compared = { at: -Infinity, took: 0 };
  #lastAsked = -Infinity;
  #revision = 0;

  constructor(fs: FileSystem, path: Paths) {
    this.#fs = fs;
    this.path = path;
  }

  /** Changes with the disk: earlier conclusions may then be outdated. */
  get revision(): number {
    return this.#revision;
  }

  /** Whether a path leads to a file. */
  isFile(path: string): boolean {
    const kind = this.#getKind(this.path.dirname(path), this.path.basename(path));
    return kind === 'file' || (kind === 'link' && this.getVersion(path) !== null);
  }

  /** What stands below a folder at the end of these names; below what is missing nothing is asked of the disk. */
  getKind(folder: string, names: readonly string[]): EntryKind | null {
    let kind: EntryKind | null = 'folder';
    let path = folder;
    for (const name of names) {
      kind = this.#getKind(path, name);
      if (kind === null) return null;
      path = this.path.join(path, name);
    }
    return kind;
  }

  #getKind(folder: string, name: string): EntryKind | null {
    const { asked, entries } = this.#list(folder);
    asked?.add(name);
    return entries?.get(name) ?? null;
  }

  /** The folders in a folder, without those that links lead to. */
  getFolders(folder: string): readonly string[] {
    const listed = this.#list(folder);
    listed.asked = null;
    return [...(listed.entries ?? [])].flatMap(([name, kind]) => (kind === 'folder' ? [name] : []));
  }

  /** Null when there is no such file, or none that is read. */
  getVersion(path: string): FileVersion | null {
    let version = this.#files.get(path);
    if (version === undefined) {
      version = this.#readVersion(path);
      this.#files.set(path, version);
      this.#names += path.length;
    }
    return version;
  }

  readText(path: string): string | null {
    const version = this.getVersion(path);
    return version && readText(this.#fs, path, version.size);
  }

  getRealPath(path: string): string | null {
    try {
      return this.#fs.realpathSync(path);
    } catch {
      return null;
    }
  }

  /** Compares all that is watched with the disk, when that was done some time ago. */
  compare(): void {
    const now = performance.now();
    const isPause = now - this.#lastAsked >= trusted;
    this.#lastAsked = now;
    const { at, took } = this.#compared;
    if (now - at < Math.max(trusted, took * (isPause ? share.afterPause : share.inRun))) return;
    if (this.#names > maxNames) this.#forget();
    for (const folder of this.#folders.keys()) this.#compareFolder(folder);
    for (const path of this.#files.keys()) this.#compareFile(path);
    const end = performance.now();
    this.#compared = { at: end, took: end - now };
  }

  /** Compares files or folders and the folders that they are in, now. */
  compareNow(paths: readonly string[]): void {
    const files = new Set(paths);
    for (const path of files) this.#compareFile(path);
    for (const folder of new Set([...files, ...paths.map((path) => this.path.dirname(path))]))
      this.#compareFolder(folder);
  }

  #compareFile(path: string): void {
    const known = this.#files.get(path);
    if (known === undefined) return;
    const version = this.#readVersion(path);
    if (isSame(known, version)) return;
    this.#files.set(path, version);
    this.#revision++;
  }

  #compareFolder(path: string): void {
    const known = this.#folders.get(path);
    if (!known || (known.modified === (getStats(this.#fs, path)?.mtimeMs ?? 0) && !known.isRecent)) return;
    const folder = { ...this.#readFolder(path), asked: known.asked };
    this.#folders.set(path, folder);
    if (!holdsSame(known, folder)) this.#revision++;
  }

  #forget(): void {
    this.#folders.clear();
    this.#files.clear();
    this.#names = 0;
    this.#revision++;
  }

  #readVersion(path: string): FileVersion | null {
    const stats = getStats(this.#fs, path);
    if (!stats || !isReadable(stats)) return null;
    return { path, size: stats.size, modified: stats.mtimeMs, changed: stats.ctimeMs };
  }

  #list(path: string): Folder {
    let folder = this.#folders.get(path);
    if (!folder) {
      folder = this.#readFolder(path);
      this.#folders.set(path, folder);
      for (const name of [path, ...(folder.entries?.keys() ?? [])]) this.#names += name.length;
    }
    return folder;
  }

  #readFolder(path: string): Folder {
    const modified = getStats(this.#fs, path)?.mtimeMs ?? 0;
    return { modified, isRecent: Date.now() - modified < timeStep, entries: this.#readEntries(path), asked: new Set() };
  }

  #readEntries(path: string): ReadonlyMap<string, EntryKind> | null {
    try {
      const entries = this.#fs.readdirSync(path, { withFileTypes: true });
      return new Map(
        entries.map((entry) => [entry.name, entry.isFile() ? 'file' : entry.isDirectory() ? 'folder' : 'link']),
      );
    } catch {
      return null;
    }
  }
}

let disk: Disk | null = null;

/** The disk of this process; null where there is none, as in a browser. */
export function getDisk(): Disk | null {
  const fs = getBuiltin('fs');
  const path = getBuiltin('path');
  if (!disk && fs && path) disk = new Disk(fs, path);
  return disk;
}

function isSame(one: FileVersion | null, other: FileVersion | null): boolean {
  return (
    one?.modified === other?.modified && one?.changed === other?.changed && one?.size === other?.size && !one === !other
  );
}

/** Whether everything that was asked about is unchanged. */
function holdsSame({ asked, entries: one }: Folder, { entries: other }: Folder): boolean {
  if (asked) return [...asked].every((name) => one?.get(name) === other?.get(name));
  if (one?.size !== other?.size) return false;
  return [...(one ?? [])].every(([name, kind]) => other?.get(name) === kind);
}
