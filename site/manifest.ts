import { readFileSync } from 'node:fs';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  /** The address of the site, where there is one. */
  readonly homepage?: string;
  readonly repository?: { readonly url: string };
}

export const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;

/** The path at which the site stands on its host: `/` or `/eslint-plugin-langchain/`. */
export const base =
  manifest.homepage === undefined ? '/' : new URL('.', `${manifest.homepage.replace(/\/$/u, '')}/`).pathname;

/** Of the repository for people, without a slash at its end; null where there is none. */
export const repository = manifest.repository?.url.replace(/^git\+/u, '').replace(/(?:\.git)?\/?$/u, '') ?? null;
