import type { TSESTree } from '@typescript-eslint/utils';
import { getThisClass } from '../ast/ancestors.ts';
import { findClassMember } from '../ast/class-members.ts';
import { getKeyName, unwrap } from '../ast/nodes.ts';
import { getMemberWrites } from '../ast/properties.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import type { LangChainFile } from './file.ts';

/** The only value that a field is ever given in its class: `this.timeoutMs`, `Config.TIMEOUT`; a member of an enum. */
export function findFieldValue(file: LangChainFile, node: TSESTree.MemberExpression): TSESTree.Node | null {
  const name = getKeyName(node);
  const object = unwrap(node.object);
  if (name === null) return null;
  if (object.type === AST_NODE_TYPES.Identifier) return findStaticValue(file, object, name);
  const classNode = object.type === AST_NODE_TYPES.ThisExpression ? getThisClass(object) : null;
  const member = classNode && findClassMember(file.sourceCode.visitorKeys, classNode, name, false);
  return member?.values.length === 1 ? (member.values[0] ?? null) : null;
}

function findStaticValue(file: LangChainFile, object: TSESTree.Identifier, name: string): TSESTree.Node | null {
  const variable = file.scopes.findVariable(object);
  const definition = variable?.defs[0]?.node;
  if (definition?.type === AST_NODE_TYPES.TSEnumDeclaration) {
    const member = definition.body.members.find(({ id }) => getEnumName(id) === name);
    return member?.initializer ?? null;
  }
  const trace = file.trace(object);
  if (!variable || getMemberWrites(variable).has(name)) return null;
  const member =
    trace.type === 'class' ? findClassMember(file.sourceCode.visitorKeys, trace.node, name, true) : undefined;
  return member?.values.length === 1 ? (member.values[0] ?? null) : null;
}

function getEnumName(id: TSESTree.TSEnumMember['id']): string {
  return id.type === AST_NODE_TYPES.Identifier ? id.name : id.value;
}
