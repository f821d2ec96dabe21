import { describe, expect, it } from 'vitest';
import { AST_NODE_TYPES } from '../../../src/ast/types.ts';
import type { ExportName } from '../../../src/facts/packages/limiters.ts';
import { findLimiterOfCall, findMapper } from '../../../src/flow/calls/limiters.ts';
import { code } from '../../helpers/code.ts';
import { findMarked, parseFile } from '../../helpers/file.ts';

const IMPORT = "import { ChatOpenAI } from '@langchain/openai';\n";

/** Whether the call in `$(…)` goes through a limiter: `limits`, `open` for one without a limit, `none`. */
function limiterOf(text: string, extra: readonly ExportName[] = []): string {
  const file = parseFile(IMPORT + text);
  const [call] = findMarked(file);
  if (call?.type !== AST_NODE_TYPES.CallExpression) throw new Error('No call is marked.');
  const limiter = findLimiterOfCall(file, call, extra);
  return limiter ? (limiter.limits ? 'limits' : 'open') : 'none';
}

/** How the call in `$(…)` maps, over what: `5 of xs`, `open of xs`, `series of xs`, `none`. */
function mapperOf(text: string): string {
  const file = parseFile(IMPORT + text);
  const [call] = findMarked(file);
  if (call?.type !== AST_NODE_TYPES.CallExpression) throw new Error('No call is marked.');
  const mapper = findMapper(file, call);
  if (!mapper) return 'none';
  const how = mapper.sequential ? 'series' : mapper.limits ? 'limited' : 'open';
  return `${how} of ${mapper.list ? file.sourceCode.getText(mapper.list) : '?'}`;
}

describe('limiters that calls go through', () => {
  it.each([
    ["import pLimit from 'p-limit'; const limit = pLimit(5); $(limit(() => 1));", 'limits'],
    ["import pLimit from 'p-limit'; const limit = pLimit(n); $(limit(run, x));", 'limits'],
    [
      code`
        import pLimit from 'p-limit';
        const limit = pLimit({ concurrency: 5 });
        $(limit(() => 1));
      `,
      'limits',
    ],
    ["import pLimit from 'p-limit'; const limit = pLimit(Infinity); $(limit(() => 1));", 'open'],
    [
      code`
        import pLimit from 'p-limit';
        const NONE = Number.POSITIVE_INFINITY;
        const limit = pLimit(NONE);
        $(limit(() => 1));
      `,
      'open',
    ],
    [
      code`
        import pLimit from 'p-limit';
        const limit = pLimit({ concurrency: Number.MAX_SAFE_INTEGER });
        $(limit(() => 1));
      `,
      'open',
    ],
    [
      code`
        import makeLimit from 'p-limit';
        const limit = makeLimit(5);
        $(limit.map(xs, run));
      `,
      'limits',
    ],
    ["const limit = require('p-limit')(5); $(limit(() => 1));", 'limits'],
    [
      code`
        const { default: pLimit } = await import('p-limit');
        const limit = pLimit(5);
        $(limit(() => 1));
      `,
      'limits',
    ],
    [
      code`
        import { PQueue } from 'p-queue';
        const queue = new PQueue({ concurrency: 2 });
        $(queue.add(() => 1));
      `,
      'limits',
    ],
    [
      code`
        import PQueue from 'p-queue';
        const queue = new PQueue({ intervalCap: 5, interval: 1000 });
        $(queue.add(() => 1));
      `,
      'limits',
    ],
    [
      code`
        import PQueue from 'p-queue';
        const queue = new PQueue(options);
        $(queue.add(() => 1));
      `,
      'limits',
    ],
    [
      code`
        import PQueue from 'p-queue';
        const queue = new PQueue({ ...options });
        $(queue.add(() => 1));
      `,
      'limits',
    ],
    ["import PQueue from 'p-queue'; const queue = new PQueue(); $(queue.add(() => 1));", 'open'],
    [
      code`
        import PQueue from 'p-queue';
        const queue = new PQueue({ timeout: 1000 });
        $(queue.add(() => 1));
      `,
      'open',
    ],
    [
      code`
        import PQueue from 'p-queue';
        const queue = new PQueue({ concurrency: undefined });
        $(queue.add(() => 1));
      `,
      'open',
    ],
    [
      code`
        import PQueue from 'p-queue';
        class A { queue = new PQueue({ concurrency: 2 }); go() { $(this.queue.add(() => 1)); } }
      `,
      'limits',
    ],
    [
      code`
        import type PQueue from 'p-queue';
        class A { constructor(private queue: PQueue) {} go() { $(this.queue.add(() => 1)); } }
      `,
      'limits',
    ],
    [
      code`
        import pThrottle from 'p-throttle';
        $(pThrottle({ limit: 2, interval: 1000 })(run));
      `,
      'limits',
    ],
    [
      code`
        import Bottleneck from 'bottleneck';
        const limiter = new Bottleneck({ maxConcurrent: 5 });
        $(limiter.schedule(() => 1));
      `,
      'limits',
    ],
    [
      code`
        import Bottleneck from 'bottleneck';
        const limiter = new Bottleneck({ minTime: 100 });
        $(limiter.wrap(run));
      `,
      'limits',
    ],
    [
      code`
        import Bottleneck from 'bottleneck';
        const limiter = new Bottleneck();
        $(limiter.schedule(() => 1));
      `,
      'open',
    ],
    [
      code`
        import Bottleneck from 'bottleneck';
        const group = new Bottleneck.Group({ maxConcurrent: 1 });
        $(group.key('a').schedule(() => 1));
      `,
      'limits',
    ],
    [
      code`
        import { Semaphore } from 'async-mutex';
        const s = new Semaphore(5);
        $(s.runExclusive(() => 1));
      `,
      'limits',
    ],
    [
      code`
        import { Mutex, withTimeout } from 'async-mutex';
        const m = withTimeout(new Mutex(), 100);
        $(m.runExclusive(() => 1));
      `,
      'limits',
    ],
    [
      code`
        import { Sema } from 'async-sema';
        const s = new Sema(4, { capacity: 100 });
        $(s.acquire());
      `,
      'limits',
    ],
    [
      code`
        import { Semaphore } from 'await-semaphore';
        const s = new Semaphore(4);
        $(s.use(() => 1));
      `,
      'limits',
    ],
    [
      code`
        import { bulkhead } from 'cockatiel';
        const b = bulkhead(5);
        $(b.execute(() => 1));
      `,
      'limits',
    ],
    [
      code`
        import { AsyncCaller } from '@langchain/core/utils/async_caller';
        const c = new AsyncCaller({ maxConcurrency: 5 });
        $(c.call(run));
      `,
      'limits',
    ],
    [
      code`
        import { AsyncCaller } from '@langchain/core/utils/async_caller';
        const c = new AsyncCaller({});
        $(c.call(run));
      `,
      'open',
    ],
    // What only follows a limited call is not limited.
    [
      code`
        import pLimit from 'p-limit';
        const limit = pLimit(5);
        $(limit(() => 1).then(() => 2));
      `,
      'none',
    ],
    // The name alone is nothing.
    ['const limit = pLimit(5); $(limit(() => 1));', 'none'],
    ["import pLimit from './p-limit'; const limit = pLimit(5); $(limit(() => 1));", 'none'],
    [
      code`
        import { Semaphore } from './semaphore';
        const semaphore = new Semaphore(5);
        $(semaphore.runExclusive(() => 1));
      `,
      'none',
    ],
    ["import pRetry from 'p-retry'; $(pRetry(() => 1));", 'none'],
  ])('%s: %s', (text, expected) => {
    expect(limiterOf(text)).toBe(expected);
  });

  it('takes what the configuration names, and its members', () => {
    const extra = [{ module: '@acme/limits', name: 'slots' }];
    expect(limiterOf("import { slots } from '@acme/limits'; $(slots(() => 1));", extra)).toBe('limits');
    expect(limiterOf("import { slots } from '@acme/limits'; $(slots.acquire());", extra)).toBe('limits');
    expect(
      limiterOf(
        code`
          import { slots } from '@acme/limits';
          const own = slots(5);
          $(own(() => 1));
        `,
        extra,
      ),
    ).toBe('limits');
    expect(limiterOf("import { slots } from '@acme/limits';\n$(slots(() => 1));")).toBe('none');
    expect(limiterOf("import { other } from '@acme/limits'; $(other(() => 1));", extra)).toBe('none');
    expect(limiterOf("import { slots } from './limits'; $(slots(() => 1));", extra)).toBe('none');
  });
});

describe('functions that map', () => {
  it.each([
    ["import pMap from 'p-map'; $(pMap(xs, run, { concurrency: 5 }));", 'limited of xs'],
    ["import pMap from 'p-map'; $(pMap(xs, run, options));", 'limited of xs'],
    ["import pMap from 'p-map'; $(pMap(xs, run));", 'open of xs'],
    ["import pMap from 'p-map'; $(pMap(xs, run, { stopOnError: true }));", 'open of xs'],
    ["import pMap from 'p-map'; $(pMap(xs, run, { concurrency: Infinity }));", 'open of xs'],
    ["import pMap from 'p-map'; $(pMap(...args));", 'limited of ?'],
    ["import { pMapIterable } from 'p-map'; $(pMapIterable(xs, run));", 'open of xs'],
    ["import pAll from 'p-all'; $(pAll(tasks));", 'open of tasks'],
    ["import pAll from 'p-all'; $(pAll(tasks, { concurrency: 2 }));", 'limited of tasks'],
    ["import pMapSeries from 'p-map-series'; $(pMapSeries(xs, run));", 'series of xs'],
    ["import async from 'async'; $(async.map(xs, run));", 'open of xs'],
    ["import { eachLimit } from 'async'; $(eachLimit(xs, 5, run));", 'limited of xs'],
    ["import { eachLimit } from 'async'; $(eachLimit(xs, Infinity, run));", 'open of xs'],
    ["import mapSeries from 'async/mapSeries'; $(mapSeries(xs, run));", 'series of xs'],
    ["import * as async from 'async'; $(async.parallelLimit(tasks, 5));", 'limited of tasks'],
    ["import Bluebird from 'bluebird'; $(Bluebird.map(xs, run));", 'open of xs'],
    [
      code`
        import * as Bluebird from 'bluebird';
        $(Bluebird.map(xs, run, { concurrency: 2 }));
      `,
      'limited of xs',
    ],
    ["import Bluebird from 'bluebird'; $(Bluebird.each(xs, run));", 'series of xs'],
    ["import { mergeMap } from 'rxjs'; $(mergeMap(run, 5));", 'limited of ?'],
    ["import { mergeMap } from 'rxjs/operators'; $(mergeMap(run, undefined, 5));", 'limited of ?'],
    ["import { mergeMap } from 'rxjs'; $(mergeMap(run, undefined));", 'open of ?'],
    ["import { concatMap } from 'rxjs'; $(concatMap(run));", 'series of ?'],
    ["import { parallel } from 'radash'; $(parallel(3, xs, run));", 'limited of xs'],
    ["import pMap from './p-map'; $(pMap(xs, run));", 'none'],
    ['$(pMap(xs, run));', 'none'],
    ['$(xs.map(run));', 'none'],
  ])('%s: %s', (text, expected) => {
    expect(mapperOf(text)).toBe(expected);
  });
});
