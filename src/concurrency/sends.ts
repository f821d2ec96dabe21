import type { TSESTree } from '@typescript-eslint/utils';
import { getEnclosingFunction } from '../ast/ancestors.ts';
import { type FunctionNode, getKeyName, unwrap } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { parseSpecifier } from '../facts/catalog.ts';
import { getCallSites } from '../flow/calls/call-graph.ts';
import type { PerItem } from '../flow/calls/callbacks.ts';
import { resolveFunction } from '../flow/calls/functions.ts';
import { getPerItems } from '../flow/calls/per-item.ts';
import { isShortPerItem } from '../flow/lists/bounds.ts';
import { type LangChainFile, perFile } from '../trace/file.ts';
import { getNodes } from '../trace/nodes.ts';
import { findOption } from '../trace/options.ts';
import { getBase, type LangChainValue } from '../trace/value.ts';

/**
 * Where a conditional edge starts one task for each element of a list: `addConditionalEdges(from, (state) =>
 * state.items.map((item) => new Send('work', item)))`.
 */
interface SendFanOut {
  /** The `new StateGraph()` that has the edge; null when it cannot be told. */
  readonly graph: TSESTree.Node | null;
  readonly perItem: PerItem;
}

/**
 * The list that the conditional edges of a compiled graph send a task each for, when it may be long; null when there is
 * none.
 */
export function findSentList(
  file: LangChainFile,
  graph: LangChainValue,
  maxLiteral: number,
): { readonly list: TSESTree.Node | null } | null {
  const root = getBase(graph);
  // The graphs that `createAgent` and `createReactAgent` make have no edges of the file's own.
  if (root.origin === 'factory') return null;
  const own = root.kind === 'stateGraph' ? root.node : null;
  const fanOut = getSendFanOuts(file).find(
    (candidate) =>
      (candidate.graph === null || own === null || candidate.graph === own) &&
      !isShortPerItem(file, candidate.perItem, maxLiteral),
  );
  return fanOut ? { list: fanOut.perItem.iterated } : null;
}

const getSendFanOuts = perFile((file): readonly SendFanOut[] => {
  const sends: TSESTree.NewExpression[] = [];
  const edges = new Map<FunctionNode, TSESTree.Node | null>();
  for (const node of getNodes(file)) {
    if (node.type === AST_NODE_TYPES.NewExpression && isSend(file, node)) sends.push(node);
    if (node.type === AST_NODE_TYPES.CallExpression) {
      const edge = readConditionalEdge(file, node);
      if (edge) edges.set(edge.route, edge.graph);
    }
  }
  return sends.flatMap((send) =>
    getPerItems(file, send).flatMap((perItem) =>
      getGraphs(file, perItem.node, edges).map((graph) => ({ graph, perItem })),
    ),
  );
});

function isSend(file: LangChainFile, node: TSESTree.NewExpression): boolean {
  const callee = file.trace(node.callee);
  return (
    callee.type === 'export' &&
    callee.export.name === 'Send' &&
    parseSpecifier(callee.export.source)?.package === '@langchain/langgraph'
  );
}

/** The function that chooses the next nodes, and the graph it belongs to. */
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
  if (!route) return null;
  const builder = file.resolve(callee.object);
  const root = builder.is === 'yes' ? getBase(builder.value) : null;
  return { route, graph: root?.kind === 'stateGraph' && root.origin !== 'annotation' ? root.node : null };
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
