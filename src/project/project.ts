import { attempt } from './attempt.ts';
import { type Declarations, findUsed, readDeclarations } from './declarations.ts';
import { DeclaredReach } from './declared-reach.ts';
import type { Disk, FileVersion } from './disk.ts';
import { isScript, mayHoldJsx, readImportedExports, readReexported, readUsedImports } from './imports.ts';
import type { Locator } from './locate.ts';
import type { Paths } from './node.ts';
import type { Parser, Source } from './parse.ts';
import type { FileExport, FileRecord, Files } from './reach.ts';
import { findCalledModules, type Mark, type Marks, type ModuleExport, summarise } from './summary.ts';

/** How many other files, and characters, are opened for one linted file; the content of the others is unknown. */
export const maxOpened = { files: 200, size: 1_000_000 };
/** How many linted files are remembered. */
const maxLinted = 10_000;
/**
 * How many characters the files may have together that stay open from one linted file to the next. With its scopes a
 * tree takes about 120 bytes for each.
 */
const maxKept = 500_000;

/** How many characters the files may have together whose trees are kept. */
const maxParsed = 4_000_000;

/** Finds the marks of a text. */
interface Markers {
  mark(text: string): Marks;
  /** Of a part, by those of the whole. */
  markPart(part: string, whole: Marks): Marks;
}

/** What projects share: the disk, and the caches of parsed and of open files. */
export interface Surroundings<File extends object> {
  readonly disk: Disk;
  readonly locator: Locator;
  readonly parsed: ParsedFiles;
  readonly open: OpenFiles<File>;
}

/** An opened file; null if it cannot be read or has a syntax error. */
interface Opened<File> {
  readonly file: File | null;
  /** In characters. */
  readonly size: number;
}

interface ParsedFile {
  readonly version: FileVersion;
  readonly parser: object;
  /** Null for a syntax error. */
  readonly source: Source | null;
  /** In characters. */
  readonly size: number;
}

/**
 * The trees of the files that were opened last, by path: without anything that was concluded from them, since a
 * conclusion holds on to the files that it rests on.
 */
export class ParsedFiles {
  readonly #files = new Map<string, ParsedFile>();
  #size = 0;

  find(version: FileVersion, parser: object): ParsedFile | null {
    const parsed = this.#files.get(version.path);
    if (!parsed) return null;
    this.#delete(version.path, parsed);
    if (parsed.version !== version || parsed.parser !== parser) return null;
    this.#set(parsed);
    return parsed;
  }

  add(parsed: ParsedFile): void {
    this.#set(parsed);
    for (const [oldest, each] of this.#files) {
      if (this.#size <= maxParsed) break;
      this.#delete(oldest, each);
    }
  }

  #set(parsed: ParsedFile): void {
    this.#files.set(parsed.version.path, parsed);
    this.#size += parsed.size;
  }

  #delete(path: string, { size }: ParsedFile): void {
    this.#files.delete(path);
    this.#size -= size;
  }
}

/**
 * The open files, by project and path. Everything remembered about other files is keyed by their nodes, or by what was
 * found through these.
 */
export class OpenFiles<File extends object> {
  /** Opened since something was last seen to have changed: what was concluded in one may rest on another. */
  readonly #opened = new Map<string, Opened<File>>();
  #owners = new WeakMap<Source['ast'], File>();
  #size = 0;

  get isEmpty(): boolean {
    return this.#opened.size === 0;
  }

  get(key: string): Opened<File> | undefined {
    return this.#opened.get(key);
  }

  add(key: string, opened: Opened<File>, program?: Source['ast']): void {
    this.#opened.set(key, opened);
    this.#size += opened.size;
    if (program && opened.file) this.#owners.set(program, opened.file);
  }

  findOwner(program: Source['ast']): File | null {
    return this.#owners.get(program) ?? null;
  }

  /**
   * To be called between two linted files. An answer about an open file references the files that it rests on, and
   * these reference others: where files import one another in a circle, keeping one would keep them all. So they are
   * all kept or all dropped.
   * @param isShort Whether an answer may rest on a file that was left out.
   */
  trim(isShort: boolean): void {
    if (isShort || this.#size > maxKept) this.clear();
  }

  clear(): void {
    this.#opened.clear();
    this.#owners = new WeakMap();
    this.#size = 0;
  }
}

interface LintedSource extends Pick<Source, 'ast' | 'text'> {
  readonly scopeManager: Source['scopeManager'] | null;
}

const noMarks: Marks = { blocking: false, client: false, deadline: false, langchain: false };

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
  readonly #parsed: ParsedFiles;
  readonly #all: OpenFiles<File>;
  readonly #key = String(projects++);
  readonly #parser: Parser;
  readonly #markers: Markers;
  readonly #create: (file: string, source: Source) => File;
  readonly #isMapped: boolean;
  /** Of a version of a file. */
  readonly #records = new WeakMap<FileVersion, FileRecord>();
  /** The same, null where it cannot be told. */
  readonly #declarations = new WeakMap<FileVersion, Declarations | null>();
  readonly #reach: Readonly<Record<Mark, DeclaredReach>>;
  readonly #linted = new Set<string>();
  /** For the file that is linted at present. */
  readonly #opened = new Set<string>();
  #openedSize = 0;
  #leavesOut = false;
  #revision: number;

  constructor(
    { disk, locator, open, parsed }: Surroundings<File>,
    parser: Parser,
    markers: Markers,
    create: (file: string, source: Source) => File,
    isMapped: boolean,
  ) {
    this.#disk = disk;
    this.#path = disk.path;
    this.#locator = locator;
    this.#parsed = parsed;
    this.#all = open;
    this.#parser = parser;
    this.#markers = markers;
    this.#create = create;
    this.#isMapped = isMapped;
    this.#revision = disk.revision;
    const files: Files = {
      read: (file) => this.#read(file),
      find: (specifier, importer) => this.find(specifier, importer),
      readDeclarations: (file) => this.#readDeclarations(file),
      mark: ({ name, specifier }) => markers.mark(`${name ?? ''} '${specifier}'`),
    };
    this.#reach = {
      blocking: new DeclaredReach(files, 'blocking'),
      client: new DeclaredReach(files, 'client'),
      deadline: new DeclaredReach(files, 'deadline'),
      langchain: new DeclaredReach(files, 'langchain'),
    };
  }

  /** Whether any node can stand in another file than the one that is asked about it. */
  get hasOpened(): boolean {
    return !this.#all.isEmpty;
  }

  /** Whether the linted file leads to more files than are parsed for it. */
  get leavesOut(): boolean {
    return this.#leavesOut;
  }

  /** The file of the project that a specifier leads to; null for packages. */
  find(specifier: string, importer: string): string | null {
    return this.#locator.find(specifier, this.#path.dirname(importer));
  }

  /** Whether the package of a file has another one beside it when it runs. */
  dependsOn(name: string, file: string): boolean {
    return this.#locator.dependsOn(name, this.#path.dirname(file));
  }

  /** Whether nothing in its project tells that Deno or Bun runs a file. */
  runsOnNode(file: string): boolean {
    return this.#locator.runsOnNode(this.#path.dirname(file));
  }

  /**
   * The exports of project files that a linted file imports or re-exports, compared with the disk; none where LangChain
   * is out of reach of the whole project. To be called first, when nothing of the previously linted file is in use any
   * more.
   */
  findImports(file: string, source: LintedSource): readonly FileExport[] {
    const folder = this.#path.dirname(file);
    const mayUse = this.#isMapped || this.#locator.mayUseLangChain(folder);
    const imports = mayUse ? readImportedExports(file, source.ast, source.text) : [];
    // It was linted before, so it is open in an editor.
    if (this.#linted.has(file)) this.#compareImported(new Set(imports.map(({ specifier }) => specifier)), folder);
    if (this.#linted.size >= maxLinted) this.#linted.clear();
    this.#linted.add(file);
    this.#forgetChanged();
    this.#all.trim(this.#leavesOut);
    this.#opened.clear();
    this.#openedSize = 0;
    this.#leavesOut = false;
    const found = this.#locate(imports, folder);
    return found.some((each) => this.#reach.langchain.mayHave(each)) ? (this.#findUsed(file, source) ?? found) : found;
  }

  #locate(exports: readonly ModuleExport[], folder: string): readonly FileExport[] {
    return exports.flatMap(({ name, specifier }) => {
      const file = this.#locator.find(specifier, folder);
      return file === null ? [] : [{ file, name }];
    });
  }

  /** What the code of a file uses of those that it imports, and what it passes on. */
  #findUsed(file: string, { ast, scopeManager, text }: LintedSource): readonly FileExport[] | null {
    const used = isScript(file) ? this.#readUsed(file, scopeManager, text) : null;
    return used && this.#locate([...readReexported(ast), ...used], this.#path.dirname(file));
  }

  #readUsed(file: string, scopes: LintedSource['scopeManager'], text: string): readonly ModuleExport[] | null {
    if (scopes && findCalledModules(text).length === 0) return readUsedImports(scopes);
    const declarations = readDeclarations(text, mayHoldJsx(file), () => noMarks);
    return declarations && findUsed(declarations);
  }

  #compareImported(specifiers: ReadonlySet<string>, folder: string): void {
    this.#disk.compareNow([...specifiers].flatMap((specifier) => this.#locator.getPath(specifier, folder) ?? []));
    // Where they lead now.
    this.#disk.compareNow([...specifiers].flatMap((specifier) => this.#locator.find(specifier, folder) ?? []));
  }

  #forgetChanged(): void {
    if (this.#revision === this.#disk.revision) return;
    this.#revision = this.#disk.revision;
    this.#all.clear();
    for (const reach of Object.values(this.#reach)) reach.clear();
  }

  /** Whether an export has a mark, or leads to one. */
  reaches(exported: FileExport, mark: Mark): boolean {
    return this.#reach[mark].has(exported);
  }

  /** Whether an export is a literal of a file that uses LangChain. */
  isLiteral(exported: FileExport): boolean {
    return this.#reach.langchain.isLiteral(exported);
  }

  /** Whether what a file exports under a name may be an export of another module. */
  passesOn({ file, name }: FileExport): boolean {
    const summary = this.#read(file)?.summary;
    if (!summary) return false;
    return (
      name === null ||
      summary.passedOn.has(name) ||
      !summary.isComplete ||
      (summary.all.length > 0 && !summary.declared.has(name))
    );
  }

  /** A file of the project; null when it cannot be read or has a syntax error, and after so many others. */
  open(file: string): File | null {
    const isCounted = this.#opened.has(file);
    if (!isCounted && (this.#opened.size >= maxOpened.files || this.#openedSize >= maxOpened.size)) {
      this.#leavesOut = true;
      return null;
    }
    const opened = this.#all.get(this.#getKey(file)) ?? this.#openNow(file);
    if (!isCounted) this.#openedSize += opened.size;
    this.#opened.add(file);
    return opened.file;
  }

  #openNow(file: string): Opened<File> {
    const version = this.#disk.getVersion(file);
    const parsed = version && (this.#parsed.find(version, this.#parser.key) ?? this.#parseNow(version));
    const source = parsed?.source ?? null;
    const opened = { file: source && this.#create(file, source), size: parsed?.size ?? 0 };
    this.#all.add(this.#getKey(file), opened, source?.ast);
    return opened;
  }

  /** The opened file of a program. */
  findOwner(program: Source['ast']): File | null {
    return this.#all.findOwner(program);
  }

  #getKey(file: string): string {
    return `${this.#key}\0${file}`;
  }

  #parseNow(version: FileVersion): ParsedFile {
    const text = this.#disk.readText(version.path);
    const source = text === null ? null : attempt(() => this.#parser.parse(version.path, text));
    const parsed = { version, parser: this.#parser.key, source, size: text?.length ?? 0 };
    this.#parsed.add(parsed);
    return parsed;
  }

  #read(file: string): FileRecord | null {
    const version = this.#disk.getVersion(file);
    let record = version && this.#records.get(version);
    if (!version || record) return record ?? null;
    const text = this.#disk.readText(file);
    if (text === null) return null;
    record = { has: this.#markers.mark(text), summary: summarise(text) };
    this.#records.set(version, record);
    return record;
  }

  #readDeclarations(file: string): Declarations | null {
    const version = this.#disk.getVersion(file);
    let declarations = version && this.#declarations.get(version);
    if (!version || declarations !== undefined) return declarations ?? null;
    const whole = this.#read(file)?.has;
    // Most of what a file exports that names LangChain has to do with it: telling that apart costs more than it saves.
    const isRead = whole?.langchain === false && isScript(file);
    const text = isRead ? this.#disk.readText(file) : null;
    declarations = text
      ? readDeclarations(text, mayHoldJsx(file), (part) => this.#markers.markPart(part, whole ?? noMarks))
      : null;
    this.#declarations.set(version, declarations);
    return declarations;
  }
}
