import type { Disk, FileVersion } from './disk.ts';
import type { Locator } from './locate.ts';
import type { Paths } from './node.ts';
import type { Parser, Source } from './parse.ts';
import { Shelf } from './shelf.ts';

/** What is known of a file of the project. */
interface FileRecord {
  /** The specifiers that it imports. */
  readonly specifiers: readonly string[];
  /** Whether its text has a mark. */
  readonly has: Readonly<Record<Mark, boolean>>;
  /** Whether it passes on exports of other modules. */
  readonly passesOn: boolean;
}

/**
 * What files are searched for: `langchain`: one of its modules; `client`: what may build a client of its; `blocking`: a
 * call that may block the event loop.
 */
export type Mark = 'blocking' | 'client' | 'langchain';

/** How many files one file may lead to before its imports are no longer followed. */
const maxFiles = 5000;
/** Of how many linted files it is remembered that they were linted. */
const maxLinted = 10_000;
/**
 * How many characters the parsed files that are kept from one linted file to the next may have together: those that the
 * engine parsed to lint them, and those that were opened. With its scopes a tree takes about 120 bytes for each
 * character, with tokens and comments 190: together about 100 MB.
 */
const keptLinted = 200_000;
const keptOpened = 500_000;

/** `export * from`, `export { x } from`, `export { x }` of an import, `module.exports = require()`. */
const passingOn = /\bexport\s*(?:type\s*)?[*{]|\bexports(?:\.[\w$]+)?\s*=\s*require\b/u;
const importing = /\b(?:from|import|require)\s*(?:\(\s*)?(['"])([^'"\n]+)\1/gu;

/** What projects share: the disk, and the room for what they keep. */
export interface Surroundings<File> {
  readonly disk: Disk;
  readonly locator: Locator;
  readonly trees: Trees<File>;
}

/** Syntax trees that are kept from one linted file to the next, by project and path. */
export class Trees<File> {
  /** Parsed by the engine already, when they were linted. */
  readonly linted = new Shelf<Source>(keptLinted);
  /** Opened since something was last seen to have changed: what was concluded in one may rest on another. */
  readonly opened = new Shelf<File | null>(keptOpened);

  trim(): void {
    this.linted.trim();
    this.opened.trim();
  }

  clear(): void {
    this.linted.clear();
    this.opened.clear();
  }
}

let projects = 0;

/**
 * The files of a project beyond the linted one. They are found by resolving imports, and read when a question leads to
 * them. One for each parser and each reading of the settings.
 * @template File What is made of a parsed file.
 */
export class Project<File extends object> {
  readonly #disk: Disk;
  readonly #path: Paths;
  readonly #locator: Locator;
  readonly #trees: Trees<File>;
  readonly #key = String(projects++);
  readonly #parser: Parser;
  readonly #mark: (text: string) => Readonly<Record<Mark, boolean>>;
  readonly #create: (file: string, source: Source) => File;
  /** Of a version of a file. */
  readonly #records = new WeakMap<FileVersion, FileRecord>();
  /** Whether a file, or one that it leads to by its imports, has a mark; absent: not asked yet. */
  readonly #leadsTo = {
    blocking: new Map<string, boolean>(),
    client: new Map<string, boolean>(),
    langchain: new Map<string, boolean>(),
  };
  readonly #owners = new WeakMap<Source['ast'], File>();
  readonly #linted = new Set<string>();
  #hasOpened = false;
  #revision: number;

  constructor(
    { disk, locator, trees }: Surroundings<File>,
    parser: Parser,
    mark: (text: string) => Readonly<Record<Mark, boolean>>,
    create: (file: string, source: Source) => File,
  ) {
    this.#disk = disk;
    this.#path = disk.path;
    this.#locator = locator;
    this.#trees = trees;
    this.#parser = parser;
    this.#mark = mark;
    this.#create = create;
    this.#revision = disk.revision;
  }

  /** Whether any node can stand in another file than the one that is asked about it. */
  get hasOpened(): boolean {
    return this.#hasOpened;
  }

  /** The file of the project that a specifier leads to; null for packages. */
  find(specifier: string, importer: string): string | null {
    return this.#locator.find(specifier, this.#path.dirname(importer));
  }

  /** Whether the package of a file has another one beside it when it runs. */
  dependsOn(name: string, file: string): boolean {
    return this.#locator.dependsOn(name, this.#path.dirname(file));
  }

  /**
   * The files of the project that a linted one imports, compared with the disk; none where LangChain is out of reach of
   * the whole project. To be asked first: of the file that was linted before, nothing is in use any more.
   */
  findImportedFiles(file: string, text: string): readonly string[] {
    const folder = this.#path.dirname(file);
    const mayUse = this.#locator.mayUseLangChain(folder);
    const specifiers = mayUse ? readSpecifiers(text) : [];
    // It was linted before, so it is open in an editor.
    if (this.#linted.has(file)) this.#compareImported(specifiers, folder);
    if (this.#linted.size >= maxLinted) this.#linted.clear();
    this.#linted.add(file);
    this.#forgetChanged();
    this.#trees.trim();
    return this.#findImported(specifiers, folder);
  }

  #compareImported(specifiers: readonly string[], folder: string): void {
    for (const specifier of specifiers) {
      const path = this.#locator.getPath(specifier, folder);
      if (path !== null) this.#disk.compareFile(path);
      const found = this.#locator.find(specifier, folder);
      if (found !== null) this.#disk.compareFile(found);
    }
  }

  #forgetChanged(): void {
    if (this.#revision === this.#disk.revision) return;
    this.#revision = this.#disk.revision;
    this.#trees.clear();
    for (const known of Object.values(this.#leadsTo)) known.clear();
  }

  /** Whether a file has a mark, or leads to one by its imports. */
  reaches(file: string, mark: Mark): boolean {
    const leadsTo = this.#leadsTo[mark];
    const known = leadsTo.get(file);
    if (known !== undefined) return known;
    const importers = new Map<string, string | null>([[file, null]]);
    const pending = [file];
    for (let current = pending.pop(); current !== undefined && importers.size < maxFiles; current = pending.pop()) {
      const record = this.#read(current);
      if (record?.has[mark] === true || leadsTo.get(current) === true) {
        for (let each: string | null = current; each !== null; each = importers.get(each) ?? null)
          leadsTo.set(each, true);
        return true;
      }
      if (!record || leadsTo.get(current) === false) continue;
      for (const imported of this.#findImported(record.specifiers, this.#path.dirname(current))) {
        if (importers.has(imported)) continue;
        importers.set(imported, current);
        pending.push(imported);
      }
    }
    for (const visited of importers.keys()) leadsTo.set(visited, false);
    return false;
  }

  /** Whether a file passes on exports of other modules. */
  passesOn(file: string): boolean {
    return this.#read(file)?.passesOn ?? false;
  }

  /** A file of the project; null when it cannot be read or has a syntax error. */
  open(file: string): File | null {
    const key = this.#getKey(file);
    let opened = this.#trees.opened.get(key);
    if (opened === undefined) {
      const source = this.#parse(file);
      opened = source && this.#create(file, source);
      this.#trees.opened.set(key, opened, source?.text.length ?? 0);
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
    this.#trees.linted.set(this.#getKey(file), source, source.text.length);
  }

  #getKey(file: string): string {
    return `${this.#key}\0${file}`;
  }

  #parse(file: string): Source | null {
    const text = this.#disk.readText(file);
    if (text === null) return null;
    const linted = this.#trees.linted.get(this.#getKey(file));
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

  #read(file: string): FileRecord | null {
    const version = this.#disk.getVersion(file);
    let record = version && this.#records.get(version);
    if (!version || record) return record ?? null;
    const text = this.#disk.readText(file);
    if (text === null) return null;
    record = { specifiers: readSpecifiers(text), has: this.#mark(text), passesOn: passingOn.test(text) };
    this.#records.set(version, record);
    return record;
  }
}

/** Read from the text: an import that is missed costs a report, a tree of every file would cost far more. */
function readSpecifiers(text: string): readonly string[] {
  const specifiers = new Set<string>();
  for (const match of text.matchAll(importing)) if (match[2] !== undefined) specifiers.add(match[2]);
  return detach([...specifiers]);
}

/** Copies parts of a text: a part that is kept would keep the whole. */
function detach(parts: readonly string[]): readonly string[] {
  return JSON.parse(JSON.stringify(parts)) as string[];
}
