import type { Call } from '../src/ast/calls.ts';
import { unwrap } from '../src/ast/nodes.ts';
import { AST_NODE_TYPES } from '../src/ast/types.ts';
import { createRule } from '../src/create-rule.ts';
import { findEmbeddedAgain } from '../src/embeddings/in-handler.ts';
import { findLoneQuery } from '../src/embeddings/lone-query.ts';
import type { LangChainCall } from '../src/langchain/calls.ts';
import { nameCall } from '../src/messages.ts';

type MessageIds = 'query' | 'store' | 'texts' | 'uncachedQuery';
type Options = [];

export default createRule<Options, MessageIds>({
  name: 'prefer-cached-embeddings',
  meta: {
    type: 'suggestion',
    docs: {
      description: 'disallow embedding the same texts in every request, and embedding caches that cache nothing',
      recommended: 'strict',
      category: 'Clients',
    },
    schema: [],
    messages: {
      store:
        '`{{name}}()` embeds the same texts again for every {{unit}}. Build the store once, or give it `CacheBackedEmbeddings`.',
      query: '`{{name}}()` embeds the same text again for every {{unit}}. Embed it once and keep the vector.',
      texts:
        '`{{name}}()` embeds the same texts again for every {{unit}}. Embed them once and keep the vectors, or use `CacheBackedEmbeddings`.',
      uncachedQuery:
        '`CacheBackedEmbeddings` does not cache queries: `{{query}}()` embeds its query every time. Use the plain embeddings.',
    },
  },
  create(context, _options, file) {
    // A cheap check: most files name no cache.
    const namesCache = file.sourceCode.text.includes('CacheBackedEmbeddings');
    function checkConstruction(node: Call): void {
      const trace = namesCache ? file.trace(node) : null;
      if (trace?.type !== 'langchain' || trace.value.className !== 'CacheBackedEmbeddings' || trace.value.node !== node)
        return;
      const query = findLoneQuery(file, node);
      if (query)
        context.report({
          loc: { start: node.loc.start, end: node.callee.loc.end },
          messageId: 'uncachedQuery',
          data: { query: nameCall(file, query) },
        });
    }
    return {
      CallExpression(node) {
        checkConstruction(node);
        const again = findEmbeddedAgain(file, node);
        if (!again) return;
        const { call, handler } = again;
        const callee = unwrap(node.callee);
        context.report({
          node:
            call.receiverNode !== node.callee && callee.type === AST_NODE_TYPES.MemberExpression
              ? callee.property
              : node.callee,
          messageId: getMessageId(call),
          data: { name: nameCall(file, node), unit: handler.unit },
        });
      },
      NewExpression: checkConstruction,
    };
  },
});

function getMessageId({ method, receiver }: LangChainCall): MessageIds {
  if (receiver.kind === 'vectorStore') return 'store';
  return method === 'embedQuery' ? 'query' : 'texts';
}
