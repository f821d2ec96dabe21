import { fork } from 'node:child_process';
import { type FileCost, type FileKind, referenceRule, type Result, type Task } from './task.ts';

/** Lints in a process of its own, so that nothing is at hand from before. */
export function run(task: Task): Promise<Result> {
  return new Promise((resolve, reject) => {
    const worker = fork(new URL('worker.ts', import.meta.url), { execArgv: process.execArgv });
    worker.once('message', (result: Result) => {
      resolve(result);
    });
    worker.once('error', reject);
    worker.once('exit', (status) => {
      if (status !== 0) reject(new Error(`A worker ended with ${String(status)}.`));
    });
    worker.send(task);
  });
}

/** The least that each part of a file took in any of the runs: the rest was the machine's. */
export function getLeast(results: readonly Result[]): readonly FileCost[] {
  const [first, ...others] = results;
  return Object.entries(first?.files ?? {}).map(([file, cost]) =>
    others.map(({ files }) => files[file] ?? cost).reduce(takeLess, cost),
  );
}

function takeLess(one: FileCost, other: FileCost): FileCost {
  const rules = Object.entries(one.rules).map(([name, time]): [string, number] => [
    name,
    Math.min(time, other.rules[name] ?? time),
  ]);
  return { kind: one.kind, total: Math.min(one.total, other.total), rules: Object.fromEntries(rules) };
}

/** All in milliseconds. */
export interface Share {
  readonly files: number;
  readonly own: number;
  readonly reference: number;
  readonly total: number;
}

/** @param rules The start of the names of the rules that are counted as own. */
export function summarise(costs: readonly FileCost[], kind: FileKind | null, rules = 'langchain/'): Share {
  const counted = costs.filter((cost) => kind === null || cost.kind === kind);
  const sum = (read: (cost: FileCost) => number): number => counted.reduce((total, cost) => total + read(cost), 0);
  return {
    files: counted.length,
    own: sum((cost) => getOwn(cost, rules)),
    reference: sum(({ rules }) => rules[referenceRule] ?? 0),
    total: sum(({ total }) => total),
  };
}

function getOwn(cost: FileCost, rules: string): number {
  return Object.entries(cost.rules).reduce((sum, [name, time]) => sum + (name.startsWith(rules) ? time : 0), 0);
}
