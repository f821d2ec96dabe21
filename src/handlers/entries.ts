import type { TSESTree } from '@typescript-eslint/utils';
import type { Call } from '../ast/calls.ts';
import { unwrap } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import type { Callee } from '../flow/calls/call-graph.ts';
import { findOutgoing, maxAliases, mayLeadTo, mayNameIn } from '../flow/calls/other-file.ts';
import type { Mark } from '../project/summary.ts';
import type { LangChainFile } from '../trace/file.ts';
import { getNodes } from '../trace/nodes.ts';
import type { ExtraHandler } from './handler.ts';
import { findHandlers, getHandlers, getHandlersOfOtherFiles, type HandlerSite } from './index.ts';

// ── from handlers ───────────────────────────────────────────────────────────────────────────────────────────────────

/** A way from the handlers of a file into another one. */
interface HandlerEntry {
  readonly callee: Callee;
  /** The node that leads there: a call in the handler, or the name by which a handler of another file is registered. */
  readonly from: TSESTree.Node;
  /** Null where the handler itself is in the other file. */
  readonly call: Call | null;
  /** The handlers that lead there, with the calls up to and including this one. */
  readonly sites: readonly HandlerSite[];
}

/** @param mark What the other files must lead to. */
export function getHandlerEntries(
  file: LangChainFile,
  extra: readonly ExtraHandler[],
  mark: Mark,
): readonly HandlerEntry[] {
  const calls =
    getHandlers(file, extra).size === 0
      ? []
      : getNodes(file).flatMap((node): readonly HandlerEntry[] => {
          if (node.type !== AST_NODE_TYPES.CallExpression && node.type !== AST_NODE_TYPES.NewExpression) return [];
          const sites = mayLeadTo(file, node, mark) ? findHandlers(file, node, extra) : [];
          if (sites.length === 0) return [];
          return findOutgoing(file, node, mark).map((callee) => ({
            callee,
            from: node,
            call: node,
            sites: sites.map(({ handler, via }) => ({ handler, via: [...via, node] })),
          }));
        });
  return [
    ...calls,
    ...getHandlersOfOtherFiles(file, extra, (node) => mayNameIn(file, unwrap(node), mark, maxAliases)).map(
      (handler): HandlerEntry => ({
        callee: handler.node,
        from: handler.reference,
        call: null,
        sites: [{ handler, via: [] }],
      }),
    ),
  ];
}
