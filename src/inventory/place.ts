import type { TSESTree } from '@typescript-eslint/utils';
import type { LangChainFile } from '../trace/file.ts';
import type { Place } from './records.ts';

export function getPlace(file: LangChainFile, node: TSESTree.Node): Place {
  const { column, line } = node.loc.start;
  return { file: file.of(node).filename, line, column: column + 1 };
}
