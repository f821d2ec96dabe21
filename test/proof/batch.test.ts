import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { getText, type Instance, loadParser, loadPrompt, loadRunnables } from './langchain.ts';
import { type Line, lines } from './packages.ts';
import { proof, settle, useProvider } from './prove.ts';
import { buildSubject } from './subjects.ts';

const INPUTS = Array.from({ length: 8 }, (_each, index) => `question ${index}`);

/** Each release line that a proof holds for. */
function onEach(tests: (line: Line) => void): void {
  describe.each(lines)('%s', tests);
}

async function createModel(
  line: Line,
): Promise<{ readonly provider: Awaited<ReturnType<typeof useProvider>>; readonly model: Instance }> {
  const provider = await useProvider();
  provider.treat({ hold: 40 });
  return { provider, model: await buildSubject(line, 'ChatOpenAI', provider.url) };
}

proof('batch-is-open', () => {
  onEach((line) => {
    test('without a limit all inputs are in flight at once', async () => {
      const { provider, model } = await createModel(line);
      await model.batch(INPUTS);
      expect(provider.peak).toBe(INPUTS.length);
    });

    test('maxConcurrency in the config limits them', async () => {
      const { provider, model } = await createModel(line);
      await model.batch(INPUTS, { maxConcurrency: 3 });
      expect(provider.peak).toBe(3);
    });

    test('Infinity is no limit', async () => {
      const { provider, model } = await createModel(line);
      await model.batch(INPUTS, { maxConcurrency: Infinity });
      expect(provider.peak).toBe(INPUTS.length);
    });
  });
});

proof('batch-reads-first-config', () => {
  onEach((line) => {
    test('of an array of configs the first says the limit', async () => {
      const { provider, model } = await createModel(line);
      await model.batch(
        INPUTS,
        INPUTS.map((_each, index) => (index === 0 ? { maxConcurrency: 2 } : {})),
      );
      expect(provider.peak).toBe(2);
    });

    test('a limit in any other is not read', async () => {
      const { provider, model } = await createModel(line);
      await model.batch(
        INPUTS,
        INPUTS.map((_each, index) => (index === 1 ? { maxConcurrency: 2 } : {})),
      );
      expect(provider.peak).toBe(INPUTS.length);
    });
  });
});

proof('batch-limit-third-argument', () => {
  onEach((line) => {
    test('the third argument limits where the second does not', async () => {
      const { provider, model } = await createModel(line);
      await model.batch(INPUTS, {}, { maxConcurrency: 2 });
      expect(provider.peak).toBe(2);
    });

    test('the second wins', async () => {
      const { provider, model } = await createModel(line);
      await model.batch(INPUTS, { maxConcurrency: 4 }, { maxConcurrency: 2 });
      expect(provider.peak).toBe(4);
    });
  });
});

proof('batch-limit-invalid', () => {
  onEach((line) => {
    test.each([0, -1, Number.NaN])('%s throws', async (maxConcurrency) => {
      const { provider, model } = await createModel(line);
      await expect(model.batch(INPUTS, { maxConcurrency })).rejects.toThrow(TypeError);
      expect(provider.requests).toHaveLength(0);
    });

    test('1.5 is 2', async () => {
      const { provider, model } = await createModel(line);
      await model.batch(INPUTS, { maxConcurrency: 1.5 });
      expect(provider.peak).toBe(2);
    });
  });
});

proof('batch-keeps-order', () => {
  onEach((line) => {
    test('the results stand in the order of the inputs, as those of Promise.all do', async () => {
      const { provider, model } = await createModel(line);
      provider.treat(({ prompt }) => ({ delay: prompt.endsWith('0') ? 120 : 5 }));
      const one = await Promise.all(INPUTS.map(async (input) => model.invoke(input)));
      const other = await model.batch(INPUTS, { maxConcurrency: 3 });
      expect(other.map(getText)).toEqual(INPUTS.map((input) => `echo ${input}`));
      expect(other.map(getText)).toEqual(one.map(getText));
    });
  });
});

proof('batch-failure-runs-rest', () => {
  onEach((line) => {
    test('the first failure rejects, what is queued still runs, and nothing is tried again', async () => {
      const { RunnableLambda } = await loadRunnables(line);
      const started: number[] = [];
      const step = RunnableLambda.from(async (input: number) => {
        started.push(input);
        await sleep(10);
        if (input === 2) throw new Error('the third');
        return input;
      });
      const outcome = await settle(step.batch([0, 1, 2, 3, 4, 5, 6, 7], { maxConcurrency: 3 }), 5000);
      expect(outcome).toMatchObject({ is: 'rejected', error: { message: 'the third' } });
      const atFailure = started.length;
      await sleep(200);
      expect(atFailure).toBeLessThan(8);
      expect(started).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    });
  });
});

proof('batch-sequence-barrier', () => {
  onEach((line) => {
    const run = async (start: (chain: Instance) => Promise<unknown>): Promise<readonly string[]> => {
      const { RunnableLambda } = await loadRunnables(line);
      const log: string[] = [];
      const first = RunnableLambda.from(async (input: number) => {
        await sleep(input * 40);
        log.push(`first ${input}`);
        return input;
      });
      const second = RunnableLambda.from((input: number) => {
        log.push(`second ${input}`);
        return input;
      });
      await start(first.pipe(second));
      return log;
    };

    test('batch finishes a step for all inputs before the next step begins', async () => {
      expect(await run(async (chain) => chain.batch([0, 1, 2]))).toEqual([
        'first 0',
        'first 1',
        'first 2',
        'second 0',
        'second 1',
        'second 2',
      ]);
    });

    test('single calls do not wait for each other', async () => {
      expect(await run(async (chain) => Promise.all([0, 1, 2].map(async (input) => chain.invoke(input))))).toEqual([
        'first 0',
        'second 0',
        'first 1',
        'second 1',
        'first 2',
        'second 2',
      ]);
    });

    test('a lambda around the chain keeps the flow of each input', async () => {
      const { RunnableLambda } = await loadRunnables(line);
      expect(
        await run(async (chain) =>
          RunnableLambda.from(async (input: number) => chain.invoke(input)).batch([0, 1, 2], { maxConcurrency: 3 }),
        ),
      ).toEqual(['first 0', 'second 0', 'first 1', 'second 1', 'first 2', 'second 2']);
    });

    test('the limit holds in every step', async () => {
      const { provider, model } = await createModel(line);
      const chain = (await loadPrompt(line, '{question}')).pipe(model).pipe(await loadParser(line));
      await chain.batch(
        INPUTS.map((question) => ({ question })),
        { maxConcurrency: 3 },
      );
      expect(provider.peak).toBe(3);
    });
  });
});

proof('batch-timeout-is-deadline', () => {
  onEach((line) => {
    test('timeout counts from the start of the batch, also for what still waits', async () => {
      const { RunnableLambda } = await loadRunnables(line);
      const step = RunnableLambda.from(async () => sleep(150));
      const single = await settle(step.invoke(0, { timeout: 400 }), 5000);
      const batch = await settle(step.batch([0, 1, 2, 3], { maxConcurrency: 1, timeout: 400 }), 5000);
      expect([single.is, batch.is]).toEqual(['resolved', 'rejected']);
    });
  });
});

proof('batch-return-exceptions', () => {
  onEach((line) => {
    test('errors stand among the results, not settled objects, and go on as the input of the next step', async () => {
      const { RunnableLambda } = await loadRunnables(line);
      const seen: unknown[] = [];
      const first = RunnableLambda.from((input: number) => {
        if (input === 1) throw new Error('no');
        return input;
      });
      const alone = await first.batch([0, 1, 2], {}, { returnExceptions: true });
      expect(alone).toEqual([0, expect.any(Error), 2]);
      const chain = first.pipe(
        RunnableLambda.from((input: unknown) => {
          seen.push(input);
          return input;
        }),
      );
      await chain.batch([0, 1, 2], {}, { returnExceptions: true });
      expect(seen.some((input) => input instanceof Error)).toBe(true);
    });
  });
});

proof('fallbacks-rerun-batch', () => {
  onEach((line) => {
    test('one failure runs all inputs again on the fallback', async () => {
      const { RunnableLambda } = await loadRunnables(line);
      const onFallback: number[] = [];
      const first = RunnableLambda.from((input: number) => {
        if (input === 1) throw new Error('no');
        return input;
      });
      const second = RunnableLambda.from((input: number) => {
        onFallback.push(input);
        return input;
      });
      const both = first.withFallbacks({ fallbacks: [second] });
      await both.batch([0, 1, 2], { maxConcurrency: 2 });
      expect(onFallback).toEqual([0, 1, 2]);
      onFallback.length = 0;
      await Promise.all([0, 1, 2].map(async (input) => both.invoke(input)));
      expect(onFallback).toEqual([1]);
      await expect(both.batch([0], {}, { returnExceptions: true })).rejects.toThrow('Not implemented');
    });
  });
});

proof('nested-batch-limits-multiply', () => {
  onEach((line) => {
    test('a map of three branches under a limit of two has six in flight', async () => {
      const { provider, model } = await createModel(line);
      const { RunnableMap } = await loadRunnables(line);
      await RunnableMap.from({ one: model, two: model, three: model }).batch(INPUTS, { maxConcurrency: 2 });
      expect(provider.peak).toBe(6);
    });

    test('a RunnableEach limits each of its arrays by itself', async () => {
      const { provider, model } = await createModel(line);
      const { RunnableEach } = await loadRunnables(line);
      const each = new RunnableEach({ bound: model });
      await each.invoke(INPUTS, { maxConcurrency: 3 });
      expect(provider.peak).toBe(3);
      provider.reset();
      await each.batch([INPUTS, INPUTS], { maxConcurrency: 3 });
      expect(provider.peak).toBe(6);
    });
  });
});
