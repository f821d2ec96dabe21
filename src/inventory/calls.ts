import { lacksSignal } from '../config/signals.ts';
import type { ReachedCall } from '../flow/calls/reached.ts';
import { findAgent, findAgentModel, findStringModel } from '../langchain/agents.ts';
import { findCall, findEmbeddings, type LangChainCall } from '../langchain/calls.ts';
import { getParts } from '../langchain/parts.ts';
import { nameCall } from '../messages.ts';
import type { LangChainFile } from '../trace/file.ts';
import { findOption } from '../trace/options.ts';
import type { LangChainValue } from '../trace/value.ts';
import { findUnboundedStarts, getProcessBound, getRunBound, narrow } from './bounds.ts';
import { getPlace } from './place.ts';
import type { CallRecord } from './records.ts';
import { getWait } from './waits.ts';

/** The remote calls among those that run, each once. */
export function readCalls(file: LangChainFile, reached: readonly ReachedCall[]): readonly CallRecord[] {
  const starts = findUnboundedStarts(file, reached);
  return reached.flatMap(({ node, via }): readonly CallRecord[] => {
    const call = findCall(file.of(node), node);
    if (!call?.remote) return [];
    const run = getRunBound(file, call, via, starts);
    const process = getProcessBound(file, call, via, run);
    return [
      {
        call: nameCall(file, call.node),
        at: getPlace(file, call.node),
        classes: nameClasses(file, call.receiver),
        run: narrow(run, process),
        process,
        ...getWait(file, call, via),
        signal: readSignal(file, call),
      },
    ];
  });
}

const modelKinds = new Set(['chatModel', 'embeddings', 'llm']);

/** What answers in the end: the models of a chain or an agent, else the class itself. */
function nameClasses(file: LangChainFile, receiver: LangChainValue): readonly string[] {
  const models = getParts(receiver).flatMap((part) => {
    const agent = findAgent(file, part);
    const model = agent ? (findAgentModel(file, agent) ?? findStringModel(file, agent)) : findEmbeddings(file, part);
    return [part, ...(model ? getParts(model) : [])].filter(({ kind }) => modelKinds.has(kind));
  });
  const names = models.filter(({ builder }) => builder === null).map(({ className }) => className);
  const own = names.length === 0 || receiver.kind === 'vectorStore' ? [receiver.className] : [];
  return [...new Set([...own, ...names])];
}

function readSignal(file: LangChainFile, call: LangChainCall): CallRecord['signal'] {
  if (lacksSignal(file.of(call.node), call)) return 'missing';
  if (!call.config) return 'none';
  const { is } = findOption(file.of(call.node), call.config, 'signal');
  return is === 'given' ? 'passed' : is === 'unknown' ? 'unknown' : 'none';
}
