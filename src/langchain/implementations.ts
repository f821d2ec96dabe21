import type { TSESTree } from '@typescript-eslint/utils';
import { getEnclosingClass, unwrap } from '../ast/nodes.ts';
import { parseSpecifier } from '../facts/catalog.ts';
import type { LangChainFile } from '../trace/file.ts';

/** Whether a node is inside a LangChain store that the file implements: its author knows its operations. */
export function isInStore(file: LangChainFile, node: TSESTree.Node): boolean {
  const base = getEnclosingClass(node)?.superClass;
  const trace = base ? file.trace(unwrap(base)) : null;
  return trace?.type === 'export' && trace.export.name === 'BaseStore' && parseSpecifier(trace.export.source) !== null;
}
