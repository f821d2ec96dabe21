/**
 * Folders with a manifest of their own: the LangChain packages that the catalogue is read from and the proofs run on.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

interface Lock {
  readonly packages?: Readonly<Record<string, { readonly version?: string; readonly optional?: boolean }>>;
}

/**
 * Installs what the lock says, unless it is there. Peers are left out: the integrations of @langchain/community would
 * bring hundreds.
 */
export function installPackages(folder: string): void {
  if (isInstalled(folder)) return;
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`npm ci failed in ${path.relative(process.cwd(), folder)}.`);
}

function isInstalled(folder: string): boolean {
  const installed = path.join(folder, 'node_modules/.package-lock.json');
  if (!existsSync(installed)) return false;
  const present = readLock(installed);
  return Object.entries(readLock(path.join(folder, 'package-lock.json'))).every(
    ([name, { version, optional }]) => name === '' || optional === true || present[name]?.version === version,
  );
}

function readLock(file: string): NonNullable<Lock['packages']> {
  return (JSON.parse(readFileSync(file, 'utf8')) as Lock).packages ?? {};
}
