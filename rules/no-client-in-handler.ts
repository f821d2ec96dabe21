import type { TSESTree } from '@typescript-eslint/utils';
import { getModuleStatement, getThisClass } from '../src/ast/ancestors.ts';
import { isInBranch } from '../src/ast/branches.ts';
import type { Call } from '../src/ast/calls.ts';
import { getConstructionLocation } from '../src/ast/locations.ts';
import { wrapped } from '../src/ast/nodes.ts';
import { AST_NODE_TYPES } from '../src/ast/types.ts';
import { type Client, findClientHere, type Harm, type Resource } from '../src/clients/client.ts';
import { findRebuilds, findRebuildsElsewhere, type Rebuild, type RebuildOptions } from '../src/clients/rebuilds.ts';
import { createRule } from '../src/create-rule.ts';
import { hoist } from '../src/fix/hoist/hoist.ts';
import { cacheLazily } from '../src/fix/lazy.ts';
import { offer, type Offered } from '../src/fix/offer.ts';
import type { ExtraHandler } from '../src/handlers/handler.ts';
import { describeEntry, describeFile, nameCall } from '../src/messages.ts';
import type { LangChainFile } from '../src/trace/file.ts';

type MessageIds = 'built' | 'builtElsewhere' | 'cacheLazily' | 'called' | 'moveToModule';
type Options = [{ readonly resources: readonly Resource[]; readonly handlers: readonly ExtraHandler[] }];

/** What was measured when an instance is made per request. */
const consequences: Readonly<Record<Harm, string>> = {
  agent: 'each instance leaves its connections open',
  cache: 'its cache is empty each time',
  connection: 'each one opens a connection, until the server accepts no more',
  derivedLimit: "each has its own queue, so the base's `maxConcurrency` does not apply across them",
  driver: 'each one opens its own connections, until the server accepts no more',
  index: 'the whole index is read from disk each time',
  limit: '`maxConcurrency` applies per instance, so the calls as a whole are not limited',
  model: 'no `maxConcurrency` or cache works across instances',
  pool: 'each one opens its own pool, until the database accepts no more connections',
  poolClient: 'each call checks out a connection and never releases it; once the pool is empty, the next call hangs',
  weights: "each instance loads the model's weights",
};

export default createRule<Options, MessageIds>({
  name: 'no-client-in-handler',
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow rebuilding clients for each request, job, tool call or graph step',
      recommended: true,
      category: 'Clients',
      recommendedOptions: [{ resources: ['pools', 'stores', 'limitedModels'] }],
    },
    hasSuggestions: true,
    schema: [
      {
        type: 'object',
        properties: {
          resources: {
            type: 'array',
            items: { type: 'string', enum: ['pools', 'stores', 'limitedModels', 'models'] },
            uniqueItems: true,
            description: 'What counts as a client.',
          },
          handlers: {
            type: 'array',
            items: {
              anyOf: [
                {
                  type: 'object',
                  properties: {
                    module: { type: 'string', description: 'Package or module.' },
                    name: { type: 'string', description: 'Export; `default` for the default export.' },
                  },
                  required: ['module', 'name'],
                  additionalProperties: false,
                },
                {
                  type: 'object',
                  properties: {
                    decorator: { type: 'string', description: 'Name of a decorator of methods or classes.' },
                  },
                  required: ['decorator'],
                  additionalProperties: false,
                },
              ],
            },
            description: 'Further functions whose function arguments are handlers, and decorators whose methods are.',
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ resources: ['pools', 'stores', 'limitedModels', 'models'], handlers: [] }],
    messages: {
      built: 'A new `{{name}}` is built for every {{unit}}: {{consequence}}. {{advice}}.',
      builtElsewhere:
        '{{caller}} builds a new `{{name}}` (`{{place}}`) for every {{unit}}: {{consequence}}. {{advice}}.',
      called: '`{{name}}()` runs for every {{unit}}: {{consequence}}. {{advice}}.',
      moveToModule: 'Move `{{name}}` to the top of the module.',
      cacheLazily: 'Keep it in `{{name}}` at the top of the module, created when it is first needed.',
    },
  },
  create(context, [options], file) {
    const rebuildOptions: RebuildOptions = {
      extra: options.handlers,
      counts: ({ resource }) => options.resources.includes(resource),
    };
    const reported = new Set<Call>();
    function check(node: Call): void {
      const client = findClientHere(file, node);
      if (!client) return;
      for (const rebuild of findRebuilds(file, client, rebuildOptions)) {
        // A factory that builds several clients is one defect.
        if (reported.has(rebuild.node)) continue;
        reported.add(rebuild.node);
        context.report({
          loc: getConstructionLocation(rebuild.node),
          messageId: rebuild.node.type === AST_NODE_TYPES.NewExpression ? 'built' : 'called',
          data: {
            name: nameCall(file, rebuild.node),
            unit: rebuild.handler.unit,
            consequence: consequences[client.harm],
            advice: getAdvice(rebuild),
          },
          ...offerMove(file, rebuild),
        });
      }
    }
    /** What this file calls or registers, and another one builds. */
    function checkElsewhere(): void {
      for (const { from, rebuild } of findRebuildsElsewhere(file, rebuildOptions)) {
        if (isCall(from) && reported.has(from)) continue;
        if (isCall(from)) reported.add(from);
        context.report({
          loc: isCall(from) ? getConstructionLocation(from) : from.loc,
          messageId: 'builtElsewhere',
          data: {
            caller: describeEntry(file, from),
            name: rebuild.client.name,
            unit: rebuild.handler.unit,
            place: describeFile(file, rebuild.client.node),
            consequence: consequences[rebuild.client.harm],
            advice: getAdvice(rebuild),
          },
        });
      }
    }
    return { CallExpression: check, NewExpression: check, end: checkElsewhere };
  },
});

function isCall(node: TSESTree.Node): node is Call {
  return node.type === AST_NODE_TYPES.CallExpression || node.type === AST_NODE_TYPES.NewExpression;
}

function getAdvice({ client, handler, isStatic, node }: Rebuild): string {
  // Sockets of a Worker belong to the request that opened them.
  if (opensSockets(client) && handler.cloudflare) return 'In a Worker, connect over HTTP or through Hyperdrive';
  if (!isStatic) {
    return client.sharedThrough === null
      ? 'Keep one for each set of options in a `Map` at the top of the module'
      : `Create one at the top of the module and hand it over as \`${client.sharedThrough}\``;
  }
  return getThisClass(node) ? 'Create it once, in the constructor' : 'Create it once, at the top of the module';
}

function opensSockets({ resource, harm }: Client): boolean {
  return (resource === 'pools' || resource === 'stores') && harm !== 'index';
}

function offerMove(file: LangChainFile, { client, handler, isStatic, node }: Rebuild): Offered<MessageIds> {
  if (!isStatic || (opensSockets(client) && handler.cloudflare)) return {};
  const [, ...names] = getNames(client);
  // An `await` at the top of the module would hold up its import, and a failure there would end it.
  const move =
    isInBranch(node) || wrapped(node).parent?.type === AST_NODE_TYPES.AwaitExpression
      ? null
      : hoist(file, node, getModuleStatement(node), names);
  // At the top of the module, a constructor may throw for a key that only one of the branches needs.
  const cache = move || client.harm === 'derivedLimit' ? null : cacheLazily(file, node, getNames(client)[0]);
  return offer<MessageIds>(file, {
    suggestions: [
      move && { messageId: 'moveToModule', data: { name: move.name }, edits: move.edits },
      cache && { messageId: 'cacheLazily', data: { name: cache.name }, edits: cache.edits },
    ],
  });
}

/** What a variable for it is named: in the lazy form, then as a constant, by preference. */
function getNames({ value }: Client): readonly [string, ...string[]] {
  switch (value?.kind) {
    case 'chatModel':
    case 'llm':
      return ['sharedModel', 'model', 'chatModel', 'sharedModel'];
    case 'embeddings':
      return ['sharedEmbeddings', 'embeddings', 'sharedEmbeddings'];
    case 'vectorStore':
      return ['sharedStore', 'vectorStore', 'store', 'sharedStore'];
    case undefined:
      return ['sharedPool', 'pool', 'client', 'sharedPool'];
    default:
      return ['sharedClient', 'client', 'sharedClient'];
  }
}
