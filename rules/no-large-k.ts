import type { TSESTree } from '@typescript-eslint/utils';
import { type Call, getArgument } from '../src/ast/calls.ts';
import { getKeyName, unwrap, wrapped } from '../src/ast/nodes.ts';
import { AST_NODE_TYPES } from '../src/ast/types.ts';
import { createRule } from '../src/create-rule.ts';
import { vectorStoreMethods } from '../src/facts/methods.ts';
import { writeNumber } from '../src/fix/number.ts';
import { offer } from '../src/fix/offer.ts';
import { getOptionsArgument } from '../src/langchain/construction.ts';
import { nameCall } from '../src/messages.ts';
import type { LangChainFile } from '../src/trace/file.ts';
import { foldNumber } from '../src/trace/numbers.ts';
import { findOption } from '../src/trace/options.ts';

type MessageIds = 'fetchK' | 'k' | 'write';
type Options = [{ readonly maximum: number; readonly maximumFetchK: number }];

export default createRule<Options, MessageIds>({
  name: 'no-large-k',
  meta: {
    type: 'suggestion',
    docs: {
      description: 'disallow searches that return too many documents',
      recommended: 'strict',
      category: 'Settings',
    },
    hasSuggestions: true,
    schema: [
      {
        type: 'object',
        properties: {
          maximum: { type: 'integer', minimum: 1, description: 'How many documents a search may return.' },
          maximumFetchK: {
            type: 'integer',
            minimum: 1,
            description: 'How many documents a search may fetch to choose from, or pass to a reranker.',
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ maximum: 20, maximumFetchK: 100 }],
    messages: {
      k: '`{{name}}` returns {{value}} documents per search; in a prompt, each one adds tokens and latency. Use {{maximum}} or fewer.',
      fetchK: '`{{name}}` fetches {{value}} documents per search to choose from. Use {{maximum}} or fewer.',
      write: 'Write `{{maximum}}`.',
    },
  },
  create(context, [options], file) {
    const reported = new Set<TSESTree.Node>();
    function check(node: Call): void {
      for (const { kind, name, node: at, value } of findSearchSizes(file, node)) {
        const number = reported.has(at) ? null : foldNumber(file, value);
        // A value that the environment may override was chosen by somebody.
        if (!number || number.isDefault || !Number.isFinite(number.value)) continue;
        const maximum = kind === 'fetchK' || isReranked(file, node) ? options.maximumFetchK : options.maximum;
        if (number.value <= maximum) continue;
        reported.add(at);
        const { literal } = number;
        const edit =
          at.type === AST_NODE_TYPES.Property
            ? writeNumber({ property: at, value }, number, maximum)
            : literal && { range: literal.range, text: String(maximum) };
        const data = { maximum, name, value: number.value };
        context.report({
          node: at,
          messageId: kind,
          data,
          ...offer<MessageIds>(file, {
            suggestions: [edit && { messageId: 'write', data: { maximum }, edits: [edit] }],
          }),
        });
      }
    }
    return { CallExpression: check, NewExpression: check };
  },
});

/** The number of documents that a search asks for. */
interface SearchSize {
  /** The option, or the argument. */
  readonly node: TSESTree.Node;
  readonly value: TSESTree.Node;
  /** `fetchK`: how many are fetched to choose `k` from. */
  readonly kind: 'fetchK' | 'k';
  /** The receiver of the option as the code names it: `store.asRetriever`, `VectorStoreRetriever`. */
  readonly name: string;
}

/** Options that hold a size, as dotted paths. `maxK` is the maximum of a retriever with a score threshold. */
const options: readonly { readonly path: string; readonly kind: SearchSize['kind'] }[] = [
  { path: 'k', kind: 'k' },
  { path: 'maxK', kind: 'k' },
  { path: 'topK', kind: 'k' },
  { path: 'fetchK', kind: 'fetchK' },
  { path: 'searchKwargs.fetchK', kind: 'fetchK' },
];

/** The sizes that are passed to a search, to a retriever's constructor, or to `asRetriever()`. */
function findSearchSizes(file: LangChainFile, node: Call): readonly SearchSize[] {
  if (node.arguments.length === 0) return [];
  return readMethod(file, node) ?? readConstruction(file, node);
}

function readMethod(file: LangChainFile, node: Call): readonly SearchSize[] | null {
  const callee = unwrap(node.callee);
  const index =
    callee.type === AST_NODE_TYPES.MemberExpression
      ? vectorStoreMethods.get(getKeyName(callee) ?? '')?.size?.argument
      : undefined;
  if (
    index === undefined ||
    callee.type !== AST_NODE_TYPES.MemberExpression ||
    node.type !== AST_NODE_TYPES.CallExpression
  )
    return null;
  const store = file.resolve(callee.object);
  if (store.is !== 'yes' || store.value.kind !== 'vectorStore') return [];
  const argument = getArgument(node, index);
  if (!argument) return [];
  const named = readOptions(file, argument, nameCall(file, node));
  return named.length > 0 ? named : [{ node: argument, value: argument, kind: 'k', name: nameCall(file, node) }];
}

function readConstruction(file: LangChainFile, node: Call): readonly SearchSize[] {
  const trace = file.trace(node);
  if (
    trace.type !== 'langchain' ||
    trace.value.node !== node ||
    trace.value.kind !== 'retriever' ||
    trace.value.origin === 'builder'
  )
    return [];
  const argument = getOptionsArgument(trace.value);
  return argument === 'unknown' || argument === null ? [] : readOptions(file, argument, nameCall(file, node));
}

function readOptions(file: LangChainFile, object: TSESTree.Node, name: string): readonly SearchSize[] {
  return options.flatMap(({ kind, path }) => {
    const option = findOption(file, object, path);
    return option.is === 'given' ? [{ node: option.property, value: option.value, kind, name }] : [];
  });
}

/**
 * Whether the documents go to a reranker, which keeps the best of them: `new ContextualCompressionRetriever({
 * baseRetriever })`, `reranker.rerank(docs, …)`.
 */
function isReranked(file: LangChainFile, node: Call): boolean {
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
      const variable = file.scopes.findVariable(parent.id);
      return (
        variable?.references.some(
          (reference) => reference.isRead() && reachesReranker(file, reference.identifier, depth - 1),
        ) ?? false
      );
    }
    case AST_NODE_TYPES.Property:
      return parent.value === value && getKeyName(parent) === 'baseRetriever';
    case AST_NODE_TYPES.CallExpression: {
      const callee = unwrap(parent.callee);
      const name =
        callee.type === AST_NODE_TYPES.MemberExpression
          ? getKeyName(callee)
          : callee.type === AST_NODE_TYPES.Identifier
            ? callee.name
            : null;
      return callee !== value && /rerank|compressDocuments/iu.test(name ?? '');
    }
    default:
      return false;
  }
}
