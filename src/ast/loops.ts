import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { isFunction, isLoop, isNullish, type LoopNode, unwrap } from './nodes.ts';
import { leaves } from './statements.ts';
import { AST_NODE_TYPES } from './types.ts';
import { walk } from './walk.ts';

/** Whether a part of a loop runs on every pass. `child` is a direct child of the loop. */
export function runsPerPass(loop: LoopNode, child: TSESTree.Node): boolean {
  switch (loop.type) {
    case AST_NODE_TYPES.ForStatement:
      return child !== loop.init;
    case AST_NODE_TYPES.ForInStatement:
    case AST_NODE_TYPES.ForOfStatement:
      return child !== loop.right;
    default:
      return true;
  }
}

/**
 * The list that a loop iterates over: `xs` of `for (const x of xs)` and of `for (let i = 0; i < xs.length; i++)`; null
 * for other loops.
 */
export function getIterated(loop: LoopNode): TSESTree.Node | null {
  switch (loop.type) {
    case AST_NODE_TYPES.ForInStatement:
    case AST_NODE_TYPES.ForOfStatement:
      return loop.right;
    case AST_NODE_TYPES.ForStatement: {
      if (loop.test?.type !== AST_NODE_TYPES.BinaryExpression) return null;
      const limit = unwrap(loop.test.right);
      if (limit.type !== AST_NODE_TYPES.MemberExpression || limit.property.type !== AST_NODE_TYPES.Identifier)
        return null;
      return limit.property.name === 'length' ? limit.object : null;
    }
    default:
      return null;
  }
}

/**
 * The patterns that a loop's head binds on each pass: its declared variables, or the targets of assignments in its test
 * (`while ((x = next()))`).
 */
export function getLoopBindings(loop: LoopNode): readonly TSESTree.Node[] {
  switch (loop.type) {
    case AST_NODE_TYPES.ForInStatement:
    case AST_NODE_TYPES.ForOfStatement:
      return loop.left.type === AST_NODE_TYPES.VariableDeclaration
        ? loop.left.declarations.map(({ id }) => id)
        : [loop.left];
    case AST_NODE_TYPES.ForStatement:
      return loop.init?.type === AST_NODE_TYPES.VariableDeclaration
        ? loop.init.declarations.map(({ id }) => id)
        : findAssigned(loop.init);
    default:
      return findAssigned(loop.test);
  }
}

function findAssigned(expression: TSESTree.Node | null): readonly TSESTree.Node[] {
  switch (expression?.type) {
    case AST_NODE_TYPES.AssignmentExpression:
      return [expression.left];
    case AST_NODE_TYPES.AwaitExpression:
    case AST_NODE_TYPES.UnaryExpression:
      return findAssigned(expression.argument);
    case AST_NODE_TYPES.BinaryExpression:
    case AST_NODE_TYPES.LogicalExpression:
      return [...findAssigned(expression.left), ...findAssigned(expression.right)];
    case AST_NODE_TYPES.MemberExpression:
      return findAssigned(expression.object);
    case AST_NODE_TYPES.SequenceExpression:
      return expression.expressions.flatMap(findAssigned);
    default:
      return [];
  }
}

/**
 * Whether a loop ends with the pass in which `node` succeeds, so that a second pass follows only a failure: `return` or
 * `break` after it, a `return` or `break` under a condition in a `try` that swallows errors, or `while (!done)` with
 * `done` assigned after it.
 */
export function isRetryLoop(loop: LoopNode, node: TSESTree.Node): boolean {
  const flags = getAwaitedFlags(loop);
  const start = getOutermostFunction(node, loop) ?? node;
  const isGuarded = !goesThroughItems(loop) && isInCaughtTry(start, loop);
  let inner = start;
  for (let current = start.parent; current && inner !== loop; inner = current, current = current.parent) {
    const { ends, mayEnd } = getEnds(current, inner, loop, flags);
    if (ends >= inner.range[0] || (isGuarded && mayEnd >= inner.range[0])) return true;
  }
  return false;
}

/** The outermost function in a loop around a node, if any: `return` in it leaves only that function. */
function getOutermostFunction(node: TSESTree.Node, loop: LoopNode): TSESTree.Node | null {
  let outermost: TSESTree.Node | null = null;
  for (let current: TSESTree.Node | undefined = node; current && current !== loop; current = current.parent) {
    if (isFunction(current)) outermost = current;
  }
  return outermost;
}

/**
 * Where the last statement of a list begins that always ends the loop, and the last one that may end it; -1 for none.
 */
interface Ends {
  readonly ends: number;
  readonly mayEnd: number;
}

const knownEnds = new WeakMap<TSESTree.Node, WeakMap<LoopNode, Ends>>();

/** For the list of statements that `inner` belongs to, or else for `inner` itself. */
function getEnds(parent: TSESTree.Node, inner: TSESTree.Node, loop: LoopNode, flags: ReadonlySet<string>): Ends {
  const list = 'test' in parent && parent.test === inner ? null : getStatements(parent);
  const key = list ? parent : inner;
  const byLoop = knownEnds.get(key) ?? new WeakMap<LoopNode, Ends>();
  knownEnds.set(key, byLoop);
  let found = byLoop.get(loop);
  if (!found) {
    found = findEnds(list ?? [inner], loop, flags);
    byLoop.set(loop, found);
  }
  return found;
}

function findEnds(statements: readonly TSESTree.Node[], loop: LoopNode, flags: ReadonlySet<string>): Ends {
  const startOf = (statement: TSESTree.Node | undefined): number => statement?.range[0] ?? -1;
  return {
    ends: startOf(statements.findLast((statement) => endsLoop(statement, loop) || assignsOneOf(statement, flags))),
    mayEnd: startOf(statements.findLast((statement) => mayLeave(statement, loop))),
  };
}

function getStatements(node: TSESTree.Node): readonly TSESTree.Node[] | null {
  switch (node.type) {
    case AST_NODE_TYPES.BlockStatement:
      return node.body;
    case AST_NODE_TYPES.SwitchCase:
      return node.consequent;
    default:
      return null;
  }
}

function isInCaughtTry(node: TSESTree.Node, loop: LoopNode): boolean {
  for (
    let inner = node, current = node.parent;
    current && current !== loop;
    inner = current, current = current.parent
  ) {
    if (current.type === AST_NODE_TYPES.TryStatement && current.block === inner && current.handler) return true;
  }
  return false;
}

function goesThroughItems(loop: LoopNode): boolean {
  return loop.type === AST_NODE_TYPES.ForOfStatement || loop.type === AST_NODE_TYPES.ForInStatement;
}

/** Whether a statement always ends the loop. */
function endsLoop(statement: TSESTree.Node, loop: LoopNode): boolean {
  return leaves(
    statement,
    (exit) =>
      exit.type === AST_NODE_TYPES.ReturnStatement ||
      (exit.type === AST_NODE_TYPES.BreakStatement && getBreakTarget(exit) === loop),
  );
}

function mayLeave(statement: TSESTree.Node, loop: LoopNode): boolean {
  if (statement.type !== AST_NODE_TYPES.IfStatement) return false;
  return [statement.consequent, statement.alternate].some(
    (branch) => branch && (endsLoop(branch, loop) || mayLeave(branch, loop)),
  );
}

/**
 * Whether a loop may end with a pass that has come through `node` without a failure: `if (score > 0.9) return doc;`
 * after it.
 */
export function mayStopAfter(
  loop: LoopNode,
  node: TSESTree.Node,
  visitorKeys: TSESLint.SourceCode.VisitorKeys,
): boolean {
  let last = lastStops.get(loop);
  if (last === undefined) {
    last = findLastStop(loop, visitorKeys);
    lastStops.set(loop, last);
  }
  return last > node.range[1];
}

const lastStops = new WeakMap<LoopNode, number>();

/** Where the last statement begins that ends a loop without a failure; -1 for none. */
function findLastStop(loop: LoopNode, visitorKeys: TSESLint.SourceCode.VisitorKeys): number {
  let last = -1;
  walk(loop.body, visitorKeys, (inner) => {
    if (
      inner.type === AST_NODE_TYPES.ReturnStatement ||
      (inner.type === AST_NODE_TYPES.BreakStatement && getBreakTarget(inner) === loop)
    )
      last = Math.max(last, inner.range[0]);
    return !isFunction(inner) && inner.type !== AST_NODE_TYPES.CatchClause;
  });
  return last;
}

function getBreakTarget(statement: TSESTree.BreakStatement): TSESTree.Node | null {
  for (let current: TSESTree.Node | undefined = statement.parent; current; current = current.parent) {
    if (statement.label) {
      if (current.type === AST_NODE_TYPES.LabeledStatement && current.label.name === statement.label.name)
        return current.body;
    } else if (isLoop(current) || current.type === AST_NODE_TYPES.SwitchStatement) {
      return current;
    }
  }
  return null;
}

/**
 * The names that a loop's test waits for: `done` of `while (!done && tries < 3)`, `store` of `while (store ===
 * undefined)`.
 */
function getAwaitedFlags(loop: LoopNode): ReadonlySet<string> {
  const names = new Set<string>();
  const read = (test: TSESTree.Node): void => {
    const waitedFor =
      test.type === AST_NODE_TYPES.UnaryExpression && test.operator === '!'
        ? test.argument
        : test.type === AST_NODE_TYPES.BinaryExpression &&
            (test.operator === '===' || test.operator === '==') &&
            isUnset(test.right)
          ? test.left
          : null;
    if (waitedFor?.type === AST_NODE_TYPES.Identifier) names.add(waitedFor.name);
    if (test.type === AST_NODE_TYPES.LogicalExpression && test.operator === '&&') {
      read(test.left);
      read(test.right);
    }
  };
  if (!goesThroughItems(loop) && 'test' in loop && loop.test) read(loop.test);
  return names;
}

function isUnset(node: TSESTree.Node): boolean {
  return isNullish(node) || (node.type === AST_NODE_TYPES.Literal && node.value === false);
}

function assignsOneOf(statement: TSESTree.Node, names: ReadonlySet<string>): boolean {
  if (statement.type !== AST_NODE_TYPES.ExpressionStatement) return false;
  const { expression } = statement;
  if (expression.type !== AST_NODE_TYPES.AssignmentExpression || expression.left.type !== AST_NODE_TYPES.Identifier)
    return false;
  return names.has(expression.left.name) && !isUnset(expression.right);
}

/** The loop that declares a variable for each element: `for (const text of texts)`. */
export function findForOf({ parent: declaration }: TSESTree.VariableDeclarator): TSESTree.ForOfStatement | null {
  const loop = declaration.parent;
  return loop.type === AST_NODE_TYPES.ForOfStatement && loop.left === declaration ? loop : null;
}
