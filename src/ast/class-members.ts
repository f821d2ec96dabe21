import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { type ClassNode, type FunctionNode, getKeyName, isClass, isFunction } from './nodes.ts';
import { AST_NODE_TYPES } from './types.ts';
import { walk } from './walk.ts';

/** What a class declares about one of its members. */
export interface ClassMember {
  readonly method: FunctionNode | null;
  readonly getter: FunctionNode | null;
  /** The signatures of a method without a body: abstract, declared, overloaded. */
  readonly signatures: readonly TSESTree.TSEmptyBodyFunctionExpression[];
  /**
   * Every value that it is given: the initialiser, the default of a parameter property, `this.x = …` anywhere in the
   * class.
   */
  readonly values: readonly TSESTree.Node[];
  readonly type: TSESTree.TypeNode | null;
  readonly optional: boolean;
}

type Draft = { -readonly [Key in keyof ClassMember]: ClassMember[Key] } & {
  readonly signatures: TSESTree.TSEmptyBodyFunctionExpression[];
  readonly values: TSESTree.Node[];
};

const classes = new WeakMap<ClassNode, ReadonlyMap<string, ClassMember>>();

export function findClassMember(
  visitorKeys: TSESLint.SourceCode.VisitorKeys,
  classNode: ClassNode,
  name: string,
  isStatic: boolean,
): ClassMember | undefined {
  let members = classes.get(classNode);
  if (!members) {
    members = readMembers(classNode, visitorKeys);
    classes.set(classNode, members);
  }
  return members.get(keyOf(name, isStatic));
}

function keyOf(name: string, isStatic: boolean): string {
  return isStatic ? `static ${name}` : name;
}

function readMembers(
  classNode: ClassNode,
  visitorKeys: TSESLint.SourceCode.VisitorKeys,
): ReadonlyMap<string, ClassMember> {
  const members = new Map<string, Draft>();
  const draft = (name: string, isStatic: boolean): Draft => {
    const key = keyOf(name, isStatic);
    let member = members.get(key);
    if (!member) {
      member = { method: null, getter: null, signatures: [], values: [], type: null, optional: false };
      members.set(key, member);
    }
    return member;
  };
  for (const element of classNode.body.body) {
    switch (element.type) {
      case AST_NODE_TYPES.AccessorProperty:
      case AST_NODE_TYPES.PropertyDefinition:
      case AST_NODE_TYPES.TSAbstractAccessorProperty:
      case AST_NODE_TYPES.TSAbstractPropertyDefinition: {
        const name = getKeyName(element);
        if (name === null) break;
        const member = draft(name, element.static);
        member.type = element.typeAnnotation?.typeAnnotation ?? member.type;
        member.optional = element.optional;
        if (isFunction(element.value)) member.method = element.value;
        else if (element.value) member.values.push(element.value);
        break;
      }
      case AST_NODE_TYPES.MethodDefinition:
      case AST_NODE_TYPES.TSAbstractMethodDefinition:
        readMethod(element, draft);
        break;
      default:
    }
  }
  readAssignments(classNode, visitorKeys, draft);
  return members;
}

function readMethod(
  element: TSESTree.MethodDefinition | TSESTree.TSAbstractMethodDefinition,
  draft: (name: string, isStatic: boolean) => Draft,
): void {
  const { kind, value } = element;
  const name = getKeyName(element);
  if (kind === 'constructor') readParameterProperties(element, draft);
  else if (name === null || kind === 'set') return;
  else if (!isFunction(value)) {
    if (kind === 'method') draft(name, element.static).signatures.push(value);
  } else if (kind === 'get') draft(name, element.static).getter = value;
  else draft(name, element.static).method = value;
}

function readParameterProperties(
  constructor: TSESTree.MethodDefinition | TSESTree.TSAbstractMethodDefinition,
  draft: (name: string, isStatic: boolean) => Draft,
): void {
  for (const parameter of constructor.value.params) {
    if (parameter.type !== AST_NODE_TYPES.TSParameterProperty) continue;
    const target =
      parameter.parameter.type === AST_NODE_TYPES.AssignmentPattern ? parameter.parameter.left : parameter.parameter;
    const member = draft(target.name, false);
    member.type = target.typeAnnotation?.typeAnnotation ?? null;
    member.optional = target.optional;
    member.values.push(target);
  }
}

function readAssignments(
  classNode: ClassNode,
  visitorKeys: TSESLint.SourceCode.VisitorKeys,
  draft: (name: string, isStatic: boolean) => Draft,
): void {
  walk(classNode.body, visitorKeys, (node) => {
    // Other classes and plain functions bind their own `this`.
    if (isClass(node) || node.type === AST_NODE_TYPES.FunctionDeclaration) return false;
    if (node.type === AST_NODE_TYPES.FunctionExpression) return node.parent.type === AST_NODE_TYPES.MethodDefinition;
    if (node.type !== AST_NODE_TYPES.AssignmentExpression || node.left.type !== AST_NODE_TYPES.MemberExpression)
      return true;
    if (node.left.object.type !== AST_NODE_TYPES.ThisExpression) return true;
    const name = getKeyName(node.left);
    if (name === null) return true;
    // The whole assignment, not its right side: `this.model ??= given` may keep the existing value.
    draft(name, isInStatic(node, classNode)).values.push(node);
    return true;
  });
}

function isInStatic(node: TSESTree.Node, classNode: ClassNode): boolean {
  let element: TSESTree.Node | undefined = node;
  while (element && element.parent !== classNode.body) element = element.parent;
  return (
    element?.type === AST_NODE_TYPES.StaticBlock || (element !== undefined && 'static' in element && element.static)
  );
}

export function isConstructor({ parent }: FunctionNode): boolean {
  return parent.type === AST_NODE_TYPES.MethodDefinition && parent.kind === 'constructor';
}

/** The constructor that a class declares itself. */
export function findConstructor({ body }: ClassNode): FunctionNode | null {
  for (const member of body.body) {
    if (member.type === AST_NODE_TYPES.MethodDefinition && member.kind === 'constructor' && isFunction(member.value))
      return member.value;
  }
  return null;
}
