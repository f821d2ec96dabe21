import type { TSESTree } from '@typescript-eslint/utils';
import { findIneffective } from '../src/config/ineffective.ts';
import type { Cause } from '../src/config/ineffective-setting.ts';
import { getRewrites, type RewriteId } from '../src/config/rewrites.ts';
import { createRule } from '../src/create-rule.ts';
import { offer } from '../src/fix/offer.ts';

type MessageIds = Cause | RewriteId;
type Options = [];

export default createRule<Options, MessageIds>({
  name: 'no-ineffective-config',
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow settings that LangChain ignores where they are written',
      recommended: true,
      category: 'Settings',
    },
    fixable: 'code',
    hasSuggestions: true,
    schema: [],
    messages: {
      agents:
        '`maxConcurrency` of {{subject}} does not limit agents: each agent step creates a new queue. {{instead}}.',
      bound:
        '`maxConcurrency` in `withConfig()` of {{subject}} does not limit `batch()`, which starts all its calls at once. Pass it to `batch()`.',
      cachePolicy:
        '`cachePolicy` has no effect: {{subject}} has no `cache`. Pass it one, such as `cache: new InMemoryCache()`.',
      callRetries:
        '{{subject}} ignores `{{option}}` in the config of a call, and retries as its constructor is set. {{instead}}.',
      callTimeout: '{{subject}} does not end a call at its `{{option}}`: the caller keeps waiting. {{instead}}.',
      fallback:
        "The retry turns a failure into a text answer, so the fallback before it never runs. Write `onFailure: 'error'`.",
      fetch: "Node's `fetch` gives up on {{subject}} after 300 s, before this timeout. {{instead}}.",
      mapReduce:
        '`{{option}}` in the config of {{subject}} limits nothing: the chain starts a call for every document. {{instead}}.',
      misspelled: '{{subject}} has no option `{{option}}`, and ignores it. {{instead}}.',
      signal:
        '`{{option}}` in the constructor of {{subject}} does not cancel calls. Pass it in the config of each call.',
      streamedCache:
        '`cache` of {{subject}} does not apply to streams, and the model is only streamed. Remove it, or use `invoke()`.',
      threadLimit:
        '`threadLimit` counts a single run, as the agent has no `checkpointer`. Pass it one, or write `runLimit`.',
      toolNode: '`{{option}}` in the config of {{subject}} does not stop tools. Set it on the calls inside the tools.',
      ttl: '`ttl` of a `cachePolicy` is in seconds, but this looks like milliseconds. Write `ttl: {{instead}}`.',
      chain:
        '`{{option}}` in the config has no effect on {{subject}}: a chain reads it from the input. Write it there.',
      configurable:
        '`{{key}}` has no effect inside `configurable`. Write `{{instead}}` beside `configurable`, at the top of the config.',
      ignored: '{{subject}} ignores `{{option}}`. {{instead}}.',
      input: '`{{option}}` has no effect in the input of {{subject}}. Pass it in the config, the second argument.',
      laterConfig:
        '`batch()` reads `maxConcurrency` from the first config of the list only, so here it limits nothing. Write it in the first one.',
      oneCall:
        '`{{option}}` in the config of {{subject}} limits nothing: only `batch()` and graphs read it. {{instead}}.',
      perCall:
        '{{subject}} on an `initChatModel()` model drops `maxConcurrency`: concurrent calls each build a model with its own limit. Pass it to `batch()`.',
      pythonKey: '`{{option}}` is the Python spelling and has no effect in LangChain.js. Write `{{instead}}`.',
      pythonMethod:
        '`{{option}}()` exists in Python only, so the call throws. Write {{subject}}, which is asynchronous.',
      retries:
        '`{{option}}: 0` leaves the retries of {{subject}} on: LangChain itself repeats the SDK call. Write `{{instead}}: 0`.',
      streaming:
        '`maxConcurrency` does not limit {{subject}} with `streaming: true`: a call leaves the queue when its stream opens. Remove `streaming`, or use p-limit.',
      move: 'Move it to {{place}}.',
      passToBatch: 'Pass `maxConcurrency` to `batch()`.',
      remove: 'Remove `maxRetries`, which changes nothing here.',
      removeStreaming: 'Remove `streaming: true`.',
      rename: 'Write `{{instead}}`.',
      setOnModel: 'Set `maxConcurrency` on `{{className}}`.',
    },
  },
  create(context, _options, file) {
    if (!mentioned.test(context.sourceCode.text)) return {};
    const reported = new Set<TSESTree.Node>();

    function check(node: TSESTree.CallExpression | TSESTree.NewExpression): void {
      for (const found of findIneffective(file, node)) {
        // One options object may be given to several calls.
        if (reported.has(found.node)) continue;
        reported.add(found.node);
        const { cause, instead, option, subject } = found;
        const key = option.slice(option.lastIndexOf('.') + 1);
        context.report({
          node: found.node,
          messageId: cause,
          data: { instead, key, option, subject },
          ...offer(file, getRewrites(file, found)),
        });
      }
    }
    return { CallExpression: check, NewExpression: check };
  },
});

/** The settings, by the name under which a file that has one of them mentions it. */
const mentioned =
  /concurren|retries|retry|chunk_size|recursion_?limit|run_id|run_name|configurable|callbacks|signal|streamMode|cache|threadLimit|modelRetryMiddleware|time_?out|\b(?:abatch|ainvoke|astream)\b/iu;
