import type { Kind } from './catalog.ts';
import { getHome } from './providers.ts';
import type { Traits } from './traits.ts';
import type { LangChainValue } from './value.ts';

/** A key that has no effect where it is written. */
interface IneffectiveKey {
  readonly key: string;
  /** The test that executes it. */
  readonly proof: string;
}

/** Python's spelling of keys of a runnable config. */
export const pythonKeys: readonly (IneffectiveKey & { readonly instead: string })[] = [
  { key: 'max_concurrency', instead: 'maxConcurrency', proof: 'python-config-key-ignored' },
  { key: 'recursion_limit', instead: 'recursionLimit', proof: 'python-config-key-ignored' },
  { key: 'run_id', instead: 'runId', proof: 'python-config-key-ignored' },
  { key: 'run_name', instead: 'runName', proof: 'python-config-key-ignored' },
];

/** A key of a runnable config that is written inside `configurable`. */
export interface ConfigurableKey extends IneffectiveKey {
  readonly instead: string;
  /** Whether programs use the name for data of their own, which a node or tool in another file may read. */
  readonly isOwnData: boolean;
}

export const configurableKeys: readonly ConfigurableKey[] = [
  ...['callbacks', 'maxConcurrency', 'recursionLimit', 'runName', 'signal', 'streamMode', 'tags', 'timeout'].map((key) => ({ key, instead: key, isOwnData: false, proof: 'configurable-key-ignored' })),
  // The LangGraph server puts the run's id there itself.
  ...['metadata', 'runId'].map((key) => ({ key, instead: key, isOwnData: true, proof: 'configurable-key-ignored' })),
  ...pythonKeys.map(({ key, instead }) => ({ key, instead, isOwnData: key === 'run_id', proof: 'configurable-key-ignored' })),
];

/** What a value must visibly be, to be taken for the config's and not for an input of that name. */
export type Nature = 'handlers' | 'signal' | 'streamMode' | 'thread';

/** Keys of a runnable config that are written in the input. */
export const inputKeys: readonly (IneffectiveKey & { readonly nature: Nature })[] = [
  { key: 'callbacks', nature: 'handlers', proof: 'input-key-ignored' },
  { key: 'configurable', nature: 'thread', proof: 'input-key-ignored' },
  { key: 'signal', nature: 'signal', proof: 'input-key-ignored' },
  { key: 'streamMode', nature: 'streamMode', proof: 'input-key-ignored' },
];

/** Keys of the config of one call. */
export interface CallKey extends IneffectiveKey {
  readonly methods: readonly string[];
  /** What the call is made on, when it ignores the key. */
  readonly ignores: (value: LangChainValue) => boolean;
  readonly cause: 'chain' | 'oneCall';
}

export const callKeys: readonly CallKey[] = [
  { key: 'maxConcurrency', methods: ['invoke', 'stream', 'streamEvents', 'streamLog'], ignores: isOneCall, cause: 'oneCall', proof: 'limit-of-one-call-ignored' },
  { key: 'maxConcurrency', methods: ['embedDocuments', 'embedQuery'], ignores: ({ kind }) => kind === 'embeddings', cause: 'oneCall', proof: 'limit-of-one-call-ignored' },
  // Streams end at the signal in 1.x.
  { key: 'signal', methods: ['batch', 'call', 'invoke'], ignores: isClassicChain, cause: 'chain', proof: 'chain-reads-signal-from-input' },
  { key: 'timeout', methods: ['batch', 'call', 'invoke'], ignores: isClassicChain, cause: 'chain', proof: 'chain-reads-signal-from-input' },
];

/** Whether a method of a value ignores a key in its config. */
export function ignoresKey(value: LangChainValue, method: string, key: string): boolean {
  return callKeys.some((row) => row.key === key && row.methods.includes(method) && row.ignores(value));
}

/** `maxConcurrency` in any config of a list but the first. */
export const laterConfig: IneffectiveKey = { key: 'maxConcurrency', proof: 'batch-reads-first-config' };

/** An option of a constructor. What a class ignores whatever the value is a trait of it. */
export interface ConstructorOption {
  /** Dotted path. */
  readonly option: string;
  /** The only value that does not do what it says; null for any. */
  readonly value: number | null;
  /** The option, with the value `true`, that takes the effect away; null for none. */
  readonly beside: string | null;
  readonly ignores: (traits: Traits) => boolean;
  readonly cause: 'retries' | 'streaming';
  readonly proof: string;
}

export const constructorOptions: readonly ConstructorOption[] = [
  {
    option: 'configuration.maxRetries',
    value: 0,
    beside: null,
    // Whoever reads its timeout from `configuration` hands that to the SDK, and retries around it.
    ignores: ({ timeouts }) => timeouts.some(({ path }) => path === 'configuration.timeout'),
    cause: 'retries',
    proof: 'configuration-retries-not-off',
  },
  { option: 'maxConcurrency', value: null, beside: 'streaming', ignores: ({ honoursMaxConcurrency }) => honoursMaxConcurrency === true, cause: 'streaming', proof: 'streaming-frees-place' },
];

/** `ainvoke`, `abatch` and `astream`, which `findCall` reads as what they mean. */
export const pythonMethods: { readonly names: readonly string[]; readonly proof: string } = { names: ['abatch', 'ainvoke', 'astream'], proof: 'python-methods-missing' };

/** Kinds whose `invoke` makes one call, whatever it contains. */
const oneCallKinds: ReadonlySet<Kind> = new Set<Kind>(['chatModel', 'embeddings', 'llm', 'parser', 'prompt', 'retriever']);
/** What these add may be anything, a graph for one, and is not among the steps. */
const addsParts: ReadonlySet<string> = new Set(['assign', 'map', 'withFallbacks']);

/** A bare model, prompt, parser or retriever, or a sequence of such: nothing in it reads `maxConcurrency` from the config of one call, as a graph does. */
export function isOneCall(value: LangChainValue): boolean {
  if (!value.alternatives.every(isOneCall)) return false;
  for (let current: LangChainValue | null = value; current; current = current.base) {
    if (current.builder !== null && addsParts.has(current.builder)) return false;
  }
  if (value.steps) return value.steps.every((step) => step.is === 'yes' && (step.value === value || isOneCall(step.value)));
  return oneCallKinds.has(value.kind);
}

/** LLMChain and its like, but not AgentExecutor, whose agent gets the config. */
export function isClassicChain({ alternatives, builder, classNode, entry, kind }: LangChainValue): boolean {
  const isChain = kind === 'chain' && builder === null && classNode === null && (entry?.type === 'function' || (entry?.bases.includes('BaseChain') ?? false));
  return isChain && alternatives.every(isClassicChain);
}

/** Whether a class is the one that was measured, and not an older one of the same name: the ChatOllama of `@langchain/community` honours what that of `@langchain/ollama` ignores. */
export function isMeasured({ className, module }: LangChainValue): boolean {
  const home = getHome(className);
  return home === null || home === module.package;
}

/** Runnables that hand the config to a server, which may be Python's. */
const remoteClasses: ReadonlySet<string> = new Set(['RemoteGraph', 'RemoteRunnable']);

export function sendsConfig({ className }: LangChainValue): boolean {
  return remoteClasses.has(className);
}

/** Where a class takes what `option` was meant to be, as a dotted path; null where it takes it nowhere. */
export function findWorkingOption(option: string, { timeouts }: Traits): string | null {
  if (!option.endsWith('timeout')) return null;
  // A `client` is an object that somebody makes, with options of its own.
  return timeouts.find(({ bounds, path }) => bounds === 'attempt' && path !== option && !path.startsWith('client.'))?.path ?? null;
}

/** What to write in place of a constructor option that has no effect: a sentence without its full stop. */
export function getAdvice(option: string, traits: Traits): string {
  const working = findWorkingOption(option, traits);
  if (working !== null) return `Write \`${showPath(working)}\``;
  if (option === 'maxConcurrency') return 'Pass it to `batch()`, or limit the calls with p-limit';
  if (option === 'maxRetries') return traits.defaultRetries === 0 ? 'Repeat failed calls with `withRetry()`' : 'Set `maxAttempts` on the `client` that it is given';
  if (traits.timeouts.some(({ path }) => path.startsWith('client.'))) return 'Set a timeout on the `client` that it is given';
  return 'Pass a `timeout` to a chain in which a step follows the model: `model.pipe(parser).invoke(input, { timeout })`';
}

/** `clientOptions: { timeout }` for `clientOptions.timeout` */
function showPath(path: string): string {
  return path.split('.').reduceRight((inner, key) => `${key}: { ${inner} }`);
}

/** Whether the class does by itself what an option that it ignores asks for. */
export function isMet(option: string, value: number | null, { defaultRetries }: Traits): boolean {
  return option === 'maxRetries' && value !== null && value === defaultRetries;
}
