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
