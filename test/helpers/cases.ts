import { getLocation, type Location } from './code.ts';
import type { Invalid, Valid } from './rule-tester.ts';

/**
 * Cases of `StrictRuleTester` that mark in the code where a report is expected: `⟦new ChatOpenAI()⟧`. Where several
 * reports stand in one case, the marks belong to the expectations in the order in which they open, or by number:
 * `⟦2:chain.batch(⟦1:texts⟧)⟧`.
 *
 *     silent('a limit', code`const model = new ChatOpenAI({ maxConcurrency: 5 });`),
 *     reports('no limit', code`const model = ⟦new ChatOpenAI()⟧;`, { messageId: 'unlimited', data: {…} }),
 */

/** The code of a case, with what it is linted under. */
export interface Module<Options extends readonly unknown[]> extends Pick<
  Valid<Options>,
  'filename' | 'languageOptions' | 'options' | 'settings'
> {
  readonly code: string;
}

interface Message<MessageIds extends string> {
  readonly messageId: MessageIds;
  readonly data?: Readonly<Record<string, unknown>>;
}

interface Suggestion<MessageIds extends string> extends Message<MessageIds> {
  /** The whole module after it, or the text that it replaces, which occurs once, and the new text. */
  readonly output: string | readonly [string, string];
}

export interface Expected<MessageIds extends string> extends Message<MessageIds> {
  readonly suggestions?: readonly Suggestion<MessageIds>[];
}

/** A report whose fix rewrites the module, or whose one suggestion does. */
export interface Rewriting<MessageIds extends string> extends Message<MessageIds> {
  readonly suggests?: Message<MessageIds>;
}

/** A case without a report. */
export function silent<Options extends readonly unknown[] = []>(
  name: string,
  source: string | Module<Options>,
): Valid<Options> {
  return { name, ...toModule(source) };
}

/** A case whose reports stand at the marks of its code. */
export function reports<MessageIds extends string, Options extends readonly unknown[] = []>(
  name: string,
  source: string | Module<Options>,
  ...expected: readonly Expected<MessageIds>[]
): Invalid<MessageIds, Options> {
  const module = toModule(source);
  const { code, places } = readMarks(module.code);
  if (places.length !== expected.length)
    throw new Error(`${String(places.length)} marks for ${String(expected.length)} reports in:\n${module.code}`);
  return {
    name,
    ...module,
    code,
    errors: expected.map(({ suggestions, ...message }, index) => ({
      ...message,
      ...places[index],
      ...(suggestions
        ? { suggestions: suggestions.map(({ output, ...offer }) => ({ ...offer, output: apply(output, code) })) }
        : {}),
    })),
  };
}

/** A case that the fixes of its reports, or the one suggestion of its report, turn into another text. */
export function rewrites<MessageIds extends string, Options extends readonly unknown[] = []>(
  name: string,
  before: string | Module<Options>,
  after: string,
  ...expected: readonly Rewriting<MessageIds>[]
): Invalid<MessageIds, Options> {
  const errors = expected.map(({ suggests, ...message }) => ({
    ...message,
    ...(suggests ? { suggestions: [{ ...suggests, output: after }] } : {}),
  }));
  const isFixed = expected.every(({ suggests }) => suggests === undefined);
  return { ...reports(name, before, ...errors), ...(isFixed ? { output: after } : {}) };
}

function toModule<Options extends readonly unknown[]>(source: string | Module<Options>): Module<Options> {
  return typeof source === 'string' ? { code: source } : source;
}

const MARK = /(⟦(?:\d+:)?|⟧)/u;

/** The code without its marks, and what each of them encloses. */
export function readMarks(marked: string): { readonly code: string; readonly places: readonly Location[] } {
  const found: { number: number; start: number; end: number }[] = [];
  const open: (typeof found)[number][] = [];
  let code = '';
  for (const part of marked.split(MARK)) {
    if (part.startsWith('⟦')) {
      const mark = { number: Number(part.slice(1, -1) || found.length + 1), start: code.length, end: -1 };
      found.push(mark);
      open.push(mark);
    } else if (part === '⟧') {
      const mark = open.pop();
      if (!mark) throw new Error(`A mark ends that did not begin in:\n${marked}`);
      mark.end = code.length;
    } else code += part;
  }
  if (open.length > 0) throw new Error(`A mark does not end in:\n${marked}`);
  found.sort((left, right) => left.number - right.number);
  if (found.some(({ number }, index) => number !== index + 1))
    throw new Error(`The marks are not numbered from 1 up in:\n${marked}`);
  return { code, places: found.map(({ start, end }) => getLocation(code, start, end)) };
}

function apply(output: Suggestion<string>['output'], code: string): string {
  if (typeof output === 'string') return output;
  const [from, to] = output;
  if (code.split(from).length !== 2) throw new Error(`"${from}" does not occur once in:\n${code}`);
  return code.replace(from, () => to);
}
