/** Plugins that check something similar, or that read other files too, with the rules that they are known for. */
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { ESLint, Linter } from 'eslint';
import { installPackages } from '../packages.ts';

/** What is measured beside the plugin, each by the start of the names of its rules. */
export const peers = ['llm-core/no-unbounded-promise-all', 'import-x/no-cycle', 'unicorn/'] as const;

const folder = new URL('peers/', import.meta.url);

export function installPeers(): void {
  installPackages(fileURLToPath(folder));
}

export async function getPeerConfig(): Promise<Linter.Config> {
  const [importX, llmCore, unicorn] = await Promise.all(['import-x', 'llm-core', 'unicorn'].map(load));
  return {
    plugins: { 'import-x': importX, 'llm-core': llmCore, unicorn } as Record<string, ESLint.Plugin>,
    settings: { 'import-x/parsers': { '@typescript-eslint/parser': ['.ts', '.tsx', '.mts', '.cts'] } },
    rules: {
      'llm-core/no-unbounded-promise-all': 'error',
      'import-x/no-cycle': 'error',
      ...getRecommended(unicorn),
    },
  };
}

async function load(name: string): Promise<ESLint.Plugin> {
  const path = createRequire(folder).resolve(`eslint-plugin-${name}`);
  return ((await import(pathToFileURL(path).href)) as { readonly default: ESLint.Plugin }).default;
}

function getRecommended(plugin: ESLint.Plugin | undefined): Partial<Linter.RulesRecord> {
  const preset = plugin?.configs?.['recommended'] as Linter.Config | undefined;
  return preset?.rules ?? {};
}
