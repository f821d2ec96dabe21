import type { TSESTree } from '@typescript-eslint/utils';
import { isClosingParenToken, isCommaToken } from '../ast/tokens.ts';
import { unwrap } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import type { LangChainFile } from '../file.ts';
import { findOption, isUndefined } from '../langchain/options.ts';
import type { Edit } from './offer.ts';

/**
 * Gives the options argument of a call (`model.batch(inputs, { … })`) a property: in the literal that stands there, in place of
 * `undefined`, or as a new argument. Null where the argument is something else, or where an argument before it is missing.
 */
export function addToArgument(file: LangChainFile, call: TSESTree.CallExpression, position: number, name: string, value: string): readonly Edit[] | null {
  if (call.arguments.some((argument) => argument.type === AST_NODE_TYPES.SpreadElement)) return null;
  const argument = call.arguments[position];
  if (!argument) return call.arguments.length === position && position > 0 ? [appendArgument(file, call, `{ ${name}: ${value} }`)] : null;
  const expression = unwrap(argument);
  if (expression.type === AST_NODE_TYPES.ObjectExpression) return setProperty(file, expression, name, value);
  return isUndefined(file, argument) ? [{ range: argument.range, text: `{ ${name}: ${value} }` }] : null;
}

/** Gives a literal object a property: a new one behind the others, or a new value for the one that is there. Null when parts of the object cannot be read, or it stands in another file. */
export function setProperty(file: LangChainFile, object: TSESTree.ObjectExpression, name: string, value: string): readonly Edit[] | null {
  if (!file.owns(object)) return null;
  const option = findOption(file, object, name);
  if (option.is === 'unknown') return null;
  const existing = option.is === 'given' ? option.property : null;
  // A property of an object that is spread in is overridden, not changed: others may use that object.
  if (existing && object.properties.includes(existing)) {
    return [existing.shorthand ? { range: existing.range, text: `${name}: ${value}` } : { range: existing.value.range, text: value }];
  }
  return [appendProperty(file, object, `${name}: ${value}`)];
}

function appendProperty({ sourceCode }: LangChainFile, object: TSESTree.ObjectExpression, property: string): Edit {
  const last = object.properties.at(-1);
  if (!last) {
    const start = object.range[0] + 1;
    const isBlank = sourceCode.text.slice(start, object.range[1] - 1).trim() === '';
    return isBlank ? { range: object.range, text: `{ ${property} }` } : insert(start, ` ${property},`);
  }
  const isOnOwnLine = last.loc.start.line > object.loc.start.line;
  const separator = isOnOwnLine ? `\n${indentOf(sourceCode.lines[last.loc.start.line - 1] ?? '')}` : ' ';
  return insert(last.range[1], `,${separator}${property}`);
}

function appendArgument({ sourceCode }: LangChainFile, call: TSESTree.CallExpression, argument: string): Edit {
  const closing = sourceCode.getLastToken(call, isClosingParenToken);
  const before = closing && sourceCode.getTokenBefore(closing);
  // Behind the last argument and the parentheses around it, before a trailing comma.
  const last = before && isCommaToken(before) ? sourceCode.getTokenBefore(before) : before;
  return insert((last ?? call).range[1], `, ${argument}`);
}

function insert(position: number, text: string): Edit {
  return { range: [position, position], text };
}

function indentOf(line: string): string {
  return /^\s*/u.exec(line)?.[0] ?? '';
}
