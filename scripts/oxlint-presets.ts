/** Writes the presets as configurations that oxlint extends: `dist/oxlint/<preset>.json`. Part of the build. */
import { mkdirSync, writeFileSync } from 'node:fs';
import plugin from '../src/index.ts';

const folder = new URL('../dist/oxlint/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const [preset, { rules }] of Object.entries(plugin.configs)) {
  writeFileSync(
    new URL(`${preset}.json`, folder),
    `${JSON.stringify({ jsPlugins: ['../index.js'], rules }, null, 2)}\n`,
  );
}
