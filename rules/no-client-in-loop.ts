import type { TSESTree } from '@typescript-eslint/utils';
import { getModuleStatement } from '../src/ast/ancestors.ts';
import { type Call, getMethodName, isArgumentOf } from '../src/ast/calls.ts';
import { getConstructionLocation } from '../src/ast/locations.ts';
import { isFunction } from '../src/ast/nodes.ts';
import { AST_NODE_TYPES } from '../src/ast/types.ts';
import { findBuiltClients } from '../src/clients/built-in-other-file.ts';
import { type Client, findClient, findClientHere, getBaseConstruction, type Harm } from '../src/clients/client.ts';
import { findRecipients } from '../src/clients/recipients.ts';
import { findRepetitions, isDirectlyIn, type Repetition } from '../src/clients/repetitions.ts';
import { isUselessLimiter } from '../src/clients/useless-limiters.ts';
import { createRule } from '../src/create-rule.ts';
import { hoist } from '../src/fix/hoist/hoist.ts';
import { offer, type Offered } from '../src/fix/offer.ts';
import { findOutgoing, mayLeadTo } from '../src/flow/calls/other-file.ts';
import { findPerItemSites } from '../src/flow/calls/per-item.ts';
import { isChangedOrClosed } from '../src/flow/lifetime/closing.ts';
import { findConstructorOption } from '../src/langchain/construction.ts';
import { getTraits } from '../src/langchain/traits.ts';
import { describeFile, describePlace, describeRate, nameCall } from '../src/messages.ts';
import type { LangChainFile } from '../src/trace/file.ts';

type MessageIds = 'again' | 'againElsewhere' | 'derived' | 'limiter' | 'move';

/** What was measured when an instance is made per item. */
const consequences: Readonly<Record<Exclude<Harm, 'derivedLimit'>, string>> = {
  agent: 'Each instance leaves its connections open.',
  cache: 'Each instance has its own cache, so nothing is ever served from it.',
  connection: 'Each one opens a connection that stays open.',
  driver: 'Each one opens a driver whose connections stay open.',
  index: 'The whole index is read again each time.',
  limit: '`maxConcurrency` applies per instance, so the calls as a whole are not limited.',
  model: 'No `maxConcurrency` or cache works across instances.',
  pool: 'Each one opens a pool whose connections stay open.',
  poolClient: 'Each call checks out a connection and never releases it; once the pool is empty, the next call hangs.',
  weights: "Each instance loads the model's weights again.",
};

export default createRule<[], MessageIds>({
  name: 'no-client-in-loop',
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow rebuilding the same client for each item of a loop',
      recommended: true,
      category: 'Clients',
    },
    fixable: 'code',
    hasSuggestions: true,
    schema: [],
    messages: {
      again: '`{{name}}` is built again {{when}}. {{consequence}} Build it once, {{place}}.',
      againElsewhere:
        '`{{name}}()` builds a new `{{client}}` (`{{file}}`) {{when}}. {{consequence}} Build it once, {{place}}.',
      derived:
        "`{{name}}` derives a new model {{when}}. Each has its own queue, so the base's `maxConcurrency` no longer applies across them. Derive it once, {{place}}.",
      limiter:
        'A new `{{name}}` is created {{when}}, and each one sees a single call, so nothing is limited. Create it once, {{place}}.',
      move: 'Move `{{name}}` {{place}}.',
    },
  },
  create(context, _options, file) {
    function check(node: Call): void {
      const client = findClientHere(file, node);
      if (!client && !isUselessLimiter(file, node)) {
        checkElsewhere(node);
        return;
      }
      for (const repetition of client
        ? findClientRepetitions(file, client)
        : findRepetitions(file, node, node.arguments)) {
        context.report({
          loc: getConstructionLocation(repetition.node),
          messageId: client ? (client.harm === 'derivedLimit' ? 'derived' : 'again') : 'limiter',
          data: {
            name: nameCall(file, repetition.node),
            when: describeRate(file, repetition.perItems[0] ?? repetition.perItem),
            place: describePlace(file, repetition),
            ...(client && client.harm !== 'derivedLimit' ? { consequence: consequences[client.harm] } : {}),
          },
          ...offerMove(file, client, repetition),
        });
      }
    }
    /** A function of another file that builds a client each time it is called. */
    function checkElsewhere(node: Call): void {
      const fn =
        file.importsMark('client') && mayLeadTo(file, node, 'client') && findPerItemSites(file, node).length > 0
          ? findOutgoing(file, node, 'client')
          : null;
      if (!fn) return;
      for (const { client, dependsOnArguments, harm } of findBuiltClients(file, node, fn)) {
        const [repetition] = findRepetitions(file, node, dependsOnArguments ? node.arguments : []);
        if (!repetition) continue;
        context.report({
          loc: getConstructionLocation(repetition.node),
          messageId: 'againElsewhere',
          data: {
            name: nameCall(file, repetition.node),
            client: client.name,
            when: describeRate(file, repetition.perItems[0] ?? repetition.perItem),
            file: describeFile(file, client.node),
            consequence: consequences[harm],
            place: describePlace(file, repetition),
          },
        });
        return;
      }
    }
    return { CallExpression: check, NewExpression: check };
  },
});

function findClientRepetitions(file: LangChainFile, client: Client): readonly Repetition[] {
  // One that is changed per item or closed again is not the same each time.
  if (isChangedOrClosed(file, client.node, client.harm === 'index')) return [];
  const repetitions = findRepetitions(file, client.node, getOperands(client));
  // Of constructions within one another the outermost is reported, of a pool and the store on it the store.
  const isReportedElsewhere =
    repetitions.length > 0 &&
    findOuterClients(file, client).some((outer) => findClientRepetitions(file, outer).length > 0);
  return isReportedElsewhere ? [] : repetitions;
}

/** What a client is made of. The documents that a store is filled with are no part of it. */
function getOperands({ decisive, harm, node }: Client): readonly TSESTree.Node[] {
  if (harm === 'derivedLimit') return decisive;
  const factory = getMethodName(node);
  return node.arguments.slice(factory === 'fromDocuments' ? 1 : factory === 'fromTexts' ? 2 : 0);
}

/** The clients that this one is built into; for a derived model, the one that it is derived from. */
function findOuterClients(file: LangChainFile, client: Client): readonly Client[] {
  const base = getBaseConstruction(client);
  const calls = [
    ...findOuterCalls(client.node),
    ...(client.resource === 'pools' ? findRecipients(file, client.node) : []),
    ...(base && isCall(base) ? [base] : []),
  ];
  return calls.flatMap((call) => (call === client.node ? [] : (findClient(file, call) ?? [])));
}

function findOuterCalls(node: Call): readonly Call[] {
  const calls: Call[] = [];
  for (
    let current: TSESTree.Node | undefined = node.parent;
    current && !isFunction(current);
    current = current.parent
  ) {
    if (isCall(current) && isArgumentOf(current, node)) calls.push(current);
  }
  return calls;
}

function isCall(node: TSESTree.Node): node is Call {
  return node.type === AST_NODE_TYPES.CallExpression || node.type === AST_NODE_TYPES.NewExpression;
}

/** What a value becomes that is not declared by itself, by its kind. */
const names: ReadonlyMap<string, readonly string[]> = new Map([
  ['chatModel', ['model', 'chatModel']],
  ['embeddings', ['embeddings']],
  ['limiter', ['limit', 'limiter']],
  ['llm', ['llm', 'model']],
  ['pool', ['pool', 'client']],
  ['sequence', ['chain']],
  ['vectorStore', ['vectorStore', 'store']],
]);

function offerMove(file: LangChainFile, client: Client | null, repetition: Repetition): Offered<MessageIds> {
  const { node, perItems, value } = repetition;
  const kind = client ? (client.value?.kind ?? 'pool') : 'limiter';
  const above = perItems.at(-1)?.node ?? getModuleStatement(node);
  const move =
    hoist(file, value, above, names.get(kind) ?? ['client']) ?? hoist(file, node, above, names.get(kind) ?? ['client']);
  if (!move) return {};
  return offer(file, {
    rewrite: {
      messageId: 'move',
      data: { name: move.name, place: describePlace(file, repetition) },
      edits: move.edits,
    },
    unless: {
      ...move.unless,
      'it may throw where a key is missing': !client || mayThrow(file, client),
      'it stands in a function of its own': !isDirectlyIn(value, perItems),
    },
  });
}

/**
 * Whether a constructor may throw, as far as that is known: above the loop it would also do so when there is nothing to
 * loop over.
 */
function mayThrow(file: LangChainFile, { value }: Client): boolean {
  const requires = value ? getTraits(file, value).requires : undefined;
  if (!value || requires === undefined) return true;
  return requires !== null && !requires.options.some((name) => isCertainlyGiven(file, value, name));
}

function isCertainlyGiven(file: LangChainFile, value: NonNullable<Client['value']>, name: string): boolean {
  const option = findConstructorOption(file, value, name);
  if (option.is !== 'given' || isOptionalParameter(file, option.value)) return false;
  // `process.env.X` and `undefined`; an empty key is a missing one
  return (
    file.trace(option.value).type !== 'global' &&
    !(option.value.type === AST_NODE_TYPES.Literal && option.value.value === '')
  );
}

function isOptionalParameter(file: LangChainFile, node: TSESTree.Node): boolean {
  const definition = node.type === AST_NODE_TYPES.Identifier ? file.scopes.findVariable(node)?.defs[0] : undefined;
  return (
    definition?.type === 'Parameter' && definition.name.type === AST_NODE_TYPES.Identifier && definition.name.optional
  );
}
