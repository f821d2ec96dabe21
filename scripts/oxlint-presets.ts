/** Writes the presets as configurations that oxlint extends: `dist/oxlint/<preset>.json`. Part of the build. */
import { mkdirSync, writeFileSync } from 'node:fs';
import plugin from '../src/index.ts';

const folder = new URL('../dist/oxlint/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const preset of ['recommended', 'strict', 'all'] as const) {
  const { rules } = plugin.configs[preset];
  writeFileSync(
    new URL(`${preset}.json`, folder),
    `${JSON.stringify({ jsPlugins: ['../index.js'], rules }, null, 2)}\n`,
  );
}
