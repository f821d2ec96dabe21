import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '../ast/types.ts';
import type { FoldedNumber } from '../flow/numbers.ts';
import type { Edit } from './offer.ts';

/** Another number for a property: in its literal, where that serves nothing else, or in place of the value. Null for the default of an environment variable. */
export function replaceNumber(property: TSESTree.Property, { isDefault, literal }: Pick<FoldedNumber, 'isDefault' | 'literal'>, instead: number): Edit | null {
  if (literal) return { range: literal.range, text: typeof literal.value === 'string' ? `'${String(instead)}'` : String(instead) };
  // The default is computed: writing over it would drop the environment variable.
  if (isDefault) return null;
  const { key, shorthand, value } = property;
  return shorthand && key.type === AST_NODE_TYPES.Identifier ? { range: property.range, text: `${key.name}: ${String(instead)}` } : { range: value.range, text: String(instead) };
}
