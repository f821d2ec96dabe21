import { Locator } from './locate.ts';
import { type FileSystem, getStats, isFile, type Paths, readText } from './node.ts';
import type { Parser, Source } from './parse.ts';
import { Shelf } from './shelf.ts';

/** What is known of a file of the project. */
interface FileRecord {
  readonly modified: number;
  readonly size: number;
  /** When the file was last compared with the disk, in milliseconds. */
  checked: number;
  /** The specifiers that it imports. */
  readonly specifiers: readonly string[];
  /** Whether its text has a mark. */
  readonly has: Readonly<Record<Mark, boolean>>;
  /** Whether it passes on exports of other modules. */
  readonly passesOn: boolean;
  /** Whether it, or a file that it leads to by its imports, has one; absent: not asked yet. */
  leadsTo: Partial<Record<Mark, boolean>>;
}

/**
 * What files are searched for: `langchain`: one of its modules; `client`: what may build a client of its; `blocking`: a
 * call that may block the event loop.
 */
export type Mark = 'blocking' | 'client' | 'langchain';

/** How long a file that is imported by others only is taken to be unchanged, in milliseconds. */
const trusted = 250;
/** How many files one file may lead to before its imports are no longer followed. */
const maxFiles = 5000;
/**
 * How many characters the parsed files that are kept from one linted file to the next may have together: those that the
 * engine parsed to lint them, and those that were opened. With its scopes a tree takes about 120 bytes for each
 * character, with tokens and comments 190: together about 100 MB.
 */
const keptLinted = 200_000;
const keptOpened = 500_000;

/** `export * from`, `export { x } from`, `export { x }` of an import, `module.exports = require()`. */
const passingOn = /\bexport\s*(?:type\s*)?[*{]|\bexports\b[\w.\s]*=\s*require\b/u;
const importing = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*(['"])([^'"\n]+)\1/gu;

/**
 * The files of a project beyond the linted one. They are found by resolving imports, read when a question leads to
 * them, and kept by path and modification time. One for each parser and each reading of the settings.
 * @template File What is made of a parsed file.
 */
export class Project<File extends object> {
  readonly #fs: FileSystem;
  readonly #path: Paths;
  readonly #parser: Parser;
  readonly #locator: Locator;
  readonly #mark: (text: string) => Readonly<Record<Mark, boolean>>;
  readonly #entries = new Map<string, FileRecord>();
  /** Parsed by the engine already, when they were linted. */
  readonly #linted = new Shelf<Source>(keptLinted);
  /** Opened since a file was last seen to have changed: what was concluded in one may rest on another. */
  readonly #opened = new Shelf<File | null>(keptOpened);
  #hasOpened = false;
  readonly #owners = new WeakMap<Source['ast'], File>();
  readonly #create: (file: string, source: Source) => File;

  constructor(
    fs: FileSystem,
    path: Paths,
    parser: Parser,
    mark: (text: string) => Readonly<Record<Mark, boolean>>,
    create: (file: string, source: Source) => File,
  ) {
    this.#fs = fs;
    this.#path = path;
    this.#parser = parser;
    this.#mark = mark;
    this.#create = create;
    this.#locator = new Locator(fs, path);
  }

  /** Whether any node can stand in another file than the one that is asked about it. */
  get hasOpened(): boolean {
    return this.#hasOpened;
  }

  /** The file of the project that a specifier leads to; null for packages. */
  find(specifier: string, importer: string): string | null {
    return this.#locator.find(specifier, this.#path.dirname(importer));
  }

  /**
   * The files of the project that a linted one imports, compared with the disk; none where LangChain is out of reach of
   * the whole project. To be asked first: of the file that was linted before, nothing is in use any more.
   */
  findImportedFiles(file: string, text: string): readonly string[] {
    this.#linted.trim();
    this.#opened.trim();
    const folder = this.#path.dirname(file);
    if (!this.#locator.mayUseLangChain(folder)) return [];
    const imported = this.#findImported(readSpecifiers(text), folder);
    for (const each of imported) this.#read(each, 0);
    return imported;
  }

  /** Whether a file has a mark, or leads to one by its imports. */
  reaches(file: string, mark: Mark): boolean {
    const first = this.#read(file, trusted);
    if (!first) return false;
    const known = first.leadsTo[mark];
    if (known !== undefined) return known;
    const visited = new Map<string, { readonly entry: FileRecord; readonly importer: string | null }>([
      [file, { entry: first, importer: null }],
    ]);
    const pending = [file];
    for (let current = pending.pop(); current !== undefined && visited.size < maxFiles; current = pending.pop()) {
      const { entry } = visited.get(current) ?? { entry: first };
      if (entry.has[mark] || entry.leadsTo[mark] === true) {
        for (let each: string | null = current; each !== null;) {
          const step: { readonly entry: FileRecord; readonly importer: string | null } | undefined = visited.get(each);
          if (step) step.entry.leadsTo[mark] = true;
          each = step?.importer ?? null;
        }
        return true;
      }
      if (entry.leadsTo[mark] === false) continue;
      for (const imported of this.#findImported(entry.specifiers, this.#path.dirname(current))) {
        const next = visited.has(imported) ? null : this.#read(imported, trusted);
        if (!next) continue;
        visited.set(imported, { entry: next, importer: current });
        pending.push(imported);
      }
    }
    for (const { entry } of visited.values()) entry.leadsTo[mark] = false;
    return false;
  }

  /** Whether a file passes on exports of other modules. */
  passesOn(file: string): boolean {
    return this.#read(file, trusted)?.passesOn ?? false;
  }

  /** A file of the project; null when it cannot be read or has a syntax error. */
  open(file: string): File | null {
    if (!this.#read(file, trusted)) return null;
    let opened = this.#opened.get(file);
    if (opened === undefined) {
      const source = this.#parse(file);
      opened = source && this.#create(file, source);
      this.#opened.set(file, opened, source?.text.length ?? 0);
      if (source && opened) {
        this.#owners.set(source.ast, opened);
        this.#hasOpened = true;
      }
    }
    return opened;
  }

  /** The opened file of a program. */
  findOwner(program: Source['ast']): File | null {
    return this.#owners.get(program) ?? null;
  }

  /** Keeps what the engine has parsed, for the files that import it. */
  keep(file: string, source: Source): void {
    this.#linted.set(file, source, source.text.length);
  }

  #parse(file: string): Source | null {
    const text = readText(this.#fs, file);
    if (text === null) return null;
    const linted = this.#linted.get(file);
    if (linted?.text === text) return linted;
    try {
      return this.#parser.parse(file, text);
    } catch {
      return null;
    }
  }

  #findImported(specifiers: readonly string[], folder: string): readonly string[] {
    return specifiers.flatMap((specifier) => this.#locator.find(specifier, folder) ?? []);
  }

  /** What is known of a file, compared with the disk when that was done longer ago than `maxAge` milliseconds. */
  #read(file: string, maxAge: number): FileRecord | null {
    const known = this.#entries.get(file);
    const now = Date.now();
    if (known && now - known.checked < maxAge) return known;
    const stats = getStats(this.#fs, file);
    if (known && stats?.mtimeMs === known.modified && stats.size === known.size) {
      known.checked = now;
      return known;
    }
    if (known) this.#forget(file);
    const text = stats ? readText(this.#fs, file, 'latin1') : null;
    if (!stats || text === null) return null;
    const entry: FileRecord = {
      modified: stats.mtimeMs,
      size: stats.size,
      checked: now,
      specifiers: readSpecifiers(text),
      has: this.#mark(text),
      passesOn: passingOn.test(text),
      leadsTo: {},
    };
    this.#entries.set(file, entry);
    return entry;
  }

  #forget(file: string): void {
    this.#opened.clear();
    this.#entries.delete(file);
    if (!isFile(this.#fs, file)) this.#locator.forget(file);
    for (const entry of this.#entries.values()) entry.leadsTo = {};
  }
}

/** Read from the text: an import that is missed costs a report, a tree of every file would cost far more. */
function readSpecifiers(text: string): readonly string[] {
  const specifiers = new Set<string>();
  for (const match of text.matchAll(importing)) if (match[2] !== undefined) specifiers.add(match[2]);
  return [...specifiers];
}
