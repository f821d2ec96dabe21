import { expect, onTestFinished } from 'vitest';
import { misspelledOptions } from '../../src/facts/ignored-settings.ts';
import { loadParser, loadPrompt } from './langchain.ts';
import { type Bench, countAttempts, eachSubject, measurePeak, proof, prove, settle } from './prove.ts';
import { createDispatcher, merge } from './subjects.ts';

/** Milliseconds: what is set, and after how long what has not ended did not see it. */
const SET = 120;
const WAIT = 1000;

proof('chain-ends-with-ignoring-model', () =>
  eachSubject(
    ({ honoursCallTimeout }, className) => honoursCallTimeout === false && className.includes('Chat'),
    async ({ line, provider, create }) => {
      provider.treat({ hang: true });
      const model = await create();
      const prompt = await loadPrompt(line, '{question}');
      const chain = prompt.pipe(model);
      const longer = chain.pipe(await loadParser(line));
      const [last, batch, bound, before, retried] = await Promise.all([
        settle(chain.invoke({ question: 'why' }, { timeout: SET }), WAIT),
        settle(model.batch(['why'], { timeout: SET }), WAIT),
        settle(model.withConfig({ timeout: SET }).invoke('why'), WAIT),
        settle(longer.invoke({ question: 'why' }, { timeout: SET }), WAIT),
        settle(model.withRetry().invoke('why', { timeout: SET }), WAIT),
      ]);
      expect([last.is, batch.is, bound.is]).toEqual(['pending', 'pending', 'pending']);
      // Since 1.0 a sequence ends between its steps, and a retry between its attempts and within one.
      if (line === 'v1') expect([before.is, retried.is]).toEqual(['rejected', 'rejected']);
    },
  ),
);

prove('call-timeout-without-retries', 'honoursCallTimeoutOnce', measureOnce);
prove('call-timeout-ignored-without-retries', 'honoursCallTimeoutOnce', measureOnce);

async function measureOnce({ provider, create, call }: Bench): Promise<boolean> {
  const model = await create({ maxRetries: 0 });
  await settle(call(model), 10_000);
  provider.treat({ hang: true });
  return (await settle(call(model, 'hello', { timeout: SET }), WAIT)).is === 'rejected';
}

proof('constructor-signal-ignored', () =>
  eachSubject(
    ({ defaultRetries }) => defaultRetries !== undefined,
    async ({ create, call }) => {
      const signal = AbortSignal.abort();
      const [direct, nested] = await Promise.all([
        settle(call(await create({ signal })), 5000),
        settle(call(await create({ configuration: { signal }, clientOptions: { signal } })), 5000),
      ]);
      expect([direct.is, nested.is]).toEqual(['resolved', 'resolved']);
    },
  ),
);

proof('misspelled-option-ignored', () =>
  eachSubject(
    ({ defaultRetries }) => defaultRetries !== undefined,
    async (bench) => {
      const { create, call, provider } = bench;
      const counts: number[] = [];
      for (const model of [await create(misspell('maxConcurrency', 1)), await create()]) {
        provider.reset();
        provider.treat({ hold: 300 });
        counts.push(await measurePeak(provider, 4, () => call(model)));
      }
      expect(counts[0]).toBe(counts[1]);
      provider.treat({ hang: true });
      expect((await settle(call(await create({ ...misspell('timeout', SET), maxRetries: 0 })), WAIT)).is).toBe(
        'pending',
      );
      // It hurries the clock.
      expect(await countAttempts(bench, misspell('maxRetries', 1))).toBe(await countAttempts(bench, {}));
    },
  ),
);

function misspell(option: string, value: number): Record<string, number> {
  return Object.fromEntries(
    misspelledOptions.filter(({ instead }) => instead === option).map(({ key }) => [key, value]),
  );
}

prove('fetch-ends-without-headers', 'endsWithFetch', measureFetch);
prove('fetch-options-passed-on', 'fetchOptions', measureFetchOptions);

/** undici looks at its timers about once a second. */
const HEADERS = 500;
const PATIENCE = 4000;

/** Whether a call ends when the dispatcher of Node’s `fetch` waits no longer for headers, whatever its timeout is. */
async function measureFetch({ provider, create, call }: Bench): Promise<boolean> {
  const model = await create({ maxRetries: 0, timeout: 3_600_000, clientOptions: { timeout: 3_600_000 } });
  await settle(call(model), 10_000);
  setDispatcher({ headersTimeout: HEADERS });
  provider.treat({ hang: true });
  return (await settle(call(model), PATIENCE)).is === 'rejected';
}

/** Whether a dispatcher at the option does the same for its own model. */
async function measureFetchOptions({ provider, create, call, expected }: Bench<string>): Promise<string | null> {
  const dispatcher = createDispatcher({ headersTimeout: HEADERS });
  const options = expected.split('.').reduceRight<object>((inner, key) => ({ [key]: inner }), { dispatcher });
  const model = await create(merge({ maxRetries: 0, timeout: 3_600_000 }, options as Record<string, unknown>));
  await settle(call(model), 10_000);
  provider.treat({ hang: true });
  return (await settle(call(model), PATIENCE)).is === 'rejected' ? expected : null;
}

const DISPATCHER = Symbol.for('undici.globalDispatcher.1');

function setDispatcher(options: object): void {
  const global = globalThis as { [DISPATCHER]?: unknown };
  const before = global[DISPATCHER];
  global[DISPATCHER] = createDispatcher(options);
  onTestFinished(() => {
    global[DISPATCHER] = before;
  });
}
