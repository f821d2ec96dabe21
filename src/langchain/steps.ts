import type { TSESTree } from '@typescript-eslint/utils';
import { getMethodName, isMethodCall } from '../ast/calls.ts';
import { getKeyName, unwrap, wrapped } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { type LangChainFile, perFile } from '../trace/file.ts';
import { getNodes } from '../trace/nodes.ts';
import { getBase, type LangChainValue } from '../trace/value.ts';

/** A node of a graph. */
interface Step {
  readonly graph: TSESTree.Node;
  /** Null where it is no string literal. */
  readonly name: string | null;
  readonly run: TSESTree.Node;
  readonly options: TSESTree.Node | undefined;
}

/** The `new StateGraph()` that a method is called on. */
export function findGraph(file: LangChainFile, { callee }: TSESTree.CallExpression): TSESTree.Node | null {
  const member = unwrap(callee);
  const graph = member.type === AST_NODE_TYPES.MemberExpression ? file.resolve(member.object) : null;
  return graph?.is === 'yes' && graph.value.kind === 'stateGraph' ? getBase(graph.value).node : null;
}

/** The nodes of all graphs of a file. */
export const getAllSteps = perFile((file): readonly Step[] =>
  getNodes(file).flatMap((node) =>
    isMethodCall(node, 'addNode') || isMethodCall(node, 'addSequence') ? readSteps(file, node) : [],
  ),
);

/** `addNode('ask', ask, options)`, `addNode([['ask', ask, options]])`, `addNode({ ask })` */
export function readSteps(file: LangChainFile, node: TSESTree.CallExpression): readonly Step[] {
  const graph = findGraph(file, node);
  const [first, run, options] = node.arguments;
  if (!graph || !first) return [];
  if (run) return [{ graph, name: readName(first), run, options }];
  const given = unwrap(first);
  if (given.type === AST_NODE_TYPES.ObjectExpression)
    return given.properties.flatMap((each) =>
      each.type === AST_NODE_TYPES.Property
        ? [{ graph, name: getKeyName(each), run: each.value, options: undefined }]
        : [],
    );
  if (given.type !== AST_NODE_TYPES.ArrayExpression) return [];
  return given.elements.flatMap((each) => {
    const [name = null, inner = null, settings = null] =
      each?.type === AST_NODE_TYPES.ArrayExpression ? each.elements : [];
    return inner ? [{ graph, name: name && readName(name), run: inner, options: settings ?? undefined }] : [];
  });
}

/** What the nodes and the edges of a compiled graph run; null where some of it may be out of sight. */
export function findRuns(file: LangChainFile, graph: LangChainValue): readonly TSESTree.Node[] | null {
  const owner = file.of(graph.node);
  const base = getBase(graph);
  // A checkpointer or a store in the options may be a database.
  if (base.kind !== 'stateGraph' || graph.builder !== 'compile' || hasArguments(graph.node)) return null;
  if (!isBuiltHere(owner, graph)) return null;
  const isOfGraph = (node: TSESTree.Node): node is TSESTree.CallExpression =>
    node.type === AST_NODE_TYPES.CallExpression && findGraph(owner, node) === base.node;
  const calls = getNodes(owner).filter(isOfGraph);
  if (!calls.some((call) => nodeMethods.has(getMethodName(call) ?? ''))) return null;
  const runs = calls.map((call) => readRuns(owner, call));
  return runs.includes(null) ? null : runs.flatMap((each) => each ?? []);
}

function hasArguments(node: TSESTree.Node): boolean {
  return node.type === AST_NODE_TYPES.CallExpression && node.arguments.length > 0;
}

const nodeMethods: ReadonlySet<string> = new Set(['addNode', 'addSequence']);
/** By the index of the function that chooses the next node. */
const edgeMethods: ReadonlyMap<string, number> = new Map([
  ['addConditionalEdges', 1],
  ['setConditionalEntryPoint', 0],
]);

/** What one call adds to its graph; null where it cannot be read. */
function readRuns(file: LangChainFile, call: TSESTree.CallExpression): readonly TSESTree.Node[] | null {
  const name = getMethodName(call) ?? '';
  const index = edgeMethods.get(name);
  if (index !== undefined) return call.arguments[index] ? [call.arguments[index]] : null;
  if (!nodeMethods.has(name)) return [];
  const steps = readSteps(file, call);
  return steps.length === countSteps(call) ? steps.map(({ run }) => run) : null;
}

function countSteps({ arguments: [first, second] }: TSESTree.CallExpression): number | null {
  const given = first && !second ? unwrap(first) : null;
  if (given?.type === AST_NODE_TYPES.ObjectExpression) return given.properties.length;
  if (given?.type === AST_NODE_TYPES.ArrayExpression) return given.elements.length;
  return second ? 1 : null;
}

/** Whether a graph is handed to no other code, which could add nodes to it, before it is compiled. */
function isBuiltHere(file: LangChainFile, { base }: LangChainValue): boolean {
  for (let part = base; part; part = part.base) {
    const { parent } = wrapped(part.node);
    const variable =
      parent?.type === AST_NODE_TYPES.VariableDeclarator ? file.scopes.findVariable(parent.id) : undefined;
    const isCalled = variable?.references.every((each) => each.init === true || isObject(each.identifier));
    if (!(isCalled ?? isObject(part.node))) return false;
  }
  return true;
}

/** Whether a value is only the object of a member: `graph` of `graph.addNode`. */
function isObject(node: TSESTree.Node): boolean {
  const { parent } = wrapped(node);
  return parent?.type === AST_NODE_TYPES.MemberExpression && unwrap(parent.object) === unwrap(node);
}

/** The name of a node of a graph, as `addNode()` and `new Send()` are given it. */
export function readName(node: TSESTree.Node): string | null {
  const name = unwrap(node);
  return name.type === AST_NODE_TYPES.Literal && typeof name.value === 'string' ? name.value : null;
}
