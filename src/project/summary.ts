/**
 * What files are searched for: `langchain`: one of its modules; `client`: code that may build a LangChain client;
 * `blocking`: a call that may block the event loop; `deadline`: code that may abandon a promise after a time.
 */
export type Mark = 'blocking' | 'client' | 'deadline' | 'langchain';

export type Marks = Readonly<Record<Mark, boolean>>;

/** An export of a module; without a name, the module as a whole. */
export interface ModuleExport {
  readonly specifier: string;
  readonly name: string | null;
}

/**
 * The imports and re-exports of a file, read from its text: a missed import costs a report, while parsing every file
 * would cost far more.
 */
export interface Summary {
  /** What its own code may use. */
  readonly imports: readonly ModuleExport[];
  /** The exports of other modules that it re-exports, by their names here. */
  readonly passedOn: ReadonlyMap<string, ModuleExport>;
  /** The names of what it declares and exports. */
  readonly declared: ReadonlySet<string>;
  /** The modules of `export * from`. */
  readonly all: readonly string[];
  /** Whether it exports nothing else. */
  readonly isComplete: boolean;
}

/** `from './model'` of an import or export. */
const source = /\bfrom\s*(['"])([^'"\n]+)\1/gu;
/** `import('./model')`, `require('./model')` */
const call = /\b(?:import|require)\s*\(\s*(['"])([^'"\n]+)\1/gu;
const keyword = /\bexport\b/gu;
const commonJs = /\bexports\b/u;
const comment = /\/\*[^]*?\*\/|\/\/.*/gu;
/** `type Model, * as tools, { model as default }`, with single blanks. */
const clause = /^(?:type (?=[\w$*{]))?(?:([\w$]+) ?(?:, ?|$))?(?:(\*)(?: as ([\w$]+))?|\{([^{}]*)\})?$/u;
const declaration =
  /^(?:default |declare |abstract |async |const (?=enum ))*(?:function ?\*? ?|(?:class|const|enum|interface|let|module|namespace|type|var) )([\w$]+)/u;
const brackets = /\([^()[\]{}]*\)|\[[^()[\]{}]*\]|\{[^()[\]{}]*\}/gu;
const defaultName = /^default ([\w$]+) ?(?:;|$)/u;
/** How much of a statement is looked at, in characters and in brackets. */
const maxStatement = 200;
const maxDepth = 5;

export function summarise(text: string): Summary {
  const reader = new Reader();
  reader.readSources(text);
  for (const specifier of findCalledModules(text)) reader.takeWhole(specifier);
  reader.readExports(text);
  return reader.finish();
}

/** The modules that `import()` and `require()` name. */
export function findCalledModules(text: string): readonly string[] {
  return Array.from(text.matchAll(call), (match) => match[2] ?? '');
}

class Reader {
  /** By what they are called in the file. */
  readonly #locals = new Map<string, ModuleExport>();
  readonly #imports: ModuleExport[] = [];
  readonly #passedOn: [string, ModuleExport][] = [];
  readonly #declared: string[] = [];
  readonly #all: string[] = [];
  #isComplete = true;

  finish(): Summary {
    // Copied: a part of a text that is kept would keep the whole.
    const copy = JSON.parse(JSON.stringify([this.#imports, this.#passedOn, this.#declared, this.#all])) as [
      ModuleExport[],
      [string, ModuleExport][],
      string[],
      string[],
    ];
    const [imports, passedOn, declared, all] = copy;
    return {
      imports,
      passedOn: new Map(passedOn),
      declared: new Set(declared),
      all,
      isComplete: this.#isComplete,
    };
  }

  takeWhole(specifier: string): void {
    this.#imports.push({ specifier, name: null });
  }

  readSources(text: string): void {
    let start = 0;
    for (const match of text.matchAll(source)) {
      const specifier = match[2] ?? '';
      const statement = text.slice(start, match.index);
      start = match.index + match[0].length;
      const from = Math.max(statement.lastIndexOf('import'), statement.lastIndexOf('export'));
      const written = clause.exec(normalise(statement.slice(from + 'import'.length)));
      if (from === -1 || !written) this.takeWhole(specifier);
      else if (statement.startsWith('import', from)) this.#import(specifier, written);
      else this.#passOn(specifier, written);
    }
  }

  #import(specifier: string, [, byDefault, star, namespace, names]: RegExpExecArray): void {
    if (byDefault !== undefined) this.#bind(byDefault, { specifier, name: 'default' });
    if (star !== undefined) this.#bind(namespace ?? '', { specifier, name: null });
    for (const [name, local] of splitNames(names)) this.#bind(local, { specifier, name });
  }

  #bind(local: string, imported: ModuleExport): void {
    this.#locals.set(local, imported);
    this.#imports.push(imported);
  }

  #passOn(specifier: string, [, , star, namespace, names]: RegExpExecArray): void {
    if (namespace !== undefined) this.#passedOn.push([namespace, { specifier, name: null }]);
    else if (star !== undefined) this.#all.push(specifier);
    for (const [name, exported] of splitNames(names)) this.#passedOn.push([exported, { specifier, name }]);
  }

  readExports(text: string): void {
    if (commonJs.test(text)) this.#isComplete = false;
    for (const { index } of text.matchAll(keyword)) this.#readExport(text, index);
  }

  #readExport(text: string, index: number): void {
    const start = index + 'export'.length;
    const statement = normalise(text.slice(start, start + maxStatement));
    if (/^(?:type )?\*/u.test(statement)) return;
    if (/^(?:type )?\{/u.test(statement)) this.#readList(text, start);
    else if (!this.#readDeclaration(statement) && isAtStart(text, index)) this.#isComplete = false;
  }

  /** `export { model, chain as default }` */
  #readList(text: string, start: number): void {
    const end = text.indexOf('}', start);
    if (end === -1 || /^\s*from\b/u.test(text.slice(end + 1, end + maxStatement))) return;
    for (const [local, exported] of splitNames(normalise(text.slice(text.indexOf('{', start) + 1, end))))
      this.#exportLocal(local, exported);
  }

  #readDeclaration(statement: string): boolean {
    const byDefault = defaultName.exec(statement)?.[1];
    if (byDefault !== undefined) this.#exportLocal(byDefault, 'default');
    else if (statement.startsWith('default ')) this.#declared.push('default');
    const name = declaration.exec(statement)?.[1];
    if (name === undefined) return statement.startsWith('default ');
    if (declaresAnother(statement)) this.#isComplete = false;
    this.#declared.push(name);
    return true;
  }

  #exportLocal(local: string, exported: string): void {
    const imported = this.#locals.get(local);
    if (imported) this.#passedOn.push([exported, imported]);
    else this.#declared.push(exported);
  }
}

/** Without comments, with single blanks. */
function normalise(text: string): string {
  return text.replace(comment, ' ').replace(/\s+/gu, ' ').trim();
}

/**
 * Whether nothing but blanks stands before it in its line, or another statement ends there: it is no word of a text.
 */
function isAtStart(text: string, index: number): boolean {
  const window = text.slice(Math.max(0, index - maxStatement), index);
  const before = window.trimEnd();
  return before === '' || /[;}]$/u.test(before) || window.slice(before.length).includes('\n');
}

/** Whether a declaration declares a second variable, as far as it can be seen. */
function declaresAnother(statement: string): boolean {
  if (!/^(?:const|let|var) /u.test(statement)) return false;
  let outer = statement;
  for (let depth = 0; depth < maxDepth && brackets.test(outer); depth++) outer = outer.replaceAll(brackets, '');
  return /, ?[\w$]+ ?(?:[:=]|$)/u.test(outer.split(/[([{;]/u, 1)[0] ?? '');
}

/** `model, chain as default, type Model` as pairs of what it is called here and there. */
function splitNames(list: string | undefined): readonly (readonly [string, string])[] {
  return (list ?? '').split(',').flatMap((each) => {
    const [name = '', alias = name] = each
      .trim()
      .replace(/^type (?=[\w$'"])/u, '')
      .split(' as ')
      .map((part) => part.replaceAll(/['"]/gu, ''));
    return name === '' ? [] : [[name, alias] as const];
  });
}
