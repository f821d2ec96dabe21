import packageJson from '../package.json' with { type: 'json' };

interface Manifest {
  readonly name: string;
  readonly version: string;
  /** The address of the site, if there is one. */
  readonly homepage?: string;
  /** The address for bug reports, if there is one. */
  readonly bugs?: { readonly url?: string };
}

/** The fields of the plugin's package.json. The build leaves out the others: see tsdown.config.ts. */
export const manifest: Manifest = packageJson;
