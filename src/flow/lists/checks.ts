import type { TSESTree } from '@typescript-eslint/utils';
import { getMemberRoot } from '../../ast/calls.ts';
import { getKeyName, unwrap } from '../../ast/nodes.ts';
import { leaves } from '../../ast/statements.ts';
import { AST_NODE_TYPES } from '../../ast/types.ts';
import { findConstant } from '../../trace/constants.ts';
import { type LangChainFile, perNode } from '../../trace/file.ts';
import { getPlainText } from '../../trace/nodes.ts';

/** A number that the length of a list was compared with; the code continues only for a shorter list. */
interface Check {
  readonly limit: TSESTree.Node;
  /** Whether the length is strictly below the number. */
  readonly isBelow: boolean;
}

/**
 * The checks that a list has passed at this use: `if (docs.length > 10) throw …` before it, `if (docs.length <= 3)` or
 * `docs.length > 5 ? docs.slice(0, 5) : docs` around it, `assert(docs.length <= 10)`.
 */
export function findChecks(file: LangChainFile, list: TSESTree.Node): readonly Check[] {
  const checks: Check[] = [];
  let child: TSESTree.Node = list;
  for (let parent = list.parent; parent; child = parent, parent = parent.parent) {
    switch (parent.type) {
      case AST_NODE_TYPES.IfStatement:
      case AST_NODE_TYPES.ConditionalExpression:
        if (child !== parent.test) checks.push(...readTest(file, parent.test, list, child === parent.consequent));
        break;
      case AST_NODE_TYPES.LogicalExpression:
        if (child === parent.right && parent.operator !== '??')
          checks.push(...readTest(file, parent.left, list, parent.operator === '&&'));
        break;
      case AST_NODE_TYPES.BlockStatement:
      case AST_NODE_TYPES.Program:
      case AST_NODE_TYPES.SwitchCase:
        for (const statement of getGuards(file, parent)) {
          if (statement.range[0] >= child.range[0]) break;
          checks.push(...readStatement(file, statement, list));
        }
        break;
      default:
    }
  }
  return checks;
}

/** The statements of a block that may check a list, in source order. */
const getGuards = perNode(
  (
    file,
    block: TSESTree.BlockStatement | TSESTree.Program | TSESTree.SwitchCase,
  ): readonly TSESTree.ProgramStatement[] => {
    const statements = block.type === AST_NODE_TYPES.SwitchCase ? block.consequent : block.body;
    return statements.filter(
      (statement) => statement.type === AST_NODE_TYPES.IfStatement || findAsserted(file, statement) !== null,
    );
  },
);

function readStatement(
  file: LangChainFile,
  statement: TSESTree.ProgramStatement,
  list: TSESTree.Node,
): readonly Check[] {
  if (statement.type === AST_NODE_TYPES.IfStatement) {
    return leaves(statement.consequent) || shortens(file, statement.consequent, list)
      ? readTest(file, statement.test, list, false)
      : [];
  }
  const condition = findAsserted(file, statement);
  return condition ? readTest(file, condition, list, true) : [];
}

/** The condition of `assert(docs.length <= 10);` */
function findAsserted(file: LangChainFile, statement: TSESTree.Node): TSESTree.Node | null {
  const call = statement.type === AST_NODE_TYPES.ExpressionStatement ? unwrap(statement.expression) : null;
  return call?.type === AST_NODE_TYPES.CallExpression && isAssertion(file, call) ? (call.arguments[0] ?? null) : null;
}

/** `docs.length = 10;`, `docs.splice(10);`, `docs = docs.slice(0, 10);` */
function shortens(file: LangChainFile, statement: TSESTree.Statement, list: TSESTree.Node): boolean {
  const body = statement.type === AST_NODE_TYPES.BlockStatement ? statement.body : [statement];
  return body.some((each) => {
    const expression = each.type === AST_NODE_TYPES.ExpressionStatement ? unwrap(each.expression) : null;
    if (expression?.type === AST_NODE_TYPES.AssignmentExpression)
      return isSameList(file, expression.left, list) || isLengthOf(file, expression.left, list);
    const callee = expression?.type === AST_NODE_TYPES.CallExpression ? unwrap(expression.callee) : null;
    return (
      callee?.type === AST_NODE_TYPES.MemberExpression &&
      getKeyName(callee) === 'splice' &&
      isSameList(file, callee.object, list)
    );
  });
}

function isAssertion(file: LangChainFile, { callee }: TSESTree.CallExpression): boolean {
  const trace = file.trace(callee);
  if (trace.type === 'global') return trace.name === 'assert';
  return trace.type === 'export' && /^(?:node:)?assert(?:\/strict)?$|invariant|assert$/u.test(trace.export.source);
}

/** What a condition implies for the length of a list when it is true, or false. */
function readTest(
  file: LangChainFile,
  condition: TSESTree.Node,
  list: TSESTree.Node,
  isTrue: boolean,
): readonly Check[] {
  const test = unwrap(condition);
  switch (test.type) {
    case AST_NODE_TYPES.UnaryExpression:
      return test.operator === '!' ? readTest(file, test.argument, list, !isTrue) : [];
    case AST_NODE_TYPES.LogicalExpression:
      // All parts of `a && b` are true, and all parts of `a || b` are false.
      return (test.operator === '&&' && isTrue) || (test.operator === '||' && !isTrue)
        ? [...readTest(file, test.left, list, isTrue), ...readTest(file, test.right, list, isTrue)]
        : [];
    case AST_NODE_TYPES.BinaryExpression:
      return readComparison(file, test, list, isTrue);
    default:
      return [];
  }
}

const mirrored: ReadonlyMap<string, string> = new Map([
  ['<', '>'],
  ['<=', '>='],
  ['>', '<'],
  ['>=', '<='],
]);
const negated: ReadonlyMap<string, string> = new Map([
  ['<', '>='],
  ['<=', '>'],
  ['>', '<='],
  ['>=', '<'],
  ['!=', '=='],
  ['!==', '==='],
  ['==', '!='],
  ['===', '!=='],
]);

function readComparison(
  file: LangChainFile,
  { left, operator, right }: TSESTree.BinaryExpression,
  list: TSESTree.Node,
  isTrue: boolean,
): readonly Check[] {
  const isLeft = isLengthOf(file, left, list);
  if (!isLeft && !isLengthOf(file, right, list)) return [];
  const limit = isLeft ? right : left;
  const asWritten = isLeft ? operator : (mirrored.get(operator) ?? operator);
  switch (isTrue ? asWritten : negated.get(asWritten)) {
    case '<':
      return [{ limit, isBelow: true }];
    case '<=':
    case '==':
    case '===':
      return [{ limit, isBelow: false }];
    default:
      return [];
  }
}

/** `docs.length`, `tags.size`, or a constant that holds it. */
function isLengthOf(file: LangChainFile, node: TSESTree.Node, list: TSESTree.Node): boolean {
  const expression = unwrap(findConstant(file, node) ?? node);
  if (expression.type !== AST_NODE_TYPES.MemberExpression) return false;
  const name = getKeyName(expression);
  return (name === 'length' || name === 'size') && isSameList(file, expression.object, list);
}

function isSameList(file: LangChainFile, node: TSESTree.Node, list: TSESTree.Node): boolean {
  return (
    getPlainText(file, unwrap(node)) === getPlainText(file, list) &&
    file.scopes.findVariable(getMemberRoot(node)) === file.scopes.findVariable(getMemberRoot(list))
  );
}
