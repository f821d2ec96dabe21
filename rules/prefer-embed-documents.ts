import { unwrap } from '../src/ast/nodes.ts';
import { AST_NODE_TYPES } from '../src/ast/types.ts';
import { createRule } from '../src/create-rule.ts';
import { findRepeatedEmbedding } from '../src/embeddings/repeated.ts';
import { findEmbedDocumentsRewrite } from '../src/embeddings/rewrite.ts';
import { offer } from '../src/fix/offer.ts';
import { describeRate, quote } from '../src/messages.ts';

type MessageIds = 'document' | 'query' | 'useEmbedDocuments';
type Options = [];

export default createRule<Options, MessageIds>({
  name: 'prefer-embed-documents',
  meta: {
    type: 'suggestion',
    docs: {
      description: 'require a single `embedDocuments()` call instead of embedding the texts of a list one by one',
      recommended: 'strict',
      category: 'Concurrency',
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      query:
        '`{{embeddings}}.embedQuery()` makes a request {{rate}}. Pass all texts to `{{embeddings}}.embedDocuments()`.',
      document:
        '`{{embeddings}}.embedDocuments()` receives one text and makes a request {{rate}}. Pass all texts in one call.',
      useEmbedDocuments: 'Use `{{embeddings}}.embedDocuments()`. Some models embed documents and queries differently.',
    },
  },
  create(context, _options, file) {
    return {
      CallExpression(node) {
        const repeated = findRepeatedEmbedding(file, node);
        const callee = unwrap(node.callee);
        if (!repeated || callee.type !== AST_NODE_TYPES.MemberExpression) return;
        const { call, perItem } = repeated;
        const embeddings = quote(file, call.receiverNode);
        const edits = findEmbedDocumentsRewrite(file, repeated);
        context.report({
          node: callee.property,
          messageId: call.method === 'embedQuery' ? 'query' : 'document',
          data: { embeddings, rate: describeRate(file, perItem) },
          // Queries that are embedded as documents may match differently in a search.
          ...offer<MessageIds>(file, {
            suggestions: [edits && { messageId: 'useEmbedDocuments', data: { embeddings }, edits }],
          }),
        });
      },
    };
  },
});
