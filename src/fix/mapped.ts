import type { TSESTree } from '@typescript-eslint/utils';
import { contains, type FunctionNode, getKeyName, isFunction, unwrap } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import type { LangChainCall } from '../langchain/calls.ts';
import type { LangChainFile } from '../trace/file.ts';
import { isAnywhere, isInOwnCode } from '../trace/nodes.ts';
import { getElementTypeText, getListType, isAny, isPath } from './list-type.ts';
import { getArgumentText, getBodyParentheses } from './text.ts';
import { isTypeScript } from './typescript.ts';

/** `Promise.all(docs.map(callback))` in one expression, or an awaited `docs.map(callback)`. */
export interface MappedAll {
  readonly node: TSESTree.CallExpression;
  readonly list: TSESTree.Node;
  readonly callback: TSESTree.Node;
  /** `Array.from(docs, callback)` */
  readonly isFrom: boolean;
}

/** A call that takes promises, with the call that maps a list to them. */
interface Combined {
  readonly kind: string;
  readonly node: TSESTree.Node;
  readonly map: { readonly call: TSESTree.CallExpression; readonly callback: TSESTree.Node } | null;
}

export function readMappedAll(file: LangChainFile, { kind, map, node }: Combined): MappedAll | null {
  if (
    (kind !== 'combinator' && kind !== 'mapAwaited' && kind !== 'stored') ||
    !map ||
    node.type !== AST_NODE_TYPES.CallExpression ||
    node.typeArguments ||
    node.optional
  )
    return null;
  const trace = file.trace(node.callee);
  const isAll =
    trace.type === 'global' &&
    trace.name === 'Promise.all' &&
    node.arguments.length === 1 &&
    node.arguments[0] === map.call;
  if (kind === 'combinator' ? !isAll : node !== map.call) return null;
  const callee = unwrap(map.call.callee);
  if (map.call.typeArguments || map.call.optional || callee.type !== AST_NODE_TYPES.MemberExpression || callee.optional)
    return null;
  const [first, second] = map.call.arguments;
  if (map.call.arguments.some((argument) => argument.type === AST_NODE_TYPES.SpreadElement)) return null;
  if (
    second === undefined &&
    first === map.callback &&
    getKeyName(callee) === 'map' &&
    callee.object.type !== AST_NODE_TYPES.ChainExpression
  ) {
    return getListType(file, callee.object) === 'other'
      ? null
      : { node, list: callee.object, callback: map.callback, isFrom: false };
  }
  return first && second === map.callback && map.call.arguments.length === 2
    ? { node, list: first, callback: map.callback, isFrom: true }
    : null;
}

// ── the callback ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** The result of a callback that does nothing else; an `await` before it changes nothing. */
export function findResult(callback: FunctionNode): TSESTree.Node | null {
  let value: TSESTree.Node | null = callback.body;
  if (value.type === AST_NODE_TYPES.BlockStatement) {
    const [statement, ...others] = value.body;
    value = statement?.type === AST_NODE_TYPES.ReturnStatement && others.length === 0 ? statement.argument : null;
  }
  return value?.type === AST_NODE_TYPES.AwaitExpression ? value.argument : value;
}

/**
 * Whether a function could be an arrow function: its parameters and its `this` keep their meaning, and only the call
 * that it makes is needed, not its name or the type that it promises.
 */
export function isPlainFunction(file: LangChainFile, callback: FunctionNode): boolean {
  if (
    callback.generator ||
    callback.typeParameters ||
    callback.returnType ||
    callback.id ||
    callback.params.some(isOfFunctionsOnly)
  )
    return false;
  if (callback.params.length > 2) return false;
  return callback.type === AST_NODE_TYPES.ArrowFunctionExpression || !usesOwnContext(file, callback);
}

/** A rest parameter, and `this` of `(this: void, doc: string)`. */
function isOfFunctionsOnly(parameter: TSESTree.Parameter): boolean {
  return (
    parameter.type === AST_NODE_TYPES.RestElement ||
    (parameter.type === AST_NODE_TYPES.Identifier && parameter.name === 'this')
  );
}

export function usesOwnContext(file: LangChainFile, callback: FunctionNode): boolean {
  return isAnywhere(
    file,
    callback.body,
    (node) =>
      node.type === AST_NODE_TYPES.ThisExpression ||
      node.type === AST_NODE_TYPES.MetaProperty ||
      (node.type === AST_NODE_TYPES.Identifier && node.name === 'arguments'),
  );
}

/** Whether an expression contains `await` or `yield`, which a function around it would capture. */
export function isSuspended(file: LangChainFile, expression: TSESTree.Node): boolean {
  if (isFunction(expression)) return false;
  return isInOwnCode(
    file,
    expression,
    ({ type }) => type === AST_NODE_TYPES.AwaitExpression || type === AST_NODE_TYPES.YieldExpression,
  );
}

/** Whether the input is the element itself, including its type, which `(doc: any) => model.invoke(doc)` changes. */
export function isParameter(
  file: LangChainFile,
  { params }: FunctionNode,
  input: TSESTree.Node,
  list: TSESTree.Node,
): boolean {
  const [parameter] = params;
  if (
    params.length !== 1 ||
    parameter?.type !== AST_NODE_TYPES.Identifier ||
    input.type !== AST_NODE_TYPES.Identifier ||
    input.name !== parameter.name
  )
    return false;
  const type = parameter.typeAnnotation?.typeAnnotation;
  return !type || file.sourceCode.getText(type) === getElementTypeText(file, list);
}

/** Whether the promise is awaited right there, so that an error surfaces at the same place wherever it is thrown. */
export function isInAwait(node: TSESTree.Node): boolean {
  return node.parent?.type === AST_NODE_TYPES.AwaitExpression;
}

/** Whether an expression uses the bindings of the callback. */
export function usesBindings(file: LangChainFile, node: TSESTree.Node, callback: FunctionNode): boolean {
  return isAnywhere(file, node, (inner) => {
    const variable = file.scopes.findVariable(inner);
    return variable !== null && contains(callback, variable.scope.block);
  });
}

/** `model.` of `model.invoke(doc)`, if it is the same for each element and reading it has no effect. */
export function readReceiver(
  file: LangChainFile,
  { node, receiverNode }: LangChainCall,
  callback: FunctionNode,
): string | null {
  const callee = unwrap(node.callee);
  if (callee.type !== AST_NODE_TYPES.MemberExpression || callee.computed || node.callee !== callee) return null;
  if (!isPath(receiverNode) || usesBindings(file, receiverNode, callback)) return null;
  return file.sourceCode.text.slice(node.range[0], callee.property.range[0]);
}

/**
 * The list itself; a copy where `batch`, which takes a mutable array, may not receive it, or where other code changes
 * it: some implementations read it a moment after the call.
 */
export function writeList(file: LangChainFile, list: TSESTree.Node, isFrom: boolean, isShared = false): string {
  if (isFrom) return `Array.from(${getArgumentText(file, list)})`;
  return getListType(file, list) === 'array' && !isShared
    ? getArgumentText(file, list)
    : `[...${writeOperand(file, list)}]`;
}

/** `docs.map((doc) => doc.text)` */
export function writeInputs(
  file: LangChainFile,
  list: TSESTree.Node,
  callback: FunctionNode,
  input: TSESTree.Node,
  isFrom: boolean,
): string {
  const mapping = `${writeParameters(file, callback)} => ${writeBody(file, input)}`;
  if (isFrom) return `Array.from(${getArgumentText(file, list)}, ${mapping})`;
  if (getListType(file, list) === 'unknown')
    // For elements of type `any`, `Array.from` returns `unknown`.
    return isTypeScript(file) && isAny(file, list)
      ? `[...${writeOperand(file, list)}].map(${mapping})`
      : `Array.from(${getArgumentText(file, list)}, ${mapping})`;
  return `${writeOperand(file, list)}.map(${mapping})`;
}

/** With the parentheses needed before a `.`. */
export function writeOperand(file: LangChainFile, node: TSESTree.Node): string {
  const text = file.sourceCode.getText(node);
  const isSimple =
    node.type === AST_NODE_TYPES.Identifier ||
    node.type === AST_NODE_TYPES.MemberExpression ||
    node.type === AST_NODE_TYPES.CallExpression ||
    node.type === AST_NODE_TYPES.ArrayExpression;
  return isSimple ? text : `(${text})`;
}

function writeParameters({ sourceCode }: LangChainFile, { params }: FunctionNode): string {
  const [first] = params;
  const last = params.at(-1);
  if (!first || !last) return '()';
  const text = sourceCode.text.slice(first.range[0], last.range[1]);
  const isBare =
    first === last &&
    first.type === AST_NODE_TYPES.Identifier &&
    !first.typeAnnotation &&
    sourceCode.getTokenBefore(first)?.value !== '(';
  return isBare ? text : `(${text})`;
}

function writeBody(file: LangChainFile, node: TSESTree.Node): string {
  return getBodyParentheses(file, node).join(file.sourceCode.getText(node));
}
