import type { TSESLint } from '@typescript-eslint/utils';
import type { Settings } from './settings.ts';

/** The rules that have suggestions. */
const suggesting = new Set<string>();

export function registerSuggestions(rule: string): void {
  suggesting.add(rule);
}

/**
 * Whether the first suggestion of each report of a rule becomes its fix: `autofix: { suggestions: ['no-low-timeout']
 * }`.
 * @throws {TypeError} When the setting names something that is no rule, or a rule without suggestions.
 */
export function isAdopted(rule: string, { autofix }: Settings): boolean {
  if (typeof autofix === 'boolean') return false;
  const unknown = autofix.suggestions.find((name) => !suggesting.has(name));
  if (unknown !== undefined)
    throw new TypeError(
      `settings.langchain.autofix.suggestions names "${unknown}", which is not a rule with suggestions. Rules with suggestions: ${[...suggesting].sort().join(', ')}.`,
    );
  return autofix.suggestions.includes(rule);
}

/** The report with its first suggestion as its fix, unless it has a fix already. */
export function adopt<Descriptor extends TSESLint.ReportDescriptor<string>>(
  descriptor: Descriptor,
  { text }: Readonly<TSESLint.SourceCode>,
): Descriptor {
  const [first, ...suggest] = descriptor.suggest ?? [];
  if (!first || descriptor.fix) return descriptor;
  return { ...descriptor, suggest, fix: (fixer) => alone([...toList(first.fix(fixer))], fixer, text) };
}

function toList(fixes: ReturnType<TSESLint.ReportFixFunction>): Iterable<TSESLint.RuleFix> {
  if (fixes === null) return [];
  return Symbol.iterator in fixes ? fixes : [fixes];
}

const declares = /\b(?:class|const|function|import|let|var)\b/u;

/**
 * A fix that declares a name covers the whole file, so ESLint applies no other fix in the same pass: two of them could
 * choose the same name.
 */
function alone(fixes: TSESLint.RuleFix[], fixer: TSESLint.RuleFixer, text: string): readonly TSESLint.RuleFix[] {
  if (!fixes.some((fix) => declares.test(fix.text))) return fixes;
  return [
    fixer.insertTextBeforeRange([0, 0], ''),
    ...fixes,
    fixer.insertTextAfterRange([text.length, text.length], ''),
  ];
}
