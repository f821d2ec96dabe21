import { getMethodName } from './ast/calls.ts';
import { unwrap } from './ast/nodes.ts';
import { AST_NODE_TYPES } from './ast/types.ts';
import type { Budget } from './budget.ts';
import { isCallName } from './facts/methods.ts';
import { getHandlers } from './handlers/index.ts';
import { maxOpened } from './project/project.ts';
import type { LangChainFile } from './trace/file.ts';
import { getNodes } from './trace/nodes.ts';

/**
 * Why calls that look like LangChain's are not judged: one line for each receiver that cannot be traced. For
 * `settings.langchain.debug`.
 */
export function explainSilence(file: LangChainFile): readonly string[] {
  const lines: string[] = [];
  for (const node of getNodes(file)) {
    if (node.type !== AST_NODE_TYPES.CallExpression) continue;
    const callee = unwrap(node.callee);
    const name = getMethodName(node);
    if (callee.type !== AST_NODE_TYPES.MemberExpression || name === null || !isCallName(name)) continue;
    const resolution = file.resolve(callee.object);
    if (resolution.is !== 'unknown') continue;
    const { line, column } = callee.property.loc.start;
    const receiver = file.getText(callee.object).replace(/\s+/gu, ' ');
    lines.push(
      `${file.filename}:${String(line)}:${String(column + 1)} \`${name}()\` is not judged: \`${receiver}\` ${resolution.reason}.`,
    );
  }
  return lines;
}

/** Which functions of a file count as handlers, and of what. */
export function explainHandlers(file: LangChainFile): readonly string[] {
  return [...getHandlers(file).values()]
    .filter(({ node }) => file.owns(node))
    .map(({ framework, node, unit }) => {
      const { column, line } = node.loc.start;
      return `${file.filename}:${String(line)}:${String(column + 1)} counts as a handler of ${framework}: it runs once per ${unit}.`;
    });
}

/** That a file leads to more files than are parsed for one. */
export function explainLeftOut({ filename }: { readonly filename: string }): string {
  return `${filename} leads to more than ${String(maxOpened)} other files: what the rest of them hold is unknown.`;
}

/** That a file took more steps than there are. */
export function explainBudget(
  { filename, id }: { readonly filename: string; readonly id: string },
  { limit }: Budget,
): string {
  return `${filename} is not judged further from \`${id}\` on: what its code leads to takes more than ${String(limit)} steps.`;
}
