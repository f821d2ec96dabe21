import { unwrap } from '../src/ast/nodes.ts';
import { AST_NODE_TYPES } from '../src/ast/types.ts';
import { createRule } from '../src/create-rule.ts';
import { findIndexing } from '../src/flow/read-path.ts';
import { nameCall } from '../src/flow/words.ts';
import type { LangChainCall } from '../src/langchain/calls.ts';

type MessageIds = 'added' | 'built';
type Options = [];

export default createRule<Options, MessageIds>({
  name: 'no-indexing-in-handler',
  meta: {
    type: 'problem',
    docs: { description: 'disallow embedding and writing documents where an answer is asked for', recommended: 'strict' },
    schema: [],
    messages: {
      added: '`{{call}}()` embeds and writes documents in a {{unit}} that asks for an answer, which waits for it. Do it in a job or a route of its own, or after the response.',
      built: '`{{call}}()` embeds and writes its documents again for every {{unit}} that asks for an answer. Index them once, in a job or a route of its own, and open the store here with `{{instead}}`.',
    },
  },
  create(context, _options, file) {
    if (!/\b(?:add(?:Documents|Vectors)|from(?:Documents|Texts)|index)\b/u.test(context.sourceCode.text)) return {};
    return {
      CallExpression(node) {
        const indexing = findIndexing(file, node);
        if (!indexing) return;
        const { call, handler } = indexing;
        const callee = unwrap(node.callee);
        const isBuilt = call.method.startsWith('from');
        context.report({
          node: callee.type === AST_NODE_TYPES.MemberExpression && !isBuilt ? callee.property : node.callee,
          messageId: isBuilt ? 'built' : 'added',
          data: { call: nameCall(file, node), unit: handler.unit, instead: isBuilt ? getOpener(call) : '' },
        });
      },
    };
  },
});

/** How a store over documents that are there already is made. */
const openers = ['fromExistingIndex', 'fromExistingCollection', 'fromExistingGraph', 'initialize'];

function getOpener({ receiver: { className, entry } }: LangChainCall): string {
  const opener = entry?.type === 'class' ? openers.find((name) => entry.statics.has(name)) : undefined;
  return opener === undefined ? `new ${className}(…)` : `${className}.${opener}()`;
}
