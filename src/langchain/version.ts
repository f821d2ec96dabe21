import type { LangChainFile } from '../file.ts';
import { foldersUp, getBuiltin, readJson, type FileSystem } from '../project/node.ts';

/** Versions of `@langchain/core`: from `since` on, and before `before`. */
export interface VersionRange {
  readonly since?: string;
  readonly before?: string;
}

/** What is assumed where the version cannot be told: the last release of 0.3, whose behaviour 1.x kept but for what a row says. */
const assumed = '0.3.80';

const installed = new Map<string, string | null>();

/** The version of `@langchain/core` that the file runs with: the setting, else the one installed where the file would find it; null when neither can be told. */
export function getVersion(file: LangChainFile): string | null {
  return file.settings.version ?? findInstalled(file.filename);
}

export function isInRange(version: string | null, { since, before }: VersionRange): boolean {
  const actual = version ?? assumed;
  return (since === undefined || compare(actual, since) >= 0) && (before === undefined || compare(actual, before) < 0);
}

function compare(left: string, right: string): number {
  const [leftParts, rightParts] = [left, right].map((version) => (version.split('-', 1)[0] ?? '').split('.').map(Number));
  for (let index = 0; index < 3; index++) {
    const difference = (leftParts?.[index] ?? 0) - (rightParts?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Node's look-up: `node_modules` in the file's folder and in each folder above it. */
function findInstalled(filename: string): string | null {
  const path = getBuiltin('path');
  const fs = getBuiltin('fs');
  if (!path || !fs || !path.isAbsolute(filename)) return null;
  const visited: string[] = [];
  let found: string | null = null;
  for (const folder of foldersUp(path, path.dirname(filename))) {
    const remembered = installed.get(folder);
    if (remembered !== undefined) {
      found = remembered;
      break;
    }
    visited.push(folder);
    found = readVersion(fs, path.join(folder, 'node_modules', '@langchain', 'core', 'package.json'));
    if (found !== null) break;
  }
  for (const folder of visited) installed.set(folder, found);
  return found;
}

function readVersion(fs: FileSystem, manifest: string): string | null {
  const version = readJson(fs, manifest)?.['version'];
  return typeof version === 'string' && /^\d+\.\d+\.\d+/u.test(version) ? version : null;
}
