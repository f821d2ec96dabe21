import type { TSESTree } from '@typescript-eslint/utils';
import type { Call } from '../../ast/calls.ts';
import { type FunctionNode, getKeyName, isFunction, unwrap } from '../../ast/nodes.ts';
import { AST_NODE_TYPES } from '../../ast/types.ts';
import { isOneOf } from '../../facts/export-ref.ts';
import { rateKeys, readCronRate, runKeys, schedulerRows, taskClasses, units } from '../../facts/packages/schedulers.ts';
import type { LangChainFile } from '../../trace/file.ts';
import { isExport } from '../../trace/imports.ts';
import { foldNumber } from '../../trace/numbers.ts';
import { findOption } from '../../trace/options.ts';
import { resolveFunction } from './functions.ts';

type Row = (typeof schedulerRows)[number];

/** A function that is started repeatedly, whether or not its last run has ended. */
export interface Schedule {
  readonly run: FunctionNode;
  /** Seconds between two starts. */
  readonly every: number;
  /** The option that would delay the next run; null where there is none. */
  readonly option: string | null;
}

/**
 * The function that a call of `setInterval`, of a cron library or of a decorator starts repeatedly; null where runs
 * wait for one another, and where the function or the rate cannot be read.
 */
export function findSchedule(file: LangChainFile, node: Call): Schedule | null {
  const row = findRow(file, node);
  if (!row) return null;
  const run = findRun(file, node);
  const every = run && rateReaders[row.every](file, node);
  if (!run || every === null || holdsBack(file, node, row)) return null;
  return { run, every, option: row.option };
}

const rateReaders: Readonly<Record<Row['every'], (file: LangChainFile, node: Call) => number | null>> = {
  cron: readCron,
  duration: readDuration,
  ms: readMilliseconds,
};

function findRow(file: LangChainFile, node: Call): Row | null {
  const form = node.type === AST_NODE_TYPES.NewExpression ? 'new' : 'function';
  const ref = file.findExport(node.callee);
  if (ref)
    return (
      schedulerRows.find(
        ({ form: of, names, sources }) =>
          of === form && sources?.includes(ref.source) === true && isOneOf(ref.name, names),
      ) ?? null
    );
  const trace = form === 'function' ? file.alone.trace(node.callee) : null;
  if (trace?.type !== 'global') return null;
  return schedulerRows.find(({ form: of, names }) => of === 'global' && names.includes(trace.name)) ?? null;
}

/** The function that is passed directly or in an option, or the decorated method. */
function findRun(file: LangChainFile, node: Call): FunctionNode | null {
  const decorator = node.parent;
  if (decorator.type === AST_NODE_TYPES.Decorator) {
    const method = decorator.parent;
    return method.type === AST_NODE_TYPES.MethodDefinition && isFunction(method.value) ? method.value : null;
  }
  for (const argument of node.arguments) {
    const fn = resolveFunction(file, argument) ?? findRunOption(file, argument) ?? findTask(file, argument);
    if (fn) return fn;
  }
  return null;
}

/** `run` of `new AsyncTask('triage', run)`. */
function findTask(file: LangChainFile, argument: TSESTree.Node): FunctionNode | null {
  const trace = file.trace(argument);
  if (trace.type !== 'instance' || !isExport(trace.of, taskClasses.source, taskClasses.names)) return null;
  if (trace.node.type !== AST_NODE_TYPES.NewExpression) return null;
  return trace.node.arguments.map((each) => resolveFunction(file, each)).find((fn) => fn !== null) ?? null;
}

function findRunOption(file: LangChainFile, argument: TSESTree.Node): FunctionNode | null {
  for (const value of findOptions(file, argument, runKeys)) {
    const fn = resolveFunction(file, value);
    if (fn) return fn;
  }
  return null;
}

function findOptions(file: LangChainFile, argument: TSESTree.Node, keys: readonly string[]): readonly TSESTree.Node[] {
  if (file.trace(argument).type !== 'object') return [];
  return keys.flatMap((key) => {
    const option = findOption(file, argument, key);
    return option.is === 'given' ? [option.value] : [];
  });
}

/** The seconds of `setInterval(run, 5000)` and `@Interval('name', 5000)`. */
function readMilliseconds(file: LangChainFile, node: Call): number | null {
  const last = node.arguments.find((argument, index) =>
    index > 0 || node.parent.type === AST_NODE_TYPES.Decorator ? foldNumber(file, argument) !== null : false,
  );
  const number = last && foldNumber(file, last);
  if (number) return number.value / 1000;
  // `setInterval(run)` starts a run every millisecond.
  return node.arguments.length === 1 && node.parent.type !== AST_NODE_TYPES.Decorator ? 0.001 : null;
}

function readCron(file: LangChainFile, node: Call): number | null {
  for (const argument of node.arguments) {
    for (const value of [argument, ...findOptions(file, argument, rateKeys)]) {
      const text = readText(file, value);
      const rate = text === null ? null : readCronRate(text);
      if (rate !== null) return rate;
    }
  }
  return null;
}

/** A string, or the name of a constant: `CronExpression.EVERY_MINUTE`. */
function readText(file: LangChainFile, node: TSESTree.Node): string | null {
  const trace = file.trace(node);
  if (trace.type === 'literal')
    return trace.node.type === AST_NODE_TYPES.Literal && typeof trace.node.value === 'string' ? trace.node.value : null;
  const member = unwrap(node);
  return member.type === AST_NODE_TYPES.MemberExpression &&
    trace.type === 'export' &&
    trace.export.name.startsWith('CronExpression.')
    ? getKeyName(member)
    : null;
}

/** The seconds of `{ minutes: 1, seconds: 30 }`; null where one of them cannot be read. */
function readDuration(file: LangChainFile, node: Call): number | null {
  const trace = node.arguments[0] && file.trace(node.arguments[0]);
  if (trace?.type !== 'object') return null;
  let seconds = 0;
  for (const property of trace.node.properties) {
    if (property.type !== AST_NODE_TYPES.Property) return null;
    const unit = units.get(getKeyName(property) ?? '');
    const number = unit === undefined ? null : foldNumber(file, property.value);
    if (unit !== undefined && !number) return null;
    seconds += (unit ?? 0) * (number?.value ?? 0);
  }
  return seconds;
}

/** Whether the next run waits, or may wait, for the last one. */
function holdsBack(file: LangChainFile, node: Call, { isOn, option }: Row): boolean {
  if (option === null) return false;
  return isOn === true ? !isSwitchedOff(file, node, option) : isSwitchedOn(file, node, option);
}

function isSwitchedOff(file: LangChainFile, node: Call, option: string): boolean {
  return node.arguments.some((argument) => {
    const given = file.trace(argument).type === 'object' ? findOption(file, argument, option) : null;
    return given?.is === 'given' && isFalse(file, given.value);
  });
}

/** Whether the option is, or may be, set. */
function isSwitchedOn(file: LangChainFile, node: Call, option: string): boolean {
  return node.arguments.some((argument) => {
    const expression = unwrap(argument);
    if (isFunction(expression)) return false;
    const trace = file.trace(expression);
    if (trace.type === 'unknown' && expression.type === AST_NODE_TYPES.Identifier)
      return resolveFunction(file, expression) === null;
    if (trace.type !== 'object') return false;
    const given = findOption(file, argument, option);
    if (given.is !== 'given') return given.is === 'unknown';
    return !isFalse(file, given.value);
  });
}

function isFalse(file: LangChainFile, node: TSESTree.Node): boolean {
  const value = file.trace(node);
  return value.type === 'literal' && value.node.type === AST_NODE_TYPES.Literal && value.node.value === false;
}
