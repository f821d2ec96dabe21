import type { TimeoutOption } from '../../src/facts/traits.ts';
import { type Bench, countAttempts, measurePeak, prove, settle } from './prove.ts';
import { at, createBedrockClient } from './subjects.ts';

/** Milliseconds: what is set, and after how long what has not ended did not see it. In seconds it would be minutes. */
const SET = 120;
const WAIT = 1000;

const CANDIDATES = [
  'timeout',
  'configuration.timeout',
  'clientOptions.timeout',
  'options.timeout',
  'streamIdleTimeout',
  'clientOptions.requestHandler.requestTimeout',
  'client.requestHandler.requestTimeout',
];

prove('timeout-openai', 'timeouts', measureTimeouts, { concurrent: true });
prove('timeout-anthropic', 'timeouts', measureTimeouts, { concurrent: true });
prove('timeout-groq', 'timeouts', measureTimeouts, { concurrent: true });
prove('timeout-cerebras', 'timeouts', measureTimeouts, { concurrent: true });
prove('timeout-bedrock', 'timeouts', measureTimeouts, { concurrent: true });
prove('timeout-web-loaders', 'timeouts', measureTimeouts, { concurrent: true });
prove('timeout-remote-runnable', 'timeouts', measureTimeouts, { concurrent: true });

/** Of all places where a timeout could stand, those that end a call while the provider hangs. */
async function measureTimeouts(bench: Bench<readonly TimeoutOption[]>): Promise<readonly TimeoutOption[]> {
  const { className, provider, expected, create, input } = bench;
  const found: TimeoutOption[] = [];
  await warmUp(bench);
  provider.treat({ hang: true });
  await Promise.all(
    CANDIDATES.filter((option) => !option.startsWith('client.') || className === 'ChatBedrockConverse').map(
      async (option) => {
        if (await endsCall(bench, option)) found.push({ option, unit: 'ms', ends: 'attempt' });
      },
    ),
  );
  if (className === 'ChatBedrockConverse') {
    provider.treat({ stall: true });
    const model = await create({ ...at('streamIdleTimeout', SET), maxRetries: 0 });
    const outcome = await settle(drain(model.stream(input())), WAIT);
    if (outcome.is === 'rejected') found.push({ option: 'streamIdleTimeout', unit: 'ms', ends: 'idle' });
  }
  const order = expected.map(({ option }) => option);
  return found.sort((left, right) => order.indexOf(left.option) - order.indexOf(right.option));
}

async function endsCall({ line, provider, create, call }: Bench, path: string): Promise<boolean> {
  // The AWS SDK makes three attempts, each with the time that was set.
  process.env['AWS_MAX_ATTEMPTS'] = '1';
  const set = path.startsWith('client.')
    ? { client: await createBedrockClient(line, provider.url, at(path.slice('client.'.length), SET)) }
    : at(path, SET);
  const instance = await create({ ...set, maxRetries: 0 });
  const started = performance.now();
  // A loader comes back without the page.
  const outcome = await settle(call(instance), WAIT);
  return outcome.is !== 'pending' && performance.now() - started > SET / 2;
}

/** A first call: SDKs and loaders import parts of themselves when they are needed. */
async function warmUp({ create, call }: Bench): Promise<void> {
  await settle(call(await create({ maxRetries: 0 })), 10_000);
}

async function drain(stream: Promise<AsyncIterable<unknown>>): Promise<void> {
  for await (const _chunk of await stream) continue;
}

prove('constructor-timeout-ignored', 'ignoredOptions', async (bench) => {
  await warmUp(bench);
  bench.provider.treat({ hang: true });
  const timeouts = bench.expected.filter((path) => path.endsWith('timeout'));
  const ended = new Set(
    (await Promise.all(timeouts.map(async (path) => ((await endsCall(bench, path)) ? [path] : [])))).flat(),
  );
  const ignored: string[] = [];
  for (const path of bench.expected)
    if (timeouts.includes(path) ? !ended.has(path) : await isIgnored(bench, path)) ignored.push(path);
  return ignored;
});

async function isIgnored(bench: Bench, path: string): Promise<boolean> {
  const { provider, create, call } = bench;
  switch (path) {
    case 'maxConcurrency': {
      const limited = await create({ maxConcurrency: 2 });
      provider.reset();
      return (await measurePeak(provider, 6, () => call(limited))) > 2;
    }
    case 'maxRetries': {
      const [none, four] = [
        await countAttempts(bench, { maxRetries: 0 }),
        await countAttempts(bench, { maxRetries: 4 }),
      ];
      return none === four;
    }
    default:
      throw new Error(`How would ${path} show?`);
  }
}

prove('call-timeout-honoured', 'honoursCallTimeout', measureCallTimeout, { concurrent: true });
prove('call-timeout-ignored', 'honoursCallTimeout', measureCallTimeout, { concurrent: true });

async function measureCallTimeout(bench: Bench): Promise<boolean | string> {
  const { provider, create, call } = bench;
  await warmUp(bench);
  provider.treat({ hang: true });
  const model = await create();
  const [timeout, signal] = await Promise.all([
    settle(call(model, 'hello', { timeout: SET }), WAIT), //
    settle(call(model, 'hello', { signal: AbortSignal.timeout(SET) }), WAIT),
  ]);
  return timeout.is === signal.is ? timeout.is === 'rejected' : `timeout: ${timeout.is}, signal: ${signal.is}`;
}
