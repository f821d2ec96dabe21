import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { getEnclosingFunction } from '../../ast/ancestors.ts';
import type { Call } from '../../ast/calls.ts';
import { contains, findStart, type FunctionNode, getKeyName, isFunction, unwrap, wrapped } from '../../ast/nodes.ts';
import { AST_NODE_TYPES } from '../../ast/types.ts';
import { takeStep } from '../../budget.ts';
import { promiseMethods } from '../../facts/methods.ts';
import type { LangChainFile } from '../../trace/file.ts';
import { resolveFunction } from '../calls/functions.ts';
import { handlesFailure } from './chains.ts';
import { findConsumer, type Misuse } from './consumers.ts';

/** A use of an expression that holds a promise. */
export type Use =
  /** Its result is unused: a statement, or a variable that is never read. */
  | { readonly kind: 'dropped'; readonly node: TSESTree.Node; readonly chain: Chain }
  /** Awaited, its failure handled, returned, collected, or passed to code that may await it. */
  | { readonly kind: 'promise'; readonly node: TSESTree.Node }
  | { readonly kind: 'value'; readonly node: TSESTree.Node; readonly how: Misuse; readonly chain: Chain }
  /** `void reply` */
  | { readonly kind: 'void'; readonly node: TSESTree.UnaryExpression };

/** The outermost of `then` and its like that were called on the promise so far; null for the promise itself. */
type Chain = TSESTree.CallExpression | null;

/** An expression that the promise has reached. */
interface Held {
  /** Whether it may hold another value instead, or nothing. */
  readonly isMixed: boolean;
  readonly chain: Chain;
  /** Whether a callback on the way handles its failure. */
  readonly isHandled: boolean;
}

/** A check for promises, or a member written to one: the code itself knows best what it holds. */
type FoundUse = Use | { readonly kind: 'guard'; readonly node: TSESTree.Node };

interface UseOptions {
  /** Whether the promise is of a model, a store, tools or the like. */
  readonly isBuilt?: boolean;
  /** Whether the return value of a function is serialised as JSON directly. */
  readonly isSerialised?: (fn: FunctionNode) => boolean;
}

interface UseSearch extends UseOptions {
  readonly file: LangChainFile;
  readonly visited: Set<TSESLint.Scope.Variable>;
}

/** How many variables a promise is followed through; ends chains of aliases in generated code. */
const maxVariables = 50;

/**
 * How an expression that holds a promise is used, in source order: in its place, and wherever the code reads the
 * variables, and the parameters of functions of the file, that it flows into.
 */
export function findUses(file: LangChainFile, node: TSESTree.Node, options: UseOptions = {}): readonly Use[] {
  const uses: Use[] = [];
  for (const use of follow({ ...options, file, visited: new Set() }, node, itself)) {
    if (use.kind === 'guard') return [{ kind: 'promise', node: use.node }];
    uses.push(use);
  }
  return uses;
}

/** The variables and parameters of the project that hold the promise. */
export function findHolders(file: LangChainFile, node: TSESTree.Node): ReadonlySet<TSESLint.Scope.Variable> {
  const visited = new Set<TSESLint.Scope.Variable>();
  return [...follow({ file, visited }, node, itself)].length > 0 ? visited : new Set();
}

const itself: Held = { isMixed: false, chain: null, isHandled: false };

function toValue(node: TSESTree.Node, how: Misuse, { chain }: Held): FoundUse {
  return { kind: 'value', node, how, chain };
}

function toDropped(node: TSESTree.Node, { chain, isHandled }: Held): FoundUse {
  return isHandled ? { kind: 'promise', node } : { kind: 'dropped', node, chain };
}

function* follow(search: UseSearch, node: TSESTree.Node, before: Held): Generator<FoundUse> {
  takeStep();
  const expression = wrapped(node);
  const held: Held = isOptional(node, expression) ? { ...before, isMixed: true } : before;
  const mixed: Held = { ...held, isMixed: true };
  const { parent } = expression;
  const value = (how: Misuse): FoundUse => toValue(expression, how, held);
  const condition = (): FoundUse => (held.isMixed ? { kind: 'promise', node: expression } : value('condition'));
  switch (parent?.type) {
    case AST_NODE_TYPES.ExpressionStatement:
      yield toDropped(expression, held);
      return;
    case AST_NODE_TYPES.UnaryExpression:
      yield* ofUnary(parent, expression, held, condition);
      return;
    case AST_NODE_TYPES.BinaryExpression:
      yield* ofBinary(parent, expression, held);
      return;
    case AST_NODE_TYPES.UpdateExpression:
      yield value('operator');
      return;
    case AST_NODE_TYPES.ConditionalExpression:
      if (parent.test === expression) yield condition();
      else yield* follow(search, parent, mixed);
      return;
    case AST_NODE_TYPES.LogicalExpression:
      if (parent.operator === '&&' && parent.left === expression) yield condition();
      else yield* follow(search, parent, mixed);
      return;
    case AST_NODE_TYPES.SequenceExpression:
      if (parent.expressions.at(-1) === expression) yield* follow(search, parent, held);
      else yield toDropped(expression, held);
      return;
    case AST_NODE_TYPES.DoWhileStatement:
    case AST_NODE_TYPES.ForStatement:
    case AST_NODE_TYPES.IfStatement:
    case AST_NODE_TYPES.WhileStatement:
      yield parent.test === expression ? condition() : toDropped(expression, held);
      return;
    case AST_NODE_TYPES.SwitchStatement:
      yield value('operator');
      return;
    case AST_NODE_TYPES.ForInStatement:
    case AST_NODE_TYPES.ForOfStatement:
      yield value('iterated');
      return;
    case AST_NODE_TYPES.YieldExpression:
      yield parent.delegate ? value('iterated') : { kind: 'promise', node: expression };
      return;
    case AST_NODE_TYPES.JSXSpreadAttribute:
      yield value('spread');
      return;
    case AST_NODE_TYPES.SpreadElement:
      yield value(parent.parent.type === AST_NODE_TYPES.ObjectExpression ? 'spread' : 'iterated');
      return;
    case AST_NODE_TYPES.TemplateLiteral:
      yield parent.parent.type === AST_NODE_TYPES.TaggedTemplateExpression
        ? { kind: 'promise', node: expression }
        : value('text');
      return;
    case AST_NODE_TYPES.MemberExpression:
      yield* ofMember(search, parent, expression, held);
      return;
    case AST_NODE_TYPES.CallExpression:
    case AST_NODE_TYPES.NewExpression:
      yield* ofArgument(search, parent, expression, held, condition);
      return;
    case AST_NODE_TYPES.VariableDeclarator:
      yield* ofTarget(search, parent.id, expression, held);
      return;
    case AST_NODE_TYPES.AssignmentExpression:
      yield* ofAssignment(search, parent, expression, held);
      return;
    case AST_NODE_TYPES.AssignmentPattern:
      yield* ofTarget(search, parent.left, expression, mixed);
      return;
    case AST_NODE_TYPES.ArrayExpression:
    case AST_NODE_TYPES.Property:
      yield* ofContainer(search, expression, held);
      return;
    case AST_NODE_TYPES.TSTypeQuery:
      return;
    default:
      yield { kind: 'promise', node: expression };
  }
}

/** `model?.invoke(x)` */
function isOptional(node: TSESTree.Node, expression: TSESTree.Node): boolean {
  for (let current = node; current !== expression && current.parent; current = current.parent) {
    if (current.parent.type === AST_NODE_TYPES.ChainExpression) return true;
  }
  return false;
}

function* ofUnary(
  parent: TSESTree.UnaryExpression,
  expression: TSESTree.Node,
  held: Held,
  condition: () => FoundUse,
): Generator<FoundUse> {
  switch (parent.operator) {
    case 'void':
      yield { kind: 'void', node: parent };
      return;
    case '!':
      yield condition();
      return;
    case 'typeof':
    case 'delete':
      yield { kind: 'guard', node: expression };
      return;
    default:
      yield toValue(expression, 'operator', held);
  }
}

const equality = new Set(['!=', '!==', '==', '===']);

function* ofBinary(parent: TSESTree.BinaryExpression, expression: TSESTree.Node, held: Held): Generator<FoundUse> {
  const other = unwrap(parent.left === expression ? parent.right : parent.left);
  if (parent.operator === 'instanceof' || parent.operator === 'in') yield { kind: 'guard', node: expression };
  else if (parent.operator === '+') yield toValue(expression, 'text', held);
  // `pending === current` compares promises; with a literal, only a value can be meant.
  else if (equality.has(parent.operator) && !isValueLiteral(other)) yield { kind: 'promise', node: expression };
  else yield toValue(expression, 'operator', held);
}

function isValueLiteral(node: TSESTree.Node): boolean {
  return node.type === AST_NODE_TYPES.TemplateLiteral || (node.type === AST_NODE_TYPES.Literal && node.raw !== 'null');
}

function* ofMember(
  search: UseSearch,
  parent: TSESTree.MemberExpression,
  expression: TSESTree.Node,
  held: Held,
): Generator<FoundUse> {
  if (parent.object !== expression) {
    yield toValue(expression, 'text', held);
    return;
  }
  const key = getKeyName(parent);
  const outer = wrapped(parent).parent;
  const isWritten =
    (outer?.type === AST_NODE_TYPES.AssignmentExpression && unwrap(outer.left) === parent) ||
    (outer?.type === AST_NODE_TYPES.UnaryExpression && outer.operator === 'delete');
  if (isWritten) yield { kind: 'guard', node: expression };
  else if (key !== null && promiseMethods.has(key))
    yield* ofChained(search, outer?.type === AST_NODE_TYPES.CallExpression ? outer : null, expression, held);
  else if (key === null && parent.property.type === AST_NODE_TYPES.MemberExpression)
    yield { kind: 'promise', node: expression };
  else yield toValue(parent, 'member', held);
}

/** `.then(show)`, `.catch(report)`: continue with the promise that it returns. */
function* ofChained(
  search: UseSearch,
  call: TSESTree.CallExpression | null,
  expression: TSESTree.Node,
  held: Held,
): Generator<FoundUse> {
  if (!call || unwrap(call.callee).type !== AST_NODE_TYPES.MemberExpression || call.arguments.length === 0) {
    yield { kind: 'promise', node: expression };
    return;
  }
  yield* follow(search, call, { ...held, chain: call, isHandled: held.isHandled || handlesFailure(call) });
}

// ── calls that get it ───────────────────────────────────────────────────────────────────────────────────────────────

function* ofArgument(
  search: UseSearch,
  call: Call,
  expression: TSESTree.Node,
  held: Held,
  condition: () => FoundUse,
): Generator<FoundUse> {
  const index = call.arguments.findIndex((argument) => argument === expression);
  if (index === -1) {
    yield toValue(expression, 'member', held);
    return;
  }
  const consumer = findConsumer(search.file, call, index, search.isBuilt);
  if (consumer) {
    yield consumer.how === 'condition' ? condition() : toValue(expression, consumer.how, held);
    return;
  }
  const fn = call.type === AST_NODE_TYPES.CallExpression ? resolveFunction(search.file, call.callee) : null;
  yield* fn ? ofParameter(search, fn, call, index, expression, held) : [{ kind: 'promise', node: expression } as const];
}

/** A function of the file receives it: as a value only if the function nowhere treats it as a promise. */
function* ofParameter(
  search: UseSearch,
  fn: FunctionNode,
  call: Call,
  index: number,
  expression: TSESTree.Node,
  held: Held,
): Generator<FoundUse> {
  const parameter = call.arguments.slice(0, index).some(({ type }) => type === AST_NODE_TYPES.SpreadElement)
    ? undefined
    : fn.params[index];
  const target = parameter?.type === AST_NODE_TYPES.AssignmentPattern ? parameter.left : parameter;
  const uses =
    target && target.type !== AST_NODE_TYPES.RestElement
      ? [...ofTarget(search, target, expression, { ...held, isMixed: true })]
      : [];
  if (uses.length > 0 && uses.every(({ kind }) => kind === 'value')) yield* uses;
  else yield { kind: 'promise', node: expression };
}

/** It is in an object or array, which is wrong where that is serialised as JSON, logged, or passed to a prompt. */
function* ofContainer(search: UseSearch, promise: TSESTree.Node, held: Held): Generator<FoundUse> {
  const uses = [...findContainerUses(search, promise, promise, held)];
  if (uses.length > 0 && uses.every(({ kind }) => kind === 'value')) yield* uses;
  else yield { kind: 'promise', node: promise };
}

function* findContainerUses(
  search: UseSearch,
  promise: TSESTree.Node,
  inner: TSESTree.Node,
  held: Held,
): Generator<FoundUse> {
  const expression = wrapped(inner);
  const { parent } = expression;
  switch (parent?.type) {
    case AST_NODE_TYPES.ArrayExpression:
      yield* findContainerUses(search, promise, parent, held);
      return;
    case AST_NODE_TYPES.Property:
      if (parent.value === expression && parent.parent.type === AST_NODE_TYPES.ObjectExpression)
        yield* findContainerUses(search, promise, parent.parent, held);
      else yield { kind: 'promise', node: promise };
      return;
    case AST_NODE_TYPES.ConditionalExpression:
    case AST_NODE_TYPES.LogicalExpression:
      yield* findContainerUses(search, promise, parent, held);
      return;
    case AST_NODE_TYPES.CallExpression:
    case AST_NODE_TYPES.NewExpression: {
      const consumer = findConsumer(
        search.file,
        parent,
        parent.arguments.findIndex((argument) => argument === expression),
        search.isBuilt,
      );
      yield consumer?.deep === true ? toValue(promise, consumer.how, held) : { kind: 'promise', node: promise };
      return;
    }
    case AST_NODE_TYPES.ArrowFunctionExpression:
    case AST_NODE_TYPES.ReturnStatement:
      yield isSent(search, parent) ? toValue(promise, 'json', held) : { kind: 'promise', node: promise };
      return;
    case AST_NODE_TYPES.AssignmentExpression:
      yield parent.right === expression && isResponseBody(search.file, parent.left)
        ? toValue(promise, 'json', held)
        : { kind: 'promise', node: promise };
      return;
    case AST_NODE_TYPES.VariableDeclarator: {
      const variable = search.file.scopes.findVariable(parent.id);
      if (!variable || isExported(parent) || search.visited.has(variable)) {
        yield { kind: 'promise', node: promise };
        return;
      }
      search.visited.add(variable);
      for (const reference of getReads(variable)) yield* findContainerUses(search, promise, reference.identifier, held);
      return;
    }
    default:
      yield { kind: 'promise', node: promise };
  }
}

function isSent({ isSerialised }: UseSearch, returning: TSESTree.Node): boolean {
  const fn = isFunction(returning) ? returning : getEnclosingFunction(returning);
  return fn !== null && isSerialised?.(fn) === true;
}

// ── variables that hold it ──────────────────────────────────────────────────────────────────────────────────────────

function* ofAssignment(
  search: UseSearch,
  parent: TSESTree.AssignmentExpression,
  expression: TSESTree.Node,
  held: Held,
): Generator<FoundUse> {
  if (parent.left === expression) {
    if (!/^(?:=|&&=|\|\|=|\?\?=)$/u.test(parent.operator)) yield toValue(expression, 'operator', held);
    return;
  }
  const left = unwrap(parent.left);
  if (parent.operator === '+=') yield toValue(expression, 'text', held);
  else if (left.type === AST_NODE_TYPES.MemberExpression) {
    yield isResponseBody(search.file, left) ? toValue(expression, 'json', held) : { kind: 'promise', node: expression };
  } else {
    const isStatement = wrapped(parent).parent?.type === AST_NODE_TYPES.ExpressionStatement;
    if (!isStatement) yield* follow(search, parent, held);
    yield* ofTarget(search, left, expression, parent.operator === '=' ? held : { ...held, isMixed: true });
  }
}

/** `ctx.body = reply` of Koa. */
function isResponseBody(file: LangChainFile, left: TSESTree.Node): boolean {
  const member = unwrap(left);
  if (member.type !== AST_NODE_TYPES.MemberExpression || getKeyName(member) !== 'body') return false;
  let root = unwrap(member.object);
  if (root.type === AST_NODE_TYPES.MemberExpression && getKeyName(root) === 'response') root = unwrap(root.object);
  return (
    root.type === AST_NODE_TYPES.Identifier &&
    /^(?:context|ctx)$/u.test(root.name) &&
    file.scopes.findVariable(root)?.defs[0]?.type === 'Parameter'
  );
}

function* ofTarget(
  search: UseSearch,
  target: TSESTree.Node,
  expression: TSESTree.Node,
  held: Held,
): Generator<FoundUse> {
  switch (target.type) {
    case AST_NODE_TYPES.ArrayPattern:
    case AST_NODE_TYPES.ObjectPattern:
      yield toValue(expression, 'destructured', held);
      return;
    case AST_NODE_TYPES.Identifier: {
      const variable = search.file.scopes.findVariable(target);
      yield* variable ? ofVariable(search, variable, target, held) : [{ kind: 'promise', node: expression } as const];
      return;
    }
    default:
      yield { kind: 'promise', node: expression };
  }
}

function* ofVariable(
  search: UseSearch,
  variable: TSESLint.Scope.Variable,
  target: TSESTree.Identifier,
  held: Held,
): Generator<FoundUse> {
  if (search.visited.has(variable)) return;
  search.visited.add(variable);
  if (search.visited.size > maxVariables) {
    yield { kind: 'promise', node: target };
    return;
  }
  const reads = getReads(variable);
  if (variable.defs.some(({ node }) => isExported(node))) yield { kind: 'promise', node: target };
  else if (reads.length === 0 && variable.defs[0]?.type !== 'Parameter') {
    // `const _ = …` drops it on purpose.
    yield target.name.startsWith('_') ? { kind: 'promise', node: target } : toDropped(target, held);
  }
  const { initial, seenBy, writes } = getAccesses(variable);
  const isOnlyWrite = writes.length === 0 || (writes.length === 1 && writes[0] === target);
  const isMixed = held.isMixed || !isOnlyWrite || !initial.has(target) || mayBeNothing(variable);
  const seeing = isOnlyWrite ? reads.map(({ identifier }) => identifier) : (seenBy.get(target) ?? []);
  for (const identifier of seeing) yield* follow(search, identifier, { ...held, isMixed });
}

interface Accesses {
  /** In source order. */
  readonly writes: readonly TSESTree.Node[];
  /** The writes of declarations. */
  readonly initial: ReadonlySet<TSESTree.Node>;
  /** The reads that may see the value of a write, or of a caller. */
  readonly seenBy: ReadonlyMap<TSESTree.Node, readonly TSESTree.Node[]>;
}

const knownAccesses = new WeakMap<TSESLint.Scope.Variable, Accesses>();

function getAccesses(variable: TSESLint.Scope.Variable): Accesses {
  let accesses = knownAccesses.get(variable);
  if (!accesses) {
    accesses = readAccesses(variable);
    knownAccesses.set(variable, accesses);
  }
  return accesses;
}

function readAccesses(variable: TSESLint.Scope.Variable): Accesses {
  const references = variable.references.filter((reference) => reference.isWrite());
  // A default in a pattern writes to the same target as the pattern.
  const writes = [...new Set(references.map(({ identifier }) => identifier))].sort((a, b) => a.range[0] - b.range[0]);
  const initial = references.filter(({ init }) => init === true).map(({ identifier }) => identifier);
  const others = variable.identifiers.filter((identifier) => !writes.includes(identifier));
  const seenBy = new Map<TSESTree.Node, TSESTree.Node[]>();
  for (const { identifier } of getReads(variable)) {
    for (const target of findSources(writes, others, identifier)) {
      const reads = seenBy.get(target) ?? [];
      seenBy.set(target, reads);
      reads.push(identifier);
    }
  }
  return { writes, initial: new Set(initial), seenBy };
}

/**
 * The values that a read may see: the writes before it, back to one that always runs in between; before those, the
 * initial value of the variable, such as an argument.
 */
function* findSources(
  writes: readonly TSESTree.Node[],
  others: readonly TSESTree.Node[],
  read: TSESTree.Node,
): Generator<TSESTree.Node> {
  let overwritten = -1;
  for (let index = findStart(writes, read.range[0] + 1) - 1; index >= 0; index--) {
    const target = writes[index];
    if (!target || target.range[1] <= overwritten) return;
    takeStep();
    yield target;
    const { parent, range } = getStatement(target);
    if (range[1] <= read.range[0] && parent && contains(parent, read)) overwritten = Math.max(overwritten, range[0]);
  }
  for (const target of others) if (target.range[0] <= read.range[0] && target.range[1] > overwritten) yield target;
}

function getReads(variable: TSESLint.Scope.Variable): readonly TSESLint.Scope.Reference[] {
  return variable.references.filter(
    (reference) => reference.isRead() && !(reference.isTypeReference && !reference.isValueReference),
  );
}

function isExported(node: TSESTree.Node): boolean {
  return (
    node.type === AST_NODE_TYPES.VariableDeclarator && node.parent.parent.type === AST_NODE_TYPES.ExportNamedDeclaration
  );
}

/** `let draft: Promise<string> | undefined` */
function mayBeNothing(variable: TSESLint.Scope.Variable): boolean {
  return variable.identifiers.some(
    ({ typeAnnotation }) => typeAnnotation?.typeAnnotation.type === AST_NODE_TYPES.TSUnionType,
  );
}

function getStatement(node: TSESTree.Node): TSESTree.Node {
  let current = node;
  while (current.parent && !/Statement$|^Program$|^SwitchCase$|^VariableDeclaration$/u.test(current.type))
    current = current.parent;
  return current;
}
