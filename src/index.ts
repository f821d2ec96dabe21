import type { ESLint, Linter } from 'eslint';
import { manifest } from './manifest.ts';
import { getPresetRules, type PresetName } from './presets.ts';
import { rules } from './rules.generated.ts';

export type { RuleOptions } from './rule-options.generated.ts';
export type { LangChainSettings } from './settings.ts';

const NAMESPACE = 'langchain';

export interface LangChainPlugin extends ESLint.Plugin {
  readonly meta: { readonly name: string; readonly version: string; readonly namespace: string };
  readonly rules: NonNullable<ESLint.Plugin['rules']>;
  /**
   * Flat configs, each complete on its own: add one to the configuration's array, or name it in `extends`
   * (`"langchain/recommended"`).
   */
  readonly configs: Readonly<Record<PresetName | 'flat/recommended', Linter.Config>>;
}

const plugin = {
  meta: { name: manifest.name, version: manifest.version, namespace: NAMESPACE },
  // typescript-eslint's type of a rule's context is stricter than ESLint's; that is the only difference.
  rules: rules as unknown as LangChainPlugin['rules'],
};

function createPreset(preset: PresetName): Linter.Config {
  return {
    name: `${NAMESPACE}/${preset}`,
    plugins: { [NAMESPACE]: plugin },
    rules: getPresetRules(preset, NAMESPACE, rules),
  };
}

const recommended = createPreset('recommended');

const langchain: LangChainPlugin = Object.assign(plugin, {
  configs: {
    recommended,
    // The name that users know from plugins with configurations in both formats.
    'flat/recommended': recommended,
    strict: createPreset('strict'),
    all: createPreset('all'),
  },
});

export default langchain;
