/** A call that runs a function repeatedly without waiting for its last run. Proof: `interval-overlaps`. */
interface SchedulerRow {
  readonly form: 'function' | 'global' | 'new';
  /** Absent for a global. */
  readonly sources?: readonly string[];
  readonly names: readonly string[];
  /** The interval: milliseconds, a cron expression, or an object of units such as `{ seconds: 20 }`. */
  readonly every: 'cron' | 'duration' | 'ms';
  /** The option that delays the next run while the last one is active; null where there is none. */
  readonly option: string | null;
  /** Whether it delays the next run by default. */
  readonly isOn?: true;
}

export const schedulerRows: readonly SchedulerRow[] = [
  { form: 'global', names: ['setInterval', 'globalThis.setInterval', 'window.setInterval'], every: 'ms', option: null },
  { form: 'function', sources: ['timers'], names: ['setInterval', 'default.setInterval'], every: 'ms', option: null },
  {
    form: 'function',
    sources: ['node-cron'],
    names: ['schedule', 'createTask', 'default.schedule', 'default.createTask'],
    every: 'cron',
    option: 'noOverlap',
  },
  { form: 'new', sources: ['cron'], names: ['CronJob', 'default.CronJob'], every: 'cron', option: 'waitForCompletion' },
  { form: 'function', sources: ['cron'], names: ['CronJob.from'], every: 'cron', option: 'waitForCompletion' },
  { form: 'new', sources: ['croner'], names: ['Cron', 'default'], every: 'cron', option: 'protect' },
  { form: 'function', sources: ['croner'], names: ['Cron', 'default'], every: 'cron', option: 'protect' },
  {
    form: 'function',
    sources: ['node-schedule'],
    names: ['scheduleJob', 'default.scheduleJob'],
    every: 'cron',
    option: null,
  },
  {
    form: 'new',
    sources: ['toad-scheduler'],
    names: ['SimpleIntervalJob', 'LongIntervalJob'],
    every: 'duration',
    option: 'preventOverrun',
    isOn: true,
  },
  { form: 'new', sources: ['toad-scheduler'], names: ['CronJob'], every: 'cron', option: 'preventOverrun' },
  { form: 'function', sources: ['@elysiajs/cron'], names: ['cron', 'default'], every: 'cron', option: 'protect' },
  // Decorators of methods.
  { form: 'function', sources: ['@nestjs/schedule'], names: ['Cron'], every: 'cron', option: 'waitForCompletion' },
  { form: 'function', sources: ['@nestjs/schedule'], names: ['Interval'], every: 'ms', option: null },
];

/** Properties of an options object that hold the interval, and that hold the function. */
export const rateKeys = ['cronExpression', 'cronTime', 'pattern', 'rule'];
export const runKeys = ['onTick', 'run'];

/** Objects that hold the function: `new AsyncTask('triage', run)`. */
export const taskClasses = { source: 'toad-scheduler', names: ['AsyncTask', 'Task'] };

/** Seconds of the units of a duration. */
export const units: ReadonlyMap<string, number> = new Map([
  ['days', 86_400],
  ['hours', 3600],
  ['milliseconds', 0.001],
  ['minutes', 60],
  ['seconds', 1],
]);

/** The number of values in a cron field, in the order of the fields from seconds on. */
const ranges = [60, 60, 24];

/**
 * The shortest interval in seconds between two runs of a cron expression; Infinity from an hour up, null for an
 * expression that cannot be read.
 */
export function readCronRate(expression: string): number | null {
  const named = /^EVERY_(?:(\d+)_)?(SECOND|MINUTE)S?$/u.exec(expression);
  if (named) return Number(named[1] ?? 1) * (named[2] === 'SECOND' ? 1 : 60);
  if (/^(?:@\w+|EVERY_\w+|MONDAY_\w+)$/u.test(expression)) return Infinity;
  const fields = expression.trim().split(/\s+/u);
  if (fields.length < 5 || fields.length > 7) return null;
  const [seconds, minutes] = (fields.length === 5 ? ['0', ...fields] : fields)
    .slice(0, ranges.length)
    .map((field, index) => readField(field, ranges[index] ?? 0));
  if (!seconds || !minutes) return null;
  if (seconds.length > 1) return getNearest(seconds, minutes.length > 1);
  return minutes.length > 1 ? 60 * getNearest(minutes, true) : Infinity;
}

/** The smallest difference of neighbours, across the end of the minute or hour too. */
function getNearest(values: readonly number[], goesOn: boolean): number {
  const [first = 0] = values;
  const next = [...values.slice(1), ...(goesOn ? [first + 60] : [])];
  return Math.min(...next.map((value, index) => value - (values[index] ?? 0)));
}

function readField(field: string, range: number): readonly number[] | null {
  const values = new Set<number>();
  for (const part of field.split(',')) {
    const read = /^(?:\*|\?|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/u.exec(part);
    if (!read) return null;
    const [, from, to, step] = read;
    const last = to === undefined ? (from === undefined || step !== undefined ? range - 1 : Number(from)) : Number(to);
    for (let value = Number(from ?? 0); value <= Math.min(last, range - 1); value += Math.max(1, Number(step ?? 1)))
      values.add(value);
  }
  return [...values].sort((left, right) => left - right);
}
