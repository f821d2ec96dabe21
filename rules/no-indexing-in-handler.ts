import type { TSESTree } from '@typescript-eslint/utils';
import { getEnclosingFunction } from '../src/ast/ancestors.ts';
import { type Call, getMethodName, isCall } from '../src/ast/calls.ts';
import { getConstructionLocation } from '../src/ast/locations.ts';
import { contains, type FunctionNode, isFunction, unwrap, wrapped } from '../src/ast/nodes.ts';
import { leaves } from '../src/ast/statements.ts';
import { AST_NODE_TYPES } from '../src/ast/types.ts';
import { createRule } from '../src/create-rule.ts';
import type { Kind } from '../src/facts/catalog.ts';
import { vectorStoreMethods } from '../src/facts/methods.ts';
import { type Callee, findCalled, getOwnCalls } from '../src/flow/calls/call-graph.ts';
import { getReachedCalls } from '../src/flow/calls/reached.ts';
import { findGuards } from '../src/flow/lifetime/guards.ts';
import { isKept } from '../src/flow/lifetime/kept.ts';
import { isBackgroundWork } from '../src/handlers/background.ts';
import { getHandlerEntries } from '../src/handlers/entries.ts';
import type { Handler } from '../src/handlers/handler.ts';
import { findHandlers, type HandlerSite } from '../src/handlers/index.ts';
import { isIndexingHandler } from '../src/handlers/indexing.ts';
import { findCall, type LangChainCall } from '../src/langchain/calls.ts';
import { describeEntry, describeFile, nameCall } from '../src/messages.ts';
import type { LangChainFile } from '../src/trace/file.ts';
import { findOption } from '../src/trace/options.ts';

type MessageIds = 'added' | 'addedApart' | 'addedApartElsewhere' | 'addedElsewhere' | 'built';
type Options = [];

export default createRule<Options, MessageIds>({
  name: 'no-indexing-in-handler',
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow embedding and writing documents in requests that wait for an answer',
      recommended: 'strict',
      category: 'Clients',
    },
    schema: [],
    messages: {
      added:
        '`{{call}}()` embeds and writes documents while the {{unit}} waits for its answer. Move it to a job, a separate route or after the response.',
      addedApart:
        '`{{call}}()` embeds and writes documents on every {{unit}}, using tokens and rate limit. Move it to a job or a separate route.',
      addedApartElsewhere:
        '{{caller}} embeds and writes documents (`{{place}}`) on every {{unit}}, using tokens and rate limit. Move it to a job or a separate route.',
      addedElsewhere:
        '{{caller}} embeds and writes documents (`{{place}}`) while the {{unit}} waits for its answer. Move it to a job or a separate route.',
      built:
        '`{{call}}()` embeds its documents on every {{unit}}. Index them once, in a job, and use `{{instead}}` here.',
    },
  },
  create(context, _options, file) {
    const mayWrite = /\b(?:add(?:Documents|Vectors)|from(?:Documents|Texts)|index)\b/u.test(context.sourceCode.text);
    return {
      CallExpression(node) {
        const indexing = mayWrite ? findIndexing(file, node) : null;
        if (!indexing) return;
        const { call, handler } = indexing;
        const callee = unwrap(node.callee);
        const isBuilt = call.method.startsWith('from');
        context.report({
          node: callee.type === AST_NODE_TYPES.MemberExpression && !isBuilt ? callee.property : node.callee,
          messageId: isBuilt ? 'built' : isAwaited(file, node) ? 'added' : 'addedApart',
          data: { call: nameCall(file, node), unit: handler.unit, instead: isBuilt ? getOpener(call) : '' },
        });
      },
      /** Writes in other files that a handler of this file leads to. */
      end() {
        // A call may run one of several functions.
        const reported = new Set<Call>();
        for (const { from, handler, write } of findIndexingElsewhere(file)) {
          if (reported.has(from)) continue;
          reported.add(from);
          context.report({
            loc: getConstructionLocation(from),
            messageId:
              isAwaited(file, from) && isAwaited(file.of(write), write) ? 'addedElsewhere' : 'addedApartElsewhere',
            data: { caller: describeEntry(file, from), place: describeFile(file, write), unit: handler.unit },
          });
        }
      },
    };
  },
});

/** Static methods that open a store over documents that exist already. */
const openers = ['fromExistingIndex', 'fromExistingCollection', 'fromExistingGraph', 'initialize'];

function getOpener({ receiver: { className, entry } }: LangChainCall): string {
  const opener = entry?.type === 'class' ? openers.find((name) => entry.statics.has(name)) : undefined;
  return opener === undefined ? `new ${className}(…)` : `${className}.${opener}()`;
}

/** A write in a handler that somebody waits for. */
interface Indexing {
  readonly call: LangChainCall;
  readonly handler: Handler;
}

/**
 * The write of a call into a shared store, in a handler that also retrieves or answers; null for any other call.
 * Proof: `building-embeds-again`.
 */
function findIndexing(file: LangChainFile, node: TSESTree.CallExpression): Indexing | null {
  const call = findWrite(file, node);
  if (!call || isLeft(node) || isBackgroundWork(file, node)) return null;
  for (const site of findHandlers(file, node)) {
    const { handler } = site;
    if (!mayIndex(file, handler) || (handler.serverless && isVoid(node))) continue;
    const region = findRegion(file, node, site);
    if (region && reads(file, handler.node, region, new Set())) return { call, handler };
  }
  return null;
}

// ── in other files ──────────────────────────────────────────────────────────────────────────────────────────────────

/** A call in a handler that leads to a write in another file. */
interface IndexingElsewhere {
  readonly from: Call;
  readonly handler: Handler;
  readonly write: TSESTree.Node;
}

function findIndexingElsewhere(file: LangChainFile): readonly IndexingElsewhere[] {
  if (!file.importsMark('client')) return [];
  return getHandlerEntries(file, [], 'client').flatMap(({ call, callee, sites }): readonly IndexingElsewhere[] => {
    if (call?.type !== AST_NODE_TYPES.CallExpression || isLeft(call) || isBackgroundWork(file, call)) return [];
    const site = sites.find(({ handler }) => mayIndex(file, handler));
    const write = site && findWriteElsewhere(file, callee);
    if (!site || !write) return [];
    const region = findRegion(file, call, { handler: site.handler, via: site.via.slice(0, -1) });
    return region && readsAnywhere(file, site.handler.node, region)
      ? [{ from: call, handler: site.handler, write }]
      : [];
  });
}

/** A write that runs on every call of a function in another file, with no check for existing documents before it. */
function findWriteElsewhere(file: LangChainFile, callee: Callee): TSESTree.Node | null {
  const reached = getReachedCalls(file, callee).find(({ node, via }) => {
    if (node.type !== AST_NODE_TYPES.CallExpression || file.owns(node) || isLeft(node)) return false;
    return findWrite(file.of(node), node) !== null && [...via, node].every((step) => !isGuarded(file, step));
  });
  return reached?.node ?? null;
}

function isGuarded(file: LangChainFile, step: TSESTree.Node): boolean {
  const fn = getEnclosingFunction(step);
  if (fn && isKept(file.of(step), step, fn)) return true;
  return fn !== null && findGuards(step, fn).some(({ test }) => existence.test(file.getText(test)));
}

/** Like `reads`, but through other files too. */
function readsAnywhere(file: LangChainFile, fn: FunctionNode, region: TSESTree.Node): boolean {
  return getReachedCalls(file, fn).some(({ node, via }) => {
    const [first = node] = via;
    const call = contains(region, first) ? findCall(file.of(node), node) : null;
    return call !== null && isRead(call);
  });
}

function mayIndex(file: LangChainFile, handler: Handler): boolean {
  return !handler.blockingOnly && handler.unit !== 'job' && !isIndexingHandler(file, handler);
}

// ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────────────

function isWrite(method: string): boolean {
  return vectorStoreMethods.get(method)?.does === 'writes';
}

function findWrite(file: LangChainFile, node: TSESTree.CallExpression): LangChainCall | null {
  const callee = unwrap(node.callee);
  const name = getMethodName(node);
  if (name !== null ? !isWrite(name) && name !== 'index' : callee.type !== AST_NODE_TYPES.Identifier) return null;
  const call = findCall(file, node);
  if (!call) return null;
  if (isWrite(call.method)) return call.receiver.kind === 'vectorStore' && isShared(call) ? call : null;
  return call.method === 'index' && call.remote && writesApart(file, node) ? call : null;
}

/**
 * A store in a service, or one in this process that requests share. A store in memory that is created for the request
 * is not shared.
 */
function isShared({ method, node, receiver }: LangChainCall): boolean {
  if (receiver.entry?.net === 'network' || receiver.origin === 'annotation') return receiver.entry?.net !== 'local';
  return (
    method.startsWith('add') && getEnclosingFunction(receiver.node) === null && getEnclosingFunction(node) !== null
  );
}

/** `index({ docsSource, recordManager, vectorStore })` of LangChain. */
function writesApart(file: LangChainFile, node: TSESTree.CallExpression): boolean {
  const option = findOption(file, node.arguments[0], 'vectorStore');
  const store = option.is === 'given' ? file.resolve(option.value) : null;
  return store?.is !== 'yes' || store.value.entry?.net !== 'local';
}

/** A floating write: no-unawaited-call reports it. */
function isLeft(node: TSESTree.CallExpression): boolean {
  return wrapped(node).parent?.type === AST_NODE_TYPES.ExpressionStatement;
}

/** `void` leaves it floating too; no-unawaited-call reports that in a serverless handler. */
function isVoid(node: TSESTree.CallExpression): boolean {
  const { parent } = wrapped(node);
  return parent?.type === AST_NODE_TYPES.UnaryExpression && parent.operator === 'void';
}

/** Whether the handler visibly waits for a write. */
function isAwaited(file: LangChainFile, node: TSESTree.Node): boolean {
  const value = wrapped(node);
  const { parent } = value;
  switch (parent?.type) {
    case AST_NODE_TYPES.AwaitExpression:
    case AST_NODE_TYPES.ReturnStatement:
      return true;
    case AST_NODE_TYPES.ArrowFunctionExpression:
      return parent.body === value;
    case AST_NODE_TYPES.ArrayExpression:
    case AST_NODE_TYPES.ConditionalExpression:
    case AST_NODE_TYPES.LogicalExpression:
      return isAwaited(file, parent);
    // `store.addDocuments(docs).catch(log)`
    case AST_NODE_TYPES.MemberExpression:
      return parent.object === value && isCall(parent.parent) && isAwaited(file, parent.parent);
    // `Promise.all([store.addDocuments(docs), …])`
    case AST_NODE_TYPES.CallExpression:
      return parent.callee !== value && isAwaited(file, parent);
    case AST_NODE_TYPES.VariableDeclarator:
      return parent.id.type === AST_NODE_TYPES.Identifier && isReadAwaited(file, parent.id);
    default:
      return false;
  }
}

function isReadAwaited(file: LangChainFile, name: TSESTree.Identifier): boolean {
  const references = file.scopes.findVariable(name)?.references ?? [];
  return references.some((reference) => reference.isRead() && isAwaited(file, reference.identifier));
}

// ── where the answer is sought ──────────────────────────────────────────────────────────────────────────────────────

const existence =
  /exist|count|empty|indexed|\binit|loaded|cached|ready|stats|\bhas|length|===?\s*(?:0|null|undefined)|^!/iu;

/**
 * The part of the handler that runs together with the write: the handler, or a branch of it that returns. Null where a
 * check of what exists already guards the write.
 */
function findRegion(
  file: LangChainFile,
  node: TSESTree.CallExpression,
  { handler, via }: HandlerSite,
): TSESTree.Node | null {
  let region: TSESTree.Node = handler.node;
  for (const step of [node, ...via]) {
    const fn = getEnclosingFunction(step);
    if (fn && isKept(file, step, fn)) return null;
    for (
      let inner: TSESTree.Node = step, current = step.parent as TSESTree.Node | undefined;
      current && current !== fn;
      inner = current, current = current.parent
    ) {
      const test = getTest(current, inner);
      if (!test) continue;
      if (existence.test(file.getText(test))) return null;
      if (contains(handler.node, inner) && leaves(inner, isEndOfRegion) && region === handler.node) region = inner;
    }
  }
  return region;
}

function getTest(node: TSESTree.Node, inner: TSESTree.Node): TSESTree.Node | null {
  switch (node.type) {
    case AST_NODE_TYPES.ConditionalExpression:
    case AST_NODE_TYPES.IfStatement:
      return node.test === inner ? null : node.test;
    case AST_NODE_TYPES.LogicalExpression:
      return node.right === inner ? node.left : null;
    case AST_NODE_TYPES.SwitchCase:
      return node.test;
    default:
      return null;
  }
}

/** Statements that end the handler, or a case of it; `continue` ends neither. */
function isEndOfRegion(node: TSESTree.Node): boolean {
  return (
    node.type === AST_NODE_TYPES.ReturnStatement ||
    node.type === AST_NODE_TYPES.ThrowStatement ||
    node.type === AST_NODE_TYPES.BreakStatement
  );
}

const searching = /^(?:getRelevantDocuments|maxMarginalRelevanceSearch|similaritySearch\w*)$/u;
const answering: ReadonlySet<Kind> = new Set<Kind>([
  'agent',
  'chain',
  'chatModel',
  'graph',
  'llm',
  'retriever',
  'router',
  'runnable',
  'sequence',
]);

/** Whether a function retrieves or answers within a region, itself or through functions of the file. */
function reads(file: LangChainFile, fn: FunctionNode, region: TSESTree.Node, visited: Set<FunctionNode>): boolean {
  visited.add(fn);
  return getOwnCalls(file, fn).some((node) => {
    if (!contains(region, node)) return false;
    const call = findCall(file, node);
    if (call) return isRead(call);
    const called = findCalledOnce(file, node, visited);
    return called !== null && reads(file, called, called, visited);
  });
}

function isRead({ method, receiver, remote }: LangChainCall): boolean {
  return remote && (searching.test(method) || (answering.has(receiver.kind) && !isWrite(method)));
}

function findCalledOnce(file: LangChainFile, node: Call, visited: ReadonlySet<FunctionNode>): FunctionNode | null {
  const called = findCalled(file, node);
  return called && isFunction(called) && file.owns(called) && !visited.has(called) ? called : null;
}
