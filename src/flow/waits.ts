import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction, unwrap } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { perFile, type LangChainFile } from '../file.ts';
import { findCall } from '../langchain/calls.ts';
import { findConstructorOption, findOption, readObject, type Option } from '../langchain/options.ts';
import { getParts } from '../langchain/parts.ts';
import { getTraits } from '../langchain/traits.ts';
import type { LangChainValue } from '../langchain/value.ts';
import { getNodes } from '../visited.ts';
import { getAttempts } from './retries.ts';

/** How long a call of a model that nobody gave a timeout may wait. */
export interface Wait {
  /** Milliseconds of one attempt; Infinity when the SDK gives up on no answer. */
  readonly timeout: number;
  /** Null when the number is not known. */
  readonly attempts: number | null;
  /** The constructor option that sets the timeout, a dotted path; null when the class has none. */
  readonly option: string | null;
  /** Whether `timeout` and `signal` in the config of a call end it; null when that is not known. */
  readonly honoursCallTimeout: boolean | null;
}

/** Through these a timeout may come in that is not written here. */
const carriers = ['client', 'createClient', 'httpClient', 'fetch', 'configuration.fetch', 'configuration.fetchOptions', 'configuration.httpAgent', 'clientOptions.fetch', 'clientOptions.fetchOptions', 'clientOptions.requestHandler'];

/** The longest that a provider needs for an answer: what gives up by itself within this time needs no other timeout. */
const longEnough = 120_000;

/** How long a model waits; null where a timeout is set or may be, and for classes that are not known. */
export function findWait(file: LangChainFile, model: LangChainValue): Wait | null {
  const { defaultTimeout, honoursCallTimeout, ignoredOptions, timeouts } = getTraits(file, model);
  if (defaultTimeout === undefined || defaultTimeout <= longEnough) return null;
  // A timeout that the class ignores is another rule's report.
  const ignored = ignoredOptions.filter((path) => /timeout$/iu.test(path));
  const paths = new Set([...timeouts.map(({ path }) => path), ...ignored, 'timeout']);
  if ([...paths].some((path) => findConstructorOption(file, model, path).is !== 'absent')) return null;
  if (carriers.some((path) => mayCarryTimeout(file, findConstructorOption(file, model, path)))) return null;
  if (getTimed(file).has(model.node)) return null;
  const option = timeouts.find(({ bounds, path }) => bounds === 'attempt' && !path.includes('requestHandler'));
  return { timeout: defaultTimeout, attempts: getAttempts(file, model)?.count ?? null, option: option?.path ?? null, honoursCallTimeout: honoursCallTimeout ?? null };
}

/** A function or object in sight that speaks of none carries none. */
function mayCarryTimeout(file: LangChainFile, option: Option): boolean {
  if (option.is !== 'given') return option.is === 'unknown';
  const isInSight = isFunction(unwrap(option.value)) || readObject(file, option.value) !== null;
  return !isInSight || /abort|signal|timeout/iu.test(file.getText(option.value));
}

const timing = ['timeout', 'signal'];

/** What is built in the file and given a time or a signal by a call, or by `withConfig`. A config that cannot be seen may hold one. */
const getTimed = perFile((file): ReadonlySet<TSESTree.Node> => {
  const timed = new Set<TSESTree.Node>();
  for (const node of getNodes(file)) {
    if (node.type !== AST_NODE_TYPES.CallExpression || node.arguments.length === 0) continue;
    const receiver = findTimedReceiver(file, node);
    for (const part of receiver ? getParts(receiver) : []) timed.add(part.node);
  }
  return timed;
});

function findTimedReceiver(file: LangChainFile, node: TSESTree.CallExpression): LangChainValue | null {
  const call = findCall(file, node);
  if (call) return call.config && mayTime(file, call.config) ? call.receiver : null;
  const resolution = file.resolve(node);
  const bound = resolution.is === 'yes' && resolution.value.builder !== null ? resolution.value : null;
  const takesConfig = bound?.builder === 'withConfig' || bound?.builder === 'bind';
  return takesConfig && node.arguments[0] && mayTime(file, node.arguments[0]) ? bound : null;
}

function mayTime(file: LangChainFile, config: TSESTree.Node): boolean {
  return timing.some((key) => findOption(file, config, key).is !== 'absent');
}
