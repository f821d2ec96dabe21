import type { TSESTree } from '@typescript-eslint/utils';
import { getKeyName } from '../ast/nodes.ts';
import type { Edit } from './edit.ts';

/** What is known of a number that was read: see `FoldedNumber`. */
interface Read {
  readonly literal: TSESTree.Literal | null;
  readonly isDefault: boolean;
}

/**
 * Another number for a property, or for an argument: over the literal that alone makes up its value, else in place of
 * the value. Null for the default of an environment variable that is computed.
 */
export function writeNumber(
  { property, value }: { readonly property: TSESTree.Property | null; readonly value: TSESTree.Node },
  { isDefault, literal }: Read,
  instead: number,
): Edit | null {
  if (literal)
    return { range: literal.range, text: typeof literal.value === 'string' ? `'${String(instead)}'` : String(instead) };
  // Writing over it would drop the environment variable.
  if (isDefault) return null;
  return property?.shorthand === true
    ? { range: property.range, text: `${getKeyName(property) ?? ''}: ${String(instead)}` }
    : { range: value.range, text: String(instead) };
}

/** `20_000` */
export function formatNumber(value: number): string {
  return value >= 10_000 && Number.isInteger(value)
    ? value.toLocaleString('en-US').replaceAll(',', '_')
    : String(value);
}
