import type { LangChainFile } from '../trace/file.ts';

/** Whether types may be written into a file: its name and its parser allow them. */
export function isTypeScript({ filename, sourceCode }: LangChainFile): boolean {
  return hasTypes(filename, sourceCode.text) && 'TSTypeAnnotation' in sourceCode.visitorKeys;
}

/** By its name, or for a component, by the language of its scripts. */
function hasTypes(filename: string, text: string): boolean {
  if (/\.(?:svelte|vue)$/u.test(filename)) return /<script\s[^>]*\blang=["']?tsx?\b/u.test(text);
  return /\.(?:[cm]?tsx?|astro)$/u.test(filename);
}

/** Whether types of a file may be checked, other than those in comments: everywhere except in plain JavaScript. */
export function mayHaveTypes({ filename }: LangChainFile): boolean {
  return !/\.[cm]?jsx?$/u.test(filename);
}
