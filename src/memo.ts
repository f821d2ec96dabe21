import { takeStep } from './budget.ts';

/** How deeply answers may depend on one another: far above hand-written code, far below the stack. */
const maxDepth = 250;
/** How often an answer that a cycle keeps cutting short may be computed. */
const maxRounds = 16;

/** The question that is being answered, through all kinds of answers and all files. */
const question = {
  /** The questions being answered, outermost first. */
  active: [] as Activation[],
  /** The depth of the outermost question that a cycle led back to since. */
  cutAt: Infinity,
};

interface Activation {
  /** Computed again when this question has its answer. */
  readonly unsettled: (() => void)[];
}

export interface Cut<Answer> {
  /** The answer to a question that asks for itself: one that adds nothing. */
  readonly onCycle: Answer;
  /** The answer where the questions nest deeper than the stack allows. */
  readonly tooDeep: Answer;
}

/** Keeps a question from asking itself forever, and from nesting deeper than the stack allows. */
export class Cycles<Key> {
  /** The questions being answered, each with its depth. */
  readonly #active = new Map<Key, number>();

  guard<Answer>(key: Key, cut: Cut<Answer>, compute: (depth: number) => Answer): Answer {
    const activeAt = this.#active.get(key);
    if (activeAt !== undefined) {
      question.cutAt = Math.min(question.cutAt, activeAt);
      return cut.onCycle;
    }
    // Not provisional: otherwise each of a thousand nested questions would go down to here again.
    const depth = question.active.length;
    if (depth >= maxDepth) return cut.tooDeep;
    takeStep();
    const { cutAt } = question;
    const activation: Activation = { unsettled: [] };
    question.cutAt = Infinity;
    question.active.push(activation);
    this.#active.set(key, depth);
    try {
      return compute(depth);
    } finally {
      this.#active.delete(key);
      // Not one less: where the stack had no room for this, what is further out puts it right.
      question.active.length = depth;
      // A way that leads back to this key and no further says nothing about what asked for it.
      const outer = question.cutAt < depth ? question.cutAt : Infinity;
      question.cutAt = Math.min(cutAt, outer);
      settle(activation, question.active[outer]);
    }
  }
}

/** Recomputes the answers that a cycle to this question cut short; later, if this question was cut short itself. */
function settle({ unsettled }: Activation, outer: Activation | undefined): void {
  if (outer) {
    outer.unsettled.push(...unsettled);
    return;
  }
  const { cutAt } = question;
  for (const again of unsettled) again();
  question.cutAt = cutAt;
}

/** An answer that a cycle cut short: it holds until the question it was cut at has its answer. */
interface Provisional<Answer> {
  readonly answer: Answer;
  readonly cutAt: number;
  readonly active: Activation | undefined;
  /** How often it has been computed. */
  readonly rounds: number;
}

/**
 * Computes an answer once per key. An answer that a cycle cut short is not final: it is recomputed when the key at
 * which it was cut has its answer, but not forever.
 */
export class Answers<Key extends object, Answer extends NonNullable<unknown> | null> {
  readonly #cut: Cut<Answer>;
  readonly #known = new WeakMap<Key, Answer>();
  readonly #provisional = new WeakMap<Key, Provisional<Answer>>();
  readonly #cycles = new Cycles<Key>();

  constructor(cut: Cut<Answer>) {
    this.#cut = cut;
  }

  /** The answer if there is one already. */
  peek(key: Key): Answer | undefined {
    return this.#known.get(key);
  }

  find(key: Key, compute: (key: Key) => Answer): Answer {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const provisional = this.#provisional.get(key);
    if (provisional && question.active[provisional.cutAt] === provisional.active) {
      question.cutAt = Math.min(question.cutAt, provisional.cutAt);
      return provisional.answer;
    }
    return this.#cycles.guard(key, this.#cut, (depth) => {
      const answer = compute(key);
      if (question.cutAt < depth) return this.#keepProvisional(key, answer, compute);
      this.#known.set(key, answer);
      return answer;
    });
  }

  #keepProvisional(key: Key, answer: Answer, compute: (key: Key) => Answer): Answer {
    const rounds = (this.#provisional.get(key)?.rounds ?? 0) + 1;
    if (rounds > maxRounds) {
      this.#known.set(key, this.#cut.tooDeep);
      return this.#cut.tooDeep;
    }
    const { cutAt } = question;
    const active = question.active[cutAt];
    this.#provisional.set(key, { answer, cutAt, active, rounds });
    // A second request leads to a third, so recompute it in advance.
    if (rounds > 1) active?.unsettled.push(() => this.find(key, compute));
    return answer;
  }
}

/** Stands for a part of something in what is asked: `timeout` of an options object. */
export interface Part {
  readonly name: string;
}

/** The parts of a thing, each one object however often it is asked for. */
export class Parts<Whole extends object> {
  readonly #parts = new WeakMap<Whole, Map<string, Part>>();

  get(whole: Whole, name: string): Part {
    const parts = this.#parts.get(whole) ?? new Map<string, Part>();
    this.#parts.set(whole, parts);
    const part = parts.get(name) ?? { name };
    parts.set(name, part);
    return part;
  }
}
