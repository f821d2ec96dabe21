import type { TSESTree } from '@typescript-eslint/utils';
import { getModuleStatement } from '../src/ast/ancestors.ts';
import type { Call } from '../src/ast/calls.ts';
import { getConstructionLocation } from '../src/ast/locations.ts';
import { AST_NODE_TYPES } from '../src/ast/types.ts';
import { findRepeatedElsewhere } from '../src/clients/built-in-other-file.ts';
import { type Client, findClientHere } from '../src/clients/client.ts';
import { describeHarm } from '../src/clients/harms.ts';
import { findRebuilds, type Rebuild, type RebuildOptions } from '../src/clients/rebuilds.ts';
import { findClientRepetitions } from '../src/clients/repeated.ts';
import { findRepetitions, isDirectlyIn, type Repetition } from '../src/clients/repetitions.ts';
import { isUselessLimiter } from '../src/clients/useless-limiters.ts';
import { findInvalidLimit } from '../src/config/limit-values.ts';
import { createRule } from '../src/create-rule.ts';
import { hoist } from '../src/fix/hoist/hoist.ts';
import { offer, type Offered } from '../src/fix/offer.ts';
import { findSkippedClose } from '../src/flow/lifetime/closing.ts';
import { isOpened } from '../src/flow/lifetime/opening.ts';
import { findConstructorOption } from '../src/langchain/construction.ts';
import { getTraits } from '../src/langchain/traits.ts';
import {
  describeBuilding,
  describeEntry,
  describeFile,
  describePlace,
  describeRate,
  nameCall,
} from '../src/messages.ts';
import type { LangChainFile } from '../src/trace/file.ts';

type MessageIds = 'again' | 'againElsewhere' | 'called' | 'derived' | 'limiter' | 'move';

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
      again: '`{{name}}` is rebuilt {{when}}. {{consequence}} Build it once, {{place}}.',
      againElsewhere: '{{caller}} {{does}} (`{{file}}`) per item. {{consequence}} Build it once, {{place}}.',
      called: '`{{name}}()` runs {{when}}. {{consequence}} Call it once, {{place}}.',
      derived: '`{{name}}` derives a model {{when}}. {{consequence}} Derive it once, {{place}}.',
      limiter: '`{{name}}` is created {{when}}, sees a single call, and limits nothing. Create it once, {{place}}.',
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
        const rebuild = client && findRebuildToo(file, client, repetition);
        const isInHandler = rebuild !== null;
        const outside = rebuild?.isOfSetUp ? 'outside the handler' : 'at module scope';
        const place = isInHandler ? outside : describePlace(file, repetition);
        context.report({
          loc: getConstructionLocation(repetition.node),
          messageId: client ? getMessageId(client, repetition) : 'limiter',
          data: {
            name: nameCall(file, repetition.node),
            when: describeRate(file, repetition.perItems[0] ?? repetition.perItem),
            place,
            ...(client ? { consequence: describeConsequence(file, client) } : {}),
          },
          ...(rebuild?.isOfSetUp ? {} : offerMove(file, client, repetition, isInHandler)),
        });
      }
    }
    /** Reports a function of another file that builds a client on every call. */
    function checkElsewhere(node: Call): void {
      const again = findRepeatedElsewhere(file, node);
      if (!again) return;
      const { client, repetition } = again;
      context.report({
        loc: getConstructionLocation(repetition.node),
        messageId: 'againElsewhere',
        data: {
          caller: describeEntry(file, repetition.node),
          does: describeBuilding(client.node, client.name),
          file: describeFile(file, client.node),
          consequence: describeConsequence(file, client),
          place: describePlace(file, repetition),
        },
        ...offerCallAbove(file, client, repetition),
      });
    }
    return { CallExpression: check, NewExpression: check };
  },
});

function describeConsequence(file: LangChainFile, client: Client): string {
  const close = findSkippedClose(file.of(client.node), client.node);
  return close === null ? describeHarm(file, client) : `It stays open where \`${close}()\` is skipped.`;
}

function getMessageId({ harm }: Client, { node }: Repetition): MessageIds {
  if (harm === 'derivedLimit') return 'derived';
  return node.type === AST_NODE_TYPES.NewExpression ? 'again' : 'called';
}

/** Names, by kind, for a constant that holds a value without a declaration of its own. */
const names: ReadonlyMap<string, readonly string[]> = new Map([
  ['chatModel', ['model', 'chatModel']],
  ['embeddings', ['embeddings']],
  ['limiter', ['limit', 'limiter']],
  ['llm', ['llm', 'model']],
  ['pool', ['pool', 'client']],
  ['sequence', ['chain']],
  ['vectorStore', ['vectorStore', 'store']],
]);

/** The handlers of all frameworks, and all clients. */
const everything: RebuildOptions = { extra: [], counts: () => true };

/** The handler for which the repeated value would be rebuilt even above the loop. */
function findRebuildToo(file: LangChainFile, client: Client, { node }: Repetition): Rebuild | null {
  return findRebuilds(file, client, everything).find((rebuild) => rebuild.isStatic && rebuild.node === node) ?? null;
}

function offerMove(
  file: LangChainFile,
  client: Client | null,
  repetition: Repetition,
  isInHandler: boolean,
): Offered<MessageIds> {
  const { node, perItems, value } = repetition;
  // `connect()` or `close()` would stay in the loop, and the second pass would fail.
  if (isOpened(file, node) || findSkippedClose(file, node) !== null) return {};
  const kind = client ? (client.value?.kind ?? 'pool') : 'limiter';
  const outermost = isInHandler ? undefined : perItems.at(-1)?.node;
  const above = outermost ?? getModuleStatement(node);
  const move =
    hoist(file, value, above, names.get(kind) ?? ['client']) ?? hoist(file, node, above, names.get(kind) ?? ['client']);
  if (!move) return {};
  return offer(file, {
    rewrite: {
      messageId: 'move',
      data: { name: move.name, place: isInHandler ? 'to module scope' : describePlace(file, repetition) },
      edits: move.edits,
    },
    unless: {
      ...move.unless,
      'it may throw where a key is missing': !client || mayThrow(file, client),
      'it stands in a function of its own': !isDirectlyIn(value, perItems),
      'it is moved out of the handler too': isInHandler,
    },
  });
}

/** Moves the call of another file's factory, which may do more than return the client. */
function offerCallAbove(file: LangChainFile, client: Client, repetition: Repetition): Offered<MessageIds> {
  const { node, perItems, value } = repetition;
  const trace = file.trace(node);
  const above = perItems.at(-1)?.node;
  const isClient = trace.type === 'langchain' && trace.value.node === client.node;
  const move = isClient && above ? hoist(file, value, above, names.get(trace.value.kind) ?? ['client']) : null;
  if (!move) return {};
  const data = { name: move.name, place: describePlace(file, repetition) };
  return offer(file, { suggestions: [{ messageId: 'move', data, edits: move.edits }] });
}

/**
 * Whether a constructor may throw, which above the loop it would do even if there is nothing to iterate over. Unknown
 * classes may.
 */
function mayThrow(file: LangChainFile, { value }: Client): boolean {
  const requires = value ? getTraits(file, value).requires : undefined;
  if (!value || requires === undefined) return true;
  const limit = findConstructorOption(file, value, 'maxConcurrency');
  if (limit.is === 'given' && findInvalidLimit(file, limit.value)?.is === 'throws') return true;
  return requires !== null && !requires.options.some((name) => isCertainlyGiven(file, value, name));
}

function isCertainlyGiven(file: LangChainFile, value: NonNullable<Client['value']>, name: string): boolean {
  const option = findConstructorOption(file, value, name);
  if (option.is !== 'given' || isOptionalParameter(file, option.value)) return false;
  // `process.env.X` and `undefined`; an empty key counts as missing.
  return (
    file.trace(option.value).type !== 'global' &&
    !(option.value.type === AST_NODE_TYPES.Literal && option.value.value === '')
  );
}

function isOptionalParameter(file: LangChainFile, node: TSESTree.Node): boolean {
  const definition = file.scopes.findVariable(node)?.defs[0];
  return (
    definition?.type === 'Parameter' && definition.name.type === AST_NODE_TYPES.Identifier && definition.name.optional
  );
}
