import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '../ast/types.ts';
import type { LangChainFile } from '../trace/file.ts';
import { foldNumber } from '../trace/numbers.ts';

/** A value of `maxConcurrency` that every queue rejects, or rounds. */
interface InvalidLimit {
  /** As messages quote it: `0`, `NaN`, `'5'`. */
  readonly shown: string;
  /** `throws`: below 1, or not a number; `fraction`: rounded up to a whole number. */
  readonly is: 'fraction' | 'throws';
  /** NaN for a value that is no number. */
  readonly value: number;
  /** `'5'` */
  readonly isText: boolean;
  /** The literal to replace, where it has no other use. */
  readonly literal: TSESTree.Literal | null;
  /** Whether it is the default of an unset environment variable. */
  readonly isDefault: boolean;
}

/** The problem of a limit; null for a whole number from 1 up, for `Infinity`, and for one that cannot be read. */
export function findInvalidLimit(file: LangChainFile, node: TSESTree.Node): InvalidLimit | null {
  const trace = file.trace(node);
  if (trace.type === 'global') {
    return trace.name === 'NaN' || trace.name === 'Number.NaN'
      ? { shown: 'NaN', is: 'throws', value: Number.NaN, isText: false, literal: null, isDefault: false }
      : null;
  }
  if (trace.type === 'literal' && trace.node.type === AST_NODE_TYPES.Literal && typeof trace.node.value === 'string') {
    return {
      shown: `'${trace.node.value}'`,
      is: 'throws',
      value: Number.NaN,
      isText: true,
      literal: null,
      isDefault: false,
    };
  }
  const folded = foldNumber(file, node);
  if (!folded || folded.value === Infinity) return null;
  const { isDefault, literal, value } = folded;
  if (!(value >= 1)) return { shown: String(value), is: 'throws', value, isText: false, literal, isDefault };
  return Number.isInteger(value)
    ? null
    : { shown: String(value), is: 'fraction', value, isText: false, literal, isDefault };
}
