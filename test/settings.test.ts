import { describe, expect, test } from 'vitest';
import { getSettings, type Settings } from '../src/settings.ts';

function read(langchain: unknown): Settings {
  return getSettings({ settings: { langchain } });
}

test('without settings everything has its default', () => {
  const defaults = {
    modules: {},
    classes: {},
    autofix: true,
    budget: null,
    debug: false,
    crossFile: true,
    version: null,
  };
  expect(getSettings({ settings: {} })).toEqual(defaults);
  expect(read({})).toEqual(defaults);
  expect(read({ modules: undefined, autofix: undefined })).toEqual(defaults);
});

test('what is set is kept', () => {
  const settings = {
    modules: { '@acme/llm': '@langchain/openai' },
    classes: {},
    autofix: false,
    budget: { workers: 4, limit: 60, pools: { main: 100 } },
    debug: true,
    crossFile: false,
    version: '1.4.0',
  };
  expect(read(settings)).toEqual(settings);
  expect(read({ budget: { workers: 1, limit: 1 } }).budget).toEqual({ workers: 1, limit: 1 });
  expect(read({ autofix: { suggestions: ['no-low-timeout'] } }).autofix).toEqual({ suggestions: ['no-low-timeout'] });
  expect(read({ version: '1.0.0-alpha.3' }).version).toBe('1.0.0-alpha.3');
  const version = { core: '1.4.0', langchain: '1.5.9', langgraph: '1.7.3' };
  expect(read({ version }).version).toEqual(version);
});

test('a class is kept with the package that has the class it stands for', () => {
  const classes = { AcmeChat: 'BaseChatModel', AcmeGpt: 'ChatOpenAI', AcmeStore: 'VectorStore', AcmeZep: 'ZepMemory' };
  expect(read({ classes }).classes).toEqual({
    AcmeChat: { source: '@langchain/core', name: 'BaseChatModel' },
    AcmeGpt: { source: '@langchain/openai', name: 'ChatOpenAI' },
    AcmeStore: { source: '@langchain/core', name: 'VectorStore' },
    AcmeZep: { source: '@langchain/community', name: 'ZepMemory' },
  });
  expect('constructor' in read({ classes }).classes).toBe(false);
});

test('a module named like a property of every object is not mapped', () => {
  expect('constructor' in read({}).modules).toBe(false);
  expect('toString' in read({ modules: { '@acme/llm': '@langchain/openai' } }).modules).toBe(false);
});

test('one settings object is validated once', () => {
  const langchain = { autofix: false };
  expect(read(langchain)).toBe(read(langchain));
});

describe('an invalid setting is refused with the name of its key', () => {
  test.each([
    ['settings.langchain', true, 'must be an object, but is true.'],
    ['settings.langchain', [], 'must be an object, but is an array.'],
    [
      'settings.langchain',
      { autoFix: false },
      'has the unknown key "autoFix". Known keys: modules, classes, autofix, budget, debug, crossFile, version.',
    ],
    [
      'settings.langchain.modules',
      { modules: ['@acme/llm'] },
      'must be an object of module specifiers, but is an array.',
    ],
    [
      'settings.langchain.modules["@acme/llm"]',
      { modules: { '@acme/llm': true } },
      'must be a module specifier, but is true.',
    ],
    ['settings.langchain.classes', { classes: 'AcmeChat' }, 'must be an object of class names, but is "AcmeChat".'],
    [
      'settings.langchain.classes["AcmeChat"]',
      { classes: { AcmeChat: 'BaseChatmodel' } },
      'must be a class of LangChain such as "BaseChatModel", but is "BaseChatmodel".',
    ],
    [
      'settings.langchain.classes["AcmeChat"]',
      { classes: { AcmeChat: 'createAgent' } },
      'must be a class of LangChain such as "BaseChatModel", but is "createAgent".',
    ],
    [
      'settings.langchain.classes["AcmeChat"]',
      { classes: { AcmeChat: { name: 'BaseChatModel' } } },
      'must be a class of LangChain such as "BaseChatModel", but is of type object.',
    ],
    [
      'settings.langchain.autofix',
      { autofix: 'no' },
      'must be true, false or an object with `suggestions`, but is "no".',
    ],
    [
      'settings.langchain.autofix',
      { autofix: { suggestion: [] } },
      'has the unknown key "suggestion". Known keys: suggestions.',
    ],
    [
      'settings.langchain.autofix.suggestions',
      { autofix: { suggestions: 'no-low-timeout' } },
      'must be a list of names of rules, but is "no-low-timeout".',
    ],
    [
      'settings.langchain.autofix.suggestions',
      { autofix: { suggestions: [1] } },
      'must be a list of names of rules, but is an array.',
    ],
    ['settings.langchain.autofix.suggestions', { autofix: {} }, 'must be a list of names of rules, but is undefined.'],
    ['settings.langchain.debug', { debug: null }, 'must be true or false, but is null.'],
    ['settings.langchain.crossFile', { crossFile: 0 }, 'must be true or false, but is 0.'],
    ['settings.langchain.budget', { budget: 60 }, 'must be an object with `workers` and `limit`, but is 60.'],
    [
      'settings.langchain.budget',
      { budget: { workers: 1, limit: 1, pool: {} } },
      'has the unknown key "pool". Known keys: workers, limit, pools.',
    ],
    [
      'settings.langchain.budget.workers',
      { budget: { limit: 60 } },
      'must be a number of at least 1, but is undefined.',
    ],
    [
      'settings.langchain.budget.limit',
      { budget: { workers: 1, limit: 0 } },
      'must be a number of at least 1, but is 0.',
    ],
    [
      'settings.langchain.budget.limit',
      { budget: { workers: 1, limit: Infinity } },
      'must be a number of at least 1, but is Infinity.',
    ],
    [
      'settings.langchain.budget.pools',
      { budget: { workers: 1, limit: 1, pools: 5 } },
      'must be an object of connection counts, but is 5.',
    ],
    [
      'settings.langchain.budget.pools["main"]',
      { budget: { workers: 1, limit: 1, pools: { main: () => 1 } } },
      'must be a number of at least 1, but is of type function.',
    ],
    [
      'settings.langchain.version',
      { version: '1.x' },
      'must be a version of @langchain/core such as "1.4.0", but is "1.x".',
    ],
    [
      'settings.langchain.version',
      { version: { openai: '1.6.0' } },
      'has the unknown key "openai". Known keys: core, langchain, langgraph.',
    ],
    [
      'settings.langchain.version.langchain',
      { version: { langchain: 1.5 } },
      'must be a version such as "1.4.0", but is 1.5.',
    ],
    ['settings.langchain.version', { version: 1 }, 'must be a version of @langchain/core such as "1.4.0", but is 1.'],
  ])('%s: %j', (key, settings, problem) => {
    expect(() => read(settings)).toThrow(new TypeError(`${key} ${problem}`));
  });
});
