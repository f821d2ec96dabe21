import type { TSESTree } from '@typescript-eslint/utils';
import { getEnclosingFunction } from '../../ast/ancestors.ts';
import { isFunction, unwrap } from '../../ast/nodes.ts';
import { AST_NODE_TYPES } from '../../ast/types.ts';
import { walk } from '../../ast/walk.ts';
import { resolveFunction } from '../../flow/calls/functions.ts';
import { type LangChainFile, perNode } from '../../trace/file.ts';
import { isAnywhere, isInOwnCode } from '../../trace/nodes.ts';
import type { Place } from './place.ts';

// ── what has to hold ────────────────────────────────────────────────────────────────────────────────────────────────

export function waits(file: LangChainFile, moved: TSESTree.Node): boolean {
  return isInOwnCode(file, moved, ({ type }) => type === AST_NODE_TYPES.AwaitExpression);
}

export function mayWait(file: LangChainFile, moved: TSESTree.Node, { statement }: Place): boolean {
  const outer = getEnclosingFunction(statement);
  if (outer) return outer.async && !outer.generator;
  // At the top of a module only if it awaits already: compiled to CommonJS, it could not.
  return getEnclosingFunction(moved) === null || (!isFunction(statement) && waits(file, statement));
}

/** `if (!apiKey) continue;` before `new ChatOpenAI({ apiKey })`: above the check, the type is wider. */
export function isNarrowed(file: LangChainFile, moved: TSESTree.Node, { statement }: Place): boolean {
  const tested = getTested(file, statement);
  if (tested.size === 0) return false;
  return isAnywhere(file, moved, (node) => {
    if (
      node.type !== AST_NODE_TYPES.MemberExpression &&
      (node.type !== AST_NODE_TYPES.Identifier || !file.scopes.findReference(node))
    )
      return false;
    const text = file.sourceCode.getText(node);
    return (tested.get(text) ?? Infinity) < moved.range[0] && !/^process(?:\.env)?$/u.test(text);
  });
}

/** The names and members that a statement tests, with the offset of the first test of each. */
const getTested = perNode((file, statement: TSESTree.Node): ReadonlyMap<string, number> => {
  const tested = new Map<string, number>();
  walk(statement, file.sourceCode.visitorKeys, (node) => {
    for (const test of getTests(node)) {
      walk(test, file.sourceCode.visitorKeys, (part) => {
        const text = isNameOrMember(part) ? file.sourceCode.getText(part) : null;
        if (text !== null && !tested.has(text)) tested.set(text, node.range[0]);
        return true;
      });
    }
    return true;
  });
  return tested;
});

/** Tests that may narrow the type of a name for the code after them. */
function getTests(node: TSESTree.Node): readonly TSESTree.Node[] {
  switch (node.type) {
    case AST_NODE_TYPES.ConditionalExpression:
    case AST_NODE_TYPES.IfStatement:
    case AST_NODE_TYPES.WhileStatement:
      return [node.test];
    case AST_NODE_TYPES.ForStatement:
      return node.test ? [node.test] : [];
    case AST_NODE_TYPES.LogicalExpression:
      return [node.left];
    case AST_NODE_TYPES.SwitchStatement:
      return [node.discriminant];
    // `assert(apiKey)`
    case AST_NODE_TYPES.ExpressionStatement:
      return node.expression.type === AST_NODE_TYPES.CallExpression && isAssertion(node.expression)
        ? node.expression.arguments
        : [];
    default:
      return [];
  }
}

/** Only its type makes a function an assertion, and that may be in another file, so its name decides. */
function isAssertion(call: TSESTree.CallExpression): boolean {
  const callee = unwrap(call.callee);
  const names = callee.type === AST_NODE_TYPES.MemberExpression ? [callee.object, callee.property] : [callee];
  return names.some(
    (name) =>
      name.type === AST_NODE_TYPES.Identifier &&
      /^(?:assert|check|ensure|invariant|must|require|validate|verify)/iu.test(name.name),
  );
}

function isNameOrMember(node: TSESTree.Node): boolean {
  return node.type === AST_NODE_TYPES.Identifier || node.type === AST_NODE_TYPES.MemberExpression;
}

/** A function declaration can be called above its place, where the constant has no value yet. */
export function mayRunBefore(file: LangChainFile, { statement }: Place): boolean {
  const declared =
    statement.type === AST_NODE_TYPES.ExportNamedDeclaration ||
    statement.type === AST_NODE_TYPES.ExportDefaultDeclaration
      ? statement.declaration
      : statement;
  if (declared?.type !== AST_NODE_TYPES.FunctionDeclaration) return false;
  const first = statement.parent && findFirstRun(file, statement.parent);
  return first !== null && first !== undefined && first.range[0] < statement.range[0];
}

/** The first statement of a list that may run code of this file. */
const findFirstRun = perNode((file, list: TSESTree.Node): TSESTree.Node | null => {
  const statements: readonly TSESTree.Node[] = 'body' in list && Array.isArray(list.body) ? list.body : [];
  return (
    statements.find((each) => !isFunction(each) && isInOwnCode(file, each, (node) => mayRunLocal(file, node))) ?? null
  );
});

/** Whether a call runs, or may run, code of this file. */
function mayRunLocal(file: LangChainFile, node: TSESTree.Node): boolean {
  if (node.type === AST_NODE_TYPES.NewExpression && file.trace(node.callee).type === 'class') return true;
  if (node.type !== AST_NODE_TYPES.CallExpression && node.type !== AST_NODE_TYPES.NewExpression) return false;
  return [node.callee, ...node.arguments].some((each) => resolveFunction(file, each) !== null);
}

export function isConditional(moved: TSESTree.Node, { statement }: Place): boolean {
  for (let current = moved.parent; current && current !== statement; current = current.parent) {
    switch (current.type) {
      case AST_NODE_TYPES.CatchClause:
      case AST_NODE_TYPES.ConditionalExpression:
      case AST_NODE_TYPES.IfStatement:
      case AST_NODE_TYPES.LogicalExpression:
      case AST_NODE_TYPES.SwitchCase:
      case AST_NODE_TYPES.TryStatement:
        return true;
      default:
    }
  }
  return false;
}
