import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '../src/ast/types.ts';
import { createRule } from '../src/create-rule.ts';
import { writeNumber } from '../src/fix/number.ts';
import { offer } from '../src/fix/offer.ts';
import type { Call } from '../src/flow/call-graph.ts';
import { foldNumber } from '../src/flow/numbers.ts';
import { findSearchSizes, isReranked } from '../src/flow/searches.ts';

type MessageIds = 'fetchK' | 'k' | 'write';
type Options = [{ readonly maximum: number; readonly maximumFetchK: number }];

export default createRule<Options, MessageIds>({
  name: 'no-large-k',
  meta: {
    type: 'suggestion',
    docs: { description: 'disallow searches that give back very many documents', recommended: 'strict' },
    hasSuggestions: true,
    schema: [
      {
        type: 'object',
        properties: {
          maximum: { type: 'integer', minimum: 1, description: 'How many documents a search may give back.' },
          maximumFetchK: { type: 'integer', minimum: 1, description: 'How many documents a search may fetch to choose from, and how many may go to a reranker.' },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ maximum: 20, maximumFetchK: 100 }],
    messages: {
      k: '`{{name}}` gives back {{value}} documents per search: what puts them into a prompt pays for each, and waits longer for the answer. Write `{{maximum}}` or less.',
      fetchK: '`{{name}}` fetches {{value}} documents per search to choose from. Write `{{maximum}}` or less.',
      write: 'Write `{{maximum}}`.',
    },
  },
  create(context, [options], file) {
    const reported = new Set<TSESTree.Node>();
    function check(node: Call): void {
      for (const { kind, name, node: at, value } of findSearchSizes(file, node)) {
        const number = reported.has(at) ? null : foldNumber(file, value);
        // What the environment may change is somebody's choice.
        if (!number || number.isDefault || !Number.isFinite(number.value)) continue;
        const maximum = kind === 'fetchK' || isReranked(file, node) ? options.maximumFetchK : options.maximum;
        if (number.value <= maximum) continue;
        reported.add(at);
        const { literal } = number;
        const edit = at.type === AST_NODE_TYPES.Property ? writeNumber({ property: at, value }, number, maximum) : literal && { range: literal.range, text: String(maximum) };
        const data = { maximum, name, value: number.value };
        context.report({ node: at, messageId: kind, data, ...offer<MessageIds>(file, { suggestions: [edit && { messageId: 'write', data: { maximum }, edits: [edit] }] }) });
      }
    }
    return { CallExpression: check, NewExpression: check };
  },
});
