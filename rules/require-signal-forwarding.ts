import { unwrap } from '../src/ast/nodes.ts';
import { AST_NODE_TYPES } from '../src/ast/types.ts';
import { createRule } from '../src/create-rule.ts';
import type { LangChainFile } from '../src/file.ts';
import { addToArgument } from '../src/fix/config.ts';
import { offer, type Rewrite } from '../src/fix/offer.ts';
import { isBackgroundWork } from '../src/flow/background.ts';
import { getOwnCalls } from '../src/flow/call-graph.ts';
import { getHandlers } from '../src/flow/handlers/index.ts';
import { findRequestSignal, isInScope, lacksSignal, type RequestSignal } from '../src/flow/signals.ts';
import { quote } from '../src/flow/words.ts';
import { findCall, type LangChainCall } from '../src/langchain/calls.ts';
import { isClassicChain } from '../src/langchain/ineffective.ts';

type MessageIds = 'add' | 'input' | 'missing';
type Options = [];

export default createRule<Options, MessageIds>({
  name: 'require-signal-forwarding',
  meta: {
    type: 'suggestion',
    docs: { description: 'require that handlers pass the signal of their request on to the model', recommended: 'strict' },
    hasSuggestions: true,
    schema: [],
    messages: {
      missing: '`{{call}}()` does not get `{{signal}}`: when nobody waits for the answer any more, it runs on to the end and is paid for. Pass `{ signal: {{signal}} }` as its config.',
      input: '`{{call}}()` does not get `{{signal}}`: when nobody waits for the answer any more, it runs on to the end and is paid for. Pass `signal: {{signal}}` in its input, where chains of this kind read it.',
      add: 'Pass `{{signal}}` on.',
    },
  },
  create(context, _options, file) {
    if (!/signal|AbortController/u.test(context.sourceCode.text)) return {};
    return {
      end() {
        for (const { blockingOnly, node: handler } of getHandlers(file).values()) {
          const signal = blockingOnly || !file.owns(handler) ? null : findRequestSignal(file, handler);
          if (!signal) continue;
          for (const node of getOwnCalls(file, handler)) {
            const call = findCall(file, node);
            const callee = unwrap(node.callee);
            if (!call || !lacksSignal(file, call) || isBackgroundWork(file, node) || callee.type !== AST_NODE_TYPES.MemberExpression) continue;
            context.report({
              node: callee.property,
              messageId: isClassicChain(call.receiver) ? 'input' : 'missing',
              data: { call: `${quote(file, call.receiverNode)}.${call.written}`, signal: signal.text },
              ...offer<MessageIds>(file, { suggestions: [getRewrite(file, call, signal)] }),
            });
          }
        }
      },
    };
  },
});

function getRewrite(file: LangChainFile, { node, receiver }: LangChainCall, signal: RequestSignal): Rewrite<MessageIds> | null {
  if (isClassicChain(receiver) || !isInScope(signal, node)) return null;
  const edits = addToArgument(file, node, 1, 'signal', signal.text);
  return edits && { messageId: 'add', data: { signal: signal.text }, edits };
}
