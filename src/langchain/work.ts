import type { TSESTree } from '@typescript-eslint/utils';
import { findClassMember } from '../ast/class-members.ts';
import { type ClassNode, type FunctionNode, getKeyName, isFunction, unwrap } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { walk } from '../ast/walk.ts';
import { parseSpecifier } from '../facts/catalog.ts';
import { callbackMethods, optionalCallbackMethods, pureConstructors, pureGlobals, pureMethods } from '../facts/pure.ts';
import type { LangChainFile } from '../trace/file.ts';
import { isAnywhere } from '../trace/nodes.ts';
import type { LangChainValue } from '../trace/value.ts';

/** The methods that LangChain's base classes leave to a subclass, and that do its work. */
const workMethods = [
  ...['_call', '_generate', '_streamResponseChunks', 'invoke'],
  ...['_getRelevantDocuments', 'compressDocuments', 'embedDocuments', 'embedQuery', 'load'],
  ...['similaritySearchVectorWithScore', '_similaritySearchVectorWithScore', 'addDocuments', 'addVectors'],
];

/** The methods that do the work of a value whose class the project declares over an abstract one of LangChain. */
export function findWork(file: LangChainFile, { classNode, entry, origin }: LangChainValue): readonly FunctionNode[] {
  if (!classNode || origin === 'this' || entry?.type !== 'class' || entry.net !== 'abstract') return [];
  const classes = getClasses(file, classNode);
  const { visitorKeys } = file.sourceCode;
  return workMethods.flatMap((name) => {
    const owner = classes.find((each) => findClassMember(visitorKeys, each, name, false)?.method);
    const method = owner && findClassMember(visitorKeys, owner, name, false)?.method;
    return method ? [method] : [];
  });
}

/** A class and those that it extends, as far as the project declares them. */
function getClasses(file: LangChainFile, classNode: ClassNode): readonly ClassNode[] {
  const classes = new Set([classNode]);
  // Iterating over a set also visits the elements that the loop adds.
  for (const { superClass } of classes) {
    const base = superClass ? file.trace(superClass) : null;
    if (base?.type === 'class') classes.add(base.node);
  }
  return [...classes];
}

/** Whether a function, or one of the project that it calls, does something. */
export function isDoneIn(
  file: LangChainFile,
  fn: FunctionNode,
  isIt: (node: TSESTree.CallExpression) => boolean,
  visited = new Set<FunctionNode>(),
): boolean {
  if (visited.has(fn)) return false;
  visited.add(fn);
  return isAnywhere(file, fn.body, (node) => {
    if (node.type !== AST_NODE_TYPES.CallExpression) return false;
    if (isIt(node)) return true;
    const callee = file.trace(node.callee);
    return callee.type === 'function' && isDoneIn(file, callee.node, isIt, visited);
  });
}

/** `fetch('https://…')` */
export function isFetch(file: LangChainFile, { callee }: TSESTree.CallExpression): boolean {
  const trace = file.trace(callee);
  return trace.type === 'global' && /^(?:globalThis\.)?fetch$/u.test(trace.name);
}

/**
 * Whether a function only computes: it waits for nothing, and all that it calls is known to do no more, such as methods
 * of strings and arrays.
 */
export function isComputation(file: LangChainFile, fn: FunctionNode, visited = new Set<FunctionNode>()): boolean {
  if (fn.generator) return false;
  if (visited.has(fn)) return true;
  visited.add(fn);
  let isPlain = true;
  walk(fn.body, file.sourceCode.visitorKeys, (node) => {
    isPlain &&= isPlainNode(file, node, visited);
    return isPlain;
  });
  return isPlain;
}

function isPlainNode(file: LangChainFile, node: TSESTree.Node, visited: Set<FunctionNode>): boolean {
  switch (node.type) {
    case AST_NODE_TYPES.AwaitExpression:
    case AST_NODE_TYPES.ImportExpression:
    case AST_NODE_TYPES.TaggedTemplateExpression:
    case AST_NODE_TYPES.YieldExpression:
      return false;
    case AST_NODE_TYPES.ForOfStatement:
      return !node.await;
    case AST_NODE_TYPES.NewExpression:
      return isPlainConstruction(file, node);
    case AST_NODE_TYPES.CallExpression:
      return isPlainCall(file, node, visited);
    default:
      return true;
  }
}

/** What a node of a graph returns to lead to another one. */
const commands: ReadonlySet<string> = new Set(['Command', 'Send']);
const messageKinds: ReadonlySet<string> = new Set(['document', 'message']);

function isPlainConstruction(file: LangChainFile, node: TSESTree.NewExpression): boolean {
  const trace = file.trace(node.callee);
  if (trace.type === 'global') return pureConstructors.has(trace.name) || /^(?:Date|\w*Error)$/u.test(trace.name);
  if (trace.type === 'export' && commands.has(trace.export.name)) return parseSpecifier(trace.export.source) !== null;
  const made = file.resolve(node);
  return made.is === 'yes' && messageKinds.has(made.value.kind);
}

function isPlainCall(file: LangChainFile, node: TSESTree.CallExpression, visited: Set<FunctionNode>): boolean {
  const trace = file.trace(node.callee);
  if (trace.type === 'function') return isComputation(file, trace.node, visited);
  if (trace.type === 'global') return pureGlobals.has(trace.name) || /^(?:console\.\w+|Date\.now)$/u.test(trace.name);
  const callee = unwrap(node.callee);
  const name = callee.type === AST_NODE_TYPES.MemberExpression ? getKeyName(callee) : null;
  if (name === null) return false;
  if (pureMethods.has(name)) return true;
  const [callback] = node.arguments;
  if (callbackMethods.has(name)) return callback !== undefined && isPlainCallback(file, callback, visited);
  return (
    optionalCallbackMethods.has(name) &&
    node.arguments.every((argument) => !isFunction(argument) || isPlainCallback(file, argument, visited))
  );
}

function isPlainCallback(file: LangChainFile, node: TSESTree.Node, visited: Set<FunctionNode>): boolean {
  const trace = file.trace(node);
  if (trace.type === 'global') return pureGlobals.has(trace.name);
  return trace.type === 'function' && isComputation(file, trace.node, visited);
}
