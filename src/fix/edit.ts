import type { TSESTree } from '@typescript-eslint/utils';

/** A range of source to replace; an empty range inserts. */
export interface Edit {
  readonly range: Readonly<TSESTree.Range>;
  readonly text: string;
}
