import { spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import retry from 'async-retry';
import { backOff } from 'exponential-backoff';
import pRetry from 'p-retry';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { perText } from '../../src/facts/embeddings.ts';
import type { ClassName } from '../../src/facts/homes.ts';
import { type Constructor, type Instance, loadParser } from './langchain.ts';
import { findFile, type Line, lines, load } from './packages.ts';
import { hurry, proof, prove, settle, useProvider } from './prove.ts';
import { buildSubject, hasSubject, subjects } from './subjects.ts';

const SET = 120;
const WAIT = 800;

function onEach(tests: (line: Line) => void): void {
  describe.each(lines)('%s', tests);
}

// ── timeouts ─────────────────────────────────────────────────────────────────────────────────────────────────────────

proof('timeout-errors', () => {
  onEach((line) => {
    const timeOut = async (options: object, config: object, isChain: boolean): Promise<unknown> => {
      const provider = await useProvider();
      provider.treat({ hang: true });
      const model = await buildSubject(line, 'ChatOpenAI', provider.url, { maxRetries: 0, ...options });
      const outcome = await settle(
        (isChain ? model.pipe(await loadParser(line)) : model).invoke('question', config),
        5000,
      );
      return outcome.is === 'rejected' ? `${outcome.error.name}: ${outcome.error.message}` : outcome.is;
    };

    test('of the constructor: Request timed out.', async () => {
      expect(await timeOut({ timeout: SET }, {}, false)).toBe('TimeoutError: Request timed out.');
    });

    test('of a call to a model: an AbortError', async () => {
      expect(await timeOut({}, { timeout: SET }, false)).toBe('AbortError: Request was aborted.');
    });

    test('of a call to a chain: a TimeoutError in 1.x, before the error of the model', async () => {
      expect(await timeOut({}, { timeout: SET }, true)).toBe(
        line === 'v1' ? 'TimeoutError: The operation was aborted due to timeout' : 'AbortError: Request was aborted.',
      );
    });

    test('of a Groq model', async () => {
      if (!(await hasSubject(line, 'ChatGroq'))) return;
      const provider = await useProvider();
      provider.treat({ hang: true });
      const model = await buildSubject(line, 'ChatGroq', provider.url, { maxRetries: 0, timeout: SET });
      const outcome = await settle(model.invoke('question'), 5000);
      expect(outcome.is === 'rejected' && `${outcome.error.constructor.name}: ${outcome.error.message}`).toBe(
        'APIConnectionTimeoutError: Request timed out.',
      );
    });
  });
});

proof('timeouts-are-retried', () => {
  onEach((line) => {
    test('each attempt has the time of the constructor to itself', async () => {
      const provider = await useProvider();
      provider.treat({ hang: true });
      const model = await buildSubject(line, 'ChatOpenAI', provider.url, { timeout: SET, maxRetries: 2 });
      hurry(100);
      await settle(model.invoke('question'), 5000);
      expect(provider.requests).toHaveLength(3);
    });
  });
});

proof('call-timeout-ends-chain-only', () => {
  test.each(['ChatGoogleGenerativeAI', 'ChatOllama', 'ChatMistralAI'] as const)(
    'a chain over %s gives up, its request goes on',
    async (className) => {
      const provider = await useProvider();
      provider.treat({ hang: true });
      const model = await buildSubject('v1', className, provider.url);
      const chain = model.pipe(await loadParser('v1'));
      const outcome = await settle(chain.invoke('question', { timeout: SET }), WAIT);
      expect([outcome.is, provider.aborted, provider.inFlight]).toEqual(['rejected', 0, 1]);
    },
  );
});

proof('signal-stops-call', () => {
  onEach((line) => {
    test('a call with the signal ends with it, one without runs on to its answer', async () => {
      const provider = await useProvider();
      const model = await buildSubject(line, 'ChatOpenAI', provider.url);
      provider.treat({ delay: 300 });
      const client = new AbortController();
      const [heard, deaf] = [
        settle(model.invoke('question', { signal: client.signal }), 5000),
        settle(model.invoke('question'), 5000),
      ];
      await expect.poll(() => provider.inFlight).toBe(2);
      client.abort();
      expect([(await heard).is, (await deaf).is]).toEqual(['rejected', 'resolved']);
      expect(provider.aborted).toBe(1);
    });
  });
});

proof('building-embeds-again', () => {
  test.each(['v1', 'v0.3'] as const)(
    '%s: each fromTexts and each addDocuments sends all its texts to the embeddings',
    async (line) => {
      const provider = await useProvider();
      const embeddings = await buildSubject(line, 'OpenAIEmbeddings', provider.url);
      const { MemoryVectorStore } = (await load(
        line,
        line === 'v1' ? '@langchain/classic/vectorstores/memory' : 'langchain/vectorstores/memory',
      )) as unknown as {
        MemoryVectorStore: {
          fromTexts(
            texts: string[],
            metadata: object,
            embeddings: object,
          ): Promise<{ addDocuments(documents: object[]): Promise<void>; memoryVectors: unknown[] }>;
        };
      };
      const store = await MemoryVectorStore.fromTexts(['a', 'b'], {}, embeddings);
      await MemoryVectorStore.fromTexts(['a', 'b'], {}, embeddings);
      await store.addDocuments(['a', 'b'].map((pageContent) => ({ pageContent, metadata: {} })));
      expect(provider.requests.map(({ body }) => (body as { input: unknown }).input)).toEqual([
        ['a', 'b'],
        ['a', 'b'],
        ['a', 'b'],
      ]);
      expect(store.memoryVectors).toHaveLength(4);
    },
  );
});

proof('call-timeout-invalid', () => {
  onEach((line) => {
    test('0 throws', async () => {
      const provider = await useProvider();
      const model = await buildSubject(line, 'ChatOpenAI', provider.url);
      await expect(model.invoke('question', { timeout: 0 })).rejects.toThrow('Timeout must be a positive number');
    });
  });
});

// ── retries ──────────────────────────────────────────────────────────────────────────────────────────────────────────

proof('retries-multiply', () => {
  onEach((line) => {
    test('withRetry over a model that retries', async () => {
      const provider = await useProvider();
      provider.treat({ status: 500 });
      const model = await buildSubject(line, 'ChatOpenAI', provider.url, { maxRetries: 1 });
      hurry(1000);
      await settle(model.withRetry({ stopAfterAttempt: 3 }).invoke('question'), 5000);
      expect(provider.requests).toHaveLength(6);
    });

    test('withRetry over the default retries', async () => {
      const provider = await useProvider();
      provider.treat({ status: 500 });
      const model = await buildSubject(line, 'ChatOpenAI', provider.url, { timeout: 3_600_000 });
      hurry(1000);
      await settle(model.withRetry().invoke('question'), 10_000);
      expect(provider.requests).toHaveLength(21);
    });

    test('configuration.maxRetries beside retries of LangChain', async () => {
      const provider = await useProvider();
      provider.treat({ status: 500 });
      const model = await buildSubject(line, 'ChatOpenAI', provider.url, {
        maxRetries: 1,
        configuration: { maxRetries: 2 },
      });
      hurry(1000);
      await settle(model.invoke('question'), 10_000);
      expect(provider.requests).toHaveLength(6);
    });

    test.each([
      [0.001, 63_063],
      [0.999, 125_937],
    ])(
      'a fallback waits for all attempts, with pauses of a minute to two: at chance %d, %d ms',
      async (chance, expected) => {
        const provider = await useProvider();
        provider.treat(({ index }) => (index < 7 ? { status: 500 } : {}));
        const patient = { timeout: 3_600_000 };
        const [primary, fallback] = [
          await buildSubject(line, 'ChatOpenAI', provider.url, patient),
          await buildSubject(line, 'ChatOpenAI', provider.url, patient),
        ];
        const random = vi.spyOn(Math, 'random').mockReturnValue(chance);
        onTestFinished(() => random.mockRestore());
        const asked = hurry(1000);
        expect((await settle(primary.withFallbacks([fallback]).invoke('question'), 10_000)).is).toBe('resolved');
        expect(provider.requests).toHaveLength(8);
        // The timeouts of the HTTP client, in the same list, are whole seconds or longer; the pauses are not, at these
        // chances.
        const pauses = asked.filter((milliseconds) => milliseconds <= 64_000 && milliseconds % 1000 !== 0);
        expect(pauses).toHaveLength(6);
        expect(pauses.reduce((sum, milliseconds) => sum + milliseconds, 0)).toBe(expected);
      },
    );

    test('configuration.maxRetries beside maxRetries', async () => {
      const provider = await useProvider();
      provider.treat({ status: 500 });
      const model = await buildSubject(line, 'ChatOpenAI', provider.url, {
        maxRetries: 0,
        configuration: { maxRetries: 2 },
      });
      hurry(1000);
      await settle(model.invoke('question'), 5000);
      expect(provider.requests).toHaveLength(3);
    });
  });
});

proof('retry-libraries', () => {
  const failing = (): { readonly fn: () => Promise<never>; count: number } => {
    const calls = { count: 0, fn: async (): Promise<never> => Promise.reject(new Error(`attempt ${++calls.count}`)) };
    return calls;
  };

  test('p-retry: 11 attempts, or one more than its retries', async () => {
    hurry(100_000_000);
    const [open, limited] = [failing(), failing()];
    await settle(pRetry(open.fn), 5000);
    await settle(pRetry(limited.fn, { retries: 2 }), 5000);
    expect([open.count, limited.count]).toEqual([11, 3]);
  });

  test('async-retry: 11 attempts, or one more than its retries', async () => {
    hurry(100_000_000);
    const [open, limited] = [failing(), failing()];
    await settle(retry(open.fn), 5000);
    await settle(retry(limited.fn, { retries: 2 }), 5000);
    expect([open.count, limited.count]).toEqual([11, 3]);
  });

  test('exponential-backoff: 10 attempts, or as many as it is told', async () => {
    hurry(100_000_000);
    const [open, limited] = [failing(), failing()];
    await settle(backOff(open.fn), 5000);
    await settle(backOff(limited.fn, { numOfAttempts: 2 }), 5000);
    expect([open.count, limited.count]).toEqual([10, 2]);
  });
});

proof('rate-limit-retries', () => {
  const countRequests = async (line: Line, headers: Readonly<Record<string, string>>): Promise<number> => {
    const provider = await useProvider();
    provider.treat({ status: 429, headers });
    const model = await buildSubject(line, 'ChatOpenAI', provider.url, { maxRetries: 2 });
    hurry(1000);
    await settle(model.invoke('question'), 5000);
    return provider.requests.length;
  };

  test('1.x does not retry a 429 without Retry-After, and one with a long wait', async () => {
    expect(await countRequests('v1', {})).toBe(1);
    expect(await countRequests('v1', { 'retry-after': '120' })).toBe(1);
  });

  test.each(lines)('%s retries a 429 that says when', async (line) => {
    expect(await countRequests(line, { 'retry-after': '1' })).toBe(3);
  });

  test.each(['v0.3', 'v0.3-early'] as const)('%s retries every 429', async (line) => {
    expect(await countRequests(line, {})).toBe(3);
  });
});

// ── what comes back to the process ───────────────────────────────────────────────────────────────────────────────────

proof('max-listeners-warning', () => {
  test('from ten calls of a chain in flight under one AbortSignal', async () => {
    const provider = await useProvider();
    provider.treat({ hold: 40 });
    const run = async (count: number, config: string): Promise<string> =>
      runScript(`
        const [{ ChatOpenAI }, { StringOutputParser }] = await Promise.all(
          ${importAll('@langchain/openai', '@langchain/core/output_parsers')},
        );
        const model = new ChatOpenAI({
          apiKey: 'key',
          model: 'gpt-4o-mini',
          configuration: { baseURL: '${provider.url}/v1' },
        });
        const chain = model.pipe(new StringOutputParser());
        const { signal } = new AbortController();
        process.on('warning', ({ name }) => console.log(name));
        await Promise.all(Array.from({ length: ${count} }, () => chain.invoke('question', ${config})));
      `);
    expect(await run(9, '{ signal }')).toBe('');
    expect(await run(10, '{ signal }')).toContain('MaxListenersExceededWarning');
    expect(await run(20, '{}')).toBe('');
  });

  test('from more than ten tasks of a step of a graph', async () => {
    const run = async (count: number): Promise<string> =>
      runScript(`
        const [{ Annotation, Send, START, StateGraph }] = await Promise.all(${importAll('@langchain/langgraph')});
        const graph = new StateGraph(
          Annotation.Root({ done: Annotation({ reducer: (left, right) => left + right, default: () => 0 }) }),
        )
          .addNode('work', async () => ({ done: 1 }))
          .addConditionalEdges(START, () => Array.from({ length: ${count} }, () => new Send('work', {})), ['work'])
          .compile();
        process.on('warning', ({ name }) => console.log(name));
        console.log((await graph.invoke({})).done);
      `);
    expect(await run(10)).toBe('10');
    expect(await run(11)).toContain('MaxListenersExceededWarning');
  });
});

/** Source of an array of promises of modules, for a script. */
function importAll(...modules: readonly string[]): string {
  return `[${modules.map((module) => `import(${JSON.stringify(toUrl('v1', module))})`).join(', ')}]`;
}

proof('unawaited-call-ends-process', () => {
  test('a call that nobody awaits and that fails ends Node with exit code 1', async () => {
    const provider = await useProvider();
    provider.treat({ status: 400 });
    const script = `
      const { ChatOpenAI } = await import(${JSON.stringify(toUrl('v1', '@langchain/openai'))});
      const model = new ChatOpenAI({
        apiKey: 'key',
        model: 'gpt-4o-mini',
        maxRetries: 0,
        configuration: { baseURL: '${provider.url}/v1' },
      });
      model.invoke('question');
      setTimeout(() => console.log('still here'), 5000);
    `;
    await expect(runScript(script)).rejects.toThrow('exit code 1');
  });
});

function toUrl(line: Line, module: string): string {
  const file = findFile(line, module);
  if (file === null) throw new Error(`${module} is not installed for ${line}.`);
  return pathToFileURL(file).href;
}

async function runScript(script: string): Promise<string> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  return new Promise((resolve, reject) => {
    child.once('close', (code) => {
      if (code === 0) resolve(output.trim());
      else reject(new Error(`exit code ${code}: ${output}`));
    });
  });
}

// ── caches ───────────────────────────────────────────────────────────────────────────────────────────────────────────

proof('cache-skips-streams', () => {
  onEach((line) => {
    test('two equal calls are one request, two equal streams are two', async () => {
      const provider = await useProvider();
      const model = await createCached(line, provider.url);
      await model.invoke('question');
      await model.invoke('question');
      expect(provider.requests).toHaveLength(1);
      for (let index = 0; index < 2; index++) for await (const _chunk of await model.stream('question')) continue;
      expect(provider.requests).toHaveLength(3);
    });
  });
});

proof('cache-no-stampede-protection', () => {
  onEach((line) => {
    test('equal calls in flight at once are a request each', async () => {
      const provider = await useProvider();
      provider.treat({ hold: 40 });
      const model = await createCached(line, provider.url);
      await Promise.all([1, 2, 3].map(async () => model.invoke('question')));
      expect(provider.requests).toHaveLength(3);
    });
  });
});

proof('cache-true-is-process-wide', () => {
  onEach((line) => {
    test('an answer to one instance is the answer to the next', async () => {
      const provider = await useProvider();
      for (let index = 0; index < 3; index++)
        await (await buildSubject(line, 'ChatOpenAI', provider.url, { cache: true })).invoke(`${line} ${provider.url}`);
      expect(provider.requests).toHaveLength(1);
    });
  });
});

async function createCached(line: Line, url: string): Promise<Instance> {
  const { InMemoryCache } = (await load(line, '@langchain/core/caches')) as unknown as {
    InMemoryCache: new () => object;
  };
  return buildSubject(line, 'ChatOpenAI', url, { cache: new InMemoryCache() });
}

// ── embeddings ───────────────────────────────────────────────────────────────────────────────────────────────────────

proof('embed-documents-is-one-request', () => {
  const texts = Array.from({ length: 50 }, (_each, index) => `text ${index}`);
  onEach((line) => {
    test.each(['OpenAIEmbeddings', 'MistralAIEmbeddings', 'GoogleGenerativeAIEmbeddings', 'OllamaEmbeddings'] as const)(
      'for as many texts as embedQuery makes requests: %s',
      async (className) => {
        if (!(await hasSubject(line, className)) || subjects[className]?.offline?.includes(line) === true) return;
        const provider = await useProvider();
        const embeddings = await buildSubject(line, className, provider.url);
        await embeddings.embedDocuments(texts);
        expect(provider.requests).toHaveLength(1);
        for (const text of texts) await embeddings.embedQuery(text);
        expect(provider.requests).toHaveLength(51);
        for (const text of texts) await embeddings.embedDocuments([text]);
        expect(provider.requests).toHaveLength(101);
      },
    );
  });
});

proof('embed-documents-per-text', () => {
  /** What the rows of `src/facts/embeddings.ts` name, by classes that are at hand. */
  const builds: readonly (readonly [ClassName, Line, string, string, (count: () => void) => object])[] = [
    [
      'BedrockEmbeddings',
      'v1',
      '@langchain/aws',
      'BedrockEmbeddings',
      (count) => ({ region: 'us-east-1', client: { send: async () => Promise.resolve(answer(count)) } }),
    ],
    [
      'BedrockEmbeddings',
      'v0.3-early',
      '@langchain/aws',
      'BedrockEmbeddings',
      (count) => ({ region: 'us-east-1', client: { send: async () => Promise.resolve(answer(count)) } }),
    ],
    [
      '@langchain/google-common#BaseGoogleEmbeddings',
      'v1',
      '@langchain/google-webauth',
      'GoogleEmbeddings',
      () => ({ apiKey: 'key', model: 'gemini-embedding-001' }),
    ],
    [
      '@langchain/community#OllamaEmbeddings',
      'v0.3',
      '@langchain/community/embeddings/ollama',
      'OllamaEmbeddings',
      () => ({}),
    ],
    [
      '@langchain/community#TogetherAIEmbeddings',
      'v0.3',
      '@langchain/community/embeddings/togetherai',
      'TogetherAIEmbeddings',
      () => ({ apiKey: 'key' }),
    ],
    [
      '@langchain/community#TogetherAIEmbeddings',
      'v1',
      '@langchain/community/embeddings/togetherai',
      'TogetherAIEmbeddings',
      () => ({ apiKey: 'key' }),
    ],
    [
      '@langchain/community#ZhipuAIEmbeddings',
      'v1',
      '@langchain/community/embeddings/zhipuai',
      'ZhipuAIEmbeddings',
      () => ({ apiKey: 'id.secret' }),
    ],
  ];
  const answer = (count: () => void): { readonly body: Uint8Array } => {
    count();
    return { body: new TextEncoder().encode(JSON.stringify({ embedding: [0.5] })) };
  };

  test.each(builds)('%s of %s', async (_row, line, module, className, getOptions) => {
    let requests = 0;
    const { fetch } = globalThis;
    onTestFinished(() => void (globalThis.fetch = fetch));
    // Their addresses are fixed.
    globalThis.fetch = async () => {
      requests += 1;
      return Promise.resolve(Response.json({ embedding: [0.5], data: [{ embedding: [0.5] }] }));
    };
    const Class = (await load(line, module))[className] as Constructor;
    const embeddings = new Class(getOptions(() => (requests += 1)));
    await embeddings.embedDocuments(['a', 'b', 'c']);
    expect(requests).toBe(3);
  });

  test('every class of the rows has been run', () => {
    const run = new Set(builds.map(([row]) => row));
    expect(perText.flatMap(({ classes }) => classes).filter((name) => !run.has(name))).toEqual([]);
  });
});

proof('google-embed-documents-hides-errors', () => {
  test('a batch that fails is empty vectors, a query that fails rejects', async () => {
    const provider = await useProvider();
    provider.treat({ status: 400 });
    const embeddings = await buildSubject('v1', 'GoogleGenerativeAIEmbeddings', provider.url);
    await expect(embeddings.embedQuery('a')).rejects.toThrow('400');
    await expect(embeddings.embedDocuments(['a', 'b'])).resolves.toEqual([[], []]);
  });
});

interface Store {
  similaritySearch(query: string, k: number): Promise<unknown[]>;
}

interface Caching {
  readonly embeddings: Instance;
  readonly MemoryVectorStore: {
    fromTexts(texts: readonly string[], metadatas: readonly object[], embeddings: unknown): Promise<Store>;
  };
}

async function createCaching(line: Line, url: string): Promise<Caching> {
  const folder = line === 'v1' ? '@langchain/classic' : 'langchain';
  const { CacheBackedEmbeddings } = (await load(line, `${folder}/embeddings/cache_backed`)) as unknown as {
    CacheBackedEmbeddings: { fromBytesStore(from: unknown, to: unknown, options: object): Instance };
  };
  const { InMemoryStore } = (await load(line, '@langchain/core/stores')) as unknown as {
    InMemoryStore: new () => unknown;
  };
  const { MemoryVectorStore } = (await load(line, `${folder}/vectorstores/memory`)) as unknown as Pick<
    Caching,
    'MemoryVectorStore'
  >;
  const embeddings = CacheBackedEmbeddings.fromBytesStore(
    await buildSubject(line, 'OpenAIEmbeddings', url),
    new InMemoryStore(),
    { namespace: 'proof' },
  );
  return { embeddings, MemoryVectorStore };
}

proof('cached-embeddings-skip-queries', () => {
  test.each(['v1', 'v0.3'] as const)('CacheBackedEmbeddings of %s keeps documents, never queries', async (line) => {
    const provider = await useProvider();
    const { embeddings, MemoryVectorStore } = await createCaching(line, provider.url);
    await embeddings.embedDocuments(['text']);
    await embeddings.embedDocuments(['text']);
    expect(provider.requests).toHaveLength(1);
    await embeddings.embedQuery('text');
    await embeddings.embedQuery('text');
    expect(provider.requests).toHaveLength(3);
    const store = await MemoryVectorStore.fromTexts(['text'], [{}], embeddings);
    expect(provider.requests).toHaveLength(3);
    await store.similaritySearch('text', 1);
    await store.similaritySearch('text', 1);
    expect(provider.requests).toHaveLength(5);
  });
});

proof('stores-embed-again', () => {
  test.each(['v1', 'v0.3'] as const)(
    'each MemoryVectorStore of %s embeds its texts anew, unless a cache has them',
    async (line) => {
      const provider = await useProvider();
      const { embeddings, MemoryVectorStore } = await createCaching(line, provider.url);
      const plain = await buildSubject(line, 'OpenAIEmbeddings', provider.url);
      for (let index = 0; index < 3; index++) await MemoryVectorStore.fromTexts(['open', 'closed'], [{}, {}], plain);
      expect(provider.requests).toHaveLength(3);
      for (let index = 0; index < 3; index++)
        await MemoryVectorStore.fromTexts(['open', 'closed'], [{}, {}], embeddings);
      expect(provider.requests).toHaveLength(4);
    },
  );
});

// ── connections ──────────────────────────────────────────────────────────────────────────────────────────────────────

prove('fetch-models-share-connections', 'leak', async ({ provider, create, call }) => {
  for (let index = 0; index < 8; index++) await call(await create());
  return provider.connections <= 2 ? null : 'sockets';
});

proof('nothing-caps-connections', () => {
  onEach((line) => {
    test('100 calls at once are 100 connections', async () => {
      const provider = await useProvider();
      provider.treat({ hold: 100 });
      const model = await buildSubject(line, 'ChatOpenAI', provider.url);
      await Promise.all(Array.from({ length: 100 }, async () => model.invoke('question')));
      expect([provider.peak, provider.connections]).toEqual([100, 100]);
    });
  });
});
