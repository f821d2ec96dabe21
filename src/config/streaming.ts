import { AST_NODE_TYPES } from '../ast/types.ts';
import { findConstructorOption } from '../langchain/construction.ts';
import type { LangChainFile } from '../trace/file.ts';
import type { Option } from '../trace/options.ts';
import type { LangChainValue } from '../trace/value.ts';

/** The methods whose call leaves the queue of a model when its stream opens. Proof: `streaming-frees-place`. */
export const streamMethods: ReadonlySet<string> = new Set(['stream', 'streamEvents', 'streamLog']);

/** Whether a model streams all its answers: `new ChatOpenAI({ streaming: true })`. */
export function streamsAlways(file: LangChainFile, model: LangChainValue): boolean {
  return isTrue(file, findConstructorOption(file, model, 'streaming'));
}

export function isTrue(file: LangChainFile, option: Option): boolean {
  if (option.is !== 'given') return false;
  const trace = file.trace(option.value);
  return trace.type === 'literal' && trace.node.type === AST_NODE_TYPES.Literal && trace.node.value === true;
}
