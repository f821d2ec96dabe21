import type { TSESTree } from '@typescript-eslint/utils';
import { findProperty, getKeyName, hasUnreadableKeys, unwrap } from '../ast/nodes.ts';
import { isCommaToken } from '../ast/tokens.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import type { LangChainFile } from '../trace/file.ts';
import type { Edit } from './edit.ts';
import { isHeld } from './held.ts';
import { addToArgument, setProperty } from './objects.ts';
import { getArgumentText } from './text.ts';

/** A property of an object literal, and the object. */
interface OptionPlace {
  readonly object: TSESTree.ObjectExpression;
  readonly property: TSESTree.Property;
}

/** The text of a property's value; null for a method or an accessor, and where the option's type does not accept it. */
export function getValueText(file: LangChainFile, { kind, method, value }: TSESTree.Property): string | null {
  return method || kind !== 'init' || isOfOtherType(file, value) ? null : getArgumentText(file, value);
}

/**
 * Whether a value is visibly a readonly array, or may be undefined, which an option under `exactOptionalPropertyTypes`
 * may not be:
 * `request?.signal`, `signal` of `(signal?: AbortSignal)`, `request.signal` of `(request: { signal?: AbortSignal })`.
 */
function isOfOtherType(file: LangChainFile, value: TSESTree.Node): boolean {
  if (value.type === AST_NODE_TYPES.ChainExpression) return true;
  const member = value.type === AST_NODE_TYPES.MemberExpression ? value : null;
  const root = member ? member.object : value;
  const name = root.type === AST_NODE_TYPES.Identifier ? file.scopes.findVariable(root)?.defs[0]?.name : null;
  if (name?.type !== AST_NODE_TYPES.Identifier) return false;
  if (!member)
    return (
      name.optional ||
      (name.typeAnnotation
        ? /\bundefined\b|\breadonly\b|\bReadonly/u.test(file.sourceCode.getText(name.typeAnnotation))
        : false)
    );
  const key = getKeyName(member);
  return key !== null && getTypeText(file, name.typeAnnotation?.typeAnnotation).includes(`${key}?:`);
}

/** The source of a type, even where the file names it. */
function getTypeText({ scopes, sourceCode }: LangChainFile, type: TSESTree.TypeNode | undefined): string {
  if (!type) return '';
  const declaration =
    type.type === AST_NODE_TYPES.TSTypeReference && type.typeName.type === AST_NODE_TYPES.Identifier
      ? scopes.findVariable(type.typeName)?.defs[0]?.node
      : null;
  return sourceCode.getText(declaration ?? type);
}

/**
 * Moves an option within an object literal: from `timeout` to `clientOptions.timeout` turns `{ timeout: 5 }` into `{
 * clientOptions: { timeout: 5 } }`. Objects left empty are removed. Null where a part of the path is not written there.
 *
 * @param instead Another value; null keeps the one that is written.
 */
export function moveOption(
  file: LangChainFile,
  root: TSESTree.Node,
  from: string,
  to: string,
  instead: string | null = null,
): readonly Edit[] | null {
  const object = unwrap(root);
  if (object.type !== AST_NODE_TYPES.ObjectExpression || isHeld(file, object)) return null;
  const places = findPlaces(object, from);
  const moved = places.at(-1);
  const old = places.findLast((place, index) => index === 0 || place.object.properties.length > 1);
  const value = moved ? (instead ?? getValueText(file, moved.property)) : null;
  if (!old || value === null) return null;
  const keys = to.split('.');
  let target = object;
  for (let next = step(target, keys, old); next; next = step(target, keys, old)) {
    target = next;
    keys.shift();
  }
  const [key = '', ...inner] = keys;
  const existing = findProperty(target, key);
  const isTaken = existing !== null && existing !== old.property;
  if (hasUnreadableKeys(target) || (isTaken && inner.length > 0)) return null;
  const text = inner.reduceRight((nested, name) => `{ ${writeProperty(name, nested)} }`, value);
  if (target === old.object && !isTaken) return [{ range: old.property.range, text: writeProperty(key, text) }];
  const added = setProperty(file, target, key, text);
  return added && [...removeProperty(file, old.object, old.property), ...added];
}

/** The properties on the path to an option, outermost first; none where one of them is not written there. */
function findPlaces(root: TSESTree.ObjectExpression, path: string): readonly OptionPlace[] {
  const places: OptionPlace[] = [];
  let object: TSESTree.Node = root;
  for (const key of path.split('.')) {
    const property = object.type === AST_NODE_TYPES.ObjectExpression ? findProperty(object, key) : null;
    if (object.type !== AST_NODE_TYPES.ObjectExpression || !property) return [];
    places.push({ object, property });
    object = unwrap(property.value);
  }
  return places;
}

/** The object one level deeper on the path to an option, if it is written there and remains. */
function step(
  object: TSESTree.ObjectExpression,
  [key, next]: readonly string[],
  old: OptionPlace,
): TSESTree.ObjectExpression | null {
  const property = key === undefined || next === undefined ? null : findProperty(object, key);
  const inner = property && property !== old.property ? unwrap(property.value) : null;
  return inner?.type === AST_NODE_TYPES.ObjectExpression ? inner : null;
}

/** Removes a property from an object literal, with its comma. */
export function removeProperty(
  { sourceCode }: LangChainFile,
  object: TSESTree.ObjectExpression,
  property: TSESTree.ObjectLiteralElement,
): readonly Edit[] {
  const index = object.properties.indexOf(property);
  const next = object.properties[index + 1];
  const previous = object.properties[index - 1];
  if (next) return [{ range: [property.range[0], next.range[0]], text: '' }];
  if (previous) return [{ range: [previous.range[1], property.range[1]], text: '' }];
  const comma = sourceCode.getTokenAfter(property);
  const end = comma && isCommaToken(comma) ? comma.range[1] : property.range[1];
  const isAlone = sourceCode.getCommentsInside(object).length === 0;
  return [{ range: isAlone ? object.range : [property.range[0], end], text: isAlone ? '{}' : '' }];
}

/** Removes a property from the literal that is the last argument of a call, and the argument with its only property. */
export function removeFromArgument(
  file: LangChainFile,
  call: TSESTree.CallExpression,
  property: TSESTree.Property,
): readonly Edit[] | null {
  const argument = call.arguments.at(-1);
  if (!argument) return null;
  const object = unwrap(argument);
  if (object.type !== AST_NODE_TYPES.ObjectExpression || !object.properties.includes(property)) return null;
  if (object.properties.length > 1) return removeProperty(file, object, property);
  const comma = file.sourceCode.getTokenBefore(argument);
  return comma && isCommaToken(comma) ? [{ range: [comma.range[0], argument.range[1]], text: '' }] : null;
}

/** Moves a property of an argument literal to another argument: out of the input and into the config, or back. */
export function moveToArgument(
  file: LangChainFile,
  call: TSESTree.CallExpression,
  from: TSESTree.Node,
  property: TSESTree.Property,
  index: number,
  name: string,
): readonly Edit[] | null {
  const object = unwrap(from);
  const value = getValueText(file, property);
  if (object.type !== AST_NODE_TYPES.ObjectExpression || !object.properties.includes(property) || value === null)
    return null;
  const isLast = call.arguments.at(-1) === from && index < call.arguments.length - 1;
  const removed = isLast ? removeFromArgument(file, call, property) : removeProperty(file, object, property);
  const added = addToArgument(file, call, index, name, value);
  return removed && added && [...removed, ...added];
}

function writeProperty(name: string, value: string): string {
  return name === value ? name : `${name}: ${value}`;
}
