import { takeStep } from '../budget.ts';
import type { LangChainFile } from '../trace/file.ts';
import type { LangChainValue } from '../trace/value.ts';
import { isRemote } from './calls.ts';

/** The single model in a receiver: itself, or the only remote step of a sequence. */
export function findModel(file: LangChainFile, value: LangChainValue): LangChainValue | null {
  if (value.alternatives.length > 0) return null;
  if (value.steps) {
    const [step, ...others] = getSteps(value).filter((each) => isRemote(file, each));
    return step && step !== value && others.length === 0 ? findModel(file, step) : null;
  }
  return value.kind === 'chatModel' || value.kind === 'llm' ? value : null;
}

/** A value, its bases, the steps of a sequence and of the sequences in it, and its alternatives. */
export function getParts(value: LangChainValue): readonly LangChainValue[] {
  const parts = new Set([value]);
  // A builder keeps the steps of its base.
  const covered = new Set<LangChainValue>();
  // Iterating over a set also visits the elements that the loop adds.
  for (const part of parts) {
    takeStep();
    if (part.base) {
      parts.add(part.base);
      if (part.steps) covered.add(part.base);
    }
    for (const inner of [...(covered.has(part) ? [] : getSteps(part)), ...part.alternatives]) parts.add(inner);
  }
  return [...parts];
}

/** The steps of a sequence that are known. */
function getSteps({ steps }: LangChainValue): readonly LangChainValue[] {
  return (steps ?? []).flatMap((step) => (step.is === 'yes' ? [step.value] : []));
}
