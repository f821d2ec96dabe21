import {
  type Code,
  type Declaration,
  type Declarations,
  getMember,
  ownExports,
  splitUse,
  wholeExport,
} from './declarations.ts';
import { type FileExport, type Files, Reach } from './reach.ts';
import { Search } from './search.ts';
import type { Mark, ModuleExport } from './summary.ts';

/** A declaration of a file, or a member of the object that it declares. */
interface DeclaredPart {
  readonly file: string;
  readonly index: number;
  /** Null for the whole declaration. */
  readonly member: string | null;
}

type Part = DeclaredPart | FileExport;

/** Through how many files a literal is followed. */
const maxPassed = 4;

/** The parts of a file that may change what it declares and exports. */
interface Changes {
  /** By the declaration that leads to them. */
  readonly declared: ReadonlyMap<number, readonly DeclaredPart[]>;
  /** By the exported name; null for code that may change any. */
  readonly exported: ReadonlyMap<string | null, readonly DeclaredPart[]>;
}

/**
 * Whether an export has a mark or leads to one, told by the declaration that it stands for: of a file that leads to
 * LangChain somewhere, the rest may have nothing to do with it. The name of an export may be followed by that of a
 * member: `Workspace.get`.
 */
export class DeclaredReach {
  readonly #files: Files;
  readonly #mark: Mark;
  readonly #reach: Reach;
  readonly #search = new Search<Part>(getKey, (part) => this.#follow(part));
  readonly #changes = new WeakMap<Declarations, Changes>();

  constructor(files: Files, mark: Mark) {
    this.#files = files;
    this.#mark = mark;
    this.#reach = new Reach(files, mark);
  }

  clear(): void {
    this.#reach.clear();
    this.#search.clear();
  }

  has(exported: FileExport): boolean {
    return this.mayHave(exported) && this.#search.has(exported);
  }

  /** Tells most exports apart without their files being read closely. */
  mayHave(exported: FileExport): boolean {
    return this.#reach.has(getFirst(exported));
  }

  /** Whether an export is a literal, of a file that has a mark or leads to one somewhere. */
  isLiteral(exported: FileExport): boolean {
    const found = this.mayHave(exported) ? this.#findDeclared(exported, maxPassed) : [];
    return found.length > 0 && found.every(({ isLiteral }) => isLiteral);
  }

  #findDeclared({ file, name }: FileExport, depth: number): readonly Declaration[] {
    const summary = this.#files.read(file)?.summary;
    const declarations = name === null || depth === 0 ? null : this.#files.readDeclarations(file);
    if (!summary || !declarations || name === null) return [];
    const first = splitUse(name).name;
    const locals = declarations.exports.get(first);
    if (locals)
      return locals.flatMap((local) =>
        findDeclared(declarations, local).flatMap((index) => declarations.all[index] ?? []),
      );
    const passedOn = summary.passedOn.get(first);
    const next = passedOn ? this.#reach.followAll(file, [passedOn]) : this.#reach.followSpread(file, summary, first);
    return next === true ? [] : next.flatMap((each) => this.#findDeclared(each, depth - 1));
  }

  #follow(part: Part): true | readonly Part[] {
    if ('index' in part) return this.#followDeclared(part);
    if (!this.mayHave(part)) return [];
    const summary = this.#files.read(part.file)?.summary;
    const declarations = this.#files.readDeclarations(part.file);
    if (!summary || !declarations) return true;
    if (part.name === null) {
      const whole = summary.all.map((specifier) => ({ specifier, name: null }));
      const passedOn = this.#reach.followAll(part.file, [...summary.passedOn.values(), ...whole]);
      return join(passedOn, this.#followWhole(part.file, declarations));
    }
    const { member, name } = splitUse(part.name);
    const passedOn = summary.passedOn.get(name);
    const locals = declarations.exports.get(name);
    const whole = declarations.exports.get(wholeExport);
    if (passedOn || locals || whole) {
      const passed = passedOn ? this.#reach.followAll(part.file, [getMember(passedOn, member)]) : [];
      const uses = [
        ...(locals ?? []).map((each) => extend(each, member)),
        ...(whole ?? []).map((each) => extend(each, name === 'default' ? member : name)),
      ];
      // The default export of a compiled module is all of it, where it is imported from another kind of module.
      if (name === 'default' && declarations.exports.has('__esModule')) uses.push(extend(ownExports, member));
      return join(passed, this.#followExported(part.file, declarations, name, uses));
    }
    const spread = name === 'default' ? [] : this.#reach.followSpread(part.file, summary, name);
    if (spread === true || (summary.isComplete && !summary.declared.has(name))) return spread;
    return join(spread, this.#followWhole(part.file, declarations));
  }

  /** What is exported under a name, by local names; all of the file where one of them is not found. */
  #followExported(
    file: string,
    declarations: Declarations,
    name: string,
    uses: readonly string[],
  ): true | readonly Part[] {
    const { exported } = this.#getChanges(file, declarations);
    const changes = [...(exported.get(null) ?? []), ...(exported.get(name) ?? [])];
    const isKnown = uses.every((use) => isDeclared(declarations, splitUse(use).name));
    const found = isKnown ? this.#followNames(file, declarations, uses) : this.#followWhole(file, declarations);
    return join(changes, found);
  }

  #followWhole(file: string, declarations: Declarations): true | readonly Part[] {
    const parts = declarations.all.map((_, index) => ({ file, index, member: null }));
    return join(parts, this.#followNames(file, declarations, [...declarations.exports.values()].flat()));
  }

  #followDeclared({ file, index, member }: DeclaredPart): true | readonly Part[] {
    const declarations = this.#files.readDeclarations(file);
    const declaration = declarations?.all[index];
    if (!declaration) return true;
    const codes =
      member === null
        ? [declaration, ...declaration.members.values()]
        : (declaration.members.get(member) ?? declaration);
    const found: Part[] = [...(this.#getChanges(file, declarations).declared.get(index) ?? [])];
    for (const code of [codes].flat()) {
      if (code.has[this.#mark]) return true;
      const modules = this.#reach.followAll(file, code.modules);
      const used = this.#followNames(
        file,
        declarations,
        code.uses.filter((use) => !isThis(use)),
      );
      if (modules === true || used === true) return true;
      found.push(...modules, ...used);
      for (const use of member === null ? [] : code.uses)
        if (isThis(use)) found.push({ file, index, member: findMember(declaration, splitUse(use).member) });
    }
    return found;
  }

  /** What local names stand for: `model`, `Workspace.get`. */
  #followNames(file: string, declarations: Declarations, uses: readonly string[]): true | readonly Part[] {
    const found: Part[] = [];
    const imported: ModuleExport[] = [];
    for (const use of uses) {
      const { member, name } = splitUse(use);
      const from = declarations.imports.get(name);
      if (from) imported.push(getMember(from, member));
      if (name === ownExports) found.push({ file, name: member });
      for (const index of findDeclared(declarations, name))
        found.push({ file, index, member: findMember(declarations.all[index], member) });
    }
    const others = this.#reach.followAll(file, imported);
    return others === true ? true : [...found, ...others];
  }

  #getChanges(file: string, declarations: Declarations): Changes {
    let changes = this.#changes.get(declarations);
    if (!changes) {
      changes = readChanges(file, declarations);
      this.#changes.set(declarations, changes);
    }
    return changes;
  }
}

/** Which code changes what a declaration stands for; a statement at the top may, whatever it does with it. */
function readChanges(file: string, { all }: Declarations): Changes {
  const declared = new Map<number, DeclaredPart[]>();
  const exported = new Map<string | null, DeclaredPart[]>();
  const byName = indexNames(all);
  const note = (code: Code, names: readonly string[], part: DeclaredPart): void => {
    for (const change of new Set(names.length === 0 ? code.uses : code.changes)) {
      const { member, name } = splitUse(change);
      if (name === ownExports) add(exported, member, part);
      for (const index of byName.get(name) ?? []) if (index !== part.index) add(declared, index, part);
    }
  };
  for (const [index, declaration] of all.entries()) {
    note(declaration, declaration.names, { file, index, member: null });
    for (const [member, code] of declaration.members) note(code, declaration.names, { file, index, member });
  }
  return { declared, exported };
}

function add<Key>(parts: Map<Key, DeclaredPart[]>, key: Key, part: DeclaredPart): void {
  const known = parts.get(key);
  if (known) known.push(part);
  else parts.set(key, [part]);
}

function join(one: true | readonly Part[], other: true | readonly Part[]): true | readonly Part[] {
  return one === true || other === true ? true : [...one, ...other];
}

function isDeclared(declarations: Declarations, name: string): boolean {
  return name === ownExports || declarations.imports.has(name) || findDeclared(declarations, name).length > 0;
}

const indexes = new WeakMap<Declarations['all'], ReadonlyMap<string, readonly number[]>>();

function indexNames(all: Declarations['all']): ReadonlyMap<string, readonly number[]> {
  let byName = indexes.get(all);
  if (!byName) {
    const found = new Map<string, number[]>();
    for (const [index, { names }] of all.entries())
      for (const name of names) found.set(name, [...(found.get(name) ?? []), index]);
    byName = found;
    indexes.set(all, byName);
  }
  return byName;
}

function findDeclared({ all }: Declarations, name: string): readonly number[] {
  return indexNames(all).get(name) ?? [];
}

/** The member, if the declaration shows it; null for the whole. */
function findMember(declaration: Declaration | undefined, member: string | null): string | null {
  return member !== null && declaration?.members.has(member) === true ? member : null;
}

function isThis(use: string): boolean {
  return splitUse(use).name === 'this';
}

function extend(name: string, member: string | null): string {
  return member === null ? name : `${name}.${member}`;
}

function getFirst({ file, name }: FileExport): FileExport {
  return { file, name: name === null ? null : splitUse(name).name };
}

function getKey(part: Part): string {
  return 'index' in part
    ? `${part.file}\0${String(part.index)}\0${part.member ?? ''}`
    : `${part.file}\0${part.name ?? '*'}`;
}
