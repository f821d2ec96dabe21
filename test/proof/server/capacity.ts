import { setTimeout as sleep } from 'node:timers/promises';
import type { Treatment } from './provider.ts';

export interface Capacity {
  readonly treat: () => Treatment;
  /** Requests that waited in vain. */
  readonly dropped: number;
}

/**
 * A provider under load: it answers `capacity` requests at a time, `work` milliseconds each, and drops what has waited
 * longer than `patience` milliseconds.
 */
export function serveAtMost({
  capacity,
  work,
  patience,
}: {
  readonly capacity: number;
  readonly work: number;
  readonly patience: number;
}): Capacity {
  const waiting: (() => void)[] = [];
  let free = capacity;
  let dropped = 0;

  const takePlace = async (): Promise<void> => {
    if (free > 0) {
      free -= 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const enter = (): void => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(enter), 1);
        dropped += 1;
        reject(new Error('It waited too long.'));
      }, patience);
      waiting.push(enter);
    });
  };

  const serve = async (): Promise<void> => {
    await takePlace();
    await sleep(work);
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  };

  return {
    treat: () => ({ after: serve() }),
    get dropped() {
      return dropped;
    },
  };
}
