import { type Disk, getDisk } from '../project/disk.ts';
import { parseJson } from '../project/json.ts';
import { Memo } from '../project/memo.ts';
import type { LangChainFile } from '../trace/file.ts';

let installed: Memo<string | null> | undefined;

/**
 * The version of `@langchain/core` that the file runs with: the setting, else the one installed where the file would
 * find it; null when neither can be told.
 */
export function getVersion(file: LangChainFile): string | null {
  const disk = getDisk();
  if (file.settings.version !== null || !disk?.path.isAbsolute(file.filename)) return file.settings.version;
  return findInstalled(disk, disk.path.dirname(file.filename));
}

/** Node's look-up: `node_modules` in the file's folder and in each folder above it. */
function findInstalled(disk: Disk, folder: string): string | null {
  installed ??= new Memo(disk);
  return installed.get(folder, () => {
    const version = readVersion(disk, disk.path.join(folder, 'node_modules', '@langchain', 'core', 'package.json'));
    const above = disk.path.dirname(folder);
    return version ?? (above === folder ? null : findInstalled(disk, above));
  });
}

function readVersion(disk: Disk, manifest: string): string | null {
  const version = disk.isFile(manifest) ? parseJson(disk.readText(manifest) ?? '')?.['version'] : null;
  return typeof version === 'string' && /^\d+\.\d+\.\d+/u.test(version) ? version : null;
}
