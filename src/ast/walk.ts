import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { takeStep } from '../budget.ts';

/**
 * Visits a node and its descendants in source order; `visit` returns false to skip a node's children. Iterative, so
 * depth is no limit.
 */
export function walk(
  root: TSESTree.Node,
  visitorKeys: TSESLint.SourceCode.VisitorKeys,
  visit: (node: TSESTree.Node) => boolean | undefined,
): void {
  const stack: TSESTree.Node[] = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    takeStep();
    if (visit(node) === false) continue;
    const keys = visitorKeys[node.type] ?? [];
    // Pushed in reverse, so the first child is visited first.
    for (let index = keys.length - 1; index >= 0; index--) {
      const child = (node as unknown as Record<string, unknown>)[keys[index] ?? ''];
      if (!Array.isArray(child)) {
        if (isNode(child)) stack.push(child);
        continue;
      }
      for (let position = child.length - 1; position >= 0; position--) {
        const element: unknown = child[position];
        if (isNode(element)) stack.push(element);
      }
    }
  }
}

export function isNode(value: unknown): value is TSESTree.Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}
