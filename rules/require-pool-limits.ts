import type { TSESTree } from '@typescript-eslint/utils';
import { getConstructionLocation } from '../src/ast/locations.ts';
import { createRule } from '../src/create-rule.ts';
import type { LangChainFile } from '../src/file.ts';
import { appendToCall, setProperty } from '../src/fix/config.ts';
import { offer, type Rewrite } from '../src/fix/offer.ts';
import type { Call } from '../src/flow/call-graph.ts';
import { foldNumber } from '../src/flow/numbers.ts';
import { findPool, type Pool } from '../src/flow/pools.ts';

type MessageIds = 'add' | 'connString' | 'size' | 'wait';
type Options = [];

export default createRule<Options, MessageIds>({
  name: 'require-pool-limits',
  meta: {
    type: 'suggestion',
    docs: { description: 'require a size and a longest wait for connection pools', recommended: 'strict' },
    hasSuggestions: true,
    schema: [],
    messages: {
      wait: '`{{name}}` has no `{{missing}}`: when {{size}} are in use, the next call waits for ever and without an error. Write `{{instead}}`.',
      size: '`{{name}}` has no `{{missing}}`: each process opens up to {{size}}, whether the database has room for them or not. Write `{{instead}}`.',
      connString: '`{{name}}()` opens a pool without limits: when {{size}} are in use, the next call waits for ever and without an error. Write `{{instead}}`.',
      add: 'Add `{{instead}}`.',
    },
  },
  create(context, _options, file) {
    const reported = new Set<TSESTree.Node>();
    function check(node: Call): void {
      const pool = findPool(file, node);
      const problem = pool && findProblem(file, pool);
      if (!problem) return;
      // One options object may be given to several constructions.
      const place = pool.object ?? node;
      if (reported.has(place)) return;
      reported.add(place);
      const { instead, messageId, missing, size } = problem;
      context.report({
        loc: pool.object ? pool.object.loc : getConstructionLocation(node),
        messageId,
        data: { name: pool.name, missing: missing.join('` and no `'), size, instead: instead.join(', ') },
        ...offer<MessageIds>(file, { suggestions: [getRewrite(file, pool, instead)] }),
      });
    }
    return { CallExpression: check, NewExpression: check };
  },
});

interface Problem {
  readonly messageId: 'connString' | 'size' | 'wait';
  readonly missing: readonly string[];
  readonly size: string;
  readonly instead: readonly string[];
}

/** Ten seconds: long for a free connection, short for whoever waits. */
const wait = '10_000';

function findProblem(file: LangChainFile, { options, settings }: Pool): Problem | null {
  const waits = options.defaultWait === Infinity;
  const [sizeName = '', waitName = ''] = [options.size[0], options.wait[0]];
  const instead = [`${sizeName}: ${String(options.defaultSize)}`, ...(waits ? [`${waitName}: ${waitName === 'queueLimit' ? '100' : wait}`] : [])];
  if ('instead' in settings) return { messageId: 'connString', missing: [], size: `all ${String(options.defaultSize)} connections`, instead: [settings.instead(instead.join(', '))] };
  const hasSize = settings.size.is !== 'absent';
  const hasWait = settings.wait.is !== 'absent' || !waits;
  if (hasSize && hasWait) return null;
  const missing = [...(hasSize ? [] : [sizeName]), ...(hasWait ? [] : [waitName])];
  const lacking = instead.filter((each) => missing.some((name) => each.startsWith(`${name}:`)));
  const size = settings.size.is === 'given' ? foldNumber(file, settings.size.value)?.value : hasSize ? undefined : options.defaultSize;
  if (hasWait) return { messageId: 'size', missing, size: `${String(options.defaultSize)} connections`, instead: lacking };
  return { messageId: 'wait', missing, size: size === undefined ? 'all connections' : `all ${String(size)} connections`, instead: lacking };
}

function getRewrite(file: LangChainFile, { isBare, node, object, options, settings }: Pool, instead: readonly string[]): Rewrite<MessageIds> | null {
  if ('instead' in settings) return null;
  const [first = '', ...others] = instead;
  const [name = '', value = ''] = first.split(': ');
  // Behind each other, in one place.
  const added = [value, ...others].join(', ');
  const edits = object ? setProperty(file, object, name, added) : isBare ? appendToCall(file, node, options.argument, `{ ${name}: ${added} }`) : null;
  return edits && { messageId: 'add', data: { instead: instead.join(', ') }, edits };
}
