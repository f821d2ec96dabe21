import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, it } from 'vitest';
import { expand } from '../../scripts/catalog/encode.ts';
import * as generated from '../../src/facts/catalog.generated.ts';
import { connections } from '../../src/facts/connections.ts';
import { perText, perTextAsRead } from '../../src/facts/embeddings.ts';
import { type ClassName, toRef } from '../../src/facts/homes.ts';
import { facts, type Traits } from '../../src/facts/traits.ts';
import { findConstructorOption } from '../../src/langchain/construction.ts';
import { getHeritage, getTraits } from '../../src/langchain/traits.ts';
import { getVersion } from '../../src/langchain/version.ts';
import { findMarked, parseFile, type ParseOptions } from '../helpers/file.ts';

const imports = `
import { ChatOpenAI, AzureChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
import { ChatAnthropic } from '@langchain/anthropic';
import { ChatGoogleGenerativeAI } from '@langchain/google-genai';
import { ChatGroq } from '@langchain/groq';
import { ChatOllama, OllamaEmbeddings } from '@langchain/ollama';
import { ChatMistralAI } from '@langchain/mistralai';
import { ChatBedrockConverse } from '@langchain/aws';
import { ChatXAI } from '@langchain/xai';
import { ChatDeepSeek } from '@langchain/deepseek';
import { initChatModel, createAgent } from 'langchain';
import { StateGraph } from '@langchain/langgraph';
import { RouterRunnable } from '@langchain/core/runnables';
import { SitemapLoader } from '@langchain/community/document_loaders/web/sitemap';
import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
`;

function traitsOf(expression: string, options: ParseOptions = {}, before = ''): Traits {
  const file = parseFile(`${imports}${before}\n$(${expression});`, options);
  const [node] = findMarked(file);
  assert.ok(node);
  const resolution = file.resolve(node);
  assert.ok(resolution.is === 'yes', `${expression} is no LangChain value`);
  return getTraits(file, resolution.value);
}

function withVersion(version: string): ParseOptions {
  return { settings: { langchain: { version } } };
}

describe('traits of classes', () => {
  const limits: readonly (readonly [string, boolean])[] = [
    ['new ChatOpenAI()', true],
    ['new AzureChatOpenAI()', true],
    ['new ChatAnthropic()', true],
    ['new ChatGoogleGenerativeAI({ model: "gemini" })', true],
    ['new ChatGroq({ model: "llama" })', true],
    ['new ChatXAI()', true],
    ['new ChatDeepSeek({ model: "deepseek-chat" })', true],
    ['new OpenAIEmbeddings()', true],
    ['new ChatOllama()', false],
    ['new ChatMistralAI()', false],
    ['new ChatBedrockConverse()', false],
  ];
  for (const [expression, honoured] of limits) {
    it(`${expression} ${honoured ? 'honours' : 'ignores'} a constructor maxConcurrency`, () => {
      assert.equal(traitsOf(expression).honoursMaxConcurrency, honoured);
    });
  }

  it('embeddings have a small limit by default', () => {
    assert.equal(traitsOf('new OpenAIEmbeddings()').defaultMaxConcurrency, 2);
    assert.equal(traitsOf('new OllamaEmbeddings()').defaultMaxConcurrency, 1);
    assert.equal(traitsOf('new ChatOpenAI()').defaultMaxConcurrency, Infinity);
  });

  it('AzureChatOpenAI inherits from ChatOpenAI what it has no row for', () => {
    const azure = traitsOf('new AzureChatOpenAI()');
    assert.equal(azure.derivedQueue, 'shared');
    assert.deepEqual(
      azure.timeouts.map(({ option }) => option),
      ['timeout', 'configuration.timeout'],
    );
  });

  it('derived models have a queue of their own, share one, or get one per call', () => {
    assert.equal(traitsOf('new ChatOpenAI()').derivedQueue, 'own');
    assert.equal(traitsOf('new ChatOpenAI().bindTools([])').derivedQueue, 'own');
    assert.equal(traitsOf('new ChatAnthropic()').derivedQueue, 'shared');
    assert.equal(traitsOf('await initChatModel("openai:gpt-4o")').derivedQueue, 'perCall');
    assert.equal(traitsOf('new ChatXAI()').derivedQueue, 'shared');
  });

  it('withConfig reaches batch on other models than ChatOpenAI', () => {
    assert.equal(traitsOf('new ChatOpenAI()').withConfigLimitsBatch, false);
    assert.equal(traitsOf('new ChatGroq({ model: "llama" })').withConfigLimitsBatch, true);
  });

  it('the timeout stands where the class reads it', () => {
    const paths = (expression: string): readonly string[] => traitsOf(expression).timeouts.map(({ option }) => option);
    assert.deepEqual(paths('new ChatAnthropic()'), ['clientOptions.timeout']);
    assert.deepEqual(paths('new ChatGroq({ model: "llama" })'), ['timeout']);
    assert.deepEqual(paths('new ChatOllama()'), []);
    assert.deepEqual(paths('new SitemapLoader("https://docs.acme.dev")'), ['timeout']);
    assert.deepEqual(traitsOf('new ChatAnthropic()').ignoredOptions, ['timeout']);
  });

  it('a constructor throws for a missing key, or for a missing region, or for nothing', () => {
    assert.equal(traitsOf('new ChatOpenAI()').requires, null);
    assert.equal(traitsOf('new OpenAIEmbeddings()').requires, null);
    assert.equal(traitsOf('new ChatOllama()').requires, null);
    assert.deepEqual(traitsOf('new ChatGroq({ model: "llama" })').requires, {
      options: ['apiKey'],
      env: ['GROQ_API_KEY'],
    });
    assert.deepEqual(traitsOf('new ChatBedrockConverse()').requires, {
      options: ['region'],
      env: ['AWS_DEFAULT_REGION'],
    });
  });

  it('the agent of createAgent has no batch; a graph of 1.x drops work under a limit of 1', () => {
    const model = 'const model = new ChatOpenAI();';
    assert.equal(traitsOf('createAgent({ model, tools: [] })', {}, model).hasBatch, false);
    assert.equal(traitsOf('new StateGraph({}).compile()').limitOfOneDropsWork, true);
    assert.equal(traitsOf('new RouterRunnable({ runnables: {} })').limitedBatchMixesRoutes, true);
  });

  it('PGVectorStore keeps a client of the pool; a fetch-based model leaves nothing open', () => {
    assert.equal(traitsOf('await PGVectorStore.initialize(new OpenAIEmbeddings(), {})').leak, 'poolClient');
    assert.equal(traitsOf('new ChatOpenAI()').leak, null);
  });
});

describe('initChatModel', () => {
  const providers: readonly (readonly [string, boolean | undefined])[] = [
    ['await initChatModel("openai:gpt-4o", { maxConcurrency: 3 })', true],
    ['await initChatModel("ollama:llama3")', false],
    ['await initChatModel("claude-sonnet-4-5")', true],
    ['await initChatModel("llama-3.1", { modelProvider: "groq" })', true],
    ['await initChatModel(process.env.MODEL)', undefined],
    ['await initChatModel("acme:own")', undefined],
  ];
  for (const [expression, honoured] of providers) {
    it(`${expression}: ${String(honoured)}`, () => {
      assert.equal(traitsOf(expression).honoursMaxConcurrency, honoured);
    });
  }

  it('has the timeout of its provider', () => {
    assert.deepEqual(
      traitsOf('await initChatModel("anthropic:claude-sonnet-4-5")').timeouts.map(({ option }) => option),
      ['clientOptions.timeout'],
    );
  });
});

describe('one of several classes', () => {
  it('has what they have in common', () => {
    const traits = traitsOf('process.env.FAST ? new ChatOpenAI() : new ChatOllama()');
    assert.equal(traits.honoursMaxConcurrency, undefined);
    assert.deepEqual(traits.timeouts, []);
  });

  it('keeps a trait that all of them have', () => {
    const traits = traitsOf('process.env.FAST ? new ChatOpenAI() : new AzureChatOpenAI()');
    assert.equal(traits.honoursMaxConcurrency, true);
    assert.equal(traits.derivedQueue, undefined);
  });
});

describe('versions', () => {
  const folder = mkdtempSync(join(tmpdir(), 'traits-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('a derived ChatOpenAI shared the queue before 0.3.58', () => {
    assert.equal(traitsOf('new ChatOpenAI()', withVersion('0.2.36')).derivedQueue, 'shared');
    assert.equal(traitsOf('new ChatOpenAI()', withVersion('0.3.80')).derivedQueue, 'own');
    assert.equal(traitsOf('new ChatOpenAI()', withVersion('1.4.0')).derivedQueue, 'own');
    assert.equal(traitsOf('new ChatOpenAI()', withVersion('0.2.36')).withConfigLimitsBatch, undefined);
  });

  it('a trait without a range holds in all', () => {
    for (const version of ['0.1.63', '0.3.80', '1.4.0'])
      assert.equal(traitsOf('new ChatOllama()', withVersion(version)).honoursMaxConcurrency, false);
  });

  it('is read from the package that the file would load, nearest folder first', () => {
    const install = (where: string, version: string): void => {
      const path = join(folder, where, 'node_modules/@langchain/core');
      mkdirSync(path, { recursive: true });
      writeFileSync(join(path, 'package.json'), JSON.stringify({ name: '@langchain/core', version }));
    };
    install('.', '0.2.36');
    install('packages/api', '1.4.0');
    const versionOf = (filename: string): string | null =>
      getVersion(parseFile(imports, { filename: join(folder, filename) }));
    assert.equal(versionOf('packages/api/src/chat.ts'), '1.4.0');
    assert.equal(versionOf('packages/web/src/chat.ts'), '0.2.36');
    assert.equal(versionOf('packages/api/src/agents/plan.ts'), '1.4.0');
    assert.equal(traitsOf('new ChatOpenAI()', { filename: join(folder, 'scripts/run.ts') }).derivedQueue, 'shared');
  });

  it('the setting wins; a file without a folder has none', () => {
    assert.equal(
      getVersion(parseFile(imports, { ...withVersion('1.1.0'), filename: join(folder, 'packages/web/a.ts') })),
      '1.1.0',
    );
    assert.equal(getVersion(parseFile(imports, { filename: '<input>' })), null);
  });
});

describe('the table', () => {
  const rows = Object.entries(facts).flatMap(([name, list]) => list.map((row) => ({ ...row, name })));

  it('names a proof for each row', () => {
    for (const { name, proof } of rows) assert.match(proof, /^[a-z][a-z0-9.]*(?:-[a-z0-9.]+)+$/u, name);
  });

  it('has no class twice for one trait and version', () => {
    for (const [name, list] of Object.entries(facts)) {
      const seen = new Set<string>();
      for (const { classes, since = '', before = '' } of list) {
        for (const className of classes) {
          const key = `${className} ${since === '' && before === '' ? '' : before === '' ? 'new' : 'old'}`;
          assert.ok(!seen.has(key), `${name}: ${key}`);
          seen.add(key);
        }
      }
    }
  });
});

describe('a class is known by its package and its name', () => {
  const declared = new Set(
    expand(generated).flatMap((line) => (line.startsWith('class ') ? (line.split(' ', 2)[1] ?? []) : [])),
  );
  const named: readonly (readonly [string, readonly ClassName[]])[] = [
    ...Object.entries(facts).map(([name, list]) => [`facts.${name}`, list.flatMap(({ classes }) => classes)] as const),
    ['connections', connections.flatMap(({ classes }) => classes)],
    ['perText', [...perText, ...perTextAsRead].flatMap(({ classes }) => classes)],
  ];

  it.each(named)('%s names classes that the catalogue has in that package', (_table, classes) => {
    assert.deepEqual(
      classes.map(toRef).filter((ref) => !declared.has(ref)),
      [],
    );
  });

  const resolve = (source: string, className: string): readonly string[] => {
    const file = parseFile(`import { ${className} } from '${source}';\n$(new ${className}());`);
    const [node] = findMarked(file);
    const resolution = node && file.resolve(node);
    assert.ok(resolution?.is === 'yes');
    return getHeritage(resolution.value);
  };

  it.each([
    ['@langchain/community/chat_models/ollama', 'ChatOllama', '@langchain/ollama#ChatOllama'],
    ['@langchain/community/llms/ollama', 'Ollama', '@langchain/ollama#Ollama'],
    ['@langchain/community/embeddings/ollama', 'OllamaEmbeddings', '@langchain/ollama#OllamaEmbeddings'],
    // It extends the ChatGoogle of @langchain/google-gauth.
    ['@langchain/google-vertexai', 'ChatVertexAI', '@langchain/google#ChatGoogle'],
    ['@langchain/google-webauth', 'ChatGoogle', '@langchain/google#ChatGoogle'],
    ['@langchain/community/embeddings/bedrock', 'BedrockEmbeddings', '@langchain/aws#BedrockEmbeddings'],
    // A package that the catalogue does not list has the kind of its namesakes, and none of their facts.
    ['@langchain/never-heard-of', 'ChatOpenAI', '@langchain/openai#ChatOpenAI'],
    ['@langchain/never-heard-of', 'AzureChatOpenAI', '@langchain/openai#ChatOpenAI'],
  ])('%s: %s is not %s', (source, className, namesake) => {
    assert.ok(!resolve(source, className).includes(namesake));
  });

  it.each([
    ['langchain/chat_models/openai', 'ChatOpenAI', '@langchain/openai#ChatOpenAI'],
    ['@langchain/openai', 'AzureChatOpenAI', '@langchain/openai#ChatOpenAI'],
    ['@langchain/community/vectorstores/pgvector.js', 'PGVectorStore', '@langchain/community#PGVectorStore'],
    ['@langchain/never-heard-of', 'ChatOpenAI', '@langchain/core#BaseChatModel'],
  ])('%s: %s is %s', (source, className, ref) => {
    assert.ok(resolve(source, className).includes(ref));
  });
});

describe('constructor options', () => {
  const optionOf = (expression: string, path: string, before = ''): string => {
    const file = parseFile(`${imports}${before}\n$(${expression});`);
    const [node] = findMarked(file);
    assert.ok(node);
    const resolution = file.resolve(node);
    assert.ok(resolution.is === 'yes');
    const option = findConstructorOption(file, resolution.value, path);
    return option.is === 'given' ? file.sourceCode.getText(option.value) : option.is;
  };

  it('are read from a literal, a constant, and what is spread into it', () => {
    assert.equal(optionOf('new ChatOpenAI({ maxConcurrency: 5 })', 'maxConcurrency'), '5');
    assert.equal(optionOf('new ChatOpenAI(fields)', 'maxConcurrency', 'const fields = { maxConcurrency: 4 };'), '4');
    assert.equal(
      optionOf(
        'new ChatOpenAI({ ...shared, model: "gpt-4o" })',
        'maxConcurrency',
        'const shared = { maxConcurrency: 3 };',
      ),
      '3',
    );
    assert.equal(optionOf('new ChatOpenAI({ configuration: { timeout: 20 } })', 'configuration.timeout'), '20');
    assert.equal(optionOf('new ChatOpenAI()', 'maxConcurrency'), 'absent');
    assert.equal(optionOf('new ChatOpenAI(undefined)', 'maxConcurrency'), 'absent');
  });

  it('are unknown where they cannot be seen', () => {
    assert.equal(optionOf('new ChatOpenAI(getFields())', 'maxConcurrency'), 'unknown');
    assert.equal(optionOf('new ChatOpenAI({ maxConcurrency: 5, ...getFields() })', 'maxConcurrency'), 'unknown');
    assert.equal(optionOf('new ChatOpenAI({ [process.env.KEY]: 1 })', 'maxConcurrency'), 'unknown');
    assert.equal(optionOf('new ChatOpenAI(...fields)', 'maxConcurrency', 'const fields = [{}];'), 'unknown');
    assert.equal(
      optionOf(
        'new ChatOpenAI(fields)',
        'maxConcurrency',
        'const fields = { maxConcurrency: 4 }; fields.maxConcurrency = 9;',
      ),
      'unknown',
    );
  });

  it('are found below builders that keep the instance, and in the argument that the factory takes', () => {
    assert.equal(optionOf('new ChatOpenAI({ maxConcurrency: 5 }).bindTools([]).withRetry()', 'maxConcurrency'), '5');
    assert.equal(optionOf('await initChatModel("openai:gpt-4o", { maxConcurrency: 6 })', 'maxConcurrency'), '6');
    assert.equal(
      optionOf('await PGVectorStore.initialize(new OpenAIEmbeddings(), { tableName: "docs" })', 'tableName'),
      '"docs"',
    );
    assert.equal(
      optionOf('await PGVectorStore.fromDocuments([], new OpenAIEmbeddings(), { tableName: "docs" })', 'tableName'),
      '"docs"',
    );
    assert.equal(
      optionOf('await PGVectorStore.fromTexts([], [], new OpenAIEmbeddings(), { tableName: "docs" })', 'tableName'),
      '"docs"',
    );
  });

  it('of a subclass with a constructor of its own cannot be told', () => {
    const subclass =
      'class Fast extends ChatOpenAI { constructor(fields) { super({ ...fields, model: "gpt-4o-mini" }); } }';
    assert.equal(optionOf('new Fast({ maxConcurrency: 2 })', 'maxConcurrency', subclass), 'unknown');
    assert.equal(
      optionOf('new Fast({ maxConcurrency: 2 })', 'maxConcurrency', 'class Fast extends ChatOpenAI {}'),
      '2',
    );
  });
});
