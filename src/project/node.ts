import type { Stats } from 'node:fs';
import { type JsonObject, parseJson } from './json.ts';

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

/** How large a file may be that is read, in bytes: above what people write by hand. */
const maxSize = 1_000_000;

/** Whether a file is read: a regular one of a moderate size. A pipe or a device may have no end. */
export function isReadable(stats: Stats): boolean {
  return stats.isFile() && stats.size <= maxSize;
}

/** The text of a file that is readable; null when it cannot be read. */
export function readText(fs: FileSystem, file: string, size: number): string | null {
  // Files of /proc call themselves regular and empty, and may be without end.
  if (size === 0) return '';
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

/** A JSON object; null for anything else, and for what cannot be read. */
export function readJson(fs: FileSystem, file: string): JsonObject | null {
  const stats = getStats(fs, file);
  const text = stats && isReadable(stats) ? readText(fs, file, stats.size) : null;
  return text === null ? null : parseJson(text);
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

/** A folder and those above it, nearest first. */
export function* foldersUp(path: Paths, folder: string): Generator<string> {
  for (let current = folder, last = ''; current !== last; last = current, current = path.dirname(current))
    yield current;
}
