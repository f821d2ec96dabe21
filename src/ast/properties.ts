import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { getKeyName } from './nodes.ts';
import { AST_NODE_TYPES } from './types.ts';

const plainProperties = new WeakMap<TSESTree.ObjectExpression, ReadonlyMap<string, TSESTree.Property> | null>();

/** The properties of a literal object by name, the last one of each; null when it has a spread, an accessor, or a key that cannot be read. */
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

const memberWrites = new WeakMap<TSESLint.Scope.Variable, ReadonlyMap<string | null, readonly TSESTree.AssignmentExpression[]>>();

/** The assignments to members of what a variable holds (`clients.model = …`), in source order, by the member's name; null is for names that cannot be read. */
export function getMemberWrites(variable: TSESLint.Scope.Variable): ReadonlyMap<string | null, readonly TSESTree.AssignmentExpression[]> {
  let writes = memberWrites.get(variable);
  if (writes === undefined) {
    writes = readMemberWrites(variable);
    memberWrites.set(variable, writes);
  }
  return writes;
}

function readMemberWrites(variable: TSESLint.Scope.Variable): ReadonlyMap<string | null, readonly TSESTree.AssignmentExpression[]> {
  const writes = new Map<string | null, TSESTree.AssignmentExpression[]>();
  for (const { identifier } of variable.references) {
    const member = identifier.parent;
    if (member.type !== AST_NODE_TYPES.MemberExpression || member.object !== identifier) continue;
    const assignment = member.parent;
    if (assignment.type === AST_NODE_TYPES.AssignmentExpression && assignment.left === member) add(writes, getKeyName(member), assignment);
  }
  return writes;
}

const signatures = new WeakMap<readonly TSESTree.TypeElement[], ReadonlyMap<string | null, readonly TSESTree.TSPropertySignature[]>>();

/** The properties that an interface or a type literal declares, by name; null is for names that cannot be read. */
export function getSignatures(members: readonly TSESTree.TypeElement[]): ReadonlyMap<string | null, readonly TSESTree.TSPropertySignature[]> {
  let byName = signatures.get(members);
  if (byName === undefined) {
    byName = readSignatures(members);
    signatures.set(members, byName);
  }
  return byName;
}

function readSignatures(members: readonly TSESTree.TypeElement[]): ReadonlyMap<string | null, readonly TSESTree.TSPropertySignature[]> {
  const byName = new Map<string | null, TSESTree.TSPropertySignature[]>();
  for (const member of members) {
    if (member.type === AST_NODE_TYPES.TSPropertySignature) add(byName, getKeyName(member), member);
  }
  return byName;
}

function add<Value>(lists: Map<string | null, Value[]>, key: string | null, value: Value): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
