import type { TSESTree } from '@typescript-eslint/utils';
import { getEnclosingFunction } from '../ast/ancestors.ts';
import { getMemberRoot, getMethodName } from '../ast/calls.ts';
import { contains, unwrap, wrapped } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { isMadeOnce } from '../flow/lifetime/cached.ts';
import type { LangChainFile } from '../trace/file.ts';
import type { Handler } from './handler.ts';
import type { HandlerSite } from './index.ts';

/** How many variables a value may pass through before it is kept. */
const maxSteps = 3;

/**
 * Whether the result of a call, or a value made from it in the handler, is kept beyond the handler and read there next
 * time: `prompt ??= readFileSync(path)`.
 */
export function isKeptAcrossRuns(file: LangChainFile, node: TSESTree.Node, { handler, via }: HandlerSite): boolean {
  return [node, ...via].some((each) => isKept(file, each, handler, maxSteps));
}

function isKept(file: LangChainFile, node: TSESTree.Node, handler: Handler, steps: number): boolean {
  const value = getWhole(node);
  const { parent } = value;
  switch (parent?.type) {
    case AST_NODE_TYPES.AssignmentExpression:
      return parent.right === value && outlives(file, parent.left, handler) && isMadeOnce(file, value);
    case AST_NODE_TYPES.CallExpression: {
      const callee = unwrap(parent.callee);
      return (
        callee.type === AST_NODE_TYPES.MemberExpression &&
        outlives(file, callee.object, handler) &&
        isMadeOnce(file, value)
      );
    }
    case AST_NODE_TYPES.VariableDeclarator: {
      const variable = file.scopes.findVariable(parent.id);
      if (!variable || steps === 0) return false;
      return variable.references.some(
        (reference) => reference.isRead() && isKept(file, reference.identifier, handler, steps - 1),
      );
    }
    default:
      return false;
  }
}

/** The larger value that contains an expression: `JSON.parse(readFileSync(path, 'utf8')).prompts` */
function getWhole(node: TSESTree.Node): TSESTree.Node {
  let value = wrapped(node);
  for (;;) {
    const { parent } = value;
    switch (parent?.type) {
      case AST_NODE_TYPES.CallExpression:
        // `cache.set(key, value)` keeps it.
        if (getMethodName(parent) === 'set' && parent.callee !== value) return value;
        break;
      case AST_NODE_TYPES.ArrayExpression:
      case AST_NODE_TYPES.AwaitExpression:
      case AST_NODE_TYPES.MemberExpression:
      case AST_NODE_TYPES.NewExpression:
      case AST_NODE_TYPES.ObjectExpression:
      case AST_NODE_TYPES.Property:
      case AST_NODE_TYPES.TemplateLiteral:
        break;
      case AST_NODE_TYPES.LogicalExpression:
        // `cache ?? read()`: isCached reads the left side.
        return parent.right === value && parent.parent.type === AST_NODE_TYPES.AssignmentExpression ? parent : value;
      default:
        return value;
    }
    value = wrapped(parent);
  }
}

/**
 * Whether the target of a write exists before and after a run of the handler: an outer variable, or a member of a
 * long-lived `this`.
 */
function outlives(file: LangChainFile, target: TSESTree.Node, handler: Handler): boolean {
  const root = getMemberRoot(target);
  if (root.type !== AST_NODE_TYPES.Identifier)
    return root.type === AST_NODE_TYPES.ThisExpression && !handler.requestScopedThis;
  const definition = file.scopes.findVariable(root)?.defs[0];
  if (!definition || definition.type === 'Parameter' || contains(handler.node, definition.name)) return false;
  // Nor is a variable of the function that writes to it.
  const writer = getEnclosingFunction(target);
  return writer === null || !contains(writer, definition.name);
}
