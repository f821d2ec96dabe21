import { getConstructionLocation } from '../src/ast/locations.ts';
import { createRule } from '../src/create-rule.ts';
import { setConstructorOption, writeOption } from '../src/fix/config.ts';
import { offer } from '../src/fix/offer.ts';
import type { Call } from '../src/flow/call-graph.ts';
import { findClientHere } from '../src/flow/clients.ts';
import { findWait, type Wait } from '../src/flow/waits.ts';

type MessageIds = 'addTimeout' | 'never' | 'neverAlone' | 'option' | 'retried';
type Options = [];

const INSTEAD = '60_000';

export default createRule<Options, MessageIds>({
  name: 'require-timeout',
  meta: {
    type: 'suggestion',
    docs: { description: 'require a timeout for models', recommended: 'strict' },
    hasSuggestions: true,
    schema: [],
    messages: {
      option: '`{{name}}` has no timeout: an answer that does not come holds its caller for {{wait}}. Write `{{option}}`.',
      retried: '`{{name}}` has no timeout: an answer that does not come holds its caller for {{wait}}, {{attempts}} times over. Write `{{option}}`.',
      never: '`{{name}}` has no timeout, and no option for one: an answer that does not come holds its caller until the server hangs up. Pass `{ timeout: {{instead}} }` to its calls.',
      neverAlone:
        '`{{name}}` has no timeout, and no option for one: an answer that does not come holds its caller until the server hangs up. Pipe it into another step, such as a parser, and pass `{ timeout: {{instead}} }` to the calls of the chain: by itself it ignores that too.',
      addTimeout: 'Add `{{option}}`.',
    },
  },
  create(context, _options, file) {
    function check(node: Call): void {
      const client = findClientHere(file, node);
      const model = client?.harm === 'derivedLimit' || client?.harm === 'weights' ? null : client?.value;
      if (!client || !model || (model.kind !== 'chatModel' && model.kind !== 'llm')) return;
      const wait = findWait(file, model);
      if (!wait) return;
      const { attempts, option } = wait;
      const data = { name: client.name, instead: INSTEAD, wait: `${String(wait.timeout / 60_000)} minutes`, attempts: String(attempts), option: option === null ? '' : writeOption(option, INSTEAD) };
      const edits = option === null ? null : setConstructorOption(file, model, option, INSTEAD);
      context.report({
        loc: getConstructionLocation(node),
        messageId: getMessageId(wait),
        data,
        ...offer<MessageIds>(file, { suggestions: [edits && { messageId: 'addTimeout', data, edits }] }),
      });
    }
    return { CallExpression: check, NewExpression: check };
  },
});

function getMessageId({ attempts, honoursCallTimeout, option }: Wait): MessageIds {
  if (option !== null) return attempts !== null && attempts > 1 ? 'retried' : 'option';
  return honoursCallTimeout === false ? 'neverAlone' : 'never';
}
