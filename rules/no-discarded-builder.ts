import type { TSESTree } from '@typescript-eslint/utils';
import { getKeyName, unwrap } from '../src/ast/nodes.ts';
import { AST_NODE_TYPES } from '../src/ast/types.ts';
import { createRule } from '../src/create-rule.ts';
import type { LangChainFile } from '../src/file.ts';
import { offer } from '../src/fix/offer.ts';
import { findReassignment } from '../src/fix/reassign.ts';
import { isDiscarded } from '../src/flow/discards.ts';
import { nameExpression } from '../src/flow/words.ts';
import { builders, findBuilder } from '../src/langchain/builders.ts';
import type { LangChainValue } from '../src/langchain/value.ts';

type MessageIds = 'assign' | 'discarded';
type Options = [];

export default createRule<Options, MessageIds>({
  name: 'no-discarded-builder',
  meta: {
    type: 'problem',
    docs: { description: 'disallow throwing away what `bindTools`, `withConfig` and other builders return', recommended: true },
    hasSuggestions: true,
    schema: [],
    messages: {
      discarded: '`{{builder}}()` returns a new {{kind}} and leaves {{receiver}} as it was, so here it has no effect. Keep what it returns, and use that.',
      assign: 'Assign it to `{{name}}`.',
    },
  },
  create(context, _options, file) {
    return {
      CallExpression(node) {
        const callee = unwrap(node.callee);
        if (callee.type !== AST_NODE_TYPES.MemberExpression || !isDiscarded(node)) return;
        const built = findBuilt(file, node);
        if (!built) return;
        const reassignment = findReassignment(file, node, built);
        const name = nameExpression(file, callee.object);
        context.report({
          node: callee.property,
          messageId: 'discarded',
          data: { builder: built.builder ?? '', kind: kinds[built.kind] ?? 'runnable', receiver: name === null ? 'the old one' : `\`${name}\`` },
          ...offer(file, { suggestions: [reassignment && { messageId: 'assign', data: { name: reassignment.name }, edits: reassignment.edits }] }),
        });
      },
    };
  },
});

/** What messages call the result. */
const kinds: Partial<Readonly<Record<LangChainValue['kind'], string>>> = { agent: 'agent', chatModel: 'model', graph: 'graph', llm: 'model', prompt: 'prompt', retriever: 'retriever', sequence: 'chain', tool: 'tool' };

/** What a builder gives, also a promised one. */
function findBuilt(file: LangChainFile, node: TSESTree.CallExpression): LangChainValue | null {
  const trace = file.trace(node);
  if (trace.type === 'unknown') return findTyped(file, node);
  if (trace.type !== 'langchain' || trace.value.origin !== 'builder' || trace.value.node !== node) return null;
  // `addNode()` and its like change the graph that they are called on, and `compile()` validates it.
  return trace.value.base?.kind === 'stateGraph' ? null : trace.value;
}

/** What a builder of a receiver gives that is known by its type alone. */
function findTyped(file: LangChainFile, node: TSESTree.CallExpression): LangChainValue | null {
  const callee = unwrap(node.callee);
  const name = callee.type === AST_NODE_TYPES.MemberExpression ? getKeyName(callee) : null;
  if (callee.type !== AST_NODE_TYPES.MemberExpression || name === null || !builders.has(name)) return null;
  const receiver = file.resolve(callee.object);
  const builder = receiver.is === 'yes' && receiver.value.kind !== 'stateGraph' ? findBuilder(receiver.value.kind, name) : null;
  return receiver.is === 'yes' && builder ? { ...receiver.value, kind: builder.kind ?? receiver.value.kind, origin: 'builder', node, base: receiver.value, builder: name } : null;
}
