import type { Level } from '../flow/lifetime/given.ts';
import { mayHoldInstance } from '../flow/lifetime/instances.ts';
import { isKept } from '../flow/lifetime/kept.ts';
import type { LangChainFile } from '../trace/file.ts';

/** Whether one of the functions that lead to a client keeps it, or something made of it, beyond its run. */
export function isClientKept(file: LangChainFile, levels: readonly Level[]): boolean {
  return levels.some(
    ({ fn, node }, index) =>
      fn !== null &&
      isKept(
        file,
        node,
        fn,
        levels.slice(index + 1).flatMap((inner) => inner.fn ?? []),
        (written, region) => mayHoldInstance(file, written, region),
      ),
  );
}
