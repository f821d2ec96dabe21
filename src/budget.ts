/**
 * The steps that all rules of a linted file take together: a node that is walked over, an answer that is worked out.
 * When they are spent, nothing more is said of the file.
 */
export interface Budget {
  readonly limit: number;
  spent: number;
}

/** Far above what any file that somebody writes takes, and about a second of work. */
const limit = 2_000_000;

/** Ends whatever is being answered. */
class OutOfSteps extends Error {}

const budgets = new WeakMap<object, Budget>();
/** Null while no rule runs: an answer that is asked for by itself may take any number of steps. */
let current: Budget | null = null;

/** @param program The linted file's. */
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

/** @throws {OutOfSteps} When the linted file has none left. */
export function takeStep(): void {
  if (current && ++current.spent > current.limit) throw new OutOfSteps();
}

/** Runs with the steps of a linted file; null when they were spent before the end. */
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
