import { takeStep } from './budget.ts';

/** How deep answers may lead into one another: far above what somebody writes, far below the stack. */
const maxDepth = 250;

/** The question that is being answered, through all kinds of answers and all files. */
const question = {
  depth: 0,
  /** The least depth that what was answered so far leads back to. */
  cutAt: Infinity,
  /** What is being answered at each depth, by a number of its own. */
  active: [0],
  count: 0,
};

/** An answer that was cut short at what is being answered: it holds until that is through. */
interface Provisional<Answer> {
  readonly answer: Answer;
  readonly cutAt: number;
  readonly active: number | undefined;
}

interface Cut<Answer> {
  /** For what asks for itself: the answer that adds nothing. */
  readonly onCycle: Answer;
  /** For what leads too far. */
  readonly tooDeep: Answer;
}

/** Keeps a question from asking itself forever, and from going down further than the stack bears. */
export class Cycles<Key extends object> {
  /** What is being answered, with the depth it was asked at. */
  readonly #active = new Map<Key, number>();

  guard<Answer>(key: Key, cut: Cut<Answer>, compute: (depth: number) => Answer): Answer {
    const activeAt = this.#active.get(key);
    if (activeAt !== undefined) {
      question.cutAt = Math.min(question.cutAt, activeAt);
      return cut.onCycle;
    }
    // Final for all that asked, or each of a thousand questions within one another would go down to here again.
    if (question.depth >= maxDepth) return cut.tooDeep;
    takeStep();
    const cutBefore = question.cutAt;
    question.cutAt = Infinity;
    const depth = ++question.depth;
    question.active[depth] = ++question.count;
    this.#active.set(key, depth);
    try {
      return compute(depth);
    } finally {
      this.#active.delete(key);
      question.depth--;
      // A way that leads back to this key and no further says nothing about what asked for it.
      question.cutAt = Math.min(cutBefore, question.cutAt >= depth ? Infinity : question.cutAt);
    }
  }
}

/**
 * Works out an answer once per key. What was cut short on the way back to a key that is being answered is not final: it
 * is worked out again when that key has its answer.
 */
export class Answers<Key extends object, Answer extends NonNullable<unknown> | null> {
  readonly #cut: Cut<Answer>;
  readonly #known = new WeakMap<Key, Answer>();
  readonly #provisional = new WeakMap<Key, Provisional<Answer>>();
  readonly #cycles = new Cycles<Key>();

  constructor(cut: Cut<Answer>) {
    this.#cut = cut;
  }

  find(key: Key, compute: (key: Key) => Answer): Answer {
    const known = this.#known.has(key) ? this.#known.get(key) : this.#findProvisional(key);
    if (known !== undefined) return known;
    return this.#cycles.guard(key, this.#cut, (depth) => this.#keep(key, compute(key), depth));
  }

  #keep(key: Key, answer: Answer, depth: number): Answer {
    const { active, cutAt } = question;
    if (cutAt >= depth) this.#known.set(key, answer);
    else this.#provisional.set(key, { answer, cutAt, active: active[cutAt] });
    return answer;
  }

  #findProvisional(key: Key): Answer | undefined {
    const found = this.#provisional.get(key);
    if (!found || found.cutAt > question.depth || question.active[found.cutAt] !== found.active) return undefined;
    question.cutAt = Math.min(question.cutAt, found.cutAt);
    return found.answer;
  }
}
