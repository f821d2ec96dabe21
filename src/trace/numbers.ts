import type { TSESTree } from '@typescript-eslint/utils';
import { getKeyName, unwrap } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { type LangChainFile, perKey } from './file.ts';
import { findOption } from './options.ts';

const infinities: ReadonlySet<string> = new Set([
  'Infinity',
  'Number.MAX_SAFE_INTEGER',
  'Number.MAX_VALUE',
  'Number.POSITIVE_INFINITY',
]);

/**
 * The number that a limit is. What is no limit in effect (`Infinity`, `Number.MAX_SAFE_INTEGER`) is Infinity; null when
 * it cannot be read.
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
  /** Whether it stands in for an environment variable that is not set: `Number(process.env.TIMEOUT ?? 20)`. */
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
      return isNumberFunction(file, expression.callee) && expression.arguments[0]
        ? foldText(file, expression.arguments[0])
        : null;
    case AST_NODE_TYPES.Identifier:
      return foldConstant(file, expression);
    case AST_NODE_TYPES.MemberExpression:
      return foldMember(file, expression);
    default:
      return null;
  }
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
  if (id.type !== AST_NODE_TYPES.Identifier || !init) return null;
  const writes = variable.references.filter((reference) => reference.isWrite());
  if (writes.some((reference) => reference.init !== true)) return null;
  const folded = foldNumber(file, init);
  const isShared =
    variable.references.filter((reference) => reference.isRead()).length > 1 ||
    definition.parent.parent.type === AST_NODE_TYPES.ExportNamedDeclaration;
  return folded && isShared ? { ...folded, literal: null } : folded;
}

function foldMember(file: LangChainFile, node: TSESTree.MemberExpression): FoldedNumber | null {
  const name = getKeyName(node);
  if (name === null) return null;
  const option = findOption(file, node.object, name);
  const folded = option.is === 'given' ? foldNumber(file, option.value) : foldTraced(file, node);
  return folded && { ...folded, literal: null };
}

/** A field of a class: `this.timeoutMs`. */
function foldTraced(file: LangChainFile, node: TSESTree.MemberExpression): FoldedNumber | null {
  const trace = file.trace(node);
  if (trace.type !== 'literal' || trace.node.type !== AST_NODE_TYPES.Literal || typeof trace.node.value !== 'number')
    return null;
  return { value: trace.node.value, literal: trace.node, isDefault: false };
}

function isNumberFunction(file: LangChainFile, callee: TSESTree.Node): boolean {
  const trace = file.trace(callee);
  return (
    trace.type === 'global' &&
    ['Number', 'Number.parseFloat', 'Number.parseInt', 'parseFloat', 'parseInt'].includes(trace.name)
  );
}

/** `process.env.X`, `import.meta.env.X`, `Deno.env.get('X')`, `Number(process.env.X)`, `process.env.X!` */
export function isEnvironment(file: LangChainFile, node: TSESTree.Node): boolean {
  return isEnvironmentValue(file, unwrap(node));
}

const isEnvironmentValue = perKey({ onCycle: false, tooDeep: false }, readEnvironment);

function readEnvironment(file: LangChainFile, expression: TSESTree.Node): boolean {
  switch (expression.type) {
    case AST_NODE_TYPES.UnaryExpression:
      return expression.operator === '+' && isEnvironment(file, expression.argument);
    case AST_NODE_TYPES.CallExpression: {
      const [argument] = expression.arguments;
      if (argument && isNumberFunction(file, expression.callee)) return isEnvironment(file, argument);
      const callee = file.trace(expression.callee);
      return callee.type === 'global' && callee.name === 'Deno.env.get';
    }
    case AST_NODE_TYPES.MemberExpression: {
      const object = unwrap(expression.object);
      if (object.type === AST_NODE_TYPES.MemberExpression && unwrap(object.object).type === AST_NODE_TYPES.MetaProperty)
        return getKeyName(object) === 'env';
      const trace = file.trace(object);
      return (
        (trace.type === 'global' && (trace.name === 'process.env' || trace.name === 'Bun.env')) ||
        (trace.type === 'export' && trace.export.source === 'process')
      );
    }
    case AST_NODE_TYPES.Identifier: {
      const definition = file.scopes.findVariable(expression)?.defs[0];
      if (definition?.type !== 'Variable' || definition.parent.kind !== 'const' || !definition.node.init) return false;
      return definition.node.id.type === AST_NODE_TYPES.Identifier && isEnvironment(file, definition.node.init);
    }
    default:
      return false;
  }
}
