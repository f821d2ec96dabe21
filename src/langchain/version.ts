import { type Disk, getDisk } from '../project/disk.ts';
import { parseJson } from '../project/json.ts';
import { Memo } from '../project/memo.ts';
import type { Versions } from '../settings.ts';
import type { LangChainFile } from '../trace/file.ts';

type Package = keyof Versions;

const folders: Readonly<Record<Package, readonly string[]>> = {
  core: ['@langchain', 'core'],
  langchain: ['langchain'],
  langgraph: ['@langchain', 'langgraph'],
};

const installed = new Map<Package, Memo<string | null>>();

/**
 * The version of a package that the file runs with: that of the settings, or else the installed one that the file would
 * resolve; null when neither is known.
 */
export function getVersion(file: LangChainFile, name: Package = 'core'): string | null {
  const { version } = file.settings;
  const given = typeof version === 'string' ? { core: version } : version;
  const disk = getDisk();
  if (given?.[name] !== undefined || !disk?.path.isAbsolute(file.filename)) return given?.[name] ?? null;
  return findInstalled(disk, name, disk.path.dirname(file.filename));
}

/** Node's resolution: `node_modules` in the file's folder and in each folder above it. */
function findInstalled(disk: Disk, name: Package, folder: string): string | null {
  const memo = installed.get(name) ?? new Memo<string | null>(disk);
  installed.set(name, memo);
  return memo.get(folder, () => {
    const version = readVersion(disk, folder, ['node_modules', ...folders[name], 'package.json']);
    const above = disk.path.dirname(folder);
    return version ?? (above === folder ? null : findInstalled(disk, name, above));
  });
}

function readVersion(disk: Disk, folder: string, names: readonly string[]): string | null {
  if (disk.getKind(folder, names) === null) return null;
  const version = parseJson(disk.readText(disk.path.join(folder, ...names)) ?? '')?.['version'];
  return typeof version === 'string' && /^\d+\.\d+\.\d+/u.test(version) ? version : null;
}
