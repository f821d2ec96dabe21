import type { TSESTree } from '@typescript-eslint/utils';
import { getMethodName } from '../ast/calls.ts';
import { findProperty, unwrap, wrapped } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import type { Edit } from '../fix/edit.ts';
import { isHeld } from '../fix/held.ts';
import { getValueText, moveOption, moveToArgument, removeFromArgument, removeProperty } from '../fix/move-option.ts';
import { addToArgument, setConstructorOption, setProperty } from '../fix/objects.ts';
import type { Offer, Rewrite } from '../fix/offer.ts';
import { getConstruction } from '../langchain/construction.ts';
import { findWorkingOption, ignoresKey } from '../langchain/ignores.ts';
import { findModel, getParts } from '../langchain/parts.ts';
import { getTraits } from '../langchain/traits.ts';
import { findConstant } from '../trace/constants.ts';
import type { LangChainFile } from '../trace/file.ts';
import { foldNumber } from '../trace/numbers.ts';
import { findOption } from '../trace/options.ts';
import { findConfigured, isOnlyUsedBy } from './configured.ts';
import type { Ineffective } from './ineffective-setting.ts';
import { findInvalidLimit } from './limit-values.ts';

export type RewriteId = 'move' | 'passToBatch' | 'remove' | 'removeStreaming' | 'rename' | 'setOnModel';

/** The rewrites of a setting without effect. */
export function getRewrites(file: LangChainFile, found: Ineffective): Offer<RewriteId> {
  const { at, cause, instead, node, option, receiver } = found;
  if (cause === 'fallback') return { suggestions: [failAloud(file, found)] };
  if (cause === 'ttl') return { suggestions: [countSeconds(file, found)] };
  if (!receiver) return {};
  const object = found.object && findOwn(file, found.object);
  const call = at.type === AST_NODE_TYPES.CallExpression ? at : null;
  const property = node.type === AST_NODE_TYPES.Property ? node : null;
  switch (cause) {
    case 'pythonMethod':
      return receiver.narrowed
        ? {}
        : {
            rewrite: {
              messageId: 'rename',
              data: { instead: `${instead}()` },
              edits: [renameMethod(file, node, instead)],
            },
          };
    case 'pythonKey':
      return property ? renameKey(file, found, property) : {};
    case 'configurable':
      // At the top of the config of a single call it has no effect either.
      return call && instead === 'maxConcurrency' && ignoresKey(receiver, getMethodName(call) ?? '', instead)
        ? {}
        : move('the top of the config', object && moveOption(file, object, option, instead));
    case 'retries':
      return move(`\`${instead}\``, object && moveOption(file, object, option, instead));
    case 'ignored': {
      const working = findWorkingOption(option, getTraits(file, receiver));
      if (working !== null) return move(`\`${working}\``, object && moveOption(file, object, option, working));
      return { suggestions: [object && property && option === 'maxRetries' ? remove(file, object, property) : null] };
    }
    case 'streaming':
      return { suggestions: [object && removeStreaming(file, object)] };
    case 'input':
      return move('the config', call && object && property && moveToArgument(file, call, object, property, 1, option));
    case 'chain':
      return move(
        'the input',
        call && object && property && !isList(call) ? moveToArgument(file, call, object, property, 0, option) : null,
      );
    case 'laterConfig':
      return move('the first config', call && property && moveToFirst(file, call, property));
    case 'oneCall':
      return { suggestions: [call && property && setOnModel(file, found, call, property)] };
    case 'bound':
      return { suggestions: [call && property && passToBatch(file, call, property)] };
    case 'misspelled':
      return property ? renameOption(file, found, property) : {};
    case 'agents':
    case 'cachePolicy':
    case 'callRetries':
    case 'callTimeout':
    case 'fetch':
    case 'mapReduce':
    case 'perCall':
    case 'signal':
    case 'streamedCache':
    case 'threadLimit':
    case 'toolNode':
      return {};
  }
}

/** The literal, or that of a constant without any other use. */
function findOwn(file: LangChainFile, node: TSESTree.Node): TSESTree.Node | null {
  const expression = unwrap(node);
  if (expression.type !== AST_NODE_TYPES.Identifier) return node;
  const uses = file.scopes.findVariable(expression)?.references.filter((reference) => reference.init !== true) ?? [];
  return uses.length === 1 ? findConstant(file, expression) : null;
}

function move(place: string, edits: readonly Edit[] | null): Offer<RewriteId> {
  return { suggestions: [edits && { messageId: 'move', data: { place }, edits }] };
}

/** Whether the input is no object literal, such as the list of inputs of `batch()`. */
function isList(call: TSESTree.CallExpression): boolean {
  return call.arguments[0] === undefined || unwrap(call.arguments[0]).type !== AST_NODE_TYPES.ObjectExpression;
}

function renameMethod({ sourceCode }: LangChainFile, name: TSESTree.Node, instead: string): Edit {
  return {
    range: name.range,
    text: name.type === AST_NODE_TYPES.Identifier ? instead : sourceCode.getText(name).replace(/\w+/u, instead),
  };
}

/** The default of a run: a lower limit may end runs that it did not end before. */
const defaultRecursionLimit = 25;

function renameKey(
  file: LangChainFile,
  { at, instead, receiver, value }: Ineffective,
  property: TSESTree.Property,
): Offer<RewriteId> {
  const object = property.parent;
  // Other users of the object may want the key as it is.
  if (
    property.computed ||
    object.type !== AST_NODE_TYPES.ObjectExpression ||
    isHeld(file, object) ||
    !isOnlyUsedBy(file, object, () => true) ||
    (instead === 'maxConcurrency' && isLaterConfig(object))
  )
    return {};
  const limit = instead === 'maxConcurrency' ? value : null;
  const dropsWork =
    limit !== null &&
    receiver !== null &&
    getParts(receiver).some((part) => getTraits(file, part).limitOfOneDropsWork === true);
  const folded = limit && foldNumber(file, limit);
  const number = folded?.value;
  // Under its right name the value would throw, or make a graph drop work.
  if (limit && (findInvalidLimit(file, limit) || (dropsWork && number === 1))) return {};
  const edit: Edit = property.shorthand
    ? { range: property.range, text: `${instead}: ${file.sourceCode.getText(property.value)}` }
    : { range: property.key.range, text: instead };
  return {
    rewrite: { messageId: 'rename', data: { instead }, edits: [edit] },
    unless: {
      'the value may be none that a queue takes': limit !== null && folded?.isDefault !== false,
      'the limit may be the one under which a graph drops work': dropsWork && number === undefined,
      'only the first of the runs would get the id':
        instead === 'runId' && at.type === AST_NODE_TYPES.CallExpression && getMethodName(at) === 'batch',
      'a run may end at the limit':
        instead === 'recursionLimit' && ((value && foldNumber(file, value)?.value) ?? 0) < defaultRecursionLimit,
    },
  };
}

/** `{ … }` of `[{}, { … }]`: in a list, the first config limits all. */
function isLaterConfig(object: TSESTree.Node): boolean {
  const config = wrapped(object);
  return config.parent?.type === AST_NODE_TYPES.ArrayExpression && config.parent.elements[0] !== config;
}

/** Python counts in seconds: a number below this may be either unit, so it is left to the reader. */
const leastTimeout = 10_000;
const isSeconds = /^(?:[1-9]\d|[1-5]\d\d|600)$/u;

/** The intended name, where it belongs in the same place and has an effect. */
function renameOption(
  file: LangChainFile,
  { instead, option, value }: Ineffective,
  property: TSESTree.Property,
): Offer<RewriteId> {
  const name = /^Write `(?<name>\w+)`$/u.exec(instead)?.groups?.['name'];
  if (name === undefined || property.computed || !value) return {};
  if (name === 'maxConcurrency' && findInvalidLimit(file, value)) return {};
  const text = file.getText(property.value);
  const seconds = option.endsWith('request_timeout') && isSeconds.test(text) ? `${text}_000` : null;
  if (name === 'timeout' && seconds === null && (foldNumber(file, value)?.value ?? 0) < leastTimeout) return {};
  const edit: Edit =
    property.shorthand || seconds !== null
      ? { range: property.range, text: `${name}: ${seconds ?? text}` }
      : { range: property.key.range, text: name };
  const written = seconds === null ? name : `${name}: ${seconds}`;
  return { suggestions: [{ messageId: 'rename', data: { instead: written }, edits: [edit] }] };
}

/** `modelRetryMiddleware({ onFailure: 'error' })` */
function failAloud(file: LangChainFile, { at, object }: Ineffective): Rewrite<RewriteId> | null {
  const option = findOption(file, object, 'onFailure');
  const written = "'error'";
  const end = at.range[1] - 1;
  const added = `{ onFailure: ${written} }`;
  if (at.type !== AST_NODE_TYPES.CallExpression) return null;
  if (at.arguments.length === 0) return answer([{ range: [end, end], text: added }]);
  if (option.is !== 'given') return answer(addToArgument(file, at, 0, 'onFailure', written));
  return file.owns(option.value) && !option.property.shorthand
    ? answer([{ range: option.value.range, text: written }])
    : null;
}

function answer(edits: readonly Edit[] | null): Rewrite<RewriteId> | null {
  return edits && { messageId: 'rename', data: { instead: "onFailure: 'error'" }, edits };
}

/** `ttl: 60` for `ttl: 60 * 1000` */
function countSeconds(file: LangChainFile, { instead, value }: Ineffective): Rewrite<RewriteId> | null {
  if (!value || !file.owns(value) || !/^[\d_*() ]+$/u.test(file.sourceCode.getText(value))) return null;
  return { messageId: 'rename', data: { instead: `ttl: ${instead}` }, edits: [{ range: value.range, text: instead }] };
}

/** Removes a setting that no rule asks for: the program behaves the same without it. */
function remove(file: LangChainFile, options: TSESTree.Node, property: TSESTree.Property): Rewrite<RewriteId> | null {
  const object = unwrap(options);
  if (object.type !== AST_NODE_TYPES.ObjectExpression || property.parent !== object) return null;
  return { messageId: 'remove', edits: removeProperty(file, object, property) };
}

function removeStreaming(file: LangChainFile, options: TSESTree.Node): Rewrite<RewriteId> | null {
  const object = unwrap(options);
  if (object.type !== AST_NODE_TYPES.ObjectExpression) return null;
  const streaming = findProperty(object, 'streaming');
  return streaming && { messageId: 'removeStreaming', edits: removeProperty(file, object, streaming) };
}

/** `batch(inputs, [{}, { maxConcurrency: 5 }])` */
function moveToFirst(
  file: LangChainFile,
  call: TSESTree.CallExpression,
  property: TSESTree.Property,
): readonly Edit[] | null {
  const [first] = findConfigured(file, call)?.configs ?? [];
  const target = first ? unwrap(first) : null;
  const value = getValueText(file, property);
  const object = property.parent;
  if (
    target?.type !== AST_NODE_TYPES.ObjectExpression ||
    object.type !== AST_NODE_TYPES.ObjectExpression ||
    value === null ||
    findInvalidLimit(file, property.value)
  )
    return null;
  const added = setProperty(file, target, 'maxConcurrency', value);
  return added && [...added, ...removeProperty(file, object, property)];
}

/** Moves the limit of a single call to the model that it is called on. */
function setOnModel(
  file: LangChainFile,
  { receiver }: Ineffective,
  call: TSESTree.CallExpression,
  property: TSESTree.Property,
): Rewrite<RewriteId> | null {
  const model = receiver?.kind === 'embeddings' ? receiver : receiver && findModel(file, receiver);
  const construction = model && getConstruction(model);
  if (construction?.origin !== 'new' || construction.node.type !== AST_NODE_TYPES.NewExpression) return null;
  const value = readLimitText(file, property);
  if (value === null || getTraits(file, construction).honoursMaxConcurrency !== true) return null;
  const removed = removeFromArgument(file, call, property);
  const added = setConstructorOption(file, construction, 'maxConcurrency', value);
  return (
    removed &&
    added && { messageId: 'setOnModel', data: { className: construction.className }, edits: [...added, ...removed] }
  );
}

function passToBatch(
  file: LangChainFile,
  call: TSESTree.CallExpression,
  property: TSESTree.Property,
): Rewrite<RewriteId> | null {
  const value = readLimitText(file, property);
  const edits = value === null ? null : addToArgument(file, call, 1, 'maxConcurrency', value);
  return edits && { messageId: 'passToBatch', edits };
}

/** A limit that is valid for a queue and has the same meaning everywhere. */
function readLimitText(file: LangChainFile, { value }: TSESTree.Property): string | null {
  if (value.type !== AST_NODE_TYPES.Literal || typeof value.value !== 'number' || findInvalidLimit(file, value))
    return null;
  return file.sourceCode.getText(value);
}
