import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { findConfig } from './engine.ts';
import { UsageError } from './usage.ts';

interface Manifest {
  readonly type?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/**
 * Prints or writes the configuration that fits the project.
 * @throws {UsageError} When there is no manifest that parses.
 */
export function init(cwd: string, { write }: { readonly write: boolean }): number {
  const manifest = readManifest(path.join(cwd, 'package.json'));
  const existing = findConfig(cwd);
  if (existing !== null && path.dirname(existing) === cwd) {
    console.log(`${path.basename(existing)} already exists. Add to it:\n\n${addition}`);
    return 0;
  }
  const packages = getPackages(manifest);
  const name = manifest.type === 'module' ? 'eslint.config.js' : 'eslint.config.mjs';
  const lines = writeConfig(packages);
  console.log(`--- /dev/null\n+++ ${name}\n${lines.map((line) => `+${line}`).join('\n')}\n`);
  const missing = getNeeded(packages).filter((each) => !packages.has(each));
  if (missing.length > 0) console.log(`Install first:\n  ${getInstall(cwd)} ${missing.join(' ')}\n`);
  if (write) {
    writeFileSync(path.join(cwd, name), `${lines.join('\n')}\n`, { flag: 'wx' });
    console.log(`Wrote ${name}.`);
  } else console.log('Run `npx eslint-plugin-langchain init --write` to write it.');
  console.log('\nTo suppress the existing reports and start from there:\n  npx eslint . --suppress-all');
  return 0;
}

const addition = `  import langchain from 'eslint-plugin-langchain';
  …
  langchain.configs.recommended,
`;

function readManifest(file: string): Manifest {
  if (!existsSync(file)) throw new UsageError('There is no package.json here.');
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  } catch {
    throw new UsageError('package.json cannot be parsed.');
  }
}

function getPackages({ dependencies, devDependencies }: Manifest): ReadonlyMap<string, string> {
  return new Map(Object.entries({ ...dependencies, ...devDependencies }));
}

/** Languages whose files need their own parser. */
const components = [
  { framework: 'vue', parser: 'vue-eslint-parser', name: 'vueParser' },
  { framework: 'nuxt', parser: 'vue-eslint-parser', name: 'vueParser' },
  { framework: 'svelte', parser: 'svelte-eslint-parser', name: 'svelteParser' },
  { framework: 'astro', parser: 'astro-eslint-parser', name: 'astroParser' },
] as const;

function findComponents(packages: ReadonlyMap<string, string>): readonly (typeof components)[number][] {
  const found = components.filter(({ framework }) => packages.has(framework));
  return found.filter(({ parser }, index) => found.findIndex((each) => each.parser === parser) === index);
}

function usesTypeScript(packages: ReadonlyMap<string, string>): boolean {
  return packages.has('typescript');
}

function getNeeded(packages: ReadonlyMap<string, string>): readonly string[] {
  return [
    'eslint',
    'eslint-plugin-langchain',
    ...(usesTypeScript(packages) ? ['typescript-eslint'] : []),
    // typescript-eslint supports TypeScript up to version 6.
    ...(isSeven(packages) ? ['typescript@npm:@typescript/typescript6'] : []),
    ...findComponents(packages).map(({ parser }) => parser),
  ];
}

function isSeven(packages: ReadonlyMap<string, string>): boolean {
  return /^\D*7\./u.test(packages.get('typescript') ?? '');
}

function getInstall(cwd: string): string {
  if (existsSync(path.join(cwd, 'pnpm-lock.yaml'))) return 'pnpm add -D';
  if (existsSync(path.join(cwd, 'yarn.lock'))) return 'yarn add -D';
  if (existsSync(path.join(cwd, 'bun.lock')) || existsSync(path.join(cwd, 'bun.lockb'))) return 'bun add -d';
  return 'npm install --save-dev';
}

function writeConfig(packages: ReadonlyMap<string, string>): readonly string[] {
  const typescript = usesTypeScript(packages);
  const found = findComponents(packages);
  const inner = typescript ? ', parserOptions: { parser: tseslint.parser }' : '';
  return [
    ...found.map(({ name, parser }) => `import ${name} from '${parser}';`).sort(),
    "import langchain from 'eslint-plugin-langchain';",
    "import { defineConfig } from 'eslint/config';",
    ...(typescript ? ["import tseslint from 'typescript-eslint';"] : []),
    '',
    'export default defineConfig([',
    ...(typescript ? ["  { files: ['**/*.{ts,tsx,mts,cts}'], languageOptions: { parser: tseslint.parser } },"] : []),
    ...found.map(
      ({ name, parser }) =>
        `  { files: ['**/*.${parser.split('-', 1)[0] ?? ''}'], languageOptions: { parser: ${name}${inner} } },`,
    ),
    '  langchain.configs.recommended,',
    ']);',
  ];
}
