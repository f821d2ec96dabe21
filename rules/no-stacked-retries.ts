import type { TSESTree } from '@typescript-eslint/utils';
import { type Call, isMethodCall } from '../src/ast/calls.ts';
import { unwrap } from '../src/ast/nodes.ts';
import { AST_NODE_TYPES } from '../src/ast/types.ts';
import { type Attempts, findModels } from '../src/config/attempts.ts';
import { countRequests, findRetryLayers, isRetried, type RetryLayer } from '../src/config/retries.ts';
import { findTimeouts } from '../src/config/timeouts.ts';
import { createRule } from '../src/create-rule.ts';
import { removeProperty } from '../src/fix/move-option.ts';
import { setConstructorOption } from '../src/fix/objects.ts';
import { offer, type Rewrite } from '../src/fix/offer.ts';
import { isNamedModel } from '../src/langchain/model-class.ts';
import { nameConstruction } from '../src/messages.ts';
import type { LangChainFile } from '../src/trace/file.ts';
import { foldNumber } from '../src/trace/numbers.ts';
import type { LangChainValue } from '../src/trace/value.ts';

type MessageIds = 'drop' | 'fallback' | 'noRetries' | 'removeOption' | 'squared' | 'stacked' | 'stackedTimeout';
type Options = [];

export default createRule<Options, MessageIds>({
  name: 'no-stacked-retries',
  meta: {
    type: 'suggestion',
    docs: {
      description: 'disallow retries around calls that already retry',
      recommended: 'strict',
      category: 'Timeouts and retries',
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      stacked:
        '`{{layer}}`{{between}} and `{{model}}` {{all}} retry: {{outer}} × {{inner}} = {{product}} requests for one failing call. {{advice}}.',
      stackedTimeout:
        '`{{layer}}`{{between}} and `{{model}}` {{all}} retry: {{outer}} × {{inner}} = {{product}} requests, up to {{wait}} plus backoff. {{advice}}.',
      squared:
        '`{{model}}` also passes the `maxRetries` of a call to its SDK: {{outer}} × {{inner}} = {{product}} requests for one failing call. {{advice}}.',
      fallback:
        'The fallback runs only after `{{model}}` has failed {{inner}} times, with more than a minute of backoff in between. Set `maxRetries: 0` on it.',
      noRetries: 'Set `maxRetries: 0` on `{{model}}`.',
      removeOption: 'Remove `maxRetries` from `configuration`.',
      drop: 'Remove `withRetry()`.',
    },
  },
  create(context, _options, file) {
    if (!/retr|withFallbacks|backoff/iu.test(context.sourceCode.text)) return {};
    const reported = new Set<TSESTree.Node>();
    const layers: RetryLayer[] = [];
    const fallbacks: TSESTree.CallExpression[] = [];

    function collect(node: Call): void {
      layers.push(...findRetryLayers(file, node));
      if (isMethodCall(node, 'withFallbacks')) fallbacks.push(node);
    }

    function checkLayer(layer: RetryLayer): void {
      const attempts = layer.models.find(({ model }) => !reported.has(model.node));
      if (!attempts) return;
      for (const { model } of layer.models) reported.add(model.node);
      const data = describe(file, layer, attempts);
      const isOnly = layers.every(
        (other) =>
          other === layer ||
          other.kind === 'call' ||
          other.models.every(({ model }) => model.node !== attempts.model.node),
      );
      context.report({
        node: file.owns(layer.node) ? layer.node : layer.call.callee,
        messageId: layer.kind === 'call' ? 'squared' : data['wait'] === '' ? 'stacked' : 'stackedTimeout',
        data,
        ...offer<MessageIds>(file, { suggestions: findRewrites(file, layer, attempts, isOnly) }),
      });
    }

    function checkFallbacks(node: TSESTree.CallExpression): void {
      const callee = unwrap(node.callee);
      if (callee.type !== AST_NODE_TYPES.MemberExpression) return;
      const primary = file.resolve(callee.object);
      if (primary.is !== 'yes' || isRetried(primary.value)) return;
      const attempts = findModels(file, primary.value).find(
        ({ count, isDefault, isSettable, model }) =>
          count > minimumForFallback && isDefault && isSettable && model.kind !== 'embeddings',
      );
      if (!attempts || reported.has(attempts.model.node)) return;
      reported.add(attempts.model.node);
      context.report({
        node: callee.property,
        messageId: 'fallback',
        data: { model: nameConstruction(file, attempts.model), inner: String(attempts.count) },
        ...offer<MessageIds>(file, { suggestions: [switchOff(file, attempts)] }),
      });
    }

    return {
      CallExpression: collect,
      NewExpression: collect,
      end() {
        for (const layer of sortOutermost(layers)) checkLayer(layer);
        // A model that is retried and has fallbacks is one defect: the retries.
        for (const call of fallbacks) checkFallbacks(call);
      },
    };
  },
});

/** Layers that no other layer encloses come first: they know the whole product. */
function sortOutermost(layers: readonly RetryLayer[]): readonly RetryLayer[] {
  const inner = new Set(layers.flatMap(({ models }) => models.flatMap(({ again }) => again.map(({ node }) => node))));
  const [outermost, others] = [
    layers.filter(({ node }) => !inner.has(node)),
    layers.filter(({ node }) => inner.has(node)),
  ];
  return [...outermost, ...others];
}

/** With fewer attempts the backoff is short: 1, 2, 4 seconds and so on, each up to twice that. */
const minimumForFallback = 6;

function describe(file: LangChainFile, layer: RetryLayer, attempts: Attempts): Readonly<Record<string, string>> {
  const { attempts: outer, name } = layer;
  const { again, count, model } = attempts;
  const product = outer * countRequests(attempts);
  const timeout = findTimeout(file, model.node);
  const inner = [
    ...again.map((each) => ({ name: each.name, count: each.attempts })),
    { name: nameModel(file, model), count },
  ].filter((each) => each.count > 1);
  return {
    layer: name,
    outer: String(outer),
    between: inner
      .slice(0, -1)
      .map((each) => `, \`${each.name}\``)
      .join(''),
    all: inner.length > 1 ? 'all' : 'both',
    inner: inner.map((each) => String(each.count)).join(' × '),
    product: String(product),
    model: inner.at(-1)?.name ?? '',
    wait: timeout === null ? '' : formatTime(product * timeout),
    advice: getAdvice(layer, attempts),
  };
}

/** `ChatOpenAI`, `initChatModel`, `openai:gpt-4o` */
function nameModel(file: LangChainFile, model: LangChainValue): string {
  return isNamedModel(model) ? file.getText(model.node).slice(1, -1) : nameConstruction(file, model);
}

function getAdvice({ kind, name }: RetryLayer, { again, isSettable, model }: Attempts): string {
  if (kind === 'configuration') return 'Remove it, and set `maxRetries` beside `configuration`';
  if (kind === 'call') return 'Set it in the constructor';
  if (again.some(({ attempts }) => attempts > 1)) return 'Keep one of them';
  if (isNamedModel(model)) return `Pass \`new ${model.className}({ maxRetries: 0 })\``;
  if (!isSettable) return `Drop \`${name}\``;
  // The report has already named the middleware, and its name is long.
  return `Set \`maxRetries: 0\` on the model${kind === 'middleware' ? '' : `, or drop \`${name}\``}`;
}

/** The timeout of one attempt, where the code sets it visibly. */
function findTimeout(file: LangChainFile, construction: TSESTree.Node): number | null {
  const [timeout] = findTimeouts(file, construction);
  return timeout?.unit === 'ms' ? (foldNumber(file, timeout.value)?.value ?? null) : null;
}

function formatTime(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 120 ? `${String(seconds)} seconds` : `${String(Math.round(seconds / 60))} minutes`;
}

function findRewrites(
  file: LangChainFile,
  layer: RetryLayer,
  attempts: Attempts,
  isOnly: boolean,
): readonly (Rewrite<MessageIds> | null)[] {
  if (layer.kind === 'call') return [];
  if (layer.kind === 'configuration') return [removeOption(file, layer)];
  return [switchOff(file, attempts), isOnly ? dropRetry(file, layer) : null];
}

function switchOff(file: LangChainFile, { again, isSettable, model }: Attempts): Rewrite<MessageIds> | null {
  const edits =
    isSettable && again.every(({ attempts }) => attempts === 1)
      ? setConstructorOption(file, model, 'maxRetries', '0')
      : null;
  return edits && { messageId: 'noRetries', data: { model: nameConstruction(file, model) }, edits };
}

function removeOption(file: LangChainFile, { node }: RetryLayer): Rewrite<MessageIds> | null {
  const object = node.parent;
  if (node.type !== AST_NODE_TYPES.Property || object?.type !== AST_NODE_TYPES.ObjectExpression || !file.owns(node))
    return null;
  return { messageId: 'removeOption', edits: removeProperty(file, object, node) };
}

/** `model.withRetry({ … })` → `model` */
function dropRetry({ sourceCode }: LangChainFile, { call, kind }: RetryLayer): Rewrite<MessageIds> | null {
  const callee = unwrap(call.callee);
  if (kind !== 'withRetry' || callee.type !== AST_NODE_TYPES.MemberExpression || callee.optional || callee.computed)
    return null;
  const dot = sourceCode.getTokenBefore(callee.property);
  // After the parentheses around the model; `model.withRetry` itself has none.
  const last = dot && sourceCode.getTokenBefore(dot);
  if (!last || sourceCode.getTokenAfter(callee)?.value === ')') return null;
  return { messageId: 'drop', edits: [{ range: [last.range[1], call.range[1]], text: '' }] };
}
