import jsTokens from 'js-tokens';

/** Words that a statement cannot end with. */
export const unfinished =
  /^(?:as|async|await|case|class|const|default|delete|do|else|export|extends|from|function|implements|import|in|infer|instanceof|keyof|let|new|of|readonly|return|satisfies|throw|typeof|var|yield)$/u;
export const opening = new Set(['(', '[', '{', '${']);

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

/** From the first token of a part to the one behind its last. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

export function readTokens(text: string, mayHoldJsx: boolean): Tokens | null {
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
  return depth === 0 && last?.text === ';' && last.kind === 'o' ? new Tokens(text, tokens) : null;
}

/** `count! / total`: what looks like a regular expression divides. */
function followsAssertion(tokens: readonly Token[]): boolean {
  const before = tokens.at(-2);
  if (tokens.at(-1)?.text !== '!' || !before) return false;
  return before.kind === 'a' ? !unfinished.test(before.text) : before.text === ')' || before.text === ']';
}

/** The tokens of a file, by their index. */
export class Tokens {
  readonly all: readonly Token[];
  readonly #text: string;

  constructor(text: string, all: readonly Token[]) {
    this.#text = text;
    this.all = all;
  }

  is(at: number, text: string): boolean {
    const token = this.all[at];
    return token?.text === text && token.kind !== 's';
  }

  areAt(at: number, texts: readonly string[]): boolean {
    return texts.every((text, index) => this.is(at + index, text));
  }

  getWord(at: number): string | null {
    const token = this.all[at];
    return token?.kind === 'a' ? token.text : null;
  }

  /** Of a word outside brackets; -1 where it is not there. */
  find({ from, to }: Range, word: string): number {
    for (let at = from; at < to; at++) if (this.is(at, word) && this.all[at]?.depth === 0) return at;
    return -1;
  }

  isDot(at: number): boolean {
    return this.is(at, '.') || this.is(at, '?.');
  }

  /** Without the semicolon at its end. */
  trim({ from, to }: Range): Range {
    return { from, to: this.is(to - 1, ';') ? to - 1 : to };
  }

  /** The parts between commas that stand within so many brackets. */
  split({ from, to }: Range, depth: number): readonly Range[] {
    const parts: Range[] = [];
    let start = from;
    for (let at = from; at <= to; at++) {
      if (at < to && !(this.is(at, ',') && this.all[at]?.depth === depth)) continue;
      if (at > start) parts.push({ from: start, to: at });
      start = at + 1;
    }
    return parts;
  }

  /** The local name of a property that is one or stands for one: `ask`, `ask: tell`; null for any other. */
  getLocal({ from, to }: Range): string | null {
    return to - from === 1 || (to - from === 3 && this.is(from + 1, ':')) ? this.getWord(to - 1) : null;
  }

  findClose(open: number): number {
    const depth = this.all[open]?.depth;
    let at = open + 1;
    while (at < this.all.length && this.all[at]?.depth !== depth) at++;
    return at;
  }

  findOpen(close: number, from: number): number {
    const depth = this.all[close]?.depth ?? 0;
    for (let at = close - 1; at >= from; at--) if (this.all[at]?.depth === depth) return at;
    return -1;
  }

  findString({ from, to }: Range): number {
    for (let at = from; at < to; at++) if (this.all[at]?.kind === 's') return at;
    return -1;
  }

  /** A name, or what stands between quotes. */
  getText(at: number): string | null {
    const token = this.all[at];
    if (token?.kind === 'a') return token.text;
    return token?.kind === 's' ? token.text.slice(1, -1) : null;
  }

  getSource({ from, to }: Range): string {
    const last = this.all[to - 1];
    return last ? this.#text.slice(this.all[from]?.start, last.start + last.text.length) : '';
  }
}
