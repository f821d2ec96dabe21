import type { Stats } from 'node:fs';

/** A module of Node; undefined in a browser and in older engines. */
export function getBuiltin(id: 'fs'): typeof import('node:fs') | undefined;
export function getBuiltin(id: 'path'): typeof import('node:path') | undefined;
export function getBuiltin(id: string): unknown {
  return typeof process === 'undefined'
    ? undefined
    : (process.getBuiltinModule as ((id: string) => unknown) | undefined)?.(id);
}

export type FileSystem = typeof import('node:fs');
export type Paths = typeof import('node:path');

/** The text of a file; null when it cannot be read. */
export function readText(fs: FileSystem, file: string, encoding: 'latin1' | 'utf8' = 'utf8'): string | null {
  try {
    return fs.readFileSync(file, encoding);
  } catch {
    return null;
  }
}

/** A JSON object; null for anything else, and for what cannot be read. */
export function readJson(fs: FileSystem, file: string): Readonly<Record<string, unknown>> | null {
  const text = readText(fs, file);
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Null for what is not there, and for what cannot be asked about: a name of thousands of letters, a link to itself, a
 * folder that is closed.
 */
export function getStats(fs: FileSystem, path: string): Stats | null {
  try {
    return fs.statSync(path, { throwIfNoEntry: false }) ?? null;
  } catch {
    return null;
  }
}

export function isFile(fs: FileSystem, path: string): boolean {
  return getStats(fs, path)?.isFile() ?? false;
}

/** A folder and those above it, nearest first. */
export function* foldersUp(path: Paths, folder: string): Generator<string> {
  for (let current = folder, last = ''; current !== last; last = current, current = path.dirname(current))
    yield current;
}
