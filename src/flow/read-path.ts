import type { TSESTree } from '@typescript-eslint/utils';
import { getEnclosingFunction } from '../ast/ancestors.ts';
import { contains, getDecorators, getKeyName, isFunction, unwrap, wrapped, type FunctionNode } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import type { LangChainFile } from '../file.ts';
import { findCall, type LangChainCall } from '../langchain/calls.ts';
import type { Kind } from '../langchain/catalog.ts';
import { findOption } from '../langchain/options.ts';
import { isBackgroundWork } from './background.ts';
import { findCalled, getOwnCalls, type Call } from './call-graph.ts';
import { findHandlers, type Handler, type HandlerSite } from './handlers/index.ts';
import { isKept } from './lifetime.ts';

/** Embedding and writing in a handler that is asked for an answer. */
export interface Indexing {
  readonly call: LangChainCall;
  readonly handler: Handler;
}

/** What a call writes into a store that others share, in a handler that also retrieves or answers; null for anything else. Proof: `building-embeds-again`. */
export function findIndexing(file: LangChainFile, node: TSESTree.CallExpression): Indexing | null {
  const call = findWrite(file, node);
  if (!call || !isWaitedFor(node) || isBackgroundWork(file, node)) return null;
  for (const site of findHandlers(file, node)) {
    const { handler } = site;
    if (handler.blockingOnly || handler.unit === 'job' || isMeantForWriting(file, handler)) continue;
    const region = findRegion(file, node, site);
    if (region && reads(file, handler.node, region, new Set())) return { call, handler };
  }
  return null;
}

// ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────────────

const writes: ReadonlySet<string> = new Set(['addDocuments', 'addVectors', 'fromDocuments', 'fromTexts']);

function findWrite(file: LangChainFile, node: TSESTree.CallExpression): LangChainCall | null {
  const callee = unwrap(node.callee);
  const name = callee.type === AST_NODE_TYPES.MemberExpression ? getKeyName(callee) : null;
  if (name !== null ? !writes.has(name) && name !== 'index' : callee.type !== AST_NODE_TYPES.Identifier) return null;
  const call = findCall(file, node);
  if (!call) return null;
  if (writes.has(call.method)) return call.receiver.kind === 'vectorStore' && isShared(call) ? call : null;
  return call.method === 'index' && call.remote && writesElsewhere(file, node) ? call : null;
}

/** A store in a service, or one of the process that requests share. One in memory that is made for the request is its own. */
function isShared({ method, node, receiver }: LangChainCall): boolean {
  if (receiver.entry?.net === 'network' || receiver.origin === 'annotation') return receiver.entry?.net !== 'local';
  return method.startsWith('add') && getEnclosingFunction(receiver.node) === null && getEnclosingFunction(node) !== null;
}

/** `index({ docsSource, recordManager, vectorStore })` of LangChain. */
function writesElsewhere(file: LangChainFile, node: TSESTree.CallExpression): boolean {
  const option = findOption(file, node.arguments[0], 'vectorStore');
  const store = option.is === 'given' ? file.resolve(option.value) : null;
  return store?.is !== 'yes' || store.value.entry?.net !== 'local';
}

/** A write that is left running holds nobody up; that it is left is another rule's report. */
function isWaitedFor(node: TSESTree.CallExpression): boolean {
  const { parent } = wrapped(node);
  return parent?.type !== AST_NODE_TYPES.ExpressionStatement && !(parent?.type === AST_NODE_TYPES.UnaryExpression && parent.operator === 'void');
}

// ── handlers that are there to write ────────────────────────────────────────────────────────────────────────────────

const writingWords = /^(?:archiv|crawl|embed|import|ingest|learn|load|migrat|popul|rebuild|refresh|reindex|remember|scrap|seed|stor|sync|train|upload|vectoriz)|^index(?:er|ing|es|ed)?$/u;

/** Whether the path of its route, its name or its file says that it takes documents in. */
function isMeantForWriting(file: LangChainFile, handler: Handler): boolean {
  return [...getNames(file, handler), ...getPathParts(file.of(handler.node).filename)].some((name) => splitWords(name).some((word) => writingWords.test(word)));
}

/** The last folders of a file, and its name; `index.ts` says nothing. */
function getPathParts(filename: string): readonly string[] {
  const parts = filename.split(/[\\/]/u);
  const name = (parts.pop() ?? '').replace(/\.\w+$/u, '');
  return [...parts.slice(-2).filter((part) => !/^(?:vector)?_?-?stores?$/iu.test(part) || name === 'route'), ...(name === 'index' ? [] : [name])];
}

function splitWords(name: string): readonly string[] {
  return name
    .replace(/([a-z\d])([A-Z])/gu, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/u);
}

function getNames(file: LangChainFile, { node, reference }: Handler): readonly string[] {
  const { parent } = node;
  const method = parent.type === AST_NODE_TYPES.MethodDefinition || parent.type === AST_NODE_TYPES.PropertyDefinition ? parent : null;
  const name = node.id?.name ?? (method || parent.type === AST_NODE_TYPES.Property ? getKeyName(method ?? (parent as TSESTree.Property)) : null) ?? (parent.type === AST_NODE_TYPES.VariableDeclarator && parent.id.type === AST_NODE_TYPES.Identifier ? parent.id.name : null);
  const decorators = method ? getDecorators(method).map(({ expression }) => file.getText(expression)) : [];
  return [...(name === null ? [] : [name]), ...decorators, ...getRegistrationNames(file, reference)];
}

/** `/ingest` of `app.post('/ingest', handler)`; `save_memory` of `tool(fn, { name: 'save_memory' })`; the name of a graph's node. */
function getRegistrationNames(file: LangChainFile, reference: TSESTree.Node): readonly string[] {
  const { parent } = wrapped(reference);
  if (parent?.type !== AST_NODE_TYPES.CallExpression && parent?.type !== AST_NODE_TYPES.NewExpression) return [];
  return parent.arguments.flatMap((argument) => {
    const trace = file.trace(argument);
    const named = trace.type === 'object' ? findOption(file, argument, 'name') : null;
    const text = named?.is === 'given' ? file.trace(named.value) : trace;
    return text.type === 'literal' ? [file.getText(text.node)] : [];
  });
}

// ── where the answer is sought ──────────────────────────────────────────────────────────────────────────────────────

const existence = /exist|count|empty|indexed|\binit|loaded|cached|ready|stats|\bhas|length|===?\s*(?:0|null|undefined)|^!/iu;

/** The part of the handler that runs together with the write: the handler, or a branch of it that returns. Null where the write is guarded by a look at what is there. */
function findRegion(file: LangChainFile, node: TSESTree.CallExpression, { handler, path }: HandlerSite): TSESTree.Node | null {
  let region: TSESTree.Node = handler.node;
  for (const step of [node, ...path]) {
    const fn = getEnclosingFunction(step);
    if (fn && isKept(file, step, fn)) return null;
    for (let inner: TSESTree.Node = step, current = step.parent as TSESTree.Node | undefined; current && current !== fn; inner = current, current = current.parent) {
      const test = getTest(current, inner);
      if (!test) continue;
      if (existence.test(file.getText(test))) return null;
      if (contains(handler.node, inner) && leaves(inner) && region === handler.node) region = inner;
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

function leaves(node: TSESTree.Node): boolean {
  const last = node.type === AST_NODE_TYPES.BlockStatement ? node.body.at(-1) : node.type === AST_NODE_TYPES.SwitchCase ? node.consequent.at(-1) : node;
  return last?.type === AST_NODE_TYPES.ReturnStatement || last?.type === AST_NODE_TYPES.ThrowStatement || last?.type === AST_NODE_TYPES.BreakStatement;
}

const searching = /^(?:getRelevantDocuments|maxMarginalRelevanceSearch|similaritySearch\w*)$/u;
const answering: ReadonlySet<Kind> = new Set<Kind>(['agent', 'chain', 'chatModel', 'graph', 'llm', 'retriever', 'router', 'runnable', 'sequence']);

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
  return remote && (searching.test(method) || (answering.has(receiver.kind) && !writes.has(method)));
}

function findCalledOnce(file: LangChainFile, node: Call, visited: ReadonlySet<FunctionNode>): FunctionNode | null {
  const called = findCalled(file, node);
  return called && isFunction(called) && file.owns(called) && !visited.has(called) ? called : null;
}
