import { getConstructionLocation } from '../src/ast/locations.ts';
import { createRule } from '../src/create-rule.ts';
import { setConstructorOption } from '../src/fix/config.ts';
import { offer } from '../src/fix/offer.ts';
import type { Call } from '../src/flow/call-graph.ts';
import { findClientHere } from '../src/flow/clients.ts';
import { findSharingHandler } from '../src/flow/shared-models.ts';
import { findConstructorOption } from '../src/langchain/options.ts';
import { getTraits } from '../src/langchain/traits.ts';

type MessageIds = 'add' | 'unlimited';
type Options = [{ readonly maxConcurrency: number }];

export default createRule<Options, MessageIds>({
  name: 'require-client-limit',
  meta: {
    type: 'suggestion',
    docs: { description: 'require `maxConcurrency` on models that all requests share', recommended: 'strict' },
    hasSuggestions: true,
    schema: [
      {
        type: 'object',
        properties: { maxConcurrency: { type: 'integer', minimum: 1, description: 'The limit that suggestions write.' } },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ maxConcurrency: 10 }],
    messages: {
      unlimited: 'Every {{unit}} calls this `{{name}}`, and nothing limits how many of these calls are in flight together. Add `maxConcurrency: {{limit}}`: what comes on top then waits in its queue.',
      add: 'Add `maxConcurrency: {{limit}}`.',
    },
  },
  create(context, [options], file) {
    const limit = String(options.maxConcurrency);
    function check(node: Call): void {
      const client = findClientHere(file, node);
      const model = client?.resource === 'models' || client?.resource === 'limitedModels' ? client.value : null;
      if (!client || !model || client.harm === 'derivedLimit' || (model.kind !== 'chatModel' && model.kind !== 'llm')) return;
      // A class that ignores the option needs another limit, which only the code around it can set.
      if (getTraits(file, model).honoursMaxConcurrency !== true || findConstructorOption(file, model, 'maxConcurrency').is !== 'absent') return;
      const handler = findSharingHandler(file, node);
      if (!handler) return;
      const edits = setConstructorOption(file, model, 'maxConcurrency', limit);
      context.report({
        loc: getConstructionLocation(node),
        messageId: 'unlimited',
        data: { name: client.name, unit: handler.unit, limit },
        ...offer<MessageIds>(file, { suggestions: [edits && { messageId: 'add', data: { limit }, edits }] }),
      });
    }
    return { CallExpression: check, NewExpression: check };
  },
});
