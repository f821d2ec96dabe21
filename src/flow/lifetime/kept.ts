import type { TSESTree } from '@typescript-eslint/utils';
import { getMemberRoot } from '../../ast/calls.ts';
import { contains, findStart, type FunctionNode, getKeyName, isNullish, unwrap } from '../../ast/nodes.ts';
import { AST_NODE_TYPES } from '../../ast/types.ts';
import { takeStep } from '../../budget.ts';
import { type LangChainFile, perFile, perNode } from '../../trace/file.ts';
import { getNodes, getPlainText } from '../../trace/nodes.ts';
import { findGuards } from './guards.ts';

/**
 * Whether a run of `region` creates a value only if no earlier run has: `model ??= new X()`, everything under `if
 * (!store)` where `store` is assigned, everything after `if (models.has(key)) return …` where `models.set()` is called.
 * The place that keeps it must outlive the run: an outer variable, `this.field`, a property of an outer object.
 * @param called The functions that the value's expression leads to, which may contain the assignment: `if (!ready)
 * await connect()`.
 * @param holds Whether a written value may be or contain the one to keep; without it, every written value counts.
 */
export function isKept(
  file: LangChainFile,
  value: TSESTree.Node,
  region: FunctionNode,
  called: readonly FunctionNode[] = [],
  holds: Holds = () => true,
): boolean {
  if (isLazilyAssigned(file, value, region, holds)) return true;
  const keepers = [region, ...called].flatMap((fn) => findKeepers(file, fn));
  const names = new Set(keepers.filter(({ written }) => holds(written, region)).map(({ name }) => name));
  return (
    names.size > 0 && findGuards(value, region).some(({ isMissing, test }) => saysMissing(file, test, isMissing, names))
  );
}

type Holds = (written: TSESTree.Node, region: FunctionNode) => boolean;

/** `model ??= await create(new X())` */
function isLazilyAssigned(file: LangChainFile, value: TSESTree.Node, region: FunctionNode, holds: Holds): boolean {
  for (
    let inner = value, current = value.parent;
    current && inner !== region;
    inner = current, current = current.parent
  ) {
    if (current.type !== AST_NODE_TYPES.AssignmentExpression || current.right !== inner) continue;
    if (
      (current.operator === '??=' || current.operator === '||=') &&
      isKeptOutside(file, current.left, region) &&
      holds(current.right, region)
    )
      return true;
  }
  return false;
}

/** Whether the target of an expression outlives a run of `region`. */
function isKeptOutside(file: LangChainFile, expression: TSESTree.Node, region: FunctionNode): boolean {
  const root = getMemberRoot(expression);
  if (root.type === AST_NODE_TYPES.ThisExpression) return true;
  if (root.type !== AST_NODE_TYPES.Identifier) return false;
  const variable = file.scopes.findVariable(root);
  return variable === null || !contains(region, variable.scope.block);
}

interface Keeper {
  readonly name: string;
  readonly written: TSESTree.Node;
}

/**
 * The outer places that a run writes to, as written: `model`, `this.model`, `models` of `models.set(key, model)` and of
 * `models[key] = model`.
 */
const findKeepers = perNode((file, region: FunctionNode): readonly Keeper[] => {
  const keepers: Keeper[] = [];
  const [start, end] = region.body.range;
  const owner = file.of(region);
  const { targets, writes } = getWrites(owner);
  for (const { target, written } of writes.slice(findStart(targets, start), findStart(targets, end))) {
    takeStep();
    if (isKeptOutside(owner, target, region)) keepers.push({ name: getPlainText(owner, target), written });
  }
  return keepers;
});

/** The targets of writes in a file, in source order. */
const getWrites = perFile((file): { readonly targets: readonly TSESTree.Node[]; readonly writes: readonly Write[] } => {
  const writes = getNodes(file).flatMap((node) => readWrite(node) ?? []);
  writes.sort((a, b) => a.target.range[0] - b.target.range[0]);
  return { writes, targets: writes.map(({ target }) => target) };
});

interface Write {
  readonly target: TSESTree.Node;
  readonly written: TSESTree.Node;
}

function readWrite(node: TSESTree.Node): Write | null {
  if (node.type === AST_NODE_TYPES.AssignmentExpression) {
    const target = unwrap(node.left);
    const isElement = target.type === AST_NODE_TYPES.MemberExpression && target.computed;
    return { target: isElement ? target.object : target, written: node.right };
  }
  if (node.type !== AST_NODE_TYPES.CallExpression) return null;
  const callee = unwrap(node.callee);
  const written = node.arguments[1];
  return written &&
    callee.type === AST_NODE_TYPES.MemberExpression &&
    (getKeyName(callee) === 'set' || getKeyName(callee) === 'put')
    ? { target: callee.object, written }
    : null;
}

/** Whether a test with this `outcome` shows that one of the keepers was empty. */
function saysMissing(file: LangChainFile, test: TSESTree.Node, outcome: boolean, names: ReadonlySet<string>): boolean {
  const expression = unwrap(test);
  switch (expression.type) {
    case AST_NODE_TYPES.UnaryExpression:
      return expression.operator === '!' && saysMissing(file, expression.argument, !outcome, names);
    case AST_NODE_TYPES.LogicalExpression:
      return [expression.left, expression.right].some((side) => saysMissing(file, side, outcome, names));
    case AST_NODE_TYPES.BinaryExpression: {
      const isEqual = expression.operator === '==' || expression.operator === '===';
      const isUnequal = expression.operator === '!=' || expression.operator === '!==';
      if (!(isEqual || isUnequal) || isEqual !== outcome || !saysNothing(expression.right)) return false;
      const { left } = expression;
      return holds(
        file,
        left.type === AST_NODE_TYPES.UnaryExpression && left.operator === 'typeof' ? left.argument : left,
        names,
      );
    }
    default:
      return !outcome && holds(file, expression, names);
  }
}

/** Nullish, or empty according to `typeof` or `has`. */
function saysNothing(node: TSESTree.Node): boolean {
  return (
    isNullish(node) || (node.type === AST_NODE_TYPES.Literal && (node.value === 'undefined' || node.value === false))
  );
}

/**
 * Whether an expression reads a keeper: its name, an element, `has` or `get` on it, or a variable that was read from
 * it.
 */
function holds(file: LangChainFile, node: TSESTree.Node, names: ReadonlySet<string>): boolean {
  let expression = unwrap(node);
  for (let isLocalRead = false; ;) {
    if (names.has(getPlainText(file, expression))) return true;
    switch (expression.type) {
      case AST_NODE_TYPES.AwaitExpression:
        expression = unwrap(expression.argument);
        break;
      case AST_NODE_TYPES.CallExpression:
        expression = unwrap(expression.callee);
        break;
      case AST_NODE_TYPES.MemberExpression:
        expression = unwrap(expression.object);
        break;
      case AST_NODE_TYPES.Identifier: {
        const definition = file.scopes.findVariable(expression)?.defs[0];
        if (isLocalRead || definition?.type !== 'Variable' || !definition.node.init) return false;
        isLocalRead = true;
        expression = unwrap(definition.node.init);
        break;
      }
      default:
        return false;
    }
  }
}
