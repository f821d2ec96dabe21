import type { Mark, Marks, ModuleExport, Summary } from './summary.ts';

/** A file as it is read from its text. */
export interface FileRecord {
  readonly has: Marks;
  readonly summary: Summary;
}

/** What reach is decided by: an export of a file; without a name the whole of it. */
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

/** How many exports are looked at for one answer. */
const maxExports = 10_000;

/** What a file does beside handing on exports of others. */
interface Own {
  readonly file: string;
}

type Part = FileExport | Own;

/**
 * Whether an export has a mark or leads to one: by what its file uses of other modules, or by where it comes from. A
 * barrel leads only to what a name stands for.
 */
export class Reach {
  readonly #files: Files;
  readonly #mark: Mark;
  readonly #known = new Map<string, boolean>();

  constructor(files: Files, mark: Mark) {
    this.#files = files;
    this.#mark = mark;
  }

  clear(): void {
    this.#known.clear();
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
    const found = this.#followAll(part.file, part.name === 'default' ? [] : getSpread(summary, part.name));
    return summary.isComplete ? found : withOwn(part.file, found);
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

/** What `export * from` may hand on under a name. */
function getSpread({ all }: Summary, name: string): readonly ModuleExport[] {
  return all.map((specifier) => ({ specifier, name }));
}

function withOwn(file: string, found: true | readonly Part[]): true | readonly Part[] {
  return found === true || [...found, { file }];
}

function getKey(part: Part): string {
  return 'name' in part ? `${part.file}\0${part.name ?? '*'}` : part.file;
}
