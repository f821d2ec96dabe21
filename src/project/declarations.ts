import jsTokens from 'js-tokens';
import { mutatingMethods } from '../facts/pure.ts';
import type { Marks, ModuleExport } from './summary.ts';

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
/** Words that a statement cannot end with. */
const unfinished =
  /^(?:as|async|await|case|class|const|default|delete|do|else|export|extends|from|function|implements|import|in|infer|instanceof|keyof|let|new|of|readonly|return|satisfies|throw|typeof|var|yield)$/u;
const ending = new Set([']', '++', '--']);
/** End a type or what is asserted, and are operators elsewhere. */
const typed = new Set(['>', '>>', '>>>', '!']);
const opening = new Set(['(', '[', '{', '${']);
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

interface Token {
  readonly text: string;
  /** `a`: a name or a word; `s`: a string; `o`: an operator or a bracket; `x`: anything else. */
  readonly kind: 'a' | 'o' | 's' | 'x';
  readonly start: number;
  /** Whether it is the first of its line. */
  readonly isFirst: boolean;
  /** How many brackets are open around it; the tag of an element counts for its names. */
  readonly depth: number;
}

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
  return tokens && new Reader(text, tokens, mark).read();
}

function readTokens(text: string, mayHoldJsx: boolean): readonly Token[] | null {
  const tokens: Token[] = [];
  let start = 0;
  let isFirst = true;
  let depth = 0;
  const add = (value: string, kind: Token['kind'], at = start): void => {
    if (kind === 'o' && (value === ')' || value === ']' || value === '}')) depth--;
    tokens.push({ text: value, kind, start: at, isFirst, depth });
    if (opening.has(value) && kind === 'o') depth++;
    isFirst = false;
  };
  // What stands behind a type parameter that looks like a tag is read as text up to the end, and so is the semicolon.
  const whole = `${text}\n;`;
  for (const token of mayHoldJsx ? jsTokens(whole, { jsx: true }) : jsTokens(whole)) {
    const { type, value } = token;
    if ('closed' in token && !token.closed) return null;
    switch (type) {
      case 'WhiteSpace':
      case 'SingleLineComment':
      case 'HashbangComment':
        break;
      case 'LineTerminatorSequence':
        isFirst = true;
        break;
      case 'MultiLineComment':
        isFirst ||= value.includes('\n');
        break;
      case 'IdentifierName':
        add(value, 'a');
        break;
      case 'JSXIdentifier':
        depth++;
        add(value, 'a');
        depth--;
        break;
      case 'StringLiteral':
      case 'NoSubstitutionTemplate':
        add(value, 's');
        break;
      case 'Punctuator':
        add(value, 'o');
        break;
      case 'JSXPunctuator':
        add(value, value === '>' ? 'x' : 'o');
        break;
      case 'JSXText':
        break;
      case 'TemplateHead':
        add('${', 'o');
        break;
      case 'TemplateMiddle':
        add('}', 'o');
        add('${', 'o');
        break;
      case 'TemplateTail':
        add('}', 'o');
        add('`', 'x');
        break;
      case 'RegularExpressionLiteral':
        if (followsAssertion(tokens)) return null;
        add(value, 'x');
        break;
      default:
        add(value, 'x');
    }
    if (depth < 0) return null;
    start += value.length;
  }
  const last = tokens.pop();
  return depth === 0 && last?.text === ';' && last.kind === 'o' ? tokens : null;
}

/** `count! / total`: what looks like a regular expression divides. */
function followsAssertion(tokens: readonly Token[]): boolean {
  const before = tokens.at(-2);
  if (tokens.at(-1)?.text !== '!' || !before) return false;
  return before.kind === 'a' ? !unfinished.test(before.text) : before.text === ')' || before.text === ']';
}

/** From the first token of a part to the one behind its last. */
interface Range {
  readonly from: number;
  readonly to: number;
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
  readonly #text: string;
  readonly #tokens: readonly Token[];
  readonly #mark: (part: string) => Marks;
  readonly #all: Draft[] = [];
  readonly #imports = new Map<string, ModuleExport>();
  readonly #exports = new Map<string, string[]>();

  constructor(text: string, tokens: readonly Token[], mark: (part: string) => Marks) {
    this.#text = text;
    this.#tokens = tokens;
    this.#mark = mark;
  }

  read(): Declarations {
    let from = 0;
    let others: number[] = [];
    for (let at = 1; at <= this.#tokens.length; at++) {
      if (at < this.#tokens.length && !this.#begins(from, at)) {
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
    const token = this.#tokens[at];
    const before = this.#tokens[at - 1];
    if (!token || !before || token.depth > 0 || before.depth > 0) return false;
    if (this.#is(from, '@') && !this.#endsClass(from, at)) return false;
    if (this.#is(at - 1, ';')) return true;
    if (token.kind === 'a' ? continuing.test(token.text) : !this.#is(at, '@')) return false;
    if (this.#is(at, 'while') && this.#is(from, 'do')) return false;
    if (this.#is(at - 1, '}')) return true;
    if (!token.isFirst) return false;
    if (this.#is(at - 1, ')')) {
      const head = this.#findOpen(at - 1, from) - 1;
      return !headed.test(this.#getWord(head) ?? '') || this.#isDot(head - 1);
    }
    if (before.kind === 'o') return ending.has(before.text) || (typed.has(before.text) && declaring.test(token.text));
    const isName = this.#isDot(at - 2) || this.#areAt(at - 2, ['as', 'const']);
    return before.kind !== 'a' || !unfinished.test(before.text) || isName;
  }

  /** Whether another statement may begin at a token, where an expression may go on as well. */
  #mayBegin(at: number): boolean {
    const token = this.#tokens[at];
    const before = this.#tokens[at - 1];
    if (token?.depth !== 0 || before?.depth !== 0 || before.kind !== 'o') return false;
    if (before.text === '}') return token.kind === 's' || (token.kind === 'o' && ambiguous.has(token.text));
    return typed.has(before.text) && token.isFirst && token.kind === 'a' && !continuing.test(token.text);
  }

  /** `@Controller() export class Chat {}` is one statement. */
  #endsClass(from: number, at: number): boolean {
    return this.#is(at - 1, '}') && this.#find({ from, to: at }, 'class') !== -1;
  }

  #is(at: number, text: string): boolean {
    const token = this.#tokens[at];
    return token?.text === text && token.kind !== 's';
  }

  #areAt(at: number, texts: readonly string[]): boolean {
    return texts.every((text, index) => this.#is(at + index, text));
  }

  #getWord(at: number): string | null {
    const token = this.#tokens[at];
    return token?.kind === 'a' ? token.text : null;
  }

  /** Of a word outside brackets; -1 where it is not there. */
  #find({ from, to }: Range, word: string): number {
    for (let at = from; at < to; at++) if (this.#is(at, word) && this.#tokens[at]?.depth === 0) return at;
    return -1;
  }

  #readStatement({ from, to }: Range): void {
    if (this.#is(from, 'import') && !this.#is(from + 1, '(') && !this.#is(from + 1, '.')) {
      this.#readImport({ from, to });
      return;
    }
    if (this.#areAt(from, ['export', '{']) || this.#areAt(from, ['export', 'type', '{'])) {
      this.#readExportList({ from, to });
      return;
    }
    if (this.#areAt(from, ['export', '*']) || this.#areAt(from, ['export', 'type', '*'])) return;
    if (this.#areAt(from, ['export', '='])) this.#readValue(wholeExport, { from: from + 2, to });
    else if (this.#areAt(from, ['Object', '.', 'defineProperty', '(', ownExports, ',']))
      this.#readDefined(from + 6, { from, to });
    else this.#readAssigned({ from, to });
  }

  // ── imports and exports ──────────────────────────────────────────────────────────────────────────────────────────

  #readImport({ from, to }: Range): void {
    const source = this.#tokens[to - 1]?.text === ';' ? to - 2 : to - 1;
    const at = this.#find({ from, to }, 'from');
    const end = at === -1 ? source : at;
    const specifier = this.#getText(at === -1 ? this.#findString({ from, to }) : at + 1);
    const add = (local: number, name: string | null): void => {
      const word = this.#getWord(local);
      if (word !== null && specifier !== null) this.#imports.set(word, { specifier, name });
    };
    let start =
      this.#is(from + 1, 'type') && !this.#is(from + 2, 'from') && !this.#is(from + 2, ',') ? from + 2 : from + 1;
    // `import fs = require('fs')`, `import Message = messages.Message`
    if (this.#is(start + 1, '=')) {
      if (this.#getRequired(start + 2) === null) this.#readDeclaration({ from, to });
      else add(start, null);
      return;
    }
    if (this.#getWord(start) !== null) {
      add(start, 'default');
      start += 2;
    }
    if (this.#is(start, '*')) add(start + 2, null);
    else for (const { local, name } of this.#readNames({ from: start + 1, to: end })) add(local, name);
  }

  /** `a, type b, c as d` in braces. */
  #readNames({
    from,
    to,
  }: Range): readonly { readonly local: number; readonly name: string; readonly alias: string }[] {
    return this.#split({ from, to }, 1).flatMap((part) => {
      const isType = this.#is(part.from, 'type') && part.to - part.from > 1 && !this.#is(part.from + 1, 'as');
      const first = isType ? part.from + 1 : part.from;
      const name = this.#getText(first);
      const local = this.#is(first + 1, 'as') ? first + 2 : first;
      const alias = this.#getText(local);
      return name === null || alias === null ? [] : [{ local, name, alias }];
    });
  }

  #readExportList({ from, to }: Range): void {
    if (this.#find({ from, to }, 'from') !== -1) return;
    const open = this.#is(from + 1, '{') ? from + 1 : from + 2;
    for (const { alias, name } of this.#readNames({ from: open + 1, to: this.#findClose(open) }))
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
      const start = this.#areAt(at, ['module', '.']) ? at + 2 : at;
      const name = this.#isDot(start + 1) ? this.#getWord(start + 2) : wholeExport;
      const end = name === wholeExport ? start + 1 : start + 3;
      if (!this.#is(start, ownExports) || name === null || !this.#is(end, '=')) break;
      exported.push(name);
      at = end + 1;
    }
    for (const name of exported) this.#readValue(name, { from: at, to });
    if (exported.length === 0) this.#readDeclaration({ from, to });
  }

  /** `Object.defineProperty(exports, 'ask', { … })` */
  #readDefined(at: number, { from, to }: Range): void {
    const name = this.#tokens[at]?.kind === 's' ? this.#getText(at) : null;
    if (name === null) this.#readDeclaration({ from, to });
    else this.#readValue(name, { from: at + 1, to });
  }

  /** `module.exports = Chat`, `export default { ask }` */
  #readValue(exported: string, { from, to }: Range): void {
    const end = this.#is(to - 1, ';') ? to - 1 : to;
    const word = end - from === 1 ? this.#getWord(from) : null;
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
      const local = part && others.length === 0 ? this.#getWord(part.to - 1) : null;
      const isAlias =
        part && (part.to - part.from === 1 || (part.to - part.from === 3 && this.#is(part.from + 1, ':')));
      if (isAlias === true && local !== null && !constant.test(local)) this.#export(name, local);
    }
  }

  // ── declarations ─────────────────────────────────────────────────────────────────────────────────────────────────

  #readDeclaration({ from, to }: Range): void {
    let at = this.#skipModifiers(from);
    if (this.#is(at, '@')) at = this.#skipModifiers(Math.max(at, this.#find({ from: at, to }, 'class')));
    const isExported = this.#find({ from, to: at }, 'export') !== -1;
    const isDefault = this.#find({ from, to: at }, 'default') !== -1;
    if (this.#areAt(at, ['await', 'using'])) at++;
    const isUsing = this.#is(at, 'using') && this.#getWord(at + 1) !== null;
    if (isUsing || (/^(?:const|let|var)$/u.test(this.#getWord(at) ?? '') && !this.#is(at + 1, 'enum'))) {
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
    while (modifier.test(this.#getWord(at) ?? '')) at++;
    return at;
  }

  /** Of a function, a class, a type or what stands for one: `import Message = messages.Message`. */
  #getDeclared({ from, to }: Range): string | null {
    const kind = this.#is(from, 'const') ? from + 1 : from;
    const word = this.#getWord(kind) ?? '';
    const at = this.#is(kind + 1, '*') || this.#areAt(kind, ['import', 'type']) ? kind + 2 : kind + 1;
    const name = at < to ? this.#getWord(at) : null;
    if (word === 'import') return this.#is(at + 1, '=') ? name : null;
    return named.test(word) && !continuing.test(name ?? '') ? name : null;
  }

  /** A statement, and the variables and functions in its blocks: they may be used outside. */
  #addStatement({ from, to }: Range): void {
    this.#all.push({ ...nothing, names: [], isFixed: false, code: [{ from, to }] });
    const names: string[] = [];
    for (let at = from; at < to; at++) {
      const depth = this.#tokens[at]?.depth ?? 0;
      if (this.#is(at, 'var') && !this.#isDot(at - 1)) names.push(...this.#readBound({ from: at + 1, to }, depth));
      else if (this.#is(at, 'function') && depth > 0) names.push(this.#getWord(at + 1) ?? '');
    }
    if (names.length > 0) this.#all.push({ names, isFixed: false, ...nothing });
  }

  /** `a = 1, { b, c: [d] } = e` */
  #readBound(range: Range, depth: number): readonly string[] {
    let to = range.from;
    while (to < range.to && this.#isWithin(to, depth)) to++;
    return this.#split({ from: range.from, to }, depth).flatMap((part) => {
      const isPattern = this.#is(part.from, '{') || this.#is(part.from, '[');
      const end = isPattern ? this.#findClose(part.from) + 1 : part.from + 1;
      const next = this.#tokens[end];
      // `B>` of `const a: Map<A, B> = …` is no variable.
      if (end < part.to && next?.text.startsWith('>') === true) return [];
      return this.#tokens.slice(part.from, end).flatMap(({ kind, text }) => (kind === 'a' ? text : []));
    });
  }

  /** Whether a token belongs to a statement within so many brackets. */
  #isWithin(at: number, depth: number): boolean {
    const found = this.#tokens[at]?.depth ?? 0;
    return found > depth || (found === depth && !this.#is(at, ';'));
  }

  #readVariables(isExported: boolean, { from, to }: Range, keyword: number): void {
    if (!isExported && this.#readRequired({ from: keyword + 1, to }, this.#is(keyword, 'const'))) return;
    const names = this.#readBound({ from: keyword + 1, to }, 0);
    for (const name of isExported ? names : []) this.#export(name, name);
    const value = this.#find({ from: keyword, to }, '=') + 1;
    const isPlain = names.length === 1 && value > 0 && this.#getWord(keyword + 1) !== null;
    const isFunction = isPlain && this.#is(keyword, 'const') && this.#isFunction({ from: value, to });
    const parts =
      isPlain && !isFunction ? this.#readObject({ from: keyword + 2, to }) : { ...nothing, code: [{ from, to }] };
    const isLiteral = isPlain && this.#isLiteral({ from: value, to });
    this.#all.push({ ...parts, names, isFixed: isFunction, isLiteral });
  }

  #isLiteral({ from, to }: Range): boolean {
    const first = this.#tokens[from];
    if (!first || first.kind === 'a' || (first.kind === 'o' && !opening.has(first.text))) return false;
    for (let at = from; at < to; at++) if (this.#is(at, '(')) return false;
    return true;
  }

  #isFunction({ from, to }: Range): boolean {
    const start = this.#is(from, 'async') ? from + 1 : from;
    return (
      this.#is(start, 'function') ||
      this.#is(start, 'class') ||
      (this.#find({ from, to }, '=>') !== -1 &&
        (this.#is(start, '(') || this.#is(start, '<') || this.#is(start + 1, '=>')))
    );
  }

  /** `const { ask, tell: say } = require('./chat')` */
  #readRequired({ from, to }: Range, isFixed: boolean): boolean {
    const close = this.#is(from, '{') ? this.#findClose(from) : from;
    const isAwaited = this.#is(close + 2, 'await');
    const call = isAwaited ? close + 3 : close + 2;
    const isPromise = this.#is(call, 'import') && !isAwaited;
    const specifier = this.#is(close + 1, '=') && !isPromise ? this.#getRequired(call) : null;
    const end = this.#is(to - 1, ';') ? to - 1 : to;
    const member = this.#is(call + 4, '.') && end === call + 6 ? this.#getWord(call + 5) : null;
    if (specifier === null || (end !== call + 4 && member === null)) return false;
    const add = (local: string, name: string | null): void => {
      this.#imports.set(local, { specifier, name });
      if (!isFixed) this.#all.push({ names: [local], isFixed, ...nothing });
    };
    if (close === from) {
      add(this.#getWord(from) ?? '', member);
      return true;
    }
    const parts = this.#split({ from: from + 1, to: close }, 1);
    const isPlain =
      member === null &&
      parts.every(
        (part) =>
          part.to - part.from === 1 ||
          (part.to - part.from === 3 && this.#is(part.from + 1, ':') && this.#getWord(part.from + 2) !== null),
      );
    if (!isPlain) return false;
    for (const part of parts) add(this.#getWord(part.to - 1) ?? '', this.#getText(part.from));
    return true;
  }

  /** The module of `require('./chat')` or `import('./chat')`; null for anything else. */
  #getRequired(at: number): string | null {
    const isCall =
      (this.#areAt(at, ['require', '(']) || this.#areAt(at, ['import', '('])) &&
      (this.#is(at + 3, ')') || this.#is(at + 3, ','));
    return isCall && this.#tokens[at + 2]?.kind === 's' ? this.#getText(at + 2) : null;
  }

  // ── code ─────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** The code of a declaration, with that of its members apart where its value is an object and nothing else. */
  #readObject({ from, to }: Range): Pick<Draft, 'code' | 'members'> {
    const members = new Map<string, Range[]>();
    const open = this.#is(from, '{') ? from : this.#find({ from, to }, '=') + 1;
    const end = this.#is(to - 1, ';') ? to - 1 : to;
    if (!this.#is(open, '{') || this.#findClose(open) !== end - 1) return { code: [{ from, to }], members };
    const code: Range[] = [{ from, to: open }];
    for (const part of this.#split({ from: open + 1, to: end - 1 }, 1)) {
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
      (this.#is(at, '*') ||
        (/^(?:async|get|set)$/u.test(this.#getWord(at) ?? '') && !/^[(,:]$/u.test(this.#tokens[at + 1]?.text ?? '')))
    )
      at++;
    const token = this.#tokens[at];
    return token?.kind === 'a' || token?.kind === 's' ? this.#getText(at) : null;
  }

  /** @param known The names, and whether nothing else can be assigned to them. */
  #readCode(ranges: readonly Range[], known: ReadonlyMap<string, boolean>): Code {
    const uses = new Set<string>();
    const changes = new Set<string>();
    const modules: ModuleExport[] = [];
    for (const { from, to } of ranges) {
      for (let at = from; at < to; at++) {
        const word = this.#getWord(at);
        if (word === null && this.#is(at + 1, '=')) for (const name of this.#findReplaced(from, at)) changes.add(name);
        if (word === null || (this.#isDot(at - 1) && !this.#isOwnExports(at))) continue;
        if (word === 'require' || word === 'import') modules.push(...this.#readModules(from, at));
        const isFixed = this.#isKey(at) ? undefined : known.get(word);
        if (isFixed === undefined) continue;
        const use = this.#readUse(word, at);
        uses.add(use);
        if (this.#isChanged(at, isFixed)) changes.add(word === ownExports ? use : word);
      }
    }
    const text = ranges.map((range) => this.#getSource(range)).join('\n');
    const changed = [...changes].filter((each) => known.has(each) || each.startsWith(`${ownExports}.`));
    return { uses: [...uses], changes: changed, modules, has: this.#mark(text) };
  }

  /** `module.exports` */
  #isOwnExports(at: number): boolean {
    return this.#areAt(at - 2, ['module', '.', ownExports]);
  }

  /** `exports` of `@Module({ exports: [Chat] })` is not that of the file. */
  #isKey(at: number): boolean {
    return this.#is(at, ownExports) && this.#is(at + 1, ':') && !this.#is(at - 1, '?');
  }

  /** The words of a pattern that is assigned to: `[model, tools] = …`. */
  #findReplaced(from: number, at: number): readonly string[] {
    if (!this.#is(at, ']') && !this.#is(at, '}')) return [];
    const open = this.#findOpen(at, from);
    const before = this.#tokens[open - 1];
    const isPattern = !before || (before.kind === 'o' && !/^[)\]]$/u.test(before.text)) || this.#tokens[open]?.isFirst;
    if (open === -1 || isPattern !== true) return [];
    return this.#tokens.slice(open, at).flatMap(({ kind, text }) => (kind === 'a' ? text : []));
  }

  /** `Workspace.get` */
  #readUse(name: string, at: number): string {
    const member = this.#isDot(at + 1) ? this.#getWord(at + 2) : null;
    return member === null ? name : `${name}.${member}`;
  }

  #isDot(at: number): boolean {
    return this.#is(at, '.') || this.#is(at, '?.');
  }

  /** `models.gpt = …`, `models[key] = …`, `models.add(…)`, `fill(models)` */
  #isChanged(at: number, isFixed: boolean): boolean {
    const isFirst = this.#is(at - 1, '(');
    const isLast = this.#is(at + 1, ')');
    if (isFirst && changing.test(this.#getWord(at - 2) ?? '') && this.#is(at + 1, ',')) return true;
    if (!isFixed && (isFirst || this.#is(at - 1, ',')) && (isLast || this.#is(at + 1, ','))) return true;
    // `const a: Model = …`, `const b: Model['kind'] = …`
    if (isFixed && !this.#isDot(at + 1)) return false;
    let end = at + 1;
    let last: string | null = null;
    while (this.#isDot(end) || this.#is(end, '!') || this.#is(end, '[')) {
      if (this.#isDot(end)) last = this.#getWord(end + 1);
      end = this.#is(end, '[') ? this.#findClose(end) + 1 : end + (this.#isDot(end) && !this.#is(end + 1, '[') ? 2 : 1);
    }
    const next = this.#tokens[end];
    if (next?.kind !== 'o') return false;
    return assigning.test(next.text) || (next.text === '(' && last !== null && (!isFixed || mutatingMethods.has(last)));
  }

  /** What `require('./chat').ask` and `const { ask } = await import('./chat')` take of a module. */
  #readModules(from: number, at: number): readonly ModuleExport[] {
    const specifier = this.#getRequired(at);
    if (specifier === null) return [];
    const member = this.#is(at + 4, '.') ? this.#getWord(at + 5) : null;
    if (member !== null) return [{ specifier, name: promised.test(member) ? null : member }];
    const before = this.#is(at - 1, 'await') ? at - 2 : at - 1;
    const isAssigned = this.#is(before, '=') && this.#is(before - 1, '}') && !this.#areAt(at - 1, ['=', 'import']);
    const brace = isAssigned ? this.#findOpen(before - 1, from) : -1;
    // That of a type does not show all that is used.
    const open = binding.test(this.#getWord(brace - 1) ?? '') || this.#is(brace - 1, '(') ? brace : -1;
    const names =
      open === -1
        ? []
        : this.#split({ from: open + 1, to: before - 1 }, (this.#tokens[open]?.depth ?? 0) + 1).map((part) =>
            this.#is(part.from, '...') ? null : this.#getText(part.from),
          );
    return names.length === 0 ? [{ specifier, name: null }] : names.map((name) => ({ specifier, name }));
  }

  // ── tokens ───────────────────────────────────────────────────────────────────────────────────────────────────────

  /** The parts between commas that stand within so many brackets. */
  #split({ from, to }: Range, depth: number): readonly Range[] {
    const parts: Range[] = [];
    let start = from;
    for (let at = from; at <= to; at++) {
      if (at < to && !(this.#is(at, ',') && this.#tokens[at]?.depth === depth)) continue;
      if (at > start) parts.push({ from: start, to: at });
      start = at + 1;
    }
    return parts;
  }

  #findClose(open: number): number {
    const depth = this.#tokens[open]?.depth;
    let at = open + 1;
    while (at < this.#tokens.length && this.#tokens[at]?.depth !== depth) at++;
    return at;
  }

  #findOpen(close: number, from: number): number {
    const depth = this.#tokens[close]?.depth ?? 0;
    for (let at = close - 1; at >= from; at--) if (this.#tokens[at]?.depth === depth) return at;
    return -1;
  }

  #findString({ from, to }: Range): number {
    for (let at = from; at < to; at++) if (this.#tokens[at]?.kind === 's') return at;
    return -1;
  }

  /** A name, or what stands between quotes. */
  #getText(at: number): string | null {
    const token = this.#tokens[at];
    if (token?.kind === 'a') return token.text;
    return token?.kind === 's' ? token.text.slice(1, -1) : null;
  }

  #getSource({ from, to }: Range): string {
    const last = this.#tokens[to - 1];
    return last ? this.#text.slice(this.#tokens[from]?.start, last.start + last.text.length) : '';
  }
}
