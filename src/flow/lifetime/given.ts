import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { type Call, findParameterIndex } from '../../ast/calls.ts';
import { contains, type FunctionNode, getKeyName, unwrap } from '../../ast/nodes.ts';
import { AST_NODE_TYPES } from '../../ast/types.ts';
import type { LangChainFile } from '../../trace/file.ts';
import { findOption, isUndefined } from '../../trace/options.ts';
import { findCalledAround, runsInField } from '../calls/call-graph.ts';
import { findGuards } from './guards.ts';

/** A function on the way to a construction, with the node in it that calls the next one or builds the value. */
export interface Level {
  /** Null where the node stands in the initialiser of a field. */
  readonly fn: FunctionNode | null;
  readonly node: Call;
}

/** The levels of these calls, outermost first, and of the construction that they lead to; null where one is unseen. */
export function findLevels(
  file: LangChainFile,
  outermost: FunctionNode | null,
  via: readonly Call[],
  construction: Call,
): readonly Level[] | null {
  const levels: Level[] = [{ fn: outermost, node: via[0] ?? construction }];
  for (const [index, call] of via.entries()) {
    const node = via[index + 1] ?? construction;
    const isField = runsInField(file, call, node);
    const fn = isField ? null : findCalledAround(file, call, node);
    if (!fn && !isField) return null;
    levels.push({ fn, node });
  }
  return levels;
}

/**
 * Whether a value is built only where the caller of one of the functions on the way passes none, and the caller does or
 * may pass one: `given ?? new X()`, `(given = new X()) => …`, `if (options.given) return options.given`.
 */
export function isReplaced(file: LangChainFile, levels: readonly Level[]): boolean {
  return levels.some(
    ({ fn, node }, index) =>
      index > 0 &&
      fn !== null &&
      findReplacements(file, node, fn).some((part) => isHandedIn(file, levels, index, part)),
  );
}

/** A parameter, or a part of one, that a value is the default of. */
interface ParameterPart {
  readonly index: number;
  readonly keys: readonly string[];
}

function findReplacements(file: LangChainFile, node: TSESTree.Node, fn: FunctionNode): readonly ParameterPart[] {
  const own = fn.params.flatMap((parameter, index) => findDefault(parameter, node, index, []));
  const tested = findGuards(node, fn).flatMap(({ isMissing, test }) => getMissing(test, isMissing));
  return [...own, ...tested.flatMap((each) => readPart(file, each, fn) ?? [])];
}

/** `(model = new X()) => …`, `({ model = new X() }) => …`, `constructor(private model = new X())` */
function findDefault(
  pattern: TSESTree.Node,
  node: TSESTree.Node,
  index: number,
  keys: readonly string[],
): readonly ParameterPart[] {
  if (!contains(pattern, node)) return [];
  switch (pattern.type) {
    case AST_NODE_TYPES.AssignmentPattern:
      return contains(pattern.right, node) ? [{ index, keys }] : findDefault(pattern.left, node, index, keys);
    case AST_NODE_TYPES.ObjectPattern:
      return pattern.properties.flatMap((property) => {
        const key = property.type === AST_NODE_TYPES.Property ? getKeyName(property) : null;
        return key === null || property.type !== AST_NODE_TYPES.Property
          ? []
          : findDefault(property.value, node, index, [...keys, key]);
      });
    case AST_NODE_TYPES.TSParameterProperty:
      return findDefault(pattern.parameter, node, index, keys);
    default:
      return [];
  }
}

/**
 * The expression that is empty when a test has this outcome: `given` of `!given`, of `given === undefined` and of
 * `given &&`.
 */
function getMissing(test: TSESTree.Node, outcome: boolean): readonly TSESTree.Node[] {
  const expression = unwrap(test);
  switch (expression.type) {
    case AST_NODE_TYPES.UnaryExpression:
      return expression.operator === '!' ? getMissing(expression.argument, !outcome) : [];
    case AST_NODE_TYPES.LogicalExpression:
      return [expression.left, expression.right].flatMap((side) => getMissing(side, outcome));
    case AST_NODE_TYPES.BinaryExpression: {
      const isEqual = expression.operator === '==' || expression.operator === '===';
      const isUnequal = expression.operator === '!=' || expression.operator === '!==';
      return (isEqual && outcome) || (isUnequal && !outcome) ? [getTyped(expression.left)] : [];
    }
    default:
      return outcome ? [] : [expression];
  }
}

/** `given` of `typeof given === 'undefined'`. */
function getTyped(node: TSESTree.Node): TSESTree.Node {
  return node.type === AST_NODE_TYPES.UnaryExpression && node.operator === 'typeof' ? node.argument : node;
}

/** The parameter that an expression names, with the keys into it: `options.model`, `model` of `({ model }) => …`. */
function readPart(file: LangChainFile, node: TSESTree.Node, fn: FunctionNode): ParameterPart | null {
  const expression = unwrap(node);
  if (expression.type === AST_NODE_TYPES.MemberExpression) {
    const key = getKeyName(expression);
    const object = key === null ? null : readPart(file, expression.object, fn);
    return object && key !== null ? { ...object, keys: [...object.keys, key] } : null;
  }
  const variable = file.scopes.findVariable(expression);
  return variable && readVariable(file, variable, fn);
}

function readVariable(file: LangChainFile, { defs }: TSESLint.Scope.Variable, fn: FunctionNode): ParameterPart | null {
  const definition = defs[0];
  if (definition?.type === 'Parameter') {
    if (definition.node !== fn) return null;
    const index = findParameterIndex(fn, definition.name);
    const parameter = fn.params[index];
    const keys = parameter ? findKeys(parameter, definition.name) : null;
    return keys && { index, keys };
  }
  if (definition?.type !== 'Variable' || !definition.node.init) return null;
  const source = readPart(file, definition.node.init, fn);
  const keys = source && findKeys(definition.node.id, definition.name);
  return source && keys ? { ...source, keys: [...source.keys, ...keys] } : null;
}

/** The keys that lead to a name in a pattern; null for a rest element. */
function findKeys(pattern: TSESTree.Node, name: TSESTree.Node): readonly string[] | null {
  switch (pattern.type) {
    case AST_NODE_TYPES.AssignmentPattern:
      return findKeys(pattern.left, name);
    case AST_NODE_TYPES.Identifier:
      return pattern === name ? [] : null;
    case AST_NODE_TYPES.ObjectPattern: {
      const property = pattern.properties.find((each) => contains(each, name));
      const key = property?.type === AST_NODE_TYPES.Property ? getKeyName(property) : null;
      const inner = property?.type === AST_NODE_TYPES.Property && key !== null ? findKeys(property.value, name) : null;
      return inner && key !== null ? [key, ...inner] : null;
    }
    case AST_NODE_TYPES.TSParameterProperty:
      return findKeys(pattern.parameter, name);
    default:
      return null;
  }
}

/** Whether the call of a level passes a part, or may: arguments that cannot be resolved count. */
function isHandedIn(
  file: LangChainFile,
  levels: readonly Level[],
  index: number,
  { index: position, keys }: ParameterPart,
): boolean {
  const caller = levels[index - 1];
  if (!caller) return true;
  const args = caller.node.arguments;
  if (args.slice(0, position + 1).some(({ type }) => type === AST_NODE_TYPES.SpreadElement)) return true;
  const argument = args[position];
  if (!argument || isUndefined(file, argument)) return false;
  // The argument is itself a part of the caller's parameter.
  const own = caller.fn && readPart(file, argument, caller.fn);
  if (own && index > 1) return isHandedIn(file, levels, index - 1, { index: own.index, keys: [...own.keys, ...keys] });
  if (keys.length === 0) return true;
  const option = findOption(file.of(argument), argument, keys.join('.'));
  if (option.is !== 'given') return option.is === 'unknown';
  const inner = caller.fn && readPart(file, option.value, caller.fn);
  return inner && index > 1 ? isHandedIn(file, levels, index - 1, inner) : !isUndefined(file, option.value);
}
