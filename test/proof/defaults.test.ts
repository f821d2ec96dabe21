import type { CallRetries } from '../../src/facts/traits.ts';
import { type Bench, countAttempts, hurry, prove, settle } from './prove.ts';

prove('default-timeout', 'defaultTimeout', measureDefaultTimeout);
prove('no-default-timeout', 'defaultTimeout', measureDefaultTimeout);

/**
 * With the clock hurried a thousandfold: what the SDK asked its timer for when it gave up, Infinity when it has not
 * after a quarter of an hour.
 */
async function measureDefaultTimeout({ provider, create, call }: Bench): Promise<number> {
  provider.treat({ hang: true });
  const instance = await create({ maxRetries: 0 });
  const asked = hurry(1000);
  const outcome = await settle(call(instance), 800);
  return outcome.is === 'pending' ? Infinity : Math.max(...asked);
}

prove('default-retries', 'defaultRetries', async (bench) => (await countAttempts(bench, {})) - 1);

prove('call-retries-honoured', 'callRetries', measureCallRetries);
prove('call-retries-squared', 'callRetries', measureCallRetries);
prove('call-retries-ignored', 'callRetries', measureCallRetries);

/**
 * The requests of a failing call with none, one and two retries in its config, beside a constructor that asks for
 * three.
 */
async function measureCallRetries(bench: Bench<CallRetries>): Promise<string> {
  const { create, call, provider } = bench;
  const model = await create({ timeout: 3_600_000, maxRetries: 3 });
  provider.treat({ status: 500 });
  hurry(1000);
  const counts: number[] = [];
  for (const maxRetries of [0, 1, 2]) {
    provider.reset();
    await settle(call(model, 'hello', { maxRetries }), 10_000);
    counts.push(provider.requests.length);
  }
  return outcomes[counts.join(' ')] ?? counts.join(' ');
}

const outcomes: Readonly<Record<string, CallRetries>> = { '1 2 3': 'honoured', '1 4 9': 'squared', '4 4 4': 'ignored' };
