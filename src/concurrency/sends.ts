import type { TSESTree } from '@typescript-eslint/utils';
import { getEnclosingFunction } from '../ast/ancestors.ts';
import { getMethodName } from '../ast/calls.ts';
import { type FunctionNode, getKeyName, unwrap } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { walk } from '../ast/walk.ts';
import { parseSpecifier } from '../facts/catalog.ts';
import { getCallSites } from '../flow/calls/call-graph.ts';
import type { PerItem } from '../flow/calls/callbacks.ts';
import { resolveFunction } from '../flow/calls/functions.ts';
import { getPerItems } from '../flow/calls/per-item.ts';
import { isShortPerItem } from '../flow/lists/bounds.ts';
import { getAllSteps, readName } from '../langchain/steps.ts';
import { type LangChainFile, perFile } from '../trace/file.ts';
import { getNodes } from '../trace/nodes.ts';
import { findOption } from '../trace/options.ts';
import { getBase, type LangChainValue } from '../trace/value.ts';
import { isLimitedStep } from './effective-limit.ts';

/**
 * A conditional edge, or a node's `Command`, that starts one task for each element of a list:
 * `addConditionalEdges(from, (state) => state.items.map((item) => new Send('work', item)))`.
 */
interface SendFanOut {
  /** The `new StateGraph()` that has the edge; null when it cannot be resolved. */
  readonly graph: TSESTree.Node | null;
  /** The name of the node that the tasks run. */
  readonly target: string | null;
  readonly perItem: PerItem;
}

/**
 * The list for whose elements the conditional edges of a compiled graph send one task each, when it may be long; null
 * when there is none.
 */
export function findSentList(
  file: LangChainFile,
  graph: LangChainValue,
  maxLiteral: number,
): { readonly list: TSESTree.Node | null } | null {
  const root = getBase(graph);
  // In the graphs of `createAgent` and `createReactAgent`, no edge is the file's own.
  if (root.origin === 'factory') return null;
  const own = root.kind === 'stateGraph' ? root.node : null;
  const fanOut = getSendFanOuts(file).find(
    (candidate) =>
      (candidate.graph === null || own === null || candidate.graph === own) &&
      !isShortPerItem(file, candidate.perItem, maxLiteral) &&
      !isLimitedTask(file, candidate),
  );
  return fanOut ? { list: fanOut.perItem.iterated } : null;
}

const getSendFanOuts = perFile((file): readonly SendFanOut[] => {
  const sends: TSESTree.NewExpression[] = [];
  const edges = new Map<FunctionNode, TSESTree.Node | null>();
  for (const node of getNodes(file)) {
    if (node.type === AST_NODE_TYPES.NewExpression && isOfLangGraph(file, node, 'Send')) sends.push(node);
    if (node.type === AST_NODE_TYPES.CallExpression) {
      const edge = readConditionalEdge(file, node);
      if (edge) edges.set(edge.route, edge.graph);
      else for (const fn of readNodes(file, node)) if (goesTo(file, fn)) edges.set(fn, readGraph(file, node));
    }
  }
  return sends.flatMap((send) =>
    getPerItems(file, send).flatMap((perItem) =>
      getGraphs(file, perItem.node, edges).map((graph) => ({ graph, target: readTarget(send), perItem })),
    ),
  );
});

function readTarget({ arguments: [target] }: TSESTree.NewExpression): string | null {
  return target ? readName(target) : null;
}

/** Whether a task calls only models that limit their calls. */
function isLimitedTask(file: LangChainFile, { graph, target }: SendFanOut): boolean {
  const step = getAllSteps(file).find((each) => each.graph === graph && each.name === target);
  return target !== null && step !== undefined && isLimitedStep(file, step.run);
}

function isOfLangGraph(file: LangChainFile, node: TSESTree.NewExpression, name: string): boolean {
  const callee = file.trace(node.callee);
  return (
    callee.type === 'export' &&
    callee.export.name === name &&
    parseSpecifier(callee.export.source)?.package === '@langchain/langgraph'
  );
}

/** The function that chooses the next nodes, with its graph. */
function readConditionalEdge(
  file: LangChainFile,
  node: TSESTree.CallExpression,
): { readonly route: FunctionNode; readonly graph: TSESTree.Node | null } | null {
  const callee = unwrap(node.callee);
  if (callee.type !== AST_NODE_TYPES.MemberExpression) return null;
  const name = getKeyName(callee);
  const index = name === 'addConditionalEdges' ? 1 : name === 'setConditionalEntryPoint' ? 0 : null;
  if (index === null) return null;
  const path = node.arguments.length === 1 && index === 1 ? findOption(file, node.arguments[0], 'path') : null;
  const argument = path?.is === 'given' ? path.value : node.arguments[index];
  const route = argument ? resolveFunction(file, argument) : null;
  return route && { route, graph: readGraph(file, node) };
}

/** The `new StateGraph()` that a builder method is called on; null when it cannot be resolved. */
function readGraph(file: LangChainFile, { callee }: TSESTree.CallExpression): TSESTree.Node | null {
  const member = unwrap(callee);
  const builder = member.type === AST_NODE_TYPES.MemberExpression ? file.resolve(member.object) : null;
  const root = builder?.is === 'yes' ? getBase(builder.value) : null;
  return root?.kind === 'stateGraph' && root.origin !== 'annotation' ? root.node : null;
}

/** The functions of `addNode('fan', fan)`, `addNode({ fan })`, `addSequence([['fan', fan]])`. */
function readNodes(file: LangChainFile, node: TSESTree.CallExpression): readonly FunctionNode[] {
  const method = getMethodName(node);
  if (method !== 'addNode' && method !== 'addSequence') return [];
  return node.arguments.flatMap((argument) => findFunctions(file, argument));
}

function findFunctions(file: LangChainFile, node: TSESTree.Node): readonly FunctionNode[] {
  const expression = unwrap(node);
  switch (expression.type) {
    case AST_NODE_TYPES.ArrayExpression:
      return expression.elements.flatMap((element) => (element ? findFunctions(file, element) : []));
    case AST_NODE_TYPES.ObjectExpression:
      return expression.properties.flatMap((property) =>
        property.type === AST_NODE_TYPES.Property ? findFunctions(file, property.value) : [],
      );
    default: {
      const fn = resolveFunction(file.alone, expression);
      return fn ? [fn] : [];
    }
  }
}

/** Whether a node chooses the next node with a `Command`. */
function goesTo(file: LangChainFile, fn: FunctionNode): boolean {
  let isFound = false;
  walk(fn.body, file.sourceCode.visitorKeys, (node) => {
    isFound ||= node.type === AST_NODE_TYPES.NewExpression && isOfLangGraph(file, node, 'Command');
    return !isFound;
  });
  return isFound;
}

/** The graphs whose conditional edges run the code at a node, directly or through functions of the file. */
function getGraphs(
  file: LangChainFile,
  node: TSESTree.Node,
  edges: ReadonlyMap<FunctionNode, TSESTree.Node | null>,
): readonly (TSESTree.Node | null)[] {
  const found: (TSESTree.Node | null)[] = [];
  const visited = new Set<FunctionNode>();
  const pending: TSESTree.Node[] = [node];
  for (let from = pending.pop(); from; from = pending.pop()) {
    for (let fn = getEnclosingFunction(from); fn && !visited.has(fn); fn = getEnclosingFunction(fn)) {
      visited.add(fn);
      const graph = edges.get(fn);
      if (graph !== undefined) found.push(graph);
      pending.push(
        ...getCallSites(file, fn)
          .filter(({ argument }) => argument === null)
          .map(({ call }) => call),
      );
    }
  }
  return found;
}
