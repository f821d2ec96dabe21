import type { TSESTree } from '@typescript-eslint/utils';
import { type Call, isMethodCall } from '../src/ast/calls.ts';
import { unwrap } from '../src/ast/nodes.ts';
import { AST_NODE_TYPES } from '../src/ast/types.ts';
import { type Attempts, findModels, findRetryLayer, isRetried, type RetryLayer } from '../src/config/retries.ts';
import { findTimeouts } from '../src/config/timeouts.ts';
import { createRule } from '../src/create-rule.ts';
import { removeProperty } from '../src/fix/move-option.ts';
import { setConstructorOption } from '../src/fix/objects.ts';
import { offer, type Rewrite } from '../src/fix/offer.ts';
import { nameConstruction } from '../src/messages.ts';
import type { LangChainFile } from '../src/trace/file.ts';
import { foldNumber } from '../src/trace/numbers.ts';

type MessageIds = 'drop' | 'fallback' | 'noRetries' | 'removeOption' | 'stacked' | 'stackedTimeout';
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
        '`{{layer}}` and `{{model}}` both retry: {{outer}} × {{inner}} = {{product}} requests for one failing call. {{advice}}.',
      stackedTimeout:
        '`{{layer}}` and `{{model}}` both retry: {{outer}} × {{inner}} requests of up to {{timeout}} ms, {{wait}} plus backoff. {{advice}}.',
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
      const layer = findRetryLayer(file, node);
      if (layer) layers.push(layer);
      if (isMethodCall(node, 'withFallbacks')) fallbacks.push(node);
    }

    function checkLayer(layer: RetryLayer): void {
      const attempts = layer.models.find(({ model }) => !reported.has(model.node));
      if (!attempts) return;
      for (const { model } of layer.models) reported.add(model.node);
      const data = describe(file, layer, attempts);
      const isOnly = layers.every(
        (other) => other === layer || other.models.every(({ model }) => model.node !== attempts.model.node),
      );
      context.report({
        node: layer.node,
        messageId: data.timeout === '' ? 'stacked' : 'stackedTimeout',
        data,
        ...offer<MessageIds>(file, {
          suggestions:
            layer.kind === 'configuration'
              ? [removeOption(file, layer)]
              : [switchOff(file, attempts), isOnly ? dropRetry(file, layer) : null],
        }),
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
        for (const layer of layers) checkLayer(layer);
        // A model that is retried and has fallbacks is one defect: the retries.
        for (const call of fallbacks) checkFallbacks(call);
      },
    };
  },
});

/** The pauses of fewer attempts are short: 1, 2, 4 seconds and so on, each up to twice that. */
const minimumForFallback = 6;

function describe(
  file: LangChainFile,
  { attempts: outer, kind, name }: RetryLayer,
  { count, isSettable, model }: Attempts,
): Readonly<Record<string, string>> & { readonly timeout: string } {
  const product = outer * count;
  const timeout = findTimeout(file, model.node);
  return {
    layer: name,
    outer: String(outer),
    inner: String(count),
    product: String(product),
    model: nameConstruction(file, model),
    timeout: timeout === null ? '' : String(timeout),
    wait: timeout === null ? '' : formatTime(product * timeout),
    advice:
      kind === 'configuration'
        ? 'Remove it, and set `maxRetries` beside `configuration`'
        : isSettable
          ? `Set \`maxRetries: 0\` on the model, or drop \`${name}\``
          : `Drop \`${name}\``,
  };
}

/** The timeout of one attempt, when it is set in sight. */
function findTimeout(file: LangChainFile, construction: TSESTree.Node): number | null {
  const [timeout] = findTimeouts(file, construction);
  return timeout?.unit === 'ms' ? (foldNumber(file, timeout.value)?.value ?? null) : null;
}

function formatTime(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 120 ? `${String(seconds)} seconds` : `${String(Math.round(seconds / 60))} minutes`;
}

function switchOff(file: LangChainFile, { isSettable, model }: Attempts): Rewrite<MessageIds> | null {
  const edits = isSettable ? setConstructorOption(file, model, 'maxRetries', '0') : null;
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
  // Behind the parentheses around the model; there are none around `model.withRetry` itself.
  const last = dot && sourceCode.getTokenBefore(dot);
  if (!last || sourceCode.getTokenAfter(callee)?.value === ')') return null;
  return { messageId: 'drop', edits: [{ range: [last.range[1], call.range[1]], text: '' }] };
}
