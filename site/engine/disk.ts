/**
 * The part of Node that the plugin's project layer and its libraries ask for, over files in memory. To be imported
 * before the plugin.
 */
import path from 'path-browserify';

/** Where the files of the playground stand. */
export const ROOT = '/project';

interface MemoryFile {
  readonly text: string;
  readonly modified: number;
}

const files = new Map<string, MemoryFile>();
/** When the list of a folder's names changed last. */
let listed = Date.now();

/** Makes the files in memory these, by their paths below the root. */
export function writeFiles(texts: Readonly<Record<string, string>>): void {
  const wanted = new Map(Object.entries(texts).map(([name, text]) => [path.join(ROOT, name), text]));
  const now = Math.max(Date.now(), listed + 1);
  for (const name of files.keys()) if (!wanted.has(name) && files.delete(name)) listed = now;
  for (const [name, text] of wanted) {
    const known = files.get(name);
    if (known?.text === text) continue;
    files.set(name, { text, modified: Math.max(now, (known?.modified ?? 0) + 1) });
    if (!known) listed = now;
  }
}

function isFolder(name: string): boolean {
  return name === '/' || [...files.keys()].some((file) => file.startsWith(`${name}/`));
}

function createStats(name: string): object | undefined {
  const file = files.get(name);
  if (!file && !isFolder(name)) return undefined;
  const modified = file?.modified ?? listed;
  return {
    size: file?.text.length ?? 0,
    mtimeMs: modified,
    ctimeMs: modified,
    isFile: () => file !== undefined,
    isDirectory: () => file === undefined,
  };
}

function fail(name: string): never {
  throw Object.assign(new Error(`ENOENT: no such file or directory, '${name}'`), { code: 'ENOENT' });
}

function listNames(folder: string): readonly string[] {
  const start = folder === '/' ? '/' : `${folder}/`;
  const inside = [...files.keys()].filter((file) => file.startsWith(start));
  return [...new Set(inside.map((file) => file.slice(start.length).split('/')[0] ?? ''))];
}

const fs = {
  statSync: (name: string, options?: { readonly throwIfNoEntry?: boolean }) =>
    createStats(name) ?? (options?.throwIfNoEntry === false ? undefined : fail(name)),
  readFileSync: (name: string) => files.get(name)?.text ?? fail(name),
  realpathSync: (name: string) => (createStats(name) ? name : fail(name)),
  existsSync: (name: string) => createStats(name) !== undefined,
  readdirSync: (name: string) => {
    if (!isFolder(name)) fail(name);
    return listNames(name).map((entry) => {
      const isFile = files.has(path.join(name, entry));
      return { name: entry, isFile: () => isFile, isDirectory: () => !isFile };
    });
  },
};

const builtins: Readonly<Record<string, unknown>> = { fs, path };

Reflect.set(globalThis, 'process', {
  cwd: () => ROOT,
  env: {},
  platform: 'linux',
  version: '',
  versions: {},
  getBuiltinModule: (id: string) => builtins[id.replace('node:', '')],
});
