import type { TSESTree } from '@typescript-eslint/utils';
import { unwrap } from '../ast/nodes.ts';
import { isClosingParenToken, isCommaToken } from '../ast/tokens.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { getOptionsArgument, getOptionsIndex } from '../langchain/construction.ts';
import type { LangChainFile } from '../trace/file.ts';
import { findOption, isUndefined } from '../trace/options.ts';
import type { LangChainValue } from '../trace/value.ts';
import type { Edit } from './edit.ts';
import { isHeld } from './held.ts';
import { getIndent } from './text.ts';

/**
 * Adds a property to the options argument of a call (`model.batch(inputs, { … })`): to the literal there, in place of
 * `undefined`, or as a new argument. Null for any other argument, or where an argument before it is missing.
 */
export function addToArgument(
  file: LangChainFile,
  call: TSESTree.CallExpression,
  index: number,
  name: string,
  value: string,
): readonly Edit[] | null {
  return index > 0 || call.arguments.length > 0 ? addAllToArgument(file, call, index, { [name]: value }) : null;
}

/** The same for several properties, by name, and for a constructor. */
export function addAllToArgument(
  file: LangChainFile,
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  index: number,
  values: Properties,
): readonly Edit[] | null {
  if (call.arguments.some((argument) => argument.type === AST_NODE_TYPES.SpreadElement)) return null;
  const argument = call.arguments[index];
  if (!argument) return appendToCall(file, call, index, write(values));
  const expression = unwrap(argument);
  if (expression.type === AST_NODE_TYPES.ObjectExpression) return setProperties(file, expression, values);
  return isUndefined(file, argument) ? [{ range: argument.range, text: write(values) }] : null;
}

/** Property values to write, by name. */
export type Properties = Readonly<Record<string, string>>;

/**
 * Adds a property to an object literal after the others, or replaces the value of an existing one. Null when parts of
 * the object cannot be read, or it is in another file.
 */
export function setProperty(
  file: LangChainFile,
  object: TSESTree.ObjectExpression,
  name: string,
  value: string,
): readonly Edit[] | null {
  return setProperties(file, object, { [name]: value });
}

/**
 * Sets an option of a construction, by its dotted path: in the existing literal, or in a new one after the other
 * arguments.
 */
export function setConstructorOption(
  file: LangChainFile,
  construction: LangChainValue,
  path: string,
  value: string,
): readonly Edit[] | null {
  const { node } = construction;
  const argument = getOptionsArgument(construction);
  if (
    argument === 'unknown' ||
    !file.owns(node) ||
    (node.type !== AST_NODE_TYPES.NewExpression && node.type !== AST_NODE_TYPES.CallExpression)
  )
    return null;
  const keys = path.split('.');
  if (argument) return setPath(file, argument, keys, value);
  return appendToCall(file, node, getOptionsIndex(construction), nest(keys, value));
}

/** Appends an argument to a call or construction; null where another argument would have to come first. */
function appendToCall(
  file: LangChainFile,
  node: TSESTree.CallExpression | TSESTree.NewExpression,
  index: number,
  text: string,
): readonly Edit[] | null {
  if (
    node.arguments.length !== index ||
    node.arguments.some((argument) => argument.type === AST_NODE_TYPES.SpreadElement)
  )
    return null;
  return index > 0 ? [appendArgument(file, node, text)] : addOnlyArgument(file, node, text);
}

/** Sets a property of an object literal by its path; null where its parent is no literal. */
function setPath(
  file: LangChainFile,
  node: TSESTree.Node,
  [key = '', ...deeper]: readonly string[],
  value: string,
): readonly Edit[] | null {
  const object = unwrap(node);
  if (object.type !== AST_NODE_TYPES.ObjectExpression) return null;
  if (deeper.length === 0) return setProperty(file, object, key, value);
  const option = findOption(file, object, key);
  if (option.is === 'given')
    return object.properties.includes(option.property) ? setPath(file, option.value, deeper, value) : null;
  return setProperty(file, object, key, nest(deeper, value));
}

/** The source of an option by its dotted path: `clientOptions: { timeout: 60_000 }`. */
export function writeOption(path: string, value: string): string {
  return nest(path.split('.'), value).slice('{ '.length, -' }'.length);
}

function nest(keys: readonly string[], value: string): string {
  return keys.reduceRight((inner, key) => write({ [key]: inner }), value);
}

/** `new PQueue()` and `new PQueue` with an argument. */
export function addOnlyArgument(
  { sourceCode }: LangChainFile,
  node: TSESTree.CallExpression | TSESTree.NewExpression,
  text: string,
): readonly Edit[] | null {
  if (node.arguments.length > 0) return null;
  const last = sourceCode.getLastToken(node);
  if (last?.value !== ')') return [insert(node.range[1], `(${text})`)];
  return [insert(last.range[0], text)];
}

/** The same for several properties. */
export function setProperties(
  file: LangChainFile,
  object: TSESTree.ObjectExpression,
  values: Properties,
): readonly Edit[] | null {
  if (!file.owns(object) || isHeld(file, object)) return null;
  const edits: Edit[] = [];
  const added: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) {
    const option = findOption(file, object, name);
    if (option.is === 'unknown') return null;
    const existing = option.is === 'given' ? option.property : null;
    // A property of a spread object is overridden, not changed: other code may use that object.
    if (!existing || !object.properties.includes(existing)) added[name] = value;
    else
      edits.push(
        existing.shorthand
          ? { range: existing.range, text: `${name}: ${value}` }
          : { range: existing.value.range, text: value },
      );
  }
  return Object.keys(added).length > 0 ? [...edits, ...appendProperties(file, object, added)] : edits;
}

/** `{ max: 10 }` */
export function write(values: Properties): string {
  return `{ ${list(values).join(', ')} }`;
}

function list(values: Properties): readonly string[] {
  return Object.entries(values).map(([name, value]) => (name === value ? name : `${name}: ${value}`));
}

function appendProperties(
  { sourceCode }: LangChainFile,
  object: TSESTree.ObjectExpression,
  values: Properties,
): readonly Edit[] {
  const last = object.properties.at(-1);
  if (!last) {
    const start = object.range[0] + 1;
    const isBlank = sourceCode.text.slice(start, object.range[1] - 1).trim() === '';
    return [isBlank ? { range: object.range, text: write(values) } : insert(start, ` ${list(values).join(', ')},`)];
  }
  const isOnOwnLine = last.loc.start.line > object.loc.start.line;
  const separator = isOnOwnLine ? `\n${getIndent(sourceCode.lines[last.loc.start.line - 1] ?? '')}` : ' ';
  const written = list(values).map((property) => `${separator}${property}`);
  const comment = isOnOwnLine ? findRemark(sourceCode, last) : null;
  if (!comment) return [insert(last.range[1], `,${written.join(',')}`)];
  const hasComma = isCommaToken(sourceCode.getTokenAfter(last) ?? comment);
  return hasComma
    ? [insert(comment.range[1], `${written.join(',')},`)]
    : [insert(last.range[1], ','), insert(comment.range[1], written.join(','))];
}

/** The comment that ends the line of a property: `tags: ['night'], // for tracing` */
function findRemark(sourceCode: LangChainFile['sourceCode'], property: TSESTree.Node): TSESTree.Comment | null {
  const next = sourceCode.getTokenAfter(property);
  const comma = next && isCommaToken(next) ? next : null;
  const { line } = property.loc.end;
  if (comma && comma.loc.start.line !== line) return null;
  const comments = sourceCode.getCommentsAfter(comma ?? property).filter(({ loc }) => loc.start.line === line);
  return comments.at(-1) ?? null;
}

/** Inserts after the last argument. */
export function appendArgument(
  { sourceCode }: LangChainFile,
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  argument: string,
): Edit {
  const closing = sourceCode.getLastToken(call, isClosingParenToken);
  const before = closing && sourceCode.getTokenBefore(closing);
  // After the parentheses around the last argument, before a trailing comma.
  const last = before && isCommaToken(before) ? sourceCode.getTokenBefore(before) : before;
  return insert((last ?? call).range[1], `, ${argument}`);
}

function insert(index: number, text: string): Edit {
  return { range: [index, index], text };
}
