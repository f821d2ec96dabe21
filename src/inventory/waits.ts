import { getSurroundings } from '../ast/ancestors.ts';
import type { Call } from '../ast/calls.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { findModels, readLibrary } from '../config/attempts.ts';
import { getDefaultTimeout } from '../config/fetch.ts';
import { ignoresTimeout } from '../config/ignored-calls.ts';
import { countRequests } from '../config/retries.ts';
import { findTimeouts } from '../config/timeouts.ts';
import type { LangChainCall } from '../langchain/calls.ts';
import type { LangChainFile } from '../trace/file.ts';
import { foldNumber } from '../trace/numbers.ts';
import type { LangChainValue } from '../trace/value.ts';
import type { CallRecord } from './records.ts';

type Wait = CallRecord['wait'];

/** The waits of a call itself. */
export interface OwnWait {
  readonly requests: number | null;
  /** The attempts of the model itself, with LangChain's backoff between them. */
  readonly tries: number;
  readonly timeout: Wait;
  readonly deadline: number | null;
}

/** @param model The value that handles the call. */
export function getOwnWait(file: LangChainFile, call: LangChainCall, model: LangChainValue): OwnWait {
  const [slowest] = findModels(file, model)
    .map((each) => ({
      requests: countRequests(each),
      tries: each.count,
      timeout: getTimeout(file.of(each.model.node), each.model),
    }))
    .toSorted((a, b) => b.requests - a.requests || toMilliseconds(b.timeout) - toMilliseconds(a.timeout));
  return {
    ...(slowest ?? { requests: null, tries: 1, timeout: null }),
    deadline: findDeadline(file, call),
  };
}

/** An unknown wait may be the longest. */
function toMilliseconds(wait: Wait): number {
  return typeof wait === 'number' ? wait : Number.MAX_VALUE;
}

/** How often a failing call is tried, and how long that takes. */
export function getWait(
  file: LangChainFile,
  { deadline, node, requests, timeout, tries }: OwnWait & { readonly node: Call },
  via: readonly Call[],
): Pick<CallRecord, 'attempts' | 'timeout' | 'wait'> {
  const around = [...via, node].flatMap((each) => findAttemptsAround(file.of(each), each));
  const attempts = requests === null ? null : around.reduce((product, each) => product * each, requests);
  return { attempts, timeout, wait: deadline ?? getLongest(attempts, timeout, tries) };
}

/** The attempts of p-retry and its like around a call. */
function findAttemptsAround(file: LangChainFile, node: Call): readonly number[] {
  const found: number[] = [];
  for (let around = getSurroundings(node); around; around = getSurroundings(around.outer)) {
    const call = around.outer.parent;
    const again = call.type === AST_NODE_TYPES.CallExpression ? readLibrary(file, call) : null;
    if (again) found.push(again.attempts);
  }
  return found;
}

/** Milliseconds of one attempt. */
function getTimeout(file: LangChainFile, model: LangChainValue): Wait {
  const [given] = findTimeouts(file, model.node);
  if (given) {
    const time = foldNumber(file, given.value);
    return time && !time.isDefault ? time.value * (given.unit === 's' ? 1000 : 1) : null;
  }
  const time = getDefaultTimeout(file, model);
  return time === Infinity ? 'endless' : time;
}

/** `{ timeout: 30_000 }` in the config of a call ends it, with all its attempts. */
function findDeadline(file: LangChainFile, { node, receiver }: LangChainCall): number | null {
  const [given] = findTimeouts(file.of(node), node);
  if (given?.unit !== 'ms' || ignoresTimeout(file, receiver)) return null;
  return foldNumber(file.of(node), given.value)?.value ?? null;
}

/** LangChain waits 1, 2, 4 seconds and so on between attempts, each up to twice that. */
function getLongest(attempts: number | null, timeout: Wait, own: number): Wait {
  if (attempts === null || timeout === null) return null;
  if (timeout === 'endless') return 'endless';
  const pauses = 2000 * (2 ** (own - 1) - 1);
  return attempts * timeout + (attempts / own) * pauses;
}
