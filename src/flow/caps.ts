import type { LangChainFile } from '../file.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { findOption, isUndefined, type Option } from '../langchain/options.ts';
import { getParts } from '../langchain/parts.ts';
import type { LangChainValue } from '../langchain/value.ts';
import { readLimitNumber } from './limits.ts';

/** Whether an option sets a limit: a number other than Infinity, or one that cannot be seen. */
export function isLimit(file: LangChainFile, option: Option): boolean {
  if (option.is !== 'given') return option.is === 'unknown';
  return !isUndefined(file, option.value) && readLimitNumber(file, option.value) !== Infinity;
}

/** Whether a `withConfig` on the way to a value, or to a step of it, sets `maxConcurrency`, or may. */
export function hasBoundLimit(file: LangChainFile, value: LangChainValue): boolean {
  return getParts(value).some(({ builder, node }) => {
    if ((builder !== 'withConfig' && builder !== 'bind') || node.type !== AST_NODE_TYPES.CallExpression) return false;
    return isLimit(file, findOption(file, node.arguments[0], 'maxConcurrency'));
  });
}
