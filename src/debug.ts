import type { TSESTree } from '@typescript-eslint/utils';
import { getMethodName } from './ast/calls.ts';
import { unwrap } from './ast/nodes.ts';
import { AST_NODE_TYPES } from './ast/types.ts';
import type { Budget } from './budget.ts';
import { isCallName } from './facts/methods.ts';
import { getHandlers } from './handlers/index.ts';
import { maxOpened } from './project/project.ts';
import type { LangChainFile } from './trace/file.ts';
import { getNodes } from './trace/nodes.ts';

/** A call that looks like LangChain's, on a receiver that cannot be traced. */
export interface Silence {
  readonly call: TSESTree.CallExpression;
  /** The member name: `invoke`. */
  readonly node: TSESTree.Node;
  readonly name: string;
  readonly receiver: string;
  readonly reason: string;
}

/** The calls that look like LangChain's but are not judged. */
export function findSilence(file: LangChainFile): readonly Silence[] {
  return getNodes(file).flatMap((node): readonly Silence[] => {
    if (node.type !== AST_NODE_TYPES.CallExpression) return [];
    const callee = unwrap(node.callee);
    const name = getMethodName(node);
    if (callee.type !== AST_NODE_TYPES.MemberExpression || name === null || !isCallName(name)) return [];
    const resolution = file.resolve(callee.object);
    // `JSON.parse()` is not the method of a parser.
    if (resolution.is !== 'unknown' || file.trace(callee.object).type === 'global') return [];
    const receiver = file.getText(callee.object).replace(/\s+/gu, ' ');
    return [{ call: node, node: callee.property, name, receiver, reason: resolution.reason }];
  });
}

/**
 * Why calls that look like LangChain's are not judged: one line for each receiver that cannot be traced. For
 * `settings.langchain.debug`.
 */
export function explainSilence(file: LangChainFile): readonly string[] {
  return findSilence(file).map(({ name, node, reason, receiver }) => {
    const { line, column } = node.loc.start;
    return `${file.filename}:${String(line)}:${String(column + 1)} \`${name}()\` is not checked: \`${receiver}\` ${reason}.`;
  });
}

/** The functions of a file that count as handlers, with their frameworks. */
export function explainHandlers(file: LangChainFile): readonly string[] {
  return [...getHandlers(file).values()]
    .filter(({ node }) => file.owns(node))
    .map(({ framework, node, unit }) => {
      const { column, line } = node.loc.start;
      return `${file.filename}:${String(line)}:${String(column + 1)} counts as a handler of ${framework}: it runs once per ${unit}.`;
    });
}

/** Says that a file leads to more files than are parsed for it. */
export function explainLeftOut({ filename }: { readonly filename: string }): string {
  return `${filename} leads to more than ${String(maxOpened.files)} other files, or ${String(maxOpened.size)} characters. The rest are not read.`;
}

/** Says that a file is longer than hand-written code. */
export function explainLength(filename: string, limit: number): string {
  return `${filename} is not checked: it has more than ${String(limit)} characters, as bundles do.`;
}

/** Says that a file exceeded its budget of steps. */
export function explainBudget(
  { filename, id }: { readonly filename: string; readonly id: string },
  { limit }: Budget,
): string {
  return `${filename} takes more than ${String(limit)} steps to analyse. It is not checked further, from \`${id}\` on.`;
}
