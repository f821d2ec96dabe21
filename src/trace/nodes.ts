import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { walk } from '../ast/walk.ts';
import type { LangChainFile } from './file.ts';

/** Whether a node of the code is one of these. */
export function isAnywhere(
  file: LangChainFile,
  root: TSESTree.Node,
  predicate: (node: TSESTree.Node) => boolean,
): boolean {
  return isReached(file, root, predicate, () => true);
}

/** Whether a node of the code is one of these, leaving out functions within it. */
export function isInOwnCode(
  file: LangChainFile,
  root: TSESTree.Node,
  predicate: (node: TSESTree.Node) => boolean,
): boolean {
  return isReached(file, root, predicate, (node) => node === root || !isFunction(node));
}

function isReached(
  file: LangChainFile,
  root: TSESTree.Node,
  predicate: (node: TSESTree.Node) => boolean,
  enters: (node: TSESTree.Node) => boolean,
): boolean {
  let isFound = false;
  walk(root, file.sourceCode.visitorKeys, (node) => {
    if (isFound || !enters(node)) return false;
    isFound = predicate(node);
    return !isFound;
  });
  return isFound;
}

/** The source of an expression, apart from blanks, `?` and `!`: `request.body?.docs!` is `request.body.docs`. */
export function getPlainText(file: LangChainFile, node: TSESTree.Node): string {
  return file.getText(node).replace(/[\s!?]/gu, '');
}

const types = [
  AST_NODE_TYPES.ArrowFunctionExpression,
  AST_NODE_TYPES.AssignmentExpression,
  AST_NODE_TYPES.CallExpression,
  AST_NODE_TYPES.ClassDeclaration,
  AST_NODE_TYPES.ClassExpression,
  AST_NODE_TYPES.FunctionDeclaration,
  AST_NODE_TYPES.FunctionExpression,
  AST_NODE_TYPES.NewExpression,
  AST_NODE_TYPES.Property,
] as const;

type VisitedNode = Extract<TSESTree.Node, { type: (typeof types)[number] }>;

const visited: ReadonlySet<string> = new Set(types);

const collected = new WeakMap<TSESTree.Program, VisitedNode[]>();

/**
 * Listeners that note the nodes which rules look at, for the first rule that asks; none for the others. ESLint walks
 * the file anyway: a walk of our own, or ten rules listening to every call, costs more than what the rules do.
 */
export function collectNodes({ program }: LangChainFile): TSESLint.RuleListener {
  if (collected.has(program)) return {};
  const nodes: VisitedNode[] = [];
  collected.set(program, nodes);
  const note = (node: VisitedNode): void => {
    nodes.push(node);
  };
  return Object.fromEntries(types.map((type) => [type, note]));
}

/**
 * The calls, constructions, assignments, functions, classes and properties of a file, in source order. To be asked
 * when the whole file has been visited.
 */
export function getNodes(file: LangChainFile): readonly VisitedNode[] {
  let nodes = collected.get(file.program);
  if (!nodes) {
    const found: VisitedNode[] = [];
    walk(file.program, file.sourceCode.visitorKeys, (node) => {
      if (visited.has(node.type)) found.push(node as VisitedNode);
      return true;
    });
    nodes = found;
    collected.set(file.program, nodes);
  }
  return nodes;
}

/** Whether a name is one that the file imports. */
export function isImportBinding(file: LangChainFile, node: TSESTree.Node): boolean {
  return file.scopes.findVariable(node)?.defs[0]?.type === 'ImportBinding';
}
