/**
 * The steps that all rules share for one linted file: each visited node and each computed answer takes one. Once they
 * are spent, the rules report nothing more on the file.
 */
export interface Budget {
  readonly limit: number;
  spent: number;
}

/** Far above what any hand-written file takes, and about a second of work. */
const limit = 2_000_000;

/** Aborts the answer that is being computed. */
class OutOfSteps extends Error {}

const budgets = new WeakMap<object, Budget>();
/** Null while no rule runs: an answer outside a rule may take any number of steps. */
let current: Budget | null = null;

/** @param program The program of the linted file. */
export function getBudget(program: object): Budget {
  let budget = budgets.get(program);
  if (!budget) {
    budget = { limit, spent: 0 };
    budgets.set(program, budget);
  }
  return budget;
}

export function isSpent({ limit, spent }: Budget): boolean {
  return spent > limit;
}

/** @throws {OutOfSteps} When the linted file has no steps left. */
export function takeStep(): void {
  if (current && ++current.spent > current.limit) throw new OutOfSteps();
}

/** Runs on the budget of a linted file; null when it ran out before the end. */
export function runWithin<Result>(budget: Budget, run: () => Result): Result | null {
  const outer = current;
  current = budget;
  try {
    return run();
  } catch (error) {
    if (error instanceof OutOfSteps) return null;
    throw error;
  } finally {
    current = outer;
  }
}
