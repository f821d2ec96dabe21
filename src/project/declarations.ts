import { mutatingMethods } from '../facts/pure.ts';
import type { Marks, ModuleExport } from './summary.ts';
import { opening, type Range, readTokens, type Tokens, unfinished } from './tokens.ts';

/** What a part of a file uses. */
export interface Code {
  /**
   * Names that are declared or imported at the top of the file, and members of them: `model`, `Workspace.get`; of the
   * object that a member stands in: `this.get`; of what the file exports: `exports.get`.
   */
  readonly uses: readonly string[];
  /** Which of the names it may give another value or member; of its own exports with the member: `exports.ask`. */
  readonly changes: readonly string[];
  /** What it imports by `import()` and `require()`. */
  readonly modules: readonly ModuleExport[];
  readonly has: Marks;
}

/** A declaration or another statement at the top of a file. */
export interface Declaration extends Code {
  /** What it declares; none for a statement. */
  readonly names: readonly string[];
  /** Of an object that is written as a literal. */
  readonly members: ReadonlyMap<string, Code>;
  /** Whether it is a variable with a value that is written out, without a call or a function: `['gpt-4o', 'o3']`. */
  readonly isLiteral: boolean;
}

/** The code of a file in parts, as read from its tokens, in a tenth of the time that a parser takes. */
export interface Declarations {
  readonly all: readonly Declaration[];
  /** What is imported by its local name. */
  readonly imports: ReadonlyMap<string, ModuleExport>;
  /** The local names of what is exported, by its exported name; {@link wholeExport} for the module itself. */
  readonly exports: ReadonlyMap<string, readonly string[]>;
}

/** What the code of a file uses of other modules. */
export function findUsed({ all, exports, imports }: Declarations): readonly ModuleExport[] {
  const codes = all.flatMap((each) => [each, ...each.members.values()]);
  const uses = new Set([...codes.flatMap((code) => code.uses), ...[...exports.values()].flat()]);
  const used = [...uses].flatMap((use) => {
    const { member, name } = splitUse(use);
    const imported = imports.get(name);
    return imported ? [getMember(imported, member)] : [];
  });
  return [...used, ...codes.flatMap(({ modules }) => modules)];
}

/** `Workspace` and `get` of `Workspace.get`. */
export function splitUse(use: string): { readonly name: string; readonly member: string | null } {
  const [name = '', member = null] = use.split('.', 2);
  return { name, member };
}

/** `ask` of `./chat` for a member `ask` of all of it, `Workspace.get` for one of an export. */
export function getMember({ name, specifier }: ModuleExport, member: string | null): ModuleExport {
  return { specifier, name: member === null || name === null ? (name ?? member) : `${name}.${member}` };
}

/** The exported name of `module.exports`. */
export const wholeExport = '*';
/** The name that a file uses its own exports by: `exports.ask`, `module.exports.ask`. */
export const ownExports = 'exports';

/** Begin a declaration, wherever they follow on a statement that can be over. */
const declaring =
  /^(?:abstract|async|class|const|declare|enum|export|function|import|interface|let|module|namespace|type|var)$/u;
/** Words that cannot begin a statement: they go on with the line before. */
const continuing = /^(?:as|catch|else|extends|finally|from|implements|in|instanceof|is|of|satisfies|with)$/u;
const ending = new Set([']', '++', '--']);
/** End a type or what is asserted, and are operators elsewhere. */
const typed = new Set(['>', '>>', '>>>', '!']);
const assigning = /^(?:[-%&*+/^|]|\*\*|<<|>>>?|&&|\|\||\?\?)?=$/u;
/** Begin a statement, or go on with an expression that ends in a brace. */
const ambiguous = new Set(['(', '[', '!']);
/** Have a statement behind their brackets. */
const headed = /^(?:await|for|if|while|with)$/u;
const named = /^(?:class|enum|function|interface|module|namespace|type)$/u;
const binding = /^(?:const|let|using|var)$/u;
const constant = /^(?:false|null|this|true|undefined)$/u;
/** Change their first argument. */
const changing = /^(?:assign|defaults|define(?:Properties|Property)|extend|merge|set|setPrototypeOf)$/u;
/** Methods of the promise that `import()` returns. */
const promised = /^(?:catch|finally|then)$/u;
const modifier = /^(?:abstract|async|declare|default|export)$/u;

/**
 * Null where the brackets of the text do not match, as in a component file.
 * @param mark The marks of a part of the text.
 */
export function readDeclarations(
  text: string,
  mayHoldJsx: boolean,
  mark: (part: string) => Marks,
): Declarations | null {
  const tokens = readTokens(text, mayHoldJsx);
  return tokens && new Reader(tokens, mark).read();
}

/** A declaration whose code has not been read yet: what it uses is known when all imports and names are. */
interface Draft extends Pick<Declaration, 'isLiteral' | 'names'> {
  readonly code: readonly Range[];
  readonly members: ReadonlyMap<string, readonly Range[]>;
  /** A function, a class, a type or an import: nothing else can be assigned to its name. */
  readonly isFixed: boolean;
}

const nothing = { code: [], members: new Map<string, readonly Range[]>(), isLiteral: false };

class Reader {
  readonly #tokens: Tokens;
  readonly #mark: (part: string) => Marks;
  readonly #all: Draft[] = [];
  readonly #imports = new Map<string, ModuleExport>();
  readonly #exports = new Map<string, string[]>();

  constructor(tokens: Tokens, mark: (part: string) => Marks) {
    this.#tokens = tokens;
    this.#mark = mark;
  }

  read(): Declarations {
    let from = 0;
    let others: number[] = [];
    for (let at = 1; at <= this.#tokens.all.length; at++) {
      if (at < this.#tokens.all.length && !this.#begins(from, at)) {
        if (this.#mayBegin(at)) others.push(at);
        continue;
      }
      this.#readStatement({ from, to: at });
      for (const each of others) this.#addStatement({ from: each, to: at });
      from = at;
      others = [];
    }
    for (const name of this.#imports.keys()) this.#all.push({ names: [name], isFixed: true, ...nothing });
    const known = new Map([
      ['this', true],
      [ownExports, false],
      ...this.#all.flatMap(({ isFixed, names }) => names.map((name) => [name, isFixed] as const)),
      ...this.#all.flatMap(({ isFixed, names }) => (isFixed ? [] : names.map((name) => [name, false] as const))),
    ]);
    const all = this.#all.map(({ code, isLiteral, members, names }) => ({
      names,
      isLiteral,
      members: [...members].map(([name, ranges]) => [name, this.#readCode(ranges, known)] as const),
      ...this.#readCode(code, known),
    }));
    // Copied: a part of a text that is kept would keep the whole.
    const plain = { all, imports: [...this.#imports], exports: [...this.#exports] };
    const copy = JSON.parse(JSON.stringify(plain)) as typeof plain;
    return {
      all: copy.all.map((each) => ({ ...each, members: new Map(each.members) })),
      imports: new Map(copy.imports),
      exports: new Map(copy.exports),
    };
  }

  /** Whether a statement begins at a token, and not the one that begins further up. */
  #begins(from: number, at: number): boolean {
    const token = this.#tokens.all[at];
    const before = this.#tokens.all[at - 1];
    if (!token || !before || token.depth > 0 || before.depth > 0) return false;
    if (this.#tokens.is(from, '@') && !this.#endsClass(from, at)) return false;
    if (this.#tokens.is(at - 1, ';')) return true;
    if (token.kind === 'a' ? continuing.test(token.text) : !this.#tokens.is(at, '@')) return false;
    if (this.#tokens.is(at, 'while') && this.#tokens.is(from, 'do')) return false;
    if (this.#tokens.is(at - 1, '}')) return true;
    if (!token.isFirst) return false;
    if (this.#tokens.is(at - 1, ')')) {
      const head = this.#tokens.findOpen(at - 1, from) - 1;
      return !headed.test(this.#tokens.getWord(head) ?? '') || this.#tokens.isDot(head - 1);
    }
    if (before.kind === 'o') return ending.has(before.text) || (typed.has(before.text) && declaring.test(token.text));
    const isName = this.#tokens.isDot(at - 2) || this.#tokens.areAt(at - 2, ['as', 'const']);
    return before.kind !== 'a' || !unfinished.test(before.text) || isName;
  }

  /** Whether another statement may begin at a token, where an expression may go on as well. */
  #mayBegin(at: number): boolean {
    const token = this.#tokens.all[at];
    const before = this.#tokens.all[at - 1];
    if (token?.depth !== 0 || before?.depth !== 0 || before.kind !== 'o') return false;
    if (before.text === '}') return token.kind === 's' || (token.kind === 'o' && ambiguous.has(token.text));
    return typed.has(before.text) && token.isFirst && token.kind === 'a' && !continuing.test(token.text);
  }

  /** `@Controller() export class Chat {}` is one statement. */
  #endsClass(from: number, at: number): boolean {
    return this.#tokens.is(at - 1, '}') && this.#tokens.find({ from, to: at }, 'class') !== -1;
  }

  #readStatement({ from, to }: Range): void {
    if (this.#tokens.is(from, 'import') && !this.#tokens.is(from + 1, '(') && !this.#tokens.is(from + 1, '.')) {
      this.#readImport({ from, to });
      return;
    }
    if (this.#tokens.areAt(from, ['export', '{']) || this.#tokens.areAt(from, ['export', 'type', '{'])) {
      this.#readExportList({ from, to });
      return;
    }
    if (this.#tokens.areAt(from, ['export', '*']) || this.#tokens.areAt(from, ['export', 'type', '*'])) return;
    if (this.#tokens.areAt(from, ['export', '='])) this.#readValue(wholeExport, { from: from + 2, to });
    else if (this.#tokens.areAt(from, ['Object', '.', 'defineProperty', '(', ownExports, ',']))
      this.#readDefined(from + 6, { from, to });
    else this.#readAssigned({ from, to });
  }

  // ── imports and exports ──────────────────────────────────────────────────────────────────────────────────────────

  #readImport({ from, to }: Range): void {
    const source = this.#tokens.trim({ from, to }).to - 1;
    const at = this.#tokens.find({ from, to }, 'from');
    const end = at === -1 ? source : at;
    const specifier = this.#tokens.getText(at === -1 ? this.#tokens.findString({ from, to }) : at + 1);
    const add = (local: number, name: string | null): void => {
      const word = this.#tokens.getWord(local);
      if (word !== null && specifier !== null) this.#imports.set(word, { specifier, name });
    };
    let start =
      this.#tokens.is(from + 1, 'type') && !this.#tokens.is(from + 2, 'from') && !this.#tokens.is(from + 2, ',')
        ? from + 2
        : from + 1;
    // `import fs = require('fs')`, `import Message = messages.Message`
    if (this.#tokens.is(start + 1, '=')) {
      if (this.#getRequired(start + 2) === null) this.#readDeclaration({ from, to });
      else add(start, null);
      return;
    }
    if (this.#tokens.getWord(start) !== null) {
      add(start, 'default');
      start += 2;
    }
    if (this.#tokens.is(start, '*')) add(start + 2, null);
    else for (const { local, name } of this.#readNames({ from: start + 1, to: end })) add(local, name);
  }

  /** `a, type b, c as d` in braces. */
  #readNames({
    from,
    to,
  }: Range): readonly { readonly local: number; readonly name: string; readonly alias: string }[] {
    return this.#tokens.split({ from, to }, 1).flatMap((part) => {
      const isType =
        this.#tokens.is(part.from, 'type') && part.to - part.from > 1 && !this.#tokens.is(part.from + 1, 'as');
      const first = isType ? part.from + 1 : part.from;
      const name = this.#tokens.getText(first);
      const local = this.#tokens.is(first + 1, 'as') ? first + 2 : first;
      const alias = this.#tokens.getText(local);
      return name === null || alias === null ? [] : [{ local, name, alias }];
    });
  }

  #readExportList({ from, to }: Range): void {
    if (this.#tokens.find({ from, to }, 'from') !== -1) return;
    const open = this.#tokens.is(from + 1, '{') ? from + 1 : from + 2;
    for (const { alias, name } of this.#readNames({ from: open + 1, to: this.#tokens.findClose(open) }))
      this.#export(alias, name);
  }

  #export(name: string, local: string): void {
    const locals = this.#exports.get(name);
    if (locals) locals.push(local);
    else this.#exports.set(name, [local]);
  }

  /** `exports.ask = …`, `exports = module.exports = …` */
  #readAssigned({ from, to }: Range): void {
    const exported: string[] = [];
    let at = from;
    for (;;) {
      const start = this.#tokens.areAt(at, ['module', '.']) ? at + 2 : at;
      const name = this.#tokens.isDot(start + 1) ? this.#tokens.getWord(start + 2) : wholeExport;
      const end = name === wholeExport ? start + 1 : start + 3;
      if (!this.#tokens.is(start, ownExports) || name === null || !this.#tokens.is(end, '=')) break;
      exported.push(name);
      at = end + 1;
    }
    for (const name of exported) this.#readValue(name, { from: at, to });
    if (exported.length === 0) this.#readDeclaration({ from, to });
  }

  /** `Object.defineProperty(exports, 'ask', { … })` */
  #readDefined(at: number, { from, to }: Range): void {
    const name = this.#tokens.all[at]?.kind === 's' ? this.#tokens.getText(at) : null;
    if (name === null) this.#readDeclaration({ from, to });
    else this.#readValue(name, { from: at + 1, to });
  }

  /** `module.exports = Chat`, `export default { ask }` */
  #readValue(exported: string, { from, to }: Range): void {
    const { to: end } = this.#tokens.trim({ from, to });
    const word = end - from === 1 ? this.#tokens.getWord(from) : null;
    const alias = word !== null && constant.test(word) ? null : word;
    const local = alias ?? `*${exported}`;
    this.#export(exported, local);
    if (alias !== null) return;
    const parts = this.#readObject({ from, to });
    this.#all.push({ names: [local], isFixed: false, isLiteral: false, ...parts });
    if (exported === wholeExport) this.#readAliases(parts.members);
  }

  /** `{ ask, say: tell }` of `module.exports`. */
  #readAliases(members: Draft['members']): void {
    for (const [name, [part, ...others]] of members) {
      const local = part && others.length === 0 ? this.#tokens.getLocal(part) : null;
      if (local !== null && !constant.test(local)) this.#export(name, local);
    }
  }

  // ── declarations ─────────────────────────────────────────────────────────────────────────────────────────────────

  #readDeclaration({ from, to }: Range): void {
    let at = this.#skipModifiers(from);
    if (this.#tokens.is(at, '@')) at = this.#skipModifiers(Math.max(at, this.#tokens.find({ from: at, to }, 'class')));
    const isExported = this.#tokens.find({ from, to: at }, 'export') !== -1;
    const isDefault = this.#tokens.find({ from, to: at }, 'default') !== -1;
    if (this.#tokens.areAt(at, ['await', 'using'])) at++;
    const isUsing = this.#tokens.is(at, 'using') && this.#tokens.getWord(at + 1) !== null;
    if (isUsing || (/^(?:const|let|var)$/u.test(this.#tokens.getWord(at) ?? '') && !this.#tokens.is(at + 1, 'enum'))) {
      this.#readVariables(isExported, { from, to }, at);
      return;
    }
    const name = this.#getDeclared({ from: at, to });
    if (isDefault && name === null) {
      this.#readValue('default', { from: at, to });
      return;
    }
    if (name === null) {
      this.#addStatement({ from, to });
      return;
    }
    if (isExported) this.#export(isDefault ? 'default' : name, name);
    this.#all.push({ ...nothing, names: [name], isFixed: true, code: [{ from, to }] });
  }

  #skipModifiers(from: number): number {
    let at = from;
    while (modifier.test(this.#tokens.getWord(at) ?? '')) at++;
    return at;
  }

  /** Of a function, a class, a type or what stands for one: `import Message = messages.Message`. */
  #getDeclared({ from, to }: Range): string | null {
    const kind = this.#tokens.is(from, 'const') ? from + 1 : from;
    const word = this.#tokens.getWord(kind) ?? '';
    const at = this.#tokens.is(kind + 1, '*') || this.#tokens.areAt(kind, ['import', 'type']) ? kind + 2 : kind + 1;
    const name = at < to ? this.#tokens.getWord(at) : null;
    if (word === 'import') return this.#tokens.is(at + 1, '=') ? name : null;
    return named.test(word) && !continuing.test(name ?? '') ? name : null;
  }

  /** A statement, and the variables and functions in its blocks: they may be used outside. */
  #addStatement({ from, to }: Range): void {
    this.#all.push({ ...nothing, names: [], isFixed: false, code: [{ from, to }] });
    const names: string[] = [];
    for (let at = from; at < to; at++) {
      const depth = this.#tokens.all[at]?.depth ?? 0;
      if (this.#tokens.is(at, 'var') && !this.#tokens.isDot(at - 1))
        names.push(...this.#readBound({ from: at + 1, to }, depth));
      else if (this.#tokens.is(at, 'function') && depth > 0) names.push(this.#tokens.getWord(at + 1) ?? '');
    }
    if (names.length > 0) this.#all.push({ names, isFixed: false, ...nothing });
  }

  /** `a = 1, { b, c: [d] } = e` */
  #readBound(range: Range, depth: number): readonly string[] {
    let to = range.from;
    while (to < range.to && this.#isWithin(to, depth)) to++;
    return this.#tokens.split({ from: range.from, to }, depth).flatMap((part) => {
      const isPattern = this.#tokens.is(part.from, '{') || this.#tokens.is(part.from, '[');
      const end = isPattern ? this.#tokens.findClose(part.from) + 1 : part.from + 1;
      const next = this.#tokens.all[end];
      // `B>` of `const a: Map<A, B> = …` is no variable.
      if (end < part.to && next?.text.startsWith('>') === true) return [];
      return this.#tokens.all.slice(part.from, end).flatMap(({ kind, text }) => (kind === 'a' ? text : []));
    });
  }

  /** Whether a token belongs to a statement within so many brackets. */
  #isWithin(at: number, depth: number): boolean {
    const found = this.#tokens.all[at]?.depth ?? 0;
    return found > depth || (found === depth && !this.#tokens.is(at, ';'));
  }

  #readVariables(isExported: boolean, { from, to }: Range, keyword: number): void {
    if (!isExported && this.#readRequired({ from: keyword + 1, to }, this.#tokens.is(keyword, 'const'))) return;
    const names = this.#readBound({ from: keyword + 1, to }, 0);
    for (const name of isExported ? names : []) this.#export(name, name);
    const value = this.#tokens.find({ from: keyword, to }, '=') + 1;
    const isPlain = names.length === 1 && value > 0 && this.#tokens.getWord(keyword + 1) !== null;
    const isFunction = isPlain && this.#tokens.is(keyword, 'const') && this.#isFunction({ from: value, to });
    const parts =
      isPlain && !isFunction ? this.#readObject({ from: keyword + 2, to }) : { ...nothing, code: [{ from, to }] };
    const isLiteral = isPlain && this.#isLiteral({ from: value, to });
    this.#all.push({ ...parts, names, isFixed: isFunction, isLiteral });
  }

  #isLiteral({ from, to }: Range): boolean {
    const first = this.#tokens.all[from];
    if (!first || first.kind === 'a' || (first.kind === 'o' && !opening.has(first.text))) return false;
    for (let at = from; at < to; at++) if (this.#tokens.is(at, '(')) return false;
    return true;
  }

  #isFunction({ from, to }: Range): boolean {
    const start = this.#tokens.is(from, 'async') ? from + 1 : from;
    return (
      this.#tokens.is(start, 'function') ||
      this.#tokens.is(start, 'class') ||
      (this.#tokens.find({ from, to }, '=>') !== -1 &&
        (this.#tokens.is(start, '(') || this.#tokens.is(start, '<') || this.#tokens.is(start + 1, '=>')))
    );
  }

  /** `const { ask, tell: say } = require('./chat')` */
  #readRequired({ from, to }: Range, isFixed: boolean): boolean {
    const close = this.#tokens.is(from, '{') ? this.#tokens.findClose(from) : from;
    const isAwaited = this.#tokens.is(close + 2, 'await');
    const call = isAwaited ? close + 3 : close + 2;
    const isPromise = this.#tokens.is(call, 'import') && !isAwaited;
    const specifier = this.#tokens.is(close + 1, '=') && !isPromise ? this.#getRequired(call) : null;
    const { to: end } = this.#tokens.trim({ from, to });
    const member = this.#tokens.is(call + 4, '.') && end === call + 6 ? this.#tokens.getWord(call + 5) : null;
    if (specifier === null || (end !== call + 4 && member === null)) return false;
    const add = (local: string, name: string | null): void => {
      this.#imports.set(local, { specifier, name });
      if (!isFixed) this.#all.push({ names: [local], isFixed, ...nothing });
    };
    if (close === from) {
      add(this.#tokens.getWord(from) ?? '', member);
      return true;
    }
    const parts = this.#tokens.split({ from: from + 1, to: close }, 1);
    const isPlain = member === null && parts.every((part) => this.#tokens.getLocal(part) !== null);
    if (!isPlain) return false;
    for (const part of parts) add(this.#tokens.getLocal(part) ?? '', this.#tokens.getText(part.from));
    return true;
  }

  /** The module of `require('./chat')` or `import('./chat')`; null for anything else. */
  #getRequired(at: number): string | null {
    const isCall =
      (this.#tokens.areAt(at, ['require', '(']) || this.#tokens.areAt(at, ['import', '('])) &&
      (this.#tokens.is(at + 3, ')') || this.#tokens.is(at + 3, ','));
    return isCall && this.#tokens.all[at + 2]?.kind === 's' ? this.#tokens.getText(at + 2) : null;
  }

  // ── code ─────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** The code of a declaration, with that of its members apart where its value is an object and nothing else. */
  #readObject({ from, to }: Range): Pick<Draft, 'code' | 'members'> {
    const members = new Map<string, Range[]>();
    const open = this.#tokens.is(from, '{') ? from : this.#tokens.find({ from, to }, '=') + 1;
    const { to: end } = this.#tokens.trim({ from, to });
    if (!this.#tokens.is(open, '{') || this.#tokens.findClose(open) !== end - 1)
      return { code: [{ from, to }], members };
    const code: Range[] = [{ from, to: open }];
    for (const part of this.#tokens.split({ from: open + 1, to: end - 1 }, 1)) {
      const name = this.#getKey(part);
      // What is spread, or has a computed name, may replace what stands before it.
      const replaced = name === null ? [...members.values()] : [members.get(name) ?? []];
      for (const ranges of replaced) ranges.push(part);
      if (name === null) code.push(part);
      else members.set(name, members.get(name) ?? [part]);
    }
    return { code, members };
  }

  #getKey({ from, to }: Range): string | null {
    let at = from;
    while (
      at < to - 1 &&
      (this.#tokens.is(at, '*') ||
        (/^(?:async|get|set)$/u.test(this.#tokens.getWord(at) ?? '') &&
          !/^[(,:]$/u.test(this.#tokens.all[at + 1]?.text ?? '')))
    )
      at++;
    const token = this.#tokens.all[at];
    return token?.kind === 'a' || token?.kind === 's' ? this.#tokens.getText(at) : null;
  }

  /** @param known The names, and whether nothing else can be assigned to them. */
  #readCode(ranges: readonly Range[], known: ReadonlyMap<string, boolean>): Code {
    const uses = new Set<string>();
    const changes = new Set<string>();
    const modules: ModuleExport[] = [];
    for (const { from, to } of ranges) {
      for (let at = from; at < to; at++) {
        const word = this.#tokens.getWord(at);
        if (word === null && this.#tokens.is(at + 1, '='))
          for (const name of this.#findReplaced(from, at)) changes.add(name);
        if (word === null || (this.#tokens.isDot(at - 1) && !this.#isOwnExports(at))) continue;
        if (word === 'require' || word === 'import') modules.push(...this.#readModules(from, at));
        const isFixed = this.#isKey(at) ? undefined : known.get(word);
        if (isFixed === undefined) continue;
        const use = this.#readUse(word, at);
        uses.add(use);
        if (this.#isChanged(at, isFixed)) changes.add(word === ownExports ? use : word);
      }
    }
    const text = ranges.map((range) => this.#tokens.getSource(range)).join('\n');
    const changed = [...changes].filter((each) => known.has(each) || each.startsWith(`${ownExports}.`));
    return { uses: [...uses], changes: changed, modules, has: this.#mark(text) };
  }

  /** `module.exports` */
  #isOwnExports(at: number): boolean {
    return this.#tokens.areAt(at - 2, ['module', '.', ownExports]);
  }

  /** `exports` of `@Module({ exports: [Chat] })` is not that of the file. */
  #isKey(at: number): boolean {
    return this.#tokens.is(at, ownExports) && this.#tokens.is(at + 1, ':') && !this.#tokens.is(at - 1, '?');
  }

  /** The words of a pattern that is assigned to: `[model, tools] = …`. */
  #findReplaced(from: number, at: number): readonly string[] {
    if (!this.#tokens.is(at, ']') && !this.#tokens.is(at, '}')) return [];
    const open = this.#tokens.findOpen(at, from);
    const before = this.#tokens.all[open - 1];
    const isPattern =
      !before || (before.kind === 'o' && !/^[)\]]$/u.test(before.text)) || this.#tokens.all[open]?.isFirst;
    if (open === -1 || isPattern !== true) return [];
    return this.#tokens.all.slice(open, at).flatMap(({ kind, text }) => (kind === 'a' ? text : []));
  }

  /** `Workspace.get` */
  #readUse(name: string, at: number): string {
    const member = this.#tokens.isDot(at + 1) ? this.#tokens.getWord(at + 2) : null;
    return member === null ? name : `${name}.${member}`;
  }

  /** `models.gpt = …`, `models[key] = …`, `models.add(…)`, `fill(models)` */
  #isChanged(at: number, isFixed: boolean): boolean {
    const isFirst = this.#tokens.is(at - 1, '(');
    const isLast = this.#tokens.is(at + 1, ')');
    if (isFirst && changing.test(this.#tokens.getWord(at - 2) ?? '') && this.#tokens.is(at + 1, ',')) return true;
    if (!isFixed && (isFirst || this.#tokens.is(at - 1, ',')) && (isLast || this.#tokens.is(at + 1, ','))) return true;
    // `const a: Model = …`, `const b: Model['kind'] = …`
    if (isFixed && !this.#tokens.isDot(at + 1)) return false;
    let end = at + 1;
    let last: string | null = null;
    while (this.#tokens.isDot(end) || this.#tokens.is(end, '!') || this.#tokens.is(end, '[')) {
      if (this.#tokens.isDot(end)) last = this.#tokens.getWord(end + 1);
      end = this.#tokens.is(end, '[')
        ? this.#tokens.findClose(end) + 1
        : end + (this.#tokens.isDot(end) && !this.#tokens.is(end + 1, '[') ? 2 : 1);
    }
    const next = this.#tokens.all[end];
    if (next?.kind !== 'o') return false;
    return assigning.test(next.text) || (next.text === '(' && last !== null && (!isFixed || mutatingMethods.has(last)));
  }

  /** What `require('./chat').ask` and `const { ask } = await import('./chat')` take of a module. */
  #readModules(from: number, at: number): readonly ModuleExport[] {
    const specifier = this.#getRequired(at);
    if (specifier === null) return [];
    const member = this.#tokens.is(at + 4, '.') ? this.#tokens.getWord(at + 5) : null;
    if (member !== null) return [{ specifier, name: promised.test(member) ? null : member }];
    const before = this.#tokens.is(at - 1, 'await') ? at - 2 : at - 1;
    const isAssigned =
      this.#tokens.is(before, '=') && this.#tokens.is(before - 1, '}') && !this.#tokens.areAt(at - 1, ['=', 'import']);
    const brace = isAssigned ? this.#tokens.findOpen(before - 1, from) : -1;
    // That of a type does not show all that is used.
    const open = binding.test(this.#tokens.getWord(brace - 1) ?? '') || this.#tokens.is(brace - 1, '(') ? brace : -1;
    const names =
      open === -1
        ? []
        : this.#tokens
            .split({ from: open + 1, to: before - 1 }, (this.#tokens.all[open]?.depth ?? 0) + 1)
            .map((part) => (this.#tokens.is(part.from, '...') ? null : this.#tokens.getText(part.from)));
    return names.length === 0 ? [{ specifier, name: null }] : names.map((name) => ({ specifier, name }));
  }
}
