import { manifest } from './manifest.ts';

/** A process shows no more than this many faults: a fault in a thousand files is still one fault. */
const maxShown = 10;
/** How many lines of the stack are shown: the message and where it began. */
const shownLines = 6;

const shown = new Set<string>();

/** Prints to stderr that a rule failed on a file, once for each rule and file. */
export function showFault(rule: string, filename: string, error: unknown): void {
  const key = `${rule}\n${filename}`;
  if (shown.has(key) || shown.size === maxShown) return;
  shown.add(key);
  console.error(describeFault(rule, filename, error));
  if (shown.size === maxShown) console.error(`${manifest.name}: further faults are not shown.`);
}

function describeFault(rule: string, filename: string, error: unknown): string {
  const { bugs, homepage, name, version } = manifest;
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const address = bugs?.url ?? homepage;
  const at = address === undefined ? '' : ` at ${address}`;
  return [
    `${name} ${version}: rule ${rule} failed on ${filename} and was skipped for this file. This is a bug in the plugin; the other rules still run.`,
    ...stack.split('\n').slice(0, shownLines),
    `Please report it${at} with this text and the code that it failed on.`,
  ].join('\n');
}
