import type { TSESTree } from '@typescript-eslint/utils';
import { lacksSignal } from '../config/signals.ts';
import { vectorStoreMethods } from '../facts/methods.ts';
import type { ReachedCall } from '../flow/calls/reached.ts';
import { findAgent, findAgentModel, findStringModel } from '../langchain/agents.ts';
import { findCall, findEmbeddings, type LangChainCall } from '../langchain/calls.ts';
import { getParts } from '../langchain/parts.ts';
import { nameCall } from '../messages.ts';
import { type LangChainFile, perNode } from '../trace/file.ts';
import { findOption } from '../trace/options.ts';
import { getBase, type LangChainValue } from '../trace/value.ts';
import { findUnboundedStarts, getOwnBounds, getProcessBound, getRunBound, narrow, type OwnBounds } from './bounds.ts';
import { getPlace } from './place.ts';
import type { CallRecord } from './records.ts';
import { getOwnWait, getWait, type OwnWait } from './waits.ts';

/** The facts about a call that do not depend on the entry point. */
interface OwnRecord extends OwnBounds, OwnWait {
  readonly node: TSESTree.CallExpression;
  readonly record: Pick<CallRecord, 'at' | 'call' | 'classes' | 'signal'>;
}

/** The remote calls among those that run, each of them once. */
export function readCalls(file: LangChainFile, reached: readonly ReachedCall[]): readonly CallRecord[] {
  const starts = findUnboundedStarts(file, reached);
  return reached.flatMap(({ node, via }): readonly CallRecord[] => {
    const own = readOwn(file.of(node), node);
    if (!own) return [];
    const run = getRunBound(file, own, via, starts);
    const process = getProcessBound(file, own, via, run);
    return [{ ...own.record, run: narrow(run, process), process, ...getWait(file, own, via) }];
  });
}

/** A call is visited in its place and by each entry point that reaches it. */
const readOwn = perNode((file, node: TSESTree.Node): OwnRecord | null => {
  const call = findCall(file, node);
  if (!call?.remote) return null;
  const model = findAnswering(file, call);
  return {
    node: call.node,
    record: {
      call: nameCall(file, call.node),
      at: getPlace(file, call.node),
      classes: nameClasses(file, call.receiver),
      signal: readSignal(file, call),
    },
    ...getOwnBounds(file, call, model),
    ...getOwnWait(file, call, model),
  };
});

/** The value that finally handles a call: the embeddings of a store where it embeds, otherwise the receiver. */
function findAnswering(file: LangChainFile, { method, receiver }: LangChainCall): LangChainValue {
  const base = getBase(receiver);
  const embeds =
    receiver.kind === 'embeddings' ||
    (base.kind === 'vectorStore' &&
      (receiver.kind === 'retriever' || vectorStoreMethods.get(method)?.embeds !== undefined));
  return (embeds ? findEmbeddings(file, base) : null) ?? receiver;
}

const modelKinds = new Set(['chatModel', 'embeddings', 'llm']);

/** The classes that finally handle it: the models of a chain or an agent, otherwise the class itself. */
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
  if (lacksSignal(file, call)) return 'missing';
  if (!call.config) return 'none';
  const { is } = findOption(file, call.config, 'signal');
  return is === 'given' ? 'passed' : is === 'unknown' ? 'unknown' : 'none';
}
