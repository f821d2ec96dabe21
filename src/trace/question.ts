import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { ClassMember } from '../ast/class-members.ts';
import { cycle, tooDeep } from './traces.ts';
import type { Trace } from './value.ts';

/**
 * How many expressions one question may lead through before the answer is `unknown`: bounds the work on generated code.
 */
const maxSteps = 3000;
/** How deep an expression may nest: far above hand-written code, far below the stack. */
const maxDepth = 250;

/** The question that is being answered. It may lead through several files: their tracers share it. */
export class Question {
  #depth = 0;
  #steps = 0;
  /**
   * The shallowest expression that a cycle led back to. Answers found below it are incomplete and must not be
   * remembered.
   */
  #cutAt = Infinity;
  /** What is being answered, with the depth it was asked at. */
  readonly #active = new Map<ClassMember | TSESLint.Scope.Variable | TSESTree.Node, number>();
  readonly #activeParts = new Map<TSESTree.Node, Map<string, number>>();

  /**
   * Answers once per key, also when the answer is `unknown`; a key that is asked for while it is being answered is a
   * cycle.
   */
  remember<Key extends ClassMember | TSESLint.Scope.Variable | TSESTree.Node>(
    answers: Map<Key, Trace>,
    key: Key,
    compute: (key: Key) => Trace,
  ): Trace {
    const known = answers.get(key);
    if (known) return known;
    const activeAt = this.#active.get(key);
    if (activeAt !== undefined) return this.#cut(activeAt);
    if (this.#depth === 0) this.#steps = 0;
    // Kept for all that asked, or each of a thousand calls within one another would go down to the limit again.
    if (this.#depth >= maxDepth) return tooDeep;
    if (++this.#steps > maxSteps) {
      this.#cutAt = 0;
      return tooDeep;
    }
    const cutBefore = this.#cutAt;
    this.#cutAt = Infinity;
    const depth = ++this.#depth;
    this.#active.set(key, depth);
    try {
      const trace = compute(key);
      if (this.#cutAt >= depth || depth === 1) answers.set(key, trace);
      return trace;
    } finally {
      this.#active.delete(key);
      this.#depth--;
      // A way that leads back to this key and no further says nothing about what asked for it.
      this.#cutAt = Math.min(cutBefore, this.#cutAt >= depth ? Infinity : this.#cutAt);
    }
  }

  /**
   * Answers about a part of a literal; a part that is asked for while it is being answered (`state = { ...state, done
   * }`) is a cycle.
   */
  guardPart(node: TSESTree.Node, part: string, compute: () => Trace): Trace {
    const parts = this.#activeParts.get(node) ?? new Map<string, number>();
    const activeAt = parts.get(part);
    if (activeAt !== undefined) return this.#cut(activeAt);
    this.#activeParts.set(node, parts.set(part, this.#depth));
    try {
      return compute();
    } finally {
      parts.delete(part);
    }
  }

  #cut(activeAt: number): Trace {
    this.#cutAt = Math.min(this.#cutAt, activeAt);
    return cycle;
  }
}
