import type { TSESTree } from '@typescript-eslint/utils';
import { getMethodName } from '../ast/calls.ts';
import { contains, getKeyName, wrapped } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { walk } from '../ast/walk.ts';
import { isEnvironmentObject, isNumberFunction } from '../trace/environment.ts';
import type { LangChainFile } from '../trace/file.ts';
import { isLogging } from './configurable.ts';

/** Whether a read of `limit` or `settings.limit` elsewhere checks it, or may do so. */
export function mayCheckNumber(file: LangChainFile, value: TSESTree.Node): boolean {
  const member = value.type === AST_NODE_TYPES.MemberExpression ? value : null;
  const name = member?.object ?? value;
  const variable = file.scopes.findVariable(name);
  const reads = variable?.references.filter((reference) => reference.isRead()) ?? [];
  return reads.some(({ identifier: { parent }, identifier }) => {
    if (!member) return !isLimitValue(identifier) && !isMention(file, identifier);
    if (parent.type !== AST_NODE_TYPES.MemberExpression) return !isMention(file, identifier);
    const key = getKeyName(parent);
    return key === null || (key === getKeyName(member) && !isLimitValue(parent) && !isMention(file, parent));
  });
}

function isLimitValue(node: TSESTree.Node): boolean {
  const { parent } = node;
  return parent?.type === AST_NODE_TYPES.Property && parent.value === node && getKeyName(parent) === 'maxConcurrency';
}

/** Whether code shows a value, or has a default for it: neither tells whether it is a number. */
function isMention(file: LangChainFile, read: TSESTree.Node): boolean {
  const node = wrapped(read);
  const { parent } = node;
  switch (parent?.type) {
    case AST_NODE_TYPES.TemplateLiteral:
    case AST_NODE_TYPES.Property:
    case AST_NODE_TYPES.ObjectExpression:
      return isMention(file, parent);
    case AST_NODE_TYPES.LogicalExpression:
      return parent.left === node && parent.right.type === AST_NODE_TYPES.Literal;
    case AST_NODE_TYPES.CallExpression:
      return parent.callee !== node && isShowing(file, parent);
    default:
      return false;
  }
}

const logMethods: ReadonlySet<string> = new Set(['debug', 'error', 'info', 'log', 'trace', 'warn']);

function isShowing(file: LangChainFile, call: TSESTree.CallExpression): boolean {
  return isLogging(file, call) || logMethods.has(getMethodName(call) ?? '');
}

/** Whether the file sets the environment variable, checks that it is set, or may do so. */
export function mayCheckVariable(file: LangChainFile, read: TSESTree.Node): boolean {
  const name = getVariableName(read);
  let isFound = false;
  walk(file.program, file.sourceCode.visitorKeys, (node) => {
    isFound ||= node !== read && isCheck(file, node, name, read);
    return !isFound;
  });
  return isFound;
}

export function getVariableName(read: TSESTree.Node): string | null {
  if (read.type === AST_NODE_TYPES.MemberExpression || read.type === AST_NODE_TYPES.Property) return getKeyName(read);
  const name = read.type === AST_NODE_TYPES.CallExpression ? read.arguments[0] : undefined;
  return name?.type === AST_NODE_TYPES.Literal ? String(name.value) : null;
}

/** `if (!process.env.LIMIT) throw …`, `schema.parse(process.env)`, `process.env[name]` in a loop over names. */
function isCheck(file: LangChainFile, node: TSESTree.Node, name: string | null, read: TSESTree.Node): boolean {
  if (node.type !== AST_NODE_TYPES.MemberExpression) return false;
  if (isEnvironmentObject(file, node)) return isPassedWhole(file, node);
  if (!isEnvironmentObject(file, node.object)) return false;
  const key = getKeyName(node);
  return key === null || (key === name && isTest(file, node, read));
}

/** `schema.parse(process.env)`, `schema.parse({ ...process.env })` */
function isPassedWhole(file: LangChainFile, environment: TSESTree.Node): boolean {
  const node = wrapped(environment);
  const { parent } = node;
  const spread = parent?.type === AST_NODE_TYPES.SpreadElement ? parent.parent : null;
  const call = spread?.type === AST_NODE_TYPES.ObjectExpression ? wrapped(spread).parent : parent;
  return call?.type === AST_NODE_TYPES.CallExpression && call.callee !== node && !isShowing(file, call);
}

const comparisons: ReadonlySet<string> = new Set(['!=', '!==', '<', '<=', '==', '===', '>', '>=', 'in']);

/** Whether an expression with the variable decides if the code that reads it runs, sets it, or goes to a validator. */
function isTest(file: LangChainFile, expression: TSESTree.Node, read: TSESTree.Node): boolean {
  const node = wrapped(expression);
  const { parent } = node;
  switch (parent?.type) {
    case AST_NODE_TYPES.AssignmentExpression:
      return parent.left === node;
    case AST_NODE_TYPES.BinaryExpression:
      return comparisons.has(parent.operator);
    case AST_NODE_TYPES.UnaryExpression:
      return parent.operator === 'typeof' || (parent.operator === '!' && isNegationTest(file, parent, read));
    case AST_NODE_TYPES.LogicalExpression:
      return (parent.left === node && mayEnd(file, parent.right, read)) || isTest(file, parent, read);
    case AST_NODE_TYPES.ConditionalExpression:
    case AST_NODE_TYPES.IfStatement:
      return (
        parent.test === node &&
        [parent.consequent, parent.alternate].some((branch) => branch !== null && mayEnd(file, branch, read))
      );
    case AST_NODE_TYPES.Property:
      return parent.value === node && !isLimitValue(node) && isTest(file, parent.parent, read);
    case AST_NODE_TYPES.CallExpression:
      if (isNumberFunction(file, parent.callee)) return isNumberTest(file, parent);
      return parent.callee !== node && !isShowing(file, parent);
    default:
      return false;
  }
}

/** `Number(process.env.LIMIT) > 0`, `Number.isInteger(Number(process.env.LIMIT))` */
function isNumberTest(file: LangChainFile, number: TSESTree.Node): boolean {
  const { parent } = wrapped(number);
  if (parent?.type === AST_NODE_TYPES.BinaryExpression) return comparisons.has(parent.operator);
  const callee = parent?.type === AST_NODE_TYPES.CallExpression ? file.trace(parent.callee) : null;
  return callee?.type === 'global' && /^(?:Number\.)?is(?:Finite|Integer|NaN|SafeInteger)$/u.test(callee.name);
}

/** A negation that is kept, `const isMissing = !process.env.LIMIT`, may be tested anywhere. */
function isNegationTest(file: LangChainFile, negation: TSESTree.Node, read: TSESTree.Node): boolean {
  return wrapped(negation).parent?.type === AST_NODE_TYPES.VariableDeclarator || isTest(file, negation, read);
}

/** Whether a branch reads the variable, or may end the code around it: `throw`, `return`, `process.exit(1)`. */
function mayEnd(file: LangChainFile, branch: TSESTree.Node, read: TSESTree.Node): boolean {
  if (contains(branch, read)) return true;
  let mayEndHere = false;
  walk(branch, file.sourceCode.visitorKeys, (node) => {
    mayEndHere ||=
      endings.has(node.type) ||
      (node.type === AST_NODE_TYPES.CallExpression && !isShowing(file, node) && !isNumberFunction(file, node.callee));
    return !mayEndHere;
  });
  return mayEndHere;
}

const endings: ReadonlySet<AST_NODE_TYPES> = new Set([
  AST_NODE_TYPES.BreakStatement,
  AST_NODE_TYPES.ContinueStatement,
  AST_NODE_TYPES.ReturnStatement,
  AST_NODE_TYPES.ThrowStatement,
]);
