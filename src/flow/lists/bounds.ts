import type { TSESTree } from '@typescript-eslint/utils';
import type { LangChainFile } from '../../trace/file.ts';
import type { PerItem } from '../calls/callbacks.ts';
import type { Size } from './size-arithmetic.ts';
import { getSizes } from './sizes.ts';

/**
 * Whether a list is known to be short: a literal, sliced, limited by a schema, the documents of a retriever, one chunk
 * of a list …
 */
export function isShortList(file: LangChainFile, list: TSESTree.Node, maxLiteral: number): boolean {
  return isShort(getSize(file, list), maxLiteral);
}

/** Whether a loop or callback runs only a limited number of times. */
export function isShortPerItem(file: LangChainFile, perItem: PerItem, maxLiteral: number): boolean {
  return isShort(getPerItemSize(file, perItem), maxLiteral);
}

export function isShort(size: Size, maxLiteral: number): boolean {
  return size === 'unseen' || (size !== null && size <= maxLiteral);
}

export function getSize(file: LangChainFile, list: TSESTree.Node): Size {
  return getSizes(file).of(list, []);
}

/** How often a loop or callback runs. */
export function getPerItemSize(file: LangChainFile, perItem: PerItem): Size {
  return getSizes(file).ofPerItem(perItem);
}
