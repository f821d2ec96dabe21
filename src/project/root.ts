import { getDisk } from './disk.ts';

/** How many of these folders lead to the nearest one with a manifest; null where there is none. */
export function findRoot(folders: readonly string[]): number | null {
  const disk = getDisk();
  for (let length = folders.length; disk && length > 1; length--) {
    const folder = folders.slice(0, length).join('/');
    if (['package.json', 'deno.json'].some((name) => disk.isFile(`${folder}/${name}`))) return length;
  }
  return null;
}
