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
  /** The file of the project that a specifier leads to; null for packages. */
  find(specifier: string, importer: string): string | null;
  /** The marks of an export of a package. */
  mark(exported: ModuleExport): Marks;
}

/** How many exports are visited for one answer. */
const maxExports = 10_000;

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
  readonly #known = new Map<string, boolean>();
  readonly #spreads = new Map<string, Spread>();

  constructor(files: Files, mark: Mark) {
    this.#files = files;
    this.#mark = mark;
  }

  clear(): void {
    this.#known.clear();
    this.#spreads.clear();
  }

  has(exported: FileExport): boolean {
    const known = this.#known.get(getKey(exported));
    if (known !== undefined) return known;
    const importers = new Map<string, string | null>([[getKey(exported), null]]);
    const pending: Part[] = [exported];
    for (let part = pending.pop(); part && importers.size < maxExports; part = pending.pop()) {
      const key = getKey(part);
      const answer = this.#known.get(key);
      if (answer === false) continue;
      const step = answer === true ? true : this.#follow(part);
      if (step === true) {
        for (let each: string | null = key; each !== null; each = importers.get(each) ?? null)
          this.#known.set(each, true);
        return true;
      }
      for (const next of step) {
        const nextKey = getKey(next);
        if (importers.has(nextKey)) continue;
        importers.set(nextKey, key);
        pending.push(next);
      }
    }
    for (const visited of importers.keys()) this.#known.set(visited, false);
    return false;
  }

  /** What a part may come from; true where it has the mark. */
  #follow(part: Part): true | readonly Part[] {
    const record = this.#files.read(part.file);
    if (!record) return [];
    const { has, summary } = record;
    if (!('name' in part)) return has[this.#mark] || this.#followAll(part.file, summary.imports);
    if (part.name === null) {
      const whole = summary.all.map((specifier) => ({ specifier, name: null }));
      return withOwn(part.file, this.#followAll(part.file, [...summary.passedOn.values(), ...whole]));
    }
    const passedOn = summary.passedOn.get(part.name);
    if (passedOn) return this.#followAll(part.file, [passedOn]);
    if (summary.declared.has(part.name)) return [{ file: part.file }];
    const found = part.name === 'default' ? [] : this.#followSpread(part.file, summary, part.name);
    return summary.isComplete ? found : withOwn(part.file, found);
  }

  /** What `export * from` may hand on under a name. */
  #followSpread(file: string, { all }: Summary, name: string): true | readonly Part[] {
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

  #followAll(importer: string, exports: readonly ModuleExport[]): true | readonly Part[] {
    const found: Part[] = [];
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
