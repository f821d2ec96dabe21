import type { TSESTree } from '@typescript-eslint/utils';
import { getEnclosingFunction, getFieldOwner, getModuleStatement, getThisClass } from '../src/ast/ancestors.ts';
import { isInBranch } from '../src/ast/branches.ts';
import { type Call, getMethodName, isCall } from '../src/ast/calls.ts';
import { isConstructor } from '../src/ast/class-members.ts';
import { getConstructionLocation } from '../src/ast/locations.ts';
import { contains, getEnclosingClass, wrapped } from '../src/ast/nodes.ts';
import { AST_NODE_TYPES } from '../src/ast/types.ts';
import { findRepeatedElsewhere } from '../src/clients/built-in-other-file.ts';
import { type Client, findClientHere, type Resource } from '../src/clients/client.ts';
import { describeHarm } from '../src/clients/harms.ts';
import { findRebuilds, findRebuildsElsewhere, type Rebuild, type RebuildOptions } from '../src/clients/rebuilds.ts';
import { findClientRepetitions } from '../src/clients/repeated.ts';
import { createRule } from '../src/create-rule.ts';
import { vectorStoreMethods } from '../src/facts/methods.ts';
import { hoist } from '../src/fix/hoist/hoist.ts';
import { cacheLazily, isPromised } from '../src/fix/lazy.ts';
import { offer, type Offered } from '../src/fix/offer.ts';
import { findUnsureClose } from '../src/flow/lifetime/closing.ts';
import { isOpened } from '../src/flow/lifetime/opening.ts';
import { getWholeValue } from '../src/flow/lifetime/whole.ts';
import type { ExtraHandler, Handler } from '../src/handlers/handler.ts';
import { getTraits } from '../src/langchain/traits.ts';
import { describeBuilding, describeEntry, describeFile, nameCall } from '../src/messages.ts';
import type { LangChainFile } from '../src/trace/file.ts';
import { isAnywhere } from '../src/trace/nodes.ts';
import { getBase, type LangChainValue } from '../src/trace/value.ts';

type MessageIds = 'built' | 'builtElsewhere' | 'cacheLazily' | 'cachePromise' | 'called' | 'moveToModule';
type Options = [{ readonly resources: readonly Resource[]; readonly handlers: readonly ExtraHandler[] }];

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
            description:
              'Additional functions that take handlers as arguments, and decorators whose methods are handlers.',
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ resources: ['pools', 'stores', 'limitedModels', 'models'], handlers: [] }],
    messages: {
      built: '`{{name}}` is rebuilt for every {{unit}}. {{consequence}} {{advice}}.',
      builtElsewhere: '{{caller}} {{does}} (`{{place}}`) per {{unit}}. {{consequence}} {{advice}}.',
      called: '`{{name}}()` runs for every {{unit}}. {{consequence}} {{advice}}.',
      moveToModule: 'Move `{{name}}` to the top of the module.',
      cacheLazily: 'Keep it in `{{name}}` at the top of the module, created on first use.',
      cachePromise: 'Keep its promise in `{{name}}` at the top of the module, and retry after a failure.',
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
      // no-client-in-loop reports those in a loop.
      if (!client || findClientRepetitions(file, client).length > 0) return;
      for (const rebuild of findRebuilds(file, client, rebuildOptions)) {
        // A factory that builds several clients is one defect, and all its calls are one too.
        if (reported.has(rebuild.node)) break;
        reported.add(rebuild.node);
        context.report({
          loc: getConstructionLocation(rebuild.node),
          messageId: rebuild.node.type === AST_NODE_TYPES.NewExpression ? 'built' : 'called',
          data: {
            name: nameCall(file, rebuild.node),
            unit: rebuild.handler.unit,
            consequence: describeConsequence(file, rebuild),
            advice: getAdvice(file, rebuild),
          },
          ...offerMove(file, rebuild),
        });
        if (rebuild.node !== client.node) break;
      }
    }
    /** Calls and registered handlers of this file for which another file builds a client. */
    function checkElsewhere(): void {
      for (const { from, rebuild } of findRebuildsElsewhere(file, rebuildOptions)) {
        const { client } = rebuild;
        // One factory is one defect, however many handlers call it; no-client-in-loop reports what a loop calls.
        if (reported.has(client.node) || (isCall(from) && (reported.has(from) || findRepeatedElsewhere(file, from))))
          continue;
        reported.add(client.node);
        if (isCall(from)) reported.add(from);
        context.report({
          loc: isCall(from) ? getConstructionLocation(from) : from.loc,
          messageId: 'builtElsewhere',
          data: {
            caller: describeEntry(file, from),
            does: describeBuilding(client.node, client.name),
            unit: rebuild.handler.unit,
            place: describeFile(file, client.node),
            consequence: describeConsequence(file, rebuild),
            advice: getAdvice(file, rebuild, 'at module scope'),
          },
          ...(isCall(from) ? offerMoveOfCall(file, rebuild, from) : {}),
        });
      }
    }
    return { CallExpression: check, NewExpression: check, end: checkElsewhere };
  },
});

function describeConsequence(file: LangChainFile, { client }: Rebuild): string {
  const close = findUnsureClose(file.of(client.node), client.node);
  return close === null ? describeHarm(file, client) : `It stays open if anything before \`${close}()\` fails.`;
}

/** @param elsewhere Where a client of another file belongs. */
function getAdvice(
  file: LangChainFile,
  { client, handler, isOfSetUp, isStatic, node }: Rebuild,
  elsewhere: string | null = null,
): string {
  // A sandbox that ran one user's code must not serve the next user.
  if (client.harm === 'sandbox') return 'Close it in `finally`';
  // Sockets of a Worker belong to the request that opened them.
  if (opensSockets(client) && handler.cloudflare) return 'In a Worker, connect over HTTP or through Hyperdrive';
  if (!isStatic && client.harm === 'index') return 'Load it once, and keep it';
  if (!isStatic) return getAdviceForVaried(client);
  if (findUnsureClose(file.of(client.node), client.node) !== null) return 'Close it in `finally`, or share one';
  const isPromise = isPromised(file, client.node);
  if (isOfSetUp) return isPromise ? 'Keep its promise outside the handler' : 'Create it once, outside the handler';
  // The environment of a Worker may be empty before its first request.
  if (handler.cloudflare) return isPromise ? 'Keep its promise in a module variable' : 'Keep it in a module variable';
  const instance = findInstance(node, handler);
  if (instance) return `Create ${instance} once, at module scope`;
  if (getThisClass(node)) return getAdviceForClass(handler, isPromise);
  // Next.js reloads modules in development.
  const inNext = handler.framework === 'Next.js' && opensSockets(client);
  const place = elsewhere ?? (inNext ? 'at module scope or on `globalThis`' : 'at module scope');
  return isPromise ? `Keep its promise ${place}` : `Create it once, ${place}`;
}

/** The client's options, or the documents that it is filled with, differ from request to request. */
function getAdviceForVaried({ node, sharedThrough }: Client): string {
  if (sharedThrough !== null) return `Pass a shared \`${sharedThrough}\``;
  return vectorStoreMethods.get(getMethodName(node) ?? '')?.does === 'writes'
    ? 'Keep one store, and call its `addDocuments()`'
    : 'Keep one per set of options in a `Map`';
}

/** For what a constructor or field builds, the instance that the handler creates, as a message names it. */
function findInstance(node: TSESTree.Node, { node: handler }: Handler): string | null {
  const fn = getEnclosingFunction(node);
  const owner = getFieldOwner(node) ?? (fn && isConstructor(fn) ? getEnclosingClass(fn) : null);
  if (!owner || owner === getEnclosingClass(handler)) return null;
  return owner.id ? `the \`${owner.id.name}\`` : 'the instance';
}

/** A constructor cannot await, and that of a request-scoped class runs once per request. */
function getAdviceForClass({ framework, requestScopedThis }: Rebuild['handler'], isPromised: boolean): string {
  if (framework !== 'NestJS') return isPromised ? 'Keep its promise in a field' : 'Create it in the constructor';
  if (requestScopedThis) return 'Inject it from a provider with the default scope';
  return isPromised ? 'Create it in `onModuleInit`' : 'Create it in the constructor';
}

function opensSockets({ resource, harm }: Client): boolean {
  return (resource === 'pools' || resource === 'stores') && !['file', 'http', 'index'].includes(harm);
}

function offerMove(file: LangChainFile, rebuild: Rebuild): Offered<MessageIds> {
  const { client, node } = rebuild;
  const isDerived = isDerivedAgain(file, client, node);
  return offerPlaces(file, rebuild, {
    node,
    whole: isDerived ? getWholeValue(file, node) : node,
    isPromised: isPromised(file, client.node),
    mayBeKept: !isDerived && client.harm !== 'derivedLimit',
    names: getNames(client.value?.kind),
  });
}

/** Moves the call of another file's function that returns the client, or something made of it alone. */
function offerMoveOfCall(file: LangChainFile, rebuild: Rebuild, call: Call): Offered<MessageIds> {
  const made = file.trace(call);
  if (made.type !== 'langchain' || !isSharedKind(made.value, rebuild.client) || usesLocal(file, call)) return {};
  return offerPlaces(file, rebuild, {
    node: call,
    whole: call,
    isPromised: made.promised,
    mayBeKept: true,
    names: getNames(made.value.kind),
  });
}

/** Whether a value is safe to share: a client, not an object that keeps state about its callers. */
function isSharedKind(value: LangChainValue, { node }: Client): boolean {
  return getBase(value).node === node || ['chatModel', 'embeddings', 'llm', 'vectorStore'].includes(value.kind);
}

/** Whether a call uses names that are local to a function. */
function usesLocal(file: LangChainFile, call: Call): boolean {
  const statement = getModuleStatement(call);
  return isAnywhere(file, call, (node) => {
    if (node.type === AST_NODE_TYPES.ThisExpression) return true;
    const variable = node.type === AST_NODE_TYPES.Identifier ? file.scopes.findReference(node)?.resolved : null;
    return Boolean(variable && contains(statement, variable.scope.block));
  });
}

interface Movable {
  readonly node: Call;
  /** The expression that becomes a constant of the module. */
  readonly whole: TSESTree.Node;
  readonly isPromised: boolean;
  /** Whether a module variable, set on first use, may keep it. */
  readonly mayBeKept: boolean;
  readonly names: readonly [string, ...string[]];
}

function offerPlaces(
  file: LangChainFile,
  { client, handler, isOfSetUp, isStatic }: Rebuild,
  { isPromised, mayBeKept, names: [name, ...names], node, whole }: Movable,
): Offered<MessageIds> {
  const isClosed = findUnsureClose(file.of(client.node), client.node) !== null;
  // What it depends on is out of reach at the top of the module.
  if (!isStatic || isOfSetUp || (opensSockets(client) && handler.cloudflare) || isClosed || client.harm === 'sandbox')
    return {};
  // `connect()` would stay in the handler, and fail from the second request on.
  if (isOpened(file.of(client.node), client.node) || isOpened(file, node)) return {};
  // An `await` at the top of the module would delay every import of it, and a failure there would end the process.
  const move =
    isInBranch(node) || isPromised || handler.cloudflare ? null : hoist(file, whole, getModuleStatement(node), names);
  // At the top of the module, a constructor may throw for a missing key that only one of the branches needs.
  const cache = move || !mayBeKept ? null : cacheLazily(file, node, isPromised ? 'opening' : name);
  return offer<MessageIds>(file, {
    suggestions: [
      move && { messageId: 'moveToModule', data: { name: move.name }, edits: move.edits },
      cache && {
        messageId: isPromised ? 'cachePromise' : 'cacheLazily',
        data: { name: cache.name },
        edits: cache.edits,
      },
    ],
  });
}

/**
 * `new ChatOpenAI({ maxConcurrency: 2 }).bindTools(tools)`: sharing the model alone would still derive one per request.
 */
function isDerivedAgain(file: LangChainFile, { harm, value }: Client, node: Call): boolean {
  return (
    harm === 'limit' &&
    value !== null &&
    getTraits(file, value).derivedQueue === 'own' &&
    getWholeValue(file, node) !== wrapped(node)
  );
}

/** Names for the variable, by preference: in the lazy form, and as a constant. */
function getNames(kind: LangChainValue['kind'] | undefined): readonly [string, ...string[]] {
  switch (kind) {
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
