import type { TSESTree } from '@typescript-eslint/utils';
import { getEnclosingFunction, getThisClass } from '../ast/ancestors.ts';
import { getMemberRoot } from '../ast/calls.ts';
import { contains, type FunctionNode, getKeyName, unwrap } from '../ast/nodes.ts';
import { getThisMembers } from '../ast/properties.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { arrayMethods } from '../facts/array-methods.ts';
import {
  hasPrimitiveElements,
  isFixed,
  isListOfPrimitives,
  isNeverWritten,
  isPrimitive,
} from '../flow/lifetime/fixed.ts';
import { findMutation, isMutated } from '../trace/changes.ts';
import type { LangChainFile } from '../trace/file.ts';
import { isAnywhere } from '../trace/nodes.ts';

// A model takes its input when it is called; `batch` takes it when its turn comes.

interface Mapping {
  readonly callback: FunctionNode;
  readonly list: TSESTree.Node;
}

/** What other code can change during the wait: nothing, the content of an element of the list, or something shared. */
export type Exposure = 'element' | 'nothing' | 'shared';

export function getExposure(file: LangChainFile, mapping: Mapping, input: TSESTree.Node): Exposure {
  const value = unwrap(input);
  switch (value.type) {
    case AST_NODE_TYPES.ArrayExpression:
      return getLargest(value.elements.map((element) => (element ? getExposure(file, mapping, element) : 'nothing')));
    case AST_NODE_TYPES.ObjectExpression:
      return getLargest(
        value.properties.map((property) =>
          property.type === AST_NODE_TYPES.Property ? getExposure(file, mapping, property.value) : 'element',
        ),
      );
    case AST_NODE_TYPES.NewExpression:
      return getLargest(value.arguments.map((argument) => getExposure(file, mapping, argument)));
    case AST_NODE_TYPES.ConditionalExpression:
      return getLargest([value.consequent, value.alternate].map((each) => getExposure(file, mapping, each)));
    case AST_NODE_TYPES.LogicalExpression:
      return getLargest([value.left, value.right].map((each) => getExposure(file, mapping, each)));
    default:
      return isPrimitive(file, value) || isFixed(file, value) ? 'nothing' : getExposureOfName(file, mapping, value);
  }
}

function getLargest(exposures: readonly Exposure[]): Exposure {
  if (exposures.includes('shared')) return 'shared';
  return exposures.includes('element') ? 'element' : 'nothing';
}

function getExposureOfName(file: LangChainFile, { callback, list }: Mapping, value: TSESTree.Node): Exposure {
  const root = getMemberRoot(value);
  if (root.type === AST_NODE_TYPES.ThisExpression) return 'shared';
  if (root.type !== AST_NODE_TYPES.Identifier) return 'element';
  const variable = file.scopes.findVariable(root);
  if (!variable) return 'shared';
  if (!contains(callback, variable.scope.block))
    return root === value && isNeverWritten(variable) && isMadeOnce(file, root) ? 'nothing' : 'shared';
  const isElement = root === value && variable.defs[0]?.name === callback.params[0];
  return isElement && holdsPrimitives(file, list) ? 'nothing' : 'element';
}

/** How many list methods may be chained. */
const maxMethods = 20;

/** Whether the elements of a list are visibly strings or other primitives. */
function holdsPrimitives(file: LangChainFile, list: TSESTree.Node, depth = maxMethods): boolean {
  const value = unwrap(list);
  if (value.type === AST_NODE_TYPES.CallExpression) {
    const callee = unwrap(value.callee);
    const trace = file.trace(callee);
    if (trace.type === 'global') return trace.name === 'Object.keys';
    if (callee.type !== AST_NODE_TYPES.MemberExpression || depth === 0) return false;
    const name = getKeyName(callee) ?? '';
    if (name === 'split') return isPrimitive(file, callee.object);
    return arrayMethods.get(name)?.keepsElements === true && holdsPrimitives(file, callee.object, depth - 1);
  }
  if (value.type === AST_NODE_TYPES.ArrayExpression && depth > 0)
    return value.elements.every((element) =>
      element?.type === AST_NODE_TYPES.SpreadElement
        ? holdsPrimitives(file, element.argument, depth - 1)
        : element !== null && isPrimitive(file, element),
    );
  if (value.type === AST_NODE_TYPES.NewExpression) {
    const [source] = value.arguments;
    const trace = file.trace(value.callee);
    return trace.type === 'global' && trace.name === 'Set' && source !== undefined && depth > 0
      ? holdsPrimitives(file, source, depth - 1)
      : false;
  }
  if (value.type === AST_NODE_TYPES.LogicalExpression)
    return [value.left, value.right].every((each) => holdsPrimitives(file, each, depth));
  if (hasPrimitiveElements(file, value)) return true;
  const trace = file.trace(value);
  return trace.type === 'typed' && isListOfPrimitives(file.of(trace.node), trace.node);
}

/** `const system = new SystemMessage('…')`, if it is never changed. */
function isMadeOnce(file: LangChainFile, node: TSESTree.Identifier): boolean {
  const variable = file.scopes.findVariable(node);
  const definition = variable?.defs[0];
  return (
    definition?.type === 'Variable' &&
    definition.node.id === definition.name &&
    definition.node.init?.type === AST_NODE_TYPES.NewExpression &&
    variable !== null &&
    !isMutated(variable)
  );
}

/**
 * Whether other code has access to a list and changes it, or the content of its elements. A list that belongs to the
 * function and is awaited right there is not exposed before all elements are processed.
 */
export function isKnownElsewhere(file: LangChainFile, list: TSESTree.Node, node: TSESTree.Node): boolean {
  const member = unwrap(list);
  const root = getMemberRoot(member);
  if (root.type === AST_NODE_TYPES.ThisExpression) return isMemberChanged(file, member);
  const variable = file.scopes.findVariable(root);
  if (!variable || !isMutated(variable)) return false;
  const isOwn = getEnclosingFunction(variable.defs[0]?.name ?? root) === getEnclosingFunction(node);
  return !isOwn || getEnclosingFunction(node) === null || node.parent?.type !== AST_NODE_TYPES.AwaitExpression;
}

/** `this.queue`, if the class changes it. */
function isMemberChanged(file: LangChainFile, member: TSESTree.Node): boolean {
  const classNode = getThisClass(member);
  let owner = member;
  while (owner.type === AST_NODE_TYPES.MemberExpression && unwrap(owner.object).type !== AST_NODE_TYPES.ThisExpression)
    owner = unwrap(owner.object);
  if (!classNode || owner.type !== AST_NODE_TYPES.MemberExpression) return false;
  const uses = getThisMembers(classNode, file.sourceCode.visitorKeys).get(getKeyName(owner)) ?? [];
  return uses.some((use) => findMutation(use) !== null);
}

// ── what runs ───────────────────────────────────────────────────────────────────────────────────────────────────────

const running: ReadonlySet<string> = new Set([
  AST_NODE_TYPES.AssignmentExpression,
  AST_NODE_TYPES.AwaitExpression,
  AST_NODE_TYPES.CallExpression,
  AST_NODE_TYPES.ImportExpression,
  AST_NODE_TYPES.NewExpression,
  AST_NODE_TYPES.TaggedTemplateExpression,
  AST_NODE_TYPES.UpdateExpression,
  AST_NODE_TYPES.YieldExpression,
]);

/** Whether evaluating an expression runs code that may change something. */
export function mayRun(file: LangChainFile, node: TSESTree.Node): boolean {
  return isAnywhere(file, node, ({ type }) => running.has(type));
}
