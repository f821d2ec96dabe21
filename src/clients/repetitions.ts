import type { TSESTree } from '@typescript-eslint/utils';
import { getEnclosingFunction, getFieldOwner, getThisClass } from '../ast/ancestors.ts';
import { type Call, findParameterIndex } from '../ast/calls.ts';
import { isRetryLoop } from '../ast/loops.ts';
import { type ClassNode, type FunctionNode, isFunction, isLoop, unwrap, wrapped } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { getCallSites, getCreations } from '../flow/calls/call-graph.ts';
import { type CallSite, climb, findCallbackUse, type PerItem, toPerItem } from '../flow/calls/callbacks.ts';
import { getRoots } from '../flow/calls/per-item.ts';
import { isMadeOnce } from '../flow/lifetime/cached.ts';
import { combine, type Dependence, dependsOn } from '../flow/lifetime/dependence.ts';
import { mayHoldInstance } from '../flow/lifetime/instances.ts';
import { isKept } from '../flow/lifetime/kept.ts';
import type { LangChainFile } from '../trace/file.ts';
import { writesKey } from './written-keys.ts';

/** A value that is created once per item although once would be enough. */
export interface Repetition {
  /**
   * The construction, or the call of the function of this file that returns it, when only that call does not depend on
   * the item.
   */
  readonly node: Call;
  /**
   * The per-item code around `node` that it does not depend on, innermost first; empty when it is reached only through
   * `fn`.
   */
  readonly perItems: readonly PerItem[];
  /** The per-item code that repeats it. */
  readonly perItem: PerItem;
  /**
   * The function that contains `node` and is called or passed on in the per-item code; null when `node` stands in that
   * code itself, or in a field of a class.
   */
  readonly fn: FunctionNode | null;
  /**
   * `node` with the builders called on it that do not depend on the item either: `new ChatOpenAI().bindTools(tools)`.
   */
  readonly value: TSESTree.Node;
}

/**
 * Where a construction is repeated per item without depending on the item. Silent about retries, caches, and operands
 * that depend on the item or cannot be resolved.
 * @param operands The expressions that the construction is made of.
 */
export function findRepetitions(
  file: LangChainFile,
  construction: Call,
  operands: readonly TSESTree.Node[],
): readonly Repetition[] {
  return find(file, construction, construction, operands, new Set());
}

function find(
  file: LangChainFile,
  construction: Call,
  node: Call,
  operands: readonly TSESTree.Node[],
  visited: Set<FunctionNode>,
): readonly Repetition[] {
  if (isMadeOnce(file, node)) return [];
  const { perItems, top } = climb(file, node);
  const around = withoutRetries(perItems, node);
  const independent = getIndependent(file, operands, around);
  const perItem = independent.at(-1);
  if (perItem && writesKey(file, perItem.node)) return [];
  if (perItem)
    return [
      {
        node,
        perItems: independent,
        perItem,
        fn: null,
        value: extendOverBuilders(file, node, independent.flatMap(getRoots)),
      },
    ];
  const owner = around.length > 0 || top ? null : getFieldOwner(node);
  if (owner) {
    const reaching =
      getDependence(file, operands, [owner]) === 'no' ? findCreatingPosition(file, owner, operands) : null;
    return reaching
      ? [{ node, perItems: [], perItem: reaching, fn: null, value: extendOverBuilders(file, node, [owner]) }]
      : [];
  }
  if (around.length > 0 || !top || visited.has(top) || visited.size >= maxFunctions) return [];
  visited.add(top);
  if (getDependence(file, operands, [top]) === 'no') {
    const parameter = findParameterIndex(top, node);
    const reaching = findReachingPosition(file, top, operands, new Set(), parameter === -1 ? null : parameter);
    return reaching
      ? [{ node, perItems: [], perItem: reaching, fn: top, value: extendOverBuilders(file, node, [top]) }]
      : [];
  }
  // A factory: its callers may pass the same arguments for every item.
  return getCallSites(file, top).flatMap(({ argument, call }) =>
    argument === null && makes(file, call, construction) ? find(file, construction, call, [call], visited) : [],
  );
}

function withoutRetries(perItems: readonly PerItem[], node: TSESTree.Node): readonly PerItem[] {
  return perItems.filter((perItem) => !isLoop(perItem.node) || !isRetryLoop(perItem.node, node));
}

/** The innermost per-item code, up to the first that the operands depend on. */
function getIndependent(
  file: LangChainFile,
  operands: readonly TSESTree.Node[],
  perItems: readonly PerItem[],
): readonly PerItem[] {
  const dependent = perItems.findIndex(
    (_, index) => getDependence(file, operands, perItems.slice(0, index + 1).flatMap(getRoots)) !== 'no',
  );
  return dependent === -1 ? perItems : perItems.slice(0, dependent);
}

function getDependence(
  file: LangChainFile,
  operands: readonly TSESTree.Node[],
  roots: readonly TSESTree.Node[],
): Dependence {
  return combine(operands.map((operand) => dependsOn(file, operand, roots)));
}

/** Whether a call returns what the construction creates. */
function makes(file: LangChainFile, call: Call, construction: Call): boolean {
  const made = file.trace(call);
  if (made.type === 'langchain') return made.value.node === construction;
  return made.type === 'instance' && made.node === construction;
}

function extendOverBuilders(file: LangChainFile, node: Call, roots: readonly TSESTree.Node[]): TSESTree.Node {
  let value: Call = node;
  for (;;) {
    const member = wrapped(value).parent;
    const call = member?.type === AST_NODE_TYPES.MemberExpression ? wrapped(member).parent : undefined;
    if (call?.type !== AST_NODE_TYPES.CallExpression || call.callee !== member) return value;
    const made = file.trace(call);
    if (made.type !== 'langchain' || made.promised || getDependence(file, call.arguments, roots) !== 'no') return value;
    value = call;
  }
}

/**
 * How many functions a search may pass through: bounds the work, and the depth, for functions that call one another
 * often.
 */
const maxFunctions = 50;

/**
 * The nearest per-item code in which a function is called or passed on, even through other functions of the file.
 * @param parameter The parameter whose default is asked about: calls that pass a value for it do not count.
 */
function findReachingPosition(
  file: LangChainFile,
  fn: FunctionNode,
  operands: readonly TSESTree.Node[],
  visited: Set<FunctionNode>,
  parameter: number | null = null,
): PerItem | null {
  visited.add(fn);
  for (const site of getCallSites(file, fn)) {
    if (parameter !== null && (site.argument !== null || site.call.arguments.length > parameter)) continue;
    const use = site.argument === null ? null : findCallbackUse(file, site.call, site.argument);
    if (site.argument !== null && !use) continue;
    if (use?.times === 'perItem') return toPerItem(site.call, fn, use);
    if (isMadeOnce(file, site.call) || isGuarded(file, site, fn)) continue;
    const { perItems, top } = climb(file, site.call);
    const [perItem] = withoutRetries(perItems, site.call);
    if (
      isOnVaryingInstance(file, site, perItem ? getRoots(perItem) : top ? [top] : []) &&
      dependsOnInstance(file, operands)
    )
      continue;
    if (perItem) return perItem;
    const reaching =
      top && !visited.has(top) && visited.size < maxFunctions
        ? findReachingPosition(file, top, operands, visited)
        : null;
    if (reaching) return reaching;
  }
  return null;
}

/** The nearest per-item code that creates instances of a class. */
function findCreatingPosition(
  file: LangChainFile,
  classNode: ClassNode,
  operands: readonly TSESTree.Node[],
): PerItem | null {
  const visited = new Set<FunctionNode>();
  for (const creation of getCreations(file, classNode)) {
    if (isMadeOnce(file, creation)) continue;
    const { perItems, top } = climb(file, creation);
    const [perItem] = withoutRetries(perItems, creation);
    const position = perItem ?? (top && findReachingPosition(file, top, operands, visited));
    if (position) return position;
  }
  return null;
}

/** `if (!model) await setUp();`, where `setUp` sets the model. */
function isGuarded(file: LangChainFile, { argument, call }: CallSite, fn: FunctionNode): boolean {
  const region = getEnclosingFunction(call);
  return (
    argument === null &&
    region !== null &&
    isKept(file, call, region, [fn], (written, each) => mayHoldInstance(file, written, each))
  );
}

/** Whether a method is called on a new instance each time: `new Job(doc).run()`. */
function isOnVaryingInstance(file: LangChainFile, { call }: CallSite, roots: readonly TSESTree.Node[]): boolean {
  if (call.type === AST_NODE_TYPES.NewExpression) return true;
  const callee = unwrap(call.callee);
  if (callee.type !== AST_NODE_TYPES.MemberExpression || callee.object.type === AST_NODE_TYPES.ThisExpression)
    return false;
  return dependsOn(file, callee.object, roots) !== 'no';
}

function dependsOnInstance(file: LangChainFile, operands: readonly TSESTree.Node[]): boolean {
  return operands.some((operand) => {
    const classNode = getThisClass(operand);
    return classNode !== null && dependsOn(file, operand, [classNode]) !== 'no';
  });
}

/** Whether a node stands in per-item code with no other function or loop in between. */
export function isDirectlyIn(node: TSESTree.Node, perItems: readonly PerItem[]): boolean {
  const outermost = perItems.at(-1)?.node;
  if (!outermost) return false;
  for (let current = node.parent; current && current !== outermost; current = current.parent) {
    const isBetween = isFunction(current)
      ? perItems.every(({ callback }) => callback !== current)
      : isLoop(current) && perItems.every((perItem) => perItem.node !== current);
    if (isBetween) return false;
  }
  return true;
}
