import type { TSESTree } from '@typescript-eslint/utils';
import { type Call, getMethodName } from '../../ast/calls.ts';
import { type ClassNode, type FunctionNode, getKeyName, isClass, isFunction, unwrap } from '../../ast/nodes.ts';
import { AST_NODE_TYPES } from '../../ast/types.ts';
import { walk } from '../../ast/walk.ts';
import { parseSpecifier } from '../../facts/catalog.ts';
import { knownGlobals, knownInstances, knownMethods, knownPackages, runningMethods } from '../../facts/environment.ts';
import { allSources } from '../../facts/packages/limiters.ts';
import { libraries } from '../../facts/packages/retries.ts';
import { purePackages } from '../../facts/pure.ts';
import { type LangChainFile, perNode } from '../../trace/file.ts';
import { isImportBinding } from '../../trace/nodes.ts';
import { onlyReadsEnvironment } from './environment.ts';

/** The code that a node runs, as far as it can be resolved. */
interface Reached {
  /** Whether it runs code that cannot be resolved and is not known to leave the environment alone. */
  readonly isUnknown: boolean;
  /** The functions and classes that it calls. */
  readonly called: readonly (ClassNode | FunctionNode)[];
}

/** How deep calls are followed through other files. */
const maxDepth = 8;

/** Whether code may write to the environment: its calls are followed through the project. */
export function mayWriteEnvironment(file: LangChainFile, region: TSESTree.Node): boolean {
  const visited = new Map<TSESTree.Node, number>([[region, 0]]);
  for (const [node, depth] of visited) {
    const owner = file.of(node);
    const { called, isUnknown } = getReached(owner, node);
    if (isUnknown || depth > maxDepth || !onlyReadsEnvironment(owner)) return true;
    const inner = owner === file ? depth : depth + 1;
    for (const each of called) if (!visited.has(each)) visited.set(each, inner);
  }
  return false;
}

const getReached = perNode((file, region: TSESTree.Node): Reached => {
  const called: (ClassNode | FunctionNode)[] = [];
  let isUnknown = false;
  walk(region, file.sourceCode.visitorKeys, (node) => {
    const found = findRun(file, node);
    if (found === 'unknown') isUnknown = true;
    else called.push(...found);
    return !isUnknown;
  });
  return { isUnknown, called };
});

type Run = 'unknown' | readonly (ClassNode | FunctionNode)[];

/** Collects what a single node runs: the functions that a call names, and those that it passes on. */
function findRun(file: LangChainFile, node: TSESTree.Node): Run {
  switch (node.type) {
    case AST_NODE_TYPES.CallExpression:
    case AST_NODE_TYPES.NewExpression:
      return findCalled(file, node);
    case AST_NODE_TYPES.TaggedTemplateExpression:
      return findNamed(file, node.tag) ?? (isKnownCallee(file, node.tag) ? [] : 'unknown');
    case AST_NODE_TYPES.ClassDeclaration:
    case AST_NODE_TYPES.ClassExpression:
      return node.superClass
        ? (findNamed(file, node.superClass) ?? (isKnownCallee(file, node.superClass) ? [] : 'unknown'))
        : [];
    case AST_NODE_TYPES.ForOfStatement:
      return isOfOtherFile(file, node.right) && file.trace(node.right).type !== 'array' ? 'unknown' : [];
    // Other code continues, or is loaded.
    case AST_NODE_TYPES.ImportExpression:
    case AST_NODE_TYPES.YieldExpression:
      return 'unknown';
    default:
      return [];
  }
}

/** Each pass runs code of an iterator of another file. */
function isOfOtherFile(file: LangChainFile, node: TSESTree.Node): boolean {
  return isImportBinding(file, unwrap(node));
}

function findCalled(file: LangChainFile, call: Call): Run {
  const callee = unwrap(call.callee);
  if (callee.type === AST_NODE_TYPES.Super) return [];
  const named = isFunction(callee) || isClass(callee) ? [] : findNamed(file, callee);
  if (!named && !isKnownCallee(file, callee) && !isOfLangChain(file, call, callee)) return 'unknown';
  const handed = findHanded(file, call);
  return handed === 'unknown' ? handed : [...(named ?? []), ...handed];
}

/** The function or class of the project that an expression names. */
function findNamed(file: LangChainFile, node: TSESTree.Node): readonly (ClassNode | FunctionNode)[] | null {
  const trace = file.trace(node);
  if (trace.type === 'function' || trace.type === 'class') return [trace.node];
  const imported = trace.type === 'export' || trace.type === 'unknown' ? file.findImportedNode(unwrap(node)) : null;
  if (!imported) return null;
  if (isFunction(imported) || isClass(imported)) return [imported];
  const traced = file.of(imported).trace(imported);
  return traced.type === 'function' || traced.type === 'class' ? [traced.node] : null;
}

/** Functions that are passed by name to code that may run them. */
function findHanded(file: LangChainFile, call: Call): Run {
  const runs = runningMethods.has(getMethodName(call) ?? '');
  const handed: (ClassNode | FunctionNode)[] = [];
  for (const argument of call.arguments) {
    const value = unwrap(argument);
    if (value.type !== AST_NODE_TYPES.Identifier && value.type !== AST_NODE_TYPES.MemberExpression) continue;
    const named = findNamed(file, value);
    if (named) handed.push(...named);
    else if (runs && !isKnownCallee(file, value) && !isData(file, value)) return 'unknown';
  }
  return handed;
}

/** Whether a name visibly holds no function: `text.replace(from, to)`. */
function isData(file: LangChainFile, node: TSESTree.Node): boolean {
  const { type } = file.trace(node);
  return type === 'literal' || type === 'object' || type === 'array' || type === 'langchain';
}

/** Whether a function of a package or of the language is known to leave the environment alone. */
function isKnownCallee(file: LangChainFile, node: TSESTree.Node): boolean {
  const callee = unwrap(node);
  const trace = file.trace(callee);
  if (trace.type === 'global' && knownGlobals.has(/^\w+/u.exec(trace.name)?.[0] ?? '')) return true;
  if (trace.type === 'export') return isKnownSource(trace.export.source);
  if (trace.type === 'instance') return isKnownSource(trace.of.source);
  if (callee.type !== AST_NODE_TYPES.MemberExpression) return false;
  const name = getKeyName(callee);
  const object = unwrap(callee.object);
  if (object.type === AST_NODE_TYPES.Super) return true;
  const receiver = file.trace(object);
  if (receiver.type === 'instance') return isKnownSource(receiver.of.source);
  if (receiver.type === 'export' || name === null) return false;
  return knownMethods.has(name) || runningMethods.has(name) || isKnownInstance(file, object);
}

const retrySources: ReadonlySet<string> = new Set(libraries.flatMap(({ sources }) => sources));

function isKnownSource(source: string): boolean {
  return (
    parseSpecifier(source) !== null ||
    [allSources, knownPackages, purePackages, retrySources].some((sources) => sources.has(source))
  );
}

/** `const seen = new Map()`, `new Date()` */
function isKnownInstance(file: LangChainFile, node: TSESTree.Node): boolean {
  const definition = file.scopes.findVariable(node)?.defs[0];
  const made = definition?.type === 'Variable' && definition.node.id === definition.name ? definition.node.init : node;
  if (made?.type !== AST_NODE_TYPES.NewExpression) return false;
  const trace = file.trace(made.callee);
  return trace.type === 'global' && knownInstances.has(trace.name);
}

/** A method of a LangChain value, or a call that creates one. */
function isOfLangChain(file: LangChainFile, call: Call, callee: TSESTree.Node): boolean {
  if (file.trace(call).type === 'langchain') return true;
  return callee.type === AST_NODE_TYPES.MemberExpression && file.trace(callee.object).type === 'langchain';
}
