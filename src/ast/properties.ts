import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { getThisClass } from './ancestors.ts';
import { type ClassNode, getKeyName } from './nodes.ts';
import { AST_NODE_TYPES } from './types.ts';
import { walk } from './walk.ts';

const plainProperties = new WeakMap<TSESTree.ObjectExpression, ReadonlyMap<string, TSESTree.Property> | null>();

/**
 * The properties of an object literal by name, the last one of each; null when it has a spread, an accessor, or a key
 * that cannot be read.
 */
export function getPlainProperties(object: TSESTree.ObjectExpression): ReadonlyMap<string, TSESTree.Property> | null {
  let properties = plainProperties.get(object);
  if (properties === undefined) {
    properties = readPlainProperties(object);
    plainProperties.set(object, properties);
  }
  return properties;
}

function readPlainProperties(object: TSESTree.ObjectExpression): ReadonlyMap<string, TSESTree.Property> | null {
  const properties = new Map<string, TSESTree.Property>();
  for (const property of object.properties) {
    const name = property.type === AST_NODE_TYPES.Property && property.kind === 'init' ? getKeyName(property) : null;
    if (name === null || property.type !== AST_NODE_TYPES.Property) return null;
    properties.set(name, property);
  }
  return properties;
}

const memberWrites = new WeakMap<
  TSESLint.Scope.Variable,
  ReadonlyMap<string | null, readonly TSESTree.AssignmentExpression[]>
>();

/**
 * The assignments to members of the value in a variable (`clients.model = …`), in source order, by member name; null
 * stands for names that cannot be read.
 */
export function getMemberWrites(
  variable: TSESLint.Scope.Variable,
): ReadonlyMap<string | null, readonly TSESTree.AssignmentExpression[]> {
  let writes = memberWrites.get(variable);
  if (writes === undefined) {
    writes = readMemberWrites(variable);
    memberWrites.set(variable, writes);
  }
  return writes;
}

function readMemberWrites(
  variable: TSESLint.Scope.Variable,
): ReadonlyMap<string | null, readonly TSESTree.AssignmentExpression[]> {
  const writes = new Map<string | null, TSESTree.AssignmentExpression[]>();
  for (const { identifier } of variable.references) {
    const member = identifier.parent;
    if (member.type !== AST_NODE_TYPES.MemberExpression || member.object !== identifier) continue;
    const assignment = member.parent;
    if (assignment.type === AST_NODE_TYPES.AssignmentExpression && assignment.left === member)
      add(writes, getKeyName(member), assignment);
  }
  return writes;
}

const thisMembers = new WeakMap<ClassNode, ReadonlyMap<string | null, readonly TSESTree.MemberExpression[]>>();

/**
 * The references to members of a class through its `this` (`this.pool`), in source order, by member name; null stands
 * for names that cannot be read.
 */
export function getThisMembers(
  classNode: ClassNode,
  visitorKeys: TSESLint.SourceCode.VisitorKeys,
): ReadonlyMap<string | null, readonly TSESTree.MemberExpression[]> {
  let members = thisMembers.get(classNode);
  if (members === undefined) {
    members = readThisMembers(classNode, visitorKeys);
    thisMembers.set(classNode, members);
  }
  return members;
}

function readThisMembers(
  classNode: ClassNode,
  visitorKeys: TSESLint.SourceCode.VisitorKeys,
): ReadonlyMap<string | null, readonly TSESTree.MemberExpression[]> {
  const members = new Map<string | null, TSESTree.MemberExpression[]>();
  walk(classNode.body, visitorKeys, (node) => {
    if (isThisMember(node) && getThisClass(node) === classNode) add(members, getKeyName(node), node);
    return true;
  });
  return members;
}

/** `this.pool` */
export function isThisMember(node: TSESTree.Node): node is TSESTree.MemberExpression {
  return node.type === AST_NODE_TYPES.MemberExpression && node.object.type === AST_NODE_TYPES.ThisExpression;
}

/** `chat: BaseChatModel`, `chat(): BaseChatModel` */
type Signature = TSESTree.TSMethodSignature | TSESTree.TSPropertySignature;

const signatures = new WeakMap<readonly TSESTree.TypeElement[], ReadonlyMap<string | null, readonly Signature[]>>();

/** The members that an interface or a type literal declares, by name; null stands for names that cannot be read. */
export function getSignatures(
  members: readonly TSESTree.TypeElement[],
): ReadonlyMap<string | null, readonly Signature[]> {
  let byName = signatures.get(members);
  if (byName === undefined) {
    byName = readSignatures(members);
    signatures.set(members, byName);
  }
  return byName;
}

function readSignatures(members: readonly TSESTree.TypeElement[]): ReadonlyMap<string | null, readonly Signature[]> {
  const byName = new Map<string | null, Signature[]>();
  for (const member of members) {
    if (member.type === AST_NODE_TYPES.TSPropertySignature || member.type === AST_NODE_TYPES.TSMethodSignature)
      add(byName, getKeyName(member), member);
  }
  return byName;
}

function add<Value>(lists: Map<string | null, Value[]>, key: string | null, value: Value): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
