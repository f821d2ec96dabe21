import { expect, it } from 'vitest';
import type { ExtraHandler } from '../../src/handlers/handler.ts';
import { findHandlers } from '../../src/handlers/index.ts';
import { findMarked, parseFile, type ParseOptions } from './file.ts';

export interface HandlerCase extends Pick<ParseOptions, 'filename' | 'languageOptions'> {
  readonly name: string;
  /** A module in which `$(n)` marks a place. */
  readonly code: string;
  /** Per marked place: what runs it, as `framework: unit`. */
  readonly runs: readonly (readonly string[] | string)[];
}

/** What brings a module within reach of the rules. */
export const gate = "import { ChatOpenAI } from '@langchain/openai';\n";

/** What runs the marked places of a module, which need not name LangChain. */
export function reach(
  { code, filename = 'src/app.ts', languageOptions = {} }: Omit<HandlerCase, 'name' | 'runs'>,
  extra: readonly ExtraHandler[] = [],
): string[][] {
  const file = parseFile(`${code}\n${gate}`, { filename, languageOptions });
  return findMarked(file).map((node) =>
    findHandlers(file, node, extra).map(({ handler }) => `${handler.framework}: ${handler.unit}`),
  );
}

export function testCases(cases: readonly HandlerCase[]): void {
  for (const { name, runs, ...module } of cases) {
    it(name, () => {
      expect(reach(module)).toEqual(runs.map((run) => (typeof run === 'string' ? [run] : run)));
    });
  }
}
