import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { type ClassNode, contains, getKeyName, unwrap } from '../../ast/nodes.ts';
import { AST_NODE_TYPES } from '../../ast/types.ts';
import { walk } from '../../ast/walk.ts';
import { arrayMethods } from '../../facts/array-methods.ts';
import type { LangChainFile } from '../../trace/file.ts';
import type { Keys } from './schemas.ts';

/** The keys that lead from a pattern to a name that it binds; null when they cannot be read. */
export function findKeys(pattern: TSESTree.Node, name: TSESTree.Node): Keys | null {
  switch (pattern.type) {
    case AST_NODE_TYPES.Identifier:
      return pattern === name ? [] : null;
    case AST_NODE_TYPES.AssignmentPattern:
      return findKeys(pattern.left, name);
    case AST_NODE_TYPES.TSParameterProperty:
      return findKeys(pattern.parameter, name);
    case AST_NODE_TYPES.ObjectPattern:
      for (const property of pattern.properties) {
        if (property.type === AST_NODE_TYPES.RestElement || !contains(property.value, name)) continue;
        const key = getKeyName(property);
        const rest = findKeys(property.value, name);
        return key === null || rest === null ? null : [key, ...rest];
      }
      return null;
    case AST_NODE_TYPES.ArrayPattern: {
      const index = pattern.elements.findIndex((element) => element !== null && contains(element, name));
      const element = pattern.elements[index];
      const rest = element && findKeys(element, name);
      return rest ? [String(index), ...rest] : null;
    }
    default:
      return null;
  }
}

/** An element added to a list, and its place. */
export interface Addition {
  readonly node: TSESTree.Node;
  readonly added: readonly TSESTree.Node[];
}

/** The elements that a use of a list adds to it: `xs.push(x)`, `set.add(x)`, `map.set(key, x)`, `xs[i] = x`. */
function findAddition(identifier: TSESTree.Node): Addition | null {
  const member = identifier.parent;
  if (member?.type !== AST_NODE_TYPES.MemberExpression || member.object !== identifier) return null;
  const { parent } = member;
  if (parent.type === AST_NODE_TYPES.AssignmentExpression && parent.left === member)
    return member.computed ? { node: parent, added: [parent.right] } : null;
  if (parent.type !== AST_NODE_TYPES.CallExpression || parent.callee !== member) return null;
  const name = getKeyName(member) ?? '';
  if (name !== 'add' && name !== 'set' && arrayMethods.get(name)?.mutates !== 'adds') return null;
  const added =
    name === 'splice' ? parent.arguments.slice(2) : name === 'set' ? parent.arguments.slice(1, 2) : parent.arguments;
  return { node: parent, added };
}

/** A use of a variable that fills its list. */
type Filling =
  | { readonly type: 'added'; readonly addition: Addition }
  | { readonly type: 'written'; readonly value: TSESTree.Node; readonly isInitial: boolean };

interface ListUses {
  /** The values written to the variable and added to the list, in source order. */
  readonly fillings: readonly Filling[];
  /** The elements added to the list. */
  readonly additions: readonly Addition[];
  /** `if (part.length >= 5) { …; part = []; }`: the list never gets longer than this. */
  readonly isFlushed: boolean;
  /** Whether the list has any use besides adding to it and reading its length. */
  readonly isConsumed: boolean;
  /** `collect(docs)`; not `Promise.all(docs)` or `docs.map(…)`. */
  readonly isHandedOn: boolean;
}

const listUses = new WeakMap<TSESLint.Scope.Variable, ListUses>();

/** How a variable that holds a list is used. */
export function getListUses(variable: TSESLint.Scope.Variable): ListUses {
  let uses = listUses.get(variable);
  if (!uses) {
    uses = readListUses(variable);
    listUses.set(variable, uses);
  }
  return uses;
}

function readListUses(variable: TSESLint.Scope.Variable): ListUses {
  const fillings: Filling[] = [];
  const additions: Addition[] = [];
  const others: TSESLint.Scope.Reference[] = [];
  for (const reference of variable.references) {
    const addition = findAddition(reference.identifier);
    if (addition) {
      additions.push(addition);
      fillings.push({ type: 'added', addition });
    } else {
      if (reference.writeExpr)
        fillings.push({ type: 'written', value: reference.writeExpr, isInitial: reference.init === true });
      others.push(reference);
    }
  }
  return {
    fillings,
    additions,
    isFlushed: isFlushed(variable),
    isConsumed: others.some(({ identifier, init }) => init !== true && !isLengthRead(identifier)),
    isHandedOn: others.some(({ identifier }) => isHandedOn(identifier)),
  };
}

function isLengthRead(identifier: TSESTree.Node): boolean {
  const { parent } = identifier;
  return (
    parent?.type === AST_NODE_TYPES.MemberExpression && parent.object === identifier && getKeyName(parent) === 'length'
  );
}

function isFlushed(variable: TSESLint.Scope.Variable): boolean {
  return variable.references.some(({ identifier }) => {
    if (!isLengthRead(identifier)) return false;
    let test: TSESTree.Node = identifier.parent;
    let branch = test.parent;
    while (branch?.type === AST_NODE_TYPES.BinaryExpression || branch?.type === AST_NODE_TYPES.LogicalExpression) {
      test = branch;
      branch = branch.parent;
    }
    if (branch?.type !== AST_NODE_TYPES.IfStatement || branch.test !== test) return false;
    const { consequent } = branch;
    return variable.references.some(
      (reference) => contains(consequent, reference.identifier) && isEmptied(reference.identifier),
    );
  });
}

/** `part = []`, `part.length = 0`, `part.splice(0)` */
function isEmptied(identifier: TSESTree.Node): boolean {
  const { parent } = identifier;
  if (parent?.type === AST_NODE_TYPES.AssignmentExpression)
    return parent.left === identifier && isEmptyList(parent.right);
  if (parent?.type !== AST_NODE_TYPES.MemberExpression || parent.object !== identifier) return false;
  if (getKeyName(parent) === 'length')
    return parent.parent.type === AST_NODE_TYPES.AssignmentExpression && parent.parent.left === parent;
  return (
    getKeyName(parent) === 'splice' &&
    parent.parent.type === AST_NODE_TYPES.CallExpression &&
    parent.parent.callee === parent
  );
}

export function isEmptyList(node: TSESTree.Node | null): boolean {
  const list = node && unwrap(node);
  return (
    (list?.type === AST_NODE_TYPES.ArrayExpression && list.elements.length === 0) ||
    (list?.type === AST_NODE_TYPES.NewExpression && list.arguments.length === 0)
  );
}

function isHandedOn(identifier: TSESTree.Node): boolean {
  const { parent } = identifier;
  if (parent?.type !== AST_NODE_TYPES.CallExpression || parent.callee === identifier) return false;
  const callee = unwrap(parent.callee);
  return (
    callee.type === AST_NODE_TYPES.Identifier ||
    (callee.type === AST_NODE_TYPES.MemberExpression && callee.object.type === AST_NODE_TYPES.ThisExpression)
  );
}

export function isKeyWritten(identifier: TSESTree.Node): boolean {
  const member = identifier.parent;
  if (member?.type !== AST_NODE_TYPES.MemberExpression || member.object !== identifier) return false;
  return member.parent.type === AST_NODE_TYPES.AssignmentExpression && member.parent.left === member && member.computed;
}

const grownFields = new WeakMap<ClassNode, ReadonlySet<string>>();

/** The fields of a class that it pushes to. */
export function getGrownFields(file: LangChainFile, classNode: ClassNode): ReadonlySet<string> {
  const known = grownFields.get(classNode);
  if (known) return known;
  const fields = new Set<string>();
  walk(classNode.body, file.sourceCode.visitorKeys, (node) => {
    const name =
      node.type === AST_NODE_TYPES.MemberExpression && node.object.type === AST_NODE_TYPES.ThisExpression
        ? getKeyName(node)
        : null;
    if (name !== null && findAddition(node)) fields.add(name);
    return true;
  });
  grownFields.set(classNode, fields);
  return fields;
}
