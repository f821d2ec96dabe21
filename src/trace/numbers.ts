import type { TSESTree } from '@typescript-eslint/utils';
import { getKeyName, unwrap } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { isEnvironment, isEnvironmentObject, isNumberFunction } from './environment.ts';
import { findFieldValue } from './fields.ts';
import { type LangChainFile, perKey } from './file.ts';
import { findOption } from './options.ts';

const infinities: ReadonlySet<string> = new Set([
  'Infinity',
  'Number.MAX_SAFE_INTEGER',
  'Number.MAX_VALUE',
  'Number.POSITIVE_INFINITY',
]);

/**
 * The number of a limit: Infinity for one without effect (`Infinity`, `Number.MAX_SAFE_INTEGER`); null when it cannot
 * be read.
 */
export function readLimitNumber(file: LangChainFile, node: TSESTree.Node): number | null {
  const trace = file.trace(node);
  if (trace.type === 'global' && infinities.has(trace.name)) return Infinity;
  const folded = foldNumber(file, node);
  return folded && !folded.isDefault ? folded.value : null;
}

/** A number that can be read from the source. */
export interface FoldedNumber {
  readonly value: number;
  /**
   * The literal that alone makes up the value and serves nothing else; null for `5 * 1000` and for a constant with
   * other uses.
   */
  readonly literal: TSESTree.Literal | null;
  /** Whether it is the default of an unset environment variable: `Number(process.env.TIMEOUT ?? 20)`. */
  readonly isDefault: boolean;
}

/**
 * The number that an expression is: literals, arithmetic on them, constants, members of constant objects, and the
 * default of an environment variable. Null when it cannot be read.
 */
export function foldNumber(file: LangChainFile, node: TSESTree.Node): FoldedNumber | null {
  return findFolded(file, unwrap(node));
}

/** `const a = b; const b = a` is no number. */
const findFolded = perKey<TSESTree.Node, FoldedNumber | null>({ onCycle: null, tooDeep: null }, fold);

function fold(file: LangChainFile, expression: TSESTree.Node): FoldedNumber | null {
  switch (expression.type) {
    case AST_NODE_TYPES.Literal:
      return typeof expression.value === 'number'
        ? { value: expression.value, literal: expression, isDefault: false }
        : null;
    case AST_NODE_TYPES.UnaryExpression:
      return foldUnary(file, expression);
    case AST_NODE_TYPES.BinaryExpression:
      return foldBinary(file, expression);
    case AST_NODE_TYPES.LogicalExpression:
      return expression.operator === '&&' ? null : foldEither(file, expression.left, expression.right);
    case AST_NODE_TYPES.ConditionalExpression:
      return isEnvironment(file, expression.test) && isEnvironment(file, expression.consequent)
        ? asDefault(foldNumber(file, expression.alternate))
        : null;
    case AST_NODE_TYPES.CallExpression:
      return foldCall(file, expression);
    case AST_NODE_TYPES.Identifier:
      return foldConstant(file, expression);
    case AST_NODE_TYPES.MemberExpression:
      return foldMember(file, expression);
    default:
      return null;
  }
}

const rounding: Readonly<Record<string, (...numbers: number[]) => number>> = {
  'Math.ceil': Math.ceil,
  'Math.floor': Math.floor,
  'Math.max': Math.max,
  'Math.min': Math.min,
  'Math.round': Math.round,
  'Math.trunc': Math.trunc,
};

/** `Number('20')`, `Math.max(1000, timeout)` */
function foldCall(file: LangChainFile, { arguments: given, callee }: TSESTree.CallExpression): FoldedNumber | null {
  const [first] = given;
  if (first && isNumberFunction(file, callee)) return foldText(file, first);
  const trace = file.trace(callee);
  const round = trace.type === 'global' && Object.hasOwn(rounding, trace.name) ? rounding[trace.name] : undefined;
  const numbers = round ? given.map((each) => foldNumber(file, each)) : [];
  if (!round || numbers.length === 0 || !numbers.every((each) => each !== null)) return null;
  return {
    value: round(...numbers.map(({ value }) => value)),
    literal: null,
    isDefault: numbers.some(({ isDefault }) => isDefault),
  };
}

function foldUnary(file: LangChainFile, { operator, argument }: TSESTree.UnaryExpression): FoldedNumber | null {
  if (operator === '+') return foldText(file, argument);
  const operand = operator === '-' ? foldNumber(file, argument) : null;
  return operand && { ...operand, value: -operand.value, literal: null };
}

function foldBinary(file: LangChainFile, node: TSESTree.BinaryExpression): FoldedNumber | null {
  const left = foldNumber(file, node.left);
  const right = left && foldNumber(file, node.right);
  if (!right) return null;
  const value = calculate(node.operator, left.value, right.value);
  return value === null ? null : { value, literal: null, isDefault: left.isDefault || right.isDefault };
}

function calculate(operator: string, left: number, right: number): number | null {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '**':
      return left ** right;
    default:
      return null;
  }
}

/** `process.env.TIMEOUT ?? 20` */
function foldEither(file: LangChainFile, left: TSESTree.Node, right: TSESTree.Node): FoldedNumber | null {
  return isEnvironment(file, left) ? asDefault(foldText(file, right)) : null;
}

function asDefault(folded: FoldedNumber | null): FoldedNumber | null {
  return folded && { ...folded, isDefault: true };
}

/** The argument of `Number()`: a number, or the text of one. */
function foldText(file: LangChainFile, node: TSESTree.Node): FoldedNumber | null {
  const expression = unwrap(node);
  if (expression.type === AST_NODE_TYPES.Literal && typeof expression.value === 'string') {
    const value = Number(expression.value.trim() === '' ? Number.NaN : expression.value);
    return Number.isNaN(value) ? null : { value, literal: expression, isDefault: false };
  }
  return foldNumber(file, expression);
}

function foldConstant(file: LangChainFile, identifier: TSESTree.Identifier): FoldedNumber | null {
  const variable = file.scopes.findVariable(identifier);
  const definition = variable?.defs.length === 1 ? variable.defs[0] : undefined;
  if (!variable || definition?.type !== 'Variable') return null;
  const { id, init } = definition.node;
  const writes = variable.references.filter((reference) => reference.isWrite());
  if (!init || writes.some((reference) => reference.init !== true)) return null;
  if (id.type !== AST_NODE_TYPES.Identifier) return foldDestructured(file, definition.name, init);
  const folded = foldNumber(file, init);
  const isShared =
    variable.references.filter((reference) => reference.isRead()).length > 1 ||
    definition.parent.parent.type === AST_NODE_TYPES.ExportNamedDeclaration;
  return folded && isShared ? { ...folded, literal: null } : folded;
}

/** `const { TIMEOUT = '20' } = process.env` */
function foldDestructured(file: LangChainFile, name: TSESTree.Node, init: TSESTree.Node): FoldedNumber | null {
  const { parent } = name;
  return parent?.type === AST_NODE_TYPES.AssignmentPattern && parent.left === name && isEnvironmentObject(file, init)
    ? asDefault(foldText(file, parent.right))
    : null;
}

function foldMember(file: LangChainFile, node: TSESTree.MemberExpression): FoldedNumber | null {
  const name = getKeyName(node);
  if (name === null) return null;
  const option = findOption(file, node.object, name);
  const folded = option.is === 'given' ? foldNumber(file, option.value) : foldField(file, node);
  return folded && { ...folded, literal: null };
}

/** A field of a class, a static or a member of an enum: `this.timeoutMs`, `Config.TIMEOUT`. */
function foldField(file: LangChainFile, node: TSESTree.MemberExpression): FoldedNumber | null {
  const field = findFieldValue(file, node);
  if (field) return foldNumber(file, field);
  const trace = file.trace(node);
  if (trace.type !== 'literal' || trace.node.type !== AST_NODE_TYPES.Literal || typeof trace.node.value !== 'number')
    return null;
  return { value: trace.node.value, literal: trace.node, isDefault: false };
}
