import type { TSESTree } from '@typescript-eslint/utils';
import { getEnclosingFunction } from '../ast/ancestors.ts';
import { isInBranch } from '../ast/branches.ts';
import { getMethodName } from '../ast/calls.ts';
import { contains, getKeyName, wrapped } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { vectorStoreMethods } from '../facts/methods.ts';
import { findCalled } from '../flow/calls/call-graph.ts';
import { findGuards } from '../flow/lifetime/guards.ts';
import { isKept } from '../flow/lifetime/kept.ts';
import type { Handler } from '../handlers/handler.ts';
import { findHandlers, type HandlerSite } from '../handlers/index.ts';
import { isIndexingHandler } from '../handlers/indexing.ts';
import { isKeptAcrossRuns } from '../handlers/kept.ts';
import { findCall, findEmbeddings, type LangChainCall } from '../langchain/calls.ts';
import type { LangChainFile } from '../trace/file.ts';
import { isFixed } from './fixed-texts.ts';
import { findRepeatedEmbedding } from './repeated.ts';

/** A call in a handler that embeds the same texts in each run. */
interface EmbeddedAgain {
  readonly call: LangChainCall;
  readonly handler: Handler;
}

/**
 * A call that embeds literals, or documents of a file, in each run of a handler: `embedDocuments()`, `embedQuery()`, or
 * a store in memory that the handler fills. Null where the embeddings are cached or the result is kept, and for stores
 * that outlive the handler.
 */
export function findEmbeddedAgain(file: LangChainFile, node: TSESTree.CallExpression): EmbeddedAgain | null {
  const name = getMethodName(node) ?? '';
  if (name !== 'embedDocuments' && name !== 'embedQuery' && vectorStoreMethods.get(name)?.embeds !== 'documents')
    return null;
  const call = findCall(file, node);
  if (!call?.input || !call.remote || call.receiver.origin === 'this' || !isUncached(file, call)) return null;
  // prefer-embed-documents reports texts that are embedded one at a time.
  if (findRepeatedEmbedding(file, node)) return null;
  const site = findHandlers(file, node).find((each) => isAgain(file, call, each));
  const takesRows = call.receiver.kind === 'vectorStore';
  return site && isFixed(file, call.input, site.via, takesRows) ? { call, handler: site.handler } : null;
}

function isUncached(file: LangChainFile, { receiver }: LangChainCall): boolean {
  if (receiver.alternatives.length > 0) return false;
  if (receiver.kind === 'embeddings') return receiver.className !== 'CacheBackedEmbeddings';
  // LanceDB writes to a table on disk.
  const isInMemory =
    receiver.kind === 'vectorStore' && receiver.entry?.net === 'delegates' && receiver.className !== 'LanceDB';
  return isInMemory && findEmbeddings(file, receiver)?.className !== 'CacheBackedEmbeddings';
}

function isAgain(file: LangChainFile, { method, node, receiver }: LangChainCall, site: HandlerSite): boolean {
  const { handler, via } = site;
  if (handler.blockingOnly || handler.recurring || isIndexingHandler(file, handler)) return false;
  const functions = [handler.node, ...via.map((call) => findCalled(file, call))].filter((fn) => fn !== null);
  // Adding to a store that outlives the handler is indexing.
  if (method === 'addDocuments' && !functions.some((fn) => contains(fn, receiver.node))) return false;
  if (isKeptAcrossRuns(file, node, site)) return false;
  return [...via, node].every((each, index) => {
    const fn = functions[index];
    return fn !== undefined && !isSaved(file, each) && !isKept(file, each, fn, functions.slice(index + 1));
  });
}

/**
 * Whether the result of a call goes to a variable or field that outlives it, or in some runs to disk: `this.store =
 * await MemoryVectorStore.fromTexts(…)`, `if (!isThere) … await store.save('index')`.
 */
function isSaved(file: LangChainFile, node: TSESTree.Node): boolean {
  const value = wrapped(node);
  const { parent } = value;
  switch (parent?.type) {
    case AST_NODE_TYPES.AwaitExpression:
      return isSaved(file, parent);
    case AST_NODE_TYPES.AssignmentExpression:
      return parent.right === value && isSavedIn(file, parent.left);
    case AST_NODE_TYPES.VariableDeclarator:
      return parent.init === value && isSavedIn(file, parent.id);
    default:
      return false;
  }
}

function isSavedIn(file: LangChainFile, target: TSESTree.Node): boolean {
  const variable = file.scopes.findVariable(target);
  const owner = getEnclosingFunction(target);
  if (!variable || !owner || !contains(owner, variable.scope.block))
    return target.type !== AST_NODE_TYPES.ArrayPattern && target.type !== AST_NODE_TYPES.ObjectPattern;
  return variable.references.some(({ identifier }) => {
    const use = wrapped(identifier);
    const { parent } = use;
    if (parent?.type === AST_NODE_TYPES.AssignmentExpression) return parent.right === use;
    const isSave =
      parent?.type === AST_NODE_TYPES.MemberExpression && parent.object === use && getKeyName(parent) === 'save';
    return isSave && (isInBranch(identifier) || findGuards(identifier, owner).length > 0);
  });
}
