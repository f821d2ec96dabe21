import type { TSESTree } from '@typescript-eslint/utils';
import { getKeyName } from '../ast/nodes.ts';
import type { Edit } from './edit.ts';

/** The facts about a number that was read: see `FoldedNumber`. */
interface Read {
  readonly literal: TSESTree.Literal | null;
  readonly isDefault: boolean;
}

/**
 * Another number for a property or an argument: replaces the literal that alone is its value, or else the whole value.
 * Null for the computed default of an environment variable.
 */
export function writeNumber(
  { property, value }: { readonly property: TSESTree.Property | null; readonly value: TSESTree.Node },
  { isDefault, literal }: Read,
  instead: number,
): Edit | null {
  if (literal)
    return { range: literal.range, text: typeof literal.value === 'string' ? `'${String(instead)}'` : String(instead) };
  // Replacing it would drop the environment variable.
  if (isDefault) return null;
  return property?.shorthand === true
    ? { range: property.range, text: `${getKeyName(property) ?? ''}: ${String(instead)}` }
    : { range: value.range, text: String(instead) };
}

/** `20_000`; the first `toLocaleString` of a process takes 20 ms. */
export function formatNumber(value: number): string {
  const digits = String(value);
  if (value < 10_000 || !/^\d+$/u.test(digits)) return digits;
  const groups: string[] = [];
  for (let end = digits.length; end > 0; end -= 3) groups.unshift(digits.slice(Math.max(0, end - 3), end));
  return groups.join('_');
}
