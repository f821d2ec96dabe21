import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { type FunctionNode, hasInterfaces, isClass, wrapped } from '../ast/nodes.ts';
import { findReturns } from '../ast/returns.ts';
import { getInnermostScope } from '../ast/scope-names.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { findHolders } from '../flow/promises/uses.ts';
import { getHandlers } from '../handlers/index.ts';
import type { LangChainFile } from '../trace/file.ts';
import { isErrorExpected } from './directives.ts';
import type { Edit } from './edit.ts';
import { mayBePromise } from './held.ts';
import { mayHaveTypes } from './typescript.ts';

/**
 * Writes `await` before a call, with parentheses where needed; null where the call's place accepts a promise, or where
 * the code would mean something else.
 */
export function awaitCall(file: LangChainFile, call: TSESTree.CallExpression): readonly Edit[] | null {
  const awaited = getChain(call);
  if (isTypedAsPromise(file, awaited)) return null;
  const [start, end] = awaited.range;
  if (!needsParentheses(awaited) || isParenthesized(file, awaited)) return [{ range: [start, start], text: 'await ' }];
  // In `model?.invoke(x).content` the chain ends as a whole; `(await model?.invoke(x)).content` would throw.
  if (isShortened(call) && awaited.type !== AST_NODE_TYPES.ChainExpression) return null;
  if (opensStatement(file, awaited)) return null;
  return [
    { range: [start, start], text: '(await ' },
    { range: [end, end], text: ')' },
  ];
}

/** The call with `!`, or with the optional chain that ends with it. */
function getChain(call: TSESTree.CallExpression): TSESTree.Node {
  let current: TSESTree.Node = call;
  while (
    current.parent.type === AST_NODE_TYPES.ChainExpression ||
    current.parent.type === AST_NODE_TYPES.TSNonNullExpression
  )
    current = current.parent;
  return current;
}

/**
 * Whether a type may declare the promise, in its place or its destination: `const reply: Promise<Reply> =
 * model.invoke(x)`, `log(model.invoke(x))` of `(reply: Promise<unknown>)`.
 */
function isTypedAsPromise(file: LangChainFile, node: TSESTree.Node): boolean {
  return isAsserted(file, node) || [...findHolders(file, node)].some((variable) => mayHoldPromises(file, variable));
}

function isAsserted(file: LangChainFile, node: TSESTree.Node): boolean {
  const { parent } = node;
  switch (parent?.type) {
    case AST_NODE_TYPES.TSAsExpression:
    case AST_NODE_TYPES.TSSatisfiesExpression:
    case AST_NODE_TYPES.TSTypeAssertion:
      return mayBePromise(file, parent.typeAnnotation) || isAsserted(file, parent);
    default:
      return false;
  }
}

function mayHoldPromises(file: LangChainFile, { identifiers, references }: TSESLint.Scope.Variable): boolean {
  const isTyped = identifiers.some((each) => mayBePromise(file.of(each), each.typeAnnotation?.typeAnnotation));
  const writes = references.filter((reference) => reference.isWrite());
  return (
    isTyped ||
    (writes.length > 1 && mayHaveTypes(file)) ||
    references.some(
      ({ identifier }) => isAsserted(file, identifier) || isErrorExpected(file.of(identifier), identifier),
    )
  );
}

function needsParentheses(node: TSESTree.Node): boolean {
  const { parent } = node;
  switch (parent?.type) {
    case AST_NODE_TYPES.MemberExpression:
      return parent.object === node;
    case AST_NODE_TYPES.CallExpression:
    case AST_NODE_TYPES.NewExpression:
      return parent.callee === node;
    case AST_NODE_TYPES.TaggedTemplateExpression:
      return true;
    case AST_NODE_TYPES.BinaryExpression:
      return parent.operator === '**' && parent.left === node;
    default:
      return isClass(parent);
  }
}

function isParenthesized({ sourceCode }: LangChainFile, node: TSESTree.Node): boolean {
  return sourceCode.getTokenBefore(node)?.value === '(' && sourceCode.getTokenAfter(node)?.value === ')';
}

function isShortened(call: TSESTree.CallExpression): boolean {
  for (let current: TSESTree.Node = call; ;) {
    if (
      (current.type === AST_NODE_TYPES.CallExpression || current.type === AST_NODE_TYPES.MemberExpression) &&
      current.optional
    )
      return true;
    if (current.type === AST_NODE_TYPES.CallExpression) current = current.callee;
    else if (current.type === AST_NODE_TYPES.MemberExpression) current = current.object;
    else if (current.type === AST_NODE_TYPES.TSNonNullExpression) current = current.expression;
    else return false;
  }
}

/** After a line without a semicolon, a parenthesis at the start of a statement would call the value of that line. */
function opensStatement({ sourceCode }: LangChainFile, node: TSESTree.Node): boolean {
  for (let current: TSESTree.Node | undefined = node; current; current = current.parent) {
    if (current.type !== AST_NODE_TYPES.ExpressionStatement) continue;
    const before = sourceCode.getTokenBefore(current);
    return current.range[0] === node.range[0] && before !== null && !/^[;{}]$/u.test(before.value);
  }
  return false;
}

/** Writes `await` for the `void` of `void call()`. */
export function awaitVoid(node: TSESTree.UnaryExpression): readonly Edit[] {
  const [start] = node.range;
  return [{ range: [start, start + 'void'.length], text: 'await' }];
}

/**
 * Returns the promise of a call that is the last statement of a function; null where that would change the expected
 * return type.
 */
export function returnCall(file: LangChainFile, call: TSESTree.CallExpression): readonly Edit[] | null {
  const statement = wrapped(call).parent;
  const block = statement?.parent;
  if (
    statement?.type !== AST_NODE_TYPES.ExpressionStatement ||
    block?.type !== AST_NODE_TYPES.BlockStatement ||
    block.body.at(-1) !== statement
  )
    return null;
  const fn = block.parent;
  switch (fn.type) {
    case AST_NODE_TYPES.ArrowFunctionExpression:
    case AST_NODE_TYPES.FunctionDeclaration:
    case AST_NODE_TYPES.FunctionExpression: {
      const isFree =
        fn.async &&
        !fn.generator &&
        !fn.returnType &&
        !isExpectedElsewhere(file, fn) &&
        findReturns(fn, file.sourceCode.visitorKeys).length === 0;
      const [start] = statement.range;
      return isFree ? [{ range: [start, start], text: 'return ' }] : null;
    }
    default:
      return null;
  }
}

/** Whether the code around a function, or its framework, decides its return type. */
function isExpectedElsewhere(file: LangChainFile, fn: FunctionNode): boolean {
  if (getHandlers(file).has(fn)) return true;
  const { parent } = fn;
  switch (parent.type) {
    case AST_NODE_TYPES.VariableDeclarator:
      return Boolean(parent.id.typeAnnotation);
    case AST_NODE_TYPES.MethodDefinition: {
      const { parent: owner } = parent.parent;
      return parent.kind !== 'method' || owner.superClass !== null || hasInterfaces(owner);
    }
    default:
      return fn.type !== AST_NODE_TYPES.FunctionDeclaration;
  }
}

/** Handles errors of a call that is not awaited; null where a type declares the value of the promise. */
export function catchErrors(file: LangChainFile, call: TSESTree.CallExpression): readonly Edit[] | null {
  if (isTypedAsPromise(file, call) || !isGlobal(file, call, 'console')) return null;
  const [, end] = call.range;
  return [{ range: [end, end], text: '.catch(console.error)' }];
}

function isGlobal({ sourceCode }: LangChainFile, node: TSESTree.Node, name: string): boolean {
  for (let scope = getInnermostScope(sourceCode, node); scope; scope = scope.upper) {
    const variable = scope.set.get(name);
    if (variable) return variable.defs.length === 0;
  }
  return true;
}
