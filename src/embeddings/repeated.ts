import type { TSESTree } from '@typescript-eslint/utils';
import { getEnclosingFunction } from '../ast/ancestors.ts';
import { type Call, getMethodName } from '../ast/calls.ts';
import { isRetryLoop, mayStopAfter } from '../ast/loops.ts';
import { type FunctionNode, getKeyName, isClass, isFunction, isLoop, unwrap } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { walk } from '../ast/walk.ts';
import { getCallSites } from '../flow/calls/call-graph.ts';
import { climb, findCallbackUse, type PerItem, toPerItem } from '../flow/calls/callbacks.ts';
import { getRoots } from '../flow/calls/per-item.ts';
import { isCarried } from '../flow/lifetime/carried.ts';
import { dependOnThrough } from '../flow/lifetime/dependence.ts';
import { findCall, type LangChainCall } from '../langchain/calls.ts';
import { isInStore } from '../langchain/implementations.ts';
import { embedsOneByOne } from '../langchain/per-text.ts';
import { findMutation } from '../trace/changes.ts';
import { type LangChainFile, perNode } from '../trace/file.ts';
import type { LangChainValue } from '../trace/value.ts';

/** A call that embeds one text for each element of a list, although all of them are known before the first call. */
export interface RepeatedEmbedding {
  readonly call: LangChainCall;
  readonly perItem: PerItem;
  /** Whether it stands in the per-item code itself, not in a function that is called there. */
  readonly isDirect: boolean;
}

/**
 * A call of `embedQuery()`, or of `embedDocuments()` with one text, whose texts could all be sent in one call; null for
 * any other.
 */
export function findRepeatedEmbedding(file: LangChainFile, node: TSESTree.CallExpression): RepeatedEmbedding | null {
  const method = getMethodName(node);
  if (method !== 'embedDocuments' && method !== 'embedQuery') return null;
  const call = findCall(file, node);
  if (call?.receiver.kind !== 'embeddings' || !call.remote || call.receiver.origin === 'this') return null;
  const text = method === 'embedQuery' ? call.input : findSingle(call.input);
  if (!text || !sendsTextsTogether(call.receiver) || isInImplementation(node) || isInStore(file, node)) return null;
  const found = new RepeatedSearch(file, call, text).from(node, []);
  return found && { call, ...found };
}

/** `text` of `[text]` */
function findSingle(input: TSESTree.Node | null): TSESTree.Node | null {
  const list = input && unwrap(input);
  const [element, ...others] = list?.type === AST_NODE_TYPES.ArrayExpression ? list.elements : [];
  return element && element.type !== AST_NODE_TYPES.SpreadElement && others.length === 0 ? element : null;
}

/**
 * Whether a node is part of an embeddings class, or of an object that serves as one: the author of `embedDocuments()`
 * knows the capacity of a request.
 */
function isInImplementation(node: TSESTree.Node): boolean {
  for (let current = node.parent; current; current = current.parent) {
    if (
      isClass(current) &&
      (isEmbeddingsName(current.superClass) ||
        current.body.body.some((member) => 'key' in member && getKeyName(member) === 'embedDocuments'))
    )
      return true;
    if (isFunction(current) && getName(current) === 'embedDocuments') return true;
  }
  return false;
}

function isEmbeddingsName(node: TSESTree.Node | null): boolean {
  const expression = node && unwrap(node);
  const name =
    expression?.type === AST_NODE_TYPES.MemberExpression
      ? getKeyName(expression)
      : expression?.type === AST_NODE_TYPES.Identifier
        ? expression.name
        : null;
  return name !== null && /Embeddings?$/u.test(name);
}

function getName({ id, parent }: FunctionNode): string | null {
  if (id) return id.name;
  if (parent.type === AST_NODE_TYPES.VariableDeclarator)
    return parent.id.type === AST_NODE_TYPES.Identifier ? parent.id.name : null;
  return parent.type === AST_NODE_TYPES.Property ? getKeyName(parent) : null;
}

/** How many functions may lead to a call. */
const maxFunctions = 50;

type FoundRepetition = Pick<RepeatedEmbedding, 'isDirect' | 'perItem'>;

class RepeatedSearch {
  readonly #file: LangChainFile;
  readonly #call: LangChainCall;
  readonly #text: TSESTree.Node;
  readonly #visited = new Set<FunctionNode>();

  constructor(file: LangChainFile, call: LangChainCall, text: TSESTree.Node) {
    this.#file = file;
    this.#call = call;
    this.#text = text;
  }

  /**
   * The nearest per-item code around a node that repeats the call. `via`: the calls that lead from the node to it,
   * outermost first.
   */
  from(node: TSESTree.Node, via: readonly Call[]): FoundRepetition | null {
    const { perItems, top } = climb(this.#file, node);
    for (const perItem of perItems) {
      const judged = this.#judge(perItem, node, via);
      if (judged !== 'passed') return judged === 'repeated' ? { perItem, isDirect: via.length === 0 } : null;
    }
    if (!top || this.#visited.has(top) || this.#visited.size >= maxFunctions) return null;
    this.#visited.add(top);
    for (const { argument, call } of getCallSites(this.#file, top)) {
      const found = argument === null ? this.from(call, [call, ...via]) : this.#fromHanded(top, call, argument, via);
      if (found) return found;
    }
    return null;
  }

  /** `texts.map(embedOne)` */
  #fromHanded(fn: FunctionNode, call: Call, argument: number, via: readonly Call[]): FoundRepetition | null {
    const use = findCallbackUse(this.#file, call, argument);
    if (!use) return null;
    if (use.times === 'once') return this.from(call, via);
    const perItem = toPerItem(call, fn, use);
    const judged = this.#judge(perItem, call, via);
    if (judged === 'passed') return this.from(call, via);
    return judged === 'repeated' ? { perItem, isDirect: false } : null;
  }

  /** `passed`: the text is the same for every item here, but may differ further out. */
  #judge(perItem: PerItem, node: TSESTree.Node, via: readonly Call[]): 'one' | 'passed' | 'repeated' {
    const { callback, node: repeating } = perItem;
    if (isLoop(repeating) && isRetryLoop(repeating, node)) return 'passed';
    const roots = getRoots(perItem);
    const dependence = dependOnThrough(this.#file, [this.#text], roots, via);
    if (dependence === 'no') return 'passed';
    if (isFallback(this.#file, node) || isFallback(this.#file, repeating)) return 'one';
    // How many passes run is known only during the loop.
    if (isLoop(repeating) && mayStopAfter(repeating, node, this.#file.sourceCode.visitorKeys)) return 'one';
    // A generator embeds only as many as its consumer asks for.
    if (
      dependence === 'unknown' ||
      getEnclosingFunction(repeating)?.generator === true ||
      !this.#isListKnown(perItem) ||
      dependOnThrough(this.#file, [this.#call.receiverNode], roots, via) !== 'no'
    )
      return 'one';
    const carriesResult =
      callback !== null &&
      /^(?:reduce|reduceRight|inject|foldl|foldr|expand|scan|mergeScan)$/u.test(getCalleeName(repeating));
    const isFromPreviousPass = isCarried(
      this.#file,
      this.#text,
      callback ?? repeating,
      via,
      carriesResult ? (callback.params[0] ?? null) : null,
    );
    return isFromPreviousPass ? 'one' : 'repeated';
  }

  /**
   * Whether all items exist before the first pass: not those of a stream, a queue, or a list that the passes extend.
   */
  #isListKnown({ callback, iterated, node }: PerItem): boolean {
    if (node.type === AST_NODE_TYPES.WhileStatement || node.type === AST_NODE_TYPES.DoWhileStatement) return false;
    if (node.type === AST_NODE_TYPES.ForOfStatement && node.await) return false;
    if (node.type === AST_NODE_TYPES.ForStatement)
      return node.test !== null && !(iterated && this.#isGrown(iterated, node));
    return iterated !== null && !isStreamName(iterated) && !this.#isGrown(iterated, callback ?? node);
  }

  /** `for (const page of pages) { …; pages.push(...page.links); }` */
  #isGrown(list: TSESTree.Node, region: TSESTree.Node): boolean {
    return getGrown(this.#file, region).has(this.#file.getText(list));
  }
}

/** The lists that something is added to in a region, as written. */
const getGrown = perNode((file, region: TSESTree.Node): ReadonlySet<string> => {
  const grown = new Set<string>();
  walk(region, file.sourceCode.visitorKeys, (node) => {
    const isList = node.type === AST_NODE_TYPES.Identifier || node.type === AST_NODE_TYPES.MemberExpression;
    if (isList && findMutation(node)?.type === AST_NODE_TYPES.CallExpression) grown.add(file.getText(node));
    return true;
  });
  return grown;
});

/**
 * Whether a node is reached only when embedding together has failed, or is not available: `catch { … }`, `await
 * embeddings.embedDocuments?.(texts) ?? …`.
 */
function isFallback(file: LangChainFile, node: TSESTree.Node): boolean {
  for (
    let inner = node, current = node.parent;
    current && !isFunction(current);
    inner = current, current = current.parent
  ) {
    if (current.type === AST_NODE_TYPES.CatchClause) return true;
    const before = getConditionBefore(current, inner);
    if (before && /\bembedDocuments\b/u.test(file.getText(before))) return true;
  }
  return false;
}

/** The condition under which a part of a node is reached; null for the condition itself, and where there is none. */
function getConditionBefore(node: TSESTree.Node, part: TSESTree.Node): TSESTree.Node | null {
  if (node.type === AST_NODE_TYPES.LogicalExpression) return node.right === part ? node.left : null;
  if (node.type !== AST_NODE_TYPES.ConditionalExpression && node.type !== AST_NODE_TYPES.IfStatement) return null;
  return node.test === part ? null : node.test;
}

/** `stream`, `messages$` */
function isStreamName(node: TSESTree.Node): boolean {
  const expression = unwrap(node);
  const name =
    expression.type === AST_NODE_TYPES.MemberExpression
      ? getKeyName(expression)
      : expression.type === AST_NODE_TYPES.Identifier
        ? expression.name
        : null;
  return name !== null && /(?:observable|readable|stream)$|\$$/iu.test(name);
}

function getCalleeName(node: TSESTree.Node): string {
  const callee = node.type === AST_NODE_TYPES.CallExpression ? unwrap(node.callee) : null;
  if (callee?.type === AST_NODE_TYPES.MemberExpression) return getKeyName(callee) ?? '';
  return callee?.type === AST_NODE_TYPES.Identifier ? callee.name : '';
}

/** Whether `embedDocuments()` sends many texts in one request, as in all classes except those above. */
function sendsTextsTogether(value: LangChainValue): boolean {
  return [value, ...value.alternatives].some((each) => !embedsOneByOne(each));
}
