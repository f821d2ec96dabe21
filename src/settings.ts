import type { TSESLint } from '@typescript-eslint/utils';
import type { ExportRef } from './facts/export-ref.ts';
import { findPackage } from './facts/homes.ts';
import { isRecord } from './project/json.ts';

/** `settings.langchain.budget`: what all processes together may have in flight. */
export interface Budget {
  /** Processes or pods that run the linted code at the same time. */
  readonly workers: number;
  /** Requests that the model provider accepts in flight. */
  readonly limit: number;
  /**
   * Connections that a database accepts, by what holds the pool, LangChain's class that opens it, the package of its
   * driver, or the database.
   */
  readonly pools?: Readonly<Record<string, number>>;
}

/** `settings.langchain.autofix`, with the rules whose suggestions become fixes. */
interface Adopted {
  /** Names of rules, which are validated where these are known. */
  readonly suggestions: readonly string[];
}

/** Versions of packages, such as `1.4.0`; one that is not named is read from what is installed. */
export interface Versions {
  /** Of `@langchain/core`. */
  readonly core?: string;
  readonly langchain?: string;
  /** Of `@langchain/langgraph`. */
  readonly langgraph?: string;
}

/** `settings.langchain`, validated. */
export interface Settings {
  /** In-house module specifier → the LangChain specifier it stands for. Has no prototype: any string is a safe key. */
  readonly modules: Readonly<Record<string, string>>;
  /** Class of another package → the class of LangChain that it stands for. Has no prototype either. */
  readonly classes: Readonly<Record<string, ExportRef>>;
  /**
   * When false, every fix becomes a suggestion. With names of rules, the first suggestion of each of these rules
   * becomes its fix.
   */
  readonly autofix: boolean | Adopted;
  readonly budget: Budget | null;
  /** When true, receivers that cannot be traced are printed to stderr, each with the reason. */
  readonly debug: boolean;
  /** Whether facts may be read from other files. */
  readonly crossFile: boolean;
  /** That of `@langchain/core` alone, or of several packages; null when they are to be read from what is installed. */
  readonly version: string | Versions | null;
}

/** `settings.langchain`, as a configuration has it. */
export type LangChainSettings = {
  readonly [Key in keyof Settings]?: Key extends 'classes'
    ? Readonly<Record<string, string>>
    : NonNullable<Settings[Key]>;
};

const DEFAULTS: Settings = {
  modules: Object.create(null) as Record<string, string>,
  classes: Object.create(null) as Record<string, ExportRef>,
  autofix: true,
  budget: null,
  debug: false,
  crossFile: true,
  version: null,
};

const validated = new WeakMap<object, Settings>();

/**
 * The plugin's settings of a lint run.
 * @throws {TypeError} When `settings.langchain` is malformed; the message names the key.
 */
export function getSettings(
  context: Readonly<Pick<TSESLint.RuleContext<string, readonly unknown[]>, 'settings'>>,
): Settings {
  const raw = context.settings['langchain'];
  if (raw === undefined || raw === null) return DEFAULTS;
  if (!isRecord(raw)) throw invalid('', 'an object', raw);
  let settings = validated.get(raw);
  if (settings === undefined) {
    settings = readSettings(raw);
    validated.set(raw, settings);
  }
  return settings;
}

const READERS: { readonly [Key in keyof Settings]: (key: string, value: unknown) => Settings[Key] } = {
  modules: readModules,
  classes: readClasses,
  autofix: readAutofix,
  budget: readBudget,
  debug: readBoolean,
  crossFile: readBoolean,
  version: readVersion,
};

function readSettings(raw: Record<string, unknown>): Settings {
  rejectUnknownKeys('', raw, Object.keys(READERS));
  const read = <Key extends keyof Settings>(key: Key): Settings[Key] => {
    const value = raw[key];
    return value === undefined ? DEFAULTS[key] : READERS[key](key, value);
  };
  return {
    modules: read('modules'),
    classes: read('classes'),
    autofix: read('autofix'),
    budget: read('budget'),
    debug: read('debug'),
    crossFile: read('crossFile'),
    version: read('version'),
  };
}

function readModules(key: string, value: unknown): Readonly<Record<string, string>> {
  if (!isRecord(value)) throw invalid(key, 'an object of module specifiers', value);
  const modules = Object.create(null) as Record<string, string>;
  for (const [specifier, target] of Object.entries(value)) {
    if (typeof target !== 'string' || target === '')
      throw invalid(`${key}["${specifier}"]`, 'a module specifier', target);
    modules[specifier] = target;
  }
  return modules;
}

function readClasses(key: string, value: unknown): Readonly<Record<string, ExportRef>> {
  if (!isRecord(value)) throw invalid(key, 'an object of class names', value);
  const classes = Object.create(null) as Record<string, ExportRef>;
  for (const [name, target] of Object.entries(value)) {
    const source = typeof target === 'string' ? findPackage(target) : null;
    if (typeof target !== 'string' || source === null)
      throw invalid(`${key}["${name}"]`, 'a class of LangChain such as "BaseChatModel"', target);
    classes[name] = { source, name: target };
  }
  return classes;
}

function readBudget(key: string, value: unknown): Budget {
  if (!isRecord(value)) throw invalid(key, 'an object with `workers` and `limit`', value);
  rejectUnknownKeys(key, value, ['workers', 'limit', 'pools']);
  const workers = readCount(`${key}.workers`, value['workers']);
  const limit = readCount(`${key}.limit`, value['limit']);
  const rawPools = value['pools'];
  if (rawPools === undefined) return { workers, limit };
  if (!isRecord(rawPools)) throw invalid(`${key}.pools`, 'an object of connection counts', rawPools);
  const pools = Object.create(null) as Record<string, number>;
  for (const [name, size] of Object.entries(rawPools)) pools[name] = readCount(`${key}.pools["${name}"]`, size);
  return { workers, limit, pools };
}

function readCount(key: string, value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 1)
    throw invalid(key, 'a number of at least 1', value);
  return value;
}

function readAutofix(key: string, value: unknown): boolean | Adopted {
  if (typeof value === 'boolean') return value;
  if (!isRecord(value)) throw invalid(key, 'true, false or an object with `suggestions`', value);
  rejectUnknownKeys(key, value, ['suggestions']);
  const { suggestions } = value;
  if (!Array.isArray(suggestions) || !suggestions.every((each) => typeof each === 'string'))
    throw invalid(`${key}.suggestions`, 'a list of names of rules', suggestions);
  return { suggestions };
}

function readBoolean(key: string, value: unknown): boolean {
  if (typeof value !== 'boolean') throw invalid(key, 'true or false', value);
  return value;
}

function readVersion(key: string, value: unknown): string | Versions {
  if (isRecord(value)) return readVersions(key, value);
  if (!isVersion(value)) throw invalid(key, 'a version of @langchain/core such as "1.4.0"', value);
  return value;
}

const PACKAGES = ['core', 'langchain', 'langgraph'] as const;

function readVersions(key: string, value: Record<string, unknown>): Versions {
  rejectUnknownKeys(key, value, PACKAGES);
  const given = PACKAGES.flatMap((name) => {
    const version = value[name];
    if (version === undefined) return [];
    if (!isVersion(version)) throw invalid(`${key}.${name}`, 'a version such as "1.4.0"', version);
    return [[name, version] as const];
  });
  return Object.fromEntries(given);
}

function isVersion(value: unknown): value is string {
  return typeof value === 'string' && /^\d+\.\d+\.\d+(?:-[\w.-]+)?$/u.test(value);
}

function rejectUnknownKeys(key: string, value: Record<string, unknown>, known: readonly string[]): void {
  const unknown = Object.keys(value).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new TypeError(`${settingName(key)} has the unknown key "${unknown}". Known keys: ${known.join(', ')}.`);
}

function invalid(key: string, expected: string, value: unknown): TypeError {
  return new TypeError(`${settingName(key)} must be ${expected}, but is ${describe(value)}.`);
}

function settingName(key: string): string {
  return key === '' ? 'settings.langchain' : `settings.langchain.${key}`;
}

function describe(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' || typeof value === 'boolean' || value === null || value === undefined)
    return String(value);
  return Array.isArray(value) ? 'an array' : `of type ${typeof value}`;
}
