import type { TSESTree } from '@typescript-eslint/utils';
import { isMethodCall } from '../ast/calls.ts';
import { getKeyName, unwrap } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { type LangChainFile, perFile } from '../trace/file.ts';
import { getNodes } from '../trace/nodes.ts';
import { getBase } from '../trace/value.ts';

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

/** The name of a node of a graph, as `addNode()` and `new Send()` are given it. */
export function readName(node: TSESTree.Node): string | null {
  const name = unwrap(node);
  return name.type === AST_NODE_TYPES.Literal && typeof name.value === 'string' ? name.value : null;
}
