import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** The release lines that the proofs run on, the newest first. */
export const lines = ['v1', 'v0.3', 'v0.3-early'] as const;

export type Line = (typeof lines)[number];

export type Module = Readonly<Record<string, unknown>>;

const root = path.join(import.meta.dirname, '../..');

/**
 * Whose copies of the packages are used: a line's, those of `langchain` 1.5.8, or what no line brings, the drivers of
 * databases.
 */
export type Owner = Line | 'drivers' | 'v1-early';

/** The folder whose `node_modules` holds the packages. */
export function getFolder(owner: Owner): string {
  return owner === 'drivers' || owner === 'v0.3-early' || owner === 'v1-early'
    ? path.join(import.meta.dirname, 'packages', owner)
    : path.join(root, 'scripts/catalog/packages', owner);
}

interface Manifest {
  readonly version: string;
  readonly main?: string;
  readonly module?: string;
  readonly exports?: Target;
}

type Target = string | null | readonly Target[] | { readonly [condition: string]: Target };

/** The installed version of a package; null where the line does not have it. */
export function getVersion(line: Owner, name: string): string | null {
  return readManifest(line, name)?.version ?? null;
}

/** Imports a line's own copy of a module, as a program in that folder would. */
export async function load(line: Owner, specifier: string): Promise<Module> {
  const file = findFile(line, specifier);
  if (file === null)
    throw new Error(`${specifier} is not installed for ${line}: \`npm run proof\` installs what the manifests name.`);
  return (await import(pathToFileURL(file).href)) as Module;
}

/** Where an ES module importer finds a module under Node; null when the line does not have it. */
export function findFile(line: Owner, specifier: string): string | null {
  const [, name = '', subpath = ''] = /^((?:@[^/]+\/)?[^/]+)(\/.*)?$/u.exec(specifier) ?? [];
  const manifest = readManifest(line, name);
  if (!manifest) return null;
  const exported =
    manifest.exports === undefined
      ? (manifest.module ?? manifest.main ?? 'index.js')
      : selectTarget(manifest.exports, `.${subpath}`);
  return exported === null ? null : path.join(getFolder(line), 'node_modules', name, exported);
}

function readManifest(line: Owner, name: string): Manifest | null {
  const file = path.join(getFolder(line), 'node_modules', name, 'package.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Manifest) : null;
}

function selectTarget(exports: Target, subpath: string): string | null {
  const hasSubpaths =
    typeof exports === 'object' && exports !== null && Object.keys(exports).some((key) => key.startsWith('.'));
  if (hasSubpaths) return selectCondition((exports as Readonly<Record<string, Target>>)[subpath] ?? null);
  return subpath === '.' ? selectCondition(exports) : null;
}

function selectCondition(target: Target): string | null {
  if (typeof target === 'string' || target === null) return target;
  for (const [condition, nested] of Object.entries(target)) {
    const file = ['node', 'import', 'default'].includes(condition) ? selectCondition(nested) : null;
    if (file !== null) return file;
  }
  return null;
}
