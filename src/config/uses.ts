import type { TSESTree } from '@typescript-eslint/utils';
import { getEnclosingFunction } from '../ast/ancestors.ts';
import { getEnclosingClass, getKeyName, isFunction, wrapped } from '../ast/nodes.ts';
import { getThisMembers } from '../ast/properties.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { getCallSites, isPrivate } from '../flow/calls/call-graph.ts';
import type { LangChainFile } from '../trace/file.ts';

/** How many variables, fields and functions may stand between a value and its use. */
const maxDepth = 6;

/**
 * The expressions that hold a value where it is used, through constants, private fields and functions of the file; null
 * when it also goes out of sight.
 */
export function findUses(file: LangChainFile, value: TSESTree.Node): readonly TSESTree.Node[] | null {
  return follow(file, value, maxDepth);
}

function follow(file: LangChainFile, value: TSESTree.Node, depth: number): readonly TSESTree.Node[] | null {
  const node = getWhole(value);
  const { parent } = node;
  if (!parent || depth === 0) return null;
  switch (parent.type) {
    case AST_NODE_TYPES.VariableDeclarator:
      return parent.init === node ? followVariable(file, parent.id, depth) : null;
    case AST_NODE_TYPES.AssignmentExpression:
      return parent.right === node ? followTarget(file, parent.left, depth) : null;
    case AST_NODE_TYPES.PropertyDefinition:
      return parent.value === node && isPrivateField(parent) ? followField(file, parent, depth) : null;
    case AST_NODE_TYPES.ReturnStatement:
    case AST_NODE_TYPES.ArrowFunctionExpression:
      return followFunction(file, parent, depth);
    default:
      return [node];
  }
}

/** The larger expression with the same value: `await x`, `x ?? y`, `c ? x : y`, `x as T`. */
function getWhole(value: TSESTree.Node): TSESTree.Node {
  let node = wrapped(value);
  for (;;) {
    const parent: TSESTree.Node | undefined = node.parent;
    const holds =
      parent?.type === AST_NODE_TYPES.AwaitExpression ||
      parent?.type === AST_NODE_TYPES.LogicalExpression ||
      (parent?.type === AST_NODE_TYPES.ConditionalExpression && parent.test !== node);
    if (!parent || !holds) return node;
    node = wrapped(parent);
  }
}

function followVariable(file: LangChainFile, id: TSESTree.Node, depth: number): readonly TSESTree.Node[] | null {
  const variable = file.scopes.findVariable(id);
  const definition = variable?.defs[0];
  const declaration = definition?.type === 'Variable' ? definition.parent.parent : null;
  if (!variable || declaration?.type === AST_NODE_TYPES.ExportNamedDeclaration) return null;
  const reads = variable.references.filter((reference) => reference.isRead());
  return collect(reads, ({ identifier }) => follow(file, identifier, depth - 1));
}

function followTarget(file: LangChainFile, target: TSESTree.Node, depth: number): readonly TSESTree.Node[] | null {
  if (target.type === AST_NODE_TYPES.Identifier) return followVariable(file, target, depth);
  if (target.type !== AST_NODE_TYPES.MemberExpression || target.object.type !== AST_NODE_TYPES.ThisExpression)
    return null;
  const name = getKeyName(target);
  const field = getEnclosingClass(target)?.body.body.find(
    (member) => member.type === AST_NODE_TYPES.PropertyDefinition && getKeyName(member) === name,
  );
  return field?.type === AST_NODE_TYPES.PropertyDefinition && isPrivateField(field)
    ? followField(file, field, depth)
    : null;
}

function isPrivateField({ accessibility, key }: TSESTree.PropertyDefinition): boolean {
  return accessibility === 'private' || key.type === AST_NODE_TYPES.PrivateIdentifier;
}

function followField(
  file: LangChainFile,
  field: TSESTree.PropertyDefinition,
  depth: number,
): readonly TSESTree.Node[] | null {
  const owner = getEnclosingClass(field);
  const members = owner ? (getThisMembers(owner, file.sourceCode.visitorKeys).get(getKeyName(field)) ?? []) : [];
  const reads = members.filter(
    (member) => member.parent.type !== AST_NODE_TYPES.AssignmentExpression || member.parent.left !== member,
  );
  return collect(reads, (read) => follow(file, read, depth - 1));
}

function followFunction(file: LangChainFile, returning: TSESTree.Node, depth: number): readonly TSESTree.Node[] | null {
  const fn = isFunction(returning) ? returning : getEnclosingFunction(returning);
  if (!fn || !isPrivate(file, fn)) return null;
  return collect(getCallSites(file, fn), ({ argument, call }) =>
    argument === null ? follow(file, call, depth - 1) : null,
  );
}

function collect<Item>(
  items: readonly Item[],
  find: (item: Item) => readonly TSESTree.Node[] | null,
): readonly TSESTree.Node[] | null {
  const found = items.map(find);
  return found.every((uses) => uses !== null) ? found.flat() : null;
}
