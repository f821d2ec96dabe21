import { type FileSystem, foldersUp, getBuiltin, readJson } from '../project/node.ts';
import type { LangChainFile } from '../trace/file.ts';

const installed = new Map<string, string | null>();

/**
 * The version of `@langchain/core` that the file runs with: the setting, else the one installed where the file would
 * find it; null when neither can be told.
 */
export function getVersion(file: LangChainFile): string | null {
  return file.settings.version ?? findInstalled(file.filename);
}

/** Node's lookup: `node_modules` in the file's folder and in each folder above it. */
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
