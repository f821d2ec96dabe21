import type { TSESTree } from '@typescript-eslint/utils';
import { getKeyName, unwrap, wrapped } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import type { LangChainFile } from '../file.ts';
import { findOption, getOptionsArgument } from '../langchain/options.ts';
import type { Call } from './call-graph.ts';
import { nameCall } from './words.ts';

/** How many documents a search is asked for. */
export interface SearchSize {
  /** The option, or the argument. */
  readonly node: TSESTree.Node;
  readonly value: TSESTree.Node;
  /** `fetchK`: what is fetched to choose `k` from. */
  readonly kind: 'fetchK' | 'k';
  /** As the code names what takes it: `store.asRetriever`, `VectorStoreRetriever`. */
  readonly name: string;
}

/** Options that hold a size, dotted paths. `maxK` bounds what a retriever with a threshold gives back. */
const options: readonly { readonly path: string; readonly kind: SearchSize['kind'] }[] = [
  { path: 'k', kind: 'k' },
  { path: 'maxK', kind: 'k' },
  { path: 'fetchK', kind: 'fetchK' },
  { path: 'searchKwargs.fetchK', kind: 'fetchK' },
];

/** Methods of a vector store that take a size, and as which argument; `asRetriever` and `maxMarginalRelevanceSearch` take options too. */
const positions: ReadonlyMap<string, number> = new Map([
  ['asRetriever', 0],
  ['maxMarginalRelevanceSearch', 1],
  ['similaritySearch', 1],
  ['similaritySearchVectorWithScore', 1],
  ['similaritySearchWithScore', 1],
]);

/** The sizes that a search, a retriever's construction, or `asRetriever()` is given. */
export function findSearchSizes(file: LangChainFile, node: Call): readonly SearchSize[] {
  if (node.arguments.length === 0) return [];
  return readMethod(file, node) ?? readConstruction(file, node);
}

function readMethod(file: LangChainFile, node: Call): readonly SearchSize[] | null {
  const callee = unwrap(node.callee);
  const position = callee.type === AST_NODE_TYPES.MemberExpression ? positions.get(getKeyName(callee) ?? '') : undefined;
  if (position === undefined || callee.type !== AST_NODE_TYPES.MemberExpression || node.type !== AST_NODE_TYPES.CallExpression) return null;
  const store = file.resolve(callee.object);
  if (store.is !== 'yes' || store.value.kind !== 'vectorStore') return [];
  const before = node.arguments.slice(0, position + 1);
  const argument = before.some(({ type }) => type === AST_NODE_TYPES.SpreadElement) ? undefined : before[position];
  if (!argument) return [];
  const named = readOptions(file, argument, nameCall(file, node));
  return named.length > 0 ? named : [{ node: argument, value: argument, kind: 'k', name: nameCall(file, node) }];
}

function readConstruction(file: LangChainFile, node: Call): readonly SearchSize[] {
  const trace = file.trace(node);
  if (trace.type !== 'langchain' || trace.value.node !== node || trace.value.kind !== 'retriever' || trace.value.origin === 'builder') return [];
  const argument = getOptionsArgument(trace.value);
  return argument === 'unknown' || argument === null ? [] : readOptions(file, argument, nameCall(file, node));
}

function readOptions(file: LangChainFile, object: TSESTree.Node, name: string): readonly SearchSize[] {
  return options.flatMap(({ kind, path }) => {
    const option = findOption(file, object, path);
    return option.is === 'given' ? [{ node: option.property, value: option.value, kind, name }] : [];
  });
}

/** Whether what is found goes to a reranker, which keeps the best of it: `new ContextualCompressionRetriever({ baseRetriever })`, `reranker.rerank(docs, …)`. */
export function isReranked(file: LangChainFile, node: Call): boolean {
  return reachesReranker(file, node, 4);
}

function reachesReranker(file: LangChainFile, node: TSESTree.Node, depth: number): boolean {
  const value = wrapped(node);
  const { parent } = value;
  if (depth === 0) return false;
  switch (parent?.type) {
    case AST_NODE_TYPES.AwaitExpression:
      return reachesReranker(file, parent, depth);
    case AST_NODE_TYPES.VariableDeclarator: {
      const variable = parent.id.type === AST_NODE_TYPES.Identifier ? file.scopes.findVariable(parent.id) : null;
      return variable?.references.some((reference) => reference.isRead() && reachesReranker(file, reference.identifier, depth - 1)) ?? false;
    }
    case AST_NODE_TYPES.Property:
      return parent.value === value && getKeyName(parent) === 'baseRetriever';
    case AST_NODE_TYPES.CallExpression: {
      const callee = unwrap(parent.callee);
      const name = callee.type === AST_NODE_TYPES.MemberExpression ? getKeyName(callee) : callee.type === AST_NODE_TYPES.Identifier ? callee.name : null;
      return callee !== value && /rerank|compressDocuments/iu.test(name ?? '');
    }
    default:
      return false;
  }
}
