/**
 * What runs beside the plugin: nothing; nothing, and the plugin reads no other files; presets without and with types;
 * other plugins (`peers.ts`).
 */
export type Company =
  'alone' | 'alone, crossFile: false' | 'beside js + ts-eslint' | 'beside peers' | 'beside type-checked';

export interface Task {
  readonly folder: string;
  /** The path of a built plugin; null without it. */
  readonly plugin: string | null;
  readonly company: Company;
}

/** What a file has to do with LangChain. */
export type FileKind = 'imports it' | 'neither' | 'reaches it';

/** All times in milliseconds. */
export interface FileCost {
  readonly kind: FileKind;
  /** Of linting the file. */
  readonly total: number;
  readonly rules: Readonly<Record<string, number>>;
}

export interface Result {
  readonly files: Readonly<Record<string, FileCost>>;
  /** Of the whole lint, after all modules were loaded. */
  readonly cpu: number;
  /** The most that the process held, in MB. */
  readonly memory: number;
}

export const referenceRule = 'no-unused-vars';
