import type { TSESTree } from '@typescript-eslint/utils';
import { getThisClass } from '../../ast/ancestors.ts';
import { findConstructor } from '../../ast/class-members.ts';
import { type ClassNode, getKeyName, isFunction } from '../../ast/nodes.ts';
import { getThisMembers, isThisMember } from '../../ast/properties.ts';
import { AST_NODE_TYPES } from '../../ast/types.ts';
import type { LangChainFile } from '../../trace/file.ts';

/** Where the file reads the value of a variable, a parameter, a field or `this.x` in one of its classes. */
export function findReads(file: LangChainFile, target: TSESTree.Node): readonly TSESTree.Node[] {
  if (!file.owns(target)) return [];
  switch (target.type) {
    case AST_NODE_TYPES.AssignmentPattern:
      return findReads(file, target.left);
    case AST_NODE_TYPES.Identifier:
      return [...findVariableReads(file, target), ...findParameterPropertyReads(file, target)];
    case AST_NODE_TYPES.MemberExpression:
      return isThisMember(target) ? findMemberReads(file, getThisClass(target), target) : [];
    case AST_NODE_TYPES.PropertyDefinition:
      return [
        ...findMemberReads(file, target.parent.parent, target),
        ...(target.static ? findStaticReads(file, target) : []),
      ];
    case AST_NODE_TYPES.TSParameterProperty:
      return findReads(file, target.parameter);
    default:
      return [];
  }
}

/**
 * The parameter of a function, or of a class's constructor, that receives an argument; null for a function that cannot
 * be resolved.
 */
export function findParameter(file: LangChainFile, callee: TSESTree.Node, index: number): TSESTree.Node | null {
  const trace = file.trace(callee);
  const fn = trace.type === 'function' ? trace.node : trace.type === 'class' ? findConstructor(trace.node) : null;
  return fn?.params[index] ?? null;
}

function findVariableReads(file: LangChainFile, identifier: TSESTree.Identifier): readonly TSESTree.Node[] {
  const references = file.scopes.findVariable(identifier)?.references ?? [];
  return references.filter((reference) => reference.isRead()).map((reference) => reference.identifier);
}

/** `constructor(private pool: Pool)` */
function findParameterPropertyReads(file: LangChainFile, identifier: TSESTree.Identifier): readonly TSESTree.Node[] {
  const parameter =
    identifier.parent.type === AST_NODE_TYPES.AssignmentPattern ? identifier.parent.parent : identifier.parent;
  const constructor = parameter.type === AST_NODE_TYPES.TSParameterProperty ? parameter.parent : null;
  const member = isFunction(constructor) ? constructor.parent : null;
  if (member?.type !== AST_NODE_TYPES.MethodDefinition) return [];
  return getThisMembers(member.parent.parent, file.sourceCode.visitorKeys).get(identifier.name) ?? [];
}

function findMemberReads(
  file: LangChainFile,
  classNode: ClassNode | null,
  field: TSESTree.MemberExpression | TSESTree.PropertyDefinition,
): readonly TSESTree.Node[] {
  const name = getKeyName(field);
  if (!classNode || name === null) return [];
  return (getThisMembers(classNode, file.sourceCode.visitorKeys).get(name) ?? []).filter((member) => member !== field);
}

/** `Database.pool` */
function findStaticReads(file: LangChainFile, field: TSESTree.PropertyDefinition): readonly TSESTree.Node[] {
  // Inside its own body, a class is a separate variable.
  const variables = file.sourceCode.scopeManager?.getDeclaredVariables(field.parent.parent) ?? [];
  const members = variables.flatMap(({ references }) => references.map(({ identifier }) => identifier.parent));
  return members.filter(
    (member) => member.type === AST_NODE_TYPES.MemberExpression && getKeyName(member) === getKeyName(field),
  );
}
