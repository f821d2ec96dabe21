/**
 * Writes `src/rules.generated.ts` from the folder `rules/`; with `--check`, fails when the file is not what would be
 * written.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('../', import.meta.url);
const target = new URL('src/rules.generated.ts', root);

const names = readdirSync(new URL('rules/', root))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length))
  .sort();

const text = [
  '// Written from the folder rules/ by `npm run generate`.',
  "import type { Rule } from './create-rule.ts';",
  ...names.map((name) => `import ${identifier(name)} from '../rules/${name}.ts';`),
  '',
  'export const rules: Readonly<Record<string, Rule>> = {',
  ...names.map((name) => `  '${name}': ${identifier(name)},`),
  '};',
  '',
].join('\n');

const current = readCurrent();
if (process.argv.includes('--check')) {
  if (current !== text) {
    console.error(`${fileURLToPath(target)} is stale: run \`npm run generate\`.`);
    process.exitCode = 1;
  }
} else if (current !== text) {
  writeFileSync(target, text);
}

function readCurrent(): string | null {
  try {
    return readFileSync(target, 'utf8');
  } catch {
    return null;
  }
}

function identifier(name: string): string {
  return name.replace(/-(\w)/gu, (_match, letter: string) => letter.toUpperCase());
}
