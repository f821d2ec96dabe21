import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { getLastName } from './calls.ts';
import type { ClassMember } from './class-members.ts';
import { findProperty, type FunctionNode, getKeyName, isClass, isFunction, unwrap } from './nodes.ts';
import { getPlainProperties } from './properties.ts';
import { findReturns } from './returns.ts';
import { AST_NODE_TYPES } from './types.ts';
import { walk } from './walk.ts';

/** The options of a Vue component, other than its hooks, whose functions have the component as their `this`. */
const groups: ReadonlySet<string> = new Set(['computed', 'methods', 'watch']);
const definers = /^(?:createApp|define(?:Nuxt)?Component|extend|mixin)$/u;

/** The options of the Vue component that `this` stands for; null for any other `this`. */
export function findThisComponent(node: TSESTree.ThisExpression): TSESTree.ObjectExpression | null {
  let inner: TSESTree.Node | null = getThisFunction(node);
  // The function, a group of functions, or `{ get() {} }` in such a group.
  for (let depth = 0; inner && depth < 3; depth++) {
    const property: TSESTree.Node = inner.parent;
    if (property.type !== AST_NODE_TYPES.Property || property.parent.type !== AST_NODE_TYPES.ObjectExpression)
      return null;
    if (isComponent(property.parent))
      return depth === 0 || groups.has(getKeyName(property) ?? '') ? property.parent : null;
    inner = property.parent;
  }
  return null;
}

/** The function that binds `this`: arrow functions do not. */
function getThisFunction(node: TSESTree.Node): FunctionNode | null {
  let current = node.parent;
  while (current && !isClass(current)) {
    if (isFunction(current) && current.type !== AST_NODE_TYPES.ArrowFunctionExpression) return current;
    current = current.parent;
  }
  return null;
}

/** `export default { data() { … } }`, `defineComponent({ … })` */
function isComponent(object: TSESTree.ObjectExpression): boolean {
  const { parent } = object;
  const isDefined =
    parent.type === AST_NODE_TYPES.ExportDefaultDeclaration ||
    (parent.type === AST_NODE_TYPES.CallExpression && definers.test(getLastName(parent.callee) ?? ''));
  return isDefined && ['computed', 'data', 'methods'].some((name) => findOptionValue(object, name) !== null);
}

function findOptionValue(object: TSESTree.ObjectExpression, name: string): TSESTree.Node | null {
  const property = findProperty(object, name);
  return property && unwrap(property.value);
}

const members = new WeakMap<TSESTree.ObjectExpression, ReadonlyMap<string, ClassMember>>();

/** The members that a component gets from its options: its data, with everything written to them, and its functions. */
export function getComponentMembers(
  component: TSESTree.ObjectExpression,
  visitorKeys: TSESLint.SourceCode.VisitorKeys,
): ReadonlyMap<string, ClassMember> {
  let found = members.get(component);
  if (!found) {
    found = readMembers(component, visitorKeys);
    members.set(component, found);
  }
  return found;
}

const nothing: ClassMember = { method: null, getter: null, signatures: [], values: [], type: null, optional: false };

function readMembers(
  component: TSESTree.ObjectExpression,
  visitorKeys: TSESLint.SourceCode.VisitorKeys,
): ReadonlyMap<string, ClassMember> {
  const found = new Map<string, ClassMember>();
  const written = readWrites(component, visitorKeys);
  for (const [name, value] of readData(component, visitorKeys))
    found.set(name, { ...nothing, values: [value, ...(written.get(name) ?? [])] });
  for (const [name, value] of readFunctions(component, 'computed')) found.set(name, { ...nothing, getter: value });
  for (const [name, value] of readFunctions(component, 'methods')) found.set(name, { ...nothing, method: value });
  return found;
}

/** What `data() { return { llm: new ChatOpenAI() }; }` returns. */
function readData(
  component: TSESTree.ObjectExpression,
  visitorKeys: TSESLint.SourceCode.VisitorKeys,
): readonly (readonly [string, TSESTree.Node])[] {
  const data = findOptionValue(component, 'data');
  if (!data || !isFunction(data)) return [];
  return findReturns(data, visitorKeys)
    .map((returned) => unwrap(returned))
    .flatMap((object) => (object.type === AST_NODE_TYPES.ObjectExpression ? readProperties(object) : []));
}

function readFunctions(
  component: TSESTree.ObjectExpression,
  group: string,
): readonly (readonly [string, FunctionNode])[] {
  const object = findOptionValue(component, group);
  if (object?.type !== AST_NODE_TYPES.ObjectExpression) return [];
  return readProperties(object).flatMap(([name, value]) => {
    const getter = value.type === AST_NODE_TYPES.ObjectExpression ? findOptionValue(value, 'get') : value;
    return getter && isFunction(getter) ? [[name, getter] as const] : [];
  });
}

function readProperties(object: TSESTree.ObjectExpression): readonly (readonly [string, TSESTree.Node])[] {
  return [...(getPlainProperties(object) ?? [])].map(([name, { value }]) => [name, unwrap(value)]);
}

/** The writes to the component, by name: `this.llm = new ChatOpenAI()`. */
function readWrites(
  component: TSESTree.ObjectExpression,
  visitorKeys: TSESLint.SourceCode.VisitorKeys,
): ReadonlyMap<string, readonly TSESTree.Node[]> {
  const written = new Map<string, TSESTree.Node[]>();
  walk(component, visitorKeys, (node) => {
    if (isClass(node)) return false;
    const target = node.type === AST_NODE_TYPES.AssignmentExpression ? node.left : null;
    const isOwn =
      target?.type === AST_NODE_TYPES.MemberExpression &&
      target.object.type === AST_NODE_TYPES.ThisExpression &&
      findThisComponent(target.object) === component;
    const name = isOwn ? getKeyName(target) : null;
    if (name !== null) written.set(name, [...(written.get(name) ?? []), node]);
    return true;
  });
  return written;
}
