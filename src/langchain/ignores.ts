import { findProperty } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import type { Kind } from '../facts/catalog.ts';
import { callKeys, type IgnoredBy } from '../facts/ignored-settings.ts';
import type { Traits } from '../facts/traits.ts';
import { Answers } from '../memo.ts';
import type { LangChainValue } from '../trace/value.ts';

/** Whether a method of a value ignores a key in its config. */
export function ignoresKey(value: LangChainValue, method: string, key: string): boolean {
  return callKeys.some((row) => row.key === key && row.methods.includes(method) && isIgnoredBy(row.ignoredBy, value));
}

export function isIgnoredBy(by: IgnoredBy, value: LangChainValue): boolean {
  switch (by) {
    case 'chain':
      return isClassicChain(value);
    case 'embeddings':
      return value.kind === 'embeddings';
    case 'mapReduce':
      return isMapReduce(value) && value.alternatives.every(isMapReduce);
    case 'toolNode':
      return value.className === 'ToolNode' && value.builder === null && value.classNode === null;
    case 'oneCall':
      return isOneCall(value);
  }
}

/** Kinds whose `invoke` makes one call, whatever they contain. */
const oneCallKinds: ReadonlySet<Kind> = new Set<Kind>([
  'chatModel',
  'embeddings',
  'llm',
  'parser',
  'prompt',
  'retriever',
]);
/** The parts that these add may be anything, even a graph, and are not among the steps. */
const addsParts: ReadonlySet<string> = new Set(['assign', 'map', 'withFallbacks']);

/**
 * A single model, prompt, parser or retriever, or a sequence of these: unlike a graph, none of them reads
 * `maxConcurrency` from the config of one call.
 */
export function isOneCall(value: LangChainValue): boolean {
  return oneCalls.find(value, readOneCall);
}

const oneCalls = new Answers<LangChainValue, boolean>({ onCycle: true, tooDeep: false });

function readOneCall(value: LangChainValue): boolean {
  if (!value.alternatives.every(isOneCall)) return false;
  for (let current: LangChainValue | null = value; current; current = current.base) {
    if (current.builder !== null && addsParts.has(current.builder)) return false;
  }
  if (value.steps)
    return value.steps.every((step) => step.is === 'yes' && (step.value === value || isOneCall(step.value)));
  return oneCallKinds.has(value.kind);
}

/** LLMChain and its like, but not AgentExecutor, whose agent receives the config. */
export function isClassicChain({ alternatives, builder, classNode, entry, kind }: LangChainValue): boolean {
  const isChain =
    kind === 'chain' &&
    builder === null &&
    classNode === null &&
    (entry?.type === 'function' || (entry?.bases.includes('langchain#BaseChain') ?? false));
  return isChain && alternatives.every(isClassicChain);
}

/** `loadSummarizationChain(model, { type: 'map_reduce' })`, which is also its default. */
function isMapReduce({ builder, className, entry, node }: LangChainValue): boolean {
  if (builder !== null || entry === undefined) return false;
  if (className === 'MapReduceDocumentsChain') return true;
  if (entry.name !== 'loadSummarizationChain' || node.type !== AST_NODE_TYPES.CallExpression) return false;
  const [, options] = node.arguments;
  if (!options) return node.arguments.length === 1;
  const type = options.type === AST_NODE_TYPES.ObjectExpression ? findProperty(options, 'type') : null;
  return type?.value.type === AST_NODE_TYPES.Literal && type.value.value === 'map_reduce';
}

/** Runnables that pass the config to a server, which may run Python. */
const remoteClasses: ReadonlySet<string> = new Set(['RemoteGraph', 'RemoteRunnable']);

export function sendsConfig({ className }: LangChainValue): boolean {
  return remoteClasses.has(className);
}

/** The working counterpart of an ignored option in a class, as a dotted path; null where there is none. */
export function findWorkingOption(ignored: string, { timeouts }: Traits): string | null {
  if (!ignored.endsWith('timeout')) return null;
  // A `client` is an object with its own options, which the program creates.
  return (
    timeouts.find(({ ends, option }) => ends === 'attempt' && option !== ignored && !option.startsWith('client.'))
      ?.option ?? null
  );
}

/** The replacement for a constructor option without effect: a sentence without its full stop. */
export function getAdvice(option: string, traits: Traits): string {
  const working = findWorkingOption(option, traits);
  if (working !== null) return `Write \`${showPath(working)}\``;
  if (option === 'maxConcurrency') return 'Pass it to `batch()`, or limit the calls with p-limit';
  if (option === 'maxRetries')
    return traits.defaultRetries === 0
      ? 'Repeat failed calls with `withRetry()`'
      : 'Set `maxAttempts` on the `client` that it is given';
  if (traits.timeouts.some(({ option }) => option.startsWith('client.')))
    return 'Set a timeout on the `client` that it is given';
  if (traits.honoursCallTimeout === true) return 'Pass a `timeout` to its calls';
  return 'Pass it to `model.pipe(parser).invoke(input, { timeout })`';
}

/** `clientOptions: { timeout }` for `clientOptions.timeout` */
function showPath(path: string): string {
  return path.split('.').reduceRight((inner, key) => `${key}: { ${inner} }`);
}

/** Whether the class behaves by default as an ignored option requests. */
export function isMet(option: string, value: number | null, { defaultRetries }: Traits): boolean {
  return option === 'maxRetries' && value !== null && value === defaultRetries;
}
