import type { TSESTree } from '@typescript-eslint/utils';
import { fetchCarriers, fetchPatience } from '../facts/ignored-settings.ts';
import { findConstructorOption } from '../langchain/construction.ts';
import { getParts } from '../langchain/parts.ts';
import { getTraits } from '../langchain/traits.ts';
import { type LangChainFile, perFile } from '../trace/file.ts';
import { foldNumber } from '../trace/numbers.ts';
import type { LangChainValue } from '../trace/value.ts';

/**
 * Whether the calls of a model end when Node's `fetch` has waited 300 seconds for headers: not with a dispatcher or
 * `fetch` of the program, on another runtime, or where either is possible.
 */
export function talksThroughFetch(file: LangChainFile, model: LangChainValue): boolean {
  return (
    getTraits(file, model).endsWithFetch === true &&
    !changesFetch(file) &&
    fetchCarriers.every((path) => findConstructorOption(file, model, path).is === 'absent')
  );
}

/**
 * The milliseconds after which an attempt without a timeout ends by itself, Infinity where it never does; null for
 * unknown classes.
 */
export function getDefaultTimeout(file: LangChainFile, model: LangChainValue): number | null {
  const { defaultTimeout } = getTraits(file, model);
  if (defaultTimeout === undefined) return null;
  return talksThroughFetch(file, model) ? Math.min(defaultTimeout, fetchPatience.value) : defaultTimeout;
}

const changesFetch = perFile(
  (file) =>
    !file.runsOnNode() ||
    /setGlobalDispatcher|undici\.globalDispatcher|globalThis\.fetch\s*=|\bBun\.|['"]bun(?::|['"])|\bDeno\./u.test(
      file.sourceCode.text,
    ),
);

/** Whether a number of milliseconds is longer than `fetch` waits. */
export function isBeyondFetch(file: LangChainFile, time: TSESTree.Node): boolean {
  const number = foldNumber(file, time);
  return number !== null && number.value > fetchPatience.value && number.value < Infinity;
}

/** Whether `fetch` ends a request of a value before a time in milliseconds. */
export function endsBefore(file: LangChainFile, value: LangChainValue, milliseconds: number): boolean {
  return milliseconds > fetchPatience.value && getParts(value).some((part) => talksThroughFetch(file, part));
}

/** How to allow a longer wait: a sentence without its full stop. */
export function getFetchAdvice(file: LangChainFile, model: LangChainValue): string {
  const option = getTraits(file, model).fetchOptions;
  if (option === undefined) return 'Stream, or set an undici dispatcher with a longer `headersTimeout`';
  return `Set \`${option}.dispatcher\` to \`new Agent({ headersTimeout })\``;
}
