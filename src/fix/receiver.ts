import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { getEnclosingFunction, getThisClass } from '../ast/ancestors.ts';
import { type ClassNode, contains, getDecorators, getKeyName } from '../ast/nodes.ts';
import { getPlainProperties, getThisMembers } from '../ast/properties.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { isNeverWritten } from '../flow/lifetime/fixed.ts';
import { getParts } from '../langchain/parts.ts';
import type { LangChainFile } from '../trace/file.ts';
import type { LangChainValue } from '../trace/value.ts';
import { mayHaveTypes } from './typescript.ts';

// ── its methods ─────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * Whether LangChain's method of a class can be called on a value: no class of the project overrides it, and no written
 * type of the value omits it.
 */
export function hasMethod(file: LangChainFile, value: LangChainValue, method: string): boolean {
  if (value.narrowed && mayHaveTypes(file)) return false;
  return getParts(value).every(({ classNode }) => !classNode || !declares(file, classNode, method));
}

/** Whether a method is replaced: `model.batch = …`, `vi.spyOn(model, 'batch')`. */
export function isReplaced({ sourceCode: { text } }: LangChainFile, method: string): boolean {
  return new RegExp(`\\.\\s*${method}\\s*=(?!=)|(['"\`])${method}\\1`, 'u').test(text);
}

/** How many classes may extend one another. */
const maxClasses = 20;

function declares(file: LangChainFile, classNode: ClassNode, method: string, depth = maxClasses): boolean {
  if (depth === 0 || classNode.body.body.some((element) => 'key' in element && getKeyName(element) === method))
    return true;
  const base = classNode.superClass && file.of(classNode).trace(classNode.superClass);
  return base?.type === 'class' && declares(file, base.node, method, depth - 1);
}

// ── when it is read ─────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * Whether an expression has the same value whenever it is read, even before the code that precedes it, and reading it
 * has no effect. `alone`: as long as no other code runs in between.
 */
export type Stability = 'alone' | 'always' | 'no';

export function getStability(file: LangChainFile, node: TSESTree.Node): Stability {
  switch (node.type) {
    case AST_NODE_TYPES.Identifier:
      return isConstant(file, node) ? 'always' : 'no';
    case AST_NODE_TYPES.MemberExpression: {
      const { object } = node;
      const name = getKeyName(node);
      if (name === null || node.optional) return 'no';
      if (object.type === AST_NODE_TYPES.ThisExpression) return getFieldStability(file, object, name);
      return object.type === AST_NODE_TYPES.Identifier && isPropertyOfConstant(file, object, name) ? 'alone' : 'no';
    }
    case AST_NODE_TYPES.TSAsExpression:
    case AST_NODE_TYPES.TSSatisfiesExpression:
      return getStability(file, node.expression);
    default:
      return 'no';
  }
}

/** A variable that keeps its initial value, here or in the file that exports it. */
function isConstant(file: LangChainFile, node: TSESTree.Identifier): boolean {
  const variable = file.scopes.findVariable(node);
  if (variable?.defs[0]?.type !== 'ImportBinding') return variable !== null && isDeclaredOnce(variable);
  const exported = file.findImportedNode(node);
  if (exported?.type === AST_NODE_TYPES.NewExpression) return true;
  const owner = exported?.type === AST_NODE_TYPES.Identifier ? file.of(exported) : null;
  const origin = exported?.type === AST_NODE_TYPES.Identifier ? owner?.scopes.findVariable(exported) : null;
  return owner !== file && origin !== null && origin !== undefined && isDeclaredOnce(origin);
}

function isDeclaredOnce(variable: TSESLint.Scope.Variable): boolean {
  const [definition] = variable.defs;
  return definition?.type === 'Variable' && definition.parent.kind !== 'var' && isNeverWritten(variable);
}

/** `this.model`, where the class sets it after the field that reads it. */
export function isSetLater(receiver: TSESTree.Node, node: TSESTree.Node): boolean {
  const classNode = receiver.type === AST_NODE_TYPES.MemberExpression ? getThisClass(node) : null;
  if (!classNode || receiver.type !== AST_NODE_TYPES.MemberExpression) return false;
  const field = classNode.body.body.find((element) => contains(element, node));
  if (field?.type !== AST_NODE_TYPES.PropertyDefinition || getEnclosingFunction(node) !== getEnclosingFunction(field))
    return false;
  const name = getKeyName(receiver);
  return classNode.body.body.some(
    (element) =>
      element.type === AST_NODE_TYPES.PropertyDefinition &&
      element.range[0] > field.range[0] &&
      getKeyName(element) === name,
  );
}

/** `clients.model` of `const clients = { model: new ChatOpenAI() }` */
function isPropertyOfConstant(file: LangChainFile, object: TSESTree.Identifier, name: string): boolean {
  const variable = file.scopes.findVariable(object);
  const definition = variable?.defs[0];
  if (!variable || definition?.type !== 'Variable' || !isDeclaredOnce(variable)) return false;
  const { init } = definition.node;
  return (
    definition.node.id === definition.name &&
    init?.type === AST_NODE_TYPES.ObjectExpression &&
    getPlainProperties(init)?.get(name)?.method === false
  );
}

/** `this.model` that the class sets once: in its declaration, or in the constructor. */
function getFieldStability(file: LangChainFile, object: TSESTree.ThisExpression, name: string): Stability {
  const classNode = getThisClass(object);
  const elements = classNode?.body.body.filter((element) => 'key' in element && getKeyName(element) === name) ?? [];
  const [field = null, ...others] = elements;
  if (!classNode || others.length > 0 || (field && !isPlainField(field))) return 'no';
  const writes = (getThisMembers(classNode, file.sourceCode.visitorKeys).get(name) ?? []).filter(
    ({ parent }) => !reading.has(parent.type),
  );
  const isInitialised = field?.type === AST_NODE_TYPES.PropertyDefinition && field.value !== null;
  const isSetOnce = isInitialised ? writes.length === 0 : writes.length === 1 && writes.every(isSetInConstructor);
  if (!isSetOnce) return 'no';
  return field?.type === AST_NODE_TYPES.PropertyDefinition && isClosed(field) ? 'always' : 'alone';
}

function isPlainField(element: TSESTree.ClassElement): boolean {
  return (
    element.type === AST_NODE_TYPES.PropertyDefinition &&
    !element.static &&
    !element.optional &&
    getDecorators(element).length === 0
  );
}

/** Whether only the class can write to a field. */
function isClosed({ accessibility, key, readonly }: TSESTree.PropertyDefinition): boolean {
  return readonly || accessibility === 'private' || key.type === AST_NODE_TYPES.PrivateIdentifier;
}

/** Parents in which a field is only read; in others it may be a target. */
const reading: ReadonlySet<string> = new Set([
  AST_NODE_TYPES.CallExpression,
  AST_NODE_TYPES.MemberExpression,
  AST_NODE_TYPES.NewExpression,
  AST_NODE_TYPES.ReturnStatement,
  AST_NODE_TYPES.TSNonNullExpression,
  AST_NODE_TYPES.VariableDeclarator,
]);

/** `constructor() { this.model = new ChatOpenAI(); }` */
function isSetInConstructor({ parent: assignment }: TSESTree.MemberExpression): boolean {
  if (assignment.type !== AST_NODE_TYPES.AssignmentExpression || assignment.operator !== '=') return false;
  const statement = assignment.parent;
  const method = statement.parent?.parent?.parent;
  return (
    statement.type === AST_NODE_TYPES.ExpressionStatement &&
    statement.parent.parent?.type === AST_NODE_TYPES.FunctionExpression &&
    method?.type === AST_NODE_TYPES.MethodDefinition &&
    method.kind === 'constructor'
  );
}
