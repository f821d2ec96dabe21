import type { Declarations } from './declarations.ts';
import { Search } from './search.ts';
import type { Mark, Marks, ModuleExport, Summary } from './summary.ts';

/** A file as read from its text. */
export interface FileRecord {
  readonly has: Marks;
  readonly summary: Summary;
}

/** An export of a file, or without a name the whole file: the unit of reach. */
export interface FileExport {
  readonly file: string;
  readonly name: string | null;
}

/** The files of a project, as they can be read without parsing them. */
export interface Files {
  read(file: string): FileRecord | null;
  /** Null where they cannot be told apart. */
  readDeclarations(file: string): Declarations | null;
  /** The file of the project that a specifier leads to; null for packages. */
  find(specifier: string, importer: string): string | null;
  /** The marks of an export of a package. */
  mark(exported: ModuleExport): Marks;
}

/** A file's own code, as opposed to its re-exports. */
interface Own {
  readonly file: string;
}

type Part = FileExport | Own;

/** What `export * from` of a file leads to. */
interface Spread {
  /** Files that export these names and no others. */
  readonly named: Map<string, readonly string[]>;
  /** Files that may export any name. */
  readonly others: string[];
  readonly packages: string[];
}

/**
 * Whether an export has a mark or leads to one: through the imports that its file uses, or through the module that it
 * comes from. A barrel leads only to the origin of the name.
 */
export class Reach {
  readonly #files: Files;
  readonly #mark: Mark;
  readonly #search = new Search<Part>(getKey, (part) => this.#follow(part));
  readonly #spreads = new Map<string, Spread>();

  constructor(files: Files, mark: Mark) {
    this.#files = files;
    this.#mark = mark;
  }

  clear(): void {
    this.#search.clear();
    this.#spreads.clear();
  }

  has(exported: FileExport): boolean {
    return this.#search.has(exported);
  }

  /** What a part may come from; true where it has the mark. */
  #follow(part: Part): true | readonly Part[] {
    const record = this.#files.read(part.file);
    if (!record) return [];
    const { has, summary } = record;
    if (!('name' in part)) return has[this.#mark] || this.followAll(part.file, summary.imports);
    if (part.name === null) {
      const whole = summary.all.map((specifier) => ({ specifier, name: null }));
      return withOwn(part.file, this.followAll(part.file, [...summary.passedOn.values(), ...whole]));
    }
    const passedOn = summary.passedOn.get(part.name);
    if (passedOn) {
      const found = this.followAll(part.file, [passedOn]);
      return summary.declared.has(part.name) ? withOwn(part.file, found) : found;
    }
    if (summary.declared.has(part.name)) return [{ file: part.file }];
    const found = part.name === 'default' ? [] : this.followSpread(part.file, summary, part.name);
    return summary.isComplete ? found : withOwn(part.file, found);
  }

  /** What `export * from` may hand on under a name. */
  followSpread(file: string, { all }: Summary, name: string): true | readonly FileExport[] {
    let spread = this.#spreads.get(file);
    if (!spread) {
      spread = this.#readSpread(file, all);
      this.#spreads.set(file, spread);
    }
    const inner = [...(spread.named.get(name) ?? []), ...spread.others].map((each) => ({ file: each, name }));
    const isMarked = spread.packages.some((specifier) => this.#files.mark({ specifier, name })[this.#mark]);
    return isMarked || inner;
  }

  /** A barrel of hundreds of files is asked for hundreds of names: each is looked up, and not asked of all files. */
  #readSpread(importer: string, all: readonly string[]): Spread {
    const spread: Spread = { named: new Map(), others: [], packages: [] };
    for (const specifier of all) {
      const file = this.#files.find(specifier, importer);
      const summary = file === null ? null : this.#files.read(file)?.summary;
      if (file === null) spread.packages.push(specifier);
      else if (summary?.isComplete !== true || summary.all.length > 0) spread.others.push(file);
      else
        for (const name of new Set([...summary.declared, ...summary.passedOn.keys()]))
          spread.named.set(name, [...(spread.named.get(name) ?? []), file]);
    }
    return spread;
  }

  /** The project's files that these exports are found in; true where a package's has the mark. */
  followAll(importer: string, exports: readonly ModuleExport[]): true | readonly FileExport[] {
    const found: FileExport[] = [];
    for (const exported of exports) {
      const file = this.#files.find(exported.specifier, importer);
      if (file !== null) found.push({ file, name: exported.name });
      else if (this.#files.mark(exported)[this.#mark]) return true;
    }
    return found;
  }
}

function withOwn(file: string, found: true | readonly Part[]): true | readonly Part[] {
  return found === true || [...found, { file }];
}

function getKey(part: Part): string {
  return 'name' in part ? `${part.file}\0${part.name ?? '*'}` : part.file;
}
