import packageJson from '../package.json' with { type: 'json' };

interface Manifest {
  readonly name: string;
  readonly version: string;
  /** The address of the site, where there is one. */
  readonly homepage?: string;
  /** Where faults are reported, where there is such a place. */
  readonly bugs?: { readonly url?: string };
}

/** What the plugin's package.json says of it. The build leaves the rest out: see tsdown.config.ts. */
export const manifest: Manifest = packageJson;
