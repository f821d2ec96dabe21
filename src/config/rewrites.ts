import type { TSESTree } from '@typescript-eslint/utils';
import { getMethodName } from '../ast/calls.ts';
import { findProperty, unwrap, wrapped } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import type { Edit } from '../fix/edit.ts';
import { isHeld } from '../fix/held.ts';
import { getValueText, moveOption, moveToArgument, removeFromArgument, removeProperty } from '../fix/move-option.ts';
import { formatNumber } from '../fix/number.ts';
import { addToArgument, setConstructorOption, setProperty } from '../fix/objects.ts';
import type { Offer, Rewrite } from '../fix/offer.ts';
import { getConstruction } from '../langchain/construction.ts';
import { findWorkingOption, ignoresKey } from '../langchain/ignores.ts';
import { findModel, getParts } from '../langchain/parts.ts';
import { getTraits } from '../langchain/traits.ts';
import { findConstant } from '../trace/constants.ts';
import { findEnvironment } from '../trace/environment.ts';
import type { LangChainFile } from '../trace/file.ts';
import { foldNumber } from '../trace/numbers.ts';
import { findOption } from '../trace/options.ts';
import type { LangChainValue } from '../trace/value.ts';
import { findConfigured, isOnlyUsedBy } from './configured.ts';
import { endsBefore } from './fetch.ts';
import { findUnreached } from './ineffective.ts';
import type { Ineffective } from './ineffective-setting.ts';
import { findInvalidLimit } from './limit-values.ts';
import { fitCalls } from './shares.ts';
import { streamMethods, streamsAlways } from './streaming.ts';
import { leastTimes } from './timeouts.ts';

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
      if (object && findOption(file, object, instead).is === 'given') return {};
      // At the top of the config of a single call it has no effect either.
      return call && instead === 'maxConcurrency' && ignoresKey(receiver, getMethodName(call) ?? '', instead)
        ? {}
        : moveSound(file, found, object, instead, top);
    case 'retries':
      return move(`\`${instead}\``, object && moveOption(file, object, option, instead));
    case 'ignored': {
      const working = findWorkingOption(option, getTraits(file, receiver));
      if (working !== null) return moveSound(file, found, object, working, `\`${working}\``);
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
      return { suggestions: [property && passToBatch(file, receiver, property)] };
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

const top = 'the top of the config';

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

/** Moves an option to a place where it has an effect, with a value that no rule reports there. */
function moveSound(
  file: LangChainFile,
  { option, receiver, value }: Ineffective,
  object: TSESTree.Node | null,
  to: string,
  place: string,
): Offer<RewriteId> {
  if (!object || !receiver || !value) return {};
  if (to === 'maxConcurrency')
    return isSoundLimit(file, receiver, value) ? move(place, moveOption(file, object, option, to)) : {};
  if (!to.endsWith('timeout')) return move(place, moveOption(file, object, option, to));
  const time = readTime(file, receiver, value);
  if (!time) return {};
  return move(
    time.text === null ? place : `${place}, as ${time.text} milliseconds`,
    moveOption(file, object, option, to, time.text),
  );
}

/** Whether a limit is valid where it has an effect, does not make a graph drop work, and is within the budget. */
function isSoundLimit(file: LangChainFile, receiver: LangChainValue, value: TSESTree.Node): boolean {
  const number = foldNumber(file, value)?.value;
  const dropsWork = mayDropWork(file, receiver);
  return (
    !findInvalidLimit(file, value) &&
    findEnvironment(file, value) === null &&
    !(dropsWork && number === 1) &&
    (number === undefined || fitCalls(file, number, dropsWork ? 2 : 1) === number)
  );
}

function mayDropWork(file: LangChainFile, receiver: LangChainValue): boolean {
  return getParts(receiver).some((part) => getTraits(file, part).limitOfOneDropsWork === true);
}

/**
 * How to write a time that nothing read so far: as it is, or in milliseconds where it can only be seconds. Null where
 * it would be too low, or longer than `fetch` waits.
 */
function readTime(
  file: LangChainFile,
  receiver: LangChainValue,
  value: TSESTree.Node,
): { readonly text: string | null } | null {
  const number = foldNumber(file, value);
  if (!number) return { text: null };
  const seconds = isSeconds.test(file.getText(value));
  const milliseconds = seconds ? number.value * 1000 : number.value;
  const least = receiver.kind === 'embeddings' ? leastTimes.embeddings : leastTimes.model;
  if (milliseconds < least || endsBefore(file, receiver, milliseconds)) return null;
  return { text: seconds ? formatNumber(milliseconds) : null };
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
    findOption(file, object, instead).is === 'given' ||
    isHeld(file, object) ||
    !isOnlyUsedBy(file, object, () => true) ||
    (instead === 'maxConcurrency' && isLaterConfig(object))
  )
    return {};
  const limit = instead === 'maxConcurrency' ? value : null;
  // Under its right name the value would throw, or make a graph drop work.
  if (limit && receiver && !isSoundLimit(file, receiver, limit)) return {};
  const folded = limit && foldNumber(file, limit);
  const number = folded?.value;
  const edit: Edit = property.shorthand
    ? { range: property.range, text: `${instead}: ${file.sourceCode.getText(property.value)}` }
    : { range: property.key.range, text: instead };
  return {
    rewrite: { messageId: 'rename', data: { instead }, edits: [edit] },
    unless: {
      'the value may be none that a queue takes': limit !== null && folded?.isDefault !== false,
      'the limit may be the one under which a graph drops work':
        limit !== null && number === undefined && receiver !== null && mayDropWork(file, receiver),
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

const isSeconds = /^(?:[1-9]\d|[1-5]\d\d|600)$/u;

/** The intended name, where it belongs in the same place and has an effect. */
function renameOption(
  file: LangChainFile,
  { instead, option, receiver, value }: Ineffective,
  property: TSESTree.Property,
): Offer<RewriteId> {
  const name = /^Write `(?<name>\w+)`$/u.exec(instead)?.groups?.['name'];
  if (name === undefined || property.computed || !value || !receiver) return {};
  if (name === 'maxConcurrency' && (streamsAlways(file, receiver) || !isSoundLimit(file, receiver, value))) return {};
  if (findOption(file, property.parent, name).is === 'given') return {};
  const text = file.getText(property.value);
  const seconds = option.endsWith('request_timeout') && isSeconds.test(text) ? `${text}_000` : null;
  if (name === 'timeout') {
    const milliseconds = (foldNumber(file, value)?.value ?? 0) * (seconds === null ? 1 : 1000);
    // Python counts in seconds: a number below this may be either unit, so it is left to the reader.
    if (milliseconds < leastTimes.model || endsBefore(file, receiver, milliseconds)) return {};
  }
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
  const configured = findConfigured(file, call);
  const [first] = configured?.configs ?? [];
  const target = first ? unwrap(first) : null;
  const value = getValueText(file, property);
  const object = property.parent;
  if (
    target?.type !== AST_NODE_TYPES.ObjectExpression ||
    object.type !== AST_NODE_TYPES.ObjectExpression ||
    value === null ||
    !configured ||
    !isSoundLimit(file, configured.receiver, property.value)
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
  const value = readLimitText(file, construction, property);
  if (value === null || getTraits(file, construction).honoursMaxConcurrency !== true) return null;
  // A call leaves the queue of the model when its stream opens.
  if (streamMethods.has(getMethodName(call) ?? '') || streamsAlways(file, construction)) return null;
  const removed = removeFromArgument(file, call, property);
  const added = setConstructorOption(file, construction, 'maxConcurrency', value);
  return (
    removed &&
    added && { messageId: 'setOnModel', data: { className: construction.className }, edits: [...added, ...removed] }
  );
}

/** Passes a bound limit to every call of `batch` that it does not reach. */
function passToBatch(
  file: LangChainFile,
  receiver: LangChainValue,
  property: TSESTree.Property,
): Rewrite<RewriteId> | null {
  const value = readLimitText(file, receiver, property);
  if (value === null) return null;
  const edits = findUnreached(file, property).map((call) => addToArgument(file, call, 1, 'maxConcurrency', value));
  return edits.every((each) => each !== null) ? { messageId: 'passToBatch', edits: edits.flat() } : null;
}

/** A limit that is valid for a queue and has the same meaning everywhere. */
function readLimitText(file: LangChainFile, receiver: LangChainValue, { value }: TSESTree.Property): string | null {
  const isNumber = value.type === AST_NODE_TYPES.Literal && typeof value.value === 'number';
  return isNumber && isSoundLimit(file, receiver, value) ? file.sourceCode.getText(value) : null;
}
