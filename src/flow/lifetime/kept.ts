import type { TSESTree } from '@typescript-eslint/utils';
import { getMemberRoot } from '../../ast/calls.ts';
import { contains, type FunctionNode, getKeyName, unwrap } from '../../ast/nodes.ts';
import { AST_NODE_TYPES } from '../../ast/types.ts';
import { walk } from '../../ast/walk.ts';
import type { LangChainFile } from '../../trace/file.ts';
import { getPlainText } from '../../trace/nodes.ts';

/**
 * Whether a value is made in a run of `region` only where an earlier run has not made it: `model ??= new X()`,
 * everything under `if (!store)` where `store` is assigned, everything behind `if (models.has(key)) return …` where
 * `models.set()` is called. What keeps it must outlive the run: a variable from outside, `this.field`, a property of
 * something from outside.
 * @param called The functions that the value's expression leads to, which may do the assigning: `if (!ready) await
 *   connect()`.
 */
export function isKept(
  file: LangChainFile,
  value: TSESTree.Node,
  region: FunctionNode,
  called: readonly FunctionNode[] = [],
): boolean {
  if (isLazilyAssigned(file, value, region)) return true;
  const names = new Set([region, ...called].flatMap((fn) => [...findKeepers(file, fn)]));
  return (
    names.size > 0 && findGuards(value, region).some(({ isMissing, test }) => saysMissing(file, test, isMissing, names))
  );
}

/** `model ??= await create(new X())` */
function isLazilyAssigned(file: LangChainFile, value: TSESTree.Node, region: FunctionNode): boolean {
  for (
    let inner = value, current = value.parent;
    current && inner !== region;
    inner = current, current = current.parent
  ) {
    if (current.type !== AST_NODE_TYPES.AssignmentExpression || current.right !== inner) continue;
    if (
      (current.operator === '??=' || current.operator === '||=') &&
      (current.left.type === AST_NODE_TYPES.MemberExpression || isKeptOutside(file, current.left, region))
    )
      return true;
  }
  return false;
}

/** Whether what an expression names lives on when `region` has returned. */
function isKeptOutside(file: LangChainFile, expression: TSESTree.Node, region: FunctionNode): boolean {
  const root = getMemberRoot(expression);
  if (root.type === AST_NODE_TYPES.ThisExpression) return true;
  if (root.type !== AST_NODE_TYPES.Identifier) return false;
  const variable = file.scopes.findVariable(root);
  return variable === null || !contains(region, variable.scope.block);
}

const keepers = new WeakMap<FunctionNode, ReadonlySet<string>>();

/**
 * What a run writes to and leaves behind, as written: `model`, `this.model`, `models` of `models.set(key, model)` and
 * of `models[key] = model`.
 */
function findKeepers(file: LangChainFile, region: FunctionNode): ReadonlySet<string> {
  let found = keepers.get(region);
  if (!found) {
    const names = new Set<string>();
    walk(region.body, file.sourceCode.visitorKeys, (node) => {
      const target = getWritten(node);
      if (target && isKeptOutside(file, target, region)) names.add(getPlainText(file, target));
      return true;
    });
    found = names;
    keepers.set(region, found);
  }
  return found;
}

function getWritten(node: TSESTree.Node): TSESTree.Node | null {
  if (node.type === AST_NODE_TYPES.AssignmentExpression) {
    const target = unwrap(node.left);
    return target.type === AST_NODE_TYPES.MemberExpression && target.computed ? target.object : target;
  }
  if (node.type !== AST_NODE_TYPES.CallExpression) return null;
  const callee = unwrap(node.callee);
  return callee.type === AST_NODE_TYPES.MemberExpression &&
    (getKeyName(callee) === 'set' || getKeyName(callee) === 'put')
    ? callee.object
    : null;
}

/** A condition that decides whether a value is made; `isMissing`: what it is when the value is made. */
interface Guard {
  readonly test: TSESTree.Node;
  readonly isMissing: boolean;
}

function findGuards(value: TSESTree.Node, region: FunctionNode): readonly Guard[] {
  const guards: Guard[] = [];
  for (
    let inner = value, current = value.parent;
    current && inner !== region;
    inner = current, current = current.parent
  ) {
    switch (current.type) {
      case AST_NODE_TYPES.ConditionalExpression:
      case AST_NODE_TYPES.IfStatement:
        if (current.test !== inner) guards.push({ test: current.test, isMissing: current.consequent === inner });
        break;
      case AST_NODE_TYPES.LogicalExpression:
        if (current.right === inner) guards.push({ test: current.left, isMissing: current.operator === '&&' });
        break;
      case AST_NODE_TYPES.BlockStatement:
        for (const statement of current.body) {
          if (statement === inner) break;
          if (statement.type === AST_NODE_TYPES.IfStatement && leaves(statement.consequent))
            guards.push({ test: statement.test, isMissing: false });
        }
        break;
      default:
    }
  }
  return guards;
}

function leaves(statement: TSESTree.Statement): boolean {
  const last = statement.type === AST_NODE_TYPES.BlockStatement ? statement.body.at(-1) : statement;
  return last?.type === AST_NODE_TYPES.ReturnStatement || last?.type === AST_NODE_TYPES.ThrowStatement;
}

/** Whether a test that came out as `outcome` says that one of the keepers held nothing. */
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
      if (!(isEqual || isUnequal) || isEqual !== outcome || !isNothing(expression.right)) return false;
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

function isNothing(node: TSESTree.Node): boolean {
  if (node.type === AST_NODE_TYPES.Identifier) return node.name === 'undefined';
  return (
    node.type === AST_NODE_TYPES.Literal && (node.raw === 'null' || node.value === 'undefined' || node.value === false)
  );
}

/**
 * Whether an expression reads a keeper: by name, an element, `has` or `get` of it, or a variable that was read from it.
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
