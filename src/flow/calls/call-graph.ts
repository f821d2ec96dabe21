import type { TSESTree } from '@typescript-eslint/utils';
import { getFieldOwner, getSurroundings } from '../../ast/ancestors.ts';
import { type Call, isCall } from '../../ast/calls.ts';
import { findConstructor } from '../../ast/class-members.ts';
import { type ClassNode, contains, type FunctionNode, getKeyName, isFunction, unwrap } from '../../ast/nodes.ts';
import { AST_NODE_TYPES } from '../../ast/types.ts';
import { type LangChainFile, perFile } from '../../trace/file.ts';
import { getNodes } from '../../trace/nodes.ts';
import { type CallSite, findInlineRun, findSite } from './callbacks.ts';
import { isWrapper, resolveFunction } from './functions.ts';

/** What a call runs: a function, or the initialisers of a class's fields. */
export type Callee = ClassNode | FunctionNode;

/** Where the file calls one of its functions or passes it on as a callback, in source order. */
export function getCallSites(file: LangChainFile, fn: FunctionNode): readonly CallSite[] {
  return getSites(file.alone).get(fn) ?? [];
}

/**
 * The calls that run when `callee` runs, in source order: those in its own code, and those in its inline functions that
 * run as part of it (callbacks of array and promise methods, immediately invoked functions, arguments of functions that
 * are known to call them).
 */
export function getOwnCalls(file: LangChainFile, callee: Callee): readonly Call[] {
  const { own, nested } = getStructure(file.of(callee));
  const calls = [...(own.get(callee) ?? [])];
  for (const inner of nested.get(callee) ?? []) {
    if (findInlineRun(file, inner)) calls.push(...getOwnCalls(file, inner));
  }
  return calls.sort((a, b) => a.range[0] - b.range[0] || b.range[1] - a.range[1]);
}

interface Structure {
  readonly own: ReadonlyMap<Callee, readonly Call[]>;
  /** The functions that stand directly in a function, or in the initialisers of a class. */
  readonly nested: ReadonlyMap<Callee, readonly FunctionNode[]>;
}

const getStructure = perFile((file): Structure => {
  const own = new Map<Callee, Call[]>();
  const nested = new Map<Callee, FunctionNode[]>();
  for (const node of getNodes(file)) {
    const isFunctionNode = isFunction(node);
    if (!isFunctionNode && !isCall(node)) continue;
    const owner = getOwner(node) ?? getFieldOwner(node);
    if (!owner) continue;
    if (isFunctionNode) push(nested, owner, node);
    else push(own, owner, node);
  }
  return { own, nested };
});

const getSites = perFile((file): ReadonlyMap<FunctionNode, readonly CallSite[]> => {
  const sites = new Map<FunctionNode, CallSite[]>();
  for (const node of getNodes(file)) {
    if (isCall(node)) for (const [fn, site] of findSites(file, node)) push(sites, fn, site);
  }
  return sites;
});

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}

/**
 * The function whose run evaluates this node; null at the top of the module, and for the initialiser of a field, which
 * runs when an instance is created.
 */
function getOwner(node: TSESTree.Node): FunctionNode | null {
  for (let around = getSurroundings(node); around; around = getSurroundings(around.outer)) {
    const { inner, outer } = around;
    if (isFunction(outer)) return outer;
    if (outer.type === AST_NODE_TYPES.PropertyDefinition && outer.value === inner && !outer.static) return null;
  }
  return null;
}

function* findSites(file: LangChainFile, call: Call): Generator<readonly [FunctionNode, CallSite]> {
  for (const called of findCallees(file, call))
    yield [called, { call, argument: null, reference: unwrap(call.callee) }];
  for (const [argument, node] of call.arguments.entries()) {
    const reference = unwrap(node);
    if (reference.type === AST_NODE_TYPES.ObjectExpression) {
      for (const property of reference.properties) {
        if (property.type !== AST_NODE_TYPES.Property || !isFunction(property.value)) continue;
        const site = findSite(file, property.value);
        if (site) yield [property.value, site];
      }
    } else if (mayNameFunction(reference) && !isWrapper(file, call, argument)) {
      const fn = resolveFunction(file, reference);
      if (fn) yield [fn, { call, argument, reference }];
    }
  }
}

/**
 * The function of this file that a call runs: the callee, through `call` and `apply`, or the constructor of a class.
 */
export function findCalled(file: LangChainFile, call: Call): FunctionNode | null {
  const callee = unwrap(call.callee);
  if (call.type === AST_NODE_TYPES.NewExpression) {
    const created = findCreated(file, call);
    return created && findConstructor(created);
  }
  const fn = resolveFunction(file, callee);
  if (fn || callee.type !== AST_NODE_TYPES.MemberExpression) return fn;
  const name = getKeyName(callee);
  return name === 'call' || name === 'apply' ? resolveFunction(file, callee.object) : null;
}

/** The class of which a call creates an instance. */
export function findCreated(file: LangChainFile, call: Call): ClassNode | null {
  const trace = call.type === AST_NODE_TYPES.NewExpression ? file.trace(unwrap(call.callee)) : null;
  return trace?.type === 'class' ? trace.node : null;
}

/** Where the file creates instances of one of its classes, in source order. */
export function getCreations(file: LangChainFile, classNode: ClassNode): readonly Call[] {
  return getCreated(file.alone).get(classNode) ?? [];
}

const getCreated = perFile((file): ReadonlyMap<ClassNode, readonly Call[]> => {
  const creations = new Map<ClassNode, Call[]>();
  for (const node of getNodes(file)) {
    const created = isCall(node) ? findCreated(file, node) : null;
    if (created && isCall(node)) push(creations, created, node);
  }
  return creations;
});

/** Whether a call runs a node in the initialiser of a field, rather than in the constructor. */
export function runsInField(file: LangChainFile, call: Call, node: TSESTree.Node): boolean {
  const owner = getFieldOwner(node);
  return owner !== null && findCreated(file, call) === owner;
}

/** The functions that a call may run: `(local ? askA : askB)(q)`, `handlers[kind](q)` with a table in sight. */
export function findCallees(file: LangChainFile, call: Call): readonly FunctionNode[] {
  const called = findCalled(file, call);
  if (called) return [called];
  return call.type === AST_NODE_TYPES.CallExpression ? findChoices(file, unwrap(call.callee)) : [];
}

function findChoices(file: LangChainFile, callee: TSESTree.Node): readonly FunctionNode[] {
  const trace = file.trace(callee);
  if (trace.type === 'union') return trace.of.flatMap((each) => (each.type === 'function' ? [each.node] : []));
  if (callee.type !== AST_NODE_TYPES.MemberExpression || getKeyName(callee) !== null) return [];
  const table = file.trace(callee.object);
  return table.type === 'object'
    ? table.node.properties.flatMap((property) =>
        property.type === AST_NODE_TYPES.Property ? (resolveFunction(file.of(property), property.value) ?? []) : [],
      )
    : [];
}

/** The one of the functions a call may run that contains a node. */
export function findCalledAround(file: LangChainFile, call: Call, node: TSESTree.Node): FunctionNode | null {
  return findCalled(file, call) ?? findCallees(file, call).find((fn) => contains(fn, node)) ?? null;
}

function mayNameFunction(node: TSESTree.Node): boolean {
  return (
    isFunction(node) ||
    node.type === AST_NODE_TYPES.CallExpression ||
    node.type === AST_NODE_TYPES.Identifier ||
    node.type === AST_NODE_TYPES.MemberExpression
  );
}

/** Whether only this file can call a function: it is neither exported nor a public method. */
export function isPrivate(file: LangChainFile, fn: FunctionNode): boolean {
  const { parent } = fn;
  if (parent.type === AST_NODE_TYPES.MethodDefinition)
    return parent.accessibility === 'private' || parent.key.type === AST_NODE_TYPES.PrivateIdentifier;
  const name =
    fn.type === AST_NODE_TYPES.FunctionDeclaration
      ? fn.id
      : parent.type === AST_NODE_TYPES.VariableDeclarator && parent.id.type === AST_NODE_TYPES.Identifier
        ? parent.id
        : null;
  const variable = name && file.scopes.findVariable(name);
  if (!variable) return false;
  const declaration = fn.type === AST_NODE_TYPES.FunctionDeclaration ? fn.parent : parent.parent?.parent;
  if (
    declaration?.type === AST_NODE_TYPES.ExportNamedDeclaration ||
    declaration?.type === AST_NODE_TYPES.ExportDefaultDeclaration
  )
    return false;
  const sites = new Set(getCallSites(file, fn).map(({ reference }) => reference));
  return variable.references.every((reference) => !reference.isRead() || sites.has(reference.identifier));
}
