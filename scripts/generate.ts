/**
 * Writes from the folder `rules/` the list of rules, `src/rules.generated.ts`, and the types of their options,
 * `src/rule-options.generated.ts`; and from `homepage` in package.json how the README opens. With `--check`, fails when
 * a file is not what would be written.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ESLint } from 'eslint';
import { pluginsToRulesDTS } from 'eslint-typegen/core';
import type { Rule } from '../src/create-rule.ts';
import { manifest } from '../src/manifest.ts';
import { insertPicture } from './readme-picture.ts';

const root = new URL('../', import.meta.url);
const isCheck = process.argv.includes('--check');

const names = readdirSync(new URL('rules/', root))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length))
  .sort();

write('src/rules.generated.ts', listRules());
write('src/rule-options.generated.ts', await declareOptions());
write('README.md', insertPicture(readFileSync(new URL('README.md', root), 'utf8'), manifest.homepage));

function write(file: string, text: string): void {
  const target = new URL(file, root);
  if (readCurrent(target) === text) return;
  if (isCheck) {
    console.error(`${fileURLToPath(target)} is stale: run \`npm run generate\`.`);
    process.exitCode = 1;
  } else {
    writeFileSync(target, text);
  }
}

function readCurrent(target: URL): string | null {
  try {
    return readFileSync(target, 'utf8');
  } catch {
    return null;
  }
}

function listRules(): string {
  return [
    '// Written from the folder rules/ by `npm run generate`.',
    "import type { Rule } from './create-rule.ts';",
    ...names.map((name) => `import ${identifier(name)} from '../rules/${name}.ts';`),
    '',
    'export const rules: Readonly<Record<string, Rule>> = {',
    ...names.map((name) => `  '${name}': ${identifier(name)},`),
    '};',
    '',
  ].join('\n');
}

function identifier(name: string): string {
  return name.replace(/-(\w)/gu, (_match, letter: string) => letter.toUpperCase());
}

/** By the names that a configuration has for the rules. */
async function declareOptions(): Promise<string> {
  const declared = await pluginsToRulesDTS(
    { langchain: { rules: await readRules() } },
    { includeAugmentation: false, includeIgnoreComments: false },
  );
  return `// Written from the schemas of the rules by \`npm run generate\`.\n${declared.replaceAll(/\n\s*\n/gu, '\n')}`;
}

/** With what their types are made of; the address of a page changes with each version. */
async function readRules(): Promise<NonNullable<ESLint.Plugin['rules']>> {
  const loaded = await Promise.all(names.map(async (name) => [name, await loadRule(name)] as const));
  return Object.fromEntries(
    loaded.map(([name, { meta }]) => [
      name,
      {
        meta: {
          docs: { description: meta.docs.description },
          schema: meta.schema,
        },
        create: () => ({}),
      },
    ]),
  );
}

async function loadRule(name: string): Promise<Rule> {
  const loaded = (await import(new URL(`rules/${name}.ts`, root).href)) as { readonly default: Rule };
  return loaded.default;
}
