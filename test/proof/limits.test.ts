import { measurePeak, prove } from './prove.ts';

prove('constructor-limit-honoured', 'honoursMaxConcurrency', async ({ provider, create, call }) => {
  const model = await create({ maxConcurrency: 3 });
  return (await measurePeak(provider, 8, () => call(model))) === 3;
});

prove('constructor-limit-ignored', 'honoursMaxConcurrency', async ({ provider, create, call }) => {
  const model = await create({ maxConcurrency: 3 });
  return (await measurePeak(provider, 8, () => call(model))) < 8;
});

prove('constructor-limit-fresh-queue', 'honoursMaxConcurrency', async ({ provider, create, call }) => {
  const model = await create({ maxConcurrency: 3 });
  return (await measurePeak(provider, 8, () => call(model))) < 8;
});

prove('embeddings-default-limit', 'defaultMaxConcurrency', async ({ provider, create, call }) => {
  const embeddings = await create();
  return measurePeak(provider, 8, () => call(embeddings));
});

prove('no-default-limit', 'defaultMaxConcurrency', async ({ provider, create, call }) => {
  const model = await create();
  return (await measurePeak(provider, 30, () => call(model))) === 30 ? Infinity : provider.peak;
});
