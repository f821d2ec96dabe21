import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '../ast/types.ts';
import type { Kind } from '../facts/catalog.ts';
import type { LangChainCall } from '../langchain/calls.ts';
import { getParts } from '../langchain/parts.ts';
import { getTraits } from '../langchain/traits.ts';
import type { LangChainFile } from '../trace/file.ts';
import { findOption } from '../trace/options.ts';
import type { LangChainValue } from '../trace/value.ts';

/** The kinds that run a model and take a config. */
const kinds: ReadonlySet<Kind> = new Set<Kind>([
  'agent',
  'chain',
  'chatModel',
  'graph',
  'llm',
  'router',
  'runnable',
  'sequence',
]);
const methods: ReadonlySet<string> = new Set([
  'batch',
  'call',
  'generate',
  'invoke',
  'predict',
  'run',
  'stream',
  'streamEvents',
  'streamLog',
]);

/** Whether a signal would end a call that visibly receives none. Proof: `signal-stops-call`. */
export function lacksSignal(file: LangChainFile, { config, method, node, receiver, remote }: LangChainCall): boolean {
  if (!remote || !kinds.has(receiver.kind) || !methods.has(method) || receiver.origin === 'this') return false;
  if (
    node.arguments.length === 0 ||
    node.arguments.some((argument) => argument.type === AST_NODE_TYPES.SpreadElement || speaksOfSignal(file, argument))
  )
    return false;
  if (config && findOption(file, config, 'signal').is !== 'absent') return false;
  return !endsNeverthelessLate(file, receiver) && !getParts(receiver).some((part) => bindsSignal(file, part));
}

function speaksOfSignal(file: LangChainFile, node: TSESTree.Node): boolean {
  return /abort|signal/iu.test(file.getText(node));
}

/** A model that ignores the signal while the server hangs, alone or as the last step. Proof: `call-timeout-ignored`. */
function endsNeverthelessLate(file: LangChainFile, value: LangChainValue): boolean {
  const last = value.steps?.at(-1);
  if (last) return last.is === 'yes' && last.value !== value && endsNeverthelessLate(file, last.value);
  return getTraits(file, value).honoursCallTimeout === false;
}

/** `withConfig({ signal })`, a config that cannot be resolved, and a construction with a signal. */
function bindsSignal(file: LangChainFile, { builder, node }: LangChainValue): boolean {
  if (node.type !== AST_NODE_TYPES.CallExpression && node.type !== AST_NODE_TYPES.NewExpression) return false;
  if (node.arguments.some((argument) => speaksOfSignal(file, argument))) return true;
  return (
    (builder === 'withConfig' || builder === 'bind') && findOption(file, node.arguments[0], 'signal').is !== 'absent'
  );
}

/**
 * `client.runs.wait(thread, assistant, { input })` of the LangGraph SDK, which a signal in its last argument ends.
 * Proof: `signal-ends-waiting-for-run`.
 */
export function lacksSignalOfRun(file: LangChainFile, { method, node, receiver }: LangChainCall): boolean {
  if (receiver.kind !== 'client' || !waits.has(method)) return false;
  const [, , payload] = node.arguments;
  return (
    node.arguments.length >= 2 &&
    !node.arguments.some(
      (argument) => argument.type === AST_NODE_TYPES.SpreadElement || speaksOfSignal(file, argument),
    ) &&
    (!payload || findOption(file, payload, 'signal').is === 'absent')
  );
}

const waits: ReadonlySet<string> = new Set(['runs.wait', 'runs.join']);

/** Whether it has no timeout either, at the call or from `withConfig`. */
export function lacksDeadline(file: LangChainFile, call: LangChainCall): boolean {
  if (!lacksSignal(file, call)) return false;
  if (call.config && findOption(file, call.config, 'timeout').is !== 'absent') return false;
  return !getParts(call.receiver).some((part) => bindsTimeout(file, part));
}

function bindsTimeout(file: LangChainFile, { builder, node }: LangChainValue): boolean {
  if (builder !== 'withConfig' && builder !== 'bind') return false;
  return node.type === AST_NODE_TYPES.CallExpression && findOption(file, node.arguments[0], 'timeout').is !== 'absent';
}
