import type { Linter } from 'eslint';
import type { Rule } from './create-rule.ts';

export type PresetName = 'recommended' | 'strict' | 'all';

/**
 * Rule id → entry of a preset; derived from `meta.docs`. Always `error`: ESLint's bulk suppressions ignore warnings.
 */
export function getPresetRules(
  preset: PresetName,
  namespace: string,
  rules: Readonly<Record<string, Rule>>,
): Linter.RulesRecord {
  const entries: Linter.RulesRecord = {};
  for (const [name, { meta }] of Object.entries(rules)) {
    const { recommended, recommendedOptions } = meta.docs;
    if (preset === 'recommended' && recommended !== true) continue;
    if (preset === 'strict' && recommended === false) continue;
    const options = preset === 'recommended' ? recommendedOptions : undefined;
    entries[`${namespace}/${name}`] = options ? ['error', ...options] : 'error';
  }
  return entries;
}
