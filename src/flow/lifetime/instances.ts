import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { contains, type FunctionNode, unwrap } from '../../ast/nodes.ts';
import { AST_NODE_TYPES } from '../../ast/types.ts';
import { findCall } from '../../langchain/calls.ts';
import type { LangChainFile } from '../../trace/file.ts';

/** How many variables a value may pass through. */
const maxVariables = 10;

/**
 * Whether a written value may be or contain an instance, or flags that there is one (`ready = true`): not the answer of
 * a call on it, a string or a date, which a cache of answers holds.
 */
export function mayHoldInstance(file: LangChainFile, written: TSESTree.Node, region: FunctionNode): boolean {
  return isFlag(written) || mayHold(file, written, region, maxVariables);
}

/** `ready = true`, as opposed to `seen.set(id, true)`. */
function isFlag(node: TSESTree.Node): boolean {
  return (
    node.type === AST_NODE_TYPES.Literal &&
    node.value === true &&
    node.parent.type === AST_NODE_TYPES.AssignmentExpression
  );
}

function mayHold(file: LangChainFile, node: TSESTree.Node, region: FunctionNode, depth: number): boolean {
  const value = unwrap(node);
  const each = (nodes: readonly (TSESTree.Node | null)[]): boolean =>
    nodes.some((inner) => inner !== null && mayHold(file, inner, region, depth));
  switch (value.type) {
    case AST_NODE_TYPES.BinaryExpression:
    case AST_NODE_TYPES.Literal:
    case AST_NODE_TYPES.TemplateLiteral:
    case AST_NODE_TYPES.UnaryExpression:
      return false;
    case AST_NODE_TYPES.ArrayExpression:
      return each(value.elements);
    case AST_NODE_TYPES.AwaitExpression:
    case AST_NODE_TYPES.SpreadElement:
      return each([value.argument]);
    case AST_NODE_TYPES.CallExpression:
      return mayReturnInstance(file, value, each);
    case AST_NODE_TYPES.ConditionalExpression:
      return each([value.consequent, value.alternate]);
    case AST_NODE_TYPES.Identifier:
      return depth > 0 && mayVariableHold(file, value, region, depth - 1);
    case AST_NODE_TYPES.LogicalExpression:
      return each([value.left, value.right]);
    case AST_NODE_TYPES.MemberExpression:
      return each([value.object]);
    case AST_NODE_TYPES.ObjectExpression:
      return each(
        value.properties.map((property) =>
          property.type === AST_NODE_TYPES.Property ? property.value : property.argument,
        ),
      );
    default:
      return true;
  }
}

/** The result of an MCP client holds the client: its tools call through it. */
const handsOutTools: ReadonlySet<string> = new Set(['getTools', 'initializeConnections', 'loadMcpTools']);

const plain = /^(?:Boolean|Date|JSON|Math|Number|String)(?:\.|$)/u;

function mayReturnInstance(
  file: LangChainFile,
  call: TSESTree.CallExpression,
  each: (nodes: readonly TSESTree.Node[]) => boolean,
): boolean {
  const made = file.trace(call);
  if (made.type === 'langchain') return true;
  const asked = findCall(file, call);
  if (asked) return handsOutTools.has(asked.method);
  const callee = unwrap(call.callee);
  const target = file.trace(callee);
  if (target.type === 'global' && plain.test(target.name)) return false;
  // `docs.map((doc) => doc.pageContent)` contains nothing that the documents do not.
  return callee.type === AST_NODE_TYPES.MemberExpression ? each([callee.object]) : true;
}

function mayVariableHold(
  file: LangChainFile,
  identifier: TSESTree.Identifier,
  region: FunctionNode,
  depth: number,
): boolean {
  const variable = file.scopes.findVariable(identifier);
  const definition = variable?.defs[0];
  if (!variable || !definition || !contains(region, variable.scope.block)) return true;
  if (definition.type === 'Parameter') return variable.scope.block !== region;
  const values = getValues(variable);
  return values.length === 0 || values.some((value) => mayHold(file, value, region, depth));
}

/** The values of a variable: those written after its declaration, or else its initial value. */
function getValues(variable: TSESLint.Scope.Variable): readonly TSESTree.Node[] {
  const writes = variable.references.filter((reference) => reference.isWrite());
  const later = writes.filter(({ init }) => init !== true);
  return (later.length > 0 ? later : writes).flatMap(({ writeExpr }) => writeExpr ?? []);
}
